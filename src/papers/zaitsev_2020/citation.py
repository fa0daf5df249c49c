"""The citation line against the DOI, and the dates against each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from papers.zaitsev_2020.data import DOI, number, printed_text
from secondlook.claims import Contradicted, Derived, NotDerivable, Result

PARTS = ("year", "volume", "issue", "first-page", "last-page")


def cases() -> Mapping[str, Result]:
    """Repeat the number of patients, in the title and in the citation line."""
    return {
        "title-cases": Derived(number("citation-cases"), "restated: citation line"),
        "citation-cases": Derived(number("title-cases"), "restated: title"),
    }


def citation_line() -> Mapping[str, Result]:
    """Read year, volume, issue and pages from the DOI, which spells them out."""
    spelled = [int(part) for part in DOI.split("-")[2:]]
    return {
        f"citation-{part}": Derived(value, "spelled out in the DOI")
        for part, value in zip(PARTS, spelled, strict=True)
    }


def dates() -> Mapping[str, Result]:
    """Hold receipt and acceptance against each other and against the year of the issue.

    Dates in the right order agree with each other, but do not give each other.
    """
    received, accepted = (
        datetime.strptime(printed_text(claim), "%B %d, %Y") for claim in ("received", "accepted")
    )
    issue = datetime(number("citation-year"), 12, 31)
    if received <= accepted <= issue:
        needs = "the journal's records; received, accepted, printed are in this order"
        return {"received": NotDerivable(needs), "accepted": NotDerivable(needs)}
    how = "received, accepted, printed: not in this order"
    return {
        "received": Contradicted(f"accepted {printed_text('accepted')}", True, how),
        "accepted": Contradicted(f"received {printed_text('received')}", True, how),
    }
