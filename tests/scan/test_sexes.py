"""Men and women of a sentence against the rows of a table."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

ROWS = [
    ["", "Drug (n = 40)", "Usual (n = 40)"],
    ["Male, n (%)", "19 (47.5)", "16 (40.0)"],
    ["Female, n (%)", "21 (52.5)", "24 (60.0)"],
]


def asked(text: str, rows: list[list[str]] = ROWS) -> list[tuple[str, str]]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    table = Table(0, "Table 1", "", grid, 1)
    document = Document("test", "", (Paragraph("Results", 1, text),), (table,))
    found = scan_document(document, "test").findings
    return [
        (f.printed, f.against) for f in found if f.check == "restated" and f.level == "question"
    ]


def test_men_and_women_who_are_as_many_as_in_the_table_are_as_many_of_each():
    assert asked("We saw eighty adults (45 men, 35 women).") == [("45 men, 35 women", "35 and 45")]
    assert asked("We saw eighty adults (35 men, 45 women).") == []
    assert asked("The drug was given to 19 men and 21 women.") == []
    assert asked("We screened 95 adults (50 men and 45 women).") == []  # others than these


@pytest.mark.parametrize("rows", [ROWS, ROWS[:2]])  # the others are women
def test_a_percent_of_men_or_women_is_that_of_a_group_or_of_all(rows: list[list[str]]):
    assert asked("Of all, 55.5% were women.", rows) == [("55.5% were women", "45 of 80")]
    assert asked("Of all, 56.3% were women.", rows) == []
    assert asked("Of all, 56% were women.", rows) == []
    assert asked("With the drug, 47.5% of patients were male.", rows) == []
    assert asked("Of the doctors, 82% were women.", rows) == []
    assert asked("Of them, 53.5% of the women and 44.4% of the women came again.", rows) == []


def test_partners_and_who_smokes_are_not_the_patients():
    smokes = [ROWS[0], ["Smoking", "", ""], *ROWS[1:]]
    assert asked("We saw eighty adults (45 men, 35 women).", smokes) == []


def test_patients_of_whom_the_sex_is_not_known_are_of_the_group():
    unknown = [ROWS[0], ["Male, n", "17", "16"], ["Female, n", "21", "22"]]
    assert asked("Of all, 41.3% were men.", unknown) == []  # 33 of 80
    assert asked("Of all, 43.4% were men.", unknown) == []  # 33 of 76
    assert asked("Of all, 45.3% were men.", unknown) != []
