"""Parts that must make a whole: the groups and their total, rows and theirs, levels of a variable.

That a column or a row is the total of others is taken from the table itself: most of it must add,
so often that it is no chance; one that then does not add is a finding. Levels exclude each other
if their heading says so, if their percents add to 100, or if they make the size of another column.
Fewer than the group has are no accusation, because data may be missing; more are one, unless the
article prints the larger size as well.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, chain, combinations, takewhile
from typing import NamedTuple

from secondlook import printed as numbers
from secondlook.scan.cells import any_case, only_count, only_percent, value
from secondlook.scan.checks.variables import (
    LEAST,
    MOST_APART,
    Counts,
    Variables,
    check_variables,
    fractions,
    place,
)
from secondlook.scan.document import grouped
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.groups import name as group_name
from secondlook.scan.layout import (
    CATEGORY,
    CONTINUOUS,
    COUNT_PERCENT,
    ESTIMATED,
    EXCLUSIVE,
    PAIRS,
    PERCENT,
    TOTAL,
    UNWANTED,
    Layout,
    last_word,
    measured,
    of_percents,
    sizes,
)
from secondlook.scan.share_cells import COUNTS
from secondlook.scan.shares import SAID, UNSAID, Entry

BITS, FEW_BITS = 18, 9
"""That sums come out by chance has odds of 1 in 2^18; to ask, of 1 in 2^9."""
_TOTAL = any_case(r"^(?:sub-?total|total|overall|all)\b(?! others?)|^sum$|\btotal(?: score)?\)?$")
_LEADING = re.compile(
    r"\s*(-?[1-9]\d{0,2}(?:,\d{3})+(?:[.·]\d+)?|-?\d{1,9}(?:[.·]\d+)?)\s*(?:$|±|\((?!\s*[\d.,]+\s?%))"
)
_ETHNICITY = any_case(r"\b(?:hispanic|latin)")
"""What is asked beside the race: those who are too many may be of it."""
_MEAN = re.compile(r"\d\s*(?:±|\((?!\s*[<\d.,·]+\s*%?\s*\)))")
"""A number with its spread, or with limits."""
ASTRAY = 5
"""Points that percents of levels are off 100 at most, unless those of other columns add."""
LONGEST = 12
"""Rows that are summed at most."""
BITS_ALONE, BITS_NAMED = 14, 5
"""That one row adds by chance, in any of the ways that are tried; less if it is called a total."""
_ROUNDED = any_case(
    r"person|thousand|million|\b(?:years|months|days|hours|min|minutes|doses?|units|costs?|expend\w+|m?g|ml|kcal|kJ|m?mol)\b|[$€£]"
)
"""What is measured and printed in whole numbers."""
_ROUNDED_TO = any_case(r"\brounded (?:up |off )?to (?:the )?(?:nearest|whole)")
_BESIDE = any_case(r"\([^)]*\)|\bn ?= ?[\d,]+")
"""The size in a head: what else it says is of all below it."""
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
_NO_COUNT = (CONTINUOUS, ESTIMATED, any_case(r"\b(?:minimum|maximum)\b"))


def check_parts(layout: Layout, found: list[Entry], named: Groups) -> list[Finding]:
    """Check the sums that a table promises."""
    beside = _beside(layout, found)
    each: dict[int, Counts] = defaultdict(lambda: defaultdict(dict))
    for (r, c), told in beside.items():
        for k, n in enumerate(told):
            each[k][r][c] = n
    counts = counts_of(layout, found)
    texts = _numbers(layout, found, beside)
    rows_of_sizes = {r: {c: n[0] for c, n in row.items() if n and layout.grid[r][c].first}
                     for r, row in layout.size_rows.items()}  # fmt: skip
    in_rows = {r: row for r, row in rows_of_sizes.items() if len({*row.values()}) > 1}
    totals = list(_groups_and_total(layout, in_rows | counts, "fails"))
    for rows in each.values():
        totals += _groups_and_total(layout, rows, "question")
    for rows in fractions(found):  # of those with data
        totals += _groups_and_total(layout, rows, "question", few=False)
    variables = Variables(layout, counts, found, named)
    several = UNWANTED.search(layout.table.caption)  # of unwanted events a patient has several
    levels = [] if several else list(_levels(layout, named, variables))
    asked = [] if several else list(check_variables(variables, found, levels))
    places = {(f.row, f.column) for f in asked}
    levels = [f for f in levels if f.level != "holds" or (f.row, f.column) not in places]
    totals += [*_total_rows(layout, texts), *levels, *asked]
    return [*totals, *_slashes(layout, found, named, beside), *_percents(layout, found)]


def counts_of(layout: Layout, found: list[Entry]) -> Counts:
    """Return the counts of each row, by column."""
    rows: Counts = defaultdict(dict)
    percents = _percent_cells(found)
    whole_percents = of_percents(layout.table.caption)
    for entry in found:
        if entry.strength < UNSAID or CONTINUOUS.search(layout.context(entry.row)):
            continue
        if entry.over is None and (entry.holds or entry.strength == SAID):
            rows[entry.row][place(entry)] = entry.count
    for r, c, cell in layout.cells():
        count = None if whole_percents else only_count(cell.text)
        if count is None or c in layout.p_columns or (r, c) in percents:
            continue
        last = layout.lowest[c]
        said = f"{layout.context(r)} / {_BESIDE.sub('', last) if sizes(last) else last}"
        percent = of_percents(layout.last_label(r)) or of_percents(said)
        if not (percent or any(words.search(said) for words in _NO_COUNT)):
            rows[r].setdefault(c, count)
    return rows


def _percent_cells(found: list[Entry]) -> set[tuple[int, int]]:
    """Return the cells of percents whose counts stand in the column before."""
    return {(e.row, e.column) for e in found if place(e) != e.column}


def _groups_and_total(
    layout: Layout, rows: Counts, most: Level, *, few: bool = True
) -> Iterator[Finding]:
    """Hold each total of a row to the groups beside it, with `few` where few others add as well."""
    for total in layout.columns:
        if not layout.is_total(total):
            continue
        groups = _groups(layout, total, rows)
        if len(groups) < 2:  # a head may stand over all that it should stand beside
            groups = list(range(layout.labels, total))
        heads = [layout.sizes[c] for c in groups if c in layout.sizes]
        size = layout.sizes.get(total) if len(heads) == len(groups) else None
        for some in _divisions(groups, heads, size) if size else [groups]:
            every = some == groups
            level = most if every else "question"
            if len(some) > 1:
                yield from _added(layout, rows, some, total, level, few=few and every)


def _divisions(groups: list[int], heads: list[int], size: int) -> list[list[int]]:
    """Return the groups beside each other whose sizes make that of all: others share patients."""
    at = {before: i for i, before in enumerate(accumulate(heads, initial=0))}
    return [groups[i : at[before + size]] for before, i in at.items() if before + size in at]


def _added(
    layout: Layout, rows: Counts, groups: list[int], total: int, most: Level,
    *, few: bool,
) -> Iterator[Finding]:  # fmt: skip
    """Hold the total of each row to these groups, if it adds in most rows or the sizes do."""
    full = {r: row for r, row in rows.items() if total in row and all(c in row for c in groups)}
    blank = {
        r: {total: row[total]} | {c: row.get(c, 0) for c in groups}
        for r, row in rows.items()
        if r not in full and total in row
        if all(c in row or not layout.grid[r][c].text.strip(" –—-") for c in groups)
    }
    if any(sum(row.values()) == 2 * row[total] for row in blank.values()):
        full |= blank
    sized = {*groups, total} <= layout.sizes.keys()
    added = {r: sum(row[c] for c in groups) for r, row in full.items()}
    slack = (len(groups) + 1) / 2 if _ROUNDED_TO.search(layout.told) else 0
    adding = {r for r, row in full.items() if abs(added[r] - row[total]) <= slack}
    proof = sum(math.log2(max(1, full[r][total])) for r in adding)
    trusted = proof >= BITS and len(adding) * 4 >= len(full) * 3
    within = (min(row[c] for c in groups) <= row[total] <= max(row[c] for c in groups)
              for r, row in full.items() if r not in adding)  # fmt: skip
    few = few and 2 * sum(within) <= len(full)  # else percents, and that of all between them
    all_but_one = proof >= FEW_BITS and len(adding) == len(full) - 1 > 1
    for r, row in full.items():
        told, text = [row[c] for c in groups], layout.grid[r][total].text
        kinds = not sized and max(told) < row[total] < 0.9 * added[r] - 1  # in several groups
        if r in adding:
            level: Level = "holds"
            reading = "the groups add to their total"
        elif kinds or re.search(rf"(?<![\d.]){added[r]}(?![\d.])", text):
            continue  # as of 15 and 16: 47 (31), a percent before its count
        elif trusted:
            level = most
            reading = f"the groups add to their total in {len(adding)} other rows, not here"
        elif few and (sized or all_but_one):
            level = "question"
            reading = "the groups do not add to the total; few other rows of this table do"
        else:
            continue
        yield layout.finding(
            "parts", level, r, total, str(row[total]), " + ".join(map(str, told)),
            str(added[r]), reading,
        )  # fmt: skip


def _groups(layout: Layout, total: int, rows: Counts) -> list[int]:
    """Return the columns that a total is of: of several totals, those under the nearest head."""
    beside = [row for row in rows.values() if total in row]
    columns = layout.columns
    counted = [c for c in columns if any(c in row for row in rows.values())]
    groups = [c for c in counted if not layout.is_total(c)
              and sum(c in row for row in beside) * 2 > len(beside)]  # fmt: skip
    if sum(map(layout.is_total, counted)) < 2:
        return groups
    above = layout.heads[total]
    highest = above.partition(" / ")[0]
    if TOTAL.search(highest) and sum(h.partition(" / ")[0] == highest for h in layout.heads) > 1:
        low = group_name(layout.lowest[total])
        return [c for c in groups if group_name(layout.lowest[c]) == low]
    under: list[int] = []
    while len(under) < 2 and (above := above.rpartition(" / ")[0]):
        under = [c for c in groups if layout.heads[c].startswith(f"{above} / ")]
    return under


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


def _total_rows(layout: Layout, texts: _Texts) -> Iterator[Finding]:
    """Hold each total of a column to the rows above it, or below it.

    A row that is not called a total may be one: in several columns its neighbours add to it.
    """
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
    split = _percent_cells(found)
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


def _levels(layout: Layout, named: Groups, variables: Variables) -> Iterator[Finding]:
    """Tell for each variable with exclusive levels whether they make the size of the group."""
    blocks = [b for b in variables.shared() if any(e.count for e in b[2])]
    printed = [_size(layout, c, levels) for c, _, levels in blocks]
    made = [(c, sum(e.count for e in levels)) for c, _, levels in blocks]
    sums = [_Made(*b, n or _behind(b[0], b[2], made), at[1], n)
            for b, n, at in zip(blocks, printed, made, strict=True)]  # fmt: skip
    exact = Counter(name for _, name, _, size, added, _ in sums if size == added)
    alike = Counter((c, size, added) for c, _, _, size, added, _ in sums)
    asked: dict[tuple[int, int], Level] = {}
    for c, name, levels, size, added, in_print in sums:
        plain = all(e.over is None and (e.strength == SAID or e.holds) for e in levels)
        own, at = {e.row for e in levels}, place(levels[0])
        column = (row.get(at) for r, row in variables.counts.items() if r not in own)
        if size is None or not plain or (added != size and added in column):
            continue
        added_percents, slack = _with_slack([e.percent for e in levels])
        off = abs(added_percents - 100)
        closed = off <= slack or all(e.exclusive and e.of == added for e in levels)
        others = sum(of == name for _, of, *_ in sums) - 1
        exclusive, near = bool(EXCLUSIVE.search(name)), 20 * added <= 21 * size + 20
        others_do = exact[name] and 2 * exact[name] >= others
        sure = near and ((closed and (exact[name] or exclusive)) or (exclusive and others_do))
        likely = near and (off <= Fraction(1, 2) or exclusive)
        level: Level = "question"
        if added == size and closed:
            level, reading = "holds", "the levels make the size of the group"
        elif added > size and (
            likely or (closed and (2 * added <= 3 * size or _alone_beyond(sums, c, name)))
        ):
            reading = f"the levels hold {added - size} more than the group has"
            reading += f"; their percents are of {levels[0].of}" if levels[0].of else ""
            stated = named.stated | set(map(int, re.findall(r"\d{1,9}", name)))
            level = "fails" if sure and in_print and added not in stated else "question"
            several, as_many = alike[c, size, added], [e for e in levels if e.count == added - size]
            if several >= LEAST:
                if asked.get((c, added)) in ("fails", level):
                    continue  # it is asked of the size, once
                asked[c, added] = level
                reading = f"the levels of {several} variables make {added}, the group has {size}"
            elif of := _of_another_set(layout, [e.row for e in levels], variables.counts, named):
                level, reading = "question", f"{reading}; the text prints {of}, of all groups"
            elif any(_ETHNICITY.search(layout.last_label(e.row)) for e in as_many) or (
                several == 1 and _of_several(layout, name, levels, size)
            ):
                level, reading = "question", f"{reading}; has a patient several?"
        else:
            continue
        first, each = levels[0], " + ".join(str(e.count) for e in levels)
        yield layout.finding(
            "parts", level, first.row, place(first), each, str(size), str(added), reading,
            first.part,
        )  # fmt: skip


class _Made(NamedTuple):
    """What levels make in a column, the size that they are held to, and one that is printed."""

    column: int
    variable: str
    levels: list[Entry]
    size: int | None
    makes: int
    printed: int | None


def _alone_beyond(sums: list[_Made], c: int, name: str) -> bool:
    """Whether three other variables of a column, and this one in two others, are within sizes."""
    others = [m for m in sums if m.size and (m.column == c) != (m.variable == name)]
    within = all(m.makes <= (m.size or 0) for m in others)
    beside = sum(m.column == c for m in others)
    return within and beside >= 3 and len(others) - beside >= 2


def _of_another_set(layout: Layout, rows: list[int], counts: Counts, named: Groups) -> int:
    """Return what the levels of all groups make, if not the groups but the text prints as many.

    Where they make the size of half the groups or more, they are of these.
    """
    own: dict[int, tuple[int, int]] = {}
    for c in layout.columns:
        lone = (counts[r].get(c, only_count(layout.grid[r][c].text)) for r in rows)
        told = [n for n in lone if n is not None]
        if len(told) == len(rows) and c in layout.sizes and not layout.is_total(c):
            own[c] = sum(told), layout.sizes[c]
    made, sized = (sum(n) for n in zip(*own.values(), strict=True)) if own else (0, 0)
    exact = sum(n == size for n, size in own.values())
    another = 2 * exact < len(own) > 1 and made != sized
    return made if another and named.says(made) else 0


def _of_several(layout: Layout, name: str, levels: list[Entry], size: int) -> bool:
    """Whether a patient may be in several levels: each percent is of the group, and none excludes.

    Classes of what is measured exclude each other, as do yes and no.
    """
    labels = [layout.last_label(e.row) for e in levels]
    pair = any(words <= set(map(last_word, labels)) for words in PAIRS)
    apart = EXCLUSIVE.search(name) or pair or all(map(CATEGORY.search, labels))
    return not apart and all(e.fits(size) for e in levels)


def _size(layout: Layout, column: int, levels: list[Entry]) -> int | None:
    """Return the size that is printed for a variable: by its label, its head, or in a row above."""
    shared = [(n, w) for n, w in levels[0].own if all((n, w) in e.own for e in levels)]
    own = [n for n, where in shared if "block" in where] + layout.head_sizes[column]
    own += [n for n, where in shared if not where.startswith(ELSEWHERE)]
    added = sum(e.count for e in levels)
    return added if added in own else own[0] if own else None


def _behind(c: int, levels: list[Entry], made: list[tuple[int, int]]) -> int | None:
    """Return the size of which most percents of a variable are, unless only they make it up."""
    (of, times), *_ = Counter(e.of for e in levels).most_common(1)
    runs = combinations(range(len(levels) + 1), 2)
    own = any(sum(e.count for e in levels[start:end]) == of for start, end in runs)
    return of if 3 * times >= 2 * len(levels) and (not own or (c, of) in made) else None


_SLASHED = re.compile(r"\s*\d{1,5}(?:\s?[/:–-]\s?\d{1,5}){1,5}\s*$")
_NAME = any_case(r"^(?:gender|sex):")
_SEX = any_case(r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\bwomen\b|\bm ?[/:] ?f\b")
_BEFORE = any_case(r"\b(?:pre|baseline|before)\b")
"""A time at which more patients may have been seen than the head counts, who completed."""


def _beside(layout: Layout, found: list[Entry]) -> dict[tuple[int, int], list[int]]:
    """Return the counts of each cell that prints several beside each other: 39/33."""
    texts: dict[tuple[int, int], list[int]] = {}
    for r, c, cell in layout.cells():
        said = f"{layout.lowest[c]} {layout.label(r)}"
        above = layout.context(r)
        other = PERCENT.search(said) or of_percents(above) or CONTINUOUS.search(f"{said} {above}")
        if _SLASHED.match(cell.text) and not other and ("/" in cell.text or "/" in said):
            texts[r, c] = [int(n) for n in re.findall(r"\d+", cell.text)]
    for e in found:
        if "/" in layout.label(e.row) + layout.lowest[e.column]:
            texts.setdefault((e.row, e.column), []).append(e.count)
    return {at: told for at, told in texts.items() if len(told) > 1}


def _slashes(
    layout: Layout, found: list[Entry], named: Groups, beside: dict[tuple[int, int], list[int]]
) -> Iterator[Finding]:
    """Hold 39/33 under the label male/female to the size of the group.

    Where those of no column make theirs, both sexes are asked, and what is exchanged.
    """
    rows: dict[int, list[tuple[int, int, str, list[int]]]] = defaultdict(list)
    of_some = {(e.row, place(e)) for e in found if e.over is not None}  # 2/621 of 621
    for (r, c), parts in beside.items():
        text = layout.grid[r][c].text.strip()
        signs = len(re.findall("[/:]", _NAME.sub("", layout.label(r))))
        sizes_of = named.printed(layout, c)
        if _SLASHED.match(text) and signs + 1 == len(parts) and sizes_of and (r, c) not in of_some:
            rows[r].append((c, sizes_of[0], text, parts))
    for r, row in rows.items():
        adding = sum(sum(parts) == size for _, size, _, parts in row)
        sexes = bool(_SEX.search(layout.label(r)))
        words = set(re.findall(r"[a-z]+", layout.label(r).lower()))
        pair = len(row) > 1 and any(both <= words for both in PAIRS)
        for c, size, text, parts in row:
            rows_of_sizes = (told.get(c, []) for told in layout.size_rows.values())
            added, own = sum(parts), [*layout.head_sizes[c], *chain(*rows_of_sizes)]
            apart = own and 2 * abs(added - size) <= size and (sexes or (pair and size < added))
            if added in {size, *own} or not (adding or apart):
                continue
            proven = adding > 1 or (adding == 1 and sexes)
            sure = proven and added > size and not _BEFORE.search(layout.heads[c])
            level: Level = "fails" if sure else "question"
            reading = f"the parts make the size of the group in {adding} other columns"
            if not adding:
                reading = f"the parts make {added}, and the group is of {size}"
            yield layout.finding("parts", level, r, c, text, str(size), str(added), reading)


def _percents(layout: Layout, found: list[Entry]) -> Iterator[Finding]:
    """Hold the percents of exclusive levels, printed without counts, to 100."""
    told = {(e.row, e.column) for e in found}
    columns = layout.columns
    for top, rows in layout.by_variable(range(len(layout.tops))).items():
        levels = list(takewhile(lambda r: any(_percent(layout, r, c) for c in columns), rows))
        sums: list[tuple[int, list[str], Fraction, Fraction]] = []
        for c in columns:
            percents = [p for r in levels if (r, c) not in told and (p := _percent(layout, r, c))]
            if len(percents) == len(levels) > 1:
                sums.append((c, percents, *_with_slack(percents)))
        adding = sum(abs(added - 100) <= slack for _, _, added, slack in sums)
        exclusive = EXCLUSIVE.search(layout.variable(top))
        for c, percents, added, slack in sums:
            near, more = abs(added - 100) <= ASTRAY, added > 100 + slack
            likely = 2 * adding >= len(sums) - 1 or (exclusive and more)  # or others are not listed
            if abs(added - 100) <= slack or not likely or not (near or adding > 1):
                continue
            level: Level = "fails" if adding > 1 and more else "question"
            told_of = f"add to 100 in {adding} other columns" if adding else "exclude others"
            yield layout.finding(
                "parts", level, levels[0], c, " + ".join(percents), "100", f"{float(added):g}",
                f"the levels {told_of}",
            )  # fmt: skip


def _with_slack(percents: list[str]) -> tuple[Fraction, Fraction]:
    """Return the sum of percents, and how far roundings may take it."""
    units = (numbers.parse(p).unit for p in percents)
    return sum(map(value, percents), Fraction(0)), sum(units, Fraction(0)) / 2


def _percent(layout: Layout, r: int, c: int) -> str | None:
    """Return the percent of a cell that holds nothing else."""
    cell = layout.grid[r][c]
    text = re.sub(r"^[<–—-]\s?1?$", "0", cell.text.strip())
    alone = only_percent(text) if cell.first and c not in layout.p_columns else None
    label = layout.context(r)
    both = PERCENT.search(layout.last_label(r)) and PERCENT.search(layout.heads[c])
    said = label if both else f"{label} / {layout.heads[c]}"
    counts = COUNTS.fullmatch(layout.lowest[c])  # of those in a row of percents
    if alone is None or counts or not (alone[1] or PERCENT.search(said)) or measured(said):
        return None
    other = any(words.search(said) for words in (CONTINUOUS, ESTIMATED, COUNT_PERCENT))
    return None if other else alone[0]
