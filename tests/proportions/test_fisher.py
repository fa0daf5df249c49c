"""Fisher's exact test. Correct: tables solved by hand, brute-force enumeration, R."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import fisher, fisher_exact, pearson

ORACLE = read_oracle("proportions")


def brute_force(table):
    """Enumerate every table with these margins in whole numbers; the tie rule is R's 1e-7."""
    table = np.asarray(table)
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def fill(remaining, total):
        if len(remaining) == 1:
            return [(total,)] if total <= remaining[0] else []
        return [
            (first, *rest)
            for first in range(min(total, remaining[0]) + 1)
            for rest in fill(remaining[1:], total - first)
        ]

    def weight(filled):
        return Fraction(1, math.prod(math.factorial(c) for column in filled for c in column))

    def complete(remaining, left):
        if not left:
            return [()]
        return [
            (column, *others)
            for column in fill(remaining, left[0])
            for others in complete(
                [r - c for r, c in zip(remaining, column, strict=True)], left[1:]
            )
        ]

    weights = [weight(t) for t in complete([int(r) for r in rows], [int(c) for c in columns])]
    observed = weight([tuple(int(c) for c in column) for column in table.T])
    rare = sum(w for w in weights if w <= observed * (1 + Fraction(1, 10**7)))
    return float(rare / sum(weights))


def test_the_lady_tasting_tea():
    # 3 of 4 cups right: P(3) + P(4) = 16/70 + 1/70; two-sided doubles by symmetry.
    tea = [[3, 1], [1, 3]]
    assert_allclose(fisher_exact(tea, alternative="greater").p_value, 17 / 70, rtol=1e-12)
    assert_allclose(fisher_exact(tea).p_value, 34 / 70, rtol=1e-12)
    assert_allclose(fisher_exact(tea, alternative="less").p_value, 69 / 70, rtol=1e-12)


def test_one_against_one_has_a_conditional_odds_ratio_by_hand():
    # Margins 2, 2 and 2, 2 with x = 1: weights 1, 4 psi, psi^2; E[X] = 1 at psi = 1.
    found = fisher_exact([[1, 1], [1, 1]])
    assert_allclose(found.odds_ratio, 1.0, rtol=1e-12)
    # P(X >= 1) = (4 psi + psi^2)/(1 + 4 psi + psi^2) = 0.025 gives psi^2 + 4 psi - 1/39 = 0.
    lower = -2 + math.sqrt(4 + 1 / 39)
    assert_allclose((found.lower, found.upper), (lower, 1 / lower), rtol=1e-12)
    # Margins 1 + 2 and first column 2: weights 1, 2 psi, so x = 1 is the end of the support.
    assert fisher_exact([[1, 0], [1, 1]]).odds_ratio == math.inf
    assert fisher_exact([[0, 1], [2, 0]]).odds_ratio == 0.0


@pytest.mark.parametrize("case", ORACLE["two_by_two"], ids=lambda c: str(c["table"]))
def test_two_by_two_agrees_with_r(case):
    found = fisher_exact(case["table"])
    assert_allclose(found.p_value, case["fisher"], rtol=1e-9)
    for side in ("less", "greater"):
        found_side = fisher_exact(case["table"], alternative=side)
        assert_allclose(found_side.p_value, case[side], rtol=1e-9)
    for level, name in ((0.95, "odds_ratio"), (0.90, "odds_ratio_90")):
        found = fisher_exact(case["table"], level=level)
        expected = [float(case[name][key]) for key in ("estimate", "lower", "upper")]
        assert_allclose([found.odds_ratio, found.lower, found.upper], expected, rtol=1e-9)
    # fisher.test itself solves to .Machine$double.eps^0.25 = 1.2e-4 on psi or on 1/psi.
    loose = [case["loose"]["estimate"], *case["loose"]["conf.int"]]
    found = fisher_exact(case["table"])
    for ours, theirs in zip((found.odds_ratio, found.lower, found.upper), loose, strict=True):
        a, b = sorted((float(ours), float(theirs)))
        assert b - a < 5e-4 or 1 / a - 1 / b < 5e-4 or a == b


@pytest.mark.parametrize("case", ORACLE["larger"], ids=lambda c: str(c["table"]))
def test_larger_tables_agree_with_r(case):
    assert_allclose(fisher_exact(case["table"]).p_value, case["fisher"], rtol=1e-9)


@settings(max_examples=60)
@given(st.data())
def test_the_network_gives_what_enumeration_gives(data):
    rows, columns = data.draw(st.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3), (2, 5), (4, 2)]))
    cell = st.integers(0, 3)
    table = data.draw(st.lists(st.lists(cell, min_size=columns, max_size=columns),
                               min_size=rows, max_size=rows))  # fmt: skip
    if not np.any(table):
        return
    assert_allclose(fisher_exact(table).p_value, brute_force(table), rtol=1e-12)


@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=3))
def test_order_of_rows_and_columns_and_transposition_do_not_matter(table):
    if not np.any(table):
        return
    expected = fisher_exact(table).p_value
    shuffled = np.asarray(table)[::-1][:, [2, 0, 1]]
    assert_allclose(fisher_exact(shuffled).p_value, expected, rtol=1e-12)
    assert_allclose(fisher_exact(shuffled.T).p_value, expected, rtol=1e-12)
    with_nobody = np.vstack([shuffled, np.zeros(3, dtype=int)])
    assert_allclose(fisher_exact(with_nobody).p_value, expected, rtol=1e-12)


@given(st.tuples(*[st.integers(0, 15)] * 4))
def test_swapping_the_groups_inverts_the_odds_ratio(cells):
    a, b, c, d = cells
    if not any(cells):
        return
    one, other = fisher_exact([[a, b], [c, d]]), fisher_exact([[c, d], [a, b]])
    assert_allclose(one.p_value, other.p_value, rtol=1e-12)
    for here, there in ((one.odds_ratio, other.odds_ratio), (one.lower, other.upper)):
        if math.isnan(here):
            assert math.isnan(there)
        elif here == 0 or math.isinf(here):
            assert {here, there} == {0.0, math.inf}
        else:
            assert_allclose(here * there, 1.0, rtol=1e-10)


@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_the_limits_are_where_the_one_sided_tests_reject(cells):
    a, b, c, d = cells
    if not any(cells):
        return
    found = fisher_exact([[a, b], [c, d]], level=0.93)
    greater = fisher_exact([[a, b], [c, d]], alternative="greater").p_value
    less = fisher_exact([[a, b], [c, d]], alternative="less").p_value
    assert (found.lower > 1) == (greater < 0.035)
    assert (found.upper < 1) == (less < 0.035)


def test_an_empty_margin_says_nothing():
    found = fisher_exact([[0, 4], [0, 9]])
    assert found.p_value == 1.0
    assert math.isnan(found.odds_ratio)
    assert (found.lower, found.upper) == (0.0, math.inf)
    assert fisher_exact([[3, 4, 1], [0, 0, 0]]).p_value == 1.0


def test_one_sided_intervals_are_open_on_the_other_side():
    table = [[8, 1], [5, 10]]
    assert fisher_exact(table, alternative="greater").upper == math.inf
    assert fisher_exact(table, alternative="less").lower == 0.0
    wide = fisher_exact(table, level=0.9)
    assert_allclose(fisher_exact(table, alternative="greater").lower, wide.lower, rtol=1e-12)


def test_two_hundred_thousand_patients_do_not_overflow():
    table = [[50_000, 48_000], [51_000, 49_900]]
    found = fisher_exact(table)
    # The conditional estimate tends to the ratio of cross products.
    assert_allclose(found.odds_ratio, 500 * 499 / (480 * 510), rtol=1e-4)
    assert_allclose(found.p_value, pearson(table).p_value, rtol=0.02)


def test_what_makes_a_two_by_two_too_large_is_the_tables_that_its_margins_allow():
    # 6 and 4 tables of millions of patients; P of the rarest: C(3e6, 5) / C(6e6, 5) nearly 1 / 32.
    half = 3_000_000
    assert_allclose(fisher_exact([[0, half], [5, half]]).p_value, 1 / 16, rtol=1e-5)
    assert fisher_exact([[half, 2], [5, 1]]).p_value < 1e-4
    third = 1_000_000
    with pytest.raises(ValueError, match="allow 2,000,001 tables, more than 2,000,000"):
        fisher_exact([[third, third], [third, third]])


def test_a_table_too_large_is_refused_and_not_approximated():
    table = np.arange(36).reshape(6, 6)
    with pytest.raises(ValueError, match="too large for an exact test in 20,000 steps"):
        fisher_exact(table, max_steps=20_000)


def test_three_by_three_of_hundreds_of_patients_need_few_steps():
    table = [[70, 40, 50], [50, 70, 40], [40, 50, 70]]
    assert_allclose(fisher_exact(table, max_steps=50_000).p_value, 3.690595902295e-05, rtol=1e-9)
    # No table of these margins is more probable than one in which all cells are alike.
    assert_allclose(fisher_exact(np.full((9, 9), 5), max_steps=10).p_value, 1.0, rtol=1e-12)


def test_a_table_whose_probability_no_float_holds_is_not_taken_for_one_of_zero():
    with pytest.raises(ValueError, match="too large"):
        fisher_exact(np.eye(40, dtype=int) + 1)
    # One patient a level, and one a group but for one of two: all of 100! / 2 tables tie.
    alike = np.eye(100, dtype=int)[:-1]
    alike[0, -1] = 1
    assert_allclose(fisher_exact(alike).p_value, 1.0, rtol=1e-12)


def test_no_way_to_fill_what_is_left_is_more_probable_than_its_bound():
    rng = np.random.default_rng(1)
    for _ in range(200):
        cells = rng.integers(0, 6, (rng.integers(2, 4), 3))
        cells = cells[cells.any(axis=1)][:, cells.any(axis=0)]
        if min(cells.shape) < 2:
            continue
        network = fisher._Network(cells.sum(axis=0), 1_000)
        rows = np.sort(cells.sum(axis=1))[None]
        bound = math.exp(network.heaviest(0, rows)[0])
        margins = math.prod(math.factorial(k) for k in (*cells.sum(axis=0), *cells.sum(axis=1)))
        each = math.prod(math.factorial(k) for k in cells.ravel())
        assert margins / (math.factorial(int(cells.sum())) * each) <= bound


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[1, 2], [3, -1]], "row 1, column 1"),
        ([[1, 2.5], [3, 1]], "row 0, column 1"),
        ([[1, math.nan], [3, 1]], "row 0, column 1"),
        ([1, 2, 3], "shape"),
        ([[1, 2, 3]], "at least two rows"),
        ([[0, 0], [0, 0]], "nobody to compare"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        fisher_exact(table)


def test_a_larger_table_has_no_direction():
    with pytest.raises(ValueError, match="has no direction"):
        fisher_exact([[1, 2, 3], [3, 2, 1]], alternative="less")
    with pytest.raises(ValueError, match="choose two-sided"):
        fisher_exact([[1, 2], [3, 2]], alternative="both")


def test_ties_within_a_relative_ten_millionth_count():
    # [[2, 0], [1, 2]] etc.: every table of a symmetric margin has its mirror as a tie.
    for a, b in itertools.product(range(1, 6), repeat=2):
        table = [[a, b], [b, a]]
        one_sided = min(
            fisher_exact(table, alternative=side).p_value for side in ("less", "greater")
        )
        assert_allclose(fisher_exact(table).p_value, min(1.0, 2 * one_sided), rtol=1e-12)
