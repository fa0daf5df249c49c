"""Shows *correct*: what the methods page says of other programs holds for its ten patients.

Each sentence of the page about a program that is installed here has a test, so that a new version
that behaves otherwise leaves no false sentence behind. What R gave is computed afresh where it is.
"""

import shutil
import subprocess

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from papers.methods import examples, stanford
from secondlook.data import folder
from secondlook.printed import show
from secondlook.survival import identify_interval_type, kaplan_meier


def test_each_interval_type_gives_other_limits():
    limits = examples.interval_types(4.0)[["lower", "upper"]].round(3)
    assert len(limits.drop_duplicates()) == len(limits) == 5


def test_the_printed_limits_identify_their_type():
    patients = examples.example("plateau")
    curve = kaplan_meier(patients["stop"], patients["event"])
    for row in examples.interval_types(4.0).itertuples():
        lower, upper = (show(100 * value, like="0.0") for value in (row.lower, row.upper))
        assert identify_interval_type(curve, 4.0, lower, upper) == [row.type]


def test_lifelines_takes_log_log_limits_and_r_and_scikit_survival_take_others_by_default():
    from lifelines import KaplanMeierFitter

    patients = examples.example("plateau")
    theirs = KaplanMeierFitter().fit(patients["stop"], patients["event"]).confidence_interval_
    ours = examples.interval_types(4.0).set_index("type").loc["log-log", ["lower", "upper"]]
    assert_allclose(theirs.loc[4.0], ours.astype(float), rtol=1e-9)
    assert examples.gave(examples.R, "plateau", "interval type by default") == "log"
    assert examples.gave(examples.SCIKIT_SURVIVAL, "plateau", "interval type by default") == "none"


def test_lifelines_and_statsmodels_take_the_two_ends_of_the_plateau():
    found = examples.median_on_plateau().set_index("rule")
    assert found["median"].to_dict() == {"left": 5, "midpoint": 6.5, "right": 8}
    assert found.loc["left", "programs"] == "lifelines: 5"
    assert found.loc["midpoint", "programs"].startswith("R: 6.5")
    assert found.loc["right", "programs"] == "statsmodels: 8"


def test_flipping_the_indicator_moves_the_median_follow_up():
    from lifelines import KaplanMeierFitter

    found = examples.median_follow_up()
    assert found == {"ours": 5, "flipped": 6}
    for program in (examples.PRODLIM, examples.SCIKIT_SURVIVAL):
        assert float(examples.gave(program, "follow-up", "median follow-up")) == found["ours"]
    assert float(examples.gave(examples.R, "follow-up", "median by flipping")) == found["flipped"]
    patients = examples.example("follow-up")
    flipped = KaplanMeierFitter().fit(patients["stop"], 1 - patients["event"])
    assert flipped.median_survival_time_ == found["flipped"]


def test_only_the_event_table_of_lifelines_counts_those_who_enter_then():
    from lifelines import KaplanMeierFitter

    found = examples.late_entry()
    for program in ("ours", examples.R, "statsmodels", examples.SCIKIT_SURVIVAL):
        assert found[program].tolist() == [6, 7, 7]
    listed = found["lifelines, event table"] - found["enter"]
    assert listed.tolist() == found["ours"].tolist()
    patients = examples.example("late entry")
    columns = (patients["stop"], patients["event"])
    ours = kaplan_meier(*columns, entry=patients["start"])
    theirs = KaplanMeierFitter().fit(*columns, entry=patients["start"])
    assert_allclose(theirs.predict(ours.time), ours.survival, rtol=1e-9)


def test_whole_months_leave_patients_out_even_twice():
    found = examples.left_out_by_whole_units()
    assert found["state"].eq("after").all()
    assert (found["at_risk"] - found["whole_units"]).tolist() == [2, 1, 1]


def test_both_ends_count_a_patient_twice_who_changes_state_at_a_tick():
    found = examples.numbers_at_ticks()
    assert (found["before"] + found["after"]).tolist() == found["followed"].tolist()
    twice = found["before_both_ends"] + found["after_both_ends"] - found["followed"]
    assert twice.tolist() == [0, 0, 1, 1, 0]


def test_statsmodels_has_no_robust_error_where_a_row_covers_no_event_time():
    found = examples.robust_errors().set_index("program")
    assert len(set(found["coefficient"])) == 1
    assert found.loc["statsmodels PHReg", "robust error"] == "NaN"
    assert found.loc["ours", "robust error"] == found.loc["R coxph", "robust error"] == "0.8730"
    assert found.loc["lifelines CoxTimeVaryingFitter", "robust error"] == "not offered"


def test_breslow_is_nearer_to_one_than_efron():
    found = examples.ties()
    assert found["hazard_ratio"].iloc[0] > found["hazard_ratio"].iloc[1] > 1
    assert found["used_by"].tolist() == ["R, lifelines", "statsmodels, Stata by its manual"]


def test_every_verdict_on_a_printed_number_occurs():
    verdicts = set(examples.printed_numbers()["verdict"])
    assert verdicts == {"reproduced", "truncated", "differs"}


@pytest.mark.oracle
def test_r_still_gives_what_is_recorded(tmp_path):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    data = folder("methods")
    shutil.copytree(data, tmp_path / "methods")
    script = tmp_path / "methods" / "make" / "r.R"
    done = subprocess.run(["Rscript", script], capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    columns = ["example", "program", "quantity", "at", "value"]
    again = pd.read_csv(tmp_path / "methods" / "r.csv", dtype=str)[columns]
    before = pd.read_csv(data / "r.csv", dtype=str)[columns]
    pd.testing.assert_frame_equal(again, before)


def test_one_candidate_decides_the_p_value_of_the_stanford_data():
    rules = stanford.rules_matter()
    by_rule = rules.assign(p=rules["p"].map(stanford.p_text)).groupby("at_end")["p"].agg(set)
    assert by_rule.to_dict() == {"never": {"0.90"}, "shift": {"0.68"}}


def test_all_printed_numbers_of_the_six_models_are_reproduced():
    table = stanford.published_models()
    assert len(table) == 29
    assert table["verdict"].eq("reproduced").all()
    assert stanford.worse("reproduced", "differs") == "differs"
    assert stanford.worse("truncated", "reproduced") == "truncated"


@pytest.mark.parametrize("column", ["mantel_byar", "landmark"])
def test_only_the_biased_comparison_sees_an_effect_of_a_worthless_transplant(column):
    found = stanford.random_transplants(cohorts=60)
    assert (found["ever"] < 0.05).all()
    assert found["favours"].all()
    assert (found[column] < 0.05).mean() < 0.2


def test_the_biased_test_rejects_least_at_true_harm_and_too_often_without_an_effect():
    from papers.kayser_2022 import power

    fair, biased = (
        power.power("printed", test).set_index("hazard_ratio")
        for test in ("mantel-byar", "ever-transplanted")
    )
    assert biased["power"].idxmin() > 1
    assert fair["power"].idxmin() == 1
    assert biased.loc[1, "power"] > 2 * fair.loc[1, "power"]
    assert fair.loc[1, "power"] - 3 * fair.loc[1, "mc_error"] > 0.05
