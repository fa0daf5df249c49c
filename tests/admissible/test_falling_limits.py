"""Correct: a limit that is said to fall below one half does so, whatever the order of the marks."""

from statistics import NormalDist

import numpy as np
import pytest

from secondlook.admissible import CurveFacts
from secondlook.admissible.bound import bound
from secondlook.admissible.question import _falls, pose
from secondlook.admissible.verify import unmet
from secondlook.survival.intervals import INTERVAL_TYPES, wald_limits

SEQUENCES = 200


def marks(rng, n):
    """Deaths and censorings in stretches of either kind and of a mixture, as extreme as it goes."""
    died = np.zeros(n, dtype=bool)
    at = 0
    while at < n:
        stretch = int(rng.integers(1, max(2, n // int(rng.integers(1, 12)))))
        died[at : at + stretch] = rng.random(len(died[at : at + stretch])) < rng.choice(
            [0.0, 0.1, 0.5, 0.9, 1.0]
        )
        at += stretch
    died[-1] = False
    return died


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_a_limit_that_has_come_to_one_half_falls_as_long_as_so_many_are_left(kind, level):
    rng = np.random.default_rng(8)
    z = NormalDist().inv_cdf((1 + level) / 2)
    tried = 0
    for _ in range(SEQUENCES):
        n = int(rng.integers(8, 400))
        died = marks(rng, n)
        at_risk = np.arange(n, 0, -1)
        deaths = at_risk[died]
        survival = np.cumprod((deaths - 1) / deaths)
        spread = np.cumsum(1 / (deaths * (deaths - 1)))
        before = np.concatenate([[1.0], survival[:-1]])
        ends = wald_limits(survival, survival * np.sqrt(spread), interval=kind, level=level)
        for part, limit in zip(("lower", "upper"), ends, strict=True):
            for first in np.flatnonzero(limit[:-1] <= 0.5)[:1]:
                rises = np.flatnonzero(np.diff(limit[first:]) > 0) + first + 1
                for left in deaths[rises] - 1:
                    assert not _falls(part, kind, int(left), n, z, float(before[first]))
                tried += len(limit) - first
    assert tried > 1_000


@pytest.mark.parametrize("kind", ["log-log", "logit"])
def test_survival_that_is_printed_before_says_nothing_of_the_curve_of_follow_up(kind):
    """S(2) = 60% bounds where the lower limit of S passes one half; the other curve is free."""
    block = {
        "n": "100", "at_risk": "100 99 20", "ticks": "0 5 32", "survival": {"2": "60"},
        "median": "15 (8-25)", "follow_up": "20 (10-30)", "interval": kind,
    }  # fmt: skip
    for time, known in (("2", True), ("9", False)):
        facts = CurveFacts.read("os", block | {"survival": {time: "60"}})
        falls = {(each.curve, each.part): each.falls for each in pose(facts).crossings}
        assert falls["survival", "lower"] == known
        assert not falls["follow-up", "lower"]


def test_a_limit_that_rises_again_within_its_own_tenth_refutes_no_data_set():
    """28 deaths of 40 bring the upper limit to 0.48; with two left one more lifts it to 0.65."""
    times = np.array([*np.linspace(0.1, 4.9, 27), 5.0, *np.linspace(5.01, 5.02, 10), 5.03, 20.0])
    events = np.array([1] * 28 + [0] * 10 + [1, 0])
    block = {
        "n": "40", "at_risk": "40 13 1", "ticks": "0 4.95 5.04", "told": [{"alive": ">10"}],
        "survival": {"5.049": "15 (3-65)"}, "median": "3.70 (2.7-5.0)", "interval": "log",
    }  # fmt: skip
    facts = CurveFacts.read("os", block)
    assert unmet(facts, times, events) == []
    assert [one.falls for one in pose(facts).crossings] == [True, True, False]
    assert bound(pose(facts))
