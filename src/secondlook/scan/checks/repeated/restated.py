"""The same quantity at two places: what the text repeats of the tables, or of itself.

What is repeated alike holds. What one place prints alone and another nearly is a question: one of
the two is a misprint, or they are of other patients. So are two numbers that a sentence says of
each other's group or row: ``13.1 with the drug and 13.4 with placebo``, where the table prints
13.4 under Drug; and the one number in which two statements of several differ: a limit where the
estimate and the other limit are the same. What only the abstract prints is asked about as well.

Patients are lost between two analyses, and then there are fewer of them. Where a table, its note
or a sentence prints as many of the same groups together as another, and not as many of each, two
sizes were exchanged or one patient changed the group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, pairwise, product
from typing import NamedTuple

from secondlook.scan.cells import WHOLE
from secondlook.scan.checks.percents.percent_in_text import SENTENCE
from secondlook.scan.checks.repeated.abstract import only_in_abstract
from secondlook.scan.checks.repeated.repeats import MOST_ALIKE, Place, Repeats
from secondlook.scan.checks.repeated.twins import twins
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import Layout
from secondlook.scan.passages import Passage, Printed

EXCHANGED = "said here of the group or row of the next number; exchanged in one of the places?"
MOST_PLACES = 200
"""Places of an article whose groups are held to each other."""
_DECIMALS = re.compile(r"\d*\.\d+")
_COUNTED = re.compile(r"^\d+\s?[(\[]\s?[\d.]+\s?%?\s?[)\]]|%|/")
"""A count with its percent, which may be that of another row."""
_NAME = re.compile(r"(?<=group )\w\b|(?<=arm )\w\b|[a-z][a-z0-9]+")
_ENDS = re.compile(r"[;.]\s|[;:]")
_AGAINST = re.compile(r"\bcompared|\bthan\b|\bvs\b|versus|unlike|whereas|while|relative|against")
_OF = re.compile(
    r"[^a-z,;]{0,8}(?:[a-zµ/^\d]{1,8} )?(?:in|with|for|of|among|on|by|under|receiving|after)\b"
)
"""What stands behind a number and before the group that it is of."""


def check_restated(document: Document, groups: Groups) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    repeats = Repeats(document)
    findings = [_finding("question", twin.here, twin.there) for twin in twins(repeats)]
    turned = {
        (here[0].order, here[1].statement): _finding("question", here, there, EXCHANGED)
        for here, there in _exchanged(repeats.told)
    }
    findings += [
        _finding("holds", here, there)
        for here, there in repeats.repeated()
        if (here[0].order, here[1].statement) not in turned
    ]
    asked = {(f.place, f.printed) for f in findings if f.level == "question"}
    alone = only_in_abstract(document, repeats.told, groups.stated)
    findings += [f for f in alone if (f.place, f.printed) not in asked]
    findings += [*turned.values(), *chain.from_iterable(map(_copied, document.layouts))]
    return [*findings, *_divided(document, groups)]


def _finding(level: Level, place: Place, again: Place, why: str = "") -> Finding:
    """Say that two places print the same, or ask about a number that only one of them does."""
    (here, number), (there, other) = place, again
    printed, against = here.shown(number), f"{there.shown(other)} ({there.where(other)})"
    reading = why or "the same in both places"
    if level == "question" and not why:
        reading = f"{number.text} here, {other.text} there: the same, or of another group or time?"
    table = here.layout.table.index if here.layout else None
    return Finding(
        "restated", level, table, here.row if here.layout else None, number.column,
        0 if here.layout else number.statement, here.where(number), printed, against, "", reading,
    )  # fmt: skip


def _copied(layout: Layout) -> Iterator[Finding]:
    """Ask of a row that prints what another row of the table does: it may have been copied.

    Counts are the same by chance, or because one is part of the other; numbers with decimals are
    not, where there are four of them.
    """
    rows: dict[tuple[str, ...], int] = {}
    for r in layout.rows:
        row = layout.grid[r]
        at = [c for c in layout.columns if row[c].first and re.search(r"\d", row[c].text)]
        cells = tuple(row[c].line.strip() for c in at)
        told = {n for cell in cells for n in _DECIMALS.findall(cell)}
        digits = sum(len(n.replace(".", "").strip("0")) for n in told)
        if len(cells) < 3 or len(told) < 4 or digits < 12 or any(map(_COUNTED.search, cells)):
            continue
        above = rows.setdefault(cells, r)
        names = layout.context(above), layout.context(r)
        same = any(one.endswith(other) for one, other in (names, names[::-1]))
        if above == r or same:
            continue
        yield layout.finding(
            "restated", "question", r, at[0], " | ".join(cells), names[0], "",
            "the same numbers as in that row; copied?",
        )  # fmt: skip


def _exchanged(told: Sequence[Passage]) -> Iterator[tuple[Place, Place]]:
    """Give the first of two numbers that a sentence says of each other's columns or rows."""
    cells: dict[str, list[Place]] = defaultdict(list)
    for row in told:
        for number in row.numbers if row.layout else ():
            for form in {number.text, *(form for form in number.forms if "." in form)}:
                cells[form].append((row, number))
    for passage in told:
        first = [] if passage.layout else [numbers[0] for numbers in passage.statements.values()]
        for one, two in pairwise(first):
            found = [
                (_in_order(passage, one, two, _names(at, by), _names(by, at)), at)
                for at, by in product(*(cells[n.text][:MOST_ALIKE] for n in (one, two)))
                if one.text != two.text and _beside(passage, (one, at), (two, by))
            ]
            wrong = [at for order, at in found if order is False]
            if wrong and not any(order for order, _ in found):
                yield (passage, one), wrong[0]


def _beside(passage: Passage, *pairs: tuple[Printed, Place]) -> bool:
    """Whether numbers may be of two cells of a column, or of a row that the sentence tells of."""
    (row, cell), (other, beside) = (place for _, place in pairs)
    if row.layout is not other.layout or cell.part != beside.part:
        return False
    if (row is other) == (cell.column == beside.column):
        return False
    for number, (printed, n) in pairs:
        percent = n.kind in {"%", "(%)"} or (not n.kind and n.part > 0)
        told = {m.text for m in passage.statement_of(number)}
        again = len(told & {m.text for m in printed.statement_of(n)}) > 1
        alike = percent if number.kind == "%" else number.kind in {"", "n"} and not n.kind
        digits = 2 if number.decimals and row is other else 3  # 14 is of anything
        tells = again or percent or number.telling >= digits
        if not (alike and tells) or (number.telling < 2 and not again) or number.relation:
            return False
    numbers = {n.text for n in row.statement_of(cell)}
    filled = len(numbers) > 1 and numbers <= {n.text for n in passage.numbers}
    named = filled or 2 * len(row.words & passage.words) > len(row.words)
    return row is not other or named


def _names(place: Place, other: Place) -> set[str]:
    """Return what the label and the head of a cell say that those of another do not."""
    one, two = (
        row.words.union(
            row.heads.get(n.column or 0, ()),
            (w for w in _NAME.findall(row.layout.heads[n.column or 0].lower()) if len(w) == 1),
        )
        for row, n in (place, other)
        if row.layout
    )
    return set(one - two)


def _in_order(
    passage: Passage, one: Printed, two: Printed, own: set[str], others: set[str]
) -> bool | None:
    """Say whether a sentence names two numbers in their order, or the other; None if in none."""
    text = passage.text.lower()
    behind_one, behind_two = (passage.statement_of(n)[-1].end for n in (one, two))
    start = max((n.end for n in passage.numbers if n.end <= one.start), default=0)
    until = min((n.start for n in passage.numbers if n.start >= behind_two), default=len(text))
    if ends := _ENDS.search(text, behind_two, until):
        until = ends.start()
    spans = (start, one.start), (behind_one, two.start), (behind_two, until)
    said = [[w[:6] for w in _NAME.findall(text, *span)] for span in spans]
    if any(2 * len(each & {*chain(*said)}) <= len(each) for each in (own, others)):
        return None
    before, between, behind = (
        "".join("a" if w in own else "b" for w in told if w in own | others) for told in said
    )

    def first(span: tuple[int, int]) -> int:
        named = (w.start() for w in _NAME.finditer(text, *span) if w[0][:6] in own | others)
        return next(named, span[1])

    of_next = _OF.match(text, behind_one)
    beside = (before, spans[0]), (behind, spans[2])
    listed = [names for names, span in beside if not _AGAINST.search(text, span[0], first(span))]

    def ordered(a: str, b: str) -> bool:
        if between:
            ahead = a in before and b in between and not of_next
            return ahead or (a in between and b in behind)
        return any(-1 < names.rfind(a) < names.find(b) for names in listed)

    right, wrong = ordered("a", "b"), ordered("b", "a")
    return None if right == wrong else right


class Sizes(NamedTuple):
    """The sizes that a place prints, by the names of groups."""

    sizes: dict[str, int]
    table: int | None
    words: str


def _divided(document: Document, groups: Groups) -> Iterator[Finding]:
    """Ask where two places print as many patients of some groups, and not as many of each."""
    asked: set[frozenset[str]] = set()
    several = (place for place in _places(document, groups) if len(place.sizes) > 1)
    for there, here in combinations(islice(several, MOST_PLACES), 2):
        both = [group for group in here.sizes if group in there.sizes]
        own, other = ([place.sizes[group] for group in both] for place in (here, there))
        printed, against = (
            ", ".join(f"{group} {place.sizes[group]}" for group in both) for place in (here, there)
        )
        pair = frozenset((printed, against))
        if len(both) < 2 or own == other or sum(own) != sum(other) or pair in asked:
            continue
        reading = f"as many in all ({there.words}), otherwise divided; exchanged in one?"
        asked.add(pair)
        told = here.words, printed, against, "", reading
        yield Finding("restated", "question", here.table, None, None, 0, *told)


def _places(document: Document, groups: Groups) -> Iterator[Sizes]:
    """Give the tables, their notes and the sentences that print the sizes of two groups."""
    for layout in document.layouts:
        table = layout.table
        found = [(groups.heads(layout), "heads")]
        found += [(groups.told_in(note), "note") for note in (table.caption, *table.notes)]
        yield from (Sizes(sizes, table.index, f"{table.label}, {where}") for sizes, where in found)
    for paragraph in document.paragraphs:
        for sentence in SENTENCE.split(paragraph.text):
            if len(re.findall(WHOLE, sentence)) > 1:
                yield Sizes(groups.told_in(sentence), None, paragraph.place)
