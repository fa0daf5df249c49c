"""The P of a row or a variable of counts: which usual test prints it.

Groups are the columns with counts to the left of the P, without a total. A variable with one row
is completed with the patients who are not in it, from the denominators that the percents hold for.
A P beside a level may be of this level or of its variable; the table that prints it is taken.

That no usual test prints a P is a question: it may be of a trend, adjusted, or of other data.
It is an accusation only where one table of counts has two P, or where usual tests print the other
P values of the article and of the column, and this one, of two levels whose percents hold or with
a percent that does not, is far from every test of its counts and of two of its groups.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

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

MOST_LEVELS = 8
"""Of more levels no part is tried."""
FISHER_STEPS = 10_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
ADJUSTED = re.compile(
    r"adjust|mantel|cmh|logistic|regression|\bGEE\b|trend|mixed|stratif|weighted|imput|"
    r"mcnemar|paired|matched|log[- ]?rank|non-?inferior|interaction",
    re.IGNORECASE,
)
"""A footnote with one of these tells of another test than those of the counts alone."""
_PAIRS = re.compile(r"\bvs\b|versus|pairwise|post[- ]?hoc", re.IGNORECASE)
ENOUGH = 6
"""Other P values of a column that usual tests must print to be taken for its tests."""
MANY = 8
"""Of so many of one column it need not print one."""
EMPTY = {"", "-", "–", "—"}
_MERGED = re.compile(
    r"\b(?:[0-4]|I{1,3}|IV|[TN][0-4])\s?(?:[/+&–-]|and|or|to)\s?(?:[1-5]|I|V|[TN])"
)
"""A label of levels that were joined for the table, and perhaps not for its P."""
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
    binary: bool
    """Whether it is one row against the rest, or two levels that make the whole.

    The P of more levels may be of their ranks, or of finer ones.
    """


def check_p_values(
    tables: Sequence[tuple[Layout, list[Entry], Sequence[Finding]]],
) -> list[Finding]:
    """Judge the P values beside counts with percents: tables, their counts, what fails of them."""
    columns = [
        (layout, {(f.row, f.column) for f in percents if f.level == "fails"}, same)
        for layout, found, percents in tables
        for column in layout.p_columns
        if (same := _cases(layout, found, column))
    ]
    printed = [case for _, _, same in columns for case in same]
    return [
        _judge(
            layout, case, _usual_elsewhere(case, same, printed), _twin(layout, case, same), wrong
        )
        for layout, wrong, same in columns
        for case in same
    ]


def _usual_elsewhere(case: Case, same: list[Case], printed: list[Case]) -> int:
    """Return how many other P the usual tests print, if they do nearly all and all beside it."""
    printed = [o for o in printed if o.text[0] not in ">≥"]  # which most tests print
    same = [o for o in same if o.text[0] not in ">≥"]
    agree = {id(o) for o in printed if o is not case and (o.printing or _close(o))}
    beside = sum(id(o) in agree for o in same)
    nearly_all = 10 * len(agree) >= 9 * (len(printed) - 1)
    apart = sum(o is not case for o in same) - beside
    return len(agree) if beside >= ENOUGH and nearly_all and apart <= (beside >= MANY) else 0


def _twin(layout: Layout, case: Case, same: list[Case]) -> Case | None:
    """Return the same counts in the other order beside it, with a P that a test prints."""
    if any(verdict(case.text, p) != "differs" for o in same for p in o.p_values.values()):
        return None  # it is printed of the counts of another row: one row off
    if _PAIRS.search(layout.heads[case.column]):
        return None  # each row may have the P of another pair of groups
    for other in same:
        beside = abs(other.row - case.row) == 1 and other.table == case.table[::-1]
        if beside and other.printing:
            return other
    return None


def _cases(layout: Layout, found: list[Entry], p_column: int) -> list[Case]:
    left = max((c for c in layout.p_columns if c < p_column), default=0)
    at = {(e.row, e.column): e for e in found if e.part == 0 and e.strength >= UNSAID}
    columns = sorted({c for _, c in at if left < c < p_column and not layout.is_total(c)})
    groups = _without_total(at, columns)
    if len(groups) < 2:
        return []
    several = {e.row for e in found if e.part > 0}
    cases = []
    grid = layout.table.grid
    for r in range(layout.head, len(grid)):
        text = p_value(grid[r][p_column].text) if grid[r][p_column].first else None
        if text is None:
            continue
        rows = _rows_of(layout, at, groups, r, p_column)
        if not rows:
            continue
        alone = [r] if all((r, c) in at for c in groups) else []
        first = None
        # Each way costs exact tests: one that prints the P ends it, and none is taken twice.
        for way in dict.fromkeys(map(tuple, (rows, alone, _levels_of(layout, at, groups, r)))):
            if not way or any(row in several for row in way):
                continue
            case = _case(at, groups, list(way), r, p_column, text)
            first = first or case
            if case is not None and case.printing:
                first = case
                break
        if first is not None:
            cases.append(first)
    return cases


def _without_total(at: dict[tuple[int, int], Entry], columns: list[int]) -> list[int]:
    """Leave out a column of all groups together that no head calls so."""
    if len(columns) < 3:
        return columns
    rows = [r for r in {r for r, _ in at} if all((r, c) in at for c in columns)]
    for total in (columns[0], columns[-1]):
        others = [c for c in columns if c != total]
        adding = sum(at[r, total].count == sum(at[r, c].count for c in others) for r in rows)
        if len(rows) >= 3 and 10 * adding >= 9 * len(rows):
            return others
    return columns


def _levels_of(
    layout: Layout, at: dict[tuple[int, int], Entry], groups: list[int], r: int
) -> list[int]:
    """Return all levels of the variable of a row, if each has its counts."""
    section = layout.sections[r]
    rows = [row for row in range(len(layout.sections)) if layout.sections[row] == section]
    whole = section is not None and all((row, c) in at for row in rows for c in groups)
    return rows if whole else []


def _rows_of(
    layout: Layout, at: dict[tuple[int, int], Entry], groups: list[int], r: int, p_column: int
) -> list[int]:
    """Return the rows of counts that a P is of: its own, and those below that have no P."""
    grid = layout.table.grid
    counted = [all((row, c) in at for c in groups) for row in range(len(grid))]
    first = r if counted[r] else r + 1
    section = layout.sections[r] if counted[r] else r
    rows = []
    for row in range(r + 1, len(grid)):
        beside = grid[row][p_column]
        of_variable = section is not None and layout.sections[row] == section
        if beside.first and (beside.text.strip() not in EMPTY or not of_variable):
            break
        if not counted[row] and (not beside.first or any(grid[row][c].text for c in groups)):
            return []  # the P is of a level without a percent too, or of one that may be none
    for row in range(first, len(grid)):
        spanned = not grid[row][p_column].first
        empty = grid[row][p_column].text.strip() in EMPTY
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
    by_row = len({e.of for e in entries[0]}) == 1 and entries[0][0].of == sum(counts[0])
    sizes: list[int] = []
    for column in zip(*entries, strict=True):
        told = [n for e in column for n, where in e.own if "sum" not in where]
        of = set() if by_row else {e.of for e in column if e.of is not None}
        if len(of) != 1 and not told:
            return None
        sizes.append(of.pop() if len(of) == 1 else told[0])
    complete = len(rows) > 1 and sums == sizes
    if len(rows) == 1:
        if any(n < s for n, s in zip(sizes, sums, strict=True)):
            return None
        counts.append([n - s for n, s in zip(sizes, sums, strict=True)])
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
    binary = len(rows) == 1 or (complete and len(rows) == 2)
    return Case(r, p_column, text, table, p_values, printing, sound, binary)


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
    others: int,
    twin: Case | None,
    wrong: set[tuple[int | None, int | None]],
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
        level = "question" if others else "holds"
        reading = f"printed by {', '.join(more)}"
    elif _close(case):
        reading = "at most one unit of the last digit from a usual test"
    elif abs(min(case.p_values.values()) / 2 - float(value(case.text.lstrip("<>≤≥=")))) < 0.002:
        reading = "nearly half of a usual test: one-sided?"
    elif part := _of_a_part(case):
        reading = f"printed by {part}"
    else:
        reading = "no usual test of these counts prints it; another test, a trend, or other data?"
        beside = {(case.row, c) for c in range(layout.table.columns)} & wrong
        told = f"{layout.told} {layout.heads[case.column]} {layout.context(case.row)}"
        sure = (case.sound and case.binary) or beside
        joined = any(
            _MERGED.search(layout.label(row))
            for row, section in enumerate(layout.sections)
            if row == case.row or section in {case.row, layout.sections[case.row]} - {None}
        )
        if others and sure and _far(case) and not (joined or ADJUSTED.search(told)):
            level = "fails"
            reading = f"the usual tests print {others} other P values, but of these counts not this"
    return layout.finding(
        "p-of-table", level, case.row, case.column, case.text, counts, recomputed, reading
    )


def _of_a_part(case: Case) -> str | None:
    """Say which part of the counts has the P: two groups, or levels without one or two as one."""
    cells = np.array(case.table)
    levels, groups = range(cells.shape[0]), range(cells.shape[1])
    parts: list[tuple[str, np.ndarray]] = []
    if len(groups) > 2:
        parts += [("two of the groups", cells[:, pair]) for pair in combinations(groups, 2)]
    if 2 < len(levels) <= MOST_LEVELS:
        parts += [("the levels without one", np.delete(cells, one, axis=0)) for one in levels]
        parts += [
            (
                "the levels with two as one",
                np.vstack([np.delete(cells, two, axis=0), cells[two, :].sum(axis=0)]),
            )
            for two in map(list, combinations(levels, 2))
        ]
        parts += [
            ("one level", np.vstack([cells[one], cells.sum(axis=0) - cells[one]])) for one in levels
        ]
    for what, part in parts:
        if (part.sum(axis=0) == 0).any() or (part.sum(axis=1) == 0).any():
            continue
        for name, p in _usual(tuple(map(tuple, part.tolist()))).items():
            if verdict(case.text, p) != "differs":
                return f"{name} of {what}"
    return None


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
    if case.text[0] in ">≥":
        return any(p >= float(number) / 1.5 for p in case.p_values.values())
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
