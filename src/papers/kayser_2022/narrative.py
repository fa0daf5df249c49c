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

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from papers.kayser_2022.data import (
    overall_survival,
    relapse_free_survival,
    responses,
    said,
    told_cycles,
)
from secondlook.linked_curves import unmet_pair

COLUMNS = (
    *("patient", "time", "event", "cycles", "first_cycle", "response", "remission_time"),
    *("transplant_time", "relapse_time", "fate", "told"),
)
COMPLETE, PARTIAL, EARLY = "complete remission", "partial remission", "early death"
NO_RESPONSE = "stable, resistant or progressive disease"
# As told.csv names them.
CNS_2, CNS_3 = "central nervous system 2", "central nervous system 3"
TOLD = (EARLY, CNS_2, CNS_3, "VOD 1", "VOD 2", "VOD 3")

DAYS_IN_A_MONTH = 30.4375
STEP = 0.1
# Two times on the grid that are no farther apart are one.
NEAR = 1e-6
CYCLE_MONTHS, LONGEST_CYCLE = 0.7, 0.9
LATEST_REMISSION, LATEST_TRANSPLANT = 3.0, 6.0


def in_months(days: float) -> float:
    """Return days as months."""
    return round(days / DAYS_IN_A_MONTH, 2)


def seen_after(cycles: int) -> float:
    """Return the month of the last dose of so many cycles, when response can be seen at last."""
    return (cycles - 1) * CYCLE_MONTHS + in_months(said("met-day-15") - said("met-day-1"))


class Course(NamedTuple):
    """What is told of one patient.

    `apart` has pairs of columns of times, the first empty for the start of INO, with the months
    between.
    """

    response: str
    fate: str
    transplanted: bool
    apart: tuple[tuple[str, str, float], ...]


def courses_told() -> dict[str, Course]:
    """Return the course of each patient told of."""
    died, lives = "relapsed and died", "still in complete remission"
    given, relapse = "transplant_time", "relapse_time"
    of_2 = (given, relapse, said("res-cns-2-relapse")), (relapse, "time", said("res-cns-2-death"))
    of_3 = (
        ("remission_time", relapse, said("res-cns-3-relapse")),
        (relapse, "time", in_months(said("res-cns-3-death"))),
    )
    return {
        EARLY: Course(EARLY, EARLY, False, (("", "time", in_months(said("res-died-day"))),)),
        CNS_2: Course(COMPLETE, died, True, of_2),
        # In complete remission after three cycles, and so not yet after two.
        CNS_3: Course(PARTIAL, died, False, of_3),
        "VOD 1": Course(COMPLETE, lives, True, ((given, "time", said("vod-1-alive")),)),
        "VOD 2": Course(COMPLETE, lives, False, (("", "time", said("vod-2-alive")),)),
        "VOD 3": Course(
            COMPLETE, "died in remission", True, ((given, "time", said("vod-3-death")),)
        ),
    }


def as_told(frame: pd.DataFrame) -> pd.Series:
    """Say of each patient told of whether he has the course that the text tells; True of others."""
    good = pd.Series(True, index=frame.index)
    for name, course in courses_told().items():
        rows = frame[frame["told"] == name]
        fits = rows["response"].eq(course.response) & rows["fate"].eq(course.fate)
        fits &= rows["transplant_time"].notna() == course.transplanted
        if name != EARLY:
            fits &= rows["cycles"] == told_cycles(name)
        for begin, end, months in course.apart:
            fits &= (rows[end] - (rows[begin] if begin else 0.0) - months).abs() < NEAR
        if name == CNS_2:
            fits &= rows["first_cycle"] != COMPLETE
        if name == CNS_3:
            seen, cycles = rows["remission_time"], int(said("res-cns-3-cr"))
            last = (cycles + 1) * LONGEST_CYCLE
            fits &= seen.between(seen_after(cycles) - NEAR, last + NEAR)
        good[rows.index] = fits
    return good


def linked_cohort(frame: pd.DataFrame) -> pd.DataFrame:
    """Return time, event, in_part, delay, part_time, part_event, as `unmet_pair` takes them."""
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
    part = relapse_free_survival(latest=LATEST_REMISSION)
    return unmet_pair(overall_survival(), part, cohort)


def unmet_narrative(frame: pd.DataFrame) -> list[str]:
    """Return in words what of the narrative a set does not have; none if it has all of it."""
    unmet = [
        f"{int(found.sum())} {what} instead of {printed:g}"
        for what, found, printed in counts(frame)
        if int(found.sum()) != printed
    ]
    unmet += [_who(frame, wrong, what) for what, wrong in breaches(frame) if wrong.any()]
    good = as_told(frame)
    for name in TOLD:
        who = frame["told"] == name
        if who.sum() != 1:
            unmet.append(f"{name} is not one patient")
        elif not good[who].all():
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
    still = relapsed & fate.str.startswith("still")
    yield "relapsed and in remission", still, said("res-molecular")
    for name, claim in (
        ("died in remission", "res-died-remission"),
        ("still in complete remission", "res-still-cr"),
        ("still in partial remission", "res-still-pr"),
    ):
        yield name, fate == name, said(claim)


def breaches(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Give each rule of a course: what breaks it, and who does."""
    times = ("time", "remission_time", "transplant_time", "relapse_time")
    time, seen, given, relapse = (frame[name] for name in times)
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
    wrong = (given < frame["cycles"] * CYCLE_MONTHS - NEAR) | (given > LATEST_TRANSPLANT + NEAR)
    yield "a transplantation before the cycles that preceded it, or later than assumed", wrong
    yield "a cycle that begins too late", (frame["cycles"] - 1) * CYCLE_MONTHS > ends + NEAR
    yield "more cycles without a response", ~responded & frame["cycles"].gt(2)
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


def _who(frame: pd.DataFrame, wrong: pd.Series, what: str) -> str:
    return f"{what}: patient {', '.join(map(str, frame.loc[wrong, 'patient']))}"
