"""What the constructed sets give for numbers that follow from nothing simpler.

A number is attainable if some data set that agrees with everything else printed gives it. The sets
print both survival curves, their medians and the numbers at risk, and have the narrative; each is
verified when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import PATIENTS
from papers.kayser_2022.narrative import (
    COLUMNS,
    DAYS_IN_A_MONTH,
    LONGEST_CYCLE,
    STILL,
    TOLD,
    seen_after,
)
from secondlook.claims import Possible, Result
from secondlook.inputs import FloatArray


def told() -> Mapping[str, Result]:
    """Find the patients of the narrative, and how many they are, in the constructed sets."""
    sets = constructed.columns().values()
    patients = {name: np.concatenate([one[name] for one in sets]) for name in COLUMNS}
    relapsed, died = np.isfinite(patients["relapse_time"]), patients["event"] == 1
    results = {
        claim: _of_sets([found.sum() / len(sets)])
        for claim, found in (
            ("res-relapsed-hsct", relapsed & np.isfinite(patients["transplant_time"])),
            ("res-relapsed-alive", relapsed & ~died),
            ("res-molecular", relapsed & np.isin(patients["fate"], STILL)),
        )
    }
    early, cns_2, cns_3, *vod = (
        {name: column[patients["told"] == who] for name, column in patients.items()} for who in TOLD
    )
    for claim, times in (
        ("res-died-day", early["time"] * DAYS_IN_A_MONTH),
        ("res-cns-2-relapse", cns_2["relapse_time"] - cns_2["transplant_time"]),
        ("res-cns-2-death", cns_2["time"] - cns_2["relapse_time"]),
        ("res-cns-2-cycles", cns_2["cycles"]),
        ("res-cns-2-cr", _cycles_before(cns_2["remission_time"])),
        ("res-cns-3-relapse", cns_3["relapse_time"] - cns_3["remission_time"]),
        ("res-cns-3-death", (cns_3["time"] - cns_3["relapse_time"]) * DAYS_IN_A_MONTH),
        ("res-cns-3-cycles", cns_3["cycles"]),
        ("res-cns-3-cr", _cycles_before(cns_3["remission_time"])),
        ("vod-1-cycle", vod[0]["cycles"]),
        ("vod-1-alive", vod[0]["time"] - vod[0]["transplant_time"]),
        ("vod-2-alive", vod[1]["time"]),
        ("vod-3-cycles", vod[2]["cycles"]),
        ("vod-3-death", vod[2]["time"] - vod[2]["transplant_time"]),
    ):
        results[claim] = _of_sets(np.round(times, 1))
    results["res-cr-os-median"] = _of_sets(
        constructed.of_complete(one).quantile(0.5).estimate for one in sets
    )
    return results


def transplantation() -> Result:
    """Test transplantation in each constructed set."""
    return Possible(
        [constructed.mantel_byar_of(one).p_value for one in constructed.columns().values()],
        "Mantel-Byar in constructed sets: P prints so with fewer deaths than expected after "
        "transplantation and with more",
    )


def platelets_missing() -> Result:
    """Return after how many missing counts the median of whole numbers can end in .5."""
    return Possible(
        [missing for missing in range(PATIENTS) if (PATIENTS - missing) % 2 == 0],
        "missing values that leave an even number, if platelet counts are whole numbers",
        shown_as="an odd number",
    )


def _cycles_before(seen: FloatArray) -> list[int]:
    """Return after how many cycles remissions that were seen at these months may have come."""
    return [
        n
        for n in range(1, 7)
        if ((seen >= seen_after(n)) & (seen <= (n + 1) * LONGEST_CYCLE)).any()
    ]


def _of_sets(values: Iterable[float]) -> Possible:
    return Possible(
        np.unique(list(values)).tolist(),
        "constructed sets of 31 patients that have everything else printed on survival",
    )
