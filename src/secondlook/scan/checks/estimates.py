"""The estimates with limits of an article: in a cell, in columns or rows of their own, in text.

An estimate is read with its limits where a confidence interval is announced beside it, in the head,
the label, the caption or a footnote, or where it is called a ratio; and where nothing announces one
but nearly all estimates of a column lie exactly in the middle of two numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import (
    CALLED,
    DECIMAL,
    MARK,
    WHOLE,
    amount,
    any_case,
    bare_p,
    p_value,
    with_exponents,
)
from secondlook.scan.checks.mean import ends
from secondlook.scan.checks.p_of_means import apart
from secondlook.scan.document import Document
from secondlook.scan.layout import COUNT_PERCENT, P_ROW, Layout

_NUM = f"-?{DECIMAL}"
TO = r"\s?(?:-|–|—|~|to|,|;)\s?"
COARSE = 5
"""Units of the last digit in which numbers may have been rounded: 0.15 (0.10 to 0.25)."""
BETWEEN = {
    "share": ("difference", "log odds", "log hazard"),
    "unknown": ("difference", "ratio", "correlation", "log odds"),
    "correlation": ("difference", "correlation"),
}
"""The scales between which an interval is symmetric that is on none of them for sure."""
SCALES = "ratio", "difference"
Range = tuple[float, float]
_MADE_EVEN: dict[str, tuple[Callable[[float], float], float, float]] = {
    "ratio": (math.log, 0, math.inf),
    "log odds": (lambda percent: math.log(percent / (100 - percent)), 0, 100),
    "log hazard": (lambda percent: -math.log(-math.log(percent / 100)), 0, 100),
    "correlation": (math.atanh, -1, 1),
    "percent more": (lambda percent: math.log1p(percent / 100), -100, math.inf),
    "percent less": (lambda percent: -math.log1p(-percent / 100), -math.inf, 100),
    "number needed": (lambda number: -1 / number, 0, math.inf),
}
"""What makes an interval on a scale symmetric, and between which values: of a ratio also as the
percent by which it is more or less than 1, of a difference as how many patients make one event."""
BITS = 16
"""What estimates exactly in the middle of their limits must tell more than any number between two
others would, for these to be limits though nothing says so: 0.8 (0.4 to 1.2) tells two bits.
"""
NEARLY_ALL = 0.75
"""The part of some P that limits must give to be theirs."""
EXACTLY = 0.1
"""Standard errors that a P may be off where those of others are not."""
AS_LESS = re.compile(r"0?\.00+1?")
"""A P as .001 or .000 that may stand for all that is less."""
FEWEST_P, WIDE = 4, 0.2
"""P that must follow from limits for a column of P to be theirs; of no wider range than this."""
FEWEST_DF = 10
"""Degrees of freedom that a t distribution behind the limits of a difference may have."""
_UNIT = (
    r"(?:\s?%|\s?(?:percent(?:age points?)?|points?|days?|weeks?|months?|years?|hours?|minutes|min|"
    r"kcal|mm ?Hg|bpm|mcg|sec|units?|higher|lower|"
    r"[kcmdnpµμ]?(?:g|m|l|L|mol|IU|U)(?:\s?/\s?[dmµμ]?(?:l|L|min|d|day|h|kg))?|"
    r"[a-zµμ]{1,5}[./][a-z]{1,5}(?:\^-\d[a-z]{0,3}){0,3})\b)?"
)
_MEASURED = any_case(
    r"\s?(?!(?:higher|lower|days?|weeks?|months?|years?|hours?|min(?:utes)?)\s?$)[a-zµμ]"
)
"""A unit in which a difference may be measured, of which times are often medians."""
_LEVEL = r"\d\d(?:\.\d{1,3})?"
SAYS_CI = (
    rf"(?:(?P<level>{_LEVEL})\s?%\s?{CALLED}|CI\s?(?P<level2>9\d)\s?%|"
    rf"\b{CALLED}(?=\s?[:=,(\[-]|\s\d))\s?[:,;=]?\s?(?:of\s|from\s|was\s|is\s)?"
)
SAYS_P = (
    r"(?:[pP]\s?(?:-?\s?values?)?\s?(?=[=<>≤≥])|[pP][- ]?values?\s(?:of |was |is )?)"
    r"(?P<p>(?:[=<>≤≥]\s?)?(?:\d?(?:\.\d{1,8})?[eE]-\d{1,3}|"
    r"0?\.\d{1,8}|1\.0{1,8})(?!\d|[eE]-|\s?[,;]?\s?[(]?(?:for |of )?(?:the )?"
    r"(?:non-?inferior|trend|interaction|heterogen|equivalence)))"
)
_FAR = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>-?\d{{1,4}}\.\d{{1,3}}(?!\d))"
    rf"(?P<unit>\s?%?(?:[^\d.;:()\[\]%]|(?<=[A-Za-z^])\d){{0,60}})[,;]?\s?[(\[]?(?P<says>{SAYS_CI})[(\[]?\s?"
    rf"(?P<lo>{_NUM}){TO}(?P<hi>{_NUM})(?P<unit2>\s?%?)(?![\d.]*\d)(?:\s?[A-Za-zµμ/]{{1,8}})?"
    rf"(?=\s?(?:[()\[\],;.]|$))(?:\s?[)\]]?\s?[,;]\s?{SAYS_P})?(?P<p2>)"
)
"""As in ``2.04 events per year with A, 95% CI (1.33, 4.14)``, ``1.7 with a 95% CI of 0.6 to 3``."""
_INSIDE = re.compile(
    rf"(?<![\d.,/±+^-])(?P<e>{_NUM})(?P<unit>{_UNIT})\s?(?P<says>)"
    rf"(?:;|[,:](?!\s?{_NUM},\s?{_NUM}|(?<=,)\d{{3}}(?!\d)))\s?(?P<lo>{_NUM})\s?%?{TO}(?P<hi>{_NUM})(?P<unit2>\s?%?)(?P<end>\s?[)\]])(?P<p>)(?P<p2>)(?P<level>)(?P<level2>)"
)
"""Within brackets: ``(1.63, 1.19-2.22)``, ``(-2.9; -5.7, -1.1)``."""
_ESTIMATE = re.compile(
    rf"(?<![\d.,/±+^-])(?<!\d\. )(?!{_LEVEL}\s?(?:%|percent)?\s?{CALLED})"  # 10. 0 is one number
    rf"(?P<e>{_NUM})(?P<unit>{_UNIT})\s?{MARK}\s?[,;:]?\s?"
    rf"(?:[(\[]\s?{WHOLE}\s?(?:/|of)\s?{WHOLE}\s?[,;:]\s?)?"
    rf"(?:[(\[]{{0,2}}\s?(?:{SAYS_P}\s?[,;]\s?)?(?P<says>{SAYS_CI})[(\[]?\s?|[(\[]{{1,2}}\s?)"
    rf"(?!\d{{1,3}},\d{{3}}\s?[)\]])(?P<lo>{_NUM})\s?%?{TO}[$€£]?(?P<hi>{_NUM})(?P<unit2>\s?%?)(?![\d.]*\d|\s\d{{3}}(?!\d)|\s?%?\s?{CALLED})"
    rf"(?P<end>\s?[)\]]|\s?[;,]|\s?$)?(?:\s?[,;:]?\s?[(]?{SAYS_P.replace('<p>', '<p2>')})?"
)
_LIMITS = re.compile(  # and 3, 045 is one number
    rf"(?!\d{{1,3}}, 0\d\d$)\s?[(\[]?\s?(?P<lo>{_NUM})\s?%?{TO}(?P<hi>{_NUM})\s?%?"
    rf"\s?[)\]]?\s?{MARK}$"
)
_ALONE = re.compile(rf"\s?(?P<e>{_NUM})\s?%?\s?{MARK}$")
_SHARE = re.compile(
    rf"(?P<n>{WHOLE})\s?(?P<sure>(?:/|of)\s?{WHOLE}\s?)?[(\[]\s?(?P<e>{DECIMAL})\s?(?P<sign>%?)\s?[)\]]\s?{MARK}"
)
"""The percent of a count: ``62/70 (88.6%)``."""
_SD_BEHIND = re.compile(rf"(?<=[\d*†‡§¶])\s?(?:\(\s?{DECIMAL}\s?\)|±\s?{DECIMAL})\s?$")
_TWO = re.compile(
    rf"(?P<first>(?:{WHOLE}\s?(?:/|of)\s?{WHOLE}|{_NUM}\s?%?)\s?[(\[]\s?{DECIMAL}\s?%?|{_NUM}\s?±\s?{DECIMAL})"
    rf"\s?(?:[)\]][,;]?|;|,(?!\d{{3}}))\s?(?:{_LEVEL}\s?%\s?)?(?:{CALLED})?[\s:,=]{{0,3}}(?P<limits>[(\[]?\s?-?[.\d].{{3,40}})$"
)
"""A mean and its SD, or a count and its percent, before limits: ``1.4 (0.3), (0.8, 2.0)``."""
_BRACED = re.compile(rf"\(\s?(-{DECIMAL})\s?\)")
_SCIENTIFIC = re.compile(r"(?<![\d.])\d\.\d{1,5}E[-+]\d{1,2}(?!\d)")
_SIGN = re.compile(
    r"(?<![\w.%)\]])(?<![\d.%)\]] )(?:(?P<plus>\+\s?)|[–-][$€£]?(?=[.\d])|"
    r"(?:(?<=[(\[,;=])|(?<=[(\[,;=] )|(?<=to )|(?<=CI )|^)[–-]\s)(?=[.\d])"
)
"""A sign, also before that of a currency, and no dash between two numbers."""
_BRACKETED = re.compile(r"[(\[]\s?[-+]?\d[^()\[\]]{0,20}(?:,|;|to|–|-)\s?[-+]?\d")
"""Limits of whatever estimate, which may be what the P of the row is of."""
_SD = re.compile(
    rf"(?<=\d)\s?±\s?{DECIMAL}(?=\s?{MARK}\s?[(\[]|[,;]?\s(?:[^\s\d()\[\],;]{{1,12}}\s)?[(\[]?{_LEVEL}\s?%\s?{CALLED})|"
    rf"(?<=[\d%])(?P<open>\s?[(\[])?[,;]?\s?S[DE]\s?[=:,]?\s?{DECIMAL}\s?%?[,;](?=\s{_LEVEL}\s?%\s?{CALLED})"
)
"""An SD or an SE between an estimate and its limits."""
_APART = re.compile(
    rf"(?<=[(\[])(\s?{_NUM})(?:\s(?!-|\d{{3}}(?![\d.]))|/(?=-?\d*\.))(?={_NUM}\s?[)\]])"
)
"""A blank or a slash between the limits of a cell: ``34.5 (33.7 35.3)``, and none of 1 234."""
_NO_ESTIMATE = any_case(
    r"\W*(?:n(?!\W{0,3}%)|S\.?D\.?|S\.?E\.?M?\.?|(?:standard|std\.?) (?:deviation|error))\W*"
    r"(?:95 ?% ?CI\W*)?$"
)
"""A label of what has no limits."""
_LIMITS_OF_P = any_case(r"\bp(?:[- ]values?)?\s?[(\[]\s?9\d\s?%\s?(?:CI|conf)")
"""What says that a P stands before limits."""
_P_BEFORE = any_case(
    r"(?:[(\[]\s?p(?:[- ]?values?)?\s?|\bp[- ]?values? (?:of|was) )(?P<p>[=<>≤≥]?\s?0?\.\d{1,6})"
    r"\s?[;,(\[]\s?(?:(?:un)?adjusted |crude )?(?:[HOR]R|(?:hazard|odds|risk|rate) ratio|"
    r"relative risk|(?:mean |risk )?difference|[MR]D)(?: of|\s?[=:,])?\s?$"
)
_P_BEHIND = re.compile(rf"[\s)\]]{{0,2}}[\s,;]{{0,2}}(?P<p>[=<>≤≥]?\s?[01]?\.\d+)[)\]]?{MARK}$")
"""A P behind limits that the head calls so: ``1.40 (0.97-2.01), 0.07``."""
_NAMED = (
    r"(?:(?:adj(?:usted)?|[Aa]dj|[Uu]nadj|[Cc]rude|[acusm])?(?:OR|HR|RR)s?|A[OH]Rs?|IRRs?|SHRs?|"
    r"SIR|SMR)"
)
RATIO = re.compile(
    rf"\b(?:{_NAMED}|(?i:(?<!effectiveness )ratios?|relative risks?|odd.?s|hazards?|fold|geometric|"
    r"exp ?\([^)]{1,6}\)))(?![A-Za-z])"
)
_IS_RATIO = re.compile(rf"\b(?:(?i:(?:odds|hazards?|risk|rate) ratios?|relative risk)|{_NAMED})\b")
_RATIO_IS = re.compile(
    rf"(?:\b(?:{_IS_RATIO.pattern}|(?i:beta)|MD)\b|β)\s?(?:of|was|is|[=:,])?\s?$"
)
_DIFFERENCE = any_case(
    r"\b(?:difference|differences|RD|ARR|MD|WMD|SMD|beta|β|coefficients?(?! of var)|reduction|"
    r"change|(?<!geometric )mean|slope)\b|β"
)
SAID = any_case(rf"\b{CALLED}(?![A-Za-z])|9[059]\s?%|uncertainty (?:range|interval)")
_RANGE = any_case(r"(?<!age )\brange|IQR|quartile|percentile|\bmin\w*\W{1,3}max")
_OF_P = any_case(r"p[- ]?values?\b|(?:^|/ )p\b")
_STATISTIC = re.compile(r"\b[dD]\.?[fF]\b|(?<!\^)\bF\b|degrees of freedom")
_LOWER, _UPPER = (
    any_case(rf"(?:^|/ )(?:.{{0,9}}CI\W*)?(?:{word})\W*(?:limit|bound|end|CI|CL)?.{{0,18}}$")
    for word in (
        "low(?:er)?|inf(?:erior)?|LL|LCL|L",
        "upp(?:er)?|high(?:er)?|sup(?:erior)?|UL|UCL|U",
    )
)
_OF_OTHER = any_case(
    r"\bp(?:[- ]values?)?(?: (?:for )?(?:trend|interaction))?\s?"
    r"(?:of|was)?\s?(?:[=<>≤≥](?:\s?=)?|less than)?\s?$|\bper\s?$|±\s?$|\bn\s?=\s?$|"
    r"\b(?:S[ED]M?|IQR|day|week|month|year|grade|stage|visit)\s?[=<>≤≥]?\s?$|"
    r"(?:\b[tFz]|χ\^?2|\bWald)\s?(?:[(\[][^()\[\]]{1,12}[)\]]|\d{1,5}(?:, ?\d{1,5})?)?\s?=\s?$"
)
"""What makes a number another than an estimate: a P, a statistic, an SD, a day, a unit."""
_OF_BOTH = re.compile(r"(?:[)\]]|\d)\s?(?:vs\.?|versus|compared (?:with|to)|against)\s?$")
"""Where another estimate with limits is compared: the P behind both is of neither."""
_WITHOUT_P = re.compile(
    rf"{_NUM}{TO}{_NUM}\s?%?\s?[)\]]{{1,2}}[^\d()\[\].;]{{0,40}}[(\[]?[^\d()\[\].;]{{0,20}}$"
)
"""Where limits without a P stand in the same sentence just before."""
_AGAINST = re.compile(r"(?:\bvs?\.?|versus|compared (?:with|to)|against)\s?$")
_NO_CI = any_case(r"median|range|quartile|\bIQR|\bSDs?\b|\bS\.?E\.?M?\b|deviation|standard error|±")
"""Words after which brackets hold something else than limits."""
_WHEN = any_case(r"\b(?:at|after|for|over|within|by)\s?$")
_TIME = any_case(r"day|week|month|year|hour|min")
_LEVEL_OF = any_case(
    r"(?<![^\s;,./(])\^?(?P<mark>[*†‡§¶#]{1,4}|[a-h](?=[\s:=]*(?:[pP]\b|[sS]ignif)))\s?[:=]?\s?"
    r"(?:(?:statistically )?significan(?:t|tly|ce)(?: difference| different)?(?: at| level)?"
    r"\s?[(,:]?\s?)?"
    r"p\s?-?(?:values?)?\s?[<≤=]\s?(?:0?\.\d{1,6}\s?(?:to|-|–)\s?[<≤]?\s?)?(?P<p>0?\.\d{1,6})"
)
_MARKS = re.compile(r"[*†‡§¶#]{1,4}|(?<=\^)[a-h](?![a-z])")
_OTHER_P = any_case(r"trend|interaction|heterogen|homogen|non-?inferior|equivalence|log[- ]?rank")
"""What a P is of that the limits of one estimate do not give."""
_OTHER_TEST = any_case(
    rf"{_OTHER_P.pattern}|fisher|exact|wilcoxon|mann|breslow|one[- ](?:sided|tailed)"
)


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """Write signs in one way, 2.5E-02 as 0.025, (-1.2) without brackets, and without an SD."""
    text = with_exponents(text.replace("·", "."))
    text = _SCIENTIFIC.sub(lambda number: f"{Decimal(number[0]):f}", text)
    text = _SIGN.sub(lambda sign: "" if sign["plus"] else "-", text)
    return _SD.sub(r"\g<open>", _BRACED.sub(r"\1", text))


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
    before: str = ""
    """What its paragraph says before it, at most 200 characters."""
    order: int = 0
    headed: bool = False
    """Whether a head says which of the limits is the lower one."""
    said: bool = True
    """Whether words call its limits so, and not only those of others or where they lie."""
    by_mark: bool = False
    """Whether a mark beside it says its P, which may be of another comparison."""

    @property
    def cell(self) -> tuple[int, int]:
        """The row and the column of an estimate of a table."""
        return self.row or 0, self.column or 0

    @property
    def tail(self) -> float:
        """What part of a distribution lies below the upper limit."""
        return 0.5 + self.level / 200

    @property
    def bracketed(self) -> bool:
        """Whether the limits stand in brackets behind the estimate."""
        return self.text.rstrip().endswith((")", "]"))

    @cached_property
    def grain(self) -> int:
        """The step in which all three were rounded, in units of their last digit, if from 5 on."""
        digits = [number.value / number.unit for number in map(numbers.parse, self.texts)]
        units = {numbers.parse(text).unit for text in self.texts}
        told = len(units) == 1 and sum(map(bool, digits)) > 1
        step = math.gcd(1000, *(int(digit) for digit in digits)) if told else 1
        return step if step >= COARSE else 1

    @property
    def texts(self) -> tuple[str, str, str]:
        """The estimate and its limits."""
        return self.value, self.low, self.high

    def printed(self, *texts: str) -> Estimate:
        """Return it as if this estimate and these limits were printed."""
        value, low, high = texts
        return replace(self, value=value, low=low, high=high)

    def on(self, scale: str) -> tuple[Range, Range, Range] | None:
        """Return what prints as the estimate and its limits on a scale, if all can be on it."""
        made, least, most = _MADE_EVEN.get(scale, (float, -math.inf, math.inf))
        read = [(n.value, n.unit * self.grain / 2) for n in map(numbers.parse, self.texts)]
        ends = [(float(value - margin), float(value + margin)) for value, margin in read]
        if not all(least < start and end < most for start, end in ends):
            return None
        value, low, high = ((made(start), made(end)) for start, end in ends)
        return value, low, high

    @cached_property
    def inside(self) -> bool:
        """Whether the estimate lies within its limits, but for rounding."""
        value, low, high = map(ends, self.texts)
        return value[1] >= low[0] and value[0] <= high[1]

    @cached_property
    def _asides(self) -> list[float | None]:
        """How far the estimate is from the middle on each scale that it may be on."""
        return [self.aside(scale) for scale in BETWEEN.get(self.scale, (self.scale,))]

    @cached_property
    def skew(self) -> float | None:
        """How far the estimate is from the middle beyond rounding, in halves of the width.

        That of a share lies between those on several scales, and so where nothing names the scale.
        """
        known = [aside for aside in self._asides if aside is not None]
        if not known or (self.scale == "share" and len(known) < len(self._asides)):
            return None
        return 0.0 if min(known) < 0 < max(known) else min(map(abs, known))

    @property
    def digits_aside(self) -> float:
        """How far it is from the middle beyond rounding, in units of its last digit."""
        on = self.on(self.scale)
        return (self.skew or 0) * self.width / (on[0][1] - on[0][0]) if on else 0

    @property
    def even(self) -> bool:
        """Whether it is in the middle on one scale, and not only between those on two."""
        return 0 in self._asides

    def aside(self, scale: str) -> float | None:
        """Return how far the estimate is from the middle on one scale, negative if below."""
        on = self.on(scale)
        if on is None:
            return None
        (e0, e1), (l0, l1), (h0, h1) = on
        half = ((h0 + h1) - (l0 + l1)) / 4
        above, below = e0 - (l1 + h1) / 2, (l0 + h0) / 2 - e1
        return (max(0.0, above) - max(0.0, below)) / half if half > 0 else None

    @cached_property
    def width(self) -> float:
        """Half of the interval on its scale."""
        on = self.on(self.scale)
        return (sum(on[2]) - sum(on[1])) / 4 if on else math.inf

    @property
    def bits(self) -> float:
        """How much it tells that the estimate is in the middle of its limits, if it is."""
        value, low, high = (end - start for start, end in self.on(self.scale) or ())
        return max(0.0, math.log2(2 * self.width / (value + (low + high) / 2)))

    @property
    def middle(self) -> str:
        """The middle of the limits on their scale."""
        low, high = amount(self.low), amount(self.high)
        of_ratio = self.scale == "ratio" and low > 0
        middle = math.sqrt(low * high) if of_ratio else (low + high) / 2
        digits = len(self.value.partition(".")[2]) + 1
        return f"midpoint {middle:.{digits}f}" + (" on the log scale" if of_ratio else "")

    @cached_property
    def p_range(self) -> tuple[float, float] | None:
        """The least and the largest P that the limits allow, over all rounding.

        Those of a difference may be of a t distribution of `FEWEST_DF` degrees of freedom or more.
        """
        on = self.on(self.scale)
        below = self.scale == "unknown" and self.low.startswith("-")  # of a difference in percent
        if on is None or not (below or self.scale in SCALES):
            return None
        (e0, e1), (l0, l1), (h0, h1) = on
        if h0 <= l1:
            return None
        sizes = [abs(e0), abs(e1)]
        least = 0.0 if e0 <= 0 <= e1 else min(sizes)
        shares = 2 * least / (h1 - l0), 2 * max(sizes) / (h0 - l1)  # of half of the interval
        found = [2 * float(special.ndtr(-x * special.ndtri(self.tail))) for x in shares]
        if below or self.scale == "difference":
            t = special.stdtrit(FEWEST_DF, self.tail)
            found += [2 * float(special.stdtr(FEWEST_DF, -x * t)) for x in shares]
        return min(found), max(found)

    @cached_property
    def off(self) -> float | None:
        """How many standard errors its P is off what the limits allow, if these say which."""
        given = self.p_range
        if given is None or not self.p or self.p[0] in "<>≤≥" or given[1] - given[0] > WIDE:
            return None
        return apart(self.p, given)


def text_estimates(document: Document) -> Iterator[Estimate]:
    """Find ``2.8 (95% CI 1.3 to 6.1; P = 0.01)`` and ``RR 2.8 (1.3 to 6.1)`` in the text."""
    for paragraph in document.paragraphs:
        text = plain(paragraph.text)
        matches: dict[int, re.Match[str]] = {}
        taken: set[int] = set()  # where the limits of those that were read stand
        for pattern in (_ESTIMATE, *([_FAR] if "CI" in text else []), _INSIDE):
            for match in pattern.finditer(text):
                low = match.start("lo")
                if match.start() not in taken and low not in matches:
                    matches[low] = match
                    taken.update(range(low, match.end("hi")))
        for order, match in enumerate(matches.values()):
            before = text[max(0, match.start() - 200) : match.start()]
            mixed = "%" in match["unit2"] and match["unit"].strip() not in {"", "%"}  # at 6 months
            when = _TIME.search(match["unit"]) and _WHEN.search(before)
            if mixed or when or _OF_OTHER.search(before):
                continue
            ratio = "." in match["e"] and _RATIO_IS.search(before)
            calls = "" if match["says"] or ratio else _announcing(text, match)
            if calls is None:
                continue
            before += match["unit"] if match.re is _FAR else ""
            limits = _limits(match, match["e"])
            scale = "share" if "%" in match["unit"] else _scale(before[-60:], calls)
            if scale == "unknown" and _p_in(match) and _MEASURED.match(match["unit"]):
                said = f"{before[-60:]} {text[match.end() : match.end() + 20]}"
                tested = _TESTED.search(said) and not SPREAD.search(said)
                scale = "difference" if tested else scale
            other = _p_of_else(text, match)
            found = Estimate(
                match.group().strip(), match["e"], *limits,
                _possible(scale, match["e"], *limits, before[-120:]),
                float(match["level"] or match["level2"] or 95), None, None, paragraph.place,
                None if other or _of_groups(before, limits, scale) else _p_in(match, before),
                before=before, order=order, said=not calls,
            )  # fmt: skip
            of_two = "%" in match["unit"] and limits[0][0] == "-" != limits[1][0]
            of_two = of_two or bool(_AGAINST.search(before))
            # 46.4%; 95% CI -10.8 to 3.2: of the difference of two
            if found.inside or not (of_two or _of_else(match, before)):
                yield found


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
    return bool(_OF_BOTH.search(before) or joined or _level(scale, *limits))


def _p_of_else(text: str, match: re.Match[str]) -> bool:
    """Whether the words about an estimate say that its P is of another hypothesis or test."""
    behind = re.split(r"[.;]", text[match.end() : match.end() + 60])[0]
    return bool(_OTHER_TEST.search(behind)) or 0 <= text.find("nferior") < match.start()


def _level(scale: str, low: str, high: str) -> bool:
    """Whether it is the mean of a group, of which 0 is out of the question."""
    return scale == "mean" and not any(limit.startswith("-") for limit in (low, high))


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


def limits_alone(text: str) -> tuple[str, str] | None:
    """Return the two numbers of a text that holds limits and nothing else."""
    match = _LIMITS.match(text)
    return (match["lo"], match["hi"]) if match else None


def number_alone(layout: Layout, r: int, c: int) -> str | None:
    """Return the number of a cell that holds nothing else."""
    match = _ALONE.match(shown(layout, r, c))
    return match["e"] if match else None


def _limits(match: re.Match[str], value: str) -> tuple[str, str]:
    """Return the limits; -2.2 of -3.1 -1.2 lies between two that both have their sign."""
    low, high = match["lo"], match["hi"]
    apart = match.string[match.end("lo") : match.start("hi")]
    signs = low[0] == value[0] == "-" != high[0] and re.fullmatch(r"\s?%?\s[-–]", apart)
    order = [amount(text) for text in (low, value, f"-{high}")] if signs else []
    ascending = signs and order == sorted(order)
    return low, f"-{high}" if ascending else high


def _p_in(match: re.Match[str], before: str = "") -> str | None:
    """Return the P behind an estimate, or the one that opens its brackets."""
    p = match["p"] or match["p2"]
    if not p and (opening := _P_BEFORE.search(before)):
        p = opening["p"]
    return bare_p(p) if p else None


def _scale(*texts: str) -> str:
    """Say from the words about an estimate on which scale its interval is symmetric.

    A mean that no word compares is symmetric as a difference is, and is none.
    """
    for text in texts:
        ratio = [m.end() for m in RATIO.finditer(text)]
        difference = [m.end() for m in _DIFFERENCE.finditer(text)]
        if ratio or difference:
            if max(ratio, default=-1) > max(difference, default=-1):
                return "ratio"
            return "difference" if _TESTED.search(text) else "mean"
    return "unknown"


def table_estimates(layout: Layout) -> Iterator[Estimate]:
    """Find the estimates with limits of a table: in a cell, above them, or beside them.

    Where no words call the numbers limits, these do: nearly all estimates are in their middle.
    """
    silent: list[list[Estimate]] = []
    for column in (*_of_cells(layout), *_of_columns(layout)):
        yield from _with_p(layout, _on_one_scale([e for e in column if e.said]))
        silent.append([e for e in column if not e.said])
    for column in _announced_by_middles(silent):
        yield from _with_p(layout, column)


def _of_cells(layout: Layout) -> Iterator[list[Estimate]]:
    """Give the estimates that stand with or above their limits, of each column."""
    for c in range(1, layout.width):
        found = ((r, _in_cell(layout, r, c) or _below(layout, r, c)) for r in layout.rows)
        read = (_estimate(layout, r, c, each) for r, each in found if each)
        yield [e for e in read if e]


def _of_columns(layout: Layout) -> Iterator[list[Estimate]]:
    """Give the estimates whose limits stand in columns of their own."""
    first, noted = 1, bool(SAID.search(layout.told))
    before: set[int] = set()  # how many columns before their limits those of others stand
    for low, high, announced in _limit_columns(layout):
        columns = [
            [
                replace(e, headed=low < high)
                for r in layout.rows
                if (found := _beside(layout, r, c, low, high))
                and (e := _estimate(layout, r, c, found, announced=announced or noted))
            ]
            for c in range(first, low)
            if c not in layout.p_columns and not _NO_ESTIMATE.match(layout.lowest[c])
        ]
        # B, its SE, a standardized beta, a t: the limits are of what is in their middle.
        column = max(reversed(columns), key=lambda c: sum(e.skew == 0 for e in c), default=[])
        others = [c for c in columns if c is not column]
        near = sum((e.skew or 0) < 0.1 or e.scale == "ratio" for e in column)
        exact = noted and 4 * sum(e.skew == 0 for e in column) >= 3 * len(column) > 9
        only = not any(others) and 2 * sum(e.inside for e in column) >= len(column)
        theirs = announced and (only or 2 * near >= len(column))
        like = [c for c in columns if c and low - c[0].cell[1] in before]
        if announced and not theirs and like:  # or of what stands where that of others does
            column, theirs = like[0], True
        if exact or theirs or _even(column):
            yield [replace(e, said=announced or exact) for e in column]
            before.update(low - e.cell[1] for e in column[:1])
        if column and announced:
            first = high + 1


def _announced_by_middles(columns: list[list[Estimate]]) -> Iterator[list[Estimate]]:
    """Give those of each column, or of all others together, that are nearly all in the middle."""
    alone = [_even(column) for column in columns]
    rest = [e for column, even in zip(columns, alone, strict=True) if not even for e in column]
    yield from (*alone, _even(rest))


def _even(found: list[Estimate]) -> list[Estimate]:
    """Return estimates on the scales on which nearly all are in the middle, as hardly by chance."""
    both = [{scale: replace(e, scale=scale) for scale in SCALES} for e in found]
    usual, other = sorted(SCALES, key=lambda name: -sum(e[name].skew == 0 for e in both))
    read = [
        e["difference"] if e[usual].low[0] == "-"
        else e[other if e[other].skew == 0 != e[usual].skew else usual]
        for e in both
    ]  # fmt: skip
    bits = [e.bits - (e.scale == other) for e in read if e.skew == 0]
    if len(bits) < 3 or 10 * len(bits) < 9 * (len(found) - 1) or sum(bits) < BITS:
        return []
    return [replace(e, said=False) for e in read]


def _with_p(layout: Layout, column: list[Estimate]) -> list[Estimate]:
    """Give the estimates of a column the P of that column behind it which their limits give.

    Or those just before it, if its head says that they are P and the limits give half of them.
    """
    at = max((e.cell[1] for e in column), default=layout.width)
    # No group stands before them, of whose counts they may be.
    before = [at - 1] if layout.labels == at - 1 and at - 1 in layout.p_columns else []
    for c in (*range(at + 1, layout.width), *before):
        p = {e.row: text for e in column if (text := _p_at(layout, e.cell[0], at, c))}
        read = [
            replace(e, p=p[e.row], p_column=c, by_mark=False) if e.row in p else e for e in column
        ]
        if theirs([e.off for e in read if e.row in p], 0.5 if c in before else NEARLY_ALL):
            return read
    return column


def theirs(off: list[float | None], least: float = NEARLY_ALL) -> bool:
    """Whether P are those of numbers from which so many standard errors part them."""
    told = [each for each in off if each is not None]
    return sum(each < EXACTLY for each in told) >= max(FEWEST_P, least * len(told))


def _p_at(layout: Layout, r: int, c: int, p: int) -> str | None:
    """Return the P of a row in a column of P, if it is of that row alone."""
    spanned = layout.continued(r, p) and not (layout.continued(r, 0) or layout.continued(r, c))
    cell = layout.grid[r][p]
    return None if spanned or not cell.first else p_value(cell.text)


class Found(NamedTuple):
    """The text, the estimate, its limits, the P with them, and whether words call them so."""

    text: str
    value: str
    low: str
    high: str
    p: str | None = None
    said: bool = True


_CORRELATION = any_case(r"\br\s?[=(]|\brho\b|correlat|\bICC\b|\bkappa|κ|concordance|^r$")
_PERCENT = re.compile(r"%(?!\s?C)")
SPREAD = any_case(r"\bmedians?\b|\branges?\b|quartile")
"""Words of a table after which what stands in brackets may be no limits of an estimate."""
_PERCENTS = any_case(r"(?<!\d)\s?%|per ?cent|prevalence|proportion")
_OF_TWO = any_case(r"difference|\bA?RD\b|ARR|change|reduction|increase|effect")
_BETWEEN = re.compile(rf"{RATIO.pattern}|(?i:{_OF_TWO.pattern})")
"""A head of what compares two groups or times, and is measured in none."""
_TESTED = any_case(
    rf"{_OF_TWO.pattern}|decrease|diff\b|MD\b|beta|β|coefficient|slope|contrast|improve|gain|loss|"
    r"\b(?:lower|higher|more|less|fewer|minus|delta|vs|versus)\b|[Δ∆]"
)
"""Words of what a P holds against 0, as it does not hold the mean of a group."""


def _estimate(
    layout: Layout, r: int, c: int, found: Found, *, announced: bool = False
) -> Estimate | None:
    head, label = layout.head_of(r, c), layout.context(r)
    sayings = f"{label} {head}"
    own = layout.lowest[c]
    sure = announced or SAID.search(head) or _IS_RATIO.search(own)
    noted = layout.noted_at(r, c)
    told = f"{head if sure else sayings} {noted if 'median' in noted.lower() else ''}"
    if _RANGE.search(told) or _NO_ESTIMATE.match(layout.last_label(r)):
        return None
    if _LIMITS_OF_P.search(f"{head} {layout.told}"):
        return None
    of_p = _OF_P.search(head)
    of_p_alone = of_p and not (_BETWEEN.search(head) or SAID.search(head, 0, of_p.start()))
    if _STATISTIC.search(own) or of_p_alone:
        return None  # 1.49 (11, 309) is an F with its degrees of freedom
    text, value, low, high, p, said = found
    level = re.search(r"(9\d|80)\s?%", f"{sayings} {layout.told}")
    either = RATIO.search(own) and _DIFFERENCE.search(own)
    caption = "" if SPREAD.search(layout.told) else layout.table.caption
    own_words = layout.grid[r][c].line.partition(value)[0]
    scale = _scale(own_words, label) if either else _scale(own_words, head, label, caption)
    unnamed = scale == "unknown" or _level(scale, low, high)
    percent = _PERCENT.search(text) or (unnamed and _PERCENTS.search(sayings))
    if _SHARE.match(text) or (percent and not _OF_TWO.search(sayings)):
        scale = "share"
    p, p_column = (p, c) if p else _p_of(layout, r, c)
    if _level(scale, low, high) and not _TESTED.search(f"{sayings} {layout.table.caption}"):
        p = None
    marked = None if p else _marked_p(layout, r, c)
    return Estimate(
        text.strip(), value, low, high, _possible(scale, value, low, high, sayings),
        float(level[1]) if level else 95.0, r, c,
        layout.place(r, c), p or marked, c if marked else p_column,
        by_mark=bool(marked), said=said,
    )  # fmt: skip


def _marked_p(layout: Layout, r: int, c: int) -> str | None:
    """Return the P that the notes say of a mark in the cell, the least of several."""
    levels = _levels(layout.table.notes)
    told = [levels[m] for m in _MARKS.findall(layout.grid[r][c].text) if m in levels]
    return f"≤{min(told, key=float)}" if told else None


@lru_cache(maxsize=1 << 6)
def _levels(notes: tuple[str, ...]) -> dict[str, str]:
    """Return the levels of significance of marks: of ``*P < 0.05`` or ``^a p = 0.01 to 0.05``."""
    return {m["mark"]: m["p"] for note in notes for m in _LEVEL_OF.finditer(plain(note))}


def _possible(scale: str, value: str, low: str, high: str, said: str) -> str:
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


def shown(layout: Layout, r: int, c: int) -> str:
    """Return the text of a cell with its signs and points in one way, once if it spans several."""
    cell = layout.grid[r][c]
    text = re.sub(r"(?<=\d\.) (?=\d)", "", cell.line.strip()) if cell.first else ""
    return _APART.sub(r"\1; ", plain(text))


def _in_cell(layout: Layout, r: int, c: int) -> Found | None:
    text, head, label = shown(layout, r, c), layout.head_of(r, c), layout.context(r)
    match = _ESTIMATE.search(text)
    said = bool(SAID.search(f"{head} {label} {layout.heads[0]} {layout.told}"))
    two = _TWO.match(text)
    if two and not _ALONE.match(two["limits"].rstrip(" )]")):  # 1,788.7 is one number
        closed = two["first"] + ("" if "±" in two["first"] else ")")
        if found := _with_limits(closed, two["limits"]):
            return found._replace(said=said or bool(SAID.search(text)))
    if not match or (not match["says"] and match["end"] is None):
        found = _in_lines(layout, r, c)
        return found and found._replace(said=said)
    before = text[: match.start()]
    if _OF_OTHER.search(before):
        return None
    named = RATIO.search(head) or _IS_RATIO.search(f"{label} {before}")
    sure = _IS_RATIO.search(head) or (named and not SPREAD.search(layout.told))
    end = max(match.end("unit2"), match.end("end"))
    behind = _P_BEHIND.match(text, match.end("unit2")) if re.search(r"\b[pP]\b", head) else None
    return Found(
        text[match.start() : end].rstrip("; ,"), match["e"], *_limits(match, match["e"]),
        _p_in(match) or (p_value(behind["p"]) if behind else None),
        bool(match["says"] or sure or said),
    )  # fmt: skip


def _in_lines(layout: Layout, r: int, c: int) -> Found | None:
    """Find an estimate, its limits and its P below each other in one cell."""
    text = layout.grid[r][c].text
    value, *rest = (part.strip(" ;,") for part in re.split(r"[;\n]+|,\s", text))
    alone = _ALONE.match(plain(value))
    if not alone or not layout.grid[r][c].first or not 1 <= len(rest) <= 2:
        return None
    found = _with_limits(alone["e"], plain(rest[0]))
    return found and found._replace(p=p_value(rest[1]) if rest[1:] else None)


def _on_one_scale(column: list[Estimate]) -> list[Estimate]:
    """Give estimates the scale on which those of their column are symmetric.

    It is taken where nothing names it, also from those alone that are symmetric on one and not on
    the other, and where the one that is named fits few of them.
    """
    for named in ("unknown", *SCALES):
        some = [e for e in column if e.scale == named]
        even = [{scale for scale in SCALES if e.aside(scale) == 0} for e in some]
        symmetric = {scale: sum(scale in each for each in even) for scale in SCALES}
        scale = max(symmetric, key=lambda name: symmetric[name])
        most, least = symmetric[scale], min(symmetric.values())
        fits = most >= max(4, len(some) - 1) and 2 * least <= most
        telling = [each for each in even if len(each) < len(SCALES)]
        sole = telling.count({scale})
        if named == "unknown":
            fits = fits or (sole >= 4 and 10 * sole >= 9 * (len(telling) - 1))
            signed = [e for e in column if e.scale == "difference" and e.low[0] == "-"]
            exact = sum(e.skew == 0 for e in signed)
            if exact >= 4 and 10 * exact >= 8 * len(signed):
                scale, fits = "difference", True
                other = ("ratio", "correlation")
                some = [e for e in some if e.aside(scale) == 0 or 0 not in map(e.aside, other)]
        if fits and scale != named:
            column = [
                replace(e, scale=scale, p=e.p if named == "unknown" else None) if e in some else e
                for e in column
            ]
    return column


def _below(layout: Layout, r: int, c: int) -> Found | None:
    """Find the limits of an estimate in the row of limits or in the brackets below it."""
    text, said = shown(layout, r, c), f"{layout.heads[c]} {layout.told}"
    share = _SHARE.fullmatch(text.strip())
    if not (share or _PERCENTS.search(f"{layout.heads[c]} {layout.context(r)}")):
        text = _SD_BEHIND.sub("", text)
    of_p = _OF_P.search(layout.heads[c])
    if r + 1 == len(layout.grid) or P_ROW.match(layout.last_label(r)):
        return None
    alone = _ALONE.match(text.partition("±")[0])
    if limits := 0 if of_p else _row_of_limits(layout, r):
        labelled, text = said + layout.context(r), alone["e"] if alone else text
        return _with_limits(text, shown(layout, limits, c), labelled)
    p = p_value(layout.grid[r + 1][c].text) if of_p and SAID.search(layout.heads[c]) else None
    rows = layout.grid[r + 1 + bool(p) : r + 4]  # brackets may be broken
    below = [row[c].text.strip() for row in rows]
    opened = below and below[0].startswith(("(", "["))
    if not (alone and opened) or (of_p and not p):
        return None
    for i in range(len(below)):
        if found := _with_limits(alone["e"], plain("".join(below[: i + 1]).replace("\n", " "))):
            return found._replace(p=p, said=bool(SAID.search(said)))
    return None


def _row_of_limits(layout: Layout, r: int) -> int | None:
    """Return the row of limits below a row; of an SD, N, range or P one may stand between."""
    for limits in range(r + 1, min(r + 5, len(layout.grid))):
        label = layout.last_label(limits)
        if SAID.match(label.lstrip("(0123456789 %")) or label.endswith(" CI"):
            return limits
        if not (P_ROW.match(label) or _NO_ESTIMATE.match(label) or label.lower() == "range"):
            break
    return None


def _limit_columns(layout: Layout) -> Iterator[tuple[int, int, bool]]:
    """Give the columns of limits, one or two a pair, from left to right; and if words call them so.

    Two below one head hold one limit each.
    """
    heads = [*layout.heads, ""]
    last = 0
    for c in range(2, layout.width):
        if c <= last or c in layout.p_columns:
            continue
        two = bool(_LOWER.search(heads[c]) and _UPPER.search(heads[c + 1]))
        only = _mostly(layout, c, _LIMITS) and not _RANGE.search(heads[c])
        said = SAID.search(f"{heads[c]} {layout.told}" if two else heads[c])
        if two or only or (said and (SAID.search(layout.lowest[c]) or _halves(layout, c))):
            last = c + (two or (not only and _halves(layout, c)))
            yield c, last, bool(said)


def _mostly(layout: Layout, c: int, alone: re.Pattern[str]) -> bool:
    """Whether most numbers of a column stand alone in such a way."""
    texts = [shown(layout, r, c) for r in layout.rows]
    told = [text for text in texts if re.search(r"\d", text)]
    return 2 * sum(bool(alone.match(text)) for text in told) > len(told)


def _halves(layout: Layout, c: int) -> bool:
    """Whether a column and the next one hold one limit each, the lower one first."""
    if c + 1 == layout.width or not _mostly(layout, c, _ALONE):
        return False
    rows = layout.rows
    pairs = [[_ALONE.match(shown(layout, r, each)) for each in (c, c + 1)] for r in rows]
    told = [amount(low["e"]) <= amount(high["e"]) for low, high in pairs if low and high]
    same = layout.heads[c] == layout.heads[c + 1]
    return all(told) and len(told) >= (1 if same else 3)


def _beside(layout: Layout, r: int, c: int, low: int, high: int) -> Found | None:
    ends = [shown(layout, r, each) for each in dict.fromkeys((low, high))]
    limits = " to ".join(ends)
    if _ALONE.match(limits):
        return None  # -2,057 is one limit, its comma a decimal sign
    if "±" in layout.grid[r][c].text and "differ" in layout.lowest[low]:
        return None  # of two means, and not of the one before
    said = f"{layout.heads[c]} {layout.context(r)} {layout.table.caption}"
    return _with_limits(shown(layout, r, c), limits, said)


def _with_limits(text: str, limits: str, said: str = "") -> Found | None:
    """Join limits with the number of a cell; of a count and its percent, with the one inside."""
    match, share = _LIMITS.match(limits), _SHARE.fullmatch(text.strip())
    alone = _ALONE.match(_SD_BEHIND.sub("", text))
    if match and share:
        inside = [amount(match["lo"]) <= amount(share[i]) <= amount(match["hi"]) for i in "ne"]
        sure = share["sure"] or share["sign"] or (all(inside) and COUNT_PERCENT.search(said))
        if inside[0] == inside[1]:
            alone = share if sure and amount(match["hi"]) > 1 else None
        elif inside[1]:
            alone = share
    if not match or not alone:
        return None
    text = text.strip() if alone is share else alone["e"]
    return Found(f"{text} {match.group().strip()}", alone["e"], *_limits(match, alone["e"]))


def _p_of(layout: Layout, r: int, c: int) -> tuple[str | None, int | None]:
    """Return the P of the same row and its column, if it is of this estimate alone."""
    said = f"{layout.heads[c]} {layout.context(r)}"
    above = layout.upper_head(c)
    own = [p for p in layout.p_columns if layout.upper_head(p) == above]  # it may stand before it
    p = next((p for p in own or layout.p_columns if p > c), None)
    of_one = "±" in layout.grid[r][c].text and not _OF_TWO.search(said)
    if p is None or of_one or _OTHER_TEST.search(layout.heads[p]):
        return None, None
    first = max([layout.labels, *(p + 1 for p in layout.p_columns if p < c)])
    rows = layout.grid[r : r + 1 + layout.continued(r, 0)]
    others = (
        _BRACKETED.search(row[i].text) or (i != c + 1 and _LIMITS.match(plain(row[i].text)))
        for row in rows
        for i in range(first, p)
        if i != c and not _STATISTIC.search(layout.lowest[i])
    )
    compare = [i for i in range(first, p) if _BETWEEN.search(layout.heads[i])]
    if any(others) and (compare != [c] or SPREAD.search(f"{layout.context(r)} {layout.told}")):
        return None, None  # of several it is of the one that compares the others
    return _p_at(layout, r, c, p), p
