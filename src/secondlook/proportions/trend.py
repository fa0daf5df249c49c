"""Does a proportion rise or fall over ordered groups: Cochran and Armitage, exact too."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from secondlook import inputs
from secondlook.inputs import FloatArray, IntArray
from secondlook.proportions.fisher import Hypergeometric

MOST_STEPS = 3_000_000
"""Partial allocations that are visited: about a second."""


@dataclass(frozen=True)
class Trend:
    """The Cochran-Armitage test for trend.

    `z` is signed (positive: the proportion rises with the score) and
    `p_value` its two-sided normal p. `exact_p_value` is two-sided, over all
    allocations of the events to the patients: scores at least as far from
    their mean; `exact_less` and `exact_greater` are its one-sided parts.
    """

    z: float
    p_value: float
    exact_p_value: float
    exact_less: float
    exact_greater: float


def trend_test(
    counts: ArrayLike,
    sizes: ArrayLike,
    scores: ArrayLike | None = None,
    *,
    exact: bool = True,
) -> Trend:
    """Return the test of a proportion for trend over ordered groups.

    The normal test is R's `prop.trend.test`: its square is that chi-square. Everything is nan if
    all or none had the event.

    Parameters
    ----------
    counts, sizes
        `counts[i]` of `sizes[i]` in group i; two groups or more, in order.
    scores
        Distances of the groups, not all equal; 1, 2, 3, ... if not given.
    exact
        Whether to compute the exact p values, which are nan otherwise. Groups that are too large
        for them are refused.

    References
    ----------
    Armitage (1955), Biometrics 11, 375-386.

    Examples
    --------
    >>> test = trend_test([1, 4, 3], [12, 10, 5])
    >>> round(test.p_value, 4), round(test.exact_p_value, 4)
    (0.022, 0.0283)
    """
    exact = inputs.flag(exact, "exact")
    inputs.refuse_other_rows(counts=counts, sizes=sizes, scores=scores)
    x, n = inputs.counts_of(counts, sizes, "group")
    weights = inputs.numbers(np.arange(1, len(x) + 1) if scores is None else scores, "scores")
    if len(weights) != len(x):
        raise ValueError(f"there are {len(weights)} scores for {len(x)} groups; give one each")
    spread = float(weights.max() - weights.min())
    if not 0 < spread < math.inf:
        raise ValueError(f"scores are {weights.tolist()}; give numbers that are not all equal")
    events, patients = int(x.sum()), int(n.sum())
    if events in (0, patients):
        return Trend(*(math.nan,) * 5)
    scaled = (weights - weights.min()) / spread
    z = _deviate(x, n, scaled)
    less, greater, both = _exact(x, n, scaled) if exact else (math.nan,) * 3
    return Trend(z, 2.0 * float(scipy.special.ndtr(-abs(z))), both, less, greater)


def _deviate(x: IntArray, n: IntArray, scores: FloatArray) -> float:
    rate = x.sum() / n.sum()
    mean = float(n @ scores) / n.sum()
    variance = rate * (1.0 - rate) * float(n @ (scores - mean) ** 2)
    return float(x @ (scores - mean)) / math.sqrt(variance)


def _exact(x: IntArray, n: IntArray, scores: FloatArray) -> tuple[float, float, float]:
    """Return P(score sum <= observed), P(>=) and P(as far from the mean), margins fixed.

    The events of each group in turn are hypergeometric given those placed so far. Sums that differ
    by rounding are one sum.
    """
    events, rest = int(x.sum()), int(n.sum())
    tie = 1e-9 * events
    placed, total, mass = np.array([0]), np.array([0.0]), np.array([1.0])
    work = 0
    for size, score in zip(n[:-1].tolist(), scores[:-1].tolist(), strict=True):
        rest -= size
        least, most = np.maximum(0, events - placed - rest), np.minimum(size, events - placed)
        work += int((most - least + 1).sum())
        if work > MOST_STEPS:
            raise ValueError(
                f"these groups are too large for an exact trend test in {MOST_STEPS:,} steps; "
                "pass exact=False for the normal test alone"
            )
        parts = []
        for before in np.unique(placed):
            cell = Hypergeometric(size, rest, events - int(before))
            here, (k,) = cell.support, np.nonzero(placed == before)
            parts.append((
                np.tile(before + here, len(k)),
                np.add.outer(total[k], here * score).ravel(),
                np.multiply.outer(mass[k], cell.masses()).ravel(),
            ))  # fmt: skip
        placed, total, mass = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.lexsort((total, placed))
        placed, total, mass = placed[order], total[order], mass[order]
        first = np.flatnonzero(
            np.concatenate(([True], (np.diff(placed) > 0) | (np.diff(total) > tie)))
        )
        placed, total, mass = placed[first], total[first], np.add.reduceat(mass, first)
    total = total + (events - placed) * scores[-1]
    observed, mean = float(x @ scores), events * float(n @ scores) / int(n.sum())
    tails = (
        total <= observed + tie,
        total >= observed - tie,
        np.abs(total - mean) >= abs(observed - mean) - tie,
    )
    less, greater, both = (min(1.0, float(mass[tail].sum())) for tail in tails)
    return less, greater, both
