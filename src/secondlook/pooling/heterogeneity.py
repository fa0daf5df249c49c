"""How much studies differ beyond chance, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from secondlook.pooling.studies import Studies
from secondlook.proportions import likelihood_ratio


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
    """Assemble the tests.

    Parameters
    ----------
    studies
        The studies.
    log_likelihood_ratio
        Log likelihood of the model minus that at spread 0.
    tau2
        Between-study variance of the logit; nan if the model has none.

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
