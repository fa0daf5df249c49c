"""The counts of a table, by row and column."""

from __future__ import annotations

from collections import defaultdict

from secondlook.scan.cells import any_case, only_count
from secondlook.scan.layout import CONTINUOUS, ESTIMATED, Layout, of_percents, sizes
from secondlook.scan.shares import SAID, UNSAID, Entry

Counts = dict[int, dict[int, int]]
"""By row and column."""
_NO_COUNT = (CONTINUOUS, ESTIMATED, any_case(r"\b(?:minimum|maximum)\b"))
_BESIDE = any_case(r"\([^)]*\)|\bn ?= ?[\d,]+")
"""The size in a head: what else it says is of all below it."""


def counts_of(layout: Layout, found: list[Entry]) -> Counts:
    """Return the counts of each row, by column."""
    rows: Counts = defaultdict(dict)
    percents = percent_cells(found)
    whole_percents = of_percents(layout.table.caption)
    for entry in found:
        if entry.strength < UNSAID or CONTINUOUS.search(layout.context(entry.row)):
            continue
        if entry.over is None and (entry.holds or entry.strength == SAID):
            rows[entry.row][place(entry)] = entry.count
    for r, c, cell in layout.cells():
        count = None if whole_percents else only_count(cell.text)
        if count is None or c in layout.p_columns or (r, c) in percents:
            continue
        last = layout.lowest[c]
        said = f"{layout.context(r)} / {_BESIDE.sub('', last) if sizes(last) else last}"
        percent = of_percents(layout.last_label(r)) or of_percents(said)
        if not (percent or any(words.search(said) for words in _NO_COUNT)):
            rows[r].setdefault(c, count)
    return rows


def percent_cells(found: list[Entry]) -> set[tuple[int, int]]:
    """Return the cells of percents whose counts stand in the column before."""
    return {(e.row, e.column) for e in found if place(e) != e.column}


def fractions(found: list[Entry]) -> tuple[Counts, Counts]:
    """Return the counts of each row that stand before the number that they are of, and those."""
    parts: Counts = defaultdict(dict)
    wholes: Counts = defaultdict(dict)
    for e in found:
        if e.over is not None and e.part == 0:
            parts[e.row][e.column], wholes[e.row][e.column] = e.count, e.over
    return parts, wholes


def place(entry: Entry) -> int:
    """Return the column of a count: its percent may stand in the next."""
    return entry.column - (" | " in entry.text and not entry.swapped)
