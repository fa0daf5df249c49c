"""The P values of a table with the counts that each is of: levels by groups.

Whatever the layout, `_Counts` tells what the cells of the groups count: beside a percent, without
one, made of it, nobody where a dash stands, or several levels in one cell. Groups are the columns
to the left of the P, without a total, or those above it where P has a row. A variable with one row
is completed with the patients who are not in it.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, product

import numpy as np

from secondlook.printed import verdict
from secondlook.proportions import fisher_exact, likelihood_ratio, pearson, yates
from secondlook.scan.cells import (
    Share,
    amount,
    any_case,
    bare_p,
    only_count,
    only_percent,
    p_bounds,
    p_value,
    printed_as,
    value,
    whole,
    without_zeros,
)
from secondlook.scan.groups import ELSEWHERE, LEAST, Groups, name
from secondlook.scan.layout import (
    CONTINUOUS,
    ESTIMATED,
    P_ROW,
    PAIRS,
    PERCENT,
    TOTAL,
    UNWANTED,
    Layout,
    last_word,
    measured,
    sizes,
)
from secondlook.scan.shares import BESIDE, MOST_GROUPS, SAID, SAYS_NOT, UNSAID, Entry

FISHER_STEPS = 100_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
RATIO = "Likelihood ratio (G)"
EMPTY = re.compile(r"[\s–—-]*")
ALONE, MADE, NOBODY = "without a percent", "made of its percent", "a dash"
OF_FOUND, OF_HEAD, OF_PERCENT, OF_OTHER = range(4)
"""The size of a group: what its percents were found to be of, that of its head, any they allow
up to it, or any at all."""
FEW_LACK = 0.8
"""The part of a group of which the percents may be where some patients lack a datum."""
BY_CHANCE = 0.02
"""How often percents of no counts may look like percents of whole numbers of patients."""
_P_AMONG = any_case(r"(?<![\w-])p\s?(?:-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?0?[.·]\d{1,6})(?![\d.])")
"""The P of a cell that gives the statistic too: ``χ2 = 0.33, p = 0.57``, ``P = 0.57, df = 1``."""
_WITHIN = any_case(r"within|pre[-/ ]?post|before|baseline|interaction|mcnemar|paired|\bmeans?\b")
"""A head of P that compares no groups."""
_TREATED = r"(?:[- ]?(?:intervention|treatment|therapy|training|test|op\w*|surgery))?"
_TIME = any_case(
    rf"\b(?:before|after|baseline|(?:pre|post){_TREATED}|follow[- ]?up|"
    r"(?:day|week|month|visit|T)\s?\d{1,3})\b|"
    r"(?:\d|first|second|third|fifth|tenth|one|two|three|five|six|ten|twelve)[- ]?"
    r"(?:st|nd|rd|th)?[- ]?(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|visit)\b"
)
"""A time at which the same patients were counted."""
_START = any_case(rf"\b(?:before|baseline|pre{_TREATED}|initial|start)\b")
_MODEL = any_case(r"\badj(?:usted|\b|[A-Z])|multivaria|logistic|regression|\bcox\b")
"""A head of P that is of more than the counts."""
_PERCENT_ROW = any_case(r"^(?!.*\b(?:n|no\.?|number)\b)[^,;]*[(,]\s?%\s?\)?[\s:]*$")
_IN_UNIT = any_case(
    r"[(,]\s?%\s?\)?$|,\s?(?:mm|cm|kg|mg|g|ml|years?|months?|weeks?|days?|hours?|min|s)$"
)
_MEN = r"\d{1,6}\s?(?:(?:fe)?males?|(?:wo)?m[ae]n|[mf])"
_LEVELS = any_case(
    r"(?P<of>\d{1,6}\s?[(\[]\s?)?"
    r"(?P<levels>[A-Za-z]{0,6}\s?\d{1,6}(?:\s?[/:]\s?[A-Za-z]{0,6}\s?\d{1,6}){1,5}|"
    rf"{_MEN}\s?[,;/:]\s?{_MEN}|"
    r"(?:[A-Za-z][A-Za-z ]{0,30}[–−:=-]?\s?\d{1,6}[,;/ ]{0,3}){2,8})"
    r"\s?(?(of)[)\]]|(?:[(\[][\d.,% ]+[/:][\d.,% ]+[)\]])?)"
)
"""Levels in one cell: ``20/26``, ``46 (20/26)``, ``M 20 / F 26``, ``20 male, 26 female``,
``Diabetes - 20 Others - 26``."""
_UNKNOWN = any_case(r"\b(?:missing|unknown|not (?:known|stated|reported|available|specified))\b")
_OF_ALL = any_case(r"\b(?:total|all|overall|entire|whole)\b")
_OF_P = re.compile(r"^p (?:values? )?")
OVER = re.compile(r"(\d{1,6})\s?/\s?(\d{1,6})")
_NUMBERS = any_case(
    r"\b(?:numbers?|n|no\.) of (?:patients|subjects|participants|women|children|cases|events)\b|"
    r"\b(?:as|are|in) (?:absolute )?(?:numbers?|n|frequenc\w+)\b|"
    r"\bn(?:umber)? ?\(%"
)
"""A caption or footnote with one of these says that the numbers of the table are counts."""
_COUNTS = any_case(
    r"[(\[,;:]\s?(?:n|no\.?|number|frequency|patients|cases)\s?(?:[(\[,/]\s?%\s?[)\]]?)?\s?[)\]]?\s?(?:$|>)|"
    r"\b(?:number|no\.) of (?:patients|subjects|participants|women|men|children|cases|deaths)\b"
)
"""A label with one of these counts patients."""
_VERSUS = any_case(r"\s(?:vs?\.?|versus)(?:\s|(?<=\.)(?=\w))")
_SEX = any_case(r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\bm ?/ ?f\b")


_Levels = dict[tuple[int, int], tuple[int, ...]]
"""The counts of the levels of a variable, by cell."""


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
    bare: bool = False
    """Whether nothing but their sum would show that its numbers are counts."""

    @property
    def unsure(self) -> bool:
        """Whether its numbers may be no counts."""
        return self.rough or self.bare

    @property
    def p(self) -> float:
        """The P as printed, or its bound."""
        return amount(self.text.lstrip("<>≤≥="))

    @property
    def exact(self) -> bool:
        """Whether the P is no bound."""
        return self.text[0] not in "<>≤≥"


def cases(layout: Layout, found: list[Entry], groups: Groups) -> list[list[Case]]:
    """Give the P values of a table with their counts, those of a column together."""
    columns = [_beside(layout, found, groups, c, texts) for c, texts in _p_texts(layout)]
    columns.append(_in_rows(layout, found, groups) or _below(layout, found, groups))
    return [same for same in columns if same]


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
    counts = _Counts(layout, found, named, range(1, width if of_p else 1))
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
        if len(rows) == 1 or counts.until_whole(groups, rows) == rows:
            judged.append(counts.case(groups, rows, r, c, text))
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
    counts = _Counts(layout, found, named, compared(layout, p_column) or beside)
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
    judged = [counts.judged(r, p_column, texts) for r in texts] if len(groups) > 1 else []
    sized = {r for r in texts if sizes(layout.label(r))}  # of which the head does not tell
    return [case for case in judged if case and (case.printing or not (other or case.row in sized))]


def _at_times(layout: Layout, groups: Sequence[int]) -> bool:
    """Whether the columns are of the same patients at several times, whose P is of pairs."""
    heads = [layout.lowest[c] for c in groups]
    of = {tuple(layout.head_sizes[c]) for c in groups}
    first = any(map(_START.search, heads)) or not any(map(sizes, heads))  # or so long after onset
    return len(of) == 1 and first and all(map(_TIME.search, heads))


class _Counts:
    """The counts of the groups of some columns, by cell: one, or those of the levels in it."""

    def __init__(
        self, layout: Layout, found: list[Entry], named: Groups, columns: Sequence[int]
    ) -> None:
        self.layout, self.named = layout, named
        self.at: dict[tuple[int, int], tuple[Entry, ...]] = {}
        for e in found:
            if e.column in columns and (
                e.strength >= (SAID if e.swapped else UNSAID) or (e.holds and e.strength > SAYS_NOT)
            ):
                self.at[e.row, e.column] = (*self.at.get((e.row, e.column), ()), e)
        # One of a cell that says more, such as a mean, need not be what the P is of.
        self.at = {(r, c): cell for (r, c), cell in self.at.items()
                   if _begins(layout.grid[r][c].lines, cell[0])}  # fmt: skip
        self.spans = self._spans()
        self._sizes = {c: self._sizes_of(c) for c in columns}
        self._add_without_percent()
        self._leave_out_total(columns)
        plain = [c for c in columns if c >= layout.labels and not layout.is_total(c)]
        self.at |= self._levels(self.groups or plain[: MOST_GROUPS + 1])

    @property
    def groups(self) -> list[int]:
        """The columns with counts."""
        return sorted({c for _, c in self.at})

    def all_of(self, r: int, groups: Sequence[int]) -> bool:
        """Whether a row has the counts of all groups."""
        return all((r, c) in self.at for c in groups)

    def count(self, r: int, c: int) -> int:
        """Return how many a cell counts."""
        return sum(e.count for e in self.at[r, c])

    def _spans(self) -> dict[int, tuple[int, int]]:
        """Return the sizes of each column that all its percents allow."""
        found: dict[int, tuple[int, int]] = {}
        for e in (e for cell in self.at.values() for e in cell):
            if e.strength >= SAID and e.count and value(e.percent):
                low, high = e.span or (0, 0)
                least, most = found.get(e.column, (low, high))
                found[e.column] = max(low, least), min(high, most)
        return {c: (low, high) for c, (low, high) in found.items() if LEAST <= low <= high}

    def _sizes_of(self, c: int) -> list[int]:
        """Return the sizes that are printed of a column: in its head, by percents, elsewhere."""
        own = {e.of for (_, column), cell in self.at.items() if column == c for e in cell if e.of}
        behind = list(own) if len(own) == 1 else []
        return self.layout.head_sizes[c] or behind or self.named.printed(self.layout, c)

    def _add_without_percent(self) -> None:
        """Add the counts that stand alone, are made of their percent, or are a dash: nobody."""
        layout, at = self.layout, self.at
        shared, rows = {c for _, c in at}, {r for r, _ in at}
        throughout = bool(_NUMBERS.search(layout.told) or UNWANTED.search(layout.table.caption))
        dashes = []
        cells = [each for each in layout.cells() if each[1] in self._sizes]
        overs = {(r, c): OVER.fullmatch(cell.text.strip()) for r, c, cell in cells}
        often = Counter((c, over[2]) for (_, c), over in overs.items() if over)
        for r, c, cell in cells:
            sizes, over = self._sizes[c], overs[r, c]
            if (r, c) in at:
                continue
            if EMPTY.fullmatch(cell.text):
                dashes.append(_entry(r, c, 0, sizes[0] if sizes else None, "head", NOBODY))
                continue
            count, percent = only_count(cell.text), _percent(layout, r, c)
            if over and (r, c + 1) not in at:
                k, of = int(over[1]), int(over[2])
                if k <= of and (often[c, over[2]] > 1 or sizes):
                    at[r, c] = (_entry(r, c, k, of, "in the cell"),)
            elif not sizes:
                continue
            elif percent is not None and value(percent) and not _of_count(layout, r, c):
                exact = value(percent) * sizes[0] / 100
                near = (k for k in (round(exact), math.ceil(exact))
                        if printed_as(percent, k, sizes[0]) != "differs")  # fmt: skip
                made = next(near, round(exact) if self._has_own_head(c) else None)
                if c not in shared and made is not None:
                    e = _entry(r, c, made, sizes[0], "head", MADE)
                    at[r, c] = (replace(e, text=cell.text, percent=percent, sign=True, of=None),)
            elif count is not None and count <= sizes[0] and (c in shared or not shared):
                label = layout.context(r)
                counted = r in rows or bool(_COUNTS.search(label))
                if not counted and _no_count(label):
                    continue
                counted = counted or (throughout and not measured(layout.label(r)))
                at[r, c] = (_entry(r, c, count, sizes[0], "head", "" if counted else ALONE),)
        rows, filled = {r for r, _ in at}, {c for _, c in at}
        of_variable = {(layout.tops[r], c) for r, c in at if layout.tops[r] is not None}
        for e in dashes:
            dash = layout.grid[e.row][e.column].text.strip()
            level = (layout.tops[e.row], e.column) in of_variable
            if e.row in rows and e.column in filled and (dash or level):
                at[e.row, e.column] = (e,)

    def _has_own_head(self, c: int) -> bool:
        """Whether the head with the size of a column is above it alone, and so above a group."""
        heads = [head.split(" / ") for head in self.layout.heads]
        told = {part for part in heads[c] if sizes(part, head=True)}
        return bool(told) and all(told.isdisjoint(h) for i, h in enumerate(heads) if i != c)

    def _leave_out_total(self, columns: Sequence[int]) -> None:
        """Leave out a column of all groups together, also one that no head calls so."""
        layout = self.layout
        before = range(layout.labels, columns[0] if columns else 0)
        beside = {*self.groups, *before} - set(layout.p_columns)
        parts = {c for c in beside if not layout.is_total(c)}
        of = {c: n for c, n in layout.sizes.items() if c in beside}
        largest = max((of.get(c, 0) for c in parts), default=0)
        parts |= {c for c in beside if of.get(c, largest) < largest}
        if len(parts) == 1:  # beside one other, several combined are a group
            parts |= {c for c in beside if not _OF_ALL.search(layout.heads[c])}
        groups = [c for c in self.groups if c in parts]
        groups = groups or self.groups  # all stand under Total
        rows = [r for r in {r for r, _ in self.at} if self.all_of(r, groups)]
        for total in (groups[0], groups[-1]) if len(groups) > 2 and len(rows) > 2 else ():
            others = [c for c in groups if c != total]
            adds = [self.count(r, total) == sum(self.count(r, c) for c in others) for r in rows]
            if 10 * sum(adds) >= 9 * len(rows):
                groups = others
                break
        self.at = {place: cell for place, cell in self.at.items() if place[1] in groups}

    def _variables(self, columns: Sequence[int]) -> Iterator[_Levels]:
        """Give the levels of each variable that have no percents.

        They stand below one heading, are two that exclude each other, or share the cells of a row.
        """
        layout, rows = self.layout, range(len(self.layout.sections))
        names = [last_word(layout.label(r)) for r in rows]
        pairs = [[r, r + 1] for r, two in enumerate(pairwise(names)) if set(two) in PAIRS]
        blocks = [rows for rows in pairs if layout.sections[rows[-1]] is None]
        blocks += [list(block) for s, block in groupby(rows, layout.sections.__getitem__)
                   if s is not None]  # fmt: skip
        for block in [] if self.at else blocks:
            places = product(block, columns)
            counts = {(r, c): only_count(layout.grid[r][c].text) for r, c in places}
            if None not in counts.values():
                yield {at: (n,) for at, n in counts.items() if n is not None}
        for r in range(layout.head, len(rows)):
            yield {(r, c): levels for c, levels in _in_cells(layout, columns, r).items()}

    def _levels(self, columns: Sequence[int]) -> dict[tuple[int, int], tuple[Entry, ...]]:
        """Return the counts of levels without percents, which make up a known size of each group.

        Two variables that make up the same sizes need none, nor two levels that exclude each other.
        """
        layout = self.layout
        told = [counts for counts in self._variables(columns) if counts]
        sums: list[Counter[int]] = [Counter() for _ in told]
        for counts, of in zip(told, sums, strict=True):
            for (_, c), levels in counts.items():
                of[c] += sum(levels)
        times = Counter(frozenset(of.items()) for of in sums)
        found: dict[tuple[int, int], tuple[Entry, ...]] = {}
        for counts, of in zip(told, sums, strict=True):
            names = {last_word(layout.label(r)) for r, _ in counts}
            two = sum(map(len, counts.values())) == 2 * len(of)
            pair = two and (names in PAIRS or bool(_SEX.search(layout.context(min(counts)[0]))))
            other = set(of.values()) == {100} or counts.keys() <= self.at.keys()
            alike = not other and (pair or times[frozenset(of.items())] > 1)
            unknown = {n for c, n in of.items() if n not in self._sizes[c]}
            known = min(of.values()) >= LEAST and unknown <= self.named.stated
            if len(of) > 1 and (known or alike):
                found |= {
                    (r, c): tuple(_entry(r, c, n, of[c], "sum of its levels") for n in levels)
                    for (r, c), levels in counts.items()
                }
        return found

    def judged(self, r: int, p_column: int, texts: dict[int, str]) -> Case | None:
        """Return a P with the counts that print it, or else with the likeliest."""
        layout, at, groups = self.layout, self.at, self.groups
        some = [c for c in groups if (r, c) in at]
        several = [c for c in some if len(at[r, c]) > 1]
        if several:
            return self.case(several, [r], r, p_column, texts[r])
        following = self._following(r, p_column, texts)
        rows = self._of_variable(following, r, p_column)
        # Each way costs exact tests: one that prints the P ends it, and none is taken twice.
        levels = self._levels_of(r)
        if [r] == [row for row in levels if row in texts] != levels[:1]:
            rows = levels  # some above the only P
        apart = len(levels) > 2 and all(row in texts for row in levels)
        if apart and len({texts[row] for row in levels}) > 1:
            levels = []  # each has a P of its own, which of two would be the same
        known = [row for row in rows or levels if not _UNKNOWN.search(layout.last_label(row))]
        alone = [r] if some == groups else []
        same = all(len({self.at[row, c][0].over for row in following}) < 2 for c in groups)
        across = following if same else []
        ways = [(way, groups) for way in (rows, known, alone, levels, across) if way]
        about = [c for c in some if at[r, c][0].reading != NOBODY]
        if alone and about != some:  # a dash stands for nobody, or for a group that it is not about
            ways.append(([r], about))
        first = None
        for way, of in dict.fromkeys((tuple(way), tuple(of)) for way, of in ways if len(of) > 1):
            case = self.case(of, way, r, p_column, texts[r])
            if case and (first is None or case.printing or (first.unsure and not case.unsure)):
                first = case
            if first and first.printing:
                break
        bare = any(e.reading == ALONE for c in some for e in at[r, c])
        last = r + 1 == len(layout.sections) or r + 1 in texts or layout.is_section(r + 1)
        of_more = not (rows or last)
        one = not (of_more or bare) and about == some
        return first and replace(first, binary=first.binary and one)

    def _levels_of(self, r: int) -> list[int]:
        """Return all levels of the variable of a row, if each has its counts."""
        top = self.layout.tops[r]
        rows = [row for row, other in enumerate(self.layout.tops) if other == top is not None]
        return rows if all(self.all_of(row, self.groups) for row in rows) else []

    def _following(self, r: int, p_column: int, texts: dict[int, str]) -> list[int]:
        """Return the rows of counts from that of a P on which have no P of their own."""
        layout, grid, groups = self.layout, self.layout.grid, self.groups
        own = self.all_of(r, groups)
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
            if not self.all_of(row, groups):
                of_variable = top is not None and layout.tops[row] == top
                if not own or not beside.first or of_variable:
                    # else the P is of a level too whose count is not known
                    return self.until_whole(groups, rows) if own else []
                break
            rows.append(row)
        return rows

    def _of_variable(self, rows: list[int], r: int, p_column: int) -> list[int]:
        """Return those of the rows from a P on that are surely of the same variable."""
        layout, grid = self.layout, self.layout.grid
        if len(rows) < 2 or rows[0] != r:
            return rows
        spanned = [row for row in rows if grid[row][p_column].text == grid[r][p_column].text]
        if len(spanned) > 1 and not any(TOTAL.search(layout.label(row)) for row in spanned):
            return spanned
        top = layout.tops[r]
        of_one = rows if top is not None and {top} == {layout.tops[row] for row in rows} else []
        return self.until_whole(self.groups, rows) or of_one

    def until_whole(self, groups: list[int], rows: list[int]) -> list[int]:
        """Take rows until they make up every group."""
        wholes = [self.at[rows[0], c][0].of for c in groups]
        for end in range(2, len(rows) + 1):
            if wholes == [sum(self.count(row, c) for row in rows[:end]) for c in groups]:
                return rows[:end]
        return []

    def case(
        self, groups: Sequence[int], rows: Sequence[int], r: int, p_column: int, text: str
    ) -> Case | None:
        """Return a P with its counts, of what their percents are or the head says; see `_case`."""
        cells = [[self.at[row, c] for c in groups] for row in rows]
        if len(groups) < 2 or any(len(cell) != len(row[0]) for row in cells for cell in row):
            return None
        entries = [list(level) for row in cells for level in zip(*row, strict=True)]
        spans = [self.spans.get(c) for c in groups]
        some = [e for e in entries[0] if e.count]
        other = bool(some) and all(map(_of_another, some))
        ways = (OF_OTHER,) if other else (OF_FOUND, OF_HEAD, OF_PERCENT)
        tried = (_case(entries, spans, r, p_column, text, of) for of in ways)
        found = [case for case in tried if case]
        printing = next((case for case in found if case.printing), None)
        # Those of few patients print no other size: 11 (92%) is of 12.
        told = not other or all(len({*(e.span or "?!")}) == 1 for e in some)
        return printing or (found[0] if found and told else None)


def _no_count(label: str) -> bool:
    """Whether a label, with that of its block, tells of a mean, a score or a percent."""
    *above, own = label.split(" > ")
    in_time = any(map(measured, above)) and bool(_TIME.search(own))  # Apgar score > 5 minutes
    of_one = bool(CONTINUOUS.search(label) or _IN_UNIT.search(own))
    return of_one or in_time


def _begins(lines: list[str], first: Entry) -> bool:
    """Whether the first of several lines of a cell prints its first count."""
    return len(lines) < 2 or str(first.count) in re.findall(r"\d+", lines[0].replace(",", ""))


def _entry(r: int, c: int, count: int, of: int | None, where: str, reading: str = "") -> Entry:
    """Return a count without a percent of a size."""
    own = [(of, where)] if of else []
    share = Share(str(count), count, "")
    return Entry(**vars(share), row=r, column=c, strength=UNSAID, own=own, of=of, reading=reading)


def _in_cells(layout: Layout, groups: Sequence[int], r: int) -> dict[int, tuple[int, ...]]:
    """Return the levels in the cells of a row, if all have as many, in the same order.

    A group may have none, and a statistic stand behind; all groups together are left out.
    """
    texts = {c: layout.grid[r][c].text.strip() for c in groups}
    told = {c: match for c, text in texts.items() if (match := _LEVELS.fullmatch(text))}
    counts = {c: tuple(map(int, re.findall(r"\d+", m["levels"]))) for c, m in told.items()}
    named = {tuple(re.findall(r"(?<![a-z])[a-z]", m["levels"].lower())) for m in told.values()}
    wrong = any(m["of"] and whole(m["of"]) != sum(counts[c]) for c, m in told.items())
    before = (texts[c] for c in texts.keys() - told if c < max(told, default=0))
    missing = not all(map(EMPTY.fullmatch, before))
    some = any(each[0] for each in counts.values())
    alike = len({len(each) for each in counts.values()}) == 1
    alike &= len(named - {()}) < 2  # and no women before men in one of them
    return counts if alike and some and not (wrong or missing) else {}


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


def _of_count(layout: Layout, r: int, c: int) -> bool:
    """Whether a count stands before a percent, under one head."""
    one = layout.heads[c - 1].partition(" / ")[0] == layout.heads[c].partition(" / ")[0]
    return one and only_count(layout.grid[r][c - 1].text) is not None


def _percent(layout: Layout, r: int, c: int) -> str | None:
    """Return the digits of a cell that holds a percent, and no measurement, with its decimals."""
    percent, label = only_percent(layout.grid[r][c].text), layout.label(r)
    said = _PERCENT_ROW.search(label) or _PERCENT_ROW.search(layout.heading(r))
    alone = "." not in (percent or ("",))[0] and not said
    if percent is None or alone or CONTINUOUS.search(label) or value(percent[0]) > 100:
        return None
    sign = percent[1] or PERCENT.search(f"{layout.context(r)} {layout.heads[c]}")
    return percent[0] if sign and not measured(label) and not ESTIMATED.search(label) else None


def _case(
    entries: list[list[Entry]], spans: Sequence[tuple[int, int] | None], r: int, p_column: int,
    text: str, way: int,
) -> Case | None:  # fmt: skip
    """Return the P with its counts, rows of levels by groups, of what one way says they are of."""
    counts = [[e.count for e in row] for row in entries]
    made = [e for row in entries for e in row if e.reading == MADE]
    chances = (e.own[0][0] / 10 ** (2 + len(e.percent.partition(".")[2])) for e in made)
    of_heads = all(e.fits(e.own[0][0]) for e in made)
    rough = not of_heads or (bool(made) and math.prod(min(1.0, n) for n in chances) > BY_CHANCE)
    if rough and abs(sum(amount(e.percent) for e in entries[0] if e in made) - 100) <= 1:
        return None  # percents of the row
    sums = [sum(column) for column in zip(*counts, strict=True)]
    sizes = _sizes(entries, spans, sums, way, rough)
    if not all(low for low, _ in sizes):
        return None
    complete = len(entries) > 1 and all(_within(sums, sizes))
    bare = not complete and any(all(e.reading in {ALONE, NOBODY} for e in row) for row in entries)
    sound = all(e.holds for row in entries for e in row) and not bare
    sound &= all(any(e.percent for e in row) for row in entries)
    binary = len(entries) == 1 or (complete and len(entries) == 2)
    digits = text if len(text.partition(".")[2]) < 4 else without_zeros(text)  # 0.8590
    tried = []
    for table in _tables(counts, sums, sizes, complete):
        p_values = usual(table)
        printing = [test for test, p in p_values.items()
                    if {verdict(text, p), verdict(digits, p)} != {"differs"}]  # fmt: skip
        case = Case(r, p_column, text, table, p_values, printing, sound, binary, rough, bare)
        tried.append(case)
    first = next((case for case in tried if case.printing), tried[0] if tried else None)
    if first and not first.printing and len(tried) > 1 == len(entries):
        low, high = p_bounds(text)
        columns = (zip(*case.table, strict=True) for case in tried)
        shares = [[column[0] / sum(column) for column in each] for each in columns]
        for test in first.p_values:
            values = [case.p_values.get(test, math.nan) for case in tried]
            if len({first > second for first, second, *_ in shares}) > 1:
                values.append(1.0)  # as large in one group as in the other
            if min(values) <= high and low <= max(values):
                first.printing.append(test)  # of sizes between
    return first


def _sizes(
    entries: list[list[Entry]], spans: Sequence[tuple[int, int] | None], sums: list[int],
    way: int, rough: bool,
) -> list[tuple[int, int]]:  # fmt: skip
    """Return the least and the largest size of each group; 0 where it is not known."""
    if len(entries) > 1 and all(map(_of_row, entries)):
        return [(n, n) for n in sums]
    by_row = _of_row(entries[0])
    said = any(e.strength >= SAID for row in entries for e in row)
    sizes = [
        _size(column, way, by_row, span, said)
        for column, span in zip(zip(*entries, strict=True), spans, strict=True)
    ]
    if len(entries) == 1:
        return sizes
    if rough:  # which add up but for their rounding
        return [(n, n) for n in sums]
    # Levels that make up one group make up the others, of which a percent may be wrong.
    if any(_within(sums, sizes)):
        sizes = [size if size[0] else (n, n) for n, size in zip(sums, sizes, strict=True)]
    return sizes


def _within(sums: list[int], sizes: list[tuple[int, int]]) -> list[bool]:
    """Say of each group whether its levels make it up."""
    return [low <= n <= high for n, (low, high) in zip(sums, sizes, strict=True)]


def _tables(
    counts: list[list[int]], sums: list[int], sizes: list[tuple[int, int]], complete: bool
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Give the levels with the rest of each group, of the least and of the largest sizes."""
    # Of more groups than two whose sizes are ranges, all at once at the one end or the other.
    all_ends = list(dict.fromkeys((product if len(sizes) == 2 else zip)(*sizes)))
    if len(counts) > 1:  # and, where it does not name them all, the rest
        known = all(low == high >= n for n, (low, high) in zip(sums, sizes, strict=True))
        all_ends = [tuple(sums), *(all_ends if known and not complete else [])]
    for ends in all_ends:
        rest = [n - k for n, k in zip(ends, sums, strict=True)]
        table = tuple(tuple(row) for row in [*counts, rest] if any(row))
        if min(rest) >= 0 and len(table) > 1 and all(map(sum, zip(*table, strict=True))):
            yield table


def _of_another(e: Entry) -> bool:
    """Whether the percent of a count says that it is of no size that is printed for it."""
    if not (e.own and e.reading != MADE and value(e.percent or "0")) or e.holds or e.over:
        return False
    of = 100 * e.count / value(e.percent)
    return not any(FEW_LACK * n <= of <= n or e.nearly(n) for n, _ in e.own)


def _of_row(row: Sequence[Entry]) -> bool:
    """Whether each percent is of the sum of its row."""
    total = sum(e.count for e in row)
    return all(e.of == total or (e.percent and not e.of and e.fits(total)) for e in row)


def _size(
    column: Sequence[Entry], way: int, by_row: bool, span: tuple[int, int] | None, said: bool
) -> tuple[int, int]:
    """Return the size of a group, or the least and the largest of which its percents are."""
    own = (each for e in column for each in e.own)
    told = [(n, where) for n, where in own if "sum" not in where and where != BESIDE]
    counted = (e.of for e in column if e.of is not None and e.count)  # nobody is 0 % of any
    of = set(counted) if way == OF_FOUND and not by_row else set()
    size, where = (of.pop(), "") if len(of) == 1 else told[0] if told else (0, "")
    largest = max(column, key=lambda e: e.count)
    if by_row or not largest.count or not said or not value(largest.percent or "0"):
        return (size, size) if size or by_row or not span else span
    nearest = round(100 * largest.count / value(largest.percent))
    low, high = largest.span or (nearest, nearest)
    if span and (span[1] < size <= high or (not size and high > 1.2 * low)):
        low, high = span  # of which all of the column are
    other = way == OF_PERCENT and (high < size or ELSEWHERE in where)
    return (low, high) if other or way == OF_OTHER or not size else (size, size)


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
    found[RATIO] = likelihood_ratio(cells).p_value
    return {name: p for name, p in found.items() if not math.isnan(p)}
