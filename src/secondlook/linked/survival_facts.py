"""What a paper prints about survival: numbers at risk, S(t), medians with limits, told times.

Every value is the printed text. A limit that is printed as "not reached" is ``None`` inside a pair;
limits that are not printed at all are ``None`` instead of the pair.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from secondlook.printed import Bounds, admits, parse

__all__ = [
    "KnownTime",
    "PrintedMedian",
    "PrintedSurvival",
    "Rounding",
    "SurvivalFacts",
    "admitted",
]

Rounding = Literal["rounded", "either"]


def admitted(printed: str, rounding: Rounding) -> Bounds:
    """Return the values that print so, rounded or (``either``) possibly cut."""
    interval = admits(printed)
    return interval.rounded if rounding == "rounded" else interval.either


@dataclass(frozen=True)
class PrintedSurvival:
    """S(time) as printed, in percent; the time is taken as exact.

    Attributes
    ----------
    time
        In the unit of all times of the facts, as ``"12"``.
    estimate
        In percent, ``None`` if only the limits are printed.
    limits
        Lower and upper limit in percent; ``None`` if not printed.
    """

    time: str
    estimate: str | None
    limits: tuple[str, str] | None = None

    @property
    def at(self) -> Fraction:
        """The time as an exact number."""
        return parse(self.time).value


@dataclass(frozen=True)
class PrintedMedian:
    """A median time as printed: ``None`` where it is "not reached".

    Attributes
    ----------
    estimate
        ``None`` if the median is not reached, ``""`` if it is not printed.
    limits
        Lower and upper limit, either ``None`` if not reached; ``None`` if not printed.
    """

    estimate: str | None
    limits: tuple[str | None, str | None] | None = None


@dataclass(frozen=True)
class KnownTime:
    """One patient whose exit is told: ``KnownTime("censoring", ">=24", "in remission ...")``.

    Patients are different people: each needs a mark of his own.
    """

    mark: Literal["death", "censoring"]
    time: str
    who: str = ""


@dataclass(frozen=True)
class SurvivalFacts:
    """Everything that a paper prints about one survival curve.

    Attributes
    ----------
    n
        The number of patients.
    at_risk
        The row under the figure, ``"31 27 22"``; the first number belongs to time 0, and ``-``
        stands for a number that is not printed.
    spacing
        The distance of its ticks; ``None`` if the axis is not known.
    survival
        S(t) with limits at given times.
    median, follow_up
        The median survival, and the median of the reverse Kaplan-Meier.
    deaths
        The number of deaths, or its least and greatest value.
    known
        Individual times told in the narrative.
    left
        Numbers at risk that the narrative tells at other times than the ticks: time and number.
    """

    n: str
    at_risk: str = ""
    spacing: str | None = None
    survival: tuple[PrintedSurvival, ...] = ()
    median: PrintedMedian | None = None
    follow_up: PrintedMedian | None = None
    deaths: str | tuple[str, str] | None = None
    known: tuple[KnownTime, ...] = ()
    left: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no paper can mean."""
        n, row = self.patients, self.row
        if not 1 <= n <= 62:
            raise ValueError(f"n must lie between 1 and 62 for an exact search, not {self.n!r}")
        printed = [number for number in row if number is not None]
        if row and row[0] not in (None, n):
            raise ValueError(f"the row of numbers at risk begins with {row[0]}, but n is {n}")
        for earlier, later in itertools.pairwise(printed):
            if later > earlier:
                raise ValueError(f"numbers at risk cannot rise from {earlier} to {later}")
        if self.spacing is not None and parse(self.spacing).value <= 0:
            raise ValueError(f"the spacing of the ticks must be > 0, not {self.spacing!r}")
        for fact in self.survival:
            if fact.at <= 0:
                raise ValueError(f"S(t) needs a time after 0, not {fact.time!r}")

    @property
    def patients(self) -> int:
        """The number of patients."""
        return _whole(self.n)

    @property
    def row(self) -> tuple[int | None, ...]:
        """The numbers at risk, None where none is printed."""
        return tuple(None if number == "-" else _whole(number) for number in self.at_risk.split())

    @property
    def ticks(self) -> tuple[tuple[Fraction, int], ...]:
        """Time and number at risk of every printed tick."""
        if not self.row:
            return ()
        if self.spacing is None:
            raise ValueError(
                "the spacing of the numbers at risk is not known: give SurvivalFacts a spacing, "
                "or ask possible_conventions which ones the other facts allow"
            )
        step = parse(self.spacing).value
        return tuple(
            (index * step, number) for index, number in enumerate(self.row) if number is not None
        )

    @property
    def counts(self) -> tuple[tuple[Fraction, int], ...]:
        """Time and number at risk, of every printed tick and wherever else it is told."""
        told = [(parse(time).value, _whole(number)) for time, number in self.left]
        found = sorted({*self.ticks, *told})
        for (_, earlier), (time, later) in itertools.pairwise(found):
            if later > earlier:
                raise ValueError(
                    f"numbers at risk cannot rise from {earlier} to {later} at {float(time):g}"
                )
        return tuple(found)

    @property
    def death_bounds(self) -> tuple[int, int]:
        """Least and greatest number of deaths that the paper allows."""
        if self.deaths is None:
            return 0, self.patients
        if isinstance(self.deaths, str):
            return _whole(self.deaths), _whole(self.deaths)
        return _whole(self.deaths[0]), _whole(self.deaths[1])


def _whole(text: str) -> int:
    value = parse(text).value
    if value.denominator != 1 or value < 0:
        raise ValueError(f"a number of patients must be whole and >= 0, not {text!r}")
    return int(value)
