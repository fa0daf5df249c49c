"""Printed statements about survival, each with the readings under which it may have been made.

"38.5% at six months" may be S(6) or S(6-), rounded or cut; "a mean of 5.2 months" may be the area
under the curve up to the largest time or up to the last death. A statement holds in an assignment
if at least one of its readings does: the paper gets the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondlook.admissible.assignments import Assignments
from secondlook.printed import Bounds, admits

__all__ = [
    "Statement",
    "at_most_deaths",
    "deaths_by_time",
    "mean_survival",
    "number_of_deaths",
    "prints_as",
    "survival_percent",
]

Holds = Callable[[Assignments], NDArray[np.bool_]]

# A product of ratios of small integers lies on a bound or far (> 1e-9) from it.
TOLERANCE = 1e-11


@dataclass(frozen=True)
class Statement:
    """One printed statement.

    Attributes
    ----------
    name
        Short, as it appears in tables and figures.
    readings
        From a reading's label to the function that says in which classes it holds, shape (m,).
    """

    name: str
    readings: Mapping[str, Holds]

    def holds(self, assignments: Assignments) -> NDArray[np.bool_]:
        """Say for each class, shape (m,), whether the statement holds under some reading."""
        each = np.array([reading(assignments) for reading in self.readings.values()], np.bool_)
        held: NDArray[np.bool_] = np.logical_or.reduce(each, axis=0)
        return held


def survival_percent(name: str, time: float, printed: str) -> Statement:
    """State survival at `time` in percent, as ``"38.5"``: S(t) or S(t-), rounded or cut."""
    return _numeric(
        name,
        printed,
        {
            f"S({time:g})": lambda a: 100.0 * a.survival_at(time),
            f"S({time:g}−)": lambda a: 100.0 * a.survival_at(time, just_before=True),
        },
    )


def mean_survival(name: str, printed: str) -> Statement:
    """State a mean: area up to the largest time or to the last death, rounded or cut."""
    return _numeric(
        name,
        printed,
        {
            "area to the largest time": lambda a: a.mean(up_to="largest time"),
            "area to the last death": lambda a: a.mean(up_to="last death"),
        },
    )


def number_of_deaths(name: str, deaths: int) -> Statement:
    """State that exactly so many of all patients died."""
    return Statement(name, {"exactly": lambda a: a.n_deaths == deaths})


def at_most_deaths(name: str, deaths: int) -> Statement:
    """State that at least all the others lived, as "one patient is currently alive"."""
    return Statement(name, {"at most": lambda a: a.n_deaths <= deaths})


def deaths_by_time(name: str, deaths: Mapping[float, int]) -> Statement:
    """State how many died at given printed times; a time that nobody has makes it impossible."""

    def holds(assignments: Assignments) -> NDArray[np.bool_]:
        kept = np.ones(len(assignments.deaths), dtype=np.bool_)
        for time, count in deaths.items():
            at_time = assignments.deaths[:, assignments.times == time].sum(axis=1)
            kept &= at_time == count
        return kept

    return Statement(name, {"these deaths": holds})


def prints_as(values: NDArray[np.float64], printed: str, rule: str) -> NDArray[np.bool_]:
    """Say which values print as the text when ``"rounded"`` or ``"cut"``; NaN never does."""
    interval = admits(printed)
    return _inside(values, interval.truncated if rule == "cut" else interval.rounded)


def _numeric(
    name: str,
    printed: str,
    quantities: Mapping[str, Callable[[Assignments], NDArray[np.float64]]],
) -> Statement:
    def reading(quantity: Callable[[Assignments], NDArray[np.float64]], rule: str) -> Holds:
        return lambda a: prints_as(quantity(a), printed, rule)

    return Statement(
        name,
        {
            f"{label}, {rule}": reading(quantity, rule)
            for label, quantity in quantities.items()
            for rule in ("rounded", "cut")
        },
    )


def _inside(values: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    lower, upper = float(bounds.lower), float(bounds.upper)
    low = values >= lower - TOLERANCE if bounds.lower_closed else values > lower + TOLERANCE
    high = values <= upper + TOLERANCE if bounds.upper_closed else values < upper - TOLERANCE
    return np.logical_and(low, high)
