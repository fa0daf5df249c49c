"""What enters an estimator is read in one place. Correct: each case once gave a wrong number.

`HOSTILE` goes through every argument of every public estimator: the answer is a result, or a
sentence of ours that names the argument.
"""

from __future__ import annotations

import time
import traceback
import warnings
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from secondlook import inputs, pooling, printed, proportions, simulate, survival, transitions
from secondlook.admissible import CurveFacts, judged
from secondlook.assignments import (
    at_most_deaths,
    deaths_by_time,
    enumerate_assignments,
    event_assignments,
    number_of_deaths,
    survival_percent,
)

ROWS = pd.DataFrame(
    {
        "id": [1, 2, 2, 3],
        "start": [0, 0, 2, 0],
        "stop": [4, 2, 5, 6],
        "event": [1, 0, 1, 0],
        "state": ["a", "a", "b", "a"],
        "x": [1.0, 2.0, 3.0, 4.0],
    }
)
PATIENTS = pd.DataFrame({"d": [3.0, 8, 14], "e": [1, 1, 0], "t": [None, 2, 4]})
DESIGN = simulate.CohortDesign(5, *[simulate.Hazard.constant(1.0)] * 3)
CURVE = survival.kaplan_meier([1, 2, 3, 4], [1, 0, 1, 1])
POWER = pd.DataFrame(
    {"hazard_ratio": [0.5, 1], "power": [0.9, 0.1], "lower": [0.8, 0], "upper": [1, 0.2]}
)
CLASSES = enumerate_assignments([2, 4, 6])


def held(make, **arguments):
    return event_assignments([2, 4, 6], [make(**arguments)]).holds


MASKED = np.ma.masked_array([1.0, 2.0, 3.0, 4.0], mask=[False, True, False, False])


class Foreign:
    """A frame of another package, as polars and pyarrow have it."""

    def __init__(self, pandas):
        self.pandas = pandas

    def to_pandas(self):
        if self.pandas is None:
            raise ImportError("needs pyarrow")
        return self.pandas


class NoArray:
    """What refuses, in words of its own, to become an array."""

    def __len__(self):
        return 4

    def __array__(self, *_, **__):
        raise RuntimeError("no array")


# Options, numbers, counts


def test_a_misspelt_option_is_refused_with_the_vocabulary_and_the_nearest_word():
    with pytest.raises(ValueError, match=r"'loglog'; choose plain.*\(perhaps log-log\)"):
        survival.kaplan_meier([1], [1], interval="loglog")
    with pytest.raises(ValueError, match="variance is 'poled'"):
        proportions.barnard([[3, 4], [5, 6]], variance="poled")
    with pytest.raises(ValueError, match="statistic is 'one-sided'"):
        proportions.boschloo([[3, 4], [5, 6]], statistic="one-sided")


@pytest.mark.parametrize("value", ["0.95", None, 1 + 0j, np.nan, 10**400, [0.95], True])
def test_what_is_no_number_is_no_level(value):
    with pytest.raises(ValueError, match=r"level is .*; it must lie strictly between 0 and 1"):
        proportions.interval(3, 10, level=value)


def test_decimals_and_fractions_are_numbers():
    assert inputs.number(Decimal("1.5"), "x") == 1.5
    assert_allclose(inputs.numbers([Decimal("0.5"), Fraction(1, 4)], "x"), [0.5, 0.25], rtol=0)


@pytest.mark.parametrize("level", [Decimal("0.9"), Fraction(9, 10), np.longdouble("0.9")])
def test_a_level_of_any_kind_of_number_gives_the_same_limits(level):
    varied = ROWS.assign(x=[2, 1, 3, 1])
    for limits in (
        lambda level: [proportions.interval(3, 10, level=level)],
        lambda level: [proportions.fisher_exact([[3, 4], [5, 6]], level=level)],
        lambda level: [pooling.pool([1, 4, 3], [12, 10, 5], level=level)],
        lambda level: survival.kaplan_meier([1, 2, 3], [1, 0, 1], level=level).table.itertuples(),
        lambda level: transitions.andersen_gill(varied, ["x"], level=level).table.itertuples(),
    ):
        for ours, wanted in zip(limits(level), limits(0.9), strict=True):
            assert_allclose((ours.lower, ours.upper), (wanted.lower, wanted.upper), rtol=1e-12)


def test_what_is_a_whole_number_but_for_what_a_float_can_tell_is_none():
    nearly = Fraction(10**30 + 1, 10**30)
    for one in (nearly, Decimal("1.0000000000000000000001"), np.longdouble(1) + np.finfo("g").eps):
        with pytest.raises(ValueError, match=r"count is .*; it must be a whole number"):
            proportions.interval(one, 10)
        with pytest.raises(ValueError, match="the cell in row 0, column 1 is"):
            proportions.pearson([[2, one], [3, 4]])
        with pytest.raises(ValueError, match=r"events must be boolean or 0/1: .* position 1"):
            survival.kaplan_meier([1, 2], [1, one])


@pytest.mark.parametrize("span", [np.timedelta64(3), np.timedelta64(3, "D")])
def test_a_span_of_time_is_no_number(span):
    for call in (
        lambda: proportions.pearson([[2, span], [3, 4]]),
        lambda: proportions.interval(span, 10),
        lambda: survival.kaplan_meier([1, span], [1, 1]),
    ):
        with pytest.raises(ValueError, match=r"is np.timedelta64\(|dates or time spans"):
            call()


def test_a_cell_that_cannot_be_compared_is_named():
    for cell in (pd.NA, Decimal("sNaN"), None, np.inf):
        with pytest.raises(ValueError, match=r"the cell in row 0, column 1 is .*; it must be"):
            proportions.pearson([[2, cell], [3, 4]])


def mischief(*methods):
    """An object that raises in each of the methods."""

    def raises(*_, **__):
        raise RuntimeError("mischief")

    return type("Mischief", (), dict.fromkeys(methods, raises))()


@pytest.mark.parametrize(
    "methods",
    [
        ["__repr__"],
        ["__getattr__"],
        ["__eq__", "__hash__"],
        ["__len__", "__iter__", "__getitem__", "__array__"],
        ["__str__", "__format__", "__bool__", "__float__"],
    ],
    ids=" ".join,
)
def test_an_object_that_raises_is_refused_by_a_sentence(methods):
    value = mischief(*methods)
    for call, name in (
        (lambda: survival.kaplan_meier(value, [1, 1]), "durations"),
        (lambda: survival.kaplan_meier([1, value], [1, 1]), "durations"),
        (lambda: survival.kaplan_meier([1, 2], [1, value]), "events"),
        (lambda: survival.kaplan_meier([1, 2], [1, 1], level=value), "level"),
        (lambda: survival.kaplan_meier([1, 2], [1, 1], interval=value), "interval"),
        (lambda: survival.log_rank([1, 2], [1, 1], ["a", value]), "group"),
        (lambda: proportions.pearson([[1, value], [2, 3]]), "the (cell in row 0, column 1|table)"),
        (lambda: proportions.denominators(value, 50), "percents"),
        (lambda: proportions.trend_test([1, 2], [3, 4], exact=value), "exact"),
        (lambda: transitions.mantel_byar(value), "the frame"),
        (lambda: printed.parse(value), "a printed number is text"),
        (lambda: printed.verdict("5", value), "a recomputed value is one real number"),
    ):
        with pytest.raises(ValueError, match=f"^{name}"):
            call()


def test_a_text_that_compares_as_it_will_is_an_option_by_its_letters():
    class Text(str):
        def __eq__(self, other):
            raise RuntimeError("no comparison")

        __hash__ = None

    for call in (
        lambda word: pooling.pool([1, 4, 3], [12, 10, 5], model=word("binomial-normal")).estimate,
        lambda word: proportions.interval(3, 10, method=word("wilson")).lower,
        lambda word: survival.middle(0.2, 0.5, word("log")),
    ):
        assert call(Text) == call(str)


def test_half_floats_hold_counts():
    cells = np.array([[3, 4], [5, 6]], dtype=np.float16)
    assert proportions.pearson(cells) == proportions.pearson([[3, 4], [5, 6]])


def test_a_signalling_nan_of_decimal_is_no_value():
    strange = [Decimal("sNaN"), 2, 3]
    for call in (
        lambda: survival.kaplan_meier(strange, [1, 1, 1]),
        lambda: survival.risk_sets([1, 2, 3], [1, 1, 1], group=strange),
    ):
        with pytest.raises(ValueError, match="a signalling NaN of decimal"):
            call()
    with pytest.raises(ValueError, match="level is Decimal"):
        survival.kaplan_meier([1], [1], level=strange[0])


@pytest.mark.parametrize(
    "twin",
    [
        "a ",
        " a",
        "a\u00a0",
        "a\u200b",
        "a\u202e",
        "A\u030a",
        "a\ufe0f",
        "a\u034f",
        "a\u3164",
        "a\x01",
    ],
)
def test_labels_that_read_the_same_are_no_two_groups(twin):
    label = "\u00c5" if "A" in twin else "a"
    for labels in ([label, twin, "b"], pd.Categorical([label, twin, "b"])):
        with pytest.raises(ValueError, match="which read the same; write them alike"):
            survival.log_rank([1, 2, 3], [1, 1, 1], labels)


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


@pytest.mark.parametrize("states", [[0, 0], [1, 1.0], ["a", None], [np.nan, 1]])
def test_every_change_leads_to_another_state_that_has_a_name(states):
    with pytest.raises(ValueError, match="name each state, and another one after every change"):
        transitions.split_at_transition(
            PATIENTS, duration="d", event="e", transition_time="t", states=states
        )


def test_texts_are_no_counts():
    with pytest.raises(ValueError, match="counts is str; give a list"):
        proportions.trend_test("12", "34")
    with pytest.raises(ValueError, match="study 0: count is '1'"):
        pooling.pool(["1", "2"], [3, 4])


# Arrays


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: survival.kaplan_meier(MASKED, [1] * 4), "durations is missing at position 1"),
        (lambda: CURVE.at(MASKED), "times is missing at position 1"),
        (lambda: proportions.rank_sum(MASKED, [1, 2]), "x is missing at position 1"),
        (lambda: pooling.pool(MASKED, [9] * 4), "study 1: count is None"),
        (
            lambda: proportions.pearson(MASKED.reshape(2, 2)),
            "the cell in row 0, column 1 is None",
        ),
    ],
)
def test_what_is_masked_is_missing_everywhere(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "labels",
    [
        ["a", None, "b", "a"],
        ["a", float("nan"), "b", "a"],
        np.array(["a", np.nan, "b", "a"]),
        np.array(["a", None, "b", "a"]),
        pd.Series(["a", None, "b", "a"]),
        pd.Categorical(["a", None, "b", "a"]),
        [1.0, np.nan, 2.0, 1.0],
    ],
)
def test_a_missing_label_is_no_group(labels):
    times = [1, 2, 3, 4]
    with pytest.raises(ValueError, match="group is missing at position 1"):
        survival.log_rank(times, [1] * 4, labels)
    with pytest.raises(ValueError, match="strata is missing at position 1"):
        survival.risk_sets(times, [1] * 4, strata=labels)


@pytest.mark.parametrize("made", ["nan", "NaN", "NaT", "<NA>"])
def test_a_text_that_numpy_makes_of_what_is_missing_is_no_group(made):
    rows = ROWS.assign(state=np.array(["a", made, "b", "a"]))
    for labels in (["a", made, "b", "a"], rows["state"]):
        with pytest.raises(ValueError, match="group is missing at position 1: it is the text"):
            survival.log_rank([1, 2, 3, 4], [1] * 4, labels)
    with pytest.raises(ValueError, match="state is missing at position 1"):
        transitions.mantel_byar(rows)
    assert survival.risk_sets([1, 2], [1, 1], group=["None", "CR"]).groups == ("CR", "None")


def test_labels_that_differ_behind_a_nul_are_not_made_one():
    with pytest.raises(ValueError, match=r"group holds what cannot be a label at position 0"):
        survival.log_rank([1, 2, 3, 4], [1] * 4, ["a\0b", "a\0c", "a\0b", "x"])
    rows = ROWS.assign(id=["p\0a", "p\0b", "p\0b", "p\0c"])
    with pytest.raises(ValueError, match="id holds what cannot be a label at position 0"):
        transitions.mantel_byar(rows, id="id")


@pytest.mark.parametrize("lost", [None, Decimal("sNaN"), "nan", [1], "a\0"])
def test_every_patient_has_a_name_of_its_own_before_rows_are_made(lost):
    for table, id in (
        (PATIENTS.assign(p=["x", lost, "y"]), "p"),
        (PATIENTS.set_axis(pd.Index(["x", "nan", "y"])), None),
    ):
        with pytest.raises(ValueError, match=r"p (is missing|holds)|the patient is missing"):
            transitions.split_at_transition(
                table, duration="d", event="e", transition_time="t", id=id
            )


def test_ids_that_read_the_same_are_no_two_patients():
    rows = ROWS.assign(id=["p", "q", "q\u200b", "r"])
    with pytest.raises(ValueError, match=r"id has the labels 'q' and .* read the same"):
        transitions.mantel_byar(rows, id="id")


def test_labels_of_two_kinds_have_no_order():
    with pytest.raises(ValueError, match="mixes labels that have no order: numbers and texts"):
        survival.log_rank([1, 2], [1, 1], [1, "1"])


def test_complex_numbers_lose_no_part_but_are_refused():
    with pytest.raises(ValueError, match="durations holds values of the type complex128"):
        survival.kaplan_meier([1 + 2j, 2], [1, 1])
    with pytest.raises(ValueError, match="the table holds values of the type complex128"):
        proportions.pearson([[1 + 2j, 2], [3, 4]])


def test_truth_values_are_no_times():
    for durations in ([True, True], [5, True], [1.5, np.True_]):
        with pytest.raises(ValueError, match="durations must hold numbers"):
            survival.kaplan_meier(durations, [1, 1])
    with pytest.raises(ValueError, match="the cell in row 1, column 0 is True"):
        proportions.pearson([[1, 2], [True, 4]])
    with pytest.raises(ValueError, match="mixes labels that have no order: bool and numbers"):
        survival.log_rank([1, 2], [1, 1], [2, True])


def test_events_may_be_truth_values_of_any_column():
    for events in (
        [True, False],
        [True, 0],
        pd.Series([True, False], dtype=object),
        np.array([1.0, 0.0]),
    ):
        assert survival.kaplan_meier([1, 2], events).events.tolist() == [1, 0]


def test_a_column_of_another_package_is_read_or_refused_by_name():
    column = Foreign(pd.Series(pd.Categorical(["b", "a"], categories=["b", "a"])))
    column.__class__.__len__ = lambda self: 2
    assert survival.risk_sets([1, 2], [1, 1], group=column).groups == ("b", "a")
    with pytest.raises(ValueError, match=r"Foreign, which pandas cannot read: needs pyarrow"):
        survival.kaplan_meier(Foreign(None), [1])


SERIES = pd.Series([1.0, 2, 3], index=[0, 1, 2])


@pytest.mark.parametrize("index", [[2, 1, 0], [0, 1, 3], list("abc")])
@pytest.mark.parametrize(
    ("call", "given"),
    [
        (survival.kaplan_meier, ["durations", "events"]),
        (survival.kaplan_meier, ["durations", "events", "entry"]),
        (survival.follow_up, ["durations", "events"]),
        (survival.log_rank, ["durations", "events", "group"]),
        (survival.log_rank, ["durations", "events", "group", "strata"]),
        (survival.exact_log_rank, ["durations", "events", "group"]),
        (survival.risk_sets, ["stop", "event"]),
        (survival.risk_sets, ["stop", "event", "start", "group", "strata"]),
        (proportions.trend_test, ["counts", "sizes"]),
        (proportions.trend_test, ["counts", "sizes", "scores"]),
        (pooling.pool, ["counts", "sizes"]),
        (simulate.Hazard.through, ["times", "survival"]),
    ],
    ids=lambda one: getattr(one, "__qualname__", None) or ",".join(one),
)
def test_series_of_different_indexes_are_not_paired_by_position(call, given, index):
    arguments = dict.fromkeys(given, SERIES)
    arguments[given[-1]] = SERIES.set_axis(index)
    first, last = given[0], given[-1]
    at = next(i for i in range(3) if index[i] != i)
    with pytest.raises(ValueError, match=rf"^{first} and {last} are series .* \(position {at}: "):
        call(**arguments)


def test_series_of_one_index_and_arrays_beside_a_series_are_paired():
    events = [1, 0, 1]
    for index in (range(3), [5, 5, 5], list("cab")):
        times = SERIES.set_axis(index)
        for found in (events, pd.Series(events, index=index), np.array(events)):
            assert survival.kaplan_meier(times, found).events.tolist() == events


def test_labels_may_have_the_other_byte_order_and_not_more_digits_than_a_float():
    swapped = np.array([1, 2, 1], dtype=np.float64).astype(">f8")
    assert survival.risk_sets([1, 2, 3], [1] * 3, group=swapped).groups == (1.0, 2.0)
    with pytest.raises(ValueError, match="group holds what cannot be a label"):
        survival.risk_sets([1, 2], [1, 1], group=[10**400, 1])


def test_pairs_are_no_events():
    with pytest.raises(ValueError, match="events must be boolean or 0/1"):
        survival.kaplan_meier([1, 2], pd.MultiIndex.from_arrays([[1, 0], [1, 0]]))


DEATH = number_of_deaths("one death", 1)


@pytest.mark.parametrize(
    ("durations", "message"),
    [
        (MASKED, "durations is missing at position 1"),
        ([1 + 2j, 2], "durations holds values of the type complex128"),
        (["2", "4"], "durations must hold numbers"),
        (pd.to_datetime(["2020", "2021"]), "durations holds dates"),
        ([10**400, 2], "durations is infinite at position 0"),
    ],
)
def test_what_is_no_time_has_no_assignment(durations, message):
    with pytest.raises(ValueError, match=message):
        event_assignments(durations, [DEATH])


def test_what_is_no_statement_is_refused():
    for statements in ([], None, {}, np.array([0.5])):
        with pytest.raises(ValueError, match=r"statements is .*; give a list of at least one"):
            event_assignments([1, 2], statements)
    with pytest.raises(ValueError, match=r"statements\[1\] is str; it must be a Statement"):
        event_assignments([1, 2], [DEATH, "x"])


def test_what_is_no_design_or_curve_of_power_is_refused():
    with pytest.raises(ValueError, match="death is None; it must be a Hazard"):
        simulate.CohortDesign(5, None, DESIGN.transplant, DESIGN.end)
    with pytest.raises(ValueError, match="end is float; it must be a Hazard"):
        simulate.CohortDesign(5, DESIGN.death, DESIGN.transplant, 0.5)
    with pytest.raises(ValueError, match="design is None; it must be a CohortDesign"):
        simulate.expected_transplanted(None)
    with pytest.raises(ValueError, match="design is dict; it must be a CohortDesign"):
        simulate.with_expected_transplanted({}, 2)
    for number in ("2", None, 10**400):
        with pytest.raises(ValueError, match=r"transplanted is .*; it must be a finite number"):
            simulate.with_expected_transplanted(DESIGN, number)
    with pytest.raises(ValueError, match="no column 'upper', 'lower' in the frame"):
        simulate.detectable(pd.DataFrame({"hazard_ratio": [0.5], "power": [0.9]}))
    with pytest.raises(ValueError, match="upper is above 1 at positions 0 and 1"):
        simulate.detectable(POWER.assign(upper=1.5))
    with pytest.raises(ValueError, match="design is None; it must be a CohortDesign"):
        simulate.with_overall_survival(None, 1, [1], [0.5], transplanted=1)
    with pytest.raises(ValueError, match="curve is str; it must be a SurvivalCurve"):
        simulate.Hazard.of_curve("os")
    with pytest.raises(ValueError, match="lower is float; it must be a Bounds"):
        survival.middle_bounds(0.2, 0.5, "log")
    for option, message in (
        ({"replicates": 10**12}, "replicates is 1,000,000,000,000; at most 100,000,000"),
        ({"seed": 0.5}, "seed is 0.5"),
        ({"backend": 5}, "backend is int; it must be a str"),
        ({"backend": "cluster"}, "backend is 'cluster', which joblib does not take: Invalid"),
        ({"test": "logrank"}, "choose mantel-byar or ever-transplanted"),
    ):
        with pytest.raises(ValueError, match=message):
            simulate.power(DESIGN, [1.0], **option)
    for ratio in (0, -1, 5e-324, 1e300):
        with pytest.raises(ValueError, match=r"hazard_ratios must be above 0.* position 1"):
            simulate.power(DESIGN, [1.0, ratio])


# Frames


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


# One rule of equal times

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


# Exact methods say soon whether they will try


@pytest.mark.parametrize(
    ("call", "instead"),
    [
        (lambda: proportions.rank_sum(range(2000), range(3000)), "scipy.stats.mannwhitneyu"),
        (lambda: proportions.trend_test([300] * 9, [900] * 9), "exact=False"),
        (lambda: proportions.fisher_exact([[10**9] * 2] * 2), "use pearson"),
        (lambda: proportions.fisher_exact([[10**9] * 3] * 2), "use pearson"),
        (lambda: proportions.fisher_exact(np.eye(40, dtype=int) + 1), "use pearson"),
        (lambda: proportions.barnard([[3000, 1], [2, 3000]]), "use fisher_exact or pearson"),
        (lambda: proportions.denominators(["50"], 10**7), "a percent says nothing"),
        (lambda: survival.risk_sets(range(1, 9001), [1] * 9000, group=range(9000)), "strata"),
    ],
)
def test_what_is_too_large_is_refused_soon_with_what_to_use_instead(call, instead):
    started = time.process_time()
    with pytest.raises(ValueError, match=instead):
        call()
    assert time.process_time() - started < 3.0


def test_what_is_not_too_large_takes_no_minute():
    started = time.process_time()
    proportions.interval(3, 10**12, method="blaker")
    proportions.rank_sum(range(0, 300, 2), range(1, 301, 2))
    proportions.trend_test([300, 280, 350], [1000, 1000, 1000])
    proportions.denominators(["26", "33.3"], 20_000)
    assert time.process_time() - started < 30


def test_large_counts_do_not_overflow():
    table = np.array([[3_000_000_000, 1_000_000_000], [1_000_000_000, 3_000_000_000]])
    assert_allclose(
        proportions.pearson(table).statistic, 1e6 * proportions.pearson(table // 10**6).statistic
    )


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_a_cox_model_does_not_mind_the_scale_of_a_covariate(scale):
    rows = pd.DataFrame(
        {
            "start": 0,
            "stop": [1, 2, 3, 4, 5],
            "event": 1,
            "x": [2, 1, 2, 3, 1],
            "y": [0, 1, 0, 0, 1],
        }
    )
    expected = transitions.andersen_gill(rows, ["x", "y"])
    found = transitions.andersen_gill(rows.assign(x=scale * rows["x"]), ["x", "y"])
    assert_allclose(found.table["z"], expected.table["z"], rtol=1e-9)
    assert_allclose(
        found.table.loc["x", "coefficient"] * scale, expected.table.loc["x", "coefficient"]
    )


def test_a_large_covariate_beside_an_indicator_hides_nothing():
    rows = pd.DataFrame(
        {
            "start": 0, "stop": [1, 2, 3, 4, 5], "event": 1,
            "big": [2e11, 1e11, 2e11, 3e11, 1e11], "y": [0, 1, 0, 0, 1],
        }
    )  # fmt: skip
    assert transitions.andersen_gill(rows, ["big", "y"]).table["coefficient"].notna().all()


def test_scores_that_only_decimals_can_tell_tie_as_whole_scores_do():
    tenths = proportions.trend_test([0, 4, 4], [10, 10, 10], [0.1, 0.2, 0.3])
    whole = proportions.trend_test([0, 4, 4], [10, 10, 10], [1, 2, 3])
    assert_allclose(tenths.exact_p_value, whole.exact_p_value, rtol=1e-12)
    assert_allclose(whole.exact_p_value, 0.0786, atol=5e-5)


# Every argument of every estimator

HOSTILE = [
    None, "", "x", b"x", {}, {"a": 1}, [], (), {1}, np.nan, np.inf, -1, 0, 1e308, -1e308, 1e-320,
    10**400, 1 + 2j, True, object(), [None], [np.nan], ["a"], [[1, 2], [3]], [[1, 2], [3, 4]],
    [0] * 4, [1, "a", 2, 3], ["a", None, "b", "a"], [1e308] * 4, [1e-300] * 4, MASKED,
    np.array([1 + 1j, 2, 3, 4]), pd.Series([1, None, 3, 4], dtype="Int64"), np.zeros((2, 2, 2)),
    pd.Series(pd.to_datetime(["2020-01-01"] * 4)), (i for i in range(4)), Fraction(1, 3),
    Decimal("1.5"), np.float32(2.5), np.array(3.0), pd.NaT, pd.DataFrame(), ROWS.iloc[:0],
    ROWS.rename(columns={"x": "start"}), ROWS.assign(start=ROWS["start"].astype(object)),
    ROWS.assign(state=[None, "a", "b", "a"]), ROWS.assign(event=["1", "0", "1", "0"]),
    ROWS.assign(stop=[1e308] * 4), [[10**13] * 2] * 2, [[1, 2], [3, np.nan]], [[1.5, 2], [3, 4]],
    [[0, 0], [0, 0]], [[0, 5], [0, 3]], [[-1, 2], [3, 4]], Foreign(None), NoArray(),
    Decimal("sNaN"), np.datetime64("NaT"), POWER.assign(power=None), POWER.assign(hazard_ratio=0),
    POWER.assign(upper="x"), POWER.assign(hazard_ratio=[-1, 1j]),
]  # fmt: skip

HAZARD = simulate.Hazard.through([1, 2], [0.5, 0.2])
FACTS = CurveFacts.read("os", {"n": "4", "median": "2"})
TIMES = {"durations": [1, 2, 3, 4], "events": [1, 0, 1, 1]}
TABLE = {"table": [[3, 4], [5, 6]]}
CALLS = [
    (survival.kaplan_meier, TIMES | {"entry": [0, 0, 1, 0], "interval": "log", "level": 0.95}),
    (survival.follow_up, TIMES),
    (survival.log_rank, TIMES | {"group": list("abab"), "strata": [1, 1, 2, 2]}),
    (
        survival.risk_sets,
        {"stop": [1, 2, 3, 4], "event": [1, 0, 1, 1], "start": [0, 0, 1, 0], "group": list("abab")},
    ),
    (CURVE.at, {"times": [1, 2]}),
    (CURVE.quantile, {"p": 0.5, "plateau": "midpoint"}),
    (CURVE.restricted_mean, {"horizon": 3}),
    (survival.middle, {"lower": 0.2, "upper": 0.5, "interval": "log"}),
    (
        transitions.split_at_transition,
        {
            "frame": PATIENTS, "duration": "d", "event": "e", "transition_time": "t", "id": None,
            "states": None, "rules": None, "shift": 0.5,
        },
    ),
    (
        transitions.awkward_transitions,
        {"frame": PATIENTS, "duration": "d", "transition_time": "t"},
    ),
    (transitions.mantel_byar, {"frame": ROWS, "strata": None, "id": "id", "variant": "exact"}),
    (transitions.simon_makuch, {"frame": ROWS, "landmark": 1.0, "interval": "log", "id": "id"}),
    (transitions.landmark, {"frame": ROWS, "time": 1.0, "id": "id"}),
    (transitions.ever_exposed_log_rank, {"frame": ROWS, "exposed": "b", "id": "id"}),
    (
        transitions.andersen_gill,
        {"frame": ROWS, "covariates": ["x"], "strata": None, "ties": "efron", "cluster": "id"},
    ),
    (proportions.interval, {"count": 3, "n": 10, "method": "wald", "level": 0.95, "side": "both"}),
    (proportions.fisher_exact, TABLE | {"alternative": "two-sided", "level": 0.95, "max_steps": 9}),
    (proportions.barnard, TABLE | {"variance": "pooled"}),
    (proportions.boschloo, TABLE | {"statistic": "two-sided"}),
    *((test, TABLE) for test in (
        proportions.pearson, proportions.yates, proportions.likelihood_ratio,
        proportions.n_minus_one, proportions.z_unpooled, proportions.wald_log_odds_ratio,
    )),
    (proportions.binomial_test, {"count": 3, "n": 10, "null": 0.5, "alternative": "two-sided"}),
    (proportions.rank_sum, {"x": [1, 2], "y": [3, 4]}),
    (proportions.trend_test, {"counts": [1, 2], "sizes": [3, 4], "scores": [1, 2], "exact": True}),
    (pooling.pool, {"counts": [1, 2, 3], "sizes": [10, 20, 15], "model": "beta-binomial"}),
    (simulate.Hazard, {"starts": (0.0,), "rates": (1.0,)}),
    (simulate.Hazard.through, {"times": [1, 2], "survival": [0.5, 0.2], "beyond": 0.1}),
    (
        simulate.power,
        {"design": DESIGN, "hazard_ratios": [1.0], "replicates": 5, "seed": 0, "level": 0.05},
    ),
    (simulate.overall_survival, {"design": DESIGN, "hazard_ratio": 1.0, "time": 2.0}),
    (simulate.expected_transplanted, {"design": DESIGN}),
    (simulate.with_expected_transplanted, {"design": DESIGN, "transplanted": 2.0}),
    (event_assignments, {"durations": [2, 4, 6], "statements": [number_of_deaths("d", 1)]}),
    (HAZARD.times, {"factor": 2.0}),
    (HAZARD.survival, {"time": [[1.0, 2.0]]}),
    (HAZARD.time_at, {"cumulative": [1.0, 2.0]}),
    (simulate.detectable, {"curve": POWER, "target": 0.8}),
    *(
        (partial(held, make), arguments)
        for make, arguments in (
            (survival_percent, {"name": "x", "time": 4, "printed": "50"}),
            (number_of_deaths, {"name": "x", "deaths": 1}),
            (at_most_deaths, {"name": "x", "deaths": 1}),
            (deaths_by_time, {"name": "x", "deaths": {4: 1}}),
        )
    ),
    (CLASSES.survival_at, {"time": 4, "just_before": True}),
    (CLASSES.mean, {"up_to": "last death"}),
    (judged, {"facts": FACTS}),
    (FACTS.only, {"addresses": ["os/median"]}),
]  # fmt: skip
HOME = str(Path(inputs.__file__).parent)


@pytest.mark.parametrize(
    ("call", "arguments"), CALLS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_argument_gives_a_result_or_a_sentence(call, arguments):
    answers_or_refuses(call, arguments)


def answers_or_refuses(call, arguments):
    """Put everything hostile in the place of each argument in turn."""
    for name in arguments:
        for value in HOSTILE:
            called_or_refused(call, arguments | {name: value}, f"{name}={value!r}")


def called_or_refused(call, arguments, shown):
    """Call, and see that what is refused is refused by a sentence of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            call(**arguments)
        except ValueError as error:
            raised = traceback.extract_tb(error.__traceback__)[-1].filename
        except Exception as error:
            raise AssertionError(f"{shown}: {error!r}") from error
        else:
            return
    assert raised.startswith(HOME), f"{shown} is refused in {raised}"


@pytest.mark.parametrize("coded", [[1, 2], ["alive", "dead"], pd.Categorical(["no", "yes"])])
def test_events_that_are_coded_are_to_be_compared_with_the_code(coded):
    with pytest.raises(ValueError, match=r"boolean or 0/1: .*; compare a code .*status == 2$"):
        survival.kaplan_meier([1, 2], coded)
    with pytest.raises(ValueError, match=r"not at positions? .*None\)$"):  # which equals no code
        survival.kaplan_meier([1, 2, 3], [None, *coded])


def test_a_message_shows_a_number_of_numpy_as_one():
    with pytest.raises(ValueError, match=r"row 0, column 0 is -1; it must"):
        proportions.pearson(np.array([[-1, 2], [3, 4]]))
    series = pd.Series([1, 1], index=[3, 2])
    with pytest.raises(ValueError, match=r"position 0: 3 and 0\)"):
        survival.kaplan_meier(series, pd.Series([1, 1]))
