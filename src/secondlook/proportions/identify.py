"""Recognise the test behind a printed p value.

Papers often leave the test unnamed. Whether *some* usual test prints the
value decides if the value holds; which one, only if no other does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs import IntArray, contingency_table
from secondlook.printed import verdict
from secondlook.proportions import large_sample
from secondlook.proportions.fisher import Hypergeometric, fisher_exact
from secondlook.proportions.one_proportion import TIE_TOLERANCE
from secondlook.proportions.unconditional import barnard, boschloo

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[str, int, bool, float]
_STEPS = 300_000
"""Of an exact test of a larger table: about a second, because many tables are tried."""


class UsualTest(NamedTuple):
    """A row of `identify_test`."""

    test: str
    sides: int
    exact: bool
    p_value: float
    verdict: str


def identify_test(table: ArrayLike, printed: str) -> pd.DataFrame:
    """Return the usual tests of a table of counts, and whether each prints a p value.

    Parameters
    ----------
    table
        Shape (r, c); rows are groups (their sizes are fixed for Barnard and
        Boschloo), columns are outcomes.
    printed
        The p value's text, e.g. ``"0.008"`` or ``"<0.001"``.

    Returns
    -------
    DataFrame
        One row a test: ``test``, ``sides`` (1 or 2), ``exact``, ``p_value``,
        ``verdict`` (``reproduced``, ``truncated`` or ``differs``;
        ``undefined`` where the table has no such p value, e.g. a Wald test
        with an empty cell). More than 2 x 2 has Fisher, Pearson and the
        likelihood ratio only.

    Examples
    --------
    >>> tests = identify_test([[8, 1], [5, 10]], "0.008")
    >>> tests.loc[tests.verdict == "reproduced", "test"].tolist()
    ['Mid-p Fisher', 'Pearson chi-square']
    """
    import pandas as pd

    return pd.DataFrame(usual_tests(table, printed))


def usual_tests(table: ArrayLike, printed: str, *, unconditional: bool = True) -> list[UsualTest]:
    """Return the rows of `identify_test`, without a frame.

    The `unconditional` tests of two groups, Barnard's and Boschloo's, cost most of the time.
    """
    cells = contingency_table(table)
    two_by_two = cells.shape == (2, 2)
    rows = _of_two_by_two(cells, unconditional) if two_by_two else _of_larger(cells)
    return [
        UsualTest(*row, "undefined" if math.isnan(row[-1]) else verdict(printed, row[-1]))
        for row in rows
    ]


def _of_larger(cells: IntArray) -> list[Row]:
    return [
        ("Fisher", 2, True, _or_nan(lambda t: fisher_exact(t, max_steps=_STEPS).p_value, cells)),
        ("Pearson chi-square", 2, False, large_sample.pearson(cells).p_value),
        ("Likelihood ratio (G)", 2, False, large_sample.likelihood_ratio(cells).p_value),
    ]


def _of_two_by_two(cells: IntArray, unconditional: bool) -> list[Row]:
    less, equal, greater, rarer, tied = _tails(cells)
    one_sided = min(less, greater) + equal
    one_mid = min(less, greater) + equal / 2.0
    pearson, unpooled = large_sample.pearson(cells), large_sample.z_unpooled(cells)
    return [
        ("Fisher", 2, True, min(1.0, rarer + tied)),
        ("Fisher, one-sided p doubled", 2, True, min(1.0, 2.0 * one_sided)),
        ("Fisher", 1, True, min(1.0, one_sided)),
        ("Mid-p Fisher", 2, True, rarer + tied / 2.0),
        ("Mid-p Fisher, one-sided p doubled", 2, True, min(1.0, 2.0 * one_mid)),
        ("Mid-p Fisher", 1, True, one_mid),
        *(_unconditional(cells) if unconditional else ()),
        ("Pearson chi-square", 2, False, pearson.p_value),
        ("Pearson chi-square", 1, False, pearson.p_value / 2.0),
        ("Chi-square times (N - 1)/N", 2, False, large_sample.n_minus_one(cells).p_value),
        ("Yates chi-square", 2, False, large_sample.yates(cells).p_value),
        ("Likelihood ratio (G)", 2, False, large_sample.likelihood_ratio(cells).p_value),
        ("z, unpooled variance", 2, False, unpooled.p_value),
        ("z, unpooled variance", 1, False, unpooled.p_value / 2.0),
        ("Wald, log odds ratio", 2, False, large_sample.wald_log_odds_ratio(cells).p_value),
    ]  # fmt: skip


def _unconditional(cells: IntArray) -> list[Row]:
    return [
        ("Barnard, pooled variance", 2, True, _or_nan(barnard, cells)),
        ("Barnard, unpooled variance", 2, True, _or_nan(barnard, cells, variance="unpooled")),
        ("Boschloo", 2, True, _or_nan(boschloo, cells)),
        ("Boschloo, one-sided p doubled", 2, True, _or_nan(boschloo, cells, statistic="doubled")),
    ]


def _tails(cells: IntArray) -> tuple[float, float, float, float, float]:
    """Return P(less), P(equal), P(greater), P(rarer), P(as rare), given both margins."""
    distribution = Hypergeometric.of(cells)
    masses, support = distribution.masses(), distribution.support
    observed = masses[support == cells[0, 0]][0]
    tied = np.abs(masses - observed) <= TIE_TOLERANCE * observed
    return (
        float(masses[support < cells[0, 0]].sum()),
        float(observed),
        float(masses[support > cells[0, 0]].sum()),
        float(masses[(masses < observed) & ~tied].sum()),
        float(masses[tied].sum()),
    )


def _or_nan(p_value: Callable[..., float], cells: IntArray, **options: object) -> float:
    """Return nan where the exact test refuses the table: too large, or an empty group."""
    try:
        return p_value(cells, **options)
    except ValueError:
        return math.nan
