"""Correct: the headline findings, recomputed here by hand from numbers typed from the paper.

Stable: the number of claims by verdict. A count that changes needs an entry in the changelog.
"""

import math
from statistics import mean, median

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import fisher_exact

from papers.kucukciler_2021 import (
    characteristics,
    comparisons,
    curves,
    data,
    layout,
    response,
    safety,
    survival,
)
from papers.kucukciler_2021 import rates as rates_module
from secondlook import claims
from secondlook.data import totals
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


def test_the_number_of_claims_by_verdict_is_as_it_was(ledger):
    assert ledger["verdict"].value_counts().to_dict() == {
        "reproduced": 138,
        "attainable": 72,
        "not-derivable": 44,
        "conflicts": 15,
        "truncated": 6,
        "differs": 1,
    }


def test_table_4_is_what_was_typed_a_second_time():
    cohort = data.cohort()
    assert len(ROWS) == len(cohort) == 21
    assert cohort["survival"].tolist() == MONTHS
    assert cohort["responded"].tolist() == [row[2] == "R" for row in ROWS]
    assert [risk[0] for risk in cohort["cytogenetic_risk"]] == [row[3] for row in ROWS]
    assert cohort["prior_lines"].tolist() == [int(row[4]) for row in ROWS]
    assert cohort["cd33"].dropna().tolist() == [int(row[5]) for row in ROWS if row[5] != "-"]


def test_printed_totals_hold_but_for_the_two_counts_of_response():
    found = totals(KEY)
    missed = found[~found["agrees"]]
    assert missed["where"].tolist() == ["response = PR", "response = Progression"]
    assert missed["total"].tolist() == ["9", "11"]


def test_patients_are_conserved_in_table_2_under_both_readings_of_the_treatment_changes():
    months = response.balance()
    assert months["evaluated"].tolist() == [21, 10, 4]
    assert months["balance"].tolist() == [0, 0, 0]
    # As extracted, who changed in a month had been evaluated in it: 21 - 6 = 10 + 5, and
    # 10 - 1 = 4 + 5. A column to the right, they had not: 21 = 10 + 5 + 6, 10 = 4 + 5 + 1.
    changed = data.treatment_changes()
    assert changed == [6, 1]
    assert [21 - changed[0], 10 - changed[1]] == [10 + 5, 4 + 5]
    assert [10 + 5 + changed[0], 4 + 5 + changed[1]] == [21, 10]


def test_about_half_of_those_evaluated_respond_each_month():
    rates = response.rate_by_month()
    assert rates[["count", "n"]].to_numpy().tolist() == [[11, 21], [6, 10], [2, 4]]


def test_the_response_rate_is_cut_and_the_two_tables_differ_by_one_patient(ledger):
    assert_allclose(
        float(response.responses()["abs-orr"].value), 52.380952380952, rtol=0, atol=1e-9
    )
    assert response.responders() == {"Table 2, month 1": 11, "Table 4": 10}
    assert sum(row[2] == "R" for row in ROWS) == 10
    assert ledger.at["abs-orr", "verdict"] == "truncated"
    assert ledger.at["res-responders", "verdict"] == "conflicts"


def test_the_median_age_contradicts_the_counts_by_age():
    assert characteristics.age_conflict()
    ages = [59] * 9 + [65] * 12
    assert median(ages) == 65


def test_the_median_cd33_lies_from_79_to_88_whatever_the_unknown_value():
    known = [int(row[5]) for row in ROWS if row[5] != "-"]
    medians = {median([*known, unknown]) for unknown in range(20, 101)}
    assert (min(medians), max(medians)) == (79, 88)
    bounds = characteristics.cd33_median_range()
    assert (bounds.lower, bounds.upper) == (79, 88)
    assert median(known) == 83.5
    assert_allclose(mean(known), 78.95, rtol=0, atol=1e-12)


def test_no_one_set_of_patients_has_the_median_and_the_mean_of_cd33(ledger):
    known = [int(row[5]) for row in ROWS if row[5] != "-"]
    sets = [known, *([*known, unknown] for unknown in range(21, 101))]
    assert [k for k in sets if median(k) == 88 and math.floor(mean(k)) == 78] == []
    assert [k for k in sets if median(k) == 88 and round(mean(k)) == 78] == []
    # One over 21 and the other over 20: both hold.
    assert median([*known, 88]) == 88
    assert math.floor(mean(known)) == 78
    found = characteristics.cd33_together()
    assert (found.least, found.below, found.possible) == (88, 80, False)
    assert_allclose(found.means, [(1579 + 88) / 21, (1579 + 100) / 21], rtol=1e-12)
    assert ledger.loc[["t1-cd33", "res-cd33-median"], "verdict"].tolist() == ["conflicts"] * 2


def test_fourteen_percent_at_one_year_needs_eighteen_deaths():
    # One patient censored at or before 8 months already lifts S(12) above 15%: least for one of
    # the five at 1 month, when 4 of 21 die and later 13 of the 16 still at risk.
    assert (17 / 21) * (3 / 16) > 0.15
    assert 0.14 < 3 / 21 < 0.145
    result = survival.statements()
    assert int(result.witnesses(survival.TWELVE).n_deaths.min()) == 18


def test_three_largest_sets_of_statements_can_hold_together():
    result = survival.statements()
    sets = result.subsets[result.subsets["maximal"]]
    assert [set(names) for names in sets["statements"]] == [
        {survival.SIX, survival.MEAN, survival.TEN, survival.ALIVE},
        {survival.TWELVE, survival.MEAN, survival.BY_MONTH, survival.ALIVE},
        {survival.TEN, survival.BY_MONTH, survival.ALIVE},
    ]
    assert sets["assignments"].tolist() == [200, 1, 1]


def test_the_one_assignment_with_fourteen_percent_lets_only_the_last_patient_live():
    only = survival.statements().witnesses(
        survival.TWELVE, survival.BY_MONTH, survival.ALIVE, survival.MEAN
    )
    assert (only.patients - only.deaths).tolist() == [[0] * 9 + [1]]
    assert_allclose(only.survival_at(6), 4 / 21, rtol=0, atol=1e-12)
    assert_allclose(only.survival_at(6, just_before=True), 6 / 21, rtol=0, atol=1e-12)
    assert_allclose(only.mean(), sum(MONTHS) / 21, rtol=0, atol=1e-12)


def test_no_assignment_gives_both_six_and_twelve_months():
    # By hand: 14% needs at least 18 deaths, all up to 8 months; then S(6) is 4/21 or, with the
    # patient at 8 months dead as well, still 4/21; just before, 6/21. None is 38.5%.
    assert not survival.statements().compatible(survival.SIX, survival.TWELVE)


def test_deaths_in_table_2_fit_completed_months_and_not_counted_ones():
    frame = survival.table_2_deaths()
    assert MONTHS.count(1) == MONTHS.count(2) == 5
    assert MONTHS.count(3) == 2
    assert frame["fits"].tolist() == [True, True, True, False]


def test_the_fractionated_schedule_is_two_thirds_and_no_sum_of_schedules_is_eighty(ledger):
    counts = (14, 5, 2)
    sums = {a * 14 + b * 5 + c * 2 for a in (0, 1) for b in (0, 1) for c in (0, 1)}
    assert sum(counts) == 21
    assert not any(math.floor(100 * n / 21) == 80 or round(100 * n / 21) == 80 for n in sums)
    assert ledger.at["dis-fractionated-percent", "verdict"] == "differs"


def test_follow_up_is_time_to_treatment_plus_survival(ledger):
    found = survival.follow_up()["res-follow-up"].values
    assert_allclose(found, [15.7 + 110 / 21], rtol=1e-12)
    assert ledger.at["res-follow-up", "verdict"] == "attainable"


def test_six_of_fifty_seven_is_ten_percent_only_if_cut(ledger):
    assert ledger.at["dis-mylofrance-toxicity", "verdict"] == "truncated"
    printed = data.printed_text("dis-mylofrance-toxicity")
    assert [k for k in range(58) if round(100 * k / 57) == int(printed)] == []
    assert counts_printing(printed, 57) == (6,)


def test_grade_counts_add_up_to_the_patients():
    assert data.toxicity().sum().tolist() == [21, 21, 21]


def test_the_flow_of_patients_is_that_of_table_2():
    columns = response.flow_columns().set_index(["stage", "state"])["patients"]
    assert columns[3, "died"] == 10
    assert columns[3, "changed treatment"] == 7
    assert columns[2, "no response"] == 4


def test_every_patient_with_one_prior_line_responded_and_five_of_sixteen_others():
    one = [row[2] for row in ROWS if row[4] == "1"]
    more = [row[2] for row in ROWS if row[4] != "1"]
    assert (one.count("R"), len(one), more.count("R"), len(more)) == (5, 5, 5, 16)
    # Fisher, two-sided: only the opposite extreme (0 of 5) is as rare as 5 of 5 with 10 of 21.
    ways = math.comb(21, 10)
    all_five, none = math.comb(16, 5) / ways, math.comb(16, 10) / ways
    expected = all_five + (none if none <= all_five else 0)
    table = comparisons.tests().set_index("comparison")["p_value"]
    assert_allclose(table["response, one prior line against more"], expected, rtol=1e-12)


def test_there_are_responders_with_one_two_and_three_lines_and_none_with_four():
    found = {lines: [row[2] for row in ROWS if row[4] == lines] for lines in "1234"}
    assert {k: (v.count("R"), len(v)) for k, v in found.items()} == {
        "1": (5, 5),
        "2": (4, 12),
        "3": (1, 3),
        "4": (0, 1),
    }
    by_lines = data.cohort().groupby("prior_lines")["responded"].sum()
    assert by_lines.to_dict() == {1: 5, 2: 4, 3: 1, 4: 0}


def test_rates_have_the_exact_intervals_of_the_binomial_law():
    rates = rates_module.rates().set_index("rate")
    row = rates.loc["overall, Table 2"]
    tail = sum(math.comb(21, k) * row.lower**k * (1 - row.lower) ** (21 - k) for k in range(11, 22))
    assert_allclose(tail, 0.025, rtol=0, atol=1e-9)
    tail = sum(math.comb(21, k) * row.upper**k * (1 - row.upper) ** (21 - k) for k in range(12))
    assert_allclose(tail, 0.025, rtol=0, atol=1e-9)


def test_the_curve_of_twenty_deaths_is_the_product_by_hand():
    summary = curves.summary().set_index("assumption").loc[curves.ALL_BUT_ONE]
    found = [summary.at_6, summary.before_6, summary.at_12]
    assert_allclose(found, [4 / 21, 6 / 21, 3 / 21], rtol=1e-12)
    assert summary["median"] == 3
    assert not curves.summary()["plateau"].any()


def test_each_assumption_makes_its_statements_true_and_no_other():
    values = curves.statement_values().set_index(["assumption", "statement"])
    assert values.loc[(curves.ALL_BUT_ONE, survival.SIX), "shown"] == "19.0%"
    assert values.loc[(curves.EARLY, survival.TWELVE), "shown"] == "52.4%"
    assert values.loc[(curves.SCATTERED, survival.BY_MONTH), "holds"] == False  # noqa: E712
    assert values["holds"].sum() == 4 + 4 + 3


def test_a_landmark_at_one_month_leaves_out_the_five_with_one_month():
    frame = curves.response_comparisons()
    assert frame["responders"].tolist() == [10, 9]
    assert frame["others"].tolist() == [11, 7]


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


def test_survival_by_response_is_compared_as_by_hand():
    frame = curves.response_comparisons()
    by_hand = [
        _p_by_hand([(int(row[1]), row[2] == "R") for row in ROWS if int(row[1]) > after])
        for after in (0, 1)
    ]
    assert_allclose(frame["p_value"], by_hand, rtol=1e-12)
    assert frame["median_responders"].tolist() == [5.5, 6]
    assert frame["median_others"].tolist() == [2, 3]


def test_survival_by_risk_is_compared_as_by_hand():
    frame = curves.risk_comparisons().set_index(["assumption", "against"])
    for against, risks in (("intermediate", "AI"), ("all others", "AIF")):
        patients = [(int(row[1]), row[3] == "A") for row in ROWS if row[3] in risks]
        found = frame.loc[(curves.ALL_BUT_ONE, against)]
        assert_allclose(found["p_value"], _p_by_hand(patients), rtol=1e-12)
        # Exactly: the difference of every group of eight, by drawing the labels anew.
        observed = abs(_log_rank_by_hand(patients)[0])
        rng = np.random.default_rng(20210)
        months, labels = map(list, zip(*patients, strict=True))
        drawn = [
            abs(_log_rank_by_hand(list(zip(months, rng.permutation(labels), strict=True)))[0])
            for _ in range(2000)
        ]
        assert_allclose(found["exact"], np.mean(np.array(drawn) > observed - 1e-9), atol=0.02)
    adverse = [int(row[1]) for row in ROWS if row[3] == "A"]
    others = [int(row[1]) for row in ROWS if row[3] == "I"]
    assert median(adverse) == frame.loc[(curves.ALL_BUT_ONE, "intermediate"), "median_adverse"] == 2
    assert median(others) == frame.loc[(curves.ALL_BUT_ONE, "intermediate"), "median_others"] == 4.5


def test_the_exact_log_rank_of_three_against_three_is_counted_by_hand():
    # Deaths at 1 to 6: the three that die first are one of 20 groups, and its mirror another; their
    # excess, 1.5 and -1.5 or so, is the largest.
    months, dead = np.arange(1.0, 7.0), np.ones(6, dtype=bool)
    first = np.array([True] * 3 + [False] * 3)
    assert curves.exact_log_rank(months, dead, first) == 2 / 20


def test_grade_4_in_both_lineages_is_between_thirteen_and_seventeen():
    assert safety.grade_4_in_both() == (17 + 17 - 21, 17)


def test_the_records_are_held_by_the_printed_mean(ledger):
    # 109 and 110 of 21 round to 5.2, 110 and 111 are cut to it.
    assert [s for s in range(90, 130) if round(s / 21, 1) == 5.2] == [109, 110]
    assert [s for s in range(90, 130) if math.floor(10 * s / 21) == 52] == [110, 111]
    assert ledger.at["t4-5-survival", "recomputed"] == "17, 18, 19"
    assert ledger.at["t4-2-survival", "recomputed"] == "1, 2"
    assert ledger.at["t4-8-cd33", "verdict"] == "reproduced"


def test_the_limits_at_six_months_are_greenwoods_on_the_log_scale():
    # 20 deaths: deaths and numbers at risk up to month 6, read off the 21 times.
    steps = [(5, 21), (5, 16), (2, 11), (2, 9), (1, 7), (2, 6)]
    error = math.sqrt(sum(d / (n * (n - d)) for d, n in steps))
    row = curves.interval_types().set_index("interval").loc["log"]
    assert_allclose(row["at_6"], 4 / 21, rtol=1e-12)
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
        assert data.printed_text(claim) in name


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
    assert_allclose(comparisons.power_for_risk(0.2, 0.6), np.mean(found), rtol=0, atol=0.03)


def test_cited_rates_have_counts_that_print_as_cited():
    frame = rates_module.beside_the_literature().set_index("study")
    assert frame["count"].tolist() == [11, 10, 72, 19, 6, 47]
    assert frame["n"].tolist() == [21, 21, 277, 57, 19, 72]


def test_the_evidence_on_the_lost_column_is_what_counting_by_hand_gives():
    evidence = layout.column_evidence().set_index("fact")
    numbers = [int(row[4]) for row in ROWS]
    assert evidence.loc["median and range", "lines"] == "2 (1 to 4): agrees"
    assert sum(number >= 2 for number in numbers) == 16
    assert evidence.loc["patients with 2 or more", "cycles"] == "16: agrees"
    assert sum(number == 1 for number in numbers) == 5
    assert [row[0] for row in ROWS if row[4] == "1" and row[1] == "1"] == []
    assert evidence.loc["who had one", "cycles"].startswith("5, 0 of them")
    assert median(int(row[4]) for row in ROWS if row[3] != "I") == 2
    assert sum(number >= 3 for number in numbers) == 4
    assert [row[0] for row in ROWS if int(row[4]) >= 3 and row[2] == "R"] == ["8"]


def test_disagreements_are_listed_once_and_gravest_first():
    listed = layout.disagreements()
    assert listed["verdict"].drop_duplicates().tolist() == [
        "conflicts",
        "differs",
        "truncated",
    ]
    assert not listed.duplicated(["quantity", "printed"]).any()
    assert (listed["why"] != "").all()
