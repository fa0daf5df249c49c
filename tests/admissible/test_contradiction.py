"""Correct: contradictions that follow by hand from S(t) >= (number at risk) / n, and their size."""

from __future__ import annotations

import pytest

from secondlook.admissible import (
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    contradiction,
    orders,
    possible_conventions,
)
from secondlook.admissible.printed_statements import split_facts, together

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
