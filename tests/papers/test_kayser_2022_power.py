"""The stored power of cohorts like Kayser 2022's: *correct* in its design, *stable* by its seed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.papers.generators import generator

from papers.kayser_2022 import power
from papers.kayser_2022.constructed import overall, sets
from secondlook.data import load
from secondlook.simulate import expected_transplanted, overall_survival


def make():
    return generator("kayser-2022", "power")


@pytest.mark.parametrize("setting", power.SETTINGS)
@pytest.mark.parametrize("hazard_ratio", [0.1, 1.0, 8.0])
def test_every_design_expects_the_printed_number_of_patients_and_transplants(setting, hazard_ratio):
    design = make().DESIGNS[setting](hazard_ratio)
    assert design.patients == 31
    assert_allclose(expected_transplanted(design), 12, rtol=1e-9)


@pytest.mark.parametrize("setting", ["printed", "overall", "early", "late"])
def test_without_an_effect_survival_and_follow_up_are_as_printed(setting):
    design = make().DESIGNS[setting](1.0)
    assert_allclose(design.death.survival([12, 24]), [0.53, 0.18], rtol=1e-9)
    assert_allclose(design.end.survival(29.0), 0.5, rtol=1e-12)


@pytest.mark.parametrize("hazard_ratio", [0.1, 8.0])
def test_the_setting_overall_holds_the_survival_of_all_patients(hazard_ratio):
    design = make().with_printed_overall(hazard_ratio)
    found = [overall_survival(design, hazard_ratio, time) for time in (12.0, 24.0)]
    assert_allclose(found, [0.53, 0.18], rtol=1e-9)


def test_the_setting_constructed_has_the_survival_of_its_set():
    curve = overall(sets()["neutral"])
    assert_allclose(make().from_constructed().death.survival(12.8), curve.at(12.8)["survival"])


@pytest.mark.parametrize(
    ("setting", "hazard_ratio", "test"),
    [
        ("printed", 0.2, "mantel-byar"),
        ("overall", 4.0, "mantel-byar"),
        ("constructed", 1.0, "mantel-byar"),
        ("printed", 1.0, "ever-transplanted"),
    ],
)
def test_a_stored_point_is_what_its_seed_gives_afresh(setting, hazard_ratio, test):
    table = power.power(setting, test)
    stored = table[table["hazard_ratio"] == hazard_ratio].iloc[0]
    found = make().point(setting, hazard_ratio, test=test).iloc[0]
    # A statistic at the very edge may fall otherwise where the machine rounds otherwise.
    for count in ("rejections", "favouring", "undefined"):
        assert abs(stored[count] - found[count]) <= 2
    assert_allclose(stored["mean_deaths"], found["mean_deaths"], atol=1e-3)
    assert_allclose(stored["upper"], found["upper"], atol=2e-4)


def test_the_monte_carlo_error_is_below_one_percentage_point():
    table = load("kayser-2022", "power")
    assert table["mc_error"].max() < 0.01
    assert (table["replicates"] == power.REPLICATES).all()
    assert_allclose(table["power"], table["rejections"] / table["replicates"], atol=1e-6)
    assert table.groupby(["setting", "test"])["hazard_ratio"].nunique().eq(23).all()


def test_the_detectable_effects_are_reached_and_large_in_every_setting():
    found = power.detectable()
    assert list(found["setting"]) == list(power.SETTINGS)
    assert np.all(found["protective farthest"] < found["protective"])
    assert np.all(found["protective"] < found["protective nearest"])
    assert np.all(found["harmful nearest"] < found["harmful"])
    assert found["protective"].between(0.1, 0.25).all()
    assert found["harmful"].between(3, 5).all()


def test_interpolated_effects_have_the_power_when_they_are_simulated():
    main = power.detectable().iloc[0]
    for hazard_ratio in (main["protective"], main["harmful"]):
        found = make().point("printed", hazard_ratio, replicates=10_000).iloc[0]
        assert_allclose(found["power"], 0.8, atol=0.02)
