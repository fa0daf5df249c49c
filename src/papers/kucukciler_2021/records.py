"""The cells of Table 4, which the discussion repeats for four patients."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from papers.kucukciler_2021.data import PATIENTS, cohort, printed_text, said
from secondlook.claims import Derived, Possible, Result
from secondlook.printed import Bounds, admits

# Case -> claim of the discussion on its CD33 level.
IN_DISCUSSION = {
    1: "dis-cd33-favorable",
    3: "dis-cd33-adverse-1",
    4: "dis-cd33-adverse-2",
    19: "dis-cd33-adverse-3",
}


def table_4() -> Mapping[str, Result]:
    """One result a printed number of Table 4."""
    results: dict[str, Result] = {}
    patients = cohort().set_index("case")
    mean, total = admits(printed_text("res-os-mean")).either, int(patients["survival"].sum())
    sums = [s for s in range(2 * total) if Fraction(s, PATIENTS) in mean]
    lines = [said(f"t1-prior-{end}") for end in ("min", "max")]
    levels = [said(f"res-cd33-{end}") for end in ("min", "max")]
    for case, row in patients.iterrows():
        number, survival = int(str(case)), int(row["survival"])
        results[f"t4-{number}-number"] = Possible(
            Bounds(lines[0], lines[1], True, True),
            "the printed range, if the number counts prior treatments",
        )
        results[f"t4-{number}-survival"] = Possible(
            [s - total + survival for s in sums if s - total + survival > 0],
            "sums that the printed mean survival allows, less the other patients",
        )
        if number in IN_DISCUSSION:
            results[f"t4-{number}-cd33"] = Derived(
                said(IN_DISCUSSION[number]), "restated: Section 4, on cytogenetic risk"
            )
        elif number == _lowest():
            results[f"t4-{number}-cd33"] = Derived(
                said("res-cd33-min"),
                "the printed lowest level; all other known levels are higher",
            )
        elif not pd.isna(row["cd33"]):
            results[f"t4-{number}-cd33"] = Possible(
                Bounds(levels[0], levels[1], True, True), "the printed range"
            )
    return results


def _lowest() -> int | None:
    """Return the one case that can carry the printed lowest CD33 level, if there is only one."""
    levels = cohort().set_index("case")["cd33"].dropna()
    least = levels.index[levels == said("res-cd33-min")]
    return int(least[0]) if len(least) == 1 and levels.min() == said("res-cd33-min") else None
