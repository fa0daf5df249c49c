"""The statistics of the text, the notes and the cells of tables, held against their P."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from secondlook.scan.cells import COUNTED, DECIMAL, MARK, any_case, numeral, p_value
from secondlook.scan.checks.methods import OF_OTHERS, PEOPLE
from secondlook.scan.checks.statistics.statistic import Statistic, consistent, fewest_of
from secondlook.scan.checks.statistics.statistic_and_p import OF_MORE, judge
from secondlook.scan.checks.statistics.statistic_notation import LOST, SIZE, statistics
from secondlook.scan.document import Document, Paragraph
from secondlook.scan.findings import Finding, in_text
from secondlook.scan.layout import Layout, sizes

_SPELLED = any_case(rf"\b({COUNTED}) (?:\w+ ){{0,2}}{PEOPLE}\b")
"""A number of patients in words."""
FEWEST_SPELLED = 10
"""Fewer may be all that a protocol spells out."""
_UNSURE = re.compile(rf"[Ww]ald|H|{LOST.pattern}")
"""A letter that other tests use too, or digits that could be read otherwise."""
MOST_TIMES = 4
"""How often a patient may be measured, so that a correlation is of more than there are."""
ALIKE = 3
"""Tests of a column that hold with more degrees of freedom, before these are doubted."""
_SIGNLESS = re.compile(
    rf"(?P<name>\bt|\b[Zz]|χ\^?2)\s?(?=-?{DECIMAL}\s(?:df\s?\d{{1,3}}\s)?[pP]\s?[=<>])"
)
_P_IN_BRACKETS = re.compile(rf"(?<=\d)\s?\(\s?(?P<is>[<>≤≥=]?)\s?(?P<p>0?[.]\d{{1,6}})\s?{MARK}\)")


def check_statistics(
    document: Document, layouts: Sequence[Layout], told: list[bool], sided: bool = False,
    stated: Collection[int] = (),
) -> list[Finding]:  # fmt: skip
    """Judge every test that the text or a cell reports with its P; `told` are the `corrections`."""
    found: list[Finding] = []
    for paragraph, part, test in _in_text(document, _most(document, layouts, stated), sided):
        level, recomputed, reading = judge(test, *told)
        if level == "fails" and _UNSURE.match(test.text):
            level = "question"
        against = test.text, test.p, recomputed, reading, part
        found.append(in_text("statistic", level, paragraph, *against))
    for layout in layouts:
        in_cells: list[tuple[Finding, Statistic]] = []
        for r, c, part, test in _in_cells(layout, fewest_of(layout, stated), sided):
            level, recomputed, reading = judge(test, *told)
            against = test.text, test.p, recomputed, reading, part
            in_cells.append((layout.finding("statistic", level, r, c, *against), test))
        found += _of_more(in_cells)
    return found


def _most(document: Document, layouts: Sequence[Layout], stated: Collection[int]) -> int:
    """Return of how many patients a correlation may be: a tenth more than the article tells.

    That are all groups of a table, or the largest of the `stated` sizes and those of the text.
    """
    heads = [sum(layout.sizes.values()) for layout in layouts]
    own_texts = [p.text for p in document.paragraphs if not OF_OTHERS.search(p.section)]
    printed = [*heads, *stated, *(n for text in own_texts for n in sizes(text))]
    spelled = (numeral(word) or 0 for text in own_texts for word in _SPELLED.findall(text))
    return 11 * max([*printed, *(n for n in spelled if n >= FEWEST_SPELLED)], default=0) // 10


def _in_text(document: Document, most: int, sided: bool) -> list[tuple[Paragraph, int, Statistic]]:
    """Return the tests of the text and of notes, with the how-many-th of its paragraph each is.

    A correlation may be of more patients, each a few times, where more than one needs that; and
    brackets may hold its patients where that suits more.
    """
    reported: list[tuple[Paragraph, int, Statistic]] = []
    for paragraph in (*document.paragraphs, *document.footnotes):
        own = 0 if OF_OTHERS.search(paragraph.section) else most
        if paragraph.section.startswith("Figure"):
            own = max(map(int, SIZE.findall(paragraph.text)), default=own)
        tests = enumerate(statistics(paragraph.text, own, sided))
        reported += ((paragraph, *each) for each in tests)
    again = {test.value for *_, test in reported if test.off > 0 == _repeated(test).off}
    if len(again) > 1:
        reported = [(paragraph, part, _repeated(test)) for paragraph, part, test in reported]
    in_brackets = (test for *_, test in reported if test.kind == "r" and test.df)
    as_df = [(consistent(test), _of_size(test) is not None) for test in in_brackets]
    if as_df.count((False, True)) > max(1, as_df.count((True, False))):  # r(21) of 21 patients
        reported = [(paragraph, part, _of_size(test) or test) for paragraph, part, test in reported]
    return reported


def _repeated(test: Statistic) -> Statistic:
    """Return a correlation as of patients who were measured a few times."""
    return replace(test, most=MOST_TIMES * test.most)


def _of_size(test: Statistic) -> Statistic | None:
    """Return a correlation as of so many patients as its brackets say, if these give its P."""
    if test.kind != "r" or len(test.df) != 1 or test.df[0] <= 2:
        return None
    of = replace(test, df=(test.df[0] - 2,))
    return of if consistent(of) else None


def _of_more(told: list[tuple[Finding, Statistic]]) -> Iterator[Finding]:
    """Doubt the degrees of freedom of a column where nearly all that do not hold do so with more.

    They may be the sizes of classes, and the tests of a model of all.
    """
    more = [
        finding.level != "holds" and test.kind == "t" and len(test.df) == 1
        and test.prints((test.p_range((1e9,))[0], test.p_range(test.df)[1]))
        for finding, test in told
    ]  # fmt: skip
    off = Counter(finding.column for finding, _ in told if finding.level != "holds")
    columns = Counter(finding.column for (finding, _), m in zip(told, more, strict=True) if m)
    for (finding, _), m in zip(told, more, strict=True):
        often = columns[finding.column]
        doubted = m and often >= ALIKE and 10 * often >= 8 * off[finding.column]
        yield replace(finding, level="question", reading=OF_MORE) if doubted else finding


def _in_cells(
    layout: Layout, fewest: float, sided: bool
) -> Iterator[tuple[int, int, int, Statistic]]:
    """Give the tests of the cells, with row, column and part; with the P of the row if need be."""
    for r, c, cell in layout.cells():
        text = _SIGNLESS.sub(r"\g<name> = ", cell.line.replace("·", "."))
        if "=" not in text:
            continue
        text = _P_IN_BRACKETS.sub(lambda m: f", p {m['is'] or '='} {m['p']}", text)
        p = next((column for column in layout.p_columns if column > c), None)
        if p is not None and not re.search(r"[pP]\s?[=<>]", text):
            value = p_value(layout.grid[r][p].text)
            relation = "" if value and value[0] in "<>≤≥" else "= "
            text = f"{text}, p {relation}{value}" if value else text
        for part, test in enumerate(statistics(text, 0, sided)):
            yield r, c, part, replace(test, fewest=fewest)
