"""Which marks of overall survival may be those of a part whose own marks are spread as given.

Every mark of overall survival is outside the part, or it is the part's next exit, or its next
event. What has to be known of the marks so far is one row of whole numbers; rows with the same
numbers have the same future. After the last mark, what leads nowhere is left out, and the sequences
of marks are read off what remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from secondlook.inputs import BoolArray, IntArray
from secondlook.linked.link import Link, Slots
from secondlook.linked.order_words import OrderWords, Step
from secondlook.linked.part_median import IMPOSSIBLE, PartMedian

__all__ = ["EVENT", "EXIT", "OUTSIDE", "Arcs", "Pairs", "pair_paths"]

# What a mark of overall survival is to the part.
OUTSIDE, EXIT, EVENT = 0, 1, 2
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Rows:
    """What is known of the marks so far: one row a way; all of shape (k,).

    Attributes
    ----------
    state, median
        Of the machines for overall survival and for the median of the part.
    exits, events, alive, dead, outside
        Exits and events so far; those alive with the event, dead without it, alive outside.
    fewest, most
        The deaths so far.
    """

    state: IntArray
    median: IntArray
    exits: IntArray
    events: IntArray
    alive: IntArray
    dead: IntArray
    outside: IntArray
    fewest: IntArray
    most: IntArray

    def __len__(self) -> int:
        return len(self.state)


@dataclass(frozen=True)
class Arcs:
    """Steps from rows of one layer to rows of the next; shape (k,), of `rows` rows.

    Attributes
    ----------
    role
        `OUTSIDE`, `EXIT` or `EVENT`.
    """

    rows: int
    source: IntArray
    death: BoolArray
    role: IntArray
    target: IntArray


@dataclass(frozen=True)
class Pairs:
    """Every way to find the part among the marks of overall survival.

    Attributes
    ----------
    arcs
        The steps, a layer a mark; also such as lead nowhere.
    complete
        Shape (k,), which of the last rows are a whole way.
    inside, fewest, most
        Shape (k,), the deaths in the part, and of all patients, on the ways to each last row.
    """

    arcs: tuple[Arcs, ...]
    complete: BoolArray
    inside: IntArray
    fewest: IntArray
    most: IntArray


def pair_paths(words: OrderWords, median: PartMedian, slots: Slots, link: Link) -> Pairs | None:
    """Find every way to place the part among the marks of the admissible orders.

    Parameters
    ----------
    words
        The admissible orders of overall survival.
    median
        What reads the median survival of the part.
    slots
        Where the part's marks may lie.
    link
        What else is asked.

    Returns
    -------
    Pairs or None
        None if there is no way.
    """
    if median.start == IMPOSSIBLE:
        return None
    one = np.zeros(1, dtype=np.int64)
    rows = _Rows(one + words.start, one + median.start, *[one] * 7)
    arcs: list[Arcs] = []
    for gone in range(len(words.layers)):
        rows, found = _next_rows(words, gone, rows, median, slots, link)
        arcs.append(found)
    complete = (rows.exits == len(slots.exits)) & (rows.events == len(slots.events))
    complete &= rows.outside == link.alive_outside
    if not complete.any():
        return None
    inside = rows.events - rows.alive + rows.dead
    return Pairs(tuple(arcs), complete, inside, rows.fewest, rows.most)


def _next_rows(
    words: OrderWords, gone: int, rows: _Rows, median: PartMedian, slots: Slots, link: Link
) -> tuple[_Rows, Arcs]:
    row, step = _ahead(words.layers[gone], rows.state)
    cell, death = step.cell, step.death
    exits, events = rows.exits[row], rows.events[row]
    # A patient without a place any more: cells only grow.
    missed = cell > _padded([last for _, last in slots.exits])[exits]
    owed = len(slots.exits) + len(slots.events) - exits - events
    outside = ~missed & (owed < len(words.layers) - gone)
    within = median.after[death.astype(np.int64), rows.median[row], cell]
    possible = ~missed & (within != IMPOSSIBLE)
    dead = rows.dead[row] + death
    exit_ = possible & (cell >= _padded([first for first, _ in slots.exits])[exits])
    exit_ &= dead <= link.dead_without_event
    alive = rows.alive[row] + ~death
    event = possible & (cell >= _padded(slots.events)[events])
    if link.alive_with_event is not None:
        event &= alive <= link.alive_with_event

    def with_(role: int, kept: BoolArray, **changed: IntArray) -> dict[str, IntArray]:
        names = ("median", "exits", "events", "alive", "dead", "outside")
        columns = {name: changed.get(name, getattr(rows, name)[row])[kept] for name in names}
        columns["state"], columns["death"] = step.target[kept], death[kept].astype(np.int64)
        columns["row"], columns["role"] = row[kept], np.full(len(row[kept]), role)
        return columns

    parts = [
        with_(OUTSIDE, outside, outside=np.minimum(rows.outside[row] + ~death, link.alive_outside)),
        with_(EXIT, exit_, median=within, exits=exits + 1, dead=dead),
        with_(EVENT, event, median=within, events=events + 1, alive=alive),
    ]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _merged(columns, rows)


class _Steps(NamedTuple):
    cell: IntArray
    death: BoolArray
    target: IntArray


def _ahead(layer: tuple[tuple[Step, ...], ...], state: IntArray) -> tuple[IntArray, _Steps]:
    """Return each row as often as there are steps out of its state, and these steps."""
    width = np.array([len(steps) for steps in layer], dtype=np.int64)
    flat = np.array([step for steps in layer for step in steps], dtype=np.int64).reshape(-1, 3)
    first = np.concatenate(([0], np.cumsum(width)[:-1]))
    row = np.repeat(np.arange(len(state)), width[state])
    began = np.concatenate(([0], np.cumsum(width[state])[:-1])) if len(state) else state
    step = first[state][row] + np.arange(len(row)) - began[row]
    return row, _Steps(flat[step, 0], flat[step, 1].astype(bool), flat[step, 2])


def _padded(cells: list[int] | tuple[int, ...]) -> IntArray:
    return np.array([*cells, NEVER], dtype=np.int64)


def _merged(columns: dict[str, IntArray], before: _Rows) -> tuple[_Rows, Arcs]:
    """Make one row of those that agree in everything but their deaths."""
    names = ("state", "median", "exits", "events", "alive", "dead", "outside")
    key = np.zeros(len(columns["row"]), dtype=np.int64)
    for name in names:
        key = key * (columns[name].max(initial=0) + 1) + columns[name]
    _, some, target = np.unique(key, return_index=True, return_inverse=True)
    source, death = columns["row"], columns["death"]
    fewest = np.full(len(some), NEVER)
    most = np.zeros(len(some), dtype=np.int64)
    np.minimum.at(fewest, target, before.fewest[source] + death)
    np.maximum.at(most, target, before.most[source] + death)
    rows = _Rows(**{name: columns[name][some] for name in names}, fewest=fewest, most=most)
    return rows, Arcs(len(before), source, death.astype(bool), columns["role"], target)
