"""The P values of a table with the counts that each is of: levels by groups.

Groups are the columns with counts to the left of the P, without a total, or those above it where P
has a row. A variable with one row is completed with the patients who are not in it. A count without
a percent, a 0 or a level, is of the size in the head.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from secondlook.printed import verdict
from secondlook.proportions import fisher_exact, likelihood_ratio, pearson, yates
from secondlook.scan.cells import (
    MARK,
    Share,
    amount,
    bare_p,
    only_count,
    only_percent,
    p_value,
    printed_as,
    sizes_printing,
    value,
)
from secondlook.scan.groups import ELSEWHERE, LEAST, Groups, name
from secondlook.scan.layout import CONTINUOUS, ESTIMATED, PERCENT, TOTAL, UNWANTED, Layout, measured
from secondlook.scan.shares import MOST_GROUPS, SAID, SAYS_NOT, UNSAID, Entry

FISHER_STEPS = 10_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
EMPTY = {"", "-", "–", "—"}
ALONE, MADE = "without a percent", "made of its percent"
OF_FOUND, OF_HEAD, OF_PERCENT = range(3)
"""The size of a group: what its percents were found to be of, that of its head, any they allow."""
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
_MODEL = re.compile(
    r"\badj(?:usted|\b|[A-Z])|multivaria|logistic|regression|\bcox\b", re.IGNORECASE
)
"""A head of P that is of more than the counts."""
_P_ROW = re.compile(r"^p(?:[- ]?values?)?\W*$", re.IGNORECASE)
_PERCENT_ROW = re.compile(r"^[^,;/]*[(,]\s?%\s?\)?$")
_MEN = r"\d{1,6}\s?(?:(?:fe)?males?|(?:wo)?m[ae]n|[mf])"
_LEVELS = re.compile(
    r"[A-Za-z]{0,6}\s?\d{1,6}(?:\s?[/:]\s?[A-Za-z]{0,6}\s?\d{1,6}){1,5}|"
    rf"{_MEN}\s?[,;/:]\s?{_MEN}",
    re.IGNORECASE,
)
"""Levels in one cell: ``20/26``, ``M 20 / F 26``, ``20 male, 26 female``."""
_UNKNOWN = re.compile(
    r"\b(?:missing|unknown|not (?:known|stated|reported|available|specified))\b", re.I
)
_OF_P = re.compile(r"^p (?:values? )?")
OVER = re.compile(r"(\d{1,6})\s?/\s?(\d{1,6})")
_NUMBERS = re.compile(
    r"\b(?:numbers?|n|no\.) of (?:patients|subjects|participants|women|children|cases|events)\b|"
    r"\b(?:as|are|in) (?:absolute )?(?:numbers?|n|frequenc\w+)\b|"
    r"\bn(?:umber)? ?\(%",
    re.IGNORECASE,
)
"""A caption or footnote with one of these says that the numbers of the table are counts."""
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

    @property
    def p(self) -> float:
        """The P as printed, or its bound."""
        return amount(self.text.lstrip("<>≤≥="))


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
    if any(_MODEL.search(layout.heads[c]) for c in range(max(groups, default=p_column), p_column)):
        return []
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
        alone = [r] if all((r, c) in at for c in groups) else []
        first = None
        # Each way costs exact tests: one that prints the P ends it, and none is taken twice.
        levels = _levels_of(layout, at, groups, r)
        apart = len(levels) > 2 and all(row in texts for row in levels)
        if apart and len({texts[row] for row in levels}) > 1:
            levels = []  # each has a P of its own, which of two would be the same
        below = layout.sections[r + 1 : r + 2]  # without a P: levels of the same variable, if read
        of_more = not rows and below == [layout.sections[r]] != [None] and r + 1 not in texts
        known = [row for row in rows or levels if not _UNKNOWN.search(layout.last_label(row))]
        for way in dict.fromkeys(map(tuple, (rows, known, alone, levels))):
            if not way or any(row in several for row in way):
                continue
            tried = [
                case
                for of in (OF_FOUND, OF_HEAD, OF_PERCENT)
                if (case := _case(at, groups, list(way), r, p_column, text, of))
            ]
            if rows or not any(at[r, c].reading == MADE for c in groups):
                first = first or (tried[0] if tried else None)
            printing = next((case for case in tried if case.printing), None)
            if printing is not None:
                first = printing
                break
        if first is not None:
            cases.append(replace(first, binary=first.binary and not of_more))
    return cases


def _compared(layout: Layout, p_column: int) -> list[int]:
    """Return the columns that the head of a P names: ``P (drug vs placebo)``; or of its name."""
    names = [
        _OF_P.sub("", name(part))
        for part in _VERSUS.split(layout.lowest_head(p_column).replace("(", " "))
    ]
    columns = [c for c in range(layout.labels, layout.table.columns) if c not in layout.p_columns]
    heads = {c: name(layout.lowest_head(c)) for c in columns}
    found = []
    for each in names if len(names) == 2 and all(names) else ():
        named = [c for c in columns if heads[c] == each] or [
            c for c in columns if heads[c].startswith(each) and len(each) > 2
        ]
        found += named if len(named) == 1 else []
    own = name(layout.lowest_head(p_column))
    below = [c for c in columns if own and heads[c].endswith(own)]
    return found if len(set(found)) == 2 else below if len(below) > 1 else []


def _p_texts(layout: Layout) -> Iterator[tuple[int, dict[int, str]]]:
    """Give the columns with P values, and their texts by row."""
    grid = layout.table.grid
    for c in range(1, layout.table.columns):
        cells = [(r, grid[r][c].text) for r in range(layout.head, len(grid)) if grid[r][c].first]
        if _WITHIN.search(layout.heads[c]) or _MODEL.search(layout.heads[c]):
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
    throughout = _NUMBERS.search(layout.told) or UNWANTED.search(layout.table.caption)
    for r, c, cell in layout.cells():
        if (r, c) in at or not left < c < right:
            continue
        sizes = _sizes(layout, named, at, c)
        over = OVER.fullmatch(cell.text.strip())
        if over and (r, c + 1) not in at:
            share = Share(cell.text, int(over[1]), "", False, of := int(over[2]), False, 0)
            if sizes and share.count <= of <= sizes[0] != share.count + of:
                at[r, c] = Entry(r, c, 0, share, UNSAID, [(of, "in the cell")], of, "")
        if not sizes:
            continue
        count, percent = only_count(cell.text), _percent(layout, r, c)
        if percent is not None and not _of_count(layout, r, c):
            made = round(value(percent) * sizes[0] / 100)
            if c not in shared and printed_as(percent, made, sizes[0]) != "differs":
                share = Share(cell.text, made, percent, True, None, False, 0)
                at[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], None, MADE)
        elif count is not None and count <= sizes[0] and (c in shared or not shared):
            share = Share(cell.text, count, "", False, None, False, 0)
            label = layout.context(r)
            said = throughout and not (measured(layout.label(r)) or CONTINUOUS.search(label))
            counted = r in rows or said or _COUNTS.search(label)
            reading = "" if counted else ALONE
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


def _of_count(layout: Layout, r: int, c: int) -> bool:
    """Whether a count stands before a percent, under one head."""
    count = layout.table.grid[r][c - 1].text.strip()
    one = layout.heads[c - 1].partition(" / ")[0] == layout.heads[c].partition(" / ")[0]
    return one and (only_count(count) is not None or bool(OVER.fullmatch(count)))


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
    spanned = [
        row
        for row in range(r + 1, len(grid))
        if not grid[row][p_column].first
        and grid[row][p_column] == replace(grid[r][p_column], first=False)
    ]
    section = layout.sections[r] if own else r
    rows = [r] if own else []
    whole = any(TOTAL.search(layout.label(row)) for row in (r, *spanned))
    if spanned and not whole and all((row, c) in at for row in (r, *spanned) for c in groups):
        return [r, *spanned]
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
    text: str, way: int = OF_FOUND,
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
    sizes = [_size(column, way, by_row) for column in zip(*entries, strict=True)]
    # Levels that make up one group make up the others, of which a percent may be wrong.
    whole = len(rows) > 1 and any(
        low <= n <= high for n, (low, high) in zip(sums, sizes, strict=True)
    )
    sizes = [size if size[0] else (n, n) if whole else size
             for n, size in zip(sums, sizes, strict=True)]  # fmt: skip
    if not all(low for low, _ in sizes):
        return None
    complete = len(rows) > 1 and all(
        low <= n <= high for n, (low, high) in zip(sums, sizes, strict=True)
    )
    if not complete and any(all(e.reading == ALONE for e in row) for row in entries):
        return None  # numbers that nothing but their sum would show to be counts
    sound = all(e.holds for row in entries for e in row)
    binary = len(rows) == 1 or (complete and len(rows) == 2)
    tried = []
    for ends in _ends(sizes) if len(rows) == 1 else [sums]:
        if any(n < k for n, k in zip(ends, sums, strict=True)):
            continue
        rest = [n - k for n, k in zip(ends, sums, strict=True)]
        table = tuple(tuple(row) for row in [*counts, rest] if any(row))
        if len(table) > 1 and all(map(sum, zip(*table, strict=True))):
            tried.append(_tested(r, p_column, text, table, sound, binary))
    return min(tried, key=lambda case: not case.printing, default=None)


def _size(column: Sequence[Entry], way: int, by_row: bool) -> tuple[int, int]:
    """Return the size of a group, or the least and the largest of which its percent is."""
    told = [(n, where) for e in column for n, where in e.own if "sum" not in where]
    of = {e.of for e in column if e.of is not None} if way == OF_FOUND and not by_row else set()
    size, where = (of.pop(), "") if len(of) == 1 else told[0] if told else (0, "")
    largest = max(column, key=lambda e: e.count)
    if not largest.count or largest.strength < SAID or not value(largest.percent or "0"):
        return size, size
    nearest = round(100 * largest.count / value(largest.percent))
    low, high = sizes_printing(largest.percent, largest.count) or (nearest, nearest)
    other = way == OF_PERCENT and (high < size or ELSEWHERE in where)
    return (low, high) if (other or not size) and LEAST <= high <= 1.2 * low else (size, size)


def _ends(sizes: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Give the sizes of the groups, where only a range is known at its ends."""
    if len(sizes) == 2:
        yield from dict.fromkeys(product(*sizes))
    else:
        yield from dict.fromkeys(zip(*sizes, strict=True))


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
