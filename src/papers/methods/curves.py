"""What `secondlook curve` finds and costs: measurements kept with the page, and a cohort of old.

``data/methods/curves.csv`` was written by ``python -m benchmarks.curves``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from papers.methods import stanford
from secondlook.admissible import Answer, CurveFacts, curve
from secondlook.data import load
from secondlook.printed import show
from secondlook.survival import SurvivalCurve, kaplan_meier

if TYPE_CHECKING:
    import plotnine as p9


TICK, TICKS, PRINTED = 365, 5, (365, 1095)
LABELS = {
    "random cohorts": "a random cohort",
    "real": "a real cohort that ships with lifelines",
    "planted": "a digit moved",
}


@cache
def true_curve() -> SurvivalCurve:
    """Estimate the survival of the Stanford candidates from their own times."""
    patients = stanford.patients()
    return kaplan_meier(patients["days"] + 1, patients["died"], interval="log-log")


@cache
def facts() -> CurveFacts:
    """Print the curve of the Stanford candidates as a paper would, times in days."""
    true = true_curve()
    times = [TICK * tick for tick in range(TICKS)]
    survival = {}
    for at in PRINTED:
        row = 100 * true.at(at)[["survival", "lower", "upper"]].iloc[0]
        estimate, lower, upper = (show(float(value), like="1") for value in row)
        survival[str(at)] = f"{estimate} ({lower}-{upper})"
    middle = true.quantile(0.5)
    estimate, lower, upper = (f"{time:g}" for time in (middle.estimate, middle.lower, middle.upper))
    return CurveFacts.read(
        "os",
        {
            "n": str(int(true.at_risk[0])),
            "at_risk": " ".join(map(str, true.at(times)["at_risk"])),
            "ticks": str(TICK),
            "interval": "log-log",
            "survival": survival,
            "median": f"{estimate} ({lower}-{upper})",
            "unit": "days",
        },
    )


@cache
def answer() -> Answer:
    """Ask what these printed numbers leave open."""
    return curve(facts())


def summary() -> pd.DataFrame:
    """Return what was asked of each size and what it took.

    Columns: asked, n, cohorts, share (found at once), near (at most one place before it undecided),
    seconds (median), longest, megabytes.
    """
    table = load("methods", "curves")
    table = table[table["asked"].isin(LABELS) & table["found"].notna()]
    table = table.assign(
        found=(table["found"] == "yes").astype(float),
        near=(table["undecided"] <= 1).astype(float),
    )
    grouped = table.groupby(["asked", "n"], sort=False)
    found = grouped.agg(
        cohorts=("found", "size"),
        share=("found", "mean"),
        near=("near", "mean"),
        seconds=("seconds", "median"),
        longest=("seconds", "max"),
        megabytes=("megabytes", "max"),
    ).reset_index()
    return found.assign(asked=found["asked"].map(LABELS))


def inside() -> int:
    """Return for how many random cohorts it was asked whether the true one lies inside."""
    return int(load("methods", "curves").query("asked == 'inside'")["steps"].sum())


def cost_figure() -> p9.ggplot:
    """Draw the seconds of every random cohort over the number of patients."""
    import plotnine as p9

    return _seconds("random cohorts", "n", "Patients", 3.4) + p9.scale_y_log10()


def ticks_figure() -> p9.ggplot:
    """Draw the seconds of cohorts of 100 patients over how much of their row is printed."""
    import plotnine as p9

    drawn = _seconds("ticks", "ticks", "Ticks of the row of numbers at risk", 3.0)
    return drawn + p9.scale_y_continuous(limits=(0, None))


def _seconds(asked: str, over: str, label: str, height: float) -> p9.ggplot:
    """Draw the seconds of each answer over something, and their median."""
    import plotnine as p9

    from secondlook.figures.theme import INK, PALETTE, report_theme

    table = load("methods", "curves").query("asked == @asked")
    middle = table.groupby(over, as_index=False)["seconds"].median()
    return (
        p9.ggplot(table, p9.aes(over, "seconds"))
        + p9.geom_point(color=PALETTE[0], alpha=0.5, size=1.8)
        + p9.geom_line(middle, color=INK)
        + p9.scale_x_log10(breaks=sorted(table[over].unique()))
        + p9.labs(x=label, y="Seconds")
        + report_theme(size=(6.4, height))
    )


def widest() -> float:
    """Return how wide the band of the Stanford candidates is where it is widest, a proportion."""
    band = answer().envelope()
    return float(np.max(band["survival_highest"] - band["survival_lowest"]))
