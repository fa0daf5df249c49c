"""Shows *correct*: what the frame of a survival figure holds, and what the figure refuses."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook.figures import nice_ticks, survival_figure, survival_frame
from secondlook.figures.survival import step_outline
from secondlook.figures.survival_sheet import place_labels
from secondlook.transitions import simon_makuch


class HandMadeCurve:
    """Five patients: deaths at 2 and 4, censored at 4, 5 and 7."""

    table = pd.DataFrame(
        {
            "time": [2.0, 4.0, 5.0, 7.0],
            "at_risk": [5, 4, 2, 1],
            "events": [1, 1, 0, 0],
            "censored": [0, 1, 1, 1],
            "survival": [0.8, 0.6, 0.6, 0.6],
            "std_error": [0.18, 0.22, 0.22, 0.22],
            "lower": [0.52, 0.29, 0.29, 0.29],
            "upper": [1.0, 1.0, 1.0, 1.0],
        }
    )

    def at(self, times):
        exits = np.array([2.0, 4.0, 4.0, 5.0, 7.0])
        at_risk = [(exits >= time).sum() for time in times]
        nothing = dict.fromkeys(("survival", "lower", "upper"), np.nan)
        return pd.DataFrame({"time": times, "at_risk": at_risk, **nothing})


def test_the_steps_start_at_one_and_carry_each_time_of_the_table():
    frame = survival_frame(HandMadeCurve(), ticks=[0, 3, 6])
    steps = frame[frame["layer"] == "step"]
    assert_allclose(steps["time"], [0, 2, 4, 5, 7], rtol=1e-12)
    assert_allclose(steps["survival"], [1, 0.8, 0.6, 0.6, 0.6], rtol=1e-12)


def test_a_censor_mark_stands_where_somebody_leaves_without_the_event():
    frame = survival_frame(HandMadeCurve(), ticks=[0, 3, 6])
    assert_allclose(frame.loc[frame["layer"] == "censor", "time"], [4, 5, 7], rtol=1e-12)


def test_the_numbers_at_risk_are_those_just_before_each_tick():
    frame = survival_frame(HandMadeCurve(), ticks=[0, 3, 4, 6])
    assert frame.loc[frame["layer"] == "at-risk", "at_risk"].tolist() == [5, 4, 4, 1]


def test_groups_keep_the_order_in_which_the_caller_gives_them():
    frame = survival_frame({"late": HandMadeCurve(), "early": HandMadeCurve()}, ticks=[0])
    assert list(frame["group"].cat.categories) == ["late", "early"]


def test_the_outline_of_a_band_has_both_ends_of_each_step():
    frame = survival_frame(HandMadeCurve(), ticks=[0])
    outline = step_outline(frame[frame["layer"] == "step"])
    assert_allclose(outline["time"], [0, 2, 2, 4, 4, 5, 5, 7, 7], rtol=1e-12)
    assert_allclose(outline["lower"], [1, 1, 0.52, 0.52, 0.29, 0.29, 0.29, 0.29, 0.29], rtol=1e-12)


def test_an_outline_stops_where_the_limits_stop():
    curve = HandMadeCurve()
    curve.table = curve.table.assign(lower=[0.5, np.nan, np.nan, np.nan])
    frame = survival_frame(curve, ticks=[0])
    outline = step_outline(frame[frame["layer"] == "step"])
    assert_allclose(outline["time"], [0, 2, 2, 4], rtol=1e-12)


@pytest.mark.parametrize(
    ("horizon", "months", "ticks"),
    [
        (17.3, True, [0, 3, 6, 9, 12, 15]),
        (36, True, [0, 6, 12, 18, 24, 30, 36]),
        (0.9, True, [0, 0.2, 0.4, 0.6, 0.8]),
        (1799, False, [0, 250, 500, 750, 1000, 1250, 1500, 1750]),
        (1, False, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_ticks_are_round_and_never_beyond_the_last_time(horizon, months, ticks):
    assert_allclose(nice_ticks(horizon, months=months), ticks, rtol=1e-12)


def _as_steps(curves):
    parts = [pd.DataFrame({"group": g, "time": t, "survival": s}) for g, (t, s) in curves.items()]
    steps = pd.concat(parts, ignore_index=True)
    return steps.assign(group=pd.Categorical(steps["group"], categories=list(curves)))


def test_a_name_stands_clear_of_every_curve():
    steps = _as_steps({"high": ([0, 10], [1, 0.9]), "low": ([0, 1, 10], [1, 0.3, 0.2])})
    names = place_labels(steps, width=5, height=3, type_size=12, limits=(0, 10))
    assert names is not None
    high, low = names["survival"]
    assert 0.3 < high < 1
    assert low < 0.6
    assert abs(low - 0.3) < abs(low - 1)


def test_there_is_no_place_for_names_between_curves_that_coincide():
    steps = _as_steps({"one": ([0, 10], [1, 0.5]), "other": ([0, 10], [1, 0.5])})
    assert place_labels(steps, width=5, height=3, type_size=12, limits=(0, 10)) is None


def test_five_curves_are_refused():
    with pytest.raises(ValueError, match="at most 4 curves and got 5"):
        survival_figure(dict.fromkeys("abcde", HandMadeCurve()))


def test_no_curve_is_refused():
    with pytest.raises(ValueError, match="mapping of curves is empty"):
        survival_frame({})


def test_a_figure_too_small_for_its_names_is_refused():
    with pytest.raises(ValueError, match="no room for its curves"):
        survival_figure({"a name of some length, longer than most": HandMadeCurve()}, size=(3, 3))


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("wall", [False, True])
def test_a_figure_draws_for_a_page_and_for_a_wall(groups, wall):
    curves = dict.fromkeys("abcd"[:groups], HandMadeCurve())
    figure = survival_figure(curves, wall=wall, ticks=[0, 3, 6])
    drawn = figure.draw()
    texts = [text.get_text() for text in drawn.axes[0].texts]
    assert texts.count("5") == groups


def test_numbers_at_risk_stand_exactly_under_their_ticks():
    drawn = survival_figure(HandMadeCurve(), ticks=[0, 3, 6], time_unit="Weeks").draw()
    place = {text.get_text(): text.get_position() for text in drawn.axes[0].texts}
    assert place["5"][0] == place["0"][0] == 0
    assert place["4"][0] == place["3"][0] == 3
    assert place["5"][1] == place["4"][1] < place["Weeks"][1] < place["3"][1] < 0


CHANGES = pd.DataFrame(
    {
        "start": [0, 0, 3, 0, 0, 5],
        "stop": [2, 3, 6, 8, 5, 9],
        "event": [1, 0, 1, 1, 0, 0],
        "state": ["a", "a", "b", "a", "a", "b"],
    }
)


def test_a_state_has_no_curve_before_somebody_enters_it():
    frame = survival_frame(simon_makuch(CHANGES), ticks=[0, 3, 6])
    first = frame[frame["layer"] == "step"].groupby("group", observed=True)["time"].min()
    assert first.to_dict() == {"a": 0, "b": 3}
    at_risk = frame[(frame["layer"] == "at-risk") & (frame["group"] == "b")]
    assert at_risk["at_risk"].tolist() == [0, 0, 2]


def test_at_a_landmark_those_are_counted_whom_the_curves_begin_with():
    curves = simon_makuch(CHANGES, landmark=4)
    at_risk = survival_frame(curves, ticks=[4, 6]).query("layer == 'at-risk'")
    grouped = at_risk.groupby("group", observed=True)["at_risk"].agg(list)
    assert grouped.to_dict() == {"a": [2, 1], "b": [1, 2]}
    shown = survival_frame(curves)
    assert shown.loc[shown["layer"] == "at-risk", "time"].min() == 4


def test_a_survival_figure_shows_the_numbers_in_each_state():
    drawn = survival_figure(simon_makuch(CHANGES), ticks=[0, 3, 6], time_unit="Weeks").draw()
    numbers = [text for text in drawn.axes[0].texts if text.get_text().isdigit()]
    beneath = sorted(numbers, key=lambda text: (-text.get_position()[1], text.get_position()[0]))
    assert [text.get_text() for text in beneath] == ["0", "3", "6", "4", "3", "1", "0", "0", "2"]
