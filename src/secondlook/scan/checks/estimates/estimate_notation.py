"""How an estimate, its limits and its P are written: ``2.8 (95% CI 1.3 to 6.1; P = 0.01)``.

What calls limits so, what calls brackets otherwise, and what makes a number another than an
estimate.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from secondlook.scan.cells import (
    CALLED,
    DECIMAL,
    MARK,
    WHOLE,
    amount,
    any_case,
    bare_p,
    with_exponents,
)

NUMBER = f"-?{DECIMAL}"
TO = r"\s?(?:-|–|—|~|to|,|;)\s?"
UNIT = (
    r"(?:\s?%|\s?(?:percent(?:age points?)?|points?|days?|weeks?|months?|years?|hours?|minutes|min|"
    r"kcal|mm ?Hg|bpm|mcg|sec|units?|higher|lower|"
    r"[kcmdnpµμ]?(?:g|m|l|L|mol|IU|U)(?:\s?/\s?[dmµμ]?(?:l|L|min|d|day|h|kg))?|"
    r"[a-zµμ]{1,5}[./][a-z]{1,5}(?:\^-\d[a-z]{0,3}){0,3})\b)?"
)
LEVEL = r"\d\d(?:\.\d{1,3})?"
SAYS_CI = (
    rf"(?:(?P<level>{LEVEL})\s?%\s?{CALLED}|CI\s?(?P<level2>9\d)\s?%|"
    rf"\b{CALLED}(?=\s?[:=,(\[-]|\s\d))\s?[:,;=]?\s?(?:of\s|from\s|was\s|is\s)?"
)
SAYS_P = (
    r"(?:[pP]\s?(?:-?\s?values?)?\s?(?=[=<>≤≥])|[pP][- ]?values?\s(?:of |was |is )?)"
    r"(?P<p>(?:[=<>≤≥]\s?)?(?:\d?(?:\.\d{1,8})?[eE]-\d{1,3}|"
    r"0?\.\d{1,8}|1\.0{1,8})(?!\d|[eE]-|\s?[,;]?\s?[(]?(?:for |of )?(?:the )?"
    r"(?:non-?inferior|trend|interaction|heterogen|equivalence)))"
)
ESTIMATE = re.compile(
    rf"(?<![\d.,/±+^-])(?<!\d\. )(?!{LEVEL}\s?(?:%|percent)?\s?{CALLED})"  # 10. 0 is one number
    rf"(?P<e>{NUMBER})(?P<unit>{UNIT})\s?{MARK}\s?[,;:]?\s?"
    rf"(?:[(\[]\s?{WHOLE}\s?(?:/|of)\s?{WHOLE}\s?[,;:]\s?)?"
    rf"(?:[(\[]{{0,2}}\s?(?:{SAYS_P}\s?[,;]\s?)?(?P<says>{SAYS_CI})[(\[]?\s?|[(\[]{{1,2}}\s?)"
    rf"(?!\d{{1,3}},\d{{3}}\s?[)\]])(?P<lo>{NUMBER})\s?%?{TO}[$€£]?(?P<hi>{NUMBER})(?P<unit2>\s?%?)(?![\d.]*\d|\s\d{{3}}(?!\d)|\s?%?\s?{CALLED})"
    rf"(?P<end>\s?[)\]]|\s?[;,]|\s?$)?(?:\s?[,;:]?\s?[(]?{SAYS_P.replace('<p>', '<p2>')})?"
)
LIMITS = re.compile(  # and 3, 045 is one number
    rf"(?!\d{{1,3}}, 0\d\d$)\s?[(\[]?\s?(?P<lo>{NUMBER})\s?%?{TO}(?P<hi>{NUMBER})\s?%?"
    rf"\s?[)\]]?\s?{MARK}$"
)
ALONE = re.compile(rf"\s?(?P<e>{NUMBER})\s?%?\s?{MARK}$")
SHARE = re.compile(
    rf"(?P<n>{WHOLE})\s?(?P<sure>(?:/|of)\s?{WHOLE}\s?)?[(\[]\s?(?P<e>{DECIMAL})\s?(?P<sign>%?)\s?[)\]]\s?{MARK}"
)
"""The percent of a count: ``62/70 (88.6%)``."""
_BRACED = re.compile(rf"\(\s?(-{DECIMAL})\s?\)")
_SCIENTIFIC = re.compile(r"(?<![\d.])\d\.\d{1,5}E[-+]\d{1,2}(?!\d)")
_SIGN = re.compile(
    r"(?<![\w.%)\]])(?<![\d.%)\]] )(?:(?P<plus>\+\s?)|[–-][$€£]?(?=[.\d])|"
    r"(?:(?<=[(\[,;=])|(?<=[(\[,;=] )|(?<=to )|(?<=CI )|^)[–-]\s)(?=[.\d])"
)
"""A sign, also before that of a currency, and no dash between two numbers."""
_SD = re.compile(
    rf"(?<=\d)\s?±\s?{DECIMAL}(?=\s?{MARK}\s?[(\[]|[,;]?\s(?:[^\s\d()\[\],;]{{1,12}}\s)?[(\[]?{LEVEL}\s?%\s?{CALLED})|"
    rf"(?<=[\d%])(?P<open>\s?[(\[])?[,;]?\s?S[DE]\s?[=:,]?\s?{DECIMAL}\s?%?[,;](?=\s{LEVEL}\s?%\s?{CALLED})"
)
"""An SD or an SE between an estimate and its limits."""
SAID = any_case(rf"\b{CALLED}(?![A-Za-z])|9[059]\s?%|uncertainty (?:range|interval)")
SPREAD = any_case(r"\bmedians?\b|\branges?\b|quartile")
"""Words of a table after which what stands in brackets may be no limits of an estimate."""
OF_OTHER = any_case(
    r"\bp(?:[- ]values?)?(?: (?:for )?(?:trend|interaction))?\s?"
    r"(?:of|was)?\s?(?:[=<>≤≥](?:\s?=)?|less than)?\s?$|\bper\s?$|±\s?$|\bn\s?=\s?$|"
    r"\b(?:S[ED]M?|IQR|day|week|month|year|grade|stage|visit)\s?[=<>≤≥]?\s?$|"
    r"(?:\b[tFz]|χ\^?2|\bWald)\s?(?:[(\[][^()\[\]]{1,12}[)\]]|\d{1,5}(?:, ?\d{1,5})?)?\s?=\s?$"
)
"""What makes a number another than an estimate: a P, a statistic, an SD, a day, a unit."""
OTHER_TEST = any_case(
    r"trend|interaction|heterogen|homogen|non-?inferior|equivalence|log[- ]?rank|"
    r"fisher|exact|wilcoxon|mann|breslow|one[- ](?:sided|tailed)"
)
"""What a P is of that the limits of one estimate do not give."""
_P_BEFORE = any_case(
    r"(?:[(\[]\s?p(?:[- ]?values?)?\s?|\bp[- ]?values? (?:of|was) )(?P<p>[=<>≤≥]?\s?0?\.\d{1,6})"
    r"\s?[;,(\[]\s?(?:(?:un)?adjusted |crude )?(?:[HOR]R|(?:hazard|odds|risk|rate) ratio|"
    r"relative risk|(?:mean |risk )?difference|[MR]D)(?: of|\s?[=:,])?\s?$"
)


class Found(NamedTuple):
    """The text, the estimate, its limits, the P with them, and whether words call them so."""

    text: str
    value: str
    low: str
    high: str
    p: str | None = None
    said: bool = True


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """Write signs in one way, 2.5E-02 as 0.025, (-1.2) without brackets, and without an SD."""
    text = with_exponents(text.replace("·", "."))
    text = _SCIENTIFIC.sub(lambda number: f"{Decimal(number[0]):f}", text)
    text = _SIGN.sub(lambda sign: "" if sign["plus"] else "-", text)
    return _SD.sub(r"\g<open>", _BRACED.sub(r"\1", text))


def limits_of(match: re.Match[str], value: str) -> tuple[str, str]:
    """Return the limits; -2.2 of -3.1 -1.2 lies between two that both have their sign."""
    low, high = match["lo"], match["hi"]
    between = match.string[match.end("lo") : match.start("hi")]
    signs = low[0] == value[0] == "-" != high[0] and re.fullmatch(r"\s?%?\s[-–]", between)
    order = [amount(text) for text in (low, value, f"-{high}")] if signs else []
    ascending = signs and order == sorted(order)
    return low, f"-{high}" if ascending else high


def p_in(match: re.Match[str], before: str = "") -> str | None:
    """Return the P behind an estimate, or the one that opens its brackets."""
    p = match["p"] or match["p2"]
    if not p and (opening := _P_BEFORE.search(before)):
        p = opening["p"]
    return bare_p(p) if p else None
