"""A median, a mean or an SD with its range, and the range of all with those of the groups.

The middle lies between the limits. An SD is at most 0.71 of the range, as in a sample of two at its
ends. The range of all patients holds those of its groups. An SD of ±08 beside a mean of 0.9 has
lost its point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout

_NUM = f"-?{DECIMAL}"
_SPREAD = re.compile(
    rf"^\s?(?P<middle>{_NUM})\s?[,;]?\s?[(\[]\s?(?:range\s|IQR\s)?:?\s?(?P<low>{_NUM})\s?"
    rf"(?:-|–|to|,|;)\s?(?P<high>{_NUM})\s?[)\]]\s?$",
    re.IGNORECASE,
)
_WITH_SD = re.compile(
    rf"^\s?(?P<middle>{_NUM})\s?±\s?(?P<sd>{DECIMAL})\s?[,;]?\s?[(\[]\s?(?:range\s)?:?\s?"
    rf"(?P<low>{_NUM})\s?(?:-|–|to|,|;)\s?(?P<high>{_NUM})\s?[)\]]\s?{MARK}$",
    re.IGNORECASE,
)
_MEAN_SD = re.compile(rf"^\s?{_NUM}\s?±\s?(?P<sd>{DECIMAL})\s?{MARK}$")
_RANGE = re.compile(
    rf"^\s?[(\[]?\s?(?P<low>{_NUM})\s?(?:-|–|to)\s?(?P<high>{_NUM})\s?[)\]]?\s?{MARK}$"
)
_POINTLESS = re.compile(rf"^\s?-?\d{{1,4}}[.·]\d{{1,4}}\s?±\s?0\d{{1,3}}\s?{MARK}$")
_SAYS_RANGE = re.compile(r"\brange\b|\bmin\w*\W{1,4}max", re.IGNORECASE)
_NOT_OF_ALL = re.compile(r"IQR|quartile|percentile|normal|reference|change|differ", re.IGNORECASE)
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
        for r, c, _ in layout.cells()
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
    return [*findings, *_pointless(layout), *_wide(layout), *_narrow(layout)]


def _pointless(layout: Layout) -> Iterator[Finding]:
    """Find an SD that begins with a zero and has no point, where the mean has one."""
    for r, c, cell in layout.cells():
        text = cell.text.replace("\n", " ")
        if _POINTLESS.match(text):
            sd = text.partition("±")[2].strip()
            reading = "a number that begins with 0 and has no point, beside one with decimals"
            yield layout.finding("spread", "fails", r, c, text.strip(), sd, "", reading)


def _wide(layout: Layout) -> Iterator[Finding]:
    """Hold an SD against the range in its brackets, or in the next column."""
    judged = []
    for r, c, cell in layout.cells():
        text = cell.text.replace("\n", " ")
        sayings = f"{layout.context(r)} {layout.heads[c]} {layout.told}"
        said = _SAYS_RANGE.search(sayings) and not _NOT_OF_ALL.search(sayings)
        if match := _WITH_SD.match(text):
            judged.append((r, c, text, match["sd"], match, said))
        elif (match := _MEAN_SD.match(text)) and (beside := _range_at(layout, r, c + 1)):
            judged.append((r, c, f"{text.strip()} | {beside.group()}", match["sd"], beside, said))
    fits = [
        value(sd) <= Fraction(71, 100) * (value(limits["high"]) - value(limits["low"])) + unit
        for *_, sd, limits, _ in judged
        for unit in [2 * numbers.parse(sd).unit]
    ]
    if sum(fits) < max(2, 0.8 * (len(fits) - 1)):
        return  # limits of something else
    for (r, c, text, sd, limits, said), fit in zip(judged, fits, strict=True):
        beyond = value(sd) > 2 * (value(limits["high"]) - value(limits["low"]))
        if not (fit or said or beyond):
            continue  # an SD may be larger than the distance of the quartiles
        sure = said or sum(fits) == len(fits) - 1 >= 5
        level: Level = "holds" if fit else "fails" if sure else "question"
        reading = "the SD fits the range" if fit else "the SD is larger than the range allows"
        against = f"{limits['low']} to {limits['high']}"
        yield layout.finding("spread", level, r, c, text.strip(), against, f"SD {sd}", reading)


def _range_at(layout: Layout, r: int, c: int) -> re.Match[str] | None:
    """Return the range of a cell whose column says that it is one of all that were measured."""
    if c >= layout.table.columns or not layout.table.grid[r][c].first:
        return None
    lowest = layout.heads[c].rpartition(" / ")[2]
    if not _SAYS_RANGE.search(lowest) or _NOT_OF_ALL.search(f"{lowest} {layout.context(r)}"):
        return None
    match = _RANGE.match(layout.table.grid[r][c].text.replace("\n", " "))
    return match if match and value(match["low"]) < value(match["high"]) else None


def _narrow(layout: Layout) -> Iterator[Finding]:
    """Hold the range of all patients against those of the groups beside it."""
    columns = range(layout.labels, layout.table.columns)
    totals = [c for c in columns if layout.is_total(c)]
    for r in range(layout.head, len(layout.table.grid)):
        ranges = {c: found for c in columns if (found := _range_at(layout, r, c))}
        whole = [c for c in ranges if c in totals]
        parts = [c for c in ranges if c not in totals]
        if len(whole) != 1 or len(parts) < 2:
            continue
        outside = [
            ranges[c].group().strip()
            for c in parts
            if _below(ranges[c]["low"], ranges[whole[0]]["low"])
            or _below(ranges[whole[0]]["high"], ranges[c]["high"])
        ]
        level: Level = "question" if outside else "holds"
        reading = "the range of all is narrower than that of a group; of other patients?"
        yield layout.finding(
            "spread", level, r, whole[0], ranges[whole[0]].group().strip(),
            "; ".join(outside or [ranges[c].group().strip() for c in parts]), "",
            reading if outside else "the range of all holds those of the groups",
        )  # fmt: skip


def _below(text: str, other: str) -> bool:
    """Whether a number is less than another; of unlike decimals, however both were rounded."""
    less, more = numbers.parse(text), numbers.parse(other)
    if less.decimals == more.decimals:
        return less.value < more.value
    return less.value + less.unit / 2 < more.value - more.unit / 2


def _text(layout: Layout, r: int, c: int) -> str:
    """Return the text of a cell, with the brackets that stand in the row below it."""
    cell = layout.table.grid[r][c]
    sayings = f"{layout.context(r)} {layout.heads[c]}"
    if not _SAYS.search(sayings) or _OTHER.search(sayings):
        return ""
    text = cell.text.replace("\n", " ")
    if _ALONE.match(text) and r + 1 < len(layout.table.grid):
        below = layout.table.grid[r + 1][c].text.strip()
        if below.startswith(("(", "[")):
            text = f"{text} {below}"
    return text


def _between(match: re.Match[str]) -> tuple[bool, bool]:
    middle, low, high = (numbers.admits(match[name]).either for name in ("middle", "low", "high"))
    inside = low.lower <= middle.upper and middle.lower <= high.upper
    return inside, low.lower <= high.upper
