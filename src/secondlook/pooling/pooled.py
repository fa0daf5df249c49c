"""Pool proportions of small studies by a random-effects model that knows they are counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from numpy.typing import ArrayLike
from scipy.special import betaincinv, expit, stdtrit

from secondlook.pooling.beta_binomial import BetaBinomial
from secondlook.pooling.binomial_normal import BinomialNormal, mean_proportion
from secondlook.pooling.heterogeneity import Heterogeneity, heterogeneity
from secondlook.pooling.profile import (
    Maximum,
    location_information,
    location_limits,
    maximise,
    spread_limits,
)
from secondlook.pooling.studies import Studies
from secondlook.proportions.counts import probability

ModelName = Literal["binomial-normal", "beta-binomial"]


@dataclass(frozen=True)
class PooledProportion:
    """A pooled proportion; all but `logit` and its error are on the scale of proportions.

    Attributes
    ----------
    estimate, lower, upper
        Binomial-normal: the proportion of a typical study (the median one),
        expit(mu). Beta-binomial: the mean over studies. With its profile
        likelihood interval.
    mean
        The mean over studies under either model.
    prediction_lower, prediction_upper
        Where the true proportion of a new study like these may lie.
    logit, logit_std_error
        The pooled logit and its standard error from the profile's curvature.
    spread, spread_lower, spread_upper
        tau^2, the variance between studies of the logit, or theta = 1/(a + b)
        of the Beta; 0 is no heterogeneity. With its profile interval.
    """

    model: ModelName
    studies: int
    events: int
    patients: int
    level: float
    estimate: float
    lower: float
    upper: float
    mean: float
    prediction_lower: float
    prediction_upper: float
    logit: float
    logit_std_error: float
    spread: float
    spread_lower: float
    spread_upper: float
    log_likelihood: float
    heterogeneity: Heterogeneity

    @property
    def tau(self) -> float:
        """The standard deviation between studies of the logit (binomial-normal; else nan)."""
        return math.sqrt(self.spread) if self.model == "binomial-normal" else math.nan


def pool(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    model: ModelName = "binomial-normal",
    level: float = 0.95,
) -> PooledProportion:
    """Pool the proportions of studies by maximum likelihood.

    Counts of 0 and of n enter as they are; no half patient is added.

    Parameters
    ----------
    counts, sizes
        Shape (k,), whole numbers, k >= 2: `counts[i]` of `sizes[i]` in study i.
    model
        ``binomial-normal`` (a logistic regression with a random intercept) or
        ``beta-binomial``. Where the two disagree, the data do not carry the
        pooled value.
    level
        Of all intervals.

    Returns
    -------
    PooledProportion
        The prediction interval of the binomial-normal model is
        mu -+ t sqrt(se^2 + tau^2) with t on k - 1 degrees of freedom. That of
        the beta-binomial holds the quantiles of the estimated Beta and the
        interval of the mean; it leaves the error of the Beta's width out and
        is too narrow for few studies.

    Raises
    ------
    ValueError
        Naming the study, if a count is not a whole number or exceeds its
        size; if there are fewer than two studies; if all patients or none had
        the event; if nearly every study is all or none.

    Notes
    -----
    Profile likelihood intervals rely on many studies. With fewer than about
    five, both the interval and tau are weak evidence: show the studies.
    tau is searched up to 10 (theta up to 100), far beyond any data that can
    be pooled with sense.

    References
    ----------
    Stijnen, Hamza & Ozdemir (2010), Stat Med 29, 3046-3067.
    Higgins, Thompson & Spiegelhalter (2009), J R Stat Soc A 172, 137-159, and
    IntHout et al (2016), BMJ Open 6, e010247 (prediction interval; the latter
    for the degrees of freedom).

    Examples
    --------
    Five invented studies:

    >>> found = pool([15, 12, 33, 6, 11], [57, 57, 60, 19, 21])
    >>> f"{100 * found.estimate:.0f}% ({100 * found.lower:.0f} to {100 * found.upper:.0f})"
    '36% (22 to 53)'
    """
    if model not in get_args(ModelName):
        raise ValueError(f"model is {model!r}; choose binomial-normal or beta-binomial.")
    probability(level, "level")
    studies = Studies.of(counts, sizes)
    likelihood = _LIKELIHOODS[model](studies)
    peak = maximise(likelihood)
    location = location_limits(likelihood, peak, level)
    spread = spread_limits(likelihood, peak, level)
    error = 1.0 / math.sqrt(location_information(likelihood, peak))
    common = math.log(studies.counts.sum() / (studies.sizes - studies.counts).sum())
    ratio = 0.0
    if peak.spread > 0.0:
        ratio = peak.log_likelihood - likelihood.log_likelihood(common, 0.0)
    normal = model == "binomial-normal"
    estimate = float(expit(peak.location))
    lower, upper = float(expit(location.lower)), float(expit(location.upper))
    if normal:
        predicted = _predict_normal(peak, error, studies.k, level)
    else:
        quantiles = _predict_beta(peak, level)
        predicted = min(lower, quantiles[0]), max(upper, quantiles[1])
    return PooledProportion(
        model=model,
        studies=studies.k,
        events=int(studies.counts.sum()),
        patients=int(studies.sizes.sum()),
        level=level,
        estimate=estimate,
        lower=lower,
        upper=upper,
        mean=mean_proportion(peak.location, peak.spread) if normal else estimate,
        prediction_lower=predicted[0],
        prediction_upper=predicted[1],
        logit=peak.location,
        logit_std_error=error,
        spread=peak.spread,
        spread_lower=spread.lower,
        spread_upper=spread.upper,
        log_likelihood=peak.log_likelihood,
        heterogeneity=heterogeneity(studies, ratio, peak.spread if normal else math.nan),
    )


_LIKELIHOODS: dict[ModelName, type[BinomialNormal] | type[BetaBinomial]] = {
    "binomial-normal": BinomialNormal,
    "beta-binomial": BetaBinomial,
}


def _predict_normal(peak: Maximum, error: float, k: int, level: float) -> tuple[float, float]:
    t = float(stdtrit(k - 1, 0.5 + level / 2.0))
    reach = t * math.sqrt(error**2 + peak.spread)
    return float(expit(peak.location - reach)), float(expit(peak.location + reach))


def _predict_beta(peak: Maximum, level: float) -> tuple[float, float]:
    mean = float(expit(peak.location))
    if peak.spread == 0.0:
        return mean, mean
    a, b = mean / peak.spread, (1.0 - mean) / peak.spread
    tail = (1.0 - level) / 2.0
    return float(betaincinv(a, b, tail)), 1.0 - float(betaincinv(b, a, tail))
