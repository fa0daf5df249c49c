"""Times that differ by floating-point error only are one time.

0.1 + 0.2 and 0.3 are the same month, and whether a death at the one is tied with a censoring
at the other changes the number at risk. Neighbours on the sorted axis of all times, starts
included, are tied if they lie within `TIME_TOLERANCE` of the later of them, and tied times take the
value of the first of them. The rule knows no unit: times in seconds or in centuries tie alike.

It is the rule of R's survival (``timefix``; Therneau's vignette "Roundoff error and tied times")
but for its scale, which there is one unit or the mean
time: times in units of 10^8 are all tied there, and so are the times beside one that is 10^9.
"""

from __future__ import annotations

import numpy as np

from secondlook.inputs import BoolArray, FloatArray, IntArray, name_positions

TIME_TOLERANCE = float(np.sqrt(np.finfo(float).eps))
"""Relative to the later of two times."""

CANCELLATION = 8 * float(np.finfo(float).eps)
"""Relative to the last time: what is left of 0.1 + 0.2 - 0.3 is no time after zero."""


def same_time(one: FloatArray | float, other: FloatArray | float, longest: float) -> BoolArray:
    """Return which times are equal but for floating-point error, of the arrays' common shape."""
    reach = np.maximum(TIME_TOLERANCE * np.maximum(one, other), CANCELLATION * longest)
    equal: BoolArray = np.abs(np.subtract(one, other)) <= reach
    return equal


def starts_of_times(ascending: FloatArray) -> BoolArray:
    """Return of each sorted time whether it is another time than the one before."""
    reach = ascending[1:] * TIME_TOLERANCE
    np.maximum(reach, CANCELLATION * ascending[-1], out=reach)
    starts = np.empty(len(ascending), dtype=bool)
    starts[0] = True
    np.greater(ascending[1:] - ascending[:-1], reach, out=starts[1:])
    return starts


def snap_to_axis(times: FloatArray, axis: FloatArray) -> FloatArray:
    """Return times with those within floating-point error of a time of the sorted axis put on it.

    What is missing stays missing.
    """
    after = np.minimum(np.searchsorted(axis, times), len(axis) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(times - axis[before] < axis[after] - times, axis[before], axis[after])
    return np.where(same_time(nearest, times, axis[-1]), nearest, times)


def distinct_times(times: FloatArray) -> FloatArray:
    """Return the distinct times, ascending; near ties are the first of them."""
    ascending = np.sort(times)
    return ascending[starts_of_times(ascending)]


def put_on(axis: FloatArray, times: FloatArray) -> FloatArray:
    """Return each time as the one of `distinct_times` that it is."""
    return axis[axis.searchsorted(times, side="right") - 1]


def tie_near_times(stop: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the times of rows, stop and start, with near ties at the first of them.

    Rows that thereby end where they begin are refused by position.
    """
    ascending = np.sort(np.concatenate((start, stop)))
    first = starts_of_times(ascending)
    if np.count_nonzero(first) == 1 + np.count_nonzero(ascending[1:] != ascending[:-1]):
        return stop, start
    axis = ascending[first]
    tied = put_on(axis, stop), put_on(axis, start)
    _refuse_no_length(np.equal(*tied))
    return tied


def rank_rows(
    stop: FloatArray, start: FloatArray | None = None
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the ranks of the ends and of the beginnings of rows among all times, and the times.

    Near ties are one time. Without starts all rows begin before all times, at rank -1.
    """
    n = len(stop)
    axis = stop if start is None else np.concatenate((stop, start))
    order = np.argsort(axis)
    ascending = axis[order]
    first = starts_of_times(ascending)
    ranks = np.empty(len(axis), dtype=np.int64)
    ranks[order] = np.cumsum(first) - 1
    if start is None:
        return ranks, np.full(n, -1), ascending[first]
    _refuse_no_length(ranks[:n] == ranks[n:])
    return ranks[:n], ranks[n:], ascending[first]


def _refuse_no_length(wrong: BoolArray) -> None:
    if wrong.any():
        raise ValueError(
            f"rows at {name_positions(wrong)} begin and end at times that differ by floating-point "
            "error only; drop these rows, or move them by a stated rule"
        )
