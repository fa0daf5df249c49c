"""Two proportions compared. Correct: published values, R, symmetries and the ends by hand."""

import math
from fractions import Fraction

import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import COMPARISONS, compare, fisher_exact
from secondlook.proportions.two_groups import measured

CASES = read_oracle("proportions")["comparisons"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["counts"]))
@pytest.mark.parametrize("measure", COMPARISONS)
def test_the_limits_are_those_of_r(case, measure):
    expected = case["limits"][measure]
    methods = set(COMPARISONS[measure]) - {"newcombe-cc"}
    assert set(expected) == methods
    for method in methods:
        found = compare(*case["counts"], measure=measure, method=method)
        assert_allclose((found.lower, found.upper), expected[method], rtol=1e-9, err_msg=method)


def test_the_limits_of_a_difference_are_those_that_newcombe_prints():
    # Newcombe (1998), Stat Med 17, 873-890, table II: 56 of 70 and 48 of 80; 9 of 10 and 3 of 10.
    printed = {
        "wald": ("0.0575 0.3425", "0.2605 0.9395"),
        "wald-cc": ("0.0441 0.3559", "0.1605 1.0000"),
        "score": ("0.0533 0.3377", "0.1821 0.8370"),
        "miettinen-nurminen": ("0.0528 0.3382", "0.1700 0.8406"),
        "likelihood": ("0.0547 0.3394", "0.2055 0.8634"),
        "newcombe": ("0.0524 0.3339", "0.1705 0.8090"),
        "newcombe-cc": ("0.0428 0.3422", "0.1013 0.8387"),
    }
    for method, texts in printed.items():
        for counts, text in zip(((56, 70, 48, 80), (9, 10, 3, 10)), texts, strict=True):
            found = compare(*counts, measure="risk difference", method=method)
            assert f"{found.lower:.4f} {found.upper:.4f}" == text


def test_the_estimates_by_hand():
    assert measured("odds ratio", 8, 9, 5, 15) == 16
    assert measured("risk ratio", 8, 9, 5, 15) == pytest.approx(8 / 3)
    assert measured("odds ratio", 8, 9, 5, 15, "haldane") == Fraction(119, 11)
    assert measured("risk ratio", 8, 9, 5, 15, "haldane") == pytest.approx(8.5 / 10 * 16 / 5.5)
    assert measured("risk difference", 8, 16, 1, 4) == 0.25
    exact = compare(8, 9, 5, 15, method="exact")
    assert exact.estimate == fisher_exact([[8, 1], [5, 10]]).odds_ratio
    assert (measured("odds ratio", 3, 3, 0, 3), measured("risk ratio", 1, 3, 0, 3)) == (
        math.inf,
    ) * 2
    assert math.isnan(measured("odds ratio", 0, 3, 0, 3))


@pytest.mark.parametrize(
    "counts", [(15, 60, 6, 62), (0, 20, 5, 22), (20, 20, 7, 20), (1, 9, 0, 30)]
)
def test_groups_exchanged_turn_the_limits_round(counts):
    a, n, b, m = counts
    for measure, methods in COMPARISONS.items():
        for method in methods:
            if method in ("woolf", "katz") and counts != (15, 60, 6, 62):
                continue
            one = compare(a, n, b, m, measure=measure, method=method)
            other = compare(b, m, a, n, measure=measure, method=method)
            if measure == "risk difference":
                assert_allclose((one.lower, one.upper), (-other.upper, -other.lower), atol=1e-11)
                continue
            for here, there in ((one.lower, other.upper), (one.upper, other.lower)):
                assert (here, there) in (
                    (0, math.inf),
                    (math.inf, 0),
                ) or here * there == pytest.approx(1)


def test_nobody_or_all_give_the_limits_that_no_count_can_pass():
    for method in ("score", "miettinen-nurminen", "likelihood"):
        none = compare(0, 10, 0, 12, method=method)
        assert (none.lower, none.upper) == (0, math.inf)
        only = compare(3, 3, 0, 3, measure="risk difference", method=method)
        assert 0 < only.lower < only.upper == 1
    assert compare(10, 10, 0, 20, measure="risk difference", method="agresti-caffo").upper == 1
    # None of 10 and of 12: no more than -delta = q has likelihood (1 - q)^12 = exp(-1.92).
    low = compare(0, 10, 0, 12, measure="risk difference", method="likelihood").lower
    assert_allclose(low, math.exp(-(1.959963984540054**2) / 24) - 1, rtol=1e-9)


def test_an_interval_that_does_not_exist_is_refused():
    for counts, measure, method in (
        ((0, 9, 5, 15), "odds ratio", "woolf"),
        ((0, 9, 5, 15), "risk ratio", "katz"),
        ((9, 9, 15, 15), "risk ratio", "katz"),
    ):
        with pytest.raises(ValueError, match=f"{measure} of .*: its {method} interval does not"):
            compare(*counts, measure=measure, method=method)
    with pytest.raises(ValueError, match="cannot exceed"):
        compare(10, 9, 5, 15)
    with pytest.raises(ValueError, match="choose woolf"):
        compare(8, 9, 5, 15, method="wald")
