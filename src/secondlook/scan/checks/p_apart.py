"""How far two P are from each other: in standard errors, or in log odds."""

from __future__ import annotations

import math

from scipy import special

from secondlook.scan.cells import p_bounds


def standard_errors_apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and the least and the largest."""
    low, high = p_bounds(text)
    return max(0.0, _z(high) - _z(p[0]), _z(p[1]) - _z(low))


def _z(p: float) -> float:
    """Return the deviate of a P of two sides."""
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))


def log_odds_apart(a: float, b: float, least: float = 1e-9) -> float:
    """Return how far two P are apart in log odds; those below the `least` are alike."""
    a, b = (min(max(x, least), 1 - least) for x in (a, b))
    return abs(math.log(a / (1 - a)) - math.log(b / (1 - b)))
