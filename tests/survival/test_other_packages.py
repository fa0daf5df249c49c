"""Curves and tests beside lifelines and statsmodels. Correct: second opinions, to 1e-9."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.survival import kaplan_meier, log_rank

CLOSE = {"rtol": 1e-9, "atol": 1e-12}


def sample(seed, n=120, ties=True):
    rng = np.random.default_rng(seed)
    times = rng.integers(1, 25, n) if ties else rng.exponential(10, n)
    return times.astype(float), rng.random(n) < 0.6, rng.choice(list("abc"), n)


@pytest.mark.parametrize("ties", [True, False])
def test_survival_and_log_log_limits_are_those_of_lifelines(ties):
    lifelines = pytest.importorskip("lifelines")
    times, died, _ = sample(1, ties=ties)
    fitted = lifelines.KaplanMeierFitter().fit(times, died)
    curve = kaplan_meier(times, died, interval="log-log")
    theirs = fitted.survival_function_at_times(curve.time).to_numpy()
    assert_allclose(curve.survival, theirs, **CLOSE)
    limits = fitted.confidence_interval_.loc[curve.time].to_numpy()
    some = (curve.survival > 0) & (curve.survival < 1)
    assert some.sum() > 10
    assert_allclose(np.column_stack([curve.lower, curve.upper])[some], limits[some], **CLOSE)


def test_the_left_end_of_a_plateau_is_the_median_of_lifelines():
    lifelines = pytest.importorskip("lifelines")
    fitted = lifelines.KaplanMeierFitter().fit([1, 2, 3, 4], [1, 1, 1, 1])
    median = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).quantile(0.5, plateau="left")
    assert median.estimate == fitted.median_survival_time_ == 2


def test_restricted_means_are_those_of_lifelines():
    lifelines = pytest.importorskip("lifelines")
    from lifelines.utils import restricted_mean_survival_time

    times, died, _ = sample(2)
    fitted = lifelines.KaplanMeierFitter().fit(times, died)
    mean = kaplan_meier(times, died).restricted_mean(12.5)
    assert_allclose(mean.estimate, restricted_mean_survival_time(fitted, t=12.5), **CLOSE)


@pytest.mark.parametrize("ties", [True, False])
def test_survival_and_standard_errors_are_those_of_statsmodels(ties):
    survfunc = pytest.importorskip("statsmodels.duration.survfunc")
    times, died, _ = sample(3, ties=ties)
    fitted = survfunc.SurvfuncRight(times, died)
    ours = kaplan_meier(times, died).at(fitted.surv_times)
    assert_allclose(ours["survival"], fitted.surv_prob, **CLOSE)
    alive = fitted.surv_prob > 1e-12
    assert_allclose(ours["std_error"][alive], fitted.surv_prob_se[alive], **CLOSE)
    assert_allclose(ours["at_risk"], fitted.n_risk, **CLOSE)


def test_late_entry_is_that_of_statsmodels():
    survfunc = pytest.importorskip("statsmodels.duration.survfunc")
    rng = np.random.default_rng(4)
    entry = rng.integers(0, 6, 150).astype(float)
    times, died = entry + rng.integers(1, 12, 150), rng.random(150) < 0.5
    # A few from the start keep the first risk sets from dying out.
    entry[:30] = 0
    fitted = survfunc.SurvfuncRight(times, died, entry=entry)
    ours = kaplan_meier(times, died, entry=entry).at(fitted.surv_times)
    assert_allclose(ours["survival"], fitted.surv_prob, **CLOSE)
    assert_allclose(ours["at_risk"], fitted.n_risk, **CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_the_log_rank_test_is_that_of_statsmodels_and_lifelines(seed):
    survfunc = pytest.importorskip("statsmodels.duration.survfunc")
    statistics = pytest.importorskip("lifelines.statistics")
    times, died, group = sample(10 + seed)
    ours = log_rank(times, died, group)
    statistic, p_value = survfunc.survdiff(times, died, group)
    assert_allclose([ours.statistic, ours.p_value], [statistic, p_value], **CLOSE)
    theirs = statistics.multivariate_logrank_test(times, group, died)
    assert_allclose(ours.statistic, theirs.test_statistic, **CLOSE)


def test_the_stratified_log_rank_test_is_that_of_statsmodels():
    survfunc = pytest.importorskip("statsmodels.duration.survfunc")
    times, died, group = sample(20)
    strata = np.random.default_rng(21).integers(0, 3, len(times))
    ours = log_rank(times, died, group, strata=strata)
    statistic, p_value = survfunc.survdiff(times, died, group, strata=strata)
    assert_allclose([ours.statistic, ours.p_value], [statistic, p_value], **CLOSE)
