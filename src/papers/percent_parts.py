"""The three parts of "a of n (p%)", each from the other two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from secondlook.claims import Derived, Possible, Result
from secondlook.printed import admits


def percent_of(count: int, n: int) -> Result:
    """Derive the percent of a count."""
    return Derived(Fraction(100 * count, n), f"{count} of {n}, in percent")


def count_behind(percent: str, n: int) -> Result:
    """Find the count behind a percent: derived if only one rounds so, else one of several."""
    return _one_of(
        range(n + 1), lambda count: Fraction(100 * count, n), percent, f"of {n} that is {percent}%"
    )


def size_behind(count: int, percent: str, *, most: int = 2000) -> Result:
    """Find the denominator behind a percent: derived if only one rounds so, else one of several."""
    return _one_of(
        range(max(count, 1), most + 1),
        lambda n: Fraction(100 * count, n),
        percent,
        f"of which {count} is {percent}%",
    )


def some_count(n: int) -> Possible:
    """Hold a percent against every whole number of patients."""
    return Possible(
        [Fraction(100 * count, n) for count in range(n + 1)],
        f"every whole number of {n} patients, in percent",
        shown_as=f"some count of {n}",
    )


def _one_of(
    numbers: Iterable[int], rate: Callable[[int], Fraction], percent: str, said: str
) -> Result:
    interval = admits(percent)
    candidates = {number: rate(number) for number in numbers}
    found = [number for number, value in candidates.items() if value in interval.rounded]
    if len(found) == 1:
        return Derived(found[0], f"the only number {said}")
    cut = [number for number, value in candidates.items() if value in interval.truncated]
    return Possible(sorted({*found, *cut}), f"every number {said}, rounded or cut")
