"""A count and its percent: which readings save it, and what none saves."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.layout import Layout

HEAD = ["", "Drug (n = 40)", "Placebo (n = 38)"]
SOUND = [
    ["Male, n (%)", "21 (52.5)", "18 (47.4)"],
    ["Diabetes, n (%)", "7 (17.5)", "9 (23.7)"],
    ["Smoker, n (%)", "13 (32.5)", "11 (28.9)"],
]


SOUND_ONE = [row[:2] for row in SOUND]


def table(*rows: list[str], head: int = 1, caption: str = "", notes: tuple[str, ...] = ()) -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    return Table(0, "Table 1", caption, grid, head, notes)


def percents(*rows: list[str], text: str = "", **more: object) -> dict[tuple[int, int], Finding]:
    paragraphs = (Paragraph("Methods", 1, text),) if text else ()
    document = Document("test", "", paragraphs, (table(*rows, **more),))  # type: ignore[arg-type]
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f for f in found if f.check == "percent"}


def test_percents_of_the_head_hold():
    found = percents(HEAD, *SOUND)
    assert len(found) == 6
    assert {f.level for f in found.values()} == {"holds"}


@pytest.mark.parametrize(
    ("note", "level"),
    [("N = 38.", "holds"), ("Safety set.", "question"), ("At day 38.", "question")],
)
def test_of_one_more_than_the_size_behind_the_others_is_no_accusation(note, level):
    rows = [[f"Sign {n}", f"{n} ({n / 0.37:.0f})"] for n in (3, 6, 9, 11, 12, 13, 16, 22, 25, 28)]
    found = percents(["n (%)", "All"], *rows, ["Success", "30 (79)"], notes=(note,))
    assert found[11, 1].level == level


def test_a_second_study_of_the_table_is_not_of_the_sizes_of_the_first():
    again = [["B. Second study", "", ""], ["", "Drug 2 (n = 40)", "Placebo (n = 24)"]]
    rows = [["Male, n (%)", "10 (25.0)", "6 (25.0)"], ["White, n (%)", "21 (52.5)", "18 (47.4)"]]
    found = percents(HEAD, *SOUND, *again, *rows)
    assert [found[6, c].level for c in (1, 2)] == ["holds", "holds"]
    assert [found[7, c].level for c in (1, 2)] == ["holds", "question"]


def test_two_levels_whose_percents_make_100_are_of_their_sum():
    rows = [["Children, n (%)", ""], ["1-2", "116 (72.1)"], ["3 or more", "45 (27.9)"]]
    found = percents(["", "Control (n = 181)"], *rows)
    assert [found[r, 1].level for r in (2, 3)] == ["question", "holds"]  # 116 is 72.05 % of 161
    assert "at most one unit" in found[2, 1].reading
    assert found[3, 1].against == "161"
    sexes = [["Men", "16 (72)", "15 (68)"], ["Women", "6 (28)", "7 (32)"]]
    found = percents(["n (%)", "Drug (n = 220)", "Placebo (n = 22)"], *sexes)
    assert found[1, 1].level == "question"  # of so few of 220 that the head may be wrong


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


def test_a_percent_that_no_number_of_patients_gives_is_accused():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (41.3)", "3 (7.9)"])
    assert found[4, 1].level == "fails"
    assert "15 of 40 is 37.50 %" in found[4, 1].recomputed
    assert found[4, 2].level == "holds"


def test_a_percent_that_needs_more_patients_than_there_are_is_accused():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (7.5)", "3 (7.5)"])
    assert found[4, 2].level == "fails"
    assert "only of 40 patients or more" in found[4, 2].reading


def test_missing_data_that_nothing_states_is_a_question():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (8.1)", "3 (7.9)"])
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if 37 of 40 had data"


def test_missing_data_and_a_rounding_of_a_rounding_together_are_asked():
    """No number of patients gives 39 % to ten of them; 26 would, 38.46 rounded to 38.5 first."""
    head = ["", "Drug (n = 27)", "Placebo (n = 38)"]
    others = ["Male, n (%)", "3 (11)", "2 (5)"], ["Diabetes, n (%)", "21 (78)", "30 (79)"]
    found = percents(head, *others, ["Married, n (%)", "16 (59)", "24 (63)"],
                     ["Schooled, n (%)", "10 (39)", "16 (42)"])  # fmt: skip
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if 26 of 27 had data, rounded twice"


def test_missing_data_are_no_reading_where_the_levels_make_the_whole_group():
    found = percents(
        HEAD, *SOUND, ["Stage, n (%)", "", ""], ["I", "12 (30.0)", "10 (26.3)"],
        ["II", "8 (25.0)", "18 (47.4)"], ["III", "20 (50.0)", "10 (26.3)"],
    )  # fmt: skip
    assert found[6, 1].level == "fails"
    assert found[5, 1].level == found[7, 1].level == "holds"


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


def test_a_digit_within_a_word_of_a_footnote_is_no_missing_patient():
    note = "HbA1C: glycated hemoglobin, chi-square test not available"
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (38.5)", "3 (7.9)"], notes=(note,))
    assert found[4, 1].level == "question"


def test_percents_of_a_row_hold_inside_a_table_of_column_percents():
    found = percents(HEAD, *SOUND, ["Severe, n (%)", "30 (42.9)", "40 (57.1)"])
    assert {found[4, 1].level, found[4, 2].level} == {"holds"}
    assert "sum of the row" in found[4, 1].reading


def test_levels_of_which_some_patients_have_no_datum_hold_of_their_sum():
    found = percents(
        HEAD,
        *SOUND,
        ["Race", "", ""],
        ["A", "20 (57.1)", "19 (50.0)"],
        ["B", "15 (42.9)", "19 (50.0)"],
    )
    assert found[5, 1].level == "holds"
    assert "35: the sum of these 2 levels" in found[5, 1].reading


def test_a_mean_with_its_sd_is_left_alone():
    found = percents(
        HEAD, *SOUND, ["Age, mean (SD)", "61 (12)", "60 (11)"], ["BMI (kg/m^2)", "27 (4)", "26 (3)"]
    )
    assert set(found) == {(r, c) for r in (1, 2, 3) for c in (1, 2)}


def test_a_rounding_of_a_rounding_is_no_accusation():
    # 17 of 38 is 44.737, which is 44.7, and then 45; 18 of 40 is 45.0
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "18 (45.0)", "17 (44.8)"])
    assert found[4, 2].level == "question"


def test_one_digit_off_the_percent_of_fewer_is_no_accusation_where_the_row_is_of_fewer():
    rows = [*SOUND, ["Disabled, n (%)", "1 (4.6)", "2 (7.4)"]]  # of 22: 4.55; of 27
    assert percents(HEAD, *rows)[4, 1].level == "question"
    rows[-1][1] = "9 (29.7)"  # nine of 30: 30.0; of 31: 29.03
    assert percents(HEAD, *rows)[4, 1].level == "fails"


def test_scores_with_sd_that_nothing_names_are_no_counts():
    head = ["", "<25% (n = 40)", ">75% (n = 12)"]
    rows = [["Male, n (%)", "21 (52.5)", "5 (41.7)"], ["Gout, n (%)", "7 (17.5)", "3 (25.0)"],
            ["Smoker, n (%)", "13 (32.5)", "7 (58.3)"]]  # fmt: skip
    found = percents(head, *rows, ["SAPS II", "39 [18]", "46 [20]"])
    assert "fails" not in {f.level for f in found.values()}
    found = percents(head, *rows, ["Stroke, n (%)", "39 (18)", "46 (20)"])
    assert found[4, 2].level == "fails"


def test_a_zero_behind_fewer_decimals_is_asked_of_unless_most_of_the_column_end_so():
    rows = [
        ["Male, n (%)", "5 (41.67)"],
        ["Gout, n (%)", "3 (25.00)"],
        ["Stroke, n (%)", "1 (8.33)"],
    ]
    found = percents(["", "A (n = 12)"], *rows, ["Smoker, n (%)", "7 (58.30)"])  # 58.33
    assert found[4, 1].level == "question"
    head = ["", "A (n = 120)"]
    rows = [[f"Sign {n}, n (%)", f"{n} ({n / 1.2:.1f}0)"] for n in (7, 31, 47, 53, 61, 85)]
    assert {f.level for f in percents(head, *rows).values()} <= {"holds"}


def test_a_zero_behind_a_whole_percent_is_asked_of_where_the_table_prints_whole_ones():
    head = ["", "A (n = 24)", "B (n = 25)"]
    rows = [["Male, n (%)", "17 (70.8)", "18 (72)"], ["Gout, n (%)", "5 (20.8)", "6 (24)"]]
    more = ["Smoker, n (%)", "4 (17.0)", "2 (8)"]  # 16.67, and so 17
    assert percents(head, *rows, more)[3, 1].level == "question"
    more[1] = "4 (15.0)"
    assert percents(head, *rows, more)[3, 1].level == "fails"
    alone = [row[:2] for row in (head, *rows)]
    alone[2][1] = "5 (20.8)"
    found = percents(*alone, ["Fit, n (%)", "10 (41.7)"], ["Smoker, n (%)", "4 (17.0)"])
    assert found[4, 1].level == "fails"


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


def test_a_lone_count_before_nearly_all_percents_of_a_column_is_what_they_are_of():
    head = ["", "At visit 1 (n = 24)", "Persistent (n = 24)", "Cleared (n = 24)", "New (n = 24)"]
    told = ((11, 4), (7, 2), (13, 6), (9, 4), (8, 3))
    rows = [
        [
            f"HPV-{n}", f"{n}", f"{k} ({100 * k / n:.1f}%)", f"{n - k} ({100 - 100 * k / n:.1f}%)",
            f"1 ({100 / (24 - n):.1f}%)",
        ]
        for n, k in told
    ]  # fmt: skip
    one = ["HPV-6", "1", "1 (100%)", "\u2013", "1 (4.4%)"]
    assert (6, 2) not in percents(head, *rows, one)
    one[1:4] = ["24", "14 (56.0%)", "10 (41.7%)"]
    assert percents(head, *rows, one)[6, 2].level == "fails"
    one[1] = "25"
    assert (6, 2) not in percents(head, *rows, one)


def test_only_the_levels_of_the_other_columns_are_levels():
    head = ["", "A", "B", "C"]
    rows = [
        ["Vessels, n (%)", "", "", ""],
        ["One", "0 (0)", "1 (5)", "2 (8)"],
        ["Two", "4 (17)", "6 (27)", "8 (33)"],
        ["Three", "17 (81)", "15 (68)", "14 (58)"],
        ["Left main", "3 (13)", "8 (36)", "20 (42)"],
    ]
    size = ["N", "24", "22", "24"]
    assert percents(head, size, *rows)[5, 1].level != "fails"
    rows[3][2:] = ["7 (32)", "4 (17)"]
    rows[4][2:] = ["8 (36)", "10 (42)"]  # now all four make the others
    assert percents(head, size, *rows)[5, 1].level == "fails"


def test_about_a_third_is_no_count():
    assert not percents(["", "A"], ["x", "y"], text="Some 1/3 (32.6%) of all relapsed.")


def test_digits_that_were_cut_hold():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (7.5)", "5 (13.1)"])
    assert found[4, 2].level == "holds"
    assert "its digits cut" in found[4, 2].reading


def test_digits_that_were_cut_are_asked_about_where_ten_others_are_rounded():
    more = [[f"Sign {i}, n (%)", f"{i} ({100 * i / 40:.1f})", f"{i} ({100 * i / 38:.1f})"]
            for i in (4, 8, 12, 14)]  # fmt: skip
    found = percents(HEAD, *SOUND, *more, ["Stroke, n (%)", "3 (7.5)", "5 (13.1)"])
    assert found[8, 2].reading == "of 38 its digits are cut, and others are rounded"
    more[0][2], more[1][2] = "4 (10.5)", "5 (13.1)"
    found = percents(HEAD, *SOUND, *more, ["Stroke, n (%)", "3 (7.5)", "5 (13.1)"])
    assert {f.level for f in found.values()} == {"holds"}  # others are cut as well


def test_what_was_rounded_twice_is_asked_about():
    """35 of 65 is 53.846 %, which was printed as 53.85 first."""
    rows = [["Men, n (%)", "35 (53.9)"], ["Ill, n (%)", "31 (47.7)"],
            ["Stroke, n (%)", "7 (10.8)"], ["Gout, n (%)", "12 (18.5)"]]  # fmt: skip
    found = percents(["", "Drug (n = 65)"], *rows)
    assert [found[r, 1].level for r in range(1, 5)] == ["question", *["holds"] * 3]
    assert found[1, 1].reading == "at most one unit of the last digit from 35 of 65"


def test_a_denominator_in_the_cell_leaves_no_other_reading():
    found = percents(HEAD, *SOUND, ["Relapse", "7/21 (33.3%)", "7/21 (23.3%)"])
    assert found[4, 1].level == "holds"
    assert found[4, 2].level == "fails"


def test_a_fraction_is_held_to_its_percent_by_those_beside_it():
    whole = [["Epidural", "65 (16.0)", "97 (23.0)", "70 (25.0)"],
             ["Nitrous oxide", "270 (66.0)", "275 (66.0)", "201 (71.0)"],
             ["Labour", "120 (29.0)", "154 (37.0)", "114 (40.0)"]]  # fmt: skip
    first = ["Operative, primipara", "65/278 (23.4)", "73/285 (25.6)", "51/184 (27.7)"]
    vaginal = ["Vaginal, multipara", "1/134 (0.7)", "2/132 (0.7)", "1/98 (1.0)"]
    head = ["", "A (n=412)", "B (n=417)", "C (n=282)"]
    found = percents(head, first, vaginal, *whole)
    assert [found[2, c].level for c in (1, 2, 3)] == ["holds", "fails", "holds"]
    assert found[2, 2].reading == "not the percent of the fraction printed with it"
    wrong = ["Vaginal, multipara", "1/134 (0.3)", "2/132 (0.7)", "1/98 (0.4)"]
    assert not any(f.level == "fails" for f in percents(head, wrong, *whole).values())


@pytest.mark.parametrize(
    ("label", "sized"),
    [
        ("Patients treated, no.", True),
        ("Number of patients (randomized)", True),
        ("Sample size, n", True),
        ("Number of eyes", True),
        ("Number", True),
        ("Patients with pain", False),
        ("Number of events", False),
        ("Women", False),
    ],
)
def test_a_row_of_the_sizes_of_groups_is_told_by_its_label(label, sized):
    layout = Layout(table(["", "A", "B"], ["Age, mean", "45.5", "53.4"], [label, "66", "58"]))
    assert layout.size_rows == ({2: {1: [66], 2: [58]}} if sized else {})


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


def test_a_table_whose_percents_mostly_fail_is_not_understood_and_not_accused():
    found = percents(
        HEAD, ["Death, n (%)", "5 (61.3)", "9 (23.1)"], ["Relapse, n (%)", "7 (44.1)", "8 (30.2)"],
        ["Stroke, n (%)", "4 (10.0)", "4 (10.5)"],
    )  # fmt: skip
    assert "fails" not in {f.level for f in found.values()}


def test_weighted_percents_are_not_accused():
    note = ("Percents are weighted.",)
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (41.3)", "3 (7.9)"], notes=note)
    assert found[4, 1].level == "question"  # the others of the column are not weighted
    rows = [["Men, n (%)", "21 (48.1)"], ["Ill, n (%)", "7 (21.4)"], ["Old, n (%)", "12 (36.3)"]]
    assert percents(HEAD[:2], *rows, notes=note) == {}


@pytest.mark.parametrize(
    "cell", ["15 (37.5)", "15 (37.5%)", "15 [37.5]", "15/40 (37.5)", "37.5% (15)", "37.5 (15)",
             "15, 37.5%", "15^a (37.5)^b", "15 of 40 (37.5 %)", "15 (37·5)", "15 (37,5%)"],
)  # fmt: skip
def test_every_way_to_print_a_count_with_its_percent_is_read(cell):
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", cell, "3 (7.9)"])
    assert found[4, 1].level == "holds", cell


def test_a_head_that_counts_clinics_is_no_denominator_of_their_patients():
    rows = [[f"Positive in month {i}, n (%)", f"{900 + 7 * i} ({40 + i})"] for i in range(6)]
    found = percents(["", "Arm A (n = 18)"], *SOUND_ONE, *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_a_percent_before_its_count_is_read_by_the_label():
    found = percents(
        ["", "Total (n = 60)"], ["Hypertension, % (n)", "55 (33)"], ["Smoker, % (n)", "20 (12)"]
    )
    assert {f.level for f in found.values()} == {"holds"}


def test_a_count_of_events_may_stand_beside_the_percent_of_patients():
    found = percents(HEAD, *SOUND, ["Infections, n (%)", "15 (20.0)", "3 (7.9)"])
    assert found[4, 1].level == "question"
    assert "of events" in found[4, 1].reading


def test_more_events_than_patients_may_stand_beside_the_percent_of_patients():
    """50 events in 12 of 40, though three that happened oftener are counted in patients."""
    unwanted = [
        ["Any adverse event, n (%)", "24 (60.0)", "19 (50.0)"],
        ["Mild adverse event, n (%)", "22 (55.0)", "18 (47.4)"],
        ["Adverse event of drug, n (%)", "21 (52.5)", "17 (44.7)"],
    ]
    found = percents(HEAD, *unwanted, ["Adverse events, n (%)", "50 (30.0)", "9 (23.7)"])
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if the count is of events, the percent of patients"
    few = percents(HEAD, *unwanted, ["Adverse events, n (%)", "10 (30.0)", "9 (23.7)"])
    assert few[4, 1].level == "fails"  # more patients than events


def test_a_percent_of_another_number_than_the_printed_one_is_asked():
    """With those not resected they are 505, of which all percents are; 429 stands behind each."""
    found = percents(
        ["", "Drug (n = 533)"], ["Resection, n/N (%)", ""],
        ["Complete", "321/429 (64)"], ["Partial", "108/429 (21)"], ["None", "76/429 (15)"],
    )  # fmt: skip
    assert {f.level for f in found.values()} == {"question"}
    assert "of 505: the sum of these 3 levels; 429 is printed behind it" in found[2, 1].reading


def test_a_level_is_held_to_the_other_where_those_of_another_column_are_of_their_sum():
    rows = [
        ["Nausea, n", "15", "70"],
        ["Age, n (%)", "", ""], ["< 65", "14 (93.3)", "68 (97.1)"], ["65+", "1 (6.7)", "2 (2.9)"],
        ["Sex, n (%)", "", ""],
        ["Male", "9 (60.0)", "30 (42.9)"], ["Female", "6 (40.0)", "40 (57.1)"],
        ["Weight, n (%)", "", ""],
        ["Low", "10 (66.7)", "37 (52.9)"], ["High", "6 (33.3)", "33 (47.1)"],
    ]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert found[10, 1].level == "fails"
    assert "leaves 5 of 15, which this percent is" in found[10, 1].reading
    assert {f.level for at, f in found.items() if at != (10, 1)} == {"holds"}


def test_a_percent_that_no_number_gives_is_asked_though_the_table_prints_no_size():
    found = percents(["", "All, n (%)", "Drug, n (%)"], ["Failure", "10 (26.88)", "2 (5.26)"])
    assert found[1, 1].level == "question"
    assert (1, 2) not in found


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


def test_cells_that_are_all_of_one_other_size_are_a_question():
    found = percents(
        ["", "Drug (n = 112)"],
        ["Male, n (%)", "59 (52.7)"], ["Diabetes, n (%)", "17 (15.2)"], ["Gout, n (%)", "5 (4.5)"],
        ["Score", ""], ["Low, n (%)", "29 (25.7)"], ["Fair, n (%)", "54 (47.8)"],
    )  # fmt: skip
    assert found[5, 1].level == found[6, 1].level == "question"
    assert "of 113 patients" in found[5, 1].reading


def test_a_proportion_is_a_share_too():
    found = percents(["", "Drug (n = 30)"], ["Male, n (%)", "21 (0.7)"], ["Gout, n (%)", "6 (0.2)"])
    assert {f.level for f in found.values()} == {"holds"}


def test_none_of_a_hundred_is_no_proportion_in_a_column_of_percents():
    rows = [["Surgery", "24 (7.5)"], ["Irradiated", "285 (89.6)"], ["Both", "58 (18.2)"],
            ["Drugs", "93 (29.2)"], ["Neither", "1 (0.0)"]]  # fmt: skip
    found = percents(["", "All (n = 318), n (%)"], *rows)
    assert [found[r, 1].level for r in (1, 2, 3, 4, 5)] == ["holds"] * 4 + ["fails"]


def test_what_no_number_of_patients_gives_is_asked_where_few_percents_of_the_table_hold():
    head = ["", "Short (n = 30)", "Long (n = 30)"]
    rows = [["At once", "9 (30)", "0 (0)"], ["Soon", "19 (63.3)", "0 (0)"],
            ["Later", "10 (33.3)", "0 (0)"], ["Ill", "7 (29.2)", "0 (0)"],
            ["Lame", "8 (40)", "0 (0)"]]  # fmt: skip
    found = percents(head, ["Last", "11 (43.3)", "0 (0)"], *rows, caption="Agitation, n (%)")
    assert found[1, 1].level == "question"


def test_some_columns_of_a_row_may_hold_of_their_own_sum():
    found = percents(
        ["", "Yes (n = 300)", "No (n = 300)", "Mean"],
        ["Asked about work, n (%)", "102 (67.6)", "49 (32.5)", "3.1"],
    )
    assert {c: f.level for (_, c), f in found.items()} == {1: "question", 2: "holds"}
    assert "67.55 %" in found[1, 1].recomputed  # which is 67.5, or rounded twice 67.6


def test_a_size_that_only_the_text_states_accuses_only_where_nearly_all_percents_are_of_it():
    def of_48(rows: int) -> str:
        shares = [[f"r{i}, n (%)", f"{i} ({i / 0.48:.1f})"] for i in range(5, 5 + rows)]
        other = ["x, n (%)", "1 (1.2)"]
        found = percents(["", "Drug"], *shares, other, text="There were 48 patients.")
        return found[rows + 1, 1].level

    assert (of_48(5), of_48(15)) == ("question", "fails")


LEVELS = [["Stage", ""], ["I", "12 (26.1)"], ["II", "19 (41.3)"], ["III", "15 (32.6)"]]


def test_levels_of_one_variable_are_of_one_number_though_none_is_printed():
    head = ["", "Drug, n (%)"]
    assert {f.level for f in percents(head, *LEVELS).values()} == {"holds"}
    percent = percents(head, *LEVELS[:3], ["III", "15 (36.2)"])[4, 1]
    assert percent.level == "fails"
    assert "the levels add up to 46" in percent.reading
    count = percents(head, *LEVELS[:3], ["III", "51 (32.6)"])[4, 1]
    assert count.level == "fails"
    assert "15, not 51, is this percent" in count.reading
    moved = percents(head, ["Stage", ""], ["I", "12 (26.09)"], ["II", "19 (41.30)"],
                     ["III", "15 (32.62)"])  # fmt: skip
    assert (4, 1) not in moved


def test_levels_that_one_number_gives_are_not_accused_of_its_missing_patients():
    rows = [["Stage", ""], ["I", "20 (20)"], ["II", "18 (18)"], ["III", "60 (60)"]]
    found = percents(["", "Drug, n (%)"], *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_answers_of_which_several_are_given_are_no_levels():
    rows = [["Drugs taken", ""], ["A", "30 (60.0)"], ["B", "25 (50.0)"], ["C", "20 (41.7)"]]
    found = percents(["", "Drug, n (%)"], *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_the_size_behind_a_column_accuses_what_no_number_gives():
    rows = [[f"Trait {n}, n (%)", f"{n} ({n / 0.59:.1f})"] for n in (8, 14, 27, 30, 42)]
    found = percents(["", "Drug"], *rows, ["Other, n (%)", "37 (72.7)"])
    assert found[6, 1].level == "fails"
    assert "59 is the size behind 5 percents" in found[6, 1].reading
    found = percents(["", "Drug"], *rows, ["Other, n (%)", "37 (72.5)"])
    assert found[6, 1].level == "question"


def test_a_size_in_a_head_may_be_grouped_by_a_blank_or_follow_a_word():
    for head in ("Drug (N=10 080)", "DrugN = 10,080"):
        found = percents(["", head], ["Male, n (%)", "1622 (16.1)"])
        assert found[1, 1].against == "10080"


def test_percents_before_their_counts_are_not_accused():
    found = percents(HEAD, *SOUND, ["Alive", "100 (40)", "95 (36)"], ["Dead", "2.5 (1)", "5 (2)"])
    assert {f.level for f in found.values()} == {"holds"}
    assert (5, 1) in found
    assert (4, 1) not in found


def test_a_mean_with_its_error_that_no_label_tells_is_not_accused():
    rows = [[f"Sign {i}", f"{i} ({i / 0.4:.1f})", f"{i} ({i / 0.38:.1f})"] for i in range(3, 15)]
    found = percents(HEAD, *rows, ["Haemoglobin A1c", "23 (1.1)", "21 (2.2)"])
    assert {found[13, 1].level, found[13, 2].level} == {"question"}


def test_zeros_behind_the_usual_decimals_are_no_accusation():
    rows = [["Stage, n (%)", ""], ["I", "18 (45.0)"], ["II", "21 (52.5)"], ["III", "1 (2.50)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert found[7, 1].level == "holds"
    odd = [["Age, n (%)", ""], ["<50", "50 (49.5)"], ["50+", "49 (48.5)"], ["Unknown", "2 (2.00)"]]
    found = percents(["", "All (n = 101)"], ["Men, n (%)", "30 (29.7)"], *odd)
    assert found[5, 1].level == "question"


def test_a_dose_in_the_head_does_not_make_its_percents_doubtful():
    head = ["", "Drug 80 mg/day (n = 40), n (%)", "Placebo (n = 38), n (%)"]
    found = percents(head, *SOUND, ["Stopped", "15 (41.3)", "3 (7.9)"])
    assert found[4, 1].level == "fails"


def test_a_lone_row_is_understood_by_its_other_groups():
    head = ["", "A (n = 40)", "B (n = 38)", "C (n = 44)"]
    found = percents(head, ["Male, n (%)", "21 (62.5)", "18 (47.4)", "20 (45.5)"])
    assert [found[1, c].level for c in (1, 2, 3)] == ["fails", "holds", "holds"]


def test_a_class_of_what_is_measured_counts_patients():
    found = percents(HEAD, ["Age", "", ""], ["40-49", "21 (62.5)", "18 (47.4)"],
                     ["50-59", "19 (47.5)", "20 (52.6)"])  # fmt: skip
    assert found[2, 1].level == "fails"


def test_a_row_whose_counts_all_are_of_other_patients_is_a_question():
    for row in (
        ["Gene, n (%)", "15 (41.7)", "16 (47.1)"],
        ["Gene, n (%)", "20 (46.5)", "19 (47.5)"],
    ):
        found = percents(HEAD, *SOUND, row)
        assert {found[4, c].level for c in (1, 2)} == {"question"}
    found = percents(HEAD, *SOUND, ["Gene, n (%)", "20 (46.5)", "19 (50.0)"])
    assert (found[4, 1].level, found[4, 2].level) == ("fails", "holds")


def test_a_percent_may_stand_in_the_column_before_its_count_of_a_number():
    head = ["", "Percent", "(Freq./n)"]
    rows = [
        ["None", "11.03", "(145/1315)"],
        ["Some", "18.27", "(59/323)"],
        ["Few", "9.84", "(6/61)"],
    ]
    found = percents(head, *rows, ["Full", "23.65", "(781/3307)"])
    assert [found[r, 2].level for r in (1, 2, 3)] == ["holds"] * 3
    assert found[4, 2].level == "fails"


def test_a_count_is_accused_where_its_percent_completes_the_variable():
    rows = [["Stage, n (%)", "", ""], ["I", "12 (30.0)", "10 (26.3)"],
            ["II", "9 (22.5)", "10 (42.1)"], ["III", "19 (47.5)", "12 (31.6)"]]  # fmt: skip
    found = percents(HEAD, *SOUND, *rows)
    assert found[6, 2].level == "fails"
    assert "16, not 10, is this percent" in found[6, 2].reading
    missing = percents(HEAD, *SOUND, *rows[:2], ["II", "9 (22.5)", "10 (27.8)"], rows[3])
    assert missing[6, 2].level == "question"


def test_a_percent_of_the_column_with_another_count_is_accused_where_only_the_column_says_so():
    head = ["", "All", "Low (n = 32)"]
    counts = (7, 11, 13, 17, 19, 21, 23, 25)
    rows = [[f"Trait {n}", str(n), f"{n}({100 * n / 32:.2f})"] for n in counts]
    found = percents(head, *rows, ["Sex", "", ""], ["Male", "29", "16(56.25)"])
    assert found[10, 2].level == "fails"
    assert {found[r, 2].level for r in range(1, 9)} == {"holds"}


def test_a_denominator_in_the_only_cell_of_a_row_is_judged_by_the_column():
    rows = [["Death", "1/3 (33%)"], ["Shunt", "2/3 (67%)"]]
    found = percents(["", "Low dose"], *rows, ["Surgery", "2/3 (33%)"])
    assert found[3, 1].level == "fails"
    found = percents(["", "Low dose"], ["Surgery", "2/3 (33%)"])
    assert found[1, 1].level == "question"


def test_a_head_may_state_the_size_of_all_without_a_sign():
    found = percents(["", "Total 27"], *[[f"Trait {n}, n (%)", f"{n} ({100 * n / 27:.1f})"]
                     for n in (4, 7, 11, 14)], ["Other, n (%)", "5 (19.5)"])  # fmt: skip
    assert found[1, 1].reading == "reproduced; of 27: the size in the head of the column"
    assert found[5, 1].level == "fails"


def test_percents_that_are_thresholds_are_no_shares():
    text = "Adherence of 95% (5 out of 212) was rare, as was 90% (13 out of 212)"
    document = Document("test", "", (Paragraph("Results", 1, f"{text}."),), ())
    assert {f.level for f in scan_document(document, "test").findings} == {"question"}
    one = Paragraph("Results", 1, f"{text}, and 25% (53 of 212) were women.")
    levels = [f.level for f in scan_document(Document("test", "", (one,), ()), "test").findings]
    assert sorted(levels) == ["fails", "fails", "holds"]


def test_two_arms_whose_percents_changed_places_are_accused():
    found = percents(HEAD, *SOUND, ["Gene, n (%)", "20 (52.6)", "20 (50.0)"])
    assert "fails" in {found[4, 1].level, found[4, 2].level}


@pytest.mark.parametrize(
    ("told", "of"),
    [("101 [9%] of 1161)", 1161), ("22 (9.1%) of 241 of them", 241), ("307/385 or 80%", 385),
     ("19% (n/N=40/207)", 207), ("15% (=18/117)", 117)],
)  # fmt: skip
def test_a_share_of_a_number_is_read_in_many_forms(told, of):
    found = scan_document(
        Document("test", "", (Paragraph("Results", 1, f"It grew (in {told}."),), ()), "test"
    ).findings
    assert [(f.level, f.against) for f in found] == [("holds", str(of))]


def test_a_percent_above_or_below_the_bracket_with_its_count_is_read():
    found = percents(
        ["", "Mail (n = 210)"], ["Saw it", "53.8%\n(113/210)"], ["Read it", "93\n(44.3%)"]
    )
    assert {f.level for f in found.values()} == {"holds"}
    assert len(found) == 2


def test_percents_of_all_groups_together_hold():
    head = ["n (%)", "All", "Drug", "Placebo"]
    rows = [["N", "54", "27", "27"], ["Level II", "27 (50.0%)", "14 (25.9%)", "13 (24.1%)"]]
    found = percents(head, *rows)
    assert {f.level for f in found.values()} == {"holds"}
    assert len(found) == 3


def test_events_are_shares_of_the_events_of_the_row():
    arms, kinds = ("Drug (n = 40)", "Placebo (n = 38)"), ("Patients, n (%)", "Events, n (%)")
    head = ["", *(f"{arm} / {kind}" for arm in arms for kind in kinds), "Total"]
    found = percents(head, ["Nausea", "21 (52.5)", "132 (73.7)", "18 (47.4)", "47 (26.3)", "179"])
    assert {f.level for f in found.values()} == {"holds"}


def test_a_mean_of_the_percents_of_patients_is_no_share():
    found = percents(["", "Laser", "Usual"], ["Percent lost", "11.6 (13/106)", "16.1 (16/109)"])
    assert found == {}


def test_a_pair_of_doses_is_no_share():
    text = "Doses were 7.5/46 and 15/92. With 15/92 (27.6%) it was more; 15/92 was safe."
    assert percents(HEAD, *SOUND, text=text).keys() == {(r, c) for r in (1, 2, 3) for c in (1, 2)}


def test_decimals_with_a_zero_behind_them_are_not_asked_about():
    found = percents(
        HEAD, ["Men, n (%)", "21 (52.50)", "18 (47.37)"], ["Gout, n (%)", "9 (22.50)", "7 (18.42)"],
        ["Stroke, n (%)", "13 (32.50)", "11 (28.95)"], ["Asthma, n (%)", "8 (20.00)", "5 (13.20)"],
    )  # fmt: skip
    assert (4, 2) not in found


def test_cut_digits_get_no_zero_behind_them():
    """10 of 21 is 47.62 %, which rounds to 48; the zero of 47.0 is none that was added."""
    found = percents(
        ["", "Drug (n = 21)", "Placebo (n = 20)"],
        ["Men, n (%)", "11 (52.4)", "9 (45.0)"], ["Gout, n (%)", "6 (28.6)", "5 (25.0)"],
        ["Asthma, n (%)", "2 (9.5)", "3 (15.0)"], ["Stroke, n (%)", "10 (47.0)", "6 (30.0)"],
    )  # fmt: skip
    assert found[4, 1].level == "fails"


def test_a_total_is_no_share_of_itself():
    found = percents(["", "n", "%"], ["Women", "53", "51.5"], ["Men", "31", "38.3"],
                     ["Total", "84", "45.7"])  # fmt: skip
    assert "fails" not in {f.level for f in found.values()}


def test_percents_under_no_size_hold_of_the_one_that_they_share():
    rows = [[f"Trait {n}, n (%)", f"{n} ({n / 0.59:.1f})"] for n in (8, 14, 27, 30, 42)]
    found = percents(["", "Drug"], *rows, text="Of these, 59 patients came.")
    assert {f.level for f in found.values()} == {"holds"}
    assert {f.level for f in percents(["", "Drug"], *rows).values()} == {"holds"}


def test_a_number_that_nothing_calls_a_share_is_asked_where_two_of_its_row_are_one():
    rows = [["Number of patients", "6", "5", "6"], ["Furosemide", "1 (17)", "1 (17)", "2 (33)"]]
    found = percents(["", "A", "B", "C"], *rows)
    assert [found[2, c].level for c in (1, 2, 3)] == ["holds", "question", "holds"]


def test_years_of_a_caption_are_no_patients():
    row = ["Stroke, n (%)", "1 (10.0)", "2 (5.3)"]
    found = percents(HEAD, *SOUND, row, caption="Complications in a 10-year follow-up")
    assert found[4, 1].level == "question"


def test_percents_with_their_ranks_are_no_shares():
    rows = [[f"Trait {n}", f"{80.1 - 7.3 * n:.1f}% ({n})"] for n in range(1, 8)]
    assert not percents(["", "All (n = 3,189)"], *rows)


def test_years_in_a_head_are_no_sizes():
    row = ["Deaths, n (%)", "574 (28.8)", "600 (30.0)"]
    assert percents(["", "1990", "2000"], row) == {}
    assert percents(["", "1990", "40,000"], row)[1, 1].level == "holds"


def test_the_second_of_two_levels_is_held_to_the_size_of_the_other_variables():
    stage = [["Stage", ""], *LEVELS[1:], ["Sex", ""], ["Male", "22 (47.8)"]]
    found = percents(["", "Drug, n (%)"], *stage, ["Female", "24 (57.2)"])
    assert found[7, 1].level == "fails"
    assert "the levels add up to 46" in found[7, 1].reading
    found = percents(["", "Drug, n (%)"], *stage, ["Female", "21 (46.7)"])
    assert found[7, 1].level == "question"


TEN = [[f"r{i}, n (%)", f"{i} ({i / 0.4:.1f})"] for i in range(7, 17)]


def test_a_size_of_which_nearly_all_of_the_column_is_leaves_no_larger_one():
    head = ["", "All (n = 97), drug (n = 40)"]
    assert percents(head, *TEN, ["x, n (%)", "12 (27.3)"])[11, 1].level == "fails"  # of 44
    assert percents(head, *TEN[:3], ["x, n (%)", "12 (27.3)"])[4, 1].level == "question"


def test_a_percent_of_no_number_of_patients_needs_no_printed_size():
    def without_size(percent: str, rows: int) -> str:
        shares = [[*row, ""] for row in TEN[:rows]]
        head = ["", "Drug (n = 40), n (%)", "Other, n (%)"]
        return percents(head, *shares, ["x", "", f"39 ({percent})"])[rows + 1, 2].level

    assert without_size("46.7", 10) == "question"
    assert without_size("46.4", 10) == "question"  # of 84, which is printed nowhere


def test_a_count_above_the_group_is_one_if_the_others_of_its_row_are():
    row = ["Stroke", "45 [7.5]", "9 [23.7]"]
    head = [f"{text}, n (%)" if text else "" for text in HEAD]
    assert percents(head, *SOUND, row)[4, 1].level == "fails"
    assert percents(head, *SOUND, ["Stroke", "45 [7.5]", "9 [23.9]"]).keys() == {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_two_levels_that_exclude_each_other_are_of_their_sum():
    rows = [["Gender", ""], ["Male", "65 (56)"], ["Female", "44 (40)"]]
    assert percents(["", "n (%)"], *rows)[2, 1].level == "fails"
    rows = [["Drugs", ""], ["Aspirin", "65 (56)"], ["Statin", "44 (40)"]]
    assert percents(["", "n (%)"], *rows) == {}


def test_many_events_that_hold_as_patients_leave_one_that_may_be_of_several():
    rows = [[f"infection {i}, n (%)", f"{i} ({i / 0.4:.1f})"] for i in range(7, 17)]
    more = ["falls, n (%)", "39 (60.0)"]  # 24 of 40
    assert percents(["", "Drug (n = 40)"], *rows, more)[11, 1].level == "question"
    fewer = ["falls, n (%)", "19 (60.0)"]
    assert percents(["", "Drug (n = 40)"], *rows, fewer)[11, 1].level == "fails"


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("It came to 95% (8712/3912).", "question"),
        ("It came to 95% (8712/3912), and to 10% (391/3912).", "fails"),
        ("The improvement of 60% (39/65) and of 75% (40/65) was large.", "fails"),
        ("Survival of 60% (39/65) and of 75% (40/65) was good.", "question"),
        (
            "There were 12.4% (6/51) and 3.4% (2/87) in the other group, after a follow-up of more "
            "than a year (HR [95% CI] = 0.185 [0.037-0.915]).",
            "question",
        ),
        # 17 and 2.5 leave 80.5; a half of 2.6 does not
        ("17% (116/696) left, 2.5% (18/696) withdrew, and 80.5% (562/696) came.", "question"),
        ("17% (116/696) left, 2.6% (18/696) withdrew, and 82.5% (562/696) came.", "fails"),
        ("The average completion of the modules was 85.4% (34/40).", "question"),
        (
            "Episodes, several a patient, were handled by GEE. Shocks ended 22% (59/250).",
            "question",
        ),
        ("There were 12.4% (6/51). See the Kaplan-Meier plots.", "question"),
        (
            "There were 12.4% (6/51) with HR HPV types. None of these patients came back to the "
            "clinic during the second year. See the Kaplan-Meier plots.",
            "fails",
        ),
    ],
)
def test_a_share_of_the_text_is_accused_where_another_of_its_number_holds(sentence, level):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    worst = scan_document(document, "test").findings[0]
    assert worst.level == level


def test_a_count_and_its_percent_stand_under_two_heads_of_one_name():
    rows = [["Never", "1463", "29.71"], ["Sometimes", "1926", "39.11"], ["Always", "1536", "31.22"]]
    found = percents(["", "Total (n = 4925)", "Total (%)"], *rows)
    assert [found[r, 2].level for r in (1, 2, 3)] == ["holds", "holds", "fails"]
    assert not percents(["", "Total (n = 4925)", "Change (%)"], *rows)


def test_a_number_of_patients_beside_a_mean_is_no_share_of_them():
    levels = [
        ["Race", "", ""], ["White", "656", "69.6"], ["Black", "75", "8.0"], ["Asian", "25", "2.7"],
        ["Other", "187", "19.8"], ["Rank", "", ""], ["Enlisted", "819", "86.9"],
        ["Officer", "124", "13.1"], ["Parity", "", ""], ["None", "492", "52.2"],
        ["One or more", "451", "47.8"], ["Single", "72", "7.6"], ["Married", "663", "70.3"],
        ["Divorced", "7", "0.7"], ["Unknown", "201", "21.3"],
    ]  # fmt: skip
    means = [["Age, years", "943", "26.5"], *levels, ["Body Mass Index", "327", "27.2"]]
    found = percents(["Variable", "n", "%"], *means, caption="The sample (N = 943)")
    assert "fails" not in {f.level for f in found.values()}
    assert found[3, 2].level == "holds"


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


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("A cure was seen in seven of the 20 patients (29.2%).", "fails"),
        ("A cure was seen in seven of the 20 patients (35%).", "holds"),
        ("Stunting was more frequent then (33/133, 29%).", "fails"),
        ("Few had any (4.8% (5 of 101 patients; placebo)).", "fails"),
        ("Mutations were found in all but one of 74 samples (98.6%).", "question"),
        ("It was adequate if at least 15 of the 22 visits (60%) were kept.", "question"),
        ("In that group it was predominant in 16 cases (90.0%).", "fails"),
        ("One hundred forty six infants (82%) completed it.", None),
        ("A total of 46 were studied: 36 (78.3%) women and 10 (21.70%) men.", "question"),
        ("Of the 133 failures, 79 (47%) patients were examined.", "fails"),
        ("Of the 219 clinics, 168 (78%) controls took part.", "question"),
        ("Of the 168 arms, 79 (47%) patients were examined.", "holds"),
        ("Of the 133 failures, all in 168 men, 79 (47%) patients were examined.", None),
        ("In the second arm sixteen patients (18.6%) had an event.", None),
        ("Of them 3/24 subjects (28%) did not complete it.", "fails"),
        ("It was so in 115/185, 62.7% of controls.", "fails"),
        ("Most were women (52.6%; 488/1029) there.", "fails"),
        ("They found six (28.1%) of 23 men with it.", "fails"),
        ("It was 25.0% [n = 4/16] in the others.", "holds"),
        ("We saw 22 out of 44, 50.0%, in the others.", "holds"),
        ("It was so in 6 of 22 patients, 60% of whom died.", None),
        ("It was so on 40/25 mg (2.2%) in the others.", None),
        ("It was so in the others (17/45; 32.4% versus 37.8%).", None),
        ("Of the 394 infants, 161 (40.8%) had it and 46 (11.7%) had a low score.", "holds"),
        ("Of the 394 infants, 46 (11.9%) had a low score.", "question"),
        ("Of the 394 infants, 46 (21.9%) of one arm had a low score.", None),
        ("Of 458 there, 87.3% came; of these 400, 55% had data.", None),
        ("Sedation was best at a score of 3 (46%) in both.", None),
        ("It was more frequent in one arm ((13/27) 40%).", "fails"),
        ("Fourteen healed (17/30, 66.7% of all with a stocking).", "fails"),
        ("Fourteen healed: 56.7%, 17/30 patients and more.", "holds"),
        ("Three had it (13%, 2/14 in one arm and 1/9 in the other).", None),
        ("It was so in 0.50% (1/206) of the others.", "holds"),
        ("Two thirds of them (n = 21; 69%) came late.", "question"),
        ("Two thirds of them (n = 21 [70%]) came late.", None),
        ("Most were late (<40%, n = 3) or early (>40%, n = 7).", None),
        ("Fewer had read it (68.1%; n = 35) before.", "question"),
        ("Of all, over 60% of the sample (100/163) had further education.", None),
        ("Of all, 60% of the sample (100/163) had further education.", "fails"),
        ("Of all, over 90% of the sample (100/163) had further education.", "question"),
        ("It fell from 3.3% to none, 11 of 6,219 to none, and 3.9% to none.", None),
        ("It was more than in the 4% group (26/36 vs. 16/31).", None),
        ("Few had any at first (74%, 70/94 placebo; 69%, 63/91 drug).", None),
        ("Few had any at first (74%, 71/94 placebo; 69%, 63/91 drug).", "fails"),
        ("More had 112 grade 1 or 2 out of 158, 70.9% of all.", None),
        ("Three recalled it as low (4/68, 4.4%).", "fails"),
        ("Mortality was 39/1000 live births, 94% of them rural.", None),
        ("There were 5 patients (15.6%) of three, and more of four categories.", None),
        ("They found it helpful (35/40, 88.0%).", "question"),
        ("They found it helpful (35/40, 86.0%).", "fails"),
        ("A quarter were serfs, while in 1844/1847, 52% of all were free.", None),
        ("Nearly all answered (1844/1847, 99.8%).", "holds"),
    ],
)
def test_a_percent_of_a_sentence_is_held_to_what_the_sentence_names(sentence, level):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    assert [f.level for f in found][:1] == ([level] if level else [])


def test_a_share_of_its_cell_is_judged_by_the_column_where_its_row_fails():
    rows = [
        [f"r{n}", f"{n}/59 ({n / 0.59:.0f}%)", f"{n}/57 ({n / 0.57:.0f}%)"] for n in range(20, 26)
    ]
    wrong = ["Smoke", "32/59 (56%)", "27/57 (52%)"]
    head = ["", "Drug (n = 59)", "Usual (n = 57)"]
    assert {percents(head, *rows, wrong)[7, c].level for c in (1, 2)} == {"fails"}
    assert {percents(head, *rows[:2], wrong)[3, c].level for c in (1, 2)} == {"question"}
    other = percents(head, *rows, ["Eat", "16/55 (27%)", "11/57 (19%)"])  # of the 59 of the head
    assert other[7, 1].level == "question"


def test_the_number_in_the_column_before_is_the_denominator():
    head = ["", "N", "Satisfied", "Change"]
    told = ((57, 53), (56, 46), (58, 39), (42, 31), (46, 28), (38, 23), (52, 31))
    rows = [[f"r{n}", str(n), f"{k} ({100 * k / n:.1f})", "1.1"] for n, k in told]
    found = percents(head, *rows, ["Enough", "45", "23 (71.1)", "1.2"], caption="n (%)")
    assert found[8, 2].level == "question"
    assert {found[r, 2].level for r in range(1, 8)} == {"holds"}
    few = percents(head, *rows[:2], ["Enough", "45", "23 (71.1)", "1.2"], caption="n (%)")
    assert (3, 2) not in few


def test_a_count_and_a_percent_with_its_sign_stand_under_one_head():
    told = (["Never", "21", "28%"], ["Daily", "25", "33%"], ["Weekly", "12", "26%"])
    rows = [[("", 1, 1), ("Usual (n = 75)", 1, 2)], *[[(t, 1, 1) for t in row] for row in told]]
    document = Document("test", "", (), (Table(0, "Table 1", "", grid_of(rows), 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    levels = {f.printed: f.level for f in found}
    assert levels == {"21 | 28%": "holds", "25 | 33%": "holds", "12 | 26%": "question"}


def test_two_levels_of_the_whole_group_leave_no_data_missing():
    rows = [["Female, n (%)", "12 (32.6)"], ["Male, n (%)", "28 (67.4)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert {found[4, 1].level, found[5, 1].level} == {"fails"}
    missing = [["Female, n (%)", "12 (32.4)"], ["Male, n (%)", "25 (67.6)"]]
    assert percents(HEAD[:2], *SOUND_ONE, *missing)[4, 1].level == "holds"
    strata = [["Female, n (%)", "12 (100)"], ["Male, n (%)", "28 (100)"]]
    assert "fails" not in {f.level for f in percents(HEAD[:2], *SOUND_ONE, *strata).values()}


def test_levels_of_a_stage_that_make_the_group_leave_no_data_missing():
    rows = [["Stage, n (%)", ""], ["I", "12 (30.0)"], ["II", "8 (25.0)"], ["III", "20 (62.5)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert {found[6, 1].level, found[7, 1].level} == {"fails"}


def test_the_level_that_is_left_accuses_the_count():
    rows = [
        ["Rank, n (%)", "", ""],
        ["Chief", "18 (45.0)", "20 (52.6)"],
        ["Other", "11 (55.0)", "18 (47.4)"],
    ]
    found = percents(HEAD, *SOUND, *rows)
    assert found[6, 1].level == "fails"
    assert "leaves 22 of 40" in found[6, 1].reading
    alone = [row[:2] for row in rows]
    assert percents(HEAD[:2], *SOUND_ONE, *alone)[6, 1].level == "question"


def test_two_rows_that_make_the_group_by_chance_are_no_levels():
    head = ["", "A (n = 35)", "B (n = 36)"]
    rows = [["Deaths, n (%)", "18 (51.4)", "19 (54.3)"], ["Falls, n (%)", "15 (42.9)", "17 (47.2)"],
            ["Other, n (%)", "", ""], ["Fever", "7 (20.0)", "9 (25.0)"]]  # fmt: skip
    assert percents(head, *rows)[1, 2].level == "question"


def test_a_head_that_says_mean_and_sd_is_heeded_where_the_caption_says_percent():
    rows = [
        ["Men (N = 37)", "12 (32.4)", "49.6 (26)"],
        ["Women (N = 41)", "14 (34.1)", "50.2 (24)"],
    ]
    found = percents(["", "Ill, n (%)", "Score / Mean (SD)"], *rows, caption="Numbers (percent)")
    assert set(found) == {(1, 1), (2, 1)}


def test_a_count_in_text_is_not_accused_where_its_paragraph_says_of_what_it_is():
    def levels(text: str) -> list[str]:
        document = Document("test", "", (Paragraph("Results", 1, text),), ())
        found = scan_document(document, "test").findings
        return [f.level for f in found if f.check == "percent"]

    alone = "In 24 of 210 (13.5%) strains it was seen."
    assert levels(alone) == ["fails"]
    assert levels(f"Cultures grew in 178 of 210. {alone}") == ["question"]
    assert levels("Twenty-eight eyes of 14 patients (46%) were treated.") == ["question"]


def test_a_total_with_a_percent_is_of_the_count_before_it():
    head = ["", "No. responses", "Total No. (%)", "No. responses", "Total No. (%)"]
    rows = [["Clinical", "3", "9 (33)", "44", "90 (49)"],
            ["Ultrasound", "3", "9 (33)", "26", "74 (35)"],
            ["Mammography", "1", "9 (11)", "22", "90 (24)"]]  # fmt: skip
    assert {f.level for f in percents(head, *rows).values()} <= {"holds"}


def test_a_number_of_weeks_counts_no_patients():
    text = (
        "The 61 drug 200 mg every 2 weeks patients (87.1%) and 63 every 4 weeks patients (90.0%)."
    )
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    assert not [f for f in scan_document(document, "test").findings if f.level != "holds"]


@pytest.mark.parametrize(("text", "level"), [("We asked doctors (n = 18).", "fails"), ("", None)])
def test_what_is_of_no_size_of_its_column_may_be_of_one_that_the_text_states(text, level):
    """Practices of one doctor, two or three make 10; their 18 doctors have no head."""
    rows = [["1, n (%)", "3 (30)"], ["2, n (%)", "6 (60)"], ["3, n (%)", "1 (10)"],
            ["", ""], ["Men, n (%)", "12 (67)"], ["Local, n (%)", "10 (56)"],
            ["Registered, n (%)", "11 (61)"], ["Fellow, n (%)", "15 (61)"],
            ["Diploma, n (%)", "2 (11)"], ["Other, n (%)", "7 (39)"]]  # fmt: skip
    found = percents(["", "Group 1"], ["Number of doctors", ""], *rows, text=text)
    assert getattr(found.get((9, 1)), "level", None) == level


RISKS = [["Smoker, n (%)", "41 (45.6)", "38 (42.2)"], ["Drinker, n (%)", "35 (38.9)", "32 (35.6)"],
         ["Diabetes, n (%)", "23 (25.6)", "22 (24.4)"],
         ["Stroke, n (%)", "36 (40.0)", "41 (45.6)"]]  # fmt: skip


@pytest.mark.parametrize(
    "heads", [[["", "Drug (n = 65)", "Placebo (n = 65)"]],
              [["", "Drug", "Placebo"], ["Initial subjects, n", "65", "65"]]],
)  # fmt: skip
def test_a_column_whose_percents_all_are_of_another_size_than_its_head_is_asked_about(heads):
    found = percents(*heads, *RISKS)
    asked = [f.reading for f in found.values() if f.level == "question"]
    assert (len(found), len(asked)) == (8, 8)  # which the listing says once for each column
    assert all("90 the size behind 4 percents of the column" in reading for reading in asked)
    larger = [[cell.replace("65", "95") for cell in row] for row in heads]
    fewer = percents(*larger, *RISKS)  # five lack data, which is asked once of a column
    assert [f.level for f in fewer.values()].count("question") == 2
    assert {f.against for f in found.values()} == {"90"}
    stated = percents(["", "Drug", "Placebo"], *RISKS, text="There were 90 patients in a group.")
    assert {f.level for f in stated.values()} == {"holds"}


def test_the_sizes_of_groups_are_those_under_their_words():
    rows = [["Number of patients", "", ""], ["All", "120", "120"], ["Evaluable", "106", "108"],
            ["Deaths, n (%)", "", ""], ["All", "21 (17.5)", "28 (23.3)"],
            ["Evaluable", "17 (16.0)", "19 (15.7)"]]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert [found[r, 1].against for r in (5, 6)] == ["120", "106"]
    assert [found[r, c].level for r in (5, 6) for c in (1, 2)] == ["holds"] * 3 + ["question"]


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


def test_a_size_printed_elsewhere_accuses_nothing():
    text = "We randomised patients to the drug group (n = 40) or to placebo (n = 38)."
    rows = [row[:2] for row in SOUND]
    found = percents(["", "Drug"], *rows, ["Stroke, n (%)", "15 (41.3)"], text=text)
    assert found[4, 1].level == "question"
    found = percents(["", "Drug"], *rows, ["Stroke, n (%)", "13 (35.1)"], text=text)
    assert (4, 1) not in found  # 37 of 40 were followed


def test_a_cell_may_print_its_own_size():
    found = percents(HEAD, *SOUND, ["Pain, n (%)", "10 (26%) N = 39", "9 (25.7) n = 35"])
    assert [found[4, c].against for c in (1, 2)] == ["39", "35"]
    assert {found[4, c].level for c in (1, 2)} == {"holds"}


def test_the_next_patients_of_a_sentence_are_not_what_a_percent_counts():
    """Ten of twelve patients had four vaccinations (83.3 %)."""
    text = "Ten patients had all four vaccinations (83.3%) and two patients had three."
    assert "fails" not in {f.level for f in of_text(text, "percent")}
    text = "Four patients (83.3%) and two others came."
    assert "fails" in {f.level for f in of_text(text, "percent")}


def test_sd_beside_pd_is_stable_disease_and_no_deviation():
    head = ["", "A (n = 62)", "B (n = 62)"]
    rows = [["CR", "0", "5 (8.1)"], ["PR", "16 (25.8)", "36 (58.1)"],
            ["SD", "24 (38.7)", "19 (29.0)"], ["PD", "22 (35.5)", "2 (3.2)"]]  # fmt: skip
    found = percents(head, *rows)
    assert (found[3, 1].level, found[3, 2].level) == ("holds", "fails")
    assert (3, 2) not in percents(head, *rows[:-1])


def test_the_size_in_the_corner_is_that_of_the_table():
    rows = [["Fever", "7 (5%)", "5 (4%)"], ["Rash", "11 (8%)", "9 (6%)"],
            ["Nausea", "31 (22%)", "17 (12%)"], ["Pain", "52 (37%)", "23 (16%)"],
            ["Cough", "44 (31%)", "38 (27%)"]]  # fmt: skip
    said = [(f.level, f.against) for f in percents(["n = 140", "Mild", "Severe"], *rows).values()]
    assert ("holds", "140") in said
    assert "140" not in {f.against for f in percents(["", "Mild", "Severe"], *rows).values()}


def test_where_most_percents_are_of_their_row_the_others_are_asked():
    rows = [["Male, n (%)", "37 (27.4)", "98 (72.6)"], ["Benign, n (%)", "13 (31.0)", "29 (79.0)"],
            ["Smoker, n (%)", "22 (16.1)", "115 (83.9)"],
            ["Pain, n (%)", "15 (62.5)", "9 (37.5)"]]  # fmt: skip
    found = percents(["", "Low", "High"], *rows)
    assert {found[r, c].level for r in (1, 3, 4) for c in (1, 2)} == {"holds"}
    assert (found[2, 2].level, found[2, 2].against) == ("question", "42")


def test_groups_whose_labels_print_their_sizes_are_no_levels():
    """21 and 24 make 45 by chance, which is the size of the second."""
    rows = [["Day 28-56", "", ""], ["A low (n = 42)", "10 (24%)", "31 (74%)"],
            ["B low (n = 45)", "13 (29%)", "31 (69%)"], ["Day 1-56", "", ""],
            ["A low (n = 42)", "18 (43%)", "21 (53%)"],
            ["B high (n = 45)", "18 (40%)", "24 (53%)"]]  # fmt: skip
    found = percents(["Group, n (%)", "Progression", "Stable"], *rows)
    assert (found[5, 2].level, found[6, 2].level) == ("question", "holds")


def test_a_class_of_income_counts_people():
    rows = [["Income, n (%)", "", ""], ["$10,001-$20,000", "12 (30.0)", "10 (26.3)"],
            ["$20,001-$35,000", "15 (41.3)", "3 (7.9)"]]  # fmt: skip
    found = percents(HEAD, *SOUND, *rows)
    assert (found[5, 1].level, found[6, 1].level) == ("holds", "fails")


def test_the_size_two_columns_before_is_that_of_its_row():
    head = ["", "N", "n", "%", "N", "n", "%"]
    rows = [["All", "152", "70", "46.1", "145", "34", "23.4"],
            ["Husband smokes"] * 7,
            ["Yes", "130", "58", "44.6", "111", "20", "18.0"],
            ["No", "22", "12", "54.5", "34", "14", "41.2"]]  # fmt: skip
    assert "fails" not in {f.level for f in percents(head, *rows).values()}


def test_shares_of_a_table_of_estimates_are_asked_about():
    good = ["386/411 (93.9%)", "379/407 (93.1%)", "201/409 (49.1%)", "356/397 (89.7%)"]
    rows = [["Free of failure", text] for text in (*good, "111/397 (28.0%)", "391/411 (94.2%)")]
    assert percents(["", "Drug"], *rows)[6, 1].level == "fails"
    notes = ("Difference based on Kaplan-Meier estimates.",)
    assert percents(["", "Drug"], *rows, notes=notes)[6, 1].level == "question"


def test_a_sign_before_the_percent_and_a_share_behind_a_slash_are_read():
    found = percents(HEAD, *SOUND, ["Ascent, n/N (%)", "6/40 (% 1.5)", "4 (% 10.5)"])
    assert (found[4, 1].level, found[4, 2].level) == ("question", "holds")
    levels = ["Sex (male/female)", "26 (65)/14 (45)", "24 (63.2)/14 (36.8)"]
    document = Document("test", "", (), (table(HEAD, *SOUND, levels),))
    asked = [f for f in scan_document(document, "test").findings if f.level == "question"]
    assert [f.printed for f in asked if f.check == "percent"] == ["14 (45)"]
    assert percents(HEAD, *SOUND, ["Pressure", "120 (12)/80 (9)", ""]).keys() == {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_a_size_stands_in_the_column_before_or_in_the_row_above():
    rows = [["Readmitted, n (%)", "95", "30 (31.6)"], ["Urgent, n (%)", "95", "17 (17.9)"]]
    rows += [["Ill, n (%)", "95", "43 (45.3)"], ["Well, n (%)", "95", "52 (54.7)"]]
    found = percents(["", "N", "Drug"], *rows, ["Died, n (%)", "95", "8 (7.8)"])
    assert [found[r, 2].level for r in range(1, 6)] == [*["holds"] * 4, "question"]
    head = ["", "Drug", "Placebo"]
    rows = [["Deficient before, n", "77", "82"],
            ["Still deficient, n (%)", "43 (55.8)", "53 (64.6)"],
            ["Small cells before, n", "147", "164"]]  # fmt: skip
    found = percents(head, *rows, ["Still small, n (%)", "133 (87.5)", "148 (87.6)"])
    assert found[4, 1].reading.startswith("147 is the count of row Small cells before")
    assert (2, 1) not in percents(head, rows[2], ["Still small, n (%)", "133 (87.5)", "148 (87.6)"])


TWO_ARMS = "We gave UFT (n = 29) or watched OBS (n = 31) of 60 patients. "


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("It grew in 25 (89.3%) in the UFT arm.", "it is of 28; the group that is named has 29"),
        ("It grew in 25 (86.2%) in the UFT arm.", None),
        ("It grew in 25 (80.6%) in UFT and OBS, respectively.", None),
        ("Of 28 patients seen it grew in 25 (89.3%) in the UFT arm.", "of what the sentence names"),
        ("It grew in 25 (89.3%) in the UFT arm and not in 3 (10.7%) in the UFT arm.", None),
        ("In the discussion of others it grew 25 (89.3%) in the UFT arm.", None),
        ("There were 113 other tumours (84.3%).", "it is of 134, which the article does not print"),
        ("There were 113 other tumours (84.3%) and 21 cancers (15.7%).", None),
        ("Spared were 36 (60.0%) and 6 (35.38%).", "no whole number of patients gives it"),
        ("It was less in 40.1% (n = 11).", "no whole number of patients gives it"),
        ("Most in grade 6 (35.38%) and stage 2, 37.5% came.", None),
        ("It lasted 11 more weeks (40.1%).", None),
        ("It removed 1 log (90%) of it.", None),
        ("We took 203 eggs from 352 ripe follicles (57.7%).", None),
        ("The CV was 5.0% (n = 18).", None),
        (
            "Relapse-free survival at three years, as the register gave it to the readers of the "
            "journal, was lower in one arm (32.3%, n = 89).",
            None,
        ),
        (
            "Of the 41 patients, 29 (70.8%) came.",
            "at most one unit of the last digit from 29 of 41",
        ),
        (
            "Ninety-four percent were not married (259/573).",
            "not the percent of the fraction printed with it",
        ),
        ("Forty-five percent were not married (259/573).", "reproduced"),
    ],
)
def test_a_percent_of_a_sentence_is_held_to_the_group_that_it_names(sentence, reading):
    section = "Discussion" if "discussion" in sentence else "Results"
    paragraphs = (Paragraph("Methods", 1, TWO_ARMS), Paragraph(section, 1, sentence))
    heads = [["", "UFT (n = 29)", "OBS (n = 31)"], ["Age, mean (SD)", "61 (9)", "60 (8)"]]
    document = Document("test", "", paragraphs, (table(*heads),))
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    assert [f.reading for f in found][:1] == ([reading] if reading else [])


def test_sizes_that_percents_alone_gainsay_are_asked_about():
    def asked(*rows: list[str]) -> list[str]:
        document = Document("test", "", (), (table(*rows),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "denominators" and f.level == "question"]

    told = [
        ["Easy", "98", "96"],
        ["New", "84", "93"],
        ["Shared", "79", "85"],
        ["Private", "90", "87"],
    ]
    assert asked(["", "Alcohol (n = 15) %", "Sugar (n = 115) %"], *told) == []  # most: weighted?
    assert asked(["", "Alcohol (n = 115) %", "Sugar (n = 115) %"], *told) == []


def test_a_level_of_the_group_is_not_asked_about_where_the_others_are_of_more():
    school = [["School, n (%)", ""], ["  none", "50 (31.2)"], ["  some", "71 (44.4)"]]
    found = percents(["", "Drug (n = 159)"], *school, ["  all", "39 (24.5)"])
    assert found[4, 1].level == "holds"  # the others are of 160


def test_a_head_within_a_table_names_other_groups_and_other_columns():
    again = ["Doses, n (%)", "Low dose (n = 60)", "High dose (n = 90)"]
    rows = [["One", "22 (36.7)", "21 (17.5)"], ["Two", "18 (30.0)", "27 (30.0)"],
            ["Three", "11 (18.3)", "31 (34.4)"], ["Four", "9 (15.0)", "11 (12.2)"]]  # fmt: skip
    found = percents(["", "Young (n = 30)", "Old (n = 120)"], again, *rows)
    assert found[2, 2].level != "holds"  # 17.5 is of 120, the size of the old
    for again[1:] in (["Young (n = 60)", "Old (n = 90)"], ["Doses (n = 90)", "Doses (n = 90)"]):
        found = percents(["", "Young (n = 30)", "Old (n = 120)"], again, *rows)
        assert found[2, 2].level == "holds"  # the same groups; a block of all

    wards = [["Man", "41", "55.4"], ["Woman", "23", "31.1"], ["Child", "7", "9.5"]]
    rows = [["Age", "71 (9)", "50-90"], ["Ward", "N", "Percent"], *wards, ["Baby", "3", "4.1"]]
    found = percents(["", "Mean (SD)", "Range"], *rows)
    assert [found[r, 2].level for r in range(3, 7)] == ["holds"] * 4


def test_levels_that_are_of_another_number_than_the_group_are_asked_about():
    improved = [["Improved (n = 29)", ""], ["Yes", "10 (34.5)"], ["No", "14 (13.0)"]]
    rows = [["Sex", ""], ["Male", "79 (73.1)"], ["Female", "29 (26.9)"], *improved]
    found = percents(["", "Studies, n (%)"], *rows, caption="All 108 studies")
    assert (found[5, 1].level, found[6, 1].against) == ("holds", "29")


def test_levels_most_of_which_are_of_their_sum_say_what_the_others_are_not_of():
    rows = [["Nurse", "235 (38.7)"], ["Expert", "4 (7.0)"], ["Doctor", "100 (16.5)"],
            ["Patient", "216 (35.6)"], ["Team", "36 (5.9)"], ["Parent", "16 (2.6)"]]  # fmt: skip
    found = percents(["", "Messages, n (%)"], *rows)
    assert [found[r, 1].level for r in range(1, 7)] == ["holds", "fails", *["holds"] * 4]
    assert found[2, 1].against == "607"


def test_percents_that_are_of_the_counts_of_a_column_before_hold():
    eligible = [13, 210, 38, 72, 194, 20, 49, 71, 132, 33]
    took = [11, 189, 36, 64, 176, 9, 41, 59, 75, 17]
    rows = [[f"Risk {i}", f"{n}", f"{k} ({100 * k / n:.1f})"]
            for i, (n, k) in enumerate(zip(eligible, took, strict=True))]  # fmt: skip
    rows = [[name, f"{n} (%)".replace("%", f"{int(n) / 4.71:.1f}"), k] for name, n, k in rows]
    found = percents(["", "Eligible, n (%)", "Took it, n (%)"], *rows[:9], ["Other", *rows[9][1:]])
    assert {found[r, 2].level for r in range(1, 11)} == {"holds"}
    assert found[4, 2].reading.endswith("the count of a column before")
    rows[4][2] = "176 (91.9)"
    found = percents(["", "Eligible, n (%)", "Took it, n (%)"], *rows)
    assert found[5, 2].reading.startswith("194 is the count of a column before")


def test_groups_below_each_other_are_of_the_sizes_in_a_column_before():
    head = ["Group", "Cases", "Recovered", "Improved", "Worse"]
    rows = [["Drug", "42", "19 (45.2%)", "20 (47.6%)", "3 (0.0%)"],
            ["Placebo", "42", "18 (42.9%)", "15 (35.7%)", "9 (21.4%)"]]  # fmt: skip
    found = percents(head, *rows)
    assert [found[1, c].level for c in (2, 3, 4)] == ["holds", "holds", "question"]
    assert found[1, 4].reading.startswith("42 is the count of a column before")
    rows = [["Drug", "42", "19 (45.2%)", "20 (37.6%)"], ["Placebo", "42", "18 (62.9%)", "2 (9.7%)"]]
    assert not percents(head[:4], *rows)  # of which hardly any is of it


def test_groups_below_each_other_are_of_the_sizes_behind_their_names():
    head = ["", "Cured", "Relapsed"]
    rows = [["Drug (107)", "96 (89.7)", "11 (10.3)"], ["Diet (62)", "50 (80.6)", "12 (19.4)"],
            ["Placebo (108)", "70 (64.8)", "37 (35.4)"]]  # fmt: skip
    found = percents(head, *rows, caption="Outcome, n (%)")
    assert found[3, 1].level == "holds"
    assert found[3, 2].level == "question"


def test_another_row_is_no_whole_by_chance():
    rows = [*SOUND, ["Blocker, n (%)", "36 (90.0)", "30 (78.9)"],
            ["Previous falls, n (%)", "4 (11.1)", "2 (5.3)"]]  # fmt: skip
    found = percents(HEAD, *rows)
    assert found[5, 1].reading == "holds if 36 of 40 had data"
    rows[4][0] = "  of whom fell, n (%)"
    assert percents(HEAD, *rows)[5, 1].level == "holds"


def test_a_head_of_percents_below_one_of_means_says_what_follows():
    head = ["", "Drug (n = 40), mean (SD)", "Placebo (n = 38), mean (SD)"]
    rows = [["Age", "45.1 (15.2)", "44.8 (15.4)"], ["", "n (%)", "n (%)"],
            ["Male", "21 (52.5)", "18 (47.4)"], ["Female", "19 (47.5)", "20 (62.6)"]]  # fmt: skip
    found = percents(head, *rows)
    assert (found[3, 1].level, found[4, 2].level) == ("holds", "fails")
    assert not percents(head, rows[0], ["Score", "21 (5.2)", "18 (4.7)"])


def test_a_quartile_may_name_a_group():
    head = ["", "Lowest quartile (n = 40)", "Highest quartile (n = 38)"]
    found = percents(head, *SOUND, ["Stroke, n (%)", "3 (7.5)", "3 (7.5)"])
    assert found[4, 2].level == "fails"
    rows = [[row[0].removesuffix(", n (%)"), *row[1:]] for row in SOUND]
    note = "Values are numbers (percentages), n (%)"
    found = percents(head, *rows, ["Stroke", "3 (8.1)", "3 (7.9)"], notes=(note,))
    assert found[4, 1].level == "question"


def test_what_excludes_each_other_in_one_column_does_so_in_the_next():
    rows = [["First", "3 (15%)", "1 (5%)"], ["Second", "5 (24%)", "5 (24%)"],
            ["Third", "7 (35%)", "10 (48%)"], ["Fourth", "6 (30%)", "5 (24%)"]]  # fmt: skip
    found = percents(["Tooth", "Drug", "Placebo"], *rows)
    assert {found[r, 2].level for r in range(1, 5)} == {"holds"}
    assert [found[r, 1].level for r in (1, 3, 4)] == ["question"] * 3
    assert found[3, 1].against == "21"
    rows[2][2] = "12 (58%)"
    assert not percents(["Tooth", "Drug", "Placebo"], *rows)


def test_a_column_that_needs_more_patients_than_its_head_has_is_asked_about():
    rows = [["Ill, n (%)", "28 (66.7)"], ["Fever, n (%)", "13 (31.0)"], ["Pain, n (%)", "6 (14.3)"],
            ["Age, years", "40 (12.1)"], ["Cough, n (%)", "10 (23.8)"]]  # fmt: skip
    found = percents(["", "Drug (n = 41)"], *rows)
    assert found[1, 1].level == "question"
    fewer = [
        ["Ill, n (%)", "26 (66.7)"],
        ["Fever, n (%)", "12 (32.4)"],
        ["Pain, n (%)", "5 (13.9)"],
    ]
    lacking = percents(["", "Drug (n = 41)"], *fewer)
    assert lacking[3, 1].reading == "holds if 36 of 41 had data"
    assert {f.level for f in lacking.values()} == {"question"}


def test_a_doubtful_word_is_outweighed_by_the_other_groups_of_the_row():
    rows = [["Imputed grade, n (%)", "", ""], ["Low", "24 (60.0)", "30 (88.9)"],
            ["High", "16 (40.0)", "8 (21.1)"]]  # fmt: skip
    assert percents(HEAD, *SOUND, *rows)[5, 2].level == "fails"
    note = ("Missing data were imputed.",)
    assert percents(HEAD, *SOUND, *rows, notes=note)[5, 2].level == "question"


def test_a_head_that_is_repeated_may_end_with_a_p_value():
    rows = [[*HEAD, "P value"], [*SOUND[0], "0.8"],
            ["As treated", "Drug (n = 33)", "Placebo (n = 31)",
            "P value"], ["Male, n (%)", "21 (63.6)", "18 (58.1)", "0.6"]]  # fmt: skip
    assert percents(*rows)[3, 2].against == "31"


def test_a_word_such_as_change_leaves_a_percent_with_its_sign_to_its_column():
    rows = [["Ill", "21 (52%)", "18 (47%)"], ["Well", "7 (18%)", "9 (24%)"],
            ["Cured", "13 (32%)", "11 (29%)"], ["Worse", "15 (38%)", "12 (32%)"],
            ["Change of drug", "9 (38%)", "3 (8%)"]]  # fmt: skip
    assert percents(HEAD, *rows)[5, 1].level == "question"
    weighted = percents(HEAD, *rows, notes=("Percents are weighted.",))
    assert weighted[5, 1].level == "question"


def test_a_row_of_sizes_may_only_name_who_is_counted():
    rows = [["Subjects", "194 (%)", "67 (%)"], ["Died, n (%)", "5 (2.58)", "6 (8.96)"],
            ["Relapsed, n (%)", "7 (3.61)", "6 (7.96)"]]  # fmt: skip
    found = percents(["", "Stable", "Declined"], *rows)
    assert (found[2, 2].level, found[3, 2].level) == ("holds", "fails")
    assert found[3, 2].against == "67"


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


def test_numbers_say_more_than_a_word_of_the_head():
    rows = [[label.removesuffix(", n (%)"), *(f"{cell[:-1]}%)" for cell in cells)]
            for label, *cells in SOUND]  # fmt: skip
    head = ["", "Routine change (n = 40)", "Change if needed (n = 38)"]
    found = percents(head, *rows, ["Stroke", "15 (33.5%)", "3 (7.9%)"])
    assert {f.level for (r, _), f in found.items() if r < 4} == {"holds"}
    assert found[4, 1].level == "fails"
    assert percents(head, ["Pain", "-8 (33.5%)", "3 (12.1%)"]) == {}


def test_a_share_that_is_none_of_nearly_all_patients_is_asked_where_all_lack_data():
    lacking = [["Thirsty", "30 (76.9)"], ["Tired", "20 (54.1)"], ["Hungry", "16 (42.1)"],
               ["Sleepy", "34 (91.9)"], ["Angry", "28 (71.8)"], ["Sad", "9 (24.3)"],
               ["Calm", "33 (89.2)"], ["Happy", "26 (66.7)"]]  # fmt: skip
    found = percents(["", "Drug (n = 40), n (%)"], *lacking, ["Ill", "26 (44.1)"])
    assert {f.level for f in found.values()} == {"question"}
    assert "data" in found[2, 1].reading or "as are others" in found[2, 1].reading
    assert found[9, 1].level == "question"


def test_numbers_of_which_nearly_all_lack_some_data_are_shares_that_nothing_calls_so():
    rows = [["Ill", "22 (56.4)"], ["Well", "16 (42.1)"], ["Sad", "33 (89.2)"], ["Old", "9 (23.1)"]]
    found = percents(["", "Drug (n = 40)"], *rows, ["Tired", "25 (63.8)"])
    assert {f.level for (r, _), f in found.items()} == {"question"}
    assert found[2, 1].reading == "holds if 38 of 40 had data"
    rows = [["Ill", "22 (5.4)"], ["Well", "16 (4.2)"], ["Sad", "33 (8.9)"], ["Old", "9 (23.1)"]]
    assert percents(["", "Drug (n = 40)"], *rows) == {}


def test_a_count_of_thousands_may_stand_behind_its_percent():
    rows = [["Ill, % (n)", "53 (1,123)"], ["Old, % (n)", "83 (1,758)"],
            ["Sad, % (n)", "70 (1,483)"], ["Tired, % (n)", "41 (869)"],
            ["Well, % (n)", "64 (1,483)"]]  # fmt: skip
    found = percents(["", "Drug (n = 2,118)"], *rows)
    assert [found[r, 1].level for r in range(1, 6)] == [*["holds"] * 4, "fails"]


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


def test_a_share_below_one_percent_is_read():
    found = percents(HEAD, *SOUND, ["Fever, n (%)", "0 (<1)", "3 (<1)"])
    assert found[4, 2].level != "holds"
    held = percents(
        ["", "Drug (n = 240)"], ["Fever, n (%)", "2 (<1%)"], ["Pain, n (%)", "24 (10%)"]
    )
    assert {f.level for f in held.values()} == {"holds"}
    assert percents(["", "Drug (n = 240)", "P"], ["Steps", "21 (<0.001)", "12 (<0.1)"]) == {}


def test_the_size_of_a_cell_may_stand_in_a_column_after_it():
    head = ["", "Drug (n = 40)", "", "Placebo (n = 38)", ""]
    rows = [["Pain, n (%)", "10 (26)", "(N = 39)", "9 (26)", "(N = 35)"]]
    found = percents(head, *rows)
    assert [(found[1, c].level, found[1, c].against) for c in (1, 3)] == [
        ("holds", "39"), ("holds", "35")]  # fmt: skip


def test_a_row_of_sizes_may_say_that_percents_stand_below():
    sizes = ["n", "627 (%)"]
    rows = [["Cough", "354 (56.5)"], ["Wheeze", "273 (43.5)"], ["Itch", "174 (27.8)"],
            ["Pain", "178 (27.4)"]]  # fmt: skip
    found = percents(["", "Mannitol"], sizes, *rows)
    assert [found[r, 1].level for r in range(2, 6)] == ["holds"] * 3 + ["fails"]


@pytest.mark.parametrize(
    ("counts", "shares"), [("Frequency", "Percentage"), ("n", "Mean (SD) or %"), ("f", "Valid %")]
)
def test_a_percent_may_stand_in_the_column_after_its_count(counts, shares):
    rows = [["Male", "21", "52.5"], ["Diabetes", "7", "17.5"], ["Married", "17", "42.5"],
            ["Smoker", "13", "36.5"]]  # fmt: skip
    found = percents(["", f"Drug (n = 40) / {counts}", f"Drug (n = 40) / {shares}"], *rows)
    assert [found[r, 2].level for r in (1, 2, 3, 4)] == ["holds"] * 3 + ["fails"]
    both = percents(["", "Drug (n = 40) / n (%)", "Placebo (n = 38) / n (%)"], ["Died", "0", "0"])
    assert both == {}


PAIRED = [["Male", "21", "52.5"], ["Diabetes", "7", "17.5"], ["Married", "17", "42.5"],
          ["Smoker", "13", "32.5"], ["Ill", "26", "65.0"], ["Well", "34", "85.0"],
          ["Old", "3", "7.5"], ["Short", "11", "27.5"], ["Tall", "29", "72.5"]]  # fmt: skip


def test_numbers_may_say_that_two_columns_are_a_count_and_its_percent():
    head = ["Drug (n = 40)", "n"]  # which stands one column off
    found = percents([*head, "%"], *PAIRED, ["Stroke", "15", "41.3"])
    assert [found[r, 2].level for r in range(1, 11)] == [*["holds"] * 9, "fails"]
    turned = [[label, percent, f"({count})"] for label, count, percent in PAIRED]
    found = percents(["", "Drug (n = 40)", "(n)"], *turned, ["Stroke", "41.3", "(15)"])
    assert [found[r, 2].level for r in range(1, 11)] == [*["holds"] * 9, "fails"]
    elsewhere = percents(["", "Drug (n = 90)", "n"], *PAIRED)
    assert elsewhere == {}  # no size of these is printed
    arms = [[label, count, count] for label, count, _ in PAIRED]
    assert percents(["", "Drug (n = 100)", "Placebo (n = 100)"], *arms) == {}


def test_a_label_may_say_that_two_columns_are_a_count_and_its_percent():
    head = ["", "Drug (n = 40)", "Drug (n = 40)"]
    rows = [[f"{label}, n (%)", *row] for label, *row in PAIRED[:3]]
    found = percents(head, *rows, ["Stroke, n (%)", "15", "41.3"], ["Age", "61", "5.2"])
    assert [found[r, 2].level for r in range(1, 5)] == [*["holds"] * 3, "fails"]
    assert len(found) == 4
    rows = [["Sex, n (%)", "", ""], ["Male", "21/40", "(52.5)"], ["Alive", "13/38", "(34.2)"]]
    assert {f.level for f in percents(head, *rows).values()} == {"holds"}


def test_a_percent_between_a_count_and_a_fraction_is_of_the_count():
    rows = [["Male", "21", "52.5%", "8/19"], ["Ill", "7", "17.5%", "2/38"]]
    found = percents(["", "n", "%", "n/N"], *rows, caption="40 patients")
    assert {(at, f.level) for at, f in found.items()} == {((1, 2), "holds"), ((2, 2), "holds")}


def test_a_size_of_the_caption_goes_before_one_of_another_place():
    text = "After a year 235 had lost weight (year one, n = 235)."
    rows = [["Active", "198 (35.8%)"], ["Very active", "115 (20.8%)"], ["Light", "421 (76.1%)"],
            ["Slim", "269 (48.6%)"], ["Lighter", "235 (42.0%)"]]  # fmt: skip
    found = percents(["", "Year one"], *rows, caption="Activity (n = 553)", text=text)
    assert [found[r, 1].level for r in range(1, 6)] == ["holds"] * 4 + ["question"]


def test_a_column_of_sizes_is_that_of_the_columns_behind_it():
    head = ["Group", "n", "Recovery, n (%)", "No change, n (%)", "Death, n (%)"]
    rows = [["Drug", "31", "4 (12.9)", "20 (64.5)", "1 (3.2)"],
            ["Placebo", "30", "2 (6.7)", "8 (23.3)", "1 (3.3)"]]  # fmt: skip
    found = percents(head, *rows)
    assert found[1, 4].against == "31"
    assert found[2, 3].level != "holds"


def test_two_rows_of_which_only_one_column_holds_say_not_what_the_other_is_of():
    rows = [["Focal", "18 (81.8)", "17 (70.8)"], ["Known", "3 (16.6)", "2 (10.9)"]]
    found = percents(["", "Drug (n = 22), n (%)", "Placebo (n = 24), n (%)"], *rows)
    assert found[2, 1].level != "holds"


def test_a_size_may_have_the_empty_decimals_of_the_means_below_it():
    rows = [["N", "64.00"], ["Age", "39.61"], ["Events, n (%)", "45 (70.31)"],
            ["Deaths, n (%)", "20 (31.25)"], ["Pain, n (%)", "35 (54.69)"]]  # fmt: skip
    found = percents(["", "Drug"], *rows)
    assert {f.against for f in found.values()} == {"64"}


def test_a_count_of_thousands_may_stand_before_its_percent():
    rows = [["Early", "10/1,174", "0.4"], ["Late", "8/493", "1.6"], ["Young", "14/1,434", "1.0"],
            ["Old", "14/740", "1.9"], ["Men", "4/927", "0.4"]]  # fmt: skip
    found = percents(["", "Deaths/N", "% Mortality"], *rows)
    assert [found[r, 2].level == "holds" for r in range(1, 6)] == [False, *[True] * 4]


def test_a_percent_may_stand_in_the_line_below_its_count():
    rows = [["Cured", "20/40\n50.0%\n(36 to 64)", "12/38\n31.6%"],
            ["Ill", "10/40\n28.0%\n(15 to 41)", "19/38\n50.0%"]]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert [found[r, c].level for r in (1, 2) for c in (1, 2)] == [
        "holds",
        "holds",
        "fails",
        "holds",
    ]


def test_a_label_that_says_count_and_percent_needs_no_size_to_be_asked():
    found = percents(["", "Left", "Stayed"], ["Women, n (%)", "14 (77.0)", "148 (76.7)"])
    assert {at: f.level for at, f in found.items()} == {(1, 1): "question"}
    assert percents(["", "Left", "Stayed"], ["Age, years", "14 (77.0)", "148 (76.7)"]) == {}


def test_all_of_a_group_are_no_level_beside_some_of_them():
    rows = [["Started", "330 (56%)", "594 (100%)", "457 (77%)", "263 (44%)"],
            ["Changed", "56 (15%)", "2 (<1%)", "37 (8%)", "22 (8%)"]]  # fmt: skip
    found = percents(["", "A, n (%)", "B, n (%)", "C, n (%)", "D, n (%)"], *rows)
    assert {at for at, f in found.items() if f.level == "holds"} <= {(1, 2), (2, 2)}


def test_a_number_behind_a_percent_is_what_that_is_of():
    head = ["", "Men / %", "Men / n", "Women / %", "Women / n"]
    rows = [["Low", "83.3", "66", "73.9", "88"], ["Poor", "69.2", "52", "43.1", "65"],
            ["Smoker", "7.4", "68", "12.6", "87"], ["Ill", "11.8", "68", "14.9", "87"]]  # fmt: skip
    assert percents(head, *rows) == {}


def test_a_mean_percent_with_its_sd_is_no_share_of_the_clinics_before_it():
    head = ["Arm", "n", "Patients, n/N (%)", "Of clinics, mean (SD)"]
    rows = [["A", "12", "156/470 (33.2%)", "33.9% (29)"],
            ["B", "14", "96/402 (23.9%)", "48.3% (33)"],
            ["C", "13", "81/305 (26.6%)", "36.5% (31)"]]  # fmt: skip
    found = percents(head, *rows)
    assert {f.level for f in found.values()} == {"holds"}
    assert {c for _, c in found} == {2}


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


def test_a_size_that_the_article_states_is_likelier_than_one_beside_it():
    """These are of 107 as well as of 108."""
    rows = [["Pain, n (%)", "48 (44%)"], ["Anxiety, n (%)", "81 (75%)"],
            ["Sadness, n (%)", "79 (73%)"], ["Distress, n (%)", "99 (92%)"]]  # fmt: skip
    found = percents(["", "Baseline"], *rows)
    assert {f.against for f in found.values()} == {"107"}
    found = percents(["", "Baseline"], *rows, text="We asked 108 patients.")
    assert {(f.level, f.against) for f in found.values()} == {("holds", "108")}


def test_data_are_missing_of_the_least_size_that_has_as_many():
    rows = [[f"Sign {i}, n (%)", f"{i} ({i / 2.21:.1f})"] for i in (30, 42, 51, 84, 97, 110)]
    found = percents(["", "Drug (n = 456)"], ["N", "221"], *rows, ["Ill, n (%)", "62 (28.6)"])
    assert found[8, 1].reading == "holds if 217 of 221 had data"


def test_a_place_that_is_long_keeps_the_label_of_its_row():
    block = "Adverse events of any cause that were seen by the end of the trial or reported later"
    rows = [[block, "", ""], ["Nausea, n (%)", "15 (41.3)", "3 (7.9)"]]
    found = percents(HEAD, *SOUND, *rows)
    assert found[5, 1].place.split(", ", 1)[1].startswith("Adverse events of any cause")
    assert "... > Nausea, n (%), Drug" in found[5, 1].place


def test_a_fraction_of_more_than_all_may_be_a_decimal_and_is_asked():
    rows = [["Girls", "19 (31/1)", "18 (29/5)"], ["Boys", "42 (68/9)", "43 (70/5)"],
            ["Hernia", "31 (50/8)", "39 (63/9)"], ["Urogenital", "22 (36)", "16 (26/6)"],
            ["Abdomen", "4 (6/6)", "2 (3/3)"], ["Breast", "2 (3/3)", "0 (0)"]]  # fmt: skip
    found = percents(["", "A (n = 61) n (%)", "B (n = 61) n (%)"], *rows)
    assert found[1, 1].level == "question"
    assert "fails" not in {f.level for f in found.values()}


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


def test_the_total_of_a_row_is_of_the_groups_that_have_a_number_in_it():
    head = ["", "A (n = 41)", "B (n = 57)", "C (n = 83)", "All (n = 181)"]
    rows = [["Male, n (%)", "21 (51.2)", "23 (40.4)", "47 (56.6)", "91 (50.3)"],
            ["Calls, n (%)", "NA", "13 (22.8)", "31 (37.3)", "44 (31.4)"]]  # fmt: skip
    assert percents(head, *rows)[2, 4].level == "holds"
    rows[1][1] = "0 (0.0)"
    assert percents(head, *rows)[2, 4].level != "holds"


def test_a_size_that_stands_nearer_is_taken_where_it_was_printed_before():
    """Both blocks of 125 are of 125, though one of 114 stands between them."""
    rows = [["Women", "(n = 125)"], ["Any event, n (%)", "9 (7.2)"], ["Once", "(n = 114)"],
            ["Any event, n (%)", "5 (4.4)"], ["Twice", "(n = 125)"],
            ["Serious event, n (%)", "1 (0.8)"]]  # fmt: skip
    assert "of 125" in percents(["", "T40"], *rows)[6, 1].reading


def test_a_total_at_the_end_of_a_block_is_no_size_of_the_next():
    head = ["", "New (n = 31)", "Old (n = 47)"]
    rows = [["Audit, n (%)", "", ""], ["busy", "12 (70.6)", "19 (67.9)"],
            ["moved", "5 (29.4)", "9 (32.1)"], ["Total", "17", "28"], ["Survey, n (%)", "", ""],
            ["busy", "13 (41.9)", "21 (44.7)"], ["moved", "7 (22.6)", "11 (23.4)"]]  # fmt: skip
    found = percents(head, *rows)
    assert {f.level for f in found.values()} == {"holds"}


def test_rows_below_a_count_of_a_number_are_of_it_too():
    rows = [["Infections", ""], ["any", "29/847 (3.4)"], ["severe", "25 (3.0)"]]
    assert percents(["", "Control, n (%)"], *rows)[3, 1].level == "holds"


def test_a_number_of_the_label_is_what_its_percents_are_of():
    rows = [["Present (UC: 71; I: 78)", "36 (50.7)", "32 (41.0)"],
            ["Present (UC: 71; I: 66)", "36 (50.7)", "32 (41.0)"]]  # fmt: skip
    found = percents(["n (%)", "UC", "I"], *SOUND, *rows)
    assert "78: printed in its block" in found[4, 2].reading
    assert found[5, 2].level != "holds"


def test_levels_of_which_one_is_misprinted_still_say_what_the_others_are_of():
    rows = [["Class, n (%)", ""], ["I", "19 (7.6)"], ["II", "155 (61.3)"], ["III", "75 (29.9)"],
            ["IV", "2 (0.8)"]]  # fmt: skip
    found = percents(["", "Long (n = 450)"], *SOUND_450, *rows)
    assert {found[r, 1].level for r in (5, 7, 8)} == {"holds"}
    assert found[6, 1].level == "fails"


SOUND_450 = [["Male, n (%)", "402 (89.3)"], ["Diabetes, n (%)", "272 (60.4)"],
             ["Smoker, n (%)", "327 (72.7)"]]  # fmt: skip


def test_levels_that_lack_a_few_of_a_column_without_a_size_are_not_asked_of():
    """All percents are of 106, of whom two told no schooling."""
    rows = [["Married", "75 (70.8)"], ["Divorced", "5 (4.7)"], ["Widowed", "19 (17.9)"],
            ["Single", "7 (6.6)"], ["Schooling", ""], ["none", "44 (41.5)"], ["some", "15 (14.2)"],
            ["much", "45 (42.5)"]]  # fmt: skip
    found = percents(["n (%)", "Control"], ["Status", ""], *rows)
    assert {f.level for f in found.values()} <= {"holds"}


@pytest.mark.parametrize("cell", ["χ^2: 6.4 (2)*", "7.8 (n = 31)"])
def test_a_statistic_with_its_df_and_a_mean_with_its_number_are_no_shares(cell):
    assert (4, 2) not in percents(HEAD, *SOUND, ["Response", "21 (52.5)", cell])


def test_beside_means_stands_how_many_have_the_datum():
    head = ["", "n", "Mean ± SD or percent"]
    rows = [["Age", "350", "13.4 ± 0.9"], ["Score", "358", "83.9 ± 13.0"],
            ["Two parents", "362", "78.7"], ["Good health", "333", "71.2"]]  # fmt: skip
    assert not percents(head, *rows)


def test_a_percent_of_one_unit_off_is_not_of_other_patients():
    """10 of 134 are 7.5 %; that 8.8 %, of the 114 whose school is known, begin with 8 is chance."""
    rows = [["Male", "68 (51)"], ["Diabetes", "33 (25)"], ["Smoker", "21 (16)"],
            ["Asthma", "9 (7)"], ["Fever", "57 (43)"], ["Cough", "43 (32)"], ["Mother, n (%)", ""],
            ["school", "40 (35)"], ["more", "74 (65)"], ["Father, n (%)", ""],
            ["school", "47 (41)"], ["more", "67 (59)"]]  # fmt: skip
    found = percents(["n (%)", "Meat (n = 134)"], *rows, ["Other", ""], ["Obese", "10 (8)"])
    assert found[14, 1].reading == "at most one unit of the last digit from 10 of 134"


@pytest.mark.parametrize(("cell", "asked"), [("11 (22.0)", False), ("11 (12.1)", True)])
def test_a_size_of_which_no_percent_is_may_count_others_but_not_nearly(cell, asked):
    """Of 50 of the 101 no head speaks; of 91 ten lack the datum."""
    rows = [[*row, ""] for row in SOUND]
    found = percents([*HEAD, "Month 6 (n = 101)"], *rows, ["Often, n (%)", "", "", cell])
    assert ((4, 3) in found) == asked


def test_nothing_is_asked_of_a_column_that_is_far_from_its_size():
    rows = [["Died, n (%)", "46 (33)"], ["again, n (%)", "32 (30)"], ["later, n (%)", "21 (28)"],
            ["last, n (%)", "9 (17)"]]  # fmt: skip
    assert not percents(["", "Old (n = 220)"], *rows)
    assert percents(["", "Old (n = 220)"], *rows[:1])[1, 1].level == "question"


def test_cells_of_one_word_and_their_sizes_are_no_head():
    rows = [["Gender", "Male n = 15", "Male n = 13"], ["Pain, n (%)", "7 (25.0)", "9 (34.6)"]]
    found = percents(["", "Drug (n = 28)", "Placebo (n = 26)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}


def test_no_share_is_shown_of_fewer_than_are_counted():
    found = percents(HEAD, *SOUND, ["Patients tested, n (%)", "20293 (30.0)", "11 (28.9)"])
    assert "%" not in found[4, 1].recomputed


@pytest.mark.parametrize(("note", "level"), [("Peru, 2010.", "fails"), ("N = 2010.", "holds")])
def test_a_year_is_no_size(note, level):
    found = percents(HEAD, *SOUND, ["Moderate, n (%)", "53 (2.6)", "11 (28.9)"], notes=(note,))
    assert found[4, 1].level == level


def test_what_is_exactly_of_the_size_of_the_others_is_no_slip_of_rounding():
    """48 of 1109 are 4.3 %, and of the 1230 in the head 3.9 %."""
    rows = [
        ["Men, n (%)", "203 (16.5)"],
        ["Old, n (%)", "411 (33.4)"],
        ["Ill, n (%)", "617 (50.2)"],
    ]
    found = percents(["", "Control (n = 1230)"], *rows, ["None, n (%)", "48/1109 (3.9)"])
    assert found[4, 1].reading == "3.9 % of 1230 patients, as are others of the column"


def test_centimetres_for_men_are_no_size():
    rows = [["Waist < 102 cm for men, n (%)", ""], ["Month 3", "10 (25.0)"]]
    assert "102" not in percents(HEAD[:2], *SOUND_ONE, *rows)[5, 1].against


def test_the_count_of_another_group_is_no_size_though_n_heads_both():
    head = ["", "Drug", "Drug", "Usual", "Usual"], ["", "n", "%", "n", "%"]
    rows = [
        ["White", "13", "72.2%", "17", "94.4%"],
        ["Alone", "11", "61.1%", "12", "66.7%"],
        ["Married", "12", "66.7%", "10", "55.6%"],
        ["Poor", "2", "11.1%", "8", "44.4%"],
    ]
    found = percents(*head, *rows, head=2)
    assert "beside it" not in " ".join(f.reading for f in found.values())
    assert not [f for f in found.values() if f.against in {"11", "12", "13"}]


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


def test_the_number_of_a_label_may_be_of_all_groups_together():
    rows = [["Tiredness (n = 63)", "", ""], ["Mild, n (%)", "10 (31.2)", "12 (38.7)"]]
    assert (5, 1) not in percents(HEAD, *SOUND, *rows)  # 32 and 31
    rows[0][0] = "Tiredness (n = 69)"
    assert percents(HEAD, *SOUND, *rows)[5, 1].level == "question"


def test_a_number_of_patients_in_its_column_is_printed_of_a_group():
    rows = [["Age, mean (SD)", "61 (9) (n = 485)"], ["Pain, n (%)", "153 (31.5%)"],
            ["Rash, n (%)", "105 (21.6%)"], ["Fever, n (%)", "156 (32.2%)"]]  # fmt: skip
    sizes = {f.against for f in percents(["", "Drug"], *rows).values() if f.level == "question"}
    assert sizes <= {"485"}


def test_all_levels_but_one_say_of_what_they_are():
    counts = {"Officer": "2 (5%)", "Nurse": "1 (2%)", "Midwife": "4 (10%)", "Aide": "5 (12%)",
              "Cleaner": "7 (17%)", "Driver": "8 (19%)", "Technician": "15 (26%)"}  # fmt: skip
    rows = [["Work", ""], *([name, told] for name, told in counts.items())]
    found = percents(["", "All, n (%)"], *rows)
    assert [at for at, f in found.items() if f.level != "holds"] == [(8, 1)]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Most had status 1 or 2 (53%).", False),
        ("Many had type 2 diabetes (85.6%).", False),
        ("We saw 2 patients (53%).", True),
        ("The interassay variability was 4.4% (n = 8).", False),
    ],
)
def test_a_number_that_names_something_is_no_count(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    assert bool(scan_document(document, "test").findings) is asked


def test_a_year_in_a_head_is_no_size():
    rows = [["Tested, n (%)", "43 (2.5)", "214 (16.6)"], ["Ill, n (%)", "73 (4.2)", "55 (4.3)"]]
    found = percents(["", "Before (2005)", "After (2008)"], *rows)
    assert not {"2005", "2008"} & {f.against for f in found.values()}
    assert percents(["", "Before (1005)", "After (1008)"], *rows)[1, 1].against == "1005"


def test_a_group_may_have_a_name_of_one_letter():
    head = [["", "Diet (n = 58)", "Diet (n = 58)"], ["Gender", "M (n = 26)", "F (n = 32)"]]
    rows = [
        ["Obese (n, %)", "19 (73.1%)", "24 (75%)"],
        ["Smoker (n, %)", "10 (38.5%)", "13 (40.6%)"],
    ]
    assert {f.against for f in percents(*head, *rows).values()} == {"26", "32"}


def test_how_many_a_mean_is_of_is_no_size_of_the_rows_below():
    mean = ["Mean (SD) length of labor", "5 h 10 min (n = 10)", "4 h 2 min (n = 27)"]
    assert {f.level for f in percents(HEAD, mean, *SOUND).values()} == {"holds"}


def test_percents_predicted_have_an_sd():
    rows = [["FEV1, % predicted", "51 (12)", "49 (13)"]]
    assert not percents(HEAD, *SOUND, *rows, caption="Mean (SD) or n (%)").keys() - {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_a_level_that_alone_is_of_the_group_is_asked_about():
    income = [["Income, n (%)", ""], ["  low", "12 (33.3)"], ["  middle", "16 (44.4)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *income, ["  high", "8 (20.0)"])
    assert (found[7, 1].level, found[7, 1].printed) == ("question", "8 (20.0)")
    assert found[7, 1].reading == "it is of 40, and the levels beside it are of 36"
    found = percents(HEAD[:2], *SOUND_ONE, *income, ["  high", "8 (22.2)"])
    assert found[7, 1].reading == "reproduced; of 36: the sum of these 3 levels"
    among = ["  of those, low", "12 (33.3)"], ["  of those, middle", "16 (44.4)"]
    found = percents(HEAD[:2], *SOUND_ONE, income[0], *among, ["  high", "8 (20.0)"])
    assert found[7, 1].level == "holds"
    several = ["  saves", "24 (60.0)"]  # so many more that they are no levels
    assert percents(HEAD[:2], *SOUND_ONE, *income, several)[7, 1].level == "holds"


def test_the_count_of_another_row_accuses_nothing_where_the_column_prints_its_size():
    rows = [
        ["Fever, n (%)", "8 (33.3)", "9 (37.5)", "10 (41.7)", "3 (12.5)"],
        ["Cough, n (%)", "6 (25.0)", "11 (45.8)", "13 (54.2)", "5 (20.8)"],
        ["Treated, n (%)", "4 (50.0)", "3 (33.3)", "7 (70.0)", "1 (4.6)"],
    ]
    assert percents(["", "A", "B", "C", "D"], *rows)[3, 4].level == "fails"
    sized = [f"{name} (n = 24)" for name in "ABCD"]
    assert percents(["", *sized], *rows)[3, 4].level == "question"


def test_a_count_and_its_percent_may_stand_on_both_sides_of_a_slash():
    rows = [["Sight", "20/12.5", "20/32"], ["Score (n/%)", "", ""], ["4-5", "27/42.2", "22/37.9"],
            ["6-9", "23/35.9", "21/36.2"], ["10-12", "14/21.9", "15/25.9"],
            ["Left-sided, n/%", "34/53.3", "20/34.5%"]]  # fmt: skip
    found = percents(["", "Surgery (n = 64)", "None (n = 58)"], *rows)
    assert {c: found[6, c].level for c in (1, 2)} == {1: "fails", 2: "holds"}
    assert {found[r, c].level for r in (3, 4, 5) for c in (1, 2)} == {"holds"}
    assert not {r for r, _ in found} - {3, 4, 5, 6}


def test_a_group_of_nobody_is_no_size():
    rows = [["Male", "14 (19.2)", "25 (34.7)"], ["Analysed", "n = 0", "(n = 70)"]]
    found = percents(["n (%)", "Drug (n = 73)", "None (n = 72)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}


def test_a_total_of_more_than_the_head_prints_is_of_events():
    rows = [["Total (n)", "46", "99"], ["Fever, n (%)", "14 (19.2)", "25 (34.7)"],
            ["Coma, n (%)", "9 (12.3)", "16 (22.2)"]]  # fmt: skip
    found = percents(["", "Drug (n = 73)", "None (n = 72)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}


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


def test_heads_that_end_in_n_are_of_counts_only_before_bare_percents():
    rows = [["87", "74 %"], ["111", "95 %"], ["0", "100 %"]]
    assert not percents(["", "Negative levels n", "Positive rate n%"], *[["DTI", *r] for r in rows])


@pytest.mark.parametrize(
    ("head", "read"),
    [("% (95% CI)", True), ("Percent [confidence limits]", True), ("Rate (95% CI)", False),
     ("aOR (95% CI)", False), ("%", False)],
)  # fmt: skip
def test_a_percent_with_its_limits_stands_behind_its_count(head, read):
    rows = [["Pain", "927", "180", "19.4 (16.9-22.1)"], ["Fever", "927", "82", "9.8 [7.1; 10.9]"],
            ["Redness", "927", "4", "0.4 (0.1 to 1.1)"]]  # fmt: skip
    found = percents(["Symptom", "N", "n", head], *rows)
    levels = {place: f.level for place, f in found.items()}
    held = {(1, 3): "holds", (2, 3): "question", (3, 3): "holds"}
    assert levels == held if read else not levels


def test_two_levels_of_four_are_no_whole_where_the_next_is_of_all_of_them():
    health = [["Health", "", ""], ["Good", "15", "20.3"], ["Fair", "28", "37.8"],
              ["Poor", "24", "32.4"], ["Bad", "7", "9.5"]]  # fmt: skip
    rows = [["Relationship", "", ""], ["Partner", "35", "52.2"], ["Mother", "28", "37.3"],
            ["Father", "4", "6.0"], ["Other", "7", "9.5"], *health]  # fmt: skip
    found = percents(["Caregivers", "N", "Percent"], *rows, caption="Caregivers (N = 74)")
    assert found[2, 2].level == "question"  # 52.2 and 6.0 are of 67, which is all but the last
    assert {found[r, 2].level for r in (5, 7, 8, 9, 10)} == {"holds"}


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        # of 40: 37.5 %; 2 of 3 in a list of 35: 5.7 %
        ("40 came. They were 25 women (62.5%) and 15 men (38.5%).", ["15 men (38.5%)"]),
        ("They were 25 women (62.5%) and 15 men (37.5%).", []),
        ("Success was seen in 25 (62.5%) compared with 15 (38.5%).", []),  # of 40 and of 39
        ("It was high in 19 people (54%), medium in 12 (34%) and low in 4 (12%).", ["4 (12%)"]),
        ("It was high in 19 people (54%), medium in 12 (34%) and low in 4 (11%).", []),
        # all are of 378, not of their sum
        ("Scans were made in 329 (87%) twice, in 43 (11%) before and in 5 (1.3%) after.", []),
        # 81 of 534 are 15.2 %, the others are of 534
        ("534 told why: no time (n = 158, 29.5%), no wish (n = 99, 18.5%) or none "
         "(n = 81, 16.1%).", ["n = 81, 16.1%"]),
        ("A total of 15 (38.5%) men and 25 (62.5%) women came.", ["15 (38.5%)"]),
    ],
)  # fmt: skip
def test_one_percent_of_a_list_is_not_of_what_the_others_are_of(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = scan_document(document, "test").findings
    assert [f.printed for f in found if f.check == "percent" and f.level != "holds"] == asked


@pytest.mark.parametrize("name", ["Losses per clinical pregnancy, n (%)", "Losses, n (%)"])
def test_a_label_names_the_row_that_it_is_of(name):
    rows = [["Clinical pregnancy, n (%)", "18 (45.0)", "15 (37.5)", "20 (50.0)", "23 (57.5)"],
            [name, "2 (11.11)", "2 (13.13)", "3 (15)", "8 (34.87)"]]  # fmt: skip
    found = percents(["", "A", "B", "C", "D"], *rows)
    asked = {c for (r, c), f in found.items() if r == 2 and f.against in ("15", "23")}
    assert asked == ({2, 4} if "per" in name else set())


@pytest.mark.parametrize("note", ["", "The number of events (percentage of patients)."])
def test_kinds_of_events_that_add_up_to_the_group_by_chance_are_no_levels(note):
    names = ["Nasopharyngitis", "Alopecia", "Fatigue", "Arthralgia", "Headache", "Nausea",
             "Pruritus", "Epistaxis", "Cheilitis", "Acne", "Sweating", "Exfoliation"]  # fmt: skip
    told = ["2 (7)", "1 (4)", "3 (11)", "2 (7)", "2 (7)", "2 (7)", "3 (11)", "4 (11)", "3 (11)",
            "1 (4)", "3 (11)", "3 (11)"]  # fmt: skip
    rows = [[f"{name}, n (%)", each] for name, each in zip(names, told, strict=True)]
    caption = "Adverse events, safety population"
    found = percents(["", "Drug (n = 27)"], *rows, caption=caption, notes=(note,))
    assert {f.level for f in found.values()} == {"holds"}


def test_what_the_others_leave_of_a_hundred_is_not_accused():
    def worst(percent: str) -> str:
        rows = [["Place", ""], ["Home", "21 (12.4)"], ["School", "5 (2.96)"],
                ["Street", "68 (40.2)"], ["Field", f"75 ({percent})"]]  # fmt: skip
        found = percents(["", "Drug (n = 169)"], *rows)
        return found[5, 1].level if (5, 1) in found else "holds"

    assert worst("44.44") != "fails"
    assert worst("44.94") == "fails"


def test_a_cell_of_a_row_of_percents_of_the_row_is_asked_as_the_others_are():
    rows = [["Male", "20", "33.9", "71", "57.7", "69", "53.5", "37", "54.4"],
            ["Smokers", "30", "50.8", "46", "37.4", "67", "51.9", "27", "39.7"],
            ["Haitian", "28", "21.5", "54", "41.5", "27", "20.8", "15", "13.4"]]  # fmt: skip
    sizes = (59, 123, 129, 68)
    heads = [head for n in sizes for head in (f"Style {n} (n = {n}), N", f"Style {n} (n = {n}), %")]
    found = percents(["", *heads], *rows)
    assert "fails" not in {f.level for f in found.values()}
    assert found[3, 2].level == "question"


def test_a_percent_of_each_of_two_groups_is_none_of_the_fraction_before_it():
    told = "They were told by 266 of 301 subjects; 87.1% of the treated and 91.0% of the others."
    document = Document("test", "", (Paragraph("Results", 1, told),), ())
    assert not [f for f in scan_document(document, "test").findings if f.check == "percent"]


def test_percents_of_the_men_whose_number_is_not_printed():
    rows = [["Male", "16", "73"], ["Female", "21", "84"], ["Male", "12", "55"],
            ["Female", "13", "52"], ["Male", "2", "9"], ["Female", "3", "12"]]  # fmt: skip
    found = percents(["", "n", "%"], *rows)
    assert "fails" not in {f.level for f in found.values()}
