"""Correct: exact methods say soon whether they will try, and large counts do not overflow."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook import proportions, survival


@pytest.mark.parametrize(
    ("call", "instead"),
    [
        (lambda: proportions.rank_sum(range(2000), range(3000)), "scipy.stats.mannwhitneyu"),
        (lambda: proportions.trend_test([300] * 9, [900] * 9), "exact=False"),
        (lambda: proportions.fisher_exact([[10**9] * 2] * 2), "use pearson"),
        (lambda: proportions.fisher_exact([[10**9] * 3] * 2), "use pearson"),
        (lambda: proportions.fisher_exact(np.eye(40, dtype=int) + 1), "use pearson"),
        (lambda: proportions.barnard([[3000, 1], [2, 3000]]), "use fisher_exact or pearson"),
        (lambda: proportions.denominators(["50"], 10**7), "a percent says nothing"),
        (lambda: survival.risk_sets(range(1, 9001), [1] * 9000, group=range(9000)), "strata"),
        (
            lambda: survival.exact_log_rank(range(1, 20_001), [1] * 20_000, [0, 1] * 10_000),
            "use log_rank",
        ),
    ],
)
def test_what_is_too_large_is_refused_soon_with_what_to_use_instead(call, instead):
    started = time.process_time()
    with pytest.raises(ValueError, match=instead):
        call()
    assert time.process_time() - started < 3.0


def test_what_is_not_too_large_takes_no_minute():
    started = time.process_time()
    proportions.interval(3, 10**12, method="blaker")
    proportions.rank_sum(range(0, 300, 2), range(1, 301, 2))
    proportions.trend_test([300, 280, 350], [1000, 1000, 1000])
    proportions.denominators(["26", "33.3"], 20_000)
    assert time.process_time() - started < 30


def test_large_counts_do_not_overflow():
    table = np.array([[3_000_000_000, 1_000_000_000], [1_000_000_000, 3_000_000_000]])
    assert_allclose(
        proportions.pearson(table).statistic, 1e6 * proportions.pearson(table // 10**6).statistic
    )
