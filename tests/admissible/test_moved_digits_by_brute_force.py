"""Correct: a digit that is moved is called impossible only where no data set of all prints it.

Every data set of eight patients with two printed times is made: who died, and how many had left by
either time. Times within the three stretches are free, so that these are all there are but for
ties, which give no other numbers at the two times.
"""

import itertools

import numpy as np
import pytest

from secondlook.admissible import CurveFacts, curve, parts
from secondlook.admissible.bound import bound
from secondlook.admissible.question import pose
from secondlook.printed import admits, show
from secondlook.survival import INTERVAL_TYPES, kaplan_meier

N = 8
PARTS = ("survival", "lower", "upper")


def every_data_set(kind):
    """Return S and its limits at both times in percent, shape (sets, 6), where there are limits."""
    rows = []
    for died in itertools.product((0, 1), repeat=N):
        # One mark a unit of time: whoever is k-th leaves at time k.
        curve = kaplan_meier(np.arange(1, N + 1), np.array(died), interval=kind)
        at = curve.at(np.arange(0, N) + 0.5)[list(PARTS)].to_numpy() * 100
        rows += [[*at[first], *at[second]] for first in range(1, N) for second in range(first, N)]
    values = np.array(rows)
    return np.unique(values[~np.isnan(values).any(axis=1)].round(11), axis=0)


def facts_of(texts, kind):
    early, late = (f"{s} ({low}-{high})" for s, low, high in (texts[:3], texts[3:]))
    survival = {12: early, 24: late}
    return CurveFacts.read("os", {"n": str(N), "interval": kind, "survival": survival})


def printed_by_some(texts, values):
    # Between these all values print so, its ends by one rule of rounding or the other.
    good = np.ones(len(values), dtype=bool)
    for column, text in enumerate(texts):
        within = admits(text).rounded
        good &= (values[:, column] >= float(within.lower) - 1e-9) & (
            values[:, column] <= float(within.upper) + 1e-9
        )
    return bool(good.any())


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_no_data_set_is_lost_and_every_impossible_digit_is_found(kind):
    values, rng = every_data_set(kind), np.random.default_rng(22)
    impossible = 0
    for row in rng.choice(values, 40, replace=False):
        texts = [show(value, like="1") for value in row]
        assert bound(pose(facts_of(texts, kind)))

        column, step = int(rng.integers(6)), int(rng.choice([-1, 1]))
        moved = int(texts[column]) + step
        if not 0 <= moved <= 100:
            continue
        texts[column] = str(moved)
        try:
            facts = facts_of(texts, kind)
        except ValueError:
            continue
        if printed_by_some(texts, values):
            assert bound(pose(facts))
        else:
            impossible += 1
            assert curve(facts, explain=False).answer == "unattainable", texts
    assert impossible > 20


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_some_part_of_a_question_has_every_data_set(kind, monkeypatch):
    """Without a search a question is divided until nothing is left to divide it by."""
    monkeypatch.setattr(parts, "witness", lambda *_: None)
    values, rng = every_data_set(kind), np.random.default_rng(23)
    for row in rng.choice(values, 10, replace=False):
        facts = facts_of([show(value, like="1") for value in row], kind)
        assert parts.in_parts(facts, bound(pose(facts)), rng) == ("undecided", None)
