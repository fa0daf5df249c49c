"""Which printed survival statements can hold, alone and together, when nobody says who died.

A paper may print a survival time for every patient and no death indicator. Here every assignment
of deaths and censorings to the times is examined, hence "no assignment" is a proof and not a
search that failed.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from secondlook.admissible.assignments import Assignments, enumerate_assignments
from secondlook.admissible.statements import Statement
from secondlook.inputs import instance_of, numbers, whole_number

__all__ = ["EventAssignments", "deaths_by_month", "event_assignments"]


@dataclass(frozen=True)
class EventAssignments:
    """What every assignment of deaths and censorings says about the printed statements.

    Attributes
    ----------
    assignments
        The classes of assignments.
    alone
        One row a statement and reading: statement, reading, assignments (how many make it true),
        fewest_deaths, most_deaths (missing when none does).
    by_deaths
        One row a statement and number of deaths: statement, deaths, assignments (how many make it
        true under some reading), of (how many have so many deaths).
    subsets
        One row a set of statements, largest first: statements (tuple), size, classes, assignments,
        fewest_deaths, most_deaths, maximal (no statement can be added).
    holds
        From a statement's name to an array, shape (m,): the classes in which it holds.
    """

    assignments: Assignments
    alone: pd.DataFrame
    by_deaths: pd.DataFrame
    subsets: pd.DataFrame
    holds: Mapping[str, NDArray[np.bool_]]

    @property
    def maximal(self) -> pd.DataFrame:
        """The largest sets that can hold together, one row a set and one column a statement."""
        sets = self.subsets[self.subsets["maximal"]].reset_index(drop=True)
        held = {name: [name in s for s in sets["statements"]] for name in self.holds}
        return pd.DataFrame(held).join(
            sets[["size", "classes", "assignments", "fewest_deaths", "most_deaths"]]
        )

    def compatible(self, *statements: str) -> bool:
        """Whether some assignment makes all the named statements true."""
        return bool(self._all(statements).any())

    def witnesses(self, *statements: str) -> Assignments:
        """Return every class of assignments that makes all the named statements true."""
        return self.assignments.where(self._all(statements))

    def _all(self, statements: Sequence[str]) -> NDArray[np.bool_]:
        unknown = [name for name in statements if name not in self.holds]
        if unknown:
            raise ValueError(f"no statement is named {unknown}; there are {list(self.holds)}")
        kept = np.ones(len(self.assignments.deaths), dtype=np.bool_)
        for name in statements:
            kept &= self.holds[name]
        return kept


def event_assignments(durations: ArrayLike, statements: Sequence[Statement]) -> EventAssignments:
    """Examine every assignment of deaths and censorings to the printed times.

    Parameters
    ----------
    durations
        Shape (n,), one printed time a patient, all > 0.
    statements
        What the paper prints, from :mod:`secondlook.admissible.statements`; names must differ.

    Raises
    ------
    ValueError
        If a time is not positive (the positions are named), or two statements share a name.

    Examples
    --------
    >>> from secondlook.admissible.statements import number_of_deaths, survival_percent
    >>> result = event_assignments(
    ...     [2, 4, 6, 8], [survival_percent("half", 5, "50"), number_of_deaths("one death", 1)]
    ... )
    >>> result.compatible("half"), result.compatible("half", "one death")
    (True, False)
    """
    if not isinstance(statements, Sequence) or not statements:
        raise ValueError(f"statements is {statements!r}; give a list of at least one")
    for position, statement in enumerate(statements):
        instance_of(statement, Statement, f"statements[{position}]")
    names = [statement.name for statement in statements]
    if len(set(names)) < len(names):
        raise ValueError(f"statements need names that differ; got {names}")
    every = enumerate_assignments(durations)
    holds = {statement.name: statement.holds(every) for statement in statements}
    return EventAssignments(
        every, _alone(every, statements), _by_deaths(every, holds), _subsets(every, holds), holds
    )


def deaths_by_month(durations: ArrayLike, deaths: Mapping[int, int]) -> pd.DataFrame:
    """Compare deaths printed by month of treatment with survival printed in whole months.

    A survival of 1 may mean one completed month (death in month 2) or the first month, counted.

    Parameters
    ----------
    durations
        Shape (n,), survival as printed, in whole months.
    deaths
        From the month of treatment to the deaths printed for it.

    Returns
    -------
    pandas.DataFrame
        reading, month, printed_deaths, survival_printed_as, patients (with that survival), fits
        (there are at least as many patients as deaths).
    """
    values = numbers(durations, "durations")
    if not isinstance(deaths, Mapping) or not deaths:
        raise ValueError(f"deaths is {deaths!r}; give the deaths of each month, such as {{2: 5}}")
    for month, count in deaths.items():
        whole_number(month, "a month", least=1)
        whole_number(count, f"the deaths of month {month}")
    rows = [
        {
            "reading": reading,
            "month": month,
            "printed_deaths": count,
            "survival_printed_as": month - shift,
            "patients": int(np.sum(values == month - shift)),
        }
        for reading, shift in (("completed months", 1), ("months counted from one", 0))
        for month, count in deaths.items()
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(fits=frame["patients"] >= frame["printed_deaths"])


def _summary(every: Assignments, kept: NDArray[np.bool_]) -> dict[str, int | None]:
    deaths = every.n_deaths[kept]
    return {
        "classes": int(kept.sum()),
        "assignments": int(every.weight[kept].sum()),
        "fewest_deaths": int(deaths.min()) if deaths.size else None,
        "most_deaths": int(deaths.max()) if deaths.size else None,
    }


def _tidy(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"fewest_deaths": "Int64", "most_deaths": "Int64"})


def _alone(every: Assignments, statements: Sequence[Statement]) -> pd.DataFrame:
    return _tidy(
        [
            {
                "statement": statement.name,
                "reading": label,
                **_summary(every, reading(every)),
            }
            for statement in statements
            for label, reading in statement.readings.items()
        ]
    )


def _by_deaths(every: Assignments, holds: Mapping[str, NDArray[np.bool_]]) -> pd.DataFrame:
    n = int(every.patients.sum())
    of = np.bincount(every.n_deaths, weights=every.weight, minlength=n + 1)
    frames = [
        pd.DataFrame(
            {
                "statement": name,
                "deaths": np.arange(n + 1),
                "assignments": np.bincount(
                    every.n_deaths, weights=every.weight * kept, minlength=n + 1
                ).astype(np.int64),
                "of": of.astype(np.int64),
            }
        )
        for name, kept in holds.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _subsets(every: Assignments, holds: Mapping[str, NDArray[np.bool_]]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    largest: list[set[str]] = []
    for size in range(len(holds), 0, -1):
        for names in itertools.combinations(holds, size):
            kept = np.logical_and.reduce([holds[name] for name in names])
            maximal = bool(kept.any()) and not any(set(names) < other for other in largest)
            if maximal:
                largest.append(set(names))
            rows.append(
                {"statements": names, "size": size, **_summary(every, kept), "maximal": maximal}
            )
    return _tidy(rows)
