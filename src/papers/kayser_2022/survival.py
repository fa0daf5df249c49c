"""Survival: what admissible data sets give for every printed number.

The paper prints no individual data. A number is attainable if some data set that agrees with
everything else printed about survival gives it; the constructed sets that are kept with the paper
are such data sets, with both curves and the narrative, and each is verified when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import said
from papers.kayser_2022.facts import (
    DAYS_IN_A_MONTH,
    overall_survival,
)
from papers.kayser_2022.narrative import LONGEST_CYCLE, TOLD, seen_after
from secondlook.claims import Derived, NotDerivable, Possible, Result
from secondlook.survival import SurvivalCurve

__all__ = ["not_derivable", "numbers_at_risk", "overall", "relapse_free", "told", "transplantation"]

CONSTRUCTED = "constructed data sets of 31 patients that print every other number on survival"


def overall() -> Mapping[str, Result]:
    """Read overall survival and follow-up off the constructed sets."""
    results: dict[str, Result] = {}
    for time in ("12", "24"):
        for suffix, column in (("", "survival"), ("-lower", "lower"), ("-upper", "upper")):
            result = _over_sets(partial(_percent_of, time=time, column=column))
            results[f"res-os-{time}{suffix}"] = result
            results[f"abs-os-{time}{suffix}"] = _restated(f"res-os-{time}{suffix}")
    results["res-os-median"] = _over_sets(
        lambda frame: constructed.overall(frame).quantile(0.5).estimate
    )
    results["abs-os-median"] = results["dis-os-median"] = _restated("res-os-median")
    results["res-os-median-lower"] = _over_sets(
        lambda frame: constructed.overall(frame).quantile(0.5).lower
    )
    results["res-os-median-upper"] = _over_sets(
        lambda frame: constructed.overall(frame).quantile(0.5).upper
    )
    results["res-fu-median"] = _over_sets(
        lambda frame: constructed.reverse(frame).quantile(0.5).estimate
    )
    results["abs-fu-median"] = _restated("res-fu-median")
    results["res-fu-lower"] = _over_sets(
        lambda frame: constructed.reverse(frame).quantile(0.5).lower
    )
    return results


def numbers_at_risk() -> Mapping[str, Result]:
    """Count the patients at risk at every tick, three months apart; at the start it is all."""
    (_, _), *later = overall_survival().ticks
    return {"fig3-risk-0": Derived(said("met-patients"), "restated: all patients")} | {
        f"fig3-risk-{position}": _over_sets(partial(_at_risk, month=float(tick)))
        for position, (tick, _) in enumerate(later, start=1)
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
    """Find the patients of the narrative, and their number, in the constructed sets."""
    sets = pd.concat(constructed.sets().values())
    relapsed, died = sets["relapse_time"].notna(), sets["event"] == 1
    results: dict[str, Result] = {}
    for claim, found in (
        ("res-relapsed-hsct", relapsed & sets["transplant_time"].notna()),
        ("res-relapsed-alive", relapsed & ~died),
        ("res-molecular", relapsed & sets["fate"].str.startswith("still")),
    ):
        results[claim] = Possible([int(found.sum()) / len(constructed.sets())], CONSTRUCTED)
    early, cns_2, cns_3, *vod = (sets[sets["told"] == name] for name in TOLD)
    for claim, found in (
        ("res-died-day", early["time"] * DAYS_IN_A_MONTH),
        ("res-cns-2-relapse", cns_2["relapse_time"] - cns_2["transplant_time"]),
        ("res-cns-2-death", cns_2["time"] - cns_2["relapse_time"]),
        ("res-cns-3-relapse", cns_3["relapse_time"] - cns_3["remission_time"]),
        ("res-cns-3-death", (cns_3["time"] - cns_3["relapse_time"]) * DAYS_IN_A_MONTH),
        ("vod-1-alive", vod[0]["time"] - vod[0]["transplant_time"]),
        ("vod-2-alive", vod[1]["time"]),
        ("vod-3-death", vod[2]["time"] - vod[2]["transplant_time"]),
        ("res-cns-2-cycles", cns_2["cycles"]),
        ("res-cns-3-cycles", cns_3["cycles"]),
        ("vod-3-cycles", vod[2]["cycles"]),
    ):
        results[claim] = Possible(
            np.unique(found.round(1)).tolist(), "this patient in " + CONSTRUCTED
        )
    seen = float(cns_3["remission_time"].iloc[0])
    results["res-cns-3-cr"] = Possible(
        [n for n in range(1, 7) if seen_after(n) <= seen <= (n + 1) * LONGEST_CYCLE],
        "cycles that may have been given by then in " + CONSTRUCTED,
    )
    return results


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


def _restated(claim: str) -> Derived:
    return Derived(said(claim), "restated: Results, Survival")
