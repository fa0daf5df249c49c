"""Which rows and columns of counts a P is of, and which it is not."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

HEAD = ["", "A (n=80)", "B (n=80)", "P"]


def levels(*rows: list[str], at: tuple[int, int]) -> str | None:
    found = of_table(*rows, check="p-of-table")
    return found[at].level if at in found else None


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


def test_the_p_of_changes_within_groups_compares_none():
    head = [*HEAD[:3], "P within groups"]
    assert levels(head, ["cured", "40 (50%)", "10 (13%)", "0.8"], at=(1, 3)) is None


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


@pytest.mark.parametrize(
    ("p", "level"), [(("0.19", "0.16", "0.28"), "question"), (("0.28", "0.28", "0.28"), "holds")]
)
def test_a_level_among_levels_with_a_p_each_has_not_the_p_of_the_variable(p, level):
    rows = [["Risk, n (%)", "", "", ""], ["low", "30 (37.5)", "22 (27.5)", p[0]],
            ["moderate", "20 (25.0)", "28 (35.0)", p[1]],
            ["high", "30 (37.5)", "30 (37.5)", p[2]]]  # fmt: skip
    assert levels(HEAD, *rows, at=(4, 3)) == level


@pytest.mark.parametrize(("label", "level"), [("Missing", "holds"), ("Mixed", "question")])
def test_a_level_of_missing_patients_may_be_left_out(label, level):
    rows = [
        ["Type, n (%)", "", "", "0.046"],
        ["left", "40 (50.0)", "30 (37.5)", ""],
        ["right", "30 (37.5)", "44 (55.0)", ""],
        [label, "10 (12.5)", "6 (7.5)", ""],
    ]
    assert levels(HEAD, *rows, at=(1, 3)) == level


def test_a_p_beside_a_middle_level_is_of_all():
    cells = (("4 (5.0)", "6 (7.5)", ""), ("15 (18.8)", "15 (18.8)", "0.63"),
             ("61 (76.3)", "59 (73.8)", ""))  # fmt: skip
    rows = [["Education", "", "", ""], *(["abc"[i], *row] for i, row in enumerate(cells))]
    found = of_table(HEAD, *rows, check="p-of-table")
    assert found[3, 3].against == "4, 6 | 15, 15 | 61, 59"


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


def test_a_p_beside_grades_of_each_arm_is_asked_of_no_row():
    cells = ["Drug", "Drug", "Placebo", "Placebo"]
    rows = [["", *cells, "P"], ["", "Grade 1", "Grade 3", "Grade 1", "Grade 3", ""],
            ["Nausea", "40 (40%)", "12 (12%)", "30 (30%)", "13 (13%)", "0.6"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = scan_document(document, "test").findings
    assert not [f for f in found if f.check == "p-of-table"]


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


def test_a_p_of_two_groups_that_its_head_names_otherwise_is_not_of_all():
    row = ["sick", "9 (11.3%)", "20 (25.0%)", "12 (15.0%)", "0.9"]
    head = ["", "Videos (n=80)", "Nothing (n=80)", "Page (n=80)"]
    assert levels([*head, "P film vs.control"], row, at=(1, 4)) is None
    assert levels([*head, "P"], row, at=(1, 4)) == "question"


def test_a_p_below_a_statistic_is_not_of_the_row_that_follows():
    rows = [["Age", "12.9 (7.2)", "11.2 (3.9)", "F = 1.5"], ["", "", "", "P = 0.217"],
            ["sick", "9 (11.3%)", "20 (25.0%)", "χ2 = 5.1"], ["", "", "", "P = 0.024"]]  # fmt: skip
    assert not of_table([*HEAD[:3], "Statistics"], *rows, check="p-of-table")


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


@pytest.mark.parametrize(("p", "level"), [("0.024", "holds"), ("0.6", "question")])
def test_a_percent_of_the_total_stands_below_no_total(p, level):
    head = ["", "No. (n = 80)", "% of total", "No. (n = 80)", "% of total", "P"]
    assert levels(head, ["sick", "9", "11.3", "20", "25.0", p], at=(1, 5)) == level


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


def test_a_p_value_stands_behind_a_statistic_without_a_zero():
    head = ["", "A (n=80)", "B (n=80)", "χ2, P"]
    rows = [
        ["sick", "9 (11.3%)", "8 (10.0%)", ".07, .798"],
        ["well", "40 (50.0%)", "20 (25.0%)", ".44, .506"],
    ]
    assert levels(head, *rows, at=(1, 3)) == "holds"
    assert levels(head, *rows, at=(2, 3)) == "question"


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


@pytest.mark.parametrize(("head", "level"), [("P", None), ("P (Drug vs placebo)", "holds")])
def test_a_p_of_two_of_the_groups_is_held_to_those_that_its_head_names(head, level):
    rows = [["", "Drug A (n=80)", "Placebo (n=80)", "None (n=80)", head],
            ["sick", "9 (11.3%)", "20 (25.0%)", "12 (15.0%)", "0.024"]]  # fmt: skip
    assert levels(*rows, at=(1, 4)) == level
