"""A P of means that no usual test comes near, where the tests give few others of its column.

A question only: a P above 0.05 where the t tests, or an analysis of variance of more groups, come
below 0.02; a P far off in a table of baseline data, which nobody adjusts; and one that the t tests
of two of more columns do not give, as they do the others. A number behind ± that nothing names may
be an SD or an SE; the size of a group may stand in another table or in the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from secondlook import printed as numbers
from secondlook.scan.cells import p_value
from secondlook.scan.checks.mean import (
    NEAR,
    OTHER_TEST,
    SD_WORD,
    SE,
    MeanSD,
    apart,
    means,
    p_range,
    relative_sd,
    rows_with_p,
)
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout, sizes

_NS = re.compile(r"^\W{0,3}n\.?s\.?\W{0,3}$", re.IGNORECASE)
_BASELINE = re.compile(r"baseline|demographic", re.IGNORECASE)
MOST_PAIRED = 6
"""Columns of a row of which pairs are tried; a hostile table has a thousand."""

Row = tuple[int, str, list[MeanSD]]


def check_far(layout: Layout, document: Document, judged: list[Finding]) -> list[Finding]:
    """Ask for the P of means that no test comes near, where `judged` says nothing of them."""
    if OTHER_TEST.search(layout.told):
        return []
    said = {(f.row, f.column) for f in judged}
    found: list[MeanSD] = []
    everywhere: list[bool] = []
    findings = []
    for p_column in sorted({*layout.p_columns, *_not_significant(layout)}):
        found = found or list(_means(layout, document))
        if found and not everywhere:
            captions = (t.caption for t in document.tables)
            everywhere = _said(*(p.text for p in document.paragraphs), *captions)
        rows = list(_rows(layout, found, p_column))
        pair = _pair(rows)
        for r, text, groups in rows:
            compared = [m for m in groups if pair is None or m.column in pair]
            if (r, p_column) in said or len(compared) < 2:
                continue
            ways = _said(layout.context(r), *layout.heads, layout.told)
            ways = ways if len(ways) == 1 else everywhere
            if len(ways) == 2 and relative_sd([_as_sd(m) for m in compared]) > 1:
                ways = [False]
            ranges = [p_range([_as_sd(m) if se else m for m in compared]) for se in ways]
            off = min(apart(text, p) for p in ranges)
            low, high = min(p[0] for p in ranges), max(p[1] for p in ranges)
            above = numbers.admits(text).either.lower >= Fraction(1, 20) and high < 0.02
            baseline = _BASELINE.search(layout.table.caption) and len(compared) == 2
            if (off > 0.5 and (above or baseline)) or (pair is not None and off > NEAR):
                findings.append(
                    layout.finding(
                        "mean", "question", r, p_column, text, "; ".join(m.text for m in compared),
                        f"P {low:.3g} to {high:.3g}",
                        "no t test or analysis of variance comes near; another test, or adjusted?",
                    )
                )  # fmt: skip
    return findings


def _not_significant(layout: Layout) -> list[int]:
    """Return the columns of P that say NS throughout."""
    body = layout.table.grid[layout.head :]
    return [
        c
        for c in range(layout.labels, layout.table.columns)
        if re.search(r"\bp\b", layout.heads[c], re.IGNORECASE)
        and (told := [row[c].text for row in body if row[c].text.strip()])
        and all(_NS.match(text) for text in told)
    ]


def _rows(layout: Layout, found: list[MeanSD], p_column: int) -> Iterator[Row]:
    """Give the rows with a P of plain means, and these."""
    for r, said, groups in rows_with_p(layout, found, p_column):
        text = ">0.05" if _NS.match(said) else p_value(said)
        plain = relative_sd(groups) <= 0.5 and not OTHER_TEST.search(layout.context(r))
        if text and plain and 2 <= len(groups) <= MOST_PAIRED:
            yield r, text, groups


def _pair(rows: list[Row]) -> tuple[int, int] | None:
    """Return the two of more columns whose t tests give six in ten of the P, of four at least."""
    fits: Counter[tuple[int, int]] = Counter()
    judged: Counter[tuple[int, int]] = Counter()
    for _, text, groups in rows:
        if len(groups) == 2 or text[0] in "<≤>≥":
            continue  # a bound holds of most pairs
        for a, b in combinations(groups, 2):
            judged[a.column, b.column] += 1
            fits[a.column, b.column] += apart(text, p_range([a, b])) < NEAR
    pairs = [pair for pair, n in fits.items() if n >= 4 and n * 10 >= 6 * judged[pair]]
    return max(pairs, key=lambda pair: fits[pair], default=None)


def _means(layout: Layout, document: Document) -> Iterator[MeanSD]:
    elsewhere: dict[int, int | None] = {}
    for mean, _ in means(layout):
        c = mean.column
        if c not in elsewhere:
            head = layout.head_sizes[c]
            elsewhere[c] = head[0] if head else _size_elsewhere(document, layout.heads[c])
        size = elsewhere[c]
        if size is not None and size > 1:
            yield replace(mean, n=size)


def _size_elsewhere(document: Document, head: str) -> int | None:
    """Find the size of a group in the heads of other tables, or in the text: Group A (n = 46)."""
    name = re.sub(r"\(%\)|[()\[\]]", "", head).strip()
    if not 3 <= len(name) <= 40:
        return None
    pattern = re.compile(
        rf"\b{re.escape(name)}\b[^.;()]{{0,12}}[(\[]([^()\[\]]{{1,40}})[)\]]", re.IGNORECASE
    )
    heads = (cell.text for t in document.tables for row in t.grid[: t.head] for cell in row)
    for text in (*heads, *(p.text for p in document.paragraphs)):
        for match in pattern.finditer(text):
            if told := sizes(match[1]):
                return told[0]
    return None


def _said(*texts: str) -> list[bool]:
    """Say that the numbers are SE, or SD; or that they may be both."""
    se, sd = (any(word.search(text) for text in texts) for word in (SE, SD_WORD))
    return [se] if se != sd else [False, True]


def _as_sd(cell: MeanSD) -> MeanSD:
    """Return the mean with the SD of its standard error."""
    sd = numbers.parse(cell.sd)
    return replace(cell, sd=f"{float(sd.value) * math.sqrt(cell.n):.{sd.decimals + 2}f}")
