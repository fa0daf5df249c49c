"""Barnard and Boschloo. Correct: by hand, exact fractions by brute force, scipy."""

import math
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.proportions import barnard, boschloo, fisher_exact, unconditional

TABLES = [
    [[8, 1], [5, 10]],
    [[9, 5], [4, 44]],
    [[3, 4], [6, 1]],
    [[0, 6], [3, 5]],
    [[2, 3], [3, 2]],
]


def squared(table, variance):
    """Return the squared statistic exactly; a difference without variance is infinite."""
    (a, b), (c, d) = table
    m, n = a + b, c + d
    p, q, s = Fraction(a, m), Fraction(c, n), Fraction(a + c, m + n)
    v = s * (1 - s) * (Fraction(1, m) + Fraction(1, n))
    if variance == "unpooled":
        v = p * (1 - p) / m + q * (1 - q) / n
    return Fraction(0) if p == q else math.inf if v == 0 else (p - q) ** 2 / v


def brute_force(table, extremeness):
    """Maximise over a plain grid; 20,001 points leave less than 1e-7."""
    m, n = np.sum(table, axis=1)
    observed = extremeness(table)
    grid = np.linspace(0, 1, 20_001)
    total = np.zeros_like(grid)
    for a in range(m + 1):
        for c in range(n + 1):
            if extremeness([[a, m - a], [c, n - c]]) >= observed:
                ways = math.comb(m, a) * math.comb(n, c)
                total += ways * grid ** (a + c) * (1 - grid) ** (m + n - a - c)
    return total.max()


def test_three_against_three_by_hand():
    # Only the two unanimous tables are as extreme: 2 p^3 (1 - p)^3 is largest at 1/2.
    table = [[3, 0], [0, 3]]
    for p_value in (barnard(table), barnard(table, variance="unpooled"), boschloo(table),
                    boschloo(table, statistic="doubled")):  # fmt: skip
        assert_allclose(p_value, 1 / 32, rtol=1e-12)


@pytest.mark.parametrize("table", [*TABLES, [[7, 12], [8, 3]]], ids=str)
@pytest.mark.parametrize("variance", ["pooled", "unpooled"])
def test_barnard_is_the_largest_chance_of_an_extreme_table(table, variance):
    # [[7, 12], [8, 3]] has [[12, 7], [3, 8]] as an exact tie, which floating point loses.
    expected = brute_force(table, lambda t: squared(t, variance))
    assert_allclose(barnard(table, variance=variance), expected, rtol=1e-6)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_boschloo_orders_tables_by_fishers_p(table):
    p_values = {}

    def rarity(t):
        key = str(t)
        if key not in p_values:
            p_values[key] = -round(fisher_exact(t).p_value, 12)
        return p_values[key]

    assert_allclose(boschloo(table), brute_force(table, rarity), rtol=1e-6)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_scipy_agrees_with_groups_in_its_columns(table):
    # scipy's global optimiser stops early: it may stay below the maximum by about 1e-4.
    from scipy import stats

    theirs = np.transpose(table)
    assert_allclose(barnard(table), stats.barnard_exact(theirs).pvalue, rtol=2e-4)
    unpooled = stats.barnard_exact(theirs, pooled=False).pvalue
    assert_allclose(barnard(table, variance="unpooled"), unpooled, rtol=2e-4)
    assert_allclose(
        boschloo(table, statistic="doubled"), stats.boschloo_exact(theirs).pvalue, rtol=2e-4
    )


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_boschloo_is_never_larger_than_fisher(table):
    assert boschloo(table) <= fisher_exact(table).p_value + 1e-12


def test_which_group_comes_first_does_not_matter():
    for table in TABLES:
        swapped = table[::-1]
        assert_allclose(barnard(swapped), barnard(table), rtol=1e-9)
        assert_allclose(boschloo(swapped), boschloo(table), rtol=1e-9)


def test_an_unknown_order_of_the_tables_is_refused_by_its_name():
    with pytest.raises(ValueError, match=r"^variance is 'shared'; choose pooled or unpooled"):
        barnard([[2, 2], [3, 3]], variance="shared")
    with pytest.raises(ValueError, match=r"^statistic is 'half'; choose two-sided or doubled"):
        boschloo([[2, 2], [3, 3]], statistic="half")


def test_equal_proportions_are_not_extreme():
    assert barnard([[2, 2], [3, 3]]) == pytest.approx(1.0)
    assert boschloo([[2, 2], [3, 3]]) == pytest.approx(1.0)


def test_no_p_value_exceeds_one_by_rounding():
    assert barnard([[0, 1], [0, 1]]) == 1  # the chances add up to 1 + 2e-16
    assert boschloo([[0, 1], [0, 3]], statistic="doubled") == 1


def test_the_limit_is_the_number_of_tables_of_two_such_groups(monkeypatch):
    monkeypatch.setattr(unconditional, "LARGEST", 4 * 5)
    assert barnard([[3, 0], [0, 4]]) < 0.05
    monkeypatch.setattr(unconditional, "LARGEST", 4 * 5 - 1)
    with pytest.raises(ValueError, match="groups of 3 and 4 make more than 19 tables"):
        barnard([[3, 0], [0, 4]])


def test_an_empty_group_and_a_vast_table_are_refused():
    with pytest.raises(ValueError, match="row 1 of the table is empty"):
        barnard([[2, 2], [0, 0]])
    with pytest.raises(ValueError, match="too many for an unconditional exact test"):
        boschloo([[2000, 2000], [2000, 2000]])
