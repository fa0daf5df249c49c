"""The smaller checks: percents, sums, P of counts, curves, places; and what other tests share."""

from __future__ import annotations

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


@pytest.mark.parametrize("p", ["1.7 × 10^-4", "0.17 × 10-3", ".17 x 10^-3", "1.7e-4", "1.7E-4"])
def test_a_p_of_tens_to_a_power_is_read_whole(p):
    found = of_text(f"The odds ratio was 0.528 (95% CI 0.379-0.737, P = {p}).", "interval")
    assert [f.level for f in found] == ["holds", "holds"]
    found = of_text(f"The groups differed, t(30) = 4.28, p = {p}.", "statistic")
    assert [f.level for f in found] == ["holds"]
    found = of_text(f"The groups differed, t(30) = 2.28, p = {p}.", "statistic")
    assert [f.level for f in found] != ["holds"]
    assert p_value(f"<{p}*") == "<" + with_exponents(p)


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
