"""Which cells print a count with its percent: every way to print one, and two columns.

And the sizes printed for a cell: in its head, in rows and columns of sizes, in itself.
"""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, SOUND_ONE, percents, table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


@pytest.mark.parametrize(
    "cell", ["15 (37.5)", "15 (37.5%)", "15 [37.5]", "15/40 (37.5)", "37.5% (15)", "37.5 (15)",
             "15, 37.5%", "15^a (37.5)^b", "15 of 40 (37.5 %)", "15 (37·5)", "15 (37,5%)"],
)  # fmt: skip
def test_every_way_to_print_a_count_with_its_percent_is_read(cell):
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", cell, "3 (7.9)"])
    assert found[4, 1].level == "holds", cell


def test_a_percent_before_its_count_is_read_by_the_label():
    found = percents(
        ["", "Total (n = 60)"], ["Hypertension, % (n)", "55 (33)"], ["Smoker, % (n)", "20 (12)"]
    )
    assert {f.level for f in found.values()} == {"holds"}


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


def test_a_percent_above_or_below_the_bracket_with_its_count_is_read():
    found = percents(
        ["", "Mail (n = 210)"], ["Saw it", "53.8%\n(113/210)"], ["Read it", "93\n(44.3%)"]
    )
    assert {f.level for f in found.values()} == {"holds"}
    assert len(found) == 2


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


def test_a_count_and_a_percent_with_its_sign_stand_under_one_head():
    told = (["Never", "21", "28%"], ["Daily", "25", "33%"], ["Weekly", "12", "26%"])
    rows = [[("", 1, 1), ("Usual (n = 75)", 1, 2)], *[[(t, 1, 1) for t in row] for row in told]]
    document = Document("test", "", (), (Table(0, "Table 1", "", grid_of(rows), 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    levels = {f.printed: f.level for f in found}
    assert levels == {"21 | 28%": "holds", "25 | 33%": "holds", "12 | 26%": "question"}


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


def test_a_head_of_percents_below_one_of_means_says_what_follows():
    head = ["", "Drug (n = 40), mean (SD)", "Placebo (n = 38), mean (SD)"]
    rows = [["Age", "45.1 (15.2)", "44.8 (15.4)"], ["", "n (%)", "n (%)"],
            ["Male", "21 (52.5)", "18 (47.4)"], ["Female", "19 (47.5)", "20 (62.6)"]]  # fmt: skip
    found = percents(head, *rows)
    assert (found[3, 1].level, found[4, 2].level) == ("holds", "fails")
    assert not percents(head, rows[0], ["Score", "21 (5.2)", "18 (4.7)"])


def test_a_count_of_thousands_may_stand_behind_its_percent():
    rows = [["Ill, % (n)", "53 (1,123)"], ["Old, % (n)", "83 (1,758)"],
            ["Sad, % (n)", "70 (1,483)"], ["Tired, % (n)", "41 (869)"],
            ["Well, % (n)", "64 (1,483)"]]  # fmt: skip
    found = percents(["", "Drug (n = 2,118)"], *rows)
    assert [found[r, 1].level for r in range(1, 6)] == [*["holds"] * 4, "fails"]


def test_a_share_below_one_percent_is_read():
    found = percents(HEAD, *SOUND, ["Fever, n (%)", "0 (<1)", "3 (<1)"])
    assert found[4, 2].level != "holds"
    held = percents(
        ["", "Drug (n = 240)"], ["Fever, n (%)", "2 (<1%)"], ["Pain, n (%)", "24 (10%)"]
    )
    assert {f.level for f in held.values()} == {"holds"}
    assert percents(["", "Drug (n = 240)", "P"], ["Steps", "21 (<0.001)", "12 (<0.1)"]) == {}


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


def test_a_number_behind_a_percent_is_what_that_is_of():
    head = ["", "Men / %", "Men / n", "Women / %", "Women / n"]
    rows = [["Low", "83.3", "66", "73.9", "88"], ["Poor", "69.2", "52", "43.1", "65"],
            ["Smoker", "7.4", "68", "12.6", "87"], ["Ill", "11.8", "68", "14.9", "87"]]  # fmt: skip
    assert percents(head, *rows) == {}


def test_beside_means_stands_how_many_have_the_datum():
    head = ["", "n", "Mean ± SD or percent"]
    rows = [["Age", "350", "13.4 ± 0.9"], ["Score", "358", "83.9 ± 13.0"],
            ["Two parents", "362", "78.7"], ["Good health", "333", "71.2"]]  # fmt: skip
    assert not percents(head, *rows)


def test_a_count_and_its_percent_may_stand_on_both_sides_of_a_slash():
    rows = [["Sight", "20/12.5", "20/32"], ["Score (n/%)", "", ""], ["4-5", "27/42.2", "22/37.9"],
            ["6-9", "23/35.9", "21/36.2"], ["10-12", "14/21.9", "15/25.9"],
            ["Left-sided, n/%", "34/53.3", "20/34.5%"]]  # fmt: skip
    found = percents(["", "Surgery (n = 64)", "None (n = 58)"], *rows)
    assert {c: found[6, c].level for c in (1, 2)} == {1: "fails", 2: "holds"}
    assert {found[r, c].level for r in (3, 4, 5) for c in (1, 2)} == {"holds"}
    assert not {r for r, _ in found} - {3, 4, 5, 6}


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
