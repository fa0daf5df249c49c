"""The denominators printed for a cell: in it, beside it, by its label, above it."""

from __future__ import annotations

from collections.abc import Iterator

from secondlook.scan.cells import Share, any_case, only_count
from secondlook.scan.layout import Layout, sizes
from secondlook.scan.shares import BESIDE, OF_BLOCK, OF_HEAD, OF_ROW

_SIZES = any_case(r"(?:total )?n|(?:no|number)\.?(?: of)? (?:patients|subjects)")
"""The head of a column of sizes, which stand before what was counted."""
_ONLY_SIZE = any_case(r"\s?[(\[]?\s?n\s?=\s?\d[\d,]*\s?[)\]]?\s?")
"""The size of one cell in a column of its own: ``56 (39) | (N = 144)``."""


def printed_denominators(layout: Layout, r: int, c: int, share: Share) -> list[tuple[int, str]]:
    """List the denominators printed for a cell, the nearest first, with where each stands."""
    if share.over is not None:
        return [(share.over, "printed in the cell")] if share.over else []
    found = [(n, "printed in the cell") for n in sizes(layout.grid[r][c].text) if n != share.count]
    found += [(n, OF_ROW) for n in sizes(layout.label(r))]
    found += [(n, OF_BLOCK) for n in sizes(layout.heading(r))]
    found += [(n, BESIDE) for n in _beside(layout, r, c)]
    after = layout.grid[r][c + 1].text if c + 1 < layout.width else ""
    found += [(n, BESIDE) for n in sizes(after) if _ONLY_SIZE.fullmatch(after)]
    above = [row for row in layout.size_rows if row < r and c in layout.size_rows[row]]
    above = [row for row in above if not _of_another_block(layout, row, r)]
    for row in sorted(above, reverse=True):
        found += [(n, f"row {layout.label(row) or row}") for n in layout.size_rows[row][c]]
        if row in layout.heads_anew:  # other groups than above: no size of those is of it
            break
    else:
        found += [(n, OF_HEAD) for n in layout.head_sizes[c]]
    nearest: dict[int, str] = {}
    for n, where in found:
        nearest.setdefault(n, where)
    return list(nearest.items())


def _of_another_block(layout: Layout, row: int, r: int) -> bool:
    """Whether a size is that of the block above: a total at its end, or a number of attempts."""
    own, label = layout.sections[row], layout.label(row).strip().lower()
    below = label == "total" and layout.sections[row - 1] == own
    ends = (below and row > layout.head) or (label == "number" and own is not None)
    return ends and own != layout.sections[r]


def _beside(layout: Layout, r: int, c: int) -> Iterator[int]:
    """Give the size of its row in the column before, or in the one column that prints sizes."""
    columns = [i for i in range(1, c) if _SIZES.fullmatch(layout.lowest[i])]
    if not columns or (columns[-1] < c - 1 and len(columns) > 1):
        return
    heads = [layout.lowest[i].strip() for i in (columns[-1], c)]
    if _SIZES.fullmatch(heads[1]) and (columns[-1] < c - 1 or heads != ["N", "n"]):
        return  # where n heads the count itself, it does so before
    size = only_count(layout.grid[r][columns[-1]].text)
    if size:
        yield size
