"""Whether means are of the same patients at two times, or of two groups: by heads and by P."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from secondlook.scan.cells import any_case, p_bounds
from secondlook.scan.checks.compared_means import EXACT, MOST_VARIED, NEARER, START, Compared
from secondlook.scan.checks.mean import MeanSD
from secondlook.scan.checks.methods import CROSSED, PAIRED, UNPAIRED, Methods
from secondlook.scan.layout import Layout, sizes

_TIME = any_case(
    r"\b(?:before|after|baseline|pre|post|pre-?test|post-?test|pre-?\w*treatment|post-?\w*treatment|"
    r"initial|final|end(?:-?point)?|start|follow-?up|randomi[sz]ation|inclusion|enrol?lment|"
    r"(?:week|month|day|year|visit|hour|time|t)s?\.? ?\d+|first|last|admission|discharge|"
    r"(?:\d+|one|two|three|six)[- ]?(?:wk|weeks?|months?|mo|days?|years?|h|hours?|min)|"
    r"pre-?\w*|post-?\w*)\b|^\d+$"
)
_SIZE = any_case(r" / \W*n ?= ?\d+\W*(?= / |$)")


def mark_paired(layout: Layout, rows: list[Compared], methods: Methods) -> list[Compared]:
    """Say which are of the same patients, and leave those of which the tests tell nothing."""
    rows = [
        replace(row, paired=paired)
        for row in rows
        if 2 - row.chosen <= len(row.groups) <= MOST_VARIED
        if (paired := of_same(layout, row.groups)) is not None
    ]
    same = methods.names(CROSSED) or (methods.names(PAIRED) and not methods.names(UNPAIRED))
    apart = [row for row in rows if row.exact and not row.paired]
    given = sum(row.off <= NEARER for row in apart)
    if given < max(1, min(2, len(apart)), 0.6 * len(apart)):
        rows = [
            replace(row, paired=row.paired or paired)
            for row in rows
            if (paired := _of_one_group(layout, row, bool(same))) is not None
        ]
    return [  # three of the same patients have a smaller P than apart
        row
        for row in rows
        if not same or len(row.groups) <= 2 or row.off <= EXACT
        or p_bounds(row.text)[0] > max(high for _, high in row.p)
    ]  # fmt: skip


def _of_one_group(layout: Layout, row: Compared, same: bool) -> bool | None:
    """Whether two means are of the same patients: a note names a paired test, or a head a start.

    So are they in an article on the `same` patients, but for a P whose own note names other tests
    and for two groups of other sizes; of what is compared at the start it is not told: None.
    """
    starts = [bool(START.match(head[-1])) for head in _names(layout, row.groups)]
    paired = PAIRED.search(row.beside) and not UNPAIRED.search(row.beside)
    sized = {tuple(layout.head_sizes[m.column]) for m in row.groups}
    same = same and not (len(sized) > 1 or UNPAIRED.search(row.own))
    if same and row.baseline:
        return None
    return len(starts) == 2 and (sum(starts) == 1 or same or bool(paired))


def of_same(layout: Layout, groups: list[MeanSD]) -> bool | None:
    """Whether the means are of the same patients at two times; None of more, or of both kinds."""
    if len(groups) == 1:
        return False
    heads = _names(layout, groups)
    named = [[match.group().lower() for match in _TIME.finditer(head[-1])] for head in heads]
    times = sum(map(bool, named))
    if len(groups) == 2 and times == 2 and named[0] == named[1]:
        return False  # at the same time, as drug after and placebo after
    if len(groups) == 2:
        shared = [sizes(text) for text in heads[0][:-1] if text in heads[1]]
        return times == 2 or any(shared)
    above = Counter(" / ".join(head[:-1]) for head in heads)
    crossed = len({head[-1] for head in heads}) < len(groups) or 1 < len(above) <= len(groups) // 2
    return None if times or crossed else False


def _names(layout: Layout, groups: list[MeanSD]) -> list[list[str]]:
    """Return the heads of some means, or their labels, without what stands under each of them."""
    heads = [_SIZE.sub("", layout.heads[m.column]).split(" / ") for m in groups]
    if len({m.column for m in groups}) == 1:
        heads = [[layout.last_label(m.row)] for m in groups]
    while len({head[-1] for head in heads}) == 1 and min(map(len, heads)) > 1:
        heads = [head[:-1] for head in heads]
    return heads
