"""The constructed data sets that are kept with the paper: read, and asked for what it prints."""

from __future__ import annotations

from functools import cache

import pandas as pd

from papers.kayser_2022.data import INTERVAL, KEY
from papers.kayser_2022.narrative import (
    COLUMNS,
    unmet_curves,
    unmet_narrative,
)
from secondlook import printed
from secondlook.claims import printed_text
from secondlook.data import load
from secondlook.survival import SurvivalCurve, follow_up, kaplan_meier
from secondlook.transitions import (
    MantelByar,
    andersen_gill,
    ever_exposed_log_rank,
    mantel_byar,
    split_at_transition,
)

STATES = ("INO", "transplanted")


@cache
def _sets() -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = {}
    for name, rows in load(KEY, "constructed").groupby("set", sort=False):
        frame = rows.drop(columns="set").reset_index(drop=True)
        unmet = as_printed(frame)
        if unmet:
            raise ValueError(f"the constructed set {name} does not print: {'; '.join(unmet)}")
        found[str(name)] = frame
    return found


def sets() -> dict[str, pd.DataFrame]:
    """Return the sets by name, each one verified; the columns are `narrative.COLUMNS`."""
    return {name: frame.copy() for name, frame in _sets().items()}


def as_printed(frame: pd.DataFrame) -> list[str]:
    """Return what a set does not have of both survival curves and of the narrative, in words."""
    missing = [f"no column {name}" for name in COLUMNS if name not in frame.columns]
    return missing or unmet_curves(frame) + unmet_narrative(frame)


def overall(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate overall survival in one set."""
    return kaplan_meier(frame["time"], frame["event"], interval=INTERVAL)


def of_complete(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate overall survival of the patients in complete remission in one set."""
    return overall(frame[frame["response"] == "complete remission"])


def reverse(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate follow-up in one set."""
    return follow_up(frame["time"], frame["event"], interval=INTERVAL)


def in_states(frame: pd.DataFrame) -> pd.DataFrame:
    """Split a set into rows before and after transplantation."""
    return split_at_transition(
        frame,
        duration="time",
        event="event",
        transition_time="transplant_time",
        id="patient",
        states=list(STATES),
    )


def mantel_byar_of(frame: pd.DataFrame) -> MantelByar:
    """Test transplantation in one set as a change of state."""
    return mantel_byar(in_states(frame))


def hazard_ratio(frame: pd.DataFrame) -> float:
    """Estimate the hazard after against before transplantation in one set (Cox, Efron's ties)."""
    rows = in_states(frame).assign(after=lambda rows: rows["state"] == STATES[1])
    return float(andersen_gill(rows, ["after"]).table["hazard_ratio"].iloc[0])


def tests_of_transplantation() -> pd.DataFrame:
    """Test transplantation in each constructed set.

    Columns: set, observed, expected (deaths after transplantation), p (Mantel-Byar), hazard_ratio
    (Cox, after against before), naive_p (who was ever transplanted against who was not: biased).
    """
    rows = []
    for name, frame in sets().items():
        test, naive = mantel_byar_of(frame), ever_exposed_log_rank(in_states(frame), id="patient")
        deaths = float(test.observed.iloc[1]), float(test.expected.iloc[1])
        rows.append((name, *deaths, test.p_value, hazard_ratio(frame), naive.log_rank.p_value))
    columns = ["set", "observed", "expected", "p", "hazard_ratio", "naive_p"]
    return pd.DataFrame(rows, columns=columns)


def sampled() -> pd.DataFrame:
    """Return the tests of sets with courses picked at random.

    Shares of them depend on how they are drawn and are no probabilities about these patients.

    As sampled.csv, with prints (the paper's P) and fewer (deaths after transplantation than
    expected).
    """
    sets = load(KEY, "sampled")
    text = printed_text(KEY, "res-mb-p")
    prints = [printed.verdict(text, p) == "reproduced" for p in sets["p"].tolist()]
    return sets.assign(prints=prints, fewer=sets["observed"] < sets["expected"])
