"""What printed limits of a survival probability say: their type, and the estimate between them.

A Wald interval reaches as far to either side on its own scale: g(S) is the mean of g(lower) and
g(upper). Two printed limits thus give back the estimate, whatever the standard error, and a printed
estimate that is another one rules the type out. "53% (37-76%)" is no plain interval, whose middle
would be 56.5%; on the log scale the middle is 53.0%.
"""

from __future__ import annotations

import math

import numpy as np

from secondlook.inputs import choice, instance_of, number
from secondlook.printed import Bounds, admits
from secondlook.survival.intervals import INTERVAL_TYPES, SCALES, IntervalType, wald_limits
from secondlook.survival.kaplan_meier import SurvivalCurve


def middle(lower: float, upper: float, interval: IntervalType) -> float:
    """Return the survival probability that has these limits.

    Parameters
    ----------
    lower, upper
        Limits as fractions, between 0 and 1; at 0 or 1 a limit may have been cut off, and says
        nothing about the middle.
    interval
        One of `INTERVAL_TYPES`.

    Examples
    --------
    >>> round(middle(0.37, 0.76, "log"), 4), round(middle(0.37, 0.76, "plain"), 4)
    (0.5303, 0.565)
    """
    scale = SCALES[choice(interval, "interval", INTERVAL_TYPES)]
    ends = np.array([number(end, "a limit", above=0, below=1) for end in (lower, upper)])
    if lower > upper:
        raise ValueError(f"the lower limit is {lower!r} and the upper {upper!r}; swap them")
    return float(scale.back(scale.of(ends).mean()))


def middle_bounds(lower: Bounds, upper: Bounds, interval: IntervalType) -> Bounds | None:
    """Return what the `middle` of limits may be that were rounded from values within bounds.

    All are fractions. None where nothing follows, because a limit may have been cut off at 0 or 1,
    or because the lower one is not below the upper one.
    """
    instance_of(lower, Bounds, "lower")
    instance_of(upper, Bounds, "upper")
    if not lower.lower > 0 or not upper.upper < 1 or lower.upper > upper.lower:
        return None
    ends = ((lower.lower, upper.lower), (lower.upper, upper.upper))
    low, high = (middle(float(below), float(above), interval) for below, above in ends)
    closed = (lower.lower_closed and upper.lower_closed, lower.upper_closed and upper.upper_closed)
    return Bounds(low, high, *closed)


def identify_interval_type(
    curve: SurvivalCurve, time: float, lower: str, upper: str
) -> list[IntervalType]:
    """Return the types of interval that print these limits of S(time), none or several.

    Both limits print so when rounded, or both when cut.

    Parameters
    ----------
    curve
        The re-derived curve; its own type of interval does not matter, its level does.
    time
        When, in the curve's unit.
    lower, upper
        The printed limits, as percents, text as printed.

    Examples
    --------
    >>> from secondlook.survival.kaplan_meier import kaplan_meier
    >>> curve = kaplan_meier(range(1, 11), [1] * 10)
    >>> identify_interval_type(curve, 5, "26.9", "92.9")
    ['log']
    """
    instance_of(curve, SurvivalCurve, "curve")
    row = curve.at(number(time, "time", least=0))
    survival, std_error = row["survival"].to_numpy(), row["std_error"].to_numpy()
    low, high = admits(lower), admits(upper)

    def prints(interval: IntervalType) -> bool:
        below, above = (
            100 * float(limit[0])
            for limit in wald_limits(survival, std_error, interval=interval, level=curve.level)
        )
        rounded = _holds(low.rounded, below) and _holds(high.rounded, above)
        return rounded or (_holds(low.truncated, below) and _holds(high.truncated, above))

    return [interval for interval in INTERVAL_TYPES if prints(interval)]


def _holds(bounds: Bounds, value: float) -> bool:
    return not math.isnan(value) and value in bounds
