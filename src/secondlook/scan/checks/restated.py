"""The same quantity at two places: what the text repeats of the tables, or of itself.

What is repeated alike holds. What one place prints alone and another nearly is a question: one of
the two is a misprint, or they are of other patients. So are two that a sentence exchanges.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondlook.scan.checks.exchanged import exchanged
from secondlook.scan.checks.twins import Repeats
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import Layout
from secondlook.scan.passages import Passage, Printed

EXCHANGED = "said here of the group or row of the next number; exchanged in one of the places?"


def check_restated(document: Document, layouts: Sequence[Layout]) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    repeats = Repeats(document, layouts)
    findings = [
        _finding("question", twin.here, twin.number, twin.there, twin.other)
        for twin in repeats.twins()
    ]
    turned = {}
    for here, number, there, other in exchanged(repeats.told):
        asked = _finding("question", here, number, there, other, EXCHANGED)
        turned[here.order, number.statement] = asked
    for again in repeats.repeated():
        if (again[0].order, again[1].statement) not in turned:
            findings.append(_finding("holds", *again))
    return [*findings, *turned.values()]


def _finding(
    level: Level, here: Passage, number: Printed, there: Passage, other: Printed, why: str = ""
) -> Finding:
    """Say that two places print the same, or ask about a number that only one of them does."""
    printed, against = here.shown(number), f"{there.shown(other)} ({there.where(other)})"
    reading = why or "the same in both places"
    if level == "question" and not why:
        reading = f"{number.text} here but {other.text} there; a misprint, or of other patients?"
    table = here.layout.table.index if here.layout else None
    return Finding(
        "restated", level, table, here.row if here.layout else None, number.column,
        0 if here.layout else number.statement, here.where(number), printed, against, "", reading,
    )  # fmt: skip
