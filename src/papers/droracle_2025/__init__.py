"""A web page of 2025 that answers a clinician's question on gemtuzumab ozogamicin.

Dr.Oracle, last updated on September 5, 2025. Numbers are checked here, not recommended.
"""

from __future__ import annotations

from papers.droracle_2025 import regimen, shared_denominator, sources
from papers.merging import merged
from secondlook.claims import Result

__all__ = ["recompute"]

PARTS = (
    regimen.restated,
    regimen.dose,
    regimen.leukocytes,
    regimen.update,
    shared_denominator.percents_of_one_source,
    shared_denominator.response,
    sources.highest,
    sources.borrowed,
)


def recompute() -> dict[str, Result]:
    """Recompute every claim of the page, one result a claim id."""
    return merged(PARTS)
