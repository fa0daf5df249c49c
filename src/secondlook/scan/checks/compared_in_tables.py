"""Which means a P of a table compares, and of how many patients they are.

A P and its means stand in a row, in a column, or in two rows beside a P of both; which two of a row
it compares, or of which change it is, most P of the column tell. The size of a group stands in the
head, behind the percents of its column or in a row of it; else it is between the least and the
largest that the article tells of such groups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from secondlook.scan.cells import any_case, p_value
from secondlook.scan.checks.compared_means import (
    MOST_VARIED,
    OTHER_TEST,
    SUBGROUP,
    Compared,
    bits_of,
    comparable,
    given_exactly,
    of_sizes,
    of_sizes_between,
)
from secondlook.scan.checks.mean import MeanSD, beside, means, sized
from secondlook.scan.checks.methods import T_TEST, Methods
from secondlook.scan.checks.same_patients import mark_paired, of_same
from secondlook.scan.checks.statistic_columns import kinds_of
from secondlook.scan.layout import Layout, sizes
from secondlook.scan.shares import SURE, Entry

_OF_SOME = any_case(
    r"(?:^|> )\W*(?:(?:fe)?males?|(?:wo)?men|boys|girls)\W*(?:$| >)|\bage ?[<>≤≥] ?\d"
)
"""A row of some of the patients of each group, of which the head does not tell the number."""
_PAIR = any_case(r"\b(\w+)\s(?:vs?\.?|versus)\s(?:group\s)?(\w+)")
_CHANGE = any_case(r"\bdifferences?\b|\bchanges?\b|[Δ∆△]|\bdelta\b")
_CHANGES = any_case(rf"β|coefficients?|\beffect\b|{_CHANGE.pattern}")
MOST_TRIED = 8
"""Means of a row of which pairs are tried; a hostile table has a thousand."""


class ColumnOfP(NamedTuple):
    """A column of P, what each of them compares, and which column of P of these means it is."""

    column: int
    rows: list[Compared]
    first: bool
    several: bool


def columns_of_p(
    layout: Layout, entries: list[Entry], methods: Methods, *, across: bool = False
) -> Iterator[ColumnOfP]:
    """Read the columns of P of a table; `across` says that they are rows, of levels maybe."""
    if not layout.p_columns:
        return
    found = list(sized(layout, entries, means(layout, unsaid=True), methods.groups))
    found = [m for m in found if not layout.is_total(m.column)]
    lowest = {m: layout.lowest[m.column] for m in found}
    plain = [m for m in found if not _CHANGES.search(lowest[m])]
    changes = [m for m in found if _CHANGE.search(lowest[m])]
    plain = plain or changes  # the change of each group
    before = [sum(m.column < p for m in plain) for p in layout.p_columns]
    left = previous = 0
    for p_column, told in zip(layout.p_columns, before, strict=True):
        first = any(previous < m.column < p_column for m in plain)
        left = previous if first else left
        previous = p_column
        of_these, changed = ([m for m in each if m.column > left] for each in (plain, changes))
        rows = _compared(layout, of_these, changed, p_column, methods, across)
        rows = mark_paired(layout, _chosen(layout, rows, found, methods, across), methods)
        first = first or any(row.chosen for row in rows)
        yield ColumnOfP(p_column, rows, first, before.count(told) > 1)


def _compared(
    layout: Layout, found: list[MeanSD], changes: list[MeanSD], p_column: int, methods: Methods,
    across: bool,
) -> list[Compared]:  # fmt: skip
    """Give each P of a column with its means: of the two that its head names, or those before."""
    pair = _PAIR.search(layout.heads[p_column])
    of_parts = bool(SUBGROUP.search(layout.table.caption))
    columns = {m.column for m in found if m.column < p_column}
    rows = []
    for r in layout.rows:
        cell = layout.grid[r][p_column]
        text = p_value(cell.text)
        if not cell.first or not text:
            continue
        groups = [m for m in found if m.row == r and m.column < p_column]
        if len(groups) == 1 and len(layout.p_columns) == 1:  # the P stands between them
            groups = [m for m in found if m.row == r]
        others = (layout.grid[r][c] for c in columns - {m.column for m in groups})
        if len(groups) > 1 and any(x.first and re.search(r"\d", x.text) for x in others):
            continue  # a group whose mean is not read
        block = _rows_of(layout, r, p_column)
        if pair and len(groups) > 2:
            groups = _named(layout, groups, pair[1], pair[2])
        last = max((m.column for m in groups), default=p_column)
        behind = [m for m in changes if m.row == r and last < m.column < p_column]
        behind = behind if len(groups) == 2 else []
        if len(behind) == 1 and not of_same(layout, groups):
            continue  # the difference of two groups, of the patients of both
        if len(groups) < 2:
            groups = _stacked(layout, [m for m in found if m.row in block], p_column, methods)
        elif any(m.row in block and m.row != r for m in found):
            continue  # a P of more than one row
        elif len(of_row := sizes(layout.context(r))) == 1 and of_same(layout, groups):
            groups = of_sizes(groups, of_row * len(groups))  # Drug (n = 31), before and after
        elif (
            (of_row or _OF_SOME.search(layout.context(r)))
            and not all(sizes(layout.grid[r][m.column].text) for m in groups)
        ) or (of_parts and not all(layout.head_sizes[m.column] for m in groups)):
            continue  # Male (n = 386): and how many in each group
        ways = methods.spreads(layout.context(r), *layout.heads, layout.told)
        # A P behind the change of two times, or behind that of each group, is of the changes.
        groups = _at_least(layout, behind or groups, methods, across)
        row = Compared(r, text, groups, ways, chosen=len(behind) == 1)
        rows.append(_with_words(layout, row, p_column))
    return rows


def _with_words(layout: Layout, row: Compared, p_column: int) -> Compared:
    """Add what is said beside a P of a table."""
    last = max((m.column for m in row.groups), default=p_column)
    head = " ".join(layout.heads[min(last + 1, p_column) : p_column + 1])  # with those between
    label, caption = layout.context(row.row), layout.table.caption
    note = layout.noted(layout.grid[row.row][p_column].text, layout.heads[p_column], label)
    told = note if T_TEST.search(note) or OTHER_TEST.search(note) else layout.told
    beside = {kind for c in (p_column - 1, p_column + 1) if c < layout.width
              for kind in kinds_of(layout, c)}  # fmt: skip
    if len(row.groups) == 2 and beside and not beside & {"t", ""}:  # z or χ2 is of ranks
        head += " mixed model" if "F" in beside else " rank test"
    own, last_label = f"{head} {label} {note}", layout.last_label(row.row)
    return replace(row, own=own, told=told, caption=caption, label=last_label)


def _chosen(
    layout: Layout, rows: list[Compared], found: list[MeanSD], methods: Methods, across: bool
) -> list[Compared]:
    """Take the change or the two means of a row whose t tests give half of the P, of four at least.

    The means before the P are left only if their tests give fewer than half as many.
    """
    tried: dict[tuple[int, ...], list[Compared]] = defaultdict(list)
    for row in rows:
        own = [m for m in found if m.row == row.row][:MOST_TRIED]
        label = layout.last_label(row.row)
        changes = [m for m in own if _CHANGE.search(f"{label} {layout.heads[m.column]}")]
        rest = [m for m in own if m not in changes]
        for of in (*((m,) for m in changes), *combinations(changes, 2), *combinations(rest, 2)):
            if groups := _at_least(layout, list(of), methods, across):
                columns = tuple(m.column for m in of)
                tried[columns].append(replace(row, groups=groups, chosen=True))
    given = given_exactly([row for row in rows if 2 <= len(row.groups) <= MOST_VARIED])
    those = [(of, given_exactly(of)) for of in tried.values()]
    half = [each for each in those if 2 * len(each[1]) >= sum(row.exact for row in each[0])]
    best, theirs = max(half, key=lambda each: bits_of(each[1]), default=([], []))
    enough = len(theirs) >= max(4, 2 * len(given) + 1)
    return best if enough and bits_of(theirs) >= SURE[0] else rows


def _rows_of(layout: Layout, r: int, p_column: int) -> range:
    """Return the rows of a P: its own with those where the column is empty, of the same block."""

    def empty(row: int) -> bool:
        cell = layout.grid[row][p_column]
        return not (cell.first and cell.text.strip()) and not layout.is_section(row)

    def same(row: int) -> bool:
        return layout.labels > 1 and layout.grid[row][0].text == layout.grid[r][0].text

    start, end = r, r + 1
    while start > layout.head and empty(start - 1) and same(start - 1):
        start -= 1
    while end in layout.rows and empty(end) and (same(end) or not same(end - 1) or end == r + 1):
        end += 1
    return range(start, end)


def _stacked(layout: Layout, found: list[MeanSD], p_column: int, methods: Methods) -> list[MeanSD]:
    """Return the means of the last column before a P of several rows, which are the groups."""
    c = max((m.column for m in found if m.column < p_column), default=0)
    groups = [m for m in found if m.column == c]
    if any(m.column == c - 1 for m in found) or not comparable(groups):
        return []
    names = [layout.last_label(m.row) for m in groups]
    told = ([*sizes(n), *beside(layout, m.row, c), methods.groups.named(n) or 0]
            for m, n in zip(groups, names, strict=True))  # fmt: skip
    return of_sizes(groups, [each[0] for each in told])


def _at_least(layout: Layout, groups: list[MeanSD], methods: Methods, across: bool) -> list[MeanSD]:
    """Give the groups without a size those between which the article tells it; none if nowhere."""
    known = {m.n for m in groups if m.n > 1}
    if all(m.n > 1 for m in groups):
        return groups
    if len(known) == 1 and of_same(layout, groups):
        return of_sizes(groups, [*known] * len(groups))  # at one of its times it is printed
    of_levels = len({m.row for m in groups}) == 1 and len(layout.p_columns) > 1 and across
    told = methods.of_groups(max(2, len(groups)), layout.told, roughly=not of_levels)
    if told and told[0] == told[1] and len(sizes(layout.told)) == 1:
        return of_sizes(groups, [told[0]] * len(groups))  # n = 32 each
    if not told and methods.told:
        told = 2 if len(methods.told) > 1 else max(methods.told), max(methods.told)
    return of_sizes_between(groups, told) if told else []


def _named(layout: Layout, groups: list[MeanSD], *names: str) -> list[MeanSD]:
    """Return the groups of the heads that the two names are words of."""
    words = [any_case(rf"\b{re.escape(name)}\b") for name in names]
    chosen = [[m for m in groups if word.search(layout.heads[m.column])] for word in words]
    return [m for (m,) in chosen] if all(len(each) == 1 for each in chosen) else []
