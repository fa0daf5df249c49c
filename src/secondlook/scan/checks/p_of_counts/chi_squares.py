"""A chi-square that stands beside counts and their P, against these counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from secondlook import printed as numbers
from secondlook.proportions import likelihood_ratio, pearson, yates
from secondlook.scan.checks.p_of_counts.contingency import Case
from secondlook.scan.checks.statistics.statistic_columns import CELL, kinds_of
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout

NEAR = 0.05
"""How far a chi-square may lie from those of its counts, for a continuity of its own."""


def check_chi_squares(layout: Layout, same: Sequence[Case]) -> list[Finding]:
    """Ask for a chi-square that the counts of its P do not give, where those of most others do."""
    follow, asked = 0, []
    for case in same:
        columns = (case.column - 1, case.column + 1, case.column - 2)
        c = next((c for c in columns if 0 < c < layout.width and kinds_of(layout, c)), 0)
        match = CELL.match(layout.grid[case.row][c].line) if c else None
        if match is None or not {"chi2", ""} & set(kinds_of(layout, c)):
            continue
        tests = [pearson, likelihood_ratio, *([yates] if np.shape(case.table) == (2, 2) else [])]
        values = [test(case.table).statistic for test in tests]
        if len(kinds_of(layout, c)) > 1:  # "χ2 or t", which is its root
            values += [math.sqrt(value) for value in values]
        number = numbers.parse(match["value"])
        off = [abs(value - float(number.value)) for value in values]
        parts = [each / max(value, 1e-9) for each, value in zip(off, values, strict=True)]
        if min(off) <= 2 * float(number.unit) or min(parts) <= NEAR:
            follow += 1
        elif case.binary or case.exact:  # what a bound is of, its counts do not show
            asked.append(layout.finding(
                "statistic", "question", case.row, c, match["value"],
                " | ".join(", ".join(map(str, row)) for row in case.table),
                f"χ2 {values[0]:.4g}", "the counts give another chi-square; of other counts?", 1,
            ))  # fmt: skip
    return asked if follow >= max(2, len(asked) // 2) else []
