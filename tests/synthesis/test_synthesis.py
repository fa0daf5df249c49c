"""Correct: every number of the evidence is the one that the document's claim prints, and the counts
print the percents beside them; agreement is judged by hand for three pairs.

Stable: the pooled values to one percent.
"""

import pandas as pd
import pytest

from papers import synthesis
from papers.synthesis import forests, layout
from secondlook import claims, printed

KNOWN = [key for key in claims.keys()]  # noqa: SIM118, C416


def texts(document):
    own = {claim.id: claim.printed for claim in claims.read(document)}
    for other in KNOWN:
        for claim in claims.read(other):
            if document in dict(claim.also):
                own[claim.id] = claim.printed
    return own


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
    assert len(made) == 4
    for row in made.to_dict("records"):
        value = 100 * row["response_count"] / row["response_n"]
        assert printed.verdict(row["response_printed"], value) == "reproduced", row


def test_no_patient_of_a_study_that_is_part_of_another_is_pooled_twice():
    pooled = set(synthesis.response_studies()["study"])
    assert "MD Anderson, single dose" not in pooled
    assert not pooled & {"INO-VATE, final", "INO-VATE, extramedullary"}
    assert "Küçükçiler 2021" not in set(synthesis.vod_studies()["study"])


def test_standard_care_differs_and_the_second_vod_count_agrees_between_documents():
    agree = synthesis.compared().set_index("quantity")["agree"]
    assert agree["CR/CRi after standard care, percent"] == "no"
    assert agree["patients with VOD after inotuzumab"] == "no"
    assert agree["patients with VOD after inotuzumab, other place"] == "yes"


def test_the_pooled_values_have_not_moved():
    found = synthesis.pooled(synthesis.response_studies())
    assert {group: round(100 * pooled.estimate) for group, pooled in found.items()} == {
        "Gemtuzumab, R/R AML": 41,
        "Inotuzumab, R/R ALL": 66,
    }
    vod = synthesis.pooled(synthesis.vod_studies())
    assert round(100 * vod["INO, then SCT"].estimate) == 20
    assert vod["INO, then SCT"].events == 17


def test_leaving_a_study_out_moves_the_pooled_value():
    frame = forests.leave_one_out(synthesis.response_studies())
    assert len(frame) == 9
    assert frame.groupby("group")["estimate"].agg(lambda v: v.max() - v.min()).min() > 0.05


def test_a_verdict_is_a_dash_where_no_claim_is_entered():
    assert synthesis.verdict_of("morley-2016", "keb-efs") == "attainable"
    assert synthesis.verdict_of("morley-2016", pd.NA) == "–"
    assert synthesis.verdict_of("not-entered", "abs-orr") == "–"
    assert set(layout.vod_text()["verdict"]) <= {*claims.VERDICTS, "–"}
