"""The men and women that a sentence counts, against the rows of the tables that count them.

A sentence may be of others than the table: who was screened, or who came to the end. So it is a
question, and asked only where both sexes make as many as in the table, or a percent comes near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from secondlook.scan.cells import REAL, numeral, value
from secondlook.scan.checks.parts import counts
from secondlook.scan.checks.parts_in_text import COUNTS_OF_SEXES, NEAR, SEXES
from secondlook.scan.checks.percent_in_text import ELSEWHERE, SENTENCE
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.groups import Groups
from secondlook.scan.layout import Layout, last_word
from secondlook.scan.shares import Entry

_OTHERS = re.compile(
    r"\b(?:partner|spouse|infant|bab(?:y|ies)|neonat\w*|newborn|donor|age|smok\w*|interviewer)s?\b",
    re.IGNORECASE,
)
"""Rows of these do not tell how many of the patients are men."""
_PERCENTS = tuple(
    re.compile(
        rf"(?<![\d.,·–-])(?<![<>≤≥] )(?P<p>{REAL})\s?%\)? "
        rf"(?:were |(?:of|in) |the |patients ){{0,4}}{sex}\b",
        re.IGNORECASE,
    )
    for sex in SEXES
)
_NAMES = tuple(re.compile(sex, re.IGNORECASE) for sex in SEXES)
CLOSE = 5
"""Points within which a percent is of the same patients."""

Split = tuple[int, int, int]
"""Men, women, and the patients of whom these are."""


def check_sexes(
    document: Document, counted: Sequence[tuple[Layout, list[Entry]]], sized: Groups
) -> list[Finding]:
    """Hold the men and women of each sentence to those of a table."""
    splits = {split for layout, found in counted for split in _splits(layout, found, sized)}
    findings = []
    for paragraph in document.paragraphs if splits else ():
        if ELSEWHERE.search(paragraph.section):
            continue
        told = [one for s in SENTENCE.split(paragraph.text) for one in _of_sentence(s, splits)]
        for order, (level, said, against, reading) in enumerate(told):
            findings.append(
                in_text("restated", level, paragraph, said, against, "", reading, order)
            )
    return findings


def _splits(layout: Layout, found: list[Entry], sized: Groups) -> Iterator[Split]:
    """Give the men and women of each column, and of all groups together."""
    body = range(layout.head, len(layout.table.grid))
    of_patients = [r for r in body if not _OTHERS.search(layout.context(r))]
    rows = [
        next((r for r in of_patients if name.fullmatch(last_word(layout.last_label(r)))), None)
        for name in _NAMES
    ]
    told = counts(layout, found)
    men, women = (told.get(r, {}) if r is not None else {} for r in rows)
    both: dict[int, Split] = {}
    for c in men | women:
        size = next(iter(sized.printed(layout, c)), 0)
        m = men[c] if c in men else size - women[c]
        w = women[c] if c in women else size - m
        if min(m, w) >= 0 < m + w and (size or (c in men and c in women)):
            both[c] = (m, w, max(m + w, size))
    yield from both.values()
    if groups := [split for c, split in both.items() if not layout.is_total(c)]:
        one, two, three = (sum(split[k] for split in groups) for k in range(3))
        yield one, two, three


def _of_sentence(sentence: str, splits: set[Split]) -> Iterator[tuple[Level, str, str, str]]:
    found = [list(sex.finditer(sentence)) for sex in COUNTS_OF_SEXES]
    if [len(sex) for sex in found] == [1, 1]:
        one, two = (sex for (sex,) in found)
        men, women = (numeral(sex["n"].replace(",", "")) or 0 for sex in (one, two))
        alike = sorted({split[:2] for split in splits if sum(split[:2]) == men + women > 2})
        if alike and abs(one.start() - two.start()) < NEAR:
            said = f"{one.group()}, {two.group()}"
            if (men, women) in alike:
                yield "holds", said, f"{men} and {women}", "the same in a table"
            else:
                told = "; ".join(f"{m} and {w}" for m, w in alike)
                yield "question", said, told, "a table counts as many men and women otherwise"
    for k, sex in enumerate(_PERCENTS):
        percents = list(sex.finditer(sentence))
        if len(percents) != 1:
            continue
        printed = percents[0]["p"].replace("·", ".")
        off = {
            (split[k], of): abs(Fraction(100 * split[k], of) - value(printed))
            for split in splits
            for of in (split[0] + split[1], split[2])
        }
        unit = Fraction(1, 10 ** len(printed.partition(".")[2].rstrip("0")))
        count, of = min(off, key=lambda share: off[share])
        if unit < off[count, of] < CLOSE:
            yield (
                "question", percents[0].group(), f"{count} of {of}",
                "a table counts men and women otherwise",
            )  # fmt: skip
