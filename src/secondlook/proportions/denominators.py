"""Which sample sizes can lie behind printed percents, and which counts.

A percent of n patients can only be one of n + 1 values. Printed percents that
no n gives, or only an n that the paper does not have, are a finding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from secondlook.inputs import whole_number
from secondlook.printed import Bounds, admits

Counts = tuple[int, ...]


def denominators(percents: Sequence[str], max_n: int, *, min_n: int = 1) -> pd.DataFrame:
    """List every sample size that can make all of the printed percents.

    Parameters
    ----------
    percents
        Texts as printed, e.g. ``["54.1", "37.5", "25"]``; each keeps its own
        number of digits.
    max_n, min_n
        The sample sizes to try, both included.

    Returns
    -------
    DataFrame
        One row a sample size that works in some way, ascending. ``n``;
        ``rounding``, ``truncation``, ``either``: whether each percent can be
        made by rounding (a tie may go up or to the even digit), by cutting
        digits, or by one or the other; ``counts_rounding``,
        ``counts_truncation``, ``counts``: for each percent in turn, the tuple
        of counts that print it so (``counts`` belongs to ``either``).

    Raises
    ------
    ValueError
        If there is no percent, a text is not a number or lies outside 0 to
        100, or the range of n is empty.

    Examples
    --------
    54.1 is never 13 of 24 rounded (54.167), and yet all three share 24 if digits were cut:

    >>> denominators(["54.1", "37.5", "79.1"], 40)[["n", "rounding", "truncation", "either"]]
        n  rounding  truncation  either
    0  24     False        True    True
    """
    if isinstance(percents, str) or not percents:
        raise ValueError(f"percents is {percents!r}; give a list of printed texts, e.g. ['54.1'].")
    highest, lowest = whole_number(max_n, "max_n"), whole_number(min_n, "min_n")
    if not 1 <= lowest <= highest:
        raise ValueError(
            f"There is no n from min_n={lowest} to max_n={highest}; start at 1 or more."
        )
    intervals = [admits(percent) for percent in percents]
    for percent, interval in zip(percents, intervals, strict=True):
        if not any(bound in interval.rounded or bound in interval.truncated for bound in (0, 100)):
            value = interval.rounded.lower, interval.rounded.upper
            if value[1] <= 0 or value[0] >= 100:
                raise ValueError(
                    f"{percent!r} is no percent of patients; it lies outside 0 to 100."
                )
    rows = []
    for n in range(lowest, highest + 1):
        rounded = tuple(_counts_within(interval.rounded, n) for interval in intervals)
        cut = tuple(_counts_within(interval.truncated, n) for interval in intervals)
        both = tuple(tuple(sorted({*a, *b})) for a, b in zip(rounded, cut, strict=True))
        if all(both):
            rows.append((n, all(rounded), all(cut), True, rounded, cut, both))
    return pd.DataFrame(
        rows,
        columns=[
            "n", "rounding", "truncation", "either", "counts_rounding", "counts_truncation",
            "counts",
        ],
    )  # fmt: skip


def counts_printing(percent: str, n: int) -> Counts:
    """Return the counts of `n` that print as `percent`, rounded or cut.

    Raises
    ------
    ValueError
        If `n` is not a whole number above 0, or `percent` not a number.

    Examples
    --------
    >>> counts_printing("26", 277)
    (71, 72, 73, 74)
    """
    size = whole_number(n, "n")
    if size == 0:
        raise ValueError("n is 0; a percent of nobody is not defined.")
    interval = admits(percent)
    rounded, cut = _counts_within(interval.rounded, size), _counts_within(interval.truncated, size)
    return tuple(sorted({*rounded, *cut}))


def _counts_within(bounds: Bounds, n: int) -> Counts:
    """Return every count whose exact percent of `n` lies in the bounds."""
    first = 0 if bounds.lower <= 0 else math.floor(Fraction(bounds.lower) * n / 100)
    last = n if bounds.upper >= 100 else math.ceil(Fraction(bounds.upper) * n / 100)
    return tuple(
        count for count in range(first, min(last, n) + 1) if Fraction(100 * count, n) in bounds
    )
