"""A hazard that is constant between given times, as a law of when something happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from secondlook import inputs
from secondlook.inputs import FloatArray
from secondlook.survival import SurvivalCurve


@dataclass(frozen=True)
class Hazard:
    """A piecewise constant hazard: `rates[i]` (>= 0) events a unit of time from `starts[i]` on.

    Starts ascend from 0, and the last rate lasts for ever: after one of zero, what has not happened
    never will.

    Examples
    --------
    >>> Hazard.through([12, 24], [0.53, 0.18]).survival([0, 12, 24]).round(4).tolist()
    [1.0, 0.53, 0.18]
    """

    starts: tuple[float, ...]
    rates: tuple[float, ...]

    def __post_init__(self) -> None:
        starts = inputs.numbers(self.starts, "starts")
        rates = inputs.numbers(self.rates, "rates")
        inputs.refuse_negative(rates, "rates")
        if len(starts) != len(rates) or not len(starts):
            raise ValueError(
                f"there are {len(starts)} starts and {len(rates)} rates; give one each"
            )
        if starts[0] != 0 or not np.all(np.diff(starts) > 0):
            raise ValueError(f"starts must ascend from 0, not {self.starts}")
        object.__setattr__(self, "starts", tuple(starts.tolist()))
        object.__setattr__(self, "rates", tuple(rates.tolist()))

    @classmethod
    def constant(cls, rate: float) -> Hazard:
        """Return the exponential law of this rate."""
        return cls((0.0,), (inputs.number(rate, "rate", least=0),))

    @classmethod
    def through(
        cls, times: Sequence[float], survival: Sequence[float], *, beyond: float | None = None
    ) -> Hazard:
        """Return the law that passes through given points, constant between them.

        To the ascending times > 0 belongs the fraction to which nothing has happened by then, > 0
        and never rising. The rate `beyond` the last time is by default that of the last stretch.
        """
        inputs.refuse_other_rows(times=times, survival=survival)
        knots = np.concatenate(([0.0], inputs.numbers(times, "times")))
        fractions = np.concatenate(([1.0], inputs.numbers(survival, "survival")))
        if len(knots) != len(fractions) or len(knots) < 2:
            raise ValueError(f"there are {len(times)} times for {len(survival)} values of survival")
        if not np.all(np.diff(knots) > 0):
            raise ValueError(f"times must ascend and lie after 0, not {list(times)}")
        if not np.all(fractions > 0) or np.any(np.diff(fractions) > 0):
            raise ValueError(f"survival must fall from 1 and stay above 0, not {list(survival)}")
        with np.errstate(over="ignore"):  # a rate that is infinite is refused below
            rates = -np.diff(np.log(fractions)) / np.diff(knots) + 0.0
        last = float(rates[-1]) if beyond is None else inputs.number(beyond, "beyond", least=0)
        return cls(tuple(map(float, knots)), (*map(float, rates), last))

    @classmethod
    def of_curve(cls, curve: SurvivalCurve) -> Hazard:
        """Return the law that has a Kaplan-Meier curve's survival at each of its event times.

        After the last event time at which the curve is above zero, the average rate up to then
        goes on: there is nothing in a curve about what comes after it.
        """
        inputs.instance_of(curve, SurvivalCurve, "curve")
        kept = (curve.events > 0) & (curve.survival > 0)
        if not kept.any():
            raise ValueError("the curve has no event time at which survival is below 1 and above 0")
        times, survival = curve.time[kept], curve.survival[kept]
        average = -float(np.log(survival[-1]) / times[-1])
        return cls.through(times.tolist(), survival.tolist(), beyond=average)

    def times(self, factor: float) -> Hazard:
        """Return this hazard with every rate multiplied."""
        by = inputs.number(factor, "factor", least=0)
        return replace(self, rates=tuple(rate * by for rate in self.rates))

    def cumulative(self, time: ArrayLike) -> FloatArray:
        """Return the cumulative hazard at finite times >= 0, of their shape."""
        at = inputs.not_negative(time, "time")
        piece = np.searchsorted(self.starts, at, side="right") - 1
        into = at - np.asarray(self.starts)[piece]
        reached: FloatArray = self._knots()[piece] + np.asarray(self.rates)[piece] * into
        return reached

    def survival(self, time: ArrayLike) -> FloatArray:
        """Return the probability that it has not happened by finite times >= 0."""
        remaining: FloatArray = np.exp(-self.cumulative(time))
        return remaining

    def time_at(self, cumulative: ArrayLike) -> FloatArray:
        """Return when the cumulative hazard reaches given values; infinity where it never does."""
        wanted = inputs.not_negative(cumulative, "cumulative")
        knots = self._knots()
        piece = np.searchsorted(knots, wanted, side="right") - 1
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            into = (wanted - knots[piece]) / np.asarray(self.rates)[piece]
        return np.asarray(self.starts)[piece] + np.where(np.isnan(into), np.inf, into)

    def _knots(self) -> FloatArray:
        steps = np.diff(self.starts) * np.asarray(self.rates[:-1])
        return np.concatenate(([0.0], np.cumsum(steps)))
