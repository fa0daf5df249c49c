"""The levels of each variable of a table, where those of most others make the size of the group.

Levels exclude each other and leave out nobody if their counts make the size in most other columns:
no missing datum explains that they hold more here, and that they hold fewer is worth a question
where the other variables of the column lack nobody either, unless their percents are of those
fewer. So is a size in a head that no variable makes, where several make one other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from secondlook.scan.cells import any_case, only_count
from secondlook.scan.checks.parts.counts import Counts, fractions, place
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import CATEGORY, EXCLUSIVE, PAIRS, UNWANTED, Layout, last_word, sizes
from secondlook.scan.shares.denominators import LACKING
from secondlook.scan.shares.share import Entry

MOST_APART = 6
"""Rows from one of a pair to its rest."""
LEAST = 3
"""Variables that make one size, before a printed one that none makes is doubted."""
_WORD = any_case(r"\b(?!n\b|no\.)[a-z]+(?=[^()]*(?:\(|$))")
"""The words of a label, without its brackets and the sign of a number of patients."""
_NESTED = (re.compile(r"[>≥⩾]|\b(?:or more|at least)\b"), re.compile(r"[<≤⩽]|\bat most\b"))
_SEVERAL = any_case(
    r"more than one|\bmultiple\b|not mutually exclusive|\bseveral\b|\bexceeds?\b|that apply"
)
"""As a note says of levels that do not exclude each other."""
_DRUGS = any_case(r"\b(?:co-?)?medications?\b")
"""Of which a patient takes several."""
_TIME = any_case(
    r"\s*(?:baseline|(?:day|week|month|year)s? \d+|\d+ (?:days?|weeks?|months?|years?))\s*"
)
"""At which the same patients are counted again."""
_SIDE, _LESS = re.compile(r"([<>≤≥⩽⩾])\s?=?"), set("<≤⩽")


def check_variables(
    variables: Variables, found: list[Entry], said: list[Finding]
) -> Iterator[Finding]:
    """Ask where levels make another size than others do, but for what was `said` already."""
    layout, named = variables.layout, variables.named
    told = {(finding.row, finding.column) for finding in said if finding.level != "holds"}
    parts, wholes = fractions(found)
    yield from variables.check(told)
    yield from Variables(layout, wholes, [], named).check(told)
    for finding in Variables(layout, parts, [], None).check(told):
        if str(wholes[finding.row or 0][finding.column or 0]) != finding.recomputed:
            yield finding  # else the sum is printed behind each


@dataclass(frozen=True)
class Variable:
    """The levels of a variable: its name, their rows, and for each column what they make.

    `own` are the sizes that they should make, `blank` the columns that leave a level out.
    """

    name: str
    rows: list[int]
    headed: bool
    sums: dict[int, int]
    own: dict[int, int]
    blank: set[int]
    told: set[int]
    """The columns in which it should make a size, and those in which it does."""
    exact: set[int]

    @property
    def complete(self) -> bool:
        """Whether it makes the size in half its columns."""
        return 2 * len(self.exact) >= len(self.told) > 0


class Variables:
    """The variables of a table, and the size that those of each column make or should."""

    def __init__(
        self, layout: Layout, counts: Counts, found: list[Entry], named: Groups | None
    ) -> None:
        self.layout, self.counts, self.named = layout, counts, named
        self.shares = {(e.row, place(e)): e for e in found if e.part == 0}
        self.each = {r: dict(row) for r, row in counts.items()}
        for (r, c), e in self.shares.items():
            self.each.setdefault(r, {}).setdefault(c, e.count)
        columns = sorted({c for row in self.each.values() for c in row})
        self.stated = named.stated if named else set()
        body = (c.text for row in layout.grid[layout.head :] for c in row if c.first)
        self.below = {n for text in body for n in sizes(text)}  # as in a head within the table
        self.missing = any(map(LACKING.search, (layout.table.caption, *layout.table.notes)))
        self.printed = {c: named.printed(layout, c) if named else [] for c in columns}
        self.heads = {c: layout.sizes[c] for c in columns if named and c in layout.sizes}
        rows = {tuple(told[1]): told for told in self._rows()}
        self.all = [self._read(*told) for told in rows.values() if not self._overlap(*told[:2])]
        self.made = {c: Counter(v.sums[c] for v in self.all if c in v.sums) for c in columns}
        for v in self.all:
            v.own.update({c: self._size(c) for c in v.sums})
            v.told.update(c for c in v.own if v.own[c])
            v.exact.update(c for c in v.own if v.own[c] == v.sums[c])
        self.whole = Counter(c for v in self.all if v.complete for c in v.told)
        self.exact = Counter(c for v in self.all if v.complete for c in v.exact)

    def _rows(self) -> Iterator[tuple[str, list[int], bool]]:
        """Give the name and the rows of each variable: below a heading, or each other's rest."""
        layout, counts = self.layout, self.counts
        for top, rows in layout.by_variable(sorted(self.each)).items():
            for run in _runs(rows):
                yield layout.variable(top), self._levels(run), True
        for r in counts:
            for s in range(r + 1, r + 1 + MOST_APART):
                if s in counts and complete(layout, r, s):
                    yield layout.label(r), [r, s], False

    def _overlap(self, name: str, rows: list[int]) -> bool:
        """Whether a patient is in several rows: of events, nested levels, a total."""
        labels = [self.layout.label(r).replace(" > ", " ") for r in rows]
        nested = any(all(map(side.search, labels)) for side in _NESTED)
        columns = [[self.each[r].get(c, 0) for r in rows] for c in self.each[rows[0]]]
        total = len(rows) > 2 and all(2 * max(n) == sum(n) for n in columns)
        noted = self.layout.noted_at(rows[0], min(self.each[rows[0]]))
        named = f"{name} {self.layout.table.caption}"
        several = _SEVERAL.search(noted) or _DRUGS.search(named) or UNWANTED.search(name)
        again = all(_TIME.fullmatch(self.layout.last_label(r)) for r in rows)
        return total or bool(several) or again or nested

    def _levels(self, run: list[int]) -> list[int]:
        """Return those rows under a heading that make the printed size in most columns, or all."""
        columns = {c for r in run for c in self.each[r]}
        making = Counter({len(run): min(1, len(columns) - 1)})
        for c in columns:
            first = self.shares.get((run[0], c))
            sized = {*self.printed[c], *(n for n, _ in (first.own if first else ()))}
            sums = enumerate(accumulate(self.each[r].get(c, 0) for r in run))
            making.update(k + 1 for k, added in sums if k and added in sized)
        return run[: max(making, key=lambda k: (making[k], k))]

    def _read(self, name: str, rows: list[int], headed: bool) -> Variable:
        variable = Variable(name, rows, headed, {}, {}, set(), set(), set())
        for c in sorted({c for r in rows for c in self.each[r]}):
            told = self._told(rows, c)
            empty = [r for r in rows if c not in self.counts.get(r, {})]
            if max(told) < sum(told) and not any(self._number(r, c) for r in empty):
                variable.sums[c] = sum(told)
                variable.blank.update({c} if empty else ())
        return variable

    def _size(self, c: int) -> int:
        """Return the size of a column that is printed and made, or made by half its variables."""
        made, printed = self.made[c], self.printed[c]
        size = max(made, key=lambda n: made[n], default=0)
        often = made[size] > 1 and (made[size] >= LEAST or 2 * made[size] >= made.total())
        told = [n for n in printed if made[n]] or [size] * often or printed
        return told[0] if told else 0

    def _told(self, rows: list[int], c: int) -> list[int]:
        return [self.counts.get(r, {}).get(c, 0) for r in rows]

    def _number(self, r: int, c: int) -> bool:
        """Whether a cell that is no count holds a number: an empty one is of no patients."""
        return bool(re.search("[1-9]", self.layout.grid[r][c].text))

    def shared(self) -> Iterator[tuple[int, str, list[Entry]]]:
        """Give the column, the name and the levels with percents of each variable of a heading."""
        for v in self.all:
            for c in sorted({c for r in v.rows for c in self.each[r]}) if v.headed else ():
                levels = [e for r in v.rows if (e := self.shares.get((r, c)))]
                others = [r for r in v.rows if (r, c) not in self.shares]
                if len(levels) > 1 and not any(self._number(r, c) for r in others):
                    yield levels[0].column, v.name, levels

    def check(self, said: set[tuple[int | None, int | None]]) -> Iterator[Finding]:
        """Ask of sizes that no variable makes, and of variables that make another; once of each."""
        yield from self._heads()
        mostly = 2 * sum(len(v.exact) for v in self.all) >= sum(len(v.told) for v in self.all)
        zeros = any(v.exact & v.blank for v in self.all)
        for v in self.all:
            for c in sorted(v.told - v.exact):
                places = {(r, c) for r in v.rows}
                often = max(self.exact[c], len(v.exact)) >= LEAST
                surplus = v.exact and v.sums[c] > v.own[c] and self._of_size(v, c)
                proven = (mostly or often or surplus) and (zeros or c not in v.blank)
                if not proven or not said.isdisjoint(places) or not self._asked(v, c):
                    continue
                said |= places
                more = v.own[c] in self.printed[c] and v.own[c] < v.sums[c] not in self.stated
                level: Level = "fails" if not v.headed and v.exact and more else "question"
                each = " + ".join(map(str, self._told(v.rows, c)))
                where = "columns" if v.exact else "variables"
                reading = f"the levels make {v.sums[c]}, and those of other {where} the size"
                yield self.layout.finding(
                    "parts", level, v.rows[0], c, each, str(v.own[c]), str(v.sums[c]), reading
                )

    def _of_size(self, v: Variable, c: int) -> bool:
        """Whether the percents of all its levels are of the size."""
        told = [e for r in v.rows if (e := self.shares.get((r, c)))]
        return len(told) == len(v.rows) and all(e.fits(v.own[c]) for e in told)

    def _asked(self, v: Variable, c: int) -> bool:
        """Whether the other columns of a variable, and the others of its column, make the size."""
        added, size, beside = v.sums[c], v.own[c], len(v.exact)
        whole, exact = self.whole[c] - v.complete, self.exact[c]
        in_row, in_column = 2 * beside >= len(v.told) - 1 > 0, 2 * exact >= whole
        each = self._told(v.rows, c)
        if added == 100 or (size == 100 and 2 * abs(added - size) <= len(each)):
            return False  # percents
        if self.made[c][added] > 1 or size in accumulate(each) or len(set(each)) == 1:
            return False  # of other patients, followed by what is no level, or sizes
        if added in self.below:
            return False
        if not size <= 2 * added <= 3 * size:
            return False  # of other patients
        if added > size:
            apart = not EXCLUSIVE.search(v.name) and 20 * added > 21 * size + 20
            if apart and self._of_size(v, c):
                return False  # a patient may have several
            labels = [self.layout.last_label(r) for r in v.rows]
            exclude = all(map(CATEGORY.search, labels)) or set(map(last_word, labels)) in PAIRS
            return in_row or exclude
        groups = [of for of in v.told if not self.layout.is_total(of)]
        less = sum(max(0, v.own[of] - v.sums[of]) for of in groups)
        noted = self.missing and 10 * added >= 9 * size
        if noted or (c not in groups and size - added <= less):
            return False  # as a note tells, or as in the groups that it is of
        told = [e for r in v.rows if (e := self.shares.get((r, c))) and e.count]
        fewer = sum(e.fits(added) for e in told) > sum(e.fits(size) for e in told)
        return in_row and in_column and beside + exact > 1 and not fewer

    def _heads(self) -> Iterator[Finding]:
        """Ask of the size in a head which no variable makes, where several make one other."""
        for c, size in self.heads.items():
            made = self.made[c]
            added, times = next(iter(made.most_common(1)), (size, 0))
            near = abs(added - size) <= max(2, size // 20) and added != 100  # or they are percents
            if made[size] or times < LEAST or not (near or added in self.heads.values()):
                continue
            texts = (row[c].text for row in self.layout.grid[: self.layout.head])
            told = ((*sizes(text, head=True), only_count(text)) for text in texts)
            at = [r for r, each in enumerate(told) if size in each]
            reading = f"the levels of {times} variables make {added}, those of none {size}"
            yield self.layout.finding(
                "parts", "question", max(at, default=0), c, str(size), str(added), str(added),
                reading,
            )  # fmt: skip


def _runs(rows: list[int]) -> list[list[int]]:
    """Cut rows where one is left out; one alone is none."""
    told = groupby(enumerate(rows), lambda at: at[1] - at[0])
    return [run for _, each in told if len(run := [r for _, r in each]) > 1]


def complete(layout: Layout, r: int, s: int) -> bool:
    """Whether two rows, of no variable that a heading names, are each other's rest."""
    if layout.sections[r] is not None or layout.sections[s] is not None:
        return False
    if layout.tops[r] != layout.tops[s]:
        return False  # of two variables
    labels = [layout.label(row) for row in (r, s)]
    signs = [_SIDE.findall(label) for label in labels]
    below = [sign in _LESS for told in signs for sign in told]
    if [len(told) for told in signs] == [1, 1] and below[0] != below[1]:
        return _SIDE.sub("", labels[0]).split() == _SIDE.sub("", labels[1]).split()
    one, other = (_WORD.findall(layout.label(row).lower()) for row in (r, s))
    if not one or not other:
        return False
    pair = one[:-1] == other[:-1] and {one[-1], other[-1]} in PAIRS
    denied = ([word, *each] for word in ("non", "no", "not") for each in (one, other))
    return pair or any(each in (one, other) for each in denied)
