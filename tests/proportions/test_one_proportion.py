"""One proportion: against a value, from a prior.

Correct: by hand, exact fractions, closed forms, the binomial identity, R's binom.test.
"""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import (
    binomial_test,
    interval,
    patients_needed,
    posterior,
    unanimous,
)

ORACLE = read_oracle("proportions")


@pytest.mark.parametrize("case", ORACLE["binomial"], ids=str)
def test_p_values_agree_with_r(case):
    arguments = case["count"], case["n"], case["null"]
    assert_allclose(binomial_test(*arguments).p_value, case["two_sided"], rtol=1e-9)
    for side in ("less", "greater"):
        found = binomial_test(*arguments, alternative=side)
        assert_allclose(found.p_value, case[side], rtol=1e-9)


@given(st.integers(1, 25), st.integers(1, 19), st.data())
def test_two_sided_sums_the_outcomes_as_improbable(n, twentieths, data):
    count = data.draw(st.integers(0, n))
    p = Fraction(twentieths, 20)
    masses = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    limit = masses[count] * (1 + Fraction(1, 10**7))
    expected = sum(mass for mass in masses if mass <= limit)
    assert_allclose(binomial_test(count, n, float(p)).p_value, float(expected), rtol=1e-10)
    less = binomial_test(count, n, float(p), alternative="less").p_value
    assert_allclose(less, float(sum(masses[: count + 1])), rtol=1e-10)


def test_three_of_three_by_hand():
    assert_allclose(binomial_test(3, 3, 0.5, alternative="greater").p_value, 1 / 8, rtol=1e-12)
    assert_allclose(binomial_test(3, 3, 0.26, alternative="greater").p_value, 0.26**3, rtol=1e-12)
    assert binomial_test(3, 3, 0.5, alternative="less").p_value == 1.0
    three = unanimous(3)
    assert_allclose(three.one_sided, 0.05 ** (1 / 3), rtol=1e-12)
    assert_allclose(three.two_sided, interval(3, 3).lower, rtol=1e-12)
    assert_allclose(three.one_sided, interval(3, 3, side="lower").lower, rtol=1e-12)
    assert three.rule_of_three == 0.0


def test_the_rule_of_three_approaches_the_exact_bound():
    found = unanimous(100)
    assert found.rule_of_three == 0.97
    assert_allclose(found.one_sided, found.rule_of_three, atol=1e-3)


def test_a_certain_null_is_rejected_by_one_exception_only():
    assert binomial_test(3, 3, 1.0).p_value == 1.0
    assert binomial_test(2, 3, 1.0).p_value == 0.0
    assert binomial_test(0, 3, 0.0).p_value == 1.0


@given(st.floats(0.01, 0.99), st.sampled_from([0.8, 0.95, 0.99]))
def test_patients_needed_is_the_least_number_that_suffices(null, level):
    n = patients_needed(null, level=level)
    assert null**n <= (1 - level) * (1 + 1e-6)
    assert n == 1 or null ** (n - 1) > 1 - level


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: binomial_test(4, 3, 0.5), "count is 4 and n is 3"),
        (lambda: binomial_test(1, 3, 50), "null is 50"),
        (lambda: binomial_test(1, 3, math.nan), "null is nan"),
        (lambda: binomial_test(1, 3, 0.5, alternative="both"), "choose two-sided"),
        (lambda: unanimous(0), "n is 0"),
        (lambda: unanimous(3, level=95), "level is 95"),
        (lambda: patients_needed(1.0), "null is 1.0"),
    ],
)
def test_what_cannot_be_tested_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_three_of_three_from_a_uniform_prior_by_hand():
    # Beta(4, 1) has distribution function p^4.
    found = posterior(3, 3)
    assert (found.alpha, found.beta, found.mean) == (4, 1, 0.8)
    assert_allclose((found.lower, found.upper), (0.025**0.25, 0.975**0.25), rtol=1e-12)
    assert_allclose(found.probability_above(0.5), 1 - 0.5**4, rtol=1e-12)
    assert_allclose(found.quantile(0.5), 0.5**0.25, rtol=1e-12)


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
        (lambda: posterior(1, 3, prior=(0.0, 1.0)), "prior's .* parameter is"),
        (lambda: posterior(1, 3, prior=(1.0, math.inf)), "prior's .* parameter is"),
        (lambda: posterior(1, 3, prior=(math.nan, 1.0)), "prior's .* parameter is"),
        (lambda: posterior(1, 3, prior=0.5), "give the two parameters"),
        (lambda: posterior(4, 3), "count is 4"),
        (lambda: posterior(1, 3).probability_above(50), "threshold is 50"),
    ],
)
def test_improper_priors_and_thresholds_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
