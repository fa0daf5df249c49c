"""The same quantity at two places: what the text repeats of the tables, or of itself.

What is repeated alike holds. What one place prints alone and another nearly is a question: one of
the two is a misprint, or they are of other patients. So are two numbers that a sentence says of
each other's group or row: ``13.1 with the drug and 13.4 with placebo``, where the table prints
13.4 under Drug.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from secondlook.scan.checks.twins import Place, Repeats
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.passages import Passage, Printed

EXCHANGED = "said here of the group or row of the next number; exchanged in one of the places?"
NEAR = 6
"""Words behind a number, and half as many before it, among which its group is named."""

_NAME = re.compile(r"(?<=group )\w\b|(?<=arm )\w\b|[a-z][a-z0-9]+")
_ENDS = re.compile(r"[;.]\s|[;:]")
_AGAINST = re.compile(r"\bcompared|\bthan\b|\bvs\b|versus|unlike|whereas|while|relative|against")
_OF = re.compile(
    r"[^a-z,;]{0,8}(?:[a-zµ/^\d]{1,8} )?(?:in|with|for|of|among|on|by|under|receiving|after)\b"
)
"""What stands behind a number and before the group that it is of."""


def check_restated(document: Document, layouts: Sequence[Layout]) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    repeats = Repeats(document, layouts)
    findings = [_finding("question", *twin.places) for twin in repeats.twins()]
    turned = {
        (here[0].order, here[1].statement): _finding("question", here, there, EXCHANGED)
        for here, there in _exchanged(repeats.told)
    }
    findings += [
        _finding("holds", here, there)
        for here, there in repeats.repeated()
        if (here[0].order, here[1].statement) not in turned
    ]
    return [*findings, *turned.values()]


def _finding(level: Level, place: Place, again: Place, why: str = "") -> Finding:
    """Say that two places print the same, or ask about a number that only one of them does."""
    (here, number), (there, other) = place, again
    printed, against = here.shown(number), f"{there.shown(other)} ({there.where(other)})"
    reading = why or "the same in both places"
    if level == "question" and not why:
        reading = f"{number.text} here but {other.text} there; a misprint, or of other patients?"
    table = here.layout.table.index if here.layout else None
    return Finding(
        "restated", level, table, here.row if here.layout else None, number.column,
        0 if here.layout else number.statement, here.where(number), printed, against, "", reading,
    )  # fmt: skip


def _exchanged(told: Sequence[Passage]) -> Iterator[tuple[Place, Place]]:
    """Give the first of two numbers that a sentence says of each other's columns or rows."""
    cells: dict[str, list[Place]] = defaultdict(list)
    for row in told:
        for number in row.numbers if row.layout else ():
            for form in {number.text, *(form for form in number.forms if "." in form)}:
                cells[form].append((row, number))
    for passage in told:
        wrong: list[tuple[Printed, Place, Place]] = []
        right: set[frozenset[Printed]] = set()
        first = [] if passage.layout else [numbers[0] for numbers in passage.statements.values()]
        for one, two in pairwise(first):
            found = [
                (_in_order(passage, one, two, _names(at, by), _names(by, at)), at, by)
                for at, by in product(cells[one.text], cells[two.text])
                if one.text != two.text and _beside(passage, (one, at), (two, by))
            ]
            ordered = {frozenset((at[1], by[1])) for order, at, by in found if order}
            wrong += [(one, at, by) for order, at, by in found if not ordered and order is False][
                :1
            ]
            right |= ordered
        for one, at, by in wrong:
            if frozenset((at[1], by[1])) not in right:  # nor are they said in order as well
                yield (passage, one), at


def _beside(passage: Passage, *pairs: tuple[Printed, Place]) -> bool:
    """Whether numbers may be of two cells of a column, or of a row that the sentence tells of."""
    for number, (row, cell) in pairs:
        percent = cell.kind in {"%", "(%)"} or (not cell.kind and cell.part > 0)
        told = {n.text for n in passage.statement_of(number)}
        again = len(told & {n.text for n in row.statement_of(cell)}) > 1
        alike = percent if number.kind == "%" else number.kind in {"", "n"} and not cell.kind
        tells = again or percent or number.decimals or number.telling > 2  # 14 is of anything
        if not (alike and tells) or number.telling < 2 or number.relation:
            return False
    (row, cell), (other, beside) = (place for _, place in pairs)
    if row.layout is not other.layout or cell.part != beside.part:
        return False
    if row is not other:
        return cell.column == beside.column
    numbers = {n.text for n in row.statement_of(cell)}
    filled = len(numbers) > 1 and numbers <= {n.text for n in passage.numbers}
    return cell.column != beside.column and (
        filled or 2 * len(row.words & passage.words) > len(row.words)
    )


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
    before, between, behind = ([w[:6] for w in _NAME.findall(text, *span)] for span in spans)
    if any(2 * len(each & {*before, *between, *behind}) <= len(each) for each in (own, others)):
        return None
    styles = [({*between[:NEAR]}, {*behind[:NEAR]})]
    if not _OF.match(text, behind_one):
        styles.append(({*before[-NEAR // 2 :]}, {*between[-NEAR // 2 :]}))
    listed = [
        told for told, span in zip((before, behind), spans[::2], strict=True)
        if not _AGAINST.search(text, *span)
    ]  # fmt: skip

    def said(names: set[str], others: set[str]) -> bool:
        if (names | others).intersection(between):
            return any(names & first and others & second for first, second in styles)
        ends = [[[i for i, w in enumerate(told) if w in each] for each in (names, others)]
                for told in listed]  # fmt: skip
        return next((a[-1] < b[0] for a, b in ends if a and b), False)

    right, wrong = said(own, others), said(others, own)
    return None if right == wrong else right
