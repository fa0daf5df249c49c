"""The total of a column over its rows: which rows are one, and what does not add."""

from __future__ import annotations

import pytest
from tests.scan.checks.parts.test_parts import parts


def test_rates_need_not_add_where_only_counts_do():
    head = ["", *["N", "Bites", "Rate"] * 3]
    rows = [["Gambiae", "56", "2.333", "0.047", "33", "1.375", "0", "122", "0.726", "0.008"],
            ["Ziemanni", "44", "1.833", "0.048", "109", "4.542", "0", "394", "8.298", "0.058"],
            ]  # fmt: skip
    total = ["Total", "100", "4.166", "0.092", "142", "5.917", "0", "516", "9.024", "0.063"]
    assert set(parts(head, *rows, total)) == {("question", "0.092"), ("question", "0.063")}


def test_a_total_below_its_parts_is_held_to_them_where_those_of_other_blocks_add():
    first = [["Coronary", "", ""], ["Acute", "141", "191"], ["Sudden", "147", "154"],
             ["Other", "299", "362"], ["Subtotal", "587", "707"]]  # fmt: skip
    second = [["Tumours", "", ""], ["Lung", "127", "133"], ["Gut", "112", "103"],
              ["All others", "120", "109"]]  # fmt: skip
    head = ["", "Drug", "Placebo"]
    assert parts(head, *first, *second, ["Subtotal", "359", "347"]) == [("fails", "347")]
    assert parts(head, *first, *second, ["Subtotal", "359", "345"]) == []
    overlapping = ["Any of these", "300", "290"]
    assert parts(head, *first, *second, overlapping) == []


def test_means_of_scales_add_to_their_total_but_for_rounding():
    head = ["Scale", "Before", "After", "Before, SD", "Later", "Last"]
    rows = [
        ["Pain", "17.71", "19.53", "3.1", "15.22", "16.01"],
        ["Mood", "40.14", "46.56", "9.2", "33.31", "33.30"],
        ["Sleep", "26.32", "26.03", "6.3", "23.40", "23.42"],
    ]
    total = ["Total score", "84.18", "92.11", "12.4", "71.93", "72.73"]
    assert parts(head, *rows, total) == []
    assert parts(head, *rows, [*total[:4], "82.93", total[5]]) == [("fails", "82.93")]


def test_a_total_of_events_is_of_the_events_and_one_of_patients_of_the_patients():
    tops = ["", "Drug (n = 90)", "Drug (n = 90)", "Usual (n = 90)", "Usual (n = 90)",
            "Total (n = 180)", "Total (n = 180)"]  # fmt: skip
    lows = ["", *["Number of events", "Number of patients"] * 3]
    rows = [["Infection", "91", "62", "85", "43", "176", "105"],
            ["Bleeding", "74", "51", "33", "26", "107", "77"],
            ["Fall", "65", "48", "52", "40", "117", "88"]]  # fmt: skip
    wrong = ["Burn", "43", "31", "31", "21", "74", "53"]
    assert parts(tops, lows, *rows, wrong, head=2) == [("fails", "53")]
    assert parts(tops, lows, *rows, [*wrong[:6], "52"], head=2) == []


def test_a_total_may_stand_above_its_parts_and_be_of_means():
    scales = [
        ["NS (NS total)", "24.33 ± 7.19", "22.83 ± 7.37"],
        ["Excitability", "8.33 ± 2.46", "8.50 ± 2.51"],
        ["Impulsiveness", "16.01 ± 2.64", "14.33 ± 2.71"],
        ["HA (HA total)", "14.25 ± 9.89", "14.92 ± 9.41"],
        ["Worry", "10.00 ± 2.92", "11.80 ± 2.82"],
        ["Fear", "4.25 ± 2.45", "3.12 ± 2.19"],
    ]
    assert parts(["", "A", "B"], *scales) == []
    scales[3][1] = "14.52 ± 9.89"
    assert parts(["", "A", "B"], *scales) == [("question", "14.52")]


def test_a_total_of_which_half_of_the_columns_add_is_asked():
    rows = [["Low", "47", "15", "20", "63", "145"], ["High", "14", "63", "17", "96", "190"]]
    head = ["", "Low", "Mid", "High", "None", "Total"]
    assert parts(head, *rows, ["Total", "61", "78", "37", "160", "336"]) == [
        ("question", "160"), ("question", "336"),
    ]  # fmt: skip


def test_person_years_in_whole_numbers_add_but_for_their_rounding():
    rows = [["Total", "1554", "2492", "381", "437"], ["A", "1001", "2011", "300", "401"],
            ["B", "552", "480", "80", "35"]]  # fmt: skip
    assert parts(["", *["Person-years"] * 4], *rows) == []


def test_what_one_cell_prints_beside_each_other_adds_to_the_total_of_its_row_and_column():
    head = ["", "All (n = 38)", "Control (n = 21)", "Feedback (n = 17)"]
    assert parts(head, ["Male/female", "18/20", "10/11", "9/8"]) == [
        ("question", "18"), ("question", "20"),
    ]  # fmt: skip
    assert parts(head, ["Male/female", "19/19", "10/11", "9/8"]) == []
    rows = [["Morning", "0/9", "8/9", "1/9", "9/9"], ["Afternoon", "3/9", "8/8", "2/7", "8/8"]]
    rows += [["Midnight", "4/6", "5/6", "2/4", "6/6"]]
    groups = ["Samples", "A", "B", "C", "D"]
    found = parts(groups, ["Total", "7/24", "21/23", "5/20", "21/21"], *rows)
    assert found == [("question", "21"), ("question", "21")]
    assert parts(groups, ["Total", "7/24", "21/23", "5/20", "23/23"], *rows) == []
    ages = ["Age, range (min/max)", "40-92", "40-92", "40-87"]
    assert parts(head, ages) == []


def test_a_dash_among_counts_is_none_of_them():
    head = ["", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Died"]
    rows = [["Surgery", "41", "54", "64", "26", "28"], ["Drug", "51", "52", "36", "31", "18"],
            ["Both", "—", "—", "—", "7", "7"]]  # fmt: skip
    assert parts(head, *rows, ["Sum", "92", "106", "100", "64", "53"]) == []
    assert parts(head, *rows, ["Sum", "92", "106", "100", "64", "55"]) == [("fails", "55")]


def test_a_total_may_be_of_two_divisions():
    rows = [["<25", "25", "34", "41", "20"], [">=25", "242", "168", "74", "157"],
            ["<30", "57", "91", "52", "56"], [">=30", "210", "111", "63", "121"]]  # fmt: skip
    head = ["", "A", "B", "C", "D"]
    assert parts(head, *rows, ["All", "267", "202", "115", "177"]) == []
    rows[1][2] = "186"
    assert parts(head, *rows, ["All", "267", "202", "115", "177"]) == [
        ("fails", "34 + 186"),
    ]


def test_means_in_whole_numbers_add_but_for_their_rounding():
    head = ["", *(f"Month {month}" for month in range(6))]
    rows = [["Total", "127 ± 12", "125 ± 14", "126 ± 13", "124 ± 11", "127 ± 9", "130 ± 9"],
            ["Rest", "73 ± 11", "71 ± 10", "71 ± 10", "72 ± 11", "70 ± 10", "72 ± 9"],
            ["Pulse", "53 ± 12", "54 ± 12", "55 ± 9", "52 ± 9", "57 ± 9", "58 ± 9"]]  # fmt: skip
    assert parts(head, *rows) == []
    rows[0][1] = "129 ± 12"
    assert parts(head, *rows) == [("question", "129")]


def test_a_total_that_is_always_larger_is_of_more_than_is_listed():
    head = ["", "A", "B", "C", "D"]
    acids = [["Acetate", "15.2", "15.7", "10.3", "14.4"], ["Butyrate", "8.7", "8.7", "7.3", "9.9"]]
    assert parts(head, ["Total", "23.9", "24.4", "18.6", "25.9"], *acids) == []
    assert parts(head, ["Total", "23.9", "24.4", "17.6", "25.9"], *acids) == [("question", "25.9")]


SYMPTOMS = [
    ["Overall", "6.413 ± 2.5", "-1.852 ± 2.1"], ["Itch", "1.481 ± 0.7", "-0.371 ± 0.7"],
    ["Pain", "2.852 ± 0.8", "-0.630 ± 0.9"], ["Rash", "2.080 ± 0.7", "-0.851 ± 1.0"],
]  # fmt: skip


def test_what_is_called_a_total_adds_in_one_column_and_is_asked_in_the_other():
    head = ["Score", "Before", "Change"]
    assert parts(head, *SYMPTOMS) == []
    wrong = [["Overall", "6.113 ± 2.5", "-1.852 ± 2.1"], *SYMPTOMS[1:]]
    assert parts(head, *wrong) == [("question", "6.113")]
    wrong = [["Overall", "6.413 ± 2.5", "-1.652 ± 2.1"], *SYMPTOMS[1:]]
    assert parts(head, *wrong) == [("question", "-1.652")]
    assert parts(["Score", "Mean", "Standard deviation"], *wrong) == []


WALKS = [["Walking", "212.31", "181.94", "203.16"], ["Fast", "112.10", "71.52", "100.02"],
         ["Slow", "100.21", "110.42", "103.14"]]  # fmt: skip


def test_a_row_that_is_called_no_total_may_be_one():
    head = ["Minutes", "A", "B", "C"]
    assert parts(head, *WALKS) == []
    assert parts(head, ["Walking", "212.31", "181.94", "205.16"], *WALKS[1:]) == [
        ("question", "205.16")
    ]
    assert parts(head, ["Walking", "212.31", "180.94", "205.16"], *WALKS[1:]) == []
    assert parts(head, ["Walking", "212.31", "181.94", "55.16"], *WALKS[1:]) == []


@pytest.mark.parametrize(
    ("name", "all_of_c", "asked"),
    [("By age", "203", True), ("By cause", "203", False), ("By cause", "209", True)],
)
def test_a_patient_may_be_in_several_parts_of_what_is_called_no_total(name, all_of_c, asked):
    rows = [["Ill", "2120", "1811", all_of_c], [name, "", "", ""], ["One", "1121", "711", "103"],
            ["Other", "999", "1100", "103"]]  # fmt: skip
    assert (("question", all_of_c) in parts(["", "A", "B", "C"], *rows)) == asked


def test_a_mean_is_no_total_of_counts():
    rows = [["Age", "69 ± 3", "68 ± 3", "71 ± 4"], ["Eye", "35", "34", "31"],
            ["Ear", "34", "34", "30"]]  # fmt: skip
    assert parts(["", "A", "B", "C"], *rows) == []


def test_a_row_is_the_total_of_those_of_its_name_in_other_blocks():
    block = [["Early", "3.02 ± 0.7", "2.12 ± 0.9"], ["Late", "4.01 ± 0.2", "3.03 ± 0.8"]]
    other = [["Early", "6.87 ± 2.3", "6.27 ± 2.4"], ["Late", "11.61 ± 0.9", "7.33 ± 1.9"]]
    total = [["Early", "9.89 ± 2.9", "8.39 ± 2.9"], ["Late", "15.62 ± 1.0", "10.36 ± 2.2"]]
    rows = [["Preparation", "", ""], *block, ["Reading", "", ""], *other, ["Points", "", ""]]
    assert parts(["", "A", "B"], *rows, *total) == []
    total[1][2] = "10.96 ± 2.2"
    assert parts(["", "A", "B"], *rows, *total) == [("question", "10.96")]


def test_sizes_behind_a_name_show_that_its_rows_add():
    rows = [["All", "", ""], ["Drug (n = 48)", "18", "27"], ["None (n = 46)", "19", "26"],
            ["Ill", "", ""], ["Drug (n = 30)", "12", "14"], ["None (n = 31)", "16", "14"],
            ["Well", "", ""], ["Drug (n = 18)", "4", "13"], ["None (n = 15)", "3", "12"],
            ]  # fmt: skip
    assert parts(["", "Worse", "Same"], *rows) == [("question", "18")]


def test_kinds_in_several_rows_are_fewer_together_than_their_sum():
    head = ["", "Samples", "Patients", "Isolates", "Days", "Species"]
    rows = [["Blood", "812", "733", "241", "903", "15"],
            ["Urine", "655", "541", "329", "611", "14"],
            ["Total", "1467", "1274", "570", "1514", "24"]]  # fmt: skip
    levels = {level for level, printed in parts(head, *rows) if printed == "24"}
    assert "fails" not in levels
    other = [*head[:-1], "Deaths"]
    assert ("fails", "24") in parts(other, *rows)
