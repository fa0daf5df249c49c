"""An estimate with its limits: is it inside, do they ascend; and all that is asked of it.

That one lies outside is an accusation only where the others of the table do not. What is inside is
held to the middle, its P to its limits, and both to the counts beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from secondlook.scan.cells import amount, any_case
from secondlook.scan.checks.estimate import Estimate
from secondlook.scan.checks.estimate_notation import SPREAD
from secondlook.scan.checks.middle_of_limits import ENOUGH, LESS, MIDDLE, ODD, Said, judge_middle
from secondlook.scan.checks.p_of_limits import judge_p, of_several
from secondlook.scan.checks.ratio import Judged
from secondlook.scan.findings import Finding, Level

_OF_OTHERS = any_case(r"introduction|background|discussion|conclusion")
"""Sections that cite other studies, whose intervals may be of another kind than the article's."""
_OTHER_UNIT = re.compile(r"(-?\d+(?:\.\d+)?) ?[^\d\s(.;,][^\d(.;,]{0,15}\(\s?$")
"""The same in another unit: 0.23 mmol/L (4.14 mg/dL; 95% CI, -0.05 to 0.52)."""


def check_intervals(
    estimates: list[Estimate], told: str, counted: Mapping[int, Judged], table: int | None = None
) -> list[Finding]:
    """Judge the estimates of a table, or of the text, and the P of those that have one.

    `told` is what may say how the intervals were made, `counted` what the counts beside say.
    """
    odd, spread = bool(ODD.search(told)), bool(SPREAD.search(told))
    findings = []
    for estimate in estimates:
        cited = estimate.row is None and _OF_OTHERS.match(estimate.place)
        others = [
            e for e in estimates
            if e is not estimate and e.scale == estimate.scale and not cited
            and (e.said or not estimate.said)
        ]  # fmt: skip
        about = told if estimate.row is not None else ""
        level, reading = _judge(estimate, others, about, odd, spread)
        if level == "fails" and not estimate.said and len(others) < ENOUGH:
            level = "question"
        against = f"limits {estimate.low} and {estimate.high}"
        recomputed = estimate.middle if estimate.inside and estimate.skew else ""
        by_counts = counted.get(id(estimate))
        if by_counts and (level == "holds" or (level == "question" and by_counts[0] == "fails")):
            level, recomputed, reading, against = by_counts
            if estimate.row is None:
                estimate = replace(estimate, text=f"{against}: {estimate.text}")
        findings.append(_finding(estimate, table, level, against, recomputed, reading))
        judged = judge_p(estimate, estimates)
        if judged and (judged[0] == "holds" or not of_several(estimate, estimates, about)):
            level, recomputed, reading = judged
            if estimate.by_mark and level == "fails":
                level = "question"
            against = f"P {estimate.p}"
            if estimate.row is not None:
                text = f"{estimate.text}, {against}"
                estimate = replace(estimate, text=text, column=estimate.p_column)
            findings.append(_finding(estimate, table, level, against, recomputed, reading))
    return findings


def _judge(estimate: Estimate, others: list[Estimate], told: str, odd: bool, spread: bool) -> Said:
    """Say of limits and their estimate what is said of them, the worst first."""
    odd = odd or bool(ODD.search(estimate.place))
    low, high = amount(estimate.low), amount(estimate.high)
    known = [e for e in others if e.skew is not None]
    if estimate.scale == "ratio" and min(low, high) < 0:
        slip = estimate.slip
        sure = slip and estimate.row is not None and len(known) >= 3
        return "fails" if sure else "question", f"a ratio has no limit below 0{slip}"
    if low > high:
        return _descending(estimate, others)
    if not estimate.inside:
        return _outside(estimate, known, odd)
    return judge_middle(estimate, known, told, odd, spread)


def _descending(estimate: Estimate, others: list[Estimate]) -> Said:
    """Judge limits of which the lower one is above the upper one."""
    turned = replace(estimate, low=estimate.high, high=estimate.low)
    ascending = [e for e in others if amount(e.low) <= amount(e.high)]
    fits = turned.inside and (turned.skew or 0) < MIDDLE
    negative = amount(estimate.low) < 0
    if fits and estimate.headed and not negative:
        return "question", "the limit headed lower is the upper one"
    less = estimate.row is None and LESS.search(estimate.before)
    mostly = len(others) >= 3 and 4 * len(ascending) < len(others)
    fallen = less and _without_sign(turned)
    if fallen or (turned.inside and ((fits and negative) or less or mostly)):
        return "holds", "inside its limits, the other one first"
    sure = len(ascending) >= 2 or estimate.bracketed
    rare = len(others) - len(ascending) <= len(ascending) // 4
    alone = _sound(estimate, others) and not turned.inside
    reading = f"the limits are in descending order{estimate.slip}"
    if estimate.row is not None and rare and ((fits and sure) or alone):
        return "fails", f"{reading}, as {len(ascending)} others are not"
    return "question", reading


def _outside(estimate: Estimate, others: list[Estimate], odd: bool) -> Said:
    """Judge an estimate outside of its limits."""
    points = [text.replace(",", ".") for text in estimate.texts]
    if all(text.count(".") <= 1 for text in points) and estimate.printed(*points).inside:
        return "question", "inside its limits, if the comma is a decimal sign"
    other = _OTHER_UNIT.search(estimate.before) if estimate.row is None else None
    if other and estimate.printed(other[1], *estimate.texts[1:]).inside:
        return "holds", "its limits are in the unit before"
    if _of_fraction(estimate):
        return "holds", "its limits are no percents"
    if _without_sign(estimate):
        if LESS.search(f"{estimate.before} {estimate.text.partition(';')[0]}"):
            return "holds", "inside its limits as a reduction"
        if estimate.row is None and sum(map(_without_sign, others)) > 1:
            return "holds", "inside its limits as a reduction, as others are"
        signed = any(e.value.startswith("-") for e in others)
        if estimate.row is not None and _sound(estimate, others) and signed:
            return "fails", "inside its limits only with the other sign"
        return "question", "inside its limits with the other sign; a reduction?"
    slip = estimate.slip
    if len(others) >= 2 or estimate.row is None or estimate.bracketed:
        inside = [e for e in others if e.inside]
        known = estimate.named or len(inside) == len(others) >= 4
        even = sum((e.skew or 0) < MIDDLE for e in inside)
        theirs = len(inside) * 10 >= 9 * len(others) and 10 * even >= 6 * len(others)
        if theirs and known and not odd:
            return "fails", f"the estimate lies outside its own limits{slip}"
    slip = slip or "; are they of something else?"
    return "question", f"the estimate lies outside its limits{slip}"


def _of_fraction(estimate: Estimate) -> bool:
    """Whether the estimate is a percent, and its limits are fractions."""
    percent = re.match(rf"{re.escape(estimate.value)}\s?%", estimate.text)
    share = estimate.scale == "share" and amount(estimate.value) > 1
    low, high = amount(estimate.low), amount(estimate.high)
    return bool(percent or share) and max(abs(low), abs(high)) <= 1


def _without_sign(estimate: Estimate) -> bool:
    """Whether it is outside of its limits, and inside with the other sign."""
    return not estimate.inside and estimate.turned.inside


def _sound(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether eight in ten of the others, five and more, are inside."""
    inside = sum(e.inside for e in others)
    return estimate.bracketed and inside >= 5 and 10 * inside >= 8 * len(others)


def _finding(
    estimate: Estimate, table: int | None, level: Level, against: str, recomputed: str, reading: str
) -> Finding:
    text = estimate.text.rstrip(" ,;")
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return Finding(
        "interval", level, table, estimate.row, estimate.column, estimate.order, estimate.place,
        text, against, recomputed, reading,
    )  # fmt: skip
