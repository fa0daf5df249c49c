"""Fisher's exact test for any table of counts, with the odds ratio of a 2 x 2.

Both margins are held fixed. The p value is the probability, under no
association, of all tables at most as probable as the one observed.

A 2 x 2 table is one cell, whose distribution is Fisher's noncentral hypergeometric one at any odds
ratio psi: P(x) is proportional to C(n1, x) C(n2, m - x) psi^x. A larger table is built column by
column, by a network: a node is what remains of the row totals; it keeps the probability of the ways
that lead to it, equal ones together. A way is finished early when all its completions are as rare
as the observed table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

import numpy as np
import scipy
from numpy.typing import ArrayLike

from secondlook import inputs
from secondlook.inputs import FloatArray, IntArray
from secondlook.proportions.one_proportion import TIE_TOLERANCE, Alternative

MOST_CELLS = 2_000_000
"""Values of the first cell of a 2 x 2 table that are gone through in a tenth of a second."""

MOST_PATIENTS = 5_000
"""Of a larger table than 2 x 2: beyond, the chances of its rows alone take long."""

SAME, TINY = 1e-9, 1e-9
"""Ways to a node whose logarithms are less apart are one. Less than a cell is expected to hold."""

FEW = 16
"""Limits for which one pass each over the ways to fill two columns is faster than to sort these."""

TOO_LARGE = (
    "this table is too large for an exact test {}; merge categories, raise max_steps, or use "
    "pearson; no approximation is made unasked"
)


@dataclass(frozen=True)
class FisherExact:
    """The test and, for a 2 x 2 table, the conditional odds ratio.

    The odds ratio is that of the first column, row 0 over row 1: `odds_ratio` is its conditional
    maximum likelihood estimate, which differs from the ratio of cross products, `lower` and `upper`
    its limits at `level`. They are computed when they are read; nan for larger tables, which have
    no single odds ratio, and (the estimate) if a margin is 0.
    """

    p_value: float
    alternative: Alternative
    level: float
    table: tuple[tuple[int, ...], ...] = field(repr=False)

    @cached_property
    def odds_ratio(self) -> float:
        """The conditional maximum likelihood estimate."""
        cell = self._cell
        return math.nan if cell is None else cell.odds_ratio(self.table[0][0])

    @cached_property
    def lower(self) -> float:
        """The lower limit; 0 if the alternative is `less`."""
        cell = self._cell
        if cell is None or self.alternative == "less":
            return math.nan if cell is None else 0.0
        return cell.lower_odds_ratio(self.table[0][0], self._alpha)

    @cached_property
    def upper(self) -> float:
        """The upper limit; infinite if the alternative is `greater`."""
        cell = self._cell
        if cell is None or self.alternative == "greater":
            return math.nan if cell is None else math.inf
        return cell.upper_odds_ratio(self.table[0][0], self._alpha)

    @property
    def _cell(self) -> Hypergeometric | None:
        cells = np.array(self.table)
        return Hypergeometric.of(cells) if cells.shape == (2, 2) else None

    @property
    def _alpha(self) -> float:
        return (1.0 - self.level) / (2.0 if self.alternative == "two-sided" else 1.0)


def fisher_exact(
    table: ArrayLike,
    *,
    alternative: Alternative = "two-sided",
    level: float = 0.95,
    max_steps: int = 3_000_000,
) -> FisherExact:
    """Return Fisher's exact test of association in a table of counts.

    Tables whose probability exceeds the observed one by no more than a
    relative 1e-7 count as ties, as in R (which takes 3.5e-7 for tables larger
    than 2 x 2). Nothing is simulated or approximated.

    Parameters
    ----------
    table
        Shape (r, c), whole numbers; rows are groups, columns are outcomes.
        Rows and columns that are all 0 do not change the result.
    alternative
        For 2 x 2 only: ``greater`` tests an odds ratio above 1.
    level
        Confidence level of the odds ratio's interval, which inverts one-sided
        tests (each alpha/2 if two-sided). It can therefore hold 1 while the
        two-sided p is below 1 - level.
    max_steps
        The work allowed for an r x c table, in visited partial tables; some millions a second (and
        100 MB each million), so that a table that is too large is refused within seconds.

    References
    ----------
    Fisher (1935), J R Stat Soc 98, 39-82.
    Mehta & Patel (1983), J Am Stat Assoc 78, 427-434.
    Cornfield (1956), Proc Third Berkeley Symp 4, 135-148.

    Examples
    --------
    Eight of nine against five of fifteen:

    >>> test = fisher_exact([[8, 1], [5, 10]])
    >>> print(f"{test.p_value:.4f}  {test.odds_ratio:.1f} ({test.lower:.1f} to {test.upper:.0f})")
    0.0131  14.1 (1.3 to 779)
    """
    cells = inputs.contingency_table(table)
    level = inputs.probability(level, "level")
    inputs.whole_number(max_steps, "max_steps")
    alternative = inputs.choice(alternative, "alternative", get_args(Alternative))
    kept = tuple(tuple(row) for row in cells.tolist())
    if cells.shape == (2, 2):
        return FisherExact(_two_by_two(cells, alternative), alternative, level, kept)
    if alternative != "two-sided":
        raise ValueError(
            f"alternative is {alternative!r}, but a table of shape {cells.shape} has no direction; "
            "use two-sided, or trend_test if the groups are ordered"
        )
    p_value = probability_of_tables_as_rare(cells, TIE_TOLERANCE, max_steps)
    return FisherExact(p_value, alternative, level, kept)


def _two_by_two(cells: IntArray, alternative: Alternative) -> float:
    cell, observed = Hypergeometric.of(cells), int(cells[0, 0])
    if alternative == "less":
        return cell.at_most(observed)
    if alternative == "greater":
        return cell.at_least(observed)
    masses = cell.masses()
    limit = masses[cell.support == observed] * (1.0 + TIE_TOLERANCE)
    return min(1.0, float(np.sum(masses[masses <= limit])))


@dataclass(frozen=True)
class Hypergeometric:
    """The first cell, given the two row totals and the first column's total."""

    first_row: int
    second_row: int
    first_column: int

    @classmethod
    def of(cls, cells: IntArray) -> Hypergeometric:
        """Return the cell of a 2 x 2 table, refusing margins that leave it too many values."""
        first_row, second_row = (int(total) for total in cells.sum(axis=1))
        cell = cls(first_row, second_row, int(cells[:, 0].sum()))
        values = 1 + min(first_row, cell.first_column) - max(0, cell.first_column - second_row)
        if values > MOST_CELLS:
            raise ValueError(
                f"the margins of this table allow {values:,} tables, more than {MOST_CELLS:,}, too "
                "many for an exact test; use pearson, which is as good there"
            )
        return cell

    @property
    def support(self) -> IntArray:
        """The possible first cells, ascending."""
        lowest = max(0, self.first_column - self.second_row)
        highest = min(self.first_column, self.first_row)
        return np.arange(lowest, highest + 1)

    def masses(self, log_odds_ratio: float = 0.0) -> FloatArray:
        """Return P(X = x) over the support, at the given log odds ratio."""
        x = self.support[:-1].astype(np.float64)
        # Ratios of neighbours: no factorial, hence no overflow in large tables.
        ratios = (
            np.log(self.first_row - x)
            + np.log(self.first_column - x)
            - np.log(x + 1.0)
            - np.log(self.second_row - self.first_column + x + 1.0)
        )
        log_weights = np.concatenate([[0.0], np.cumsum(ratios + log_odds_ratio)])
        weights = np.exp(log_weights - log_weights.max())
        masses: FloatArray = weights / weights.sum()
        return masses

    def at_most(self, observed: int, log_odds_ratio: float = 0.0) -> float:
        """Return P(X <= observed)."""
        return float(self.masses(log_odds_ratio)[self.support <= observed].sum())

    def at_least(self, observed: int, log_odds_ratio: float = 0.0) -> float:
        """Return P(X >= observed)."""
        return float(self.masses(log_odds_ratio)[self.support >= observed].sum())

    def odds_ratio(self, observed: int) -> float:
        """Return the conditional maximum likelihood estimate.

        It makes the expected cell equal to the observed one: 0 or infinity at
        an end of the support, nan if the margins allow one table only.
        """
        support = self.support
        if support.size == 1:
            return math.nan
        if observed in (support[0], support[-1]):
            return 0.0 if observed == support[0] else math.inf
        return _solve(lambda beta: float(self.masses(beta) @ support) - observed)

    def lower_odds_ratio(self, observed: int, alpha: float, part: float = 1.0) -> float:
        """Return the odds ratio at which P(X > observed) + `part` P(observed) is `alpha`, or 0."""
        if observed == self.support[0]:
            return 0.0
        x, shares = self.support, np.where(self.support == observed, part, 1.0)
        return _solve(lambda beta: float(shares @ (self.masses(beta) * (x >= observed))) - alpha)

    def upper_odds_ratio(self, observed: int, alpha: float, part: float = 1.0) -> float:
        """Return the odds ratio at which P(X < observed) + `part` P(observed) is `alpha`."""
        turned = Hypergeometric(self.second_row, self.first_row, self.first_column)
        lower = turned.lower_odds_ratio(self.first_column - observed, alpha, part)
        return 1.0 / lower if lower else math.inf


def _solve(increasing: Callable[[float], float]) -> float:
    """Return exp of the root of a function that increases from below 0 to above it."""
    reach = 1.0
    while increasing(-reach) > 0.0 or increasing(reach) < 0.0:
        reach *= 2.0
        if reach > 1e4:
            raise ArithmeticError(f"No log odds ratio within {reach} of 0 fits the table.")
    return math.exp(scipy.optimize.brentq(increasing, -reach, reach, xtol=1e-14, rtol=8.9e-16))


def probability_of_tables_as_rare(table: IntArray, tolerance: float, max_steps: int) -> float:
    """Sum the probabilities of all tables with these margins that are as rare as `table`.

    A table more probable by no more than the relative `tolerance` is a tie; more than `max_steps`
    partial tables are refused.
    """
    cells = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if cells.sum() > MOST_PATIENTS:
        raise ValueError(TOO_LARGE.format(f"of {MOST_PATIENTS:,} patients or more"))
    # Few rows make few nodes; many columns only make a longer walk.
    if cells.shape[0] > cells.shape[1]:
        cells = cells.T
    if len(cells) == 1:
        return 1.0
    cells = cells[:, np.argsort(cells.sum(axis=0), kind="stable")]
    return _Network(cells.sum(axis=0), max_steps).as_rare_as(cells, tolerance)


class _Network:
    """The tables with given column totals, the small ones first.

    A node is what remains of the row totals, in ascending order. Of the ways to it that are equally
    probable, `one` is the logarithm of the probability of one, which may be too small for a float,
    `together` the probability of all.
    """

    def __init__(self, columns: IntArray, max_steps: int) -> None:
        self.columns = columns
        self.max_steps, self.steps = max_steps, 0
        self.vectors: dict[tuple[int, int], FloatArray] = {}
        # With more digits than a float has: their sums keep all of its digits.
        whole = np.arange(1, columns.sum() + 1, dtype=np.longdouble)
        self.log_factorials = np.concatenate(([0], np.cumsum(np.log(whole))))

    def as_rare_as(self, cells: IntArray, tolerance: float) -> float:
        """Return the probability of all tables at most as probable as this one, ties included."""
        rows, limit, last = cells.sum(axis=1), math.log1p(tolerance), len(self.columns) - 2
        nodes, one, together, within = np.sort(rows)[None], np.zeros(1), np.ones(1), 0.0
        for stage, column in enumerate(cells.T[:-1]):
            for room, count in zip(rows.tolist(), column.tolist(), strict=True):
                limit += self.vector(stage, room)[count]
            limit -= self.given(stage)
            rows = rows - column
        for stage in range(last + 1):
            begins = _begins(nodes)
            ways = np.diff([*begins, len(nodes)])
            rare = one + np.repeat(self.heaviest(stage, nodes[begins]), ways) <= limit
            within += float(together[rare].sum())
            nodes, one, together = nodes[~rare], one[~rare], together[~rare]
            if stage < last and len(nodes):
                nodes, one, together = self.filled(stage, nodes, one, together)
        begins = _begins(nodes)
        for begin, end in zip(begins, [*begins[1:], len(nodes)], strict=False):
            of_all = self.last_two(nodes[begin].tolist(), limit - one[begin:end])
            within += float(together[begin:end] @ of_all)
        return min(1.0, within)

    def vector(self, stage: int, room: int) -> FloatArray:
        """Return the logarithm of the binomial chance of each count of a row in a column.

        The product over the rows, given the total of the column, is the chance to fill it so.
        """
        if (stage, room) not in self.vectors:
            total, share = self.columns[stage], self.columns[stage] / self.columns[stage:].sum()
            logs, x = self.log_factorials, np.arange(min(room, total) + 1)
            ways = logs[room] - logs[x] - logs[room - x]
            chances = ways + x * math.log(share) + (room - x) * math.log1p(-share)
            self.vectors[stage, room] = chances.astype(np.float64)
        return self.vectors[stage, room]

    def given(self, stage: int) -> float:
        """Return the same of the total of a column."""
        return float(self.vector(stage, int(self.columns[stage:].sum()))[-1])

    def heaviest(self, stage: int, nodes: IntArray) -> FloatArray:
        """Return the logarithm of what no way to fill what is left is more probable than.

        As the sum of x log(expected) is that of all tables, log(x!) less it is least in each cell
        on its own, where x is what is expected, rounded down.
        """
        logs, columns = self.log_factorials.astype(np.float64), self.columns[stage:]
        expected = nodes[:, :, None] * (columns / columns.sum())
        whole = expected.astype(np.int64)
        least = logs[whole] + (expected - whole) * np.log(np.maximum(expected, TINY))
        margins = logs[nodes].sum(axis=1) + logs[columns].sum() - logs[columns.sum()]
        found: FloatArray = margins - least.sum(axis=(1, 2)) + SAME
        return found

    def filled(
        self, stage: int, nodes: IntArray, one: FloatArray, together: FloatArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        """Return the nodes after a column is filled in all ways, equal ones merged."""
        rooms = np.unique(nodes)
        vectors = [self.vector(stage, room) for room in rooms.tolist()]
        starts = np.zeros(rooms[-1] + 1, dtype=np.int64)
        starts[rooms] = np.cumsum([0, *map(len, vectors)])[:-1]
        chances, filled = np.concatenate(vectors), list[IntArray]()
        way, chance = np.arange(len(nodes)), np.full(len(nodes), -self.given(stage))
        left, others = np.full(len(nodes), self.columns[stage]), nodes.sum(axis=1)
        for row in nodes.T:
            others = others - row
            room = row[way]
            least = np.maximum(0, left - others[way])
            count = np.minimum(left, room) - least + 1
            ends = count.cumsum()
            self.spend(int(ends[-1]) - len(way))
            again = np.repeat(np.arange(len(way)), count)
            x = np.arange(len(again)) + (least - ends + count)[again]
            chance = chance[again] + chances[starts[room][again] + x]
            filled = [each[again] for each in filled]
            filled.append((room[again] - x).astype(np.int32))
            way, left = way[again], left[again] - x
        nodes = np.sort(np.column_stack(filled), axis=1)
        one, together = one[way] + chance, together[way] * np.exp(chance)
        order = np.lexsort((one, *nodes.T[1:]))
        nodes, one = nodes[order], one[order]
        new = np.diff(one, prepend=0) > SAME
        new[_begins(nodes)] = True
        first = np.flatnonzero(new)
        return nodes[first], one[first], np.add.reduceat(together[order], first)

    def last_two(self, rows: list[int], limits: FloatArray) -> FloatArray:
        """Return the chance that the last two columns are filled in a way within each limit."""
        stage, total = len(self.columns) - 2, int(self.columns[-2])
        *few, one, last = (np.exp(self.vector(stage, room)) for room in rows)
        chance, left = np.exp([-self.given(stage)]), np.array([total])
        limits = np.exp(np.minimum(limits, 1.0))  # of chances
        for vector in few:
            chance = np.multiply.outer(chance, vector).ravel()
            left = np.subtract.outer(left, np.arange(len(vector))).ravel()
        self.spend(1 + len(chance) * len(one) // 100)
        chance, left = chance[left >= 0], left[left >= 0]
        # One row a way to fill the first rows; x of the row before the last leave `left` - x.
        padded = np.zeros(total + 2 * len(one))
        padded[total - np.arange(len(last))] = last
        rest = np.lib.stride_tricks.sliding_window_view(padded, len(one))[total - left]
        weights = (rest * one * chance[:, None]).ravel()
        if len(limits) < FEW:
            return np.array([weights[weights <= limit].sum() for limit in limits])
        weights.sort()
        sums = np.concatenate(([0.0], np.cumsum(weights)))
        return sums[np.searchsorted(weights, limits, side="right")]

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.max_steps:
            raise ValueError(TOO_LARGE.format(f"in {self.max_steps:,} steps"))


def _begins(nodes: IntArray) -> IntArray:
    """Return where in sorted nodes each begins."""
    return np.flatnonzero(np.diff(nodes, axis=0, prepend=-1).any(axis=1))
