"""All sequences of marks of a small cohort that print the facts, one by one, and their orders.

A sequence says which of the marks, in their order, are deaths; an order also says in which cell of
the time axis each of them lies. Sequences are grown mark by mark as rows of bits; a row is dropped
as soon as no cell that it may have come to lies inside the bound. How many ways there are to spread
a sequence over the cells is counted on the numbers of marks before each cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.admissible.bound import NOBODY, Bound, bound, steps
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.points import Points, heights, inside, leaving, meets
from secondlook.admissible.question import BEGIN, DIED, ENDED, Crossing, Place, pose
from secondlook.admissible.ranges import Range
from secondlook.admissible.time_cells import BEFORE
from secondlook.admissible.verify import HALF_TOLERANCE
from secondlook.admissible.witness import Marks
from secondlook.inputs import BoolArray, FloatArray, IntArray

MOST_PREFIXES = 40_000
# Of a list that nothing else can stand in for.
MOST_AT_ALL = 1_000_000
MOST_PATIENTS = 62
CHUNK = 4_096


@dataclass(frozen=True)
class Listing:
    """Every sequence that prints the facts.

    Attributes
    ----------
    sequences
        Shape (m,), marks as binary digits, the first mark first, 1 a death; ascending.
    orders
        Shape (m,), in how many ways each can be spread over the cells.
    exact
        Whether that is so to the letter. If not, among the sequences may be some with a shape on
        which programs disagree, such as a curve that is level at one half; none is missing.
    """

    bound: Bound = field(repr=False)
    sequences: IntArray
    orders: IntArray
    exact: bool

    def __len__(self) -> int:
        """Return the number of sequences."""
        return len(self.sequences)

    @property
    def deaths(self) -> IntArray:
        """The number of deaths of each sequence."""
        counts: IntArray = np.bitwise_count(self.sequences).astype(np.int64)
        return counts

    @cached_property
    def died(self) -> BoolArray:
        """Which marks of each sequence are deaths; shape (m, n)."""
        return _died(self.sequences, self.bound.question.n).T

    def may(self, at: Place, step: int) -> BoolArray:
        """Say which sequences may take a step from a place."""
        every = [spread.may(at, step) for spread in self._spreads]
        return np.concatenate(every) if every else np.zeros(0, dtype=bool)

    def marks(self, row: int, rng: np.random.Generator) -> Marks:
        """Return the marks of one sequence, spread over the cells in one of its ways."""
        onward = self.ways_of(row)
        marks: Marks = []
        at = BEGIN
        while ways := onward(at):
            then = ways[int(rng.integers(len(ways)))]
            if then.k > at.k:
                marks.append((at.cell, bool(self.died[row, at.k]), False))
            at = then
        return marks

    def ways_of(self, row: int) -> Callable[[Place], list[Place]]:
        """Return what gives, for one sequence, the places after a place that lead to the end."""
        spread = Spread(self.bound, self.sequences[row : row + 1])
        q = spread.q

        @cache
        def onward(at: Place) -> list[Place]:
            found = [then for step, then in q.onward(at) if spread.may(at, step)[0]]
            return [then for then in found if then == q.end or onward(then)]

        return onward

    def ends(self) -> Iterator[tuple[int, int, FloatArray, FloatArray]]:
        """Give cells, numbers of marks at their ends, and the heights of both curves there."""
        for some, (cell, k, _), rows in self.leaving():
            alive, _ = some.heights("survival", "estimate")
            followed, _ = some.heights("follow-up", "estimate")
            yield cell, k, alive[k, rows], followed[k, rows]

    def leaving(self) -> Iterator[tuple[Spread, Place, BoolArray]]:
        """Give some sequences, the places where they may leave a cell, and which of them do."""
        return ((some, at, rows) for some in self._spreads for at, rows in some.leaving())

    def range_of(self, values: ArrayLike) -> Range:
        """Return the range of a quantity from what the sequences give."""
        return Range(float(np.min(values)), float(np.max(values)), self.exact)

    def restricted_mean(self, horizon: float) -> Range:
        """Return the range of the area under S(t) up to a horizon."""
        cells = self.bound.question.cells
        least = [max(horizon - cell.ends, 0.0) for cell in cells]
        most = [max(horizon - cell.begins, 0.0) for cell in cells]
        lost = self._sums(
            lambda some, at: some.drop[at.k] * least[at.cell],
            lambda some, at: some.drop[at.k] * most[at.cell],
        )
        return self.range_of([horizon - area for area in lost])

    def hazard(self, start: float, stop: float) -> Range:
        """Return the range of the mean hazard between ticks, 0 among them."""
        q, step = self.bound.question, steps(self.bound.question.n)[:, 0]
        cuts = enumerate(cell.upper for cell in q.cells)
        ends = {float(cut[0]): cell for cell, cut in cuts if cut and cut[1] == BEFORE}
        first, last = ends.get(start, -1), ends[stop]
        (one, other), (until, at_most) = q.gone[first] if start else (0, 0), q.gone[last]
        if one == other and until == at_most:
            fallen = self.died[:, one:until] @ step[one:until]
        else:

            def add(_: Spread, at: Place) -> float:
                return step[at.k] if first < at.cell <= last else 0.0

            fallen = np.array(self._sums(add, add))
        return self.range_of(fallen / (stop - start))

    def _sums(self, least: Adds, most: Adds) -> tuple[float, float]:
        """Return the least and the greatest sum of what deaths at their places add."""
        low = [some.flow(np.inf, 0.0, np.minimum, least).min() for some in self._spreads]
        high = [some.flow(-np.inf, 0.0, np.maximum, most).max() for some in self._spreads]
        return float(min(low)), float(max(high))

    @cached_property
    def _spreads(self) -> list[Spread]:
        starts = range(0, len(self.sequences), CHUNK)
        return [Spread(self.bound, self.sequences[at : at + CHUNK]) for at in starts]


def listed(facts: CurveFacts, watch: Iterable[Fraction] = ()) -> Listing:
    """List every sequence that prints the facts; `watch` adds times at which the axis is cut.

    Raises
    ------
    ValueError
        If there are too many to list.
    """
    found = listing(bound(pose(facts, watch)), MOST_AT_ALL)
    if found is None:
        raise ValueError(f"{facts.name!r} has too many sequences to list: more facts are needed")
    return found


def listing(bound: Bound, most: int = MOST_PREFIXES) -> Listing | None:
    """List all sequences; None if there are too many of them or of their beginnings."""
    q = bound.question
    if q.n > MOST_PATIENTS:
        return None
    if not bound:
        empty = np.zeros(0, dtype=np.int64)
        return Listing(bound, empty, empty, exact=True)
    try:
        sequences = _grown(bound, most)
    except _TooMany:
        return None
    kept, orders, exact = [], [], True
    for start in range(0, len(sequences), CHUNK):
        part = sequences[start : start + CHUNK]
        spread = Spread(bound, part)
        ways = spread.ways()
        some = ways > 0
        kept.append(part[some])
        orders.append(ways[some])
        exact &= not (spread.doubtful & some).any()
        # What the reading that programs share does not give hangs on the other.
        some &= spread.two_readings
        exact &= bool((Spread(bound, part[some], first_only=True).ways() == ways[some]).all())
    joined = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    counts = np.concatenate(orders) if orders else np.zeros(0, dtype=np.int64)
    return Listing(bound, joined, counts, exact)


def none(bound: Bound) -> bool:
    """Say whether no sequence is left of all their beginnings; False where there are too many.

    Of beginnings that are at the same point one is followed.
    """
    try:
        return not len(
            _grown(bound, MOST_PREFIXES, lambda some: some.distance + 1j * some.greenwood)
        )
    except _TooMany:
        return False


class _TooMany(Exception):
    pass


def _grown(
    bound: Bound, most: int, alike: Callable[[Points], NDArray[Any]] = lambda some: some.history
) -> IntArray:
    """Return the sequences that some way through the polygons allows, in ascending order.

    Where ways meet, one of those that are alike is followed.

    Raises
    ------
    _TooMany
        If more than `most` beginnings of sequences come to one place.
    """
    q = bound.question
    step_of = steps(q.n)

    def go(at: Place, step: int, some: Points) -> Points | None:
        if step != ENDED:
            death = step_of[at.k] if step == DIED else None
            return some.after(at.k + 1, death, some.history << 1 | step)
        some = some.some(leaving(q, at.cell, some, surely=True))
        return some if len(some.history) else None

    def join(one: Points, other: Points) -> Points:
        both = one.joined(other)
        return both.some(np.unique(alike(both), return_index=True)[1])

    def keep(at: Place, some: Points) -> Points | None:
        if at == q.end:
            return some
        some = some.some(inside(bound, at, some)[0])
        if len(some.history) > most:
            raise _TooMany
        return some if len(some.history) else None

    start = Points.start(np.zeros(1, dtype=np.int64))
    for at, some in q.walk(start, go, join, keep=keep):
        if at == q.end:
            return np.sort(some.history)
    return start.history[:0]


def _died(sequences: IntArray, n: int) -> BoolArray:
    """Return which marks are deaths; shape (n, m)."""
    died: BoolArray = (sequences >> np.arange(n - 1, -1, -1)[:, None] & 1).astype(bool)
    return died


class Spread:
    """Some sequences at once, and how their marks may be spread over the cells.

    Arrays have the marks along their first axis and the sequences along the second.
    """

    def __init__(self, bound: Bound, sequences: IntArray, *, first_only: bool = False) -> None:
        q = self.q = bound.question
        self.first_only = first_only
        self.died = _died(sequences, q.n)
        step = steps(q.n)
        nothing = np.zeros((1, len(sequences)))
        distance, greenwood, deaths = (
            np.concatenate((nothing, np.cumsum(self.died * more[:, None], axis=0)))
            for more in (step[:, 0], step[:, 1], np.ones(q.n))
        )
        marks = np.arange(q.n + 1)[:, None]
        self.curves = Points(marks, distance, greenwood, deaths.astype(np.int64), sequences)
        self.doubtful = np.zeros(len(sequences), dtype=bool)
        # Where the time of a limit may be read in two ways.
        self.two_readings = np.zeros(len(sequences), dtype=bool)
        self.possible = np.ones(len(sequences), dtype=bool)
        # For each cell the marks that must have come by its end, and those that must not.
        self.by: dict[int, list[IntArray]] = {}
        self.not_by: dict[int, list[IntArray]] = {}
        self.heights = cache(lambda curve, part: heights(q, curve, part, self.curves))
        for crossing in q.crossings:
            self._cross(crossing)
        self._left: dict[tuple[int, int], BoolArray] = {}

    def _cross(self, crossing: Crossing) -> None:
        """Find the mark at which a curve or a limit comes to one half, and where it must lie."""
        n = self.q.n
        event = self.died == (crossing.curve == "survival")
        height = self.heights(crossing.curve, crossing.part)[0][1:]
        with np.errstate(invalid="ignore"):
            low = event & (height < 0.5 + HALF_TOLERANCE)
            under = event & (height < 0.5 - HALF_TOLERANCE)
        reached = low.any(axis=0)
        first, last = _first(low), _first(low)
        if crossing.part == "estimate":
            # Where the curve lies level at one half any time up to its end may have been printed.
            level = reached & ~np.take_along_axis(under, (first - 1)[None] % n, axis=0)[0]
            last = np.where(level, np.minimum(_first(under), n), last)
            self.doubtful |= level
            if crossing.bounds is None:
                # Level at one half to the end, a median is not reached for who asks for less.
                reached &= under.any(axis=0) | ~level
        else:
            # Tied with the next marks of its kind, a low limit that rises again is not seen.
            hidden = np.zeros_like(low)
            for mark in reversed(range(n - 1)):
                hidden[mark] = low[mark] & event[mark + 1] & (~low[mark + 1] | hidden[mark + 1])
            shown = low & ~hidden
            if crossing.bounds is None:
                self.doubtful |= reached & ~shown.any(axis=0)
                reached &= shown.any(axis=0)
            if not self.first_only:
                # Programs print the first time, or that of the highest low limit that is seen.
                seen = np.where(shown, height, -np.inf).max(axis=0)
                highest = low & (height >= seen)
                last = np.where(reached, n - highest[::-1].argmax(axis=0), last)
                last = np.where(shown.any(axis=0), np.maximum(last, _first(shown)), last)
                self.two_readings |= last != first
        if crossing.bounds is None:
            self.possible &= ~reached
            return
        self.possible &= reached
        self.by.setdefault(crossing.last, []).append(np.minimum(first, last))
        self.not_by.setdefault(crossing.first - 1, []).append(np.maximum(first, last))

    def may(self, at: Place, step: int) -> BoolArray:
        """Say which sequences may take a step from a place."""
        if step != ENDED:
            return np.asarray(self.died[at.k] == step)
        cell, k = at.cell, at.k
        if (cell, k) not in self._left:
            least, most = self.q.died[cell]
            deaths = self.curves.deaths[k]
            good = self.possible & (deaths >= least) & (deaths <= most)
            for test in self.q.tests[cell]:
                if test.sure:
                    value, ended = self.heights(test.curve, test.part)
                    good &= meets(test, value[k], ended[k])
            for mark in self.by.get(cell, ()):
                good &= k >= mark
            for mark in self.not_by.get(cell, ()):
                good &= k < mark
            self._left[cell, k] = good
        return self._left[cell, k]

    def flow(
        self,
        zero: float,
        one: float,
        join: np.ufunc,
        weight: Adds | None = None,
    ) -> FloatArray:
        """Carry a number along all ways to spread the marks, and join where they meet.

        Each way begins with `one`, `zero` stands for none; a death adds its `weight`.
        """

        def go(at: Place, step: int, value: FloatArray) -> FloatArray | None:
            more = value + weight(self, at) if weight and step == DIED else value
            more = np.where(self.may(at, step), more, zero)
            return more if step != ENDED or (more != zero).any() else None

        nowhere = np.full(len(self.possible), zero)
        start = np.full(len(self.possible), one)
        return dict(self.q.walk(start, go, join)).get(self.q.end, nowhere)

    def ways(self) -> IntArray:
        """Count the spreads of each sequence over the cells."""
        return np.asarray(self.flow(0.0, 1.0, np.add), dtype=np.int64)

    @cached_property
    def drop(self) -> FloatArray:
        """By how much S falls at each mark; shape (n, m)."""
        after = np.exp(-self.curves.distance)
        after[self.curves.distance >= NOBODY] = 0.0
        return -np.diff(after, axis=0)

    def leaving(self) -> Iterator[tuple[Place, BoolArray]]:
        """Give the places that sequences may leave for the next cell, and which sequences."""

        def go(at: Place, step: int, rows: BoolArray) -> BoolArray | None:
            going = rows & self.may(at, step)
            return going if going.any() else None

        start = np.ones(len(self.possible), dtype=bool)
        leading: dict[Place, BoolArray] = {}
        for at, rows in reversed(list(self.q.walk(start, go, np.logical_or))):
            leading[at] = rows if at == self.q.end else np.zeros_like(rows)
            for step, then in self.q.onward(at):
                if then in leading and (going := rows & self.may(at, step) & leading[then]).any():
                    leading[at] |= going
                    if step == ENDED:
                        yield at, going


# What a death at a place adds to a sum.
Adds = Callable[[Spread, Place], FloatArray | float]


def _first(marks: BoolArray) -> IntArray:
    """Return the number of the first of some marks, from 1 on; beyond the last if there is none."""
    found: IntArray = np.where(marks.any(axis=0), marks.argmax(axis=0) + 1, len(marks) + 1)
    return found
