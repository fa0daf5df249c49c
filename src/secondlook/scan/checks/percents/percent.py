"""A count and its percent, held against the denominators that the paper prints for it.

`secondlook.scan.shares.denominators` gives each cell every ordinary reading. Only where all of
these fail is the remaining question asked: could some patients lack the datum? If a whole number of
them gives the percent, and nothing printed excludes it, the finding is a question. It is an
accusation if no number of patients can, in a table that is understood: whose other cells hold.
"""

from __future__ import annotations

from fractions import Fraction

from secondlook.proportions import counts_printing
from secondlook.scan.cells import nearly_of_any, only_count, rounded_twice, spanned, value
from secondlook.scan.checks.percents.percent_of_levels import against_its_levels, alone_of_its_size
from secondlook.scan.checks.percents.percent_of_others import (
    as_others,
    crossed,
    exchanged,
    far_from,
    moved_counts,
    not_of_the_printed,
    of_another,
    of_beside,
    of_fewer_as_told,
    of_other_patients,
)
from secondlook.scan.checks.percents.percent_rounded import (
    SAVED,
    a_unit_from,
    cut_alone,
    rounded_otherwise,
)
from secondlook.scan.checks.percents.percents_of_table import Percents
from secondlook.scan.findings import OF_COLUMN, Finding, Level
from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.layout import COUNT_PERCENT, ESTIMATED_THROUGHOUT, Layout, measured, sizes
from secondlook.scan.shares.share import (
    BEHIND,
    BESIDE,
    COUNT_BEFORE,
    COUNT_OF,
    NOTED,
    SAID,
    SURE,
    UNSAID,
    Entry,
    nearly_all,
)

MANY = 3
"""Percents of a column that are far from its size, and leave open of what it is."""


def check_percents(layout: Layout, found: list[Entry], groups: Groups) -> list[Finding]:
    """Judge every count with a percent of one table; `found` is what `resolve` made of it."""
    table, moved = Percents(layout, found, groups), moved_counts(layout, found)
    findings = []
    for entry in found:
        level, reading = _judge(table, entry, moved.get(id(entry)))
        if level is None:
            continue
        if level == "fails" and ESTIMATED_THROUGHOUT.search(layout.told):
            level, reading = "question", f"{reading}; an estimate, as others are?"
        own = list(dict.fromkeys(n for n, _ in entry.own))
        enough = [n for n in own if n >= entry.count] or own  # of fewer it cannot be
        held_to = [entry.of] if entry.of is not None else enough
        given = [entry.exactly(n) for n in held_to[:3] if n >= entry.count]
        recomputed = "; ".join(given) if entry.count else "0"
        if level == "holds":
            how = "its digits cut" if entry.verdict == "truncated" else "reproduced"
            reading = f"{how}; of {entry.reading}"
        told = entry.text, ", ".join(map(str, held_to)), recomputed, reading, entry.part
        findings.append(layout.finding("percent", level, entry.row, entry.column, *told))
    return findings


def _judge(table: Percents, entry: Entry, moved: str | None) -> tuple[Level | None, str]:
    """Say whether a count with its percent holds, and why not."""
    if entry.apart:
        return "question", f"{entry.apart} {OF_COLUMN}"
    if entry.of is not None:
        why = alone_of_its_size(table, entry) or cut_alone(table, entry)
        why = why or crossed(table, entry) or not_of_the_printed(table, entry)
        return ("question", why) if why else ("holds", "")
    if entry.strength < UNSAID:
        return None, ""
    if entry.count == 0:
        nothing = entry.strength < SAID or value(entry.percent) == 0
        return (None if nothing else "question"), "a share of none is 0"
    if moved:
        return "fails", f"{moved}: the row is in another order of columns"
    if entry.turned or of_beside(table, entry):
        return None, ""
    rounded = rounded_otherwise(table, entry)
    if not rounded and (why := against_its_levels(table, entry)):
        return "fails", why
    span = entry.span
    if entry.strength < SAID:
        asked: Level | None = "question" if table.mates(entry) else None
        return asked, f"as a count with its percent {_it_is_of(span)}; is it one?"
    if span is not None and not entry.own and not table.is_said(entry):
        return None, ""
    if span is not None and of_fewer_as_told(table, entry, span):
        return None, ""
    if (doubt := _doubt(table, entry, span, rounded)) is not None:
        return doubt
    if (of := entry.over) is not None:
        sure: Level = "fails" if of >= entry.count else "question"  # 31/1 may be 31.1
        return sure, "not the percent of the fraction printed with it"
    main, where = table.size(entry)
    if where.startswith(ELSEWHERE):
        return "question", f"{main} is {where}; {_it_is_of(span)}"
    told = f"{entry.count} is {entry.percent} %"
    if (why := of_other_patients(table, entry, span)) is not None:
        return "question", f"{why}; {main} is {where}"
    if span is None:
        return "fails", f"{told} of no whole number of patients; {main} is {where}"
    if span[0] > table.largest(entry):
        level: Level = "question" if where.startswith(BEHIND) else "fails"  # nobody printed it
        return level, f"{told} only of {span[0]} patients or more; {main} is {where}"
    return "question", _had_data(span, min(n for n, _ in entry.own if n >= span[0]))


def _doubt(
    table: Percents, entry: Entry, span: tuple[int, int] | None, rounded: str | None
) -> tuple[Level | None, str] | None:
    """Say what may save a percent that no printed size gives, or leaves open what it is.

    An ordinary reading for which nothing here speaks is not asked about: what nothing calls a
    share may be none, and a row whose counts all are of fewer lacks data.
    """
    layout = table.layout
    if not table.is_said(entry):
        return (None, "") if rounded else _among_few(table, entry, span)
    row, others, mates = table.rows[entry.row], table.others(entry), table.mates(entry)
    if rounded:
        return "question" if rounded != SAVED else None, rounded
    if not entry.own:
        if span is None:
            return "question", _it_is_of(span)
        return _of_nobody(table, entry, span)
    main, where = table.size(entry)
    if entry.count == main:
        return None, ""
    if entry.promoted and not _like_shares(table, entry, main):
        return "question", f"as a count with its percent {_it_is_of(span)}; is it one?"
    said = entry.sign or entry.over is not None or bool(mates)
    said = said or bool(COUNT_PERCENT.search(layout.context(entry.row)))
    if not said and any(e.beyond for e in row):
        return None, ""  # a score and its SD
    ways = (NOTED, COUNT_OF, COUNT_BEFORE, BEHIND, BESIDE, ELSEWHERE)
    weak = all(w.startswith(ways) for _, w in entry.own)
    if weak and not (span is None or len(mates) > 1 or nearly_all(others, main, SURE)):
        elsewhere = where.startswith(ELSEWHERE)  # where fewer may have been followed
        silent = elsewhere and not mates
        return None if silent else "question", f"{main} is {where}; {_it_is_of(span)}"
    events = entry.over is None and _of_events(table, entry, main)
    if events and "number of events" in layout.told:
        return None, ""
    if span is not None and (same := of_another(table, entry, span)):
        return "question", f"{entry.percent} % of {same} patients, as are others {OF_COLUMN}"
    if events:
        return "question", "holds if the count is of events, the percent of patients"
    if entry.over is not None:
        if not table.others_hold_in_cell(entry):
            return "question", "as in most of the row; a mean of percents?"
        return None
    told = [e for e in row if e.count]
    if as_others(entry, told) and not exchanged(table, entry.row):
        too = "and others of its row too are not of theirs: who lacks data?"
        return "question", f"{_it_is_of(span)}, {too}"
    if not (mates or _counts_these(table, entry)):
        other = span is not None and span[0] < main and far_from(span, main)  # the head of another
        return None if other else "question", f"{main} is {where}; {_it_is_of(span)}"
    if span is None:
        return _nearly_of_fewer(entry, main, bool(mates))
    return None


def _nearly_of_fewer(entry: Entry, main: int, mates: bool) -> tuple[Level, str] | None:
    """Ask of what no size gives if it is of those with data, rounded twice, or a unit off."""
    fewer = range(max(entry.count, main * 17 // 20), main)
    twice = [n for n in fewer if rounded_twice(entry.percent, Fraction(100 * entry.count, n))]
    if twice:
        return "question", f"{_had_data((twice[0], twice[-1]), main)}, rounded twice"
    near = None if mates else next(filter(entry.nearly, range(main, 0, -1)), None)
    return ("question", a_unit_from(entry, near)) if near else None


def _among_few(
    table: Percents, entry: Entry, span: tuple[int, int] | None
) -> tuple[Level | None, str]:
    """Ask of what the printed size does not give in a table of which few percents hold.

    Only from half to twice that size, unless a sign and the others say that it is a share.
    """
    if not entry.own:
        said = f"{table.layout.last_label(entry.row)} {table.layout.lowest[entry.column]}"
        none = not nearly_of_any(entry.percent, entry.count)
        return "question" if none and COUNT_PERCENT.search(said) else None, _it_is_of(span)
    main, where = table.size(entry)
    away = where.startswith(ELSEWHERE)
    if entry.over is not None or _of_events(table, entry, main):
        return None, ""
    share = entry.sign and _near(entry, main)
    others = table.others(entry)
    held = sum(e.of == main and e.tells for e in others)
    astray = [e for e in others if e.strength == SAID and not e.holds]
    if sum(far_from(e.span, main) for e in astray) >= max(MANY, held):
        return None, ""  # the column is of something else
    if span is None:
        asked = held >= MANY or share
        return "question" if asked else None, f"{main} is {where}; {_it_is_of(span)}"
    far = not (held >= MANY and share) and (span[0] > 2 * main or 2 * span[1] < main)
    if far or (away and span[0] <= table.largest(entry)):
        return None, ""
    if span[0] > main:
        return "question", f"{main} is {where}; {_it_is_of(span)}"
    return "question", _had_data(span, main)


def _of_nobody(table: Percents, entry: Entry, span: tuple[int, int]) -> tuple[Level | None, str]:
    """Ask of what few sizes give, if they are printed of no group, and not beside it."""
    grid = table.layout.grid
    beside = {only_count(cell.text) or 0 for cell in grid[entry.row]} - {entry.count}
    beside |= {e.count for e in table.rows[entry.row] if e is not entry}
    printed = {n for row in grid for n in sizes(row[entry.column].text)}
    printed |= beside | table.groups.stated
    telling = span[1] - span[0] <= max(3, span[0] // 16)
    stated = any(span[0] <= n <= span[1] for n in printed)
    reading = f"{_it_is_of(span)}, which is printed of no group"
    return "question" if telling and not stated else None, reading


def _of_events(table: Percents, entry: Entry, main: int) -> bool:
    """Whether fewer patients than the count give the percent, where events are counted."""
    printed = counts_printing(entry.percent, main)
    return table.counts_events(entry) and any(n < entry.count for n in printed)


def _counts_these(table: Percents, entry: Entry) -> bool:
    """Whether the printed denominator is of the unit that is counted: others hold for it too.

    A head may count clinics, and the cells their patients.
    """
    own = {n for n, _ in entry.own}
    alike = {(e.count, e.percent) for e in table.others(entry) if e.of in own and e.tells}
    return len(alike) >= 2


def _like_shares(table: Percents, entry: Entry, of: int) -> bool:
    """Whether a cell that nothing calls a share is like one beside it, or near one above it.

    Or its percent is that of another count.
    The percent is hardly so by chance if it has a decimal and nearly all others are of `of`.
    """
    others = table.others(entry)
    near = [e for e in others if abs(e.row - entry.row) == 1 and _near(entry, of)]
    beside = any(e.tells for e in (*table.rows[entry.row], *near))
    if beside and not measured(table.layout.label(entry.row)):
        return True
    printable = "." in entry.percent and bool(counts_printing(entry.percent, of))
    return printable and nearly_all(others, of, SURE)


def _it_is_of(span: tuple[int, int] | None) -> str:
    return f"it is of {spanned(span) if span else 'no whole number of patients'}"


def _had_data(span: tuple[int, int], of: int) -> str:
    return f"holds if {spanned((span[0], min(span[1], of)))} of {of} had data"


def _near(entry: Entry, of: int) -> bool:
    """Whether the percent is within a factor of three of what the count is of a size."""
    printed = value(entry.percent) * of
    return 3 * printed >= 100 * entry.count >= printed / 3
