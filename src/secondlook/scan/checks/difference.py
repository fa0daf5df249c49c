"""A difference or a change against the two numbers of its row, or of its column, that it is of.

Of which two columns a third is the difference is not read from words but found: where nearly all
rows hold to ``b - a``, to its size or to the change in percent, the others are asked. So it is with
rows below each other: before, after, change. Limits that stand alone are held by their middle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, value
from secondlook.scan.checks.estimates import SAID, Estimate, limits_alone, plain
from secondlook.scan.checks.mean import ends
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import PERCENT, Layout
from secondlook.scan.shares import Entry

_CALLED = re.compile(
    r"\bdiff\w*|\bchanges?\b|[∆Δδ△]|\bdelta\b|\beffect\b|\bgain|\breduction|\bincrease|\bdecrease|"
    r"\bimprovement|\bloss\b|\bA?RD\b|\bARR\b|\b[WS]?MD\b|\bvs\b|minus|versus",
    re.IGNORECASE,
)
_MEDIAN = re.compile(r"median|geometric", re.IGNORECASE)
_OTHER = re.compile(rf"{_MEDIAN.pattern}|\bp\b|\bp[- ]?values?", re.IGNORECASE)
_FIRST = re.compile(rf"^\s?[(\[]?\s?(-?\s?{DECIMAL})(?![\d.,]|\s?(?:/|to|-|–)\s?\d)")
WIDEST = 24
"""Columns of a table beyond which it is not searched."""
FEWEST = 3
"""Differences that must hold for the others to be expected to."""
BITS = 4
"""What these must tell more than no difference at all would: one of 0.8 +- 0.1 tells three bits."""
_LESS, _TURNED, _BETWEEN, _PERCENT, _FALL = (
    "{1} less {0}", "{0} less {1}", "between {0} and {1}", "from {0} to {1}, in percent",
    "from {0} down to {1}, in percent",
)  # fmt: skip

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Tried:
    """Differences held against pairs of numbers in one way."""

    way: str
    known: Bools
    holds: Bools
    expected: Floats
    bits: Floats

    @property
    def told(self) -> float:
        """How much those that hold tell."""
        return float(self.bits.sum())

    def usual(self, choices: int) -> bool:
        """Whether nearly all hold, and not because the best of many pairs was taken."""
        few = (self.bits > 0).sum() < FEWEST or self.told < BITS + math.log2(choices)
        return not few and 10 * self.holds.sum() >= 8 * (self.known.sum() - 1)


@dataclass(frozen=True)
class Numbers:
    """The number of each cell, and the least and the largest that print so; NaN where none is."""

    all: Floats
    middles: Bools

    def column(self, c: int) -> Floats:
        """Return those of a column."""
        return self.all[:, :, c]


def check_differences(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], intervals: list[Finding]
) -> list[Finding]:
    """Judge the differences of one table, but for those of which `intervals` ask already."""
    if not layout.labels < layout.table.columns <= WIDEST:
        return []
    asked = {(finding.row, finding.column) for finding in intervals if finding.level != "holds"}
    found = _numbers(layout, entries, estimates)
    judged = {
        (finding.row, finding.column): finding
        for finding in (*_of_rows(layout, found), *_of_columns(layout, found))
    }
    return [finding for at, finding in judged.items() if at not in asked]


def _numbers(layout: Layout, entries: list[Entry], estimates: list[Estimate]) -> Numbers:
    shape = len(layout.table.grid), layout.table.columns
    found, middles = np.full((3, *shape), np.nan), np.zeros(shape, dtype=bool)
    shares = {(e.row, e.column): e for e in entries if e.part == 0 and e.holds}
    ratios = {(e.row, e.column) for e in estimates if _ratio(e)}
    for r, c, cell in layout.cells():
        if c in layout.p_columns or (r, c) in ratios or _OTHER.search(layout.label(r)):
            continue
        text = plain(cell.line)
        if (r, c) in shares:
            share = shares[r, c]
            found[:, r, c] = _ends(share.percent, 100 * share.count / (share.of or 1))
        elif (limits := limits_alone(text)) and value(limits[0]) <= value(limits[1]):
            found[:, r, c] = np.mean([_ends(limit) for limit in limits], axis=0)
            middles[r, c] = True
        elif match := _FIRST.match(text):
            found[:, r, c] = _ends(match[1].replace(" ", ""))
    return Numbers(found, middles)


def _ratio(estimate: Estimate) -> bool:
    """Whether the limits of an estimate are rather those of a ratio."""
    as_ratio, as_difference = (
        replace(estimate, scale=scale).skew for scale in ("ratio", "difference")
    )
    return as_ratio is not None and as_difference is not None and as_ratio < as_difference


def _ends(text: str, exact: float | None = None) -> tuple[float, float, float]:
    value, (low, high) = float(numbers.parse(text).value), ends(text)
    exact = value if exact is None else exact
    return value, min(low, exact), max(high, exact)


def _try(a: Floats, b: Floats, d: Floats, *, percent: bool) -> Tried:
    """Hold differences against pairs of numbers, in the way in which most of them hold."""
    known = np.isfinite(a[0] + b[0] + d[0])
    reach = [np.ptp(each[1:], axis=0) / 2 for each in (a, b, d)]
    middle_a, middle_b = (each[1:].mean(axis=0) for each in (a, b))
    best = None
    for way in (_LESS, _TURNED, _BETWEEN, _PERCENT, _FALL):
        if (way == _BETWEEN and (d[0][known] < 0).any()) or (
            way in (_PERCENT, _FALL) and not percent
        ):
            continue
        if way in (_PERCENT, _FALL):
            with np.errstate(divide="ignore", invalid="ignore"):
                expected = 100 * (b[0] - a[0]) / a[0]
                slack = reach[2] + 100 * (reach[1] + np.abs(b[0] / a[0]) * reach[0]) / np.abs(a[0])
        else:
            expected, slack = middle_b - middle_a, sum(reach)
        if way in (_TURNED, _FALL):
            expected = -expected
        elif way == _BETWEEN:
            expected = np.abs(expected)
        slack = slack * (1 + 1e-9)
        sized = known & (np.abs(np.abs(expected) - np.abs(d[0])) <= slack)
        holds = known & (np.abs(expected - d[0]) <= slack)
        least = np.minimum(np.minimum(np.abs(a[0]), np.abs(b[0])) / 2, np.abs(d[0]))
        bits = np.log2(np.maximum(1, np.where(holds, least / slack, 1)))
        tried = Tried(way, known & np.isfinite(expected), holds, expected, bits)
        if best is None or (tried.told, holds.sum()) > (best.told, best.holds.sum()):
            signs = (sized & ~holds).sum()  # several without their sign are a style
            best = replace(tried, holds=sized) if signs > max(1, holds.sum() // 10) else tried
    assert best is not None
    return best


def _of_columns(layout: Layout, found: Numbers) -> Iterator[Finding]:
    told = np.isfinite(found.all[0]).sum(axis=0)
    columns = [c for c in range(layout.labels, layout.table.columns) if told[c] >= FEWEST]
    called = {
        c
        for c in columns
        if _CALLED.search(layout.heads[c])
        or (found.middles[:, c].sum() >= FEWEST and SAID.search(f"{layout.heads[c]} {layout.told}"))
    }
    called -= {c for c in called if _MEDIAN.search(layout.heads[c])}
    start, taken = _starts(layout), set()
    for d in sorted(called, key=lambda c: (found.middles[:, c].any(), c)):
        pairs = [
            pair
            for pair in combinations([c for c in columns if c != d], 2)
            if (d > pair[1] or not called & set(pair)) and not found.middles[:, pair].any()
        ]
        percent = bool(PERCENT.search(layout.heads[d]))
        tried = [
            (_try(*map(found.column, (*pair, d)), percent=percent), pair, False) for pair in pairs
        ]
        for c in (c for c in columns if c not in called):
            a, b = found.all[:, start, c], found.column(c)
            b = np.where(start == np.arange(len(start)), np.nan, b)
            tried.append((_try(a, b, found.column(d), percent=percent), (c, c), True))
        best, pair, since = max(tried, key=lambda each: each[0].told, default=(None, (0, 0), False))
        if best is None or (pair in taken and not since) or not best.usual(len(tried)):
            continue
        taken.add(pair)
        for r in map(int, np.flatnonzero(best.known)):
            rows = (int(start[r]), r) if since else (r, r)
            yield _finding(layout, best, r, (r, d), list(zip(rows, pair, strict=True)))


def _starts(layout: Layout) -> NDArray[np.intp]:
    """Give for each row the first of its block, or of the table: where changes are from."""
    return np.array(
        [
            layout.head if (section := layout.sections[r]) is None else section + 1
            for r in range(len(layout.table.grid))
        ]
    ).clip(max=len(layout.table.grid) - 1)


def _of_rows(layout: Layout, found: Numbers) -> Iterator[Finding]:
    rows = range(layout.head, len(layout.table.grid))
    called = [r for r in rows if _CALLED.search(layout.last_label(r))]
    in_percent = [r for r in called if PERCENT.search(layout.last_label(r))]
    percent = 2 * len(in_percent) > len(called)
    called = in_percent if percent else [r for r in called if r not in in_percent]
    tried = []
    start = _starts(layout)
    ways = [
        [(r - first, r - second) for r in called] for first, second in combinations((4, 3, 2, 1), 2)
    ]
    ways += [[(int(start[r]), r - second) for r in called] for second in (4, 3, 2, 1)]
    for way in ways:
        at = [
            (r, *pair)
            for r, pair in zip(called, way, strict=True)
            if layout.head <= pair[0] < pair[1]
        ]
        if at:
            d, a, b = (found.all[:, list(each)].reshape(3, -1) for each in zip(*at, strict=True))
            tried.append((_try(a, b, d, percent=percent), at))
    if not tried:
        return
    best, at = max(tried, key=lambda each: each[0].told)
    if best.usual(len(tried)):
        for i in map(int, np.flatnonzero(best.known)):
            (r, *pair), c = at[i // layout.table.columns], i % layout.table.columns
            yield _finding(layout, best, i, (r, c), [(row, c) for row in pair])


def _finding(
    layout: Layout, tried: Tried, i: int, at: tuple[int, int], pair: list[tuple[int, int]]
) -> Finding:
    printed, *texts = (layout.table.grid[r][c].line.strip() for r, c in (at, *pair))
    level: Level = "holds" if tried.holds[i] else "question"
    reading = "the difference of the two"
    if level == "question":
        holding, others = int(tried.holds.sum()), int(tried.known.sum()) - 1
        reading = f"{holding} of {others} others are the difference of their two; is it adjusted?"
    recomputed = f"{tried.way.format('the first', 'the second')}: {tried.expected[i]:.4g}"
    return layout.finding("interval", level, *at, printed, " and ".join(texts), recomputed, reading)
