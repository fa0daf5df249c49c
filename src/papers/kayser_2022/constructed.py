"""The constructed data sets that are kept with the paper: read, and asked for what it prints."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from papers.kayser_2022.data import INTERVAL, KEY
from papers.kayser_2022.narrative import COLUMNS, COMPLETE, Set, unmet_curves, unmet_narrative
from secondlook import data, printed
from secondlook.claims import printed_text
from secondlook.survival import SurvivalCurve, kaplan_meier
from secondlook.survival.log_rank import LogRank, compare_counts
from secondlook.transitions.mantel_byar import count_at_events

if TYPE_CHECKING:
    import pandas as pd

STATES = ("INO", "transplanted")


@cache
def columns() -> dict[str, Set]:
    """Return the columns of each set by name, each set verified; a missing time is NaN."""
    table = data.columns(KEY, "constructed")
    names = table.pop("set")
    found: dict[str, Set] = {
        name: {each: column[names == name] for each, column in table.items()}
        for name in dict.fromkeys(names.tolist())
    }
    for name, one in found.items():
        if unmet := as_printed(one):
            raise ValueError(f"the constructed set {name} does not print: {'; '.join(unmet)}")
    return found


def sets() -> dict[str, pd.DataFrame]:
    """Return the sets as frames by name, each one verified; the columns are `COLUMNS`."""
    import pandas as pd

    return {name: pd.DataFrame(dict(found)) for name, found in columns().items()}


def as_printed(rows: Set) -> list[str]:
    """Return what a set does not have of both survival curves and of the narrative, in words."""
    missing = [f"no column {name}" for name in COLUMNS if name not in rows]
    return missing or unmet_curves(rows) + unmet_narrative(rows)


def overall(rows: Set) -> SurvivalCurve:
    """Estimate overall survival in one set."""
    return kaplan_meier(rows["time"], rows["event"], interval=INTERVAL)


def of_complete(rows: Set) -> SurvivalCurve:
    """Estimate overall survival of the patients in complete remission in one set."""
    inside = rows["response"] == COMPLETE
    return kaplan_meier(rows["time"][inside], rows["event"][inside], interval=INTERVAL)


def mantel_byar_of(rows: Set) -> LogRank:
    """Test transplantation in one set as a change of state: after it against before."""
    time, given = (np.asarray(rows[name], dtype=float) for name in ("time", "transplant_time"))
    died, after = np.asarray(rows["event"]) == 1, np.isfinite(given)
    counts = count_at_events(
        np.concatenate([np.zeros(len(time)), given[after]]),
        np.concatenate([np.where(after, given, time), time[after]]),
        np.concatenate([died & ~after, died[after]]),
        (np.repeat([0, 1], [len(time), after.sum()]), STATES),
    )
    return compare_counts(counts.at_risk, counts.events, STATES)


def in_states(frame: pd.DataFrame) -> pd.DataFrame:
    """Split a set into rows before and after transplantation."""
    from secondlook.transitions import split_at_transition

    return split_at_transition(
        frame,
        duration="time",
        event="event",
        transition_time="transplant_time",
        id="patient",
        states=list(STATES),
    )


def hazard_ratio(frame: pd.DataFrame) -> float:
    """Estimate the hazard after against before transplantation in one set (Cox, Efron's ties)."""
    from secondlook.transitions import andersen_gill

    rows = in_states(frame).assign(after=lambda rows: rows["state"] == STATES[1])
    return float(andersen_gill(rows, ["after"]).table["hazard_ratio"].iloc[0])


def tests_of_transplantation() -> pd.DataFrame:
    """Test transplantation in each constructed set.

    Columns: set, observed, expected (deaths after transplantation), p (Mantel-Byar), hazard_ratio
    (Cox, after against before), naive_p (who was ever transplanted against who was not: biased).
    """
    import pandas as pd

    from secondlook.transitions import ever_exposed_log_rank

    rows = []
    for name, frame in sets().items():
        test = mantel_byar_of(columns()[name])
        naive = ever_exposed_log_rank(in_states(frame), id="patient")
        deaths = float(test.observed[1]), float(test.expected[1])
        rows.append((name, *deaths, test.p_value, hazard_ratio(frame), naive.log_rank.p_value))
    names = ["set", "observed", "expected", "p", "hazard_ratio", "naive_p"]
    return pd.DataFrame(rows, columns=names)


def sampled() -> pd.DataFrame:
    """Return the tests of sets with courses picked at random.

    Shares of them depend on how they are drawn and are no probabilities about these patients.

    As sampled.csv, with prints (the paper's P) and fewer (deaths after transplantation than
    expected).
    """
    sets = data.load(KEY, "sampled")
    text = printed_text(KEY, "res-mb-p")
    prints = [printed.verdict(text, p) == "reproduced" for p in sets["p"].tolist()]
    return sets.assign(prints=prints, fewer=sets["observed"] < sets["expected"])
