"""Correct: facts that no paper can mean are refused with a message that names them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondlook.linked import (
    KnownTime,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    TooManyOrders,
    orders,
    sample,
    unmet_facts,
)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"n": "0"}, "n must lie between 1 and 62"),
        ({"n": "5", "at_risk": "6 3"}, "begins with 6, but n is 5"),
        ({"n": "5", "at_risk": "5 3 4"}, "cannot rise from 3 to 4"),
        ({"n": "5", "at_risk": "5 3", "spacing": "0"}, "spacing of the ticks must be > 0"),
        ({"n": "5", "survival": (PrintedSurvival("0", "100"),)}, "a time after 0"),
        ({"n": "5.5"}, "must be whole"),
    ],
)
def test_facts_that_cannot_be_are_refused(facts, message):
    with pytest.raises(ValueError, match=message):
        SurvivalFacts(**facts)


def test_a_number_told_to_be_left_between_two_ticks_cannot_lie_outside_theirs():
    facts = SurvivalFacts(n="6", at_risk="6 4 1", spacing="6", left=(("9", "5"),))

    with pytest.raises(ValueError, match="rise from 4 to 5 at 9"):
        orders(facts)


def test_a_number_told_to_be_left_is_met_as_a_tick_is():
    ticks = SurvivalFacts(n="6", at_risk="6 4 1", spacing="6", deaths="3")
    told = SurvivalFacts(n="6", left=(("12", "1"), ("6", "4")), deaths="3")

    assert orders(told).count == orders(ticks).count
    # Of six marks the first is the death at 1, and two of the other five are deaths: 5 over 2.
    first = replace(ticks, known=(KnownTime("death", "1"),), left=(("3", "5"),))
    assert len(orders(first).sequences) == 10
    assert unmet_facts(told, np.array([7.0] * 5 + [13.0]), np.ones(6, bool)) == [
        "4 at risk at 6",
        "3 deaths",
    ]


def test_facts_that_leave_too_much_open_are_refused_with_what_to_do():
    with pytest.raises(TooManyOrders, match=r"of 30 marks .* add facts"):
        orders(SurvivalFacts(n="30"), most_prefixes=1000)


def test_survival_at_the_first_instant_of_a_cell_needs_a_watched_time():
    facts = SurvivalFacts(n="6", at_risk="6 4 1", spacing="6")

    with pytest.raises(ValueError, match=r"watch=\(6,\)"):
        orders(facts).survival("6")
    # Two left before 6; all three who leave before 12 may die at 6, or live on.
    assert orders(facts, watch=("6",)).survival("6").lowest == pytest.approx(1 / 6)
    assert orders(facts, watch=("6",)).survival("6").highest == 1


def test_nothing_is_drawn_from_an_empty_set():
    facts = SurvivalFacts(n="4", median=PrintedMedian(None), deaths="4")

    found = orders(facts)

    assert not found
    with pytest.raises(ValueError, match="nothing to draw"):
        sample(found, 1, np.random.default_rng(1))


def test_ranges_of_four_deaths_follow_by_hand():
    # All four die, one in each quarter of a year: S falls by 1/4 in each.
    facts = SurvivalFacts(n="4", at_risk="4 3 2 1 0", spacing="3", deaths="4")
    found = orders(facts)

    assert found.count == 1
    mean = found.restricted_mean(12)
    assert (mean.lowest, mean.highest) == pytest.approx((4.5, 7.5))
    hazard = found.hazard(3, 9)
    assert (hazard.lowest, hazard.highest) == pytest.approx((np.log(3) / 6, np.log(3) / 6))
    assert found.survival("4").lowest == pytest.approx(0.5)
    assert found.survival("4").highest == pytest.approx(0.75)


def test_the_number_censored_by_a_time_follows_by_hand():
    # At most three of four leave before 12. S(11) is one half if two of four die, or if two are
    # censored first and one of the other two dies.
    facts = SurvivalFacts(
        n="4",
        at_risk="4 1",
        spacing="12",
        survival=(PrintedSurvival("11", "50"),),
        deaths=("2", "4"),
    )
    found = orders(facts, watch=("11",))

    assert (found.censored("11").lowest, found.censored("11").highest) == (0, 2)
