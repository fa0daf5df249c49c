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
    table = load(KEY, "response")
    rows = table[table["assessment"] == assessment]
    return {str(name): int(n) for name, n in zip(rows["response"], rows["patients"], strict=True)}


def localizations() -> pd.DataFrame:
    """Return Table 2: localization, number."""
    return load(KEY, "table-2")


def fates() -> dict[str, int]:
    """Return the printed fates of the 26 patients in complete or partial remission."""
    table = load(KEY, "fates")
    return {str(name): int(n) for name, n in zip(table["fate"], table["patients"], strict=True)}


def told_cycles(patient: str) -> int:
    """Return how many cycles a patient told of was given, named as in told.csv."""
    table = load(KEY, "told")
    return int(table.loc[table["patient"] == patient, "cycles"].iloc[0])
