"""Percents of other patients than those of their printed size: what tells, and what does not."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, percents


def test_one_digit_off_the_percent_of_fewer_is_no_accusation_where_the_row_is_of_fewer():
    rows = [*SOUND, ["Disabled, n (%)", "1 (4.6)", "2 (7.4)"]]  # of 22: 4.55; of 27
    assert percents(HEAD, *rows)[4, 1].level == "question"
    rows[-1][1] = "9 (29.7)"  # nine of 30: 30.0; of 31: 29.03
    assert percents(HEAD, *rows)[4, 1].level == "fails"


def test_a_row_may_be_of_more_patients_than_its_column_prints():
    wrong = ["Stroke, n (%)", "3 (7.1)", "3 (7.9)"]  # of 42
    assert percents(HEAD, *SOUND, wrong)[4, 1].level == "fails"
    told = percents(
        HEAD, *SOUND, wrong, text="We randomised 81: group A (n = 42), group B (n = 39)."
    )
    assert told[4, 1].level == "question"
    larger = ["Statin, n (%)", "44 (97.8)", "37 (97.4)"]
    assert percents(HEAD, *SOUND, wrong, larger)[4, 1].level == "fails"
    more = ["Aspirin, n (%)", "45 (100)", "37 (97.4)"]
    assert percents(HEAD, *SOUND, wrong, larger, more)[4, 1].level == "question"
    none = ["Stroke, n (%)", "15 (41.3)", "3 (7.9)"]
    assert percents(HEAD, *SOUND, none, larger, more)[4, 1].level == "question"


def test_a_percent_of_another_number_than_the_printed_one_is_asked():
    """With those not resected they are 505, of which all percents are; 429 stands behind each."""
    found = percents(
        ["", "Drug (n = 533)"], ["Resection, n/N (%)", ""],
        ["Complete", "321/429 (64)"], ["Partial", "108/429 (21)"], ["None", "76/429 (15)"],
    )  # fmt: skip
    assert {f.level for f in found.values()} == {"question"}
    assert "of 505: the sum of these 3 levels; 429 is printed behind it" in found[2, 1].reading


def test_a_row_whose_counts_all_are_of_other_patients_is_a_question():
    for row in (
        ["Gene, n (%)", "15 (41.7)", "16 (47.1)"],
        ["Gene, n (%)", "20 (46.5)", "19 (47.5)"],
    ):
        found = percents(HEAD, *SOUND, row)
        assert {found[4, c].level for c in (1, 2)} == {"question"}
    found = percents(HEAD, *SOUND, ["Gene, n (%)", "20 (46.5)", "19 (50.0)"])
    assert (found[4, 1].level, found[4, 2].level) == ("fails", "holds")


def test_a_total_is_no_share_of_itself():
    found = percents(["", "n", "%"], ["Women", "53", "51.5"], ["Men", "31", "38.3"],
                     ["Total", "84", "45.7"])  # fmt: skip
    assert "fails" not in {f.level for f in found.values()}


def test_a_total_with_a_percent_is_of_the_count_before_it():
    head = ["", "No. responses", "Total No. (%)", "No. responses", "Total No. (%)"]
    rows = [["Clinical", "3", "9 (33)", "44", "90 (49)"],
            ["Ultrasound", "3", "9 (33)", "26", "74 (35)"],
            ["Mammography", "1", "9 (11)", "22", "90 (24)"]]  # fmt: skip
    assert {f.level for f in percents(head, *rows).values()} <= {"holds"}


ALL = ["", "Drug (n = 140)", "Placebo (n = 138)", "All (n = 278)"]

SOUND_ALL = [["Male, n (%)", "61 (43.6)", "58 (42.0)", "119 (42.8)"],
             ["Diabetes, n (%)", "70 (50.0)", "69 (50.0)", "139 (50.0)"],
             ["Smoker, n (%)", "83 (59.3)", "89 (64.5)", "172 (61.9)"]]  # fmt: skip


def test_groups_that_lack_as_many_as_all_of_them_do_are_not_asked_of():
    """Of 137 and 133, which are 270; where all would be of 275, the row contradicts itself."""
    less = ["Working, n (%)", "77 (56.2)", "80 (60.2)", "157 (58.1)"]
    assert not {(4, c) for c in (1, 2, 3)} & set(percents(ALL, *SOUND_ALL, less))
    found = percents(ALL, *SOUND_ALL, [*less[:3], "157 (57.1)"])
    assert {found[4, c].level for c in (1, 2, 3)} == {"question"}


@pytest.mark.parametrize(
    ("label", "note", "asked"),
    [
        ("Caesarean^a, n (%)", "^aExcludes women who were not delivered.", False),
        ("Caesarean^a, n (%)", "^aIn the birth before.", True),
        ("Caesarean, n (%)", "^aExcludes women who were not delivered.", True),
        ("Section among mothers, n (%)", "", False),
        ("Treated if positive, n (%)", "", False),
        ("Help if you need it, n (%)", "", True),
    ],
)
def test_a_label_or_a_note_says_of_whom_a_percent_is(label, note, asked):
    rows = [*SOUND, ["Smoker^a, n (%)", "13 (32.5)", "11 (28.9)"]] if "^a" not in label else SOUND
    found = percents(HEAD, *rows, [label, "5 (20.0)", "4 (17.4)"], notes=(note,))
    at = len(rows) + 1
    assert {found[at, c].level for c in (1, 2) if (at, c) in found} == (
        {"question"} if asked else set()
    )


def test_the_count_of_another_row_accuses_nothing_where_the_column_prints_its_size():
    rows = [
        ["Fever, n (%)", "8 (33.3)", "9 (37.5)", "10 (41.7)", "3 (12.5)"],
        ["Cough, n (%)", "6 (25.0)", "11 (45.8)", "13 (54.2)", "5 (20.8)"],
        ["Treated, n (%)", "4 (50.0)", "3 (33.3)", "7 (70.0)", "1 (4.6)"],
    ]
    assert percents(["", "A", "B", "C", "D"], *rows)[3, 4].level == "fails"
    sized = [f"{name} (n = 24)" for name in "ABCD"]
    assert percents(["", *sized], *rows)[3, 4].level == "question"


def test_a_cell_of_a_row_of_percents_of_the_row_is_asked_as_the_others_are():
    rows = [["Male", "20", "33.9", "71", "57.7", "69", "53.5", "37", "54.4"],
            ["Smokers", "30", "50.8", "46", "37.4", "67", "51.9", "27", "39.7"],
            ["Haitian", "28", "21.5", "54", "41.5", "27", "20.8", "15", "13.4"]]  # fmt: skip
    sizes = (59, 123, 129, 68)
    heads = [head for n in sizes for head in (f"Style {n} (n = {n}), N", f"Style {n} (n = {n}), %")]
    found = percents(["", *heads], *rows)
    assert "fails" not in {f.level for f in found.values()}
    assert found[3, 2].level == "question"


def test_a_row_in_another_order_of_columns_is_accused():
    head = ["", "A (n = 100)", "B (n = 60)", "C (n = 30)", "D (n = 20)"]
    found = percents(
        head,
        ["Men, n (%)", "50 (50)", "45 (75)", "21 (70)", "13 (65)"],
        ["Asthma, n (%)", "11 (11)", "7 (12)", "5 (17)", "3 (15)"],
        ["Heart disease, n (%)", "18 (18)", "13 (22)", "8 (27)", "9 (45)"],
        ["Smokers among the men, n (%)", "29 (64)", "17 (81)", "9 (69)", "31 (62)"],
    )
    assert {found[4, c].level for c in range(1, 5)} == {"fails"}
    assert "as in column B (n = 60)" in found[4, 1].reading


def test_a_head_that_stands_one_column_off_is_not_accused():
    found = percents(
        ["", "", "A (n = 33)", "B (n = 32)"],
        ["Male", "20 (60.6%)", "23 (71.9%)", ""],
        ["Bulky", "11 (33.3%)", "10 (31.3%)", ""],
        ["ZAP-70", "17 (51.5%)", "17 (53.1%)", ""],
        ["CD38", "12 (36.4%)", "18 (56.3%)", ""],
    )
    assert "fails" not in {f.level for f in found.values()}


def test_two_columns_that_changed_places_are_accused():
    head = ["", "A (n = 384)", "B (n = 162)", "C (n = 992)"]
    found = percents(
        head,
        ["Women, n (%)", "240 (63%)", "98 (60%)", "589 (59%)"],
        ["Stroke, n (%)", "25 (7%)", "6 (4%)", "23 (2%)"],
        ["Cancer, n (%)", "68 (18%)", "25 (15%)", "142 (14%)"],
        ["Asthma, n (%)", "348 (91%)", "928 (94%)", "146 (90%)"],
    )
    assert [found[4, c].level for c in (1, 2, 3)] == ["holds", "fails", "fails"]


def test_two_arms_whose_percents_changed_places_are_accused():
    found = percents(HEAD, *SOUND, ["Gene, n (%)", "20 (52.6)", "20 (50.0)"])
    assert "fails" in {found[4, 1].level, found[4, 2].level}


def test_levels_of_two_arms_that_each_make_the_size_of_the_other_are_asked_about():
    rows = [
        ["Sex", "", ""],
        ["Male", "26 (68.4)", "22 (55.0)"],
        ["Female", "12 (31.6)", "18 (45.0)"],
    ]
    found = percents(HEAD, *SOUND, *rows)
    assert {found[r, c].level for r in (5, 6) for c in (1, 2)} == {"question"}
    assert "its levels make 38, the size of Placebo (n = 38)" in found[5, 1].reading
    rows[1][2], rows[2][2] = "20 (52.6)", "18 (47.4)"
    assert percents(HEAD, *SOUND, *rows)[5, 1].level == "holds"  # two may lack the datum


def test_sizes_that_stand_above_the_wrong_columns_are_asked_about():
    rows = [["Male", "20 (52.6)", "25 (62.5)"], ["Female", "18 (47.4)", "15 (37.5)"],
            ["Low", "7 (18.4)", "14 (35.0)"], ["High", "31 (81.6)", "26 (65.0)"]]  # fmt: skip
    rows = [["Sex, n (%)", "", ""], *rows[:2], ["Income, n (%)", "", ""], *rows[2:]]
    found = percents(HEAD, *rows)
    assert [found[r, 1].level for r in (2, 3, 5, 6)] == ["question"] * 4
