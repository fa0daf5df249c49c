"""The power of two tests in simulated cohorts of one design, as text for the methods page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers.kayser_2022 import power

if TYPE_CHECKING:
    import pandas as pd

HAZARD_RATIOS = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0)


def rejections() -> pd.DataFrame:
    """Return how often each test rejects and its Monte Carlo error, in percent, as text."""
    import pandas as pd

    fair, biased = _curve("mantel-byar"), _curve("ever-transplanted")
    return pd.DataFrame(
        {
            "hazard ratio": [f"{ratio:g}" for ratio in HAZARD_RATIOS],
            "Mantel-Byar": _points(fair["power"], 1),
            "error": _points(fair["mc_error"], 2),
            "ever against never": _points(biased["power"], 1),
            "error of it": _points(biased["mc_error"], 2),
        }
    )


def percent(hazard_ratio: str, test: str = "Mantel-Byar") -> str:
    """Return one cell of `rejections`."""
    table = rejections()
    return str(table.loc[table["hazard ratio"] == hazard_ratio, test].item())


def deaths() -> str:
    """Return the mean number of deaths a cohort if the transplant does nothing."""
    curve = power.power()
    return f"{curve['mean_deaths'][curve['hazard_ratio'] == 1].item():.1f}"


def replicates() -> str:
    """Return how many cohorts stand behind each number."""
    return f"{power.REPLICATES:,}"


def _curve(test: str) -> pd.DataFrame:
    return power.power("printed", test).set_index("hazard_ratio").loc[list(HAZARD_RATIOS)]


def _points(fractions: pd.Series[float], digits: int) -> list[str]:
    return [f"{100 * fraction:.{digits}f}" for fraction in fractions]
