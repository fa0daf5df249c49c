"""Correct: the Greenwood sums that go with a printed limit are those that R's formulas go with.

The second route computes the limits of many points (S, G) by `wald_limits` and looks which of them
lie in the interval.
"""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible.region import OUTWARD, greenwood_bounds
from secondlook.survival.intervals import INTERVAL_TYPES, wald_limits

LEVEL = 0.95
Z = 1.959963984540054
PARTS = ("lower", "upper")


def limit(kind, part, distance, greenwood):
    survival, greenwood = np.atleast_1d(np.exp(-np.asarray(distance)), greenwood)
    ends = wald_limits(survival, survival * np.sqrt(greenwood), interval=kind, level=LEVEL)
    return ends[PARTS.index(part)].squeeze()


def bounds(kind, part, ends, left, right, *, inner=False):
    strip = np.array([left]), np.array([right])
    least, most = greenwood_bounds(kind, part, ends, *strip, Z, inner=inner)
    return least[0], most[0]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_at_one_height_one_greenwood_sum_gives_one_limit(kind, part):
    rng = np.random.default_rng(1)
    for distance in rng.uniform(0.02, 3, 15):
        greenwood = rng.uniform(0.0005, 0.2) * min(1, distance)
        value = float(limit(kind, part, distance, greenwood))
        if not 0 < value < 1:
            continue
        here = distance, distance
        assert_allclose(bounds(kind, part, (value, value), *here), greenwood, rtol=1e-5)
        # Between two limits lies what lies between their sums; a limit further out needs more.
        out = value * 0.9 if part == "lower" else value + 0.1 * (1 - value)
        least, most = bounds(kind, part, tuple(sorted((value, out))), *here)
        assert_allclose(least, greenwood, rtol=1e-5)
        assert_allclose(limit(kind, part, distance, most), out, rtol=1e-5)
        narrower = bounds(kind, part, tuple(sorted((value, out))), *here, inner=True)
        assert least < narrower[0]
        assert narrower[1] < most
        assert_allclose(narrower, (least, most), rtol=1e-4)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_outer_bounds_hold_every_point_of_a_strip_and_inner_ones_no_other(kind, part):
    rng = np.random.default_rng(2)
    tight = 0
    for _ in range(25):
        left = rng.uniform(0.01, 1.5)
        right = left + rng.uniform(0.01, 0.5)
        middle = float(limit(kind, part, (left + right) / 2, rng.uniform(0.001, 0.1)))
        ends = middle - rng.uniform(0, 0.05), middle + rng.uniform(0, 0.05)
        least, most = bounds(kind, part, ends, left, right)
        lowest, highest = bounds(kind, part, ends, left, right, inner=True)
        assert least <= lowest
        assert highest <= most

        distance = np.linspace(left, right, 81)[:, None]
        greenwood = np.linspace(0, 0.3, 151)[None] ** 2
        value = limit(kind, part, distance, greenwood)
        good = (value >= ends[0]) & (value <= ends[1])
        spread = np.broadcast_to(greenwood, good.shape)
        assert not good[(spread < least) | (spread > most)].any()
        assert good[(spread >= lowest) & (spread <= highest)].all()
        if good.any() and most < 0.09:
            tight += 1
            near = np.sqrt(least), np.sqrt(most)
            found = np.sqrt(spread[good].min()), np.sqrt(spread[good].max())
            assert_allclose(near, found, atol=0.005)
    assert tight > 4


def test_a_limit_that_is_cut_at_0_or_1_may_have_any_larger_sum():
    for kind in INTERVAL_TYPES:
        # An upper limit of 1, which log-log and logit limits never quite are, and a lower one of 0.
        assert bounds(kind, "upper", (0.995, 1.005), 0.1, 0.1)[1] == math.inf
        assert bounds(kind, "lower", (-0.005, 0.005), 2.0, 2.0)[1] == math.inf
        assert bounds(kind, "lower", (0.0, 0.005), 2.0, 2.0)[1] == math.inf
    assert bounds("plain", "upper", (1.0, 1.005), 0.5, 0.5)[0] > 0
    for never in ("log-log", "logit"):
        assert bounds(never, "upper", (1.0, 1.005), 0.5, 0.5)[0] == math.inf
    assert bounds("plain", "lower", (-0.1, 0.0), 0.5, 0.5)[0] == pytest.approx(1 / Z**2)
    assert bounds("log", "lower", (-0.1, 0.0), 0.5, 0.5)[0] == math.inf


def test_a_limit_on_the_wrong_side_of_the_curve_has_no_sum():
    for kind in INTERVAL_TYPES:
        # S is 0.61: no lower limit of 0.7 or more, no upper one of 0.5 or less.
        assert bounds(kind, "lower", (0.7, 0.8), 0.5, 0.5)[1] < 0
        assert bounds(kind, "upper", (0.4, 0.5), 0.5, 0.5)[1] < 0
        # An interval that holds S itself has 0 for its least sum.
        assert bounds(kind, "lower", (0.5, 0.7), 0.5, 0.5)[0] == 0
        assert bounds(kind, "upper", (0.5, 0.7), 0.5, 0.5)[0] == 0


def test_bounds_are_rounded_outward_by_far_less_than_a_digit():
    (least, most), inner = (
        bounds("log", "upper", (0.8, 0.9), 0.5, 0.5, inner=inside) for inside in (False, True)
    )
    root = (math.log(0.8) + 0.5) / Z
    assert_allclose(math.sqrt(least), root - OUTWARD, rtol=1e-12)
    assert_allclose(math.sqrt(inner[0]), root + OUTWARD, rtol=1e-12)
    assert most > inner[1]


def test_a_lower_limit_needs_most_at_one_height_between_the_ends_of_a_strip():
    """The root of a log-log limit b is x log(B / x) / z, B = -log b: highest at x = B / e."""
    peak = math.log(2) / math.e
    most = (peak / Z) ** 2
    over = bounds("log-log", "lower", (0.5, 0.9), peak - 0.05, peak + 0.05)[1]
    assert most <= over <= most * (1 + 1e-5)
    inner = bounds("log-log", "lower", (0.5, 0.9), peak - 0.05, peak + 0.05, inner=True)[1]
    assert inner < most * 0.99
    # Beside the peak the nearer end of the strip decides; by log limits the further one does.
    beside = bounds("log-log", "lower", (0.5, 0.9), peak + 0.05, peak + 0.1)[1]
    x = peak + 0.05
    assert_allclose(beside, (x * math.log(math.log(2) / x) / Z) ** 2, rtol=1e-6)
    assert_allclose(
        bounds("log", "lower", (0.5, 0.9), 0.1, 0.2)[1], ((math.log(2) - 0.1) / Z) ** 2, rtol=1e-6
    )
