"""Two curves of the same patients, searched together, mark by mark, in small cohorts.

Overall survival of all and, say, relapse-free survival of those in remission hold together only if
one assignment of patients fits both. That needs every order of either curve as a path of a graph,
which the polygons of `secondlook.admissible` do not keep; hence a search of its own, exact, for up
to 62 patients (`orders`, `linked_orders`, `sample_linked`). Of one curve alone ask
`secondlook.admissible.curve`.
"""

from secondlook.linked.contradiction import Contradiction, contradiction
from secondlook.linked.conventions import possible_conventions
from secondlook.linked.link import Link
from secondlook.linked.linked_orders import LinkedOrders, LinkedSpread, linked_orders
from secondlook.linked.linked_sampling import sample_linked
from secondlook.linked.linked_verification import unmet_linked_facts, unmet_links
from secondlook.linked.order_search import TooManyOrders
from secondlook.linked.order_set import AdmissibleOrders, orders
from secondlook.linked.ranges import Range
from secondlook.linked.sampling import Draws, sample
from secondlook.linked.survival_facts import (
    KnownTime,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
)
from secondlook.linked.verification import unmet_facts

__all__ = [
    "AdmissibleOrders",
    "Contradiction",
    "Draws",
    "KnownTime",
    "Link",
    "LinkedOrders",
    "LinkedSpread",
    "PrintedMedian",
    "PrintedSurvival",
    "Range",
    "SurvivalFacts",
    "TooManyOrders",
    "contradiction",
    "linked_orders",
    "orders",
    "possible_conventions",
    "sample",
    "sample_linked",
    "unmet_facts",
    "unmet_linked_facts",
    "unmet_links",
]
