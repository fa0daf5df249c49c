"""Constructed data sets that print the paper's survival, with transplantations of a wanted effect.

They are examples of what the printed facts allow, never patient data.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from secondlook.admissible import orders, sample
from secondlook.papers.kayser_2022.data import said
from secondlook.papers.kayser_2022.facts import INTERVAL, overall_survival
from secondlook.papers.kayser_2022.transplants import Laid, frame, lay_transplants, move_one, score

__all__ = ["LATEST_TRANSPLANT", "WANTED", "construct"]

Z_OF_PRINTED_P = 1.3106
# At most four cycles preceded a transplantation: none of these sets needs a later one.
LATEST_TRANSPLANT = 6.0
WANTED: dict[str, Callable[[float], float]] = {
    "favours-most": lambda z: z,
    "favours-as-printed": lambda z: abs(z + Z_OF_PRINTED_P),
    "neutral": abs,
    "against-as-printed": lambda z: abs(z - Z_OF_PRINTED_P),
    "against-most": lambda z: -z,
}


def construct(
    rng: np.random.Generator, *, sets: int = 40, moves: int = 400, latest: float = LATEST_TRANSPLANT
) -> dict[str, pd.DataFrame]:
    """Search admissible data for transplantations of each wanted effect.

    Parameters
    ----------
    rng
        The source of randomness.
    sets
        How many admissible data sets to try for each effect.
    moves
        How many changes of one transplantation to try on each.
    latest
        The latest month of a transplantation.

    Returns
    -------
    dict
        By the names in `WANTED`: patient, time, event, transplant_time, in months from the start of
        INO.
    """
    assert said("res-mb-p") == 0.19, "Z_OF_PRINTED_P belongs to the printed P"
    drawn = sample(orders(overall_survival(), INTERVAL), sets, rng).frame
    cohorts = [
        (patients["time"].to_numpy(), patients["event"].to_numpy().astype(bool))
        for _, patients in drawn.groupby("set")
    ]
    found = {}
    for name, loss in WANTED.items():
        best: Laid | None = None
        for time, event in cohorts:
            laid = lay_transplants(time, event, rng, latest=latest)
            if laid is not None:
                laid = _descend(laid, loss, rng, moves)
                if best is None or loss(score(laid).z) < loss(score(best).z):
                    best = laid
        if best is not None:
            found[name] = frame(best)
    return found


def _descend(
    laid: Laid, loss: Callable[[float], float], rng: np.random.Generator, moves: int
) -> Laid:
    kept, least = laid, loss(score(laid).z)
    for _ in range(moves):
        moved = move_one(kept, rng)
        value = loss(score(moved).z)
        if value <= least:
            kept, least = moved, value
    return kept
