"""The admissible orders as the smallest machine that reads them: words of marks with their cells.

Prefixes of orders differ in their curves, but many allow the same continuations. Taken as one state
each, they leave a machine that is hundreds of times smaller than the graph of the search and reads
the same orders; further conditions on the marks can be searched on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from secondlook.admissible.time_cells import Cell
from secondlook.inputs import IntArray
from secondlook.linked.order_set import AdmissibleOrders

__all__ = ["OrderWords", "Spread", "SpreadOrders", "Step", "order_words", "spreads"]

# Censorings and deaths in each cell of the time axis.
Spread = tuple[tuple[int, int], ...]


class Step(NamedTuple):
    """One mark: its cell, its kind, and the state of the next layer that it leads to."""

    cell: int
    death: bool
    target: int


@dataclass(frozen=True)
class OrderWords:
    """A layered machine without redundant states.

    Attributes
    ----------
    cells
        The time axis.
    layers
        For each number of marks so far, from 0 to n - 1, the steps out of every state. After the
        last mark there is one state, 0. No states at all if there is no order.
    start
        The state of layer 0.
    """

    cells: tuple[Cell, ...]
    layers: tuple[tuple[tuple[Step, ...], ...], ...]
    start: int

    @property
    def states(self) -> int:
        """The number of states, the last one included."""
        return sum(len(layer) for layer in self.layers) + 1


def order_words(found: AdmissibleOrders) -> OrderWords:
    """Merge the prefixes of a search that allow the same continuations.

    Parameters
    ----------
    found
        The admissible orders.
    """
    n = found.graph.problem.n
    number: list[dict[frozenset[Step], int]] = [{} for _ in range(n)]

    def state(layer: int, steps: frozenset[Step]) -> int:
        return number[layer].setdefault(steps, len(number[layer]))

    merged: list[list[int]] = [[] for _ in range(n)]
    merged.append([0] * len(found.graph.layers[n]))
    for gone in reversed(range(n)):
        for row in range(len(found.graph.layers[gone])):
            steps = set()
            for arc, target in found.ahead[gone].get(row, []):
                then = merged[gone + arc.marks][target]
                # Tied marks are single ones in the same cell, with a state of their own between.
                for tied in range(arc.marks - 1, 0, -1):
                    then = state(gone + tied, frozenset({Step(arc.cell, arc.death, then)}))
                steps.add(Step(arc.cell, arc.death, then))
            merged[gone].append(state(gone, frozenset(steps)))
    layers = tuple(tuple(tuple(sorted(steps)) for steps in layer) for layer in number)
    return OrderWords(found.graph.problem.cells, layers, merged[0][0] if found else 0)


class SpreadOrders(NamedTuple):
    """The orders of one spread.

    Attributes
    ----------
    orders
        How many there are.
    sequences
        Their distinct sequences of marks, as `AdmissibleOrders.sequences`.
    """

    orders: int
    sequences: IntArray


def spreads(words: OrderWords) -> dict[Spread, SpreadOrders]:
    """Return the orders by how many censorings and deaths lie in each cell.

    Returns
    -------
    dict
        For each spread, a pair (censorings, deaths) a cell, its orders.
    """
    empty: Spread = tuple((0, 0) for _ in words.cells)
    reached = {words.start: Counter({(empty, 0): 1})} if words.layers[0] else {}
    for layer in words.layers:
        following: defaultdict[int, Counter[tuple[Spread, int]]] = defaultdict(Counter)
        for source, known in reached.items():
            for cell, death, target in layer[source]:
                for (spread, bits), ways in known.items():
                    censored, died = spread[cell]
                    more = (censored + (not death), died + death)
                    then = (*spread[:cell], more, *spread[cell + 1 :])
                    following[target][then, bits << 1 | death] += ways
        reached = dict(following)
    orders: Counter[Spread] = Counter()
    sequences: defaultdict[Spread, list[int]] = defaultdict(list)
    for (spread, bits), ways in sorted(reached.get(0, Counter()).items()):
        orders[spread] += ways
        sequences[spread].append(bits)
    return {
        spread: SpreadOrders(orders[spread], np.array(some, dtype=np.int64))
        for spread, some in sequences.items()
    }
