"""Likelihoods of the two pooling models. Correct: closed forms, brute-force integrals, R."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.special import expit
from tests.oracles import read_oracle

from secondlook.pooling.likelihoods import BetaBinomial, BinomialNormal, Studies, mean_proportion
from secondlook.pooling.profile import maximise

ORACLE = read_oracle("pooling")["studies"]
Z = np.linspace(-150, 150, 300_001)


def brute_force(count, n, location, tau):
    """Integrate one study's likelihood by a trapezoid over a very fine grid."""
    eta = location + tau * Z
    log_terms = count * eta - n * np.logaddexp(0, eta) - Z**2 / 2
    top = log_terms.max()
    area = np.exp(log_terms - top).sum() * (Z[1] - Z[0]) / math.sqrt(2 * math.pi)
    return top + math.log(area) + math.log(math.comb(n, count))


@pytest.mark.parametrize("tau", [0.0, 0.05, 0.7, 2.0, 2.1, 4.0, 6.5, 10.0])
@pytest.mark.parametrize(
    ("count", "n"), [(0, 5), (3, 3), (0, 300), (15, 57), (1, 1), (500, 1000), (1, 3000), (300, 300)]
)
def test_quadrature_gives_the_integral(count, n, tau):
    for location in (-6.0, -3.0, 0.0, 1.5):
        found = BinomialNormal(Studies.of([count, 1], [n, 2])).log_likelihood(location, tau**2)
        expected = brute_force(count, n, location, tau) + brute_force(1, 2, location, tau)
        assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def test_the_peak_of_studies_that_are_nearly_all_or_none_is_a_peak():
    # Gauss-Hermite quadrature, right at any tau of sober data, was off by 5e-4 at this one's 6.4.
    studies = Studies.of([4, 11, 10, 13, 1, 10, 18], [14, 11, 10, 13, 1, 10, 18])
    model = BinomialNormal(studies)
    peak = maximise(model)
    for nudge, factor in ((0.01, 1), (-0.01, 1), (0, 1.02), (0, 0.98)):
        near = model.log_likelihood(peak.location + nudge, peak.spread * factor)
        assert near < peak.log_likelihood


def test_one_coin_is_fair_by_symmetry_whatever_the_spread():
    # Location 0: one of one is heads with probability 1/2 at any tau.
    studies = Studies.of([1, 0], [1, 1])
    for spread in (0.0, 0.5, 9.0):
        for model in (BinomialNormal(studies), BetaBinomial(studies)):
            assert_allclose(model.log_likelihood(0.0, spread), 2 * math.log(0.5), rtol=1e-9)


def test_beta_binomial_with_a_uniform_beta_makes_all_counts_equally_likely():
    # a = b = 1 is pi = 1/2, theta = 1/2: P(x) = 1/(n + 1).
    for n in (1, 4, 30):
        model = BetaBinomial(Studies.of([n, n // 2], [n, n]))
        assert_allclose(model.log_likelihood(0.0, 0.5), -2 * math.log(n + 1), rtol=1e-12)


def test_without_spread_both_are_binomial():
    x, n = [3, 0, 7], [10, 4, 7]
    p = expit(-0.3)
    expected = sum(
        math.log(math.comb(b, a)) + a * math.log(p) + (b - a) * math.log(1 - p)
        for a, b in zip(x, n, strict=True)
    )
    for model in (BinomialNormal, BetaBinomial):
        assert_allclose(model(Studies.of(x, n)).log_likelihood(-0.3, 0.0), expected, rtol=1e-12)


@pytest.mark.parametrize("name", list(ORACLE))
def test_log_likelihoods_agree_with_r(name):
    case = ORACLE[name]
    studies = Studies.of(case["counts"], case["sizes"])
    for at in case["at"]:
        normal = BinomialNormal(studies).log_likelihood(at["location"], at["tau"] ** 2)
        beta = BetaBinomial(studies).log_likelihood(at["location"], at["tau"])
        assert_allclose(normal, at["log_likelihood"], rtol=1e-9)
        # R's differences of lbeta lose digits where theta is small.
        assert_allclose(beta, at["beta_log_likelihood"], rtol=1e-9)


@pytest.mark.parametrize("model", [BinomialNormal, BetaBinomial])
@given(st.data())
def test_the_score_is_the_slope_of_the_log_likelihood(model, data):
    k = data.draw(st.integers(2, 4))
    n = data.draw(st.lists(st.integers(1, 60), min_size=k, max_size=k))
    x = [data.draw(st.integers(0, size)) for size in n]
    if sum(x) in (0, sum(n)):
        return
    fitted = model(Studies.of(x, n))
    location = data.draw(st.floats(-3, 3))
    spread = data.draw(st.floats(0.01, 4))
    h = 1e-5
    slopes = (
        (fitted.log_likelihood(location + h, spread) - fitted.log_likelihood(location - h, spread)),
        (fitted.log_likelihood(location, spread + h) - fitted.log_likelihood(location, spread - h)),
    )
    found = fitted.score(location, spread)
    assert_allclose(found, np.array(slopes) / (2 * h), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("model", [BinomialNormal, BetaBinomial])
def test_the_score_is_continuous_where_the_spread_vanishes(model):
    fitted = model(Studies.of([3, 0, 9], [12, 15, 20]))
    assert_allclose(fitted.score(-0.8, 0.0), fitted.score(-0.8, 1e-8), rtol=1e-5)


def test_the_mean_proportion_integrates_over_studies():
    assert_allclose(mean_proportion(0.0, 3.0), 0.5, rtol=1e-12)
    assert_allclose(mean_proportion(-1.2, 0.0), expit(-1.2), rtol=1e-12)
    density = np.exp(-(Z**2) / 2) / math.sqrt(2 * math.pi)
    expected = (expit(-2 + 1.5 * Z) * density).sum() * (Z[1] - Z[0])
    assert_allclose(mean_proportion(-2.0, 1.5**2), expected, rtol=1e-9)
