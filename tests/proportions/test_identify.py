"""Recognising tests. Correct: each p value against its own function, and by hand."""

import math

import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle

from secondlook import proportions
from secondlook.proportions import identify_test
from secondlook.proportions.identify import usual_tests

ORACLE = read_oracle("proportions")

TABLE = [[8, 1], [5, 10]]
P_VALUES = {
    ("Fisher", 2): lambda t: proportions.fisher_exact(t).p_value,
    ("Fisher", 1): lambda t: proportions.fisher_exact(t, alternative="greater").p_value,
    ("Barnard, pooled variance", 2): proportions.barnard,
    ("Barnard, unpooled variance", 2): lambda t: proportions.barnard(t, variance="unpooled"),
    ("Boschloo", 2): proportions.boschloo,
    ("Boschloo, one-sided p doubled", 2): lambda t: proportions.boschloo(t, statistic="doubled"),
    ("Pearson chi-square", 2): lambda t: proportions.pearson(t).p_value,
    ("Pearson chi-square", 1): lambda t: proportions.pearson(t).p_value / 2,
    ("Chi-square times (N - 1)/N", 2): lambda t: proportions.n_minus_one(t).p_value,
    ("Yates chi-square", 2): lambda t: proportions.yates(t).p_value,
    ("Likelihood ratio (G)", 2): lambda t: proportions.likelihood_ratio(t).p_value,
    ("z, unpooled variance", 2): lambda t: proportions.z_unpooled(t).p_value,
    ("z, unpooled variance", 1): lambda t: proportions.z_unpooled(t).p_value / 2,
    ("Wald, log odds ratio", 2): lambda t: proportions.wald_log_odds_ratio(t).p_value,
}


def p_values(table):
    frame = identify_test(table, "0.05")
    return {(row.test, row.sides): row.p_value for row in frame.itertuples()}


@pytest.mark.parametrize("key", P_VALUES, ids=str)
def test_each_row_is_the_test_that_it_names(key):
    assert_allclose(p_values(TABLE)[key], P_VALUES[key](TABLE), rtol=1e-12)


def test_conditional_variants_of_the_tea_table_by_hand():
    # Four of four cups right: the table and its mirror have probability 1/70 each.
    found = p_values([[4, 0], [0, 4]])
    expected = {
        ("Fisher", 2): 2 / 70,
        ("Fisher", 1): 1 / 70,
        ("Fisher, one-sided p doubled", 2): 2 / 70,
        ("Mid-p Fisher", 2): 1 / 70,
        ("Mid-p Fisher", 1): 1 / 140,
        ("Mid-p Fisher, one-sided p doubled", 2): 1 / 70,
    }
    for key, value in expected.items():
        assert_allclose(found[key], value, rtol=1e-12)


def test_doubling_differs_from_point_probability_when_margins_are_uneven():
    # Margins 9, 15 and 13, 11: P(X >= 8) = (9 * 11440... )/C(24, 9) by the counting formula.
    ways = [math.comb(13, x) * math.comb(11, 9 - x) for x in range(10)]
    total = math.comb(24, 9)
    upper = sum(ways[8:]) / total
    as_rare = sum(w for w in ways if w <= ways[8]) / total
    found = p_values(TABLE)
    assert_allclose(found["Fisher, one-sided p doubled", 2], 2 * upper, rtol=1e-12)
    assert_allclose(found["Fisher", 2], as_rare, rtol=1e-12)
    assert_allclose(found["Mid-p Fisher", 2], as_rare - ways[8] / total / 2, rtol=1e-12)
    assert as_rare < 2 * upper


def test_the_verdict_is_that_of_the_printed_text():
    frame = identify_test(TABLE, "0.008").set_index(["test", "sides"])["verdict"]
    assert frame["Pearson chi-square", 2] == "reproduced"
    assert frame["Mid-p Fisher", 2] == "reproduced"
    assert frame["Barnard, unpooled variance", 2] == "truncated"
    assert frame["Fisher", 2] == "differs"
    assert (identify_test(TABLE, "<0.05")["verdict"] == "reproduced").all()


def test_undefined_p_values_say_so():
    frame = identify_test([[4, 0], [0, 4]], "0.03").set_index(["test", "sides"])["verdict"]
    assert frame["Wald, log odds ratio", 2] == "undefined"
    assert frame["z, unpooled variance", 2] == "undefined"
    assert frame["Fisher", 2] == "reproduced"


def test_larger_tables_have_three_tests():
    frame = identify_test([[10, 0, 0], [0, 10, 0], [0, 0, 10]], "<0.001")
    assert frame["test"].tolist() == ["Fisher", "Pearson chi-square", "Likelihood ratio (G)"]
    assert (frame["verdict"] == "reproduced").all()


def test_which_tests_are_exact_and_which_are_one_sided():
    frame = identify_test([[2, 2], [2, 2]], "1.0")
    exact = set(frame.loc[frame["exact"], "test"].str.split(",").str[0])
    assert exact == {"Fisher", "Mid-p Fisher", "Barnard", "Boschloo"}
    assert not any(name.startswith(tuple(exact)) for name in frame.loc[~frame["exact"], "test"])
    one_sided = frame.loc[frame["sides"] == 1, "test"].tolist()
    assert one_sided == ["Fisher", "Mid-p Fisher", "Pearson chi-square", "z, unpooled variance"]
    assert set(frame["sides"]) == {1, 2}
    # Of 70 tables 36 lie in the middle; a doubled tail of 53 is 1, not more.
    found = frame[frame["exact"] & frame["test"].str.contains("Fisher")]["p_value"]
    assert_allclose(found, [1, 1, 53 / 70, 34 / 70 + 18 / 70, 1, 0.5], rtol=1e-12)
    larger = identify_test([[2, 2, 1], [2, 2, 3]], "1.0")
    assert list(zip(larger["test"], larger["sides"], larger["exact"], strict=True)) == [
        ("Fisher", 2, True), ("Pearson chi-square", 2, False), ("Likelihood ratio (G)", 2, False),
    ]  # fmt: skip


def test_a_test_that_refuses_the_table_is_undefined_and_the_others_are_not():
    frame = identify_test([[0, 0], [3, 4]], "1.0").set_index(["test", "sides"])
    barnards = frame.filter(like="Bar", axis=0)
    assert set(barnards["verdict"]) == {"undefined"}
    assert barnards["p_value"].isna().all()
    assert frame.loc[("Fisher", 2), "verdict"] == "reproduced"


@pytest.mark.parametrize("case", ORACLE["ordered"], ids=lambda case: str(case["table"]))
def test_the_tests_of_ordered_columns_are_those_of_r(case):
    wanted = {
        "Mann-Whitney": case["plain"],
        "Mann-Whitney, corrected": case["corrected"],
        "Cochran-Armitage": case["trend"],
        "Linear-by-linear association": case["linear"],
    }
    turned = [list(column) for column in zip(*case["table"], strict=True)]
    for table in (case["table"], case["table"][::-1], turned):
        found = {(t.test, t.sides): t.p_value for t in usual_tests(table, "0.05", ordered=True)}
        for test, p in wanted.items():
            assert_allclose(found[test, 2], p, rtol=1e-9)
            assert_allclose(found.get((test, 1), p / 2), p / 2, rtol=1e-9)
    x, y = ([level for level, k in enumerate(row) for _ in range(k)] for row in case["table"])
    if len(x) < 100:
        exact = proportions.rank_sum(x, y)
        assert_allclose(found["Mann-Whitney, exact", 2], exact.p_value, rtol=1e-9)
        assert_allclose(found["Mann-Whitney, exact", 1], min(exact.less, exact.greater), rtol=1e-9)
    of_rows = zip(*turned, strict=True)
    trend = proportions.trend_test(next(of_rows), [sum(row) for row in turned])
    assert_allclose(found["Cochran-Armitage, exact", 2], trend.exact_p_value, rtol=1e-9)
    assert_allclose(proportions.kruskal_wallis(case["table"]).p_value, case["kruskal"], rtol=1e-9)


@pytest.mark.parametrize("case", ORACLE["more_groups"], ids=lambda case: str(case["table"]))
def test_of_more_groups_it_is_the_test_of_kruskal_and_wallis(case):
    found = {each.test: each.p_value for each in usual_tests(case["table"], "0.05", ordered=True)}
    assert_allclose(found["Kruskal-Wallis"], case["kruskal"], rtol=1e-9)
    assert "Kruskal-Wallis" not in {each.test for each in usual_tests(case["table"], "0.05")}
    assert "Kruskal-Wallis" in set(identify_test(case["table"], "0.05", ordered=True)["test"])


def test_levels_of_nobody_keep_their_place_in_the_order_and_one_level_has_no_order():
    def trend(table):
        tests = usual_tests(table, "0.05", ordered=True)
        return {each.test: each.p_value for each in tests if each.sides == 2}

    gap, none = trend([[5, 0, 3, 9], [9, 0, 4, 2]]), trend([[5, 3, 9], [9, 4, 2]])
    assert gap["Mann-Whitney"] == pytest.approx(none["Mann-Whitney"], rel=1e-12)
    scores = proportions.trend_test([5, 3, 9], [14, 7, 11], [1, 3, 4]).p_value
    assert gap["Cochran-Armitage"] == pytest.approx(scores, rel=1e-12)
    assert "Mann-Whitney" not in trend([[5, 0, 0], [4, 0, 0]])
    assert math.isnan(trend([[5, 1, 2], [0, 0, 0]])["Mann-Whitney"])
    assert math.isnan(proportions.kruskal_wallis([[5, 0], [4, 0]]).p_value)
    # Ranks of equal sums: nothing to correct.
    assert trend([[2, 3, 2], [4, 6, 4]])["Mann-Whitney, corrected"] == 1
