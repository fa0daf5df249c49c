"""Maximum likelihood and profile intervals for a location and a spread that may be 0.

Both pooling models have one location, in which the likelihood has a single
peak, and one spread >= 0, in which it may have none above 0. So one searches
over the spread and solves for the location, or the reverse, by the roots of
the derivatives: two nested one-dimensional searches that cannot go astray.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from scipy.special import chdtri

LARGEST_SPREAD = 100.0
"""The largest that is searched: tau up to 10, far beyond any data that can be pooled with sense."""


class Model(Protocol):
    """A likelihood with its derivatives by the location and by the spread."""

    def log_likelihood(self, location: float, spread: float) -> float:
        """Return the log likelihood."""
        ...

    def score(self, location: float, spread: float) -> tuple[float, float]:
        """Return the derivatives of the log likelihood."""
        ...


@dataclass(frozen=True)
class Maximum:
    """The peak of a likelihood."""

    location: float
    spread: float
    log_likelihood: float


@dataclass(frozen=True)
class ProfileLimits:
    """The values not rejected by a likelihood ratio test against the peak."""

    lower: float
    upper: float


def maximise(model: Model) -> Maximum:
    """Return the maximum likelihood estimates, refusing a likelihood that rises without end."""
    found = _best_spread(model, lambda spread: _best_location(model, spread))
    if found.spread >= LARGEST_SPREAD:
        raise ValueError(
            "the studies' proportions are spread without limit (nearly every study is all or "
            "none): no pooled proportion can be estimated; show the studies, each with its own "
            "interval"
        )
    return found


def location_limits(model: Model, peak: Maximum, level: float) -> ProfileLimits:
    """Return the profile likelihood interval of the location.

    A limit is infinite where the profile never falls far enough, as it may
    for very few studies.
    """

    def drop(location: float) -> float:
        best = _best_spread(model, lambda _: location)
        return 2.0 * (peak.log_likelihood - best.log_likelihood) - _critical(level)

    return ProfileLimits(*(_crossing(drop, peak.location, side, 30.0) for side in (-1.0, 1.0)))


def spread_limits(model: Model, peak: Maximum, level: float) -> ProfileLimits:
    """Return the profile likelihood interval of the spread, whose lower limit may be 0."""

    def drop(spread: float) -> float:
        location = _best_location(model, spread)
        return 2.0 * (peak.log_likelihood - model.log_likelihood(location, spread)) - _critical(
            level
        )

    lower = 0.0
    if peak.spread > 0.0 and drop(0.0) > 0.0:
        lower = _root(drop, 0.0, peak.spread)
    if drop(LARGEST_SPREAD) < 0.0:
        return ProfileLimits(lower, math.inf)
    return ProfileLimits(lower, _root(drop, peak.spread, LARGEST_SPREAD))


def location_information(model: Model, peak: Maximum) -> float:
    """Return minus the profile log likelihood's curvature in the location, at the peak.

    With the spread at 0 it is held there: the peak is on the edge.
    """
    width = 1e-4

    def slope(location: float) -> float:
        best = _best_spread(model, lambda _: location)
        spread = best.spread if peak.spread > 0.0 else 0.0
        return model.score(location, spread)[0]

    return -(slope(peak.location + width) - slope(peak.location - width)) / (2.0 * width)


def _critical(level: float) -> float:
    return float(chdtri(1, 1.0 - level))


def _best_location(model: Model, spread: float) -> float:
    reach = 1.0
    while model.score(-reach, spread)[0] <= 0.0 or model.score(reach, spread)[0] >= 0.0:
        reach *= 2.0
        if reach > 1e3:
            raise ArithmeticError(f"No location within {reach} of 0 fits at spread {spread}.")
    return _root(lambda location: model.score(location, spread)[0], -reach, reach)


def _best_spread(model: Model, location_at: Callable[[float], float]) -> Maximum:
    """Return the best of spread 0 and every spread at which the score turns from + to -."""

    def slope(spread: float) -> float:
        return model.score(location_at(spread), spread)[1]

    def peaks() -> Iterator[float]:
        grid = [0.0, *np.geomspace(1e-4, LARGEST_SPREAD, 16).tolist()]
        slopes = [slope(spread) for spread in grid]
        yield 0.0
        for (a, rising), (b, after) in pairwise(zip(grid, slopes, strict=True)):
            if rising > 0.0 >= after:
                yield _root(slope, a, b)
        if slopes[-1] > 0.0:
            yield LARGEST_SPREAD

    candidates = []
    for spread in peaks():
        location = location_at(spread)
        candidates.append(Maximum(location, spread, model.log_likelihood(location, spread)))
    return max(candidates, key=lambda found: found.log_likelihood)


def _crossing(drop: Callable[[float], float], start: float, side: float, farthest: float) -> float:
    """Walk away from the peak until the drop is too large, then find where it became so."""
    inside, step = start, 0.25
    while abs(inside - start) < farthest:
        outside = inside + side * step
        if drop(outside) > 0.0:
            return _root(drop, *sorted((inside, outside)))
        inside, step = outside, 2.0 * step
    return side * math.inf


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(function, low, high, xtol=1e-13, rtol=1e-12))
