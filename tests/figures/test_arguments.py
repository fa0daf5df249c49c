"""Correct: every argument of a figure or table gives one, or a sentence of ours that names it."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.inputs.hostile import CURVE, answers_or_refuses, called_or_refused

from secondlook import figures, tables
from secondlook.environment import versions

STUDIES = pd.DataFrame(
    {"study": ["A", "B", "C"], "count": [1, 4, 3], "n": [12, 10, 9], "group": ["g", "g", "h"]}
)
FOREST = figures.forest_frame(STUDIES)
POWER = pd.DataFrame(
    {"hazard_ratio": [0.5, 1], "power": [0.9, 0.1], "lower": [0.8, 0], "upper": [1, 0.2]}
)
ENVELOPE = pd.DataFrame(
    {"time": [1.0, 2], "survival_lowest": [0.8, 0.5], "survival_highest": [0.9, 0.7]}
)
POINTS = pd.DataFrame({"months": [1.0], "survival": [0.85], "lower": [0.6], "upper": [0.95]})
VALUES = pd.DataFrame(
    {
        "statement": pd.Categorical(["s", "t"]), "assumption": pd.Categorical(["a", "a"]),
        "holds": [True, False], "shown": ["1", "2"],
    }
)  # fmt: skip
DEATHS = pd.DataFrame({"statement": ["s", "t"], "deaths": [1, 2], "assignments": [0, 3]})
STACKS = pd.DataFrame(
    {"stage": [1, 1, 2, 2], "state": list("abab"), "group": list("abab"), "patients": [3, 4, 2, 5]}
)
STREAMS = pd.DataFrame(
    {"stage": [1, 1, 1], "source": list("aab"), "target": list("abb"), "patients": [2, 1, 4]}
)
FRAME = pd.DataFrame({"name": ["a", "b"], "count": [3, 4], "rate": [0.3, 0.44], "p": [0.04, None]})
CALLS = [
    (figures.forest_frame, {"studies": STUDIES, "least": 3}),
    (figures.forest_figure, {"frame": FOREST, "size": (6, 7), "wall": False, "outcome": "O"}),
    (figures.power_figure, {"power": POWER, "wall": True}),
    (
        figures.envelope_figure,
        {"envelope": ENVELOPE, "points": POINTS, "ticks": [0, 1, 2], "time_unit": "y",
         "outcome": "O"},
    ),
    (figures.statements_figure, {"values": VALUES, "size": (5, 4)}),
    (figures.deaths_figure, {"by_deaths": DEATHS, "printed": 2, "size": (5, 4)}),
    (
        figures.patient_flow_figure,
        {"stacks": STACKS, "streams": STREAMS, "colors": {"a": "#000000", "b": "#ffffff"},
         "stages": ["s", "t"], "size": (5, 4), "wall": False},
    ),
    (figures.mark_points, {"plot": figures.power_figure(POWER), "points": POINTS}),
    (figures.nice_ticks, {"horizon": 17, "most": 8, "months": True}),
    (figures.survival_frame, {"curves": CURVE, "ticks": [0, 2]}),
    (
        figures.survival_figure,
        {"curves": CURVE, "ticks": [0, 2], "size": (7, 6), "time_unit": "y", "band": True,
         "outcome": "O"},
    ),
    (
        figures.show_figure,
        {"plot": figures.power_figure(POWER), "label": "fig-x", "alt": "a", "caption": "c"},
    ),
    (
        tables.written,
        {"frame": FRAME, "columns": ["name"], "formats": {"name": str}, "missing": "-"},
    ),
    (
        tables.show_table,
        {"frame": FRAME, "name": "tbl-x", "caption": "c", "columns": ["name", "count"],
         "stub": "name", "groups": None, "labels": {"count": "n"}, "left": ["count"],
         "spanners": {"S": ["count"]}, "verdicts": "name"},
    ),
    (tables.percent, {"value": 0.5, "decimals": 1}),
    (tables.percent_range, {"lower": 0.5, "upper": 0.6, "decimals": 1}),
    (tables.p_text, {"value": 0.5}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "arguments"), CALLS, ids=[call.__name__ for call, _ in CALLS]
)  # fmt: skip
def test_every_argument_gives_a_figure_or_table_or_a_sentence(call, arguments):
    call(**arguments)
    answers_or_refuses(call, arguments)


@pytest.mark.parametrize(
    ("call", "name", "arguments"),
    [
        (call, name, arguments)
        for call, arguments in CALLS
        for name, value in arguments.items()
        if isinstance(value, pd.DataFrame)
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_cell_that_is_missing_or_no_label_gives_a_figure_or_a_sentence(call, name, arguments):
    given = arguments[name].astype(object)
    for column in given:
        for value in (None, pd.NA, [1], {}):
            spoilt = given.copy()
            spoilt[column] = [value if row == 1 else cell for row, cell in enumerate(given[column])]
            called_or_refused(call, {**arguments, name: spoilt}, f"{name}.{column}={value!r}")


@pytest.mark.parametrize(
    ("call", "frame", "column"),
    [
        (lambda frame: figures.deaths_figure(frame, 2), DEATHS, "assignments"),
        (figures.power_figure, POWER, "power"),
        (figures.power_figure, POWER, "upper"),
        (
            lambda frame: figures.envelope_figure(ENVELOPE, frame, ticks=[0, 1]),
            POINTS.loc[[0, 0]],
            "months",
        ),
    ],
)
def test_a_number_that_is_missing_is_not_drawn_as_none(call, frame, column):
    spoilt = frame.astype({column: "Float64"})
    spoilt[column] = [1, None]
    with pytest.raises(ValueError, match=f"{column} is missing at position 1"):
        call(spoilt)


@pytest.mark.parametrize("kind", [">i4", "float16", "longdouble", "Int64", object])
def test_patients_flow_whatever_kind_of_number_they_are(kind):
    flow = next(arguments for call, arguments in CALLS if call is figures.patient_flow_figure)
    numbers = {"stage": kind, "patients": kind}
    made = {
        "stacks": STACKS.astype(numbers | {"state": "category"}), "streams": STREAMS.astype(numbers)
    }  # fmt: skip
    assert figures.patient_flow_figure(**{**flow, **made})


def test_a_package_that_is_not_there_has_no_version():
    assert versions("pytest")["package"].tolist()[-1] == "pytest"
    for name in ("no-such-package", "", None, 5, ["numpy"]):
        with pytest.raises(ValueError, match=r"no package .* is installed; give its name as text"):
            versions(name)


def test_the_words_of_an_axis_are_text():
    with pytest.raises(ValueError, match="outcome is module; it must be a str"):
        figures.survival_figure(CURVE, outcome=pd)
    with pytest.raises(ValueError, match="outcome is module; it must be a str"):
        figures.forest_figure(FOREST, outcome=pd)
    for name in ("time_unit", "outcome"):
        with pytest.raises(ValueError, match=f"{name} is module; it must be a str"):
            figures.envelope_figure(ENVELOPE, POINTS, ticks=[0, 1, 2], **{name: pd})


def test_patients_who_go_nowhere_or_from_no_stage_are_no_flow():
    flow = next(arguments for call, arguments in CALLS if call is figures.patient_flow_figure)
    for column in ("stage", "patients", "state", "group"):
        spoilt = STACKS.astype(object).copy()
        spoilt.loc[1, column] = None
        with pytest.raises(ValueError, match=f"{column} is missing at position 1"):
            figures.patient_flow_figure(**{**flow, "stacks": spoilt})
    with pytest.raises(ValueError, match="streams has no row with patients"):
        figures.patient_flow_figure(**{**flow, "streams": STREAMS.assign(patients=0)})


def test_a_study_without_its_group_is_not_left_out():
    for lost in (None, float("nan"), pd.NA):
        with pytest.raises(ValueError, match="group is missing at position 1"):
            figures.forest_frame(STUDIES.assign(group=["g", lost, "h"]))


def test_an_envelope_whose_rows_are_not_in_order_is_no_band():
    with pytest.raises(ValueError, match="time must ascend"):
        figures.envelope_figure(ENVELOPE.iloc[::-1], POINTS, ticks=[0, 1, 2])


@pytest.mark.parametrize(
    ("size", "said"), [((5,), "width and height"), ((0, 4), "inches"), ((5, 1e6), "up to 100")]
)
def test_a_figure_has_a_width_and_a_height(size, said):
    with pytest.raises(ValueError, match=rf"^size is .*{said}"):
        figures.report_theme(size=size)


@pytest.mark.parametrize(
    ("formats", "told"),
    [
        ({"rate": ","}, "'rate', row 0, value 0.3: it is 0.3; it must be a whole number"),
        ({"name": len}, "its format gives 1, which is no text"),
        ({"name": lambda value: value[9]}, "'name', row 0, value 'a': string index out of range"),
        ({"both": "{count"}, r"'\{count' cannot be read"),
        ({"rate": 5}, "5 is no format"),
        ({"rate": "p"}, None),
        ({"count": "p"}, "the P value is 3.0; it must be a finite number at least 0 and at most 1"),
    ],
)
def test_a_format_that_cannot_write_a_cell_is_named(formats, told):
    frame = FRAME[["name", "count", *formats.keys() & {"rate"}]]
    if told is None:
        assert tables.written(frame, formats=formats)["rate"].tolist() == ["0.30", "0.44"]
        return
    with pytest.raises(ValueError, match=told):
        tables.written(frame, formats=formats)


def test_columns_that_are_not_there_or_twice_there_are_no_table():
    twice = pd.concat([FRAME[["name", "count"]], FRAME[["count"]]], axis=1)
    with pytest.raises(ValueError, match="several columns of the name 'count'"):
        tables.written(twice)
    for role in ({"stub": "nam"}, {"left": ["nam"]}, {"spanners": {"S": ["nam"]}}):
        with pytest.raises(ValueError, match="no column 'nam'"):
            tables.show_table(FRAME[["name", "count"]], "x", **role)


def test_what_is_printed_after_the_last_number_at_risk_is_drawn_all_the_same():
    late = POINTS.assign(months=36.0)
    figure = figures.envelope_figure(ENVELOPE, late, ticks=[0, 12, 24])
    (axis,) = (scale for scale in figure.scales if "x" in scale.aesthetics)
    assert axis.limits[1] >= 36
