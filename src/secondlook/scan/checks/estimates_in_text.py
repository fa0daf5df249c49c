"""The estimates with limits of the text: where a confidence interval is announced beside them.

Or where they are called a ratio, or brackets follow as those that the paragraph announced before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondlook.scan.cells import amount, any_case
from secondlook.scan.checks.estimate import Estimate
from secondlook.scan.checks.estimate_notation import (
    ESTIMATE,
    NUMBER,
    OF_OTHER,
    OTHER_TEST,
    SAID,
    SAYS_CI,
    SAYS_P,
    SPREAD,
    TO,
    UNIT,
    limits_of,
    p_in,
    plain,
)
from secondlook.scan.checks.estimate_scale import (
    IS_RATIO,
    RATIO,
    TESTED,
    of_group,
    possible_scale,
    scale_said,
)
from secondlook.scan.document import Document

_MEASURED = any_case(
    r"\s?(?!(?:higher|lower|days?|weeks?|months?|years?|hours?|min(?:utes)?)\s?$)[a-zµμ]"
)
"""A unit in which a difference may be measured, of which times are often medians."""
_FAR = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>-?\d{{1,4}}\.\d{{1,3}}(?!\d))"
    rf"(?P<unit>\s?%?(?:[^\d.;:()\[\]%]|(?<=[A-Za-z^])\d){{0,60}})[,;]?\s?[(\[]?(?P<says>{SAYS_CI})[(\[]?\s?"
    rf"(?P<lo>{NUMBER}){TO}(?P<hi>{NUMBER})(?P<unit2>\s?%?)(?![\d.]*\d)(?:\s?[A-Za-zµμ/]{{1,8}})?"
    rf"(?=\s?(?:[()\[\],;.]|$))(?:\s?[)\]]?\s?[,;]\s?{SAYS_P})?(?P<p2>)"
)
"""As in ``2.04 events per year with A, 95% CI (1.33, 4.14)``, ``1.7 with a 95% CI of 0.6 to 3``."""
_INSIDE = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>{NUMBER})(?P<unit>{UNIT})\s?(?P<says>)"
    rf"(?:;|[,:](?!\s?{NUMBER},\s?{NUMBER}|(?<=,)\d{{3}}(?!\d)))\s?(?P<lo>{NUMBER})\s?%?{TO}(?P<hi>{NUMBER})(?P<unit2>\s?%?)(?P<end>\s?[)\]])(?P<p>)(?P<p2>)(?P<level>)(?P<level2>)"
)
"""Within brackets: ``(1.63, 1.19-2.22)``, ``(-2.9; -5.7, -1.1)``."""
_RATIO_IS = re.compile(rf"(?:\b(?:{IS_RATIO.pattern}|(?i:beta)|MD)\b|β)\s?(?:of|was|is|[=:,])?\s?$")
_OF_BOTH = re.compile(r"(?:[)\]]|\d)\s?(?:vs\.?|versus|compared (?:with|to)|against)\s?$")
"""Where another estimate with limits is compared: the P behind both is of neither."""
_WITHOUT_P = re.compile(
    rf"{NUMBER}{TO}{NUMBER}\s?%?\s?[)\]]{{1,2}}[^\d()\[\].;]{{0,40}}[(\[]?[^\d()\[\].;]{{0,20}}$"
)
"""Where limits without a P stand in the same sentence just before."""
_AGAINST = re.compile(r"(?:\bvs?\.?|versus|compared (?:with|to)|against)\s?$")
_NO_CI = any_case(r"median|range|quartile|\bIQR|\bSDs?\b|\bS\.?E\.?M?\b|deviation|standard error|±")
"""Words after which brackets hold something else than limits."""
_WHEN = any_case(r"\b(?:at|after|for|over|within|by)\s?$")
_TIME = any_case(r"day|week|month|year|hour|min")


def text_estimates(document: Document) -> Iterator[Estimate]:
    """Find ``2.8 (95% CI 1.3 to 6.1; P = 0.01)`` and ``RR 2.8 (1.3 to 6.1)`` in the text."""
    for paragraph in document.paragraphs:
        for order, match in enumerate(_matches(plain(paragraph.text))):
            if found := _estimate(match, paragraph.place, order):
                yield found


def _matches(text: str) -> list[re.Match[str]]:
    """Find what is written as an estimate with limits; no two share these."""
    matches: dict[int, re.Match[str]] = {}
    taken: set[int] = set()  # where the limits of those that were read stand
    for pattern in (ESTIMATE, *([_FAR] if "CI" in text else []), _INSIDE):
        for match in pattern.finditer(text):
            low = match.start("lo")
            if match.start() not in taken and low not in matches:
                matches[low] = match
                taken.update(range(low, match.end("hi")))
    return list(matches.values())


def _estimate(match: re.Match[str], place: str, order: int) -> Estimate | None:
    """Return the estimate of a match on its scale and with its P, if the words say that it is one.

    Outside of its limits it is none where these may be of another number.
    """
    text, value = match.string, match["e"]
    before = text[max(0, match.start() - 200) : match.start()]
    mixed = "%" in match["unit2"] and match["unit"].strip() not in {"", "%"}  # at 6 months
    when = _TIME.search(match["unit"]) and _WHEN.search(before)
    if mixed or when or OF_OTHER.search(before):
        return None
    ratio = "." in value and _RATIO_IS.search(before)
    calls = "" if match["says"] or ratio else _announcing(text, match)
    if calls is None:
        return None
    before += match["unit"] if match.re is _FAR else ""
    limits = limits_of(match, value)
    scale = "share" if "%" in match["unit"] else scale_said(before[-60:], calls)
    if scale == "unknown" and p_in(match) and _MEASURED.match(match["unit"]):
        said = f"{before[-60:]} {text[match.end() : match.end() + 20]}"
        scale = "difference" if TESTED.search(said) and not SPREAD.search(said) else scale
    of_other = _p_of_else(text, match) or _of_groups(before, limits, scale)
    found = Estimate(
        match.group().strip(), value, *limits,
        possible_scale(scale, value, *limits, before[-120:]),
        float(match["level"] or match["level2"] or 95), None, None, place,
        None if of_other else p_in(match, before), before=before, order=order, said=not calls,
    )  # fmt: skip
    # 46.4%; 95% CI -10.8 to 3.2: of the difference of two
    of_two = "%" in match["unit"] and limits[0][0] == "-" != limits[1][0]
    other = of_two or _AGAINST.search(before) or _of_else(match, before)
    return None if other and not found.inside else found


def _of_else(match: re.Match[str], before: str) -> bool:
    """Whether limits that do not hold a number are not of it: a size, S-1, one without their %."""
    whole_number = "." not in match["e"] and "." in match["lo"]
    whole_number &= amount(match["hi"]) > 1 or not match["unit"]  # 74% (0.61 to 0.84)
    in_name = len(match["e"].lstrip("-")) == 1 and bool(re.search(r"[A-Za-z]$", before))
    percents = "%" in match["unit2"] and "%" not in match["unit"]
    return in_name or (match["unit"].strip() in {"", "%"} and (whole_number or percents))


def _of_groups(before: str, limits: tuple[str, str], scale: str) -> bool:
    """Whether the P behind an estimate compares it with another, or with that of another group."""
    joined = scale != "ratio" and _WITHOUT_P.search(before)
    return bool(_OF_BOTH.search(before) or joined or of_group(scale, *limits))


def _p_of_else(text: str, match: re.Match[str]) -> bool:
    """Whether the words about an estimate say that its P is of another hypothesis or test."""
    behind = re.split(r"[.;]", text[match.end() : match.end() + 60])[0]
    return bool(OTHER_TEST.search(behind)) or 0 <= text.find("nferior") < match.start()


def _announcing(text: str, match: re.Match[str]) -> str | None:
    """Return how the paragraph called others before, if brackets then hold limits here too."""
    said = [found.span() for found in SAID.finditer(text, 0, match.start())]
    bracketed = match["end"] and re.match(r"\s?[(\[]", text[match.end("unit") :])
    inside = match.re is _INSIDE and text[: match.start()].endswith(("(", "["))
    if not (said and (bracketed or inside)) or _NO_CI.search(text, said[-1][1], match.start()):
        return None
    calls = text[max(0, said[-1][0] - 60) : said[-1][0]]
    whole = "." not in match["e"] and RATIO.search(calls)  # 11 [7 to 21] days
    return None if whole or "median" in calls.lower() else calls
