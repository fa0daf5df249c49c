"""Percents without their counts: does the size of the group allow them, and which size would.

A percent of n patients is one of n + 1 values. That no count of the printed n gives some percents
of a column is a question, because data may be missing: the reading offers the one size that all of
them share. Where most of a column is impossible, and no size is shared, they are no plain shares.
"""

from __future__ import annotations

from secondlook.proportions import counts_printing, denominators
from secondlook.scan.cells import any_case, only_percent, value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import CONTINUOUS, ESTIMATED, MEASURED, PERCENT, Layout
from secondlook.scan.shares.share import Entry

_COUNT = any_case(r"\b(?:n|no\.?|number)$")
"""At the end of a label under ``n (%)``."""
LEAST = 3
"""Percents that a column must hold to be judged."""
LARGEST = 1_000
"""A size beyond which a percent with a decimal excludes nothing."""


def check_denominators(layout: Layout, found: list[Entry]) -> list[Finding]:
    """Judge the columns of a table that print percents alone under a head with a size."""
    findings: list[Finding] = []
    if ESTIMATED.search(layout.told):
        return findings
    with_count = {(e.row, e.column) for e in found}
    for c in layout.columns:
        above = (n for r in range(layout.head + 2) for n in layout.size_rows.get(r, {}).get(c, []))
        size = layout.sizes.get(c) or next(above, 0)
        if c in layout.p_columns or not size:
            continue
        alone = {r: _alone(layout, r, c, size) for r in layout.rows if (r, c) not in with_count}
        told = {r: percent for r, percent in alone.items() if percent is not None}
        if len(set(told.values())) < LEAST:
            continue
        impossible = [r for r, percent in told.items() if not counts_printing(percent, size)]
        first = impossible[0] if impossible else next(iter(told))
        printed = ", ".join(told[r] for r in impossible) or told[first]
        shared = denominators(sorted(set(told.values())), size)["n"].tolist()
        if not impossible:
            reading = f"counts of {size} give each of the {len(told)} percents of the column"
        elif shared:
            likely = ", ".join(map(str, shared[-3:]))
            reading = f"no count of {size} gives this; all of the column are percents of {likely}"
        elif 2 * len(impossible) <= len(told):
            reading = f"no count of {size} gives this, as they give the others of the column"
        else:
            continue  # weighted or modelled
        level: Level = "question" if impossible else "holds"
        finding = layout.finding("denominators", level, first, c, printed, str(size), "", reading)
        findings.append(finding)
    return findings


def _alone(layout: Layout, r: int, c: int, size: int) -> str | None:
    """Return the percent of a cell that holds nothing else, if `size` does not allow any."""
    cell = layout.grid[r][c]
    percent = only_percent(cell.text) if cell.first else None
    sayings = f"{layout.context(r)} / {layout.heads[c]}"
    if percent is None or not (percent[1] or PERCENT.search(sayings)):
        return None
    other = any(words.search(sayings) for words in (CONTINUOUS, ESTIMATED, MEASURED))
    if other or _COUNT.search(layout.last_label(r)):
        return None
    decimals = len(percent[0].partition(".")[2])
    telling = 0 < value(percent[0]) < 100 and size < min(LARGEST, 50 * 10**decimals)
    return percent[0] if telling else None
