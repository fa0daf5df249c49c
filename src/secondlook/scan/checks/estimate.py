"""An estimate and its limits as printed: on which scale it is in the middle, which P they give."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import amount
from secondlook.scan.checks.mean import ends
from secondlook.scan.checks.p_apart import standard_errors_apart

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
EXACTLY = 0.1
"""Standard errors that a P may be off where those of others are not."""
NEARLY_ALL = 0.75
"""The part of some P that limits must give to be theirs."""
FEWEST_P, WIDE = 4, 0.2
"""P that must follow from limits for a column of P to be theirs; of no wider range than this."""
AS_LESS = re.compile(r"0?\.00+1?")
"""A P as .001 or .000 that may stand for all that is less."""
FEWEST_DF = 10
"""Degrees of freedom that a t distribution behind the limits of a difference may have."""


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

    @property
    def named(self) -> bool:
        """Whether it is a ratio or a difference."""
        return self.scale in SCALES

    @property
    def turned(self) -> Estimate:
        """The same with the other sign."""
        return replace(self, value=_opposite(self.value))

    @property
    def slip(self) -> str:
        """Say with which one sign more or less it is in the middle of its limits."""
        for i, text in enumerate(self.texts):
            turned = _opposite(text)
            read = self.printed(*self.texts[:i], turned, *self.texts[i + 1 :])
            even = read.skew is not None and read.skew < 0.05  # a ratio with a sign has no middle
            if amount(read.low) < amount(read.high) and read.inside and even:
                return f"; in the middle if {text} is {turned}"
        return ""

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
        if on is None or not (below or self.named):
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
        return standard_errors_apart(self.p, given)


def _opposite(text: str) -> str:
    """Return a number with the other sign."""
    return f"-{text}".removeprefix("--")


def theirs(off: list[float | None], least: float = NEARLY_ALL) -> bool:
    """Whether P are those of numbers from which so many standard errors part them."""
    told = [each for each in off if each is not None]
    return sum(each < EXACTLY for each in told) >= max(FEWEST_P, least * len(told))
