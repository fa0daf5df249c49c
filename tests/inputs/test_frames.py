"""Correct: a frame has each column once and in one role. Each case once gave a wrong number."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.inputs.hostile import PATIENTS, ROWS, Foreign

from secondlook import transitions


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: transitions.andersen_gill(ROWS, ["x", "stop"]), "stop and a covariate are both"),
        (
            lambda: transitions.split_at_transition(
                PATIENTS, duration="d", event="e", transition_time="e"
            ),
            "event and transition 0 are both",
        ),
    ],
)
def test_a_column_has_one_role(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_frame_of_another_package_is_read():
    ours, theirs = (
        transitions.mantel_byar(frame, id="id").p_value for frame in (ROWS, Foreign(ROWS))
    )
    assert ours == theirs
    rows = transitions.split_at_transition(
        Foreign(PATIENTS), duration="d", event="e", transition_time="t"
    )
    assert len(rows) == 5


@pytest.mark.parametrize("frame", [None, {}, {"start": [0]}, [1, 2], "rows", ROWS["start"]])
def test_what_is_no_frame_is_refused_with_an_example(frame):
    with pytest.raises(ValueError, match=r"the frame is .*; give a frame of pandas"):
        transitions.mantel_byar(frame)


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="several columns of the name 'start'"):
        transitions.mantel_byar(pd.concat([ROWS, ROWS[["start"]]], axis=1))


def test_an_empty_frame_is_refused():
    for call in (transitions.mantel_byar, transitions.simon_makuch):
        with pytest.raises(ValueError, match="stop is empty"):
            call(ROWS.iloc[:0])


def test_an_id_that_would_be_overwritten_is_refused():
    for name in ("start", "stop", "event", "state"):
        with pytest.raises(
            ValueError, match=f"id is '{name}', which is the name of another column"
        ):
            transitions.split_at_transition(
                PATIENTS.assign(**{name: [1, 2, 3]}),
                duration="d",
                event="e",
                transition_time="t",
                id=name,
            )
    with pytest.raises(ValueError, match="id is 'duration', which is the name"):
        transitions.landmark(ROWS.assign(duration=1), 1, id="duration")


def test_numbers_in_a_column_of_objects_are_numbers_in_a_cox_model():
    rows = pd.DataFrame(
        {
            "start": [0, 0, 0, 0, 0],
            "stop": [1, 2, 3, 4, 5],
            "event": [1, 0, 1, 1, 1],
            "x": [2, 1, 2, 3, 1],
        }
    )
    plain = transitions.andersen_gill(rows, ["x"])
    objects = transitions.andersen_gill(rows.assign(x=rows["x"].astype(object)), ["x"])
    pd.testing.assert_frame_equal(plain.table, objects.table)
