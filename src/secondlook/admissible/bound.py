"""A sound bound: what no sequence of marks can leave, as polygons, cell by cell, mark by mark.

A curve after k marks, d of them deaths, is a point (L, G): L = -log S and Greenwood's sum G. A
death among r at risk adds (-log(1 - 1/r), 1/(r (r - 1))), a censoring nothing. Both curves are in
it: the product of S and the reverse curve is the share of patients left, and both Greenwood sums
add up to 1/left - 1/n. For each cell, k and d the points that some sequence reaches are enclosed in
a polygon, kept as its extent in fixed directions: a death shifts it, two ways to the same k and d
are enclosed together, a printed number cuts it. Every rounding is outward. Run forward from the
start and back from the end, the polygons hold every sequence that prints the facts; if none is
left, there is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from secondlook.admissible.question import Question, Test
from secondlook.admissible.region import OUTWARD, greenwood_bounds
from secondlook.inputs import BoolArray, FloatArray, IntArray

# Stands for L = infinity: after the death of the last one at risk.
NOBODY = 40.0
STRIPS = 16
# Programs take heights within 1.5e-8 of one half as one half.
AT_HALF = 1e-7
CHUNK = 2_000


def steps(n: int) -> FloatArray:
    """Return what the death that is mark 1, 2, ..., n adds to (L, G); shape (n, 2)."""
    at_risk = np.arange(n, 0, -1, dtype=float)
    with np.errstate(divide="ignore"):
        step = np.column_stack((-np.log1p(-1 / at_risk), 1 / (at_risk - 1) - 1 / at_risk))
    step[-1] = NOBODY, 0.0
    return step


@dataclass(frozen=True)
class Room:
    """Polygons of one cell and one set of found patients.

    Attributes
    ----------
    first
        The least number of marks and the least number of deaths.
    extent
        Shape (k, d, directions), the extent of each polygon; minus infinity where there is none.
    """

    first: tuple[int, int]
    extent: FloatArray

    @property
    def alive(self) -> BoolArray:
        """Which polygons there are, shape (k, d)."""
        present: BoolArray = self.extent[:, :, 0] > -np.inf
        return present


@dataclass(frozen=True)
class Bound:
    """Everything that may lie on the way of a sequence that prints the facts.

    Attributes
    ----------
    directions
        Shape (directions, 2).
    died
        For each cell the least and greatest number of deaths up to its end.
    rooms
        For each cell, by the told patients found, what may be the case while marks lie in the cell
        or at its end.
    leaving
        For each cell, what may be the case at its end and prints what is printed there: the marks,
        shape (m,), and the greatest L and -L, shape (m, 2).
    """

    question: Question
    directions: FloatArray
    died: tuple[tuple[int, int], ...]
    rooms: tuple[dict[int, Room], ...] = field(repr=False)
    leaving: tuple[tuple[IntArray, FloatArray], ...] = field(repr=False)

    def __bool__(self) -> bool:
        """Whether anything is left; if not, no data set prints the facts."""
        return bool(self.rooms) and all(self.rooms)


def bound(question: Question) -> Bound:
    """Enclose all sequences that print the facts."""
    maker = _Maker(question)
    entered = maker.forward()
    kept = ((), (), ()) if entered is None else maker.backward(entered)
    return Bound(question, maker.directions, *kept)


Rooms = dict[int, FloatArray]
# Marks and deaths of some polygons, and the polygons.
Left = tuple[IntArray, IntArray, FloatArray]


class _Maker:
    def __init__(self, question: Question) -> None:
        self.question = question
        n = question.n
        # A functional c L + s G of a death's step changes its sign at one number at risk; these are
        # the directions in which choosing the deaths matters.
        turns = np.unique(np.geomspace(1.0, max(n, 2), 2 + int(5 * np.log10(n + 1))))
        rows = [(1.0, 0.0), (-1.0, 0.0), (0.0, float(n)), (0.0, -float(n))]
        rows += [row for turn in turns for row in ((1.0, -turn), (-1.0, turn))]
        rows += [row for turn in turns[::4] for row in ((1.0, turn), (-1.0, -turn))]
        self.directions = np.array(rows)
        self.shift = steps(n) @ self.directions.T
        # For each cell the least and greatest number of deaths that its polygons may have.
        self.deaths: list[tuple[int, int]] = []
        self.furthest = _furthest(question)

    def forward(self) -> list[dict[int, Left]] | None:
        """Return what may enter each cell; None if nothing can come to the end."""
        q = self.question
        nothing = np.zeros(1, dtype=np.int64)
        entered = [{0: (nothing, nothing, np.zeros((1, len(self.directions))))}]
        for cell, (_, last) in enumerate(q.gone):
            deaths = np.concatenate([d for _, d, _ in entered[-1].values()])
            # Among so many deaths S is highest if nobody was censored before them.
            furthest = max(int(q.n * -np.expm1(-self.furthest[cell]) + AT_HALF), int(deaths.max()))
            most = min(q.died[cell][1], furthest, int(deaths.max()) + last - self._first(cell))
            self.deaths.append((int(deaths.min()), most))
            rooms = self._filled(cell, entered[-1])
            left = {
                mask: self._cut(extent, cell)
                for mask, extent in rooms.items()
                if q.may_leave(mask, cell)
            }
            entered.append({mask: some for mask, some in left.items() if len(some[0])})
            if not entered[-1]:
                return None
        return entered[:-1]

    def _filled(self, cell: int, entered: dict[int, Left]) -> Rooms:
        """Return the polygons of a cell, from those that enter it on; its end is not tested."""
        rooms: Rooms = {}
        for mask, (k, d, extent) in entered.items():
            rooms[mask] = self._empty(cell)
            rooms[mask][self._at(cell, k, d)] = extent
        for marks in range(self._first(cell), self.question.gone[cell][1]):
            for mask in list(rooms):
                self._add_mark(rooms, mask, cell, marks)
        return rooms

    def _first(self, cell: int) -> int:
        """Return the least number of marks before a cell: the first row of its polygons."""
        return self.question.gone[cell - 1][0] if cell else 0

    def _empty(self, cell: int) -> FloatArray:
        marks = self.question.gone[cell][1] - self._first(cell)
        least, most = self.deaths[cell]
        return np.full((marks + 1, most - least + 1, len(self.directions)), -np.inf)

    def _at(self, cell: int, k: IntArray, d: IntArray) -> tuple[IntArray, IntArray]:
        """Return row and column of polygons with k marks, d of them deaths."""
        return k - self._first(cell), d - self.deaths[cell][0]

    def _marks(self, mask: int, cell: int, k: int) -> list[tuple[bool, int]]:
        """Return the marks that may come after k; the last to go does not die if S stays above 0.

        A polygon around both his ends would reach from S to 0, and hold nearly every limit.
        """
        q = self.question
        alive = k + 1 == q.n and self.furthest[cell] < NOBODY
        return [(died, then) for died, then in q.marks(mask, cell) if not (died and alive)]

    def _add_mark(self, rooms: Rooms, mask: int, cell: int, k: int) -> None:
        row = k - self._first(cell)
        now = rooms[mask][row]
        deaths = np.flatnonzero((now[:, 0] > -np.inf) & (now[:, 1] >= -self.furthest[cell]))
        if not len(deaths):
            return
        span = slice(deaths[0], deaths[-1] + 1)
        for died, then in self._marks(mask, cell, k):
            if then not in rooms:
                rooms[then] = self._empty(cell)
            stop = min(span.stop, now.shape[0] - died)
            here = rooms[then][row + 1, span.start + died : stop + died]
            np.maximum(here, now[span.start : stop] + died * self.shift[k], out=here)

    def backward(
        self, entered: list[dict[int, Left]]
    ) -> tuple[
        tuple[tuple[int, int], ...],
        tuple[dict[int, Room], ...],
        tuple[tuple[IntArray, FloatArray], ...],
    ]:
        """Return what leads to an end that prints the facts: `died`, `rooms` and `leaving`.

        The polygons of each cell are made anew from those that enter it: all at once are too many.
        """
        q = self.question
        least, most = q.died[-1]
        end = np.full((1, most - least + 1, len(self.directions)), np.inf)
        kept = [{q.full: Room((q.n, least), end)}]
        died, leaving = [], []
        for cell in reversed(range(len(q.cells))):
            rooms, after = self._filled(cell, entered.pop()), kept[-1]
            back = {mask: np.full_like(extent, -np.inf) for mask, extent in rooms.items()}
            deaths: list[int] = []
            out: list[tuple[IntArray, FloatArray]] = []
            for mask in after.keys() & rooms.keys():
                if q.may_leave(mask, cell):
                    marks, d, cut = self._cut(rooms[mask], cell, after[mask])
                    back[mask][self._at(cell, marks, d)] = cut
                    deaths += [int(d.min()), int(d.max())] if len(d) else []
                    out.append((marks, cut[:, :2]))
            if not deaths:
                return (), (), ()
            died.append((min(deaths), max(deaths)))
            marks, ends = map(np.concatenate, zip(*out, strict=True))
            leaving.append((marks, ends))
            for k in reversed(range(self._first(cell), q.gone[cell][1])):
                for mask in rooms:
                    self._take_mark(rooms, back, mask, cell, k)
            left = {mask: self._trimmed(cell, extent) for mask, extent in back.items()}
            kept.append({mask: room for mask, room in left.items() if room is not None})
        return tuple(reversed(died)), tuple(reversed(kept[1:])), tuple(reversed(leaving))

    def _take_mark(self, rooms: Rooms, back: Rooms, mask: int, cell: int, k: int) -> None:
        row = k - self._first(cell)
        here, came = back[mask][row], rooms[mask][row]
        found = np.full_like(here, -np.inf)
        for died, then in self._marks(mask, cell, k):
            if then in back:
                reach = found[: len(found) - died]
                np.maximum(reach, back[then][row + 1, died:] - died * self.shift[k], out=reach)
        np.minimum(found, came, out=found)
        np.maximum(here, found, out=here)
        here[here[:, 0] == -np.inf] = -np.inf

    def _trimmed(self, cell: int, extent: FloatArray) -> Room | None:
        k, d = np.nonzero(extent[:, :, 0] > -np.inf)
        if not len(k):
            return None
        part = extent[k.min() : k.max() + 1, d.min() : d.max() + 1].copy()
        return Room((self._first(cell) + int(k.min()), self.deaths[cell][0] + int(d.min())), part)

    def _cut(self, extent: FloatArray, cell: int, after: Room | None = None) -> Left:
        """Return what passes the tests at the end of a cell, and meets what comes after it."""
        q, (least, _) = self.question, self.question.gone[cell]
        leaving = extent[least - self._first(cell) :]
        present = (leaving[:, :, 0] > -np.inf) & (leaving[:, :, 1] >= -self.furthest[cell])
        first, (fewest, most) = self.deaths[cell][0], q.died[cell]
        present[:, : max(0, fewest - first)] = False
        present[:, max(0, most + 1 - first) :] = False
        row, column = np.nonzero(present)
        k, d, cut = row + least, column + first, leaving[row, column]
        if after is not None:
            row, column = k - after.first[0], d - after.first[1]
            rows, columns = after.extent.shape[:2]
            met = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
            k, d, cut = k[met], d[met], np.minimum(cut[met], after.extent[row[met], column[met]])
        tests = [test for test in q.tests[cell] if test.sure]
        for start in range(0, len(k) if tests else 0, CHUNK):
            part = slice(start, start + CHUNK)
            cut[part] = self._pass(cut[part], k[part], d[part], tests)
        # Of two polygons apart in L nothing is left.
        left = (cut[:, 0] > -np.inf) & (cut[:, 0] + cut[:, 1] >= -OUTWARD)
        return k[left], d[left], cut[left]

    def _pass(self, extent: FloatArray, k: IntArray, d: IntArray, tests: list[Test]) -> FloatArray:
        """Cut polygons with k marks, d of them deaths, to what passes the tests."""
        low, high = self._between_estimates(extent, k, tests)
        limits = [test for test in tests if test.part != "estimate"]
        good = low <= high + OUTWARD
        narrowed = (low > OUTWARD - extent[:, 1]) | (high < extent[:, 0] - OUTWARD)
        n = self.question.n
        g_low, g_high = -extent[:, 3] / n, extent[:, 2] / n
        for test in limits:
            least, most = self._of_limit(test, low[:, None], high[:, None], k, d, inner=True)
            narrowed |= (g_low < least[:, 0]) | (g_high > most[:, 0])
        found = np.where(good[:, None], extent, -np.inf)
        at = np.flatnonzero(good & narrowed)
        if len(at):
            found[at] = self._in_strips(extent[at], low[at], high[at], k[at], d[at], limits)
        return found

    def _between_estimates(
        self, extent: FloatArray, k: IntArray, tests: list[Test]
    ) -> tuple[FloatArray, FloatArray]:
        """Return between which L the polygons pass the tests of the heights themselves."""
        q = self.question
        low, high = np.maximum(-extent[:, 1], 0.0), extent[:, 0]
        ended = k == q.n
        share = np.log(q.n / np.maximum(q.n - k, 1))
        for test in tests:
            if test.part != "estimate":
                continue
            bounds = test.bounds
            outward = AT_HALF if test.half else OUTWARD
            least = -np.log(min(float(bounds.upper), 1.0)) - outward if bounds.upper > 0 else 0.0
            most = -np.log(float(bounds.lower)) + outward if bounds.lower > 0 else np.inf
            if test.curve == "survival":
                low, high = np.maximum(low, least), np.minimum(high, most)
                continue
            # With nobody left the reverse curve is at 0, unless the last one died.
            above = NOBODY + share - most if test.half and bounds.lower > 0 else np.zeros(len(k))
            low = np.maximum(low, np.where(ended, above, share - most))
            high = np.minimum(high, np.where(ended, np.inf, share - least))
        return low, high

    def _in_strips(
        self,
        extent: FloatArray,
        low: FloatArray,
        high: FloatArray,
        k: IntArray,
        d: IntArray,
        limits: list[Test],
    ) -> FloatArray:
        """Cut polygons strip by strip of L, and enclose what is left."""
        width = np.maximum(high - low, 0.0)[:, None]
        edges = low[:, None] + width * (np.arange(STRIPS + 1) / STRIPS)
        edges = np.asfortranarray(edges)  # strip by strip in memory: maxima over them are quick
        left, right = edges[:, :-1] - OUTWARD, edges[:, 1:] + OUTWARD
        least, most = self._between(extent, left, right)
        for test in limits:
            one, other = self._of_limit(test, left, right, k, d)
            np.maximum(least, one, out=least)
            np.minimum(most, other, out=most)
        open_ = least <= most * (1 + OUTWARD) + OUTWARD / self.question.n
        return self._around(extent, open_, left, right, least, most)

    def _between(
        self, extent: FloatArray, left: FloatArray, right: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return the least and greatest G of each polygon on strips of L."""
        least, most = np.zeros_like(left), np.full_like(left, np.inf)
        for column, (c, s) in enumerate(self.directions):
            if s == 0:
                continue
            # The side c L + s G <= h lies furthest out at one end of the strip.
            side = (extent[:, column, None] - c * (left if c > 0 else right)) / s
            if s > 0:
                np.minimum(most, side, out=most)
            else:
                np.maximum(least, side, out=least)
        return least, most

    def _of_limit(
        self,
        test: Test,
        left: FloatArray,
        right: FloatArray,
        k: IntArray,
        d: IntArray,
        *,
        inner: bool = False,
    ) -> tuple[FloatArray, FloatArray]:
        """Return between which G of the polygons a test of a limit is passed, on strips of L."""
        q = self.question
        outward = AT_HALF if test.half else 0.0
        ends = float(test.bounds.lower) - outward, float(test.bounds.upper) + outward
        kind, none, all_ = q.kinds[test.curve], np.zeros_like(left), np.full_like(left, np.inf)
        gone = (k == q.n)[:, None]
        if test.curve == "survival":
            least, most = greenwood_bounds(kind, test.part, ends, left, right, q.z, inner=inner)
            if test.half:
                return np.where(gone, none, least), np.where(gone, all_, most)
            # Before the first death both limits are 1; the plane does not say so.
            unhurt = (d == 0)[:, None]
            best = all_ if ends[1] >= 1 else -all_
            return np.where(unhurt, none, least), np.where(unhurt, best, most)
        share = np.log(q.n / np.maximum(q.n - k, 1))[:, None]
        spread = (1 / np.maximum(q.n - k, 1) - 1 / q.n)[:, None]
        one, other = np.maximum(share - right, 0.0), np.maximum(share - left, 0.0)
        least, most = greenwood_bounds(kind, test.part, ends, one, other, q.z, inner=inner)
        return np.where(gone, none, spread - most), np.where(gone, all_, spread - least)

    def _around(
        self,
        extent: FloatArray,
        open_: BoolArray,
        left: FloatArray,
        right: FloatArray,
        least: FloatArray,
        most: FloatArray,
    ) -> FloatArray:
        """Enclose the boxes that are left of each polygon."""
        found = np.empty_like(extent)
        left, least = np.where(open_, left, np.inf), np.where(open_, least, np.inf)
        right, most = np.where(open_, right, -np.inf), np.where(open_, most, -np.inf)
        for column, (c, s) in enumerate(self.directions):
            # Where nothing is left both are minus infinity, and nought times infinity is none.
            along, across = right if c > 0 else left, most if s > 0 else least
            corner = s * across if c == 0 else c * along if s == 0 else c * along + s * across
            found[:, column] = corner.max(axis=1)
        return np.minimum(found, extent, out=found)


def _furthest(q: Question) -> list[float]:
    """Return for each cell the greatest L from which a later test can be passed: L never falls."""
    found, furthest = [], np.inf
    for tests in reversed(q.tests):
        for test in tests:
            printed = test.part == "estimate" or (test.part == "lower" and not test.half)
            if test.sure and test.curve == "survival" and printed and test.bounds.lower > 0:
                outward = AT_HALF if test.half else OUTWARD
                furthest = min(furthest, outward - math.log(float(test.bounds.lower)))
        found.append(furthest)
    return found[::-1]
