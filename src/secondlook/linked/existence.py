"""Whether any order prints the facts: found by a thinned search, denied only by a complete one."""

from __future__ import annotations

from secondlook.linked.order_search import TooManyOrders, search
from secondlook.linked.problem import Problem

__all__ = ["some_order"]

# Prefixes kept a layer. Few are enough to find an order where many print the facts.
FIRST_EFFORT, MORE_EFFORTS = 300, (5_000, 60_000)
# What a layer may hold when no prefix is dropped.
MOST_PREFIXES = 3_000_000


def some_order(problem: Problem, *, thoroughly: bool = True) -> bool | None:
    """Say whether there is an admissible order.

    Parameters
    ----------
    problem
        What was printed.
    thoroughly
        Whether to go on after a first thinned search, which takes a fraction of a second.

    Returns
    -------
    bool or None
        None if the search does not tell within its bounds.
    """
    for keep in (FIRST_EFFORT, *MORE_EFFORTS * thoroughly):
        graph = search(problem, keep=keep)
        if len(graph.layers[-1]):
            return True
        if not graph.thinned:
            return False
    if not thoroughly:
        return None
    try:
        graph = search(problem, most_prefixes=MOST_PREFIXES)
    except TooManyOrders:
        return None
    return len(graph.layers[-1]) > 0
