"""A test statistic with its degrees of freedom, and the P that it gives.

P is recomputed over every value that the statistic may have been rounded from; where no degrees of
freedom are printed, over all usual ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import p_bounds
from secondlook.scan.checks.p_apart import log_odds_apart
from secondlook.scan.layout import Layout

FEWEST = 4.0
"""Degrees of freedom that a t without any has at least, where no sizes are told."""
_SQUARED = re.compile(r"[rR]\s?(?:\^2|²)")
_TRIED: dict[str, list[list[tuple[float, ...]]]] = {
    "chi2": [[(float(d),)] for d in range(1, 11)],
    "F": [[(1e9, 1e9), (1.0, 1e9), *((d, 8.0) for d in (1.0, 2.0, 4.0))]],
}
"""Degrees of freedom that are tried where none are printed, and with those of a list all between.

Those of the numerator of F may be many: there are many genotypes.
"""


@dataclass(frozen=True)
class Statistic:
    """A reported test: its statistic, degrees of freedom and P as printed.

    `one_sided` says that the text tells of one-sided tests; which of its tests are, it need not.
    `most` is the largest number of patients that a correlation without any may be of, `fewest` are
    the degrees of freedom that a t without any has at least; `raised` says that the sentence of the
    test tells of a correction.
    """

    kind: str
    text: str
    df: tuple[float, ...]
    relation: str
    value: str
    p: str
    one_sided: bool
    most: int = 0
    raised: bool = False
    fewest: float = FEWEST

    @property
    def squared(self) -> bool:
        """Whether it is the square of a correlation."""
        return self.kind == "r" and bool(_SQUARED.match(self.text))

    @property
    def signed(self) -> bool:
        """Whether a one-sided test of it exists."""
        return self.kind in {"t", "z", "r"} or (self.kind == "chi2" and self.df == (1.0,))

    def p_range(self, df: tuple[float, ...]) -> tuple[float, float]:
        """Return the least and the largest two-sided P over the rounding of the statistic."""
        number = numbers.parse(self.value)
        half = number.unit / 2
        size = abs(number.value)
        low = float(max(Fraction(0), size - half))
        high = math.inf if self.relation == ">" else float(size + half)
        low = 0.0 if self.relation == "<" else low
        return self._p(high, df), self._p(low, df)

    def _p(self, value: float, df: tuple[float, ...]) -> float:
        if self.kind == "chi2":
            return float(special.chdtrc(df[0], value))
        if self.kind == "F":
            return float(special.fdtrc(df[0], df[1], value))
        if self.kind == "z":
            return 2 * float(special.ndtr(-value))
        if self.kind == "r":
            r = min(math.sqrt(value) if self.squared else value, 1 - 1e-15)
            value = r * math.sqrt(df[0] / (1 - r * r))
        return 2 * float(special.stdtr(df[0], -value))

    def prints(self, p: tuple[float, float], *, cut: bool = False) -> bool:
        """Whether some P of a range prints as that of the test."""
        interval = numbers.admits(self.p)
        bounds = interval.truncated if cut else interval.rounded
        of_two = self.signed or self.df[:1] == (1.0,)
        for sides in (2, 1) if self.one_sided and of_two else (2,):
            low, high = (each * sides / 2 for each in p)
            if float(bounds.lower) <= high and low <= float(bounds.upper):
                return True
        return False

    @property
    def ways(self) -> list[list[tuple[float, ...]]]:
        """The printed degrees of freedom, or those tried, with all between those of a list."""
        if self.kind == "z" or len(self.df) == (2 if self.kind == "F" else 1):
            return [[self.df]]
        if self.kind == "r":
            return [[(self.most - 2.0,), (1.0,)]]
        if self.kind == "t":
            return [[(1e9,), (self.fewest,)]]
        return [[(*self.df, 1e9), (*self.df, 4.0)]] if self.df else _TRIED[self.kind]

    @property
    def ranges(self) -> list[tuple[float, float]]:
        """The least and the largest P of each way to take the degrees of freedom."""
        told = ([end for df in way for end in self.p_range(df)] for way in self.ways)
        return [(min(ends), max(ends)) for ends in told]

    @property
    def off(self) -> float:
        """How far its P is from those that any usual degrees of freedom give, in log odds."""
        lower, upper = p_bounds(self.p)
        return min(
            log_odds_apart(least, upper) if upper < least
            else log_odds_apart(most, lower) if most < lower else 0.0
            for least, most in self.ranges
        )  # fmt: skip


def consistent(test: Statistic, *, cut: bool = False) -> bool:
    """Whether some value that rounds to the statistic gives a P that prints as it is printed.

    The P is two-sided, or one-sided where the text tells of such; `cut` lets its digits be cut.
    """
    return test.prints(test.p_range(test.df), cut=cut)


def fewest_of(layout: Layout, stated: Collection[int]) -> float:
    """Return the degrees of freedom that a t of a table has at least.

    Two groups have more than the smaller has patients; half of these may lack a datum.
    """
    return max(FEWEST, min(layout.sizes.values() or stated, default=0) // 2)
