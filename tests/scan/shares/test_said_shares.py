"""What words and neighbours say of two numbers: a count with its percent, or a mean with its SD."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, percents


def test_a_mean_with_its_sd_is_left_alone():
    found = percents(
        HEAD, *SOUND, ["Age, mean (SD)", "61 (12)", "60 (11)"], ["BMI (kg/m^2)", "27 (4)", "26 (3)"]
    )
    assert set(found) == {(r, c) for r in (1, 2, 3) for c in (1, 2)}


def test_a_dose_in_the_head_does_not_make_its_percents_doubtful():
    head = ["", "Drug 80 mg/day (n = 40), n (%)", "Placebo (n = 38), n (%)"]
    found = percents(head, *SOUND, ["Stopped", "15 (41.3)", "3 (7.9)"])
    assert found[4, 1].level == "fails"


def test_a_class_of_what_is_measured_counts_patients():
    found = percents(HEAD, ["Age", "", ""], ["40-49", "21 (62.5)", "18 (47.4)"],
                     ["50-59", "19 (47.5)", "20 (52.6)"])  # fmt: skip
    assert found[2, 1].level == "fails"


@pytest.mark.parametrize("label", ["Person-weeks", "Person-gametocyte-weeks"])
def test_a_rate_of_the_time_of_persons_is_no_percent(label):
    rows = [
        ["Day 7, n/N (%)", "7/98 (7.1)", "2/46 (4.3)"],
        ["Day 9, n/N (%)", "9/98 (9.2)", "0/46"],
    ]
    found = percents(
        ["", "A, n/N (%)", "B, n/N (%)"], *rows, [label, "18/814 (22.1)", "3/391 (7.7)"]
    )
    assert "fails" not in {f.level for f in found.values()}


def test_a_head_that_says_mean_and_sd_is_heeded_where_the_caption_says_percent():
    rows = [
        ["Men (N = 37)", "12 (32.4)", "49.6 (26)"],
        ["Women (N = 41)", "14 (34.1)", "50.2 (24)"],
    ]
    found = percents(["", "Ill, n (%)", "Score / Mean (SD)"], *rows, caption="Numbers (percent)")
    assert set(found) == {(1, 1), (2, 1)}


def test_sd_beside_pd_is_stable_disease_and_no_deviation():
    head = ["", "A (n = 62)", "B (n = 62)"]
    rows = [["CR", "0", "5 (8.1)"], ["PR", "16 (25.8)", "36 (58.1)"],
            ["SD", "24 (38.7)", "19 (29.0)"], ["PD", "22 (35.5)", "2 (3.2)"]]  # fmt: skip
    found = percents(head, *rows)
    assert (found[3, 1].level, found[3, 2].level) == ("holds", "fails")
    assert (3, 2) not in percents(head, *rows[:-1])


def test_a_class_of_income_counts_people():
    rows = [["Income, n (%)", "", ""], ["$10,001-$20,000", "12 (30.0)", "10 (26.3)"],
            ["$20,001-$35,000", "15 (41.3)", "3 (7.9)"]]  # fmt: skip
    found = percents(HEAD, *SOUND, *rows)
    assert (found[5, 1].level, found[6, 1].level) == ("holds", "fails")


def test_a_quartile_may_name_a_group():
    head = ["", "Lowest quartile (n = 40)", "Highest quartile (n = 38)"]
    found = percents(head, *SOUND, ["Stroke, n (%)", "3 (7.5)", "3 (7.5)"])
    assert found[4, 2].level == "fails"
    rows = [[row[0].removesuffix(", n (%)"), *row[1:]] for row in SOUND]
    note = "Values are numbers (percentages), n (%)"
    found = percents(head, *rows, ["Stroke", "3 (8.1)", "3 (7.9)"], notes=(note,))
    assert found[4, 1].level == "question"


def test_a_doubtful_word_is_outweighed_by_the_other_groups_of_the_row():
    rows = [["Imputed grade, n (%)", "", ""], ["Low", "24 (60.0)", "30 (88.9)"],
            ["High", "16 (40.0)", "8 (21.1)"]]  # fmt: skip
    assert percents(HEAD, *SOUND, *rows)[5, 2].level == "fails"
    note = ("Missing data were imputed.",)
    assert percents(HEAD, *SOUND, *rows, notes=note)[5, 2].level == "question"


def test_a_word_such_as_change_leaves_a_percent_with_its_sign_to_its_column():
    rows = [["Ill", "21 (52%)", "18 (47%)"], ["Well", "7 (18%)", "9 (24%)"],
            ["Cured", "13 (32%)", "11 (29%)"], ["Worse", "15 (38%)", "12 (32%)"],
            ["Change of drug", "9 (38%)", "3 (8%)"]]  # fmt: skip
    assert percents(HEAD, *rows)[5, 1].level == "question"
    weighted = percents(HEAD, *rows, notes=("Percents are weighted.",))
    assert weighted[5, 1].level == "question"


def test_numbers_say_more_than_a_word_of_the_head():
    rows = [[label.removesuffix(", n (%)"), *(f"{cell[:-1]}%)" for cell in cells)]
            for label, *cells in SOUND]  # fmt: skip
    head = ["", "Routine change (n = 40)", "Change if needed (n = 38)"]
    found = percents(head, *rows, ["Stroke", "15 (33.5%)", "3 (7.9%)"])
    assert {f.level for (r, _), f in found.items() if r < 4} == {"holds"}
    assert found[4, 1].level == "fails"
    assert percents(head, ["Pain", "-8 (33.5%)", "3 (12.1%)"]) == {}


def test_numbers_of_which_nearly_all_lack_some_data_are_shares_that_nothing_calls_so():
    rows = [["Ill", "22 (56.4)"], ["Well", "16 (42.1)"], ["Sad", "33 (89.2)"], ["Old", "9 (23.1)"]]
    found = percents(["", "Drug (n = 40)"], *rows, ["Tired", "25 (63.8)"])
    assert {f.level for (r, _), f in found.items()} == {"question"}
    assert found[2, 1].reading == "holds if 38 of 40 had data"
    rows = [["Ill", "22 (5.4)"], ["Well", "16 (4.2)"], ["Sad", "33 (8.9)"], ["Old", "9 (23.1)"]]
    assert percents(["", "Drug (n = 40)"], *rows) == {}


def test_a_fraction_with_its_percent_is_a_share_though_a_word_beside_it_is_of_means():
    rows = [["Ill at week 24 (±4)", "159/2674 (5.9%)", "164/2597 (7.3%)", "79/1611 (4.9%)"]]
    found = percents(["", "A", "B", "C"], *rows)
    assert [found[1, c].level for c in (1, 2, 3)] == ["holds", "fails", "holds"]
    both = percents(["", "Drug (n = 36)"], ["Men/women, n (% men)", "17/19 (47)"])
    assert both == {}  # 17 of all 36


def test_a_statistic_with_its_degrees_of_freedom_is_no_share():
    rows = [[*row, "0.01 (2)"] for row in SOUND]
    found = percents([*HEAD, "Chi-square (df)"], *rows)
    assert {c for _, c in found} == {1, 2}


def test_a_mean_percent_with_its_sd_is_no_share_of_the_clinics_before_it():
    head = ["Arm", "n", "Patients, n/N (%)", "Of clinics, mean (SD)"]
    rows = [["A", "12", "156/470 (33.2%)", "33.9% (29)"],
            ["B", "14", "96/402 (23.9%)", "48.3% (33)"],
            ["C", "13", "81/305 (26.6%)", "36.5% (31)"]]  # fmt: skip
    found = percents(head, *rows)
    assert {f.level for f in found.values()} == {"holds"}
    assert {c for _, c in found} == {2}


@pytest.mark.parametrize("cell", ["χ^2: 6.4 (2)*", "7.8 (n = 31)"])
def test_a_statistic_with_its_df_and_a_mean_with_its_number_are_no_shares(cell):
    assert (4, 2) not in percents(HEAD, *SOUND, ["Response", "21 (52.5)", cell])


def test_percents_predicted_have_an_sd():
    rows = [["FEV1, % predicted", "51 (12)", "49 (13)"]]
    assert not percents(HEAD, *SOUND, *rows, caption="Mean (SD) or n (%)").keys() - {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_a_percent_beyond_100_beside_shares_is_a_misprint_and_beside_means_an_sd():
    head = ["", "A (n = 27)", "B (n = 33)", "C (n = 31)"]
    rows = [["White", "15 (55.6)", "16 (48.5)", "20 (64.5)"],
            ["Black", "8 (529.6)", "9 (27.3)", "7 (22.6)"],
            ["Others", "4 (14.8)", "8 (24.2)", "4 (12.9)"],
            ["Energy", "1450 (529.6)", "1390 (348)", "1421 (400)"]]  # fmt: skip
    found = percents(head, *rows)
    assert found[2, 1].level == "fails"
    assert not {at for at in found if at[0] == 4}
