"""All data sets that agree with what was printed, and what they allow."""

from secondlook.admissible.assignments import Assignments, enumerate_assignments
from secondlook.admissible.event_assignments import (
    EventAssignments,
    deaths_by_month,
    event_assignments,
)
from secondlook.admissible.statements import (
    Statement,
    at_most_deaths,
    deaths_by_time,
    mean_survival,
    number_of_deaths,
    survival_percent,
)

__all__ = [
    "Assignments",
    "EventAssignments",
    "Statement",
    "at_most_deaths",
    "deaths_by_month",
    "deaths_by_time",
    "enumerate_assignments",
    "event_assignments",
    "mean_survival",
    "number_of_deaths",
    "survival_percent",
]
