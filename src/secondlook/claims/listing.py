"""Claims with their verdicts, as records, as JSON and as a table for the terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from secondlook import claims

if TYPE_CHECKING:
    from rich.table import Table

Record = dict[str, str | bool]
"""A claim's fields with ``paper``, ``recomputed``, ``verdict``, ``as_expected`` and ``how``."""

STYLES = {
    "reproduced": "green",
    "attainable": "green",
    "truncated": "yellow",
    "differs": "red",
    "conflicts": "red",
    "unattainable": "red",
    "not-derivable": "bright_black",
}


def records(key: str) -> list[Record]:
    """Recompute the claims of one paper.

    Parameters
    ----------
    key
        Citation key of the paper.

    Returns
    -------
    list of dict
        One a claim, in the order of the claims file.
    """
    return [
        {"paper": key} | {name: each[name] for name in each if name != "owner"}
        for each in claims.rows(key)
    ]


def as_json(rows: Sequence[Record]) -> str:
    """Write records as a JSON array, one object a claim."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_table(key: str, rows: Sequence[Record]) -> Table:
    """Lay out the claims of one paper for a terminal; what is not as expected stands out."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=key, title_justify="left", title_style="bold", pad_edge=False, box=None)
    for heading in ("claim", "printed", "recomputed", "verdict", "expected"):
        table.add_column(heading, overflow="fold", header_style="underline")
    for row in rows:
        verdict, expected = str(row["verdict"]), str(row["expect"])
        as_expected = bool(row["as_expected"])
        table.add_row(
            Text(str(row["id"]), style="" if as_expected else "bold red"),
            Text(str(row["printed"])),
            Text(str(row["recomputed"])),
            Text(verdict, style=STYLES.get(verdict, "")),
            Text(
                expected if as_expected else f"{expected}  <- not so",
                style="" if as_expected else "bold red",
            ),
        )
    return table


def counts(rows: Sequence[Record]) -> dict[str, int]:
    """Count verdicts, in the order of the vocabulary, leaving out those that do not occur."""
    counted = Counter(str(row["verdict"]) for row in rows)
    return {verdict: counted[verdict] for verdict in claims.VERDICTS if counted[verdict]}
