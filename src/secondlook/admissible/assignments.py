"""Every assignment of deaths and censorings to given survival times, by classes of equal times.

Patients with equal times are exchangeable: only the number of deaths at each distinct time matters.
21 patients at 10 distinct times have 2^21 = 2,097,152 assignments in 31,104 classes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.inputs import check_times

__all__ = ["Assignments", "enumerate_assignments"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MOST_CLASSES = 5_000_000


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
        side: Literal["left", "right"] = "left" if just_before else "right"
        position = int(np.searchsorted(self.times, time, side=side)) - 1
        if position < 0:
            return np.ones(len(self.deaths))
        return self.survival[:, position]

    def mean(self, *, up_to: Literal["largest time", "last death"] = "largest time") -> FloatArray:
        """Area under each curve, shape (m,), in the unit of the times.

        Programs stop at different places when the last patient is censored: SPSS and R at the
        largest time, SAS at the last death. A class without any death has no last death: NaN.
        """
        before = np.hstack([np.ones((len(self.deaths), 1)), self.survival[:, :-1]])
        area: FloatArray = np.cumsum(before * np.diff(self.times, prepend=0.0), axis=1)
        if up_to == "largest time":
            return area[:, -1]
        died = self.deaths > 0
        last = died.shape[1] - 1 - np.argmax(died[:, ::-1], axis=1)
        to_last_death = area[np.arange(len(area)), last]
        return np.where(died.any(axis=1), to_last_death, np.nan)

    def where(self, keep: NDArray[np.bool_]) -> Assignments:
        """Return the classes that a boolean array of shape (m,) selects."""
        return Assignments(
            self.times, self.patients, self.deaths[keep], self.weight[keep], self.survival[keep]
        )


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
    times, patients = np.unique(values, return_counts=True)
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
