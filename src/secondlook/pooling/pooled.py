"""Pool proportions of small studies by a random-effects model that knows they are counts.

With the pooled value comes how much the studies differ beyond chance, and how sure that is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, chdtrc, expit, stdtrit

from secondlook.inputs import choice, probability
from secondlook.pooling import profile
from secondlook.pooling.likelihoods import BetaBinomial, BinomialNormal, Studies, mean_proportion
from secondlook.proportions import likelihood_ratio

ModelName = Literal["binomial-normal", "beta-binomial"]
PredictionDf = Literal["k-1", "k-2"]


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
    prediction_df: PredictionDf = "k-1",
) -> PooledProportion:
    """Return the pooled proportion of studies, by maximum likelihood.

    Counts of 0 and of n enter as they are; no half patient is added. Refused are studies in which
    all patients or none had the event, in all of them together or in nearly each.

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
    prediction_df
        Degrees of freedom of the binomial-normal model's prediction interval:
        ``k-1``, as metafor takes them for a model with t tests, or ``k-2``, as
        it was proposed. Both are approximations, and with few studies they lie
        far apart.

    Returns
    -------
    PooledProportion
        The prediction interval of the binomial-normal model is
        mu -+ t sqrt(se^2 + tau^2), from 0 to 1 where t has no degree of
        freedom (two studies, ``k-2``). That of the beta-binomial reaches over
        the quantiles of the estimated Beta and the interval of the mean; it
        leaves the error of the Beta's width out and is too narrow for few
        studies.

    Notes
    -----
    Profile likelihood intervals rely on many studies. With fewer than about
    five, both the interval and tau are weak evidence: show the studies.
    tau is searched up to 10, theta up to 100.

    References
    ----------
    Stijnen, Hamza & Ozdemir (2010), Stat Med 29, 3046-3067.
    Higgins, Thompson & Spiegelhalter (2009), J R Stat Soc A 172, 137-159, and
    Riley, Higgins & Deeks (2011), BMJ 342, d549 (prediction interval, k - 2).
    Viechtbauer (2010), J Stat Softw 36(3), and the help page of metafor's
    predict.rma (k - 1, and why).

    Examples
    --------
    Five invented studies:

    >>> found = pool([15, 12, 33, 6, 11], [57, 57, 60, 19, 21])
    >>> f"{100 * found.estimate:.0f}% ({100 * found.lower:.0f} to {100 * found.upper:.0f})"
    '36% (22 to 53)'
    """
    model = choice(model, "model", get_args(ModelName))
    prediction_df = choice(prediction_df, "prediction_df", get_args(PredictionDf))
    level = probability(level, "level")
    studies = Studies.of(counts, sizes)
    likelihood = _LIKELIHOODS[model](studies)
    data = tuple(studies.counts.tolist()), tuple(studies.sizes.tolist())
    peak, location, spread, information = _fitted(model, *data, level)
    error = 1.0 / math.sqrt(information)
    common = math.log(studies.counts.sum() / (studies.sizes - studies.counts).sum())
    ratio = 0.0
    if peak.spread > 0.0:
        ratio = peak.log_likelihood - likelihood.log_likelihood(common, 0.0)
    normal = model == "binomial-normal"
    estimate = float(expit(peak.location))
    lower, upper = float(expit(location.lower)), float(expit(location.upper))
    if normal:
        df = studies.k - (1 if prediction_df == "k-1" else 2)
        predicted = _predict_normal(peak, error, df, level)
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


def estimate(counts: ArrayLike, sizes: ArrayLike, *, model: ModelName = "binomial-normal") -> float:
    """Return the estimate of `pool` alone, which takes a fraction of the time of its limits."""
    studies = Studies.of(counts, sizes)
    data = tuple(studies.counts.tolist()), tuple(studies.sizes.tolist())
    return float(expit(_peak(choice(model, "model", get_args(ModelName)), *data).location))


@lru_cache(maxsize=256)
def _peak(model: ModelName, counts: tuple[float, ...], sizes: tuple[float, ...]) -> profile.Maximum:
    return profile.maximise(_LIKELIHOODS[model](Studies(np.array(counts), np.array(sizes))))


@lru_cache(maxsize=256)
def _fitted(
    model: ModelName, counts: tuple[float, ...], sizes: tuple[float, ...], level: float
) -> tuple[profile.Maximum, profile.ProfileLimits, profile.ProfileLimits, float]:
    """Find the peak and the limits: once for all tables and figures of the same studies."""
    likelihood = _LIKELIHOODS[model](Studies(np.array(counts), np.array(sizes)))
    peak = _peak(model, counts, sizes)
    location = profile.location_limits(likelihood, peak, level)
    spread = profile.spread_limits(likelihood, peak, level)
    return peak, location, spread, profile.location_information(likelihood, peak)


def _predict_normal(
    peak: profile.Maximum, error: float, df: int, level: float
) -> tuple[float, float]:
    if df == 0:
        return 0.0, 1.0
    t = float(stdtrit(df, 0.5 + level / 2.0))
    reach = t * math.sqrt(error**2 + peak.spread)
    return float(expit(peak.location - reach)), float(expit(peak.location + reach))


def _predict_beta(peak: profile.Maximum, level: float) -> tuple[float, float]:
    mean = float(expit(peak.location))
    if peak.spread == 0.0:
        return mean, mean
    a, b = mean / peak.spread, (1.0 - mean) / peak.spread
    tail = (1.0 - level) / 2.0
    return float(betaincinv(a, b, tail)), 1.0 - float(betaincinv(b, a, tail))


@dataclass(frozen=True)
class Heterogeneity:
    """Tests of one common proportion, and I squared.

    Attributes
    ----------
    statistic, p_value
        Likelihood ratio of the model against spread 0. The spread cannot be
        negative, so that half of the reference distribution is a point at 0
        and the p value is half of chi-square's.
    homogeneity, df, homogeneity_p_value
        Likelihood ratio of a proportion of its own for every study against
        one for all: chi-square on k - 1 degrees of freedom, unreliable where
        counts are small (`proportions.fisher_exact` of the k x 2 table is not).
    i_squared
        tau^2 over tau^2 plus a typical study's variance of the logit
        (binomial-normal model; nan for beta-binomial). It grows with the
        studies' sizes and is no measure of how far proportions lie apart:
        read the prediction interval for that.
    """

    statistic: float
    p_value: float
    homogeneity: float
    df: int
    homogeneity_p_value: float
    i_squared: float


def heterogeneity(studies: Studies, log_likelihood_ratio: float, tau2: float) -> Heterogeneity:
    """Return the tests of one common proportion.

    The ratio is the log likelihood of the model minus that at spread 0; `tau2` is nan if the model
    has none.

    References
    ----------
    Self & Liang (1987), J Am Stat Assoc 82, 605-610.
    Higgins & Thompson (2002), Stat Med 21, 1539-1558 (I^2, equation 9).
    """
    statistic = max(0.0, 2.0 * log_likelihood_ratio)
    table = np.column_stack([studies.counts, studies.sizes - studies.counts])
    common = likelihood_ratio(table)
    return Heterogeneity(
        statistic=statistic,
        p_value=0.5 * float(chdtrc(1, statistic)) if statistic > 0.0 else 1.0,
        homogeneity=common.statistic,
        df=common.df,
        homogeneity_p_value=common.p_value,
        i_squared=tau2 / (tau2 + _typical_variance(studies)),
    )


def _typical_variance(studies: Studies) -> float:
    """Return Higgins and Thompson's typical variance of a study's logit.

    A study with a count of 0 or n counts half a patient more in both cells;
    this enters I squared only, never the model.
    """
    x, others = studies.counts, studies.sizes - studies.counts
    half = np.where((x == 0) | (others == 0), 0.5, 0.0)
    weights = 1.0 / (1.0 / (x + half) + 1.0 / (others + half))
    total = weights.sum()
    return float((studies.k - 1) / (total - (weights**2).sum() / total))
