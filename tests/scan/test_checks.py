"""The smaller checks: intervals, means, ranges, sums, P of counts, repetition."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from papers.methods import checkers
from secondlook.data import load
from secondlook.scan import Finding, debit, grim, grimmer, scan_document
from secondlook.scan.cells import p_value, with_exponents
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.layout import Layout


def of_text(text: str, check: str) -> list[Finding]:
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    return [f for f in scan_document(document, "test").findings if f.check == check]


def of_all(
    *rows: list[str], caption: str = "", text: str = "", notes: tuple[str, ...] = ()
) -> list[Finding]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    paragraphs = (Paragraph("Methods", 1, text),) if text else ()
    document = Document("test", "", paragraphs, (Table(0, "Table 1", caption, grid, 1, notes),))
    return list(scan_document(document, "test").findings)


def of_table(*rows: list[str], check: str, caption: str = "") -> dict[tuple[int, int], Finding]:
    found = of_all(*rows, caption=caption)
    return {(f.row or 0, f.column or 0): f for f in found if f.check == check}


def test_statcheck_and_scrutiny_say_the_same_or_the_page_says_why_not():
    cases, parted = checkers.cases(), checkers.different()
    assert len(cases) > 200
    assert len(parted) == len(parted["why"].unique())
    assert parted["cases"].sum() == (cases["theirs"] != cases["ours"]).sum() <= 40
    assert set(parted["example"]) <= set(cases["case"])
    assert not parted["why"].str.contains(" | ", regex=False).any()
    assert set(parted["why"]) == set(load("methods", "checkers-why")["why"])
    both = cases.loc[cases["theirs"] != cases["ours"], ["theirs", "ours"]].drop_duplicates()
    assert ("consistent", "inconsistent") not in set(both.itertuples(index=False, name=None))


def test_grimmer_of_numbers_that_exist():
    numbers = [1, 1, 2, 3, 3, 4, 4, 4, 4, 5]
    assert grimmer("3.10", "1.37", len(numbers))
    assert debit("1.00", "0.00", 1)  # whatever one person may have as an SD
    for n in (0, 10.5, "10"):
        for call in (lambda n: grim("3.10", n), lambda n: grimmer("3.10", "1.37", n),
                     lambda n: debit("0.10", "0.30", n)):  # fmt: skip
            with pytest.raises(ValueError, match=f"n is {n!r}; it must be a whole number, 1 or"):
                call(n)


INTERVALS = [
    ["", "HR (95% CI)"], ["A", "1.19 (1.02-1.39)"], ["B", "1.68 (1.30-2.18)"],
    ["C", "2.04 (1.14-3.67)"], ["D", "1.67 (1.33-2.10)"], ["E", "1.17 (1.07-1.29)"],
    ["F", "1.35 (1.14-1.60)"],
]  # fmt: skip


def test_an_estimate_outside_its_limits_is_accused():
    found = of_table(*INTERVALS, ["G", "138 (1.05-1.81)"], check="interval")
    assert found[7, 1].level == "fails"
    assert {found[r, 1].level for r in range(1, 7)} == {"holds"}


def test_one_skew_interval_among_symmetric_ones_is_accused():
    found = of_table(*INTERVALS, ["G", "1.48 (1.01-1.61)"], check="interval")
    assert found[7, 1].level == "fails"
    assert found[7, 1].recomputed == "midpoint 1.275 on the log scale"


@pytest.mark.parametrize(
    ("cell", "level"), [("-0.9 (-2.6 –0.8)", "question"), ("-0.9 (-2.6 to -0.8)", "fails")]
)
def test_one_dash_between_limits_is_a_minus_or_stands_for_to(cell, level):
    rows = [[f"Score {i}", f"-{i}.5 (-{i + 1}.4 to -{i - 1}.6)"] for i in range(1, 8)]
    head = ["", "Difference (95% CI)"]
    grid = grid_of([[(text, 1, 1) for text in row] for row in [head, *rows, ["Errors", cell]]])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = scan_document(document, "test").findings
    assert [f.level for f in found if f.row == 8] == [level]


def test_a_p_with_two_signs_is_no_estimate():
    told = "It was lower (p < = .001, 95% CI = -0.18 to -0.08) by 0.13 a week."
    document = Document("test", "", (Paragraph("Results", 1, told),), ())
    assert not [f for f in scan_document(document, "test").findings if f.check == "interval"]


def test_a_skew_interval_of_a_section_that_cites_other_studies_is_asked():
    told = "; ".join(f"HR {text[:4]} (95% CI {text[6:15]})" for _, text in INTERVALS[1:])
    levels = {}
    for section in ("Results", "Discussion > Other trials"):
        paragraphs = (Paragraph("Results", 1, told),
                      Paragraph(section, 2, "The HR was 1.48 (95% CI 1.01-1.61)."))  # fmt: skip
        found = scan_document(Document("test", "", paragraphs, ()), "test").findings
        levels[section] = {f.level for f in found if "paragraph 2" in f.place}
    assert levels == {"Results": {"fails"}, "Discussion > Other trials": {"question"}}


def test_skew_intervals_throughout_are_of_another_kind():
    rows = [["", "HR (95% CI)"], *([f"r{i}", "1.2 (1.1-2.9)"] for i in range(8))]
    assert "fails" not in {f.level for f in of_table(*rows, check="interval").values()}


@pytest.mark.parametrize("p", ["1.7 × 10^-4", "0.17 × 10-3", ".17 x 10^-3", "1.7e-4", "1.7E-4"])
def test_a_p_of_tens_to_a_power_is_read_whole(p):
    found = of_text(f"The odds ratio was 0.528 (95% CI 0.379-0.737, P = {p}).", "interval")
    assert [f.level for f in found] == ["holds", "holds"]
    found = of_text(f"The groups differed, t(30) = 4.28, p = {p}.", "statistic")
    assert [f.level for f in found] == ["holds"]
    found = of_text(f"The groups differed, t(30) = 2.28, p = {p}.", "statistic")
    assert [f.level for f in found] != ["holds"]
    assert p_value(f"<{p}*") == "<" + with_exponents(p)


def test_an_estimate_outside_of_its_limits_is_accused_where_nothing_names_it():
    rows = [["", "95% CI"], ["A", "0.3 (0.1, 0.5)"], ["B", "0.5 (0.2, 0.8)"],
            ["C", "0.2 (0.0, 0.4)"], ["D", "8.2 (0.0, 0.4)"], ["E", "1.0 (0.7, 1.3)"]]  # fmt: skip
    assert of_table(*rows, check="interval")[4, 1].level == "fails"
    assert of_table(*rows[:4], rows[4], check="interval")[4, 1].level == "question"


def test_limits_of_something_else_are_no_grounds_to_accuse():
    rows = [["", "Value (95% CI)"], ["A", "0.27 (-0.70 to 2.39)"], ["B", "0.58 (0.49 to 5.30)"],
            ["C", "0.20 (-1.06 to 2.53)"], ["D", "0.26 (-1.72 to 5.83)"],
            ["E", "0.66 (0.73 to 4.74)"]]  # fmt: skip
    assert "fails" not in {f.level for f in of_table(*rows, check="interval").values()}
    rows = [*INTERVALS, ["G", "8.45 (0.89-1500)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "question"


def test_a_decimal_comma_beside_a_decimal_point_is_asked():
    for cell in ("1,901 (1.223-2.955)", "3.387 (2,247-5,106)"):
        assert of_table(*INTERVALS, ["G", cell], check="interval")[7, 1].level == "question"


def test_limits_in_two_columns_may_have_decimal_commas():
    rows = [["", "Mean", "95% CI, lower", "95% CI, upper"]]
    rows += [[f"x{i}", f"-1,{i}71", f"-2,{i}85", f"-0,{i}57"] for i in range(1, 7)]
    found = of_table(*rows, ["x7", "-1,771", "-0,185", "-0,157"], check="interval")
    assert [f.level for f in found.values()] == ["fails"] + ["holds"] * 6


def test_an_estimate_that_nothing_names_is_on_the_scale_of_its_column():
    rows = [["", "Effect size (95% CI)"], ["A", "0.82 (0.69-0.97)"], ["B", "1.50 (0.90-2.50)"],
            ["C", "2.00 (1.10-3.64)"], ["D", "0.55 (0.30-1.01)"], ["E", "1.20 (0.60-2.40)"],
            ["F", "0.78 (0.59-3.02)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert {at: f.level for at, f in found.items() if f.level != "holds"} == {(6, 1): "fails"}


def test_a_wide_skew_interval_is_accused_among_six_that_are_none():
    rows = [*INTERVALS[:7], ["G", "1.2 (0.5-19.0)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "question"
    rows = [*INTERVALS[:6], ["F", "2.0 (0.5-8.0)"], ["G", "1.2 (0.5-19.0)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "fails"


def test_a_p_far_from_its_limits_is_accused_where_those_of_six_others_agree():
    rows = [["", "OR (95% CI)", "P"]]
    for i, (value, width) in enumerate([(1.5, 0.3), (0.7, 0.2), (2.0, 0.5), (1.1, 0.2), (0.9, 0.1),
                                        (1.8, 0.2)]):  # fmt: skip
        low, high = (value * math.exp(s * 1.959964 * width) for s in (-1, 1))
        p = 2 * stats.norm.sf(abs(math.log(value)) / width)
        rows.append([f"x{i}", f"{value:.2f} ({low:.2f}-{high:.2f})", f"{p:.3f}"])
    bound = ["y", "1.50 (1.31-1.72)", "0.001"]
    assert "fails" not in {f.level for f in of_all(*rows, bound) if f.row == 7}
    wrong = ["y", "1.50 (1.11-2.03)", "0.000002"]  # 0.009
    assert "fails" in {f.level for f in of_all(*rows, wrong) if f.row == 7}
    assert "fails" not in {f.level for f in of_all(*rows[:5], wrong) if f.row == 5}


def test_limits_that_changed_places_are_accused():
    found = of_table(*INTERVALS, ["G", "1.48 (2.00-1.10)"], check="interval")
    assert found[7, 1].level == "fails"
    rows = [["", "Difference (95% CI)"], ["A", "-0.3 (-0.1 to -0.5)"], ["B", "-0.4 (-0.2 to -0.6)"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"holds"}
    rows = [["", "Difference (95% CI)"], ["A", "3 (5 to 1)"], ["B", "4 (6 to 2)"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"question"}


def test_the_only_p_that_no_test_prints_is_accused():
    rows = [["", "A (n = 100)", "B (n = 100)", "P"]]
    for i in range(8):
        p = stats.chi2_contingency([[20 + i, 30], [80 - i, 70]], correction=False).pvalue
        rows.append([f"Sign {i}, n (%)", f"{20 + i} ({20 + i})", "30 (30)", f"{p:.3f}"])
    assert {f.level for f in of_table(*rows, check="p-of-table").values()} == {"holds"}
    rows[4][3] = "0.803"
    assert of_table(*rows, check="p-of-table")[4, 3].level == "fails"


SIGNS = [(20, 35), (21, 30), (12, 25), (40, 44), (33, 30), (50, 41)]


def signs(*more: list[str], head: str = "P") -> dict[tuple[int, int], Finding]:
    rows = [["", "A (n = 100)", "B (n = 100)", head]]
    for i, (a, b) in enumerate(SIGNS):
        p = stats.chi2_contingency([[a, b], [100 - a, 100 - b]], correction=False).pvalue
        rows.append([f"Sign {i}, n (%)", f"{a} ({a})", f"{b} ({b})", f"{p:.3f}"])
    return of_table(*rows, *more, check="p-of-table")


def test_a_p_that_no_test_prints_is_accused_where_usual_tests_print_all_others():
    row = ["Fever, n (%)", "30 (30)", "41 (41)", "0.605"]  # Pearson 0.105
    assert signs(row)[7, 3].level == "fails"
    assert "give 6 other" in signs(row)[7, 3].reading
    assert signs(row, ["Pain, n (%)", "10 (10)", "19 (19)", "0.51"])[7, 3].level == "question"
    assert not signs(row, head="P adjusted for age")  # counts alone give none
    assert signs(["Fever, n (%)", "30 (30)", "41 (33)", "0.605"])[7, 3].level == "fails"


def test_the_p_of_three_levels_is_asked_and_of_two_is_accused():
    levels = [["Low", "30 (30)", "58 (58)", ""], ["High", "70 (70)", "42 (42)", ""]]
    assert signs(["Stage, n (%)", "", "", "0.824"], *levels)[7, 3].level == "fails"
    levels = [["Low", "30 (30)", "58 (58)", ""], ["Middle", "50 (50)", "40 (40)", ""],
              ["High", "20 (20)", "2 (2)", ""]]  # fmt: skip
    assert signs(["Stage, n (%)", "", "", "0.824"], *levels)[7, 3].level == "question"


@pytest.mark.parametrize("p_at", ["Work", "Employed"])
def test_a_p_is_not_held_against_one_level_where_another_may_be_no_count(p_at):
    labels = ["Work", "Employed", "Full time student", "Unemployed"]
    cells = [("", ""), ("30 (30)", "58 (58)"), ("50 (50)", "40 (40)"), ("20 (20)", "2 (2)")]
    rows = [[label, *two, "0.824" if label == p_at else ""]
            for label, two in zip(labels, cells, strict=True)]  # fmt: skip
    assert "fails" not in {f.level for f in signs(*rows).values()}


@pytest.mark.parametrize(("low", "high"), [("I/II", "III/IV"), ("0-1", "2"), ("T1 and T2", "T3")])
def test_the_p_of_levels_that_were_joined_may_be_of_the_finer_ones(low, high):
    levels = [[low, "30 (30)", "58 (58)", "0.824"], [high, "70 (70)", "42 (42)", ""]]
    assert signs(["Stage, n (%)", "", "", ""], *levels)[8, 3].level == "question"


def test_the_p_of_a_level_may_be_of_others_that_are_not_read_and_that_of_events_of_patients():
    first = ["None", "30 (30)", "41 (41)", "0.605"]
    rest = [["Some", "40 (40)", "many", ""], ["Much", "30 (30)", "19 (19)", ""]]
    assert signs(["Work, n (%)", "", "", ""], first, *rest)[8, 3].level == "question"
    assert signs(["Falls, n (%)", *first[1:]])[7, 3].level == "question"
    assert signs(["Fever, n (%)", *first[1:]])[7, 3].level == "fails"


def test_a_p_of_one_level_holds_of_this_level():
    for head in (["Site, n (%)", "", "", ""], ["Site", "", "", ""]):
        levels = [["Arm, n (%)", "30 (30)", "50 (50)", "0.004"],
                  ["Leg, n (%)", "70 (70)", "50 (50)", "0.004"]]  # fmt: skip
        found = signs(head, *levels)
        assert [found[at, 3].level for at in (8, 9)] == ["holds", "holds"]


def test_a_column_of_all_groups_that_nothing_names_is_no_group():
    rows = [["", "Cohort (n = 200)", "A (n = 100)", "B (n = 100)", "P"]]
    for i, (a, b) in enumerate(SIGNS):
        p = stats.chi2_contingency([[a, b], [100 - a, 100 - b]], correction=False).pvalue
        rows.append([f"Sign {i}, n (%)", f"{a + b} ({(a + b) / 2:.1f})", f"{a} ({a})",
                     f"{b} ({b})", f"{p:.3f}"])  # fmt: skip
    assert {f.level for f in of_table(*rows, check="p-of-table").values()} == {"holds"}


def test_a_p_of_a_row_of_row_percents_is_of_the_sizes_in_the_head():
    rows = [["", "A (n = 60)", "B (n = 40)", "P"]]
    for a, b in [(20, 5), (30, 10), (12, 18)]:
        p = stats.chi2_contingency([[a, b], [60 - a, 40 - b]], correction=False).pvalue
        share = 100 * a / (a + b)
        rows.append(
            [f"Sign {a}, n (%)", f"{a} ({share:.1f})", f"{b} ({100 - share:.1f})", f"{p:.3f}"]
        )
    found = of_table(*rows, check="p-of-table")
    assert [f.level for f in found.values()] == ["holds"] * 3


def test_a_reduction_may_print_its_estimate_without_the_sign():
    found = of_text("The difference was 3.1 (95% CI -6.6 to -0.5).", "interval")
    assert [f.level for f in found] == ["question"]


def test_limits_and_p_are_held_against_each_other():
    (first, second) = of_text("HR 0.82 (95% CI 0.69-0.97; P = 0.021)", "interval")
    assert {first.level, second.level} == {"holds"}
    levels = [f.level for f in of_text("HR 0.70 (95% CI 0.50-0.98; P = 0.80)", "interval")]
    assert "question" in levels


def test_a_ratio_follows_from_the_counts_of_its_row():
    rows = [["", "Drug (n = 120)", "Control (n = 118)", "RR (95% CI)"],
            ["Death, n (%)", "12 (10.0)", "17 (14.4)", "0.69 (0.35-1.39)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert found[1, 3].reading == "the counts of the row give it"
    rows[1][1:3] = ["12/120", "17/118"]
    found = of_table(["", "Drug", "Control", "RR (95% CI)"], rows[1], check="interval")
    assert found[1, 3].against == "12 of 120, 17 of 118"


def test_a_ratio_far_from_its_counts_is_none_of_them_where_its_column_is_of_others():
    head = ["", "Drug", "Control", "P", "Interaction (95% CI)", "OR (95% CI)"]
    rows = [["a", "12/120", "17/118", "0.3", "1.21 (0.72-2.04)", "0.66 (0.30-1.45)"],
            ["b", "30/120", "17/118", "0.04", "1.02 (0.64-1.63)", "1.98 (1.02-3.84)"],
            ["c", "20/120", "17/118", "0.6", "1.18 (0.70-1.97)", "1.19 (0.59-2.40)"]]  # fmt: skip
    assert {f.level for f in of_table(head, *rows, check="interval").values()} == {"holds"}
    wrong = ["d", "27/95", "3/36", "0.01", "1.16 (0.74-1.82)", "1.50 (0.52-4.35)"]  # 4.37
    found = of_table(head, *rows, wrong, check="interval")
    assert [at for at, f in found.items() if f.level == "question"] == [(4, 5)]


def test_whole_percents_beside_the_counts_are_none_and_most_ratios_hold_all_to_their_digits():
    head = ["", "Control (n=76) / %", "Control (n=76) / (n)", "Drug (n=85) / %",
            "Drug (n=85) / (n)", "OR (95% CI)"]  # fmt: skip
    counts = [(10, 7, "0.59 (0.21-1.64)"), (13, 10, "0.65 (0.27-1.57)"),
              (17, 10, "0.46 (0.20-1.09)"), (58, 66, "1.08 (0.52-2.25)"),
              (57, 63, "0.95 (0.47-1.94)"), (52, 63, "1.32 (0.67-2.62)"),
              (8, 12, "1.40 (0.54-3.63)"), (6, 12, "1.92 (0.68-5.39)")]  # fmt: skip
    rows = [
        [f"row {a} {b}", f"{100 * a / 76:.0f}", f"({a})", f"{100 * b / 85:.0f}", f"({b})", told]
        for a, b, told in (*counts, (7, 12, "1.62 (0.60-4.32)"))  # 4.35
    ]
    found = of_table(head, *rows, check="interval")
    assert found[1, 5].reading == "the counts of the row give it"
    assert [at for at, f in found.items() if f.level == "question"] == [(9, 5)]
    found = of_table(head, *rows[:4], rows[-1], check="interval")
    assert {f.level for f in found.values()} == {"holds"}


def test_a_median_outside_of_its_range_is_accused():
    rows = [["", "Median (range)"], ["A", "5 (1-9)"], ["B", "6 (2-9)"], ["C", "7 (3-11)"],
            ["D", "28.8 (12.3-15.1)"], ["E", "4 (1-8)"]]  # fmt: skip
    found = of_table(*rows, check="spread")
    assert found[4, 1].level == "fails"
    assert found[1, 1].level == "holds"


def test_a_mean_may_lie_outside_of_the_quartiles():
    rows = [["", "Mean (interquartile range)"], ["A", "5 (1-9)"], ["B", "6 (2-9)"],
            ["C", "7 (3-11)"], ["D", "630 (184-519)"], ["E", "4 (1-8)"]]  # fmt: skip
    assert of_table(*rows, check="spread")[4, 1].level == "question"


def test_a_ratio_that_nothing_names_is_no_difference():
    found = of_text("no effect (LPR = 1.15, 95% CI: 0.99-1.33, p = 0.07)", "interval")
    assert "fails" not in {f.level for f in found}


def test_groups_that_do_not_add_to_their_total_are_accused():
    rows = [["", "A (n = 40)", "B (n = 38)", "Total (n = 78)"]]
    rows += [[f"r{i}, n (%)", f"{i} ({i / 0.4:.1f})", f"{i} ({i / 0.38:.1f})",
              f"{2 * i} ({2 * i / 0.78:.1f})"] for i in range(3, 9)]  # fmt: skip
    rows += [["x, n (%)", "10 (25.0)", "19 (50.0)", "39 (50.0)"]]
    found = of_table(*rows, check="parts")
    assert found[7, 3].level == "fails"
    assert "29" in found[7, 3].recomputed


def test_the_test_behind_a_p_of_counts_is_named():
    rows = [
        ["", "A (n = 33)", "B (n = 32)", "P"],
        ["Male, n (%)", "20 (60.6)", "23 (71.9)", "0.43"],
    ]
    found = of_table(*rows, check="p-of-table")
    assert found[1, 3].level == "holds"
    assert found[1, 3].reading == "printed by Fisher"


def test_two_p_values_of_the_same_counts_are_accused():
    rows = [["", "A (n = 1808)", "B (n = 951)", "P"], ["Sex, n (%)", "", "", ""]]
    rows += [["Men", "1357 (75)", "705 (74)", ""], ["Women", "451 (25)", "246 (26)", "0.93"]]
    p = stats.chi2_contingency([[1357, 705], [451, 246]], correction=False).pvalue
    rows[2][3] = f"{p:.2f}"
    found = of_table(*rows, check="p-of-table")
    assert (found[2, 3].level, found[3, 3].level) == ("holds", "fails")


def test_a_p_that_no_usual_test_prints_is_a_question():
    rows = [
        ["", "A (n = 33)", "B (n = 32)", "P"],
        ["Male, n (%)", "20 (60.6)", "23 (71.9)", "0.83"],
    ]
    assert of_table(*rows, check="p-of-table")[1, 3].level == "question"


def test_the_p_of_two_means_holds_by_a_t_test():
    rows = [
        ["", "A (n = 30)", "B (n = 32)", "P"],
        ["Age, mean (SD)", "61.2 (10.1)", "55.0 (9.8)", "0.017"],
    ]
    assert of_table(*rows, check="mean")[1, 3].level == "holds"


def means(*rows: list[str], n: int = 9) -> list[tuple[str, str]]:
    found = of_table(["", f"A (n = {n})", "B (n = 20)", "P"], *rows, check="mean")
    return [(f.level, f.reading) for f in found.values()]


def test_whole_numbers_are_accused_if_no_number_of_patients_has_their_mean():
    (found,) = means(["Number of children, mean (SD)", "2.44 (1.01)", "", ""])
    assert found[0] == "holds"  # 22 of 9
    (found,) = means(["Number of children, mean (SD)", "2.14 (1.07)", "", ""])
    assert found == (
        "question",
        "no 9 whole numbers have this mean and SD; holds if 7 of 9 had data",
    )
    assert not means(["Number of children, mean (SD)", "2.38 (1.06)", "", ""])  # 8 of 9 may
    (found,) = means(["Number of children, mean (SD)", "2.47 (1.01)", "", ""])
    assert found == ("fails", "no whole numbers have this mean and SD, of whatever number up to 9")


def test_zeros_and_ones_have_one_sd_where_the_label_says_so():
    label = "Smoker (1 = yes), mean (SD)"
    assert means([label, "0.44 (0.53)", "", ""])[0][0] == "holds"
    assert means([label, "0.44 (0.50)", "", ""])[0][0] == "holds"  # divided by n
    assert means([label, "0.44 (0.35)", "", ""])[0][0] == "fails"
    for other in ("Women, mean (SD)", "Albumin, mean (SD)"):  # a ratio of women, as it may be
        assert not means([other, "0.44 (0.35)", "", ""])


def test_what_stands_behind_a_plus_and_minus_may_be_a_standard_error_if_nothing_says_sd():
    (found,) = means(["Number of embryos", "2.78 ±0.15", "", ""], n=51)
    assert found[0] == "holds"
    (found,) = means(["Number of embryos", "2.46 ±0.15", "", ""])  # no mean of 9 or fewer
    assert found[0] == "fails"
    (found,) = means(["Number of embryos, mean ± SD", "2.78 ±0.15", "", ""], n=51)
    assert found[0] == "fails"
    (found,) = means(["Number of cigarettes, mean (SD)", "2.47 (1.01)", "", ""])
    assert found[0] == "question"
    assert not means(["Number of CD34 cells, mean (SD)", "2.47 (1.01)", "", ""])
    assert not means(["Number of children per woman, mean (SD)", "2.47 (1.01)", "", ""])


def test_a_p_of_two_means_is_accused_where_t_tests_give_all_others():
    rows = []
    for i, (a, b) in enumerate([(61, 55), (50, 52), (70, 66), (40, 45), (80, 79), (65, 71)]):
        p = stats.ttest_ind_from_stats(a, 10, 30, b, 9, 20).pvalue
        rows.append([f"x{i}, mean (SD)", f"{a}.0 (10.0)", f"{b}.0 (9.0)", f"{p:.3f}"])
    wrong = ["y, mean (SD)", "60.0 (10.0)", "51.0 (9.0)", "0.620"]
    assert [level for level, _ in means(*rows, wrong, n=30)] == ["fails"] + ["holds"] * 6
    assert means(*rows[:2], wrong, n=30)[0][0] == "question"
    near = ["y, mean (SD)", "60.0 (10.0)", "56.0 (9.0)", "0.170"]
    assert means(*rows, near, n=30)[-1] == ("holds", "a t test nearly gives it")
    skewed = ["y, mean (SD)", "6.0 (10.0)", "51.0 (9.0)", "0.620"]
    assert means(*rows, skewed, n=30)[0][0] == "question"


@pytest.mark.parametrize("size", ["n = 33", "n 33", "N=33", "33"])
def test_a_head_prints_its_size_in_several_ways(size):
    found = of_table(["", f"A ({size})"], ["CR", "18 (54.5%)"], check="percent")
    assert (found[1, 1].level, found[1, 1].against) == ("holds", "33")


def test_a_repeated_count_with_its_percent_is_found_in_the_table():
    grid = grid_of([[(t, 1, 1) for t in row] for row in [["", "A (n = 33)"], ["CR", "18 (54.5%)"]]])
    paragraph = Paragraph("Abstract", 1, "Complete remission in 18 (54.5%) patients.")
    document = Document("t", "", (paragraph,), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "t").findings if f.check == "restated"]
    assert [(f.level, f.against) for f in found] == [
        ("holds", "18 (54.5%) (Table 1, CR, A (n = 33))")
    ]


def test_a_denominator_in_the_sentence_leaves_no_other_reading():
    levels = [f.level for f in of_text("Relapse in 7/21 (33.3%) and 7/21 (23.3%).", "percent")]
    assert sorted(levels) == ["fails", "holds"]


def test_percents_without_counts_tell_their_size():
    rows = [["", "Drug (n = 20)"], ["Men, %", "33.3"], ["Smoker, %", "61.1"], ["Gout, %", "5.6"]]
    (found,) = of_table(*rows, check="denominators").values()
    assert (found.level, found.printed) == ("question", "33.3, 61.1, 5.6")
    assert "percents of 18" in found.reading
    rows = [["", "Drug (n = 20)"], ["Men, %", "35"], ["Smoker, %", "60"], ["Gout, %", "5"]]
    (found,) = of_table(*rows, check="denominators").values()
    assert found.level == "holds"


SURVIVAL = [["", "Drug (n = 31)"], ["1-year overall survival, % (95% CI)", "53 (37-76)"]]


@pytest.mark.parametrize(("median", "level"), [("12.8", "holds"), ("10.8", "question")])
def test_survival_and_its_median_are_held_against_each_other(median, level):
    rows = [*SURVIVAL, ["Median overall survival, months", median]]
    (found,) = of_table(*rows, check="curve").values()
    assert found.level == level
    assert level == "holds" or "median 10.8" in found.reading


def test_the_p_of_a_row_with_two_estimates_is_held_against_neither():
    rows = [["", "6 months difference (95% CI)", "12 months difference (95% CI)", "p-value"],
            ["Score", "-4 (-15, 6)", "+17 (4, 29)", "<0.01"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "interval"]
    assert [f.against for f in found] == ["limits -15 and 6", "limits 4 and 29"]


DIFFERENCES = [
    [f"x{i}, difference", f"{-i / 2:.1f} ({-i / 2 - 1:.1f} to {-i / 2 + 1:.1f})"]
    for i in range(1, 8)
]


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("-0.43 (-0.57 to -29)", "fails"),  # its point was lost
        ("0.18 (-0.33 to -0.03)", "fails"),  # as was its minus, which others print
        ("-1.0 (-0.5 to -1.5)", "holds"),  # by their size
        ("-13.0 [215.0, 219.0]", "fails"),
    ],
)
def test_what_saves_an_estimate_outside_its_limits(printed, level):
    found = of_table(["", "95% CI"], *DIFFERENCES, ["y, difference", printed], check="interval")
    assert found[8, 1].level == level


def test_signs_that_a_column_leaves_out_are_no_grounds_to_accuse():
    positive = [[row[0], row[1].removeprefix("-")] for row in DIFFERENCES[2:]]
    found = of_table(["", "95% CI"], *positive, check="interval")
    assert {f.level for f in found.values()} == {"question"}


def test_limits_may_stand_in_a_row_of_their_own():
    rows = [["Mean difference", "2.17"], ["95% CI", "-2.12; 6.46"]]
    assert of_table(["", "Week 7"], *rows, check="interval")[1, 1].level == "holds"
    rows = [["Mean difference", "9.54"], ["95% CI", "-5.76; 8.94"]]
    assert of_table(["", "Week 7"], *rows, check="interval")[1, 1].level == "question"


def test_three_means_have_the_p_of_an_analysis_of_variance():
    def p_of(*means: float) -> float:
        between = sum(20 * (m - sum(means) / 3) ** 2 for m in means) / 2
        return float(stats.f.sf(between / 100, 2, 57))

    trios = [(61, 55, 58), (50, 52, 57), (70, 66, 65), (40, 45, 41)]
    rows = [
        [f"x{i}, mean (SD)", *(f"{m}.0 (10.0)" for m in trio), f"{p_of(*trio):.3f}"]
        for i, trio in enumerate(trios)
    ]
    wrong = ["y, mean (SD)", "60.0 (10.0)", "51.0 (10.0)", "55.0 (10.0)", "0.720"]
    head = ["", "A (n = 20)", "B (n = 20)", "C (n = 20)", "P"]
    found = of_table(head, *rows, wrong, check="mean")
    assert [found[r, 4].level for r in range(1, 6)] == ["holds"] * 4 + ["fails"]
    found = of_table([*head[:4], "Kruskal-Wallis P"], *rows, wrong, check="mean")
    assert found[5, 4].level == "question"


def test_ns_is_a_p_above_a_twentieth_and_proves_little():
    rows = [[f"x{i}, mean (SD)", "60.0 (9.0)", "61.0 (9.0)", "NS"] for i in range(8)]
    said = [["y, mean (SD)", "60.0 (9.0)", "71.0 (9.0)", p] for p in ("NS", "<0.001", "0.0001")]
    levels = [level for level, _ in means(*rows, *said * 3, n=30)]
    assert (levels.count("holds"), levels.count("question")) == (14, 3)


def test_an_sd_of_a_fiftieth_of_its_mean_may_be_geometric():
    rows = []
    for i, (a, b) in enumerate([(61, 55), (50, 52), (70, 66), (40, 45), (80, 79), (65, 71)]):
        p = stats.ttest_ind_from_stats(a, 10, 30, b, 9, 20).pvalue
        rows.append([f"x{i}, mean (SD)", f"{a}.0 (10.0)", f"{b}.0 (9.0)", f"{p:.3f}"])
    for sd, level in (("40.0", "fails"), ("3.24", "question")):
        walked = ["METs, mean (SD)", f"1071.0 ({sd})", f"1318.0 ({sd})", "0.238"]
        assert means(*rows, walked, n=30)[0][0] == level


def test_a_row_without_a_label_is_named_by_its_number():
    (found,) = of_all(["", "OR (95% CI)"], ["", "1.88 (0.52-6.85)"])
    assert found.place == "Table 1, row 2, OR (95% CI)"


def test_a_place_names_the_row_and_the_column_by_number_where_words_do_not_tell_them_apart():
    rows = [
        ["", "Drug (n = 40)", "P", "Placebo (n = 40)", "P"],
        ["Died", "8 (25)", "0.1", "6 (15)", "0.2"],
        ["Died", "9 (23)", "0.1", "6 (18)", "0.2"],
    ]
    layout = Layout(Table(0, "Table 1", "", grid_of([[(x, 1, 1) for x in row] for row in rows]), 1))
    assert layout.place(1, 1) == "Table 1, Died, row 2, Drug (n = 40)"
    assert layout.place(2, 4) == "Table 1, Died, row 3, P, column 5"


def test_a_p_that_the_limits_beside_it_give_is_not_asked_of_the_counts():
    head = ["", "Drug (n = 100)", "Placebo (n = 100)"]
    rows = [["Death, n (%)", "30 (30.0)", "20 (20.0)"], ["Stroke, n (%)", "12 (12.0)", "25 (25.0)"],
            ["Bleeding, n (%)", "31 (31.0)", "42 (42.0)"]]  # fmt: skip
    limits = ["1.65 (1.05 to 2.59)", "0.45 (0.24 to 0.84)", "0.74 (0.51 to 1.07)"]

    def asked(p_values: list[str], *, with_limits: bool) -> set[tuple[int | None, str]]:
        heads = [*head, *["RR (95% CI)"] * with_limits, "P"]
        told = [[*row, *[of] * with_limits, p]
                for row, of, p in zip(rows, limits, p_values, strict=True)]  # fmt: skip
        return {(f.row, f.check) for f in of_all(heads, *told) if f.level == "question"}

    p_values = ["0.03", "0.012", "0.11"]  # the counts of the first two give 0.10 and 0.018
    assert asked(p_values, with_limits=False) == {(1, "p-of-table"), (2, "p-of-table")}
    assert asked(p_values, with_limits=True) == set()
    assert (1, "p-of-table") in asked(["0.30", "0.012", "0.11"], with_limits=True)
