"""A course for every patient of a drawn cohort, so that the narrative finds its patients in it.

The cohort brings overall survival of all and relapse-free survival of those in remission. Here the
responses are given out, the patients of the narrative find their place, and every patient gets a
fate. Relapses of patients in partial remission, of which nothing is printed but their number, get a
time between half of the survival and its end.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from papers.kayser_2022.course_draft import (
    COMPLETE,
    EARLY,
    NO_RESPONSE,
    PARTIAL,
    Draft,
    one_of,
)
from papers.kayser_2022.data import said
from papers.kayser_2022.narrative import unmet_curves
from papers.kayser_2022.relapses import settle_remissions
from papers.kayser_2022.told_places import place_told
from papers.kayser_2022.told_times import (
    CNS_3,
    NEAR,
    STEP,
    earliest_remission,
    in_months,
)

__all__ = ["tell"]


def tell(cohort: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame | None:
    """Give every patient a course; None if this try finds no place for somebody.

    Parameters
    ----------
    cohort
        One cohort of `secondlook.admissible.sample_linked`.
    rng
        The source of randomness.

    Returns
    -------
    pandas.DataFrame
        Patient, time, event, response, remission_time, relapse_time, fate, told.
    """
    draft = Draft.of(cohort)
    for step in (place_told, _place_death_in_remission, settle_remissions, _give_responses):
        if not step(draft, rng):
            return None
    if not _settle_fates(draft, rng):
        return None
    frame = draft.frame()
    return None if unmet_curves(frame) else frame


def _place_death_in_remission(draft: Draft, rng: np.random.Generator) -> bool:
    """Let one more than VOD 3 have died in remission, one of the 17 or in partial remission."""
    inside = draft.inside & (rng.random() < 0.5)
    could = draft.died & draft.untold() & (draft.time > 1) & (inside == draft.inside)
    who = one_of(could, rng)
    if who is None:
        return False
    draft.fate[who] = draft.fate[draft.told.index("VOD 3")] = "died in remission"
    return True


def _give_responses(draft: Draft, rng: np.random.Generator) -> bool:
    """Who lives outside the 17 is in partial remission after two cycles, and so are some others."""
    draft.response[:] = np.where(draft.inside, COMPLETE, PARTIAL)
    draft.response[draft.told.index("early death")] = EARLY
    none = int(said("res-c2-pd-n"))
    free = ~draft.inside & draft.died & draft.untold()
    free &= np.array([not fate for fate in draft.fate])
    late = draft.time >= earliest_remission() - NEAR
    # Who died too early for a remission had none.
    rows, first = np.flatnonzero(free & late), np.flatnonzero(free & ~late)
    if len(first) > none or len(rows) < none - len(first):
        return False
    others = rng.choice(rows, size=none - len(first), replace=False)
    draft.response[[*first, *others]] = NO_RESPONSE
    return bool(late[draft.response == PARTIAL].all())


def _settle_fates(draft: Draft, rng: np.random.Generator) -> bool:
    """Let ten have relapsed, nine of whom died, nine be in complete remission and one in partial.

    Of those who live one has relapsed: if ten live he is in remission again, after the molecular
    relapse; if eleven live he is the eleventh.
    """
    partial, alive = draft.response == PARTIAL, ~draft.died
    wanted = int(said("res-relapsed-n")) - int((~np.isnan(draft.relapse)).sum())
    relapsed_alive = int((alive & ~np.isnan(draft.relapse)).sum())
    living = np.flatnonzero(partial & alive)
    missing = int(said("res-relapsed-alive")) - relapsed_alive
    if not 0 <= missing <= len(living) - 1:
        return False
    living = rng.permutation(living)
    chosen = list(living[1 : 1 + missing])
    could = np.flatnonzero(
        partial & draft.died & (draft.time > 1) & np.array([not fate for fate in draft.fate])
    )
    cns_3 = draft.told.index(CNS_3)
    others = could[could != cns_3]
    if not 1 <= wanted - missing <= len(others) + 1:
        return False
    chosen += [cns_3, *rng.choice(others, size=wanted - missing - 1, replace=False)]
    for who in chosen:
        time = float(draft.time[who])
        last = round((time - STEP) / STEP)
        draft.relapse[who] = round(int(rng.integers(round(time / 2 / STEP), last + 1)) * STEP, 1)
    draft.relapse[cns_3] = round(draft.time[cns_3] - in_months(float(said("res-cns-3-death"))), 1)
    draft.remission[cns_3] = round(draft.relapse[cns_3] - said("res-cns-3-relapse"), 1)
    again = int(alive.sum()) == said("res-still")
    for who in range(len(draft.time)):
        draft.fate[who] = draft.fate[who] or _fate(draft, who, again=again)
    draft.fate[living[0]] = "still in partial remission"
    return draft.fate.count("still in complete remission") == said("res-still-cr")


def _fate(draft: Draft, who: int, *, again: bool) -> str:
    relapsed = not np.isnan(draft.relapse[who])
    if draft.told[who] == "early death":
        return "early death"
    if draft.died[who]:
        return "relapsed and died" if relapsed else "not told"
    return "relapsed and alive" if relapsed and not again else "still in complete remission"
