"""An estimate with its limits: is it inside, is it in the middle, does the P agree, do the counts.

Ratios are symmetric on the log scale, differences as they are, both only if the interval is of the
usual kind (estimate plus and minus a multiple of its standard error). That one interval is skew
is an accusation only where the others of the table are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, p_value, with_exponents
from secondlook.scan.checks.ratio import from_counts
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.layout import Layout
from secondlook.scan.shares import Entry

_NUM = f"-?{DECIMAL}"
_TO = r"\s?(?:-|–|—|~|to|,|;)\s?"
_ESTIMATE = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>{_NUM})\s?%?{MARK}\s?[,;:]?\s?[(\[]\s?"
    rf"(?:(?P<level>\d\d)\s?%\s?(?:C\.?I\.?|confidence intervals?)\s?[:,=]?\s?)?"
    rf"(?:C\.?I\.?\s?[:=]?\s?)?[(\[]?(?P<lo>{_NUM})\s?%?{_TO}(?P<hi>{_NUM})\s?%?\s?(?P<end>[)\];,])"
)
_SAYS_CI = (
    r"(?:(?P<level>\d\d)\s?%\s?(?:C\.?I\.?s?|confidence (?:interval|limit)s?(?:\s?[(\[]CI[)\]])?)|"
    r"CI\s?(?P<level2>9\d)\s?%)\s?[:,;=]?\s?(?:of\s|from\s|was\s|is\s)?"
)
_SAYS_P = (
    r"[pP]\s?(?:-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?(?:\d?(?:\.\d{1,8})?[eE]-\d{1,3}|"
    r"0?\.\d{1,8}|1\.0{1,8})(?!\d|[eE]-))"
)
_IN_TEXT = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>{_NUM})\s?(?P<pc>%?)\s?[,;:]?\s?[(\[]?\s?{_SAYS_CI}"
    rf"[(\[]?\s?(?P<lo>{_NUM})\s?%?{_TO}(?P<hi>{_NUM})\s?(?P<pc2>%?)\s?[)\]]?"
    rf"(?:\s?[,;:]?\s?[(]?{_SAYS_P})?"
)
_NO_ESTIMATE = re.compile(
    rf"[(\[]\s?(?:{_SAYS_P}\s?[,;]\s?)?(?:{_SAYS_CI}|CI\s?[:=]\s?)(?P<lo>-{DECIMAL}){_TO}"
    rf"(?P<hi>{DECIMAL})(?:\s?[,;]\s?{_SAYS_P.replace('<p>', '<p2>')})?(?!\d)"
)
_DENIED = re.compile(
    r"\b(?:not|no|non)[- ](?:\w+ ){0,2}?significan(?:t|ce|tly)\b"
    r"(?![^.;]*\b(?:but|while|whereas|although|though|however|except|and (?:was|were|had|the))\b)"
    r"[^.;()\[\]]*[(\[]?[^.;()\[\]]*$",
    re.IGNORECASE,
)
_LIMITS = re.compile(rf"\s?[(\[]?\s?(?P<lo>{_NUM}){_TO}(?P<hi>{_NUM})\s?[)\]]?\s?{MARK}$")
_ALONE = re.compile(rf"\s?(?P<e>{_NUM})\s?{MARK}$")
_BRACED = re.compile(rf"\(\s?(-{DECIMAL})\s?\)")
_BRACKETED = re.compile(r"[(\[]\s?[-+]?\d[^()\[\]]{0,20}(?:,|;|to|–|-)\s?[-+]?\d")
"""Limits of whatever estimate, which may be what the P of the row is of."""
_SD = re.compile(rf"(?<=\d)\s?±\s?{DECIMAL}(?=\s?\()")
_RATIO = re.compile(
    r"\b(?:ratios?|a?ORs?|a?HRs?|RRs?|IRRs?|SHRs?|relative risks?|odds|hazards?|fold|SIR|SMR)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:difference|differences|RD|ARR|MD|WMD|SMD|beta|β|coefficients?|reduction|change|mean|"
    r"slope)\b|β",
    re.IGNORECASE,
)
_CI = re.compile(r"\bC\.?I\.?s?(?![A-Za-z])|confidence (?:interval|limit)|95\s?%", re.IGNORECASE)
_P_BEFORE = re.compile(r"\bp(?:[- ]values?)?\s?[=<>≤≥]\s?$", re.IGNORECASE)
_OF_OTHERS = re.compile(r"introduction|background|discussion|conclusion", re.IGNORECASE)
"""Sections that cite other studies, whose intervals may be of another kind than the article's."""
_OTHER_P = re.compile(r"trend|interaction|heterogen|non-?inferior", re.IGNORECASE)
_ODD = re.compile(
    r"bootstrap|credible|bayes|posterior|profile|exact|percentile|fieller|back-?transformed|"
    r"clopper|wilson|hodges|median|non-?parametric|bias[- ]corrected",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Estimate:
    """An estimate and its limits as printed, and where."""

    text: str
    value: str
    low: str
    high: str
    scale: str
    level: float
    row: int | None
    column: int | None
    place: str
    p: str | None = None
    p_column: int | None = None
    denied: bool = False
    """Whether its sentence says that it is not significant."""
    order: int = 0

    @property
    def bracketed(self) -> bool:
        """Whether the limits stand in brackets behind the estimate."""
        return self.text.rstrip().endswith((")", "]"))

    def ends(self, text: str) -> tuple[float, float] | None:
        """Return the values that print so, on the scale where the interval is symmetric."""
        bounds = numbers.admits(text).half_up
        low, high = float(bounds.lower), float(bounds.upper)
        if self.scale != "ratio":
            return low, high
        return (math.log(low), math.log(high)) if low > 0 else None

    @cached_property
    def inside(self) -> bool:
        """Whether the estimate lies within its limits, but for rounding."""
        value, low, high = (numbers.admits(t).half_up for t in (self.value, self.low, self.high))
        return float(value.upper) >= float(low.lower) and float(value.lower) <= float(high.upper)

    @cached_property
    def skew(self) -> float | None:
        """How far the estimate is from the middle beyond rounding, in halves of the width."""
        ends = [self.ends(text) for text in (self.value, self.low, self.high)]
        if any(end is None for end in ends):
            return None
        (e0, e1), (l0, l1), (h0, h1) = ends  # type: ignore[misc]
        middle = (l0 + h0) / 2, (l1 + h1) / 2
        half = ((h0 + h1) - (l0 + l1)) / 4
        if half <= 0:
            return None
        beyond = max(0.0, e0 - middle[1], middle[0] - e1)
        return float(beyond / half)

    @cached_property
    def width(self) -> float:
        """Half of the interval on its scale."""
        low, high = self.ends(self.low), self.ends(self.high)
        return math.inf if low is None or high is None else (sum(high) - sum(low)) / 4

    def z_range(self) -> tuple[float, float] | None:
        """Return the least and the largest |z| that the limits allow, over all rounding."""
        ends = [self.ends(text) for text in (self.value, self.low, self.high)]
        if any(end is None for end in ends) or self.scale == "unknown":
            return None
        (e0, e1), (l0, l1), (h0, h1) = ends  # type: ignore[misc]
        factor = float(special.ndtri(0.5 + self.level / 200))
        wide, narrow = (h1 - l0) / (2 * factor), (h0 - l1) / (2 * factor)
        if narrow <= 0:
            return None
        sizes = [abs(e0), abs(e1)]
        least = 0.0 if e0 <= 0 <= e1 else min(sizes)
        return least / wide, max(sizes) / narrow


def check_intervals(layout: Layout, found: list[Entry], estimates: list[Estimate]) -> list[Finding]:
    """Judge the estimates with limits of one table."""
    odd = bool(_ODD.search(layout.told))
    counted = from_counts(layout, found, estimates)
    findings = []
    for estimate in estimates:
        others = [
            e
            for e in estimates
            if e is not estimate and e.scale == estimate.scale and e.skew is not None
        ]
        level, recomputed, reading = _judge(estimate, others, odd)
        against = f"limits {estimate.low} and {estimate.high}"
        if level == "holds" and id(estimate) in counted:
            level, recomputed, reading, against = counted[id(estimate)]
        findings.append(_finding(estimate, layout.table.index, level, against, recomputed, reading))
        if estimate.p and (judged := _judge_p(estimate, estimates)):
            with_p = replace(
                estimate, text=f"{estimate.text}, P {estimate.p}", column=estimate.p_column
            )
            findings.append(_finding(with_p, layout.table.index, *judged))
    return findings


def check_text_intervals(document: Document, estimates: list[Estimate]) -> list[Finding]:
    """Judge the estimates with limits, and with a P, that the text prints."""
    odd = any(_ODD.search(p.text) for p in document.paragraphs)
    findings = []
    for estimate in estimates:
        others = [
            e
            for e in estimates
            if e is not estimate
            and e.scale == estimate.scale
            and not _OF_OTHERS.match(estimate.place)
        ]
        level, recomputed, reading = _judge(estimate, others, odd)
        against = f"limits {estimate.low} and {estimate.high}"
        findings.append(_finding(estimate, None, level, against, recomputed, reading))
        if estimate.p and (judged := _judge_p(estimate, estimates)):
            findings.append(_finding(estimate, None, *judged))
    return [*findings, *_without_estimate(document)]


def _without_estimate(document: Document) -> Iterator[Finding]:
    """Judge ``(p = 0.02, 95% CI -0.3 to 1.2)``: limits on both sides of 0, and a P below 0.05."""
    for paragraph in document.paragraphs:
        text = _plain(paragraph.text)
        for order, match in enumerate(_NO_ESTIMATE.finditer(text)):
            p = (match["p"] or match["p2"] or "").replace(" ", "").removeprefix("=")
            if not p or numbers.parse(match["hi"]).value == 0:
                continue
            level: Level = "holds"
            reading = "the limits hold 0, and the P is not below 0.05"
            if _below(p):
                level, reading = "question", "the limits hold 0, and the P is below 0.05"
                if _DENIED.search(text[max(0, match.start() - 200) : match.start()]):
                    level, reading = "fails", f"{reading}; the sentence says not significant"
            against = f"limits {match['lo']} and {match['hi']}"
            yield in_text("interval", level, paragraph, match.group(), against, "", reading, order)


def _below(p: str) -> bool:
    """Whether a printed P says that it is below 0.05."""
    return float(numbers.admits(p).either.upper) <= 0.05


def text_estimates(document: Document) -> Iterator[Estimate]:
    """Find ``2.8 (95% CI 1.3 to 6.1; P = 0.01)`` in the text."""
    for paragraph in document.paragraphs:
        text = _plain(paragraph.text)
        for order, match in enumerate(_IN_TEXT.finditer(text)):
            before = text[max(0, match.start() - 200) : match.start()]
            if _P_BEFORE.search(before):
                continue
            scale = "unknown" if match["pc"] else _scale(before[-60:], "")
            p = match["p"]
            yield Estimate(
                match.group().strip(), match["e"], match["lo"], match["hi"], scale,
                float(match["level"] or match["level2"]), None, None,
                paragraph.place,
                p.replace(" ", "").removeprefix("=") if p else None,
                denied=bool(_DENIED.search(before)), order=order,
            )  # fmt: skip


def _plain(text: str) -> str:
    """Return the text without the brackets of (-1.2) and without the SD of 45.5 ± 10.2 (limits)."""
    return _SD.sub("", _BRACED.sub(r"\1", with_exponents(text.replace("·", "."))))


def _scale(near: str, far: str) -> str:
    """Say from the words about an estimate on which scale its interval is symmetric."""
    for text in (near, far):
        ratio = [m.end() for m in _RATIO.finditer(text)]
        difference = [m.end() for m in _DIFFERENCE.finditer(text)]
        if ratio or difference:
            return "ratio" if max(ratio, default=-1) > max(difference, default=-1) else "difference"
    return "unknown"


def table_estimates(layout: Layout) -> Iterator[Estimate]:
    """Find the estimates with limits of a table: in a cell, beside it, or below it."""
    grid = layout.table.grid
    caption, told = layout.table.caption, layout.told
    for c in range(1, layout.table.columns):
        column: list[Estimate] = []
        for r in range(layout.head, len(grid)):
            cell = grid[r][c]
            if not cell.first or not cell.text.strip() or c in layout.p_columns:
                continue
            head, label = layout.heads[c], layout.context(r)
            sayings = f"{label} {head}"
            text = _plain(cell.text.replace("\n", " "))
            match = _ESTIMATE.search(text)
            parts = None
            if match and (_CI.search(sayings) or match["level"] or _CI.search(told)):
                parts = (match["e"], match["lo"], match["hi"], match.group())
            elif alone := _ALONE.match(text):
                parts = _limits_beside(layout, r, c, alone["e"], told)
            if parts is None or re.search(r"\brange|IQR|quartile|/ p\b|^p\b", sayings, re.I):
                continue
            level = re.search(r"(9\d|80)\s?%", f"{sayings} {told}")
            scale = _scale(head, "") if _scale(head, "") != "unknown" else _scale(label, caption)
            if "%" in parts[3] and not re.search(r"difference|\bA?RD\b|ARR", sayings):
                scale = "unknown"  # a share and its own interval, which is not symmetric
            column.append(Estimate(
                parts[3].strip(), parts[0], parts[1], parts[2], scale,
                float(level[1]) if level else 95.0, r, c, layout.place(r, c), *_p_of(layout, r, c),
            ))  # fmt: skip
        yield from _on_one_scale(column)


def _on_one_scale(column: list[Estimate]) -> list[Estimate]:
    """Give estimates that nothing names the scale on which those of their column are symmetric."""
    unnamed = [e.scale == "unknown" and "%" not in e.text for e in column]
    symmetric = {
        scale: sum(
            no and replace(e, scale=scale).skew == 0 for e, no in zip(column, unnamed, strict=True)
        )
        for scale in ("ratio", "difference")
    }
    scale = max(symmetric, key=lambda name: symmetric[name])
    most, least = symmetric[scale], min(symmetric.values())
    if most < 4 or most < sum(unnamed) - 1 or 2 * least > most:
        return column
    return [replace(e, scale=scale) if no else e for e, no in zip(column, unnamed, strict=True)]


def _limits_beside(
    layout: Layout, r: int, c: int, value: str, told: str
) -> tuple[str, str, str, str] | None:
    """Find the limits of an estimate in the next column, or in the rows below it."""
    grid = layout.table.grid
    if c + 1 < layout.table.columns and _CI.search(layout.heads[c + 1].rpartition(" / ")[2]):
        beside = _plain(grid[r][c + 1].text.replace("\n", " "))
        if not _ALONE.match(beside) and (found := _with_limits(value, beside)):
            return found  # -2,057 is one limit, its comma a decimal sign
    if r + 1 < len(grid) and _CI.match(layout.label(r + 1).rpartition(" > ")[2]):
        return _with_limits(value, _plain(grid[r + 1][c].text))
    if not _CI.search(layout.heads[c]):
        return None
    joined = ""
    for below in range(r + 1, min(r + 4, len(grid))):
        text = grid[below][c].text.strip()
        if not joined and not text.startswith(("(", "[")):
            return None
        joined += text
        match = _LIMITS.match(_plain(joined.replace("\n", " ")))
        if match and joined.count("[") == joined.count("]"):
            return value, match["lo"], match["hi"], f"{value} {joined}"
    return None


def _with_limits(value: str, text: str) -> tuple[str, str, str, str] | None:
    match = _LIMITS.match(text)
    return (value, match["lo"], match["hi"], f"{value} {match.group().strip()}") if match else None


def _p_of(layout: Layout, r: int, c: int) -> tuple[str | None, int | None]:
    """Return the P of the same row and its column, if it is of this estimate alone."""
    following = [p for p in layout.p_columns if p > c]
    if not following or _OTHER_P.search(layout.heads[following[0]]):
        return None, None
    p = following[0]
    cell = layout.table.grid[r][p]
    below = layout.table.grid[r + 1][p] if r + 1 < len(layout.table.grid) else None
    if not cell.first or (below is not None and not below.first):
        return None, None
    first = max(layout.labels, _last_p(layout, c))
    others = [(i, layout.table.grid[r][i].text) for i in range(first, p) if i != c]
    if any(_BRACKETED.search(t) or (i != c + 1 and _LIMITS.match(_plain(t))) for i, t in others):
        return None, None
    return p_value(cell.text), p


def _last_p(layout: Layout, c: int) -> int:
    return max((p + 1 for p in layout.p_columns if p < c), default=0)


def _judge(estimate: Estimate, others: list[Estimate], odd: bool) -> tuple[Level, str, str]:
    low, high = (numbers.parse(t).value for t in (estimate.low, estimate.high))
    if low > high:
        turned = replace(estimate, low=estimate.high, high=estimate.low)
        ascending = [e for e in others if numbers.parse(e.low).value <= numbers.parse(e.high).value]
        plain = high > 0 and turned.inside and (_least_skew(turned) or 0) < 0.1
        sure = len(others) >= 2 or (estimate.bracketed and estimate.scale != "unknown")
        if len(ascending) == len(others) and (
            (plain and sure) or (_sound(estimate, others) and not turned.inside)
        ):
            return "fails", "", "the limits are in descending order, as no others are"
        return "question", "", "the limits are in descending order"
    if not estimate.inside:
        texts = (text.replace(",", ".") for text in (estimate.value, estimate.low, estimate.high))
        value, lower, upper = texts
        if (
            all(text.count(".") <= 1 for text in (value, lower, upper))
            and replace(estimate, value=value, low=lower, high=upper).inside
        ):
            return "question", "", "inside its limits, if the comma is a decimal sign"
        if len(others) >= 2 or estimate.row is None or estimate.bracketed:
            inside = [e for e in others if e.inside]
            turned = replace(estimate, value=estimate.value.lstrip("-"))
            signless = replace(turned, value=f"-{turned.value}")
            if turned.inside or signless.inside:
                if estimate.row is not None and _sound(estimate, others) and _signed(others):
                    return "fails", "", "inside its limits only with the other sign"
                return "question", "", "inside its limits with the other sign; a reduction?"
            if _with_minus(estimate):
                return "question", "", "in the middle of its limits, if a 2 is a lost minus sign"
            known = estimate.scale != "unknown" or len(inside) == len(others) >= 4
            even = sum((_least_skew(e) or 0) < 0.1 for e in inside)
            theirs = len(inside) * 10 >= 9 * len(others) and 10 * even >= 6 * len(others)
            if theirs and known and not odd:
                return "fails", "", "the estimate lies outside its own limits"
        return "question", "", "the estimate lies outside its limits; are they of something else?"
    skew = _least_skew(estimate)
    if skew is None or skew == 0:
        return "holds", "", "inside its limits" + (", in the middle" if skew == 0 else "")
    middle = _middle(estimate)
    bound = estimate.scale != "ratio" and {low, high} & {0, 1, 100}
    if skew < 0.1 or estimate.scale == "unknown" or bound:
        return "holds", middle, "inside its limits, nearly in the middle"
    other_scale = "difference" if estimate.scale == "ratio" else "ratio"
    if replace(estimate, scale=other_scale).skew == 0:
        return "question", middle, "in the middle of its limits on the other scale"
    turned = replace(estimate, value=estimate.value.lstrip("-"))
    if estimate.scale == "difference" and estimate.value != turned.value and turned.skew == 0:
        return "question", middle, "in the middle of its limits with the other sign"
    alike = [e for e in others if (e.skew or 0) < 0.05]
    widths = sorted(e.width for e in others)
    plain = len(others) >= 3 and len(others) - len(alike) <= len(others) // 20
    usual = plain and estimate.width <= 2 * widths[len(widths) // 2]
    wide = len(alike) == len(others) >= 6 and skew > 0.25 and estimate.width <= 2 * widths[-1]
    sparse = estimate.scale == "ratio" and estimate.width > 2  # its interval may be an exact one
    if (usual or wide) and not (odd or sparse):
        scale = "log scale" if estimate.scale == "ratio" else "plain scale"
        return "fails", middle, (
            f"not in the middle on the {scale}, as {len(alike)} of {len(others)} others are"
        )  # fmt: skip
    return "question", middle, "not in the middle of its limits; an interval of another kind?"


def _sound(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether eight in ten of the others, five and more, are inside, and half of the column."""
    inside = sum(e.inside for e in others)
    column = [e.inside for e in others if e.column == estimate.column]
    enough = inside >= 5 and 10 * inside >= 8 * len(others) and 2 * sum(column) >= len(column)
    return estimate.bracketed and enough


def _signed(others: list[Estimate]) -> bool:
    """Whether others print their minus signs."""
    return any(e.value.startswith("-") and e.low.startswith("-") for e in others)


def _with_minus(estimate: Estimate) -> bool:
    """Whether 212 and 214 may have been -12 and -14, the sign lost in a conversion."""
    texts = (estimate.value, estimate.low, estimate.high)
    ways = product(*((text, re.sub(r"^2(?=\d)", "-", text)) for text in texts))
    read = (
        replace(estimate, value=e, low=low, high=high, scale="difference")
        for e, *limits in ways
        for low, high in (limits, limits[::-1])
    )
    return any(e.inside and (e.skew or 0) < 0.1 for e in read)


def _least_skew(estimate: Estimate) -> float | None:
    if estimate.scale != "unknown":
        return estimate.skew
    both = [replace(estimate, scale=s).skew for s in ("ratio", "difference")]
    known = [s for s in both if s is not None]
    return min(known) if known else None


def _middle(estimate: Estimate) -> str:
    low, high = (float(numbers.parse(t).value) for t in (estimate.low, estimate.high))
    if estimate.scale == "ratio" and low > 0:
        return f"middle {math.sqrt(low * high):.3g}"
    return f"middle {(low + high) / 2:.3g}"


def _judge_p(estimate: Estimate, others: list[Estimate]) -> tuple[Level, str, str, str] | None:
    z = estimate.z_range()
    if z is None or estimate.p is None or not estimate.inside or (estimate.skew or 0) > 0.1:
        return None
    low, high = (2 * float(special.ndtr(-v)) for v in reversed(z))
    recomputed = f"P {low:.2g} to {high:.2g}"
    against = f"P {estimate.p}"
    bounds = numbers.admits(estimate.p).either
    b_low, b_high = max(float(bounds.lower), 0.0), min(float(bounds.upper), 1.0)
    if b_low <= high and low <= b_high:
        return "holds", against, recomputed, "the limits give the P"
    if estimate.scale == "difference" and numbers.parse(estimate.low).value > 0:
        ratio = _judge_p(replace(estimate, scale="ratio"), [])
        if ratio is not None and ratio[0] == "holds":
            return "question", against, recomputed, "holds if the estimate is a ratio"
    near, far = (high, b_low) if high < b_low else (low, b_high)
    apart = abs(float(special.ndtri(near / 2)) - float(special.ndtri(max(far, 1e-12) / 2)))
    if apart < 0.35:
        return "holds", against, recomputed, "the limits give nearly the P"
    known = [e for e in others if e is not estimate and e.p]
    agreeing = [e for e in known if _agrees(e)]
    if apart > 1 and len(agreeing) >= 6 and _lost_zero(estimate):
        lost = [e for e in known if e not in agreeing and _lost_zero(e)]
        if (len(agreeing) + len(lost)) * 10 >= 8 * len(known):
            reading = f"the limits give a tenth of it; those of {len(agreeing)} others give their P"
            return "fails", against, recomputed, reading
    conflict = (near < 0.05) != (far < 0.05)
    agree = len(agreeing)
    trusted = agree == len(known) >= 3 or (agree >= 4 and agree * 10 >= 8 * len(known))
    alone = estimate.row is None and apart > 2.5
    if conflict and (alone or (apart > 1.0 and trusted)):
        return "fails", against, recomputed, "the limits and the P do not agree on 0.05"
    bound = high < b_low and re.fullmatch(r"0?\.0*1", estimate.p)  # .0001 for what is less
    if apart > 1.5 and not bound and agree >= 6 and agree * 10 >= 9 * len(known):
        reading = f"the limits give another P, as those of {agree} others do not"
        return "fails", against, recomputed, reading
    if estimate.denied and apart > 0.7 and low > 0.05 and _below(estimate.p):
        reading = "the limits hold no effect and the sentence says not significant"
        return "fails", against, recomputed, reading
    return "question", against, recomputed, "the limits give another P; of another test?"


def _lost_zero(estimate: Estimate) -> bool:
    """Whether the limits give a tenth of the P: 0.37 for 0.037."""
    p = estimate.p or ""
    if p[:1] not in "01." or "e" in p.lower():
        return False
    judged = _judge_p(replace(estimate, p=p.replace(".", ".0", 1)), [])
    return judged is not None and judged[3] == "the limits give the P"


def _agrees(estimate: Estimate) -> bool:
    judged = _judge_p(estimate, [])
    return judged is not None and judged[0] == "holds"


def _finding(
    estimate: Estimate, table: int | None, level: Level, against: str, recomputed: str, reading: str
) -> Finding:
    return Finding(
        "interval", level, table, estimate.row, estimate.column, estimate.order, estimate.place,
        estimate.text, against, recomputed, reading,
    )  # fmt: skip
