"""The levels of a variable that exclude each other: whether they make the size of the group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from secondlook.scan.cells import any_case, only_count
from secondlook.scan.checks.counts import Counts, place
from secondlook.scan.checks.percents_to_hundred import sum_with_slack
from secondlook.scan.checks.variables import LEAST, Variables
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.layout import CATEGORY, EXCLUSIVE, PAIRS, Layout, last_word
from secondlook.scan.shares import SAID, Entry

_ETHNICITY = any_case(r"\b(?:hispanic|latin)")
"""What is asked beside the race: those who are too many may be of it."""


class _Made(NamedTuple):
    """What levels make in a column, the size that they are held to, and one that is printed."""

    column: int
    variable: str
    levels: list[Entry]
    size: int | None
    makes: int
    printed: int | None


def check_levels(layout: Layout, named: Groups, variables: Variables) -> Iterator[Finding]:
    """Tell for each variable with exclusive levels whether they make the size of the group."""
    blocks = [b for b in variables.shared() if any(e.count for e in b[2])]
    printed = [_size(layout, c, levels) for c, _, levels in blocks]
    made = [(c, sum(e.count for e in levels)) for c, _, levels in blocks]
    sums = [_Made(*b, n or _behind(b[0], b[2], made), at[1], n)
            for b, n, at in zip(blocks, printed, made, strict=True)]  # fmt: skip
    exact = Counter(name for _, name, _, size, added, _ in sums if size == added)
    alike = Counter((c, size, added) for c, _, _, size, added, _ in sums)
    asked: dict[tuple[int, int], Level] = {}
    for one in sums:
        c, name, levels, size, added, in_print = one
        plain = all(e.over is None and (e.strength == SAID or e.holds) for e in levels)
        own, at = {e.row for e in levels}, place(levels[0])
        column = (row.get(at) for r, row in variables.counts.items() if r not in own)
        if size is None or not plain or (added != size and added in column):
            continue
        added_percents, slack = sum_with_slack([e.percent for e in levels])
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
            several = alike[c, size, added]
            if several >= LEAST:
                if asked.get((c, added)) in ("fails", level):
                    continue  # it is asked of the size, once
                asked[c, added] = level
                reading = f"the levels of {several} variables make {added}, the group has {size}"
            elif why := _may_hold_more(layout, named, variables, one, size, several == 1):
                level, reading = "question", f"{reading}; {why}"
        else:
            continue
        first, each = levels[0], " + ".join(str(e.count) for e in levels)
        yield layout.finding(
            "parts", level, first.row, place(first), each, str(size), str(added), reading,
            first.part,
        )  # fmt: skip


def _may_hold_more(
    layout: Layout, named: Groups, variables: Variables, one: _Made, size: int, alone: bool
) -> str | None:
    """Say why levels may hold more than the group: they are of all, or a patient has several."""
    name, levels = one.variable, one.levels
    if of := _of_another_set(layout, [e.row for e in levels], variables.counts, named):
        return f"the text prints {of}, of all groups"
    as_many = [e for e in levels if e.count == one.makes - size]
    several = any(_ETHNICITY.search(layout.last_label(e.row)) for e in as_many)
    several = several or (alone and _of_several(layout, name, levels, size))
    return "has a patient several?" if several else None


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
