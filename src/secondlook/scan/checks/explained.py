"""A P that one check asks about and another gives: the question is answered.

Checks do not know of each other; what they say of one cell is told apart by their names and words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondlook.scan.findings import NEAR_LIMITS, Finding

_ABOUT_P = re.compile(
    r"p-of-table|(?:mean|interval): .*\b(?:t test|P)\b|interval: it does not follow"
)
_GIVES_P = re.compile(
    r"p-of-table: (?:printed by|at most)|mean: a .*\bgives it$|"
    rf"interval: (?:the limits give the P|{NEAR_LIMITS}|it follows)"
)
WIDE_P = 0.2
"""Limits that allow a wider range of P than this say little of it."""


def explained(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out questions about a P of a table that other numbers of its row give.

    Where the table prints a difference that was adjusted, its counts or means give another P.
    """
    given = {_cell(f): f for f in findings if f.table is not None and _gives_p(f)}
    return [
        f for f in findings
        if f.level != "question" or not _ABOUT_P.search(f"{f.check}: {f.reading}")
        or given.get(_cell(f), f) is f
    ]  # fmt: skip


def _cell(finding: Finding) -> tuple[int | None, int | None, int | None]:
    return finding.table, finding.row, finding.column


def _gives_p(finding: Finding) -> bool:
    """Whether other numbers give a P, closely, that is no bound which most would."""
    p = finding.printed.rpartition("P ")[2]
    ends = [float(n) for n in re.findall(r"\d*\.\d+(?:e-?\d+)?", finding.recomputed)]
    wide = finding.check == "interval" and (not ends or max(ends) - min(ends) > WIDE_P)
    gives = (finding.level == "holds" or finding.slight) and _GIVES_P.search(
        f"{finding.check}: {finding.reading}"
    )
    return bool(gives) and not wide and p[:1] not in set("<>≤≥")
