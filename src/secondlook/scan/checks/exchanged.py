"""Numbers of a table that a sentence says of each other's group or row.

``13.1 (SD 3.4) with the drug and 13.4 (SD 3.2) with placebo``, where the table prints the first
under Placebo and the second under Drug: either place may have the slip, so this is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from secondlook.scan.passages import Passage, Printed

NEAR = 6
"""Words behind a number, and half as many before it, among which its group is named."""

_NAME = re.compile(r"(?<=group )\w\b|(?<=arm )\w\b|[a-z][a-z0-9]+")
_ENDS = re.compile(r"[;.]\s|[;:]")
_UNITS = {"year", "years", "months", "month", "weeks", "days", "day", "min", "kg", "cm", "mm", "mg",
          "ml", "dl", "mmhg", "mmol", "score", "scores", "points"}  # fmt: skip
_AGAINST = re.compile(r"\bcompared|\bthan\b|\bvs\b|versus|unlike|whereas|while|relative|against")
_OF = re.compile(
    r"[^a-z,;]{0,8}(?:[a-zµ/^\d]{1,8} )?(?:in|with|for|of|among|on|by|under|receiving|after)\b"
)
"""What stands behind a number and before the group that it is of."""


def exchanged(told: Sequence[Passage]) -> Iterator[tuple[Passage, Printed, Passage, Printed]]:
    """Give the first of two numbers that a sentence says of each other's columns or rows."""
    cells: dict[str, list[tuple[Passage, Printed]]] = defaultdict(list)
    for row in told:
        for number in row.numbers if row.layout else ():
            for form in {number.text, *(form for form in number.forms if "." in form)}:
                cells[form].append((row, number))
    for passage in told:
        turned: list[tuple[Printed, Passage, Printed, Printed]] = []
        right: set[frozenset[Printed]] = set()
        first = [] if passage.layout else [told[0] for told in passage.statements.values()]
        for one, two in pairwise(first):
            if not (_telling(one) and _telling(two)) or one.text == two.text:
                continue
            own, others = (
                [(row, m) for row, m in cells[n.text] if _may_be(passage, n, row, m)]
                for n in (one, two)
            )
            found = [
                (_in_order(passage, one, two, _names(*at, *by), _names(*by, *at)), at, by[1])
                for at in own
                for by in others
                if _beside(passage, *at, *by)
            ]
            right |= {frozenset((at[1], other)) for order, at, other in found if order}
            if not any(order for order, *_ in found):
                wrong = ((one, *at, other) for order, at, other in found if order is False)
                turned += islice(wrong, 1)
        for one, row, m, other in turned:
            if frozenset((m, other)) not in right:  # nor are they said in order as well
                yield passage, one, row, m


def _telling(number: Printed) -> bool:
    return number.telling > 1 and number.kind not in {"p", "/"} and not number.relation


def _may_be(passage: Passage, number: Printed, row: Passage, cell: Printed) -> bool:
    """Whether a number may be one of a cell: a percent is no count, and 14 may be of anything."""
    percent = cell.kind in {"%", "(%)"} or (not cell.kind and cell.part > 0)
    if not (percent if number.kind == "%" else cell.kind in {"", "n"}):
        return False
    told = {n.text for n in passage.statement_of(number)} & {n.text for n in row.statement_of(cell)}
    return bool(len(told) > 1 or percent or number.decimals or number.telling > 2)


def _beside(passage: Passage, row: Passage, m: Printed, other: Passage, o: Printed) -> bool:
    """Whether two numbers are of one column, or of a row that the sentence names or fills."""
    if row.layout is not other.layout or m.part != o.part:
        return False
    if row is not other:
        return m.column == o.column
    filled = {n.text for n in row.statement_of(m)} <= {n.text for n in passage.numbers}
    named = 2 * len(row.words & passage.words) > len(row.words)
    return m.column != o.column and (named or (filled and len(row.statement_of(m)) > 1))


def _names(row: Passage, m: Printed, other: Passage, o: Printed) -> set[str]:
    """Return the words that say of the first of two cells what they do not say of the other."""
    one, two = (p.words_at(n) for p, n in ((row, m), (other, o)))
    own = (one[0] | one[1]) - two[0] - two[1]
    heads = [
        {*_NAME.findall(p.layout.heads[n.column or 0].lower())}
        for p, n in ((row, m), (other, o)) if p.layout
    ]  # fmt: skip
    return {*own - _UNITS, *(name for name in heads[0] - heads[1] if len(name) == 1)}


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
    before, between, behind = (
        [name[:6] for name in _NAME.findall(text, i, j)]
        for i, j in ((start, one.start), (behind_one, two.start), (behind_two, until))
    )
    after = {*between[:NEAR]}, {*behind[:NEAR]}
    ahead = {*before[-NEAR // 2 :]}, {*between[-NEAR // 2 :]}
    styles = [after] if _OF.match(text, behind_one) else [ahead, after]
    spans = ((before, start, one.start), (behind, behind_two, until))
    listed = [told for told, i, j in spans if not _AGAINST.search(text, i, j)]

    def said(names: set[str], others: set[str]) -> bool:
        both = {*before, *between, *behind}
        if any(2 * len(each & both) <= len(each) for each in (names, others)):
            return False
        if (names | others) & {*between}:
            return any(names & first and others & second for first, second in styles)
        for told in listed:
            at = [[i for i, w in enumerate(told) if w in each] for each in (names, others)]
            if at[0] and at[1]:
                return at[0][-1] < at[1][0]
        return False

    right, wrong = said(own, others), said(others, own)
    return None if right == wrong else right
