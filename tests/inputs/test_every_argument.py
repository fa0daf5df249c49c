"""Correct: every argument of every public estimator gives a result, or a sentence that names it."""

from __future__ import annotations

from functools import partial

import pytest
from tests.inputs.hostile import CURVE, DESIGN, PATIENTS, POWER, ROWS, answers_or_refuses

from secondlook import pooling, printed, proportions, simulate, survival, transitions
from secondlook.admissible import CurveFacts, judged
from secondlook.assignments import (
    at_most_deaths,
    deaths_by_time,
    enumerate_assignments,
    event_assignments,
    number_of_deaths,
    survival_percent,
)


def mischief(*methods):
    """An object that raises in each of the methods."""

    def raises(*_, **__):
        raise RuntimeError("mischief")

    return type("Mischief", (), dict.fromkeys(methods, raises))()


@pytest.mark.parametrize(
    "methods",
    [
        ["__repr__"],
        ["__getattr__"],
        ["__eq__", "__hash__"],
        ["__len__", "__iter__", "__getitem__", "__array__"],
        ["__str__", "__format__", "__bool__", "__float__"],
    ],
    ids=" ".join,
)
def test_an_object_that_raises_is_refused_by_a_sentence(methods):
    value = mischief(*methods)
    for call, name in (
        (lambda: survival.kaplan_meier(value, [1, 1]), "durations"),
        (lambda: survival.kaplan_meier([1, value], [1, 1]), "durations"),
        (lambda: survival.kaplan_meier([1, 2], [1, value]), "events"),
        (lambda: survival.kaplan_meier([1, 2], [1, 1], level=value), "level"),
        (lambda: survival.kaplan_meier([1, 2], [1, 1], interval=value), "interval"),
        (lambda: survival.log_rank([1, 2], [1, 1], ["a", value]), "group"),
        (lambda: proportions.pearson([[1, value], [2, 3]]), "the (cell in row 0, column 1|table)"),
        (lambda: proportions.denominators(value, 50), "percents"),
        (lambda: proportions.trend_test([1, 2], [3, 4], exact=value), "exact"),
        (lambda: transitions.mantel_byar(value), "the frame"),
        (lambda: printed.parse(value), "a printed number is text"),
        (lambda: printed.verdict("5", value), "a recomputed value is one real number"),
    ):
        with pytest.raises(ValueError, match=f"^{name}"):
            call()


CLASSES = enumerate_assignments([2, 4, 6])


def held(make, **arguments):
    return event_assignments([2, 4, 6], [make(**arguments)]).holds


HAZARD = simulate.Hazard.through([1, 2], [0.5, 0.2])


FACTS = CurveFacts.read("os", {"n": "4", "median": "2"})


TIMES = {"durations": [1, 2, 3, 4], "events": [1, 0, 1, 1]}


TABLE = {"table": [[3, 4], [5, 6]]}


CALLS = [
    (survival.kaplan_meier, TIMES | {"entry": [0, 0, 1, 0], "interval": "log", "level": 0.95}),
    (survival.follow_up, TIMES),
    (survival.log_rank, TIMES | {"group": list("abab"), "strata": [1, 1, 2, 2]}),
    (
        survival.risk_sets,
        {"stop": [1, 2, 3, 4], "event": [1, 0, 1, 1], "start": [0, 0, 1, 0], "group": list("abab")},
    ),
    (CURVE.at, {"times": [1, 2]}),
    (CURVE.quantile, {"p": 0.5, "plateau": "midpoint"}),
    (CURVE.restricted_mean, {"horizon": 3}),
    (survival.middle, {"lower": 0.2, "upper": 0.5, "interval": "log"}),
    (
        transitions.split_at_transition,
        {
            "frame": PATIENTS, "duration": "d", "event": "e", "transition_time": "t", "id": None,
            "states": None, "rules": None, "shift": 0.5,
        },
    ),
    (
        transitions.awkward_transitions,
        {"frame": PATIENTS, "duration": "d", "transition_time": "t"},
    ),
    (transitions.mantel_byar, {"frame": ROWS, "strata": None, "id": "id", "variant": "exact"}),
    (transitions.simon_makuch, {"frame": ROWS, "landmark": 1.0, "interval": "log", "id": "id"}),
    (transitions.landmark, {"frame": ROWS, "time": 1.0, "id": "id"}),
    (transitions.ever_exposed_log_rank, {"frame": ROWS, "exposed": "b", "id": "id"}),
    (
        transitions.andersen_gill,
        {"frame": ROWS, "covariates": ["x"], "strata": None, "ties": "efron", "cluster": "id"},
    ),
    (proportions.interval, {"count": 3, "n": 10, "method": "wald", "level": 0.95, "side": "both"}),
    (proportions.fisher_exact, TABLE | {"alternative": "two-sided", "level": 0.95, "max_steps": 9}),
    (proportions.barnard, TABLE | {"variance": "pooled"}),
    (proportions.boschloo, TABLE | {"statistic": "two-sided"}),
    *((test, TABLE) for test in (
        proportions.pearson, proportions.yates, proportions.likelihood_ratio,
        proportions.n_minus_one, proportions.z_unpooled, proportions.wald_log_odds_ratio,
    )),
    (proportions.binomial_test, {"count": 3, "n": 10, "null": 0.5, "alternative": "two-sided"}),
    (proportions.rank_sum, {"x": [1, 2], "y": [3, 4]}),
    (proportions.trend_test, {"counts": [1, 2], "sizes": [3, 4], "scores": [1, 2], "exact": True}),
    (pooling.pool, {"counts": [1, 2, 3], "sizes": [10, 20, 15], "model": "beta-binomial"}),
    (simulate.Hazard, {"starts": (0.0,), "rates": (1.0,)}),
    (simulate.Hazard.through, {"times": [1, 2], "survival": [0.5, 0.2], "beyond": 0.1}),
    (
        simulate.power,
        {"design": DESIGN, "hazard_ratios": [1.0], "replicates": 5, "seed": 0, "level": 0.05},
    ),
    (simulate.overall_survival, {"design": DESIGN, "hazard_ratio": 1.0, "time": 2.0}),
    (simulate.expected_transplanted, {"design": DESIGN}),
    (simulate.with_expected_transplanted, {"design": DESIGN, "transplanted": 2.0}),
    (event_assignments, {"durations": [2, 4, 6], "statements": [number_of_deaths("d", 1)]}),
    (HAZARD.times, {"factor": 2.0}),
    (HAZARD.survival, {"time": [[1.0, 2.0]]}),
    (HAZARD.time_at, {"cumulative": [1.0, 2.0]}),
    (simulate.detectable, {"curve": POWER, "target": 0.8}),
    *(
        (partial(held, make), arguments)
        for make, arguments in (
            (survival_percent, {"name": "x", "time": 4, "printed": "50"}),
            (number_of_deaths, {"name": "x", "deaths": 1}),
            (at_most_deaths, {"name": "x", "deaths": 1}),
            (deaths_by_time, {"name": "x", "deaths": {4: 1}}),
        )
    ),
    (CLASSES.survival_at, {"time": 4, "just_before": True}),
    (CLASSES.mean, {"up_to": "last death"}),
    (judged, {"facts": FACTS}),
    (FACTS.only, {"addresses": ["os/median"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "arguments"), CALLS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_argument_gives_a_result_or_a_sentence(call, arguments):
    answers_or_refuses(call, arguments)
