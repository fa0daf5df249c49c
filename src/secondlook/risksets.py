"""Who is at risk and who fails, at each time, in each state.

Every survival estimator of this package counts here. One row of data is an
interval (start, stop]: its patient enters after ``start`` and leaves at
``stop``, with the event or without. One who enters at an event time is
therefore not at risk for that event (as in R's survival and statsmodels;
lifelines counts such a patient). At equal times the event comes before the
censoring: whoever is censored at an event time was still at risk for it.

Times that differ by floating-point error only are one time (`secondlook.tied_times`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from secondlook.observations import (
    BoolArray,
    FloatArray,
    IntArray,
    Labels,
    check_entries,
    check_events,
    check_labels,
    check_times,
)
from secondlook.one_sample import count_one_sample
from secondlook.tied_times import starts_of_runs, tie_near_times

__all__ = ["RiskSets", "count_risk_sets", "risk_sets"]


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Counts at each distinct exit time of each stratum; read-only arrays.

    Attributes
    ----------
    time
        Shape (k,), the exit times, ascending within a stratum, in the caller's unit.
    at_risk
        Shape (k, g), rows with start < time <= stop, a column a group.
    events
        Shape (k, g), rows that leave at this time with the event.
    censored
        Shape (k, g), rows that leave at this time without it. A change of state
        counts here too: that row ends and the next one begins.
    groups
        The g labels, ascending (a categorical keeps the order of its categories);
        ``(None,)`` when no group was given.
    stratum
        Shape (k,), the index into ``strata``; zeros when there are none.
    strata
        The labels of the strata, ascending; ``(None,)`` when none were given.
    """

    time: FloatArray
    at_risk: IntArray
    events: IntArray
    censored: IntArray
    groups: tuple[Hashable, ...]
    stratum: IntArray
    strata: tuple[Hashable, ...] = (None,)

    def __post_init__(self) -> None:
        for counts in (self.time, self.at_risk, self.events, self.censored, self.stratum):
            counts.setflags(write=False)


def risk_sets(
    stop: ArrayLike,
    event: ArrayLike,
    *,
    start: ArrayLike | None = None,
    group: ArrayLike | None = None,
    strata: ArrayLike | None = None,
) -> RiskSets:
    """Count who is at risk, who fails and who leaves at each distinct exit time.

    Parameters
    ----------
    stop
        Shape (n,), when each row ends, > 0, in the caller's time unit.
    event
        Shape (n,), boolean or 0/1: whether it ends with the event.
    start
        Shape (n,), when each row begins, >= 0 and < stop. None means 0.
    group
        Shape (n,), labels of the groups or of the states that are compared.
    strata
        Shape (n,), labels of the strata: no risk set crosses them.

    Returns
    -------
    RiskSets
        One row a distinct exit time of a stratum, one column a group.

    Raises
    ------
    ValueError
        Naming the positions (counted from 0), if a time is missing, infinite,
        negative, or zero at the end of a row; if a row has no length; if an event is
        neither boolean nor 0/1; if a label is missing; or if lengths differ.

    References
    ----------
    Andersen, Borgan, Gill & Keiding (1993), Statistical Models Based on Counting
    Processes, Springer, section III.2 (at-risk process under left truncation).

    Examples
    --------
    >>> sets = risk_sets([2, 3, 3], [1, 1, 0])
    >>> sets.at_risk[:, 0].tolist(), sets.censored[:, 0].tolist()
    ([3, 2], [0, 1])
    """
    stops = check_times(stop, "stop")
    events = check_events(event, "event", stops, "stop")
    return count_risk_sets(
        stops,
        events,
        start=None if start is None else check_entries(start, "start", stops, "stop"),
        group=None if group is None else check_labels(group, "group", stops, "stop"),
        strata=None if strata is None else check_labels(strata, "strata", stops, "stop"),
    )


def count_risk_sets(
    stop: FloatArray,
    event: BoolArray,
    *,
    start: FloatArray | None = None,
    group: Labels | None = None,
    strata: Labels | None = None,
) -> RiskSets:
    """Count as `risk_sets` does, on arrays that are already checked.

    One sort of the exit times; entries find their first risk set by bisection. The
    number at risk is what has entered so far less what has left, O(n log n) in all.
    """
    if start is None and group is None and strata is None:
        counts = count_one_sample(stop, event)
        k = len(counts.time)
        at_risk, events, censored = (column.reshape(k, 1) for column in counts[1:])
        return RiskSets(counts.time, at_risk, events, censored, (None,), _zeros(k))
    stop, start = tie_near_times(stop, start)
    codes, groups = group if group is not None else (_zeros(len(stop)), (None,))
    stratum, labels = strata if strata is not None else (_zeros(len(stop)), (None,))

    order = np.argsort(stop) if strata is None else np.lexsort((stop, stratum))
    exits, in_stratum = stop[order], stratum[order]
    first = starts_of_runs(exits)
    first[1:] |= in_stratum[1:] != in_stratum[:-1]
    row_of_exit = np.cumsum(first) - 1
    time, row_stratum = exits[first], in_stratum[first]
    shape = len(time), len(groups)

    def tabulate(rows: IntArray, columns: IntArray) -> IntArray:
        cells = np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1])
        return cells.reshape(shape)

    died = event[order]
    group_of_exit = codes[order]
    events = tabulate(row_of_exit[died], group_of_exit[died])
    leaving = tabulate(row_of_exit, group_of_exit)
    entering = tabulate(_row_of_entry(time, row_stratum, start, stratum), codes)
    at_risk = np.cumsum(entering, axis=0) - np.cumsum(leaving, axis=0) + leaving
    return RiskSets(time, at_risk, events, leaving - events, groups, row_stratum, labels)


def _row_of_entry(
    time: FloatArray, row_stratum: IntArray, start: FloatArray | None, stratum: IntArray
) -> IntArray:
    """Find each row's first risk set: the first exit time of its stratum after its start."""
    if start is None:
        return np.searchsorted(row_stratum, stratum)
    if row_stratum[-1] == 0:
        return np.searchsorted(time, start, side="right")
    distinct = np.unique(time)
    rank = np.searchsorted(distinct, time)
    first_rank = np.searchsorted(distinct, start, side="right")
    ranks = len(distinct) + 1
    return np.searchsorted(row_stratum * ranks + rank, stratum * ranks + first_rank)


def _zeros(n: int) -> IntArray:
    return np.zeros(n, dtype=np.int64)
