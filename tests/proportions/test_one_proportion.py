"""One proportion against a value. Correct: by hand, exact fractions, R's binom.test."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import (
    binomial_test,
    fisher_exact,
    interval,
    patients_needed,
    smallest_p_value,
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


@pytest.mark.parametrize("sizes", [(1, 1), (3, 3), (4, 4), (2, 5), (8, 13)])
def test_the_smallest_p_value_is_that_of_complete_separation(sizes):
    m, n = sizes
    assert_allclose(smallest_p_value(sizes), fisher_exact([[m, 0], [0, n]]).p_value, rtol=1e-12)
    # No table with these groups does better.
    least = min(
        fisher_exact([[a, m - a], [c, n - c]]).p_value for a in range(m + 1) for c in range(n + 1)
    )
    assert_allclose(smallest_p_value(sizes), least, rtol=1e-12)


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
        (lambda: smallest_p_value((0, 3)), "both need a patient"),
    ],
)
def test_what_cannot_be_tested_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
