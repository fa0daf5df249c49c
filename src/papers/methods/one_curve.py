"""Ten patients on whom programs disagree about one survival curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from secondlook.survival import INTERVAL_TYPES, follow_up, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

MONTHS = (1.0, 2.0, 3.0, 4.0, 5.0, 8.0, 9.0, 10.0, 11.0, 12.0)
DIED = (1, 1, 1, 1, 1, 1, 0, 1, 0, 1)
"""Survival runs level at one half from 5 to 8 months."""

FOLLOWED = (2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 5.0, 5.0, 6.0, 9.0)
FOLLOWED_DIED = (1, 1, 1, 0, 0, 1, 1, 0, 0, 0)
"""At 3 and at 5 months two patients die and the follow-up of a third ends."""

LATE_MONTHS = (4.0, 6.0, 6.0, 7.0, 8.0, 9.0, 9.0, 10.0, 11.0, 12.0)
LATE_DIED = (1, 1, 0, 1, 1, 0, 1, 1, 0, 1)
LATE_ENTRY = (0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 4.0, 6.0, 6.0, 0.0)
"""Two patients enter when one dies at 4 months, two when one dies at 6."""


def ten_patients() -> pd.DataFrame:
    """Return the ten patients of the first example, a column each, as they would be printed."""
    import pandas as pd

    ends = ["died" if died else "alive" for died in DIED]
    columns = {
        str(i): [f"{m:g}", end] for i, (m, end) in enumerate(zip(MONTHS, ends, strict=True), 1)
    }
    return pd.DataFrame({"patient": ["months", "then"], **columns})


def interval_types(time: float) -> pd.DataFrame:
    """Return the limits of survival at one time under each type, as text in percent."""
    import pandas as pd

    rows = []
    for kind in INTERVAL_TYPES:
        read = kaplan_meier(MONTHS, DIED, interval=kind).at([time]).iloc[0]
        median = kaplan_meier(MONTHS, DIED, interval=kind).quantile(0.5)
        rows.append(
            {
                "type": kind,
                "survival": f"{100 * read['survival']:.1f}",
                "limits": f"{100 * read['lower']:.1f} to {100 * read['upper']:.1f}",
                "median limits": f"{_months(median.lower)} to {_months(median.upper)}",
            }
        )
    return pd.DataFrame(rows)


def median_on_plateau() -> pd.DataFrame:
    """Return the median of the ten patients by each rule, and by the programs that are here."""
    import pandas as pd
    from lifelines import KaplanMeierFitter
    from statsmodels.duration.survfunc import SurvfuncRight

    curve = kaplan_meier(MONTHS, DIED)
    died = np.array(DIED)
    theirs = {
        "left": f"lifelines: {KaplanMeierFitter().fit(MONTHS, died).median_survival_time_:g}",
        "midpoint": "R, EZR and SAS, by their documentation",
        "right": f"statsmodels: {SurvfuncRight(np.array(MONTHS), died).quantile(0.5):g}",
    }
    return pd.DataFrame(
        [
            {
                "rule": rule,
                "median": f"{curve.quantile(0.5, plateau=rule).estimate:g}",
                "programs": theirs[rule],
            }
            for rule in ("left", "midpoint", "right")
        ]
    )


def reverse_curves() -> pd.DataFrame:
    """Return follow-up with ties settled, and by flipping the indicator, at each time."""
    import pandas as pd

    died = np.array(FOLLOWED_DIED)
    settled, flipped = follow_up(FOLLOWED, died), kaplan_meier(FOLLOWED, 1 - died)
    times = settled.time
    return pd.DataFrame(
        {
            "months": [f"{t:g}" for t in times],
            "followed on": settled.events,
            "deaths": settled.censored,
            "at risk": settled.at_risk,
            "ours": [f"{100 * s:.1f}" for s in settled.survival],
            "flipped": [f"{100 * s:.1f}" for s in flipped.at(times)["survival"]],
        }
    ).rename(columns={"followed on": "ended alive"})


def median_follow_up() -> tuple[str, str]:
    """Return the median follow-up with ties settled, and by flipping the indicator."""
    died = np.array(FOLLOWED_DIED)
    ours = follow_up(FOLLOWED, died).quantile(0.5).estimate
    flipped = kaplan_meier(FOLLOWED, 1 - died).quantile(0.5).estimate
    return f"{ours:g}", f"{flipped:g}"


def late_entry() -> pd.DataFrame:
    """Return numbers at risk at the first three event times, ours and other programs'."""
    import pandas as pd
    from lifelines import KaplanMeierFitter
    from statsmodels.duration.survfunc import SurvfuncRight

    died, entry, months = np.array(LATE_DIED), np.array(LATE_ENTRY), np.array(LATE_MONTHS)
    ours = kaplan_meier(months, died, entry=entry)
    other = SurvfuncRight(months, died, entry=entry)
    events = KaplanMeierFitter().fit(months, died, entry=entry).event_table["at_risk"]
    inclusive = [int(((entry <= t) & (months >= t)).sum()) for t in months]
    rows = []
    for time in (4.0, 6.0, 7.0):
        read = ours.at([time]).iloc[0]
        beside = float(other.n_risk[list(other.surv_times).index(time)])
        rows.append(
            {
                "months": f"{time:g}",
                "enter": int((entry == time).sum()),
                "ours": int(read["at_risk"]),
                "statsmodels": int(beside),
                "lifelines, event table": int(events.loc[time]),
                "inclusive": inclusive[int(np.flatnonzero(months == time)[0])],
            }
        )
    return pd.DataFrame(rows)


def _months(value: float) -> str:
    return "not reached" if np.isnan(value) else f"{value:g}"
