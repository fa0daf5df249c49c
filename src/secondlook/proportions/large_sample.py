"""The large-sample tests of a table of counts, each under its own name.

They share no correction and no convention, which is why two programs give
two p values for one small table. `table` is of shape (r, c), counts as whole numbers, a row a group
and a column an outcome; 2 x 2 for `yates`, `z_unpooled` and `wald_log_odds_ratio`.

References
----------
Agresti (2013), Categorical Data Analysis, 3rd ed., Wiley, sections 3.1 and 3.2 (Pearson, the
likelihood ratio, Wald). Yates (1934), Suppl J R Stat Soc 1, 217-235.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from secondlook.inputs import FloatArray, contingency_table


@dataclass(frozen=True)
class LargeSampleTest:
    """A statistic and its two-sided p value; nan where the table leaves it undefined.

    `statistic` is chi-square on `df` degrees of freedom, or a standard
    normal deviate where `df` is 0.
    """

    statistic: float
    df: int
    p_value: float


def pearson(table: ArrayLike) -> LargeSampleTest:
    """Return Pearson's chi-square, sum of (O - E)^2 / E, without correction.

    Rows and columns that are all 0 are left out, as R does not; R then
    returns nan.
    """
    cells, expected = _with_expected(table)
    return _chi_square(float(np.sum((cells - expected) ** 2 / expected)), cells)


def n_minus_one(table: ArrayLike) -> LargeSampleTest:
    """Return Pearson's chi-square times (N - 1)/N, the variance given both margins.

    References
    ----------
    Campbell (2007), Stat Med 26, 3661-3675.
    """
    cells, expected = _with_expected(table)
    total = float(cells.sum())
    statistic = float(np.sum((cells - expected) ** 2 / expected)) * (total - 1.0) / total
    return _chi_square(statistic, cells)


def yates(table: ArrayLike) -> LargeSampleTest:
    """Return Pearson's chi-square of a 2 x 2 with Yates' continuity correction.

    The correction is 1/2, or |O - E| where that is less, as in R's
    `chisq.test`.
    """
    cells, expected = _with_expected(contingency_table(table, shape=(2, 2)))
    gaps = np.abs(cells - expected)
    statistic = float(np.sum((gaps - np.minimum(0.5, gaps)) ** 2 / expected))
    return _chi_square(statistic, cells)


def likelihood_ratio(table: ArrayLike) -> LargeSampleTest:
    """Return the likelihood ratio chi-square (G), 2 sum of O log(O/E)."""
    cells, expected = _with_expected(table)
    statistic = 2.0 * float(np.sum(scipy.special.xlogy(cells, cells / expected)))
    return _chi_square(max(0.0, statistic), cells)


def z_unpooled(table: ArrayLike) -> LargeSampleTest:
    """Return the z test of a difference of proportions, each with a variance of its own."""
    cells = contingency_table(table, shape=(2, 2)).astype(float)
    sizes = cells.sum(axis=1)
    if np.any(sizes == 0):
        return LargeSampleTest(math.nan, 0, math.nan)
    rates = cells[:, 0] / sizes
    variance = float(np.sum(rates * (1.0 - rates) / sizes))
    return _normal(float(rates[0] - rates[1]), variance)


def wald_log_odds_ratio(table: ArrayLike) -> LargeSampleTest:
    """Return the Wald test of a log odds ratio (logistic regression's); nan if a cell is 0."""
    cells = contingency_table(table, shape=(2, 2)).astype(float)
    if np.any(cells == 0):
        return LargeSampleTest(math.nan, 0, math.nan)
    log_odds_ratio = math.log(cells[0, 0] * cells[1, 1] / (cells[0, 1] * cells[1, 0]))
    return _normal(log_odds_ratio, float(np.sum(1.0 / cells)))


def _with_expected(table: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return observed and expected cells without rows and columns that are all 0."""
    cells = contingency_table(table).astype(np.float64)
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    return cells, np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()


def _chi_square(statistic: float, cells: FloatArray) -> LargeSampleTest:
    df = (cells.shape[0] - 1) * (cells.shape[1] - 1)
    if df == 0:
        return LargeSampleTest(math.nan, 0, math.nan)
    return LargeSampleTest(statistic, df, float(scipy.special.chdtrc(df, statistic)))


def _normal(difference: float, variance: float) -> LargeSampleTest:
    if variance == 0.0:
        return LargeSampleTest(math.nan, 0, math.nan)
    z = difference / math.sqrt(variance)
    return LargeSampleTest(z, 0, 2.0 * float(scipy.special.ndtr(-abs(z))))
