"""What the paper tells of single patients and of their number, asked of a constructed set.

A set has a row a patient with the columns in `COLUMNS`. Times are in months from the start of INO,
on a grid of `STEP`, but for two deaths that are told to the day. Relapse-free survival of the
patients in complete remission after two cycles follows from it.

The paper prints no time of a remission or a transplantation. Doses are given on days 1, 8 and 15 of
a cycle. That a cycle takes three to four weeks, that remission was seen within `LATEST_REMISSION`
and that transplants took place within `LATEST_TRANSPLANT` is assumed. Where the text leaves a
choice the narrower one is taken: nobody but the early death leaves, relapses or is transplanted
before two cycles are over, and a cycle at least lies between a remission and a relapse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from papers.kayser_2022.data import responses, said, told_cycles
from papers.kayser_2022.facts import (
    DAYS_IN_A_MONTH,
    INTERVAL,
    last_dose,
    overall_survival,
    relapse_free_survival,
    remission,
)
from secondlook.linked import unmet_linked_facts

__all__ = [
    "COLUMNS",
    "TOLD",
    "breaches",
    "counts",
    "is_as_told",
    "linked_cohort",
    "unmet_curves",
    "unmet_narrative",
]

COLUMNS = (
    *("patient", "time", "event", "cycles", "first_cycle", "response", "remission_time"),
    *("transplant_time", "relapse_time", "fate", "told"),
)
COMPLETE, PARTIAL, EARLY = "complete remission", "partial remission", "early death"
NO_RESPONSE = "stable, resistant or progressive disease"
# As told.csv names them.
CNS_2, CNS_3 = "central nervous system 2", "central nervous system 3"
TOLD = (EARLY, CNS_2, CNS_3, "VOD 1", "VOD 2", "VOD 3")

STEP = 0.1
# Two times on the grid that are no farther apart are one.
NEAR = 1e-6
CYCLE_MONTHS, LONGEST_CYCLE = 0.7, 0.9
LATEST_REMISSION, LATEST_TRANSPLANT = 3.0, 6.0


def seen_after(cycles: int) -> float:
    """Return the month of the last dose of so many cycles, when response can be seen at last."""
    return (cycles - 1) * CYCLE_MONTHS + last_dose()


def since_transplant(name: str) -> float:
    """Return the months from the transplantation of a patient told of to his death or last news."""
    claims = {
        CNS_2: ("res-cns-2-relapse", "res-cns-2-death"),
        "VOD 1": ("vod-1-alive",),
        "VOD 3": ("vod-3-death",),
    }
    return float(sum(said(claim) for claim in claims[name]))


def in_months(claim: str) -> float:
    """Return the days of a claim as months."""
    return round(said(claim) / DAYS_IN_A_MONTH, 2)


def linked_cohort(frame: pd.DataFrame) -> pd.DataFrame:
    """Return time, event, in_part, delay, part_time, part_event, as `sample_linked` draws them."""
    inside = frame["response"] == COMPLETE
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
    if wrong.any():
        return [_who(frame, wrong, "no time between remission and what ends it")]
    return unmet_linked_facts(
        overall_survival(),
        relapse_free_survival(),
        remission(longest=LATEST_REMISSION),
        cohort,
        INTERVAL,
    )


def unmet_narrative(frame: pd.DataFrame) -> list[str]:
    """Return in words what of the narrative a set does not have; none if it has all of it."""
    unmet = [
        f"{int(found.sum())} {what} instead of {printed:g}"
        for what, found, printed in counts(frame)
        if int(found.sum()) != printed
    ]
    unmet += [_who(frame, wrong, what) for what, wrong in breaches(frame) if wrong.any()]
    for name in TOLD:
        rows = frame[frame["told"] == name]
        if len(rows) != 1:
            unmet.append(f"{name} is not one patient")
        elif not is_as_told(rows.iloc[0]):
            unmet.append(f"{name} is not as told")
    return unmet


def counts(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series, float]]:
    """Give each number that the narrative prints: what, who of the set, and the number."""
    first, second, fate = frame["first_cycle"], frame["response"], frame["fate"]
    died, given = frame["event"] == 1, frame["transplant_time"].notna()
    responded, relapsed = second.isin([COMPLETE, PARTIAL]), frame["relapse_time"].notna()
    for name, number in responses("first cycle").items():
        yield f"{name} after the first cycle", first == name, number
    for name, number in responses("two cycles").items():
        yield f"{name} after two cycles", second == name, number
    improved, kept = (first.eq(PARTIAL) & second.eq(r) for r in (COMPLETE, PARTIAL))
    yield "partial remissions that became complete", improved, said("res-pr-to-cr")
    yield "partial remissions that were kept", kept, said("res-pr-stay")
    few, more = frame["cycles"] <= 2, frame["cycles"].between(3, 4)
    yield "with two cycles or fewer", few, said("met-cycles-low")
    yield "with three or four cycles", more, said("met-cycles-middle")
    yield "with five or six cycles", frame["cycles"].between(5, 6), said("met-cycles-high")
    yield "transplanted", given, said("res-hsct")
    yield "transplanted after two cycles or fewer", given & few, said("res-cycles-low")
    yield "transplanted after three or four cycles", given & more, said("res-cycles-high")
    yield "transplanted in complete remission", given & second.eq(COMPLETE), said("res-hsct-cr")
    yield "transplanted in partial remission", given & second.eq(PARTIAL), said("res-hsct-pr")
    yield "transplanted without response", given & second.eq(NO_RESPONSE), said("res-hsct-pd")
    yield "relapsed responders", responded & relapsed, said("res-relapsed-n")
    yield "relapsed after transplantation", relapsed & given, said("res-relapsed-hsct")
    yield "relapsed and alive", relapsed & ~died, said("res-relapsed-alive")
    yield (
        "relapsed and in remission",
        relapsed & fate.str.startswith("still"),
        said("res-molecular"),
    )
    for name, claim in (
        ("died in remission", "res-died-remission"),
        ("still in complete remission", "res-still-cr"),
        ("still in partial remission", "res-still-pr"),
    ):
        yield name, fate == name, said(claim)


def breaches(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Give each rule of a course: what breaks it, and who does."""
    time, seen, given, relapse = (
        frame[name] for name in ("time", "remission_time", "transplant_time", "relapse_time")
    )
    died, second, fate = frame["event"] == 1, frame["response"], frame["fate"]
    complete, relapsed, others = second == COMPLETE, relapse.notna(), second != EARLY
    responded = second.isin([COMPLETE, PARTIAL])
    first = frame["first_cycle"]
    at_once = (first == COMPLETE) == (seen < seen_after(2) - NEAR)
    unseen = ~others & (first != "not assessed")
    ends = pd.concat([time, given, relapse], axis=1).min(axis=1)
    yield "a complete remission without a date", complete & seen.isna()
    yield "a remission before the last dose of the first cycle", seen < seen_after(1) - NEAR
    yield "a remission that was seen after another cycle than told", complete & ~at_once
    yield "a complete remission that is lost", first.eq(COMPLETE) & ~complete
    yield "an early death after a response was assessed", unseen
    yield "gone before two cycles are over", others & (ends < 2 * CYCLE_MONTHS - NEAR)
    yield "a transplantation before the remission", seen > given + NEAR
    yield "a relapse within a cycle of the remission", relapse < seen + CYCLE_MONTHS - NEAR
    yield "a relapse before the transplantation", relapse <= given + NEAR
    yield "a relapse at the last news or later", relapse > time - STEP + NEAR
    yield "a transplantation at the last news or later", given > time - STEP + NEAR
    yield (
        "a transplantation before the cycles that preceded it, or later than assumed",
        (given < frame["cycles"] * CYCLE_MONTHS - NEAR) | (given > LATEST_TRANSPLANT + NEAR),
    )
    yield "a cycle that begins too late", (frame["cycles"] - 1) * CYCLE_MONTHS > ends + NEAR
    yield (
        "more cycles without a response",
        ~responded & frame["cycles"].gt(2),
    )
    fits = {
        "relapsed and died": died & relapsed & responded,
        "died in remission": died & ~relapsed & responded,
        "early death": died & ~relapsed & second.eq(EARLY),
        "not told": died & ~relapsed & second.isin([PARTIAL, NO_RESPONSE]),
        "still in complete remission": ~died & complete,
        "still in partial remission": ~died & ~relapsed & second.eq(PARTIAL),
    }
    fitting = pd.concat([fit & fate.eq(name) for name, fit in fits.items()], axis=1).any(axis=1)
    yield "a fate that does not go with response, relapse and death", ~fitting


def is_as_told(patient: pd.Series) -> bool:
    """Say whether a patient told of has the course that the text tells of him."""
    return _COURSES[patient["told"]](patient)


def _early_death(patient: pd.Series) -> bool:
    at = in_months("res-died-day")
    return bool(patient["fate"] == EARLY and abs(patient["time"] - at) < NEAR)


def _cns_2(patient: pd.Series) -> bool:
    return (
        _has(patient, COMPLETE, "relapsed and died", told_cycles(CNS_2))
        and patient["first_cycle"] != COMPLETE
        and _apart(patient, "transplant_time", "relapse_time", said("res-cns-2-relapse"))
        and _apart(patient, "relapse_time", "time", said("res-cns-2-death"))
    )


def _cns_3(patient: pd.Series) -> bool:
    # In complete remission after three cycles, and so not yet after two; not after a fourth.
    cycles = int(said("res-cns-3-cr"))
    seen = patient["remission_time"]
    return (
        _has(patient, PARTIAL, "relapsed and died", told_cycles(CNS_3))
        and pd.isna(patient["transplant_time"])
        and seen_after(cycles) - NEAR <= seen <= (cycles + 1) * LONGEST_CYCLE + NEAR
        and _apart(patient, "remission_time", "relapse_time", said("res-cns-3-relapse"))
        and _apart(patient, "relapse_time", "time", in_months("res-cns-3-death"))
    )


def _vod_1(patient: pd.Series) -> bool:
    # On the first day of the third cycle: a cycle that had begun.
    return _has(patient, COMPLETE, "still in complete remission", told_cycles("VOD 1")) and _apart(
        patient, "transplant_time", "time", since_transplant("VOD 1")
    )


def _vod_2(patient: pd.Series) -> bool:
    return (
        _has(patient, COMPLETE, "still in complete remission", told_cycles("VOD 2"))
        and pd.isna(patient["transplant_time"])
        and abs(patient["time"] - said("vod-2-alive")) < NEAR
    )


def _vod_3(patient: pd.Series) -> bool:
    return _has(patient, COMPLETE, "died in remission", told_cycles("VOD 3")) and _apart(
        patient, "transplant_time", "time", since_transplant("VOD 3")
    )


_COURSES: dict[str, Callable[[pd.Series], bool]] = {
    EARLY: _early_death,
    CNS_2: _cns_2,
    CNS_3: _cns_3,
    "VOD 1": _vod_1,
    "VOD 2": _vod_2,
    "VOD 3": _vod_3,
}


def _has(patient: pd.Series, response: str, fate: str, cycles: float) -> bool:
    return bool(
        patient["response"] == response and patient["fate"] == fate and patient["cycles"] == cycles
    )


def _apart(patient: pd.Series, begin: str, end: str, months: float) -> bool:
    """Say whether two times of a patient lie so far apart; False if one is missing."""
    return bool(abs(patient[end] - patient[begin] - months) < NEAR)


def _who(frame: pd.DataFrame, wrong: pd.Series, what: str) -> str:
    return f"{what}: patient {', '.join(map(str, frame.loc[wrong, 'patient']))}"
