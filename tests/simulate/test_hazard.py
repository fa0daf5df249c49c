"""Piecewise constant hazards, *correct*: points, inverses and curves by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook.simulate import Hazard
from secondlook.survival import follow_up, kaplan_meier

PIECES = Hazard((0.0, 2.0, 6.0), (0.5, 0.0, 0.25))


def test_a_law_through_points_has_their_survival_and_goes_on_at_the_last_rate():
    law = Hazard.through([12, 24], [0.53, 0.18])
    assert_allclose(law.survival([0, 12, 24, 36]), [1, 0.53, 0.18, 0.18**2 / 0.53], rtol=1e-12)


def test_between_points_survival_falls_exponentially():
    law = Hazard.through([12], [0.25])
    assert_allclose(law.survival(6.0), 0.5, rtol=1e-12)


def test_the_cumulative_hazard_adds_up_its_pieces():
    assert_allclose(PIECES.cumulative([1, 2, 4, 6, 8]), [0.5, 1, 1, 1, 1.5], rtol=1e-12)


def test_the_time_of_a_cumulative_hazard_is_its_inverse():
    times = np.array([0.0, 0.3, 1.9, 6.1, 20.0])
    assert_allclose(PIECES.time_at(PIECES.cumulative(times)), times, rtol=1e-12)


@pytest.mark.parametrize("kind", [list, np.array, pd.Series, lambda v: [Decimal(x) for x in v]])
def test_a_law_is_the_same_from_numbers_of_any_kind(kind):
    law = Hazard(kind([0, 2]), kind([1, 3]))
    assert law == Hazard((0.0, 2.0), (1.0, 3.0))
    assert hash(law)
    assert law.survival(kind([1, 3])).tolist() == law.survival([1.0, 3.0]).tolist()


def test_what_a_hazard_of_zero_leaves_never_happens():
    law = Hazard((0.0, 2.0), (0.5, 0.0))
    assert law.time_at([0.99, 1.0, 1.01]).tolist() == [1.98, np.inf, np.inf]


def test_a_law_of_a_curve_has_its_survival_at_each_death():
    curve = kaplan_meier([1, 2, 2, 3, 5, 7], [1, 1, 0, 0, 1, 0])
    law = Hazard.of_curve(curve)
    deaths = curve.events > 0
    assert_allclose(law.survival(curve.time[deaths]), curve.survival[deaths], rtol=1e-12)
    assert_allclose(law.rates[-1], -np.log(curve.survival[-1]) / 5, rtol=1e-12)


def test_a_curve_that_falls_to_zero_gives_a_law_up_to_the_death_before():
    law = Hazard.of_curve(kaplan_meier([1, 2, 4], [1, 1, 1]))
    assert law.starts == (0.0, 1.0, 2.0)
    assert_allclose(law.rates[-1], np.log(3) / 2, rtol=1e-12)


def test_the_law_of_follow_up_comes_from_the_reverse_curve():
    law = Hazard.of_curve(follow_up([3, 5, 8, 9], [1, 0, 1, 0]))
    assert_allclose(law.survival(5.0), 2 / 3, rtol=1e-12)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Hazard((0.0, 1.0), (1.0,)), "2 starts and 1 rates"),
        (lambda: Hazard((1.0,), (1.0,)), "ascend from 0"),
        (lambda: Hazard((0.0,), (-1.0,)), "rates is negative at position 0"),
        (lambda: Hazard.through([1, 1], [0.5, 0.4]), "times must ascend"),
        (lambda: Hazard.through([1, 2], [0.5, 0.6]), "survival must fall"),
        (lambda: Hazard.through([1, 2], [0.5, 0.0]), "stay above 0"),
        (lambda: Hazard.through([1], [0.5, 0.4]), "1 times for 2 values"),
        (lambda: Hazard.of_curve(kaplan_meier([1, 2], [0, 0])), "no event time"),
    ],
)
def test_what_is_no_law_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=message):
        make()
