"""Estimates with limits and P, and ranges: what tells a misprint from another analysis."""

from __future__ import annotations

import math

import pytest
from scipy import stats
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import Finding, scan_document
from secondlook.scan.checks.ratio import crude
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def hazards(*, p: str) -> list[list[str]]:
    """Seven hazard ratios whose limits give their P, and one with the P in question."""
    rows = [["", "Hazard ratio (95% CI)", "P"]]
    rows += [["age", "0.78 (0.56-1.08)", "0.13"], ["sex", "0.61 (0.43-0.84)", "0.0029"]]
    rows += [["stage", "1.10 (0.66-1.82)", "0.72"], ["grade", "0.81 (0.59-1.12)", "0.20"]]
    rows += [["node", "0.93 (0.68-1.29)", "0.67"], ["size", "1.24 (0.86-1.79)", "0.25"]]
    rows += [["site", "1.55 (1.08-2.22)", "0.017"], ["side", "1.72 (1.03-2.88)", p]]
    return rows


@pytest.mark.parametrize(("p", "level"), [("0.037", "holds"), ("0.37", "fails")])
def test_a_p_that_lost_a_zero_is_accused_where_the_others_follow(p, level):
    found = of_table(*hazards(p=p), check="interval")[8, 2]
    assert found.level == level
    assert found.printed == f"1.72 (1.03-2.88), P {p}"


def test_a_p_that_is_not_ten_times_too_large_is_another_question():
    rows = [*hazards(p="0.037"), ["arm", "1.34 (0.91-1.99)", "0.41"]]
    assert of_table(*rows, check="interval")[9, 2].level == "question"


def test_the_p_between_two_columns_of_limits_is_of_neither():
    rows = [["", "A / Mean", "A / 95% CI", "B / Mean", "B / 95% CI", "P"]]
    rows += [["G1", "-0.10", "-0.19 to -0.01", "-0.09", "-0.20 to 0.03", "0.9"]]
    assert not {at for at in of_table(*rows, check="interval") if at[1] == 5}


@pytest.mark.parametrize(
    "text",
    ["the rate ratio was 2.91 (95% C.I.: 0.87 to 7.20) for men",
     "the rate ratio was 2.91 (95% confidence interval [CI] 0.87-7.20) for men",
     "the rate ratio was 2.91 (CI 95%: 0.87-7.20) for men"],
)  # fmt: skip
def test_limits_are_read_however_they_are_announced(text):
    assert [f.against for f in of_text(text, "interval")] == ["limits 0.87 and 7.20"]


def test_a_mark_whose_note_names_a_range_holds_no_limits():
    rows = [["", "Geometric mean (95% CI)"], ["Peak", "2.0 (1.0 to 4.0)"],
            ["Time to it^a", "2.0 (0.5 to 3.0)"], ["Score^b", "3.0 (1.5 to 6.0)"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    notes = "^a Median (minimum, maximum).", "^b Range of the scale 0 to 10."
    table = Table(0, "Table 1", "", grid, 1, notes)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    assert {f.row for f in found if f.check == "interval"} == {1, 3}


def test_a_difference_is_not_asked_where_no_other_of_its_table_is_in_the_middle():
    head = ["", "Difference (95% CI)"]
    odd = [["a", "1.3 (0.4 to 2.6)"], ["b", "2.1 (0.9 to 4.0)"], ["c", "0.6 (0.1 to 1.9)"],
           ["d", "4.1 (2.4 to 9.1)"], ["e", "1.6 (0.3 to 4.4)"]]  # fmt: skip
    even = [[name, f"{n}.0 ({n - 1}.2 to {n}.8)"] for n, name in enumerate("fghijk", 2)]
    assert {f.level for f in of_table(head, *odd, check="interval").values()} == {"holds"}
    found = of_table(head, odd[3], *even, check="interval")
    assert found[1, 1].level != "holds"


def test_columns_of_the_lower_bound_of_95_ci_and_of_the_upper_one_are_limits():
    head = ["", "Difference of means", "Lower bound of 95% CI", "Upper bound of 95% CI", "P value"]
    rows = [
        ["a", "1.53", "1.03", "2.04", "<0.001"],
        ["b", "1.06", "0.39", "1.72", "0.003"],
        ["c", "2.70", "-0.40", "5.80", "0.02"],
        ["d", "-9.0", "-4.0", "-14.0", "0.001"],
    ]
    found = of_table(head, *rows, check="interval")
    assert found[1, 1].against == "limits 1.03 and 2.04"
    assert found[3, 4].level == "question"
    assert found[4, 4].level == "holds"  # its limits stand the other way round


def test_a_p_before_the_estimates_of_its_head_leaves_them_none_of_the_next_head():
    heads = [["", 1, 1], ["Univariate", 1, 3], ["Multivariate", 1, 3]]
    below = ["", "P value", "OR", "95% CI", "P value", "OR", "95% CI"]
    row = ["a", "0.017", "3.75", "1.26 to 11.12", "0.069", "3.28", "0.91 to 11.82"]
    grid = grid_of([[(str(t), int(d), int(a)) for t, d, a in heads],
                    *([(text, 1, 1) for text in cells] for cells in (below, row))])  # fmt: skip
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    assert {f.level for f in scan_document(document, "test").findings} == {"holds"}


def test_limits_with_commas_of_thousands_are_read_once():
    text = "Titres (95% CI) were 1,147.8 [891.5; 1,477.7] and 1,831.1 [1,441.2; 2,326.6]."
    assert {f.level for f in of_text(text, "interval")} == {"holds"}


SDS = [["", "Mean ± SD (range)"], ["a", "85.0 ± 12.0 (64.7-114.6)"], ["b", "3.0 ± 0.4 (2.2-4.0)"],
       ["c", "1.0 ± 0.3 (0.6-2.1)"], ["d", "2.8 ± 0.4 (2.0-3.8)"]]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "level"), [("Mean ± SD (range)", "fails"), ("Median ± SD (interquartile range)", None)]
)
def test_an_sd_larger_than_its_range_is_accused(head, level):
    rows = [["", head], *SDS[1:], ["e", "87.9 ± 83.6 (43.0-132.9)"]]
    found = of_table(*rows, check="spread")
    assert found[1, 1].level == "holds"
    assert (found[5, 1].level if (5, 1) in found else None) == level


def test_an_sd_of_many_ranges_is_accused_where_nothing_names_the_brackets():
    rows = [["", "Intake"], *SDS[1:], ["e", "2.5 ± 0.5 (1.7-3.6)"],
            ["f", "87.9 ± 323.6 (43.0-132.9)"]]  # fmt: skip
    assert of_table(*rows, check="spread")[6, 1].level == "fails"


def test_an_sd_that_lost_its_point_is_accused():
    rows = [["", "Mean ± SD"], ["a", "0.56 ± 096"], ["b", "12 ± 03"], ["c", "0.56 ± 0.96"]]
    found = of_table(*rows, check="spread")
    assert {at: f.level for at, f in found.items()} == {(1, 1): "fails"}


def controls(*last: str) -> list[list[str]]:
    """Cases and controls by risk factors, with crude odds ratios, and one row in question."""
    rows = [["Risk factor", "Cases", "Controls", "OR (95% CI)"]]
    rows += [["Age < 40", "20", "295", "1.00"], ["40-59", "54", "333", "2.39 (1.40-4.09)"]]
    rows += [["60 +", "17", "29", "8.65 (4.08-18.32)"], ["70 +", "16", "29", "8.14 (3.81-17.40)"]]
    rows += [["80 +", "12", "20", "8.85 (3.79-20.64)"], ["85 +", "9", "11", "12.07 (4.48-32.50)"]]
    return [*rows, ["90 +", *last]]


@pytest.mark.parametrize(
    ("last", "level"),
    [(("6", "10", "8.85 (2.92-26.82)"), "holds"), (("6", "10", "8.85 (2.29-26.82)"), "fails"),
     (("6", "10", "5.21 (2.10-12.93)"), "question"), (("6", "10", "8.7 (2.9-26.8)"), "holds"),
     (("3", "14", "3.2 (0.9-11.9)"), "holds"), (("3", "14", "3.0 (0.8-11.9)"), "fails"),
     (("8", "52", "2.3 (1.0-5.4)"), "question"),  # 0.949, and so 0.95
     (("8", "52", "2.3 (1.1-5.4)"), "fails")],
)  # fmt: skip
def test_a_ratio_follows_from_the_counts_of_its_row_and_of_the_reference(last, level):
    assert of_table(*controls(*last), check="interval")[7, 3].level == level


def test_an_adjusted_ratio_need_not_follow_from_its_counts():
    rows = controls("6", "10", "5.21 (2.10-12.93)")
    rows[0][3] = "Adjusted OR (95% CI)"
    assert of_table(*rows, check="interval")[7, 3].level == "holds"


def test_a_row_whose_ratio_of_one_has_limits_is_no_reference():
    rows = controls("6", "10", "8.85 (2.92-26.82)")
    rows.insert(7, ["86 +", "20", "295", "1.00 (0.53-1.89)"])
    assert of_table(*rows, check="interval")[8, 3].level == "holds"
    rows[8][2] = "19"
    assert of_table(*rows, check="interval")[8, 3].level == "question"


def test_the_reference_is_the_row_of_one_without_limits_wherever_it_stands():
    rows = [
        [*row[:3], *row[3].replace(")", "").split(" (")] for row in controls("8", "52", "")[:-1]
    ]
    rows[0][3:], first = ["OR", "95% CI"], [*rows.pop(1)[:3], "1", ""]
    last = ["90 +", "8", "52", "2.27", "0.95-5.42"]
    rows += [last, ["91 +", "20", "290", "1.0", "0.5-1.9"], first]
    assert of_table(*rows, check="interval")[6, 3].level == "holds"
    last[3:] = ["2.27", "1.05-5.42"]
    assert of_table(*rows, check="interval")[6, 3].level == "fails"


def test_counts_may_give_a_ratio_of_the_sizes_of_another_row():
    told = [(86, 530, 75, 530), (60, 530, 35, 530), (240, 530, 220, 530), (82, 290, 68, 310),
            (44, 290, 29, 310), (52, 290, 31, 310), (22, 290, 41, 310), (63, 290, 33, 310),
            (11, 530, 24, 530)]  # fmt: skip
    rows = [["", "Drug, n/N", "Usual, n/N", "OR (95% CI)"]]
    for k, (a, n, b, m) in enumerate(told):
        odds = crude(a, n, b, m)["OR"]
        rows.append([f"r{k}", f"{a}/{n}", f"{b}/{m}", "{:.2f} ({:.2f}-{:.2f})".format(*odds)])
    rows[-1][1:3] = ["11/290", "24/310"]
    assert of_table(*rows, check="interval")[9, 3].level == "question"
    rows[-1][3] = rows[-1][3].replace("(0", "(1")
    assert of_table(*rows, check="interval")[9, 3].level != "holds"


@pytest.mark.parametrize(
    ("head", "drug", "level"),
    [("OR (95% CI)", "Drug (n = 859)", "question"), ("HR (95% CI)", "Drug (n = 859)", "holds"),
     ("OR (95% CI)", "Drug clusters (n = 859)", "holds")],
)  # fmt: skip
def test_a_ratio_of_hazards_or_clusters_is_not_that_of_the_counts(head, drug, level):
    rows = [
        ["", drug, "Usual (n = 818)", head],
        ["Visited", "216 (25%)", "256 (31%)", "0.74 (0.60-0.91)"],
    ]
    rows += [["Fed", "430 (50%)", "410 (50%)", "1.00 (0.82-1.21)"]]
    rows += [["Seen", "156 (18%)", "128 (16%)", "1.41 (1.07-1.87)"]]
    assert of_table(*rows, check="interval")[3, 3].level == level


def article(*texts: tuple[str, str], tables: tuple[Table, ...] = ()) -> list[Finding]:
    paragraphs = tuple(Paragraph(section, 1, text) for section, text in texts)
    found = scan_document(Document("test", "", paragraphs, tables), "test").findings
    return [f for f in found if f.check == "restated" and f.level != "holds"]


ABSTRACT = "Fewer fell (odds ratio 0.45, 95% CI 0.28-0.75; p = 0.002)."


@pytest.mark.parametrize(
    ("results", "asked"),
    [("Fewer fell (odds ratio 0.45 [95% CI 0.27-0.75], p = 0.002).", 1),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.28-0.75], p = 0.002).", 0),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.28-0.75], p = 0.02).", 1),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.31-0.88], p = 0.002).", 0)],
)  # fmt: skip
def test_an_estimate_that_is_repeated_with_one_other_digit_is_asked(results, asked):
    assert len(article(("Abstract", ABSTRACT), ("Results", results))) == asked


def test_a_median_or_mean_that_is_repeated_with_one_other_digit_is_asked():
    first = "At week 4 it was 78.0 [70.0-85.0] and age 45.2 ± 10.4"
    again = "at week 4 it was 78.0 [70.0-85.5] and age 45.2 ± 11.4"
    assert len(article(("Abstract", first), ("Results", again))) == 2
    assert len(article(("Results", first), ("Results", again))) == 2
    alone = "age 45.2 ± 10.4"  # another group may have the same mean
    assert article(("Results", alone), ("Results", alone.replace("10.4", "11.4"))) == []


def two_means(p: str, *, caption: str = "", spread: str = "SD") -> dict[tuple[int, int], Finding]:
    rows = [["", f"A (n = 46), mean ± {spread}", f"B (n = 46), mean ± {spread}", "P value"]]
    rows += [["onset (min)", "17.82 ± 1.5", "16.02 ± 1.2", p]]
    return of_table(*rows, check="mean", caption=caption)


@pytest.mark.parametrize(
    ("p", "spread", "caption", "asked"),
    [(">0.05", "SD", "", True), ("NS", "SD", "", True), ("^**P > 0.05", "SD", "", True),
     (">0.05", "SE", "", False), ("<0.001", "SD", "", False),
     ("0.04", "SE", "Outcomes", True), ("0.25", "SE", "Outcomes", False),
     ("0.04", "SE", "Baseline data", True), ("0.10", "SE", "Changes by a mixed model", False),
     (">0.05", "SD", "Adjusted by ANCOVA", False)],
)  # fmt: skip
def test_a_p_that_no_test_of_means_comes_near_is_asked(p, spread, caption, asked):
    levels = {f.level for f in two_means(p, spread=spread, caption=caption).values()}
    assert ("question" in levels) == asked
    assert "fails" not in levels


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


def test_three_groups_are_held_against_an_analysis_of_variance():
    head = ["", *(f"{g} (n = 64), mean ± SD" for g in "ABC"), "P value"]
    means = ["29.0 ± 2.5", "17.0 ± 2.1", "17.1 ± 2.5"]
    assert of_table(head, ["x", *means, "NS"], check="mean")[1, 4].level == "question"
    others = [[f"x{i}", "20.1 ± 2.5", "20.0 ± 2.1", "20.1 ± 2.5", "NS"] for i in range(4)]
    assert of_table(head, *others, ["x", *means, "NS"], check="mean")[5, 4].level == "question"
    means = ["17.3 ± 2.5", "17.0 ± 2.1", "17.1 ± 2.5"]
    assert of_table(head, ["x", *means, "NS"], check="mean")[1, 4].level == "holds"


def test_the_p_of_two_of_three_groups_is_held_against_these():
    head = ["", *(f"{g} (n = 60), mean ± SD" for g in "ABC"), "P value"]
    rows = [head]
    for i in range(8):
        p = 2 * stats.t.sf((0.1 + i / 10) / (3 * math.sqrt(2 / 60)), 118)
        rows += [[f"x{i}", "90.0 ± 3.0", "20.0 ± 3.0", f"{20.1 + i / 10:.1f} ± 3.0", f"{p:.2f}"]]
    rows += [["y", "90.0 ± 3.0", "20.0 ± 3.0", "20.1 ± 3.0", "0.01"]]
    found = of_table(*rows, check="mean")
    levels = {at: f.level for at, f in found.items()}
    assert levels == {(r, 4): "question" if r == 9 else "holds" for r in range(1, 10)}
    assert found[9, 4].against == "20.0 ± 3.0; 20.1 ± 3.0"


def test_what_has_a_unit_is_no_whole_number():
    rows = [["", "A (n = 46)", "B (n = 46)", "P"]]
    rows += [["fentanyl consumption (μg), no. of patients and %", "5.08 ± 9.6", "2.02 ± 5.97", "-"]]
    assert not of_table(*rows, check="mean")


def test_an_estimate_with_a_mark_before_its_standard_error_is_held_to_its_limits():
    rows = [
        ["", "b (SE)", "95% CI"],
        ["Age", ".39 (.45)", "-.48, 1.27"],
        ["Sex", ".18 (.27)", "-.34, .72"],
        ["Income", "-.35 (.29)", "-.93, .22"],
        ["Children", "2.43* (1.08)", ".31, .45"],
    ]
    found = of_table(*rows, check="interval")
    assert found[4, 1].level == "question"
    assert "outside" in found[4, 1].reading


@pytest.mark.parametrize(("others", "asked"), [(15, True), (8, False)])
def test_three_estimates_nearly_in_the_middle_are_asked_beside_many_in_it(others, asked):
    rows = [["", "Mean difference (95% CI)"]]
    rows += [[f"Score {i}", f"{i}.50 ({i - 2}.50 to {i + 2}.50)"] for i in range(3, 3 + others)]
    rows += [["Weight", "3.50 (1.50 to 5.34)"], ["Height", "4.50 (2.50 to 6.34)"]]
    rows += [["Waist", "5.50 (3.50 to 7.34)"]]
    found = of_table(*rows, check="interval")
    assert (found[others + 1, 1].level == "question") == asked
