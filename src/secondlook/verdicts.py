"""The verdicts, and the kinds of result that a recomputation can give for a claim.

Each kind of result computes its own verdict from the printed text:

======================  ======================================================================
:class:`Derived`        one value follows: reproduced, truncated or differs
:class:`Alternatives`   several printed statements give it: reproduced, truncated or conflicts
:class:`Contradicted`   another statement bears on it by logic: reproduced or conflicts
:class:`Possible`       the values of the admissible data sets: attainable or unattainable
:class:`NotDerivable`   nothing printed bears on it
======================  ======================================================================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol, get_args

from secondlook import printed
from secondlook.printed import Bounds, Interval, Number

Verdict = Literal[
    "reproduced",
    "truncated",
    "differs",
    "conflicts",
    "attainable",
    "unattainable",
    "not-derivable",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class Result(Protocol):
    """What a recomputation says about one claim."""

    @property
    def how(self) -> str:
        """How the result is made, in one line."""

    def verdict(self, text: str) -> Verdict:
        """Compute the verdict on the printed text."""

    def shown(self, text: str) -> str:
        """Write the result beside the printed text, with two more decimals than it has."""


@dataclass(frozen=True)
class Derived:
    """One value follows from what the paper prints elsewhere."""

    value: Number
    how: str

    def verdict(self, text: str) -> Verdict:
        """Compare the printed digits with the value."""
        return printed.verdict(text, self.value)

    def shown(self, text: str) -> str:
        """Write the value."""
        return _shown(self.value, text)


@dataclass(frozen=True)
class Alternatives:
    """Several printed statements give the quantity, and nothing printed says which is right.

    Attributes
    ----------
    values
        Place -> the value that follows from what is printed there.
    """

    values: Mapping[str, Number]
    how: str

    def verdict(self, text: str) -> Verdict:
        """Say whether every statement agrees with the printed text."""
        if not self.values:
            raise ValueError(f"no alternatives were given ({self.how})")
        verdicts = {printed.verdict(text, value) for value in self.values.values()}
        if verdicts == {"reproduced"}:
            return "reproduced"
        return "conflicts" if "differs" in verdicts else "truncated"

    def shown(self, text: str) -> str:
        """Write each value with its place."""
        return "; ".join(f"{_shown(value, text)} ({place})" for place, value in self.values.items())


@dataclass(frozen=True)
class Contradicted:
    """Another printed statement bears on the claim by logic rather than through one value.

    Attributes
    ----------
    by
        The other statement, in words.
    contradicts
        Whether the two cannot both hold, as computed.
    """

    by: str
    contradicts: bool
    how: str

    def verdict(self, text: str) -> Verdict:
        """Say whether the two statements can both hold."""
        return "conflicts" if self.contradicts else "reproduced"

    def shown(self, text: str) -> str:
        """Write the other statement."""
        return self.by


@dataclass(frozen=True)
class Possible:
    """The values that the data sets which agree with everything else printed can give.

    Attributes
    ----------
    values
        The attainable values; or their range; or a function that says of the interval of values
        which print as the claim does whether one of them is attainable.
    shown_as
        Words for the ledger where the values are too many to list.
    """

    values: Iterable[Number] | Bounds | Callable[[Interval], bool]
    how: str
    shown_as: str = ""

    def __post_init__(self) -> None:
        """Keep the values of a generator, which could be read only once."""
        if not isinstance(self.values, Bounds) and not callable(self.values):
            object.__setattr__(self, "values", tuple(self.values))

    def verdict(self, text: str) -> Verdict:
        """Say whether an attainable value prints so, rounded or cut."""
        return "attainable" if self._attains(printed.admits(text)) else "unattainable"

    def _attains(self, interval: Interval) -> bool:
        if callable(self.values):
            return bool(self.values(interval))
        if isinstance(self.values, Bounds):
            return any(
                _overlap(self.values, admitted)
                for admitted in (interval.rounded, interval.truncated)
            )
        return any(
            value in interval.rounded or value in interval.truncated for value in self.values
        )

    def shown(self, text: str) -> str:
        """Write the values, or their range if they are many."""
        if self.shown_as:
            return self.shown_as
        if callable(self.values):
            return "see how"
        if isinstance(self.values, Bounds):
            return f"{_shown(self.values.lower, text)} to {_shown(self.values.upper, text)}"
        distinct = sorted(set(self.values))
        if not distinct:
            return "none"
        if len(distinct) > 4:
            return f"{_shown(distinct[0], text)} to {_shown(distinct[-1], text)}"
        return ", ".join(_shown(value, text) for value in distinct)


@dataclass(frozen=True)
class NotDerivable:
    """Nothing printed bears on the claim."""

    needs: str

    @property
    def how(self) -> str:
        """What would be needed."""
        return f"would need {self.needs}"

    def verdict(self, text: str) -> Verdict:
        """Return ``"not-derivable"``."""
        return "not-derivable"

    def shown(self, text: str) -> str:
        """Write a dash."""
        return "–"


def _shown(value: Number, text: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value == int(value):
        return str(int(value))
    try:
        rounded = printed.show(value, like=text)
        return rounded if Fraction(rounded) == value else printed.show(value, like=text, extra=2)
    except ValueError:
        return f"{float(value):.6g}"


def _overlap(one: Bounds, other: Bounds) -> bool:
    lower, upper = max(one.lower, other.lower), min(one.upper, other.upper)
    if lower < upper:
        return True
    return lower == upper and lower in one and lower in other
