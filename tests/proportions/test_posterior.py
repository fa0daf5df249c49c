"""Beta posteriors. Correct: integer parameters by the binomial identity, closed forms."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from secondlook.proportions import interval, posterior


def test_three_of_three_from_a_uniform_prior_by_hand():
    # Beta(4, 1) has distribution function p^4.
    found = posterior(3, 3)
    assert (found.alpha, found.beta, found.mean) == (4, 1, 0.8)
    assert_allclose((found.lower, found.upper), (0.025**0.25, 0.975**0.25), rtol=1e-12)
    assert_allclose(found.probability_above(0.5), 1 - 0.5**4, rtol=1e-12)
    assert_allclose(found.quantile(0.5), 0.5**0.25, rtol=1e-12)
    # The next patient responds with 4/5, the next two with 4/5 * 5/6.
    assert_allclose(found.predictive_probability_of_all(2), 4 / 6, rtol=1e-12)


@given(st.integers(1, 40), st.integers(1, 99), st.data())
def test_a_uniform_prior_gives_binomial_tails(n, percent, data):
    # P(p > t | count of n) = P(Binomial(n + 1, t) <= count).
    count = data.draw(st.integers(0, n))
    t = percent / 100
    tail = math.fsum(math.comb(n + 1, k) * t**k * (1 - t) ** (n + 1 - k) for k in range(count + 1))
    assert_allclose(posterior(count, n).probability_above(t), tail, rtol=1e-9, atol=1e-14)


def test_the_jeffreys_interval_is_the_posterior_of_its_prior():
    found, expected = posterior(11, 21, prior=(0.5, 0.5)), interval(11, 21, method="jeffreys")
    assert_allclose((found.lower, found.upper), (expected.lower, expected.upper), rtol=1e-12)


def test_a_prior_counts_as_earlier_patients():
    earlier, now = posterior(2, 5, prior=(1 + 4, 1 + 6)), posterior(6, 15)
    assert (earlier.alpha, earlier.beta) == (now.alpha, now.beta)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: posterior(1, 3, prior=(0.0, 1.0)), "prior is"),
        (lambda: posterior(1, 3, prior=(1.0, math.inf)), "prior is"),
        (lambda: posterior(1, 3, prior=(math.nan, 1.0)), "prior is"),
        (lambda: posterior(4, 3), "count is 4"),
        (lambda: posterior(1, 3).probability_above(50), "threshold is 50"),
    ],
)
def test_improper_priors_and_thresholds_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
