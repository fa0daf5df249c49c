"""Who died: what Table 4's months allow of six printed statements on survival."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from papers.kucukciler_2021.cohort import KEY, PATIENTS, column, printed_text, said
from secondlook import assignments
from secondlook.claims import Contradicted, Possible, Result
from secondlook.data import cells

SIX = "38.5% alive at 6 months"
TWELVE = "14% alive at 12 months"
MEAN = "mean survival 5.2 months"
TEN = "10 deaths in all"
BY_MONTH = "5 deaths in month 2, 5 in month 3"
ALIVE = "one patient alive at the end"


@cache
def statements() -> assignments.EventAssignments:
    """Hold the six printed statements on survival against every assignment of deaths.

    Table 2's five deaths in month 2 and five in month 3 are the patients with 1 and 2 completed
    months; were they the first month counted, five would have died with the two who have 3. One
    patient is alive without disease when the paper is written (discussion).
    """
    return assignments.event_assignments(
        _months(),
        [
            assignments.survival_percent(SIX, 6, printed_text("res-os-6")),
            assignments.survival_percent(TWELVE, 12, printed_text("res-os-12")),
            assignments.mean_survival(MEAN, printed_text("res-os-mean")),
            assignments.number_of_deaths(TEN, int(said("res-deaths"))),
            assignments.deaths_by_time(BY_MONTH, _deaths_by_month()),
            assignments.at_most_deaths(ALIVE, PATIENTS - 1),
        ],
    )


def with_rounded_months() -> assignments.Assignments:
    """Return the classes with 38.5% at six months and Table 2's deaths, if months are rounded.

    Rounded to the nearest, a death in month 2 prints as 1 or 2, one in month 3 as 2 or 3, so that
    not only the patients with 1 and 2 can be Table 2's. Nobody died in month 1.
    """
    in_month_2, in_month_3 = _deaths_by_month().values()

    def these(classes: assignments.Assignments) -> NDArray[np.bool_]:
        one, two, three = (
            classes.deaths[:, classes.times == months].sum(axis=1) for months in (1, 2, 3)
        )
        from_three = in_month_2 + in_month_3 - one - two
        fits: NDArray[np.bool_] = (
            (one <= in_month_2)
            & (one + two >= in_month_2)
            & (from_three >= 0)
            & (from_three <= three)
        )
        return fits

    six = assignments.survival_percent(SIX, 6, printed_text("res-os-6"))
    rounded = assignments.Statement(BY_MONTH, {"months rounded to the nearest": these})
    return assignments.event_assignments(_months(), [six, rounded]).witnesses(SIX, BY_MONTH)


def overall() -> dict[str, Result]:
    """Return what contradicts the printed deaths, and survival at six months and at one year."""
    result = statements()
    least = int(result.witnesses(TWELVE).n_deaths.min())
    against = {
        "res-deaths": {TWELVE: f"{TWELVE}, which needs at least {least} deaths"},
        "res-os-6": {TWELVE: TWELVE, BY_MONTH: f"{BY_MONTH} (completed months)"},
        "res-os-12": {SIX: SIX, TEN: TEN},
    }
    of_all = (
        "of all assignments of deaths to the times of Table 4 (completed months), with survival "
        "read at the month or just before it, rounded or cut"
    )
    results: dict[str, Result] = {}
    for claim, name in (("res-deaths", TEN), ("res-os-6", SIX), ("res-os-12", TWELVE)):
        others = {o: text for o, text in against[claim].items() if not result.compatible(name, o)}
        other = "the other" if len(others) == 1 else "either of the others"
        how = f"{of_all}, {f'none gives this and {other}' if others else 'each pair has some'}"
        results[claim] = Contradicted(" and ".join(others.values()), bool(others), how)
    return results


def horizon() -> Result:
    """Seek the months at which an assignment of deaths gives the survival of the sixth."""
    every, printed = statements().assignments, printed_text("res-os-6")
    months = range(int(max(_months())) + 1)
    found = [n for n in months if assignments.survival_percent(SIX, n, printed).holds(every).any()]
    return Possible(
        found,
        "months at which some assignment of deaths to the times of Table 4 gives the percent",
        shown_as=f"{min(found)} or later",
    )


def _months() -> list[float]:
    return [float(str(months)) for months in column("survival")]


def _deaths_by_month() -> dict[float, int]:
    """Return Table 2's deaths: completed months of treatment -> patients."""
    _, rows = cells(KEY, "table-2")
    (deaths,) = (row for row in rows if row["row"] == "Death")
    months = (name for name in deaths if name.startswith("month"))
    return {int(name[-1]) - 1: int(n) for name in months if (n := deaths[name])}
