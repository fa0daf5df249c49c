"""What a curve must show by the ends of certain cells, whatever its order of marks.

Besides the printed S(t): before the window of the median S has not passed one half, and after it it
has; the reverse curve likewise, and its height follows from the curve's, because every mark is an
event of one of the two: their product is the share of patients left. The lower limit of types in
which it only ever falls does as S does. The upper limit may rise again; it has to be at or below
one half at some mark before its window ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondlook.admissible.places import GOOD, Place
from secondlook.admissible.problem import Problem
from secondlook.printed import Bounds

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
    """

    after_cell: int
    survival: Bounds = ANY
    lower: Bounds = ANY
    upper: Bounds = ANY
    followed: Bounds = ANY
    by: bool = False


def checkpoints(problem: Problem, place: Place) -> list[Checkpoint]:
    """Return what is still ahead of a place, in the order of time."""
    ahead = []
    for test in problem.tests:
        survival, lower, upper = (
            ANY if bounds is None else _fraction(bounds)
            for bounds in (test.estimate, test.lower, test.upper)
        )
        ahead.append(Checkpoint(test.after_cell, survival, lower, upper))
    cells = {point.after_cell for point in ahead} | {
        edge
        for window in problem.rules.windows.values()
        if window.bounds is not None
        for edge in (window.first - 1, window.last)
    }
    ahead += [Checkpoint(cell) for cell in cells if cell >= 0]
    ahead = [_with_medians(problem, point) for point in ahead]
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


def _fraction(bounds: Bounds) -> Bounds:
    return Bounds(float(bounds.lower) / 100, float(bounds.upper) / 100, True, True)


def _meet(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(max(one.lower, other.lower), min(one.upper, other.upper), True, True)
