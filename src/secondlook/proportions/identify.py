"""Recognise the test behind a printed p value.

Papers often leave the test unnamed. Whether *some* usual test prints the
value decides if the value holds; which one, only if no other does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy
from numpy.typing import ArrayLike

from secondlook.inputs import IntArray, contingency_table, flag
from secondlook.printed import verdict
from secondlook.proportions import large_sample
from secondlook.proportions.fisher import Hypergeometric, fisher_exact
from secondlook.proportions.one_proportion import TIE_TOLERANCE
from secondlook.proportions.ranks import kruskal_wallis, midranks
from secondlook.proportions.trend import trend_test
from secondlook.proportions.unconditional import barnard, boschloo

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[str, int, bool, float]
_STEPS = 300_000
"""Of an exact test of a larger table: some tenths of a second, because many tables are tried."""


class UsualTest(NamedTuple):
    """A row of `identify_test`."""

    test: str
    sides: int
    exact: bool
    p_value: float
    verdict: str


def identify_test(table: ArrayLike, printed: str, *, ordered: bool = False) -> pd.DataFrame:
    """Return the usual tests of a table of counts, and whether each prints a p value.

    Parameters
    ----------
    table
        Shape (r, c); rows are groups (their sizes are fixed for Barnard and
        Boschloo), columns are outcomes.
    printed
        The p value's text, e.g. ``"0.008"`` or ``"<0.001"``.
    ordered
        Whether the columns are in an order, or the rows if there are two columns: beside the tests
        of any table then those of Mann and Whitney (of more groups Kruskal and Wallis) and of
        Cochran and Armitage.

    Returns
    -------
    DataFrame
        One row a test: ``test``, ``sides`` (1 or 2), ``exact``, ``p_value``,
        ``verdict`` (``reproduced``, ``truncated`` or ``differs``;
        ``undefined`` where the table has no such p value, e.g. a Wald test
        with an empty cell). More than 2 x 2 has Fisher, Pearson and the
        likelihood ratio only, if not ordered.

    Examples
    --------
    >>> tests = identify_test([[8, 1], [5, 10]], "0.008")
    >>> tests.loc[tests.verdict == "reproduced", "test"].tolist()
    ['Mid-p Fisher', 'Pearson chi-square']
    """
    import pandas as pd

    return pd.DataFrame(usual_tests(table, printed, ordered=flag(ordered, "ordered")))


def usual_tests(
    table: ArrayLike, printed: str, *, unconditional: bool = True, ordered: bool = False
) -> list[UsualTest]:
    """Return the rows of `identify_test`, without a frame.

    The `unconditional` tests of two groups, Barnard's and Boschloo's, cost most of the time.
    """
    cells = contingency_table(table)
    two_by_two = cells.shape == (2, 2)
    rows = _of_two_by_two(cells, unconditional) if two_by_two else _of_larger(cells)
    rows += _of_ordered(cells) if ordered and not two_by_two else []
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


def _of_ordered(cells: IntArray) -> list[Row]:
    if 2 not in cells.shape:
        return [("Kruskal-Wallis", 2, False, kruskal_wallis(cells).p_value)]
    x, n = (cells if len(cells) == 2 else cells.T)[0], cells.sum(axis=int(len(cells) != 2))
    known, patients, rows = n > 0, int(n.sum()), list[Row]()
    scores = {"Mann-Whitney": midranks(n), "Cochran-Armitage": np.arange(1.0, len(n) + 1)}
    if known.sum() < 2:
        return rows

    def of(name: str, z: float) -> list[Row]:
        p = 2 * float(scipy.special.ndtr(-abs(z)))
        return [(name, 2, False, p), (name, 1, False, p / 2)]

    for name, of_levels in scores.items():
        of_all = partial(trend_test, x[known], n[known], of_levels[known])
        z, less, greater, both = of_all(exact=False).z, math.nan, math.nan, math.nan
        with suppress(ValueError):  # too large
            exact = of_all()
            less, greater, both = exact.exact_less, exact.exact_greater, exact.exact_p_value
        given_margins = z * math.sqrt(1 - 1 / patients)
        if name == "Mann-Whitney":
            apart = abs(float(x @ of_levels) - x.sum() * (patients + 1) / 2)
            rows += of(name, given_margins)
            rows += of(f"{name}, corrected", given_margins * (1 - 0.5 / apart if apart else 1))
        else:
            rows += [*of(name, z), *of("Linear-by-linear association", given_margins)[:1]]
        rows += [(f"{name}, exact", 2, True, both), (f"{name}, exact", 1, True, min(less, greater))]
    return rows


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
