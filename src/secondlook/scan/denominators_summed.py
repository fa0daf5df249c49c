"""Sums as denominators: of the levels of a variable, or of the groups of a row.

Where all percents are of the sum of their counts, they are of it, but for what rounding explains.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from secondlook.scan.cells import only_count, value
from secondlook.scan.document import grouped
from secondlook.scan.layout import Layout
from secondlook.scan.shares import (
    FAIR,
    LEVELS,
    MOST_BITS,
    MOST_GROUPS,
    OF_SUM,
    SURE,
    Entry,
    by_column,
    nameless,
    nearly_all,
    prove,
    runs,
    without_size,
)

LONGEST_RUN = 30
"""Levels of one variable that are summed at most."""
LEVEL_BITS = 12
"""How firmly all levels but one say that they are of their sum."""


def take_sums_of_levels(layout: Layout, found: list[Entry]) -> None:
    """Take as denominator the sum of neighbouring rows whose percents all are of that sum."""
    variables: set[tuple[int, ...]] = set()
    for run in (run for column in by_column(found).values() for run in runs(column)):
        for levels, total in _levels(layout, run):
            _take_or_offer(levels, total, f"{LEVELS} {len(levels)} levels")
            for entry in levels:
                entry.exclusive = entry.exclusive or entry.of == total
            # All are of one size, so that the one that tells most tells whether by chance.
            # What all have leaves out nobody, and so says of no other that it is a level.
            parts = [e for e in levels if e.of == total and value(e.percent) < 100]
            tells = max((e.bits(total) for e in parts), default=0)
            if tells >= 2 * math.log2(len(run)) + 2:
                variables.add(tuple(e.row for e in levels))
    _take_sums_in_other_columns(found, variables)


def _levels(layout: Layout, run: list[Entry]) -> Iterator[tuple[list[Entry], int]]:
    """Give neighbours whose percents are of their sum, with it, those before being taken."""
    for start in range(len(run)):
        total = run[start].count
        named = layout.is_section(run[start].row - 1)
        for end in range(start + 1, min(len(run), start + LONGEST_RUN)):
            total += run[end].count
            levels = run[start : end + 1]
            if not (_mostly(levels, total) or (levels == run and _surely(run, total))):
                goes_on = any(e.fits(total + e.count) for e in run[end + 1 : end + 2])
                if goes_on or not (named and _all_but_one(levels, total)):
                    continue
                levels = [e for e in levels if e.fits(total)]
            if sum(e.count > 0 for e in levels) > 1 or all(e.holds for e in levels):
                yield levels, total


def _take_sums_in_other_columns(found: list[Entry], variables: set[tuple[int, ...]]) -> None:
    """Take the sums of levels where nothing is printed: what excludes in one column does so there.

    `variables` are the rows of levels that proved in some column to exclude each other.
    """
    for column in by_column(found).values():
        at = {e.row: e for e in column if e.part == 0}
        for rows in variables:
            levels = [at[r] for r in rows if r in at]
            if len(levels) == len(rows) and not any(e.own or e.holds for e in levels):
                _take_or_offer(
                    levels, sum(e.count for e in levels), f"{LEVELS} {len(levels)} levels"
                )


def _mostly(group: list[Entry], total: int) -> bool:
    """Whether the percents of a group are of its sum, some of them but for a rounding."""
    if all(e.padded(total) for e in group):
        return True
    off = [e for e in group if not e.fits(total)]
    fitting = len(group) - len(off)
    sure = fitting > 1 or (_make_hundred(group) and 2 * total > group[0].largest)
    enough = sure and fitting >= len(off)
    return enough and all(e.nearly(total) or _to_hundred(e, group, total) for e in off)


def _all_but_one(group: list[Entry], total: int) -> bool:
    """Whether all but one are of the sum, and not by chance."""
    fitting = {(e.count, e.percent): e.bits(total) for e in group if e.fits(total)}
    off = [e for e in group if not e.fits(total)]
    more = any(total > max((n for n, _ in e.own), default=total) for e in group)
    if len(off) != 1 or more or sum(fitting.values()) < LEVEL_BITS:
        return False
    return off[0].units_off(total) > 2


def _surely(run: list[Entry], total: int) -> bool:
    """Whether two thirds are of the sum of all, so narrowly that it is not by chance."""
    fitting = [e for e in run if e.fits(total)]
    return sum(e.bits(total) >= 4 for e in fitting) >= 4 and 3 * len(fitting) >= 2 * len(run)


def _make_hundred(group: list[Entry]) -> bool:
    """Whether the percents of a variable add to 100."""
    return sum(value(e.percent) for e in group) == 100


def _to_hundred(entry: Entry, group: list[Entry], total: int) -> bool:
    """Whether it may have been moved so that the percents of its variable add to 100."""
    return _make_hundred(group) and entry.units_off(total) <= 2


def _take_or_offer(group: list[Entry], total: int, where: str) -> None:
    for entry in group:
        cut = entry.verdict == "truncated" and entry.prints(total)
        if entry.holds and cut != "reproduced":
            continue
        if entry.fits(total):
            entry.take(total, where)
            entry.parts = tuple(group)
        else:
            entry.own.insert(0, (total, where))
            entry.to_hundred = _to_hundred(entry, group, total)


def take_sums_of_other_levels(layout: Layout, found: list[Entry]) -> None:
    """Where a head states no size, take the sums that the levels of a variable gave."""
    for c, column in by_column(found).items():
        totals = Counter(e.of for e in column if e.exclusive and e.of)
        for n, times in totals.most_common() if c not in layout.sizes else ():
            sure = nearly_all(without_size(column), n, SURE)
            for entry in nameless(column) if sure or times >= 3 else ():
                entry.take_if_it_fits(n, "the sum of the levels of another variable")
                if sure and not entry.holds:
                    entry.own = [(n, "the sum of the levels of other variables")]


def take_sums_of_rows(layout: Layout, found: list[Entry]) -> None:
    """Take as denominator the sum of the row or of some groups, or another number of the row."""
    rows = grouped(found, lambda entry: (entry.row, entry.part))
    for (r, _), row in rows.items():
        groups = [e for e in row if not layout.is_total(e.column)]
        _take_size_of_total(row, groups)
        _take_sizes_of_groups(layout, row, groups)
        _take_sums_of_groups(layout, groups)
        _take_numbers_of_row(layout, r, row)
    # Where most are of the sum of their row, it is the size of those for which none is printed.
    sums = [(row, sum(e.count for e in row)) for row in rows.values() if len(row) > 1]
    unsized = [(e, n) for row, n in sums for e in row if not e.own and n]
    if prove(unsized, FAIR):
        for entry, n in unsized:
            if not entry.holds:
                _take_or_offer([entry], n, OF_SUM)


def _take_size_of_total(row: list[Entry], groups: list[Entry]) -> None:
    for n in {n for e in row if e not in groups for n, _ in e.own}:
        fit = len(groups) > 1 and all(e.fits(n) and not e.holds for e in groups)
        if fit and any(e.bits(n) >= MOST_BITS for e in groups):
            _take_or_offer(groups, n, "all groups together")


def _take_sizes_of_groups(layout: Layout, row: list[Entry], groups: list[Entry]) -> None:
    """Take for a total the sizes of the groups in its row: the others have no number here."""
    if len(groups) < 2 or not all(e.column in layout.sizes for e in groups):
        return
    several = sum(layout.sizes[e.column] for e in groups)
    for entry in without_size(row):
        if entry not in groups:
            entry.take_if_it_fits(several, "the groups that the row prints")


def _take_sums_of_groups(layout: Layout, groups: list[Entry]) -> None:
    """Take the sum of all groups, of some beside each other, or of those of one name."""
    named = grouped(groups, lambda e: layout.lowest[e.column])
    ends = combinations(range(min(len(groups), MOST_GROUPS) + 1), 2)
    for some in (groups, *(groups[start:end] for start, end in ends), *named.values()):
        total = sum(e.count for e in some)
        every = some is groups
        added = sum((value(e.percent) for e in some), Fraction(0))
        hundred = abs(added - 100) <= Fraction(1, 5)
        near = hundred and all(e.nearly(total) for e in some)
        near = near or all(e.fits(total) for e in some) or (every and _mostly(some, total))
        other = any(e.of != total and e.verdict == "reproduced" and e.tells for e in some)
        if len(some) > 1 and total and near and (every or not other):
            _take_or_offer(some, total, OF_SUM if every else f"{LEVELS} columns")


def _take_numbers_of_row(layout: Layout, r: int, row: list[Entry]) -> None:
    """Take another number of the row of which all are, or that of its total."""
    for c in range(1, layout.width):
        n = only_count(layout.grid[r][c].text) or 0
        every = all(e.holds or e.fits(n) for e in row)
        for entry in row if every or layout.is_total(c) else ():
            entry.take_if_it_fits(n, "in the same row")
