"""What effect of transplantation a cohort like this one could have detected.

The cohort is simulated from what the paper prints: 31 patients, twelve of them expected to be
transplanted, overall survival at one and two years, median follow-up. The paper prints no time of
transplantation and nothing that ties one to a patient, so that each setting assumes one thing more,
and the settings differ in it. data/kayser-2022/make/power.py has their designs, and simulates them.
"""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022.data import KEY
from papers.kayser_2022.narrative import CYCLE_MONTHS, LATEST_TRANSPLANT
from secondlook import simulate
from secondlook.data import load

REPLICATES = 20_000
SETTINGS = {
    "printed": "printed survival before a transplant; transplants in months "
    f"{CYCLE_MONTHS:g} to {LATEST_TRANSPLANT:g}",
    "overall": "printed survival of all patients together, whatever the transplant does",
    "early": f"transplants in months {CYCLE_MONTHS:g} to 3",
    "late": "transplants in months 3 to 9",
    "constructed": "survival and follow-up of a constructed set that prints as the paper's",
}
"""What each setting assumes; the first is the main one."""


def power(setting: str = "printed", test: str = "mantel-byar") -> pd.DataFrame:
    """Return one stored curve, a row a hazard ratio: hazard_ratio, power, mc_error, ..."""
    table = load(KEY, "power")
    rows = table[(table["setting"] == setting) & (table["test"] == test)]
    return rows.drop(columns=["setting", "test"]).reset_index(drop=True)


def detectable() -> pd.DataFrame:
    """Return the smallest effects detected with a power of 80%: a row a setting.

    Columns: `setting`, `assumes`, `protective` and `harmful` (hazard ratios; NaN if not reached
    between the least and the greatest simulated), each with its Monte Carlo range as `protective
    nearest`, `protective farthest` and so on; `size`, the rejections at hazard ratio 1, and
    `deaths`, the mean number there.
    """
    rows = []
    for name, assumes in SETTINGS.items():
        curve = power(name)
        row: dict[str, object] = {"setting": name, "assumes": assumes}
        for found in simulate.detectable(curve, 0.8).to_dict("records"):
            row[found["direction"]] = found["hazard_ratio"]
            row[f"{found['direction']} nearest"] = found["nearest"]
            row[f"{found['direction']} farthest"] = found["farthest"]
        none = curve[curve["hazard_ratio"] == 1]
        rows.append({**row, "size": none["power"].item(), "deaths": none["mean_deaths"].item()})
    return pd.DataFrame(rows)
