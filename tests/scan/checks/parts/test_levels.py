"""Levels of a variable and the size of the group: what holds more than it has."""

from __future__ import annotations

from tests.scan.checks.parts.test_parts import HEAD, parts

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def test_levels_of_sex_that_hold_more_than_the_group_are_accused():
    cut = [["Sex", ""], ["Women", "72 (80 %)"], ["Men", "18 (20 %)"]]
    assert parts(["", "Drug (N = 86)"], *cut) == [("fails", "72 + 18")]
    randomised = "Of these, 90 patients were randomised to it."
    assert parts(["", "Drug (N = 86)"], *cut, text=randomised) == [("question", "72 + 18")]


def test_levels_that_exclude_each_other_in_another_column_do_so_in_this():
    head = ["", "Drug (n = 222), n (%)", "Placebo (n = 212), n (%)"]
    rows = [
        ["Training", "", ""],
        ["Family", "87 (39)", "69 (33)"],
        ["Internal", "99 (45)", "101 (48)"],
    ]
    other = ["Other", "37 (17)", "42 (20)"]
    assert parts(head, ["Education", "", ""], *rows[1:], other) == [("fails", "87 + 99 + 37")]
    wrong = ["Internal", "99 (44.4)", "101 (47.6)"]  # which is of 223
    assert parts(head, *rows[:2], wrong, other) == [("fails", "87 + 99 + 37")]
    # all percents are of the group: one may be both
    assert parts(head, *rows, other) == [("question", "87 + 99 + 37")]
    assert parts(
        head, rows[0], ["1-2", *rows[1][1:]], ["3-4", *rows[2][1:]], ["5-9", *other[1:]]
    ) == [("fails", "87 + 99 + 37")]
    (one,) = parts(*(row[:2] for row in (head, *rows, ["Other", "37 (17)"])))
    assert one[0] == "question"
    assert parts(head, *rows, ["Other", "47 (21)", "42 (20)"]) == [("question", "87 + 99 + 47")]
    assert parts(head, *rows, ["Other", "67 (30)", "42 (20)"]) == []  # several give two answers
    assert parts(head, *rows, ["Other", "67 (17)", "42 (20)"]) == [("question", "87 + 99 + 67")]
    assert parts(head, *rows, ["Other", "67 (30)", "66 (31)"]) == []  # more than one answer


def test_a_size_that_three_variables_gainsay_is_told_of_once():
    head = ["", "Drug (n = 38)", "Placebo (n = 43)"]
    sex = [
        ["Sex, n (%)", "", ""],
        ["Men", "9 (23.1)", "10 (23.3)"],
        ["Women", "30 (76.9)", "33 (76.7)"],
    ]
    stage = [
        ["Stage, n (%)", "", ""],
        ["I", "13 (33.3)", "20 (46.5)"],
        ["II", "26 (66.7)", "23 (53.5)"],
    ]
    age = [
        ["Age, n (%)", "", ""],
        ["< 60", "17 (43.6)", "21 (48.8)"],
        ["≥ 60", "22 (56.4)", "22 (51.2)"],
    ]
    assert len(parts(head, *sex, *stage)) == 2
    assert parts(head, *sex, *stage, *age).count(("fails", "9 + 30")) == 1
    assert len(parts(head, *sex, *stage, *age)) <= 2  # and one of the head


def test_a_row_may_be_of_another_set_whose_size_the_text_prints():
    head = ["", "A (n = 155)", "B (n = 160)", "C (n = 158)", "D (n = 162)"]
    rows = [
        ["Ethnic group", "", "", "", ""],
        ["White", "112 (71.3)", "113 (70.2)", "107 (67.7)", "118 (72.4)"],
        ["Other", "45 (28.7)", "48 (29.8)", "51 (32.3)", "45 (27.6)"],
    ]
    levels = [level for level, _ in parts(head, *rows)]
    assert "fails" in levels
    told = parts(head, *rows, text="Of these, 639 were available for analyses of safety.")
    assert {level for level, _ in told} == {"question"}
    assert "fails" in [
        level for level, _ in parts(head, *rows, text="Of these, 635 were available.")
    ]


def test_levels_that_exclude_each_other_and_hold_a_little_more_are_asked():
    head, rows = ["", "All (n = 95)"], [["Income, $, n (%)", ""], ["<15,000", "9 (10)"]]
    rows += [["15,000-44,999", "27 (30)"], ["45,000-89,999", "42 (47)"]]
    assert parts(head, *rows, ["≥90,000", "21 (23)"]) == [("question", "9 + 27 + 42 + 21")]
    assert parts(head, *rows, ["≥90,000", "17 (18)"]) == []
    home = [["Residence, n (%)", ""], ["Urban", "234 (95.9)"]]
    assert parts(["", "All (n = 244)"], *home, ["Rural", "20 (3.8)"]) == [("question", "234 + 20")]
    drugs = [["Drugs, n (%)", ""], ["Steroids", "60 (63)"], ["Others", "37 (39)"]]
    assert parts(head, *drugs) == []  # some took both


def test_adverse_events_exclude_nothing():
    head = ["", "Drug (n = 4)", "Placebo (n = 4)"]
    rows = [
        ["Adverse events, n (%)", "", ""],
        ["Rash", "3 (75)", "2 (50)"],
        ["Ache", "2 (50)", "2 (50)"],
    ]
    assert parts(head, *rows) == []


def test_a_size_printed_elsewhere_is_no_size_of_levels():
    rows = [["Sex, n (%)", ""], ["  Male", "2 (2.9)"], ["  Female", "68 (97.1)"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in (["", "Drug"], *rows)])
    text = Paragraph("Methods", 1, "The drug group (n = 69) was larger.")
    document = Document("test", "", (text,), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "parts"]
    assert "fails" not in {f.level for f in found}


def test_a_patient_may_have_several_unwanted_events():
    head, name = ["", "Drug (n = 4)", "Placebo (n = 10)"], ["Common, n (%)", "", ""]
    rows = [
        ["Headache", "2 (50)", "4 (40)"],
        ["Rash", "1 (25)", "2 (20)"],
        ["Cough", "2 (25)", "4 (40)"],
    ]
    assert parts(head, name, *rows, caption="Adverse events") == []


def test_ranges_that_hold_more_than_the_group_in_both_columns_are_asked():
    rows = [
        ["Sex", "", ""],
        ["Male", "23", "18"],
        ["Female", "17", "20"],
        ["Age", "50.1", "49.3"],
        ["Zones", "", ""],
        ["One", "19", "22"],
        ["Two", "21", "16"],
        ["Months", "5.2", "6.1"],
        ["Smear", "", ""],
        ["Scant", "31", "27"],
        ["Rich", "9", "11"],
        ["ESR", "52.4", "48.5"],
    ]
    ranges = [["Score ≥ 31", "11", "12"], ["Score 20-30", "14", "13"]]
    assert parts(HEAD, *rows, *ranges, ["Score < 20", "16", "14"]) == [
        ("question", "11 + 14 + 16"),
        ("question", "12 + 13 + 14"),
    ]
    assert parts(HEAD, *rows, *ranges, ["Score < 20", "15", "13"]) == []
    signs = [["Fever", "11", "12"], ["Cough", "14", "13"], ["Pain", "16", "14"]]
    assert parts(HEAD, *rows, *signs) == []  # a patient may have two


def test_levels_are_held_to_the_size_that_their_percents_are_of():
    def sizes(last: str) -> list[tuple[str, str]]:
        head, sex, age = ["", "Spiral, n (%)", "X-ray, n (%)"], ["Sex", "", ""], ["Age", "", ""]
        rows = [["Male", "600 (60.0)", "480 (60.0)"], ["Female", "400 (40.0)", "320 (40.0)"]]
        ages = [["<55", "310 (31.0)", "248 (31.0)"], ["55-64", "290 (29.0)", "232 (29.0)"],
                ["65 or more", "400 (40.0)", "320 (40.0)"]]  # fmt: skip
        return parts(head, sex, *rows, age, *ages, ["Missing", "0 (0.0)", last])

    assert sizes("1 (0.1)") == [("question", "248 + 232 + 320 + 1")]
    assert sizes("0 (0.0)") == []


def test_levels_that_hold_more_than_the_group_are_asked_where_their_percents_are_of_it():
    head = ["", "Small (n = 120)", "Large (n = 137)"]
    stay = [
        ["Stay", "", ""],
        ["1 night", "67 (55.8)", "62 (45.3)"],
        ["2", "38 (31.7)", "56 (40.9)"],
    ]
    team = [["Team", "", ""], ["One", "15 (12.5)", "21 (15.3)"], ["Two", "84 (70.0)", "100 (73.0)"]]
    three = [*stay, *team, ["Both", "21 (17.5)", "18 (13.1)"]]
    assert parts(head, *three) == [("question", "21 + 100 + 18")]
    assert parts(head, *stay, *team, ["Both", "21 (17.5)", "18 (12.9)"]) == []  # not all of 137
    assert parts(head, *stay, *team, ["Both", "21 (17.5)", "16 (11.7)"]) == []


def test_levels_that_make_a_number_of_their_column_are_of_that():
    head = ["Item", "Level", "A, n (%)", "B, n (%)"]
    # fmt: off
    rows = [["Sex", "Men", "981 (50)", "1115 (53)"], ["", "Women", "971 (50)", "991 (47)"],
            ["", "Total", "1952", "2106"], ["Illness, n (%)", "<5 years", "1089 (56)", "673 (32)"],
            ["", "5-10 years", "718 (37)", "778 (37)"], ["", ">10 years", "145 (7)", "655 (31)"]]
    # fmt: on
    assert parts(head, *rows) == []


def test_levels_of_far_more_than_the_group_are_asked_about_where_all_others_are_within_it():
    head = ["", "Stayed (n = 1561)", "Left (n = 197)", "Lost (n = 124)"]
    others = [
        ["Spouse", "", "", ""], ["Yes", "1533 (98.2)", "193 (98.5)", "115 (92.7)"],
        ["No", "28 (1.8)", "3 (1.5)", "9 (7.3)"],
        ["Smoking", "", "", ""], ["Never", "1190 (76.2)", "136 (69.4)", "58 (47.2)"],
        ["Ever", "371 (23.8)", "60 (30.6)", "65 (52.8)"],
        ["Drugs", "", "", ""], ["Some", "134 (8.6)", "16 (8.1)", "28 (22.8)"],
        ["None", "1425 (91.4)", "181 (91.9)", "95 (77.2)"],
    ]  # fmt: skip
    income = [["Income", "", "", ""], ["Low", "109 (9.0)", "59 (15.5)", "59 (54.1)"],
              ["High", "1109 (91.0)", "321 (84.5)", "50 (45.9)"]]  # fmt: skip
    assert ("question", "59 + 321") in parts(head, *others, *income)
    twice = [income[0], *([*row[:3], "118 (54.1)" if row[0] == "Low" else "100 (45.9)"]
                          for row in income[1:])]  # fmt: skip
    assert ("question", "59 + 321") not in parts(head, *others, *twice)  # several a patient
    assert ("question", "59 + 321") not in parts(head, *others[:3], *income)


def test_an_ethnicity_is_asked_beside_the_race():
    def levels(name: str) -> list[str]:
        rows = [["Race", "", ""], ["White", "16 (32)", "20 (40)"], ["Black", "32 (64)", "27 (54)"],
                [name, "1 (2)", "1 (2)"], ["Other", "2 (4)", "3 (6)"]]  # fmt: skip
        told = parts(["", "Drug (n = 50)", "Placebo (n = 50)"], *rows)
        return [level for level, _ in told if level != "holds"]

    assert levels("Hispanic/Latino") == ["question", "question"]
    assert levels("Asian") == ["fails", "fails"]
