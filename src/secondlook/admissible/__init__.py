"""All data sets that agree with one printed survival curve, and what they allow.

The curve is printed without the patients' times, of any number of patients that papers have
(`curve`). Printed times without a death indicator are the subject of `secondlook.assignments`; two
curves of the same patients are searched together by `secondlook.linked_curves`.
"""

from secondlook.admissible.answer import Answer, curve, data_sets, decide, judged
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.ranges import Range

__all__ = ["Answer", "CurveFacts", "Range", "curve", "data_sets", "decide", "judged"]
