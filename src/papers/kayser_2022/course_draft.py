"""The courses of 31 patients while they are being given out, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from papers.kayser_2022.narrative import RESPONSES
from papers.kayser_2022.told_times import NEAR, STEP
from secondlook.inputs import BoolArray, FloatArray, IntArray

__all__ = ["Draft", "on_grid_between", "one_of"]

COMPLETE, PARTIAL, NO_RESPONSE, EARLY = range(4)


@dataclass
class Draft:
    """A cohort whose patients are given their courses one after the other.

    Attributes
    ----------
    time, died
        Shape (n,), overall survival in months.
    inside, had
        Whether a patient is of the 17, and whether he relapsed or died in remission then.
    delay, part_time
        Months to the remission and from it to the end of relapse-free survival, as drawn.
    remission, relapse
        Months from the start of INO, NaN for none.
    response
        Positions in `RESPONSES`.
    fate, told
        Words, empty until given.
    """

    time: FloatArray
    died: BoolArray
    inside: BoolArray
    had: BoolArray
    delay: FloatArray
    part_time: FloatArray
    relapse: FloatArray
    remission: FloatArray
    response: IntArray
    fate: list[str]
    told: list[str]

    @classmethod
    def of(cls, cohort: pd.DataFrame) -> Draft:
        """Begin with one cohort of `secondlook.admissible.sample_linked`."""
        n = len(cohort)
        return cls(
            cohort["time"].to_numpy(dtype=float),
            cohort["event"].to_numpy() == 1,
            np.array(cohort["in_part"] == 1),
            np.array(cohort["part_event"] == 1),
            cohort["delay"].to_numpy(dtype=float).copy(),
            cohort["part_time"].to_numpy(dtype=float).copy(),
            np.full(n, np.nan),
            np.full(n, np.nan),
            np.zeros(n, dtype=np.int64),
            [""] * n,
            [""] * n,
        )

    def untold(self) -> BoolArray:
        """Return who is nobody told of."""
        return np.array([not name for name in self.told])

    def frame(self) -> pd.DataFrame:
        """Return the columns of `narrative.COLUMNS` but the transplantation."""
        return pd.DataFrame(
            {
                "patient": np.arange(1, len(self.time) + 1),
                "time": self.time.round(1),
                "event": self.died.astype(int),
                "response": [tuple(RESPONSES)[at] for at in self.response],
                "remission_time": self.remission.round(1),
                "relapse_time": self.relapse.round(1),
                "fate": self.fate,
                "told": self.told,
            }
        )


def on_grid_between(value: float, least: float, most: float) -> float:
    """Return the time on the grid nearest to a value, between two times."""
    first, last = np.ceil(least / STEP - NEAR), np.floor(most / STEP + NEAR)
    return round(float(np.clip(round(value / STEP), first, last)) * STEP, 1)


def one_of(candidates: BoolArray, rng: np.random.Generator) -> int | None:
    """Draw one of the candidates; None if there is none."""
    rows = np.flatnonzero(candidates)
    return int(rng.choice(rows)) if len(rows) else None
