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
    """Hold each median of a table against the levels of its block."""
    grid = layout.table.grid
    rows = range(layout.head, len(grid))
    levels = {k: match for k in rows if (match := _LEVEL.match(layout.label(k)))}
    for r in rows:
        told, section = layout.context(r), layout.sections[r]
        if not _MEDIAN.search(told) or _NOT_OF_ALL.search(told):
            continue
        of = {
            k: match for k, match in levels.items()
            if (match["of"].strip() and match["of"].lower().strip(" ,") in told.lower())
            or (not match["of"].strip() and section is not None and section == layout.sections[k])
        }  # fmt: skip
        for c in range(layout.labels, layout.table.columns):
            middle = _FIRST.match(_text(layout, r, c))
            counts = {k: int(m[1]) for k in of if (m := _COUNT.match(_text(layout, k, c)))}
            sizes = layout.head_sizes[c] or [n for n in _wholes(of, counts) if n >= 10]
            if middle and sizes and grid[r][c].first:
                yield from _judged(layout, (r, c), middle[1], of, counts, sizes[0])


def _judged(
    layout: Layout, at: tuple[int, int], median: str, of: dict[int, re.Match[str]],
    counts: dict[int, int], whole: int,
) -> Iterator[Finding]:  # fmt: skip
    """Say whether a median is where more than half of all are."""
    spread = numbers.admits(median).either
    for k, count in counts.items():
        if not whole < 2 * count <= 2 * whole:
            continue
        cut, below = value(of[k]["cut"]), of[k]["sign"][0] in "<≤"
        holds = spread.lower <= cut if below else spread.upper >= cut
        said = f"{count} of {whole}: {layout.label(k)}"
        reading = "the median lies where more than half of the patients are"
        if not holds:
            side = "below it" if below else "not below it"
            reading = f"more than half of the patients are {side}, so the median is too"
            reading = f"{count} of {whole} are {of[k]['sign']} {of[k]['cut']}: {reading}"
        yield layout.finding(
            "spread", "holds" if holds else "fails", *at, median, said, "", reading
        )
        return


def _wholes(of: dict[int, re.Match[str]], counts: dict[int, int]) -> Iterator[int]:
    """Yield the sum of two levels that part all: those below a number and the others."""
    if len(of) == len(counts) == 2:
        one, other = of.values()
        if value(one["cut"]) == value(other["cut"]) and (
            {one["sign"][0], other["sign"][0]} in ({"<", "≥"}, {"≤", ">"})
        ):
            yield sum(counts.values())


def _text(layout: Layout, r: int, c: int) -> str:
    return layout.table.grid[r][c].text.replace("\n", " ").strip()
