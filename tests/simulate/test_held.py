"""A held overall survival, *correct*: by hand where the hazards allow it, and self-consistent."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.simulate import (
    CohortDesign,
    Hazard,
    expected_transplanted,
    overall_survival,
    with_overall_survival,
)

DESIGN = CohortDesign(
    31, Hazard.constant(1.0), Hazard((0, 2, 6), (0, 1, 0)), Hazard.through([29], [0.5])
)


@pytest.mark.parametrize("hazard_ratio", [0.2, 1.0, 5.0])
def test_overall_survival_and_the_number_transplanted_are_held(hazard_ratio):
    held = with_overall_survival(DESIGN, hazard_ratio, [12, 24], [0.53, 0.18], transplanted=12)
    found = [overall_survival(held, hazard_ratio, time) for time in (12.0, 24.0)]
    assert_allclose(found, [0.53, 0.18], rtol=1e-9)
    assert_allclose(expected_transplanted(held), 12, rtol=1e-9)
    assert (held.patients, held.end) == (31, DESIGN.end)


def test_without_an_effect_the_hazard_is_that_of_all_patients():
    held = with_overall_survival(DESIGN, 1.0, [12, 24], [0.53, 0.18], transplanted=12)
    wanted = [-np.log(0.53) / 12, -np.log(0.18 / 0.53) / 12]
    assert_allclose(held.death.rates, wanted, rtol=1e-9)


@pytest.mark.parametrize("unit", [1 / 365.25, 1000.0])
def test_the_unit_of_time_does_not_matter(unit):
    def scaled(hazard):
        return Hazard(tuple(unit * s for s in hazard.starts), tuple(r / unit for r in hazard.rates))

    design = CohortDesign(31, scaled(DESIGN.death), scaled(DESIGN.transplant), scaled(DESIGN.end))
    times = [12 * unit, 24 * unit]
    held = with_overall_survival(design, 0.5, times, [0.53, 0.18], transplanted=12)
    wanted = with_overall_survival(DESIGN, 0.5, [12, 24], [0.53, 0.18], transplanted=12)
    assert_allclose(held.death.rates, [r / unit for r in wanted.death.rates], rtol=1e-9)


def test_a_protective_transplant_needs_a_higher_hazard_without_it():
    rates = [
        with_overall_survival(DESIGN, ratio, [12], [0.53], transplanted=12).death.rates[0]
        for ratio in (0.3, 1.0, 3.0)
    ]
    assert rates[0] > rates[1] > rates[2]


def test_a_survival_that_no_hazard_gives_is_refused():
    with pytest.raises(ValueError, match=r"0\.001 at 24 cannot be held at hazard ratio 0\.001"):
        with_overall_survival(DESIGN, 0.001, [12, 24], [0.53, 0.001], transplanted=12)
