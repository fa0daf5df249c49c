"""The mean survival time up to a horizon: the area under the survival curve."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from secondlook.observations import FloatArray, IntArray

__all__ = ["RestrictedMean", "area_under_steps"]


@dataclass(frozen=True)
class RestrictedMean:
    """The mean survival time up to `horizon`, in the unit of the times."""

    estimate: float
    std_error: float
    horizon: float


def area_under_steps(
    time: FloatArray, survival: FloatArray, at_risk: IntArray, events: IntArray, horizon: float
) -> RestrictedMean:
    """Integrate S(t) from 0 to the horizon, with Greenwood's variance carried through.

    The variance is the sum over event times u up to the horizon of A(u)^2 d / (n (n - d)), A(u)
    being the area from u to the horizon; a time at which all at risk die has no area after it.

    Parameters
    ----------
    time, survival, at_risk, events
        Shape (k,), the exit times, S(t) from each on, those at risk and those who fail.
    horizon
        The end of the area, > 0.

    References
    ----------
    Klein & Moeschberger (2003), Survival Analysis, 2nd ed., Springer, section 4.5, (4.5.2).
    """
    kept = int(np.searchsorted(time, horizon, side="right"))
    edges = np.concatenate(([0.0], time[:kept], [horizon]))
    pieces = np.diff(edges) * np.concatenate(([1.0], survival[:kept]))
    beyond = np.cumsum(pieces[:0:-1])[::-1]
    n, d = at_risk[:kept].astype(np.float64), events[:kept]
    surviving = np.maximum(n - d, 1.0)
    terms = np.where(n > d, d / (np.maximum(n, 1.0) * surviving), 0.0)
    variance = float(np.sum(beyond**2 * terms))
    return RestrictedMean(float(pieces.sum()), math.sqrt(variance), horizon)
