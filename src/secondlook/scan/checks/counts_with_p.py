"""The P values of a table with the counts that each is of: levels by groups.

Groups are the columns with counts to the left of the P, without a total, or those above it where P
has a row. A variable with one row is completed with the patients who are not in it. A count without
a percent, a 0 or a level, is of the size in the head.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from secondlook.printed import verdict
from secondlook.proportions import fisher_exact, likelihood_ratio, pearson, yates
from secondlook.scan.cells import (
    MARK,
    Share,
    bare_p,
    only_count,
    only_percent,
    p_value,
    printed_as,
    value,
)
from secondlook.scan.groups import LEAST, Groups, name
from secondlook.scan.layout import CONTINUOUS, ESTIMATED, PERCENT, Layout, measured
from secondlook.scan.shares import MOST_GROUPS, SAYS_NOT, UNSAID, Entry

FISHER_STEPS = 10_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
EMPTY = {"", "-", "–", "—"}
ALONE, MADE = "without a percent", "made of its percent"
BY_CHANCE = 0.02
"""How often percents of no counts may look like percents of whole numbers of patients."""
_P_BEHIND = re.compile(
    rf"\bp\s?(?:-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?0?[.·]\d{{1,6}})\s?{MARK}\s*$", re.IGNORECASE
)
"""The P of a cell that gives the statistic too: ``χ2 = 0.33, p = 0.57``."""
_WITHIN = re.compile(
    r"within|pre[-/ ]?post|before|baseline|interaction|mcnemar|paired", re.IGNORECASE
)
"""A head of P that compares no groups."""
_P_ROW = re.compile(r"^p(?:[- ]?values?)?\W*$", re.IGNORECASE)
_PERCENT_ROW = re.compile(r"^[^,;/]*[(,]\s?%\s?\)?$")
_MEN = r"\d{1,6}\s?(?:(?:fe)?males?|(?:wo)?m[ae]n|[mf])"
_LEVELS = re.compile(
    r"[A-Za-z]{0,6}\s?\d{1,6}(?:\s?[/:]\s?[A-Za-z]{0,6}\s?\d{1,6}){1,5}|"
    rf"{_MEN}\s?[,;/:]\s?{_MEN}",
    re.IGNORECASE,
)
"""Levels in one cell: ``20/26``, ``M 20 / F 26``, ``20 male, 26 female``."""
_COUNTS = re.compile(
    r"[(\[,;:]\s?(?:n|no\.?|number|frequency|patients|cases)\s?(?:[(\[,/]\s?%\s?[)\]]?)?\s?[)\]]?\s?(?:$|>)|"
    r"\b(?:number|no\.) of (?:patients|subjects|participants|women|men|children|cases|deaths)\b",
    re.IGNORECASE,
)
"""A label with one of these counts patients."""
_VERSUS = re.compile(r"\s(?:vs?\.?|versus)\s", re.IGNORECASE)
_SEX = re.compile(r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\bm ?/ ?f\b", re.IGNORECASE)


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


def cases(layout: Layout, found: list[Entry], groups: Groups) -> list[list[Case]]:
    """Give the P values of a table with their counts, those of a column together."""
    columns = [_cases(layout, found, groups, c, texts) for c, texts in _p_texts(layout)]
    columns.append(_in_rows(layout, found, groups))
    return [same for same in columns if same]


def _in_rows(layout: Layout, found: list[Entry], named: Groups) -> list[Case]:
    """Give the P values of rows of their own, each over the columns of its groups."""
    grid = layout.table.grid
    at = _counts(layout, found, named, 0, layout.table.columns)
    of_p = [bool(_P_ROW.match(layout.last_label(r))) for r in range(len(grid))]
    judged = []
    for r in (r for r, is_p in enumerate(of_p) if is_p and r >= layout.head):
        for c in range(layout.labels, layout.table.columns):
            text = p_value(grid[r][c].text) if grid[r][c].first else None
            end = c + 1
            while end < layout.table.columns and not grid[r][end].first:
                end += 1
            groups = [g for g in range(c, end) if (r - 1, g) in at]
            rows: list[int] = []
            while (row := r - 1 - len(rows)) >= layout.head and not of_p[row]:
                if not all((row, g) in at for g in groups):
                    break
                rows.insert(0, row)
            if text is None or len(groups) < 2 or not rows:
                continue
            whole = len(rows) == 1 or _until_whole(at, groups, rows) == rows
            case = _case(at, groups, rows, r, c, text) if whole else None
            if case is not None:
                judged.append(case)
    return judged


def _cases(
    layout: Layout, found: list[Entry], named: Groups, p_column: int, texts: dict[int, str]
) -> list[Case]:
    """Give the P of a column with the counts at its left."""
    left = max((c for c in layout.p_columns if c < p_column), default=0)
    if pair := _compared(layout, p_column):
        everywhere = _counts(layout, found, named, 0, layout.table.columns)
        at = {place: e for place, e in everywhere.items() if place[1] in pair}
    else:
        at = _counts(layout, found, named, left, p_column)
    groups = _without_total(at, sorted({c for _, c in at}))
    several = {e.row for e in found if e.part > 0}
    between = range(max(left + 1, layout.labels), p_column)
    without = [c for c in between if not layout.is_total(c)][: MOST_GROUPS + 1]
    cases = []
    for r, text in texts.items():
        pairs = _pairs(layout, named, groups or without, r)
        if pairs:
            cases.append(_tested(r, p_column, text, pairs, True, True))
            continue
        if len(groups) < 2:
            continue
        rows = _rows_of(layout, at, groups, r, p_column)
        if not rows:
            continue
        alone = [r] if all((r, c) in at for c in groups) else []
        first = None
        # Each way costs exact tests: one that prints the P ends it, and none is taken twice.
        levels = _levels_of(layout, at, groups, r)
        apart = len(levels) > 2 and all(row in texts for row in levels)
        if apart and len({texts[row] for row in levels}) > 1:
            levels = []  # each has a P of its own, which of two would be the same
        for way in dict.fromkeys(map(tuple, (rows, alone, levels))):
            if not way or any(row in several for row in way):
                continue
            tried = [
                case
                for head in (False, True)
                if (case := _case(at, groups, list(way), r, p_column, text, of_head=head))
            ]
            first = first or (tried[0] if tried else None)
            printing = next((case for case in tried if case.printing), None)
            if printing is not None:
                first = printing
                break
        if first is not None:
            cases.append(first)
    return cases


def _compared(layout: Layout, p_column: int) -> list[int]:
    """Return the two columns that the head of a P names: ``drug versus placebo``."""
    names = [name(part) for part in _VERSUS.split(layout.lowest_head(p_column))]
    columns = range(layout.labels, layout.table.columns)
    groups = {name(layout.lowest_head(c)): c for c in columns if c not in layout.p_columns}
    pair = [groups[each.removeprefix("p ")] for each in names if each.removeprefix("p ") in groups]
    return pair if len(names) == len(pair) == 2 and all(n for n in names) else []


def _p_texts(layout: Layout) -> Iterator[tuple[int, dict[int, str]]]:
    """Give the columns with P values, and their texts by row."""
    grid = layout.table.grid
    for c in range(1, layout.table.columns):
        cells = [(r, grid[r][c].text) for r in range(layout.head, len(grid)) if grid[r][c].first]
        if _WITHIN.search(layout.heads[c]):
            continue
        if c in layout.p_columns:
            texts = {r: p for r, text in cells if (p := p_value(text)) is not None}
        else:
            told = ((r, _P_BEHIND.search(text)) for r, text in cells)
            texts = {r: bare_p(match["p"]) for r, match in told if match}
            texts = texts if len(texts) >= 2 else {}
        if texts:
            yield c, texts


def _counts(
    layout: Layout, found: list[Entry], named: Groups, left: int, right: int
) -> dict[tuple[int, int], Entry]:
    """Return the counts between two columns: with a percent, or of a size in the head without."""
    at = {
        (e.row, e.column): e
        for e in found
        if e.part == 0 and left < e.column < right
        if e.strength >= UNSAID or (e.holds and e.strength > SAYS_NOT)
    }
    shared = {c for _, c in at}
    rows = {r for r, _ in at}
    for r, c, cell in layout.cells():
        if (r, c) in at or not left < c < right or not (sizes := _sizes(layout, named, at, c)):
            continue
        count, percent = only_count(cell.text), _percent(layout, r, c)
        if percent is not None:
            made = round(value(percent) * sizes[0] / 100)
            if c not in shared and printed_as(percent, made, sizes[0]) != "differs":
                share = Share(cell.text, made, percent, True, None, False, 0)
                at[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], None, MADE)
        elif count is not None and count <= sizes[0] and (c in shared or not shared):
            share = Share(cell.text, count, "", False, None, False, 0)
            reading = "" if r in rows or _COUNTS.search(layout.context(r)) else ALONE
            at[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], sizes[0], reading)
    parts = {place: e for place, e in at.items() if not layout.is_total(place[1])}
    others = set(range(layout.labels, left)) - set(layout.p_columns)
    beside = any(not layout.is_total(c) for c in others)
    return at if beside and not parts else parts  # groups under Total, after those of its parts


def _sizes(layout: Layout, named: Groups, at: dict[tuple[int, int], Entry], c: int) -> list[int]:
    """Return what is printed of a column's size: in its head, behind its percents, elsewhere."""
    own = {e.of for (_, column), e in at.items() if column == c and e.of}
    behind = list(own) if len(own) == 1 else []
    return layout.head_sizes[c] or behind or named.printed(layout, c)


def _percent(layout: Layout, r: int, c: int) -> str | None:
    """Return the digits of a cell that holds a percent, and no measurement, with its decimals."""
    percent, label = only_percent(layout.table.grid[r][c].text), layout.label(r)
    alone = "." not in (percent or ("",))[0] and not _PERCENT_ROW.search(label)
    if percent is None or alone or value(percent[0]) > 100:
        return None
    said = percent[1] or PERCENT.search(f"{layout.context(r)} {layout.heads[c]}")
    return percent[0] if said and not measured(label) and not ESTIMATED.search(label) else None


def _pairs(
    layout: Layout, named: Groups, groups: list[int], r: int
) -> tuple[tuple[int, ...], ...] | None:
    """Return the levels of a row of ``20/26``, if they make the size, or are men and women."""
    texts = [layout.table.grid[r][c].text.strip() for c in groups]
    counts = [[int(n) for n in re.findall(r"\d+", t)] for t in texts if _LEVELS.fullmatch(t)]
    if len(counts) < 2 or len(counts) < len(groups) or len({len(each) for each in counts}) > 1:
        return None
    first = {tuple(re.findall(r"(?<![a-z])[a-z]", text.lower())) for text in texts}
    if len(first - {()}) > 1:
        return None  # women before men in one of them
    if len(counts) > 2 and counts[-1] == [sum(n) for n in zip(*counts[:-1], strict=True)]:
        counts.pop()  # of all groups together
    sums = list(map(sum, counts))
    levels = tuple(zip(*counts, strict=True))
    whole = all(
        n in _sizes(layout, named, {}, c) or (len(levels) == 2 and n >= LEAST and n in named.stated)
        for c, n in zip(groups, sums, strict=False)
    )
    return levels if whole or (len(levels) == 2 and _SEX.search(layout.context(r))) else None


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
    own = all((r, c) in at for c in groups)
    if not own and CONTINUOUS.search(layout.label(r)):
        return []
    section = layout.sections[r] if own else r
    rows = [r] if own else []
    for row in range(r + 1, len(grid)):
        beside = grid[row][p_column]
        if layout.is_section(row) or (beside.first and beside.text.strip() not in EMPTY):
            break
        if not any(grid[row][c].first and grid[row][c].text.strip() for c in groups):
            continue  # empty, or the rest of the row above
        if not all((row, c) in at for c in groups):
            of_variable = section is not None and layout.sections[row] == section
            if not own or not beside.first or of_variable:
                return []  # the P is of a level too whose count is not known
            break
        rows.append(row)
    if len(rows) < 2 or not own:
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
    text: str, *, of_head: bool = False,
) -> Case | None:  # fmt: skip
    """Return the P with its counts, of what their percents are, or of what the head says."""
    entries = [[at[row, c] for c in groups] for row in rows]
    counts = [[e.count for e in row] for row in entries]
    made = [e for row in entries for e in row if e.reading == MADE]
    chance = math.prod(
        min(1.0, e.own[0][0] / 10 ** (2 + len(e.percent.partition(".")[2]))) for e in made
    )
    if made and chance > BY_CHANCE:
        return None
    sums = [sum(column) for column in zip(*counts, strict=True)]
    by_row = len({e.of for e in entries[0]}) == 1 and entries[0][0].of == sum(counts[0])
    sizes: list[int] = []
    for column in zip(*entries, strict=True):
        told = [n for e in column for n, where in e.own if "sum" not in where]
        of = set() if by_row or of_head else {e.of for e in column if e.of is not None}
        sizes.append(of.pop() if len(of) == 1 else told[0] if told else 0)
    # Levels that make up one group make up the others, of which a percent may be wrong.
    whole = any(n == size for n, size in zip(sums, sizes, strict=True)) and len(rows) > 1
    sizes = [size or (n if whole else 0) for n, size in zip(sums, sizes, strict=True)]
    if not all(sizes):
        return None
    complete = len(rows) > 1 and sums == sizes
    if not complete and any(all(e.reading == ALONE for e in row) for row in entries):
        return None  # numbers that nothing but their sum would show to be counts
    if len(rows) == 1:
        if any(n < s for n, s in zip(sizes, sums, strict=True)):
            return None
        counts.append([n - s for n, s in zip(sizes, sums, strict=True)])
    table = tuple(tuple(row) for row in counts if any(row))
    if len(table) < 2 or any(sum(column) == 0 for column in zip(*table, strict=True)):
        return None
    sound = all(e.holds for row in entries for e in row)
    return _tested(r, p_column, text, table, sound, len(rows) == 1 or (complete and len(rows) == 2))


def _tested(
    r: int, c: int, text: str, table: tuple[tuple[int, ...], ...], sound: bool, binary: bool
) -> Case:
    p_values = usual(table)
    digits = text if len(text.partition(".")[2]) < 4 else text.rstrip("0").rstrip(".")  # 0.8590
    printing = [
        name
        for name, p in p_values.items()
        if verdict(text, p) != "differs" or verdict(digits, p) != "differs"
    ]
    return Case(r, c, text, table, p_values, printing, sound, binary)


@lru_cache(maxsize=4_096)
def usual(table: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    """Return the P of the usual tests of a table of counts."""
    cells = np.array(table)
    found = {"Pearson chi-square": pearson(cells).p_value}
    if cells.shape == (2, 2) or cells.sum() <= FISHER_PATIENTS:
        with contextlib.suppress(ValueError):  # too large after all
            found["Fisher"] = fisher_exact(cells, max_steps=FISHER_STEPS).p_value
    if cells.shape == (2, 2):
        found["Yates chi-square"] = yates(cells).p_value
    found["Likelihood ratio (G)"] = likelihood_ratio(cells).p_value
    return {name: p for name, p in found.items() if not math.isnan(p)}
