"""Search all admissible data of kayser-2022, and write what is found beside its data.

``python data/kayser-2022/make/searches.py`` writes ``search.csv``, ``survival-ranges.csv``,
``envelope.csv`` and ``linked.csv``, in a few minutes; with names (``search linked``) only these.
Tests find a part of them afresh. Run ``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from papers.kayser_2022 import searches
from papers.kayser_2022.data import (
    INTERVAL,
    SPACING,
    overall_survival,
    relapse_free_survival,
)
from secondlook.admissible.facts import Part, Triple
from secondlook.admissible.listing import Listing, listed
from secondlook.admissible.time_cells import AFTER
from secondlook.linked_curves import pairs
from secondlook.survival import INTERVAL_TYPES

TENTHS = tuple(f"{tenths / 10:g}" for tenths in range(11, 60) if tenths % 10)
# Months from the start of INO to complete remission at most: not bounded, or as assumed.
LONGEST: tuple[float | None, ...] = (None, 6.0, 3.0, 2.0)
NAMED: dict[str, Part] = {"survival": "estimate", "lower": "lower", "upper": "upper"}
# The last month and the distance of those at which a curve is read, beside those that are printed.
WATCHED = {"os": (45.0, 3.0), "rfs": (24.0, 6.0)}


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
    found = listed(replace(whole, survival=survival), _exact([float(month)]))
    read = _read_at_cuts(found).set_index(["time", "passed"])
    return {str(name): float(value) for name, value in read.loc[(float(month), True)].items()}


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
    """Search one curve: rows of envelope.csv, both numbers of the mean in months.

    It is read just after the times, and where the facts cut the axis: between two such moments
    survival may take every value from the highest at the first to the lowest at the second.
    """
    facts = overall_survival() if outcome == "os" else relapse_free_survival()
    found = listed(facts, _exact(times))
    read = _read_at_cuts(found)
    means = [found.restricted_mean(month) for month in read["time"].tolist()]
    return read.assign(
        outcome=outcome,
        mean_lowest=[mean.lowest for mean in means],
        mean_highest=[mean.highest for mean in means],
    )


def envelope() -> pd.DataFrame:
    """Search what each curve may be over time."""
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


def _read_at_cuts(found: Listing) -> pd.DataFrame:
    """Return between which values the curve lies wherever the axis is cut.

    Returns
    -------
    pandas.DataFrame
        A row a cut: time, passed (whether what happens at the time has happened), and lowest and
        highest survival, lower and upper limit (proportions, a limit where there is one), at_risk
        and censored (patients), as survival_lowest.
    """
    q = found.bound.question
    # Of the deaths and the censorings of an instant the censorings come last.
    cells = {cell.upper: number for number, cell in enumerate(q.cells) if cell.upper is not None}
    ends: dict[int, dict[str, float | bool]] = {
        cell: {"time": float(time), "passed": side == AFTER} for (time, side), cell in cells.items()
    }
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
    return pd.DataFrame(list(ends.values()))


def _exact(times: Iterable[float]) -> list[Fraction]:
    return [Fraction(time).limit_denominator(1000) for time in times]


WRITTEN: dict[str, Callable[[], pd.DataFrame]] = {
    "search": search,
    "survival-ranges": survival_ranges,
    "envelope": envelope,
    "linked": both_curves,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or WRITTEN:
        path = Path(__file__).parents[1] / f"{name}.csv"
        WRITTEN[name]().to_csv(path, index=False, lineterminator="\n")
