"""Which P of a table is that of which estimate."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


def test_a_column_of_p_before_the_estimates_is_theirs_where_the_limits_give_it():
    rows = [["Sex", "0.567", "0.717 (0.229, 2.246)"], ["Age", "0.469", "0.986 (0.950, 1.024)"],
            ["Size", "0.077", "0.956 (0.909, 1.005)"], ["Stage", "0.061", "0.965 (0.930, 1.001)"],
            ["Grade", "0.011", "1.594 (0.586, 4.334)"]]  # fmt: skip
    head = ["Factor", "P-value", "OR (95% CI)"]
    said = {at: f.level for at, f in of_table(head, *rows, check="interval").items() if at[1] == 1}
    assert said == {(r, 1): "fails" if r == 5 else "holds" for r in range(1, 6)}
    other = [[name, f"0.{3 * i + 1}2", e] for i, (name, _, e) in enumerate(rows[:3])]
    assert not [at for at in of_table(head, *other, check="interval") if at[1] == 1]


def test_the_p_of_a_row_before_the_head_of_a_block_is_read():
    rows = [["", "Difference (95% CI)", "P"], ["weight", "0.6 (-0.2 to 1.4)", "0.91"]]
    assert of_table(*rows, ["Markers"] * 3, check="interval")[1, 2].level == "question"


def test_a_p_of_two_rows_is_of_the_estimate_of_both_and_dashes_are_no_numbers():
    rows = [[("", 1, 1), ("Effect", 1, 1), ("P", 1, 1)], [("a", 2, 1), ("0.32 ± 0.52", 1, 1),
            ("0.10", 2, 1)], [("(-0.70, 1.34)", 1, 1)], [("b", 1, 1), ("-", 1, 1), ("-", 1, 1)],
            [("c", 1, 1), ("-", 1, 1), ("-", 1, 1)]]  # fmt: skip
    table = Table(0, "Table 1", "Estimates with 95% CI", grid_of(rows), 1)
    findings = scan_document(Document("test", "", (), (table,)), "test").findings
    assert [f.level for f in findings if f.column == 2] == ["question"]


def test_a_p_behind_two_groups_is_of_neither_though_their_columns_were_taken_for_labels():
    rows = [["Change", "A", "B", "P"], ["Weight (95% CI)", "+ 4.02, (3.18-4.86)",
            "+ 2.61, (1.99-3.23)", "0.007"]]  # fmt: skip
    assert {at[1] for at in of_table(*rows, check="interval")} == {1, 2}


def test_a_p_behind_changes_of_two_groups_with_limits_below_is_of_neither():
    rows = [[("", 1, 1), ("A, change", 1, 1), ("B, change", 1, 1), ("P", 1, 1)],
            [("a", 2, 1), ("0.50 ± 1.17", 1, 1), ("0.00 ± 2.14", 1, 1), ("0.037", 1, 1)],
            [("(-0.24, 1.24)", 1, 1), ("(-0.97, 0.97)", 1, 1), ("", 1, 1)]]  # fmt: skip
    table = Table(0, "Table 1", "Changes with 95% CI", grid_of(rows), 1)
    findings = scan_document(Document("test", "", (), (table,)), "test").findings
    assert not [f for f in findings if f.check == "interval" and f.column == 3]


def test_a_p_behind_two_groups_and_their_difference_is_of_the_difference():
    head = ["", "Drug, mean (95% CI)", "Placebo, mean (95% CI)", "Difference (95% CI)", "P"]
    row = ["Score", "-1.7 (-2.9 to -0.5)", "-0.5 (-1.8 to 0.9)", "-1.2 (-3.0 to 0.6)", "0.19"]
    assert of_table(head, row, check="interval")[1, 4].level == "holds"
    row[4] = "0.02"
    assert of_table(head, row, check="interval")[1, 4].level == "question"
    head[1] = head[3]
    assert (1, 4) not in of_table(head, row, check="interval")


def marked(*cells: str, notes: tuple[str, ...] = ("*P<0.05; **P = 0.001 to <0.01",)) -> list[str]:
    rows = [["", "Difference (95% CI)"], *([f"item {i}", text] for i, text in enumerate(cells))]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
    found = scan_document(document, "test").findings
    return [f"{f.level}: {f.against}" for f in found if f.against.startswith("P")]


def test_a_mark_that_a_note_explains_says_the_p_of_an_estimate():
    assert marked("1.2* (0.2 to 2.2)") == ["holds: P ≤0.05"]
    assert marked("1.8** (0.6 to 3.0)") == ["holds: P ≤0.01"]
    assert marked("1.2^a (0.2 to 2.2)", notes=("^aSignificant at P < .05.",)) == ["holds: P ≤.05"]
    assert not marked("1.2 (0.2 to 2.2)", "1.2^† (0.2 to 2.2)")
    assert not marked("1.2^b (0.2 to 2.2)", notes=("^a P < 0.05; ^b adjusted for age",))


def test_limits_that_hold_no_effect_beside_a_mark_of_significance_are_asked_only():
    """A mark may be of another comparison, however sure the others are."""
    sound = ["1.2* (0.2 to 2.2)", "2.2** (0.9 to 3.5)", "-1.5* (-2.8 to -0.2)", "3.1* (0.4 to 5.8)"]
    told = marked(*sound, "1.2* (-3.2 to 5.6)", "1.1* (-0.3 to 2.5)")
    assert sorted(told)[4:] == ["question: P ≤0.05"] * 2


WITH_P = [("age", "1.19 (1.02-1.39)", "0.027"), ("sex", "1.41 (0.89-2.23)", "0.142"),
          ("size", "0.98 (0.91-1.05)", "0.580"), ("site", "1.28 (0.86-1.91)", "0.225"),
          ("stage", "0.87 (0.69-1.10)", "0.241"),
          ("grade", "1.67 (0.87-3.21)", "0.124")]  # fmt: skip


@pytest.mark.parametrize(("p", "level"), [("0.124", "holds"), ("0.024", "question")])
def test_a_p_is_of_the_estimates_whose_limits_give_it_whatever_stands_between(p, level):
    rows = [[name, e, "1.10 (0.70-1.73)", given] for name, e, given in WITH_P]
    rows[-1][-1] = p
    found = of_table(["", "OR (95% CI)", "OR in B (95% CI)", "P"], *rows, check="interval")
    assert {at for at in found if at[1] == 3} == {(r, 3) for r in range(1, 7)}
    assert found[6, 3].level == level


def test_a_p_that_limits_give_in_some_rows_only_is_of_none_of_two_estimates():
    rows = [[name, e, "1.10 (0.70-1.73)", p] for name, e, p in WITH_P]
    for row in rows[:2]:
        row[-1] = "0.41"
    found = of_table(["", "OR (95% CI)", "OR in B (95% CI)", "P"], *rows, check="interval")
    assert {at[1] for at in found} == {1, 2}


@pytest.mark.parametrize(
    ("head", "levels"), [("P value", {"question", "holds"}), ("Fisher exact test, P", {"holds"})]
)
def test_the_p_of_an_exact_test_is_not_held_to_limits_of_another_kind(head, levels):
    rows = [["", "Difference (95% CI)", head], ["Old", "-14.8 (-28.9 to -0.7)", "0.0711"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == levels


def test_the_p_of_a_row_with_two_estimates_is_held_against_neither():
    rows = [["", "6 months difference (95% CI)", "12 months difference (95% CI)", "p-value"],
            ["Score", "-4 (-15, 6)", "+17 (4, 29)", "<0.01"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "interval"]
    assert [f.against for f in found] == ["limits -15 and 6", "limits 4 and 29"]


def test_the_p_between_two_columns_of_limits_is_of_neither():
    rows = [["", "A / Mean", "A / 95% CI", "B / Mean", "B / 95% CI", "P"]]
    rows += [["G1", "-0.10", "-0.19 to -0.01", "-0.09", "-0.20 to 0.03", "0.9"]]
    assert not {at for at in of_table(*rows, check="interval") if at[1] == 5}


def test_a_p_before_the_estimates_of_its_head_leaves_them_none_of_the_next_head():
    heads = [["", 1, 1], ["Univariate", 1, 3], ["Multivariate", 1, 3]]
    below = ["", "P value", "OR", "95% CI", "P value", "OR", "95% CI"]
    row = ["a", "0.017", "3.75", "1.26 to 11.12", "0.069", "3.28", "0.91 to 11.82"]
    grid = grid_of([[(str(t), int(d), int(a)) for t, d, a in heads],
                    *([(text, 1, 1) for text in cells] for cells in (below, row))])  # fmt: skip
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    assert {f.level for f in scan_document(document, "test").findings} == {"holds"}
