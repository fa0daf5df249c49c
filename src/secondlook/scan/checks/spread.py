"""A median or a mean with its range or quartiles: it lies between them, and they are in order."""

from __future__ import annotations

import re

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout

_NUM = f"-?{DECIMAL}"
_SPREAD = re.compile(
    rf"^\s?(?P<middle>{_NUM})\s?[,;]?\s?[(\[]\s?(?:range\s|IQR\s)?:?\s?(?P<low>{_NUM})\s?"
    rf"(?:-|–|to|,|;)\s?(?P<high>{_NUM})\s?[)\]]\s?$",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^\s?{_NUM}\s?$")
_SAYS = re.compile(
    r"(?:median|mean).{0,40}(?:range|iqr|quartile|min|max|percentile|25th)|"
    r"(?:range|iqr|quartiles?|min).{0,20}(?:median|mean)",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\bmean\b", re.IGNORECASE)
_QUARTILES = re.compile(r"quartile|IQR|percentile|25th", re.IGNORECASE)
_OTHER = re.compile(r"\bSD\b|\bCI\b|confidence|change|difference", re.IGNORECASE)


def check_spreads(layout: Layout) -> list[Finding]:
    """Judge the medians and means with a range or quartiles of one table."""
    told = [
        (r, c, text, match)
        for r in range(layout.head, len(layout.table.grid))
        for c in range(layout.labels, layout.table.columns)
        if (text := _text(layout, r, c)) and (match := _SPREAD.match(text))
    ]
    judged = [(r, c, text, *_between(match)) for r, c, text, match in told]
    good = sum(inside for *_, inside, _ in judged)
    findings = []
    for r, c, text, inside, ordered in judged:
        if not ordered:
            continue  # two numbers that are no limits
        level: Level = "holds"
        reading = "it lies between them"
        if not inside:
            trusted = good >= min(3, len(judged) - 1) > 0 and good * 10 >= 8 * (len(judged) - 1)
            sayings = f"{layout.context(r)} {layout.heads[c]}"
            skew = _MEAN.search(sayings) and _QUARTILES.search(sayings)
            level = "fails" if trusted and not skew else "question"
            reading = "it lies outside of its own range"
            if skew:
                reading = "it lies outside of the quartiles, as a mean can"
        limits = text.partition("(")[2].rstrip(")]")
        findings.append(layout.finding("spread", level, r, c, text, limits, "", reading))
    return findings


def _text(layout: Layout, r: int, c: int) -> str:
    """Return the text of a cell, with the brackets that stand in the row below it."""
    cell = layout.table.grid[r][c]
    sayings = f"{layout.context(r)} {layout.heads[c]}"
    if not cell.first or not _SAYS.search(sayings) or _OTHER.search(sayings):
        return ""
    text = cell.text.replace("\n", " ")
    if _ALONE.match(text) and r + 1 < len(layout.table.grid):
        below = layout.table.grid[r + 1][c].text.strip()
        if below.startswith(("(", "[")):
            text = f"{text} {below}"
    return text


def _between(match: re.Match[str]) -> tuple[bool, bool]:
    middle, low, high = (
        numbers.admits(match[name].replace("·", ".")).either for name in ("middle", "low", "high")
    )
    inside = low.lower <= middle.upper and middle.lower <= high.upper
    return inside, low.lower <= high.upper
