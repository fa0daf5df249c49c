"""Counts that stand in another column than their percents and sizes: rows and columns exchanged."""

from __future__ import annotations

from secondlook.scan.checks.percents_of_table import Percents
from secondlook.scan.findings import OF_COLUMN
from secondlook.scan.layout import Layout
from secondlook.scan.shares import Entry, by_row


def exchanged(table: Percents, r: int) -> bool:
    """Whether the counts of a row all have their percent of some size of the heads."""
    heads = {n for column in table.layout.head_sizes for n in column}
    return all(any(map(e.fits, heads)) for e in table.rows[r] if e.count)


def crossed(table: Percents, entry: Entry) -> str | None:
    """Whether its levels make the size of another column, and those of that column this one."""
    heads, sizes_of = table.layout.heads, table.layout.head_sizes
    for other in table.rows[entry.row] if entry.exclusive else ():
        crossed = entry.of in sizes_of[other.column] and other.of in sizes_of[entry.column]
        if other.exclusive and crossed and entry.of != other.of:
            levels = f"its levels make {entry.of}, the size of {heads[other.column]}"
            return f"{levels}, and those of that column {other.of}, the size {OF_COLUMN}"
    return None


def moved_counts(layout: Layout, found: list[Entry]) -> dict[int, str]:
    """Find rows whose counts each are of another column's size, and say of which column.

    The counts by their `id`. Where the sizes are another row, the rest of the row takes its own.
    """
    rows = {r: [e for e in row if e.part == 0] for r, row in by_row(found).items()}
    wholes = {-1: layout.sizes}
    wholes |= {r: {e.column: e.count for e in row} for r, row in rows.items()}
    wrong: dict[int, str] = {}
    for r, row in rows.items():
        out = [e for e in row if not e.holds and e.count]
        for s, whole in wholes.items() if any(e.beyond for e in out) else ():
            away = {e.column: e for e in out if not e.fits(whole.get(e.column, 0))}
            of = {c: next((d for d, n in whole.items() if d != c and e.fits(n)), -1)
                  for c, e in away.items()}  # fmt: skip
            swapped = sorted(of.values()) == sorted(away)
            if s == r or -1 in of.values() or len(away) < (2 if swapped else 3):
                continue
            for c, d in of.items():
                wrong[id(away[c])] = f"holds of {whole[d]}, as in column {layout.heads[d]}"
            for entry in out if s >= 0 else ():
                if entry.column not in away:
                    entry.take(whole[entry.column], "")
                    entry.reading = f"row {layout.label(s)} of the column"
            break
    return wrong
