"""Curves, means and tests small enough to solve by hand. Correct: closed forms, to 1e-12."""

import importlib
from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import comb, exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from secondlook.survival import (
    exact_log_rank,
    follow_up,
    kaplan_meier,
    log_rank,
    risk_sets,
)
from secondlook.survival.kaplan_meier import product_limit

EXACT = {"rtol": 1e-12, "atol": 1e-12}
Z = 1.959963984540054  # the 0.975 quantile of the normal law


def test_survival_is_the_product_over_death_times():
    curve = kaplan_meier([1, 2, 2, 3, 5], [1, 1, 0, 0, 1])
    assert_allclose(curve.survival, [4 / 5, 4 / 5 * 3 / 4, 3 / 5, 0], **EXACT)
    assert_array_equal(curve.at_risk, [5, 4, 2, 1])


def test_a_death_comes_before_a_censoring_at_the_same_time():
    curve = kaplan_meier([2, 2], [0, 1])
    assert_allclose(curve.survival, [1 / 2], **EXACT)


def test_greenwoods_standard_error_is_that_of_survival_itself():
    curve = kaplan_meier([1, 2, 2, 3, 5], [1, 1, 0, 0, 1])
    assert_allclose(
        curve.std_error[:2],
        [4 / 5 * sqrt(1 / 20), 3 / 5 * sqrt(1 / 20 + 1 / 12)],
        **EXACT,
    )


def test_without_censoring_greenwood_is_the_binomial_standard_error():
    curve = kaplan_meier(range(1, 12), [1] * 11)
    share = np.arange(10, 0, -1) / 11
    assert_allclose(curve.survival[:-1], share, **EXACT)
    assert_allclose(curve.std_error[:-1], np.sqrt(share * (1 - share) / 11), **EXACT)


def test_the_five_types_of_limits_in_closed_form():
    # Two deaths among four: S = 1/2, variance of S = 1/16, so se = 1/4 and se / S = 1/2.
    def limits(interval):
        row = kaplan_meier([1, 1, 2, 2], [1, 1, 0, 0], interval=interval).at(1.5)
        return row[["lower", "upper"]].to_numpy()[0]

    assert_allclose(limits("plain"), [1 / 2 - Z / 4, 1 / 2 + Z / 4], **EXACT)
    assert_allclose(limits("log"), [exp(-Z / 2) / 2, 1.0], **EXACT)
    power = exp(Z / 2 / log(2))
    assert_allclose(limits("log-log"), [0.5**power, 0.5 ** (1 / power)], **EXACT)
    assert_allclose(limits("logit"), [1 / (1 + exp(Z)), 1 / (1 + exp(-Z))], **EXACT)
    turn = Z / 4
    assert_allclose(
        limits("arcsine"), [(1 - np.sin(2 * turn)) / 2, (1 + np.sin(2 * turn)) / 2], **EXACT
    )


def test_limits_at_one_and_at_zero_are_missing_as_in_r():
    at_one = {"plain": 1, "log": 1, "log-log": np.nan, "logit": np.nan, "arcsine": np.nan}
    for interval, expected in at_one.items():
        curve = kaplan_meier([1, 2], [0, 1], interval=interval)
        assert_array_equal(curve.lower, [expected, np.nan])
        assert_array_equal(curve.upper, [expected, np.nan])
        assert_array_equal(curve.std_error, [0, np.nan])


def test_before_the_first_exit_both_limits_are_one_for_every_type():
    curve = kaplan_meier([2, 3], [0, 1], interval="log-log")
    assert_array_equal(curve.at(1)[["survival", "lower", "upper"]].to_numpy(), [[1, 1, 1]])


def test_the_median_on_a_plateau_is_its_midpoint_its_left_or_its_right_end():
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1])
    assert curve.quantile(0.5).estimate == 2.5
    assert curve.quantile(0.5, plateau="left").estimate == 2
    assert curve.quantile(0.5, plateau="right").estimate == 3
    assert curve.quantile(0.6).estimate == 3


def test_a_plateau_that_lasts_to_the_end_of_follow_up():
    curve = kaplan_meier([2, 4, 9, 12], [1, 1, 0, 0])
    assert curve.quantile(0.5).estimate == (4 + 12) / 2
    assert curve.quantile(0.5, plateau="left").estimate == 4
    assert np.isnan(curve.quantile(0.5, plateau="right").estimate)


def test_a_plateau_is_found_in_spite_of_rounding_error():
    # 11/12 * 10/11 * ... * 6/7 is one half, but not in binary.
    curve = kaplan_meier(range(1, 13), [1] * 12)
    assert curve.survival[5] != 0.5
    assert curve.quantile(0.5).estimate == (6 + 7) / 2


def test_a_quantile_that_is_not_reached_is_missing():
    quantile = kaplan_meier([1, 2, 3], [1, 0, 0]).quantile(0.5)
    assert np.isnan([quantile.estimate, quantile.upper]).all()
    assert quantile.lower == 1


def test_without_censoring_the_restricted_mean_is_the_mean_and_its_standard_error():
    times = np.array([1.0, 2.0, 3.0, 4.0])
    mean = kaplan_meier(times, [1] * 4).restricted_mean(4)
    assert_allclose(mean.estimate, 2.5, **EXACT)
    assert_allclose(mean.std_error, sqrt(5 / 16), **EXACT)


def test_the_restricted_mean_before_the_first_time_is_the_horizon():
    mean = kaplan_meier([3, 4], [1, 1]).restricted_mean(2)
    assert (mean.estimate, mean.std_error, mean.horizon) == (2, 0, 2)


def test_the_restricted_mean_beyond_the_last_time_keeps_the_last_survival():
    curve = kaplan_meier([1, 2], [1, 0])
    assert_allclose(curve.restricted_mean(6).estimate, 1 + 5 / 2, **EXACT)


def test_one_who_enters_at_a_death_is_not_at_risk_for_it():
    curve = kaplan_meier([4, 6, 9], [1, 1, 0], entry=[0, 4, 0])
    assert_array_equal(curve.at_risk, [2, 2, 1])
    assert_allclose(curve.survival, [1 / 2, 1 / 4, 1 / 4], **EXACT)


def test_reading_counts_those_at_risk_just_before_each_time():
    curve = kaplan_meier([4, 6, 9], [1, 1, 0])
    assert_array_equal(curve.at([0, 3, 4, 5, 6, 9, 10])["at_risk"], [3, 3, 3, 2, 2, 1, 0])


def test_reading_between_exits_counts_late_entries_exactly():
    curve = kaplan_meier([4, 9, 9], [1, 1, 0], entry=[0, 5, 7])
    at = curve.at([0, 1, 4, 5, 6, 7, 8, 9, 10])
    assert_array_equal(at["at_risk"], [1, 1, 1, 0, 1, 1, 2, 2, 0])


def test_reading_counts_events_since_the_next_smaller_time_in_any_order():
    at = kaplan_meier([1, 2, 3, 4, 5], [1, 0, 1, 1, 0]).at([4, 1, 9])
    assert_array_equal(at["time"], [4, 1, 9])
    assert_array_equal(at["events"], [2, 1, 0])
    assert_array_equal(at["censored"], [1, 0, 1])


def test_a_time_within_floating_point_error_of_an_exit_is_that_exit():
    curve = kaplan_meier([0.1 + 0.2, 1], [1, 1])
    row = curve.at(0.3)
    assert_array_equal(row["time"], [0.3])
    assert_array_equal(row["survival"], [0.5])
    assert_array_equal(row["at_risk"], [2])


def test_an_entry_within_floating_point_error_of_a_time_is_not_at_risk_just_before_it():
    curve = kaplan_meier([1, 2], [1, 1], entry=[0, 0.3])
    assert_array_equal(curve.at([0.1 + 0.2, 0.31])["at_risk"], [1, 2])


def test_after_the_last_time_the_last_survival_stands_with_nobody_at_risk():
    row = kaplan_meier([1, 2, 3], [1, 0, 0]).at(50)
    assert_allclose(row["survival"], [2 / 3], **EXACT)
    assert_array_equal(row["at_risk"], [0])


def test_in_follow_up_a_death_leaves_before_a_censoring_is_counted():
    curve = follow_up([3, 3, 3, 9], [1, 0, 1, 0])
    assert_allclose(curve.survival, [1 / 2, 0], **EXACT)
    assert_array_equal(curve.at_risk, [4, 1])
    assert_allclose(curve.std_error[0], sqrt(1 / 2 * 1 / 2 / 2), **EXACT)
    flipped = kaplan_meier([3, 3, 3, 9], [0, 1, 0, 1])
    assert_allclose(flipped.survival, [3 / 4, 0], **EXACT)


def test_follow_up_of_those_who_all_die_is_never_cut_short():
    curve = follow_up([1, 2, 2], [1, 1, 1])
    assert_array_equal(curve.survival, [1, 1])
    assert np.isnan(curve.quantile(0.5).estimate)


def test_the_restricted_mean_of_follow_up_uses_those_still_exposed():
    # At 1 one of three leaves alive after one death has left: S = 1/2 from 1 on, to 3.
    mean = follow_up([1, 1, 3], [1, 0, 1]).restricted_mean(3)
    assert_allclose(mean.estimate, 1 + 2 / 2, **EXACT)
    assert_allclose(mean.std_error, sqrt(1**2 * 1 / (2 * 1)), **EXACT)


def test_where_nobody_is_at_risk_survival_stays_as_it_is():
    curve = product_limit(
        np.array([1.0, 2.0, 3.0]), np.array([2, 0, 1]), np.array([1, 0, 0]), np.array([0, 0, 1])
    )
    assert_allclose(curve.survival, [1 / 2, 1 / 2, 1 / 2], **EXACT)
    assert np.isfinite(curve.std_error).all()


def test_the_log_rank_test_of_two_pairs():
    # Deaths at 1 (a), 2 (a), 3 (b), 4 (b): E_a = 1/2 + 1/3, V = 1/4 + 2/9.
    test = log_rank([1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"])
    assert test.groups == ("a", "b")
    assert_allclose(test.observed, [2, 2], **EXACT)
    assert_allclose(test.expected, [5 / 6, 19 / 6], **EXACT)
    assert_allclose(test.variance, np.array([[17, -17], [-17, 17]]) / 36, **EXACT)
    assert_allclose(test.statistic, (7 / 6) ** 2 / (17 / 36), **EXACT)
    assert test.df == 1


def test_the_variance_of_tied_deaths_is_hypergeometric():
    # Three of seven die at once; a has four of the seven.
    test = log_rank([1] * 3 + [2] * 4, [1] * 3 + [0] * 4, list("aabaabb"))
    ways = [comb(4, k) * comb(3, 3 - k) / comb(7, 3) for k in range(4)]
    mean = sum(k * p for k, p in enumerate(ways))
    variance = sum((k - mean) ** 2 * p for k, p in enumerate(ways))
    assert_allclose(test.expected, [mean, 3 - mean], **EXACT)
    assert_allclose(test.variance[0, 0], variance, **EXACT)


def test_strata_add_their_deaths_and_variances():
    durations, events, group = [1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"]
    one = log_rank(durations, events, group)
    two = log_rank(durations * 2, events * 2, group * 2, strata=[1] * 4 + [2] * 4)
    assert_allclose(two.expected, 2 * one.expected, **EXACT)
    assert_allclose(two.variance, 2 * one.variance, **EXACT)
    assert_allclose(two.statistic, 2 * one.statistic, **EXACT)


def test_the_first_three_of_six_to_die_are_one_of_twenty_groups_and_have_one_mirror():
    # Deaths at 1 to 6; no other group's excess is as far from zero.
    p = exact_log_rank([1, 2, 3, 4, 5, 6], [1] * 6, [True] * 3 + [False] * 3)
    assert p == Fraction(2, comb(6, 3))
    # Relabelling the groups, stretching time and floating-point error change nothing.
    stretched = exact_log_rank([0.1, 0.2, 0.1 + 0.2, 9, 10, 11], [1] * 6, [0] * 3 + [1] * 3)
    assert stretched == p


def test_exact_log_rank_refuses_what_it_cannot_count():
    with pytest.raises(ValueError, match="3 labels"):
        exact_log_rank([1, 2, 3], [1, 1, 1], list("abc"))
    n = 60
    with pytest.raises(ValueError, match="use log_rank"):
        exact_log_rank(list(range(1, n + 1)), [1] * n, [0, 1] * (n // 2))


def test_exact_log_rank_counts_many_who_are_tied_and_refuses_more(monkeypatch):
    times = [1] * 100 + [2] * 100
    assert exact_log_rank(times, [1] * 200, [0, 1] * 100) == 1
    module = importlib.import_module("secondlook.survival.log_rank")
    monkeypatch.setattr(module, "MOST_STEPS", 10_000)
    with pytest.raises(ValueError, match="of 200 patients have too many different sums"):
        exact_log_rank(times, [1] * 200, [0, 1] * 100)


def test_exact_log_rank_of_nobody_dying_is_one():
    assert exact_log_rank([1, 2, 3, 4], [0] * 4, list("aabb")) == 1


@pytest.mark.parametrize(
    ("durations", "events"),
    [([1, 1], [1, 1]), ([1, 2], [0, 0]), ([1, 2], [0, 1]), ([1, 1, 1], [1, 1, 1])],
)
def test_groups_that_no_death_compares_give_no_statistic(durations, events):
    test = log_rank(durations, events, list("abc")[: len(durations)])
    assert np.isnan(test.statistic)
    assert np.isnan(test.p_value)
    assert test.df == 0


def test_a_group_alone_in_its_stratum_adds_nothing_and_costs_no_degree_of_freedom():
    durations, events, group = [1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"]
    without = log_rank(durations, events, group)
    alone = log_rank(
        [*durations, 1, 2], [*events, 1, 1], [*group, "c", "c"], strata=[1] * 4 + [2] * 2
    )
    assert alone.df == without.df == 1
    assert_allclose(alone.statistic, without.statistic, **EXACT)


def test_two_pairs_of_groups_that_never_meet_have_two_degrees_of_freedom():
    durations, events = [1, 2, 3, 4] * 2, [1] * 8
    group, strata = list("aabbccdd"), [1] * 4 + [2] * 4
    test = log_rank(durations, events, group, strata=strata)
    assert test.df == 2
    assert_allclose(test.statistic, 2 * (7 / 6) ** 2 / (17 / 36), **EXACT)


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=15))
def test_survival_and_greenwood_equal_exact_fractions(rows):
    survival, variance = Fraction(1), Fraction(0)
    expected = []
    for time in sorted({t for t, _ in rows}):
        n = sum(t >= time for t, _ in rows)
        d = sum(t == time and died for t, died in rows)
        survival *= Fraction(n - d, n)
        if survival:
            variance += Fraction(d, n * (n - d))
        expected.append((float(survival), float(survival) * sqrt(variance) if survival else np.nan))
    curve = kaplan_meier(*zip(*rows, strict=True))
    assert_allclose(np.column_stack([curve.survival, curve.std_error]), expected, **EXACT)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kaplan_meier([1, np.nan, 3, np.nan], [1] * 4), "durations.*positions 1 and 3"),
        (lambda: kaplan_meier([1, -1], [1, 1]), "durations is negative at position 1"),
        (lambda: kaplan_meier([0, 1], [1, 1]), "durations is zero at position 0"),
        (lambda: kaplan_meier([1, 2], [1]), "events has 1 values, durations has 2"),
        (lambda: kaplan_meier([1, 2], [1, 3]), "events must be boolean or 0/1.*position 1"),
        (lambda: kaplan_meier([1, 2], [1, 1], entry=[1, 1]), "entry equals durations.*position 0"),
        (lambda: kaplan_meier([1], [1], interval="loglog"), "interval is .*perhaps log-log"),
        (lambda: kaplan_meier([1], [1], level=95), "level is 95; it must lie"),
        (lambda: kaplan_meier([1], [1]).at([1, -1]), "times.*position 1"),
        (lambda: kaplan_meier([1], [1]).at([np.nan]), "times.*position 0"),
        (lambda: kaplan_meier([1], [1]).quantile(1.0), "p is 1.0; it must lie"),
        (
            lambda: kaplan_meier([1], [1]).quantile(0.5, plateau="centre"),
            "choose midpoint, left or right",
        ),
        (lambda: kaplan_meier([1], [1]).restricted_mean(0), "horizon is 0; it must be"),
        (lambda: follow_up([1, 0], [1, 1]), "durations is zero at position 1"),
        (lambda: log_rank([1, 2], [1, 1], ["a", "a"]), "one label only"),
        (lambda: log_rank([1, 2], [1, 1], ["a", None]), "group is missing at position 1"),
    ],
)
def test_what_cannot_be_meant_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_table_has_exactly_the_printed_columns():
    curve = kaplan_meier([1, 2], [1, 0])
    columns = ["time", "at_risk", "events", "censored", "survival", "std_error", "lower", "upper"]
    assert list(curve.table.columns) == columns
    assert list(curve.at([1]).columns) == columns


def test_a_curve_cannot_be_changed_through_its_arrays_or_its_table():
    curve = kaplan_meier([1, 2], [1, 0])
    for name in ("time", "at_risk", "survival", "lower", "upper"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(curve, name)[0] = 9
    table = curve.table
    table.loc[0, "survival"] = 9
    assert curve.table.loc[0, "survival"] == 0.5


def test_a_curve_and_what_it_says_are_frozen():
    curve = kaplan_meier([1, 2], [1, 0])
    for made in (curve, curve.quantile(), curve.restricted_mean(1)):
        with pytest.raises(FrozenInstanceError):
            made.level = made.estimate = 0


def test_a_curve_equals_itself_alone():
    one, other = (kaplan_meier([1, 2], [1, 0]) for _ in range(2))
    assert one == one
    assert one != other


def test_where_nobody_is_exposed_follow_up_adds_no_error():
    # One of two ends follow-up at 1, and the other dies at 2, after which 1/2 stands up to 5:
    # Greenwood's only term is 1 / (2 * 1), over an area of (5 - 1) / 2.
    mean = follow_up([1, 2], [0, 1]).restricted_mean(5)
    assert_allclose(mean.estimate, 1 + 4 / 2, **EXACT)
    assert_allclose(mean.std_error, 2 * sqrt(1 / 2), **EXACT)


def test_the_restricted_mean_up_to_a_huge_horizon_does_not_overflow():
    mean = kaplan_meier([1, 2], [1, 0]).restricted_mean(1e300)
    assert_allclose((mean.estimate, mean.std_error), (5e299, 1e300 * sqrt(1 / 8)), **EXACT)


@pytest.mark.parametrize("call", [kaplan_meier, follow_up, log_rank, exact_log_rank])
def test_a_message_names_the_argument_that_is_wrong(call):
    given = {"durations": [1, 2], "events": [1, 0]}
    if call in (log_rank, exact_log_rank):
        given["group"] = ["a", "b"]
    with pytest.raises(ValueError, match=r"^durations is negative at position 1"):
        call(**given | {"durations": [1, -2]})
    for name in {*given} - {"durations"}:
        with pytest.raises(ValueError, match=f"^{name} has 1 values, durations has 2"):
            call(**given | {name: given[name][:1]})
    with pytest.raises(
        ValueError, match=r"^events must be boolean or 0/1: it is not at position 0"
    ):
        call(**given | {"events": [2, 0]})
    if "group" in given:
        with pytest.raises(ValueError, match=r"^group is missing at position 0"):
            call(**given | {"group": [None, "b"]})


def test_a_message_names_the_stratum_and_the_entry_that_is_wrong():
    with pytest.raises(ValueError, match=r"^strata has 1 values, durations has 2"):
        log_rank([1, 2], [1, 0], ["a", "b"], strata=["a"])
    with pytest.raises(ValueError, match=r"^strata is missing at position 1"):
        log_rank([1, 2], [1, 0], ["a", "b"], strata=["a", None])
    with pytest.raises(ValueError, match=r"^entry equals durations at position 0"):
        kaplan_meier([1, 2], [1, 0], entry=[1, 0])


def test_risk_sets_and_tests_equal_themselves_alone_and_cannot_be_changed():
    def sets():
        return risk_sets([1, 2, 3], [1, 0, 1], group=list("aba"))

    def test():
        return log_rank([1, 2, 3], [1, 0, 1], list("aba"))

    for make, names in (
        (sets, ("time", "at_risk", "events", "censored", "stratum")),
        (test, ("observed", "expected", "variance")),
    ):
        one = make()
        assert one == one
        assert one != make()
        for name in names:
            with pytest.raises(ValueError, match="read-only"):
                getattr(one, name)[0] = 9
            with pytest.raises(FrozenInstanceError):
                setattr(one, name, None)
