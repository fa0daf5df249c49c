"""Which interval a paper printed. Correct: limits printed by a known type are recognised."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest

from secondlook.survival import INTERVAL_TYPES, identify_interval_type, kaplan_meier
from secondlook.survival.intervals import wald_limits

TIMES = [1, 2, 3, 3, 4, 5, 6, 8, 9, 11, 12, 14]
DEATHS = [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]


def printed(value, digits, rule):
    return str((Decimal(100 * value)).quantize(Decimal(digits), rounding=rule))


@pytest.mark.parametrize("rule", [ROUND_HALF_UP, ROUND_DOWN])
@pytest.mark.parametrize("interval", INTERVAL_TYPES)
def test_limits_printed_by_a_type_are_recognised_alone(interval, rule):
    row = kaplan_meier(TIMES, DEATHS, interval=interval).at(5).iloc[0]
    lower, upper = (printed(row[limit], "0.01", rule) for limit in ("lower", "upper"))
    curve = kaplan_meier(TIMES, DEATHS)
    assert identify_interval_type(curve, 5, lower, upper) == [interval]


def test_limits_that_no_type_prints_are_not_recognised():
    assert identify_interval_type(kaplan_meier(TIMES, DEATHS), 5, "1.0", "99.0") == []


def test_one_limit_rounded_and_the_other_cut_is_no_type():
    row = kaplan_meier(TIMES, DEATHS, interval="log-log").at(5).iloc[0]
    lower = {rule: printed(row["lower"], "0.1", rule) for rule in (ROUND_HALF_UP, ROUND_DOWN)}
    upper = {rule: printed(row["upper"], "0.1", rule) for rule in (ROUND_HALF_UP, ROUND_DOWN)}
    curve = kaplan_meier(TIMES, DEATHS)
    assert len(set(lower.values())) == len(set(upper.values())) == 2
    assert identify_interval_type(curve, 5, lower[ROUND_HALF_UP], upper[ROUND_DOWN]) == []
    assert identify_interval_type(curve, 5, lower[ROUND_DOWN], upper[ROUND_HALF_UP]) == []
    assert identify_interval_type(curve, 5, lower[ROUND_DOWN], upper[ROUND_DOWN]) == ["log-log"]


def test_coarse_digits_leave_several_types():
    rows = {t: kaplan_meier(TIMES, DEATHS, interval=t).at(5).iloc[0] for t in INTERVAL_TYPES}
    curve = kaplan_meier(TIMES, DEATHS)
    lower, upper = rows["logit"]["lower"], rows["logit"]["upper"]
    found = identify_interval_type(
        curve, 5, printed(lower, "1", ROUND_HALF_UP), printed(upper, "1", ROUND_HALF_UP)
    )
    assert "logit" in found


def test_the_level_of_the_curve_is_used():
    row = kaplan_meier(TIMES, DEATHS, interval="log", level=0.9).at(5).iloc[0]
    lower, upper = (printed(row[limit], "0.01", ROUND_HALF_UP) for limit in ("lower", "upper"))
    assert identify_interval_type(kaplan_meier(TIMES, DEATHS), 5, lower, upper) == []
    at_90 = kaplan_meier(TIMES, DEATHS, level=0.9)
    assert identify_interval_type(at_90, 5, lower, upper) == ["log"]


def test_what_is_no_curve_no_time_no_type_and_no_level_is_refused_by_its_name():
    curve = kaplan_meier(TIMES, DEATHS)
    with pytest.raises(ValueError, match=r"^curve is None"):
        identify_interval_type(None, 5, "1", "2")
    with pytest.raises(ValueError, match=r"^time is -1"):
        identify_interval_type(curve, -1, "1", "2")
    with pytest.raises(ValueError, match=r"^interval is 'loog'"):
        kaplan_meier(TIMES, DEATHS, interval="loog")
    with pytest.raises(ValueError, match=r"^level is 95"):
        kaplan_meier(TIMES, DEATHS, level=95)
    assert identify_interval_type(curve, 0.5, "100", "100") == ["plain", "log"]


def test_where_limits_are_missing_no_type_prints_them():
    everybody_dead = kaplan_meier([1, 2], [1, 1])
    assert identify_interval_type(everybody_dead, 2, "0", "0") == []


def test_there_are_no_limits_at_zero():
    lower, upper = wald_limits(
        np.array([0.5, 0]), np.array([0.1, np.nan]), interval="plain", level=0.95
    )
    assert lower.round(4).tolist()[:1] == [0.304]
    assert np.isnan([lower[1], upper[1]]).all()
