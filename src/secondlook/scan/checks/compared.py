"""Which groups the head of a column compares, as that of a P or of a ratio."""

from __future__ import annotations

import re

from secondlook.scan.cells import any_case
from secondlook.scan.groups import name
from secondlook.scan.layout import Layout

VERSUS = any_case(r"\s(?:vs?\.?|versus)(?:\s|(?<=\.)(?=\w))")
_OF_P = re.compile(r"^p (?:values? )?")


def compared(layout: Layout, p_column: int) -> list[int]:
    """Return the columns that the head of a P names: ``P (drug vs placebo)``; or of its name."""
    parts = VERSUS.split(layout.lowest[p_column].replace("(", " "))
    names = [_OF_P.sub("", name(part)) for part in parts]
    columns = sorted({*layout.columns} - {*layout.p_columns})
    heads = {c: name(layout.lowest[c]) for c in columns}
    found = []
    for each in names if len(names) == 2 and all(names) else ():
        named = [c for c in columns if heads[c] == each] or [
            c for c in columns
            if (heads[c].startswith(each) and len(each) > 2)
            or (heads[c] and each.startswith(f"{heads[c]} "))
        ]  # fmt: skip
        found += named if len(named) == 1 else []
    own = name(layout.lowest[p_column])
    below = [c for c in columns if own and heads[c].endswith(own)]
    return found if len(set(found)) == 2 else below if len(below) > 1 else []
