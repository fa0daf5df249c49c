"""Eroğlu Küçükçiler et al. 2021: gemtuzumab ozogamicin in relapsed refractory AML, 21 patients.

Leukemia Research Reports, 100280. https://doi.org/10.1016/j.lrr.2021.100280

One module a part of the paper: :mod:`~papers.kucukciler_2021.data` (the tables),
``characteristics``, ``response``, ``survival``, ``safety``, ``discussion``, ``records``.
"""

from __future__ import annotations

from papers.kucukciler_2021 import (
    characteristics,
    discussion,
    records,
    response,
    safety,
    survival,
)
from papers.merging import merged
from secondlook.claims import Result

__all__ = ["recompute"]

PARTS = (
    characteristics.abstract_and_section_3_1,
    characteristics.methods,
    characteristics.table_1,
    characteristics.prior_lines,
    characteristics.section_3_3,
    response.responses,
    response.section_3_2_by_cycle,
    response.table_2,
    survival.overall_survival,
    survival.follow_up,
    survival.progression_free,
    safety.rates,
    safety.deaths,
    safety.table_3,
    discussion.borrowed,
    discussion.borrowed_percents,
    discussion.borrowed_and_checked,
    discussion.own_results_repeated,
    records.table_4,
)


def recompute() -> dict[str, Result]:
    """Recompute every claim of the paper, one result a claim id."""
    return merged(PARTS)
