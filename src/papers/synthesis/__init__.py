"""All documents read together: the studies that they report, pooled, and what they say differently.

``evidence``     every study as one document reports it, with the verdict on its number
``forests``      response and VOD by drug and by transplantation, pooled where that makes sense
``agreement``    numbers that two documents print, and references that they share
"""

from papers.synthesis.agreement import compared, shared_references, totals
from papers.synthesis.evidence import studies, verdict_of
from papers.synthesis.forests import (
    pooled,
    response_frame,
    response_studies,
    vod_frame,
    vod_studies,
)

__all__ = [
    "compared",
    "pooled",
    "response_frame",
    "response_studies",
    "shared_references",
    "studies",
    "totals",
    "verdict_of",
    "vod_frame",
    "vod_studies",
]
