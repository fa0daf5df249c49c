"""One proportion: against a stated value, from a stated prior, and what a few patients can show.

The exact binomial test; its consequences where every patient, or none, had the event; and the
posterior of a Beta prior.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.special import betainc, betaincc, betaincinv, gammaln, xlog1py, xlogy

from secondlook.inputs import FloatArray, choice, count_of, number, probability

Alternative = Literal["two-sided", "less", "greater"]
TIE_TOLERANCE = 1e-7


@dataclass(frozen=True)
class BinomialTest:
    """An exact test of a proportion; `null` is the value tested, as a proportion."""

    count: int
    n: int
    null: float
    p_value: float
    alternative: Alternative


@dataclass(frozen=True)
class Unanimous:
    """What `n` of `n` (or 0 of `n`) leaves open, for the probability of the unanimous outcome.

    `one_sided` is the lower confidence bound at `level`; `two_sided` the lower
    limit of the Clopper-Pearson interval; `rule_of_three` the approximation
    1 - 3/n of `one_sided` at 95 % (not below 0). One minus each bounds the
    probability of the outcome that nobody had.
    """

    n: int
    level: float
    one_sided: float
    two_sided: float
    rule_of_three: float


def binomial_test(
    count: int, n: int, null: float, *, alternative: Alternative = "two-sided"
) -> BinomialTest:
    """Return the exact test of a proportion against a stated value.

    Parameters
    ----------
    count, n
        `count` of `n`.
    null
        The probability under the null hypothesis, from 0 to 1.
    alternative
        ``two-sided`` sums every outcome at most as probable as the observed
        one (ties within a relative 1e-7, as R's `binom.test`); ``less`` and
        ``greater`` take one tail.

    Raises
    ------
    ValueError
        If a count is not a whole number, or `null` no probability.

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
    choice(alternative, "alternative", get_args(Alternative))
    if alternative == "less":
        p_value = at_least(size - events, size, 1.0 - null)
    elif alternative == "greater":
        p_value = at_least(events, size, null)
    else:
        masses = binomial_masses(size, null)
        p_value = float(masses[masses <= masses[events] * (1.0 + TIE_TOLERANCE)].sum())
    return BinomialTest(events, size, null, min(1.0, p_value), alternative)


def unanimous(n: int, *, level: float = 0.95) -> Unanimous:
    """Return what `n` of `n` patients with the same outcome leave open.

    Parameters
    ----------
    n
        Number of patients, all with the same outcome, 1 or more.
    level
        Confidence level.

    References
    ----------
    Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745.

    Examples
    --------
    >>> three = unanimous(3)
    >>> f"{three.one_sided:.3f} {three.two_sided:.3f}"
    '0.368 0.292'
    """
    _, size = count_of(0, n)
    alpha = 1.0 - probability(level, "level")
    return Unanimous(
        n=size,
        level=level,
        one_sided=alpha ** (1.0 / size),
        two_sided=(alpha / 2.0) ** (1.0 / size),
        rule_of_three=max(0.0, 1.0 - 3.0 / size),
    )


def patients_needed(null: float, *, level: float = 0.95) -> int:
    """Return the least number of patients who must all respond to exclude a response rate.

    The one-sided exact test rejects `null` when n of n respond and
    null ** n <= 1 - level.

    Parameters
    ----------
    null
        The response rate to exclude, strictly between 0 and 1.
    level
        Confidence level.

    Examples
    --------
    >>> patients_needed(0.26), patients_needed(0.5), patients_needed(0.9)
    (3, 5, 29)
    """
    rate, alpha = probability(null, "null"), 1.0 - probability(level, "level")
    n = max(1, math.ceil(math.log(alpha) / math.log(rate)) - 1)
    # The logarithms decide to within a patient; the powers decide the rest.
    while rate**n > alpha * (1.0 + TIE_TOLERANCE):
        n += 1
    return n


def at_least(count: int, n: int, p: float) -> float:
    """Return P(X >= count) for X binomial (n, p)."""
    return 1.0 if count <= 0 else 0.0 if count > n else float(betainc(count, n - count + 1, p))


def at_most(count: int, n: int, p: float) -> float:
    """Return P(X <= count) for X binomial (n, p), count < n."""
    return 0.0 if count < 0 else float(betaincc(count + 1, n - count, p))


def binomial_masses(n: int, p: float) -> FloatArray:
    """Return P(X = k) for k = 0..n, X binomial (n, p)."""
    k = np.arange(n + 1, dtype=np.float64)
    log_ways = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    masses: FloatArray = np.exp(log_ways + xlogy(k, p) + xlog1py(n - k, -p))
    return masses


@dataclass(frozen=True)
class BetaPosterior:
    """A Beta(`alpha`, `beta`) posterior; `lower` and `upper` leave equal tails."""

    count: int
    n: int
    prior: tuple[float, float]
    alpha: float
    beta: float
    mean: float
    lower: float
    upper: float
    level: float

    def probability_above(self, threshold: float) -> float:
        """Return the posterior probability that the proportion exceeds `threshold`."""
        threshold = number(threshold, "threshold", least=0, most=1)
        return float(betaincc(self.alpha, self.beta, threshold))

    def quantile(self, p: float) -> float:
        """Return the value below which the proportion lies with probability `p`."""
        return float(betaincinv(self.alpha, self.beta, probability(p, "p")))


def posterior(
    count: int, n: int, *, prior: tuple[float, float] = (1.0, 1.0), level: float = 0.95
) -> BetaPosterior:
    """Return a Beta prior updated with a count.

    Parameters
    ----------
    count, n
        `count` of `n`.
    prior
        The prior's two parameters, > 0: (1, 1) is uniform, (1/2, 1/2)
        Jeffreys'. They count as so many earlier events and non-events.
    level
        Of the credible interval with equal tails. At 0 or n of n it still
        leaves a tail on both sides, unlike a confidence interval.

    Raises
    ------
    ValueError
        If a count is not a whole number or a prior parameter not positive.

    Examples
    --------
    Three of three, from a uniform prior: the posterior is Beta(4, 1).

    >>> three = posterior(3, 3)
    >>> three.mean, round(three.lower, 3), round(three.probability_above(0.5), 4)
    (0.8, 0.398, 0.9375)
    """
    events, size = count_of(count, n)
    probability(level, "level")
    if not isinstance(prior, Sequence) or len(prior) != 2:
        raise ValueError(f"prior is {prior!r}; give the two parameters of a Beta, such as (1, 1)")
    alpha = number(prior[0], "the prior's first parameter", above=0) + events
    beta = number(prior[1], "the prior's second parameter", above=0) + size - events
    tail = (1.0 - level) / 2.0
    # The upper quantile through the other tail keeps its digits when it is near 1.
    return BetaPosterior(
        count=events,
        n=size,
        prior=prior,
        alpha=alpha,
        beta=beta,
        mean=alpha / (alpha + beta),
        lower=float(betaincinv(alpha, beta, tail)),
        upper=1.0 - float(betaincinv(beta, alpha, tail)),
        level=level,
    )
