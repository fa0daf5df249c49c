"""Two likelihoods of studies that are counts: binomial-normal and beta-binomial.

Binomial within studies under either. Between studies the logits are normal,

    count_i ~ Binomial(size_i, expit(mu + tau z_i)), z_i ~ N(0, 1),

or the proportions are Beta: with mean pi and theta = 1/(a + b), a count of x in n has probability

    C(n, x) prod_{i<x} (pi + i theta) prod_{i<n-x} (1 - pi + i theta) / prod_{i<n} (1 + i theta),

which is the plain binomial at theta = 0. No study needs a variance of its own or a correction of
its zero, which is what breaks the usual normal-normal model where counts are small. The integral
over z_i is by Gauss-Hermite quadrature centred and scaled at its own peak, for large tau by the
trapezoid rule stretched about it.

References
----------
Hamza, van Houwelingen & Stijnen (2008), J Clin Epidemiol 61, 41-51.
Stijnen, Hamza & Ozdemir (2010), Stat Med 29, 3046-3067.
Pinheiro & Bates (1995), J Comput Graph Stat 4, 12-35 (adaptive quadrature).
Griffiths (1973), Biometrics 29, 637-648.
Chu, Guo & Zhou (2010), Med Decis Making 30, 499-508.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from secondlook.inputs import FloatArray, counts_of
from secondlook.proportions.one_proportion import log_choose


@dataclass(frozen=True)
class Studies:
    """Counts and sizes, both of shape (k,)."""

    counts: FloatArray
    sizes: FloatArray

    @classmethod
    def of(cls, counts: ArrayLike, sizes: ArrayLike) -> Studies:
        """Return two studies or more, checked; all or none of the patients says nothing."""
        x, n = counts_of(counts, sizes, "study")
        events, patients = x.sum(), n.sum()
        if events in (0, patients):
            raise ValueError(
                f"{int(events)} of {int(patients)} patients had the event: no model can be fitted; "
                "use proportions.interval on the total, which then assumes one common proportion"
            )
        return cls(x.astype(np.float64), n.astype(np.float64))

    @property
    def k(self) -> int:
        """The number of studies."""
        return int(self.counts.size)

    @cached_property
    def log_ways(self) -> float:
        """The logarithm of the product of the binomial coefficients."""
        return float(np.sum(log_choose(self.sizes, self.counts)))


@dataclass(frozen=True)
class BetaBinomial:
    """The likelihood of the logit of pi (`location`) and theta (`spread`)."""

    studies: Studies

    def log_likelihood(self, location: float, spread: float) -> float:
        """Return the log likelihood, binomial coefficients included."""
        x, n = self.studies.counts, self.studies.sizes
        events, others = float(expit(location)), float(expit(-location))
        total = self.studies.log_ways
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


POINTS = 121

WIDE = 4.0
"""tau squared up to which Gauss-Hermite quadrature with so many points has twelve digits."""

STRETCHED_POINTS = 1201


@dataclass(frozen=True)
class BinomialNormal:
    """The likelihood of the pooled logit mu (`location`) and tau squared (`spread`)."""

    studies: Studies

    def log_likelihood(self, location: float, spread: float) -> float:
        """Return the log likelihood, binomial coefficients included."""
        log_terms, _ = self._terms(location, spread)
        return float(np.sum(_log_sum(log_terms))) + self.studies.log_ways

    def score(self, location: float, spread: float) -> tuple[float, float]:
        """Return its derivatives by mu and by tau squared."""
        x, n = self.studies.counts, self.studies.sizes
        if spread < 1e-12:
            p = expit(location)
            residuals = x - n * p
            curvature = 0.5 * float(np.sum(residuals**2 - n * p * (1.0 - p)))
            return float(np.sum(residuals)), curvature
        tau = math.sqrt(spread)
        log_terms, z = self._terms(location, spread)
        weights = np.exp(log_terms - _log_sum(log_terms)[:, None])
        residual = x[:, None] - n[:, None] * expit(location + tau * z)
        by_location = float(np.sum(weights * residual))
        return by_location, float(np.sum(weights * residual * z)) / (2.0 * tau)

    def _terms(self, location: float, spread: float) -> tuple[FloatArray, FloatArray]:
        """Return the log summands of each study's integral and their z, shape (k, points)."""
        x, n = self.studies.counts[:, None], self.studies.sizes[:, None]
        tau = math.sqrt(spread)
        peak = _peak(self.studies, location, tau)[:, None]
        p = expit(location + tau * peak)
        scale = 1.0 / np.sqrt(1.0 + spread * n * p * (1.0 - p))
        if spread <= WIDE:
            nodes, log_weights = _gauss_hermite()
        else:
            nodes, log_weights = _stretched(scale, np.abs(peak))
        z = peak + scale * nodes
        eta = location + tau * z
        log_density = x * eta - n * np.logaddexp(0.0, eta) - 0.5 * z**2
        return log_density + log_weights + np.log(scale), z


def mean_proportion(location: float, spread: float) -> float:
    """Return the mean over studies of expit(mu + tau z), z standard normal."""
    nodes = np.linspace(-12.0, 12.0, 4001)
    # The trapezoid is exact to rounding here: the integrand is smooth and dies off at both ends.
    weights = np.exp(-0.5 * nodes**2)
    proportions = expit(location + math.sqrt(spread) * nodes)
    return float(weights @ proportions / weights.sum())


def _peak(studies: Studies, location: float, tau: float) -> FloatArray:
    """Return where each study's integrand peaks: Newton's method inside a bracket."""
    x, n = studies.counts, studies.sizes
    low, high = -tau * (n - x), tau * x
    # Where it would be if a study's logit, half a patient more in each cell, were normal.
    logit, variance = np.log((x + 0.5) / (n - x + 0.5)), 1.0 / (x + 0.5) + 1.0 / (n - x + 0.5)
    z = np.clip(tau * (logit - location) / (tau**2 + variance), low, high)
    last = np.full_like(x, np.inf)
    for _ in range(200):
        p = expit(location + tau * z)
        slope = tau * (x - n * p) - z
        low, high = np.where(slope > 0, z, low), np.where(slope > 0, high, z)
        newton = z + slope / (1.0 + tau**2 * n * p * (1.0 - p))
        # Newton's method alone may go to and fro between two points for ever.
        slow = np.abs(newton - z) > np.maximum(0.5 * last, 1e-10)
        kept = (newton >= low) & (newton <= high) & ~slow
        following = np.where(kept, newton, (low + high) / 2.0)
        last = np.abs(following - z)
        z = following
        if (last <= 1e-10 * (1.0 + np.abs(z))).all():
            break
    return z


@cache
def _gauss_hermite() -> tuple[FloatArray, FloatArray]:
    """Return nodes for a standard normal scale and log weights that undo its density."""
    nodes, weights = np.polynomial.hermite.hermgauss(POINTS)
    with np.errstate(divide="ignore"):
        log_weights = np.log(weights) + nodes**2 - 0.5 * math.log(math.pi)
    return math.sqrt(2.0) * nodes, log_weights


def _stretched(scale: FloatArray, peak: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return nodes that are dense at the peak and reach 14 standard deviations, and log weights.

    Where tau is large an integrand is a step as narrow as `scale` under a bell of width one, which
    no polynomial follows; the trapezoid rule in the argument of a hyperbolic sine does.
    """
    farthest = np.arcsinh((14.0 + peak) / scale)
    t = farthest * np.linspace(-1.0, 1.0, STRETCHED_POINTS)
    step = 2.0 * farthest / (STRETCHED_POINTS - 1)
    return np.sinh(t), np.log(np.cosh(t) * step) - 0.5 * math.log(2.0 * math.pi)


def _log_sum(log_terms: FloatArray) -> FloatArray:
    top = log_terms.max(axis=1)
    total: FloatArray = top + np.log(np.exp(log_terms - top[:, None]).sum(axis=1))
    return total
