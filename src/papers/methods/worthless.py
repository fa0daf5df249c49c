"""A transplant that does nothing, given to the Stanford candidates at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from papers.methods.stanford import patients, split
from secondlook.transitions import ever_exposed_log_rank, landmark, mantel_byar

if TYPE_CHECKING:
    import pandas as pd


def random_transplants(cohorts: int = 200, seed: int = 1974) -> pd.DataFrame:
    """Give each candidate a random day for a transplant that does nothing, many times.

    Survival stays what it was; the day is another patient's wait. Whoever dies before it stays
    without a transplant, as in life.

    Returns
    -------
    pandas.DataFrame
        A row a cohort: the P values of the biased comparison, of Mantel-Byar and of a landmark at
        day 30, and whether the biased comparison favours the transplant.
    """
    import pandas as pd

    random = np.random.default_rng(seed)
    table = patients()[["patient", "days", "died", "wait"]]
    table = table.assign(days=table["days"].clip(lower=1).astype(float))
    waits = table["wait"].dropna().to_numpy(dtype=float) + 0.5
    found = []
    for _ in range(cohorts):
        days = random.choice(waits, size=len(table))
        wait = np.where(days < table["days"], days, np.nan)
        rows = split(table.assign(wait=wait), {})
        biased = ever_exposed_log_rank(rows, id="patient").log_rank
        compared = landmark(rows, 30, id="patient").log_rank
        found.append(
            {
                "ever": biased.p_value,
                "favours": bool(biased.observed[1] < biased.expected[1]),
                "mantel_byar": mantel_byar(rows).p_value,
                "landmark": compared.p_value if compared is not None else np.nan,
            }
        )
    return pd.DataFrame(found)


def share_below(values: pd.Series[float], level: float = 0.05) -> str:
    """Return the share of P values below a level, as text in percent."""
    return f"{100 * float((values < level).mean()):.0f}"
