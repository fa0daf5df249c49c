"""Shows *correct*: what the methods report says of other programs holds for its ten patients.

Each sentence of the report about a program that is installed here has a test, so that a new
version that behaves otherwise leaves no false sentence behind.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from papers.methods import (
    one_curve,
    printed_numbers,
    simulated,
    stanford,
    two_states,
    worthless,
)
from secondlook.survival import identify_interval_type, kaplan_meier


def test_each_interval_type_prints_other_limits():
    limits = one_curve.interval_types(4.0)["limits"]
    assert len(set(limits)) == len(limits) == 5


def test_the_printed_limits_identify_their_type():
    curve = kaplan_meier(one_curve.MONTHS, one_curve.DIED)
    for row in one_curve.interval_types(4.0).itertuples():
        lower, upper = row.limits.split(" to ")
        assert identify_interval_type(curve, 4.0, lower, upper) == [row.type]


def test_lifelines_and_statsmodels_take_the_two_ends_of_the_plateau():
    found = one_curve.median_on_plateau().set_index("rule")
    assert found["median"].to_dict() == {"left": "5", "midpoint": "6.5", "right": "8"}
    assert found.loc["left", "programs"] == "lifelines: 5"
    assert found.loc["right", "programs"] == "statsmodels: 8"


def test_flipping_the_indicator_moves_the_median_follow_up():
    assert one_curve.median_follow_up() == ("5", "6")


def test_lifelines_lists_late_entries_as_at_risk_and_its_curve_leaves_them_out():
    from lifelines import KaplanMeierFitter

    found = one_curve.late_entry()
    assert found["statsmodels"].tolist() == found["ours"].tolist() == [6, 7, 7]
    assert found["lifelines, event table"].tolist() == found["inclusive"].tolist() == [8, 9, 7]
    months, entry = np.array(one_curve.LATE_MONTHS), np.array(one_curve.LATE_ENTRY)
    ours = kaplan_meier(months, one_curve.LATE_DIED, entry=entry)
    theirs = KaplanMeierFitter().fit(months, np.array(one_curve.LATE_DIED), entry=entry)
    assert_allclose(theirs.predict(ours.time), ours.survival, rtol=1e-9)


def test_whole_months_leave_patients_out_even_twice():
    found = two_states.left_out_by_whole_units()
    assert found["state"].eq("after").all()
    assert (found["at risk"] - found["whole units"]).tolist() == [2, 1, 1]


def test_both_ends_count_a_patient_twice_who_changes_state_at_a_tick():
    found = two_states.numbers_at_ticks()
    assert (found["before"] + found["after"]).tolist() == found["followed"].tolist()
    twice = found["before (EZR)"] + found["after (EZR)"] - found["followed"]
    assert twice.tolist() == [0, 0, 1, 1, 0]


def test_statsmodels_has_no_robust_error_where_a_row_covers_no_event_time():
    found = two_states.robust_errors().set_index("program")
    assert len(set(found["coefficient"])) == 1
    assert found.loc["statsmodels PHReg", "robust error"] == "NaN"
    assert found.loc["ours (and R's coxph)", "robust error"] == "0.8730"


def test_breslow_is_nearer_to_one_than_efron():
    ratios = two_states.ties()["hazard ratio"].astype(float).tolist()
    assert ratios[0] > ratios[1] > 1


def test_every_verdict_on_a_printed_number_occurs():
    assert set(printed_numbers.verdicts()["verdict"]) == {"reproduced", "truncated", "differs"}


def test_one_candidate_decides_the_p_value_of_the_stanford_data():
    by_rule = stanford.rules_matter().groupby("at the end")["P"].agg(set).to_dict()
    assert by_rule == {"never": {"0.90"}, "shift": {"0.68"}}


def test_all_printed_numbers_of_the_six_models_are_reproduced():
    table = stanford.published_models()
    assert len(table) == 29
    assert table[["verdict", "error verdict"]].eq("reproduced").all(axis=None)


@pytest.mark.parametrize("column", ["mantel_byar", "landmark"])
def test_only_the_biased_comparison_sees_an_effect_of_a_worthless_transplant(column):
    found = worthless.random_transplants(cohorts=60)
    assert (found["ever"] < 0.05).all()
    assert found["favours"].all()
    assert (found[column] < 0.05).mean() < 0.2


def test_the_biased_test_rejects_least_at_true_harm_and_too_often_without_an_effect():
    rows = simulated.rejections().set_index("hazard ratio").astype(float)
    biased, fair = rows["ever against never"], rows["Mantel-Byar"]
    assert float(biased.idxmin()) > 1
    assert fair.idxmin() == "1"
    assert biased["1"] > 2 * fair["1"]
    assert fair["1"] - 3 * rows.loc["1", "error"] > 5
