"""An estimate with its limits: is it inside, is it in the middle, does the P agree, do the counts.

Ratios are symmetric on the log scale, differences as they are, both only if the interval is of the
usual kind (estimate plus and minus a multiple of its standard error). That one interval is skew
is an accusation only where the others of the table are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL
from secondlook.scan.checks.estimates import SAYS_CI, SAYS_P, TO, Estimate, plain
from secondlook.scan.checks.p_of_means import NEAR, apart
from secondlook.scan.checks.ratio import from_counts
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.layout import Layout
from secondlook.scan.shares import Entry

_NO_ESTIMATE = re.compile(
    rf"[(\[]\s?(?:{SAYS_P}\s?[,;]\s?)?(?:{SAYS_CI}|CI\s?[:=]\s?)(?P<lo>-{DECIMAL}){TO}"
    rf"(?P<hi>{DECIMAL})(?:\s?[,;]\s?{SAYS_P.replace('<p>', '<p2>')})?(?!\d)"
)
ENOUGH = 8
"""Others of a column that say how its intervals are made, whatever those of the table are."""
_OF_OTHERS = re.compile(r"introduction|background|discussion|conclusion", re.IGNORECASE)
"""Sections that cite other studies, whose intervals may be of another kind than the article's."""
_DENIED = re.compile(
    r"\b(?:not|no|non)[- ](?:\w+ ){0,2}?significan(?:t|ce|tly)\b"
    r"(?![^.;]*\b(?:but|while|whereas|although|though|however|except|and (?:was|were|had|the))\b)"
    r"[^.;()\[\]]*[(\[]?[^.;()\[\]]*$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:reduc|decreas|lower|less|fewer|loss|lost|drop|declin|fell|fall|diminish|shorter|small)\w*[^.;]*$",
    re.IGNORECASE,
)
"""Words after which 8.9 (-16.7 to -1.0) is a change of -8.9."""
_ODD = re.compile(
    r"bootstrap|credible|bayes|posterior|profile|exact|percentile|fieller|back-?transformed|"
    r"clopper|wilson|hodges|median|non-?parametric|bias[- ]corrected",
    re.IGNORECASE,
)


def check_intervals(layout: Layout, found: list[Entry], estimates: list[Estimate]) -> list[Finding]:
    """Judge the estimates with limits of one table."""
    odd = bool(_ODD.search(layout.told))
    counted = from_counts(layout, found, estimates)
    findings = []
    for estimate in estimates:
        others = [e for e in estimates if e is not estimate and e.scale == estimate.scale]
        level, recomputed, reading = _judge(estimate, others, odd)
        against = f"limits {estimate.low} and {estimate.high}"
        by_counts = counted.get(id(estimate))
        if by_counts and (level == "holds" or (level == "question" and by_counts[0] == "fails")):
            level, recomputed, reading, against = by_counts
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
        text = plain(paragraph.text)
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


def _judge(estimate: Estimate, others: list[Estimate], odd: bool) -> tuple[Level, str, str]:
    low, high = (numbers.parse(t).value for t in (estimate.low, estimate.high))
    if low > high:
        turned = replace(estimate, low=estimate.high, high=estimate.low)
        ascending = [e for e in others if numbers.parse(e.low).value <= numbers.parse(e.high).value]
        plain = turned.inside and (turned.skew or 0) < 0.1
        if plain and (low < 0 or (len(others) >= 3 and not ascending)):
            return "holds", "", "inside its limits, the other one first"
        sure = len(ascending) >= 2 or (estimate.bracketed and estimate.scale != "unknown")
        rare = len(others) - len(ascending) <= len(ascending) // 4
        if (
            estimate.row is not None
            and rare
            and ((plain and sure) or (_sound(estimate, others) and not turned.inside))
        ):
            return (
                "fails",
                "",
                f"the limits are in descending order, as {len(ascending)} others are not",
            )
        return "question", "", "the limits are in descending order"
    others = [e for e in others if e.skew is not None]
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
                if _LESS.search(estimate.before):
                    return "holds", "", "inside its limits as a reduction"
                if estimate.row is not None and _sound(estimate, others) and _signed(others):
                    return "fails", "", "inside its limits only with the other sign"
                return "question", "", "inside its limits with the other sign; a reduction?"
            if _with_minus(estimate):
                return "question", "", "in the middle of its limits, if a 2 is a lost minus sign"
            known = estimate.scale != "unknown" or len(inside) == len(others) >= 4
            even = sum((e.skew or 0) < 0.1 for e in inside)
            theirs = len(inside) * 10 >= 9 * len(others) and 10 * even >= 6 * len(others)
            if theirs and known and not odd:
                return "fails", "", "the estimate lies outside its own limits"
        return "question", "", "the estimate lies outside its limits; are they of something else?"
    skew = estimate.skew
    if skew is None or skew == 0:
        return "holds", "", "inside its limits" + (", in the middle" if skew == 0 else "")
    middle = estimate.middle
    beside = [e for e in others if e.column == estimate.column and not _bound(e)]
    exact = [e for e in others if e.skew == 0]
    like = len(others) >= ENOUGH and len(others) - len(exact) <= len(others) // 15
    if _bound(estimate) or (skew < 0.1 and not (like and skew > 0.02)):
        return "holds", middle, "inside its limits, nearly in the middle"
    share = "%" in estimate.text
    alike = [e for e in beside if ("%" in e.text) == share]
    known = 10 * sum(e.skew == 0 for e in alike) >= 8 * max(4, len(alike))
    if estimate.scale == "unknown" and not (known and (estimate.row is not None or not share)):
        return "holds", middle, "inside its limits"
    if skew < 0.1:
        return (
            "question",
            middle,
            f"not quite in the middle, as {len(exact)} of {len(others)} others are",
        )
    other_scale = "difference" if estimate.scale == "ratio" else "ratio"
    if replace(estimate, scale=other_scale).skew == 0:
        return "question", middle, f"in the middle of its limits if it is a {other_scale}"
    turned = replace(estimate, value=estimate.value.lstrip("-"))
    if estimate.scale == "difference" and estimate.value != turned.value and turned.skew == 0:
        return "question", middle, "in the middle of its limits with the other sign"
    if len(beside) >= ENOUGH and skew > 0.25 and all((e.skew or 0) < 0.05 for e in beside):
        others = beside
    alike = [e for e in others if (e.skew or 0) < 0.05]
    widths = sorted(e.width for e in others)
    plain = len(others) >= 3 and len(others) - len(alike) <= len(others) // 20
    usual = plain and estimate.width <= 2 * widths[len(widths) // 2]
    wide = len(alike) == len(others) >= 6 and skew > 0.25 and estimate.width <= 2 * widths[-1]
    sparse = estimate.scale == "ratio" and estimate.width > 2  # its interval may be an exact one
    sure = estimate.scale != "unknown" or estimate.row is not None
    if (usual or wide) and sure and not (odd or sparse):
        told = f"as {len(alike)} of {len(others)} others are"
        return "fails", middle, f"the estimate is not in the middle of its limits, {told}"
    where = "not in the middle of its limits" if skew < 0.9 else "on one of its limits or beyond"
    return "question", middle, f"{where}; an interval of another kind?"


def _bound(estimate: Estimate) -> bool:
    """Whether it is a share with a limit that none can pass."""
    limits = {numbers.parse(t).value for t in (estimate.low, estimate.high)}
    return estimate.scale != "ratio" and bool(limits & {0, 1, 100})


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


def _judge_p(estimate: Estimate, others: list[Estimate]) -> tuple[Level, str, str, str] | None:
    given = estimate.p_range()
    if given is None or not estimate.p or not estimate.inside or (estimate.skew or 0) > 0.1:
        return None
    low, high = given
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
    off = apart(estimate.p, given)
    if off < NEAR:
        return "holds", against, recomputed, "the limits give nearly the P"
    known = [e for e in others if e is not estimate and e.p]
    agreeing = [e for e in known if _agrees(e)]
    if off > 1 and len(agreeing) >= 6 and _lost_zero(estimate):
        lost = [e for e in known if e not in agreeing and _lost_zero(e)]
        if (len(agreeing) + len(lost)) * 10 >= 8 * len(known):
            reading = f"the limits give a tenth of it; those of {len(agreeing)} others give their P"
            return "fails", against, recomputed, reading
    conflict = (near < 0.05) != (far < 0.05)
    agree = len(agreeing)
    trusted = agree == len(known) >= 3 or (agree >= 4 and agree * 10 >= 8 * len(known))
    alone = estimate.row is None and off > 2.5
    if conflict and (alone or (off > 1.0 and trusted)):
        return "fails", against, recomputed, "the limits and the P do not agree on 0.05"
    bound = high < b_low and re.fullmatch(r"0?\.0*1", estimate.p)  # .0001 for what is less
    if off > 1.5 and not bound and agree >= 6 and agree * 10 >= 9 * len(known):
        reading = f"the limits give another P, as those of {agree} others do not"
        return "fails", against, recomputed, reading
    if _DENIED.search(estimate.before) and off > 0.7 and low > 0.05 and _below(estimate.p):
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
