"""Correct: stored contradictions admit no order, and every part of one prints in a data set.

Stable: the stored evidence, found afresh in part; ``SECONDLOOK_EVIDENCE=1`` finds all that is slow.
"""

from __future__ import annotations

import os

import pytest
from tests.papers.generators import generator

from papers.kayser_2022 import contradictions, searches
from secondlook.admissible import CurveFacts, curve, data_sets
from secondlook.admissible.facts import Triple
from secondlook.admissible.verify import unmet
from secondlook.survival import INTERVAL_TYPES

STORED = [tuple(row) for row in contradictions.stored().drop_duplicates().to_numpy().tolist()]
SETS = {
    (what, statements, interval if "limits" in statements else contradictions.ANY): spacing
    for what, spacing, interval, statements, *_ in STORED
}
ALL_FROM_NOTHING = [("6", "plain"), ("2", "log"), ("4", "log")]
FROM_NOTHING = ALL_FROM_NOTHING if "SECONDLOOK_EVIDENCE" in os.environ else ALL_FROM_NOTHING[:1]


def make():
    return generator("kayser-2022", "evidence")


def test_every_combination_without_an_order_has_its_evidence_and_no_other():
    found = searches.stored()
    found = found[found["facts"].isin([searches.CURVE, searches.RELAPSE_FREE])]
    found = found.fillna({"spacing": 0})
    explained = {
        (what, float(spacing or 0), interval)
        for what, spacing, interval, *_ in STORED
        if contradictions.ANY not in (spacing, interval)
    }
    without = found[found["sequences"] == 0][["facts", "spacing", "interval"]]
    assert {tuple(row) for row in without.to_numpy().tolist()} == explained
    assert len(explained) == 29 + 4


@pytest.mark.parametrize(("what", "statements", "interval"), SETS)
def test_statements_that_are_stored_as_contradictory_admit_no_order(what, statements, interval):
    spacing = SETS[what, statements, interval]
    for kind in INTERVAL_TYPES if interval == contradictions.ANY else (interval,):
        facts = make().named(what, spacing, kind, statements)
        assert make().impossible(facts)


@pytest.mark.parametrize(("what", "statements", "interval"), SETS)
def test_a_data_set_prints_each_part_of_a_contradiction(what, statements, interval):
    facts = make().named(what, SETS[what, statements, interval], interval, statements)
    parts = {one.words: one.address for one in facts.statements()}
    assert list(parts) == statements.split(make().SEPARATOR)
    for left_out in parts.values():
        rest = facts.only(set(parts.values()) - {left_out}).plain
        found = next(data_sets(rest, 1, seed=4))
        assert unmet(rest, found.durations, found.events) == []


@pytest.mark.parametrize(
    ("what", "spacing", "interval"),
    [
        (searches.CURVE, "1", contradictions.ANY),
        (searches.CURVE, "2", contradictions.ANY),
        (searches.CURVE, "4", contradictions.ANY),
        (searches.CURVE, "5", contradictions.ANY),
        (searches.CURVE, "6", contradictions.ANY),
        (searches.RELAPSE_FREE, "", "plain"),
        (searches.RELAPSE_FREE, "", "logit"),
    ],
)
def test_the_stored_evidence_is_what_a_fresh_search_finds(what, spacing, interval):
    statements, smallest = make().look_for(what, spacing, interval)
    (stored,) = (row for row in STORED if row[:3] == (what, spacing, interval))
    words = make().SEPARATOR.join(one.words for one in statements)
    assert stored[3:5] == (words, str(smallest))


@pytest.mark.slow
@pytest.mark.parametrize(("spacing", "interval"), FROM_NOTHING)
def test_the_stored_evidence_on_one_combination_is_as_small_as_what_is_found_from_nothing(
    spacing, interval
):
    statements, _ = make().look_for(searches.CURVE, spacing, interval)
    (stored,) = (row for row in STORED if row[:3] == (searches.CURVE, spacing, interval))
    assert len(stored[3].split(make().SEPARATOR)) == len(statements)


def test_the_stored_reasons_are_those_that_the_rules_give():
    table = contradictions.stored()
    assert make().explained(table)["why"].tolist() == table["why"].tolist()


def test_nothing_but_the_log_scale_has_the_printed_estimates_in_the_middle_of_their_limits():
    table = contradictions.middles().set_index("type")
    printed = table.loc["printed"].astype(float)
    for kind in INTERVAL_TYPES:
        low, high = (
            table.loc[kind].str.split(" to ").str[end].astype(float).to_numpy() for end in (0, 1)
        )
        fits = (low <= printed + 0.5) & (high >= printed - 0.5)
        assert fits.all() if kind == "log" else not fits.any()


def test_the_evidence_against_each_spacing_and_each_type_is_explained_by_hand():
    table = contradictions.listed()
    general = table[table["part"].isin(["Whatever the type of interval", "Whatever the ticks"])]
    assert len(general) == 5 + 1
    assert (general["assumed"] == "plain, log-log, logit or arcsine limits").sum() == 1
    assert (general["why"] != "–").all()
    assert contradictions.why_not("6") == (
        "19 of 31 are 61.3%: at least so many are alive at month 18, and were at month 12."
    )


@pytest.mark.parametrize(
    ("changes", "by_rule"),
    [
        ({"survival": "39"}, "at least so many"),
        ({"survival": "40"}, ""),
        ({"survival": "90", "follow_up": "14"}, "would lie before month 12"),
        ({"survival": "79", "follow_up": "14"}, ""),
        ({"survival": "90", "follow_up": "12"}, ""),
    ],
)
def test_a_rule_is_given_only_where_it_shows_the_contradiction(changes, by_rule):
    time = "12" if "follow_up" in changes else "11"
    block = {"n": "10", "at_risk": "10 - 4", "ticks": "6", "interval": "log"}
    block |= changes | {"survival": {time: changes["survival"]}}
    facts = CurveFacts.read("small", block)
    assert facts.median == Triple()
    said = make().by_hand(facts)
    assert (by_rule in said) if by_rule else said == ""
    assert (curve(facts, explain=False).answer == "attainable") == (not by_rule)
