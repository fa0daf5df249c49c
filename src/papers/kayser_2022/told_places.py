"""Where the patients of the narrative find their place in a drawn cohort."""

from __future__ import annotations

import numpy as np
import pandas as pd

from papers.kayser_2022.course_draft import Draft, one_of
from papers.kayser_2022.data import said
from papers.kayser_2022.told_times import (
    CNS_2,
    CNS_3,
    LATEST_TRANSPLANT,
    NEAR,
    STEP,
    earliest_remission,
    earliest_transplant,
    in_months,
    latest_remission,
    since_transplant,
)
from secondlook.inputs import BoolArray, FloatArray

__all__ = ["TRANSPLANTED", "has_room", "place_told", "transplant_of"]

# Who of the transplanted patients told of died.
TRANSPLANTED = {"VOD 1": False, CNS_2: True, "VOD 3": True}


def has_room(overall: pd.DataFrame) -> bool:
    """Say whether overall survival has room for the patients told of and those not responding.

    Who lives was in remission: nobody's follow-up ends before the first possible one. Of those
    without response all but one were transplanted, after a cycle.
    """
    time, died = overall["time"].to_numpy(), overall["event"].to_numpy() == 1
    rooms = [_may_be(name, time) & (died == dead) for name, dead in TRANSPLANTED.items()]
    rooms.append(_may_be_cns_3(time) & died)
    left = said("res-died-early") + said("res-c2-pd-n") - said("res-hsct-pd")
    too_early = died & (time < earliest_transplant() + STEP - NEAR)
    return bool(
        time[~died].min() >= earliest_remission()
        and too_early.sum() <= left
        and all(room.any() for room in rooms)
    )


def place_told(draft: Draft, rng: np.random.Generator) -> bool:
    """Name the patients told of; False if one finds no place."""
    time, died, inside = draft.time, draft.died, draft.inside
    early = np.isclose(time, in_months(float(said("res-died-day"))))
    lives = inside & ~died & ~draft.had
    relapsed = inside & died & draft.had
    for name, candidates in (
        ("VOD 2", lives & (time >= said("vod-2-alive") - 0.05)),
        ("VOD 1", lives & _may_be("VOD 1", time) & (draft.delay <= transplant_of("VOD 1", time))),
        (CNS_2, relapsed & _may_be(CNS_2, time)),
        ("VOD 3", relapsed & _may_be("VOD 3", time)),
        ("early death", ~inside & died & early),
        (CNS_3, ~inside & died & _may_be_cns_3(time)),
    ):
        who = one_of(candidates & draft.untold(), rng)
        if who is None:
            return False
        draft.told[who] = name
    return True


def transplant_of(name: str, time: FloatArray) -> FloatArray:
    """Return when a patient told of was transplanted who left at a time."""
    return np.round(time - since_transplant(name), 1)


def _may_be(name: str, time: FloatArray) -> BoolArray:
    at = transplant_of(name, time)
    return (at >= earliest_transplant(name) - NEAR) & (at <= LATEST_TRANSPLANT + NEAR)


def _may_be_cns_3(time: FloatArray) -> BoolArray:
    cycles = int(said("res-cns-3-cr"))
    since = said("res-cns-3-relapse") + in_months(float(said("res-cns-3-death")))
    at = np.round(time - since, 1)
    return (at >= earliest_remission(cycles)) & (at <= latest_remission(cycles) + NEAR)
