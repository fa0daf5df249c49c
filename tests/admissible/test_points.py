"""Correct: concrete curves as points give what the estimators give, and are tested as printed."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts
from secondlook.admissible.bound import NOBODY, bound, steps
from secondlook.admissible.points import Points, heights, inside, leaving, meets, passes
from secondlook.admissible.question import ABOVE, BELOW, Place, pose
from secondlook.admissible.question import Test as Asked
from secondlook.printed import Bounds
from secondlook.survival import follow_up, kaplan_meier
from secondlook.survival.intervals import INTERVAL_TYPES

N = 5
SEQUENCES = np.array(list(product((0, 1), repeat=N)), dtype=bool)


def points(k, n=N):
    """All sequences of n marks after k of them."""
    died, step = np.array(list(product((0, 1), repeat=n)), dtype=bool), steps(n)
    curves = Points.start(np.arange(len(died))[:1])
    every = [
        Points(k, *(died[row, :k] @ step[:k]), died[row, :k].sum(), row)
        for row in range(len(died))
    ]  # fmt: skip
    columns = zip(*(one[1:] for one in every), strict=True)
    assert curves.k == 0
    return Points(k, *(np.array(column) for column in columns))


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_heights_are_those_of_the_estimators(kind):
    question = pose(CurveFacts.read("os", {"n": str(N), "interval": kind}))
    times = np.arange(1.0, N + 1)
    for k in range(1, N + 1):
        found = {
            (curve, part): heights(question, curve, part, points(k))
            for curve in ("survival", "follow-up")
            for part in ("estimate", "lower", "upper")
        }
        for row, died in enumerate(SEQUENCES):
            for curve, estimator in (("survival", kaplan_meier), ("follow-up", follow_up)):
                table = estimator(times, died, interval=kind).read([float(k)])
                expected = [table[name][0] for name in ("survival", "lower", "upper")]
                value, ended = found[curve, "estimate"]
                assert_allclose(value[row], expected[0], atol=1e-12)
                assert ended[row] == (expected[0] == 0)
                events = died[:k] if curve == "survival" else ~died[:k]
                # Before the first event all programs print limits of 1.
                limits = expected[1:] if events.any() else [1.0, 1.0]
                for part, limit in zip(("lower", "upper"), limits, strict=True):
                    assert_allclose(found[curve, part][0][row], limit, atol=1e-12)


def test_points_are_chosen_joined_and_carried_on():
    here = points(2)
    some = here.some(np.array([3, 1]))
    assert some.k == 2
    for whole, part in zip(here[1:], some[1:], strict=True):
        assert part.tolist() == [whole[3], whole[1]]
    both = some.joined(here)
    assert both.k == 2
    assert [len(column) for column in both[1:]] == [2 + len(SEQUENCES)] * 4
    assert both.deaths[:2].tolist() == some.deaths.tolist()
    death = some.after(3, np.array([0.5, 0.25]), some.history + 10)
    assert (death.k, death.history.tolist()) == (3, [13, 11])
    assert_allclose(death.distance, some.distance + 0.5)
    assert_allclose(death.greenwood, some.greenwood + 0.25)
    assert death.deaths.tolist() == (some.deaths + 1).tolist()
    censored = some.after(3, None, some.history)
    assert (censored.k, censored.deaths.tolist()) == (3, some.deaths.tolist())


def bounds(low, high, low_closed, high_closed):
    return Bounds(low, high, low_closed, high_closed)


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (bounds(0.25, 0.75, True, False), [False, True, True, True, False, False]),
        (bounds(0.25, 0.75, False, True), [False, False, True, True, True, False]),
        (bounds(-np.inf, 0.25, False, True), [True, True, False, False, False, False]),
        (bounds(0.75, np.inf, True, False), [False, False, False, False, True, True]),
    ],
)
def test_a_value_at_an_end_lies_inside_if_the_end_does(within, expected):
    values = np.array([0.2, 0.25 + 1e-13, 0.5, 0.75 - 1e-9, 0.75 - 1e-13, 0.8])
    test = Asked("survival", "estimate", within)
    assert meets(test, values, values < 0).tolist() == expected
    assert meets(test, np.array([np.nan]), np.array([True])).tolist() == [False]


@pytest.mark.parametrize(
    ("side", "part", "expected"),
    [
        (ABOVE, "estimate", [False, True, True, True, False]),
        (BELOW, "estimate", [True, True, True, False, False]),
        # A limit that is at one half has come to it.
        (ABOVE, "lower", [False, False, False, True, True]),
        (BELOW, "lower", [True, True, True, False, True]),
    ],
)
def test_on_one_side_of_one_half_lies_what_is_so_near_it_as_programs_take(side, part, expected):
    values = np.array([0.49, 0.5 - 1e-8, 0.5 + 1e-8, 0.51, np.nan])
    ended = np.isnan(values)
    assert meets(Asked("survival", part, side, half=True), values, ended).tolist() == expected


def test_leaving_a_cell_asks_for_its_deaths_and_tests_and_sure_tests_alone_are_a_proof():
    facts = CurveFacts.read("os", {"n": "5", "deaths": "2", "survival": {"6": "80"},
                                   "interval": "log"})  # fmt: skip
    question = pose(facts)
    here = points(1)
    # Of one mark a death leaves 80%.
    assert leaving(question, 0, here, surely=True).tolist() == SEQUENCES[:, 0].tolist()
    whole = points(5)
    assert leaving(question, 1, whole, surely=True).tolist() == (SEQUENCES.sum(1) == 2).tolist()
    unsure = [Asked("survival", "estimate", bounds(2, 3, True, True), sure=False)]
    asked = replace(question, tests=(tuple(unsure), ()))
    assert leaving(asked, 0, here, surely=True).all() == (here.deaths <= 2).all()
    assert not leaving(asked, 0, here, surely=False).any()
    assert passes(question, question.tests[0][0], here).tolist() == SEQUENCES[:, 0].tolist()


def test_what_lies_inside_of_its_polygon_and_how_deep():
    facts = CurveFacts.read("os", {"n": "5", "at_risk": "5 3", "ticks": "6", "interval": "log"})
    room = bound(pose(facts))
    here = points(2)
    rows, depth = inside(room, Place(0, 2, 0), here)
    assert rows.tolist() == list(range(len(SEQUENCES)))  # nothing is printed that shuts one out
    assert (depth >= -1e-3).all()
    assert (depth <= 0.5 + 1e-6).all()
    # A curve between two of one death lies inside; one beyond both does not.
    one = here.deaths == 1
    low, high = here.distance[one].min(), here.distance[one].max()
    assert low < high
    moved = here.some(np.flatnonzero(one)[:3])
    nearby = moved._replace(
        distance=np.array([(low + high) / 2, high + 0.01, low - 0.01]),
        greenwood=np.full(3, (here.greenwood[one].min() + here.greenwood[one].max()) / 2),
    )
    rows, depth = inside(room, Place(0, 2, 0), nearby)
    assert rows.tolist() == [0]
    assert depth[0] > 0.1
    # Nothing lies inside where there is no polygon: of found patients, marks or deaths.
    for place in (Place(0, 2, 1), Place(0, 3, 0), Place(1, 1, 0)):
        assert [part.tolist() for part in inside(room, place, here)] == [[], []]
    many = here._replace(deaths=here.deaths + 3)
    assert inside(room, Place(0, 2, 0), many)[0].tolist() == []
    fewer = here._replace(deaths=here.deaths - 3)
    assert inside(room, Place(0, 2, 0), fewer)[0].tolist() == []


def test_the_last_death_leaves_nobody_and_the_start_nothing():
    assert steps(3)[-1].tolist() == [NOBODY, 0.0]
    assert_allclose(steps(3)[:2], [[np.log(3 / 2), 1 / 6], [np.log(2), 1 / 2]])
    start = Points.start(np.zeros((1, 2)))
    assert (start.k, start.distance.tolist(), start.greenwood.tolist()) == (0, [0], [0])
    assert start.deaths.tolist() == [0]
