"""Differences and changes against the two numbers that they are of."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_table

from secondlook.scan import Finding

CHANGES = [
    ["", "Before", "After", "Change", "P"],
    ["a", "57.6 (9.4)", "57.0 (10.4)", "-0.6", "0.68"],
    ["b", "56.8 (10.2)", "54.8 (11.4)", "-2.0", "0.13"],
    ["c", "61.2 (8.8)", "57.9 (9.0)", "-3.3", "0.04"],
]


def asked(*rows: list[str]) -> dict[tuple[int, int], Finding]:
    """Return what is said of differences that does not hold."""
    found = of_table(*rows, check="interval")
    return {at: f for at, f in found.items() if "; is it adjusted?" in f.reading}


@pytest.mark.parametrize(
    ("change", "recomputed"), [("-3.9", "-2.9"), ("2.9", "-2.9"), ("-2.9", None), ("-2.8", None)]
)
def test_a_change_is_held_against_its_two_where_the_others_are_theirs(change, recomputed):
    found = asked(*CHANGES, ["d", "57.8 (7.9)", "54.9 (9.9)", change, "0.02"])
    assert {at: f.recomputed.rpartition(" ")[2] for at, f in found.items()} == (
        {(4, 3): recomputed} if recomputed else {}
    )
    assert not found or found[4, 3].against == "57.8 (7.9) and 54.9 (9.9)"


def test_differences_are_held_where_points_are_commas():
    rows = [[cell.replace(".", ",") for cell in row] for row in CHANGES]
    assert set(asked(*rows, ["d", "57,8 (7,9)", "54,9 (9,9)", "2,9", "0,02"])) == {(4, 3)}


def test_where_many_are_no_differences_none_is_asked():
    others = [[f"x{i}", "50.0 (9.1)", "48.5 (9.3)", f"-{i}.2", "0.1"] for i in (2, 3, 4)]
    assert not asked(*CHANGES, *others)


def test_sizes_without_their_sign_are_differences_too():
    rows = [[*row[:3], row[3].removeprefix("-"), row[4]] for row in CHANGES]
    assert not asked(*rows)
    assert asked(*rows, ["d", "57.8 (7.9)", "54.9 (9.9)", "3.9", "0.02"])


def test_the_middle_of_limits_that_stand_alone_is_the_difference_of_the_groups():
    rows = [["", "A", "B", "95% CI"]]
    rows += [[f"x{i}", f"{40 + i}.0 ({i}.1)", f"{35 - i}.5 ({i}.3)",
              f"{2.5 + 2 * i} to {6.5 + 2 * i}"] for i in range(1, 6)]  # fmt: skip
    assert not asked(*rows)
    (found,) = asked(*rows, ["y", "45.0 (4.1)", "35.0 (4.2)", "1.5 to 5.5"]).values()
    assert (found.row, found.recomputed) == (6, "the first less the second: 10")


def test_rows_below_each_other_are_held_as_columns_are():
    rows = [["", "", "A", "B"]]
    for name, before, after in (("x", 52, 47), ("y", 33, 35), ("z", 70, 61)):
        rows += [[name, "Week 0", f"{before}.0", f"{before}.5"],
                 [name, "Week 9", f"{after}.2", f"{after}.1"],
                 [name, "Change", f"{after - before + 0.2:.1f}",
                  f"{after - before - 0.4:.1f}"]]  # fmt: skip
    assert not asked(*rows)
    rows[6][2] = "-2.2"
    assert set(asked(*rows)) == {(6, 2)}


def test_a_change_in_percent_is_of_the_first_of_the_two():
    rows = [["", "Before", "After", "Change (%)"]]
    rows += [[f"x{i}", f"{40 + 7 * i}.0", f"{50 + 5 * i}.0",
              f"{100 * (10 - 2 * i) / (40 + 7 * i):.1f}"] for i in range(1, 5)]  # fmt: skip
    assert not asked(*rows)
    assert set(asked(*rows, ["y", "40.0", "50.0", "20.0"])) == {(5, 3)}


def test_a_ratio_between_differences_is_none_of_them():
    rows = [[*row[:3], f"{row[3]} ({float(row[3]) - 2:.1f} to {float(row[3]) + 2:.1f})"]
            for row in CHANGES[1:]]  # fmt: skip
    ratio = ["d", "57.8 (7.9)", "54.9 (9.9)", "0.95 (0.48 to 1.88)"]
    assert not asked(["", "A", "B", "Difference (95% CI)"], *rows, ratio)


def test_numbers_of_patients_are_no_grounds_for_a_difference():
    rows = [["", "n", "n", "Difference (95% CI)"]]
    rows += [[f"x{i}", "31", "32", f"{i % 3 - 0.5:.1f} (-2.0 to 2.0)"] for i in range(6)]
    assert not asked(*rows)


def test_changes_are_of_the_first_row_of_their_block_too():
    rows = [["", "Drug", "Placebo"], ["Day 0", "33.8 (2.1)", "41.4 (1.4)"],
            ["Day 14", "18.3 (1.0)", "24.8 (1.3)"], ["Day 29", "16.6 (1.1)", "23.8 (1.2)"],
            ["Change, day 0 to day 14", "-15.5 (1.9)", "-16.6 (1.7)"],
            ["Change, day 0 to day 29", "-17.2 (2.0)", "-17.6 (1.6)"]]  # fmt: skip
    assert not asked(*rows)
    rows[5][2] = "-17.4 (1.6)"
    assert set(asked(*rows)) == {(5, 2)}


def test_a_column_of_changes_is_of_the_first_row_of_another():
    rows = [["", "Value", "Change"], ["Baseline", "1026.1", "-"]]
    rows += [[f"Week {4 * i}", f"{1000.4 - 77 * i:.1f}", f"{-25.7 - 77 * i:.1f}"] for i in range(5)]
    assert not asked(*rows)
    rows[4][2] = "-197.7"
    assert {at: f.recomputed for at, f in asked(*rows).items()} == {
        (4, 2): "the second less the first: -179.7"
    }


def test_a_head_that_tells_of_the_difference_and_its_p_is_one_of_differences():
    rows = [[*row[:3], f"{row[3]} (p = {row[4]})"] for row in CHANGES[1:]]
    head = ["", "A", "B", "Difference and p value"]
    assert not asked(head, *rows)
    assert asked(head, *rows, ["d", "57.8 (7.9)", "54.9 (9.9)", "-3.9 (p = 0.02)"])


def test_numbers_with_a_dash_for_their_minus_are_no_labels():
    rows = [["", "A", "B", "Mean difference"]]
    rows += [[f"x{i}", f"–{i}.4 (1.2)", f"{i}.1 (1.3)", f"–{2 * i}.5"] for i in range(1, 6)]
    assert not asked(*rows)
    assert asked(*rows, ["y", "–2.4 (1.2)", "3.1 (1.3)", "–6.5"])


@pytest.mark.parametrize(
    ("cells", "asked"),
    [(["57.8 (0.23)", "54.9 (0.23)", "-2.9 (0.32)"], None),
     (["57.8 (0.23)", "54.9 (1.23)", "-2.9 (0.32)"], "1.23"),
     (["57.8 (0.23)", "54.9 (0.23)", "-2.9 (0.52)"], "0.52"),
     (["57.8 (0.23)", "54.9 (0.23)", "-2.9 (0.47)"], None),  # rounded
     (["57.8 (0.23)", "54.9 (1.23)", "-1.9 (0.32)"], None)],  # of others
)  # fmt: skip
def test_no_sd_of_a_difference_and_its_two_is_above_the_sum_of_the_others(cells, asked):
    rows = [[*row[:3], f"{row[3]} (9.1)", row[4]] for row in CHANGES[1:]]
    found = of_table(CHANGES[0], *rows, ["d", *cells, "0.02"], check="spread")
    assert {at: f.recomputed for at, f in found.items()} == (
        {(4, 3): f"SD {asked}"} if asked else {}
    )


def test_limits_beside_a_difference_are_of_the_same_two():
    rows = [["", "A", "B", "Difference", "95% CI"]]
    rows += [[f"x{i}", f"{40 + i}.0", f"{35 - i}.5", f"{4.5 + 2 * i}",
              f"{2.5 + 2 * i} to {6.5 + 2 * i}"] for i in range(1, 6)]  # fmt: skip
    assert not asked(*rows)
    assert set(asked(*rows, ["y", "45.0", "35.0", "10.0", "0.8 to 12.0"])) == {(6, 4)}
    assert not asked(*rows, ["y", "45.0", "35.0", "10.0", "8.0 to 12.0"])
