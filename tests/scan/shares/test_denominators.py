"""What each percent of a table is of: its notes, its block, the size of its group elsewhere."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, percents, table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


def test_nobody_is_not_all_of_nobody():
    found = percents(["", "Deaths, n (%)"], ["Drug", "0 (100)"], ["Placebo", "0 (100)"])
    assert "holds" not in {f.level for f in found.values()}


def test_all_of_a_row_need_not_be_a_printed_size():
    head = ["", "Yes, n (%)", "No, n (%)", "Treated, n (%)"]
    rows = [
        ["Drug", "14 (82.4)", "3 (17.6)", "17 (100)"],
        ["None", "13 (81.3)", "3 (18.8)", "16 (100)"],
    ]
    assert {f.level for f in percents(head, *rows).values()} == {"holds"}


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Data were available for 37 patients.", ""),
        ("Stroke was not recorded in three patients.", ""),
    ],
)
def test_a_footnote_on_who_was_evaluated_saves(note, text):
    found = percents(
        HEAD, *SOUND, ["Stroke, n (%)^a", "3 (8.1)", "3 (7.9)"], notes=(note,), text=text
    )
    assert found[4, 1].level == "holds"


def test_a_footnote_takes_no_patient_from_levels_that_make_the_whole_group():
    levels = [["Outcome, n (%)", "", ""], ["alive", "38 (97.4)", "36 (94.7)"],
              ["dead", "2 (5.0)", "2 (5.3)"]]  # fmt: skip
    found = percents(HEAD, *SOUND, *levels, notes=("One patient was lost.",))
    assert found[5, 1].level == "fails"


def test_a_proportion_is_a_share_too():
    found = percents(["", "Drug (n = 30)"], ["Male, n (%)", "21 (0.7)"], ["Gout, n (%)", "6 (0.2)"])
    assert {f.level for f in found.values()} == {"holds"}


def test_none_of_a_hundred_is_no_proportion_in_a_column_of_percents():
    rows = [["Surgery", "24 (7.5)"], ["Irradiated", "285 (89.6)"], ["Both", "58 (18.2)"],
            ["Drugs", "93 (29.2)"], ["Neither", "1 (0.0)"]]  # fmt: skip
    found = percents(["", "All (n = 318), n (%)"], *rows)
    assert [found[r, 1].level for r in (1, 2, 3, 4, 5)] == ["holds"] * 4 + ["fails"]


def test_years_of_a_caption_are_no_patients():
    row = ["Stroke, n (%)", "1 (10.0)", "2 (5.3)"]
    found = percents(HEAD, *SOUND, row, caption="Complications in a 10-year follow-up")
    assert found[4, 1].level == "question"


def test_a_group_is_of_the_size_that_another_table_or_the_text_prints_for_its_name():
    text = "We randomised patients to the drug group (n = 40) or to no drug (n = 38)."
    rows = [["Stroke, n (%)", "12 (30.0)", "9 (23.7)"], ["Pain, n (%)", "7 (17.5)", "8 (21.1)"]]
    assert percents(["", "Drug", "Placebo"], *rows) == {}
    found = percents(["", "Drug group", "No drug"], *rows, text=text)
    assert {f.against for f in found.values()} == {"40", "38"}
    tables = (table(HEAD, *SOUND), table(["", "Drug", "Placebo"], *rows))
    document = Document("test", "", (), tables)
    held = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    assert len(held) == 10
    assert any("the size of the group in Table 1" in f.reading for f in held)


def test_the_size_in_the_corner_is_that_of_the_table():
    rows = [["Fever", "7 (5%)", "5 (4%)"], ["Rash", "11 (8%)", "9 (6%)"],
            ["Nausea", "31 (22%)", "17 (12%)"], ["Pain", "52 (37%)", "23 (16%)"],
            ["Cough", "44 (31%)", "38 (27%)"]]  # fmt: skip
    said = [(f.level, f.against) for f in percents(["n = 140", "Mild", "Severe"], *rows).values()]
    assert ("holds", "140") in said
    assert "140" not in {f.against for f in percents(["", "Mild", "Severe"], *rows).values()}


def test_levels_that_are_of_another_number_than_the_group_are_asked_about():
    improved = [["Improved (n = 29)", ""], ["Yes", "10 (34.5)"], ["No", "14 (13.0)"]]
    rows = [["Sex", ""], ["Male", "79 (73.1)"], ["Female", "29 (26.9)"], *improved]
    found = percents(["", "Studies, n (%)"], *rows, caption="All 108 studies")
    assert (found[5, 1].level, found[6, 1].against) == ("holds", "29")


def test_a_size_of_the_caption_goes_before_one_of_another_place():
    text = "After a year 235 had lost weight (year one, n = 235)."
    rows = [["Active", "198 (35.8%)"], ["Very active", "115 (20.8%)"], ["Light", "421 (76.1%)"],
            ["Slim", "269 (48.6%)"], ["Lighter", "235 (42.0%)"]]  # fmt: skip
    found = percents(["", "Year one"], *rows, caption="Activity (n = 553)", text=text)
    assert [found[r, 1].level for r in range(1, 6)] == ["holds"] * 4 + ["question"]


def test_the_text_prints_the_size_of_a_group_before_its_name():
    rows = [["Men, n (%)", "28 (70)", "21 (52.5)"], ["Pain, n (%)", "5 (12.5)", "17 (47)"]]
    text = "There were 40 patients in the pregabalin group and 40 patients in the placebo group."
    found = percents(["", "Pregabalin", "Placebo"], *rows, text=text)
    assert [found[r, c].level for r, c in ((1, 1), (1, 2), (2, 1))] == ["holds"] * 3
    assert found[2, 2].reading == "40 is the size of the group in the text; it is of 36"
    text = f"{text} Of placebo (n = 36), few were well."  # behind a name is nearer
    assert percents(["", "Pregabalin", "Placebo"], *rows, text=text)[2, 2].against == "36"
    text = "Placebo: 4 patients in the no placebo group."
    assert (2, 2) not in percents(["", "Drug", "Placebo"], *rows, text=text)


def test_a_group_is_named_above_the_sizes_and_percents_of_its_columns():
    first = [["", "Usual (n = 35)", "Usual (n = 35)", "Smart (n = 35)", "Smart (n = 35)"],
             ["", "n", "%", "n", "%"], ["Men", "17", "48.6 %", "22", "62.9 %"]]  # fmt: skip
    second = [["", "Usual care", "Usual care", "Smart group", "Smart group"],
              ["", "n", "%", "n", "%"], ["Ill", "2", "5.7 %", "2", "5.7 %"],
              ["Worn", "0", "0.0 %", "3", "8.6 %"],
              ["Dead", "2", "5.7 %", "6", "22.9 %"]]  # fmt: skip
    tables = tuple(
        Table(i, f"Table {i + 1}", "", grid_of([[(x, 1, 1) for x in row] for row in rows]), 2)
        for i, rows in enumerate((first, second))
    )
    found = scan_document(Document("test", "", (), tables), "test").findings
    asked = [f for f in found if f.check == "percent" and f.level != "holds"]
    assert [(f.printed, f.against) for f in asked] == [("6 | 22.9 %", "35")]


def test_a_size_from_elsewhere_is_of_a_column_some_of_whose_percents_are_of_it():
    rows = [[f"Scale {i}, n (%)", f"{i + 60} ({25 - i}%)"] for i in range(7)]
    text = "In the placebo (n = 200) group all were seen."
    assert not percents(["", "Placebo"], *rows, text=text)


def test_rows_below_a_count_of_a_number_are_of_it_too():
    rows = [["Infections", ""], ["any", "29/847 (3.4)"], ["severe", "25 (3.0)"]]
    assert percents(["", "Control, n (%)"], *rows)[3, 1].level == "holds"


def test_a_number_of_the_label_is_what_its_percents_are_of():
    rows = [["Present (UC: 71; I: 78)", "36 (50.7)", "32 (41.0)"],
            ["Present (UC: 71; I: 66)", "36 (50.7)", "32 (41.0)"]]  # fmt: skip
    found = percents(["n (%)", "UC", "I"], *SOUND, *rows)
    assert "78: printed in its block" in found[4, 2].reading
    assert found[5, 2].level != "holds"


@pytest.mark.parametrize(("note", "level"), [("Peru, 2010.", "fails"), ("N = 2010.", "holds")])
def test_a_year_is_no_size(note, level):
    found = percents(HEAD, *SOUND, ["Moderate, n (%)", "53 (2.6)", "11 (28.9)"], notes=(note,))
    assert found[4, 1].level == level


def test_the_number_of_a_label_may_be_of_all_groups_together():
    rows = [["Tiredness (n = 63)", "", ""], ["Mild, n (%)", "10 (31.2)", "12 (38.7)"]]
    assert (5, 1) not in percents(HEAD, *SOUND, *rows)  # 32 and 31
    rows[0][0] = "Tiredness (n = 69)"
    assert percents(HEAD, *SOUND, *rows)[5, 1].level == "question"


def test_a_column_that_begins_with_all_is_of_those():
    rows = [["1", "83", "100", "47", "100", "36", "100"],
            ["2", "67", "81", "31", "81", "36", "100"],
            ["3", "42", "51", "20", "43", "22", "61"]]  # fmt: skip
    head = ["Phase", "Total n", "Total %", "Group A (n)", "%", "Group B (n)", "%"]
    found = percents(head, *rows)
    assert found[2, 4].level != "holds"  # 31 of 47 is 66 %, as it is 81 % of 38
    assert "31 of 47 is 66.0 %" in found[2, 4].recomputed
    assert {f.level for place, f in found.items() if place != (2, 4)} == {"holds"}
    rows[0][3:5] = "40", "85"  # not all: fewer than come after, and of another size
    assert percents(head, *rows)[1, 4].reading.count("100 %") == 0


def test_a_digit_within_a_word_of_a_footnote_is_no_missing_patient():
    note = "HbA1C: glycated hemoglobin, chi-square test not available"
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (38.5)", "3 (7.9)"], notes=(note,))
    assert found[4, 1].level == "question"


LESS = ["Working, n (%)", "17 (45.9)", "20 (52.6)"]
"""Of 37 of the 40, and of all 38."""


@pytest.mark.parametrize(
    "note",
    [
        "Sample sizes vary slightly due to missing data.",
        "Percents are of patients with data.",
        "*Missing data in some variables account for lower numbers.",
        "Data on work were missing for four patients.",
    ],
)
def test_a_note_on_missing_data_explains_a_percent_of_fewer(note):
    assert (4, 1) not in percents(HEAD, *SOUND, LESS, notes=(note,))


@pytest.mark.parametrize(
    "note",
    [
        "NA, not available.",
        "Data on work were missing for two patients.",
        "^aData on smoking unavailable for some.",
    ],
)
def test_a_note_on_other_data_or_on_fewer_patients_explains_nothing(note):
    marked = ["Smoker^a, n (%)", "13 (32.5)", "11 (28.9)"]
    found = percents(HEAD, *SOUND[:2], marked, LESS, notes=(note,))
    assert found[4, 1].level == "question"


def test_a_note_is_of_the_row_that_its_mark_stands_in():
    note = "^aMissing data in some patients ^bAs told by the patients"
    rows = [["Lame^a, n (%)", "4 (10.0)", "3 (7.9)"], [f"{LESS[0]}^b", *LESS[1:]]]
    assert percents(HEAD, *SOUND, *rows, notes=(note,))[5, 1].level == "question"
    rows = [["Lame^b, n (%)", "4 (10.0)", "3 (7.9)"], [f"{LESS[0]}^a", *LESS[1:]]]
    assert (5, 1) not in percents(HEAD, *SOUND, *rows, notes=(note,))
