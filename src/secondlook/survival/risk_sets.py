"""Who is at risk and who fails, at each time, in each state.

Every survival estimator of this package counts here. One row of data is an
interval (start, stop]: its patient enters after ``start`` and leaves at
``stop``, with the event or without. One who enters at an event time is
therefore not at risk for that event (as in R's survival and statsmodels;
lifelines counts such a patient). At equal times the event comes before the
censoring: whoever is censored at an event time was still at risk for it.

Times that differ by floating-point error only are one time (`secondlook.survival.tied_times`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs import (
    BoolArray,
    FloatArray,
    IntArray,
    Labels,
    check_entries,
    check_events,
    check_labels,
    check_times,
)
from secondlook.survival.tied_times import TIME_TOLERANCE, rank_rows


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

    One sort ranks all times; the rest is counting by rank. The number at risk is what has
    entered so far less what has left, O(n log n) in all.
    """
    if start is None and group is None and strata is None:
        counts = count_one_sample(stop, event)
        k = len(counts.time)
        at_risk, events, censored = (column.reshape(k, 1) for column in counts[1:4])
        return RiskSets(counts.time, at_risk, events, censored, (None,), _zeros(k))
    codes, groups = group if group is not None else (_zeros(len(stop)), (None,))
    stratum, labels = strata if strata is not None else (_zeros(len(stop)), (None,))
    exits, entries, times = rank_rows(stop, start)
    row_of_exit, row_of_entry, row_key = _number_rows(
        stratum * len(times) + exits, stratum * len(times) + entries, strata is None
    )
    shape = len(row_key), len(groups)

    def tabulate(rows: IntArray, columns: IntArray) -> IntArray:
        cells = np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1])
        return cells.reshape(shape)

    events = tabulate(row_of_exit[event], codes[event])
    leaving = tabulate(row_of_exit, codes)
    at_risk = tabulate(row_of_entry, codes)
    at_risk[1:] -= leaving[:-1]
    np.cumsum(at_risk, axis=0, out=at_risk)
    row_stratum, row_rank = np.divmod(row_key, len(times))
    return RiskSets(times[row_rank], at_risk, events, leaving - events, groups, row_stratum, labels)


def _number_rows(
    exit_key: IntArray, entry_key: IntArray, dense: bool
) -> tuple[IntArray, IntArray, IntArray]:
    """Give distinct exits their rows, in order of their keys, which run stratum by stratum.

    Returns the row of each exit, the first row after each entry, and the key of each row. An entry
    before all times of its stratum has the key before the stratum's first.
    """
    n = len(exit_key)
    keys = np.concatenate((exit_key, entry_key))
    if dense:
        distinct, place = np.arange(-1, keys.max() + 1), keys + 1
    else:
        distinct, place = np.unique(keys, return_inverse=True)
    is_exit = np.bincount(place[:n], minlength=len(distinct)) > 0
    rows_so_far = np.cumsum(is_exit, dtype=np.int64)
    row_key: IntArray = distinct[is_exit]
    return rows_so_far[place[:n]] - 1, rows_so_far[place[n:]], row_key


def _zeros(n: int) -> IntArray:
    return np.zeros(n, dtype=np.int64)


_ONE = np.uint64(1)


class OneSample(NamedTuple):
    """Columns of shape (k,), a row a distinct exit time, as in `RiskSets`.

    ``room``, of shape (3, k), holds nothing: it is memory for what `product_limit` computes.
    """

    time: FloatArray
    at_risk: IntArray
    events: IntArray
    censored: IntArray
    room: FloatArray


def count_one_sample(stop: FloatArray, event: BoolArray) -> OneSample:
    """Count who is at risk, fails and leaves, from checked times > 0 and events.

    Times that differ by floating-point error only are tied as in `secondlook.survival.tied_times`.
    """
    n = len(stop)
    scratch = np.empty((3, n))
    exits, gaps = scratch[0], scratch[2, 1:]
    keys, died = scratch[0].view(np.uint64), scratch[1].view(np.int64)
    np.left_shift(stop.view(np.uint64), _ONE, out=keys)
    keys |= event
    keys.sort()
    np.bitwise_and(keys, _ONE, out=died.view(np.uint64))
    keys >>= _ONE
    (firsts,) = _starts_of_times(exits, gaps).nonzero()
    rows = np.empty((7, len(firsts)))
    time, room = rows[0], rows[4:]
    at_risk, events, censored = rows[1:4].view(np.int64)
    exits.take(firsts, out=time, mode="clip")
    np.add.reduceat(died, firsts, out=events)
    np.subtract(n, firsts, out=at_risk)
    np.subtract(at_risk, events, out=censored)
    censored[:-1] -= at_risk[1:]
    return OneSample(time, at_risk, events, censored, room)


def _starts_of_times(exits: FloatArray, gaps: FloatArray) -> BoolArray:
    """Say of each sorted time whether it is another time than the one before; write the gaps."""
    np.subtract(exits[1:], exits[:-1], out=gaps)
    starts = np.empty(len(exits), dtype=bool)
    starts[0] = True
    # The mean distinct time, which scales the tolerance, is at most the last: mostly no gap lies
    # between the two tolerances, and the mean is not needed.
    np.greater(gaps, TIME_TOLERANCE * max(1.0, float(exits[-1])), out=starts[1:])
    distinct = 1 + int(np.count_nonzero(gaps))
    if np.count_nonzero(starts) < distinct:
        repeated = float(exits[1:][gaps == 0].sum()) if distinct < len(exits) else 0.0
        mean = (float(exits.sum()) - repeated) / distinct
        np.greater(gaps, TIME_TOLERANCE * max(1.0, mean), out=starts[1:])
    return starts
