"""A statistic held against its P: what holds, what is asked for, what is accused.

What statcheck (Nuijten et al. 2016, Behav Res Methods 48, 1205-1226) calls an inconsistency is a
question here, unless the decision at 0.05 changes or the P is far off: corrected degrees of
freedom, one-sided tests and adjusted P values are ordinary, and often told only in the methods.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from secondlook import printed as numbers
from secondlook.scan.checks.p_apart import log_odds_apart
from secondlook.scan.checks.statistics.statistic import FEWEST, Statistic, consistent
from secondlook.scan.findings import A_UNIT, Level, told_range

OF_ONE_SIDE = "holds if the test was one-sided, which is not told here"
HALVED = "holds if the P was halved"
OF_MORE = "as others of its column it holds with more degrees of freedom than are printed"


def judge(test: Statistic, raised: bool, pairs_raised: bool, other: bool) -> tuple[Level, str, str]:
    """Say whether a statistic gives its P, which P it gives, and how that was read."""
    if test.ways != [[test.df]]:
        return _judge_without_df(test, other)
    low, high = test.p_range(test.df)
    recomputed = told_range(low, high)
    if consistent(test):
        return "holds", recomputed, "the statistic gives the P"
    if consistent(test, cut=True):
        return "holds", recomputed, "the digits of the P cut"
    if test.kind == "chi2" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", test.value):
        # Below its degrees of freedom a chi-square has a large P, whatever was mistyped.
        grouped = replace(test, value=test.value.replace(".", ""))
        if float(test.value) < test.df[0] and consistent(grouped):
            reading = f"holds of {grouped.value}, if the point groups thousands"
            return "question", recomputed, reading
    if test.signed and consistent(replace(test, one_sided=True)):
        return "question", recomputed, OF_ONE_SIDE
    if numbers.parse(test.p).relation == "=" and _halved(test):
        return "question", recomputed, HALVED
    if test.kind == "F" and consistent(replace(test, df=test.df[::-1])):
        second, first = (f"{df:g}" for df in test.df)
        return "question", recomputed, f"holds with {first} and {second} degrees of freedom"
    if test.kind == "F" and test.df[0] > 1 and _between(test):
        return "question", recomputed, "holds with degrees of freedom corrected for sphericity"
    p = float(numbers.parse(test.p).value)
    near = min(max(p, low), high)
    half = min(max(p, low / 2), high / 2)
    if test.signed and abs(half - p) < abs(near - p):
        near = half
    beyond = abs(near - p) > 1.5 * float(numbers.parse(test.p).unit)
    flips = beyond and _significant(test.p, p) != (near < 0.05)
    far = beyond and log_odds_apart(near, p) > math.log(2)
    both = test.kind == "z" and p < 0.05 and near < 0.05  # a letter that other tests use too
    of_two = test.kind in "tzr" or test.df[0] == 1
    raised = raised or (pairs_raised and of_two)
    larger = near < p < 30 * near
    if test.raised and larger:
        return "holds", recomputed, "the P raised by the correction that is told beside it"
    corrected = other or (raised and larger)
    if (flips or far) and not (corrected or both):
        of = " with its degrees of freedom" if test.kind == "F" else ""
        why = f"the statistic{of} and the P do not agree"
        if flips:
            own, printed = ("above", "below") if near >= 0.05 else ("below", "above")
            why = f"the statistic{of} gives a P {own} 0.05, and the printed one is {printed} it"
        return "fails", recomputed, why
    if not beyond:
        reading = f"{A_UNIT} from the P that the statistic gives"
    elif corrected and (flips or far):
        reading = "the statistic gives another P; corrected, as the text tells of some?"
    elif far:
        reading = "the statistic gives another P; is it of another test?"
    else:
        reading = "the statistic gives a slightly different P; another test?"
    return "question", recomputed, reading


def _judge_without_df(test: Statistic, other: bool) -> tuple[Level, str, str]:
    """Judge a test by the P that any usual degrees of freedom give."""
    ranges = test.ranges
    for way, between in zip(test.ways, ranges, strict=True):
        if test.prints(between):
            told = f"{way[0][0]:g} degree(s)" if test.kind == "chi2" else "some degrees"
            return "holds", told_range(*between), f"with {told} of freedom, not printed"
    (least, largest), (_, most) = min(ranges), max(ranges)
    half = least / 2, most / 2
    if test.signed and test.prints(half):
        return "question", told_range(*half), OF_ONE_SIDE
    number = numbers.parse(test.p)
    p, unit = float(number.value), 1.5 * float(number.unit)
    if number.relation == "=" and least - unit <= p <= most + unit:
        reading = f"{A_UNIT} from the P that the statistic gives"
        return "question", told_range(least, largest), reading
    if test.kind == "r":
        reading = f"a correlation of {test.most} measurements has a larger P"
        return "question", told_range(least, most), reading
    if not other and test.relation == "=" and p < least / 4:
        return "fails", told_range(least, largest), "with any degrees of freedom, or more"
    reading = "degrees of freedom are not printed, and no usual ones give this P"
    usual = replace(test, fewest=FEWEST)
    if usual != test and _judge_without_df(usual, other)[0] == "holds":
        reading = f"t gives it only with fewer than {test.fewest:g} degrees of freedom; of others?"
    return "question", told_range(least, most), reading


def _halved(test: Statistic) -> bool:
    p = numbers.parse(test.p)
    low, high = test.p_range(test.df)
    most = p.unit if p.value > p.unit else p.unit / 2  # .01 is the half of what prints so
    return abs(low / 2 - float(p.value)) <= most or low / 2 <= p.value <= high / 2


def _between(test: Statistic) -> bool:
    """Whether the P lies between that of the printed and that of the fewest degrees of freedom."""
    fewest = (1.0, max(1.0, test.df[1] / test.df[0]))
    ends = [*test.p_range(test.df), *test.p_range(fewest)]
    number = numbers.parse(test.p)
    unit = float(number.unit)
    return number.relation == "=" and min(ends) - unit <= float(number.value) <= max(ends) + unit


def _significant(text: str, p: float) -> bool:
    return p <= 0.05 if text[0] in "<≤" else p < 0.05 and text[0] not in ">≥"
