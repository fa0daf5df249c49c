"""All sequences of marks of a small cohort that print the facts, one by one, and their orders.

A sequence says which of the marks, in their order, are deaths; an order also says in which cell of
the time axis each of them lies. Sequences are grown mark by mark as rows of bits; a row is dropped
as soon as no cell that it may have come to lies inside the bound. How many ways there are to spread
a sequence over the cells is counted on the numbers of marks before each cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from secondlook.admissible.bound import NOBODY, Bound, bound, steps
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.question import Crossing, Part, Question, pose
from secondlook.admissible.reach import Band, Range
from secondlook.admissible.verify import HALF_TOLERANCE
from secondlook.admissible.witness import Marks, heights, inside, passes
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
Node = tuple[int, int]
# From a cell to the weight of a death in it that makes a sum smallest, and the one that makes it
# largest; the sum is over what a death takes from S, or from log S.
_Ends = dict[int, list[float]]
Weight = Callable[[int], tuple[float, float]]


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
        if not len(self) or not _may_leave(self.bound.question, cell, mask, k):
            return None
        return np.concatenate([spread.leaves(cell, k) for spread in self._spreads])

    def spreads(self, row: int) -> Iterator[tuple[int, ...]]:
        """Give the ways to spread one sequence: how many marks lie up to each cell's end."""
        spread = _Spread(self.bound, self.sequences[row : row + 1])
        q, died = spread.q, spread.died[0]

        def from_(cell: int, mask: int, k: int, ends: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if cell == len(q.cells):
                if k == q.n and mask == spread.full:
                    yield ends
                return
            if _may_leave(q, cell, mask, k) and spread.leaves(cell, k)[0]:
                yield from from_(cell + 1, mask, k, (*ends, k))
            if k < q.n and q.cells[cell].holds != ("censorings" if died[k] else "deaths"):
                yield from from_(cell, q.find(mask, cell, died=bool(died[k])), k + 1, ends)

        yield from from_(0, 0, 0, ())

    def tightened(self, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        """Return the bands with the ends that are taken."""
        n = self.bound.question.n
        survival: _Ends = {}
        followed: _Ends = {}
        left: _Ends = {}
        for spread, cell, k, rows in self._ends():
            at = spread.at(k)
            alive = heights(spread.q, "survival", "estimate", k, *at)[0][rows]
            seen = heights(spread.q, "follow-up", "estimate", k, *at)[0][rows]
            for kept, values in ((survival, alive), (followed, seen)):
                kept.setdefault(cell, []).extend([float(values.min()), float(values.max())])
            left.setdefault(cell, []).append(float(n - k))

        def span(values: list[float]) -> Range:
            return Range(min(values), max(values), self.exact)

        return tuple(
            replace(
                one,
                survival=span(survival[one.cell]),
                followed=span(followed[one.cell]),
                at_risk=span(left[one.cell]),
            )
            if one.cell in survival
            else one
            for one in bands
        )

    def _ends(self) -> Iterator[tuple[_Spread, int, int, BoolArray]]:
        """Give the numbers of marks at the end of each cell, and which sequences may have them."""
        for spread in self._spreads:
            for cell, stays in spread.ends():
                for k in np.flatnonzero(stays.any(axis=0)).tolist():
                    yield spread, cell, k, stays[:, k]

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
        at = {cell.upper: number for number, cell in enumerate(q.cells)}
        asked = {at[(time, 1)]: float(time) for time in times}
        ends: dict[int, dict[str, float]] = {cell: {"time": at} for cell, at in asked.items()}
        for spread, cell, k, rows in self._ends():
            if cell not in ends:
                continue
            curve = spread.at(k)
            values = {
                name: heights(q, "survival", part, k, *curve)[0][rows]
                for name, part in _NAMED.items()
            }
            values["at_risk"] = np.array([float(q.n - k)])
            values["censored"] = (k - curve[2][rows]).astype(float)
            for name, some in values.items():
                if not np.isnan(some).all():
                    for end, best in (("lowest", np.fmin), ("highest", np.fmax)):
                        key, value = f"{name}_{end}", float(best.reduce(some))
                        ends[cell][key] = float(best(ends[cell].get(key, np.nan), value))
        return pd.DataFrame([ends[cell] for cell in asked])

    def restricted_mean(self, horizon: float) -> Range:
        """Return the range of the area under S(t) up to a horizon."""

        def lost(cell: int) -> tuple[float, float]:
            here = self.bound.question.cells[cell]
            return max(horizon - here.ends, 0.0), max(horizon - here.begins, 0.0)

        least, most = self._sum(lost, logarithm=False)
        return Range(horizon - most, horizon - least, self.exact)

    def hazard(self, start: float, stop: float) -> Range:
        """Return the range of the mean hazard between two ticks."""

        def within(cell: int) -> tuple[float, float]:
            here = self.bound.question.cells[cell]
            weight = float(here.begins >= start and here.ends <= stop)
            return weight, weight

        least, most = self._sum(within, logarithm=True)
        return Range(least / (stop - start), most / (stop - start), self.exact)

    def marks(self, row: int, rng: np.random.Generator) -> Marks:
        """Return the marks of one sequence, spread over the cells in one of its ways."""
        spread = _Spread(self.bound, self.sequences[row : row + 1])
        q, full = spread.q, spread.full

        @cache
        def steps_from(cell: int, mask: int, k: int) -> tuple[tuple[Node, bool], ...]:
            """Return where to go next, and whether a mark is laid, so that the end is reached."""
            if cell == len(q.cells):
                return (((cell, mask), False),) if k == q.n and mask == full else ()
            found = []
            if k < q.n and q.cells[cell].holds != ("censorings" if spread.died[0, k] else "deaths"):
                then = q.find(mask, cell, died=bool(spread.died[0, k]))
                if steps_from(cell, then, k + 1):
                    found.append(((cell, then), True))
            left = _may_leave(q, cell, mask, k) and spread.leaves(cell, k)[0]
            if left and steps_from(cell + 1, mask, k):
                found.append(((cell + 1, mask), False))
            return tuple(found)

        marks: Marks = []
        cell = mask = 0
        while cell < len(q.cells):
            ways = steps_from(cell, mask, len(marks))
            (then, mask), laid = ways[int(rng.integers(len(ways)))]
            if laid:
                marks.append((cell, bool(spread.died[0, len(marks)]), False))
            cell = then
        return marks

    @cached_property
    def _spreads(self) -> list[_Spread]:
        starts = range(0, len(self.sequences), CHUNK)
        return [_Spread(self.bound, self.sequences[at : at + CHUNK]) for at in starts]

    def _sum(self, weight: Weight, *, logarithm: bool) -> tuple[float, float]:
        ends = [spread.summed(weight, logarithm=logarithm) for spread in self._spreads]
        return min(low for low, _ in ends), max(high for _, high in ends)


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
        exact &= bool((_Spread(bound, part[some], first_only=True).ways() == ways[some]).all())
    joined = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    counts = np.concatenate(orders) if orders else np.zeros(0, dtype=np.int64)
    return Listing(bound, joined, counts, exact)


def _grown(bound: Bound, most: int) -> IntArray | None:
    q = bound.question
    step = steps(q.n)
    bits = np.zeros(1, dtype=np.int64)
    distance, greenwood = np.zeros(1), np.zeros(1)
    deaths = np.zeros(1, dtype=np.int64)
    at: dict[Node, BoolArray] = {(0, 0): np.ones(1, dtype=bool)}
    full = (1 << len(q.wanted)) - 1
    for k in range(q.n + 1):
        here: dict[Node, BoolArray] = {}
        ended = np.zeros(len(bits), dtype=bool)
        for cell in range(len(q.cells)):
            for mask, room in bound.rooms[cell].items():
                reached = at.pop((cell, mask), None)
                if reached is None or not reached.any():
                    continue
                rows = np.flatnonzero(reached)
                rows = rows[
                    inside(bound, room, k, distance[rows], greenwood[rows], deaths[rows])[0]
                ]
                if not len(rows):
                    continue
                here[cell, mask] = np.zeros(len(bits), dtype=bool)
                here[cell, mask][rows] = True
                if not _may_leave(q, cell, mask, k):
                    continue
                for test in q.tests[cell]:
                    if test.sure:
                        good = passes(q, test, k, distance[rows], greenwood[rows], deaths[rows])
                        rows = rows[good]
                if cell + 1 == len(q.cells):
                    ended[rows] = mask == full
                elif len(rows):
                    ahead = at.setdefault((cell + 1, mask), np.zeros(len(bits), dtype=bool))
                    ahead[rows] = True
        if k == q.n:
            ended &= (deaths >= q.deaths[0]) & (deaths <= q.deaths[1])
            return np.sort(bits[ended])
        parts = []
        for died in (False, True):
            nodes: dict[Node, BoolArray] = {}
            for (cell, mask), reached in here.items():
                if q.cells[cell].holds == ("censorings" if died else "deaths"):
                    continue
                then = cell, q.find(mask, cell, died=died)
                nodes[then] = nodes[then] | reached if then in nodes else reached
            if nodes:
                some = np.logical_or.reduce(list(nodes.values()))
                parts.append((died, np.flatnonzero(some), nodes))
        if not parts:
            return np.zeros(0, dtype=np.int64)
        at = {}
        total = sum(len(rows) for _, rows, _ in parts)
        if total > most:
            return None
        first = 0
        for _, rows, nodes in parts:
            for then, reached in nodes.items():
                column = at.setdefault(then, np.zeros(total, dtype=bool))
                column[first : first + len(rows)] = reached[rows]
            first += len(rows)
        bits = np.concatenate([bits[rows] << 1 | died for died, rows, _ in parts])
        distance = np.concatenate([distance[rows] + died * step[k, 0] for died, rows, _ in parts])
        greenwood = np.concatenate([greenwood[rows] + died * step[k, 1] for died, rows, _ in parts])
        deaths = np.concatenate([deaths[rows] + died for died, rows, _ in parts])
    raise AssertionError("the last layer returns")


def _died(sequences: IntArray, n: int) -> BoolArray:
    died: BoolArray = (sequences[:, None] >> np.arange(n - 1, -1, -1) & 1).astype(bool)
    return died


def _may_leave(q: Question, cell: int, mask: int, k: int) -> bool:
    least, most = q.gone[cell]
    return least <= k <= most and q.may_leave(mask, cell)


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
        self.full = (1 << len(q.wanted)) - 1
        self.doubtful = np.zeros(len(sequences), dtype=bool)
        self.possible = (self.deaths[:, -1] >= q.deaths[0]) & (self.deaths[:, -1] <= q.deaths[1])
        # For each cell the marks that must have come by its end, and those that must not.
        self.by: dict[int, list[IntArray]] = {}
        self.not_by: dict[int, list[IntArray]] = {}
        for crossing in q.crossings:
            self._cross(crossing)
        self._left: dict[tuple[int, int], BoolArray] = {}

    def at(self, k: int) -> tuple[FloatArray, FloatArray, IntArray]:
        """Return the curves after k marks."""
        return self.distance[:, k], self.greenwood[:, k], self.deaths[:, k]

    def _cross(self, crossing: Crossing) -> None:
        """Find the mark at which a curve or a limit comes to one half, and where it must lie."""
        q, n = self.q, self.q.n
        event = self.died == (crossing.curve == "survival")
        height = np.column_stack(
            [heights(q, crossing.curve, crossing.part, k + 1, *self.at(k + 1))[0] for k in range(n)]
        )
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
                    good &= passes(q, test, k, *self.at(k))
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
        gates: dict[tuple[int, int, int], BoolArray] | None = None,
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
        gates
            Filled, if given, with where each cell may be left: cell, patients found, marks.
        """
        q = self.q
        m = len(self.died)
        here: dict[Node, FloatArray] = {(0, 0): np.full(m, one)}
        for k in range(q.n + 1):
            ahead: dict[Node, FloatArray] = {}
            for cell in range(len(q.cells)):
                for mask in sorted(mask for at, mask in here if at == cell):
                    value = here.pop((cell, mask))
                    for died in (False, True) if k < q.n else ():
                        if q.cells[cell].holds == ("censorings" if died else "deaths"):
                            continue
                        then = cell, q.find(mask, cell, died=died)
                        more = value + weight(cell, k) if weight and died else value
                        more = np.where(self.died[:, k] == died, more, zero)
                        ahead[then] = join(ahead[then], more) if then in ahead else more
                    if not _may_leave(q, cell, mask, k):
                        continue
                    left = np.where(self.leaves(cell, k), value, zero)
                    if gates is not None:
                        gates[cell, mask, k] = left != zero
                    if cell + 1 == len(q.cells):
                        if k == q.n and mask == self.full:
                            return left
                    elif (left != zero).any():
                        then = cell + 1, mask
                        here[then] = join(here[then], left) if then in here else left
            here = ahead
        return np.full(m, zero)

    def ways(self) -> IntArray:
        """Count the spreads of each sequence over the cells."""
        return np.asarray(self.flow(0.0, 1.0, np.add), dtype=np.int64)

    def summed(self, weight: Weight, *, logarithm: bool) -> tuple[float, float]:
        """Return the least and the greatest sum over the deaths."""
        after = np.exp(-self.distance)
        after[self.distance >= NOBODY] = 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            drop = np.diff(self.distance if logarithm else -after, axis=1)
        low = self.flow(np.inf, 0.0, np.minimum, lambda cell, k: drop[:, k] * weight(cell)[0])
        high = self.flow(-np.inf, 0.0, np.maximum, lambda cell, k: drop[:, k] * weight(cell)[1])
        return float(low.min()), float(high.max())

    def ends(self) -> Iterator[tuple[int, BoolArray]]:
        """Give for each cell with how many marks its end may be passed, shape (m, n + 1)."""
        q = self.q
        gates: dict[tuple[int, int, int], BoolArray] = {}
        self.flow(0.0, 1.0, np.maximum, gates=gates)
        m = len(self.died)
        after: dict[int, BoolArray] = {}
        last = len(q.cells) - 1
        for cell in reversed(range(len(q.cells))):
            # From each number of marks in this cell on: can the rest be completed?
            whole: dict[int, BoolArray] = {}
            stays = np.zeros((m, q.n + 1), dtype=bool)
            masks = sorted({mask for at, mask, _ in gates if at == cell}, reverse=True)
            for mask in masks:
                whole[mask] = np.zeros((m, q.n + 1), dtype=bool)
            for k in reversed(range(q.n + 1)):
                for mask in masks:
                    gate = gates.get((cell, mask, k))
                    if gate is None:
                        continue
                    done = k == q.n and mask == self.full if cell == last else True
                    rest = (
                        gate
                        if cell == last
                        else gate & after[mask][:, k]
                        if mask in after
                        else None
                    )
                    if rest is not None and done:
                        whole[mask][:, k] = rest
                        stays[:, k] |= rest
            yield cell, stays
            after = self._before(cell, whole)

    def _before(self, cell: int, whole: dict[int, BoolArray]) -> dict[int, BoolArray]:
        """Say from which numbers of marks, at the start of a cell, its end can be reached well."""
        q = self.q
        found = {mask: ends.copy() for mask, ends in whole.items()}
        for k in reversed(range(q.n)):
            for mask in range(self.full + 1):
                for died in (False, True):
                    if q.cells[cell].holds == ("censorings" if died else "deaths"):
                        continue
                    then = q.find(mask, cell, died=died)
                    if then in found:
                        more = found[then][:, k + 1] & (self.died[:, k] == died)
                        if mask not in found:
                            found[mask] = np.zeros_like(found[then])
                        found[mask][:, k] |= more
        return found


def _first(marks: BoolArray) -> IntArray:
    """Return the number of the first of some marks, from 1 on; beyond the last if there is none."""
    found: IntArray = np.where(marks.any(axis=1), marks.argmax(axis=1) + 1, marks.shape[1] + 1)
    return found
