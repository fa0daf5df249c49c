"""Means, SD and medians of all patients against those of their groups."""

from __future__ import annotations

import pytest

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

HEAD = ["", "Total (n = 50)", "Drug (n = 30)", "Placebo (n = 20)"]
HOLDING = [
    ["Age, mean (SD)", "61.8 (9.5)", "63.0 (9.1)", "60.0 (9.8)"],
    ["Weight, mean (SD)", "74.0 (9.0)", "72.0 (9.1)", "77.0 (8.3)"],
    ["Height, mean (SD)", "170.0 (8.0)", "168.0 (8.1)", "173.0 (7.1)"],
    ["Pulse, mean (SD)", "71.2 (8.0)", "70.0 (8.1)", "73.0 (7.9)"],
]


def pooled(*rows: list[str], head: list[str] = HEAD) -> dict[int, Finding]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in [head, *rows]])
    table = Table(0, "Table 1", "", grid, 1)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    return {f.row or 0: f for f in found if f.check == "mean"}


def levels(*rows: list[str], head: list[str] = HEAD) -> list[str]:
    return [f.level for _, f in sorted(pooled(*rows, head=head).items())]


def test_the_mean_of_all_is_that_of_the_groups_or_of_those_with_data():
    assert levels(*HOLDING) == ["holds"] * 4
    beyond = ["Forced volume, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"]
    found = pooled(*HOLDING, beyond)[5]
    assert (found.level, found.recomputed) == ("fails", "2.589 to 2.732")
    between = ["Forced volume, mean (SD)", "2.68 (0.9)", "2.50 (0.8)", "2.90 (0.9)"]
    assert 5 not in pooled(*HOLDING, between)  # some of the first group had no datum
    off = ["Forced volume, mean (SD)", "2.8 (0.9)", "2.5 (0.8)", "2.9 (0.9)"]
    assert pooled(*HOLDING, off)[5].level == "question"


def test_an_sd_of_all_lies_by_those_of_the_groups():
    assert (
        pooled(*HOLDING, ["Iron, mean (SD)", "42.0 (102)", "42.0 (10.2)", "42.0 (9.9)"])[5].level
        == "fails"
    )
    small = pooled(*HOLDING, ["Iron, mean (SD)", "42.0 (2.4)", "42.0 (10.2)", "42.0 (9.9)"])[5]
    assert small.level == "fails"
    of_all = pooled(*HOLDING, ["Iron, mean (SD)", "42.0 (1.4)", "42.0 (10.2)", "42.0 (9.9)"])[5]
    assert of_all.level == "question"  # its SE: 10 over the root of 50
    of_groups = pooled(*HOLDING, ["Iron, mean (SD)", "42.0 (10.0)", "42.0 (1.86)", "42.0 (2.21)"])
    assert (of_groups[5].level, "is an SE" in of_groups[5].reading) == ("question", True)
    apart = ["Iron, mean (SD)", "42.0 (11.1)", "46.0 (9.9)", "36.0 (9.9)"]
    assert pooled(*HOLDING, apart)[5].level == "holds"


def test_a_row_with_a_size_of_its_own_may_be_of_others():
    beyond = ["Adrenaline (n = 9), mean (SD)", "0.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"]
    assert pooled(*HOLDING, beyond)[5].level == "question"
    adjusted = ["Adjusted volume, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"]
    assert 5 not in pooled(*HOLDING, adjusted)


def test_counts_are_no_means_and_a_total_of_others_is_no_total():
    assert levels(["Men", "21", "11", "10"], ["Smokers", "13 (26)", "8 (27)", "5 (25)"]) == []
    other = ["", "All screened (n = 90)", "Drug (n = 30)", "Placebo (n = 20)"]
    assert levels(*HOLDING, ["Iron, mean (SD)", "42 (9)", "52 (9)", "52 (9)"], head=other) == []


def test_a_median_of_all_lies_between_those_of_the_groups():
    row = ["Age, median (IQR)", "40.2 (25)", "38.5 (22)", "36.0 (22)"]
    assert pooled(row)[1].level == "question"
    assert pooled(row, head=["", "Total", "Drug", "Placebo"]) == {}
    row[1] = "38.2 (25)"
    assert pooled(row)[1].level == "holds"


def test_a_row_of_all_has_the_sd_of_the_rows_with_their_sizes():
    head = ["Group", "N", "Age, mean (SD)"]
    rows = [["Drug", "9", "52.3 (14.6)"], ["Placebo", "10", "58.9 (7.4)"],
            ["Control", "11", "47.1 (16.7)"]]  # fmt: skip
    # with the squares between the groups the SD of all 30 is 14.0
    assert levels(*rows, ["Total", "30", "52.7 (12.9)"], head=head) == ["question"]
    assert levels(*rows, ["Total", "30", "52.7 (14.0)"], head=head) in ([], ["holds"])


def test_the_groups_of_one_of_several_totals_are_those_beside_it_or_of_its_name():
    beside = [["", "A (n = 30)", "B (n = 20)", "Total (n = 50)", "C (n = 40)", "D (n = 20)",
               "Total (n = 60)"], ["Age, mean (SD)", "63.0 (9.1)", "60.0 (9.8)", "61.8 (9.5)",
                                   "50.0 (8.2)", "60.0 (9.9)", "53.3 (9.9)"]]  # fmt: skip
    of_name = [["", "All", "All", "Men", "Men", "Women", "Women"],
               ["", "Drug (n = 50)", "Sham (n = 60)", "Drug (n = 30)", "Sham (n = 40)",
                "Drug (n = 20)", "Sham (n = 20)"],
               [beside[1][at] for at in (0, 3, 6, 1, 4, 2, 5)]]  # fmt: skip
    for rows, last in ((beside, 6), (of_name, 2)):
        for cell, level in (("53.3 (9.9)", "holds"), ("63.3 (9.9)", "question")):
            rows[-1][last] = cell
            grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
            table = Table(0, "Table 1", "", grid, len(rows) - 1)
            found = scan_document(Document("test", "", (), (table,)), "test").findings
            assert sorted(f.level for f in found if f.check == "mean") == ["holds", level]


def test_sizes_of_the_row_and_none_at_all():
    head = ["", "N", "All, mean (SD)", "N", "Drug, mean (SD)", "N", "Placebo, mean (SD)"]
    rows = [[row[0], "50", row[1], "30", row[2], "20", row[3]] for row in HOLDING]
    assert levels(*rows, head=head) == ["holds"] * 4
    off = ["Iron", "44", "61.8 (9.5)", "10", "63.0 (9.1)", "34", "60.0 (9.8)"]  # 60.7 of these
    assert pooled(*rows, off, head=head)[5].level == "question"
    unsized = ["", "All", "Drug", "Placebo"]
    assert (
        pooled(*HOLDING, ["Iron, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"], head=unsized)[
            5
        ].level
        == "question"
    )
    assert levels(["Iron, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"], head=unsized) == []


def test_the_groups_of_all_are_those_of_one_time():
    head = ["", "All (n = 50)", "Drug (n = 30)", "Drug (n = 30)", "Placebo (n = 20)",
            "Placebo (n = 20)"]  # fmt: skip
    times = ["", "All (n = 50)", "Before", "After", "Before", "After"]
    rows = [[*row[:3], "41.0 (8.2)", row[3], "43.0 (8.1)"] for row in HOLDING]
    iron = ["Iron, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "3.9 (0.8)", "2.9 (0.9)", "4.1 (0.9)"]
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in (head, times, *rows, iron)])
    table = Table(0, "Table 1", "", grid, 2)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    told = [f.level for f in found if f.check == "mean"]
    assert sorted(told) == ["fails", "holds", "holds", "holds", "holds"]


def test_a_percent_of_all_is_that_of_the_groups():
    head = ["Characteristic, %", "All (n = 506)", "Workers (n = 335)", "Others (n = 171)"]
    rows = [["Young", "47.4", "44.8", "52.6"], ["Single", "22.9", "34.3", "0.6"],
            ["School", "15.4", "21.5", "3.5"], ["Water", "77.7", "69.3", "94.2"]]  # fmt: skip
    assert levels(*rows, head=head) == ["holds"] * 4
    assert levels(*rows, ["No child", "33.8", "34.3", "29.8"], head=head)[4:] == ["question"]
    assert levels(*rows, ["No child", "36.8", "34.3", "29.8"], head=head)[4:] == ["question"]
    assert levels(*rows, ["No child", "32.8", "34.3", "29.8"], head=head)[4:] == ["holds"]
    counts = [[row[0], *(cell.replace(".", "") for cell in row[1:])] for row in rows]
    assert levels(*counts, head=["", *head[1:]]) == []


def test_a_row_of_p_and_columns_of_missing_data_or_of_periods_are_none_of_groups():
    beyond = ["Forced volume, mean (SD)", "3.6 (0.9)", "2.5 (0.8)", "2.9 (0.9)"]
    assert levels(*HOLDING, beyond)[-1] == "fails"
    assert 5 not in pooled(*HOLDING, ["P vs. baseline", "0.91", "0.20", "0.49"])
    for head in ("Missing data", "Night only"):
        assert levels(beyond, head=["", "Overall", "Drug", head]) == []


def test_the_sd_of_all_is_no_mean_of_those_of_the_groups():
    assert pooled(*HOLDING, ["Score, mean", "6.1", "7.0", "6.5"])[5].level == "fails"
    assert 5 not in pooled(*HOLDING, ["SD", "6.1", "7.0", "6.5"])


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [("The mean age was 61.8 years, and the mean body mass index was 29.8.", ["holds", "question"]),
     ("The mean (SD) age of the 50 patients was 63.0 (9.1) years.", ["question"]),
     ("The mean age was 61 years.", ["holds"]),  # its digits are cut
     ("The mean age was 62.0 years.", []),  # some of the second group had no datum
     ("Of 90 patients screened the mean age was 66 years.", []),
     ("The mean age was 66 years in men and 60 in women.", []),
     ("The mean age of those who left was 66 years.", []),
     ("The mean age with placebo was 60.0 years.", [])],
)  # fmt: skip
def test_a_mean_of_all_in_the_text_is_that_of_the_groups_of_a_table(sentence, levels):
    rows = [["", *HEAD[2:]], ["Age (years), mean (SD)", "63.0 (9.1)", "60.0 (9.8)"],
            ["BMI, mean (SD)", "27.1 (4.0)", "27.2 (4.4)"]]  # fmt: skip
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    text = Paragraph("Results", 1, f"We studied 50 patients. {sentence}")
    document = Document("test", "", (text,), (Table(0, "Table 1", "", grid, 1),))
    found = scan_document(document, "test").findings
    assert sorted(f.level for f in found if f.check == "mean") == levels
