"""What all data sets that print the paper's survival numbers share, searched and stored.

data/kayser-2022/make/searches.py calls the functions named after a file and writes what they find;
reports read it with `stored`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from papers.kayser_2022.data import KEY, said
from papers.kayser_2022.facts import overall_survival, relapse_free_survival
from secondlook.admissible import CurveFacts, pairs
from secondlook.admissible.facts import Triple
from secondlook.admissible.listing import listed
from secondlook.data import load

__all__ = [
    "by_facts",
    "by_spacing",
    "envelope",
    "facts",
    "listed",
    "one",
    "stored",
    "together",
    "without",
]

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


def one(what: str, spacing: str, interval: str) -> dict[str, object]:
    """Search once: a row of search.csv."""
    found = listed(facts(what, spacing, interval))
    some = len(found) > 0
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "sequences": len(found),
        "fewest_deaths": int(found.deaths.min()) if some else None,
        "most_deaths": int(found.deaths.max()) if some else None,
    }


def together(latest: float | None, *, deaths_count: bool) -> dict[str, object]:
    """Search both curves: a row of linked.csv."""
    part = relapse_free_survival(latest=latest, deaths_count=deaths_count)
    found = pairs(overall_survival(), part)
    of_part, of_whole = found.matrix.any(axis=1), found.matrix.any(axis=0)
    events = found.part.deaths[of_part]
    return {
        "deaths_in_remission": "events" if deaths_count else "follow-up ends",
        "longest": latest,
        "sequences": int(of_whole.sum()),
        "relapse_free_sequences": int(of_part.sum()),
        "relapse_free_orders": found.part_orders,
        "pairs": len(found),
        "fewest_events": int(events.min()),
        "most_events": int(events.max()),
        "fewest_deaths_in_17": int(found.inside.lowest),
        "most_deaths_in_17": int(found.inside.highest),
        "fewest_deaths_in_14": int(found.outside.lowest),
        "most_deaths_in_14": int(found.outside.highest),
    }


def envelope(outcome: str, times: Iterable[float]) -> pd.DataFrame:
    """Search one curve: rows of envelope.csv, one a month, both numbers of the mean in months."""
    months, facts = list(times), overall_survival() if outcome == "os" else relapse_free_survival()
    found = listed(facts, _exact(months))
    means = [found.restricted_mean(month) for month in months]
    return found.envelope(_exact(months)).assign(
        outcome=outcome,
        mean_lowest=[mean.lowest for mean in means],
        mean_highest=[mean.highest for mean in means],
    )


def without(month: str, left_out: str) -> dict[str, float]:
    """Search overall survival with printed numbers of a month left out: what it then may be there.

    Parameters
    ----------
    left_out
        ``nothing``, ``estimate``, ``limits`` or ``month``, which is all three.
    """
    whole = overall_survival()
    keep = {"estimate": ("lower", "upper"), "limits": ("estimate",), "month": ()}
    survival = tuple(
        (at, Triple(**{part: getattr(one, part) for part in keep.get(left_out, ())}))
        if at == month and left_out != "nothing"
        else (at, one)
        for at, one in whole.survival
    )
    at_month = _exact([float(month)])
    row = listed(replace(whole, survival=survival), at_month).envelope(at_month).iloc[0]
    return {str(name): float(value) for name, value in row.items()}


def _exact(times: Iterable[float]) -> list[Fraction]:
    return [Fraction(time).limit_denominator(1000) for time in times]


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
