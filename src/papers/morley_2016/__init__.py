"""Morley and Marks 2016: a review of inotuzumab ozogamicin in acute lymphoblastic leukaemia.

Expert Review of Anticancer Therapy 16 (2), 159-164. https://doi.org/10.1586/14737140.2016.1131614

One module a kind of statement: ``percents`` (counts beside percents), ``repeated``, ``exposure``
(2 x 2 tables), ``phase_three``, ``possible`` (bounds), ``transplant``, ``criteria`` (Table 1),
``borrowed``.
"""

from __future__ import annotations

from papers.merging import merged
from papers.morley_2016 import (
    borrowed,
    criteria,
    exposure,
    percents,
    phase_three,
    possible,
    repeated,
    transplant,
)
from secondlook.claims import Result

__all__ = ["recompute"]

PARTS = (
    percents.counts_and_percents,
    percents.percents_alone,
    percents.response_rates,
    percents.fever,
    repeated.restated,
    repeated.sums,
    repeated.from_the_references,
    repeated.phase_three_cases,
    exposure.p_value,
    phase_three.response,
    phase_three.liver,
    possible.bounded_counts,
    possible.sizes_behind_percents,
    possible.medians,
    transplant.statements,
    criteria.table_1,
    borrowed.borrowed,
)


def recompute() -> dict[str, Result]:
    """Recompute every claim of the review, one result a claim id."""
    return merged(PARTS)
