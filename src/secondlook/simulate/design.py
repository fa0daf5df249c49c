"""A cohort in which patients may be transplanted: three hazards, and what they lead to.

Death, transplantation and the end of follow-up compete. Who dies or leaves first is never
transplanted, so that the transplanted have the waiting time that gives immortal-time bias its name.
From the transplant on the hazard of death is multiplied by the hazard ratio. What can be said
without simulation is computed here in closed form, piece by piece of the constant hazards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from secondlook.observations import FloatArray
from secondlook.simulate.hazard import Hazard


@dataclass(frozen=True)
class CohortDesign:
    """A cohort to be simulated, all times in one unit.

    Attributes
    ----------
    patients
        How many enter, all at time 0 and none transplanted yet.
    death
        The hazard of death before a transplant.
    transplant
        The hazard of being transplanted, of those alive, under follow-up and not transplanted.
    end
        The hazard of the end of follow-up, whatever else happens.
    """

    patients: int
    death: Hazard
    transplant: Hazard
    end: Hazard

    def __post_init__(self) -> None:
        if self.patients < 2:
            raise ValueError(f"a cohort needs at least 2 patients, not {self.patients}")
        if self.death.rates[-1] == 0 and self.end.rates[-1] == 0:
            raise ValueError(
                "follow-up never ends: the last rate of both death and end is zero; give end a "
                "last rate"
            )


def expected_transplanted(design: CohortDesign) -> float:
    """Return the expected number transplanted, which no hazard ratio changes."""
    starts = _starts(design)
    leaving = [_rates(hazard, starts) for hazard in (design.death, design.transplant, design.end)]
    total = np.sum(leaving, axis=0)
    steps = total[:-1] * np.diff(starts)
    remaining = np.exp(-np.concatenate(([0.0], np.cumsum(steps), [np.inf if total[-1] else 0.0])))
    remaining[-1] = 0.0
    share = np.divide(leaving[1], total, out=np.zeros_like(total), where=total > 0)
    return float(design.patients * np.sum(share * -np.diff(remaining)))


def with_expected_transplanted(design: CohortDesign, number: float) -> CohortDesign:
    """Return the design with its hazard of transplantation scaled to an expected number.

    Raises
    ------
    ValueError
        If so many cannot be expected before death and the end of follow-up.
    """
    from scipy.optimize import brentq

    def excess(log_factor: float) -> float:
        return expected_transplanted(scaled(log_factor)) - number

    def scaled(log_factor: float) -> CohortDesign:
        return replace(design, transplant=design.transplant.times(float(np.exp(log_factor))))

    least, greatest = -30.0, 15.0
    if not number > 0 or excess(greatest) < 0 or excess(least) > 0:
        most = expected_transplanted(scaled(greatest))
        raise ValueError(
            f"{number} transplanted cannot be expected: between 0 and {most:.1f} of "
            f"{design.patients} can, given when transplants begin"
        )
    return scaled(brentq(excess, least, greatest, xtol=1e-12))


def overall_survival(design: CohortDesign, hazard_ratio: float, time: float) -> float:
    """Return the fraction alive at a time, transplanted or not, if nobody is lost before."""
    starts = _starts(design)
    starts = np.append(starts[starts < time], time)
    death, transplant = (_rates(one, starts[:-1]) for one in (design.death, design.transplant))
    length = np.diff(starts)
    # Transplanted in a piece, then alive at `time`: the integral of an exponential.
    rate = transplant + (1 - hazard_ratio) * death
    before = np.concatenate(([0.0], np.cumsum(rate * length)))[:-1]
    safe = np.where(rate == 0, 1.0, rate)
    area = np.where(rate == 0, length, -np.expm1(-rate * length) / safe)
    dead = float(design.death.cumulative(time))
    never = np.exp(-dead - float(design.transplant.cumulative(time)))
    return float(never + np.exp(-hazard_ratio * dead) * np.sum(transplant * np.exp(-before) * area))


def _starts(design: CohortDesign) -> FloatArray:
    return np.unique(
        np.concatenate([h.starts for h in (design.death, design.transplant, design.end)])
    )


def _rates(hazard: Hazard, starts: FloatArray) -> FloatArray:
    piece = np.searchsorted(hazard.starts, starts, side="right") - 1
    rates: FloatArray = np.asarray(hazard.rates)[piece]
    return rates
