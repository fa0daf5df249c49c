"""Shows *correct*: Simon-Makuch curves by hand, their numbers at risk, and landmarks."""

import pandas as pd
import pytest
from hypothesis import given
from numpy.testing import assert_allclose
from tests.transitions.strategies import changing_states

from secondlook.survival import kaplan_meier
from secondlook.transitions import simon_makuch

# Deaths at 2 (a), 6 (b), 8 (a); patient 2 changes at 3 and dies at 6; patient 4 changes at 6.
ROWS = pd.DataFrame(
    {
        "start": [0, 0, 3, 0, 0, 6],
        "stop": [2, 3, 6, 8, 6, 9],
        "event": [1, 0, 1, 1, 0, 0],
        "state": ["a", "a", "b", "a", "a", "b"],
    }
)


def test_curves_by_hand():
    curves = simon_makuch(ROWS)
    assert_allclose(curves["a"].at([1, 2, 8])["survival"], [1, 3 / 4, 0], rtol=1e-12)
    assert_allclose(curves["b"].at([3, 6, 9])["survival"], [1, 0, 0], rtol=1e-12)


def test_who_changes_state_at_a_tick_is_counted_once_in_the_state_that_is_left():
    curves = simon_makuch(ROWS)
    ticks = [0, 2, 3, 4, 6, 7, 9]
    in_a, in_b = (curves[state].at(ticks)["at_risk"] for state in "ab")
    assert in_a.tolist() == [4, 4, 3, 2, 2, 1, 0]
    assert in_b.tolist() == [0, 0, 0, 1, 1, 1, 1]


def test_a_landmark_starts_the_curves_at_one_with_those_still_followed():
    curves = simon_makuch(ROWS, landmark=6)
    assert curves["a"].at([3, 7])["at_risk"].tolist() == [0, 1]
    assert_allclose(curves["b"].at([9])["survival"], [1], rtol=1e-12)


def test_a_state_that_nobody_is_in_has_no_curve():
    rows = ROWS.assign(state=pd.Categorical(ROWS["state"], categories=["a", "b", "c"]))
    assert list(simon_makuch(rows)) == ["a", "b"]
    assert list(simon_makuch(rows[rows["state"] == "a"])) == ["a"]
    assert list(simon_makuch(rows, landmark=8)) == ["b"]


def test_a_landmark_after_everybody_has_left_is_refused():
    with pytest.raises(ValueError, match="after the landmark 9: the last row ends at 9"):
        simon_makuch(ROWS, landmark=9)


@given(changing_states(one_row_each=True))
def test_without_changes_of_state_the_curves_are_kaplan_meier(rows):
    for state, curve in simon_makuch(rows).items():
        own = rows[rows["state"] == state]
        theirs = kaplan_meier(own["stop"], own["event"])
        assert_allclose(curve.survival, theirs.survival, rtol=1e-12)
        assert curve.at_risk.tolist() == theirs.at_risk.tolist()


@given(changing_states(states="abc"))
def test_everybody_under_observation_is_in_one_state(rows):
    ticks = [1, 2, 3.5, 6]
    in_states = sum(curve.at(ticks)["at_risk"] for curve in simon_makuch(rows).values())
    followed = [((rows["start"] < t) & (t <= rows["stop"])).sum() for t in ticks]
    assert in_states.tolist() == followed
