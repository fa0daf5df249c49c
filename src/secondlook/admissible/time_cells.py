"""The time axis cut into cells: between two printed times only the order of marks matters.

A cut lies just before or just after a time. The number at risk at a tick counts those who leave
at the tick or later, so the tick cuts just before itself; S(t) contains the deaths at t, so it cuts
just after t; a printed "12.8" cuts where its rounding interval begins and ends. Times within a cell
are free. A cell that is a single instant holds tied marks, deaths before censorings, and is
therefore two cells: the deaths and the censorings of that instant.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from secondlook.printed import Bounds

__all__ = [
    "Cell",
    "Cut",
    "cell_at",
    "cells_between",
    "cells_within",
    "cut_after",
    "cut_before",
    "window_cuts",
]

Cut = tuple[Fraction, Literal[0, 1]]
START: Cut = (Fraction(0), 1)


@dataclass(frozen=True)
class Cell:
    """A stretch of time between two neighbouring cuts.

    Attributes
    ----------
    lower, upper
        The cuts at its ends; the last cell has no upper cut.
    holds
        Which marks it may hold: an instant is one cell for deaths and one for censorings.
    """

    lower: Cut
    upper: Cut | None
    holds: Literal["both", "deaths", "censorings"] = "both"

    @property
    def begins(self) -> float:
        """The least time, or the limit of times, in the cell."""
        return float(self.lower[0])

    @property
    def ends(self) -> float:
        """The greatest time, or the limit of times, in the cell; infinite for the last."""
        return math.inf if self.upper is None else float(self.upper[0])

    @property
    def is_instant(self) -> bool:
        """Whether the cell is one point in time."""
        return self.holds != "both"

    def __str__(self) -> str:
        """Write the cell as an interval."""
        left = "[" if self.lower[1] == 0 else "("
        right = ")" if self.upper is None or self.upper[1] == 0 else "]"
        return f"{left}{self.begins:g}, {self.ends:g}{right}"


def cut_before(time: Fraction) -> Cut:
    """Cut just before a time."""
    return (time, 0)


def cut_after(time: Fraction) -> Cut:
    """Cut just after a time."""
    return (time, 1)


def window_cuts(bounds: Bounds) -> tuple[Cut | None, Cut | None]:
    """Return the cuts at the ends of an interval of times; None for an end beyond the axis."""
    lower: Cut | None = None
    upper: Cut | None = None
    if math.isfinite(bounds.lower) and bounds.lower > 0:
        lower = (Fraction(bounds.lower), 0 if bounds.lower_closed else 1)
    if math.isfinite(bounds.upper):
        upper = (Fraction(bounds.upper), 1 if bounds.upper_closed else 0)
    return lower, upper


def cells_between(cuts: Iterable[Cut]) -> tuple[Cell, ...]:
    """Cut the time after 0 into cells."""
    ordered = sorted({cut for cut in cuts if cut > START})
    cells: list[Cell] = []
    for lower, upper in zip([START, *ordered], [*ordered, None], strict=True):
        if upper is not None and upper[0] == lower[0]:
            cells += [Cell(lower, upper, "deaths"), Cell(lower, upper, "censorings")]
        else:
            cells.append(Cell(lower, upper))
    return tuple(cells)


def cell_at(cells: tuple[Cell, ...], time: Fraction, *, death: bool) -> int:
    """Return the cell in which a mark at a time lies."""
    wrong = "censorings" if death else "deaths"
    for index, cell in enumerate(cells):
        before = cell.lower <= (time, 0)
        after = cell.upper is None or cell.upper >= (time, 1)
        if before and after and cell.holds != wrong:
            return index
    raise AssertionError("the cells cover the axis")


def cells_within(cells: tuple[Cell, ...], bounds: Bounds) -> tuple[int, int]:
    """Return the first and the last cell of a window whose ends are cuts; (1, 0) if it is empty."""
    lower, upper = window_cuts(bounds)
    inside = [
        index
        for index, cell in enumerate(cells)
        if (lower is None or cell.lower >= lower)
        and (upper is None or (cell.upper is not None and cell.upper <= upper))
    ]
    return (inside[0], inside[-1]) if inside else (1, 0)
