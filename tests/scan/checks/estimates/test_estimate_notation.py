"""How an estimate and its limits may be written."""

from __future__ import annotations

import re

import pytest
from tests.scan.checks.estimates.test_limits_in_tables import ROWS
from tests.scan.test_checks import of_table, of_text


def test_a_number_with_a_blank_behind_its_point_is_no_estimate():
    assert not [
        f for f in of_text("was 10. 0 (95% CI 9.0-11.1) g/dl", "interval") if f.level == "fails"
    ]


def test_two_limits_behind_a_minus_are_both_below_zero_only_if_the_estimate_is_between():
    for printed, high in (("-2.2 (-3.1 -1.3)", "-1.3"), ("-0.30 (-0.97 -0.37)", "0.37")):
        (found,) = of_table(["", "B (95% CI)"], ["x", printed], check="interval").values()
        assert found.against.endswith(f"and {high}")


def test_a_dash_before_a_minus_is_no_second_minus():
    found = of_table(["", "Difference", "95% CI"], ["a", "-0.13", "-0.20 --0.06"], check="interval")
    assert found[1, 1].level == "holds"


def test_limits_are_read_without_their_last_bracket():
    assert set(of_table(["", "OR (95% CI)"], ["walking", "0.79 (0.30-2.09"], check="interval"))


def test_a_number_with_a_power_of_ten_is_one_and_so_is_one_with_a_blank_behind_its_point():
    found = of_table(["", "Mean (95% CI)"], ["cost", "2.488E-02 (-0.15; 0.19)"], check="interval")
    assert [f.level for f in found.values()] == ["holds"]
    rows = [[name, e, f"{low}-{high}"] for name, e, low, high in ROWS]
    found = of_table(["", "OR", "95% CI"], *rows, ["ward", "1. 19", "1.08-1.38"], check="interval")
    assert found[7, 1].printed == "1.19 1.08-1.38"


def test_decimal_commas_are_points_where_numbers_that_stand_alone_have_them():
    rows = [[n, e.replace(".", ","), f"{low}-{high}".replace(".", ",")] for n, e, low, high in ROWS]
    found = of_table(["", "OR", "95% CI"], *rows, check="interval")
    assert {f.against for f in found.values()} >= {"limits 1.02 and 1.39"}


@pytest.mark.parametrize(
    ("text", "limits"),
    [("scores differed (b = - .17; 95% CI -.57 to .24)", [".57 .24"]),
     ("costs differed by –€123 (95% CI –€254 to €38)", ["254 38"]),
     ("costs differed by €3961 (95% CI -3986 to 11 850)", []),
     ("it was 6.7% (SD, 11.4%; 95% CI, 5.1 to 8.3%)", ["5.1 8.3"]),
     ("P value of < 0.001 and 95% CI of -2.48 to -0.72", [])],
)  # fmt: skip
def test_signs_spreads_and_thousands_are_read_before_limits(text, limits):
    found = of_text(text, "interval")
    assert [f.level for f in found] == ["holds"] * len(limits)
    assert [" ".join(re.findall(r"[\d.]+", f.against)) for f in found] == limits
