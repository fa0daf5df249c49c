"""What has to be remembered of the marks so far: the cell, and which facts are settled.

Whether a median or one of its limits prints as in the paper depends on the cell in which the curve
came down to one half. A place holds that memory and nothing else, so that prefixes of orders that
share their place and their curve share their future.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from secondlook.admissible.time_cells import Cell, cells_within
from secondlook.printed import Bounds

__all__ = ["Crossing", "Curve", "Known", "Memory", "Place", "Rules"]

Curve = Literal["survival", "follow-up"]
NOT_YET, GOOD, BAD = 0, 1, 2


class Crossing(NamedTuple):
    """How one mark brings one curve to one half; numbers as `Rules.after_mark` reads them.

    Attributes
    ----------
    estimate
        0 still above one half, 1 exactly at it, 2 below.
    lower, upper
        0 the limit is above one half or missing, 1 at or below it, 2 at or below it and higher
        than at every earlier mark at which it was so.
    """

    estimate: int
    lower: int
    upper: int


class Memory(NamedTuple):
    """What a curve has done so far: the median, and each limit under both rules."""

    median: int = NOT_YET
    level_since: int = -1
    lower: tuple[int, int] = (NOT_YET, NOT_YET)
    upper: tuple[int, int] = (NOT_YET, NOT_YET)


class Place(NamedTuple):
    """Where the last mark lies, what the curves have done, which told patients are found."""

    cell: int = 0
    survival: Memory = Memory()
    follow_up: Memory = Memory()
    found: int = 0


@dataclass(frozen=True)
class Known:
    """A told patient: the mark he needs and the first and last cell that it may lie in."""

    mark: Literal["death", "censoring"]
    first: int
    last: int


@dataclass(frozen=True)
class Window:
    """Where a median or limit may lie; `bounds` is None for "not reached"."""

    bounds: Bounds | None
    first: int
    last: int

    @classmethod
    def of(cls, bounds: Bounds | None, cells: tuple[Cell, ...]) -> Window:
        """Find the cells of a window."""
        return cls(bounds, *((1, 0) if bounds is None else cells_within(cells, bounds)))

    def __contains__(self, cell: int) -> bool:
        """Whether the cell lies in the window."""
        return self.first <= cell <= self.last


@dataclass(frozen=True)
class Rules:
    """The facts about medians and told patients, as a machine that reads marks in order.

    Attributes
    ----------
    cells
        The time axis.
    windows
        Per curve and per "median", "lower", "upper": where it may lie, if it is printed.
    known
        The told patients.
    """

    cells: tuple[Cell, ...]
    windows: dict[tuple[Curve, str], Window]
    known: tuple[Known, ...]

    def after_mark(self, place: Place, cell: int, death: bool, crossing: Crossing) -> Place | None:
        """Return the place after a mark in a cell, or None if no continuation prints the facts."""
        curve: Curve = "survival" if death else "follow-up"
        memory = place.survival if death else place.follow_up
        changed = self._remember(curve, memory, cell, crossing)
        if changed is None:
            return None
        found = self._find(place.found, cell, "death" if death else "censoring")
        if death:
            return Place(cell, changed, place.follow_up, found)
        return Place(cell, place.survival, changed, found)

    def may_leave(self, place: Place, cell: int) -> bool:
        """Say whether no fact that ends with this cell is still owed."""
        for (curve, part), window in self.windows.items():
            if window.bounds is None or window.last != cell:
                continue
            memory = place.survival if curve == "survival" else place.follow_up
            if part == "median" and memory.median == NOT_YET and memory.level_since < 0:
                return False
            if part != "median" and GOOD not in getattr(memory, part):
                return False
        return all(
            known.last != cell or place.found >> bit & 1 for bit, known in enumerate(self.known)
        )

    def is_complete(self, place: Place) -> bool:
        """Say whether every fact about medians and told patients is met after the last mark."""
        if place.found != (1 << len(self.known)) - 1:
            return False
        for (curve, part), window in self.windows.items():
            memory = place.survival if curve == "survival" else place.follow_up
            if part == "median":
                if not self._median_holds(memory, window, place.cell):
                    return False
            elif window.bounds is not None and GOOD not in getattr(memory, part):
                return False
        return True

    def _median_holds(self, memory: Memory, window: Window, last: int) -> bool:
        if window.bounds is None:
            return memory.median == NOT_YET and memory.level_since < 0
        if memory.level_since < 0:
            return memory.median == GOOD
        # The curve ends level at one half: print.survfit gives where the level began, quantile
        # the middle of it; either may have been printed.
        return memory.level_since in window or self._middle_fits(memory.level_since, last, window)

    def _remember(
        self, curve: Curve, memory: Memory, cell: int, crossing: Crossing
    ) -> Memory | None:
        median, since = memory.median, memory.level_since
        window = self.windows.get((curve, "median"))
        if window is not None and median == NOT_YET and crossing.estimate:
            if window.bounds is None:
                return None
            if crossing.estimate == 1:
                since = cell if since < 0 else since
            elif since >= 0:
                if not self._middle_fits(since, cell, window):
                    return None
                median, since = GOOD, -1
            elif cell not in window:
                return None
            else:
                median = GOOD
        lower = self._move(curve, "lower", memory.lower, cell, crossing.lower)
        upper = self._move(curve, "upper", memory.upper, cell, crossing.upper)
        if lower is None or upper is None:
            return None
        return Memory(median, since, lower, upper)

    def _move(
        self, curve: Curve, part: str, memory: tuple[int, int], cell: int, reached: int
    ) -> tuple[int, int] | None:
        window = self.windows.get((curve, part))
        if window is None or not reached:
            return memory
        now = GOOD if cell in window else BAD
        first = now if memory[0] == NOT_YET else memory[0]
        highest = now if reached == 2 else memory[1]
        # A limit that must not be reached is lost; a printed one that lies behind can only get
        # worse, because later marks lie behind its window too.
        if GOOD not in (first, highest) and (window.bounds is None or cell > window.last):
            return None
        return first, highest

    def _middle_fits(self, began: int, ended: int, window: Window) -> bool:
        assert window.bounds is not None
        since, until = self.cells[began], self.cells[ended]
        ends = [(2 * Fraction(window.bounds.lower), window.bounds.lower_closed)]
        ends.append((since.lower[0] + until.lower[0], since.lower[1] == until.lower[1] == 0))
        low = max(end for end, _ in ends)
        low_met = all(met for end, met in ends if end == low)
        ends = [(2 * Fraction(window.bounds.upper), window.bounds.upper_closed)]
        if since.upper is not None and until.upper is not None:
            ends.append((since.upper[0] + until.upper[0], since.upper[1] == until.upper[1] == 1))
        high = min(end for end, _ in ends)
        high_met = all(met for end, met in ends if end == high)
        return low < high or (low == high and low_met and high_met)

    def _find(self, found: int, cell: int, mark: str) -> int:
        # Earliest deadline first: if any matching of marks to told patients exists, this is one.
        waiting = [
            (known.last, bit)
            for bit, known in enumerate(self.known)
            if known.mark == mark and known.first <= cell <= known.last and not found >> bit & 1
        ]
        return found | 1 << min(waiting)[1] if waiting else found
