"""The P of an estimate against its limits: they give it, or nearly, or another.

A P may be of several levels or of ranks, and then no limits give it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from scipy import special

from secondlook.scan.cells import amount, any_case, p_bounds
from secondlook.scan.checks.estimates.estimate import AS_LESS, EXACTLY, Estimate
from secondlook.scan.checks.intervals.middle_of_limits import ENOUGH, MIDDLE
from secondlook.scan.checks.p_apart import standard_errors_apart
from secondlook.scan.checks.p_of_means.compared_means import NEAR
from secondlook.scan.findings import NEAR_LIMITS, Level, told_range

BY_TEST = 0.15
"""Of the standard errors from the estimate to no effect, what another test may be off besides."""
_RANKS = any_case(
    r"wilcoxon|mann[- ]?whitney|kruskal|log(?:arithm\w*)?[- ]transform|bonferroni|tukey"
)
"""What the notes of a table name may give the P, and not the limits."""


def of_several(estimate: Estimate, others: list[Estimate], told: str) -> bool:
    """Whether a P may be of several levels, or of ranks: what a table says of them is `told`."""
    ranks = estimate.row is not None and _RANKS.search(f"{told} {estimate.place}")
    return bool(ranks or _of_factor(estimate, others) or _of_levels(estimate, others))


def judge_p(estimate: Estimate, others: list[Estimate]) -> tuple[Level, str, str] | None:
    """Say of a P its level, what the limits give, and the reading; None where they tell nothing."""
    if amount(estimate.low) > amount(estimate.high):
        estimate = replace(estimate, low=estimate.high, high=estimate.low)
    given = estimate.p_range
    if given is None or not estimate.p or not estimate.inside or (estimate.skew or 0) > MIDDLE:
        return None
    low, high = given
    recomputed = told_range(low, high, 2)
    b_low, b_high = p_bounds(estimate.p)
    if b_low <= high and low <= b_high:
        return "holds", recomputed, "the limits give the P"
    if high < b_low and AS_LESS.fullmatch(estimate.p):
        return "holds", recomputed, "the limits give a P that is less"
    if estimate.scale == "difference" and amount(estimate.low) > 0:
        ratio = judge_p(replace(estimate, scale="ratio"), [])
        if ratio is not None and ratio[0] == "holds":
            return "holds", ratio[1], "the limits give the P, if it is of a ratio"
    near, far = (high, b_low) if high < b_low else (low, b_high)
    if b_low > 0.99:
        return None  # a P of 1 is that of an exact or of a corrected test
    off = standard_errors_apart(estimate.p, given)
    known = [e for e in others if e is not estimate and e.p]
    agree, exact = (sum(_agrees(e, within) for e in known) for within in (NEAR, 0))
    limit = min(NEAR, EXACTLY + BY_TEST * float(special.ndtri(1 - near / 2)))
    if exact >= ENOUGH and 10 * exact >= 8 * len(known):
        limit = EXACTLY
    elif estimate.scale == "ratio" and high < b_low:
        limit = NEAR  # an exact test of few events gives more
    decided = high < 0.05 <= b_low or b_high <= 0.05 < low
    if off < limit:
        reading = "the limits and the P are on two sides of 0.05" if decided else NEAR_LIMITS
        return "question", recomputed, f"{reading}; of another test?"
    conflict = (near < 0.05) != (far < 0.05)
    trusted = agree == len(known) >= 3 or (agree >= 4 and agree * 10 >= 8 * len(known))
    alone = estimate.row is None and off > 2.5
    if conflict and (alone or (off > 1.0 and trusted)):
        return "fails", recomputed, "the limits and the P do not agree on 0.05"
    if off > 1.5 and agree >= 6 and agree * 10 >= 9 * len(known):
        reading = f"the limits give another P, as those of {agree} others do not"
        return "fails", recomputed, reading
    return "question", recomputed, "the limits give another P; of another test?"


def _of_factor(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether the P is printed of another level beside it too, and no limits give it."""
    return any(
        e.p == estimate.p and e.value != estimate.value
        and (e.place == estimate.place if e.row is None else abs(e.row - estimate.cell[0]) == 1)
        for e in others
        if e.p and e.p[0] not in "<>≤≥" and not _agrees(e)
    )  # fmt: skip


def _of_levels(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether the next level has limits and no P of its own: it is of both, or compares them."""
    return any(
        e.p is None and (e.column, e.p_column) == (estimate.column, estimate.p_column)
        and abs(e.row - estimate.cell[0]) in (1, 2)
        for e in others
        if e.row is not None
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _agrees(estimate: Estimate, near: float = NEAR) -> bool:
    """Whether the limits give the P, or one at most so far from it, or it has none to give."""
    given = estimate.p_range
    if given is None or not estimate.p:
        return not near
    judged = judge_p(estimate, [])
    gives = judged is not None and (judged[0] == "holds" or judged[2].startswith(NEAR_LIMITS))
    return gives and standard_errors_apart(estimate.p, given) <= near
