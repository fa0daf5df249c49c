"""The exact rank sum test. Correct: every allocation by brute force, by hand, R without ties."""

import math
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import rank_sum, ranks

ORACLE = read_oracle("proportions")


def pairs_won(x, y):
    return sum(Fraction(1) if a > b else Fraction(a == b, 2) for a in x for b in y)


def brute_force(x, y):
    """Every way to choose x from the pooled values; U against its mean."""
    pooled = [*x, *y]
    middle = Fraction(len(x) * len(y), 2)
    observed = pairs_won(x, y)
    found = []
    for chosen in combinations(range(len(pooled)), len(x)):
        rest = [pooled[i] for i in range(len(pooled)) if i not in chosen]
        found.append(pairs_won([pooled[i] for i in chosen], rest))
    return {
        "u": observed,
        "less": Fraction(sum(u <= observed for u in found), len(found)),
        "greater": Fraction(sum(u >= observed for u in found), len(found)),
        "two": Fraction(sum(abs(u - middle) >= abs(observed - middle) for u in found), len(found)),
    }


SMALL = st.lists(st.integers(0, 5), min_size=1, max_size=5)


@settings(max_examples=80)
@given(SMALL, SMALL)
def test_rank_sum_with_ties_is_what_all_allocations_give(x, y):
    found, expected = rank_sum(x, y), brute_force(x, y)
    assert found.u == expected["u"]
    assert_allclose(found.p_value, float(expected["two"]), rtol=1e-12)
    assert_allclose(found.less, float(expected["less"]), rtol=1e-12)
    assert_allclose(found.greater, float(expected["greater"]), rtol=1e-12)


@pytest.mark.parametrize("case", ORACLE["ranks"], ids=str)
def test_rank_sum_without_ties_agrees_with_r(case):
    found = rank_sum(case["x"], case["y"])
    assert_allclose(found.p_value, case["two_sided"], rtol=1e-9)
    assert_allclose(found.less, case["less"], rtol=1e-9)
    assert_allclose(found.greater, case["greater"], rtol=1e-9)


def test_complete_separation_has_the_smallest_p_value():
    found = rank_sum([4, 5, 6], [1, 2, 3])
    assert (found.u, found.effect) == (9.0, 1.0)
    assert_allclose((found.p_value, found.greater, found.less), (0.1, 0.05, 1.0), rtol=1e-12)


def test_only_the_order_of_the_values_matters():
    x, y = [28, 36, 99], [78, 78, 99, 100]
    assert rank_sum(x, y) == rank_sum([math.log(v) for v in x], [math.log(v) for v in y])


@pytest.mark.parametrize("x", [[1, 2], [5, 6], [3, 4]])
def test_no_p_value_exceeds_one_by_rounding(x):
    rest = [value for value in range(1, 7) if value not in x]
    for found in (rank_sum(x, rest), rank_sum(rest, x)):
        assert max(found.p_value, found.less, found.greater) <= 1  # the shares add up to more


def test_the_limit_is_values_times_those_of_the_smaller_group_times_sums(monkeypatch):
    # Two of the steps 0 to 3 have the sums 0 to 2 + 3.
    monkeypatch.setattr(ranks, "MOST_STEPS", 4 * 2 * 6)
    assert_allclose(rank_sum([1, 2], [3, 4]).less, 1 / 6, rtol=1e-12)
    monkeypatch.setattr(ranks, "MOST_STEPS", 4 * 2 * 6 - 1)
    with pytest.raises(ValueError, match="4 values, 2 of them in the smaller group, need 48 steps"):
        rank_sum([1, 2], [3, 4])


@pytest.mark.parametrize(
    ("rounded", "exact"),
    [
        (([0.1 + 0.2, 1], [0.3, 2]), ([3, 10], [3, 20])),
        (([0.1 + 0.2 - 0.3, 1], [0, 2]), ([0, 1], [0, 2])),
        (([140.3 - 140.1, -1], [0.2, 3]), ([2, -10], [2, 30])),
        (([1e-12, 4e-12], [2e-12, 3e-12]), ([1, 4], [2, 3])),
        (([1_700_000_000, 1_700_000_003], [1_700_000_001, 1_700_000_002]), ([0, 3], [1, 2])),
        (([-1.7e308, 1.7e308], [0, 1e300]), ([-1, 2], [0, 1])),
    ],
)
def test_values_are_ties_if_they_differ_by_rounding_only(rounded, exact):
    assert rank_sum(*rounded) == rank_sum(*exact)


def test_equal_values_say_nothing():
    assert rank_sum([2, 2], [2, 2, 2]).p_value == 1.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_sum([1, math.nan], [2]), "x is missing at position 1"),
        (lambda: rank_sum([1], []), "y is empty"),
    ],
)
def test_what_cannot_be_ranked_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
