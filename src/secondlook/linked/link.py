"""What ties a second outcome of some patients to the survival of all, and where it lets marks lie.

A patient leaves the part at a time that is known to a cell. His delay, from the start of overall
survival to the start of the part, moves this cell into a window on the other axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from secondlook.admissible.time_cells import Cell, Cut
from secondlook.linked.order_words import Spread
from secondlook.linked.part_median import median_bounds
from secondlook.linked.survival_facts import PrintedMedian, Rounding

__all__ = ["Link", "Slots", "slots_of", "watched"]


@dataclass(frozen=True)
class Link:
    """How a second outcome of some patients hangs together with the survival of all.

    Attributes
    ----------
    shortest_delay, longest_delay
        Between which the delay from the start of overall survival to the start of the part lies;
        None if nothing bounds it from above.
    alive_with_event
        At most so many patients had the event of the part and live; None for any number.
    dead_without_event
        At most so many died without the event: 0 if death is an event of the part.
    alive_outside
        At least so many patients outside the part live.
    median
        Overall survival of the part, as printed; its limits are not read.
    """

    shortest_delay: float = 0.0
    longest_delay: float | None = None
    alive_with_event: int | None = None
    dead_without_event: int = 0
    alive_outside: int = 0
    median: PrintedMedian | None = None

    def __post_init__(self) -> None:
        """Refuse delays that no patient can have."""
        if self.shortest_delay < 0:
            raise ValueError(f"the shortest delay must be >= 0, not {self.shortest_delay!r}")
        if self.longest_delay is not None and self.longest_delay < self.shortest_delay:
            raise ValueError(
                f"the longest delay, {self.longest_delay!r}, must not lie below the shortest, "
                f"{self.shortest_delay!r}"
            )


class Slots(NamedTuple):
    """In which cells of overall survival the part's exits and events may lie, in their order.

    Attributes
    ----------
    exits
        The first and the last cell of each patient who leaves the part without the event.
    events
        The first cell of each who has it; the end of his overall survival comes later.
    """

    exits: tuple[tuple[int, int], ...]
    events: tuple[int, ...]


def slots_of(
    spread: Spread, of_part: tuple[Cell, ...], cells: tuple[Cell, ...], link: Link
) -> Slots:
    """Return where the marks of a part that are spread so may lie on the axis of the whole.

    Parameters
    ----------
    spread
        The part's censorings and events in each of its cells.
    of_part, cells
        The time axes of the part and of the whole, the latter cut at `watched`.
    link
        The delays.
    """
    exits: list[tuple[int, int]] = []
    events: list[int] = []
    for (censored, died), cell in zip(spread, of_part, strict=True):
        earliest = _later(cell.lower, link.shortest_delay)
        first = next(i for i, other in enumerate(cells) if other.lower >= earliest)
        last = len(cells) - 1
        if cell.upper is not None and link.longest_delay is not None:
            latest = _later(cell.upper, link.longest_delay)
            last = max(i for i, other in enumerate(cells) if other.upper and other.upper <= latest)
        exits += [(first, last)] * censored
        events += [first] * died
    return Slots(tuple(exits), tuple(events))


def watched(of_part: tuple[Cell, ...], link: Link, rounding: Rounding) -> list[float]:
    """Return the times at which the axis of overall survival has to be cut."""
    times = {float(_later(cell.lower, link.shortest_delay)[0]) for cell in of_part}
    if link.longest_delay is not None:
        ends = [cell.upper for cell in of_part if cell.upper is not None]
        times |= {float(_later(end, link.longest_delay)[0]) for end in ends}
    bounds = median_bounds(link.median, rounding)
    if bounds is not None:
        times |= {float(bounds.lower), float(bounds.upper)}
    return sorted(time for time in times if time > 0)


def _later(cut: Cut, delay: float) -> Cut:
    return cut[0] + Fraction(delay).limit_denominator(10**6), cut[1]
