"""*Correct*: the P of printed means, held against scipy's tests and data drawn at random."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from secondlook.claims.cells import TESTS_OF_MEANS
from secondlook.means import ANOVA, difference_ranges, p_ranges


def same(values):
    return [(value, value) for value in values]


def test_known_means_have_the_p_of_scipy():
    found = p_ranges(same([960, 930]), same([335, 221]), [60, 62])
    for test, equal in (("t test", True), ("Welch t test", False)):
        p = stats.ttest_ind_from_stats(960, 335, 60, 930, 221, 62, equal_var=equal).pvalue
        assert_allclose(found[test], [p, p], rtol=1e-9)
        assert_allclose(found[f"one-sided {test}"], [p / 2, p / 2], rtol=1e-9)
    z = 30 / math.sqrt(335**2 / 60 + 221**2 / 62)
    assert_allclose(found["z test"], [2 * stats.norm.sf(z)] * 2, rtol=1e-9)


def test_three_known_means_have_the_p_of_scipy():
    rng = np.random.default_rng(3)
    groups = [rng.normal(at, 2, size) for at, size in ((0, 9), (1, 12), (1.5, 7))]
    found = p_ranges(
        same(each.mean() for each in groups),
        same(each.std(ddof=1) for each in groups),
        [len(each) for each in groups],
    )
    assert_allclose(found[ANOVA], [stats.f_oneway(*groups).pvalue] * 2, rtol=1e-9)


@pytest.mark.parametrize("groups", [2, 3, 4, 30])
def test_no_means_within_the_printed_ones_have_a_p_outside(groups):
    rng = np.random.default_rng(groups)
    for _ in range(60):
        means, sds = rng.normal(0, 1, groups).round(1), rng.uniform(0.3, 2, groups).round(1)
        n = rng.integers(2, 12, groups)
        half = 0.05 * rng.integers(1, 8)
        boxes = [(m - half, m + half) for m in means], [(max(0, s - half), s + half) for s in sds]
        found = p_ranges(*boxes, [int(each) for each in n])
        lows, highs = np.array(boxes).transpose(2, 0, 1)
        drawn = lows + (highs - lows) * rng.choice([0, 0.1, 0.5, 0.9, 1], (200, 2, groups))
        for mean, sd in np.clip(drawn, lows + 1e-9, highs):
            if groups == 2:
                told = [stats.ttest_ind_from_stats(*(mean[0], sd[0], n[0]), mean[1], sd[1], n[1],
                        equal_var=equal).pvalue for equal in (True, False)]  # fmt: skip
                ranges = [found["t test"], found["Welch t test"]]
            else:
                centre = (n * mean).sum() / n.sum()
                between = (n * (mean - centre) ** 2).sum() / (groups - 1)
                within = ((n - 1) * sd**2).sum() / (n.sum() - groups)
                told = [stats.f.sf(between / within, groups - 1, n.sum() - groups)]
                ranges = [found[ANOVA]]
            for p, (low, high) in zip(told, ranges, strict=True):
                assert low - 1e-9 <= p <= high + 1e-9


def test_the_range_of_a_t_test_is_reached():
    # means 1.05 and 2.95 apart at the least, SDs 1.05 at the most, and the other way round
    low, high = p_ranges([(0.95, 1.05), (2.95, 3.05)], [(0.95, 1.05)] * 2, [8, 9])["t test"]
    ends = [
        stats.ttest_ind_from_stats(0, s, 8, d, s, 9).pvalue for d, s in ((2.1, 0.95), (1.9, 1.05))
    ]
    assert_allclose([low, high], ends, rtol=1e-9)


def test_means_that_may_be_equal_may_have_any_p_up_to_one():
    assert p_ranges([(1, 2), (1.5, 3)], same([1, 1]), [5, 5])["t test"][1] == 1
    assert p_ranges([(1, 2), (1.5, 3), (0, 1.5)], same([1, 1, 1]), [5, 5, 5])[ANOVA][1] == 1
    assert p_ranges(same([1, 1]), same([0, 0]), [5, 5])["Welch t test"] == (1, 1)
    assert p_ranges(same([1, 2]), same([0, 0]), [5, 5])["Welch t test"] == (0, 0)


def test_a_ledger_names_these_tests():
    found = (p_ranges(same(range(k)), same([1] * k), [5] * k) for k in (2, 3))
    assert {test for ranges in found for test in ranges} == set(TESTS_OF_MEANS)


def test_means_that_may_be_anything_are_refused():
    with pytest.raises(ValueError, match="are finite"):
        p_ranges([(1, math.inf), (2, 2)], same([1, 1]), [5, 5])


@pytest.mark.parametrize(
    ("sds", "n"), [([1, 1], [5, 1]), ([1, -1], [5, 5]), ([1], [5]), ([1, 1], [5])]
)
def test_groups_that_have_no_test_are_refused(sds, n):
    with pytest.raises(ValueError, match="got"):
        p_ranges(same([1, 2]), same(sds), n)


def test_known_means_have_the_limits_of_scipy():
    rng = np.random.default_rng(5)
    groups = [rng.normal(3, 2, 9), rng.normal(1, 5, 14)]
    means, sds = ([f(each) for each in groups] for f in (np.mean, lambda x: np.std(x, ddof=1)))
    found = difference_ranges(same(means), same(sds), [9, 14])
    for test, equal in (("t test", True), ("Welch t test", False)):
        limits = stats.ttest_ind(*groups, equal_var=equal).confidence_interval(0.95)
        assert_allclose(found[test], np.transpose([limits] * 2), rtol=1e-9)
    own = math.sqrt(sds[0] ** 2 / 9 + sds[1] ** 2 / 14)
    pooled = math.sqrt((8 * sds[0] ** 2 + 13 * sds[1] ** 2) / 21 * (1 / 9 + 1 / 14))
    z, t, apart = stats.norm.ppf(0.975), stats.t.ppf(0.975, 21), means[0] - means[1]
    for test, margin in (
        ("z test", z * own), ("z test, pooled", z * pooled), ("t test, unpooled", t * own)
    ):  # fmt: skip
        assert_allclose(found[test], [[apart - margin] * 2, [apart + margin] * 2], rtol=1e-9)


def test_no_means_within_the_printed_ones_have_limits_outside_and_the_ends_are_reached():
    rng = np.random.default_rng(6)
    for _ in range(60):
        means, sds = rng.normal(0, 1, 2).round(1), rng.uniform(0.3, 2, 2).round(1)
        n = [int(each) for each in rng.integers(2, 12, 2)]
        boxes = [(m - 0.05, m + 0.05) for m in means], [(s - 0.05, s + 0.05) for s in sds]
        found = difference_ranges(*boxes, n)
        lows, highs = np.array(boxes).transpose(2, 0, 1)
        drawn = lows + (highs - lows) * rng.choice([0, 0.3, 1], (100, 2, 2))
        limits = np.array(
            [list(difference_ranges(same(mean), same(sd), n).values()) for mean, sd in drawn]
        )
        for test, (low, high) in enumerate(found.values()):
            of = limits[:, test]
            for (least, greatest), values in ((low, of[:, 0]), (high, of[:, 1])):
                assert least - 1e-9 <= values.min()
                assert values.max() <= greatest + 1e-9
        corners = [difference_ranges(same(boxes[0][0][:1] + boxes[0][1][1:]), same(sd), n)["t test"]
                   for sd in (lows[1], highs[1])]  # fmt: skip
        assert_allclose(found["t test"][0][0], corners[1][0][0], rtol=1e-9)
        assert_allclose(found["t test"][1][0], corners[0][1][0], rtol=1e-9)


def test_means_without_spread_differ_by_one_number():
    assert difference_ranges(same([3, 1]), same([0, 0]), [5, 5])["Welch t test"] == ((2, 2), (2, 2))
    with pytest.raises(ValueError, match="of two means; got 3"):
        difference_ranges(same([3, 1, 2]), same([1] * 3), [5] * 3)
