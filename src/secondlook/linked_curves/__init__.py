"""Two printed curves of the same patients: all of them, and some of them with a second outcome.

Apart from `secondlook.admissible`, because a curve by itself needs none of this, and because a pair
of curves can only be asked where every sequence of either one can be listed. That one assignment of
patients has to fit both, that a patient's two times hang together, and that the part has a median
of its own are rules that a single curve does not have.
"""

from secondlook.linked_curves.link import Link
from secondlook.linked_curves.pairs import Pairs, pairs, unmet_pair

__all__ = ["Link", "Pairs", "pairs", "unmet_pair"]
