"""A percent against the other levels of its variable: what they leave of a whole, or are of."""

from __future__ import annotations

from secondlook.proportions import counts_printing
from secondlook.scan.cells import spanned, value
from secondlook.scan.checks.percents.percent_of_others import AMONG, of_another
from secondlook.scan.checks.percents.percents_of_table import Percents
from secondlook.scan.layout import EXCLUSIVE, PAIRS, last_word, sizes
from secondlook.scan.shares.share import FAIR, OF_ROW, Entry, nearly_all, runs

MOST_SHARED = 50
"""Sizes that the levels of a variable may share and still say what it is of, or one in 200."""
TELLING = 5
"""Bits of a percent that hardly holds of another number by chance."""


def alone_of_its_size(table: Percents, entry: Entry) -> str | None:
    """Whether the other levels of its variable all are of one number, and only it is not.

    These are those of its block, or two next to it, that nearly make this number with it.
    """
    layout, of = table.layout, entry.of or 0
    variable = _variable(table, entry.row)
    if variable is None or entry.over or not entry.count or sizes(layout.label(entry.row)):
        return None
    column = table.columns[entry.column]
    levels = [e for e in column if e.part == entry.part and _variable(table, e.row) == variable]
    levels = [e for e in levels if not AMONG.search(layout.last_label(e.row))]
    at = next((i for i, e in enumerate(levels) if e is entry), len(levels))
    before, behind = levels[:at], levels[at + 1 :]
    for others in ([*before, *behind], behind[:2], before[-2:]):
        counted = [e for e in others if e.count]
        if sum(not (e.fits(of) or e.nearly(of)) for e in counted) < 2:
            continue
        spans = [e.span or (1, 0) for e in counted]
        low, high = max(a for a, _ in spans), min(b for _, b in spans)
        every = entry.count + sum(e.count for e in counted)
        if not low <= min(high, of) or not 9 * low <= 10 * every <= 10 * high:
            continue
        if not any(map(entry.nearly, {every} if every >= low else {low, high})):
            return f"it is of {of}, and the levels beside it are of {spanned((low, high))}"
    return None


def against_its_levels(table: Percents, entry: Entry) -> str | None:
    """Say that the other levels of its variable are of one number, of which this is not.

    They must leave of that number the printed count, or the count that the percent gives: what
    is listed may be no levels of one variable. That patients lack the datum saves nothing,
    unless one number gives all percents.
    """
    layout = table.layout
    section = layout.sections[entry.row]
    if any(where == OF_ROW for _, where in entry.own):
        return None  # a group, whose label prints its size, and no level
    if section is None and table.counts_events(entry):
        return None  # kinds of events, whose numbers add up by chance
    column = [e for e in table.columns[entry.column] if e.part == entry.part]
    run = next(run for run in runs(column) if entry in run)
    levels = [e for e in run if layout.sections[e.row] == section] if section else run
    others = [e for e in levels if e is not entry and value(e.percent) < 100]
    known = {n for n, _ in entry.own} | {e.of for e in column if e.of is not None and e.tells}
    pair = section is None and len(others) == 1
    chance = pair and not (
        _named_apart(table, entry, others[0])
        or _make_a_group(table, {e.row for e in levels}, entry.column)
    )
    if not chance and (why := _completes(entry, others, known)):
        made = filter(None, (_levels_with(table, e) for e in table.rows[entry.row]))
        as_there = ([e for e in others if e.row in rows] for rows in made)
        return why if all(_completes(entry, told, known) for told in as_there) else None
    own = {n for n, _ in entry.own if value(entry.percent) < 100}
    own = {n for n in own if nearly_all(table.others(entry), n, FAIR)}
    whole = sum(e.count for e in levels) if section is not None and len(levels) > 1 else 0
    if whole in own and EXCLUSIVE.search(layout.label(section or 0)):
        return f"the levels of the variable make {whole}, all of the group"
    span = entry.span
    if span is not None and of_another(table, entry, span):
        return None  # of the men, whose number is not printed, as others of them are
    return _against_the_other(table, entry, levels, known)


def _against_the_other(
    table: Percents, entry: Entry, levels: list[Entry], known: set[int]
) -> str | None:
    """Hold one of two levels that exclude each other to the other, and what that is of."""
    for other in levels:
        if abs(other.row - entry.row) != 1 or not _exclude_each_other(table, entry, other):
            continue
        n = entry.count + other.count
        off = entry.units_off(n)
        if other.bits(n) >= 4 and other.fits(n) and off > 2:
            return f"with the other level it makes {n}, of which the other's percent is"
        for of in (of for of in known if other.fits(of) and other.bits(of) >= 3):
            if of - other.count in counts_printing(entry.percent, of):
                return f"the other level leaves {of - other.count} of {of}, which this percent is"
    return None


def _variable(table: Percents, r: int) -> str | int | None:
    """Return what names the variable that a row is a level of: its first label, or a row."""
    names = table.layout.label(r).split(" > ")
    return names[0] if len(names) > 1 else table.layout.sections[r]


def _levels_with(table: Percents, entry: Entry) -> set[int]:
    """Return the rows of the levels that make its size together with it, if they do."""
    block = table.layout.sections[entry.row]
    column = table.columns[entry.column] if entry.exclusive else []
    levels = [e for e in column if e.exclusive and table.layout.sections[e.row] == block]
    return {e.row for e in levels} if sum(e.count for e in levels) == entry.of else set()


def _exclude_each_other(table: Percents, entry: Entry, other: Entry) -> bool:
    """Whether two levels make a variable: by their names, or as in another column."""
    layout = table.layout
    if _named_apart(table, entry, other):
        return True
    section = layout.sections[entry.row]
    rows = {entry.row, other.row}
    if section is None or {r for r, s in enumerate(layout.sections) if s == section} != rows:
        return False
    return _make_a_group(table, rows, entry.column)


def _named_apart(table: Percents, entry: Entry, other: Entry) -> bool:
    return {last_word(table.layout.last_label(e.row)) for e in (entry, other)} in PAIRS


def _make_a_group(table: Percents, rows: set[int], column: int) -> bool:
    """Whether in another column the percents of these rows are of what they make."""
    for c, told in table.columns.items():
        levels = [e for e in told if e.row in rows]
        every = sum(e.count for e in levels)
        telling = len(levels) == len(rows) and any(e.bits(every) >= TELLING for e in levels)
        if c != column and telling and all(e.fits(every) for e in levels):
            return True
    return False


def _completes(entry: Entry, others: list[Entry], known: set[int]) -> str | None:
    """Hold a level to the others: of a size that is known, or of one that all of them share."""
    counted = [e for e in others if e.count]
    spans = [e.span for e in counted]
    told = [span for span in spans if span is not None]
    if not told or len(told) < len(spans):
        return None
    low, high = max(a for a, _ in told), min(b for _, b in told)
    own = entry.span or (0, -1)
    shared = min(high, own[1])
    if max(low, own[0]) > shared:
        shared = 0
    telling = sum((b - a) * 8 <= a for a, b in told)
    every = entry.count + sum(e.count for e in counted)
    possible = {n for n in known if all(e.fits(n) for e in counted) and shared < every}
    if not shared and telling >= 2 and high - low <= max(MOST_SHARED, low // 200):
        possible |= set(range(low, high + 1))
    for n in sorted(possible):
        rest = n - sum(e.count for e in counted)
        if rest <= 0 or entry.units_off(n) <= (1 if n in known else 2):
            continue
        if rest == entry.count:
            if entry.is_left_by([e.percent for e in counted], n):
                return None
            return f"the levels add up to {n} and the others are percents of {n}; this one is not"
        if len(counted) > 1 and rest in counts_printing(entry.percent, n):
            return (
                f"the other levels are percents of {n}; {rest}, not {entry.count}, is this percent "
                f"and makes them add up to {n}"
            )
    return None
