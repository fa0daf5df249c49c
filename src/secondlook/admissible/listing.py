"""All sequences of marks of a small cohort that print the facts, one by one, and their orders.

A sequence says which of the marks, in their order, are deaths; an order also says in which cell of
the time axis each of them lies. Sequences are grown mark by mark as rows of bits; a row is dropped
as soon as no cell that it may have come to lies inside the bound. How many ways there are to spread
a sequence over the cells is counted on the numbers of marks before each cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound, bound, steps
from secondlook.admissible.facts import CurveFacts, Part
from secondlook.admissible.points import Points, heights, inside, meets, passes
from secondlook.admissible.question import Crossing, Curve, pose
from secondlook.admissible.reach import Band, Range
from secondlook.admissible.time_cells import BEFORE
from secondlook.admissible.verify import HALF_TOLERANCE
from secondlook.admissible.witness import Marks
from secondlook.inputs import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_PREFIXES", "Listing", "listed", "listing"]

MOST_PREFIXES = 40_000
# Of a list that nothing else can stand in for.
MOST_AT_ALL = 1_000_000
MOST_PATIENTS = 62
CHUNK = 4_096

_NAMED: dict[str, Part] = {"survival": "estimate", "lower": "lower", "upper": "upper"}
# A cell and the told patients found in it; a place says how many marks there are, too.
Node = tuple[int, int]
Place = tuple[int, int, int]


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
        return _died(self.sequences, self.bound.question.n)

    def gate(self, cell: int, mask: int, k: int) -> BoolArray | None:
        """Say which sequences may leave a cell with k marks and these told patients found.

        None if no sequence may.
        """
        if not len(self) or not self.bound.question.may_leave(mask, cell, k):
            return None
        return np.concatenate([spread.leaves(cell, k) for spread in self._spreads])

    def spreads(self, row: int) -> Iterator[tuple[int, ...]]:
        """Give the ways to spread one sequence: how many marks lie up to each cell's end."""
        onward = self._ways_of(row)

        def from_(at: Place, ends: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if at[0] == len(self.bound.question.cells):
                yield ends
            for then in reversed(onward(at)):
                yield from from_(then, (*ends, at[2]) if then[0] > at[0] else ends)

        return from_((0, 0, 0), ())

    def marks(self, row: int, rng: np.random.Generator) -> Marks:
        """Return the marks of one sequence, spread over the cells in one of its ways."""
        onward = self._ways_of(row)
        marks: Marks = []
        at = 0, 0, 0
        while ways := onward(at):
            then = ways[int(rng.integers(len(ways)))]
            if then[2] > at[2]:
                marks.append((at[0], bool(self.died[row, at[2]]), False))
            at = then
        return marks

    def _ways_of(self, row: int) -> Callable[[Place], list[Place]]:
        """Return what gives, for one sequence, the places after a place that lead to the end."""
        spread = _Spread(self.bound, self.sequences[row : row + 1])
        q, end = spread.q, (len(spread.q.cells), spread.q.full, spread.q.n)

        @cache
        def onward(at: Place) -> list[Place]:
            cell, mask, k = at
            if cell == len(q.cells):
                return []
            found = [
                (cell, then, k + 1)
                for died, then in (q.marks(mask, cell) if k < q.n else ())
                if died == spread.died[0, k]
            ]
            if q.may_leave(mask, cell, k) and spread.leaves(cell, k)[0]:
                found.append((cell + 1, mask, k))
            return [then for then in found if then == end or onward(then)]

        return onward

    def tightened(self, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        """Return the bands with the ends that are taken."""
        found: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
        for spread, cell, k, rows in self._ends():
            alive = spread.heights("survival", "estimate")[0][k, rows]
            seen = spread.heights("follow-up", "estimate")[0][k, rows]
            found["survival", cell] += [float(alive.min()), float(alive.max())]
            found["followed", cell] += [float(seen.min()), float(seen.max())]
            found["at_risk", cell].append(float(spread.q.n - k))

        def span(name: str, cell: int) -> Range:
            values = found[name, cell]
            return Range(min(values), max(values), self.exact)

        return tuple(
            replace(
                one,
                survival=span("survival", one.cell),
                followed=span("followed", one.cell),
                at_risk=span("at_risk", one.cell),
            )
            if ("survival", one.cell) in found
            else one
            for one in bands
        )

    def _ends(self) -> Iterator[tuple[_Spread, int, int, BoolArray]]:
        """Give the numbers of marks at the end of each cell, and which sequences may have them."""
        for spread in self._spreads:
            for cell, k, rows in spread.ends():
                yield spread, cell, k, rows

    def envelope(self, times: Iterable[Fraction]) -> pd.DataFrame:
        """Return between which values the curve lies just after some times.

        Parameters
        ----------
        times
            At which the axis is cut: `watch` of `pose` does so.

        Returns
        -------
        pandas.DataFrame
            A row a time: time, and lowest and highest survival, lower and upper limit (proportions,
            a limit where there is one), at_risk and censored (patients), as survival_lowest.
        """
        import pandas as pd

        q = self.bound.question
        cells = {cell.upper: number for number, cell in enumerate(q.cells)}
        asked = {cells[(time, 1)]: float(time) for time in times}
        ends: dict[int, dict[str, float]] = {cell: {"time": time} for cell, time in asked.items()}
        for spread, cell, k, rows in self._ends():
            if cell not in ends:
                continue
            at = spread.at(k).some(rows)
            values = {
                name: spread.heights("survival", part)[0][k, rows] for name, part in _NAMED.items()
            }
            values["at_risk"] = np.array([float(q.n - k)])
            values["censored"] = (k - at.deaths).astype(float)
            for name, some in values.items():
                if not np.isnan(some).all():
                    for end, best in (("lowest", np.fmin), ("highest", np.fmax)):
                        key, value = f"{name}_{end}", float(best.reduce(some))
                        ends[cell][key] = float(best(ends[cell].get(key, np.nan), value))
        return pd.DataFrame([ends[cell] for cell in asked])

    def deaths_range(self) -> Range:
        """Return the range of the number of deaths."""
        return Range(float(self.deaths.min()), float(self.deaths.max()), self.exact)

    def restricted_mean(self, horizon: float) -> Range:
        """Return the range of the area under S(t) up to a horizon."""
        ends = [spread.lost(horizon) for spread in self._spreads]
        least, most = min(low for low, _ in ends), max(high for _, high in ends)
        return Range(horizon - most, horizon - least, self.exact)

    def hazard(self, start: float, stop: float) -> Range | None:
        """Return the range of the mean hazard between ticks; None if a number at risk is open."""
        q = self.bound.question
        ends = {0.0: (0, 0)}
        for cell, gone in zip(q.cells, q.gone, strict=True):
            if cell.upper is not None and cell.upper[1] == BEFORE:
                ends[cell.ends] = gone
        (one, most), (other, most_too) = ends[start], ends[stop]
        if one < most or other < most_too:
            return None
        hazards = self.died[:, one:other] @ steps(q.n)[one:other, 0] / (stop - start)
        return Range(float(hazards.min()), float(hazards.max()), self.exact)

    @cached_property
    def _spreads(self) -> list[_Spread]:
        starts = range(0, len(self.sequences), CHUNK)
        return [_Spread(self.bound, self.sequences[at : at + CHUNK]) for at in starts]


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
    sequences = _grown(bound, most)
    if sequences is None:
        return None
    kept, orders, exact = [], [], True
    for start in range(0, len(sequences), CHUNK):
        part = sequences[start : start + CHUNK]
        spread = _Spread(bound, part)
        ways = spread.ways()
        some = ways > 0
        kept.append(part[some])
        orders.append(ways[some])
        exact &= not (spread.doubtful & some).any()
        # What the reading that programs share does not give hangs on the other.
        some &= spread.two_readings
        exact &= bool((_Spread(bound, part[some], first_only=True).ways() == ways[some]).all())
    joined = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    counts = np.concatenate(orders) if orders else np.zeros(0, dtype=np.int64)
    return Listing(bound, joined, counts, exact)


def _grown(bound: Bound, most: int) -> IntArray | None:
    """Return the sequences that some path through the polygons allows, in ascending order."""
    q = bound.question
    step = steps(q.n)
    bits = np.zeros(1, dtype=np.int64)
    at = Points(0, np.zeros(1), np.zeros(1), bits)
    entered: dict[Node, BoolArray] = {(0, 0): np.ones(1, dtype=bool)}
    for k in range(q.n + 1):
        here: dict[Node, BoolArray] = {}
        ended = np.zeros(len(bits), dtype=bool)
        for cell in range(len(q.cells)):
            for mask, room in bound.rooms[cell].items():
                rows = np.flatnonzero(entered.pop((cell, mask), np.zeros(0)))
                rows = rows[inside(bound, room, at.some(rows))[0]]
                if not len(rows):
                    continue
                here[cell, mask] = _only(rows, len(bits))
                if not q.may_leave(mask, cell, k):
                    continue
                for test in q.tests[cell]:
                    if test.sure:
                        rows = rows[passes(q, test, at.some(rows))]
                if cell + 1 == len(q.cells):
                    ended[rows] = True
                elif len(rows):
                    _add(entered, (cell + 1, mask), _only(rows, len(bits)))
        if k == q.n:
            ended &= (at.deaths >= q.deaths[0]) & (at.deaths <= q.deaths[1])
            return np.sort(bits[ended])
        nodes: tuple[dict[Node, BoolArray], dict[Node, BoolArray]] = {}, {}
        for (cell, mask), reached in here.items():
            for died, then in q.marks(mask, cell):
                _add(nodes[died], (cell, then), reached)
        going = [
            np.flatnonzero(np.any(list(some.values()), axis=0)) if some else bits[:0]
            for some in nodes
        ]
        kept = np.concatenate(going)
        if len(kept) > most:
            return None
        entered = {
            node: np.concatenate(
                [
                    some[node][rows] if node in some else np.zeros(len(rows), dtype=bool)
                    for some, rows in zip(nodes, going, strict=True)
                ]
            )
            for node in nodes[0] | nodes[1]
        }
        marks = np.repeat([0, 1], [len(rows) for rows in going])
        bits = bits[kept] << 1 | marks
        _, distance, greenwood, deaths = at.some(kept)
        more = step[k] * marks[:, None]
        at = Points(k + 1, distance + more[:, 0], greenwood + more[:, 1], deaths + marks)
    raise AssertionError("the last layer returns")


def _only(rows: IntArray, of: int) -> BoolArray:
    found = np.zeros(of, dtype=bool)
    found[rows] = True
    return found


def _add(into: dict[Node, BoolArray], node: Node, rows: BoolArray) -> None:
    into[node] = into[node] | rows if node in into else rows


def _died(sequences: IntArray, n: int) -> BoolArray:
    died: BoolArray = (sequences[:, None] >> np.arange(n - 1, -1, -1) & 1).astype(bool)
    return died


class _Spread:
    """Some sequences at once, and how their marks may be spread over the cells."""

    def __init__(self, bound: Bound, sequences: IntArray, *, first_only: bool = False) -> None:
        q = self.q = bound.question
        self.first_only = first_only
        self.died = _died(sequences, q.n)
        step = steps(q.n)
        nothing = np.zeros((len(sequences), 1))
        self.distance = np.hstack((nothing, np.cumsum(self.died * step[:, 0], axis=1)))
        self.greenwood = np.hstack((nothing, np.cumsum(self.died * step[:, 1], axis=1)))
        self.deaths = np.hstack((nothing, np.cumsum(self.died, axis=1))).astype(np.int64)
        self.doubtful = np.zeros(len(sequences), dtype=bool)
        # Where the time of a limit may be read in two ways.
        self.two_readings = np.zeros(len(sequences), dtype=bool)
        self.possible = (self.deaths[:, -1] >= q.deaths[0]) & (self.deaths[:, -1] <= q.deaths[1])
        self._heights: dict[tuple[Curve, Part], tuple[FloatArray, BoolArray]] = {}
        # For each cell the marks that must have come by its end, and those that must not.
        self.by: dict[int, list[IntArray]] = {}
        self.not_by: dict[int, list[IntArray]] = {}
        for crossing in q.crossings:
            self._cross(crossing)
        self._left: dict[tuple[int, int], BoolArray] = {}

    def at(self, k: int) -> Points:
        """Return the curves after k marks."""
        return Points(k, self.distance[:, k], self.greenwood[:, k], self.deaths[:, k])

    def heights(self, curve: Curve, part: Part) -> tuple[FloatArray, BoolArray]:
        """Return a curve or a limit after 0, 1, ... marks, and where it has ended; (n + 1, m)."""
        if (curve, part) not in self._heights:
            every = [heights(self.q, curve, part, self.at(k)) for k in range(self.q.n + 1)]
            value, ended = (np.array(some) for some in zip(*every, strict=True))
            self._heights[curve, part] = value, ended
        return self._heights[curve, part]

    def _cross(self, crossing: Crossing) -> None:
        """Find the mark at which a curve or a limit comes to one half, and where it must lie."""
        n = self.q.n
        event = self.died == (crossing.curve == "survival")
        height = self.heights(crossing.curve, crossing.part)[0][1:].T
        with np.errstate(invalid="ignore"):
            low = event & (height < 0.5 + HALF_TOLERANCE)
            under = event & (height < 0.5 - HALF_TOLERANCE)
        reached = low.any(axis=1)
        first, last = _first(low), _first(low)
        if crossing.part == "estimate":
            # Where the curve lies level at one half any time up to its end may have been printed.
            level = reached & ~np.take_along_axis(under, (first - 1)[:, None] % n, axis=1)[:, 0]
            last = np.where(level, np.minimum(_first(under), n), last)
            self.doubtful |= level
            if crossing.bounds is None:
                # Level at one half to the end, a median is not reached for who asks for less.
                reached &= under.any(axis=1) | ~level
        else:
            # Tied with the next marks of its kind, a low limit that rises again is not seen.
            hidden = np.zeros_like(low)
            for mark in reversed(range(n - 1)):
                rises = ~low[:, mark + 1] | hidden[:, mark + 1]
                hidden[:, mark] = low[:, mark] & event[:, mark + 1] & rises
            shown = low & ~hidden
            if crossing.bounds is None:
                self.doubtful |= reached & ~shown.any(axis=1)
                reached &= shown.any(axis=1)
            if not self.first_only:
                # Programs print the first time, or that of the highest low limit that is seen.
                seen = np.where(shown, height, -np.inf).max(axis=1)
                highest = low & (height >= seen[:, None])
                last = np.where(reached, n - highest[:, ::-1].argmax(axis=1), last)
                last = np.where(shown.any(axis=1), np.maximum(last, _first(shown)), last)
                self.two_readings |= last != first
        if crossing.bounds is None:
            self.possible &= ~reached
            return
        self.possible &= reached
        self.by.setdefault(crossing.last, []).append(np.minimum(first, last))
        if crossing.first > 0:
            self.not_by.setdefault(crossing.first - 1, []).append(np.maximum(first, last))

    def leaves(self, cell: int, k: int) -> BoolArray:
        """Say which sequences may be at the end of a cell with k marks."""
        if (cell, k) not in self._left:
            q = self.q
            good = self.possible.copy()
            for test in q.tests[cell]:
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
        weight: Callable[[int, int], FloatArray] | None = None,
        seen: list[dict[Node, BoolArray]] | None = None,
    ) -> FloatArray:
        """Carry a number along all ways to spread the marks, and join where they meet.

        Parameters
        ----------
        zero, one
            What stands for no way, and what each begins with.
        join
            How two ways to the same place are joined.
        weight
            Called with a cell and a mark: what is added if the mark, a death, lies there.
        seen
            Filled, if given, for each number of marks with where there is a way, and for which
            sequences it may leave its cell.
        """
        q = self.q
        m = len(self.died)
        nobody = np.zeros(m, dtype=bool)
        here: dict[Node, FloatArray] = {(0, 0): np.full(m, one)}
        for k in range(q.n + 1):
            gates: dict[Node, BoolArray] = {}
            if seen is not None:
                seen.append(gates)
            ahead: dict[Node, FloatArray] = {}
            for cell in range(len(q.cells)):
                for mask in sorted(mask for at, mask in here if at == cell):
                    value = here.pop((cell, mask))
                    for died, found in q.marks(mask, cell) if k < q.n else ():
                        then = cell, found
                        more = value + weight(cell, k) if weight and died else value
                        more = np.where(self.died[:, k] == died, more, zero)
                        ahead[then] = join(ahead[then], more) if then in ahead else more
                    gates[cell, mask] = nobody
                    if not q.may_leave(mask, cell, k):
                        continue
                    left = np.where(self.leaves(cell, k), value, zero)
                    gates[cell, mask] = left != zero
                    if cell + 1 == len(q.cells):
                        if k == q.n:
                            return left
                    elif (left != zero).any():
                        then = cell + 1, mask
                        here[then] = join(here[then], left) if then in here else left
            here = ahead
        return np.full(m, zero)

    def ways(self) -> IntArray:
        """Count the spreads of each sequence over the cells."""
        return np.asarray(self.flow(0.0, 1.0, np.add), dtype=np.int64)

    def lost(self, horizon: float) -> tuple[float, float]:
        """Return the least and the greatest area between S(t) and 1, up to a horizon."""
        after = np.exp(-self.distance)
        after[self.distance >= NOBODY] = 0.0
        drop, cells = -np.diff(after, axis=1), self.q.cells
        least = [max(horizon - cell.ends, 0.0) for cell in cells]
        most = [max(horizon - cell.begins, 0.0) for cell in cells]
        low = self.flow(np.inf, 0.0, np.minimum, lambda cell, k: drop[:, k] * least[cell])
        high = self.flow(-np.inf, 0.0, np.maximum, lambda cell, k: drop[:, k] * most[cell])
        return float(low.min()), float(high.max())

    def ends(self) -> Iterator[tuple[int, int, BoolArray]]:
        """Give each cell, a number of marks at its end, and the sequences that may have it."""
        q = self.q
        seen: list[dict[Node, BoolArray]] = []
        self.flow(0.0, 1.0, np.maximum, seen=seen)
        nobody = np.zeros(len(self.died), dtype=bool)
        # From each node with k marks, and with one more: for which sequences is the end reached?
        whole: dict[Node, BoolArray] = {}
        for k in reversed(range(q.n + 1)):
            ahead, whole = whole, {(len(q.cells), q.full): ~nobody} if k == q.n else {}
            left: defaultdict[int, BoolArray] = defaultdict(lambda: nobody)
            for cell, mask in sorted(seen[k], reverse=True):
                gone = seen[k][cell, mask] & whole.get((cell + 1, mask), nobody)
                left[cell] = left[cell] | gone
                for died, found in q.marks(mask, cell) if k < q.n else ():
                    then = ahead.get((cell, found), nobody)
                    gone = gone | (then & (self.died[:, k] == died))
                whole[cell, mask] = gone
            for cell, rows in left.items():
                if rows.any():
                    yield cell, k, rows


def _first(marks: BoolArray) -> IntArray:
    """Return the number of the first of some marks, from 1 on; beyond the last if there is none."""
    found: IntArray = np.where(marks.any(axis=1), marks.argmax(axis=1) + 1, marks.shape[1] + 1)
    return found
