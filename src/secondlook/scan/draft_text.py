"""The numbers of the running text as claims, and how they follow from each other and from tables.

A percent follows from its count and the number it is of, where the sentence has both, or has the
count and the study has the number; parts of a sentence that add up to its total follow from the
rest; a number that is printed elsewhere, of the same thing, is the same. Of the same thing are two
numbers of one value and kind whose neighbours share the words that tell them apart. A count that
the percent beside it gives back follows from that, if nothing else gives it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from secondlook.claims.cells import slug
from secondlook.printed import admits
from secondlook.scan.cells import any_case, printed_as, sizes_printing, value
from secondlook.scan.document import Document, Paragraph, is_abstract
from secondlook.scan.drafted import (
    COUNTS,
    NO_RESULT,
    Drafted,
    Mention,
    bare,
    cut,
    quantity,
    short,
    telling,
    words,
)
from secondlook.scan.findings import Finding
from secondlook.scan.layout import ESTIMATED
from secondlook.scan.numbers import read
from secondlook.scan.survival import LONGEST, PART, Spot, one_group

WINDOW = 9
"""Words before and behind a number, up to the next number, that may tell what it is of."""
MOST_PARTS, NEAR, MOST_ALIKE = 12, 30, 400
"""Parts of a sum; numbers before a percent that it may be of; mentions of one value compared."""
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_BESIDE = re.compile(r"(?:\s[A-Za-z-]{1,20}){0,4}\s?[(\[]\s?|,\s")
"""Between a count and its percent: "seven patients (23%)"."""
_OVER = re.compile(
    r"\s?/\s?|(?:\s[A-Za-z-]{1,20}){0,2}\s(?:out\s)?of\s(?:the |all |these |those )?"
)
_INSIDE = re.compile(r"\s?%?\s?[(\[]\s?(?:n\s?=\s?)?|\s?%,?\s(?:with|or)\s")
_OPENED = re.compile(r"\s?%?\s?[(\[][^)\]]*")
_OF = re.compile(r"\s?%\s?[)\]]?,? of (?:the |all |these |those |our )?")
_OF_ALL = re.compile(
    r"\s?%\)? (?:of )?(?:the |all |our |study |included |treated ){0,3}"
    r"(?:patients|participants|subjects|cohort)\b(?! (?:with|who|whose|in|of|after|that|treated)\b)"
)
_NO_SHARE = any_case(
    r"\b(?:than|over|above|below|under|least|most|to|between)\s$|\b(?:median|mean|level|power)\b"
)
"""Before a percent that is a bound, or no share of patients."""
_NO_RESULT = any_case(
    r"(?<![\w.,])\d+(?:[-–]\d+){2,}(?![\w%])|\b\d{1,2}/\d{1,2}/\d{4}\b|"
    r"\b(?:tel|telephone|phone|fax|mobile)\b[.:]?\s{0,2}[+(]?\d[\d\s()./–-]{6,20}\d|"
    r"\+\d{1,3}[ -]\(?\d{2,4}\)?[ -]?\d{3}[\d -]{2,12}|"
    r"\b(?:numbers?|no\.|d?nr\.?|ref\.?|reference|code|id|protocol|approval|permit|EudraCT)"
    r"[\s:#(]{1,3}[A-Z]{0,6}\d+(?:[-–/][A-Z]{0,4}\d+)+|"
    r"\b(?:significance|confidence) levels? (?:of|was|at|=)(?: set)?(?: at)? \d+(?:\.\d+)?\s?%|"
    r"\b\d+(?:\.\d+)?\s?% (?:significance |confidence )levels?\b"
)
"""Names in digits (EudraCT, registries, committees, telephones, dates), and levels."""
_ELSEWHERE = any_case(r"introduction|background|discussion|comment|references")
_OURS = any_case(r"\b(?:our|we|this|present|current)\b")
_PEOPLE = re.compile(r"\b(?:patients|participants|subjects|women|men|children|adults|infants)\b")
_SAID_AFTER = (*COUNTS, "percent", "dose")
"""What these numbers are of is more often said behind them than before."""
_NOT_RESTATED = ("year", "date", "version", "df")
_CONTINUOUS = ("median", "mean", "sd", "range", "quartile", "value", "time", "measure", "count")


@dataclass
class _Sentence:
    """A sentence: its paragraph's text, its numbers, whether it is of the study itself."""

    text: str
    start: int
    end: int
    place: str
    abstract: bool
    ours: bool
    numbers: list[Mention] = field(default_factory=list)

    def parted(self, at: int, by: re.Pattern[str]) -> bool:
        """Whether nothing but this stands between a number and the next, if there are both."""
        if not 0 <= at < len(self.numbers) - 1:
            return False
        first, second = self.numbers[at : at + 2]
        return by.fullmatch(self.text, first.end, second.start) is not None


class Text:
    """The numbers of the running text."""

    def __init__(self, drafted: Drafted, document: Document, at_risk: Collection[Spot]) -> None:
        self.drafted, self.at_risk = drafted, at_risk
        self.sentences: list[_Sentence] = []
        self.beside: list[frozenset[str]] = []
        self.paragraphs: dict[str, list[Mention]] = defaultdict(list)
        for at, paragraph in enumerate(document.paragraphs):
            self._list(at, paragraph)
        self.sizes: dict[str, Mention | None] = {}
        self.every, self.one_group = self._everybody(), one_group(document)

    def _list(self, index: int, paragraph: Paragraph) -> None:
        """Make a claim of each number of a paragraph that is not part of a row at risk."""
        text, section = paragraph.text, short(paragraph.section)
        place = f"{section}, paragraph {paragraph.number}"
        ends = [match.start() for match in _SENTENCE.finditer(text)] + [len(text)]
        starts = [0, *(end + 1 for end in ends)]
        stem = cut(slug(re.sub(r"[\d.]+", " ", paragraph.section.split(" > ")[0])), 26) or "text"
        spans, elsewhere = [*zip(starts, ends, strict=False)], _ELSEWHERE.search(section)
        ours = [not elsewhere or bool(_OURS.search(text, *span)) for span in spans]
        here = [_Sentence(text, *span, place, is_abstract(section), own)
                for span, own in zip(spans, ours, strict=True)]  # fmt: skip
        told = [number for number in read(text) if (index, number[0][1]) not in self.at_risk]
        names = [match.span() for match in _NO_RESULT.finditer(text)]
        at = behind = 0
        for i, ((shown, start), kind, unit) in enumerate(told):
            while start > here[at].end:
                at += 1
            sentence = here[at]
            sign = next(k for k in range(len(shown)) if text.startswith(shown[k:], start))
            begin, end = max(sentence.start, behind), start + len(shown) - sign
            until = min([sentence.end, *(number[0][1] for number in told[i + 1 : i + 2])])
            beside = text[begin:start].split()[-WINDOW:] + text[end:until].split()[:WINDOW]
            said = words(" ".join(beside), self.drafted.long)
            self.beside.append(said)
            last, behind = behind, end
            if kind == NO_RESULT or any(first <= start < past for first, past in names):
                continue
            before = text[sentence.start : start][-90:]
            near, after = before[-60:].split()[-4:], text[end:until].split()[:3]
            of = kind in _SAID_AFTER and re.match(r"\s?%?\s[A-Za-z]", text[end:until])
            known = [*(telling(" ".join(after)) if of else ()), *telling(before)[-2:]]
            name = self.drafted.add(
                stem, kind, f"{place}, sentence {at + 1}",
                quantity(kind, unit, " ".join([*near, "…", *after]).strip(" …")), shown,
                " ".join(known),
            )  # fmt: skip
            self.drafted.places[index, start].append((bare(shown), name))
            if kind == "count" and _PEOPLE.search(text, end, until):
                kind = "patients"
            sentence.numbers.append(
                Mention(
                    name, bare(shown), kind, unit, said, place=place, start=start, end=end,
                    ours=sentence.ours,
                    whole_of=_OVER.fullmatch(text, last, start) is not None,
                )
            )  # fmt: skip
        here = [sentence for sentence in here if sentence.numbers]
        self.sentences += here
        self.paragraphs[place] += [number for sentence in here for number in sentence.numbers]

    # How they follow ----------------------------------------------------------------------------

    def link(self, fails: list[Finding]) -> None:
        """Say how the numbers follow; the tables are drafted already."""
        shares: list[tuple[Mention, Mention, Mention]] = []
        for sentence in self.sentences:
            found = list(self._shares(sentence, fails))
            shares += found
            self._sums(sentence, {size.name for *_, size in found})
        of_cells = self._of_each()
        self._sequences()
        self._restated()
        for name, body in of_cells:
            self.drafted.follow(name, body)
        for percent, count, size in shares:
            self.drafted.follow(count.name, f"count_behind({percent.name}, {size.name})")
            if size.place and size is not self.every:
                self.drafted.follow(size.name, f"size_behind({count.name}, {percent.name})")

    def _both(self, one: str, other: str) -> None:
        """Say of two numbers that each is the other again."""
        self.drafted.follow(one, other, "same")
        self.drafted.follow(other, one, "same")

    def _everybody(self) -> Mention | None:
        """Return the number of patients of the abstract that the text gives most often."""
        people = [(s, n) for s in self.sentences for n in s.numbers if n.kind in COUNTS[1:]]
        times = Counter(number.whole for _, number in people)
        sizes = [n for s, n in people if s.abstract and n.kind == "patients" and n.whole >= 10]
        return max(sizes, key=lambda n: (times[n.whole], -sizes.index(n)), default=None)

    def _shares(
        self, sentence: _Sentence, fails: list[Finding]
    ) -> Iterator[tuple[Mention, Mention, Mention]]:
        """Say of each percent which count and which number of patients give it."""
        for at, percent in enumerate(sentence.numbers):
            if percent.kind != "percent" or percent.number is None or percent.number > 100:
                continue
            said = self.drafted.said(percent.name)
            for count, size in self._readings(sentence, at):
                if not 0 < count.whole <= size.whole:
                    continue
                if printed_as(percent.digits, count.whole, size.whole) == "differs":
                    printed = [f.printed for f in fails if f.place == sentence.place]
                    if not any(percent.digits in text for text in printed):
                        continue
                    self.drafted.accused.add(percent.name)
                said.follows(f"percent({count.name}, {size.name})")
                yield percent, count, size
                break
            else:
                whole, sure = self._alone(sentence, at)
                if whole is None or not said.open:
                    continue
                if (given := self._counted(sentence, percent, whole)) is not None:
                    said.follows(f"percent({given.name}, {whole.name})")
                    if given in sentence.numbers:
                        yield percent, given, whole
                elif sure:
                    said.follows(f"some_count({whole.name})")

    def _readings(self, sentence: _Sentence, at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield the count and the size that may stand behind a percent, the plainest first."""
        numbers, parted = sentence.numbers, sentence.parted
        percent = numbers[at]
        count: Mention | None = None
        if parted(at - 1, _BESIDE):
            count = numbers[at - 1]
            if parted(at - 2, _OVER):
                yield numbers[at - 2], count
            if parted(at, _OF):
                yield count, numbers[at + 1]
        elif parted(at, _INSIDE):
            after = numbers[at + 1]
            if parted(at + 1, _OVER):
                yield after, numbers[at + 2]
            elif re.match(r"\s?[)\]]", sentence.text[after.end :]):
                count = after
        if count is None or count.kind == "percent":
            return
        here = self.paragraphs[sentence.place]
        until = bisect_left(here, percent.start, key=lambda number: number.start)
        said = [n for n in here[max(0, until - NEAR) : until] if n.kind in COUNTS[1:]]
        others = [n for n in said if n is not count]
        for sizes in (others, [self.every] if self.every else [], self.drafted.sizes):
            fitting = {n.whole: n for n in sizes if _fit(percent.digits, count.whole, n.whole)}
            if (size := _only(fitting)) is not None:
                yield count, size
        if (size := self._of_paragraph(sentence.place)) is not None:
            yield count, size

    def _of_paragraph(self, place: str) -> Mention | None:
        """Return the one number before that all counts with percents of a paragraph are of."""
        if place not in self.sizes:
            here = [s for s in self.sentences if s.place == place]
            pairs = [
                (percent.digits, count.whole)
                for s in here for i, (count, percent) in enumerate(itertools.pairwise(s.numbers))
                if percent.kind == "percent" and count.whole and s.parted(i, _BESIDE)
            ]  # fmt: skip
            places = list(self.paragraphs)
            until = places.index(place) + 1
            fitting = {
                n.whole: n for at in places[max(0, until - 4) : until] for n in self.paragraphs[at]
                if n.kind in COUNTS and n.whole >= 10 and len(pairs) > 1
                and all(_prints(percent, count, n.whole) for percent, count in pairs)
            }  # fmt: skip
            self.sizes[place] = _only(fitting)
        return self.sizes[place]

    def _alone(self, sentence: _Sentence, at: int) -> tuple[Mention | None, bool]:
        """Return the number of patients that a percent without a count is of, and if that is sure.

        It is the one behind "of"; all patients, where the sentence or the study knows no others;
        or the one number of patients of another study that its paragraph gives before.
        """
        percent, whole = sentence.numbers[at], self.every
        said = sentence.text[sentence.start : sentence.end]
        if (
            len(said) > LONGEST or ESTIMATED.search(said)
            or _NO_SHARE.search(sentence.text[sentence.start : percent.start])
        ):  # fmt: skip
            return None, False
        if sentence.parted(at, _OF):
            after = sentence.numbers[at + 1]
            return after if after.kind in COUNTS else None, True
        sure = not PART.search(said)
        if sentence.ours and _OF_ALL.match(sentence.text, percent.end):
            return whole, True
        if sentence.parted(at - 1, _BESIDE):
            return None, False
        if not sentence.ours:
            people = {
                n.whole: n for n in self.paragraphs[sentence.place]
                if n.start < percent.start and n.kind == "patients" and n.whole >= 10
            }  # fmt: skip
            whole = _only(people)
            if whole is not None and percent.number is not None:
                count = round(percent.number * whole.whole / 100)
                sure &= printed_as(percent.digits, count, whole.whole) == "reproduced"
        elif not self.one_group:
            whole = None
        return whole, sure

    def _counted(self, sentence: _Sentence, percent: Mention, whole: Mention) -> Mention | None:
        """Return the count that gives a percent: that of its sentence, or of the same words."""
        here = [n for n in sentence.numbers if n.kind in COUNTS and n is not whole]
        texts = [n for s in self.sentences for n in s.numbers if n.kind in COUNTS and n.ours]
        texts = [*self.drafted.cells, *texts] if sentence.ours else here
        scored = [
            (1.0 if count in here else _same(replace(percent, kind="count"), count), -i, count)
            for i, count in enumerate(texts)
            if count.kind in COUNTS and _fit(percent.digits, count.whole, whole.whole)
        ]
        best = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
        return best[2] if best[0] > 0 else None

    def _sums(self, sentence: _Sentence, sizes: set[str]) -> None:
        """Say of parts that add up to a total before or behind them, or to everybody."""
        every = self.every
        counts = [n for n in sentence.numbers if n.kind in COUNTS and n.whole]
        counts = [n for n in counts if n.name not in sizes]
        spans = sorted(  # the first total and the fewest parts, those behind it before others
            (at, j - i, i < at, i) for i, j in _runs(counts) for at in (i - 1, j)
            if 0 <= at < len(counts)
        )  # fmt: skip
        runs = [(counts[at], counts[i : i + parts]) for at, parts, _, i in spans]
        if every is not None and sentence.ours and every not in counts[:MOST_PARTS]:
            people = [n for n in counts if n.kind == "patients" and n.whole < every.whole]
            runs.append((every, counts[: MOST_PARTS + 1]))
            runs += [(every, people[i:j]) for i, j in _runs(people)]
        text, percents = sentence.text, [n for n in sentence.numbers if n.kind == "percent"]
        runs += [
            (percents[i - 1], percents[i:j]) for i, j in _runs(percents)
            if i and _OPENED.fullmatch(text, percents[i - 1].end, percents[i].start)
            and not re.search(r"[)\]]", text[percents[i].start : percents[j - 1].start])
        ]  # fmt: skip
        for total, parts in runs:
            if len(parts) < 2 or sum(n.whole or n.number or 0 for n in parts) != total.number:
                continue
            few = total.kind != "percent" and total.whole < (20 if total is every else 10)
            told = total is every or any(n.kind in ("patients", "percent") for n in (total, *parts))
            if (few and len(parts) < 3) or not told:
                continue  # hours, doses, and other numbers that add up by chance
            for part in parts:
                others = [total.name, *(n.name for n in parts if n is not part)]
                self.drafted.follow(part.name, f"rest({', '.join(others)})")
            self.drafted.follow(total.name, f"sum({', '.join(n.name for n in parts)})")
            return

    # What is printed twice ----------------------------------------------------------------------

    def _of_each(self) -> list[tuple[str, str]]:
        """Say of a range or mean that it is that of a column; return what its cells follow from."""
        of_cells = []
        told = [n for s in self.sentences if s.ours for n in s.numbers]
        for each in self.drafted.of_each:
            own, values = each.cells.values(), [cell.number or 0 for cell in each.cells.values()]
            others = [n for n in (*told, *self.drafted.cells) if n not in own]
            for middle, low, high in zip(others, others[1:], others[2:], strict=False):
                near = low.words | high.words
                near |= middle.words if middle.place == low.place else frozenset()
                if (low.number, high.number) == (min(values), max(values)) and (
                    low.kind == high.kind
                    and near & each.words
                    and len(low.digits + high.digits) > 3
                ):
                    self.drafted.follow(low.name, f"min({each.column})")
                    self.drafted.follow(high.name, f"max({each.column})")
                    between = f"between({low.name}, {high.name})"
                    of_cells += [(cell.name, between) for cell in own]
            for mean in (n for n in others if n.kind == "mean" and n.words & each.words):
                if sum(values) / len(values) in admits(mean.digits).rounded:
                    self.drafted.follow(mean.name, f"mean({each.column})")
                    of_cells += [
                        (cell.name, f"{mean.name} * {len(values)} - "
                                    f'sum({each.column}, variable != "{row}")')
                        for row, cell in each.cells.items()
                    ]  # fmt: skip
        return of_cells

    def _sequences(self) -> None:
        """Say of numbers that three or more in a row stand elsewhere, in the same order.

        A median with its range, an estimate with its limits, the doses and days of a schedule: no
        words are needed to know them. Of few digits it takes four in the text, of the same kinds.
        Two rows of one table may be alike by chance.
        """
        rows: dict[Spot, list[tuple[str, str]]] = defaultdict(list)
        for spot in sorted(self.drafted.places, key=lambda spot: (-len(spot), spot)):
            rows[spot[:-1]] += self.drafted.places[spot]
        runs: list[tuple[list[tuple[str, str]], object]] = [
            (row[at : at + 3], (len(spot), spot[0])) for spot, row in rows.items()
            for at in range(len(row) - 2)
            if len(re.sub(r"\D", "", "".join(digits for digits, _ in row[at : at + 3]))) >= 5
        ]  # fmt: skip
        for place, here in self.paragraphs.items():
            row = [(f"{number.kind} {number.digits}", number.name) for number in here]
            runs += [(row[at : at + 4], place) for at in range(len(row) - 3)]
        seen: dict[tuple[str, ...], tuple[object, tuple[str, ...]]] = {}
        for window, where in runs:
            digits, names = zip(*window, strict=True)
            before, others = seen.setdefault(digits, (where, names))
            if before != where and len({*digits}) >= 3:
                for name, other in zip(names, others, strict=True):
                    self._both(name, other)

    def _restated(self) -> None:
        """Say of a number that it is printed elsewhere, in a table or in the text before."""
        texts = [number for sentence in self.sentences for number in sentence.numbers]
        beside = Counter(word for said in self.beside for word in said)
        usual = {word for word, times in beside.items() if times > max(8, len(self.beside) / 12)}
        abstract = {n.name for s in self.sentences for n in s.numbers if s.abstract}
        alike: dict[object, list[Mention]] = defaultdict(list)
        for mention in [*self.drafted.cells, *texts]:
            if mention.number is not None and mention.kind not in _NOT_RESTATED:
                if not mention.telling:
                    mention = replace(mention, words=mention.words - usual)
                alike[mention.number].append(mention)
        self._groups(texts)
        for mentions in alike.values():
            if len(mentions) > MOST_ALIKE:
                continue  # a number that tells nothing
            mentions.sort(key=lambda each: (not each.label, each.name in abstract))
            for at, mention in enumerate(mentions):
                if mention.label:
                    continue
                scored = [(_same(mention, other), -i) for i, other in enumerate(mentions[:at])]
                best, i = max(scored, default=(0.0, 0))
                if best > 0:
                    self._both(mention.name, mentions[-i].name)

    def _groups(self, texts: list[Mention]) -> None:
        """Say of the patients of the study, and of a group of a table, where else they stand."""
        for size in [*([self.every] if self.every else []), *self.drafted.sizes]:
            for number in texts:
                again = number.whole == size.whole >= 20 and number.kind in COUNTS[1:]
                if number.name == size.name or not again or not number.ours:
                    continue
                if size is self.every or size.telling or size.words & number.words:
                    self._both(number.name, size.name)
        for here in self.paragraphs.values():
            people = {n.whole: n for n in reversed(here) if n.kind == "patients" and n.whole >= 10}
            for number in here:
                first = people.get(number.whole, number)
                if number.whole_of and first.start < number.start:
                    self._both(number.name, first.name)


def _only(numbers: Mapping[int, Mention]) -> Mention | None:
    """Return the number of the one value that there is, if there is but one."""
    return next(iter(numbers.values())) if len(numbers) == 1 else None


def _runs(numbers: list[Mention]) -> Iterator[tuple[int, int]]:
    """Give from where to where numbers stand that may be the parts of a total."""
    for first in range(len(numbers)):
        for end in range(first + 2, min(first + MOST_PARTS, len(numbers)) + 1):
            yield first, end


def _same(one: Mention, other: Mention) -> float:
    """Say how surely two numbers of one value are of the same thing; 0 if they may well not be."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and not (kinds <= {*COUNTS} or kinds <= {*_CONTINUOUS}):
        return 0.0
    if one.unit and other.unit and one.unit.rstrip("s")[:1] != other.unit.rstrip("s")[:1]:
        return 0.0
    shared = len(one.words & other.words)
    if other.label:
        covered = len(other.label & one.words) / len(other.label)
        headed = one.telling or not other.heads or bool(other.heads & one.words)
        return 1 + covered if covered >= 0.6 and headed else 0.0
    beside = one.place == other.place or not (one.ours and other.ours)
    if beside and (not one.telling or one.kind == "dose"):
        return 0.0
    part = shared / max(1, min(len(one.words), len(other.words)))
    enough = part >= 0.25 if one.telling else shared >= 2 and part >= 0.5
    return part if enough else 0.0


def _fit(percent: str, count: int, size: int) -> bool:
    """Whether a count of this size prints the percent, and of few other sizes."""
    if not _prints(percent, count, size):
        return False
    span = sizes_printing(percent, count)
    return span is not None and (span[1] - span[0]) * 6 <= size


def _prints(percent: str, count: int, size: int) -> bool:
    """Whether a count of this size prints the percent."""
    if not 0 < count <= size or abs(100 * count - float(value(percent)) * size) > size:
        return False  # more than one per cent off
    return printed_as(percent, count, size) != "differs"
