"""Faults of the reference list that can be seen without looking anything up."""

from __future__ import annotations

import pandas as pd

from papers.zaitsev_2020.data import references


def faults() -> pd.DataFrame:
    """Return a row a fault: number, first_author, fault."""
    rows = []
    for entry in references().to_dict("records"):
        found = []
        if pd.isna(entry["journal"]):
            found.append("no journal")
        if pd.isna(entry["doi"]):
            found.append("no DOI")
        elif not str(entry["doi"]).startswith("10."):
            found.append('DOI without its first part, "10."')
        if entry["doi_label"] == "dol":
            found.append('"dol" for "doi"')
        rows += [(entry["number"], entry["first_author"], fault) for fault in found]
    return pd.DataFrame(rows, columns=["number", "first_author", "fault"])
