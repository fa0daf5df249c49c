"""Correct: constructed sets print every fact by R's survival and prodlim as well; the narrative."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r

from secondlook import claims
from secondlook.admissible import orders, sample
from secondlook.papers.kayser_2022 import constructed, facts, transplants
from secondlook.papers.kayser_2022.construct import LATEST_TRANSPLANT

KEY = "kayser-2022"
ORACLE = "kayser_admissible"


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


@pytest.mark.parametrize("name", constructed.WANTED)
def test_transplantations_are_laid_as_the_narrative_tells(name):
    frame = constructed.sets()[name]
    given = frame["transplant_time"].notna()
    gap = (frame["time"] - frame["transplant_time"]).round(1)
    died = frame["event"] == 1

    assert given.sum() == 12
    assert (gap[given] > 0).all()
    assert (frame.loc[given, "transplant_time"] >= transplants.CYCLE_MONTHS).all()
    assert {11.7, 13.1} <= set(gap[given & died])
    assert 24.0 in set(gap[given & ~died])
    assert ((frame["time"] >= 30.7) & ~died & ~given).any()
    assert not given[(frame["time"] == 0.4) & died].any()


@pytest.mark.parametrize("name", constructed.WANTED)
def test_r_finds_every_printed_fact_in_every_constructed_set(name):
    _prints_as_in_the_paper(read_oracle(ORACLE)["sets"][name])
    _agrees(name, read_oracle(ORACLE)["sets"][name])


@pytest.mark.oracle
def test_r_finds_the_same_afresh():
    for name, values in rerun_r(ORACLE, "survival", "prodlim")["sets"].items():
        _prints_as_in_the_paper(values)
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


def _agrees(name, values):
    frame = constructed.sets()[name]
    rows = constructed.overall(frame).at([12, 24])
    for column in ("survival", "lower", "upper"):
        assert_allclose(rows[column], values[column], rtol=1e-9)
    test = constructed.mantel_byar_of(frame)
    assert_allclose(test.p_value, values["mantel_byar"][0], rtol=1e-9)
    laid = transplants.Laid(
        frame["time"].to_numpy(),
        frame["event"].to_numpy().astype(bool),
        frame["transplant_time"].to_numpy(),
        *(np.zeros(31) for _ in range(3)),
    )
    assert_allclose(transplants.score(laid).z ** 2, test.statistic, rtol=1e-9)


def scores_at_the_printed_p():
    """Lay transplantations over sampled sets; keep the scores whose P prints as in the paper."""
    rng = np.random.default_rng(2022)
    drawn = sample(orders(facts.overall_survival(), facts.INTERVAL), 60, rng).frame
    kept = []
    for _, patients in drawn.groupby("set"):
        time, event = patients["time"].to_numpy(), patients["event"].to_numpy().astype(bool)
        for _ in range(50):
            laid = transplants.lay_transplants(time, event, rng, latest=LATEST_TRANSPLANT)
            found = transplants.score(laid) if laid is not None else None
            if found and 0.185 <= math.erfc(abs(found.z) / math.sqrt(2)) < 0.195:
                kept.append(found)
    return kept


@pytest.mark.slow
def test_sampled_sets_that_print_p_lean_both_ways_by_the_deaths_after_transplantation():
    found = scores_at_the_printed_p()
    fewer = [score.observed for score in found if score.observed < score.expected]
    more = [score.observed for score in found if score.observed > score.expected]

    assert len(fewer) > 0
    assert len(more) > 0
    # Eight deaths occur on both sides, fewer and more on one only.
    assert max(fewer) == min(more) == 8
