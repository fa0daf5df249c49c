"""Cohorts that print both survival curves and have room for the patients of the narrative."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from papers.kayser_2022.data import said
from papers.kayser_2022.facts import (
    INTERVAL,
    overall_survival,
    relapse_free_survival,
    remission,
)
from papers.kayser_2022.told_places import has_room
from papers.kayser_2022.told_times import LATEST_REMISSION
from secondlook.admissible import (
    KnownTime,
    LinkedOrders,
    SurvivalFacts,
    linked_orders,
    sample_linked,
)

__all__ = ["drawn", "found"]


@cache
def found() -> LinkedOrders:
    """Search both curves with what is told of three of the patients in complete remission.

    They are taken to be of the 17, and two of them to have been transplanted in that remission, so
    that it is older than the transplant. Alive after a relapse is one patient and not two: more
    would have to be relapsed and in remission, or more than eleven alive.
    """
    told = (
        KnownTime("censoring", f">{said('vod-1-alive'):g}", "VOD 1"),
        KnownTime("censoring", f">={said('vod-2-alive') - LATEST_REMISSION:g}", "VOD 2"),
        KnownTime("death", f">{said('vod-3-death'):g}", "VOD 3"),
    )
    part: SurvivalFacts = replace(relapse_free_survival(), known=told)
    link = replace(
        remission(longest=LATEST_REMISSION), alive_with_event=int(said("res-relapsed-alive"))
    )
    return linked_orders(overall_survival(), part, link, INTERVAL)


def drawn(size: int, rng: np.random.Generator) -> list[pd.DataFrame]:
    """Draw cohorts as `secondlook.admissible.sample_linked` does; some seconds each."""
    frame = sample_linked(found(), size, rng, keep=has_room, tries_each=5000).frame
    return [cohort.reset_index(drop=True) for _, cohort in frame.groupby("set")]
