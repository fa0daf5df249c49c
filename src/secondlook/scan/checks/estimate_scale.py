"""On which scale the interval of an estimate is symmetric, by the words about it and its limits."""

from __future__ import annotations

import math
import re

from secondlook.scan.cells import amount, any_case
from secondlook.scan.checks.estimate_notation import SHARE, SPREAD, Found
from secondlook.scan.layout import Layout

_NAMED = (
    r"(?:(?:adj(?:usted)?|[Aa]dj|[Uu]nadj|[Cc]rude|[acusm])?(?:OR|HR|RR)s?|A[OH]Rs?|IRRs?|SHRs?|"
    r"SIR|SMR)"
)
RATIO = re.compile(
    rf"\b(?:{_NAMED}|(?i:(?<!effectiveness )ratios?|relative risks?|odd.?s|hazards?|fold|geometric|"
    r"exp ?\([^)]{1,6}\)))(?![A-Za-z])"
)
IS_RATIO = re.compile(rf"\b(?:(?i:(?:odds|hazards?|risk|rate) ratios?|relative risk)|{_NAMED})\b")
_DIFFERENCE = any_case(
    r"\b(?:difference|differences|RD|ARR|MD|WMD|SMD|beta|β|coefficients?(?! of var)|reduction|"
    r"change|(?<!geometric )mean|slope)\b|β"
)
_CORRELATION = any_case(r"\br\s?[=(]|\brho\b|correlat|\bICC\b|\bkappa|κ|concordance|^r$")
OF_TWO = any_case(r"difference|\bA?RD\b|ARR|change|reduction|increase|effect")
COMPARES = re.compile(rf"{RATIO.pattern}|(?i:{OF_TWO.pattern})")
"""A head of what compares two groups or times, and is measured in none."""
_PERCENT = re.compile(r"%(?!\s?C)")
PERCENTS = any_case(r"(?<!\d)\s?%|per ?cent|prevalence|proportion")
TESTED = any_case(
    rf"{OF_TWO.pattern}|decrease|diff\b|MD\b|beta|β|coefficient|slope|contrast|improve|gain|loss|"
    r"\b(?:lower|higher|more|less|fewer|minus|delta|vs|versus)\b|[Δ∆]"
)
"""Words of what a P holds against 0, as it does not hold the mean of a group."""


def scale_said(*texts: str) -> str:
    """Say from the words about an estimate on which scale its interval is symmetric.

    A mean that no word compares is symmetric as a difference is, and is none.
    """
    for text in texts:
        ratio = [m.end() for m in RATIO.finditer(text)]
        difference = [m.end() for m in _DIFFERENCE.finditer(text)]
        if ratio or difference:
            if max(ratio, default=-1) > max(difference, default=-1):
                return "ratio"
            return "difference" if TESTED.search(text) else "mean"
    return "unknown"


def scale_of_cell(layout: Layout, r: int, c: int, found: Found) -> str:
    """Say on which scale an estimate of a table is, by its cell, head, label and caption."""
    head, label, own = layout.head_of(r, c), layout.context(r), layout.lowest[c]
    caption = "" if SPREAD.search(layout.told) else layout.table.caption
    either = RATIO.search(own) and _DIFFERENCE.search(own)
    before = layout.grid[r][c].line.partition(found.value)[0]
    scale = scale_said(before, label) if either else scale_said(before, head, label, caption)
    unnamed = scale == "unknown" or of_group(scale, found.low, found.high)
    sayings = f"{label} {head}"
    percent = _PERCENT.search(found.text) or (unnamed and PERCENTS.search(sayings))
    of_share = SHARE.match(found.text) or (percent and not OF_TWO.search(sayings))
    return "share" if of_share else scale


def possible_scale(scale: str, value: str, low: str, high: str, said: str) -> str:
    """Return the scale, or that of a difference where a limit below 0 leaves no other."""
    least, most = sorted(map(amount, (low, high)))
    if scale != "ratio" and -1 < least <= most < 1 and _CORRELATION.search(said):
        return "correlation"
    if scale == "share" and (most > 100 or least < 0):
        return "unknown"
    if least >= 0:
        return "difference" if scale == "mean" else scale
    size = amount(value)
    lost = size > 0 and 0.5 < math.sqrt(abs(least * most)) / size < 2
    return "ratio" if scale == "ratio" and lost else "difference"


def of_group(scale: str, low: str, high: str) -> bool:
    """Whether it is the mean of a group, of which 0 is out of the question."""
    return scale == "mean" and not any(limit.startswith("-") for limit in (low, high))
