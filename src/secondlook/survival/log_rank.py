"""The log-rank test: at each event time, deaths in a group against their share of those at risk.

Given the risk set, the deaths in the groups follow a (multivariate) hypergeometric law; the test
sums observed less expected deaths and their covariance over the event times of all strata.
Every event time weighs the same (the member rho = 0 of Harrington and Fleming's family). With a few
patients chi-square is a poor guide to the law of the statistic; `exact_log_rank` counts it out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike

from secondlook import inputs
from secondlook.inputs import FloatArray, IntArray
from secondlook.survival.risk_sets import count_one_sample, count_risk_sets

MOST_SUMS, BITS = 2_000_000, 1_600
"""Sums of scores that are kept, and what one takes beside its digits, which may be thousands."""

MOST_STEPS = 20_000_000
"""Sums that are gone through: some seconds."""


@dataclass(frozen=True, eq=False)
class LogRank:
    """A comparison of g groups.

    Attributes
    ----------
    statistic
        Chi-squared. NaN if the groups were never at risk together at an event.
    df
        Its degrees of freedom: one less than the groups that were ever at risk at an event.
    p_value
        The upper tail.
    observed, expected
        Shape (g,), deaths in each group, and their expectation given the risk sets.
    variance
        Shape (g, g), the hypergeometric covariance of observed less expected.
    groups
        The g labels, in the order of the arrays.
    """

    statistic: float
    df: int
    p_value: float
    observed: FloatArray
    expected: FloatArray
    variance: FloatArray
    groups: tuple[Hashable, ...]


def log_rank(
    durations: ArrayLike,
    events: ArrayLike,
    group: ArrayLike,
    *,
    strata: ArrayLike | None = None,
) -> LogRank:
    """Compare the survival of groups, rho = 0, as R's ``survdiff`` does.

    Parameters
    ----------
    durations, events
        As in `kaplan_meier`.
    group
        Shape (n,), labels of two groups or more.
    strata
        Shape (n,), labels; deaths are compared within strata and summed over them.

    Returns
    -------
    LogRank
        With hypergeometric variance and any number of groups. Where no death compares them (as if
        nobody died) there is no test: `df` is 0, statistic and P are NaN.

    References
    ----------
    Mantel (1966), Cancer Chemother Rep 50, 163-170. Peto & Peto (1972), J R Stat Soc A 135,
    185-206. Kalbfleisch & Prentice (2002), 2nd ed., Wiley, section 1.5.

    Examples
    --------
    >>> test = log_rank([1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"])
    >>> test.df, round(test.statistic, 4)
    (1, 2.8824)
    """
    inputs.refuse_other_rows(durations=durations, events=events, group=group, strata=strata)
    stops = inputs.check_times(durations, "durations")
    deaths = inputs.check_events(events, "events", stops, "durations")
    labels = inputs.check_labels(group, "group", stops, "durations")
    if len(labels[1]) < 2:
        raise ValueError(f"group has one label only ({labels[1][0]!r}): nothing to compare")
    layers = None if strata is None else inputs.check_labels(strata, "strata", stops, "durations")
    sets = count_risk_sets(stops, deaths, group=labels, strata=layers)
    return compare_counts(sets.at_risk, sets.events, sets.groups)


def exact_log_rank(durations: ArrayLike, events: ArrayLike, group: ArrayLike) -> Fraction:
    """Return the two-sided P of the log-rank test over every way to draw the groups.

    Observed less expected deaths of a group are the sum of its patients' scores: one for a death,
    less the Nelson-Aalen hazard of all patients up to the patient's time. P is the share of the
    groups of this size whose sum lies at least as far from zero, counted without rounding. More
    than some twenty-five patients have too many sums to count, which is a ValueError.

    The labels are permuted, which takes for granted that who is censored does not depend on the
    group. Chi-square with 8 against 12 patients may say 0.031 where this says 0.061.

    Parameters
    ----------
    durations, events
        As in `kaplan_meier`.
    group
        Shape (n,), labels of two groups.

    References
    ----------
    Peto & Peto (1972), J R Stat Soc A 135, 185-206. Wang, Lagakos & Gray (2010), Biostatistics 11,
    676-692, on unequal censoring.

    Examples
    --------
    >>> exact_log_rank([1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"])
    Fraction(1, 3)
    """
    inputs.refuse_other_rows(durations=durations, events=events, group=group)
    stops = inputs.check_times(durations, "durations")
    deaths = inputs.check_events(events, "events", stops, "durations")
    codes, labels = inputs.check_labels(group, "group", stops, "durations")
    if len(labels) != 2:
        raise ValueError(f"group has {len(labels)} labels ({labels}); two are compared exactly")
    time, at_risk, died, _ = count_one_sample(stops, deaths)
    risks = list(zip(at_risk.tolist(), died.tolist(), strict=True))
    size = int((codes == 1).sum())
    too_many = ValueError(
        f"the groups of {len(stops):,} patients have too many different sums of scores to count; "
        "use log_rank"
    )
    # Who die at different times have different scores; j of m different numbers have at least
    # j (m - j) + 1 different sums.
    times = int(np.count_nonzero(died))
    if sum(j * (times - j) + 1 for j in range(min(size, times) + 1)) > MOST_SUMS:
        raise too_many
    # In units of one over the common multiple of the numbers at risk every score is whole.
    unit = math.lcm(*(n for n, d in risks if d))
    hazard = list(accumulate(d * (unit // n) for n, d in risks))
    reached = time.searchsorted(stops, side="right") - 1
    scores = [
        unit * died - hazard[at] for died, at in zip(deaths.tolist(), reached.tolist(), strict=True)
    ]
    most, steps = MOST_SUMS * BITS // (BITS + unit.bit_length()), 0
    drawn = [Counter({0: 1}), *(Counter[int]() for _ in range(size))]
    for score in scores:
        for count in range(size, 0, -1):
            for total, ways in drawn[count - 1].items():
                drawn[count][total + score] += ways
        many = sum(map(len, drawn))
        steps += many
        if many > most or steps > MOST_STEPS:
            raise too_many
    observed = abs(sum(s for s, code in zip(scores, codes, strict=True) if code == 1))
    extreme = sum(ways for total, ways in drawn[size].items() if abs(total) >= observed)
    return Fraction(extreme, math.comb(len(scores), size))


def compare_counts(
    at_risk_by_group: IntArray, events: IntArray, groups: tuple[Hashable, ...]
) -> LogRank:
    """Test whether columns of risk sets, counts of shape (k, g), share one hazard.

    The columns may be states that rows enter and leave, which makes this the Mantel-Byar test.
    """
    risk = at_risk_by_group.astype(np.float64)
    at_risk = risk.sum(axis=1)
    deaths = events.sum(axis=1)
    share = risk / at_risk[:, np.newaxis]
    observed = events.sum(axis=0).astype(np.float64)
    expected = deaths @ share
    scale = deaths * (at_risk - deaths) / np.maximum(at_risk - 1, 1)
    weighted = share * scale[:, np.newaxis]
    variance = _covariance(weighted, share)
    statistic, df = _chi_squared(observed - expected, variance)
    for values in (observed, expected, variance):
        values.setflags(write=False)
    return LogRank(statistic, df, _upper_tail(statistic, df), observed, expected, variance, groups)


def _covariance(weighted: FloatArray, share: FloatArray) -> FloatArray:
    """Sum the covariances over times; rows sum to zero, as do the deviations.

    The diagonal is summed from the others, so that one that must be zero is exactly zero.
    """
    if share.shape[1] == 2:
        variance = float(weighted[:, 0] @ share[:, 1])
        return np.array([[variance, -variance], [-variance, variance]])
    covariance: FloatArray = -(weighted.T @ share)
    np.fill_diagonal(covariance, 0.0)
    np.fill_diagonal(covariance, -covariance.sum(axis=1))
    return covariance


def _chi_squared(excess: FloatArray, variance: FloatArray) -> tuple[float, int]:
    """Return the quadratic form in a generalised inverse of the variance, and its rank."""
    if len(excess) == 2:
        spread = float(variance[0, 0])
        return (float(excess[0]) ** 2 / spread, 1) if spread > 0 else (float("nan"), 0)
    informative = np.diag(variance) > 0
    if not informative.any():
        return float("nan"), 0
    kept, core = excess[informative], variance[np.ix_(informative, informative)]
    scale = np.sqrt(np.diag(core))
    correlation = core / np.outer(scale, scale)
    rank = int(np.linalg.matrix_rank(correlation, hermitian=True))
    if rank == len(kept) - 1:
        return float(kept[1:] @ np.linalg.solve(core[1:, 1:], kept[1:])), rank
    return float(kept @ np.linalg.pinv(core, hermitian=True) @ kept), rank


def _upper_tail(statistic: float, df: int) -> float:
    """Return the chance of at least this chi-square; on one degree of freedom without scipy."""
    if df == 1:
        return math.erfc(math.sqrt(statistic / 2))
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic)) if df else float("nan")
