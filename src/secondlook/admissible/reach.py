"""What the data sets that print the facts leave open of quantities that the paper does not print.

The ends of a range are those of the polygons of the bound: no data set lies outside, and few among
many patients come close to an end without reaching it. Survival between two cuts of the time axis
lies between what it may be at either, because it never rises.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound
from secondlook.admissible.question import Curve
from secondlook.admissible.region import OUTWARD

__all__ = ["Band", "Range", "band", "deaths", "hazard", "hull", "median", "restricted_mean"]


@dataclass(frozen=True)
class Range:
    """Between which values a quantity lies in every data set that prints the facts.

    Attributes
    ----------
    exact
        Whether both ends are known to be taken; if not, no data set lies outside all the same.
    """

    lowest: float
    highest: float
    exact: bool = False

    def __contains__(self, value: float) -> bool:
        """Whether a value lies between the ends, rounding aside."""
        slack = 1e-9 * (1 + abs(value))
        return self.lowest - slack <= value <= self.highest + slack


@dataclass(frozen=True)
class Band:
    """What may be the case just after a time at which the axis is cut.

    Attributes
    ----------
    time, included
        The time, and whether what happens at the time itself has happened.
    cell
        The cell that ends there; -1 for the start.
    survival, followed
        S(t), and the reverse curve.
    at_risk
        How many are left.
    """

    time: float
    included: bool
    cell: int
    survival: Range
    followed: Range
    at_risk: Range


def band(bound: Bound) -> tuple[Band, ...]:
    """Return what may be the case at every cut of the axis, from time 0 on."""
    q = bound.question
    whole = Range(1.0, 1.0)
    found = [Band(0.0, True, -1, whole, whole, Range(float(q.n), float(q.n)))]
    for cell in range(len(q.cells) - 1):
        upper = q.cells[cell].upper
        assert upper is not None
        if q.cells[cell].holds == "deaths":
            # The instant goes on: its censorings are still to come.
            continue
        survival, followed, gone = [], [], []
        for mask, room in bound.rooms[cell].items():
            after = bound.rooms[cell + 1].get(mask)
            if after is None:
                continue
            for k, low, high in _distances(room.first[0], room.extent):
                row = k - after.first[0]
                if not q.may_leave(mask, cell, k) or not 0 <= row < len(after.extent):
                    continue
                if not after.alive[row].any():
                    continue
                gone.append(k)
                survival += [math.exp(-low), 0.0 if high >= NOBODY else math.exp(-high)]
                if k < q.n:
                    share = (q.n - k) / q.n
                    followed += [min(1.0, share * math.exp(low)), min(1.0, share * math.exp(high))]
                else:
                    followed += [0.0, 1.0]
        if gone:
            found.append(
                Band(
                    float(upper[0]),
                    upper[1] == 1,
                    cell,
                    Range(min(survival), max(survival)),
                    Range(min(followed), max(followed)),
                    Range(float(q.n - max(gone)), float(q.n - min(gone))),
                )
            )
    return tuple(found)


def _distances(first: int, extent: np.ndarray) -> Iterable[tuple[int, float, float]]:
    """Give for each number of marks between which values L lies."""
    for row in range(len(extent)):
        alive = extent[row, :, 0] > -np.inf
        if alive.any():
            low = max(0.0, float((-extent[row, alive, 1]).min()) - OUTWARD)
            yield first + row, low, float(extent[row, alive, 0].max()) + OUTWARD


def deaths(bound: Bound) -> Range:
    """Return the range of the number of deaths."""
    low, high = [], []
    for room in bound.rooms[-1].values():
        last = bound.question.n - room.first[0]
        if 0 <= last < len(room.extent):
            alive = np.flatnonzero(room.alive[last]) + room.first[1]
            low.append(int(alive.min()))
            high.append(int(alive.max()))
    return Range(float(min(low)), float(max(high)))


def restricted_mean(bands: tuple[Band, ...], horizon: float) -> Range:
    """Return the range of the area under S(t) up to a horizon."""
    low = high = 0.0
    for here, ahead in zip(bands, [*bands[1:], None], strict=True):
        end = horizon if ahead is None else min(horizon, ahead.time)
        width = max(0.0, end - here.time)
        high += width * here.survival.highest
        low += width * (0.0 if ahead is None else ahead.survival.lowest)
    return Range(low, high)


def hazard(bands: tuple[Band, ...], start: float, stop: float) -> Range | None:
    """Return the range of the mean hazard from one tick to the next.

    It is (log S(start-) - log S(stop-)) / (stop - start), what happens at a tick counting to the
    period that begins there. None where the axis is not cut so, or all may have died.
    """
    at = {here.time: here.survival for here in bands if not here.included or here.time == 0}
    if start not in at or stop not in at or at[stop].lowest <= 0:
        return None
    one, other = at[start], at[stop]
    low = max(0.0, math.log(one.lowest / other.highest))
    return Range(low / (stop - start), math.log(one.highest / other.lowest) / (stop - start))


def median(bands: tuple[Band, ...], curve: Curve) -> Range:
    """Return the range of the time at which a curve comes down to one half; infinite if never."""
    low, high = math.inf, 0.0
    for here, ahead in zip(bands, [*bands[1:], None], strict=True):
        end = math.inf if ahead is None else ahead.time
        if ahead is None or _height(ahead, curve).lowest <= 0.5 + OUTWARD:
            low = min(low, here.time)
        if _height(here, curve).highest >= 0.5 - OUTWARD:
            high = max(high, end)
    return Range(low, high)


def _height(band: Band, curve: Curve) -> Range:
    return band.survival if curve == "survival" else band.followed


def hull(ranges: Iterable[Range]) -> Range:
    """Return the range that holds all of some ranges."""
    some = list(ranges)
    return Range(
        min(one.lowest for one in some),
        max(one.highest for one in some),
        all(one.exact for one in some),
    )
