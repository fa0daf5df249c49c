"""Times that differ by floating-point error only are one time.

0.1 + 0.2 and 0.3 are the same month, and whether a death at the one is tied with a censoring
at the other changes the number at risk. The rule is that of R's survival (``timefix``): neighbours
on the sorted axis of all times, starts included, are tied if they lie within `TIME_TOLERANCE` of
each other, absolutely or relative to the mean distinct time, and tied times take the value of
the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook.inputs import BoolArray, FloatArray, IntArray, name_positions

TIME_TOLERANCE = float(np.sqrt(np.finfo(float).eps))


@dataclass(frozen=True, eq=False)
class NearTies:
    """Times that floating-point error sets apart from a time before them.

    Attributes
    ----------
    moved
        Shape (m,), those times, ascending.
    targets
        Shape (m,), the time that each of them is.
    """

    moved: FloatArray
    targets: FloatArray

    def move(self, times: FloatArray) -> FloatArray:
        """Put times where they belong; the order of sorted times stays."""
        position = np.minimum(self.moved.searchsorted(times), len(self.moved) - 1)
        return np.where(self.moved[position] == times, self.targets[position], times)

    def may_meet(self, start: FloatArray, stop: FloatArray) -> bool:
        """Say whether some row might begin and end at one time; if not, none does."""
        return bool((stop - start).min() <= (self.moved - self.targets).max())


def find_near_ties(axis: FloatArray) -> NearTies | None:
    """Find near ties among times, sorted and perhaps repeated; None if there are none."""
    axis = axis[starts_of_runs(axis)]
    near = near_ties(axis)
    if not near.any():
        return None
    kept = axis[np.concatenate(([True], ~near))]
    moved = axis[1:][near]
    return NearTies(moved, kept[kept.searchsorted(moved) - 1])


def tie_near_times(
    stop: FloatArray, start: FloatArray | None = None
) -> tuple[FloatArray, FloatArray | None]:
    """Give times that differ by floating-point error only the value of the first of them.

    Raises
    ------
    ValueError
        Naming the positions of rows that thereby end where they begin.

    References
    ----------
    Therneau, survival package for R, vignette "Roundoff error and tied times".
    """
    ties = find_near_ties(np.sort(stop if start is None else np.concatenate((start, stop))))
    if ties is None:
        return stop, start
    tied_stop = ties.move(stop)
    if start is None:
        return tied_stop, None
    tied_start = ties.move(start)
    _refuse_no_length(tied_start == tied_stop)
    return tied_stop, tied_start


def near_ties(distinct: FloatArray) -> BoolArray:
    """Say of each step between sorted distinct times whether it is floating-point error."""
    return np.diff(distinct) <= tolerance_of_ties(distinct)


def tolerance_of_ties(distinct: FloatArray) -> float:
    """Return how far apart two neighbouring times may lie and still be one."""
    return TIME_TOLERANCE * max(1.0, float(distinct.mean()))


def starts_of_runs(ascending: FloatArray) -> BoolArray:
    """Say of each element of a sorted array whether it is the first of its value."""
    first = np.empty(len(ascending), dtype=bool)
    first[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return first


def rank_rows(
    stop: FloatArray, start: FloatArray | None = None
) -> tuple[IntArray, IntArray, FloatArray]:
    """Rank the ends and the beginnings of rows on one axis of distinct times.

    Returns
    -------
    exits, entries
        Shape (n,), the indices of each row's end and beginning among the times; entries are -1
        where rows begin before all times because no start was given.
    times
        The distinct times, ascending, near ties counted as one.

    Raises
    ------
    ValueError
        As `tie_near_times` does.
    """
    n = len(stop)
    axis = stop if start is None else np.concatenate((stop, start))
    order = np.argsort(axis)
    ascending = axis[order]
    distinct = ascending[starts_of_runs(ascending)]
    first = np.diff(ascending, prepend=-np.inf) > tolerance_of_ties(distinct)
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
