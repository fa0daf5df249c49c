"""All orders of death and censoring marks that agree with what is printed about a survival curve.

    >>> from secondlook.linked import PrintedSurvival, SurvivalFacts, orders
    >>> facts = SurvivalFacts(n="6", at_risk="6 4 1 0", spacing="6",
    ...                       survival=(PrintedSurvival("6", "67"),))
    >>> found = orders(facts)
    >>> found.count, found.deaths()
    (30, Range(lowest=2.0, highest=6.0))

What is enumerated: sequences of marks (death, censoring) in time, each with the cell of the time
axis that every mark lies in, such that some real times in these cells reproduce every printed fact.
Deaths come before censorings at equal times. A tie is no order of its own: the product limit and
Greenwood's sum do not change if tied deaths are taken one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

import secondlook.linked.ranges as ranges
from secondlook.admissible.time_cells import Cut, cut_after, cut_before
from secondlook.inputs import BoolArray, FloatArray, IntArray
from secondlook.linked.containment import holds_order
from secondlook.linked.counts import Counts, from_start, to_end
from secondlook.linked.order_graph import Arcs, Graph
from secondlook.linked.order_search import search
from secondlook.linked.problem import IntervalScale, pose
from secondlook.linked.ranges import Range
from secondlook.linked.survival_facts import Rounding, SurvivalFacts
from secondlook.printed import parse
from secondlook.survival import IntervalType

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AdmissibleOrders", "orders"]


@dataclass(frozen=True, eq=False, repr=False)
class AdmissibleOrders:
    """Every admissible order, as a graph; see the module for what an order is.

    Attributes
    ----------
    facts
        What was printed.
    graph
        The orders as paths through layers of prefixes.
    interval, follow_up_interval
        The type of the limits of S(t) and of the reverse curve.
    rounding
        Whether printed numbers were rounded, or may have been cut.
    level
        The level of confidence of all limits.
    """

    facts: SurvivalFacts
    graph: Graph
    interval: IntervalType
    follow_up_interval: IntervalType
    rounding: Rounding
    level: float = 0.95

    def __repr__(self) -> str:
        """Say how many orders there are."""
        return f"AdmissibleOrders({self.count} orders, {len(self.sequences)} sequences of marks)"

    def __bool__(self) -> bool:
        """Whether there is any."""
        return len(self.graph.layers[-1]) > 0

    @cached_property
    def completions(self) -> tuple[Counts, ...]:
        """For each prefix of each layer, the number of ways to complete it."""
        return to_end(self.graph)

    @cached_property
    def ahead(self) -> tuple[dict[int, list[tuple[Arcs, int]]], ...]:
        """For each layer and prefix the steps that begin there, each with its target."""
        steps = []
        for arcs in self.graph.arcs:
            of_row: dict[int, list[tuple[Arcs, int]]] = {}
            for arc in arcs:
                for source, target in zip(arc.source.tolist(), arc.target.tolist(), strict=True):
                    of_row.setdefault(source, []).append((arc, target))
            steps.append(of_row)
        return tuple(steps)

    @property
    def count(self) -> int:
        """The number of orders, each with each distribution of its marks over the cells."""
        return int(self.completions[0].sum())

    @cached_property
    def sequences(self) -> IntArray:
        """The distinct sequences of marks, as binary digits: the first mark first, 1 a death."""
        return np.unique(self.graph.layers[-1].order)

    def deaths(self) -> Range:
        """Return the range of the number of deaths."""
        counts = np.bitwise_count(self.sequences)
        return Range(float(counts.min()), float(counts.max()))

    def by_deaths(self) -> pd.DataFrame:
        """Return a frame: deaths, sequences of marks, orders."""
        import pandas as pd

        last = self.graph.layers[-1]
        ways = from_start(self.graph)[-1]
        of_order = np.bitwise_count(last.order)
        of_sequence = np.bitwise_count(self.sequences)
        return pd.DataFrame(
            [
                {
                    "deaths": int(deaths),
                    "sequences": int((of_sequence == deaths).sum()),
                    "orders": int(ways[of_order == deaths].sum()),
                }
                for deaths in np.unique(of_sequence)
            ]
        )

    def survival(self, time: str | float) -> Range:
        """Return the range of S(time), as a fraction."""
        return ranges.survival_between(self.graph, _exact(time))

    def censored(self, time: str | float) -> Range:
        """Return the range of the number of patients censored up to a time."""
        return ranges.censored_by(self.graph, _exact(time))

    def envelope(self, times: Iterable[float]) -> pd.DataFrame:
        """Return the ranges of S(t), its limits and the number at risk; see `ranges.envelope`."""
        return ranges.envelope(self.graph, np.asarray(list(times), dtype=float))

    def restricted_mean(self, horizon: float) -> Range:
        """Return the range of the area under S(t) up to a horizon."""
        return ranges.restricted_mean(self.graph, horizon)

    def hazard(self, start: float, stop: float) -> Range:
        """Return the range of the mean hazard between two times."""
        return ranges.hazard(self.graph, start, stop)

    def contains(self, durations: FloatArray, events: BoolArray) -> bool:
        """Say whether the order of a concrete data set is among the admissible ones.

        Parameters
        ----------
        durations, events
            Shape (n,), as `secondlook.survival.kaplan_meier` takes them. Times are read as
            decimal numbers of at most six places.
        """
        return holds_order(self.graph, durations, events)


def orders(
    facts: SurvivalFacts,
    interval: IntervalType = "log",
    *,
    follow_up_interval: IntervalType | None = None,
    rounding: Rounding = "rounded",
    level: float = 0.95,
    watch: Iterable[str | float] = (),
    most_prefixes: int = 20_000_000,
) -> AdmissibleOrders:
    """Find every order of marks that reproduces every printed fact.

    Parameters
    ----------
    facts
        What is printed.
    interval, follow_up_interval
        The type of the limits of S(t), and of the reverse curve (the same if not given).
    rounding
        ``"rounded"``: numbers were rounded, ties either way; ``"either"``: or cut.
    level
        The level of confidence of all limits.
    watch
        Further times to cut the axis at, so that S(t) can be asked for exactly there.
    most_prefixes
        The most prefixes that a layer may hold.

    Returns
    -------
    AdmissibleOrders
        Empty (false) if the facts contradict each other; `contradiction` says which of them do.

    Raises
    ------
    TooManyOrders
        If the facts leave too much open.

    Notes
    -----
    Programs disagree about two rare shapes, and an order is kept if either reading prints the
    facts: a limit that falls to one half, rises and falls again (R's ``print(survfit)`` takes the
    first time, its ``quantile`` the highest value at or below one half); and a curve that ends
    level at one half (where the level begins, or its middle).

    References
    ----------
    Brookmeyer & Crowley (1982), Biometrics 38, 29-41. Schemper & Smith (1996), Control Clin Trials
    17, 343-346.
    """
    reverse = interval if follow_up_interval is None else follow_up_interval
    cuts: list[Cut] = []
    for time in watch:
        cuts += [cut_before(_exact(time)), cut_after(_exact(time))]
    problem = pose(
        facts,
        IntervalScale(interval, level),
        IntervalScale(reverse, level),
        rounding,
        tuple(cuts),
    )
    graph = search(problem, most_prefixes=most_prefixes)
    return AdmissibleOrders(facts, graph, interval, reverse, rounding, level)


def _exact(time: str | float) -> Fraction:
    if isinstance(time, str):
        return parse(time).value
    return Fraction(float(time)).limit_denominator(10**6)
