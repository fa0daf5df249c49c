"""Which type of confidence interval a paper printed, told from its limits."""

from __future__ import annotations

import math

from secondlook.intervals import INTERVAL_TYPES, IntervalType, limits
from secondlook.printed import Bounds, admits
from secondlook.survival_curve import SurvivalCurve

__all__ = ["identify_interval_type"]


def identify_interval_type(
    curve: SurvivalCurve, time: float, lower: str, upper: str
) -> list[IntervalType]:
    """Say which types of interval print these limits of S(time).

    Parameters
    ----------
    curve
        The re-derived curve; its own type of interval does not matter, its level does.
    time
        When, in the curve's unit.
    lower, upper
        The printed limits, as percents, text as printed.

    Returns
    -------
    list of str
        The types whose two limits both print so when rounded, or both when cut; often several,
        and none where no type does.

    Examples
    --------
    >>> from secondlook.kaplan_meier import kaplan_meier
    >>> curve = kaplan_meier(range(1, 11), [1] * 10)
    >>> identify_interval_type(curve, 5, "26.9", "92.9")
    ['log']
    """
    row = curve.at(time)
    survival, std_error = row["survival"].to_numpy(), row["std_error"].to_numpy()
    low, high = admits(lower), admits(upper)

    def prints(interval: IntervalType) -> bool:
        below, above = (
            100 * float(limit[0])
            for limit in limits(survival, std_error, interval=interval, level=curve.level)
        )
        rounded = _holds(low.rounded, below) and _holds(high.rounded, above)
        return rounded or (_holds(low.truncated, below) and _holds(high.truncated, above))

    return [interval for interval in INTERVAL_TYPES if prints(interval)]


def _holds(bounds: Bounds, value: float) -> bool:
    return not math.isnan(value) and value in bounds
