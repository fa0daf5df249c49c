"""A cohort in which patients may be transplanted: three hazards, and what they lead to.

Death, transplantation and the end of follow-up compete. Who dies or leaves first is never
transplanted, so that the transplanted have the waiting time that gives immortal-time bias its name.
From the transplant on the hazard of death is multiplied by the hazard ratio. What can be said
without simulation is computed here in closed form, piece by piece of the constant hazards.

A paper prints the survival of all its patients, transplanted or not. If the transplant has an
effect, the hazard without it is another one than the printed curve's: `with_overall_survival`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from secondlook.inputs import FloatArray, instance_of, number, numbers, whole_number
from secondlook.simulate.hazard import Hazard

MOST_EXTREME = 1e100
"""No hazard ratio is greater; beyond, arithmetic overflows."""


@dataclass(frozen=True)
class CohortDesign:
    """A cohort to be simulated, all times in one unit; all enter at time 0, none transplanted yet.

    The hazards are those of death before a transplant; of being transplanted, of those alive, under
    follow-up and not transplanted; and of the end of follow-up, whatever else happens.
    """

    patients: int
    death: Hazard
    transplant: Hazard
    end: Hazard

    def __post_init__(self) -> None:
        whole_number(self.patients, "patients", least=2)
        for name in ("death", "transplant", "end"):
            instance_of(getattr(self, name), Hazard, name)
        if self.death.rates[-1] == 0 and self.end.rates[-1] == 0:
            raise ValueError(
                "follow-up never ends: the last rate of both death and end is zero; give end a "
                "last rate"
            )


def expected_transplanted(design: CohortDesign) -> float:
    """Return the expected number transplanted, which no hazard ratio changes."""
    instance_of(design, CohortDesign, "design")
    starts = _starts(design)
    leaving = [_rates(hazard, starts) for hazard in (design.death, design.transplant, design.end)]
    total = np.sum(leaving, axis=0)
    steps = total[:-1] * np.diff(starts)
    remaining = np.exp(-np.concatenate(([0.0], np.cumsum(steps), [np.inf if total[-1] else 0.0])))
    remaining[-1] = 0.0
    share = np.divide(leaving[1], total, out=np.zeros_like(total), where=total > 0)
    return float(design.patients * np.sum(share * -np.diff(remaining)))


def with_expected_transplanted(design: CohortDesign, transplanted: float) -> CohortDesign:
    """Return the design with its hazard of transplantation scaled to an expected number.

    Refused where so many cannot be expected before death and the end of follow-up.
    """
    from scipy.optimize import brentq

    instance_of(design, CohortDesign, "design")
    transplanted = number(transplanted, "transplanted")

    def excess(log_factor: float) -> float:
        return expected_transplanted(scaled(log_factor)) - transplanted

    def scaled(log_factor: float) -> CohortDesign:
        return replace(design, transplant=design.transplant.times(float(np.exp(log_factor))))

    least, greatest = -30.0, 15.0
    if not transplanted > 0 or excess(greatest) < 0 or excess(least) > 0:
        most = expected_transplanted(scaled(greatest))
        raise ValueError(
            f"{transplanted} transplanted cannot be expected: between 0 and {most:.1f} of "
            f"{design.patients} can, given when transplants begin"
        )
    return scaled(brentq(excess, least, greatest, xtol=1e-12))


def overall_survival(design: CohortDesign, hazard_ratio: float, time: float) -> float:
    """Return the fraction alive at a time, transplanted or not, if nobody is lost before."""
    instance_of(design, CohortDesign, "design")
    hazard_ratio = number(hazard_ratio, "hazard_ratio", above=0, most=MOST_EXTREME)
    time = number(time, "time", above=0)
    starts = _starts(design)
    starts = np.append(starts[starts < time], time)
    death, transplant = (_rates(one, starts[:-1]) for one in (design.death, design.transplant))
    length = np.diff(starts)
    # Transplanted in a piece, then alive at `time`: the integral of an exponential, from its
    # higher end, so that nothing overflows.
    rate = transplant + (1 - hazard_ratio) * death
    ends = np.cumsum(rate * length)
    lower = np.minimum(ends, ends - rate * length)
    steep = np.abs(rate)
    safe = np.where(rate == 0, 1.0, steep)
    area = np.where(rate == 0, length, -np.expm1(-steep * length) / safe)
    dead = float(design.death.cumulative(time))
    never = np.exp(-dead - float(design.transplant.cumulative(time)))
    return float(never + np.sum(transplant * np.exp(-hazard_ratio * dead - lower) * area))


def _starts(design: CohortDesign) -> FloatArray:
    return np.unique(
        np.concatenate([h.starts for h in (design.death, design.transplant, design.end)])
    )


def _rates(hazard: Hazard, starts: FloatArray) -> FloatArray:
    piece = np.searchsorted(hazard.starts, starts, side="right") - 1
    rates: FloatArray = np.asarray(hazard.rates)[piece]
    return rates


ROUNDS = 100


def with_overall_survival(
    design: CohortDesign,
    hazard_ratio: float,
    times: Sequence[float],
    survival: Sequence[float],
    *,
    transplanted: float,
) -> CohortDesign:
    """Return the cohort with another hazard of death, so that all together survive as given.

    Parameters
    ----------
    design
        The cohort; of its hazard of death nothing is kept.
    hazard_ratio
        Of death after against before the transplant, > 0.
    times, survival
        Where overall survival is held, as for `Hazard.through`; the hazard before a transplant is
        constant between these times, and the last one goes on.
    transplanted
        The expected number transplanted, which is held too.
    """
    instance_of(design, CohortDesign, "design")
    through = Hazard.through(times, survival)
    fractions = numbers(survival, "survival").tolist()
    held = replace(design, death=Hazard(through.starts[:-1], through.rates[:-1]))
    for _ in range(ROUNDS):
        before = held.death
        held = with_expected_transplanted(held, transplanted)
        held = replace(held, death=_solve(held, hazard_ratio, through.starts[1:], fractions))
        if np.allclose(held.death.rates, before.rates, rtol=1e-11, atol=0):
            return held
    raise ValueError(
        f"no hazard before the transplant was found that holds overall survival at hazard ratio "
        f"{hazard_ratio}; take one nearer to 1"
    )


def _solve(
    design: CohortDesign, hazard_ratio: float, times: Sequence[float], survival: Sequence[float]
) -> Hazard:
    from scipy.optimize import brentq

    starts, rates = (0.0, *times[:-1]), list[float]()
    for time, wanted in zip(times, survival, strict=True):

        def excess(log_rate: float, time: float = time, wanted: float = wanted) -> float:
            tried = Hazard(starts[: len(rates) + 1], (*rates, float(np.exp(log_rate))))
            return overall_survival(replace(design, death=tried), hazard_ratio, time) - wanted

        # Cumulative hazards of the piece, so that the unit of time does not matter.
        least, greatest = np.log([1e-10, 600.0]) - np.log(time - starts[len(rates)])
        if excess(least) < 0 or excess(greatest) > 0:
            raise ValueError(
                f"overall survival of {wanted:g} at {time:g} cannot be held at hazard ratio "
                f"{hazard_ratio}; take one nearer to 1"
            )
        rates.append(float(np.exp(brentq(excess, least, greatest, xtol=1e-14))))
    return Hazard(tuple(map(float, starts)), tuple(rates))
