"""One value: an option, a number within bounds, a truth value, and how a message shows it."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from numbers import Real
from typing import TypeVar

import numpy as np

Option = TypeVar("Option", bound=str)

LARGEST_COUNT = 10**12
"""A count above it is a slip."""

SMALLEST_PROBABILITY = 1e-12
"""A level below it is lost in rounding."""

SHOWN_AT_MOST = 200
"""Characters of a value that a message shows."""


def choice(value: Option, name: str, options: Iterable[Option]) -> Option:
    """Return an option, refusing what is not in the vocabulary."""
    known = tuple(options)
    text = str.__str__(value) if isinstance(value, str) else ""
    for word in known:
        if word == text:
            return word
    near = get_close_matches(text[:SHOWN_AT_MOST], known, 1)
    raise ValueError(
        f"{name} is {shown(value)}; choose {', '.join(known[:-1])} or {known[-1]}"
        + (f" (perhaps {near[0]})" if near else "")
    )


def number(
    value: object,
    name: str,
    *,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
    most: float | None = None,
) -> float:
    """Return one finite number within bounds, of which `above` and `below` are excluded."""
    found = as_float(value)
    bounds = [
        (word, bound, holds)
        for word, bound, holds in (
            ("above", above, operator.gt),
            ("at least", least, operator.ge),
            ("below", below, operator.lt),
            ("at most", most, operator.le),
        )
        if bound is not None
    ]
    if np.isfinite(found) and all(holds(found, bound) for _, bound, holds in bounds):
        return found
    wanted = " and ".join(f"{word} {bound:g}" for word, bound, _ in bounds)
    raise ValueError(f"{name} is {shown(value)}; it must be {f'a finite number {wanted}'.strip()}")


def probability(value: object, name: str) -> float:
    """Return a probability strictly between 0 and 1, such as a confidence level."""
    try:
        return number(value, name, above=SMALLEST_PROBABILITY, below=1)
    except ValueError:
        raise ValueError(
            f"{name} is {shown(value)}; it must lie strictly between 0 and 1, e.g. 0.95"
        ) from None


def flag(value: object, name: str) -> bool:
    """Return a truth value; a text, which would always be true, is none."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} is {shown(value)}; it must be True or False")
    return bool(value)


def whole_number(value: object, name: str, *, least: int = 0) -> int:
    """Return a count, refusing what is not a whole number of at least `least`."""
    found = as_float(value)
    if not (found.is_integer() and least <= found <= LARGEST_COUNT and found == value):
        raise ValueError(
            f"{name} is {shown(value)}; it must be a whole number, {least} or more, such as 11"
        )
    return int(found)


def instance_of(value: object, kind: type, name: str) -> None:
    """Refuse a value that is not of the class that it must be of."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} is {kind_of(value)}; it must be a {kind.__name__}")


def is_real(value: object) -> bool:
    """Return whether a value is one real number and no truth value."""
    # numpy counts its time spans among the integers.
    counted_so = isinstance(value, bool | np.bool_ | np.timedelta64)
    return isinstance(value, Real | Decimal) and not counted_so


def as_float(value: object) -> float:
    """Return a real number as float, NaN for what is none."""
    try:
        return float(value) if is_real(value) else np.nan  # type: ignore[arg-type]
    except OverflowError:
        return np.inf
    except ValueError:
        return np.nan  # a signalling NaN of decimal


def shown(value: object) -> str:
    """Return a value for a message, cut where it is long, and the class of one that has no repr."""
    try:
        if isinstance(value, np.generic) and value.dtype.kind in "biuf":
            value = value.item()
        text = repr(value)
    except Exception:  # of any kind: an object writes itself as it will
        return f"a {kind_of(value)} that has no repr"
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}..."


def kind_of(value: object) -> str:
    """Return the class of a value, with its module where it is not Python's own."""
    kind = type(value)
    if value is None:
        return "None"
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
