"""Correct: what makes the constructed sets of kayser-2022, which lies beside them."""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from papers.kayser_2022 import constructed, sampled
from secondlook.data import folder
from secondlook.linked import unmet_links

NAMES = ["favours-most", "favours-as-printed", "neutral", "against-as-printed", "against-most"]


@cache
def make():
    path = folder("kayser-2022") / "make" / "constructed.py"
    spec = spec_from_file_location("make_constructed", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_deaths_less_their_expectation_are_a_sum_over_the_courses(name):
    frame = constructed.sets()[name]
    test = constructed.mantel_byar_of(frame)
    assert_allclose(
        make().excess_of(frame).sum(), test.observed.iloc[1] - test.expected.iloc[1], atol=1e-9
    )


@pytest.mark.slow
def test_a_drawn_cohort_prints_both_curves_and_what_is_picked_for_it_has_the_narrative():
    rng = np.random.default_rng(5)
    cohort = make().draw_cohort(rng)
    assert unmet_links(make().found(), cohort) == []
    # With VOD 1 and 2 among the 17 and in remission so long, more events find no room.
    assert (make().found().events().lowest, make().found().events().highest) == (8, 9)

    # About one drawn cohort in three has a choice of courses that gives all counts.
    for _ in range(30):
        proposed = make().courses(cohort, rng)
        if make().pick(proposed, rng.random(len(proposed))) is not None:
            break
        cohort = make().draw_cohort(rng)
    ends = []
    for weight in (make().excess_of(proposed), -make().excess_of(proposed)):
        picked = make().pick(proposed, weight)
        assert constructed.as_printed(picked) == []
        ends.append(make().excess_of(picked).sum())
    assert ends[0] < -3 < 3 < ends[1]
    near = make().pick(proposed, np.ones(len(proposed)), (-0.1, 0.1))
    # Nearly: a death told to the day lies off the grid on which the expectation was summed.
    assert abs(make().excess_of(near).sum()) <= 0.3


def test_no_choice_of_courses_is_said_to_be_none():
    frame = constructed.sets()["neutral"].assign(gap=-1)
    assert make().pick(frame.drop(index=3), np.zeros(30)) is None


@pytest.mark.slow
def test_a_stored_cohort_is_what_a_fresh_draw_gives():
    stored = sampled.stored()
    fresh = make().sample(1, each=2)
    rows = stored.loc[stored["cohort"] == 1, fresh.columns].head(2).reset_index(drop=True)
    pd.testing.assert_frame_equal(fresh, rows, check_dtype=False)
