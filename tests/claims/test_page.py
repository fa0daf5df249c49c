"""Correct: a ledger on a page is this HTML, with nothing live in it; compared by eye, once."""

from __future__ import annotations

import pandas as pd

from secondlook.claims.page import ledger_table

EMPTY = {"cause": "", "why": "", "cites": "", "how": "", "as_expected": True}
ROWS = [
    EMPTY | {
        "id": "orr", "where": "Abstract; Section 3", "quantity": "response", "printed": "52.3",
        "recomputed": "52.381", "verdict": "truncated", "expect": "truncated",
        "cause": "rounding", "why": "cut <b>", "how": "11 of 21",
    },
    EMPTY | {
        "id": "both", "where": "Text", "quantity": "n", "printed": "11", "recomputed": "10",
        "verdict": "conflicts", "expect": "reproduced", "as_expected": False, "cites": "8",
    },
    EMPTY | {
        "id": "last", "where": "Text, last row", "quantity": "n", "printed": "1",
        "recomputed": "2", "verdict": "conflicts", "expect": "conflicts",
    },
]  # fmt: skip


def label(verdict: str) -> str:
    return f'<span class="verdict verdict-{verdict}">{verdict}</span>'


def test_a_ledger_is_this_page():
    parts = [
        '<div class="ledger" id="every-claim"><div class="ledger-tools" hidden>',
        '<input type="search" placeholder="find a number or a word, such as 38.5 or CD33" ',
        'aria-label="Find in the ledger"><div class="ledger-verdicts">',
        f'<label><input type="checkbox" value="truncated"> {label("truncated")} ',
        '<span>1</span></label><label><input type="checkbox" value="conflicts"> ',
        f'{label("conflicts")} <span>2</span></label></div>',
        '<p class="ledger-count" aria-live="polite">3 claims</p></div>',
        '<table data-quarto-disable-processing="true"><thead><tr><th scope="col">where</th>',
        '<th scope="col">number</th><th scope="col">printed</th><th scope="col">recomputed</th>',
        '<th scope="col">verdict and reason</th></tr></thead>',
        '<tbody><tr class="ledger-part"><th colspan="5" scope="rowgroup">Abstract</th></tr>',
        '<tr id="claim-orr" data-verdict="truncated"><td data-label="where">Section 3 ',
        '<a href="#claim-orr" class="ledger-id">orr</a></td><td data-label="number">response </td>',
        '<td data-label="printed" class="ledger-printed">52.3</td>',
        '<td data-label="recomputed">52.381</td>',
        f'<td data-label="verdict">{label("truncated")}<span class="ledger-cause"> · rounding',
        '</span><p>cut &lt;b&gt;</p><p class="ledger-how">11 of 21</p></td></tr></tbody>',
        '<tbody><tr class="ledger-part"><th colspan="5" scope="rowgroup">Text</th></tr>',
        '<tr id="claim-both" data-verdict="conflicts"><td data-label="where">Text ',
        '<a href="#claim-both" class="ledger-id">both</a></td><td data-label="number">n ',
        '<span class="ledger-cites">cites 8</span></td>',
        '<td data-label="printed" class="ledger-printed">11</td>',
        '<td data-label="recomputed">10</td>',
        f'<td data-label="verdict">{label("conflicts")} (expected reproduced)',
        '<span class="ledger-cause"></span><p class="ledger-how"></p></td></tr>',
        '<tr id="claim-last" data-verdict="conflicts"><td data-label="where">last row ',
        '<a href="#claim-last" class="ledger-id">last</a></td><td data-label="number">n </td>',
        '<td data-label="printed" class="ledger-printed">1</td><td data-label="recomputed">2</td>',
        f'<td data-label="verdict">{label("conflicts")}<span class="ledger-cause"></span>',
        '<p class="ledger-how"></p></td></tr></tbody></table></div>',
    ]  # fmt: skip
    assert ledger_table(pd.DataFrame(ROWS)).html == "".join(parts)
