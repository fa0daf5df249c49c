"""Correct: what the report says of the search, recomputed in part; the flow conserves patients.

Stable: the stored scan of spacings and interval types.
"""

import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.papers.generators import generator

from papers.kayser_2022 import constructed, flow, reconstruction, response, searches
from secondlook import claims
from secondlook.figures.patient_flow import column_frame, ribbon_frame
from secondlook.figures.printed_statements import step_frame


def test_only_three_months_and_the_log_type_print_the_curve():
    stored = searches.stored()
    curve = stored[(stored["facts"] == searches.CURVE) & (stored["sequences"] > 0)]
    assert curve[["spacing", "interval"]].to_numpy().tolist() == [[3.0, "log"]]
    assert len(stored[stored["facts"] == searches.CURVE]) == 6 * 5


@pytest.mark.parametrize(
    ("what", "spacing", "interval"),
    [
        (searches.ALL_APART, "3", "log"),
        (searches.CURVE, "3", "plain"),
        (searches.CURVE, "4", "log"),
        (searches.CURVE, "6", "log"),
        (searches.RELAPSE_FREE, "", "log"),
        (searches.RELAPSE_FREE, "", "arcsine"),
    ],
)
def test_the_stored_scan_is_what_a_fresh_search_finds(what, spacing, interval):
    stored = searches.stored()
    row = stored[(stored["facts"] == what) & (stored["interval"] == interval)]
    if spacing:
        row = row[row["spacing"] == float(spacing)]
    fresh = generator("kayser-2022", "searches").one(what, spacing, interval)
    assert row["sequences"].item() == fresh["sequences"]
    assert row["fewest_deaths"].fillna(-1).item() == (
        -1 if fresh["fewest_deaths"] is None else fresh["fewest_deaths"]
    )


def test_the_constructed_sets_lie_in_the_band_of_all_admissible_curves():
    band = reconstruction.envelope("os").query("passed").set_index("time")
    for frame in constructed.sets().values():
        survival = constructed.overall(frame).at(band.index.to_numpy())["survival"].to_numpy()
        assert (survival >= band["survival_lowest"].to_numpy() - 1e-6).all()
        assert (survival <= band["survival_highest"].to_numpy() + 1e-6).all()


def test_every_column_of_the_flow_holds_all_patients():
    columns = column_frame(flow.columns())
    assert columns.groupby("stage")["patients"].sum().tolist() == [31, 31]
    groups = list(dict.fromkeys(flow.columns()["group"]))
    moved = ribbon_frame(columns, flow.streams(), groups).drop_duplicates("ribbon")
    assert moved["patients"].sum() == 31


def test_of_nine_patients_whose_fate_is_not_told_at_least_eight_died():
    # By hand: told are 9 deaths after relapse, 2 in remission, 1 on day 11, and 10 in remission.
    assert flow.untold() == 26 - 9 - 2 - 10 == 5
    assert flow.deaths_left(20) == 20 - 12 == 8
    assert flow.untold() + 4 == 9


def test_the_band_between_two_readings_is_as_wide_as_monotony_allows():
    envelope = pd.DataFrame({"time": [1.0, 2.0], "low": [0.8, 0.5], "high": [0.9, 0.6]})
    band = step_frame(envelope, "low", "high")
    assert_allclose(band["time"], [0, 1, 1, 2], rtol=0, atol=1e-12)
    assert_allclose(band["lowest"], [0.8, 0.8, 0.5, 0.5], rtol=0, atol=1e-12)
    assert_allclose(band["highest"], [1.0, 1.0, 0.9, 0.9], rtol=0, atol=1e-12)


def test_the_printed_p_is_reached_in_both_directions():
    tests = constructed.tests_of_transplantation().set_index("set")
    for name, fewer in (("favours-as-printed", True), ("against-as-printed", False)):
        assert 0.185 <= tests.loc[name, "p"] < 0.195
        assert (tests.loc[name, "observed"] < tests.loc[name, "expected"]) == fewer


def test_the_biased_comparison_of_ever_and_never_transplanted_leans_towards_transplantation():
    neutral = constructed.tests_of_transplantation().set_index("set").loc["neutral"]

    # The set in which transplantation changes nothing looks as if it helped.
    assert neutral["p"] > 0.9
    assert neutral["naive_p"] < neutral["p"]


def test_what_is_left_out_is_given_back_by_the_rest():
    table = reconstruction.survival_ranges()
    assert table["printed"].tolist() == ["53", "37", "76", "18", "8", "43"]
    value = table["printed"].astype(float)
    # With everything, each number prints as it is printed.
    assert table["lowest_nothing"].ge(value - 0.5).all()
    assert table["highest_nothing"].le(value + 0.5).all()
    # Without it the rest allows it, and nothing that is two points off.
    for left_out in ("itself", "month"):
        assert table[f"lowest_{left_out}"].le(value + 0.5).all()
        assert table[f"highest_{left_out}"].ge(value - 0.5).all()
    assert table["lowest_itself"].ge(value - 1.5).all()
    assert table["highest_itself"].le(value + 1.5).all()
    # The less is known, the wider.
    for wide, narrow in (("month", "itself"), ("itself", "nothing")):
        assert table[f"lowest_{wide}"].le(table[f"lowest_{narrow}"]).all()
        assert table[f"highest_{wide}"].ge(table[f"highest_{narrow}"]).all()


def test_a_stored_range_is_what_a_fresh_search_finds():
    fresh = generator("kayser-2022", "searches").without("24", "estimate")
    stored = reconstruction.survival_ranges().set_index(["month", "quantity"])
    stored = stored.loc[(24, "survival"), ["lowest_itself", "highest_itself"]]
    found = [100 * fresh["survival_lowest"], 100 * fresh["survival_highest"]]
    assert_allclose(found, stored.astype(float), atol=6e-4)


def test_just_before_a_tick_the_printed_number_is_at_risk_and_bounds_survival():
    band = reconstruction.envelope("os").query("not passed").set_index("time")
    for tick, at_risk in zip((3.0, 6.0, 9.0), (27, 22, 19), strict=True):
        row = band.loc[tick]
        assert row["at_risk_lowest"] == row["at_risk_highest"] == at_risk
    # By hand: at most four have left before month 3, at worst all by death.
    assert_allclose(band.loc[3.0, "survival_lowest"], 27 / 31, rtol=0, atol=1e-6)


@pytest.mark.parametrize("outcome", ["os", "rfs"])
def test_the_stored_envelope_is_what_a_fresh_search_finds(outcome):
    fresh = (
        generator("kayser-2022", "searches")
        .envelope_of(outcome, [12.0, 24.0])
        .drop(columns="outcome")
        .set_index(["time", "passed"])
        .loc[[(12.0, True), (24.0, True)]]
    )
    stored = reconstruction.envelope(outcome).set_index(["time", "passed"])
    stored = stored.loc[fresh.index, fresh.columns]
    assert_allclose(fresh.astype(float), stored.astype(float), atol=1e-6)


def test_responses_that_came_between_the_assessments_are_whole():
    # By hand: 17 - 10 - 2 and 9 - 7; 7 - 1 unassessed and 2 + 3 without response; 5 + 2 + 4 = 11.
    assert response.gained() == {
        "complete": 5, "partial": 2, "unassessed": 6, "others": 5, "at_least": 1,
    }  # fmt: skip
    assert 5 + 2 + 4 == 6 + 5


def test_every_rate_is_the_printed_percent():
    for row in response.rates().itertuples():
        judged = next(j for j in claims.judge("kayser-2022") if j.claim.id == row.claim)
        assert judged.verdict == "reproduced"
        assert 100 * row.estimate == pytest.approx(float(judged.claim.printed), abs=0.5)


def test_random_sets_have_a_direction_and_print_p_in_its_rounding():
    sets = constructed.sampled()
    printed = sets[sets["prints"]]
    assert printed["p"].between(0.185, 0.195).all()
    assert not sets.loc[~sets["prints"], "p"].between(0.1851, 0.1949).any()
    clear = sets[sets["p"] < 0.5]
    assert ((clear["hazard_ratio"] < 1) == clear["fewer"]).all()
    # Two of the transplanted are told to have died, and one to live.
    assert sets["observed"].between(2, 11).all()
