"""Kaplan-Meier: the product limit of survival, and follow-up as its mirror image.

S(t) = prod over event times u <= t of (1 - d(u) / n(u)), right-continuous, with Greenwood's
variance S(t)^2 * sum of d / (n (n - d)). The arrays live in the curve; frames are built when asked
for, so that a curve of a million times costs no more than its arithmetic.

Programs disagree where a curve runs level at exactly the height of a wanted quantile: R takes the
midpoint of the stretch, lifelines its left end, others the first time strictly below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook import inputs
from secondlook.inputs import FloatArray, IntArray
from secondlook.survival.intervals import IntervalType, check_interval, wald_limits
from secondlook.survival.risk_sets import count_one_sample, count_risk_sets
from secondlook.survival.tied_times import distinct_times, put_on, snap_to_axis

if TYPE_CHECKING:
    import pandas as pd


def kaplan_meier(
    durations: ArrayLike,
    events: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    interval: IntervalType = "log",
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate survival by the product limit.

    Parameters
    ----------
    durations
        Shape (n,), times to death or censoring, > 0, in the caller's unit.
    events
        Shape (n,), boolean or 0/1, whether the duration ended in death.
    entry
        Shape (n,), when each row came under observation (left truncation), >= 0 and before its
        duration. One who enters at a death's time is not at risk for it.
    interval
        The type of the limits: ``plain``, ``log``, ``log-log``, ``logit`` or ``arcsine``.
    level
        Their level of confidence as a fraction.

    Returns
    -------
    SurvivalCurve
        Deaths come before censorings at equal times. Under late entry S stays 0 from the first
        time on at which everybody at risk dies, however early that is.

    References
    ----------
    Kaplan & Meier (1958), J Am Stat Assoc 53, 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([1, 2, 2, 4], [1, 1, 0, 1])
    >>> curve.survival.tolist()
    [0.75, 0.5, 0.0]
    >>> curve.quantile(0.5).estimate
    3.0
    """
    inputs.refuse_other_rows(durations=durations, events=events, entry=entry)
    stops = inputs.check_times(durations, "durations")
    deaths = inputs.check_events(events, "events", stops, "durations")
    if entry is None:
        return product_limit(*count_one_sample(stops, deaths), interval=interval, level=level)
    starts = inputs.check_entries(entry, "entry", stops, "durations")
    sets = count_risk_sets(stops, deaths, start=starts)
    counts = (counted[:, 0] for counted in (sets.at_risk, sets.events, sets.censored))
    return product_limit(
        sets.time, *counts, interval=interval, level=level, entries=np.sort(starts)
    )


def follow_up(
    durations: ArrayLike,
    events: ArrayLike,
    *,
    interval: IntervalType = "log",
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate the distribution of potential follow-up: the reverse Kaplan-Meier.

    Censoring is the event here. At equal times a death leaves before a censoring is
    counted, so that flipping the indicator is wrong at ties.

    Parameters
    ----------
    durations, events, interval, level
        As in `kaplan_meier`; ``events`` is still True for a death.

    Returns
    -------
    SurvivalCurve
        The probability of being followed beyond t, had nobody died. In its columns ``at_risk``
        counts those under observation just before each time, ``events`` those whose
        follow-up ends there alive, ``censored`` the deaths. Its median is the median follow-up.

    References
    ----------
    Schemper & Smith (1996), Control Clin Trials 17, 343-346.

    Examples
    --------
    >>> follow_up([3, 3, 3, 9], [1, 0, 1, 0]).survival.tolist()
    [0.5, 0.0]
    """
    inputs.refuse_other_rows(durations=durations, events=events)
    stops = inputs.check_times(durations, "durations")
    deaths = inputs.check_events(events, "events", stops, "durations")
    time, at_risk, died, censored = count_one_sample(stops, deaths)
    return product_limit(
        time, at_risk, censored, died, exposed=at_risk - died, interval=interval, level=level
    )


Plateau = Literal["midpoint", "left", "right"]

_TOLERANCE = float(np.sqrt(np.finfo(float).eps))
"""How near to the wanted depth a height counts as on it, as in R."""


@dataclass(frozen=True)
class Quantile:
    """A quantile of the survival time, in the unit of the times; NaN where it is not reached."""

    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class RestrictedMean:
    """The mean survival time up to `horizon`, in the unit of the times."""

    estimate: float
    std_error: float
    horizon: float


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
    survival, std_error
        Shape (k,), S(t) at and after each time, and its standard error, as R's ``summary(survfit)``
        prints it; NaN where S(t) is 0.
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
        lower, upper = wald_limits(
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
        """Return the columns of `table` at one time or several >= 0, in the order given.

        A time within floating-point error of an exit time is that time. ``at_risk`` is the number
        at risk just before the time (at 0: those who entered at 0); ``events`` and ``censored``
        count those since the next smaller time asked for, as R's ``summary(fit, times=)`` does.
        Before the first exit S is 1 with the limits 1 and 1; after the last time the last S stands,
        with nobody at risk.
        """
        import pandas as pd

        return pd.DataFrame(self.read(times))

    def read(self, times: ArrayLike) -> dict[str, NDArray[Any]]:
        """Return what `at` does, each column an array."""
        asked = inputs.numbers(np.reshape(times, 1) if inputs.is_real(times) else times, "times")
        inputs.refuse_negative(asked, "times")
        return _read_steps(self, asked)

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

        References
        ----------
        Brookmeyer & Crowley (1982), Biometrics 38, 29-41.
        """
        p = inputs.probability(p, "p")
        plateau = inputs.choice(plateau, "plateau", get_args(Plateau))
        curves = (self.survival, self.lower, self.upper)
        return Quantile(*(_crossing_time(self.time, curve, p, plateau) for curve in curves))

    def restricted_mean(self, horizon: float) -> RestrictedMean:
        """Return the area under S(t) from 0 to `horizon` (a time > 0), with its standard error.

        Beyond the last time the last S stands, as in R's ``print(survfit, rmean=)``; an area that
        reaches so far rests on no observation unless S is 0 there.

        References
        ----------
        Klein & Moeschberger (2003), Survival Analysis, 2nd ed., Springer, section 4.5, (4.5.2).
        """
        end = inputs.number(horizon, "horizon", above=0)
        kept = int(np.searchsorted(self.time, end, side="right"))
        edges = np.concatenate(([0.0], self.time[:kept], [end]))
        pieces = np.diff(edges) * np.concatenate(([1.0], self.survival[:kept]))
        # Greenwood's terms, each carried through the area that lies beyond its time; a time at
        # which all at risk die has no area after it.
        beyond = np.cumsum(pieces[:0:-1])[::-1]
        n = (self.at_risk if self.exposed is None else self.exposed)[:kept].astype(np.float64)
        d = self.events[:kept]
        terms = np.where(n > d, d / (np.maximum(n, 1.0) * np.maximum(n - d, 1.0)), 0.0)
        # As a part of the horizon, whose own square may overflow.
        variance = float(np.sum((beyond / end) ** 2 * terms))
        return RestrictedMean(float(pieces.sum()), end * math.sqrt(variance), end)


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
) -> SurvivalCurve:
    """Return the curve of counts: conditional survival multiplied over the exit times.

    The parameters are those of `SurvivalCurve`; arrays of shape (k,), as a column of `RiskSets`
    gives them.

    References
    ----------
    Kaplan & Meier (1958), J Am Stat Assoc 53, 457-481. Greenwood (1926), Reports on Public
    Health and Medical Subjects 33, HMSO, appendix 1.
    """
    level = check_interval(interval, level)
    # Where nobody is at risk nobody fails, and the factor 1 - 0 / 1 leaves S as it is.
    n = np.maximum(at_risk if exposed is None else exposed, 1.0)
    alive = n - events
    survival = np.multiply.accumulate(alive / n)
    alive *= n
    with np.errstate(divide="ignore", invalid="ignore"):
        std_error = np.sqrt(np.add.accumulate(events / alive))
        std_error *= survival
    for values in (time, at_risk, events, censored, survival, std_error):
        values.setflags(write=False)
    return SurvivalCurve(
        time, at_risk, events, censored, survival, std_error, interval, level, exposed, entries
    )


def _read_steps(curve: SurvivalCurve, asked: FloatArray) -> dict[str, NDArray[Any]]:
    """Return the columns of `SurvivalCurve.table` at checked times, in the order given."""
    time, entries = curve.time, curve.entries
    axis = time
    if entries is not None:
        axis = distinct_times(np.concatenate((time, entries)))
        time, entries = put_on(axis, time), put_on(axis, entries)
    on_axis = snap_to_axis(asked, axis)
    exited = np.searchsorted(time, on_axis, side="left")
    if entries is None:
        at_risk = np.append(curve.at_risk, 0)[exited]
    else:
        at_risk = np.searchsorted(entries, on_axis, side="left")
        at_risk[on_axis == 0] = np.searchsorted(entries, 0.0, side="right")
        at_risk -= np.concatenate(([0], np.cumsum(curve.events + curve.censored)))[exited]
    passed = np.searchsorted(time, on_axis, side="right")
    last = np.maximum(passed - 1, 0)

    def step(values: FloatArray, at_start: float) -> FloatArray:
        return np.where(passed == 0, at_start, values[last])

    return {
        "time": asked,
        "at_risk": at_risk,
        "events": _since_previous(on_axis, curve.events, passed),
        "censored": _since_previous(on_axis, curve.censored, passed),
        "survival": step(curve.survival, 1.0),
        "std_error": step(curve.std_error, 0.0),
        "lower": step(curve.lower, 1.0),
        "upper": step(curve.upper, 1.0),
    }


def _since_previous(asked: FloatArray, counts: IntArray, passed: IntArray) -> IntArray:
    so_far = np.concatenate(([0], np.cumsum(counts)))[passed]
    order = np.argsort(asked, kind="stable")
    since = np.empty_like(so_far)
    since[order] = np.diff(so_far[order], prepend=0)
    return since


def _crossing_time(time: FloatArray, curve: FloatArray, p: float, plateau: Plateau) -> float:
    """Return when a curve that starts at 1 comes down to 1 - p; NaN if it never does.

    The rule is that of R's ``quantile(survfit)``: heights within 1.5e-8 of 1 - p are on it.
    R's ``print(survfit)`` differs from it in two cases that are rare beyond small samples. Where
    a curve ends level at 1 - p it prints the left end of the stretch. And where an upper limit
    rises again after it fell below the level it prints the first time below, whereas
    ``quantile``, and this function, take the time of the highest limit below. (Asked for one p
    alone, ``quantile`` also misses a level that the curve ends on but for rounding error.)
    """
    times = np.concatenate(([0.0], time))
    depths = np.concatenate(([0.0], 1 - curve))
    present = np.flatnonzero(~np.isnan(depths))
    ranked = present[np.argsort(depths[present], kind="stable")]

    def first_at_least(depth: float) -> float:
        at = np.searchsorted(depths[ranked], depth)
        return float(times[ranked[at]]) if at < len(ranked) else float("nan")

    reached = first_at_least(p - _TOLERANCE)
    passed = first_at_least(p + _TOLERANCE)
    if plateau == "left":
        return reached
    if plateau == "right":
        return passed
    if abs(depths[-1] - p) < _TOLERANCE:
        passed = float(time[-1])
    return (reached + passed) / 2
