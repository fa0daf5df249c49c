"""Percents that were cut, rounded twice or to fewer digits."""

from __future__ import annotations

from tests.scan.checks.percents.test_percent import HEAD, SOUND, SOUND_ONE, percents


def test_a_rounding_of_a_rounding_is_no_accusation():
    # 17 of 38 is 44.737, which is 44.7, and then 45; 18 of 40 is 45.0
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "18 (45.0)", "17 (44.8)"])
    assert found[4, 2].level == "question"


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


def test_cells_that_are_all_of_one_other_size_are_a_question():
    found = percents(
        ["", "Drug (n = 112)"],
        ["Male, n (%)", "59 (52.7)"], ["Diabetes, n (%)", "17 (15.2)"], ["Gout, n (%)", "5 (4.5)"],
        ["Score", ""], ["Low, n (%)", "29 (25.7)"], ["Fair, n (%)", "54 (47.8)"],
    )  # fmt: skip
    assert found[5, 1].level == found[6, 1].level == "question"
    assert "of 113 patients" in found[5, 1].reading


def test_zeros_behind_the_usual_decimals_are_no_accusation():
    rows = [["Stage, n (%)", ""], ["I", "18 (45.0)"], ["II", "21 (52.5)"], ["III", "1 (2.50)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert found[7, 1].level == "holds"
    odd = [["Age, n (%)", ""], ["<50", "50 (49.5)"], ["50+", "49 (48.5)"], ["Unknown", "2 (2.00)"]]
    found = percents(["", "All (n = 101)"], ["Men, n (%)", "30 (29.7)"], *odd)
    assert found[5, 1].level == "question"


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


def test_levels_that_lack_a_few_of_a_column_without_a_size_are_not_asked_of():
    """All percents are of 106, of whom two told no schooling."""
    rows = [["Married", "75 (70.8)"], ["Divorced", "5 (4.7)"], ["Widowed", "19 (17.9)"],
            ["Single", "7 (6.6)"], ["Schooling", ""], ["none", "44 (41.5)"], ["some", "15 (14.2)"],
            ["much", "45 (42.5)"]]  # fmt: skip
    found = percents(["n (%)", "Control"], ["Status", ""], *rows)
    assert {f.level for f in found.values()} <= {"holds"}


def test_a_percent_of_one_unit_off_is_not_of_other_patients():
    """10 of 134 are 7.5 %; that 8.8 %, of the 114 whose school is known, begin with 8 is chance."""
    rows = [["Male", "68 (51)"], ["Diabetes", "33 (25)"], ["Smoker", "21 (16)"],
            ["Asthma", "9 (7)"], ["Fever", "57 (43)"], ["Cough", "43 (32)"], ["Mother, n (%)", ""],
            ["school", "40 (35)"], ["more", "74 (65)"], ["Father, n (%)", ""],
            ["school", "47 (41)"], ["more", "67 (59)"]]  # fmt: skip
    found = percents(["n (%)", "Meat (n = 134)"], *rows, ["Other", ""], ["Obese", "10 (8)"])
    assert found[14, 1].reading == "at most one unit of the last digit from 10 of 134"


def test_what_is_exactly_of_the_size_of_the_others_is_no_slip_of_rounding():
    """48 of 1109 are 4.3 %, and of the 1230 in the head 3.9 %."""
    rows = [
        ["Men, n (%)", "203 (16.5)"],
        ["Old, n (%)", "411 (33.4)"],
        ["Ill, n (%)", "617 (50.2)"],
    ]
    found = percents(["", "Control (n = 1230)"], *rows, ["None, n (%)", "48/1109 (3.9)"])
    assert found[4, 1].reading == "3.9 % of 1230 patients, as are others of the column"
