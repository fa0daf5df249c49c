"""Percents that were rounded otherwise than once and to the nearest: cut, to 100, or padded."""

from __future__ import annotations

from collections import Counter

from secondlook.scan.cells import value
from secondlook.scan.checks.percents.percents_of_table import Percents
from secondlook.scan.findings import A_UNIT, CUT_ALONE, OF_COLUMN, TO_HUNDRED
from secondlook.scan.shares.share import COUNT_OF, LEVELS, Entry

SAVED = "of the size of the others, or zeros were added"
"""As to 48.2, printed as 48.0; nothing is asked of it."""
LEAST_WHOLE = 5
"""Percents with an empty decimal that show that the column was rounded to whole ones."""


def rounded_otherwise(table: Percents, entry: Entry) -> str | None:
    """Say which way of rounding, other than once and to the nearest, gives the percent."""
    column = table.columns[entry.column]
    used = Counter(e.of for e in column if e.of is not None)
    often = {n for n, times in used.items() if times >= 3}
    if entry.over is not None:
        often = set(table.layout.head_sizes[entry.column])
    if near := next(filter(entry.nearly, sorted({n for n, _ in entry.own})), None):
        return a_unit_from(entry, near)
    if (same := next((n for n in sorted(often) if entry.fits(n)), None)) is not None:
        if entry.own and all(w.startswith((COUNT_OF, LEVELS)) for _, w in entry.own):
            return SAVED  # the table prints no size, and levels may lack a few of them
        return f"{entry.percent} % of {same} patients, as are others {OF_COLUMN}"
    if near := next(filter(entry.nearly, sorted(often)), None):
        return a_unit_from(entry, near)
    if entry.to_hundred:
        return TO_HUNDRED
    row = [e for e in table.rows[entry.row] if e.count and value(e.percent) != 100]
    decimal = [e for e in column if e.count and "." in e.percent]
    zeros = sum(e.percent.endswith("0") for e in decimal)
    usual = zeros >= LEAST_WHOLE and 2 * zeros > len(decimal)
    usual = usual or (len(row) > 1 and all(e.percent.endswith("0") for e in row))
    if any(entry.padded(n) for n in {*(n for n, _ in entry.own), *filter(None, used)}):
        if usual:
            return SAVED
        if len(entry.percent.partition(".")[2]) > 1 or _rounds_to_whole(table, entry):
            return "rounded to fewer digits, and a zero added?"
    return None


def _rounds_to_whole(table: Percents, entry: Entry) -> bool:
    """Whether another percent of the table is a whole one: so is this, with a zero behind it.

    It has no decimal, or one that is 0 and is none of its count.
    """
    others = [e for e in table.found if e is not entry and 0 < value(e.percent) < 100]
    padded = (e for e in others if not e.holds and any(e.padded(n) for n, _ in e.own))
    return any("." not in e.percent for e in others) or any(padded)


def cut_alone(table: Percents, entry: Entry) -> str | None:
    """Whether its digits were cut, where nearly all others of the table are rounded."""
    return f"of {entry.of} {CUT_ALONE}" if entry.verdict == "truncated" and table.rounds else None


def a_unit_from(entry: Entry, of: int) -> str:
    """Say of which size it is off by a unit of its last digit."""
    return f"{A_UNIT} from {entry.count} of {of}"
