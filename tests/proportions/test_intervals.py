"""Intervals for a proportion. Correct: closed forms, tail equations, brute force, R."""

import math
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook.proportions import METHODS, interval

ORACLE = read_oracle("proportions")
Z, Z_HALF = 1.959963984540054, 0.6744897501960817
EXACT = ("clopper-pearson", "blaker")


def limits(count, n, method, level=0.95, side="both"):
    found = interval(count, n, method=method, level=level, side=side)
    return found.lower, found.upper


def at_least(count, n, p):
    return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(count, n + 1))


@st.composite
def observations(draw, largest=60):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("case", "method"),
    [(case, method) for case in ORACLE["intervals"] for method in case["limits"]],
    ids=lambda v: v if isinstance(v, str) else f"{v['count']}of{v['n']}at{v['level']}",
)
def test_limits_agree_with_r(case, method):
    found = limits(case["count"], case["n"], method, case["level"])
    assert_allclose(found, case["limits"][method], rtol=1e-9, atol=1e-14)


def test_nobody_of_n_has_the_closed_exact_limit():
    for n in (1, 3, 21, 277):
        assert_allclose(interval(0, n).upper, 1 - 0.025 ** (1 / n), rtol=1e-12)
        assert_allclose(interval(n, n).lower, 0.025 ** (1 / n), rtol=1e-12)
        assert_allclose(limits(0, n, "mid-p")[1], 1 - 0.05 ** (1 / n), rtol=1e-12)
        assert_allclose(limits(0, n, "wilson")[1], Z**2 / (n + Z**2), rtol=1e-12)
        assert_allclose(limits(0, n, "likelihood")[1], 1 - math.exp(-(Z**2) / (2 * n)), rtol=1e-12)


def test_half_of_four_has_limits_solved_by_hand():
    # Wilson: p = 1/2 gives 1/2 -+ z/2 / sqrt(n + z^2); Wald: 1/2 -+ z/(2 sqrt n).
    half = Z / 2 / math.sqrt(4 + Z**2)
    assert_allclose(limits(2, 4, "wilson"), (0.5 - half, 0.5 + half), rtol=1e-12)
    assert_allclose(limits(2, 4, "agresti-coull"), (0.5 - half, 0.5 + half), rtol=1e-12)
    assert_allclose(limits(2, 4, "wald"), (0.5 - Z / 4, 0.5 + Z / 4), rtol=1e-12)
    assert_allclose(
        limits(2, 4, "wald-cc", 0.5),
        (0.5 - Z_HALF / 4 - 1 / 8, 0.5 + Z_HALF / 4 + 1 / 8),
        rtol=1e-12,
    )
    assert_allclose(limits(2, 4, "logit")[1], 1 / (1 + math.exp(-Z)), rtol=1e-12)
    assert_allclose(limits(2, 4, "arcsine")[0], math.sin(math.pi / 4 - Z / 4) ** 2, rtol=1e-12)


def test_the_newcombe_examples_print_as_published():
    # Newcombe (1998), table I: 81/263 and 0/20, methods 1, 3, 4, 5, 6.
    published = {
        (81, 263, "wald"): ("0.2522", "0.3638"),
        (81, 263, "wilson"): ("0.2553", "0.3662"),
        (81, 263, "wilson-cc"): ("0.2535", "0.3682"),
        (81, 263, "clopper-pearson"): ("0.2527", "0.3676"),
        (81, 263, "mid-p"): ("0.2544", "0.3658"),
        (0, 20, "wilson"): ("0.0000", "0.1611"),
        (0, 20, "wilson-cc"): ("0.0000", "0.2005"),
        (0, 20, "clopper-pearson"): ("0.0000", "0.1684"),
        (0, 20, "mid-p"): ("0.0000", "0.1391"),
    }
    for (count, n, method), printed in published.items():
        assert tuple(f"{limit:.4f}" for limit in limits(count, n, method)) == printed


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_blaker_is_the_hull_of_what_its_test_accepts(level):
    """Brute force of the definition: the chance of a count whose smaller tail is as small."""
    grid = np.linspace(0, 1, 4001)
    for n in (1, 2, 5, 9):
        masses = np.array([math.comb(n, k) * grid**k * (1 - grid) ** (n - k) for k in range(n + 1)])
        below, above = np.cumsum(masses, axis=0), np.cumsum(masses[::-1], axis=0)[::-1]
        smaller = np.minimum(below, above)
        for count in range(n + 1):
            as_small = smaller <= smaller[count] * (1 + 1e-12)
            accepted = grid[(masses * as_small).sum(axis=0) >= 1 - level]
            assert_allclose(
                limits(count, n, "blaker", level), (accepted.min(), accepted.max()), atol=1 / 4000
            )


@given(observations(40))
def test_blaker_lies_within_clopper_pearson(observed):
    inner, outer = limits(*observed, "blaker"), limits(*observed, "clopper-pearson")
    assert outer[0] <= inner[0] + 1e-12
    assert inner[1] <= outer[1] + 1e-12


@given(observations(), st.sampled_from(METHODS), st.sampled_from([0.8, 0.95, 0.999]))
def test_events_and_non_events_mirror_each_other(observed, method, level):
    count, n = observed
    if method == "logit" and count in (0, n):
        return
    lower, upper = limits(count, n, method, level)
    mirrored = limits(n - count, n, method, level)
    assert_allclose((1 - upper, 1 - lower), mirrored, rtol=0, atol=1e-12)
    assert 0 <= lower <= count / n + 1e-15 <= upper + 2e-15 <= 1 + 2e-15


@given(observations(), st.sampled_from(METHODS))
def test_a_one_sided_bound_is_a_limit_of_the_wider_two_sided_interval(observed, method):
    count, n = observed
    if method == "blaker" or (method == "logit" and count in (0, n)):
        return
    lower, upper = limits(count, n, method, 0.90)
    assert limits(count, n, method, 0.95, "lower") == (pytest.approx(lower, abs=1e-12), 1.0)
    assert limits(count, n, method, 0.95, "upper") == (0.0, pytest.approx(upper, abs=1e-12))


def test_clopper_pearson_limits_have_tails_of_half_alpha():
    for count, n in ((1, 21), (11, 21), (28, 49)):
        lower, upper = limits(count, n, "clopper-pearson")
        assert_allclose(at_least(count, n, lower), 0.025, rtol=1e-12)
        assert_allclose(1 - at_least(count + 1, n, upper), 0.025, rtol=1e-12)


def coverage(n, p, method):
    """The chance that the interval of a binomial count holds p."""
    held = [k for k, (low, high) in enumerate(interval_limits(n, method)) if low <= p <= high]
    return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in held)


@cache
def interval_limits(n, method):
    return [limits(count, n, method) for count in range(n + 1)]


@pytest.mark.parametrize("method", EXACT)
@pytest.mark.parametrize("n", [1, 7, 21])
def test_exact_intervals_cover_at_least_their_level(method, n):
    for p in np.linspace(0.003, 0.997, 60):
        assert coverage(n, p, method) >= 0.95 - 1e-12


def test_wald_covers_a_rare_event_far_less_than_it_says():
    # 0 of 21 gives (0, 0), which misses p: coverage cannot exceed 1 - 0.98^21.
    assert coverage(21, 0.02, "wald") <= 1 - 0.98**21


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((22, 21), "count is 22 and n is 21"),
        ((-1, 21), "count is -1"),
        ((1.5, 21), "count is 1.5"),
        ((float("nan"), 21), "count is nan"),
        ((11, 21.5), "n is 21.5"),
        (("11", 21), "count is '11'"),
        ((0, 0), "n is 0"),
        ((True, 2), "count is True"),
        ((None, 2), "count is None"),
    ],
)
def test_what_is_no_count_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        interval(*arguments)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "exact"}, "choose clopper-pearson"),
        ({"level": 95}, "level is 95"),
        ({"side": "left"}, "choose both, lower or upper"),
        ({"side": "lower", "level": 0.3}, "at least 0.5"),
        ({"side": "lower", "method": "blaker"}, "no one-sided bound"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        interval(1, 4, **options)


@pytest.mark.parametrize("count", [0, 4])
def test_logit_is_refused_where_it_does_not_exist(count):
    with pytest.raises(ValueError, match="logit interval does not exist"):
        interval(count, 4, method="logit")


def test_numpy_and_integral_counts_are_counts():
    assert interval(np.int64(11), 21.0) == interval(11, 21)
    assert isinstance(interval(np.int64(11), 21.0).count, int)
    assert interval(Fraction(11), 21) == interval(11, 21)
