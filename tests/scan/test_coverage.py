"""Correct: the second reader, which counts what `scan` judges, on tables solved by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.scan_coverage import (
    OF_TWO,
    ONE,
    SILENT,
    TWO,
    WITH_LIMITS,
    Number,
    compare,
    counted,
    numbers,
)
from tests.scan.articles import FOLDER, key, need_articles

from secondlook.scan.document import Table, grid_of

ROWS = [
    ["", "A (n = 40)", "B (n = 50)", "P", "OR (95% CI)"],
    ["women", "20 (50.0)", "21 (42.0)", "0.45", "1.38 (0.60-3.20)"],  # Pearson P 0.4499
    ["smoke", "11 (27.5)", "13 (26.0)", "0.02", "1.08 (0.42-2.76)"],
    ["pain", "7 (17.5)", "9 (18.0)", "0.95", "0.97 (0.33-2.87)"],
    ["fever", "3 (7.5)", "4 (8.0)", "0.93", "0.93 (0.20-4.44)"],
    ["cough", "9 (25.2)", "8 (16.0)", "", "1.52 (0.53-2.00)"],
]


def table(rows: list[list[str]]) -> Table:
    return Table(0, "Table 1", "", grid_of([[(text, 1, 1) for text in row] for row in rows]), 1)


def test_shares_estimates_and_p_follow_or_do_not():
    found = {(n.kind, n.row, n.column): n.follows for n in numbers(table(ROWS))}
    assert not found.pop((ONE, 5, 1))
    assert not found.pop((OF_TWO, 2, 3))
    assert not found.pop((WITH_LIMITS, 5, 4))
    assert all(found.values())
    kinds = Counter(kind for kind, *_ in found)
    # The P of fever may be of two levels, fever and cough, and is left out.
    assert kinds == {ONE: 9, OF_TWO: 2, WITH_LIMITS: 4}


def test_a_count_and_its_percent_in_two_columns_are_one_number():
    rows = [["", "n", "%"], *[[f"r{n}", str(n), f"{2.5 * n:.1f}"] for n in (3, 7, 11, 20)]]
    assert {*numbers(table(rows))} == {
        Number(TWO, r, 1, f"{n} ({2.5 * n:.1f})", True, 2)
        for r, n in enumerate((3, 7, 11, 20), start=1)
    }


@pytest.mark.parametrize("rows", [
    [["", "A"], ["age", "61 (9.2)"], ["BMI", "27 (3.1)"], ["pulse", "70 (8.5)"], ["kg", "81 (12)"]],
    [["", "A"], ["women", "20 (50.0)"], ["men", "20 (50.0)"]],
])  # fmt: skip
def test_means_and_too_few_shares_are_no_numbers_of_one_size(rows: list[list[str]]):
    assert list(numbers(table(rows))) == []


@need_articles
def test_scan_checks_and_clears_what_follows_in_the_keyed_articles():
    files = {FOLDER / f"{row['id']}.nxml.gz" for row in key("manifest")}
    count = counted(row for path in sorted(files) for row in compare(Path(path)))
    follows = count[count["follows"] == "yes"].set_index("number")
    assert follows["holds"].sum() > 150
    assert follows[["fails", "question", SILENT]].to_numpy().sum() == 0
