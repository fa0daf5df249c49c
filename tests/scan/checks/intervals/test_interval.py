"""Estimates inside and outside of their limits, and limits in descending order."""

from __future__ import annotations

import pytest
from tests.scan.checks.estimates.test_limits_in_tables import ROWS
from tests.scan.test_checks import of_table, of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


@pytest.mark.parametrize(("before", "level"), [("0.23", "holds"), ("0.73", "fails")])
def test_limits_behind_a_number_in_two_units_may_be_of_the_first(before, level):
    text = f"the difference between them was {before} mmol/L (4.14 mg/dL; 95% CI, -0.052 to 0.522)."
    assert [f.level for f in of_text(text, "interval")] == [level]


@pytest.mark.parametrize(("verb", "level"), [("fell by", "holds"), ("was", "question")])
def test_a_fall_may_be_printed_without_its_sign(verb, level):
    (found,) = of_text(f"the pressure {verb} 8.9 mm Hg (95% CI -16.7 to -1.0)", "interval")
    assert found.level == level


def test_limits_that_all_descend_are_a_style():
    rows = [[name, f"{e} ({high}-{low})"] for name, e, low, high in ROWS]
    found = of_table(["", "OR (95% CI)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


def test_an_estimate_on_its_own_limit_is_accused_behind_its_sd():
    rows = [[f"x{i}", f"{i}.26 (0.89)", f"{i}.14-{i}.38"] for i in range(1, 9)]
    found = of_table(["", "Mean (SD)", "95% CI"], *rows, ["y", "3.26 (0.89)", "3.26-3.39"],
                     check="interval")  # fmt: skip
    assert {found[r, 1].level for r in range(1, 9)} == {"holds"}
    assert found[9, 1].level == "fails"


def test_no_sign_puts_a_ratio_into_the_middle_and_its_quote_has_no_lone_bracket():
    (found,) = of_text("was lower (hazard ratio 0.62; 95% CI 0.65-0.98).", "interval")
    assert (found.level, found.printed) == ("fails", "0.62; 95% CI 0.65-0.98")
    assert found.reading == "the estimate lies outside its own limits"


@pytest.mark.parametrize(("cell", "level"), [("0.99 (-0.91 to 1.10)", "fails"),
                                             ("-9.9 (-29.5 to 9.7)", "holds")])  # fmt: skip
def test_a_ratio_has_no_limit_below_zero(cell, level):
    rows = [[name, f"{e} ({low} to {high})"] for name, e, low, high in ROWS]
    found = of_table(["", "Odd\u2019s ratio (95% CI)"], *rows, ["y", cell], check="interval")
    assert found[7, 1].level == level
    assert "below 0" in found[7, 1].reading or level == "holds"


def test_a_lower_limit_above_the_upper_one_is_asked_where_heads_name_them():
    rows = [[name, e, high, low] for name, e, low, high in ROWS]
    found = of_table(["", "OR", "Lower CL", "Upper CL"], *rows, check="interval", caption="95% CI")
    assert {f.reading for f in found.values()} == {"the limit headed lower is the upper one"}


def test_reductions_without_their_sign_are_a_style_if_there_are_several():
    text = "Change (95% CI): 0.7 ({}0.8, {}0.6), 4.3 kg ({}4.8, {}3.8) and 3.2 ({}4.7, {}1.7)."
    found = of_text(text.format(*"------"), "interval")
    assert [f.level for f in found] == ["holds"] * 3
    found = of_text(text.format("-", "-", "", "", "", ""), "interval")
    assert [f.level for f in found if "0.8" in f.printed] == ["question"]


def test_limits_that_all_descend_are_not_asked_about():
    rows = [["", "Mean (95% CI)"], ["pain", "59.9 (67.6, 52.1)"], ["walk", "24.1 (33.4, 14.8)"],
            ["run", "36.8 (45.3, 28.2)"], ["jump", "7.5 (9.2, 5.7)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}
    rows[2:] = [["walk", "24.1 (14.8, 33.4)"], ["run", "36.8 (28.2, 45.3)"]]
    assert of_table(*rows, check="interval")[1, 1].level == "fails"


@pytest.mark.parametrize("head", ["Sensitivity, % (95% CI)", "Percent (95% CI)"])
def test_limits_of_a_percent_may_be_fractions_though_no_sign_stands_beside_it(head):
    others = [[f"T{k}", f"{60 + k}.2 ({50 + k}.1-{70 + k}.3)"] for k in range(8)]
    grid = grid_of(
        [[(t, 1, 1) for t in row] for row in (["Test", head], *others, ["T9", "84.2 (0.78-0.90)"])]
    )
    found = scan_document(
        Document("test", "", (), (Table(0, "Table 1", "", grid, 1),)), "t"
    ).findings
    (last,) = (f for f in found if f.check == "interval" and f.row == 9)
    assert (last.level, last.reading) == ("holds", "its limits are no percents")


INTERVALS = [
    ["", "HR (95% CI)"], ["A", "1.19 (1.02-1.39)"], ["B", "1.68 (1.30-2.18)"],
    ["C", "2.04 (1.14-3.67)"], ["D", "1.67 (1.33-2.10)"], ["E", "1.17 (1.07-1.29)"],
    ["F", "1.35 (1.14-1.60)"],
]  # fmt: skip


def test_an_estimate_outside_its_limits_is_accused():
    found = of_table(*INTERVALS, ["G", "138 (1.05-1.81)"], check="interval")
    assert found[7, 1].level == "fails"
    assert {found[r, 1].level for r in range(1, 7)} == {"holds"}


def test_an_estimate_outside_of_its_limits_is_accused_where_nothing_names_it():
    rows = [["", "95% CI"], ["A", "0.3 (0.1, 0.5)"], ["B", "0.5 (0.2, 0.8)"],
            ["C", "0.2 (0.0, 0.4)"], ["D", "8.2 (0.0, 0.4)"], ["E", "1.0 (0.7, 1.3)"]]  # fmt: skip
    assert of_table(*rows, check="interval")[4, 1].level == "fails"
    assert of_table(*rows[:4], rows[4], check="interval")[4, 1].level == "question"


def test_limits_of_something_else_are_no_grounds_to_accuse():
    rows = [["", "Value (95% CI)"], ["A", "0.27 (-0.70 to 2.39)"], ["B", "0.58 (0.49 to 5.30)"],
            ["C", "0.20 (-1.06 to 2.53)"], ["D", "0.26 (-1.72 to 5.83)"],
            ["E", "0.66 (0.73 to 4.74)"]]  # fmt: skip
    assert "fails" not in {f.level for f in of_table(*rows, check="interval").values()}
    rows = [*INTERVALS, ["G", "8.45 (0.89-1500)"]]
    assert of_table(*rows, check="interval")[7, 1].level == "question"


def test_a_decimal_comma_beside_a_decimal_point_is_asked():
    for cell in ("1,901 (1.223-2.955)", "3.387 (2,247-5,106)"):
        assert of_table(*INTERVALS, ["G", cell], check="interval")[7, 1].level == "question"


def test_limits_that_changed_places_are_accused():
    found = of_table(*INTERVALS, ["G", "1.48 (2.00-1.10)"], check="interval")
    assert found[7, 1].level == "fails"
    rows = [["", "Difference (95% CI)"], ["A", "-0.3 (-0.1 to -0.5)"], ["B", "-0.4 (-0.2 to -0.6)"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"holds"}
    rows = [["", "Difference (95% CI)"], ["A", "3 (5 to 1)"], ["B", "4 (6 to 2)"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"question"}


def test_a_reduction_may_print_its_estimate_without_the_sign():
    found = of_text("The difference was 3.1 (95% CI -6.6 to -0.5).", "interval")
    assert [f.level for f in found] == ["question"]


DIFFERENCES = [
    [f"x{i}, difference", f"{-i / 2:.1f} ({-i / 2 - 1:.1f} to {-i / 2 + 1:.1f})"]
    for i in range(1, 8)
]


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("-0.43 (-0.57 to -29)", "fails"),  # its point was lost
        ("0.18 (-0.33 to -0.03)", "fails"),  # as was its minus, which others print
        ("-1.0 (-0.5 to -1.5)", "holds"),  # by their size
        ("-13.0 [215.0, 219.0]", "fails"),
    ],
)
def test_what_saves_an_estimate_outside_its_limits(printed, level):
    found = of_table(["", "95% CI"], *DIFFERENCES, ["y, difference", printed], check="interval")
    assert found[8, 1].level == level


def test_signs_that_a_column_leaves_out_are_no_grounds_to_accuse():
    positive = [[row[0], row[1].removeprefix("-")] for row in DIFFERENCES[2:]]
    found = of_table(["", "95% CI"], *positive, check="interval")
    assert {f.level for f in found.values()} == {"question"}
