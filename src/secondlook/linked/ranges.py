"""The least and greatest value that a quantity takes over all admissible orders and all times.

S(t), its limits and the number of deaths depend on the order alone: their ends are attained. The
restricted mean rises with every time of death, so that its ends lie where all deaths of a cell
stand at the end of the cell: limits of what admissible times give, attained where the cell
contains its end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.order_graph import Arcs, Graph
from secondlook.linked.prefixes import Prefixes
from secondlook.linked.problem import limits_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Range", "censored_by", "envelope", "hazard", "restricted_mean", "survival_between"]

Weight = Callable[[Arcs, FloatArray], tuple[FloatArray, FloatArray]]


@dataclass(frozen=True)
class Range:
    """The least and greatest value over the admissible sets."""

    lowest: float
    highest: float

    def __contains__(self, value: float) -> bool:
        """Whether a value lies between the ends."""
        return self.lowest <= value <= self.highest


def envelope(graph: Graph, times: FloatArray) -> pd.DataFrame:
    """Return what S(t), its limits and the number at risk may be at given times.

    Parameters
    ----------
    times
        Shape (k,), after 0.

    Returns
    -------
    DataFrame
        A row a time: time, and the lowest and highest survival, lower limit, upper limit and
        number at risk just after the time, as ``survival_lowest`` and so on.

    Raises
    ------
    ValueError
        If a time begins a cell without ending one: marks at exactly this time are not told apart
        from later ones there.
    """
    import pandas as pd

    rows = []
    for time in times:
        row: dict[str, float] = {"time": float(time)}
        seen: dict[str, list[float]] = {}
        for gone, prefixes in _current(graph, Fraction(float(time)).limit_denominator(10**6)):
            lower, upper = limits_of(prefixes.survival, prefixes.greenwood, graph.problem.scale)
            for name, values in (
                ("survival", prefixes.survival),
                ("lower", lower[~np.isnan(lower)]),
                ("upper", upper[~np.isnan(upper)]),
                ("at_risk", np.array([graph.problem.n - gone])),
            ):
                seen.setdefault(name, []).extend(
                    [float(values.min()), float(values.max())] if len(values) else []
                )
        for name, found in seen.items():
            row[f"{name}_lowest"] = min(found, default=math.nan)
            row[f"{name}_highest"] = max(found, default=math.nan)
        rows.append(row)
    return pd.DataFrame(rows)


def survival_between(graph: Graph, time: Fraction) -> Range:
    """Return the range of S(time)."""
    ends = [
        (float(prefixes.survival.min()), float(prefixes.survival.max()))
        for _, prefixes in _current(graph, time)
    ]
    return Range(min(low for low, _ in ends), max(high for _, high in ends))


def censored_by(graph: Graph, time: Fraction) -> Range:
    """Return the range of the number of patients censored up to a time, the time included."""
    counts = [
        gone - np.bitwise_count(prefixes.order).astype(int)
        for gone, prefixes in _current(graph, time)
    ]
    return Range(
        float(min(count.min() for count in counts)), float(max(count.max() for count in counts))
    )


def restricted_mean(graph: Graph, horizon: float) -> Range:
    """Return the range of the area under S(t) up to a horizon."""

    def lost(arc: Arcs, drop: FloatArray) -> tuple[FloatArray, FloatArray]:
        cell = graph.problem.cells[arc.cell]
        return drop * max(horizon - cell.ends, 0.0), drop * max(horizon - cell.begins, 0.0)

    least, most = _sum_over_deaths(graph, lost)
    return Range(horizon - most, horizon - least)


def hazard(graph: Graph, start: float, stop: float) -> Range:
    """Return the range of the mean hazard between two times, (log S(start) - log S(stop)) / length.

    Deaths in a cell that lies across an end may fall on either side of it. Infinite if everybody
    may have died.
    """

    def inside(arc: Arcs, drop: FloatArray) -> tuple[FloatArray, FloatArray]:
        cell = graph.problem.cells[arc.cell]
        outside = cell.ends <= start or cell.begins >= stop
        within = cell.begins >= start and cell.ends <= stop
        return drop * within, drop * (not outside)

    least, most = _sum_over_deaths(graph, inside, logarithm=True)
    return Range(least / (stop - start), most / (stop - start))


def _sum_over_deaths(
    graph: Graph, weight: Weight, *, logarithm: bool = False
) -> tuple[float, float]:
    least = [np.full(len(layer), np.inf) for layer in graph.layers]
    most = [np.full(len(layer), -np.inf) for layer in graph.layers]
    least[0][:] = most[0][:] = 0.0
    for gone, arcs in enumerate(graph.arcs):
        for arc in arcs:
            low = high = np.zeros(len(arc.source))
            if arc.death:
                before = graph.layers[gone].survival[arc.source]
                after = graph.layers[gone + arc.marks].survival[arc.target]
                with np.errstate(divide="ignore", invalid="ignore"):
                    drop = np.log(before) - np.log(after) if logarithm else before - after
                    low, high = (np.nan_to_num(part, nan=0.0, posinf=np.inf)
                                 for part in weight(arc, drop))  # fmt: skip
            np.minimum.at(least[gone + arc.marks], arc.target, least[gone][arc.source] + low)
            np.maximum.at(most[gone + arc.marks], arc.target, most[gone][arc.source] + high)
    return float(least[-1].min()), float(most[-1].max())


def _current(graph: Graph, time: Fraction) -> Iterator[tuple[int, Prefixes]]:
    """Give, for each number of marks, the prefixes that may be what has happened by a time."""
    last, following = _cells_around(graph, time)
    for gone, layer in enumerate(graph.layers):
        reached = np.array([graph.places[place].cell for place in layer.place], dtype=int) <= last
        stays: BoolArray = np.zeros(len(layer), dtype=bool)
        if gone == graph.problem.n:
            stays[:] = True
        else:
            for arc in graph.arcs[gone]:
                if arc.cell >= following:
                    stays[arc.source] = True
        if (reached & stays).any():
            yield gone, layer.rows(reached & stays)


def _cells_around(graph: Graph, time: Fraction) -> tuple[int, int]:
    """Return the last cell with marks up to the time, and the first with marks after it."""
    for index, cell in enumerate(graph.problem.cells):
        if cell.upper == (time, 1) and cell.holds != "deaths":
            return index, index + 1
        if cell.lower == (time, 0) and not cell.is_instant:
            raise ValueError(
                f"marks at exactly {float(time):g} are not told apart from later ones: "
                f"pass watch=({float(time):g},) to orders()"
            )
        if cell.lower < (time, 0) and (cell.upper is None or (time, 1) < cell.upper):
            return index, index
    raise AssertionError("the cells cover the axis")
