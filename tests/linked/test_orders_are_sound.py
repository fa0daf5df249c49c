"""Correct: the true order of a cohort is among the admissible ones, whatever the cohort.

A cohort is drawn on a 0.1-month grid (ties included) and its facts are printed as a paper would,
by the estimators of `secondlook.survival`. ``SECONDLOOK_COHORTS=200`` runs the full batch.
"""

from __future__ import annotations

import math
import os

import numpy as np
import pytest
from tests.linked.as_printed import print_survival

from secondlook.linked import (
    PrintedMedian,
    SurvivalFacts,
    orders,
    sample,
    unmet_facts,
)
from secondlook.printed import show
from secondlook.survival import follow_up, kaplan_meier

COHORTS = int(os.environ.get("SECONDLOOK_COHORTS", "20"))
INTERVALS = ("log", "log-log", "plain", "logit", "arcsine")


def cohort(rng):
    n = int(rng.integers(15, 36))
    death = rng.weibull(rng.uniform(0.7, 1.4), n) * rng.uniform(9, 22)
    censored = rng.uniform(rng.uniform(0, 20), rng.uniform(30, 60), n)
    time = np.maximum(np.round(np.minimum(death, censored), 1), 0.1)
    return time, death <= censored


def print_number(value, like):
    return None if math.isnan(value) else show(value, like=like)


def print_median(curve, like):
    quantile = curve.quantile(0.5)
    return PrintedMedian(
        print_number(quantile.estimate, like),
        (print_number(quantile.lower, like), print_number(quantile.upper, like)),
    )


def print_facts(time, event, interval, spacing):
    curve = kaplan_meier(time, event, interval=interval)
    last = math.ceil(time.max() / spacing)
    row = curve.at([spacing * tick for tick in range(last + 1)])["at_risk"]
    return SurvivalFacts(
        n=str(len(time)),
        at_risk=" ".join(map(str, row)),
        spacing=str(spacing),
        survival=print_survival(curve, ("12", "24")),
        median=print_median(curve, "1.1"),
        follow_up=print_median(follow_up(time, event, interval=interval), "11"),
    )


@pytest.mark.parametrize("number", range(COHORTS))
def test_the_true_order_is_among_the_admissible_ones(number):
    rng = np.random.default_rng([2024, number])
    time, event = cohort(rng)
    interval = INTERVALS[0] if number % 2 else INTERVALS[int(rng.integers(5))]
    facts = print_facts(time, event, interval, spacing=int(rng.choice([2, 3, 6])))
    assert unmet_facts(facts, time, event, interval=interval) == []

    found = orders(facts, interval)

    assert found.contains(time, event), facts
    assert event.sum() in found.deaths()


def test_every_data_set_drawn_prints_every_fact_and_is_contained():
    time, event = cohort(np.random.default_rng([2024, 3]))
    facts = print_facts(time, event, "log", spacing=3)
    found = orders(facts)

    draws = sample(found, 5, np.random.default_rng(7))

    for _, patients in draws.frame.groupby("set"):
        times, events = patients["time"].to_numpy(), patients["event"].to_numpy()
        assert unmet_facts(facts, times, events) == []
        assert found.contains(times, events)
        assert np.array_equal(np.round(times, 1), times)


def test_a_data_set_that_misses_a_fact_is_not_contained():
    time, event = cohort(np.random.default_rng([2024, 4]))
    facts = print_facts(time, event, "log", spacing=3)
    found = orders(facts)
    moved = time.copy()
    moved[np.argmax(time)] += 3

    assert found.contains(time, event)
    assert unmet_facts(facts, moved, event) != []
    assert not found.contains(moved, event)
