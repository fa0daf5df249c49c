"""Numbers that only the abstract prints.

What an abstract tells, the article tells as well, or it follows from two of its numbers. A number
of three digits that stands nowhere else is of a figure, was left out, or one of the two is a slip:
the criterion of Pitkin, Branagan and Burmeister (JAMA 1999;281:1110-1) for abstracts of research
articles. Which of these it is, a reader sees at once, and it is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from secondlook.scan.cells import any_case, numeral
from secondlook.scan.document import Document, is_abstract
from secondlook.scan.findings import ONLY_ABSTRACT, Finding
from secondlook.scan.passages import Passage, Printed, rounded

LEAST = 60
"""Numbers that an article prints behind its abstract, if it prints what that tells."""
MOST = 3
"""Statements of an abstract that are asked about one by one."""
MOST_TOGETHER = 24
"""Numbers of a row, column or sentence of which two may give another."""
MOST_COLUMNS = 100
"""Columns whose sizes may."""

_NUMBER = re.compile(r"(?<![\d.])(?:\d{1,12}(?:\.\d{1,12})?|\.\d{1,12})")
_GROUPED = re.compile(r"(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.,]?\d)")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3})\s?(?:%|per ?cent)")
_HUNDREDS = any_case(
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine) )?hundred"
    r"(?:(?: and)? [a-z]+(?:[- ][a-z]+)?)?"
)
_NAMES = any_case(
    r"\bdoi\b|https?:|www\.|regist(?:er|ra|ry)|ethic|approv|\b(?:NCT|ISRCTN|ACTRN|ChiCTR|UMIN)|"
    r"\b(?:trial|protocol|grant|identif)\w* n|EudraCT|supplementary|\bet al\b|"
    r"\b(?:19|20)\d\d;\d"
)
"""Beside numbers that name something."""


def only_in_abstract(document: Document, told: list[Passage], sizes: set[int]) -> Iterator[Finding]:
    """Ask of the statements of the abstract with a number that nothing behind it gives.

    A percent may be of a count in one of the `sizes` of groups.
    """
    own = [p for p in told if p.layout is None and is_abstract(p.section)]
    if not any(p.numbers for p in own):
        return
    printed = _Elsewhere(document, told, sizes)
    if len(printed.texts) < LEAST:
        return
    alone: list[tuple[Passage, Printed]] = []
    for passage in (p for p in own if not _NAMES.search(p.text)):
        lacking = [n for n in passage.numbers if _tells(n) and not printed.gives(n)]
        alone += {n.statement: (passage, n) for n in reversed(lacking)}.values()
    alone.sort(key=lambda at: (at[0].order, at[1].statement))
    several = len(alone) > MOST
    for passage, number in alone[:1] if several else alone:
        more = f"; nor {len(alone) - 1} other statements of it" if several else ""
        yield Finding(
            "restated", "question", None, None, None, number.statement, passage.where(number),
            passage.shown(number), "", "",
            f"{ONLY_ABSTRACT} {number.text}: of a figure, or a slip?{more}",
        )  # fmt: skip


def _tells(number: Printed) -> bool:
    """Whether a number would hardly stand elsewhere by chance, and names nothing."""
    digits = 2 if number.decimals else 3
    return number.telling >= digits and not number.relation and not number.names


class _Elsewhere:
    """The numbers that an article prints behind its abstract, and what two of them give."""

    def __init__(self, document: Document, told: list[Passage], sizes: set[int]) -> None:
        body = (p.text for p in document.paragraphs if not is_abstract(p.section))
        notes = (text for t in document.tables for text in (t.caption, *t.notes))
        grids = (c.text for t in document.tables for row in t.grid for c in row if c.first)
        cells = "\n".join(grids)
        text = _GROUPED.sub("", "\n".join((*body, *notes, cells)).replace("·", "."))
        spaced = {n.replace(" ", "") for n in _SPACED.findall(text)}
        numbers = {n if n[0] != "." else f"0{n}" for n in _NUMBER.findall(text)}
        self.texts = numbers | spaced | {str(n) for n in _in_words(text)}
        self.forms = {form for n in self.texts for form in rounded(n)}
        self.percents = {*_PERCENT.findall(text), *_NUMBER.findall(cells)}
        self.sizes = sizes
        self.together = [np.empty(0), *_together(told)]

    def gives(self, number: Printed) -> bool:
        """Whether the number is printed, if rounded, or follows from two that are."""
        shorter = {form for form in number.forms if "." in form}
        printed = number.text in self.forms or not shorter.isdisjoint(self.texts)
        if printed or (number.kind == "%" and not number.forms.isdisjoint(self.percents)):
            return True
        return number.kind != "p" and (self._is_share(number) or self._is_made(number))

    def _is_share(self, number: Printed) -> bool:
        """Whether it is the percent of a printed count, or of the rest, in the size of a group."""
        for of in self.sizes if number.decimals else ():
            count = round(number.value * of / 100)
            fits = f"{100 * count / of:.{number.decimals}f}" in number.forms
            if fits and not {str(count), str(of - count)}.isdisjoint(self.texts):
                return True
        return False

    def _is_made(self, number: Printed) -> bool:
        """Whether numbers of one sentence, row or column add to it, or differ by it."""
        half = 0.5 * 10.0**-number.decimals + 1e-9
        made = (self._sums, self._changes) if number.kind == "%" else (self._sums,)
        ends = number.value - half, number.value + half
        return any(np.diff(np.searchsorted(values, ends))[0] > 0 for values in made)

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Each two numbers of a sentence, row or column."""
        at = [np.triu_indices(len(v), 1) for v in self.together]
        ends = [(v[i], v[j]) for v, (i, j) in zip(self.together, at, strict=True)]
        one, two = (np.concatenate(each) for each in zip(*ends, strict=True))
        return one, two

    @cached_property
    def _sums(self) -> NDArray[np.float64]:
        """What they add to, two or all, and by how much two differ."""
        one, two = self._pairs
        return np.sort([*(one + two), *np.abs(one - two), *(v.sum() for v in self.together)])

    @cached_property
    def _changes(self) -> NDArray[np.float64]:
        """By how much two of them differ, in percent of either."""
        one, two = self._pairs
        apart = 100 * np.abs(one - two)
        return np.sort(np.concatenate([apart[n > 0] / n[n > 0] for n in (one, two)]))


def _together(told: list[Passage]) -> Iterator[NDArray[np.float64]]:
    """Give what opens the statements of each row, column and sentence behind the abstract."""
    columns: dict[tuple[str, int], list[float]] = defaultdict(list)
    for passage in told:
        if passage.layout is None and is_abstract(passage.section):
            continue
        first = [numbers[0] for numbers in passage.statements.values()]
        yield np.array([n.value for n in first[:MOST_TOGETHER]])
        for n in first if passage.layout else ():
            columns[passage.section, n.column or 0].append(n.value)
    for layout in {id(p.layout): p.layout for p in told if p.layout}.values():
        yield np.array([float(n) for n in layout.sizes.values()][:MOST_COLUMNS])
    for values in columns.values():
        for k in range(0, len(values), MOST_TOGETHER // 2):
            yield np.array(values[k : k + MOST_TOGETHER])


def _in_words(text: str) -> Iterator[int]:
    """Give the numbers of hundreds that are spelt: one hundred and twenty-five patients."""
    for match in _HUNDREDS.finditer(text):
        words = match[0].split()
        told = (numeral(" ".join(words[:k])) for k in range(len(words), 0, -1))
        yield next((n for n in told if n is not None), 100)
