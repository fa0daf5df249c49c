"""Which counts a P is held against: zeros, levels, two in a cell, percents alone, rows, text."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

HEAD = ["", "A (n=80)", "B (n=80)", "P"]


def levels(*rows: list[str], at: tuple[int, int]) -> str | None:
    found = of_table(*rows, check="p-of-table")
    return found[at].level if at in found else None


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


@pytest.mark.parametrize(("other", "level"), [(192, "question"), (194, "holds")])
def test_not_significant_is_asked_of_where_every_usual_test_is_below_five_in_a_hundred(
    other, level
):
    head = ["", "A (n=197)", "B (n=198)", "P"]
    rows = [["given", "197 (100.0%)", f"{other} ({other / 1.98:.1f}%)", "NS"],  # of 192: 0.040
            ["sick", "43 (21.8%)", "40 (20.2%)", "NS"]]  # fmt: skip
    assert levels(head, *rows, at=(1, 3)) == level


@pytest.mark.parametrize(("count", "level"), [(28, "question"), (29, "holds")])
def test_a_bound_is_held_to_the_letter(count, level):
    row = ["sick", "17 (21.3%)", f"{count} ({count / 0.8:.1f}%)", "<0.05"]  # Pearson 0.053, 0.036
    assert levels(["", "A (n=80)", "B (n=80)", "P"], row, at=(1, 3)) == level


@pytest.mark.parametrize(
    "head", ["Significance (2-tailed)", "Statistical significance", "Sig.", "P. value", "Pr > |t|"]
)
def test_a_column_of_p_may_be_headed_by_what_programs_call_it(head):
    rows = [["sleepy", "17 (21.3%)", "9 (11.3%)", "0.500"], ["sick", "9 (11.3%)", "8 (10%)", ".80"]]
    assert levels([*HEAD[:3], head], *rows, at=(1, 3)) == "question"
    assert levels([*HEAD[:3], "Sign of the change"], *rows, at=(1, 3)) is None


def test_an_empty_row_and_the_head_of_a_block_end_a_variable():
    rows = [["Side", "", "", ""], ["left", "40 (50%)", "37 (46%)", "0.002"],
            ["right", "40 (50%)", "43 (54%)", ""], ["", "", "", ""], ["Other", "", "", ""],
            ["mean", "3.1", "3.4", "0.7"]]  # fmt: skip
    assert levels(HEAD, *rows, at=(2, 3)) == "question"


def test_a_statistic_may_stand_before_the_p():
    rows = [["sick", "9 (11.3%)", "8 (10.0%)", "χ2 = 0.07, p = 0.80"],
            ["cured", "40 (50%)", "42 (52%)", "χ2 = 9.5, p = 0.002"]]  # fmt: skip
    rows = [["", "A (n=80)", "B (n=80)", "Comparison"], *rows]
    assert levels(*rows, at=(1, 3)) == "holds"
    assert levels(*rows, at=(2, 3)) == "question"


@pytest.mark.parametrize(("p", "level"), [("0.002", "question"), ("0.635", "holds")])
def test_a_row_of_p_is_of_the_counts_above_it(p, level):
    rows = [["", "A (n=80)", "B (n=80)"], ["left", "40 (50%)", "37 (46%)"]]
    rows += [["right", "40 (50%)", "43 (54%)"]]
    cells = [[(text, 1, 1) for text in row] for row in rows]
    grid = grid_of([*cells, [("P value", 1, 1), (p, 1, 2)]])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == [level]


@pytest.mark.parametrize(
    ("cells", "level"),
    [(("86.3%", "75.6%"), None), (("86.1%", "75.5%"), "question"), (("86%", "75%"), None)],
)
def test_percents_alone_are_counts_where_both_are_of_the_sizes(cells, level):
    rows = [["", "A (n = 79)", "B (n = 106)", "P"], ["high", *cells, "0.001"]]
    assert levels(*rows, at=(1, 3)) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [("smaller in 106 (89.8%) patients vs 111 (94.8%), p 0.035", "question"),
     ("smaller in 106 (89.8%) patients vs 111 (94.8%), p = 0.22", "holds"),
     ("in class III (34.1%, 14/41 vs 21.3%, 57/267; P = 0.013)", "question"),
     ("in class III (34.1%, 14/41 vs 21.3%, 57/267; adjusted P = 0.013)", None),
     ("at 6/12 or 7/12 months, P = 0.013", None),
     # stats.fisher_exact([[13, 6], [15, 16]]) = 0.241, [[13, 7], [16, 22]] 0.168, chi-square 0.097
     ("in thirteen of 28 compared to six of 22 (P = 0.03)", "question"),
     ("in thirteen of 28 compared to six of 22 (P = 0.24)", "holds"),
     ("16 (80%) improved. Of others, seven (33%) did (P = 0.3)", None),
     ("27 (67.5%) were boys and 13 (32.5%) girls (P = 0.3)", None),
     ("Two groups of 29 patients: 44.8% versus 24.1% (P = 0.58)", "question"),
     ("Two groups of 29 patients: 44.8% versus 24.1% (P = 0.10)", "holds"),
     ("Two groups of 29 patients: 44.8% versus 24.2% (P = 0.58)", None),
     # [[25, 18], [5, 12]]: Pearson 0.045, Fisher 0.084
     ("Two groups of 30 patients: 83% of the first and 60% of the second (P = 0.70)", "question"),
     ("Two groups of 30 patients: 83% of the first and 60% of the second (P = 0.08)", "holds"),
     ("Two groups of 30 patients: among women 83% and 60% (P = 0.70)", None),
     ("Two groups of 30 patients: 83% and 60% (both P < 0.001)", None),
     ("Two groups of 30 patients: 83% and 60% (P < 0.001 for one versus none)", None),
     ("Two groups of 30 patients: 40%, 83% and 60% (P = 0.70)", None),
     ("Two groups of 30 patients: a mean loss of 83% and 60% (P = 0.70)", None),
     # [[16, 11], [47, 50]]: Pearson 0.32, Yates 0.43
     ("relapsed in 27 (21.8%): 16 (25.4%) in A and 11 (18.0%) in B (P = 0.70)", "question"),
     ("relapsed in 27 (21.8%): 16 (25.4%) in A and 11 (18.0%) in B (P = 0.32)", "holds"),
     # [[35, 41], [135, 112]]: Pearson 0.19, Yates 0.24
     ("in 35/170 (21%) infants of the intervention group and 41/153 (27%) infants of the control "
      "group, which is no difference to speak of (P = 0.12)", "question"),
     ("in 35/170 (21%) infants of the intervention group and 41/153 (27%) infants of the control "
      "group, who weighed 3.1 and 3.2 kg on average (P = 0.12)", None),
     # [[23, 15], [10, 27]]: Pearson 0.0031, Fisher 0.0051, Yates 0.0072
     ("in 23/38 (61%) and 10/37 (27%) (P = 0.009)", "question"),
     ("in 23/38 (61%) and 10/37 (27%) (P = 0.008)", "holds"),  # a unit of Yates
     ("in 23/38 (61%) and 10/37 (27%) (HR[95%CI] = 0.5 [0.2-0.9], P = 0.4)", None),
     # [[15, 15], [3, 27]]: below 0.001, for which this may stand; and not of patients
     ("in 15/30 and in 3/30 (P = 0.001)", "holds"), ("in 15/30 and in 3/30 (P = 0.01)", "question"),
     ("in 15/30 and 3/30 (P = 0.04 and P = 0.6 vs placebo)", None),
     ("Two groups of 30 patients: 83% of visits and 60% of visits (P = 0.70)", None),
     ("Two groups of 29 patients: 51.7% vs 34.5% and 44.8% vs 24.1% (P = 0.18 and 0.58)",
      ["question", "holds"])],
)  # fmt: skip
def test_the_p_of_two_counts_in_a_sentence(text, level):
    found = of_text(text, "p-of-table")
    assert [f.level for f in found] == (level if isinstance(level, list) else [level] * bool(level))


@pytest.mark.parametrize(("n", "asked"), [(73, False), (80, True)])
def test_counts_of_one_size_may_be_of_the_same_patients_where_mcnemar_is_named(n, asked):
    text = f"McNemar's test was used. Events were seen in 9/73 and 12/{n} (P = 0.140)."
    assert bool(of_text(text, "p-of-table")) == asked


@pytest.mark.parametrize(
    ("text", "level"),
    [("Quitting was higher (34.7 vs. 18.0%, p = 0.02).", "question"),
     ("Quitting was higher (34.7 vs. 18.0%, p = 0.002).", "holds"),
     ("Quitting was higher (35% vs. 18%; p = 0.02).", "question"),  # rounded
     # of 176 and 111 74 and 53, not of the third group: Pearson 0.35
     ("Of all 387, 42.0% with A and 47.7% with B coughed (p = 0.01).", "question"),
     ("Of all 387, 42.0% with A and 47.7% with B coughed (p = 0.35).", "holds"),
     ("Of them, 42.0% with A and 47.7% with B coughed (p = 0.01).", None),  # of which groups?
     ("Of all 387, 42.1% with A and 47.8% with B coughed (p = 0.01).", None)],
)  # fmt: skip
def test_two_percents_of_a_sentence_are_of_a_row_of_a_table_or_of_its_groups(text, level):
    rows = [["", "A (n = 176)", "B (n = 111)", "C (n = 100)"],
            ["quit", "61 (34.7%)", "20 (18.0%)", "9 (9.0%)"],
            ["fell ill", "10 (5,7%)", "7 (6,3%)", "<1 (<1%)"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    paragraphs = (Paragraph("Results", 1, text),)
    if "all 387" in text:
        paragraphs += (Paragraph("Methods", 1, "We included 387 patients (n = 387)."),)
    document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == [level] * bool(level)


def test_a_one_sided_p_is_asked_unless_the_article_says_so():
    rows = [["bled", "1 (1.3%)", "0", "0.50"], ["sick", "9 (11.3%)", "8 (10.0%)", "1.00"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"
    grid = grid_of([[(text, 1, 1) for text in row] for row in (HEAD, *rows)])
    paragraphs = (Paragraph("Methods", 1, "One-sided tests were used."),)
    document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert {f.level for f in found} == {"holds"}


def test_the_p_of_changes_within_groups_compares_none():
    head = [*HEAD[:3], "P within groups"]
    assert levels(head, ["cured", "40 (50%)", "10 (13%)", "0.8"], at=(1, 3)) is None


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


def test_a_column_of_p_values_that_no_usual_test_prints_is_asked_once():
    rows = [[f"Sign {i}, n (%)", f"{i} ({i / 0.8:.1f})", f"{i + 9} ({(i + 9) / 0.8:.1f})", "0.91"]
            for i in range(9, 15)]  # fmt: skip
    found = of_table(HEAD, *rows, check="p-of-table")
    told = {f.reading for f in found.values()}
    assert told == {"usual tests give another P for 6 of the 6 P values of the column"}


def test_a_wrong_percent_of_one_level_does_not_hide_the_counts_of_the_variable():
    rows = [["Father", "", "", "0.12"], ["Primary", "19 (31.7%)", "71 (53.8%)", ""],
            ["School", "20 (33.3%)", "35 (26.5%)", ""],
            ["University", "21 (35.5%)", "26 (19.7%)", ""]]  # fmt: skip
    assert levels(["", "A", "B", "P"], *rows, at=(1, 3)) == "question"


def test_a_section_of_counts_may_stand_under_a_head_of_means_and_a_p_bear_two_marks():
    head = [["", "A (n=40)", "B (n=40)", "P"], ["", "Mean±SD", "Mean±SD", "P"]]
    rows = [["Opioids: no (%)", "", "", ""], ["Day 1", "24 (60)", "26 (65)", "0.16** ^§"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in (*head, *rows)])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == ["question"]


def test_a_head_of_p_may_name_the_two_groups_that_it_compares():
    head = [
        "",
        "TT (n = 200)",
        "P TT versus DO",
        "DO (n = 200)",
        "P DO versus BST",
        "BST (n = 200)",
    ]
    row = ["Lost, n (%)", "23 (11.5)", "0.64", "26 (13.0)", "0.029", "25 (12.5)"]
    assert levels(head, row, at=(1, 2)) == "holds"
    assert levels(head, row, at=(1, 4)) == "question"


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
    ("p", "level"), [(("0.19", "0.16", "0.28"), "question"), (("0.28", "0.28", "0.28"), "holds")]
)
def test_a_level_among_levels_with_a_p_each_has_not_the_p_of_the_variable(p, level):
    rows = [["Risk, n (%)", "", "", ""], ["low", "30 (37.5)", "22 (27.5)", p[0]],
            ["moderate", "20 (25.0)", "28 (35.0)", p[1]],
            ["high", "30 (37.5)", "30 (37.5)", p[2]]]  # fmt: skip
    assert levels(HEAD, *rows, at=(4, 3)) == level


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


@pytest.mark.parametrize(("p", "level"), [("0.60", "question"), ("0.054", "holds")])
def test_percents_tell_the_sizes_that_nothing_prints(p, level):
    rows = [["", "A", "B", "P"], ["sick, n (%)", "12 (31.6)", "5 (13.2)", p]]  # of 38
    assert levels(*rows, at=(1, 3)) == level
    assert levels(rows[0], ["sick, n (%)", "1 (0)", "5 (13.2)", p], at=(1, 3)) is None


def test_percents_of_fewer_than_the_head_are_of_those_who_answered():
    row = ["sick, n (%)", "12 (31.6)", "5 (13.2)", "0.054"]  # of 38, not of 80
    assert levels(HEAD, row, at=(1, 3)) == "holds"


@pytest.mark.parametrize(("head", "level"), [("P", None), ("P (Drug vs placebo)", "holds")])
def test_a_p_of_two_of_the_groups_is_held_to_those_that_its_head_names(head, level):
    rows = [["", "Drug A (n=80)", "Placebo (n=80)", "None (n=80)", head],
            ["sick", "9 (11.3%)", "20 (25.0%)", "12 (15.0%)", "0.024"]]  # fmt: skip
    assert levels(*rows, at=(1, 4)) == level


@pytest.mark.parametrize(("label", "level"), [("Missing", "holds"), ("Mixed", "question")])
def test_a_level_of_missing_patients_may_be_left_out(label, level):
    rows = [
        ["Type, n (%)", "", "", "0.046"],
        ["left", "40 (50.0)", "30 (37.5)", ""],
        ["right", "30 (37.5)", "44 (55.0)", ""],
        [label, "10 (12.5)", "6 (7.5)", ""],
    ]
    assert levels(HEAD, *rows, at=(1, 3)) == level


def test_a_percent_in_a_column_of_its_own_is_no_group():
    head = ["", "A (n=80)", "A (n=80)", "B (n=80)", "B (n=80)", "P"]
    rows = [["sick, n (%)", "9", "(11.250)", "20", "(25.000)", "0.001"]]
    found = of_table(head, *rows, check="p-of-table")
    assert found[1, 5].against == "9 of 80, 20 of 80"  # and not of 9, 9, 20 and 20


@pytest.mark.parametrize(
    ("p", "level"),
    [
        ("0.130", None),
        ("0.097", None),
        ("0.085", "question"),
        ("0.15", "holds"),
        ("0.21", "question"),
    ],
)
def test_a_p_between_those_of_usual_tests_or_near_one_is_not_asked(p, level):
    near = ["pale", "30 (37.5%)", "40 (50.0%)", p]  # chi-square 0.111, Fisher 0.151
    assert levels(HEAD, near, at=(1, 3)) == level


def test_a_p_near_a_usual_test_is_a_slight_question_where_usual_tests_print_others():
    rows = [HEAD, ["pale", "30 (37.5%)", "40 (50.0%)", "0.130"],
            ["sick", "9 (11.3%)", "20 (25.0%)", "0.024"]]  # fmt: skip
    found = of_table(*rows, check="p-of-table")
    assert {at: (f.level, f.slight) for at, f in found.items()} == {
        (1, 3): ("question", True), (2, 3): ("holds", False)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "asked"), [("Test for trend.", False), ("Chi-square test.", True)]
)
def test_a_p_is_of_the_test_that_the_note_of_its_mark_names(note, asked):
    row = ["pale", "30 (37.5%)", "40 (50.0%)", "0.42^a"]
    grid = grid_of([[(text, 1, 1) for text in cells] for cells in (HEAD, row)])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, (f"^a {note}",)),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert bool(found) == asked


def test_a_p_beside_a_middle_level_is_of_all():
    cells = (("4 (5.0)", "6 (7.5)", ""), ("15 (18.8)", "15 (18.8)", "0.63"),
             ("61 (76.3)", "59 (73.8)", ""))  # fmt: skip
    rows = [["Education", "", "", ""], *(["abc"[i], *row] for i, row in enumerate(cells))]
    found = of_table(HEAD, *rows, check="p-of-table")
    assert found[3, 3].against == "4, 6 | 15, 15 | 61, 59"


def test_percents_of_a_row_tell_no_size_of_its_groups():
    row = ["asthma", "4 (23.5%)", "13 (76.5%)", "0.238"]  # of 17 in both
    assert levels(["", "Failed", "Successful", "P"], row, at=(1, 3)) is None
    assert levels(["", "A (n=80)", "B (n=80)", "P"], row, at=(1, 3)) == "question"


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


def test_a_p_that_spans_rows_is_of_these():
    rows = [HEAD, ["left", "40 (50.0%)", "30 (37.5%)"], ["right", "30 (37.5%)", "44 (55.0%)"]]
    cells = [[(text, 1, 1) for text in row] for row in rows]
    for p, level in (("0.046", "holds"), ("0.6", "question")):
        grid = grid_of([cells[0], [*cells[1], (p, 2, 1)], cells[2]])
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
        found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
        assert [f.level for f in found] == [level]


def test_counts_before_a_ratio_of_a_model_are_not_those_of_its_p():
    head = [*HEAD[:3], "AdjOR (95% CI)", "P"]
    row = ["sick", "9 (11.3%)", "20 (25.0%)", "0.9 (0.4-1.9)", "0.8"]
    assert levels(head, row, at=(1, 4)) is None
    assert levels([*head[:3], "OR (95% CI)", "P"], row, at=(1, 4)) == "question"


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


@pytest.mark.parametrize(("p", "level"), [("0.02", "question"), ("<0.001", "holds")])
def test_the_percents_of_a_column_together_tell_its_size(p, level):
    rows = [
        ["Minutes", "A n (%)", "B n (%)", "P"],
        ["after an hour", "18 (36)", "3 (6)", p],
        ["later", "25 (50)", "3 (6)", "<0.001"],
        ["last", "30 (60)", "17 (34)", "0.009"],
    ]
    assert levels(*rows, at=(1, 3)) == level
    assert levels(rows[0], rows[1], at=(1, 3)) == level  # 3 (6) alone: of whichever of 43 to 54


@pytest.mark.parametrize(("p", "level"), [(".006", "question"), (".14", None), (".076", "holds")])
def test_whole_percents_are_of_patients_where_others_of_the_column_add_up(p, level):
    head = ["Variable", "A (n=69)", "B (n=106)", "P"]
    rows = [["Married, %", "53", "67", p], ["Race, %", "", "", ""], ["white", "24", "39", "<.001"],
            ["black", "52", "24", ""], ["other", "24", "38", ""],
            ["Education, %", "", "", ""], ["school", "7", "9", ".61"],
            ["college", "33", "38", ""], ["more", "60", "53", ""]]  # fmt: skip
    assert levels(head, *rows, at=(1, 3)) == level
    assert levels(head, *rows[:1], at=(1, 3)) is None
    across = [["Married, %", "62", "38", p], *rows[1:]]  # of the row
    assert levels(head, *across, at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.55", "question"), ("0.09", "holds")])
def test_several_combined_beside_one_other_are_a_group(p, level):
    row = ["sick", "9 (11.3%)", "17 (21.3%)", p]
    assert levels(["", "A (n=80)", "B and C combined (n=80)", "P"], row, at=(1, 3)) == level
    assert levels(["", "A (n=80)", "All (n=80)", "P"], row, at=(1, 3)) is None


@pytest.mark.parametrize(
    ("male", "female", "p", "level"),
    [(("3", "6"), ("17", "14"), "0.189", "question"), (("3", "6"), ("17", "14"), "0.256", "holds"),
     (("15", "30"), ("85", "70"), "0.189", None), (("3", "6"), ("17.5", "14"), "0.189", None)],
)  # fmt: skip
def test_two_levels_that_make_up_their_variable_tell_the_sizes(male, female, p, level):
    rows = [["", "Cases", "Controls", "P"], ["Weight", "29.5 (2.8)", "29.3 (2.2)", "0.82"],
            ["Sex", "", "", ""], ["Male", *male, ""], ["Female", *female, p]]  # fmt: skip
    assert levels(*rows, at=(4, 3)) == level


def test_a_p_may_stand_below_its_groups_of_which_each_is_a_row():
    rows = [
        ["Outcome", "week 12", "week 24"],
        ["A (n = 27)", "8/27 (29.6%)", "22/27 (81.5%)"],
        ["B (n = 28)", "3/28 (10.7%)", "7/28 (25.0%)"],
        ["", "p = 0.27", "p < 0.001"],
    ]
    assert levels(*rows, at=(3, 1)) == "question"
    assert levels(*rows, at=(3, 2)) == "holds"
    rows[1:3] = [["low", "8 (29.6%)", "22 (81.5%)"], ["high", "3 (10.7%)", "7 (25.0%)"]]
    assert levels(*rows, at=(3, 1)) is None  # rows that may be levels


def test_a_p_that_only_a_z_test_without_pooling_prints_is_asked():
    row = ["sick", "5 (15.6%)", "2 (7.4%)", "0.31"]  # Pearson 0.33, Fisher 0.44
    assert levels(["", "A (n=32)", "B (n=27)", "P"], row, at=(1, 3)) == "question"


@pytest.mark.parametrize(
    ("text", "said"),
    [("Events: (3.7% (n = 9) in A; 2.4% (n = 6) in B; and 3.2% (n = 8) in C; P = {})",
      {"0.073": ["question"], "0.70": ["holds"], "0.42": ["holds"]}),  # of two of them
     ("Deaths fell (14 [12%] in A; 30 [25%] in B; P = {}).",
      {"0.2": ["question"], "0.01": ["holds"]}),
     ("Of all, 12/60 in A, 20/61 in B and 30/62 in C improved (P = {}).",
      {"0.60": ["question"], "0.004": ["holds"], "0.11": ["holds"]}),
     ("It was 12/60 and 20/60, and 30/62 in C improved (P = {}).", {"0.60": []}),  # which two?
     ("They were 3/4, 1/2 and 2/3 (P = {}).", {"0.03": []})],
)  # fmt: skip
def test_the_p_of_a_list_is_of_all_its_counts_or_of_two(text, said):
    for p, level in said.items():
        found = of_text(text.format(p), "p-of-table")
        assert [f.level for f in found] == level, p


def test_a_p_beside_grades_of_each_arm_is_asked_of_no_row():
    cells = ["Drug", "Drug", "Placebo", "Placebo"]
    rows = [["", *cells, "P"], ["", "Grade 1", "Grade 3", "Grade 1", "Grade 3", ""],
            ["Nausea", "40 (40%)", "12 (12%)", "30 (30%)", "13 (13%)", "0.6"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = scan_document(document, "test").findings
    assert not [f for f in found if f.check == "p-of-table"]


def test_men_of_all_may_stand_in_a_cell_and_nobody_in_a_row():
    rows = [["Sex (male)", "17/47", "17/48", "0.939"], ["Sex (m/f)", "0/0", "0/0", "0.5"],
            ["Score, mean percent", "57", "40", "0.67"], ["Old", "9/47", "8/48", ""]]  # fmt: skip
    found = of_table(["", "A", "B", "P"], *rows, check="p-of-table")
    assert found[1, 3].level == "holds"  # chi-square of 17 of 47 and of 48
    assert len(found) == 1


def test_a_p_of_one_patient_is_not_accused():
    sure = [[f"v{k}", f"{k} ({k / 0.8 + 0.001:.1f}%)", "20 (25.0%)", p] for k, p in
            ((9, "0.024"), (8, "0.013"), (7, "0.006"), (10, "0.043"), (11, "0.072"), (12, "0.114"),
             (13, "0.171"))]  # fmt: skip
    assert levels(HEAD, *sure, ["last", "1 (1.3%)", "0 (0.0%)", "0.04"], at=(8, 3)) == "question"
    assert levels(HEAD, *sure, ["last", "3 (3.8%)", "4 (5.0%)", "0.04"], at=(8, 3)) == "fails"


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


@pytest.mark.parametrize(("p", "level"), [("0.9", "question"), ("0.024", "holds")])
def test_a_group_may_be_named_for_a_model_or_stand_under_total_or_above_its_size(p, level):
    row = ["sick", "9 (11.3%)", "20 (25.0%)", p]
    for heads in (("Not in the regression", "In the regression"), ("Total, home", "Total, ward")):
        assert levels(["", *heads, "P"], ["n", "80", "80", ""], row, at=(2, 3)) == level
    assert levels(["", "Total, home (n = 79)", "Total, ward (n = 80)", "P"], row, at=(1, 3))
    rows = [["", "A", "B", "C", "P"], ["", "n = 80", "n = 80", "n = 70", ""],
            [*row[:3], "5 (7.1%)", {"0.024": "0.005"}.get(p, p)]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == [level]


@pytest.mark.parametrize(("p", "level"), [("0.60", "question"), ("0.080", "holds")])
def test_levels_end_where_they_make_up_the_groups(p, level):
    rows = [["Kind", "", "", ""], ["left", "30 (37.5%)", "41 (51.2%)", p],
            ["right", "50 (62.5%)", "39 (48.8%)", ""],
            ["all", "80 (100%)", "80 (100%)", ""]]  # fmt: skip
    assert levels(HEAD, *rows, at=(2, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.60", "question"), ("0.024", "holds")])
def test_a_p_stands_in_the_label_among_statistics_or_in_a_row_of_its_test(p, level):
    sick, pale = ["9 (11.3%)", "20 (25.0%)"], ["12 (15.0%)", "11 (13.8%)"]
    rows = [[f"sick\nP = {p} (χ2)", *sick], ["pale\nP = 0.82", *pale]]
    assert levels(HEAD[:3], *rows, at=(1, 0)) == level
    rows = [["sick", *sick, f"P = {p}, df = 1"], ["pale", *pale, "P = 0.82, df = 1"]]
    assert levels([*HEAD[:3], "Statistics"], *rows, at=(1, 3)) == level
    cells = [[(text, 1, 1) for text in row] for row in (HEAD[:3], ["sick", *sick])]
    grid = grid_of([*cells, [("Chi-square test", 1, 1), (f"P = {p}", 1, 2)]])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == [level]


@pytest.mark.parametrize(("p", "level"), [("0.60", "question"), ("0.035", "holds")])
def test_a_statistic_beside_the_next_level_is_no_other_p(p, level):
    rows = [["Side", "", "", ""], ["left", "20 (25.0%)", "34 (42.5%)", f"P = {p}, χ2 = 7.4"],
            ["right", "30 (37.5%)", "28 (35.0%)", "df = 2"],
            ["both", "30 (37.5%)", "18 (22.5%)", ""],
            ["pale", "9 (11.3%)", "20 (25.0%)", "P = 0.024"]]  # fmt: skip
    assert levels([*HEAD[:3], "Statistics"], *rows, at=(2, 3)) == level


def test_the_levels_of_a_variable_may_be_compared_by_their_ranks():
    # stats.kruskal of 0 to 3, repeated as often as each column says, gives 0.0018738
    rows = [["", "A", "B", "C", "P"], ["Grade 0", "5 (4.7)", "0 (0.0)", "3 (7.0)", "0.0019"],
            ["Grade 1", "26 (24.3)", "15 (13.9)", "9 (20.9)", ""],
            ["Grade 2", "33 (30.8)", "35 (32.4)", "20 (46.5)", ""],
            ["Grade 3", "43 (40.2)", "58 (53.7)", "11 (25.6)", ""]]  # fmt: skip
    assert of_table(*rows, check="p-of-table")[1, 4].reading == (
        "printed by a test of the ranks of the levels"
    )
    rows[1][4] = "0.091"
    assert levels(*rows, at=(1, 4)) == "question"


@pytest.mark.parametrize(("p", "level"), [("1.0", "question"), ("0.6", "holds"), ("0.9", "holds")])
def test_a_tenth_is_no_rounding(p, level):
    row = ["sick, n (%)", "5 (45.5)", "12 (54.5)", p]  # Pearson 0.62, Yates 0.90, Fisher 0.72
    assert levels(["", "A (n=11)", "B (n=22)", "P"], row, at=(1, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("<.001", "question"), (".045", "holds")])
def test_percents_of_fewer_than_the_head_are_nearly_of_its_size(p, level):
    rows = [["", "A (n=156)", "B (n=327)", "P"], ["School, %", "", "", ""],
            ["none", "37.7", "28.1", ""], ["some", "39.7", "40.4", ""],
            ["college", "22.5", "31.5", p], ["Sex, %", "", "", ""],
            ["men", "21.2", "47.1", ""], ["women", "78.8", "52.9", "<.001"],
            ["Insured, %", "76.9", "69.0", ".070"],
            ["Seen, %", "92.4", "75.8", "<.001"]]  # fmt: skip
    assert levels(*rows, at=(4, 3)) == level


def test_a_p_of_sizes_between_those_that_percents_allow_holds():
    head = ["", "A n (%)", "B n (%)", "P"]
    # 4 of 37 to 42 and 1 of 34 to 66: the share may be 4 to 5 times as large
    row = ["sick", "4 (10)", "1 (2)", "0.15"]
    assert levels(head, row, at=(1, 3)) == "holds"
    assert levels(head, [*row[:3], "0.002"], at=(1, 3)) == "question"
    same = ["sick", "4 (10)", "4 (9)", "1.00"]  # which 41 of both would be
    assert levels(head, same, at=(1, 3)) == "holds"


def test_a_p_beside_a_mean_and_a_count_is_not_that_of_the_count():
    row = ["Age, mean (SD)\n≥65 years, n (%)", "59 (9)\n8 (17%)", "57 (8)\n10 (10%)", "0.0561"]
    head = ["", "A (n=46)", "B (n=102)", "P"]
    assert levels(head, row, at=(1, 3)) is None
    row[1:3] = ["54.0 (11.0, 29.5-76.0)\n8 (17.4%)", "50.2 (11.4, 25.6-71.7)\n10 (9.8%)"]
    assert levels(head, row, at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.80", "holds"), ("0.40", "question")])
def test_levels_that_do_not_make_up_their_group_may_leave_out_the_rest(p, level):
    # stats.chi2_contingency of 9, 32, 8, 102 and 9, 43, 7, 109 gives 0.7990; without the rest 0.75
    rows = [["Kidney function", "", "", p], ["mild", "9 (6.0%)", "9 (5.4%)", ""],
            ["moderate", "32 (21.2%)", "43 (25.6%)", ""],
            ["severe", "8 (5.3%)", "7 (4.2%)", ""]]  # fmt: skip
    assert levels(["", "A (n=151)", "B (n=168)", "P"], *rows, at=(1, 3)) == level


def test_a_p_of_two_groups_that_its_head_names_otherwise_is_not_of_all():
    row = ["sick", "9 (11.3%)", "20 (25.0%)", "12 (15.0%)", "0.9"]
    head = ["", "Videos (n=80)", "Nothing (n=80)", "Page (n=80)"]
    assert levels([*head, "P film vs.control"], row, at=(1, 4)) is None
    assert levels([*head, "P"], row, at=(1, 4)) == "question"


def test_the_level_that_others_are_compared_with_has_no_p():
    rows = [["low", "9 (11.3%)", "40 (50.0%)", "1"], ["high", "71 (88.8%)", "40 (50.0%)", "<0.001"]]
    assert levels(HEAD, *rows, at=(1, 3)) is None


def test_a_p_below_a_statistic_is_not_of_the_row_that_follows():
    rows = [["Age", "12.9 (7.2)", "11.2 (3.9)", "F = 1.5"], ["", "", "", "P = 0.217"],
            ["sick", "9 (11.3%)", "20 (25.0%)", "χ2 = 5.1"], ["", "", "", "P = 0.024"]]  # fmt: skip
    assert not of_table([*HEAD[:3], "Statistics"], *rows, check="p-of-table")


def test_a_p_of_more_groups_may_be_of_general_association():
    # chi-square of 2.4199 with 4 degrees of freedom, P 0.6591; times 300/301 P 0.6606
    rows = [["heat, n (%)", "42 (42)", "23 (46)", "25 (50)", "27 (54)", "22 (43.1)", "0.661"]]
    head = ["", "A (n=100)", "B (n=50)", "C (n=50)", "D (n=50)", "E (n=51)", "P"]
    assert levels(head, *rows, at=(1, 6)) == "holds"
    rows[0][-1] = "0.861"
    assert levels(head, *rows, at=(1, 6)) == "question"


@pytest.mark.parametrize(("p", "level"), [("0.42", "question"), ("0.026", "holds")])
def test_bare_numbers_are_counts_where_the_p_of_most_is_theirs(p, level):
    rows = [["sick", "9", "8", "0.80"], ["pale", "20", "12", "0.11"], ["dull", "31", "18", p]]
    assert levels(HEAD, *rows, at=(3, 3)) == level  # Pearson 0.797, 0.109, 0.0258
    rows[0][3] = rows[1][3] = "0.33"
    assert levels(HEAD, *rows, at=(3, 3)) is None


def test_two_rows_that_make_up_the_groups_have_one_p():
    rows = [["fast", "40 (50.0)", "44 (55.0)", "0.57"], ["slow", "40 (50.0)", "36 (45.0)", "0.50"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"  # Pearson 0.527, Yates 0.635
    assert levels(HEAD, *rows, at=(2, 3)) == "question"
    rows[0][3] = rows[1][3] = "0.58"
    assert levels(HEAD, *rows, at=(1, 3)) is levels(HEAD, *rows, at=(2, 3)) is None


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


@pytest.mark.parametrize("head", ["p>ItI", "P∥", "Change from baseline / p"])
def test_a_head_of_p_may_bear_a_mark_or_stand_below_that_of_its_groups(head):
    above, _, own = head.rpartition(" / ")
    rows = [
        [above, above, above, above],
        ["", *HEAD[1:3], own],
        ["sick", "9 (11.3%)", "20 (25%)", "0.024"],
    ]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == ["holds"]


def test_a_count_of_a_number_that_its_column_repeats_needs_no_size():
    rows = [
        ["", "A", "B", "P"],
        ["sick", "9/80", "20/81", "0.026"],
        ["pale", "40/80", "41/81", "0.94"],
    ]
    assert levels(*rows, at=(1, 3)) == "holds"
    rows[2][1:3] = "40/79", "41/82"  # and these may be men and women
    assert levels(*rows, at=(1, 3)) is None


@pytest.mark.parametrize(("p", "level"), [("0.024", "holds"), ("0.6", "question")])
def test_a_percent_of_the_total_stands_below_no_total(p, level):
    head = ["", "No. (n = 80)", "% of total", "No. (n = 80)", "% of total", "P"]
    assert levels(head, ["sick", "9", "11.3", "20", "25.0", p], at=(1, 5)) == level


@pytest.mark.parametrize(("p", "level"), [("0.0355", "holds"), ("0.6", "question")])
def test_an_empty_cell_is_nobody_where_others_of_its_variable_count(p, level):
    rows = [["Side", "", "", p], ["left", "36 (45%)", "50 (62%)", ""],
            ["right", "42 (52%)", "30 (38%)", ""], ["both", "2 (2%)", "", ""]]  # fmt: skip
    assert levels(HEAD, *rows, at=(1, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("0.157", "holds"), ("0.6", "question")])
def test_levels_may_stand_beside_the_label_that_they_share(p, level):
    rows = [["", *HEAD], ["Side", "left", "30 (37%)", "41 (51%)", p],
            ["", "right", "49 (61%)", "38 (48%)", ""],
            ["", "both", "1 (1%)", "1 (1%)", ""]]  # fmt: skip
    assert levels(*rows, at=(1, 4)) == level


def test_a_p_beside_what_is_measured_is_not_of_the_levels_below():
    rows = [["Stay", "6 (42-1) d", "4 (15-2) d", "0.019"], ["left", "30 (37.5%)", "41 (51.2%)", ""],
            ["right", "50 (62.5%)", "39 (48.8%)", ""]]  # fmt: skip
    assert levels(HEAD, *rows, at=(1, 3)) is None
    rows[0][:3] = "Missing", "", "2"
    assert levels(HEAD, *rows, at=(1, 3)) == "question"
    rows[0][:3] = "Stay", "", ""
    assert levels(HEAD, *rows, at=(1, 3)) == "question"


def test_several_combined_that_are_fewer_than_a_group_are_one():
    head = ["", "A (n=80)", "B (n=81)", "Combined (n=70)", "P"]
    row = ["sick", "9 (11.3%)", "20 (24.7%)", "21 (30.0%)", "0.015"]
    assert levels(head, row, at=(1, 4)) == "holds"  # of two alone 0.026
    head[3] = "Combined (n=120)"  # of both groups it would be 161; Pearson of all 0.066
    assert levels(head, [*row[:3], "27 (22.5%)", "0.066"], at=(1, 4)) == "holds"


def test_a_p_for_the_difference_of_means_is_none_of_counts():
    rows = [["sick", "9 (11.3%)", "20 (25.0%)", "0.94"], ["old", "17 (21.3%)", "20 (25%)", "0.6"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"
    assert levels(["", "A (n=80)", "B (n=80)", "P for mean days"], *rows, at=(1, 3)) is None


def asked(*rows: list[str], caption: str = "", text: str = "") -> set[tuple[int, int]]:
    """Give the places of a table beside which a P of counts is asked about."""
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document(
        "test", "", (Paragraph("Methods", 1, text),), (Table(0, "Table 1", caption, grid, 1),)
    )
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0) for f in found
            if f.check == "p-of-table" and f.level == "question"}  # fmt: skip


WRONG = [["sick", "9 (11.3%)", "20 (25.0%)", "0.6"], ["pale", "30 (37.5%)", "40 (50.0%)", "0.8"],
         ["dizzy", "12 (15.0%)", "30 (37.5%)", "0.3"]]  # fmt: skip


def test_counts_at_two_times_are_of_the_same_patients_and_their_p_of_pairs():
    before, after = "Before (n=80)", "After 3 months (n=80)"
    assert not asked(["", before, after, "P"], *WRONG)
    assert not asked(["", "Preintervention (n=80)", "Postintervention (n=80)", "P"], *WRONG)
    assert len(asked(["", "Prednisone (n=80)", "Postponed (n=80)", "P"], *WRONG)) == 3
    assert len(asked(["", before, "After 3 months (n=90)", "P"], *WRONG)) == 3
    assert len(asked(["", "A before (n=80)", "B (n=80)", "P"], *WRONG)) == 3


def test_p_of_a_model_or_of_clusters_are_asked_only_where_usual_tests_print_the_others():
    assert len(asked(HEAD, *WRONG)) == 3
    assert not asked(HEAD, *WRONG, caption="P adjusted for age")
    assert not asked(HEAD, *WRONG, text="The trial was cluster-randomized.")
    assert len(asked(HEAD, *WRONG[:2], text="The trial was cluster-randomized.")) == 2
    right = [["cough", "9 (11.3%)", "20 (25.0%)", "0.024"],
             ["tired", "12 (15.0%)", "30 (37.5%)", "0.001"],
             ["weak", "30 (37.5%)", "40 (50.0%)", "0.111"]]  # fmt: skip
    assert asked(HEAD, WRONG[0], *right, caption="P adjusted for age") == {(1, 3)}
    assert not asked(HEAD, WRONG[0], ["", "", "", "Test for trend"])


def test_percents_of_another_size_than_the_head_say_of_what_the_counts_are():
    head, row = ["", "A (n=341)", "B (n=306)", "P"], ["Implanted", "130 (21.9%)", "148 (27.1%)"]
    assert levels(head, [*row, "0.042"], at=(1, 3)) == "holds"  # of 594 and 547
    assert levels(head, [*row, "0.642"], at=(1, 3)) is None
    one = ["Implanted", "130 (21.9%)", "148 (48.4%)", "0.642"]  # one percent may be a slip
    assert levels(head, one, at=(1, 3)) == "question"


@pytest.mark.parametrize("label", ["Stay, median", "Pain, mm", "Living alone, %"])
def test_a_number_that_its_label_calls_a_mean_or_percent_is_no_count(label):
    rows = [["sick, n", "9", "20", "0.024"], ["pale, n", "9", "20", "0.024"]]
    assert not asked(HEAD, *rows, [label, "14", "37", "0.7"], caption="Numbers of patients")
    assert asked(HEAD, *rows, ["Pain", "14", "37", "0.7"], caption="Numbers of patients")


def test_bare_counts_are_held_to_their_p_as_closely_as_those_with_percents():
    head, rows = ["", "A (n=120)", "B (n=137)", "P"], [["old", "21", "16", "0.119"]]
    rows += [["ill", "40", "20", "0.001"], ["lame", "60", "70", "0.862"]]
    assert asked(head, *rows) == {(1, 3)}


@pytest.mark.parametrize(
    "text",
    ["16 patients (80%) and 15 (75%) were well after 26 vs. 38 procedures (p = 0.0008).",
     "Referred were 34% with A and 66% with B, OR 4.4, 95% CI (1.4-19.2), p = 0.31.",
     "It rose by [28 ± 32% (n = 15) and 37 ± 29% (n = 12), respectively; P < 0.05].",
     "Fewer were ill, 7 (9.0%) vs 19 (23.8%) (P < 0.0001, Ridit analysis).",
     "Remission on days 7 (25%) and 21 (48%) was no other than with placebo (P = 0.478).",
     "They were concerned with sleep (78% vs. 57/58 %) and food (58% vs. 80/83 %, p = 0.06)."],
)  # fmt: skip
def test_a_p_of_something_else_than_the_counts_before_it_is_not_held_to_them(text):
    assert not [f for f in of_text(text, "p-of-table") if f.level == "question"]


def test_percents_of_groups_that_no_head_names_are_of_unknown_sizes():
    rows = [["", "Short (n=200)", "Long (n=187)"], ["sick", "9 (4.5%)", "20 (10.7%)"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])

    def told(text: str) -> list[str]:
        paragraphs = (Paragraph("Results", 1, text),)
        document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
        found = scan_document(document, "test").findings
        return [f.level for f in found if f.check == "p-of-table"]

    assert told("It helped 42% on the long course against 61% on the short one (p = 0.06).") == [
        "question"
    ]
    assert not told("It helped 42% of the pilots against 61% of the crew (p = 0.06).")


def test_what_explains_no_p_leaves_it_asked():
    onset = ["Three days post onset (n=80)", "Two weeks post onset (n=80)"]
    assert len(asked(["", *onset, "P"], *WRONG)) == 3  # groups, and not times
    clusters = "The trial was cluster-randomized."
    rows = [[*row[:3], p] for row, p in zip(WRONG, ("0.002", "0.8", "0.3"), strict=True)]
    assert asked(HEAD, *rows, text=clusters) == {(1, 3)}  # smaller than the counts give
    few = [["", "A (n=61)", "B (n=70)", "P"], ["cured", "11 (92)", "8 (73)", "0.571"],
           ["dead", "6 (9.8)", "5 (7.1)", "0.58"]]  # fmt: skip
    found = of_table(*few, check="p-of-table", caption="Data are n (%)")
    assert found[1, 3].against == "11 of 12, 8 of 11"


def test_a_percent_that_only_one_size_prints_is_of_that_however_small():
    head = ["", "A (n=33) n (%)", "B (n=31) n (%)", "P"]
    rows = [
        ["30 to 40 years", "4 (100.0)", "1 (100.0)", "1.0"],
        ["40 to 60 years", "23 (92.0)", "19 (76.0)", "0.247"],
        ["over 60 years", "3 (75.0)", "1 (20.0)", "0.206"],
    ]
    assert levels(head, *rows, at=(1, 3)) is None  # all of 4 and of 1, not 4 of 33 and 1 of 31
    assert levels(head, *rows, at=(3, 3)) == "holds"  # 3 of 4 and 1 of 5, not of 33


def test_a_p_value_stands_behind_a_statistic_without_a_zero():
    head = ["", "A (n=80)", "B (n=80)", "χ2, P"]
    rows = [
        ["sick", "9 (11.3%)", "8 (10.0%)", ".07, .798"],
        ["well", "40 (50.0%)", "20 (25.0%)", ".44, .506"],
    ]
    assert levels(head, *rows, at=(1, 3)) == "holds"
    assert levels(head, *rows, at=(2, 3)) == "question"
