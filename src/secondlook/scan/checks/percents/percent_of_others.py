"""Of which other patients than those of its printed size a percent may be.

A label, a note or another count says so, or other percents of the column or the row are of them. Or
counts stand in another column than their percents and sizes: rows and columns were exchanged.
"""

from __future__ import annotations

from secondlook.scan.cells import any_case, only_count, printed_as
from secondlook.scan.checks.percents.percents_of_table import Percents
from secondlook.scan.findings import OF_COLUMN
from secondlook.scan.layout import Layout
from secondlook.scan.shares.denominators import LACKING, told_missing
from secondlook.scan.shares.share import COUNT_OF, OF_BLOCK, OF_ROW, SAID, Entry, by_row

AMONG = any_case(
    r"\b(?:among\b|if (?!you)|of (?:those|these|them|whom)\b|in (?:fe)?males?\b)|\(% of\b"
)
"""A label that says of whom: ``Among smokers``, ``Treated if positive``."""
_OF_SOME = any_case(
    r"\b(?:among|only|exclud(?:es|ing)|without|whom|those|available|complete|completed|completers|"
    r"information|responses|percentages? of|denominators?|not the same)\b"
)
"""As a note does that a mark points to."""


def of_other_patients(table: Percents, entry: Entry, span: tuple[int, int] | None) -> str | None:
    """Say what tells that the column may be of more patients than its printed size.

    These are counts of it that are larger, or another size that the article states of a group;
    and the size itself, if it is the count of another row, and the column prints its own.
    """
    main, where = table.size(entry)
    other = next((n for n, _ in entry.own if n != main), 0)
    if where.startswith(COUNT_OF) and other:
        return f"it may be of {other}"
    said = (e for e in table.others(entry) if e.strength == SAID)
    larger = [e for e in said if e.own and e.own[0][0] == main < e.count]
    if len(larger) > 1:
        return f"{len(larger)} counts of the column are larger than its size"
    low, high = span or (1, 0)
    rows = (told.values() for told in table.layout.size_rows.values())
    here = {n for told in (table.layout.head_sizes, *rows) for sizes in told for n in sizes}
    stated = sorted(n for n in table.groups.stated - here if low <= n <= high)
    if main < low and _narrow((low, high)) and stated and 10 * stated[0] <= 11 * main:
        return f"it is of {stated[0]}, which the article states of a group"
    return None


def of_fewer_as_told(table: Percents, entry: Entry, span: tuple[int, int]) -> bool:
    """Whether label, notes or the row itself say that it is of fewer: of smokers, of some."""
    own = min((n for n, _ in entry.own if n > span[1]), default=0)
    if not own or entry.over is not None or any(entry.nearly(n) for n, _ in entry.own):
        return False
    layout = table.layout
    noted = layout.noted_at(entry.row, entry.column)
    if AMONG.search(layout.context(entry.row)) or _OF_SOME.search(noted):
        return True
    told = filter(LACKING.search, (noted, layout.unmarked, *layout.heads))
    lack = max((max(told_missing(note), default=0) or own // 2 for note in told), default=0)
    return own - span[1] <= lack or _adds_up(table, entry)


def _adds_up(table: Percents, entry: Entry) -> bool:
    """Whether as many of the groups have the datum as of all, or as a label says of them."""
    row = table.rows[entry.row]
    *groups, total = sorted(row, key=lambda e: e.count)
    wholes = [(groups, total.sizes)] if total.count == sum(e.count for e in groups) else []
    wholes += [(row, (n, n)) for n, where in entry.own if where in (OF_ROW, OF_BLOCK)]
    return any(_add_to([e.sizes for e in some], whole) for some, whole in wholes)


def of_beside(table: Percents, entry: Entry) -> bool:
    """Whether it is of a count before it, or has no size, and that number is its percent."""
    if entry.own:
        return _of_counts_before(table, entry)
    n = only_count(table.layout.grid[entry.row][entry.column - 1].text) or 0
    return n > 0 and printed_as(entry.percent, n, entry.count) != "differs"


def _of_counts_before(table: Percents, entry: Entry) -> bool:
    """Whether it is of the count in the nearest column before it that prints no shares."""
    counts = range(table.layout.labels, entry.column)
    before = max((c for c in counts if c not in table.columns), default=0)
    n = only_count(table.layout.grid[entry.row][before].text) or 0
    return before > 0 and entry.fits(n)


def of_another(table: Percents, entry: Entry, span: tuple[int, int]) -> int | None:
    """Return another size that it shares with others of its column, or with the total."""
    layout, own = table.layout, {n for n, _ in entry.own}
    others = [e for e in table.others(entry) if e.count]
    of = [(n, n) for c in filter(layout.is_total, layout.columns) for n in layout.head_sizes[c]]
    of += [(e.of, e.of) for e in others if e.of is not None and e.tells and e.of not in own]
    open_ = (e.span for e in others if e.strength == SAID and not e.holds)
    of += [theirs for theirs in open_ if theirs is not None and _narrow(theirs)]
    shared = (max(span[0], low) for low, high in of if low <= span[1] and span[0] <= high)
    return next(shared, None) if _narrow(span) else None


def not_of_the_printed(table: Percents, entry: Entry) -> str | None:
    """Whether the number behind its count is another than the one that it is of."""
    of = entry.over
    if of is None or entry.of == of or not 0 < entry.count <= of:
        return None
    return f"it is of {entry.reading}; {of} is printed behind it"


def _add_to(parts: list[tuple[int, int] | None], whole: tuple[int, int] | None) -> bool:
    """Whether several sizes, each between two ends, make another."""
    spans = [span for span in parts if span]
    if len(spans) < max(2, len(parts)) or whole is None:
        return False
    least, most = (sum(ends) for ends in zip(*spans, strict=True))
    return bool(least <= whole[1] and whole[0] <= most)


def far_from(span: tuple[int, int] | None, of: int) -> bool:
    """Whether all that print so are far from a size, whose patients do not only lack a datum."""
    return span is not None and (4 * span[1] < 3 * of or 4 * span[0] > 5 * of)


def _narrow(span: tuple[int, int]) -> bool:
    """Whether few sizes print so."""
    return span[1] - span[0] <= max(4, span[0] // 16)


def _of_others(entry: Entry) -> bool:
    """Whether it holds of no printed size, but would of another."""
    span = entry.span
    near = bool(entry.own) and span is not None and span[0] <= 2 * entry.own[0][0]
    return bool(not entry.holds and near)


def as_others(entry: Entry, row: list[Entry]) -> bool:
    """Whether another of its row, too, is not of its own size, or two are of one size with it."""
    others = [e for e in row if e is not entry and _of_others(e)]
    low, high = entry.span or (1, 0)
    theirs = (e.span or (1, 0) for e in others)
    same = sum(max(low, least) <= min(high, most) for least, most in theirs)
    return (bool(others) and _of_others(entry)) or same > 1


def exchanged(table: Percents, r: int) -> bool:
    """Whether the counts of a row all have their percent of some size of the heads."""
    heads = {n for column in table.layout.head_sizes for n in column}
    return all(any(map(e.fits, heads)) for e in table.rows[r] if e.count)


def crossed(table: Percents, entry: Entry) -> str | None:
    """Whether its levels make the size of another column, and those of that column this one."""
    heads, sizes_of = table.layout.heads, table.layout.head_sizes
    for other in table.rows[entry.row] if entry.exclusive else ():
        crossed = entry.of in sizes_of[other.column] and other.of in sizes_of[entry.column]
        if other.exclusive and crossed and entry.of != other.of:
            levels = f"its levels make {entry.of}, the size of {heads[other.column]}"
            return f"{levels}, and those of that column {other.of}, the size {OF_COLUMN}"
    return None


def moved_counts(layout: Layout, found: list[Entry]) -> dict[int, str]:
    """Find rows whose counts each are of another column's size, and say of which column.

    The counts by their `id`. Where the sizes are another row, the rest of the row takes its own.
    """
    rows = {r: [e for e in row if e.part == 0] for r, row in by_row(found).items()}
    wholes = {-1: layout.sizes}
    wholes |= {r: {e.column: e.count for e in row} for r, row in rows.items()}
    wrong: dict[int, str] = {}
    for r, row in rows.items():
        out = [e for e in row if not e.holds and e.count]
        for s, whole in wholes.items() if any(e.beyond for e in out) else ():
            away = {e.column: e for e in out if not e.fits(whole.get(e.column, 0))}
            of = {c: next((d for d, n in whole.items() if d != c and e.fits(n)), -1)
                  for c, e in away.items()}  # fmt: skip
            swapped = sorted(of.values()) == sorted(away)
            if s == r or -1 in of.values() or len(away) < (2 if swapped else 3):
                continue
            for c, d in of.items():
                wrong[id(away[c])] = f"holds of {whole[d]}, as in column {layout.heads[d]}"
            for entry in out if s >= 0 else ():
                if entry.column not in away:
                    entry.take(whole[entry.column], "")
                    entry.reading = f"row {layout.label(s)} of the column"
            break
    return wrong
