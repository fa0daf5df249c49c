"""Simulate the power of the Mantel-Byar test in cohorts like that of kayser-2022.

``python data/kayser-2022/make/power.py`` writes ``power.csv``, in a minute or two. Run
``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from papers.kayser_2022 import power
from secondlook import simulate

HAZARD_RATIOS = (
    *(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    *(1.2, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0),
)


def simulate_all() -> pd.DataFrame:
    """Simulate every point of every curve: setting, test, and what `power.point` returns."""
    wanted: list[tuple[simulate.Test, str]] = [("mantel-byar", name) for name in power.settings()]
    wanted.append(("ever-transplanted", "printed"))
    parts = [
        power.point(name, ratio, test=test).assign(setting=name, test=test)
        for test, name in wanted
        for ratio in HAZARD_RATIOS
    ]
    table = pd.concat(parts, ignore_index=True)
    first = ["setting", "test"]
    return table[first + [name for name in table.columns if name not in first]].round(6)


if __name__ == "__main__":
    simulate_all().to_csv(Path(__file__).parents[1] / "power.csv", index=False, lineterminator="\n")
