"""A number that is printed at one place only, and what another place prints for the same.

Two passages speak of the same quantity if they share other numbers in the same order, and words;
an abstract and the text, if they share most of their words.
If one of them then prints a number that stands nowhere else in the article, and the other prints
another at its place, one of the two may be a misprint. They may be of other patients as well, so
that this is never more than a question.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, dropwhile, islice, permutations, product, takewhile

from secondlook.scan.document import Document
from secondlook.scan.layout import Layout
from secondlook.scan.passages import Passage, Printed, passages, times, words

ENOUGH = 5.5
"""What speaks for a twin, at least; of a P, whose own digits say nothing, `ENOUGH_OF_P`."""
ENOUGH_OF_P = 4.4
MUCH = 4.0
"""The weight of some numbers of three digits that stand elsewhere in both passages."""
MOST_ALIKE = 25
"""Passages that print a number which still says that they are of the same."""
MOST_OF_ONE = 12
"""Passages that one is held against."""
MOST_BY_WORDS = 3
"""Sentences that one is held against by their words alone."""
MUCH_SAID, SAID_AGAIN = 5.0, 4.0
"""The weight of words that say without numbers that two sentences, or two numbers, are the same."""
MOST_COMPARED = 300_000
"""Numbers of one article that are held against each other; of a usual one some thousand."""
MOST_NUMBERS = 25_000
"""Numbers of an article; those with large tables print some thousand."""
MOST_PARTS = 6
"""Numbers of one statement."""
TOGETHER = 2.0
"""The weight of two numbers of one statement that stand together at these two places alone."""
MOST_BETWEEN = 6
"""Columns between two numbers of a row, times the statements between those of a sentence."""
NEAREST = 3
"""Statements between a number and another that says whose it is."""
BEFORE, BEHIND = 160, 80
"""Characters around a number in which a sentence says what it is."""

_OTHERS = re.compile(
    r"\W*(?:[\dIVX]{1,4}\W+)?(?:introduction|background|references?|related work|acknowledge)",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"\W*(?:[\dIVX]{1,4}\W+)?(?:abstract|summary|discussion|conclu|comment|fig)", re.IGNORECASE
)
"""A section that says again what another says; so may a figure."""
_FIGURE = re.compile("fig", re.IGNORECASE)
_METHODS = re.compile(r"\W*(?:[\dIVX]{1,4}\W+)?(?:\w+ and )?(?:methods?|materials)", re.IGNORECASE)
_CITING = re.compile(
    r"\[[\s,–-]{0,20}\]|\bet al\b|\bprevious\w* (?:stud|report|trial)|\breported by\b"
)
_OWN = re.compile(r"\b(?:our|this|present|current|we)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\bsample size|\bpreliminary study|\bpower (?:of|calculat)|\bassum(?:ing|ed)\b|\bSPSS\b|"
    r"\bregistered (?:on |in )?\d",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"(?P<adjusted>\b(?:adjust|unadjusted|crude|multivari|univari))|"
    r"(?P<sub>\b(?:sub-?(?:group|set|study)|per[- ]protocol|complet|responder|sensitivity|imput))|"
    r"(?P<women>\b(?:wom[ae]n|females?|girls)\b)|(?P<men>\b(?:m[ae]n|males?|boys)\b)|"
    r"(?P<left>\b(?:left|lt)\b)|(?P<right>\b(?:right|rt)\b)|"
    r"(?P<change>\b(?:change|difference))",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"(?P<up>\b(?:increas|rose|gain))|(?P<down>\b(?:decreas|reduc|declin|fell|lower))|"
    r"(?P<hazard>\bhazard|(?-i:\bHR\b))|(?P<odds>\bodds|(?-i:\bOR\b))|"
    r"(?P<rate>\b(?:rate|risk) ratio)|(?P<one>\bunivari)|(?P<many>\bmultivari)|"
    r"(?P<adjusted>\badjust)|(?P<crude>\b(?:unadjust|crude))",
    re.IGNORECASE,
)
_FAMILIES = ({"up", "down"}, {"adjusted", "crude"}, {"hazard", "odds", "rate"}, {"one", "many"})
"""Of each family a place says one; what another says is of something else."""
_GROUP = re.compile(r"\b(?:in|for|of) the ([\w-]+) (?:group|arm)\b", re.IGNORECASE)
_SYMBOL = re.compile(r"\b([tFrRZU])\s?(?:\([^)]{0,20}\))?\s?=\s?-?$")
_ONE_OF_TWO = re.compile(
    r"\b(?:before|after|pre|post|from|vs|versus|compared|respectively|group|arm)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?:19|20)\d\d|0\d+")
"""A year, or part of the number of a protocol."""
_PAIRED = re.compile(r"\b(?:vs?|versus|and|to|compared|against|than)\b", re.IGNORECASE)

Same = dict[Printed, Printed]
"""The numbers of one passage that another prints as well."""
Weighed = list[tuple[Printed, Printed, float]]
"""The same, with how much it says."""


@dataclass(frozen=True, eq=False)
class Twin:
    """A number that stands at one place alone, and what another passage prints instead.

    `inside`, `beside` and `about` are the weights of the numbers that both passages print: in the
    same statement, at the same distance from it, or anywhere. `named` is the part of the words of
    the other place that are said here.
    """

    here: Passage
    number: Printed
    there: Passage
    other: Printed
    inside: float
    beside: float
    about: float
    named: float
    words: float
    close: float
    differing: int
    against: float = 0.0

    @property
    def places(self) -> tuple[tuple[Passage, Printed], tuple[Passage, Printed]]:
        """Both passages with their number."""
        return (self.here, self.number), (self.there, self.other)

    @property
    def score(self) -> float:
        """How much speaks for it; much if of an estimate with its limits one number differs."""
        three = len(self.here.statement_of(self.number)) == 3
        whole = three and self.differing == 1 and self.inside >= 0.5
        return (
            1.5 * min(self.inside, 5) + min(self.beside, 4) + 0.3 * min(self.about, 4) + self.words
            + self.close - self.against + 2 * whole
        )  # fmt: skip

    @property
    def key(self) -> frozenset[tuple[int, int]]:
        """Both statements, whichever is held against the other."""
        return frozenset((place.order, number.statement) for place, number in self.places)


class Repeats:
    """The passages of an article, found by their numbers, and how rare its words are."""

    def __init__(self, document: Document, layouts: Sequence[Layout]) -> None:
        told: list[Passage] = []
        room = MOST_NUMBERS
        for passage in passages(document, layouts):
            room -= len(passage.numbers)
            if room < 0:
                told = []  # of a part of its numbers nothing is known to stand alone
                break
            if _tells(passage):
                told.append(passage)
        self.told = {passage.order: passage for passage in told}
        self.printing: dict[str, set[int]] = defaultdict(set)
        self.sections: dict[str, set[str]] = defaultdict(set)
        self.together: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
        rarity: Counter[str] = Counter()
        for passage in told:
            for number in passage.numbers:
                for form in (*number.forms, *_scaled(number)):
                    self.sections[form].add(passage.section)
                    if len(self.printing[form]) <= MOST_ALIKE:
                        self.printing[form].add(passage.order)
            for parts in passage.statements.values():
                for one, two in permutations(parts[:MOST_PARTS], 2):
                    for pair in product(one.forms, two.forms):
                        if len(self.together[pair]) < MOST_PARTS:
                            self.together[pair].add((passage.order, one.statement))
            rarity.update(passage.words.union(*passage.heads.values()))
        self.about: dict[str, set[int]] = defaultdict(set)
        for passage in told:
            if passage.layout is None and not _SUMS_UP.match(passage.section):
                for word in passage.words:
                    self.about[word].add(passage.order)
        self.rows = [passage for passage in told if passage.layout is not None]
        self.tables = {passage.section for passage in self.rows}
        self.rare = {word: math.log((len(told) + 1) / (n + 0.5)) for word, n in rarity.items()}

    def repeated(self) -> Iterator[tuple[Passage, Printed, Passage, Printed]]:
        """Give the statements of several numbers in the text that another place prints as well."""
        for here in self.told.values():
            for statement, (first, *others) in here.statements.items():
                telling = first.telling > 1 and all(n.telling > 1 for n in others)
                if here.layout is not None or not others or not telling:
                    continue
                again = set.intersection(*(self.together[first.text, n.text] for n in others))
                for order, other in sorted(again - {(here.order, statement)}, reverse=True)[:1]:
                    there = self.told[order]
                    yield here, first, there, there.statements[other][0]

    def twins(self) -> Iterator[Twin]:
        """Give for each number that stands alone the place that prints another for the same."""
        room = MOST_COMPARED
        best: dict[frozenset[tuple[int, int]], Twin] = {}
        for here in self.told.values():
            told = here.numbers if room > 0 else []
            alone = [n for n in told if self._alone(here, n, of_tables=True)]
            nowhere = [n for n in alone if self._alone(here, n)]
            by_words = chain(self._by_words(here, nowhere), self._of_all(here, alone))
            found = {twin.number: twin for twin in by_words}
            again: set[Printed] = set()
            for there in self._alike(here) if alone else ():
                room -= len(alone) * len(there.numbers)
                same = _same_numbers(here, there)
                weighed, left = self._weighed(same), _left(here, there, same)
                for number in alone if there.layout is not None else nowhere:
                    if number in same:
                        if sum(_shared(number, same[number], weighed, 0)[:2]) >= 1:
                            again.add(number)
                            continue
                        if number.kind != "p" or not number.relation:
                            continue
                    elsewhere = set(there.by_form.get(number.text, ())) - set(same.values())
                    if elsewhere and not _p_behind(number, here, there, same):
                        continue  # it stands there, of something else
                    twin = self._twin(here, number, there, same, weighed, left)
                    if twin and (number not in found or twin.score > found[number].score):
                        found[number] = twin
            for twin in found.values():
                if twin.number in again:
                    continue
                if twin.key not in best or twin.score > best[twin.key].score:
                    best[twin.key] = twin
        yield from best.values()

    def _alone(self, here: Passage, number: Printed, *, of_tables: bool = False) -> bool:
        """Whether a telling number, or one with another of its statement, is printed only here.

        Of a sentence that is held against tables it is enough if none of them prints it.
        """
        if number.kind == "p":
            return True
        if _NAME.fullmatch(number.text):
            return False
        others = [n for n in here.statement_of(number) if n is not number]
        if number.relation or (number.telling < 2 and not others):
            return False
        found = self.sections[number.text] - {here.section}
        if others:
            places = [self.together[number.text, n.text] for n in others]
            few = len(others) > 1 and number.telling < 2  # any two of these stand together
            spots = set.intersection(*places) if few else set().union(*places)
            many = Counter(order for order, _ in spots)
            copies = many.pop(here.order, 1)
            found = {self.told[order].section for order, n in many.items() if n >= copies}
        return not (found & self.tables if of_tables and here.layout is None else found)

    def _alike(self, here: Passage) -> list[Passage]:
        """Return the passages of other sections that share telling numbers with this one."""
        votes: dict[int, float] = defaultdict(float)
        for number in here.numbers:
            orders = self.printing[number.text]
            if number.telling >= 2 and len(orders) <= MOST_ALIKE:
                for order in orders:
                    votes[order] += self._weight(number)
        for first, *others in here.statements.values():
            for order in {o for n in others[:1] for o, _ in self.together[first.text, n.text]}:
                votes[order] += 1
        likely = (self.told[order] for order in sorted(votes, key=lambda o: (-votes[o], o)))
        fitting = (
            there
            for there in likely
            if there is not here
            and (here.layout is None or there.layout is not None)
            and (there.layout is None or there.section != here.section)
        )
        return list(islice(fitting, MOST_OF_ONE))

    def _weight(self, number: Printed) -> float:
        """Return how much it says that a number stands at two places."""
        if number.kind == "p":
            own = 0.1 if number.relation else 0.6 * (min(number.telling, 3) - 0.5)
        else:
            own = (min(number.telling, 4) - 0.7) * (0.4 if number.kind == "n" else 1)
        return own / math.sqrt(max(1, len(self.printing[number.text]) - 1))

    def _twin(
        self,
        here: Passage,
        number: Printed,
        there: Passage,
        same: Same,
        weighed: Weighed,
        left: list[Printed],
    ) -> Twin | None:
        """Return the number of another passage that is most likely the same, if one is."""
        said: frozenset[str] | None = None
        best: Twin | None = None
        for other in left:
            if not _comparable(number, other):
                continue
            inside, beside, about = _shared(number, other, weighed)
            if number.kind == "p" and there.layout is not None:
                beside, about = beside + about, 0.0  # other columns may stand between
            apart = (number.part > 0) != (other.part > 0)
            if not inside and (beside < 3 if apart else beside + about < 1):
                continue
            if said is None:
                said = _words_around(here, number)
            label, head = there.words_at(other)
            named = self._told(label & said) / (self._told(label) or 1.0)
            told = min(self._told((label | head) & said), 6.0) * 0.4 + 2 * named - 1
            if head and not head & said and max(beside, about) < 2 and len(there.heads) > 2:
                told -= 2  # it is of one group of several, of which the sentence does not speak
            parts, others = here.statement_of(number), there.statement_of(other)
            close = _closeness(number, other)
            if number.part > 0 and {2} < {len(parts), len(others)}:
                close -= 3  # an SD is no limit
            again = {n.part for n in others}
            twice = {n for n in parts if n in same and same[n] in others}
            differing = sum(n not in twice and n.part in again for n in parts)
            twin = Twin(
                here, number, there, other, inside, beside, about, named, told, close, differing
            )
            if not _convincing(twin, same):
                continue
            twin = replace(twin, against=_against(here, number, there, other))
            if twin.against >= 2 > twin.inside and not _elsewhere(twin) and not here.layout:
                continue  # the next of several times
            enough = ENOUGH_OF_P if number.kind == "p" else ENOUGH
            if twin.score >= enough and (best is None or twin.score > best.score):
                best = twin
        return best

    def _by_words(self, here: Passage, nowhere: list[Printed]) -> Iterator[Twin]:
        """Give what a sentence of the text prints in place of a number of one that sums up.

        Most words of the sentence that sums up are said there, and its other numbers stand around;
        or the words around both numbers are the same, and one looks like a slip of the other.
        """
        if not _SUMS_UP.match(here.section) or _FIGURE.match(here.section):
            return
        votes: dict[int, float] = defaultdict(float)
        for word in here.words:
            for order in self.about[word]:
                votes[order] += self.rare[word]
        all_said = self._told(here.words)
        likely = sorted(votes, key=lambda order: (-votes[order], order))[:MOST_BY_WORDS]
        for order in (o for o in likely if votes[o] >= MUCH_SAID):
            there, said = self.told[order], votes[order] / all_said
            in_place = set(_in_place(here, there)) if said >= 0.5 else set()
            slips = {(n, o) for n, o in product(nowhere, there.numbers) if _slip(here, n, there, o)}
            for number, other in in_place | slips:
                close = _closeness(number, other)
                label, around = (_words_around(p, n) for p, n in ((there, other), (here, number)))
                both = self._told(label & around)
                named, back = (both / (self._told(w) or 1.0) for w in (label, around))
                alike = both >= MUCH_SAID and named + back >= 0.8 and min(named, back) > 0.3
                slip = alike and (number, other) in slips
                placed = (number, other) in in_place and (close >= 1 or said >= 0.6)
                again = here.section in self.sections[other.text] or self._said_again(here, number)
                if not slip and (not placed or again):
                    continue
                twin = Twin(
                    here, number, there, other, 0, 0, 0, named, 2 * (named + back), close, 1,
                    _against(here, number, there, other),
                )  # fmt: skip
                same = twin.against < (1 if slip else 0.7) and _same_units(twin)
                if same and not _between_groups(twin):
                    yield twin

    def _said_again(self, here: Passage, number: Printed) -> bool:
        """Whether another section prints a number among words that stand around it here."""
        said = _words_around(here, number)
        for order in self.printing[number.text]:
            there = self.told[order]
            again = [n for n in there.by_form.get(number.text, ()) if n.kind == number.kind]
            if there.section != here.section and any(
                self._told(frozenset().union(*there.words_at(n)) & said) >= SAID_AGAIN
                for n in again
            ):
                return True
        return False

    def _of_all(self, here: Passage, alone: list[Printed]) -> Iterator[Twin]:
        """Give the row whose groups all lie on one side of a mean of all of them, by its label."""
        means = (n for n in alone if n.part == 0 and n.decimals and not n.kind)
        for number in means if here.layout is None else ():
            before = [n.end for n in here.numbered(number.statement - 1)]
            around = here.text[max([0, number.start - BEHIND, *before]) : number.end + BEHIND]
            if len(here.statement_of(number)) != 2 or _ONE_OF_TWO.search(around):
                continue
            said = words(around)
            for there in (row for row in self.rows if row.words and row.words <= said):
                groups = [n for n in there.numbers if n.part == 0 and n.kind != "p"]
                named = any(there.words_at(n)[1] & said for n in groups)
                alike = all(n.decimals and len(there.statement_of(n)) == 2 for n in groups)
                values = sorted(n.value for n in groups)
                if named or not alike or len(values) < 2 or values[0] < number.value < values[-1]:
                    continue
                other = min(groups, key=lambda n: abs(n.value - number.value))
                step, apart = (
                    10.0 ** -min(number.decimals, other.decimals),
                    other.value - number.value,
                )
                if (
                    step < abs(apart) < number.value / 10
                    and _against(here, number, there, other) < 2
                ):
                    yield Twin(here, number, there, other, 0, 0, 0, 1, 3, 1, 1)

    def _weighed(self, same: Same) -> Weighed:
        """Weigh the numbers that two passages both print; several of one statement weigh more."""
        told: dict[tuple[int, int], list[Printed]] = defaultdict(list)
        for shared, again in same.items():
            told[shared.statement, again.statement].append(shared)
        weights: dict[Printed, float] = {}
        for parts in told.values():
            own = [self._weight(n) for n in parts]
            least = 0.0
            if len(parts) > 1 and parts[0].kind != "n":
                found = len(self.together[parts[0].text, parts[1].text])
                least = TOGETHER / math.sqrt(max(1, found - 1)) / len(parts)
            weights.update((n, max(w, least)) for n, w in zip(parts, own, strict=True))
        return [(shared, again, weights[shared]) for shared, again in same.items()]

    def _told(self, these: Iterable[str]) -> float:
        return sum(self.rare[word] for word in these)


def _in_place(here: Passage, there: Passage) -> Iterator[tuple[Printed, Printed]]:
    """Give the numbers that one passage prints in the place of those of another."""
    told = [n.text for n in there.numbers]
    mine = [
        next((o.text for o in there.numbers if {n.text, o.text} & n.forms & o.forms), n.text)
        for n in here.numbers
    ]
    for kind, i, ends, j, last in SequenceMatcher(None, mine, told, autojunk=False).get_opcodes():
        if kind == "replace" and ends - i == last - j:
            for number, other in zip(here.numbers[i:ends], there.numbers[j:last], strict=True):
                half = 2 * min(number.value, other.value) > max(number.value, other.value)
                telling = number.telling > 1 or number.kind in ("n", "p")
                if half and telling and _of_one_form(here, number, there, other):
                    yield number, other


def _slip(here: Passage, number: Printed, there: Passage, other: Printed) -> bool:
    """Whether a number without limits looks like a slip of another."""
    alone = number.part == 0 and number.kind not in ("p", "n")
    few = len(here.statement_of(number)) < 3
    return alone and few and _of_one_form(here, number, there, other) and (
        _closeness(number, other) >= 2
    )  # fmt: skip


def _of_one_form(here: Passage, number: Printed, there: Passage, other: Printed) -> bool:
    """Whether two numbers may be meant as the same part of statements of one form."""
    alike = (number.kind, number.part) == (other.kind, other.part)
    again = other.text in {n.text for n in here.numbers} or number.text in there.by_form
    exact = not number.relation and not other.relation and not _NAME.fullmatch(number.text)
    long = len(here.statement_of(number)) == len(there.statement_of(other))
    return alike and long and exact and not again and _comparable(number, other)


def _shared(
    number: Printed, other: Printed, weighed: Weighed, between: int = MOST_BETWEEN
) -> tuple[float, float, float]:
    """Weigh the numbers that both passages print by where they stand to these two.

    Between two columns of a table others may stand, and they may be in another order.
    """
    inside = beside = about = 0.0
    for shared, again, weight in weighed:
        apart = shared.statement - number.statement
        if shared is number:
            continue
        if apart == 0 == again.statement - other.statement:
            if shared.kind != "n" and shared.part - number.part == again.part - other.part:
                inside += weight
        elif apart == again.statement - other.statement and abs(apart) <= NEAREST:
            beside += weight
        elif other.column is not None and (
            0 < abs(apart * (again.statement - other.statement)) <= between
        ):
            beside += 0.7 * weight
            about += 0.3 * weight
        else:
            about += weight
    return inside, beside, about


def _tells(passage: Passage) -> bool:
    """Whether a passage tells results of this study."""
    if passage.layout is not None:
        return True
    if _OTHERS.match(passage.section) or _PLANNED.search(passage.text):
        return False
    return not _CITING.search(passage.text) or bool(_OWN.search(passage.text))


def _words_around(passage: Passage, number: Printed) -> frozenset[str]:
    """Return the words near a number of a sentence, or those of its row and column."""
    if passage.layout is not None:
        return frozenset().union(*passage.words_at(number))
    around = passage.text[max(0, number.start - BEFORE) : number.end + BEHIND]
    return words(around) & passage.words


def _scaled(number: Printed) -> Iterator[str]:
    """Give a percent as a proportion, and a proportion as a percent."""
    if number.kind == "%":
        yield f"{number.value / 100:.{number.decimals + 2}f}"
    elif number.value < 1 and number.decimals >= 2:
        yield f"{number.value * 100:.{number.decimals - 2}f}"


def _same_numbers(here: Passage, there: Passage) -> Same:
    """Pair the numbers that two passages both print, but for rounding.

    Statements of several numbers are paired first, by most of their numbers; what one of them says
    otherwise than the other is then no number of a third.
    """
    same: Same = {}
    shifts: set[int] = set()
    whose: dict[int, tuple[int, int]] = {}

    def pair(number: Printed, statement: int | None = None) -> None:
        again = [
            other
            for form in number.forms
            for other in there.by_form.get(form, ())
            if form in (number.text, other.text)
            and ((len(form) > 1 and float(form)) or number.text == other.text)
            and statement in (None, other.statement)
            and other not in same.values()
            and _same_kind(number, other)
        ]
        if again:
            shift = number.statement
            same[number] = min(again, key=lambda o: (
                o.statement - shift not in shifts, o.part != number.part, o.start
            ))  # fmt: skip
            shifts.add(same[number].statement - shift)

    for statement, told in here.statements.items():
        votes: Counter[tuple[int, int]] = Counter()
        for number in told[:MOST_PARTS] if len(told) > 1 else ():
            for other in {o for form in number.forms for o in there.by_form.get(form, ())}:
                if number.text in other.forms or other.text in number.forms:
                    first = number.part == other.part == 0
                    votes[other.statement, other.part - number.part] += 2 + first
        if votes:
            most = max(votes.values())
            near = (w for w in votes if votes[w] == most)
            whose[statement] = min(near, key=lambda w: (w[0] - statement not in shifts, w))
            for number in told:
                pair(number, whose[statement][0])
    for number in here.numbers:
        again, shift = whose.get(number.statement, (-1, 0))
        parts = {o.part for o in there.numbered(again)}
        if number not in same and number.part + shift not in parts:
            behind = _p_behind(number, here, there, same) if number.kind == "p" else []
            fits = [o.statement for o in behind if number.forms & o.forms]
            if fits or not behind:
                pair(number, fits[0] if fits else None)
    return same


def _left(here: Passage, there: Passage, same: Same) -> list[Printed]:
    """Return the numbers of another passage that this one does not print."""
    printed = {n.text for n in here.numbers}
    shared = Counter(n.statement for n in same.values())
    least = 2 if here.layout is None else len(there.numbers)
    again = set(same.values())
    return [
        n for n in there.numbers
        if n not in again and (n.text not in printed or shared[n.statement] >= least)
    ]  # fmt: skip


def _p_behind(number: Printed, here: Passage, there: Passage, same: Same) -> list[Printed]:
    """Return the next Ps of another passage behind what it prints as the number before a P."""
    before = [
        n for n in here.numbered(number.statement - 1)
        if n in same and n.kind != "p" and number.start - n.end < BEHIND
    ]  # fmt: skip
    start = same[before[0]].statement if before else len(there.numbers)
    behind = dropwhile(lambda o: o.statement <= start or o.kind != "p", there.numbers)
    return list(takewhile(lambda o: o.kind == "p", behind))


def _same_kind(number: Printed, other: Printed) -> bool:
    kinds = {number.kind, other.kind}
    return len(kinds) == 1 or ("p" not in kinds and kinds != {"%", "n"})


def _comparable(number: Printed, other: Printed) -> bool:
    """Whether two numbers may be meant as the same, and are not."""
    short = number.kind != "p" and len(number.text) + len(other.text) < 3
    if short or not _same_kind(number, other):
        return False
    kinds = {number.kind, other.kind}
    if "/" in kinds and not kinds <= ({"/", "", "(%)"} if other.part == 0 else {"/"}):
        return False
    if number.kind == "p" and number.relation != other.relation:
        if number.relation and other.relation:
            return False
        bound, exact = (number, other) if number.relation else (other, number)
        if bound.relation in "<≤":
            return exact.value >= bound.value
        return bound.relation in ">≥" and exact.value <= bound.value
    if other.relation or (number.kind == "n" and other.decimals):
        return False
    if number.kind == "%" and number.decimals and not other.kind and not other.decimals:
        return False
    return other.text not in number.forms and number.text not in other.forms


def _convincing(twin: Twin, same: Same) -> bool:
    """Whether equal numbers stand where they must if two passages are of the same."""
    if twin.number.kind == "p":
        return _elsewhere(twin) and twin.named >= 0.3 and _behind_the_same(twin, same)
    parts = twin.here.statement_of(twin.number)
    if (twin.differing > 1 and len(parts) == 3) or not _same_units(twin):
        return False
    if twin.here.layout is not None:
        alike = twin.inside >= 2 and twin.close >= 2 and twin.differing < 2
        return alike and twin.named > 0 and _same_column(twin)
    if twin.there.layout is not None and _between_groups(twin):
        return False  # of all of them
    if not _elsewhere(twin):
        if _METHODS.match(twin.here.section):
            return False  # one of several scales
        near = twin.beside + twin.about >= 1.2 and twin.close >= 1 and twin.named >= 0.5
        one = twin.inside >= 0.8 and twin.differing == 1 and twin.number.kind != "%"
        return (one and near) or (twin.inside >= 2.4 and twin.close >= 2)
    if twin.number.part < twin.other.part and twin.named < 0.4:
        return False  # a range, and the limits of an estimate
    if twin.inside >= 2:
        return twin.close >= 0
    if twin.inside >= 1.2 or (twin.inside >= 0.6 and twin.beside >= 2):
        return twin.close >= 1 and (twin.named > 0.1 or len(parts) == 3)
    if len(parts) > len(twin.there.statement_of(twin.other)):
        return False
    near = twin.beside >= 2.2 or (twin.beside >= 1.2 and twin.named >= 0.5)
    row = twin.beside + twin.about >= MUCH and twin.named >= 0.6
    many = twin.beside >= MUCH or twin.beside + twin.about >= 2 * MUCH
    both = twin.differing < 2 or (many and twin.named >= 0.5) or twin.named >= 0.9
    most = twin.beside >= MUCH and twin.named >= 0.3 and twin.close >= 1 and twin.differing < 2
    return most or (twin.close >= 2 and both and (near or row))


def _same_units(twin: Twin) -> bool:
    """Whether what stands before and behind two numbers does not say that they are of two kinds."""
    symbols = [{m[1] for m in [_SYMBOL.search(p.text[: n.start][-30:])] if m and not p.layout}
               for p, n in twin.places]  # fmt: skip
    if all(symbols) and symbols[0] != symbols[1]:
        return False
    if "n" in {twin.number.kind, twin.other.kind} and twin.number.kind != twin.other.kind:
        return False
    one, two = ({n.unit for n in p.statement_of(m)} - {""} for p, m in twin.places)
    return not one or not two or bool(one & two)


def _between_groups(twin: Twin) -> bool:
    """Whether a number of a sentence lies between those of the groups of another place."""
    own, alike = (
        [n.value for n in passage.numbers if n.part == number.part and n.kind == number.kind
         and (passage.layout or abs(n.statement - number.statement) < 3)
         and len(passage.statement_of(n)) == len(passage.statement_of(number))]
        for passage, number in twin.places
    )  # fmt: skip
    if not twin.there.layout and len(own) > 1:
        return False
    named = twin.there.words_at(twin.other)[1] & twin.here.words
    apart = twin.beside + twin.about < 1.2 and not named
    return apart and len(alike) > 1 and min(alike) < twin.number.value < max(alike)


def _elsewhere(twin: Twin) -> bool:
    """Whether a sentence is held against one of another section, or a table."""
    figures = all(place.section.lower().startswith("fig") for place, _ in twin.places)
    return twin.here.layout is None and twin.here.section != twin.there.section and not figures


def _same_column(twin: Twin) -> bool:
    """Whether the columns of two tables may be of the same group, of one size if it is told."""
    here, there = twin.here.layout, twin.there.layout
    if here is None or there is None:
        return True
    one = set(here.head_sizes[twin.number.column or 0])
    two = set(there.head_sizes[twin.other.column or 0])
    if one and two and not one & two:
        return False
    (label, head), (again, other) = (
        twin.here.words_at(twin.number), twin.there.words_at(twin.other)
    )  # fmt: skip
    only_here = head - other - again - words(there.table.caption)
    only_there = other - head - label - words(here.table.caption)
    limits = len(twin.here.statement_of(twin.number)) > 2
    return not (only_here and only_there) and not (limits and (only_here or only_there))


def _behind_the_same(twin: Twin, same: Same) -> bool:
    """Whether a P stands behind the same numbers at both places, of both groups if two are told."""
    here, number = twin.here, twin.number
    last, first = (here.numbered(number.statement - back) for back in (1, 2))

    def again(told: list[Printed]) -> int:
        """Return how many statements before the other P the same number stands, 0 if nowhere."""
        there = same.get(told[0]) if told else None
        return twin.other.statement - there.statement if there else 0

    told = here.text[first[-1].end : last[0].start] if first and last else ""
    pair = bool(first) and len(told) < 60 and bool(_PAIRED.search(told))
    behind, before = again(last), again(first) if pair else again(last)
    if behind < 1 or before < behind or last[0].kind == "p" or twin.beside + twin.about < 1.2:
        return False
    between = range(twin.other.statement - before + 1, twin.other.statement)
    others = (n.kind for back in between for n in twin.there.numbered(back))
    return "p" not in others and (behind == 1 or twin.there.layout is not None)


def _closeness(number: Printed, other: Printed) -> float:
    """Return how likely it is that one number was printed for the other."""
    if number.kind == "p":
        return 0.0
    a, b = number.text, other.text
    found = 0.0
    slip = _one_slip(a, b) or (
        number.part > 0 and len(a) > 3 and _one_slip(a.replace(".", ""), b.replace(".", ""))
    )
    if slip:
        found = 2.5 if number.telling >= 3 else 1.0 + (number.part > 0 and len(a) != len(b))
    elif sorted(a) == sorted(b):
        found = 2.0
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


def _one_slip(a: str, b: str) -> bool:
    """Whether one digit was changed, dropped or added, or two exchanged."""
    if len(a) == len(b):
        apart = [i for i in range(len(a)) if a[i] != b[i]]
        return len(apart) == 1 or (len(apart) == 2 and sorted(a) == sorted(b))
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )


def _against(here: Passage, number: Printed, there: Passage, other: Printed) -> float:
    """Return what speaks for other patients, another analysis or another time."""
    contexts = [here.text, there.text]
    for i, (place, n) in enumerate(((here, number), (there, other))):
        if place.layout is not None:
            head = place.layout.heads[n.column or 0]
            contexts[i] = f"{place.text} {head} {place.layout.table.caption}"
    mine, context = contexts
    said, again = ({m.lastgroup for m in _OF_WHOM.finditer(text)} for text in (here.text, context))
    one, two = times(here.text), times(context)
    one_of, other_of = ({m.lastgroup for m in _EITHER.finditer(text)} for text in contexts)
    pairs = [(one_of & family, other_of & family) for family in _FAMILIES]
    if here.layout is None and there.layout is None:
        pairs.append((set(_GROUP.findall(mine)), set(_GROUP.findall(context))))
    if any(a and b and not a & b for a, b in pairs):
        return math.inf
    return 0.7 * len(said ^ again) + (2.0 if one and two and not one & two else 0.0)
