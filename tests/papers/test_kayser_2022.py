"""Correct: constructed sets print every fact by R's survival and prodlim as well; the narrative."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r

from papers.kayser_2022 import constructed, searches
from papers.kayser_2022 import data as printed_data
from papers.kayser_2022.narrative import linked_cohort
from secondlook import claims, data
from secondlook.admissible.listing import listed
from secondlook.linked_curves import Link
from secondlook.survival import kaplan_meier

KEY = "kayser-2022"
ORACLE = "kayser_admissible"
NAMES = ["favours-most", "favours-as-printed", "neutral", "against-as-printed", "against-most"]


def test_every_verdict_is_the_one_of_the_list():
    # `before` is the id that the claim had when its result was still a program's.
    listed = pd.read_csv(Path(__file__).with_name(f"{KEY}-verdicts.csv")).set_index("id")
    assert claims.ledger(KEY).set_index("id")["verdict"].to_dict() == listed["verdict"].to_dict()


def test_the_declared_curves_follow_from_what_the_paper_prints_and_tells():
    os, rfs = printed_data.overall_survival(), printed_data.relapse_free_survival()
    said, text = (
        (lambda name: claims.said(KEY, name)),
        (lambda name: claims.printed_text(KEY, name)),
    )
    day = 30.4375
    died = said("res-died-early") + said("res-died-remission") + said("res-relapsed-n")
    died -= said("res-relapsed-alive")
    last_dose = f"{(said('met-day-15') - said('met-day-1')) / day:.2f}"

    assert os.death_bounds == (died, 31 - said("res-still")) == (12, 21)
    assert os.at_risk == tuple(map(str, data.load(KEY, "figure-3")["at_risk"]))
    assert os.left == ((last_dose, str(31 - said("res-c2-death-n"))),)
    relapse_and_death = said("res-cns-2-relapse") + said("res-cns-2-death")
    assert [(one.mark, one.time) for one in os.told] == [
        ("died", f"{said('res-died-day') / day:.2f}"),
        ("died", f">{relapse_and_death:g}"),
        ("died", f">{said('vod-3-death'):g}"),
        ("alive", f">{said('vod-1-alive'):g}"),
        ("alive", f">={said('vod-2-alive'):g}"),
    ]
    for outcome, curve in (("os", os), ("rfs", rfs)):
        for at, one in curve.survival:
            printed = [text(f"res-{outcome}-{at}{end}") for end in ("", "-lower", "-upper")]
            assert [one.estimate, one.lower, one.upper] == printed
    for name, one in (("os-median", os.median), ("fu-median", os.follow_up)):
        assert one.estimate == text(f"res-{name}")
    assert (os.median.lower, os.median.upper) == (
        text("res-os-median-lower"), text("res-os-median-upper"),
    )  # fmt: skip
    assert rfs.patients == said("res-cr-n")
    assert rfs.part_of == Link(
        whole="os",
        delay=last_dose,
        alive_with_event=f"{said('res-relapsed-alive') + said('res-molecular')}",
        alive_outside=f"{said('res-still-pr')}",
        median=text("res-cr-os-median"),
    )


def test_nothing_printed_is_out_of_reach_of_all_admissible_data():
    assert [j.claim.id for j in claims.judge(KEY) if j.verdict == "unattainable"] == []


def test_the_narrative_leaves_20_or_21_deaths():
    found = searches.stored().set_index("facts").loc[searches.ALL]
    assert (found["fewest_deaths"], found["most_deaths"]) == (20, 21)


def test_relapse_free_survival_is_printed_by_log_limits_only():
    found = {
        kind: len(listed(printed_data.relapse_free_survival(kind))) for kind in ("log", "plain")
    }
    assert found == {"log": 72, "plain": 0}


def test_nine_still_in_complete_remission_leave_at_most_nine_relapses_of_seventeen():
    open_ended = listed(printed_data.relapse_free_survival())
    most = claims.said(KEY, "res-cr-n") - claims.said(KEY, "res-still-cr")
    most += claims.said(KEY, "res-molecular")
    told = listed(replace(printed_data.relapse_free_survival(), deaths=f"0-{most}"))

    assert most == 9
    assert np.unique(open_ended.deaths).tolist() == [8, 9, 10, 11]
    assert np.array_equal(told.sequences, open_ended.sequences[open_ended.deaths <= 9])


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
    cohort = pd.DataFrame(linked_cohort(frame)).query("in_part == 1")
    free = kaplan_meier(cohort["part_time"], cohort["part_event"], interval="log").at([12, 24])
    for column, name in (("survival", ""), ("lower", "_lower"), ("upper", "_upper")):
        assert_allclose(free[column], values[f"relapse_free{name}"], rtol=1e-9)
    cohort = pd.DataFrame(linked_cohort(frame))
    inside = cohort[cohort["in_part"] == 1]
    assert values["events_complete"][0] == inside["part_event"].sum()
    assert values["deaths_complete"][0] == inside["event"].sum()
    assert_allclose(
        constructed.of_complete(frame).quantile(0.5).estimate, values["median_complete"]
    )
    test = constructed.mantel_byar_of(frame)
    assert_allclose(test.p_value, values["mantel_byar"][0], rtol=1e-9)
    assert_allclose(constructed.hazard_ratio(frame), values["hazard_ratio"][0], rtol=1e-9)
