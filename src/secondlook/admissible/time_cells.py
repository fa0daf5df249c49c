"""The time axis cut into cells: between two printed times only the order of marks matters.

A cut lies just before or just after a time. The number at risk at a tick counts those who leave
at the tick or later, so the tick cuts just before itself; S(t) contains the deaths at t, so it cuts
just after t; a printed "12.8" cuts where its rounding interval begins and ends. Times within a cell
are free. A cell that is a single instant holds tied marks, deaths before censorings, and is
therefore two cells: the deaths and the censorings of that instant.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from secondlook.printed import Bounds

BEFORE: Literal[0] = 0
AFTER: Literal[1] = 1
# Just before or just after a time.
Cut = tuple[Fraction, Literal[0, 1]]
START: Cut = (Fraction(0), AFTER)


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


def window_cuts(bounds: Bounds) -> tuple[Cut | None, Cut | None]:
    """Return the cuts at the ends of an interval of times; None for an end beyond the axis."""
    lower: Cut | None = None
    upper: Cut | None = None
    if math.isfinite(bounds.lower) and bounds.lower > 0:
        lower = (Fraction(bounds.lower), BEFORE if bounds.lower_closed else AFTER)
    if math.isfinite(bounds.upper):
        upper = (Fraction(bounds.upper), AFTER if bounds.upper_closed else BEFORE)
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


def cells_within(cells: tuple[Cell, ...], bounds: Bounds) -> tuple[int, int]:
    """Return the first and the last cell of a window whose ends are cuts; (1, 0) if it is empty."""
    lower, upper = window_cuts(bounds)
    # Only the last cell has no end.
    ends = [cell.upper for cell in cells if cell.upper is not None]
    first = 0 if lower is None else bisect_left(cells, lower, key=lambda cell: cell.lower)
    last = len(cells) - 1 if upper is None else bisect_right(ends, upper) - 1
    return (first, last) if first <= last else (1, 0)
