"""Two rows that print one: counts with their percents below them, means with their SD below them.

Such a row has no label of its own, or one such as ``%``, and prints brackets or percents only, each
below a number. It is read as the second line of the cells above it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from secondlook.scan.cells import REAL, WHOLE, any_case
from secondlook.scan.document import Cell, Table

_PERCENTS = any_case(
    r"\W*(?:(?:row|column|valid) )?(?:%|per ?cents?|percentages?|proportions?)"
    r"(?: (?:of|within|in) [\w ]{1,40})?\W*"
)
"""The label of a row of percents: ``%``, ``Per cent``, ``% within group``."""
_ABOVE = re.compile(rf"-?{REAL}|{WHOLE}\s?/\s?{WHOLE}")
_COUNT = re.compile(rf"{WHOLE}(?:\s?/\s?{WHOLE})?")
_BRACKET = re.compile(rf"[(\[] ?[<±-]?{REAL} ?%?(?:to|[^()\[\]A-Za-z]){{0,40}}[)\]]")
_PERCENT = re.compile(rf"[(\[]?({REAL}) ?(%?)[)\]]?")
_WORD = re.compile(r"\W*[A-Za-z%]")
LEAST = 2
"""Cells of a row that stand below numbers."""


def as_one_row(table: Table) -> Table:
    """Read each row of brackets or percents as the second line of the row above it."""
    rows = [list(row) for row in table.grid]
    for r in range(table.head + 1, len(rows)):
        folded = _folded(rows[r - 1], rows[r]) if _labelled(rows[r - 1]) else {}
        for c, text in folded.items():
            rows[r - 1][c] = Cell(text)
            rows[r][c] = Cell(text, first=False)
    grid = tuple(map(tuple, rows))
    return table if grid == table.grid else replace(table, grid=grid)


def _labelled(row: list[Cell]) -> bool:
    """Whether a row has a label of its own, and is not the second of three that print one."""
    texts = [cell.text.strip() for cell in row if cell.first]
    return bool(row[0].first and texts[0]) or any(map(_WORD.match, texts))


def _folded(above: list[Cell], below: list[Cell]) -> dict[int, str]:
    """Return the cells of two rows as one each; none if one of the lower row cannot be so read."""
    label = below[0].text.strip() if below[0].first else ""
    told: dict[int, str] = {}
    percents = bool(_PERCENTS.fullmatch(label))
    if label and not percents:
        return {}
    for c in range(1, len(below)):
        text = below[c].text.strip()
        if not below[c].first or not text:
            continue
        if _PERCENTS.fullmatch(text):
            percents = True
            continue
        number = above[c].text.strip()
        if not above[c].first or not _ABOVE.fullmatch(number):
            return {}
        percent = _PERCENT.fullmatch(text)
        if percent and (percents or percent[2]) and _COUNT.fullmatch(number):
            told[c] = f"{number}\n({percent[1]}%)"
        elif _BRACKET.fullmatch(text):
            told[c] = f"{number}\n{text}"
        else:
            return {}
    return told if len(told) >= LEAST else {}
