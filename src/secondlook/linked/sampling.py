"""Concrete data sets drawn from the admissible orders, each one verified.

An order is drawn with equal probability among all orders (each with each distribution over the
cells); then times on a grid, with equal probability among the grid times of its cells that keep
the order. A data set that an estimator does not confirm is thrown away and another drawn. Orders
that no grid times can represent (a cell with more strict steps than grid points) drop out, so that
the draw is uniform over the orders that the grid can represent only within each order's chances.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from secondlook.admissible.time_cells import Cell
from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.order_set import AdmissibleOrders
from secondlook.linked.verification import unmet_facts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Draws", "collect", "draw_order", "grid_points", "sample"]


@dataclass(frozen=True)
class Mark:
    """Tied marks of one kind in one cell."""

    cell: int
    death: bool
    marks: int


@dataclass(frozen=True)
class Draws:
    """Verified data sets.

    Attributes
    ----------
    frame
        One row a patient: set, patient, time, event.
    tried
        How many orders were drawn for them.
    """

    frame: pd.DataFrame
    tried: int


def sample(
    found: AdmissibleOrders,
    size: int,
    rng: np.random.Generator,
    *,
    grid: str = "0.1",
    latest: float | None = None,
    tries_each: int = 2000,
) -> Draws:
    """Draw data sets that print every fact.

    Parameters
    ----------
    found
        The admissible orders, not empty.
    size
        How many data sets.
    rng
        The source of randomness.
    grid
        The step of the times.
    latest
        The last possible time; one and a half times the last printed time if not given.
    tries_each
        How many draws one data set may cost.

    Raises
    ------
    ValueError
        If there is no admissible order, or none of the tries lies on the grid.
    """
    import pandas as pd

    if not found:
        raise ValueError("there is nothing to draw: the facts admit no order")
    step = Fraction(grid)
    end = latest if latest is not None else 1.5 * found.graph.problem.cells[-1].begins

    def draw() -> pd.DataFrame | None:
        drawn = _times(found, draw_order(found, rng), step, end, rng)
        if drawn is None:
            return None
        time, event = drawn
        unmet = unmet_facts(
            found.facts,
            time,
            event,
            interval=found.interval,
            follow_up_interval=found.follow_up_interval,
            rounding=found.rounding,
            level=found.level,
        )
        return None if unmet else pd.DataFrame({"time": time, "event": event.astype(int)})

    return collect(
        draw,
        size,
        tries_each,
        "{tried} orders drawn, but only {found} of {size} data sets with times on a "
        f"grid of {grid} print every fact; take a finer grid",
    )


def collect(
    draw: Callable[[], pd.DataFrame | None], size: int, tries_each: int, complaint: str
) -> Draws:
    """Draw until there are enough data sets, and number them and their patients.

    Parameters
    ----------
    draw
        Returns a row a patient, or None if this try failed.
    size
        How many data sets.
    tries_each
        How many tries one data set may cost.
    complaint
        What to say if that is not enough, with ``{tried}``, ``{found}`` and ``{size}``.
    """
    import pandas as pd

    frames: list[pd.DataFrame] = []
    tried = 0
    while len(frames) < size:
        tried += 1
        if tried > tries_each * (len(frames) + 1):
            raise ValueError(complaint.format(tried=tried, found=len(frames), size=size))
        frame = draw()
        if frame is not None:
            frame.insert(0, "patient", np.arange(1, len(frame) + 1))
            frame.insert(0, "set", len(frames) + 1)
            frames.append(frame)
    return Draws(pd.concat(frames, ignore_index=True), tried)


def draw_order(found: AdmissibleOrders, rng: np.random.Generator) -> list[Mark]:
    """Draw one order, each with equal probability."""
    ways = found.completions
    gone, row, marks = 0, 0, []
    while gone < found.graph.problem.n:
        ahead = found.ahead[gone].get(row, [])
        weights = [int(ways[gone + arc.marks][target]) for arc, target in ahead]
        pick = _below(rng, sum(weights))
        for (arc, target), weight in zip(ahead, weights, strict=True):
            if pick < weight:
                marks.append(Mark(arc.cell, arc.death, arc.marks))
                gone, row = gone + arc.marks, target
                break
            pick -= weight
    return marks


def _below(rng: np.random.Generator, bound: int) -> int:
    """Draw a whole number below a bound of any size."""
    if bound < 2**63:
        return int(rng.integers(bound))
    words = math.ceil(bound.bit_length() / 32) + 1
    number = 0
    for word in rng.integers(2**32, size=words):
        number = number << 32 | int(word)
    return number * bound >> 32 * words


def _times(
    found: AdmissibleOrders,
    marks: list[Mark],
    step: Fraction,
    end: float,
    rng: np.random.Generator,
) -> tuple[FloatArray, BoolArray] | None:
    time: list[float] = []
    event: list[bool] = []
    first = 0
    while first < len(marks):
        last = first
        while last < len(marks) and marks[last].cell == marks[first].cell:
            last += 1
        together = marks[first:last]
        points = grid_points(found.graph.problem.cells[together[0].cell], step, end)
        chosen = _ascending(together, len(points), rng)
        if chosen is None:
            return None
        for mark, at in zip(together, chosen, strict=True):
            time += [float(points[at] * step)] * mark.marks
            event += [mark.death] * mark.marks
        first = last
    return np.array(time), np.array(event)


def _ascending(marks: list[Mark], points: int, rng: np.random.Generator) -> list[int] | None:
    """Draw grid points in order; a death after a censoring comes strictly later."""
    strict = [not before.death and after.death for before, after in itertools.pairwise(marks)]
    slack = strict.count(False)
    if len(marks) > points + slack:
        return None
    raised = np.sort(rng.choice(points + slack, size=len(marks), replace=False))
    ties = np.concatenate(([0], np.cumsum([not s for s in strict]))).astype(int)
    return [int(at) for at in raised - ties]


def grid_points(cell: Cell, step: Fraction, end: float) -> range:
    """Return the multiples of a step that lie in a cell, up to an end where the cell has none."""
    low, side = cell.lower
    first = math.ceil(low / step)
    if side == 1 and not cell.is_instant and first * step == low:
        first += 1
    if cell.upper is None:
        return range(first, math.floor(Fraction(end) / step) + 1)
    high, side = cell.upper
    last = math.floor(high / step)
    if side == 0 and last * step == high:
        last -= 1
    return range(first, last + 1)
