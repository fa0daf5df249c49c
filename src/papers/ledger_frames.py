"""Parts of a ledger as frames for a report's tables."""

from __future__ import annotations

import pandas as pd

from secondlook import claims

COLUMNS = ["quantity", "printed", "recomputed", "verdict"]
NOT_REPRODUCED = ("conflicts", "differs", "unattainable", "truncated", "attainable")


def beside(key: str, *ids: str) -> pd.DataFrame:
    """Return claims as rows of a table: quantity, printed, recomputed, verdict."""
    ledger = claims.ledger(key).set_index("id")
    return ledger.loc[list(ids), COLUMNS]


def printed_table(key: str, prefix: str) -> pd.DataFrame:
    """Return the claims whose ids begin so, as "t1-", in the columns of `beside`."""
    ledger = claims.ledger(key)
    rows = ledger[ledger["id"].str.startswith(prefix)]
    return rows[COLUMNS].reset_index(drop=True)


def disagreements(key: str, *verdicts: str) -> pd.DataFrame:
    """Return the claims of these verdicts, once a quantity, in the order of the verdicts.

    Returns
    -------
    pandas.DataFrame
        verdict, quantity, printed, why; without verdicts named, all that are neither reproduced
        nor without anything that bears on them.
    """
    order = list(verdicts or NOT_REPRODUCED)
    ledger = claims.ledger(key)
    kept = ledger[ledger["verdict"].isin(order)]
    first = kept.drop_duplicates(["quantity", "printed", "verdict"])
    ranked = first.sort_values("verdict", key=lambda v: v.map(order.index), kind="stable")
    return ranked[["verdict", "quantity", "printed", "why"]]


def counted(key: str) -> dict[str, int]:
    """Count the claims by verdict, every verdict named."""
    ledger = claims.ledger(key)
    return {name: int((ledger["verdict"] == name).sum()) for name in claims.VERDICTS}
