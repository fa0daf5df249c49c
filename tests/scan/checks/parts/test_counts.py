"""Which cells count patients, beside percents that count nobody."""

from __future__ import annotations

from tests.scan.checks.parts.test_parts import parts


def test_a_row_of_percents_counts_nobody_though_counts_stand_above():
    rows = [["Quintile, n (%)", "", "", ""], ["First", "26 (22)", "14 (23)", "12 (20)"],
            ["Second", "50 (42)", "20 (33)", "30 (50)"], ["Last", "44 (37)", "26 (43)", "18 (30)"],
            ["Treated before (% yes)", "8", "12", "5"]]  # fmt: skip
    head = ["", "Entire sample (n = 120)", "Control (n = 60)", "Intervention (n = 60)"]
    assert parts(head, *rows) == []


def test_percents_beside_the_size_of_a_group_are_no_counts():
    rows = [
        ["I", "11 (9)", "10", "8"],
        ["II", "83 (67)", "73", "60"],
        ["III", "31 (24)", "17", "32"],
    ]
    head = ["Stage", "All (N = 125) No. (%)", "A (N = 63) {}", "B (N = 62) {}"]
    assert parts([each.format("%") for each in head], *rows) == []
    assert len(parts([each.format("") for each in head], *rows)) == 3


def test_numbers_of_patients_beside_percents_are_none():
    head = ["", "Men, %", "n", "Women, %", "n"]
    rows = [
        ["Country, %", "", "", "", ""],
        ["Home", "92.2", "59", "96.4", "80"],
        ["Other", "7.8", "5", "3.6", "3"],
    ]
    assert parts(head, *rows) == []
    rows = [["Country, %", "", ""], ["Home", "92.2", "95.4"], ["Other", "7.8", "3.6"]]
    assert parts(["", "A, %", "B, %"], *rows) == [("question", "95.4 + 3.6")]
