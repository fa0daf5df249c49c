"""Which estimates are read with which limits and P, and what is said of those that are not."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.scan.test_checks import of_all, of_table, of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of

ROWS = [("age", "1.19", "1.02", "1.39"), ("sex", "1.68", "1.30", "2.18"),
        ("stage", "2.04", "1.14", "3.67"), ("grade", "1.67", "1.33", "2.10"),
        ("size", "1.17", "1.07", "1.29"), ("site", "1.35", "1.14", "1.60")]  # fmt: skip


def against(*rows: list[str]) -> set[str]:
    return {f.against for f in of_table(*rows, check="interval").values() if f.column == 1}


@pytest.mark.parametrize(
    ("text", "limits"),
    [("the median was 156 days (95% CI 174.1-269.3) in controls", "174.1 and 269.3"),
     ("it was -3864.1 pg/ml, CI: -8487.3 to -759.2", "-8487.3 and -759.2"),
     ("gained 2.1 kg (95% CI – 0.4 to + 4.6)", "-0.4 and 4.6"),
     ("the difference was –2.01 (95% CI –2.48 to –1.55)", "-2.48 and -1.55"),
     ("more abstinent [RR 7.04 (0.9-57.2)] than", "0.9 and 57.2"),
     ("an odds ratio of 2.3 (P = 0.01; 95% CI 1.2-4.4)", "1.2 and 4.4"),
     ("was 0.31 (95% credible interval 0.11 to 0.52)", "0.11 and 0.52"),
     ("was 0.86 (95.02% CI 0.74 to 0.99)", "0.74 and 0.99"),
     ("odds ratio (OR 1.06, 95% confidence interval (CI 0.477-2.355) P value 0.642)",
      "0.477 and 2.355"),
     ("rose (+3.8 ml.min^-1kg^-1, 95% CI, -5.7, 9.5)", "-5.7 and 9.5"),
     ("was –2.2%, 95% CI: –3.1 –1.2%, p<0.001", "-3.1 and -1.2"),
     ("was 1.2%, 95% CI: –5.4 –7.8%, p = 0.7", "-5.4 and 7.8"),
     ("(2.04 events per year in group A, 95% CI (1.33, 4.14))", "1.33 and 4.14"),
     ("at 4 months (0.24; 95% CI 0.02 to 0.46; p=0.05)", "0.02 and 0.46"),
     ("QTcF was 12.8 ms (90% CI, 10.8 to 14.8 ms)", "10.8 and 14.8"),
     ("a change of 0.6 L/min/m^2 (95% CI 0.4 to 0.8)", "0.4 and 0.8"),
     ("it was -1.7 with a 95% CI of -6.6 to 3.2", "-6.6 and 3.2"),
     ("(OR: 0.407, confidence interval: 0.179-0.926, P = .032)", "0.179 and 0.926"),
     ("on birth weight (Beta –0.002, [–0.88, 0.083])", "-0.88 and 0.083"),
     ("(b = 0.09, SE = 0.11, 95% CI [-0.14, 0.31])", "-0.14 and 0.31"),
     ("was 146.02 (SE: 577.70; 95% CI -1007.40 to 1299.44)", "-1007.40 and 1299.44"),
     ("was 4.6 ± 1.3, 95% CI 1.2-7.9 in", "1.2 and 7.9"),
     ("rose by 225.7 ± 53.5 cells/μl (95% CI 205.9-245.5)", "205.9 and 245.5")],
)  # fmt: skip
def test_an_estimate_is_read_with_its_unit_its_signs_and_its_limits(text, limits):
    assert {f.against for f in of_text(text, "interval") if f.against[0] == "l"} == {
        f"limits {limits}"
    }


@pytest.mark.parametrize(
    "text",
    ["they differed (95% CI, 4.1-17.3)", "t(24) = 2.25, p = 0.04; 95% CI 0.11-3.18",
     "per 1.73 m (95% CI -7.6 to 1.6)", "at 6 months (95% CI 7.4% to 23.2%)",
     "moved 0.027 at day 90 (95% CI -0.1 to 0.2)", "at 12 weeks (95% CI 0.1 to 0.2)",
     "a slope with SE = 0.09 (95% CI 1.1 to 1.4)", "in 46.4%; 95% CI -10.8 to 3.2",
     "it was wide (95.001% CI -3.4 to 17.4)", "a p value of 0.003 and 95% CI of 0.6 to 2.5",
     "in 3 of 5 (95 percent confidence interval, 0.9 to 1.5)",
     "fewer zones (p 0.004) (95% CI 0.15, 0.79)",
     "in 7.0 (3.0-9.0) of them", "at beta 1 (13-21.5 Hz) and beta 2 (22-30 Hz)",
     "2.0 points less. There were 14 in group A, 95% CI (1.33, 4.14))"],
)  # fmt: skip
def test_what_stands_before_limits_and_is_no_estimate_is_left_alone(text):
    assert not [f for f in of_text(text, "interval") if f.against[0] == "l"]


@pytest.mark.parametrize(("before", "level"), [("0.23", "holds"), ("0.73", "fails")])
def test_limits_behind_a_number_in_two_units_may_be_of_the_first(before, level):
    text = f"the difference between them was {before} mmol/L (4.14 mg/dL; 95% CI, -0.052 to 0.522)."
    assert [f.level for f in of_text(text, "interval")] == [level]


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


def test_a_column_of_p_before_the_estimates_is_theirs_where_the_limits_give_it():
    rows = [["Sex", "0.567", "0.717 (0.229, 2.246)"], ["Age", "0.469", "0.986 (0.950, 1.024)"],
            ["Size", "0.077", "0.956 (0.909, 1.005)"], ["Stage", "0.061", "0.965 (0.930, 1.001)"],
            ["Grade", "0.011", "1.594 (0.586, 4.334)"]]  # fmt: skip
    head = ["Factor", "P-value", "OR (95% CI)"]
    said = {at: f.level for at, f in of_table(head, *rows, check="interval").items() if at[1] == 1}
    assert said == {(r, 1): "fails" if r == 5 else "holds" for r in range(1, 6)}
    other = [[name, f"0.{3 * i + 1}2", e] for i, (name, _, e) in enumerate(rows[:3])]
    assert not [at for at in of_table(head, *other, check="interval") if at[1] == 1]


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


def test_the_p_of_a_row_before_the_head_of_a_block_is_read():
    rows = [["", "Difference (95% CI)", "P"], ["weight", "0.6 (-0.2 to 1.4)", "0.91"]]
    assert of_table(*rows, ["Markers"] * 3, check="interval")[1, 2].level == "question"


@pytest.mark.parametrize(("p", "level"), [("0.0007", "holds"), ("0.06", "question")])
def test_the_p_of_a_difference_may_be_of_a_t_distribution(p, level):
    found = of_text(f"The mean difference was 30.2 (95% CI 14.5 to 45.9; P = {p}).", "interval")
    assert [f.level for f in found if f.against == f"P {p}"] == [level]


def test_a_p_for_non_inferiority_is_not_that_of_no_effect():
    text = "(HR 0.89; 95% CI: 0.78-1.01; P < 0.001 for non-inferiority)"
    assert [f.against for f in of_text(text, "interval")] == ["limits 0.78 and 1.01"]


@pytest.mark.parametrize(("verb", "level"), [("fell by", "holds"), ("was", "question")])
def test_a_fall_may_be_printed_without_its_sign(verb, level):
    (found,) = of_text(f"the pressure {verb} 8.9 mm Hg (95% CI -16.7 to -1.0)", "interval")
    assert found.level == level


def test_a_head_of_both_kinds_leaves_the_kind_to_the_row():
    rows = [["Died, n (%)", "0.7 (0.4 to 1.3)"], ["Days, mean (SD)", "0.8 (0.4 to 1.2)"]]
    found = of_table(["", "RR/Mean difference (95% CI)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


def test_limits_that_all_descend_are_a_style():
    rows = [[name, f"{e} ({high}-{low})"] for name, e, low, high in ROWS]
    found = of_table(["", "OR (95% CI)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


@pytest.mark.parametrize(
    ("printed", "level"),
    [("58.0 (55.0-59.2)", "fails"), ("98.0 (93.0-100)", "holds"), ("57.9 (55.0-61.2)", "holds")],
)
def test_shares_are_held_to_the_middle_where_all_others_are_in_it(printed, level):
    rows = [[f"x{i}", f"{30 + i}.0 ({27 + i}.0-{33 + i}.0)"] for i in range(8)]
    found = of_table(["", "% (95% CI)"], *rows, ["y", printed], check="interval")
    assert found[9, 1].level == level


def test_an_estimate_on_its_own_limit_is_accused_behind_its_sd():
    rows = [[f"x{i}", f"{i}.26 (0.89)", f"{i}.14-{i}.38"] for i in range(1, 9)]
    found = of_table(["", "Mean (SD)", "95% CI"], *rows, ["y", "3.26 (0.89)", "3.26-3.39"],
                     check="interval")  # fmt: skip
    assert {found[r, 1].level for r in range(1, 9)} == {"holds"}
    assert found[9, 1].level == "fails"


def test_a_share_with_an_exact_interval_is_not_held_to_means():
    rows = [[f"x{i}", f"{30 + i} ({27 + i}-{33 + i})"] for i in range(8)]
    found = of_table(["", "A (95% CI)"], *rows, ["y", "18% (5-40)"], check="interval")
    assert found[9, 1].level == "holds"


def test_an_estimate_nearly_in_the_middle_is_asked_among_others_that_are():
    rows = [[f"{name}{i}", f"{e} ({low}-{high})"] for i in "ab" for name, e, low, high in ROWS]
    for text, level in (("0.73 (0.64-0.80)", "question"), ("0.73 (0.65-0.82)", "holds")):
        found = of_table(["", "OR (95% CI)"], *rows, ["y", text], check="interval")
        assert found[13, 1].level == level


def test_numbers_rounded_to_tens_are_in_the_middle_of_tens():
    rows = [[f"x{i}", f"{i * 103} ({i * 103 - 95} to {i * 103 + 95})"] for i in range(1, 8)]
    for text, level in (("130 (40 to 200)", "holds"), ("131 (40 to 200)", "fails")):
        found = of_table(["", "Difference (95% CI)"], *rows, ["y", text], check="interval")
        assert found[8, 1].level == level


def test_a_common_divisor_of_nineteen_is_no_step_of_rounding():
    (found,) = of_text("it rose by 3.8 (95% CI -5.7 to 9.5)", "interval")
    assert found.level == "question"


def test_a_number_with_a_blank_behind_its_point_is_no_estimate():
    assert not [
        f for f in of_text("was 10. 0 (95% CI 9.0-11.1) g/dl", "interval") if f.level == "fails"
    ]


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


def test_no_sign_puts_a_ratio_into_the_middle_and_its_quote_has_no_lone_bracket():
    (found,) = of_text("was lower (hazard ratio 0.62; 95% CI 0.65-0.98).", "interval")
    assert (found.level, found.printed) == ("fails", "0.62; 95% CI 0.65-0.98")
    assert found.reading == "the estimate lies outside its own limits"


def test_limits_in_brackets_below_may_have_another_level():
    rows = [["Difference in alpha", "-0.002"], ["(90% CI)", "(-0.022 to 0.099)"]]
    assert of_table(["", "A"], *rows, check="interval")[1, 1].level == "question"


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


def test_a_column_that_is_called_by_two_names_is_on_the_scale_that_fits_it():
    rows = [[name, f"{e} ({low} to {high})"] for name, e, low, high in ROWS]
    for head in ("Odds ratio or mean difference (95% CI)", "Mean response (95% CI)"):
        found = of_table(["", head], *rows, check="interval")
        assert {f.level for f in found.values()} == {"holds"}


def test_a_share_with_its_count_is_held_to_its_limits():
    (found,) = of_text("in 70.7% (2,595/3,671, 95% CI 68.5%-71.5%)", "interval")
    assert (found.level, found.against) == ("question", "limits 68.5 and 71.5")


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


def test_two_limits_behind_a_minus_are_both_below_zero_only_if_the_estimate_is_between():
    for printed, high in (("-2.2 (-3.1 -1.3)", "-1.3"), ("-0.30 (-0.97 -0.37)", "0.37")):
        (found,) = of_table(["", "B (95% CI)"], ["x", printed], check="interval").values()
        assert found.against.endswith(f"and {high}")


def test_a_p_of_two_rows_is_of_the_estimate_of_both_and_dashes_are_no_numbers():
    rows = [[("", 1, 1), ("Effect", 1, 1), ("P", 1, 1)], [("a", 2, 1), ("0.32 ± 0.52", 1, 1),
            ("0.10", 2, 1)], [("(-0.70, 1.34)", 1, 1)], [("b", 1, 1), ("-", 1, 1), ("-", 1, 1)],
            [("c", 1, 1), ("-", 1, 1), ("-", 1, 1)]]  # fmt: skip
    table = Table(0, "Table 1", "Estimates with 95% CI", grid_of(rows), 1)
    findings = scan_document(Document("test", "", (), (table,)), "test").findings
    assert [f.level for f in findings if f.column == 2] == ["question"]


def test_a_p_behind_two_groups_is_of_neither_though_their_columns_were_taken_for_labels():
    rows = [["Change", "A", "B", "P"], ["Weight (95% CI)", "+ 4.02, (3.18-4.86)",
            "+ 2.61, (1.99-3.23)", "0.007"]]  # fmt: skip
    assert {at[1] for at in of_table(*rows, check="interval")} == {1, 2}


@pytest.mark.parametrize(
    ("text", "asked"),
    [("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 0.64)", True),
     ("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 0.85)", False),
     ("the odds ratio was 0.50 (95% CI 0.20-1.27; p = 0.20)", False),
     ("the odds ratio was 1.06 (95% CI 0.48-2.36; p = 1.00)", False)],  # an exact test
)  # fmt: skip
def test_a_large_p_of_another_test_is_nearer_than_a_small_one(text, asked):
    found = [f for f in of_text(text, "interval") if f.against.startswith("P ")]
    assert any(f.level == "question" and not f.slight for f in found) == asked


def test_one_number_that_is_not_zero_is_no_step_in_which_all_were_rounded():
    (found,) = of_text("the mean difference was 0.0 (95% CI -0.0 to 0.5)", "interval")
    assert found.level == "question"


def test_a_limit_that_may_have_been_cut_at_zero_is_not_accused():
    rows = [[n, f"{e} ({low} to {high})"] for _ in range(3) for n, e, low, high in SOME]
    found = of_table(["", "Mean change (95% CI)"], *rows, ["y", "1.9 (0.0 to 5.6)"],
                     check="interval")  # fmt: skip
    assert {f.level for f in found.values()} == {"holds"}


ODDS = "there was no difference (45.2%, 33 of 73 vs. 35.1%, 27 of 77, {})."


@pytest.mark.parametrize(
    ("text", "level"),
    [(ODDS.format("RR 1.18, 95% CI 0.73-1.91"), "question"),
     (ODDS.format("RR 1.29, 95% CI 0.87-1.91"), "holds"),
     (ODDS.format("adjusted RR 1.18, 95% CI 0.73-1.91"), "holds")],
)  # fmt: skip
def test_a_ratio_behind_two_counts_of_its_sentence_is_held_to_them(text, level):
    (found,) = (f for f in of_text(text, "interval") if f.against)
    assert found.level == level
    assert (found.against == "33 of 73, 27 of 77") == ("adjusted" not in text)


@pytest.mark.parametrize(("head", "asked"), [("Relative risk (95% CI)", [2]), ("aRR (95% CI)", [])])
def test_a_ratio_that_the_counts_of_its_row_do_not_give_is_asked_among_others(head, asked):
    rows = [["", "A (n = 81)", "B (n = 79)", head],
            ["a", "36 (44.4)", "28 (35.4)", "1.21 (0.86-1.7)"],
            ["b", "6 (7.4)", "6 (7.6)", "0.98 (0.55-1.78)"],
            ["c", "32 (39.5)", "40 (50.6)", "0.79 (0.58-1.09)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert [f.row + 1 for f in found.values() if f.level == "question"] == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("(OR 1.33; 95% CI 0.53-3.36; P = 0.027) and (OR 9.87; 95% CI 1.82-53.53; P = 0.027)", 0),
     ("(OR 1.33; 95% CI 0.53-3.36; P = 0.027) and (OR 9.87; 95% CI 1.82-53.53; P = 0.008)", 1),
     ("the mean difference was 0.65 (95% CI -0.97 to 2.26; P = 1.00)", 0),
     ("(OR 1.33; 95% CI 0.53-3.36; P = 0.008) and (OR 9.87; 95% CI 1.82-53.53; P = 0.008)", 1),
     ("rose by -0.034 (95% CI -0.060 to -0.008) vs. 0.013 (95% CI -0.011 to 0.038), p = 0.010", 0)],
)  # fmt: skip
def test_a_p_of_two_levels_that_fits_neither_is_of_the_factor(text, asked):
    found = of_text(text, "interval")
    assert sum(f.level != "holds" for f in found if f.against.startswith("P ")) == asked


def test_a_p_is_not_held_to_limits_where_a_note_names_a_test_of_ranks():
    rows = [["", "Difference (95% CI)", "P"], ["weight", "3.6 (-3.0 to 10.1)", "0.80"]]
    for caption, asked in (("Medians; Wilcoxon test", 0), ("Changes", 1)):
        found = of_table(*rows, check="interval", caption=caption)
        assert sum(f.level == "question" for f in found.values()) == asked


def test_a_p_behind_changes_of_two_groups_with_limits_below_is_of_neither():
    rows = [[("", 1, 1), ("A, change", 1, 1), ("B, change", 1, 1), ("P", 1, 1)],
            [("a", 2, 1), ("0.50 ± 1.17", 1, 1), ("0.00 ± 2.14", 1, 1), ("0.037", 1, 1)],
            [("(-0.24, 1.24)", 1, 1), ("(-0.97, 0.97)", 1, 1), ("", 1, 1)]]  # fmt: skip
    table = Table(0, "Table 1", "Changes with 95% CI", grid_of(rows), 1)
    findings = scan_document(Document("test", "", (), (table,)), "test").findings
    assert not [f for f in findings if f.check == "interval" and f.column == 3]


def test_a_p_behind_two_groups_and_their_difference_is_of_the_difference():
    head = ["", "Drug, mean (95% CI)", "Placebo, mean (95% CI)", "Difference (95% CI)", "P"]
    row = ["Score", "-1.7 (-2.9 to -0.5)", "-0.5 (-1.8 to 0.9)", "-1.2 (-3.0 to 0.6)", "0.19"]
    assert of_table(head, row, check="interval")[1, 4].level == "holds"
    row[4] = "0.02"
    assert of_table(head, row, check="interval")[1, 4].level == "question"
    head[1] = head[3]
    assert (1, 4) not in of_table(head, row, check="interval")


def test_a_head_that_names_a_ratio_announces_its_limits():
    head = ["", "Hazard ratio / 110 mg vs. warfarin", "P"]
    row = ["Stroke", "1.04 (0.76–1.43)", "0.1757"]
    found = of_table(head, row, check="interval")
    assert (found[1, 1].level, found[1, 2].level) == ("holds", "question")
    row[0] = "Stroke rate, median (range)"
    assert not of_table(head, row, check="interval")


def test_a_dash_before_a_minus_is_no_second_minus():
    found = of_table(["", "Difference", "95% CI"], ["a", "-0.13", "-0.20 --0.06"], check="interval")
    assert found[1, 1].level == "holds"


@pytest.mark.parametrize(
    "text",
    ["the effect was small (d=0.09, 95% CI -0.02 to 0.20)",
     "the score was slightly (0.09 unit, 95% CI -0.02 to 0.20) better",
     "the ratio was 0.09 higher (95% CI -0.02 to 0.20)"],
)  # fmt: skip
def test_an_effect_size_is_an_estimate_whatever_its_unit(text):
    assert [f.against for f in of_text(text, "interval")] == ["limits -0.02 and 0.20"]


def test_a_statistic_before_limits_is_no_estimate():
    assert not of_text("it was larger (t=2.31, 95% CI 0.18 to 1.20)", "interval")


def test_limits_are_read_without_their_last_bracket():
    assert set(of_table(["", "OR (95% CI)"], ["walking", "0.79 (0.30-2.09"], check="interval"))


@pytest.mark.parametrize(
    ("text", "level"),
    [("mean difference 0.17%, 95% CI -8.85 to 8.51", "question"),
     ("mean difference -0.17%, 95% CI -8.85 to 8.51", "holds"),
     ("mean difference 0.21%, 95% CI -8.85 to 8.51", "holds"),
     ("mean difference 0.3, 95% CI -2.5 to 2.5", "holds"),
     ("mean difference 0.17, 95% CI -8.9 to 8.5", "holds")],
)  # fmt: skip
def test_a_lost_sign_is_asked_where_the_estimate_is_in_the_middle_only_with_it(text, level):
    assert [f.level for f in of_text(f"The {text} was found.", "interval")] == [level]


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


@pytest.mark.parametrize(
    ("text", "levels"),
    [("The mean difference was 0.74 (95% CI -1.40 to 2.88) and in the others -0.92 (3.15 to 1.31).",
      ["holds", "question"]),
     ("Mean change (95% CI) in weight (-2.9; -5.7, -1.1) and height (1.63, 1.19-2.07).",
      ["question", "holds"]),
     ("RR 0.74 (95% CI 0.40 to 1.37); the median age was 48 (22.9 to 39.1).", ["holds"]),
     ("It was 0.74 (0.10 to 2.88) then, and with 95% CI less.", []),
     ("RR 0.74 (95% CI 0.40 to 1.37), in doses of 4, 8 and 12 kg.", ["holds"]),
     ("A reduction in mean (95% CI) BMI of 0.27 kg (0.41, 0.13) in all.", ["holds"])],
)  # fmt: skip
def test_a_paragraph_that_announces_limits_once_announces_those_that_follow(text, levels):
    assert Counter(f.level for f in of_text(text, "interval")) == Counter(levels)


def test_an_f_with_its_degrees_of_freedom_is_no_estimate_and_hides_no_p():
    rows = [["Fruit", "0.19 (-0.36, 0.74)", "1.49 (11, 309)", "<0.05"],
            ["Meat", "0.27 (-0.31, 0.85)", "2.71 (11, 309)", "0.36"]]  # fmt: skip
    found = of_table(["", "Difference (95% CI)", "F (df)", "P"], *rows, check="interval")
    assert {at: f.level for at, f in found.items()} == {
        (1, 1): "holds", (1, 3): "question", (2, 1): "holds", (2, 3): "holds"
    }  # fmt: skip


def test_reductions_without_their_sign_are_a_style_if_there_are_several():
    text = "Change (95% CI): 0.7 ({}0.8, {}0.6), 4.3 kg ({}4.8, {}3.8) and 3.2 ({}4.7, {}1.7)."
    found = of_text(text.format(*"------"), "interval")
    assert [f.level for f in found] == ["holds"] * 3
    found = of_text(text.format("-", "-", "", "", "", ""), "interval")
    assert [f.level for f in found if "0.8" in f.printed] == ["question"]


def test_a_difference_of_two_percents_is_not_the_second_one():
    assert not of_text("More (95% CI) said so, 29% v 5% (13% to 36%), at nine months.", "interval")


def test_an_unadjusted_ratio_is_held_to_its_counts_to_the_digit_and_an_adjusted_one_is_not():
    rows = [["", "HPV (%)", "Unadjusted OR (95% CI)", "Age-adjusted OR (95% CI)"],
            ["Age", "", "", ""],
            ["17", "26/32 (81.2)", "1", "1"],
            ["19", "18/21 (85.7)", "1.38 (0.31 to 6.27)", "1.50 (0.33 to 6.82)"],
            ["21", "20/25 (80.0)", "0.92 (0.25 to 3.46)", "0.72 (0.19 to 2.70)"],
            ["23", "18/28 (64.3)", "0.42 (0.13 to 1.35)", "0.32 (0.10 to 1.03)"],
            ["25", "31/37 (83.8)", "1.23 (0.36 to 4.24)", "1.40 (0.41 to 4.83)"]]  # fmt: skip
    found = of_table(
        *rows, check="interval"
    )  # 31 of 37 and 26 of 32 give e^(ln(31/26) +- 1.96 * 0.636)
    assert {at for at, f in found.items() if f.level == "question"} == {(6, 2)}
    assert found[6, 2].recomputed == "OR of reference 1.192 (0.343 to 4.144)"


def marked(*cells: str, notes: tuple[str, ...] = ("*P<0.05; **P = 0.001 to <0.01",)) -> list[str]:
    rows = [["", "Difference (95% CI)"], *([f"item {i}", text] for i, text in enumerate(cells))]
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
    found = scan_document(document, "test").findings
    return [f"{f.level}: {f.against}" for f in found if f.against.startswith("P")]


def test_a_mark_that_a_note_explains_says_the_p_of_an_estimate():
    assert marked("1.2* (0.2 to 2.2)") == ["holds: P ≤0.05"]
    assert marked("1.8** (0.6 to 3.0)") == ["holds: P ≤0.01"]
    assert marked("1.2^a (0.2 to 2.2)", notes=("^aSignificant at P < .05.",)) == ["holds: P ≤.05"]
    assert not marked("1.2 (0.2 to 2.2)", "1.2^† (0.2 to 2.2)")
    assert not marked("1.2^b (0.2 to 2.2)", notes=("^a P < 0.05; ^b adjusted for age",))


def test_limits_that_hold_no_effect_beside_a_mark_of_significance_are_asked_only():
    """A mark may be of another comparison, however sure the others are."""
    sound = ["1.2* (0.2 to 2.2)", "2.2** (0.9 to 3.5)", "-1.5* (-2.8 to -0.2)", "3.1* (0.4 to 5.8)"]
    told = marked(*sound, "1.2* (-3.2 to 5.6)", "1.1* (-0.3 to 2.5)")
    assert sorted(told)[4:] == ["question: P ≤0.05"] * 2


def test_limits_and_p_on_two_sides_of_the_level_are_asked_though_they_are_near():
    rows = [["weight", "-14.8 (-28.91 to -0.62)", "0.071"], ["height", "1.2 (0.2 to 2.2)", "0.02"]]
    found = of_table(["", "Difference (95% CI)", "P"], *rows, check="interval")
    assert found[1, 2].level == "question"
    assert found[1, 2].reading.startswith("the limits and the P are on two sides of 0.05")
    assert found[2, 2].level == "holds"


def test_a_digit_is_asked_where_all_other_estimates_are_just_in_the_middle():
    """-241.1 is 1 % of the width beside the middle, -244.1, but thirty units of its last digit."""
    sound = [[f"item {n}", f"{n}.5 ({n - 2}.0 to {n + 3}.0)"] for n in range(9)]
    head = ["", "Difference (95% CI)"]
    slip = ["weight", "-241.1 (-544.1 to 55.9)"]
    found = of_table(head, *sound, slip, check="interval")
    assert found[10, 1].level == "question"
    assert found[10, 1].reading == "not quite in the middle, as 9 of 9 others are"
    rounded = ["weight", "-244.3 (-544.1 to 55.7)"]  # 0.1 off, of which the limits may have 0.05
    assert of_table(head, *sound, rounded, check="interval")[10, 1].level == "holds"
    few = of_table(head, *sound[:6], slip, check="interval")
    assert few[7, 1].level == "holds"


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


def test_limits_of_a_coefficient_of_variation_are_skew():
    rows = [
        [name, cell] for name, cell in (("a", "8.2 (6.9 to 10.1)"), ("b", "16.8 (14.1 to 20.9)"))
    ]
    found = of_table(["", "Coefficient of variation, 90% CL (%)"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


@pytest.mark.parametrize(
    ("text", "level"),
    [("mean Hb (95% CI) was similar (A: 9.4 (9.3-9.6), placebo: 9.6 (9.4-9.8), p = 0.24)", None),
     ("the mean (95% CI) was 9.6 g/dL (9.4-9.8; p = 0.24) in the placebo arm", None),
     ("changes were 1.4 (95% CI 1.2-1.6) and 1.6 (95% CI 1.4-1.8), p = 0.24", None),
     ("the mean difference was 1.6 (95% CI 1.4-1.8; p = 0.24)", "fails"),
     ("mean scores were -1.6 (95% CI -1.8 to -1.4; p = 0.24) lower", "fails")],
)  # fmt: skip
def test_a_p_of_the_means_of_groups_is_not_held_to_the_limits_of_one(text, level):
    found = [f.level for f in of_text(text, "interval") if f.against[0] == "P"]
    assert found == ([level] if level else [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [("at baseline 1.90 mmHg [95% CI 0.63 to 3.24; p < 0.001) lower systolic pressure", True),
     ("an increase of 1.90 kg (95% CI 0.63 to 3.24; p < 0.001)", True),
     ("a median increase of 1.90 kg (95% CI 0.63 to 3.24; p < 0.001)", False),
     ("levels were 1.90 g/L (95% CI 0.63 to 3.24; p < 0.001) in all", False),
     ("the risk was 1.90 (95% CI 0.63 to 3.24; p < 0.001) higher", False)],
)  # fmt: skip
def test_a_measured_change_is_a_difference_and_has_its_p(text, asked):
    assert any(f.level != "holds" for f in of_text(text, "interval")) == asked


def test_a_head_within_a_table_heads_the_ratios_below_it():
    counts = [["Time 0", "409 (47%)"], ["Time 1", "281 (61%)"]]
    rows = [[name, f"{e} ({low}, {high})"] for name, e, low, high in ROWS]
    slip = ["ward", "1.05 (0.49, 1.57)"]
    head = ["", "Proportion of patients"]
    found = of_table(head, *counts, ["Regression", "aRR (CI)"], *rows, slip, check="interval")
    assert found[10, 1].level == "fails"
    assert {found[r, 1].level for r in range(4, 10)} == {"holds"}
    assert not of_table(head, *counts, ["", ""], *rows[:2], slip, check="interval")


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


def test_means_that_are_in_the_middle_tell_the_scale_of_one_that_is_not():
    cells = ["48.0 (43.0-53.0)", "10.0 (4.9-15.1)", "11.4 (6.4-16.4)", "15.9 (10.8-20.9)",
             "1.3 (1.1-1.5)", "1.6 (1.4-1.8)", "8.4 (3.4-16.4)"]  # fmt: skip
    rows = [[f"device {i}", cell] for i, cell in enumerate(cells)]
    found = of_table(["", "First (95% CI)"], *rows, check="interval")
    assert [at[0] for at, f in found.items() if f.level != "holds"] == [7]
    few = of_table(["", "First (95% CI)"], *rows[3:], check="interval")
    assert {f.level for f in few.values()} == {"holds"}


def test_estimates_far_from_the_middle_do_not_hide_one_nearly_in_it():
    rows = [[n, f"{e} ({low} to {high})"] for n, e, low, high in ROWS]
    far = ["ward", "1.60 (1.01 to 1.90)"], ["year", "1.90 (1.01 to 2.00)"]
    near = ["centre", "1.43 (0.99 to 1.96)"]
    head = ["", "OR (95% CI)"]
    found = of_table(head, *rows, *far, near, check="interval")
    assert found[9, 1].reading == "not quite in the middle, as 6 of 8 others are"
    many = of_table(head, *rows[:5], *far, near, check="interval")
    assert many[8, 1].level == "holds"
    even = ["centre", "1.100 (0.94 to 1.26)"]  # the middle of a difference
    assert of_table(head, *rows, *far, even, check="interval")[9, 1].level == "holds"


def test_a_number_with_a_power_of_ten_is_one_and_so_is_one_with_a_blank_behind_its_point():
    found = of_table(["", "Mean (95% CI)"], ["cost", "2.488E-02 (-0.15; 0.19)"], check="interval")
    assert [f.level for f in found.values()] == ["holds"]
    rows = [[name, e, f"{low}-{high}"] for name, e, low, high in ROWS]
    found = of_table(["", "OR", "95% CI"], *rows, ["ward", "1. 19", "1.08-1.38"], check="interval")
    assert found[7, 1].printed == "1.19 1.08-1.38"


def test_a_negative_difference_is_not_cut_at_zero():
    rows = [["a", "0.2 (-0.3 to 0.7)"], ["b", "1.1 (0.4 to 1.8)"], ["c", "-0.1 (0.0 to 0.1)"]]
    found = of_table(["", "Difference (95% CI)"], *rows, check="interval")
    assert found[3, 1].level == "question"


@pytest.mark.parametrize(
    ("told", "level"),
    [("Fisher's exact test was used.", "question"), ("Safety profiles were alike.", "question"),
     ("Exact limits are given.", "holds"), ("Profile likelihood limits.", "holds")],
)  # fmt: skip
def test_an_exact_test_is_no_exact_interval(told, level):
    others = "; ".join(f"{e} (95% CI {e - 1} to {e + 1})" for e in (31.5, 42.5, 53.5, 64.5, 75.5))
    text = f"{told} Levels were {others}; and 4.31 (95% CI 3.89-4.94) in all."
    assert {f.printed[:4]: f.level for f in of_text(text, "interval")}["4.31"] == level


def test_a_ratio_under_a_head_of_odds_ratios_is_no_ratio_of_risks():
    rows = [["", "Cases (n = 100)", "Controls (n = 100)", "OR (95% CI)"],
            ["a", "30 (30.0)", "20 (20.0)", "1.71 (0.89-3.29)"],
            ["b", "40 (40.0)", "30 (30.0)", "1.56 (0.87-2.79)"],
            ["c", "25 (25.0)", "10 (10.0)", "3.00 (1.35-6.65)"],
            ["d", "50 (50.0)", "30 (30.0)", "1.67 (1.17-2.38)"]]  # fmt: skip
    found = of_table(*rows, check="interval")  # 50 of 100 by 30 of 100, odds 2.33
    assert [at for at, f in found.items() if f.level != "holds"] == [(4, 3)]
    rows[0][3] = "Ratio (95% CI)"
    assert {f.level for f in of_table(*rows, check="interval").values()} == {"holds"}


def test_a_number_needed_to_treat_is_one_by_the_difference_of_the_risks():
    rows = [
        ["", "Drug", "Placebo", "% Drug", "% Placebo", "RR (95% CI)", "NNT (95% CI)"],
        ["a", "70/115", "44/118", "61", "37", "1.6 (1.2 to 2.2)", "4.2 (2.8 to 9.0)"],
        ["b", "140/226", "70/225", "62", "31", "2.0 (1.6 to 2.5)", "3.2 (2.5 to 4.5)"],
        ["c", "147/226", "73/225", "65", "32", "2.0 (1.6 to 2.5)", "3.1 (2.4 to 9.0)"],
    ]
    found = of_table(*rows, check="interval")  # fmt: skip
    assert found[3, 6].recomputed == "NNT 3.068 (2.42 to 4.188)"
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 6)]


def test_a_head_that_names_two_groups_says_which_counts_its_ratio_is_of():
    rows = [
        [
            "",
            "Stayed N = 200",
            "Left N = 100",
            "Lost N = 50",
            "Stayed vs. Left OR (95% CI)",
            "Stayed vs. Lost OR (95% CI)",
        ],
        ["a", "60 (30.0)", "20 (20.0)", "10 (20.0)", "1.71 (0.96-3.05)", "1.71 (0.80-3.65)"],
        ["b", "80 (40.0)", "30 (30.0)", "20 (40.0)", "1.56 (0.93-2.60)", "1.00 (0.53-1.88)"],
        ["c", "50 (25.0)", "10 (10.0)", "5 (10.0)", "3.00 (1.45-6.21)", "3.99 (1.13-7.98)"],
    ]
    found = of_table(*rows, check="interval")  # fmt: skip
    assert {f.against for (r, c), f in found.items() if r == 1} == {
        "60 of 200, 20 of 100", "60 of 200, 10 of 50"}  # fmt: skip
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 5)]


def test_a_risk_difference_is_asked_beside_two_that_hold():
    rows = [
        ["", "A (n = 84)", "B (n = 86)", "Risk difference (95% CI)"],
        ["a", "7 (8%)", "7 (8%)", "0% (-8 to 8)"],
        ["b", "16 (19%)", "13 (15%)", "4% (-7 to 15)"],
        ["c", "27 (32%)", "24 (28%)", "4% (-13 to 19)"],
    ]  # -9.5 to 18.0
    found = of_table(*rows, check="interval")  # fmt: skip
    assert [at for at, f in found.items() if f.level != "holds"] == [(3, 3)]


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


def test_a_ratio_may_be_named_in_the_label_or_in_the_cell():
    rows = [["Odds ratio to B", "0.80 (0.60, 1.10)"], ["All patients", "OR = 0.40 (0.30, 0.50)"],
            ["Age", "41.50 (30.50, 52.00)"]]  # fmt: skip
    assert set(of_table(["", "A"], *rows, check="interval")) == {(1, 1), (2, 1)}


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


def test_decimal_commas_are_points_where_numbers_that_stand_alone_have_them():
    rows = [[n, e.replace(".", ","), f"{low}-{high}".replace(".", ",")] for n, e, low, high in ROWS]
    found = of_table(["", "OR", "95% CI"], *rows, check="interval")
    assert {f.against for f in found.values()} >= {"limits 1.02 and 1.39"}


WITH_P = [("age", "1.19 (1.02-1.39)", "0.027"), ("sex", "1.41 (0.89-2.23)", "0.142"),
          ("size", "0.98 (0.91-1.05)", "0.580"), ("site", "1.28 (0.86-1.91)", "0.225"),
          ("stage", "0.87 (0.69-1.10)", "0.241"),
          ("grade", "1.67 (0.87-3.21)", "0.124")]  # fmt: skip


@pytest.mark.parametrize(("p", "level"), [("0.124", "holds"), ("0.024", "question")])
def test_a_p_is_of_the_estimates_whose_limits_give_it_whatever_stands_between(p, level):
    rows = [[name, e, "1.10 (0.70-1.73)", given] for name, e, given in WITH_P]
    rows[-1][-1] = p
    found = of_table(["", "OR (95% CI)", "OR in B (95% CI)", "P"], *rows, check="interval")
    assert {at for at in found if at[1] == 3} == {(r, 3) for r in range(1, 7)}
    assert found[6, 3].level == level


def test_a_p_that_limits_give_in_some_rows_only_is_of_none_of_two_estimates():
    rows = [[name, e, "1.10 (0.70-1.73)", p] for name, e, p in WITH_P]
    for row in rows[:2]:
        row[-1] = "0.41"
    found = of_table(["", "OR (95% CI)", "OR in B (95% CI)", "P"], *rows, check="interval")
    assert {at[1] for at in found} == {1, 2}


def test_an_estimate_may_be_of_any_two_groups_of_its_row():
    rows = [["", "Low, n/N (%)", "High, n/N (%)", "Placebo, n/N (%)", "First OR (95% CI)",
             "Second OR (95% CI)"],
            ["a", "30/100 (30.0)", "40/100 (40.0)", "20/100 (20.0)", "1.71 (0.89-3.29)",
             "2.67 (1.42-5.02)"],
            ["b", "40/100 (40.0)", "50/100 (50.0)", "30/100 (30.0)", "1.56 (0.87-2.79)",
             "2.33 (1.31-4.16)"],
            ["c", "25/100 (25.0)", "35/100 (35.0)", "10/100 (10.0)", "3.00 (1.35-6.65)",
             "4.85 (2.24-10.49)"],
            ["d", "45/100 (45.0)", "60/100 (60.0)", "30/100 (30.0)", "1.91 (1.07-3.42)",
             "2.50 (1.39-4.50)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert [at for at, f in found.items() if f.level != "holds"] == [(4, 5)]
    assert found[4, 5].recomputed.startswith("OR of columns 3 and 4 3.5 (1.9")


def test_names_of_blocks_are_no_labels_in_each_column_nor_is_a_fraction_of_a_total_one():
    head = ["", "Drug, events/total (%)", "Usual, events/total (%)", "RR (95% CI)"]
    rows = [["Deaths", "30/100 (30.0)", "20/100 (20.0)", "1.50 (0.92-2.46)"],
            ["Strokes", "40/100 (40.0)", "30/100 (30.0)", "1.33 (0.91-1.95)"],
            ["Falls", "25/100 (25.0)", "10/100 (10.0)", "2.50 (1.27-4.93)"]]  # fmt: skip
    blocks = [[[("In 6 months" if r else "In 3 months", 1, 4)], [(t, 1, 1) for t in row]]
              for r, row in enumerate(rows)]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in head], *(row for block in blocks for row in block)])
    found = scan_document(
        Document("test", "", (), (Table(0, "Table 1", "", grid, 1),)), "test"
    ).findings
    told = [f.reading for f in found if f.check == "interval"]
    assert told == ["the counts of the row give it"] * 3


def test_a_geometric_mean_is_on_the_scale_of_a_ratio():
    rows = [["Geometric mean (95% CI)", "5161 (3536-7535)", "12,134 (7757-18,982)"]]
    found = of_table(["", "A", "B"], *rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}


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


@pytest.mark.parametrize(
    ("others", "printed", "level"),
    [(2, "203.1 (181.3-223.0)", "question"), (2, "202.3 (181.3-223.0)", "holds"),
     (1, "203.1 (181.3-223.0)", "holds")],
)  # fmt: skip
def test_one_of_few_is_asked_if_it_is_digits_off_the_middle_and_no_other_is(others, printed, level):
    rows = [[f"x{i}", f"{20 + i}5.4 ({18 + i}5.3-{22 + i}5.5)"] for i in range(others)]
    found = of_table(["", "Difference (95% CI)"], *rows, ["y", printed], check="interval")
    assert found[others + 1, 1].level == level


@pytest.mark.parametrize(
    ("last", "level"),
    [("18.0% (95% CI 12.0-21.0)", "question"), ("18.0% (95% CI 14.5-21.9)", "holds"),
     ("9.0 months (95% CI 7.0-15.0)", "holds")],
)  # fmt: skip
def test_shares_of_the_text_are_held_to_the_middle_where_all_others_are_in_it(last, level):
    shares = (
        "14.0% (95% CI 10.0-18.0) in A, 15.0% (95% CI 11.9-18.1) in B, 24.0% (95% CI 19.0-29.0)"
    )
    found = of_text(f"Of these, {shares} in C and {last} in D responded.", "interval")
    assert [f.level for f in found if f.part == 3] == [level]
    assert {f.level for f in found if f.part != 3} == {"holds"}


EXACT = [
    "16.0 (10.5-22.9)",
    "20.0 (13.9-27.3)",
    "26.7 (19.8-34.5)",
    "36.7 (29.0-44.9)",
    "22.0 (15.7-29.5)",
    "31.3 (24.0-39.4)",
    "17.3 (11.7-24.4)",
    "33.3 (25.9-41.5)",
]
"""Shares of 150 patients with limits by Clopper and Pearson."""


@pytest.mark.parametrize(
    ("printed", "level"), [("59.3 (46.7-62.8)", "fails"), ("59.3 (51.0-67.3)", "holds")]
)
def test_a_share_far_off_is_accused_where_all_others_are_between_the_scales(printed, level):
    rows = [[f"x{i}", share] for i, share in enumerate([*EXACT, printed])]
    found = of_table(["", "% (95% CI)"], *rows, check="interval")
    assert [f.level for (r, _), f in sorted(found.items())] == ["holds"] * 8 + [level]


@pytest.mark.parametrize(
    ("text", "levels"),
    [("the effectiveness was 55.7% (95% CI 6.9% to 69.0%) in all", ["question"]),
     ("the effectiveness was 41% (95% CI -9% to 68%) in all", ["holds"]),  # 1 less 0.32 to 1.09
     ("the mean difference was 41 (95% CI -9 to 68) in all", ["question"]),
     ("the mean difference was 5.17 (95% CI -16.22 to 31.82)", ["question"]),
     ("by bootstrap, the mean difference was 5.17 (95% CI -16.22 to 31.82)", ["holds"])],
)  # fmt: skip
def test_an_interval_that_is_made_otherwise_need_not_have_the_estimate_in_the_middle(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [("the dose of DHA (N = 83; 95% CI 0.95–1.28) was", []),
     ("role function (P trend = .005, 95% CI 0.10-0.58)", []),
     ("the rate in 6 of 27 (95% CI 0.08 to 0.42) was", []),
     ("it was (t 1231=4.769, P<.001, 95% CI -0.41 to 4.43)", []),
     ("stay was shorter (10.5 vs. 8.6 days, 95% CI 0.6–3.3)", []),
     ("the change was -0.2% (95% CI -0.003 to -0.001)", ["holds"]),
     ("a 2.05-unit improvement (95% CI -3.5 to -0.6) was", ["holds"]),
     ("the difference was 0.63 (95% CI -0.02 to 0.15)", ["fails"]),
     ("survival was 156 days (95% CI 174.1–269.3)", ["question"])],
)  # fmt: skip
def test_limits_that_do_not_hold_a_number_may_be_of_another(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


@pytest.mark.parametrize(
    ("text", "asked"),
    [("mean difference -0.22 (95% CI -0.401 to 0.01)", True),  # the middle is -0.195
     ("mean difference -0.20 (95% CI -0.401 to 0.01)", False),
     ("mean difference in costs -0.22 (95% CI -0.401 to 0.01)", False),
     ("indirect effect, a difference of -0.22 (95% CI -0.401 to 0.01)", False),
     ("mean difference 2.00 (95% CI 1.00 to 4.00)", False),  # the middle of a ratio
     ("a mean difference of 0.21 (95% CI -0.40 to -0.01)", False)],
)  # fmt: skip
def test_a_difference_of_the_text_is_in_the_middle_but_for_rounding(text, asked):
    found = of_text(f"In all there was a {text}.", "interval")
    assert ("not quite in the middle, as a difference is" in {f.reading for f in found}) == asked


@pytest.mark.parametrize(
    ("text", "levels"),
    [("an effect of 36.0% (95% CI -2.3% to 88.5%) was", ["holds"]),  # 1.36 of 0.977 to 1.885
     ("an effect of 56.0% (95% CI -2.3% to 88.5%) was", ["question"]),
     ("the number needed to treat was 21 (95% CI 12 to 79)", ["holds"]),  # 1 in 12 to 1 in 79
     ("the mean difference was 21 (95% CI 12 to 79)", ["question"]),
     ("BMI showed a decrease of 0.14 (95% CI -0.44 to 0.16)", ["holds"]),
     ("scores fell in both (mean difference 0.14 (95% CI -0.44 to 0.16))", ["question"]),
     ("the mean difference was 0.14 (95% CI -0.44 to 0.16)", ["question"]),
     ("the odds ratio was 4.29 (95% CI 0.40 to 216.11)", ["holds"]),  # four events against one
     ("the odds ratio was 0.60 (95% CI 0.27 to 2.72)", ["question"]),
     ("with a correlation of 0.5 the hazard ratio was 0.53 (95% CI 0.30 to 0.92)", ["holds"]),
     ("correlation coefficients (95% CI) of scores of one day and the next were 0.86 (0.75-0.92)",
      ["holds"]),
     ("the standardised mortality ratio was 9.54 (95% CI 1.16 to 34.48)", ["holds"])],
)  # fmt: skip
def test_what_the_words_about_an_interval_say_may_be_the_scale_on_which_it_is_even(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


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


@pytest.mark.parametrize(
    ("behind", "asked"),
    [("P = 0.005", True), ("P = 0.005, test for interaction", False),
     ("P = 0.005 at ten years (log rank test)", False)],
)  # fmt: skip
def test_the_p_of_another_test_is_not_held_to_limits(behind, asked):
    found = of_text(f"risk rose (odds ratio 1.22; 95% CI 1.02-1.46; {behind}) there", "interval")
    assert any(f.level == "question" for f in found) == asked


@pytest.mark.parametrize(("p", "asked"), [("0.001", False), ("0.004", True)])
def test_a_p_of_one_in_a_thousand_may_stand_for_less(p, asked):
    found = of_text(f"a hazard ratio of 1.29 (95% CI 1.17-1.43; P = {p})", "interval")
    assert any(f.level == "question" for f in found) == asked


def test_the_p_behind_the_second_of_two_means_compares_them():
    text = "the mean was -0.28 [95% CI -0.36 to -0.20]) versus control (mean -0.46 [95% CI {}])"
    for limits in ("-0.57 to -0.35; P = 0.02", "-0.57 to -0.35; P = 0.9"):
        assert {f.level for f in of_text(f"({text.format(limits)}.", "interval")} == {"holds"}
    text = "the mean change was larger (4.6, 95% CI 1.2-7.9 vs. -0.2, 95% CI -3.2-2.8, P = 0.03)"
    assert {f.level for f in of_text(text, "interval")} == {"holds"}


@pytest.mark.parametrize(
    ("head", "levels"), [("P value", {"question", "holds"}), ("Fisher exact test, P", {"holds"})]
)
def test_the_p_of_an_exact_test_is_not_held_to_limits_of_another_kind(head, levels):
    rows = [["", "Difference (95% CI)", head], ["Old", "-14.8 (-28.9 to -0.7)", "0.0711"]]
    assert {f.level for f in of_table(*rows, check="interval").values()} == levels


def test_limits_that_all_descend_are_not_asked_about():
    rows = [["", "Mean (95% CI)"], ["pain", "59.9 (67.6, 52.1)"], ["walk", "24.1 (33.4, 14.8)"],
            ["run", "36.8 (45.3, 28.2)"], ["jump", "7.5 (9.2, 5.7)"]]  # fmt: skip
    found = of_table(*rows, check="interval")
    assert {f.level for f in found.values()} == {"holds"}
    rows[2:] = [["walk", "24.1 (14.8, 33.4)"], ["run", "36.8 (28.2, 45.3)"]]
    assert of_table(*rows, check="interval")[1, 1].level == "fails"


def test_sizes_and_sds_above_a_row_of_limits_have_none():
    rows = [["", "A", "B"], ["Mean", "36.02", "30.11"], ["n", "13", "13"],
            ["95% CI", "30.42 to 41.62", "25.10 to 35.13"]]  # fmt: skip
    assert not [f for f in of_table(*rows, check="interval").values() if f.level != "holds"]


@pytest.mark.parametrize(("p", "asks"), [("0.17", False), ("0.94", True)])
def test_a_p_that_the_limits_beside_it_give_is_not_asked_of_the_counts(p, asks):
    row = ["Compact", "121 (56.0%)", "137 (60.6%)", "-8.3 (-20.2 to 3.6)", p]
    found = of_all(["", "A (n=216)", "B (n=226)", "Effect (95% CI)", "P"], row)
    assert any(f.check == "p-of-table" and f.level == "question" for f in found) == asks


def test_a_p_beside_one_of_two_levels_with_limits_is_of_both():
    head = ["", "Change (95% CI)", "P"]
    rows = [["Fish", "-1.88 (-3.60 to -0.15)", "-"], ["Meat", "-4.10 (-5.54 to -2.65)", "0.06"]]
    found = of_table(head, *rows, check="interval")
    assert (2, 2) not in found
    rows[0][2] = "0.03"
    assert of_table(head, *rows, check="interval")[2, 2].level != "holds"


@pytest.mark.parametrize(("head", "asks"), [("Change", False), ("Mean change", True)])
def test_what_a_note_calls_medians_need_not_be_in_the_middle_unless_its_head_says_mean(head, asks):
    rows = [["", f"{head} (95% CI)"], ["pain", "-4 (-7 to 2)"], ["walk", "9.5 (-14 to 24)"]]
    found = of_table(*rows, check="interval", caption="Medians or means of the changes")
    assert any(f.level != "holds" for f in found.values()) == asks


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("with P values of 0.0017 (HR = 1.74 [95% CI: 1.39, 2.09])", "question"),
        ("fewer died (P = 0.02; HR = 0.53; 95% CI: 0.30-0.92)", "holds"),
        ("fewer died (P = 0.20; adjusted odds ratio 0.53; 95% CI: 0.30-0.92)", "question"),
        ("(OR 0.9, 95% CI 0.5-1.6, P = 0.72, OR 0.53, 95% CI: 0.30-0.92)", None),  # of the first
    ],
)
def test_a_p_that_opens_the_brackets_of_an_estimate_is_its_own(text: str, level: str | None):
    found = {f.printed[:4]: f for f in of_text(text, "interval") if f.against.startswith("P ")}
    last = [f.level for printed, f in found.items() if printed != "0.9,"]
    assert last == ([level] if level else [])


def test_estimates_above_0_are_of_the_scale_of_those_whose_limits_are_below_it():
    cells = ["-0.87 (-1.32 to -0.42)", "-0.59 (-1.11 to -0.07)", "-0.57 (-1.10 to -0.04)",
             "0.25 (-0.18 to 0.68)", "0.61 (0.45 to 0.77)", "0.29 (0.22 to 0.80)"]  # fmt: skip
    rows = [[f"score {i}", cell] for i, cell in enumerate(cells)]
    found = of_table(["", "d (95% CI)"], *rows, check="interval")
    assert [at[0] for at, f in found.items() if f.level != "holds"] == [6]


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
