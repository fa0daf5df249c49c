"""Correct: every order that plain enumeration of data sets finds, and no other.

The second route shares nothing with the listing but the cells of the time axis: it lists concrete
data sets (all ties included) with times at a few points inside every cell, and works out each
printed number by its definition in exact fractions.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, pairwise
from statistics import NormalDist

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts
from secondlook.admissible.bound import bound, steps
from secondlook.admissible.facts import NOT_REACHED
from secondlook.admissible.listing import Spread, listing
from secondlook.admissible.question import ENDED, Place, pose
from secondlook.admissible.ranges import bands
from secondlook.printed import admits, parse

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


def ranked(marks):
    """The marks with the rank of each time in its place, and the times."""
    times = sorted({time for time, _ in marks})
    return tuple((times.index(time), event) for time, event in marks), times


@cache
def crossings(kind, pattern, part):
    """The times that one program or the other takes for the crossing of one half.

    Each is the middle of two of the ranks.
    """
    curve = kind(pattern)
    column = {"median": 1, "lower": 2, "upper": 3}[part]
    points = [(row[0], row[column]) for row in curve if row[column] is not None]
    low = [(rank, height) for rank, height in points if height <= HALF]
    if not low:
        return []
    first, height = low[0]
    if height == HALF:
        deeper = [rank for rank, h in points if h < HALF]
        if deeper:
            return [(first, first), (first, deeper[0]), (deeper[0], deeper[0])]
        return [(first, first), (first, curve[-1][0])]
    highest = max(height for _, height in low)
    last = next(rank for rank, height in low if height == highest)
    return [(first, first), (last, last)]


@cache
def interval(text):
    return admits(text).rounded


def prints(text, values):
    if text is None:
        return not list(values)
    return any(value in interval(text) for value in values)


def meets(facts, axis, marks):
    """Whether a data set prints the facts; its marks have their place on an axis of times."""
    low, high = facts.death_bounds
    if not low <= sum(e for _, e in marks) <= high:
        return False
    pattern, places = ranked(marks)
    times = [axis[place] for place in places]
    for at, triple in facts.survival:
        past = sum(time <= parse(at).value for time in times)
        heights = product_limit(pattern)[past - 1][1:] if past else (Fraction(1), 1.0, 1.0)
        for text, value in zip((triple.estimate, triple.lower, triple.upper), heights, strict=True):
            if text is not None and (value is None or 100 * value not in interval(text)):
                return False
    for triple, kind in ((facts.median, product_limit), (facts.follow_up, reverse)):
        for part, text in triple.parts():
            name = "median" if part == "estimate" else part
            crossed = ((times[a] + times[b]) / 2 for a, b in crossings(kind, pattern, name))
            if not prints(None if text == NOT_REACHED else text, crossed):
                return False
    free = [(axis[place], event) for place, event in marks]
    for told in sorted(facts.told, key=lambda one: interval(one.time).upper):
        fits = [m for m in free if m[1] == (told.mark == "died") and m[0] in interval(told.time)]
        if not fits:
            return False
        free.remove(min(fits))
    return facts.last is None or times[-1] in interval(facts.last)


@cache
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
    axis = sorted(set(times))
    marks = [(axis.index(time), died) for time, died, _ in points]
    printed = [
        (parse(tick).value, number)
        for tick, number in zip(facts.ticks, facts.at_risk, strict=False)
    ]
    printed += [(parse(time).value, number) for time, number in facts.left]
    ticks = [(bisect_left(times, time), int(number)) for time, number in printed if number != "-"]
    found = set()
    for chosen in combinations_with_replacement(range(len(points)), facts.patients):
        if any(sum(at >= tick for at in chosen) != number for tick, number in ticks):
            continue
        if meets(facts, axis, [marks[at] for at in chosen]):
            found.add(tuple(points[at][1:] for at in chosen))
    return found


def read(**block):
    return CurveFacts.read("os", {"n": "4", "interval": "log", "level": "50", **block})


CASES = {
    "row and survival": read(at_risk="4 3 1 0", ticks="4", survival={"6": "75"}),
    "a survival time at a tick": read(at_risk="4 3 1", ticks="4", survival={"4": "50"}),
    "limits of survival": read(at_risk="4 3 2", ticks="4", survival={"6": "50 (36-70)"}),
    "median": read(at_risk="4 3 1", ticks="5", median="7"),
    "median on a level stretch": read(median="7", deaths="2"),
    "median not reached": read(at_risk="4 2", ticks="5", median="NR"),
    "median with limits": read(at_risk="4 2", ticks="6", median="7 (5-NR)"),
    "upper limit that a tie can hide": read(at_risk="4", ticks="6", median="5 (5-NR)"),
    "upper limit reached": read(at_risk="4 4", ticks="6", median="(7-9)"),
    "follow-up": read(at_risk="4 3", ticks="6", follow_up="8 (8-NR)"),
    "median and follow-up": read(n="3", median="5", follow_up="8"),
    "told patients": read(
        at_risk="4 2", ticks="6", told=[{"died": "3"}, {"alive": ">=7"}], deaths="2-3"
    ),
    "two told of alike": read(n="3", told=[{"died": "<5"}, {"died": ">3"}, {"alive": "4"}]),
    "left, and the last": read(n="3", left={"2.5": "2"}, last="9", survival={"6": "67"}),
    "no order: more at risk than alive": read(at_risk="4 3", ticks="4", survival={"4": "10"}),
    "no order: nobody left at the median follow-up": read(at_risk="4 0", ticks="4", follow_up="8"),
    "no order: more at risk than can be followed": read(
        at_risk="4 2", ticks="4", survival={"2": "75"}, follow_up="3"
    ),
    "no order: an estimate off the middle of its limits": read(
        at_risk="4 3 2", ticks="4", survival={"6": "50 (40-70)"}
    ),
}


def by_sequence(orders):
    """From a sequence of marks, as binary digits, to its number of orders."""
    found = {}
    for order in orders:
        bits = sum(died << at for at, (died, _) in enumerate(reversed(order)))
        found[bits] = found.get(bits, 0) + 1
    return found


def assert_ranges(found, orders):
    """Hold what the listing leaves open to the orders themselves, each by the definition."""
    cells, n, at = found.bound.question.cells, found.bound.question.n, bands(found.bound, found)
    cuts = [(cell.upper, index) for index, cell in enumerate(cells)
            if cell.upper and cell.holds != "deaths"]  # fmt: skip
    assert [(one.time, one.included) for one in at[1:]] == [cut for cut, _ in cuts]
    for (_, until), one in zip(cuts, at[1:], strict=True):
        alive, followed, left = [], [], []
        for order in orders:
            heights = [Fraction(1), Fraction(1)]
            past = [died for died, cell in order if cell <= until]
            for number, died in enumerate(past):
                heights[not died] *= Fraction(n - number - 1, n - number)
            alive.append(heights[0])
            followed.append(heights[1])
            left.append(n - len(past))
        for span, values in (
            (one.survival, alive), (one.followed, followed), (one.at_risk, left)
        ):  # fmt: skip
            assert_allclose([span.lowest, span.highest], [float(min(values)), float(max(values))])
            assert span.exact == found.exact
    for horizon in (4, 6, 100):
        least, most = [], []
        for order in orders:
            lost, height = [0.0, 0.0], 1.0
            for number, (died, cell) in enumerate(order):
                drop = height / (n - number) * died
                height -= drop
                lost[0] += drop * max(horizon - cells[cell].ends, 0)
                lost[1] += drop * max(horizon - cells[cell].begins, 0)
            least.append(horizon - lost[1])
            most.append(horizon - lost[0])
        area = found.restricted_mean(horizon)
        assert_allclose([area.lowest, area.highest], [min(least), max(most)])
    ticks = {0.0: -1} | {
        float(cell.upper[0]): index for index, cell in enumerate(cells)
        if cell.upper and not cell.upper[1]
    }  # fmt: skip
    for (start, first), (stop, last) in combinations(sorted(ticks.items()), 2):
        fallen = [
            sum(math.log((n - number) / (n - number - 1)) if number < n - 1 else 40
                for number, (died, cell) in enumerate(order) if died and first < cell <= last)
            for order in orders
        ]  # fmt: skip
        rate = found.hazard(start, stop)
        assert_allclose(
            [rate.lowest, rate.highest],
            [min(fallen) / (stop - start), max(fallen) / (stop - start)],
        )


# Among these are sequences on which programs disagree: so many orders are kept that may print it.
INEXACT = {
    "median": 32, "median on a level stretch": 39, "median not reached": 5,
    "median with limits": 24, "upper limit that a tie can hide": 52, "follow-up": 32,
    "median and follow-up": 5,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_listing_has_the_orders_of_all_data_sets_that_print_the_facts(name):
    facts = CASES[name]
    question = pose(facts)

    found = listing(bound(question))

    orders = listed(facts, question.cells)
    expected = by_sequence(orders)
    counted = dict(zip(found.sequences.tolist(), found.orders.tolist(), strict=True))
    assert expected.keys() <= counted.keys(), "no sequence is missed"
    assert all(counted[bits] >= ways for bits, ways in expected.items()), "nor an order of one"
    assert found.exact == (name not in INEXACT)
    if found.exact:
        assert counted == expected
        if orders:
            assert_ranges(found, orders)
    else:
        assert found.orders.sum() == INEXACT[name]
    assert bool(len(found)) == (not name.startswith("no order")) == bool(expected)


# How many polygons the bound has that no order comes to, and how far out a side lies at most.
LOOSE = {
    "row and survival": (3, 0.07), "median": (2, 0.08), "median on a level stretch": (0, 0.14),
    "median not reached": (4, 0.83), "median with limits": (1, 1.02),
    "upper limit that a tie can hide": (3, 40), "upper limit reached": (22, 40),
    "follow-up": (5, 40), "median and follow-up": (2, 40), "left, and the last": (2, 0.14),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("no order")])
def test_the_polygons_hold_every_order_on_its_way_and_little_else(name):
    """Where nothing is printed but counts, S or its limits, each side touches some order."""
    question = pose(CASES[name])
    n, room, step = question.n, bound(question), steps(question.n)
    points = {}
    for order in listed(CASES[name], question.cells):
        k, deaths, found, point = 0, 0, 0, np.zeros(2)
        marks = list(order)
        for cell in range(len(question.cells)):
            points.setdefault((cell, found, k, deaths), []).append(point)
            while marks and marks[0][1] == cell:
                died = marks.pop(0)[0]
                found = dict(question.marks(found, cell))[died]
                point = point + died * step[k]
                k, deaths = k + 1, deaths + died
                points.setdefault((cell, found, k, deaths), []).append(point)
        assert (k, found) == (n, question.full)
    polygons = {
        (cell, found, some.first[0] + row, some.first[1] + column): some.extent[row, column]
        for cell, rooms in enumerate(room.rooms)
        for found, some in rooms.items()
        for row, column in zip(*np.nonzero(some.alive), strict=True)
    }
    assert points.keys() <= polygons.keys()
    further, out = LOOSE.get(name, (0, 1e-6))
    assert len(polygons) - len(points) <= further
    for place, some in points.items():
        reach = (np.array(some) @ room.directions.T).max(axis=0)
        beyond = (polygons[place] - reach) / (1 + np.abs(reach))
        assert beyond.min() >= -1e-9
        assert beyond.max() <= out
    for cell, (least, most) in enumerate(room.died):
        died = [sum(died for died, at in order if at <= cell)
                for order in listed(CASES[name], question.cells)]  # fmt: skip
        assert least <= min(died)
        assert max(died) <= most
        assert further or (least, most) == (min(died), max(died))


def test_random_small_cohorts_are_listed_as_plain_enumeration_does():
    rng = np.random.default_rng(20240207)
    exact = 0
    for _ in range(6):
        times = rng.integers(1, 24, int(rng.integers(2, 5)))
        marks = [(Fraction(int(t), 2), bool(rng.random() < 0.6)) for t in times]
        pattern, axis = ranked(sorted(marks))
        curve = product_limit(pattern)
        at_six = [(0, Fraction(1)), *(p for p in curve if axis[p[0]] <= 6)][-1]
        median = [axis[rank] for rank, _ in crossings(product_limit, pattern, "median")]
        facts = read(
            n=str(len(marks)),
            at_risk=" ".join(str(sum(1 for t, _ in marks if t >= tick)) for tick in (0, 5)),
            ticks="5",
            survival={"6": str(math.floor(100 * at_six[1] + HALF))},
            median=str(math.floor(median[0] + HALF)) if median else "NR",
        )
        question = pose(facts)
        found = listing(bound(question))
        expected = by_sequence(listed(facts, question.cells))
        counted = dict(zip(found.sequences.tolist(), found.orders.tolist(), strict=True))
        assert expected.keys() <= counted.keys()
        exact += found.exact
        if found.exact:
            assert counted == expected
    assert exact >= 2


def tied_groups(bits):
    """Every way to tie neighbouring marks, deaths before censorings: the group of each mark."""
    ways = [[0]]
    for before, now in pairwise(bits):
        ways = [
            [*way, way[-1] + tie] for way in ways for tie in ((0, 1) if before >= now else (1,))
        ]
    return ways


@pytest.mark.parametrize("part", ["lower", "upper"])
@pytest.mark.parametrize("curve", ["median", "follow_up"])
@pytest.mark.parametrize("reached", [True, False])
def test_a_limit_may_come_to_one_half_at_any_mark_that_some_ties_and_program_print(
    curve, part, reached
):
    n, kind = 7, product_limit if curve == "median" else reverse
    facts = read(n=str(n), **{curve: "(5 to 5)" if reached else "(NR to NR)"})
    facts = facts.only([f"os/{curve.replace('_', '-')}/{part}"])
    question = pose(facts)
    (crossing,) = question.crossings
    sequences = np.arange(1 << n)
    spread = Spread(bound(question), sequences)
    last_place = Place(len(question.cells) - 1, n, question.full)
    assert not spread.may(last_place, ENDED)[~spread.possible].any()
    rose = 0
    for sequence in sequences:
        bits = [int(bit) for bit in f"{sequence:0{n}b}"]
        never, found = False, []
        for groups in tied_groups(bits):
            pattern = tuple(zip(groups, map(bool, bits), strict=True))
            ranks = {rank for rank, _ in crossings(kind, pattern, part)}
            never |= not ranks
            found += [[at for at, group in enumerate(groups, 1) if group == rank] for rank in ranks]
        rose += never and bool(found)
        assert spread.possible[sequence] == (bool(found) if reached else never)
        if not reached:
            # Tied it is not seen, untied it is: no program's word for it is known.
            assert spread.doubtful[sequence] == (never and bool(found))
        elif found:
            first = int(spread.by[crossing.last][0][sequence])
            last = int(spread.not_by[crossing.first - 1][0][sequence])
            assert first == min(map(max, found))
            assert max(map(min, found)) <= last <= max(map(max, found))
            assert spread.two_readings[sequence] == (first != last)
    assert rose > 0 or part == "lower"
