"""Simulate the power of the Mantel-Byar test in cohorts like that of kayser-2022.

``python data/kayser-2022/make/power.py`` writes ``power.csv``, in a minute or two. Run
``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from papers.kayser_2022.constructed import overall, sets
from papers.kayser_2022.data import PATIENTS, said
from papers.kayser_2022.narrative import CYCLE_MONTHS, LATEST_TRANSPLANT
from papers.kayser_2022.power import REPLICATES, SETTINGS
from secondlook import simulate
from secondlook.simulate import CohortDesign, Hazard
from secondlook.survival import follow_up

SEED = 2022
TIMES = (12.0, 24.0)

HAZARD_RATIOS = (
    *(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    *(1.2, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0),
)


def from_printed(first: float, last: float) -> CohortDesign:
    """Return the cohort with the printed survival before a transplant.

    Transplants happen between two months at a rate that makes the printed number of them expected.
    """
    survival = [said(f"res-os-{time:.0f}") / 100 for time in TIMES]
    design = CohortDesign(
        PATIENTS,
        death=Hazard.through(TIMES, survival),
        transplant=_window(first, last),
        end=Hazard.through([said("res-fu-median")], [0.5]),
    )
    return simulate.with_expected_transplanted(design, said("res-hsct"))


def from_constructed(name: str = "neutral") -> CohortDesign:
    """Return the cohort with survival and follow-up of a constructed set that prints the paper's.

    Transplants are as in `from_printed`, not as in the set.
    """
    patients = sets()[name]
    design = CohortDesign(
        PATIENTS,
        death=Hazard.of_curve(overall(patients)),
        transplant=_window(CYCLE_MONTHS, LATEST_TRANSPLANT),
        end=Hazard.of_curve(follow_up(patients["time"], patients["event"])),
    )
    return simulate.with_expected_transplanted(design, said("res-hsct"))


def with_printed_overall(hazard_ratio: float) -> CohortDesign:
    """Return the cohort in which all patients, transplanted or not, survive as printed."""
    return simulate.with_overall_survival(
        from_printed(CYCLE_MONTHS, LATEST_TRANSPLANT),
        hazard_ratio,
        TIMES,
        [said(f"res-os-{time:.0f}") / 100 for time in TIMES],
        transplanted=said("res-hsct"),
    )


DESIGNS: dict[str, Callable[[float], CohortDesign]] = {
    "printed": lambda _: from_printed(CYCLE_MONTHS, LATEST_TRANSPLANT),
    "overall": with_printed_overall,
    "early": lambda _: from_printed(CYCLE_MONTHS, 3.0),
    "late": lambda _: from_printed(3.0, 9.0),
    "constructed": lambda _: from_constructed(),
}
"""Of each setting, the design of a hazard ratio."""


def point(
    setting: str,
    hazard_ratio: float,
    *,
    test: simulate.Test = "mantel-byar",
    replicates: int = REPLICATES,
) -> pd.DataFrame:
    """Simulate one point of one curve: the row of `secondlook.simulate.power`."""
    design = DESIGNS[setting](hazard_ratio)
    return simulate.power(design, [hazard_ratio], replicates=replicates, seed=SEED, test=test)


def simulate_all() -> pd.DataFrame:
    """Simulate every point of every curve: setting, test, and what `point` returns."""
    wanted: list[tuple[simulate.Test, str]] = [("mantel-byar", name) for name in SETTINGS]
    wanted.append(("ever-transplanted", "printed"))
    parts = [
        point(name, ratio, test=test).assign(setting=name, test=test)
        for test, name in wanted
        for ratio in HAZARD_RATIOS
    ]
    table = pd.concat(parts, ignore_index=True)
    first = ["setting", "test"]
    return table[first + [name for name in table.columns if name not in first]].round(6)


def _window(first: float, last: float) -> Hazard:
    return Hazard((0.0, first, last), (0.0, 1.0, 0.0))


if __name__ == "__main__":
    simulate_all().to_csv(Path(__file__).parents[1] / "power.csv", index=False, lineterminator="\n")
