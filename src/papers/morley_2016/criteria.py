"""Table 1 as logic: whether the categories of response exclude each other and cover everyone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.morley_2016.data import criteria
from secondlook.claims import Contradicted, Result

CELLS = ("below", "at", "above")
_HOLDS = {"≥": ("at", "above"), "≤": ("below", "at"), "<": ("below",)}


def categories() -> pd.DataFrame:
    """Say for every patient in remission which categories of Table 1 hold.

    Returns
    -------
    pandas.DataFrame
        platelets, neutrophils (below, at or above 100 and 1.0 × 10⁹/L), categories (a tuple), for
        marrow blasts below 5%.
    """
    table = criteria()
    rows = []
    for platelets in CELLS:
        for neutrophils in CELLS:
            held = tuple(
                category
                for category, p, n in zip(
                    table["category"],
                    table["platelets_relation"],
                    table["neutrophils_relation"],
                    strict=True,
                )
                if platelets in _HOLDS[p] and neutrophils in _HOLDS[n]
            )
            rows.append((platelets, neutrophils, held))
    return pd.DataFrame(rows, columns=["platelets", "neutrophils", "categories"])


def table_1() -> Mapping[str, Result]:
    """Hold the bounds of CRi and CRp against those of CR."""
    held = categories()["categories"]
    overlap = any({"CR", "CRi"} <= set(found) for found in held)
    same = all(("CR" in found) == ("CRp" in found) for found in held)
    border = Contradicted(
        "CR has ≥100 and ≥1.0: at both bounds CR and CRi hold", overlap, "all nine combinations"
    )
    return {
        "t1-cri-platelets": border,
        "t1-cri-neutrophils": border,
        "t1-crp-platelets": Contradicted(
            "CR has the same bounds: nobody is in CRp but not in CR", same, "all nine combinations"
        ),
    }
