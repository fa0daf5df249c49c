"""Table 1 as logic: whether the categories of response exclude each other and cover everyone."""

from __future__ import annotations

import pandas as pd

from secondlook.data import load

CELLS = ("below", "at", "above")
_HOLDS = {"≥": ("at", "above"), "≤": ("below", "at"), "<": ("below",)}


def categories() -> pd.DataFrame:
    """Say for every patient in remission which categories of Table 1 hold.

    Columns: platelets, neutrophils (below, at or above 100 and 1.0 × 10⁹/L), categories (a tuple),
    for marrow blasts below 5%.
    """
    table = load("morley-2016", "response-criteria")
    signs = ["category", "platelets_relation", "neutrophils_relation"]
    rows = [
        (
            platelets,
            neutrophils,
            tuple(
                category
                for category, p, n in table[signs].itertuples(index=False)
                if platelets in _HOLDS[p] and neutrophils in _HOLDS[n]
            ),
        )
        for platelets in CELLS
        for neutrophils in CELLS
    ]
    return pd.DataFrame(rows, columns=["platelets", "neutrophils", "categories"])


def cross_table() -> pd.DataFrame:
    """Return which categories hold: platelets, and a column for each cell of the neutrophils."""
    frame = categories()
    held = frame["categories"].map(lambda found: ", ".join(found) or "none")
    wide = pd.crosstab(frame["platelets"], frame["neutrophils"], held, aggfunc="first")
    return wide.loc[list(CELLS), list(CELLS)].reset_index().rename_axis(columns=None)
