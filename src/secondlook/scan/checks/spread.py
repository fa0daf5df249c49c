"""A median, a mean or an SD with its range, and an SD with those of other groups and times.

The middle lies between the limits. An SD is at most that of values at both ends of the range, and
of n patients at least that of one at each end and the others alike. One of ±08 beside a
mean of 0.9 has lost its point; so has one that is ten times those of the other groups and has other
decimals. No SD has a minus, and no number two points.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from fractions import Fraction

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, any_case, value
from secondlook.scan.checks.estimate_notation import SAID
from secondlook.scan.checks.mean import SD, SD_WORD, SE, MeanSD
from secondlook.scan.document import Document
from secondlook.scan.findings import A_UNIT, Finding, Level, in_text
from secondlook.scan.layout import Layout, measured, sizes

_NUM = f"-?{DECIMAL}"
_LIMITS = rf"(?P<low>{_NUM})\s?(?:-|–|to|,(?!\d{{3}}(?!\d))|;|/)\s?(?P<high>{_NUM})\s?"
_SPREAD = any_case(
    rf"^\s?(?P<middle>{_NUM})\s?(?:±\s?(?P<sd>{DECIMAL})\s?)?[,;]?\s?"
    rf"[(\[]\s?(?:range\s|IQR\s)?:?\s?{_LIMITS}[)\]]\s?{MARK}$"
)
_RANGE = re.compile(rf"^\s?[(\[]?\s?{_LIMITS}[)\]]?\s?{MARK}$")
_IN_TEXT = any_case(
    rf"(?<![\d.±/–-])(?P<middle>{_NUM})(?:\s?±\s?|[^\d.±]{{0,15}}?\bSD\s?[=:±,]?\s?)(?P<sd>{DECIMAL})"
    rf"[^\d.±]{{0,20}}?[,;(\[]\s?(?P<said>(?:age )?range[ds]?\W{{0,3}}(?:from |of )?)?"
    rf"(?P<low>{_NUM})\s?(?:-|–|to)\s?(?P<high>{DECIMAL})(?![\d.,]*\d|\s?±)"
)
"""A mean, its SD and its range in a sentence."""
_OF_CHANGES = any_case(r"change|diff|improve|reduc|decreas|increas|gain|delta|[Δ∆]")
_ROWS = {
    "mean": any_case(r"^(?:mean|average)$"),
    "sd": any_case(rf"^(?:±\s?)?(?:{SD_WORD.pattern})$"),
    "both": any_case(r"^(?:mean|average)\s?(?:±|\(|,|\+/-)\s?SD\)?$"),
    "range": any_case(r"^\(?(?:range|min\w*\W{1,4}max\w*)[.)]*$"),
    "least": any_case(r"^min(?:imum)?\.?$"),
    "most": any_case(r"^max(?:imum)?\.?$"),
    "other": any_case(r"^(?:median|n|IQR)\b.{0,12}$"),
}
"""The labels of rows that each give one thing of the variable above them."""
_POINTLESS = re.compile(rf"^\s?-?\d{{1,4}}[.·]\d{{1,4}}\s?±\s?0\d{{1,3}}\s?{MARK}$")
_TWO_POINTS = re.compile(
    r"(?<![\d.·\w])(?!\d\d?\.\d\d?\.(?:19|20)?\d\d$)\d{1,4}[.·]\d{1,4}[.·]\d{1,4}(?![\d.·\w])"
)
"""What is no number, and where it is all that a cell holds no date."""
_TOLD_TWO = re.compile(rf"(?:[=±<>≤≥\[]|CI:?|\.\d{{1,3}}[–-])\s?-?{_TWO_POINTS.pattern}")
"""The same in a sentence, which may name a version or a section."""
_NO_POINT = re.compile(
    r"^-?\d+[.·]\d+\s?[(\[]\s?(?:-?\d+[.·]\d+\s?(?:to|[,;–-])\s?(?=-?\d{1,3}[– -]\d\d?\s?[)\]])|"
    r"(?=-?\d{1,3}[– -]\d\d?\s?(?:to|[,;–-])\s?-?\d+[.·]))(?P<no>-?\d+.\d+)"
)
"""An estimate whose limits are no two numbers: ``-2.0 (-11.0 to 7-0)``."""
TWO_POINTS = "a number with two decimal points"
_POINTLESS_SD = re.compile(r"0\d+$")
_SAYS_RANGE = any_case(r"\brange\b|\bmin\w*\W{1,4}max")
_QUARTILES = any_case(r"quartile|IQR|percentile|25th")
_OF_OTHERS = any_case(r"normal|reference|change|differ")
_NO_RANGE = any_case(rf"{_QUARTILES.pattern}|{_OF_OTHERS.pattern}")
_ALONE = re.compile(rf"^\s?{_NUM}\s?$")
_SAYS = any_case(
    r"(?:median|mean).{0,40}(?:range|iqr|quartile|min|max|percentile|25th)|"
    r"(?:range|iqr|quartiles?|min).{0,20}(?:median|mean)"
)
_MIDDLE = any_case(r"^\W*(?:median|mean|average)\W*$")
WithRange = tuple[int, int, str, re.Match[str] | None, bool]
"""A row, a column, what stands there, as if in one cell, and whether limits are called a range."""
MANY, VERY_MANY = 5, 8
"""How many times the SD of several others one is asked for; and of a single other."""
_NEGATIVE = re.compile(
    rf"^\s?[-–]?{DECIMAL}\s?(?P<open>±|[(\[])\s?[-–]\s?{DECIMAL}\s?[)\]]?\s?{MARK}$"
)
_GROUPS = any_case(r"groups?\b")
_OTHER = any_case(r"\bSD\b|\bCI\b|confidence|change|difference")


def check_spreads(
    layout: Layout, means: list[MeanSD], elsewhere: Collection[tuple[int | None, int | None]]
) -> list[Finding]:
    """Judge the medians and means with a range or quartiles of one table.

    Cells that name no range or quartiles are left where they are judged as limits of an estimate,
    `elsewhere`.
    """
    told = [
        (r, c, text, match, _between(match), value(match["low"]) > value(match["high"]))
        for r, c, _ in layout.cells()
        if (text := _text(layout, r, c)) and (match := _SPREAD.match(text)) and not match["sd"]
    ]
    good = sum(inside and not falling for *_, inside, falling in told)
    trusted = good >= min(3, len(told) - 1) > 0 and good * 10 >= 8 * (len(told) - 1)
    findings = []
    for r, c, text, match, inside, falling in told:
        says = _says(layout, r, c)
        level: Level = "holds"
        reading = "it lies between them"
        if not (says or (trusted and good >= 3 and (r, c) not in elsewhere and "/" not in text)):
            continue
        if falling:
            level, reading = "question", "its lower limit is above the upper one"
        elif not inside:
            level, reading = _outside(layout, r, c, match, trusted and says)
        elif said := _only_rounded(match):
            level, reading = "question", said
        limits = text.partition(match["middle"])[2].strip(" ([)];,")
        findings.append(layout.finding("spread", level, r, c, text, limits, "", reading))
    findings += [*_misprinted(layout, means), *_wide(layout, means)]
    return findings + _beside_others(layout, means)


def _outside(layout: Layout, r: int, c: int, match: re.Match[str], sure: bool) -> tuple[Level, str]:
    """Judge a number outside of its limits; `sure` says that they are its own."""
    sayings = f"{layout.context(r)} {layout.heads[c]}"
    if "mean" in sayings.lower() and _QUARTILES.search(sayings):
        return "question", "it lies outside of the quartiles, as a mean can"
    unsigned = _SPREAD.match(match[0].lstrip().removeprefix("-"))
    if unsigned and _between(unsigned):
        return "question", "it lies between them only without its minus, or with theirs"
    sure = sure and not _between(match, cut=True)
    return "fails" if sure else "question", "it lies outside of the limits beside it"


def _only_rounded(match: re.Match[str]) -> str:
    """Say that a number lies outside of its limits as they are printed, if it does."""
    middle, low, high = (numbers.parse(match[name]) for name in ("middle", "low", "high"))
    if low.value <= middle.value <= high.value:
        return ""
    if middle.unit == low.unit == high.unit:
        return "it lies outside of the limits beside it"
    return f"it lies outside of the limits beside it, {A_UNIT}; were they rounded otherwise?"


def _misprinted(layout: Layout, means: list[MeanSD]) -> Iterator[Finding]:
    """Find an SD that begins with a zero and has no point, where the mean has one; or has a minus.

    A style that prints a minus in brackets before many of a column is none of an SD.
    """
    columns = Counter(mean.column for mean in means)
    minus = {(r, c): m for r, c, cell in layout.cells() if (m := _NEGATIVE.match(cell.line))}
    for r, c, cell in layout.cells():
        text, match = cell.line.strip(), minus.get((r, c))
        level: Level = "question"
        if _POINTLESS.match(text):
            level, odd = "fails", text.partition("±")[2].strip()
            reading = "a number that begins with 0 and has no point, beside one with decimals"
        elif two := _TWO_POINTS.search(text):
            odd, reading = two[0], TWO_POINTS
        elif SAID.search(layout.heads[c]) and (no := _NO_POINT.match(text)):
            odd, reading = no["no"], "no number where a limit stands; a point misprinted?"
        elif match and (match["open"] == "±" or columns[c] > 3 * sum(at == c for _, at in minus)):
            odd, reading = "0", "an SD is not negative; a minus too many, or is it none?"
        else:
            continue
        yield layout.finding("spread", level, r, c, text, odd, "", reading)


def _wide(layout: Layout, means: list[MeanSD]) -> Iterator[Finding]:
    """Hold an SD against the range in its brackets, beside it or in a row below."""
    judged = []
    for r, c, text, match, said in (*_in_columns(layout, means), *_in_rows(layout, means)):
        if match and value(match["low"]) < value(match["high"]):
            size, *_ = layout.head_sizes[c] or layout.sizes_above(r, c) or [2]
            judged.append((r, c, text, match, said, _fit(match, size)))
    fits = [fit for *_, fit in judged]
    trusted = fits.count("") >= max(2, 0.8 * (len(fits) - 1))
    for r, c, text, match, said, why in judged:
        if not trusted and not (why and said):
            continue  # limits of something else
        sd, low, high = match.group("sd", "low", "high")
        beyond = value(sd) > 2 * (value(high) - value(low))
        if why and not (said or beyond):
            continue  # an SD may be larger than the distance of the quartiles
        sure = trusted and why == "larger"
        yield layout.finding(
            "spread", "fails" if sure else "question" if why else "holds", r, c, text,
            f"{low} to {high}", f"SD {sd}", _told(why),
        )  # fmt: skip


def _told(why: str) -> str:
    """Say whether an SD fits, of which `_fit` says why not."""
    return f"the SD is {why} than the range allows" if why else "the SD fits the range"


def check_spreads_in_text(document: Document) -> Iterator[Finding]:
    """Hold an SD of a sentence against its range: so called, or of fewer decimals than limits.

    What has two points there is told as well.
    """
    for paragraph in document.paragraphs:
        for part, two in enumerate(_TOLD_TWO.finditer(paragraph.text)):
            yield in_text("spread", "question", paragraph, two[0], two[0], "", TWO_POINTS, part)
        for part, match in enumerate(_IN_TEXT.finditer(paragraph.text)):
            mean, low, high = (numbers.parse(match[each]) for each in ("middle", "low", "high"))
            said = match["said"] or max(low.decimals, high.decimals) < mean.decimals
            if said and low.value <= mean.value <= high.value:
                why = _fit(match, 2)
                yield in_text(
                    "spread", "question" if why else "holds", paragraph, match[0].strip(),
                    f"{match['low']} to {match['high']}", f"SD {match['sd']}", _told(why), part,
                )  # fmt: skip


def _in_columns(layout: Layout, means: list[MeanSD]) -> Iterator[WithRange]:
    """Find an SD with a range in its brackets, or in one of the next two columns."""
    cells = {(m.row, m.column): m for m in means if not SE.search(layout.heads[m.column])}
    for r, c, cell in layout.cells():
        match = _SPREAD.match(cell.line)
        if match and match["sd"]:
            sayings = f"{layout.context(r)} {layout.heads[c]} {layout.told}"
            other = _NO_RANGE.search(sayings) or SE.search(sayings)
            said = bool(_SAYS_RANGE.search(sayings) and not other)
            yield r, c, cell.line.strip(), match, said
        elif (r, c) in cells and not _NO_RANGE.search(layout.context(r)):
            mean, heads = cells[r, c], layout.heads[c + 1 : c + 3]
            columns = [at for at, head in enumerate(heads, c + 1) if not _QUARTILES.search(head)]
            beside = [limits for at in columns if (limits := _limits_at(layout, r, at))]
            for each in beside[:1]:
                yield r, c, *_joined(cell.line.strip(), mean.mean, mean.sd, each), True


def _in_rows(layout: Layout, means: list[MeanSD]) -> Iterator[WithRange]:
    """Find a mean, its SD and its range in rows of their own, one below the other."""
    cells = {(m.row, m.column): m for m in means}
    runs: list[dict[str, int]] = [{}]
    of = ""
    for r in layout.rows:
        label = layout.last_label(r).strip()
        above, of = of, layout.context(r).rpartition(" > ")[0]
        kind = next((kind for kind, told in _ROWS.items() if told.match(label)), None)
        if kind is None or of != above:
            runs.append({})
        if kind:
            runs[-1][kind] = r
    for run in runs:
        row = run.get("sd", run.get("both", run.get("mean")))  # whose cells may hold both
        ends = ["range"] if "range" in run else ["least", "most"]
        if row is None or not run.keys() >= {*ends}:
            continue
        for c in layout.columns:
            limits = _RANGE.match(" - ".join(layout.grid[run[end]][c].line for end in ends))
            if limits and (mean := cells.get((row, c))):
                yield row, c, *_joined(mean.text, mean.mean, mean.sd, limits), True
            elif limits and "mean" in run and "sd" in run:
                middle, sd = (layout.grid[run[k]][c].line.strip() for k in ("mean", "sd"))
                yield row, c, *_joined(f"{middle} | {sd}", middle, sd, limits), True


def _joined(
    text: str, middle: str, sd: str, limits: re.Match[str]
) -> tuple[str, re.Match[str] | None]:
    """Return what stands in several cells, as printed and as it would be read in one."""
    one = f"{middle} ± {sd} ({limits['low']} to {limits['high']})"
    return f"{text} | {limits[0]}", _SPREAD.match(one)


def _fit(match: re.Match[str], n: int) -> str:
    """Say whether an SD is larger or smaller than n values within its limits can have.

    The largest has values at both ends only, the smallest one at each end and the others alike.
    """
    m, s, a, b = (numbers.parse(match[part]) for part in ("middle", "sd", "low", "high"))
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


def _beside_others(layout: Layout, means: list[MeanSD]) -> list[Finding]:
    """Find an SD many times those of the same variable in other groups or at other times.

    Where they are many, SD differ so in this table. Where its rows are groups, its columns are of
    other variables.
    """
    tops = [head.split(" / ")[0] for head in layout.heads]
    of_sds = sum(bool(SD.search(top)) and measured(top) for top in set(tops))
    of_groups = any(map(_GROUPS.match, tops[:1])) or of_sds > 1
    of_groups = of_groups or all(sizes(layout.label(m.row)) for m in means)
    changes = {(m.row, m.column) for m in means if _OF_CHANGES.search(m.words)}
    blocks = _blocks(layout, means)
    findings: list[Finding] = []
    for mean in means:
        others = [
            m for m in means if m is not mean
            and (m.row == mean.row or blocks.get(m.row, -1) == blocks.get(mean.row, -2))
            and not (of_groups and tops[m.column] != tops[mean.column])
            and ((m.row, m.column) in changes) == ((mean.row, mean.column) in changes)
            and _alike(m.mean, mean.mean)
        ]  # fmt: skip
        sds, own = [numbers.parse(m.sd) for m in others], numbers.parse(mean.sd)
        values = sorted(float(sd.value) for sd in sds)
        values = values[: len(values) - len(values) // 4]  # one of several may be as odd
        if not values or values[0] <= 0 or values[-1] > 3 * values[0] or own.value <= 0:
            continue
        ratios = sorted(float(own.value) / sd for sd in values)
        times = max(ratios[0], 1 / ratios[-1])
        told = f"{float(f'{times:.2g}'):,.10g} times"
        if times < (MANY if len(others) > 1 else VERY_MANY) or _POINTLESS_SD.match(mean.sd):
            continue
        if len(others) == 1 and (_odd(mean), -mean.column) < (_odd(others[0]), -others[0].column):
            continue  # of two it is said of the one whose decimals are not those of its mean
        shift = round(math.log10(ratios[0]))
        moved = all(2 / 3 < ratio / 10**shift < 3 / 2 for ratio in ratios)
        moved = moved and all((sd.decimals - own.decimals) * shift > 0 for sd in sds)
        level: Level = "fails" if moved and len(others) > 2 and mean.named else "question"
        reading = f"the SD is {told} the others; a point misplaced?"
        if ratios[0] < 1:
            reading = f"the other SDs are {told} this; an SE, or a point misplaced?"
        findings.append(layout.finding(
            "spread", level, mean.row, mean.column, mean.text,
            "; ".join(other.text for other in others[:6]), f"SD {mean.sd}", reading,
        ))  # fmt: skip
    many = len(findings) > max(3, len(means) // 10)
    return [f for f in findings if f.level == "fails" or not many]


def _blocks(layout: Layout, means: list[MeanSD]) -> dict[int, str]:
    """Say of which variable a row is, where its own label is that of a time or a group.

    Such labels come again under other variables, and are of nothing that is measured.
    """
    rows = (mean.row for mean in means if not measured(layout.label(mean.row)))
    labels = {r: layout.context(r).rpartition(" > ") for r in rows}
    names = Counter(own for *_, own in labels.values())
    return {r: above for r, (above, _, own) in labels.items() if above and names[own] > 1}


def _alike(a: str, b: str) -> bool:
    """Whether two means of one sign are at most twofold apart, and have as many decimals."""
    first, second = numbers.parse(a), numbers.parse(b)
    (x, y), sign = (abs(first.value), abs(second.value)), first.value * second.value
    return first.decimals == second.decimals and sign >= 0 and x <= 2 * y and y <= 2 * x


def _odd(mean: MeanSD) -> int:
    """Return how many decimals more or fewer an SD has than its mean; one more is ordinary."""
    more = numbers.parse(mean.sd).decimals - numbers.parse(mean.mean).decimals
    return 2 * abs(more) - (more > 0)


def _says(layout: Layout, r: int, c: int) -> bool:
    """Whether the label or the head says that limits of what was measured stand in the brackets."""
    sayings = f"{layout.context(r)} {layout.heads[c]}"
    says = _SAYS.search(sayings) or _limits_beside(layout, r, c)
    return bool(says and not _OTHER.search(sayings))


def _limits_beside(layout: Layout, r: int, c: int) -> str:
    """Return the range or the quartiles that a column of their own gives a median or a mean."""
    limits = _MIDDLE.match(layout.lowest[c]) and _limits_at(layout, r, c + 1)
    return limits.group().strip("()[] ") if limits else ""


def _limits_at(layout: Layout, r: int, c: int) -> re.Match[str] | None:
    """Return the limits of a cell whose column, or that and the next, says that it has them."""
    row, heads = layout.grid[r], [h.rpartition(" / ")[2] for h in layout.heads[c : c + 2]]
    if not heads or not row[c].first or _OF_OTHERS.search(heads[0]):
        return None
    if len(heads) == 2 and _ROWS["least"].match(heads[0]) and _ROWS["most"].match(heads[1]):
        return _RANGE.match(f"{row[c].line} - {row[c + 1].line}")
    says = _SAYS_RANGE.search(heads[0]) or _QUARTILES.search(heads[0])
    return _RANGE.match(row[c].line) if says else None


def _text(layout: Layout, r: int, c: int) -> str:
    """Return the text of a cell, with the brackets that stand in the row below it."""
    text = layout.grid[r][c].line
    if _ALONE.match(text) and (limits := _limits_beside(layout, r, c)):
        return f"{text} ({limits})"
    if _ALONE.match(text) and r + 1 < len(layout.grid) and _says(layout, r, c):
        below = layout.grid[r + 1][c].text.strip()
        if below.startswith(("(", "[")):
            text = f"{text} {below}"
    return text


def _between(match: re.Match[str], *, cut: bool = False) -> bool:
    """Whether a number lies between its limits, in either order; `cut` lets digits be cut."""
    found = [numbers.admits(match[name]) for name in ("middle", "low", "high")]
    middle, *limits = (each.either if cut else each.rounded for each in found)
    least, most = min(each.lower for each in limits), max(each.upper for each in limits)
    return bool(least <= middle.upper and middle.lower <= most)
