"""Survival curves, follow-up and the log-rank test against R. Correct: another program, to 1e-9.

R's values are committed; the tests marked ``oracle`` compute them afresh.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from tests.oracles import read_oracle, rerun_r

from secondlook.survival import (
    INTERVAL_TYPES,
    exact_log_rank,
    follow_up,
    kaplan_meier,
    log_rank,
)

COMMITTED = read_oracle("kaplan_meier")
CURVES, FOLLOW_UPS, TESTS = (list(COMMITTED[part]) for part in ("curves", "follow_up", "log_rank"))

from_r = pytest.mark.parametrize(
    "r",
    [
        pytest.param(lambda: COMMITTED, id="committed"),
        pytest.param(
            lambda: rerun_r("kaplan_meier", "survival", "prodlim"),
            id="afresh",
            marks=pytest.mark.oracle,
        ),
    ],
)


def close(ours, theirs):
    assert_allclose(ours, np.asarray(theirs, dtype=float), rtol=1e-9, atol=1e-12, equal_nan=True)


def fit(data, **options):
    return kaplan_meier(data["stop"], data["event"], entry=data["start"], **options)


@from_r
@pytest.mark.parametrize("name", CURVES)
def test_counts_survival_and_standard_errors_are_those_of_survfit(r, name):
    theirs = r()["curves"][name]
    ours = fit(theirs).table
    close(ours["time"], theirs["time"])
    for column in ("at_risk", "events", "censored"):
        assert_array_equal(ours[column], theirs[column])
    close(ours["survival"], theirs["survival"])
    close(ours["std_error"], theirs["std_error"])


@from_r
@pytest.mark.parametrize("interval", INTERVAL_TYPES)
@pytest.mark.parametrize("name", CURVES)
def test_limits_are_those_of_survfit_and_missing_where_its_are(r, name, interval):
    data = r()["curves"][name]
    theirs = data["types"][interval]
    ours = fit(data, interval=interval)
    close(ours.lower, theirs["lower"])
    close(ours.upper, theirs["upper"])
    at = ours.at(data["asked"])
    close(at["lower"], theirs["at_lower"])
    close(at["upper"], theirs["at_upper"])


@from_r
@pytest.mark.parametrize("interval", INTERVAL_TYPES)
@pytest.mark.parametrize("name", CURVES)
def test_quantiles_and_their_limits_are_those_of_quantile_survfit(r, name, interval):
    data = r()["curves"][name]
    theirs = data["types"][interval]
    curve = fit(data, interval=interval)
    ours = [curve.quantile(p) for p in r()["depths"]]
    close([q.estimate for q in ours], theirs["quantile"])
    close([q.lower for q in ours], theirs["quantile_lower"])
    close([q.upper for q in ours], theirs["quantile_upper"])


@from_r
@pytest.mark.parametrize("name", CURVES)
def test_another_level_gives_the_limits_of_survfit(r, name):
    data = r()["curves"][name]
    ours = fit(data, level=0.9)
    close(ours.lower, data["level_90"]["lower"])
    close(ours.upper, data["level_90"]["upper"])


@from_r
@pytest.mark.parametrize("name", CURVES)
def test_reading_at_given_times_is_that_of_summary_survfit(r, name):
    theirs = r()["curves"][name]
    ours = fit(theirs).at(theirs["asked"])
    close(ours["survival"], theirs["at_survival"])
    close(ours["std_error"], theirs["at_std_error"])
    assert_array_equal(ours["events"], theirs["at_events"])
    assert_array_equal(ours["censored"], theirs["at_censored"])
    if theirs["start"] is None:
        assert_array_equal(ours["at_risk"], theirs["at_risk_if_all_from_0"])


@from_r
@pytest.mark.parametrize("name", CURVES)
def test_restricted_means_are_those_of_print_survfit(r, name):
    theirs = r()["curves"][name]
    curve = fit(theirs)
    ours = [curve.restricted_mean(horizon) for horizon in theirs["horizons"]]
    close([mean.estimate for mean in ours], theirs["means"])
    close([mean.std_error for mean in ours], theirs["mean_errors"])


@from_r
@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_follow_up_is_that_of_prodlim_reversed(r, name):
    data, theirs = r()["curves"][name], r()["follow_up"][name]
    ours = follow_up(data["stop"], data["event"]).table
    close(ours["time"], theirs["time"])
    assert_array_equal(ours["at_risk"], theirs["at_risk"])
    assert_array_equal(ours["censored"], theirs["deaths"])
    assert_array_equal(ours["events"], theirs["lost"])
    close(ours["survival"], theirs["survival"])
    close(ours["std_error"], theirs["std_error"])


@from_r
@pytest.mark.parametrize("name", TESTS)
def test_the_log_rank_test_is_that_of_survdiff(r, name):
    compare_log_rank(r()["log_rank"][name])


@pytest.mark.parametrize("name", list(read_oracle("exact_log_rank")["tests"]))
@pytest.mark.parametrize(
    "r",
    [
        pytest.param(lambda: read_oracle("exact_log_rank"), id="committed"),
        pytest.param(
            lambda: rerun_r("exact_log_rank", "survival"), id="afresh", marks=pytest.mark.oracle
        ),
    ],
)
def test_the_exact_log_rank_test_counts_the_groups_that_survdiff_counts(r, name):
    theirs = r()["tests"][name]
    close(
        float(exact_log_rank(theirs["stop"], theirs["event"], theirs["group"])), theirs["p_value"]
    )


def compare_curve(data, reversed_, every_depth):
    """Hold one curve with its five types, quantiles and means, and its follow-up, to R's."""
    curve = fit(data)
    for column in ("time", "at_risk", "events", "censored", "survival", "std_error"):
        close(getattr(curve, column), data[column])
    means = [curve.restricted_mean(horizon) for horizon in data["horizons"]]
    close([mean.estimate for mean in means], data["means"])
    close([mean.std_error for mean in means], data["mean_errors"])
    for interval, theirs in data["types"].items():
        ours = fit(data, interval=interval)
        close([ours.lower, ours.upper], [theirs["lower"], theirs["upper"]])
        depths = [p for p in every_depth if not ends_on(curve, p)]
        asked = [every_depth.index(p) for p in depths]
        quantiles = [ours.quantile(p) for p in depths]
        for ours_is, theirs_is in (
            ("estimate", "quantile"),
            ("lower", "quantile_lower"),
            ("upper", "quantile_upper"),
        ):
            close([getattr(q, ours_is) for q in quantiles], np.array(theirs[theirs_is])[asked])
    if reversed_ is not None:
        ours = follow_up(data["stop"], data["event"])
        close(ours.survival, reversed_["survival"])
        close(ours.std_error, reversed_["std_error"])


def compare_log_rank(theirs):
    ours = log_rank(theirs["stop"], theirs["event"], theirs["group"], strata=theirs["strata"])
    for quantity in ("observed", "expected", "variance"):
        close(getattr(ours, quantity), theirs[quantity])
    if not ours.df:  # no death among two groups: R has zero or an error, and P = 1
        assert np.isnan(ours.statistic)
        return
    close(ours.statistic, theirs["statistic"])
    close(ours.p_value, theirs["p_value"])


@pytest.mark.oracle
def test_random_ugly_data_give_what_r_gives():
    r = rerun_r("kaplan_meier_random", "survival", "prodlim")
    assert len(r["curves"]) == 300
    for data, reversed_ in zip(r["curves"], r["follow_up"], strict=True):
        compare_curve(data, reversed_, r["depths"])


def ends_on(curve, p):
    """Whether the curve ends level at 1 - p but for rounding error.

    R's quantile() then depends on which other quantiles are asked for in the same call.
    """
    return abs(curve.survival[-1] - (1 - p)) < 1e-8 and 1 - curve.survival[-1] < p
