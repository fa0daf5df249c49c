"""Notes that say that some patients lack a datum, which a percent is of those who have it."""

from __future__ import annotations

import re

from secondlook.scan.cells import any_case, numeral

LACKING = any_case(
    r"\b(?:missing|unknown|unavailable|excluded?|excluding|no data|lost|non-?response|"
    r"incomplete data|(?:could|did) not|declined|refused|with (?:available |complete )?data)\b|"
    r"(?:\bnot|n't) (?:\w+ ){0,2}(?:all|available|reported|recorded|known|complete|perform|answer|"
    r"assessed|obtained|done|measured|sum|add|total)\w*(?!\w|\s*(?:[.,;)]|$))|"
    r"\bavailable (?:for|from|in|data)\b|"
    r"\b(?:denominators?|sample sizes?|numbers?|totals?) (?:\w+ ){0,5}"
    r"(?:var(?:y|ies|ied)|differs?|lower|less|smaller)\b"
)
"""A note that says so: some patients lack a datum, which a percent is of those who have it.

What ends the note, as in ``NR, not reported``, explains no more than a sign.
"""
_NOTES = re.compile(r"[.;] |\^[a-z](?=[A-Z])|(?=\^)")
"""Between the notes of a footnote."""


def told_missing(note: str) -> list[int]:
    """Return how many patients a footnote leaves out: "not recorded in four", "3 missing"."""
    said = " ".join(part for part in _NOTES.split(note) if LACKING.search(part))
    return [n for word in re.findall(r"\b[A-Za-z]+\b|(?<![\w.,^])\d{1,4}(?![\w.,%])", said)
            if (n := numeral(word)) is not None]  # fmt: skip
