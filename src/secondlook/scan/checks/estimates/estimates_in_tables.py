"""The estimates with limits of a table, on their scale and with their P.

An estimate is read with its limits where a confidence interval is announced beside it, in the head,
the label, the caption or a footnote, or where it is called a ratio; and where nothing announces one
but nearly all estimates of a column lie exactly in the middle of two numbers. These tell, too, on
which scale they are where no words do, or others than fit them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from secondlook.scan.checks.estimates.estimate import SCALES, Estimate
from secondlook.scan.checks.estimates.estimate_notation import SAID, Found
from secondlook.scan.checks.estimates.estimate_scale import (
    TESTED,
    of_group,
    possible_scale,
    scale_of_cell,
)
from secondlook.scan.checks.estimates.limits_in_tables import (
    NO_ESTIMATE,
    limit_columns,
    limits_below,
    limits_beside,
    limits_in_cell,
    may_be_limits,
)
from secondlook.scan.checks.estimates.p_of_estimates import marked_p, p_of_row, with_p
from secondlook.scan.layout import Layout

BITS = 16
"""What estimates exactly in the middle of their limits must tell more than any number between two
others would, for these to be limits though nothing says so: 0.8 (0.4 to 1.2) tells two bits.
"""


def table_estimates(layout: Layout) -> Iterator[Estimate]:
    """Find the estimates with limits of a table: in a cell, above them, or beside them.

    Where no words call the numbers limits, these do: nearly all estimates are in their middle.
    """
    silent: list[list[Estimate]] = []
    for column in (*_of_cells(layout), *_of_columns(layout)):
        yield from with_p(layout, _on_one_scale([e for e in column if e.said]))
        silent.append([e for e in column if not e.said])
    for column in _announced_by_middles(silent):
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
        if exact or theirs or _in_the_middle(column):
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


def _on_one_scale(column: list[Estimate]) -> list[Estimate]:
    """Give estimates the scale on which those of their column are symmetric.

    It is taken where nothing names it, also from those alone that are symmetric on one and not on
    the other, and where the one that is named fits few of them.
    """
    for named in ("unknown", *SCALES):
        some = [e for e in column if e.scale == named]
        even = [{scale for scale in SCALES if e.aside(scale) == 0} for e in some]
        symmetric = {scale: sum(scale in each for each in even) for scale in SCALES}
        scale = max(symmetric, key=lambda name: symmetric[name])
        most, least = symmetric[scale], min(symmetric.values())
        fits = most >= max(4, len(some) - 1) and 2 * least <= most
        telling = [each for each in even if len(each) < len(SCALES)]
        sole = telling.count({scale})
        if named == "unknown":
            fits = fits or (sole >= 4 and 10 * sole >= 9 * (len(telling) - 1))
            signed = [e for e in column if e.scale == "difference" and e.low[0] == "-"]
            exact = sum(e.skew == 0 for e in signed)
            if exact >= 4 and 10 * exact >= 8 * len(signed):
                scale, fits = "difference", True
                other = ("ratio", "correlation")
                some = [e for e in some if e.aside(scale) == 0 or 0 not in map(e.aside, other)]
        if fits and scale != named:
            column = [
                replace(e, scale=scale, p=e.p if named == "unknown" else None) if e in some else e
                for e in column
            ]
    return column


def _announced_by_middles(columns: list[list[Estimate]]) -> Iterator[list[Estimate]]:
    """Give those of each column, or of all others together, that are nearly all in the middle."""
    alone = [_in_the_middle(column) for column in columns]
    rest = [e for column, even in zip(columns, alone, strict=True) if not even for e in column]
    yield from (*alone, _in_the_middle(rest))


def _in_the_middle(found: list[Estimate]) -> list[Estimate]:
    """Return estimates on the scales on which nearly all are in the middle, as hardly by chance."""
    both = [{scale: replace(e, scale=scale) for scale in SCALES} for e in found]
    usual, other = sorted(SCALES, key=lambda name: -sum(e[name].skew == 0 for e in both))
    read = [
        e["difference"] if e[usual].low[0] == "-"
        else e[other if e[other].skew == 0 != e[usual].skew else usual]
        for e in both
    ]  # fmt: skip
    bits = [e.bits - (e.scale == other) for e in read if e.skew == 0]
    if len(bits) < 3 or 10 * len(bits) < 9 * (len(found) - 1) or sum(bits) < BITS:
        return []
    return [replace(e, said=False) for e in read]
