"""The cells of Table 4, which the discussion repeats for four patients."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.kucukciler_2021.data import cohort, said
from secondlook.claims import Alternatives, Derived, NotDerivable, Result

# Case -> claim of the discussion on its CD33 level; all four "had received two lines".
IN_DISCUSSION = {
    1: "dis-cd33-favorable",
    3: "dis-cd33-adverse-1",
    4: "dis-cd33-adverse-2",
    19: "dis-cd33-adverse-3",
}
RECORD = "the patient's record"


def table_4() -> Mapping[str, Result]:
    """One result a printed number of Table 4."""
    results: dict[str, Result] = {}
    for case, cd33 in cohort().set_index("case")["cd33"].items():
        number = int(str(case))
        results[f"t4-{number}-number"] = _lines(number)
        results[f"t4-{number}-survival"] = NotDerivable(RECORD)
        if not pd.isna(cd33):
            results[f"t4-{number}-cd33"] = _cd33(number)
    return results


def _lines(case: int) -> Result:
    if case in IN_DISCUSSION:
        return Alternatives(
            {"Section 4": said("dis-lines")}, "lines of treatment in the discussion"
        )
    return NotDerivable(RECORD)


def _cd33(case: int) -> Result:
    if case in IN_DISCUSSION:
        return Derived(said(IN_DISCUSSION[case]), "restated: Section 4, on cytogenetic risk")
    return NotDerivable(RECORD)
