"""Other counts as denominators: of a column before, or of another row that is the whole."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from secondlook.scan.cells import only_count
from secondlook.scan.layout import TOTAL, Layout, sizes
from secondlook.scan.shares import (
    COUNT_BEFORE,
    COUNT_OF,
    LIKELY,
    MOST_GROUPS,
    Entry,
    by_column,
    prove,
)

_PER = re.compile(r"\bper ((?!100|1,000|patient|year|month|week|day)[a-z]+(?: [a-z]+)?)")
"""What a label says it counts some of, unless it is a rate."""


def offer_counts_before(layout: Layout, found: list[Entry]) -> None:
    """Where no size is printed above, take the counts of a column before, or those of the labels.

    Nearly all percents beyond it must be of them, unless of those of a nearer column: they are the
    sizes of groups that stand below each other, or the patients of whom some are counted on.
    """
    grid, width = layout.grid, layout.width
    counts = {(r, c): only_count(grid[r][c].text) for r in range(len(grid)) for c in range(width)}
    counts |= {(e.row, e.column): e.count for e in found if e.part == 0}
    for r in range(len(grid)):
        counts[r, 0] = next(iter(sizes(layout.label(r), head=True)), None)
    open_ = by_column([e for e in found if e.part == 0 and not e.own])
    for c in range(width - 1, -1, -1):
        beyond = [e for d in range(c + 1, c + 1 + MOST_GROUPS) for e in open_.get(d, [])]
        of = [(e, counts[e.row, c] or 0) for e in beyond if not e.own]
        if prove(of, LIKELY):
            for entry, n in of:
                entry.own += [(n, COUNT_BEFORE)] if n else []


def take_counts_of_rows(layout: Layout, found: list[Entry]) -> None:
    """Take the counts of another row as denominators where they explain several columns."""
    rows = _Rows(layout, found)
    for sure in (True, False):
        for r in rows.shares:
            rows.take(r, sure)
    # Where several are of a lone count just above them, so are others below such a count.
    below = [(e, rows.counts.get(e.row - 1, {}).get(e.column, 0)) for e in found]
    below = [(e, n) for e, n in below if n >= e.count > 0 and e.row - 1 not in rows.shares]
    if sum(e.of == n and e.tells for e, n in below) > 1:
        for entry, n in below:
            if not entry.holds:
                entry.own.insert(0, (n, f"{COUNT_OF} {layout.label(entry.row - 1)}"))


class _Rows:
    """The counts of a table, by row and column, and the shares among them that state no size."""

    def __init__(self, layout: Layout, found: list[Entry]) -> None:
        self.layout = layout
        self.shares: dict[int, list[Entry]] = defaultdict(list)
        self.counts: dict[int, dict[int, int]] = defaultdict(dict)
        for r in layout.rows:
            for c in range(1, layout.width):
                if (lone := only_count(layout.grid[r][c].text)) is not None:
                    self.counts[r][c] = lone
        for entry in found:
            if entry.part == 0:
                self.counts[entry.row][entry.column] = entry.count
                if entry.over is None:
                    self.shares[entry.row].append(entry)
        self._totals = {s for s in self.counts if TOTAL.search(layout.label(s))}
        self._wholes: Counter[int] = Counter()

    def take(self, r: int, sure: bool) -> None:
        """Take the counts of the row that most of a row are of, or offer them, if there is one."""
        open_ = [e for e in self.shares[r] if not e.holds and e.count]
        # A row above is the likelier whole, and the nearest of those.
        fits, _, s = max(
            ((self._fitting(r, s, sure), -abs(r - s) - (1000 if s > r else 0), s)
             for s in (self.counts if open_ else ()) if s != r),
            default=(0, 0, 0),
        )  # fmt: skip
        self._wholes[s] += fits > 0
        offered = self._says(r, s) or (fits >= 3 and fits * 10 >= 6 * len(open_))
        for entry in open_ if fits else ():
            n = self.counts[s].get(entry.column, 0)
            if n and offered:
                entry.own.insert(0, (n, f"{COUNT_OF} {self.layout.label(s)}"))
            entry.take_if_it_fits(n, f"row {self.layout.label(s)}")

    def _fitting(self, r: int, s: int, sure: bool) -> int:
        """Return how many of a row are of the counts of another, or 0 if it may be by chance."""
        layout, counts = self.layout, self.counts[s]
        of = ((e, counts.get(e.column, 0)) for e in self.shares[r] if e.count)
        judged = [(e, n) for e, n in of if n and e.of in (None, n)]
        fitting = [(e, n) for e, n in judged if e.fits(n)]
        alike = layout.last_label(s) == layout.last_label(r) or len(judged) == 1
        few = 2 * len(fitting) < len(judged) + (not (alike or self._says(r, s)))
        if few or all(e.holds for e, _ in fitting):
            return 0
        bits = sum(e.bits(n) for e, n in fitting)
        alone = s < r and s not in self.shares
        several = len(fitting) > 1 and (alone or s in self._totals or self._wholes[s] > 1)
        above = {layout.parent(r), layout.sections[r], (layout.sections[r] or 0) - 1}
        likely = s in above or several or (alone and s == r - 1)
        enough = bits >= math.log2(len(self.counts)) + 5 or (likely and bits >= 3 and not sure)
        return len(fitting) if enough else 0

    def _says(self, r: int, s: int) -> bool:
        """Whether a label names another row as what it is of: births per clinical pregnancy."""
        per = _PER.search(self.layout.label(r).lower())
        return per is not None and per[1] in self.layout.label(s).lower()
