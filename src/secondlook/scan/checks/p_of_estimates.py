"""Which P of a table is that of an estimate: of its row, of its mark, or what its limits give."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from secondlook.scan.cells import any_case, p_value
from secondlook.scan.checks.estimate import NEARLY_ALL, Estimate, theirs
from secondlook.scan.checks.estimate_notation import LIMITS, OTHER_TEST, SPREAD, plain
from secondlook.scan.checks.estimate_scale import COMPARES, OF_TWO
from secondlook.scan.checks.limits_in_tables import STATISTIC
from secondlook.scan.layout import Layout

_BRACKETED = re.compile(r"[(\[]\s?[-+]?\d[^()\[\]]{0,20}(?:,|;|to|–|-)\s?[-+]?\d")
"""Limits of whatever estimate, which may be what the P of the row is of."""
_LEVEL_OF = any_case(
    r"(?<![^\s;,./(])\^?(?P<mark>[*†‡§¶#]{1,4}|[a-h](?=[\s:=]*(?:[pP]\b|[sS]ignif)))\s?[:=]?\s?"
    r"(?:(?:statistically )?significan(?:t|tly|ce)(?: difference| different)?(?: at| level)?"
    r"\s?[(,:]?\s?)?"
    r"p\s?-?(?:values?)?\s?[<≤=]\s?(?:0?\.\d{1,6}\s?(?:to|-|–)\s?[<≤]?\s?)?(?P<p>0?\.\d{1,6})"
)
_MARKS = re.compile(r"[*†‡§¶#]{1,4}|(?<=\^)[a-h](?![a-z])")


def with_p(layout: Layout, column: list[Estimate]) -> list[Estimate]:
    """Give the estimates of a column the P of that column behind it which their limits give.

    Or those just before it, if its head says that they are P and the limits give half of them.
    """
    at = max((e.cell[1] for e in column), default=layout.width)
    # No group stands before them, of whose counts they may be.
    before = [at - 1] if layout.labels == at - 1 and at - 1 in layout.p_columns else []
    for c in (*range(at + 1, layout.width), *before):
        p = {e.row: text for e in column if (text := _p_at(layout, e.cell[0], at, c))}
        read = [
            replace(e, p=p[e.row], p_column=c, by_mark=False) if e.row in p else e for e in column
        ]
        if theirs([e.off for e in read if e.row in p], 0.5 if c in before else NEARLY_ALL):
            return read
    return column


def _p_at(layout: Layout, r: int, c: int, p: int) -> str | None:
    """Return the P of a row in a column of P, if it is of that row alone."""
    spanned = layout.continued(r, p) and not (layout.continued(r, 0) or layout.continued(r, c))
    cell = layout.grid[r][p]
    return None if spanned or not cell.first else p_value(cell.text)


def marked_p(layout: Layout, r: int, c: int) -> str | None:
    """Return the P that the notes say of a mark in the cell, the least of several."""
    levels = _levels(layout.table.notes)
    told = [levels[m] for m in _MARKS.findall(layout.grid[r][c].text) if m in levels]
    return f"≤{min(told, key=float)}" if told else None


@lru_cache(maxsize=1 << 6)
def _levels(notes: tuple[str, ...]) -> dict[str, str]:
    """Return the levels of significance of marks: of ``*P < 0.05`` or ``^a p = 0.01 to 0.05``."""
    return {m["mark"]: m["p"] for note in notes for m in _LEVEL_OF.finditer(plain(note))}


def p_of_row(layout: Layout, r: int, c: int) -> tuple[str | None, int | None]:
    """Return the P of the same row and its column, if it is of this estimate alone."""
    said = f"{layout.heads[c]} {layout.context(r)}"
    above = layout.upper_head(c)
    own = [p for p in layout.p_columns if layout.upper_head(p) == above]  # it may stand before it
    p = next((p for p in own or layout.p_columns if p > c), None)
    of_one = "±" in layout.grid[r][c].text and not OF_TWO.search(said)
    if p is None or of_one or OTHER_TEST.search(layout.heads[p]):
        return None, None
    first = max([layout.labels, *(p + 1 for p in layout.p_columns if p < c)])
    rows = layout.grid[r : r + 1 + layout.continued(r, 0)]
    others = (
        _BRACKETED.search(row[i].text) or (i != c + 1 and LIMITS.match(plain(row[i].text)))
        for row in rows
        for i in range(first, p)
        if i != c and not STATISTIC.search(layout.lowest[i])
    )
    compare = [i for i in range(first, p) if COMPARES.search(layout.heads[i])]
    if any(others) and (compare != [c] or SPREAD.search(f"{layout.context(r)} {layout.told}")):
        return None, None  # of several it is of the one that compares the others
    return _p_at(layout, r, c, p), p
