"""The P of two means of a table, or of more: do the tests of their SD and sizes give it.

A P that a test gives, or nearly, holds. What stands behind ± may be an SE where nothing names it.
Another P may be of a rank test, adjusted, or of two of the groups. It is a question where the tests
give most others of the column, or where none comes near: how near, depends on what the article
names beside a t test. Where it names only that, rounding saves a P, and a missing fifth of each
group, and nothing else. It is an accusation only where the tests give nearly all others, too many
for chance, and it is far from them, even if a third had no datum, and of a variable no more skewed
than others that hold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, any_case, p_bounds, value
from secondlook.scan.checks.compared_in_tables import ColumnOfP, columns_of_p
from secondlook.scan.checks.compared_means import (
    EXACT,
    NEAR,
    NEARER,
    OTHER_TEST,
    Compared,
    bits_of,
    given_exactly,
    of_sizes,
    relative_sd,
)
from secondlook.scan.checks.methods import (
    ANOVA,
    CROSSED,
    MODELS,
    ONE_SIDED,
    PAIRED,
    RANK_TEST,
    REGRESSION,
    T_TEST,
    Methods,
)
from secondlook.scan.checks.statistic_columns import kinds_of
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.shares import SURE, Entry

_COVARIATE = any_case("adjusted|ancova|covari")
_FOR_OTHERS = any_case(
    rf"{_COVARIATE.pattern}|\btrend|interaction|geometric|×(?! ?10)|\btime ?[x*]|[x*] ?time\b|"
    r"least[- ]squares|\bLS\b|transform|correlat|pearson|spearman|kolmogorov|"
    r"random[- ]effect|regression model"
)
_ALONE = re.compile(rf"^\s?(-?{DECIMAL})\s?{MARK}$")
CHANGED = any_case(
    r"\b(?:before|after|baseline|initial\w*|final\w*|from\b.{1,60}\bto|pre-?\w*treatment|"
    r"post-?\w*treatment|(?:un)?changed?|(?:in|de)creased?|improve(?:d|ments?)|"
    r"reduc(?:ed|tions?)|rose|fell)\b"
)
FAR, VERY_FAR, BEYOND = 0.5, 1.0, 1.5
"""Standard errors beyond which a P is asked for; where another test is likely, of a model or of
ranks of what is skewed; where what is beside the P tells of an adjustment.
"""
CORRECTED = 0.99
"""A P beyond it is of an exact or a corrected test, where most others are not of a t test."""
FEWEST = 3
"""P of a column that are half of those of the tests, to be called so."""


def check_p_of_means(layout: Layout, entries: list[Entry], methods: Methods) -> list[Finding]:
    """Judge the P values of means of one table, in its columns and in its rows."""
    across = layout.turned
    columns = columns_of_p(layout, entries, methods)
    turned = columns_of_p(across, [], methods, across=True)
    findings = [f for column in columns for f in _judge(layout, column, methods)]
    found = (f for column in turned for f in _judge(across, column, methods))
    findings += map(layout.turned_back, found)
    return list({(f.row, f.column): f for f in reversed(findings)}.values())


def _judge(layout: Layout, column: ColumnOfP, methods: Methods) -> Iterator[Finding]:
    """Judge a column of P; of `several` of the same means only the `first` is asked for."""
    p_column, said, first, several = column
    rows = _one_way(said)
    as_se = [(row, o) for row, o in zip(rows, said, strict=True) if row.ways == [True] != o.ways]
    called_sd = {o.row: o for row, o in as_se if row.off <= EXACT}
    near = [row for row in rows if row.off < NEAR and not row.paired]
    printed, so_near = (sum(row.exact for row in each) for each in (rows, near))
    mostly = so_near >= max(2, 0.6 * printed)
    mostly &= 2 * len(given_exactly(near)) >= so_near  # else other tests are near
    exact = given_exactly([row.fewer for row in near])
    strict = bits_of(exact) >= SURE[0] and len(exact) >= 5 and 2 * len(exact) >= len(rows)
    sure = bits_of(near) >= SURE[0] and len(near) * 10 >= SURE[1] * (len(rows) - 1)
    spreads = [relative_sd(row.groups) for row in near]
    exchanged = _exchanged(rows)
    halves = {row.row for row in rows if row.exact and row.off > NEARER and row.halved}
    for row in rows:
        level: Level | None = None
        reading = f"{row.a_test} {'' if row.off == 0 else 'nearly '}gives it"
        told = row.own if strict else row.beside  # no model of all is of what t tests print
        other = bool(OTHER_TEST.search(told) or RANK_TEST.search(row.beside))
        limit = tolerance(row, methods)
        if mostly:
            limit = limit if other else min(limit, _usual_tolerance(row, strict, methods))
        elif p_bounds(row.text)[0] > CORRECTED:
            limit = math.inf
        pairs = several or not (mostly or methods.names(ANOVA))
        if not (strict or all(m.said for m in row.groups)):
            continue
        if not ((first or mostly) and row.beyond(min(limit, NEAR), pairs)):
            if not (row.paired or row.off >= NEAR or (row.loose and row.off >= NEARER)):
                level = "holds"
        elif (
            sure and not (OTHER_TEST.search(row.beside) or as_se or row.chosen)
            and _far(row, spreads, methods) and not _again(layout, row, methods)
        ):  # fmt: skip
            level = "fails"
            reading = f"t tests give {len(near)} other P of the column, and not this one"
        elif row.beyond(limit, pairs):
            level, reading = "question", why_asked(row, mostly)
            if row.row in halves and len(halves) >= FEWEST:
                reading = f"half the P of {row.a_test}, as {len(halves) - 1} others; one-sided?"
        if row.row in called_sd and called_sd[row.row].beyond(FAR, pairs):
            level = "question"
            reading = f"{row.a_test} gives it only if what is called an SD is an SE"
        if row.row in exchanged:
            level, reading = "question", exchanged[row.row]
        if level:
            yield layout.finding(
                "mean", level, row.row, p_column, row.text, row.printed, row.recomputed, reading
            )
        asked = level in ("question", "fails")
        own_limit = min(tolerance(row, methods), NEARER if asked else math.inf)
        yield from _t_beside(layout, row, p_column, own_limit)


def _exchanged(rows: list[Compared]) -> dict[int, str]:
    """Say of which rows the P is that of the row beside it, whose tests give it, and the other."""
    said: dict[int, str] = {}
    for one, two in pairwise(row for row in rows if row.exact and not row.paired):
        off, other = min(one.off, two.off), _FOR_OTHERS.search(f"{one.own} {two.own}")
        far = off > (BEYOND if other else NEAR) and one.off + two.off > 2 * FAR
        if far and two.row - one.row <= 2:
            turned = replace(one, text=two.text), replace(two, text=one.text)
            if all(4 * row.off < off for row in turned):
                said |= {row.row: f"a P of {row.text} would fit, that of the next row; exchanged?"
                         for row in turned}  # fmt: skip
    return said


def _t_beside(layout: Layout, row: Compared, p_column: int, limit: float) -> Iterator[Finding]:
    """Hold the t beside a P against the two means; it is asked for beyond a limit."""
    last = max(m.column for m in row.groups)
    beside = range(last + 1, min(p_column + 2, layout.width))
    for c in beside if len(row.groups) <= 2 else ():
        match = _ALONE.match(layout.grid[row.row][c].text)
        kinds = kinds_of(layout, c)
        if not match or "t" not in kinds or "F" in kinds or row.paired:
            continue  # of what is headed t/F it is not told
        low, high = row.statistic
        number = numbers.parse(match[1])
        size, unit = abs(float(number.value)), float(number.unit)
        off = max(low - unit - size, size - high - unit)
        if off > max(limit, 0.1 * size) and low < math.inf:
            yield layout.finding(
                "statistic", "question", row.row, c, f"t {match[1]}", row.printed,
                f"t {low:.3g} to {high:.3g}",
                f"no {row.test} of {row.sizes} has this t; another test, or adjusted?",
            )  # fmt: skip
            return


def why_asked(row: Compared, mostly: bool) -> str:
    """Say why a P is asked for, and what would save it."""
    if row.paired:
        return f"no {row.test} of {row.sizes} comes near, however alike both are"
    if row.off > VERY_FAR and False in row.ways and replace(row, ways=[True]).fewer.off <= EXACT:
        return f"no {row.test} of {row.sizes} gives this P; one does if what is behind ± is an SE"
    if mostly:
        return f"{row.a_test} gives another P here, and most others of the column"
    fewer = "" if row.loose else ", or of four in five of them,"
    return f"no {row.test} of {row.sizes}{fewer} gives this P; another test, or adjusted?"


def _one_way(rows: list[Compared]) -> list[Compared]:
    """Take SE or SD for all rows of a column, where one gives many more of its P."""
    exact = [row for row in rows if row.exact and not row.paired]
    ways = [[replace(row, ways=[se]) for row in exact] for se in (False, True)]
    close = [[(row if row.loose else row.fewer).off <= EXACT for row in way] for way in ways]
    (sd, se), near = map(sum, close), [[row.off < NEAR for row in way] for way in ways]
    as_se = se >= 3 and sum(near[1]) > max(2 * sum(near[0]), 0.6 * len(exact) - 1)
    if len(exact) < 3 or not (as_se or sd > 2 * se):
        return rows
    return [replace(row, ways=[as_se]) if row.ways != [True] else row for row in rows]


def tolerance(row: Compared, methods: Methods) -> float:
    """Return how far a P may be from the tests by what is said beside it and in the article."""
    covariate = _COVARIATE.search(row.caption) or _FOR_OTHERS.search(row.own)
    if covariate or ONE_SIDED.search(row.beside):
        return math.inf
    named = bool(T_TEST.search(row.told))
    beside = row.own if named else row.beside
    if RANK_TEST.search(beside) and row.skewed:
        return math.inf  # the means tell nothing of the ranks
    if OTHER_TEST.search(PAIRED.sub("", beside) if row.paired else beside):
        return BEYOND
    t_of_own = T_TEST.search(row.own) and not (ANOVA.search(row.own) or row.loose)
    if methods.names(MODELS) and not (row.baseline or row.paired or t_of_own):
        return VERY_FAR
    if row.paired:
        return VERY_FAR if row.in_text else FAR
    t_test, ranks = methods.names(T_TEST), methods.names(RANK_TEST)
    if (named and not RANK_TEST.search(row.told)) or (t_test and not ranks):
        return EXACT
    if (row.baseline or named) and not (ranks and (row.skewed or not t_test)):
        return NEARER
    other = ranks if t_test else row.skewed or methods.names(REGRESSION)
    return VERY_FAR if other and (row.skewed or not t_test) else FAR


def _usual_tolerance(row: Compared, strict: bool, methods: Methods) -> float:
    """Return how far it may be where the t tests give most others of its column.

    What an article names beside them, ranks or a model, others may be of.
    """
    ranks = methods.names(RANK_TEST) and not T_TEST.search(row.told)
    models = methods.names(MODELS) and not row.baseline
    if ranks and (row.skewed or not methods.names(T_TEST)):
        return VERY_FAR
    return EXACT if strict and not (row.skewed or ranks or models) else NEARER


def _again(layout: Layout, row: Compared, methods: Methods) -> bool:
    """Whether the means may be of the same patients, whose P is that of a paired test."""
    heads = " ".join(layout.heads[m.column] for m in row.groups)
    return bool(CHANGED.search(f"{row.own} {heads}")) or methods.names(CROSSED)


def _far(row: Compared, spreads: list[float], methods: Methods) -> bool:
    """Whether no such test comes near the P, of all patients or of two thirds."""
    groups, relative = row.groups, relative_sd(row.groups)
    skewed = relative > 0.5 and sum(s >= min(0.5, relative) for s in spreads) < 2
    if skewed or (row.skewed and methods.names(RANK_TEST)) or row.loose or row.paired:
        return False
    if any(50 * value(m.sd) < abs(value(m.mean)) for m in groups):
        return False  # geometric, or of logarithms: 1071 (3.24)
    fewer = [max(2, round(m.n * 2 / 3)) for m in groups]
    less = replace(row, groups=of_sizes(groups, fewer))
    sure = all(m.named for m in groups) and replace(row, ways=[True]).off > EXACT
    by_ranks = methods.names(RANK_TEST) and not methods.names(T_TEST)
    return sure and not by_ranks and min(row.off, less.off) > 2 * NEAR
