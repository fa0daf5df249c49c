"""Correct: the count for the 31 patients of Kayser 2022, found again by a second route.

The second route lists sequences of marks as bits, without cells and without pruning by bounds; each
sequence says after how many marks S(12) and S(24) may be read and at which mark each curve comes
down to one half; how many ways the marks can then be spread over the cells is counted on the
numbers of marks before each cut.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
import pytest

from papers.kayser_2022.data import relapse_free_survival
from secondlook.admissible import CurveFacts
from secondlook.admissible.bound import bound
from secondlook.admissible.listing import listing
from secondlook.admissible.question import pose

KAYSER = {
    "n": "31",
    "at_risk": "31 27 22 19 13 10 5 4 3 3 2 1 1 1 1 0 0",
    "ticks": "3",
    "interval": "log",
    "survival": {"12": "53 (37-76)", "24": "18 (8-43)"},
    "median": "12.8 (9.9-16.2)",
    "follow_up": "29 (21-NR)",
}


def listed(**more):
    return of(CurveFacts.read("os", KAYSER | more))


@cache
def of(facts):
    return listing(bound(pose(facts)))


N = 31
Z = NormalDist().inv_cdf(0.975)


def product_limit(event, at_risk):
    """S and Greenwood's sum after 0..k marks, from so many at risk on; one row a sequence."""
    left = at_risk - np.arange(event.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        height = np.cumprod(np.where(event, (left - 1) / left, 1.0), axis=1)
        spread = np.cumsum(np.where(event, 1 / (left * (left - 1)), 0.0), axis=1)
    start = np.ones((len(event), 1))
    return np.hstack([start, height]), np.hstack([0 * start, spread])


def with_limits(height, spread):
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.exp(Z * np.sqrt(spread))
        lower, upper = height / factor, np.minimum(height * factor, 1)
    lower[height == 0] = upper[height == 0] = np.nan
    return height, lower, upper


def digits(numbers, width):
    return (numbers[:, None] >> np.arange(width - 1, -1, -1) & 1).astype(bool)


def reads(parts, estimate, lower, upper):
    ends = ((estimate, parts[0]), (lower, parts[1]), (upper, parts[2]))
    return np.logical_and.reduce([np.abs(100 * part - text) <= 0.5 + 1e-12 for text, part in ends])


def first_below(height):
    """Number of marks after which a curve first lies at or below one half; 0 if never."""
    below = height <= 0.5
    return np.where(below.any(axis=1), below.argmax(axis=1), 0)


def sequences():
    """All sequences that can be read as 53 (37-76) at 12 months and 18 (8-43) at 24."""
    heads = digits(np.arange(1 << 21), 21)
    height, spread = product_limit(heads, N)
    read = reads(with_limits(height[:, 18:], spread[:, 18:]), 53, 37, 76).any(axis=1)
    heads, height, spread = heads[read], height[read, -1], spread[read, -1]
    middles = digits(np.arange(1 << 7), 7)
    kept = []
    for middle, (*_, drop), (*_, more) in zip(
        middles, *product_limit(middles, N - 21), strict=True
    ):
        at_24 = heads[reads(with_limits(height * drop, spread + more), 18, 8, 43)]
        kept.append(np.hstack([at_24, np.broadcast_to(middle, (len(at_24), 7))]))
    trunk = np.concatenate(kept)
    tails = digits(np.arange(8), 3)
    return np.concatenate(
        [np.hstack([trunk, np.broadcast_to(tail, (len(trunk), 3))]) for tail in tails]
    )


# The cuts in order of time: the number at risk there, the name of a fact, or neither.
CUTS = [
    (3, 27), (6, 22), (9, 19), (9.85, "lower"), (9.95, "lower"), (12, 13), (12, "S(12)"),
    (12.75, "median"), (12.85, "median"), (15, 10), (16.15, "upper"), (16.25, "upper"), (18, 5),
    (20.5, "f-lower"), (21, 4), (21.5, "f-lower"), (24, 3), (24, "S(24)"), (27, 3),
    (28.5, "f-median"), (29.5, "f-median"), (30, 2), (33, 1), (36, 1), (39, 1), (42, 1), (45, 0),
    (48, 0),
]  # fmt: skip


# What the narrative adds: one death on day 11 and nobody else in the first cycle; behind further
# cuts at least so many deaths or censorings; 12 to 21 deaths.
NARRATIVE = [
    (0.35, 31), (0.45, 30), (0.46, 30), (11.7, ("deaths", 2)), (13.1, ("deaths", 1)),
    (24, ("censorings", 2)), (30.65, ("censorings", 1)),
]  # fmt: skip


def ways(bits, readable, crossing, cuts=CUTS):
    """The number of spreads of each sequence over the cells."""
    gone = np.arange(N + 1)
    # How many of the first marks are deaths, and how many deaths among them follow a censoring.
    deaths = np.hstack([np.zeros((len(bits), 1), int), np.cumsum(bits, axis=1)])
    late = np.hstack([deaths[:, :2] * 0, np.cumsum(bits[:, 1:] & ~bits[:, :-1], axis=1)])
    reached = np.where(gone == 0, 1, 0 * deaths)
    opened = set()
    for _, what in cuts:
        following = np.cumsum(reached, axis=1)
        if isinstance(what, int):
            good = N - gone == what
        elif isinstance(what, tuple):
            kind, least = what
            behind = deaths[:, -1:] - deaths
            good = (behind if kind == "deaths" else N - gone - behind) >= least
        elif what in readable:
            # Between the cuts before and after 12 lies one instant: deaths come first.
            following = np.zeros_like(reached)
            for before in gone:
                falling = late == late[:, [min(before + 1, N)]]
                falling = (gone >= before) & (falling | (gone == before))
                following += np.where(falling, reached[:, [before]], 0)
            good = readable[what]
        else:
            good = (gone >= crossing[what][:, None]) == (what in opened)
        reached = np.where(good, following, 0)
        if isinstance(what, str):
            opened.add(what)
    return reached[:, N]


@cache
def enumerated():
    """The sequences that are possible, with what each of them reads where."""
    bits = sequences()
    survival, followed = (with_limits(*product_limit(event, N)) for event in (bits, ~bits))
    crossing = {
        "lower": first_below(survival[1]),
        "median": first_below(survival[0]),
        "upper": first_below(survival[2]),
        "f-lower": first_below(followed[1]),
        "f-median": first_below(followed[0]),
    }
    # Follow-up's upper limit is not reached. That S's upper limit falls, rises, and falls again is
    # asked separately: the count below rests on the first crossing.
    with np.errstate(invalid="ignore"):
        possible = ~(followed[2] <= 0.5).any(axis=1)
    for part in crossing.values():
        possible &= part > 0
    read = {"S(12)": reads(survival, 53, 37, 76), "S(24)": reads(survival, 18, 8, 43)}
    # Which numbers of marks the row of numbers at risk leaves for each crossing.
    spans = {"lower": (13, 18), "median": (19, 21), "upper": (22, 26), "f-lower": (27, 28),
             "f-median": (29, 29)}  # fmt: skip
    for name, (low, high) in spans.items():
        possible &= (crossing[name] >= low) & (crossing[name] <= high)
    return (
        bits[possible],
        {name: part[possible] for name, part in read.items()},
        {name: part[possible] for name, part in crossing.items()},
    )


def numbered(bits):
    """Sequences as the search writes them: binary digits, the first mark first, 1 a death."""
    return np.sort(bits @ (1 << np.arange(N - 1, -1, -1)))


def some(keep, bits, *reading):
    return bits[keep], *({name: part[keep] for name, part in one.items()} for one in reading)


@pytest.mark.slow
def test_a_second_route_counts_the_same_orders_of_31_patients():
    found, every = listed(), enumerated()
    count = ways(*every)

    assert np.array_equal(numbered(every[0][count > 0]), found.sequences)
    assert count.sum() == found.orders.sum()


@pytest.mark.slow
def test_a_second_route_counts_the_same_orders_that_the_narrative_leaves():
    # Just after a time sorts behind just before it; cuts at one time keep the order in the list.
    cuts = sorted([*CUTS, *NARRATIVE], key=lambda cut: cut[0])
    bits = enumerated()[0]
    deaths = bits.sum(axis=1)
    told = some((deaths >= 12) & (deaths <= 21) & bits[:, 0], *enumerated())
    count = ways(*told, cuts)
    narrative = {"deaths": "12-21", "told": TOLD, "left": {"0.46": "30"}}
    found = listed(**narrative)

    sequences_left = numbered(told[0][count > 0])
    assert np.array_equal(sequences_left, found.sequences)
    assert len(sequences_left) == 3_097
    assert count.sum() == found.orders.sum()
    assert np.unique(np.bitwise_count(sequences_left)).tolist() == [20, 21]


def test_a_second_route_finds_the_same_relapse_free_survival_of_the_17():
    # 2^17 sequences of marks, each read after any number of them.
    bits = digits(np.arange(1 << 17), 17)
    parts = with_limits(*product_limit(bits, 17))
    at_12, at_24 = reads(parts, 47, 25, 88), reads(parts, 23, 7, 75)
    earlier = np.logical_or.accumulate(at_12, axis=1)
    possible = bits[(earlier & at_24).any(axis=1)]

    found = listing(bound(pose(relapse_free_survival()))).sequences
    numbers = np.sort(possible @ (1 << np.arange(16, -1, -1)))
    assert np.array_equal(numbers, found)
    assert len(found) == 72


def test_the_numbers_of_deaths_partition_the_orders():
    found = listed()

    assert (len(found), found.orders.sum(), found.exact) == (16_472, 4_997_280, True)
    assert (found.deaths.min(), found.deaths.max()) == (20, 23)
    assert np.array_equal(np.unique(found.deaths), [20, 21, 22, 23])
    mean = found.restricted_mean(24)
    assert (round(mean.lowest, 2), round(mean.highest, 2)) == (11.84, 14.26)


TOLD = [
    {"died": "0.4"},
    {"died": ">11.7"},
    {"died": ">13.1"},
    {"alive": ">24"},
    {"alive": ">=30.7"},
]


@pytest.mark.parametrize(
    ("more", "sequences"),
    [
        ({"deaths": "12-21"}, 4_146),
        ({"told": TOLD}, 12_330),
        ({"deaths": "12-21", "told": TOLD}, 4_122),
        ({"deaths": "12-20", "told": TOLD}, 6),
        ({"deaths": "12-21", "told": TOLD, "left": {"0.46": "30"}}, 3_097),
    ],
)
def test_the_narrative_leaves_as_many_sequences_as_published(more, sequences):
    # Stable: these are the numbers of data/kayser-2022/search.csv, found by another search.
    assert len(listed(**more)) == sequences
