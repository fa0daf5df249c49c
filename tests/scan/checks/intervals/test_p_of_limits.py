"""Which P are held to the limits beside them, and which are asked for."""

from __future__ import annotations

import math

import pytest
from scipy import stats
from tests.scan.test_checks import of_all, of_table, of_text


@pytest.mark.parametrize(
    ("text", "asked"),
    [("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 0.64)", True),
     ("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 0.85)", False),
     ("the odds ratio was 0.50 (95% CI 0.20-1.27; p = 0.20)", False),
     ("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 1.00)", False)],  # an exact test
)  # fmt: skip
def test_a_large_p_of_another_test_is_nearer_than_a_small_one(text, asked):
    found = [f for f in of_text(text, "interval") if f.against.startswith("P ")]
    assert any(f.level == "question" and not f.slight for f in found) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("(OR 1.33; 95% CI 0.53-3.36; P = 0.027) and (OR 9.87; 95% CI 1.82-53.53; P = 0.027)", 0),
     ("(OR 1.33; 95% CI 0.53-3.36; P = 0.027) and (OR 9.87; 95% CI 1.82-53.53; P = 0.008)", 1),
     ("the mean difference was 0.65 (95% CI -0.97 to 2.26; P = 1.00)", 0),
     ("(OR 1.33; 95% CI 0.53-3.36; P = 0.008) and (OR 9.87; 95% CI 1.82-53.53; P = 0.008)", 1),
     ("rose by -0.034 (95% CI -0.060 to -0.008) vs. 0.013 (95% CI -0.011 to 0.038), p = 0.010", 0)],
)  # fmt: skip
def test_a_p_of_two_levels_that_fits_neither_is_of_the_factor(text, asked):
    found = of_text(text, "interval")
    assert sum(f.level != "holds" for f in found if f.against.startswith("P ")) == asked


def test_a_p_is_not_held_to_limits_where_a_note_names_a_test_of_ranks():
    rows = [["", "Difference (95% CI)", "P"], ["weight", "3.6 (-3.0 to 10.1)", "0.80"]]
    for caption, asked in (("Medians; Wilcoxon test", 0), ("Changes", 1)):
        found = of_table(*rows, check="interval", caption=caption)
        assert sum(f.level == "question" for f in found.values()) == asked


def test_limits_and_p_on_two_sides_of_the_level_are_asked_though_they_are_near():
    rows = [["weight", "-14.8 (-28.91 to -0.62)", "0.071"], ["height", "1.2 (0.2 to 2.2)", "0.02"]]
    found = of_table(["", "Difference (95% CI)", "P"], *rows, check="interval")
    assert found[1, 2].level == "question"
    assert found[1, 2].reading.startswith("the limits and the P are on two sides of 0.05")
    assert found[2, 2].level == "holds"


@pytest.mark.parametrize(("p", "asked"), [("0.001", False), ("0.004", True)])
def test_a_p_of_one_in_a_thousand_may_stand_for_less(p, asked):
    found = of_text(f"a hazard ratio of 1.29 (95% CI 1.17-1.43; P = {p})", "interval")
    assert any(f.level == "question" for f in found) == asked


def test_a_p_beside_one_of_two_levels_with_limits_is_of_both():
    head = ["", "Change (95% CI)", "P"]
    rows = [["Fish", "-1.88 (-3.60 to -0.15)", "-"], ["Meat", "-4.10 (-5.54 to -2.65)", "0.06"]]
    found = of_table(head, *rows, check="interval")
    assert (2, 2) not in found
    rows[0][2] = "0.03"
    assert of_table(head, *rows, check="interval")[2, 2].level != "holds"


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


def test_limits_and_p_are_held_against_each_other():
    (first, second) = of_text("HR 0.82 (95% CI 0.69-0.97; P = 0.021)", "interval")
    assert {first.level, second.level} == {"holds"}
    levels = [f.level for f in of_text("HR 0.70 (95% CI 0.50-0.98; P = 0.80)", "interval")]
    assert "question" in levels


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
