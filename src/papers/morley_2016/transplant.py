"""Survival after transplantation: when event-free survival may exceed overall survival.

Whoever is free of events is alive, so that the true rates cannot be ordered so, nor can estimates
where everybody is followed. Kaplan-Meier estimates can: a patient who relapses and dies late weighs
more in overall survival if others are censored between. :data:`PATIENTS` is a constructed example
which prints every value that the review prints; it is not data.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from papers.morley_2016.data import number, survival
from secondlook.claims import Possible, Result
from secondlook.survival import kaplan_meier

# In order of time. n: dies without relapse; r: relapses; d: dies after relapse; c: censored free of
# events. A bar stands at 6 months. Found by search; who is left is followed beyond 12 months.
PATIENTS = "rnrrcddnnnnrnrcnnddrrdnn|drdncd"
END = 12.5


@cache
def _constructed() -> pd.DataFrame:
    first, second = PATIENTS.split("|")
    times = [
        *np.linspace(0, 6, len(first) + 2)[1:-1],
        *np.linspace(6, 12, len(second) + 2)[1:-1],
    ]
    rows: list[dict[str, float | bool]] = []
    relapsed: list[dict[str, float | bool]] = []
    for kind, time in zip(first + second, times, strict=True):
        if kind == "d":
            relapsed.pop(0).update(death=time, died=True)
            continue
        row = {
            "event": time,
            "failed": kind != "c",
            "relapsed": kind == "r",
            "death": END if kind == "r" else time,
            "died": kind == "n",
        }
        rows.append(row)
        relapsed += [row] if kind == "r" else []
    left = number("keb-n") - len(rows)
    beyond = {"event": END, "failed": False, "relapsed": False, "death": END, "died": False}
    return pd.DataFrame(rows + [beyond] * left)


def constructed() -> pd.DataFrame:
    """Return the constructed patients, a row each.

    Returns
    -------
    pandas.DataFrame
        event (months to relapse, death or censoring), failed, relapsed, death (months to death or
        censoring), died.
    """
    return _constructed().copy()


def estimates() -> dict[str, float]:
    """Estimate what the review prints from the constructed patients, in percent.

    Non-relapse mortality is one minus Kaplan-Meier, with relapse as censoring.
    """
    frame = constructed()
    free = kaplan_meier(frame["event"], frame["failed"]).at([6, 12])["survival"].tolist()
    overall = kaplan_meier(frame["death"], frame["died"]).at([12])["survival"].item()
    without = frame["failed"] & ~frame["relapsed"]
    alone = kaplan_meier(frame["event"], without).at([12])["survival"].item()
    return {
        "keb-efs-6m": 100 * free[0],
        "keb-efs": 100 * free[1],
        "keb-os": 100 * overall,
        "keb-nrm": 100 * (1 - alone),
    }


def censored() -> int:
    """Return how many of the constructed patients are censored within the year."""
    return PATIENTS.count("c")


def statements() -> Mapping[str, Result]:
    """Hold the four values of survival against the constructed patients."""
    how = f"26 constructed patients, {censored()} censored within the year"
    return {claim: Possible([value], how) for claim, value in estimates().items()}


def at(quantity: str, months: int) -> int:
    """Return one printed survival value after transplantation, in percent."""
    frame = survival()
    chosen = frame[(frame["quantity"] == quantity) & (frame["months"] == months)]
    return int(chosen["percent"].item())
