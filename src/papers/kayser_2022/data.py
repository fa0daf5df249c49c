"""What the paper prints: its tables, its numbers by the id of their claim, its two curves.

The text of Figure 3 gives neither the ticks nor the type of the limits; ticks of three months and
log limits are the only ones that fit (`searches`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from secondlook import claims
from secondlook.admissible import CurveFacts
from secondlook.admissible.facts import ticks_every
from secondlook.data import cells
from secondlook.survival import IntervalType

KEY = "kayser-2022"
PATIENTS = 31
SPACING = "3"
INTERVAL: IntervalType = "log"


@cache
def said(claim: str) -> int | float:
    """Return the number that the paper prints in the claim of this id."""
    return claims.said(KEY, claim)


def _patients(table: str, name: str, **where: str) -> dict[str, int]:
    """Return the patients of each row of a table, by a column's text."""
    rows = [row for row in cells(KEY, table)[1] if where.items() <= row.items()]
    return {str(row[name]): int(str(row["patients"])) for row in rows}


def responses(assessment: str) -> dict[str, int]:
    """Return the patients of each response, after the "first cycle" or after "two cycles"."""
    return _patients("response", "response", assessment=assessment)


def fates() -> dict[str, int]:
    """Return the printed fates of the 26 patients in complete or partial remission."""
    return _patients("fates", "fate")


@cache
def told_cycles(patient: str) -> int:
    """Return how many cycles a patient told of was given, named as in told.csv."""
    (found,) = (row for row in cells(KEY, "told")[1] if row["patient"] == patient)
    return int(str(found["cycles"]))


def overall_survival(spacing: str = SPACING, interval: str = INTERVAL) -> CurveFacts:
    """Return the facts on overall survival of the 31, in months from the start of INO.

    `spacing` is the distance of the ticks under Figure 3, `interval` the type of all limits.
    """
    facts = claims.curve_facts(KEY, "os")
    ticks = ticks_every(spacing, len(facts.at_risk))
    return replace(facts, ticks=ticks, interval=interval, follow_up_interval=interval)


def relapse_free_survival(
    interval: str = INTERVAL, *, latest: float | None = None, deaths_count: bool = True
) -> CurveFacts:
    """Return the facts on relapse-free survival of the 17 in complete remission.

    `latest` is the longest time in months from the start of INO to complete remission, which
    nothing printed bounds; `deaths_count` says whether death in remission is an event, as usual, or
    ends follow-up, as the paper's methods can be read ("until last follow-up or relapse").
    """
    facts = claims.curve_facts(KEY, "rfs")
    assert facts.part_of is not None
    link = replace(
        facts.part_of,
        latest=None if latest is None else f"{latest:g}",
        dead_without_event="0" if deaths_count else str(said("res-died-remission")),
    )
    return replace(facts, interval=interval, follow_up_interval=interval, part_of=link)
