"""How often an interval formula holds the true proportion, exactly, at one sample size."""

from __future__ import annotations

import math

from secondlook.proportions.counts import count_of, probability
from secondlook.proportions.intervals import Method, interval


def coverage(n: int, p: float, *, method: Method = "clopper-pearson", level: float = 0.95) -> float:
    """Return the exact chance that the interval of a binomial count holds the true proportion.

    Parameters
    ----------
    n
        Sample size.
    p
        The true proportion, strictly between 0 and 1.
    method, level
        As for `interval`.

    Examples
    --------
    >>> round(coverage(21, 0.05), 3), round(coverage(21, 0.05, method="wald"), 3)
    (0.981, 0.656)
    """
    _, size = count_of(0, n)
    truth = probability(p, "p")
    found = (interval(count, size, method=method, level=level) for count in range(size + 1))
    return math.fsum(
        math.comb(size, each.count) * truth**each.count * (1.0 - truth) ** (size - each.count)
        for each in found
        if each.lower <= truth <= each.upper
    )
