"""The paper's tables after the two recorded corrections (``x-corrections`` in datapackage.yaml)."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from secondlook.data import load

KEY = "kucukciler-2021"
PATIENTS = 21
MONTHS = ("month_1", "month_2", "month_3")
EVALUATED = ("Complete response", "Partial response", "Unresponsiveness to treatment")
RESPONSES = ("CR", "PR", "Progression")
RISKS = ("Favorable", "Intermediate", "Adverse")


def said(claim: str) -> int | float:
    """Return the number that the paper prints in the claim of this id."""
    return claim_texts.said(KEY, claim)


def printed_text(claim: str) -> str:
    """Return the number of a claim as the paper prints it."""
    return claim_texts.printed_text(KEY, claim)


def cell(table: pd.DataFrame, row: str, column: str) -> int:
    """Return one count of a table with row labels."""
    return int(table.loc[[row], column].sum())


def cohort() -> pd.DataFrame:
    """Table 4, one row a patient: the lost column is read as prior lines.

    Returns
    -------
    pandas.DataFrame
        case, aml_type, cytogenetic_risk, finding, prior_lines, cd33 (missing in one patient),
        response, survival (months), responded.
    """
    table = load(KEY, "table-4").rename(columns={"lines_or_cycles": "prior_lines"})
    return table.assign(responded=table["response"].isin(["CR", "PR"]))


def characteristic(name: str, level: str, statistic: str) -> int:
    """Return one printed number of Table 1."""
    table = load(KEY, "table-1")
    rows = table[
        (table["characteristic"] == name)
        & (table["level"] == level)
        & (table["statistic"] == statistic)
    ]
    return int(rows["value"].item())


def response_by_month() -> pd.DataFrame:
    """Table 2 as printed; a dash and an empty cell count 0.

    Returns
    -------
    pandas.DataFrame
        Index: the printed row; columns month_1, month_2, month_3 (patients).
    """
    table = load(KEY, "table-2").set_index("row")[list(MONTHS)]
    return table.fillna(0).astype(int)


def treatment_changes() -> list[int]:
    """Return the two printed numbers of treatment changes: between months 1 and 2, and 2 and 3.

    Whether the row stands under the month before or after a change does not matter here.
    """
    row = load(KEY, "table-2").set_index("row").loc["Treatment change", list(MONTHS)]
    return [int(str(n)) for n in row.dropna()]


def toxicity() -> pd.DataFrame:
    """Table 3, patients by grade (index) and lineage (columns); a dash counts 0."""
    return load(KEY, "table-3").set_index("grade").fillna(0).astype(int)


def described(kind: str) -> int:
    """Count the patients whom the text describes one by one, as "autologous transplantation"."""
    return int((load(KEY, "described")["kind"] == kind).sum())


def reference(number: int, column: str) -> int:
    """Return the year or the version of one entry of the reference list."""
    return int(load(KEY, "references").set_index("number").loc[[number], column].sum())


def schedules() -> pd.DataFrame:
    """Return the three treatment schedules: schedule, dose (mg/m²), days, patients."""
    return load(KEY, "schedules")
