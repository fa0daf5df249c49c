"""Printed facts turned into what must hold where on the time axis.

The axis is cut at every printed time. Between two cuts only the order of marks matters, so that a
data set is a sequence of marks (death, censoring) with the cell that each lies in. At the end of a
cell three things can be asked: how many have gone, what S(t) or one of its limits is, and on which
side of one half a curve or a limit lies, for a median is where it crosses.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from statistics import NormalDist
from typing import Literal, NamedTuple, TypeVar

from secondlook.admissible.facts import NOT_REACHED, UNKNOWN, CurveFacts, Part, Triple
from secondlook.admissible.time_cells import (
    AFTER,
    BEFORE,
    Cell,
    Cut,
    cells_between,
    cells_within,
    window_cuts,
)
from secondlook.printed import Bounds, parse
from secondlook.survival.intervals import IntervalType, check_interval

Curve = Literal["survival", "follow-up"]
Value = TypeVar("Value")
# The steps of a way through the cells: a mark, 0 for a censoring, or the end of a cell.
DIED, ENDED = 1, 2
# Beyond so many at risk no lower limit of any type rises again once it has come to one half.
MANY_AT_RISK = 40


@dataclass(frozen=True)
class Test:
    """What a curve or a limit must be just after a cell, as fractions.

    It is `sure` if every data set that prints the facts passes. A limit may fall to one half, rise
    and fall again, and programs differ in which time they print; where few are at risk such tests
    hold nearly always, which serves the search for a witness and no proof.
    """

    curve: Curve
    part: Part
    bounds: Bounds
    half: bool = False
    sure: bool = True


@dataclass(frozen=True)
class Crossing:
    """A median or a limit of it: the first and last cell it may lie in; None if not reached.

    It `falls` if, once at one half, it is sure not to rise above it again.
    """

    curve: Curve
    part: Part
    bounds: Bounds | None
    first: int
    last: int
    falls: bool = True


@dataclass(frozen=True)
class Wanted:
    """A told patient: whether he died, and the first and last cell that his mark may lie in.

    If he needs no mark of his `own` he may be anybody.
    """

    died: bool
    first: int
    last: int
    own: bool = True


class Place(NamedTuple):
    """Where a way through the cells may be: so many marks have come, and these told patients."""

    cell: int
    k: int
    found: int


BEGIN = Place(0, 0, 0)


@dataclass(frozen=True)
class Question:
    """Is there a sequence of marks, spread over these cells, that passes all tests.

    A way goes mark by mark and cell by cell (`onward`); its end is a place beyond the last cell.
    At the end of each cell so many have `gone` and `died`, at least and at most, and its `tests`
    hold. The limits of each curve are of a kind, and `z` is the normal quantile of their level.
    """

    n: int
    cells: tuple[Cell, ...]
    gone: tuple[tuple[int, int], ...]
    died: tuple[tuple[int, int], ...]
    tests: tuple[tuple[Test, ...], ...]
    crossings: tuple[Crossing, ...]
    wanted: tuple[Wanted, ...]
    kinds: dict[Curve, IntervalType]
    z: float

    @property
    def full(self) -> int:
        """All told patients found, as binary digits."""
        return (1 << len(self.wanted)) - 1

    @property
    def end(self) -> Place:
        """Where all ways end."""
        return Place(len(self.cells), self.n, self.full)

    @property
    def width(self) -> int:
        """How much room the bound needs: marks times deaths over all cells."""
        before = [0, *(least for least, _ in self.gone)]
        return sum(
            (most - least + 1) * (min(most, self.died[-1][1]) + 1)
            for least, (_, most) in zip(before, self.gone, strict=False)
        )

    def marks(self, found: int, cell: int) -> list[tuple[bool, int]]:
        """Return which marks a cell may hold, deaths True, and who is found after each."""
        holds = self.cells[cell].holds
        return [
            (died, self.find(found, cell, died=died))
            for died in (False, True)
            if holds in ("both", "deaths" if died else "censorings")
        ]

    def find(self, found: int, cell: int, *, died: bool) -> int:
        """Return which told patients are found after a mark, as binary digits.

        The one whose window ends first is taken: if any matching exists, this is one.
        """
        waiting = []
        for bit, wanted in enumerate(self.wanted):
            if wanted.died == died and wanted.first <= cell <= wanted.last and not found >> bit & 1:
                if wanted.own:
                    waiting.append((wanted.last, bit))
                else:
                    found |= 1 << bit
        return found | 1 << min(waiting)[1] if waiting else found

    def may_leave(self, found: int, cell: int, k: int | None = None) -> bool:
        """Say whether no told patient is owed at the end of a cell, and k marks may be there."""
        least, most = self.gone[cell]
        if k is not None and not least <= k <= most:
            return False
        return all(
            wanted.last != cell or found >> bit & 1 for bit, wanted in enumerate(self.wanted)
        )

    def onward(self, at: Place) -> Iterator[tuple[int, Place]]:
        """Give the steps from a place, and where they lead to; tests aside."""
        if at.cell == len(self.cells):
            return
        for died, found in self.marks(at.found, at.cell) if at.k < self.n else ():
            yield int(died), Place(at.cell, at.k + 1, found)
        if self.may_leave(at.found, at.cell, at.k):
            yield ENDED, Place(at.cell + 1, at.k, at.found)

    def walk(
        self,
        start: Value,
        go: Callable[[Place, int, Value], Value | None],
        join: Callable[[Value, Value], Value],
        *,
        keep: Callable[[Place, Value], Value | None] = lambda at, value: value,
        onward: Callable[[Place], Iterable[tuple[int, Place]]] | None = None,
        begin: Place = BEGIN,
        until: int | None = None,
    ) -> Iterator[tuple[Place, Value]]:
        """Carry a value along all ways from a place on; give each place, in order, and its value.

        From a place, a step and the value there `go` makes the value after the step; `join` makes
        one of two where ways meet; `keep` says what stays of it before it goes `onward`. None is
        the end of a way. The cell `until` is looked at and not entered.
        """
        here, ahead = {begin: start}, [begin]
        while ahead:
            at = heappop(ahead)
            value = keep(at, here.pop(at))
            if value is None:
                continue
            yield at, value
            for step, then in (onward or self.onward)(at) if at.cell != until else ():
                more = go(at, step, value)
                if more is None:
                    continue
                if then not in here:
                    heappush(ahead, then)
                here[then] = join(here[then], more) if then in here else more


# A death that lies in no cell: whoever asks for it is never satisfied.
NEVER = Wanted(True, 1, 0, own=False)


def pose(facts: CurveFacts, watch: Iterable[Fraction] = ()) -> Question:
    """Turn facts into a question; `watch` adds times at which the axis is cut.

    Raises
    ------
    ValueError
        If the ticks of the numbers at risk or a type of interval are not known.
    """
    for kind in (facts.interval, facts.follow_up_interval):
        if kind == UNKNOWN:
            raise ValueError("the type of the interval must be known to pose the question")
        check_interval(kind, 0.95)
    if len(facts.at_risk) > 1 and not facts.ticks:
        raise ValueError("the ticks of the numbers at risk must be known to pose the question")
    n = facts.patients
    row = [*zip(facts.ticks, facts.at_risk, strict=False), *facts.left]
    at_risk = [(parse(at).value, int(parse(left).value)) for at, left in row if left != "-"]
    printed = [(parse(at).value, triple) for at, triple in facts.survival]
    spans = [*_spans("survival", facts.median, facts), *_spans("follow-up", facts.follow_up, facts)]
    told = [(one.mark == "died", facts.admitted(one.time)) for one in facts.told]
    last = None if facts.last is None else facts.admitted(facts.last)

    cuts: list[Cut] = [(time, BEFORE) for time, _ in at_risk]
    cuts += [(time, side) for time in watch for side in (BEFORE, AFTER)]
    cuts += [(time, AFTER) for time, _ in printed]
    within = [*(bounds for _, _, bounds in spans), last]
    for bounds in (*within, *(bounds for _, bounds in told)):
        cuts += [] if bounds is None else filter(None, window_cuts(bounds))
    cells = cells_between(cuts)
    ends = {cell.upper: index for index, cell in enumerate(cells)}
    windows = [(1, 0) if bounds is None else cells_within(cells, bounds) for bounds in within]

    least, most = [0] * len(cells), [n] * len(cells)
    for time, number in at_risk:
        if time > 0:
            cell = ends[time, BEFORE]
            least[cell], most[cell] = max(least[cell], n - number), min(most[cell], n - number)
    if last is not None:
        least[windows[-1][1]] = n
    for bounds, (first, _) in zip(within, windows, strict=True):
        # Somebody is left to whom happens what lies in the window.
        if bounds is not None and first > 0:
            most[first - 1] = min(most[first - 1], n - 1)
    least[-1] = n
    deaths = facts.death_bounds[1]
    least = list(itertools.accumulate(least, max))
    most = list(itertools.accumulate(reversed(most), min))[::-1]

    z = NormalDist().inv_cdf((1 + float(parse(facts.level).value) / 100) / 2)
    kinds: dict[Curve, IntervalType] = {
        "survival": facts.interval,  # type: ignore[dict-item]
        "follow-up": facts.follow_up_interval,  # type: ignore[dict-item]
    }
    heights = [
        (time, float(facts.admitted(triple.estimate).upper) / 100)
        for time, triple in printed
        if triple.estimate is not None
    ]
    crossings = []
    for (curve, part, bounds), (first, final) in zip(spans, windows, strict=False):
        before = [
            height
            for time, height in heights
            if curve == "survival" and bounds is not None and time < bounds.lower
        ]
        falls = _falls(part, kinds[curve], n - most[final], n, z, min(before, default=1.0))
        crossings.append(Crossing(curve, part, bounds, first, final, falls))
    tests: defaultdict[int, list[Test]] = defaultdict(list)
    for time, triple in printed:
        for part, text in triple.parts():
            share = facts.admitted(text).times(Fraction(1, 100))
            tests[ends[time, AFTER]].append(Test("survival", part, share))
    wanted = [Wanted(died, *cells_within(cells, bounds)) for died, bounds in told]
    wanted += _deaths_between(tests)
    if facts.interval == "plain":
        wanted += [NEVER for at_end in tests.values() if _lopsided(at_end)]
    for crossing in crossings:
        for cell, test in _sides(crossing, len(cells)):
            tests[cell].append(test)
    return Question(
        n=n,
        cells=cells,
        gone=tuple(zip(least, most, strict=True)),
        died=(*[(0, deaths)] * (len(cells) - 1), facts.death_bounds),
        tests=tuple(tuple(tests[cell]) for cell in range(len(cells))),
        crossings=tuple(crossings),
        wanted=tuple(wanted),
        kinds=kinds,
        z=z,
    )


def _deaths_between(tests: Mapping[int, list[Test]]) -> Iterable[Wanted]:
    """Say between which printed times somebody died, because two of their numbers differ.

    Only a death moves the curve and its limits, and the same value is printed the same way: where
    the values that print two texts have one end in common, the value has moved. The bound takes
    ends as included and does not see it; a gap it sees by itself.
    """
    printed = [(cell, {test.part: test.bounds for test in tests[cell]}) for cell in sorted(tests)]
    for (before, one), (after, other) in itertools.pairwise(printed):
        if any(_touch(one[part], other[part]) for part in one.keys() & other.keys()):
            yield Wanted(True, before + 1, after, own=False)


def _touch(one: Bounds, other: Bounds) -> bool:
    end = max(one.lower, other.lower)
    return end == min(one.upper, other.upper) and not one.meets(other)


def _lopsided(tests: Iterable[Test]) -> bool:
    """Say whether plain limits, printed with the curve, cannot lie at equal distances from it.

    A limit lies on no end of what prints it, for it is made with a normal quantile, which is
    irrational. Limits that are cut at 0 and 1 say nothing.
    """
    printed = {test.part: test.bounds for test in tests}
    if len(printed) < 3 or printed["lower"].lower <= 0 or printed["upper"].upper >= 1:
        return False
    lower, middle, upper = printed["lower"], printed["estimate"], printed["upper"]
    least = max(2 * middle.lower, lower.lower + upper.lower)
    return bool(least >= min(2 * middle.upper, lower.upper + upper.upper))


def _spans(
    curve: Curve, triple: Triple, facts: CurveFacts
) -> Iterable[tuple[Curve, Part, Bounds | None]]:
    for part, text in triple.parts():
        yield curve, part, None if text == NOT_REACHED else facts.admitted(text)


ABOVE = Bounds(0.5, math.inf, True, True)
BELOW = Bounds(-math.inf, 0.5, True, True)


def _falls(part: Part, kind: IntervalType, left: int, n: int, z: float, highest: float) -> bool:
    """Say whether a curve or limit, once at one half, falls as long as so many are left.

    S is no higher than `highest` when it comes to one half.
    """
    if part == "upper":
        # It falls at a death among r if sqrt(G) >= z / (2 (r - 1)), for every type; once S is at
        # one half, G is at least 1 / n, which it is with nobody censored.
        return left >= 0.5 * z * math.sqrt(n)
    if part == "estimate" or kind in ("log", "plain") or left >= MANY_AT_RISK:
        return True
    # At x = -log S a log-log limit lies at one half if z sqrt(G) = x log(log(2) / x), and those of
    # the other types lie higher, as long as x < log(2) / e. From there on a limit falls while
    # z sqrt(G) < x. A death among r adds 1 / (r (r - 1)) to G, so that G is at most x / left.
    turn = math.log(2) / math.e
    if z**2 > left * turn:
        return False
    return highest <= math.exp(-turn) or z / math.sqrt(left) < math.log(n * math.log(2)) / n**0.5


def _sides(crossing: Crossing, cells: int) -> Iterable[tuple[int, Test]]:
    """Say on which side of one half the curve lies before and after the crossing."""
    curve, part, falls = crossing.curve, crossing.part, crossing.falls
    if crossing.bounds is None:
        # A limit that was visibly below one half has been reached, though it may rise again.
        for cell in [cells - 1] if part == "estimate" else range(cells):
            yield cell, Test(curve, part, ABOVE, half=True)
        return
    if crossing.first > 0:
        yield crossing.first - 1, Test(curve, part, ABOVE, half=True, sure=falls)
    yield crossing.last, Test(curve, part, BELOW, half=True, sure=falls)
