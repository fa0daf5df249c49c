"""A number that one place prints, and what another prints in the same statement.

A claim is what a reader takes in at once: the numbers of a part of a sentence, or of a row, with
their words. It is laid beside each claim of another section or table that shares numbers or words
with it, so that most of their numbers are the same in the same order. A number that then lies
beside another, and is not the same when rounded, may be a misprint; or they are of other patients,
so that this is never more than a question. Two statements that differ in one number of several are
of the same, whatever else is said about them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from operator import itemgetter
from typing import Any, NamedTuple

from secondlook.scan.cells import any_case
from secondlook.scan.document import Document, is_abstract
from secondlook.scan.passages import Passage, Printed, passages, times, words

MOST_ALIKE = 30
"""Claims that print a number or a word which still says that they are of the same."""
MOST_OF_ONE = 12
"""Claims that one is laid beside, for the numbers and words that they share."""
MOST_COMPARED = 400_000
"""Pairs of numbers of one article that are laid beside each other."""
MOST_NUMBERS = 25_000
"""Numbers of an article; those with large tables print some thousand."""
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
MOST_IN_CLAIM = 12
"""Numbers of a claim of a sentence."""
BEFORE, BEHIND = 200, 60
"""Characters around the numbers of a claim in which a sentence says what they are."""
BY = 80
"""Characters around a statement in which it says of which group it is."""

MUCH_NAMED, NAMED = 2.5, 0.45
"""The weight of the words of a row that a sentence says, and their part, if no numbers tie them."""

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
_OF_WHOM = any_case(
    r"(?P<adjusted>\b(?:adjust|unadjusted|crude|multivari|univari))|"
    r"(?P<sub>\b(?:sub-?(?:group|set|study)|per[- ]protocol|complet|responder|sensitivity|imput))|"
    r"(?P<women>\b(?:wom[ae]n|females?|girls)\b)|(?P<men>\b(?:m[ae]n|males?|boys)\b)|"
    r"(?P<left>\b(?:left|lt)\b)|(?P<right>\b(?:right|rt)\b)|"
    r"(?P<change>\b(?:change|difference))"
)
_EITHER = any_case(
    r"(?P<up>\b(?:increas|rose|gain))|(?P<down>\b(?:decreas|reduc|declin|fell|lower))|"
    r"(?P<hazard>\bhazard|(?-i:\bHR\b))|(?P<odds>\bodds|(?-i:\bOR\b))|"
    r"(?P<rate>\b(?:rate|risk) ratio)|(?P<one>\b(?:uni|bi)vari)|(?P<many>\bmultivari)|"
    r"(?P<mean>\bmeans?\b|±)|(?P<median>\bmedian|\bIQR\b)|"
    r"(?-i:(?P<sd>\bS\.?D\b)|(?P<se>\bS\.?E\b|\bSEM\b))|"
    r"(?P<adjusted>\badjust)|(?P<crude>\b(?:unadjust|crude))|"
    r"(?P<treated>\bintent(?:ion)?[- ]to[- ]treat|(?-i:\bm?ITT\b))|"
    r"(?P<kept>\bper[- ]protocol|(?-i:\bPPS?\b))"
)
_FAMILIES = [
    {"up", "down"}, {"adjusted", "crude"}, {"hazard", "odds", "rate"}, {"one", "many"},
    {"mean", "median"}, {"sd", "se"}, {"treated", "kept"},
]  # fmt: skip
"""Of each family a place says one; what another says is of something else."""
_WHEN = any_case(
    r"(?P<before>\b(?:baseline|before|pre-?(?:test|treat|interven|train|op)))|"
    r"(?P<after>\b(?:after|post-?(?:test|treat|interven|train|op)|follow-?up|end ?point))"
)
_GROUP = any_case(r"\b(?:in|for|of) the ([\w-]+) (?:group|arm)\b")
_CONTENT = re.compile(r"[A-Za-z][A-Za-z-]{2,}")

_SPEAKS = {
    "inside": 0.8, "near": 0.4, "close": 0.8, "back": 1.0, "differing": -1.0, "unmatched": -0.5,
    "column": -2.0, "section": -3.2, "alone": -1.5, "again": -2.0, "whole": -1.0, "rows": -1.5,
    "p": 1.3, "lone": 1.0, "sign": -2.0,
}  # fmt: skip
"""How much each sign says that one of two numbers is a misprint of the other, in log odds: fitted
to 350 pairs that were read in their articles, and rounded."""
ENOUGH = 2.0
"""The sum of the signs from which on a twin is asked about."""

Place = tuple[Passage, Printed]
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


class Twin(NamedTuple):
    """A number, the one that lies beside it in another claim, and how much says it is a twin."""

    here: Passage
    number: Printed
    there: Passage
    other: Printed
    score: float

    @property
    def places(self) -> tuple[Place, Place]:
        """Both passages with their number."""
        return (self.here, self.number), (self.there, self.other)


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
        rarity = Counter(w for p in told for w in p.words.union(*p.heads.values()))
        self.rare = {word: math.log((len(told) + 1) / (n + 0.5)) for word, n in rarity.items()}
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

    def twins(self) -> Iterator[Twin]:
        """Give the numbers of statements beside which another place prints another."""
        best = {frozenset((at.order, n.statement) for at, n in twin.places): twin
                for twin in self._in_one_number()}  # fmt: skip
        for claim, laid in self.laid:
            stands = {
                (place.passage.section, number)
                for place, pairs in laid
                for number, other, same in pairs
                if same and self._shared(number, other, pairs)[1] >= STANDS
            }
            found: dict[Printed, Twin] = {}
            for place, pairs in laid:
                for number, other, same in pairs:
                    if same or (place.passage.section, number) in stands:
                        continue  # or it is in another row
                    twin = self._twin(claim, place, pairs, number, other)
                    if twin and (number not in found or twin.score > found[number].score):
                        found[number] = twin
            for twin in found.values():
                key = frozenset((passage.order, n.statement) for passage, n in twin.places)
                if key not in best or twin.score >= best[key].score:
                    best[key] = twin
        yield from best.values()

    def _in_one_number(self) -> Iterator[Twin]:
        """Give the number of a statement of the text that alone another place prints otherwise.

        An estimate is known by its limits, a limit by the estimate and the other limit, unless
        several others are printed with these, or a table prints it as the text does. What an
        abstract prints is printed again, and known by fewer digits.
        """
        places: dict[tuple[object, ...], list[Place]] = defaultdict(list)
        for passage in self.told:
            for statement in passage.statements.values():
                first, several = statement[0], len(statement) > 2
                for i, number in enumerate(statement):
                    rest = [n for n in statement if n is not number]
                    known = sum(n.telling for n in rest) * all(n.telling for n in rest)
                    if known >= TELLING_AGAIN and (several or (i and first.decimals)):
                        key = len(statement), i, *(n.text for n in rest)
                        places[key].append((passage, number))
                if several and first.telling >= TELLING:
                    places[len(statement), first.text].append((passage, statement[1]))
        for key, alike in places.items():
            least, most = (0.0, math.inf) if len(key) > 3 else (0.9, 1.0)  # known by one number
            two = len(alike) <= MOST_PRINTED and len({n.text for _, n in alike}) == 2
            for (here, number), (there, other) in combinations(alike, 2) if two else ():
                twin = Twin(here, number, there, other, ENOUGH)
                again = {at.layout is not None or at.section
                         for at, n in alike if n.text == number.text}  # fmt: skip
                known = sum(n.telling for n in here.statement_of(number) if n is not number)
                another = _of_another_column(twin, _words_by(here, number))
                named = here.words & there.words and not another
                tells, abstract = known >= TELLING, bool(named) and is_abstract(here.section)
                near = _closeness(number, other) > least
                if (
                    here.layout is None
                    and (tells or abstract)
                    and (near or (tells and abstract and not least))
                    and (there.layout is not None or there.section) not in again
                    and _comparable(number, other)
                    and (named or (not least and (number.part or "CI" in here.shown(number))))
                    and not number.names
                    and _of_others(twin) < most
                ):
                    yield twin

    def _places(self, i: int) -> list[Claim]:
        """Return the claims of other sections and tables that say most of what a claim says."""
        claim = self.claims[i]
        by_words: dict[int, float] = defaultdict(float)
        for word in claim.words:
            if len(self.saying[word]) <= 2 * MOST_ALIKE:
                for j in self.saying[word]:
                    by_words[j] += self.rare[word]
        votes: dict[int, float] = defaultdict(float)
        for number in claim.numbers:
            found = self.printing[number.text]
            if len(found) <= MOST_ALIKE and not (number.kind == "p" and number.relation):
                for j in found:
                    votes[j] += self._weight(number)
        for j, both in by_words.items():
            votes[j] += 0.3 * both * both / self._told(self.claims[j].words)
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
        named = NAMED * self._told(place.words) <= self._told(place.words & claim.words)
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
            pairs.append((n, m, _equal(n, m)))
        return told, pairs[::-1]

    def _likeness(self, number: Printed, other: Printed) -> float | None:
        """Return how much is gained if two numbers lie beside each other, None if they cannot."""
        if (number.kind == "p") != (other.kind == "p"):
            return None
        low, high = sorted((number.value, other.value))
        like = 0.1 + 0.4 * (low / high if high else 0.0) ** 8
        if _equal(number, other):
            like = self._weight(number) + 0.5
        return like if _same_part(number, other) else like - 0.05

    def _twin(
        self, claim: Claim, place: Claim, pairs: Pairs, number: Printed, other: Printed
    ) -> Twin | None:
        """Return two numbers that lie beside each other, if they may be meant as the same."""
        here, there, p = claim.passage, place.passage, number.kind == "p"
        if number.names or other.names or not _comparable(number, other):
            return None
        inside, near = self._shared(number, other, pairs)
        both = self._told(place.words & claim.words)
        named, back = (both / (self._told(c.words) or 1.0) for c in (place, claim))
        close, lone = _closeness(number, other), self._lone(number, other)
        tied = inside + near >= STANDS or named >= NAMED
        within = inside >= 1.2  # most of a statement
        if p:
            says = both >= MUCH_NAMED and named >= NAMED and lone and close > 0
            tied = says or _behind_the_same(number, other, pairs, place)
        elif close < 1:
            tied = within and inside + near >= 3
        elif "n" in {number.kind, other.kind} and number.kind != other.kind:
            tied = near >= STANDS
        elif inside + near == 0 and 1 in {len(c.numbers) for c in (claim, place)}:
            tied = tied and len(claim.numbers) == len(place.numbers)  # else of all, or of groups
        if here.layout is not None:  # two rows: of the same words, and one digit off
            tied &= not p and close >= 1 and min(named, back) >= 0.2 and max(named, back) >= 0.8
        if not tied or not (within or _same_part(number, other)):
            return None
        said = here.words if inside >= STANDS else _words_by(here, number)
        other_column = _of_another_column(Twin(here, number, there, other, 0.0), said, pairs)
        chance = other_column or 0 < inside < TWO_DIGITS
        if chance and number.part == 0 and near < STANDS:
            return None  # an SD of two digits is that of others as well
        next_to = [n for n in claim.numbers if abs(n.statement - number.statement) < 2]
        beside = [same for n, _, same in pairs if n in next_to]
        alike = [n.statement for n, _, same in pairs if same and n.statement != number.statement]
        # Of two rows another mean with its SD is the same, and the tables are not alike of others.
        signs = {
            "inside": min(inside, 4.0),
            "near": min(near, 4.0),
            "close": close,
            "back": back,
            "differing": min(beside.count(False) - 1, 3),
            "unmatched": min(len(next_to) - len(beside), 3),
            "column": other_column,
            "section": here.section == there.section,
            "alone": (len(claim.numbers) == 1) * (not (p and lone)) * (1 - named * back),
            "again": not p and any(number.text in n.forms for n in there.numbers),
            "whole": not number.decimals and number.kind in {"", "n"},
            "rows": here.layout is not None
            and (len(alike) == len({*alike}) or here.heads == there.heads),
            "p": p * named,
            "sign": number.part == 0 and number.negative != other.negative,
            "lone": lone * named * (close > 1.5) * (not p and inside + near >= STANDS),
        }
        score = sum(_SPEAKS[sign] * told for sign, told in signs.items())
        twin = Twin(here, number, there, other, score)
        return twin if score >= ENOUGH and _of_others(twin) <= MOST_OF_OTHERS else None

    def _lone(self, number: Printed, other: Printed) -> bool:
        """Whether the text alone prints the one of two numbers, and tables alone the other."""
        here, there = (
            {bool(self.claims[i].passage.layout) for i in self.printing[n.text]}
            for n in (number, other)
        )
        return here == {False} and there == {True}

    def _shared(self, number: Printed, other: Printed, pairs: Pairs) -> tuple[float, float]:
        """Weigh the numbers that both claims print, in the statement and about it."""
        inside = near = 0.0
        for n, m, same in pairs:
            apart = abs(n.statement - number.statement)
            if not same:
                continue
            if apart == 0 == m.statement - other.statement:
                inside += self._weight(n)
            elif apart and m.statement != other.statement:
                near += self._weight(n) * (1 if apart < 2 else 0.7 if apart < 4 else 0.3)
            else:
                near += 0.3 * self._weight(n)
        return inside, near

    def _weight(self, number: Printed) -> float:
        """Return how much it says that a number stands at two places."""
        if number.kind == "p":
            own = 0.1 if number.relation else 0.6 * (min(number.telling, 3) - 0.5)
        else:
            own = (min(number.telling, 4) - 0.7) * (0.4 if number.kind == "n" else 1)
        return max(own, 0.05) / math.sqrt(max(1, len(self.printing[number.text]) - 1))

    def _told(self, these: frozenset[str]) -> float:
        return sum(self.rare[word] for word in these)


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


def _equal(number: Printed, other: Printed) -> bool:
    """Whether two numbers are the same when rounded, or a P lies within the bound of another."""
    if not _same_kind(number, other):
        return False
    if number.kind == "p" and number.relation != other.relation:
        return not _apart(number, other)
    if number.value == other.value:
        return True
    return _rounded(number, other) and min(len(number.text), len(other.text)) > 1


def _rounded(number: Printed, other: Printed) -> bool:
    """Whether one of two numbers is what the other may be rounded or cut to."""
    return number.text in other.forms or other.text in number.forms


def _same_part(number: Printed, other: Printed) -> bool:
    """Whether both open a statement, or neither does; a percent may stand in brackets."""
    alike = number.kind == other.kind and number.kind in {"/", "%"}
    return alike or (number.part > 0) == (other.part > 0)


def _same_kind(number: Printed, other: Printed) -> bool:
    kinds = {number.kind, other.kind}
    return len(kinds) == 1 or kinds not in ({"%", "n"}, {"%", "/"})


def _apart(number: Printed, other: Printed) -> bool:
    """Whether one P lies beyond the bound that is another."""
    if number.relation and other.relation:
        return False
    bound, exact = (number, other) if number.relation else (other, number)
    if bound.relation in "<≤":
        return exact.value > bound.value
    return exact.value < bound.value


def _comparable(number: Printed, other: Printed) -> bool:
    """Whether two numbers may be meant as the same, and are not."""
    if not _same_kind(number, other) or _equal(number, other):
        return False
    if number.kind == "p":
        return not (number.relation or other.relation) or _apart(number, other)
    if _rounded(number, other):
        return False
    if "/" in {number.kind, other.kind} and number.decimals + other.decimals:
        return False  # of a fraction both are whole
    short = len(number.text) + len(other.text) < 3
    return not (short or number.relation or other.relation)


def _same_units(twin: Twin) -> bool:
    """Whether what stands before and behind two numbers does not say that they are of two kinds."""
    short, long = sorted((p.statement_of(n) for p, n in twin.places), key=len)
    limits = short[0].text in {n.text for n in long[1:]}
    if twin.number.part and len(short) == 2 < len(long) and not limits:
        return False  # an SD is no limit
    one, two = ({n.unit for n in p.statement_of(m)} - {""} for p, m in twin.places)
    return not one or not two or bool(one & two)


def _behind_the_same(number: Printed, other: Printed, pairs: Pairs, place: Claim) -> bool:
    """Whether a P stands behind the same two numbers in both claims, with no other P between."""
    before = [pair for pair in pairs if 0 < number.statement - pair[0].statement <= 2]
    same = [m.statement for n, m, equal in before if equal and n.kind != "p"]
    two = len({*same}) > 1 or len(same) > 2  # an estimate and its limits
    if not two or not all(equal for n, _, equal in before if n.part == 0):
        return False
    first, last = sorted((same[0], other.statement))
    return not any(m.kind == "p" and first < m.statement < last for m in place.numbers)


def _words_by(passage: Passage, number: Printed) -> frozenset[str]:
    """Return the words by a statement, which may say of which group it is."""
    told = passage.statement_of(number)
    return words(passage.text[max(0, told[0].start - BY) : told[-1].end + BY])


def _of_another_column(twin: Twin, said: frozenset[str], pairs: Pairs = ()) -> bool:
    """Whether what is said names no head of the column, and its P and neighbours are of no row."""
    here, number, there, other, _ = twin
    head = there.words_at(other)[1]
    if here.layout is not None or not head or head & said or len(there.heads) < 3:
        return False
    equal = {(n.statement, m.statement) for n, m, same in pairs if same}
    placed = {(number.statement + d, other.statement + d) for d in (-1, 1)} <= equal
    return not placed and not any(n.kind == "p" and not n.relation for n, _, same in pairs if same)


def _of_other_columns(twin: Twin) -> bool:
    """Whether the heads of the columns of two tables say other sizes, or each what is not there."""
    (here, number), (there, other) = twin.places
    if here.layout is None or there.layout is None:
        return False
    one, two = ({*p.layout.head_sizes[n.column or 0]} for p, n in twin.places if p.layout)
    (label, head), (again, beside) = here.words_at(number), there.words_at(other)
    only_here = head - beside - again - words(there.layout.table.caption)
    only_there = beside - head - label - words(here.layout.table.caption)
    limits = len(here.statement_of(number)) > 2 and only_here
    return bool((one and not one & two) or (only_here and only_there) or limits)


def _closeness(number: Printed, other: Printed) -> float:
    """Return how likely it is that one number was printed for the other."""
    a, b = number.text, other.text
    slip = _one_slip(a, b) or (
        number.part > 0 and len(a) > 3 and _one_slip(a.replace(".", ""), b.replace(".", ""))
    )
    if number.kind == "p":
        exact = not (number.relation or other.relation)
        return 1.5 * (slip and exact and min(number.telling, other.telling) > 1)
    found = 0.0
    if slip:
        found = 2.5 if number.telling >= 3 else 1.0 + (number.part > 0 and len(a) != len(b))
    low, high = sorted((number.value, other.value))
    apart = (high - low) / high if high else 1.0
    if apart < 0.03 and number.telling >= 3:
        found = max(found, 2.0)
    elif apart < 0.1:
        found = max(found, 1.0)
    elif apart > 0.5 and not (slip and number.part):
        found -= 1.0
    unlike = number.decimals != other.decimals or {number.kind, other.kind} == {"%", ""}
    return found - (0.7 if unlike else 0.0)


def _both_told(twin: Twin) -> bool:
    """Whether one of the two places prints the other number as well."""
    (here, number), (there, other) = twin.places
    both = number.part == 0 and _prints_beside(here, number, other)
    again = number.kind != "p" and _prints_beside(there, other, number)
    return here.layout is None and (both or again)


def _prints_beside(passage: Passage, own: Printed, number: Printed) -> bool:
    """Whether a passage prints a number as such a part of another statement than its own."""
    others = (n for n in passage.numbers if n.statement != own.statement)
    again = any((n.value, n.part) == (number.value, number.part) for n in others)
    return number.telling > 1 and again


def _of_another_mean(twin: Twin) -> bool:
    """Whether two numbers stand behind others, such as SD behind means, that are not the same.

    Or one alone does, behind a percent of which it is a limit.
    """
    before = [[n for n in p.statement_of(m) if n.part < m.part][-1:] for p, m in twin.places]
    told = list(chain(*before))
    if len(told) == 2:
        return not _equal(*told)
    return bool(told) and {told[0].kind, twin.number.kind, twin.other.kind} == {"%"}


def _one_slip(a: str, b: str) -> bool:
    """Whether one digit was changed, dropped or added, or some were exchanged."""
    short, long = sorted((a, b), key=len)
    if len(short) == len(long):
        return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _of_others(twin: Twin) -> float:
    """Return what speaks for other patients, another analysis or another time."""
    another = _of_other_columns(twin) or _of_another_mean(twin)
    if another or not _same_units(twin) or _both_told(twin):
        return math.inf
    contexts = [
        f"{p.layout.context(p.row)} {p.layout.heads[n.column or 0]} {p.layout.table.caption} "
        f"{p.shown(n)}" if p.layout else p.text
        for p, n in twin.places
    ]  # fmt: skip
    of_whom, either, when = (
        [{m.lastgroup for m in pattern.finditer(text)} for text in contexts]
        for pattern in (_OF_WHOM, _EITHER, _WHEN)
    )
    pairs = [[said & family for said in either] for family in _FAMILIES]
    tables = sum(place.layout is not None for place, _ in twin.places)
    if tables == 0:
        pairs.append([{*_GROUP.findall(text)} for text in contexts])
    elif tables == 2:
        pairs.append(when)
    if any(one and other and not one & other for one, other in pairs):
        return math.inf
    one, two = (times(text) for text in contexts)
    return 0.7 * len(of_whom[0] ^ of_whom[1]) + 2.0 * bool(one and two and not one & two)
