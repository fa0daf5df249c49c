"""Which spacing of the axis and which interval type the printed facts allow; what each fact fixes.

The searches take a minute or two; ``python -m papers.kayser_2022.scan`` runs them and
writes ``data/kayser-2022/search.csv``, which the report shows and a test recomputes in part.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from papers.kayser_2022.data import KEY, said
from papers.kayser_2022.facts import (
    INTERVAL,
    SPACING,
    death_bounds,
    left_after_early_death,
    overall_survival,
    relapse_free_survival,
    told_exits,
)
from secondlook.data import folder, load, load_text
from secondlook.linked import SurvivalFacts, orders
from secondlook.survival import INTERVAL_TYPES, IntervalType

SPACINGS = ("1", "2", "3", "4", "5", "6")
TENTHS = tuple(f"{tenths / 10:g}" for tenths in range(11, 60) if tenths % 10)
CURVE, DEATHS, TOLD, ALL = "curve", "curve, deaths", "curve, told patients", "all"
# If the one who relapsed and lives is not the one with the molecular relapse.
ALL_APART = "all, two people"
RELAPSE_FREE = "relapse-free"
BOTH = "both curves"
# Ticks at tenths of a month, which no axis has.
BETWEEN = "curve, tenths"


def facts(what: str, spacing: str) -> SurvivalFacts:
    """Return the facts of one row of the scan."""
    if what == RELAPSE_FREE:
        return relapse_free_survival()
    curve = overall_survival(spacing=spacing, narrative=False)
    least, most = death_bounds()
    if what == ALL_APART:
        most -= int(said("res-relapsed-alive"))
    deaths = (str(least), str(most)) if what in (DEATHS, ALL, ALL_APART) else None
    if what in (TOLD, ALL, ALL_APART):
        curve = replace(curve, known=told_exits(), left=left_after_early_death())
    return replace(curve, deaths=deaths)


def one(what: str, spacing: str, interval: IntervalType) -> dict[str, object]:
    """Search once: facts, spacing, interval, sequences, fewest_deaths, most_deaths."""
    found = orders(facts(what, spacing), interval)
    deaths = found.deaths() if found else None
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "sequences": len(found.sequences) if found else 0,
        "fewest_deaths": int(deaths.lowest) if deaths else None,
        "most_deaths": int(deaths.highest) if deaths else None,
    }


def scan() -> pd.DataFrame:
    """Search under every spacing and interval type, and with more and more of the facts."""
    rows = [one(CURVE, spacing, kind) for spacing in SPACINGS for kind in INTERVAL_TYPES]
    rows += [one(CURVE, spacing, INTERVAL) | {"facts": BETWEEN} for spacing in TENTHS]
    rows += [one(what, SPACING, INTERVAL) for what in (DEATHS, TOLD, ALL, ALL_APART)]
    rows += [one(RELAPSE_FREE, "", kind) for kind in INTERVAL_TYPES]
    return pd.DataFrame(rows).astype({"fewest_deaths": "Int64", "most_deaths": "Int64"})


def curve_orders() -> int:
    """Count the orders, each with its spread over the cells, that print the facts of the curve."""
    return orders(facts(CURVE, SPACING), INTERVAL).count


def stored() -> pd.DataFrame:
    """Return the scan as stored: facts, spacing, interval, sequences, fewest and most deaths."""
    return load(KEY, "search")


def cost(what: str = CURVE) -> dict[str, str]:
    """Return what a search took, as text.

    Under elapsed and processor (seconds), peak (MB, the whole process), cores, python.

    Parameters
    ----------
    what
        `CURVE`, `ALL`, `RELAPSE_FREE` or `BOTH`.
    """
    table = load_text(KEY, "cost").set_index("facts")
    return {str(name): str(table.loc[what, name]) for name in table.columns}


if __name__ == "__main__":
    scan().to_csv(folder(KEY) / "search.csv", index=False)
