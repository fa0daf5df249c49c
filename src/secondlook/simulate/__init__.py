"""What a cohort could have shown: power and bias by simulation, here or on a cluster.

- :class:`Hazard` is a law of when something happens, through printed points or a curve.
- :class:`CohortDesign` has three: of death, of transplantation, of the end of follow-up.
- :func:`power` simulates cohorts and counts how often the Mantel-Byar test rejects.
- :func:`detectable` reads off the smallest effects that are found often enough.

An argument out of its range is refused with a ValueError that names it.
"""

from secondlook.simulate.design import (
    CohortDesign,
    expected_transplanted,
    overall_survival,
    with_expected_transplanted,
    with_overall_survival,
)
from secondlook.simulate.hazard import Hazard
from secondlook.simulate.power import Test, detectable, power

__all__ = [
    "CohortDesign", "Hazard", "Test", "detectable", "expected_transplanted", "overall_survival",
    "power", "with_expected_transplanted", "with_overall_survival",
]  # fmt: skip
