"""A mean with its SD: can whole numbers or zeros and ones have it, and which P do two of them have.

Whether the data are whole numbers is told by the label: a number of children, of visits. Data may
be missing, so it is an accusation only if no number of patients up to the printed one can have the
mean and SD (GRIM, GRIMMER; of zeros and ones DEBIT), divided by n or by n - 1, and if the label is
of what comes in whole numbers only; else it is a question.

A P that a t test of Student or Welch gives, or nearly, holds; of three groups and more that of an
analysis of variance. Another may be of a rank test, adjusted or paired. It is a question where they
give most others of the column, and an accusation only where they give nearly all others, too many
for chance, and it is far from these tests, even if a third had no datum, and of a variable no more
skewed than others that hold.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, p_value
from secondlook.scan.checks.possible import debit, grim, grimmer
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.shares import FAIR, MOST_BITS, SURE, Entry, by_column, nearly_all

MEAN_SD = re.compile(
    rf"^\s?(?P<mean>-?{DECIMAL})\s?(?:±\s?(?P<pm>{DECIMAL})|"
    rf"[(\[]\s?(?:±|SD\s?)?\s?(?P<sd>{DECIMAL})\s?[)\]])"
)
SD_WORD = re.compile(r"\bSDs?\b|standard deviation|s\.d\.", re.IGNORECASE)
SD = re.compile(rf"{SD_WORD.pattern}|±", re.IGNORECASE)
SE = re.compile(r"\bSEM?\b|standard error|s\.e\.", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:number|no\.|count) of\b|\bnumber\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:number|no\.|count) of (?:[a-z-]+ ){0,2}(?:children|siblings|pregnancies|births|"
    r"deliveries|visits|admissions|hospitali[sz]ations|falls|teeth|comorbidities|embryos|oocytes|patients)\b|"
    r"^(?:parity|gravidity)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"per |rate|ratio|/|score|log|average|adjusted|change|differ|cells?\b|10\^|consumption|dose|"
    r"[µμ]|\b(?:mg|g|kg|ml|l|IU)\b",
    re.IGNORECASE,
)
_ZERO_ONE = re.compile(
    r"\b(?:0\s?/\s?1|[01]\s?=\s?(?:yes|no|true|false)|(?:yes|no)\s?=\s?[01]|dummy|binary)\b",
    re.IGNORECASE,
)
_LIKELY_ZERO_ONE = re.compile(r"^(?:fe)?male\b|\bwomen\b|\bmarried\b|\bsmokers?\b", re.IGNORECASE)
OTHER_TEST = re.compile(
    r"adjust|wilcoxon|mann|rank|kruskal|\bKW\b|paired|ancova|covari|regression|mixed|matched|median",
    re.IGNORECASE,
)
NEAR = 0.35
"""Standard errors between two P that rounding or a few missing patients make."""
MOST_GROUPS = 4
"""Of more the ends of all roundings are too many."""


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
    found = [m for m in _means(layout, entries) if (m.row, m.column) not in shares]
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
        called = SD_WORD.search(f"{label} {layout.heads[cell.column]} {layout.told}")
        spread_alone = not called and any(grim(cell.mean, n) for n in range(2, cell.n + 1))
        level = "fails" if fewer is None and sure and cell.named else "question"
        if fewer is not None:
            reading = f"no {cell.n} {data} have it; holds if {fewer} of {cell.n} had data"
        elif spread_alone:
            level = "question"
            reading = f"no {data} have it as an SD; a standard error? nothing says what ± is"
        else:
            reading = f"no {data} have it, of whatever number up to {cell.n}"
    return layout.finding(
        "mean", level, cell.row, cell.column, cell.text, f"{cell.n} {data}", "", reading
    )


def _can(can: Callable[..., bool], cell: MeanSD, n: int) -> bool:
    """Whether `n` such data can have the mean, and the SD divided by n - 1 or by n."""
    return any(can(cell.mean, cell.sd, n, population=each) for each in (False, True))


def _means(layout: Layout, entries: list[Entry]) -> list[MeanSD]:
    """Find the means with SD, of the size in the head or behind the percents of the column."""
    sizes = {c: told[0] for c, told in enumerate(layout.head_sizes) if told}
    for c, column in by_column(entries).items():
        for n, _ in Counter(e.of for e in column if e.of).most_common(1):
            if n and nearly_all(column, n, FAIR):
                sizes.setdefault(c, n)
    return [
        replace(mean, n=sizes[mean.column])
        for mean, sayings in means(layout)
        if mean.column in sizes and not SE.search(f"{sayings} {layout.told}")
    ]


def means(layout: Layout) -> Iterator[tuple[MeanSD, str]]:
    """Give the means of a table with their SD or SE, of 0 patients, and what is said of each."""
    for r, c, cell in layout.cells():
        match = MEAN_SD.match(cell.text)
        sayings = f"{layout.context(r)} {layout.heads[c]}"
        if not match or "range" in sayings.lower() or "median" in sayings.lower():
            continue
        named = bool(match["pm"] or SD.search(sayings))
        told = named or SE.search(sayings)
        if told or ("%" not in sayings and SD.search(layout.told)):
            mean, sd = (t.replace("·", ".") for t in (match["mean"], match["pm"] or match["sd"]))
            yield MeanSD(match.group().strip(), mean, sd, 0, r, c, named), sayings


def rows_with_p(
    layout: Layout, found: list[MeanSD], p_column: int
) -> Iterator[tuple[int, str, list[MeanSD]]]:
    """Give the rows with something in a column of P, its text, and the means that it compares."""
    left = max((c for c in layout.p_columns if c < p_column), default=0)
    for r in range(layout.head, len(layout.table.grid)):
        cell = layout.table.grid[r][p_column]
        groups = [
            m
            for m in found
            if m.row == r and left < m.column < p_column and not layout.is_total(m.column)
        ]
        if cell.first and groups:
            yield r, cell.text, groups


def _p_values(layout: Layout, found: list[MeanSD]) -> list[Finding]:
    findings = []
    for p_column in layout.p_columns:
        judged = [
            (r, text, groups, p_range(groups))
            for r, said, groups in rows_with_p(layout, found, p_column)
            if (text := p_value(said)) is not None
            and 2 <= len(groups) <= MOST_GROUPS
            and min(m.n for m in groups) >= 2
        ]
        near = [apart(text, p) < NEAR for _, text, _, p in judged]
        mostly = sum(near) >= 2 and sum(near) * 10 >= 6 * len(judged)
        bits = sum(
            min(2 * MOST_BITS, _bits(text, p))
            for (_, text, _, p), holds in zip(judged, near, strict=True)
            if holds
        )
        sure = bits >= SURE[0] and sum(near) * 10 >= SURE[1] * (len(judged) - 1)
        spread = [
            relative_sd(groups)
            for (_, _, groups, _), holds in zip(judged, near, strict=True)
            if holds
        ]
        for (r, text, groups, (low, high)), holds in zip(judged, near, strict=True):
            if not (holds or mostly):
                continue
            level: Level = "holds" if holds else "question"
            test = "a t test" if len(groups) == 2 else "an analysis of variance"
            given = apart(text, (low, high)) == 0
            reading = f"{test} gives it" if given else f"{test} nearly gives it"
            if not holds:
                reading = (
                    f"no {test.partition(' ')[2]} gives it, as it does the others; another test?"
                )
                skewed = sum(each >= min(0.5, relative_sd(groups)) for each in spread) < 2
                skewed &= relative_sd(groups) > 0.5
                told = f"{layout.told} {layout.heads[p_column]} {layout.context(r)}"
                bound = re.fullmatch(r"0?\.0*1", text) and high < 0.01  # .0001 for what is less
                other = skewed or bound or OTHER_TEST.search(told)
                if sure and not other and _far(text, groups):
                    level = "fails"
                    reading = f"such tests give {sum(near)} other P of the column, and not this"
            findings.append(
                layout.finding(
                    "mean", level, r, p_column, text, "; ".join(m.text for m in groups),
                    f"P {low:.3g} to {high:.3g}", reading,
                )
            )  # fmt: skip
    return findings


def relative_sd(groups: list[MeanSD]) -> float:
    """Return the largest SD in units of its mean: beyond a half, of a skewed variable."""
    found = [(numbers.parse(m.sd).value, abs(numbers.parse(m.mean).value)) for m in groups]
    return max(float(sd / mean) if mean else math.inf for sd, mean in found)


def _bits(text: str, p: tuple[float, float]) -> float:
    """Return how unlikely chance would have a P agree with the test's, as a power of a half.

    A bound counts for nothing: where it holds, most other tests would have it hold.
    """
    if text[0] in "<≤>≥":
        return 0.0
    bounds = numbers.admits(text).either
    low, high = max(0.0, float(bounds.lower)), min(1.0, float(bounds.upper))
    return -math.log2(max(1e-6, min(1.0, max(high, p[1]) - min(low, p[0]))))


def _far(text: str, groups: list[MeanSD]) -> bool:
    """Whether no such test comes near the P, of all patients or of two thirds."""
    if any(50 * numbers.parse(m.sd).value < abs(numbers.parse(m.mean).value) for m in groups):
        return False  # geometric, or of logarithms: 1071 (3.24)
    fewer = [replace(m, n=max(2, round(m.n * 2 / 3))) for m in groups]
    named = all(m.named for m in groups)
    return named and all(apart(text, p_range(each)) > 2 * NEAR for each in (groups, fewer))


def apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and those of the t tests."""
    bounds = numbers.admits(text).either
    printed = _z(float(bounds.upper)), _z(float(bounds.lower))
    return max(0.0, printed[0] - _z(p[0]), _z(p[1]) - printed[1])


def _z(p: float) -> float:
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))


def p_range(groups: list[MeanSD]) -> tuple[float, float]:
    """Return the least and the largest P of the tests over all that rounds to what is printed."""
    means, sds = ([_ends(getattr(m, each)) for m in groups] for each in ("mean", "sd"))
    sizes = [m.n for m in groups]
    found = []
    for drawn in product(*means, *sds):
        mean, sd = drawn[: len(groups)], drawn[len(groups) :]
        if min(sd) <= 0:
            continue
        if len(groups) == 2:
            for equal in (True, False):
                found.append(
                    _t_test(mean[0] - mean[1], sd[0], sizes[0], sd[1], sizes[1], equal=equal)
                )
        else:
            found.append(_variance_test(mean, sd, sizes))
    overlap = max(low for low, _ in means) <= min(high for _, high in means)
    known = [p for p in found if not math.isnan(p)] or [0.0]
    return min(known), 1.0 if overlap else max(known)


def _variance_test(means: Sequence[float], sds: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the P of a one-way analysis of variance."""
    total, k = sum(sizes), len(sizes)
    grand = sum(n * m for n, m in zip(sizes, means, strict=True)) / total
    between = sum(n * (m - grand) ** 2 for n, m in zip(sizes, means, strict=True)) / (k - 1)
    within = sum((n - 1) * s * s for n, s in zip(sizes, sds, strict=True)) / (total - k)
    return float(special.fdtrc(k - 1, total - k, between / within))


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
