"""Maximise the partial likelihood by Newton's method, and say so where it has no maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook.observations import FloatArray
from secondlook.transitions.partial_likelihood import Likelihood, RiskIntervals, evaluate

MOST_STEPS = 60
"""More than any finite maximum needs; a separated likelihood gains about one unit a step."""

FLAT = 1e-11
"""A step, in standard deviations of its covariate, below which the maximum is reached."""


@dataclass(frozen=True, eq=False)
class Fit:
    """The coefficients at the maximum, and the likelihood there and at zero."""

    beta: FloatArray
    at_zero: Likelihood
    at_maximum: Likelihood


def maximise(data: RiskIntervals, names: list[str]) -> Fit:
    """Climb from zero; halve a step that does not climb.

    Raises
    ------
    ValueError
        If a covariate is constant in every risk set, covariates are linearly dependent there, or
        the likelihood has no maximum; naming covariates.
    """
    beta = np.zeros(len(names))
    here = at_zero = evaluate(data, beta)
    spread = _spread(at_zero, names)
    for _ in range(MOST_STEPS):
        step = np.linalg.solve(here.information, here.score)
        there = evaluate(data, beta + step)
        while not there.log_likelihood >= here.log_likelihood - 1e-9 * abs(here.log_likelihood):
            step = step / 2
            there = evaluate(data, beta + step)
        beta, here = beta + step, there
        if np.max(np.abs(step) * spread) < FLAT:
            return Fit(beta, at_zero, here)
        if _is_flat(here, at_zero):
            break
    furthest = names[int(np.argmax(np.abs(beta) * spread))]
    raise ValueError(
        f"the likelihood has no maximum: the coefficient of {furthest!r} runs to infinity, because "
        "its values separate those who have the event from those at risk with them"
    )


def _spread(at_zero: Likelihood, names: list[str]) -> FloatArray:
    """Return each covariate's scale; refuse those that the risk sets cannot tell apart."""
    variance = np.diag(at_zero.information)
    events_scale = np.maximum(variance.max(), 1e-300)
    constant = [name for name, v in zip(names, variance, strict=True) if v <= 1e-14 * events_scale]
    if constant or variance.max() <= 0:
        raise ValueError(
            f"{', '.join(constant or names)} does not vary among those at risk at any event: "
            "nothing to estimate"
        )
    scale = np.sqrt(variance)
    correlation = at_zero.information / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(correlation)
    if values[0] < 1e-10:
        involved = [n for n, v in zip(names, vectors[:, 0], strict=True) if abs(v) > 1e-4]
        raise ValueError(f"{', '.join(involved)} depend on each other linearly: leave one out")
    spread: FloatArray = scale
    return spread


def _is_flat(here: Likelihood, at_zero: Likelihood) -> bool:
    """Say whether the information has vanished along a coefficient, as it does on a ridge."""
    return bool(np.min(np.diag(here.information) / np.diag(at_zero.information)) < 1e-12)
