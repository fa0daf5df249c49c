"""Columns and rows that a statistic alone heads, held against their P."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def judged(*rows: list[str], text: str = "") -> dict[tuple[int, int], Finding]:
    """Return what is said of the statistics of a table in an article with this text."""
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    table = Table(0, "Table 1", "", grid, 1)
    document = Document("test", "", (Paragraph("Methods", 1, text),), (table,))
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f for f in reversed(found) if f.check == "statistic"}


@pytest.mark.parametrize(
    ("name", "values", "asked"),
    # stats.norm.sf, stats.chi2.sf(0.17, 1) = 0.680, sqrt(0.17) = 0.412
    [("Z", [("-4.506", "0.012"), ("-2.236", "0.025"), ("-4.619", "0.000")], [1]),
     ("Z", [("-4.506", "0.000"), ("-2.236", "0.025"), ("-2.499", "0.000")], [3]),
     ("t-test", [("4.914", "0.032"), ("0.539", "0.916"), ("2.010", "0.050")], [1, 2]),
     ("Wald", [("0.17", "0.17"), ("0.17", "0.68"), ("2.00", "0.046")], [1]),
     ("Time", [("4.914", "0.032"), ("0.539", "0.916"), ("2.010", "0.050")], [])],
)  # fmt: skip
def test_a_statistic_that_cannot_have_its_p_is_asked_in_a_row_and_in_a_column(name, values, asked):
    row = [
        ["Outcome", "a", "b", "c"],
        [name, *(v for v, _ in values)],
        ["P", *(p for _, p in values)],
    ]
    found = judged(*row)
    assert [c for (_, c), f in sorted(found.items()) if f.level != "holds"] == asked
    column = [list(cells) for cells in zip(*row, strict=True)]
    found = judged(*column)
    assert [r for (r, _), f in sorted(found.items()) if f.level != "holds"] == asked
    assert not any(f.level == "fails" for f in found.values())


@pytest.mark.parametrize(
    ("head", "p", "level"),
    # 2 * stats.t.sf(3.864, df): 0.018 of 4, 0.00089 of 22, 0.00022 of 88; 2.50: 0.067, 0.020, 0.014
    [("Drug (n = 45)", "0.016", "question"), ("Drug", "0.016", "holds"),
     ("Drug (n = 45)", "0.0003", "holds")],
)  # fmt: skip
def test_a_t_without_degrees_of_freedom_has_those_of_the_groups_beside_it(head, p, level):
    rows = [["", head, "t", "P"], ["Age", "61", "1.25", "0.214"], ["Weight", "70", "0.37", ".71"],
            ["Height", "170", "2.50", "0.014"], ["Score", "12.1", "3.864", p]]  # fmt: skip
    assert judged(*rows)[4, 2].level == level


def test_a_level_of_p_is_no_bound_where_bounds_are_printed():
    rows = [["", "df", "F", "P"], ["Age", "1,147", "12.78", "<0.01"],
            ["Sex", "1,147", "4.26", "0.04"], ["Site", "1,147", "3.46", "0.07"],
            ["Time", "1,147", "15.34", "0.01"]]  # fmt: skip
    assert judged(*rows)[4, 2].level == "question"
    assert judged(rows[0], *rows[2:])[3, 2].level == "holds"


@pytest.mark.parametrize(("cell", "level"), [("0.21; 0.821", "question"), ("0.21; 0.647", "holds")])
def test_a_statistic_stands_before_its_p_and_a_head_within_the_table_names_another(cell, level):
    rows = [
        ["Sex", cell],
        ["Side", "0.05; 0.823"],
        ["Type", "2.04; 0.153"],
        ["", "t test; P value"],
        ["Age", "-0.37; 0.712"],
        ["Weight", "2.50; 0.014"],
    ]
    found = judged(["", "χ^2 test; P value"], *rows)
    assert [found[r, 1].level for r in (1, 5, 6)] == [level, "holds", "holds"]


def test_a_column_of_women_is_no_statistic():
    assert not judged(["", "M", "F", "P"], ["Mean age", "57.10", "58.25", "0.146"])


def test_a_chi_square_is_held_to_the_counts_of_its_p_where_those_of_most_others_follow():
    # pearson([[24, 13], [4, 3]]) = 0.152, [[10, 8], [18, 8]] 0.861, [[23, 11], [5, 5]] 1.04
    head = ["", "A (n = 28)", "B (n = 16)", "χ2", "P"]
    rows = [["a", "10 (35.7)", "8 (50.0)", "0.86", ".35"],
            ["b", "23 (82.1)", "11 (68.8)", "1.04", ".31"],
            ["c", "24 (85.7)", "13 (81.3)", "1.52", ".70"]]  # fmt: skip
    found = of_table(head, *rows, check="statistic")
    assert (found[3, 3].level, found[3, 3].recomputed) == ("question", "χ2 0.1517")
    rows[2][3] = "0.15"
    assert all(f.level == "holds" for f in of_table(head, *rows, check="statistic").values())
    rows[0][3], rows[1][3], rows[2][3] = "3.8", "4.1", "1.52"  # of other counts altogether
    assert (3, 3) not in of_table(head, *rows, check="statistic")


def test_heads_may_stand_below_the_head_that_the_file_marks():
    rows = [["Dropped out", "Days abstinent", "", "", ""], ["", "", "", "", ""],
            ["", "Before", "t=", "df", "p="], ["Early", "33", "1.95", "85", ".000"],
            ["Late", "29", "9.30", "105", ".000"], ["Never", "30", "31.74", "354", ".000"],
            ["Once", "23", "11.99", "105", ".000"],
            ["Twice", "16", "34.68", "354", ".000"]]  # fmt: skip
    found = judged(*rows)
    assert [found[r, 2].level for r in range(3, 8)] == ["fails", *["holds"] * 4]
    block = [["", "Drug", "Placebo"], ["Stage 1 (mild)", "(n = 28)", "(n = 26)"],
             ["Died, n (%)", "7 (25)", "13 (50)"],
             ["Ill, n (%)", "14 (50)", "13 (50)"]]  # fmt: skip
    found = scan_document(Document("test", "", (), (Table(0, "Table 1", "", grid_of(
        [[(cell, 1, 1) for cell in row] for row in block]), 1),)), "test").findings  # fmt: skip
    assert {f.against for f in found if f.check == "percent"} == {"28", "26"}


# 2 * stats.t.sf(r * sqrt(38 / (1 - r * r)), 38)
RS = [("-0.186", "0.251"), ("0.240", "0.136"), ("0.195", "0.228"), ("0.172", "0.289"),
      ("0.107", "0.511")]  # fmt: skip


def test_a_column_of_correlations_is_of_the_patients_beside_it():
    sized = [[name, r, "40", p] for name, (r, p) in zip("abcde", RS, strict=True)]
    for n, level in (("40", "fails"), ("23", "holds")):
        found = judged(["", "r", "n", "P"], *sized, ["f", "-0.330", n, "0.124"])
        assert found[6, 1].level == level


def test_a_p_may_stand_before_its_statistic_in_a_column_of_its_own():
    values = [
        ("a", ".014", "-2.449", ".317", "-1.000"),
        ("b", ".007", "-2.714", ".157", "-1.414"),
        ("c", ".003", "-3.000", ".083", "-1.732"),
        ("d", ".008", "-2.646", ".046", "-2.000"),
    ]
    rows = [["Item", "P", "z", "P", "z"], *map(list, values)]
    assert {f.level for f in judged(*rows).values()} == {"holds"}
    rows[1][2] = "-2.149"  # P 0.032
    assert [f.row for f in judged(*rows).values() if f.level != "holds"] == [1]


def test_a_mean_is_no_chi_square():
    values = [("81.43", "9.25", "0.02"), ("52.68", "9.57", "0.81"), ("26.98", "9.37", "0.25")]
    rows = [[f"{i}", *told] for i, told in enumerate(values)]
    assert judged(["", "χ", "SD", "P"], *rows) == {}
    assert judged(["", "χ", "n", "P"], *rows) != {}


# scipy.stats.f.sf: 0.050, 0.347, 0.0089 of 1, 2, 1 and 28; at least 0.048 and 0.091 of 1 and 2
ANALYSIS = [("Before", "1", "4.20", "0.050"), ("Group", "2", "1.10", "0.347"),
            ("Time", "1", "7.90", "0.009"), ("Both", "2", "3.10", "0.061")]  # fmt: skip


@pytest.mark.parametrize("squares", [["90.1"], []])
@pytest.mark.parametrize(("error", "level"), [("28", "fails"), ("-", "question")])
def test_an_effect_has_the_degrees_of_freedom_of_the_error_below_it(squares, error, level):
    head = ["Source", "df", *["Mean square"] * len(squares), "F", "P"]
    body = [
        [name, df, *squares, f, p] for name, df, f, p in (*ANALYSIS, ("Sex", "1", "3.9", "0.34"))
    ]
    found = judged(head, *body, ["Error", error, *squares, "", ""])
    told = [found[r, 2 + len(squares)].level for r in range(1, 6)]
    assert told == [*["holds"] * 4, level]


def test_the_degrees_of_freedom_of_an_f_may_stand_in_two_columns():
    head = ["Source", "Numerator df", "Denominator df", "F", "P"]
    told = [("1", "30.9", "4.20", "0.049"), ("5", "192.8", "1.308", "0.262"),
            ("1", "235.0", "1.691", "0.195"), ("5", "205.4", "2.042", "0.24")]  # fmt: skip
    found = judged(head, *([name, *row] for name, row in zip("abcd", told, strict=True)))
    assert [found[r, 3].level for r in range(1, 5)] == [*["holds"] * 3, "fails"]


@pytest.mark.parametrize(("p", "level"), [("0.0005", "fails"), ("0.021", "holds")])
def test_one_column_of_degrees_of_freedom_is_of_all_statistics_behind_it(p, level):
    # stats.f.sf(7.1, 1, 12) = 0.0206, stats.f.sf(7.1, 1, 94) = 0.0091
    head = ["", "df", "F", "P", "F", "P"]
    rows = [["a", "1, 12", "5.20", "0.042", "9.40", "0.0098"],
            ["b", "1, 12", "1.20", "0.295", "0.80", "0.389"],
            ["c", "1, 12", "3.10", "0.104", "2.20", "0.164"],
            ["d", "1, 12", "4.10", "0.066", "7.10", p]]  # fmt: skip
    assert judged(head, *rows)[4, 4].level == level


def test_a_column_of_statistics_is_held_against_the_p_beside_it():
    rows = [["", "Drug", "Placebo", "t (P)", "χ2", "P"],
            ["a", "1.1", "2.1", "4.68 (<0.001)", "0.47", "0.49"],
            ["b", "1.2", "2.2", "1.67 (0.10)", "5.83", "0.054"],
            ["c", "1.3", "2.3", "2.12 (0.036)", "1.21", "0.27"],
            ["d", "1.4", "2.4", "-0.14 (0.89)", "2.46", "0.12"]]  # fmt: skip
    found = of_table(*rows, check="statistic")
    assert len(found) == 8
    assert {f.level for f in found.values()} == {"holds"}
    rows[4][3:] = ["-1.4 (0.89)", "0.24", "0.02"]
    found = of_table(*rows, check="statistic")
    assert {at: f.level for at, f in found.items() if f.level != "holds"} == {
        (4, 3): "question", (4, 4): "fails"
    }  # fmt: skip
    rows[1][3:], rows[2][3:] = ["4.68 (0.3)", "0.47", "0.9"], ["1.67 (0.4)", "5.83", "0.9"]
    found = of_table(*rows, check="statistic")  # of something else, but for what no χ2 gives
    assert {at: f.level for at, f in found.items()} == {(4, 4): "question"}


def test_degrees_of_freedom_beside_a_statistic_are_used_and_an_f_without_may_have_many():
    rows = [["", "df", "F", "P"], ["Group", "1,146", "0.00", "0.10"],
            ["Visit", "2,144", "55.97", "<0.01"], ["G × V", "2,145", "0.61", "0.55"],
            ["Age", "1,147", "4.26", "0.04"]]  # fmt: skip
    levels = {at: f.level for at, f in of_table(*rows, check="statistic").items()}
    assert levels == {(1, 2): "fails", (2, 2): "holds", (3, 2): "holds", (4, 2): "holds"}
    without = [[row[0], row[2], row[3]] for row in rows[1:]]
    without = [["", "F", "P"], ["Genotype", "2.13", "<0.0001"], *without]
    levels = {at: f.level for at, f in of_table(*without, check="statistic").items()}
    assert levels == {(r, 1): "fails" if r == 2 else "holds" for r in range(1, 6)}
