"""Correct: the true pair of orders of a cohort with two curves is among the linked ones.

Cohorts are drawn on a 0.1-month grid, with a remission after some weeks, a relapse in some, and
follow-up that ends both curves at once. Their facts are printed as a paper would print them.
``SECONDLOOK_COHORTS=200`` runs the full batch.
"""

from __future__ import annotations

import math
import os

import numpy as np
import pytest
from tests.linked.as_printed import print_survival

from secondlook.linked import (
    Link,
    PrintedMedian,
    SurvivalFacts,
    linked_orders,
)
from secondlook.printed import show
from secondlook.survival import kaplan_meier

COHORTS = int(os.environ.get("SECONDLOOK_COHORTS", "20"))


def cohort(rng):
    n, size = int(rng.integers(8, 15)), int(rng.integers(4, 8))
    death = np.round(rng.exponential(rng.uniform(8, 25), n) + 0.1, 1)
    seen = np.round(rng.uniform(3, 40, n), 1)
    time, died = np.minimum(death, seen), death <= seen
    long_enough = np.flatnonzero(time > 2.0)
    members = np.sort(rng.choice(long_enough, min(size, len(long_enough)), replace=False))
    delay = np.round(rng.uniform(0.5, 1.9, len(members)), 1)
    left = np.round(time[members] - delay, 1)
    relapse = np.round(rng.exponential(12, len(members)) + 0.1, 1)
    relapsed = relapse < left
    part_time = np.where(relapsed, relapse, left)
    return time, died, members, part_time, relapsed | died[members]


def print_curve(time, event, spacing):
    curve = kaplan_meier(time, event)
    row = curve.at(list(np.arange(0, time.max() + spacing, spacing)))["at_risk"]
    return SurvivalFacts(
        n=str(len(time)),
        at_risk=" ".join(str(int(number)) for number in row),
        spacing=str(spacing),
        survival=print_survival(curve, ("6", "12")),
        deaths=str(int(event.sum())),
    )


def bits(time, event):
    order = np.lexsort((~event, time))
    return int("".join(str(int(mark)) for mark in event[order]), 2)


@pytest.mark.parametrize("number", range(COHORTS))
def test_the_true_pair_of_orders_is_among_the_linked_ones(number):
    rng = np.random.default_rng([2026, number])
    time, died, members, part_time, event = cohort(rng)
    median = kaplan_meier(time[members], died[members]).quantile(0.5).estimate
    link = Link(
        shortest_delay=0.5,
        longest_delay=(None, 2.0)[number % 2],
        alive_with_event=int((event & ~died[members]).sum()),
        alive_outside=int((~died).sum() - (~died[members]).sum()),
        median=PrintedMedian(None if math.isnan(median) else show(median, like="0.1")),
    )
    found = linked_orders(print_curve(time, died, 6), print_curve(part_time, event, 6), link)

    whole, part = bits(time, died), bits(part_time, event)
    assert any(
        whole in spread.whole_sequences and part in spread.part_sequences
        for spread in found.spreads
    )
