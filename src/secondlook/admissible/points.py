"""Concrete curves after so many marks, as points of the plane of the bound, and what they print."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound, Room
from secondlook.admissible.facts import Part
from secondlook.admissible.question import Curve, Question, Test
from secondlook.admissible.verify import HALF_TOLERANCE
from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.printed import FLOAT_TOLERANCE, Bounds
from secondlook.survival.intervals import wald_limits

__all__ = ["Points", "heights", "inside", "meets", "passes"]


class Points(NamedTuple):
    """Curves after k marks: -log S, Greenwood's sum and the deaths of each, all of shape (m,)."""

    k: int
    distance: FloatArray
    greenwood: FloatArray
    deaths: IntArray

    def some(self, which: IntArray | BoolArray) -> Points:
        """Return some of the curves."""
        return Points(self.k, self.distance[which], self.greenwood[which], self.deaths[which])


def inside(bound: Bound, room: Room, at: Points) -> tuple[IntArray, FloatArray]:
    """Return which curves lie inside their polygons, and how deep, as a share."""
    row = at.k - room.first[0]
    if not 0 <= row < len(room.extent):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    column = at.deaths - room.first[1]
    present = np.flatnonzero((column >= 0) & (column < room.extent.shape[1]))
    points = np.column_stack((at.distance[present], at.greenwood[present]))
    reach = points @ bound.directions.T
    room_left = room.extent[row, column[present]] - reach
    good = (room_left >= -1e-9 * (1 + np.abs(reach))).all(axis=1)
    # Directions come in opposite pairs: what both leave is the width of the polygon.
    width = room_left[:, 0::2] + room_left[:, 1::2]
    least = np.minimum(room_left[:, 0::2], room_left[:, 1::2])
    depth = (least / np.maximum(width, 1e-12)).min(axis=1)
    return present[good], depth[good]


def heights(q: Question, curve: Curve, part: Part, at: Points) -> tuple[FloatArray, BoolArray]:
    """Return a curve or a limit, and where the curve has ended at 0."""
    left = q.n - at.k
    if curve == "survival":
        ended = at.distance >= NOBODY
        survival, spread, events = np.exp(-at.distance), at.greenwood, at.deaths
    else:
        # The last one's death leaves the reverse curve as it was, his censoring ends it.
        died = at.distance >= NOBODY
        before = np.where(died, at.distance - NOBODY, at.distance)
        share = max(left, 1)
        survival = share / q.n / np.exp(-before)
        spread = np.maximum(1 / share - 1 / q.n - at.greenwood, 0.0)
        ended = ~died & (left == 0)
        events = at.k - at.deaths
    if part == "estimate":
        return np.where(ended, 0.0, survival), ended
    with np.errstate(invalid="ignore"):
        lower, upper = wald_limits(
            survival,
            survival * np.sqrt(spread),
            interval=q.kinds[curve],
            level=math.erf(q.z / math.sqrt(2)),
        )
    value = np.where(events == 0, 1.0, lower if part == "lower" else upper)
    return np.where(ended, np.nan, value), ended


def passes(q: Question, test: Test, at: Points) -> BoolArray:
    """Say which curves pass a test."""
    return meets(test, *heights(q, test.curve, test.part, at))


def meets(test: Test, value: FloatArray, ended: BoolArray) -> BoolArray:
    """Say which heights, as `heights` gives them, pass a test."""
    if not test.half:
        return _hold(test.bounds, value)
    above = float(test.bounds.lower) > 0
    if test.part == "estimate":
        side = value >= 0.5 - HALF_TOLERANCE if above else value <= 0.5 + HALF_TOLERANCE
        return np.asarray(side, dtype=bool)
    with np.errstate(invalid="ignore"):
        side = value > 0.5 + HALF_TOLERANCE if above else value <= 0.5 + HALF_TOLERANCE
    # Where a curve has ended its limits are missing: what they were before is not known here.
    return np.asarray(side | ended, dtype=bool)


def _hold(bounds: Bounds, values: FloatArray) -> BoolArray:
    """Say which values lie in the bounds; one at a bound to 1e-12 is that bound."""
    low, high = float(bounds.lower), float(bounds.upper)
    near_low = FLOAT_TOLERANCE * max(1.0, abs(low)) * (1 if bounds.lower_closed else -1)
    near_high = FLOAT_TOLERANCE * max(1.0, abs(high)) * (1 if bounds.upper_closed else -1)
    with np.errstate(invalid="ignore"):
        inside: BoolArray = (values >= low - near_low) & (values <= high + near_high)
    return inside
