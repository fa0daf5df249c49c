"""Correct: the bound never loses the true cohort, and every range holds what is true of it.

``SECONDLOOK_COHORTS=2000`` runs the full batch.
"""

import os

import numpy as np
import pytest
from tests.admissible.cohorts import random_case

from secondlook.admissible import ranges
from secondlook.admissible.bound import bound
from secondlook.admissible.question import pose
from secondlook.admissible.verify import unmet
from secondlook.admissible.witness import witness
from secondlook.survival import follow_up, kaplan_meier

COHORTS = int(os.environ.get("SECONDLOOK_COHORTS", "50"))


def outside(found, time, event):
    """The quantities of a cohort that lie outside of their ranges."""
    curve, reverse = kaplan_meier(time, event), follow_up(time, event)
    bands = ranges.bands(found)
    wrong = [] if event.sum() in ranges.deaths(found) else ["deaths"]
    for cut in bands[1:]:
        near = 1e-9 if cut.included else -1e-9
        past = np.flatnonzero(curve.time <= cut.time + near)
        alive = curve.survival[past[-1]] if len(past) else 1.0
        if alive not in cut.survival:
            wrong.append(f"S({cut.time})")
        if (time > cut.time + near).sum() not in cut.at_risk:
            wrong.append(f"at risk at {cut.time}")
    for horizon in (12.0, bands[-1].time):
        if curve.restricted_mean(horizon).estimate not in ranges.restricted_mean(bands, horizon):
            wrong.append(f"restricted mean up to {horizon}")
    for of, name in ((curve, "survival"), (reverse, "follow-up")):
        median = np.nan_to_num(of.quantile(0.5).estimate, nan=np.inf)
        if median not in ranges.median(bands, name):
            wrong.append(f"median {name}")
    return wrong


@pytest.mark.parametrize("number", range(COHORTS))
def test_the_true_cohort_is_inside(number):
    time, event, facts = random_case([2026, number])
    assert unmet(facts, time, event) == []

    found = bound(pose(facts))

    assert found, facts
    assert outside(found, time, event) == []


@pytest.mark.parametrize("number", range(COHORTS // 5))
def test_a_data_set_is_found_wherever_there_is_one(number):
    _, _, facts = random_case([2027, number])
    found = witness(facts, bound(pose(facts)), np.random.default_rng(1))

    assert found is not None
    assert unmet(facts, found.durations, found.events) == []
