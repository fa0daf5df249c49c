"""A mean with its SD: can whole numbers have it, and do two of them have the P beside them.

Whether a scale holds whole numbers is told by its label (a number, a count); a mean that whole
numbers cannot have is therefore a question, as is a P that no t test gives: a rank test, an
adjusted or a paired one may have. A P that a t test gives holds.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import p_value
from secondlook.scan.checks.possible import grimmer
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.shares import Entry

_NUM = r"\d{1,6}(?:[.·]\d{1,4})?"
_MEAN_SD = re.compile(
    rf"^\s?(?P<mean>-?{_NUM})\s?(?:±\s?(?P<pm>{_NUM})|[(\[]\s?(?:±|SD\s?)?\s?(?P<sd>{_NUM})\s?[)\]])"
)
_SD = re.compile(r"\bSDs?\b|standard deviation|s\.d\.|±", re.IGNORECASE)
_SE = re.compile(r"\bSEM?\b|standard error|s\.e\.", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:number|no\.|count) of\b|\bnumber\b", re.IGNORECASE)
_NOT_WHOLE = re.compile(r"per |rate|ratio|/|score|log", re.IGNORECASE)


@dataclass(frozen=True)
class MeanSD:
    """A mean and its SD as printed, with the size of its group."""

    text: str
    mean: str
    sd: str
    n: int
    row: int
    column: int


def check_means(layout: Layout, entries: list[Entry]) -> list[Finding]:
    """Judge the means with SD of one table; what holds as a count with its percent is none."""
    shares = {(e.row, e.column) for e in entries if e.holds}
    found = [m for m in _means(layout) if (m.row, m.column) not in shares]
    findings = []
    for cell in found:
        label = layout.context(cell.row)
        decimals = len(cell.mean.partition(".")[2])
        if _WHOLE.search(label) and not _NOT_WHOLE.search(label) and cell.n < 10**decimals:
            possible = grimmer(cell.mean, cell.sd, cell.n)
            findings.append(
                layout.finding(
                    "mean", "holds" if possible else "question", cell.row, cell.column, cell.text,
                    f"{cell.n} whole numbers", "",
                    "whole numbers can have this mean and SD"
                    if possible
                    else f"no {cell.n} whole numbers have it; holds if some had no datum",
                )
            )  # fmt: skip
    return [*findings, *_p_values(layout, found)]


def _means(layout: Layout) -> list[MeanSD]:
    found = []
    for r in range(layout.head, len(layout.table.grid)):
        for c in range(layout.labels, layout.table.columns):
            cell = layout.table.grid[r][c]
            match = _MEAN_SD.match(cell.text) if cell.first else None
            sayings = f"{layout.context(r)} {layout.heads[c]}"
            if not match or not layout.head_sizes[c] or _SE.search(f"{sayings} {layout.told}"):
                continue
            if not (
                match["pm"]
                or _SD.search(sayings)
                or (_SD.search(layout.told) and "%" not in sayings)
            ):
                continue
            if "range" in sayings.lower() or "median" in sayings.lower():
                continue
            sd = (match["pm"] or match["sd"]).replace("·", ".")
            n = layout.head_sizes[c][0]
            found.append(
                MeanSD(match.group().strip(), match["mean"].replace("·", "."), sd, n, r, c)
            )
    return found


def _p_values(layout: Layout, found: list[MeanSD]) -> list[Finding]:
    findings = []
    for p_column in layout.p_columns:
        left = max((c for c in layout.p_columns if c < p_column), default=0)
        judged: list[tuple[int, str, list[MeanSD], tuple[float, float]]] = []
        for r in range(layout.head, len(layout.table.grid)):
            cell = layout.table.grid[r][p_column]
            groups = [
                m
                for m in found
                if m.row == r and left < m.column < p_column and not layout.is_total(m.column)
            ]
            text = p_value(cell.text) if cell.first else None
            if text is None or len(groups) != 2 or min(m.n for m in groups) < 2:
                continue
            judged.append((r, text, groups, _p_range(*groups)))
        agreeing = [row for row in judged if _gives(row[1], row[3])]
        mostly = len(agreeing) >= 2 and len(agreeing) * 10 >= 6 * len(judged)
        for r, text, groups, (low, high) in judged:
            agrees = _gives(text, (low, high))
            if agrees or mostly:
                findings.append(
                    layout.finding(
                        "mean", "holds" if agrees else "question", r, p_column, text,
                        "; ".join(m.text for m in groups), f"P {low:.3g} to {high:.3g}",
                        "a t test gives it"
                        if agrees
                        else "no t test gives it, as it does the others; another test?",
                    )
                )  # fmt: skip
    return findings


def _gives(text: str, p: tuple[float, float]) -> bool:
    bounds = numbers.admits(text).either
    return float(bounds.lower) <= p[1] and p[0] <= float(bounds.upper)


def _p_range(a: MeanSD, b: MeanSD) -> tuple[float, float]:
    """Return the least and the largest P of the t tests over all that rounds to what is printed."""
    ends = [_ends(text) for text in (a.mean, a.sd, b.mean, b.sd)]
    found = []
    for m1, s1, m2, s2 in product(*ends):
        if s1 <= 0 or s2 <= 0:
            continue
        for equal in (True, False):
            found.append(_t_test(m1 - m2, s1, a.n, s2, b.n, equal=equal))
    (l1, h1), _, (l2, h2), _ = ends
    overlap = l1 <= h2 and l2 <= h1
    known = [p for p in found if not math.isnan(p)] or [0.0]
    return min(known), 1.0 if overlap else max(known)


def _t_test(difference: float, s1: float, n1: int, s2: float, n2: int, *, equal: bool) -> float:
    """Return the two-sided P of Student's t test (`equal` variances) or of Welch's."""
    v1, v2 = s1 * s1 / n1, s2 * s2 / n2
    if equal:
        df: float = n1 + n2 - 2
        pooled = ((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / df
        error = math.sqrt(pooled * (1 / n1 + 1 / n2))
    else:
        df = (v1 + v2) ** 2 / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1))
        error = math.sqrt(v1 + v2)
    return 2 * float(special.stdtr(df, -abs(difference) / error))


def _ends(text: str) -> tuple[float, float]:
    number = numbers.parse(text)
    return float(number.value - number.unit / 2), float(number.value + number.unit / 2)
