"""SD against ranges, scales and the SD of other groups."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def spread(*rows: list[str], caption: str = "") -> dict[tuple[int, int], str]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", caption, grid, 1),))
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f.level for f in found if f.check == "spread"}


SCORES = [
    ["", "Drug (n = 80), mean (SD)", "95% CI", "Observed range"],
    ["Fatigue", "42.0 (20.1)", "37.5-46.5", "0-90"],
    ["Nausea", "30.0 (22.4)", "25.0-35.0", "0-100"],
]


def test_an_sd_has_a_largest_and_a_smallest_value_within_its_range():
    assert spread(*SCORES) == {(1, 1): "holds", (2, 1): "holds"}
    large = ["Pain", "24.3 (49.9)", "13.0-35.0", "0-100"]
    assert spread(*SCORES, large)[3, 1] == "fails"
    assert spread(*SCORES, ["Pain", "24.3 (42.9)", "14.0-34.0", "0-100"])[3, 1] == "holds"
    small = ["Visits", "0.32 (1.07)", "0.10-0.60", "0-90"]
    assert spread(*SCORES, small)[3, 1] == "question"  # a standard error?
    assert spread(*SCORES, ["Visits", "0.32 (1.07)", "0.10-0.60", "0-9"])[3, 1] == "holds"


def test_an_sd_of_other_decimals_and_ten_times_those_of_the_groups_lost_its_point():
    head = ["", "A, mean ± SD", "B, mean ± SD", "C, mean ± SD", "D, mean ± SD"]
    row = ["NK cells", "25.31 ± 903", "19.00 ± 8.25", "19.34 ± 6.67", "18.20 ± 7.16"]
    assert spread(head, row) == {(1, 1): "fails"}
    assert spread(head[:3], row[:3]) == {(1, 1): "question"}
    assert spread(head[:3], ["x", "0.38 ± 0.55", "0.31 ± .051"]) == {(1, 2): "question"}


def test_an_sd_is_compared_with_none_of_another_variable():
    head = ["Condition", "Moment, Nm/kg, mean (SD)", "Comfort score, mean (SD)"]
    assert spread(head, ["Shoe", "0.61 (0.23)", "0.84 (2.42)"]) == {}
    head = ["", "A, mean ± SD", "B, mean ± SD"]
    part = [["iPTH (pg/mL)", "86 ± 83", "92 ± 80"], ["eGFR (mL/min)", "88 ± 8", "87 ± 6"]]
    blocks = [row for name in ("Below 45", "Above 45") for row in ([name, "", ""], *part)]
    assert spread(head, *blocks) == {}


@pytest.mark.parametrize(
    "cells",
    [("484 ± 66.0", "411 ± 9.27"), ("1.80 ± 0.12", "1.79 ± 0.82"), ("2.5 ± 9.0", "19.4 ± 0.93")],
)
def test_an_sd_some_times_that_of_one_other_or_of_another_mean_is_left(cells):
    assert spread(["", "A, mean ± SD", "B, mean ± SD"], ["x", *cells]) == {}


def test_an_sd_many_times_those_of_other_groups_or_times_is_asked():
    head = ["", "All, mean ± SD", "A, mean ± SD", "B, mean ± SD"]
    row = ["Weight (kg)", "64.6 ± 12.4", "65.6 ± 12.5", "63.5 ± 1.6"]
    assert spread(head, row) == {(1, 3): "question"}
    assert spread(head, [*row[:3], "63.5 +/- 1.6"]) == {(1, 3): "question"}
    assert spread(head, [*row[:3], "63.5 ± 3.6"]) == {}
    assert spread(head, [*row[:2], "65.6 ± 3.5", "63.5 ± 1.6"]) == {}  # they differ anyway
    days = [["WBC", "Day 1", "11.1 ± 5.1", "10.8 ± 4.8"], ["WBC", "Day 6", "10.1 ± 35.6",
            "10.1 ± 4.4"], ["Hb", "Day 1", "11.0 ± 0.5", "11.1 ± 0.6"],
            ["Hb", "Day 6", "11.0 ± 0.5", "11.1 ± 0.6"]]  # fmt: skip
    assert spread(["", "Day", "A, mean ± SD", "B, mean ± SD"], *days) == {(2, 2): "question"}
    head, row = ["", "A, mean (SD)", "B, mean (SD)"], ["x", "3412 (2105)", "3388 (19.87)"]
    found = of_table(head, row, check="spread")[1, 2]
    assert found.reading == "the other SDs are 110 times this; an SE, or a point misplaced?"


def test_an_sd_is_not_held_to_that_of_a_mean_of_the_other_sign():
    head = ["", "First, mean (SD)", "Second, mean (SD)"]
    assert spread(head, ["Pain", "1.77 (1.52)", "1.35 (0.11)"]) == {(1, 1): "question"}
    assert spread(head, ["Pain", "1.77 (1.52)", "-1.35 (0.11)"]) == {}


def test_the_columns_of_a_table_whose_rows_are_groups_are_of_other_variables():
    rows = [["Sham", "64.6 ± 39.5", "74.8 ± 3.2"], ["Treated", "85.0 ± 41.9", "78.8 ± 3.5"]]
    assert spread(["", "Before", "After"], *rows)
    assert spread(["Group", "VCAM", "ICAM"], *rows) == {}
    rows = [["Sham (n = 8)", *rows[0][1:]], ["Treated (n = 8)", *rows[1][1:]]]
    assert spread(["", "VCAM", "ICAM"], *rows) == {}


def test_a_number_outside_of_its_limits_is_asked_where_those_of_others_are_not():
    rows = [["", "A", "B"], ["Creatinine^b", "79 (68, 91)", "67 (81, 88)"],
            ["Years^b", "9 (5, 15)", "10 (5, 15)"]]  # fmt: skip
    told = {(1, 1): "holds", (1, 2): "question", (2, 1): "holds", (2, 2): "holds"}
    assert spread(*rows) == told  # those of a median that only a note names
    assert spread(*rows[:2]) == {}
    rows[2][2] = "10 (15, 5)"
    assert spread(*rows, ["HbA1c^b", "7.4 (6.8, 8.3)", "7.3 (6.8, 8.3)"])[2, 2] == "question"
    counts = ["Nuts", "73 (2,044)", "26 (1,022)"]
    assert set(spread(*rows[:1], *[counts] * 3, ["Years", "9 (5, 15)", "10 (5, 15)"])) == set()


@pytest.mark.parametrize(
    ("cell", "said"),
    [("4 (5-6)", "it lies outside of the limits beside it"),
     ("4 (0-3.5)", "it lies outside of the limits beside it, at most one unit of the last digit; "
      "were they rounded otherwise?"),
     ("4 (4-6)", "it lies between them")],
)  # fmt: skip
def test_a_number_that_only_its_rounding_puts_between_its_limits_is_asked(cell, said):
    rows = [["", "Drug, median (IQR)"], ["Age", "40 (30-52)"], ["Score", cell]]
    assert of_table(*rows, check="spread")[2, 1].reading == said


@pytest.mark.parametrize(
    ("cells", "asked"),
    [(("-1.8 ± -10.1", "2.7 ± 11.2"), {(1, 1)}), (("16.6 (-1.3)", "17.0 (1.4)"), {(1, 1)}),
     (("-1.8 ± 10.1", "2.7 ± 11.2"), set())],
)  # fmt: skip
def test_an_sd_with_a_minus_is_asked(cells, asked):
    rows = [[name, "17.1 (1.3)", "17.3 (1.2)"] for name in "abcd"]
    found = spread(["", "Drug, mean (SD)", "Placebo, mean (SD)"], ["x", *cells], *rows)
    assert {at for at, level in found.items() if level == "question"} == asked


def test_changes_in_brackets_are_no_negative_sd():
    rows = [[name, "17.1 (-1.3)", "17.3 (-1.2)"] for name in "abcd"]
    assert spread(["", "Drug, mean (SD)", "Placebo, mean (SD)"], *rows) == {}


def test_a_median_whose_limits_left_out_its_minus_is_no_accusation():
    head = ["", "Drug (n = 40), median (IQR)"]
    others = [[f"Score {i}", f"{20 + i} (15-{30 + i})"] for i in range(5)]
    assert spread(head, *others, ["Pimax", "-40 (35-50)"])[6, 1] == "question"
    assert spread(head, *others, ["Pimax", "-60 (35-50)"])[6, 1] == "fails"


WOUNDS = [
    ["", "A", "B"], ["Number of patients^**", "28", "30"],
    ["Age (years)", "", ""], ["Range", "51 - 82", "48 - 81"], ["Average", "62.24", "63.88"],
    ["SD", "9.34", "10.11"],
    ["Weight (kg)", "", ""], ["Min", "62", "70"], ["Max", "95", "119"], ["Mean", "80.11", "86.03"],
    ["SD", "11.22", "17.12"],
]  # fmt: skip
HEIGHT = [["Height (cm)", "", ""], ["Mean ± SD", "165.11 ± 5.1", "166.05 ± 9.12"],
          ["Median", "164", "167"], ["Min, max", "147, 180", "160, 175"]]  # fmt: skip


def test_an_sd_is_held_to_a_range_in_rows_of_their_own():
    held = dict.fromkeys([(5, 1), (5, 2), (10, 1), (10, 2)], "holds")
    assert spread(*WOUNDS) == held
    assert spread(*WOUNDS, *HEIGHT) == {**held, (12, 1): "holds", (12, 2): "fails"}
    months = [["Duration", "", ""], ["Range", "1 - 36", "5 - 46"], ["Average", "30.12", "32.67"],
              ["SD", "48.56", "48.22"]]  # fmt: skip
    wide = [(14, 1), (14, 2)]
    assert spread(*WOUNDS, *months) == {**held, **dict.fromkeys(wide, "fails")}
    asked = dict.fromkeys([*wide, (16, 2)], "question")
    assert spread(*WOUNDS, *months, *HEIGHT) == asked  # so many that they may be no ranges
    quartiles = [months[0], ["Range (IQR)", *months[1][1:]], *months[2:]]
    assert spread(*WOUNDS, *quartiles) == held


def test_an_sd_is_held_to_the_least_and_the_most_in_columns_of_their_own():
    head = ["", "Mean", "SD", "Min", "Max"]
    rows = [["A", "42.0", "20.1", "0", "90"], ["B", "30.0", "22.4", "0", "100"]]
    assert spread(head, *rows) == {(1, 1): "holds", (2, 1): "holds"}
    assert spread(head, *rows, ["C", "24.3", "69.9", "0", "100"])[3, 1] == "fails"


def test_an_sd_too_small_for_the_range_that_its_own_label_names_is_asked_without_others():
    head = ["", "A (n = 36)", "B (n = 32)"]
    cells = ["3210 ± 55 (2100 to 4100)", "3190 ± 58 (2100 to 4100)"]
    asked = {(1, 1): "question", (1, 2): "question"}
    assert spread(head, ["Weight, g (mean ± SD/range)", *cells]) == asked
    assert spread(head, ["Weight, g", *cells]) == {}
    assert spread(head, ["Weight, g", *cells], caption="Means ± SD (range)") == asked
    assert spread(head, ["Weight, g", *cells], caption="Means ± SEM (range)") == {}


def test_quartiles_may_be_parted_by_a_slash():
    rows = [["", "A", "B"], ["DKK, median (IQR)", "787 (631/948)", "839 (495/1063)"],
            ["TNF, median (IQR)", "8.9 (7.1/2.5)", "14.5 (11.8/15.1)"]]  # fmt: skip
    assert spread(*rows)[2, 1] == "question"
    assert spread(["", "A"], *([label, "120 (90/60)"] for label in "abcd")) == {}


def test_a_median_is_held_to_the_range_in_the_next_column():
    rows = [["", "Median", "Range", "P"], ["Age", "39", "(32.1 to 47.6)", "0.78"],
            ["Time", "4.1", "(3.6 to 4.5)", "0.67"], ["Weight", "147", "(116.0 to 166.0)", "0.33"],
            ["BMI", "29.5", "(21.7 to 36.7)", "0.02"],
            ["Loss", "48", "(22.9 to 39.1)", "0.03"]]  # fmt: skip
    found = of_table(*rows, check="spread")
    assert {at for at, f in found.items() if f.level != "holds"} == {(5, 1)}
    rows[0][1] = "Number"
    assert not of_table(*rows, check="spread")


def test_a_table_without_rows_has_no_spreads():
    assert spread() == {}


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [("The mean age was 41.2 ± 5.4 years (range 30–52).", ["holds"]),
     ("The mean age was 41.2 ± 25.4 years, range 30–52 years.", ["question"]),
     ("Their mean age (41.2 years; SD 25.4; age range 30 to 52) was the same.", ["question"]),
     ("The mean age was 41.2 ± 25.4 (30 - 52) years.", ["question"]),
     ("The mean time was 41.2 ± 25.4 (36.3-46.1) min.", [])],  # limits of a mean
)  # fmt: skip
def test_an_sd_of_a_sentence_is_held_to_its_range(sentence, levels):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = scan_document(document, "test").findings
    assert [f.level for f in found if f.check == "spread"] == levels


def test_a_number_with_two_points_is_asked():
    head = ["", "A", "Day"]
    rows = [["score", "-0.49 (-3.4.1, 2.41)", "12.03.2014"], ["weight", "1.49 (0.48)", "1.2"]]
    assert spread(head, *rows) == {(1, 1): "question"}
    told = "The groups differed (p = 0.0.45). We used R 3.1.2 (Section 2.3.1)."
    document = Document("test", "", (Paragraph("Results", 1, told),), ())
    found = [f for f in scan_document(document, "test").findings if f.check == "spread"]
    assert [(f.against, f.level) for f in found] == [("= 0.0.45", "question")]


@pytest.mark.parametrize(
    ("cell", "asked"),
    [("-2.0 (-11.0 to 7-0)", True), ("1.33 (0–71–2.50)", True), ("0.2 (-0.6 to 1 0)", True),
     ("1.33 (0.71–2.50)", False), ("12.5 (10–15)", False)],
)  # fmt: skip
def test_a_limit_with_another_sign_in_place_of_its_point_is_asked(cell, asked):
    assert bool(spread(["", "Change (95% CI)"], ["score", cell])) == asked
    assert not spread(["", "Mean (SD, range)"], ["score", "11.1 (9.3, 0–27)"])


SDS = [["", "Mean ± SD (range)"], ["a", "85.0 ± 12.0 (64.7-114.6)"], ["b", "3.0 ± 0.4 (2.2-4.0)"],
       ["c", "1.0 ± 0.3 (0.6-2.1)"], ["d", "2.8 ± 0.4 (2.0-3.8)"]]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "level"), [("Mean ± SD (range)", "fails"), ("Median ± SD (interquartile range)", None)]
)
def test_an_sd_larger_than_its_range_is_accused(head, level):
    rows = [["", head], *SDS[1:], ["e", "87.9 ± 83.6 (43.0-132.9)"]]
    found = of_table(*rows, check="spread")
    assert found[1, 1].level == "holds"
    assert (found[5, 1].level if (5, 1) in found else None) == level


def test_an_sd_of_many_ranges_is_accused_where_nothing_names_the_brackets():
    rows = [["", "Intake"], *SDS[1:], ["e", "2.5 ± 0.5 (1.7-3.6)"],
            ["f", "87.9 ± 323.6 (43.0-132.9)"]]  # fmt: skip
    assert of_table(*rows, check="spread")[6, 1].level == "fails"


def test_an_sd_that_lost_its_point_is_accused():
    rows = [["", "Mean ± SD"], ["a", "0.56 ± 096"], ["b", "12 ± 03"], ["c", "0.56 ± 0.96"]]
    found = of_table(*rows, check="spread")
    assert {at: f.level for at, f in found.items()} == {(1, 1): "fails"}


def test_a_median_outside_of_its_range_is_accused():
    rows = [["", "Median (range)"], ["A", "5 (1-9)"], ["B", "6 (2-9)"], ["C", "7 (3-11)"],
            ["D", "28.8 (12.3-15.1)"], ["E", "4 (1-8)"]]  # fmt: skip
    found = of_table(*rows, check="spread")
    assert found[4, 1].level == "fails"
    assert found[1, 1].level == "holds"


def test_a_mean_may_lie_outside_of_the_quartiles():
    rows = [["", "Mean (interquartile range)"], ["A", "5 (1-9)"], ["B", "6 (2-9)"],
            ["C", "7 (3-11)"], ["D", "630 (184-519)"], ["E", "4 (1-8)"]]  # fmt: skip
    assert of_table(*rows, check="spread")[4, 1].level == "question"
