"""Pointwise confidence limits of a survival probability, by the scale they are made on.

A Wald interval on the scale g(S) has the limits g^-1(g(S) -+ z g'(S) se(S)), where se(S) is
Greenwood's. Programs differ in their default, so that two correct papers print different limits:

========= ======================= ==========================================
name      g(S)                    default of
========= ======================= ==========================================
plain     S                       older SPSS and textbook tables
log       log S                   R's survival
log-log   log(-log S)             SAS, EZR, lifelines
logit     log(S / (1 - S))
arcsine   arcsin(sqrt S)          called ``arcsin`` in R
========= ======================= ==========================================

Limits are missing (NaN) where R's survival has none: at S = 0 for every type, and at S = 1 for
log-log, logit and arcsine, whose scale has no derivative there.

References
----------
Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed., Wiley,
pp. 16-18. Borgan & Liestoel (1990), Scand J Statist 17, 35-41 (arcsine, log-log).
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist
from typing import Literal, NamedTuple, get_args

import numpy as np

from secondlook.inputs import FloatArray, choice, probability

IntervalType = Literal["plain", "log", "log-log", "logit", "arcsine"]
INTERVAL_TYPES: tuple[IntervalType, ...] = get_args(IntervalType)


class Scale(NamedTuple):
    """A scale g of a survival probability: g, its derivative, and the way back, on arrays."""

    of: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]


SCALES: dict[IntervalType, Scale] = {
    "plain": Scale(lambda s: s, np.ones_like, lambda g: g),
    "log": Scale(np.log, lambda s: 1 / s, np.exp),
    "log-log": Scale(
        lambda s: np.log(-np.log(s)), lambda s: 1 / (s * np.log(s)), lambda g: np.exp(-np.exp(g))
    ),
    "logit": Scale(
        lambda s: np.log(s / (1 - s)), lambda s: 1 / (s * (1 - s)), lambda g: 1 / (1 + np.exp(-g))
    ),
    "arcsine": Scale(
        lambda s: np.arcsin(np.sqrt(s)),
        lambda s: 1 / (2 * np.sqrt(s * (1 - s))),
        lambda g: np.sin(np.clip(g, 0, np.pi / 2)) ** 2,
    ),
}


def wald_limits(
    survival: FloatArray, std_error: FloatArray, *, interval: IntervalType, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return lower and upper limits of S(t) as fractions, shape (k,), of checked arrays.

    `std_error` is that of S(t) itself, not of log S(t), and NaN where S(t) is 0.
    """
    scale = SCALES[interval]
    # At S = 0 the standard error is missing, and so is what is made of it.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        centre = scale.of(survival)
        reach = NormalDist().inv_cdf((1 + level) / 2) * std_error * scale.slope(survival)
        lower, upper = scale.back(centre - reach), scale.back(centre + reach)
    return np.maximum(lower, 0, out=lower), np.minimum(upper, 1, out=upper)


def check_interval(interval: str, level: float) -> float:
    """Return the level, refusing one that is no probability and an unknown type of interval."""
    choice(interval, "interval", INTERVAL_TYPES)
    return probability(level, "level")
