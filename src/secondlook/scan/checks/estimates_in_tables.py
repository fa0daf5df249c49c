"""The estimates with limits of a table, on their scale and with their P.

An estimate is read with its limits where a confidence interval is announced beside it, in the head,
the label, the caption or a footnote, or where it is called a ratio; and where nothing announces one
but nearly all estimates of a column lie exactly in the middle of two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from secondlook.scan.checks.estimate import Estimate
from secondlook.scan.checks.estimate_notation import SAID, Found
from secondlook.scan.checks.estimate_scale import TESTED, of_group, possible_scale, scale_of_cell
from secondlook.scan.checks.limits_in_tables import (
    NO_ESTIMATE,
    limit_columns,
    limits_below,
    limits_beside,
    limits_in_cell,
    may_be_limits,
)
from secondlook.scan.checks.p_of_estimates import marked_p, p_of_row, with_p
from secondlook.scan.checks.symmetric_columns import (
    announced_by_middles,
    in_the_middle,
    on_one_scale,
)
from secondlook.scan.layout import Layout


def table_estimates(layout: Layout) -> Iterator[Estimate]:
    """Find the estimates with limits of a table: in a cell, above them, or beside them.

    Where no words call the numbers limits, these do: nearly all estimates are in their middle.
    """
    silent: list[list[Estimate]] = []
    for column in (*_of_cells(layout), *_of_columns(layout)):
        yield from with_p(layout, on_one_scale([e for e in column if e.said]))
        silent.append([e for e in column if not e.said])
    for column in announced_by_middles(silent):
        yield from with_p(layout, column)


def _of_cells(layout: Layout) -> Iterator[list[Estimate]]:
    """Give the estimates that stand with or above their limits, of each column."""
    for c in range(1, layout.width):
        found = (
            (r, limits_in_cell(layout, r, c) or limits_below(layout, r, c)) for r in layout.rows
        )
        read = (_estimate(layout, r, c, each) for r, each in found if each)
        yield [e for e in read if e]


def _of_columns(layout: Layout) -> Iterator[list[Estimate]]:
    """Give the estimates whose limits stand in columns of their own."""
    first, noted = 1, bool(SAID.search(layout.told))
    before: set[int] = set()  # how many columns before their limits those of others stand
    for low, high, announced in limit_columns(layout):
        columns = [
            [
                replace(e, headed=low < high)
                for r in layout.rows
                if (found := limits_beside(layout, r, c, low, high))
                and (e := _estimate(layout, r, c, found, announced=announced or noted))
            ]
            for c in range(first, low)
            if c not in layout.p_columns and not NO_ESTIMATE.match(layout.lowest[c])
        ]
        # B, its SE, a standardized beta, a t: the limits are of what is in their middle.
        column = max(reversed(columns), key=lambda c: sum(e.skew == 0 for e in c), default=[])
        others = [c for c in columns if c is not column]
        near = sum((e.skew or 0) < 0.1 or e.scale == "ratio" for e in column)
        exact = noted and 4 * sum(e.skew == 0 for e in column) >= 3 * len(column) > 9
        only = not any(others) and 2 * sum(e.inside for e in column) >= len(column)
        theirs = announced and (only or 2 * near >= len(column))
        like = [c for c in columns if c and low - c[0].cell[1] in before]
        if announced and not theirs and like:  # or of what stands where that of others does
            column, theirs = like[0], True
        if exact or theirs or in_the_middle(column):
            yield [replace(e, said=announced or exact) for e in column]
            before.update(low - e.cell[1] for e in column[:1])
        if column and announced:
            first = high + 1


def _estimate(
    layout: Layout, r: int, c: int, found: Found, *, announced: bool = False
) -> Estimate | None:
    """Return what was found, on its scale and with its P, if it is an estimate."""
    if not may_be_limits(layout, r, c, announced):
        return None
    sayings = f"{layout.context(r)} {layout.head_of(r, c)}"
    text, value, low, high, p, said = found
    level = re.search(r"(9\d|80)\s?%", f"{sayings} {layout.told}")
    scale = scale_of_cell(layout, r, c, found)
    p, p_column = (p, c) if p else p_of_row(layout, r, c)
    if of_group(scale, low, high) and not TESTED.search(f"{sayings} {layout.table.caption}"):
        p = None
    marked = None if p else marked_p(layout, r, c)
    return Estimate(
        text.strip(), value, low, high, possible_scale(scale, value, low, high, sayings),
        float(level[1]) if level else 95.0, r, c,
        layout.place(r, c), p or marked, c if marked else p_column,
        by_mark=bool(marked), said=said,
    )  # fmt: skip
