"""The median survival of some of the patients, as a machine that reads their marks.

The product limit of a part of the patients depends on the order of their own marks only. What has
to be remembered of it is how soon it can still come down to one half; heights that make no
difference to that are one state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from secondlook.admissible.time_cells import Cell
from secondlook.inputs import IntArray
from secondlook.linked.places import Crossing, Place, Rules, Window
from secondlook.linked.survival_facts import PrintedMedian, Rounding, admitted
from secondlook.printed import Bounds

__all__ = ["IMPOSSIBLE", "PartMedian", "median_bounds", "part_median"]

IMPOSSIBLE = -1
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class PartMedian:
    """The smallest machine that accepts the marks of a part whose median prints as told.

    Attributes
    ----------
    start
        The state before the first mark.
    after
        Shape (2, k, c), the next state after a censoring and after a death, for each of k states,
        in each of c cells; `IMPOSSIBLE` if none can follow.
    """

    start: int
    after: IntArray


class _Height(NamedTuple):
    left: int
    survival: Fraction
    place: Place


def median_bounds(median: PrintedMedian | None, rounding: Rounding) -> Bounds | None:
    """Return the times at which a median prints so; None if it is not reached or not printed."""
    if median is None or not median.estimate:
        return None
    return admitted(median.estimate, rounding)


def part_median(
    patients: int, cells: tuple[Cell, ...], median: PrintedMedian | None, rounding: Rounding
) -> PartMedian:
    """Make the machine for a part of so many patients.

    Parameters
    ----------
    patients
        The number of patients of the part.
    cells
        The time axis; the window of the printed median must begin and end at its cuts.
    median
        As printed; its limits are not read. None asks for nothing.
    rounding
        As in `secondlook.linked.orders`.
    """
    asked = median is not None and median.estimate != ""
    window = Window.of(median_bounds(median, rounding), cells)
    rules = Rules(cells, {("survival", "median"): window} if asked else {}, ())
    return _Maker(rules).make(patients)


@dataclass
class _Maker:
    rules: Rules
    number: dict[tuple[object, ...], int] = field(default_factory=dict)
    state_of: dict[_Height, int] = field(default_factory=dict)
    after_censoring: list[tuple[int, ...]] = field(default_factory=list)
    after_death: list[tuple[int, ...]] = field(default_factory=list)

    def make(self, patients: int) -> PartMedian:
        start = self._state(_Height(patients, Fraction(1), Place()))
        after = np.array([self.after_censoring, self.after_death], dtype=np.int64)
        return PartMedian(start, after)

    def _state(self, height: _Height) -> int:
        if height not in self.state_of:
            self.state_of[height] = self._merged(height)
        return self.state_of[height]

    def _merged(self, height: _Height) -> int:
        if height.left == 0 and not self.rules.is_complete(height.place):
            return IMPOSSIBLE
        censored, died = (self._after_each(height, death=death) for death in (False, True))
        if height.left and {*censored, *died} == {IMPOSSIBLE}:
            return IMPOSSIBLE
        key = (height.left, censored, died)
        if key not in self.number:
            self.number[key] = len(self.after_death)
            self.after_censoring.append(censored)
            self.after_death.append(died)
        return self.number[key]

    def _after_each(self, height: _Height, *, death: bool) -> tuple[int, ...]:
        left, survival, place = height
        cells = range(len(self.rules.cells))
        falls = death and left > 0 and survival * (left - 1) / left <= HALF
        if place.survival.level_since < 0 and (not falls or place.survival.median):
            # Above one half, or once the median is settled, the cell makes no difference.
            return (self._after(height, 0, death=death),) * len(cells)
        return tuple(self._after(height, cell, death=death) for cell in cells)

    def _after(self, height: _Height, cell: int, *, death: bool) -> int:
        left, survival, place = height
        if left == 0 or cell < place.cell:
            return IMPOSSIBLE
        below = 0
        if death:
            survival = survival * (left - 1) / left
            below = 0 if survival > HALF else 1 if survival == HALF else 2
        then = self.rules.after_mark(place, cell, death, Crossing(below, 0, 0))
        if then is None:
            return IMPOSSIBLE
        # Heights and cells are forgotten where they no longer matter: the height once the median is
        # settled, the cell unless the curve lies level at one half.
        if then.survival.median or not self.rules.windows:
            survival = Fraction(0)
        if then.survival.level_since < 0:
            then = then._replace(cell=0)
        return self._state(_Height(left - 1, survival, then))
