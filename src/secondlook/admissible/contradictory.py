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

Said = Callable[[CurveFacts], bool]
Width = Callable[[CurveFacts], int]
# How wide all questions together may be before the contradiction at hand has to do, and for how
# many sets of statements a data set is sought.
WIDEST, MOST_SOUGHT = 1_500_000, 30


def smallest(
    facts: CurveFacts, impossible: Said, possible: Said, width: Width
) -> tuple[tuple[Stated, ...], bool]:
    """Return a contradiction among facts that are known to contradict each other.

    None of its statements is known to be needless. Beside it stands whether data sets print every
    set of fewer. `impossible` says of some of the facts whether it is proved that no data set
    prints them, `possible` whether one that does was found, `width` how much it takes to ask.
    """
    asked = _Asked(facts, impossible, width)
    order = list(asked.stated)
    every = frozenset(order)
    # What is printed first is left out last, and numbers at risk after all others: without them a
    # question is wide.
    first = sorted(order, key=lambda one: ("at-risk" in one, -order.index(one)))
    found = every - _most(first, lambda less: asked(every - less), max(1, len(first) // 2))
    grown: list[frozenset[str]] = []
    while asked.cost < WIDEST:
        suspect = _hitting([every - one for one in grown], order, len(found))
        if suspect is None:
            return asked.named(found), _none_of_fewer(facts, grown, order, len(found), possible)
        if asked(suspect):
            found = suspect
        else:
            rest = [one for one in order if one not in suspect]
            more = _most(rest, lambda some, held=suspect: not asked(held | some), len(rest))  # type: ignore[misc]
            grown.append(suspect | more)
    return asked.named(found), False


def _none_of_fewer(
    facts: CurveFacts,
    grown: list[frozenset[str]],
    order: list[str],
    fewer_than: int,
    possible: Said,
) -> bool:
    """Say whether data sets print all sets of fewer statements: large ones, or each by itself."""
    if len(grown) > MOST_SOUGHT:
        return False
    shown = [one for one in grown if possible(facts.only(one))]
    fewer = map(frozenset, combinations(order, fewer_than - 1))
    left = [one for one in fewer if not any(one <= some for some in shown)]
    return len(left) <= MOST_SOUGHT and all(possible(facts.only(one)) for one in left)


class _Asked:
    """What has been asked and answered."""

    def __init__(self, facts: CurveFacts, impossible: Said, width: Width) -> None:
        self.facts, self.impossible, self.width = facts, impossible, width
        self.stated = {stated.address: stated for stated in facts.statements()}
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

    def named(self, addresses: frozenset[str]) -> tuple[Stated, ...]:
        return tuple(stated for one, stated in self.stated.items() if one in addresses)


def _most(items: list[str], good: Callable[[frozenset[str]], bool], size: int) -> frozenset[str]:
    """Take as many of the items as is good, first so many at a time, then ever fewer."""
    taken: frozenset[str] = frozenset()
    while size:
        left = [one for one in items if one not in taken]
        for start in range(0, len(left), size):
            more = taken.union(left[start : start + size])
            taken = more if good(more) else taken
        size //= 2
    return taken


def _hitting(
    sets: list[frozenset[str]], order: list[str], fewer_than: int
) -> frozenset[str] | None:
    """Return a smallest set with one of each of the sets, if one is smaller than that."""
    candidates = [one for one in order if any(one in some for some in sets)]
    every = chain.from_iterable(combinations(candidates, size) for size in range(fewer_than))
    return next((frozenset(one) for one in every if all(some & set(one) for some in sets)), None)
