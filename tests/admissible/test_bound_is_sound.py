"""Correct: the bound never loses the true cohort, and every range holds what is true of it.

``SECONDLOOK_COHORTS=2000`` runs the full batch.
"""

import os
from dataclasses import replace

import numpy as np
import pytest
from tests.admissible.cohorts import random_case

from secondlook.admissible import ranges
from secondlook.admissible.bound import bound
from secondlook.admissible.listing import none
from secondlook.admissible.parts import _halves, in_parts
from secondlook.admissible.question import pose
from secondlook.admissible.verify import unmet
from secondlook.admissible.witness import witness
from secondlook.survival import follow_up, kaplan_meier

COHORTS = int(os.environ.get("SECONDLOOK_COHORTS", "50"))


def outside(found, time, event):
    """The quantities of a cohort that lie outside of their ranges."""
    curve, reverse = kaplan_meier(time, event), follow_up(time, event)
    bands = ranges.bands(found)
    least, most = found.died[-1]
    wrong = [] if least <= event.sum() <= most else ["deaths"]
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
def test_the_true_cohort_is_inside_of_its_part_however_often_the_question_is_divided(number):
    time, event, facts = random_case([2028, number])
    part = bound(pose(facts))
    for _ in range(6):
        assert part
        assert not none(part)
        halves = [half for half in _halves(part) if has_its_deaths(half, time, event)]
        assert len(halves) == 1 or not list(_halves(part))
        if not halves:
            break
        part = bound(halves[0])


def has_its_deaths(question, time, event):
    """Whether a cohort has as many deaths up to the end of each cell as a question asks for."""
    for cell, (least, most) in zip(question.cells, question.died, strict=True):
        at, after = cell.upper or (np.inf, True)
        gone = time <= float(at) if after else time < float(at)
        if not least <= (event & gone).sum() <= most:
            return False
    return True


@pytest.mark.parametrize("number", range(COHORTS // 5))
def test_a_data_set_is_found_wherever_there_is_one(number):
    _, _, facts = random_case([2027, number])
    found = witness(facts, bound(pose(facts)), np.random.default_rng(1))

    assert found is not None
    assert unmet(facts, found.durations, found.events) == []


def test_what_no_part_has_is_shown_to_be_impossible():
    """A lower limit of 34% where 33% is true: the bound alone leaves room, its parts none."""
    facts = random_case([6, 300, 19], 300)[2]
    time, triple = facts.survival[0]
    lower = str(int(triple.lower) + 1)
    moved = replace(facts, survival=((time, replace(triple, lower=lower)), *facts.survival[1:]))
    whole = bound(pose(moved))

    assert whole
    assert in_parts(moved, whole, np.random.default_rng(1)) == ("unattainable", None)
