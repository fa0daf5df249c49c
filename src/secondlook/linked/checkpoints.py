"""What a curve must show by the ends of certain cells, whatever its order of marks.

Besides the printed S(t): before the window of the median S has not passed one half, and after it it
has; the reverse curve likewise, and its height follows from the curve's, because every mark is an
event of one of the two: their product is the share of patients left. The lower limit of types in
which it only ever falls does as S does. The upper limit may rise again; it has to be at or below
one half at some mark before its window ends. Nothing comes down to one half in a window if all
patients have left before it.

Printed limits bound S itself: it is their middle on their own scale.

Neither curve ever rises, so that what bounds it at one point bounds it at others: from above at
all later points, from below at all earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondlook.linked.places import GOOD, Place
from secondlook.linked.problem import Problem
from secondlook.printed import Bounds
from secondlook.survival import middle_bounds

__all__ = ["Checkpoint", "checkpoints"]

ALWAYS_FALLING = ("log", "plain")
SLACK = 1e-7
ANY = Bounds(0, 1, True, True)
NOT_PASSED = Bounds(0.5 - SLACK, 1, True, True)
PASSED = Bounds(0, 0.5 + SLACK, True, True)


@dataclass(frozen=True)
class Checkpoint:
    """What must be possible just after a cell; fractions.

    Attributes
    ----------
    survival, lower, upper, followed
        Bounds of S, its limits, and the height of the reverse curve.
    by
        Whether it may also have been so at an earlier mark.
    left
        How many patients are at risk at least.
    """

    after_cell: int
    survival: Bounds = ANY
    lower: Bounds = ANY
    upper: Bounds = ANY
    followed: Bounds = ANY
    by: bool = False
    left: int = 0


def checkpoints(problem: Problem, place: Place) -> list[Checkpoint]:
    """Return what is still ahead of a place, in the order of time."""
    ahead = []
    for test in problem.tests:
        survival, lower, upper = (
            ANY if bounds is None else _fraction(bounds)
            for bounds in (test.estimate, test.lower, test.upper)
        )
        between = middle_bounds(lower, upper, problem.scale.kind)
        if between is not None:
            survival = _meet(survival, between)
        ahead.append(Checkpoint(test.after_cell, survival, lower, upper))
    cells = {point.after_cell for point in ahead} | {
        edge
        for window in problem.rules.windows.values()
        if window.bounds is not None
        for edge in (window.first - 1, window.last)
    }
    ahead += [Checkpoint(cell) for cell in cells if cell >= 0]
    ahead = _never_rising(problem, [_with_medians(problem, point) for point in ahead])
    reached = problem.rules.windows.get(("survival", "upper"))
    if reached is not None and reached.bounds is not None and GOOD not in place.survival.upper:
        ahead.append(Checkpoint(reached.last, upper=PASSED, by=True))
    return sorted(
        (point for point in ahead if point.after_cell >= place.cell),
        key=lambda point: point.after_cell,
    )


def _with_medians(problem: Problem, point: Checkpoint) -> Checkpoint:
    for (curve, part), window in problem.rules.windows.items():
        if window.bounds is None:
            continue
        if point.after_cell < window.first:
            half = NOT_PASSED
            point = replace(point, left=1)
        elif point.after_cell >= window.last:
            # A curve level at one half may wait for its next death, but it has come down to it.
            half = PASSED
        else:
            continue
        if part == "median" and curve == "survival":
            point = replace(point, survival=_meet(point.survival, half))
        elif part == "median":
            point = replace(point, followed=_meet(point.followed, half))
        elif part == "lower" and curve == "survival" and problem.scale.kind in ALWAYS_FALLING:
            point = replace(point, lower=_meet(point.lower, half))
    return point


def _never_rising(problem: Problem, points: list[Checkpoint]) -> list[Checkpoint]:
    """Sort the points by time and let each bound hold for all points that it bears on."""
    points = sorted(points, key=lambda point: point.after_cell)
    highest, highest_followed = 1.0, 1.0
    bounded = []
    for point in points:
        highest = min(highest, float(point.survival.upper))
        highest_followed = min(highest_followed, float(point.followed.upper))
        # The product of both curves is the share of patients left.
        share = (problem.n - problem.exits_before(point.after_cell)[1]) / problem.n
        survival = Bounds(_least(share, highest_followed), highest, True, True)
        followed = Bounds(_least(share, highest), highest_followed, True, True)
        bounded.append(
            replace(
                point,
                survival=_meet(point.survival, survival),
                followed=_meet(point.followed, followed),
            )
        )
    lowest, lowest_followed = 0.0, 0.0
    for index, point in reversed(list(enumerate(bounded))):
        lowest = max(lowest, float(point.survival.lower))
        lowest_followed = max(lowest_followed, float(point.followed.lower))
        bounded[index] = replace(
            point,
            survival=_meet(point.survival, Bounds(lowest, 1, True, True)),
            followed=_meet(point.followed, Bounds(lowest_followed, 1, True, True)),
        )
    return bounded


def _least(product: float, other: float) -> float:
    return product / max(product, other) if product else 0.0


def _fraction(bounds: Bounds) -> Bounds:
    return Bounds(float(bounds.lower) / 100, float(bounds.upper) / 100, True, True)


def _meet(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(max(one.lower, other.lower), min(one.upper, other.upper), True, True)
