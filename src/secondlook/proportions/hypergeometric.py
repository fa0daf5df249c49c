"""The count in one cell of a 2 x 2 table whose margins are fixed, at any odds ratio.

Fisher's noncentral hypergeometric distribution: P(x) is proportional to
C(n1, x) C(n2, m - x) psi^x. Everything exact about a 2 x 2 follows from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondlook.proportions.counts import IntArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Hypergeometric:
    """The first cell, given the two row totals and the first column's total."""

    first_row: int
    second_row: int
    first_column: int

    @classmethod
    def of(cls, cells: IntArray) -> Hypergeometric:
        """Take the margins of a 2 x 2 table."""
        rows = cells.sum(axis=1)
        return cls(int(rows[0]), int(rows[1]), int(cells[:, 0].sum()))

    @property
    def support(self) -> IntArray:
        """The possible first cells, ascending."""
        lowest = max(0, self.first_column - self.second_row)
        highest = min(self.first_column, self.first_row)
        return np.arange(lowest, highest + 1)

    def masses(self, log_odds_ratio: float = 0.0) -> FloatArray:
        """Return P(X = x) over the support, at the given log odds ratio."""
        x = self.support[:-1].astype(np.float64)
        # Ratios of neighbours: no factorial, hence no overflow in large tables.
        ratios = (
            np.log(self.first_row - x)
            + np.log(self.first_column - x)
            - np.log(x + 1.0)
            - np.log(self.second_row - self.first_column + x + 1.0)
        )
        log_weights = np.concatenate([[0.0], np.cumsum(ratios + log_odds_ratio)])
        weights = np.exp(log_weights - log_weights.max())
        masses: FloatArray = weights / weights.sum()
        return masses

    def at_most(self, observed: int, log_odds_ratio: float = 0.0) -> float:
        """Return P(X <= observed)."""
        return float(self.masses(log_odds_ratio)[self.support <= observed].sum())

    def at_least(self, observed: int, log_odds_ratio: float = 0.0) -> float:
        """Return P(X >= observed)."""
        return float(self.masses(log_odds_ratio)[self.support >= observed].sum())

    def odds_ratio(self, observed: int) -> float:
        """Return the conditional maximum likelihood estimate.

        It makes the expected cell equal to the observed one: 0 or infinity at
        an end of the support, nan if the margins allow one table only.
        """
        support = self.support
        if support.size == 1:
            return math.nan
        if observed in (support[0], support[-1]):
            return 0.0 if observed == support[0] else math.inf
        return _solve(lambda beta: float(self.masses(beta) @ support) - observed)

    def lower_odds_ratio(self, observed: int, alpha: float) -> float:
        """Return the odds ratio at which P(X >= observed) is `alpha`; 0 if there is none."""
        if observed == self.support[0]:
            return 0.0
        return _solve(lambda beta: self.at_least(observed, beta) - alpha)

    def upper_odds_ratio(self, observed: int, alpha: float) -> float:
        """Return the odds ratio at which P(X <= observed) is `alpha`; infinite if there is none."""
        if observed == self.support[-1]:
            return math.inf
        return _solve(lambda beta: alpha - self.at_most(observed, beta))


def _solve(increasing: Callable[[float], float]) -> float:
    """Return exp of the root of a function that increases from below 0 to above it."""
    from scipy.optimize import brentq

    reach = 1.0
    while increasing(-reach) > 0.0 or increasing(reach) < 0.0:
        reach *= 2.0
        if reach > 1e4:
            raise ArithmeticError(f"No log odds ratio within {reach} of 0 fits the table.")
    return math.exp(brentq(increasing, -reach, reach, xtol=1e-14, rtol=8.9e-16))
