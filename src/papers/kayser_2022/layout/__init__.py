"""Frames of finished text for the report and the deck: printed beside re-derived."""

from papers.kayser_2022.layout.contradictions import contradictions, middles, why_not
from papers.kayser_2022.layout.curves import facts_used, quality, ranges, spacings
from papers.kayser_2022.layout.together import facts_together, together
from papers.kayser_2022.layout.transplantation import (
    detectable,
    random_facts,
    random_sets,
    transplantation_tests,
    transplanted,
)
from papers.kayser_2022.layout.treatment import (
    complete_interval,
    disagreements,
    response_rates,
    table_1,
    table_2,
    told,
)
from secondlook.tables import DASH

__all__ = [
    "DASH",
    "complete_interval",
    "contradictions",
    "detectable",
    "disagreements",
    "facts_together",
    "facts_used",
    "middles",
    "quality",
    "random_facts",
    "random_sets",
    "ranges",
    "response_rates",
    "spacings",
    "table_1",
    "table_2",
    "together",
    "told",
    "transplantation_tests",
    "transplanted",
    "why_not",
]
