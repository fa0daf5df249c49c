"""Shows *correct*: landmark analysis and the biased ever-exposed comparison, by hand."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook.survival import log_rank
from secondlook.transitions import (
    ever_exposed_log_rank,
    landmark,
    simon_makuch,
    split_at_transition,
)

PATIENTS = pd.DataFrame(
    {
        "months": [1, 3, 4, 6, 7, 8, 9],
        "died": [1, 1, 1, 0, 1, 0, 1],
        "change": [None, 2, None, 3, 5, None, None],
    }
)
ROWS = split_at_transition(PATIENTS, duration="months", event="died", transition_time="change")


def test_a_change_at_the_landmark_has_happened_and_a_death_at_it_excludes():
    compared = landmark(ROWS, 3)
    assert compared.frame["id"].tolist() == [2, 3, 4, 5, 6]
    assert compared.frame["state"].tolist() == [0, 1, 0, 0, 0]
    assert compared.excluded == 2


def test_time_counts_from_the_landmark_and_later_changes_are_ignored():
    compared = landmark(ROWS, 3)
    assert_allclose(compared.frame["duration"], [1, 3, 4, 5, 6], rtol=1e-12)
    assert compared.frame["event"].tolist() == [True, False, True, False, True]


def test_the_comparison_is_the_log_rank_test_from_the_landmark():
    compared = landmark(ROWS, 3)
    theirs = log_rank([1, 3, 4, 5, 6], [1, 0, 1, 0, 1], [0, 1, 0, 0, 0])
    assert_allclose(compared.log_rank.statistic, theirs.statistic, rtol=1e-12)


def test_if_everybody_is_in_one_state_there_is_nothing_to_compare():
    assert landmark(ROWS, 0).log_rank is None


def test_a_landmark_after_everybody_has_left_is_refused():
    with pytest.raises(ValueError, match="nobody is at risk just after the landmark 9"):
        landmark(ROWS, 9)
    with pytest.raises(ValueError, match="the landmark is -1; it must be"):
        landmark(ROWS, -1)


def test_ever_exposed_gives_the_whole_follow_up_to_the_later_state():
    biased = ever_exposed_log_rank(ROWS)
    theirs = log_rank(PATIENTS["months"], PATIENTS["died"], PATIENTS["change"].notna())
    assert_allclose(biased.log_rank.statistic, theirs.statistic, rtol=1e-12)
    assert biased.frame["exposed"].tolist() == PATIENTS["change"].notna().tolist()
    assert "immortal time" in biased.bias


def test_immortal_time_alone_makes_a_difference_where_there_is_none():
    random = np.random.default_rng(20)
    frame = pd.DataFrame(
        {"time": random.exponential(10, 400), "change": random.exponential(10, 400)}
    )
    frame = frame.assign(died=True, change=frame["change"].where(frame["change"] < frame["time"]))
    rows = split_at_transition(frame, duration="time", event="died", transition_time="change")
    biased = ever_exposed_log_rank(rows).log_rank
    assert biased.observed[1] < biased.expected[1]
    assert biased.p_value < 1e-6
    assert landmark(rows, 5).log_rank.p_value > 0.01


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"exposed": 7}, "must be one of the states"),
        ({"exposed": pd.NA}, "must be one of the states"),
        ({"exposed": 0}, "everybody was in state 0"),
    ],
)
def test_an_exposure_without_a_comparison_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        ever_exposed_log_rank(ROWS, **options)
    with pytest.raises(ValueError, match="everybody was in state 1"):
        ever_exposed_log_rank(ROWS[ROWS["state"] == 1])


def test_the_columns_of_each_result_are_these_and_an_id_may_not_be_one():
    assert list(landmark(ROWS, 3).frame) == ["id", "state", "duration", "event"]
    ever = ever_exposed_log_rank(ROWS)
    assert list(ever.frame) == ["id", "exposed", "entry", "duration", "event"]
    assert ever.frame["exposed"].tolist() == [False, True, False, True, True, False, False]
    assert ever.frame["duration"].tolist() == [1, 3, 4, 6, 7, 8, 9]
    assert ever.frame["entry"].tolist() == [0] * 7
    assert ever.frame["event"].tolist() == [True, True, True, False, True, False, True]
    assert ever.log_rank.groups == (False, True)
    assert ever.bias.startswith("immortal time: who ever changed state had to live until then")
    for call, columns in (
        (lambda name: landmark(ROWS, 3, id=name), "state, duration, event"),
        (lambda name: ever_exposed_log_rank(ROWS, id=name), "exposed, entry, duration, event"),
    ):
        for name in columns.split(", "):
            told = rf"^id is '{name}', which is the name of another column .* \({columns}\)"
            with pytest.raises(ValueError, match=told):
                call(name)


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("stop", 0.0, r"^stop is zero at positions 0, 1"),
        ("start", 99.0, r"^start comes after stop at positions 0, 1"),
        ("event", 2, r"^event must be boolean or 0/1"),
        ("state", None, r"^state is missing at positions 0, 1"),
    ],
)
def test_a_column_that_cannot_be_is_refused_by_its_name(column, values, told):
    with pytest.raises(ValueError, match=told):
        landmark(ROWS.assign(**{column: values}), 3)


def test_a_landmark_is_a_time_and_may_be_the_beginning():
    for call in (landmark, lambda rows, time: simon_makuch(rows, landmark=time)):
        with pytest.raises(ValueError, match=r"^the landmark is -1"):
            call(ROWS, -1)
        assert call(ROWS, 0)
