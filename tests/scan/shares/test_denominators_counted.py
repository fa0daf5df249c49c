"""Counts of a column before, or of another row, as denominators."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, percents


def test_a_lone_count_before_nearly_all_percents_of_a_column_is_what_they_are_of():
    head = ["", "At visit 1 (n = 24)", "Persistent (n = 24)", "Cleared (n = 24)", "New (n = 24)"]
    told = ((11, 4), (7, 2), (13, 6), (9, 4), (8, 3))
    rows = [
        [
            f"HPV-{n}", f"{n}", f"{k} ({100 * k / n:.1f}%)", f"{n - k} ({100 - 100 * k / n:.1f}%)",
            f"1 ({100 / (24 - n):.1f}%)",
        ]
        for n, k in told
    ]  # fmt: skip
    one = ["HPV-6", "1", "1 (100%)", "\u2013", "1 (4.4%)"]
    assert (6, 2) not in percents(head, *rows, one)
    one[1:4] = ["24", "14 (56.0%)", "10 (41.7%)"]
    assert percents(head, *rows, one)[6, 2].level == "fails"
    one[1] = "25"
    assert (6, 2) not in percents(head, *rows, one)


def test_percents_that_are_of_the_counts_of_a_column_before_hold():
    eligible = [13, 210, 38, 72, 194, 20, 49, 71, 132, 33]
    took = [11, 189, 36, 64, 176, 9, 41, 59, 75, 17]
    rows = [[f"Risk {i}", f"{n}", f"{k} ({100 * k / n:.1f})"]
            for i, (n, k) in enumerate(zip(eligible, took, strict=True))]  # fmt: skip
    rows = [[name, f"{n} (%)".replace("%", f"{int(n) / 4.71:.1f}"), k] for name, n, k in rows]
    found = percents(["", "Eligible, n (%)", "Took it, n (%)"], *rows[:9], ["Other", *rows[9][1:]])
    assert {found[r, 2].level for r in range(1, 11)} == {"holds"}
    assert found[4, 2].reading.endswith("the count of a column before")
    rows[4][2] = "176 (91.9)"
    found = percents(["", "Eligible, n (%)", "Took it, n (%)"], *rows)
    assert found[5, 2].reading.startswith("194 is the count of a column before")


def test_groups_below_each_other_are_of_the_sizes_in_a_column_before():
    head = ["Group", "Cases", "Recovered", "Improved", "Worse"]
    rows = [["Drug", "42", "19 (45.2%)", "20 (47.6%)", "3 (0.0%)"],
            ["Placebo", "42", "18 (42.9%)", "15 (35.7%)", "9 (21.4%)"]]  # fmt: skip
    found = percents(head, *rows)
    assert [found[1, c].level for c in (2, 3, 4)] == ["holds", "holds", "question"]
    assert found[1, 4].reading.startswith("42 is the count of a column before")
    rows = [["Drug", "42", "19 (45.2%)", "20 (37.6%)"], ["Placebo", "42", "18 (62.9%)", "2 (9.7%)"]]
    assert not percents(head[:4], *rows)  # of which hardly any is of it


def test_groups_below_each_other_are_of_the_sizes_behind_their_names():
    head = ["", "Cured", "Relapsed"]
    rows = [["Drug (107)", "96 (89.7)", "11 (10.3)"], ["Diet (62)", "50 (80.6)", "12 (19.4)"],
            ["Placebo (108)", "70 (64.8)", "37 (35.4)"]]  # fmt: skip
    found = percents(head, *rows, caption="Outcome, n (%)")
    assert found[3, 1].level == "holds"
    assert found[3, 2].level == "question"


def test_another_row_is_no_whole_by_chance():
    rows = [*SOUND, ["Blocker, n (%)", "36 (90.0)", "30 (78.9)"],
            ["Previous falls, n (%)", "4 (11.1)", "2 (5.3)"]]  # fmt: skip
    found = percents(HEAD, *rows)
    assert found[5, 1].reading == "holds if 36 of 40 had data"
    rows[4][0] = "  of whom fell, n (%)"
    assert percents(HEAD, *rows)[5, 1].level == "holds"


def test_two_rows_of_which_only_one_column_holds_say_not_what_the_other_is_of():
    rows = [["Focal", "18 (81.8)", "17 (70.8)"], ["Known", "3 (16.6)", "2 (10.9)"]]
    found = percents(["", "Drug (n = 22), n (%)", "Placebo (n = 24), n (%)"], *rows)
    assert found[2, 1].level != "holds"


@pytest.mark.parametrize("name", ["Losses per clinical pregnancy, n (%)", "Losses, n (%)"])
def test_a_label_names_the_row_that_it_is_of(name):
    rows = [["Clinical pregnancy, n (%)", "18 (45.0)", "15 (37.5)", "20 (50.0)", "23 (57.5)"],
            [name, "2 (11.11)", "2 (13.13)", "3 (15)", "8 (34.87)"]]  # fmt: skip
    found = percents(["", "A", "B", "C", "D"], *rows)
    asked = {c for (r, c), f in found.items() if r == 2 and f.against in ("15", "23")}
    assert asked == ({2, 4} if "per" in name else set())
