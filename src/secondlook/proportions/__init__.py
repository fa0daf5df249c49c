"""Counts, percents, intervals and exact tests, and what lies behind a printed percent.

Each module holds one idea; every public name is importable from here.

- ``intervals``: a confidence interval for a proportion, under each published name
- ``one_proportion``: one proportion: exact test, Beta posterior, what n of n patients can show
- ``fisher``: Fisher's exact test of any r x c table
- ``unconditional``: Barnard and Boschloo
- ``large_sample``: Pearson, Yates, likelihood ratio, z
- ``ranks``: Wilcoxon and Kruskal-Wallis, exact with ties
- ``trend``: Cochran-Armitage, exact too
- ``denominators``: the sample sizes and counts behind printed percents
- ``identify``: the tests or formulas that print a p value or an interval
"""

from secondlook.proportions.denominators import counts_printing, denominators
from secondlook.proportions.fisher import FisherExact, fisher_exact
from secondlook.proportions.identify import identify_interval, identify_test
from secondlook.proportions.intervals import METHODS, ProportionInterval, coverage, interval
from secondlook.proportions.large_sample import (
    LargeSampleTest,
    likelihood_ratio,
    n_minus_one,
    pearson,
    wald_log_odds_ratio,
    yates,
    z_unpooled,
)
from secondlook.proportions.one_proportion import (
    BetaPosterior,
    BinomialTest,
    Unanimous,
    binomial_test,
    patients_needed,
    posterior,
    unanimous,
)
from secondlook.proportions.ranks import KruskalWallis, RankSum, kruskal_wallis, rank_sum
from secondlook.proportions.trend import Trend, trend_test
from secondlook.proportions.unconditional import barnard, boschloo

__all__ = [
    "METHODS",
    "BetaPosterior",
    "BinomialTest",
    "FisherExact",
    "KruskalWallis",
    "LargeSampleTest",
    "ProportionInterval",
    "RankSum",
    "Trend",
    "Unanimous",
    "barnard",
    "binomial_test",
    "boschloo",
    "counts_printing",
    "coverage",
    "denominators",
    "fisher_exact",
    "identify_interval",
    "identify_test",
    "interval",
    "kruskal_wallis",
    "likelihood_ratio",
    "n_minus_one",
    "patients_needed",
    "pearson",
    "posterior",
    "rank_sum",
    "trend_test",
    "unanimous",
    "wald_log_odds_ratio",
    "yates",
    "z_unpooled",
]
