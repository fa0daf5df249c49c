"""What must hold for any data. Correct: symmetries and bounds."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from secondlook.survival import INTERVAL_TYPES, follow_up, kaplan_meier, log_rank

CLOSE = {"rtol": 1e-11, "atol": 1e-12}

rows = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=25).map(
    lambda each: tuple(np.array(column) for column in zip(*each, strict=True))
)
late_rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 6), st.booleans()), min_size=1, max_size=25
).map(lambda each: tuple(np.array(column) for column in zip(*each, strict=True)))
grouped = st.lists(
    st.tuples(st.integers(1, 8), st.booleans(), st.sampled_from("abc"), st.integers(0, 2)),
    min_size=4,
    max_size=30,
).map(lambda each: tuple(np.array(column) for column in zip(*each, strict=True)))
intervals = st.sampled_from(INTERVAL_TYPES)


def same(one, other):
    for name in ("time", "at_risk", "events", "censored"):
        assert_array_equal(getattr(one, name), getattr(other, name))
    for name in ("survival", "std_error", "lower", "upper"):
        assert_allclose(getattr(one, name), getattr(other, name), **CLOSE)


@given(late_rows, st.randoms(use_true_random=False), intervals)
def test_the_order_of_rows_does_not_matter(data, random, interval):
    start, length, died = data
    order = list(range(len(start)))
    random.shuffle(order)
    same(
        kaplan_meier(start + length, died, entry=start, interval=interval),
        kaplan_meier((start + length)[order], died[order], entry=start[order], interval=interval),
    )


@given(rows, st.sampled_from([0.25, 3.0, 30.4375, 365.25, 1 / 12]))
def test_another_unit_of_time_scales_times_and_nothing_else(data, unit):
    times, died = data
    one, other = kaplan_meier(times, died), kaplan_meier(times * unit, died)
    assert_allclose(other.time, one.time * unit, **CLOSE)
    assert_array_equal(other.survival, one.survival)
    assert_allclose(other.quantile().estimate, one.quantile().estimate * unit, **CLOSE)
    horizon = float(times.max())
    for name in ("estimate", "std_error"):
        assert_allclose(
            getattr(other.restricted_mean(horizon * unit), name),
            getattr(one.restricted_mean(horizon), name) * unit,
            **CLOSE,
        )


@given(late_rows, st.integers(1, 11))
def test_splitting_rows_anywhere_leaves_survival_as_it_is(data, cut):
    start, length, died = data
    stop = start + length
    across = (start < cut) & (cut < stop)
    split = kaplan_meier(
        np.concatenate([np.where(across, cut, stop), stop[across]]),
        np.concatenate([died & ~across, died[across]]),
        entry=np.concatenate([start, np.full(across.sum(), cut)]),
    )
    whole = kaplan_meier(stop, died, entry=start)
    ours, theirs = split.at(whole.time), whole.at(whole.time)
    assert_array_equal(ours["at_risk"], theirs["at_risk"])
    assert_array_equal(ours["events"], theirs["events"])
    assert_allclose(ours["survival"], theirs["survival"], **CLOSE)
    assert_allclose(ours["std_error"], theirs["std_error"], **CLOSE)


@given(rows)
def test_entry_at_zero_is_no_entry(data):
    times, died = data
    same(kaplan_meier(times, died), kaplan_meier(times, died, entry=np.zeros(len(times))))


@given(rows, st.integers(2, 5))
def test_everybody_counted_k_times_divides_the_standard_error_by_the_root_of_k(data, k):
    times, died = data
    one, many = kaplan_meier(times, died), kaplan_meier(np.tile(times, k), np.tile(died, k))
    assert_array_equal(many.at_risk, k * one.at_risk)
    assert_allclose(many.survival, one.survival, **CLOSE)
    assert_allclose(many.std_error, one.std_error / np.sqrt(k), **CLOSE)


@given(late_rows, intervals, st.sampled_from([0.5, 0.9, 0.99]))
def test_survival_never_rises_and_lies_between_its_limits_in_zero_to_one(data, interval, level):
    start, length, died = data
    curve = kaplan_meier(start + length, died, entry=start, interval=interval, level=level)
    assert (np.diff(curve.survival, prepend=1.0) <= 0).all()
    assert (curve.survival >= 0).all()
    known = ~np.isnan(curve.lower)
    assert_array_equal(known, ~np.isnan(curve.upper))
    assert (curve.lower[known] >= 0).all()
    assert (curve.upper[known] <= 1).all()
    slack = 1e-12
    assert (curve.lower[known] <= curve.survival[known] + slack).all()
    assert (curve.survival[known] <= curve.upper[known] + slack).all()


@given(late_rows, intervals)
def test_reading_at_the_exit_times_gives_the_table(data, interval):
    start, length, died = data
    curve = kaplan_meier(start + length, died, entry=start, interval=interval)
    assert_array_equal(curve.at(curve.time).to_numpy(), curve.table.to_numpy())


@given(late_rows, st.lists(st.floats(0, 15), min_size=1, max_size=5))
def test_reading_counts_at_risk_as_the_definition_does(data, times):
    start, length, died = data
    stop = start + length
    curve = kaplan_meier(stop, died, entry=start)
    expected = [
        np.sum(start == 0) if time < 1e-7 else np.sum((start < time) & (time <= stop))
        for time in (round(t, 3) for t in times)
    ]
    assert_array_equal(curve.at([round(t, 3) for t in times])["at_risk"], expected)


@given(rows, intervals, st.sampled_from([0.1, 0.25, 0.5, 0.75]))
def test_the_ends_of_a_plateau_enclose_its_midpoint(data, interval, p):
    curve = kaplan_meier(*data, interval=interval)
    left, middle, right = (curve.quantile(p, plateau=end) for end in ("left", "midpoint", "right"))
    assert np.isnan(left.estimate) == np.isnan(middle.estimate)
    if np.isnan(right.estimate):
        return
    assert left.estimate <= middle.estimate <= right.estimate
    assert curve.at(left.estimate)["survival"].iloc[0] <= 1 - p + 2e-8
    assert curve.at(right.estimate)["survival"].iloc[0] < 1 - p


@given(rows)
def test_the_restricted_mean_is_the_area_under_the_steps(data):
    curve = kaplan_meier(*data)
    horizon = float(curve.time[-1]) + 0.5
    grid = (np.arange(0, horizon, 0.5) + 0.25).tolist()
    area = 0.5 * curve.at(grid)["survival"].sum()
    assert_allclose(curve.restricted_mean(horizon).estimate, area, **CLOSE)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_without_ties_follow_up_is_kaplan_meier_with_the_indicator_flipped(died):
    times = np.arange(1, len(died) + 1)
    mirrored, flipped = follow_up(times, died), kaplan_meier(times, ~np.array(died))
    assert_allclose(mirrored.survival, flipped.survival, **CLOSE)
    assert_allclose(mirrored.std_error, flipped.std_error, **CLOSE)


@given(rows)
def test_survival_and_follow_up_multiply_to_the_share_still_observed(data):
    # With deaths leaving first at ties the two factors of each time multiply to (n - d - c) / n.
    times, died = data
    alive = kaplan_meier(times, died)
    product = alive.survival * follow_up(times, died).survival
    left = alive.at_risk - alive.events - alive.censored
    assert_allclose(product, left / len(times), **CLOSE)


@given(grouped)
def test_relabelling_the_groups_permutes_the_test(data):
    times, died, group, strata = data
    assume(len(set(group)) > 1)
    one = log_rank(times, died, group, strata=strata)
    renamed = {"a": "z", "b": "y", "c": "x"}
    other = log_rank(times, died, [renamed[g] for g in group], strata=strata)
    assert_allclose(other.observed, one.observed[::-1], **CLOSE)
    assert_allclose(other.expected, one.expected[::-1], **CLOSE)
    assert other.df == one.df
    assert_allclose(other.statistic, one.statistic, rtol=1e-8, atol=1e-10)


@given(grouped)
def test_observed_and_expected_both_sum_to_the_deaths(data):
    times, died, group, strata = data
    assume(len(set(group)) > 1)
    test = log_rank(times, died, group, strata=strata)
    assert test.observed.sum() == died.sum()
    assert_allclose(test.expected.sum(), died.sum(), **CLOSE)
    assert_allclose(test.variance.sum(axis=0), 0, rtol=0, atol=1e-12)
    assert_allclose(test.variance, test.variance.T, rtol=0, atol=1e-12)


@given(grouped)
def test_one_stratum_is_no_stratum(data):
    times, died, group, _ = data
    assume(len(set(group)) > 1)
    one, other = log_rank(times, died, group), log_rank(times, died, group, strata=[7] * len(times))
    assert_array_equal(one.expected, other.expected)
    assert_array_equal(one.variance, other.variance)
