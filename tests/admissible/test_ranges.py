"""Correct: ranges from bands of survival, by hand; that they are no wider than the bands allow."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts, Range
from secondlook.admissible.bound import bound
from secondlook.admissible.listing import listing
from secondlook.admissible.question import pose
from secondlook.admissible.ranges import around, bands, hazard, hull, joined, named, restricted_mean
from secondlook.admissible.ranges import median as median_of


def band(time: float, low: float, high: float, *, included: bool = False) -> SimpleNamespace:
    some = Range(low, high)
    return SimpleNamespace(time=time, included=included, survival=some, followed=Range(1, 1))


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
    at_ticks = (band(6, 0.5, 0.6, included=True), band(12, 0.2, 0.3, included=True))
    both = (band(0, 1, 1, included=True), BANDS[1], at_ticks[0], BANDS[2], at_ticks[1])
    assert hazard(both, 6, 12) == found  # before the tick, not at it
    assert hazard(both, 0, 6) == hazard(BANDS, 0, 6)
    overlapping = hazard((band(0, 1, 1), band(6, 0.7, 0.9), band(12, 0.6, 0.8)), 6, 12)
    assert overlapping is not None
    assert overlapping.lowest == 0


def test_a_median_lies_between_the_cuts_where_one_half_may_be_passed():
    # It may be passed after 6, where 0.4 is the lowest at 12; and not after 18.
    found = median_of((*BANDS, band(18, 0.1, 0.4)), "survival")
    assert (found.lowest, found.highest) == (6, 18)
    # At one half to the end it may never be passed; a curve at one half before 12 may have been.
    found = median_of((band(0, 1, 1), band(12, 0.5, 0.5), band(18, 0.5, 0.5)), "survival")
    assert (found.lowest, found.highest) == (0, math.inf)
    found = median_of((band(0, 1, 1), band(12, 0.51, 0.6), band(18, 0.2, 0.49)), "survival")
    assert (found.lowest, found.highest) == (12, 18)
    found = median_of((band(0, 1, 1), band(0.5, 0.2, 0.3)), "survival")
    assert (found.lowest, found.highest) == (0, 0.5)
    followed = median_of(BANDS, "follow-up")
    assert (followed.lowest, followed.highest) == (12, math.inf)


def test_a_range_holds_its_ends_to_rounding_and_nothing_else():
    assert 0.4 + 1e-12 in Range(0.2, 0.4)
    assert 0.2 - 1e-12 in Range(0.2, 0.4)
    assert 0.401 not in Range(0.2, 0.4)
    assert 0.199 not in Range(0.2, 0.4)
    assert 1e6 + 1e-4 in Range(0, 1e6)  # a share of the value
    assert 1e6 + 1 not in Range(0, 1e6)
    assert not Range(0, 1).exact


def test_the_hull_of_ranges_is_exact_if_all_are():
    assert hull([Range(1, 3, True), Range(2, 5, True)]) == Range(1, 5, True)
    assert hull([Range(1, 3, True), Range(2, 5)]) == Range(1, 5, False)


def test_survival_between_two_cuts_lies_between_what_it_may_be_at_either():
    rows = [(6.0, False, 0.8, 0.9), (6.0, True, 0.6, 0.7), (12.0, True, 0.3, 0.5)]
    for cut, low, high in (
        ((3.0, True), 0.8, 1.0), ((6.0, False), 0.8, 0.9), ((6.0, True), 0.6, 0.7),
        ((9.0, True), 0.3, 0.7), ((12.0, True), 0.3, 0.5), ((15.0, False), 0.0, 0.5),
    ):  # fmt: skip
        assert around(rows, cut) == Range(low, high)


def test_the_band_of_two_readings_has_the_cuts_of_both_and_holds_both():
    one, other = BANDS[:2], (band(0, 1, 1), band(9, 0.2, 0.3, included=True))
    assert joined([one, other]) == (
        (0, False, 1, 1), (6, False, 0.2, 1.0), (9, True, 0.0, 0.9),
    )  # fmt: skip


COUNTS = [
    {"at_risk": "4 3 1", "ticks": "6"},
    {"at_risk": "4 - 2 0", "ticks": "6", "deaths": "2-3"},
    {"at_risk": "4 2", "ticks": "6", "last": "9", "told": [{"died": "3"}]},
    {"left": {"2.5": "3"}, "deaths": "1", "told": [{"alive": ">4"}]},
    {"n": "6", "at_risk": "6 5 3", "ticks": "0 2 8", "deaths": ">=4"},
    {"at_risk": "4 4 0", "ticks": "6", "told": [{"died": "7"}, {"alive": "8"}]},
    {"n": "1", "deaths": "1", "last": "5"},
]


@pytest.mark.parametrize("block", COUNTS)
def test_where_only_counts_are_printed_the_polygons_leave_open_what_the_list_does(block):
    facts = CurveFacts.read("os", {"n": "4", "interval": "log"} | block)
    room = bound(pose(facts))
    every = listing(room)
    of_list, of_polygons = bands(room, every), bands(room)
    assert [(one.time, one.included) for one in of_polygons] == [
        (one.time, one.included) for one in of_list
    ]
    for one, other in zip(of_list, of_polygons, strict=True):
        for part in ("survival", "followed", "at_risk"):
            span, wide = getattr(one, part), getattr(other, part)
            if part != "at_risk":
                assert 0 <= wide.lowest <= wide.highest <= 1
            if part == "followed" and not one.at_risk.lowest:
                # The polygons do not say whose mark is the last: his death leaves this curve.
                assert (wide.lowest, wide.highest) == (0, 1)
                continue
            assert_allclose([wide.lowest, wide.highest], [span.lowest, span.highest], atol=1e-8)
            assert wide.lowest <= span.lowest
            assert span.highest <= wide.highest
            if one.time:
                assert span.exact
            assert not wide.exact

    exactly, widely = (
        dict(named(facts, room, every, of_list)),
        dict(named(facts, room, None, of_polygons)),
    )
    assert exactly.keys() == widely.keys()
    assert (widely["deaths"].lowest, widely["deaths"].highest) == (
        every.deaths.min(), every.deaths.max(),
    )  # fmt: skip
    for name, span in exactly.items():
        wide = widely[name]
        assert wide.lowest <= span.lowest + 1e-8, name
        assert span.highest <= wide.highest + 1e-8, name


def test_what_is_left_open_has_a_name_unless_it_is_printed():
    def names(**block):
        facts = CurveFacts.read("os", {"n": "9", "interval": "log", "deaths": "3"} | block)
        room = bound(pose(facts))
        return [name for name, _ in named(facts, room, None, bands(room))]

    row = {"at_risk": "9 7 2", "ticks": "6"}
    assert names() == ["deaths", "median", "median follow-up"]
    assert names(median="NR", follow_up="8") == ["deaths"]
    assert names(**row, median="NR") == [
        "deaths", "median follow-up", "restricted mean up to 12", "survival just before 6",
        "survival just before 12", "hazard from 0 to 6", "hazard from 6 to 12",
    ]  # fmt: skip
    assert names(**row, median="NR", follow_up="12", survival={"6": "89", "9": "76"}) == [
        "deaths", "restricted mean up to 9", "survival just before 6", "survival at 6",
        "at risk after 6", "survival at 9", "at risk after 9", "survival just before 12",
        "hazard from 0 to 6", "hazard from 6 to 12",
    ]  # fmt: skip


def test_the_reverse_curve_may_be_anything_once_nobody_is_left():
    """Of two the last may have died, which leaves it, or been censored, which ends it."""
    facts = CurveFacts.read("os", {"n": "2", "at_risk": "2 0", "ticks": "6", "interval": "log"})
    before = bands(bound(pose(facts)))[1]
    assert (before.followed.lowest, before.followed.highest) == (0, 1)
    assert_allclose([before.survival.lowest, before.survival.highest], [0, 1], atol=1e-8)
    assert before.survival.lowest == 0
    assert (before.at_risk.lowest, before.at_risk.highest) == (0, 0)
    assert np.isinf(median_of(bands(bound(pose(facts))), "survival").highest)


def test_survival_where_it_is_printed_is_what_prints_so_whoever_else_may_have_left():
    """Without a row of numbers at risk many sequences go on in a stretch that others leave."""
    facts = CurveFacts.read(
        "os",
        {
            "n": "58",
            "interval": "log-log",
            "survival": {5: "43 (26-58)"},
            "median": "3.8 (3.0-5.9)",
        },
    )
    at = bands(bound(pose(facts)))
    printed = next(one for one in at if one.time == 5)
    assert printed.survival.lowest + 1e-8 >= 0.425
    assert printed.survival.highest <= 0.435 + 1e-8
    assert all(0 <= one.survival.lowest <= one.survival.highest <= 1 for one in at)
    # From 3.85 on, the latest median, it is at most one half.
    assert restricted_mean(at, 5).highest <= 3.85 + 0.5 * 1.15 + 1e-6
