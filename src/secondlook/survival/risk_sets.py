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

from secondlook import inputs
from secondlook.inputs import BoolArray, FloatArray, IntArray, Labels
from secondlook.survival.tied_times import rank_rows, starts_of_times

LARGEST_TABLE = 20_000_000
"""Risk sets, a time and a group each, that are worth their memory (480 MB)."""


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Counts at each distinct exit time of each stratum; read-only arrays.

    Attributes
    ----------
    time
        Shape (k,), the exit times, ascending within a stratum, in the caller's unit.
    at_risk, events, censored
        Shape (k, g), a column a group: rows with start < time <= stop, and those that leave at this
        time with the event and without it. A change of state counts as censored: that row ends and
        the next one begins.
    groups, strata
        The labels, ascending (a categorical keeps the order of its categories); ``(None,)`` when
        none were given.
    stratum
        Shape (k,), the index into `strata`.
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
    inputs.refuse_other_rows(stop=stop, event=event, start=start, group=group, strata=strata)
    stops = inputs.check_times(stop, "stop")
    events = inputs.check_events(event, "event", stops, "stop")
    return count_risk_sets(
        stops,
        events,
        start=None if start is None else inputs.check_entries(start, "start", stops, "stop"),
        group=None if group is None else inputs.check_labels(group, "group", stops, "stop"),
        strata=None if strata is None else inputs.check_labels(strata, "strata", stops, "stop"),
    )


def count_risk_sets(
    stop: FloatArray,
    event: BoolArray,
    *,
    start: FloatArray | None = None,
    group: Labels | None = None,
    strata: Labels | None = None,
) -> RiskSets:
    """Return what `risk_sets` does, of arrays that are already checked.

    The number at risk is what has entered so far less what has left, O(n log n) in all.
    """
    n = len(stop)
    if start is None and group is None and strata is None:
        time, *counts = count_one_sample(stop, event)
        at_risk, events, censored = (column.reshape(-1, 1) for column in counts)
        no_strata = np.zeros(len(time), dtype=np.int64)
        return RiskSets(time, at_risk, events, censored, (None,), no_strata)
    codes, groups = group if group is not None else (np.zeros(n, dtype=np.int64), (None,))
    stratum, labels = strata if strata is not None else (np.zeros(n, dtype=np.int64), (None,))
    exits, entries, times = rank_rows(stop, start)
    # A row of the result is a stratum and a time at which one of its own leaves.
    before = stratum * len(times)
    row_key = np.unique(before + exits)
    k, g = len(row_key), len(groups)
    if k * g > LARGEST_TABLE:
        raise ValueError(
            f"{g:,} groups at {k:,} times make {k * g:,} risk sets, more than {LARGEST_TABLE:,}; "
            "merge groups, or compare them within strata"
        )

    def tabulate(ranks: IntArray, chosen: BoolArray | slice = slice(None)) -> IntArray:
        rows = row_key.searchsorted((before + ranks)[chosen], side="right")
        return np.bincount(rows * g + codes[chosen], minlength=(k + 1) * g).reshape(-1, g)

    leaving = tabulate(exits)[1:]
    events = tabulate(exits, event)[1:]
    at_risk = tabulate(entries)[:-1]
    at_risk[1:] -= leaving[:-1]
    np.cumsum(at_risk, axis=0, out=at_risk)
    of_stratum, rank = np.divmod(row_key, len(times))
    return RiskSets(times[rank], at_risk, events, leaving - events, groups, of_stratum, labels)


class OneSample(NamedTuple):
    """Columns of shape (k,), a row a distinct exit time, as in `RiskSets`."""

    time: FloatArray
    at_risk: IntArray
    events: IntArray
    censored: IntArray


def count_one_sample(stop: FloatArray, event: BoolArray) -> OneSample:
    """Return the counts of one group that is followed from 0, from checked times > 0 and events.

    A positive double orders as its bits do, and its sign bit is free. Shifted left by one, the bits
    leave room for the event, so that sorting these integers sorts times and events together,
    without the indirection of an argsort, which is several times slower.
    """
    keys = stop.view(np.uint64) << np.uint64(1)
    keys |= event
    keys.sort()
    died = keys & np.uint64(1)
    keys >>= np.uint64(1)
    exits = keys.view(np.float64)
    (first,) = starts_of_times(exits).nonzero()
    events = np.add.reduceat(died.view(np.int64), first)
    at_risk = len(stop) - first
    censored = at_risk - events
    censored[:-1] -= at_risk[1:]
    return OneSample(exits[first], at_risk, events, censored)
