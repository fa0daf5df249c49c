"""Questions that the article itself answers, or that a closer reading of it leaves out."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_all, of_table, of_text

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def asked(*rows: list[str], text: str = "", notes: tuple[str, ...] = ()) -> list[Finding]:
    """Return what does not hold of a table in an article with this text, slight or not."""
    return [f for f in of_all(*rows, text=text, notes=notes) if f.level != "holds"]


@pytest.mark.parametrize(("p", "level"), [("0.134", "holds"), ("0.94", "holds"), ("0.40", None)])
def test_the_levels_of_a_p_end_where_they_make_their_groups(p, level):
    rows = [
        ["Ulcers", "", "", ""],
        ["- new, small", "39 (60.0)", "37 (60.7)", p],
        ["- old, small", "5 (7.7)", "8 (13.1)", ""],
        ["- new, big", "10 (15.4)", "13 (21.3)", ""],
        ["- old, big", "11 (16.9)", "3 (4.9)", ""],
        ["Age", "24 (4-116)", "23 (1-84)", ""],
    ]
    found = of_table(["", "A (n=65)", "B (n=61)", "P"], *rows, check="p-of-table")
    assert found[2, 3].level == (level or "question")


def test_a_ratio_of_equal_counts_is_of_the_direction_that_gives_it():
    first = 37, 83, 40, 25, 61, 33, 52, 48, 90, 5
    second = 22, 74, 30, 50, 44, 20, 70, 29, 81, 5
    rows = []
    for i, (a, b) in enumerate(zip(first, second, strict=True)):
        ratio, se = (b / 466) / (a / 470), (1 / a - 1 / 470 + 1 / b - 1 / 466) ** 0.5
        low, high = (ratio * 2.718281828 ** (sign * 1.959964 * se) for sign in (-1, 1))
        rows.append([f"event {i}", str(a), str(b), f"{ratio:.2f} ({low:.2f}-{high:.2f})"])
    found = of_table(["", "B (n = 470)", "A (n = 466)", "RR (95% CI)"], *rows, check="interval")
    assert rows[-1][3] == "1.01 (0.29-3.46)"
    assert {f.level for f in found.values()} == {"holds"}


def test_whole_percents_below_a_head_with_a_colon_are_no_counts():
    rows = [["Result (%) :", "", "", ""], ["Positive", "24", "17", "0.44"],
            ["Effects (%) :", "", "", ""], ["Headache", "14", "14", "0.86"],
            ["Nausea", "20", "11", "0.049"], ["Cough", "30", "12", "<0.001"]]  # fmt: skip
    found = of_table(["", "A (n = 80)", "B (n = 85)", "P"], *rows, check="p-of-table")
    assert (2, 3) not in found or "24 of 80" not in found[2, 3].against


@pytest.mark.parametrize(("label", "said"), [("Male", False), ("Sex (M/F)", True)])
def test_a_count_of_one_sex_stands_before_the_size_of_its_group(label, said):
    rows = [[label, "30/33", "22/29", "0.17"], ["Score A", "7.5 ± 4.9", "6.2 ± 4.7", "0.288"],
            ["Score B", "8.5 ± 4.9", "6.2 ± 4.7", "0.065"]]  # fmt: skip
    found = asked(["", "Drug", "Control", "P"], *rows, text="Student's t test was used.")
    assert bool([f for f in found if f.check == "mean"]) == said


@pytest.mark.parametrize(
    ("note", "many"), [("a: From a stratified analysis.", 0), ("a: In percent.", 1)]
)
def test_a_difference_is_not_asked_where_its_note_tells_of_a_model(note, many):
    rows = [[f"event {a}", f"{a / 10}", f"{b / 10}", f"{(a - b) / 10:.1f}"]
            for a, b in ((7, 13), (20, 31), (66, 81), (16, 21), (67, 130), (87, 41))]  # fmt: skip
    rows.append(["event", "6.6", "8.4", "-1.4"])
    head = ["", "Drug", "Placebo", "Difference^a"]
    found = [f for f in asked(head, *rows, notes=(note,)) if "adjusted?" in f.reading]
    assert len(found) == many


def test_an_estimate_and_its_se_are_of_the_same_model_as_their_p():
    head = ["", "Model 1 / B", "Model 1 / SE", "Model 2 / P"]
    rows = [
        ["a", "0.10", "0.80", "0.9"],
        ["b", "0.12", "1.10", "0.9"],
        ["c", "0.20", "1.50", "0.9"],
        ["d", "0.30", "0.50", "0.5"],
        ["e", "0.80", "0.65", "0.2"],
        ["f", "-0.25", "4.05", "0.5"],
    ]
    above = [each.partition(" / ")[0] for each in head]
    below = [each.rpartition(" / ")[2] for each in head]
    for top, many in ((above, 0), (["", "Model 1", "Model 1", "Model 1"], 1)):
        grid = grid_of([[(cell, 1, 1) for cell in row] for row in (top, below, *rows)])
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
        found = scan_document(document, "test").findings
        assert sum("does not follow" in f.reading for f in found) == many


def test_medians_of_differences_are_not_asked_where_they_are_nearly_in_the_middle():
    rows = [[f"{i}", f"{i / 10} (-{8.3 - i / 10:.1f}, {8.3 + i / 10:.1f})"] for i in range(1, 10)]
    rows[0][1] = "0.1 (-8.3, 7.1)"
    for kind, many in (("Median difference (95% CI)", 0), ("Mean difference (95% CI)", 1)):
        found = asked(["", kind], *rows)
        assert sum("not quite in the middle" in f.reading for f in found) == many


@pytest.mark.parametrize(
    ("sides", "many"), [("One-sided tests were used.", 0), ("Chi-square tests were used.", 1)]
)
def test_a_p_of_a_sentence_may_be_one_sided_where_the_article_says_so(sides, many):
    text = f"{sides} It failed in 27 of 51 and in 23 of 48 (P = 0.31)."
    assert sum(f.level == "question" for f in of_text(text, "p-of-table")) == many


def test_the_ratio_of_a_sentence_is_not_that_of_its_counts_in_a_trial_of_clusters():
    said = "It was seen in 40 of 80 with it and in 20 of 80 without (RR 2.60, 95% CI 1.3 to 5.2)."
    for design, many in (("Villages were cluster-randomised.", 0), ("It was blind.", 1)):
        texts = enumerate((design, said), 1)
        paragraphs = tuple(Paragraph("Results", i, text) for i, text in texts)
        found = scan_document(Document("test", "", paragraphs, ()), "test").findings
        assert sum("counts do not give it" in f.reading for f in found) == many


def test_the_p_of_limits_is_not_asked_where_its_paragraph_tests_noninferiority():
    said = "The difference was 0.16 (95% CI -0.07 to 0.39; P < 0.001)."
    for before, many in ((f"Non-inferiority was met. {'It was warm. ' * 20}", 0), ("", 1)):
        found = [f for f in of_text(before + said, "interval") if f.level != "holds"]
        assert len(found) == many


def test_what_is_beside_a_bound_tells_no_chi_square():
    head = ["", "A (n = 50)", "B (n = 50)", "χ2", "P"]
    rows = [
        [f"sign {a}", f"{a} ({2 * a})", f"{b} ({2 * b})", f"{x:.3f}", p]
        for a, b, x, p in ((9, 8, 0.071, ">0.05"), (7, 8, 0.078, ">0.05"), (10, 16, 1.871, ">0.05"))
    ]
    levels = [["Complications, n", "", "", "2.486", ">0.05"], ["  bleeding", "10", "17", "", ""],
              ["  pain", "1", "0", "", ""], ["  fever", "1", "0", "", ""]]  # fmt: skip
    assert not [f for f in asked(head, *rows, *levels) if "another chi-square" in f.reading]


@pytest.mark.parametrize(("head", "many"), [("Z value", 0), ("t value", 1)])
def test_the_p_beside_a_z_is_of_ranks(head, many):
    row = ["Cells", "13.9 (5.1)", "13.1 (3.5)", "-0.381", "0.703"]
    columns = ["", "A (n = 24), mean (SD)", "B (n = 24), mean (SD)", head, "P"]
    found = asked(columns, row, text="Student's t test was used.")
    assert sum(f.check == "mean" for f in found) == many


def test_the_p_of_means_may_be_of_what_the_note_of_its_mark_models():
    row = ["Minutes", "33.2 (15.5)", "39.1 (16.4)", "0.289^a"]
    columns = ["", "A (n = 408), mean (SD)", "B (n = 487), mean (SD)", "P"]
    for note, many in (("a: A random-effect linear regression model.", 0), ("a: By t test.", 1)):
        assert sum(f.check == "mean" for f in asked(columns, row, notes=(note,))) == many


def test_a_column_of_half_the_p_of_t_tests_is_asked_of_one_side():
    columns = ["", "A (n = 40), mean (SD)", "B (n = 40), mean (SD)", "P"]
    rows = [
        ["a", "50.0 (9.0)", "52.0 (9.0)", "0.162"],
        ["b", "30.0 (5.0)", "31.5 (5.0)", "0.092"],
        ["c", "20.0 (4.0)", "20.5 (4.0)", "0.289"],
        ["d", "70.0 (9.0)", "74.0 (9.0)", "0.025"],
    ]
    found = asked(columns, *rows, text="Student's t test was used.")
    assert {f.reading.rpartition("; ")[2] for f in found if f.check == "mean"} == {"one-sided?"}


@pytest.mark.parametrize(
    ("last", "many"), [("r(21) = 0.37, P = 0.103", 0), ("r(40) = 0.38, P = 0.013", 3)]
)
def test_the_brackets_of_a_correlation_may_hold_its_patients(last, many):
    text = f"We saw r(21) = -0.325, P = 0.150, r(21) = 0.45, P = 0.039, and {last}."
    if many:  # and others that are of their degrees of freedom
        text += " It was r(30) = 0.25, P = 0.168, and r(28) = 0.33, P = 0.075."
    found = [f for f in of_text(text, "statistic") if f.level == "question"]
    assert bool(found) == bool(many)


@pytest.mark.parametrize(("p", "asks"), [("0.17", False), ("0.94", True)])
def test_a_p_that_the_limits_beside_it_give_is_not_asked_of_the_counts(p, asks):
    row = ["Compact", "121 (56.0%)", "137 (60.6%)", "-8.3 (-20.2 to 3.6)", p]
    found = of_all(["", "A (n=216)", "B (n=226)", "Effect (95% CI)", "P"], row)
    assert any(f.check == "p-of-table" and f.level == "question" for f in found) == asks
