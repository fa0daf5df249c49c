"""The P values of a table with the rows and columns of counts that each is of.

Groups are the columns to the left of the P, without a total, or those above it where P has a row. A
P beside a level may be of this level, completed with the patients who are not in it, or of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from secondlook.scan.cells import any_case, bare_p, p_value
from secondlook.scan.checks.p_of_counts.contingency import Case, case_of
from secondlook.scan.checks.p_of_counts.group_counts import (
    ALONE,
    EMPTY,
    NOBODY,
    TIME,
    TREATED,
    GroupCounts,
)
from secondlook.scan.groups import Groups, name
from secondlook.scan.layout import P_ROW, TOTAL, Layout, sizes
from secondlook.scan.shares.share import Entry

_P_AMONG = any_case(r"(?<![\w-])p\s?(?:-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?0?[.·]\d{1,6})(?![\d.])")
"""The P of a cell that gives the statistic too: ``χ2 = 0.33, p = 0.57``, ``P = 0.57, df = 1``."""
_WITHIN = any_case(r"within|pre[-/ ]?post|before|baseline|interaction|mcnemar|paired|\bmeans?\b")
"""A head of P that compares no groups."""
_START = any_case(rf"\b(?:before|baseline|pre{TREATED}|initial|start)\b")
_MODEL = any_case(r"\badj(?:usted|\b|[A-Z])|multivaria|logistic|regression|\bcox\b")
"""A head of P that is of more than the counts."""
_VERSUS = any_case(r"\s(?:vs?\.?|versus)(?:\s|(?<=\.)(?=\w))")
_OF_P = re.compile(r"^p (?:values? )?")
_UNKNOWN = any_case(r"\b(?:missing|unknown|not (?:known|stated|reported|available|specified))\b")


def cases(layout: Layout, found: list[Entry], groups: Groups) -> list[list[Case]]:
    """Give the P values of a table with their counts, those of a column together."""
    columns = [_beside(layout, found, groups, c, texts) for c, texts in _p_texts(layout)]
    columns.append(_in_rows(layout, found, groups) or _below(layout, found, groups))
    return [same for same in columns if same]


def _p_texts(layout: Layout) -> Iterator[tuple[int, dict[int, str]]]:
    """Give the columns with P values, and their texts by row."""
    for c in range(layout.width):
        cells = [(r, layout.grid[r][c].text) for r in layout.rows if layout.grid[r][c].first]
        if _MODEL.search(layout.heads[c]):
            continue
        if c in layout.p_columns:
            texts = {r: p for r, text in cells if (p := p_value(text)) is not None}
        else:
            # A P without a label, below a statistic, is left to its reader.
            told = ((r, _P_AMONG.findall(text)) for r, text in cells if layout.last_label(r))
            texts = {r: bare_p(found[0]) for r, found in told if len(found) == 1}
            texts = texts if len(texts) >= 2 else {}
        if texts:
            yield c, texts


def _below(layout: Layout, found: list[Entry], named: Groups) -> list[Case]:
    """Give the P values below the groups of their column, each group a row with its size."""
    across = layout.turned
    sized = (e for e in found if e.over or across.head_sizes[e.row])
    turned = [replace(e, row=e.column, column=e.row) for e in sized]
    return [
        replace(case, row=c, column=case.row)
        for c, texts in (_p_texts(across) if across.p_columns else ())
        for case in _beside(across, turned, named, c, texts)
    ]


def _in_rows(layout: Layout, found: list[Entry], named: Groups) -> list[Case]:
    """Give the P values of rows of their own, each over the columns of its groups."""
    grid, width = layout.grid, layout.width
    of_p = [r for r in layout.rows if P_ROW.match(layout.last_label(r)) or _tells_p(layout, r)]
    counts = GroupCounts(layout, found, named, range(1, width if of_p else 1))
    judged = []
    for r, c in product(of_p, range(1, width)):
        text = p_value(grid[r][c].text) if grid[r][c].first else None
        ends = (end for end in range(c + 1, width) if grid[r][end].first)
        groups = [g for g in range(c, next(ends, width)) if (r - 1, g) in counts.at]
        if text is None or len(groups) < 2:
            continue
        rows: list[int] = []
        while counts.all_of(row := r - 1 - len(rows), groups):
            rows.insert(0, row)
        if len(rows) == 1 or _until_whole(counts, groups, rows) == rows:
            judged.append(case_of(counts, groups, rows, r, c, text))
    return [case for case in judged if case]


def _tells_p(layout: Layout, r: int) -> bool:
    """Whether a row says nothing but one P for its columns: ``chi-square test | P = 0.31``."""
    told = [cell.text.strip() for cell in layout.grid[r][1:] if cell.first]
    return len(told) == 1 and bool(_P_AMONG.fullmatch(told[0]))


def _beside(
    layout: Layout, found: list[Entry], named: Groups, p_column: int, texts: dict[int, str]
) -> list[Case]:
    """Give the P of a column with the counts at its left."""
    left = max((c for c in layout.p_columns if c < p_column), default=0)
    of_label = p_column < layout.labels
    beside = layout.columns if of_label else range(left + 1, p_column)
    counts = GroupCounts(layout, found, named, compared(layout, p_column) or beside)
    groups = counts.groups
    over_all = set.intersection(*(set(layout.heads[c].split(" / ")) for c in [p_column, *groups]))
    own = " ".join(set(layout.heads[p_column].split(" / ")) - over_all)
    between = layout.heads[max(groups, default=p_column) + 1 : p_column]
    if _WITHIN.search(own) or any(map(_MODEL.search, between)):
        return []
    lowest = [name(layout.lowest[c]) for c in groups]
    other = 1 < len(set(lowest)) < len(lowest)  # grades or times of each group
    # or two groups that its head names otherwise than theirs
    other |= len(groups) > 2 and bool(_VERSUS.search(layout.heads[p_column]))
    other |= _at_times(layout, groups)
    judged = [_judged(counts, r, p_column, texts) for r in texts] if len(groups) > 1 else []
    sized = {r for r in texts if sizes(layout.label(r))}  # of which the head does not tell
    return [case for case in judged if case and (case.printing or not (other or case.row in sized))]


def _at_times(layout: Layout, groups: Sequence[int]) -> bool:
    """Whether the columns are of the same patients at several times, whose P is of pairs."""
    heads = [layout.lowest[c] for c in groups]
    of = {tuple(layout.head_sizes[c]) for c in groups}
    first = any(map(_START.search, heads)) or not any(map(sizes, heads))  # or so long after onset
    return len(of) == 1 and first and all(map(TIME.search, heads))


def _judged(counts: GroupCounts, r: int, p_column: int, texts: dict[int, str]) -> Case | None:
    """Return a P with the counts that print it, or else with the likeliest."""
    layout, at, groups = counts.layout, counts.at, counts.groups
    some = [c for c in groups if (r, c) in at]
    several = [c for c in some if len(at[r, c]) > 1]
    if several:
        return case_of(counts, several, [r], r, p_column, texts[r])
    following = _following(counts, r, p_column, texts)
    rows = _of_variable(counts, following, r, p_column)
    # Each way costs exact tests: one that prints the P ends it, and none is taken twice.
    levels = _levels_of(counts, r)
    if [r] == [row for row in levels if row in texts] != levels[:1]:
        rows = levels  # some above the only P
    apart = len(levels) > 2 and all(row in texts for row in levels)
    if apart and len({texts[row] for row in levels}) > 1:
        levels = []  # each has a P of its own, which of two would be the same
    known = [row for row in rows or levels if not _UNKNOWN.search(layout.last_label(row))]
    alone = [r] if some == groups else []
    same = all(len({counts.at[row, c][0].over for row in following}) < 2 for c in groups)
    across = following if same else []
    ways = [(way, groups) for way in (rows, known, alone, levels, across) if way]
    about = [c for c in some if at[r, c][0].reading != NOBODY]
    if alone and about != some:  # a dash stands for nobody, or for a group that it is not about
        ways.append(([r], about))
    likeliest = None
    for way, of in dict.fromkeys((tuple(way), tuple(of)) for way, of in ways if len(of) > 1):
        case = case_of(counts, of, way, r, p_column, texts[r])
        if case and (likeliest is None or case.printing or (likeliest.unsure and not case.unsure)):
            likeliest = case
        if likeliest and likeliest.printing:
            break
    bare = any(e.reading == ALONE for c in some for e in at[r, c])
    last = r + 1 == len(layout.sections) or r + 1 in texts or layout.is_section(r + 1)
    of_more = not (rows or last)
    one = not (of_more or bare) and about == some
    return likeliest and replace(likeliest, binary=likeliest.binary and one)


def _levels_of(counts: GroupCounts, r: int) -> list[int]:
    """Return all levels of the variable of a row, if each has its counts."""
    top = counts.layout.tops[r]
    rows = [row for row, other in enumerate(counts.layout.tops) if other == top is not None]
    return rows if all(counts.all_of(row, counts.groups) for row in rows) else []


def _following(counts: GroupCounts, r: int, p_column: int, texts: dict[int, str]) -> list[int]:
    """Return the rows of counts from that of a P on which have no P of their own."""
    layout, grid, groups = counts.layout, counts.layout.grid, counts.groups
    own = counts.all_of(r, groups)
    filled = any(grid[r][c].first and re.search(r"\d", grid[r][c].text) for c in groups)
    if not own and filled and not _UNKNOWN.search(layout.last_label(r)):
        return []  # it is of what is measured in its row
    top = layout.tops[r] if own else r
    rows = [r] if own else []
    for row in range(r + 1, len(grid)):
        beside = grid[row][p_column]
        # A statistic below the P is beside the next level: P = 0.37 | df = 2.
        empty = EMPTY.fullmatch(beside.text) or "=" in beside.text
        if layout.is_section(row) or row in texts or (beside.first and not empty):
            break
        if not any(grid[row][c].first and grid[row][c].text.strip() for c in groups):
            continue  # empty, or the rest of the row above
        if not counts.all_of(row, groups):
            of_variable = top is not None and layout.tops[row] == top
            if not own or not beside.first or of_variable:
                # else the P is of a level too whose count is not known
                return _until_whole(counts, groups, rows) if own else []
            break
        rows.append(row)
    return rows


def _of_variable(counts: GroupCounts, rows: list[int], r: int, p_column: int) -> list[int]:
    """Return those of the rows from a P on that are surely of the same variable."""
    layout, grid = counts.layout, counts.layout.grid
    if len(rows) < 2 or rows[0] != r:
        return rows
    spanned = [row for row in rows if grid[row][p_column].text == grid[r][p_column].text]
    if len(spanned) > 1 and not any(TOTAL.search(layout.label(row)) for row in spanned):
        return spanned
    top = layout.tops[r]
    of_one = rows if top is not None and {top} == {layout.tops[row] for row in rows} else []
    return _until_whole(counts, counts.groups, rows) or of_one


def _until_whole(counts: GroupCounts, groups: list[int], rows: list[int]) -> list[int]:
    """Take rows until they make up every group."""
    wholes = [counts.at[rows[0], c][0].of for c in groups]
    for end in range(2, len(rows) + 1):
        if wholes == [sum(counts.count(row, c) for row in rows[:end]) for c in groups]:
            return rows[:end]
    return []


def compared(layout: Layout, p_column: int) -> list[int]:
    """Return the columns that the head of a P names: ``P (drug vs placebo)``; or of its name."""
    parts = _VERSUS.split(layout.lowest[p_column].replace("(", " "))
    names = [_OF_P.sub("", name(part)) for part in parts]
    columns = sorted({*layout.columns} - {*layout.p_columns})
    heads = {c: name(layout.lowest[c]) for c in columns}
    found = []
    for each in names if len(names) == 2 and all(names) else ():
        named = [c for c in columns if heads[c] == each] or [
            c for c in columns
            if (heads[c].startswith(each) and len(each) > 2)
            or (heads[c] and each.startswith(f"{heads[c]} "))
        ]  # fmt: skip
        found += named if len(named) == 1 else []
    own = name(layout.lowest[p_column])
    below = [c for c in columns if own and heads[c].endswith(own)]
    return found if len(set(found)) == 2 else below if len(below) > 1 else []
