"""Printed facts turned into what the search reads: cells, tests at cuts, windows of crossings."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from secondlook.admissible.time_cells import (
    Cell,
    Cut,
    cells_between,
    cells_within,
    cut_after,
    cut_before,
    window_cuts,
)
from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.places import Curve, Known, Rules, Window
from secondlook.linked.survival_facts import PrintedMedian, Rounding, SurvivalFacts, admitted
from secondlook.printed import FLOAT_TOLERANCE, Bounds
from secondlook.survival import IntervalType, limits

__all__ = ["IntervalScale", "Problem", "SurvivalTest", "hold", "limits_of", "pose"]


class IntervalScale(NamedTuple):
    """The type of an interval and its level of confidence."""

    kind: IntervalType
    level: float

    @property
    def z(self) -> float:
        """The normal quantile of the level."""
        return NormalDist().inv_cdf((1 + self.level) / 2)


@dataclass(frozen=True)
class SurvivalTest:
    """What S(t) and its limits, as fractions in percent, have to lie in just after a cell."""

    after_cell: int
    estimate: Bounds | None
    lower: Bounds | None
    upper: Bounds | None

    def passes(
        self, survival: FloatArray, greenwood: FloatArray, scale: IntervalScale
    ) -> BoolArray:
        """Say which curves print the statement.

        Parameters
        ----------
        survival, greenwood
            Shape (k,), S(t) and Greenwood's sum of d / (n (n - d)) up to t.
        scale
            What kind of limits are printed.
        """
        good = np.ones(len(survival), dtype=bool)
        if self.estimate is not None:
            good &= hold(self.estimate, 100 * survival)
        if self.lower is not None and self.upper is not None:
            lower, upper = limits_of(survival, greenwood, scale)
            good &= hold(self.lower, 100 * lower) & hold(self.upper, 100 * upper)
        return good


@dataclass(frozen=True)
class Problem:
    """One search: the axis, and what must hold where.

    Attributes
    ----------
    at_risk_after
        The number at risk that must be left after a cell, for the cells that end at a tick.
    tests
        The printed S(t), in the order of time.
    deaths
        Least and greatest number of deaths.
    scale, follow_up_scale
        The limits of S(t), and of the reverse curve.
    """

    n: int
    cells: tuple[Cell, ...]
    at_risk_after: dict[int, int]
    tests: tuple[SurvivalTest, ...]
    rules: Rules
    deaths: tuple[int, int]
    scale: IntervalScale
    follow_up_scale: IntervalScale

    def exits_before(self, cell: int) -> tuple[int, int]:
        """Return the least and greatest number of marks that lie in the cells up to this one."""
        fewest, most = 0, self.n
        for after, left in self.at_risk_after.items():
            if after <= cell:
                fewest = max(fewest, self.n - left)
            if after >= cell:
                most = min(most, self.n - left)
        return fewest, most


def pose(
    facts: SurvivalFacts,
    scale: IntervalScale,
    follow_up_scale: IntervalScale,
    rounding: Rounding,
    watch: tuple[Cut, ...] = (),
) -> Problem:
    """Turn printed facts into a search problem; `watch` adds cuts that no fact asks for."""
    spans: dict[tuple[Curve, str], Bounds | None] = {}
    medians: tuple[tuple[Curve, PrintedMedian | None], ...] = (
        ("survival", facts.median),
        ("follow-up", facts.follow_up),
    )
    for curve, median in medians:
        if median is None:
            continue
        if median.estimate != "":
            spans[curve, "median"] = _span(median.estimate, rounding)
        if median.limits is not None:
            spans[curve, "lower"] = _span(median.limits[0], rounding)
            spans[curve, "upper"] = _span(median.limits[1], rounding)
    told = [admitted(known.time, rounding) for known in facts.known]
    later_ticks = [tick for tick in facts.counts if tick[0] > 0]
    cuts = [*watch, *(cut_before(time) for time, _ in later_ticks)]
    cuts += [cut_after(fact.at) for fact in facts.survival]
    for bounds in [*spans.values(), *told]:
        cuts += [] if bounds is None else [cut for cut in window_cuts(bounds) if cut is not None]
    cells = cells_between(cuts)
    ends = {cell.upper: index for index, cell in enumerate(cells)}
    tests = tuple(
        SurvivalTest(
            ends[cut_after(fact.at)],
            None if fact.estimate is None else admitted(fact.estimate, rounding),
            None if fact.limits is None else admitted(fact.limits[0], rounding),
            None if fact.limits is None else admitted(fact.limits[1], rounding),
        )
        for fact in sorted(facts.survival, key=lambda fact: fact.at)
    )
    rules = Rules(
        cells,
        {key: Window.of(bounds, cells) for key, bounds in spans.items()},
        tuple(
            Known(known.mark, *cells_within(cells, bounds))
            for known, bounds in zip(facts.known, told, strict=True)
        ),
    )
    at_risk_after = {ends[cut_before(time)]: number for time, number in later_ticks}
    return Problem(
        facts.patients,
        cells,
        at_risk_after,
        tests,
        rules,
        facts.death_bounds,
        scale,
        follow_up_scale,
    )


def limits_of(
    survival: FloatArray, greenwood: FloatArray, scale: IntervalScale
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of survival probabilities; 1 and 1 before the first death, as printed."""
    with np.errstate(invalid="ignore"):
        std_error = survival * np.sqrt(greenwood)
    lower, upper = limits(survival, std_error, interval=scale.kind, level=scale.level)
    untouched = survival == 1
    lower[untouched] = upper[untouched] = 1.0
    return lower, upper


def hold(bounds: Bounds, values: FloatArray) -> BoolArray:
    """Say which values lie in the bounds; a value at a bound to 1e-12 is that bound."""
    low, high = float(bounds.lower), float(bounds.upper)
    near_low = FLOAT_TOLERANCE * max(1.0, abs(low)) * (1 if bounds.lower_closed else -1)
    near_high = FLOAT_TOLERANCE * max(1.0, abs(high)) * (1 if bounds.upper_closed else -1)
    with np.errstate(invalid="ignore"):
        inside: BoolArray = (values >= low - near_low) & (values <= high + near_high)
    return inside


def _span(printed: str | None, rounding: Rounding) -> Bounds | None:
    return None if printed is None else admitted(printed, rounding)
