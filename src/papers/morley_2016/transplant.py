"""Survival after transplantation: when event-free survival may exceed overall survival.

Whoever is free of events is alive, so that the true rates cannot be ordered so, nor can estimates
where everybody is followed. Kaplan-Meier estimates can: a patient who relapses and dies late weighs
more in overall survival if others are censored between. The 26 constructed patients of the resource
"constructed" are an example with every number that the review prints of the study, among them the
median day of the five fatal VODs; they are not data.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from papers.morley_2016 import KEY, number
from secondlook import claims
from secondlook.claims import Possible
from secondlook.data import columns
from secondlook.printed import admits, show
from secondlook.survival import SurvivalCurve, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

HALF_A_YEAR, A_YEAR = 182.625, 365.25


@cache
def constructed() -> dict[str, NDArray[Any]]:
    """Return the constructed patients: event_day, event, last_day, died, vod, an array each."""
    return columns(KEY, "constructed")


def event_free(*events: str) -> SurvivalCurve:
    """Return the curve of the constructed patients until one of these events, in days."""
    patients = constructed()
    return kaplan_meier(patients["event_day"], np.isin(patients["event"], events))


def estimates() -> dict[str, float]:
    """Estimate what the review prints from the constructed patients, in percent.

    Non-relapse mortality is one minus Kaplan-Meier, with relapse as censoring.
    """
    patients = constructed()
    overall = kaplan_meier(patients["last_day"], patients["died"] == "yes")
    half, whole = event_free("death", "relapse").read([HALF_A_YEAR, A_YEAR])["survival"].tolist()
    (alive,), (alone,) = (
        curve.read(A_YEAR)["survival"].tolist() for curve in (overall, event_free("death"))
    )
    return {
        "keb-efs-6m": 100 * half,
        "keb-efs": 100 * whole,
        "keb-os": 100 * alive,
        "keb-nrm": 100 * (1 - alone),
    }


def cumulative_incidence() -> float:
    """Estimate non-relapse mortality at a year with relapse as a competing event, in percent.

    The Aalen-Johansen estimate: the sum over deaths of event-free survival just before, over the
    number at risk.
    """
    curve, deaths = event_free("death", "relapse"), event_free("death").events
    before = np.concatenate([[1.0], curve.survival[:-1]])
    within = curve.time <= A_YEAR
    return float(100 * np.sum((before * deaths / curve.at_risk)[within]))


class CompetingReading(NamedTuple):
    """What follows if the printed non-relapse mortality is a cumulative incidence.

    At most so many patients can have relapsed within the year, and at most so many can have been
    followed, free of relapse, to its end.
    """

    relapses: int
    followed: int


def competing_reading() -> CompetingReading:
    """Bound relapses and follow-up if non-relapse mortality is a cumulative incidence.

    Event-free survival and the two cumulative incidences then sum to one. A relapse adds at least
    1/n to its incidence, and each patient followed for the year at least 1/n to event-free
    survival, because censoring only adds to the weight of those who are left.
    """
    free, mortality = (admits(claims.printed_text(KEY, claim)) for claim in ("keb-efs", "keb-nrm"))
    relapse = 100 - free.either.lower - mortality.either.lower
    n = number("keb-n")
    return CompetingReading(int(relapse * n / 100), int(free.either.upper * n / 100))


def within(event: str, day: float = A_YEAR) -> int:
    """Return how many of the constructed patients have had an event by a day, or were censored."""
    patients = constructed()
    return int(((patients["event"] == event) & (patients["event_day"] <= day)).sum())


def found() -> dict[str, float]:
    """Return what the constructed patients give for every claim on the study: id -> value."""
    patients = constructed()
    fatal = patients["vod"] == "yes"
    return estimates() | {
        "keb-n": len(fatal),
        "keb-vod-deaths": int(fatal.sum()),
        "keb-vod-day": float(np.median(patients["last_day"][fatal])),
        "keb-relapse-deaths": int(
            ((patients["event"] == "relapse") & (patients["died"] == "yes")).sum()
        ),
    }


def results() -> dict[str, Possible]:
    """Hold every number that is printed of the study against the constructed patients."""
    values, lost = found(), within("censored")
    how = (
        f"{values['keb-n']} constructed patients, {lost} of them censored within the year, give "
        "this and the study's other numbers on events and deaths"
    )
    return {
        claim: Possible([value], how, found_in="in a constructed set")
        for claim, value in values.items()
    }


def beside_printed() -> pd.DataFrame:
    """Return what the constructed patients give: quantity, printed, constructed (as text)."""
    import pandas as pd

    names = {
        "keb-efs-6m": ("event-free survival, month 6, %", "0.0"),
        "keb-efs": ("event-free survival, month 12, %", "0.0"),
        "keb-os": ("overall survival, month 12, %", "0.0"),
        "keb-nrm": ("non-relapse mortality, month 12, %", "0.0"),
        "keb-vod-deaths": ("fatal VOD", "0"),
        "keb-vod-day": ("median day of fatal VOD", "0"),
        "keb-relapse-deaths": ("deaths from recurrence", "0"),
    }
    values = found()
    rows = [
        (name, claims.printed_text(KEY, claim), show(values[claim], like=like))
        for claim, (name, like) in names.items()
    ]
    return pd.DataFrame(rows, columns=["quantity", "printed", "constructed"])
