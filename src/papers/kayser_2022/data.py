"""The paper's tables, and its printed numbers by the id of their claim."""

from __future__ import annotations

import pandas as pd

from secondlook import claims
from secondlook.data import load

KEY = "kayser-2022"
PATIENTS = 31


def said(claim: str) -> int | float:
    """Return the number that the paper prints in the claim of this id."""
    return claims.said(KEY, claim)


def responses(assessment: str) -> dict[str, int]:
    """Return the patients of each response, after the "first cycle" or after "two cycles"."""
    table = load(KEY, "response").query("assessment == @assessment")
    return dict(zip(table["response"], table["patients"].tolist(), strict=True))


def localizations() -> pd.DataFrame:
    """Return Table 2: localization, number."""
    return load(KEY, "table-2")


def fates() -> dict[str, int]:
    """Return the printed fates of the 26 patients in complete or partial remission."""
    table = load(KEY, "fates")
    return dict(zip(table["fate"], table["patients"].tolist(), strict=True))


def told_cycles(patient: str) -> int:
    """Return how many cycles a patient told of was given, named as in told.csv."""
    return int(load(KEY, "told").set_index("patient")["cycles"][patient])
