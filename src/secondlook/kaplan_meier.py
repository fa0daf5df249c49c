"""Kaplan-Meier: the product limit of survival, and follow-up as its mirror image.

This is the door to everything about one survival curve: estimation, limits, quantiles, restricted
mean, log-rank comparison, and finding out which type of interval a paper printed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from secondlook.interval_type import identify_interval_type
from secondlook.intervals import INTERVAL_TYPES, IntervalType
from secondlook.log_rank import LogRank, log_rank
from secondlook.observations import check_entries, check_events, check_times
from secondlook.one_sample import count_one_sample
from secondlook.quantiles import Plateau, Quantile
from secondlook.restricted_mean import RestrictedMean
from secondlook.risksets import count_risk_sets
from secondlook.survival_curve import SurvivalCurve, product_limit

__all__ = [
    "INTERVAL_TYPES",
    "IntervalType",
    "LogRank",
    "Plateau",
    "Quantile",
    "RestrictedMean",
    "SurvivalCurve",
    "follow_up",
    "identify_interval_type",
    "kaplan_meier",
    "log_rank",
    "product_limit",
]


def kaplan_meier(
    durations: ArrayLike,
    events: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    interval: IntervalType = "log",
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate survival by the product limit.

    Parameters
    ----------
    durations
        Shape (n,), times to death or censoring, > 0, in the caller's unit.
    events
        Shape (n,), boolean or 0/1, whether the duration ended in death.
    entry
        Shape (n,), when each row came under observation (left truncation), >= 0 and before its
        duration. One who enters at a death's time is not at risk for it.
    interval
        The type of the limits: ``plain``, ``log``, ``log-log``, ``logit`` or ``arcsine``.
    level
        Their level of confidence as a fraction.

    Returns
    -------
    SurvivalCurve
        Deaths come before censorings at equal times. Under late entry S stays 0 from the first
        time on at which everybody at risk dies, however early that is.

    Raises
    ------
    ValueError
        Naming the positions (counted from 0) of missing, infinite, negative or zero durations, of
        events that are neither boolean nor 0/1, or of rows without length.

    References
    ----------
    Kaplan & Meier (1958), J Am Stat Assoc 53, 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([1, 2, 2, 4], [1, 1, 0, 1])
    >>> curve.survival.tolist()
    [0.75, 0.5, 0.0]
    >>> curve.quantile(0.5).estimate
    3.0
    """
    stops = check_times(durations, "durations")
    deaths = check_events(events, "events", stops, "durations")
    if entry is None:
        time, at_risk, died, censored, room = count_one_sample(stops, deaths)
        return product_limit(
            time, at_risk, died, censored, interval=interval, level=level, room=room
        )
    starts = check_entries(entry, "entry", stops, "durations")
    sets = count_risk_sets(stops, deaths, start=starts)
    return product_limit(
        sets.time,
        sets.at_risk[:, 0],
        sets.events[:, 0],
        sets.censored[:, 0],
        interval=interval,
        level=level,
        entries=np.sort(starts),
    )


def follow_up(
    durations: ArrayLike,
    events: ArrayLike,
    *,
    interval: IntervalType = "log",
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate the distribution of potential follow-up: the reverse Kaplan-Meier.

    Censoring is the event here. At equal times a death leaves before a censoring is
    counted, so that flipping the indicator is wrong at ties.

    Parameters
    ----------
    durations, events, interval, level
        As in `kaplan_meier`; ``events`` is still True for a death.

    Returns
    -------
    SurvivalCurve
        The probability of being followed beyond t, had nobody died. In its columns ``at_risk``
        counts those under observation just before each time, ``events`` those whose
        follow-up ends there alive, ``censored`` the deaths. Its median is the median follow-up.

    Raises
    ------
    ValueError
        As `kaplan_meier` does.

    References
    ----------
    Schemper & Smith (1996), Control Clin Trials 17, 343-346.

    Examples
    --------
    >>> follow_up([3, 3, 3, 9], [1, 0, 1, 0]).survival.tolist()
    [0.5, 0.0]
    """
    stops = check_times(durations, "durations")
    deaths = check_events(events, "events", stops, "durations")
    time, at_risk, died, censored, room = count_one_sample(stops, deaths)
    return product_limit(
        time,
        at_risk,
        censored,
        died,
        exposed=at_risk - died,
        interval=interval,
        level=level,
        room=room,
    )
