"""Correct: what is no number or no array is none. Each case once gave a wrong number."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from tests.inputs.hostile import CURVE, MASKED, Foreign

from secondlook import pooling, proportions, simulate, survival
from secondlook.assignments import event_assignments, number_of_deaths


@pytest.mark.parametrize("span", [np.timedelta64(3), np.timedelta64(3, "D")])
def test_a_span_of_time_is_no_number(span):
    for call in (
        lambda: proportions.pearson([[2, span], [3, 4]]),
        lambda: proportions.interval(span, 10),
        lambda: survival.kaplan_meier([1, span], [1, 1]),
    ):
        with pytest.raises(ValueError, match=r"is np.timedelta64\(|dates or time spans"):
            call()


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
