"""The contingency table that a P is of: levels by groups, and the tests that print the P of it.

A group is of what its percents were found to be of, of what its head says, or of any size that
its percents allow; one row is completed with the rest of each group.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from secondlook.printed import verdict
from secondlook.proportions import fisher_exact, likelihood_ratio, pearson, yates
from secondlook.scan.cells import amount, p_bounds, value, without_zeros
from secondlook.scan.checks.p_of_counts.group_counts import ALONE, MADE, NOBODY, GroupCounts
from secondlook.scan.groups import ELSEWHERE
from secondlook.scan.shares.share import BESIDE, SAID, Entry

OF_FOUND, OF_HEAD, OF_PERCENT, OF_OTHER = range(4)
"""The size of a group: what its percents were found to be of, that of its head, any they allow
up to it, or any at all."""
FEW_LACK = 0.8
"""The part of a group of which the percents may be where some patients lack a datum."""
BY_CHANCE = 0.02
"""How often percents of no counts may look like percents of whole numbers of patients."""
FISHER_STEPS = 100_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
RATIO = "Likelihood ratio (G)"


@dataclass
class Case:
    """A P with its table of counts: levels by groups."""

    row: int
    column: int
    text: str
    table: tuple[tuple[int, ...], ...]
    p_values: dict[str, float]
    printing: list[str]
    sound: bool
    binary: bool
    """Whether it is one row against the rest, or two levels that make the whole.

    The P of more levels may be of their ranks, or of finer ones.
    """
    rough: bool = False
    """Whether its counts were made of percents that need not be of patients."""
    bare: bool = False
    """Whether nothing but their sum would show that its numbers are counts."""

    @property
    def unsure(self) -> bool:
        """Whether its numbers may be no counts."""
        return self.rough or self.bare

    @property
    def p(self) -> float:
        """The P as printed, or its bound."""
        return amount(self.text.lstrip("<>≤≥="))

    @property
    def exact(self) -> bool:
        """Whether the P is no bound."""
        return self.text[0] not in "<>≤≥"


def case_of(
    counts: GroupCounts, groups: Sequence[int], rows: Sequence[int], r: int, p_column: int,
    text: str,
) -> Case | None:  # fmt: skip
    """Return a P with the counts of some rows, of what their percents are or the head says."""
    cells = [[counts.at[row, c] for c in groups] for row in rows]
    if len(groups) < 2 or any(len(cell) != len(row[0]) for row in cells for cell in row):
        return None
    entries = [list(level) for row in cells for level in zip(*row, strict=True)]
    spans = [counts.spans.get(c) for c in groups]
    some = [e for e in entries[0] if e.count]
    other = bool(some) and all(map(_of_another, some))
    ways = (OF_OTHER,) if other else (OF_FOUND, OF_HEAD, OF_PERCENT)
    tried = (_case(entries, spans, r, p_column, text, of) for of in ways)
    found = [case for case in tried if case]
    printing = next((case for case in found if case.printing), None)
    # Those of few patients print no other size: 11 (92%) is of 12.
    told = not other or all(len({*(e.span or "?!")}) == 1 for e in some)
    return printing or (found[0] if found and told else None)


def _case(
    entries: list[list[Entry]], spans: Sequence[tuple[int, int] | None], r: int, p_column: int,
    text: str, way: int,
) -> Case | None:  # fmt: skip
    """Return the P with its counts, rows of levels by groups, of what one way says they are of."""
    counts = [[e.count for e in row] for row in entries]
    made = [e for row in entries for e in row if e.reading == MADE]
    chances = (e.own[0][0] / 10 ** (2 + len(e.percent.partition(".")[2])) for e in made)
    of_heads = all(e.fits(e.own[0][0]) for e in made)
    rough = not of_heads or (bool(made) and math.prod(min(1.0, n) for n in chances) > BY_CHANCE)
    if rough and abs(sum(amount(e.percent) for e in entries[0] if e in made) - 100) <= 1:
        return None  # percents of the row
    sums = [sum(column) for column in zip(*counts, strict=True)]
    sizes = _sizes(entries, spans, sums, way, rough)
    if not all(low for low, _ in sizes):
        return None
    complete = len(entries) > 1 and all(_within(sums, sizes))
    bare = not complete and any(all(e.reading in {ALONE, NOBODY} for e in row) for row in entries)
    sound = all(e.holds for row in entries for e in row) and not bare
    sound &= all(any(e.percent for e in row) for row in entries)
    binary = len(entries) == 1 or (complete and len(entries) == 2)
    digits = text if len(text.partition(".")[2]) < 4 else without_zeros(text)  # 0.8590
    tried = []
    for table in _tables(counts, sums, sizes, complete):
        p_values = usual(table)
        printing = [test for test, p in p_values.items()
                    if {verdict(text, p), verdict(digits, p)} != {"differs"}]  # fmt: skip
        case = Case(r, p_column, text, table, p_values, printing, sound, binary, rough, bare)
        tried.append(case)
    first = next((case for case in tried if case.printing), tried[0] if tried else None)
    if first and not first.printing and len(tried) > 1 == len(entries):
        first.printing += _of_sizes_between(tried, text)
    return first


def _of_sizes_between(tried: list[Case], text: str) -> Iterator[str]:
    """Give the tests whose P of the least sizes and of the largest lie on both sides of it."""
    low, high = p_bounds(text)
    columns = (zip(*case.table, strict=True) for case in tried)
    shares = [[column[0] / sum(column) for column in each] for each in columns]
    turned = len({first > second for first, second, *_ in shares}) > 1
    for test in tried[0].p_values:
        values = [case.p_values.get(test, math.nan) for case in tried]
        values += [1.0] * turned  # as large in one group as in the other
        if min(values) <= high and low <= max(values):
            yield test


def _sizes(
    entries: list[list[Entry]], spans: Sequence[tuple[int, int] | None], sums: list[int],
    way: int, rough: bool,
) -> list[tuple[int, int]]:  # fmt: skip
    """Return the least and the largest size of each group; 0 where it is not known."""
    if len(entries) > 1 and all(map(_of_row, entries)):
        return [(n, n) for n in sums]
    by_row = _of_row(entries[0])
    said = any(e.strength >= SAID for row in entries for e in row)
    sizes = [
        _size(column, way, by_row, span, said)
        for column, span in zip(zip(*entries, strict=True), spans, strict=True)
    ]
    if len(entries) == 1:
        return sizes
    if rough:  # which add up but for their rounding
        return [(n, n) for n in sums]
    # Levels that make up one group make up the others, of which a percent may be wrong.
    if any(_within(sums, sizes)):
        sizes = [size if size[0] else (n, n) for n, size in zip(sums, sizes, strict=True)]
    return sizes


def _within(sums: list[int], sizes: list[tuple[int, int]]) -> list[bool]:
    """Say of each group whether its levels make it up."""
    return [low <= n <= high for n, (low, high) in zip(sums, sizes, strict=True)]


def _tables(
    counts: list[list[int]], sums: list[int], sizes: list[tuple[int, int]], complete: bool
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Give the levels with the rest of each group, of the least and of the largest sizes."""
    # Of more groups than two whose sizes are ranges, all at once at the one end or the other.
    all_ends = list(dict.fromkeys((product if len(sizes) == 2 else zip)(*sizes)))
    if len(counts) > 1:  # and, where it does not name them all, the rest
        known = all(low == high >= n for n, (low, high) in zip(sums, sizes, strict=True))
        all_ends = [tuple(sums), *(all_ends if known and not complete else [])]
    for ends in all_ends:
        rest = [n - k for n, k in zip(ends, sums, strict=True)]
        table = tuple(tuple(row) for row in [*counts, rest] if any(row))
        if min(rest) >= 0 and len(table) > 1 and all(map(sum, zip(*table, strict=True))):
            yield table


def _of_another(e: Entry) -> bool:
    """Whether the percent of a count says that it is of no size that is printed for it."""
    if not (e.own and e.reading != MADE and value(e.percent or "0")) or e.holds or e.over:
        return False
    of = 100 * e.count / value(e.percent)
    return not any(FEW_LACK * n <= of <= n or e.nearly(n) for n, _ in e.own)


def _of_row(row: Sequence[Entry]) -> bool:
    """Whether each percent is of the sum of its row."""
    total = sum(e.count for e in row)
    return all(e.of == total or (e.percent and not e.of and e.fits(total)) for e in row)


def _size(
    column: Sequence[Entry], way: int, by_row: bool, span: tuple[int, int] | None, said: bool
) -> tuple[int, int]:
    """Return the size of a group, or the least and the largest of which its percents are."""
    own = (each for e in column for each in e.own)
    told = [(n, where) for n, where in own if "sum" not in where and where != BESIDE]
    counted = (e.of for e in column if e.of is not None and e.count)  # nobody is 0 % of any
    of = set(counted) if way == OF_FOUND and not by_row else set()
    size, where = (of.pop(), "") if len(of) == 1 else told[0] if told else (0, "")
    largest = max(column, key=lambda e: e.count)
    if by_row or not largest.count or not said or not value(largest.percent or "0"):
        return (size, size) if size or by_row or not span else span
    nearest = round(100 * largest.count / value(largest.percent))
    low, high = largest.span or (nearest, nearest)
    if span and (span[1] < size <= high or (not size and high > 1.2 * low)):
        low, high = span  # of which all of the column are
    other = way == OF_PERCENT and (high < size or ELSEWHERE in where)
    return (low, high) if other or way == OF_OTHER or not size else (size, size)


@lru_cache(maxsize=4_096)
def usual(table: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    """Return the P of the usual tests of a table of counts."""
    cells = np.array(table)
    found = {"Pearson chi-square": pearson(cells).p_value}
    if cells.shape == (2, 2) or cells.sum() <= FISHER_PATIENTS:
        with contextlib.suppress(ValueError):  # too large after all
            found["Fisher"] = fisher_exact(cells, max_steps=FISHER_STEPS).p_value
    if cells.shape == (2, 2):
        found["Yates chi-square"] = yates(cells).p_value
    found[RATIO] = likelihood_ratio(cells).p_value
    return {name: p for name, p in found.items() if not math.isnan(p)}
