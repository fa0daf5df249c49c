"""Whether a constructed set has what the paper tells of single patients and of their number.

A set has a row a patient, with the columns in `COLUMNS`. Relapse-free survival of the patients in
complete remission after two cycles follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from papers.kayser_2022.data import responses, said
from papers.kayser_2022.facts import (
    INTERVAL,
    overall_survival,
    relapse_free_survival,
    remission,
)
from papers.kayser_2022.told_times import (
    CNS_2,
    CNS_3,
    CYCLES_BEFORE_TRANSPLANT,
    LATEST_REMISSION,
    NEAR,
    earliest_remission,
    earliest_transplant,
    in_months,
    latest_remission,
    since_transplant,
)
from secondlook.admissible import unmet_linked_facts

__all__ = ["COLUMNS", "FATES", "RESPONSES", "linked_cohort", "unmet_curves", "unmet_narrative"]

COLUMNS = (
    *("patient", "time", "event", "transplant_time"),
    *("response", "remission_time", "relapse_time", "fate", "told"),
)
# The response after two cycles, and what the paper calls it.
RESPONSES = {
    "complete remission": "complete remission",
    "partial remission": "partial remission",
    "no response": "stable, resistant or progressive disease",
    "early death": "early death",
}
FATES = (
    *("relapsed and died", "relapsed and alive", "died in remission", "not told", "early death"),
    *("still in complete remission", "still in partial remission"),
)


def linked_cohort(frame: pd.DataFrame) -> pd.DataFrame:
    """Return time, event, in_part, delay, part_time, part_event, as `sample_linked` draws them."""
    inside = frame["response"] == "complete remission"
    relapsed = frame["relapse_time"].notna()
    end = frame["relapse_time"].fillna(frame["time"])
    return pd.DataFrame(
        {
            "time": frame["time"],
            "event": frame["event"],
            "in_part": inside.astype(int),
            "delay": frame["remission_time"].where(inside),
            "part_time": (end - frame["remission_time"]).round(1).where(inside),
            "part_event": (relapsed | (frame["event"] == 1)).astype(float).where(inside),
        }
    )


def unmet_curves(frame: pd.DataFrame) -> list[str]:
    """Return the facts on both survival curves that a set does not print."""
    cohort = linked_cohort(frame)
    wrong = (cohort["in_part"] == 1) & ~(cohort["part_time"] > 0)
    impossible = list(_who(frame, wrong, "no time between remission and what ends it"))
    if impossible:
        return impossible
    return unmet_linked_facts(
        overall_survival(),
        relapse_free_survival(),
        remission(longest=LATEST_REMISSION),
        cohort,
        INTERVAL,
    )


def unmet_narrative(frame: pd.DataFrame) -> list[str]:
    """Return in words what of the narrative a set does not have; none if it has all of it."""
    parts = (_responses, _fates, _order_of_events, _transplanted, _told_patients)
    return [text for part in parts for text in part(frame)]


def _responses(frame: pd.DataFrame) -> Iterator[str]:
    printed, found = responses("two cycles"), frame["response"].value_counts()
    for here, there in RESPONSES.items():
        yield from _counted(int(found.get(here, 0)), printed[there], here)


def _fates(frame: pd.DataFrame) -> Iterator[str]:
    fate, died = frame["fate"], frame["event"] == 1
    responded = frame["response"].isin(["complete remission", "partial remission"])
    relapsed = responded & frame["relapse_time"].notna()
    for found, claim, what in (
        (relapsed, "res-relapsed-n", "relapsed responders"),
        (relapsed & ~died, "res-relapsed-alive", "relapsed responders who live"),
        (fate == "died in remission", "res-died-remission", "patients who died in remission"),
        (fate == "still in complete remission", "res-still-cr", "still in complete remission"),
        (fate == "still in partial remission", "res-still-pr", "still in partial remission"),
    ):
        yield from _counted(int(found.sum()), said(claim), what)
    still = fate.str.startswith("still in ")
    wrong = died & (still | (fate == "relapsed and alive"))
    wrong |= ~died & fate.isin(["relapsed and died", "died in remission", "early death"])
    wrong |= relapsed & fate.isin(["died in remission", "still in partial remission", "not told"])
    wrong |= ~relapsed & fate.str.startswith("relapsed")
    wrong |= ~responded & ~fate.isin(["not told", "early death"])
    # Of the 17, who died without a relapse died in remission, and who lives without one is in it.
    complete = (frame["response"] == "complete remission") & ~relapsed
    wrong |= complete & ~fate.isin(["died in remission", "still in complete remission"])
    yield from _who(frame, wrong, "a fate that does not go with response, relapse and death")
    molecular = relapsed & still
    if int(molecular.sum()) > said("res-molecular"):
        yield "more relapsed patients in remission than the one with a molecular relapse"


def _order_of_events(frame: pd.DataFrame) -> Iterator[str]:
    time, remission, relapse = (frame[name] for name in ("time", "remission_time", "relapse_time"))
    complete = frame["response"] == "complete remission"
    yield from _who(frame, complete & remission.isna(), "no time of complete remission")
    early = remission < earliest_remission() - NEAR
    yield from _who(frame, early, "a remission before the last dose of the first cycle")
    yield from _who(frame, remission > time + NEAR, "a remission after the last news")
    yield from _who(frame, relapse <= remission + NEAR, "a relapse before the remission")
    yield from _who(frame, relapse >= time - NEAR, "a relapse after the last news")


def _transplanted(frame: pd.DataFrame) -> Iterator[str]:
    at = frame["transplant_time"]
    given = at.notna()
    yield from _counted(int(given.sum()), said("res-hsct"), "transplanted")
    for response, claim in (
        ("complete remission", "res-hsct-cr"),
        ("partial remission", "res-hsct-pr"),
        ("no response", "res-hsct-pd"),
    ):
        found = int((given & (frame["response"] == response)).sum())
        yield from _counted(found, said(claim), f"transplanted in {response}")
    in_time = (at >= earliest_transplant() - NEAR) & (at < frame["time"] - NEAR)
    yield from _who(frame, given & ~in_time, "a transplantation before a cycle or after the end")
    complete = frame["response"] == "complete remission"
    late = given & complete & (frame["remission_time"] > at + NEAR)
    yield from _who(frame, late, "a transplantation before the remission")
    relapsed = given & frame["relapse_time"].notna()
    before = relapsed & (frame["relapse_time"] <= at + NEAR)
    yield from _who(frame, before, "a relapse before the transplantation")
    after = int((relapsed & ~before).sum())
    yield from _counted(after, said("res-relapsed-hsct"), "relapsed after transplantation")


def _told_patients(frame: pd.DataFrame) -> Iterator[str]:
    for name in ("early death", CNS_2, CNS_3, *(f"VOD {n}" for n in (1, 2, 3))):
        rows = frame[frame["told"] == name]
        if len(rows) != 1:
            yield f"{name} is not one patient"
        elif not _is_as_told(name, rows.iloc[0]):
            yield f"{name} is not as told"


def _is_as_told(name: str, row: pd.Series) -> bool:
    """Compare one patient with what is told; a comparison with a missing time is False."""
    died, fate = bool(row["event"]), row["fate"]
    given = bool(pd.notna(row["transplant_time"]))
    wanted = name in CYCLES_BEFORE_TRANSPLANT
    if given != wanted:
        return False
    if given:
        gap = row["time"] - row["transplant_time"]
        if abs(gap - since_transplant(name)) > NEAR:
            return False
        if row["transplant_time"] < earliest_transplant(name) - NEAR:
            return False
    if name == "early death":
        at = in_months(float(said("res-died-day")))
        return died and fate == name == row["response"] and abs(row["time"] - at) < NEAR
    if name == CNS_2:
        return bool(
            fate == "relapsed and died"
            and row["response"] == "complete remission"
            and row["remission_time"] >= earliest_remission(2) - NEAR
            and abs(row["time"] - row["relapse_time"] - said("res-cns-2-death")) < NEAR
        )
    if name == CNS_3:
        last = row["time"] - row["relapse_time"]
        cycles = int(said("res-cns-3-cr"))
        return bool(
            fate == "relapsed and died"
            and row["response"] == "partial remission"
            and row["remission_time"] >= earliest_remission(cycles) - NEAR
            and row["remission_time"] <= latest_remission(cycles) + NEAR
            and abs(row["relapse_time"] - row["remission_time"] - said("res-cns-3-relapse")) < NEAR
            and abs(last - in_months(float(said("res-cns-3-death")))) < NEAR
        )
    if name == "VOD 2":
        long_enough = row["time"] >= said("vod-2-alive") - 0.05
        return bool(fate == "still in complete remission" and long_enough)
    return bool(fate == ("died in remission" if name == "VOD 3" else "still in complete remission"))


def _counted(found: int, printed: float, what: str) -> Iterator[str]:
    if found != printed:
        yield f"{found} {what} instead of {printed:g}"


def _who(frame: pd.DataFrame, wrong: pd.Series, what: str) -> Iterator[str]:
    if wrong.any():
        yield f"{what}: patient {', '.join(map(str, frame.loc[wrong, 'patient']))}"
