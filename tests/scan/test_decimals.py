"""Decimals behind a comma: which tables print them, and that they are checked as points are."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.decimals import with_points
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.reading import read

ROWS = [
    ["", "Drug (n = 64)", "Placebo (n = 61)", "P", "OR [95% CI]"],
    ["Male, n (%)", "30 (46,9)", "28 (45,9)", "0,91", "1,04 [0,51-2,10]"],
    ["Diabetes, n (%)", "11 (18,7)", "9 (14,8)", "0,72", "1,45 [1,50-1,91]"],
    ["Age, mean ± SD", "63,4 ± 8,1", "65,0 ± 9,4", "0,31", ""],
]


def article(rows: list[list[str]], text: str = "") -> Document:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    paragraphs = (Paragraph("Results", 1, text),) if text else ()
    return Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))


def told(document: Document) -> list[tuple[str, str, str]]:
    found = scan_document(document, "test").findings
    return [(f.level, f.check, f.printed) for f in found]


def test_a_table_of_commas_is_checked_as_one_of_points_and_shown_as_printed():
    points = [[cell.replace(",", ".").replace(". ", ", ") for cell in row] for row in ROWS]
    commas, plain = told(article(ROWS)), told(article(points))
    assert ("fails", "interval", "1,45 [1,50-1,91]") in commas
    assert ("holds", "mean", "0,31") in commas
    assert commas == [(level, check, text.replace(".", ",")) for level, check, text in plain]


@pytest.mark.parametrize(
    "cells",
    [
        ["5 (3,9)", "6 (2,8)", "7 (4,12)", "8 (5,13)", "9 (1,7)"],  # intervals
        ["1,234", "2,345", "3,456", "4,567", "5,678"],  # thousands
        ["2.5 (1,1)", "2.1 (1,0)", "0.3 (0,2)", "0.4 (0,1)", "2.2 (1,5)"],  # points too
        ["F(1,58) = 3", "F(1,59) = 4", "F(2,58) = 3", "[1,2]", "[3,4]"],
    ],
)
def test_other_commas_are_none_of_decimals(cells):
    assert with_points(article([["", "Drug"], *(["Age", cell] for cell in cells)])) is None


def test_a_text_has_commas_where_a_table_has_and_many():
    text = "The means were 1,5 and 2,5, 3,5 and 4,5; 0,035, 0,07, 1,2, 1,3, 1,4 and 1,9 [1,2]."
    pointed = with_points(article(ROWS, text))
    assert pointed is not None
    assert pointed.document.text.endswith("1.4 and 1.9 [1,2].")
    few = with_points(article(ROWS, "In 1,5 of 2,5."))
    assert few is not None
    assert few.document.text == "In 1,5 of 2,5."
    assert with_points(article([["", "Drug"], ["Age", "62.5"]], text)) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(("suffix", "between"), [(".csv", ";"), (".txt", "\t")])
def test_a_table_is_read_as_windows_and_macs_save_it(tmp_path, end, encoding, suffix, between):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(end.join(between.join(row) for row in ROWS).encode(encoding))
    (table,) = read(path).tables
    assert [[cell.text for cell in row] for row in table.grid] == ROWS
