"""Frames of finished text for the report and the deck: printed beside re-derived."""

from __future__ import annotations

import math

import pandas as pd

from secondlook import claims, datasets, printed
from secondlook.papers import ledger_frames
from secondlook.papers.kucukciler_2021 import comparisons, curves, rates
from secondlook.papers.kucukciler_2021.data import (
    KEY,
    MONTHS,
    PATIENTS,
    cell,
    cohort,
    printed_text,
    response_by_month,
    toxicity,
)
from secondlook.papers.kucukciler_2021.response import balance
from secondlook.papers.kucukciler_2021.survival import statements
from secondlook.proportions import interval
from secondlook.tables import percent

DASH = "–"


def beside(*ids: str) -> pd.DataFrame:
    """Return claims as rows of a table: quantity, printed, recomputed, verdict."""
    return ledger_frames.beside(KEY, *ids)


def table_1() -> pd.DataFrame:
    """Table 1 as printed, beside what the rest of the paper gives: row, printed, ..., verdict."""
    ledger = claims.ledger(KEY)
    rows = ledger[ledger["id"].str.startswith("t1-")]
    return rows[["quantity", "printed", "recomputed", "verdict"]].reset_index(drop=True)


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


def rates_text() -> pd.DataFrame:
    """Rates with exact intervals: part, rate, count (of n), printed, percent, interval."""
    frame = rates.rates()
    return pd.DataFrame(
        {
            "part": frame["part"],
            "rate": frame["rate"],
            "count": [f"{c} of {n}" for c, n in zip(frame["count"], frame["n"], strict=True)],
            "printed": frame["printed"].fillna(DASH),
            "percent": [percent(value) for value in frame["estimate"]],
            "interval": [
                f"{percent(low)} to {percent(high)}"
                for low, high in zip(frame["lower"], frame["upper"], strict=True)
            ],
        }
    )


def comparisons_text() -> pd.DataFrame:
    """Responders by group: comparison, group, responders (of n), percent, interval."""
    parts = {
        "Cytogenetic risk": comparisons.response_by_risk(),
        "Prior lines (Table 4's number so read)": comparisons.response_by_lines(),
    }
    rows = []
    for part, frame in parts.items():
        for group, count, n in zip(
            frame["group"], frame["responders"].tolist(), frame["n"].tolist(), strict=True
        ):
            exact = interval(count, n)
            rows.append(
                {
                    "part": part,
                    "group": group,
                    "count": f"{count} of {n}",
                    "percent": percent(count / n, 0),
                    "interval": f"{percent(exact.lower, 0)} to {percent(exact.upper, 0)}",
                }
            )
    return pd.DataFrame(rows)


def one_line_against_more() -> tuple[str, str]:
    """Write the responders with one prior line and with more, as "5 of 5"."""
    frame = comparisons.one_line_against_more()
    one, more = (
        f"{count} of {n}"
        for count, n in zip(frame["responders"].tolist(), frame["n"].tolist(), strict=True)
    )
    return one, more


def cut_percent(value: float) -> str:
    """Write a proportion as a percent with one decimal, further digits cut off."""
    return f"{math.floor(1000 * value + 1e-9) / 10:.1f}"


def tests_text() -> pd.DataFrame:
    """Exact tests: comparison, test, patients, p."""
    frame = comparisons.tests()
    return frame.assign(p_value=[p_text(p) for p in frame["p_value"]])


def assumptions_text() -> pd.DataFrame:
    """Read the curves at the printed times: assumption, deaths, at_6, before_6, at_12, means."""
    frame = curves.summary()
    return pd.DataFrame(
        {
            "assumption": frame["assumption"],
            "at_6": [percent(v) for v in frame["at_6"]],
            "before_6": [percent(v) for v in frame["before_6"]],
            "at_12": [percent(v) for v in frame["at_12"]],
            "mean_to_largest": [months(v) for v in frame["mean_to_largest"]],
            "mean_to_last_death": [months(v) for v in frame["mean_to_last_death"]],
            "median": [months(v, 0) for v in frame["median"]],
        }
    )


def readings_text() -> pd.DataFrame:
    """List each statement's readings: statement, reading, assignments, deaths (from, to)."""
    frame = statements().alone
    span = [
        DASH if pd.isna(low) else f"{low} to {high}" if low != high else f"{low}"
        for low, high in zip(frame["fewest_deaths"], frame["most_deaths"], strict=True)
    ]
    return pd.DataFrame(
        {
            "statement": frame["statement"],
            "reading": frame["reading"],
            "assignments": [f"{count:,}" for count in frame["assignments"]],
            "deaths": span,
        }
    )


def interval_types_text() -> pd.DataFrame:
    """One curve, five types of interval: interval, at 6 and 12 months, and of the median."""
    frame = curves.interval_types()
    return pd.DataFrame(
        {
            "interval": frame["interval"],
            **{
                f"at_{month}": [
                    f"{percent(low)} to {percent(high)}"
                    for low, high in zip(
                        frame[f"lower_{month}"], frame[f"upper_{month}"], strict=True
                    )
                ]
                for month in (6, 12)
            },
            "median": [
                f"{months(low, 0)} to {months(high, 0)}"
                for low, high in zip(frame["lower_median"], frame["upper_median"], strict=True)
            ],
        }
    )


def response_comparisons_text() -> pd.DataFrame:
    """Survival by response: comparison, patients, medians, p."""
    frame = curves.response_comparisons()
    return pd.DataFrame(
        {
            "comparison": frame["comparison"],
            "responders": frame["responders"].astype(str),
            "others": frame["others"].astype(str),
            "median_responders": [months(v) for v in frame["median_responders"]],
            "median_others": [months(v) for v in frame["median_others"]],
            "p_value": [p_text(p) for p in frame["p_value"]],
        }
    )


def p_text(value: float) -> str:
    """Write a P value with two significant digits or three decimals, whichever is shorter."""
    return (
        "<0.001" if value < 0.001 else printed.show(value, like="0.00" if value >= 0.1 else "0.000")
    )


def months(value: float, decimals: int = 1) -> str:
    """Write a number of months; one that is not reached is said so."""
    if math.isnan(value):
        return "not reached"
    return printed.show(value, like="0." + "0" * decimals if decimals else "0")
