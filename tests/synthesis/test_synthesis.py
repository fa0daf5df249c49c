"""Correct: every number of the evidence is the one that the document's claim prints, and the counts
print the percents beside them; agreement is judged by hand for three pairs.

Stable: the pooled values to one percent.
"""

from fractions import Fraction
from math import comb

import pandas as pd
import pytest

from papers import synthesis
from secondlook import claims, printed

KNOWN = [key for key in claims.keys()]  # noqa: SIM118, C416


def texts(document):
    return {claim.id: claim.printed for claim in claims.read(document)}


@pytest.mark.parametrize("what", ["response", "vod"])
def test_every_printed_number_is_the_one_of_its_claim(what):
    frame = synthesis.studies().dropna(subset=[f"{what}_claim"])
    checked = 0
    for row in frame.to_dict("records"):
        if row["document"] in KNOWN:
            assert texts(row["document"])[row[f"{what}_claim"]] == row[f"{what}_printed"], row
            checked += 1
    assert checked >= 10


def test_the_numbers_of_the_comparison_are_those_of_the_claims():
    for row in synthesis.compared().to_dict("records"):
        for which in "12":
            document = row[f"document_{which}"]
            if document in KNOWN:
                assert texts(document)[row[f"claim_{which}"]] == row[f"printed_{which}"], row


def test_a_count_made_from_a_percent_prints_it():
    frame = synthesis.studies()
    made = frame[frame["response_basis"].isin(["percent", "deduced"])]
    assert len(made) == 5
    for row in made.to_dict("records"):
        value = 100 * row["response_count"] / row["response_n"]
        assert printed.verdict(row["response_printed"], value) == "reproduced", row


def test_no_patient_of_a_study_that_is_part_of_another_is_pooled_twice():
    pooled = set(synthesis.response_studies()["study"])
    assert "MD Anderson, single dose" not in pooled
    assert not pooled & {"INO-VATE, full report", "INO-VATE, extramedullary"}
    assert "Küçükçiler 2021" not in set(synthesis.vod_studies()["study"])


def test_standard_care_differs_and_the_second_vod_count_agrees_between_documents():
    agree = synthesis.compared().set_index("quantity")["agree"]
    assert agree["CR/CRi after standard care, percent"] == "no"
    assert agree["patients with VOD after inotuzumab"] == "not comparable"
    assert agree["patients with VOD after inotuzumab, other place"] == "yes"


def test_patients_who_may_be_within_another_study_of_the_group_are_pooled_only_there():
    response, vod = synthesis.response_studies(), synthesis.vod_studies()
    assert set(response.loc[response["group"] == synthesis.INO, "study"]) == {
        "MD Anderson, both schedules", "INO-VATE, interim", "Kayser 2022"
    }  # fmt: skip
    after = vod[vod["group"] == "INO, then SCT"]
    assert "Under 18 years" not in set(after["study"])
    # The 48 transplanted are among the 109, which stand in another group.
    assert after["n"].tolist() == [22, 48, 12]
    everybody = synthesis.response_studies(once=False)
    assert set(everybody["study"]) - set(response["study"]) == {"Under 18 years"}


def test_every_study_that_holds_another_is_in_the_table():
    frame = synthesis.studies()
    assert set(frame["within"].dropna()) <= set(frame["study"])


def test_vod_counted_at_a_time_that_is_not_said_is_not_called_before_transplantation():
    frame = synthesis.studies().dropna(subset="pool_vod").set_index("study")
    before = frame[frame["pool_vod"] == "INO, before or without SCT"]
    assert set(before["vod_when"]) == {"during treatment", "before or without SCT"}


def test_the_pooled_values_have_not_moved():
    found = synthesis.pooled_table(synthesis.response_studies()).set_index(["group", "model"])
    normal = found.xs("binomial-normal", level="model")
    go, ino = normal.loc[synthesis.GO], normal.loc[synthesis.INO]
    columns = ["estimate", "prediction_lower", "prediction_upper", "wider_lower", "wider_upper"]
    assert [round(100 * go[column]) for column in columns] == [41, 10, 82, 7, 85]
    assert [round(100 * ino[column]) for column in columns] == [66, 13, 96, 0, 100]
    vod = synthesis.pooled(synthesis.vod_studies())
    assert round(100 * vod["INO, then SCT"].estimate) == 20
    assert vod["INO, then SCT"].events == 16


def test_one_rate_for_all_is_tested_exactly():
    # 14 of 277, 0 of 57, 14 of 119: every table with these margins, by hand.
    table = synthesis.pooled_table(synthesis.vod_studies())
    found = table.loc[table["group"] == "GO, no SCT or not said", "p"].iloc[0]
    total = comb(453, 28)
    masses = {
        (a, b): Fraction(comb(277, a) * comb(57, b) * comb(119, 28 - a - b), total)
        for a in range(29)
        for b in range(29 - a)
    }
    observed = masses[14, 0]
    assert found == pytest.approx(float(sum(m for m in masses.values() if m <= observed)), rel=1e-9)


def test_leaving_a_study_out_moves_the_pooled_value():
    frame = synthesis.leave_one_out(synthesis.response_studies())
    assert len(frame) == 8
    assert frame.groupby("group")["estimate"].agg(lambda v: v.max() - v.min()).min() > 0.05


def test_a_verdict_is_a_dash_where_no_claim_is_entered():
    assert synthesis.verdict_of("morley-2016", "keb-efs") == "attainable"
    assert synthesis.verdict_of("morley-2016", pd.NA) == "–"
    assert synthesis.verdict_of("not-entered", "abs-orr") == "–"
    assert set(synthesis.studies()["vod_verdict"]) <= {*claims.VERDICTS, "–"}
