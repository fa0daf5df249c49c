"""The sizes printed for a cell: in its head, in rows and columns of sizes, in itself."""

from __future__ import annotations

from tests.scan.test_percent import HEAD, SOUND, SOUND_ONE, percents


def test_a_second_study_of_the_table_is_not_of_the_sizes_of_the_first():
    again = [["B. Second study", "", ""], ["", "Drug 2 (n = 40)", "Placebo (n = 24)"]]
    rows = [["Male, n (%)", "10 (25.0)", "6 (25.0)"], ["White, n (%)", "21 (52.5)", "18 (47.4)"]]
    found = percents(HEAD, *SOUND, *again, *rows)
    assert [found[6, c].level for c in (1, 2)] == ["holds", "holds"]
    assert [found[7, c].level for c in (1, 2)] == ["holds", "question"]


def test_a_size_in_a_head_may_be_grouped_by_a_blank_or_follow_a_word():
    for head in ("Drug (N=10 080)", "DrugN = 10,080"):
        found = percents(["", head], ["Male, n (%)", "1622 (16.1)"])
        assert found[1, 1].against == "10080"


def test_a_head_may_state_the_size_of_all_without_a_sign():
    found = percents(["", "Total 27"], *[[f"Trait {n}, n (%)", f"{n} ({100 * n / 27:.1f})"]
                     for n in (4, 7, 11, 14)], ["Other, n (%)", "5 (19.5)"])  # fmt: skip
    assert found[1, 1].reading == "reproduced; of 27: the size in the head of the column"
    assert found[5, 1].level == "fails"


def test_years_in_a_head_are_no_sizes():
    row = ["Deaths, n (%)", "574 (28.8)", "600 (30.0)"]
    assert percents(["", "1990", "2000"], row) == {}
    assert percents(["", "1990", "40,000"], row)[1, 1].level == "holds"


def test_the_number_in_the_column_before_is_the_denominator():
    head = ["", "N", "Satisfied", "Change"]
    told = ((57, 53), (56, 46), (58, 39), (42, 31), (46, 28), (38, 23), (52, 31))
    rows = [[f"r{n}", str(n), f"{k} ({100 * k / n:.1f})", "1.1"] for n, k in told]
    found = percents(head, *rows, ["Enough", "45", "23 (71.1)", "1.2"], caption="n (%)")
    assert found[8, 2].level == "question"
    assert {found[r, 2].level for r in range(1, 8)} == {"holds"}
    few = percents(head, *rows[:2], ["Enough", "45", "23 (71.1)", "1.2"], caption="n (%)")
    assert (3, 2) not in few


def test_the_sizes_of_groups_are_those_under_their_words():
    rows = [["Number of patients", "", ""], ["All", "120", "120"], ["Evaluable", "106", "108"],
            ["Deaths, n (%)", "", ""], ["All", "21 (17.5)", "28 (23.3)"],
            ["Evaluable", "17 (16.0)", "19 (15.7)"]]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert [found[r, 1].against for r in (5, 6)] == ["120", "106"]
    assert [found[r, c].level for r in (5, 6) for c in (1, 2)] == ["holds"] * 3 + ["question"]


def test_a_cell_may_print_its_own_size():
    found = percents(HEAD, *SOUND, ["Pain, n (%)", "10 (26%) N = 39", "9 (25.7) n = 35"])
    assert [found[4, c].against for c in (1, 2)] == ["39", "35"]
    assert {found[4, c].level for c in (1, 2)} == {"holds"}


def test_the_size_two_columns_before_is_that_of_its_row():
    head = ["", "N", "n", "%", "N", "n", "%"]
    rows = [["All", "152", "70", "46.1", "145", "34", "23.4"],
            ["Husband smokes"] * 7,
            ["Yes", "130", "58", "44.6", "111", "20", "18.0"],
            ["No", "22", "12", "54.5", "34", "14", "41.2"]]  # fmt: skip
    assert "fails" not in {f.level for f in percents(head, *rows).values()}


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


def test_a_head_that_is_repeated_may_end_with_a_p_value():
    rows = [[*HEAD, "P value"], [*SOUND[0], "0.8"],
            ["As treated", "Drug (n = 33)", "Placebo (n = 31)",
            "P value"], ["Male, n (%)", "21 (63.6)", "18 (58.1)", "0.6"]]  # fmt: skip
    assert percents(*rows)[3, 2].against == "31"


def test_a_row_of_sizes_may_only_name_who_is_counted():
    rows = [["Subjects", "194 (%)", "67 (%)"], ["Died, n (%)", "5 (2.58)", "6 (8.96)"],
            ["Relapsed, n (%)", "7 (3.61)", "6 (7.96)"]]  # fmt: skip
    found = percents(["", "Stable", "Declined"], *rows)
    assert (found[2, 2].level, found[3, 2].level) == ("holds", "fails")
    assert found[3, 2].against == "67"


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


def test_a_column_of_sizes_is_that_of_the_columns_behind_it():
    head = ["Group", "n", "Recovery, n (%)", "No change, n (%)", "Death, n (%)"]
    rows = [["Drug", "31", "4 (12.9)", "20 (64.5)", "1 (3.2)"],
            ["Placebo", "30", "2 (6.7)", "8 (23.3)", "1 (3.3)"]]  # fmt: skip
    found = percents(head, *rows)
    assert found[1, 4].against == "31"
    assert found[2, 3].level != "holds"


def test_a_size_may_have_the_empty_decimals_of_the_means_below_it():
    rows = [["N", "64.00"], ["Age", "39.61"], ["Events, n (%)", "45 (70.31)"],
            ["Deaths, n (%)", "20 (31.25)"], ["Pain, n (%)", "35 (54.69)"]]  # fmt: skip
    found = percents(["", "Drug"], *rows)
    assert {f.against for f in found.values()} == {"64"}


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


def test_cells_of_one_word_and_their_sizes_are_no_head():
    rows = [["Gender", "Male n = 15", "Male n = 13"], ["Pain, n (%)", "7 (25.0)", "9 (34.6)"]]
    found = percents(["", "Drug (n = 28)", "Placebo (n = 26)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}


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


def test_a_number_of_patients_in_its_column_is_printed_of_a_group():
    rows = [["Age, mean (SD)", "61 (9) (n = 485)"], ["Pain, n (%)", "153 (31.5%)"],
            ["Rash, n (%)", "105 (21.6%)"], ["Fever, n (%)", "156 (32.2%)"]]  # fmt: skip
    sizes = {f.against for f in percents(["", "Drug"], *rows).values() if f.level == "question"}
    assert sizes <= {"485"}


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


def test_a_group_of_nobody_is_no_size():
    rows = [["Male", "14 (19.2)", "25 (34.7)"], ["Analysed", "n = 0", "(n = 70)"]]
    found = percents(["n (%)", "Drug (n = 73)", "None (n = 72)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}


def test_a_total_of_more_than_the_head_prints_is_of_events():
    rows = [["Total (n)", "46", "99"], ["Fever, n (%)", "14 (19.2)", "25 (34.7)"],
            ["Coma, n (%)", "9 (12.3)", "16 (22.2)"]]  # fmt: skip
    found = percents(["", "Drug (n = 73)", "None (n = 72)"], *rows)
    assert {f.level for f in found.values()} == {"holds"}
