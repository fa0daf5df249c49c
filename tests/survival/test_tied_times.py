"""Correct: one rule of equal times holds everywhere, whatever the unit of time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from secondlook import survival, transitions

TICKS = pd.DataFrame(
    {
        "id": [1, 2, 3, 3, 4],
        "start": [0, 0, 0, 0.1 + 0.2, 0],
        "stop": [0.1 + 0.2, 2, 0.1 + 0.2, 3, 4],
        "event": [1, 1, 0, 1, 0],
        "state": ["a", "a", "a", "b", "a"],
    }
)


def test_a_death_at_the_landmark_excludes_and_a_change_has_happened_but_for_rounding():
    rounded = TICKS.replace(0.1 + 0.2, 0.3)
    for rows in (TICKS, rounded):
        for at in (0.3, 0.1 + 0.2):
            found = transitions.landmark(rows, at)
            assert found.frame["id"].tolist() == [2, 3, 4]
            assert found.frame["state"].tolist() == ["a", "b", "a"]
    assert (
        transitions.landmark(TICKS, 0.3).log_rank.p_value
        == transitions.landmark(rounded, 0.3).log_rank.p_value
    )


def test_simon_makuch_has_the_landmark_of_landmark():
    for at in (0.3, 0.1 + 0.2):
        curves = transitions.simon_makuch(TICKS, landmark=at)
        assert curves["a"].at(0.5)["at_risk"].tolist() == [2]
        assert curves["b"].at(0.5)["at_risk"].tolist() == [1]


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_unit_of_time_does_not_matter(unit):
    times = np.array([0.1 + 0.2, 0.3, 0.7, 1.1, 2.3])
    events, entry = [1, 0, 1, 1, 0], [0, 0, 0.3, 0.1, 0]
    expected = survival.kaplan_meier(times, events, entry=entry)
    found = survival.kaplan_meier(unit * times, events, entry=unit * np.array(entry))
    assert_array_equal(found.at_risk, expected.at_risk)
    assert_array_equal(found.survival, expected.survival)


def test_a_very_late_time_ties_no_early_ones():
    curve = survival.kaplan_meier([1, 2, 3, 1e9], [1, 1, 1, 0])
    assert curve.time.tolist() == [1, 2, 3, 1e9]


def test_what_rounding_leaves_of_nothing_is_no_time():
    # 0.1 + 0.2 - 0.3 is 5.6e-17 and stands for zero.
    nothing = 0.1 + 0.2 - 0.3
    rows = transitions.split_at_transition(
        pd.DataFrame({"d": [3.0, 8.0], "e": [1, 1], "t": [nothing, 2.0]}),
        duration="d", event="e", transition_time="t", rules={"day-zero": "from-start"},
    )  # fmt: skip
    assert rows["start"].tolist() == [0, 0, 2]
    assert rows["state"].tolist() == [1, 0, 1]
