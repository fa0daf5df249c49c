"""A mean with its SD: can whole numbers or zeros and ones have it, and which P do two of them have.

Whether the data are whole numbers is told by the label: a number of children, of visits. Data may
be missing, so it is an accusation only if no number of patients up to the printed one can have the
mean and SD (GRIM, GRIMMER; of zeros and ones DEBIT), divided by n or by n - 1, and if the label is
of what comes in whole numbers only; else it is a question.

A P that a t test of Student or Welch gives, or nearly, holds. Another may be of a rank test,
adjusted or paired. It is a question where t tests give most others of the column, and an accusation
only where they give all others and it is far from both tests, of no skewed variable, even if a
third had no datum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, p_value
from secondlook.scan.checks.possible import debit, grimmer
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.shares import Entry

_MEAN_SD = re.compile(
    rf"^\s?(?P<mean>-?{DECIMAL})\s?(?:±\s?(?P<pm>{DECIMAL})|"
    rf"[(\[]\s?(?:±|SD\s?)?\s?(?P<sd>{DECIMAL})\s?[)\]])"
)
_SD = re.compile(r"\bSDs?\b|standard deviation|s\.d\.|±", re.IGNORECASE)
_SE = re.compile(r"\bSEM?\b|standard error|s\.e\.", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:number|no\.|count) of\b|\bnumber\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:number|no\.|count) of (?:[a-z-]+ ){0,2}(?:children|siblings|pregnancies|births|"
    r"deliveries|visits|admissions|hospitali[sz]ations|falls|teeth|comorbidities|embryos|oocytes|patients)\b|"
    r"^(?:parity|gravidity)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"per |rate|ratio|/|score|log|average|adjusted|change|differ|cells?\b|10\^", re.IGNORECASE
)
_ZERO_ONE = re.compile(
    r"\b(?:0\s?/\s?1|[01]\s?=\s?(?:yes|no|true|false)|(?:yes|no)\s?=\s?[01]|dummy|binary)\b",
    re.IGNORECASE,
)
_LIKELY_ZERO_ONE = re.compile(r"^(?:fe)?male\b|\bwomen\b|\bmarried\b|\bsmokers?\b", re.IGNORECASE)
_OTHER_TEST = re.compile(
    r"adjust|wilcoxon|mann|rank|kruskal|paired|ancova|covari|regression|mixed|matched|median",
    re.IGNORECASE,
)
NEAR = 0.35
"""Standard errors between two P that rounding or a few missing patients make."""
ENOUGH = 6
"""Other P of a column that t tests must give, all of them, to be taken for its test."""


@dataclass(frozen=True)
class MeanSD:
    """A mean and its SD as printed, with the size of its group."""

    text: str
    mean: str
    sd: str
    n: int
    row: int
    column: int
    named: bool
    """Whether the cell, its label or its head says so, and not a footnote alone."""


def check_means(layout: Layout, entries: list[Entry]) -> list[Finding]:
    """Judge the means with SD of one table; what holds as a count with its percent is none."""
    shares = {(e.row, e.column) for e in entries if e.holds}
    found = [m for m in _means(layout) if (m.row, m.column) not in shares]
    judged = [finding for m in found if (finding := _of_discrete_data(layout, m))]
    return [*judged, *_p_values(layout, found)]


def _of_discrete_data(layout: Layout, cell: MeanSD) -> Finding | None:
    """Judge a mean with its SD of whole numbers, or of zeros and ones; None of anything else."""
    label = layout.context(cell.row)
    told = f"{label} {layout.told}"
    decimals = len(cell.mean.partition(".")[2])
    if (
        decimals
        and numbers.parse(cell.mean).value <= 1
        and (_ZERO_ONE.search(told) or _LIKELY_ZERO_ONE.search(layout.label(cell.row)))
    ):
        data, can, sure = "zeros and ones", debit, bool(_ZERO_ONE.search(label))
    elif _WHOLE.search(label) or _COUNTED.search(layout.label(cell.row)):
        if _NOT_WHOLE.search(label) or cell.n >= 10**decimals:
            return None
        data, can, sure = "whole numbers", grimmer, bool(_COUNTED.search(label))
    else:
        return None
    level: Level = "holds"
    reading = f"{data} can have this mean and SD"
    if not _can(can, cell, cell.n):
        fewer = next((n for n in range(cell.n - 1, 1, -1) if _can(can, cell, n)), None)
        level = "fails" if fewer is None and sure and cell.named else "question"
        reading = (
            f"no {data} have it, of whatever number up to {cell.n}"
            if fewer is None
            else f"no {cell.n} {data} have it; holds if {fewer} of {cell.n} had data"
        )
    return layout.finding(
        "mean", level, cell.row, cell.column, cell.text, f"{cell.n} {data}", "", reading
    )


def _can(can: Callable[..., bool], cell: MeanSD, n: int) -> bool:
    """Whether `n` such data can have the mean, and the SD divided by n - 1 or by n."""
    return any(can(cell.mean, cell.sd, n, population=each) for each in (False, True))


def _means(layout: Layout) -> list[MeanSD]:
    found = []
    for r in range(layout.head, len(layout.table.grid)):
        for c in range(layout.labels, layout.table.columns):
            cell = layout.table.grid[r][c]
            match = _MEAN_SD.match(cell.text) if cell.first else None
            sayings = f"{layout.context(r)} {layout.heads[c]}"
            if not match or not layout.head_sizes[c] or _SE.search(f"{sayings} {layout.told}"):
                continue
            named = bool(match["pm"] or _SD.search(sayings))
            if not named and ("%" in sayings or not _SD.search(layout.told)):
                continue
            if "range" in sayings.lower() or "median" in sayings.lower():
                continue
            sd = (match["pm"] or match["sd"]).replace("·", ".")
            n = layout.head_sizes[c][0]
            found.append(
                MeanSD(match.group().strip(), match["mean"].replace("·", "."), sd, n, r, c, named)
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
        near = [_apart(text, p) < NEAR for _, text, _, p in judged]
        mostly = sum(near) >= 2 and sum(near) * 10 >= 6 * len(judged)
        for (r, text, groups, (low, high)), holds in zip(judged, near, strict=True):
            if not (holds or mostly):
                continue
            level: Level = "holds" if holds else "question"
            given = _apart(text, (low, high)) == 0
            reading = "a t test gives it" if given else "a t test nearly gives it"
            if not holds:
                reading = "no t test gives it, as it does the others; another test?"
                all_others = sum(near) >= ENOUGH and sum(near) == len(judged) - 1
                if all_others and not _OTHER_TEST.search(layout.told) and _far(text, groups):
                    level, reading = "fails", f"t tests give the {sum(near)} other P, and not this"
            findings.append(
                layout.finding(
                    "mean", level, r, p_column, text, "; ".join(m.text for m in groups),
                    f"P {low:.3g} to {high:.3g}", reading,
                )
            )  # fmt: skip
    return findings


def _far(text: str, groups: list[MeanSD]) -> bool:
    """Whether no t test comes near the P, of all patients or of two thirds, and none is skewed."""
    if not all(m.named for m in groups):
        return False
    if any(2 * numbers.parse(m.sd).value > abs(numbers.parse(m.mean).value) for m in groups):
        return False
    fewer = [replace(m, n=max(2, round(m.n * 2 / 3))) for m in groups]
    return all(_apart(text, _p_range(*each)) > 2 * NEAR for each in (groups, fewer))


def _apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and those of the t tests."""
    bounds = numbers.admits(text).either
    printed = _z(float(bounds.upper)), _z(float(bounds.lower))
    return max(0.0, printed[0] - _z(p[0]), _z(p[1]) - printed[1])


def _z(p: float) -> float:
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))


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
