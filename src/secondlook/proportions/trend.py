"""Does a proportion rise or fall over ordered groups: Cochran and Armitage, exact too."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.special import ndtr

from secondlook.inputs import count_of


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
    counts: Sequence[int],
    sizes: Sequence[int],
    scores: Sequence[float] | None = None,
    *,
    exact: bool = True,
    max_steps: int = 3_000_000,
) -> Trend:
    """Test a proportion for trend over ordered groups.

    Parameters
    ----------
    counts, sizes
        `counts[i]` of `sizes[i]` in group i; two groups or more, in order.
    scores
        Ascending distances of the groups; 1, 2, 3, ... if not given.
    exact
        Whether to compute the exact p values, which are nan otherwise.
    max_steps
        The work allowed for them, in visited partial allocations.

    Returns
    -------
    Trend
        The normal test is R's `prop.trend.test`: its square is that
        chi-square. Everything is nan if all or none had the event.

    Raises
    ------
    ValueError
        If lengths differ, a count exceeds its size (naming the group), or the
        scores are not finite or all equal; if the exact test would exceed
        `max_steps`.

    References
    ----------
    Armitage (1955), Biometrics 11, 375-386.

    Examples
    --------
    >>> test = trend_test([1, 4, 3], [12, 10, 5])
    >>> round(test.p_value, 4), round(test.exact_p_value, 4)
    (0.022, 0.0283)
    """
    weights = [float(s) for s in (range(1, len(counts) + 1) if scores is None else scores)]
    if not len(counts) == len(sizes) == len(weights) or len(counts) < 2:
        raise ValueError(
            f"There are {len(counts)} counts, {len(sizes)} sizes and {len(weights)} scores; give "
            "one of each for every group, and at least two groups."
        )
    if not all(math.isfinite(weight) for weight in weights) or len(set(weights)) == 1:
        raise ValueError(f"scores are {weights}; give finite numbers that are not all equal.")
    groups = []
    for position, (count, size) in enumerate(zip(counts, sizes, strict=True)):
        try:
            groups.append(count_of(count, size))
        except ValueError as error:
            raise ValueError(f"Group {position}: {error}") from None
    events, patients = sum(c for c, _ in groups), sum(n for _, n in groups)
    if events in (0, patients):
        return Trend(*(math.nan,) * 5)
    z = _deviate(groups, weights, events, patients)
    less, greater, both = _exact(groups, weights, max_steps) if exact else (math.nan,) * 3
    return Trend(z, 2.0 * float(ndtr(-abs(z))), both, less, greater)


def _deviate(
    groups: list[tuple[int, int]], scores: list[float], events: int, patients: int
) -> float:
    x, n, s = (np.asarray(v, dtype=np.float64) for v in (*zip(*groups, strict=True), scores))
    rate = events / patients
    mean = float(n @ s) / patients
    variance = rate * (1.0 - rate) * float(n @ (s - mean) ** 2)
    return float((x - n * rate) @ (s - mean)) / math.sqrt(variance)


def _exact(
    groups: list[tuple[int, int]], scores: list[float], max_steps: int
) -> tuple[float, float, float]:
    """Return P(score sum <= observed), P(>=) and P(as far from the mean), margins fixed."""
    fractions = [Fraction(score) for score in scores]
    scale = math.lcm(*(fraction.denominator for fraction in fractions))
    whole = [int(fraction * scale) for fraction in fractions]
    events, patients = sum(c for c, _ in groups), sum(n for _, n in groups)
    everyone = sum(n * s for (_, n), s in zip(groups, whole, strict=True))
    observed = sum(c * s for (c, _), s in zip(groups, whole, strict=True))
    if 2 * events > patients:
        # The non-events are fewer, and their sum is what the events leave.
        greater, less, both = _tails(
            [n for _, n in groups], whole, patients - events, everyone - observed, max_steps
        )
    else:
        less, greater, both = _tails([n for _, n in groups], whole, events, observed, max_steps)
    return less, greater, both


def _tails(
    sizes: list[int], scores: list[int], events: int, observed: int, max_steps: int
) -> tuple[float, float, float]:
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    steps = 0
    for size, score in zip(sizes, scores, strict=True):
        following: dict[tuple[int, int], int] = defaultdict(int)
        for (placed, total), count in ways.items():
            most = min(size, events - placed)
            steps += most + 1
            if steps > max_steps:
                raise ValueError(
                    f"These groups are too large for an exact trend test in {max_steps:,} steps; "
                    "raise max_steps, or pass exact=False for the normal test alone."
                )
            for here in range(most + 1):
                following[placed + here, total + here * score] += count * math.comb(size, here)
        ways = following
    sums = {total: count for (placed, total), count in ways.items() if placed == events}
    patients = sum(sizes)
    mean = Fraction(events * sum(n * s for n, s in zip(sizes, scores, strict=True)), patients)
    everything = math.comb(patients, events)
    distance = abs(observed - mean)
    less = sum(w for t, w in sums.items() if t <= observed)
    greater = sum(w for t, w in sums.items() if t >= observed)
    both = sum(w for t, w in sums.items() if abs(t - mean) >= distance)
    return less / everything, greater / everything, both / everything
