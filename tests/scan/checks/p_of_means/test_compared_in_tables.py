"""Which means a P of a table compares, and of how many patients."""

from __future__ import annotations

import pytest
from tests.scan.checks.p_of_means.test_p_of_means import GROUPS, judged

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def test_a_p_of_groups_of_which_one_is_not_read_is_left_and_a_mark_is_no_part_of_a_mean():
    head = ["", "Low (n = 40)", "Low (n = 40)", "Middle (n = 40)", "Middle (n = 40)",
            "High (n = 40)", "High (n = 40)", "P"]  # fmt: skip
    of = ["", "Mean", "SD", "Mean", "SD", "Mean", "SD", "ANOVA"]

    def asked(last: str, p: str) -> bool:
        row = ["Force (N)", "44.0", "6.0", "44.1", "6.0", last, "6.0", p]
        levels = judged(head, of, ["Age (years)", "50", "9", "51", "9", "52", "9", "0.61"], row,
                        text="Groups were compared by analysis of variance.", head=2)  # fmt: skip
        return levels.get((3, 7)) == "question"

    assert not asked("47.6 *", "0.012")  # 0.0112; of the first two alone 0.94
    assert asked("47.6 *", "0.94")
    assert not asked("47.6 to 48", "0.012")


def test_what_is_measured_is_a_mean_with_its_sd_though_nothing_says_so():
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    cells = ["27.4 (8.7)", "24.9 (8.5)", "0.5"]  # P 0.20, and 0.84 if these were SE
    text = "A t test was used."
    assert judged(head, ["Breath hold time (s)", *cells], text=text) == {(1, 3): "question"}
    assert not judged(head, ["Responders", *cells], text=text)
    assert not judged(head, ["Breath hold time (s)", "27 (8.7)", "24 (8.5)", "0.5"], text=text)


def test_an_sd_is_headed_without_its_last_point_too():
    head = ["", "Before (n = 20)", "Before (n = 20)", "After (n = 20)", "After (n = 20)", "P"]
    of = ["", "Mean", "S.D.", "Mean", "S.D", "P"]
    rows = [head, of, ["Magnesium (mg/day)", "340.8", "7.3", "319.3", "5.1", "0.406"]]
    assert judged(*rows, text="Paired t tests were used.", head=2) == {(2, 5): "question"}


def test_a_size_that_is_told_in_two_ways_may_be_either():
    def asked(p: str, text: str) -> bool:
        rows = [
            ["", "Balm group", "Cream group", "P"],
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", p],
        ]
        return "question" in judged(*rows, text=f"Student's t test was used. {text}").values()

    whole = "We saw the balm group (n = 40) and the cream group (n = 40)."
    for p, expected in (("0.024", False), ("0.112", True)):  # of 40; of 20
        assert asked(p, whole) == expected
        assert not asked(p, f"{whole} Men: balm group (n = 20), cream group (n = 20).")


def test_a_coefficient_is_no_mean_of_a_group():
    head = ["", "First (n = 40), β (SE)", "Second (n = 40), β (SE)", "P"]
    assert not judged(head, ["Score", "4.0 (1.0)", "1.0 (1.0)", "0.95"], text="A t test was used.")


def test_the_head_of_a_p_may_name_two_of_three_groups():
    head = ["", "Lean (A)", "Obese (B)", "Operated (C)", "A vs. B P", "B vs. C P"]
    rows = [
        head,
        ["Sex (women/men)", "5/5", "6/6", "7/5", "-", "-"],
        ["BMI, mean ± SD", "23.2 ± 2.4", "44.0 ± 3.1", "34.8 ± 6.2", "<0.001", "0.40"],
        ["Age, mean ± SD", "41.1 ± 7.5", "41.6 ± 6.8", "44.7 ± 5.3", "0.87", "0.23"],
        ["Size, mean ± SD", "174.2 ± 9.6", "174.1 ± 12.1", "173.5 ± 13.6", "0.98", "0.91"],
    ]
    levels = judged(*rows, text="A t test was used.")
    assert levels.pop((2, 5)) == "question"
    assert levels == {(r, c): "holds" for r in (2, 3, 4) for c in (4, 5) if (r, c) != (2, 5)}


def test_each_group_may_have_the_size_of_the_text_and_an_sd_the_next_column():
    head = ["", "Drug", "Drug", "Placebo", "Placebo", "P"]
    rows = [head, ["", "Mean", "SD", "Mean", "SD", "P"],
            ["Force (N)", "44.0", "6.0", "40.9", "6.0", "0.42"]]  # fmt: skip
    text = "We randomised two groups of 40. A t test was used."
    assert judged(*rows, text=text, head=2) == {(2, 5): "question"}
    assert judged(*rows, text="A t test was used.", head=2) == {}


def test_the_size_of_a_row_is_not_that_of_its_groups():
    rows = [GROUPS, ["Men (n = 22)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]]
    assert judged(*rows, text="A t test was used.") == {}
    rows = [GROUPS, ["Men", "44.0 ± 6.0 (n = 12)", "40.9 ± 6.0 (n = 10)", "0.24"]]
    assert judged(*rows, text="A t test was used.") == {(1, 3): "holds"}
    for label, found in (("Men", {}), ("Age < 60", {}), ("Age", {(1, 3): "question"})):
        row = [label, "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]
        assert judged(GROUPS, row, text="A t test was used.") == found


def test_the_same_patients_have_the_size_of_the_column_before_their_first_mean():
    head = ["", "n", "Before, mean (SD)", "After, mean (SD)", "P"]
    for p, found in (("0.07", {}), ("0.91", {(1, 4): "question"})):
        row = ["Score", "11", "7.1 (1.1)", "6.2 (1.4)", p]
        assert judged(head, row, text="Two groups of 300 patients.") == found


def test_a_p_may_stand_below_its_means_and_beside_two_rows():
    # scipy.stats.ttest_ind_from_stats(44, 6, 40, 40.9, 6, 40): P 0.0235
    head = ["Group", "Force (N), mean ± SD", "Age, mean ± SD"]
    rows = [["Drug (n = 40)", "44.0 ± 6.0", "61.0 ± 9.0"], ["Placebo (n = 40)", "40.9 ± 6.0",
            "61.5 ± 9.0"], ["P value", "0.42", "0.80"]]  # fmt: skip
    text = "Student's t test was used."
    assert judged(head, *rows, text=text) == {(3, 1): "question", (3, 2): "holds"}
    head = ["", "Group", "Day 1, mean ± SD", "P", "Day 9, mean ± SD", "P"]
    rows = [["Force (N)", "Drug (n = 40)", "44.0 ± 6.0", "0.42", "41.0 ± 6.0", "0.94"],
            ["Force (N)", "Placebo (n = 40)", "40.9 ± 6.0", "", "40.9 ± 6.0", ""]]  # fmt: skip
    assert judged(head, *rows, text=text) == {(1, 3): "question", (1, 5): "holds"}


@pytest.mark.parametrize(
    ("told", "asked"),
    [("Of 90 patients, data of 40 patients in each group were analysed.", True),
     ("They were parted into the drug (n = 41) and the placebo group (n = 38).", True),
     ("Eighty patients were randomly divided into two groups.", True),
     ("In all, 80 patients were enrolled.", True), ("We needed 40 patients in each group.", False),
     ("Of the groups, 8 patients in each group were analysed.", False)],
)  # fmt: skip
def test_a_group_whose_size_is_told_by_the_text_only_may_be_smaller(told, asked):
    rows = [["", "Drug, mean ± SD", "Placebo, mean ± SD", "P"],
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]]  # fmt: skip
    levels = judged(*rows, text=f"{told} A t test was used.")
    assert ("question" in levels.values()) == asked
    assert "fails" not in levels.values()


def test_what_stands_behind_a_median_or_a_t_is_no_sd():
    text = "Student's t test was used."
    for head, asked in (("mean ± SD", True), ("median ± MAD", False), ("t (df)", False)):
        heads = ["", f"Drug (n = 40), {head}", f"Placebo (n = 40), {head}", "P"]
        levels = judged(heads, ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"], text=text)
        assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(
    ("cell", "level"),
    [("p = 0.42", "question"), ("p = 0.02", "holds"), ("2.31; 0.42", "question"),
     ("2.31; 0.023", "holds")],
)  # fmt: skip
def test_a_p_may_stand_between_its_groups_or_behind_its_t(cell, level):
    drug, difference, placebo = GROUPS[1], "Student's t test; P", GROUPS[2]
    row = ["Force (N)", "44.0 ± 6.0", cell, "40.9 ± 6.0"]
    assert judged(["", drug, difference, placebo], row, text="A t test.") == {(1, 2): level}


@pytest.mark.parametrize(
    ("cells", "asked"),
    [(["8.5 (1.2)", "8.9 (1.3)"], True), (["85 (1.2)", "89 (1.3)"], False)],
)
def test_a_percent_that_has_decimals_as_its_sd_has_is_a_mean(cells, asked):
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    levels = judged(
        head, ["HbA1c (%)", *cells, "0.95"], text="A t test was used.", notes=("Mean (SD) or n.",)
    )
    assert ("question" in levels.values()) == asked


FORCES = [("40.91", "0.029"), ("43.02", "0.473"), ("43.55", "0.733"), ("42.13", "0.179"),
          ("41.48", "0.073")]  # fmt: skip
"""Means beside 44.03 ± 6.02 with an SD of 6.51, of 40 a group, and P of scipy.stats' t test."""


def rows_of(forces: list[tuple[str, str]], *between: str) -> list[list[str]]:
    return [[name, "44.03 (6.02)", *between, f"{mean} (6.51)", p]
            for name, (mean, p) in zip("abcdefgh", forces, strict=False)]  # fmt: skip


def test_two_numbers_with_decimals_are_means_where_the_tests_give_the_p_of_most():
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    odd = ("40.91", "0.29")
    found = judged(head, *rows_of([*FORCES, odd]))
    assert found[6, 3] == "question"
    assert found[1, 3] == "holds"
    others = [(mean, f"0.{i}1") for i, (mean, _) in enumerate(FORCES, 3)]
    assert not judged(head, *rows_of([*others, odd]))


def test_which_two_of_four_columns_a_p_compares_is_told_by_its_numbers():
    head = ["", "A (n = 40)", "B (n = 40)", "C (n = 40)", "D (n = 40)", "P", "P"]
    rows = [[*row[:2], "30.12 (5.03)", "55.31 (8.07)", *row[2:3], p, row[3]]
            for row, p in zip(rows_of([*FORCES, ("40.91", "0.29")]),
                              ["<0.001"] * 6, strict=True)]  # fmt: skip
    found = judged(head, *rows, notes=("Mean (SD).",))
    assert found[1, 6] == "holds"
    assert found[6, 6] == "question"


CHANGES = [("2.11 (6.04)", "0.033"), ("1.03 (5.21)", "0.218"), ("3.42 (7.77)", "0.008"),
           ("0.52 (4.44)", "0.463"), ("2.74 (6.93)", "0.016")]  # fmt: skip
"""Mean changes of 40 patients, and P of the paired t test: whether they are none."""


def test_the_p_of_a_mean_change_is_that_of_its_sd():
    head = ["", "Before (n = 40)", "After (n = 40)", "Change (n = 40), mean (SD)", "P"]
    rows = [["a", "44.03 (6.02)", "46.14 (6.02)", *change] for change in CHANGES]
    found = judged(head, *rows, ["b", "44.03 (6.02)", "46.77 (6.02)", "2.74 (6.93)", "0.46"])
    assert found[5, 4] == "holds"
    assert found[6, 4] == "question"
    assert judged(head, [*rows[0][:4], "0.91"])[1, 4] == "question"
    assert judged(head, rows[0]) == {(1, 4): "holds"}  # of two times it is that of their change
    head[1:3] = ["Drug (n = 40)", "Placebo (n = 40)"]
    assert not judged(head, [*rows[0][:4], "0.91"])


def test_the_size_of_a_row_stands_in_a_column_beside_the_mean():
    # P 0.029 of 40 a group, and 0.12 of 20
    for heads in (
        ["N", "Drug, mean (SD)", "N", "Placebo, mean (SD)", "P"],
        ["N", "Drug (n = 40) / mean (SD)", "N", "Placebo (n = 40) / mean (SD)", "P"],
    ):
        for n, level in (("20", {(1, 5): "question"}), ("40", {(1, 5): "holds"})):
            row = ["Force (N)", n, "44.03 (6.02)", n, "40.91 (6.51)", "0.029"]
            assert judged(["", *heads], row, text="A t test was used.") == level


def test_the_size_of_each_of_two_rows_stands_beside_its_mean():
    rows = [["Group", "Number", "Mean (SD)", "P"], ["Drug", "20", "44.03 (6.02)", "0.029"],
            ["Placebo", "20", "40.91 (6.51)", ""]]  # fmt: skip
    text = "There were 40 patients in each group. A t test was used."
    assert judged(*rows, text=text) == {(1, 3): "question"}
    rows[1][1] = rows[2][1] = "40"
    assert judged(*rows, text=text) == {(1, 3): "holds"}


@pytest.mark.parametrize(("head", "level"), [("mean (SD) [n]", "question"), ("mean (SD)", "holds")])
def test_the_size_behind_a_mean_is_one_where_its_head_says_so(head, level):
    heads = ["", f"Drug (n = 40), {head}", f"Placebo (n = 40), {head}", "P"]
    row = ["Force (N)", "44.03 (6.02) [20]", "40.91 (6.51) [20]", "0.029"]
    assert judged(heads, row, text="A t test was used.") == {(1, 3): level}


def test_the_p_of_a_coefficient_is_not_that_of_a_mean_change():
    rows = [["a", *change] for change in CHANGES]
    odd = ["b", "2.74 (6.93)", "0.46"]
    assert judged(["", "Change (n = 40), mean (SD)", "P"], *rows, odd)[6, 2] == "question"
    assert not judged(["", "β (n = 40), mean (SD)", "P"], *rows, odd)


@pytest.mark.parametrize(("p", "level"), [("0.025", "holds"), ("0.42", "question")])
def test_the_p_of_two_mean_changes_is_that_of_the_groups(p, level):
    head = ["", "Drug, mean change ± SD (n = 40)", "Placebo, mean change ± SD (n = 40)", "P"]
    row = ["Weight (kg)", "4.0 ± 6.0", "0.9 ± 6.1", p]
    assert judged(head, row, text="A t test was used.") == {(1, 3): level}


def test_a_size_within_a_cell_is_none_of_the_rows_below_and_a_count_none_of_the_means():
    rows = [GROUPS, ["Age", "62.0 ± 9.0", "60.0 ± 9.0", "0.32"],
            ["Plasma (ml)", "n = 3, 400 ± 200", "n = 2, 400 ± 282", "0.99"],
            ["Force (N)", "44.0 ± 6.0", "41.0 ± 6.0", "0.029"]]  # fmt: skip
    assert judged(*rows, text="A t test was used.") == {(1, 3): "holds", (3, 3): "holds"}
    heads = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    row = ["Smoker, n (%)", "20 (50.0)", "31 (75.5)", "0.36"]
    assert not judged(heads, row, notes=("Mean (SD) or n (%)",), text="A t test was used.")


def test_the_p_of_a_correlation_is_not_that_of_two_means():
    rows = [["", "Protein, mean ± SD (n = 40)", "Days, mean ± SD (n = 40)", "P^a"],
            ["Drug", "148.4 ± 43.0", "110.0 ± 15.0", "0.37"]]  # fmt: skip
    assert not judged(*rows, notes=("^a Pearson's test",), text="A t test was used.")


def test_the_size_of_a_group_may_stand_in_the_text():
    rows = [["", "Group M (%)", "Group K (%)", "P"]]
    rows += [["onset", "17.82 ± 1.5", "16.02 ± 1.2", "> 0.05"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    text = "Data are mean ± SD. Group M (46 patients) and group K (46 patients) were alike."
    document = Document(
        "test", "", (Paragraph("Methods", 1, text),), (Table(0, "Table 1", "", grid, 1),)
    )
    (found,) = (f for f in scan_document(document, "test").findings if f.check == "mean")
    assert (found.level, found.row, found.column) == ("question", 1, 3)
