"""Percents of levels without counts: they add to 100."""

from __future__ import annotations

from tests.scan.checks.parts.test_parts import parts


def test_percents_of_levels_add_to_100_as_those_of_other_columns_do():
    head = ["", "A", "B", "C"]
    rows = [["Age (years), %", "", "", ""], ["≤ 24", "35", "39", "37"], ["25-44", "32", "41", "39"]]
    assert parts(head, *rows, ["≥ 45", "45", "20", "25"]) == [("fails", "35 + 32 + 45")]
    assert parts(head, *rows, ["≥ 45", "21", "20", "25"]) == [("question", "35 + 32 + 21")]
    assert parts(head, *rows, ["≥ 45", "45", "30", "25"]) == []
    assert parts(head, *rows, ["≥ 45", "34", "20", "25"]) == []  # 101, of three rounded


def test_percents_of_levels_end_where_the_next_variable_has_none():
    head = ["", "A", "B", "C"]
    rows = [["Sex (%)", "", "", ""], ["Male", "36.8", "26.0", "32.8"]]
    mean = ["GHQ score, mean (SD)", "8.8 (1.1)", "9.3 (1.2)", "9.0 (1.1)"]
    assert parts(head, *rows, ["Female", "72.2", "74.0", "67.2"], mean) == [
        ("fails", "36.8 + 72.2")
    ]
    assert parts(head, *rows, ["Female", "63.2", "74.0", "67.2"], mean) == []


def test_percents_of_levels_that_exclude_each_other_are_asked_where_they_miss_100():
    rows = [["Education (%)", ""], ["low", "73.4"], ["mid", "23.5"], ["high", "5.1"]]
    assert parts(["", "All"], *rows) == [("question", "73.4 + 23.5 + 5.1")]
    assert parts(["", "All"], *rows[:3], ["high", "3.1"]) == []
    assert parts(["", "All"], *rows[:3], ["high", "35.1"]) == []  # what is asked may be several
