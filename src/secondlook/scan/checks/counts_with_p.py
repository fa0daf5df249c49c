"""The P values of a table with the counts that each is of: levels by groups.

Groups are the columns with counts to the left of the P, without a total, or those above it where P
has a row. A variable with one row is completed with the patients who are not in it. A count without
a percent, a 0 or a level, is of the size in the head.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
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
    p_bounds,
    p_value,
    printed_as,
    sizes_printing,
    value,
    whole,
)
from secondlook.scan.groups import ELSEWHERE, LEAST, Groups, name
from secondlook.scan.layout import (
    CONTINUOUS,
    ESTIMATED,
    PAIRS,
    PERCENT,
    TOTAL,
    UNWANTED,
    Layout,
    last_word,
    measured,
)
from secondlook.scan.shares import BESIDE, MOST_GROUPS, SAID, SAYS_NOT, UNSAID, Entry

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
_PERCENT_ROW = re.compile(r"^(?!.*\b(?:n|no\.?|number)\b)[^,;]*[(,]\s?%\s?\)?$", re.IGNORECASE)
_MEN = r"\d{1,6}\s?(?:(?:fe)?males?|(?:wo)?m[ae]n|[mf])"
_LEVELS = re.compile(
    r"(?P<of>\d{1,6}\s?[(\[]\s?)?"
    r"(?P<levels>[A-Za-z]{0,6}\s?\d{1,6}(?:\s?[/:]\s?[A-Za-z]{0,6}\s?\d{1,6}){1,5}|"
    rf"{_MEN}\s?[,;/:]\s?{_MEN})\s?(?(of)[)\]]|(?:[(\[][\d.,% ]+[/:][\d.,% ]+[)\]])?)",
    re.IGNORECASE,
)
"""Levels in one cell: ``20/26``, ``46 (20/26)``, ``M 20 / F 26``, ``20 male, 26 female``."""
_UNKNOWN = re.compile(
    r"\b(?:missing|unknown|not (?:known|stated|reported|available|specified))\b", re.I
)
_OF_ALL = re.compile(r"\b(?:total|all|overall|entire|whole)\b", re.IGNORECASE)
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
    rough: bool = False
    """Whether its counts were made of percents that need not be of patients."""

    @property
    def p(self) -> float:
        """The P as printed, or its bound."""
        return amount(self.text.lstrip("<>≤≥="))


def cases(layout: Layout, found: list[Entry], groups: Groups) -> list[list[Case]]:
    """Give the P values of a table with their counts, those of a column together."""
    columns = [_cases(layout, found, groups, c, texts) for c, texts in _p_texts(layout)]
    columns.append(_in_rows(layout, found, groups) or _below(layout, found, groups))
    return [same for same in columns if same]


def _below(layout: Layout, found: list[Entry], named: Groups) -> list[Case]:
    """Give the P values below the groups of their column, each group a row with its size."""
    across = layout.turned
    turned = [
        replace(e, row=e.column, column=e.row)
        for e in found
        if e.share.of or across.head_sizes[e.row]
    ]
    return [
        replace(case, row=c, column=case.row)
        for c, texts in (_p_texts(across) if across.p_columns else ())
        for case in _cases(across, turned, named, c, texts)
    ]


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
            case = _case(at, _spans(at), groups, rows, r, c, text) if whole else None
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
    lowest = [layout.lowest_head(c) for c in groups]
    nested = 1 < len(set(lowest)) < len(lowest)  # grades or times of each group
    cases = []
    spans = _spans(at)
    pairs = _pairs(layout, named, groups or without)
    for r, text in texts.items():
        if r in pairs:
            tables = [pairs[r]]
            rest = tuple(n - k for k, n in zip(*pairs[r][:2], strict=True))
            if len(pairs[r]) == 2 and min(rest) >= 0 < sum(rest):
                tables.append((pairs[r][0], rest))  # 17/47 may be 17 men of 47
            tested = [_tested(r, p_column, text, table, True, True) for table in tables]
            cases.append(next((case for case in tested if case.printing), tested[0]))
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
        some = [c for c in groups if (r, c) in at]
        none = _none(layout, named, at, groups, r) if 0 < len(some) < len(groups) else {}
        ways = [(way, groups) for way in map(tuple, (rows, known, alone, levels)) if way]
        if none and not ways:  # a dash stands for nobody, or for a group that it is not about
            ways = [((r,), of) for of in (groups, some) if len(of) > 1]
        for way, of_groups in dict.fromkeys((way, tuple(of)) for way, of in ways):
            if any(row in several for row in way):
                continue
            tried = [
                case
                for of in (OF_FOUND, OF_HEAD, OF_PERCENT)
                if (case := _case(at | none, spans, of_groups, way, r, p_column, text, of))
            ]
            if rows or not any(at[r, c].reading == MADE for c in some):
                first = first or (tried[0] if tried else None)
            printing = next((case for case in tried if case.printing), None)
            if printing is not None:
                first = printing
                break
        if first is not None and (first.printing or not nested):
            cases.append(replace(first, binary=first.binary and not (of_more or none)))
    return cases


def _none(
    layout: Layout, named: Groups, at: dict[tuple[int, int], Entry], groups: list[int], r: int
) -> dict[tuple[int, int], Entry]:
    """Return counts of nobody for the dashes of a row, {} where another cell is no count."""
    found = {}
    for c in groups:
        text, sizes = layout.table.grid[r][c].text.strip(), _sizes(layout, named, at, c)
        if (r, c) not in at:
            if text not in EMPTY - {""} or not sizes:
                return {}
            share = Share(text, 0, "", False, None, False, 0)
            found[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], sizes[0], "")
    return found


def _spans(at: dict[tuple[int, int], Entry]) -> dict[int, tuple[int, int]]:
    """Return the sizes of each column that all its percents allow."""
    found: dict[int, tuple[int, int]] = {}
    for (_, c), e in at.items():
        if e.strength >= SAID and e.count and value(e.percent or "0"):
            low, high = sizes_printing(e.percent, e.count) or (0, 0)
            least, most = found.get(c, (low, high))
            found[c] = max(low, least), min(high, most)
    return {c: (low, high) for c, (low, high) in found.items() if LEAST <= low <= high}


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
        if percent is not None and value(percent) and not _of_count(layout, r, c):
            exact = value(percent) * sizes[0] / 100
            made = next((k for k in (round(exact), math.ceil(exact))
                         if printed_as(percent, k, sizes[0]) != "differs"), None)  # fmt: skip
            if c not in shared and made is not None:
                share = Share(cell.text, made, percent, True, None, False, 0)
                at[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], None, MADE)
        elif count is not None and count <= sizes[0] and (c in shared or not shared):
            share = Share(cell.text, count, "", False, None, False, 0)
            label = layout.context(r)
            said = throughout and not (measured(layout.label(r)) or CONTINUOUS.search(label))
            counted = r in rows or said or _COUNTS.search(label)
            reading = "" if counted else ALONE
            at[r, c] = Entry(r, c, 0, share, UNSAID, [(sizes[0], "head")], sizes[0], reading)
    if not at:
        between = range(max(left + 1, layout.labels), right)
        at = _adding_up(layout, named, [c for c in between if not layout.is_total(c)])
    columns = {c for _, c in at} | set(range(layout.labels, left)) - set(layout.p_columns)
    parts = {c for c in columns if not layout.is_total(c)}
    if len(parts) == 1:  # beside one other, several combined are a group
        parts |= {c for c in columns if not _OF_ALL.search(layout.heads[c])}
    if parts and parts.isdisjoint(c for _, c in at):
        return at  # groups under Total, after those of its parts
    return {place: e for place, e in at.items() if place[1] in parts} if parts else {}


def _adding_up(
    layout: Layout, named: Groups, columns: Sequence[int]
) -> dict[tuple[int, int], Entry]:
    """Return the counts of levels that make up a variable, or the size that an article tells."""
    blocks: list[list[int]] = []
    for r, section in enumerate(layout.sections):
        above = blocks[-1] if blocks else []
        pair = {last_word(layout.label(row)) for row in (*above, r)} in PAIRS
        if above and (pair if section is None else layout.sections[above[-1]] == section):
            above.append(r)
        else:
            blocks.append([r])
    found = {}
    for rows in (rows for rows in blocks if len(rows) > 1):
        counts = [[only_count(layout.table.grid[r][c].text) for r in rows] for c in columns]
        whole = {last_word(layout.label(row)) for row in rows} in PAIRS
        for c, column in zip(columns, counts, strict=True):
            numbers = [n for n in column if n is not None]
            of = sum(numbers)
            told = of in named.stated or (whole and of != 100)
            if of < LEAST or not told or len(numbers) < len(rows):
                break  # one that is no group, or all of them percents
            for r, n in zip(rows, numbers, strict=True):
                share = Share(str(n), n, "", False, None, False, 0)
                found[r, c] = Entry(r, c, 0, share, UNSAID, [(of, "sum of its levels")], of, "")
        else:
            continue
        found = {place: e for place, e in found.items() if place[0] not in rows}
    return found


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
    section = layout.sections[r]
    said = {label, label if section is None else layout.label(section)}
    alone = "." not in (percent or ("",))[0] and not any(map(_PERCENT_ROW.search, said))
    if percent is None or alone or CONTINUOUS.search(label) or value(percent[0]) > 100:
        return None
    sign = percent[1] or PERCENT.search(f"{layout.context(r)} {layout.heads[c]}")
    return percent[0] if sign and not measured(label) and not ESTIMATED.search(label) else None


def _pairs(
    layout: Layout, named: Groups, groups: list[int]
) -> dict[int, tuple[tuple[int, ...], ...]]:
    """Return the levels of rows of ``20/26``, if they make the sizes, or are men and women."""
    rows = {r: _levels(layout, groups, r) for r in range(layout.head, len(layout.sections))}
    sums = {r: {c: sum(each) for c, each in told.items()} for r, told in rows.items()}
    times = Counter(tuple(each.items()) for each in sums.values())
    found = {}
    for r, counts in rows.items():
        levels = tuple(zip(*counts.values(), strict=True))
        of_two = len(levels) == 2
        if (
            len(counts) > 1
            and all(sums[r].values())
            and any(levels[0])
            and (
                times[tuple(sums[r].items())] > 1
                or (of_two and _SEX.search(layout.context(r)))
                or all(
                    n in _sizes(layout, named, {}, c)
                    or (of_two and n >= LEAST and n in named.stated)
                    for c, n in sums[r].items()
                )
            )
        ):
            found[r] = levels
    return found


def _levels(layout: Layout, groups: list[int], r: int) -> dict[int, list[int]]:
    """Return the levels in the cells of a row, if all have as many, in the same order.

    A group may have none, and a statistic stand behind; all groups together are left out.
    """
    texts = {c: layout.table.grid[r][c].text.strip() for c in groups}
    told = {c: match for c, text in texts.items() if (match := _LEVELS.fullmatch(text))}
    counts = {c: [int(n) for n in re.findall(r"\d+", m["levels"])] for c, m in told.items()}
    named = {tuple(re.findall(r"(?<![a-z])[a-z]", m["levels"].lower())) for m in told.values()}
    wrong = any(m["of"] and whole(m["of"]) != sum(counts[c]) for c, m in told.items())
    missing = any(c < max(told) and texts[c] not in EMPTY for c in texts.keys() - told if told)
    if (
        wrong
        or missing
        or len({len(each) for each in counts.values()}) != 1
        or len(named - {()}) > 1
    ):
        return {}  # or women before men in one of them
    ends = [min(told), max(told)] if len(told) > 2 else []
    for total in ends:
        if counts[total] == [
            sum(n) - m for *n, m in zip(*counts.values(), counts[total], strict=True)
        ]:
            return {c: each for c, each in counts.items() if c != total}
    return counts


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
    at: dict[tuple[int, int], Entry], spans: dict[int, tuple[int, int]], groups: Sequence[int],
    rows: Sequence[int], r: int, p_column: int, text: str, way: int = OF_FOUND,
) -> Case | None:  # fmt: skip
    """Return the P with its counts, of what their percents are, or of what the head says."""
    entries = [[at[row, c] for c in groups] for row in rows]
    counts = [[e.count for e in row] for row in entries]
    made = [e for row in entries for e in row if e.reading == MADE]
    rough = (
        bool(made)
        and math.prod(
            min(1.0, e.own[0][0] / 10 ** (2 + len(e.percent.partition(".")[2]))) for e in made
        )
        > BY_CHANCE
    )
    if rough and abs(sum(amount(e.percent) for e in made if e.row == rows[0]) - 100) <= 1:
        return None  # percents of the row
    sums = [sum(column) for column in zip(*counts, strict=True)]
    by_row = len({e.of for e in entries[0]}) == 1 and entries[0][0].of == sum(counts[0])
    said = any(e.strength >= SAID for row in entries for e in row)
    sizes = [
        _size(column, way, by_row, spans.get(c), said)
        for c, column in zip(groups, zip(*entries, strict=True), strict=True)
    ]
    if rough:  # which add up but for their rounding
        sizes = [(n, n) if len(rows) > 1 and abs(n - low) <= len(rows) / 2 else (low, high)
                 for n, (low, high) in zip(sums, sizes, strict=True)]  # fmt: skip
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
    for ends in _ends(sizes) if len(rows) == 1 else [tuple(sums)]:
        for held in _printing(entries[0], ends) if rough and len(rows) == 1 else [counts]:
            rest = [n - sum(k) for n, k in zip(ends, zip(*held, strict=True), strict=True)]
            table = tuple(tuple(row) for row in [*held, rest] if any(row))
            if min(rest) >= 0 and len(table) > 1 and all(map(sum, zip(*table, strict=True))):
                tried.append(replace(
                    _tested(r, p_column, text, table, sound and not rough, binary), rough=rough
                ))  # fmt: skip
    first = next((case for case in tried if case.printing), tried[0] if tried else None)
    if first and not first.printing and len(tried) > 1:
        low, high = p_bounds(text)
        for test in first.p_values:
            values = [case.p_values.get(test, math.nan) for case in tried]
            if min(values) <= high and low <= max(values):
                first.printing.append(test)  # of sizes between
    return first


def _printing(row: Sequence[Entry], sizes: Sequence[int]) -> Iterator[list[list[int]]]:
    """Give the counts that percents without decimals may stand for."""
    ends = []
    for e, n in zip(row, sizes, strict=True):
        around = range(max(0, e.count - n // 100), min(n, e.count + n // 100) + 1)
        near = [k for k in around if e.percent and printed_as(e.percent, k, n) != "differs"]
        ends.append((min(near, default=e.count), max(near, default=e.count)))
    for counts in _ends(ends):
        yield [list(counts)]


def _size(
    column: Sequence[Entry], way: int, by_row: bool, span: tuple[int, int] | None, said: bool
) -> tuple[int, int]:
    """Return the size of a group, or the least and the largest of which its percents are."""
    told = [
        (n, where) for e in column for n, where in e.own if "sum" not in where and where != BESIDE
    ]
    of = {e.of for e in column if e.of is not None} if way == OF_FOUND and not by_row else set()
    size, where = (of.pop(), "") if len(of) == 1 else told[0] if told else (0, "")
    largest = max(column, key=lambda e: e.count)
    if not largest.count or not said or not value(largest.percent or "0"):
        return size, size
    nearest = round(100 * largest.count / value(largest.percent))
    low, high = sizes_printing(largest.percent, largest.count) or (nearest, nearest)
    other = way == OF_PERCENT and (high < size or ELSEWHERE in where)
    if not size and span and high > 1.2 * low:
        low, high = span
    return (low, high) if (other or not size) and LEAST <= high <= 1.2 * low else (size, size)


def _ends(sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
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
