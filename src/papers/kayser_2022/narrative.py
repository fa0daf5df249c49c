"""What the paper tells of single patients and of their number, asked of a constructed set.

A set has the columns in `COLUMNS`, each an array or a series with an entry a patient. Times are in
months from the start of INO, on a grid of `STEP`, but for two deaths that are told to the day.
Relapse-free survival of the patients in complete remission after two cycles follows from it.

The paper prints no time of a remission or a transplantation. Doses are given on days 1, 8 and 15 of
a cycle. That a cycle takes three to four weeks, that remission was seen within `LATEST_REMISSION`
and that transplants took place within `LATEST_TRANSPLANT` is assumed. Where the text leaves a
choice the narrower one is taken: nobody but the early death leaves, relapses or is transplanted
before two cycles are over, and a cycle at least lies between a remission and a relapse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from papers.kayser_2022.data import (
    overall_survival,
    relapse_free_survival,
    responses,
    said,
    told_cycles,
)
from secondlook.inputs import BoolArray
from secondlook.linked_curves import unmet_pair

Set = Mapping[str, Any]

COLUMNS = (
    *("patient", "time", "event", "cycles", "first_cycle", "response", "remission_time"),
    *("transplant_time", "relapse_time", "fate", "told"),
)
COMPLETE, PARTIAL, EARLY = "complete remission", "partial remission", "early death"
NO_RESPONSE = "stable, resistant or progressive disease"
CNS_2, CNS_3 = "central nervous system 2", "central nervous system 3"
STILL = ("still in complete remission", "still in partial remission")

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

    `times` has pairs of columns of times, the first empty for the start of INO, with the claim that
    prints the months between, or the days.
    """

    response: str
    fate: str
    transplanted: bool
    times: tuple[tuple[str, str, str], ...]

    @property
    def apart(self) -> list[tuple[str, str, float]]:
        """The pairs with the months between."""
        return [
            (begin, end, in_months(said(claim)) if claim in IN_DAYS else said(claim))
            for begin, end, claim in self.times
        ]


IN_DAYS = ("res-died-day", "res-cns-3-death")
SEEN, GIVEN, RELAPSE = "remission_time", "transplant_time", "relapse_time"
COURSES = {
    EARLY: Course(EARLY, EARLY, False, (("", "time", "res-died-day"),)),
    CNS_2: Course(
        COMPLETE, "relapsed and died", True,
        ((GIVEN, RELAPSE, "res-cns-2-relapse"), (RELAPSE, "time", "res-cns-2-death")),
    ),
    # In complete remission after three cycles, and so not yet after two.
    CNS_3: Course(
        PARTIAL, "relapsed and died", False,
        ((SEEN, RELAPSE, "res-cns-3-relapse"), (RELAPSE, "time", "res-cns-3-death")),
    ),
    "VOD 1": Course(COMPLETE, STILL[0], True, ((GIVEN, "time", "vod-1-alive"),)),
    "VOD 2": Course(COMPLETE, STILL[0], False, (("", "time", "vod-2-alive"),)),
    "VOD 3": Course(COMPLETE, "died in remission", True, ((GIVEN, "time", "vod-3-death"),)),
}  # fmt: skip
"""The course of each patient told of, named as in told.csv."""

CYCLES: dict[str, tuple[str, str | None]] = {
    CNS_2: ("res-cns-2-cycles", "res-cns-2-cr"),
    CNS_3: ("res-cns-3-cycles", "res-cns-3-cr"),
    "VOD 1": ("vod-1-cycle", None),
    "VOD 3": ("vod-3-cycles", None),
}
"""The claims of how many cycles one was given, and after how many he was in remission."""


def as_told(rows: Set) -> Any:
    """Say of each patient told of whether he has the course that the text tells; True of others."""
    told, seen, good = rows["told"], rows["remission_time"], rows["time"] > 0
    for name, course in COURSES.items():
        fits = (rows["response"] == course.response) & (rows["fate"] == course.fate)
        fits &= np.isfinite(rows["transplant_time"]) == course.transplanted
        if name != EARLY:
            fits &= rows["cycles"] == told_cycles(name)
        for begin, end, months in course.apart:
            lasted = rows[end] - (rows[begin] if begin else 0.0)
            fits &= np.abs(lasted - months) < NEAR
        _, remission = CYCLES.get(name, (None, None))
        if remission:
            after = int(said(remission))
            fits &= seen >= seen_after(after) - NEAR
            fits &= seen <= (after + 1) * LONGEST_CYCLE + NEAR
        good = good & (fits | (told != name))
    return good


def linked_cohort(rows: Set) -> dict[str, Any]:
    """Return time, event, in_part, delay, part_time, part_event, as `unmet_pair` takes them."""
    time, seen, relapse = rows["time"], rows["remission_time"], rows["relapse_time"]
    inside, relapsed = rows["response"] == COMPLETE, np.isfinite(relapse)
    end = np.where(relapsed, relapse, time)
    return {
        "time": time,
        "event": rows["event"],
        "in_part": inside.astype(float),
        "delay": np.where(inside, seen, np.nan),
        "part_time": np.where(inside, (end - seen).round(1), np.nan),
        "part_event": np.where(inside, relapsed | (rows["event"] == 1), np.nan),
    }


def unmet_curves(rows: Set) -> list[str]:
    """Return the facts on both survival curves that a set does not print."""
    cohort = linked_cohort(rows)
    wrong = (cohort["in_part"] == 1) & ~(cohort["part_time"] > 0)
    if wrong.any():
        return [_who(rows, wrong, "no time between remission and what ends it")]
    part = relapse_free_survival(latest=LATEST_REMISSION)
    return unmet_pair(overall_survival(), part, cohort)


def unmet_narrative(rows: Set) -> list[str]:
    """Return in words what of the narrative a set does not have; none if it has all of it."""
    unmet = [
        f"{int(found.sum())} {what} instead of {printed:g}"
        for what, found, printed in counts(rows)
        if found.sum() != printed
    ]
    unmet += [_who(rows, wrong, what) for what, wrong in breaches(rows) if wrong.any()]
    good = as_told(rows)
    for name in COURSES:
        who = rows["told"] == name
        if who.sum() != 1:
            unmet.append(f"{name} is not one patient")
        elif not good[who].all():
            unmet.append(f"{name} is not as told")
    return unmet


def counts(rows: Set) -> Iterator[tuple[str, BoolArray, float]]:
    """Give each number that the narrative prints: what, who of the set, and the number."""
    first, second, fate = rows["first_cycle"], rows["response"], rows["fate"]
    complete, partial, none = (second == name for name in (COMPLETE, PARTIAL, NO_RESPONSE))
    given, relapsed = np.isfinite(rows["transplant_time"]), np.isfinite(rows["relapse_time"])
    cycles, died = rows["cycles"], rows["event"] == 1
    few, more, most = cycles <= 2, (cycles >= 3) & (cycles <= 4), (cycles >= 5) & (cycles <= 6)
    for name, number in responses("first cycle").items():
        yield f"{name} after the first cycle", first == name, number
    for name, number in responses("two cycles").items():
        yield f"{name} after two cycles", second == name, number
    for what, who, claim in (
        ("partial remissions that became complete", (first == PARTIAL) & complete, "res-pr-to-cr"),
        ("partial remissions that were kept", (first == PARTIAL) & partial, "res-pr-stay"),
        ("with two cycles or fewer", few, "met-cycles-low"),
        ("with three or four cycles", more, "met-cycles-middle"),
        ("with five or six cycles", most, "met-cycles-high"),
        ("transplanted", given, "res-hsct"),
        ("transplanted after two cycles or fewer", given & few, "res-cycles-low"),
        ("transplanted after three or four cycles", given & more, "res-cycles-high"),
        ("transplanted in complete remission", given & complete, "res-hsct-cr"),
        ("transplanted in partial remission", given & partial, "res-hsct-pr"),
        ("transplanted without response", given & none, "res-hsct-pd"),
        ("relapsed responders", (complete | partial) & relapsed, "res-relapsed-n"),
        ("relapsed after transplantation", relapsed & given, "res-relapsed-hsct"),
        ("relapsed and alive", relapsed & ~died, "res-relapsed-alive"),
        ("relapsed and in remission", relapsed & np.isin(fate, STILL), "res-molecular"),
        ("died in remission", fate == "died in remission", "res-died-remission"),
        (STILL[0], fate == STILL[0], "res-still-cr"),
        (STILL[1], fate == STILL[1], "res-still-pr"),
    ):
        yield what, who, said(claim)


def breaches(rows: Set) -> Iterator[tuple[str, BoolArray]]:
    """Give each rule of a course: what breaks it, and who does."""
    time, seen, cycles = rows["time"], rows["remission_time"], rows["cycles"]
    given, relapse = rows["transplant_time"], rows["relapse_time"]
    first, second, fate = rows["first_cycle"], rows["response"], rows["fate"]
    died, relapsed = rows["event"] == 1, np.isfinite(relapse)
    complete, partial, early, none = (
        second == name for name in (COMPLETE, PARTIAL, EARLY, NO_RESPONSE)
    )
    responded = complete | partial
    at_once = (first == COMPLETE) == (seen < seen_after(2) - NEAR)
    ends = np.fmin(np.fmin(time, given), relapse)
    yield "a complete remission without a date", complete & np.isnan(seen)
    yield "a remission before the last dose of the first cycle", seen < seen_after(1) - NEAR
    yield "a remission that was seen after another cycle than told", complete & ~at_once
    yield "a complete remission that is lost", (first == COMPLETE) & ~complete
    yield "an early death after a response was assessed", early & (first != "not assessed")
    yield "gone before two cycles are over", ~early & (ends < 2 * CYCLE_MONTHS - NEAR)
    yield "a transplantation before the remission", seen > given + NEAR
    yield "a relapse within a cycle of the remission", relapse < seen + CYCLE_MONTHS - NEAR
    yield "a relapse before the transplantation", relapse <= given + NEAR
    yield "a relapse at the last news or later", relapse > time - STEP + NEAR
    yield "a transplantation at the last news or later", given > time - STEP + NEAR
    wrong = (given < cycles * CYCLE_MONTHS - NEAR) | (given > LATEST_TRANSPLANT + NEAR)
    yield "a transplantation before the cycles that preceded it, or later than assumed", wrong
    yield "a cycle that begins too late", (cycles - 1) * CYCLE_MONTHS > ends + NEAR
    yield "more cycles without a response", ~responded & (cycles > 2)
    fits = {
        "relapsed and died": died & relapsed & responded,
        "died in remission": died & ~relapsed & responded,
        "early death": died & ~relapsed & early,
        "not told": died & ~relapsed & (partial | none),
        STILL[0]: ~died & complete,
        STILL[1]: ~died & ~relapsed & partial,
    }
    fitting = np.any([fit & (fate == name) for name, fit in fits.items()], axis=0)
    yield "a fate that does not go with response, relapse and death", ~fitting


def _who(rows: Set, wrong: BoolArray, what: str) -> str:
    return f"{what}: patient {', '.join(f'{one:g}' for one in rows['patient'][wrong])}"
