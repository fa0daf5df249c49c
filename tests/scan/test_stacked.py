"""Rows that print the percents, SDs or limits of the row above: which are, and what is read."""

from __future__ import annotations

import pytest

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Table, grid_of
from secondlook.scan.stacked import as_one_row

HEAD = ["", "Drug (n = 40)", "Placebo (n = 38)"]


def table(*rows: list[str]) -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in (HEAD, *rows)])
    return Table(0, "Table 1", "", grid, 1)


def lines(*rows: list[str]) -> list[tuple[str, ...]]:
    """The cells behind the labels, as they are read, without those that became part of another."""
    grid = as_one_row(table(*rows)).grid[1:]
    return [tuple(cell.line for cell in row[1:] if cell.first) for row in grid]


def findings(*rows: list[str]) -> list[Finding]:
    return scan_document(Document("test", "", (), (table(*rows),)), "test").findings


@pytest.mark.parametrize("label", ["", "%", "Per cent", "% within group", "Proportion of patients"])
def test_percents_below_their_counts_are_checked(label):
    rows = [["Male", "21", "18"], [label, "52.5%", "47.4%"], ["Smoker", "13", "12"]]
    found = findings(*rows, [label, "32.5%", "28.9%"])
    assert {(f.row, f.column): f.level for f in found if f.check == "percent"} == {
        (1, 1): "holds", (1, 2): "holds", (3, 1): "holds", (3, 2): "fails",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below"),
    [("12.6", "(4.9)"), ("12.6", "[10.1 to 15.1]"), ("-0.24", "(-0.54, 0.02)"), ("12.6", "(±4.9)"),
     ("34/40", "(85%)")],
)  # fmt: skip
def test_brackets_below_numbers_are_read_with_them(above, below):
    assert lines(["Age", above, above], ["", below, below])[0] == (f"{above} {below}",) * 2


@pytest.mark.parametrize(
    "rows",
    [
        [["Age", "12.6", "13.1"], ["Weight", "(4.9)", "(5.2)"]],  # a label of its own
        [["Age", "12.6", "13.1"], ["", "(4.9)", "5.2"]],  # a number of its own
        [["Age", "12.6", ""], ["", "(4.9)", "(5.2)"]],  # below none
        [["Age", "12.6", "13.1"], ["", "(4.9)", ""]],  # one alone
        [["Age", "12.6", "13.1"], ["", "(see text)", "(see text)"]],
        [["Men", "21", "18"], ["%", "47.5", "aged"]],
        [["Effect", "n = 4", "n = 5"], ["", "(4.9)", "(5.2)"]],
    ],
)
def test_other_rows_stay_as_they_are(rows):
    told = table(*rows)
    assert as_one_row(told) is told


def test_of_three_rows_the_second_and_the_third_are_none():
    rows = [
        ["Effect", "-0.848", "0.077"],
        ["", "0.004", "0.51"],
        ["", "[-1.2; -0.5]", "[-0.3; 0.2]"],
    ]
    assert lines(*rows) == [tuple(row[1:]) for row in rows]
