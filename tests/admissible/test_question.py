"""Correct: what a block asks of the marks of the patients, by hand."""

import pytest

from secondlook.admissible import CurveFacts
from secondlook.admissible.question import BEGIN, DIED, ENDED, Place, Wanted, pose


def posed(**block):
    return pose(CurveFacts.read("os", {"n": "3", "interval": "plain", **block}))


def test_between_two_numbers_whose_values_touch_somebody_died():
    """54% is [53.5, 54.5) and 53% [52.5, 53.5); that 51% is lower any bound sees by itself."""
    block = {"n": "100", "survival": {"6": "54", "12": "53", "18": "51"}, "interval": "plain"}
    question = pose(CurveFacts.read("os", block))
    assert [(cell.begins, cell.ends) for cell in question.cells[:3]] == [(0, 6), (6, 12), (12, 18)]
    assert question.wanted == (Wanted(True, 1, 1, own=False),)


def test_the_marks_up_to_each_cell_are_those_that_are_no_longer_at_risk():
    question = posed(at_risk="3 1", ticks="6", deaths="2")
    assert [(cell.begins, cell.ends) for cell in question.cells] == [(0, 6), (6, float("inf"))]
    assert question.gone == ((2, 2), (3, 3))
    # Up to 6 months 0 to 2 marks with 0 to 2 deaths, then 2 or 3 with as many.
    assert question.width == 3 * 3 + 2 * 3
    assert posed(at_risk="3 1", ticks="6").width == 3 * 3 + 2 * 4


def test_somebody_is_left_to_whom_the_median_and_the_longest_time_happen():
    assert posed(median="6.0").gone == ((0, 2), (0, 3), (3, 3))  # before 5.95, up to 6.05, after
    assert posed(last="6.0").gone == ((0, 2), (3, 3), (3, 3))
    assert posed(left={"4": "3"}, last=">5").gone[0] == (0, 0)


def test_a_told_patient_is_found_by_a_mark_of_his_kind_in_his_window():
    question = posed(told=[{"died": "2.0"}, {"alive": ">3"}])
    assert [cell.ends for cell in question.cells] == [1.95, 2.05, 3, float("inf")]
    assert question.full == 0b11
    assert question.end == Place(4, 3, 0b11)
    assert [question.find(0, cell, died=True) for cell in range(4)] == [0, 0b01, 0, 0]
    assert [question.find(0, cell, died=False) for cell in range(4)] == [0, 0, 0, 0b10]
    assert question.find(0b01, 1, died=True) == 0b01  # found once
    assert question.may_leave(0, 0)
    assert not question.may_leave(0, 1)
    assert question.may_leave(0b01, 1)
    assert not question.may_leave(0b01, 3)
    # Of two who may be meant, the one whose window ends first.
    both = posed(told=[{"died": ">1.0"}, {"died": "2.0"}])
    at = next(i for i, cell in enumerate(both.cells) if (cell.begins, cell.ends) == (1.95, 2.05))
    assert both.find(0, at, died=True) == 0b10


def test_an_instant_holds_deaths_first_and_then_censorings():
    question = posed(at_risk="3 2", ticks="6", survival={"6": "67"})
    assert [cell.holds for cell in question.cells] == ["both", "deaths", "censorings", "both"]
    assert [question.marks(0, cell) for cell in range(4)] == [
        [(False, 0), (True, 0)], [(True, 0)], [(False, 0)], [(False, 0), (True, 0)],
    ]  # fmt: skip


def test_a_way_goes_mark_by_mark_and_cell_by_cell():
    question = posed(at_risk="3 2", ticks="6")
    assert list(question.onward(BEGIN)) == [(0, Place(0, 1, 0)), (DIED, Place(0, 1, 0))]
    assert (ENDED, Place(1, 1, 0)) in list(question.onward(Place(0, 1, 0)))
    assert list(question.onward(Place(1, 3, 0))) == [(ENDED, Place(2, 3, 0))]
    assert list(question.onward(question.end)) == []
    ways = dict(question.walk(1, lambda at, step, ways: ways, lambda one, other: one + other))
    # Each of the three marks is a death or a censoring: 2 ways to the first, 2 * 2 * 2 to the end.
    assert ways[question.end] == 8
    assert ways[Place(1, 1, 0)] == 2


def test_a_question_needs_the_type_of_the_interval_and_the_ticks():
    with pytest.raises(ValueError, match=r"^the type of the interval must be known to pose"):
        posed(interval="unknown")
    with pytest.raises(ValueError, match=r"^the ticks of the numbers at risk must be known"):
        posed(at_risk="3 2")


def test_plain_limits_that_cannot_lie_evenly_about_the_curve_ask_for_a_death_in_no_cell():
    uneven = {"n": "50", "survival": {"6": "50 (40-70)"}}
    assert [wanted.first > wanted.last for wanted in posed(**uneven).wanted] == [True]
    assert posed(**uneven, interval="log", follow_up_interval="log").wanted == ()
    assert posed(n="50", survival={"6": "50 (40-60)"}).wanted == ()
    assert posed(n="50", survival={"6": "50 (0-70)"}).wanted == ()  # cut at 0
    assert posed(n="50", survival={"6": "50 (40-100)"}).wanted == ()
    # [39.5, 40.5) and [58.5, 59.5) leave the middle below 50, which [49.5, 50.5) may be.
    assert posed(n="50", survival={"6": "50 (40-59)"}).wanted == ()
    assert len(posed(n="50", survival={"6": "50 (40-58)"}).wanted) == 1


def test_what_only_one_of_two_times_prints_says_nothing_of_a_death_between():
    found = posed(n="50", survival={"6": "54 (40-70)", "12": "50"}, interval="log",
                  follow_up_interval="log")  # fmt: skip
    assert found.wanted == ()
    touching = {"6": "54 (40-70)", "12": "53"}
    question = posed(n="50", survival=touching, interval="log")
    assert len(question.wanted) == 1
    # The death may be anybody's: each one between is he.
    assert [question.find(0, cell, died=True) for cell in range(3)] == [0, 0b01, 0]


@pytest.mark.parametrize(
    ("left", "kind", "falls"),
    [
        # The upper limit falls while z sqrt(50) / 2 = 6.93 or more are left; the others always.
        ("7", "log", {"estimate": True, "lower": True, "upper": True}),
        ("6", "log", {"estimate": True, "lower": True, "upper": False}),
        ("6", "plain", {"estimate": True, "lower": True, "upper": False}),
        # z^2 = 3.84 is above 15 log(2) / e = 3.82; with 20 left z / sqrt(20) = 0.44 is below 0.50.
        ("15", "log-log", {"estimate": True, "lower": False, "upper": True}),
        ("20", "log-log", {"estimate": True, "lower": True, "upper": True}),
        ("40", "arcsine", {"estimate": True, "lower": True, "upper": True}),
    ],
)
def test_whether_a_limit_may_rise_again_is_said_by_how_many_are_left(left, kind, falls):
    question = posed(
        n="50", at_risk=f"50 {left}", ticks="24", median="12 (9-16)", interval=kind,
        follow_up_interval=kind,
    )  # fmt: skip
    assert {one.part: one.falls for one in question.crossings} == falls
    ends = [(question.cells[one.first].begins, question.cells[one.last].ends)
            for one in question.crossings]  # fmt: skip
    assert ends == [(11.5, 12.5), (8.5, 9.5), (15.5, 16.5)]


def test_a_limit_that_is_not_reached_stays_above_one_half_in_every_cell():
    question = posed(n="50", median="NR (9-NR)")
    halves = [[test for test in tests if test.half] for tests in question.tests]
    # The curve at the end alone; its upper limit may rise again, and is asked in each cell.
    assert [[test.part for test in tests] for tests in halves] == [
        ["lower", "upper"], ["lower", "upper"], ["estimate", "upper"],
    ]  # fmt: skip
    assert [test.bounds.lower for test in halves[0]] == [0.5, 0.5]
    assert [test.bounds.upper for test in halves[1]] == [0.5, float("inf")]
