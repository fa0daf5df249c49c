"""Counts, percents, intervals and exact tests, and what lies behind a printed percent.

Each module holds one idea; every public name is importable from here. A count that is no whole
number or exceeds its denominator, and an unknown option, is refused with a ValueError that names
the argument, the value and what to do.

- ``intervals``: a confidence interval for a proportion, under each published name
- ``one_proportion``: one proportion against a stated value, exactly
- ``fisher``: Fisher's exact test of any r x c table
- ``unconditional``: Barnard and Boschloo
- ``large_sample``: Pearson, Yates, likelihood ratio, z
- ``ranks``: Wilcoxon's rank sum, exact with ties; Kruskal and Wallis of counts
- ``trend``: Cochran-Armitage, exact too
- ``two_groups``: odds ratio, risk ratio and risk difference, with their intervals
- ``denominators``: the sample sizes and counts behind printed percents
- ``identify``: the tests that print a p value
"""

from secondlook.proportions.denominators import (
    counts_printing,
    denominators,
    sizes_printing,
)
from secondlook.proportions.fisher import FisherExact, fisher_exact
from secondlook.proportions.identify import identify_test
from secondlook.proportions.intervals import METHODS, ProportionInterval, interval
from secondlook.proportions.large_sample import (
    LargeSampleTest,
    likelihood_ratio,
    n_minus_one,
    pearson,
    wald_log_odds_ratio,
    yates,
    z_unpooled,
)
from secondlook.proportions.one_proportion import BinomialTest, binomial_test
from secondlook.proportions.ranks import RankSum, kruskal_wallis, rank_sum
from secondlook.proportions.trend import Trend, trend_test
from secondlook.proportions.two_groups import COMPARISONS, Comparison, compare
from secondlook.proportions.unconditional import barnard, boschloo

__all__ = [
    "COMPARISONS", "METHODS", "BinomialTest", "Comparison", "FisherExact", "LargeSampleTest",
    "ProportionInterval", "RankSum", "Trend", "barnard", "binomial_test", "boschloo", "compare",
    "counts_printing", "denominators", "fisher_exact", "identify_test", "interval",
    "kruskal_wallis", "likelihood_ratio", "n_minus_one", "pearson", "rank_sum", "sizes_printing",
    "trend_test", "wald_log_odds_ratio", "yates", "z_unpooled",
]  # fmt: skip
