"""Levels that make another number than those of other columns and variables do."""

from __future__ import annotations

import pytest
from tests.scan.checks.parts.test_parts import HEAD, Row, parts

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


def test_a_filled_first_column_begins_another_variable():
    head = ["", "", "Yes", "No", "Total"]
    rows = [
        ["First", "Negative", "36", "164", "200"], ["", "Positive", "94", "206", "300"],
        ["Second", "Negative", "89", "211", "300"], ["", "Positive", "41", "159", "200"],
        ["All", "", "130", "370", "500"],
    ]  # fmt: skip
    assert parts(head, *rows) == []
    rows[3][4] = "220"
    assert parts(head, *rows) != []


def test_rows_of_another_variable_below_the_levels_are_no_levels():
    head = [*HEAD, "None (n = 35)"]
    rows = [["Sex, n (%)", "", "", ""], ["Female", "21 (52.5)", "20 (52.6)", "15 (42.9)"]]
    other = ["Earlier nausea, n (%)", "16 (40.0)", "9 (23.7)", "8 (22.9)"]
    assert parts(head, *rows, ["Male", "19 (47.5)", "18 (47.4)", "20 (57.1)"], other) == []
    more = ["Male", "19 (47.5)", "18 (47.4)", "22 (59.5)"]
    assert ("fails", "15 + 22") in parts(head, *rows, more, other)


def test_levels_that_hold_one_another_are_no_parts():
    head = ["", "Drug (n = 51)", "Placebo (n = 51)"]
    rows = [["CD4 count, class, n (%)", "", ""], ["> 200", "29 (56.9)", "27 (52.9)"],
            ["> 350", "16 (31.4)", "16 (31.4)"], ["> 500", "8 (15.7)", "8 (15.7)"]]  # fmt: skip
    assert parts(head, *rows) == []
    rows[1][0], rows[2][0] = "< 350", "350-500"
    assert parts(head, *rows) == [("fails", "29 + 16 + 8")]


def test_two_rows_that_leave_out_nobody_make_the_group():
    rows = [["Men, n", "21", "18"], ["Women, n", "19", "23"]]
    assert parts(HEAD, *rows) == [("fails", "18 + 23")]
    assert parts(HEAD, *rows, text="We randomised 41 patients.") == [("question", "18 + 23")]
    assert parts(HEAD, rows[0], ["Women, n", "18", "19"]) == []  # of some it may not be known
    others = [
        ["Asthmatics (n)", "24", "30"],
        ["Age", "31.2", "32.4"],
        ["Non-asthmatics (n)", "16", "12"],
    ]
    assert parts(HEAD, *others) == [("fails", "30 + 12")]
    assert parts(HEAD, ["Men with pain", "21", "30"], ["Women, n", "19", "22"]) == []
    assert parts(HEAD, ["Smokers", "100", "60"], ["Non-smokers", "0", "40"]) == []  # percents


def test_levels_may_stand_beside_the_label_of_their_variable():
    head = ["", "", "Drug (n = 40)", "Placebo (n = 38)"]
    sex = [["Sex", "Male", "21 (52.5)", "20 (52.6)"], ["", "Female", "19 (47.5)", "18 (47.4)"]]
    race = [["Race", "White", "30 (73.2)", "28 (73.7)"], ["", "Other", "11 (26.8)", "10 (26.3)"]]
    assert parts(head, *sex, *race) == [("fails", "30 + 11")]
    assert parts(head, *sex) == []
    percents = [["School", "Low", "7.5%", "7.4%"], ["", "Medium", "46.6%", "45.7%"],
                ["", "High", "48.9%", "46.9%"], ["Age", "<40", "31.0%", "28.6%"]]  # fmt: skip
    assert parts(["", "", "Drug", "Placebo"], *percents) == [("question", "7.5 + 46.6 + 48.9")]


def test_the_size_of_a_head_is_asked_where_three_variables_make_one_other():
    def rows(n: int) -> list[Row]:
        return [["Sex", "", ""], ["Male", "12", "21"], ["Female", str(n - 12), "17"],
                ["Stage", "", ""], ["I", "5", "8"], ["II", "13", "12"], ["III", str(n - 18), "18"],
                ["Smoker", "", ""], ["Yes", "9", "8"], ["No", str(n - 9), "30"]]  # fmt: skip

    head = ["", "Drug (N = 40)", "Placebo (N = 38)"]
    assert parts(head, *rows(41)) == [("question", "40")]
    assert parts(head, *rows(39)) == [("question", "40")]
    assert parts(head, *rows(40)) == []
    assert parts(head, *rows(31)) == []  # nine may lack the datum
    exchanged = ["", "Drug (N = 38)", "Placebo (N = 60)"]
    assert parts(exchanged, *rows(60)) == [("question", "38"), ("question", "60")]


def test_rows_that_hold_more_than_others_make_are_asked_whatever_their_labels_say():
    rows = [
        ["Sex", "", "", ""],
        ["", "Male", "40", "51"],
        ["", "Female", "51", "47"],
        ["Mask worn", "Never", "55", "37"],
        ["in the", "Often", "15", "26"],
        ["ward", "Always", "21", "35"],
        ["Gloves", "Yes", "60", "66"],
        ["", "No", "31", "32"],
    ]
    visor = [["Visor", "Never", "68", "38"], ["", "Often", "23", "64"]]  # fmt: skip
    head = ["", "", "Cases", "Controls"]
    assert parts(head, *rows, *visor) == [("question", "38 + 64")]
    assert parts(head, *rows[:3], *visor) == []  # nothing makes it twice
    assert parts(head, *rows, visor[0], ["", "Often", "23", "60"]) == []  # as all others
    assert parts(head, *rows, visor[0], ["", "Often", "23", "56"]) == [("question", "38 + 56")]
    several = [["Visor", "Never", "68", "38"], ["", "Often", "53", "79"]]
    assert parts(head, *rows, *several) == []
    assert parts(head, *rows, *visor, caption="Adverse events") == []


def of(n: int, all_of: int) -> str:
    return f"{n}/{all_of} ({100 * n / all_of:.1f})"


def test_the_numbers_behind_a_stroke_make_the_group_in_each_variable():
    head = ["", "Drug (n = 97), n (%)", "Placebo (n = 82), n (%)"]
    told = {"Sex": (31, 57, 19, 41), "Pain": (22, 40, 12, 44), "Kin": (14, 30, 20, 51),
            "Job": (29, 61, 17, 33), "Cat": (17, 51, 15, 33),
            "Dog": (40, 80, 21, 61)}  # fmt: skip
    rows = [
        row
        for name, (a, m, b, n) in told.items()
        for row in (
            [name, "", ""],
            ["Yes", of(a, m), of(b, n)],
            ["No", of(51 - a, 97 - m), of(41 - b, 82 - n)],
        )
    ]
    assert parts(head, *rows) == []
    assert parts(head, *rows[:-1], ["No", of(11, 17), of(20, 20)]) == [("question", "61 + 20")]
    assert parts(head, *rows[:-1], ["No", of(12, 17), of(20, 21)]) == [("question", "40 + 12")]
    fewer = ["No", of(10, 17), of(20, 21)]
    assert parts(head, *rows[:-1], fewer) == [("question", "40 + 10")]
    few = ["No", of(10, 17), of(18, 21)]
    assert parts(head, *rows[6:-1], few) == []  # one of each may not be known


def test_levels_stand_where_their_counts_stand():
    drug, placebo = "Drug (n = 40)", "Placebo (n = 38)"
    head = [["", drug, drug, placebo, placebo], ["", "n", "%", "n", "%"]]
    rows = [["Sex", "", "", "", ""], ["Men", "21", "52.5", "19", "50.0"],
            ["Women", "19", "47.5", "21", "55.3"]]  # fmt: skip
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in (*head, *rows)])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = scan_document(document, "test").findings
    assert [f.column for f in found if f.check == "parts"] == [3, 1]


SEXES = [["Sex", "", ""], ["Male", "22", "17"], ["Female", "18", "21"]]

KIN = [["Next of kin", "", ""], ["Near", "9", "12"], ["Far", "31", "26"]]


def test_levels_that_lack_somebody_are_asked_where_other_columns_and_variables_lack_nobody():
    town = [["Home", "", ""], ["Town", "16", "20"], ["Village", "15", "8"]]
    assert parts(HEAD, *SEXES, *town, ["Farm", "8", "10"]) == [("question", "16 + 15 + 8")]
    assert parts(HEAD, *SEXES, *town, ["Farm", "9", "10"]) == []
    assert parts(HEAD, *SEXES, *town, ["Farm", "8", "9"]) == []  # of both some did not answer
    assert parts(HEAD, *town, ["Farm", "8", "10"]) == []  # nothing else says who was asked
    same = [["Next of kin", "", ""], ["Near", "9", "12"], ["Far", "30", "26"]]
    assert parts(HEAD, *SEXES, *same, *town, ["Farm", "8", "10"]) == []  # one of both is lost
    share = [["Home, n (%)", "", ""], ["Town", "16 (41.0)", "20 (52.6)"],
             ["Village", "15 (38.5)", "8 (21.1)"], ["Farm", "8 (20.5)", "10 (26.3)"]]  # fmt: skip
    assert parts(HEAD, *SEXES, *share) == []  # percents of 39
    of_all = [["Home, n (%)", "", ""], ["Town", "16 (40.0)", "20 (52.6)"],
              ["Village", "15 (37.5)", "8 (21.1)"], ["Farm", "8 (20.0)", "10 (26.3)"]]  # fmt: skip
    assert parts(HEAD, *SEXES, *of_all) == [("question", "16 + 15 + 8")]


def test_levels_that_hold_far_more_are_asked_where_another_column_shows_that_they_exclude():
    head = ["", "G1 (n=27)", "G2 (n=33)", "G3 (n=31)"]
    race = [["Race", "", "", ""], ["White", "15", "16", "20"], ["Black", "8", "19", "7"]]
    assert parts(head, *race, ["Mixed", "4", "8", "4"]) == [("question", "16 + 19 + 8")]
    assert parts(head, *race, ["Mixed", "9", "8", "4"]) == []  # in one of three alone
    assert parts(head, ["Adverse events", "", "", ""], *race[1:], ["Mixed", "4", "8", "4"]) == []


def test_levels_that_hold_more_in_every_column_are_asked_of_classes_and_of_yes_and_no():
    drugs = [["Smoking", "", ""], ["Never", "25", "19"], ["On a drug", "22", "24"]]
    assert parts(HEAD, *SEXES, *KIN, *drugs) == []  # the drug is of another variable
    classes = [["Smoking", "", ""], ["< 5 a day", "25", "19"], ["≥ 5 a day", "22", "24"]]
    assert len(parts(HEAD, *SEXES, *KIN, *classes)) == 2
    answers = [["Smoking", "", ""], ["Yes", "25", "19"], ["No", "22", "24"]]
    assert len(parts(HEAD, *SEXES, *KIN, *answers)) == 2


def test_levels_may_be_followed_by_what_is_no_level():
    house = [["House", "", ""], ["Own", "30", "28"], ["Rented", "10", "10"], ["Old", "12", "9"]]
    assert parts(HEAD, *SEXES, *KIN, *house) == []
    both = [["House", "", ""], ["Own", "12", "8"], ["Rented", "8", "10"], ["Any", "20", "18"]]
    assert parts(HEAD, *SEXES, *KIN, *both) == []
    alike = [["Strength", "", ""], ["Before", "19", "19"], ["After", "19", "19"]]
    assert parts(HEAD, *SEXES, *KIN, *alike) == []


def test_two_rows_that_are_each_others_rest_make_the_group():
    head = ["", "Drug (n = 105)", "Placebo (n = 112)"]
    rows = [["Drained", "41", "50"], ["Not drained", "64", "62"],
            ["Volume ≥ 165", "57", "71"], ["Volume < 165", "48", "41"]]  # fmt: skip
    assert parts(head, *rows, ["Age ≥ 70", "61", "70"], ["Age < 70", "44", "40"]) == [
        ("question", "70 + 40")
    ]
    assert parts(head, *rows, ["Age ≥ 70", "61", "70"], ["Age < 75", "44", "40"]) == []
    assert parts(head, *rows, ["Age ≥ 70", "61", "74"], ["Age < 70", "44", "40"]) == [
        ("fails", "74 + 40")
    ]


def test_a_level_that_nobody_has_may_be_left_blank():
    head = ["", "Month 1 (n = 30)", "Month 3 (n = 30)", "Month 6 (n = 30)"]
    stiff = [["Stiffness", "", "", ""], ["Absent", "16", "14", "15"], ["Mild", "7", "7", "15"],
             ["Severe", "7", "9", ""]]  # fmt: skip
    twist = [["Twisting", "", "", ""], ["Absent", "21", "18", "19"], ["Mild", "5", "7", "11"]]
    assert parts(head, *stiff, *twist, ["Severe", "3", "5", ""]) == [("question", "21 + 5 + 3")]
    assert parts(head, *stiff, *twist, ["Severe", "4", "5", ""]) == []


def test_levels_of_other_patients_are_not_asked():
    few = [["Hard to follow", "", ""], ["Yes", "3", "60"], ["No", "17", "39"]]
    assert parts(["", "A (n = 20)", "B (n = 15)"], *few) == []


def test_a_single_number_beside_a_label_is_no_p_of_a_heading():
    rows = [["Status", "", ""], ["Alert", "9", "5"], ["Drowsy", "3", "7"], ["Stupor", "", "1"]]
    sex = [["Sex", "", ""], ["Male", "7", "6"], ["Female", "5", "7"]]
    head = ["", "Load (n = 12)", "No load (n = 13)"]
    assert parts(head, *sex, *rows) == []
    assert parts(head, *sex, *rows[:2], ["Drowsy", "3", "6"], rows[3]) == [
        ("question", "5 + 6 + 1")
    ]


def test_what_a_note_tells_to_be_missing_is_not_asked():
    rows = [["Sex", "", ""], ["Male", "40", "30"], ["Female", "60", "50"]]
    rows += [["Side", "", ""], ["Left", "55", "41"], ["Right", "45", "38"]]
    grid = grid_of(
        [[(cell, 1, 1) for cell in row] for row in (["", "A (n = 100)", "B (n = 80)"], *rows)]
    )

    def asked(*notes: str) -> list[str]:
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "parts" and f.level != "holds"]

    assert asked("The side was not recorded for one patient.") == []
    assert asked("A, the first group.") == ["41 + 38"]


def test_levels_of_which_a_patient_may_have_several_hold_more_than_the_group():
    rows = [
        ["Sex, n (%)", "", ""],
        ["Men", "21 (52.5)", "18 (47.4)"],
        ["Women", "19 (47.5)", "20 (52.6)"],
        ["Race^a, n (%)", "", ""],
        ["White", "30 (75.0)", "27 (71.1)"],
        ["Black", "11 (27.5)", "12 (31.6)"],
    ]

    def asked(*notes: str) -> list[str]:
        grid = grid_of([[(cell, 1, 1) for cell in row] for row in (HEAD, *rows)])
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "parts" and f.level != "holds"]

    assert asked("^aPatients may have chosen more than one.") == []
    assert asked("^aAs they said themselves.") == ["30 + 11", "27 + 12"]


def test_drugs_and_times_are_no_levels():
    sound = [
        ["Sex, n (%)", "", ""],
        ["Men", "21 (52.5)", "18 (47.4)"],
        ["Women", "19 (47.5)", "20 (52.6)"],
        ["Side, n (%)", "", ""],
        ["Left", "25 (62.5)", "21 (55.3)"],
        ["Right", "15 (37.5)", "17 (44.7)"],
    ]

    def asked(name: str, *labels: str) -> bool:
        levels = [
            [label, n, k] for label, n, k in zip(labels, ("16", "23"), ("16", "22"), strict=True)
        ]
        return bool(parts(HEAD, *sound, [name, "", ""], *levels))

    assert not asked("Medication", "Aspirin", "Statin")
    assert not asked("Zinc", "2 weeks", "6 weeks")
    assert asked("Zinc", "little", "much")


def test_what_makes_the_number_behind_it_is_of_that():
    head = ["", "A, n/N (%)", "B, n/N (%)"]
    rows = [
        ["Sex", "", ""],
        ["Men", "200/354 (56.5)", "3000/5026 (59.7)"],
        ["Women", "154/354 (43.5)", "2026/5026 (40.3)"],
        ["Side", "", ""],
        ["Left", "281/354 (79.4)", "3871/5012 (77.2)"],
        ["Right", "73/354 (20.6)", "1141/5012 (22.8)"],
    ]
    assert parts(head, *rows) == []


@pytest.mark.parametrize(("size", "asked"), [("(n = 54)", False), ("", True)])
def test_a_head_within_a_table_prints_the_size_of_what_is_below_it(size, asked):
    def block(name: str, label: str, *rows: Row) -> list[list[tuple[str, int, int]]]:
        return [
            [(name, 1, 1), ("", 1, 1), (label, 1, 3), ("Sensitivity", 1, 1)],
            [("", 1, 2), ("Yes", 1, 1), ("No", 1, 1), ("Total", 1, 1), ("95% CI", 2, 1)],
            [("Swab", 1, 2), ("Yes", 1, 1), ("No", 1, 1), ("Total", 1, 1)],
            *([(cell, 1, 1) for cell in ("", *row)] for row in rows),
        ]

    grid = grid_of([
        *block("A.", "Nose (n = 53)", ["Yes", "6 (11.3%)", "0 (0.0%)", "6 (11.3%)", ""],
               ["No", "1 (1.9%)", "46 (86.8%)", "47 (88.7%)", "85.71%"],
               ["Total", "7 (13.2%)", "46 (86.8%)", "53 (100%)", "0.42, 1.00"]),
        *block("B.", f"Throat {size}", ["Yes", "6 (11.1%)", "1 (1.9%)", "7 (13.0%)", "85.71%"],
               ["No", "1 (1.9%)", "46 (85.2%)", "47 (87.0%)", "0.42, 1.00"],
               ["Total", "7 (13.0%)", "47 (87.0%)", "54 (100%)", ""]),
    ])  # fmt: skip
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 0),))
    found = [f.printed for f in scan_document(document, "test").findings
             if f.check == "parts" and f.level != "holds"]  # fmt: skip
    assert found == ["7 + 47"] * asked
