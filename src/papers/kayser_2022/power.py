"""What effect of transplantation a cohort like this one could have detected.

The cohort is simulated from what the paper prints: 31 patients, twelve of them expected to be
transplanted, overall survival at one and two years, median follow-up. The paper prints no time of
transplantation and nothing that ties one to a patient, so that each setting assumes one thing more,
and the settings differ in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papers.kayser_2022.data import KEY, PATIENTS, said
from papers.kayser_2022.narrative import CYCLE_MONTHS, LATEST_TRANSPLANT
from secondlook import simulate
from secondlook.data import load
from secondlook.simulate import CohortDesign, Hazard

if TYPE_CHECKING:
    import pandas as pd

REPLICATES = 20_000
SEED = 2022
TIMES = (12.0, 24.0)


@dataclass(frozen=True)
class Setting:
    """A design a hazard ratio, and the assumption that makes it, in words."""

    design: Callable[[float], CohortDesign]
    assumes: str


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
    from papers.kayser_2022.constructed import overall, reverse, sets

    patients = sets()[name]
    design = CohortDesign(
        PATIENTS,
        death=Hazard.of_curve(overall(patients)),
        transplant=_window(CYCLE_MONTHS, LATEST_TRANSPLANT),
        end=Hazard.of_curve(reverse(patients)),
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


def settings() -> dict[str, Setting]:
    """Return the settings by name; the first is the main one."""
    return {
        "printed": Setting(
            lambda _: from_printed(CYCLE_MONTHS, LATEST_TRANSPLANT),
            "printed survival before a transplant; transplants in months "
            f"{CYCLE_MONTHS:g} to {LATEST_TRANSPLANT:g}",
        ),
        "overall": Setting(
            with_printed_overall,
            "printed survival of all patients together, whatever the transplant does",
        ),
        "early": Setting(
            lambda _: from_printed(CYCLE_MONTHS, 3.0),
            f"transplants in months {CYCLE_MONTHS:g} to 3",
        ),
        "late": Setting(lambda _: from_printed(3.0, 9.0), "transplants in months 3 to 9"),
        "constructed": Setting(
            lambda _: from_constructed(),
            "survival and follow-up of a constructed set that prints as the paper's",
        ),
    }


def point(
    setting: str,
    hazard_ratio: float,
    *,
    test: simulate.Test = "mantel-byar",
    replicates: int = REPLICATES,
    workers: int = 1,
    backend: str | None = None,
) -> pd.DataFrame:
    """Simulate one point of one curve: the row of `secondlook.simulate.power`."""
    return simulate.power(
        settings()[setting].design(hazard_ratio),
        [hazard_ratio],
        replicates=replicates,
        seed=SEED,
        test=test,
        workers=workers,
        backend=backend,
    )


def curves() -> pd.DataFrame:
    """Return the stored curves: setting, test, and the columns of `secondlook.simulate.power`."""
    return load(KEY, "power")


def power(setting: str = "printed", test: str = "mantel-byar") -> pd.DataFrame:
    """Return one stored curve, a row a hazard ratio: hazard_ratio, power, mc_error, ..."""
    table = curves()
    rows = table[(table["setting"] == setting) & (table["test"] == test)]
    return rows.drop(columns=["setting", "test"]).reset_index(drop=True)


def detectable(target: float = 0.8) -> pd.DataFrame:
    """Return the smallest effects detected so often: a row a setting.

    Columns: `setting`, `assumes`, `protective` and `harmful` (hazard ratios; NaN if not reached
    between the least and the greatest simulated), each with its Monte Carlo range as `protective
    nearest`, `protective farthest` and so on; `size`, the rejections at hazard ratio 1, and
    `deaths`, the mean number there.
    """
    import pandas as pd

    rows = []
    for name, setting in settings().items():
        curve = power(name)
        row: dict[str, object] = {"setting": name, "assumes": setting.assumes}
        for found in simulate.detectable(curve, target).to_dict("records"):
            row[found["direction"]] = found["hazard_ratio"]
            row[f"{found['direction']} nearest"] = found["nearest"]
            row[f"{found['direction']} farthest"] = found["farthest"]
        none = curve[curve["hazard_ratio"] == 1]
        rows.append({**row, "size": none["power"].item(), "deaths": none["mean_deaths"].item()})
    return pd.DataFrame(rows)


def _window(first: float, last: float) -> Hazard:
    return Hazard((0.0, first, last), (0.0, 1.0, 0.0))
