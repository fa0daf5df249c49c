"""The percents of levels that exclude each other, printed without counts: they add to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile

from secondlook import printed as numbers
from secondlook.scan.cells import only_percent, value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import (
    CONTINUOUS,
    COUNT_PERCENT,
    ESTIMATED,
    EXCLUSIVE,
    PERCENT,
    Layout,
    measured,
)
from secondlook.scan.share_cells import COUNTS
from secondlook.scan.shares import Entry

ASTRAY = 5
"""Points that percents of levels are off 100 at most, unless those of other columns add."""


def check_percents_to_hundred(layout: Layout, found: list[Entry]) -> Iterator[Finding]:
    """Hold the percents of exclusive levels, printed without counts, to 100."""
    told = {(e.row, e.column) for e in found}
    columns = layout.columns
    for top, rows in layout.by_variable(range(len(layout.tops))).items():
        levels = list(takewhile(lambda r: any(_percent(layout, r, c) for c in columns), rows))
        sums: list[tuple[int, list[str], Fraction, Fraction]] = []
        for c in columns:
            percents = [p for r in levels if (r, c) not in told and (p := _percent(layout, r, c))]
            if len(percents) == len(levels) > 1:
                sums.append((c, percents, *sum_with_slack(percents)))
        adding = sum(abs(added - 100) <= slack for _, _, added, slack in sums)
        exclusive = EXCLUSIVE.search(layout.variable(top))
        for c, percents, added, slack in sums:
            near, more = abs(added - 100) <= ASTRAY, added > 100 + slack
            likely = 2 * adding >= len(sums) - 1 or (exclusive and more)  # or others are not listed
            if abs(added - 100) <= slack or not likely or not (near or adding > 1):
                continue
            level: Level = "fails" if adding > 1 and more else "question"
            told_of = f"add to 100 in {adding} other columns" if adding else "exclude others"
            yield layout.finding(
                "parts", level, levels[0], c, " + ".join(percents), "100", f"{float(added):g}",
                f"the levels {told_of}",
            )  # fmt: skip


def sum_with_slack(percents: list[str]) -> tuple[Fraction, Fraction]:
    """Return the sum of percents, and how far roundings may take it."""
    units = (numbers.parse(p).unit for p in percents)
    return sum(map(value, percents), Fraction(0)), sum(units, Fraction(0)) / 2


def _percent(layout: Layout, r: int, c: int) -> str | None:
    """Return the percent of a cell that holds nothing else."""
    cell = layout.grid[r][c]
    text = re.sub(r"^[<–—-]\s?1?$", "0", cell.text.strip())
    alone = only_percent(text) if cell.first and c not in layout.p_columns else None
    label = layout.context(r)
    both = PERCENT.search(layout.last_label(r)) and PERCENT.search(layout.heads[c])
    said = label if both else f"{label} / {layout.heads[c]}"
    counts = COUNTS.fullmatch(layout.lowest[c])  # of those in a row of percents
    if alone is None or counts or not (alone[1] or PERCENT.search(said)) or measured(said):
        return None
    other = any(words.search(said) for words in (CONTINUOUS, ESTIMATED, COUNT_PERCENT))
    return None if other else alone[0]
