"""Groups that one table prints, and another all of them together: row by row they add to it.

That some columns of a table are the groups of a column of another is taken from the two: most of
the rows that both print must add, so often that it is no chance. One that does not is a question.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations

from secondlook.scan.checks.parts import BITS, LEAST_ALONE, counts_of
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.shares import MOST_GROUPS, Entry

_SAID = re.compile(r"\([^)]*\)|\b(?:n|no|number|percent)\b|[^a-z0-9<>≥≤+]+")
"""What the label of a row may say otherwise in another table."""


def check_parts_across(tables: Sequence[tuple[Layout, list[Entry]]]) -> list[Finding]:
    """Ask of counts that those of the groups in another table do not make, as they make others."""
    named = [_named(layout, found) for layout, found in tables]
    asked: dict[tuple[int, int, int], Finding] = {}
    for i, k in permutations(range(len(tables)), 2):
        layout, groups = tables[i][0], tables[k][0]
        rows = [(*named[i][name], named[k][name][1]) for name in named[i] if name in named[k]]
        columns = sorted({c for *_, parts in rows for c in parts if not groups.is_total(c)})
        ends = combinations(range(min(len(columns), MOST_GROUPS) + 1), 2)
        for start, end in ends if len(rows) >= LEAST_ALONE else ():
            run = columns[start:end]
            for c in sorted({c for _, counts, _ in rows for c in counts}):
                full = [
                    (r, counts[c], [parts[g] for g in run])
                    for r, counts, parts in rows
                    if len(run) > 1 and c in counts and all(g in parts for g in run)
                ]
                adding = {
                    (n, *parts): math.log2(1 + n - max(parts))
                    for _, n, parts in full
                    if sum(parts) == n
                }
                if sum(adding.values()) < BITS or 4 * len(adding) < 3 * len(full):
                    continue
                reading = f"its groups in {groups.table.label} make {len(adding)} others, not this"
                for r, n, parts in full:
                    if sum(parts) != n:
                        asked[layout.table.index, r, c] = layout.finding(
                            "parts", "question", r, c, str(n), " + ".join(map(str, parts)),
                            str(sum(parts)), reading,
                        )  # fmt: skip
    return list(asked.values())


def _named(layout: Layout, found: list[Entry]) -> dict[str, tuple[int, dict[int, int]]]:
    """Return the rows that count something by their labels, where a label names one."""
    told = [(" ".join(_SAID.sub(" ", layout.context(r).lower()).split()), r, counts)
            for r, counts in counts_of(layout, found).items()]  # fmt: skip
    times = Counter(name for name, *_ in told)
    return {name: (r, counts) for name, r, counts in told if name and times[name] == 1}
