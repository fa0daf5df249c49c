"""Correct: the search gives every order that plain enumeration finds, and lays it on the axis."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.admissible.test_listing_by_brute_force import CASES, listed

from secondlook.admissible import CurveFacts, data_sets
from secondlook.admissible import witness as search
from secondlook.admissible.bound import bound
from secondlook.admissible.points import Points
from secondlook.admissible.question import ABOVE, pose
from secondlook.admissible.time_cells import AFTER, BEFORE, Cell
from secondlook.admissible.verify import unmet
from secondlook.admissible.witness import DataSet, _points, _Search, _throughout, laid, witness

FACTS = CurveFacts.read("os", {"n": "4", "at_risk": "4 2", "ticks": "6", "interval": "log"})


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "name",
    [
        "row and survival", "a survival time at a tick", "limits of survival", "follow-up",
        "told patients", "two told of alike", "left, and the last",
        "no order: nobody left at the median follow-up",
    ],
)  # fmt: skip
def test_a_search_without_a_limit_of_width_gives_every_order(name):
    facts = CASES[name]
    room = bound(pose(facts))
    found = [*_Search(room, rng(), 10**6).run()] if room else []
    orders = listed(facts, pose(facts).cells)
    assert {tuple((died, cell) for cell, died, _ in marks) for marks in found} >= orders
    single = [marks for marks in found if not any(tied for *_, tied in marks)]
    assert len(single) == len({tuple(marks) for marks in single})
    assert len(single) == len(orders) or name == "follow-up"
    # Beside them all who are left may leave at once, in a cell that may be the last of all.
    for marks in found:
        last = [at for at, (*_, tied) in enumerate(marks) if tied]
        assert last in ([], [*range(len(marks) - len(last), len(marks))])
        if last:
            assert {(cell, died) for cell, died, _ in marks[last[0] - 1 :]} == {
                (marks[-1][0], False)
            }


def test_all_who_are_left_leave_at_once_where_nobody_is_owed_afterwards():
    ways = {
        tuple(marks)
        for marks in _Search(bound(pose(FACTS)), rng(), 10**6).run()
        if any(tied for *_, tied in marks)
    }
    # Two are left after 6; nobody leaves with another before it, for then none would be left.
    assert ways == {
        ((0, one, False), (0, other, False), (1, False, False), (1, False, True))
        for one in (False, True) for other in (False, True)
    }  # fmt: skip


def test_few_of_many_are_kept_for_each_number_of_deaths():
    every = _Search(bound(pose(FACTS)), rng(), 8)
    count = 60
    deaths = np.repeat([1, 2], [40, 20])
    distance = np.concatenate((np.linspace(0, 1, 40), np.linspace(0.5, 0.6, 20)))
    depth = np.linspace(0.1, 0.5, count)
    some = Points(3, distance, np.zeros(count), deaths, np.arange(count))
    kept = every._spread(some, depth)
    assert kept.tolist() == sorted(set(kept.tolist()))
    # A quarter, one of each number of deaths, are those that lie deepest.
    assert {39, 59} <= set(kept.tolist())
    # Half lie apart in height: of each number one in each of two bins, the ends among the upper.
    for number, edge in ((1, 0.5), (2, 0.55)):
        heights = distance[kept][deaths[kept] == number]
        assert (heights <= edge).any()
        assert (heights >= edge).any()
    assert 4 <= len(kept) <= 8
    # With as many bins as there are heights all are kept.
    every.width = 160
    assert len(every._spread(some, depth)) == count


def test_a_limit_that_is_not_reached_is_asked_of_after_every_mark():
    def parts(cell, **block):
        facts = CurveFacts.read("os", {"n": "50", "interval": "log"} | block)
        return [(test.part, test.bounds) for test in _throughout(pose(facts), cell)]

    assert parts(0, median="NR") == []
    assert parts(1, median="NR (9-NR)") == [("upper", ABOVE)]
    assert parts(0, median="12 (9-16)", at_risk="50 30", ticks="24") == []  # none rises again
    rises = {"median": "12 (9-16)", "at_risk": "50 6", "ticks": "24"}
    question = pose(CurveFacts.read("os", {"n": "50", "interval": "log"} | rises))
    first = question.crossings[2].first
    assert first > 1
    assert parts(first - 1, **rises) == [("upper", ABOVE)]
    assert parts(first, **rises) == []


def cell(lower, upper, holds="both"):
    begins = (Fraction(lower), AFTER)
    return Cell(begins, None if upper is None else (Fraction(upper), BEFORE), holds)


def test_times_lie_within_their_cell_on_as_few_decimals_as_there_is_room_for():
    assert _points(cell("6", "6", "deaths"), 3, rng()) == [6.0] * 3
    assert _points(cell("11.95", "12.05"), 1, rng()) == [12.0]
    assert _points(cell("2", "2.5"), 4, rng()) == [2.1, 2.2, 2.3, 2.4]
    assert _points(cell("2", "2.1"), 9, rng()) == [round(2 + at / 100, 2) for at in range(1, 10)]
    two = _points(cell("11.95", "12.05"), 2, rng())
    assert 11.95 < two[0] < two[1] < 12.05
    assert [round(time, 2) for time in two] == two
    # After the last cut there is room for one unit of time, or a quarter of what has passed.
    assert _points(cell("0", None), 9, rng()) == [round(at / 10, 1) for at in range(1, 10)]
    assert _points(cell("20", None), 49, rng()) == [round(20 + at / 10, 1) for at in range(1, 50)]


MARKS = [(0, True, False), (0, True, False), (0, False, False), (1, False, False), (1, False, True)]


def test_marks_have_times_in_their_order_and_are_tied_with_their_like_alone():
    facts = CurveFacts.read("os", {"n": "5", "at_risk": "5 2", "ticks": "6", "interval": "log"})
    question = pose(facts)
    for seed in range(20):
        times, events = laid(question, MARKS, rng(seed))
        assert events.tolist() == [True, True, False, False, False]
        assert 0 < times[0] < times[1] < times[2] < 6 < times[3] == times[4]
        tied, _ = laid(question, MARKS, rng(seed), tied=1.0)
        assert tied[0] == tied[1] < tied[2] < 6 < tied[3] == tied[4]
    halves = [laid(question, MARKS[:2], rng(seed), tied=0.3)[0] for seed in range(100)]
    assert 15 <= sum(bool(times[0] == times[1]) for times in halves) <= 45
    rows = DataSet(np.array([1.5, 2.0]), np.array([True, False])).rows
    assert rows == ((1.5, 1), (2.0, 0))


@pytest.mark.parametrize("curve", ["median", "follow_up"])
@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ({}, [0, 0, 2, 2]),
        ({}, [0, 0, 0, 2]),
        ({"at_risk": "4 3 1 0", "ticks": "0 4 8 20"}, [0, 1, 3, 4]),
    ],
)
def test_where_a_curve_lies_level_the_middle_of_the_stretch_is_what_is_printed(curve, row, cells):
    """Two of four die and then two are censored, or the other way round: level from the second."""
    block = {"n": "4", "plateau": "midpoint", curve: "7.0", "deaths": "2", "interval": "log"} | row
    facts = CurveFacts.read("os", block)
    question = pose(facts)
    bits = [True, True, False, False] if curve == "median" else [False, False, True, True]
    marks = [(at, bit, False) for at, bit in zip(cells, bits, strict=True)]
    for seed in range(20):
        times, events = laid(question, marks, rng(seed))
        assert (np.diff(times) >= 0).all()
        assert_allclose((times[1] + times[3]) / 2, 7.0, atol=1e-6)
        assert unmet(facts, times, events) == []


def test_a_search_follows_from_its_seed_and_its_widths(monkeypatch):
    room = bound(pose(FACTS))
    one, other = (witness(FACTS, room, rng(3)) for _ in range(2))
    assert one.rows == other.rows
    assert len({witness(FACTS, room, rng(seed)).rows for seed in range(5)}) > 1
    assert witness(FACTS, room, rng(), ()) is None
    # A few are verified at each width, every third of them tied.
    asked = []

    def laying(question, marks, rng, *, tied):
        asked.append(tied)
        return SimpleNamespace(durations=[], events=[])

    monkeypatch.setattr(search, "laid", laying)
    monkeypatch.setattr(search, "unmet", lambda *_: ["os/n"])
    assert witness(FACTS, room, rng(), (50, 60)) is None
    once = [0.0, 0.0, 0.3] * (search.MOST_VERIFIED // 3)
    assert asked == once * 2


def test_narrow_widths_find_a_data_set_among_many():
    block = {
        "n": "60", "at_risk": "60 40 22 9", "ticks": "6", "interval": "log",
        "survival": {"12": "60 (48-75)"}, "median": "14 (11-NR)",
    }  # fmt: skip
    facts = CurveFacts.read("os", block)
    (found,) = data_sets(facts, 1, seed=1)
    assert unmet(facts, *found) == []
    narrow = witness(facts, bound(pose(facts)), rng(), (100,))
    assert unmet(facts, *narrow) == []


def last_bits_moved(function, seed):
    """A function whose results are off by a last bit, as they are between processors."""
    moves = np.random.default_rng(seed)

    def moved(*args, **options):
        values = np.asarray(function(*args, **options))
        towards = moves.choice([-np.inf, np.inf], values.shape)
        off = np.where(np.isfinite(values) & (values != 0), np.nextafter(values, towards), values)
        return np.where(moves.random(values.shape) < 0.5, off, values)

    return moved


def test_the_data_set_that_is_found_does_not_hang_on_the_last_bits_of_a_logarithm(monkeypatch):
    survival = {"12": "47 (25-88)", "24": "23 (7-75)"}
    facts = CurveFacts.read("rfs", {"n": "17", "interval": "log", "survival": survival})
    plain = {name: getattr(np, name) for name in ("log", "log1p", "exp", "sqrt")}
    found = set()
    for seed in range(6):
        for name, function in plain.items():
            monkeypatch.setattr(np, name, last_bits_moved(function, seed) if seed else function)
        found.add(witness(facts, bound(pose(facts)), rng()).rows)
    assert len(found) == 1
