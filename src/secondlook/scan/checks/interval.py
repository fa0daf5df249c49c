"""An estimate with its limits: is it inside, is it in the middle, does the P agree, do the counts.

Ratios are symmetric on the log scale, differences as they are, both only if the interval is of the
usual kind (estimate plus and minus a multiple of its standard error). That one interval is skew
is an accusation only where the others of the table are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from scipy import special

from secondlook.scan.cells import amount, any_case, p_bounds
from secondlook.scan.checks.compared_means import NEAR
from secondlook.scan.checks.estimate import AS_LESS, EXACTLY, SCALES, Estimate
from secondlook.scan.checks.estimate_notation import SPREAD
from secondlook.scan.checks.p_apart import standard_errors_apart
from secondlook.scan.checks.ratio import Judged
from secondlook.scan.findings import NEAR_LIMITS, Finding, Level, told_range

MIDDLE = 0.1
"""How far from the middle, in halves of its width, an interval of the usual kind may seem to be."""
SLIGHTLY = 0.02
"""How far it must seem to be to be asked where all others are just in it."""
CLEARLY = 0.2
"""How far from it an estimate of the text must be that nothing names and nothing is beside."""
BY_TEST = 0.15
"""Of the standard errors from the estimate to no effect, what another test may be off besides."""
STRETCHED = 0.35
"""How far from it a ratio of few events may be."""
ENOUGH = 8
"""Others of a column that say how its intervals are made, whatever those of the table are."""
FEW = 5
"""Others of the text that must nearly all be in the middle, for one near it to be asked."""
_COSTS = any_case(r"[$€£]|\bcosts?\b|\bQALYs?\b|mediat|indirect|uncertainty")
_RANKS = any_case(
    r"wilcoxon|mann[- ]?whitney|kruskal|log(?:arithm\w*)?[- ]transform|bonferroni|tukey"
)
"""What the notes of a table name may give the P, and not the limits."""
_OF_OTHERS = any_case(r"introduction|background|discussion|conclusion")
"""Sections that cite other studies, whose intervals may be of another kind than the article's."""
_LESS = any_case(
    r"\b(?:reduc|decreas|lower|less|fewer|loss|lost|drop|declin|fell|fall|diminish|shorter|smaller|"
    r"improv|sav[ei])\w*(?:[^.;]|\.\d)*$"
)
"""Words after which 8.9 (-16.7 to -1.0) is a change of -8.9."""
_OTHER_UNIT = re.compile(r"(-?\d+(?:\.\d+)?) ?[^\d\s(.;,][^\d(.;,]{0,15}\(\s?$")
"""The same in another unit: 0.23 mmol/L (4.14 mg/dL; 95% CI, -0.05 to 0.52)."""
_RESAMPLED = any_case(
    r"bootstrap|credible|bayes|posterior (?:mean|median|prob|distr|interval)|percentile|fieller|"
    r"profile[- ](?:likel|conf|CI)|bias[- ]corrected|cross-?validat"
)
"""How intervals are made that need have no middle."""
_PERCENT = any_case(r"%(?!\s?(?:of )?(?:C\.?I|conf|cred))|per ?cent|efficacy|effectiveness")
_OF_EVENTS = any_case(
    r"\bS[IM]R\b|standardi[sz]ed (?:incid|mort)|coefficients? of variation|"
    r"(?:person|patient)[- ]years|\d (?:person|patient)s?[- ]?y"
)
_NEEDED = any_case(r"number needed|\bNN[TH]B?s?\b|\b(?:for|one) (?:\w+ ){0,5}every\b")
_MEDIAN = any_case(r"\bmedians?\b|hodges")
_OF_MEANS = any_case(r"\bmean (?:difference|change)|\b(?:in|of|between) means\b")
_ODD = any_case(
    rf"{_RESAMPLED.pattern}|(?<!fisher )(?<!fisher.s )exact|back-?transformed|clopper|wilson|"
    r"hodges|median|non-?parametric|indirect effect"
)
_NO_MIDDLE = any_case(
    r"number needed|\bNN[TH]B?\b|ICER|\bper QALY|survival|\d\s?(?:days|weeks|months|years|hours)"
)
"""What the text says of estimates that are reciprocals, or medians though it does not say so."""
Said = tuple[Level, str]
"""Level, reading."""


def check_intervals(
    estimates: list[Estimate], told: str, counted: Mapping[int, Judged], table: int | None = None
) -> list[Finding]:
    """Judge the estimates of a table, or of the text, and the P of those that have one.

    `told` is what may say how the intervals were made, `counted` what the counts beside say.
    """
    odd, spread = bool(_ODD.search(told)), bool(SPREAD.search(told))
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
        judged = _judge_p(estimate, estimates)
        if judged and (judged[0] == "holds" or not _of_several(estimate, estimates, about)):
            level, recomputed, reading = judged
            if estimate.by_mark and level == "fails":
                level = "question"
            against = f"P {estimate.p}"
            if estimate.row is not None:
                text = f"{estimate.text}, {against}"
                estimate = replace(estimate, text=text, column=estimate.p_column)
            findings.append(_finding(estimate, table, level, against, recomputed, reading))
    return findings


def _of_several(estimate: Estimate, others: list[Estimate], told: str) -> bool:
    """Whether a P may be of several levels, or of ranks: what a table says of them is `told`."""
    ranks = estimate.row is not None and _RANKS.search(f"{told} {estimate.place}")
    return bool(ranks or _of_factor(estimate, others) or _of_levels(estimate, others))


def _judge(estimate: Estimate, others: list[Estimate], told: str, odd: bool, spread: bool) -> Said:
    odd = odd or bool(_ODD.search(estimate.place))
    low, high = amount(estimate.low), amount(estimate.high)
    known = [e for e in others if e.skew is not None]
    if estimate.scale == "ratio" and min(low, high) < 0:
        slip = _slip(estimate)
        sure = slip and estimate.row is not None and len(known) >= 3
        return "fails" if sure else "question", f"a ratio has no limit below 0{slip}"
    if low > high:
        return _descending(estimate, others)
    if not estimate.inside:
        return _outside(estimate, known, odd)
    return _skewed(estimate, known, told, odd, spread)


def _descending(estimate: Estimate, others: list[Estimate]) -> Said:
    turned = replace(estimate, low=estimate.high, high=estimate.low)
    ascending = [e for e in others if amount(e.low) <= amount(e.high)]
    fits = turned.inside and (turned.skew or 0) < MIDDLE
    negative = amount(estimate.low) < 0
    if fits and estimate.headed and not negative:
        return "question", "the limit headed lower is the upper one"
    less = estimate.row is None and _LESS.search(estimate.before)
    mostly = len(others) >= 3 and 4 * len(ascending) < len(others)
    fallen = less and _without_sign(turned)
    if fallen or (turned.inside and ((fits and negative) or less or mostly)):
        return "holds", "inside its limits, the other one first"
    sure = len(ascending) >= 2 or estimate.bracketed
    rare = len(others) - len(ascending) <= len(ascending) // 4
    alone = _sound(estimate, others) and not turned.inside
    reading = f"the limits are in descending order{_slip(estimate)}"
    if estimate.row is not None and rare and ((fits and sure) or alone):
        return "fails", f"{reading}, as {len(ascending)} others are not"
    return "question", reading


def _outside(estimate: Estimate, others: list[Estimate], odd: bool) -> Said:
    points = [text.replace(",", ".") for text in estimate.texts]
    if all(text.count(".") <= 1 for text in points) and estimate.printed(*points).inside:
        return "question", "inside its limits, if the comma is a decimal sign"
    other = _OTHER_UNIT.search(estimate.before) if estimate.row is None else None
    if other and estimate.printed(other[1], *estimate.texts[1:]).inside:
        return "holds", "its limits are in the unit before"
    if _of_fraction(estimate):
        return "holds", "its limits are no percents"
    if _without_sign(estimate):
        if _LESS.search(f"{estimate.before} {estimate.text.partition(';')[0]}"):
            return "holds", "inside its limits as a reduction"
        if estimate.row is None and sum(map(_without_sign, others)) > 1:
            return "holds", "inside its limits as a reduction, as others are"
        signed = any(e.value.startswith("-") for e in others)
        if estimate.row is not None and _sound(estimate, others) and signed:
            return "fails", "inside its limits only with the other sign"
        return "question", "inside its limits with the other sign; a reduction?"
    slip = _slip(estimate)
    if len(others) >= 2 or estimate.row is None or estimate.bracketed:
        inside = [e for e in others if e.inside]
        known = _named(estimate) or len(inside) == len(others) >= 4
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
    return not estimate.inside and _turned(estimate).inside


def _skewed(estimate: Estimate, others: list[Estimate], told: str, odd: bool, spread: bool) -> Said:
    skew = estimate.skew
    if not skew:
        return "holds", "inside its limits" + (", in the middle" if skew == 0 else "")
    said = _LESS.search(estimate.before) if estimate.row is None else None
    less = said is not None and "(" not in said[0]
    just = _turned(estimate).skew == 0
    if (less or not just) and (reading := _even_as(estimate, less=less)):
        return "holds", f"in the middle of its limits as {reading}"
    if _of_few_events(estimate):
        return "holds", "inside its limits, as those of few events are"
    beside = [e for e in others if e.column == estimate.column and not _bound(e)]
    if estimate.row is None:  # an abstract says again what the results do
        others = list({(e.value, e.low, e.high): e for e in others}.values())
    slip = _slip(estimate) if estimate.scale in ("difference", "unknown") else ""
    otherwise = _made_otherwise(estimate, told)
    turned = not otherwise and slip.startswith(f"; in the middle if {estimate.value} ")
    far = skew >= MIDDLE and _named(estimate)  # or hardly by chance, with three digits
    if turned and (far or (just and _digits(estimate.low) > 2)) and not _bound(estimate):
        return "question", f"not in the middle of its limits{slip}"
    like = beside if len(beside) > len(others) // 2 else [e for e in others if not _bound(e)]
    in_text = estimate.row is None
    known = _named(estimate) and not otherwise
    if not (known or (otherwise and in_text)):
        known = _expected(estimate, like, odd or spread)
    exactly = known and not otherwise and _unlike(estimate, others)
    if _bound(estimate) or (skew < MIDDLE and not exactly):
        return "holds", "inside its limits, nearly in the middle"
    if not known:
        return "holds", "inside its limits"
    exact = sum(e.skew == 0 for e in others)
    if skew < MIDDLE:
        like_them = f"as {exact} of {len(others)} others are" if exact else "as a difference is"
        return "question", f"not quite in the middle, {like_them}"
    other_scale = "difference" if estimate.scale == "ratio" else "ratio"
    if _named(estimate) and estimate.aside(other_scale) == 0:
        level: Level = "question" if estimate.scale == "ratio" and in_text else "holds"
        return level, f"in the middle of its limits if it is a {other_scale}"
    alike = [e for e in others if (e.skew or 0) < 0.05]
    widths = sorted(e.width for e in others)
    calm = len(others) >= 3 and len(others) - len(alike) <= len(others) // 20
    usual = calm and estimate.width <= 2 * widths[len(widths) // 2]
    wide = len(alike) == len(others) >= 6 and skew > 0.25 and estimate.width <= 2 * widths[-1]
    sparse = estimate.scale == "ratio" and estimate.width > 2  # its interval may be an exact one
    sure = _named(estimate) or estimate.row is not None
    if (usual or wide) and sure and not (odd or sparse):
        reading = "the estimate is not in the middle of its limits"
        if slip and _one_dash(estimate):
            return "question", f"{reading}{slip}; is the dash a minus?"
        return "fails", f"{reading}, as {len(alike)} of {len(others)} others are"
    of_others = not in_text and len(others) > 3 and 2 * exact < len(others)
    costs = _COSTS.search(f"{estimate.place} {estimate.before[-60:]} {estimate.text}")
    if estimate.scale != "ratio" and not slip and (of_others or costs):
        return "holds", "inside its limits, which are of another kind"
    where = "not in the middle of its limits" if skew < 0.9 else "on one of its limits or beyond"
    return "question", f"{where}{slip or '; an interval of another kind?'}"


def _even_as(estimate: Estimate, *, less: bool) -> str:
    """Say on which scale it is clearly nearer to the middle, if the words about it name one."""
    said = f"{estimate.place} {estimate.before[-80:]} {estimate.text}"
    scales = ["number needed"] if _NEEDED.search(said) else []
    if estimate.scale != "ratio" and _PERCENT.search(said):
        scales += ["percent more", "percent less"]
    near = min(MIDDLE, (estimate.skew or 0) / 2)
    for read, named in (estimate, scales), (_turned(estimate), [estimate.scale, *scales]):
        for scale in named if less or read is estimate else ():
            aside = read.aside(scale)
            if aside is not None and abs(aside) <= near:
                return f"a {scale}" if read is estimate else "a reduction"
    return ""


def _of_few_events(estimate: Estimate) -> bool:
    """Whether the limits of a ratio are far apart, and the one away from 1 is the farther one.

    So are those of an exact test, a profile likelihood or a bootstrap of few events.
    """
    aside, own = estimate.aside("ratio") or 0, amount(estimate.value)
    away = estimate.scale == "ratio" and own > 0 and aside * math.log(own) < 0
    return away and estimate.width > 1 and abs(aside) < STRETCHED


def _turned(estimate: Estimate) -> Estimate:
    return replace(estimate, value=_opposite(estimate.value))


def _opposite(text: str) -> str:
    """Return a number with the other sign."""
    return f"-{text}".removeprefix("--")


def _made_otherwise(estimate: Estimate, told: str) -> bool:
    """Whether the words about an interval say that it is of a kind that has no middle."""
    own = f"{estimate.place} {estimate.before[-60:]} {estimate.text}"
    noted = own if re.search(r"\bmeans?\b", own, re.IGNORECASE) else f"{own} {told}"
    medians = not (estimate.scale == "ratio" or _OF_MEANS.search(own)) and _MEDIAN.search(noted)
    return bool(medians or _RESAMPLED.search(f"{own} {told}") or _OF_EVENTS.search(own))


def _unlike(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether it is a little off the middle, where (nearly) all others are just in it.

    Or if the text calls it a difference, neither of costs nor of what a bootstrap may be of.
    """
    skew, exact = estimate.skew or 0, sum(e.skew == 0 for e in others)
    scales = ("difference",) if estimate.scale == "ratio" else ("ratio", "share")
    fits = any(replace(estimate, scale=scale).skew == 0 for scale in scales)
    if estimate.row is None and estimate.scale == "difference" and estimate.said and not fits:
        said = f"{estimate.before} {estimate.text}"
        told = max(map(_digits, (estimate.low, estimate.high))) > 2
        if told and skew > SLIGHTLY and not _COSTS.search(said):
            return True
    known = sum((e.skew or 0) < MIDDLE for e in others)  # the rest are asked themselves
    if exact < 2 or 4 * exact < 3 * len(others) or known - exact > max(known >= FEW, known // 8):
        return False
    if fits and len(others) - exact > max(1, len(others) // 8):
        return False
    if not (estimate.said or exact >= FEW):
        return False
    few = known < FEW or estimate.scale == "share"
    clear = skew > 2 * SLIGHTLY and estimate.digits_aside >= 2 if few else skew > SLIGHTLY
    return clear or (exact >= ENOUGH - 1 and estimate.digits_aside >= 1)


def _named(estimate: Estimate) -> bool:
    return estimate.scale in SCALES


def _expected(estimate: Estimate, beside: list[Estimate], odd: bool) -> bool:
    """Whether an estimate that nothing names is expected in the middle of its limits."""
    if estimate.row is None:
        said = f"{estimate.before} {estimate.text}"
        exact = sum(e.skew == 0 for e in beside)
        limit = MIDDLE if exact >= max(FEW, len(beside) - len(beside) // 8) else CLEARLY
        if exact == len(beside) > 2:
            limit = SLIGHTLY
        other = _ODD.search(said) or (estimate.scale != "share" and _NO_MIDDLE.search(said))
        return (estimate.skew or 0) > limit and not other
    exact, between = sum(e.even for e in beside), sum(e.skew == 0 for e in beside)
    if not odd and (estimate.skew or 0) > CLEARLY and 10 * between >= 9 * max(ENOUGH, len(beside)):
        return True
    return not (odd and exact < ENOUGH) and 10 * exact >= 8 * max(4, len(beside))


def _digits(text: str) -> int:
    return len(re.sub(r"\D", "", text).lstrip("0"))


def _one_dash(estimate: Estimate) -> bool:
    """Whether one dash alone parts the limits, which may be its minus or stand for to."""
    _, low, high = estimate.texts
    parted = rf"{re.escape(low.lstrip('-'))}\s?[-–−]\s?{re.escape(high.lstrip('-'))}"
    return high.startswith("-") and re.search(parted, estimate.text) is not None


def _slip(estimate: Estimate) -> str:
    """Say with which one sign more or less the estimate is in the middle of its limits."""
    for i, text in enumerate(estimate.texts):
        turned = _opposite(text)
        read = estimate.printed(*estimate.texts[:i], turned, *estimate.texts[i + 1 :])
        even = read.skew is not None and read.skew < 0.05  # a ratio with a sign has no middle
        if amount(read.low) < amount(read.high) and read.inside and even:
            return f"; in the middle if {text} is {turned}"
    return ""


def _bound(estimate: Estimate) -> bool:
    """Whether it has a limit that no share can pass, and may have been cut there; -0.0 is none."""
    if estimate.scale == "ratio" or estimate.value[0] == "-":
        return False
    limits = {amount(t) for t in (estimate.low, estimate.high) if not t.startswith("-")}
    return bool(limits & {0, 1, 100})


def _sound(estimate: Estimate, others: list[Estimate]) -> bool:
    """Whether eight in ten of the others, five and more, are inside."""
    inside = sum(e.inside for e in others)
    return estimate.bracketed and inside >= 5 and 10 * inside >= 8 * len(others)


def _judge_p(estimate: Estimate, others: list[Estimate]) -> tuple[Level, str, str] | None:
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
        ratio = _judge_p(replace(estimate, scale="ratio"), [])
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
    if off < limit and not decided:
        return "question", recomputed, f"{NEAR_LIMITS}; of another test?"
    conflict = (near < 0.05) != (far < 0.05)
    if off < limit:
        reading = "the limits and the P are on two sides of 0.05; of another test?"
        return "question", recomputed, reading
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
    judged = _judge_p(estimate, [])
    gives = judged is not None and (judged[0] == "holds" or judged[2].startswith(NEAR_LIMITS))
    return gives and standard_errors_apart(estimate.p, given) <= near


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
