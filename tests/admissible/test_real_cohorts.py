"""Correct: real cohorts that R's survival ships, printed by R, hold together; and they lie inside.

``tests/oracles/real_cohorts.R`` wrote the cohorts and what R prints of them, with limits of two
types. The largest take seconds each and are asked with one.
"""

import numpy as np
import pytest
from tests.oracles import read_oracle

from secondlook.admissible import CurveFacts, curve
from secondlook.admissible.verify import unmet

COHORTS = read_oracle("real_cohorts")["cohorts"]
LARGE = {"transplant": "log-log", "gbsg": "log", "colon": "log-log"}


def cases():
    for name in COHORTS:
        marks = [pytest.mark.slow] if name in LARGE else []
        for kind in [LARGE[name]] if name in LARGE else ("log", "log-log"):
            yield pytest.param(name, kind, marks=marks)


@pytest.mark.parametrize(("name", "kind"), list(cases()))
def test_a_real_cohort_as_r_prints_it_is_attainable_and_inside(name, kind):
    kept = COHORTS[name]
    facts = CurveFacts.read(name, kept[kind])
    times, events = np.array(kept["time"], dtype=float), np.array(kept["event"], dtype=bool)
    assert unmet(facts, times, events) == []

    answer = curve(facts)

    assert answer.answer == "attainable"
    assert events.sum() in answer.ranges["deaths"]
    found, died = np.array(answer.data_set).T
    assert unmet(facts, found, died) == []
