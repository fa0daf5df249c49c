"""Which prefixes can still print the facts ahead: bounds that never lose an admissible order.

Of the next m marks some d are deaths. S falls least, and Greenwood's sum grows least, if these are
the first d of the m, and most if they are the last d. If the box of reachable values misses what
must hold for every d (and every m that the numbers at risk allow), no continuation prints it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.checkpoints import SLACK, Checkpoint, checkpoints
from secondlook.linked.places import Place
from secondlook.linked.prefixes import Prefixes
from secondlook.linked.problem import Problem, limits_of
from secondlook.printed import Bounds
from secondlook.survival import IntervalType

__all__ = ["within_reach"]

# Far ahead the boxes are wide: they are worth their cost for few prefixes only.
NEAR_MARKS, FEW_PREFIXES = 12, 2_000

# With Greenwood's sum fixed every upper limit rises with S. The lower limit of some types falls
# again beyond a height, which depends on z times the root of Greenwood's sum.
_HIGHEST_LOWER_LIMIT: dict[IntervalType, Callable[[FloatArray], FloatArray]] = {
    "plain": np.ones_like,
    "log": np.ones_like,
    "log-log": lambda reach: np.exp(-reach),
    "logit": lambda reach: 1 / (1 + reach),
    "arcsine": lambda reach: 1 - reach / 2,
}


def within_reach(problem: Problem, prefixes: Prefixes, gone: int, place: Place) -> BoolArray:
    """Say which prefixes may still meet every checkpoint ahead.

    Parameters
    ----------
    prefixes
        Prefixes at one place.
    gone
        The number of marks in each of them.
    """
    kept = np.ones(len(prefixes), dtype=bool)
    for point in checkpoints(problem, place):
        fewest, most = problem.exits_before(point.after_cell)
        fewest = gone if point.by else max(fewest, gone)
        most = min(most, problem.n - point.left)
        if fewest - gone > NEAR_MARKS and kept.sum() > FEW_PREFIXES:
            continue
        reached = np.zeros(len(prefixes), dtype=bool)
        for marks in range(fewest - gone, most - gone + 1):
            left = np.flatnonzero(kept & ~reached)
            if not len(left):
                break
            reached[left] = _reach_with(problem, point, prefixes.rows(left), gone, marks)
        kept &= reached
    return kept


def _reach_with(
    problem: Problem, point: Checkpoint, prefixes: Prefixes, gone: int, marks: int
) -> BoolArray:
    at_risk = problem.n - gone
    numbers = np.arange(at_risk, at_risk - marks, -1, dtype=float)
    with np.errstate(divide="ignore"):
        falls, grows = np.log1p(-1 / numbers), 1 / (numbers - 1) - 1 / numbers
    left = (at_risk - marks) / problem.n
    # The product of both curves is the share of patients left, as long as anybody is.
    least = left / float(point.followed.upper)
    most = left / float(point.followed.lower) if left and point.followed.lower else np.inf
    wanted = (max(float(point.survival.lower), least), min(float(point.survival.upper), most))
    reached = np.zeros(len(prefixes), dtype=bool)
    if wanted[0] > wanted[1] + 2 * SLACK:
        return reached
    for deaths in range(marks + 1):
        first, last = slice(0, deaths), slice(marks - deaths, marks)
        high = prefixes.survival * np.exp(falls[first].sum())
        low = prefixes.survival * np.exp(falls[last].sum())
        open_ = (high >= wanted[0] - SLACK) & (low <= wanted[1] + SLACK) & ~reached
        rows = np.flatnonzero(open_)
        if len(rows):
            near = prefixes.greenwood[rows] + grows[first].sum()
            far = prefixes.greenwood[rows] + grows[last].sum()
            low, high = np.maximum(low[rows], wanted[0] - SLACK), high[rows]
            high = np.minimum(high, wanted[1] + SLACK)
            reached[rows] = _limits_meet(problem, point, np.maximum(low, 0), high, near, far)
    return reached


def _limits_meet(
    problem: Problem,
    point: Checkpoint,
    low: FloatArray,
    high: FloatArray,
    near: FloatArray,
    far: FloatArray,
) -> BoolArray:
    scale = problem.scale
    peak = np.clip(_HIGHEST_LOWER_LIMIT[scale.kind](scale.z * np.sqrt(near)), low, high)
    lower_least = np.fmin(limits_of(low, far, scale)[0], limits_of(high, far, scale)[0])
    lower_most = limits_of(peak, near, scale)[0]
    upper_least, upper_most = limits_of(low, near, scale)[1], limits_of(high, far, scale)[1]
    # At S = 0 limits are missing; what bounds them there is 0 and 1.
    return _overlap(
        point.lower, np.where(low > 0, lower_least, 0), np.nan_to_num(lower_most, nan=1)
    ) & _overlap(point.upper, np.where(low > 0, upper_least, 0), np.nan_to_num(upper_most, nan=1))


def _overlap(bounds: Bounds, low: FloatArray, high: FloatArray) -> BoolArray:
    low, high = np.nan_to_num(low, nan=0.0), np.nan_to_num(high, nan=1.0)
    meets: BoolArray = (high >= float(bounds.lower) - SLACK) & (low <= float(bounds.upper) + SLACK)
    return meets
