"""A number that one place prints, and what another prints in the same statement.

A number that lies beside another in two claims, and is not the same when rounded, may be a
misprint; or they are of other patients, so that this is never more than a question. Two statements
that differ in one number of several are of the same, whatever else is said about them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from secondlook.scan.checks.repeated.misprint import closeness, comparable, same_part
from secondlook.scan.checks.repeated.other_patients import (
    of_another_column,
    weight_of_others,
    words_by,
)
from secondlook.scan.checks.repeated.repeats import NAMED, Claim, Pairs, Place, Repeats
from secondlook.scan.document import is_abstract
from secondlook.scan.passages import Passage, Printed

STANDS = 0.8
"""The weight of other numbers beside which a number says that it is of the same."""
TWO_DIGITS = 1.4
"""The weight of a number of two digits, or less."""
TELLING = 3
"""Digits that the same numbers of two statements have together, from which on they are of one."""
TELLING_AGAIN = 2
"""Digits from which on they are, if one is in the abstract."""
MOST_PRINTED = 50
"""Places of numbers that are the same but for one; what stands at more is no misprint."""
MOST_OF_OTHERS = 2.5
"""What speaks for other patients, at most."""
MUCH_NAMED = 2.5
"""The weight of the words of a row that a sentence says, if no numbers tie them."""
WITHIN = 1.2
"""The weight of other numbers of a statement that are most of it."""
_SPEAKS = {
    "inside": 0.8, "near": 0.4, "close": 0.8, "back": 1.0, "differing": -1.0, "unmatched": -0.5,
    "column": -2.0, "section": -3.2, "alone": -1.5, "again": -2.0, "whole": -1.0, "rows": -1.5,
    "p": 1.3, "lone": 1.0, "sign": -2.0,
}  # fmt: skip
"""How much each sign says that one of two numbers is a misprint of the other, in log odds: fitted
to 350 pairs that were read in their articles, and rounded."""
ENOUGH = 2.0
"""The sum of the signs from which on a twin is asked about."""


class Twin(NamedTuple):
    """A number and the one that lies beside it in another claim, and how much says it is a twin."""

    here: Place
    there: Place
    score: float

    @property
    def statements(self) -> frozenset[tuple[int, int]]:
        """The two statements, whichever is here."""
        return frozenset((at.order, n.statement) for at, n in (self.here, self.there))


def twins(repeats: Repeats) -> Iterator[Twin]:
    """Give the numbers of statements beside which another place prints another."""
    best = {twin.statements: twin for twin in _in_one_number(repeats.told)}
    for claim, laid in repeats.laid:
        for twin in _of_claim(repeats, claim, laid):
            if twin.statements not in best or twin.score >= best[twin.statements].score:
                best[twin.statements] = twin
    yield from best.values()


def _in_one_number(told: list[Passage]) -> Iterator[Twin]:
    """Give the number of a statement of the text that alone another place prints otherwise.

    An estimate is known by its limits, a limit by the estimate and the other limit, unless
    several others are printed with these, or a table prints it as the text does. What an
    abstract prints is printed again, and known by fewer digits.
    """
    for known_by, alike in _but_for_one_number(told).items():
        alone = len(known_by) <= 3  # known by one number
        least, most = (0.9, 1.0) if alone else (0.0, math.inf)
        two = len(alike) <= MOST_PRINTED and len({n.text for _, n in alike}) == 2
        for (here, number), (there, other) in combinations(alike, 2) if two else ():
            again = {at.layout is not None or at.section
                     for at, n in alike if n.text == number.text}  # fmt: skip
            known = sum(n.telling for n in here.statement_of(number) if n is not number)
            places = (here, number), (there, other)
            another = of_another_column(*places, words_by(here, number))
            named = here.words & there.words and not another
            tells, abstract = known >= TELLING, bool(named) and is_abstract(here.section)
            near = closeness(number, other) > least
            if (
                here.layout is None
                and (tells or abstract)
                and (near or (tells and abstract and not alone))
                and (there.layout is not None or there.section) not in again
                and comparable(number, other)
                and (named or (not alone and (number.part or "CI" in here.shown(number))))
                and not number.names
                and weight_of_others(*places) < most
            ):
                yield Twin(*places, ENOUGH)


def _but_for_one_number(told: list[Passage]) -> dict[tuple[object, ...], list[Place]]:
    """Put the numbers together that stand beside the same others in statements as long."""
    places: dict[tuple[object, ...], list[Place]] = defaultdict(list)
    for passage in told:
        for statement in passage.statements.values():
            first, several = statement[0], len(statement) > 2
            for i, number in enumerate(statement):
                rest = [n for n in statement if n is not number]
                known = sum(n.telling for n in rest) * all(n.telling for n in rest)
                if known >= TELLING_AGAIN and (several or (i and first.decimals)):
                    places[len(statement), i, *(n.text for n in rest)].append((passage, number))
            if several and first.telling >= TELLING:
                places[len(statement), first.text].append((passage, statement[1]))
    return places


def _of_claim(repeats: Repeats, claim: Claim, laid: list[tuple[Claim, Pairs]]) -> Iterable[Twin]:
    """Return the likeliest twin of each number of a claim in those that it is laid beside."""
    stands = {
        (place.passage.section, number)
        for place, pairs in laid
        for number, other, same in pairs
        if same and repeats.shared(number, other, pairs)[1] >= STANDS
    }
    found: dict[Printed, Twin] = {}
    for place, pairs in laid:
        for number, other, same in pairs:
            if same or (place.passage.section, number) in stands:
                continue  # or it is in another row
            if number.names or other.names or not comparable(number, other):
                continue
            twin = Beside(repeats, claim, place, pairs, number, other).twin
            if twin and (number not in found or twin.score > found[number].score):
                found[number] = twin
    return found.values()


class Beside:
    """Two numbers of two claims that lie beside each other, and what ties them."""

    def __init__(
        self, repeats: Repeats, claim: Claim, place: Claim, pairs: Pairs, number: Printed,
        other: Printed,
    ) -> None:  # fmt: skip
        self.claim, self.place, self.pairs = claim, place, pairs
        self.number, self.other, self.p = number, other, number.kind == "p"
        self.inside, self.near = repeats.shared(number, other, pairs)
        self.both = repeats.rarity(place.words & claim.words)
        self.named, self.back = (
            self.both / (repeats.rarity(c.words) or 1.0) for c in (place, claim)
        )
        self.close, self.lone = closeness(number, other), repeats.lone(number, other)

    @property
    def tied(self) -> bool:
        """Whether numbers or words say that they may be meant as the same."""
        number, other = self.number, self.other
        in_rows = self.claim.passage.layout is not None
        sizes = {len(c.numbers) for c in (self.claim, self.place)}
        within = self.inside >= WITHIN
        tied = self.inside + self.near >= STANDS or self.named >= NAMED
        if self.p:
            says = self.both >= MUCH_NAMED and self.named >= NAMED and self.lone and self.close > 0
            tied = says or _behind_the_same(number, other, self.pairs, self.place)
        elif self.close < 1:
            tied = within and self.inside + self.near >= 3
        elif "n" in {number.kind, other.kind} and number.kind != other.kind:
            tied = self.near >= STANDS
        elif self.inside + self.near == 0 and 1 in sizes:
            tied = tied and len(sizes) == 1  # else of all, or of groups
        if in_rows:  # two rows: of the same words, and one digit off
            said = sorted((self.named, self.back))
            tied = tied and not self.p and self.close >= 1 and said[0] >= 0.2 and said[1] >= 0.8
        return tied and (within or same_part(number, other))

    @property
    def twin(self) -> Twin | None:
        """The two as twins, if they may be meant as the same."""
        if not self.tied:
            return None
        here, number = self.claim.passage, self.number
        places = (here, number), (self.place.passage, self.other)
        said = here.words if self.inside >= STANDS else words_by(here, number)
        other_column = of_another_column(*places, said, self.pairs)
        chance = other_column or 0 < self.inside < TWO_DIGITS
        if chance and number.part == 0 and self.near < STANDS:
            return None  # an SD of two digits is that of others as well
        score = sum(_SPEAKS[sign] * told for sign, told in self._signs(other_column).items())
        fits = score >= ENOUGH and weight_of_others(*places) <= MOST_OF_OTHERS
        return Twin(*places, score) if fits else None

    def _signs(self, other_column: bool) -> dict[str, float]:
        """Return how much of each sign there is that one is a misprint of the other."""
        number, other, pairs = self.number, self.other, self.pairs
        here, there = self.claim.passage, self.place.passage
        next_to = [n for n in self.claim.numbers if abs(n.statement - number.statement) < 2]
        beside = [same for n, _, same in pairs if n in next_to]
        # Of two rows another mean with its SD is the same, and the tables are not alike of others.
        alike = [n.statement for n, _, same in pairs if same and n.statement != number.statement]
        close, lone, p, named = self.close, self.lone, self.p, self.named
        return {
            "inside": min(self.inside, 4.0),
            "near": min(self.near, 4.0),
            "close": close,
            "back": self.back,
            "differing": min(beside.count(False) - 1, 3),
            "unmatched": min(len(next_to) - len(beside), 3),
            "column": other_column,
            "section": here.section == there.section,
            "alone": (len(self.claim.numbers) == 1) * (not (p and lone)) * (1 - named * self.back),
            "again": not p and any(number.text in n.forms for n in there.numbers),
            "whole": not number.decimals and number.kind in {"", "n"},
            "rows": here.layout is not None
            and (len(alike) == len({*alike}) or here.heads == there.heads),
            "p": p * named,
            "sign": number.part == 0 and number.negative != other.negative,
            "lone": lone * named * (close > 1.5) * (not p and self.inside + self.near >= STANDS),
        }


def _behind_the_same(number: Printed, other: Printed, pairs: Pairs, place: Claim) -> bool:
    """Whether a P stands behind the same two numbers in both claims, with no other P between."""
    before = [pair for pair in pairs if 0 < number.statement - pair[0].statement <= 2]
    same = [m.statement for n, m, equal in before if equal and n.kind != "p"]
    two = len({*same}) > 1 or len(same) > 2  # an estimate and its limits
    if not two or not all(equal for n, _, equal in before if n.part == 0):
        return False
    first, last = sorted((same[0], other.statement))
    return not any(m.kind == "p" and first < m.statement < last for m in place.numbers)
