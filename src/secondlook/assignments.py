"""Which printed survival statements can hold, alone and together, when nobody says who died.

A paper may print a survival time for every patient and no death indicator. Here every assignment
of deaths and censorings to the times is examined, hence "no assignment" is a proof and not a
search that failed. Patients with equal times are exchangeable: only the number of deaths at each
distinct time matters. 21 patients at 10 distinct times have 2^21 = 2,097,152 assignments in 31,104
classes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from secondlook import inputs
from secondlook.inputs import BoolArray, FloatArray, IntArray, check_times, instance_of
from secondlook.printed import admits
from secondlook.survival.tied_times import distinct_times, put_on, snap_to_axis

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Assignments", "EventAssignments", "Statement", "at_most_deaths", "deaths_by_time",
           "enumerate_assignments", "event_assignments", "mean_survival", "number_of_deaths",
           "survival_percent"]  # fmt: skip

MOST_CLASSES = 5_000_000
# A product of ratios of small integers lies on a bound or far (> 1e-9) from it.
TOLERANCE = 1e-11


@dataclass(frozen=True)
class Assignments:
    """The classes of assignments, one row a class.

    Attributes
    ----------
    times
        Shape (k,), the distinct times in order.
    patients
        Shape (k,), how many patients leave at each time.
    deaths
        Shape (m, k), how many of them die in each class; the others are censored.
    weight
        Shape (m,), how many assignments of single patients each class holds.
    survival
        Shape (m, k), the product limit just after each time, deaths before censorings.
    """

    times: FloatArray
    patients: IntArray
    deaths: IntArray
    weight: IntArray
    survival: FloatArray

    @property
    def n_deaths(self) -> IntArray:
        """The number of deaths in each class, shape (m,)."""
        total: IntArray = self.deaths.sum(axis=1)
        return total

    def survival_at(self, time: float, *, just_before: bool = False) -> FloatArray:
        """Product limit S(time), or S(time-) where a death at `time` does not count yet; (m,)."""
        side: Literal["left", "right"] = (
            "left" if inputs.flag(just_before, "just_before") else "right"
        )
        position = int(np.searchsorted(self.times, self._on_axis(time), side=side)) - 1
        return np.ones(len(self.deaths)) if position < 0 else self.survival[:, position]

    def mean(self, *, up_to: Literal["largest time", "last death"] = "largest time") -> FloatArray:
        """Area under each curve, shape (m,), in the unit of the times.

        Programs stop at different places when the last patient is censored: SPSS and R at the
        largest time, SAS at the last death. A class without any death has no last death: NaN.
        """
        up_to = inputs.choice(up_to, "up_to", ("largest time", "last death"))
        before = np.hstack([np.ones((len(self.deaths), 1)), self.survival[:, :-1]])
        area: FloatArray = np.cumsum(before * np.diff(self.times, prepend=0.0), axis=1)
        if up_to == "largest time":
            return area[:, -1]
        died = self.deaths > 0
        last = died.shape[1] - 1 - np.argmax(died[:, ::-1], axis=1)
        to_last_death = area[np.arange(len(area)), last]
        return np.where(died.any(axis=1), to_last_death, np.nan)

    def _on_axis(self, time: float) -> float:
        """Return a time, or the patients' time that it is but for floating-point error."""
        asked = np.array([inputs.number(time, "time")])
        return float(snap_to_axis(asked, self.times)[0])


def enumerate_assignments(durations: ArrayLike) -> Assignments:
    """Enumerate every assignment of deaths and censorings to the patients' times.

    Parameters
    ----------
    durations
        Shape (n,), one time a patient, in the caller's unit, all > 0.

    Raises
    ------
    ValueError
        If a time is missing, infinite, zero or negative (the positions are named), or if there are
        more classes than memory holds.

    Examples
    --------
    >>> classes = enumerate_assignments([1, 1, 3])
    >>> classes.deaths.tolist()
    [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]
    >>> classes.weight.tolist()
    [1, 1, 2, 2, 1, 1]
    """
    values = check_times(durations, "durations")
    times, patients = np.unique(put_on(distinct_times(values), values), return_counts=True)
    classes = math.prod(int(count) + 1 for count in patients)
    if values.size > 62 or classes > MOST_CLASSES:
        raise ValueError(
            f"{values.size} patients at {times.size} distinct times have {classes:,} classes of "
            f"assignments; at most {MOST_CLASSES:,} (and 62 patients) are enumerated"
        )
    deaths: IntArray = np.indices(tuple(patients + 1)).reshape(times.size, -1).T
    ways = [np.array([math.comb(int(n), d) for d in range(n + 1)]) for n in patients]
    weight = np.prod([way[deaths[:, j]] for j, way in enumerate(ways)], axis=0)
    at_risk = np.cumsum(patients[::-1])[::-1]
    survival: FloatArray = np.cumprod(1.0 - deaths / at_risk, axis=1).astype(np.float64)
    return Assignments(times, patients, deaths, weight, survival)


Holds = Callable[[Assignments], BoolArray]


@dataclass(frozen=True)
class Statement:
    """One printed statement, which holds if one of its readings does: the paper's doubt.

    "38.5% at six months" may be S(6) or S(6-), rounded or cut; "a mean of 5.2 months" may be the
    area under the curve up to the largest time or up to the last death.

    Attributes
    ----------
    name
        Short, as it appears in tables and figures.
    readings
        From a reading's label to the function that says in which classes it holds, shape (m,).
    """

    name: str
    readings: Mapping[str, Holds]

    def __post_init__(self) -> None:
        instance_of(self.name, str, "name")

    def holds(self, assignments: Assignments) -> BoolArray:
        """Say for each class, shape (m,), whether the statement holds under some reading."""
        each = np.array([reading(assignments) for reading in self.readings.values()], np.bool_)
        held: BoolArray = np.logical_or.reduce(each, axis=0)
        return held


def survival_percent(name: str, time: float, printed: str) -> Statement:
    """State survival at `time` in percent, as ``"38.5"``: S(t) or S(t-), rounded or cut."""
    time = inputs.number(time, "time", least=0)
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
    count = inputs.whole_number(deaths, "deaths")
    return Statement(name, {"exactly": lambda a: a.n_deaths == count})


def at_most_deaths(name: str, deaths: int) -> Statement:
    """State that at least all the others lived, as "one patient is currently alive"."""
    count = inputs.whole_number(deaths, "deaths")
    return Statement(name, {"at most": lambda a: a.n_deaths <= count})


def deaths_by_time(name: str, deaths: Mapping[float, int]) -> Statement:
    """State how many died at given printed times; a time that nobody has makes it impossible."""
    instance_of(deaths, Mapping, "deaths")
    told = [
        (inputs.number(time, "a time of deaths"), inputs.whole_number(count, f"deaths at {time}"))
        for time, count in deaths.items()
    ]

    def holds(assignments: Assignments) -> BoolArray:
        kept = np.ones(len(assignments.deaths), dtype=np.bool_)
        for time, count in told:
            at = assignments.times == assignments._on_axis(time)
            kept &= assignments.deaths[:, at].sum(axis=1) == count
        return kept

    return Statement(name, {"these deaths": holds})


def _numeric(
    name: str, printed: str, quantities: Mapping[str, Callable[[Assignments], FloatArray]]
) -> Statement:
    interval = admits(printed)

    def reading(quantity: Callable[[Assignments], FloatArray], rule: str) -> Holds:
        bounds = interval.truncated if rule == "cut" else interval.rounded
        lower, upper = bounds.ends(TOLERANCE)
        return lambda a: (quantity(a) >= lower) & (quantity(a) <= upper)

    return Statement(
        name,
        {
            f"{label}, {rule}": reading(quantity, rule)
            for label, quantity in quantities.items()
            for rule in ("rounded", "cut")
        },
    )


@dataclass(frozen=True)
class EventAssignments:
    """What every assignment of deaths and censorings says about the printed statements.

    Attributes
    ----------
    assignments
        The classes of assignments.
    statements
        What the paper prints.
    holds
        From a statement's name to an array, shape (m,): the classes in which it holds.
    """

    assignments: Assignments
    statements: Sequence[Statement]
    holds: Mapping[str, BoolArray]

    @cached_property
    def alone(self) -> pd.DataFrame:
        """One row a statement and reading: whether it can hold by itself.

        Its columns are statement, reading, classes, assignments (how many make it true),
        fewest_deaths, most_deaths (missing when none does).
        """
        every = self.assignments
        rows = [
            {"statement": statement.name, "reading": label, **_summary(every, reading(every))}
            for statement in self.statements
            for label, reading in statement.readings.items()
        ]
        return _tidy(rows)

    @cached_property
    def by_deaths(self) -> pd.DataFrame:
        """One row a statement and number of deaths.

        Its columns are statement, deaths, assignments (how many make it true under some reading),
        of (how many have so many deaths).
        """
        import pandas as pd

        every, n = self.assignments, int(self.assignments.patients.sum())
        rows = [
            (name, deaths, every.weight[kept & died].sum(), every.weight[died].sum())
            for name, kept in self.holds.items()
            for deaths, died in ((deaths, every.n_deaths == deaths) for deaths in range(n + 1))
        ]
        return pd.DataFrame(rows, columns=["statement", "deaths", "assignments", "of"])

    @cached_property
    def subsets(self) -> pd.DataFrame:
        """One row a set of statements, largest first.

        Its columns are statements (tuple), size, classes, assignments, fewest_deaths, most_deaths,
        maximal (no statement can be added).
        """
        rows: list[dict[str, object]] = []
        largest: list[set[str]] = []
        for size in range(len(self.holds), 0, -1):
            for names in itertools.combinations(self.holds, size):
                kept = np.logical_and.reduce([self.holds[name] for name in names])
                maximal = bool(kept.any()) and not any(set(names) < other for other in largest)
                if maximal:
                    largest.append(set(names))
                counted = _summary(self.assignments, kept)
                rows.append({"statements": names, "size": size, **counted, "maximal": maximal})
        return _tidy(rows)

    def compatible(self, *statements: str) -> bool:
        """Whether some assignment makes all the named statements true."""
        return len(self.witnesses(*statements).deaths) > 0

    def witnesses(self, *statements: str) -> Assignments:
        """Return every class of assignments that makes all the named statements true."""
        unknown = [
            each for each in statements if not isinstance(each, str) or each not in self.holds
        ]
        if unknown:
            raise ValueError(f"no statement is named {unknown}; there are {list(self.holds)}")
        kept = np.ones(len(self.assignments.deaths), dtype=np.bool_)
        for name in statements:
            kept &= self.holds[name]
        every = self.assignments
        deaths, weight, survival = every.deaths[kept], every.weight[kept], every.survival[kept]
        return replace(every, deaths=deaths, weight=weight, survival=survival)


def event_assignments(durations: ArrayLike, statements: Sequence[Statement]) -> EventAssignments:
    """Examine every assignment of deaths and censorings to the printed times.

    Parameters
    ----------
    durations
        Shape (n,), one printed time a patient, all > 0.
    statements
        What the paper prints; names must differ.

    Raises
    ------
    ValueError
        If a time is not positive (the positions are named), or two statements share a name.

    Examples
    --------
    >>> result = event_assignments(
    ...     [2, 4, 6, 8], [survival_percent("half", 5, "50"), number_of_deaths("one death", 1)]
    ... )
    >>> result.compatible("half"), result.compatible("half", "one death")
    (True, False)
    """
    if not isinstance(statements, Sequence) or not statements:
        raise ValueError(f"statements is {inputs.shown(statements)}; give a list of at least one")
    for position, statement in enumerate(statements):
        instance_of(statement, Statement, f"statements[{position}]")
    names = [statement.name for statement in statements]
    if len(set(names)) < len(names):
        raise ValueError(f"statements need names that differ; got {names}")
    every = enumerate_assignments(durations)
    holds = {statement.name: statement.holds(every) for statement in statements}
    return EventAssignments(every, statements, holds)


def _summary(every: Assignments, kept: BoolArray) -> dict[str, int | None]:
    deaths = every.n_deaths[kept]
    return {
        "classes": int(kept.sum()),
        "assignments": int(every.weight[kept].sum()),
        "fewest_deaths": int(deaths.min()) if deaths.size else None,
        "most_deaths": int(deaths.max()) if deaths.size else None,
    }


def _tidy(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows).astype({"fewest_deaths": "Int64", "most_deaths": "Int64"})
