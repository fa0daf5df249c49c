"""Concrete cohorts with two curves, drawn from the linked orders, each one verified.

Overall survival is drawn first, then an order of the part, then who is in it, all with equal
probability; then the times in the part and the delays, within their bounds. A cohort in which no
times fit, or that an estimator does not confirm, is thrown away and another drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from secondlook.admissible.time_cells import cell_at
from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.linked.link import Slots
from secondlook.linked.linked_orders import LinkedOrders
from secondlook.linked.linked_verification import unmet_links
from secondlook.linked.order_words import OrderWords, Step
from secondlook.linked.pair_search import EVENT, EXIT, OUTSIDE, Pairs, pair_paths
from secondlook.linked.part_median import PartMedian
from secondlook.linked.sampling import Draws, collect, draw_order, grid_points, sample

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["sample_linked"]


def sample_linked(
    found: LinkedOrders,
    size: int,
    rng: np.random.Generator,
    *,
    grid: str = "0.1",
    latest: float | None = None,
    keep: Callable[[pd.DataFrame], bool] | None = None,
    tries_each: int = 500,
) -> Draws:
    """Draw cohorts that print every fact of both curves and keep to the link.

    Parameters
    ----------
    found
        The linked orders, not empty.
    size
        How many cohorts.
    rng
        The source of randomness.
    grid
        The step of all times and delays.
    latest
        The last possible time, as in `secondlook.linked.sample`.
    keep
        Which draws of overall survival (patient, time, event) to go on with; all if not given.
    tries_each
        How many draws of overall survival one cohort may cost.

    Returns
    -------
    Draws
        In its frame a row a patient: set, patient, time, event (overall survival), in_part, and for
        the patients of the part delay, part_time, part_event; missing for the others.

    Raises
    ------
    ValueError
        If there is nothing to draw, or none of the tries fits the grid.
    """
    if not found or found.median is None:
        raise ValueError("there is nothing to draw: the facts admit no pair of orders")
    drawer = _Drawer(found, found.median, rng, Fraction(grid))

    def draw() -> pd.DataFrame | None:
        overall = sample(found.whole, 1, rng, grid=grid, latest=latest).frame
        if keep is not None and not keep(overall):
            return None
        cohort = drawer.part_of(
            overall["time"].to_numpy(dtype=float), overall["event"].to_numpy().astype(bool)
        )
        return None if cohort is None or unmet_links(found, cohort) else cohort

    return collect(
        draw,
        size,
        tries_each,
        "{tried} cohorts drawn, but only {found} of {size} keep to the link on a "
        f"grid of {grid}; take a finer grid",
    )


@dataclass
class _Drawer:
    found: LinkedOrders
    median: PartMedian
    rng: np.random.Generator
    step: Fraction

    def __post_init__(self) -> None:
        link = self.found.link
        self.shortest = math.ceil(Fraction(link.shortest_delay) / self.step)
        self.longest = None
        if link.longest_delay is not None:
            self.longest = math.floor(Fraction(link.longest_delay) / self.step)

    def part_of(self, time: FloatArray, event: BoolArray) -> pd.DataFrame | None:
        """Lay a drawn order of the part over drawn overall survival; None if it does not fit."""
        marks = [
            (mark.cell, mark.death)
            for mark in draw_order(self.found.part, self.rng)
            for _ in range(mark.marks)
        ]
        ticks = np.array([round(Fraction(float(at)) / self.step) for at in time])
        roles = self._roles(ticks, event, marks)
        return None if roles is None else self._cohort(ticks, time, event, marks, roles)

    def _roles(
        self, ticks: IntArray, event: BoolArray, marks: list[tuple[int, bool]]
    ) -> IntArray | None:
        """Draw who is in the part, and as what."""
        # Every overall time is a cell of its own here, numbered by its place in time.
        windows = [self._window(cell, ticks) for cell, _ in marks]
        slots = Slots(
            tuple(w for w, (_, had) in zip(windows, marks, strict=True) if not had),
            tuple(w[0] for w, (_, had) in zip(windows, marks, strict=True) if had),
        )
        cells = self.found.whole.graph.problem.cells
        of_time = [
            cell_at(cells, tick * self.step, death=bool(death))
            for tick, death in zip(ticks.tolist(), event, strict=True)
        ]
        chain = OrderWords(
            cells,
            tuple(((Step(at, bool(death), 0),),) for at, death in enumerate(event)),
            0,
        )
        median = PartMedian(self.median.start, self.median.after[:, :, of_time])
        ways = pair_paths(chain, median, slots, self.found.link)
        return None if ways is None else _draw_roles(ways, self.rng)

    def _window(self, cell: int, ticks: IntArray) -> tuple[int, int]:
        points = self._points(cell)
        fits = ticks >= points[0] + self.shortest
        if self.longest is not None:
            fits &= ticks <= points[-1] + self.longest
        rows = np.flatnonzero(fits)
        return (int(rows[0]), int(rows[-1])) if len(rows) else (len(ticks), len(ticks))

    def _points(self, cell: int) -> range:
        last = self.found.whole.graph.problem.cells[-1].begins
        return grid_points(self.found.part.graph.problem.cells[cell], self.step, 2 * last)

    def _cohort(
        self,
        ticks: IntArray,
        time: FloatArray,
        event: BoolArray,
        marks: list[tuple[int, bool]],
        roles: IntArray,
    ) -> pd.DataFrame | None:
        import pandas as pd

        waiting = {had: list(np.flatnonzero(roles == role)) for had, role in _ROLE_OF.items()}
        who = [waiting[had].pop(0) for _, had in marks]
        left = self._times_in_part(ticks[who], marks)
        if left is None:
            return None
        frame = pd.DataFrame({"time": time, "event": event.astype(int), "in_part": 0})
        for row, ticks_in_part, (_, had) in zip(who, left, marks, strict=True):
            most = int(ticks[row]) - ticks_in_part
            if had:
                most = most if self.longest is None else min(most, self.longest)
                most = int(self.rng.integers(self.shortest, most + 1))
            frame.loc[row, "in_part"] = 1
            frame.loc[row, "delay"] = float(most * self.step)
            frame.loc[row, "part_time"] = float(ticks_in_part * self.step)
            frame.loc[row, "part_event"] = int(had)
        return frame

    def _times_in_part(self, ticks: IntArray, marks: list[tuple[int, bool]]) -> list[int] | None:
        """Draw the times in the part, in their order; a censoring comes before a later event."""
        points = [self._points(cell) for cell, _ in marks]
        most = [min(p[-1], int(t) - self.shortest) for p, t in zip(points, ticks, strict=True)]
        for at in reversed(range(len(marks) - 1)):
            gap = int(not marks[at][1] and marks[at + 1][1])
            most[at] = min(most[at], most[at + 1] - gap)
        drawn: list[int] = []
        for at, (_, had) in enumerate(marks):
            least = points[at][0]
            if drawn:
                least = max(least, drawn[-1] + int(not marks[at - 1][1] and had))
            if not had and self.longest is not None:
                least = max(least, int(ticks[at]) - self.longest)
            if least > most[at]:
                return None
            drawn.append(int(self.rng.integers(least, most[at] + 1)))
        return drawn


_ROLE_OF = {True: EVENT, False: EXIT}


def _draw_roles(ways: Pairs, rng: np.random.Generator) -> IntArray:
    """Draw one way with equal probability among all."""
    open_ways = [ways.complete.astype(float)]
    for arcs in reversed(ways.arcs):
        before = np.zeros(arcs.rows)
        np.add.at(before, arcs.source, open_ways[-1][arcs.target])
        open_ways.append(before)
    open_ways.reverse()
    roles = np.full(len(ways.arcs), OUTSIDE)
    row = 0
    for at, arcs in enumerate(ways.arcs):
        ahead = np.flatnonzero(arcs.source == row)
        weights = open_ways[at + 1][arcs.target[ahead]]
        arc = rng.choice(ahead, p=weights / weights.sum())
        roles[at], row = arcs.role[arc], arcs.target[arc]
    return roles
