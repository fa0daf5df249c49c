"""A P of more than one or of less than none."""

from __future__ import annotations

import pytest
from tests.scan.checks.statistics.test_statistic_columns import judged
from tests.scan.checks.statistics.test_statistic_notation import levels
from tests.scan.test_checks import of_table


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
