"""Where between its printed limits an estimate must lie, by the scale the limits are made on.

A Wald interval reaches as far to either side on its own scale: g(S) is the mean of g(lower) and
g(upper). Two printed limits thus give back the estimate, whatever the standard error, and a printed
estimate that is another one rules the type out. "53% (37-76%)" is no plain interval, whose middle
would be 56.5%; on the log scale the middle is 53.0%.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from secondlook.intervals import IntervalType, check_interval
from secondlook.printed import Bounds

__all__ = ["middle", "middle_bounds"]

Scale = Callable[[float], float]
_SCALES: dict[str, tuple[Scale, Scale]] = {
    "plain": (lambda s: s, lambda g: g),
    "log": (math.log, math.exp),
    "log-log": (lambda s: math.log(-math.log(s)), lambda g: math.exp(-math.exp(g))),
    "logit": (lambda s: math.log(s / (1 - s)), lambda g: 1 / (1 + math.exp(-g))),
    "arcsine": (lambda s: math.asin(math.sqrt(s)), lambda g: math.sin(g) ** 2),
}


def middle(lower: float, upper: float, interval: IntervalType) -> float:
    """Return the survival probability that has these limits.

    Parameters
    ----------
    lower, upper
        Limits as fractions, between 0 and 1; at 0 or 1 a limit may have been cut off, and says
        nothing about the middle.
    interval
        One of `secondlook.intervals.INTERVAL_TYPES`.

    Raises
    ------
    ValueError
        If the type is unknown, or not 0 < lower <= upper < 1.

    Examples
    --------
    >>> round(middle(0.37, 0.76, "log"), 4), round(middle(0.37, 0.76, "plain"), 4)
    (0.5303, 0.565)
    """
    check_interval(interval, 0.95)
    if not 0 < lower <= upper < 1:
        raise ValueError(
            f"limits must lie between 0 and 1, the lower first, not {lower!r} and {upper!r}"
        )
    there, back = _SCALES[interval]
    return back((there(lower) + there(upper)) / 2)


def middle_bounds(lower: Bounds, upper: Bounds, interval: IntervalType) -> Bounds | None:
    """Return what the middle of printed limits may be.

    Parameters
    ----------
    lower, upper
        What each limit may have been before it was rounded, as fractions.
    interval
        As in `middle`.

    Returns
    -------
    Bounds or None
        None where nothing follows, because a limit may have been cut off at 0 or 1, or because
        the lower one is not below the upper one.
    """
    if not lower.lower > 0 or not upper.upper < 1 or lower.upper > upper.lower:
        return None
    ends = ((lower.lower, upper.lower), (lower.upper, upper.upper))
    low, high = (middle(float(below), float(above), interval) for below, above in ends)
    closed = (lower.lower_closed and upper.lower_closed, lower.upper_closed and upper.upper_closed)
    return Bounds(low, high, *closed)
