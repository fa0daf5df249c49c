"""Correct: pairs of sequences against plain enumeration of cohorts with two curves.

The second route lists concrete cohorts (ties included): overall times, who is in the part, when he
entered it, when he left it and how. It works out every printed fact by its definition in exact
fractions and shares nothing with the search.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pandas as pd
import pytest

from secondlook.admissible import CurveFacts
from secondlook.linked_curves import pairs, unmet_pair
from secondlook.printed import admits, parse

# Months: within 12, between 12 and 12 plus the delay, and later; two or three points in each.
TIMES = (2.0, 5.0, 11.5, 12.5, 13.3, 13.5, 15.5)
PART_TIMES = (1.0, 3.0, 6.0, 12.1, 12.3, 14.0)


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
    """Say so of the marks; the same marks in another order are asked once."""
    return _prints(facts, tuple(sorted(marks)))


@cache
def _prints(facts, marks):
    return (
        all(
            100 * float(survival_at(marks, float(parse(at).value))) in admits(one.estimate).rounded
            for at, one in facts.survival
        )
        and facts.death_bounds[0] <= sum(event for _, event in marks) <= facts.death_bounds[1]
    )


def pairs_by_enumeration(whole, part):
    link = part.part_of
    shortest, window = float(parse(link.delay).value), link.window
    longest = float("inf") if link.latest is None else float(parse(link.latest).value)
    most_alive, most_dead = (
        link.count(f"{name}_event", 9) for name in ("alive_with", "dead_without")
    )
    outside = link.count("alive_outside", 9)
    choices = [(time, died) for time in TIMES for died in (False, True)]
    # How each mark of the whole can be one of the part: without the event both are one exit.
    ways = {
        (time, died): [
            (left, had)
            for left in PART_TIMES
            for had in (False, True)
            if time - left >= shortest and (had or time - left <= longest)
        ]
        for time, died in choices
    }
    found = set()
    for cohort in combinations_with_replacement(choices, whole.patients):
        if not prints(whole, cohort):
            continue
        for members in combinations(range(len(cohort)), part.patients):
            inside = [cohort[member] for member in members]
            others = [mark for row, mark in enumerate(cohort) if row not in members]
            if sum(not died for _, died in others) < outside:
                continue
            if window is not None and not any(median in window for median in medians(inside)):
                continue
            for marks in product(*(ways[mark] for mark in inside)):
                both = list(zip(inside, marks, strict=True))
                alive = sum(had and not died for (_, died), (_, had) in both)
                dead = sum(died and not had for (_, died), (_, had) in both)
                if alive <= most_alive and dead <= most_dead and prints(part, marks):
                    found.add((bits(cohort), bits(marks)))
    return found


def pairs_by_search(whole, part):
    found = pairs(whole, part)
    rows = zip(*np.nonzero(found.matrix), strict=True)
    listed = {
        (int(found.whole.sequences[one]), int(found.part.sequences[other])) for other, one in rows
    }
    assert len(found) == len(listed)
    return listed


def facts(n, percent, deaths=None, **link):
    block = {"n": n, "interval": "log", "survival": {"12": percent}}
    if deaths:
        block["deaths"] = deaths
    if link:
        block["part_of"] = {"whole": "os", **link}
    return CurveFacts.read("part" if link else "os", block)


CASES = {
    "nothing but the curves": (facts("3", "67"), facts("2", "50", delay="0")),
    "a delay": (facts("3", "67"), facts("2", "50", delay="1")),
    "nobody lives with the event": (
        facts("4", "50"),
        facts("2", "50", delay="1", alive_with_event="0"),
    ),
    "one dies without the event": (
        facts("4", "50", "3"),
        facts("2", "100", delay="1", alive_with_event="0", dead_without_event="1"),
    ),
    "somebody outside lives": (
        facts("4", "50"),
        facts("3", "33", delay="1", alive_with_event="1", alive_outside="1"),
    ),
    "a median of the part": (
        facts("4", "50"),
        facts("3", "67", delay="1", alive_with_event="0", median="13.5"),
    ),
    "a median of two, level at one half": (
        facts("4", "75"),
        facts("2", "100", delay="1", alive_with_event="0", median="14"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_pair_that_enumeration_finds_and_no_other(case):
    whole, part = CASES[case]
    expected = pairs_by_enumeration(whole, part)
    assert expected
    assert pairs_by_search(whole, part) == expected


@pytest.mark.parametrize("latest", ["1", "2", "4"])
def test_a_bound_on_the_delay_loses_no_pair(latest):
    whole = facts("4", "50")
    bounded = facts("2", "50", delay="1", latest=latest, alive_with_event="0")
    free = facts("2", "50", delay="1", alive_with_event="0")
    found = pairs_by_search(whole, bounded)
    assert pairs_by_enumeration(whole, bounded) <= found <= pairs_by_search(whole, free)


def test_deaths_inside_and_outside_follow_by_hand():
    # Of four patients three die; of the two of the part nobody lives with the event or dies without
    # it, so that its deaths are its events.
    whole = facts("4", "50", "3")
    found = pairs(whole, facts("2", "50", delay="1", alive_with_event="0"))
    assert (found.inside.lowest, found.inside.highest) == (1, 2)
    assert (found.outside.lowest, found.outside.highest) == (1, 2)


WHOLE = facts("4", "50")
LINKED = facts("2", "50", delay="0.5", latest="3", alive_with_event="0", alive_outside="1")
GOOD = {
    "time": [3.0, 11.0, 20.0, 21.0], "event": [1, 1, 0, 0], "in_part": [1, 0, 1, 0],
    "delay": [1.0, None, 2.0, None], "part_time": [2.0, None, 18.0, None],
    "part_event": [1.0, None, 0.0, None],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "row", "named"),
    [
        ({}, 0, None),
        ({"delay": 3.5}, 0, "delays"),
        ({"delay": 3.0}, 2, "delays"),
        ({"part_time": 13.0, "time": 14.0}, 0, "S(12) = 50%"),
        ({"event": 1}, 2, "patients dead without the event"),
        ({"event": 0}, 0, "patients alive with the event"),
        ({"event": 1}, 3, "patients alive outside the part"),
    ],
)
def test_a_cohort_that_breaks_the_link_is_told_what_is_wrong(change, row, named):
    cohort = pd.DataFrame(GOOD)
    cohort.loc[row, list(change)] = list(change.values())
    unmet = unmet_pair(WHOLE, LINKED, cohort)
    assert named in unmet if named else unmet == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"delay": "-1"}, "delay: '-1'"),
        ({"delay": "3", "latest": "2"}, "must not lie below the delay '3'"),
        ({"alive_outside": "1.5"}, "must be a whole number of patients"),
        ({"median": 16.2}, "is text: put it in quotes"),
        ({"delays": "1"}, "unexpected keyword argument 'delays'"),
    ],
)
def test_a_link_that_nobody_can_have_is_refused(link, message):
    with pytest.raises(ValueError, match=message):
        facts("2", "50", **link)


def test_a_part_without_a_link_or_larger_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="`part_of` must say what it is a part of"):
        pairs(facts("3", "67"), facts("2", "50"))
    with pytest.raises(ValueError, match="a part of 3 patients cannot lie in a whole of 2"):
        pairs(facts("2", "50"), facts("3", "67", delay="1"))
