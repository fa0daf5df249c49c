"""The limits of a mean by its SD, and of a share by its count."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

MEANS = [("191.80 ± 37.41", "(178.68-204.92)"), ("45.50 ± 8.38", "(42.56-48.44)"),
         ("140.90 ± 69.49", "(116.53-165.27)"), ("118.20 ± 30.92", "(107.36-129.04)")]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "reading"),
    [(("125.80 ± 55.61", "(106.30-145.30)"), ""),
     (("125.80 ± 55.61", "(106.30-145.80)"), "those of others follow, and not these"),
     (("125.80 ± 11.86", "(106.30-145.30)"), "not as wide as such an interval")],
)  # fmt: skip
def test_the_limits_of_a_mean_follow_from_its_sd_and_the_size_of_its_group(cells, reading):
    rows = [["", "Mean ± SD (90% CI), n = 22"]]
    for i, (mean, limits) in enumerate([*MEANS, cells]):
        rows += [[f"x{i}", mean], ["", limits]]
    found = of_table(*rows, check="interval")
    assert {at: f.reading for at, f in found.items() if f.reading == "the limits follow"}
    asked = [f.reading for f in found.values() if f.level == "question" and f.row == 9]
    assert asked[0].startswith(reading) if reading else not asked


@pytest.mark.parametrize(("low", "asked"), [("4.5", True), ("4.8", False), ("5.9", False)])
def test_the_limits_of_a_share_are_those_of_a_usual_interval_of_its_count(low, asked):
    rows = [["", "A (n = 130)", "B (n = 130)"], ["Deliveries", "13", "17"],
            ["Rate (%)", f"10.0 (95% CI {low}-{'16.4' if low == '5.9' else '15.2'})",
             "13.1 (95% CI 7.3-18.9)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert [f.column for f in found.values() if f.level == "question"] == [1] * asked


def test_data_may_be_missing_and_what_is_adjusted_need_not_follow():
    fewer = [["", "Mean ± SD (95% CI), n = 24"], ["a", "50.0 ± 10.0 (45.7-54.3)"]]
    assert {f.level for f in of_table(*fewer, check="interval").values()} == {"holds"}
    fewer[0][1] = "Adjusted mean ± SD (95% CI), n = 24"
    fewer[1][1] = "50.0 ± 10.0 (49.7-50.3)"
    assert {f.level for f in of_table(*fewer, check="interval").values()} == {"holds"}


DIFFERENCES = [["10.0 (2.5)", "19.4 (5.2)", "-9.40 (-10.99 to -7.81)"],
               ["3.2 (1.5)", "5.5 (1.1)", "-2.30 (-2.80 to -1.80)"],
               ["15.0 (4.1)", "22.5 (2.3)", "-7.50 (-8.74 to -6.26)"]]  # fmt: skip
"""By z and each group's own SD, of 57 and 49."""


@pytest.mark.parametrize(
    ("limits", "level"),
    [("-1173 to -367", "holds"), ("-1174 to -366", "holds"), ("-1083 to -457", "question")],
)
def test_the_limits_of_a_difference_follow_where_those_of_others_do(limits: str, level: str):
    head = ["", "A (n = 57), mean (SD)", "B (n = 49), mean (SD)", "Difference (95% CI)"]
    last = ["3880 (1205)", "4650 (909)", f"-770 ({limits})"]
    rows = [[f"x{i}", *told] for i, told in enumerate([*DIFFERENCES, last])]
    found = of_table(head, *rows, check="interval")
    (last,) = (f for f in found.values() if "of 57" in f.against)
    assert (last.row, last.level, last.recomputed) == (4, level, "-1173 to -366.7")
    alone = of_table(head, rows[0], rows[-1], check="interval")
    assert {f.level for f in alone.values()} == {"holds"}  # a model may have made them


def test_a_count_of_none_is_no_mean_with_its_sd():
    rows = [["pain", "10 (12.5)", "6.2-21.8"], ["fever", "0 (0.0)", "0.0-4.5"]]
    found = of_table(["", "A, n (%) (N = 80)", "95% CI"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}
