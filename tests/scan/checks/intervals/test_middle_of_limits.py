"""Which estimates are held to the middle of their limits."""

from __future__ import annotations

import pytest
from tests.scan.checks.estimates.test_limits_in_tables import ROWS, SOME
from tests.scan.checks.intervals.test_interval import INTERVALS
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


@pytest.mark.parametrize(
    ("printed", "level"),
    [("58.0 (55.0-59.2)", "fails"), ("98.0 (93.0-100)", "holds"), ("57.9 (55.0-61.2)", "holds")],
)
def test_shares_are_held_to_the_middle_where_all_others_are_in_it(printed, level):
    rows = [[f"x{i}", f"{30 + i}.0 ({27 + i}.0-{33 + i}.0)"] for i in range(8)]
    found = of_table(["", "% (95% CI)"], *rows, ["y", printed], check="interval")
    assert found[9, 1].level == level


def test_an_estimate_nearly_in_the_middle_is_asked_among_others_that_are():
    rows = [[f"{name}{i}", f"{e} ({low}-{high})"] for i in "ab" for name, e, low, high in ROWS]
    for text, level in (("0.73 (0.64-0.80)", "question"), ("0.73 (0.65-0.82)", "holds")):
        found = of_table(["", "OR (95% CI)"], *rows, ["y", text], check="interval")
        assert found[13, 1].level == level


def test_a_limit_that_may_have_been_cut_at_zero_is_not_accused():
    rows = [[n, f"{e} ({low} to {high})"] for _ in range(3) for n, e, low, high in SOME]
    found = of_table(["", "Mean change (95% CI)"], *rows, ["y", "1.9 (0.0 to 5.6)"],
                     check="interval")  # fmt: skip
    assert {f.level for f in found.values()} == {"holds"}


@pytest.mark.parametrize(
    ("text", "level"),
    [("mean difference 0.17%, 95% CI -8.85 to 8.51", "question"),
     ("mean difference -0.17%, 95% CI -8.85 to 8.51", "holds"),
     ("mean difference 0.21%, 95% CI -8.85 to 8.51", "holds"),
     ("mean difference 0.3, 95% CI -2.5 to 2.5", "holds"),
     ("mean difference 0.17, 95% CI -8.9 to 8.5", "holds")],
)  # fmt: skip
def test_a_lost_sign_is_asked_where_the_estimate_is_in_the_middle_only_with_it(text, level):
    assert [f.level for f in of_text(f"The {text} was found.", "interval")] == [level]


def test_a_digit_is_asked_where_all_other_estimates_are_just_in_the_middle():
    """-241.1 is 1 % of the width beside the middle, -244.1, but thirty units of its last digit."""
    sound = [[f"item {n}", f"{n}.5 ({n - 2}.0 to {n + 3}.0)"] for n in range(9)]
    head = ["", "Difference (95% CI)"]
    slip = ["weight", "-241.1 (-544.1 to 55.9)"]
    found = of_table(head, *sound, slip, check="interval")
    assert found[10, 1].level == "question"
    assert found[10, 1].reading == "not quite in the middle, as 9 of 9 others are"
    rounded = ["weight", "-244.3 (-544.1 to 55.7)"]  # 0.1 off, of which the limits may have 0.05
    assert of_table(head, *sound, rounded, check="interval")[10, 1].level == "holds"
    few = of_table(head, *sound[:6], slip, check="interval")
    assert few[7, 1].level == "holds"


def test_limits_of_a_coefficient_of_variation_are_skew():
    rows = [
        [name, cell] for name, cell in (("a", "8.2 (6.9 to 10.1)"), ("b", "16.8 (14.1 to 20.9)"))
    ]
    found = of_table(["", "Coefficient of variation, 90% CL (%)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


def test_estimates_far_from_the_middle_do_not_hide_one_nearly_in_it():
    rows = [[n, f"{e} ({low} to {high})"] for n, e, low, high in ROWS]
    far = ["ward", "1.60 (1.01 to 1.90)"], ["year", "1.90 (1.01 to 2.00)"]
    near = ["centre", "1.43 (0.99 to 1.96)"]
    head = ["", "OR (95% CI)"]
    found = of_table(head, *rows, *far, near, check="interval")
    assert found[9, 1].reading == "not quite in the middle, as 6 of 8 others are"
    many = of_table(head, *rows[:5], *far, near, check="interval")
    assert many[8, 1].level == "holds"
    even = ["centre", "1.100 (0.94 to 1.26)"]  # the middle of a difference
    assert of_table(head, *rows, *far, even, check="interval")[9, 1].level == "holds"


def test_a_negative_difference_is_not_cut_at_zero():
    rows = [["a", "0.2 (-0.3 to 0.7)"], ["b", "1.1 (0.4 to 1.8)"], ["c", "-0.1 (0.0 to 0.1)"]]
    found = of_table(["", "Difference (95% CI)"], *rows, check="interval")
    assert found[3, 1].level == "question"


@pytest.mark.parametrize(
    ("told", "level"),
    [("Fisher's exact test was used.", "question"), ("Safety profiles were alike.", "question"),
     ("Exact limits are given.", "holds"), ("Profile likelihood limits.", "holds")],
)  # fmt: skip
def test_an_exact_test_is_no_exact_interval(told, level):
    others = "; ".join(f"{e} (95% CI {e - 1} to {e + 1})" for e in (31.5, 42.5, 53.5, 64.5, 75.5))
    text = f"{told} Levels were {others}; and 4.31 (95% CI 3.89-4.94) in all."
    assert {f.printed[:4]: f.level for f in of_text(text, "interval")}["4.31"] == level


@pytest.mark.parametrize(
    ("others", "printed", "level"),
    [(2, "203.1 (181.3-223.0)", "question"), (2, "202.3 (181.3-223.0)", "holds"),
     (1, "203.1 (181.3-223.0)", "holds")],
)  # fmt: skip
def test_one_of_few_is_asked_if_it_is_digits_off_the_middle_and_no_other_is(others, printed, level):
    rows = [[f"x{i}", f"{20 + i}5.4 ({18 + i}5.3-{22 + i}5.5)"] for i in range(others)]
    found = of_table(["", "Difference (95% CI)"], *rows, ["y", printed], check="interval")
    assert found[others + 1, 1].level == level


@pytest.mark.parametrize(
    ("last", "level"),
    [("18.0% (95% CI 12.0-21.0)", "question"), ("18.0% (95% CI 14.5-21.9)", "holds"),
     ("9.0 months (95% CI 7.0-15.0)", "holds")],
)  # fmt: skip
def test_shares_of_the_text_are_held_to_the_middle_where_all_others_are_in_it(last, level):
    shares = (
        "14.0% (95% CI 10.0-18.0) in A, 15.0% (95% CI 11.9-18.1) in B, 24.0% (95% CI 19.0-29.0)"
    )
    found = of_text(f"Of these, {shares} in C and {last} in D responded.", "interval")
    assert [f.level for f in found if f.part == 3] == [level]
    assert {f.level for f in found if f.part != 3} == {"holds"}


EXACT = [
    "16.0 (10.5-22.9)",
    "20.0 (13.9-27.3)",
    "26.7 (19.8-34.5)",
    "36.7 (29.0-44.9)",
    "22.0 (15.7-29.5)",
    "31.3 (24.0-39.4)",
    "17.3 (11.7-24.4)",
    "33.3 (25.9-41.5)",
]
"""Shares of 150 patients with limits by Clopper and Pearson."""


@pytest.mark.parametrize(
    ("printed", "level"), [("59.3 (46.7-62.8)", "fails"), ("59.3 (51.0-67.3)", "holds")]
)
def test_a_share_far_off_is_accused_where_all_others_are_between_the_scales(printed, level):
    rows = [[f"x{i}", share] for i, share in enumerate([*EXACT, printed])]
    found = of_table(["", "% (95% CI)"], *rows, check="interval")
    assert [f.level for (r, _), f in sorted(found.items())] == ["holds"] * 8 + [level]


@pytest.mark.parametrize(
    ("text", "levels"),
    [("the effectiveness was 55.7% (95% CI 6.9% to 69.0%) in all", ["question"]),
     ("the effectiveness was 41% (95% CI -9% to 68%) in all", ["holds"]),  # 1 less 0.32 to 1.09
     ("the mean difference was 41 (95% CI -9 to 68) in all", ["question"]),
     ("the mean difference was 5.17 (95% CI -16.22 to 31.82)", ["question"]),
     ("by bootstrap, the mean difference was 5.17 (95% CI -16.22 to 31.82)", ["holds"])],
)  # fmt: skip
def test_an_interval_that_is_made_otherwise_need_not_have_the_estimate_in_the_middle(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


@pytest.mark.parametrize(
    ("text", "asked"),
    [("mean difference -0.22 (95% CI -0.401 to 0.01)", True),  # the middle is -0.195
     ("mean difference -0.20 (95% CI -0.401 to 0.01)", False),
     ("mean difference in costs -0.22 (95% CI -0.401 to 0.01)", False),
     ("indirect effect, a difference of -0.22 (95% CI -0.401 to 0.01)", False),
     ("mean difference 2.00 (95% CI 1.00 to 4.00)", False),  # the middle of a ratio
     ("a mean difference of 0.21 (95% CI -0.40 to -0.01)", False)],
)  # fmt: skip
def test_a_difference_of_the_text_is_in_the_middle_but_for_rounding(text, asked):
    found = of_text(f"In all there was a {text}.", "interval")
    assert ("not quite in the middle, as a difference is" in {f.reading for f in found}) == asked


@pytest.mark.parametrize(
    ("text", "levels"),
    [("an effect of 36.0% (95% CI -2.3% to 88.5%) was", ["holds"]),  # 1.36 of 0.977 to 1.885
     ("an effect of 56.0% (95% CI -2.3% to 88.5%) was", ["question"]),
     ("the number needed to treat was 21 (95% CI 12 to 79)", ["holds"]),  # 1 in 12 to 1 in 79
     ("the mean difference was 21 (95% CI 12 to 79)", ["question"]),
     ("BMI showed a decrease of 0.14 (95% CI -0.44 to 0.16)", ["holds"]),
     ("scores fell in both (mean difference 0.14 (95% CI -0.44 to 0.16))", ["question"]),
     ("the mean difference was 0.14 (95% CI -0.44 to 0.16)", ["question"]),
     ("the odds ratio was 4.29 (95% CI 0.40 to 216.11)", ["holds"]),  # four events against one
     ("the odds ratio was 0.60 (95% CI 0.27 to 2.72)", ["question"]),
     ("with a correlation of 0.5 the hazard ratio was 0.53 (95% CI 0.30 to 0.92)", ["holds"]),
     ("correlation coefficients (95% CI) of scores of one day and the next were 0.86 (0.75-0.92)",
      ["holds"]),
     ("the standardised mortality ratio was 9.54 (95% CI 1.16 to 34.48)", ["holds"])],
)  # fmt: skip
def test_what_the_words_about_an_interval_say_may_be_the_scale_on_which_it_is_even(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


@pytest.mark.parametrize(("head", "asks"), [("Change", False), ("Mean change", True)])
def test_what_a_note_calls_medians_need_not_be_in_the_middle_unless_its_head_says_mean(head, asks):
    rows = [["", f"{head} (95% CI)"], ["pain", "-4 (-7 to 2)"], ["walk", "9.5 (-14 to 24)"]]
    found = of_table(*rows, check="interval", caption="Medians or means of the changes")
    assert any(f.level != "holds" for f in found.values()) == asks


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


def test_a_wide_skew_interval_is_accused_among_six_that_are_none():
    rows = [*INTERVALS[:7], ["G", "1.2 (0.5-19.0)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "question"
    rows = [*INTERVALS[:6], ["F", "2.0 (0.5-8.0)"], ["G", "1.2 (0.5-19.0)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "fails"


def test_a_ratio_that_nothing_names_is_no_difference():
    found = of_text("no effect (LPR = 1.15, 95% CI: 0.99-1.33, p = 0.07)", "interval")
    assert "fails" not in {f.level for f in found}


def test_a_difference_is_not_asked_where_no_other_of_its_table_is_in_the_middle():
    head = ["", "Difference (95% CI)"]
    odd = [["a", "1.3 (0.4 to 2.6)"], ["b", "2.1 (0.9 to 4.0)"], ["c", "0.6 (0.1 to 1.9)"],
           ["d", "4.1 (2.4 to 9.1)"], ["e", "1.6 (0.3 to 4.4)"]]  # fmt: skip
    even = [[name, f"{n}.0 ({n - 1}.2 to {n}.8)"] for n, name in enumerate("fghijk", 2)]
    assert {f.level for f in of_table(head, *odd, check="interval").values()} == {"holds"}
    found = of_table(head, odd[3], *even, check="interval")
    assert found[1, 1].level != "holds"


@pytest.mark.parametrize(("others", "asked"), [(15, True), (8, False)])
def test_three_estimates_nearly_in_the_middle_are_asked_beside_many_in_it(others, asked):
    rows = [["", "Mean difference (95% CI)"]]
    rows += [[f"Score {i}", f"{i}.50 ({i - 2}.50 to {i + 2}.50)"] for i in range(3, 3 + others)]
    rows += [["Weight", "3.50 (1.50 to 5.34)"], ["Height", "4.50 (2.50 to 6.34)"]]
    rows += [["Waist", "5.50 (3.50 to 7.34)"]]
    found = of_table(*rows, check="interval")
    assert (found[others + 1, 1].level == "question") == asked
