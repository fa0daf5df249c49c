"""Which spacing of the axis and which interval type the printed facts allow; what each fact fixes.

data/kayser-2022/make/searches.py writes what is found to ``search.csv``.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from papers.kayser_2022.data import KEY, said
from papers.kayser_2022.facts import (
    death_bounds,
    left_after_early_death,
    overall_survival,
    relapse_free_survival,
    told_exits,
)
from secondlook.data import load, load_text
from secondlook.linked import SurvivalFacts, orders
from secondlook.survival import IntervalType

SPACINGS = ("1", "2", "3", "4", "5", "6")
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


def by_spacing() -> pd.DataFrame:
    """Return the sequences that print the curve: spacing, and a column an interval type."""
    found = stored()
    return (
        found[found["facts"] == CURVE]
        .pivot_table(index="spacing", columns="interval", values="sequences", sort=False)
        .reset_index()
        .rename_axis(columns=None)
    )


def by_facts() -> pd.DataFrame:
    """Return what each kind of fact leaves: facts, in words, sequences, fewest and most deaths."""
    names = {
        CURVE: "numbers at risk, survival, medians, follow-up",
        DEATHS: "these, and bounds on the deaths from the narrative",
        TOLD: "these, and the patients whose exit is told, one of them the only early death",
        ALL: "all of them",
        ALL_APART: "all, if the living relapsed patient is not among those in remission",
        RELAPSE_FREE: "relapse-free survival: survival at two times only",
    }
    found = stored()
    found = found[(found["sequences"] > 0) & found["facts"].isin(list(names))]
    return found.assign(facts=found["facts"].map(names))
