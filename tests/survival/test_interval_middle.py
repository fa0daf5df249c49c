"""Correct: the middle of limits gives back the estimate that they were made of."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.printed import Bounds
from secondlook.survival import INTERVAL_TYPES, middle, middle_bounds
from secondlook.survival.intervals import wald_limits


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_the_middle_of_the_limits_is_the_estimate_whatever_its_standard_error(kind):
    survival = np.array([0.2, 0.35, 0.5, 0.8])
    for std_error in (0.01, 0.03, 0.07):
        lower, upper = wald_limits(survival, np.full(4, std_error), interval=kind, level=0.95)
        found = [middle(a, b, kind) for a, b in zip(lower, upper, strict=True)]
        assert_allclose(found, survival, rtol=1e-12)


def test_the_middle_of_a_log_interval_is_the_geometric_mean():
    assert_allclose(middle(0.25, 0.81, "log"), 0.45, rtol=1e-12)


def test_the_middle_of_a_logit_interval_has_the_geometric_mean_of_the_odds():
    # Odds of 1/4 and 4/1 have the middle 1/1.
    assert_allclose(middle(0.2, 0.8, "logit"), 0.5, rtol=1e-12)


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_rounded_limits_bound_the_estimate_and_no_narrower_bounds_would_do(kind):
    lower, upper = Bounds(0.365, 0.375, True, False), Bounds(0.755, 0.765, True, False)
    bounds = middle_bounds(lower, upper, kind)
    inside = [
        middle(a, b, kind)
        for a in np.linspace(0.365, 0.375, 9)
        for b in np.linspace(0.755, 0.765, 9)
    ]

    assert_allclose([min(inside), max(inside)], [bounds.lower, bounds.upper], rtol=1e-12)
    assert bounds.lower_closed
    assert not bounds.upper_closed


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (Bounds(-0.005, 0.005, True, True), Bounds(0.2, 0.3, True, True)),
        (Bounds(0.5, 0.6, True, True), Bounds(0.995, 1.005, True, True)),
        (Bounds(0.5, 0.6, True, True), Bounds(0.55, 0.65, True, True)),
        (Bounds(0.0, 0.005, True, True), Bounds(0.2, 0.3, True, True)),
        (Bounds(0.5, 0.6, True, True), Bounds(0.95, 1.0, True, False)),
    ],
)
def test_limits_that_may_have_been_cut_off_or_swapped_bound_nothing(lower, upper):
    assert middle_bounds(lower, upper, "plain") is None


def test_an_end_of_the_middle_is_taken_where_both_limits_take_theirs():
    for below, above in ((True, False), (False, True)):
        found = middle_bounds(
            Bounds(0.3, 0.4, below, above), Bounds(0.4, 0.5, not below, not above), "plain"
        )
        assert found == Bounds(found.lower, found.upper, False, False)
    both = middle_bounds(Bounds(0.3, 0.4, True, True), Bounds(0.4, 0.5, True, True), "plain")
    assert (both.lower_closed, both.upper_closed) == (True, True)
    assert_allclose([both.lower, both.upper], [0.35, 0.45], rtol=1e-12)


def test_impossible_limits_are_refused():
    for lower, upper in ((0.0, 0.5), (0.5, 1.0), (0.5, 1.5)):
        with pytest.raises(ValueError, match=r"^a limit is"):
            middle(lower, upper, "log")
    with pytest.raises(ValueError, match=r"^interval is 'loog'"):
        middle(0.2, 0.5, "loog")
    bounds = Bounds(0.3, 0.4, True, True)
    with pytest.raises(ValueError, match=r"^lower is float"):
        middle_bounds(0.3, bounds, "log")
    with pytest.raises(ValueError, match=r"^upper is float"):
        middle_bounds(bounds, 0.5, "log")
    with pytest.raises(ValueError, match="swap them"):
        middle(0.6, 0.5, "log")
    assert math.isclose(middle(0.5, 0.5, "plain"), 0.5)
