"""How a table is laid out: what its columns and rows say of the numbers in them.

Nothing here judges. Every public name is importable from here.

- ``labels``: what the words of a label, head or caption say, also of sizes
- ``grid``: heads, labels and blocks
- ``group_sizes``: the sizes of groups in heads and rows
- ``layout``: all of it, with the columns of P values and of totals, footnotes, places in words
"""

from secondlook.scan.layout.labels import (
    CATEGORY,
    CONTINUOUS,
    COUNT_PERCENT,
    ESTIMATED,
    ESTIMATED_THROUGHOUT,
    EVENTS,
    EXCLUSIVE,
    MEASURED,
    P_ROW,
    PAIRS,
    PERCENT,
    PERCENT_COUNT,
    TOTAL,
    UNWANTED,
    last_word,
    measured,
    of_percents,
    sizes,
)
from secondlook.scan.layout.layout import Layout

__all__ = [
    "CATEGORY", "CONTINUOUS", "COUNT_PERCENT", "ESTIMATED", "ESTIMATED_THROUGHOUT", "EVENTS",
    "EXCLUSIVE", "MEASURED", "PAIRS", "PERCENT", "PERCENT_COUNT", "P_ROW", "TOTAL", "UNWANTED",
    "Layout", "last_word", "measured", "of_percents", "sizes",
]  # fmt: skip
