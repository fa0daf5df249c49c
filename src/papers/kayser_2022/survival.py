"""Survival: what admissible data sets give for every printed number.

The paper prints no individual data. A number is attainable if some data set that agrees with
everything else printed about survival gives it; the constructed sets that are kept with the paper
are such data sets, with both curves and the narrative, and each is verified when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import said
from papers.kayser_2022.facts import (
    DAYS_IN_A_MONTH,
    INTERVAL,
    SPACING,
    overall_survival,
)
from secondlook.admissible import unmet_facts
from secondlook.claims import NotDerivable, Possible, Result
from secondlook.survival import SurvivalCurve

__all__ = ["not_derivable", "numbers_at_risk", "overall", "relapse_free", "told", "transplantation"]

CONSTRUCTED = "constructed data sets of 31 patients that print every other number on survival"


def overall() -> Mapping[str, Result]:
    """Read overall survival and follow-up off the constructed sets."""
    results: dict[str, Result] = {}
    for time in ("12", "24"):
        for suffix, column in (("", "survival"), ("-lower", "lower"), ("-upper", "upper")):
            result = _over_sets(partial(_percent_of, time=time, column=column))
            results[f"abs-os-{time}{suffix}"] = result
            results[f"res-os-{time}{suffix}"] = result
    median = _over_sets(lambda frame: constructed.overall(frame).quantile(0.5).estimate)
    results |= dict.fromkeys(("abs-os-median", "res-os-median", "dis-os-median"), median)
    results["res-os-median-lower"] = _over_sets(
        lambda frame: constructed.overall(frame).quantile(0.5).lower
    )
    results["res-os-median-upper"] = _over_sets(
        lambda frame: constructed.overall(frame).quantile(0.5).upper
    )
    followed = _over_sets(lambda frame: constructed.reverse(frame).quantile(0.5).estimate)
    results["abs-fu-median"] = results["res-fu-median"] = followed
    results["res-fu-lower"] = _over_sets(
        lambda frame: constructed.reverse(frame).quantile(0.5).lower
    )
    return results


def numbers_at_risk() -> Mapping[str, Result]:
    """Count the patients at risk at every tick, three months apart."""
    return {
        f"fig3-risk-{position}": _over_sets(partial(_at_risk, month=float(tick)))
        for position, (tick, _) in enumerate(overall_survival().ticks)
    }


def relapse_free() -> Mapping[str, Result]:
    """Read relapse-free and overall survival of those in complete remission off the same sets."""
    results: dict[str, Result] = {
        f"res-rfs-{time}{suffix}": _over_sets(
            partial(_relapse_free_percent, time=time, column=column)
        )
        for time in ("12", "24")
        for suffix, column in (("", "survival"), ("-lower", "lower"), ("-upper", "upper"))
    }
    results["res-cr-os-median"] = _over_sets(
        lambda frame: constructed.of_complete(frame).quantile(0.5).estimate
    )
    return results


def told() -> Mapping[str, Result]:
    """Find the patients of the narrative in the constructed sets."""
    relapse, death = (Fraction(str(said(f"res-cns-2-{what}"))) for what in ("relapse", "death"))
    deaths, alive = (
        _months_after_transplantation(died=True),
        _months_after_transplantation(died=False),
    )
    after = "months from a transplantation to the exit in " + CONSTRUCTED
    return {
        "res-died-day": Possible(
            [said("res-died-day")] if _stays_admissible(_with_early_death) else [],
            f"a constructed set with a death on this day, a month being {DAYS_IN_A_MONTH} days",
        ),
        "vod-2-alive": Possible(
            [said("vod-2-alive")] if _stays_admissible(_with_follow_up_to) else [],
            "a constructed set with a patient without transplantation who is alive then",
        ),
        "vod-1-alive": Possible(alive, after),
        "vod-3-death": Possible(deaths, after),
        "res-cns-2-relapse": Possible([months - float(death) for months in deaths], after),
        "res-cns-2-death": Possible([months - float(relapse) for months in deaths], after),
    }


def transplantation() -> Mapping[str, Result]:
    """Test transplantation in each constructed set."""
    table = constructed.tests_of_transplantation()
    return {
        "res-mb-p": Possible(
            table["p"].tolist(),
            "Mantel-Byar in constructed sets: P prints so with fewer deaths than expected after "
            "transplantation and with more",
        )
    }


def not_derivable() -> Mapping[str, Result]:
    """Say what comparisons of patients would need."""
    return {
        "res-age-p": NotDerivable("age and survival of each patient"),
        "res-age-60-p": NotDerivable("survival by age"),
        "res-emd-os-p": NotDerivable("survival by bone marrow involvement"),
        "res-emd-rfs-p": NotDerivable("relapse-free survival by bone marrow involvement"),
    }


def _over_sets(value: Callable[[pd.DataFrame], float]) -> Possible:
    return Possible([value(frame) for frame in constructed.sets().values()], CONSTRUCTED)


def _percent_of(frame: pd.DataFrame, time: str, column: str) -> float:
    return _percent(constructed.overall(frame), time, column)


def _relapse_free_percent(frame: pd.DataFrame, time: str, column: str) -> float:
    return _percent(constructed.relapse_free(frame), time, column)


def _at_risk(frame: pd.DataFrame, month: float) -> int:
    return int((frame["time"] >= month).sum())


def _percent(curve: SurvivalCurve, time: str, column: str) -> float:
    return 100 * float(curve.at(float(time))[column].iloc[0])


def _months_after_transplantation(*, died: bool) -> list[float]:
    months: set[float] = set()
    for frame in constructed.sets().values():
        some = frame[(frame["event"] == int(died)) & frame["transplant_time"].notna()]
        months |= {round(float(gap), 1) for gap in some["time"] - some["transplant_time"]}
    return sorted(months)


def _stays_admissible(change: Callable[[pd.DataFrame], pd.DataFrame]) -> bool:
    """Say whether a constructed set with one time made exact still prints the curve."""
    facts = overall_survival(spacing=SPACING, narrative=False)
    return any(
        not unmet_facts(
            facts,
            changed["time"].to_numpy(dtype=float),
            changed["event"].to_numpy().astype(bool),
            interval=INTERVAL,
        )
        for changed in map(change, constructed.sets().values())
    )


def _with_early_death(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame.index[(frame["event"] == 1) & np.isclose(frame["time"], 0.4)][0]
    frame.loc[first, "time"] = said("res-died-day") / DAYS_IN_A_MONTH
    return frame


def _with_follow_up_to(frame: pd.DataFrame) -> pd.DataFrame:
    alive = (frame["event"] == 0) & frame["transplant_time"].isna()
    later = frame[alive & (frame["time"] >= said("vod-2-alive"))]
    frame.loc[later["time"].idxmin(), "time"] = said("vod-2-alive")
    return frame
