"""The P of two means, or of more: do the tests of their SD and sizes give it.

A P that a t test of Student or Welch gives, or nearly, holds; of three groups and more that of an
analysis of variance. What stands behind ± may be an SE where nothing names it. Another P may be of
a rank test, adjusted, paired or of two of the groups. It is a question where the tests give most
others of the column, or where none comes near and nothing tells of another. It is an accusation
only where they give nearly all others, too many for chance, and it is far from them, even if a
third had no datum, and of a variable no more skewed than others that hold.

The size of a group stands in the head, behind the percents of its column or in a row of it, in
another table or in the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import numeral, p_value
from secondlook.scan.checks.mean import SD_WORD, SE, MeanSD, Told, ends, group_sizes
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout, sizes
from secondlook.scan.shares import MOST_BITS, SURE, Entry

_RANK_TEST = r"wilcoxon|mann|rank|kruskal|\bKW\b|non-?parametric|permutation"
_ADJUSTED = r"adjust|ancova|covari|regression|mixed|matched|paired|repeated[- ]measures"
_OTHER_TEST = re.compile(f"{_RANK_TEST}|{_ADJUSTED}", re.IGNORECASE)
_T_TEST = re.compile(r"\bt[- ]?tests?\b|\bstudent|\banova\b|analys[ie]s of variance", re.IGNORECASE)
_SEX = re.compile(r"\bsex\b|\bgender\b|\bfemales?\b|\bmales?\b", re.IGNORECASE)
_TWO_COUNTS = re.compile(r"^\s?(\d{1,4})\s?[/:]\s?(\d{1,4})\s?$")
_PAIR = re.compile(r"\b(\w+)\s(?:vs?\.?|versus)\s(?:group\s)?(\w+)", re.IGNORECASE)
_NS = re.compile(r"^\W{0,3}n\.?s\.?\W{0,3}$", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:two|three) (?:equal )?groups? of (?P<a>\w+)\b|"
    r"\b(?:two|three) (?P<b>\d+)-patient groups\b|"
    r"\b(?P<c>\w+) (?:patients|subjects|participants|women|men|children|animals|eyes|rats|mice)"
    r"(?: \w+){0,3} (?:in|per|to|for) each (?:group|arm)\b|"
    r"\beach (?:group|arm)(?: of)? \(n ?= ?(?P<d>\d+)\)|"
    r"\bn ?= ?(?P<e>\d+) (?:in|per|for) each (?:group|arm)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:before|after|baseline|pre|post|pre-?test|post-?test|pre-?\w*treatment|post-?\w*treatment|"
    r"initial|final|end|start|follow-?up|(?:week|month|day|year|visit|hour|time|t)s?\.? ?\d+|"
    r"\d+[- ]?(?:wk|weeks?|months?|mo|days?|years?|h|hours?|min)|first|last|admission|discharge|"
    r"pre-?\w*|post-?\w*)\b",
    re.IGNORECASE,
)
_MODELS = re.compile(
    r"ancova|analysis of covariance|mixed[- ](?:effects? )?(?:linear )?model|estimating equations|"
    r"repeated[- ]measures|linear mixed|multilevel|hierarchical",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"baseline|demographic|characteristic", re.IGNORECASE)
NEARER, NEAR = 0.2, 0.35
"""Standard errors between two P that a few missing patients make, the second where others are no
more than near."""
FAR, VERY_FAR, BEYOND = 0.5, 1.0, 2.5
"""Standard errors beyond which a P is asked for; where another test is likely; where one of ranks
is named, which gives much the same of many values.
"""
MOST_GROUPS = 6
"""Columns of a row of which pairs are tried; a hostile table has a thousand."""
MOST_VARIED = 4
"""Of more groups the ends of all roundings are too many."""


class Methods:
    """What an article says of its tests and groups, searched once for all its tables."""

    def __init__(self, document: Document) -> None:
        self._paragraphs = [p.text for p in document.paragraphs]
        self._heads = [
            cell.text for t in document.tables for row in t.grid[: t.head] for cell in row
        ]
        self._text = "\n".join((*self._paragraphs, *(t.caption for t in document.tables)))
        self._sizes: dict[str, int | None] = {}

    @cached_property
    def t_test(self) -> bool:
        """Whether it names a t test or an analysis of variance."""
        return bool(_T_TEST.search(self._text))

    @cached_property
    def rank_test(self) -> bool:
        """Whether it names a test of ranks."""
        return bool(re.search(_RANK_TEST, self._text, re.IGNORECASE))

    @cached_property
    def models(self) -> bool:
        """Whether it names a test that adjusts, or takes patients twice."""
        return bool(_MODELS.search(self._text))

    @cached_property
    def spreads(self) -> list[bool]:
        """Whether what stands behind ± is an SE, or both."""
        return _said(self._text)

    @cached_property
    def each(self) -> int | None:
        """The size of each group, if the text gives one of all: two groups of 20."""
        found = {
            size
            for match in _EACH.finditer(self._text)
            for text in match.groups()
            if text and (size := numeral(text)) is not None
        }
        return found.pop() if len(found) == 1 else None

    def size(self, group: str) -> int | None:
        """Find the size of a group in the heads of tables, or in the text: Group A (n = 46)."""
        name = re.sub(r"\(%\)|[()\[\]]", "", group).strip()
        if name not in self._sizes:
            self._sizes[name] = self._size(name) if 3 <= len(name) <= 40 else None
        return self._sizes[name]

    def _size(self, name: str) -> int | None:
        pattern = re.compile(
            rf"\b{re.escape(name)}\b[^.;()]{{0,40}}[(\[]([^()\[\]]{{1,40}})[)\]]", re.IGNORECASE
        )
        for text in (*self._heads, *self._paragraphs):
            for match in pattern.finditer(text):
                if told := sizes(match[1]):
                    return told[0]
        return None


@dataclass(frozen=True)
class Compared:
    """A P, the means that it compares, and whether their spreads are SE: one way, or two."""

    row: int
    text: str
    groups: list[MeanSD]
    ways: list[bool]
    paired: bool = False
    """Whether they are of the same patients, before and after."""
    chosen: bool = False
    """Whether they are two of more, by the P that their tests give."""

    @cached_property
    def p(self) -> list[tuple[float, float]]:
        """The least and the largest P of the tests, for each way."""
        test = paired_range if self.paired else p_range
        return [test(each) for each in self.with_sd]

    @cached_property
    def with_sd(self) -> list[list[MeanSD]]:
        """The means with their SD, for each way."""
        return [[_as_sd(m) for m in self.groups] if se else self.groups for se in self.ways]

    @cached_property
    def off(self) -> float:
        """How many standard errors lie between the P and those of the tests."""
        return min(apart(self.text, p) for p in self.p)

    @cached_property
    def least_off(self) -> float:
        """The same of these means or of any two of them."""
        pairs = combinations(self.groups, 2) if self.text[0] not in ">≥" else ()
        return min([self.off, *(replace(self, groups=list(two)).off for two in pairs)])

    @cached_property
    def skewed(self) -> bool:
        """Whether an SD is beyond half of its mean."""
        return relative_sd(self.groups) > 0.5


def check_p_of_means(
    layout: Layout, entries: list[Entry], told: list[Told], methods: Methods
) -> list[Finding]:
    """Judge the P values of means of one table."""
    findings: list[Finding] = []
    found: list[MeanSD] | None = None
    columns = sorted({*layout.p_columns, *_not_significant(layout)})
    left = previous = 0
    for p_column in columns:
        if found is None:
            found = _sized(layout, entries, told, methods)
        first = any(previous < m.column < p_column for m in found)
        left = previous if first else left
        previous = p_column
        rows = _compared(layout, [m for m in found if m.column > left], p_column, methods)
        findings += _judge(layout, p_column, rows, first, methods)
    return findings


def _sized(
    layout: Layout, entries: list[Entry], told: list[Told], methods: Methods
) -> list[MeanSD]:
    """Give the means with the sizes of their groups."""
    shares = {(e.row, e.column) for e in entries if e.holds}
    known: dict[int, int | None] = dict(_sizes(layout, entries))
    found = []
    for mean, _ in told:
        r, c = mean.row, mean.column
        if (r, c) in shares or layout.is_total(c):
            continue
        if c not in known:
            known[c] = methods.size(layout.lowest_head(c))
        rows = [row[c] for at, row in layout.size_rows.items() if at < r and row.get(c)]
        own = sizes(layout.table.grid[r][c].text) or (rows[-1] if rows else [known[c] or 0])
        of_row = sizes(layout.context(r))  # Male (n = 386): and how many in each group
        found.append(replace(mean, n=0 if of_row else own[0]))
    if methods.each and not any(m.n for m in found):
        found = [replace(m, n=methods.each) for m in found]
    return [m for m in found if m.n > 1]


def _sizes(layout: Layout, entries: list[Entry]) -> dict[int, int]:
    """Find the sizes of the head, behind the percents of a column, or of its two sexes."""
    found = group_sizes(layout, entries)
    for r in range(layout.head, len(layout.table.grid)):
        if _SEX.search(layout.label(r)):
            for c in range(layout.labels, layout.table.columns):
                if both := _TWO_COUNTS.match(layout.table.grid[r][c].text):
                    found.setdefault(c, int(both[1]) + int(both[2]))
    return found


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


def _compared(
    layout: Layout, found: list[MeanSD], p_column: int, methods: Methods
) -> list[Compared]:
    """Give each P of a column with its means: of the two that its head or the others name."""
    pair = _PAIR.search(layout.heads[p_column])
    rows = []
    for r in range(layout.head, len(layout.table.grid)):
        cell = layout.table.grid[r][p_column]
        text = ">0.05" if _NS.match(cell.text) else p_value(cell.text)
        groups = [m for m in found if m.row == r and m.column < p_column]
        if pair and len(groups) > 2:
            groups = _named(layout, groups, pair[1], pair[2])
        if cell.first and text and 2 <= len(groups) <= MOST_GROUPS:
            ways = _said(layout.context(r), *layout.heads, layout.told)
            rows.append(Compared(r, text, groups, ways if len(ways) == 1 else methods.spreads))
    times = {m.column for row in rows for m in row.groups if _of_a_time(layout, m.column)}
    two = _fitting_pair(rows)
    if two is not None:
        rows = [
            replace(row, groups=[m for m in row.groups if m.column in two], chosen=True)
            for row in rows
        ]
    rows = [row for row in rows if 2 <= len(row.groups) <= MOST_VARIED]
    return [
        replace(row, paired=len(row.groups) == 2 and paired)
        for row in rows
        for paired in [all(m.column in times for m in row.groups)]
        if len(row.groups) == 2 or not paired
    ]


def _of_a_time(layout: Layout, c: int) -> bool:
    """Whether the lowest head of a column is a time, which that of all its neighbours is not."""
    return bool(_TIME.search(layout.lowest_head(c)))


def _named(layout: Layout, groups: list[MeanSD], *names: str) -> list[MeanSD]:
    """Return the groups of the heads that the two names are words of."""
    chosen = [
        [m for m in groups if re.search(rf"\b{re.escape(name)}\b", layout.heads[m.column], re.I)]
        for name in names
    ]
    return [m for each in chosen for m in each] if all(len(each) == 1 for each in chosen) else []


def _fitting_pair(rows: list[Compared]) -> tuple[int, int] | None:
    """Return the two of more columns whose t tests give six in ten of the P, of four at least.

    None if the tests of all columns give half as many.
    """
    fits: Counter[tuple[int, int]] = Counter()
    judged: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if len(row.groups) == 2 or row.text[0] in "<≤>≥":
            continue  # a bound holds of most pairs
        for a, b in combinations(row.groups, 2):
            judged[a.column, b.column] += 1
            fits[a.column, b.column] += replace(row, groups=[a, b]).off < NEAR
    pairs = [pair for pair, n in fits.items() if n >= 4 and n * 10 >= 6 * judged[pair]]
    pair = max(pairs, key=lambda pair: fits[pair], default=None)
    exact = (row for row in rows if len(row.groups) > 2 and row.text[0] not in "<≤>≥")
    of_all = sum(len(row.groups) <= MOST_VARIED and row.off < NEAR for row in exact)
    return pair if pair and 2 * of_all < fits[pair] else None


def _judge(
    layout: Layout, p_column: int, rows: list[Compared], first: bool, methods: Methods
) -> Iterator[Finding]:
    """Judge a column of P; of several behind the same means only the `first` is asked for."""
    rows, errors = _as_errors(rows)
    near = [row for row in rows if row.off < NEAR and not row.paired]
    mostly = len(near) >= 2 and len(near) * 10 >= 6 * len(rows)
    bits = sum(min(2 * MOST_BITS, _bits(row.text, row.p[0])) for row in near)
    exact = sum(row.off == 0 for row in near)
    strict = bits >= SURE[0] and exact >= 5 and exact * 10 >= 8 * (len(rows) - 1)
    sure = bits >= SURE[0] and len(near) * 10 >= SURE[1] * (len(rows) - 1)
    spreads = [relative_sd(row.groups) for row in near]
    for row in rows:
        test = "t test" if len(row.groups) == 2 else "analysis of variance"
        level: Level = "holds"
        article = "a" if test == "t test" else "an"
        reading = f"{article} {test} {'' if row.off == 0 else 'nearly '}gives it"
        own = f"{layout.heads[p_column]} {layout.context(row.row)}"
        asked = first and _asked(layout, own, row, methods, bool(near))
        bound = re.fullmatch(r"0?\.(?:0*1|05)", row.text) and max(p[1] for p in row.p) < 0.01
        if row.paired or (row.off >= NEAR and bound):
            if row.off < FAR or not asked or bound:
                continue
            level, reading = "question", "no paired t test comes near, however alike both times are"
        elif row.off >= (NEARER if strict else NEAR):
            other = bool(_OTHER_TEST.search(f"{layout.told} {own}"))
            relative = relative_sd(row.groups)
            skewed = relative > 0.5 and sum(s >= min(0.5, relative) for s in spreads) < 2
            skewed |= row.skewed and methods.rank_test
            if sure and not (skewed or other or errors or row.chosen) and _far(row):
                level = "fails"
                reading = f"such tests give {len(near)} other P of the column, and not this"
            elif mostly and (row.off if sure else row.least_off) > (VERY_FAR if other else NEARER):
                level = "question"
                reading = f"no {test} gives this P, while one gives the others of the column"
            elif asked:
                level = "question"
                reading = "no t test or analysis of variance comes near; another test, or adjusted?"
            else:
                continue
        elif row is errors:
            level = "question"
            reading = f"as an SD it does not; {len(near)} P hold if what stands behind ± is an SE"
        low, high = min(p[0] for p in row.p), max(p[1] for p in row.p)
        yield layout.finding(
            "mean", level, row.row, p_column, row.text, "; ".join(m.text for m in row.groups),
            f"P {low:.3g} to {high:.3g}", reading,
        )  # fmt: skip


def _as_errors(rows: list[Compared]) -> tuple[list[Compared], Compared | None]:
    """Take what is called an SD for an SE if only so most P hold, and give a row that shows it."""
    called = [row for row in rows if row.ways == [False] and row.text[0] not in "<≤>≥"]
    as_se = [replace(row, ways=[True]) for row in called]
    shown = [
        se for sd, se in zip(called, as_se, strict=True) if se.off < NEAR and sd.off > VERY_FAR
    ]
    if len(shown) < 3 or sum(se.off < NEAR for se in as_se) * 10 < 6 * len(called):
        return rows, None
    if sum(sd.off < NEAR for sd in called) * 10 > 4 * len(called):
        return rows, None
    first = shown[0]
    read = [row if row not in called else as_se[called.index(row)] for row in rows]
    return read, next(row for row in read if row == first)


def _asked(layout: Layout, own: str, row: Compared, methods: Methods, near: bool) -> bool:
    """Whether a P is far from the tests, and nothing beside it tells of another test."""
    baseline = bool(_BASELINE.search(layout.table.caption))
    modelled = methods.models and not baseline
    named = _T_TEST.search(layout.told)
    if len(row.groups) > 3 or (modelled and not near):
        return False
    if re.search(_ADJUSTED, f"{layout.told} {own}", re.IGNORECASE):
        return False
    limit = FAR
    if re.search(_RANK_TEST, own if named else f"{layout.told} {own}", re.IGNORECASE):
        limit = BEYOND
    elif modelled or (row.skewed and methods.rank_test):
        limit = VERY_FAR
    elif numbers.admits(row.text).either.lower >= Fraction(1, 20) and row.text[0] in ">≥":
        return max(p[1] for p in row.p) < 0.02
    elif not (near or baseline or named or methods.t_test):
        limit = BEYOND
    elif not row.skewed and (baseline or named or (methods.t_test and not methods.rank_test)):
        limit = NEAR
    return row.least_off > limit


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


def _far(row: Compared) -> bool:
    """Whether no such test comes near the P, of all patients or of two thirds."""
    groups = row.groups
    if any(50 * numbers.parse(m.sd).value < abs(numbers.parse(m.mean).value) for m in groups):
        return False  # geometric, or of logarithms: 1071 (3.24)
    fewer = replace(row, groups=[replace(m, n=max(2, round(m.n * 2 / 3))) for m in groups])
    sure = len(row.ways) == 1 and all(m.named for m in groups)
    return sure and min(row.off, fewer.off) > 2 * NEAR


def apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and those of the t tests."""
    bounds = numbers.admits(text).either
    printed = _z(float(bounds.upper)), _z(float(bounds.lower))
    return max(0.0, printed[0] - _z(p[0]), _z(p[1]) - printed[1])


def _z(p: float) -> float:
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))


def p_range(groups: list[MeanSD]) -> tuple[float, float]:
    """Return the least and the largest P of the tests over all that rounds to what is printed."""
    means, sds = ([ends(getattr(m, each)) for m in groups] for each in ("mean", "sd"))
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


def paired_range(groups: list[MeanSD]) -> tuple[float, float]:
    """Return the least and the largest P of a paired t test, however the two are correlated."""
    (m1, m2), (s1, s2) = ([ends(getattr(m, each)) for m in groups] for each in ("mean", "sd"))
    n = min(m.n for m in groups)
    apart = max(0.0, m1[0] - m2[1], m2[0] - m1[1]), max(m1[1] - m2[0], m2[1] - m1[0])
    errors = max(0.0, s1[0] - s2[1], s2[0] - s1[1]), s1[1] + s2[1]
    t = [
        d * math.sqrt(n) / error if error > 0 else math.inf
        for d, error in zip(apart[::-1], errors, strict=True)
    ]
    low, high = (2 * float(special.stdtr(n - 1, -each)) for each in t)
    return low, high


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


def _said(*texts: str) -> list[bool]:
    """Say that the numbers are SE, or SD; or that they may be both."""
    se, sd = (any(word.search(text) for text in texts) for word in (SE, SD_WORD))
    return [se] if se != sd else [False, True]


def _as_sd(cell: MeanSD) -> MeanSD:
    """Return the mean with the SD of its standard error."""
    sd = numbers.parse(cell.sd)
    return replace(cell, sd=f"{float(sd.value) * math.sqrt(cell.n):.{sd.decimals + 2}f}")
