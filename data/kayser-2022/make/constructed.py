"""Construct data sets that print both survival curves and have the narrative.

``python data/kayser-2022/make/constructed.py`` writes ``constructed.csv``, five sets with
transplantations of a wanted effect, and ``sampled.csv``, tests of transplantation in sets that were
picked at random, in a quarter of an hour; with a name only this one. Run
``secondlook.data.seal("kayser-2022")`` afterwards.

Overall survival and the orders of relapse-free survival are drawn from all that are possible
together. For every patient many courses are proposed, and those kept that nothing told of a single
patient forbids. One course a patient is then picked, by an integer program, so that every number
that the paper prints of patients comes out. Deaths after transplantation less their expectation are
linear in the courses picked, so that the program can be asked for many or for few.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import responses, said, told_cycles
from papers.kayser_2022.facts import INTERVAL, overall_survival, relapse_free_survival, remission
from papers.kayser_2022.narrative import (
    CNS_2,
    CNS_3,
    COLUMNS,
    COMPLETE,
    CYCLE_MONTHS,
    EARLY,
    LATEST_REMISSION,
    LATEST_TRANSPLANT,
    NO_RESPONSE,
    PARTIAL,
    STEP,
    TOLD,
    breaches,
    counts,
    in_months,
    is_as_told,
    seen_after,
    since_transplant,
)
from secondlook.linked import KnownTime, LinkedOrders, linked_orders, sample_linked
from secondlook.transitions import simon_makuch

SEED = 20220210
COHORTS, SAMPLED, EACH = 24, 20, 20
PROPOSALS = 3000
# The standardised excess of deaths after transplantation at P = 0.19, two-sided.
Z = NormalDist().inv_cdf(1 - said("res-mb-p") / 2)
# So near to it P prints as 0.19.
PRINTS = 0.014
# The wanted standardised excess, None for the utmost, and what is left of it.
WANTED: dict[str, tuple[float | None, Callable[[float], float]]] = {
    "favours-most": (None, lambda z: z),
    "favours-as-printed": (-Z, lambda z: abs(z + Z)),
    "neutral": (0.0, abs),
    "against-as-printed": (Z, lambda z: abs(z - Z)),
    "against-most": (None, lambda z: -z),
}


@cache
def found() -> LinkedOrders:
    """Search both curves with what is told of three of the patients in complete remission."""
    told = (
        KnownTime("censoring", f">{said('vod-1-alive'):g}", "VOD 1"),
        KnownTime("censoring", f">={said('vod-2-alive') - LATEST_REMISSION:g}", "VOD 2"),
        KnownTime("death", f">{said('vod-3-death'):g}", "VOD 3"),
    )
    part = replace(relapse_free_survival(), known=told)
    link = replace(
        remission(longest=LATEST_REMISSION), alive_with_event=int(said("res-relapsed-alive"))
    )
    return linked_orders(overall_survival(), part, link, INTERVAL)


def draw_cohort(rng: np.random.Generator) -> pd.DataFrame:
    """Draw a cohort that prints both curves; the last news of VOD 2 is put where it is told."""
    cohort = sample_linked(found(), 1, rng, keep=_has_room, tries_each=50_000).frame
    vod_2 = cohort.index[-2]
    later = cohort.loc[vod_2, "time"] - said("vod-2-alive")
    cohort.loc[vod_2, ["time", "part_time"]] -= later
    return cohort.drop(columns="set").round(1)


def _has_room(overall: pd.DataFrame) -> bool:
    """Say whether the patients told of find room; the rows are in the order of time."""
    time, alive = overall["time"].to_numpy(), overall["event"].to_numpy() == 0
    rooms = [
        (alive if name == "VOD 1" else ~alive)
        & (time - since_transplant(name) >= told_cycles(name) * CYCLE_MONTHS)
        & (time - since_transplant(name) <= LATEST_TRANSPLANT)
        for name in (CNS_2, "VOD 1", "VOD 3")
    ]
    # The last but one is at risk at month 30 and not at 33: VOD 2.
    return bool(
        time[1] >= 2 * CYCLE_MONTHS
        and alive.sum() == said("res-still")
        and alive[-2]
        and time[-2] >= said("vod-2-alive") - STEP / 2
        and all(room.any() for room in rooms)
    )


def courses(cohort: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Propose courses for every patient and keep those that nothing told of one patient forbids.

    Only the order of events and exits makes the curve of relapse-free survival: a gap is a stretch
    between two exits or printed times, and an event may lie anywhere in its gap.

    Returns
    -------
    pandas.DataFrame
        The columns of `narrative.COLUMNS`, and gap: the number of an event's gap, -1 for none.
    """
    gaps = _gaps(cohort)
    rows = cohort.loc[cohort.index.repeat(PROPOSALS)].reset_index(drop=True)
    time, inside, had = rows["time"], rows["in_part"] == 1, rows["part_event"] == 1
    gap = pd.Series(rng.integers(len(gaps), size=len(rows)))
    draw = pd.DataFrame(rng.random((len(rows), 7)))
    low, high = (pd.Series(gaps[gap, end]) for end in (0, 1))
    relapses = (rows["event"] == 0) | (draw[0] < 0.6)
    part_time = low + draw[1] * (np.minimum(high, time) - low)
    seen = (seen_after(1) + draw[2] * (LATEST_REMISSION - seen_after(1))).where(had, rows["delay"])
    seen = seen.mask(had & ~relapses, time - part_time).where(inside)
    # Relapses in partial remission: nothing printed bears on their times.
    relapse = (seen + part_time).where(inside, time * (1 + draw[3]) / 2)
    relapse = relapse.where(np.where(inside, had & relapses, relapses & (rows["event"] == 1)))
    most = np.fmin(np.fmin(time, relapse), LATEST_TRANSPLANT)
    given = 2 * CYCLE_MONTHS + draw[4] * (most - 2 * CYCLE_MONTHS)
    frame = pd.DataFrame(
        {
            "patient": rows["patient"],
            "time": time,
            "event": rows["event"],
            "cycles": rng.choice([2, 3, 5], size=len(rows)),
            "first_cycle": rng.choice(list(responses("first cycle")), size=len(rows)),
            "response": np.where(inside, COMPLETE, np.where(draw[5] < 0.7, PARTIAL, NO_RESPONSE)),
            "remission_time": seen,
            "transplant_time": given.where(draw[6] < 0.5),
            "relapse_time": relapse,
            "fate": "",
            "told": rng.choice(["", *TOLD], p=[0.7] + [0.05] * 6, size=len(rows)),
            "gap": gap.where(inside & had, -1),
        }
    )
    times = ["time", "remission_time", "transplant_time", "relapse_time"]
    frame[times] = frame[times].round(1)
    for name, course in _told(time).items():
        frame.loc[frame["told"] == name, list(course)] = pd.DataFrame(course, index=frame.index)
    died, relapsed = frame["event"] == 1, frame["relapse_time"].notna()
    calm = np.where(draw[3] < 0.5, "died in remission", "not told")
    frame["fate"] = np.select(
        [frame["told"] == EARLY, died & relapsed, died & inside, died, inside],
        [EARLY, "relapsed and died", "died in remission", calm, "still in complete remission"],
        "still in partial remission",
    )
    frame[times] = frame[times].round(2)
    part_time = (frame["relapse_time"].fillna(time) - frame["remission_time"]).round(2)
    wrong = frame["gap"].ge(0) & ~part_time.between(low - 1e-6, high + 1e-6)
    for _, breach in breaches(frame):
        wrong |= breach
    frame = frame[~wrong].drop_duplicates()
    named = frame["told"] != ""
    fits = ~named
    fits[named] = [is_as_told(patient) for _, patient in frame[named].iterrows()]
    return frame[fits].reset_index(drop=True)


def _told(time: pd.Series) -> dict[str, dict[str, object]]:
    """Return what the text fixes of each patient told of, if he left at these times."""
    none, relapse_2 = math.nan, time - said("res-cns-2-death")
    # Days are exact, and their deaths come between the points of the grid.
    relapse_3 = (time - in_months("res-cns-3-death")).round(1)
    return {
        EARLY: {
            "response": EARLY,
            "time": in_months("res-died-day"),
            "cycles": 1,
            "transplant_time": none,
            "relapse_time": none,
        },
        CNS_2: {
            "cycles": told_cycles(CNS_2),
            "relapse_time": relapse_2,
            "transplant_time": relapse_2 - said("res-cns-2-relapse"),
        },
        CNS_3: {
            "response": PARTIAL,
            "time": relapse_3 + in_months("res-cns-3-death"),
            "cycles": told_cycles(CNS_3),
            "relapse_time": relapse_3,
            "remission_time": relapse_3 - said("res-cns-3-relapse"),
            "transplant_time": none,
        },
        "VOD 1": {
            "cycles": told_cycles("VOD 1"),
            "transplant_time": time - since_transplant("VOD 1"),
        },
        "VOD 2": {"cycles": told_cycles("VOD 2"), "transplant_time": none},
        "VOD 3": {
            "cycles": told_cycles("VOD 3"),
            "transplant_time": time - since_transplant("VOD 3"),
        },
    }


def _gaps(cohort: pd.DataFrame) -> np.ndarray:
    """Return the least and greatest time of each event of the 17; two events may share a gap."""
    part = cohort[cohort["in_part"] == 1]
    exits, events = (part.loc[part["part_event"] == had, "part_time"] for had in (0, 1))
    printed = [float(fact.at) for fact in relapse_free_survival().survival]
    marks = np.unique([0.0, *exits, *printed, 99.0])
    at = np.searchsorted(marks, events.to_numpy() - 1e-6)
    return np.column_stack([marks[at - 1] + STEP, marks[at]]).round(1)


def pick(
    proposed: pd.DataFrame, weight: np.ndarray, excess: tuple[float, float] | None = None
) -> pd.DataFrame | None:
    """Pick a course for every patient so that all counts are as printed and the weight is least.

    Parameters
    ----------
    proposed
        As `courses` returns them.
    weight
        Shape (k,), what each course costs.
    excess
        Between which deaths after transplantation less their expectation are to lie.

    Returns
    -------
    pandas.DataFrame or None
        A row a patient; None if there is no such choice.
    """
    masks = [(proposed["patient"] == patient, 1) for patient in proposed["patient"].unique()]
    masks += [(found, number) for _, found, number in counts(proposed)]
    masks += [(proposed["told"] == name, 1) for name in TOLD]
    gaps = proposed["gap"]
    masks += [(gaps == gap, 1) for gap in range(int(gaps.max()) + 1)]
    matrix = csr_array(np.array([mask.to_numpy(dtype=float) for mask, _ in masks]))
    numbers = np.array([float(number) for _, number in masks])
    bounds = [LinearConstraint(matrix, numbers, numbers)]
    if excess is not None:
        bounds.append(LinearConstraint(excess_of(proposed), *excess))
    solved = milp(
        weight,
        constraints=bounds,
        integrality=np.ones(len(proposed)),
        bounds=Bounds(0, 1),
        options={"time_limit": 60, "mip_rel_gap": 0.02},
    )
    if solved.x is None:
        return None
    return proposed[solved.x > 0.5].reset_index(drop=True)[list(COLUMNS)]


def excess_of(proposed: pd.DataFrame) -> np.ndarray:
    """Return what each course adds to the deaths after transplantation less their expectation.

    A death, less the cumulated hazard of all patients between the transplantation and the exit. The
    sum is exact for a row a patient; among proposals nearly so, for a death that is told to the day
    lies a little later than its patient's other courses end.
    """
    once = proposed.drop_duplicates("patient")
    at = np.sort(once.loc[once["event"] == 1, "time"].unique())
    deaths = (once.loc[once["event"] == 1, "time"].to_numpy() == at[:, None]).sum(axis=1)
    at_risk = (once["time"].to_numpy() >= at[:, None]).sum(axis=1)
    hazard = np.concatenate([[0.0], np.cumsum(deaths / at_risk)])
    time, given = (proposed[name].to_numpy() for name in ("time", "transplant_time"))
    since = hazard[np.searchsorted(at, time, "right")] - hazard[np.searchsorted(at, given, "right")]
    return np.where(np.isnan(given), 0.0, proposed["event"].to_numpy() - since)


def search(cohorts: int, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Construct a set for each wanted effect; of all that were tried the nearest is kept."""
    best: dict[str, tuple[float, pd.DataFrame]] = {}
    for _ in range(cohorts):
        proposed = courses(draw_cohort(rng), rng)
        effect, spread = excess_of(proposed), 2.0
        for name, (wanted, loss) in WANTED.items():
            for _ in range(1 if wanted is None else 3):
                if wanted is None:
                    picked = pick(proposed, effect if name.startswith("favours") else -effect)
                else:
                    near = (wanted * spread - 0.1, wanted * spread + 0.1)
                    picked = pick(proposed, rng.random(len(proposed)), near)
                if picked is None or constructed.as_printed(picked):
                    break
                z, spread = _score(picked)
                left = loss(z)
                if name == "favours-as-printed" and left < PRINTS:
                    # Of these the one whose curves show the direction plainest at a year.
                    left = -1 - _ahead_at_a_year(picked)
                if name not in best or left < best[name][0]:
                    best[name] = left, picked
    return {name: best[name][1] for name in WANTED}


def _ahead_at_a_year(picked: pd.DataFrame) -> float:
    """Return how much higher survival of the transplanted is at a year than that of the others."""
    curves = simon_makuch(constructed.in_states(picked), id="patient")
    before, after = (float(curves[s].at(12)["survival"].iloc[0]) for s in constructed.STATES)
    return after - before


def _score(picked: pd.DataFrame) -> tuple[float, float]:
    """Return the standardised excess of deaths after transplantation, and its standard error."""
    test = constructed.mantel_byar_of(picked)
    excess = float(test.observed.iloc[1] - test.expected.iloc[1])
    z = math.copysign(math.sqrt(test.statistic), excess)
    return z, excess / z if z else 2.0


def sample(number: int, each: int = EACH) -> pd.DataFrame:
    """Draw one cohort and pick courses for it at random.

    Parameters
    ----------
    number
        Which cohort; each has random numbers of its own.
    each
        How often to pick.

    Returns
    -------
    pandas.DataFrame
        A row a set: cohort, observed, expected (deaths after transplantation), p (Mantel-Byar),
        hazard_ratio (Cox, transplantation as a change of state).
    """
    rng = np.random.default_rng([SEED, number])
    # About one drawn cohort in three has a choice of courses that gives all counts.
    for _ in range(100):
        proposed = courses(draw_cohort(rng), rng)
        if pick(proposed, rng.random(len(proposed))) is not None:
            break
    rows = []
    for _ in range(each):
        picked = pick(proposed, rng.random(len(proposed)))
        if picked is None or constructed.as_printed(picked):
            continue
        test = constructed.mantel_byar_of(picked)
        rows.append(
            {
                "cohort": number,
                "observed": int(test.observed.iloc[1]),
                "expected": round(float(test.expected.iloc[1]), 3),
                "p": round(test.p_value, 5),
                "hazard_ratio": round(constructed.hazard_ratio(picked), 3),
            }
        )
    return pd.DataFrame(rows)


def constructed_sets() -> pd.DataFrame:
    """Return the five sets, one after the other, with their name in the column set."""
    sets = search(COHORTS, np.random.default_rng(SEED))
    return pd.concat([frame.assign(set=name)[["set", *COLUMNS]] for name, frame in sets.items()])


def sampled_sets() -> pd.DataFrame:
    """Return the tests of all sets that were picked at random."""
    return pd.concat([sample(number) for number in range(1, SAMPLED + 1)])


if __name__ == "__main__":
    for name, made in (("constructed", constructed_sets), ("sampled", sampled_sets)):
        if name in (sys.argv[1:] or name):
            path = Path(__file__).parents[1] / f"{name}.csv"
            made().to_csv(path, index=False, lineterminator="\n")
