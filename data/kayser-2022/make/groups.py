"""Give ages and bone marrow involvement to the patients of a constructed set, as in groups.csv.

``python data/kayser-2022/make/groups.py`` writes it in a minute; run
``secondlook.data.seal("kayser-2022")`` afterwards. Ages are drawn, and then bone marrow
involvement, until each P is as printed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import PATIENTS, said
from papers.kayser_2022.groups import TESTS, unmet_ages, unmet_marrow, unmet_tests
from papers.kayser_2022.narrative import Set

SEED = 20220201
# Its P of the Mantel-Byar test is the printed one, too.
NAME = "favours-as-printed"
OF_AGE = ("res-age-p", "res-age-60-p")


def draw_ages(rng: np.random.Generator) -> np.ndarray:
    """Draw whole years with the printed median and range, none of them the age that divides."""
    least, middle, most = (said(f"met-age-{name}") for name in ("min", "median", "max"))
    half = PATIENTS // 2 - 1
    old = [age for age in range(int(middle), int(most) + 1) if age != said("res-age-cut")]
    young = np.arange(least, middle + 1)
    drawn = [[least, middle, most], rng.choice(young, half), rng.choice(old, half)]
    return rng.permutation(np.concatenate(drawn).astype(int))


def draw_marrow(rng: np.random.Generator) -> np.ndarray:
    """Draw which patients had bone marrow involvement: as many as are printed."""
    return rng.permutation((np.arange(PATIENTS) < said("res-bm-n")).astype(int))


def found(rng: np.random.Generator) -> Set:
    """Return the set with ages and bone marrow involvement that give every printed P."""
    rows = dict(constructed.columns()[NAME])
    while "age" not in rows or any(unmet_ages(rows)) or any(unmet_tests(rows, OF_AGE)):
        rows["age"] = draw_ages(rng)
    by_marrow = [claim for claim in TESTS if claim not in OF_AGE]
    while "marrow" not in rows or any(unmet_tests(rows, by_marrow)) or any(unmet_marrow(rows)):
        rows["marrow"] = draw_marrow(rng)
    return rows


if __name__ == "__main__":
    rows = found(np.random.default_rng(SEED))
    table = pd.DataFrame(
        {"set": NAME, **{name: rows[name] for name in ("patient", "age", "marrow")}}
    )
    path = Path(__file__).parents[1] / "groups.csv"
    table.to_csv(path, index=False, lineterminator="\n")
