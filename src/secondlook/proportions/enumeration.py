"""The probability of all r x c tables at most as probable as one, by a network.

A table is built column by column. A node is what remains of the row totals;
it keeps how many ways lead to it, by their weight so far. A way is finished
early when its completions are all rarer, or all more frequent, than the
observed table. Weights are whole numbers, so that equal tables tie exactly.

References
----------
Mehta & Patel (1983), J Am Stat Assoc 78, 427-434.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from secondlook.proportions.counts import IntArray

Rows = tuple[int, ...]


def probability_of_tables_as_rare(table: IntArray, tolerance: float, max_steps: int) -> float:
    """Sum the probabilities of all tables with these margins that are as rare as `table`.

    Parameters
    ----------
    table
        Shape (r, c), counts.
    tolerance
        Relative; a table more probable by no more than this is a tie.
    max_steps
        Partial tables that may be visited.

    Raises
    ------
    ValueError
        If `max_steps` does not suffice.
    """
    cells = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    # Few rows make few nodes; many columns only make a longer walk.
    if cells.shape[0] > cells.shape[1]:
        cells = cells.T
    columns = sorted((int(total) for total in cells.sum(axis=0)), reverse=True)
    network = _Network(columns, max_steps)
    start = tuple(sorted(int(total) for total in cells.sum(axis=1)))
    observed = math.prod(
        multinomial([int(cell) for cell in cells[:, column]]) for column in range(cells.shape[1])
    )
    limit = math.floor(observed * (1 + Fraction(tolerance)))
    as_rare = network.weight_up_to(start, limit)
    return float(Fraction(as_rare, multinomial(list(start))))


class _Network:
    """The tables with given column totals; a table weighs the product of its multinomials."""

    def __init__(self, columns: list[int], max_steps: int) -> None:
        self.columns = columns
        self.max_steps = max_steps
        self.steps = 0
        self.extremes: dict[tuple[int, Rows], tuple[int, int]] = {}
        self.splits: dict[tuple[int, Rows], list[tuple[int, Rows, int]]] = {}

    def weight_up_to(self, start: Rows, limit: int) -> int:
        """Return the total weight of all tables that weigh at most `limit`."""
        within = 0
        level: dict[Rows, dict[int, int]] = {start: {1: 1}}
        for stage in range(len(self.columns)):
            following: dict[Rows, dict[int, int]] = defaultdict(lambda: defaultdict(int))
            for rows, ways in level.items():
                lightest, heaviest = self._extremes(stage, rows)
                completions = multinomial(list(rows))
                undecided: dict[int, int] = {}
                for weight, count in ways.items():
                    if weight * heaviest <= limit:
                        within += count * weight * completions
                    elif weight * lightest <= limit:
                        undecided[weight] = count
                if undecided:
                    for multiplicity, remaining, factor in self._splits(stage, rows):
                        self._spend(len(undecided))
                        target = following[remaining]
                        for weight, count in undecided.items():
                            target[weight * factor] += count * multiplicity
            level = following
        return within

    def _extremes(self, stage: int, rows: Rows) -> tuple[int, int]:
        """Return the least and the greatest weight of what can still be filled in."""
        if stage == len(self.columns):
            return 1, 1
        key = (stage, rows)
        if key not in self.extremes:
            least: int | None = None
            greatest = 0
            for _, remaining, factor in self._splits(stage, rows):
                low, high = self._extremes(stage + 1, remaining)
                least = factor * low if least is None else min(least, factor * low)
                greatest = max(greatest, factor * high)
            assert least is not None
            self.extremes[key] = (least, greatest)
        return self.extremes[key]

    def _splits(self, stage: int, rows: Rows) -> list[tuple[int, Rows, int]]:
        """Return the ways to fill a column, those of equal consequence counted once."""
        key = (stage, rows)
        if key not in self.splits:
            counted: dict[tuple[Rows, int], int] = defaultdict(int)
            for column in _fillings(self.columns[stage], rows):
                self._spend(1)
                remaining = tuple(sorted(r - c for r, c in zip(rows, column, strict=True)))
                counted[remaining, multinomial(column)] += 1
            self.splits[key] = [(times, r, w) for (r, w), times in counted.items()]
        return self.splits[key]

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.max_steps:
            raise ValueError(
                f"This table is too large for an exact test in {self.max_steps:,} steps. Merge "
                "categories, or raise max_steps; no approximation is made in its place."
            )


def _fillings(total: int, rows: Rows) -> Iterator[list[int]]:
    """Yield every way to spread `total` over rows that hold at most `rows`."""
    if len(rows) == 1:
        if total <= rows[0]:
            yield [total]
        return
    room_after = sum(rows[1:])
    for first in range(max(0, total - room_after), min(total, rows[0]) + 1):
        for rest in _fillings(total - first, rows[1:]):
            yield [first, *rest]


def multinomial(parts: Iterable[int]) -> int:
    """Return the number of ways to deal patients into groups of these sizes."""
    result, placed = 1, 0
    for part in parts:
        placed += part
        result *= math.comb(placed, part)
    return result
