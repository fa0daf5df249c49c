"""SD against ranges, scales and the SD of other groups."""

from __future__ import annotations

import math

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


def spread(*rows: list[str], caption: str = "") -> dict[tuple[int, int], str]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", caption, grid, 1),))
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f.level for f in found if f.check == "spread"}


SCORES = [
    ["", "Drug (n = 80), mean (SD)", "95% CI", "Observed range"],
    ["Fatigue", "42.0 (20.1)", "37.5-46.5", "0-90"],
    ["Nausea", "30.0 (22.4)", "25.0-35.0", "0-100"],
]


def test_an_sd_has_a_largest_and_a_smallest_value_within_its_range():
    assert spread(*SCORES) == {(1, 1): "holds", (2, 1): "holds"}
    large = ["Pain", "24.3 (49.9)", "13.0-35.0", "0-100"]
    assert spread(*SCORES, large)[3, 1] == "fails"
    assert spread(*SCORES, ["Pain", "24.3 (42.9)", "14.0-34.0", "0-100"])[3, 1] == "holds"
    small = ["Visits", "0.32 (1.07)", "0.10-0.60", "0-90"]
    assert spread(*SCORES, small)[3, 1] == "question"  # a standard error?
    assert spread(*SCORES, ["Visits", "0.32 (1.07)", "0.10-0.60", "0-9"])[3, 1] == "holds"


@pytest.mark.parametrize(
    ("label", "cell", "asked"),
    [("Pain, VAS (0-100), mean (SD)", "80.0 (45.3)", True),
     ("Pain, VAS (0-100), mean (SD)", "80.0 (38.3)", False),
     ("SF-36, vitality, mean (SD)", "78.1 (70.6)", True),
     ("SF-36, physical component summary, mean (SD)", "78.1 (70.6)", False),
     ("Change of pain, VAS (0-100), mean (SD)", "8.0 (45.3)", False),
     ("Sodium (0-100 mmol/L), mean (SD)", "80.0 (45.3)", False)],
)  # fmt: skip
def test_an_sd_beyond_what_a_scale_allows_is_asked(label, cell, asked):
    assert (spread(["", "Drug (n = 40)"], [label, cell]) == {(1, 1): "question"}) == asked


def test_an_sd_of_other_decimals_and_ten_times_those_of_the_groups_lost_its_point():
    head = ["", "A, mean ± SD", "B, mean ± SD", "C, mean ± SD", "D, mean ± SD"]
    row = ["NK cells", "25.31 ± 903", "19.00 ± 8.25", "19.34 ± 6.67", "18.20 ± 7.16"]
    assert spread(head, row) == {(1, 1): "fails"}
    assert spread(head[:3], row[:3]) == {(1, 1): "question"}
    assert spread(head[:3], ["x", "0.38 ± 0.55", "0.31 ± .051"]) == {(1, 2): "question"}


@pytest.mark.parametrize(
    "cells",
    [("484 ± 66.0", "411 ± 5.27"), ("1.80 ± 0.10", "1.79 ± 0.82"), ("2.5 ± 9.0", "19.4 ± 0.93")],
)
def test_an_sd_to_three_digits_of_the_same_decimals_or_of_another_mean_is_left(cells):
    assert spread(["", "A, mean ± SD", "B, mean ± SD"], ["x", *cells]) == {}


def test_the_limits_of_a_mean_give_its_sd():
    rows = [["", "Drug (n = 100), mean (SD)", "95% CI"]]
    for i in range(9):
        half = 1.984 * (5 + i) / 10
        rows.append([f"x{i}", f"50.0 ({5 + i}.0)", f"{50 - half:.1f}-{50 + half:.1f}"])
    assert set(spread(*rows).values()) == {"holds"}
    half = 1.984 * 5 / math.sqrt(70)
    missing = ["y", "50.0 (5.0)", f"{50 - half:.1f}-{50 + half:.1f}"]
    assert spread(*rows, missing)[10, 1] == "holds"
    assert spread(*rows, ["y", "50.0 (5.0)", "48.0-52.0"])[10, 1] == "question"
    assert spread(*rows, ["y", "50.0 (5.0)", "40.0-60.0"])[10, 1] == "fails"
    assert (2, 1) not in spread(*rows[:2], ["y", "50.0 (5.0)", "40.0-60.0"])


def test_counts_of_a_mean_between_two_whole_numbers_differ():
    def asked(label: str, cell: str) -> bool:
        grid = grid_of([[(text, 1, 1) for text in row] for row in [["", "A"], [label, cell]]])
        document = Document("test", "", (), (Table(0, "Table 1", "Mean ± SD", grid, 1),))
        return any(f.level == "question" for f in scan_document(document, "test").findings)

    assert asked("Emergency room visits", "1.5 ± 0.09")
    assert not asked("Emergency room visits", "1.5 ± 0.9")
    assert not asked("Emergency room visits", "2.0 ± 0.09")
    assert not asked("Emergency room visits per year", "1.5 ± 0.09")
