"""Citations against the reference list, and numbers on which nothing printed bears."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.droracle_2025.data import citations, references
from secondlook.claims import Derived, NotDerivable, Result

# Citation -> claims.
BORROWED: Mapping[str, tuple[str, ...]] = {
    "1": (
        "dos-hours",
        "pre-adult-acetaminophen",
        "pre-adult-diphenhydramine",
        "pre-adult-lead",
        "pre-adult-methylprednisolone",
        "pre-adult-minutes",
        "pre-child-acetaminophen",
        "pre-child-acetaminophen-most",
        "pre-child-diphenhydramine",
        "pre-child-diphenhydramine-most",
        "pre-child-methylprednisolone",
        "adv-repeat",
    ),
    "2": ("sel-cd33", "hsct-months"),
    "3": ("spc-low-dose",),
    "6": ("hsct-first-cr",),
}


def resolved() -> pd.DataFrame:
    """Count the statements by citation.

    Returns
    -------
    pandas.DataFrame
        citation, statements, entry (the title at this position of the list, if there is one).
    """
    counted = citations().groupby("citation").size().rename("statements").reset_index()
    titles = references().set_index("position")["title"]
    return counted.assign(entry=counted["citation"].map(titles))


def without_entry() -> pd.DataFrame:
    """Return the statements whose citation is beyond the reference list."""
    frame = citations()
    return frame[frame["citation"] > len(references())].reset_index(drop=True)


def highest() -> Mapping[str, Result]:
    """Hold the highest citation against the length of the list."""
    return {"cit-highest": Derived(len(references()), "entries of the reference list")}


def borrowed() -> Mapping[str, Result]:
    """Numbers that only the source cited could confirm."""
    return {
        claim: NotDerivable(f"the source of citation {citation}")
        for citation, claims in BORROWED.items()
        for claim in claims
    }
