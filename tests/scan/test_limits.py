"""Estimates with limits and P, and ranges: what tells a misprint from another analysis."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table, of_text


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


@pytest.mark.parametrize(
    ("text", "level"),
    [("The change was not significantly better (p < 0.05, CI: -0.15-0.15).", "fails"),
     ("The change was better (p < 0.05, CI: -0.15-0.15).", "question"),
     ("The change was not significant in men, but was in women (95% CI -0.1 to 0.4; p = 0.01).",
      "question"),
     ("The change was not significant (95% CI -0.1 to 0.4; p = 0.21).", "holds"),
     ("It was not significant (rate ratio 1.27 [95% CI 0.92-1.75], p = 0.012).", "fails"),
     ("It was lower (rate ratio 1.27 [95% CI 0.92-1.75], p = 0.012).", "question")],
)  # fmt: skip
def test_a_small_p_of_limits_that_hold_no_effect_is_accused_if_the_sentence_denies_it(text, level):
    assert of_text(text, "interval")[0].level == level


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


def test_a_range_of_all_that_is_narrower_than_that_of_a_group_is_asked():
    rows = [["", "Total, range", "A, range", "B, range"], ["age", "23-80", "42-80", "23-74"],
            ["BMI", "26-45", "25-46", "26-42"],
            ["score", "0.6-4.1", "0.57-4.1", "0.9-3.2"]]  # fmt: skip
    found = of_table(*rows, check="spread")
    assert {at: f.level for at, f in found.items()} == {
        (1, 1): "holds", (2, 1): "question", (3, 1): "holds"}  # fmt: skip
