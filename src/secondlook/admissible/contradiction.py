"""The smallest set of printed statements that no data set can print together.

A set of statements is smallest if every smaller one holds in some data set. Instead of asking all
of them, the search keeps, for each large set that was found possible, what it leaves out: a
contradiction must contain one of these. The smallest set that does so is asked next; if it is
impossible, no smaller set is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations

from secondlook.admissible.order_search import search
from secondlook.admissible.printed_statements import split_facts, together
from secondlook.admissible.problem import IntervalScale, pose
from secondlook.admissible.survival_facts import Rounding, SurvivalFacts
from secondlook.intervals import IntervalType

__all__ = ["Contradiction", "contradiction"]

Words = frozenset[str]
# Prefixes kept a layer when only the existence of an order is asked; None keeps all.
EFFORTS = (300, 5_000, 60_000)


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
) -> Contradiction | None:
    """Return the smallest contradiction among printed facts; None if there is none.

    Parameters
    ----------
    facts, interval, follow_up_interval, rounding, level
        As in `orders`. Every number at risk counts as a statement of its own.
    """
    asked = _Possible(
        facts,
        IntervalScale(interval, level),
        IntervalScale(follow_up_interval or interval, level),
        rounding,
    )
    everything = frozenset(asked.parts)
    if asked.possible(everything):
        return None
    left_out: list[Words] = []
    while True:
        suspect = _smallest_hitting(left_out, list(asked.parts))
        if not asked.possible(suspect):
            return Contradiction(
                tuple(words for words in asked.parts if words in suspect), not asked.unsure
            )
        left_out.append(everything - _grown(asked, suspect, list(asked.parts)))


def _grown(asked: _Possible, held: Words, more: list[str]) -> Words:
    """Add as many statements as stay possible together, many at a time where that goes."""
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
    unsure: bool = False

    def __post_init__(self) -> None:
        self.parts = split_facts(self.facts)

    def possible(self, words: Words) -> bool:
        if any(words <= known for known in self.held):
            return True
        if any(words >= known for known in self.failed):
            return False
        answer = self._ask(words)
        (self.held if answer else self.failed).append(words)
        return answer

    def _ask(self, words: Words) -> bool:
        facts = together((self.parts[part] for part in self.parts if part in words), self.facts.n)
        problem = pose(facts, self.scale, self.follow_up_scale, self.rounding)
        for keep in EFFORTS:
            graph = search(problem, keep=keep)
            if len(graph.layers[-1]):
                return True
            if not graph.thinned:
                return False
        # Not shown to be impossible: taken as possible, so that no false contradiction is named.
        self.unsure = True
        return True


def _smallest_hitting(sets: list[Words], order: Iterable[str]) -> Words:
    """Return a smallest set of words that has one in common with each of the sets."""
    candidates = [words for words in order if any(words in some for some in sets)]
    every_size = chain.from_iterable(
        combinations(candidates, size) for size in range(len(candidates) + 1)
    )
    return next(
        frozenset(chosen) for chosen in every_size if all(some & set(chosen) for some in sets)
    )
