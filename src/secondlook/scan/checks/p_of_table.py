"""The P of a row or a variable of counts: which usual test prints it.

Groups are the columns with counts to the left of the P, without a total. A variable with one row
is completed with the patients who are not in it, from the denominators that the percents hold for.
That no usual test prints a P is a question: it may be of a trend, adjusted, or of other data.
It is an accusation only where one table of counts has two P, or where one test prints the other
P values of the column, this one is far from every test, and either a count of the row does not hold
or it is the only one of seven and more, of one row that is no level of a variable.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondlook.printed import show, verdict
from secondlook.proportions import (
    fisher_exact,
    identify_test,
    likelihood_ratio,
    pearson,
    trend_test,
    yates,
)
from secondlook.scan.cells import p_value, value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.shares import UNSAID, Entry

FISHER_STEPS = 10_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
ADJUSTED = re.compile(
    r"adjust|mantel|cmh|logistic|regression|\bGEE\b|trend|mixed|stratif|weighted|imput",
    re.IGNORECASE,
)
"""A footnote with one of these tells of another test than those of the counts alone."""
_PAIRS = re.compile(r"\bvs\b|versus|pairwise|post[- ]?hoc", re.IGNORECASE)
USUAL = ("Fisher", "Pearson chi-square", "Yates chi-square", "Likelihood ratio (G)")


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


def check_p_values(
    layout: Layout, found: list[Entry], percents: Sequence[Finding]
) -> list[Finding]:
    """Judge the P values that stand beside counts with percents."""
    accused = {(f.row, f.column) for f in percents if f.level == "fails"}
    cases = [case for column in layout.p_columns for case in _cases(layout, found, column)]
    by_column = {c: [case for case in cases if case.column == c] for c in layout.p_columns}
    findings = []
    for same in by_column.values():
        shares = Counter(name for case in same for name in case.printing if name in USUAL)
        for case in same:
            others = len(same) - 1
            twin = next(
                (t for t in same if t.printing and abs(t.row - case.row) == 1
                 and t.table == case.table[::-1]), None)  # fmt: skip
            if any(verdict(case.text, p) != "differs" for o in same for p in o.p_values.values()):
                twin = None  # it is printed of the counts of another row: one row off
            if _PAIRS.search(layout.heads[case.column]):
                twin = None  # each row may have the P of another pair of groups
            test = next(
                (n for n, times in shares.most_common(1) if not case.printing and times >= 4
                 and times >= others - 1), None)  # fmt: skip
            sole = others >= 6 and bool(test) and shares[str(test)] == others
            findings.append(_judge(layout, case, test, twin, accused, sole=sole))
    return findings


def _cases(layout: Layout, found: list[Entry], p_column: int) -> list[Case]:
    left = max((c for c in layout.p_columns if c < p_column), default=0)
    groups = sorted(
        {
            e.column
            for e in found
            if left < e.column < p_column and e.strength >= UNSAID and not layout.is_total(e.column)
        }
    )
    if len(groups) < 2:
        return []
    at = {(e.row, e.column): e for e in found if e.part == 0 and e.strength >= UNSAID}
    several = {e.row for e in found if e.part > 0}
    cases = []
    grid = layout.table.grid
    for r in range(layout.head, len(grid)):
        text = p_value(grid[r][p_column].text) if grid[r][p_column].first else None
        if text is None:
            continue
        rows = _rows_of(layout, at, groups, r, p_column)
        if not rows or any(row in several for row in rows):
            continue
        case = _case(at, groups, rows, r, p_column, text)
        if case is not None:
            cases.append(case)
    return cases


def _rows_of(
    layout: Layout, at: dict[tuple[int, int], Entry], groups: list[int], r: int, p_column: int
) -> list[int]:
    """Return the rows of counts that a P is of: its own, and those below that have no P."""
    grid = layout.table.grid
    counted = [all((row, c) in at for c in groups) for row in range(len(grid))]
    first = r if counted[r] else r + 1
    rows = []
    for row in range(r + 1, len(grid)):
        if grid[row][p_column].first:
            break
        if not counted[row]:
            return []  # the P is of a level without a percent too
    for row in range(first, len(grid)):
        spanned = not grid[row][p_column].first
        empty = grid[row][p_column].text.strip() in {"", "-", "–", "—"}
        if not counted[row] or (row != r and not (spanned or empty)):
            break
        rows.append(row)
    if len(rows) == 1 or not rows or counted[r] is False:
        return rows
    # Rows that follow without a P belong to it only if they are of the same variable.
    sections = {layout.sections[row] for row in rows}
    return rows if len(sections) == 1 and None not in sections else _until_whole(at, groups, rows)


def _until_whole(at: dict[tuple[int, int], Entry], groups: list[int], rows: list[int]) -> list[int]:
    """Take rows until they make up every group."""
    for end in range(2, len(rows) + 1):
        levels = rows[:end]
        if all(sum(at[row, c].count for row in levels) == at[levels[0], c].of for c in groups):
            return levels
    return []


def _case(
    at: dict[tuple[int, int], Entry], groups: list[int], rows: list[int], r: int, p_column: int,
    text: str,
) -> Case | None:  # fmt: skip
    entries = [[at[row, c] for c in groups] for row in rows]
    counts = [[e.count for e in row] for row in entries]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    sizes: list[int] = []
    for g in range(len(groups)):
        of = {row[g].of for row in entries if row[g].of is not None}
        main = next((row[g].own[0][0] for row in entries if row[g].own), None)
        size = of.pop() if len(of) == 1 else main
        if size is None:
            return None
        sizes.append(size)
    complete = len(rows) > 1 and sums == sizes
    by_row = len({e.of for e in entries[0]}) == 1 and entries[0][0].of == sum(counts[0])
    if by_row and len(rows) == 1:
        return None
    if len(rows) == 1 or (not complete and all(s <= n for s, n in zip(sums, sizes, strict=True))):
        rest = [n - s for n, s in zip(sizes, sums, strict=True)]
        if min(rest) < 0 or (len(rows) > 1 and not by_row):
            rest = []
        if rest and not by_row:
            counts.append(rest)
    table = tuple(tuple(row) for row in counts if any(row))
    if len(table) < 2 or any(sum(column) == 0 for column in zip(*table, strict=True)):
        return None
    p_values = _usual(table)
    digits = text if len(text.partition(".")[2]) < 4 else text.rstrip("0").rstrip(".")  # 0.8590
    printing = [
        name
        for name, p in p_values.items()
        if verdict(text, p) != "differs" or verdict(digits, p) != "differs"
    ]
    sound = all(e.holds for row in entries for e in row)
    return Case(r, p_column, text, table, p_values, printing, sound)


def _usual(table: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    cells = np.array(table)
    found = {"Pearson chi-square": pearson(cells).p_value}
    if cells.shape == (2, 2) or cells.sum() <= FISHER_PATIENTS:
        with contextlib.suppress(ValueError):  # too large after all
            found["Fisher"] = fisher_exact(cells, max_steps=FISHER_STEPS).p_value
    if cells.shape == (2, 2):
        found["Yates chi-square"] = yates(cells).p_value
    found["Likelihood ratio (G)"] = likelihood_ratio(cells).p_value
    return {name: p for name, p in found.items() if not math.isnan(p)}


def _judge(
    layout: Layout,
    case: Case,
    test: str | None,
    twin: Case | None,
    accused: set[tuple[int | None, int | None]],
    *,
    sole: bool,
) -> Finding:
    recomputed = "; ".join(f"{name} {_shown(p, case.text)}" for name, p in case.p_values.items())
    counts = " | ".join(", ".join(map(str, row)) for row in case.table)
    level: Level = "question"
    if case.printing:
        level, reading = "holds", f"printed by {', '.join(case.printing)}"
    elif twin and not _close(case):
        level = "fails"
        reading = f"the same counts have another P in the table: {twin.text} by {twin.printing[0]}"
    elif more := _further(case):
        level, reading = "holds", f"printed by {', '.join(more)}"
    elif _close(case):
        reading = "at most one unit of the last digit from a usual test"
    else:
        reading = "no usual test of these counts prints it; another test, a trend, or other data?"
        beside = {(case.row, c) for c in range(layout.table.columns)} & accused
        own_row = layout.sections[case.row] is None and not layout.is_section(case.row)
        alone = sole and case.sound and own_row and np.shape(case.table) == (2, 2)
        doubted = bool(ADJUSTED.search(layout.told)) or not _far(case)
        if test in case.p_values and (beside or alone) and not doubted:
            level = "fails"
            reading = f"{test} prints the other P values of the column; no usual test prints this"
    return layout.finding(
        "p-of-table", level, case.row, case.column, case.text, counts, recomputed, reading
    )


def _further(case: Case) -> list[str]:
    """Try the rarer tests where no usual one prints the P."""
    cells = np.array(case.table)
    found: list[str] = []
    if cells.shape == (2, 2) and cells.sum() <= 200:
        tests = identify_test(cells.T, case.text)
        found = [
            f"{test} ({'one' if sides == 1 else 'two'}-sided)"
            for test, sides in tests.loc[
                tests["verdict"].isin(["reproduced", "truncated"]), ["test", "sides"]
            ].itertuples(index=False)
        ]
    elif cells.shape[1] == 2 or cells.shape[0] == 2:
        try:
            two = cells if cells.shape[0] == 2 else cells.T
            p = trend_test(two[0], two.sum(axis=0), exact=False).p_value
        except (ValueError, TypeError):
            return []
        if verdict(case.text, p) != "differs":
            found = ["a test for trend"]
    return found


def _close(case: Case) -> bool:
    number = value(case.text.lstrip("<>≤≥="))
    digits = len(case.text.partition(".")[2])
    unit = 10.0**-digits
    if case.text[0] in "<≤":
        return any(p <= float(number) * 1.5 for p in case.p_values.values())
    return any(abs(p - float(number)) <= 1.5 * unit for p in case.p_values.values())


def _far(case: Case) -> bool:
    """Whether the P is far from each usual one, on the scale of odds."""
    number = min(max(float(value(case.text.lstrip("<>≤≥="))), 1e-6), 1 - 1e-6)
    near = [min(max(p, 1e-6), 1 - 1e-6) for p in case.p_values.values()]
    odds = [abs(math.log(p / (1 - p)) - math.log(number / (1 - number))) for p in near]
    return min(odds) > math.log(1.25)


def _shown(p: float, text: str) -> str:
    if p < 0.0001:
        return "<0.0001"
    return show(p, like=text.lstrip("<>≤≥="), extra=2)
