"""Overall survival of the 31 and relapse-free survival of the 17 together, patient by patient.

Each search takes up to a minute; ``python -m papers.kayser_2022.linked`` runs them and
writes ``data/kayser-2022/linked.csv``, which the report shows and a test recomputes in part.
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
from secondlook.data import folder, load
from secondlook.linked import Link, LinkedOrders, linked_orders

__all__ = ["LONGEST", "found", "one", "scan", "stored"]

# Months from the start of INO to complete remission at most: not bounded, or as assumed.
LONGEST: tuple[float | None, ...] = (None, 6.0, 3.0, 2.0)


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


def scan() -> pd.DataFrame:
    """Search under both readings of the methods and every bound on the time to remission."""
    return pd.DataFrame(
        [
            one(longest, deaths_count=deaths_count)
            for deaths_count in (True, False)
            for longest in LONGEST
        ]
    )


def stored() -> pd.DataFrame:
    """Return the scan as stored; the columns are those of `one`."""
    return load(KEY, "linked")


if __name__ == "__main__":
    scan().to_csv(folder(KEY) / "linked.csv", index=False, lineterminator="\n")
