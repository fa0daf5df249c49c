"""Figure 1 under stated assumptions about who died, and what conventions change."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from papers.kucukciler_2021.data import RISKS, cohort, printed_text, said
from papers.kucukciler_2021.survival import (
    ALIVE,
    BY_MONTH,
    MEAN,
    SIX,
    TEN,
    TWELVE,
    statements,
)
from secondlook.survival import (
    INTERVAL_TYPES,
    IntervalType,
    Plateau,
    SurvivalCurve,
    kaplan_meier,
    log_rank,
)

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
PLATEAUS: tuple[Plateau, ...] = ("midpoint", "left", "right")


def died(assumption: str) -> NDArray[np.bool_]:
    """Say for each patient, in the order of Table 4, whether the assumption lets the patient die.

    Among patients with equal times the first in the table die; the curve does not depend on it.
    """
    classes = statements().witnesses(*ASSUMPTIONS[assumption])
    deaths = dict(zip(classes.times.tolist(), classes.deaths[0].tolist(), strict=True))
    months = cohort()["survival"].astype(int)
    place = months.groupby(months).cumcount()
    left = months.map(deaths).to_numpy()
    return np.asarray(place.to_numpy() < left, dtype=np.bool_)


def curve(assumption: str, interval: IntervalType = "log") -> SurvivalCurve:
    """Estimate the survival of all 21 patients under an assumption."""
    months = cohort()["survival"].to_numpy(dtype=np.float64)
    return kaplan_meier(months, died(assumption), interval=interval)


def printed_points() -> pd.DataFrame:
    """Return what the paper prints on survival: months, survival (proportion), printed."""
    texts = [printed_text("res-os-6"), printed_text("res-os-12")]
    return pd.DataFrame(
        {
            "months": [6.0, 12.0],
            "survival": [said("res-os-6") / 100, said("res-os-12") / 100],
            "printed": [f"printed: {text}%" for text in texts],
        }
    )


def summary() -> pd.DataFrame:
    """Read each assumption's curve where the paper prints a number.

    Returns
    -------
    pandas.DataFrame
        assumption, deaths, at_6, before_6, at_12 (proportions), mean_to_largest,
        mean_to_last_death, median (months), plateau (whether the curve runs level at one half).
    """
    rows = []
    for assumption, names in ASSUMPTIONS.items():
        witness = statements().witnesses(*names)
        estimate = curve(assumption)
        rows.append(
            {
                "assumption": assumption,
                "deaths": int(witness.n_deaths[0]),
                "at_6": float(witness.survival_at(6)[0]),
                "before_6": float(witness.survival_at(6, just_before=True)[0]),
                "at_12": float(witness.survival_at(12)[0]),
                "mean_to_largest": float(witness.mean()[0]),
                "mean_to_last_death": float(witness.mean(up_to="last death")[0]),
                "median": estimate.quantile(0.5).estimate,
                "plateau": bool(np.isclose(estimate.survival, 0.5).any()),
            }
        )
    return pd.DataFrame(rows)


def interval_types(assumption: str = ALL_BUT_ONE) -> pd.DataFrame:
    """Compare the types of interval on one curve.

    Returns
    -------
    pandas.DataFrame
        interval, at_6, lower_6, upper_6, at_12, lower_12, upper_12 (proportions), median,
        lower_median, upper_median (months).
    """
    rows = []
    for kind in INTERVAL_TYPES:
        estimate = curve(assumption, kind)
        at, median = estimate.at([6, 12]), estimate.quantile(0.5)
        row: dict[str, object] = {"interval": kind}
        for i, month in enumerate((6, 12)):
            row |= {
                f"at_{month}": at["survival"].iloc[i],
                f"lower_{month}": at["lower"].iloc[i],
                f"upper_{month}": at["upper"].iloc[i],
            }
        row |= {
            "median": median.estimate,
            "lower_median": median.lower,
            "upper_median": median.upper,
        }
        rows.append(row)
    return pd.DataFrame(rows)


def medians() -> pd.DataFrame:
    """Return the median under each assumption and plateau convention: assumption, then one each."""
    return pd.DataFrame(
        [
            {"assumption": name}
            | {rule: curve(name).quantile(0.5, plateau=rule).estimate for rule in PLATEAUS}
            for name in ASSUMPTIONS
        ]
    )


def by_response(landmark: float = 0) -> dict[str, SurvivalCurve]:
    """Survival of responders and others (Table 4), of those with more months than the landmark.

    All but the last patient are taken to have died; time runs from the first dose.
    """
    patients = cohort().assign(died=died(ALL_BUT_ONE))
    patients = patients[patients["survival"] > landmark]
    return {
        label: kaplan_meier(
            patients.loc[patients["responded"] == responded, "survival"].to_numpy(dtype=np.float64),
            patients.loc[patients["responded"] == responded, "died"].to_numpy(),
        )
        for label, responded in (("CR or PR", True), ("Progression", False))
    }


def response_comparisons() -> pd.DataFrame:
    """Compare survival by response from the first dose, and from one completed month on.

    Returns
    -------
    pandas.DataFrame
        comparison, responders, others, median_responders, median_others (months), p_value.
    """
    rows = []
    for label, landmark in (("all, from the first dose", 0), ("alive after one month", 1)):
        patients = cohort().assign(died=died(ALL_BUT_ONE))
        patients = patients[patients["survival"] > landmark]
        curves = by_response(landmark)
        test = log_rank(
            patients["survival"].to_numpy(dtype=np.float64),
            patients["died"].to_numpy(),
            patients["responded"].to_numpy(dtype=np.bool_),
        )
        rows.append(
            {
                "comparison": label,
                "responders": int(patients["responded"].sum()),
                "others": int((~patients["responded"]).sum()),
                "median_responders": curves["CR or PR"].quantile(0.5).estimate,
                "median_others": curves["Progression"].quantile(0.5).estimate,
                "p_value": test.p_value,
            }
        )
    return pd.DataFrame(rows)


def by_risk() -> dict[str, SurvivalCurve]:
    """Survival of patients with adverse and with intermediate risk, all but the last dead."""
    patients = cohort().assign(died=died(ALL_BUT_ONE))
    return {
        f"{risk} risk": kaplan_meier(
            rows["survival"].to_numpy(dtype=np.float64), rows["died"].to_numpy()
        )
        for risk in ("Intermediate", "Adverse")
        for rows in [patients[patients["cytogenetic_risk"] == risk]]
    }


def risk_comparisons() -> pd.DataFrame:
    """Compare the survival of patients with adverse risk with that of others.

    Returns
    -------
    pandas.DataFrame
        assumption, against, adverse, others (patients), median_adverse, median_others (months),
        p_value (log-rank, chi-square), exact (two-sided, over every way to draw the group).
    """
    rows = []
    # Not the scattered deaths: who of several patients with one time died there is arbitrary.
    for assumption in (ALL_BUT_ONE, EARLY):
        everyone = cohort().assign(died=died(assumption))
        for against, risks in (("intermediate", ["Intermediate"]), ("all others", list(RISKS))):
            kept = everyone[everyone["cytogenetic_risk"].isin(["Adverse", *risks])]
            months, dead = kept["survival"].to_numpy(dtype=np.float64), kept["died"].to_numpy()
            adverse = (kept["cytogenetic_risk"] == "Adverse").to_numpy()
            rows.append(
                {
                    "assumption": assumption,
                    "against": against,
                    "adverse": int(adverse.sum()),
                    "others": int((~adverse).sum()),
                    "median_adverse": kaplan_meier(months[adverse], dead[adverse])
                    .quantile(0.5)
                    .estimate,
                    "median_others": kaplan_meier(months[~adverse], dead[~adverse])
                    .quantile(0.5)
                    .estimate,
                    "p_value": log_rank(months, dead, adverse).p_value,
                    "exact": exact_log_rank(months, dead, adverse),
                }
            )
    return pd.DataFrame(rows)


def exact_log_rank(
    months: NDArray[np.float64], dead: NDArray[np.bool_], group: NDArray[np.bool_]
) -> float:
    """Return the two-sided P of observed less expected deaths over every group of this size.

    Observed less expected deaths of a group are the sum of its patients' scores: one for a death,
    less the pooled cumulative hazard (Nelson-Aalen) at the patient's time.
    """
    times = np.unique(months[dead])
    hazard = np.array([np.sum(dead & (months == t)) / np.sum(months >= t) for t in times])
    scores = dead - (hazard[:, np.newaxis] * (times[:, np.newaxis] <= months)).sum(axis=0)
    every = np.array([sum(drawn) for drawn in combinations(scores.tolist(), int(group.sum()))])
    return float(np.mean(np.abs(every) >= abs(scores[group].sum()) - 1e-9))


def statement_values() -> pd.DataFrame:
    """Say of each statement which number each assumption gives, and whether that is the printed.

    Where several classes of assignments satisfy an assumption the first is shown.

    Returns
    -------
    pandas.DataFrame
        statement, assumption (both ordered), holds, shown (text).
    """
    rows = []
    for assumption, names in ASSUMPTIONS.items():
        witness = statements().witnesses(*names)
        deaths = dict(zip(witness.times.tolist(), witness.deaths[0].tolist(), strict=True))
        total = int(witness.n_deaths[0])
        area = witness.mean(up_to="last death" if assumption == SCATTERED else "largest time")
        shown = {
            SIX: f"{100 * witness.survival_at(6)[0]:.1f}%",
            TWELVE: f"{100 * witness.survival_at(12)[0]:.1f}%",
            MEAN: f"{area[0]:.1f}",
            TEN: f"{total}",
            BY_MONTH: f"{deaths[1]} and {deaths[2]}",
            ALIVE: f"{int(witness.patients.sum()) - total} alive",
        }
        rows += [
            {
                "statement": statement,
                "assumption": assumption,
                "holds": statement in names,
                "shown": text,
            }
            for statement, text in shown.items()
        ]
    frame = pd.DataFrame(rows)
    return frame.assign(
        statement=pd.Categorical(frame["statement"], [SIX, TWELVE, MEAN, TEN, BY_MONTH, ALIVE]),
        assumption=pd.Categorical(frame["assumption"], list(ASSUMPTIONS)),
    )
