"""Columns of a regression that determine each other: each row is made by hand from B and its SE."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of

ROWS = {  # B, SE, B / SE, P of that by the normal distribution, exp(B) with limits of 1.96 SE
    "age": ["0.50", "0.20", "2.50", "0.012", "1.65", "1.11", "2.44"],
    "sex": ["0.30", "0.25", "1.20", "0.230", "1.35", "0.83", "2.20"],
    "size": ["-0.80", "0.40", "-2.00", "0.046", "0.45", "0.21", "0.98"],
    "site": ["0.90", "0.30", "3.00", "0.003", "2.46", "1.37", "4.43"],
    "grade": ["0.10", "0.16", "0.63", "0.532", "1.11", "0.81", "1.51"],
}
HEAD = ["", "B", "SE", "z", "P", "exp(B)", "95% CI / Lower", "95% CI / Upper"]


def asked(head: list[str], rows: list[list[str]]) -> set[tuple[int | None, int | None]]:
    found = of_table(head, *rows, check="interval")
    return {at for at, finding in found.items() if finding.level == "question"}


def rows() -> list[list[str]]:
    return [[name, *cells] for name, cells in ROWS.items()]


def test_a_regression_that_is_whole_is_not_asked_for():
    assert not asked(HEAD, rows())


@pytest.mark.parametrize(
    ("column", "text", "at"),
    [(1, "0.05", {(1, 3), (1, 4)}),  # a B that is a tenth
     (2, "0.02", {(1, 2), (1, 3), (1, 4)}),  # an SE that is a tenth
     (3, "2.05", {(1, 3)}), (4, "0.12", {(1, 4)})],
)  # fmt: skip
def test_a_number_that_does_not_follow_from_those_beside_it_is_asked(column, text, at):
    table = rows()
    table[0][column] = text
    assert at <= asked(HEAD, table)


def test_a_question_of_one_table_hides_none_of_another():
    """The P of the fourth column is asked for in both, in the first beside its limits."""
    table = rows()
    table[0][4] = "0.12"
    tables = tuple(
        Table(i, f"Table {i}", "", grid_of([[(text, 1, 1) for text in row] for row in told]), 1)
        for i, told in enumerate(([HEAD, *table], [HEAD[:5], *(row[:5] for row in table)]))
    )
    found = scan_document(Document("test", "", (), tables), "test").findings
    told = {f.table for f in found if f.level == "question" and (f.row, f.column) == (1, 4)}
    assert told == {0, 1}


def test_a_wald_statistic_is_the_square():
    table = rows()
    for row, squared in zip(table, ("6.25", "1.44", "4.00", "9.00", "0.39"), strict=True):
        row[3] = squared
    head = [*HEAD[:3], "Wald", *HEAD[4:]]
    assert not asked(head, table)
    table[3][3] = "3.00"
    assert (4, 3) in asked(head, table)


def test_a_relation_that_few_rows_show_is_none():
    table = rows()
    for row in table[:2]:
        row[3] = "0.40"
    assert not {at for at in asked(HEAD, table) if at[1] == 3}
    assert not asked(HEAD, rows()[:3])


def test_a_p_of_one_in_a_thousand_may_stand_for_less():
    table = rows()
    table[3][1:5] = ["1.80", "0.30", "6.00", "0.001"]
    assert (4, 4) not in asked(HEAD, table)


def test_a_p_above_a_row_without_one_is_of_a_factor_of_several_levels():
    table = rows()
    table[3][4] = "0.030"
    assert (4, 4) in asked(HEAD[:5], [row[:5] for row in table])
    table.insert(4, ["other site", "-0.20", "0.30", "", ""])
    assert not asked(HEAD[:5], [row[:5] for row in table])


def test_a_p_may_be_of_a_t_distribution():
    table = rows()
    table[3][4] = "0.012"  # of 11 degrees of freedom
    assert not asked(HEAD[:5], [row[:5] for row in table])
    table[3][4] = "0.030"
    assert (4, 4) in asked(HEAD[:5], [row[:5] for row in table])


def test_means_with_their_errors_give_no_p_of_a_comparison():
    table = [
        [f"group {n}", f"{20 + n}.1", "1.2", p] for n, p in enumerate(("0.2", "0.4", "0.03", "0.9"))
    ]
    assert not asked(["", "Mean", "SE", "P"], table)
    for row in table[:3]:
        row[3] = "<0.001"
    assert not asked(["", "Mean", "SE", "P"], [*table, ["group 5", "22.0", "1.3", "<0.001"]])


@pytest.mark.parametrize(("p", "level"), [("0.532", "holds"), ("0.053", "question")])
@pytest.mark.parametrize("join", ["{} ({})", "{} ± {}", "{}|{}"])
def test_an_se_that_no_head_names_is_told_by_the_p_that_it_gives(join, p, level):
    table = [[name, *join.format(b, se).split("|"), given]
             for name, (b, se, _, given, *_) in ROWS.items()]  # fmt: skip
    table[-1][-1] = p
    head = ["", *["Change"] * (len(table[0]) - 2), "P"]
    found = of_table(head, *table, check="interval")
    assert found[5, len(head) - 1].level == level
    assert {f.level for at, f in found.items() if at[0] < 5} == {"holds"}


def test_an_sd_beside_its_mean_gives_no_p_of_a_comparison():
    table = [[f"x{n}", f"{n}.1 (2.1)", f"{n}.8 (2.4)", p]
             for n, p in enumerate(("0.21", "0.44", "0.03", "0.93", "0.62"), 1)]  # fmt: skip
    assert (1, 3) not in of_table(["", "A, mean (SD)", "B, mean (SD)", "P"], *table,
                                  check="interval")  # fmt: skip


def test_means_with_an_sd_give_no_p():
    head = ["", "Mean", "SD", "Z", "P"]
    body = [["A", "18.0", "4.49", "-3.6", "0.000"], ["B", "50.6", "12.1", "-5.3", "0.000"],
            ["C", "9.97", "2.37", "-4.2", "0.000"], ["D", "83.1", "14.5", "-3.9", "0.000"],
            ["E", "12.4", "2.90", "-4.0", "0.000"],
            ["F", "11.9", "2.90", "-0.5", "0.588"]]  # fmt: skip
    found = of_table(head, *body, check="interval")
    assert not [f for f in found.values() if f.level == "question"]
    head[2] = "SE"
    assert of_table(head, *body, check="interval")[6, 4].level == "question"


def test_a_ratio_that_is_not_the_exponential_of_its_b_is_asked():
    table = rows()
    table[0][5] = "1.85"
    assert asked([*HEAD[:2], "OR"], [[*row[:2], row[5]] for row in table]) == {(1, 2)}
    assert not asked([*HEAD[:2], "OR"], [[*row[:2], row[5]] for row in rows()])


def test_a_ratio_is_held_to_the_b_in_its_brackets_where_the_head_says_so():
    cells = [[row[0], f"{row[5]} ({row[1]}){'*' * (row[0] == 'size')}"] for row in rows()]
    assert not asked(["", "OR (B)"], cells)
    cells[1][1] = "13.5 (0.30)"
    wrong = [*cells, ["Omnibus test of the model", "17.30 (0.06)"]]
    assert asked(["", "OR (B)"], wrong) == {(2, 1)}
    assert not asked(["", "OR (SE)"], wrong)
