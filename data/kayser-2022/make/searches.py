"""Search all admissible data of kayser-2022, and write what is found beside its data.

``python data/kayser-2022/make/searches.py`` writes ``search.csv``, ``survival-ranges.csv``,
``envelope.csv``, ``linked.csv`` and ``evidence.csv``, in a few minutes; with names
(``search linked``) only these. Tests find a part of them afresh. Run
``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from papers.kayser_2022 import contradictions, searches
from papers.kayser_2022.contradictions import Paired
from papers.kayser_2022.data import (
    INTERVAL,
    SPACING,
    overall_survival,
    relapse_free_survival,
)
from secondlook.admissible import data_sets
from secondlook.admissible.bound import bound
from secondlook.admissible.contradictory import smallest
from secondlook.admissible.facts import Part, Stated, Triple
from secondlook.admissible.listing import Listing, listed, listing
from secondlook.admissible.question import pose
from secondlook.admissible.time_cells import AFTER
from secondlook.linked_curves import pairs
from secondlook.survival import INTERVAL_TYPES

# How many beginnings of sequences may be listed to show a contradiction, by the number of patients.
MOST_PREFIXES = {"31": 4_000, "17": 200_000}
SEED = 4
TENTHS = tuple(f"{tenths / 10:g}" for tenths in range(11, 60) if tenths % 10)
# Months from the start of INO to complete remission at most: not bounded, or as assumed.
LONGEST: tuple[float | None, ...] = (None, 6.0, 3.0, 2.0)
NAMED: dict[str, Part] = {"survival": "estimate", "lower": "lower", "upper": "upper"}
# The last month and the distance of those at which a curve is read.
WATCHED = {"os": (45.0, 1.5), "rfs": (24.0, 2.0)}


def one(what: str, spacing: str, interval: str) -> dict[str, object]:
    """Search once: a row of search.csv."""
    found = listed(searches.facts(what, spacing, interval))
    some = len(found) > 0
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "sequences": len(found),
        "fewest_deaths": int(found.deaths.min()) if some else None,
        "most_deaths": int(found.deaths.max()) if some else None,
    }


def search() -> pd.DataFrame:
    """Search under every spacing and interval type, and with more and more of the facts."""
    rows = [one(searches.CURVE, *case) for case in product(searches.SPACINGS, INTERVAL_TYPES)]
    rows += [one(searches.BETWEEN, spacing, INTERVAL) for spacing in TENTHS]
    told = (searches.DEATHS, searches.TOLD, searches.ALL, searches.ALL_APART)
    rows += [one(what, SPACING, INTERVAL) for what in told]
    rows += [one(searches.RELAPSE_FREE, "", kind) for kind in INTERVAL_TYPES]
    return pd.DataFrame(rows).astype({"fewest_deaths": "Int64", "most_deaths": "Int64"})


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
    row = _read_at(listed(replace(whole, survival=survival), at_month), at_month).iloc[0]
    return {str(name): float(value) for name, value in row.items()}


def survival_ranges() -> pd.DataFrame:
    """Search overall survival with one printed number left out: what the others then allow.

    Returns
    -------
    pandas.DataFrame
        month, quantity (survival, lower, upper), left_out (nothing, itself, month: all that is
        printed at this month), lowest, highest (percent).
    """
    rows = []
    for month in ("12", "24"):
        found = {what: without(month, what) for what in ("nothing", "estimate", "limits", "month")}
        cases = [
            ("survival", "itself", "estimate"),
            ("lower", "itself", "limits"),
            ("upper", "itself", "limits"),
        ]
        cases += [
            (name, what, what)
            for what in ("nothing", "month")
            for name in ("survival", "lower", "upper")
        ]
        rows += [
            {
                "month": month,
                "quantity": quantity,
                "left_out": left_out,
                "lowest": round(100 * found[what][f"{quantity}_lowest"], 3),
                "highest": round(100 * found[what][f"{quantity}_highest"], 3),
            }
            for quantity, left_out, what in cases
        ]
    return pd.DataFrame(rows)


def envelope_of(outcome: str, times: Iterable[float]) -> pd.DataFrame:
    """Search one curve: rows of envelope.csv, one a month, both numbers of the mean in months."""
    months, facts = list(times), overall_survival() if outcome == "os" else relapse_free_survival()
    found = listed(facts, _exact(months))
    means = [found.restricted_mean(month) for month in months]
    return _read_at(found, _exact(months)).assign(
        outcome=outcome,
        mean_lowest=[mean.lowest for mean in means],
        mean_highest=[mean.highest for mean in means],
    )


def envelope() -> pd.DataFrame:
    """Search what each curve may be at a row of months."""
    tables = [
        envelope_of(outcome, np.arange(step, last + step / 2, step))
        for outcome, (last, step) in WATCHED.items()
    ]
    counts = {
        f"{what}_{end}": int for what in ("at_risk", "censored") for end in ("lowest", "highest")
    }
    table = pd.concat(tables).astype(counts).round(6)
    return table[["outcome", *table.columns.drop("outcome")]]


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


def both_curves() -> pd.DataFrame:
    """Search both curves under both readings of the methods and every bound on the remission."""
    return pd.DataFrame(
        [
            together(longest, deaths_count=deaths_count)
            for deaths_count in (True, False)
            for longest in LONGEST
        ]
    )


def _read_at(found: Listing, times: list[Fraction]) -> pd.DataFrame:
    """Return between which values the curve lies just after some times, at which the axis is cut.

    Returns
    -------
    pandas.DataFrame
        A row a time: time, and lowest and highest survival, lower and upper limit (proportions, a
        limit where there is one), at_risk and censored (patients), as survival_lowest.
    """
    q = found.bound.question
    cells = {cell.upper: number for number, cell in enumerate(q.cells)}
    asked = {cells[time, AFTER]: float(time) for time in times}
    ends: dict[int, dict[str, float]] = {cell: {"time": time} for cell, time in asked.items()}
    for some, (cell, k, _), rows in found.leaving():
        if cell not in ends:
            continue
        values = {name: some.heights("survival", part)[0][k, rows] for name, part in NAMED.items()}
        values["at_risk"] = np.array([float(q.n - k)])
        values["censored"] = (k - some.curves.deaths[k, rows]).astype(float)
        for name, each in values.items():
            if not np.isnan(each).all():
                for end, best in (("lowest", np.fmin), ("highest", np.fmax)):
                    key, value = f"{name}_{end}", float(best.reduce(each))
                    ends[cell][key] = float(best(ends[cell].get(key, np.nan), value))
    return pd.DataFrame([ends[cell] for cell in asked])


def _exact(times: Iterable[float]) -> list[Fraction]:
    return [Fraction(time).limit_denominator(1000) for time in times]


def impossible(facts: Paired) -> bool:
    """Say whether the bound, or the list of all sequences, shows that nothing prints so."""
    room = bound(pose(facts.plain))
    found = listing(room, MOST_PREFIXES[facts.n]) if room else None
    return not room or (found is not None and not len(found))


def possible(facts: Paired) -> bool:
    """Say whether a data set that prints the facts is found."""
    try:
        return bool(next(data_sets(facts.plain, 1, SEED)))
    except ValueError:
        return False


Found = tuple[tuple[Stated, ...], bool]


@cache
def look_for(what: str, spacing: str, interval: str) -> Found:
    """Find a smallest contradiction, and whether none is smaller; none if the facts agree."""
    facts = contradictions.facts(what, spacing, interval)
    if not impossible(facts):
        return (), True
    return smallest(facts, impossible, possible, lambda _: 0)  # type: ignore[arg-type]


def evidence() -> pd.DataFrame:
    """Explain every combination that prints nothing: the columns of ``evidence.csv``.

    General evidence comes first, against a spacing whatever the type and against a type whatever
    the spacing, and stands for the combination unless fewer statements are found against that.
    """
    any_one = contradictions.ANY
    rows = [_row(searches.CURVE, one, any_one) for one in searches.SPACINGS]
    rows += [_row(searches.CURVE, any_one, one) for one in INTERVAL_TYPES]
    for spacing, interval in product(searches.SPACINGS, INTERVAL_TYPES):
        cases = [(spacing, any_one), (any_one, interval), (spacing, interval)]
        found = [look_for(searches.CURVE, *case) for case in cases]
        against = [one for one in found if one[0]]
        if against:
            fewest = min(against, key=lambda one: len(one[0]))
            rows.append(_row(searches.CURVE, spacing, interval, fewest))
    rows += [_row(searches.RELAPSE_FREE, "", interval) for interval in INTERVAL_TYPES]
    return pd.DataFrame([row for row in rows if row])


def _row(what: str, spacing: str, interval: str, found: Found | None = None) -> dict[str, object]:
    statements, smallest_one = found or look_for(what, spacing, interval)
    if not statements:
        return {}
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "statements": contradictions.SEPARATOR.join(one.words for one in statements),
        "smallest": smallest_one,
    }


WRITTEN: dict[str, Callable[[], pd.DataFrame]] = {
    "search": search,
    "survival-ranges": survival_ranges,
    "envelope": envelope,
    "linked": both_curves,
    "evidence": evidence,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or WRITTEN:
        path = Path(__file__).parents[1] / f"{name}.csv"
        WRITTEN[name]().to_csv(path, index=False, lineterminator="\n")
