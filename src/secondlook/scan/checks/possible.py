"""Can whole numbers have this mean and this SD? GRIM, GRIMMER and DEBIT, exactly.

A mean of n whole numbers is a whole total over n (GRIM: Brown & Heathers 2017, Soc Psychol Personal
Sci 8, 363-369). The sum of their squares is whole too, and odd exactly if the total is (GRIMMER, as
derived by Allard 2018). A share of n has a single SD (DEBIT: Heathers & Brown 2019). A tie may have
been rounded either way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from secondlook import printed as numbers
from secondlook.inputs import whole_number


def _bounds(text: str, scale: int = 1) -> tuple[Fraction, Fraction]:
    number = numbers.parse(text)
    return (number.value - number.unit / 2) / scale, (number.value + number.unit / 2) / scale


def _totals(mean: str, n: int, items: int = 1, scale: int = 1) -> Iterator[int]:
    size = whole_number(n, "n", least=1) * whole_number(items, "items", least=1)
    low, high = _bounds(mean, scale)
    yield from range(math.ceil(low * size), math.floor(high * size) + 1)


def grim(mean: str, n: int, *, items: int = 1, percent: bool = False) -> bool:
    """Whether some whole total of `n` people over `items` questions has this mean, a printed text.

    Examples
    --------
    >>> grim("5.19", 28), grim("5.21", 28)
    (False, True)
    """
    return any(True for _ in _totals(mean, n, items, 100 if percent else 1))


def grimmer(mean: str, sd: str, n: int, *, population: bool = False) -> bool:
    """Whether some `n` whole numbers have this mean and this standard deviation.

    Its square is divided by n - 1, or by n for `population`.

    Examples
    --------
    >>> grimmer("5.23", "2.55", 35), grimmer("2.57", "2.57", 30)
    (False, True)
    """
    if n == 1:
        return grim(mean, n)
    low, high = _bounds(sd)
    low = max(low, Fraction(0))
    for total in _totals(mean, n):
        centre = Fraction(total * total, n)
        divisor = n if population else n - 1
        first = math.ceil(low * low * divisor + centre)
        last = math.floor(high * high * divisor + centre)
        # The squares of whole numbers add to an odd number exactly if the numbers do.
        first += (first - total) % 2
        if first <= last:
            return True
    return False


def debit(mean: str, sd: str, n: int, *, population: bool = False) -> bool:
    """Whether some share of `n` has this mean and this standard deviation (of 0 and 1).

    Its square is divided by n - 1, or by n for `population`.

    Examples
    --------
    >>> debit("0.44", "0.50", 1683), debit("0.19", "0.35", 1683)
    (True, False)
    """
    if n == 1:
        return grim(mean, n)
    low, high = _bounds(sd)
    for count in _totals(mean, n):
        variance = Fraction(count * (n - count), n * (n if population else n - 1))
        if max(low, Fraction(0)) ** 2 <= variance <= high**2:
            return True
    return False
