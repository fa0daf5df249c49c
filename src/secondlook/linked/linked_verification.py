"""Whether one cohort prints both curves and keeps to the link between them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from secondlook.linked.link import Link
from secondlook.linked.linked_orders import LinkedOrders
from secondlook.linked.part_median import median_bounds
from secondlook.linked.survival_facts import Rounding, SurvivalFacts
from secondlook.linked.verification import unmet_facts
from secondlook.survival import IntervalType, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["unmet_linked_facts", "unmet_links"]


def unmet_links(found: LinkedOrders, cohort: pd.DataFrame) -> list[str]:
    """Return in words what a cohort does not reproduce, of either curve and of the link.

    Parameters
    ----------
    found
        What was searched.
    cohort
        A row a patient, with the columns of `sample_linked`.
    """
    whole = found.whole
    return unmet_linked_facts(
        whole.facts,
        found.part.facts,
        found.link,
        cohort,
        whole.interval,
        follow_up_interval=whole.follow_up_interval,
        rounding=whole.rounding,
        level=whole.level,
    )


def unmet_linked_facts(
    whole: SurvivalFacts,
    part: SurvivalFacts,
    link: Link,
    cohort: pd.DataFrame,
    interval: IntervalType = "log",
    *,
    follow_up_interval: IntervalType | None = None,
    rounding: Rounding = "rounded",
    level: float = 0.95,
) -> list[str]:
    """Return the same as `unmet_links`, without a search.

    Parameters
    ----------
    whole, part, link
        As `linked_orders` takes them.
    cohort
        A row a patient, with the columns of `sample_linked`.
    interval, follow_up_interval, rounding, level
        As in `secondlook.linked.orders`, for both curves.
    """
    inside = cohort[cohort["in_part"].astype(bool)]
    unmet = []
    for facts, rows, time, event in (
        (whole, cohort, "time", "event"),
        (part, inside, "part_time", "part_event"),
    ):
        unmet += unmet_facts(
            facts,
            rows[time].to_numpy(dtype=float),
            rows[event].to_numpy().astype(bool),
            interval=interval,
            follow_up_interval=follow_up_interval,
            rounding=rounding,
            level=level,
        )
    bounds = median_bounds(link.median, rounding)
    if bounds is not None:
        median = kaplan_meier(inside["time"], inside["event"]).quantile(0.5).estimate
        if median not in bounds:
            unmet.append("median survival of the part")
    return unmet + _unmet_counts(link, cohort) + _unmet_delays(link, inside)


def _unmet_counts(link: Link, cohort: pd.DataFrame) -> list[str]:
    is_inside = cohort["in_part"].astype(bool)
    inside, outside = cohort[is_inside], cohort[~is_inside]
    died, had = inside["event"].astype(bool), inside["part_event"].astype(bool)
    most_alive = len(inside) if link.alive_with_event is None else link.alive_with_event
    unmet = []
    if int((had & ~died).sum()) > most_alive:
        unmet.append("patients alive with the event")
    if int((~had & died).sum()) > link.dead_without_event:
        unmet.append("patients dead without the event")
    if int((outside["event"] == 0).sum()) < link.alive_outside:
        unmet.append("patients alive outside the part")
    return unmet


def _unmet_delays(link: Link, inside: pd.DataFrame) -> list[str]:
    had = inside["part_event"].astype(bool)
    slack = inside["time"] - inside["delay"] - inside["part_time"]
    longest = math.inf if link.longest_delay is None else link.longest_delay
    good = slack.where(had, slack.abs()).between(-1e-9, np.where(had, np.inf, 1e-9))
    good &= inside["delay"].between(link.shortest_delay - 1e-9, longest + 1e-9)
    return [] if good.all() else ["delays"]
