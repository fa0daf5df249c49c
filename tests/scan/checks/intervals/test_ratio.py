"""A ratio, a difference and a number needed to treat against the counts beside them."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import scan_document
from secondlook.scan.checks.intervals.ratio import crude
from secondlook.scan.document import Document, Table, grid_of

ODDS = "there was no difference (45.2%, 33 of 73 vs. 35.1%, 27 of 77, {})."


@pytest.mark.parametrize(
    ("text", "level"),
    [(ODDS.format("RR 1.18, 95% CI 0.73-1.91"), "question"),
     (ODDS.format("RR 1.29, 95% CI 0.87-1.91"), "holds"),
     (ODDS.format("adjusted RR 1.18, 95% CI 0.73-1.91"), "holds")],
)  # fmt: skip
def test_a_ratio_behind_two_counts_of_its_sentence_is_held_to_them(text, level):
    (found,) = (f for f in of_text(text, "interval") if f.against)
    assert found.level == level
    assert (found.against == "33 of 73, 27 of 77") == ("adjusted" not in text)


@pytest.mark.parametrize(("head", "asked"), [("Relative risk (95% CI)", [2]), ("aRR (95% CI)", [])])
def test_a_ratio_that_the_counts_of_its_row_do_not_give_is_asked_among_others(head, asked):
    rows = [["", "A (n = 81)", "B (n = 79)", head],
            ["a", "36 (44.4)", "28 (35.4)", "1.21 (0.86-1.7)"],
            ["b", "6 (7.4)", "6 (7.6)", "0.98 (0.55-1.78)"],
            ["c", "32 (39.5)", "40 (50.6)", "0.79 (0.58-1.09)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert [f.row + 1 for f in found.values() if f.level == "question"] == asked


def test_an_unadjusted_ratio_is_held_to_its_counts_to_the_digit_and_an_adjusted_one_is_not():
    rows = [["", "HPV (%)", "Unadjusted OR (95% CI)", "Age-adjusted OR (95% CI)"],
            ["Age", "", "", ""],
            ["17", "26/32 (81.2)", "1", "1"],
            ["19", "18/21 (85.7)", "1.38 (0.31 to 6.27)", "1.50 (0.33 to 6.82)"],
            ["21", "20/25 (80.0)", "0.92 (0.25 to 3.46)", "0.72 (0.19 to 2.70)"],
            ["23", "18/28 (64.3)", "0.42 (0.13 to 1.35)", "0.32 (0.10 to 1.03)"],
            ["25", "31/37 (83.8)", "1.23 (0.36 to 4.24)", "1.40 (0.41 to 4.83)"]]  # fmt: skip
    found = of_table(
        *rows, check="interval"
    )  # 31 of 37 and 26 of 32 give e^(ln(31/26) +- 1.96 * 0.636)
    assert {at for at, f in found.items() if f.level == "question"} == {(6, 2)}
    assert found[6, 2].recomputed == "OR of reference 1.192 (0.343 to 4.144)"


def test_a_ratio_under_a_head_of_odds_ratios_is_no_ratio_of_risks():
    rows = [["", "Cases (n = 100)", "Controls (n = 100)", "OR (95% CI)"],
            ["a", "30 (30.0)", "20 (20.0)", "1.71 (0.89-3.29)"],
            ["b", "40 (40.0)", "30 (30.0)", "1.56 (0.87-2.79)"],
            ["c", "25 (25.0)", "10 (10.0)", "3.00 (1.35-6.65)"],
            ["d", "50 (50.0)", "30 (30.0)", "1.67 (1.17-2.38)"]]  # fmt: skip
    found = of_table(*rows, check="interval")  # 50 of 100 by 30 of 100, odds 2.33
    assert [at for at, f in found.items() if f.level != "holds"] == [(4, 3)]
    rows[0][3] = "Ratio (95% CI)"
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"holds"}


def test_a_number_needed_to_treat_is_one_by_the_difference_of_the_risks():
    rows = [
        ["", "Drug", "Placebo", "% Drug", "% Placebo", "RR (95% CI)", "NNT (95% CI)"],
        ["a", "70/115", "44/118", "61", "37", "1.6 (1.2 to 2.2)", "4.2 (2.8 to 9.0)"],
        ["b", "140/226", "70/225", "62", "31", "2.0 (1.6 to 2.5)", "3.2 (2.5 to 4.5)"],
        ["c", "147/226", "73/225", "65", "32", "2.0 (1.6 to 2.5)", "3.1 (2.4 to 9.0)"],
    ]
    found = of_table(*rows, check="interval")  # fmt: skip
    assert found[3, 6].recomputed == "NNT 3.068 (2.42 to 4.188)"
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 6)]


def test_a_head_that_names_two_groups_says_which_counts_its_ratio_is_of():
    rows = [
        [
            "",
            "Stayed N = 200",
            "Left N = 100",
            "Lost N = 50",
            "Stayed vs. Left OR (95% CI)",
            "Stayed vs. Lost OR (95% CI)",
        ],
        ["a", "60 (30.0)", "20 (20.0)", "10 (20.0)", "1.71 (0.96-3.05)", "1.71 (0.80-3.65)"],
        ["b", "80 (40.0)", "30 (30.0)", "20 (40.0)", "1.56 (0.93-2.60)", "1.00 (0.53-1.88)"],
        ["c", "50 (25.0)", "10 (10.0)", "5 (10.0)", "3.00 (1.45-6.21)", "3.99 (1.13-7.98)"],
    ]
    found = of_table(*rows, check="interval")  # fmt: skip
    assert {f.against for (r, c), f in found.items() if r == 1} == {
        "60 of 200, 20 of 100", "60 of 200, 10 of 50"}  # fmt: skip
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 5)]


def test_a_risk_difference_is_asked_beside_two_that_hold():
    rows = [
        ["", "A (n = 84)", "B (n = 86)", "Risk difference (95% CI)"],
        ["a", "7 (8%)", "7 (8%)", "0% (-8 to 8)"],
        ["b", "16 (19%)", "13 (15%)", "4% (-7 to 15)"],
        ["c", "27 (32%)", "24 (28%)", "4% (-13 to 19)"],
    ]  # -9.5 to 18.0
    found = of_table(*rows, check="interval")  # fmt: skip
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 3)]


def test_an_estimate_may_be_of_any_two_groups_of_its_row():
    rows = [["", "Low, n/N (%)", "High, n/N (%)", "Placebo, n/N (%)", "First OR (95% CI)",
             "Second OR (95% CI)"],
            ["a", "30/100 (30.0)", "40/100 (40.0)", "20/100 (20.0)", "1.71 (0.89-3.29)",
             "2.67 (1.42-5.02)"],
            ["b", "40/100 (40.0)", "50/100 (50.0)", "30/100 (30.0)", "1.56 (0.87-2.79)",
             "2.33 (1.31-4.16)"],
            ["c", "25/100 (25.0)", "35/100 (35.0)", "10/100 (10.0)", "3.00 (1.35-6.65)",
             "4.85 (2.24-10.49)"],
            ["d", "45/100 (45.0)", "60/100 (60.0)", "30/100 (30.0)", "1.91 (1.07-3.42)",
             "2.50 (1.39-4.50)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert [at for at, f in found.items() if f.level != "holds"] == [(4, 5)]
    assert found[4, 5].recomputed.startswith("OR of columns 3 and 4 3.5 (1.9")


def test_names_of_blocks_are_no_labels_in_each_column_nor_is_a_fraction_of_a_total_one():
    head = ["", "Drug, events/total (%)", "Usual, events/total (%)", "RR (95% CI)"]
    rows = [["Deaths", "30/100 (30.0)", "20/100 (20.0)", "1.50 (0.92-2.46)"],
            ["Strokes", "40/100 (40.0)", "30/100 (30.0)", "1.33 (0.91-1.95)"],
            ["Falls", "25/100 (25.0)", "10/100 (10.0)", "2.50 (1.27-4.93)"]]  # fmt: skip
    blocks = [[[("In 6 months" if r else "In 3 months", 1, 4)], [(t, 1, 1) for t in row]]
              for r, row in enumerate(rows)]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in head], *(row for block in blocks for row in block)])
    found = scan_document(
        Document("test", "", (), (Table(0, "Table 1", "", grid, 1),)), "test"
    ).findings
    told = [f.reading for f in found if f.check == "interval"]
    assert told == ["the counts of the row give it"] * 3


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
