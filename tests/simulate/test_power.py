"""Power by simulation, *correct*: each cohort's test is the estimator's, errors are as due.

The numbers of a seed are the same whoever computes them: one process, two, or a Dask cluster.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal

from secondlook.simulate import (
    CohortDesign,
    Hazard,
    detectable,
    power,
    with_expected_transplanted,
)
from secondlook.simulate.cohorts import draw, ever_transplanted_sums, mantel_byar_sums, run
from secondlook.transitions import ever_exposed_log_rank, mantel_byar, split_at_transition

DESIGN = with_expected_transplanted(
    CohortDesign(
        31,
        death=Hazard.through([12, 24], [0.53, 0.18]),
        transplant=Hazard((0, 2, 6), (0, 1, 0)),
        end=Hazard.through([29], [0.5]),
    ),
    12,
)
LARGE = replace(DESIGN, patients=300)


def rows_of(cohorts, number):
    patients = pd.DataFrame(
        {
            "leave": cohorts.leave[number],
            "died": cohorts.died[number],
            "wait": np.where(cohorts.transplanted[number], cohorts.wait[number], np.nan),
        }
    )
    return split_at_transition(patients, duration="leave", event="died", transition_time="wait")


@pytest.mark.parametrize("hazard_ratio", [0.2, 1.0, 3.0])
def test_every_cohort_has_the_sums_of_the_estimators(hazard_ratio):
    cohorts = run(DESIGN, draw(DESIGN, 40, np.random.default_rng(31)), hazard_ratio)
    fair, biased = mantel_byar_sums(cohorts), ever_transplanted_sums(cohorts)
    for number in range(40):
        rows = rows_of(cohorts, number)
        wanted = mantel_byar(rows).comparison
        assert fair.observed[number] == wanted.observed[1]
        assert_allclose(fair.expected[number], wanted.expected[1], rtol=1e-9)
        assert_allclose(fair.variance[number], wanted.variance[1, 1], rtol=1e-9)
        assert_allclose(fair.statistic[number], wanted.statistic, rtol=1e-9)
        wanted = ever_exposed_log_rank(rows).log_rank
        assert_allclose(biased.expected[number], wanted.expected[1], rtol=1e-9)
        assert_allclose(biased.statistic[number], wanted.statistic, rtol=1e-9)


def test_tiny_cohorts_without_information_are_undefined_as_the_estimator_says():
    tiny = replace(DESIGN, patients=3)
    cohorts = run(tiny, draw(tiny, 60, np.random.default_rng(3)), 1.0)
    statistic = mantel_byar_sums(cohorts).statistic
    compared = cohorts.transplanted.any(axis=1)
    assert np.isnan(statistic[~compared]).all()
    wanted = [mantel_byar(rows_of(cohorts, one)).statistic for one in np.flatnonzero(compared)]
    assert np.isnan(wanted).any()
    assert_allclose(statistic[compared], wanted, rtol=1e-9)


def test_undefined_tests_are_counted_and_not_rejected():
    tiny = replace(DESIGN, patients=3)
    found = power(tiny, [1.0], replicates=600, seed=3).iloc[0]
    again = run(
        tiny, draw(tiny, 500, np.random.default_rng(np.random.SeedSequence(3).spawn(1)[0])), 1
    )
    assert found["undefined"] > np.isnan(mantel_byar_sums(again).statistic).sum() > 100
    assert found["rejections"] + found["undefined"] <= 600


def test_without_an_effect_a_large_cohort_rejects_as_often_as_the_level_says():
    found = power(LARGE, [1.0], replicates=4000, seed=1974).iloc[0]
    assert_allclose(found["power"], 0.05, atol=4 * np.sqrt(0.05 * 0.95 / 4000))
    assert_allclose(found["favouring"] / found["rejections"], 0.5, atol=4 * 0.5 / np.sqrt(200))


def test_ever_against_never_finds_the_immortal_time_of_a_worthless_transplant():
    fair = power(LARGE, [1.0], replicates=500, seed=1974).iloc[0]
    biased = power(LARGE, [1.0], replicates=500, seed=1974, test="ever-transplanted").iloc[0]
    assert biased["power"] > 0.8
    assert biased["favouring"] == biased["rejections"]
    assert fair["power"] < 0.1
    assert fair["mean_deaths"] == biased["mean_deaths"]


def test_power_grows_with_the_effect_and_with_the_cohort():
    small = power(DESIGN, [0.1, 0.3, 1.0, 3.0, 8.0], replicates=500, seed=7)["power"].to_numpy()
    assert np.all(np.diff(small[:3]) < 0)
    assert np.all(np.diff(small[2:]) > 0)
    large = power(LARGE, [0.3, 3.0], replicates=200, seed=7)["power"].to_numpy()
    assert np.all(large > small[[1, 3]])


def test_limits_and_error_are_those_of_the_counts():
    found = power(DESIGN, [3.0], replicates=1000, seed=5).iloc[0]
    assert found["power"] == found["rejections"] / 1000
    assert_allclose(found["mc_error"] ** 2 * 1000, found["power"] * (1 - found["power"]))
    assert found["lower"] < found["power"] < found["upper"]
    assert_allclose(found["upper"] - found["lower"], 2 * 1.96 * found["mc_error"], rtol=0.05)


def test_a_stricter_level_rejects_less():
    strict, usual = (
        power(DESIGN, [3.0], replicates=500, seed=5, level=level)["power"].item()
        for level in (0.01, 0.05)
    )
    assert strict < usual


def test_a_point_does_not_depend_on_the_others():
    alone = power(DESIGN, [2.0], replicates=700, seed=9)
    among = power(DESIGN, [0.5, 2.0, 4.0], replicates=700, seed=9)
    assert_frame_equal(alone, among.iloc[[1]].reset_index(drop=True))


def test_each_block_draws_from_its_own_child_of_the_seed():
    first, second = map(np.random.default_rng, np.random.SeedSequence(9).spawn(2))
    deaths = [
        run(DESIGN, draw(DESIGN, size, random), 2.0).died.sum()
        for size, random in ((500, first), (200, second))
    ]
    found = power(DESIGN, [2.0], replicates=700, seed=9)["mean_deaths"].item()
    assert_allclose(found, sum(deaths) / 700, rtol=1e-12)


def test_two_workers_give_the_numbers_of_one():
    one = power(DESIGN, [0.5, 2.0], replicates=1200, seed=9)
    two = power(DESIGN, [0.5, 2.0], replicates=1200, seed=9, workers=2)
    assert_frame_equal(one, two)
    assert not power(DESIGN, [0.5, 2.0], replicates=1200, seed=10).equals(one)


@pytest.mark.slow
def test_a_dask_cluster_gives_the_numbers_of_one_process():
    distributed = pytest.importorskip(
        "distributed", reason="dask is not installed: the extra cluster brings it"
    )
    # Workers in this process: no port is opened, so that the test runs without any network.
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        found = power(DESIGN, [0.5, 2.0], replicates=2000, seed=9, backend="dask")
        tasks = cluster.scheduler.task_prefixes
        computed = sum(tasks[name].state_counts["memory"] for name in tasks if "_block" in name)
    assert computed == 4  # blocks of 500 cohorts went through the cluster's scheduler
    assert_frame_equal(found, power(DESIGN, [0.5, 2.0], replicates=2000, seed=9))


def test_the_detectable_effect_is_where_the_curve_crosses_the_target():
    curve = pd.DataFrame(
        {
            "hazard_ratio": [0.25, 0.5, 1.0, 2.0, 4.0],
            "power": [0.9, 0.7, 0.05, 0.3, 0.5],
            "lower": [0.8, 0.6, 0.04, 0.2, 0.4],
            "upper": [1.0, 0.8, 0.06, 0.4, 0.6],
        }
    )
    protective, harmful = detectable(curve).itertuples(index=False)
    assert_allclose(protective.hazard_ratio, 0.5 * 2**-0.5, rtol=1e-12)
    assert_allclose([protective.nearest, protective.farthest], [0.5, 0.25], rtol=1e-12)
    assert np.isnan(harmful.hazard_ratio)
    assert_allclose(detectable(curve, 0.5)["hazard_ratio"].iloc[1], 4, rtol=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hazard_ratios": [1.0, 0.0]}, "position 1"),
        ({"hazard_ratios": []}, "hazard_ratios is empty"),
        ({"replicates": 0}, "replicates is 0"),
        ({"level": 1.0}, "between 0 and 1"),
        ({"test": "landmark"}, "choose mantel-byar or ever-transplanted"),
    ],
)
def test_arguments_out_of_range_are_refused_by_name(change, message):
    with pytest.raises(ValueError, match=message):
        power(DESIGN, **{"hazard_ratios": [1.0], **change})
