"""Correct: whatever a cohort of one to five prints, in whatever words, is attainable and inside.

Every kind of statement is drawn, printed as a number or with a relation (``<40``, ``>=9``), with
and without limits of any type, by either rule of rounding, on any rule for level stretches.
``SECONDLOOK_COHORTS=2000`` tries more.
"""

import math
import os

import numpy as np
import pytest

from secondlook.admissible import CurveFacts, curve, decide
from secondlook.admissible.verify import readings, unmet
from secondlook.printed import show
from secondlook.survival import INTERVAL_TYPES, kaplan_meier

TIMES = ("3", "6")
SUFFIXES = ("", "/lower", "/upper")


def text(rng, value, like="1"):
    """Print a value, or on which side of a number near it it lies."""
    if math.isnan(value):
        return "NR"
    beyond = ["<"] * bool(value < 100) + [">"] * bool(value > 0)
    relation = str(rng.choice(["", "", "<=", ">=", *beyond]))
    number = value + 3 * (relation.count("<") - relation.count(">"))
    return relation + show(min(max(number, 0), 100), like=like)


def triple(rng, values, like="1"):
    estimate, lower, upper = (text(rng, value, like) for value in values)
    return str(rng.choice([estimate, f"({lower} to {upper})", f"{estimate} ({lower} to {upper})"]))


def cohort_and_block(rng):
    n = int(rng.integers(1, 6))
    times = np.sort(rng.integers(1, 24, n) / 2)
    events = rng.random(n) < 0.6
    block = {
        "n": str(n),
        "interval": str(rng.choice(INTERVAL_TYPES)),
        "level": str(rng.choice(["50", "80", "95"])),
        "rounding": str(rng.choice(["rounded", "either"])),
        "plateau": str(rng.choice(["midpoint", "left", "right", "unknown"])),
        "at_risk": " ".join([str(n), *(str((times >= tick).sum()) for tick in (4, 8))]),
        "ticks": "4",
    }
    if rng.random() < 0.3:
        block["at_risk"] = f"{n} - {block['at_risk'].split()[2]}"
    everything = {"survival": dict.fromkeys(TIMES, "5 (3-7)"), "median": "5 (3-7)",
                  "follow_up": "5 (3-7)"}  # fmt: skip
    given = readings(CurveFacts.read("os", block | everything), times, events)

    def values(base):
        return [next(iter(given[f"os/{base}{suffix}"]), math.nan) for suffix in SUFFIXES]

    survival = {}
    for time in TIMES:
        printed = values(time)
        # Where the curve has ended it has no limits.
        if rng.random() < 0.6:
            ended = any(map(math.isnan, printed))
            survival[time] = text(rng, printed[0]) if ended else triple(rng, printed)
    statements = {
        "survival": survival,
        "median": triple(rng, values("median"), "1.1"),
        "follow_up": triple(rng, values("follow-up")),
        "deaths": text(rng, float(events.sum())),
        "last": text(rng, times.max(), "1.1"),
        "left": {"2.5": str((times >= 2.5).sum())},
        "told": [{"died" if events[0] else "alive": text(rng, times[0], "1.1")}],
    }
    kept = [name for name in statements if rng.random() < 0.5]
    return times, events, block | {name: statements[name] for name in kept}


@pytest.mark.parametrize("seed", range(int(os.environ.get("SECONDLOOK_COHORTS", "50"))))
def test_what_a_tiny_cohort_prints_is_attainable_and_the_cohort_inside(seed):
    times, events, block = cohort_and_block(np.random.default_rng([14, seed]))
    facts = CurveFacts.read("os", block)
    assert unmet(facts, times, events) == []

    answer = curve(facts)
    assert answer.answer == decide(facts) == "attainable"
    found, died = np.array(answer.data_set).T
    assert unmet(facts, found, died) == []
    assert events.sum() in answer.ranges["deaths"]
    of = kaplan_meier(times, events)
    for time in (1.0, 3.0, 4.0, 6.0, 9.0):
        assert of.read([time])["survival"][0] in answer.survival(time)
    for name, span in answer.ranges.items():
        if name.startswith("restricted mean up to "):
            assert of.restricted_mean(float(name.split()[-1])).estimate in span
