"""Correct: stored contradictions admit no order, and every part of one prints in a data set.

Stable: the stored evidence, found afresh in part; ``SECONDLOOK_EVIDENCE=1`` finds all that is slow.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location

import numpy as np
import pytest

from papers.kayser_2022 import contradictions, scan
from papers.kayser_2022.contradictions import by_hand
from secondlook.data import folder
from secondlook.linked import (
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
    orders,
    sample,
    unmet_facts,
)
from secondlook.linked.order_search import search
from secondlook.linked.order_set import AdmissibleOrders
from secondlook.linked.printed_statements import split_facts, together
from secondlook.linked.problem import IntervalScale, pose
from secondlook.survival import INTERVAL_TYPES

STORED = [tuple(row) for row in contradictions.stored().drop_duplicates().to_numpy().tolist()]
SETS = {
    (what, statements, interval if "limits" in statements else contradictions.ANY): spacing
    for what, spacing, interval, statements, _ in STORED
}
# Without the general contradictions at hand most combinations take minutes.
ALL_FROM_NOTHING = [("6", "plain"), ("2", "log"), ("4", "log")]
FROM_NOTHING = ALL_FROM_NOTHING if "SECONDLOOK_EVIDENCE" in os.environ else ALL_FROM_NOTHING[:1]


@cache
def searches():
    path = folder("kayser-2022") / "make" / "searches.py"
    spec = spec_from_file_location("make_searches", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_data_set(facts, interval):
    scale = IntervalScale(interval, 0.95)
    for keep in (300, 5_000, 60_000):
        graph = search(pose(facts, scale, scale, "rounded"), keep=keep)
        found = AdmissibleOrders(facts, graph, interval, interval, "rounded")
        if found:
            frame = sample(found, 1, np.random.default_rng(4), grid="0.05", latest=60).frame
            return frame["time"].to_numpy(), frame["event"].to_numpy(bool)
    raise AssertionError("no data set was found")


def test_every_combination_without_an_order_has_its_evidence_and_no_other():
    curve = scan.stored()
    curve = curve[curve["facts"].isin([scan.CURVE, scan.RELAPSE_FREE])].fillna({"spacing": 0})
    explained = {
        (what, float(spacing or 0), interval)
        for what, spacing, interval, *_ in STORED
        if contradictions.ANY not in (spacing, interval)
    }
    without = curve[curve["sequences"] == 0][["facts", "spacing", "interval"]]
    assert {tuple(row) for row in without.to_numpy().tolist()} == explained
    assert len(explained) == 29 + 4


@pytest.mark.parametrize(("what", "statements", "interval"), SETS)
def test_statements_that_are_stored_as_contradictory_admit_no_order(what, statements, interval):
    facts = contradictions.named(what, SETS[what, statements, interval], interval, statements)
    for kind in INTERVAL_TYPES if interval == contradictions.ANY else (interval,):
        assert not orders(facts, kind)


@pytest.mark.parametrize(("what", "statements", "interval"), SETS)
def test_a_data_set_prints_each_part_of_a_contradiction(what, statements, interval):
    facts = contradictions.named(what, SETS[what, statements, interval], interval, statements)
    parts, kind = split_facts(facts), contradictions.type_of(interval)
    assert list(parts) == list(contradictions.statements(statements))
    for left_out in parts:
        rest = together((part for words, part in parts.items() if words != left_out), facts.n)
        time, event = a_data_set(rest, kind)
        assert unmet_facts(rest, time, event, interval=kind) == []


@pytest.mark.parametrize(
    ("what", "spacing", "interval"),
    [
        (scan.CURVE, "1", contradictions.ANY),
        (scan.CURVE, "2", contradictions.ANY),
        (scan.CURVE, "4", contradictions.ANY),
        (scan.CURVE, "5", contradictions.ANY),
        (scan.CURVE, "6", contradictions.ANY),
        (scan.RELAPSE_FREE, "", "plain"),
        (scan.RELAPSE_FREE, "", "logit"),
    ],
)
def test_the_stored_evidence_is_what_a_fresh_search_finds(what, spacing, interval):
    fresh = searches().look_for(what, spacing, interval)
    stored = [row for row in STORED if row[:3] == (what, spacing, interval)]
    assert [row[3:] for row in stored] == [
        (contradictions.SEPARATOR.join(fresh.statements), str(fresh.smallest))
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("spacing", "interval"), FROM_NOTHING)
def test_the_stored_evidence_on_one_combination_is_as_small_as_what_is_found_from_nothing(
    spacing, interval
):
    fresh = searches().look_for(scan.CURVE, spacing, interval)
    (stored,) = (row for row in STORED if row[:3] == (scan.CURVE, spacing, interval))
    assert len(list(contradictions.statements(stored[3]))) == len(fresh.statements)
    assert fresh.smallest


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


SMALL = SurvivalFacts(n="10", at_risk="- - 4", spacing="6")


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
    facts = replace(
        SMALL,
        survival=(PrintedSurvival(time, changes["survival"]),),
        follow_up=PrintedMedian(changes["follow_up"]) if "follow_up" in changes else None,
    )
    said = by_hand(facts)
    assert (by_rule in said) if by_rule else said == ""
    assert bool(orders(facts)) == (not by_rule)
