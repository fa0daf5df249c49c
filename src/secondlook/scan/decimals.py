"""Decimals behind a comma: a table that prints 0,35 for 0.35 is checked as if it had points.

A table has commas if nearly all of its decimals do, and some are no pair such as ``(87,92)``, an
interval. The text has them if it has many, as a table has. What is printed is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from secondlook.scan.document import Document, Table
from secondlook.scan.findings import Finding

_BEFORE = r"(?<![\w.,·^])(?<!\[(?=\d{1,3},\d{1,3}[\],]))(?<!\b[FfTt]\()(\d{1,9}),"
"""None of a list ``[1,2]`` or of ``F(1,58)``."""
_COMMA = re.compile(rf"{_BEFORE}(?=\d{{1,2}}(?!\d|,\d)|(?<=\b0,)\d)")
"""One before decimals, and not in 1,234."""
_ANY = re.compile(rf"{_BEFORE}(?=\d{{1,9}}(?!\d|,\d))")
"""What stands before decimals where others do: 1,234 beside 0,567."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_PAIR = re.compile(r"\((\d+),(\d+)\)")
LEAST, OFTEN = 5, 4
"""Commas of a table, and as many of them for one point."""
LEAST_IN_TEXT = 10


@dataclass(frozen=True)
class Pointed:
    """An article with points before its decimals, and where it prints commas."""

    document: Document
    tables: set[int]
    text: bool

    def as_printed(self, finding: Finding) -> Finding:
        """Write the commas of a finding again."""
        commas = self.text if finding.table is None else finding.table in self.tables
        return replace(finding, printed=_POINT.sub(",", finding.printed)) if commas else finding


def with_points(document: Document) -> Pointed | None:
    """Return an article that prints commas with points instead; nothing if it prints none."""
    cells = {t.index: [x.text for row in t.grid for x in row if x.first] for t in document.tables}
    tables = {index for index, texts in cells.items() if _has_commas("\n".join(texts), LEAST)}
    text = bool(tables or not document.tables) and _has_commas(document.text, LEAST_IN_TEXT)
    if not tables and not text:
        return None
    paragraphs = document.paragraphs
    if text:
        paragraphs = tuple(replace(p, text=_pointed(p.text)) for p in paragraphs)
    changed = (_with_points(t) if t.index in tables else t for t in document.tables)
    pointed = replace(document, paragraphs=paragraphs, tables=tuple(changed))
    return Pointed(pointed, tables, text)


def _has_commas(text: str, least: int) -> bool:
    commas = len(_COMMA.findall(text))
    pairs = sum(int(low) < int(high) for low, high in _PAIR.findall(text))
    return commas - pairs >= least and commas >= OFTEN * len(_POINT.findall(text))


def _pointed(text: str) -> str:
    return _ANY.sub(r"\1.", text)


def _with_points(table: Table) -> Table:
    grid = (tuple(replace(cell, text=_pointed(cell.text)) for cell in row) for row in table.grid)
    notes = tuple(map(_pointed, table.notes))
    return replace(table, caption=_pointed(table.caption), grid=tuple(grid), notes=notes)
