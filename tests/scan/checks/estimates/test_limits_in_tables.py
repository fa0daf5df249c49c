"""Which numbers of a table are read as limits of which estimates."""

from __future__ import annotations

import pytest
from tests.scan.checks.estimates.test_p_of_estimates import WITH_P
from tests.scan.test_checks import of_all, of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of

ROWS = [("age", "1.19", "1.02", "1.39"), ("sex", "1.68", "1.30", "2.18"),
        ("stage", "2.04", "1.14", "3.67"), ("grade", "1.67", "1.33", "2.10"),
        ("size", "1.17", "1.07", "1.29"), ("site", "1.35", "1.14", "1.60")]  # fmt: skip


def against(*rows: list[str]) -> set[str]:
    return {f.against for f in of_table(*rows, check="interval").values() if f.column == 1}


def test_limits_stand_in_columns_of_their_own():
    beside = [[name, e, f"{low}-{high}"] for name, e, low, high in ROWS]
    assert "limits 1.02 and 1.39" in against(["", "OR", "95% CI"], *beside)
    two = [["", "OR", "95% CI / Lower", "95% CI / Upper"], *map(list, ROWS)]
    assert "limits 1.02 and 1.39" in against(*two)
    behind = [[name, e, "0.01", "0.3", f"{low}-{high}"] for name, e, low, high in ROWS]
    found = of_table(["", "B", "P", "SE", "95% CI"], *behind, check="interval")
    assert {at[1] for at in found if at[1] != 2} == {1}


def test_limits_of_two_columns_are_those_of_the_estimate_in_their_middle():
    rows = [[n, e, "8.1", f"{low} to {high}"] for n, e, low, high in ROWS]
    found = of_table(["", "B", "t", "95% CI"], *rows, check="interval")
    assert {at[1] for at in found} == {1}


def test_a_thousand_with_a_blank_is_no_limits():
    rows = [["", "Infected", "Responses", "Reach"], ["South", "3.19 (±0.41)", "44", "3, 045"]]
    rows += [[f"Area {i}", "2.14 (±0.52)", f"{50 * i}", f"{i}, 721"] for i in range(1, 9)]
    found = of_all(*rows, caption="Percentage (and 95% confidence interval) of each region")
    assert "3, 045" not in {f.printed[-6:] for f in found if f.check == "interval"}


def test_limits_of_a_difference_that_is_not_printed_are_not_of_a_group():
    rows = [[name, "40", "38", f"{low}-{high}"] for name, _, low, high in ROWS]
    assert not of_table(["", "A", "B", "95% CI"], *rows, check="interval")


def test_an_age_range_names_no_range():
    rows = [["", "OR (95% CI)"], ["Age range, old", "0.86 (0.76-0.98)"]]
    assert of_table(*rows, check="interval")


def test_two_columns_below_one_head_hold_a_limit_each():
    rows = [["", "OR", "95% CI", "95% CI"], *map(list, ROWS)]
    found = of_table(*rows, ["y", "1.01", "0.11", "1.01"], check="interval")
    assert {at: f.level for at, f in found.items() if f.level != "holds"} == {(7, 1): "fails"}


def test_the_limits_beside_a_difference_are_not_of_its_sd():
    rows = [[f"x{i}", f"{i}.3 ± 2.0", f"{i - 2}.3 to {i + 2}.3"] for i in range(3, 9)]
    found = of_table(["", "Difference", "95% CI"], *rows, ["y", "1.3 ± 7.9", "15.4 to 17.7"],
                     check="interval")  # fmt: skip
    assert {f.level for at, f in found.items() if at[0] < 7} == {"holds"}
    assert found[7, 1].reading.endswith("in the middle if 15.4 is -15.4")


def test_limits_in_brackets_below_may_have_another_level():
    rows = [["Difference in alpha", "-0.002"], ["(90% CI)", "(-0.022 to 0.099)"]]
    assert of_table(["", "A"], *rows, check="interval")[1, 1].level == "question"


def test_a_mean_with_its_sd_has_its_limits_below_and_no_p_of_its_own():
    rows = [["", "Mean ± SD (95% CI)", "P"]]
    for i in range(5):
        rows += [[f"x{i}", f"{i}4.80 ± 10.04", "NS"], ["", f"({i}3.28-{i}6.32)", ""]]
    rows += [["y", "44.80 ± 10.04", "NS"], ["", "(41.28-43.32)", ""]]
    found = of_table(*rows, check="interval")
    assert {at: f.level for at, f in found.items() if f.level != "holds"} == {(11, 1): "fails"}


def test_a_first_column_of_numbers_leaves_the_next_one_a_label():
    rows = [["Session", "Result", "A", "B"], ["1st", "Treated (n)", "12", "14"],
            ["", "OR (95% CI)", "1.88 (0.52-6.85)", "1.00 (0.59-16.93)"],
            ["2nd", "Treated (n)", "10", "11"],
            ["", "OR (95% CI)", "1.66 (0.41-6.79)", "1.20 (0.35-4.11)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert {at for at, f in found.items() if f.level != "holds"} == {(2, 3)}


SOME = [("age", "2.10", "1.00", "3.20"), ("sex", "-0.4", "-1.3", "0.5"),
        ("site", "0.95", "-0.31", "2.21"), ("side", "1.7", "0.2", "3.2")]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [[["", "B; CI; P"], *([n, f"{e};\n{low} to {high};\n0.5^a"] for n, e, low, high in SOME)],
     [["", "B", "95% CI / Crude"], *([n, e, f"{low} to {high}"] for n, e, low, high in SOME)],
     [["", "Difference"], *(row for n, e, low, high in SOME for row in
                            ([n, f"{e} (3.1)"], ["95% CI", f"{low}, {high}"]))],
     [["", "Difference ± SE"], *(row for n, e, low, high in SOME for row in
                                 ([n, f"{e} ± 0.5"], [n, f"({low}, {high})"]))]],
)  # fmt: skip
def test_limits_are_read_in_lines_and_below_and_beside_a_double_head(table):
    found = of_all(*table, caption="Estimates with 95% CI")
    told = {f.against for f in found if f.against.startswith("limits ")}
    assert told == {f"limits {low} and {high}" for _, _, low, high in SOME}


def test_a_head_that_names_a_ratio_announces_its_limits():
    head = ["", "Hazard ratio / 110 mg vs. warfarin", "P"]
    row = ["Stroke", "1.04 (0.76–1.43)", "0.1757"]
    found = of_table(head, row, check="interval")
    assert (found[1, 1].level, found[1, 2].level) == ("holds", "question")
    row[0] = "Stroke rate, median (range)"
    assert not of_table(head, row, check="interval")


def test_an_f_with_its_degrees_of_freedom_is_no_estimate_and_hides_no_p():
    rows = [["Fruit", "0.19 (-0.36, 0.74)", "1.49 (11, 309)", "<0.05"],
            ["Meat", "0.27 (-0.31, 0.85)", "2.71 (11, 309)", "0.36"]]  # fmt: skip
    found = of_table(["", "Difference (95% CI)", "F (df)", "P"], *rows, check="interval")
    assert {at: f.level for at, f in found.items()} == {
        (1, 1): "holds", (1, 3): "question", (2, 1): "holds", (2, 3): "holds"
    }  # fmt: skip


def test_the_ends_of_an_interval_may_be_headed_inf_and_sup():
    rows = [[name, e, low, high] for name, e, low, high in ROWS]
    assert "limits 1.02 and 1.39" in against(["", "OR", "95% C.I. / Inf", "95% C.I. / Sup"], *rows)


def test_a_head_of_limits_is_one_though_it_begins_with_a_number():
    """The file marks one head row; the second says in which columns the limits are."""
    rows = [["", "Mean", "95% CI", "Mean", "95% CI"],
            ["A", "0.40", "[-1.34,2.14]", "2.85", "[-0.80,6.50]"],
            ["B", "-0.62", "[-0.43,2.80]", "2.13", "[0.13,4.13]"]]  # fmt: skip
    found = of_table(["", "Before", "Before", "After", "After"], *rows, check="interval")
    assert found[3, 1].reading.startswith("inside its limits with the other sign")


def test_the_percent_of_a_count_is_held_to_the_limits_below_or_beside_it():
    cells, limits = ("62/70 (88.6%)", "52/70 (74.3%)"), ("79.0 to 94.1", "63.5 to 78.8")
    below = of_table(["", "A", "B"], ["Cured (%)", *cells], ["95% CI", *limits], check="interval")
    assert {at: f.level for at, f in below.items()} == {(1, 1): "holds", (1, 2): "question"}
    rows = [["A", cells[0], limits[0]], ["B", cells[1], limits[1]]]
    beside = of_table(["", "Cured, n/N (%)", "95% CI"], *rows, check="interval")
    assert {at: f.level for at, f in beside.items()} == {(1, 1): "holds", (2, 1): "question"}
    kappas = (
        ["A", cells[0], "0.48, 0.89"],
        ["B", "419 (9.32)", "350-501"],
        ["C", "3 (5.3)", "1.3-17.2"],
    )
    one = of_table(["", "All, n (%)", "95% CI"], *kappas, check="interval")
    assert [at for at, f in one.items() if f.level == "holds"] == [(2, 1), (3, 1)] == list(one)
    assert "419 350" in one[2, 1].printed  # it is in its limits, and 9.32 is not


def test_a_p_with_limits_below_it_is_no_estimate():
    rows = [[name, p, f"-{i}.5, 2.{i}"] for i, (name, _, p) in enumerate(WITH_P)]
    joined = [["", "A v. B, P-value (95% CI)"], *([n, f"{p} ({limits})"] for n, p, limits in rows)]
    assert not of_table(*joined, check="interval")


def test_a_row_of_p_may_stand_between_a_row_of_estimates_and_that_of_their_limits():
    rows = [
        row
        for name, value, low, high in ROWS
        for row in ([name, value], ["P value", "0.046"], ["95% CI", f"[{low}; {high}]"])
    ]
    found = of_table(["", "Model 1"], *rows, check="interval", caption="Odds ratios")
    assert {at[0]: (f.level, f.printed) for at, f in found.items()} == {
        3 * i + 1: ("holds", f"{value} [{low}; {high}]")
        for i, (_, value, low, high) in enumerate(ROWS)
    }


def test_numbers_of_rows_beside_an_estimate_are_no_limits_of_it():
    rows = [[f"x{i}", f"{i} ± 5", f"{i - 2}, {i + 2}", f"{i}", "1, 2"] for i in range(6, 12)]
    found = of_table(["", "Mean ± SD", "95% CI", "SEM", "Post hoc"], *rows, check="interval",
                     caption="Means with 95% CI")  # fmt: skip
    assert {at[1] for at in found} == {1}


@pytest.mark.parametrize(("head", "level"), [("HR", "question"), ("Ratio after to before", None)])
def test_a_ratio_may_be_a_median_where_notes_tell_of_them(head, level):
    rows = [["WBC", "6.8 (4.5-7.7)"], ["CD34", "8.7 (7.0-16.5)"]]
    found = of_table(["", head], *rows, check="interval", caption="Median and quartiles of all")
    assert {f.level for f in found.values()} == ({level} if level else set())


@pytest.mark.parametrize(
    ("cell", "against"),
    [("34.5 (33.7 35.3)", "33.7 and 35.3"), ("-1.4 (-4.0 1.2)", "-4.0 and 1.2"),
     ("0.32* [0.21/0.42]", "0.21 and 0.42"), ("-0.10 ± 0.27* [-0.17, -0.03]", "-0.17 and -0.03"),
     ("34 (19/132)", None), ("15 (1 234)", None), ("15 (14.5 1 234)", None)],
)  # fmt: skip
def test_limits_may_be_parted_by_a_blank_or_a_slash_and_stand_behind_a_marked_sd(cell, against):
    found = of_table(["", "Mean (95% CI)"], ["x", cell], check="interval")
    assert {f.against for f in found.values()} == ({f"limits {against}"} if against else set())


@pytest.mark.parametrize(
    ("head", "cell", "p"),
    [("OR (95% CI), p", "1.40 (0.97-2.01), 0.71", "0.71"), ("OR (95% CI; P)", "1.4 (1.0-2.0) .71",
     ".71"), ("OR (95% CI; p-value)", "1.40 (0.97 to 2.01; 0.71)", "0.71"),
     ("OR (95% CI), d", "1.40 (0.97-2.01), 0.71", None)],
)  # fmt: skip
def test_a_p_behind_limits_is_read_where_the_head_names_it(head, cell, p):
    found = of_all(["", head], ["x", cell])
    assert [f.against for f in found if f.level == "question"] == ([f"P {p}"] if p else [])


def test_limits_belong_to_the_column_to_which_those_of_others_do():
    rows = [[name, e, f"{low} to {high}", f"-{e}", f"{low} to {high}"]
            for name, e, low, high in ROWS]  # fmt: skip
    head = ["", "A / B", "A / 95% CI", "B / B", "B / 95% CI"]
    found = of_table(head, *rows, check="interval")
    assert {(c, f.level) for (_, c), f in found.items()} == {(1, "holds"), (3, "question")}
    alone = [[row[0], *row[3:]] for row in rows]  # limits that may be of what is not printed
    assert not of_table(["", "B", "95% CI"], *alone, check="interval")


def test_sizes_and_sds_above_a_row_of_limits_have_none():
    rows = [["", "A", "B"], ["Mean", "36.02", "30.11"], ["n", "13", "13"],
            ["95% CI", "30.42 to 41.62", "25.10 to 35.13"]]  # fmt: skip
    assert not [f for f in of_table(*rows, check="interval").values() if f.level != "holds"]


@pytest.mark.parametrize(
    ("cell", "level"),
    [("8.0 (1.8) 7.0 to 9.0", "holds"), ("8.0 (1.8), (7.0, 9.0)", "holds"),
     ("8.0 ± 1.8, 7.0-9.0", "holds"), ("8.0 (1.8) 9.0 to 11.0", "question"),
     ("42 (17%; 13 to 22)", "holds"), ("18 (48.6%) [32.6%-64.6%]", "holds"),
     ("42 (17%; 23 to 32)", "question")],
)  # fmt: skip
def test_limits_behind_a_spread_or_a_percent_are_read(cell, level):
    found = of_table(["", "Mean (SD) or n (%), 95% CI"], ["score", cell], check="interval")
    assert {f.level for f in found.values()} == {level}


def test_a_thousand_in_brackets_is_no_spread_before_limits():
    head, cell = ["", "Mean (95% CI)"], "1,482.9 (1,177.1; 1,788.7)"
    found = of_table(head, ["area", cell], check="interval")
    assert {f.against for f in found.values()} == {"limits 1,177.1 and 1,788.7"}


def test_limits_stand_below_an_estimate_and_its_p():
    head = ["", "Difference / P value / [95% CI]"]
    rows = [["score", "-0.263"], ["", "0.102"], ["", "[-0.578; 0.053]"]]
    rows += [["weight", "0.848"], ["", "0.011"], ["", "[-1.190; -0.505]"]]
    found = of_table(head, *rows, check="interval")
    assert [at[0] for at, f in found.items() if f.level != "holds"] == [4]
    assert any("P 0.102" in f.printed for f in found.values())


def test_the_row_of_limits_may_stand_below_those_of_the_spread_and_the_size():
    rows = [["Mean", "8.0"], ["SD", "1.8"], ["n", "16"], ["95% CI", "7.0 to 9.0"]]
    found = of_table(["", "A"], *rows, check="interval")
    assert set(found) == {(1, 1)}
    assert not of_table(["", "A"], ["Percentile 75", "12.0"], rows[-1], check="interval")


def test_the_only_column_before_limits_is_theirs():
    head = ["", "Mean", "SD", "95% CI", "Minimum"]
    rows = [["A", "84.2", "51.8", "16.4, 47.2", "20"], ["B", "89.6", "40.4", "55.8, 123.4", "25"],
            ["C", "94.3", "48.6", "72.7, 96.3", "25"]]  # fmt: skip
    found = of_table(head, *rows, check="interval")
    assert [found[r, 1].level for r in (1, 2)] == ["question", "holds"]


def test_limits_in_two_columns_may_have_decimal_commas():
    rows = [["", "Mean", "95% CI, lower", "95% CI, upper"]]
    rows += [[f"x{i}", f"-1,{i}71", f"-2,{i}85", f"-0,{i}57"] for i in range(1, 7)]
    found = of_table(*rows, ["x7", "-1,771", "-0,185", "-0,157"], check="interval")
    assert [f.level for f in found.values()] == ["fails"] + ["holds"] * 6


def test_limits_may_stand_in_a_row_of_their_own():
    rows = [["Mean difference", "2.17"], ["95% CI", "-2.12; 6.46"]]
    assert of_table(["", "Week 7"], *rows, check="interval")[1, 1].level == "holds"
    rows = [["Mean difference", "9.54"], ["95% CI", "-5.76; 8.94"]]
    assert of_table(["", "Week 7"], *rows, check="interval")[1, 1].level == "question"


def test_a_mark_whose_note_names_a_range_holds_no_limits():
    rows = [["", "Geometric mean (95% CI)"], ["Peak", "2.0 (1.0 to 4.0)"],
            ["Time to it^a", "2.0 (0.5 to 3.0)"], ["Score^b", "3.0 (1.5 to 6.0)"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    notes = "^a Median (minimum, maximum).", "^b Range of the scale 0 to 10."
    table = Table(0, "Table 1", "", grid, 1, notes)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    assert {f.row for f in found if f.check == "interval"} == {1, 3}


def test_columns_of_the_lower_bound_of_95_ci_and_of_the_upper_one_are_limits():
    head = ["", "Difference of means", "Lower bound of 95% CI", "Upper bound of 95% CI", "P value"]
    rows = [
        ["a", "1.53", "1.03", "2.04", "<0.001"],
        ["b", "1.06", "0.39", "1.72", "0.003"],
        ["c", "2.70", "-0.40", "5.80", "0.02"],
        ["d", "-9.0", "-4.0", "-14.0", "0.001"],
    ]
    found = of_table(head, *rows, check="interval")
    assert found[1, 1].against == "limits 1.03 and 2.04"
    assert found[3, 4].level == "question"
    assert found[4, 4].level == "holds"  # its limits stand the other way round


def test_an_estimate_with_a_mark_before_its_standard_error_is_held_to_its_limits():
    rows = [
        ["", "b (SE)", "95% CI"],
        ["Age", ".39 (.45)", "-.48, 1.27"],
        ["Sex", ".18 (.27)", "-.34, .72"],
        ["Income", "-.35 (.29)", "-.93, .22"],
        ["Children", "2.43* (1.08)", ".31, .45"],
    ]
    found = of_table(*rows, check="interval")
    assert found[4, 1].level == "question"
    assert "outside" in found[4, 1].reading
