"""Response against risk, prior lines and CD33: exact tests on 21 patients (Table 4)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from papers.kucukciler_2021.data import RISKS, cohort
from secondlook.proportions import fisher_exact, rank_sum, trend_test

LINES = ("1 line", "2 lines", "3 or 4 lines")


def response_by_risk() -> pd.DataFrame:
    """Count responders by cytogenetic risk: group, responders, others, n."""
    return _counts(cohort()["cytogenetic_risk"], RISKS)


def response_by_lines() -> pd.DataFrame:
    """Count responders by prior lines (as the column is read): group, responders, others, n."""
    groups = pd.cut(cohort()["prior_lines"].astype(int), [0, 1, 2, 4], labels=list(LINES))
    return _counts(groups, LINES)


def one_line_against_more() -> pd.DataFrame:
    """Count responders with one prior line and with more: group, responders, others, n."""
    lines = response_by_lines()
    more = lines.iloc[1:].sum(numeric_only=True).to_frame().T.assign(group="2 to 4 lines")
    return pd.concat([lines.iloc[:1], more], ignore_index=True)


def tests() -> pd.DataFrame:
    """Test each comparison exactly.

    Returns
    -------
    pandas.DataFrame
        comparison, test, patients, p_value (two-sided, exact).
    """
    risk, lines = response_by_risk(), response_by_lines()
    known = cohort().dropna(subset=["cd33"])
    return pd.DataFrame(
        [
            ("response by cytogenetic risk", "Fisher, 3 x 2", len(cohort()), _fisher(risk)),
            (
                "response, adverse against intermediate risk",
                "Fisher, 2 x 2",
                int(risk["n"].iloc[1:].sum()),
                _fisher(risk.iloc[1:]),
            ),
            ("response by prior lines", "Fisher, 3 x 2", len(cohort()), _fisher(lines)),
            (
                "response, one prior line against more",
                "Fisher, 2 x 2",
                len(cohort()),
                _fisher(one_line_against_more()),
            ),
            (
                "response over 1, 2, and 3 or 4 lines",
                "Cochran-Armitage, exact",
                len(cohort()),
                trend_test(lines["responders"].tolist(), lines["n"].tolist()).exact_p_value,
            ),
            (
                "CD33 level by response",
                "Wilcoxon rank sum, exact",
                len(known),
                _cd33_p(known),
            ),
        ],
        columns=["comparison", "test", "patients", "p_value"],
    )


def cd33_p_range() -> tuple[float, float]:
    """Return the least and greatest p for CD33, whatever the unknown level (21 to 100) is."""
    patients = cohort()
    p_values = [
        _cd33_p(patients.assign(cd33=patients["cd33"].fillna(level))) for level in range(21, 101)
    ]
    return min(p_values), max(p_values)


def power_for_risk(adverse: float, intermediate: float) -> float:
    """Return the chance of P < 0.05 (Fisher) if the groups respond at these rates."""
    sizes = response_by_risk().set_index("group")["n"]
    n, m = int(sizes["Adverse"]), int(sizes["Intermediate"])
    power = 0.0
    for a in range(n + 1):
        for b in range(m + 1):
            if fisher_exact([[a, n - a], [b, m - b]]).p_value < 0.05:
                power += (math.comb(n, a) * adverse**a * (1 - adverse) ** (n - a)) * (
                    math.comb(m, b) * intermediate**b * (1 - intermediate) ** (m - b)
                )
    return power


def _counts(groups: pd.Series, order: Sequence[str]) -> pd.DataFrame:
    responded = cohort()["responded"].groupby(groups, observed=False)
    responders = responded.sum().reindex(list(order)).astype(int)
    n = responded.size().reindex(list(order)).astype(int)
    return pd.DataFrame(
        {
            "group": list(order),
            "responders": responders.to_numpy(),
            "others": (n - responders).to_numpy(),
            "n": n.to_numpy(),
        }
    )


def _fisher(counts: pd.DataFrame) -> float:
    return fisher_exact(counts[["responders", "others"]].to_numpy()).p_value


def _cd33_p(patients: pd.DataFrame) -> float:
    levels = patients["cd33"].to_numpy(dtype=np.float64)
    responded = patients["responded"].to_numpy(dtype=np.bool_)
    return rank_sum(levels[responded], levels[~responded]).p_value
