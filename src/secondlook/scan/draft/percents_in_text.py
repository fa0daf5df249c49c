"""What a percent of a sentence follows from: its count and the number that it is of.

A percent follows where the sentence has both, or has the count and the study has the number.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondlook.scan.cells import any_case, printed_as, sizes_printing, value
from secondlook.scan.draft.drafted import COUNTS, Mention
from secondlook.scan.draft.restated import same
from secondlook.scan.draft.sentences import OVER, Sentence, Sentences
from secondlook.scan.findings import Finding
from secondlook.scan.layout import ESTIMATED
from secondlook.scan.survival import LONGEST, PART

NEAR = 30
"""Numbers before a percent that it may be of."""
_BESIDE = re.compile(r"(?:\s[A-Za-z-]{1,20}){0,4}\s?[(\[]\s?|,\s")
"""Between a count and its percent: "seven patients (23%)"."""
_INSIDE = re.compile(r"\s?%?\s?[(\[]\s?(?:n\s?=\s?)?|\s?%,?\s(?:with|or)\s")
_OF = re.compile(r"\s?%\s?[)\]]?,? of (?:the |all |these |those |our )?")
_OF_ALL = re.compile(
    r"\s?%\)? (?:of )?(?:the |all |our |study |included |treated ){0,3}"
    r"(?:patients|participants|subjects|cohort)\b(?! (?:with|who|whose|in|of|after|that|treated)\b)"
)
_NO_SHARE = any_case(
    r"\b(?:than|over|above|below|under|least|most|to|between)\s$|\b(?:median|mean|level|power)\b"
)
"""Before a percent that is a bound, or no share of patients."""


@dataclass(frozen=True)
class Share:
    """A percent, and the count and the number of patients that give it."""

    percent: Mention
    count: Mention
    size: Mention


class Percents:
    """The percents of the running text."""

    def __init__(self, text: Sentences, fails: Sequence[Finding]) -> None:
        self.text, self.drafted, self.fails = text, text.drafted, fails
        self.sizes: dict[str, Mention | None] = {}

    def shares(self, sentence: Sentence) -> Iterator[Share]:
        """Say of each percent which count and which number of patients give it."""
        for at, percent in enumerate(sentence.numbers):
            if percent.kind != "percent" or percent.number is None or percent.number > 100:
                continue
            if share := self._of_count(sentence, at) or self._of_size(sentence, at):
                yield share

    def _of_count(self, sentence: Sentence, at: int) -> Share | None:
        """Say that a percent is of the count beside it, if a number of patients gives it."""
        percent = sentence.numbers[at]
        for count, size in self._readings(sentence, at):
            if not 0 < count.whole <= size.whole:
                continue
            if printed_as(percent.digits, count.whole, size.whole) == "differs":
                printed = [f.printed for f in self.fails if f.place == sentence.place]
                if not any(percent.digits in text for text in printed):
                    continue
                self.drafted.accused.add(percent.name)
            self.drafted.said(percent.name).follows(f"percent({count.name}, {size.name})")
            return Share(percent, count, size)
        return None

    def _of_size(self, sentence: Sentence, at: int) -> Share | None:
        """Say that a percent is of a number of patients, whichever count of them."""
        percent, said = sentence.numbers[at], self.drafted.said(sentence.numbers[at].name)
        whole, sure = self._alone(sentence, at)
        if whole is None or not said.open:
            return None
        if (given := self._counted(sentence, percent, whole)) is not None:
            said.follows(f"percent({given.name}, {whole.name})")
            return Share(percent, given, whole) if given in sentence.numbers else None
        if sure:
            said.follows(f"some_count({whole.name})")
        return None

    def _readings(self, sentence: Sentence, at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield the count and the size that may stand behind a percent, the plainest first."""
        numbers, parted = sentence.numbers, sentence.parted
        percent = numbers[at]
        count: Mention | None = None
        if parted(at - 1, _BESIDE):
            count = numbers[at - 1]
            if parted(at - 2, OVER):
                yield numbers[at - 2], count
            if parted(at, _OF):
                yield count, numbers[at + 1]
        elif parted(at, _INSIDE):
            after = numbers[at + 1]
            if parted(at + 1, OVER):
                yield after, numbers[at + 2]
            elif re.match(r"\s?[)\]]", sentence.text[after.end :]):
                count = after
        if count is None or count.kind == "percent":
            return
        here = self.text.paragraphs[sentence.place]
        until = bisect_left(here, percent.start, key=lambda number: number.start)
        said = [n for n in here[max(0, until - NEAR) : until] if n.kind in COUNTS[1:]]
        others = [n for n in said if n is not count]
        for sizes in (others, [self.text.every] if self.text.every else [], self.drafted.sizes):
            fitting = {n.whole: n for n in sizes if _fit(percent.digits, count.whole, n.whole)}
            if (size := _only(fitting)) is not None:
                yield count, size
        if (size := self._of_paragraph(sentence.place)) is not None:
            yield count, size

    def _of_paragraph(self, place: str) -> Mention | None:
        """Return the one number before that all counts with percents of a paragraph are of."""
        if place not in self.sizes:
            here = [s for s in self.text.sentences if s.place == place]
            pairs = [
                (percent.digits, count.whole)
                for s in here for i, (count, percent) in enumerate(itertools.pairwise(s.numbers))
                if percent.kind == "percent" and count.whole and s.parted(i, _BESIDE)
            ]  # fmt: skip
            places, told = list(self.text.paragraphs), self.text.paragraphs
            until = places.index(place) + 1
            fitting = {
                n.whole: n for at in places[max(0, until - 4) : until] for n in told[at]
                if n.kind in COUNTS and n.whole >= 10 and len(pairs) > 1
                and all(_prints(percent, count, n.whole) for percent, count in pairs)
            }  # fmt: skip
            self.sizes[place] = _only(fitting)
        return self.sizes[place]

    def _alone(self, sentence: Sentence, at: int) -> tuple[Mention | None, bool]:
        """Return the number of patients that a percent without a count is of, and if that is sure.

        It is the one behind "of"; all patients, where the sentence or the study knows no others;
        or the one number of patients of another study that its paragraph gives before.
        """
        percent, whole = sentence.numbers[at], self.text.every
        said = sentence.text[sentence.start : sentence.end]
        before = sentence.text[sentence.start : percent.start]
        if len(said) > LONGEST or ESTIMATED.search(said) or _NO_SHARE.search(before):
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
                n.whole: n for n in self.text.paragraphs[sentence.place]
                if n.start < percent.start and n.kind == "patients" and n.whole >= 10
            }  # fmt: skip
            whole = _only(people)
            if whole is not None and percent.number is not None:
                count = round(percent.number * whole.whole / 100)
                sure &= printed_as(percent.digits, count, whole.whole) == "reproduced"
        elif not self.text.one_group:
            whole = None
        return whole, sure

    def _counted(self, sentence: Sentence, percent: Mention, whole: Mention) -> Mention | None:
        """Return the count that gives a percent: that of its sentence, or of the same words."""
        here = [n for n in sentence.numbers if n.kind in COUNTS and n is not whole]
        texts = [n for s in self.text.sentences for n in s.numbers if n.kind in COUNTS and n.ours]
        texts = [*self.drafted.cells, *texts] if sentence.ours else here
        scored = [
            (1.0 if count in here else same(replace(percent, kind="count"), count), -i, count)
            for i, count in enumerate(texts)
            if count.kind in COUNTS and _fit(percent.digits, count.whole, whole.whole)
        ]
        best = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
        return best[2] if best[0] > 0 else None


def _only(numbers: Mapping[int, Mention]) -> Mention | None:
    """Return the number of the one value that there is, if there is but one."""
    return next(iter(numbers.values())) if len(numbers) == 1 else None


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
