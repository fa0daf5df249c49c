"""Correct: an option, a number or a truth value is what its argument needs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.inputs.hostile import DESIGN, POWER, ROWS

from secondlook import inputs, pooling, proportions, simulate, survival, transitions


def test_a_misspelt_option_is_refused_with_the_vocabulary_and_the_nearest_word():
    with pytest.raises(ValueError, match=r"'loglog'; choose plain.*\(perhaps log-log\)"):
        survival.kaplan_meier([1], [1], interval="loglog")
    with pytest.raises(ValueError, match="variance is 'poled'"):
        proportions.barnard([[3, 4], [5, 6]], variance="poled")
    with pytest.raises(ValueError, match="statistic is 'one-sided'"):
        proportions.boschloo([[3, 4], [5, 6]], statistic="one-sided")


@pytest.mark.parametrize("value", ["0.95", None, 1 + 0j, np.nan, 10**400, [0.95], True])
def test_what_is_no_number_is_no_level(value):
    with pytest.raises(ValueError, match=r"level is .*; it must lie strictly between 0 and 1"):
        proportions.interval(3, 10, level=value)


def test_decimals_and_fractions_are_numbers():
    assert inputs.number(Decimal("1.5"), "x") == 1.5
    assert_allclose(inputs.numbers([Decimal("0.5"), Fraction(1, 4)], "x"), [0.5, 0.25], rtol=0)


@pytest.mark.parametrize("level", [Decimal("0.9"), Fraction(9, 10), np.longdouble("0.9")])
def test_a_level_of_any_kind_of_number_gives_the_same_limits(level):
    varied = ROWS.assign(x=[2, 1, 3, 1])
    for limits in (
        lambda level: [proportions.interval(3, 10, level=level)],
        lambda level: [proportions.fisher_exact([[3, 4], [5, 6]], level=level)],
        lambda level: [pooling.pool([1, 4, 3], [12, 10, 5], level=level)],
        lambda level: survival.kaplan_meier([1, 2, 3], [1, 0, 1], level=level).table.itertuples(),
        lambda level: transitions.andersen_gill(varied, ["x"], level=level).table.itertuples(),
    ):
        for ours, wanted in zip(limits(level), limits(0.9), strict=True):
            assert_allclose((ours.lower, ours.upper), (wanted.lower, wanted.upper), rtol=1e-12)


def test_what_is_a_whole_number_but_for_what_a_float_can_tell_is_none():
    nearly = Fraction(10**30 + 1, 10**30)
    for one in (nearly, Decimal("1.0000000000000000000001"), np.longdouble(1) + np.finfo("g").eps):
        with pytest.raises(ValueError, match=r"count is .*; it must be a whole number"):
            proportions.interval(one, 10)
        with pytest.raises(ValueError, match="the cell in row 0, column 1 is"):
            proportions.pearson([[2, one], [3, 4]])
        with pytest.raises(ValueError, match=r"events must be boolean or 0/1: .* position 1"):
            survival.kaplan_meier([1, 2], [1, one])


def test_a_text_that_compares_as_it_will_is_an_option_by_its_letters():
    class Text(str):
        def __eq__(self, other):
            raise RuntimeError("no comparison")

        __hash__ = None

    for call in (
        lambda word: pooling.pool([1, 4, 3], [12, 10, 5], model=word("binomial-normal")).estimate,
        lambda word: proportions.interval(3, 10, method=word("wilson")).lower,
        lambda word: survival.middle(0.2, 0.5, word("log")),
    ):
        assert call(Text) == call(str)


def test_what_is_no_design_or_curve_of_power_is_refused():
    with pytest.raises(ValueError, match="death is None; it must be a Hazard"):
        simulate.CohortDesign(5, None, DESIGN.transplant, DESIGN.end)
    with pytest.raises(ValueError, match="end is float; it must be a Hazard"):
        simulate.CohortDesign(5, DESIGN.death, DESIGN.transplant, 0.5)
    with pytest.raises(ValueError, match="design is None; it must be a CohortDesign"):
        simulate.expected_transplanted(None)
    with pytest.raises(ValueError, match="design is dict; it must be a CohortDesign"):
        simulate.with_expected_transplanted({}, 2)
    for number in ("2", None, 10**400):
        with pytest.raises(ValueError, match=r"transplanted is .*; it must be a finite number"):
            simulate.with_expected_transplanted(DESIGN, number)
    with pytest.raises(ValueError, match="no column 'upper', 'lower' in the frame"):
        simulate.detectable(pd.DataFrame({"hazard_ratio": [0.5], "power": [0.9]}))
    with pytest.raises(ValueError, match="upper is above 1 at positions 0 and 1"):
        simulate.detectable(POWER.assign(upper=1.5))
    with pytest.raises(ValueError, match="design is None; it must be a CohortDesign"):
        simulate.with_overall_survival(None, 1, [1], [0.5], transplanted=1)
    with pytest.raises(ValueError, match="curve is str; it must be a SurvivalCurve"):
        simulate.Hazard.of_curve("os")
    with pytest.raises(ValueError, match="lower is float; it must be a Bounds"):
        survival.middle_bounds(0.2, 0.5, "log")
    for option, message in (
        ({"replicates": 10**12}, "replicates is 1,000,000,000,000; at most 100,000,000"),
        ({"seed": 0.5}, "seed is 0.5"),
        ({"backend": 5}, "backend is int; it must be a str"),
        ({"backend": "cluster"}, "backend is 'cluster', which joblib does not take: Invalid"),
        ({"test": "logrank"}, "choose mantel-byar or ever-transplanted"),
    ):
        with pytest.raises(ValueError, match=message):
            simulate.power(DESIGN, [1.0], **option)
    for ratio in (0, -1, 5e-324, 1e300):
        with pytest.raises(ValueError, match=r"hazard_ratios must be above 0.* position 1"):
            simulate.power(DESIGN, [1.0, ratio])
