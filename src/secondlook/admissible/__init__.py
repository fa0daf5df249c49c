"""All data sets that agree with what was printed, and what they allow.

Two situations: a printed survival curve without any times (`curve`, for cohorts of any size that
papers have), and printed times without a death indicator (`event_assignments`). Two curves of the
same patients are searched together by `secondlook.linked_curves`.
"""

from secondlook.admissible.answer import Answer, curve, data_sets, decide, judged
from secondlook.admissible.assignments import (
    Assignments,
    EventAssignments,
    Statement,
    at_most_deaths,
    deaths_by_time,
    enumerate_assignments,
    event_assignments,
    mean_survival,
    number_of_deaths,
    survival_percent,
)
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.ranges import Range

__all__ = ["Answer", "Assignments", "CurveFacts", "EventAssignments", "Range", "Statement",
           "at_most_deaths", "curve", "data_sets", "deaths_by_time", "decide",
           "enumerate_assignments", "event_assignments", "judged", "mean_survival",
           "number_of_deaths", "survival_percent"]  # fmt: skip
