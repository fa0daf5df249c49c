"""Fisher's exact test for any table of counts, with the odds ratio of a 2 x 2.

Both margins are held fixed. The p value is the probability, under no
association, of all tables at most as probable as the one observed.

A 2 x 2 table is one cell, whose distribution is Fisher's noncentral hypergeometric one at any odds
ratio psi: P(x) is proportional to C(n1, x) C(n2, m - x) psi^x. A larger table is built column by
column, by a network: a node is what remains of the row totals; it keeps how many ways lead to it,
by their weight so far. A way is finished early when its completions are all rarer, or all more
frequent, than the observed table. Weights are whole numbers, so that equal tables tie exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
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
"""Of a larger table than 2 x 2: beyond, a multinomial coefficient alone takes long."""

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
    relative 1e-7 count as ties, as in R. Larger tables are enumerated in
    whole numbers, so that a tie is a tie; nothing is simulated or
    approximated.

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
        The work allowed for an r x c table, in visited partial tables; a million
        or two a second, so that a table that is too large is refused within some seconds.

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

    def lower_odds_ratio(self, observed: int, alpha: float) -> float:
        """Return the odds ratio at which P(X >= observed) is `alpha`; 0 if there is none."""
        if observed == self.support[0]:
            return 0.0
        return _solve(lambda beta: self.at_least(observed, beta) - alpha)

    def upper_odds_ratio(self, observed: int, alpha: float) -> float:
        """Return the odds ratio at which P(X <= observed) is `alpha`; infinite if there is none."""
        if observed == self.support[-1]:
            return math.inf
        return _solve(lambda beta: alpha - self.at_most(observed, beta))


def _solve(increasing: Callable[[float], float]) -> float:
    """Return exp of the root of a function that increases from below 0 to above it."""
    reach = 1.0
    while increasing(-reach) > 0.0 or increasing(reach) < 0.0:
        reach *= 2.0
        if reach > 1e4:
            raise ArithmeticError(f"No log odds ratio within {reach} of 0 fits the table.")
    return math.exp(scipy.optimize.brentq(increasing, -reach, reach, xtol=1e-14, rtol=8.9e-16))


Rows = tuple[int, ...]


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
    columns = sorted(cells.sum(axis=0).tolist(), reverse=True)
    network = _Network(columns, max_steps)
    start = tuple(sorted(cells.sum(axis=1).tolist()))
    observed = math.prod(map(multinomial, cells.T.tolist()))
    limit = math.floor(observed * (1 + Fraction(tolerance)))
    as_rare = network.weight_up_to(start, limit)
    return float(Fraction(as_rare, multinomial(start)))


class _Network:
    """The tables with given column totals; a table weighs the product of its multinomials."""

    def __init__(self, columns: list[int], max_steps: int) -> None:
        self.columns = columns
        # Whole numbers of more patients have more digits to multiply.
        self.digits = 1 + sum(columns) // 150
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
                completions = multinomial(rows)
                undecided: dict[int, int] = {}
                for weight, count in ways.items():
                    if weight * heaviest <= limit:
                        within += count * weight * completions
                    elif weight * lightest <= limit:
                        undecided[weight] = count
                if undecided:
                    for multiplicity, remaining, factor in self._splits(stage, rows):
                        self._spend(len(undecided) * self.digits)
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
            ends = [
                factor * end
                for _, remaining, factor in self._splits(stage, rows)
                for end in self._extremes(stage + 1, remaining)
            ]
            self.extremes[key] = min(ends), max(ends)
        return self.extremes[key]

    def _splits(self, stage: int, rows: Rows) -> list[tuple[int, Rows, int]]:
        """Return the ways to fill a column, those of equal consequence counted once."""
        key = (stage, rows)
        if key not in self.splits:
            # Refused before it is begun, not after a minute.
            self._spend((2 + len(rows)) * count_fillings(self.columns[stage], rows))
            counted: dict[tuple[Rows, int], int] = defaultdict(int)
            for column in fillings(self.columns[stage], rows):
                remaining = tuple(sorted(r - c for r, c in zip(rows, column, strict=True)))
                counted[remaining, multinomial(column)] += 1
            self.splits[key] = [(times, r, w) for (r, w), times in counted.items()]
        return self.splits[key]

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.max_steps:
            raise ValueError(TOO_LARGE.format(f"in {self.max_steps:,} steps"))


def fillings(total: int, rows: Rows) -> Iterator[list[int]]:
    """Yield every way to spread `total` over rows that hold at most `rows`."""
    if len(rows) == 1:
        if total <= rows[0]:
            yield [total]
        return
    room_after = sum(rows[1:])
    for first in range(max(0, total - room_after), min(total, rows[0]) + 1):
        for rest in fillings(total - first, rows[1:]):
            yield [first, *rest]


def count_fillings(total: int, rows: Rows) -> int:
    """Return in how many ways `total` can be spread over rows that hold at most `rows`."""
    ways = np.zeros(total + 1)
    ways[0] = 1.0
    for room in rows:
        so_far = np.cumsum(ways)
        ways = so_far.copy()
        ways[room + 1 :] -= so_far[: max(0, total - room)]
    return int(min(ways[total], 1e15))


def multinomial(parts: Iterable[int]) -> int:
    """Return the number of ways to deal patients into groups of these sizes."""
    result, placed = 1, 0
    for part in parts:
        placed += part
        result *= _ways(placed, part)
    return result


_ways = lru_cache(maxsize=1 << 17)(math.comb)
"""The same few are asked for at each partial table."""
