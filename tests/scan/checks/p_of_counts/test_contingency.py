"""The sizes of the groups that a P is of, and what is left of them."""

from __future__ import annotations

import pytest
from tests.scan.checks.p_of_counts.test_counts_with_p import HEAD, levels

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


@pytest.mark.parametrize(("p", "level"), [("0.60", "question"), ("0.054", "holds")])
def test_percents_tell_the_sizes_that_nothing_prints(p, level):
    rows = [["", "A", "B", "P"], ["sick, n (%)", "12 (31.6)", "5 (13.2)", p]]  # of 38
    assert levels(*rows, at=(1, 3)) == level
    assert levels(rows[0], ["sick, n (%)", "1 (0)", "5 (13.2)", p], at=(1, 3)) is None


def test_percents_of_fewer_than_the_head_are_of_those_who_answered():
    row = ["sick, n (%)", "12 (31.6)", "5 (13.2)", "0.054"]  # of 38, not of 80
    assert levels(HEAD, row, at=(1, 3)) == "holds"


def test_percents_of_a_row_tell_no_size_of_its_groups():
    row = ["asthma", "4 (23.5%)", "13 (76.5%)", "0.238"]  # of 17 in both
    assert levels(["", "Failed", "Successful", "P"], row, at=(1, 3)) is None
    assert levels(["", "A (n=80)", "B (n=80)", "P"], row, at=(1, 3)) == "question"


@pytest.mark.parametrize(("p", "level"), [("0.02", "question"), ("<0.001", "holds")])
def test_the_percents_of_a_column_together_tell_its_size(p, level):
    rows = [
        ["Minutes", "A n (%)", "B n (%)", "P"],
        ["after an hour", "18 (36)", "3 (6)", p],
        ["later", "25 (50)", "3 (6)", "<0.001"],
        ["last", "30 (60)", "17 (34)", "0.009"],
    ]
    assert levels(*rows, at=(1, 3)) == level
    assert levels(rows[0], rows[1], at=(1, 3)) == level  # 3 (6) alone: of whichever of 43 to 54


@pytest.mark.parametrize(("p", "level"), [(".006", "question"), (".14", None), (".076", "holds")])
def test_whole_percents_are_of_patients_where_others_of_the_column_add_up(p, level):
    head = ["Variable", "A (n=69)", "B (n=106)", "P"]
    rows = [["Married, %", "53", "67", p], ["Race, %", "", "", ""], ["white", "24", "39", "<.001"],
            ["black", "52", "24", ""], ["other", "24", "38", ""],
            ["Education, %", "", "", ""], ["school", "7", "9", ".61"],
            ["college", "33", "38", ""], ["more", "60", "53", ""]]  # fmt: skip
    assert levels(head, *rows, at=(1, 3)) == level
    assert levels(head, *rows[:1], at=(1, 3)) is None
    across = [["Married, %", "62", "38", p], *rows[1:]]  # of the row
    assert levels(head, *across, at=(1, 3)) is None


@pytest.mark.parametrize(
    ("male", "female", "p", "level"),
    [(("3", "6"), ("17", "14"), "0.189", "question"), (("3", "6"), ("17", "14"), "0.256", "holds"),
     (("15", "30"), ("85", "70"), "0.189", None), (("3", "6"), ("17.5", "14"), "0.189", None)],
)  # fmt: skip
def test_two_levels_that_make_up_their_variable_tell_the_sizes(male, female, p, level):
    rows = [["", "Cases", "Controls", "P"], ["Weight", "29.5 (2.8)", "29.3 (2.2)", "0.82"],
            ["Sex", "", "", ""], ["Male", *male, ""], ["Female", *female, p]]  # fmt: skip
    assert levels(*rows, at=(4, 3)) == level


@pytest.mark.parametrize(("p", "level"), [("<.001", "question"), (".045", "holds")])
def test_percents_of_fewer_than_the_head_are_nearly_of_its_size(p, level):
    rows = [["", "A (n=156)", "B (n=327)", "P"], ["School, %", "", "", ""],
            ["none", "37.7", "28.1", ""], ["some", "39.7", "40.4", ""],
            ["college", "22.5", "31.5", p], ["Sex, %", "", "", ""],
            ["men", "21.2", "47.1", ""], ["women", "78.8", "52.9", "<.001"],
            ["Insured, %", "76.9", "69.0", ".070"],
            ["Seen, %", "92.4", "75.8", "<.001"]]  # fmt: skip
    assert levels(*rows, at=(4, 3)) == level


def test_a_p_of_sizes_between_those_that_percents_allow_holds():
    head = ["", "A n (%)", "B n (%)", "P"]
    # 4 of 37 to 42 and 1 of 34 to 66: the share may be 4 to 5 times as large
    row = ["sick", "4 (10)", "1 (2)", "0.15"]
    assert levels(head, row, at=(1, 3)) == "holds"
    assert levels(head, [*row[:3], "0.002"], at=(1, 3)) == "question"
    same = ["sick", "4 (10)", "4 (9)", "1.00"]  # which 41 of both would be
    assert levels(head, same, at=(1, 3)) == "holds"


@pytest.mark.parametrize(("p", "level"), [("0.80", "holds"), ("0.40", "question")])
def test_levels_that_do_not_make_up_their_group_may_leave_out_the_rest(p, level):
    # stats.chi2_contingency of 9, 32, 8, 102 and 9, 43, 7, 109 gives 0.7990; without the rest 0.75
    rows = [["Kidney function", "", "", p], ["mild", "9 (6.0%)", "9 (5.4%)", ""],
            ["moderate", "32 (21.2%)", "43 (25.6%)", ""],
            ["severe", "8 (5.3%)", "7 (4.2%)", ""]]  # fmt: skip
    assert levels(["", "A (n=151)", "B (n=168)", "P"], *rows, at=(1, 3)) == level


def test_percents_of_another_size_than_the_head_say_of_what_the_counts_are():
    head, row = ["", "A (n=341)", "B (n=306)", "P"], ["Implanted", "130 (21.9%)", "148 (27.1%)"]
    assert levels(head, [*row, "0.042"], at=(1, 3)) == "holds"  # of 594 and 547
    assert levels(head, [*row, "0.642"], at=(1, 3)) is None
    one = ["Implanted", "130 (21.9%)", "148 (48.4%)", "0.642"]  # one percent may be a slip
    assert levels(head, one, at=(1, 3)) == "question"


def test_percents_of_groups_that_no_head_names_are_of_unknown_sizes():
    rows = [["", "Short (n=200)", "Long (n=187)"], ["sick", "9 (4.5%)", "20 (10.7%)"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])

    def told(text: str) -> list[str]:
        paragraphs = (Paragraph("Results", 1, text),)
        document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
        found = scan_document(document, "test").findings
        return [f.level for f in found if f.check == "p-of-table"]

    assert told("It helped 42% on the long course against 61% on the short one (p = 0.06).") == [
        "question"
    ]
    assert not told("It helped 42% of the pilots against 61% of the crew (p = 0.06).")


def test_a_percent_that_only_one_size_prints_is_of_that_however_small():
    head = ["", "A (n=33) n (%)", "B (n=31) n (%)", "P"]
    rows = [
        ["30 to 40 years", "4 (100.0)", "1 (100.0)", "1.0"],
        ["40 to 60 years", "23 (92.0)", "19 (76.0)", "0.247"],
        ["over 60 years", "3 (75.0)", "1 (20.0)", "0.206"],
    ]
    assert levels(head, *rows, at=(1, 3)) is None  # all of 4 and of 1, not 4 of 33 and 1 of 31
    assert levels(head, *rows, at=(3, 3)) == "holds"  # 3 of 4 and 1 of 5, not of 33
