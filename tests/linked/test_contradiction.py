"""Correct: contradictions that follow by hand from S(t) >= (number at risk) / n, and their size."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from secondlook.linked import (
    Contradiction,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    contradiction,
    orders,
    possible_conventions,
)
from secondlook.linked.printed_statements import split_facts, together
from secondlook.printed import show
from secondlook.survival import follow_up, kaplan_meier

EIGHT = SurvivalFacts(
    n="8",
    at_risk="8 7 6 4 2",
    spacing="6",
    survival=(PrintedSurvival("12", "75"), PrintedSurvival("18", "30")),
    median=PrintedMedian("20"),
)


def test_survival_cannot_be_lower_than_the_share_still_at_risk_later():
    found = contradiction(EIGHT)

    # Two at risk at 24 still allow S(18) = 30 %; that S(12) is 75 % and the median 20 does not.
    assert not orders(EIGHT)
    assert found is not None
    assert found.smallest
    assert "S(18) = 30%" in found.statements
    assert len(found.statements) == 2


def test_each_contradiction_is_impossible_and_each_part_of_it_possible():
    found = contradiction(EIGHT)
    parts = split_facts(EIGHT)

    assert not orders(together([parts[words] for words in found.statements], "8"))
    for left_out in found.statements:
        rest = [parts[words] for words in found.statements if words != left_out]
        assert orders(together(rest, "8"))


def smallest_by_brute_force(facts):
    """The number of statements in the smallest subset that admits no order; None if all do."""
    if orders(facts):
        return None
    parts = split_facts(facts)
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts.values(), size):
            if not orders(together(chosen, facts.n)):
                return size
    raise AssertionError("all statements together admit no order")


def mixed_facts(rng):
    """Survival and follow-up of one small cohort, numbers at risk and median of another."""
    n = int(rng.integers(4, 7))
    one, other = (
        (rng.integers(1, 30, n) / 2, np.append(rng.random(n - 1) < 0.6, True)) for _ in range(2)
    )
    curve = kaplan_meier(*one)
    survival = []
    for time in (5.0, 9.0):
        estimate, lower, upper = (
            100 * curve.at(time)[column].item() for column in ("survival", "lower", "upper")
        )
        limits = None if np.isnan(lower) else (show(lower, like="1"), show(upper, like="1"))
        survival.append(PrintedSurvival(f"{time:g}", show(estimate, like="1"), limits))
    medians = [kaplan_meier(*other).quantile(0.5).estimate, follow_up(*one).quantile(0.5).estimate]
    return SurvivalFacts(
        n=str(n),
        at_risk=" ".join(str((other[0] >= tick).sum()) for tick in (0, 4, 8, 12)),
        spacing="4",
        survival=tuple(survival),
        median=PrintedMedian(None if np.isnan(medians[0]) else show(medians[0], like="1")),
        follow_up=PrintedMedian(None if np.isnan(medians[1]) else show(medians[1], like="1")),
    )


@pytest.mark.parametrize("number", range(12))
def test_no_subset_with_fewer_statements_is_impossible(number):
    facts = mixed_facts(np.random.default_rng([1906, number]))
    found = contradiction(facts)
    fewest = smallest_by_brute_force(facts)

    assert (found is None) == (fewest is None)
    if found is not None:
        assert found.smallest
        assert len(found.statements) == fewest
        parts = split_facts(facts)
        assert not orders(together([parts[words] for words in found.statements], facts.n))


def test_statements_that_agree_in_pairs_but_not_all_three_are_named_together():
    # From month 10 on at most three quarters live. With half of all still at risk at 12, at least
    # two thirds of those alive are followed, so that the median follow-up is later than 12.
    facts = SurvivalFacts(
        n="8",
        at_risk="8 8 8 4",
        spacing="4",
        survival=(PrintedSurvival("10", "75"), PrintedSurvival("20", "38")),
        follow_up=PrintedMedian("11"),
    )
    found = contradiction(facts)

    assert found is not None
    assert (len(found.statements), found.smallest) == (smallest_by_brute_force(facts), True)
    assert found.statements == ("4 at risk at 12", "S(10) = 75%", "median follow-up 11")


def test_a_known_contradiction_gives_way_to_a_smaller_one_only():
    facts = SurvivalFacts(
        n="8", at_risk="8 5 2", spacing="6", survival=(PrintedSurvival("5", "30"),)
    )
    found = contradiction(facts)
    larger = Contradiction(("5 at risk at 6", "2 at risk at 12", "S(5) = 30%"), smallest=False)

    assert found is not None
    assert found.statements == ("5 at risk at 6", "S(5) = 30%")
    assert contradiction(facts, known=[larger]) == found
    assert contradiction(facts, known=[found]) == found
    with pytest.raises(ValueError, match="do not state '9 at risk at 6'"):
        contradiction(facts, known=[Contradiction(("9 at risk at 6",), smallest=True)])


def test_facts_that_agree_have_no_contradiction():
    assert contradiction(SurvivalFacts(n="8", at_risk="8 6", spacing="6")) is None


def test_the_statements_together_are_the_facts():
    parts = split_facts(EIGHT)

    assert together(parts.values(), "8") == SurvivalFacts(
        n="8",
        at_risk="- 7 6 4 2",
        spacing="6",
        survival=EIGHT.survival,
        median=PrintedMedian("20"),
    )


def test_the_spacing_is_told_from_survival_and_the_row():
    facts = SurvivalFacts(n="8", at_risk="8 5 2", survival=(PrintedSurvival("11", "63"),))

    table = possible_conventions(facts, spacings=("4", "6"), intervals=("log",))

    assert table["possible"].tolist() == [True, True]
    with pytest.raises(ValueError, match="spacing"):
        orders(facts)


def test_an_impossible_spacing_comes_with_its_evidence_for_every_type_of_interval():
    facts = SurvivalFacts(n="8", at_risk="8 5 2", survival=(PrintedSurvival("11", "30"),))

    table = possible_conventions(facts, spacings=("4", "12"), intervals=("log", "plain"))

    # At 11 months five of eight are still to come to the tick at 12: S(11) is at least 5/8.
    assert table["possible"].tolist() == [True, True, False, False]
    assert set(table["evidence"][2:]) == {"no data set has all of: 5 at risk at 12; S(11) = 30%"}
