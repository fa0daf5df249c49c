"""Survival after GO: what Table 4's months and the printed statements allow."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

import pandas as pd

from papers.kucukciler_2021.data import (
    PATIENTS,
    cell,
    cohort,
    printed_text,
    response_by_month,
    said,
)
from secondlook.admissible import (
    EventAssignments,
    at_most_deaths,
    deaths_by_month,
    deaths_by_time,
    event_assignments,
    mean_survival,
    number_of_deaths,
    survival_percent,
)
from secondlook.claims import Contradicted, Derived, Possible, Result
from secondlook.printed import Bounds, admits

SIX = "38.5% alive at 6 months"
TWELVE = "14% alive at 12 months"
MEAN = "mean survival 5.2 months"
TEN = "10 deaths in all"
BY_MONTH = "5 deaths in month 2, 5 in month 3"
ALIVE = "one patient alive at the end"


@cache
def statements() -> EventAssignments:
    """Hold the six printed statements on survival against every assignment of deaths.

    Table 2's five deaths in month 2 and five in month 3 are the patients with 1 and 2 completed
    months; the other reading of a month is impossible (see :func:`table_2_deaths`). One patient is
    alive without disease when the paper is written (discussion).
    """
    return event_assignments(
        cohort()["survival"],
        [
            survival_percent(SIX, 6, printed_text("res-os-6")),
            survival_percent(TWELVE, 12, printed_text("res-os-12")),
            mean_survival(MEAN, printed_text("res-os-mean")),
            number_of_deaths(TEN, int(said("res-deaths"))),
            deaths_by_time(BY_MONTH, {1: _died(2), 2: _died(3)}),
            at_most_deaths(ALIVE, PATIENTS - 1),
        ],
    )


def table_2_deaths() -> pd.DataFrame:
    """Hold Table 2's deaths by month against Table 4's months, under both readings of a month."""
    return deaths_by_month(cohort()["survival"], {2: _died(2), 3: _died(3)})


def _died(month: int) -> int:
    return cell(response_by_month(), "Death", f"month_{month}")


def alive_after(months: float) -> int:
    """Count the patients with a longer time than so many months."""
    return int((cohort()["survival"] > months).sum())


def least_if_censored() -> float:
    """Return the least survival at one year if anyone is censored before it, whatever the order.

    It is reached when that patient leaves before the first death and all others with less than a
    year die: only the others with more than a year remain.
    """
    return alive_after(12) / (PATIENTS - 1)


def most_from_month(month: int) -> float:
    """Return the greatest share alive from a month on if nobody is censored in the first year."""
    return float((cohort()["survival"] >= month).sum()) / PATIENTS


def mean_of_times(responders_only: bool = False) -> float:
    """Return the plain mean of the printed times, in months, as if each were a death."""
    patients = cohort()
    kept = patients[patients["responded"]] if responders_only else patients
    return float(kept["survival"].mean())


def overall_survival() -> Mapping[str, Result]:
    """Deaths, survival and its mean in Section 3.2, and the patients alive at one year."""
    result = statements()
    least = int(result.witnesses(TWELVE).n_deaths.min())
    others = [name for name in (TWELVE, BY_MONTH) if not result.compatible(SIX, name)]
    against = [name for name in (SIX, TEN) if not result.compatible(TWELVE, name)]
    return {
        "res-deaths": Contradicted(
            f"{TWELVE}, which needs at least {least} deaths",
            not result.compatible(TEN, TWELVE),
            "every assignment of deaths to the 21 times of Table 4",
        ),
        "res-os-6": Contradicted(
            " and ".join(others),
            bool(others),
            "every assignment of deaths to the 21 times of Table 4; S(6) or S(6-), rounded or cut",
        ),
        "res-os-12": Contradicted(
            " and ".join(against),
            bool(against),
            "every assignment of deaths to the 21 times of Table 4, rounded or cut",
        ),
        "res-os-mean": Derived(
            Fraction(int(cohort()["survival"].sum()), PATIENTS),
            "plain mean of the times in Table 4",
        ),
        "dis-alive-year": Derived(alive_after(12), "patients in Table 4 with more than 12 months"),
    }


def follow_up() -> Mapping[str, Result]:
    """Follow-up from diagnosis as the time to GO plus the survival after it."""
    months = cohort()["survival"].to_numpy(dtype=float)
    spread = float(months.std(ddof=1))
    follow = admits(printed_text("res-follow-up")).rounded
    mean = f"{months.sum():g}/{len(months)}"
    to_go_sd, follow_up_sd = said("res-to-go-sd"), said("res-follow-up-sd")
    return {
        "res-follow-up": Possible(
            [said("res-to-go") + months.mean()],
            f"mean time to GO, {printed_text('res-to-go')}, plus the mean survival after it, "
            f"{mean}, if follow-up ends with the time in Table 4",
        ),
        "res-to-go": Possible(
            Bounds(follow.lower - months.mean(), follow.upper - months.mean(), True, False),
            f"mean follow-up, {printed_text('res-follow-up')}, less the mean survival after GO, "
            f"{mean}",
        ),
        "res-follow-up-sd": Possible(
            Bounds(abs(to_go_sd - spread), to_go_sd + spread, True, True),
            "spread of a sum, between the difference and the sum of the two spreads",
        ),
        "res-to-go-sd": Possible(
            Bounds(abs(follow_up_sd - spread), follow_up_sd + spread, True, True),
            "spread of a difference, between the difference and the sum of the two spreads",
        ),
    }


def progression_free() -> Mapping[str, Result]:
    """Bound a mean progression-free survival of the responders by their mean survival."""
    return {
        "dis-pfs": Possible(
            Bounds(0, mean_of_times(responders_only=True), False, True),
            "mean over the ten responders of Table 4, at most their mean survival",
        )
    }
