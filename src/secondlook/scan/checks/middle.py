"""A median beside a level of its variable: 12 of 21 patients are 65 or more, and the median is 59.

If more than half of a group are below a number, so is their median; if more than half are not, nor
is the median.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, value
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout

_MEDIAN = re.compile(r"\bmedian\b", re.IGNORECASE)
_NOT_OF_ALL = re.compile(r"change|differ|reference|normal", re.IGNORECASE)
_LEVEL = re.compile(
    rf"(?P<of>.*?)(?:^|[\s,])(?P<sign>[<≤≥]=?|>=?)\s?(?P<cut>{DECIMAL})(?:\s?(?:years?|yrs?|y))?"
    r"(?:,?\s(?:old|of age))?(?:,?\s?(?:[nN]|[nN]o\.)?\s?[(\[]?%[)\]]?)?$"
)
_COUNT = re.compile(r"^(\d{1,5})(?:\s?[(\[]\s?[\d.·]+\s?%?\s?[)\]])?$")
_FIRST = re.compile(rf"^({DECIMAL})(?!\s?[%±/])")


def check_middles(layout: Layout) -> Iterator[Finding]:
    """Hold each median of a table against the levels of its variable."""
    rows = range(layout.head, len(layout.table.grid))
    levels = {k: match for k in rows if (match := _LEVEL.match(layout.label(k)))}
    for r in rows:
        told, section = layout.context(r), layout.sections[r]
        if not _MEDIAN.search(told) or _NOT_OF_ALL.search(told):
            continue
        of = [
            (k, match) for k, match in levels.items()
            if (match["of"].strip() and match["of"].lower().strip(" ,") in told.lower())
            or (not match["of"].strip() and section is not None and section == layout.sections[k])
        ]  # fmt: skip
        for c in range(layout.labels, layout.table.columns):
            texts = {k: layout.table.grid[k][c].line.strip() for k in rows}
            median = _FIRST.match(texts[r])
            counts = [(int(m[1]), k, level) for k, level in of if (m := _COUNT.match(texts[k]))]
            whole = next(iter(layout.head_sizes[c]), 0) or _whole(counts)
            most = [each for each in counts if whole < 2 * each[0] <= 2 * whole]
            if median and most and layout.table.grid[r][c].first:
                yield _judged(layout, (r, c), median[1], *most[0], whole)


def _judged(
    layout: Layout, at: tuple[int, int], median: str, count: int, k: int,
    level: re.Match[str], whole: int,
) -> Finding:  # fmt: skip
    """Say whether a median is where more than half of all are."""
    spread, cut, below = (
        numbers.admits(median).either,
        value(level["cut"]),
        level["sign"][0] in "<≤",
    )
    holds = spread.lower <= cut if below else spread.upper >= cut
    reading = "the median lies where more than half of the patients are"
    if not holds:
        side = "below it" if below else "not below it"
        reading = (f"{count} of {whole} are {level['sign']} {level['cut']}: "
                   f"more than half of the patients are {side}, so the median is too")  # fmt: skip
    said = f"{count} of {whole}: {layout.label(k)}"
    return layout.finding(
        "spread", "holds" if holds else "fails", *at, median, said, "", reading
    )  # fmt: skip


def _whole(counts: list[tuple[int, int, re.Match[str]]]) -> int:
    """Return the sum of two levels that part all, those below a number and the others; else 0."""
    signs = {level["sign"][0] for *_, level in counts}
    cuts = {value(level["cut"]) for *_, level in counts}
    parted = len(counts) == 2 and len(cuts) == 1 and signs in ({"<", "≥"}, {"≤", ">"})
    total = sum(count for count, *_ in counts)
    return total if parted and total >= 10 else 0
