"""A data set that prints the facts, built inside the bound; the estimators have the last word.

Marks are added one by one, as in the bound, but to concrete sequences: at every number of marks a
few hundred of them are kept that lie inside the polygons from which an end can be reached. Moving
one death across one censoring changes S by little, so that among many patients nearly every try
hits; among few, all sequences that the bound leaves are tried. Times are laid on decimals within
the cells, and the data set is handed to the estimators; if they find a printed number that it does
not give, it is thrown away.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

import numpy as np

from secondlook.admissible.bound import Bound, steps
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.points import Points, inside, leaving, passes
from secondlook.admissible.question import ABOVE, DIED, ENDED, Place, Question, Test
from secondlook.admissible.time_cells import Cell
from secondlook.admissible.verify import HALF_TOLERANCE, unmet
from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.printed import Bounds

# How many sequences are kept at each number of marks, try after try.
WIDTHS, HARDEST = (100, 400, 1_600), (6_400, 6_400)
MOST_VERIFIED = 12


class DataSet(NamedTuple):
    """A constructed data set: times in their order, and whether each ended in death."""

    durations: FloatArray
    events: BoolArray

    @property
    def rows(self) -> tuple[tuple[float, int], ...]:
        """Time and event of each patient."""
        return tuple(zip(self.durations.tolist(), map(int, self.events), strict=True))


def witness(
    facts: CurveFacts,
    bound: Bound,
    rng: np.random.Generator,
    widths: tuple[int, ...] = WIDTHS,
) -> DataSet | None:
    """Return a data set that prints every fact; None if none was found, which proves nothing."""
    for width in widths:
        search = _Search(bound, rng, width).run()
        for number, marks in enumerate(islice(search, MOST_VERIFIED)):
            # A limit may lie where it must not between two deaths; tied, it is not seen there.
            tied = 0.0 if number % 3 < 2 else 0.3
            found = laid(bound.question, marks, rng, tied=tied)
            if not unmet(facts, found.durations, found.events):
                return found
    return None


# A mark: the cell that it lies in, whether it is a death, and whether it is tied with the last one.
Marks = list[tuple[int, bool, bool]]

# Of what chooses among curves: processors differ in the last bits of a logarithm, and the data set
# that is found must not.
DECIMALS = 6

# A step beside those of a question: all who are left leave at once.
CLOSED = 3


class _Search:
    """Gives sequences of marks that pass the tests at the ends of the cells.

    The history of a curve says how it came to its node: from which node, from which curve there,
    and by which step.
    """

    def __init__(self, bound: Bound, rng: np.random.Generator, width: int) -> None:
        self.bound, self.q, self.rng, self.width = bound, bound.question, rng, width
        self.step = steps(self.q.n)
        self.nodes: list[tuple[Place, Points]] = []
        self.throughout = [_throughout(self.q, cell) for cell in range(len(self.q.cells))]

    def run(self) -> Iterator[Marks]:
        start = Points.start(np.full((1, 3), -1))
        walk = self.q.walk(start, self._go, Points.joined, keep=self._keep, onward=self._onward)
        for at, ends in walk:
            if at == self.q.end:
                for row in self.rng.permutation(len(ends.history)):
                    yield self._read(ends, int(row))

    def _keep(self, at: Place, some: Points) -> Points | None:
        if at == self.q.end:
            return some
        rows, depth = inside(self.bound, at, some)
        some = some.some(rows)
        for test in self.throughout[at.cell]:
            good = passes(self.q, test, some)
            some, depth = some.some(good), depth[good]
        if len(depth) > self.width:
            some = some.some(self._spread(some, depth))
        self.nodes.append((at, some))
        return some if len(some.history) else None

    def _spread(self, some: Points, depth: FloatArray) -> IntArray:
        """Choose as many as are to be kept: equally many for each number of deaths.

        A quarter of them lie deepest inside the polygons, a quarter are any, and half lie as far
        apart as they go in height: what the last few marks must hit may be narrow and far out.
        """
        distance, deaths = some.distance, some.deaths
        anyhow = self.rng.random(len(depth))
        numbers, at = np.unique(deaths, return_inverse=True)
        low = np.full(len(numbers), np.inf)
        high = np.full(len(numbers), -np.inf)
        np.minimum.at(low, at, distance)
        np.maximum.at(high, at, distance)
        bins = max(1, self.width // (2 * len(numbers)))
        share = (distance - low[at]) / np.maximum(high - low, 1e-12)[at]
        place = np.minimum(np.round(share * bins, DECIMALS).astype(np.int64), bins - 1)
        first = np.lexsort((anyhow, place, deaths))
        alone = np.ones(len(first), dtype=bool)
        alone[1:] = (np.diff(place[first]) != 0) | (np.diff(deaths[first]) != 0)
        chosen = [first[alone]]
        for rank in (-np.round(depth, DECIMALS), anyhow):
            order = np.lexsort((rank, deaths))
            alike = deaths[order]
            turn = np.arange(len(order)) - np.searchsorted(alike, alike)
            chosen.append(order[np.argsort(turn, kind="stable")[: self.width // 4]])
        return np.unique(np.concatenate(chosen))

    def _onward(self, at: Place) -> Iterator[tuple[int, Place]]:
        q, (cell, k, found) = self.q, at
        yield from q.onward(at)
        if at == q.end or k >= q.n - 1 or q.gone[cell][1] < q.n or q.cells[cell].holds == "deaths":
            return
        # Follow-up ends for all who are left at once, as it does on the day of the analysis.
        for _ in range(q.n - k):
            found = q.find(found, cell, died=False)
        yield CLOSED, Place(cell, q.n, found)

    def _go(self, at: Place, step: int, some: Points) -> Points | None:
        rows = np.arange(len(some.history))
        history = np.column_stack(
            (np.full_like(rows, len(self.nodes) - 1), rows, np.full_like(rows, step))
        )
        if step != ENDED:
            k = self.q.n if step == CLOSED else at.k + 1
            return some.after(k, self.step[at.k] if step == DIED else None, history)
        good = leaving(self.q, at.cell, some, surely=False)
        return some.after(at.k, None, history).some(good) if good.any() else None

    def _read(self, ends: Points, row: int) -> Marks:
        """Follow a sequence back to its start."""
        marks: Marks = []
        origin, row, step = ends.history[row].tolist()
        while origin >= 0:
            (cell, k, _), before = self.nodes[origin]
            if step == CLOSED:
                marks += [(cell, False, True)] * (self.q.n - k - 1)
            if step != ENDED:
                marks.append((cell, step == DIED, False))
            origin, row, step = before.history[row].tolist()
        return marks[::-1]


def _throughout(q: Question, cell: int) -> list[Test]:
    """Return what must hold after every mark: a limit that may rise again has not yet been low."""
    return [
        Test(crossing.curve, crossing.part, ABOVE, half=True)
        for crossing in q.crossings
        if crossing.part != "estimate"
        and (crossing.bounds is None or (not crossing.falls and cell < crossing.first))
    ]


def laid(q: Question, marks: Marks, rng: np.random.Generator, *, tied: float = 0.0) -> DataSet:
    """Give every mark a time in its cell, on as few decimals as there is room for.

    Of marks of one kind that follow each other in a cell the share `tied` have equal times.
    """
    times: list[float] = []
    by_cell: defaultdict[int, int] = defaultdict(int)
    for cell, _, with_last in marks:
        by_cell[cell] += not with_last
    points = {cell: iter(_points(q.cells[cell], by_cell[cell], rng)) for cell in by_cell}
    for cell, _, with_last in marks:
        times.append(times[-1] if with_last else next(points[cell]))
    events = np.array([died for _, died, _ in marks], dtype=bool)
    for crossing in q.crossings:
        if crossing.part == "estimate" and crossing.bounds is not None:
            of_curve = events if crossing.curve == "survival" else ~events
            _level(q, [cell for cell, _, _ in marks], times, of_curve, crossing.bounds)
    for at in range(1, len(marks) if tied else 0):
        if marks[at][:2] == marks[at - 1][:2] and rng.random() < tied:
            times[at] = times[at - 1]
    return DataSet(np.array(times), events)


def _level(
    q: Question, cells: list[int], times: list[float], events: BoolArray, window: Bounds
) -> None:
    """Where a curve lies level at one half, move the ends of the stretch about its middle."""
    at_risk = np.arange(len(times), 0, -1)
    height = np.cumprod(np.where(events, (at_risk - 1) / at_risk, 1.0))
    level = np.flatnonzero(events & (np.abs(height - 0.5) < HALF_TOLERANCE))
    if not len(level):
        return
    one = int(level[0])
    later = np.flatnonzero(events[one + 1 :])
    other = one + 1 + int(later[0]) if len(later) else len(times) - 1
    if other == one:
        return
    low, high = [], []
    for mark in (one, other):
        cell = q.cells[cells[mark]]
        before = times[mark - 1] if mark > 0 and mark - 1 != one else 0.0
        after = times[mark + 1] if mark + 1 < len(times) and mark + 1 != other else math.inf
        low.append(max(cell.begins, before))
        high.append(min(cell.ends, after))
    twice = float(window.lower + window.upper)
    if not math.isfinite(twice):
        return
    least, most = max(low[0], twice - high[1]), min(high[0], twice - low[1], twice / 2)
    if least < most:
        times[one] = round((least + most) / 2, 6)
        times[other] = twice - times[one]


def _points(cell: Cell, count: int, rng: np.random.Generator) -> list[float]:
    begins = cell.lower[0]
    if cell.holds != "both":
        return [float(begins)] * count
    ends = cell.upper[0] if cell.upper is not None else begins + max(Fraction(1), begins / 4)
    for decimals in range(1, 12):
        unit = Fraction(1, 10**decimals)
        first = math.floor(begins / unit) + 1
        last = math.ceil(ends / unit) - 1
        room = last - first + 1
        if room >= count:
            chosen = np.sort(rng.choice(room, count, replace=False))
            return [float((first + int(at)) * unit) for at in chosen]
    raise AssertionError("there are always decimals enough")
