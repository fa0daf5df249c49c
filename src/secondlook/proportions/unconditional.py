"""Barnard's and Boschloo's tests: exact with only the group sizes held fixed.

Under no association both groups share one unknown probability. The p value is
the largest, over that probability, of the chance of a table at least as
extreme as the observed one. The tests differ in what they call extreme.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs import BoolArray, FloatArray, IntArray, choice, contingency_table
from secondlook.proportions.fisher import Hypergeometric
from secondlook.proportions.one_proportion import TIE_TOLERANCE, log_choose

Variance = Literal["pooled", "unpooled"]
Statistic = Literal["two-sided", "doubled"]

LARGEST = 4_000_000
GRID = 2001


def barnard(table: ArrayLike, *, variance: Variance = "pooled") -> float:
    """Return Barnard's two-sided p value of a 2 x 2 table whose rows are the groups.

    Extreme are tables whose difference of proportions, over its standard
    error (pooled, or each group's own), is at least as large in size. Refused
    are group sizes that more than four million tables have.

    References
    ----------
    Barnard (1947), Biometrika 34, 123-138.
    Suissa & Shuster (1985), J R Stat Soc A 148, 317-327.
    """
    variance = choice(variance, "variance", get_args(Variance))
    cells, first, second = _sample_space(table)
    rates = np.divide.outer(first, float(first[-1])), second / float(second[-1])
    difference = rates[0][:, None] - rates[1][None, :]
    if variance == "pooled":
        # Without the factor 1/n1 + 1/n2, which all tables share.
        shared = (first[:, None] + second[None, :]) / float(first[-1] + second[-1])
        variances = shared * (1 - shared)
    else:
        variances = (rates[0] * (1 - rates[0]) / float(first[-1]))[:, None] + (
            rates[1] * (1 - rates[1]) / float(second[-1])
        )[None, :]
    # 0/0 is no difference at all; a difference without variance is the largest of all.
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(difference == 0, 0.0, np.abs(difference) / np.sqrt(variances))
    observed = size[cells[0, 0], cells[1, 0]]
    extreme = np.asarray(size >= observed * (1.0 - TIE_TOLERANCE), dtype=np.bool_)
    return _largest_probability(extreme)


def boschloo(table: ArrayLike, *, statistic: Statistic = "two-sided") -> float:
    """Return Boschloo's two-sided p value of a 2 x 2 table as `barnard` takes it.

    Extreme are tables whose Fisher p value is no larger than the observed
    one: the two-sided p (R's Exact), or the one-sided p, the result then
    doubled (scipy).

    References
    ----------
    Boschloo (1970), Stat Neerl 24, 1-9.
    """
    statistic = choice(statistic, "statistic", get_args(Statistic))
    cells, first, second = _sample_space(table)
    kinds = ("two-sided",) if statistic == "two-sided" else ("less", "greater")
    results = []
    for kind in kinds:
        p_values = _fisher_p_values(first, second, kind)
        observed = p_values[cells[0, 0], cells[1, 0]]
        extreme = np.asarray(p_values <= observed * (1.0 + TIE_TOLERANCE), dtype=np.bool_)
        results.append(_largest_probability(extreme))
    return results[0] if statistic == "two-sided" else min(1.0, 2.0 * min(results))


def _sample_space(table: ArrayLike) -> tuple[IntArray, IntArray, IntArray]:
    cells = contingency_table(table, shape=(2, 2))
    sizes = cells.sum(axis=1)
    if np.any(sizes == 0):
        raise ValueError(f"row {int(np.argmin(sizes))} of the table is empty: no group to compare")
    if int(sizes[0] + 1) * int(sizes[1] + 1) > LARGEST:
        raise ValueError(
            f"groups of {sizes[0]} and {sizes[1]} make more than {LARGEST:,} tables, too many for "
            "an unconditional exact test; use fisher_exact or pearson"
        )
    return cells, np.arange(sizes[0] + 1), np.arange(sizes[1] + 1)


def _fisher_p_values(first: IntArray, second: IntArray, kind: str) -> FloatArray:
    """Return Fisher's p value of every table, shape (n1 + 1, n2 + 1)."""
    p_values = np.empty((first.size, second.size))
    for column in range(int(first[-1] + second[-1]) + 1):
        distribution = Hypergeometric(int(first[-1]), int(second[-1]), column)
        support, masses = distribution.support, distribution.masses()
        if kind == "less":
            tails = np.cumsum(masses)
        elif kind == "greater":
            tails = np.cumsum(masses[::-1])[::-1]
        else:
            ascending = np.sort(masses)
            ranks = np.searchsorted(ascending, masses * (1.0 + TIE_TOLERANCE), side="right")
            tails = np.cumsum(ascending)[ranks - 1]
        p_values[support, column - support] = tails
    return p_values


def _largest_probability(extreme: BoolArray) -> float:
    """Maximise P(table is extreme) over the shared probability.

    The probability depends on the table only through its total, so that it
    is a polynomial with one term a total: cheap enough for a dense grid, of
    which the best local maxima are then refined.
    """
    first, second = (np.arange(length) for length in extreme.shape)
    n1, n2 = float(first[-1]), float(second[-1])
    totals = first[:, None] + second[None, :]
    log_ways = log_choose(n1, first)[:, None] + log_choose(n2, second)[None, :]
    log_all = log_choose(n1 + n2, np.arange(int(n1 + n2) + 1))
    # Share of the tables with each total that are extreme: within [0, 1], no overflow.
    shares = np.bincount(
        totals[extreme], np.exp(log_ways - log_all[totals])[extreme], minlength=log_all.size
    )
    kept = np.flatnonzero(shares)
    size = n1 + n2

    def tail(angle: FloatArray) -> FloatArray:
        p = np.sin(np.atleast_1d(angle)) ** 2
        with np.errstate(divide="ignore"):  # no logarithm is infinite: 0 times it is to be 0
            logs = np.maximum([np.log(p), np.log1p(-p)], -1e300)
        terms = log_all[kept] + np.outer(logs[0], kept) + np.outer(logs[1], size - kept)
        probabilities: FloatArray = np.exp(terms) @ shares[kept]
        return probabilities

    # On the arcsine scale the polynomial's waves are equally wide.
    grid = np.linspace(0.0, np.pi / 2.0, GRID)
    values = np.concatenate([tail(part) for part in np.array_split(grid, 1 + kept.size // 1000)])
    best = float(values.max())
    peaks = [
        i
        for i in np.argsort(values)[::-1][:200]
        if values[max(0, i - 1) : i + 2].max() == values[i]
    ]
    for i in peaks[:5]:
        # Grids within grids, each of a twentieth of the width: loading scipy's search takes longer.
        lowest, highest = grid[max(0, i - 1)], grid[min(GRID - 1, i + 1)]
        while highest - lowest > 1e-10:
            finer = np.linspace(lowest, highest, 41)
            found = tail(finer)
            at = int(found.argmax())
            lowest, highest = finer[max(0, at - 1)], finer[min(40, at + 1)]
            best = max(best, float(found[at]))
    return min(1.0, best)
