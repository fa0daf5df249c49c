"""Correct: each form of the declared language gives the result that follows by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from secondlook import claims
from secondlook.claims import ClaimsError, Derived, Possible
from secondlook.claims.derivation import p_values
from secondlook.claims.value import in_digits
from secondlook.printed import parse
from secondlook.proportions import fisher_exact, pearson

TABLE_4 = """\
case,risk,response,cd33,survival
1,Favorable,PD,88,2
2,Adverse,PD,79,1
3,Adverse,PR,68,6
4,Adverse,PR,,3
5,Intermediate,CR,73,18
6,Intermediate,PR,95,16
"""
PRINTED = {
    "n": "Six", "men": "4", "cr": "1", "pr": "3", "orr": "66.6", "mean": "5.2", "p": "0.03",
    "over": ">100", "dash": "–", "third": "two-thirds", "half": "50", "zero": "0",
}  # fmt: skip


def claim(name: str, printed: str, more: str = "needs: records") -> str:
    return f'- {{id: {name}, where: Table 1, quantity: {name}, printed: "{printed}", {more}}}\n'


@pytest.fixture
def judged(paper):
    """Return a function that judges one claim among those of `PRINTED`."""
    rest = "".join(claim(name, text) for name, text in PRINTED.items())

    def judge(declared: str, printed: str = "6", before: str = ""):
        expect = "expect: differs, cause: unknown, why: test"
        paper(
            f"claims:\n{rest}{before}{claim('it', printed, f'{declared}, {expect}')}",
            table_4=TABLE_4,
        )
        return next(each for each in claims.judge("smith-2001") if each.claim.id == "it")

    return judge


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("n - men", 2),
        ("n - men - cr", 1),
        ("n - (men - cr)", 3),
        ("-cr + n", 5),
        ("n + 2 * men / 4", 8),
        ("n / men / 2", Fraction(3, 4)),
        ("percent(cr + pr, n)", Fraction(400, 6)),
        ("ratio(cr, n)", Fraction(1, 6)),
        ("sum(cr, pr, men)", 8),
        ("rest(n, cr, pr)", 2),
        ("middle(n)", Fraction(7, 2)),
        ("nearest(half * n / 100)", 3),
        ("limit(over) + 1", 101),
        ("max(cr, pr, men)", 4),
        ("min(cr, pr)", 1),
        ("median(cr, pr, men)", 3),
        ("mean(cr, men)", Fraction(5, 2)),
        ("count(table-4)", 6),
        ("count(table-4, risk = Adverse)", 3),
        ("count(table-4, risk = Adverse, response != PD)", 2),
        ("count(table-4, risk in (Favorable, Intermediate))", 3),
        ("count(table-4, survival >= 3 and response = PR or case = 1)", 4),
        ("count(table-4, survival < n)", 3),
        ("count(table-4, cd33 != 88)", 4),  # a missing cell meets no condition
        ("sum(table-4.survival)", 46),
        ("mean(table-4.survival, response = PR)", Fraction(25, 3)),
        ("median(table-4.cd33)", 79),
        ("max(table-4.cd33) - min(table-4.cd33)", 27),
        ("sd(table-4.case)", Fraction(math.isqrt(35 * 10**59), 10**30)),  # sqrt(3.5)
        ("sd(table-4.case, case = 1)", 0),
        ("cell(table-4, 5, survival)", 18),
        ("cell(table-4.cd33, case = 2)", 79),
        ('cell(table-4.cd33, "risk" = "Favorable")', 88),
    ],
)
def test_an_expression_has_its_value_exactly(judged, expression, value):
    result = judged(f"from: '{expression}'").result
    assert isinstance(result, Derived)
    assert result.value == value
    assert isinstance(result.value, Fraction)


@pytest.mark.parametrize(
    ("expression", "how"),
    [
        ("percent(cr + pr, n)", "4 (1 + 3) of 6, in percent [cr, n, pr]"),
        ("n - (men - cr)", "6 − (4 − 1) [cr, men, n]"),
        ("rest(n, cr, pr)", "6 less 1 and 3 [cr, n, pr]"),
        ("count(table-4, risk = Adverse)", "3 rows of table-4 with risk = Adverse"),
        ("cell(table-4, 2, cd33)", "79 [table-4: 2, cd33]"),
        ('cell(table-4, "2", cd33) + n', "79 + 6 [n; table-4: 2, cd33]"),
        (
            "mean(table-4.cd33, risk = Adverse)",
            "the mean of 2 numbers in column cd33 of table-4 with risk = Adverse (1 missing)",
        ),
        ("cell(table-4.cd33, case = 2)", "79 [table-4: cd33 with case = 2]"),
        ('count_behind("66.7", n)', "the only whole number that is 66.7% of 6 [n]"),
        (  # 6 of 90 are 6.67%, which is 6% if it is cut
            'count_behind("6", 15 * n)',
            "the only whole number that is 6% of 90 (15 × 6), rounded [n]",
        ),
    ],
)
def test_how_has_the_numbers_in_it(judged, expression, how):
    assert judged(f"from: '{expression}'").result.how == how


def test_a_number_printed_with_decimals_stands_for_all_that_print_so(judged):
    # 5.2 is 5.15 to 5.3 (rounded or cut): six times that is 30.9 to 31.8.
    assert judged("from: mean * n", "31").verdict == "reproduced"  # 31.2
    assert judged("from: mean * n", "32").verdict == "attainable"
    assert judged("from: mean * n", "33").verdict == "differs"
    # A whole number is a count, unless it is said to be rounded: 49.5 to 51 percent of six.
    assert judged("from: half * n / 100", "3.01").verdict == "differs"
    assert judged("from: rounded(half) * n / 100", "3.01").verdict == "attainable"


@pytest.mark.parametrize(
    ("expression", "printed", "verdict", "shown"),
    [
        ("count_behind(orr, n)", "4", "differs", None),  # 66.6 is cut from 66.67: none rounds so
        ('count_behind("66.7", n)', "4", "reproduced", "4"),
        ('count_behind("66.7", n)', "3", "differs", "4"),
        ('count_behind("50", 6 * n)', "18", "reproduced", "18"),
        ('count_behind("1", 100 * n)', "6", "attainable", None),
        ('size_behind(men, "66.7")', "6", "reproduced", "6"),
        ('size_behind(men, "1")', "400", "attainable", None),
        ("some_count(n)", "66.7", "attainable", "some count of 6"),
        ("some_count(n)", "60", "unattainable", None),
        ("between(cr, n)", "7", "unattainable", None),
        ("between(cr, n)", "6", "attainable", "1 to 6"),
        ("at_least(men)", "4", "attainable", "4 or more"),
        ("at_least(men)", "5", "attainable", None),
        ("at_least(men)", "3", "unattainable", None),
        ("at_most(men)", "4", "attainable", "4 or less"),
        ("at_most(men)", "3", "attainable", None),
        ("at_most(men)", "5", "unattainable", None),
        ("at_most(men / 8)", "0", "attainable", "0.50 or less"),
        ("between(n, n)", "6", "attainable", "6 to 6"),
        ("one_of(mean(table-4.cd33), median(table-4.cd33))", "79", "attainable", None),
        ("one_of(mean(table-4.cd33), median(table-4.cd33))", "80.6", "attainable", None),
        ("one_of(mean(table-4.cd33), median(table-4.cd33))", "80", "truncated", None),
        ("quartile(table-4.survival, 1)", "2", "attainable", None),
        ("quartile(table-4.survival, 3)", "9", "unattainable", None),
    ],
)
def test_what_a_percent_or_a_bound_allows(judged, expression, printed, verdict, shown):
    found = judged(f"from: '{expression}'", printed)
    if expression == "count_behind(orr, n)":
        assert isinstance(found.result, Possible)
        assert found.verdict == "attainable"
        return
    assert found.verdict == verdict
    if shown:
        assert found.result.shown(printed) == shown


def test_quartiles_are_those_of_rs_nine_types(judged):
    # R 4.3: sapply(1:9, \(t) quantile(c(1, 2, 3, 6, 16, 18), .25, type = t))
    wanted = [2, 2, 2, 1.5, 2, 1.75, 2.25, 1.916667, 1.9375]
    result = judged("from: 'quartile(table-4.survival, 1)'", "2").result
    assert {round(float(value), 6) for value in result.values} == {*wanted}


def test_a_quartile_on_which_the_definitions_part_is_possible_in_each_way(judged):
    # R 4.3: sapply(1:9, \\(t) quantile(c(1, 3), .25, type = t)), and .75
    for which, values in ((1, (1, 1.5)), (3, (2, 2.5, 3))):
        expression = f"quartile(table-4.case, {which}, case in (1, 3))"
        assert judged(f"from: '{expression}'", "1").result.values == values


def test_the_limits_of_a_percent_are_those_of_the_intervals_in_use(judged):
    # R 4.3: binom.test(4, 6)$conf.int is 0.2227781 0.9567281; prop.test(4, 6, correct = FALSE),
    # which is Wilson's, 0.2999933 0.9032251.
    low = judged("from: 'lower_limit(men, n)'", "22.3")
    assert low.verdict == "attainable"
    assert low.result.how == (
        "lower 95% limit of 4 of 6, in percent; printed by clopper-pearson [men, n]"
    )
    assert "printed by wilson" in judged("from: 'upper_limit(men, n)'", "90.3").result.how
    named = judged("from: 'upper_limit(men, n, clopper-pearson)'", "95.7")
    assert (named.verdict, named.result.shown("95.7")) == ("reproduced", "95.673")
    assert judged("from: 'upper_limit(men, n, wilson)'", "95.7").verdict == "differs"
    none = judged("from: 'lower_limit(men, n)'", "50.3")
    assert none.verdict == "unattainable"
    assert "none of the 12 usual intervals" in none.result.how
    assert "none of the 11 usual" in judged("from: 'lower_limit(n, n)'", "5.55").result.how
    assert judged("from: 'lower_limit(cr + pr, n)', reads: '22.3'", "22-").verdict == "attainable"


def test_what_two_counts_make_has_its_estimate_and_its_limits_by_the_kinds_in_use(judged):
    # 4/2 against 1/5: 4 * 5 / (2 * 1); R: exp(log(10) + c(-1, 1) * qnorm(.975) * sqrt(1.95));
    # fisher.test(matrix(c(4, 1, 2, 5), 2))$conf.int 0.43090 585.20
    counts = "(men, n, cr, n)"
    odds = judged(f"from: 'odds_ratio{counts}'", "10.0")
    assert (odds.verdict, odds.result.value) == ("reproduced", 10)
    assert odds.result.how == "odds ratio of 4 of 6 and 1 of 6 [cr, men, n]"
    assert judged(f"from: '2 * risk_ratio{counts}'", "8").result.value == 8
    assert judged(f"from: '100 * risk_difference{counts}'", "50").result.value == 50
    assert judged("from: 'odds_ratio(men, n, cr, n, haldane)'", "6.6").verdict == "reproduced"
    exact = judged("from: 'odds_ratio(men, n, cr, n, exact)'", "7.96").result
    assert exact.value == pytest.approx(fisher_exact([[4, 2], [1, 5]]).odds_ratio)
    low = judged(f"from: 'lower_limit(odds_ratio{counts})'", "0.65")
    assert low.verdict == "attainable"
    assert low.result.how == (
        "lower 95% limit of odds ratio of 4 of 6 and 1 of 6; printed by woolf [cr, men, n]"
    )
    assert (
        judged(f"from: 'lower_limit(odds_ratio{counts}, woolf)'", "0.648").verdict == "reproduced"
    )
    high = judged(f"from: 'upper_limit(odds_ratio{counts})'", "154.4")
    assert "printed by woolf" in high.result.how
    assert (
        "printed by exact" in judged(f"from: 'lower_limit(odds_ratio{counts})'", "0.43").result.how
    )
    none = judged(f"from: 'lower_limit(odds_ratio{counts})'", "3.3")
    assert none.verdict == "unattainable"
    assert "none of the 7 usual intervals" in none.result.how
    # Wald: 50 less and more 1.96 * sqrt(2 / 54 + 5 / 216) * 100
    points = judged(f"from: 'lower_limit(100 * risk_difference{counts}, wald)'", "1.9")
    assert points.verdict == "reproduced"
    assert points.result.how.startswith("lower 95% limit of 100 × risk difference of 4 of 6 and")
    # of none there is no limit of Woolf's
    none = judged("from: 'lower_limit(odds_ratio(zero, n, cr, n))'", "7")
    assert "none of the 6 usual" in none.result.how


@pytest.mark.parametrize("of", ["men, n", "100 * risk_ratio(men, n, cr, n)", "count(table-4), n"])
def test_a_limit_without_its_kind_is_expected_to_be_attainable_and_with_it_reproduced(paper, of):
    kind = "wilson" if of.endswith(", n") else "katz"
    rest = "".join(claim(name, text) for name, text in PRINTED.items())
    one, other = f"lower_limit({of})", f"lower_limit({of}, {kind})"
    paper(
        rest + claim("a", "0", f"from: '{one}'") + claim("b", "0", f"from: '{other}'"),
        table_4=TABLE_4,
    )
    found = {each.claim.id: each.claim for each in claims.judge("smith-2001")}
    assert (found["a"].expect, found["a"].cause) == ("attainable", "specification")
    assert (found["b"].expect, found["b"].cause) == ("reproduced", None)


def test_the_limits_of_a_difference_of_means_are_those_of_what_rounds_to_them(judged):
    # scipy 1.17: ttest_ind_from_stats(5.2, 2, 6, 4, 1, 6).confidence_interval(): -0.83400 3.23400;
    # with equal_var=False -0.93777 3.33777. 5.15 to 5.3 less 3.5 to 5, SDs up to 3 and 2.
    means = "mean_difference(mean, 2, n, men, 1, n)"
    assert judged(f"from: '{means}'", "1.2").verdict == "reproduced"
    assert judged(f"from: '{means}'", "1.8").verdict == "attainable"
    assert judged(f"from: '{means}'", "1.9").verdict == "differs"
    named = judged(f"from: 'lower_limit({means}, \"t test\")'", "-0.83")
    assert named.verdict == "reproduced"
    welch = judged(f"from: 'upper_limit({means}, \"Welch t test\")'", "3.34")
    assert (welch.verdict, welch.result.shown("3.34")) == ("reproduced", "3.3378")
    each = judged(f"from: 'lower_limit({means})'", "-0.94")
    assert each.verdict == "attainable"
    assert judged(f"from: 'upper_limit({means})'", "9").verdict == "unattainable"


def test_a_standard_error_stands_for_the_sd_that_it_is_of(judged):
    # n is 6: 2 / sqrt(6) = 0.8165, of which men, 4 (3.5 to 5), is 8.6 to 12.2
    found = judged("from: 'sd_from_se(men, n)'", "9.8")
    assert (found.verdict, found.result.how) == ("reproduced", "4 × √6 [men, n]")
    assert judged("from: 'sd_from_se(men, n)'", "8.6").verdict == "attainable"
    assert judged("from: 'sd_from_se(men, n)'", "12.4").verdict == "differs"
    test = "test: {means: [[mean, 'sd_from_se(half, n)', n], [men, 2, n]], named: t test}"
    as_sd = "test: {means: [[mean, half * 2, n], [men, 2, n]], named: t test}"
    assert judged(test, "0.9").verdict == judged(as_sd, "0.9").verdict


def test_a_condition_may_name_the_claim_whose_number_a_cell_has(judged):
    assert judged("from: 'count(table-4, case = men)'").result.value == 1
    assert judged("from: 'cell(table-4, men, survival)'").result.value == 3


def test_what_is_computed_from_rounded_cells_keeps_their_rounding(paper):
    text = "".join(claim(name, "5.0", f"'from': '{expression}'") for name, expression in (
        ("q", "quartile(t.v, 1)"), ("s", "sd(t.v)"), ("m", "mean(t.v)"), ("near", "nearest(3 * x)"),
    ))  # fmt: skip
    paper(text + claim("x", "5.3"), t="k,v\n1,5.2\n2,5.4\n3,5.9\n")
    found = {each.claim.id: each.result for each in claims.judge("smith-2001")}
    # 5.2 is 5.15 to 5.3, rounded or cut; so is each of the others.
    assert isinstance(found["q"], Possible)
    assert found["q"].values.lower <= Fraction("5.15")
    assert found["s"].within.lower < found["s"].value < found["s"].within.upper
    assert (found["m"].within.lower, found["m"].within.upper) == (Fraction("5.45"), Fraction("5.6"))
    # Three times 5.25 to 5.4 is 15.75 to 16.2: to the nearest whole number 16.
    assert (found["near"].value, found["near"].within) == (16, None)


def test_a_quartile_on_which_all_definitions_agree_is_derived(judged):
    found = judged("from: 'quartile(table-4.case, 3, case = 3)'", "3")
    assert isinstance(found.result, Derived)
    assert (found.verdict, found.result.value) == ("reproduced", 3)


def test_the_spread_of_two_rounded_numbers_has_limits_and_of_one_none(paper):
    paper(
        claim("two", "0.1", "'from': 'sd(t.v, k != 3)'")
        + claim("one", "0", "'from': 'sd(t.v, k = 3)'"),
        t="k,v\n1,5.2\n2,5.4\n3,5.9\n",
    )  # fmt: skip
    two, one = (each.result for each in claims.judge("smith-2001"))
    assert two.within.lower < two.value < two.within.upper
    assert (one.value, one.within) == (0, None)


def test_several_places_that_agree_reproduce_and_that_do_not_conflict(judged):
    both = "from: {Table 1: cr + pr, 'Table 4': 'count(table-4, response in (CR, PR))'}"
    assert judged(both, "4").verdict == "reproduced"
    found = judged(both, "5")
    assert found.verdict == "conflicts"
    assert found.result.shown("5") == "4 (Table 1); 4 (Table 4)"
    assert found.result.how.startswith("Table 1: 1 + 3; Table 4: 4 rows of table-4 with")
    other = "from: {Table 1: cr + pr, 'Table 4': 'count(table-4, response = PR)'}"
    assert judged(other, "4").verdict == "conflicts"


def test_a_restated_number_names_its_place(judged):
    other = '- {id: other, where: Text, quantity: six, printed: "6", needs: records}\n'
    assert judged("same: other", "6", other).result.how == "restated: Text"
    found = judged("same: n", "6")
    assert (found.verdict, found.result.how) == ("reproduced", "restated: at the same place, n")
    assert judged("same: n", "7").verdict == "conflicts"
    assert judged("same: third", "Two-thirds").verdict == "reproduced"


def test_an_exact_test_that_is_too_large_is_no_evidence_against_a_p_value():
    table = [[4000, 6000, 5000], [4500, 5500, 7000]]
    result = p_values(table, "0.5", None)
    assert result.verdict("0.5") == "not-derivable"
    assert (
        "the P of Fisher for 4000/6000/5000 and 4500/5500/7000, which is not computed" in result.how
    )
    printed = f"{pearson(table).p_value:.2g}"
    assert p_values(table, printed, None).verdict(printed) == "attainable"


def test_a_p_value_is_printed_by_a_usual_test_or_by_none(judged):
    table = "test: {table: [[men, n - men], [cr, n - cr]]}"
    found = judged(table, "0.24")
    assert found.verdict == "attainable"
    assert "4/2 and 1/5" in found.result.how
    assert "Fisher (two-sided)" in found.result.how
    assert judged(table, "0.0001").verdict == "unattainable"
    named = "test: {table: [[men, n - men], [cr, n - cr]], named: Fisher}"
    assert judged(named, "0.24").verdict == "attainable"
    assert judged(named, "0.08").verdict == "unattainable"  # the chi-square test's
    with pytest.raises(ClaimsError, match=r"`named` is one of .*Fisher"):
        judged("test: {table: [[men, n - men], [cr, n - cr]], named: Student}")


def test_a_p_value_of_ordered_counts_may_be_that_of_their_ranks_or_of_a_trend(judged):
    # R: wilcox.test(rep(1:3, c(6, 1, 3)), rep(1:3, c(1, 3, 6)), exact = FALSE): P 0.06084, and with
    # correct = FALSE 0.05544; prop.trend.test 0.04415; chisq.test 0.06169
    rows = "[[n, cr, pr], [cr, pr, n]]"
    for p in ("0.061", "0.055", "0.044", "0.062"):
        assert judged(f"test: {{ordered: {rows}}}", p).verdict == "attainable"
    assert judged(f"test: {{table: {rows}}}", "0.055").verdict == "unattainable"
    named = f"test: {{ordered: {rows}, named: 'Mann-Whitney, corrected'}}"
    assert judged(named, "0.061").result.how == (
        "6/1/3 and 1/3/6; printed by Mann-Whitney, corrected (two-sided)"
    )
    assert judged(named, "0.055").verdict == "unattainable"
    either = f"test: {{ordered: {rows}, named: Mann-Whitney}}"
    assert {judged(either, p).verdict for p in ("0.055", "0.061")} == {"attainable"}
    assert judged(either, "0.044").verdict == "unattainable"  # the trend's


def test_a_p_value_is_that_of_a_test_of_printed_means_or_of_none(judged):
    # rounded or cut: 5.15 to 5.3 and 3.5 to 5, SDs 0.5 to 2; P from 0.058 to 0.90
    test = "test: {means: [[mean, cr, n], [men, 2, n]]%s}"
    found = judged(test % ", named: t test", "0.1")
    assert found.verdict == "attainable"
    assert found.result.how == "5.2 (1) of 6 and 4 (2) of 6; printed by t test"
    assert judged(test % ", named: t test", "0.03").verdict == "unattainable"
    one_sided = judged(test % "", "0.03")
    assert one_sided.verdict == "attainable"
    assert "; printed by z test, one-sided t test, " in one_sided.result.how
    none = judged(test % ", named: [t test, z test]", "0.95").result
    assert "; not printed by t test or z test" in none.how
    assert judged(test % "", "<0.001").verdict == "unattainable"


def test_a_contradiction_holds_or_does_not(judged):
    yes = judged("contradicts: men, if: it > men and middle(n) <= men")
    assert yes.verdict == "conflicts"
    assert yes.result.by == "men: 4 (Table 1)"
    assert yes.result.how == (
        "they cannot both hold, since 6 (it) > 4 (men) and 3.5 (the middle of 6) ≤ 4 (men) [men, n]"
    )
    no = judged("contradicts: [men, cr], if: not it > n or men = cr")
    assert no.verdict == "conflicts"
    assert no.result.how.startswith("they cannot all hold, since not 6 (it) > 6 (n) or ")
    held = judged("contradicts: no claim says so, if: it != n")
    assert held.verdict == "reproduced"
    assert held.result.how == "they can both hold; they could not if 6 (it) ≠ 6 (n) [n]"


@pytest.mark.parametrize(
    ("limit", "printed", "best"),
    [
        ("lower_limit(men, n)", "22.3", "attainable"),
        ("lower_limit(2 * cr, n)", "4.3", "attainable"),  # a count, not times a measure
        ("lower_limit(men, n, clopper-pearson)", "22.3", "reproduced"),
        ("lower_limit(odds_ratio(men, n, cr, n))", "0.65", "attainable"),
        ("lower_limit(odds_ratio(men, n, cr, n), woolf)", "0.648", "reproduced"),
        ("lower_limit(100 * risk_difference(men, n, cr, n), wald)", "1.9", "reproduced"),
    ],
)
def test_a_limit_gives_one_value_where_its_kind_is_named(paper, limit, printed, best):
    rest = "".join(claim(name, text) for name, text in PRINTED.items())
    paper(f"claims:\n{claim('it', printed, f'from: {limit!r}')}{rest}")
    judged, *_ = claims.judge("smith-2001")
    assert (judged.claim.expect, judged.verdict) == (best, best)


def test_a_word_is_written_in_digits_and_a_printed_number_as_it_is_printed():
    written = {"Six": "6", "12,7": "12.7", "5.0": "5.0", "1,234,567.8": "1,234,567.8"}
    assert {text: in_digits(text, parse(text).value) for text in written} == written


def test_a_limit_that_is_compared_is_called_one(judged):
    found = judged("contradicts: men, if: limit(it) * 10 > limit(men)").result.how
    assert found == "they cannot both hold, since 60 (6 × 10) > 4 (limit: men) [men]"


def test_needs_and_a_citation_alone_need_no_second_word(paper):
    paper(
        claim("a", "5") + claim("b", "15", "cites: 15") + claim("c", "5", "cites: 3, needs: x")
        + claim("d", "5", "cites: 7-13")
    )  # fmt: skip
    found = claims.judge("smith-2001")
    assert all(each.as_expected and each.verdict == "not-derivable" for each in found)
    assert [each.result.how for each in found] == [
        "would need records", "would need reference 15", "would need x",
        "would need references 7-13",
    ]  # fmt: skip
    assert [each.claim.cause for each in found] == ["data", *["citation"] * 3]


def test_a_dash_or_a_word_reads_as_the_number_that_the_claim_says(judged):
    none = claim("none", "–", "reads: 0, needs: records")
    assert judged("from: n - none", "6", none).verdict == "reproduced"
    found = judged("from: 'zero + zero', reads: 0", "none")
    assert (found.claim.printed, found.verdict) == ("none", "reproduced")


def test_a_claim_of_another_paper_is_named_with_its_key(paper, judged):
    paper(claim("dose", "3"), key="jones-2002")
    found = judged("same: 'jones-2002:dose'", "3")
    assert (found.verdict, found.result.how) == ("reproduced", "restated: jones-2002, Table 1")
    assert judged("from: 'jones-2002:dose * 2'", "6").verdict == "reproduced"
    with pytest.raises(ClaimsError, match=r"no paper 'jones-2002' under this root with .*doze"):
        judged("same: 'jones-2002:doze'", "3")


def test_a_reason_is_named_once(paper):
    paper(
        "reasons:\n  cut: {cause: rounding, why: the digit was cut}\n  swap: the rows are swapped\n"
        "claims:\n"
        + claim("n", "21")
        + claim("r", "11")
        + claim("a", "52.3", "'from': 'percent(r, n)', expect: truncated, why: =cut")
        + claim("b", "52.3", "'from': 'percent(r, n)', expect: truncated, why: =a")
        + claim("c", "5", "same: n, expect: conflicts, cause: data, why: =swap")
    )
    a, b, c = claims.judge("smith-2001")[2:]
    assert {(e.claim.cause, e.claim.why) for e in (a, b)} == {("rounding", "the digit was cut")}
    assert (c.claim.cause, c.claim.why) == ("data", "the rows are swapped")
    assert all(each.as_expected for each in (a, b, c))


def test_claims_that_only_derive_each_other_are_one_check(paper):
    paper(
        claim("n", "21", "from: men + women")
        + claim("men", "13", "from: n - women")
        + claim("women", "8", "from: n - men")
        + claim("n-abstract", "21", "same: n")
        + claim("n-methods", "21", "same: n-abstract")
        + claim("n-again", "21", "same: n-methods")
        + claim("back", "21", "same: n-again")
        + claim("percent", "61.9", "from: 'percent(men, n-methods)'")
        + claim("count", "13", "from: 'count_behind(percent, n)'")
        + claim("age", "59")
    )
    assert claims.independent("smith-2001") == 1 + 4 + 1 + 1
    assert frozenset({"n", "men", "women"}) in claims.identities("smith-2001")


def test_a_function_of_the_paper_gives_one_result_or_those_of_many_and_runs_once(paper):
    root = paper(
        claim("a", "5", "by: one")
        + claim("b", "6", "by: late.many")
        + claim("c", "7", "by: late.many")
    )
    package = root / "src" / "papers" / "smith_2001"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from secondlook.claims import Derived\ndef one():\n    return Derived(5, 'counted')\n"
    )
    (package / "late.py").write_text(
        "from secondlook.claims import Derived\ncalls = []\ndef many():\n    calls.append(1)\n"
        "    return {'b': Derived(6, str(calls)), 'c': Derived(7, str(calls))}\n"
    )
    judged = claims.judge("smith-2001")
    assert [each.verdict for each in judged] == ["reproduced"] * 3
    assert [each.result.how for each in judged] == ["counted", "[1]", "[1]"]


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("from: n - mem", r"no claim, cell or table 'mem'; the nearest known are men"),
        ("from: n-men", r"no claim 'n-men'; a minus has blanks around it"),
        ("from: cr/n", r"no claim 'cr/n'; a division has blanks around it"),
        (
            "from: n - table-4",
            r"table-4 is a table; name a cell of it, as cell\(table-4, row label",
        ),
        ("same: n - men", "one claim is named here; what is computed stands under `from`"),
        ("from: n-zero-9", "no claim 'n-zero-9'; a minus has blanks around it"),
        ("from: n - it", "is the claim itself: that checks nothing"),
        ("same: it", "is the claim itself"),
        ("from: n / (cr - cr)", r"at character 6 \(cr - cr\): divides by zero"),
        ("from: 'percent(cr, zero)'", r"\(zero\): divides by zero"),
        ("from: 12", "rests on nothing printed"),
        ("from: 'sum(4, 8)'", "rests on nothing printed"),
        ("from: 'between(0, 8)'", "rests on nothing printed"),
        ("from: 'count_behind(\"50\", 8)'", "rests on nothing printed"),
        ("from: {Table 1: 12}", r"`from` has an expression for each place"),
        ("from: {Table 1: '12'}", "rests on nothing printed"),
        ("from: n * 0.5", "0.5 is no whole number of a definition; name the claim"),
        ("from: over + 1", r"printed as '>100'; limit\(over\) is the number in it"),
        ("from: third + 1", r"printed as 'two-thirds', which is no number; .*reads"),
        ("from: 'cell(table-4, 4, cd33)'", r"the cell of table-4 is empty: 'cd33'"),
        ("from: 'cell(table-4, 9, cd33)'", r"no cell of table-4.case is '9'"),
        ("from: 'cell(table-4, 1, cd34)'", r"no column 'cd34'; the nearest known are cd33"),
        ("from: 'cell(table-4, 1, risk)'", r"'Favorable', which is no number"),
        ("from: 'cell(table-4.cd33, risk = Adverse)'", r"3 rows of table-4 are meant"),
        ("from: 'count(table-4.cd33)'", "is a column; count\\(\\) takes the table"),
        ("from: 'smith-2000:n'", "there is no paper 'smith-2000' under this root"),
        ("from: percent(cr, n)", r"unknown field 'n\)'; a text with a comma needs quotes"),
        ("from: 'count(table-5)'", r"'table-5'; the nearest known are table-4"),
        (
            "from: 'count(table-4, risk = Advers)'",
            r"no cell of table-4.risk is 'Advers'; .*Adverse",
        ),
        ("from: 'count(table-4, n)'", r"a condition is `column = value`"),
        ("from: 'mean(table-4)'", "name the column"),
        ("from: 'mean(table-4.risk)'", "no number"),
        ("from: 'mean(table-4.cd33, case = 4)'", "no row of table-4 with case = 4 has a number"),
        ("from: 'median(table-4.cd34)'", "the nearest known are cd33"),
        ("from: 'pct(cr, n)'", r"no function pct\(\)"),
        ("from: 'percnt(cr, n)'", r"no function percnt\(\); the nearest known are percent"),
        ("from: 'percent(cr)'", r"percent\(\) takes 2 values, not 1"),
        (
            "from: 'n + some_count(n)'",
            r"some_count\(\) gives several values",
        ),
        ("from: 'count_behind(orr, mean)'", "a whole number is wanted"),
        ("from: 'between(n, cr)'", "nothing lies between 6 and 1"),
        ("from: 'count(table-4, 5 = case)'", "the column comes first"),
        ("from: 'count(\"table-4\")'", "begins with a table"),
        ("from: 'cell(table-4)'", "names the three"),
        ("from: 'count_behind(n + n, n)'", "a printed number is wanted"),
        ("from: 'count_behind(third, n)'", "cannot read 'two-thirds'"),
        ("from: 'count_behind(orr)'", "takes a percent and a whole number"),
        ("from: 'size_behind(zero, orr)'", "nothing can be searched with 0"),
        ("from: 'count_behind(orr, 99999 * n)'", "nothing can be searched with 599994"),
        ("from: 'some_count(zero)'", "takes the number of patients"),
        ("from: 'some_count(n, n)'", "takes the number of patients"),
        ("from: 'quartile(table-4.cd33, 2)'", "quartile"),
        ("from: 'lower_limit(men)'", r"lower_limit\(count, n, wilson\)"),
        (
            "from: 'lower_limit(risk_ratio(men, n, cr, n) * 100)'",
            r"of two groups lower_limit\(odds_",
        ),
        ("from: 'lower_limit(n, men)'", "6 of 4 is no proportion of 1 to 5000 patients"),
        ("from: 'upper_limit(zero, zero)'", "0 of 0 is no proportion of 1 to 5000 patients"),
        ("from: 'upper_limit(men, 5001 * n)'", "4 of 30006 is no proportion of 1 to 5000 patients"),
        ("from: 'upper_limit(men, n, wilsom)'", "is no interval; there are clopper-pearson, wil"),
        (
            "from: 'odds_ratio(men, n, zero, n)'",
            r"divides by zero; odds_ratio\(a, n, b, m, haldane",
        ),
        ("from: 'odds_ratio(men, n, cr)'", "behind these may stand woolf, haldane, exact"),
        ("from: 'risk_ratio(men, n, cr, n, woolf)'", "behind these may stand katz, haldane"),
        ("from: 'risk_difference(n, men, cr, n)'", "6 of 4 is no proportion"),
        ("from: 'lower_limit(odds_ratio(men, n, cr, n), wald)'", "is no interval; there are woolf"),
        ("from: 'lower_limit(odds_ratio(men, n, cr, n), woolf, exact)'", "is no interval"),
        (
            "from: 'lower_limit(odds_ratio(zero, n, cr, n), woolf)'",
            "woolf interval does not exist",
        ),
        ("from: 'n + lower_limit(odds_ratio(men, n, cr, n))'", "it can only stand alone"),
        ("from: 'mean_difference(mean, 2, n)'", r"\(mean, sd, n, mean, sd, n\) is of two groups"),
        ("from: 'lower_limit(mean_difference(mean, 2, n, men, 1, cr))'", "each of two or more"),
        ("from: 'sd_from_se(mean)'", "takes a standard error and a size"),
        ("from: 'limit(n + n)'", r"limit\(id\) names one claim"),
        ("from: 'rounded(third)'", "holds no number"),
        ("contradicts: [[n]], if: n > 1", "names a claim or is a sentence"),
        ("test: {tables: [[n]]}", "`test` has table, ordered or means, and named, not"),
        ("test: {table: n}", "has a list of rows"),
        ("test: {ordered: n}", r"{ordered: \[\[a, b\], \[c, d\]\]}` has a list of rows"),
        ("test: {ordered: [[cr, n], [n, pr]], table: [[cr, n]]}", "table, ordered or means"),
        ("from: n +", "the expression ends too early"),
        ("from: (n", r"'\)' is missing here"),
        ("from: n men", "unexpected 'men'; a sign or a comma is missing before it"),
        ("from: n = men", "a condition has no value here"),
        ("from: '\"6\"'", "a text has no value here"),
        ("from: n; men", "';' does not belong here"),
        ("from: n.real", r"no claim, cell or table 'n.real'"),
        ("from: __import__", "'_' does not belong here"),
        ("from: n ** 9", "unexpected '\\*'"),
        ("from: 'lambda: n'", "unexpected|does not belong"),
        ("from: 'n[0]'", "does not belong here"),
        ("contradicts: men, if: n", "`if` is a condition"),
        ("contradicts: mem, if: n > 1", "nearest known are men"),
        ("test: {table: [[men, 3], [cr]]}", "."),
        ("test: {table: [[men, 3], [cr, 2]], named: [[Fisher]]}", "`named` is one of .*Fisher"),
        ("test: {table: [[mean, 3], [cr, 2]]}", "a cell of `test` is a count; mean is 5.2"),
        ("test: {table: [[4, 3], [1, 2]]}", "not numbers alone"),
        ("test: {means: [[4, 3, 9], [1, 2, 9]]}", "not numbers alone"),
        ("test: {means: [[mean, 3], [1, 2]]}", "has three a group"),
        ("test: {means: [[mean, 3, n], [1, 2, half / 4]]}", "a whole number is wanted"),
        ("test: {means: [[mean, 3, n], [1, 2, cr]]}", "each of two or more"),
        ("test: {means: [[mean, 3, n], [1, 2, n]], named: Fisher}", "`named` is one of .*Welch t"),
        ("test: {means: [[mean, 3, n], [1, 2, n]], table: [[cr, n]]}", "ordered or means"),
        ("by: nothing", "there is no module papers"),
    ],
)
def test_what_has_no_value_is_refused_with_file_line_claim_and_place(judged, declared, message):
    with pytest.raises(ClaimsError, match=message) as raised:
        judged(declared)
    assert "claims.yaml, line 14, claim 'it': " in str(raised.value)
    assert str(raised.value).count("\n") == 0


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5000 + "n" + ")" * 5000,
        "n + " * 400 + "n",
        "-" * 300 + "n",
        "percent(" * 30 + "n" + ")" * 30,
        "9" * 1500 + " * n",
        "not " * 200 + "n",
        "n" * 2001,
        "count(table-4, " + "case = 1 or " * 200 + "case = 2)",
        "(n " * 100,
        "\x00n",
        "n\ud800",
    ],
)
def test_a_hostile_expression_ends_in_a_sentence(judged, expression):
    from secondlook.claims.claim import Declared
    from secondlook.claims.derivation import answer
    from secondlook.claims.expression import ExpressionError
    from secondlook.claims.ledger import Paper

    found = judged("from: n")
    with pytest.raises(ExpressionError):
        answer(found.claim, Declared("from", expression), Paper("smith-2001"))
