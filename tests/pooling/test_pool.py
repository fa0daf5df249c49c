"""Pooled proportions. Correct: lme4, metafor, a brute-force likelihood by R, symmetry."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.special import expit
from scipy.stats import beta, chi2, norm
from tests.oracles import read_oracle, rerun_r

from secondlook.pooling import estimate, pool
from secondlook.pooling.likelihoods import BetaBinomial, BinomialNormal, Studies
from secondlook.proportions import interval

COMMITTED = read_oracle("pooling")
NAMES = list(COMMITTED["studies"])
MODELS = ("binomial-normal", "beta-binomial")
LIKELIHOODS = (BinomialNormal, BetaBinomial)

from_r = pytest.mark.parametrize(
    "r",
    [
        pytest.param(lambda: COMMITTED, id="committed"),
        pytest.param(
            lambda: rerun_r("pooling", "lme4", "metafor"), id="afresh", marks=pytest.mark.oracle
        ),
    ],
)


@from_r
@pytest.mark.parametrize("name", NAMES)
def test_the_peak_and_the_limits_are_those_of_a_plain_likelihood(r, name):
    theirs = r()["studies"][name]
    for model, part in (("binomial-normal", "normal"), ("beta-binomial", "beta")):
        ours, expected = pool(theirs["counts"], theirs["sizes"], model=model), theirs[part]
        spread = ours.tau if part == "normal" else ours.spread
        assert_allclose(ours.log_likelihood, expected["log_likelihood"], rtol=1e-9)
        # R searches for the peak by values, which locate it to about 1e-7 only.
        assert_allclose(ours.logit, expected["location"], atol=1e-6)
        assert_allclose(spread, expected["spread"], atol=2e-6)
        assert_allclose([ours.lower, ours.upper], expit(expected["limits"]), rtol=1e-6)
        statistic = 2 * (expected["log_likelihood"] - expected["at_zero"])
        assert_allclose(ours.heterogeneity.statistic, statistic, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_the_estimate_alone_is_that_of_the_whole_answer(name, model):
    studies = COMMITTED["studies"][name]["counts"], COMMITTED["studies"][name]["sizes"]
    assert estimate(*studies, model=model) == pool(*studies, model=model).estimate


@from_r
@pytest.mark.parametrize("name", NAMES)
def test_lme4_and_metafor_fit_the_same_model(r, name):
    theirs = r()["studies"][name]
    ours = pool(theirs["counts"], theirs["sizes"])
    # lme4's optimiser stops within about 1e-6 of the peak, metafor's default within 1e-4.
    assert_allclose(ours.logit, theirs["glmer"]["logit"], atol=1e-5)
    assert_allclose(ours.tau, theirs["glmer"]["tau"], atol=1e-5)
    meta = theirs["metafor"]
    assert_allclose(ours.logit, meta["logit"], atol=5e-4)
    assert_allclose(ours.spread, meta["tau2"], rtol=2e-3, atol=1e-6)
    assert_allclose(ours.logit_std_error, meta["std_error"], rtol=2e-3)
    assert_allclose(ours.heterogeneity.i_squared, meta["i_squared"], rtol=1e-3, atol=1e-6)
    assert_allclose(ours.heterogeneity.homogeneity, meta["homogeneity"], rtol=1e-6)
    assert_allclose(ours.heterogeneity.homogeneity_p_value, meta["homogeneity_p"], rtol=1e-6)
    predicted = [ours.prediction_lower, ours.prediction_upper]
    assert_allclose(predicted, meta["prediction"], rtol=1e-2, atol=1e-4)
    wider = pool(theirs["counts"], theirs["sizes"], prediction_df="k-2")
    predicted = [wider.prediction_lower, wider.prediction_upper]
    assert_allclose(predicted, meta["riley"], rtol=2e-2, atol=1e-4)


def test_the_peak_beats_every_point_of_a_grid():
    case = COMMITTED["studies"]["rare"]
    found = pool(case["counts"], case["sizes"])
    model = BinomialNormal(Studies.of(case["counts"], case["sizes"]))
    values = [
        model.log_likelihood(location, spread)
        for location in np.linspace(-6, 0, 25)
        for spread in np.linspace(0, 9, 25)
    ]
    assert 0 <= found.log_likelihood - max(values) < 0.05


def test_studies_that_agree_perfectly_pool_to_their_total():
    for model in MODELS:
        found = pool([10, 20, 5], [40, 80, 20], model=model)
        assert found.spread == 0.0
        assert_allclose([found.estimate, found.mean], [0.25, 0.25], rtol=1e-9)
        assert found.heterogeneity.statistic == 0.0
        assert found.heterogeneity.p_value == 1.0
        assert_allclose(found.heterogeneity.homogeneity, 0.0, atol=1e-12)
        assert_allclose(found.logit_std_error, 1 / math.sqrt(140 * 0.25 * 0.75), rtol=1e-5)
        # Allowing for spread can only widen the likelihood interval of the total.
        total = interval(35, 140, method="likelihood")
        assert found.lower <= total.lower + 1e-9
        assert found.upper >= total.upper - 1e-9


@settings(max_examples=8)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30)), min_size=3, max_size=5))
def test_events_and_non_events_mirror_each_other(cells):
    events, others = zip(*cells, strict=True)
    sizes = [a + b for a, b in cells]
    assume(0 not in sizes and sum(events) not in (0, sum(sizes)))
    try:
        one = pool(events, sizes)
    except ValueError as error:
        assume("spread without limit" not in str(error))
        raise
    other = pool(others, sizes)
    assert_allclose(one.estimate, 1 - other.estimate, atol=1e-7)
    assert_allclose([one.lower, one.upper], [1 - other.upper, 1 - other.lower], atol=1e-6)
    assert_allclose(one.spread, other.spread, rtol=1e-4, atol=1e-6)
    assert one.lower <= one.estimate <= one.upper
    assert one.spread_lower <= one.spread <= one.spread_upper
    assert one.prediction_lower <= one.estimate <= one.prediction_upper


def test_the_order_of_studies_does_not_matter():
    case = COMMITTED["studies"]["rare"]
    one = pool(case["counts"], case["sizes"])
    other = pool(case["counts"][::-1], case["sizes"][::-1])
    assert_allclose([one.estimate, one.lower], [other.estimate, other.lower], rtol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_zeros_enter_without_a_correction(model):
    found = pool([0, 0, 3, 1], [20, 31, 40, 25], model=model)
    assert 0 < found.lower < found.estimate < found.upper < 1
    # A half patient added to every cell would move the mean well above 4 of 116.
    assert found.mean < 0.06


def test_the_test_of_no_spread_halves_the_chi_square():
    case = COMMITTED["studies"]["rare"]
    found = pool(case["counts"], case["sizes"]).heterogeneity
    # P(chi-square on 1 > s) = erfc(sqrt(s / 2)).
    assert_allclose(found.p_value, math.erfc(math.sqrt(found.statistic / 2)) / 2, rtol=1e-12)


def test_the_prediction_interval_is_wider_than_the_estimates():
    for name in NAMES:
        case = COMMITTED["studies"][name]
        for model in MODELS:
            found = pool(case["counts"], case["sizes"], model=model)
            assert found.prediction_lower <= found.lower + 0.02
            assert found.prediction_upper >= found.upper - 0.02


def test_the_mean_of_the_normal_model_is_the_integral_over_the_studies():
    found = pool([1, 4, 7], [20, 20, 20])
    mean, _ = quad(lambda z: expit(found.logit + found.tau * z) * norm.pdf(z), -12, 12)
    assert_allclose(found.mean, mean, rtol=1e-9)
    # It lies between the proportion of the typical study and a half.
    assert found.estimate < found.mean < 0.5
    assert found.heterogeneity.statistic < 1
    halved = chi2.sf(found.heterogeneity.statistic, 1) / 2
    assert_allclose(found.heterogeneity.p_value, halved, rtol=1e-12)


def test_the_prediction_of_the_beta_model_reaches_over_the_beta_and_the_mean():
    found = pool([1, 4, 7], [20, 20, 20], model="beta-binomial")
    a, b = found.estimate / found.spread, (1 - found.estimate) / found.spread
    assert_allclose(found.prediction_lower, beta.ppf(0.025, a, b), rtol=1e-9)
    assert beta.ppf(0.975, a, b) < found.upper == found.prediction_upper
    assert (found.mean, math.isnan(found.tau)) == (found.estimate, True)
    assert math.isnan(found.heterogeneity.i_squared)


def test_two_studies_leave_no_degree_of_freedom_for_a_prediction():
    wide = pool([1, 5], [20, 20], prediction_df="k-2")
    assert (wide.prediction_lower, wide.prediction_upper) == (0, 1)
    # With k - 1 it is Student's t on one degree of freedom, Cauchy's quantile tan(pi (p - 1/2)).
    found = pool([1, 5], [20, 20])
    reach = math.tan(math.pi * 0.475) * math.sqrt(found.logit_std_error**2 + found.spread)
    ends = expit([found.logit - reach, found.logit + reach])
    assert_allclose([found.prediction_lower, found.prediction_upper], ends, rtol=1e-9)
    assert (found.studies, found.events, found.patients) == (2, 6, 40)
    # Chi-square of a proportion for each study against one for both, by hand.
    by_hand = 2 * sum(
        k * math.log(k / expected) for k, expected in ((1, 3), (19, 17), (5, 3), (15, 17))
    )
    assert_allclose(found.heterogeneity.homogeneity, by_hand, rtol=1e-12)
    assert found.heterogeneity.df == 1


@pytest.mark.parametrize(("model", "likelihood"), [*zip(MODELS, LIKELIHOODS, strict=True)])
def test_the_limits_of_the_spread_are_where_the_profile_falls_by_half_of_chi_square(
    model, likelihood
):
    case = COMMITTED["studies"]["wide"]
    found = pool(case["counts"], case["sizes"], model=model)
    at = likelihood(Studies.of(case["counts"], case["sizes"])).log_likelihood
    for end in (found.spread_lower, found.spread_upper):
        best = minimize_scalar(lambda m, end=end: -at(m, end), bounds=(-8, 8), method="bounded")
        assert_allclose(found.log_likelihood + best.fun, chi2.isf(0.05, 1) / 2, atol=1e-7)
    assert 0 < found.spread_lower < found.spread < found.spread_upper


def test_a_limit_may_not_exist_for_two_studies():
    found = pool([0, 1], [9, 2])
    assert found.spread_upper == math.inf


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [3, 4, 5]), "one of each for every study"),
        (([1], [3]), "at least two of them"),
        (([1, 7], [3, 4]), "study 1: count is 7"),
        (([1, 2.5], [3, 4]), "study 1: count is 2.5"),
        (([1, 2], [3, 0]), "study 1: n is 0"),
        (([0, 0], [3, 4]), "0 of 7 patients"),
        (([3, 4], [3, 4]), "7 of 7 patients"),
        (([0, 40, 0], [40, 40, 40]), "spread without limit"),
    ],
)
def test_what_cannot_be_pooled_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        pool(*arguments)


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="model is 'normal'"):
        estimate([1, 2], [3, 4], model="normal")
    with pytest.raises(ValueError, match="choose binomial-normal or beta-binomial"):
        pool([1, 2], [3, 4], model="normal-normal")
