"""The remissions and relapses of the 17, so that the patients told of have theirs.

Only the order of events and censorings makes the curve of relapse-free survival: an event may move
between the censorings beside it, and any patient may have it.
"""

from __future__ import annotations

import numpy as np

from papers.kayser_2022.course_draft import Draft, on_grid_between
from papers.kayser_2022.data import said
from papers.kayser_2022.facts import relapse_free_survival
from papers.kayser_2022.told_places import TRANSPLANTED, transplant_of
from papers.kayser_2022.told_times import (
    CNS_2,
    LATEST_REMISSION,
    NEAR,
    STEP,
    earliest_remission,
)
from secondlook.inputs import IntArray

__all__ = ["settle_remissions"]


def settle_remissions(draft: Draft, rng: np.random.Generator) -> bool:
    """Give the events of the 17 out anew and date the remissions; False if one has no place."""
    draft.remission[draft.inside] = draft.delay[draft.inside]
    rows = np.flatnonzero(draft.inside & draft.had)
    gaps = _gaps(draft, rows)
    windows = [_window(draft, int(who)) for who in rows]
    narrow = [draft.told[who] == CNS_2 or draft.fate[who] == "died in remission" for who in rows]
    # The narrowest windows choose first; the others take early events if they left early.
    order = sorted(range(len(rows)), key=lambda at: (not narrow[at], windows[at][1]))
    for at in order:
        (least, most), who = windows[at], rows[at]
        open_gaps = [
            (max(least, low), min(most, high))
            for low, high in gaps
            if max(least, low) <= min(most, high) + NEAR
        ]
        if not open_gaps:
            return False
        pick = int(rng.integers(len(open_gaps))) if narrow[at] else 0
        low, high = open_gaps[pick]
        gaps.remove(next(gap for gap in gaps if gap[0] <= low + NEAR and high <= gap[1] + NEAR))
        draft.part_time[who] = on_grid_between(float(rng.uniform(low, high)), low, high)
        _date(draft, who, rng)
    return True


def _gaps(draft: Draft, rows: IntArray) -> list[tuple[float, float]]:
    """Return between which times each event lies without passing a censoring or a printed time."""
    exits = draft.part_time[draft.inside & ~draft.had]
    cuts = [0.0, *(float(fact.at) for fact in relapse_free_survival().survival), np.inf]
    marks = np.unique(np.concatenate([exits, cuts]))
    gaps = []
    for time in np.sort(draft.part_time[rows]):
        at = int(np.searchsorted(marks, time - NEAR))
        gaps.append((round(float(marks[at - 1]) + STEP, 1), float(marks[at])))
    return gaps


def _window(draft: Draft, who: int) -> tuple[float, float]:
    """Return between which times since remission a patient can have had the event."""
    time, name = float(draft.time[who]), draft.told[who]
    least, most = _remission_window(draft, who)
    if name == CNS_2:
        time -= said("res-cns-2-death")
    if name == CNS_2 or draft.fate[who] == "died in remission":
        return round(time - most, 1), round(time - least, 1)
    return STEP, round(time - least - STEP, 1)


def _remission_window(draft: Draft, who: int) -> tuple[float, float]:
    name, most = draft.told[who], LATEST_REMISSION
    if name in TRANSPLANTED:
        most = min(most, float(transplant_of(name, draft.time[[who]])[0]))
    least = earliest_remission(2 if name == CNS_2 else 1)
    return round(np.ceil(least / STEP - NEAR) * STEP, 1), most


def _date(draft: Draft, who: int, rng: np.random.Generator) -> None:
    """Date the remission, and the relapse unless the patient died without one."""
    time, part_time = float(draft.time[who]), float(draft.part_time[who])
    least, most = _remission_window(draft, who)
    if draft.fate[who] == "died in remission":
        draft.remission[who] = round(time - part_time, 1)
        return
    if draft.told[who] == CNS_2:
        draft.remission[who] = round(time - said("res-cns-2-death") - part_time, 1)
    else:
        most = min(most, time - part_time - STEP)
        wanted = float(rng.uniform(least, max(least, most)))
        draft.remission[who] = on_grid_between(wanted, least, most)
    draft.relapse[who] = round(draft.remission[who] + part_time, 1)
