"""Tables 1 to 4 as finished text, printed beside re-derived, and what speaks for a lost heading."""

from __future__ import annotations

import pandas as pd

from papers import ledger_frames
from papers.kucukciler_2021.data import (
    KEY,
    MONTHS,
    PATIENTS,
    cell,
    cohort,
    printed_text,
    response_by_month,
    toxicity,
)
from papers.kucukciler_2021.response import balance
from secondlook import datasets
from secondlook.tables import DASH, percent


def beside(*ids: str) -> pd.DataFrame:
    """Return claims as rows of a table: quantity, printed, recomputed, verdict."""
    return ledger_frames.beside(KEY, *ids)


def table_1() -> pd.DataFrame:
    """Table 1 as printed, beside what the rest gives: quantity, printed, recomputed, verdict."""
    return ledger_frames.printed_table(KEY, "t1-")


def disagreements() -> pd.DataFrame:
    """Return what is neither reproduced nor out of reach, once a quantity, gravest first.

    Returns
    -------
    pandas.DataFrame
        verdict, quantity, printed, why; repetitions at other places are left out.
    """
    return ledger_frames.disagreements(KEY)


def table_2() -> pd.DataFrame:
    """Table 2 as extracted and put right, with the balance of patients.

    Returns
    -------
    pandas.DataFrame
        row, p1, p2, p3 (as extracted), r1, r2, r3 (as read), all text.
    """
    extracted = datasets.text(KEY, "table-2").set_index("row")
    right, months = response_by_month(), balance()
    rows = [
        {"row": row}
        | {f"p{m[-1]}": extracted.loc[row, m] or "(empty)" for m in MONTHS}
        | {f"r{m[-1]}": str(cell(right, row, m)) for m in MONTHS}
        for row in right.index
    ]
    rows.append(
        {"row": "sum of the column", "p1": "", "p2": "", "p3": ""}
        | {f"r{m[-1]}": str(int(right[m].sum())) for m in MONTHS}
    )
    rows.append(
        {"row": "patients who entered the month", "p1": "", "p2": "", "p3": ""}
        | {f"r{m[-1]}": str(cell(months, m, "entered")) for m in MONTHS}
    )
    return pd.DataFrame(rows)


def table_3() -> pd.DataFrame:
    """Table 3 with its totals: grade, and per lineage patients and percent of 21, as text."""
    table = toxicity()
    severe = table.loc[["Grade 3", "Grade 4"]].sum().rename("Grade 3 or 4")
    total = table.sum().rename("total")
    full = pd.concat([table, severe.to_frame().T, total.to_frame().T])
    frame = pd.DataFrame({"grade": full.index.astype(str)})
    for lineage in table.columns:
        counts = full[lineage].astype(int).tolist()
        frame[str(lineage)] = [str(count) if count else DASH for count in counts]
        frame[f"{lineage} %"] = [percent(count / PATIENTS) if count else DASH for count in counts]
    return frame


def table_4() -> pd.DataFrame:
    """Table 4 as printed, one row a patient, as text."""
    table = datasets.text(KEY, "table-4")
    kept = [
        "case",
        "aml_type",
        "risk",
        "finding",
        "lines_or_cycles",
        "cd33",
        "response",
        "survival",
    ]
    return table.rename(columns={"cytogenetic_risk": "risk"})[kept]


def column_evidence() -> pd.DataFrame:
    """Hold the one number of Table 4 against both headings: fact, printed, lines, cycles.

    `printed` is what the paper prints elsewhere; `lines` and `cycles` say what each reading gives
    and whether that agrees.
    """
    patients = cohort()
    number = patients["prior_lines"].astype(int)
    treated = balance()["evaluated"]
    third = patients[number >= 3]
    longest = patients.loc[[number.idxmax()]]
    month_3 = cell(balance(), "month_3", "evaluated")
    mentioned = number[patients["case"].isin([1, 3, 4, 19])].tolist()
    rows = [
        (
            "median and range",
            f"{printed_text('t1-prior-median')} ({printed_text('t1-prior-min')} to "
            f"{printed_text('t1-prior-max')}), of prior treatments",
            f"{number.median():g} ({number.min()} to {number.max()}): agrees",
            "no cycles are printed to compare",
        ),
        (
            "patients with 2 or more",
            f"{int(treated['month_2'])} evaluated in month 2",
            "no bearing",
            f"{int((number >= 2).sum())} with a second cycle: disagrees",
        ),
        (
            "patients with 3 or more",
            f"{month_3} treated in month 3",
            "no bearing",
            f"{len(third)} with a third cycle: agrees",
        ),
        (
            "responders among those",
            f"{printed_text('res-pr-month-3')} of the {month_3}",
            "no bearing",
            f"{int(third['responded'].sum())} in Table 4: disagrees",
        ),
        (
            "the largest number",
            "Table 2 ends with month 3",
            "no bearing",
            f"case {int(longest['case'].sum())}: {number.max()} monthly cycles in "
            f"{int(longest['survival'].sum())} month: implausible",
        ),
        (
            "cases 1, 3, 4 and 19",
            f"{printed_text('dis-lines')} lines each (discussion)",
            f"{', '.join(map(str, mentioned))}: disagrees for two",
            "no bearing",
        ),
    ]
    return pd.DataFrame(rows, columns=["fact", "printed", "lines", "cycles"])
