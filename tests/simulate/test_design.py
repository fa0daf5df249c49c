"""What a design leads to, *correct*: closed forms against hand and against simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.simulate import (
    CohortDesign,
    Hazard,
    expected_transplanted,
    overall_survival,
    with_expected_transplanted,
)
from secondlook.simulate.cohorts import draw, run

DESIGN = CohortDesign(
    31,
    death=Hazard.through([12, 24], [0.53, 0.18]),
    transplant=Hazard((0, 2, 6), (0, 0.2, 0)),
    end=Hazard.through([29], [0.5]),
)
DRAWS = draw(DESIGN, 20_000, np.random.default_rng(1984))
PEOPLE = DRAWS.death.size


def test_three_constant_hazards_share_the_patients_in_proportion():
    design = CohortDesign(40, Hazard.constant(0.3), Hazard.constant(0.1), Hazard.constant(0.4))
    assert_allclose(expected_transplanted(design), 40 / 8, rtol=1e-12)


def test_transplants_in_a_window_are_those_of_who_is_left_when_it_opens():
    design = CohortDesign(
        10, Hazard.constant(0.1), Hazard((0, 2, 3), (0, 0.4, 0)), Hazard((0,), (0,))
    )
    left, in_window = np.exp(-0.2), 0.4 / 0.5 * (1 - np.exp(-0.5))
    assert_allclose(expected_transplanted(design), 10 * left * in_window, rtol=1e-12)


def test_the_expected_number_is_what_cohorts_have_on_average():
    cohorts = run(DESIGN, DRAWS, 0.5)
    share = expected_transplanted(DESIGN) / 31
    error = np.sqrt(share * (1 - share) / PEOPLE)
    assert_allclose(cohorts.transplanted.mean(), share, atol=4 * error)


def test_a_wanted_number_of_transplants_is_met():
    assert_allclose(expected_transplanted(with_expected_transplanted(DESIGN, 12)), 12, rtol=1e-9)


@pytest.mark.parametrize("number", [0, 31, -1])
def test_a_number_that_cannot_be_expected_is_refused(number):
    # Whoever is left when transplants begin: 31 exp(-0.106 - 0.048).
    with pytest.raises(ValueError, match=r"cannot be expected: between 0 and 26\.6 of 31"):
        with_expected_transplanted(DESIGN, number)


@pytest.mark.parametrize("time", [1.0, 4.0, 12.0, 30.0])
def test_without_an_effect_overall_survival_is_the_baseline(time):
    assert_allclose(overall_survival(DESIGN, 1.0, time), DESIGN.death.survival(time), rtol=1e-12)


def test_overall_survival_by_hand():
    design = CohortDesign(9, Hazard.constant(1.0), Hazard.constant(2.0), Hazard.constant(1.0))
    never, later = np.exp(-3.0), 2 * np.exp(-0.5) * (1 - np.exp(-2.5)) / 2.5
    assert_allclose(overall_survival(design, 0.5, 1.0), never + later, rtol=1e-12)


@pytest.mark.parametrize("hazard_ratio", [0.25, 1.0, 3.0])
@pytest.mark.parametrize("time", [4.0, 12.0, 24.0])
def test_simulated_patients_survive_as_the_closed_form_says(hazard_ratio, time):
    unlimited = replace(DRAWS, end=np.full_like(DRAWS.end, np.inf))
    alive = (run(DESIGN, unlimited, hazard_ratio).leave > time).mean()
    wanted = overall_survival(DESIGN, hazard_ratio, time)
    assert_allclose(alive, wanted, atol=4 * np.sqrt(wanted * (1 - wanted) / PEOPLE))


def test_what_happens_before_the_transplant_is_the_same_under_every_hazard_ratio():
    strong, weak = run(DESIGN, DRAWS, 0.1), run(DESIGN, DRAWS, 5.0)
    assert np.array_equal(strong.wait, weak.wait)
    never = ~strong.transplanted
    assert np.array_equal(strong.leave[never], weak.leave[never])


def test_who_is_transplanted_was_alive_and_under_follow_up():
    cohorts = run(DESIGN, DRAWS, 2.0)
    assert np.all(cohorts.leave[cohorts.transplanted] > DRAWS.wait[cohorts.transplanted])
    assert np.all(np.isinf(cohorts.wait[~cohorts.transplanted]))
    waited = np.minimum(DRAWS.wait, 1e9)
    assert np.all((cohorts.leave <= waited)[~cohorts.transplanted])


def test_follow_up_that_never_ends_is_refused():
    with pytest.raises(ValueError, match="follow-up never ends"):
        replace(DESIGN, death=Hazard((0, 1), (1, 0)), end=Hazard((0,), (0,)))


def test_a_cohort_of_one_is_refused():
    with pytest.raises(ValueError, match="patients is 1; it must be a whole number, 2 or more"):
        replace(DESIGN, patients=1)
