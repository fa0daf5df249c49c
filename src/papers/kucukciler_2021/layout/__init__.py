"""Frames of finished text for the report and the deck."""

from papers.kucukciler_2021.layout.printed_tables import (
    beside,
    column_evidence,
    disagreements,
    table_1,
    table_2,
    table_3,
    table_4,
)
from papers.kucukciler_2021.layout.results import (
    assumptions_text,
    comparisons_text,
    cut_percent,
    interval_types_text,
    months,
    one_line_against_more,
    rates_text,
    readings_text,
    response_comparisons_text,
    risk_comparisons_text,
    tests_text,
)
from secondlook.tables import p_text

__all__ = [
    "assumptions_text",
    "beside",
    "column_evidence",
    "comparisons_text",
    "cut_percent",
    "disagreements",
    "interval_types_text",
    "months",
    "one_line_against_more",
    "p_text",
    "rates_text",
    "readings_text",
    "response_comparisons_text",
    "risk_comparisons_text",
    "table_1",
    "table_2",
    "table_3",
    "table_4",
    "tests_text",
]
