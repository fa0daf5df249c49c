"""Trend of proportions. Correct: R's prop.trend.test, brute force over allocations, Fisher."""

import math
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import fisher_exact, pearson, trend, trend_test

ORACLE = read_oracle("proportions")


@pytest.mark.parametrize("case", ORACLE["trend"], ids=str)
def test_the_normal_test_agrees_with_r(case):
    found = trend_test(case["count"], case["n"], case["score"])
    assert_allclose(found.z**2, case["statistic"], rtol=1e-9)
    assert_allclose(found.p_value, case["p_value"], rtol=1e-9)


@pytest.mark.parametrize(
    ("counts", "sizes", "scores"),
    [
        ((0, 1, 3), (3, 3, 3), (1, 2, 3)),
        ((2, 1, 2), (4, 3, 2), (0, 1, 4)),
        ((1, 3), (4, 4), (1, 2)),
        ((3, 2, 3), (3, 4, 3), (1, 2, 3)),
        ((1, 0, 3), (3, 4, 4), (2, 3, 1)),  # the score of the last group is not the largest
        ((2, 1, 2), (4, 3, 2), (4, 1, 0)),
    ],
)
def test_the_exact_test_is_what_all_allocations_give(counts, sizes, scores):
    patients = [s for s, n in zip(scores, sizes, strict=True) for _ in range(n)]
    sums = [sum(chosen) for chosen in combinations(patients, sum(counts))]
    observed = sum(c * s for c, s in zip(counts, scores, strict=True))
    mean = Fraction(sum(sums), len(sums))
    found = trend_test(counts, sizes, scores)
    assert_allclose(found.exact_less, sum(s <= observed for s in sums) / len(sums), rtol=1e-12)
    assert_allclose(found.exact_greater, sum(s >= observed for s in sums) / len(sums), rtol=1e-12)
    both = sum(abs(s - mean) >= abs(observed - mean) for s in sums) / len(sums)
    assert_allclose(found.exact_p_value, both, rtol=1e-12)


@given(st.tuples(*[st.integers(0, 9)] * 4))
def test_two_groups_are_pearson_and_one_sided_fisher(cells):
    a, b, c, d = cells
    if 0 in (a + b, c + d, a + c, b + d):
        return
    found = trend_test([a, c], [a + b, c + d])
    assert_allclose(found.p_value, pearson([[a, b], [c, d]]).p_value, rtol=1e-9)
    less = fisher_exact([[a, b], [c, d]], alternative="less").p_value
    assert_allclose(found.exact_greater, less, rtol=1e-10)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4))
def test_events_and_non_events_trend_oppositely(groups):
    events, others = zip(*groups, strict=True)
    sizes = [a + b for a, b in groups]
    if 0 in sizes or sum(events) in (0, sum(sizes)):
        return
    one, other = trend_test(events, sizes), trend_test(others, sizes)
    assert_allclose(one.exact_p_value, other.exact_p_value, rtol=1e-12)
    assert_allclose(one.exact_less, other.exact_greater, rtol=1e-12)
    assert_allclose(one.z, -other.z, rtol=1e-9, atol=1e-12)


def test_a_large_exact_test_is_refused_and_can_be_left_out():
    counts, sizes = [300] * 9, [900] * 9
    with pytest.raises(ValueError, match="exact=False"):
        trend_test(counts, sizes)
    assert math.isnan(trend_test(counts, sizes, exact=False).exact_p_value)


@pytest.mark.parametrize(
    ("counts", "sizes", "scores", "steps"),
    [
        # 4 ways in the first group; 0 to 3 events there leave 3, 4, 3 and 2 ways in the second.
        ((0, 1, 3), (3, 3, 3), (1, 2, 3), 4 + 3 + 4 + 3 + 2),
        # One event in either of the first two groups is one sum, which goes on as one: 1 + 2 + 1.
        ((1, 0, 1, 0), (1, 1, 1, 1), (1, 1, 2, 3), 2 + 4 + 4),
        ((1, 0, 1, 0), (1, 1, 1, 1), (1, 2, 3, 4), 2 + 4 + 6),
    ],
)
def test_the_limit_counts_the_allocations_that_are_visited(
    counts, sizes, scores, steps, monkeypatch
):
    monkeypatch.setattr(trend, "MOST_STEPS", steps)
    assert trend_test(counts, sizes, scores).exact_p_value > 0
    monkeypatch.setattr(trend, "MOST_STEPS", steps - 1)
    with pytest.raises(ValueError, match=f"in {steps - 1} steps; pass exact=False"):
        trend_test(counts, sizes, scores)


def test_no_p_value_exceeds_one_by_rounding():
    assert trend_test([1, 2, 1], [2, 4, 3]).exact_p_value == 1  # the masses add up to 1 + 2e-16


def test_the_sign_says_whether_the_proportion_rises():
    assert trend_test([1, 5, 9], [10, 10, 10]).z > 0
    assert trend_test([9, 5, 1], [10, 10, 10]).z < 0


def test_scores_matter_by_their_distances_only():
    one = trend_test([1, 5, 9], [10, 11, 12], [1, 2, 3])
    other = trend_test([1, 5, 9], [10, 11, 12], [0.5, 0.75, 1.0])
    assert_allclose(one.z, other.z, rtol=1e-12)
    assert one.exact_p_value == other.exact_p_value


@pytest.mark.parametrize(
    "scores", [(1e-12, 2e-12, 3e-12), (1e15, 1e15 + 1, 1e15 + 2), (-3e9, -2e9, -1e9)]
)
def test_neither_the_unit_of_the_scores_nor_where_they_begin_matters(scores):
    one, other = trend_test([1, 5, 9], [10, 11, 12]), trend_test([1, 5, 9], [10, 11, 12], scores)
    assert_allclose([one.z, one.exact_p_value, one.exact_less, one.exact_greater],
                    [other.z, other.exact_p_value, other.exact_less, other.exact_greater],
                    rtol=1e-12)  # fmt: skip


def test_all_or_none_have_no_trend():
    assert math.isnan(trend_test([0, 0], [3, 4]).p_value)
    assert math.isnan(trend_test([3, 4], [3, 4]).exact_p_value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [3, 4, 5]), "2 counts and 3 sizes"),
        (([1], [3]), "at least two of them"),
        (([1, 9], [3, 4]), "group 1: count is 9"),
        (([1, 2], [3, 4], [1, 1]), "not all equal"),
        (([1, 2], [3, 4], [1, math.nan]), "^scores is missing at position 1"),
        (([1, 2], [3, 4], [1, 2, 3]), "there are 3 scores for 2 groups"),
    ],
)
def test_what_has_no_order_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        trend_test(*arguments)


def test_scores_that_only_decimals_can_tell_tie_as_whole_scores_do():
    tenths = trend_test([0, 4, 4], [10, 10, 10], [0.1, 0.2, 0.3])
    whole = trend_test([0, 4, 4], [10, 10, 10], [1, 2, 3])
    assert_allclose(tenths.exact_p_value, whole.exact_p_value, rtol=1e-12)
    assert_allclose(whole.exact_p_value, 0.0786, atol=5e-5)
