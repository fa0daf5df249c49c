"""Large-sample tests of a table. Correct: by hand, and R's chisq.test and glm."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import (
    likelihood_ratio,
    n_minus_one,
    pearson,
    wald_log_odds_ratio,
    yates,
    z_unpooled,
)

ORACLE = read_oracle("proportions")
BY_HAND = [[10, 0], [5, 5]]


def test_statistics_of_a_table_solved_by_hand():
    # N (ad - bc)^2 / (margins) = 20 * 50^2 / (10 * 10 * 15 * 5) = 20/3.
    assert_allclose(pearson(BY_HAND).statistic, 20 / 3, rtol=1e-12)
    assert_allclose(n_minus_one(BY_HAND).statistic, 19 / 3, rtol=1e-12)
    # |ad - bc| - N/2 = 40.
    assert_allclose(yates(BY_HAND).statistic, 20 * 40**2 / 7500, rtol=1e-12)
    g = 2 * (10 * math.log(10 / 7.5) + 5 * math.log(5 / 7.5) + 5 * math.log(2))
    assert_allclose(likelihood_ratio(BY_HAND).statistic, g, rtol=1e-12)
    # Rates 1 and 1/2; variance 0 + 1/40.
    assert_allclose(z_unpooled(BY_HAND).statistic, 0.5 * math.sqrt(40), rtol=1e-12)
    assert math.isnan(wald_log_odds_ratio(BY_HAND).p_value)
    log_odds_ratio = wald_log_odds_ratio([[4, 1], [2, 2]]).statistic
    assert_allclose(log_odds_ratio, math.log(4) / 1.5, rtol=1e-12)


def test_a_chi_square_of_one_degree_is_a_squared_normal_deviate():
    assert_allclose(pearson(BY_HAND).p_value, math.erfc(math.sqrt(10 / 3)), rtol=1e-12)
    assert_allclose(z_unpooled(BY_HAND).p_value, math.erfc(math.sqrt(5)), rtol=1e-12)


@pytest.mark.parametrize("case", ORACLE["two_by_two"], ids=lambda c: str(c["table"]))
def test_two_by_two_agrees_with_r(case):
    table = case["table"]
    assert_allclose(pearson(table).p_value, case["pearson"], rtol=1e-9)
    assert_allclose(pearson(table).statistic, case["pearson_statistic"], rtol=1e-9, atol=1e-14)
    assert_allclose(yates(table).p_value, case["yates"], rtol=1e-9)
    assert_allclose(yates(table).statistic, case["yates_statistic"], rtol=1e-9, atol=1e-14)
    if case.get("wald") is not None and isinstance(case["wald"], float | int):
        # glm stops iterating: its deviances and standard errors carry about 1e-8.
        g = likelihood_ratio(table)
        assert_allclose(g.p_value, case["likelihood_ratio"], rtol=1e-6, atol=1e-7)
        assert_allclose(wald_log_odds_ratio(table).p_value, case["wald"], rtol=1e-6)


@pytest.mark.parametrize("case", ORACLE["larger"], ids=lambda c: str(c["table"]))
def test_larger_tables_agree_with_r(case):
    assert_allclose(pearson(case["table"]).p_value, case["pearson"], rtol=1e-9)


@given(st.tuples(*[st.integers(1, 40)] * 4), st.integers(2, 5))
def test_statistics_grow_with_the_table(cells, times):
    a, b, c, d = cells
    larger = [[times * a, times * b], [times * c, times * d]]
    for test in (pearson, likelihood_ratio):
        small = test([[a, b], [c, d]]).statistic
        assert_allclose(test(larger).statistic, times * small, rtol=1e-9, atol=1e-9)
    assert yates([[a, b], [c, d]]).statistic <= pearson([[a, b], [c, d]]).statistic


def test_nothing_to_compare_is_not_a_p_value():
    for table in ([[0, 4], [0, 9]], [[3, 4], [0, 0]]):
        for test in (pearson, n_minus_one, likelihood_ratio, yates, z_unpooled):
            assert math.isnan(test(table).p_value)


def test_yates_and_z_need_two_by_two():
    for test in (yates, z_unpooled, wald_log_odds_ratio):
        with pytest.raises(ValueError, match="needs 2 x 2"):
            test([[1, 2, 3], [3, 2, 1]])
