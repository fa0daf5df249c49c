"""Fisher's exact test for any table of counts, with the odds ratio of a 2 x 2.

Both margins are held fixed. The p value is the probability, under no
association, of all tables at most as probable as the one observed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from secondlook.proportions.counts import IntArray, contingency_table, probability
from secondlook.proportions.enumeration import probability_of_tables_as_rare
from secondlook.proportions.hypergeometric import Hypergeometric

Alternative = Literal["two-sided", "less", "greater"]
TIE_TOLERANCE = 1e-7


@dataclass(frozen=True)
class FisherExact:
    """The test and, for a 2 x 2 table, the conditional odds ratio.

    The odds ratio is that of the first column, row 0 over row 1. Larger
    tables have no single one: `odds_ratio`, `lower` and `upper` are nan.
    """

    p_value: float
    odds_ratio: float
    lower: float
    upper: float
    alternative: Alternative
    level: float


def fisher_exact(
    table: ArrayLike,
    *,
    alternative: Alternative = "two-sided",
    level: float = 0.95,
    max_steps: int = 3_000_000,
) -> FisherExact:
    """Test a table of counts for association, exactly.

    Tables whose probability exceeds the observed one by no more than a
    relative 1e-7 count as ties, as in R. Larger tables are enumerated in
    whole numbers, so that a tie is a tie; nothing is simulated or
    approximated.

    Parameters
    ----------
    table
        Shape (r, c), whole numbers; rows are groups, columns are outcomes.
        Rows and columns that are all 0 do not change the result.
    alternative
        For 2 x 2 only: ``greater`` tests an odds ratio above 1.
    level
        Confidence level of the odds ratio's interval, which inverts one-sided
        tests (each alpha/2 if two-sided). It can therefore hold 1 while the
        two-sided p is below 1 - level.
    max_steps
        The work allowed for an r x c table, in visited partial tables; about
        a million a second.

    Returns
    -------
    FisherExact
        `odds_ratio` is the conditional maximum likelihood estimate, which
        differs from the ratio of cross products; nan if a margin is 0.

    Raises
    ------
    ValueError
        If a cell is not a count; if a one-sided test is asked of more than
        2 x 2; if the enumeration would exceed `max_steps`.

    References
    ----------
    Fisher (1935), J R Stat Soc 98, 39-82.
    Mehta & Patel (1983), J Am Stat Assoc 78, 427-434.
    Cornfield (1956), Proc Third Berkeley Symp 4, 135-148.

    Examples
    --------
    Eight of nine against five of fifteen:

    >>> test = fisher_exact([[8, 1], [5, 10]])
    >>> print(f"{test.p_value:.4f}  {test.odds_ratio:.1f} ({test.lower:.1f} to {test.upper:.0f})")
    0.0131  14.1 (1.3 to 779)
    """
    cells = contingency_table(table)
    probability(level, "level")
    if alternative not in get_args(Alternative):
        raise ValueError(f"alternative is {alternative!r}; choose two-sided, less or greater.")
    if cells.shape == (2, 2):
        return _two_by_two(cells, alternative, level)
    if alternative != "two-sided":
        raise ValueError(
            f"alternative is {alternative!r}, but a table of shape {cells.shape} has no direction; "
            "use two-sided, or trend_test if the groups are ordered."
        )
    p_value = probability_of_tables_as_rare(cells, TIE_TOLERANCE, max_steps)
    return FisherExact(p_value, math.nan, math.nan, math.nan, alternative, level)


def _two_by_two(cells: IntArray, alternative: Alternative, level: float) -> FisherExact:
    distribution = Hypergeometric.of(cells)
    observed = int(cells[0, 0])
    alpha = (1.0 - level) / (2.0 if alternative == "two-sided" else 1.0)
    lower = 0.0 if alternative == "less" else distribution.lower_odds_ratio(observed, alpha)
    upper = math.inf if alternative == "greater" else distribution.upper_odds_ratio(observed, alpha)
    return FisherExact(
        p_value=_p_value(distribution, observed, alternative),
        odds_ratio=distribution.odds_ratio(observed),
        lower=lower,
        upper=upper,
        alternative=alternative,
        level=level,
    )


def _p_value(distribution: Hypergeometric, observed: int, alternative: Alternative) -> float:
    if alternative == "less":
        return distribution.at_most(observed)
    if alternative == "greater":
        return distribution.at_least(observed)
    masses = distribution.masses()
    limit = masses[distribution.support == observed] * (1.0 + TIE_TOLERANCE)
    return min(1.0, float(np.sum(masses[masses <= limit])))
