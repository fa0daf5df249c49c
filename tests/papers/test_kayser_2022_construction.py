"""Correct: what makes the constructed sets of kayser-2022, which lies beside them."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.papers.generators import generator

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import overall_survival, relapse_free_survival
from secondlook.admissible.verify import unmet
from secondlook.survival import kaplan_meier

# A cohort that took one draw.
CHEAPEST = 2
NAMES = ["favours-most", "favours-as-printed", "neutral", "against-as-printed", "against-most"]


def make():
    return generator("kayser-2022", "constructed")


@pytest.mark.parametrize("name", NAMES)
def test_deaths_less_their_expectation_are_a_sum_over_the_courses(name):
    frame = constructed.sets()[name]
    test = constructed.mantel_byar_of(frame)
    assert_allclose(make().excess_of(frame).sum(), test.observed[1] - test.expected[1], atol=1e-9)


def test_a_drawn_cohort_has_room_for_the_patients_told_of_and_the_17_print_their_curve():
    whole, part = make().lists()
    rng = np.random.default_rng(5)
    cohort = make().draw_cohort(rng)
    frame, inside = cohort.frame, cohort.frame[cohort.frame["in_part"]]
    assert unmet(overall_survival(), frame["time"], frame["event"]) == []
    # With VOD 1 and 2 among the 17 and in remission so long, more events find no room.
    assert (part.deaths.min(), part.deaths.max()) == (8, 9)
    assert np.unique(whole.deaths).tolist() == [21]
    # An event may lie anywhere in its gap.
    for end in (0, 1):
        time = inside["part_time"].to_numpy().copy()
        time[inside["had"].to_numpy()] = cohort.gaps[:, end]
        assert unmet(relapse_free_survival(), time, inside["had"]) == []
    assert kaplan_meier(inside["time"], inside["event"]).quantile(0.5).estimate == 16.2


def test_no_choice_of_courses_is_said_to_be_none():
    frame = constructed.sets()["neutral"].assign(gap=-1)
    assert make().pick(frame.drop(index=3), np.zeros(30)) is None


@pytest.mark.slow
def test_what_is_picked_for_a_drawn_cohort_has_the_narrative_in_either_direction():
    rng = np.random.default_rng([make().SEED, CHEAPEST])
    proposed = make().cohort_with_courses(rng)
    ends = []
    for weight in (make().excess_of(proposed), -make().excess_of(proposed)):
        picked = make().pick(proposed, weight)
        assert constructed.as_printed(picked) == []
        ends.append(make().excess_of(picked).sum())
    assert ends[0] < 0 < ends[1]
    near = make().pick(proposed, np.ones(len(proposed)), (-0.3, 0.3))
    # Nearly: a death told to the day lies off the grid on which the expectation was summed.
    assert near is None or abs(make().excess_of(near).sum()) <= 0.5


@pytest.mark.slow
def test_a_stored_cohort_is_what_a_fresh_draw_gives():
    stored = constructed.sampled()
    fresh, _ = make().of_cohort(CHEAPEST, each=2)
    rows = stored.loc[stored["cohort"] == CHEAPEST, fresh.columns].head(2).reset_index(drop=True)
    pd.testing.assert_frame_equal(fresh, rows, check_dtype=False)
