"""Exact rank tests for a few patients with ties: Wilcoxon's rank sum and Kruskal-Wallis.

Ties get mid-ranks, and the p value is over every way in which the observed
values could have fallen to the groups. Doubled mid-ranks are whole numbers,
so that the ways are counted and not approximated.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.proportions.fisher import multinomial

FloatArray = NDArray[np.float64]


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


@dataclass(frozen=True)
class KruskalWallis:
    """The Kruskal-Wallis test: statistic corrected for ties, chi-square and exact p."""

    statistic: float
    df: int
    p_value: float
    exact_p_value: float


def rank_sum(x: ArrayLike, y: ArrayLike) -> RankSum:
    """Compare two groups of values by ranks, exactly, ties included.

    Parameters
    ----------
    x, y
        Values of the two groups, one-dimensional, finite, not empty. A
        patient whose value is unknown is left out by the caller.

    Returns
    -------
    RankSum

    Raises
    ------
    ValueError
        If a group is empty or a value is missing, naming the group and the
        positions.

    References
    ----------
    Lehmann (1975), Nonparametrics, sections 1.2 and 1.4.

    Examples
    --------
    >>> rank_sum([1, 2, 2], [2, 3, 3]).p_value
    0.3
    """
    values, sizes = _pooled([("x", x), ("y", y)])
    doubled = _doubled_midranks(values)
    ways = _ways_of_sums(doubled, sizes[0])
    observed = sum(doubled[: sizes[0]])
    total = math.comb(len(doubled), sizes[0])
    # Twice the doubled mean rank sum: whole, so that distances compare exactly.
    centre = sizes[0] * sum(doubled)
    distance = abs(observed * len(doubled) - centre)

    def share(chosen: list[int]) -> float:
        return sum(chosen) / total

    u = (observed - sizes[0] * (sizes[0] + 1)) / 2.0
    return RankSum(
        u=u,
        effect=u / (sizes[0] * sizes[1]),
        p_value=share([w for s, w in ways.items() if abs(s * len(doubled) - centre) >= distance]),
        less=share([w for s, w in ways.items() if s <= observed]),
        greater=share([w for s, w in ways.items() if s >= observed]),
    )


def kruskal_wallis(groups: Sequence[ArrayLike], *, max_steps: int = 2_000_000) -> KruskalWallis:
    """Compare several groups of values by ranks, asymptotically and exactly.

    Parameters
    ----------
    groups
        Two or more groups of values, each one-dimensional, finite, not empty.
    max_steps
        The work allowed for the exact p value, in visited partial
        allocations.

    Raises
    ------
    ValueError
        If there are fewer than two groups, one is empty, a value is missing,
        all values are equal, or the allocations exceed `max_steps`.

    References
    ----------
    Kruskal & Wallis (1952), J Am Stat Assoc 47, 583-621.

    Examples
    --------
    >>> test = kruskal_wallis([[1, 2], [3, 4], [5, 6]])
    >>> round(test.statistic, 4), round(test.exact_p_value, 4)
    (4.5714, 0.0667)
    """
    from scipy.special import chdtrc

    if len(groups) < 2:
        raise ValueError(f"Kruskal-Wallis compares groups, and there is {len(groups)}.")
    values, sizes = _pooled([(f"groups[{i}]", group) for i, group in enumerate(groups)])
    doubled = _doubled_midranks(values)
    if len(set(doubled)) == 1:
        raise ValueError("All values are equal; ranks cannot compare the groups.")
    ends = np.cumsum(sizes).tolist()
    observed = [sum(doubled[e - n : e]) for e, n in zip(ends, sizes, strict=True)]
    ways = _ways_of_group_sums(doubled, sizes, max_steps)
    # H grows with sum(R^2 / n); over a common denominator it is a whole number.
    common = math.lcm(*sizes)

    def spread(sums: Sequence[int]) -> int:
        return sum(s * s * (common // n) for s, n in zip(sums, sizes, strict=True))

    least = spread(observed)
    extreme = sum(w for sums, w in ways.items() if spread(sums) >= least)
    statistic = _corrected_statistic(observed, sizes, doubled)
    df = len(sizes) - 1
    return KruskalWallis(
        statistic=statistic,
        df=df,
        p_value=float(chdtrc(df, statistic)),
        exact_p_value=extreme / sum(ways.values()),
    )


def _pooled(groups: list[tuple[str, ArrayLike]]) -> tuple[FloatArray, list[int]]:
    arrays = []
    for name, group in groups:
        values = np.asarray(group, dtype=np.float64)
        if values.ndim != 1 or values.size == 0:
            raise ValueError(f"{name} has shape {values.shape}; give at least one value in a list.")
        missing = np.flatnonzero(~np.isfinite(values))
        if missing.size:
            raise ValueError(
                f"{name} has no finite value at positions {missing.tolist()}; leave unknown values "
                "out, and say how many were."
            )
        arrays.append(values)
    return np.concatenate(arrays), [array.size for array in arrays]


def _doubled_midranks(values: FloatArray) -> list[int]:
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    last = np.searchsorted(ordered, values, side="right")
    # Ranks first + 1 to last, whose doubled mean is first + last + 1.
    return [int(a + b + 1) for a, b in zip(first, last, strict=True)]


def _ways_of_sums(doubled: list[int], size: int) -> dict[int, int]:
    """Count the subsets of `size` ranks by their sum."""
    ways: list[dict[int, int]] = [defaultdict(int) for _ in range(size + 1)]
    ways[0][0] = 1
    for rank in doubled:
        for chosen in range(size, 0, -1):
            for total, count in ways[chosen - 1].items():
                ways[chosen][total + rank] += count
    return ways[size]


def _ways_of_group_sums(
    doubled: list[int], sizes: list[int], max_steps: int
) -> dict[tuple[int, ...], int]:
    """Count the allocations of ranks to groups by the groups' rank sums.

    Equal ranks are placed together: how many go to each group is all that
    matters, and a multinomial coefficient counts the rest.
    """
    blocks = {rank: doubled.count(rank) for rank in sorted(set(doubled))}
    state: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {
        (tuple(sizes), (0,) * len(sizes)): 1
    }
    steps = 0
    for rank, length in blocks.items():
        following: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = defaultdict(int)
        for (room, sums), count in state.items():
            for placed in product(*(range(min(length, r) + 1) for r in room)):
                if sum(placed) != length:
                    continue
                steps += 1
                if steps > max_steps:
                    raise ValueError(
                        f"{len(doubled)} values in {len(sizes)} groups have too many allocations "
                        f"for an exact test in {max_steps:,} steps; raise max_steps."
                    )
                key = (
                    tuple(r - k for r, k in zip(room, placed, strict=True)),
                    tuple(s + rank * k for s, k in zip(sums, placed, strict=True)),
                )
                following[key] += count * multinomial(placed)
        state = following
    return {sums: count for (_, sums), count in state.items()}


def _corrected_statistic(sums: list[int], sizes: list[int], doubled: list[int]) -> float:
    n = len(doubled)
    spread = sum((s / 2.0) ** 2 / size for s, size in zip(sums, sizes, strict=True))
    uncorrected = 12.0 / (n * (n + 1)) * spread - 3.0 * (n + 1)
    ties = sum(t**3 - t for t in (doubled.count(rank) for rank in set(doubled)))
    return uncorrected / (1.0 - ties / (n**3 - n))
