"""Correct: pairs of orders against plain enumeration of cohorts with two curves.

The second route lists concrete cohorts (ties included): overall times, who is in the part, when he
entered it, when he left it and how. It works out every printed fact by its definition in exact
fractions and shares nothing with the search.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pytest

from secondlook.linked import (
    Link,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    linked_orders,
    sample_linked,
    unmet_links,
)
from secondlook.printed import admits

# Months. Within 12, between 12 and 12 plus the delay, and later; two or three points in each.
WHOLE = (2.0, 5.0, 11.5, 12.5, 13.3, 13.5, 15.5)
PART = (1.0, 3.0, 6.0, 12.1, 12.3, 14.0)


def survival_at(marks, month):
    left, height = len(marks), Fraction(1)
    for time in sorted({time for time, _ in marks}):
        if time > month:
            break
        deaths = sum(1 for mark in marks if mark == (time, True))
        height *= Fraction(left - deaths, left)
        left -= sum(1 for other, _ in marks if other == time)
    return height


def medians(marks):
    """The median under both rules for a curve that lies level at one half."""
    height_at = [(time, survival_at(marks, time)) for time in sorted({time for time, _ in marks})]
    reached = [time for time, height in height_at if height <= Fraction(1, 2)]
    if not reached:
        return ()
    level = [height for time, height in height_at if time == reached[0]] == [Fraction(1, 2)]
    below = [time for time, height in height_at if height < Fraction(1, 2)]
    end = below[0] if below else height_at[-1][0]
    middle = (reached[0] + end) / 2
    # A curve that goes on below one half prints the middle; one that ends level may print either.
    return ((middle,) if below else (reached[0], middle)) if level else (reached[0],)


def bits(marks):
    ordered = sorted(marks, key=lambda mark: (mark[0], not mark[1]))
    return sum(event << (len(marks) - 1 - at) for at, (_, event) in enumerate(ordered))


def prints(facts, marks):
    return (
        all(
            100 * float(survival_at(marks, float(fact.at))) in admits(fact.estimate).rounded
            for fact in facts.survival
        )
        and facts.death_bounds[0] <= sum(event for _, event in marks) <= facts.death_bounds[1]
    )


def fits(whole_mark, part_mark, link):
    (time, _), (left, event) = whole_mark, part_mark
    delay = time - left
    if delay < link.shortest_delay:
        return False
    return event or link.longest_delay is None or delay <= link.longest_delay


def pairs_by_enumeration(whole, part, link):
    choices = [(time, died) for time in WHOLE for died in (False, True)]
    ways_in_part = [(time, event) for time in PART for event in (False, True)]
    found = set()
    for cohort in combinations_with_replacement(choices, whole.patients):
        if not prints(whole, cohort):
            continue
        for members in combinations(range(len(cohort)), part.patients):
            inside = [cohort[member] for member in members]
            others = [mark for row, mark in enumerate(cohort) if row not in members]
            if sum(not died for _, died in others) < link.alive_outside:
                continue
            if link.median is not None and not any(
                median in admits(link.median.estimate).rounded for median in medians(inside)
            ):
                continue
            for marks in product(ways_in_part, repeat=len(inside)):
                both = list(zip(inside, marks, strict=True))
                if not all(fits(one, other, link) for one, other in both):
                    continue
                alive = sum(event and not died for (_, died), (_, event) in both)
                dead = sum(died and not event for (_, died), (_, event) in both)
                if link.alive_with_event is not None and alive > link.alive_with_event:
                    continue
                if dead <= link.dead_without_event and prints(part, marks):
                    found.add((bits(cohort), bits(marks)))
    return found


def pairs_by_search(whole, part, link):
    found = linked_orders(whole, part, link)
    pairs = {
        (int(one), int(other))
        for spread in found.spreads
        for one in spread.whole_sequences
        for other in spread.part_sequences
    }
    assert found.pairs == len(pairs)
    return pairs


def facts(n, percent, deaths=None):
    return SurvivalFacts(n=n, survival=(PrintedSurvival("12", percent),), deaths=deaths)


CASES = {
    "nothing but the curves": (facts("3", "67"), facts("2", "50"), Link()),
    "a delay": (facts("3", "67"), facts("2", "50"), Link(shortest_delay=1.0)),
    "nobody lives with the event": (
        facts("4", "50"),
        facts("2", "50"),
        Link(shortest_delay=1.0, alive_with_event=0),
    ),
    "one dies without the event": (
        facts("4", "50", "3"),
        facts("2", "100"),
        Link(shortest_delay=1.0, alive_with_event=0, dead_without_event=1),
    ),
    "somebody outside lives": (
        facts("4", "50"),
        facts("3", "33"),
        Link(shortest_delay=1.0, alive_with_event=1, alive_outside=1),
    ),
    "a median of the part": (
        facts("4", "50"),
        facts("3", "67"),
        Link(shortest_delay=1.0, alive_with_event=0, median=PrintedMedian("13.5")),
    ),
    "a median of two, level at one half": (
        facts("4", "75"),
        facts("2", "100"),
        Link(shortest_delay=1.0, alive_with_event=0, median=PrintedMedian("14")),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_pair_that_enumeration_finds_and_no_other(case):
    whole, part, link = CASES[case]
    expected = pairs_by_enumeration(whole, part, link)
    assert expected
    found = pairs_by_search(whole, part, link)
    assert found == expected


@pytest.mark.parametrize("longest", [1.0, 2.0, 4.0])
def test_a_bound_on_the_delay_loses_no_pair(longest):
    whole, part = facts("4", "50"), facts("2", "50")
    bounded = Link(shortest_delay=1.0, longest_delay=longest, alive_with_event=0)
    free = Link(shortest_delay=1.0, alive_with_event=0)
    found = pairs_by_search(whole, part, bounded)
    assert pairs_by_enumeration(whole, part, bounded) <= found <= pairs_by_search(whole, part, free)


@pytest.fixture(scope="module")
def linked():
    link = Link(shortest_delay=0.5, longest_delay=3.0, alive_with_event=1, alive_outside=1)
    return linked_orders(facts("6", "50"), facts("4", "50"), link)


def test_a_drawn_cohort_prints_both_curves_and_is_among_the_pairs(linked):
    drawn = sample_linked(linked, 30, np.random.default_rng(7)).frame
    pairs = pairs_by_search(linked.whole.facts, linked.part.facts, linked.link)
    seen = set()
    for _, cohort in drawn.groupby("set"):
        assert unmet_links(linked, cohort) == []
        inside = cohort[cohort["in_part"] == 1]
        whole = list(zip(cohort["time"], cohort["event"].astype(bool), strict=True))
        part = list(zip(inside["part_time"], inside["part_event"].astype(bool), strict=True))
        seen.add((bits(whole), bits(part)))
    assert seen <= pairs
    assert len(seen) > 10


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"delay": 3.5}, "delays"),
        ({"part_time": 13.0}, "survival 50% at 12"),
        ({"event": 1}, "patients dead without the event"),
    ],
)
def test_a_cohort_that_breaks_the_link_is_told_what_is_wrong(linked, change, named):
    cohort = sample_linked(linked, 1, np.random.default_rng(3)).frame
    members = cohort[cohort["in_part"] == 1]
    rows = members.index[members["part_event"] == ("part_time" in change)]
    cohort.loc[rows, list(change)] = list(change.values())
    assert named in unmet_links(linked, cohort)


def test_delays_that_nobody_can_have_are_refused():
    with pytest.raises(ValueError, match="must be >= 0, not -1"):
        Link(shortest_delay=-1)
    with pytest.raises(ValueError, match="must not lie below the shortest"):
        Link(shortest_delay=2, longest_delay=1)


def test_a_part_that_is_larger_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="a part of 4 patients cannot lie in a whole of 3"):
        linked_orders(facts("3", "67"), facts("4", "50"), Link())
