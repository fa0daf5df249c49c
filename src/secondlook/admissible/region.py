"""Which Greenwood sums go with a printed limit: the bridge from a limit to the plane of a curve.

A curve just after some marks is a point (L, G): L = -log S and Greenwood's sum G. A Wald limit b on
the scale g lies where sqrt(G) = |g(b) - g(S)| w(S) / z, with w(S) = 1 / (S |g'(S)|), so that bounds
of a limit become bounds of G for each L. Over a strip of L the bounds are those of its ends: the
right-hand side rises with L for upper limits, and for lower limits it rises to one peak and falls.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from secondlook.inputs import FloatArray
from secondlook.survival.intervals import SCALES, IntervalType

# Far more than the rounding of a sum of thousands of terms, far less than any printed digit.
OUTWARD = 1e-9


def greenwood_bounds(
    kind: IntervalType,
    part: str,
    ends: tuple[float, float],
    left: FloatArray,
    right: FloatArray,
    z: float,
    *,
    inner: bool = False,
) -> tuple[FloatArray, FloatArray]:
    """Return between which G a limit lies between the `ends`, on strips left <= L <= right.

    Outside of the outer bounds it does so for no L of the strip; inside of the `inner` ones it does
    so for every L. The lower bound is above the upper one where nothing goes.
    """
    least, most = np.zeros_like(left), np.full_like(left, np.inf)
    outward = -OUTWARD if inner else OUTWARD
    # The end of the limit that needs the least spread, and the one that needs the most.
    near, far = ends if part == "upper" else ends[::-1]
    if part == "lower" and near <= 0 and kind != "plain":
        return np.full_like(left, np.inf), most
    if near > 0 if part == "upper" else near < 1:
        lowest, highest = _span(kind, part, near, left, right, z)
        least = _squared((highest if inner else lowest) - outward)
    if far < 1 if part == "upper" else far > 0:
        lowest, highest = _span(kind, part, far, left, right, z)
        root = (lowest if inner else highest) + outward
        most = np.where(root < 0, -1.0, _squared(root))
    return least, most


def _span(
    kind: IntervalType, part: str, limit: float, left: FloatArray, right: FloatArray, z: float
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest root of a limit on strips."""
    sign = 1 if part == "upper" else -1
    one, other = _root(kind, sign, left, limit, z), _root(kind, sign, right, limit, z)
    highest = np.maximum(one, other)
    if part == "lower":
        at, height = _peak(kind, limit, z)
        highest = np.where((left <= at) & (at <= right), np.maximum(highest, height), highest)
    return np.minimum(one, other), highest


def _squared(root: FloatArray) -> FloatArray:
    squared: FloatArray = np.maximum(root, 0.0) ** 2
    return squared


def _root(
    kind: IntervalType, sign: int, distance: FloatArray, limit: float, z: float
) -> FloatArray:
    """Return sqrt(G), negative where the limit lies on the wrong side of S."""
    scale, survival = SCALES[kind], np.exp(-np.maximum(distance, 1e-12))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = (scale.of(np.array(limit)) - scale.of(survival)) / scale.slope(survival)
        scaled: FloatArray = sign * reach / (survival * z)
    return scaled


@cache
def _peak(kind: IntervalType, limit: float, z: float) -> tuple[float, float]:
    """Return where the root of a lower limit is highest, and an upper bound of its height."""
    if kind in ("plain", "log"):
        return -1.0, 0.0
    grid = np.geomspace(1e-6, 40, 200_001)
    roots = _root(kind, -1, grid, limit, z)
    best = int(np.argmax(roots))
    return float(grid[best]), float(roots[best]) * (1 + 1e-6)
