"""Kayser et al. 2022: inotuzumab ozogamicin in r/r B-ALL with extramedullary disease, 31 patients.

Haematologica, https://doi.org/10.3324/haematol.2021.280433

One module a part of the paper: :mod:`~papers.kayser_2022.data` (the tables),
``patients``, ``response``, ``cited``, ``survival``; ``facts`` is what the paper prints on survival,
``constructed`` reads data sets that print it, which data/kayser-2022/make/constructed.py makes, and
``narrative`` says what of the text a set does not have.
"""

from __future__ import annotations

from papers.kayser_2022 import cited, patients, response, survival
from papers.merging import merged
from secondlook.claims import Result

__all__ = ["recompute"]

PARTS = (
    patients.cohort,
    patients.ages,
    patients.previous_treatment,
    patients.table_1,
    patients.extramedullary,
    patients.genetics,
    response.first_cycle,
    response.two_cycles,
    response.course_of_responders,
    response.transplanted,
    response.veno_occlusive_disease,
    survival.overall,
    survival.numbers_at_risk,
    survival.relapse_free,
    survival.told,
    survival.transplantation,
    survival.not_derivable,
    cited.borrowed,
    cited.checked,
    cited.references,
)


def recompute() -> dict[str, Result]:
    """Recompute every claim of the paper, one result a claim id."""
    return merged(PARTS)
