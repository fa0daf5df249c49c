"""The statements of an article, each laid beside those of other places that say most of the same.

A claim is what a reader takes in at once: the numbers of a part of a sentence, or of a row, with
their words. It is laid beside each claim of another section or table that shares numbers or words
with it, so that most of their numbers are the same in the same order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from secondlook.scan.cells import any_case
from secondlook.scan.checks.repeated.misprint import equal, same_part
from secondlook.scan.document import Document
from secondlook.scan.passages import Passage, Printed, passages, words

MOST_ALIKE = 30
"""Claims that print a number or a word which still says that they are of the same."""
MOST_OF_ONE = 12
"""Claims that one is laid beside, for the numbers and words that they share."""
MOST_COMPARED = 400_000
"""Pairs of numbers of one article that are laid beside each other."""
MOST_NUMBERS = 25_000
"""Numbers of an article; those with large tables print some thousand."""
MOST_IN_CLAIM = 12
"""Numbers of a claim of a sentence."""
BEFORE, BEHIND = 200, 60
"""Characters around the numbers of a claim in which a sentence says what they are."""
NAMED = 0.45
"""The part of the words of a row that a sentence says, if no numbers tie them."""
_OTHERS = any_case(
    r"\W*(?:[\dIVX]{1,4}\W+)?(?:introduction|background|references?|related work|acknowledge)"
)
_CITING = re.compile(
    r"\[[\s,–-]{0,20}\]|\bet al\b|\bprevious\w* (?:stud|report|trial)|\breported by\b"
)
_OWN = any_case(r"\b(?:our|this|present|current|we)\b")
_PLANNED = any_case(
    r"\bsample size|\bpreliminary study|\bpower (?:of|calculat)|\bassum(?:ing|ed)\b|\bSPSS\b|"
    r"\bsignificance level|\bacceptance (?:range|limits)\b|\binferiority margin\b|"
    r"\bregistered (?:on |in )?\d"
)
_CONTENT = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
Place = tuple[Passage, Printed]
"""A number where it stands."""
_Chain = Any
Pairs = Sequence[tuple[Printed, Printed, bool]]
"""Numbers of two claims that lie beside each other, and whether they are the same."""


@dataclass(frozen=True, eq=False)
class Claim:
    """Numbers that are said together, in order, with the words that say what they are."""

    passage: Passage
    numbers: list[Printed]
    words: frozenset[str]

    @cached_property
    def telling(self) -> tuple[set[str], set[str]]:
        """The digits of its numbers of more than one, and those and what they are when rounded."""
        told = [number for number in self.numbers if number.telling > 1]
        return {n.text for n in told}, {form for n in told for form in n.forms if len(form) > 1}


class Repeats:
    """The claims of an article, found by their numbers and words, and how rare these are."""

    def __init__(self, document: Document) -> None:
        told: list[Passage] = []
        room = MOST_NUMBERS
        for passage in passages(document):
            room -= len(passage.numbers)
            if room < 0:
                told = []  # of a part of its numbers nothing is known to stand alone
                break
            if _tells(passage):
                told.append(passage)
        self.told = told
        self.claims = [claim for passage in told for claim in _claims(passage)]
        self.printing: dict[str, set[int]] = defaultdict(set)
        self.saying: dict[str, set[int]] = defaultdict(set)
        for i, claim in enumerate(self.claims):
            for number in claim.numbers:
                for form in number.forms:
                    self.printing[form].add(i)
            for word in claim.words:
                self.saying[word].add(i)
        often = Counter(w for p in told for w in p.words.union(*p.heads.values()))
        self.rare = {word: math.log((len(told) + 1) / (n + 0.5)) for word, n in often.items()}
        self.room = MOST_COMPARED

    @cached_property
    def laid(self) -> list[tuple[Claim, list[tuple[Claim, Pairs]]]]:
        """Each claim with those of other places, their numbers laid beside its own."""
        return [
            (claim, [(place, self._pairs(claim, place)) for place in self._places(i)])
            for i, claim in enumerate(self.claims)
            if self.room > 0
            and (len(claim.numbers) > 2 or any(n.telling > 1 for n in claim.numbers))
        ]

    def repeated(self) -> Iterator[tuple[Place, Place]]:
        """Give the statements of several numbers in the text that another place prints as well."""
        for claim, laid in self.laid:
            here = claim.passage
            found: dict[int, tuple[Place, Place]] = {}
            for place, pairs in laid if here.layout is None else []:
                same = {n: other for n, other, equal in pairs if equal and n.telling > 1}
                for number, other in same.items():
                    told = here.statement_of(number)
                    once = {same[n].statement for n in told if n in same} == {other.statement}
                    if number is told[0] and len(told) > 1 and once and {*told} <= {*same}:
                        found.setdefault(number.statement, ((here, number), (place.passage, other)))
            yield from found.values()

    def _places(self, i: int) -> list[Claim]:
        """Return the claims of other sections and tables that say most of what a claim says."""
        claim = self.claims[i]
        by_words: dict[int, float] = defaultdict(float)
        for word in sorted(claim.words):  # sums of one order, which break ties alike in each run
            if len(self.saying[word]) <= 2 * MOST_ALIKE:
                for j in self.saying[word]:
                    by_words[j] += self.rare[word]
        votes: dict[int, float] = defaultdict(float)
        for number in claim.numbers:
            found = self.printing[number.text]
            if len(found) <= MOST_ALIKE and not (number.kind == "p" and number.relation):
                for j in found:
                    votes[j] += self.weight(number)
        for j, both in by_words.items():
            votes[j] += 0.3 * both * both / self.rarity(self.claims[j].words)
        here = claim.passage

        def fits(j: int) -> bool:
            there = self.claims[j].passage
            if here.layout is not None and (there.layout is None or there.order > here.order):
                return False  # two rows are laid beside each other once
            return there is not here and (there.layout is None or there.section != here.section)

        ranked = sorted(filter(fits, votes), key=lambda j: (-votes[j], j))
        return [self.claims[j] for j in ranked[:MOST_OF_ONE]]

    def _pairs(self, claim: Claim, place: Claim) -> Pairs:
        """Lay the numbers of two claims beside each other; the columns of a row in either order."""
        named = NAMED * self.rarity(place.words) <= self.rarity(place.words & claim.words)
        (texts, forms), (others, of_others) = claim.telling, place.telling
        if not named and texts.isdisjoint(of_others) and forms.isdisjoint(others):
            return []  # neither words nor numbers tie them
        self.room -= len(claim.numbers) * len(place.numbers)
        told, pairs = self._aligned(claim.numbers, place.numbers)
        some = 1 < len(claim.numbers) > sum(same for *_, same in pairs)
        if some and place.passage.layout is not None and claim.passage.layout is None:
            turned = sorted(place.numbers, key=lambda n: (-n.statement, n.part))
            other = self._aligned(claim.numbers, turned)
            pairs = other[1] if other[0] > told + 0.5 else pairs
        return pairs

    def _aligned(self, own: list[Printed], others: list[Printed]) -> tuple[float, Pairs]:
        """Pair numbers in their order so that most are the same, and the rest as like as can be."""
        best: list[tuple[float, _Chain]] = [(0.0, None)] * (len(others) + 1)
        for i, n in enumerate(own):
            above, best = best, best[:1]
            for j, m in enumerate(others):
                most = max(above[j + 1], best[j], key=itemgetter(0))
                if (like := self._likeness(n, m)) is not None:
                    told, chain = above[j]
                    if i and j and chain and chain[:2] == (own[i - 1], others[j - 1]):
                        same = own[i - 1].statement == n.statement
                        like += 0.3 * (same == (others[j - 1].statement == m.statement))
                    if told + like > most[0]:
                        most = told + like, (n, m, chain)
                best.append(most)
        told, chain = best[-1]
        pairs: list[tuple[Printed, Printed, bool]] = []
        while chain:
            n, m, chain = chain
            pairs.append((n, m, equal(n, m)))
        return told, pairs[::-1]

    def _likeness(self, number: Printed, other: Printed) -> float | None:
        """Return how much is gained if two numbers lie beside each other, None if they cannot."""
        if (number.kind == "p") != (other.kind == "p"):
            return None
        low, high = sorted((number.value, other.value))
        like = 0.1 + 0.4 * (low / high if high else 0.0) ** 8
        if equal(number, other):
            like = self.weight(number) + 0.5
        return like if same_part(number, other) else like - 0.05

    def lone(self, number: Printed, other: Printed) -> bool:
        """Whether the text alone prints the one of two numbers, and tables alone the other."""
        here, there = (
            {bool(self.claims[i].passage.layout) for i in self.printing[n.text]}
            for n in (number, other)
        )
        return here == {False} and there == {True}

    def shared(self, number: Printed, other: Printed, pairs: Pairs) -> tuple[float, float]:
        """Weigh the numbers that both claims print, in the statement and about it."""
        inside = near = 0.0
        for n, m, same in pairs:
            apart = abs(n.statement - number.statement)
            if not same:
                continue
            if apart == 0 == m.statement - other.statement:
                inside += self.weight(n)
            elif apart and m.statement != other.statement:
                near += self.weight(n) * (1 if apart < 2 else 0.7 if apart < 4 else 0.3)
            else:
                near += 0.3 * self.weight(n)
        return inside, near

    def weight(self, number: Printed) -> float:
        """Return how much it says that a number stands at two places."""
        if number.kind == "p":
            own = 0.1 if number.relation else 0.6 * (min(number.telling, 3) - 0.5)
        else:
            own = (min(number.telling, 4) - 0.7) * (0.4 if number.kind == "n" else 1)
        return max(own, 0.05) / math.sqrt(max(1, len(self.printing[number.text]) - 1))

    def rarity(self, these: frozenset[str]) -> float:
        """Return how much it says that two places share these words."""
        return math.fsum(self.rare[word] for word in these)


def _claims(passage: Passage) -> list[Claim]:
    """Return a row, or the parts of a sentence between which its words say something else."""
    if passage.layout is not None:
        return [Claim(passage, passage.numbers, passage.words)]
    parts: list[list[Printed]] = []
    for number in passage.numbers:
        last = parts[-1][-1] if parts else None
        between = passage.text[last.end : number.start] if last else ""
        said = words(" ".join(_CONTENT.findall(between)))
        if last is None or (
            number.statement != last.statement
            and (len(said) > 3 or len(parts[-1]) >= MOST_IN_CLAIM
                 or (said and (";" in between or last.kind == "p" != number.kind)))
        ):  # fmt: skip
            parts.append([])
        parts[-1].append(number)
    claims, before = [], 0
    for i, part in enumerate(parts):
        end = part[-1].end
        until = parts[i + 1][0].start if i + 1 < len(parts) else len(passage.text)
        behind = re.split(r"[;,)]", passage.text[end : min(end + BEHIND, until)])[0]
        text = passage.text[max(before, part[0].start - BEFORE) : end] + behind
        claims.append(Claim(passage, part, words(text) & passage.words))
        before = end
    return claims


def _tells(passage: Passage) -> bool:
    """Whether a passage tells results of this study."""
    if passage.layout is not None:
        return True
    if _OTHERS.match(passage.section) or _PLANNED.search(passage.text):
        return False
    return not _CITING.search(passage.text) or bool(_OWN.search(passage.text))
