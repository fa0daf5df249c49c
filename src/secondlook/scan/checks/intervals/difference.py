"""A difference or a change against the two numbers of its row, or of its column, that it is of.

Of which two columns a third is the difference is not read from words but found: where nearly all
rows hold to ``b - a``, to its size or to the change in percent, the others are asked. So it is with
rows below each other: before, after, change. Limits that stand alone are held by their middle. Of a
difference and its two no SD or SE is above the sum of the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, amount, any_case
from secondlook.scan.checks.estimates.estimate import SCALES, Estimate
from secondlook.scan.checks.estimates.estimate_notation import LIMITS, SAID
from secondlook.scan.checks.estimates.limits_in_tables import shown
from secondlook.scan.checks.mean import MEAN_SD, ends
from secondlook.scan.checks.p_of_counts.p_of_table import ADJUSTED
from secondlook.scan.findings import Finding
from secondlook.scan.layout import PERCENT, Layout
from secondlook.scan.shares.share import Entry

_CALLED = any_case(
    r"\bdiff\w*|\bchanges?\b|[∆Δδ△]|\bdelta\b|\beffect\b|\bgain|\breduction|\bincrease|\bdecrease|"
    r"\bimprovement|\bloss\b|\bA?RD\b|\bARR\b|\b[WS]?MD\b|\bvs\b|minus|versus"
)
_MEDIAN = any_case(r"median|geometric")
_OTHER = any_case(rf"{_MEDIAN.pattern}|\bp\b|\bp[- ]?values?")
_FIRST = re.compile(rf"^\s?[(\[]?\s?(-?\s?{DECIMAL})(?![\d.,]|\s?(?:/|to|-|–)\s?\d)")
WIDEST = 24
"""Columns of a table beyond which it is not searched."""
FEWEST = 3
"""Differences that must hold for the others to be expected to."""
BITS = 4
"""What these must tell more than no difference at all would: one of 0.8 +- 0.1 tells three bits."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Cells = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The rows and the columns of several."""


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


def check_differences(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], intervals: list[Finding]
) -> list[Finding]:
    """Judge the differences of one table, but for those of which `intervals` ask already."""
    if not layout.labels < layout.width <= WIDEST:
        return []
    asked = {(finding.row, finding.column) for finding in intervals if finding.level != "holds"}
    found, middles = _numbers(layout, entries, estimates)
    of_columns = _of_columns(layout, found, middles)
    judged = {(f.check, f.row, f.column): f for f in (*_of_rows(layout, found), *of_columns)}
    return [f for (_, *at), f in judged.items() if tuple(at) not in asked]


def _numbers(
    layout: Layout, entries: list[Entry], estimates: list[Estimate]
) -> tuple[Floats, Bools]:
    """Return the number of each cell and its ends, NaN where none is, and which are middles."""
    shape = len(layout.grid), layout.width
    found, middles = np.full((3, *shape), np.nan), np.zeros(shape, dtype=bool)
    shares = {(e.row, e.column): e for e in entries if e.part == 0}
    ratios = {(e.row, e.column) for e in estimates if _ratio(e)}
    for r, c, _ in layout.cells():
        if c in layout.p_columns or (r, c) in ratios or _OTHER.search(layout.label(r)):
            continue
        text = shown(layout, r, c)
        if (r, c) in shares:
            if (share := shares[r, c]).holds:  # else it may be of a count, or of a percent
                found[:, r, c] = _ends(share.percent, 100 * share.count / (share.of or 1))
        elif (limits := LIMITS.match(text)) and amount(limits["lo"]) <= amount(limits["hi"]):
            found[:, r, c] = np.mean([_ends(limits["lo"]), _ends(limits["hi"])], axis=0)
            middles[r, c] = True
        elif match := _FIRST.match(text):
            found[:, r, c] = _ends(match[1].replace(" ", ""))
    return found, middles


def _ratio(estimate: Estimate) -> bool:
    """Whether the limits of an estimate are rather those of a ratio."""
    as_ratio, as_difference = (replace(estimate, scale=scale).skew for scale in SCALES)
    return as_ratio is not None and as_difference is not None and as_ratio < as_difference


def _ends(text: str, exact: float | None = None) -> tuple[float, float, float]:
    printed, (low, high) = amount(text), ends(text)
    exact = printed if exact is None else exact
    return printed, min(low, exact), max(high, exact)


def _try(a: Floats, b: Floats, d: Floats, *, percent: bool) -> Tried:
    """Hold differences against pairs of numbers, in the way in which most of them hold."""
    known = np.isfinite(a[0] + b[0] + d[0])
    reach = [np.ptp(each[1:], axis=0) / 2 for each in (a, b, d)]
    less, slack = b[1:].mean(axis=0) - a[1:].mean(axis=0), sum(reach)
    ways = [("{1} less {0}", less, slack), ("{0} less {1}", -less, slack)]
    if not (d[0][known] < 0).any():
        ways.append(("between {0} and {1}", np.abs(less), slack))
    if percent:
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = 100 * (b[0] - a[0]) / a[0]
            slack = reach[2] + 100 * (reach[1] + np.abs(b[0] / a[0]) * reach[0]) / np.abs(a[0])
        ways.append(("from {0} to {1}, in percent", rise, slack))
        ways.append(("from {0} down to {1}, in percent", -rise, slack))
    tried = []
    for way, expected, slack in ways:
        slack = slack * (1 + 1e-9)
        sized = known & (np.abs(np.abs(expected) - np.abs(d[0])) <= slack)
        holds = known & (np.abs(expected - d[0]) <= slack)
        least = np.minimum(np.minimum(np.abs(a[0]), np.abs(b[0])) / 2, np.abs(d[0]))
        bits = np.log2(np.maximum(1, np.where(holds, least / slack, 1)))
        if (sized & ~holds).sum() > max(1, holds.sum() // 10):
            holds = sized  # several without their sign are a style
        tried.append(Tried(way, known & np.isfinite(expected), holds, expected, bits))
    return max(tried, key=lambda each: (each.told, each.holds.sum()))


def _of_columns(layout: Layout, found: Floats, middles: Bools) -> Iterator[Finding]:
    told = np.isfinite(found[0]).sum(axis=0)
    columns = [c for c in layout.columns if told[c] >= FEWEST]
    heads, limits = layout.heads, middles.sum(axis=0)
    with_limits = {c for c in columns if limits[c] >= FEWEST}
    called = {c for c in with_limits if SAID.search(f"{heads[c]} {layout.told}")}
    called |= {c for c in columns if _CALLED.search(heads[c])}
    called -= {c for c in columns if _MEDIAN.search(heads[c])}
    rows, start = np.arange(len(layout.grid)), _starts(layout)
    later = rows[start != rows]
    for d in sorted(called, key=lambda c: (limits[c] > 0, c)):
        tried = [
            (_cells(rows, [a]), _cells(rows, [b]), _cells(rows, [d]))
            for a, b in combinations([c for c in columns if c != d], 2)
            if (d > b or not called & {a, b}) and not limits[a] + limits[b]
        ]
        rest = [c for c in columns if c not in called]
        tried += [(_cells(start[later], [c]), _cells(later, [c]), _cells(later, [d])) for c in rest]
        yield from _judged(layout, found, tried, bool(PERCENT.search(heads[d])))


def _starts(layout: Layout) -> NDArray[np.intp]:
    """Give for each row the first of its block, or of the table: where changes are from."""
    starts = [layout.head if section is None else section + 1 for section in layout.sections]
    return np.array(starts).clip(max=len(starts) - 1)


def _of_rows(layout: Layout, found: Floats) -> Iterator[Finding]:
    rows = layout.rows
    called = [r for r in rows if _CALLED.search(layout.last_label(r))]
    in_percent = [r for r in called if PERCENT.search(layout.last_label(r))]
    percent = 2 * len(in_percent) > len(called)
    called = in_percent if percent else [r for r in called if r not in in_percent]
    start, columns = _starts(layout), range(layout.width)
    tried = []
    for first, second in combinations((0, 4, 3, 2, 1), 2):  # rows above; 0 is the start
        of = [(r - first if first else int(start[r]), r - second, r) for r in called]
        of = [each for each in of if layout.head <= each[0] < each[1]]
        if of:
            a, b, d = (_cells(each, columns) for each in zip(*of, strict=True))
            tried.append((a, b, d))
    yield from _judged(layout, found, tried, percent)


def _cells(rows: Sequence[int] | NDArray[np.intp], columns: Sequence[int]) -> Cells:
    """Return each of these rows with each of these columns."""
    return np.repeat(rows, len(columns)), np.tile(columns, len(rows))


def _judged(
    layout: Layout, found: Floats, tried: list[tuple[Cells, Cells, Cells]], percent: bool
) -> Iterator[Finding]:
    """Judge the third of the cells whose differences hold best, where nearly all of them do."""
    judged = [(_try(*(found[:, r, c] for r, c in each), percent=percent), each) for each in tried]
    best, cells = max(judged, key=lambda each: each[0].told, default=(None, ()))
    if best is None or not best.usual(len(tried)):
        return
    holding, others = int(best.holds.sum()), int(best.known.sum()) - 1
    way = best.way.format("the first", "the second")
    asked = f"{holding} of {others} others are {way}; is it adjusted?"
    for i in map(int, np.flatnonzero(best.known)):
        *pair, at = ((int(r[i]), int(c[i])) for r, c in cells)
        if not best.holds[i] and ADJUSTED.search(layout.noted_at(*at)):
            continue
        first, second, printed = (layout.grid[r][c].line.strip() for r, c in (*pair, at))
        yield layout.finding(
            "interval", "holds" if best.holds[i] else "question", *at, printed,
            f"{first} and {second}",
            f"{way}: {best.expected[i]:.4g}",
            "the difference of the two" if best.holds[i] else asked,
        )  # fmt: skip
        spreads = [MEAN_SD.match(text) for text in (first, second, printed)]
        sds = [numbers.parse(each["sd"]) for each in spreads if each]
        odd = max(sds, key=lambda sd: sd.value, default=None)
        if not (odd and len(sds) == 3 and best.holds[i]):
            continue
        if 2 * odd.value > sum(sd.value + sd.unit for sd in sds):
            yield layout.finding(
                "spread", "question", *at, printed, f"{first} and {second}", f"SD {odd.text}",
                "no SD is above the sum of the others, of a difference and its two; is it one?",
            )  # fmt: skip
