"""The product limit as a step function, with its standard error and limits.

S(t) = prod over event times u <= t of (1 - d(u) / n(u)), right-continuous, with Greenwood's
variance S(t)^2 * sum of d / (n (n - d)). The arrays live in the curve; frames are built when asked
for, so that a curve of a million times costs no more than its arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from secondlook.intervals import IntervalType, check_interval, limits
from secondlook.observations import FloatArray, IntArray
from secondlook.quantiles import Plateau, Quantile, crossing_time
from secondlook.restricted_mean import RestrictedMean, area_under_steps
from secondlook.step_reading import read_steps

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "SurvivalCurve", "product_limit"]

COLUMNS = ("time", "at_risk", "events", "censored", "survival", "std_error", "lower", "upper")


@dataclass(frozen=True, eq=False, repr=False)
class SurvivalCurve:
    """A Kaplan-Meier curve; `product_limit` and `kaplan_meier` make one.

    Attributes
    ----------
    time
        Shape (k,), the distinct exit times, ascending, in the caller's unit.
    at_risk, events, censored
        Shape (k,), counts just before and at each time.
    survival
        Shape (k,), S(t) at and after each time.
    std_error
        Shape (k,), the standard error of S(t), as R's ``summary(survfit)`` prints it;
        NaN where S(t) is 0.
    interval, level
        The type of the limits and their level of confidence.
    exposed
        Shape (k,), the number at risk of the event; None if it is `at_risk`.
    entries
        Shape (n,), when the rows began, ascending; None if all began at 0.
    """

    time: FloatArray
    at_risk: IntArray
    events: IntArray
    censored: IntArray
    survival: FloatArray
    std_error: FloatArray
    interval: IntervalType = "log"
    level: float = 0.95
    exposed: IntArray | None = None
    entries: FloatArray | None = None

    def __repr__(self) -> str:
        """Say how much the curve rests on."""
        return (
            f"SurvivalCurve({int(self.events.sum())} events at {len(self.time)} times up to "
            f"{self.time[-1]:g}; {self.interval} interval, level {self.level:g})"
        )

    @cached_property
    def _limits(self) -> tuple[FloatArray, FloatArray]:
        lower, upper = limits(
            self.survival, self.std_error, interval=self.interval, level=self.level
        )
        lower.setflags(write=False)
        upper.setflags(write=False)
        return lower, upper

    @property
    def lower(self) -> FloatArray:
        """Shape (k,), the lower limits of S(t); NaN where R's survival gives none."""
        return self._limits[0]

    @property
    def upper(self) -> FloatArray:
        """Shape (k,), the upper limits of S(t); NaN where R's survival gives none."""
        return self._limits[1]

    @property
    def table(self) -> pd.DataFrame:
        """A new frame: time, at_risk, events, censored, survival, std_error, lower, upper.

        One row a distinct exit time, censoring times included.
        """
        import pandas as pd

        # Copied once, here: pandas would copy again to lay columns of a type side by side.
        return pd.DataFrame({name: getattr(self, name).copy() for name in COLUMNS}, copy=False)

    def at(self, times: ArrayLike) -> pd.DataFrame:
        """Read the curve at given times, one row each, in the order given.

        Parameters
        ----------
        times
            One time or several, >= 0. A time within floating-point error of an exit time is
            that time.

        Returns
        -------
        DataFrame
            The columns of `table`. ``at_risk`` is the number at risk just before the time (at 0:
            those who entered at 0); ``events`` and ``censored`` count those since the next smaller
            time asked for, as R's ``summary(fit, times=)`` does. Before the first exit S is 1 with
            the limits 1 and 1; after the last time the last S stands, with nobody at risk.

        Raises
        ------
        ValueError
            Naming the positions of missing or negative times.
        """
        import pandas as pd

        return pd.DataFrame(read_steps(self, times))

    def quantile(self, p: float = 0.5, *, plateau: Plateau = "midpoint") -> Quantile:
        """Return the time by which the fraction `p` has had the event, with limits.

        The limits are Brookmeyer and Crowley's: where the limits of S(t) cross 1 - p. They are NaN
        where a limit never crosses, as is the estimate. Estimate and limits are those of R's
        ``quantile(survfit)``, by the rule `plateau` where a curve runs level at 1 - p.

        Parameters
        ----------
        p
            The fraction that has had the event, between 0 and 1; 0.5 for the median.
        plateau
            Which time stands for a level stretch: its ``midpoint`` (R; up to the last time if the
            curve ends there), its ``left`` end (lifelines) or its ``right`` end (the first
            time strictly below; NaN if there is none).

        Raises
        ------
        ValueError
            If `p` does not lie between 0 and 1, or the rule is not known.

        References
        ----------
        Brookmeyer & Crowley (1982), Biometrics 38, 29-41.
        """
        if not 0 < p < 1:
            raise ValueError(f"p must lie between 0 and 1 (0.5 for the median), not {p!r}")
        return Quantile(
            *(
                crossing_time(self.time, curve, p, plateau)
                for curve in (self.survival, self.lower, self.upper)
            )
        )

    def restricted_mean(self, horizon: float) -> RestrictedMean:
        """Return the area under S(t) from 0 to `horizon`, with its standard error.

        Beyond the last time the last S stands, as in R's ``print(survfit, rmean=)``; an area that
        reaches so far rests on no observation unless S is 0 there.

        Parameters
        ----------
        horizon
            The end of the area, > 0, in the unit of the times.

        Raises
        ------
        ValueError
            If `horizon` is not a finite time after 0.

        References
        ----------
        Klein & Moeschberger (2003), Survival Analysis, 2nd ed., Springer, section 4.5.
        """
        if not 0 < horizon < np.inf:
            raise ValueError(f"horizon must be a time after 0, not {horizon!r}")
        n = self.at_risk if self.exposed is None else self.exposed
        return area_under_steps(self.time, self.survival, n, self.events, float(horizon))


def product_limit(
    time: FloatArray,
    at_risk: IntArray,
    events: IntArray,
    censored: IntArray,
    *,
    exposed: IntArray | None = None,
    interval: IntervalType = "log",
    level: float = 0.95,
    entries: FloatArray | None = None,
    room: FloatArray | None = None,
) -> SurvivalCurve:
    """Multiply the conditional survival over the exit times.

    Parameters
    ----------
    time, at_risk, events, censored
        Shape (k,), as a column of `RiskSets` gives them.
    exposed
        Shape (k,), the number at risk of the event, if it is not `at_risk`.
    interval, level
        The type of the limits (see `secondlook.intervals`) and their level of confidence.
    entries
        Shape (n,), ascending, when the rows began, if not all at 0.
    room
        Shape (3, k), memory to compute in; it is taken over.

    References
    ----------
    Kaplan & Meier (1958), J Am Stat Assoc 53, 457-481. Greenwood (1926), Reports on Public
    Health and Medical Subjects 33, HMSO, appendix 1.
    """
    check_interval(interval, level)
    n, survival, std_error = np.empty((3, len(time))) if room is None else room
    # Where nobody is at risk nobody fails, and the factor 1 - 0 / 1 leaves S as it is.
    n[:] = at_risk if exposed is None else exposed
    np.maximum(n, 1, out=n)
    np.subtract(n, events, out=survival)
    np.multiply(n, survival, out=std_error)
    survival /= n
    np.multiply.accumulate(survival, out=survival)
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(events, std_error, out=std_error)
        np.add.accumulate(std_error, out=std_error)
        np.sqrt(std_error, out=std_error)
        std_error *= survival
    for values in (time, at_risk, events, censored, survival, std_error):
        values.setflags(write=False)
    return SurvivalCurve(
        time, at_risk, events, censored, survival, std_error, interval, level, exposed, entries
    )
