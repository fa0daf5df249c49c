"""The ledger on a page: every claim with its verdict, grouped by place, found by typing.

Without scripts every row is there to read; with those of ``styles/site.html`` a field and the
verdicts' labels filter the rows. Each claim has an anchor (``#claim-<id>``).
"""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import TYPE_CHECKING

from secondlook.claims.verdict import VERDICTS
from secondlook.markup import Markup, badge

if TYPE_CHECKING:
    import pandas as pd


def ledger_table(ledger: pd.DataFrame) -> Markup:
    """Return the ledger of one paper, from :func:`secondlook.claims.ledger`, for its page.

    A claim stands under what comes before the first comma of its first place.
    """
    rows = [
        {str(name): str(cell) for name, cell in row.items()} for row in ledger.to_dict("records")
    ]
    bodies = [
        _body(heading, [_row(row, heading) for row in under])
        for heading, under in groupby(rows, lambda row: re.split("[;,]", row["where"])[0])
    ]
    heads = "".join(
        f'<th scope="col">{word}</th>'
        for word in ("where", "number", "printed", "recomputed", "verdict and reason")
    )
    return Markup(
        f'<div class="ledger" id="every-claim">{_tools(ledger)}'
        '<table data-quarto-disable-processing="true"><thead><tr>'
        f"{heads}</tr></thead>{''.join(bodies)}</table></div>"
    )


def _tools(ledger: pd.DataFrame) -> str:
    counts = ledger["verdict"].value_counts()
    ticks = "".join(
        f'<label><input type="checkbox" value="{verdict}"> {badge(verdict)} '
        f"<span>{counts[verdict]}</span></label>"
        for verdict in VERDICTS
        if counts.get(verdict, 0)
    )
    return (
        '<div class="ledger-tools" hidden><input type="search" '
        'placeholder="find a number or a word, such as 38.5 or CD33" '
        f'aria-label="Find in the ledger"><div class="ledger-verdicts">{ticks}</div>'
        f'<p class="ledger-count" aria-live="polite">{len(ledger)} claims</p></div>'
    )


def _body(heading: str, rows: list[str]) -> str:
    head = (
        f'<tr class="ledger-part"><th colspan="5" scope="rowgroup">{html.escape(heading)}</th></tr>'
    )
    return f"<tbody>{head}{''.join(rows)}</tbody>"


def _row(row: dict[str, str], heading: str) -> str:
    safe = {key: html.escape(value) for key, value in row.items()}
    place = row["where"].removeprefix(heading).lstrip(", ;") or row["where"]
    why = f"<p>{safe['why']}</p>" if row["why"] else ""
    cause = f" · {safe['cause']}" if row["cause"] else ""
    cites = f'<span class="ledger-cites">cites {safe["cites"]}</span>' if row["cites"] else ""
    wrong = "" if row["as_expected"] == "True" else f" (expected {safe['expect']})"
    return (
        f'<tr id="claim-{safe["id"]}" data-verdict="{safe["verdict"]}">'
        f'<td data-label="where">{html.escape(place)} '
        f'<a href="#claim-{safe["id"]}" class="ledger-id">{safe["id"]}</a></td>'
        f'<td data-label="number">{safe["quantity"]} {cites}</td>'
        f'<td data-label="printed" class="ledger-printed">{safe["printed"]}</td>'
        f'<td data-label="recomputed">{safe["recomputed"]}</td>'
        f'<td data-label="verdict">{badge(row["verdict"])}{wrong}<span class="ledger-cause">{cause}'
        f'</span>{why}<p class="ledger-how">{safe["how"]}</p></td></tr>'
    )
