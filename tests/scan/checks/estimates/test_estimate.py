"""The scales on which an estimate may be in the middle of its limits, and the P these give."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table, of_text


@pytest.mark.parametrize(("p", "level"), [("0.0007", "holds"), ("0.06", "question")])
def test_the_p_of_a_difference_may_be_of_a_t_distribution(p, level):
    found = of_text(f"The mean difference was 30.2 (95% CI 14.5 to 45.9; P = {p}).", "interval")
    assert [f.level for f in found if f.against == f"P {p}"] == [level]


def test_numbers_rounded_to_tens_are_in_the_middle_of_tens():
    rows = [[f"x{i}", f"{i * 103} ({i * 103 - 95} to {i * 103 + 95})"] for i in range(1, 8)]
    for text, level in (("130 (40 to 200)", "holds"), ("131 (40 to 200)", "fails")):
        found = of_table(["", "Difference (95% CI)"], *rows, ["y", text], check="interval")
        assert found[8, 1].level == level


def test_a_common_divisor_of_nineteen_is_no_step_of_rounding():
    (found,) = of_text("it rose by 3.8 (95% CI -5.7 to 9.5)", "interval")
    assert found.level == "question"


@pytest.mark.parametrize(
    ("text", "level"),
    [("it was used for 90% (95% CI 78-89)", "question"),
     ("fever in 70.7% (95% CI 68.5%-71.5%)", "question"),
     ("cured were 5% (95% CI 0.1% to 24.9%)", "holds"),  # 1 of 20, exact
     ("alive were 53% (95% CI 26-74)", "holds"),  # by the log of the cumulative hazard
     ("agreed in 74% (95% CI: 0.61, 0.84)", "holds"),
     ("the mean rose by 0.02 (95% CI -0.07 to 0.04)", "question"),
     ("with a correlation of 0.51 (95% CI -0.05 to 0.82)", "holds"),
     ("the number needed to treat was 18 (95% CI 9 to 500)", "holds")],
)  # fmt: skip
def test_what_is_symmetric_on_no_usual_scale_is_asked(text, level):
    assert of_text(text, "interval")[0].level == level


def test_one_number_that_is_not_zero_is_no_step_in_which_all_were_rounded():
    (found,) = of_text("the mean difference was 0.0 (95% CI -0.0 to 0.5)", "interval")
    assert found.level == "question"
