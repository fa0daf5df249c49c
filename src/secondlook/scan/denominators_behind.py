"""The size that the percents of a column share, whether or not it is printed for them."""

from __future__ import annotations

from collections import Counter

from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.shares import (
    BEHIND,
    LIKELY,
    SAID,
    Entry,
    by_column,
    nameless,
    nearly_all,
    without_size,
)

LEAST_LEFT = 4
"""Percents of a column, of no size that it prints, of which a size of the text may be."""


def shared_size(said: list[Entry], stated: set[int]) -> int:
    """Return the least size, or stated one, of which most telling percents are; 0 if none tells."""
    spans = {(e.count, e.percent): e.span for e in said}
    narrow = [s for s in spans.values() if s and (s[1] - s[0]) * 8 <= s[0]]
    times = Counter(n for low, high in narrow for n in range(low, min(high, low + 50) + 1))
    most = max(times.values(), default=0)
    often = {n for n, k in times.items() if k == most}
    return min(often & stated or often, default=0)


def take_size_behind(found: list[Entry], groups: Groups | None) -> None:
    """Take the size behind nearly all percents of a column that prints none, or ask of another."""
    for column in by_column(found).values():
        said = without_size(e for e in column if e.strength == SAID and e.count)
        held = Counter(of for e in said if (of := e.of) and e.tells).most_common(1)
        often = [n for n, _ in held if nearly_all(said, n, LIKELY)]
        stated = groups.stated if groups else set()
        of = next(iter(often), shared_size(said, stated))
        if not nearly_all(said, of, LIKELY):  # what other sizes leave may be of one that is stated
            said = [e for e in said if not e.holds]
            of = shared_size(said, stated)
            if of not in stated or len(said) < LEAST_LEFT or not nearly_all(said, of, LIKELY):
                continue
        own = Counter(e.own[0] for e in said if e.own and not e.own[0][1].startswith(ELSEWHERE))
        (size, where), times = next(iter(own.most_common(1)), ((of, ""), 0))
        astray = [e for e in said if not e.fits(size)]
        told, apart = f"{sum(e.fits(of) for e in said)} percents", ""
        open_ = [e for e in nameless(column) if not e.holds]
        if 10 * times >= 8 * len(said) and 2 * len(astray) > len(said):
            apart = f"{size} is {where}, but {of} {BEHIND} {len(astray)} percents"
            open_ = [e for e in astray if not e.holds and e.fits(of)]
        for entry in open_:
            if entry.fits(of):
                entry.apart = apart
                entry.take(of, f"{BEHIND} {told} of the column")
            elif not entry.own:
                entry.own = [(of, f"{BEHIND} {told} of the column")]
