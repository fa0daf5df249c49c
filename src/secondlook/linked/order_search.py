"""The exact search: every order of marks, with the cells that they may lie in.

Marks are added one at a time, so that a layer holds all prefixes of one length. A prefix is kept
only while some continuation may print every fact; after the last mark, what leads nowhere is
removed from behind. What remains is a layered graph whose paths are the admissible orders, each
order with each distribution of its marks over the cells exactly once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from secondlook.inputs import IntArray
from secondlook.linked.next_layer import Sprout, gather
from secondlook.linked.order_graph import Arcs, Graph, prune
from secondlook.linked.place_numbers import PlaceNumbers
from secondlook.linked.places import Place
from secondlook.linked.prefixes import Prefixes, Step, empty_prefix, take_step
from secondlook.linked.problem import Problem

__all__ = ["TooManyOrders", "search"]


class TooManyOrders(ValueError):
    """The printed facts leave more prefixes open than the search may hold."""


def search(problem: Problem, *, most_prefixes: int = 20_000_000, keep: int | None = None) -> Graph:
    """Find all admissible orders.

    Parameters
    ----------
    problem
        What was printed.
    most_prefixes
        How many prefixes one layer may hold; about 150 bytes each.
    keep
        Thin every layer to this many prefixes, to ask only whether there is an order at all.

    Raises
    ------
    TooManyOrders
        If a layer grows beyond that.
    """
    numbered = PlaceNumbers(problem)
    layers = [empty_prefix(numbered.of(Place()))]
    waiting: defaultdict[int, list[Sprout]] = defaultdict(list)
    arcs: list[list[Arcs]] = [[] for _ in range(problem.n + 1)]
    thinned = False
    for gone in range(problem.n):
        for sprout in _sprouts(problem, numbered, layers[gone], gone):
            waiting[gone + sprout.step.marks].append(sprout)
        layer, found = gather(problem, numbered, waiting.pop(gone + 1, []), gone + 1, keep)
        if len(layer) > most_prefixes:
            raise TooManyOrders(
                f"after {gone + 1} of {problem.n} marks the facts leave {len(layer)} prefixes "
                f"open, more than {most_prefixes}; add facts, or raise most_prefixes"
            )
        layers.append(layer)
        thinned |= len(layer) == keep
        for start, arc in found:
            arcs[start].append(arc)
    return replace(prune(problem, numbered.places, layers, arcs), thinned=thinned)


@dataclass(frozen=True)
class _Entry:
    """Prefixes at one place whose next marks, all of one kind, lie in one cell.

    Attributes
    ----------
    layer, gone
        The layer that they are rows of, and the number of its marks.
    rows
        Which rows.
    place, cell
        Numbers of the place they are at and of the cell.
    room
        The most marks that may still follow up to the end of the cell.
    step
        One mark of the kind, added to every row of the layer.
    """

    layer: Prefixes
    gone: int
    rows: IntArray
    place: int
    cell: int
    room: int
    step: Step


def _sprouts(
    problem: Problem, numbered: PlaceNumbers, layer: Prefixes, gone: int
) -> Iterator[Sprout]:
    if not len(layer):
        return
    at_risk = problem.n - gone
    steps = {
        death: take_step(layer, at_risk, problem, death=death, marks=1) for death in (True, False)
    }
    passes = {test: test.passes(layer.survival, layer.greenwood, problem.scale)
              for test in problem.tests}  # fmt: skip
    for place in np.unique(layer.place):
        rows = np.flatnonzero(layer.place == place)
        for cell in range(numbered.places[place].cell, len(problem.cells)):
            if not len(rows):
                break
            room = problem.exits_before(cell)[1] - gone
            for death, step in steps.items():
                if room > 0 and problem.cells[cell].holds != ("censorings" if death else "deaths"):
                    entry = _Entry(layer, gone, rows, int(place), cell, room, step)
                    yield from _enter(problem, numbered, entry)
            if problem.at_risk_after.get(cell, at_risk) != at_risk:
                break
            if not problem.rules.may_leave(numbered.places[place], cell):
                break
            for test in problem.tests:
                if test.after_cell == cell:
                    rows = rows[passes[test][rows]]


def _enter(problem: Problem, numbered: PlaceNumbers, entry: _Entry) -> Iterator[Sprout]:
    """Add one mark, or as many tied ones as keep a limit that it would lose."""
    crossings = entry.step.crossing[entry.rows]
    for crossing in np.unique(crossings):
        some = entry.rows[crossings == crossing]
        then = numbered.after(entry.place, entry.cell, entry.step.death, int(crossing))
        if numbered.spoils(entry.place, then):
            for hidden in _hide(problem, numbered, replace(entry, rows=some)):
                some = np.setdiff1d(some, hidden.source, assume_unique=True)
                yield hidden
        if then >= 0 and len(some):
            yield Sprout(entry.gone, some, entry.step, some, entry.cell, then)


def _hide(problem: Problem, numbered: PlaceNumbers, entry: _Entry) -> Iterator[Sprout]:
    """Tie marks so that a limit's fall to one half does not show; the fewest that do it."""
    death, rows = entry.step.death, entry.rows
    for marks in range(2, entry.room + 1):
        if not len(rows):
            return
        at_risk = problem.n - entry.gone
        tied = take_step(entry.layer.rows(rows), at_risk, problem, death=death, marks=marks)
        settled = np.zeros(len(rows), dtype=bool)
        for crossing in np.unique(tied.crossing):
            then = numbered.after(entry.place, entry.cell, death, int(crossing))
            if not numbered.spoils(entry.place, then):
                row = np.flatnonzero(tied.crossing == crossing)
                settled[row] = True
                yield Sprout(entry.gone, rows[row], tied, row, entry.cell, then)
        rows = rows[~settled]
