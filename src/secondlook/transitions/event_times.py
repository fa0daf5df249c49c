"""Risk sets at the event times only: all that a test needs, counted by sorting alone.

Sorting plain numbers is several times faster than sorting them with what belongs to them. At risk
in a state just before t are those who entered it before t, less those who left it before t; both
numbers are positions of t in a sorted array.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from secondlook.observations import BoolArray, FloatArray, IntArray, Labels
from secondlook.risksets import RiskSets
from secondlook.tied_times import find_near_ties, starts_of_runs, tie_near_times


@dataclass(frozen=True, eq=False)
class EventCounts:
    """At each event time of each stratum: at risk and deaths by state.

    Attributes
    ----------
    time, stratum
        Shape (k,), the event times and the index of their stratum in `strata`.
    at_risk, events
        Shape (k, g).
    states, strata
        The labels.
    """

    time: FloatArray
    stratum: IntArray
    at_risk: IntArray
    events: IntArray
    states: tuple[Hashable, ...]
    strata: tuple[Hashable, ...] = (None,)


def at_event_times(sets: RiskSets) -> EventCounts:
    """Leave out the times at which nobody has the event."""
    died = sets.events.any(axis=1)
    return EventCounts(
        sets.time[died],
        sets.stratum[died],
        sets.at_risk[died],
        sets.events[died],
        sets.groups,
        sets.strata,
    )


def count_at_events(
    start: FloatArray, stop: FloatArray, event: BoolArray, state: Labels
) -> EventCounts:
    """Count for one stratum.

    Parameters
    ----------
    start, stop, event
        Shape (n,), checked rows.
    state
        Codes, shape (n,), and the labels that they stand for.

    Returns
    -------
    EventCounts
        The same numbers as ``count_risk_sets`` has at these times.
    """
    codes, states = state
    in_state = [codes == code for code in range(len(states))]
    entered = [start[own] for own in in_state]
    left = [stop[own] for own in in_state]
    died = [stop[own & event] for own in in_state]
    for part in (*entered, *left, *died):
        part.sort()
    axis = np.concatenate(entered + left)
    axis.sort()
    ties = find_near_ties(axis)
    if ties is not None:
        if ties.may_meet(start, stop):
            tie_near_times(stop, start)  # which refuses rows that begin where they end
        entered, left, died = ([ties.move(each) for each in part] for part in (entered, left, died))
    time = np.concatenate(died)
    time.sort()
    time = time[starts_of_runs(time)] if len(time) else time
    at_risk = np.empty((len(states), len(time)), dtype=np.int64)
    events = np.empty_like(at_risk)
    for code, deaths in enumerate(died):
        before = entered[code].searchsorted(time), left[code].searchsorted(time)
        np.subtract(*before, out=at_risk[code])
        events[code] = np.bincount(time.searchsorted(deaths), minlength=len(time))
    stratum = np.zeros(len(time), dtype=np.int64)
    # Transposed, the columns stay contiguous, which the sums over states like.
    return EventCounts(time, stratum, at_risk.T, events.T, states)
