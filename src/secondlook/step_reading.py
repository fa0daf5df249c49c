"""Read a survival curve at any times: the last step before each, and who was at risk for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.observations import FloatArray, IntArray, name_positions
from secondlook.tied_times import tolerance_of_ties

if TYPE_CHECKING:
    from secondlook.survival_curve import SurvivalCurve

__all__ = ["read_steps"]


def read_steps(curve: SurvivalCurve, times: ArrayLike) -> dict[str, NDArray[Any]]:
    """Return the columns of `SurvivalCurve.table` at given times, in the order given.

    Parameters
    ----------
    curve
        The curve, right-continuous.
    times
        One time or several, >= 0; within floating-point error of an exit time they are that time.

    Raises
    ------
    ValueError
        Naming the positions of missing or negative times.
    """
    asked = np.atleast_1d(np.asarray(times, dtype=np.float64))
    if asked.ndim != 1:
        raise ValueError(f"times must have one dimension, not the shape {asked.shape}")
    wrong = ~(asked >= 0)
    if wrong.any():
        raise ValueError(f"times is missing or negative at {name_positions(wrong)}")
    on_axis = _snap(asked, curve.time)
    passed = np.searchsorted(curve.time, on_axis, side="right")
    last = np.maximum(passed - 1, 0)

    def step(values: FloatArray, at_start: float) -> FloatArray:
        return np.where(passed == 0, at_start, values[last])

    return {
        "time": asked,
        "at_risk": _at_risk_before(curve, on_axis),
        "events": _since_previous(on_axis, curve.events, passed),
        "censored": _since_previous(on_axis, curve.censored, passed),
        "survival": step(curve.survival, 1.0),
        "std_error": step(curve.std_error, 0.0),
        "lower": step(curve.lower, 1.0),
        "upper": step(curve.upper, 1.0),
    }


def _snap(asked: FloatArray, time: FloatArray) -> FloatArray:
    """Replace times within floating-point error of an exit time by the nearest exit time."""
    after = np.minimum(np.searchsorted(time, asked), len(time) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(asked - time[before] < time[after] - asked, time[before], time[after])
    return np.where(np.abs(nearest - asked) <= tolerance_of_ties(time), nearest, asked)


def _at_risk_before(curve: SurvivalCurve, asked: FloatArray) -> IntArray:
    """Count who is under observation just before each time; at 0, who entered at 0."""
    exited = np.searchsorted(curve.time, asked, side="left")
    if curve.entries is None:
        return np.append(curve.at_risk, 0)[exited]
    slack = tolerance_of_ties(curve.time)
    entered = np.searchsorted(curve.entries, asked - slack, side="left")
    at_zero = np.searchsorted(curve.entries, slack, side="right")
    leaving = np.concatenate(([0], np.cumsum(curve.events + curve.censored)))
    return np.where(asked <= slack, at_zero, entered) - leaving[exited]


def _since_previous(asked: FloatArray, counts: IntArray, passed: IntArray) -> IntArray:
    so_far = np.concatenate(([0], np.cumsum(counts)))[passed]
    order = np.argsort(asked, kind="stable")
    since = np.empty_like(so_far)
    since[order] = np.diff(so_far[order], prepend=0)
    return since
