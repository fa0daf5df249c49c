"""A median, a mean or an SD with its range, and the range of all with those of the groups.

The middle lies between the limits. An SD is at most that of values at both ends of the range, and
of n patients at least that of one at each end and the others alike. The range of all patients holds
those of its groups. An SD of ±08 beside a mean of 0.9 has lost its point; so has one that is ten
times those of the other groups and has other decimals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, value
from secondlook.scan.checks.mean import SE, MeanSD, Told
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
_SCALE = re.compile(
    r"\b(?:scores?|scale|VAS|NRS|points|range|index|inventory|questionnaire)\b[^()\[\]]{0,12}"
    r"[(\[,]?\s?(?P<low>[01])\s?(?:-|–|to)\s?(?P<high>[5-9]|\d{2,3})(?![\d.])",
    re.IGNORECASE,
)
_OF_CHANGES = re.compile(
    r"change|differ|improve|reduc|decreas|increas|gain|delta|[Δ∆]", re.IGNORECASE
)
_SF36 = re.compile(r"\bSF-?\s?36\b(?!.*(?:summary|component|PCS|MCS|norm))", re.IGNORECASE)
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
_CI = re.compile(r"\bC\.?I\.?s?\b|confidence (?:interval|limit)", re.IGNORECASE)
NEAR = 1.25
"""How far two SD are apart of which one is from the limits of fewer patients."""
_OTHER = re.compile(r"\bSD\b|\bCI\b|confidence|change|difference", re.IGNORECASE)


def check_spreads(layout: Layout, means: list[Told]) -> list[Finding]:
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
    return [
        *findings, *_pointless(layout), *_wide(layout, means), *_of_scales(layout, means),
        *_tenfold(layout, means), *_of_intervals(layout, means), *_narrow(layout),
    ]  # fmt: skip


def _pointless(layout: Layout) -> Iterator[Finding]:
    """Find an SD that begins with a zero and has no point, where the mean has one."""
    for r, c, cell in layout.cells():
        text = cell.text.replace("\n", " ")
        if _POINTLESS.match(text):
            sd = text.partition("±")[2].strip()
            reading = "a number that begins with 0 and has no point, beside one with decimals"
            yield layout.finding("spread", "fails", r, c, text.strip(), sd, "", reading)


def _wide(layout: Layout, means: list[Told]) -> Iterator[Finding]:
    """Hold an SD against the range in its brackets, or in one of the next two columns."""
    judged = []
    cells = {(m.row, m.column): m for m, _ in means if not SE.search(layout.heads[m.column])}
    for r, c, cell in layout.cells():
        text = cell.text.replace("\n", " ")
        sayings = f"{layout.context(r)} {layout.heads[c]} {layout.told}"
        said = _SAYS_RANGE.search(sayings) and not _NOT_OF_ALL.search(sayings)
        if match := _WITH_SD.match(text):
            judged.append((r, c, text, match["middle"], match["sd"], match, said))
        elif mean := cells.get((r, c)):
            beside = _range_at(layout, r, c + 1) or _range_at(layout, r, c + 2)
            if beside:
                both = f"{text.strip()} | {beside.group()}"
                judged.append((r, c, both, mean.mean, mean.sd, beside, True))
    fits = []
    for _, c, _, middle, sd, limits, _ in judged:
        size = layout.head_sizes[c][:1] or [2]
        fits.append(_fit(middle, sd, limits["low"], limits["high"], size[0]))
    if fits.count("") < max(2, 0.8 * (len(fits) - 1)):
        return  # limits of something else
    for (r, c, text, _, sd, limits, said), why in zip(judged, fits, strict=True):
        beyond = value(sd) > 2 * (value(limits["high"]) - value(limits["low"]))
        if why and not (said or beyond or (why == "smaller" and fits.count("") >= 8)):
            continue  # an SD may be larger than the distance of the quartiles
        sure = why == "larger" and (said or (fits.count("larger") == 1 and len(fits) > 5))
        level: Level = "fails" if sure else "question" if why else "holds"
        reading = f"the SD is {why} than the range allows" if why else "the SD fits the range"
        against = f"{limits['low']} to {limits['high']}"
        yield layout.finding("spread", level, r, c, text.strip(), against, f"SD {sd}", reading)


def _fit(middle: str, sd: str, low: str, high: str, n: int) -> str:
    """Say whether an SD is larger or smaller than n values within the limits can have.

    The largest has values at both ends only, the smallest one at each end and the others alike.
    """
    m, s, a, b = (numbers.parse(text) for text in (middle, sd, low, high))
    n = max(2, n)
    above, below = b.value + b.unit / 2 - m.value, m.value - a.value + a.unit / 2
    slack = s.value - s.unit
    if above < 0 or below < 0:
        return ""
    if slack > 0 and slack**2 > Fraction(n, n - 1) * above * below:
        return "larger"
    above, below = max(Fraction(0), above - b.unit), max(Fraction(0), below - a.unit)
    rest = (above - below) ** 2 / (n - 2) if n > 2 else 0
    least = (above**2 + below**2 + rest) / (n - 1)
    return "smaller" if n > 2 and (s.value + m.unit + s.unit) ** 2 < least else ""


def _of_scales(layout: Layout, means: list[Told]) -> Iterator[Finding]:
    """Hold an SD against the ends of the scale that its label gives: VAS (0-100)."""
    for mean, sayings in means:
        label = layout.context(mean.row)
        scale = _SCALE.search(label)
        if SE.search(f"{sayings} {layout.told}") or not (scale or _SF36.search(label)):
            continue
        if _OF_CHANGES.search(f"{sayings} {layout.table.caption}"):
            continue
        low, high = (scale["low"], scale["high"]) if scale else ("0", "100")
        if _fit(mean.mean, mean.sd, low, high, 10) == "larger":
            yield layout.finding(
                "spread", "question", mean.row, mean.column, mean.text, f"{low} to {high}",
                f"SD {mean.sd}", f"the SD is larger than a scale from {low} to {high} allows",
            )  # fmt: skip


def _tenfold(layout: Layout, means: list[Told]) -> Iterator[Finding]:
    """Find an SD of other decimals and ten times those of the other groups, or a tenth of them."""
    rows: dict[int, list[MeanSD]] = {}
    for mean, _ in means:
        rows.setdefault(mean.row, []).append(mean)
    for row in rows.values():
        for mean in row:
            others = [m for m in row if m is not mean and _alike(m.mean, mean.mean)]
            shifts = {_shift(mean, other) for other in others}
            if len(others) < len(row) - 1 or len(shifts) != 1 or not (shift := shifts.pop()):
                continue
            if len(others) == 1 and _odd(mean) <= _odd(others[0]):
                continue  # of two it is said of the one whose decimals are not those of its mean
            level: Level = "fails" if len(others) > 2 and mean.named else "question"
            yield layout.finding(
                "spread", level, mean.row, mean.column, mean.text,
                "; ".join(other.text for other in others), f"SD {mean.sd}",
                f"it is {shift} those of the other groups, with other decimals: a point misplaced?",
            )  # fmt: skip


def _alike(a: str, b: str) -> bool:
    """Whether two means are at most twofold apart, and have as many decimals."""
    first, second = numbers.parse(a), numbers.parse(b)
    x, y = abs(first.value), abs(second.value)
    return first.decimals == second.decimals and x <= 2 * y and y <= 2 * x


def _odd(mean: MeanSD) -> int:
    """Return how many decimals more or fewer an SD has than its mean; one more is ordinary."""
    more = numbers.parse(mean.sd).decimals - numbers.parse(mean.mean).decimals
    return 2 * abs(more) - (more > 0)


def _shift(mean: MeanSD, other: MeanSD) -> str:
    """Say whether an SD is another times a power of ten, but for less than the half of it."""
    first, second = numbers.parse(mean.sd), numbers.parse(other.sd)
    digits = {len(re.sub(r"^0*\.?0*|\.", "", text)) for text in (mean.sd, other.sd, mean.mean)}
    rounded = len(digits) == 1 and digits.pop() > 2  # 484 ± 66.0, 411 ± 5.27: to three digits
    if first.decimals == second.decimals or not first.value or not second.value or rounded:
        return ""
    if mean.sd[0] == "0" and "." not in mean.sd[1:]:
        return ""  # it is said that it has no point
    ratio = first.value / second.value
    for power, said in ((10, "ten times"), (100, "a hundred times")):
        if Fraction(2, 3) < ratio / power < Fraction(3, 2) and first.decimals < second.decimals:
            return said
    for power, said in ((10, "a tenth of"), (100, "a hundredth of")):
        if Fraction(2, 3) < ratio * power < Fraction(3, 2) and first.decimals > second.decimals:
            return said
    return ""


def _of_intervals(layout: Layout, means: list[Told]) -> Iterator[Finding]:
    """Hold an SD against the limits of its mean in the next column, and the size of the group."""
    judged = []
    for mean, sayings in means:
        r, c = mean.row, mean.column + 1
        size = layout.head_sizes[mean.column][:1]
        if not size or size[0] < 3 or c >= layout.table.columns or SE.search(sayings):
            continue
        limits = _RANGE.match(layout.table.grid[r][c].text.replace("\n", " "))
        sd = float(value(mean.sd))
        if limits and sd and _CI.search(layout.lowest_head(c)):
            unit = float(numbers.parse(limits["low"]).unit)
            width = float(value(limits["high"]) - value(limits["low"]))
            error = 2 * float(special.stdtrit(size[0] - 1, 0.975)) / math.sqrt(size[0])
            told = max(0.0, width - unit) / error, (width + unit) / error
            ratio = max(told[0] / sd, sd / told[1], 1.0)
            judged.append((mean, limits.group().strip(), told, ratio))
    good = sum(ratio < NEAR for *_, ratio in judged)
    if good < 4 or good * 10 < 8 * (len(judged) - 1):
        return
    for mean, text, told, ratio in judged:
        level: Level = (
            "holds" if ratio < NEAR else "fails" if ratio > 3 and good > 7 else "question"
        )
        yield layout.finding(
            "spread", level, mean.row, mean.column, mean.text, text,
            "SD {:.3g} to {:.3g}".format(*told),
            "the limits give the SD" if ratio < NEAR else "the limits of the mean give another SD",
        )  # fmt: skip


def _range_at(layout: Layout, r: int, c: int) -> re.Match[str] | None:
    """Return the range of a cell whose column says that it is one of all that were measured."""
    if c >= layout.table.columns or not layout.table.grid[r][c].first:
        return None
    lowest = layout.lowest_head(c)
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
