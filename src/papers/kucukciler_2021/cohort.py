"""Table 4, one row a patient: response by risk, prior lines and CD33, and what 21 can show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from papers.rate_frames import with_intervals
from secondlook import claims, data
from secondlook.claims import Contradicted, Result
from secondlook.printed import admits
from secondlook.proportions import fisher_exact, rank_sum, trend_test

if TYPE_CHECKING:
    import pandas as pd

KEY = "kucukciler-2021"
PATIENTS = 21
RISKS = ("Favorable", "Intermediate", "Adverse")
LINES = ("1 line", "2 lines", "3 or 4 lines")


said, printed_text = partial(claims.said, KEY), partial(claims.printed_text, KEY)
"""The number of a claim of this paper by its id, and its printed text."""


def cohort() -> pd.DataFrame:
    """Return the patients: the one number that is printed for two headings is read as prior lines.

    Columns: case, aml_type, cytogenetic_risk, finding, prior_lines, cd33 (missing in one patient),
    response, survival (months), responded.
    """
    table = data.load(KEY, "table-4").rename(columns={"lines_or_cycles": "prior_lines"})
    return table.assign(responded=table["response"].isin(["CR", "PR"]))


def column(name: str) -> list[str | None]:
    """Return a column of Table 4 as its cells are printed."""
    return [row[name] for row in data.cells(KEY, "table-4")[1]]


def groups() -> pd.DataFrame:
    """Return the responders by risk and by prior lines.

    Columns: part, group, count, others, n (patients), estimate, lower, upper (proportions, 95%).
    """
    import pandas as pd

    lines = pd.cut(cohort()["prior_lines"].astype(int), [0, 1, 2, 4], labels=list(LINES))
    counts = pd.concat(
        [
            _counts(cohort()["cytogenetic_risk"], RISKS).assign(part="Cytogenetic risk"),
            _counts(lines, LINES).assign(part="Prior lines, as the number is read"),
        ],
        ignore_index=True,
    )
    return with_intervals(counts)


def tests() -> pd.DataFrame:
    """Test each comparison of response exactly.

    Columns: comparison, test, patients, p_value (two-sided, exact).
    """
    import pandas as pd

    by = groups().set_index("group")[["count", "others"]]
    risk, lines, everyone = by.loc[list(RISKS)], by.loc[list(LINES)], cohort()
    one_or_more = pd.DataFrame([lines.iloc[0], lines.iloc[1:].sum()])
    rows = [
        ("response by cytogenetic risk", "Fisher, 3 x 2", risk),
        ("response, adverse against intermediate risk", "Fisher, 2 x 2", risk.iloc[1:]),
        ("response by prior lines", "Fisher, 3 x 2", lines),
        ("response, one prior line against more", "Fisher, 2 x 2", one_or_more),
    ]
    tested = [
        (name, test, int(counts.to_numpy().sum()), fisher_exact(counts.to_numpy()).p_value)
        for name, test, counts in rows
    ]
    trend = trend_test(lines["count"].tolist(), lines.sum(axis=1).tolist()).exact_p_value
    known = everyone.dropna(subset=["cd33"])
    tested += [
        ("response over 1, 2, and 3 or 4 lines", "Cochran-Armitage, exact", PATIENTS, trend),
        ("CD33 level by response", "Wilcoxon rank sum, exact", len(known), _cd33_p(known)),
    ]
    return pd.DataFrame(tested, columns=["comparison", "test", "patients", "p_value"])


def cd33_p_range() -> tuple[float, float]:
    """Return the least and greatest P for CD33 by response, whatever the unknown level is."""
    patients = cohort()
    p_values = [
        _cd33_p(patients.assign(cd33=patients["cd33"].fillna(level))) for level in _unknown_levels()
    ]
    return min(p_values), max(p_values)


def power_for_risk(adverse: float, intermediate: float) -> float:
    """Return the chance of P < 0.05 (Fisher) if the groups respond at these rates."""
    sizes = groups().set_index("group")["n"]
    n, m = int(sizes["Adverse"]), int(sizes["Intermediate"])
    power = 0.0
    for a in range(n + 1):
        for b in range(m + 1):
            if fisher_exact([[a, n - a], [b, m - b]]).p_value < 0.05:
                power += (math.comb(n, a) * adverse**a * (1 - adverse) ** (n - a)) * (
                    math.comb(m, b) * intermediate**b * (1 - intermediate) ** (m - b)
                )
    return power


@dataclass(frozen=True)
class CD33Together:
    """What the known CD33 levels allow for a median and a mean over the same patients.

    `least` is the least unknown level that lets all 21 have the printed median, `means` the mean
    over all 21 with that level, and with the highest printed one; `below` it the mean over all 21
    prints as in Table 1; `possible` says whether the printed median and the printed mean can be had
    over the same patients.
    """

    least: int
    means: tuple[float, float]
    below: float
    possible: bool


def cd33_levels() -> NDArray[np.float64]:
    """Return the 20 known CD33 levels, percent of blasts, in order."""
    return np.sort([float(level) for level in column("cd33") if level])


def cd33_together() -> CD33Together:
    """Seek one set of patients, the known or all, with the median and the mean that are printed."""
    known, mean = cd33_levels(), admits(printed_text("t1-cd33")).either
    median = admits(printed_text("res-cd33-median")).rounded
    sets = {level: np.append(known, level) for level in _unknown_levels()}
    fitting = [level for level, values in sets.items() if np.median(values) in median]
    return CD33Together(
        min(fitting),
        (float(sets[min(fitting)].mean()), float(sets[max(fitting)].mean())),
        float(mean.upper) * PATIENTS - float(known.sum()),
        any(
            np.median(values) in median and float(values.mean()) in mean
            for values in [known, *sets.values()]
        ),
    )


def cd33() -> dict[str, Result]:
    """Return the result for the two printed statistics of CD33, each against the other."""
    against = {
        "t1-cd33": f"a median of {printed_text('res-cd33-median')} with the same range",
        "res-cd33-median": f"an unnamed statistic of {printed_text('t1-cd33')} with the same range",
    }
    both = cd33_together().possible
    how = (
        f"median and mean of the {len(cd33_levels())} known levels, and of all {PATIENTS} with any "
        f"level of the other: {'some' if both else 'none'} print both"
    )
    return {claim: Contradicted(by, not both, how) for claim, by in against.items()}


def _unknown_levels() -> range:
    """Return the levels that the unknown one may have: positive, and not above the highest."""
    return range(int(said("met-cd33-cutoff")) + 1, int(said("res-cd33-max")) + 1)


def _counts(group: pd.Series, order: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    responded = cohort()["responded"].groupby(group, observed=False)
    count = responded.sum().reindex(list(order)).astype(int).to_numpy()
    n = responded.size().reindex(list(order)).astype(int).to_numpy()
    return pd.DataFrame({"group": list(order), "count": count, "others": n - count, "n": n})


def _cd33_p(patients: pd.DataFrame) -> float:
    levels = patients["cd33"].to_numpy(dtype=np.float64)
    responded = patients["responded"].to_numpy(dtype=np.bool_)
    return rank_sum(levels[responded], levels[~responded]).p_value
