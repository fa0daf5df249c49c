"""Ask whether the order of a concrete data set is among the admissible ones."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from secondlook.admissible.time_cells import cell_at
from secondlook.inputs import BoolArray, FloatArray
from secondlook.linked.order_graph import Graph

__all__ = ["holds_order"]


def holds_order(graph: Graph, durations: FloatArray, events: BoolArray) -> bool:
    """Say whether the graph has a path with the marks of a data set, each in its cell.

    Parameters
    ----------
    graph
        The admissible orders.
    durations, events
        Shape (n,); times are read as decimal numbers of at most six places.
    """
    marks = sorted(
        (Fraction(float(time)).limit_denominator(10**6), not event)
        for time, event in zip(durations, events, strict=True)
    )
    n = len(marks)
    if n != graph.problem.n:
        return False
    order = sum(1 << (n - 1 - at) for at, (_, censored) in enumerate(marks) if not censored)
    cells = [cell_at(graph.problem.cells, time, death=not censored) for time, censored in marks]
    alive: list[set[int]] = [{0}, *(set() for _ in range(n))]
    for gone, arcs in enumerate(graph.arcs[:n]):
        for arc in arcs:
            if any(cell != arc.cell for cell in cells[gone : gone + arc.marks]):
                continue
            here = np.isin(arc.source, list(alive[gone]))
            reached = graph.layers[gone + arc.marks].order[arc.target]
            alike = here & (reached == order >> (n - gone - arc.marks))
            alive[gone + arc.marks] |= set(arc.target[alike].tolist())
    return bool(alive[n])
