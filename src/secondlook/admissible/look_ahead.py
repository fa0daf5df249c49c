"""Which prefixes can still reach a printed S(t): a bound that never loses an admissible order.

Of the next m marks some d are deaths. S falls least, and Greenwood's sum grows least, if these are
the first d of the m, and most if they are the last d. If the box of reachable values misses what
is printed for every d (and every m that the numbers at risk allow), no continuation prints it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from secondlook.admissible.prefixes import Prefixes
from secondlook.admissible.problem import Problem, SurvivalTest, limits_of
from secondlook.intervals import IntervalType
from secondlook.observations import BoolArray, FloatArray
from secondlook.printed import Bounds

__all__ = ["within_reach"]

SLACK = 1e-9

# With Greenwood's sum fixed every upper limit rises with S. The lower limit of some types falls
# again beyond a height, which depends on z times the root of Greenwood's sum.
_HIGHEST_LOWER_LIMIT: dict[IntervalType, Callable[[FloatArray], FloatArray]] = {
    "plain": np.ones_like,
    "log": np.ones_like,
    "log-log": lambda reach: np.exp(-reach),
    "logit": lambda reach: 1 / (1 + reach),
    "arcsine": lambda reach: 1 - reach / 2,
}


def within_reach(problem: Problem, prefixes: Prefixes, gone: int, cell: int) -> BoolArray:
    """Say which prefixes may still print each S(t) that lies after this cell.

    Parameters
    ----------
    gone
        The number of marks in each prefix.
    cell
        The cell of their last mark.
    """
    kept = np.ones(len(prefixes), dtype=bool)
    for test in problem.tests:
        if test.after_cell < cell:
            continue
        fewest, most = problem.exits_before(test.after_cell)
        reached = np.zeros(len(prefixes), dtype=bool)
        for marks in range(max(fewest, gone) - gone, most - gone + 1):
            left = np.flatnonzero(kept & ~reached)
            if not len(left):
                break
            reached[left] = _reach_with(problem, test, prefixes.rows(left), gone, marks)
        kept &= reached
    return kept


def _reach_with(
    problem: Problem, test: SurvivalTest, prefixes: Prefixes, gone: int, marks: int
) -> BoolArray:
    at_risk = problem.n - gone
    numbers = np.arange(at_risk, at_risk - marks, -1, dtype=float)
    with np.errstate(divide="ignore"):
        falls, grows = np.log1p(-1 / numbers), 1 / (numbers - 1) - 1 / numbers
    reached = np.zeros(len(prefixes), dtype=bool)
    for deaths in range(marks + 1):
        first, last = slice(0, deaths), slice(marks - deaths, marks)
        high = prefixes.survival * np.exp(falls[first].sum())
        low = prefixes.survival * np.exp(falls[last].sum())
        near = prefixes.greenwood + grows[first].sum()
        far = prefixes.greenwood + grows[last].sum()
        reached |= _box_meets(problem, test, low, high, near, far)
    return reached


def _box_meets(
    problem: Problem,
    test: SurvivalTest,
    low: FloatArray,
    high: FloatArray,
    near: FloatArray,
    far: FloatArray,
) -> BoolArray:
    meets = np.ones(len(low), dtype=bool)
    if test.estimate is not None:
        meets &= _overlap(test.estimate, low, high)
    if test.lower is None or test.upper is None:
        return meets
    scale = problem.scale
    reach = scale.z * np.sqrt(near)
    peak = np.clip(_HIGHEST_LOWER_LIMIT[scale.kind](reach), low, high)
    lower_least = np.fmin(limits_of(low, far, scale)[0], limits_of(high, far, scale)[0])
    lower_most = limits_of(peak, near, scale)[0]
    upper_least, upper_most = limits_of(low, near, scale)[1], limits_of(high, far, scale)[1]
    # At S = 0 limits are missing; what bounds them there is 0 and 1.
    return (
        meets
        & _overlap(test.lower, np.where(low > 0, lower_least, 0), np.nan_to_num(lower_most, nan=1))
        & _overlap(test.upper, np.where(low > 0, upper_least, 0), np.nan_to_num(upper_most, nan=1))
    )


def _overlap(bounds: Bounds, low: FloatArray, high: FloatArray) -> BoolArray:
    with np.errstate(invalid="ignore"):
        meets: BoolArray = (100 * high >= float(bounds.lower) - SLACK) & (
            100 * low <= float(bounds.upper) + SLACK
        )
    return meets
