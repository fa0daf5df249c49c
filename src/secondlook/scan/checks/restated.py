"""The same quantity at two places: what the text repeats of the tables, or of itself.

What is repeated alike holds. What one place prints alone and another nearly is a question: one of
the two is a misprint, or they are of other patients. So is the size of a group that two tables
print with its digits in another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondlook import printed as numbers
from secondlook.scan.cells import shares, whole
from secondlook.scan.checks.estimates import Estimate
from secondlook.scan.checks.twins import Twin, twins
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, in_text
from secondlook.scan.layout import Layout

_SIZED = re.compile(r"^(?P<name>.*[A-Za-z]{3}.*?)\W*\b[nN]\s?=\s?(?P<n>[\d,]{3,9})(?![\d.])")


def check_restated(
    document: Document,
    layouts: Sequence[Layout],
    in_text: Sequence[Estimate],
    in_tables: Sequence[Estimate],
) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    asked = (_asked(twin) for twin in twins(document, layouts))
    return [*asked, *_again(in_text, in_tables), *_sizes(layouts), *_shares(document)]


def _asked(twin: Twin) -> Finding:
    """Ask about a number that one place prints alone."""
    here, number, there, other = twin.here, twin.number, twin.there, twin.other
    printed, against = here.shown(number), f"{there.shown(other)} ({there.where(other)})"
    reading = f"{number.text} here but {other.text} there; a misprint, or of other patients?"
    if here.layout is not None and number.column is not None:
        return here.layout.finding(
            "restated", "question", here.row, number.column, printed, against, "", reading
        )
    return Finding(
        "restated", "question", None, None, None, number.statement, here.place, printed, against,
        "", reading,
    )  # fmt: skip


def _again(in_text: Sequence[Estimate], in_tables: Sequence[Estimate]) -> Iterator[Finding]:
    """Tell which estimates with their limits are printed alike at two places."""
    for number, estimate in enumerate(in_text):
        for other in [*in_text[number + 1 :], *in_tables]:
            pairs = zip(_texts(estimate), _texts(other), strict=True)
            if all(_same(one, two) for one, two in pairs) and (
                _decimals(estimate.low) >= 2 or _decimals(other.low) >= 2
            ):
                yield Finding(
                    "restated", "holds", None, None, None, estimate.order, estimate.place,
                    estimate.text, f"{other.text} ({other.place})", "", "the same in both places",
                )  # fmt: skip


def _texts(estimate: Estimate) -> tuple[str, str, str]:
    return estimate.value, estimate.low, estimate.high


def _sizes(layouts: Sequence[Layout]) -> Iterator[Finding]:
    """Find a group whose size has its digits in another order in another table."""
    seen: dict[str, tuple[str, str]] = {}
    for layout in layouts:
        for r in range(layout.head):
            for c, cell in enumerate(layout.table.grid[r]):
                match = _SIZED.match(cell.text.replace("\n", " ")) if cell.first else None
                if not match:
                    continue
                name, size = match["name"].strip(), match["n"].rstrip(",")
                first, place = seen.setdefault(name, (size, layout.table.label))
                digits, others = str(whole(size)), str(whole(first))
                if digits != others and sorted(digits) == sorted(others):
                    reading = "the same group with its digits in another order"
                    yield layout.finding(
                        "restated", "question", r, c, cell.text, f"{first} ({place})", "", reading
                    )


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
