"""The same quantity at two places: which differences are asked about."""

from __future__ import annotations

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def table(index: int, *rows: list[str], notes: tuple[str, ...] = ()) -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    return Table(index, f"Table {index + 1}", "", grid, 1, notes)


def asked(*tables: Table, text: str = "") -> list[tuple[str, str]]:
    paragraphs = (Paragraph("Results", 1, text),) if text else ()
    found = scan_document(Document("test", "", paragraphs, tables), "test").findings
    return [(f.printed, f.level) for f in found if f.check == "restated" and f.level != "holds"]


FIRST = table(0, ["", "Drug (n = 30)", "Usual (n = 30)"], ["Sleep", "65.13 ± 5.69", "64.03 ± 7.83"])


def test_a_mean_that_another_table_prints_with_another_digit_is_asked_about():
    head = ["", "Drug (n = 30)", "Usual (n = 30)"]
    row = ["Quality of sleep", "65.13 ± 5.69"]
    assert asked(FIRST, table(1, head, [*row, "61.03 ± 7.83"])) == [("61.03 ± 7.83", "question")]
    assert asked(FIRST, table(1, head, [*row, "64.03 ± 7.83"])) == []
    assert asked(FIRST, table(1, head, [*row, "61.13 ± 7.83"])) == []  # two digits: another time
    fewer = ["", "Drug (n = 30)", "Usual (n = 28)"]
    assert asked(FIRST, table(1, fewer, [*row, "61.03 ± 7.83"])) == []
    assert asked(FIRST, table(1, head, ["Pain", "65.13 ± 5.69", "61.03 ± 7.83"])) == []
    both = ["Sleep later", "65.13 ± 5.69", "61.03 ± 7.83"]
    assert asked(FIRST, table(1, head, [*row, "64.03 ± 7.83"], both)) == []


def test_a_mean_of_the_text_is_held_to_that_of_a_table():
    text = "It was 65.13 ± 5.96 then."
    assert asked(FIRST, text=text) == []  # two digits
    assert asked(FIRST, text=text.replace("5.96", "5.66")) == [("65.13 ± 5.66", "question")]
    assert asked(FIRST, text=text.replace("5.96", "5.69")) == []


def test_sizes_of_a_footnote_in_another_order_than_a_table_are_asked_about():
    note = "The denominator was 114 for TXA group and 115 for placebo group."
    first = table(0, ["", "TXA", "Placebo"], ["Bleeding", "18 (16%)", "26 (23%)"], notes=(note,))
    rows = [["Complete cases", "TXA", "16/115"], ["Complete cases", "Placebo", "27/114"]]
    (found,) = asked(first, table(1, ["Method", "Group", "n/N"], *rows))
    assert found == ("114 txa, 115 placebo", "question")
    rows = [["Complete cases", "TXA", "16/114"], ["Complete cases", "Placebo", "27/115"]]
    assert asked(first, table(1, ["Method", "Group", "n/N"], *rows)) == []
