"""The beta-binomial model: binomial within studies, a Beta of proportions between them.

With mean proportion pi and theta = 1/(a + b), a count of x in n has probability

    C(n, x) prod_{i<x} (pi + i theta) prod_{i<n-x} (1 - pi + i theta) / prod_{i<n} (1 + i theta),

which is the plain binomial at theta = 0.

References
----------
Griffiths (1973), Biometrics 29, 637-648.
Chu, Guo & Zhou (2010), Med Decis Making 30, 499-508.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit, gammaln

from secondlook.pooling.studies import FloatArray, Studies


@dataclass(frozen=True)
class BetaBinomial:
    """The likelihood of the logit of pi (`location`) and theta (`spread`)."""

    studies: Studies
    largest_spread: float = field(default=100.0, init=False)

    def log_likelihood(self, location: float, spread: float) -> float:
        """Return the log likelihood, binomial coefficients included."""
        x, n = self.studies.counts, self.studies.sizes
        events, others = float(expit(location)), float(expit(-location))
        total = np.sum(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))
        for sizes, start, sign in ((x, events, 1.0), (n - x, others, 1.0), (n, 1.0, -1.0)):
            total += sign * float(np.log(start + spread * _steps(sizes)).sum())
        return float(total)

    def score(self, location: float, spread: float) -> tuple[float, float]:
        """Return its derivatives by the logit of pi and by theta."""
        x, n = self.studies.counts, self.studies.sizes
        events, others = float(expit(location)), float(expit(-location))
        up, down, all_steps = _steps(x), _steps(n - x), _steps(n)
        by_pi = np.sum(1 / (events + spread * up)) - np.sum(1 / (others + spread * down))
        by_theta = (
            np.sum(up / (events + spread * up))
            + np.sum(down / (others + spread * down))
            - np.sum(all_steps / (1.0 + spread * all_steps))
        )
        return float(by_pi) * events * others, float(by_theta)


def _steps(sizes: FloatArray) -> FloatArray:
    """Return 0, 1, ..., size - 1 of every study, one after the other."""
    return np.concatenate([np.arange(size) for size in sizes] or [np.empty(0)])
