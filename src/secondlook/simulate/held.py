"""A design whose overall survival is held, whatever the transplant does.

A paper prints the survival of all its patients, transplanted or not. If the transplant has an
effect, the hazard without it is another one than the printed curve's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from secondlook.simulate.design import (
    CohortDesign,
    overall_survival,
    with_expected_transplanted,
)
from secondlook.simulate.hazard import Hazard

ROUNDS = 100


def with_overall_survival(
    design: CohortDesign,
    hazard_ratio: float,
    times: Sequence[float],
    survival: Sequence[float],
    *,
    transplanted: float,
) -> CohortDesign:
    """Replace the hazard of death so that all patients together survive as given.

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

    Raises
    ------
    ValueError
        If no such hazard is found.
    """
    through = Hazard.through(times, survival)
    held = replace(design, death=Hazard(through.starts[:-1], through.rates[:-1]))
    for _ in range(ROUNDS):
        before = held.death
        held = with_expected_transplanted(held, transplanted)
        held = replace(held, death=_solve(held, hazard_ratio, times, survival))
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

        least, greatest = -20.0, 1.5
        if excess(least) < 0 or excess(greatest) > 0:
            raise ValueError(
                f"overall survival of {wanted} at {time} cannot be held at hazard ratio "
                f"{hazard_ratio}; take one nearer to 1"
            )
        rates.append(float(np.exp(brentq(excess, least, greatest, xtol=1e-14))))
    return Hazard(tuple(map(float, starts)), tuple(rates))
