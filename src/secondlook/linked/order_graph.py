"""The admissible orders as a graph: layers of prefixes, and the steps that join them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook.inputs import BoolArray, IntArray
from secondlook.linked.places import Place
from secondlook.linked.prefixes import Prefixes
from secondlook.linked.problem import Problem

__all__ = ["Arcs", "Graph", "prune"]


@dataclass(frozen=True)
class Arcs:
    """Steps from one layer to a later one: rows of both, the cell of the marks, their kind."""

    source: IntArray
    target: IntArray
    cell: int
    death: bool
    marks: int


@dataclass(frozen=True)
class Graph:
    """All admissible orders as paths from the one prefix of layer 0 to layer n.

    Attributes
    ----------
    layers
        The prefixes after 0, 1, ..., n marks.
    arcs
        For each layer the steps that begin there.
    places
        What the numbers in ``Prefixes.place`` mean.
    thinned
        Whether prefixes were left out on the way: then the orders found are admissible, but not
        all of them.
    """

    problem: Problem
    layers: tuple[Prefixes, ...]
    arcs: tuple[tuple[Arcs, ...], ...]
    places: tuple[Place, ...]
    thinned: bool = False


def prune(
    problem: Problem, places: list[Place], layers: list[Prefixes], arcs: list[list[Arcs]]
) -> Graph:
    """Keep what lies on a path to the end of an admissible order."""
    alive = [np.zeros(len(layer), dtype=bool) for layer in layers]
    alive[-1] = _complete(problem, places, layers[-1])
    for gone in reversed(range(problem.n)):
        for arc in arcs[gone]:
            alive[gone][arc.source[alive[gone + arc.marks][arc.target]]] = True
    renumbered = [np.cumsum(rows) - 1 for rows in alive]
    kept: list[tuple[Arcs, ...]] = []
    for gone in range(problem.n):
        some = []
        for arc in arcs[gone]:
            on = alive[gone + arc.marks][arc.target]
            if on.any():
                source = renumbered[gone][arc.source[on]]
                target = renumbered[gone + arc.marks][arc.target[on]]
                some.append(Arcs(source, target, arc.cell, arc.death, arc.marks))
        kept.append(tuple(some))
    rows = tuple(layer.rows(on) for layer, on in zip(layers, alive, strict=True))
    return Graph(problem, rows, tuple(kept), tuple(places))


def _complete(problem: Problem, places: list[Place], layer: Prefixes) -> BoolArray:
    passed = np.zeros(len(layer), dtype=bool)
    for place in np.unique(layer.place):
        rows = np.flatnonzero(layer.place == place)
        here = places[place]
        if not problem.rules.is_complete(here):
            continue
        rest = range(here.cell, len(problem.cells))
        if any(problem.at_risk_after.get(cell, 0) for cell in rest):
            continue
        good = np.ones(len(rows), dtype=bool)
        for test in problem.tests:
            if test.after_cell >= here.cell:
                last = layer.rows(rows)
                good &= test.passes(last.survival, last.greenwood, problem.scale)
        passed[rows] = good
    return passed
