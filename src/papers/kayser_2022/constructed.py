"""The constructed data sets that are kept with the paper: read, and asked for what it prints."""

from __future__ import annotations

from functools import cache

import pandas as pd

from papers.kayser_2022.data import KEY
from papers.kayser_2022.facts import INTERVAL
from papers.kayser_2022.narrative import (
    COLUMNS,
    linked_cohort,
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
    mantel_byar,
    split_at_transition,
)

STATES = ("INO", "transplanted")


@cache
def _sets() -> dict[str, pd.DataFrame]:
    found = {}
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
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        return [f"no column {name}" for name in missing]
    return unmet_curves(frame) + unmet_narrative(frame)


def overall(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate overall survival in one set."""
    return kaplan_meier(frame["time"], frame["event"], interval=INTERVAL)


def of_complete(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate overall survival of the patients in complete remission in one set."""
    return overall(frame[frame["response"] == "complete remission"])


def relapse_free(frame: pd.DataFrame) -> SurvivalCurve:
    """Estimate relapse-free survival of the patients in complete remission in one set."""
    cohort = linked_cohort(frame)
    inside = cohort[cohort["in_part"] == 1]
    return kaplan_meier(inside["part_time"], inside["part_event"], interval=INTERVAL)


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
    """Return set, p, observed and expected deaths after transplantation, hazard_ratio."""
    rows = []
    for name, frame in sets().items():
        test = mantel_byar_of(frame)
        rows.append(
            {
                "set": name,
                "p": test.p_value,
                "observed": float(test.observed.iloc[1]),
                "expected": float(test.expected.iloc[1]),
                "hazard_ratio": hazard_ratio(frame),
            }
        )
    return pd.DataFrame(rows)


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
