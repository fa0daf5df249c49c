"""What the constructed sets give for numbers that follow from nothing simpler.

A number is attainable if some data set that agrees with what else is printed of it gives it. The
sets print both survival curves, their medians and the numbers at risk, and have the narrative; each
is verified when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from papers.kayser_2022 import constructed, narrative
from papers.kayser_2022.data import PATIENTS
from secondlook.claims import Possible, Result
from secondlook.inputs import FloatArray

OF_SETS = (
    "constructed sets of 31 patients that print both survival curves and have what is told of the "
    "patients"
)


def told() -> Mapping[str, Result]:
    """Find the patients of the narrative, and how many they are, in the constructed sets."""
    sets = constructed.columns().values()
    patients = {name: np.concatenate([one[name] for one in sets]) for name in narrative.COLUMNS}
    relapsed, died = np.isfinite(patients["relapse_time"]), patients["event"] == 1
    results = {
        claim: _of_sets([found.sum() / len(sets)])
        for claim, found in (
            ("res-relapsed-hsct", relapsed & np.isfinite(patients["transplant_time"])),
            ("res-relapsed-alive", relapsed & ~died),
            ("res-molecular", relapsed & np.isin(patients["fate"], narrative.STILL)),
        )
    }
    for name, course in narrative.COURSES.items():
        of_one = {each: column[patients["told"] == name] for each, column in patients.items()}
        for begin, end, claim in course.times:
            months = of_one[end] - (of_one[begin] if begin else 0.0)
            unit = narrative.DAYS_IN_A_MONTH if claim in narrative.IN_DAYS else 1.0
            results[claim] = _of_sets(np.round(unit * months, 1))
        given, remission = narrative.CYCLES.get(name, (None, None))
        if given:
            results[given] = _of_sets(of_one["cycles"])
        if remission:
            results[remission] = _of_sets(
                _cycles_before(of_one["remission_time"]),
                f"{OF_SETS}; after so many cycles remission may have been seen at its month there, "
                "if a cycle takes three to four weeks",
            )
    results["res-cr-os-median"] = _of_sets(
        constructed.of_complete(one).quantile(0.5).estimate for one in sets
    )
    return results


def transplantation() -> Result:
    """Test transplantation in each constructed set."""
    return _of_sets(
        (constructed.mantel_byar_of(one).p_value for one in constructed.columns().values()),
        "Mantel-Byar test in constructed sets; this P comes with fewer deaths after "
        "transplantation than expected, and with more",
    )


def platelets_missing() -> Result:
    """Return after how many missing counts the median of whole numbers can end in .5."""
    return Possible(
        [missing for missing in range(PATIENTS) if (PATIENTS - missing) % 2 == 0],
        "missing values that leave an even number of patients: the median of whole platelet counts "
        "then can end in .5",
        shown_as="an odd number",
    )


def _cycles_before(seen: FloatArray) -> list[int]:
    """Return after how many cycles remissions that were seen at these months may have come."""
    return [
        n
        for n in range(1, 7)
        if ((seen >= narrative.seen_after(n)) & (seen <= (n + 1) * narrative.LONGEST_CYCLE)).any()
    ]


def _of_sets(values: Iterable[float], how: str = OF_SETS) -> Possible:
    """Say of the values that they are those of constructed sets: others may give others."""
    return Possible(np.unique(list(values)).tolist(), how, found_in="in constructed sets")
