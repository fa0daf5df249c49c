"""What the data sets that print the facts leave open of quantities that the paper does not print.

Where all sequences are listed the ends of a range are taken by some of them. Otherwise they are
those of the polygons of the bound: no data set lies outside, and few among many patients come close
to an end without reaching it. Survival between two cuts of the time axis lies between what it may
be at either, because it never rises.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.question import Curve
from secondlook.admissible.region import OUTWARD
from secondlook.admissible.time_cells import AFTER
from secondlook.inputs import FloatArray, IntArray
from secondlook.printed import parse

if TYPE_CHECKING:
    from secondlook.admissible.listing import Listing

# A cut of the axis, whether what happens at it has happened, and the ends of S there.
Row = tuple[float, bool, float, float]


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
    """What may be the case just after a time, or, if that is not included, just before it.

    These are S(t), the reverse curve, and how many are left.
    """

    time: float
    included: bool
    survival: Range
    followed: Range
    at_risk: Range


def bands(bound: Bound, listed: Listing | None = None) -> tuple[Band, ...]:
    """Return what may be the case at every cut of the axis, from time 0 on."""
    q = bound.question
    found: defaultdict[int, list[list[float]]] = defaultdict(lambda: [[], [], []])
    for cell, k, alive, followed in _of_polygons(bound) if listed is None else listed.ends():
        for values, more in zip(found[cell], (alive, followed, q.n - k), strict=True):
            values += [float(np.min(more)), float(np.max(more))]
    whole = Range(1.0, 1.0)
    at = [Band(0.0, True, whole, whole, Range(float(q.n), float(q.n)))]
    for cell in sorted(found):
        upper = q.cells[cell].upper
        # After the deaths of an instant its censorings are still to come.
        if upper is not None and q.cells[cell].holds != "deaths":
            spans = [
                Range(min(some), max(some), listed is not None and listed.exact)
                for some in found[cell]
            ]
            at.append(Band(float(upper[0]), upper[1] == AFTER, *spans))
    return tuple(at)


def _of_polygons(bound: Bound) -> Iterator[tuple[int, IntArray, FloatArray, FloatArray]]:
    """Give cells, numbers of marks at their ends, and the ends of both curves there."""
    n = bound.question.n
    for cell, (k, extent) in enumerate(bound.leaving):
        low, high = np.maximum(0.0, -extent[:, 1] - OUTWARD), extent[:, 0] + OUTWARD
        share = (n - k) / n
        ended = share == 0
        fewest = np.where(ended, 0.0, share * np.exp(low))
        most = np.where(ended, 1.0, np.minimum(1.0, share * np.exp(np.minimum(high, NOBODY))))
        yield (
            cell,
            k,
            np.concatenate((np.exp(-low), np.where(high >= NOBODY, 0.0, np.exp(-high)))),
            np.concatenate((np.minimum(1.0, fewest), most)),
        )


def named(
    facts: CurveFacts, bound: Bound, listed: Listing | None, at: tuple[Band, ...]
) -> Iterator[tuple[str, Range]]:
    """Give by name what is left open of what the facts do not print."""
    least, most = map(float, bound.died[-1])
    yield "deaths", Range(least, most) if listed is None else listed.range_of(listed.deaths)
    if facts.median.estimate is None:
        yield "median", median(at, "survival")
    if facts.follow_up.estimate is None:
        yield "median follow-up", median(at, "follow-up")
    ticks = [float(parse(tick).value) for tick in facts.ticks]
    printed = [float(parse(time).value) for time, _ in facts.survival]
    for horizon in (printed or ticks)[-1:]:
        area = restricted_mean(at, horizon) if listed is None else listed.restricted_mean(horizon)
        yield f"restricted mean up to {horizon:g}", area
    for cut in at[1:]:
        if cut.time in (printed if cut.included else ticks):
            yield f"survival {'at' if cut.included else 'just before'} {cut.time:g}", cut.survival
            if cut.included:
                yield f"at risk after {cut.time:g}", cut.at_risk
    for start, stop in itertools.pairwise(ticks):
        rate = hazard(at, start, stop)
        if rate is not None:
            exactly = rate if listed is None else listed.hazard(start, stop)
            yield f"hazard from {start:g} to {stop:g}", exactly


def restricted_mean(at: tuple[Band, ...], horizon: float) -> Range:
    """Return the range of the area under S(t) up to a horizon."""
    low = high = 0.0
    for here, ahead in zip(at, [*at[1:], None], strict=True):
        end = horizon if ahead is None else min(horizon, ahead.time)
        width = max(0.0, end - here.time)
        high += width * here.survival.highest
        low += width * (0.0 if ahead is None else ahead.survival.lowest)
    return Range(low, high)


def hazard(at: tuple[Band, ...], start: float, stop: float) -> Range | None:
    """Return the range of the mean hazard from one tick to the next.

    It is (log S(start-) - log S(stop-)) / (stop - start), what happens at a tick counting to the
    period that begins there. None where the axis is not cut so, or all may have died.
    """
    before = {here.time: here.survival for here in at if not here.included or here.time == 0}
    if start not in before or stop not in before or before[stop].lowest <= 0:
        return None
    one, other = before[start], before[stop]
    low = max(0.0, math.log(one.lowest / other.highest))
    return Range(low / (stop - start), math.log(one.highest / other.lowest) / (stop - start))


def median(at: tuple[Band, ...], curve: Curve) -> Range:
    """Return the range of the time at which a curve comes down to one half; infinite if never."""
    low, high = math.inf, 0.0
    heights = [here.survival if curve == "survival" else here.followed for here in at]
    ends = [*(here.time for here in at[1:]), math.inf]
    for here, height, below, end in zip(at, heights, [*heights[1:], None], ends, strict=True):
        if below is None or below.lowest <= 0.5 + OUTWARD:
            low = min(low, here.time)
        if height.highest >= 0.5 - OUTWARD:
            high = max(high, end)
    return Range(low, high)


def hull(ranges: Iterable[Range]) -> Range:
    """Return the range that holds all of some ranges."""
    some = list(ranges)
    return Range(
        min(one.lowest for one in some),
        max(one.highest for one in some),
        all(one.exact for one in some),
    )


def joined(every: list[tuple[Band, ...]]) -> tuple[Row, ...]:
    """Return the band that holds the bands of all readings, whatever their cuts."""
    rows = [
        [(cut.time, cut.included, cut.survival.lowest, cut.survival.highest) for cut in at]
        for at in every
    ]
    found = []
    for cut in sorted({row[:2] for some in rows for row in some}):
        span = hull(around(some, cut) for some in rows)
        found.append((*cut, span.lowest, span.highest))
    return tuple(found)


def around(rows: Iterable[Row], cut: tuple[float, bool]) -> Range:
    """Return between which values S lies at a time or just before it, for it never rises."""
    some = list(rows)
    return Range(
        max((low for *at, low, _ in some if tuple(at) >= cut), default=0.0),
        min((high for *at, _, high in some if tuple(at) <= cut), default=1.0),
    )
