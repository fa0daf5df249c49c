"""The first marks of many orders at once: their curves, and the step to the next mark.

The product limit and Greenwood's sum depend on the order of marks only, not on their times, and
not on ties: d tied deaths among r at risk multiply S by (r - d) / r and add 1/(r - d) - 1/r, which
is what d single deaths do. What a tie can hide is the height *between* its deaths, where a limit of
S may lie that then never shows; a step may therefore take several tied marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.linked.places import Crossing
from secondlook.linked.problem import Problem, limits_of

__all__ = ["Prefixes", "Step", "empty_prefix", "take_step"]

# print.survfit and quantile.survfit take heights so near to one half as one half.
HALF_TOLERANCE = float(np.sqrt(np.finfo(float).eps))
LOWER, UPPER = 0, 1


@dataclass(frozen=True)
class Prefixes:
    """One row a prefix at one place.

    Attributes
    ----------
    order
        Shape (k,), the marks so far as binary digits, the latest last; 1 is a death.
    place
        Shape (k,), the number of the place.
    survival, greenwood
        Shape (k,), S and Greenwood's sum after the marks.
    followed, followed_greenwood
        The same of the reverse curve, in which a censoring is the event.
    highest
        Shape (k, 4), lower and upper limit of both curves: the highest so far that was at or
        below one half.
    """

    order: IntArray
    place: IntArray
    survival: FloatArray
    greenwood: FloatArray
    followed: FloatArray
    followed_greenwood: FloatArray
    highest: FloatArray

    def __len__(self) -> int:
        """Return the number of prefixes."""
        return len(self.order)

    def rows(self, index: IntArray | BoolArray) -> Prefixes:
        """Return some of the rows."""
        return Prefixes(
            self.order[index],
            self.place[index],
            self.survival[index],
            self.greenwood[index],
            self.followed[index],
            self.followed_greenwood[index],
            self.highest[index],
        )


@dataclass(frozen=True)
class Step:
    """What `marks` tied marks of one kind make of some prefixes.

    Attributes
    ----------
    after
        The prefixes with the marks added; their place is not yet changed.
    crossing
        Shape (k,), `Crossing` as one number, as `read_crossing` reads it.
    """

    after: Prefixes
    crossing: IntArray
    death: bool
    marks: int


def empty_prefix(place: int) -> Prefixes:
    """Return the one prefix without a mark."""
    return Prefixes(
        np.zeros(1, dtype=np.int64),
        np.full(1, place, dtype=np.int64),
        np.ones(1),
        np.zeros(1),
        np.ones(1),
        np.zeros(1),
        np.full((1, 4), -np.inf),
    )


def read_crossing(number: int) -> Crossing:
    """Return what one number of `Step.crossing` says."""
    return Crossing(number // 9, number // 3 % 3, number % 3)


def take_step(
    prefixes: Prefixes, at_risk: int, problem: Problem, *, death: bool, marks: int
) -> Step:
    """Add tied marks of one kind.

    Parameters
    ----------
    at_risk
        The number at risk before the marks.
    marks
        How many, at most `at_risk`.
    """
    left = at_risk - marks
    factor = left / at_risk
    increment = 1 / left - 1 / at_risk if left else np.inf
    survival, greenwood = prefixes.survival, prefixes.greenwood
    followed, followed_greenwood = prefixes.followed, prefixes.followed_greenwood
    if death:
        survival, greenwood = survival * factor, greenwood + increment
    else:
        followed, followed_greenwood = followed * factor, followed_greenwood + increment
    digits = (1 << marks) - 1 if death else 0
    height, spread = (survival, greenwood) if death else (followed, followed_greenwood)
    crossing, highest = _crossings(problem, prefixes.highest, height, spread, death=death)
    after = Prefixes(
        prefixes.order << marks | digits,
        prefixes.place,
        survival,
        greenwood,
        followed,
        followed_greenwood,
        highest,
    )
    return Step(after, crossing, death, marks)


def _crossings(
    problem: Problem, highest: FloatArray, height: FloatArray, spread: FloatArray, *, death: bool
) -> tuple[IntArray, FloatArray]:
    curve = "survival" if death else "follow-up"
    windows = problem.rules.windows
    crossing = np.zeros(len(height), dtype=np.int64)
    if (curve, "median") in windows:
        crossing += 9 * (height < 0.5 + HALF_TOLERANCE)
        crossing += 9 * (height <= 0.5 - HALF_TOLERANCE)
    if (curve, "lower") not in windows:
        return crossing, highest
    scale = problem.scale if death else problem.follow_up_scale
    highest = highest.copy()
    first_column = 0 if death else 2
    for part, limit in enumerate(limits_of(height, spread, scale)):
        column = first_column + part
        with np.errstate(invalid="ignore"):
            reached = limit < 0.5 + HALF_TOLERANCE
            record = reached & (limit > highest[:, column])
        weight = 3 if part == LOWER else 1
        crossing += weight * reached + weight * record
        highest[record, column] = limit[record]
    return crossing, highest
