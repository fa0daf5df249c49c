"""Does one concrete data set print every number of a block? Asked of the estimators alone."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from secondlook.admissible.facts import NOT_REACHED, UNKNOWN, CurveFacts, Stated, Triple
from secondlook.inputs import BoolArray, FloatArray
from secondlook.printed import parse
from secondlook.survival import Plateau, SurvivalCurve, follow_up, kaplan_meier

# print.survfit and quantile.survfit take heights so near to one half as one half.
HALF_TOLERANCE = float(np.sqrt(np.finfo(float).eps))


def unmet(facts: CurveFacts, durations: ArrayLike, events: ArrayLike) -> list[str]:
    """Return the addresses of the printed numbers that a data set does not give; none if all.

    Parameters
    ----------
    facts
        What is printed, with ticks and types of intervals that are known.
    durations, events
        Shape (n,), as `secondlook.survival.kaplan_meier.kaplan_meier` takes them.
    """
    if len(np.asarray(durations)) != facts.patients:
        return [f"{facts.name}/n"]
    given = readings(facts, durations, events)
    return [
        stated.address
        for stated in facts.statements()
        if not _gives(facts, stated, given[stated.address])
    ]


def readings(
    facts: CurveFacts, durations: ArrayLike, events: ArrayLike
) -> dict[str, tuple[float, ...]]:
    """Return, by address, what a data set gives for every printed number.

    More than one value where programs disagree: the limits of a median that are passed twice, and a
    median on a level stretch. A number that is not reached, or a told patient who is not found, is
    NaN.
    """
    times = np.asarray(durations, dtype=float)
    died = np.asarray(events).astype(bool)
    level = float(parse(facts.level).value) / 100
    curve = kaplan_meier(times, died, interval=facts.interval, level=level)  # type: ignore[arg-type]
    reverse = follow_up(times, died, interval=facts.follow_up_interval, level=level)  # type: ignore[arg-type]
    found: dict[str, tuple[float, ...]] = {f"{facts.name}/deaths": (float(died.sum()),)}
    counted = [(f"at-risk/{position}", tick) for position, tick in enumerate(facts.ticks)]
    counted += [(f"left/{time}", time) for time, _ in facts.left]
    if counted:
        at_risk = curve.read([float(parse(time).value) for _, time in counted])["at_risk"]
        for (address, _), number in zip(counted, at_risk, strict=True):
            found[f"{facts.name}/{address}"] = (float(number),)
    if facts.survival:
        table = curve.read([float(parse(time).value) for time, _ in facts.survival])
        for row, (time, _) in enumerate(facts.survival):
            for column, suffix in (("survival", ""), ("lower", "/lower"), ("upper", "/upper")):
                found[f"{facts.name}/{time}{suffix}"] = (100 * float(table[column][row]),)
    for field, of, triple in (
        ("median", curve, facts.median),
        ("follow-up", reverse, facts.follow_up),
    ):
        if triple != Triple():
            for suffix, values in _median(of, facts.plateau).items():
                found[f"{facts.name}/{field}{suffix}"] = values
    found[f"{facts.name}/last"] = (float(times.max()),)
    for number, exit_time in enumerate(_told(facts, times, died), start=1):
        found[f"{facts.name}/told/{number}"] = (exit_time,)
    return found


def _gives(facts: CurveFacts, stated: Stated, values: tuple[float, ...]) -> bool:
    if stated.printed == NOT_REACHED:
        return any(math.isnan(value) for value in values)
    if stated.address == f"{facts.name}/deaths":
        least, most = facts.death_bounds
        return least <= values[0] <= most
    admitted = facts.admitted(stated.printed)
    return any(not math.isnan(value) and value in admitted for value in values)


def _median(curve: SurvivalCurve, plateau: str) -> dict[str, tuple[float, ...]]:
    rules: tuple[Plateau, ...] = (
        ("midpoint", "left", "right") if plateau == UNKNOWN else (plateau,)  # type: ignore[assignment]
    )
    quantiles = [curve.quantile(0.5, plateau=rule) for rule in rules]
    estimates = [quantile.estimate for quantile in quantiles]
    if "midpoint" in rules:
        estimates += _first_at_half(curve.time, curve.survival)
    lower = [quantile.lower for quantile in quantiles]
    upper = [quantile.upper for quantile in quantiles]
    lower += _first_at_half(curve.time, curve.lower)
    upper += _first_at_half(curve.time, curve.upper)
    return {"": tuple(estimates), "/lower": tuple(lower), "/upper": tuple(upper)}


def _first_at_half(time: FloatArray, heights: FloatArray) -> list[float]:
    """Return the time that R's ``print(survfit)`` takes, without its rule for level stretches.

    None, which is not "not reached", where a stretch level at one half comes before a fall.
    """
    with np.errstate(invalid="ignore"):
        at = np.flatnonzero(heights < 0.5 + HALF_TOLERANCE)
    below = at[heights[at] < 0.5 - HALF_TOLERANCE]
    if not len(at):
        return [math.nan]
    if len(below) and heights[at[0]] > 0.5 - HALF_TOLERANCE:
        return []
    return [float(time[at[0]])]


def _told(facts: CurveFacts, times: FloatArray, died: BoolArray) -> list[float]:
    """Match told patients with marks: whose window ends first takes the earliest that fits."""
    free = list(zip(times.tolist(), died.tolist(), strict=True))
    found = [math.nan] * len(facts.told)
    windows = [facts.admitted(told.time) for told in facts.told]
    for number in sorted(range(len(windows)), key=lambda i: float(windows[i].upper)):
        fits = [
            mark
            for mark in free
            if mark[1] == (facts.told[number].mark == "died") and mark[0] in windows[number]
        ]
        if fits:
            found[number] = min(fits)[0]
            free.remove(min(fits))
    return found
