"""Correct: the constructed sets have what the paper tells, entered a second time from its text.

The first part reads the file of the sets and the text of the paper, and no code of the project: a
fact that the construction and its checks forgot together would be missed here only if it were
forgotten a third time. The second part asks whether the project's own checks find a broken set.
"""

import math

import numpy as np
import pandas as pd
import pytest

from papers.kayser_2022 import constructed, narrative
from secondlook import claims
from secondlook.data import folder

NAMES = ["favours-most", "favours-as-printed", "neutral", "against-as-printed", "against-most"]
CR, PR = "complete remission", "partial remission"
NONE = "stable, resistant or progressive disease"
CNS_2, CNS_3 = "central nervous system 2", "central nervous system 3"
DAY = 12 / 365.25


@pytest.fixture(params=NAMES)
def patients(request):
    table = pd.read_csv(folder("kayser-2022") / "constructed.csv")
    table = table.fillna({"told": ""})
    return table[table["set"] == request.param].reset_index(drop=True)


def product_limit(time, event):
    """Survival after each distinct time of death, as steps: time, S, Greenwood's sum."""
    steps, height, spread = [(0.0, 1.0, 0.0)], 1.0, 0.0
    for at in sorted({t for t, e in zip(time, event, strict=True) if e}):
        n = sum(t >= at for t in time)
        d = sum(t == at and e for t, e in zip(time, event, strict=True))
        height *= 1 - d / n
        spread += d / (n * (n - d)) if n > d else math.inf
        steps.append((at, height, spread))
    return steps


def percent_at(steps, month):
    """S with its limits on the log scale, in whole percent."""
    _, height, spread = [step for step in steps if step[0] <= month][-1]
    factor = math.exp(1.959963984540054 * math.sqrt(spread))
    return [round(100 * x) for x in (height, height / factor, min(1, height * factor))]


def median(steps):
    return next(time for time, height, _ in steps if height <= 0.5)


def test_overall_survival_is_the_printed_one(patients):
    steps = product_limit(patients["time"], patients["event"] == 1)

    assert percent_at(steps, 12) == [53, 37, 76]
    assert percent_at(steps, 24) == [18, 8, 43]
    assert median(steps) == pytest.approx(12.8)
    at_risk = [int((patients["time"] >= month).sum()) for month in range(0, 49, 3)]
    assert at_risk == [31, 27, 22, 19, 13, 10, 5, 4, 3, 3, 2, 1, 1, 1, 1, 0, 0]


def test_the_17_have_the_printed_relapse_free_survival_and_median(patients):
    those = patients[patients["response"] == CR]
    relapsed = those["relapse_time"].notna()
    end = those["relapse_time"].where(relapsed, those["time"])
    time = (end - those["remission_time"]).round(2)
    steps = product_limit(time, relapsed | (those["event"] == 1))

    assert len(those) == 17
    assert percent_at(steps, 12) == [47, 25, 88]
    assert percent_at(steps, 24) == [23, 7, 75]
    assert median(product_limit(those["time"], those["event"] == 1)) == pytest.approx(16.2)


def test_ten_of_24_are_in_complete_remission_after_the_first_cycle_and_seven_later(patients):
    first, second = patients["first_cycle"], patients["response"]

    assert first.value_counts().to_dict() == {
        CR: 10, PR: 9, "stable disease": 2, "resistant or progressive disease": 3,
        "not assessed": 7,
    }  # fmt: skip
    assert second.value_counts().to_dict() == {CR: 17, PR: 9, "early death": 1, NONE: 4}
    # Only two with a partial remission achieved a complete one; the other seven maintained theirs.
    assert ((first == PR) & (second == CR)).sum() == 2
    assert ((first == PR) & (second == PR)).sum() == 7
    assert (second[first == CR] == CR).all()
    # A first cycle has its last dose on day 15; two cycles of three weeks on day 36.
    seen = patients["remission_time"]
    assert (seen[first == CR] >= 14 * DAY).all()
    assert (seen[first == CR] < 35 * DAY).all()
    assert (seen[(first != CR) & (second == CR)] >= 35 * DAY).all()


def test_one_patient_dies_early_on_day_11_and_nobody_else_leaves_before_a_response(patients):
    early = patients[patients["response"] == "early death"]
    others = patients.drop(early.index)

    assert len(early) == 1
    assert (early["event"] == 1).all()
    assert early["time"].item() / DAY == pytest.approx(11, abs=0.5)
    assert early["first_cycle"].item() == "not assessed"
    assert others["time"].min() > 21 * DAY


def test_all_who_live_are_responders_in_remission(patients):
    alive = patients[patients["event"] == 0]

    assert (alive["response"] == CR).sum() == 9
    assert (alive["response"] == PR).sum() == 1
    assert len(alive) == 10
    # The one with the molecular relapse is in remission again, and the only relapsed one alive.
    assert alive["relapse_time"].notna().sum() == 1


def test_ten_of_26_responders_relapsed_three_after_transplantation_and_nine_died(patients):
    relapsed = patients[patients["relapse_time"].notna()]

    assert len(relapsed) == 10
    assert relapsed["response"].isin([CR, PR]).all()
    assert (relapsed["event"] == 1).sum() == 9
    given = relapsed["transplant_time"].notna()
    assert given.sum() == 3
    assert (relapsed["relapse_time"] > relapsed["transplant_time"])[given].all()
    assert (relapsed["relapse_time"] > relapsed["remission_time"].fillna(0)).all()
    assert (relapsed["relapse_time"] < relapsed["time"]).all()
    assert (patients["fate"] == "died in remission").sum() == 2
    calm = patients[patients["fate"] == "died in remission"]
    assert (calm["event"] == 1).all()
    assert calm["relapse_time"].isna().all()
    assert calm["response"].isin([CR, PR]).all()
    # Of the 17 whoever died had relapsed or died in remission.
    complete = patients[(patients["response"] == CR) & (patients["event"] == 1)]
    assert set(complete["fate"]) <= {"relapsed and died", "died in remission"}


def test_twelve_are_transplanted_six_three_and_three_by_response(patients):
    given = patients[patients["transplant_time"].notna()]

    assert [(given["response"] == r).sum() for r in (CR, PR, NONE)] == [6, 3, 3]
    assert (given["transplant_time"] < given["time"]).all()
    assert (given["transplant_time"] >= given["remission_time"].fillna(0)).all()
    # Eight after two cycles or fewer, four after three or four, each of three weeks at least.
    assert (given["cycles"] <= 2).sum() == 8
    assert given["cycles"].between(3, 4).sum() == 4
    assert (given["transplant_time"] >= 21 * DAY * given["cycles"]).all()


def test_cycles_are_as_printed_and_begin_before_the_course_ends(patients):
    cycles = patients["cycles"]
    assert (cycles <= 2).sum() == 19
    assert cycles.between(3, 4).sum() == 7
    assert cycles.between(5, 6).sum() == 5
    assert (cycles[patients["response"] == NONE] <= 2).all()
    ends = patients[["time", "relapse_time", "transplant_time"]].min(axis=1)
    assert ((cycles - 1) * 21 * DAY <= ends).all()


def test_the_patients_told_of_have_their_printed_times(patients):
    told = patients.set_index("told")
    one, two, three = (told.loc[f"VOD {n}"] for n in (1, 2, 3))
    second, third = told.loc[CNS_2], told.loc[CNS_3]

    assert sorted(set(patients["told"])) == sorted(
        ["", "early death", CNS_2, CNS_3, "VOD 1", "VOD 2", "VOD 3"]
    )
    assert one["time"] - one["transplant_time"] == pytest.approx(24)
    assert one["transplant_time"] > 42 * DAY
    assert (one["event"], one["response"], one["fate"]) == (0, CR, "still in complete remission")
    assert two["time"] == pytest.approx(30.7)
    assert math.isnan(two["transplant_time"])
    assert (two["event"], two["cycles"], two["fate"]) == (0, 3, "still in complete remission")
    assert three["time"] - three["transplant_time"] == pytest.approx(13.1)
    assert (three["event"], three["cycles"], three["fate"]) == (1, 2, "died in remission")
    assert second["relapse_time"] - second["transplant_time"] == pytest.approx(3.5)
    assert second["time"] - second["relapse_time"] == pytest.approx(8.2)
    assert (second["event"], second["cycles"], second["response"]) == (1, 4, CR)
    assert second["first_cycle"] != CR
    # In complete remission after the second cycle: before three of four weeks are over.
    assert 35 * DAY <= second["remission_time"] <= 3 * 28 * DAY
    assert third["relapse_time"] - third["remission_time"] == pytest.approx(1.5)
    assert (third["time"] - third["relapse_time"]) / DAY == pytest.approx(13, abs=0.5)
    assert math.isnan(third["transplant_time"])
    # In complete remission after three cycles only, and given six: the sixth begins on day 106.
    assert (third["event"], third["cycles"], third["response"]) == (1, 6, PR)
    assert third["remission_time"] >= 56 * DAY
    assert third["relapse_time"] >= 105 * DAY


def test_the_five_sets_are_all_there_and_have_31_patients_each():
    table = pd.read_csv(folder("kayser-2022") / "constructed.csv")
    assert table.groupby("set", sort=False).size().to_dict() == dict.fromkeys(NAMES, 31)
    assert (table.groupby("set")["patient"].nunique() == 31).all()


@pytest.fixture
def neutral():
    return constructed.sets()["neutral"]


def of(frame, name):
    return frame["told"] == name


def without_remission(frame):
    """Who is the first, of those not told of, without complete remission."""
    others = frame[(frame["response"] != "complete remission") & frame["told"].isna()]
    return frame["patient"] == others["patient"].iloc[0]


BREAKS = {
    "a relapse told of is missing": (
        lambda f: f.assign(relapse_time=f["relapse_time"].mask(of(f, CNS_2))),
        "9 relapsed responders instead of 10",
    ),
    "a complete remission two cycles later than told": (
        lambda f: f.assign(remission_time=f["remission_time"].mask(of(f, CNS_2), 2.9)),
        "central nervous system 2 is not as told",
    ),
    "one transplantation less": (
        lambda f: f.assign(transplant_time=f["transplant_time"].mask(of(f, "VOD 1"))),
        "11 transplanted instead of 12",
    ),
    "one relapse less after transplantation": (
        lambda f: f.assign(transplant_time=f["transplant_time"].mask(of(f, CNS_2))),
        "2 relapsed after transplantation instead of 3",
    ),
    "a transplantation in the first cycle": (
        lambda f: f.assign(transplant_time=f["transplant_time"].mask(of(f, "VOD 3"), 0.6)),
        "gone before two cycles are over",
    ),
    "a transplantation before its cycles": (
        lambda f: f.assign(cycles=f["cycles"].mask(of(f, "VOD 1"), 12)),
        "a transplantation before the cycles that preceded it",
    ),
    "a relapse after the last news": (
        lambda f: f.assign(relapse_time=f["relapse_time"].mask(of(f, CNS_2), 99.0)),
        "a relapse at the last news or later",
    ),
    "a relapse before the transplantation": (
        lambda f: f.assign(relapse_time=f["relapse_time"].mask(of(f, CNS_2), 2.1)),
        "a relapse before the transplantation",
    ),
    "a remission on the first day": (
        lambda f: f.assign(remission_time=f["remission_time"].mask(of(f, "VOD 2"), 0.1)),
        "a remission before the last dose of the first cycle",
    ),
    "a complete remission without a date": (
        lambda f: f.assign(remission_time=f["remission_time"].mask(of(f, "VOD 2"))),
        "a complete remission without a date",
    ),
    "somebody told of is nobody": (
        lambda f: f.assign(told=f["told"].mask(of(f, "VOD 2"), "")),
        "VOD 2 is not one patient",
    ),
    "the early death comes later": (
        lambda f: f.assign(time=f["time"].mask(of(f, "early death"), 0.45)),
        "early death is not as told",
    ),
    "another early death": (
        lambda f: f.assign(time=f["time"].mask(without_remission(f), 0.4)),
        "30 at risk at 0.46",
    ),
    "a dead patient still in remission": (
        lambda f: f.assign(fate=f["fate"].mask(of(f, "VOD 3"), "still in complete remission")),
        "1 died in remission instead of 2",
    ),
    "a response more": (
        lambda f: f.assign(response=f["response"].replace("early death", NONE)),
        "5 stable, resistant or progressive disease after two cycles instead of 4",
    ),
    "eleven remissions after the first cycle": (
        lambda f: f.assign(first_cycle=f["first_cycle"].mask(of(f, CNS_2), CR)),
        "11 complete remission after the first cycle instead of 10",
    ),
    "seven cycles of one": (
        lambda f: f.assign(cycles=f["cycles"].mask(of(f, CNS_3), 7)),
        "4 with five or six cycles instead of 5",
    ),
    "a later remission breaks the curve": (
        lambda f: f.assign(remission_time=f["remission_time"].mask(of(f, "VOD 2"), 9.0)),
        "delays",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_set_that_breaks_the_narrative_is_told_what_is_wrong(neutral, what):
    change, named = BREAKS[what]
    found = constructed.as_printed(change(neutral))
    assert any(text.startswith(named) for text in found), found


def test_a_fate_that_no_event_bears_out_names_the_patient(neutral):
    neutral["fate"] = neutral["fate"].mask(of(neutral, "VOD 2"), "relapsed and died")
    number = neutral.loc[of(neutral, "VOD 2"), "patient"].item()
    text = f"a fate that does not go with response, relapse and death: patient {number}"
    assert text in narrative.unmet_narrative(neutral)


def test_a_set_without_a_column_is_told_so(neutral):
    assert constructed.as_printed(neutral.drop(columns="fate")) == ["no column fate"]


def test_relapse_free_survival_ends_at_relapse_or_else_at_the_end(neutral):
    cohort = pd.DataFrame(narrative.linked_cohort(neutral))
    inside = neutral["response"] == CR
    relapsed = inside & neutral["relapse_time"].notna()

    assert cohort["part_time"].notna().equals(inside)
    np.testing.assert_allclose(
        cohort.loc[relapsed, "part_time"],
        (neutral["relapse_time"] - neutral["remission_time"])[relapsed],
        atol=1e-9,
    )
    assert (cohort.loc[relapsed, "part_event"] == 1).all()


def test_the_cycles_before_a_remission_are_said_to_rest_on_how_long_a_cycle_takes():
    found = claims.ledger("kayser-2022").set_index("id")["how"]
    for claim in ("res-cns-2-cr", "res-cns-3-cr"):
        assert found[claim].endswith("if a cycle takes three to four weeks")
