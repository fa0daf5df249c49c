"""What all data sets that print the paper's survival numbers share, searched and stored.

data/kayser-2022/make/searches.py searches and writes what it finds; reports read it with `stored`.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from papers.kayser_2022.data import KEY, overall_survival, relapse_free_survival, said
from secondlook.admissible import CurveFacts
from secondlook.data import load

SPACINGS = ("1", "2", "3", "4", "5", "6")
CURVE, DEATHS, TOLD, ALL = "curve", "curve, deaths", "curve, told patients", "all"
# If the one who relapsed and lives is not the one with the molecular relapse.
ALL_APART = "all, two people"
RELAPSE_FREE = "relapse-free"
# Ticks at tenths of a month, which no axis has.
BETWEEN = "curve, tenths"


def facts(what: str, spacing: str, interval: str) -> CurveFacts:
    """Return the facts of one row of search.csv."""
    if what == RELAPSE_FREE:
        return relapse_free_survival(interval)
    whole = overall_survival(spacing, interval)
    deaths = whole.deaths if what in (DEATHS, ALL, ALL_APART) else None
    if what == ALL_APART:
        least, most = whole.death_bounds
        deaths = f"{least}-{most - int(said('res-relapsed-alive'))}"
    if what in (CURVE, BETWEEN, DEATHS):
        whole = replace(whole, told=(), left=())
    return replace(whole, deaths=deaths)


def stored(name: str = "search") -> pd.DataFrame:
    """Return the rows of ``search``, ``linked``, ``envelope`` or ``survival-ranges``."""
    return load(KEY, name)


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
