"""When what is told of single patients can have happened, in months from the start of INO.

The paper prints no time of a remission or a transplantation. Doses are given on days 1, 8 and 15 of
a cycle, and the next cycle begins three to four weeks after it began: that gives earliest times.
The latest are assumptions.
"""

from __future__ import annotations

from papers.kayser_2022.data import said
from papers.kayser_2022.facts import DAYS_IN_A_MONTH, last_dose

__all__ = [
    "CNS_2",
    "CNS_3",
    "CYCLES_BEFORE_TRANSPLANT",
    "CYCLE_MONTHS",
    "LATEST_REMISSION",
    "LATEST_TRANSPLANT",
    "NEAR",
    "STEP",
    "earliest_remission",
    "earliest_transplant",
    "in_months",
    "latest_remission",
    "since_transplant",
]

# As told.csv names them.
CNS_2, CNS_3 = "central nervous system 2", "central nervous system 3"
STEP = 0.1
# Two times on the grid that are no farther apart are one.
NEAR = 1e-6
CYCLE_MONTHS, LONGEST_CYCLE = 0.7, 0.9
# Assumed. The responses are those after two cycles, each of three to four weeks.
LATEST_REMISSION = 3.0
# Assumed. At most four cycles preceded a transplantation: none of the sets needs a later one.
LATEST_TRANSPLANT = 6.0
# VOD 1 had begun a third cycle, which may count or not: the earlier bound is taken.
CYCLES_BEFORE_TRANSPLANT = {CNS_2: 4, "VOD 1": 2, "VOD 3": 2}


def earliest_remission(cycles: int = 1) -> float:
    """Return the month of the last dose of so many cycles, when response can be seen at last."""
    return (cycles - 1) * CYCLE_MONTHS + last_dose()


def latest_remission(cycles: int = 2) -> float:
    """Return the month until which a remission after so many cycles is taken to be seen."""
    return LATEST_REMISSION + (cycles - 2) * LONGEST_CYCLE


def earliest_transplant(name: str = "") -> float:
    """Return the month before which a patient, told of or not, was not transplanted."""
    return CYCLES_BEFORE_TRANSPLANT.get(name, 1) * CYCLE_MONTHS


def since_transplant(name: str) -> float:
    """Return the months from the transplantation of a patient told of to his death or last news."""
    months = {
        CNS_2: said("res-cns-2-relapse") + said("res-cns-2-death"),
        "VOD 1": said("vod-1-alive"),
        "VOD 3": said("vod-3-death"),
    }
    return float(months[name])


def in_months(days: float) -> float:
    """Return days as months on the grid of the constructed sets."""
    return round(days / DAYS_IN_A_MONTH, 1)
