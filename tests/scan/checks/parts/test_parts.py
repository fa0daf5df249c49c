"""Parts that must make a whole: what a table promises, what breaks it, and what saves it."""

from __future__ import annotations

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

Row = list[str]
HEAD = ["", "Drug (n = 40)", "Placebo (n = 38)"]
SEX = ["Sex, n (%)", "", ""]


def parts(*rows: Row, head: int = 1, text: str = "", caption: str = "") -> list[tuple[str, str]]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    paragraphs = (Paragraph("Methods", 1, text),) if text else ()
    document = Document("test", "", paragraphs, (Table(0, "Table 1", caption, grid, head),))
    found = scan_document(document, "test").findings
    return [(f.level, f.printed) for f in found if f.check == "parts" and f.level != "holds"]


def test_classes_below_the_head_of_the_first_column_are_labels():
    rows = [[("Adherence", 1, 2), ("A (n = 50)", 1, 1), ("B (n = 50)", 1, 1)]]
    for label, *cells in (["100%", "42 (84)", "37 (74)"], ["80-99%", "2 (4)", "8 (16)"],
                          ["<79%", "6 (12)", "12 (24)"]):  # fmt: skip
        first = [("Class of doses", 3, 1)] if label == "100%" else []
        rows.append([*first, *((text, 1, 1) for text in (label, *cells))])
    table = Table(0, "Table 1", "", grid_of(rows), 1)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    assert ("question", "37 + 8 + 12") in {(f.level, f.printed) for f in found}
