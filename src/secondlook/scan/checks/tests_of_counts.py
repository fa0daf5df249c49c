"""The usual tests of a table of counts: those that an article need not name."""

from __future__ import annotations

import contextlib
import math
from functools import lru_cache

import numpy as np

from secondlook.proportions import fisher_exact, likelihood_ratio, pearson, yates

FISHER_STEPS = 100_000
FISHER_PATIENTS = 1_000
"""Beyond these a table larger than 2 x 2 is judged by the other tests, which then agree."""
RATIO = "Likelihood ratio (G)"


@lru_cache(maxsize=4_096)
def usual(table: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    """Return the P of the usual tests of a table of counts."""
    cells = np.array(table)
    found = {"Pearson chi-square": pearson(cells).p_value}
    if cells.shape == (2, 2) or cells.sum() <= FISHER_PATIENTS:
        with contextlib.suppress(ValueError):  # too large after all
            found["Fisher"] = fisher_exact(cells, max_steps=FISHER_STEPS).p_value
    if cells.shape == (2, 2):
        found["Yates chi-square"] = yates(cells).p_value
    found[RATIO] = likelihood_ratio(cells).p_value
    return {name: p for name, p in found.items() if not math.isnan(p)}
