"""How far a printed P is from those that a test or limits give."""

from __future__ import annotations

from scipy import special

from secondlook.scan.cells import p_bounds


def standard_errors_apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and the least and the largest."""
    low, high = p_bounds(text)
    return max(0.0, _z(high) - _z(p[0]), _z(p[1]) - _z(low))


def _z(p: float) -> float:
    """Return the deviate of a P of two sides."""
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))
