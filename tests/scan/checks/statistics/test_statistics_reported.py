"""The statistics of an article, and of how many patients they may be."""

from __future__ import annotations

import pytest
from tests.scan.checks.statistics.test_statistic_columns import judged
from tests.scan.checks.statistics.test_statistic_notation import levels
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


@pytest.mark.parametrize(
    ("text", "asked"),
    # 2 * stats.t.sf(r * sqrt((n - 2) / (1 - r * r)), n - 2): P 0.24 of 244, 0.003 of 7, 0.0007 of 8
    [("We saw 61 patients. It did (r = 0.075, P < 0.05).", True),
     ("We saw 61 patients. It did (r = 0.145, P < 0.05).", True),
     ("We saw 61 patients. It did (r = 0.145, P < 0.05; r = 0.15, P < 0.05).", False),  # again
     ("We saw 61 patients, and 210 controls. It did (r = 0.145, P < 0.05).", False),
     ("We saw sixty patients. It did (r = 0.145, P < 0.05).", True),
     ("We asked five patients. It did (r = 0.145, P < 0.05).", False),
     ("It did (r = 0.075, P < 0.05).", False),
     ("We saw 61 patients. It did (Spearman's rho = 0.075, P < 0.05).", True),
     ("We saw 61 patients. It did not (r = 0.545, P = 0.40).", False),  # in a part of them
     ("We saw 61 patients. It did (r = 0.87, n = 7, P < 0.001).", True),
     ("We saw 61 patients. It did (r = 0·87, n = 7, P < 0·001).", True),
     ("We saw 61 patients. It did (r^2 = 0.87, n = 7, P = 0.002).", False),
     ("We saw 61 patients. It did (r^2 = 0.87, n = 7, P < 0.001).", True)],
)  # fmt: skip
def test_a_correlation_is_of_no_more_patients_than_are_told(text, asked):
    assert ("question" in levels(text) or "fails" in levels(text)) == asked


def test_a_correlation_of_a_figure_is_of_the_patients_of_its_legend():
    for n, expected in (("7", ["question"]), ("70", ["holds"])):
        told = f"They correlate (P < 0.001, r^2 = 0.87). N = {n}."
        paragraphs = (
            Paragraph("Methods", 1, "We saw 61 patients."),
            Paragraph("Figure 2", 1, told),
        )
        found = scan_document(Document("test", "", paragraphs, ()), "test").findings
        assert [f.level for f in found if f.check == "statistic"] == expected


def test_a_correlation_is_of_as_many_patients_as_the_text_tells():
    text = "r = -0.162, p = 0.028"  # stats.t of 45 patients: 0.29, of 185: 0.028
    for patients, told in ((45, ["question"]), (185, ["holds"])):
        assert levels(f"We studied {patients} patients. It was small ({text}).") == told


def test_degrees_of_freedom_are_doubted_where_the_p_of_their_column_are_of_more():
    # of 170: stats.t.sf(3.81, 170) * 2 = 0.0002, of 14: 0.0019
    told = [
        ("14", "3.81", ".0002"),
        ("8", "2.01", ".046"),
        ("15", "3.42", ".0008"),
        ("24", "1.65", ".10"),
    ]
    rows = [["", "t, p"], *([f"r{d}", f"t({d}) = {t}, p = {p}"] for d, t, p in told)]
    found = judged(*rows)
    assert {f.level for f in found.values()} == {"question"}
    rows[2:] = [["r99", "t(99) = 2.01, p = .047"], ["r98", "t(98) = 3.42, p = .0009"]]
    assert judged(*rows)[1, 1].level == "fails"


def test_a_test_in_a_cell_is_held_against_the_p_of_its_row():
    rows = [["", "A", "B", "Test", "P"], ["x", "1", "2", "t(46) = 0.46", ".03"],
            ["y", "3", "4", "χ^21=0.8; P=.37", ""],
            ["z", "5", "6", "F 1,60 = 4.1", ".047"]]  # fmt: skip
    found = of_table(*rows, check="statistic")
    assert {at: f.level for at, f in found.items()} == {
        (1, 3): "fails", (2, 3): "holds", (3, 3): "holds"
    }  # fmt: skip


def test_a_test_is_read_in_a_footnote_without_a_sign_and_with_its_p_in_brackets():
    grid = grid_of([[(text, 1, 1) for text in row] for row in
                    [["", "Test"], ["x", "Z -9 P = 0.37"], ["y", "t 146 = -2.98 (.77)"],
                     ["z", "χ^2 0.1 df 1 P = 0.75"]]])  # fmt: skip
    note = "*They differed (Chi-square = 0.54, df = 1, P = 0.004)."
    table = Table(0, "Table 1", "", grid, 1, (note,))
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    levels = [(f.place[:17], f.level) for f in found if f.check == "statistic"]
    assert levels == [("Table 1, x, Test", "fails"), ("Table 1, y, Test", "fails"),
                      ("Table 1, footnote", "fails"), ("Table 1, z, Test", "holds")]  # fmt: skip
