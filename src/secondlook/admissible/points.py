"""Concrete curves after so many marks, as points of the plane of the bound, and what they print."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound
from secondlook.admissible.facts import Part
from secondlook.admissible.question import Curve, Place, Question, Test
from secondlook.admissible.verify import HALF_TOLERANCE
from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.printed import FLOAT_TOLERANCE
from secondlook.survival.intervals import wald_limits


class Points(NamedTuple):
    """Curves after k marks: -log S, Greenwood's sum and the deaths of each, all of shape (m,).

    The history, shape (m, ...), says which marks these were.
    """

    k: int | IntArray
    distance: FloatArray
    greenwood: FloatArray
    deaths: IntArray
    history: IntArray

    @classmethod
    def start(cls, history: IntArray) -> Points:
        """Return the one curve without marks."""
        nothing = np.zeros(1)
        return cls(0, nothing, nothing, np.zeros(1, dtype=np.int64), history)

    def some(self, which: IntArray | BoolArray) -> Points:
        """Return some of the curves."""
        k, distance, greenwood, deaths, history = self
        return Points(k, distance[which], greenwood[which], deaths[which], history[which])

    def joined(self, other: Points) -> Points:
        """Return these curves, then others with as many marks."""
        return Points(
            self.k,
            np.concatenate((self.distance, other.distance)),
            np.concatenate((self.greenwood, other.greenwood)),
            np.concatenate((self.deaths, other.deaths)),
            np.concatenate((self.history, other.history)),
        )

    def after(self, k: int, death: FloatArray | None, history: IntArray) -> Points:
        """Return the curves after k marks, by a death, which adds so much, or without one."""
        if death is None:
            return Points(k, *self[1:4], history)
        distance, greenwood = self.distance + death[0], self.greenwood + death[1]
        return Points(k, distance, greenwood, self.deaths + 1, history)


def inside(bound: Bound, place: Place, at: Points) -> tuple[IntArray, FloatArray]:
    """Return which curves lie inside their polygons of a place, and how deep, as a share."""
    room = bound.rooms[place.cell].get(place.found)
    row = -1 if room is None else place.k - room.first[0]
    if room is None or not 0 <= row < len(room.extent):
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
    # The death of the last one leaves the reverse curve as it was, his censoring ends it.
    died = at.distance >= NOBODY
    if curve == "survival":
        ended = died
        survival, spread, events = np.exp(-at.distance), at.greenwood, at.deaths
    else:
        before = np.where(died, at.distance - NOBODY, at.distance)
        share = np.maximum(left, 1)
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


def leaving(q: Question, cell: int, at: Points, *, surely: bool) -> BoolArray:
    """Say which curves pass the tests at the end of a cell: all, or those that are a proof."""
    least, most = q.died[cell]
    good = (at.deaths >= least) & (at.deaths <= most)
    for test in q.tests[cell]:
        if test.sure or not surely:
            good &= passes(q, test, at)
    return good


def passes(q: Question, test: Test, at: Points) -> BoolArray:
    """Say which curves pass a test."""
    return meets(test, *heights(q, test.curve, test.part, at))


def meets(test: Test, value: FloatArray, ended: BoolArray) -> BoolArray:
    """Say which heights, as `heights` gives them, pass a test."""
    if not test.half:
        low, high = test.bounds.ends(FLOAT_TOLERANCE)
        with np.errstate(invalid="ignore"):
            return np.asarray((value >= low) & (value <= high), dtype=bool)
    above = float(test.bounds.lower) > 0
    if test.part == "estimate":
        side = value >= 0.5 - HALF_TOLERANCE if above else value <= 0.5 + HALF_TOLERANCE
        return np.asarray(side, dtype=bool)
    with np.errstate(invalid="ignore"):
        side = value > 0.5 + HALF_TOLERANCE if above else value <= 0.5 + HALF_TOLERANCE
    # Where a curve has ended its limits are missing: what they were before is not known here.
    return np.asarray(side | ended, dtype=bool)
