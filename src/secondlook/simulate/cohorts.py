"""Many cohorts at once, and the log-rank sums of each: a row a cohort, a column a patient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondlook.inputs import FloatArray
from secondlook.simulate.design import CohortDesign


@dataclass(frozen=True, eq=False)
class Draws:
    """The chance in a set of cohorts, shape (cohorts, patients): a hazard ratio makes times of it.

    `death` is unit exponential, the cumulative hazard at which each one dies; `wait` and `end` are
    the times of transplantation and of the end of follow-up if nothing comes first, or infinite.
    """

    death: FloatArray
    wait: FloatArray
    end: FloatArray


@dataclass(frozen=True, eq=False)
class Cohorts:
    """Simulated cohorts, shape (cohorts, patients).

    `leave` is the time of death or of the end of follow-up, `died` whether it was death, `wait` the
    time of transplantation; infinite for who left before it.
    """

    leave: FloatArray
    died: NDArray[np.bool_]
    wait: FloatArray

    @property
    def transplanted(self) -> NDArray[np.bool_]:
        """Shape (cohorts, patients), who was transplanted."""
        return self.wait < self.leave


@dataclass(frozen=True, eq=False)
class LogRankSums:
    """The deaths after transplantation in each cohort, shape (cohorts,).

    Observed, expected given the risk sets, and with their hypergeometric variance.
    """

    observed: FloatArray
    expected: FloatArray
    variance: FloatArray

    @property
    def statistic(self) -> FloatArray:
        """Chi-squared on one degree of freedom; NaN where no death says anything."""
        spread = np.where(self.variance > 0, self.variance, np.nan)
        return (self.observed - self.expected) ** 2 / spread


def draw(design: CohortDesign, cohorts: int, random: np.random.Generator) -> Draws:
    """Draw the chance of so many cohorts."""
    death, wait, end = random.standard_exponential((3, cohorts, design.patients))
    return Draws(death, design.transplant.time_at(wait), design.end.time_at(end))


def run(design: CohortDesign, draws: Draws, hazard_ratio: float) -> Cohorts:
    """Let the cohorts live, with the hazard multiplied from each one's transplant on."""
    transplantable = np.isfinite(draws.wait)
    at_transplant = np.full_like(draws.wait, np.inf)
    at_transplant[transplantable] = design.death.cumulative(draws.wait[transplantable])
    with np.errstate(invalid="ignore"):
        after = at_transplant + (draws.death - at_transplant) / hazard_ratio
    death = design.death.time_at(np.where(draws.death <= at_transplant, draws.death, after))
    leave = np.minimum(death, draws.end)
    return Cohorts(leave, death <= draws.end, np.where(draws.wait < leave, draws.wait, np.inf))


def mantel_byar_sums(cohorts: Cohorts) -> LogRankSums:
    """Compare the time after with the time before transplantation: Mantel and Byar's test."""
    return _sums(cohorts, cohorts.wait)


def ever_transplanted_sums(cohorts: Cohorts) -> LogRankSums:
    """Compare who was ever transplanted with who never was: **biased** by immortal time."""
    return _sums(cohorts, np.where(cohorts.transplanted, 0.0, np.inf))


def _sums(cohorts: Cohorts, since: FloatArray) -> LogRankSums:
    """Sum over deaths; the times are continuous, so that no two of them coincide."""
    patients = cohorts.leave.shape[1]
    order = np.argsort(np.concatenate((since, cohorts.leave), axis=1), axis=1, kind="stable")
    leaves = order >= patients
    patient = np.where(leaves, order - patients, order)
    exposed = np.take_along_axis(cohorts.transplanted, patient, axis=1)
    death = leaves & np.take_along_axis(cohorts.died, patient, axis=1)
    left_before = np.cumsum(leaves, axis=1) - leaves
    change = np.where(exposed, np.where(leaves, -1, 1), 0)
    exposed_before = np.cumsum(change, axis=1) - change
    share = exposed_before / np.maximum(patients - left_before, 1)
    return LogRankSums(
        np.sum(death & exposed, axis=1, dtype=float),
        np.sum(share, axis=1, where=death),
        np.sum(share * (1 - share), axis=1, where=death),
    )
