"""Two curves of the same patients: all of them, and some of them with a second outcome.

A paper prints overall survival of all its patients and, say, relapse-free survival of those in
remission. Each curve has its list of sequences; a pair of sequences is possible only if one
assignment of patients fits both. Among patients of one kind, matched in order of time, any matching
fits if one does, so that what has to hold is that each overall time lies in a window which follows
from the cell of the time in the part.

All pairs are asked at once: a set of pairs is one long whole number, a bit a pair. It flows through
the marks of overall survival and the cells of its time axis; each mark is outside the part, or the
part's next exit, or its next event, and every step keeps the pairs that allow it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.listing import Listing, listed
from secondlook.admissible.question import BEGIN, Place
from secondlook.admissible.ranges import Range
from secondlook.admissible.time_cells import Cell, Cut, cells_within
from secondlook.admissible.verify import unmet
from secondlook.inputs import BoolArray
from secondlook.linked_curves.link import Link
from secondlook.printed import parse
from secondlook.survival import kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

# How many bits a set of pairs may have; more are asked in turns.
MOST_BITS = 1 << 15
HALF = Fraction(1, 2)
# Marks so far, and told patients found.
Node = tuple[int, int]


class Split(NamedTuple):
    """How marks are split over the cells of the part: censorings and events in each."""

    censored: tuple[int, ...]
    events: tuple[int, ...]


@dataclass(frozen=True)
class Pairs:
    """Every pair of sequences that one assignment of patients fits.

    Attributes
    ----------
    whole, part
        The sequences of either curve alone.
    splits
        For each way to split the part's marks over its cells, the rows of the part's sequences
        that can be split so, once for each of their orders.
    possible
        Shape (splits, sequences of the whole), which go together.
    inside, outside
        Deaths among the patients of the part, and among the others.
    """

    whole: Listing
    part: Listing
    splits: dict[Split, list[int]] = field(repr=False)
    possible: BoolArray = field(repr=False)
    inside: Range
    outside: Range

    def __len__(self) -> int:
        """Return the number of pairs of sequences."""
        return int(self.matrix.sum())

    @property
    def matrix(self) -> BoolArray:
        """Which sequence of the part goes with which of the whole; shape (part, whole)."""
        found = np.zeros((len(self.part), len(self.whole)), dtype=bool)
        for rows, row in zip(self.splits.values(), self.possible, strict=True):
            found[rows] |= row
        return found

    @property
    def part_orders(self) -> int:
        """The number of orders of the part that go with some sequence of the whole."""
        return sum(
            len(rows)
            for rows, row in zip(self.splits.values(), self.possible, strict=True)
            if np.any(row)
        )


def pairs(whole: CurveFacts, part: CurveFacts) -> Pairs:
    """List every pair of sequences, of all patients and of some, that fits the same patients.

    Parameters
    ----------
    whole
        What is printed about the survival of all patients, with known ticks and interval.
    part
        What is printed about the second outcome of some of them, likewise, and in `part_of` what
        ties them to the whole; its deaths are the events.

    Returns
    -------
    Pairs
        Without an upper bound on the delay every pair in it is possible and no other, but for the
        rare shapes named at `Listing.exact`. With a bound no possible pair is missing, but the
        order of marks within one cell of the part is not held against it: the counts are upper
        bounds.

    Raises
    ------
    ValueError
        If the part is larger than the whole, or there are too many sequences to list.
    """
    link = _link(part)
    if part.patients > whole.patients:
        raise ValueError(f"a part of {part.n} patients cannot lie in a whole of {whole.n}")
    of_part = listed(part)
    of_whole = listed(whole, sorted(_cuts(of_part.bound.question.cells, link)))
    splits = _splits(of_part)
    if not len(of_whole) or not splits:
        empty = np.zeros((len(splits), len(of_whole)), dtype=bool)
        return Pairs(of_whole, of_part, splits, empty, _range([]), _range([]))
    size = max(1, MOST_BITS // len(of_whole))
    every = list(splits)
    found = [
        _Flow(of_whole, of_part, every[start : start + size], link).run()
        for start in range(0, len(every), size)
    ]
    inside, outside = ([number for one in found for number in one[which]] for which in (1, 2))
    return Pairs(
        of_whole,
        of_part,
        splits,
        np.concatenate([one[0] for one in found]),
        _range(inside),
        _range(outside),
    )


def unmet_pair(
    whole: CurveFacts, part: CurveFacts, cohort: Mapping[str, ArrayLike] | pd.DataFrame
) -> list[str]:
    """Return in words what a concrete cohort does not print of either curve and of their link.

    Parameters
    ----------
    whole, part
        As `pairs` takes them.
    cohort
        Columns with an entry a patient: time, event (overall survival), in_part, and for the
        patients of the part delay, part_time, part_event.
    """
    link = _link(part)
    names = ("time", "event", "in_part", "delay", "part_time", "part_event")
    columns = {name: np.asarray(cohort[name], dtype=float) for name in names}
    of_part = columns.pop("in_part") == 1
    time, event, delay, part_time, part_event = (each[of_part] for each in columns.values())
    not_met = []
    for facts, durations, events in (
        (whole, columns["time"], columns["event"]),
        (part, part_time, part_event),
    ):
        words = {stated.address: stated.words for stated in facts.statements()}
        not_met += [
            words.get(one, f"{facts.n} patients") for one in unmet(facts, durations, events)
        ]
    window = link.window
    if window is not None and kaplan_meier(time, event).quantile(0.5).estimate not in window:
        not_met.append(f"median survival {link.median} of the part")
    died, had = event == 1, part_event == 1
    if (had & ~died).sum() > link.count("alive_with_event", len(died)):
        not_met.append("patients alive with the event")
    if (~had & died).sum() > link.count("dead_without_event", len(died)):
        not_met.append("patients dead without the event")
    if (columns["event"][~of_part] == 0).sum() < link.count("alive_outside", len(of_part)):
        not_met.append("patients alive outside the part")
    # Times are decimals: what is nearer than this is equal.
    near = 1e-9
    slack = time - delay - part_time
    good = (slack >= -near) & (had | (slack <= near))
    good &= delay >= float(parse(link.delay).value) - near
    if link.latest is not None:
        good &= delay <= float(parse(link.latest).value) + near
    return not_met if good.all() else [*not_met, "delays"]


def _link(part: CurveFacts) -> Link:
    if part.part_of is None:
        raise ValueError(f"curve {part.name!r}: `part_of` must say what it is a part of")
    return part.part_of


def _range(numbers: list[int]) -> Range:
    return Range(float(min(numbers, default=0)), float(max(numbers, default=0)))


def _later(cut: Cut, delay: str) -> Cut:
    return cut[0] + parse(delay).value, cut[1]


def _cuts(of_part: tuple[Cell, ...], link: Link) -> set[Fraction]:
    """Return the times at which the axis of the whole has to be cut."""
    times = {_later(cell.lower, link.delay)[0] for cell in of_part}
    if link.latest is not None:
        times |= {_later(cell.upper, link.latest)[0] for cell in of_part if cell.upper}
    if link.window is not None:
        times |= {Fraction(link.window.lower), Fraction(link.window.upper)}
    return {time for time in times if time > 0}


def _splits(part: Listing) -> dict[Split, list[int]]:
    """Return the rows of the sequences by how their marks are split over the cells."""
    found: dict[Split, list[int]] = {}
    for row, died in enumerate(part.died):
        for ends in _spreads(part, row):
            parts = [died[one:other] for one, other in zip((0, *ends), ends, strict=False)]
            events = tuple(int(part.sum()) for part in parts)
            censored = tuple(len(part) - had for part, had in zip(parts, events, strict=True))
            found.setdefault(Split(censored, events), []).append(row)
    return found


def _spreads(part: Listing, row: int) -> Iterator[tuple[int, ...]]:
    """Give the ways to spread one sequence: how many marks lie up to each cell's end."""
    onward = part.ways_of(row)

    def from_(at: Place, ends: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if at == part.bound.question.end:
            yield ends
        for then in reversed(onward(at)):
            yield from from_(then, (*ends, at.k) if then.cell > at.cell else ends)

    return from_(BEGIN, ())


class Level(NamedTuple):
    """A curve that lies level at one half since a time in this zone."""

    zone: int


class State(NamedTuple):
    """What has to be known of the marks so far.

    Attributes
    ----------
    censored, died
        The marks of the patients of the part, by what they are on overall survival.
    alive, dead
        How many of them had the event and live, and died without it.
    median
        What has been read of the part's median.
    """

    censored: int
    died: int
    alive: int
    dead: int
    median: int | Level

    @property
    def exits(self) -> int:
        """How many have left the part without the event."""
        return self.censored - self.alive + self.dead

    @property
    def events(self) -> int:
        """How many had the event."""
        return self.died + self.alive - self.dead


class _Flow:
    """The sets of pairs that reach each state; a bit is a split of the part and a sequence.

    Cells that are alike for the part are one zone. Which sequences pass a zone with how many marks
    at either end is asked first; then the marks are read zone by zone.
    """

    def __init__(self, whole: Listing, part: Listing, splits: list[Split], link: Link) -> None:
        self.q, self.whole, self.splits, self.link = whole.bound.question, whole, splits, link
        self.size = part.bound.question.n
        self.width = len(whole)
        self.copies = sum(1 << self.width * at for at in range(len(splits)))
        self.row = (1 << self.width) - 1
        self.died = [_bits(column) for column in whole.died.T]
        of_part, cells = part.bound.question.cells, self.q.cells
        windows = [_window(cell, cells, link) for cell in of_part]
        inside = cells_within(cells, link.window) if link.window is not None else (1, 0)
        self.zones = _zones(len(cells), [*windows, inside])
        begins = [zone.start for zone in self.zones]
        within = [
            (bisect_left(begins, first), bisect_right(begins, last) - 1) for first, last in windows
        ]
        self.exits = [_in_order(split.censored, within) for split in splits]
        self.events = [_in_order(split.events, within) for split in splits]
        spans = [(cells[zone[0]].begins, cells[zone[-1]].ends) for zone in self.zones]
        ends = bisect_left(begins, inside[0]), bisect_right(begins, inside[1]) - 1
        self.median = _Median(self.size, spans, ends, link)
        self.most_alive = link.count("alive_with_event", self.size)
        self.most_dead = link.count("dead_without_event", self.size)
        self.after = cache(self._after)

    def run(self) -> tuple[BoolArray, list[int], list[int]]:
        """Return which pairs are possible, and the deaths inside and outside of the part."""
        start = State(0, 0, 0, 0, self.median.start)
        here: dict[Node, dict[State, int]] = {(0, 0): {start: self.row * self.copies}}
        for number, zone in enumerate(self.zones):
            ahead: defaultdict[Node, dict[State, int]] = defaultdict(dict)
            for (first, mask), states in here.items():
                through = self._through(zone, first, mask)
                for k in range(first, self.q.n + 1):
                    for node, rows in through.items():
                        if node[0] == k:
                            _join(ahead[node], states, rows * self.copies)
                    onward = 0
                    for (gone, _), rows in through.items():
                        onward |= rows if gone > k else 0
                    if not onward:
                        break
                    states = self._marked(states, number, k, onward)
            here = ahead
        return self._read(here.get((self.q.n, self.q.full), {}))

    def _through(self, zone: range, first: int, found: int) -> dict[Node, int]:
        """Return which sequences pass a zone, by the marks and the told patients at its end."""

        def go(at: Place, step: int, rows: int) -> int | None:
            return rows & _bits(self.whole.may(at, step)) or None

        begin = Place(zone.start, first, found)
        walk = self.q.walk(self.row, go, or_, begin=begin, until=zone.stop)
        return {(at.k, at.found): rows for at, rows in walk if at.cell == zone.stop}

    def _marked(self, states: dict[State, int], zone: int, k: int, onward: int) -> dict[State, int]:
        """Return the states after mark k of the sequences that go on in the zone."""
        then: dict[State, int] = {}
        for death, rows in ((True, onward & self.died[k]), (False, onward & ~self.died[k])):
            marked = rows * self.copies
            for state, some in states.items():
                going = some & marked
                if not going:
                    continue
                for following, allowed in self.after(state, death, zone, k):
                    kept = going & allowed
                    if kept:
                        then[following] = then.get(following, 0) | kept
        return then

    def _after(self, state: State, death: bool, zone: int, k: int) -> list[tuple[State, int]]:
        """Return the states after a mark, each with the pairs that allow it."""
        within = state.censored + state.died
        found: list[tuple[State, int]] = []
        if self.size - within <= self.q.n - k - 1:
            found.append((state, self.row * self.copies))
        if within == self.size:
            return found
        median = self.median.after(state.median, self.size - within, zone, died=death)
        if median is None:
            return found
        inside = state._replace(
            censored=state.censored + (not death), died=state.died + death, median=median
        )
        dead, alive = state.dead + death, state.alive + (not death)
        if dead <= self.most_dead:
            found.append((inside._replace(dead=dead), self._free(self.exits, state.exits, zone)))
        if alive <= self.most_alive:
            # Whoever had the event leaves overall survival at that time or any time later.
            allowed = self._free(self.events, state.events, zone, until=False)
            found.append((inside._replace(alive=alive), allowed))
        return [one for one in found if one[1]]

    def _free(
        self,
        windows: list[list[tuple[int, int]]],
        number: int,
        zone: int,
        *,
        until: bool = True,
    ) -> int:
        """Return the pairs whose split has room for its next mark of a kind in a zone."""
        found = 0
        for at, of_split in enumerate(windows):
            if number < len(of_split):
                first, last = of_split[number]
                if first <= zone and (not until or zone <= last):
                    found |= self.row << self.width * at
        return found

    def _read(self, states: dict[State, int]) -> tuple[BoolArray, list[int], list[int]]:
        possible = 0
        inside, outside = [], []
        totals = self.whole.deaths
        of_total = {int(total): _bits(totals == total) * self.copies for total in np.unique(totals)}
        for state, some in states.items():
            if state.median != self.median.DONE:
                continue
            whole = 0
            for at, (exits, events) in enumerate(zip(self.exits, self.events, strict=True)):
                if (state.exits, state.events) == (len(exits), len(events)):
                    whole |= self.row << self.width * at
            for total, of_it in of_total.items():
                alive_outside = self.q.n - total - state.censored
                if alive_outside < self.link.count("alive_outside", self.q.n):
                    continue
                kept = some & whole & of_it
                if kept:
                    possible |= kept
                    inside.append(state.died)
                    outside.append(total - state.died)
        count = len(self.splits) * self.width
        raw = np.frombuffer(possible.to_bytes(-(-count // 8), "little"), dtype=np.uint8)
        bits = np.unpackbits(raw, bitorder="little", count=count).astype(bool)
        return bits.reshape(len(self.splits), self.width), inside, outside


def _bits(rows: BoolArray) -> int:
    return int.from_bytes(np.packbits(rows, bitorder="little").tobytes(), "little")


def _window(cell: Cell, cells: tuple[Cell, ...], link: Link) -> tuple[int, int]:
    """Return the first and the last cell of overall survival for whoever leaves the part here."""
    earliest = _later(cell.lower, link.delay)
    first = next(i for i, other in enumerate(cells) if other.lower >= earliest)
    if cell.upper is None or link.latest is None:
        return first, len(cells) - 1
    latest = _later(cell.upper, link.latest)
    return first, max(i for i, other in enumerate(cells) if other.upper and other.upper <= latest)


def _in_order(counts: tuple[int, ...], windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [window for count, window in zip(counts, windows, strict=True) for _ in range(count)]


def _join(into: dict[State, int], states: dict[State, int], pairs: int) -> None:
    for state, some in states.items():
        kept = some & pairs
        if kept:
            into[state] = into.get(state, 0) | kept


def _zones(cells: int, windows: list[tuple[int, int]]) -> list[range]:
    """Return stretches of cells, none of which lies across an end of a window."""
    starts = {first for first, last in windows if first <= last}
    starts |= {last + 1 for first, last in windows if first <= last}
    begins = sorted({0, *starts} - {cells})
    return [range(one, other) for one, other in zip(begins, [*begins[1:], cells], strict=True)]


class _Median:
    """Reads the marks of the part in their order, for its median.

    Before the curve comes down to one half, what has to be known is after which further marks it
    will; heights that make no difference to that are one state. Where it lies level at one half,
    the middle of the stretch is the median, and where the stretch ends the curve, its begin too.
    """

    DONE, BELOW, LEVEL = -1, -2, -3

    def __init__(
        self, patients: int, spans: list[tuple[float, float]], inside: tuple[int, int], link: Link
    ) -> None:
        self.spans, self.inside, self.window = spans, inside, link.window
        self.number: dict[tuple[int, int, int], int] = {}
        self.next: list[tuple[int, int]] = []
        self.kind = cache(self._kind)
        self.start = self.DONE if link.median is None else self.kind(patients, Fraction(1))

    def _kind(self, left: int, height: Fraction) -> int:
        """Return the number of a height above one half with so many left."""
        if left == 0:
            return 0
        fallen = height * (left - 1) / left
        died = self.BELOW if fallen < HALF else self.LEVEL
        if fallen > HALF:
            died = self.kind(left - 1, fallen)
        key = (left, self.kind(left - 1, height), died)
        if key not in self.number:
            self.number[key] = len(self.next)
            self.next.append(key[1:])
        return self.number[key]

    def after(self, state: int | Level, left: int, zone: int, *, died: bool) -> int | Level | None:
        """Return the state after a mark; None if the median cannot print so any more."""
        if state == self.DONE:
            return state
        here = self.inside[0] <= zone <= self.inside[1]
        if isinstance(state, Level):
            if not died and left > 1:
                return state
            begun = self.inside[0] <= state.zone <= self.inside[1]
            fits = self._middle(state.zone, zone) or (begun and not died)
            return self.DONE if fits else None
        then = self.next[state][died]
        if then == self.BELOW:
            return self.DONE if here else None
        if then == self.LEVEL:
            return Level(zone)
        return then if left > 1 else None

    def _middle(self, one: int, other: int) -> bool:
        """Say whether the middle between times in two zones can print so."""
        assert self.window is not None
        (begins, ends), (begins_too, ends_too) = self.spans[one], self.spans[other]
        low, high = begins + begins_too, ends + ends_too
        return low <= 2 * self.window.upper and high >= 2 * self.window.lower
