"""A printed number is text, and the interval of values that print so.

``"0.50"`` promises more than ``0.5``, and a printed ``"80"`` may have been rounded from 80.3 or
cut from 80.95. This module turns the text into the values that it admits under each rounding rule,
and says whether a recomputed value is among them. Bounds are exact fractions, so that a count over
a denominator never falls on the wrong side of a tie; a float within 1e-12 (relative) of a bound
counts as that bound, because 0.285 * 100 is not 28.5 in binary.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from secondlook.numerals import PrintedNumber, Relation, parse

__all__ = ["Bounds", "Interval", "PrintedNumber", "admits", "parse", "show", "verdict"]

Rule = Literal["half-up", "half-even", "truncated"]
PrintedVerdict = Literal["reproduced", "truncated", "differs"]
Number = int | float | Fraction

FLOAT_TOLERANCE = 1e-12
RULES: tuple[Rule, ...] = ("half-up", "half-even", "truncated")


@dataclass(frozen=True)
class Bounds:
    """An interval of real numbers; an end is infinite or exact, and open or closed."""

    lower: Number
    upper: Number
    lower_closed: bool
    upper_closed: bool

    def __contains__(self, value: object) -> bool:
        """Whether `value` lies inside; a float at a bound to 1e-12 is taken to be that bound."""
        if not isinstance(value, (int, float, Fraction)):
            value = float(value)  # type: ignore[arg-type]
        if isinstance(value, float) and math.isnan(value):
            return False
        if _same(value, self.lower):
            return self.lower_closed
        if _same(value, self.upper):
            return self.upper_closed
        return bool(self.lower < value < self.upper)

    def __str__(self) -> str:
        """Write the interval with square brackets for closed ends and round ones for open ends."""
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        return f"{left}{float(self.lower):g}, {float(self.upper):g}{right}"


@dataclass(frozen=True)
class Interval:
    """The values that print as one text, under each rounding rule.

    Attributes
    ----------
    half_up
        Rounded, ties away from zero (what most people and most statistics programs print).
    half_even
        Rounded, ties to the even digit (IEC 60559; R's ``round``, Python, NumPy).
    truncated
        The further digits cut off.
    """

    half_up: Bounds
    half_even: Bounds
    truncated: Bounds

    def bounds(self, rule: Rule) -> Bounds:
        """Return the values admitted under one rule."""
        return {
            "half-up": self.half_up,
            "half-even": self.half_even,
            "truncated": self.truncated,
        }[rule]

    @property
    def rounded(self) -> Bounds:
        """The values that print so under at least one of the two ways of rounding."""
        up, even = self.half_up, self.half_even
        return Bounds(
            up.lower,
            up.upper,
            up.lower_closed or even.lower_closed,
            up.upper_closed or even.upper_closed,
        )

    @property
    def either(self) -> Bounds:
        """The smallest interval that holds every value admitted under some rule."""
        ends = (self.rounded, self.truncated)
        lower, upper = min(b.lower for b in ends), max(b.upper for b in ends)
        return Bounds(
            lower,
            upper,
            any(b.lower == lower and b.lower_closed for b in ends),
            any(b.upper == upper and b.upper_closed for b in ends),
        )


def admits(printed: str) -> Interval:
    """Return the values that print as this text, for each rounding rule.

    A relation is taken at its word: ``"<0.001"`` admits every smaller value. An approximate number
    ("about 30") admits what rounds to its last digit that is not a zero.

    Examples
    --------
    >>> interval = admits("52.3")
    >>> str(interval.half_up), str(interval.truncated)
    ('[52.25, 52.35)', '[52.3, 52.4)')
    >>> 100 * 11 / 21 in interval.truncated
    True
    """
    number = parse(printed)
    if number.relation == "~":
        return _around(number.value, _last_digit(number))
    if number.relation != "=":
        beyond = _beyond(number.value, number.relation)
        return Interval(beyond, beyond, beyond)
    return _around(number.value, number.unit)


def verdict(printed: str, recomputed: Number) -> PrintedVerdict:
    """Say whether a recomputed value prints as the paper printed it.

    Parameters
    ----------
    printed
        The number as printed, on the scale of `recomputed` (percent or fraction: the caller's).
    recomputed
        The value that follows from what is printed elsewhere.

    Returns
    -------
    str
        ``"reproduced"`` if some way of rounding gives the text, ``"truncated"`` if only cutting
        off the digits does, else ``"differs"``.

    Raises
    ------
    ValueError
        If `recomputed` is not a number, or the text is not one printed number.

    Examples
    --------
    >>> verdict("33.3", 100 * 7 / 21), verdict("52.3", 100 * 11 / 21), verdict("80", 66.7)
    ('reproduced', 'truncated', 'differs')
    """
    if isinstance(recomputed, float) and math.isnan(recomputed):
        raise ValueError(
            f"the value recomputed for {printed!r} is not a number (NaN); "
            "a quantity that cannot be derived needs a result that says so"
        )
    interval = admits(printed)
    if recomputed in interval.rounded:
        return "reproduced"
    if recomputed in interval.truncated:
        return "truncated"
    return "differs"


def show(value: Number, like: str = "", *, extra: int = 0) -> str:
    """Print a value with as many decimals as a printed number has, ties away from zero.

    Parameters
    ----------
    value
        The value to print.
    like
        The printed text whose number of decimals to use; empty for none.
    extra
        Further decimals, for a value that is to be shown beside the printed one.

    Examples
    --------
    >>> show(100 * 11 / 21, like="52.3"), show(100 * 11 / 21, like="52.3", extra=2)
    ('52.4', '52.381')
    """
    places = max(0, (parse(like).decimals if like else 0) + extra)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    exact = value if isinstance(value, Fraction) else Fraction(value)
    nearest = Fraction(round(exact * 10 ** (places + 9)), 10 ** (places + 9))
    decimal = Decimal(nearest.numerator) / Decimal(nearest.denominator)
    return f"{decimal.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def _last_digit(number: PrintedNumber) -> Fraction:
    unit = number.unit
    while number.value and number.unit >= 1 and (number.value / (unit * 10)).denominator == 1:
        unit *= 10
    return unit


def _around(value: Fraction, unit: Fraction) -> Interval:
    half = unit / 2
    even = (abs(value) / unit) % 2 == 0
    if value == 0:
        return Interval(
            Bounds(-half, half, False, False),
            Bounds(-half, half, True, True),
            Bounds(-unit, unit, False, False),
        )
    sides: Callable[[Number, Number, bool, bool], Bounds] = Bounds if value > 0 else _mirrored
    size = abs(value)
    return Interval(
        sides(size - half, size + half, True, False),
        sides(size - half, size + half, even, even),
        sides(size, size + unit, True, False),
    )


def _mirrored(lower: Number, upper: Number, lower_closed: bool, upper_closed: bool) -> Bounds:
    return Bounds(-upper, -lower, upper_closed, lower_closed)


def _beyond(value: Fraction, relation: Relation) -> Bounds:
    if relation in ("<", "<="):
        return Bounds(-math.inf, value, False, relation == "<=")
    return Bounds(value, math.inf, relation == ">=", False)


def _same(value: Number, bound: Number) -> bool:
    if not isinstance(value, float) or not math.isfinite(value) or math.isinf(bound):
        return value == bound
    return abs(Fraction(value) - Fraction(bound)) <= FLOAT_TOLERANCE * abs(float(bound))
