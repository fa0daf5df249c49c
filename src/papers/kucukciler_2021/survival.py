"""Survival after GO under each assumption of who died that saves a largest set of statements."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from papers.kucukciler_2021.cohort import PATIENTS, cohort, said
from papers.kucukciler_2021.deaths import ALIVE, BY_MONTH, MEAN, SIX, TEN, TWELVE, statements
from secondlook.survival import (
    INTERVAL_TYPES,
    IntervalType,
    SurvivalCurve,
    exact_log_rank,
    kaplan_meier,
    log_rank,
)

Months = NDArray[np.float64]
Deaths = NDArray[np.bool_]

ALL_BUT_ONE = "20 deaths"
SCATTERED = "10 deaths, scattered"
EARLY = "10 deaths, early"

# Each assumption makes a largest set of printed statements true: all but the patient with the
# longest time died; ten died, at times up to month 8; the ten with 1 or 2 months died.
ASSUMPTIONS: dict[str, tuple[str, ...]] = {
    ALL_BUT_ONE: (TWELVE, MEAN, BY_MONTH, ALIVE),
    SCATTERED: (SIX, MEAN, TEN, ALIVE),
    EARLY: (TEN, BY_MONTH, ALIVE),
}


def deaths_allowed(statement: str) -> str:
    """Write the numbers of deaths with which a statement can hold, runs of them joined."""
    frame = statements().by_deaths
    possible = frame["deaths"][(frame["statement"] == statement) & (frame["assignments"] > 0)]
    runs = np.split(possible.to_numpy(), np.flatnonzero(np.diff(possible) > 1) + 1)
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


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


def died(assumption: str) -> Deaths:
    """Say for each patient, in the order of Table 4, whether the assumption lets the patient die.

    Among patients with equal times the first in the table die; the curve does not depend on it.
    """
    classes = statements().witnesses(*ASSUMPTIONS[assumption])
    deaths = dict(zip(classes.times.tolist(), classes.deaths[0].tolist(), strict=True))
    months = cohort()["survival"].astype(int)
    place = months.groupby(months).cumcount()
    return np.asarray(place.to_numpy() < months.map(deaths).to_numpy(), dtype=np.bool_)


def curve(assumption: str, interval: IntervalType = "log") -> SurvivalCurve:
    """Estimate the survival of all 21 patients under an assumption."""
    return kaplan_meier(_months(cohort()), died(assumption), interval=interval)


def printed_points() -> pd.DataFrame:
    """Return what the paper prints on survival: months, survival (proportion)."""
    return pd.DataFrame(
        {"months": [6.0, 12.0], "survival": [said(f"res-os-{m}") / 100 for m in (6, 12)]}
    )


def summary() -> pd.DataFrame:
    """Read each assumption's curve where the paper prints a number.

    Columns: assumption, deaths, at_6, before_6, at_12 (proportions), mean_to_largest,
    mean_to_last_death, median (months).
    """
    rows = []
    for assumption, names in ASSUMPTIONS.items():
        witness = statements().witnesses(*names)
        found = {
            "deaths": witness.n_deaths,
            "at_6": witness.survival_at(6),
            "before_6": witness.survival_at(6, just_before=True),
            "at_12": witness.survival_at(12),
            "mean_to_largest": witness.mean(),
            "mean_to_last_death": witness.mean(up_to="last death"),
        }
        first = {name: values[0] for name, values in found.items()}
        median = curve(assumption).quantile(0.5).estimate
        rows.append({"assumption": assumption, **first, "median": median})
    return pd.DataFrame(rows)


def statement_values() -> pd.DataFrame:
    """Say of each statement which number each assumption gives, and whether that is the printed.

    Where several classes of assignments satisfy an assumption the first is shown.

    Columns: statement, assumption (both ordered), holds, shown (text).
    """
    rows = []
    for row in summary().to_dict("records"):
        assumption, deaths = str(row["assumption"]), died(str(row["assumption"]))
        months = _months(cohort())
        area = row["mean_to_last_death" if assumption == SCATTERED else "mean_to_largest"]
        shown = {
            SIX: f"{100 * row['at_6']:.1f}%",
            TWELVE: f"{100 * row['at_12']:.1f}%",
            MEAN: f"{area:.1f}",
            TEN: f"{row['deaths']}",
            BY_MONTH: " and ".join(str(int(deaths[months == month].sum())) for month in (1, 2)),
            ALIVE: f"{PATIENTS - row['deaths']} alive",
        }
        rows += [
            (statement, assumption, statement in ASSUMPTIONS[assumption], text)
            for statement, text in shown.items()
        ]
    frame = pd.DataFrame(rows, columns=["statement", "assumption", "holds", "shown"])
    return frame.assign(
        statement=pd.Categorical(frame["statement"], [SIX, TWELVE, MEAN, TEN, BY_MONTH, ALIVE]),
        assumption=pd.Categorical(frame["assumption"], list(ASSUMPTIONS)),
    )


def interval_types() -> pd.DataFrame:
    """Compare the types of interval on the curve of all deaths but one.

    Columns: interval; lower_6, upper_6, lower_12, upper_12 (proportions); lower_median,
    upper_median (months).
    """
    rows = []
    for kind in INTERVAL_TYPES:
        estimate = curve(ALL_BUT_ONE, kind)
        limits = estimate.at([6, 12])[["lower", "upper"]].to_numpy().ravel()
        median = estimate.quantile(0.5)
        rows.append((kind, *limits, median.lower, median.upper))
    ends = [f"{end}_{of}" for of in (6, 12, "median") for end in ("lower", "upper")]
    return pd.DataFrame(rows, columns=["interval", *ends])


def by_risk() -> dict[str, SurvivalCurve]:
    """Survival of patients with intermediate and with adverse risk if all but the last died."""
    patients = cohort().assign(died=died(ALL_BUT_ONE))
    kept = {risk: patients["cytogenetic_risk"] == risk for risk in ("Intermediate", "Adverse")}
    return {
        f"{risk} risk": kaplan_meier(_months(patients[rows]), patients.loc[rows, "died"])
        for risk, rows in kept.items()
    }


def comparisons() -> pd.DataFrame:
    """Compare survival by risk and by response under the assumptions that name everyone who died.

    The scattered deaths do not: who of several patients with one time died is arbitrary there. The
    landmark leaves out the patients with one month, so that response guarantees no time.

    Columns: assumption, comparison, n_one, n_other (patients), median_one, median_other (months),
    p_value (log-rank, chi-square), exact (two-sided, over every way to draw the group).
    """
    everyone = cohort()
    risk, responded = everyone["cytogenetic_risk"], everyone["responded"].to_numpy()
    adverse, all_of_them = (risk == "Adverse").to_numpy(), np.ones(PATIENTS, dtype=np.bool_)
    months = _months(everyone)
    pairs = {
        "adverse against intermediate risk": (adverse, (risk != "Favorable").to_numpy()),
        "adverse risk against all others": (adverse, all_of_them),
        "responders against others": (responded, all_of_them),
        "the same, after one month": (responded, months > 1),
    }
    rows = []
    for assumption in (ALL_BUT_ONE, EARLY):
        dead = died(assumption)
        for comparison, (one, kept) in pairs.items():
            medians = [
                kaplan_meier(months[part], dead[part]).quantile(0.5).estimate
                for part in (kept & one, kept & ~one)
            ]
            sizes = int((kept & one).sum()), int((kept & ~one).sum())
            compared = months[kept], dead[kept], one[kept]
            p_values = log_rank(*compared).p_value, float(exact_log_rank(*compared))
            rows.append((assumption, comparison, *sizes, *medians, *p_values))
    columns = ["assumption", "comparison", "n_one", "n_other", "median_one", "median_other"]
    return pd.DataFrame(rows, columns=[*columns, "p_value", "exact"])


def _months(patients: pd.DataFrame) -> Months:
    return patients["survival"].to_numpy(dtype=np.float64)
