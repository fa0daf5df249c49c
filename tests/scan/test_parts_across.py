"""Groups of one table that are all of another: what they prove, and what they do not."""

from __future__ import annotations

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of

Row = list[str]
ALL = [["", "All"], ["Men", "57"], ["Smoking", ""], ["Yes", "43"], ["No", "61"], ["Ill (n)", "72"],
       ["Old", "35"]]  # fmt: skip
ARMS = [["", "Drug", "Placebo"], ["Men, n", "31", "26"], ["Smoking", "", ""], ["Yes", "20", "23"],
        ["No", "32", "29"], ["Ill", "33", "39"], ["Old", "18", "17"]]  # fmt: skip


def asked(first: list[Row], second: list[Row]) -> list[tuple[int | None, str, str]]:
    grids = [grid_of([[(cell, 1, 1) for cell in row] for row in rows]) for rows in (first, second)]
    tables = tuple(Table(i, f"Table {i + 1}", "", grid, 1) for i, grid in enumerate(grids))
    found = scan_document(Document("test", "", (), tables), "test").findings
    return [(f.table, f.printed, f.recomputed) for f in found if f.check == "parts"]


def test_groups_of_another_table_make_all_in_each_row():
    assert asked(ALL, ARMS) == []
    wrong = [*ALL[:5], ["Ill", "76"], ALL[6]]
    assert asked(wrong, ARMS) == [(0, "76", "72")]
    assert asked(ARMS, wrong) == [(1, "76", "72")]


def test_few_rows_that_add_prove_no_groups():
    assert asked([*ALL[:2], ["Ill", "76"], ["Old", "35"]], ARMS) == []
    others = [row[:1] + [str(int(n) + 3) if n.isdecimal() else n for n in row[1:]] for row in ALL]
    assert asked(others, ARMS) == []


def test_a_label_that_names_several_rows_names_none():
    twice = [*ALL, ["Ill", "12"]]
    assert asked(twice, [*ARMS[:5], ["Ill", "3", "4"], ARMS[6]]) == []
