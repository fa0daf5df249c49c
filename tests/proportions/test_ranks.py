"""Exact rank tests. Correct: every allocation by brute force, by hand, R without ties."""

import math
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import kruskal_wallis, rank_sum

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


def kruskal_brute_force(groups):
    """H's only varying part, over every order of the pooled values."""
    pooled = [value for group in groups for value in group]
    ranks = [Fraction(sum(v < w for v in pooled) * 2 + pooled.count(w) + 1, 2) for w in pooled]
    sizes = [len(group) for group in groups]

    def spread(order):
        total, start = Fraction(0), 0
        for size in sizes:
            total += sum(order[start : start + size]) ** 2 / Fraction(size)
            start += size
        return total

    observed = spread(ranks)
    found = [spread(order) for order in permutations(ranks)]
    return float(Fraction(sum(s >= observed for s in found), len(found)))


@pytest.mark.parametrize(
    "groups",
    [[[1, 2], [3, 4], [5]], [[1, 1, 2], [2, 3], [1, 3]], [[1, 4], [2, 2, 2]], [[5], [1], [3], [3]]],
)
def test_exact_kruskal_wallis_is_what_all_orders_give(groups):
    assert_allclose(kruskal_wallis(groups).exact_p_value, kruskal_brute_force(groups), rtol=1e-12)


@pytest.mark.parametrize("case", ORACLE["kruskal"], ids=str)
def test_kruskal_wallis_agrees_with_r(case):
    found = kruskal_wallis(case["groups"])
    assert_allclose(found.statistic, case["statistic"], rtol=1e-9)
    assert_allclose(found.p_value, case["p_value"], rtol=1e-9)
    assert found.df == len(case["groups"]) - 1


@settings(max_examples=40)
@given(SMALL, SMALL)
def test_two_groups_are_the_rank_sum_test(x, y):
    if len({*x, *y}) == 1:
        return
    assert_allclose(kruskal_wallis([x, y]).exact_p_value, rank_sum(x, y).p_value, rtol=1e-12)


def test_equal_values_say_nothing():
    assert rank_sum([2, 2], [2, 2, 2]).p_value == 1.0
    with pytest.raises(ValueError, match="all values are equal"):
        kruskal_wallis([[2, 2], [2]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_sum([1, math.nan], [2]), "x is missing at position 1"),
        (lambda: rank_sum([1], []), "y is empty"),
        (lambda: kruskal_wallis([[1, 2]]), "a list of two or more"),
        (
            lambda: kruskal_wallis([[1], [math.inf, 2, math.nan]]),
            r"groups\[1\] is missing at position 2",
        ),
        (lambda: kruskal_wallis([range(9), range(9), range(9)], max_steps=500), "500 steps"),
    ],
)
def test_what_cannot_be_ranked_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
