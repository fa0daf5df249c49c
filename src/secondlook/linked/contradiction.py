"""The smallest set of printed statements that no data set can print together.

A set of statements is smallest if every smaller one holds in some data set. Instead of asking all
of them, the search keeps, for each large set that was found possible, what it leaves out: a
contradiction must contain one of these. The smallest set that does so is asked next; if it is
impossible, no smaller set is. A set on which the search gives up counts as possible, so that no
false contradiction is named; then the one that is named may not be the smallest, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations

from secondlook.linked.existence import some_order
from secondlook.linked.order_search import TooManyOrders
from secondlook.linked.printed_statements import split_facts, together
from secondlook.linked.problem import IntervalScale, pose
from secondlook.linked.survival_facts import Rounding, SurvivalFacts
from secondlook.survival import IntervalType

__all__ = ["Contradiction", "contradiction"]

Words = frozenset[str]


@dataclass(frozen=True)
class Contradiction:
    """Statements that contradict each other.

    Attributes
    ----------
    statements
        In words, in the order in which the facts hold them.
    smallest
        Whether it is shown that every smaller set of statements is possible.
    """

    statements: tuple[str, ...]
    smallest: bool

    def __str__(self) -> str:
        """Write the statements as a sentence."""
        listed = "; ".join(self.statements)
        if len(self.statements) == 1:
            return f"no data set has: {listed}"
        return f"no data set has all of: {listed}"


def contradiction(
    facts: SurvivalFacts,
    interval: IntervalType = "log",
    *,
    follow_up_interval: IntervalType | None = None,
    rounding: Rounding = "rounded",
    level: float = 0.95,
    known: Iterable[Contradiction] = (),
) -> Contradiction | None:
    """Return the smallest contradiction among printed facts; None if there is none.

    Parameters
    ----------
    facts, interval, follow_up_interval, rounding, level
        As in `orders`. Every number at risk counts as a statement of its own, and so does a pair
        of limits.
    known
        Contradictions among statements of these facts that are known already, the preferred one
        first: it is returned if nothing smaller is found.

    Raises
    ------
    TooManyOrders
        If it cannot be settled whether all facts hold together.
    """
    asked = _Possible(
        facts,
        IntervalScale(interval, level),
        IntervalScale(follow_up_interval or interval, level),
        rounding,
    )
    given = sorted((one.statements for one in known), key=len)
    asked.failed = [asked.named(statements) for statements in given]
    everything = frozenset(asked.parts)
    together_possible = asked.possible(everything, thoroughly=True)
    if together_possible is None:
        raise TooManyOrders("whether the facts hold together was not settled; add facts")
    if together_possible:
        return None
    left_out: list[Words] = []
    undecided: list[Words] = []
    while True:
        suspect = _smallest_hitting(left_out, list(asked.parts))
        if given and len(suspect) >= len(given[0]):
            return Contradiction(given[0], all(len(words) >= len(given[0]) for words in undecided))
        answer = asked.possible(suspect, thoroughly=True)
        if answer is False:
            named = tuple(words for words in asked.parts if words in suspect)
            return Contradiction(named, all(len(words) >= len(named) for words in undecided))
        if answer is None:
            undecided.append(suspect)
            left_out.append(everything - suspect)
        else:
            left_out.append(everything - _grown(asked, suspect, list(asked.parts)))


def _grown(asked: _Possible, held: Words, more: list[str]) -> Words:
    """Add as many statements as are seen to stay possible, many at a time where that goes."""
    if asked.possible(held | set(more)):
        return held | set(more)
    if len(more) == 1:
        return held
    half = len(more) // 2
    return _grown(asked, _grown(asked, held, more[:half]), more[half:])


@dataclass
class _Possible:
    """Whether statements hold together, with what was learnt before."""

    facts: SurvivalFacts
    scale: IntervalScale
    follow_up_scale: IntervalScale
    rounding: Rounding
    parts: dict[str, SurvivalFacts] = field(default_factory=dict)
    held: list[Words] = field(default_factory=list)
    failed: list[Words] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts = split_facts(self.facts)

    def named(self, statements: Iterable[str]) -> Words:
        """Return statements by their words, which must be those of a part of the facts."""
        for words in statements:
            if words not in self.parts:
                raise ValueError(f"the facts do not state {words!r}")
        return frozenset(statements)

    def possible(self, words: Words, *, thoroughly: bool = False) -> bool | None:
        """Answer, or say None if the search does not tell within its bounds."""
        if any(words <= known for known in self.held):
            return True
        if any(words >= known for known in self.failed):
            return False
        answer = self._ask(words, thoroughly)
        if answer is not None:
            (self.held if answer else self.failed).append(words)
        return answer

    def _ask(self, words: Words, thoroughly: bool) -> bool | None:
        facts = together((self.parts[part] for part in self.parts if part in words), self.facts.n)
        problem = pose(facts, self.scale, self.follow_up_scale, self.rounding)
        return some_order(problem, thoroughly=thoroughly)


def _smallest_hitting(sets: list[Words], order: Iterable[str]) -> Words:
    """Return a smallest set of words that has one in common with each of the sets."""
    candidates = [words for words in order if any(words in some for some in sets)]
    every_size = chain.from_iterable(
        combinations(candidates, size) for size in range(len(candidates) + 1)
    )
    return next(
        frozenset(chosen) for chosen in every_size if all(some & set(chosen) for some in sets)
    )
