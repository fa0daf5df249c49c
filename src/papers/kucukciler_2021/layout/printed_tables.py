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
    toxicity,
)
from papers.kucukciler_2021.response import balance
from secondlook.data import load_text
from secondlook.tables import DASH, percent


def beside(*ids: str) -> pd.DataFrame:
    """Return claims as rows of a table: quantity, printed, recomputed, verdict."""
    return ledger_frames.beside(KEY, *ids)


def table_1() -> pd.DataFrame:
    """Table 1 as printed, beside what the rest gives: quantity, printed, recomputed, verdict."""
    return ledger_frames.printed_table(KEY, "t1-")


def disagreements() -> pd.DataFrame:
    """Return what does not agree, once a quantity, gravest first.

    Returns
    -------
    pandas.DataFrame
        verdict, quantity, printed, why; repetitions at other places are left out.
    """
    return ledger_frames.disagreements(KEY, "conflicts", "differs", "unattainable", "truncated")


def table_2() -> pd.DataFrame:
    """Table 2 as extracted, and how those evaluated in a month follow from the month before.

    Returns
    -------
    pandas.DataFrame
        part, row, month_1, month_2, month_3, all text.
    """
    extracted = load_text(KEY, "table-2").set_index("row")
    rows = [
        {"part": "As extracted", "row": row}
        | {m: extracted.loc[row, m] or "(empty)" for m in MONTHS}
        for row in extracted.index
    ]
    months = balance()
    for name, sign in (
        ("evaluated before", ""),
        ("changed", "−"),
        ("died", "−"),
        ("evaluated", "="),
    ):
        column = "entered" if name == "evaluated before" else name
        rows.append(
            {"part": "From one evaluation to the next", "row": f"{sign} {name}".strip()}
            | {m: str(cell(months, m, column)) if m != MONTHS[0] else "" for m in MONTHS}
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
    table = load_text(KEY, "table-4")
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
    patients, months = cohort(), balance()
    number = patients["prior_lines"].astype(int)
    one, two, three = patients[number == 1], patients[number >= 2], patients[number >= 3]
    last = patients.loc[[number.idxmax()]]
    subgroup = number[patients["cytogenetic_risk"] != "Intermediate"]
    month_3 = cell(months, "month_3", "evaluated")
    left = cell(months, "month_2", "entered") - cell(months, "month_2", "died")
    none = "no bearing"
    rows = [
        (
            "median and range",
            f"{printed_text('t1-prior-median')} ({printed_text('t1-prior-min')} to "
            f"{printed_text('t1-prior-max')}), of prior treatments",
            f"{number.median():g} ({number.min()} to {number.max()}): agrees",
            "no number of cycles is printed",
        ),
        (
            f"median of the {len(subgroup)} with favorable or adverse risk",
            f"{printed_text('dis-lines')} lines (discussion)",
            f"{subgroup.median():g}: agrees",
            none,
        ),
        (
            "patients with 2 or more",
            f"{left} did not die in month 2",
            none,
            f"{len(two)}: agrees",
        ),
        (
            "patients with 3 or more",
            f"{month_3} treated in month 3",
            none,
            f"{len(three)}: agrees",
        ),
        (
            "responders among those",
            f"{printed_text('res-pr-month-3')} of the {month_3}",
            none,
            f"{int(three['responded'].sum())} in Table 4: disagrees",
        ),
        (
            "who had one",
            f"{cell(months, 'month_2', 'died')} died in month 2",
            none,
            f"{len(one)}, {int((one['survival'] == 1).sum())} of them lived one month: disagrees",
        ),
        (
            "the largest number",
            "Table 2 ends with month 3",
            none,
            f"case {int(last['case'].sum())}: {number.max()} cycles in "
            f"{int(last['survival'].sum())} month: implausible",
        ),
    ]
    return pd.DataFrame(rows, columns=["fact", "printed", "lines", "cycles"])
