"""Twelve transplantations laid over admissible survival data, within what the narrative tells.

The paper prints no time of transplantation. What bounds them: a transplant comes after at least one
cycle of INO and before the patient's exit; one patient died 3.5 + 8.2 months after it, one 13.1
months after it, one was alive 24 months after it; the early death and the patient alive at 30.7
months had none. Everything else is free, so that ranges found by search are inner bounds: what the
paper leaves open is at least this wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from secondlook.observations import BoolArray, FloatArray, IntArray
from secondlook.papers.kayser_2022.data import said

__all__ = ["Laid", "MantelByarScore", "frame", "lay_transplants", "move_one", "score"]

# INO is given on days 1, 8 and 15; the next cycle begins three to four weeks after the last.
CYCLE_MONTHS = 0.7
STEP = 0.1


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
    """

    time: FloatArray
    event: BoolArray
    transplant: FloatArray
    least: FloatArray
    most: FloatArray
    fixed: BoolArray


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
    time: FloatArray, event: BoolArray, rng: np.random.Generator, *, latest: float = np.inf
) -> Laid | None:
    """Draw twelve transplantations; None if the told patients find no place in these data.

    Parameters
    ----------
    time, event
        Shape (31,), one admissible data set.
    rng
        The source of randomness.
    latest
        The latest month of a transplantation; nothing printed bounds it but the exit.
    """
    n = len(time)
    transplant, least = np.full(n, np.nan), np.full(n, CYCLE_MONTHS)
    most = np.minimum(time - STEP, latest)
    fixed = np.zeros(n, dtype=bool)
    free = np.ones(n, dtype=bool)
    early = int(np.argmin(np.where(event, np.abs(time - 0.4), np.inf)))
    told_alive = _pick(~event & free & (time >= said("vod-2-alive") - 0.05), rng)
    if told_alive is None:
        return None
    fixed[[early, told_alive]] = True
    free[[early, told_alive]] = False
    for after, cycles, died in (
        (float(said("res-cns-2-relapse") + said("res-cns-2-death")), 4, True),
        (float(said("vod-3-death")), 2, True),
        (float(said("vod-1-alive")), 2, False),
    ):
        earliest = cycles * CYCLE_MONTHS
        at = time - after
        who = _pick(free & (event == died) & (at >= earliest) & (at <= latest), rng)
        if who is None:
            return None
        transplant[who] = round(float(time[who]) - after, 1)
        fixed[who], free[who] = True, False
    others = np.flatnonzero(free & (most >= CYCLE_MONTHS - 1e-9))
    chosen = rng.choice(others, size=int(said("res-hsct")) - 3, replace=False)
    for who in chosen:
        transplant[who] = _on_grid(rng, float(least[who]), float(most[who]))
    return Laid(time, event, transplant, least, most, fixed)


def move_one(laid: Laid, rng: np.random.Generator) -> Laid:
    """Give one free transplantation another time, or to another patient."""
    transplant = laid.transplant.copy()
    free = ~laid.fixed & (laid.most >= laid.least)
    with_one = np.flatnonzero(free & ~np.isnan(transplant))
    without = np.flatnonzero(free & np.isnan(transplant))
    who = int(rng.choice(with_one))
    if len(without) and rng.random() < 0.5:
        transplant[who] = np.nan
        who = int(rng.choice(without))
    transplant[who] = _on_grid(rng, float(laid.least[who]), float(laid.most[who]))
    return Laid(laid.time, laid.event, transplant, laid.least, laid.most, laid.fixed)


def score(laid: Laid) -> MantelByarScore:
    """Count deaths after transplantation against their hypergeometric expectation.

    The same as `secondlook.transitions.mantel_byar`, without its frames, for searches.
    """
    observed = expected = variance = 0.0
    for at in np.unique(laid.time[laid.event]):
        at_risk = laid.time >= at
        after = at_risk & (laid.transplant < at)
        deaths = laid.event & (laid.time == at)
        n, m, d = int(at_risk.sum()), int(after.sum()), int(deaths.sum())
        observed += float((deaths & after).sum())
        expected += d * m / n
        if n > 1:
            variance += d * (n - d) * m * (n - m) / (n * n * (n - 1))
    return MantelByarScore(observed, expected, variance)


def frame(laid: Laid) -> pd.DataFrame:
    """Return patient, time, event, transplant_time; missing where there was no transplantation."""
    number: IntArray = np.arange(1, len(laid.time) + 1)
    return pd.DataFrame(
        {
            "patient": number,
            "time": np.round(laid.time, 1),
            "event": laid.event.astype(int),
            "transplant_time": np.round(laid.transplant, 1),
        }
    )


def _pick(candidates: BoolArray, rng: np.random.Generator) -> int | None:
    rows = np.flatnonzero(candidates)
    return int(rng.choice(rows)) if len(rows) else None


def _on_grid(rng: np.random.Generator, least: float, most: float) -> float:
    first, last = round(least / STEP), round(most / STEP)
    return round(int(rng.integers(first, last + 1)) * STEP, 1)
