"""Why no other spacing of the ticks and no other type of interval prints the paper's numbers.

For every combination without an admissible order ``evidence.csv`` has a smallest set of printed
statements that no data set prints together, and where it is short, why, by hand.
data/kayser-2022/make/evidence.py looks for them.
"""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022 import searches
from papers.kayser_2022.data import KEY
from secondlook import printed
from secondlook.admissible.facts import Triple
from secondlook.claims import curve_facts
from secondlook.data import load_text
from secondlook.printed import Bounds
from secondlook.survival import INTERVAL_TYPES, IntervalType, middle_bounds
from secondlook.tables import DASH

ANY = "any"
WHATEVER_TYPE, WHATEVER_TICKS = "Whatever the type of interval", "Whatever the ticks"
ONE_ONLY, RELAPSE_FREE = "One combination, by fewer statements", "Relapse-free survival"


def stored() -> pd.DataFrame:
    """Return the evidence as stored: facts, spacing, interval, statements, smallest, why."""
    return load_text(KEY, "evidence")


def listed() -> pd.DataFrame:
    """List the evidence: part, assumed, statements that contradict each other, and why.

    A combination has a row of its own only where its evidence is smaller than that against its
    spacing and that against its type.
    """
    table = stored()
    table["part"] = [_part(*key) for key in zip(*(table[name] for name in KEYS), strict=True)]
    general = table["part"].isin([WHATEVER_TYPE, WHATEVER_TICKS])
    alone = (table["part"] == ONE_ONLY) & ~table["statements"].isin(table["statements"][general])
    shown = [table[general], table[alone], table[table["part"] == RELAPSE_FREE]]
    # Types against which the same statements stand share a row.
    by = ["part", "spacing", "statements", "smallest", "why"]
    shared = pd.concat(shown).groupby(by, sort=False)["interval"].agg(list).reset_index()
    perhaps = shared["smallest"].map({"True": "", "False": " (perhaps not the smallest set)"})
    return pd.DataFrame(
        {
            "part": shared["part"],
            "assumed": list(map(_assumed, shared["spacing"], shared["interval"])),
            "statements": shared["statements"] + perhaps,
            "why": shared["why"].replace("", DASH),
        }
    )


KEYS = ("facts", "spacing", "interval")


def _part(what: str, spacing: str, interval: str) -> str:
    if what == searches.RELAPSE_FREE:
        return RELAPSE_FREE
    if interval == ANY:
        return WHATEVER_TYPE
    return WHATEVER_TICKS if spacing == ANY else ONE_ONLY


def _assumed(spacing: str, intervals: list[str]) -> str:
    months = "month" if spacing == "1" else "months"
    ticks = f"ticks of {spacing} {months}" if spacing not in ("", ANY) else ""
    *others, last = intervals
    types = f"{', '.join(others)} or {last}" if others else last
    limits = f"{types} limits" if last != ANY else ""
    return ", ".join(filter(None, (ticks, limits)))


def why_not(spacing: str) -> str:
    """Say by hand why the ticks are not so many months apart."""
    table = stored()
    return str(table.loc[(table["spacing"] == spacing) & (table["interval"] == ANY), "why"].item())


def middles() -> pd.DataFrame:
    """Set the middles of printed limits beside the estimates: type, os-12, os-24, rfs-12, rfs-24.

    Percents; a row a type of interval, last what is printed.
    """
    stated = {
        f"{name}-{at}": one for name in ("os", "rfs") for at, one in curve_facts(KEY, name).survival
    }
    rows: list[dict[str, str]] = [
        {"type": str(interval)} | {key: _between(one, interval) for key, one in stated.items()}
        for interval in INTERVAL_TYPES
    ]
    last = {"type": "printed"} | {key: str(one.estimate) for key, one in stated.items()}
    return pd.DataFrame([*rows, last])


def _between(one: Triple, interval: IntervalType) -> str:
    bounds = middle_of(one, interval)
    if bounds is None:
        return DASH
    return " to ".join(printed.show(float(end), like="0.0") for end in (bounds.lower, bounds.upper))


def middle_of(one: Triple, interval: IntervalType) -> Bounds | None:
    """Return the percents that may lie in the middle of printed limits; None if nothing follows."""
    ends = [printed.admits(str(end)).rounded for end in (one.lower, one.upper)]
    lower, upper = (
        Bounds(float(end.lower) / 100, float(end.upper) / 100, True, True) for end in ends
    )
    between = middle_bounds(lower, upper, interval)
    if between is None:
        return None
    return Bounds(100 * float(between.lower), 100 * float(between.upper), True, True)
