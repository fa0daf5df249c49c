"""How many admissible orders run through each prefix: exact counts on the graph.

An order with one distribution of its marks over the cells is one path. Counts are whole numbers of
any size: 64-bit integers where they suffice, Python's where not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from secondlook.linked.order_graph import Graph

__all__ = ["Counts", "from_start", "to_end"]

Counts = NDArray[Any]
SAFE = 2.0**62


def from_start(graph: Graph) -> tuple[Counts, ...]:
    """Return for each layer the number of ways to reach each prefix."""
    return _exactly(graph, _from_start)


def to_end(graph: Graph) -> tuple[Counts, ...]:
    """Return for each layer the number of ways to complete each prefix."""
    return _exactly(graph, _to_end)


def _exactly(graph: Graph, count: Any) -> tuple[Counts, ...]:
    rough = count(graph, np.float64)
    fits = all(layer.max(initial=0) < SAFE for layer in rough)
    exact: tuple[Counts, ...] = count(graph, np.int64 if fits else object)
    return exact


def _from_start(graph: Graph, kind: Any) -> tuple[Counts, ...]:
    ways = [np.zeros(len(layer), dtype=kind) for layer in graph.layers]
    ways[0][:] = 1
    for gone, arcs in enumerate(graph.arcs):
        for arc in arcs:
            np.add.at(ways[gone + arc.marks], arc.target, ways[gone][arc.source])
    return tuple(ways)


def _to_end(graph: Graph, kind: Any) -> tuple[Counts, ...]:
    ways = [np.zeros(len(layer), dtype=kind) for layer in graph.layers]
    ways[-1][:] = 1
    for gone in reversed(range(len(graph.arcs))):
        for arc in graph.arcs[gone]:
            np.add.at(ways[gone], arc.source, ways[gone + arc.marks][arc.target])
    return tuple(ways)
