"""Correct: what one data set gives for every number of a block, by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts
from secondlook.admissible.verify import _first_at_half, readings, unmet

DURATIONS, DEATHS = [2, 5, 5, 9, 30], [1, 1, 0, 1, 0]
BLOCK = {
    "n": "5",
    "at_risk": "5 4 2",
    "ticks": "0 4 8",
    "left": {"6": "2"},
    "survival": {"5": "60"},
    "median": "9",
    "follow_up": "30",
    "interval": "plain",
    "follow_up_interval": "plain",
    "deaths": "3",
    "last": "30",
    "told": [{"alive": ">=24"}, {"died": "5"}, {"alive": "5"}],
}


def test_a_data_set_gives_what_is_counted_by_hand():
    facts = CurveFacts.read("os", BLOCK)
    given = readings(facts, DURATIONS, DEATHS)
    by_hand = {
        "at-risk/0": 5, "at-risk/1": 4, "at-risk/2": 2, "left/6": 2, "5": 60, "median": 9,
        "follow-up": 30, "deaths": 3, "last": 30, "told/1": 30, "told/2": 5, "told/3": 5,
    }  # fmt: skip
    for address, value in by_hand.items():
        assert_allclose(given[f"os/{address}"][0], value, rtol=1e-12)
    assert unmet(facts, DURATIONS, DEATHS) == []


def test_what_a_data_set_does_not_give_is_named():
    told = [{"died": "9"}, {"died": "9"}, {"alive": "9"}]
    facts = CurveFacts.read("os", BLOCK | {"deaths": "2", "told": told})
    given = readings(facts, DURATIONS, DEATHS)
    assert given["os/told/1"] == (9.0,)
    assert np.isnan([given["os/told/2"], given["os/told/3"]]).all()
    assert unmet(facts, DURATIONS, DEATHS) == ["os/deaths", "os/told/2", "os/told/3"]
    assert unmet(facts, DURATIONS[:4], DEATHS[:4]) == ["os/n"]


def test_the_limits_are_those_of_the_printed_level_and_a_wrong_number_is_named():
    # Greenwood: 0.36 * (1/(5*4) + 1/(4*3)) = 0.048; 0.6 -+ 1.6449 * 0.2191.
    block = BLOCK | {"survival": {"5": "60 (24-96)"}, "level": "90"}
    facts = CurveFacts.read("os", block)
    given = readings(facts, DURATIONS, DEATHS)
    z = 1.6448536269514722
    assert_allclose(given["os/5/lower"][0], 100 * (0.6 - z * 0.048**0.5), rtol=1e-12)
    assert_allclose(given["os/5/upper"][0], 100 * (0.6 + z * 0.048**0.5), rtol=1e-12)
    assert unmet(facts, DURATIONS, DEATHS) == []
    wrong = CurveFacts.read("os", block | {"survival": {"5": "60 (25-96)"}, "median": "8"})
    assert unmet(wrong, DURATIONS, DEATHS) == ["os/5/lower", "os/median"]


@pytest.mark.parametrize(
    ("median", "missed"),
    [("9 (2-NR)", []), ("9 (5-NR)", ["os/median/lower"]), ("9 (2-30)", ["os/median/upper"])],
)
def test_the_limits_of_a_median_are_where_those_of_the_curve_pass_one_half(median, missed):
    # S(2) = 0.8, lower 0.45; S(9) = 0.3, upper 0.3 + 1.96 * 0.239 = 0.77 until the end.
    facts = CurveFacts.read("os", {"n": "5", "median": median, "interval": "plain"})
    assert unmet(facts, DURATIONS, DEATHS) == missed


@pytest.mark.parametrize(
    ("plateau", "died", "medians"),
    [
        ("midpoint", [1, 1, 0, 1], "3"), ("left", [1, 1, 0, 1], "2"), ("right", [1, 1, 0, 1], "4"),
        ("unknown", [1, 1, 0, 1], "2 3 4"), ("midpoint", [1, 1, 0, 0], "2 3"),
        ("left", [1, 1, 0, 0], "2"), ("right", [1, 1, 0, 0], "NR"),
    ],
)  # fmt: skip
def test_a_level_stretch_at_one_half_is_read_by_the_rule_that_is_stated(plateau, died, medians):
    def prints(median):
        block = {"n": "4", "median": median, "plateau": plateau, "interval": "plain"}
        facts = CurveFacts.read("os", block)
        return not unmet(facts, [1, 2, 3, 4], died)

    assert [each for each in ("2", "3", "4", "NR") if prints(each)] == medians.split()


@pytest.mark.parametrize(
    ("heights", "time"),
    [
        ([0.6, 0.4, 0.2], [2]),
        ([0.6, 0.5], [2]),  # level at one half to the end
        ([0.6, 0.5, 0.4], []),  # level at one half, then below: the rule for that is not here
        ([0.8, 0.7, 0.6], [np.nan]),
        ([np.nan, 0.6, 0.5 + 1e-12], [3]),
        ([0.6, 0.4, 0.7], [2]),
    ],
)
def test_the_first_time_at_one_half(heights, time):
    times = np.arange(1.0, len(heights) + 1)
    assert_allclose(_first_at_half(times, np.array(heights)), time)
