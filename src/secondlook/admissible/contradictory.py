"""The smallest set of printed statements that no data set prints together.

For each large set that was found not to be impossible, a contradiction must contain one of the
statements that it leaves out. The smallest set that does so for all of them is asked next, until it
is impossible or as large as a contradiction that is known. A set on which nothing is decided counts
as not impossible, so that no false contradiction is named; then the one that is named may not be
the smallest, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, combinations

from secondlook.admissible.facts import CurveFacts, Stated

__all__ = ["smallest"]

Impossible = Callable[[CurveFacts], bool]
Possible = Callable[[CurveFacts], bool]
Width = Callable[[CurveFacts], int]
# How wide all questions together may be before the contradiction at hand has to do, and for how
# many sets of statements a data set is sought.
WIDEST, MOST_SOUGHT = 1_500_000, 30


def smallest(
    facts: CurveFacts, impossible: Impossible, possible: Possible, width: Width
) -> tuple[tuple[Stated, ...], bool]:
    """Return a contradiction among facts that are known to contradict each other.

    Parameters
    ----------
    facts
        All of them.
    impossible
        Says of some of the facts whether it is proved that no data set prints them.
    possible
        Says of some of the facts whether a data set that prints them was found.
    width
        How much it takes to ask.

    Returns
    -------
    tuple
        The statements, none of which can be left out, and whether every set of fewer is shown to
        be possible.
    """
    asked = _Asked(facts, impossible, width)
    found = asked.shrunk(frozenset(stated.address for stated in facts.statements()))
    grown: list[frozenset[str]] = []
    every = frozenset(asked.order)
    while asked.cost < WIDEST:
        suspect = _hitting([every - one for one in grown], asked.order, len(found))
        if suspect is None:
            sure = len(grown) <= MOST_SOUGHT and all(possible(facts.only(one)) for one in grown)
            return asked.named(found), sure
        if asked(suspect):
            found = suspect
        else:
            grown.append(asked.grown(suspect))
    return asked.named(found), False


class _Asked:
    """What has been asked and answered."""

    def __init__(self, facts: CurveFacts, impossible: Impossible, width: Width) -> None:
        self.facts, self.impossible, self.width = facts, impossible, width
        self.stated = {stated.address: stated for stated in facts.statements()}
        self.order = list(self.stated)
        self.cost = 0
        self.open: list[frozenset[str]] = []
        self.shut: list[frozenset[str]] = []

    def __call__(self, addresses: frozenset[str]) -> bool:
        if any(addresses <= known for known in self.open):
            return False
        if any(addresses >= known for known in self.shut):
            return True
        some = self.facts.only(addresses)
        self.cost += self.width(some)
        answer = self.impossible(some)
        (self.shut if answer else self.open).append(addresses)
        return answer

    def shrunk(self, addresses: frozenset[str]) -> frozenset[str]:
        """Leave statements out as long as the rest is impossible, many at a time where that goes.

        Numbers at risk are left out last: without them a question is wide.
        """
        kept = sorted(addresses, key=lambda one: ("at-risk" in one, self.order.index(one)))
        size = max(1, len(kept) // 2)
        while True:
            at = 0
            while at < len(kept):
                rest = kept[:at] + kept[at + size :]
                if self(frozenset(rest)):
                    kept = rest
                else:
                    at += size
            if size == 1:
                return frozenset(kept)
            size //= 2

    def grown(self, held: frozenset[str]) -> frozenset[str]:
        """Add statements as long as the set is not impossible, many at a time where that goes."""
        more = [one for one in self.order if one not in held]
        size = len(more)
        while size:
            at = 0
            while at < len(more):
                if not self(held | set(more[at : at + size])):
                    held |= set(more[at : at + size])
                    more = more[:at] + more[at + size :]
                else:
                    at += size
            size //= 2
        return held

    def named(self, addresses: frozenset[str]) -> tuple[Stated, ...]:
        return tuple(self.stated[one] for one in self.order if one in addresses)


def _hitting(
    sets: list[frozenset[str]], order: list[str], fewer_than: int
) -> frozenset[str] | None:
    """Return a smallest set with one of each of the sets, if one is smaller than that."""
    candidates = [one for one in order if any(one in some for some in sets)]
    every = chain.from_iterable(combinations(candidates, size) for size in range(fewer_than))
    return next((frozenset(one) for one in every if all(some & set(one) for some in sets)), None)
