"""Search all admissible data of kayser-2022, and write what is found beside its data.

``python data/kayser-2022/make/searches.py`` writes ``search.csv``, ``survival-ranges.csv``,
``linked.csv`` and ``evidence.csv``, in about half an hour; with names (``search linked``) only
these. Tests find a part of them afresh. Run ``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd

from papers.kayser_2022 import contradictions, linked, scan
from papers.kayser_2022.facts import INTERVAL, SPACING, overall_survival
from secondlook.linked import Contradiction, PrintedSurvival, contradiction, orders
from secondlook.survival import INTERVAL_TYPES

TENTHS = tuple(f"{tenths / 10:g}" for tenths in range(11, 60) if tenths % 10)
# Months from the start of INO to complete remission at most: not bounded, or as assumed.
LONGEST: tuple[float | None, ...] = (None, 6.0, 3.0, 2.0)


def search() -> pd.DataFrame:
    """Search under every spacing and interval type, and with more and more of the facts."""
    rows = [scan.one(scan.CURVE, *case) for case in product(scan.SPACINGS, INTERVAL_TYPES)]
    rows += [
        scan.one(scan.CURVE, spacing, INTERVAL) | {"facts": scan.BETWEEN} for spacing in TENTHS
    ]
    rows += [
        scan.one(what, SPACING, INTERVAL)
        for what in (scan.DEATHS, scan.TOLD, scan.ALL, scan.ALL_APART)
    ]
    rows += [scan.one(scan.RELAPSE_FREE, "", kind) for kind in INTERVAL_TYPES]
    return pd.DataFrame(rows).astype({"fewest_deaths": "Int64", "most_deaths": "Int64"})


def survival_ranges() -> pd.DataFrame:
    """Search overall survival with one printed statement left out: what the others then allow.

    Returns
    -------
    pandas.DataFrame
        month, quantity (survival, lower, upper), left_out (nothing, itself, month: all that is
        printed at this month), lowest, highest (percent).
    """
    printed = overall_survival()
    rows = []
    for fact in printed.survival:
        others = tuple(other for other in printed.survival if other != fact)

        def without(
            rest: PrintedSurvival | None,
            month: str = fact.time,
            others: tuple[PrintedSurvival, ...] = others,
        ) -> dict[str, float]:
            kept = others if rest is None else (*others, rest)
            found = orders(replace(printed, survival=kept), INTERVAL, watch=[month])
            return found.envelope([float(month)]).iloc[0].to_dict()

        found = {
            ("survival", "itself"): without(replace(fact, estimate=None)),
            ("lower", "itself"): (limits := without(replace(fact, limits=None))),
            ("upper", "itself"): limits,
        }
        for left_out, rest in (("nothing", fact), ("month", None)):
            range_of = without(rest)
            found |= {(name, left_out): range_of for name in ("survival", "lower", "upper")}
        rows += [
            {
                "month": fact.time,
                "quantity": quantity,
                "left_out": left_out,
                "lowest": round(100 * range_of[f"{quantity}_lowest"], 3),
                "highest": round(100 * range_of[f"{quantity}_highest"], 3),
            }
            for (quantity, left_out), range_of in found.items()
        ]
    return pd.DataFrame(rows)


def both_curves() -> pd.DataFrame:
    """Search both curves under both readings of the methods and every bound on the remission."""
    return pd.DataFrame(
        [
            linked.one(longest, deaths_count=deaths_count)
            for deaths_count in (True, False)
            for longest in LONGEST
        ]
    )


def look_for(
    what: str, spacing: str, interval: str, known: Iterable[Contradiction] = ()
) -> Contradiction | None:
    """Find a smallest contradiction, a known one if none is smaller; None if the facts agree."""
    facts = contradictions.facts(what, spacing, interval)
    return contradiction(facts, contradictions.type_of(interval), known=known)


def evidence() -> pd.DataFrame:
    """Explain every combination that prints nothing: the columns of ``evidence.csv``.

    General evidence comes first, against a spacing whatever the type and against a type whatever
    the spacing, and stands for the combination where nothing smaller is to be had.
    """
    any_one = contradictions.ANY
    spacings = {one: look_for(scan.CURVE, one, any_one) for one in scan.SPACINGS}
    types = {one: look_for(scan.CURVE, any_one, one) for one in INTERVAL_TYPES}
    rows = [_row(scan.CURVE, spacing, any_one, found) for spacing, found in spacings.items()]
    rows += [_row(scan.CURVE, any_one, interval, found) for interval, found in types.items()]
    for spacing, interval in product(scan.SPACINGS, INTERVAL_TYPES):
        general = (spacings[spacing], types[interval])
        found = _smallest_of(*general)
        if found is None:
            known = [each for each in general if each is not None]
            found = look_for(scan.CURVE, spacing, interval, known)
        rows.append(_row(scan.CURVE, spacing, interval, found))
    rows += [
        _row(scan.RELAPSE_FREE, "", interval, look_for(scan.RELAPSE_FREE, "", interval))
        for interval in INTERVAL_TYPES
    ]
    return pd.DataFrame([row for row in rows if row])


def _smallest_of(
    against_spacing: Contradiction | None, against_type: Contradiction | None
) -> Contradiction | None:
    """Return a general contradiction of two statements if none of one statement can exist.

    A single statement is about a number at risk or about limits, never both, and so it was among
    the facts of one of the general searches. Where these end in pairs at least, or find the facts
    to agree, every single statement is possible.
    """
    both = [found for found in (against_spacing, against_type) if found is not None]
    if all(found.smallest and len(found.statements) > 1 for found in both):
        return next((found for found in both if len(found.statements) == 2), None)
    return None


def _row(what: str, spacing: str, interval: str, found: Contradiction | None) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "statements": contradictions.SEPARATOR.join(found.statements),
        "smallest": found.smallest,
    }


WRITTEN: dict[str, Callable[[], pd.DataFrame]] = {
    "search": search,
    "survival-ranges": survival_ranges,
    "linked": both_curves,
    "evidence": evidence,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or WRITTEN:
        path = Path(__file__).parents[1] / f"{name}.csv"
        WRITTEN[name]().to_csv(path, index=False, lineterminator="\n")
