"""One proportion against a stated value: the exact binomial test, and the tails behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import scipy
from numpy.typing import NDArray

from secondlook.inputs import FloatArray, choice, count_of, number

Alternative = Literal["two-sided", "less", "greater"]

TIE_TOLERANCE = 1e-7
"""Relative: what differs by rounding is equal, as in R; without this a tie is lost."""


@dataclass(frozen=True)
class BinomialTest:
    """An exact test of a proportion; `null` is the value tested, as a proportion."""

    count: int
    n: int
    null: float
    p_value: float
    alternative: Alternative


def binomial_test(
    count: int, n: int, null: float, *, alternative: Alternative = "two-sided"
) -> BinomialTest:
    """Return the exact test of the proportion `count` of `n` against `null`, from 0 to 1.

    ``two-sided`` sums every outcome at most as probable as the observed one (ties within a relative
    1e-7, as R's `binom.test`); ``less`` and ``greater`` take one tail.

    Examples
    --------
    Three responses of three do not exclude a response rate of a half:

    >>> round(binomial_test(3, 3, 0.5).p_value, 6)
    0.25
    >>> binomial_test(3, 3, 0.5, alternative="greater").p_value
    0.125
    """
    events, size = count_of(count, n)
    null = number(null, "null", least=0, most=1)
    alternative = choice(alternative, "alternative", get_args(Alternative))
    if alternative == "less":
        p_value = at_least(size - events, size, 1.0 - null)
    elif alternative == "greater":
        p_value = at_least(events, size, null)
    else:
        masses = binomial_masses(size, null)
        p_value = float(masses[masses <= masses[events] * (1.0 + TIE_TOLERANCE)].sum())
    return BinomialTest(events, size, null, min(1.0, p_value), alternative)


def at_least(count: int, n: int, p: float) -> float:
    """Return P(X >= count) for X binomial (n, p)."""
    if count <= 0 or count > n:
        return float(count <= 0)
    return float(scipy.special.betainc(count, n - count + 1, p))


def at_most(count: int, n: int, p: float) -> float:
    """Return P(X <= count) for X binomial (n, p), count < n."""
    return 0.0 if count < 0 else float(scipy.special.betaincc(count + 1, n - count, p))


def binomial_masses(n: int, p: float) -> FloatArray:
    """Return P(X = k) for k = 0..n, X binomial (n, p)."""
    k = np.arange(n + 1, dtype=np.float64)
    log_mass = scipy.special.xlogy(k, p)
    masses: FloatArray = np.exp(log_choose(n, k) + log_mass + scipy.special.xlog1py(n - k, -p))
    return masses


def log_choose(n: float | FloatArray, k: NDArray[Any]) -> FloatArray:
    """Return the logarithm of the number of ways to choose k of n."""
    gammaln = scipy.special.gammaln
    ways: FloatArray = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return ways
