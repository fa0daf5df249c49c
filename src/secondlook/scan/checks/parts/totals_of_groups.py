"""The total of a row over its groups: a column that most rows show to be the total of others."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from secondlook.scan.cells import any_case
from secondlook.scan.checks.parts.counts import Counts, fractions
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import name as group_name
from secondlook.scan.layout import TOTAL, Layout
from secondlook.scan.shares.share import Entry

BITS, FEW_BITS = 18, 9
"""That sums come out by chance has odds of 1 in 2^18; to ask, of 1 in 2^9."""
_ROUNDED_TO = any_case(r"\brounded (?:up |off )?to (?:the )?(?:nearest|whole)")


def check_totals_of_groups(
    layout: Layout, found: list[Entry], counts: Counts, beside: dict[tuple[int, int], list[int]]
) -> Iterator[Finding]:
    """Hold the totals of rows to their groups: of counts, of those beside each other, of sizes."""
    rows_of_sizes = {r: {c: n[0] for c, n in row.items() if n and layout.grid[r][c].first}
                     for r, row in layout.size_rows.items()}  # fmt: skip
    in_rows = {r: row for r, row in rows_of_sizes.items() if len({*row.values()}) > 1}
    yield from _hold(layout, in_rows | counts, "fails")
    each: dict[int, Counts] = defaultdict(lambda: defaultdict(dict))
    for (r, c), told in beside.items():
        for k, n in enumerate(told):
            each[k][r][c] = n
    for rows in each.values():
        yield from _hold(layout, rows, "question")
    for rows in fractions(found):  # of those with data
        yield from _hold(layout, rows, "question", few=False)


def _hold(layout: Layout, rows: Counts, most: Level, *, few: bool = True) -> Iterator[Finding]:
    """Hold each total of a row to the groups beside it, with `few` where few others add as well."""
    for total in layout.columns:
        if not layout.is_total(total):
            continue
        groups = _groups(layout, total, rows)
        if len(groups) < 2:  # a head may stand over all that it should stand beside
            groups = list(range(layout.labels, total))
        heads = [layout.sizes[c] for c in groups if c in layout.sizes]
        size = layout.sizes.get(total) if len(heads) == len(groups) else None
        for some in _divisions(groups, heads, size) if size else [groups]:
            every = some == groups
            level = most if every else "question"
            if len(some) > 1:
                yield from _added(layout, rows, some, total, level, few=few and every)


def _divisions(groups: list[int], heads: list[int], size: int) -> list[list[int]]:
    """Return the groups beside each other whose sizes make that of all: others share patients."""
    at = {before: i for i, before in enumerate(accumulate(heads, initial=0))}
    return [groups[i : at[before + size]] for before, i in at.items() if before + size in at]


def _added(
    layout: Layout, rows: Counts, groups: list[int], total: int, most: Level,
    *, few: bool,
) -> Iterator[Finding]:  # fmt: skip
    """Hold the total of each row to these groups, if it adds in most rows or the sizes do."""
    full = {r: row for r, row in rows.items() if total in row and all(c in row for c in groups)}
    blank = {
        r: {total: row[total]} | {c: row.get(c, 0) for c in groups}
        for r, row in rows.items()
        if r not in full and total in row
        if all(c in row or not layout.grid[r][c].text.strip(" –—-") for c in groups)
    }
    if any(sum(row.values()) == 2 * row[total] for row in blank.values()):
        full |= blank
    sized = {*groups, total} <= layout.sizes.keys()
    added = {r: sum(row[c] for c in groups) for r, row in full.items()}
    slack = (len(groups) + 1) / 2 if _ROUNDED_TO.search(layout.told) else 0
    adding = {r for r, row in full.items() if abs(added[r] - row[total]) <= slack}
    proof = sum(math.log2(max(1, full[r][total])) for r in adding)
    trusted = proof >= BITS and len(adding) * 4 >= len(full) * 3
    within = (min(row[c] for c in groups) <= row[total] <= max(row[c] for c in groups)
              for r, row in full.items() if r not in adding)  # fmt: skip
    few = few and 2 * sum(within) <= len(full)  # else percents, and that of all between them
    all_but_one = proof >= FEW_BITS and len(adding) == len(full) - 1 > 1
    for r, row in full.items():
        told, text = [row[c] for c in groups], layout.grid[r][total].text
        kinds = not sized and max(told) < row[total] < 0.9 * added[r] - 1  # in several groups
        if r in adding:
            level: Level = "holds"
            reading = "the groups add to their total"
        elif kinds or re.search(rf"(?<![\d.]){added[r]}(?![\d.])", text):
            continue  # as of 15 and 16: 47 (31), a percent before its count
        elif trusted:
            level = most
            reading = f"the groups add to their total in {len(adding)} other rows, not here"
        elif few and (sized or all_but_one):
            level = "question"
            reading = "the groups do not add to the total; few other rows of this table do"
        else:
            continue
        yield layout.finding(
            "parts", level, r, total, str(row[total]), " + ".join(map(str, told)),
            str(added[r]), reading,
        )  # fmt: skip


def _groups(layout: Layout, total: int, rows: Counts) -> list[int]:
    """Return the columns that a total is of: of several totals, those under the nearest head."""
    beside = [row for row in rows.values() if total in row]
    counted = [c for c in layout.columns if any(c in row for row in rows.values())]
    groups = [c for c in counted if not layout.is_total(c)
              and sum(c in row for row in beside) * 2 > len(beside)]  # fmt: skip
    if sum(map(layout.is_total, counted)) < 2:
        return groups
    above = layout.heads[total]
    highest = above.partition(" / ")[0]
    if TOTAL.search(highest) and sum(h.partition(" / ")[0] == highest for h in layout.heads) > 1:
        low = group_name(layout.lowest[total])
        return [c for c in groups if group_name(layout.lowest[c]) == low]
    under: list[int] = []
    while len(under) < 2 and (above := above.rpartition(" / ")[0]):
        under = [c for c in groups if layout.heads[c].startswith(f"{above} / ")]
    return under
