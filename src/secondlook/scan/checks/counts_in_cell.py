"""Counts that a cell prints beside each other, as 39/33 under male/female: they make the group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from secondlook.scan.cells import any_case
from secondlook.scan.checks.counts import place
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import CONTINUOUS, PAIRS, PERCENT, Layout, of_percents
from secondlook.scan.shares import Entry

_SLASHED = re.compile(r"\s*\d{1,5}(?:\s?[/:–-]\s?\d{1,5}){1,5}\s*$")
_NAME = any_case(r"^(?:gender|sex):")
_SEX = any_case(r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\bwomen\b|\bm ?[/:] ?f\b")
_BEFORE = any_case(r"\b(?:pre|baseline|before)\b")
"""A time at which more patients may have been seen than the head counts, who completed."""


def counts_in_cells(layout: Layout, found: list[Entry]) -> dict[tuple[int, int], list[int]]:
    """Return the counts of each cell that prints several beside each other: 39/33."""
    texts: dict[tuple[int, int], list[int]] = {}
    for r, c, cell in layout.cells():
        said = f"{layout.lowest[c]} {layout.label(r)}"
        above = layout.context(r)
        other = PERCENT.search(said) or of_percents(above) or CONTINUOUS.search(f"{said} {above}")
        if _SLASHED.match(cell.text) and not other and ("/" in cell.text or "/" in said):
            texts[r, c] = [int(n) for n in re.findall(r"\d+", cell.text)]
    for e in found:
        if "/" in layout.label(e.row) + layout.lowest[e.column]:
            texts.setdefault((e.row, e.column), []).append(e.count)
    return {at: told for at, told in texts.items() if len(told) > 1}


def check_counts_in_cells(
    layout: Layout, found: list[Entry], named: Groups, beside: dict[tuple[int, int], list[int]]
) -> Iterator[Finding]:
    """Hold 39/33 under the label male/female to the size of the group.

    Where those of no column make theirs, both sexes are asked, and what is exchanged.
    """
    rows: dict[int, list[tuple[int, int, str, list[int]]]] = defaultdict(list)
    of_some = {(e.row, place(e)) for e in found if e.over is not None}  # 2/621 of 621
    for (r, c), parts in beside.items():
        text = layout.grid[r][c].text.strip()
        signs = len(re.findall("[/:]", _NAME.sub("", layout.label(r))))
        sizes_of = named.printed(layout, c)
        if _SLASHED.match(text) and signs + 1 == len(parts) and sizes_of and (r, c) not in of_some:
            rows[r].append((c, sizes_of[0], text, parts))
    for r, row in rows.items():
        adding = sum(sum(parts) == size for _, size, _, parts in row)
        sexes = bool(_SEX.search(layout.label(r)))
        words = set(re.findall(r"[a-z]+", layout.label(r).lower()))
        pair = len(row) > 1 and any(both <= words for both in PAIRS)
        for c, size, text, parts in row:
            rows_of_sizes = (told.get(c, []) for told in layout.size_rows.values())
            added, own = sum(parts), [*layout.head_sizes[c], *chain(*rows_of_sizes)]
            apart = own and 2 * abs(added - size) <= size and (sexes or (pair and size < added))
            if added in {size, *own} or not (adding or apart):
                continue
            proven = adding > 1 or (adding == 1 and sexes)
            sure = proven and added > size and not _BEFORE.search(layout.heads[c])
            level: Level = "fails" if sure else "question"
            reading = f"the parts make the size of the group in {adding} other columns"
            if not adding:
                reading = f"the parts make {added}, and the group is of {size}"
            yield layout.finding("parts", level, r, c, text, str(size), str(added), reading)
