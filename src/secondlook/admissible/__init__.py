"""All data sets that agree with what was printed, and what they allow.

Two situations: printed times without a death indicator (`event_assignments`), and a printed
survival curve without any times (`orders`).
"""

from secondlook.admissible.answer import Answer, curve, data_sets
from secondlook.admissible.assignments import Assignments, enumerate_assignments
from secondlook.admissible.contradiction import Contradiction, contradiction
from secondlook.admissible.conventions import possible_conventions
from secondlook.admissible.event_assignments import (
    EventAssignments,
    deaths_by_month,
    event_assignments,
)
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.link import Link
from secondlook.admissible.linked_orders import LinkedOrders, LinkedSpread, linked_orders
from secondlook.admissible.linked_sampling import sample_linked
from secondlook.admissible.linked_verification import unmet_linked_facts, unmet_links
from secondlook.admissible.order_search import TooManyOrders
from secondlook.admissible.order_set import AdmissibleOrders, orders
from secondlook.admissible.ranges import Range
from secondlook.admissible.sampling import Draws, sample
from secondlook.admissible.statements import (
    Statement,
    at_most_deaths,
    deaths_by_time,
    mean_survival,
    number_of_deaths,
    survival_percent,
)
from secondlook.admissible.survival_facts import (
    KnownTime,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
)
from secondlook.admissible.verification import unmet_facts

__all__ = [
    "AdmissibleOrders",
    "Answer",
    "Assignments",
    "Contradiction",
    "CurveFacts",
    "Draws",
    "EventAssignments",
    "KnownTime",
    "Link",
    "LinkedOrders",
    "LinkedSpread",
    "PrintedMedian",
    "PrintedSurvival",
    "Range",
    "Statement",
    "SurvivalFacts",
    "TooManyOrders",
    "at_most_deaths",
    "contradiction",
    "curve",
    "data_sets",
    "deaths_by_month",
    "deaths_by_time",
    "enumerate_assignments",
    "event_assignments",
    "linked_orders",
    "mean_survival",
    "number_of_deaths",
    "orders",
    "possible_conventions",
    "sample",
    "sample_linked",
    "survival_percent",
    "unmet_facts",
    "unmet_linked_facts",
    "unmet_links",
]
