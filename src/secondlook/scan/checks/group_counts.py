"""What the cells of the groups of a table count, whatever the layout.

Beside a percent, without one, made of it, nobody where a dash stands, or several levels in a cell.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, product

from secondlook.scan.cells import (
    Share,
    any_case,
    only_count,
    only_percent,
    printed_as,
    value,
    whole,
)
from secondlook.scan.groups import LEAST, Groups
from secondlook.scan.layout import (
    CONTINUOUS,
    ESTIMATED,
    PAIRS,
    PERCENT,
    UNWANTED,
    Layout,
    last_word,
    measured,
    sizes,
)
from secondlook.scan.shares import MOST_GROUPS, SAID, SAYS_NOT, UNSAID, Entry

EMPTY = re.compile(r"[\s–—-]*")
ALONE, MADE, NOBODY = "without a percent", "made of its percent", "a dash"
TREATED = r"(?:[- ]?(?:intervention|treatment|therapy|training|test|op\w*|surgery))?"
TIME = any_case(
    rf"\b(?:before|after|baseline|(?:pre|post){TREATED}|follow[- ]?up|"
    r"(?:day|week|month|visit|T)\s?\d{1,3})\b|"
    r"(?:\d|first|second|third|fifth|tenth|one|two|three|five|six|ten|twelve)[- ]?"
    r"(?:st|nd|rd|th)?[- ]?(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|visit)\b"
)
"""A time at which the same patients were counted."""
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
_OF_ALL = any_case(r"\b(?:total|all|overall|entire|whole)\b")
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
_SEX = any_case(r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\bm ?/ ?f\b")
_Levels = dict[tuple[int, int], tuple[int, ...]]
"""The counts of the levels of a variable, by cell."""


class GroupCounts:
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
                if c not in shared and (made := self._made(c, percent)) is not None:
                    e = _entry(r, c, made, sizes[0], "head", MADE)
                    at[r, c] = (replace(e, text=cell.text, percent=percent, sign=True, of=None),)
            elif count is not None and count <= sizes[0] and (c in shared or not shared):
                counted = r in rows or bool(_COUNTS.search(layout.context(r)))
                if counted or not _no_count(layout.context(r)):
                    counted = counted or (throughout and not measured(layout.label(r)))
                    at[r, c] = (_entry(r, c, count, sizes[0], "head", "" if counted else ALONE),)
        self._add_dashes(dashes)

    def _made(self, c: int, percent: str) -> int | None:
        """Return the count of the size of a column that a percent is made of, or is nearest to."""
        size = self._sizes[c][0]
        exact = value(percent) * size / 100
        near = (k for k in (round(exact), math.ceil(exact))
                if printed_as(percent, k, size) != "differs")  # fmt: skip
        return next(near, round(exact) if self._has_own_head(c) else None)

    def _add_dashes(self, dashes: list[Entry]) -> None:
        """Add those that stand for nobody: in a row of counts, or among levels that are counted."""
        layout, at = self.layout, self.at
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


def _no_count(label: str) -> bool:
    """Whether a label, with that of its block, tells of a mean, a score or a percent."""
    *above, own = label.split(" > ")
    in_time = any(map(measured, above)) and bool(TIME.search(own))  # Apgar score > 5 minutes
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
