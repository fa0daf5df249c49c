"""Wilcoxon's rank sum test, exact for a few patients with ties; Kruskal and Wallis's of counts.

Ties get mid-ranks, and the p value is over every way in which the observed
values could have fallen to the two groups. Doubled mid-ranks are whole numbers,
so that the ways are counted and not approximated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from secondlook.inputs import FloatArray, IntArray, contingency_table, numbers
from secondlook.proportions.large_sample import LargeSampleTest

MOST_STEPS = 3_000_000_000
"""Values times the size of the smaller group times the possible sums of its ranks: seconds."""

SAME = 1e-10
"""Relative to the larger of two neighbours: 140.3 - 140.1 and 0.2 are one change from baseline."""

CANCELLATION = 8 * float(np.finfo(float).eps)
"""Relative to the largest value: what is left of 0.1 + 0.2 - 0.3 is no change."""


@dataclass(frozen=True)
class RankSum:
    """Wilcoxon's rank sum test (Mann and Whitney's U), exact given the ties.

    `u` counts the pairs in which `x` exceeds `y`, a tie as half; `effect` is
    `u` over the number of pairs, the chance that a patient of `x` exceeds one
    of `y`. `less` and `greater` are the one-sided p values (x lower, x
    higher); `p_value` is two-sided: rank sums at least as far from the mean.
    """

    u: float
    effect: float
    p_value: float
    less: float
    greater: float


def rank_sum(x: ArrayLike, y: ArrayLike) -> RankSum:
    """Return the exact comparison of two groups of values by ranks, ties included.

    Shapes (n,) and (m,), in one unit. Values are finite; a patient whose value is unknown is left
    out by the caller. Values that differ by floating-point error only, such as 0.1 + 0.2 and 0.3,
    are ties. Groups that would take more than some seconds are refused.

    References
    ----------
    Lehmann (1975), Nonparametrics, sections 1.2 and 1.4.

    Examples
    --------
    >>> rank_sum([1, 2, 2], [2, 3, 3]).p_value
    0.3
    """
    groups = [numbers(x, "x"), numbers(y, "y")]
    n, m = map(len, groups)
    if not (n and m):
        raise ValueError(f"{'y' if n else 'x'} is empty; give at least one value")
    doubled = _doubled_midranks(np.concatenate(groups))
    x_sum = int(doubled[:n].sum())
    # The sums of the smaller group are fewer, and say the same.
    smaller, observed = min(n, m), x_sum if n <= m else int(doubled.sum()) - x_sum
    sums, ways = _ways_of_sums(doubled, smaller)
    shares = ways / ways.sum()
    lower, higher = shares[sums <= observed].sum(), shares[sums >= observed].sum()
    # Over a common denominator the distances from the mean are whole numbers and compare exactly.
    distance = np.abs(sums * len(doubled) - smaller * int(doubled.sum()))
    as_far = distance >= abs(observed * len(doubled) - smaller * int(doubled.sum()))
    u = (x_sum - n * (n + 1)) / 2.0
    return RankSum(
        u=u,
        effect=u / (n * m),
        p_value=min(1.0, float(shares[as_far].sum())),
        less=min(1.0, float(lower if n <= m else higher)),
        greater=min(1.0, float(higher if n <= m else lower)),
    )


def kruskal_wallis(table: ArrayLike) -> LargeSampleTest:
    """Return the chi-square of Kruskal and Wallis, ties corrected, of a table of counts.

    Shape (r, c): a row a group, the columns in their order. R: `kruskal.test`; of two groups it is
    `wilcox.test` with ``exact = FALSE, correct = FALSE``. A group of nobody is left out.

    Examples
    --------
    >>> round(kruskal_wallis([[5, 6, 9], [10, 7, 3]]).p_value, 4)
    0.0373
    """
    cells = contingency_table(table)
    cells = cells[cells.any(axis=1)]
    levels, sizes = cells.sum(axis=0), cells.sum(axis=1)
    ranks = midranks(levels) - (sizes.sum() + 1) / 2
    spread, df = ranks**2 @ levels, len(sizes) - 1
    if not (spread and df):
        return LargeSampleTest(math.nan, df, math.nan)
    found = float((sizes.sum() - 1) * ((cells @ ranks) ** 2 / sizes).sum() / spread)
    return LargeSampleTest(found, df, float(scipy.special.chdtrc(df, found)))


def midranks(levels: IntArray) -> FloatArray:
    """Return the rank that all patients of a level have, from how many there are of each."""
    ranks: FloatArray = levels.cumsum() - (levels - 1) / 2
    return ranks


def _doubled_midranks(values: FloatArray) -> IntArray:
    order = np.argsort(values)
    ordered = values[order]
    size = np.abs(ordered)
    reach = np.maximum(SAME * np.maximum(size[1:], size[:-1]), CANCELLATION * size.max())
    # The gap of two finite values may be too large for a float, and is then no error of rounding.
    with np.errstate(over="ignore"):
        apart = ordered[1:] - ordered[:-1] > reach
    rank = np.concatenate(([0], np.cumsum(apart)))
    doubled = np.empty(len(values), dtype=np.int64)
    # Ranks first + 1 to last, whose doubled mean is first + last + 1.
    doubled[order] = rank.searchsorted(rank) + rank.searchsorted(rank, side="right") + 1
    return doubled


def _ways_of_sums(doubled: IntArray, size: int) -> tuple[IntArray, FloatArray]:
    """Return the sums that `size` of the ranks can have, and how many subsets have each."""
    least = int(doubled.min())
    unit = max(1, int(np.gcd.reduce(doubled - least)))
    steps = (doubled - least) // unit
    most = int(np.sort(steps)[-size:].sum())
    work = len(doubled) * size * (most + 1)
    if work > MOST_STEPS:
        raise ValueError(
            f"{len(doubled)} values, {size} of them in the smaller group, need {work:,} steps for "
            f"an exact test, more than {MOST_STEPS:,}; use the normal approximation, as "
            "scipy.stats.mannwhitneyu does"
        )
    ways = np.zeros((size + 1, most + 1))
    ways[0, 0] = 1.0
    for taken, step in enumerate(steps.tolist()):
        # Of the first values only so many can be in, and the others must suffice for the rest.
        fewest, greatest = max(0, size - len(steps) + taken), min(taken + 1, size)
        before = ways[fewest:greatest, : most + 1 - step].copy()
        ways[fewest + 1 : greatest + 1, step:] += before
    reached = np.flatnonzero(ways[size])
    return size * least + unit * reached, ways[size, reached]
