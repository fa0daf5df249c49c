"""Counts of patients as rates, with their exact intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook.proportions import interval

if TYPE_CHECKING:
    import pandas as pd


def with_intervals(frame: pd.DataFrame, *, n: str = "n") -> pd.DataFrame:
    """Add the proportion and its Clopper-Pearson interval to counts.

    A row is a rate, with count (whole patients) and the column that `n` names, of how many. The
    new columns are estimate, lower, upper (proportions, 95%).
    """
    found = [interval(*counts) for counts in frame[["count", n]].to_numpy().tolist()]
    return frame.assign(
        estimate=[item.estimate for item in found],
        lower=[item.lower for item in found],
        upper=[item.upper for item in found],
    )
