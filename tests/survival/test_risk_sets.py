"""Counts at risk. Correct: cases counted by hand and plain brute force; every count is exact."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from secondlook.survival import risk_sets
from secondlook.survival.tied_times import snap_to_axis, tie_near_times


def brute_force(stop, event, start, group, strata):
    """Count row by row, as the definition reads."""
    rows = []
    for stratum in sorted(set(strata)):
        for time in sorted({t for t, s in zip(stop, strata, strict=True) if s == stratum}):
            counts = []
            for label in sorted(set(group)):
                mine = [
                    (a, b, e)
                    for a, b, e, g, s in zip(start, stop, event, group, strata, strict=True)
                    if g == label and s == stratum
                ]
                counts.append(
                    (
                        sum(a < time <= b for a, b, _ in mine),
                        sum(b == time and e for _, b, e in mine),
                        sum(b == time and not e for _, b, e in mine),
                    )
                )
            rows.append((stratum, time, *zip(*counts, strict=True)))
    return rows


def as_rows(sets):
    return [
        (sets.strata[s], t, tuple(r), tuple(e), tuple(c))
        for s, t, r, e, c in zip(
            sets.stratum.tolist(),
            sets.time.tolist(),
            sets.at_risk.tolist(),
            sets.events.tolist(),
            sets.censored.tolist(),
            strict=True,
        )
    ]


rows = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(1, 4), st.booleans(), st.integers(0, 2), st.integers(0, 2)
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60)
@given(rows)
def test_counts_equal_brute_force_with_late_entry_groups_and_strata(data):
    start, length, event, group, strata = (np.array(column) for column in zip(*data, strict=True))
    stop = start + length
    sets = risk_sets(stop, event, start=start, group=group, strata=strata)
    assert as_rows(sets) == brute_force(stop, event, start, group, strata)


@settings(max_examples=60)
@given(rows)
def test_one_sample_counts_equal_brute_force(data):
    _, stop, event, _, _ = (np.array(column) for column in zip(*data, strict=True))
    zeros = [0] * len(stop)
    sets = risk_sets(stop, event)
    got = [(0, *row[1:]) for row in as_rows(sets)]
    assert got == brute_force(stop, event, [0] * len(stop), zeros, zeros)


def test_a_death_comes_before_a_censoring_at_the_same_time():
    sets = risk_sets([2, 2, 5], [0, 1, 1])
    assert_array_equal(sets.at_risk[:, 0], [3, 1])
    assert_array_equal(sets.events[:, 0], [1, 1])
    assert_array_equal(sets.censored[:, 0], [1, 0])


def test_one_who_enters_at_an_event_time_is_not_at_risk_for_it():
    sets = risk_sets([4, 6, 9], [1, 0, 1], start=[0, 4, 3])
    assert_array_equal(sets.time, [4, 6, 9])
    assert_array_equal(sets.at_risk[:, 0], [2, 2, 1])


def test_a_change_of_state_moves_a_patient_between_the_columns():
    sets = risk_sets([3, 8, 5], [0, 1, 1], start=[0, 3, 0], group=["before", "after", "before"])
    assert sets.groups == ("after", "before")
    assert_array_equal(sets.at_risk, [[0, 2], [1, 1], [1, 0]])
    assert_array_equal(sets.censored, [[0, 1], [0, 0], [0, 0]])


def test_no_risk_set_crosses_a_stratum():
    sets = risk_sets([1, 2, 1, 3], [1, 1, 1, 0], strata=["b", "b", "a", "a"])
    assert sets.strata == ("a", "b")
    assert_array_equal(sets.stratum, [0, 0, 1, 1])
    assert_array_equal(sets.time, [1, 3, 1, 2])
    assert_array_equal(sets.at_risk[:, 0], [2, 1, 2, 1])


def test_times_that_differ_by_floating_point_error_are_one_time():
    sets = risk_sets([0.1 + 0.2, 0.3, 1.0], [1, 0, 1])
    assert_array_equal(sets.time, [0.3, 1.0])
    assert_array_equal(sets.at_risk[:, 0], [3, 1])
    grouped = risk_sets([0.1 + 0.2, 0.3, 1.0], [1, 0, 1], group=[0, 1, 1])
    assert_array_equal(grouped.time, [0.3, 1.0])


def test_an_entry_that_differs_from_an_event_time_by_floating_point_error_is_at_it():
    sets = risk_sets([0.1 + 0.2, 1.0], [1, 1], start=[0.0, 0.3])
    assert_array_equal(sets.at_risk[:, 0], [1, 1])


def test_near_times_in_a_chain_take_the_value_of_the_first():
    times = np.array([1.0, 1.0 + 1e-8, 1.0 + 2e-8, 2.0])
    stop, start = tie_near_times(times, np.zeros(4))
    assert_array_equal(stop, [1.0, 1.0, 1.0, 2.0])
    assert_array_equal(start, np.zeros(4))


def test_a_categorical_keeps_the_order_of_its_categories():
    arms = pd.Categorical(["low", "high", "low"], categories=["low", "middle", "high"])
    assert risk_sets([1, 2, 3], [1, 1, 1], group=arms).groups == ("low", "high")
    assert risk_sets([1, 2, 3], [1, 1, 1], group=pd.Series(arms)).groups == ("low", "high")


def test_counts_are_integers_and_read_only():
    sets = risk_sets([1.5, 2.5], [True, False])
    assert sets.at_risk.dtype == sets.events.dtype == sets.censored.dtype == np.int64
    with pytest.raises(ValueError, match="read-only"):
        sets.at_risk[0, 0] = 7


def test_the_arguments_are_left_as_they_were():
    stop, event, start = np.array([3.0, 1.0, 2.0]), np.array([1, 0, 1]), np.array([0.0, 0.5, 1.0])
    risk_sets(stop, event)
    risk_sets(stop, event, start=start)
    assert_array_equal(stop, [3.0, 1.0, 2.0])
    assert_array_equal(event, [1, 0, 1])
    assert_array_equal(start, [0.0, 0.5, 1.0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"stop": [1, np.nan, 2, None], "event": [1] * 4}, "stop is missing at positions 1 and 3"),
        ({"stop": [1, -2, 3], "event": [1] * 3}, "stop is negative at position 1"),
        ({"stop": [1, 0, 0], "event": [1] * 3}, "stop is zero at positions 1 and 2"),
        ({"stop": [1, np.inf], "event": [1] * 2}, "stop is infinite at position 1"),
        ({"stop": [], "event": []}, "stop is empty"),
        ({"stop": [1, 2], "event": [1]}, "event has 1 values, stop has 2"),
        ({"stop": [1, 2, 3], "event": [0, 2, 1]}, r"event must be boolean or 0/1.*position 1"),
        ({"stop": [1, 2, 3], "event": [0, np.nan, 1]}, r"event must be boolean or 0/1.*position 1"),
        ({"stop": [1, 2, 3], "event": [0, pd.NA, 1]}, r"event must be boolean or 0/1.*position 1"),
        ({"stop": [1, 2], "event": ["yes", "no"]}, "event must be boolean .*positions 0 and 1"),
        ({"stop": ["1", 2], "event": [1, 1]}, "stop must hold numbers"),
        ({"stop": [[1, 2]], "event": [1, 1]}, r"stop must have one dimension.*\(1, 2\)"),
        ({"stop": pd.to_timedelta([1, 2], "D"), "event": [1, 1]}, "dates or time spans"),
        ({"stop": [1, 2], "event": [1, 1], "start": [0, 2]}, "start equals stop at position 1"),
        (
            {"stop": [1, 2], "event": [1, 1], "start": [3, 0]},
            "start comes after stop at position 0",
        ),
        ({"stop": [1, 2], "event": [1, 1], "start": [-1, 0]}, "start is negative at position 0"),
        ({"stop": [1, 2], "event": [1, 1], "start": [0, np.nan]}, "start is missing at position 1"),
        ({"stop": [1, 2], "event": [1, 1], "start": [0]}, "start has 1 values, stop has 2"),
        (
            {"stop": [1, 0.3], "event": [1, 1], "start": [0, 0.3 - 1e-12]},
            "position 1 begin and end",
        ),
        ({"stop": [1, 2], "event": [1, 1], "group": ["a", None]}, "group is missing at position 1"),
        (
            {"stop": [1, 2], "event": [1, 1], "group": [1.0, np.nan]},
            "group is missing at position 1",
        ),
        ({"stop": [1, 2], "event": [1, 1], "group": ["a"]}, "group has 1 values, stop has 2"),
        ({"stop": [1, 2], "event": [1, 1], "strata": [None, 1]}, "strata is missing at position 0"),
    ],
)
def test_bad_input_is_refused_with_its_positions(arguments, message):
    with pytest.raises(ValueError, match=message):
        risk_sets(**arguments)


def test_a_masked_time_is_missing():
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    with pytest.raises(ValueError, match="stop is missing at position 1"):
        risk_sets(masked, [1, 1])


def test_many_wrong_positions_are_counted_not_all_named():
    with pytest.raises(ValueError, match="positions 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 90 more"):
        risk_sets(-np.ones(100), np.ones(100))


def test_nullable_pandas_columns_are_read():
    sets = risk_sets(pd.Series([1, 2], dtype="Int64"), pd.Series([True, False], dtype="boolean"))
    assert_array_equal(sets.events[:, 0], [1, 0])


def test_a_time_within_rounding_of_the_axis_is_put_on_it_from_either_side():
    axis = np.array([0.3, 1.0])
    below, above = np.nextafter(0.3, 0), 0.1 + 0.2
    times = np.array([below, 0.3, above, 0.5, np.nan, np.nextafter(1.0, 0), 1 + 2e-16, 5.0, 0.2])
    put = snap_to_axis(times, axis)
    assert below < 0.3 < above
    assert_array_equal(put, [0.3, 0.3, 0.3, 0.5, np.nan, 1.0, 1.0, 5.0, 0.2])
    # Beside a time of a billion, what differs by less than its rounding is one time.
    assert snap_to_axis(np.array([0.3 + 1e-6]), np.array([0.3, 1e9])).tolist() == [0.3]
    assert snap_to_axis(np.array([0.3 + 1e-6]), axis).tolist() == [0.3 + 1e-6]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"event": [1, 2]}, r"^event must be boolean or 0/1"),
        ({"event": [1]}, r"^event has 1 values, stop has 2: one a row is needed"),
        ({"start": [0, 9]}, r"^start comes after stop at position 1"),
        ({"group": ["a"]}, r"^group has 1 values, stop has 2"),
        ({"strata": ["a", None]}, r"^strata is missing at position 1"),
        ({"strata": ["a"]}, r"^strata has 1 values, stop has 2"),
        ({"stop": [0, 1]}, r"^stop is zero at position 0"),
    ],
)
def test_what_cannot_be_a_row_is_refused_by_its_name(given, told):
    with pytest.raises(ValueError, match=told):
        risk_sets(**({"stop": [1, 2], "event": [1, 0]} | given))
