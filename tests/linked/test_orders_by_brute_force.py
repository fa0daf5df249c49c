"""Correct: every order that plain enumeration of data sets finds, and no other.

The second route shares nothing with the search: it lists concrete data sets (all ties included)
with times at a few points inside every cell, and works out each printed fact by its definition in
exact fractions.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from statistics import NormalDist

import numpy as np
import pytest

from secondlook.linked import (
    KnownTime,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    orders,
)
from secondlook.printed import admits

# Half of the level: upper limits of four patients never come down to one half at 95 %.
LEVEL = 0.5
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
HALF = Fraction(1, 2)


@cache
def product_limit(pattern):
    """Return rank, S and its limits after each distinct rank of (rank, event) pairs."""
    at_risk, survival, spread, curve = len(pattern), Fraction(1), Fraction(0), []
    for rank in sorted({rank for rank, _ in pattern}):
        deaths = sum(1 for r, event in pattern if r == rank and event)
        if deaths:
            survival *= Fraction(at_risk - deaths, at_risk)
            spread = (
                None if survival == 0 else spread + Fraction(deaths, at_risk * (at_risk - deaths))
            )
        curve.append((rank, survival, *limits(survival, spread)))
        at_risk -= sum(1 for r, _ in pattern if r == rank)
    return curve


@cache
def reverse(pattern):
    """The same for follow-up: at a tie deaths leave first."""
    at_risk, followed, spread, curve = len(pattern), Fraction(1), Fraction(0), []
    for rank in sorted({rank for rank, _ in pattern}):
        at_risk -= sum(1 for r, event in pattern if r == rank and event)
        ended = sum(1 for r, event in pattern if r == rank and not event)
        if ended:
            followed *= Fraction(at_risk - ended, at_risk)
            spread = (
                None if followed == 0 else spread + Fraction(ended, at_risk * (at_risk - ended))
            )
        curve.append((rank, followed, *limits(followed, spread)))
        at_risk -= ended
    return curve


def limits(survival, spread):
    if spread is None:
        return None, None
    factor = math.exp(Z * math.sqrt(spread))
    return float(survival) / factor, min(1.0, float(survival) * factor)


def timed(kind, marks):
    """The curve of a data set: its times put back in the place of their ranks."""
    times = sorted({time for time, _ in marks})
    rank = {time: index for index, time in enumerate(times)}
    return [(times[at], *heights) for at, *heights in kind(tuple((rank[t], e) for t, e in marks))]


def crossings(curve, part):
    """The times that one program or the other takes for the crossing of one half."""
    column = {"median": 1, "lower": 2, "upper": 3}[part]
    points = [(row[0], row[column]) for row in curve if row[column] is not None]
    low = [(time, height) for time, height in points if height <= HALF]
    if not low:
        return []
    first, height = low[0]
    if height == HALF:
        deeper = [time for time, h in points if h < HALF]
        if deeper:
            return [(first + deeper[0]) / 2]
        return [first, (first + curve[-1][0]) / 2]
    highest = max(height for _, height in low)
    return [first, next(time for time, height in low if height == highest)]


@cache
def interval(text):
    return admits(text).rounded


def prints(text, values):
    if text is None:
        return not values
    return any(value in interval(text) for value in values)


def meets(facts, marks):
    if not facts.death_bounds[0] <= sum(e for _, e in marks) <= facts.death_bounds[1]:
        return False
    curve = timed(product_limit, marks)
    for fact in facts.survival:
        _, survival, *ends = [(0, Fraction(1), 1.0, 1.0), *(p for p in curve if p[0] <= fact.at)][
            -1
        ]
        if fact.estimate is not None and 100 * survival not in interval(fact.estimate):
            return False
        if fact.limits is not None:
            for text, value in zip(fact.limits, ends, strict=True):
                if value is None or 100 * value not in interval(text):
                    return False
    for printed, kind in ((facts.median, product_limit), (facts.follow_up, reverse)):
        if printed is None:
            continue
        steps = timed(kind, marks)
        if printed.estimate != "" and not prints(printed.estimate, crossings(steps, "median")):
            return False
        if printed.limits is not None and not all(
            prints(text, crossings(steps, part))
            for part, text in zip(("lower", "upper"), printed.limits, strict=True)
        ):
            return False
    return all(
        any(e == (k.mark == "death") and t in interval(k.time) for t, e in marks)
        for k in facts.known
    )


def listed(facts, cells):
    """All (mark, cell) sequences of data sets that meet the facts, over points inside the cells."""
    points = []
    for index, cell in enumerate(cells):
        if cell.holds == "deaths":
            points.append((cell.lower[0], True, index))
        elif cell.holds == "censorings":
            points.append((cell.lower[0], False, index))
        else:
            low = cell.lower[0]
            high = low + 4 if cell.upper is None else cell.upper[0]
            n = facts.patients
            for step in range(1, n + 1):
                time = low + (high - low) * Fraction(step, n + 1)
                points += [(time, True, index), (time, False, index)]
    points.sort(key=lambda point: (point[0], not point[1]))
    times = [time for time, _, _ in points]
    ticks = [(bisect_left(times, time), number) for time, number in facts.ticks]
    found = set()
    for chosen in combinations_with_replacement(range(len(points)), facts.patients):
        if any(sum(at >= tick for at in chosen) != number for tick, number in ticks):
            continue
        if meets(facts, [points[at][:2] for at in chosen]):
            found.add(tuple(points[at][1:] for at in chosen))
    return found


def paths(found):
    graph, complete = found.graph, []
    walks = [(0, 0, ())]
    while walks:
        gone, row, so_far = walks.pop()
        if gone == graph.problem.n:
            complete.append(so_far)
            continue
        for arc in graph.arcs[gone]:
            for source, target in zip(arc.source, arc.target, strict=True):
                if source == row:
                    added = ((arc.death, arc.cell),) * arc.marks
                    walks.append((gone + arc.marks, int(target), so_far + added))
    return complete


def is_level_at_half(sequence):
    """Whether a curve stands at exactly one half: its middle needs times that few points miss."""
    return any(
        survival == HALF
        for kind in (product_limit, reverse)
        for _, survival, *_ in kind(tuple((i, e) for i, (e, _) in enumerate(sequence)))
    )


CASES = {
    "row and survival": SurvivalFacts(
        n="4", at_risk="4 3 1 0", spacing="4", survival=(PrintedSurvival("6", "75"),)
    ),
    "a survival time at a tick": SurvivalFacts(
        n="4", at_risk="4 3 1", spacing="4", survival=(PrintedSurvival("4", "50"),)
    ),
    "limits of survival": SurvivalFacts(
        n="4", at_risk="4 3 2", spacing="4", survival=(PrintedSurvival("6", "50", ("36", "70")),)
    ),
    "median": SurvivalFacts(n="4", at_risk="4 3 1", spacing="5", median=PrintedMedian("7")),
    "median on a level stretch": SurvivalFacts(n="4", median=PrintedMedian("7"), deaths="2"),
    "median not reached": SurvivalFacts(
        n="4", at_risk="4 2", spacing="5", median=PrintedMedian(None)
    ),
    "median with limits": SurvivalFacts(
        n="4", at_risk="4 2", spacing="6", median=PrintedMedian("7", ("5", None))
    ),
    "upper limit that a tie can hide": SurvivalFacts(
        n="4", at_risk="4", spacing="6", median=PrintedMedian("5", ("5", None))
    ),
    "upper limit reached": SurvivalFacts(
        n="4", at_risk="4 4", spacing="6", median=PrintedMedian("", ("7", "9"))
    ),
    "follow-up": SurvivalFacts(
        n="4", at_risk="4 3", spacing="6", follow_up=PrintedMedian("8", ("8", None))
    ),
    "median and follow-up": SurvivalFacts(
        n="3", median=PrintedMedian("5"), follow_up=PrintedMedian("8")
    ),
    "told patients": SurvivalFacts(
        n="4",
        at_risk="4 2",
        spacing="6",
        known=(KnownTime("death", "3"), KnownTime("censoring", "≥7")),
        deaths=("2", "3"),
    ),
    "no order: more at risk than alive": SurvivalFacts(
        n="4", at_risk="4 3", spacing="4", survival=(PrintedSurvival("4", "10"),)
    ),
    "no order: nobody left at the median follow-up": SurvivalFacts(
        n="4", at_risk="4 0", spacing="4", follow_up=PrintedMedian("8")
    ),
    "no order: more at risk than can be followed": SurvivalFacts(
        n="4",
        at_risk="4 2",
        spacing="4",
        survival=(PrintedSurvival("2", "75"),),
        follow_up=PrintedMedian("3"),
    ),
    "no order: an estimate off the middle of its limits": SurvivalFacts(
        n="4", at_risk="4 3 2", spacing="4", survival=(PrintedSurvival("6", "50", ("40", "70")),)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_search_finds_the_orders_of_all_data_sets_that_print_the_facts(name):
    facts = CASES[name]
    found = orders(facts, level=LEVEL)
    walked = paths(found)
    expected = listed(facts, found.graph.problem.cells)

    assert len(walked) == len(set(walked)) == found.count, "each order is one path"
    assert expected - set(walked) == set(), "no order is missed"
    surplus = set(walked) - expected
    assert all(is_level_at_half(order) for order in surplus), "no order is made up"
    assert len(surplus) <= 0.2 * len(walked)
    assert bool(found) == (not name.startswith("no order")) == bool(expected)


def test_random_small_cohorts_are_enumerated_as_plain_enumeration_does():
    rng = np.random.default_rng(20240207)
    for _ in range(3):
        marks = [(Fraction(int(t), 2), bool(rng.random() < 0.6)) for t in rng.integers(1, 24, 4)]
        curve = timed(product_limit, sorted(marks))
        at_six = [(Fraction(0), Fraction(1)), *(p for p in curve if p[0] <= 6)][-1]
        median = crossings(curve, "median")
        facts = SurvivalFacts(
            n="4",
            at_risk=" ".join(str(sum(1 for t, _ in marks if t >= tick)) for tick in (0, 5)),
            spacing="5",
            survival=(PrintedSurvival("6", str(math.floor(100 * at_six[1] + HALF))),),
            median=PrintedMedian(str(math.floor(median[0] + HALF)) if median else None),
        )
        found = orders(facts, level=LEVEL)
        walked = set(paths(found))
        expected = listed(facts, found.graph.problem.cells)
        assert expected <= walked
        assert all(is_level_at_half(order) for order in walked - expected)
        assert len(walked) == found.count
