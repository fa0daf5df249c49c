"""What columns tell whose estimates are nearly all in the middle."""

from __future__ import annotations

import pytest
from tests.scan.checks.estimates.test_limits_in_tables import ROWS
from tests.scan.test_checks import of_table


def test_a_column_that_is_called_by_two_names_is_on_the_scale_that_fits_it():
    rows = [[name, f"{e} ({low} to {high})"] for name, e, low, high in ROWS]
    for head in ("Odds ratio or mean difference (95% CI)", "Mean response (95% CI)"):
        found = of_table(["", head], *rows, check="interval")
        assert {f.level for f in found.values()} == {"holds"}


EVEN = ["1.40 (0.90-2.18)", "5.02 (2.61-9.65)", "2.90 (1.79-4.70)", "4.41 (2.10-9.26)"]
"""Of a width that no limits but those of a ratio leave them in the middle of."""


def test_limits_that_nothing_announces_are_told_by_estimates_in_their_middle():
    rows = [[f"level {n}", cell] for n, cell in enumerate(EVEN)]
    found = of_table(["", "Outcome"], *rows, check="interval")
    assert [f.level for f in found.values()] == ["holds"] * 4
    found = of_table(["", "Outcome"], *rows, ["last", "1.40 (0.90-9.18)"], check="interval")
    assert {at for at, f in found.items() if f.level == "question"} == {(5, 1)}
    assert found[5, 1].recomputed == "midpoint 2.874 on the log scale"
    many = [[f"{i} {row[0]}", row[1]] for i in range(2) for row in rows]
    found = of_table(["", "Outcome"], *many, ["last", "1.40 (0.90-9.18)"], check="interval")
    assert {at for at, f in found.items() if f.level == "fails"} == {(9, 1)}


@pytest.mark.parametrize(
    "cells",
    [EVEN[:2],  # two are too few
     [*EVEN[:3], "1.4 (0.9-2.9)", "5.0 (2.6-7.1)"],  # nor all but one
     ["3 (2-4)", "5 (4-6)", "2 (1-3)", "7 (6-8)", "6 (5-7)"],  # whole numbers are so by chance
     [*EVEN[:3], "1.40 (0.90-2.20)"]],  # not quite in the middle is not asked
)  # fmt: skip
def test_numbers_that_are_between_others_by_chance_have_no_limits(cells):
    rows = [[f"level {n}", cell] for n, cell in enumerate(cells)]
    found = of_table(["", "Outcome"], *rows, check="interval")
    assert "question" not in {f.level for f in found.values()}


def test_means_that_are_in_the_middle_tell_the_scale_of_one_that_is_not():
    cells = ["48.0 (43.0-53.0)", "10.0 (4.9-15.1)", "11.4 (6.4-16.4)", "15.9 (10.8-20.9)",
             "1.3 (1.1-1.5)", "1.6 (1.4-1.8)", "8.4 (3.4-16.4)"]  # fmt: skip
    rows = [[f"device {i}", cell] for i, cell in enumerate(cells)]
    found = of_table(["", "First (95% CI)"], *rows, check="interval")
    assert [at[0] for at, f in found.items() if f.level != "holds"] == [7]
    few = of_table(["", "First (95% CI)"], *rows[3:], check="interval")
    assert {f.level for f in few.values()} == {"holds"}


BESIDE = [[name, e, f"{low}-{high}"] for name, e, low, high in ROWS]


@pytest.mark.parametrize(
    ("head", "rows", "read"),
    [(["", "Effect", "P (A v. B)"], BESIDE, True),  # the heads stand one column off
     (["", "Effect", "P (A v. B)"], BESIDE[:2], False),
     (["", "Median", "Interquartile range"], BESIDE, False),
     (["", "Effect", "Lower", "Upper"], [list(row) for row in ROWS], True),
     (["", "All", "A", "B"], [list(row) for row in ROWS], False),
     (["", "HR", "95% confidence", "P"], [list(row) for row in ROWS], True),
     (["", "Effect"], [[name, f"{e}, {limits}^*"] for name, e, limits in BESIDE], True),
     (["", "P / HR"], [[n, f"0.18 {e} ({limits})"] for n, e, limits in BESIDE], True),
     (["Quartile", "HR"], [[f"quartile {i}", f"{e} ({limits})"]
                           for i, (_, e, limits) in enumerate(BESIDE)], True),
     (["Quartile", "A"], [[f"quartile {i}", f"{e} ({limits})"]
                          for i, (_, e, limits) in enumerate(BESIDE)], False)],
)  # fmt: skip
def test_a_column_beside_or_behind_estimates_in_their_middle_holds_their_limits(head, rows, read):
    found = of_table(head, *rows, check="interval")
    assert len([f for f in found.values() if f.level == "holds"]) == (len(rows) if read else 0)


def test_estimates_above_0_are_of_the_scale_of_those_whose_limits_are_below_it():
    cells = ["-0.87 (-1.32 to -0.42)", "-0.59 (-1.11 to -0.07)", "-0.57 (-1.10 to -0.04)",
             "0.25 (-0.18 to 0.68)", "0.61 (0.45 to 0.77)", "0.29 (0.22 to 0.80)"]  # fmt: skip
    rows = [[f"score {i}", cell] for i, cell in enumerate(cells)]
    found = of_table(["", "d (95% CI)"], *rows, check="interval")
    assert [at[0] for at, f in found.items() if f.level != "holds"] == [6]


def test_an_estimate_that_nothing_names_is_on_the_scale_of_its_column():
    rows = [["", "Effect size (95% CI)"], ["A", "0.82 (0.69-0.97)"], ["B", "1.50 (0.90-2.50)"],
            ["C", "2.00 (1.10-3.64)"], ["D", "0.55 (0.30-1.01)"], ["E", "1.20 (0.60-2.40)"],
            ["F", "0.78 (0.59-3.02)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert {at: f.level for at, f in found.items() if f.level != "holds"} == {(6, 1): "fails"}
