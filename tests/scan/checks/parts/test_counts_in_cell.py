"""Counts that a cell prints beside each other: 39/33."""

from __future__ import annotations

from tests.scan.checks.parts.test_parts import parts


def test_a_pair_of_counts_makes_the_group():
    head = ["", "Drug, n=71", "Placebo, n=72"]
    assert parts(head, ["Sex (male/female)", "39/33", "41/31"]) == [("fails", "39/33")]
    assert parts(head, ["Sex (male/female)", "39/30", "41/31"]) == [("question", "39/30")]
    assert parts(head, ["Pressure (systolic/diastolic)", "139/83", "141/81"]) == []
    per_cent = ["", "Drug, n = 71, %", "Placebo, n = 72"]
    assert parts(per_cent, ["Sex (male/female)", "54/46", "41/31"]) == []


def test_men_and_women_in_one_cell_are_all_of_the_group():
    head = ["", "A (n = 65)", "B (n = 65)"]
    assert parts(head, ["Gender, n, male/female", "50/40", "36/29"]) == [("fails", "50/40")]
    row = ["Gender, n, male/female", "50/40", "53/37"]
    assert parts(head, row) == [("question", "50/40"), ("question", "53/37")]
    assert parts(["", "A", "B"], ["Subjects, n", "65", "65"], row) == [
        ("question", "50/40"), ("question", "53/37"),
    ]  # fmt: skip
    assert parts(head, ["Grade 2a/2b", "2/0", "2/2"]) == []
    assert parts(head, ["Race, % white/black/other", "97/2/1", "100/0/0"]) == []


def test_more_than_completed_may_have_been_seen_before():
    head = ["", "Drug (n = 30) / pre", "Drug (n = 30) / post"]
    rows = [["False belief (1/0)", "27/7", "20/10"], ["True belief (1/0)", "3/27", "4/26"]]
    assert parts(head, *rows) == [("question", "27/7")]
    head[1] = "Drug (n = 30) / later"
    assert ("question", "27/7") in parts(head, *rows)  # one other column proves little


def test_a_fraction_is_no_pair_of_levels_and_a_section_may_tell_of_percents():
    head = ["", "A (n = 95)", "B (n = 94)"]
    assert (
        parts(head, ["Cause (%)", "", ""], ["Mixed/organic/mental", "56/28/16", "59/28/13"]) == []
    )
    assert parts(head, ["Sex (male/female)", "56/39", "59/33"]) == [("question", "59/33")]


def test_yes_and_no_in_one_cell_are_not_more_than_the_group():
    head = ["", "A (n = 62)", "B (n = 59)"]
    row = ["Drinking (yes/no)", "43/37", "46/30"]
    assert parts(head, row) == [("question", "43/37"), ("question", "46/30")]
    assert parts(head, ["Drinking (yes/no)", "23/27", "26/30"]) == []  # some did not answer
