"""Pointwise confidence limits of a survival probability, by the scale they are made on.

A Wald interval on the scale g(S) has the limits g^-1(g(S) -+ z |g'(S)| se(S)), where se(S) is
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
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal, get_args

import numpy as np

from secondlook.inputs import FloatArray

IntervalType = Literal["plain", "log", "log-log", "logit", "arcsine"]
INTERVAL_TYPES: tuple[IntervalType, ...] = get_args(IntervalType)


def limits(
    survival: FloatArray, std_error: FloatArray, *, interval: IntervalType, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return lower and upper limits of survival probabilities.

    Parameters
    ----------
    survival
        Shape (k,), S(t) as a fraction.
    std_error
        Shape (k,), the standard error of S(t) itself, not of log S(t); NaN where S(t) is 0.
    interval
        One of `INTERVAL_TYPES`.
    level
        The level of confidence as a fraction, 0.95 for 95 %.

    Raises
    ------
    ValueError
        If the type is unknown or the level is not between 0 and 1.

    References
    ----------
    Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed.,
    Wiley, pp. 16-18. Borgan & Liestoel (1990), Scand J Statist 17, 35-41 (arcsine, log-log).
    """
    check_interval(interval, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    # At S = 0 the standard error is missing, and so is what is made of it.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return _WALD[interval](survival, z * std_error)


def check_interval(interval: str, level: float) -> None:
    """Refuse a type of interval that is not known and a level that is not a probability."""
    if interval not in INTERVAL_TYPES:
        raise ValueError(f"interval must be one of {', '.join(INTERVAL_TYPES)}, not {interval!r}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1 (0.95 for 95 %), not {level!r}")


def _plain(survival: FloatArray, reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    lower, upper = survival - reach, survival + reach
    return np.maximum(lower, 0, out=lower), np.minimum(upper, 1, out=upper)


def _log(survival: FloatArray, reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    factor = np.divide(reach, survival, out=reach)
    np.exp(factor, out=factor)
    lower = survival / factor
    factor *= survival
    return lower, np.minimum(factor, 1, out=factor)


def _log_log(survival: FloatArray, reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    log_survival = np.log(survival)
    factor = np.exp(-reach / (survival * log_survival))
    return np.exp(log_survival * factor), np.exp(log_survival / factor)


def _logit(survival: FloatArray, reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    odds = survival / (1 - survival)
    factor = np.exp(reach / (survival * (1 - survival)))
    return 1 / (1 + factor / odds), 1 / (1 + 1 / (odds * factor))


def _arcsine(survival: FloatArray, reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    angle = np.arcsin(np.sqrt(survival))
    turn = reach / (2 * np.sqrt(survival * (1 - survival)))
    return (
        np.sin(np.maximum(angle - turn, 0)) ** 2,
        np.sin(np.minimum(angle + turn, np.pi / 2)) ** 2,
    )


_WALD = {
    "plain": _plain,
    "log": _log,
    "log-log": _log_log,
    "logit": _logit,
    "arcsine": _arcsine,
}
