"""Places numbered as they appear, and the steps between them remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

from secondlook.linked.places import BAD, Place
from secondlook.linked.prefixes import read_crossing
from secondlook.linked.problem import Problem

__all__ = ["PlaceNumbers"]


@dataclass
class PlaceNumbers:
    """Places numbered as they appear, and their steps remembered."""

    problem: Problem
    number: dict[Place, int] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    known: dict[tuple[int, int, bool, int], int] = field(default_factory=dict)

    def of(self, place: Place) -> int:
        """Return the number of a place, a new one if it is new."""
        if place not in self.number:
            self.number[place] = len(self.places)
            self.places.append(place)
        return self.number[place]

    def after(self, place: int, cell: int, death: bool, crossing: int) -> int:
        """Return the number of the next place, or -1."""
        key = (place, cell, death, crossing)
        if key not in self.known:
            then = self.problem.rules.after_mark(
                self.places[place], cell, death, read_crossing(crossing)
            )
            self.known[key] = -1 if then is None else self.of(then)
        return self.known[key]

    def spoils(self, place: int, then: int) -> bool:
        """Say whether the step loses a limit, be it for good or until a later mark mends it."""
        return then < 0 or _bad(self.places[then]) > _bad(self.places[place])


def _bad(place: Place) -> int:
    return sum(
        state == BAD
        for memory in (place.survival, place.follow_up)
        for states in (memory.lower, memory.upper)
        for state in states
    )
