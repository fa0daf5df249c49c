"""Limits that have no closed form: mid-p, Blaker and likelihood.

Each is the edge of a set of proportions that a test of the observed count
accepts. An upper limit is one minus the lower limit of the other outcome, so
only lower limits are sought.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from scipy.special import ndtri, xlogy

from secondlook.proportions.binomial import at_least, at_most

TINY = 1e-300


def mid_p_limits(count: int, n: int, alpha: float) -> tuple[float, float]:
    """Return where P(more extreme) + P(observed)/2 equals alpha/2 on each side."""
    return _mirror(_mid_p_lower, count, n, alpha)


def likelihood_limits(count: int, n: int, alpha: float) -> tuple[float, float]:
    """Return where twice the log likelihood ratio against the estimate is z squared."""
    return _mirror(_likelihood_lower, count, n, alpha)


def blaker_limits(count: int, n: int, alpha: float) -> tuple[float, float]:
    """Return the smallest interval that holds every proportion Blaker's test accepts.

    References
    ----------
    Blaker (2000), Can J Stat 28, 783-798, section 3.
    """
    return _mirror(_blaker_lower, count, n, alpha)


def _mirror(
    lower: Callable[[int, int, float], float], count: int, n: int, alpha: float
) -> tuple[float, float]:
    return (
        0.0 if count == 0 else lower(count, n, alpha),
        1.0 if count == n else 1.0 - lower(n - count, n, alpha),
    )


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(function, low, high, xtol=TINY, rtol=8.9e-16, maxiter=500))


def _mid_p_lower(count: int, n: int, alpha: float) -> float:
    def excess(p: float) -> float:
        tail = (at_least(count, n, p) + at_least(count + 1, n, p)) / 2.0
        return tail - alpha / 2.0

    return _root(excess, 0.0, 1.0)


def _likelihood_lower(count: int, n: int, alpha: float) -> float:
    estimate = count / n
    z = float(ndtri(alpha / 2.0))

    def log_likelihood(p: float) -> float:
        return float(xlogy(count, p) + xlogy(n - count, 1.0 - p))

    top = log_likelihood(estimate)
    return _root(lambda p: z * z - 2.0 * (top - log_likelihood(p)), TINY, estimate)


def _blaker_lower(count: int, n: int, alpha: float) -> float:
    """Walk up in p over the pieces on which the opposite tail holds the same counts.

    Below the estimate the observed tail is P(X >= count). The opposite tail
    {0..k} joins at the p where P(X <= k) has fallen to it, and the
    acceptability jumps up there. On each piece it falls, then rises, so that
    alpha is first reached at a jump or at the one root of the rising part.
    """

    def acceptability(p: float, opposite: int) -> float:
        return at_least(count, n, p) + at_most(opposite, n, p)

    def excess(opposite: int, p: float) -> float:
        return acceptability(p, opposite) - alpha

    left = 0.0
    for opposite in range(-1, count):
        if opposite >= 0 and acceptability(left, opposite) >= alpha:
            return left
        right = _joins(opposite + 1, count, n)
        if acceptability(right, opposite) >= alpha:
            return _root(partial(excess, opposite), left, right)
        left = right
    raise AssertionError(f"Blaker's acceptability of {count} of {n} never reached {alpha}.")


def _joins(opposite: int, count: int, n: int) -> float:
    """Return the p at which P(X <= opposite) has fallen to P(X >= count)."""
    return _root(
        lambda p: at_least(count, n, p) - at_most(opposite, n, p), 0.0, math.nextafter(1.0, 0.0)
    )
