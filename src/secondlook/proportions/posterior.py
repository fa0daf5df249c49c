"""What a count says about a probability, given a stated Beta prior."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import betaincc, betaincinv

from secondlook.proportions.counts import count_of, probability


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
        if not 0.0 <= threshold <= 1.0:
            raise ValueError(f"threshold is {threshold!r}; it must be a proportion from 0 to 1.")
        return float(betaincc(self.alpha, self.beta, threshold))

    def quantile(self, p: float) -> float:
        """Return the value below which the proportion lies with probability `p`."""
        return float(betaincinv(self.alpha, self.beta, probability(p, "p")))

    def predictive_probability_of_all(self, patients: int) -> float:
        """Return the probability that each of the next `patients` has the event."""
        result = 1.0
        for earlier in range(patients):
            result *= (self.alpha + earlier) / (self.alpha + self.beta + earlier)
        return result


def posterior(
    count: int, n: int, *, prior: tuple[float, float] = (1.0, 1.0), level: float = 0.95
) -> BetaPosterior:
    """Update a Beta prior with a count.

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
    if not (min(prior) > 0.0 and max(prior) < float("inf")):
        raise ValueError(f"prior is {prior!r}; both parameters of a Beta prior are positive.")
    alpha, beta = prior[0] + events, prior[1] + size - events
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
