"""An estimate inside its limits: is it in their middle.

Ratios are symmetric on the log scale, differences as they are, both only if the interval is of the
usual kind (estimate plus and minus a multiple of its standard error). That one interval is skew
is an accusation only where the others of the table are not.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from secondlook.scan.cells import amount, any_case
from secondlook.scan.checks.estimate import Estimate
from secondlook.scan.findings import Level

Said = tuple[Level, str]
"""Level, reading."""
MIDDLE = 0.1
"""How far from the middle, in halves of its width, an interval of the usual kind may seem to be."""
SLIGHTLY = 0.02
"""How far it must seem to be to be asked where all others are just in it."""
CLEARLY = 0.2
"""How far from it an estimate of the text must be that nothing names and nothing is beside."""
STRETCHED = 0.35
"""How far from it a ratio of few events may be."""
ENOUGH = 8
"""Others of a column that say how its intervals are made, whatever those of the table are."""
FEW = 5
"""Others of the text that must nearly all be in the middle, for one near it to be asked."""
LESS = any_case(
    r"\b(?:reduc|decreas|lower|less|fewer|loss|lost|drop|declin|fell|fall|diminish|shorter|smaller|"
    r"improv|sav[ei])\w*(?:[^.;]|\.\d)*$"
)
"""Words after which 8.9 (-16.7 to -1.0) is a change of -8.9."""
_COSTS = any_case(r"[$€£]|\bcosts?\b|\bQALYs?\b|mediat|indirect|uncertainty")
_RESAMPLED = any_case(
    r"bootstrap|credible|bayes|posterior (?:mean|median|prob|distr|interval)|percentile|fieller|"
    r"profile[- ](?:likel|conf|CI)|bias[- ]corrected|cross-?validat"
)
"""How intervals are made that need have no middle."""
ODD = any_case(
    rf"{_RESAMPLED.pattern}|(?<!fisher )(?<!fisher.s )exact|back-?transformed|clopper|wilson|"
    r"hodges|median|non-?parametric|indirect effect"
)
_PERCENT = any_case(r"%(?!\s?(?:of )?(?:C\.?I|conf|cred))|per ?cent|efficacy|effectiveness")
_OF_EVENTS = any_case(
    r"\bS[IM]R\b|standardi[sz]ed (?:incid|mort)|coefficients? of variation|"
    r"(?:person|patient)[- ]years|\d (?:person|patient)s?[- ]?y"
)
_NEEDED = any_case(r"number needed|\bNN[TH]B?s?\b|\b(?:for|one) (?:\w+ ){0,5}every\b")
_MEDIAN = any_case(r"\bmedians?\b|hodges")
_OF_MEANS = any_case(r"\bmean (?:difference|change)|\b(?:in|of|between) means\b")
_NO_MIDDLE = any_case(
    r"number needed|\bNN[TH]B?\b|ICER|\bper QALY|survival|\d\s?(?:days|weeks|months|years|hours)"
)
"""What the text says of estimates that are reciprocals, or medians though it does not say so."""


def judge_middle(
    estimate: Estimate, others: list[Estimate], told: str, odd: bool, spread: bool
) -> Said:
    """Judge an estimate inside its limits; `odd` and `spread` are what the words of a table say."""
    skew = estimate.skew
    if not skew:
        return "holds", "inside its limits" + (", in the middle" if skew == 0 else "")
    said = LESS.search(estimate.before) if estimate.row is None else None
    less = said is not None and "(" not in said[0]
    just = estimate.turned.skew == 0
    if (less or not just) and (reading := _even_as(estimate, less=less)):
        return "holds", f"in the middle of its limits as {reading}"
    if _of_few_events(estimate):
        return "holds", "inside its limits, as those of few events are"
    beside = [e for e in others if e.column == estimate.column and not _bound(e)]
    if estimate.row is None:  # an abstract says again what the results do
        others = list({(e.value, e.low, e.high): e for e in others}.values())
    slip = estimate.slip if estimate.scale in ("difference", "unknown") else ""
    otherwise = _made_otherwise(estimate, told)
    turned = not otherwise and slip.startswith(f"; in the middle if {estimate.value} ")
    far = skew >= MIDDLE and estimate.named  # or hardly by chance, with three digits
    if turned and (far or (just and _digits(estimate.low) > 2)) and not _bound(estimate):
        return "question", f"not in the middle of its limits{slip}"
    like = beside if len(beside) > len(others) // 2 else [e for e in others if not _bound(e)]
    known = estimate.named and not otherwise
    if not (known or (otherwise and estimate.row is None)):
        known = _expected(estimate, like, odd or spread)
    exactly = known and not otherwise and _unlike(estimate, others)
    if _bound(estimate) or (skew < MIDDLE and not exactly):
        return "holds", "inside its limits, nearly in the middle"
    if not known:
        return "holds", "inside its limits"
    return _off_the_middle(estimate, others, odd, slip)


def _off_the_middle(estimate: Estimate, others: list[Estimate], odd: bool, slip: str) -> Said:
    """Judge an estimate that is expected in the middle of its limits by how the others are."""
    skew, in_text = estimate.skew or 0, estimate.row is None
    exact = sum(e.skew == 0 for e in others)
    if skew < MIDDLE:
        like_them = f"as {exact} of {len(others)} others are" if exact else "as a difference is"
        return "question", f"not quite in the middle, {like_them}"
    other_scale = "difference" if estimate.scale == "ratio" else "ratio"
    if estimate.named and estimate.aside(other_scale) == 0:
        level: Level = "question" if estimate.scale == "ratio" and in_text else "holds"
        return level, f"in the middle of its limits if it is a {other_scale}"
    alike = [e for e in others if (e.skew or 0) < 0.05]
    widths = sorted(e.width for e in others)
    calm = len(others) >= 3 and len(others) - len(alike) <= len(others) // 20
    usual = calm and estimate.width <= 2 * widths[len(widths) // 2]
    wide = len(alike) == len(others) >= 6 and skew > 0.25 and estimate.width <= 2 * widths[-1]
    sparse = estimate.scale == "ratio" and estimate.width > 2  # its interval may be an exact one
    sure = estimate.named or estimate.row is not None
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
    for read, named in (estimate, scales), (estimate.turned, [estimate.scale, *scales]):
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


def _expected(estimate: Estimate, beside: list[Estimate], odd: bool) -> bool:
    """Whether an estimate that nothing names is expected in the middle of its limits."""
    if estimate.row is None:
        said = f"{estimate.before} {estimate.text}"
        exact = sum(e.skew == 0 for e in beside)
        limit = MIDDLE if exact >= max(FEW, len(beside) - len(beside) // 8) else CLEARLY
        if exact == len(beside) > 2:
            limit = SLIGHTLY
        other = ODD.search(said) or (estimate.scale != "share" and _NO_MIDDLE.search(said))
        return (estimate.skew or 0) > limit and not other
    exact, between = sum(e.even for e in beside), sum(e.skew == 0 for e in beside)
    if not odd and (estimate.skew or 0) > CLEARLY and 10 * between >= 9 * max(ENOUGH, len(beside)):
        return True
    return not (odd and exact < ENOUGH) and 10 * exact >= 8 * max(4, len(beside))


def _digits(text: str) -> int:
    """Count the digits of a number behind its noughts."""
    return len(re.sub(r"\D", "", text).lstrip("0"))


def _one_dash(estimate: Estimate) -> bool:
    """Whether one dash alone parts the limits, which may be its minus or stand for to."""
    _, low, high = estimate.texts
    parted = rf"{re.escape(low.lstrip('-'))}\s?[-–−]\s?{re.escape(high.lstrip('-'))}"
    return high.startswith("-") and re.search(parted, estimate.text) is not None


def _bound(estimate: Estimate) -> bool:
    """Whether it has a limit that no share can pass, and may have been cut there; -0.0 is none."""
    if estimate.scale == "ratio" or estimate.value[0] == "-":
        return False
    limits = {amount(t) for t in (estimate.low, estimate.high) if not t.startswith("-")}
    return bool(limits & {0, 1, 100})
