"""Which words say on which scale an estimate is."""

from __future__ import annotations

from tests.scan.checks.estimates.test_limits_in_tables import ROWS
from tests.scan.test_checks import of_table


def test_a_head_of_both_kinds_leaves_the_kind_to_the_row():
    rows = [["Died, n (%)", "0.7 (0.4 to 1.3)"], ["Days, mean (SD)", "0.8 (0.4 to 1.2)"]]
    found = of_table(["", "RR/Mean difference (95% CI)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


def test_a_share_with_an_exact_interval_is_not_held_to_means():
    rows = [[f"x{i}", f"{30 + i} ({27 + i}-{33 + i})"] for i in range(8)]
    found = of_table(["", "A (95% CI)"], *rows, ["y", "18% (5-40)"], check="interval")
    assert found[9, 1].level == "holds"


def test_a_head_within_a_table_heads_the_ratios_below_it():
    counts = [["Time 0", "409 (47%)"], ["Time 1", "281 (61%)"]]
    rows = [[name, f"{e} ({low}, {high})"] for name, e, low, high in ROWS]
    slip = ["ward", "1.05 (0.49, 1.57)"]
    head = ["", "Proportion of patients"]
    found = of_table(head, *counts, ["Regression", "aRR (CI)"], *rows, slip, check="interval")
    assert found[10, 1].level == "fails"
    assert {found[r, 1].level for r in range(4, 10)} == {"holds"}
    assert not of_table(head, *counts, ["", ""], *rows[:2], slip, check="interval")


def test_a_ratio_may_be_named_in_the_label_or_in_the_cell():
    rows = [["Odds ratio to B", "0.80 (0.60, 1.10)"], ["All patients", "OR = 0.40 (0.30, 0.50)"],
            ["Age", "41.50 (30.50, 52.00)"]]  # fmt: skip
    assert set(of_table(["", "A"], *rows, check="interval")) == {(1, 1), (2, 1)}


def test_a_geometric_mean_is_on_the_scale_of_a_ratio():
    rows = [["Geometric mean (95% CI)", "5161 (3536-7535)", "12,134 (7757-18,982)"]]
    found = of_table(["", "A", "B"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}
