"""Correct: the list of a cohort of three patients: orders, curves, areas and hazards by hand."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts
from secondlook.admissible.bound import bound
from secondlook.admissible.listing import Spread, listed, listing, none
from secondlook.admissible.question import BEGIN, pose
from secondlook.admissible.verify import readings

# One of three died before 6 months, and one left between 6 and 12.
SMALL = {"n": "3", "at_risk": "3 2 1", "ticks": "6", "survival": {"6": "67"}, "interval": "log"}


def by_hand(watch=(), **block):
    return listed(CurveFacts.read("os", SMALL | block), [Fraction(time) for time in watch])


def test_the_sequences_of_three_patients_and_the_ways_to_spread_them():
    found = by_hand()
    # One death, then deaths (1) and censorings (0) in any order.
    assert [f"{sequence:03b}" for sequence in found.sequences] == ["100", "101", "110", "111"]
    assert found.deaths.tolist() == [1, 2, 2, 3]
    assert found.died.astype(int).tolist() == [[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]
    # The second is censored at 6, after the deaths of that instant, or later; a death comes later.
    assert found.orders.tolist() == [2, 2, 1, 1]
    assert len(found) == 4
    assert len(by_hand(deaths="2")) == 2


def test_the_curves_at_the_ends_of_the_cells_are_those_of_each_sequence():
    cells = by_hand().bound.question.cells
    alive = {}
    for cell, k, heights, followed in by_hand().ends():
        alive.setdefault((cells[cell].ends, k), set()).update(
            zip(heights.round(6).tolist(), followed.round(6).tolist(), strict=True)
        )
    third, half = round(1 / 3, 6), 0.5
    assert alive[6.0, 1] == {(round(2 / 3, 6), 1.0)}
    # The second mark is a death, which halves S, or a censoring, which halves the reverse curve.
    assert alive[12.0, 2] == {(third, 1.0), (round(2 / 3, 6), half)}


def test_areas_and_hazards_of_three_patients():
    found = by_hand()
    # At best only the first dies, just before 6; at worst he dies at once and the second at 6, the
    # third just after 12, where he no longer counts.
    mean = found.restricted_mean(12)
    assert_allclose([mean.lowest, mean.highest], [12 - 4 - 2, 12 - 2])
    # Of two deaths the second may come after 12, where it takes nothing from the area.
    assert_allclose(by_hand(deaths="2").restricted_mean(12).highest, 12 - 2)
    first, second = found.hazard(0, 6), found.hazard(6, 12)
    assert_allclose([first.lowest, first.highest], np.log(3 / 2) / 6)
    assert_allclose([second.lowest, second.highest], [0, np.log(2) / 6])
    # Cut at 9, the second mark may lie on either side.
    watched = by_hand(watch=[9])
    for start, stop in ((6, 9), (9, 12)):
        span = watched.hazard(start, stop)
        assert_allclose([span.lowest, span.highest], [0, np.log(2) / 3])
    whole = watched.hazard(0, 9)
    assert_allclose([whole.lowest, whole.highest], [np.log(3 / 2) / 9, np.log(3) / 9])
    assert watched.orders.sum() > found.orders.sum()


def test_the_marks_of_a_sequence_lie_in_one_of_its_ways():
    found, rng = by_hand(), np.random.default_rng(1)
    cells = found.bound.question.cells
    for row in range(4):
        for _ in range(5):
            marks = found.marks(row, rng)
            assert [died for _, died, _ in marks] == found.died[row].tolist()
            (one, *_), (two, *_), (three, *_) = marks
            assert cells[one].ends <= 6
            assert cells[two].begins >= 6
            assert cells[two].ends <= 12 <= cells[three].begins
            assert found.may(BEGIN, 1).all()
            assert not found.may(BEGIN, 0).any()


def test_too_many_patients_or_beginnings_are_not_listed(monkeypatch):
    facts = CurveFacts.read("os", SMALL)
    room = bound(pose(facts))
    assert listing(room, 4) is not None
    assert listing(room, 1) is None
    monkeypatch.setattr("secondlook.admissible.listing.MOST_PATIENTS", 3)
    assert len(listing(room, 4)) == 4
    monkeypatch.setattr("secondlook.admissible.listing.MOST_PATIENTS", 2)
    assert listing(room, 4) is None
    with pytest.raises(ValueError, match="'os' has too many sequences to list: more facts are"):
        listed(facts)


def test_that_nothing_is_left_is_not_said_where_there_is_too_much_to_look_at(monkeypatch):
    # One of eight is gone by 4: 87.5% is printed 88%.
    odd = {"n": "8", "at_risk": "8 7", "ticks": "4", "survival": {"3": "87"}, "interval": "log"}
    room, possible = (
        bound(pose(CurveFacts.read("os", odd))),
        bound(pose(CurveFacts.read("os", SMALL))),
    )
    assert room
    assert none(room)
    assert not none(possible)
    monkeypatch.setattr("secondlook.admissible.listing.MOST_PREFIXES", 0)
    assert not none(room)


def test_what_no_data_set_prints_has_an_empty_list():
    room = bound(pose(CurveFacts.read("os", SMALL | {"survival": {"6": "20"}})))
    empty = listing(room)
    assert (len(empty), empty.exact, len(empty.may(BEGIN, 1))) == (0, True, 0)


def test_a_low_limit_that_rises_is_printed_at_its_first_time_or_at_its_highest():
    """The last of 18 deaths, among two at risk, lifts the upper limit, and not above one half."""
    died = [int(bit) for bit in "11101111111111111011"]
    facts = CurveFacts.read("os", {"n": "20", "median": "(5 to 18)", "interval": "log"})
    facts = facts.only(["os/median/upper"])
    printed = readings(facts, np.arange(1, 21), died)["os/median/upper"]
    assert set(printed) == {17, 19}
    question = pose(facts)
    (crossing,) = question.crossings
    sequence = np.array([int("".join(map(str, died)), 2)])
    for first_only, highest in ((False, 19), (True, 17)):
        spread = Spread(bound(question), sequence, first_only=first_only)
        assert spread.by[crossing.last][0].tolist() == [17]
        assert spread.not_by[crossing.first - 1][0].tolist() == [highest]
    assert Spread(bound(question), sequence).two_readings.tolist() == [True]
