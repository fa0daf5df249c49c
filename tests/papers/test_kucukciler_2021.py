"""Correct: the headline findings, recomputed here by hand from numbers typed from the paper.

Stable: the number of claims by verdict. A count that changes needs an entry in the changelog.
"""

import csv
import math
from fractions import Fraction
from pathlib import Path
from statistics import mean, median, stdev

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import fisher_exact

from papers.kucukciler_2021 import DISAGREEMENTS, cohort, deaths, response, survival
from secondlook import claims, data
from secondlook.proportions import counts_printing

KEY = "kucukciler-2021"
# case: survival, response, risk, number, CD33 (typed a second time, from the paper)
PATIENTS = """
1 2 P F 2 88 | 2 1 P A 2 79 | 3 6 R A 1 68 | 4 3 R A 2 33 | 5 18 R I 1 73 | 6 16 R I 2 95
7 1 R I 2 100 | 8 22 R I 3 28 | 9 6 R I 2 - | 10 1 P I 2 98 | 11 2 P I 2 78 | 12 4 P I 2 97
13 5 R I 1 69 | 14 8 P I 3 36 | 15 4 P I 3 78 | 16 1 P A 4 99 | 17 3 P A 2 95 | 18 2 P A 2 90
19 2 R A 1 100 | 20 2 R I 1 99 | 21 1 P A 2 76
"""
ROWS = [row.split() for line in PATIENTS.strip().splitlines() for row in line.split("|")]
MONTHS = [int(row[1]) for row in ROWS]


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger(KEY).set_index("id")


def test_every_verdict_is_the_one_of_the_list(ledger):
    # `before` is the id that the claim had when its result was still a program's.
    with Path(__file__).with_name(f"{KEY}-verdicts.csv").open(encoding="utf-8") as file:
        listed = {row["id"]: row["verdict"] for row in csv.DictReader(file)}
    assert ledger["verdict"].to_dict() == listed


def test_every_claim_in_conflict_belongs_to_one_disagreement(ledger):
    listed = [claim for claims in DISAGREEMENTS.values() for claim in claims]
    assert sorted(listed) == sorted(ledger.index[ledger["verdict"] == "conflicts"])


def test_table_4_is_what_was_typed_a_second_time():
    patients = cohort.cohort()
    assert len(ROWS) == len(patients) == 21
    assert patients["survival"].tolist() == MONTHS
    assert patients["responded"].tolist() == [row[2] == "R" for row in ROWS]
    assert [risk[0] for risk in patients["cytogenetic_risk"]] == [row[3] for row in ROWS]
    assert patients["prior_lines"].tolist() == [int(row[4]) for row in ROWS]
    assert patients["cd33"].dropna().tolist() == [int(row[5]) for row in ROWS if row[5] != "-"]


def test_printed_totals_hold_but_for_the_two_counts_of_response():
    # The loader refuses a total that is missed and not said to be, and one that is not missed.
    tables = data.description(KEY)["resources"]
    totals = [total for table in tables for total in table.get("x-totals", [])]
    missed = [total["where"] for total in totals if not total.get("holds", True)]
    assert missed == [{"response": "PR"}, {"response": "Progression"}]
    responses = data.load(KEY, "table-4")["response"]
    assert [(responses == where["response"]).sum() for where in missed] == [9, 11]


def test_patients_are_conserved_in_table_2_under_both_readings_of_the_treatment_changes():
    months = response.flow()
    assert months["evaluated"].tolist() == [21, 10, 4]
    # As extracted, who changed in a month had been evaluated in it: 21 - 6 = 10 + 5, and
    # 10 - 1 = 4 + 5. A column to the right, they had not: 21 = 10 + 5 + 6, 10 = 4 + 5 + 1.
    changed = months["changed"].tolist()
    assert changed == [0, 6, 1]
    assert [21 - changed[1], 10 - changed[2]] == [10 + 5, 4 + 5]
    assert [10 + 5 + changed[1], 4 + 5 + changed[2]] == [21, 10]


def test_about_half_of_those_evaluated_respond_each_month():
    months = response.flow()[["responded", "evaluated"]]
    assert months.to_numpy().tolist() == [[11, 21], [6, 10], [2, 4]]


def test_the_response_rate_is_cut_and_the_two_tables_differ_by_one_patient(ledger):
    results = {judged.claim.id: judged.result for judged in claims.judge(KEY)}
    assert results["abs-orr"].value == Fraction(1100, 21)
    assert results["res-responders"].values == {"Table 2, month 1": 11, "Table 4": 10}
    assert sum(row[2] == "R" for row in ROWS) == 10
    assert ledger.at["abs-orr", "verdict"] == "truncated"
    assert ledger.at["res-responders", "verdict"] == "conflicts"


def test_the_median_age_contradicts_the_counts_by_age(ledger):
    names = ["abs-age-median", "res-age-median", "t1-age-median", "t1-age-young", "t1-age-old"]
    assert set(ledger.loc[names, "verdict"]) == {"conflicts"}
    ages = [59] * 9 + [65] * 12
    assert median(ages) == 65


def test_no_one_set_of_patients_has_the_median_and_the_mean_of_cd33(ledger):
    known = [int(row[5]) for row in ROWS if row[5] != "-"]
    sets = [known, *([*known, unknown] for unknown in range(21, 101))]
    assert [k for k in sets if median(k) == 88 and math.floor(mean(k)) == 78] == []
    assert [k for k in sets if median(k) == 88 and round(mean(k)) == 78] == []
    # One over 21 and the other over 20: both hold.
    assert median([*known, 88]) == 88
    assert_allclose(mean(known), 78.95, rtol=0, atol=1e-12)
    assert median(known) == 83.5
    found = cohort.cd33_together()
    assert (found.least, found.below, found.possible) == (88, 80, False)
    assert_allclose(found.means, [(1579 + 88) / 21, (1579 + 100) / 21], rtol=1e-12)
    assert ledger.loc[["t1-cd33", "res-cd33-median"], "verdict"].tolist() == ["conflicts"] * 2


def test_fourteen_percent_at_one_year_needs_eighteen_deaths():
    # One patient censored at or before 8 months already lifts S(12) above 15%: least for one of
    # the five at 1 month, when 4 of 21 die and later 13 of the 16 still at risk.
    assert (17 / 21) * (3 / 16) > 0.15
    assert 0.14 < 3 / 21 < 0.145
    result = deaths.statements()
    assert int(result.witnesses(survival.TWELVE).n_deaths.min()) == 18


def test_three_largest_sets_of_statements_can_hold_together():
    result = deaths.statements()
    sets = result.subsets[result.subsets["maximal"]]
    assert [set(names) for names in sets["statements"]] == [
        {survival.SIX, survival.MEAN, survival.TEN, survival.ALIVE},
        {survival.TWELVE, survival.MEAN, survival.BY_MONTH, survival.ALIVE},
        {survival.TEN, survival.BY_MONTH, survival.ALIVE},
    ]
    assert sets["assignments"].tolist() == [200, 1, 1]


def test_the_one_assignment_with_fourteen_percent_lets_only_the_last_patient_live():
    only = deaths.statements().witnesses(
        survival.TWELVE, survival.BY_MONTH, survival.ALIVE, survival.MEAN
    )
    assert (only.patients - only.deaths).tolist() == [[0] * 9 + [1]]
    assert_allclose(only.survival_at(6), 4 / 21, rtol=0, atol=1e-12)
    assert_allclose(only.survival_at(6, just_before=True), 6 / 21, rtol=0, atol=1e-12)
    assert_allclose(only.mean(), sum(MONTHS) / 21, rtol=0, atol=1e-12)


def test_no_assignment_gives_both_six_and_twelve_months():
    # By hand: 14% needs at least 18 deaths, all up to 8 months; then S(6) is 4/21 or, with the
    # patient at 8 months dead as well, still 4/21; just before, 6/21. None is 38.5%.
    assert not deaths.statements().compatible(survival.SIX, survival.TWELVE)


def test_deaths_in_table_2_fit_completed_months_and_not_counted_ones():
    printed = response.response_by_month().loc["Death"].to_dict()
    assert printed == {"month_1": 0, "month_2": 5, "month_3": 5}
    # Completed months: those who died in months 2 and 3 have 1 and 2; counted from one, 2 and 3.
    assert MONTHS.count(1) == MONTHS.count(2) == 5
    assert MONTHS.count(3) < printed["month_3"]


def test_rounded_months_let_survival_at_six_months_go_with_the_deaths_of_table_2():
    found = deaths.with_rounded_months()
    assert (len(found.deaths), found.n_deaths.min()) == (112, 12)
    # By hand: 4, 5, 1, 1, 1 deaths at 1 to 5 months. In month 2 the four with 1 and one with 2
    # died, in month 3 the other four with 2 and the one with 3: five each. No one died later.
    assert found.deaths[0].tolist() == [4, 5, 1, 1, 1, 0, 0, 0, 0, 0]
    alive = Fraction(17, 21) * Fraction(11, 16) * Fraction(10, 11) * Fraction(8, 9) * Fraction(6, 7)
    assert_allclose(found.survival_at(6)[0], float(alive), rtol=1e-12)
    assert round(100 * alive, 1) == Fraction("38.5")
    # With it all else holds: 14% as the plain share, 5.2 as the plain mean, one or more alive.
    assert (round(100 * sum(months > 12 for months in MONTHS) / 21), sum(MONTHS)) == (14, 110)
    # In completed months there is none.
    assert not deaths.statements().compatible(survival.SIX, survival.BY_MONTH)


def test_the_fractionated_schedule_is_two_thirds_and_no_sum_of_schedules_is_eighty(ledger):
    counts = (14, 5, 2)
    sums = {a * 14 + b * 5 + c * 2 for a in (0, 1) for b in (0, 1) for c in (0, 1)}
    assert sum(counts) == 21
    assert not any(math.floor(100 * n / 21) == 80 or round(100 * n / 21) == 80 for n in sums)
    assert ledger.at["dis-fractionated-percent", "verdict"] == "differs"


def test_follow_up_is_time_to_treatment_plus_survival(ledger):
    assert ledger.at["res-follow-up", "verdict"] == "attainable"
    assert ledger.at["res-follow-up", "recomputed"] == "15.65 to 21.04"
    assert f"{15.8 + 110 / 21:.2f}" == "21.04"


def test_the_spread_of_a_sum_lies_between_difference_and_sum_of_the_spreads(ledger):
    # The other spread stands for all values that print so, rounded or cut.
    for claim, low, high in (("res-follow-up-sd", 10.05, 10.2), ("res-to-go-sd", 12.65, 12.8)):
        expected = f"{low - stdev(MONTHS):.3f} to {high + stdev(MONTHS):.3f}"
        assert ledger.at[claim, "recomputed"] == expected


def test_six_of_fifty_seven_is_ten_percent_only_if_cut(ledger):
    assert ledger.at["dis-mylofrance-toxicity", "verdict"] == "truncated"
    printed = cohort.printed_text("dis-mylofrance-toxicity")
    assert [k for k in range(58) if round(100 * k / 57) == int(printed)] == []
    assert counts_printing(printed, 57) == (6,)


def test_grade_counts_add_up_to_the_patients():
    assert response.toxicity().sum().tolist() == [21, 21, 21]


def test_the_flow_of_patients_is_that_of_table_2():
    columns = response.flow_columns().set_index(["stage", "state"])["patients"]
    assert columns[3, "died"] == 10
    assert columns[3, "changed"] == 7
    assert columns[2, "no response"] == 4


def test_every_patient_with_one_prior_line_responded_and_five_of_sixteen_others():
    one = [row[2] for row in ROWS if row[4] == "1"]
    more = [row[2] for row in ROWS if row[4] != "1"]
    assert (one.count("R"), len(one), more.count("R"), len(more)) == (5, 5, 5, 16)
    # Fisher, two-sided: only the opposite extreme (0 of 5) is as rare as 5 of 5 with 10 of 21.
    ways = math.comb(21, 10)
    all_five, none = math.comb(16, 5) / ways, math.comb(16, 10) / ways
    expected = all_five + (none if none <= all_five else 0)
    table = cohort.tests().set_index("comparison")["p_value"]
    assert_allclose(table["response, one prior line against more"], expected, rtol=1e-12)


def test_there_are_responders_with_one_two_and_three_lines_and_none_with_four():
    found = {lines: [row[2] for row in ROWS if row[4] == lines] for lines in "1234"}
    assert {k: (v.count("R"), len(v)) for k, v in found.items()} == {
        "1": (5, 5),
        "2": (4, 12),
        "3": (1, 3),
        "4": (0, 1),
    }
    by_lines = cohort.cohort().groupby("prior_lines")["responded"].sum()
    assert by_lines.to_dict() == {1: 5, 2: 4, 3: 1, 4: 0}


def test_rates_have_the_exact_intervals_of_the_binomial_law():
    rates = response.rates().set_index("rate")
    row = rates.loc["overall, Table 2"]
    tail = sum(math.comb(21, k) * row.lower**k * (1 - row.lower) ** (21 - k) for k in range(11, 22))
    assert_allclose(tail, 0.025, rtol=0, atol=1e-9)
    tail = sum(math.comb(21, k) * row.upper**k * (1 - row.upper) ** (21 - k) for k in range(12))
    assert_allclose(tail, 0.025, rtol=0, atol=1e-9)


def test_the_curve_of_twenty_deaths_is_the_product_by_hand():
    summary = survival.summary().set_index("assumption").loc[survival.ALL_BUT_ONE]
    found = [summary.at_6, summary.before_6, summary.at_12]
    assert_allclose(found, [4 / 21, 6 / 21, 3 / 21], rtol=1e-12)
    assert summary["median"] == 3
    assert not np.isclose(survival.curve(survival.ALL_BUT_ONE).survival, 0.5).any()


def test_each_assumption_makes_its_statements_true_and_no_other():
    values = survival.statement_values().set_index(["assumption", "statement"])
    assert values.loc[(survival.ALL_BUT_ONE, survival.SIX), "shown"] == "19.0%"
    assert values.loc[(survival.EARLY, survival.TWELVE), "shown"] == "52.4%"
    assert values.loc[(survival.SCATTERED, survival.BY_MONTH), "holds"] == False  # noqa: E712
    assert values["holds"].sum() == 4 + 4 + 3


def _log_rank_by_hand(patients):
    """Chi-square of one group against the other, all but the 22 months a death, by its sums."""
    difference = variance = 0.0
    for time in sorted({months for months, _ in patients if months < 22}):
        at_risk = [inside for months, inside in patients if months >= time]
        deaths = [inside for months, inside in patients if months == time]
        n, k, d = len(at_risk), sum(at_risk), len(deaths)
        difference += sum(deaths) - d * k / n
        variance += d * k * (n - k) * (n - d) / (n**2 * (n - 1))
    return difference, variance


def _p_by_hand(patients):
    difference, variance = _log_rank_by_hand(patients)
    return math.erfc(math.sqrt(difference**2 / variance / 2))


PAIRS = {
    "adverse against intermediate risk": lambda row: None if row[3] == "F" else row[3] == "A",
    "adverse risk against all others": lambda row: row[3] == "A",
    "responders against others": lambda row: row[2] == "R",
    "the same, after one month": lambda row: None if row[1] == "1" else row[2] == "R",
}


@pytest.mark.parametrize(
    ("comparison", "medians", "sizes"),
    [
        ("adverse against intermediate risk", (2, 4.5), (8, 12)),
        ("adverse risk against all others", (2, 4), (8, 13)),
        ("responders against others", (5.5, 2), (10, 11)),
        ("the same, after one month", (6, 3), (9, 7)),
    ],
)
def test_survival_is_compared_as_by_hand(comparison, medians, sizes):
    found = survival.comparisons().set_index(["assumption", "comparison"])
    found = found.loc[(survival.ALL_BUT_ONE, comparison)]
    pairs = [(int(row[1]), PAIRS[comparison](row)) for row in ROWS]
    patients = [(months, inside) for months, inside in pairs if inside is not None]
    assert_allclose(found["p_value"], _p_by_hand(patients), rtol=1e-12)
    # Exactly: the difference of every group of the size, by drawing the labels anew.
    observed = abs(_log_rank_by_hand(patients)[0])
    rng = np.random.default_rng(20210)
    months, labels = map(list, zip(*patients, strict=True))
    drawn = [
        abs(_log_rank_by_hand(list(zip(months, rng.permutation(labels), strict=True)))[0])
        for _ in range(2000)
    ]
    assert_allclose(found["exact"], np.mean(np.array(drawn) > observed - 1e-9), rtol=0, atol=0.025)
    assert (found["median_one"], found["median_other"]) == medians
    by_hand = [median(m for m, inside in patients if inside == side) for side in (True, False)]
    assert by_hand == list(medians)
    assert (found["n_one"], found["n_other"]) == sizes


def test_grade_4_in_both_lineages_is_between_thirteen_and_seventeen():
    assert response.grade_4_in_both() == (17 + 17 - 21, 17)


def test_the_records_are_held_by_the_printed_mean(ledger):
    # 109 and 110 of 21 round to 5.2, 110 and 111 are cut to it.
    assert [s for s in range(90, 130) if round(s / 21, 1) == 5.2] == [109, 110]
    assert [s for s in range(90, 130) if math.floor(10 * s / 21) == 52] == [110, 111]
    # Given the other 20 patients, 92 months, the sum leaves 17 to 19 for case 5.
    assert sum(MONTHS) - 18 == 92
    assert ledger.at["t4/5/survival", "recomputed"] == "17.20 (16.15 to 19.30)"
    assert_allclose([5.2 * 21 - 92, 5.15 * 21 - 92, 5.3 * 21 - 92], [17.2, 16.15, 19.3], rtol=1e-9)
    assert ledger.at["t4/8/cd33", "verdict"] == "reproduced"


def test_the_limits_at_six_months_are_greenwoods_on_the_log_scale():
    # 20 deaths: deaths and numbers at risk up to month 6, read off the 21 times.
    steps = [(5, 21), (5, 16), (2, 11), (2, 9), (1, 7), (2, 6)]
    error = math.sqrt(sum(d / (n * (n - d)) for d, n in steps))
    row = survival.interval_types().set_index("interval").loc["log"]
    limits = [4 / 21 * math.exp(sign * 1.959963984540054 * error) for sign in (-1, 1)]
    assert_allclose([row["lower_6"], row["upper_6"]], limits, rtol=1e-9)


def test_the_names_of_the_statements_say_what_is_printed():
    for name, claim in (
        (survival.SIX, "res-os-6"),
        (survival.TWELVE, "res-os-12"),
        (survival.MEAN, "res-os-mean"),
        (survival.TEN, "res-deaths"),
        (survival.BY_MONTH, "t2-died-2"),
        (survival.BY_MONTH, "t2-died-3"),
    ):
        assert cohort.printed_text(claim) in name


def test_fourteen_percent_excludes_more_than_a_third_alive_at_any_time_from_month_five():
    # Whatever the order within a month: one patient censored in the first year leaves at most 20
    # to share the three who live longer, and 3/20 prints as 15.
    assert survival.least_if_censored() == 3 / 20
    assert survival.most_from_month(5) == 7 / 21 < 0.385


def test_the_power_to_see_a_difference_by_risk_agrees_with_simulation():
    rng = np.random.default_rng(20211)
    adverse, intermediate = rng.binomial(8, 0.2, 4000), rng.binomial(12, 0.6, 4000)
    found = [
        fisher_exact([[a, 8 - a], [b, 12 - b]])[1] < 0.05
        for a, b in zip(adverse, intermediate, strict=True)
    ]
    assert_allclose(cohort.power_for_risk(0.2, 0.6), np.mean(found), rtol=0, atol=0.03)


def test_cited_rates_have_counts_that_print_as_cited():
    frame = response.beside_the_literature().set_index("study")
    assert frame["count"].tolist() == [11, 10, 72, 19, 6, 47]
    assert frame["n"].tolist() == [21, 21, 277, 57, 19, 72]


def test_no_month_gives_the_survival_of_six_months_if_all_but_one_died():
    shares = {sum(months > month for months in MONTHS) / 21 for month in range(23)}
    assert [share for share in shares if 0.38 <= share < 0.39] == []
    assert [
        f"{a} of {b}" for b in range(1, 22) for a in range(b) if round(100 * a / b, 1) == 38.5
    ] == ["5 of 13"]


def test_the_number_of_table_4_fits_prior_lines_and_fits_cycles_only_as_a_count():
    numbers = {row[0]: int(row[4]) for row in ROWS}
    assert median(numbers[row[0]] for row in ROWS if row[3] != "I") == 2
    assert sum(number >= 2 for number in numbers.values()) == 16 == 21 - 5
    assert sum(number >= 3 for number in numbers.values()) == 4
    assert [row[0] for row in ROWS if row[4] == "1" and row[1] == "1"] == []
    assert [row[0] for row in ROWS if int(row[4]) >= 3 and row[2] == "R"] == ["8"]


def test_the_numbers_of_deaths_that_a_statement_allows_are_written_in_runs():
    assert survival.deaths_allowed(survival.TWELVE) == "18 to 21"
    assert survival.deaths_allowed(survival.MEAN) == "4 to 6, 9 to 10, 18, 20 to 21"
    assert survival.deaths_allowed(survival.TEN) == "10"
