"""The total of a column over its rows, above or below them, whether or not it is called one.

Where several columns add, or most totals of the table do, one that does not is told.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, combinations

from secondlook import printed as numbers
from secondlook.scan.cells import any_case, value
from secondlook.scan.checks.counts import percent_cells, place
from secondlook.scan.checks.totals_of_groups import BITS
from secondlook.scan.checks.variables import MOST_APART
from secondlook.scan.document import grouped
from secondlook.scan.findings import Finding
from secondlook.scan.groups import name as group_name
from secondlook.scan.layout import CONTINUOUS, EXCLUSIVE, Layout, of_percents, sizes
from secondlook.scan.shares import Entry

_TOTAL = any_case(r"^(?:sub-?total|total|overall|all)\b(?! others?)|^sum$|\btotal(?: score)?\)?$")
_LEADING = re.compile(
    r"\s*(-?[1-9]\d{0,2}(?:,\d{3})+(?:[.·]\d+)?|-?\d{1,9}(?:[.·]\d+)?)\s*(?:$|±|\((?!\s*[\d.,]+\s?%))"
)
_MEAN = re.compile(r"\d\s*(?:±|\((?!\s*[<\d.,·]+\s*%?\s*\)))")
"""A number with its spread, or with limits."""
LONGEST = 12
"""Rows that are summed at most."""
BITS_ALONE, BITS_NAMED = 14, 5
"""That one row adds by chance, in any of the ways that are tried; less if it is called a total."""
_ROUNDED = any_case(
    r"person|thousand|million|\b(?:years|months|days|hours|min|minutes|doses?|units|costs?|expend\w+|m?g|ml|kcal|kJ|m?mol)\b|[$€£]"
)
"""What is measured and printed in whole numbers."""
_SPREAD = any_case(
    r"\b(?:SDs?|SEM?|IQR|range|p|min(?:imum)?|max(?:imum)?|test|medians?)\b|\bS\.[DE]\.|±"
)
_NO_SUM = re.compile(r"\b(?i:standard (?:deviation|error))|\bC\.?I\.?s?\b|\bF\b")
_SHARED = any_case(
    r"\b(?:sites?|cent(?:er|re)s|hospitals|clinics|practices|studies|countries|species|genera|taxa|"
    r"strains|serotypes|genotypes|haplotypes|alleles|kinds|different|distinct|unique)\b"
)
"""Places and kinds may be in several groups, and are then fewer together than their sum."""
_Texts = dict[tuple[int, int], str]
"""The numbers of cells."""


def check_totals_of_rows(
    layout: Layout, found: list[Entry], beside: dict[tuple[int, int], list[int]]
) -> Iterator[Finding]:
    """Hold each total of a column to the rows above it, or below it.

    A row that is not called a total may be one: in several columns its neighbours add to it.
    """
    texts = _numbers(layout, found, beside)
    columns = sorted({c for _, c in texts})
    rows = sorted({r for r, _ in texts})
    sums: list[_Sum] = []
    alone: list[Finding] = []
    for at, r in enumerate(rows):
        named = _TOTAL.search(layout.last_label(r)) is not None
        told = _best(layout, columns, texts, r, _of_total(layout, rows, r) if named else [])
        sums += told
        if not any(one.adds for one in told):
            runs = [run for run in _adding(texts, columns, rows, at)
                    if named or len({layout.sections[row] for row in run}) == 1]  # fmt: skip
            apart = rows[max(0, at - MOST_APART) : at] if named else []
            runs += map(list, combinations(apart, 2))
            told = _best(layout, columns, texts, r, [[], *runs])  # none of which is all above
        alone += _not_adding(layout, told, BITS_NAMED if named else BITS_ALONE, named=named)
    for blocks in _blocks(layout, columns, texts, rows):
        alone += _not_adding(layout, blocks)
    pooled = list(_not_adding(layout, sums))
    places = {(f.row, f.column) for f in pooled}
    yield from pooled
    yield from (f for f in alone if (f.row, f.column) not in places)


@dataclass(frozen=True)
class _Sum:
    """A printed total below or beside its parts."""

    row: int
    column: int
    total: str
    parts: tuple[str, ...]
    rows: list[int]
    """Those of its parts."""
    tries: int
    """The how-many-th of the runs that were tried these are: the first is all above."""
    whole: bool
    """Whether these are counts, which no rounding takes from their total."""

    @property
    def near(self) -> bool:
        """Whether it is off by less than a quarter, and half of what its largest part lacks."""
        off = abs(value(self.total) - self.added)
        return 4 * off <= abs(value(self.total)) and 2 * off <= self.rest

    @property
    def beyond(self) -> bool:
        """Whether it is larger than each part: else it may be a mean of them."""
        return abs(value(self.total)) > max(abs(value(part)) for part in self.parts)

    @property
    def rest(self) -> Fraction:
        """What the parts are beside the largest."""
        return abs(self.added) - max(abs(value(part)) for part in self.parts)

    @property
    def added(self) -> Fraction:
        return sum((value(part) for part in self.parts), Fraction(0))

    @property
    def slack(self) -> Fraction:
        """How far rounding may take the total from the sum of its parts."""
        texts = (self.total, *self.parts)
        if self.whole and not any("." in text for text in texts):
            return Fraction(0)
        return sum((numbers.parse(text).unit for text in texts), Fraction(0)) / 2

    @property
    def adds(self) -> bool:
        return abs(value(self.total) - self.added) <= self.slack

    @property
    def bits(self) -> float:
        """How unlikely it is that it adds by chance: to repeat the largest part proves nothing."""
        unit = max(2 * self.slack, numbers.parse(self.total).unit)
        return math.log2(1 + max(Fraction(0), self.rest) / unit)


def _blocks(
    layout: Layout, columns: list[int], texts: _Texts, rows: list[int]
) -> Iterator[list[_Sum]]:
    """Give the first of the rows of a name, or the last, as total of the others, with its size."""
    alike = grouped(rows, lambda r: group_name(layout.last_label(r)))
    printed = {(r, 0): str(n[0]) for r in rows if (n := sizes(layout.last_label(r)))}
    several = [told for name, told in alike.items() if name and len(told) > 2]
    for first, others in ((0, slice(1, None)), (-1, slice(None, -1))):
        of = (layout, [0, *columns], texts | printed)
        sums = (one for told in several for one in _best(*of, told[first], [told[others]]))
        yield [replace(one, tries=2) for one in sums if one.column or one.adds]


def _adding(texts: _Texts, columns: list[int], rows: list[int], at: int) -> Iterator[list[int]]:
    """Give the rows below or above a row that add to it in two columns, or nearly."""
    for beside in (rows[at + 1 : at + LONGEST], rows[max(0, at + 1 - LONGEST) : at][::-1]):
        if not beside or abs(beside[0] - rows[at]) > 2:
            continue  # a heading may stand between
        told: dict[int, list[float]] = defaultdict(list)  # and what this tells at most
        for c in columns:
            text = texts.get((rows[at], c), "nan")
            total, unit = float(text), 10.0 ** -len(text.partition(".")[2])
            bits = math.log2(1 + abs(total) / unit) if total else 0
            sums = accumulate(float(texts.get((r, c), "nan")) for r in beside)
            for k, added in enumerate(sums, 1):
                if bits and abs(added - total) <= (k + 1) * unit / 2 + 1e-9:
                    told[k].append(bits)
        yield from (sorted(beside[:k]) for k in sorted(told)
                    if k > 1 and len(told[k]) > 1 and sum(told[k]) >= BITS_NAMED)  # fmt: skip


def _not_adding(
    layout: Layout, sums: list[_Sum], least: int = 0, *, named: bool = True
) -> Iterator[Finding]:
    """Tell of the totals that do not add, where nearly all do, or half of them.

    Of one row also a few may, if they tell at `least` so many bits; half, if it is called no total.
    """
    adding = [one for one in sums if one.adds]
    proof = _proof(adding)
    likely = proof >= BITS and len(adding) * 4 >= sum(one.beyond for one in sums) * 3
    sure = likely and len(adding) * 4 >= len(sums) * 3 and not least
    half = len(adding) > 1 and 2 * len(adding) >= len(sums)
    tries = max((math.log2(1 + one.tries) for one in sums), default=0)
    told = likely or (half and 2 * proof >= BITS)
    if not (proof >= least + tries and (half or named) if least else told):
        return
    off = [abs(value(one.total)) > abs(one.added) for one in sums if not one.adds]
    if 2 * len(off) >= len(sums) and all(off):
        return  # something more is not listed
    for one in sums:
        column = one.column % layout.width
        accused = sure and one.tries == 1 and column == one.column
        accused = accused and not _SHARED.search(layout.heads[column])
        accused = accused and ("." not in one.total or _its_kind_adds(layout, one, sums))
        doubtful = least and _doubtful(layout, one, named=named)
        if not one.adds and one.near and not doubtful:
            where = "above" if one.rows[0] < one.row else "below"
            reading = f"the rows {where} add to their total in {len(adding)} other places, not here"
            yield layout.finding(
                "parts", "fails" if accused else "question", one.row, column, one.total,
                " + ".join(one.parts), f"{float(one.added):g}", reading,
            )  # fmt: skip


def _its_kind_adds(layout: Layout, one: _Sum, sums: list[_Sum]) -> bool:
    """Whether the totals below the same head add as well, where several have it: rates do not."""
    heads = {s.column: layout.lowest[s.column % layout.width] for s in sums}
    alike = [s for s in sums if heads[s.column] == heads[one.column]]
    if len({s.column for s in alike}) < 2 or len(alike) == len(sums):
        return True
    return _proof(s for s in alike if s.adds) >= BITS


def _proof(adding: Iterable[_Sum]) -> float:
    """Return how unlikely sums that add are by chance, what is printed twice counted once."""
    return sum({(s.total, s.parts): s.bits for s in adding}.values())


def _doubtful(layout: Layout, one: _Sum, *, named: bool) -> bool:
    """Whether numbers are rounded, or patients are in several parts of what is called no total."""
    less = one.added - value(one.total)
    several = less > 0 and not named and not EXCLUSIVE.search(layout.context(one.rows[0]))
    rounded = "." in "".join(one.parts) or (abs(less) <= 1 and not (named and one.whole))
    return "." not in one.total and (several or rounded)


def _numbers(
    layout: Layout, found: list[Entry], beside: dict[tuple[int, int], list[int]]
) -> _Texts:
    """Return the number of each cell: its count, the mean before an SD, or all that it holds.

    What a cell prints beside its first count stands as if it were in columns behind the last.
    """
    split = percent_cells(found)
    counts = {(e.row, place(e)): str(e.count) for e in found if e.part == 0 and e.strength > 0}
    texts: _Texts = {}
    for r, c, cell in layout.cells():
        spread = _SPREAD.search(layout.lowest[c]) or _NO_SUM.search(layout.heads[c])
        if c in layout.p_columns or spread or (r, c) in split:
            continue
        none = cell.text.strip() in {"–", "—"}  # among counts it is 0
        leading = _LEADING.match("0" if none else cell.text)
        if text := counts.get((r, c)) or (leading and leading[1].replace(",", "")):
            texts[r, c] = text.replace("·", ".")
    for (r, c), told in beside.items():
        texts |= {(r, c + k * layout.width): str(n) for k, n in enumerate(told)}
    return texts


def _of_total(layout: Layout, rows: list[int], r: int) -> list[list[int]]:
    """Return the rows that a total may be of: since the last heading, blank row or total; below."""
    grid, start, end = layout.grid, r, rows.index(r) + 1
    while start > layout.head and not (
        layout.is_section(start - 1)
        or _TOTAL.search(layout.last_label(start - 1))
        or not any(cell.text.strip() for cell in grid[start - 1])
    ):
        start -= 1
    while end < len(rows) and not _TOTAL.search(layout.last_label(rows[end])):
        end += 1
    below = rows[rows.index(r) + 1 : end][:LONGEST]
    return [list(range(start, r)), *(below[:k] for k in range(len(below), 1, -1))]


def _best(
    layout: Layout, columns: list[int], texts: _Texts, r: int, runs: list[list[int]]
) -> list[_Sum]:
    """Return the sums over those rows that add in most columns; the first of equals."""
    sums: list[list[_Sum]] = []
    for tries, run in enumerate(runs, 1):
        told = []
        for c in columns:
            parts = [texts.get((row, c), "") for row in run]
            total = texts.get((r, c), "")
            if not total or len(parts) < 2 or not all(parts):
                continue
            some = [row for row in run if value(texts[row, c])]
            means = [c < len(layout.grid[0]) and _MEAN.search(layout.grid[row][c].text) is not None
                     for row in (r, *some)]  # fmt: skip
            alike = "." not in total or any("." in part for part in parts)
            if alike and len(some) > 1 and (all(means) or not means[0]):
                said = f"{layout.context(r)} / {layout.heads[c % layout.width]}"
                mean = CONTINUOUS.search(said) or any(means)
                rounded = mean or _ROUNDED.search(said)
                whole = not (rounded or of_percents(said, layout.table.caption))
                told.append(_Sum(r, c, total, tuple(parts), run, tries, whole))
        sums.append(told)
    return max(sums, key=lambda told: sum(one.adds for one in told), default=[])
