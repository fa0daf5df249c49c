"""Two curves of the same patients: overall survival, and a second outcome of some of them.

A paper prints overall survival of all its patients and, say, relapse-free survival of those in
remission. Each curve has its admissible orders; a pair of them is possible together only if one
assignment of patients fits both. A patient of the part enters it after a delay from the start of
overall survival. Without the event he leaves both curves at the same moment, so that his overall
time is the delay plus his time in the part; with it his overall time is that or longer.

    >>> from secondlook.linked import PrintedSurvival, SurvivalFacts, orders
    >>> whole = SurvivalFacts(n="3", survival=(PrintedSurvival("12", "33"),), deaths="2")
    >>> part = SurvivalFacts(n="2", survival=(PrintedSurvival("12", "50"),))
    >>> linked_orders(whole, part, Link()).pairs
    2

Matched in order of time, patients of one kind fit if any matching of theirs does. What has to hold
then is that each overall time lies in a window that follows from the cell of the time in the part.
The search runs through the orders of overall survival and asks of every mark whether it belongs to
the part, and as what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import IntArray
from secondlook.linked.link import Link, slots_of, watched
from secondlook.linked.order_set import AdmissibleOrders, orders
from secondlook.linked.order_words import Spread, SpreadOrders, order_words, spreads
from secondlook.linked.pair_search import Pairs, pair_paths
from secondlook.linked.pair_sequences import sequences
from secondlook.linked.part_median import PartMedian, part_median
from secondlook.linked.ranges import Range
from secondlook.linked.survival_facts import Rounding, SurvivalFacts
from secondlook.survival import IntervalType

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LinkedOrders", "LinkedSpread", "linked_orders"]


@dataclass(frozen=True)
class LinkedSpread:
    """One spread of the part's marks over its cells, and what goes with it.

    Attributes
    ----------
    censored, events
        The number of either kind in each cell of the part's time axis.
    part_orders
        The number of the part's orders with this spread.
    part_sequences, whole_sequences
        Sequences of marks that are possible together, as `AdmissibleOrders.sequences`: every one of
        the first with every one of the second.
    deaths_in_part, deaths_outside
        What they may be.
    """

    censored: tuple[int, ...]
    events: tuple[int, ...]
    part_orders: int
    part_sequences: IntArray = field(repr=False)
    whole_sequences: IntArray = field(repr=False)
    deaths_in_part: Range
    deaths_outside: Range


@dataclass(frozen=True, eq=False, repr=False)
class LinkedOrders:
    """Every pair of orders that one assignment of patients fits; see the module.

    Attributes
    ----------
    whole, part
        The admissible orders of either curve alone.
    link
        What was asked of the patients.
    median
        What reads the median of the part on the cells of the whole; None if a curve has no order.
    spreads
        The spreads of the part's marks that are possible.
    """

    whole: AdmissibleOrders
    part: AdmissibleOrders
    link: Link
    median: PartMedian | None
    spreads: tuple[LinkedSpread, ...]

    def __repr__(self) -> str:
        """Say how many pairs there are."""
        return f"LinkedOrders({self.pairs} pairs of sequences of marks)"

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.spreads)

    @cached_property
    def whole_sequences(self) -> IntArray:
        """The sequences of overall survival that go with some order of the part."""
        return _union(spread.whole_sequences for spread in self.spreads)

    @cached_property
    def part_sequences(self) -> IntArray:
        """The sequences of the part that go with some order of overall survival."""
        return _union(spread.part_sequences for spread in self.spreads)

    @property
    def part_orders(self) -> int:
        """The number of orders of the part that go with some order of overall survival."""
        return sum(spread.part_orders for spread in self.spreads)

    @cached_property
    def pairs(self) -> int:
        """The number of pairs of sequences that are possible together."""
        partners: defaultdict[int, list[IntArray]] = defaultdict(list)
        for spread in self.spreads:
            for sequence in spread.part_sequences.tolist():
                partners[sequence].append(spread.whole_sequences)
        return sum(len(_union(some)) for some in partners.values())

    def events(self) -> Range:
        """Return the range of the number of events in the part."""
        counts = [sum(spread.events) for spread in self.spreads]
        return Range(float(min(counts)), float(max(counts)))

    def deaths_in_part(self) -> Range:
        """Return the range of the number of deaths among the patients of the part."""
        return _hull(spread.deaths_in_part for spread in self.spreads)

    def deaths_outside(self) -> Range:
        """Return the range of the number of deaths among the other patients."""
        return _hull(spread.deaths_outside for spread in self.spreads)

    def by_spread(self) -> pd.DataFrame:
        """Return a row a spread: censored and events by cell, orders, sequences, deaths."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "censored": spread.censored,
                    "events": spread.events,
                    "part_orders": spread.part_orders,
                    "part_sequences": len(spread.part_sequences),
                    "whole_sequences": len(spread.whole_sequences),
                    "fewest_deaths_in_part": int(spread.deaths_in_part.lowest),
                    "most_deaths_in_part": int(spread.deaths_in_part.highest),
                    "fewest_deaths_outside": int(spread.deaths_outside.lowest),
                    "most_deaths_outside": int(spread.deaths_outside.highest),
                }
                for spread in self.spreads
            ]
        )


def linked_orders(
    whole: SurvivalFacts,
    part: SurvivalFacts,
    link: Link,
    interval: IntervalType = "log",
    *,
    rounding: Rounding = "rounded",
    level: float = 0.95,
) -> LinkedOrders:
    """Find every pair of orders, of all patients and of some of them, that fits the same patients.

    Parameters
    ----------
    whole
        What is printed about the overall survival of all patients.
    part
        What is printed about the second outcome of some of them; ``deaths`` are its events.
    link
        What the two have to do with each other.
    interval, rounding, level
        As in `orders`, for both curves.

    Returns
    -------
    LinkedOrders
        Without an upper bound on the delay every pair in it is possible and no other, but for the
        rare shapes named in `orders`. With a bound no possible pair is missing, but the order of
        marks within one cell of the part is not held against it: the counts are upper bounds.

    Raises
    ------
    ValueError
        If the part is larger than the whole.
    TooManyOrders
        If the facts leave too much open.
    """
    if part.patients > whole.patients:
        raise ValueError(f"a part of {part.n} patients cannot lie in a whole of {whole.n}")
    of_part = orders(part, interval, rounding=rounding, level=level)
    of_whole = orders(
        whole,
        interval,
        rounding=rounding,
        level=level,
        watch=watched(of_part.graph.problem.cells, link, rounding),
    )
    if not of_whole or not of_part:
        return LinkedOrders(of_whole, of_part, link, None, ())
    cells = of_whole.graph.problem.cells
    median = part_median(part.patients, cells, link.median, rounding)
    words = order_words(of_whole)
    possible = []
    for spread, alone in spreads(order_words(of_part)).items():
        slots = slots_of(spread, of_part.graph.problem.cells, cells, link)
        ways = pair_paths(words, median, slots, link)
        if ways is not None:
            possible.append(_linked_spread(spread, alone, ways))
    return LinkedOrders(of_whole, of_part, link, median, tuple(possible))


def _linked_spread(spread: Spread, alone: SpreadOrders, ways: Pairs) -> LinkedSpread:
    inside = ways.inside[ways.complete]
    fewest, most = ways.fewest[ways.complete] - inside, ways.most[ways.complete] - inside
    return LinkedSpread(
        tuple(censored for censored, _ in spread),
        tuple(events for _, events in spread),
        alone.orders,
        alone.sequences,
        sequences(ways),
        Range(float(inside.min()), float(inside.max())),
        Range(float(fewest.min()), float(most.max())),
    )


def _union(arrays: Iterable[IntArray]) -> IntArray:
    some = list(arrays)
    return np.unique(np.concatenate(some)) if some else np.zeros(0, dtype=np.int64)


def _hull(ranges: Iterable[Range]) -> Range:
    some = list(ranges)
    return Range(min(one.lowest for one in some), max(one.highest for one in some))
