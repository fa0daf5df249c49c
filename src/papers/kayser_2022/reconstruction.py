"""What all admissible survival data of the paper share, and where they differ, as frames."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from papers.kayser_2022 import constructed, searches
from papers.kayser_2022.data import KEY
from secondlook.claims import printed_text
from secondlook.printed import show
from secondlook.survival import SurvivalCurve
from secondlook.tables import percent
from secondlook.transitions import simon_makuch

Outcome = Literal["os", "rfs"]


def envelope(outcome: Outcome) -> pd.DataFrame:
    """Return the range of S(t), of its limits and of counts over all admissible sets.

    Columns: time (months), passed (whether what happens then has happened), survival_lowest,
    survival_highest, lower_lowest, upper_highest (proportions), at_risk_lowest, at_risk_highest,
    censored_lowest, censored_highest (patients), mean_lowest, mean_highest (months up to this
    time). Just before a tick the number at risk is the printed one.
    """
    table = searches.stored("envelope")
    rows = table[table["outcome"] == outcome]
    return rows.drop(columns="outcome").reset_index(drop=True)


def at(outcome: Outcome, month: float) -> pd.Series:
    """Return the row of `envelope` just after a month."""
    band = envelope(outcome)
    return band[(band["time"] == month) & band["passed"]].iloc[0]


def span(low: float, high: float, like: str = "0") -> str:
    """Write the ends of a range with the decimals of `like`, once if they print the same."""
    ends = [show(low, like=like), show(high, like=like)]
    return " to ".join(dict.fromkeys(ends))


def band_at(outcome: Outcome, month: float) -> str:
    """Write the range of S at a month over all admissible sets, in whole percent."""
    row = at(outcome, month)
    return span(100 * row["survival_lowest"], 100 * row["survival_highest"])


def survival_ranges() -> pd.DataFrame:
    """Set printed survival beside what the other printed facts allow.

    Columns: month, quantity (survival, lower, upper), printed (text), and lowest and highest
    percent over all admissible sets: of all facts (`_nothing`), without this number (`_itself`; a
    limit without the other one too), and without all that is printed at the month (`_month`).
    """
    wide = searches.stored("survival-ranges").pivot_table(
        index=["month", "quantity"], columns="left_out", values=["lowest", "highest"], sort=False
    )
    wide.columns = ["_".join(names) for names in wide.columns.to_flat_index()]
    frame = wide.reset_index()
    end = {"survival": "", "lower": "-lower", "upper": "-upper"}
    texts = [
        printed_text(KEY, f"res-os-{month:g}{end[quantity]}")
        for month, quantity in zip(frame["month"].tolist(), frame["quantity"], strict=True)
    ]
    return frame.assign(printed=texts)


def simon_makuch_of(name: str) -> dict[str, SurvivalCurve]:
    """Estimate survival before and after transplantation in one constructed set."""
    curves = simon_makuch(constructed.in_states(constructed.sets()[name]), id="patient")
    return {str(state): curve for state, curve in curves.items()}


def simon_makuch_in_words(name: str) -> str:
    """Say in a sentence what the curves of `simon_makuch_of` are at 12 and 18 months."""
    before, after = (
        simon_makuch_of(name)[state].at([12, 18])["survival"].tolist()
        for state in constructed.STATES
    )
    return (
        f"Of the transplanted {percent(after[0], 0)}% are alive at twelve months and "
        f"{percent(after[1], 0)}% at eighteen, of the others {percent(before[0], 0)}% and "
        f"{percent(before[1], 0)}%."
    )
