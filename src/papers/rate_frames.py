"""Counts of patients as rates: with their exact intervals, and as finished text."""

from __future__ import annotations

import pandas as pd

from secondlook.proportions import interval
from secondlook.tables import percent, percent_range


def with_intervals(frame: pd.DataFrame, *, n: str = "n") -> pd.DataFrame:
    """Add the proportion and its Clopper-Pearson interval to counts.

    Parameters
    ----------
    frame
        One row a rate, with count (whole patients) and the column that `n` names, of how many.

    Returns
    -------
    pandas.DataFrame
        The columns of `frame`, and estimate, lower, upper (proportions, 95%).
    """
    found = [
        interval(a, b) for a, b in zip(frame["count"].tolist(), frame[n].tolist(), strict=True)
    ]
    return frame.assign(
        estimate=[item.estimate for item in found],
        lower=[item.lower for item in found],
        upper=[item.upper for item in found],
    )


def as_text(
    frame: pd.DataFrame, *, n: str = "n", decimals: int = 1, limits: int | None = None
) -> pd.DataFrame:
    """Write the rates of `with_intervals` as text.

    Parameters
    ----------
    decimals, limits
        The decimals of the percents, and of their limits (the same if not given).

    Returns
    -------
    pandas.DataFrame
        The columns of `frame`, with count ("11 of 21"), percent ("52.4") and interval ("29.8 to
        74.3") as text.
    """
    limits = decimals if limits is None else limits
    return frame.assign(
        count=[f"{a} of {b}" for a, b in zip(frame["count"], frame[n], strict=True)],
        percent=[percent(value, decimals) for value in frame["estimate"]],
        interval=[
            percent_range(low, high, limits)
            for low, high in zip(frame["lower"], frame["upper"], strict=True)
        ],
    )
