"""Zaitsev et al. 2020: gemtuzumab ozogamicin in three critically ill patients with refractory AML.

Clinical Oncohematology 13 (1), 67-74 (in Russian; here the English abstract and the references).
https://doi.org/10.21320/2500-2139-2020-13-1-67-74
"""

from __future__ import annotations

from papers.merging import merged
from papers.zaitsev_2020 import citation
from secondlook.claims import Result

__all__ = ["recompute"]

PARTS = (citation.cases, citation.citation_line, citation.dates)


def recompute() -> dict[str, Result]:
    """Recompute every claim of the document, one result a claim id."""
    return merged(PARTS)
