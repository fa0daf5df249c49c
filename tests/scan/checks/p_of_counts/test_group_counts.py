"""What the cells of groups count: zeros, dashes, levels, two in a cell, percents."""

from __future__ import annotations

import pytest
from tests.scan.checks.p_of_counts.test_counts_with_p import HEAD, asked, levels
from tests.scan.test_checks import of_table


def test_a_zero_without_a_percent_is_a_count():
    rows = [["sleepy", "17 (21.3%)", "0", "0.5"], ["sick", "9 (11.3%)", "8 (10.0%)", "0.80"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"
    rows[0][3] = "<0.001"
    assert levels(HEAD, *rows, at=(1, 3)) == "holds"


@pytest.mark.parametrize(
    ("p", "level"), [("0.174", "question"), ("0.674", None), ("0.64", "holds")]
)
def test_levels_without_percents_are_counts_if_they_make_the_size(p, level):
    rows = [["Side", "", "", p], ["left", "40", "37", ""], ["right", "40", "43", ""]]
    assert levels(HEAD, *rows, at=(1, 3)) == level


def test_a_number_without_a_percent_is_none_if_nothing_makes_the_size():
    assert levels(HEAD, ["Age", "54", "56", "0.3"], at=(1, 3)) is None


def test_a_zero_is_of_no_size_where_the_cells_print_several():
    rows = [["", "A", "B", "P"], ["sick", "6/114 (5.3%)", "17/132 (12.9%)", "0.049"],
            ["well", "8/120 (6.7%)", "17/118 (14.4%)", "0.06"],
            ["dead", "1/114 (0.9%)", "0", "0.475"]]  # fmt: skip
    assert levels(*rows, at=(3, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.002", "question"), ("0.75", "holds")])
def test_men_and_women_stand_in_one_cell(p, level):
    rows = [["Sex (male/female)", "40/40", "42/38", p], ["old", "9 (11.3%)", "8 (10.0%)", "0.80"]]
    assert levels(HEAD, *rows, at=(1, 3)) == level
    assert levels(["", "A", "B", "P"], rows[0], at=(1, 3)) == level


@pytest.mark.parametrize(
    ("cells", "level"),
    [(("86.3%", "75.6%"), None), (("86.1%", "75.5%"), "question"), (("86%", "75%"), None)],
)
def test_percents_alone_are_counts_where_both_are_of_the_sizes(cells, level):
    rows = [["", "A (n = 79)", "B (n = 106)", "P"], ["high", *cells, "0.001"]]
    assert levels(*rows, at=(1, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.031", "question"), ("0.195", "holds")])
def test_the_levels_of_a_cell_are_counts_of_each_group_beside_their_sum(p, level):
    head = ["", "A", "B", "C", "Total", "P"]
    rows = [
        ["n", "55", "60", "58", "173", ""],
        ["Eye (right:left)", "32:23", "25:35", "27:31", "84:89", p],
    ]
    assert levels(head, *rows, at=(2, 5)) == level


@pytest.mark.parametrize(("p", "level"), [("0.90", "question"), ("0.082", "holds")])
def test_the_levels_of_a_cell_may_be_three(p, level):
    rows = [["n", "30", "30", ""], ["ASA (I/II/III)", "12/10/8", "5/10/15", p]]
    assert levels(["", "A", "B", "P"], *rows, at=(2, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.859", "question"), ("0.075", "holds")])
def test_counts_that_their_label_calls_so_need_no_percent(p, level):
    head = ["", "A (n = 47)", "B (n = 47)", "C (n = 47)", "P"]
    assert levels(head, ["Hypertension (n)", "11", "21", "19", p], at=(1, 4)) == level
    assert levels(head, ["Haemoglobin", "11", "21", "19", p], at=(1, 4)) is None
    assert levels(head, ["No. of patients with pain", "11", "21", "19", p], at=(1, 4)) == level


@pytest.mark.parametrize(("p", "level"), [("0.38", "question"), ("1.00", "holds")])
def test_whole_percents_alone_are_counts_of_few_patients(p, level):
    rows = [["", "A (n = 9)", "B (n = 8)", "P"], ["Male (%)", "67", "75", p]]
    assert levels(*rows, at=(1, 3)) == level
    assert levels(*rows[:1], ["Male", "67", "75", p], at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.43", "question"), ("0.943", "holds")])
def test_two_levels_in_a_cell_make_a_size_that_the_caption_states(p, level):
    rows = [["", "A", "B", "C", "P"], ["ASA I/II number", "25/7", "24/8", "25/7", p]]
    for caption, said in (("Groups (n = 32 each)", level), ("Groups (n = 35 each)", None)):
        found = of_table(*rows, check="p-of-table", caption=caption)
        assert (found[1, 4].level if found else None) == said


@pytest.mark.parametrize(
    ("other", "p", "level"),
    [
        ("25 male, 55 female", "0.45", "question"),
        ("25 male, 55 female", "0.015", "holds"),
        ("55 female, 25 male", "0.45", None),
    ],
)
def test_men_and_women_of_a_cell_may_stand_behind_their_numbers(other, p, level):
    assert levels(HEAD, ["Gender", "40 male, 40 female", other, p], at=(1, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.67", "question"), ("0.002", "holds")])
def test_groups_that_all_stand_under_total_are_compared(p, level):
    rows = [["", "Drug, home (n = 40)", "Drug, ward (n = 50)", "P", "Total, home (n = 80)",
             "Total, ward (n = 80)", "P"],
            ["sick", "4 (10.0)", "9 (18.0)", "0.28", "9 (11.3)", "25 (31.3)", p]]  # fmt: skip
    assert levels(*rows, at=(1, 6)) == level


def test_two_levels_without_percents_that_make_the_sizes_have_one_p():
    rows = [["Score", "", "", ""], ["high", "40", "37", "0.174"], ["low", "40", "43", "0.64"]]
    assert levels(HEAD, *rows, at=(2, 3)) == "question"


@pytest.mark.parametrize(("p", "level"), [("0.30", "question"), ("0.016", "holds")])
def test_a_count_with_the_number_it_is_of_needs_no_percent(p, level):
    assert levels(HEAD, ["sick", "9/75", "20/72", p], at=(1, 3)) == level
    found = of_table(HEAD, ["left/right", "9/71", "20/60", p], check="p-of-table")
    assert found[1, 3].against == "9 of 80, 20 of 80"  # two levels that make the size


@pytest.mark.parametrize(("p", "level"), [("0.30", "question"), ("0.015", "holds")])
def test_counts_without_percents_are_those_of_a_caption_that_tells_of_counts(p, level):
    rows = [HEAD, ["nausea", "12", "3", p], ["Age", "54", "56", "0.3"]]
    for caption, said in (("Postoperative complications", level), ("Results", None)):
        found = of_table(*rows, check="p-of-table", caption=caption)
        assert (found[1, 3].level if (1, 3) in found else None) == said
    rows[1][0] = "Duration of nausea (h)"
    assert not of_table(*rows[:2], check="p-of-table", caption="Postoperative complications")


def test_a_percent_in_a_column_of_its_own_is_no_group():
    head = ["", "A (n=80)", "A (n=80)", "B (n=80)", "B (n=80)", "P"]
    rows = [["sick, n (%)", "9", "(11.250)", "20", "(25.000)", "0.001"]]
    found = of_table(head, *rows, check="p-of-table")
    assert found[1, 5].against == "9 of 80, 20 of 80"  # and not of 9, 9, 20 and 20


def test_a_sum_is_no_group():
    row = ["Sex (male/female)", "29/26", "38/22", "43/15", "110/63", "0.061"]
    rows = [["", "A", "B", "C", "Sum", "P"], ["n", "55", "60", "58", "173", ""], row]
    assert levels(*rows, at=(2, 5)) == "holds"
    row[-1] = "0.61"
    assert levels(*rows, at=(2, 5)) == "question"


def test_nobody_is_of_the_size_that_the_others_of_the_column_tell():
    rows = [["", "A", "A", "B", "B", "P"], ["", "n", "%", "n", "%", ""]]
    rows += [["left", "2", "5.71", "3", "8.57", "1.00"], ["dead", "0", "0.0", "3", "8.57", "0.239"]]
    assert levels(*rows, at=(3, 5)) == "holds"  # 0 of 35, Fisher 0.239


@pytest.mark.parametrize(("p", "level"), [("0.261", "question"), ("0.42", "holds")])
def test_a_group_without_the_levels_of_a_cell_is_left_out_and_so_is_a_statistic(p, level):
    head = ["", "A (n=30)", "B (n=30)", "C (n=30)", "t", "P"]
    rows = [["Stage (1/2)", "21/9", "-", "18/12", "0.66", p]]
    assert levels(head, *rows, at=(1, 5)) == level
    rows[0][2] = "2.1"  # which is no group without them
    assert levels(head, *rows, at=(1, 5)) is None


def test_levels_that_make_the_same_sizes_in_two_rows_are_counts():
    rows = [["", "Overall", "A", "B", "P"], ["Child-Pugh A/B", "68/1", "33/0", "35/1", "0.10"],
            ["single/two", "64/5", "30/3", "34/2", "0.67"]]  # fmt: skip
    assert levels(*rows, at=(1, 4)) == "question"
    assert levels(*rows, at=(2, 4)) == "holds"
    rows[2][2] = "30/4"
    assert levels(*rows, at=(1, 4)) is None


@pytest.mark.parametrize(
    ("first", "p", "level"),
    [("15", "0.61", "question"), ("15", "0.89", "holds"), ("9", "0.61", None)],
)
def test_levels_may_stand_behind_their_sum_or_before_their_percents(first, p, level):
    rows = [["", "A", "B", "P"], ["Patients (female/male)", f"{first} (9/6)", "16 (10/6)", p]]
    assert levels(*rows, at=(1, 3)) == level
    rows = [["", "A", "B", "P"], ["female/male", "9/6 (60/40)", "10/6 (62/38)", "0. 61"]]
    assert levels(*rows, at=(1, 3)) == "question"


def test_a_dash_among_counts_is_nobody_or_a_group_that_they_are_not_about():
    rows = [["sick", "–", "9 (11.3%)", "0.003"], ["pale", "12 (15.0%)", "–", "0.2"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "holds"  # Fisher of 0 and 9 of 80
    assert levels(HEAD, *rows, at=(2, 3)) == "question"
    rows[1][2] = "n.a."
    assert levels(HEAD, *rows, at=(2, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.55", "question"), ("0.09", "holds")])
def test_several_combined_beside_one_other_are_a_group(p, level):
    row = ["sick", "9 (11.3%)", "17 (21.3%)", p]
    assert levels(["", "A (n=80)", "B and C combined (n=80)", "P"], row, at=(1, 3)) == level
    assert levels(["", "A (n=80)", "All (n=80)", "P"], row, at=(1, 3)) is None


def test_men_of_all_may_stand_in_a_cell_and_nobody_in_a_row():
    rows = [["Sex (male)", "17/47", "17/48", "0.939"], ["Sex (m/f)", "0/0", "0/0", "0.5"],
            ["Score, mean percent", "57", "40", "0.67"], ["Old", "9/47", "8/48", ""]]  # fmt: skip
    found = of_table(["", "A", "B", "P"], *rows, check="p-of-table")
    assert found[1, 3].level == "holds"  # chi-square of 17 of 47 and of 48
    assert len(found) == 1


@pytest.mark.parametrize(
    ("right", "late", "p", "level"),
    [(("35", "44"), ("31", "42"), "0.48", "question"),
     (("35", "44"), ("31", "42"), "0.083", "holds"),
     (("35", "44"), ("31", "43"), "0.48", None),  # of 60 and of 61
     (("75", "84"), ("71", "82"), "0.48", None)],  # percents
)  # fmt: skip
def test_two_variables_that_make_up_the_same_sizes_are_counts(right, late, p, level):
    rows = [["", "Cases", "Controls", "P"], ["Side", "", "", p], ["left", "25", "16", ""],
            ["right", *right, ""], ["Stage", "", "", ""], ["early", "29", "18", ""],
            ["late", *late, ""]]  # fmt: skip
    assert levels(*rows, at=(1, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.90", "question"), ("0.54", "holds")])
def test_levels_with_percents_may_share_a_cell(p, level):
    head = ["", "A (n=26)", "B (n=24)", "P"]
    cells = ["14 (54%)\n12 (46%)", "15 (62%)\n9 (38%)"]
    assert levels(head, ["Sex", *cells, p], at=(1, 3)) == level
    across = ["14 (48%)\n12 (57%)", "15 (52%)\n9 (43%)"]  # of the 29 and 21 of each sex
    assert levels(["", "A", "B", "P"], ["Sex", *across, p], at=(1, 3)) == level
    several = ["14 (54%)\n10 (38%)\n1 (4%)", "15 (62%)\n8 (33%)\n1 (4%)"]  # of 25, and of all
    assert levels(head, ["Stage", *several, "0.03"], at=(1, 3)) == "question"


def test_a_p_beside_a_mean_and_a_count_is_not_that_of_the_count():
    row = ["Age, mean (SD)\n≥65 years, n (%)", "59 (9)\n8 (17%)", "57 (8)\n10 (10%)", "0.0561"]
    head = ["", "A (n=46)", "B (n=102)", "P"]
    assert levels(head, row, at=(1, 3)) is None
    row[1:3] = ["54.0 (11.0, 29.5-76.0)\n8 (17.4%)", "50.2 (11.4, 25.6-71.7)\n10 (9.8%)"]
    assert levels(head, row, at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.03", "question"), ("0.80", "holds")])
def test_named_levels_in_one_cell_make_up_its_group(p, level):
    head = [HEAD, ["old", "9 (11%)", "8 (10%)", "0.80"]]
    cells = ["Gut - 30 Lung - 40 Other -10", "Gut-32 Lung - 36 Other -12"]
    assert levels(*head, ["Site", *cells, p], at=(2, 3)) == level
    cells[1] = "Gut-32 Lung - 36 Other -13"
    assert levels(*head, ["Site", *cells, p], at=(2, 3)) is None
    cells[1] = "Lung-32 Gut - 36 Other -12"
    assert levels(*head, ["Site", *cells, p], at=(2, 3)) is None


@pytest.mark.parametrize(
    ("sizes", "found"), [((46, 61), True), ((107, 61), False)]
)  # of all patients, and of fewer than any other group
def test_a_total_is_no_smaller_than_every_group(sizes, found):
    head = ["", f"All kinds of food (n={sizes[0]})", f"Low GI food (n={sizes[1]})", "P"]
    row = ["sick", f"23 ({2300 / sizes[0]:.1f}%)", f"22 ({2200 / sizes[1]:.1f}%)", "0.75"]
    assert (levels(head, row, at=(1, 3)) is not None) == found


def test_a_size_in_brackets_makes_no_column_of_all():
    head = ["", "A (total 80)", "B (total 80)", "P"]
    assert levels(head, ["sick", "9 (11%)", "20 (25%)", "0.024"], at=(1, 3)) == "holds"


def test_a_count_of_a_number_that_its_column_repeats_needs_no_size():
    rows = [
        ["", "A", "B", "P"],
        ["sick", "9/80", "20/81", "0.026"],
        ["pale", "40/80", "41/81", "0.94"],
    ]
    assert levels(*rows, at=(1, 3)) == "holds"
    rows[2][1:3] = "40/79", "41/82"  # and these may be men and women
    assert levels(*rows, at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.0355", "holds"), ("0.6", "question")])
def test_an_empty_cell_is_nobody_where_others_of_its_variable_count(p, level):
    rows = [["Side", "", "", p], ["left", "36 (45%)", "50 (62%)", ""],
            ["right", "42 (52%)", "30 (38%)", ""], ["both", "2 (2%)", "", ""]]  # fmt: skip
    assert levels(HEAD, *rows, at=(1, 3)) == level


def test_several_combined_that_are_fewer_than_a_group_are_one():
    head = ["", "A (n=80)", "B (n=81)", "Combined (n=70)", "P"]
    row = ["sick", "9 (11.3%)", "20 (24.7%)", "21 (30.0%)", "0.015"]
    assert levels(head, row, at=(1, 4)) == "holds"  # of two alone 0.026
    head[3] = "Combined (n=120)"  # of both groups it would be 161; Pearson of all 0.066
    assert levels(head, [*row[:3], "27 (22.5%)", "0.066"], at=(1, 4)) == "holds"


@pytest.mark.parametrize("label", ["Stay, median", "Pain, mm", "Living alone, %"])
def test_a_number_that_its_label_calls_a_mean_or_percent_is_no_count(label):
    rows = [["sick, n", "9", "20", "0.024"], ["pale, n", "9", "20", "0.024"]]
    assert not asked(HEAD, *rows, [label, "14", "37", "0.7"], caption="Numbers of patients")
    assert asked(HEAD, *rows, ["Pain", "14", "37", "0.7"], caption="Numbers of patients")
