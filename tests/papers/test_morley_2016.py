"""Correct: the headline findings, recomputed here by hand from numbers typed from the review.

Stable: every verdict, in the list beside this file. A change needs an entry in the changelog.
"""

import shutil
import subprocess
import sys
from fractions import Fraction
from math import comb
from pathlib import Path

import pandas as pd
import pytest
from numpy.testing import assert_allclose

import papers.morley_2016 as paper
from papers.morley_2016 import criteria, phase_three, transplant
from secondlook import claims
from secondlook.data import folder, load

KEY = "morley-2016"


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger(KEY).set_index("id")


def test_every_verdict_is_the_one_of_the_list():
    listed = pd.read_csv(Path(__file__).with_name(f"{KEY}-verdicts.csv")).set_index("id")
    found = {judged.claim.id: judged.verdict for judged in claims.judge(KEY)}
    assert found == listed["verdict"].to_dict()


def test_every_claim_in_conflict_belongs_to_one_disagreement(ledger):
    listed = [claim for claims in paper.DISAGREEMENTS.values() for claim in claims]
    assert sorted(listed) == sorted(ledger.index[ledger["verdict"] == "conflicts"])


def test_the_table_of_counts_repeats_the_claims():
    printed = load(KEY, "counts")
    for row in printed.dropna(subset="n").itertuples():
        assert paper.number(f"{row.stem}-n") == row.n
    for row in printed.itertuples():
        assert paper.number(f"{row.stem}-count") == row.count
        assert paper.number(f"{row.stem}-percent") == row.percent


def test_every_count_goes_with_its_percent_of_the_patients_that_it_is_of():
    rates = paper.rates().set_index("stem")
    assert (rates["estimate"] * 100).round().astype(int).tolist() == rates["percent"].tolist()
    assert rates.loc[["sct-vod", "mini-vod", "both-cr", "p2-fever"], "of"].tolist() == [
        22, 30, 90, 49
    ]  # fmt: skip


def test_how_the_first_analysis_is_made_of_arms_is_said_with_their_numbers(ledger):
    assert 109 + 96 + 13 == 218
    assert ledger.loc["p3-first", "how"].startswith("109 and 96 patients of two arms ")
    assert "inotuzumab arm" in ledger.loc["tox-p3-vod-n", "how"]


def test_five_patients_are_23_percent_of_22_and_not_of_23(ledger):
    assert (round(100 * 5 / 22), round(100 * 5 / 23)) == (23, 22)
    assert ledger.loc["sct-vod-n", "verdict"] == "differs"


def test_fever_is_counted_in_two_ways():
    severe, mild = 100 * 9 / 49, 100 * (29 - 9) / 49
    assert (round(severe), round(mild), int(mild)) == (18, 41, 40)
    verdicts = claims.ledger(KEY).set_index("id")["verdict"]
    assert verdicts["tox-fever-severe"] == verdicts["p2-fever-severe"] == "conflicts"
    assert verdicts["tox-fever-mild"] == "truncated"


def test_fishers_test_of_response_by_level_does_not_print_0_008():
    whole = comb(24, 13)
    masses = [Fraction(comb(9, k) * comb(15, 13 - k), whole) for k in range(10)]
    fisher = sum(m for m in masses if m <= masses[8])
    mid = fisher - sum(m for m in masses if m == masses[8]) / 2
    assert_allclose(paper.fisher("high-level", "low-level").p_value, float(fisher), rtol=1e-12)
    assert f"{float(fisher):.4f} {float(mid):.4f}" == "0.0131 0.0076"
    tests = paper.level_tests()
    printing = tests.loc[tests["verdict"] == "reproduced", "test"].tolist()
    assert sorted(printing) == ["Mid-p Fisher", "Pearson chi-square"]
    assert set(tests["test"][: len(printing)]) == set(printing)


def test_no_two_arms_of_218_give_all_four_percents_and_205_patients_do():
    def rounds(count, n, printed):
        return abs(Fraction(100 * count, n) - Fraction(printed)) <= Fraction(1, 20)

    def fits(n, m):
        return any(
            rounds(a, n, "80.7") and any(rounds(k, a, "78.4") for k in range(a + 1))
            for a in range(1, n + 1)
        ) and any(
            rounds(b, m, "33.3") and any(rounds(k, b, "28.1") for k in range(b + 1))
            for b in range(1, m + 1)
        )

    assert not any(fits(n, 218 - n) for n in range(1, 218))
    assert fits(109, 96)
    assert phase_three.arms() == [(13, 88, 109, 32, 96)]
    assert phase_three.equal_arms() == (0, 88, 109, 32, 109)
    assert phase_three.arms_that_print()["percent_soc"].round(1).tolist() == [29.4, 33.3]


def test_218_patients_do_if_mrd_is_that_of_some_responders():
    # 96 of 119 and 33 of 99; free of MRD 69 of 88 and 9 of 32, as among all responders above.
    assert 119 + 99 == 218
    counts = ((96, 119), (33, 99), (69, 88), (9, 32))
    assert [f"{100 * a / b:.1f}" for a, b in counts] == ["80.7", "33.3", "78.4", "28.1"]


def test_both_schedules_had_89_or_90_patients():
    assert paper.schedule_sizes() == [89, 90]
    assert round(100 * (17 + 27 + 8) / 90) == 58


def test_event_free_survival_above_overall_survival_needs_censoring_and_can_then_be_had():
    assert (paper.number("keb-efs"), paper.number("keb-os")) == (22, 20)
    patients = load(KEY, "constructed").to_dict("records")

    def product_limit(day, failures, until):
        left = 1.0
        for last in sorted({p[day] for p in patients if p[day] <= until}):
            at_risk = sum(p[day] >= last for p in patients)
            left *= 1 - sum(p[day] == last and failures(p) for p in patients) / at_risk
        return 100 * left

    free = [product_limit("event_day", lambda p: p["event"] != "censored", d) for d in (182, 365)]
    alive = product_limit("last_day", lambda p: p["died"] == "yes", 365)
    without = 100 - product_limit("event_day", lambda p: p["event"] == "death", 365)
    by_hand = [*free, alive, without]
    assert [round(value) for value in by_hand] == [30, 22, 20, 60]
    assert_allclose(list(transplant.estimates().values()), by_hand, rtol=1e-12)
    assert transplant.within("censored") == 2


def test_event_free_above_overall_survival_can_be_had_from_shares_of_different_patients():
    # Months 6 and 12 free of events, alive at 12, non-relapse deaths; no share of all 26 prints so.
    shares = ((7, 23), (5, 23), (5, 25), (15, 25))
    assert [round(100 * a / b) for a, b in shares] == [30, 22, 20, 60]
    assert not {100 * a // 26 for a in range(27)} & {20, 22}
    assert not {round(100 * a / 26) for a in range(27)} & {20, 22}


def test_the_constructed_patients_have_every_fact_that_is_told_of_the_study():
    patients = load(KEY, "constructed")
    assert len(patients) == 26
    fatal = patients[patients["vod"] == "yes"]
    assert sorted(fatal["last_day"])[2] == 23
    assert len(fatal) == 5
    assert set(fatal["event"]) == {"death"}
    relapsed = patients[patients["event"] == "relapse"]
    assert (relapsed["died"] == "yes").sum() == 8
    assert (relapsed["last_day"] > relapsed["event_day"]).all()
    assert (patients.loc[patients["event"] == "death", "died"] == "yes").all()
    assert (patients.loc[patients["event"] == "censored", "died"] == "no").all()


def test_the_constructed_patients_are_what_their_program_writes(tmp_path):
    written = folder(KEY)
    shutil.copytree(written, tmp_path / KEY)
    subprocess.run([sys.executable, tmp_path / KEY / "make" / "constructed.py"], check=True)
    again = (tmp_path / KEY / "constructed.csv").read_bytes()
    assert again == (written / "constructed.csv").read_bytes()


def test_as_a_cumulative_incidence_the_constructed_patients_have_47_percent():
    patients = load(KEY, "constructed").to_dict("records")
    at_risk, free, incidence = 26, Fraction(1), Fraction(0)
    for patient in sorted(patients, key=lambda p: p["event_day"]):
        if patient["event"] == "death" and patient["event_day"] <= 365:
            incidence += free / at_risk
        if patient["event"] != "censored":
            free *= 1 - Fraction(1, at_risk)
        at_risk -= 1
    assert_allclose(transplant.cumulative_incidence(), float(100 * incidence), rtol=1e-12)
    assert round(100 * incidence) == 47


def test_a_cumulative_incidence_of_60_percent_leaves_at_most_four_relapses():
    # 100 - 21.5 - 59.5 = 19 per cent are left for relapse; a patient weighs at least 1 in 26.
    reading = transplant.competing_reading()
    assert (reading.relapses, reading.followed) == (int(0.19 * 26), int(0.23 * 26)) == (4, 5)


def test_the_response_categories_leave_low_platelets_alone_without_a_category():
    held = criteria.categories().set_index(["platelets", "neutrophils"])["categories"]
    assert held["below", "above"] == ()
    assert held["at", "at"] == ("CR", "CRi", "CRp")
    assert held["above", "above"] == ("CR", "CRp")
    assert held["below", "below"] == ("CRi",)


def test_one_registration_number_of_the_reference_list_is_short():
    registered = load(KEY, "references").set_index("number")["registration"].dropna()
    assert {number: len(text) for number, text in registered.items() if len(text) != 11} == {8: 9}
