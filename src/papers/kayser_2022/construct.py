"""Constructed data sets that print the paper's survival, with transplantations of a wanted effect.

They are examples of what the printed facts allow, never patient data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from papers.kayser_2022 import cohorts
from papers.kayser_2022.courses import tell
from papers.kayser_2022.data import said
from papers.kayser_2022.narrative import COLUMNS
from papers.kayser_2022.told_times import LATEST_TRANSPLANT
from papers.kayser_2022.transplants import Laid, frame, lay_transplants, move_one, score

__all__ = ["WANTED", "construct", "search"]

Z_OF_PRINTED_P = 1.3106
WANTED: dict[str, Callable[[float], float]] = {
    "favours-most": lambda z: z,
    "favours-as-printed": lambda z: abs(z + Z_OF_PRINTED_P),
    "neutral": abs,
    "against-as-printed": lambda z: abs(z - Z_OF_PRINTED_P),
    "against-most": lambda z: -z,
}


def construct(rng: np.random.Generator, *, sets: int = 120) -> dict[str, pd.DataFrame]:
    """Draw cohorts and search them for transplantations of each wanted effect.

    Parameters
    ----------
    rng
        The source of randomness.
    sets
        How many cohorts to draw.

    Returns
    -------
    dict
        By the names in `WANTED`: the columns of `papers.kayser_2022.narrative`, times in
        months from the start of INO.
    """
    return search(cohorts.drawn(sets, rng), rng)


def search(
    drawn: Sequence[pd.DataFrame],
    rng: np.random.Generator,
    *,
    tries: int = 12,
    moves: int = 300,
    latest: float = LATEST_TRANSPLANT,
) -> dict[str, pd.DataFrame]:
    """Search drawn cohorts for transplantations of each wanted effect.

    Parameters
    ----------
    drawn
        Cohorts of `papers.kayser_2022.cohorts.drawn`.
    rng
        The source of randomness.
    tries
        How often to give out courses in each cohort.
    moves
        How many changes of one transplantation to try on each.
    latest
        The latest month of a transplantation.
    """
    assert said("res-mb-p") == 0.19, "Z_OF_PRINTED_P belongs to the printed P"
    best: dict[str, tuple[float, pd.DataFrame]] = {}
    for cohort in drawn:
        for _ in range(tries):
            courses = tell(cohort, rng)
            laid = None if courses is None else lay_transplants(courses, rng, latest=latest)
            if courses is None or laid is None:
                continue
            for name, loss in WANTED.items():
                moved = _descend(laid, loss, rng, moves)
                left = loss(score(moved).z)
                if name not in best or left < best[name][0]:
                    best[name] = left, frame(courses, moved)[list(COLUMNS)]
    return {name: best[name][1] for name in WANTED if name in best}


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
