"""A mean body mass index against the mean weight and height."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of

HEAD = ["", "Drug, mean ± SD"]


def asked(*rows: list[str]) -> set[tuple[int | None, int | None]]:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = scan_document(document, "test").findings
    return {(f.row, f.column) for f in found if "index" in f.reading}


@pytest.mark.parametrize(
    ("weight", "height", "index", "is_asked"),
    # 65.5 / 1.707^2 = 22.5; with SD of 5.9 and 5.0 the mean index is at most 1.4 % off
    [("65.5 ± 5.9", "170.7 ± 5.0", "25.0 ± 1.5", True),
     ("65.5 ± 5.9", "170.7 ± 5.0", "22.9 ± 1.5", False),
     ("65.5 ± 5.9", "1.71 ± 0.05", "25.0 ± 1.5", True),
     ("65.5 ± 25.9", "170.7 ± 25.0", "25.0 ± 1.5", False),
     ("144.4 ± 13", "67.2 ± 2.0", "22.5 ± 1.5", False)],
)  # fmt: skip
def test_an_index_is_weight_over_squared_height(weight, height, index, is_asked):
    label = "Height (m)" if "." in height[:2] else "Height (cm)"
    rows = [["Weight (kg)", weight], [label, height], ["BMI (kg/m^2)", index]]
    if height.startswith("67"):
        rows[:2] = [["Weight (lb)", weight], ["Height (inch)", height]]
    assert asked(HEAD, *rows) == ({(3, 1)} if is_asked else set())


def test_an_index_may_stand_beside_weight_and_height():
    head = ["Group", "Weight (kg), mean ± SD", "Height (cm), mean ± SD", "BMI, mean ± SD"]
    row = ["Drug", "65.5 ± 5.9", "170.7 ± 5.0"]
    assert asked(head, [*row, "25.0 ± 1.5"]) == {(1, 3)}
    assert asked(head, [*row, "22.5 ± 1.5"]) == set()
