"""Twelve transplantations laid over courses of 31 patients, within what the narrative tells.

The paper prints no time of transplantation. What bounds them: a transplant comes after at least one
cycle of INO and before the patient's exit; six of the twelve were in complete remission then, three
in partial remission and three without; three of them relapsed after it, and nobody before. Three
patients told of have theirs at a known time before their exit, and three had none. Everything else
is free, so that ranges found by search are inner bounds: what the paper leaves open is at least
this wide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from papers.kayser_2022.data import said
from papers.kayser_2022.told_times import (
    CYCLES_BEFORE_TRANSPLANT,
    LATEST_TRANSPLANT,
    STEP,
    earliest_transplant,
    since_transplant,
)
from secondlook.inputs import BoolArray, FloatArray, IntArray

__all__ = ["Laid", "MantelByarScore", "frame", "lay_transplants", "move_one", "score"]

# The cells of the response: patients of one cell may take each other's transplantation.
CELLS = {"complete remission": 0, "partial remission": 2, "no response": 4}


@dataclass(frozen=True)
class Laid:
    """Survival data of 31 patients with a time of transplantation, NaN for none.

    Attributes
    ----------
    time, event, transplant
        Shape (n,), in months from the start of INO.
    least, most
        Shape (n,), between which a transplantation of each patient may lie.
    fixed
        Shape (n,), whether the narrative settles this patient.
    cell
        Shape (n,), the response: 0 complete, 2 partial, 4 none, and 1 more after a relapse.
    """

    time: FloatArray
    event: BoolArray
    transplant: FloatArray
    least: FloatArray
    most: FloatArray
    fixed: BoolArray
    cell: IntArray


@dataclass(frozen=True)
class MantelByarScore:
    """Deaths after transplantation, their expectation and variance."""

    observed: float
    expected: float
    variance: float

    @property
    def z(self) -> float:
        """Standardised excess of deaths after transplantation; below 0 if it goes with survival."""
        if self.variance <= 0:
            return 0.0
        return float((self.observed - self.expected) / np.sqrt(self.variance))


def lay_transplants(
    courses: pd.DataFrame, rng: np.random.Generator, *, latest: float = LATEST_TRANSPLANT
) -> Laid | None:
    """Draw twelve transplantations; None if these courses have no place for them.

    Parameters
    ----------
    courses
        As `papers.kayser_2022.courses.tell` returns them.
    rng
        The source of randomness.
    latest
        The latest month of a transplantation; nothing printed bounds it but the exit.
    """
    time = courses["time"].to_numpy(dtype=float)
    relapse = courses["relapse_time"].to_numpy(dtype=float)
    complete = (courses["response"] == "complete remission").to_numpy()
    remission = np.where(complete, courses["remission_time"].to_numpy(dtype=float), 0.0)
    transplant = np.full(len(time), np.nan)
    for who, name in enumerate(courses["told"]):
        if name in CYCLES_BEFORE_TRANSPLANT:
            transplant[who] = round(time[who] - since_transplant(name), 1)
    last = np.fmin(time, relapse) - STEP
    laid = Laid(
        time,
        courses["event"].to_numpy() == 1,
        transplant,
        np.maximum(earliest_transplant(), remission).round(1),
        np.minimum(last, latest).round(1),
        (courses["told"] != "").to_numpy(),
        courses["response"].map(CELLS).fillna(-2).to_numpy(dtype=np.int64) + ~np.isnan(relapse),
    )
    return _fill(laid, rng)


def move_one(laid: Laid, rng: np.random.Generator) -> Laid:
    """Give one free transplantation another time, or to another patient, or shift a relapsed one.

    The last takes a transplantation from a relapsed patient of one response to one who has not
    relapsed, and makes up for it in the other response.
    """
    transplant = laid.transplant.copy()
    free = _free(laid)
    given = ~np.isnan(transplant)
    kind = rng.random()
    if kind < 0.1:
        up, down = (0, 3) if rng.random() < 0.5 else (1, 2)
        pairs = [(up, 1 - up), (down, 5 - down)]
    elif kind < 0.55:
        cell = int(rng.choice(laid.cell[free & given]))
        pairs = [(cell, cell)]
    else:
        who = int(rng.choice(np.flatnonzero(free & given)))
        transplant[who] = _on_grid(rng, float(laid.least[who]), float(laid.most[who]))
        return replace(laid, transplant=transplant)
    for source, target in pairs:
        loses = np.flatnonzero(free & given & (laid.cell == source))
        gains = np.flatnonzero(free & ~given & (laid.cell == target))
        if not len(loses) or not len(gains):
            return laid
        transplant[rng.choice(loses)] = np.nan
        who = int(rng.choice(gains))
        transplant[who] = _on_grid(rng, float(laid.least[who]), float(laid.most[who]))
    return replace(laid, transplant=transplant)


def score(laid: Laid) -> MantelByarScore:
    """Count deaths after transplantation against their hypergeometric expectation.

    The same as `secondlook.transitions.mantel_byar`, without its frames, for searches.
    """
    time, event, transplant = laid.time, laid.event, laid.transplant
    at = np.unique(time[event])[:, None]
    at_risk = time >= at
    after = at_risk & (transplant < at)
    deaths = event & (time == at)
    n, m, d = (part.sum(axis=1).astype(float) for part in (at_risk, after, deaths))
    several = n > 1
    spread = d * (n - d) * m * (n - m) / (n * n * np.where(several, n - 1, 1))
    return MantelByarScore(
        float((deaths & after).sum()), float((d * m / n).sum()), float(spread[several].sum())
    )


def frame(courses: pd.DataFrame, laid: Laid) -> pd.DataFrame:
    """Return the courses with transplant_time, missing where there was no transplantation."""
    whole = courses.copy()
    whole.insert(3, "transplant_time", np.round(laid.transplant, 1))
    return whole


def _free(laid: Laid) -> BoolArray:
    return ~laid.fixed & (laid.most >= laid.least - 1e-9) & (laid.cell >= 0)


def _fill(laid: Laid, rng: np.random.Generator) -> Laid | None:
    """Draw the transplantations that the narrative does not settle."""
    given = ~np.isnan(laid.transplant)
    relapsed = laid.cell % 2 == 1
    after = int(said("res-relapsed-hsct")) - int((given & relapsed).sum())
    of_complete = int(said("res-hsct-cr")) - int((given & (laid.cell // 2 == 0)).sum())
    of_partial = int(said("res-hsct-pr")) - int((given & (laid.cell // 2 == 1)).sum())
    first = int(rng.integers(max(0, after - of_partial), min(after, of_complete) + 1))
    wanted = {
        0: of_complete - first,
        1: first,
        2: of_partial - (after - first),
        3: after - first,
        4: int(said("res-hsct-pd")),
    }
    transplant, free = laid.transplant.copy(), _free(laid)
    for cell, number in wanted.items():
        rows = np.flatnonzero(free & (laid.cell == cell))
        if len(rows) < number:
            return None
        for who in rng.choice(rows, size=number, replace=False):
            transplant[who] = _on_grid(rng, float(laid.least[who]), float(laid.most[who]))
    return replace(laid, transplant=transplant)


def _on_grid(rng: np.random.Generator, least: float, most: float) -> float:
    first, last = round(least / STEP), round(most / STEP)
    return round(int(rng.integers(first, last + 1)) * STEP, 1)
