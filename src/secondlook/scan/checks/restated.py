"""The same quantity at two places: an interval that is printed twice with two estimates.

Two analyses seldom have the same limits to two decimals. If the limits agree and the estimates do
not, but for rounding, one of the two is a misprint; which one, nothing says.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondlook import printed as numbers
from secondlook.scan.cells import shares
from secondlook.scan.checks.interval import Estimate
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text


def check_restated(
    document: Document, in_text: Sequence[Estimate], in_tables: Sequence[Estimate]
) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    findings = []
    for number, estimate in enumerate(in_text):
        for other in [*in_text[number + 1 :], *in_tables]:
            if not _same(estimate.low, other.low) or not _same(estimate.high, other.high):
                continue
            if _decimals(estimate.low) < 2 and _decimals(other.low) < 2:
                continue
            same = _same(estimate.value, other.value)
            level: Level = "holds" if same else "question"
            reading = (
                "the same in both places" if same else "the same limits, but another estimate there"
            )
            against = f"{other.text} ({other.place})"
            findings.append(
                Finding(
                    "restated", level, None, None, None, estimate.order, estimate.place,
                    estimate.text, against, "", reading,
                )
            )  # fmt: skip
    return [*findings, *_shares(document)]


def _shares(document: Document) -> list[Finding]:
    """Tell which counts with percents of the text stand in a table as well."""
    printed = {
        (share.count, share.percent): table
        for table in document.tables
        for row in table.grid
        for cell in row
        for share in shares(cell.text.replace("\n", " "))
    }
    findings = []
    for paragraph in document.paragraphs:
        for order, share in enumerate(shares(paragraph.text)):
            if share.sign and (table := printed.get((share.count, share.percent))):
                same = "the same in both places"
                findings.append(
                    in_text(
                        "restated", "holds", paragraph, share.text, table.label, "", same, order
                    )
                )
    return findings


def _decimals(text: str) -> int:
    return numbers.parse(text).decimals


def _same(a: str, b: str) -> bool:
    """Whether two texts can be the same number, printed with more or fewer digits."""
    first, second = numbers.admits(a).either, numbers.admits(b).either
    return float(first.lower) < float(second.upper) and float(second.lower) < float(first.upper)
