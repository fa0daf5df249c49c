"""Correct: ranges from bands of survival, by hand; that they are no wider than the bands allow."""

from __future__ import annotations

import math
from types import SimpleNamespace

from numpy.testing import assert_allclose

from secondlook.admissible import Range
from secondlook.admissible.ranges import hazard, restricted_mean


def band(time: float, low: float, high: float, *, included: bool = False) -> SimpleNamespace:
    return SimpleNamespace(time=time, included=included, survival=Range(low, high))


BANDS = (band(0, 1, 1), band(6, 0.7, 0.9), band(12, 0.4, 0.6))


def test_the_area_is_between_the_steps_from_the_left_and_from_the_right():
    mean = restricted_mean(BANDS, 12)
    assert_allclose([mean.lowest, mean.highest], [6 * 0.7 + 6 * 0.4, 6 * 1 + 6 * 0.9])
    shorter = restricted_mean(BANDS, 8)
    assert_allclose([shorter.lowest, shorter.highest], [6 * 0.7 + 2 * 0.4, 6 * 1 + 2 * 0.9])


def test_a_hazard_is_the_fall_of_the_logarithm_by_its_time():
    found = hazard(BANDS, 6, 12)
    assert found is not None
    assert_allclose(
        [found.lowest, found.highest], [math.log(0.7 / 0.6) / 6, math.log(0.9 / 0.4) / 6]
    )
    assert hazard(BANDS, 6, 9) is None
    assert hazard((*BANDS, band(18, 0, 0.2)), 12, 18) is None
    at_time = (band(0, 1, 1, included=True), band(6, 0.7, 0.9, included=True), *BANDS[1:])
    assert hazard(at_time, 6, 12) == found  # before the tick, not at it
    overlapping = hazard((band(0, 1, 1), band(6, 0.7, 0.9), band(12, 0.6, 0.8)), 6, 12)
    assert overlapping is not None
    assert overlapping.lowest == 0
