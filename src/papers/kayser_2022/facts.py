"""What the paper prints of its two curves, as ``curves:`` declares it.

The figure's text gives neither the ticks nor the type of the limits; ticks of three months and log
limits are the only ones that fit (`searches`).
"""

from __future__ import annotations

from dataclasses import replace

from papers.kayser_2022.data import KEY, said
from secondlook import claims
from secondlook.admissible import CurveFacts
from secondlook.admissible.facts import ticks_every
from secondlook.survival import IntervalType

SPACING = "3"
INTERVAL: IntervalType = "log"


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
