"""When a step function crosses a level, and what stands for a level stretch.

Programs disagree where a survival curve runs level at exactly the wanted height: R takes the
midpoint of the stretch, lifelines its left end, others the first time strictly below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from secondlook.observations import FloatArray

__all__ = ["Plateau", "Quantile", "crossing_time"]

Plateau = Literal["midpoint", "left", "right"]

_TOLERANCE = float(np.sqrt(np.finfo(float).eps))


@dataclass(frozen=True)
class Quantile:
    """A quantile of the survival time, in the unit of the times; NaN where it is not reached."""

    estimate: float
    lower: float
    upper: float


def crossing_time(time: FloatArray, curve: FloatArray, p: float, plateau: Plateau) -> float:
    """Return when a curve that starts at 1 comes down to 1 - p; NaN if it never does.

    The rule is that of R's ``quantile(survfit)``: heights within 1.5e-8 of 1 - p are on it.
    R's ``print(survfit)`` differs from it in two cases that are rare beyond small samples. Where
    a curve ends level at 1 - p it prints the left end of the stretch. And where an upper limit
    rises again after it fell below the level it prints the first time below, whereas
    ``quantile``, and this function, take the time of the highest limit below. (Asked for one p
    alone, ``quantile`` also misses a level that the curve ends on but for rounding error.)

    Parameters
    ----------
    time
        Shape (k,), ascending.
    curve
        Shape (k,), the height from each time on; NaN where it has none.
    p
        The depth to reach, between 0 and 1.
    plateau
        Which time stands for a level stretch at 1 - p.

    Raises
    ------
    ValueError
        If `plateau` is not one of the three.
    """
    if plateau not in get_args(Plateau):
        raise ValueError(f"plateau must be one of {', '.join(get_args(Plateau))}, not {plateau!r}")
    times = np.concatenate(([0.0], time))
    depths = np.concatenate(([0.0], 1 - curve))
    present = np.flatnonzero(~np.isnan(depths))
    ranked = present[np.argsort(depths[present], kind="stable")]

    def first_at_least(depth: float) -> float:
        at = np.searchsorted(depths[ranked], depth)
        return float(times[ranked[at]]) if at < len(ranked) else float("nan")

    reached = first_at_least(p - _TOLERANCE)
    passed = first_at_least(p + _TOLERANCE)
    if plateau == "left":
        return reached
    if plateau == "right":
        return passed
    if abs(depths[-1] - p) < _TOLERANCE:
        passed = float(time[-1])
    return (reached + passed) / 2
