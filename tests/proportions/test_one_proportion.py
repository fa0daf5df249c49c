"""One proportion against a value. Correct: by hand, exact fractions, R's binom.test."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import binomial_test

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


def test_a_certain_null_is_rejected_by_one_exception_only():
    assert binomial_test(3, 3, 1.0).p_value == 1.0
    assert binomial_test(2, 3, 1.0).p_value == 0.0
    assert binomial_test(0, 3, 0.0).p_value == 1.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: binomial_test(4, 3, 0.5), "count is 4 and n is 3"),
        (lambda: binomial_test(1, 3, 50), "null is 50"),
        (lambda: binomial_test(1, 3, math.nan), "null is nan"),
        (lambda: binomial_test(1, 3, 0.5, alternative="both"), "choose two-sided"),
    ],
)
def test_what_cannot_be_tested_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
