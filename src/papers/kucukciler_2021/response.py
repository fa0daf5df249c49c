"""Response and its balance of patients by month: the abstract, Section 3.2 and Table 2."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.kucukciler_2021.data import (
    EVALUATED,
    MONTHS,
    PATIENTS,
    cell,
    cohort,
    response_by_month,
    treatment_changes,
)
from secondlook.claims import Alternatives, Contradicted, Derived, Result

FLOW_COLORS = {
    "died": "#3A3A3A",
    "changed treatment": "#D9B48F",
    "no response": "#D5DADF",
    "partial response": "#6FAFD8",
    "complete response": "#0072B2",
}
CODES = {
    "Complete response": "cr",
    "Partial response": "pr",
    "Unresponsiveness to treatment": "none",
    "Death": "died",
}


def balance() -> pd.DataFrame:
    """Follow the patients through Table 2 from one evaluation to the next.

    Returns
    -------
    pandas.DataFrame
        One row a month: entered (evaluated the month before), changed (treatment, since then),
        died, evaluated, balance (0 if patients are conserved).
    """
    table = response_by_month()
    evaluated = table.loc[list(EVALUATED)].sum()
    frame = pd.DataFrame(
        {
            "entered": evaluated.shift(1, fill_value=PATIENTS),
            "changed": [0, *treatment_changes()],
            "died": table.loc["Death"],
            "evaluated": evaluated,
        }
    )
    left = frame["evaluated"] + frame["died"] + frame["changed"]
    return frame.assign(balance=frame["entered"] - left)


def rate_by_month() -> pd.DataFrame:
    """Count those in complete or partial response among the evaluated: stage, count, n."""
    table = response_by_month()
    responding = table.loc[["Complete response", "Partial response"]].sum()
    return pd.DataFrame(
        {
            "rate": [f"evaluated in month {m[-1]}" for m in MONTHS],
            "count": responding.to_numpy(),
            "n": balance()["evaluated"].to_numpy(),
        }
    )


def flow_columns() -> pd.DataFrame:
    """Return the columns of the flow of patients through Table 2.

    Returns
    -------
    pandas.DataFrame
        stage (month), state, group, patients; each month's rows, from the bottom upwards, hold all
        21 patients, those who died or changed treatment before included.
    """
    table, months = response_by_month(), balance()
    rows: list[dict[str, object]] = []
    died = changed = 0
    for stage, month in enumerate(MONTHS, start=1):
        died += cell(months, month, "died")
        changed += cell(months, month, "changed")
        counts = {
            ("died", "died"): died,
            ("changed treatment", "changed"): changed,
            ("no response", "on treatment"): cell(table, "Unresponsiveness to treatment", month),
            ("partial response", "on treatment"): cell(table, "Partial response", month),
            ("complete response", "on treatment"): cell(table, "Complete response", month),
        }
        rows += [
            {"stage": stage, "state": state, "group": group, "patients": patients}
            for (state, group), patients in counts.items()
        ]
    return pd.DataFrame(rows)


def flow_streams() -> pd.DataFrame:
    """Return what moves between two months: stage (the one left), source, target, patients."""
    months, columns = balance(), flow_columns()
    held = columns.groupby(["stage", "group"])["patients"].sum()
    rows = []
    for stage, month in enumerate(MONTHS[1:], start=1):
        rows += [
            (stage, "on treatment", "on treatment", cell(months, month, "evaluated")),
            (stage, "on treatment", "changed", cell(months, month, "changed")),
            (stage, "on treatment", "died", cell(months, month, "died")),
            (stage, "changed", "changed", int(held[(stage, "changed")])),
            (stage, "died", "died", int(held[(stage, "died")])),
        ]
    return pd.DataFrame(rows, columns=["stage", "source", "target", "patients"])


def responders() -> dict[str, int]:
    """Count the responders (complete and partial) at the two places that give them."""
    table, patients = response_by_month(), cohort()
    first = table["month_1"]
    return {
        "Table 2, month 1": int(first["Complete response"] + first["Partial response"]),
        "Table 4": int(patients["responded"].sum()),
    }


def responses() -> Mapping[str, Result]:
    """Overall response, the abstract and Section 3.2."""
    first, counts = response_by_month()["month_1"], cohort()["response"].value_counts()

    def both(row: str, code: str) -> Alternatives:
        return Alternatives(
            {"Table 2, month 1": int(first[row]), "Table 4": int(counts[code])},
            "patients counted in the two tables",
        )

    rate = Derived(
        100 * responders()["Table 2, month 1"] / PATIENTS, "1 CR + 10 PR (Section 3.2) of 21"
    )
    adverse = cohort()[cohort()["cytogenetic_risk"] == "Adverse"]
    partial = Derived(int((adverse["response"] == "PR").sum()), "PR in Table 4 with adverse risk")
    return {
        "abs-orr": rate,
        "res-orr": rate,
        "dis-orr": rate,
        "abs-adverse-pr": partial,
        "dis-adverse-pr": partial,
        "abs-adverse-n": Derived(len(adverse), "rows of Table 4 with adverse risk"),
        "dis-adverse-n": Derived(len(adverse), "rows of Table 4 with adverse risk"),
        "res-responders": Alternatives(responders(), "CR and PR counted in the two tables"),
        "res-cr": both("Complete response", "CR"),
        "res-pr": both("Partial response", "PR"),
        "res-none": both("Unresponsiveness to treatment", "Progression"),
    }


def section_3_2_by_cycle() -> Mapping[str, Result]:
    """Give the sentences on the first cycle and on months 2 and 3 from Table 2."""
    table, treated = response_by_month(), balance()["evaluated"]
    return {
        "res-first-cr": _cell(table, "Complete response", "month_1"),
        "res-first-pr": _cell(table, "Partial response", "month_1"),
        "res-first-none": _cell(table, "Unresponsiveness to treatment", "month_1"),
        "res-died-month-2": _cell(table, "Death", "month_2"),
        "res-treated-month-3": Derived(int(treated["month_3"]), "2 + 2 evaluated, Table 2"),
        "res-pr-month-3-of": Derived(int(treated["month_3"]), "2 + 2 evaluated, Table 2"),
        "res-pr-month-3": _cell(table, "Partial response", "month_3"),
    }


def table_2() -> Mapping[str, Result]:
    """Each printed cell of Table 2 from the balance of patients in its month."""
    table, months = response_by_month(), balance()
    results: dict[str, Result] = {}
    for month in MONTHS:
        entered, changed = cell(months, month, "entered"), cell(months, month, "changed")
        for row, code in CODES.items():
            others = sum(cell(table, other, month) for other in CODES if other != row)
            how = (
                f"{entered} evaluated before less the changes of treatment and the column's others"
            )
            left = entered - changed - others
            results[f"t2-{code}-{month[-1]}"] = (
                Derived(left, how)
                if cell(table, row, month)
                else Contradicted(f"{left} remain", left != 0, how)
            )
        if changed:
            results[f"t2-changed-{month[-1]}"] = Derived(
                entered - int(table.loc[list(CODES), month].sum()),
                f"{entered} evaluated before less those of the column",
            )
    return results


def _cell(table: pd.DataFrame, row: str, month: str) -> Derived:
    return Derived(cell(table, row, month), f"restated: Table 2, {row.lower()}, {month[-1]}.month")
