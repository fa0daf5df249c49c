"""A total that a paper prints, held against the rows that it counts or sums."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from secondlook import printed

if TYPE_CHECKING:
    import pandas as pd


def check_total(frame: pd.DataFrame, total: Mapping[str, Any]) -> dict[str, Any]:
    """Hold the rows of a table to one total that the paper prints.

    Parameters
    ----------
    frame
        The table.
    total
        ``of`` (a column to sum, or ``rows`` to count), ``where`` (column -> value or list of
        values; optional), ``printed``, ``source`` (optional).

    Returns
    -------
    dict
        ``of, where, printed, total, agrees, source``, with the total as text.
    """
    rows = frame
    for column, value in total.get("where", {}).items():
        values = value if isinstance(value, list) else [value]
        rows = rows[rows[column].isin(values)]
    of = total["of"]
    found = len(rows) if of == "rows" else rows[of].sum()
    exact = Fraction(str(found)) if of != "rows" else Fraction(found)
    return {
        "of": of,
        "where": ", ".join(f"{name} = {value}" for name, value in total.get("where", {}).items()),
        "printed": total["printed"],
        "total": printed.show(exact, like=total["printed"]),
        "agrees": printed.verdict(total["printed"], exact) == "reproduced",
        "source": total.get("source", ""),
    }
