"""Statistics and their P in the rows, columns and sentences of an article, and of their means."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def judged(*rows: list[str], text: str = "") -> dict[tuple[int, int], Finding]:
    """Return what is said of the statistics of a table in an article with this text."""
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    table = Table(0, "Table 1", "", grid, 1)
    document = Document("test", "", (Paragraph("Methods", 1, text),), (table,))
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f for f in reversed(found) if f.check == "statistic"}


def levels(text: str) -> list[str]:
    """Return the levels of the statistics of a text."""
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    return [f.level for f in scan_document(document, "test").findings if f.check == "statistic"]


@pytest.mark.parametrize(
    ("name", "values", "asked"),
    # stats.norm.sf, stats.chi2.sf(0.17, 1) = 0.680, sqrt(0.17) = 0.412
    [("Z", [("-4.506", "0.012"), ("-2.236", "0.025"), ("-4.619", "0.000")], [1]),
     ("Z", [("-4.506", "0.000"), ("-2.236", "0.025"), ("-2.499", "0.000")], [3]),
     ("t-test", [("4.914", "0.032"), ("0.539", "0.916"), ("2.010", "0.050")], [1, 2]),
     ("Wald", [("0.17", "0.17"), ("0.17", "0.68"), ("2.00", "0.046")], [1]),
     ("Time", [("4.914", "0.032"), ("0.539", "0.916"), ("2.010", "0.050")], [])],
)  # fmt: skip
def test_a_statistic_that_cannot_have_its_p_is_asked_in_a_row_and_in_a_column(name, values, asked):
    row = [
        ["Outcome", "a", "b", "c"],
        [name, *(v for v, _ in values)],
        ["P", *(p for _, p in values)],
    ]
    found = judged(*row)
    assert [c for (_, c), f in sorted(found.items()) if f.level != "holds"] == asked
    column = [list(cells) for cells in zip(*row, strict=True)]
    found = judged(*column)
    assert [r for (r, _), f in sorted(found.items()) if f.level != "holds"] == asked
    assert not any(f.level == "fails" for f in found.values())


@pytest.mark.parametrize(
    ("head", "p", "level"),
    # 2 * stats.t.sf(3.864, df): 0.018 of 4, 0.00089 of 22, 0.00022 of 88; 2.50: 0.067, 0.020, 0.014
    [("Drug (n = 45)", "0.016", "question"), ("Drug", "0.016", "holds"),
     ("Drug (n = 45)", "0.0003", "holds")],
)  # fmt: skip
def test_a_t_without_degrees_of_freedom_has_those_of_the_groups_beside_it(head, p, level):
    rows = [["", head, "t", "P"], ["Age", "61", "1.25", "0.214"], ["Weight", "70", "0.37", ".71"],
            ["Height", "170", "2.50", "0.014"], ["Score", "12.1", "3.864", p]]  # fmt: skip
    assert judged(*rows)[4, 2].level == level


def test_a_level_of_p_is_no_bound_where_bounds_are_printed():
    rows = [["", "df", "F", "P"], ["Age", "1,147", "12.78", "<0.01"],
            ["Sex", "1,147", "4.26", "0.04"], ["Site", "1,147", "3.46", "0.07"],
            ["Time", "1,147", "15.34", "0.01"]]  # fmt: skip
    assert judged(*rows)[4, 2].level == "question"
    assert judged(rows[0], *rows[2:])[3, 2].level == "holds"


@pytest.mark.parametrize(("cell", "level"), [("0.21; 0.821", "question"), ("0.21; 0.647", "holds")])
def test_a_statistic_stands_before_its_p_and_a_head_within_the_table_names_another(cell, level):
    rows = [
        ["Sex", cell],
        ["Side", "0.05; 0.823"],
        ["Type", "2.04; 0.153"],
        ["", "t test; P value"],
        ["Age", "-0.37; 0.712"],
        ["Weight", "2.50; 0.014"],
    ]
    found = judged(["", "χ^2 test; P value"], *rows)
    assert [found[r, 1].level for r in (1, 5, 6)] == [level, "holds", "holds"]


def test_a_column_of_women_is_no_statistic():
    assert not judged(["", "M", "F", "P"], ["Mean age", "57.10", "58.25", "0.146"])


@pytest.mark.parametrize(
    ("t", "n", "asked"),
    # stats.ttest_ind_from_stats(8.36, 1.24, 60, 6.48, 1.11, 60): t = 8.75; of 48 a group 7.83
    [("8.75", "(n = 60)", False), ("6.987", "(n = 60)", True), ("8.10", "", False),
     ("6.987", "", True)],
)  # fmt: skip
def test_a_t_is_held_against_the_means_of_its_groups(t, n, asked):
    head = ["Group", "Score, mean ± SD"]
    rows = [[f"Drug {n}", "8.36 ± 1.24"], [f"Placebo {n}", "6.48 ± 1.11"], ["t", t],
            ["P", "<0.0001"]]  # fmt: skip
    text = "There were 60 patients in each group. Student's t test was used."
    found = judged(head, *rows, text=text)
    assert (found[3, 1].level == "question" if (3, 1) in found else False) == asked


@pytest.mark.parametrize(
    ("text", "said"),
    # stats.f.sf(4.83, 8, 392) = 1.1e-5, stats.f.sf(3.332, 1, 14) = 0.0893
    [("F(8,392) = 4.83, p = 0.05", ["fails"]), ("F(1,315) = 0.278, p = 0.598", ["holds"]),
     ("F = 3.332; df = 1,14, p = 0.573", ["fails"]), ("F = 3.332, df = 1,14, p = 0.089", ["holds"]),
     ("F = 1.1; df = 1; p = 0.31", ["holds"]), ("F = 1.1; df = 1; p = 0.48", ["question"]),
     ("F = 1.1; p = 0.48", []), ("Wald=0.22, P=.64", ["holds"]),
     ("Wald = 2.00, P = .046", ["holds"]), ("Wald=0.22, P=.02", ["question"]),
     ("df = 1,14, p = 2.51", ["question"]),
     ("(p > 1)", ["question"]), ("p = 1.00", []), ("P = 2.5 × 10^-8", []), ("p = 2.5e-8", []),
     ("a ratio N/P = 2.5%", []), ("group P = 10.42 ± 2.81", []),
     # stats.f.sf(3.9, 5, 29) = 0.008, f.sf(2.83, 2, 17) = 0.087, chi2.sf(3.47, 3) = 0.325
     ("F(5, 29) = 3.9 and p < 0.001", ["fails"]), ("F(1, 42) = 3.14, p <. 05", ["fails"]),
     ("F2,17 = 2.83; insulin: F2,17 = 5.31; all p < 0.05", ["fails", "holds"]),
     ("F2,17 = 2.83, p = 0.09; insulin: F2,17 = 5.31; both p < 0.05", ["holds", "holds"]),
     ("F(1127) = 10.98, p < 0.001", ["question"]), ("F(1127) = 11.98, p < 0.001", ["holds"]),
     ("H = 3.47, df = 3, p = 0.092", ["question"]), ("H = 3.47, df = 3, p = 0.325", ["holds"]),
     ("t(133) = 1.23–1.81, p > 0.12", ["question", "holds"]),
     # 16.256 / (16.256 + 29) = 0.359
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 0.259", ["question", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 0.359", ["holds", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, η^2 = 0.259", ["holds", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 25.9", ["holds"])],
)  # fmt: skip
def test_an_f_or_a_wald_statistic_and_a_p_beyond_one(text, said):
    assert levels(f"There was an effect ({text}).") == said


# scipy.stats: 2 t.sf(2.1, 39) = 0.0423, f.sf(4.6, 1, 321) = 0.0327, 2 t.sf(1.94, 50.82) = 0.0580
@pytest.mark.parametrize(
    ("text", "level"),
    [("(P = 0.042*, t = 2.10, Df = 39)", "holds"),
     ("(P = 0.42, t = 2.10, Df = 39)", "fails"),
     ("it rose (P = 0.42, t = 2.10, Df = 39)", "fails"),
     ("(t = 5.27, P < 0.001; t = 2.92, as said)", "holds"),  # the P of the one before
     ("(F = 4.6, d.f. = 1/321, P = 0.033)", "holds"),
     ("(F = 4.6, d.f. = 1/321, P = 0.33)", "fails"),
     ("(t 50.82 = 1.94, P = .058)", "holds"),
     ("(t 50.82 = 1.94, P = .58)", "fails")],
)  # fmt: skip
def test_a_p_may_stand_before_its_statistic_and_degrees_of_freedom_behind(text, level):
    assert [f.level for f in of_text(text, "statistic")] == [level]


def test_a_chi_square_is_held_to_the_counts_of_its_p_where_those_of_most_others_follow():
    # pearson([[24, 13], [4, 3]]) = 0.152, [[10, 8], [18, 8]] 0.861, [[23, 11], [5, 5]] 1.04
    head = ["", "A (n = 28)", "B (n = 16)", "χ2", "P"]
    rows = [["a", "10 (35.7)", "8 (50.0)", "0.86", ".35"],
            ["b", "23 (82.1)", "11 (68.8)", "1.04", ".31"],
            ["c", "24 (85.7)", "13 (81.3)", "1.52", ".70"]]  # fmt: skip
    found = of_table(head, *rows, check="statistic")
    assert (found[3, 3].level, found[3, 3].recomputed) == ("question", "χ2 0.1517")
    rows[2][3] = "0.15"
    assert all(f.level == "holds" for f in of_table(head, *rows, check="statistic").values())
    rows[0][3], rows[1][3], rows[2][3] = "3.8", "4.1", "1.52"  # of other counts altogether
    assert (3, 3) not in of_table(head, *rows, check="statistic")


def test_heads_may_stand_below_the_head_that_the_file_marks():
    rows = [["Dropped out", "Days abstinent", "", "", ""], ["", "", "", "", ""],
            ["", "Before", "t=", "df", "p="], ["Early", "33", "1.95", "85", ".000"],
            ["Late", "29", "9.30", "105", ".000"], ["Never", "30", "31.74", "354", ".000"],
            ["Once", "23", "11.99", "105", ".000"],
            ["Twice", "16", "34.68", "354", ".000"]]  # fmt: skip
    found = judged(*rows)
    assert [found[r, 2].level for r in range(3, 8)] == ["fails", *["holds"] * 4]
    block = [["", "Drug", "Placebo"], ["Stage 1 (mild)", "(n = 28)", "(n = 26)"],
             ["Died, n (%)", "7 (25)", "13 (50)"],
             ["Ill, n (%)", "14 (50)", "13 (50)"]]  # fmt: skip
    found = scan_document(Document("test", "", (), (Table(0, "Table 1", "", grid_of(
        [[(cell, 1, 1) for cell in row] for row in block]), 1),)), "test").findings  # fmt: skip
    assert {f.against for f in found if f.check == "percent"} == {"28", "26"}


@pytest.mark.parametrize(
    ("text", "asked"),
    # 2 * stats.t.sf(r * sqrt((n - 2) / (1 - r * r)), n - 2): P 0.24 of 244, 0.003 of 7, 0.0007 of 8
    [("We saw 61 patients. It did (r = 0.075, P < 0.05).", True),
     ("We saw 61 patients. It did (r = 0.145, P < 0.05).", True),
     ("We saw 61 patients. It did (r = 0.145, P < 0.05; r = 0.15, P < 0.05).", False),  # again
     ("We saw 61 patients, and 210 controls. It did (r = 0.145, P < 0.05).", False),
     ("We saw sixty patients. It did (r = 0.145, P < 0.05).", True),
     ("We asked five patients. It did (r = 0.145, P < 0.05).", False),
     ("It did (r = 0.075, P < 0.05).", False),
     ("We saw 61 patients. It did (Spearman's rho = 0.075, P < 0.05).", True),
     ("We saw 61 patients. It did not (r = 0.545, P = 0.40).", False),  # in a part of them
     ("We saw 61 patients. It did (r = 0.87, n = 7, P < 0.001).", True),
     ("We saw 61 patients. It did (r = 0·87, n = 7, P < 0·001).", True),
     ("We saw 61 patients. It did (r^2 = 0.87, n = 7, P = 0.002).", False),
     ("We saw 61 patients. It did (r^2 = 0.87, n = 7, P < 0.001).", True)],
)  # fmt: skip
def test_a_correlation_is_of_no_more_patients_than_are_told(text, asked):
    assert ("question" in levels(text) or "fails" in levels(text)) == asked


def test_a_correlation_of_a_figure_is_of_the_patients_of_its_legend():
    for n, expected in (("7", ["question"]), ("70", ["holds"])):
        told = f"They correlate (P < 0.001, r^2 = 0.87). N = {n}."
        paragraphs = (
            Paragraph("Methods", 1, "We saw 61 patients."),
            Paragraph("Figure 2", 1, told),
        )
        found = scan_document(Document("test", "", paragraphs, ()), "test").findings
        assert [f.level for f in found if f.check == "statistic"] == expected


# 2 * stats.t.sf(r * sqrt(38 / (1 - r * r)), 38)
RS = [("-0.186", "0.251"), ("0.240", "0.136"), ("0.195", "0.228"), ("0.172", "0.289"),
      ("0.107", "0.511")]  # fmt: skip


def test_a_column_of_correlations_is_of_the_patients_beside_it():
    sized = [[name, r, "40", p] for name, (r, p) in zip("abcde", RS, strict=True)]
    for n, level in (("40", "fails"), ("23", "holds")):
        found = judged(["", "r", "n", "P"], *sized, ["f", "-0.330", n, "0.124"])
        assert found[6, 1].level == level


@pytest.mark.parametrize(
    ("methods", "told"),
    # 2 stats.norm.sf(2.10) = 0.0357, half of it 0.018
    [("We used 1-tailed tests.", ["holds"]), ("All tests were one-sided.", ["holds"]),
     ("The sample size was calculated for a one-sided test.", ["question"]),
     ("Activity of the inferior gyrus was compared.", ["question"]), ("", ["question"])],
)  # fmt: skip
def test_half_of_a_p_is_explained_where_the_article_tells_of_one_sided_tests(methods, told):
    texts = (methods, "The arms differed (Z = 2.10, p = 0.018).")
    paragraphs = tuple(Paragraph("Methods", i, text) for i, text in enumerate(texts, 1))
    found = scan_document(Document("test", "", paragraphs, ()), "test").findings
    assert [f.level for f in found if f.check == "statistic"] == told


def test_what_a_one_sided_test_would_explain_three_times_is_asked_once():
    two = "One (Z = 2.10, p = 0.018), two (Z = 2.20, p = 0.014)"
    assert levels(two) == ["question", "question"]
    assert levels(f"{two}, three (Z = 2.50, p = 0.006).") == ["question"]


@pytest.mark.parametrize(
    ("text", "told"),
    # 2 stats.t.sf(1.59, 188) = 0.1135, stats.t.sf(2.111, 19) 2 = 0.0483
    [("Pairs with Bonferroni correction: t(188) = 1.59, p = .695.", "raised by the correction"),
     ("Pairs with Bonferroni correction: t(188) = 1.59, p = .035.", "printed one is below"),
     ("They differed, t(188) = 1.59, p = .695. Others had a Bonferroni correction.", "as the text"),
     ("They differed, t(19) = 2.111, P = 0.049. Others had a Bonferroni correction.", "one unit")],
)  # fmt: skip
def test_a_p_that_the_correction_of_its_sentence_raises_is_explained(text, told):
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    (found,) = (f for f in scan_document(document, "test").findings if f.check == "statistic")
    assert told in found.reading
    assert (found.level == "holds") == ("raised" in told)


def test_a_p_may_stand_before_its_statistic_in_a_column_of_its_own():
    values = [
        ("a", ".014", "-2.449", ".317", "-1.000"),
        ("b", ".007", "-2.714", ".157", "-1.414"),
        ("c", ".003", "-3.000", ".083", "-1.732"),
        ("d", ".008", "-2.646", ".046", "-2.000"),
    ]
    rows = [["Item", "P", "z", "P", "z"], *map(list, values)]
    assert {f.level for f in judged(*rows).values()} == {"holds"}
    rows[1][2] = "-2.149"  # P 0.032
    assert [f.row for f in judged(*rows).values() if f.level != "holds"] == [1]


def test_degrees_of_freedom_that_lost_their_comma_are_two_behind_an_f_as_well():
    assert levels("F = 0.434; df = 1.54; p = 0.513") == ["holds"]  # stats.f.sf(0.434, 1, 54)
    assert levels("F = 0.434; df = 1.54; p = 0.713") == ["fails"]
    assert levels("F(1, 85) = 12.3, p < .0.05") == []  # no P


def test_a_mean_is_no_chi_square():
    values = [("81.43", "9.25", "0.02"), ("52.68", "9.57", "0.81"), ("26.98", "9.37", "0.25")]
    rows = [[f"{i}", *told] for i, told in enumerate(values)]
    assert judged(["", "χ", "SD", "P"], *rows) == {}
    assert judged(["", "χ", "n", "P"], *rows) != {}


def test_a_correlation_is_of_as_many_patients_as_the_text_tells():
    text = "r = -0.162, p = 0.028"  # stats.t of 45 patients: 0.29, of 185: 0.028
    for patients, told in ((45, ["question"]), (185, ["holds"])):
        assert levels(f"We studied {patients} patients. It was small ({text}).") == told


def test_degrees_of_freedom_are_doubted_where_the_p_of_their_column_are_of_more():
    # of 170: stats.t.sf(3.81, 170) * 2 = 0.0002, of 14: 0.0019
    told = [
        ("14", "3.81", ".0002"),
        ("8", "2.01", ".046"),
        ("15", "3.42", ".0008"),
        ("24", "1.65", ".10"),
    ]
    rows = [["", "t, p"], *([f"r{d}", f"t({d}) = {t}, p = {p}"] for d, t, p in told)]
    found = judged(*rows)
    assert [f.level for f in found.values() if f.level != "holds"] == ["question"]
    rows[2:] = [["r99", "t(99) = 2.01, p = .047"], ["r98", "t(98) = 3.42, p = .0009"]]
    assert judged(*rows)[1, 1].level == "fails"


# scipy.stats.f.sf: 0.050, 0.347, 0.0089 of 1, 2, 1 and 28; at least 0.048 and 0.091 of 1 and 2
ANALYSIS = [("Before", "1", "4.20", "0.050"), ("Group", "2", "1.10", "0.347"),
            ("Time", "1", "7.90", "0.009"), ("Both", "2", "3.10", "0.061")]  # fmt: skip


@pytest.mark.parametrize("squares", [["90.1"], []])
@pytest.mark.parametrize(("error", "level"), [("28", "fails"), ("-", "question")])
def test_an_effect_has_the_degrees_of_freedom_of_the_error_below_it(squares, error, level):
    head = ["Source", "df", *["Mean square"] * len(squares), "F", "P"]
    body = [
        [name, df, *squares, f, p] for name, df, f, p in (*ANALYSIS, ("Sex", "1", "3.9", "0.34"))
    ]
    found = judged(head, *body, ["Error", error, *squares, "", ""])
    told = [found[r, 2 + len(squares)].level for r in range(1, 6)]
    assert told == [*["holds"] * 4, level]


def test_the_degrees_of_freedom_of_an_f_may_stand_in_two_columns():
    head = ["Source", "Numerator df", "Denominator df", "F", "P"]
    told = [("1", "30.9", "4.20", "0.049"), ("5", "192.8", "1.308", "0.262"),
            ("1", "235.0", "1.691", "0.195"), ("5", "205.4", "2.042", "0.24")]  # fmt: skip
    found = judged(head, *([name, *row] for name, row in zip("abcd", told, strict=True)))
    assert [found[r, 3].level for r in range(1, 5)] == [*["holds"] * 3, "fails"]


@pytest.mark.parametrize(
    ("text", "level"),
    # scipy.stats: 0.033, 0.19, 0.035, 0.041, 0.083, 0.0368
    [("χ^2 2 = 6.8, P = .03", "holds"), ("χ^2 2 = 6.8, P = .40", "fails"),
     ("χ^2 1,85 = 1.71, P = .19", "holds"), ("χ^2(1, 85) = 1.71, P = .60", "fails"),
     ("F(1/48) = 4.73, p = 0.035", "holds"), ("t29 = 2.14, two-tailed p = 0.041", "holds"),
     ("F1·4,15·1 = 3·217, P = 0·45", "fails"),
     ("Spearman's ρ = 0.35, n = 36, p = 0.37", "fails"),
     ("r = 0.35, n = 36, 95% CI 0.02 to 0.61, p = 0.036", "holds")],
)  # fmt: skip
def test_degrees_of_freedom_are_read_in_many_forms(text, level):
    assert levels(f"It differed ({text}).") == [level]


@pytest.mark.parametrize(("p", "level"), [("0.0005", "fails"), ("0.021", "holds")])
def test_one_column_of_degrees_of_freedom_is_of_all_statistics_behind_it(p, level):
    # stats.f.sf(7.1, 1, 12) = 0.0206, stats.f.sf(7.1, 1, 94) = 0.0091
    head = ["", "df", "F", "P", "F", "P"]
    rows = [["a", "1, 12", "5.20", "0.042", "9.40", "0.0098"],
            ["b", "1, 12", "1.20", "0.295", "0.80", "0.389"],
            ["c", "1, 12", "3.10", "0.104", "2.20", "0.164"],
            ["d", "1, 12", "4.10", "0.066", "7.10", p]]  # fmt: skip
    assert judged(head, *rows)[4, 4].level == level


@pytest.mark.parametrize(
    ("text", "asked"),
    [("P = 0172", 1), ("p = 039", 1), ("P=-0.001", 1), ("a β P = -0.398", 0), ("N/P = 100", 0),
     ("P = 0.039", 0)],
)  # fmt: skip
def test_a_p_that_lost_its_point_or_is_below_none_is_asked(text, asked):
    assert levels(f"It rose ({text}).") == ["question"] * asked
    found = judged(["", "Test"], ["a", f"U, {text}"])
    assert [f.level for f in found.values()] == ["question"] * asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("0579", True), ("378", True), ("2.1", True), ("006*", True), ("0.579", False), ("1", False)],
)
def test_a_number_above_one_among_p_values_may_have_lost_its_point(text, asked):
    rows = [[f"Item {n}", "3.1 ± 1.0", "3.4 ± 1.1", f"0.{n}3"] for n in range(1, 6)]
    found = of_table(["", "A", "B", "P"], *rows, ["Last", "3", "4", text], check="statistic")
    assert ((6, 3) in found) == asked
    assert (6, 3) not in of_table(
        ["", "A", "B", "P"], *rows[:2], ["Last", "3", "4", text], check="statistic"
    )


def test_a_statistic_stands_behind_a_word_with_a_colon_or_a_decimal_comma():
    assert levels("It differed (χ2: 5.79; P = 0.0016).") == ["fails"]
    assert levels("It differed (F(1, 24) = 4,50, p < 0.05).") == ["holds"]
    assert levels("It differed (F(1, 24) = 4,50, p < 0.005).") == ["fails"]
    assert levels("We saw 61 patients (correlation coefficient: 0.145, P < 0.05).") == ["question"]


def test_an_eta_squared_below_the_partial_one_is_asked_about_where_others_are_partial():
    told = (
        "F(1, 24) = 4.50, p = 0.04, η2 = 0.16",
        "F(1, 30) = 6.00, p = 0.02, η2 = 0.17",
        "F(2, 40) = 5.00, p = 0.01, η2 = 0.20",
        "F(1, 20) = 5.00, p = 0.04, η2 = 0.20",
    )
    others = "; ".join(told)
    assert levels(f"{others}; F(1, 42) = 4.93, p = 0.03, η2 = 0.04.").count("question") == 1
    assert "question" not in levels(f"{others}.")
    assert "question" not in levels(f"{told[0]}; F(1, 42) = 4.93, p = 0.03, η2 = 0.04.")
