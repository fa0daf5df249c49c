"""The size that rows in turn make: each variable of a table leaves out nobody of most columns.

Which rows are the levels of a variable is taken from their numbers, whatever the labels say: they
make the size of a group, and the next rows make it again. Where nearly all do, rows that hold more
are a question, and so is a size in a head that no rows make.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise

from secondlook.scan.cells import only_count
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import CATEGORY, PAIRS, UNWANTED, Layout, sizes
from secondlook.scan.shares import Entry

LONGEST, MOST_APART = 12, 6
"""Rows that are summed at most, as levels of a variable, and how far apart a pair may stand."""
BY_CHANCE = 12
"""A small size is made by chance: in a run of this many times as many rows, at most."""
LEAST = 5
"""Sums of rows that make the size of a column, before others are asked about."""
_WORD = re.compile(r"\b(?!n\b|no\.)[a-z]+(?=[^()]*(?:\(|$))", re.IGNORECASE)
"""The words of a label, without its brackets and the sign of a number of patients."""


def check_made(
    layout: Layout,
    counts: dict[int, dict[int, int]],
    found: list[Entry],
    named: Groups,
    said: list[Finding],
) -> Iterator[Finding]:
    """Ask where rows make another size than others, but for what was `said` already."""
    yield from _pairs(layout, counts, named)
    if UNWANTED.search(layout.table.caption):
        return  # a patient has several
    told = {(finding.row, finding.column) for finding in said}
    parts, wholes = fractions(found)
    heads = {c: told[0] for c, told in enumerate(layout.head_sizes) if told}
    for these, printed in ((counts, heads), (wholes, heads), (parts, {})):
        made = _Made(layout, these, printed)
        yield from made.heads()
        for finding, rows in made.other(fewer=these is not counts):
            if told.isdisjoint((r, finding.column) for r in rows):
                yield finding


def fractions(found: list[Entry]) -> tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]]:
    """Return the counts of each row that stand before the number that they are of, and those."""
    parts: dict[int, dict[int, int]] = defaultdict(dict)
    wholes: dict[int, dict[int, int]] = defaultdict(dict)
    for e in found:
        if e.share.of is not None and e.part == 0:
            parts[e.row][e.column], wholes[e.row][e.column] = e.count, e.share.of
    return parts, wholes


class _Made:
    """The counts of a table in rows that follow each other, and the sizes that they make."""

    def __init__(
        self, layout: Layout, counts: dict[int, dict[int, int]], printed: dict[int, int]
    ) -> None:
        self.layout, self.counts, self.printed = layout, counts, printed
        rows = enumerate(sorted(counts))
        self.stretches = [
            [r for _, r in told] for _, told in groupby(rows, lambda told: told[1] - told[0])
        ]
        columns = sorted({c for row in counts.values() for c in row})
        self.often = {c: most for c in columns if (most := self._most_often(c))}
        self.sizes = self.printed | {c: size for c, (size, _) in self.often.items()}

    def _added(self, rows: list[int], c: int) -> int:
        """Return the sum of a column over some rows, 0 if one of them is the whole or has none."""
        told = [self.counts[r].get(c, 0) for r in rows]
        return sum(told) if all(c in self.counts[r] for r in rows) and max(told) < sum(told) else 0

    def _most_often(self, c: int) -> tuple[int, int] | None:
        """Return the sum that most rows of a column make in runs, and in how many: no chance."""
        column = sorted(row[c] for row in self.counts.values() if c in row)
        times: Counter[int] = Counter()
        held: Counter[int] = Counter()
        for rows in self.stretches:
            ends: Counter[int] = Counter()
            for end in range(2, len(rows) + 1):
                for start in range(end - 2, max(-1, end - LONGEST), -1):
                    added = self._added(rows[start:end], c)
                    if start >= ends[added]:
                        times[added] += 1
                        held[added] += end - start
                        ends[added] = end
        least = column[-1 - len(column) // 20]
        likely = [n for n, k in times.items()
                  if n >= least and k > 2 and k * n > BY_CHANCE * len(column)]  # fmt: skip
        size = max(likely, key=lambda n: held[n], default=0)
        return (size, times[size]) if size else None

    def heads(self) -> Iterator[Finding]:
        """Ask of the size in a head which no rows make, where several make one other."""
        for c, size in self.printed.items():
            added, times = self.often.get(c, (size, 0))
            near = abs(added - size) <= max(2, size // 20)
            if added == size or not (near or added in self.printed.values()):
                continue
            texts = [row[c].text for row in self.layout.table.grid[: self.layout.head]]
            at = [r for r, text in enumerate(texts)
                  if size in (*sizes(text, head=True), only_count(text))]  # fmt: skip
            reading = f"the levels of {times} variables make {added}, those of none {size}"
            yield self.layout.finding(
                "parts", "question", max(at, default=0), c, str(size), str(added), str(added),
                reading,
            )  # fmt: skip

    def other(self, *, fewer: bool) -> Iterator[tuple[Finding, list[int]]]:
        """Ask of rows that hold more than the size that others make, or `fewer` than all others."""
        runs = [run for rows in self.stretches for run in self._parted(rows)]
        making = [(run, self._making(run)) for run in runs]
        told = sum(len(self._told(run)) for run, exact in making if exact)
        exactly = sum(len(exact) for _, exact in making)
        if exactly < LEAST or 4 * exactly < 3 * told:
            return
        fewer = fewer and exactly >= 2 * LEAST and 10 * exactly >= 9 * told
        for run, exact in making:
            sums = self._told(run)
            near = all(abs(added - self.sizes[c]) <= max(1, self.sizes[c] // 20)
                       for c, added in sums.items())  # fmt: skip
            ranges = all(CATEGORY.search(self.layout.last_label(r)) for r in run)
            for c, added in sums.items() if near and (exact or ranges) and len(sums) > 1 else ():
                if added > self.sizes[c] or (fewer and exact and added < self.sizes[c]):
                    each = " + ".join(str(self.counts[r][c]) for r in run)
                    reading = f"they make {added}, and rows in {exactly} other places the size"
                    yield self.layout.finding(
                        "parts", "question", run[0], c, each, str(self.sizes[c]), str(added),
                        reading,
                    ), run  # fmt: skip

    def _told(self, run: list[int]) -> dict[int, int]:
        return {c: added for c in self.sizes if (added := self._added(run, c))}

    def _making(self, run: list[int]) -> list[int]:
        return [c for c, added in self._told(run).items() if added == self.sizes[c]]

    def _parted(self, rows: list[int]) -> list[list[int]]:
        """Part rows so that as many sums as can be are sizes; what lies between is a run too."""
        best: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ())]
        for end in range(1, len(rows) + 1):
            most = best[-1]
            for start in range(end - 2, max(-1, end - LONGEST), -1):
                times, before = best[start]
                if times + (k := len(self._making(rows[start:end]))) > most[0] and k:
                    most = times + k, (*before, (start, end))
            best.append(most)
        cuts = sorted({0, len(rows), *(cut for run in best[-1][1] for cut in run)})
        return [run for a, b in pairwise(cuts) if len(run := rows[a:b]) > 1]


def _pairs(layout: Layout, counts: dict[int, dict[int, int]], named: Groups) -> Iterator[Finding]:
    """Hold two rows that leave out nobody, as men and women, to the size of the group."""
    rows = sorted(counts)
    beside = ((r, s) for at, r in enumerate(rows) for s in rows[at + 1 : at + 1 + MOST_APART])
    for r, s in beside:
        if s - r > MOST_APART or not _complete(layout, r, s):
            continue
        columns = sorted(counts[r].keys() & counts[s].keys())
        sums = [(c, counts[r][c] + counts[s][c], named.printed(layout, c)) for c in columns]
        exact = sum(added in sizes_of for _, added, sizes_of in sums)
        for c, added, sizes_of in sums:
            size = sizes_of[0] if sizes_of else 0
            if size < added <= 3 * size // 2 and added not in sizes_of:
                level: Level = "fails" if exact and added not in named.stated else "question"
                reading = f"the two hold {added - size} more than the group has"
                yield layout.finding(
                    "parts", level, s, c, f"{counts[r][c]} + {counts[s][c]}", str(size),
                    str(added), reading,
                )  # fmt: skip


def _complete(layout: Layout, r: int, s: int) -> bool:
    """Whether two rows, of no variable that a heading names, are each other's rest."""
    if layout.sections[r] is not None or layout.sections[s] is not None:
        return False
    one, other = (_WORD.findall(layout.label(row).lower()) for row in (r, s))
    if not one or not other:
        return False
    pair = one[:-1] == other[:-1] and {one[-1], other[-1]} in PAIRS
    return pair or any(a in ([word, *b] for word in ("non", "no", "not")) or
                       (a[0] == "without" and b[0] == "with" and a[1:] == b[1:])
                       for a, b in ((one, other), (other, one)))  # fmt: skip
