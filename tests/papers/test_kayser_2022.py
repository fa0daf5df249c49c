"""Correct: constructed sets print every fact by R's survival and prodlim as well; the narrative."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r

from papers.kayser_2022 import (
    constructed,
    facts,
    narrative,
)
from secondlook import claims
from secondlook.admissible import CurveFacts
from secondlook.data import folder
from secondlook.linked import orders

KEY = "kayser-2022"
ORACLE = "kayser_admissible"
NAMES = ["favours-most", "favours-as-printed", "neutral", "against-as-printed", "against-most"]


def test_every_verdict_is_the_one_of_the_list():
    # `before` is the id that the claim had when its result was still a program's.
    listed = pd.read_csv(Path(__file__).with_name(f"{KEY}-verdicts.csv")).set_index("id")
    assert claims.ledger(KEY).set_index("id")["verdict"].to_dict() == listed["verdict"].to_dict()


def test_the_declared_curves_are_the_facts_that_the_searches_read():
    blocks = yaml.safe_load((folder(KEY) / "claims.yaml").read_text(encoding="utf-8"))["curves"]
    os, rfs = (CurveFacts.read(name, blocks[name]) for name in ("os", "rfs"))
    searched, free = facts.overall_survival(), facts.relapse_free_survival()

    assert blocks["os"]["at_risk"] == searched.at_risk
    assert blocks["os"]["deaths"] == "-".join(searched.deaths)
    assert {str(time): left for time, left in blocks["os"]["left"].items()} == dict(searched.left)
    told = [(mark, time) for each in blocks["os"]["told"] for mark, time in each.items()]
    told = [(mark, time) for mark, time in told if mark != "who"]
    assert told[1:] == [
        ("died" if known.mark == "death" else "alive", known.time) for known in searched.known[1:]
    ]
    for facts_of, block in ((searched, os), (free, rfs)):
        assert len(block.statements()) > 0
        printed = {
            int(fact.time): f"{fact.estimate} ({'-'.join(fact.limits)})"
            for fact in facts_of.survival
        }
        assert blocks["os" if facts_of is searched else "rfs"]["survival"] == printed


def test_nothing_printed_is_out_of_reach_of_all_admissible_data():
    assert [j.claim.id for j in claims.judge(KEY) if j.verdict == "unattainable"] == []


def test_the_narrative_bounds_the_deaths_without_counting_the_molecular_relapse_twice():
    # 1 early death, 2 in remission and 10 relapsed less 1; 31 less the 10 still in remission.
    assert facts.death_bounds() == (12, 21)
    found = orders(facts.overall_survival(narrative=True), facts.INTERVAL)
    assert (found.deaths().lowest, found.deaths().highest) == (20, 21)


def test_relapse_free_survival_is_printed_by_log_limits_only():
    found = {kind: bool(orders(facts.relapse_free_survival(), kind)) for kind in ("log", "plain")}
    assert found == {"log": True, "plain": False}


def test_nine_still_in_complete_remission_leave_at_most_nine_relapses_of_seventeen():
    open_ended = orders(facts.relapse_free_survival(), facts.INTERVAL).by_deaths()
    told = orders(facts.relapse_free_survival(narrative=True), facts.INTERVAL).by_deaths()

    assert open_ended["deaths"].tolist() == [8, 9, 10, 11]
    assert told.equals(open_ended[open_ended["deaths"] <= 9])


@pytest.mark.parametrize("name", NAMES)
def test_r_finds_every_printed_fact_in_every_constructed_set(name):
    _prints_as_in_the_paper(read_oracle(ORACLE)["sets"][name])
    _prints_the_course_of_responders(read_oracle(ORACLE)["sets"][name])
    _agrees(name, read_oracle(ORACLE)["sets"][name])


@pytest.mark.oracle
def test_r_finds_the_same_afresh():
    for name, values in rerun_r(ORACLE, "survival", "prodlim")["sets"].items():
        _prints_as_in_the_paper(values)
        _prints_the_course_of_responders(values)
        _agrees(name, values)


def _prints_as_in_the_paper(values):
    # Written out as a reader of the paper would check it, not read from the claims file.
    percents = [values["survival"], values["lower"], values["upper"]]
    assert np.round(100 * np.array(percents)).tolist() == [[53, 18], [37, 8], [76, 43]]
    assert round(values["median"][0] + 1e-9, 1) == 12.8
    assert round(values["median_lower"][0] + 1e-9, 1) == 9.9
    assert round(values["median_upper"][0] + 1e-9, 1) == 16.2
    assert values["at_risk"] == [31, 27, 22, 19, 13, 10, 5, 4, 3, 3, 2, 1, 1, 1, 1, 0, 0]
    assert 28.5 <= values["follow_up"][0] < 29.5
    assert 20.5 <= values["follow_up_lower"][0] < 21.5
    assert np.isnan(values["follow_up_upper"][0])
    assert 12 <= values["deaths"][0] <= 21


def _prints_the_course_of_responders(values):
    free = [values["relapse_free"], values["relapse_free_lower"], values["relapse_free_upper"]]
    assert np.round(100 * np.array(free)).tolist() == [[47, 23], [25, 7], [88, 75]]
    assert round(values["median_complete"][0] + 1e-9, 1) == 16.2
    counts = {
        **{
            "first_cycle": 10,
            "left_in_first_cycle": 1,
            "complete": 17,
            "responders": 26,
            "relapsed": 10,
            "relapsed_died": 9,
        },
        **{"relapsed_after_transplant": 3, "died_in_remission": 2, "in_remission": 10},
    }
    assert {name: values[name][0] for name in counts} == counts
    assert values["transplanted"] == [6, 3, 3]


def _agrees(name, values):
    frame = constructed.sets()[name]
    rows = constructed.overall(frame).at([12, 24])
    for column in ("survival", "lower", "upper"):
        assert_allclose(rows[column], values[column], rtol=1e-9)
    free = constructed.relapse_free(frame).at([12, 24])
    for column, name in (("survival", ""), ("lower", "_lower"), ("upper", "_upper")):
        assert_allclose(free[column], values[f"relapse_free{name}"], rtol=1e-9)
    cohort = narrative.linked_cohort(frame)
    inside = cohort[cohort["in_part"] == 1]
    assert values["events_complete"][0] == inside["part_event"].sum()
    assert values["deaths_complete"][0] == inside["event"].sum()
    assert_allclose(
        constructed.of_complete(frame).quantile(0.5).estimate, values["median_complete"]
    )
    test = constructed.mantel_byar_of(frame)
    assert_allclose(test.p_value, values["mantel_byar"][0], rtol=1e-9)
    assert_allclose(constructed.hazard_ratio(frame), values["hazard_ratio"][0], rtol=1e-9)
