"""The total of a row over its groups: which columns are one, and what does not add."""

from __future__ import annotations

from tests.scan.checks.parts.test_parts import parts

ROWS = [["Deaths", "41", "38", "79"], ["Strokes", "112", "97", "209"], ["Falls", "61", "58", "119"]]


def test_a_total_of_groups_is_held_to_them_where_the_others_of_its_column_add():
    head, wrong = ["", "Drug", "Placebo", "Total"], ["Burns", "35", "32", "70"]
    assert parts(head, *ROWS, wrong) == [("fails", "70")]
    assert parts(head, ROWS[0], wrong, ["Cuts", "9", "8", "16"]) == []  # it may count otherwise
    assert parts(head, *ROWS, ["Sites", "35", "32", "50"]) == []  # some take part in both
    assert parts(head, *ROWS, ["Sites", "35", "32", "70"]) == [("fails", "70")]
    assert parts(head, *ROWS, ["Maximum age", "78", "79", "79"]) == []
    sized = ["", "Drug (n = 79)", "Placebo (n = 120)", "All (n = 199), n (%)"]
    assert parts(sized, *ROWS, wrong) == [("fails", "70")]
    whole = [["Men", "41", "38", "79"], ["Ill", "12", "97", "109"], ["Well", "61", "58", "119"]]
    assert parts(head, *whole, ["Old", "35", "32", "66"], caption="Percent of all") == []


def test_a_total_of_one_patient_tells_nothing_of_what_the_columns_are():
    head = ["", "All, n = 67", "Drug, n = 35", "Placebo, n = 32"]
    single = [["Lymphoma", "1", "0", "1"], ["Cyst", "1", "1", "0"], ["Acinar", "1", "0", "1"]]
    assert parts(head, *single, ["Pancreatitis", "6", "5", "4"]) == [("question", "6")]
    between = [["Pain", "41", "44", "38"], ["Sleep", "52", "57", "46"]]  # percents, as that of all
    assert parts(head, *between) == []


def test_one_row_of_three_that_does_not_add_is_asked():
    head = ["", "None", "Mild", "Grave", "Total"]
    rows = [["Gas", "27", "5", "2", "34"], ["Drip", "27", "5", "0", "32"]]
    assert parts(head, *rows, ["Both", "54", "10", "2", "76"]) == [("question", "76")]
    assert parts(head, *rows[:1], ["Both", "54", "10", "2", "76"]) == []


def test_kinds_that_several_groups_have_are_fewer_than_their_sum():
    head = ["", "Cliff", "Beach", "Dunes", "Total"]
    rows = [["No. Bones", "85", "129", "145", "359"], ["No. Teeth", "41", "38", "52", "131"],
            ["No. Eggs", "61", "58", "73", "192"], ["No. Fins", "12", "9", "7", "28"]]  # fmt: skip
    assert parts(head, *rows, ["No. Species", "15", "14", "16", "28"]) == []
    assert parts(head, *rows, ["No. Species", "15", "14", "16", "46"]) == [("fails", "46")]
    assert parts(head, *rows, ["No. Claws", "15", "14", "16", "43"]) == [("fails", "43")]


def test_those_who_had_both_are_a_group_of_all():
    head = ["", "All patients", "Resection", "Ablation", "Both"]
    rows = [["n", "113", "58", "43", "12"], ["Men", "61", "29", "25", "7"],
            ["Colon", "80", "44", "29", "7"], ["Early", "51", "24", "21", "6"]]  # fmt: skip
    assert parts(head, *rows, ["Single", "58", "37", "19", "0"]) == [("fails", "58")]
    assert parts(head, *rows, ["Single", "56", "37", "19", "0"]) == []


def test_a_total_of_patients_in_several_groups_is_not_held_to_their_sum():
    head = ["", "First (n = 131)", "Second (n = 131)", "Total (n = 131)"]
    rows = [["Pain, n (%)", "14 (10.7)", "15 (11.5)", "25 (19.1)"],
            ["Fever, n (%)", "5 (3.8)", "4 (3.1)", "8 (6.1)"],
            ["Rash, n (%)", "3 (2.3)", "1 (0.8)", "4 (3.1)"],
            ["Cough, n (%)", "5 (3.8)", "0 (0.0)", "5 (3.8)"],
            ["Nausea, n (%)", "2 (1.5)", "2 (1.5)", "3 (2.3)"]]  # fmt: skip
    assert parts(head, *rows) == []


def test_each_of_several_totals_is_of_the_groups_of_its_name():
    head = ["", "Drug / Ward (n = 27)", "Drug / ICU (n = 20)", "Placebo / Ward (n = 36)",
            "Placebo / ICU (n = 10)", "Total / Ward (n = 63)", "Total / ICU (n = 30)"]  # fmt: skip
    rows = [["Men", "19", "12", "23", "8", "42", "20"], ["Old", "12", "9", "20", "3", "32", "12"],
            ["Ill", "11", "14", "9", "6", "20", "20"]]  # fmt: skip
    rows.append(["Slim", "22", "10", "25", "5", "47", "15"])
    assert parts(head, *rows) == []
    assert parts(head, *rows, ["Well", "7", "4", "9", "2", "18", "6"]) == [("fails", "18")]


def test_a_total_stands_beside_its_groups_also_under_a_head_over_two_columns():
    head = ["", "Yes", "No Total", "No Total"]
    rows = [["Married", "197", "107", "304"], ["Single", "44", "22", "66"],
            ["Muslim", "15", "9", "24"], ["Christian", "219", "114", "333"]]  # fmt: skip
    assert parts(head, *rows, ["Young", "32", "24", "54"]) == [("fails", "54")]


def test_a_total_is_of_the_groups_under_the_nearest_head():
    tops = ["", "Part 2", "Part 2", "Part 2", "Part 2", "Part 2", "Part 2"]
    phases = ["", "Blind", "Blind", "Blind", "Open", "Open", "Open"]
    arms = ["", "Drug", "Placebo", "Total", "Drug", "Placebo", "Total"]
    rows = [["Ache", "16", "7", "23", "12", "6", "18"], ["Rash", "11", "12", "23", "14", "9", "23"],
            ["Cold", "21", "13", "34", "11", "17", "28"]]  # fmt: skip
    assert parts(tops, phases, arms, *rows, head=3) == []
    rows[2][6] = "29"
    rows += [
        ["Cough", "31", "24", "55", "18", "23", "41"],
        ["Fall", "9", "3", "12", "25", "18", "43"],
    ]
    assert parts(tops, phases, arms, *rows, head=3) == [("fails", "29")]


def test_a_total_of_a_row_may_be_of_two_divisions_of_the_same_people():
    head = ["", "Total (n = 726)", "Wild (n = 579)", "Other (n = 147)", "Low (n = 493)",
            "High (n = 233)"]  # fmt: skip
    rows = [["Male", "400", "317", "83", "280", "120"],
            ["Smoking", "171", "141", "30", "125", "46"],
            ["Drinking", "108", "91", "17", "69", "39"],
            ["Low risk", "152", "115", "37", "98", "54"],
            ["High risk", "140", "114", "26", "102", "38"]]  # fmt: skip
    wrong = ["Married", "149", "118", "31", "94", "52"]
    assert parts(head, *rows, wrong) == [("question", "149")]
    assert parts(head, *rows, [*wrong[:-1], "55"]) == []


def test_counts_before_their_number_add_to_a_total_as_others_do():
    head = ["", "Total (%) (n = 356)", "Drug (n = 180)", "Usual (n = 176)"]
    rows = [["Female", "165/356 (46)", "83/180 (46)", "82/176 (47)"],
            ["Married", "252/356 (71)", "125/180 (69)", "127/176 (72)"],
            ["Alone", "131/356 (37)", "67/180 (37)", "64/176 (36)"]]  # fmt: skip
    white = ["White", "329/356 (92)", "164/180 (91)"]
    assert parts(head, *rows, [*white, "166/176 (94)"]) == [("question", "329")]
    assert parts(head, *rows, [*white, "165/176 (94)"]) == []
    fewer = ["White", "329/330 (100)", "164/180 (91)", "165/176 (94)"]  # the size alone is wrong
    assert parts(head, *rows, fewer) == [("question", "330")]


def test_percents_without_a_sign_are_no_counts_of_groups_and_a_total():
    head = ["Variables", "Drug N = 57", "Control N = 41", "Total N = 98"]
    homes = [["Home", "", "", ""], ["Alone", "6", "15", "10"], ["With others", "94", "85", "90"]]
    sexes = [["Sex", "", "", ""], ["Men", "60", "70", "64"], ["Women", "40", "30", "36"]]
    ages = [["Age", "", "", ""], ["Young", "45", "25", "37"], ["Old", "55", "75", "63"]]
    assert parts(head, *homes, *sexes, *ages) == []


def test_sizes_in_rows_of_their_own_add_to_those_of_all():
    head = ["", "Drug", "Placebo", "Total"]
    rows = [["Age", "59.2", "56.7", "57.9"], ["", "N = 57", "N = 31", "N = 88"],
            ["Weight", "79.2", "76.7", "77.9"], ["", "N = 61", "N = 36", "N = 97"],
            ["Height", "169.2", "166.7", "167.9"], ["", "N = 59", "N = 37", "N = 96"],
            ["Pulse", "69.2", "66.7", "67.9"], ["", "N = 54", "N = 36", "N = 84"],
            ]  # fmt: skip
    assert parts(head, *rows) == [("fails", "84")]
    rows[-1][1:] = ["N = 84", "N = 84", "N = 84"]  # of both
    assert parts(head, *rows) == []


def test_a_blank_cell_beside_a_total_counts_nobody_where_others_do_not():
    head = ["", "A", "B", "C", "Total"]
    rows = [["Aids", "16", "15", "11", "42"], ["Notes", "14", "14", "", "28"],
            ["Alarms", "26", "15", "19", "60"], ["Lists", "33", "23", "", "56"],
            ["Maps", "20", "31", "17", "68"], ["Bells", "8", "9", "7", "24"]]  # fmt: skip
    assert parts(head, *rows) == []
    assert parts(head, *rows, ["Rooms", "15", "14", "", "27"]) == [("fails", "27")]
    rows[1][4], rows[3][4] = "31", "60"  # something was not told
    assert parts(head, *rows, ["Rooms", "15", "14", "", "27"]) == []


def test_a_total_that_prints_the_sum_behind_its_percent_is_not_accused():
    head = ["", "A (n = 34)", "B (n = 34)", "All (n = 68)"]
    rows = [["Men", "47.1 (16)", "44.1 (15)", "45.6 (31)"],
            ["Old", "97.1 (33)", "91.2 (31)", "94.1 (64)"],
            ["Tall", "38.2 (13)", "47.1 (16)", "42.6 (29)"],
            ["Asthma", "61.8 (21)", "52.9 (18)", "57.4 (39)"]]  # fmt: skip
    assert parts(head, *rows, ["Ill", "45.5 (15)", "48.5 (16)", "47 (31)"]) == []
    assert parts(head, *rows, ["Ill", "45.5 (15)", "48.5 (16)", "47 (32)"]) != []
