"""Which sample sizes can lie behind printed percents, and which counts.

A percent of n patients can only be one of n + 1 values. Printed percents that
no n gives, or only an n that the paper does not have, are a finding.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs import BoolArray, IntArray, array, shown, whole_number
from secondlook.printed import Bounds, admits

if TYPE_CHECKING:
    import pandas as pd

Counts = tuple[int, ...]
Ends = tuple[IntArray, IntArray]

MOST_PATIENTS = 100_000


def denominators(percents: ArrayLike, max_n: int) -> pd.DataFrame:
    """Return every sample size up to `max_n` that can make all of the printed percents.

    These are texts as printed, e.g. ``["54.1", "37.5", "25"]``; each keeps its own digits.

    Returns
    -------
    DataFrame
        One row a sample size that works in some way, ascending. ``n``;
        ``rounding``, ``truncation``, ``either``: whether each percent can be
        made by rounding (a tie may go up or to the even digit), by cutting
        digits, or by one or the other; ``counts_rounding``,
        ``counts_truncation``, ``counts``: for each percent in turn, the
        range of counts that print it so (``counts`` belongs to ``either``).

    Examples
    --------
    54.1 is never 13 of 24 rounded (54.167), and yet all three share 24 if digits were cut:

    >>> denominators(["54.1", "37.5", "79.1"], 40)[["n", "rounding", "truncation", "either"]]
        n  rounding  truncation  either
    0  24     False        True    True
    """
    import pandas as pd

    n, rounded, cut = _ends(percents, max_n)
    both = list(map(_either, rounded, cut))
    either = _all_made(both)

    def counts(ends: list[Ends]) -> list[tuple[range, ...]]:
        kept = [(first[either].tolist(), (last[either] + 1).tolist()) for first, last in ends]
        return list(zip(*(map(range, *each) for each in kept), strict=True))

    return pd.DataFrame(
        {
            "n": n[either],
            "rounding": _all_made(rounded)[either],
            "truncation": _all_made(cut)[either],
            "either": True,
            "counts_rounding": counts(rounded),
            "counts_truncation": counts(cut),
            "counts": counts(both),
        }
    )


def sizes_printing(percents: ArrayLike, max_n: int) -> list[int]:
    """Return the sizes up to `max_n` that can make all of the percents, rounded or cut.

    Examples
    --------
    >>> sizes_printing(["54.1", "37.5", "79.1"], 40)
    [24]
    """
    n, rounded, cut = _ends(percents, max_n)
    found: list[int] = n[_all_made(list(map(_either, rounded, cut)))].tolist()
    return found


def _ends(percents: ArrayLike, max_n: int) -> tuple[IntArray, list[Ends], list[Ends]]:
    """Return the sizes, and for each percent its counts of them, rounded and cut."""
    texts = [] if isinstance(percents, str) else array(percents, "percents").tolist()
    if not texts:
        raise ValueError(
            f"percents is {shown(percents)}; give a list of printed texts, e.g. ['54.1']"
        )
    highest = whole_number(max_n, "max_n", least=1)
    if highest > MOST_PATIENTS:
        raise ValueError(
            f"max_n is {highest:,}; beyond {MOST_PATIENTS:,} every percent is some count, so that "
            "a percent says nothing about n"
        )
    intervals = [admits(percent) for percent in texts]
    for percent, interval in zip(texts, intervals, strict=True):
        rounded = interval.rounded
        below, above = rounded.upper <= 0, rounded.lower >= 100
        if (below and 0 not in rounded) or (above and 100 not in rounded):
            raise ValueError(f"{percent!r} is no percent of patients; it lies outside 0 to 100")
    n = np.arange(1, highest + 1)
    by_rounding = [_first_and_last(interval.rounded, n) for interval in intervals]
    by_cutting = [_first_and_last(interval.truncated, n) for interval in intervals]
    return n, by_rounding, by_cutting


def _all_made(ends: list[Ends]) -> BoolArray:
    made: BoolArray = np.logical_and.reduce([first <= last for first, last in ends])
    return made


def counts_printing(percent: str, n: int) -> Counts:
    """Return the counts of `n` that print as `percent`, rounded or cut.

    Examples
    --------
    >>> counts_printing("26", 277)
    (71, 72, 73, 74)
    """
    size = np.array([whole_number(n, "n", least=1)])
    interval = admits(percent)
    first, last = _either(
        *(_first_and_last(b, size) for b in (interval.rounded, interval.truncated))
    )
    return tuple(range(int(first[0]), 1 + int(last[0])))


def _either(rounded: Ends, cut: Ends) -> Ends:
    """Join the counts: what rounding and cutting admit overlaps, so that none lies between."""
    return np.minimum(rounded[0], cut[0]), np.maximum(rounded[1], cut[1])


def _first_and_last(bounds: Bounds, n: IntArray) -> Ends:
    """Return the least and the greatest count of each n whose exact percent lies in the bounds.

    Whole numbers throughout, so that no count falls on the wrong side of a tie; n + 1 and -1 where
    there is none.
    """
    parts = [Fraction(end) for end in (bounds.lower, bounds.upper) if abs(end) != math.inf]
    largest = max(
        (max(abs(p.numerator) * int(n[-1]), 100 * p.denominator) for p in parts), default=0
    )
    if largest > 2**62:
        n = n.astype(object)  # more digits than 64 bits hold
    first, last = n * 0, n * 1
    if bounds.lower >= 0:
        low = Fraction(bounds.lower) / 100
        first = -(-low.numerator * n // low.denominator)
        if not bounds.lower_closed:
            first += first * low.denominator == low.numerator * n
    if bounds.upper <= 100:
        high = Fraction(bounds.upper) / 100
        last = high.numerator * n // high.denominator
        if not bounds.upper_closed:
            last -= last * high.denominator == high.numerator * n
    none = first > last
    return np.where(none, n + 1, first), np.where(none, -1, last)
