"""Does one concrete data set print every fact? Asked of the estimators, not of the search."""

from __future__ import annotations

import math

import numpy as np

from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.survival_facts import (
    KnownTime,
    PrintedMedian,
    Rounding,
    SurvivalFacts,
    admitted,
)
from secondlook.survival import IntervalType, SurvivalCurve, follow_up, kaplan_meier

__all__ = ["unmet_facts"]

HALF_TOLERANCE = float(np.sqrt(np.finfo(float).eps))


def unmet_facts(
    facts: SurvivalFacts,
    durations: FloatArray,
    events: BoolArray,
    *,
    interval: IntervalType = "log",
    follow_up_interval: IntervalType | None = None,
    rounding: Rounding = "rounded",
    level: float = 0.95,
) -> list[str]:
    """Return in words the printed facts that a data set does not reproduce.

    Parameters
    ----------
    facts
        What is printed.
    durations, events
        Shape (n,), as `secondlook.survival.kaplan_meier` takes them.
    interval, follow_up_interval, rounding, level
        As in `secondlook.linked.orders`.
    """
    if len(durations) != facts.patients:
        return [f"{len(durations)} patients instead of {facts.n}"]
    curve = kaplan_meier(durations, events, interval=interval, level=level)
    reverse = follow_up(durations, events, interval=follow_up_interval or interval, level=level)
    unmet = []
    for time, number in facts.counts:
        if int(curve.at(float(time))["at_risk"].iloc[0]) != number:
            unmet.append(f"{number} at risk at {float(time):g}")
    for fact in facts.survival:
        row = curve.at(float(fact.at)).iloc[0]
        asked = [("survival", fact.estimate)]
        asked += (
            [] if fact.limits is None else list(zip(("lower", "upper"), fact.limits, strict=True))
        )
        for column, printed in asked:
            if printed is not None and 100 * float(row[column]) not in admitted(printed, rounding):
                unmet.append(f"{column} {printed}% at {fact.time}")
    unmet += _unmet_median("survival", facts.median, curve, rounding)
    unmet += _unmet_median("follow-up", facts.follow_up, reverse, rounding)
    deaths = int(np.sum(events))
    if not facts.death_bounds[0] <= deaths <= facts.death_bounds[1]:
        unmet.append(f"{facts.deaths} deaths")
    if not _all_found(facts.known, durations, events, rounding):
        unmet.append("a time told in the narrative")
    return unmet


def _unmet_median(
    name: str, printed: PrintedMedian | None, curve: SurvivalCurve, rounding: Rounding
) -> list[str]:
    if printed is None:
        return []
    quantile = curve.quantile(0.5)
    asked = [("median", printed.estimate, quantile.estimate, curve.survival)]
    if printed.limits is not None:
        asked += [
            ("lower limit", printed.limits[0], quantile.lower, curve.lower),
            ("upper limit", printed.limits[1], quantile.upper, curve.upper),
        ]
    unmet = []
    for part, text, value, heights in asked:
        if text == "":
            continue
        values = (value, _first_at_half(curve.time, heights))
        if text is None:
            met = math.isnan(value)
        else:
            met = any(not math.isnan(v) and v in admitted(text, rounding) for v in values)
        if not met:
            unmet.append(f"{part} {text or 'not reached'} of {name}")
    return unmet


def _first_at_half(time: FloatArray, heights: FloatArray) -> float:
    """Return the time that R's ``print(survfit)`` takes, without its rule for level stretches."""
    with np.errstate(invalid="ignore"):
        at = np.flatnonzero(heights < 0.5 + HALF_TOLERANCE)
    below = at[heights[at] < 0.5 - HALF_TOLERANCE]
    if not len(at) or (len(below) and heights[at[0]] > 0.5 - HALF_TOLERANCE):
        return math.nan
    return float(time[at[0]])


def _all_found(
    known: tuple[KnownTime, ...], durations: FloatArray, events: BoolArray, rounding: Rounding
) -> bool:
    free = list(zip(map(float, durations), map(bool, events), strict=True))
    for patient in sorted(known, key=lambda k: float(admitted(k.time, rounding).upper)):
        bounds = admitted(patient.time, rounding)
        fits = [mark for mark in free if mark[1] == (patient.mark == "death") and mark[0] in bounds]
        if not fits:
            return False
        free.remove(min(fits))
    return True
