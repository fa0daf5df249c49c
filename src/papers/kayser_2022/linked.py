"""Overall survival of the 31 and relapse-free survival of the 17 together, patient by patient.

data/kayser-2022/make/searches.py writes what is found to ``linked.csv``.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from papers.kayser_2022.data import KEY
from papers.kayser_2022.facts import (
    INTERVAL,
    overall_survival,
    relapse_free_survival,
    remission,
)
from secondlook.data import load
from secondlook.linked import Link, LinkedOrders, linked_orders

__all__ = ["found", "one", "stored"]


@cache
def found(longest: float | None, *, deaths_count: bool) -> LinkedOrders:
    """Search both curves together."""
    link: Link = remission(longest=longest, deaths_count=deaths_count)
    return linked_orders(overall_survival(), relapse_free_survival(), link, INTERVAL)


def one(longest: float | None, *, deaths_count: bool) -> dict[str, object]:
    """Search once: what was assumed, what is possible together, and the ranges of three counts."""
    together = found(longest, deaths_count=deaths_count)
    ranges = {
        "events": together.events(),
        "deaths_in_17": together.deaths_in_part(),
        "deaths_in_14": together.deaths_outside(),
    }
    return {
        "deaths_in_remission": "events" if deaths_count else "follow-up ends",
        "longest": longest,
        "sequences": len(together.whole_sequences),
        "relapse_free_sequences": len(together.part_sequences),
        "relapse_free_orders": together.part_orders,
        "pairs": together.pairs,
        **{
            f"{end}_{name}": int(value)
            for name, span in ranges.items()
            for end, value in (("fewest", span.lowest), ("most", span.highest))
        },
    }


def stored() -> pd.DataFrame:
    """Return the searches as stored; the columns are those of `one`."""
    return load(KEY, "linked")
