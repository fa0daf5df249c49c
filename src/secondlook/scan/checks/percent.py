"""A count and its percent, held against the denominators that the paper prints for it.

`secondlook.scan.shares` gives each cell every ordinary reading. Only where all of these fail is the
remaining question asked: could some patients lack the datum? If a whole number of them gives the
percent, and nothing printed excludes it, the finding is a question. It is an accusation if no
number of patients can, in a table that is understood, i.e. whose other cells hold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from fractions import Fraction

from secondlook import printed as numbers
from secondlook.printed import show
from secondlook.proportions import counts_printing
from secondlook.scan.cells import Share, printed_as, shares, sizes_printing, units_off, value
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.layout import COUNT_PERCENT, ESTIMATED, EVENTS, UNWANTED, Layout, sizes
from secondlook.scan.shares import BEHIND, COUNT_OF, IN_TEXT, SAID, UNSAID, Entry, runs

MOST_SHARED = 50
"""Sizes that the levels of a variable may share and still say what it is of."""


def check_percents(layout: Layout, document: Document, found: list[Entry]) -> list[Finding]:
    """Judge every count with a percent of one table; `found` is what `resolve` made of it."""
    findings = []
    moved = _moved(layout, found)
    held = [e for e in found if e.holds and e.count]
    others = _sizes_of_text(layout, document)
    for entry in found:
        level, recomputed, reading = _judge(layout, entry, found, held, moved, others)
        if level is None:
            continue
        against = f"{entry.of}" if entry.holds else ", ".join(str(n) for n, _ in entry.own)
        findings.append(
            layout.finding(
                "percent", level, entry.row, entry.column, entry.share.text, against, recomputed,
                reading, entry.part,
            )
        )  # fmt: skip
    return findings


def _judge(
    layout: Layout,
    entry: Entry,
    found: list[Entry],
    held: list[Entry],
    moved: dict[int, str],
    of_text: set[int],
) -> tuple[Level | None, str, str]:
    if entry.of is not None:
        exact = _exactly(entry.share, entry.of)
        how = "its digits cut" if entry.verdict == "truncated" else "reproduced"
        return "holds", exact, f"{how}; of {entry.reading}"
    if entry.strength < UNSAID:
        return None, "", ""
    if entry.count == 0:
        nothing = entry.strength < SAID or value(entry.percent) == 0
        return (None if nothing else "question"), "0", "a share of none is 0"
    recomputed = "; ".join(_exactly(entry.share, n) for n, _ in entry.own[:3])
    if id(entry) in moved:
        return "fails", recomputed, f"{moved[id(entry)]}: the row is in another order of columns"
    rounded = _rounded_otherwise(entry, found)
    if not rounded and (why := _against_its_levels(layout, entry, found)):
        return "fails", recomputed, why
    if entry.strength < SAID:
        return None, "", ""
    span = sizes_printing(entry.percent, entry.count)
    main = entry.own[0][0] if entry.own else None
    likely = "no whole number of patients" if span is None else _span(span)
    mates = [e for e in found if e.row == entry.row and e.as_printed and e.tells]
    in_cell = entry.share.of is not None and entry.share.sign
    if not (mates or in_cell or _understood(found, held)):
        return "question", recomputed, f"if this is a count with its percent, it is of {likely}"
    if rounded:
        return "question", recomputed, rounded
    if main is None:
        return "question", recomputed, f"no denominator is printed for it; it is of {likely}"
    if entry.promoted and not (
        _beside_shares(entry, found, main) or _percent_of_size(entry, found, main)
    ):
        return "question", recomputed, f"if this is a count with its percent, it is of {likely}"
    if (
        not entry.share.sign
        and not COUNT_PERCENT.search(layout.context(entry.row))
        and any(e.row == entry.row and e.own and e.count > max(n for n, _ in e.own) for e in found)
    ):
        return (
            "question",
            recomputed,
            "if these are counts, one of the row is of more than there are",
        )
    largest = max(n for n, _ in entry.own)
    where = entry.own[0][1]
    weak = all(w.startswith((IN_TEXT, COUNT_OF, BEHIND)) for _, w in entry.own)
    if weak and not (span is None or len(mates) > 1 or _of_nearly_all(entry, found, main)):
        return "question", recomputed, f"{main} is {where}; it is of {likely}"
    if span is not None and (same := _of_another(layout, entry, found, span)):
        return "question", recomputed, f"holds of {same}, as other cells of the column do"
    if entry.share.of is not None:
        if not _others_hold_in_cell(entry, found):
            return "question", recomputed, "as in most of the row; a mean of percents?"
        return "fails", recomputed, "the denominator stands in the cell"
    if _of_events(layout, entry, found, main):
        return "question", recomputed, "holds if the count is of events, the percent of patients"
    row = [e for e in found if e.row == entry.row and e.count]
    heads = {n for column in layout.head_sizes for n in column}
    exchanged = all(any(e.fits(n) for n in heads) for e in row)
    others = [e for e in row if e is not entry and _of_others(e)]
    if others and not exchanged and _of_others(entry):
        return "question", recomputed, "holds of other patients, as others of the row do"
    if not mates and not _counts_these(entry, found):
        return "question", recomputed, f"{main} is {where}, but few percents here are of it"
    if span is None:
        twice = (n for n in range(main * 17 // 20, main + 1) if entry.rounded_twice(n))
        if n := next(twice, None):
            return "question", recomputed, f"holds of {n}, if it was rounded twice"
        return "fails", recomputed, f"no whole number of patients gives it; {main} is {where}"
    if span[0] > largest:
        narrow = span[1] - span[0] <= max(3, span[0] // 16) and span[0] <= 4 * largest
        if not mates and narrow and any(span[0] <= n <= span[1] for n in of_text):
            return (
                "question",
                recomputed,
                f"holds of {_span(span)}, which the text states of a group",
            )
        return "fails", recomputed, f"it needs at least {span[0]}; {main} is {where}"
    low, high = span[0], min(span[1], largest)
    had = f"{low}" if low == high else f"{low} to {high}"
    return "question", recomputed, f"holds if {had} of {largest} had data"


def _sizes_of_text(layout: Layout, document: Document) -> set[int]:
    """Return the group sizes that the text states, but not those of the table's own columns."""
    heads = {n for column in layout.head_sizes for n in column}
    return {n for p in document.paragraphs for n in sizes(p.text)} - heads


def _rounded_otherwise(entry: Entry, found: list[Entry]) -> str | None:
    """Say which usual way of rounding, other than once and to the nearest, gives the percent."""
    used = Counter(e.of for e in found if e.column == entry.column and e.of is not None)
    often = {n for n, times in used.items() if times >= 3}
    if any(entry.nearly(n) for n in {n for n, _ in entry.own} | often):
        return "at most one unit of the last digit off: rounded twice?"
    if entry.to_hundred:
        return "moved so that the percents of its variable add to 100?"
    if entry.to_whole or _to_whole_row(entry, found):
        return "rounded to a whole percent, and then printed with a zero?"
    decimals = len(entry.percent.partition(".")[2])
    shorter = {_usual_decimals(entry, found), *([decimals - 1] if decimals > 1 else [])}
    if entry.own and any(entry.padded(entry.own[0][0], each) for each in shorter):
        return "rounded to fewer decimals, and then printed with a zero?"
    return None


def _of_nearly_all(entry: Entry, found: list[Entry], of: int) -> bool:
    """Whether nine in ten of the other percents of the column, six and more, are of this size."""
    others = {(e.count, e.percent): e.of for e in found if e.column == entry.column and e.count > 0}
    telling = {
        (e.count, e.percent) for e in found if e.column == entry.column and e.of == of and e.tells
    }
    return len(telling) >= 6 and sum(n == of for n in others.values()) * 10 >= 9 * len(others) - 10


def _of_another(
    layout: Layout, entry: Entry, found: list[Entry], span: tuple[int, int]
) -> int | None:
    """Return another size that this cell shares with others of its column, or with the total."""
    if span[1] - span[0] > max(4, span[0] // 16):
        return None
    totals = (
        n
        for c in range(layout.labels, layout.table.columns)
        if layout.is_total(c)
        for n in layout.head_sizes[c]
    )
    for n in totals:
        if span[0] <= n <= span[1]:
            return n
    own = {n for n, _ in entry.own}
    for other in found:
        if other is entry or other.column != entry.column or not other.count:
            continue
        if other.holds:
            size = other.of or 0
            if other.tells and size not in own and span[0] <= size <= span[1]:
                return size
            continue
        theirs = sizes_printing(other.percent, other.count)
        if theirs is None or theirs[1] - theirs[0] > max(4, theirs[0] // 16):
            continue
        low, high = max(span[0], theirs[0]), min(span[1], theirs[1])
        if low <= high:
            return low
    return None


def _others_hold_in_cell(entry: Entry, found: list[Entry]) -> bool:
    """Whether half of the row's counts of a number hold; where it has one alone, its column's."""
    told = [e for e in found if e.share.of is not None and e.count]
    row = [e for e in told if e.row == entry.row]
    if len(row) > 1:
        return 2 * sum(e.holds for e in row) >= len(row)
    column = [e for e in told if e.column == entry.column and e is not entry]
    return bool(column) and sum(e.holds for e in column) * 10 >= 8 * len(column)


def _of_events(layout: Layout, entry: Entry, found: list[Entry], main: int) -> bool:
    """Whether a number of patients below the count gives the percent, where events are counted.

    It is no reading where what happened as often or oftener holds, three times, as patients.
    """

    def told(e: Entry) -> bool:
        return bool(EVENTS.search(layout.context(e.row)) or UNWANTED.search(layout.table.caption))

    if not told(entry):
        return False
    patients = [n for n in counts_printing(entry.percent, main) if n < entry.count]
    oftener = [
        e
        for e in found
        if e.column == entry.column
        and e.tells
        and 2 * e.count >= max(patients, default=0)
        and told(e)
    ]
    return bool(patients) and len(oftener) < 3


def _counts_these(entry: Entry, found: list[Entry]) -> bool:
    """Whether the printed denominator is of the unit that is counted: others hold for it too.

    A head may count clinics, and the cells their patients.
    """
    own = {n for n, _ in entry.own}
    alike = {
        (e.count, e.percent)
        for e in found
        if e.column == entry.column and e.of in own and e.tells and e is not entry
    }
    above = [e for e in found if e.column == entry.column and e.own and e.count > e.own[-1][0]]
    return len(alike) >= 2 and len(above) < 3


def _to_whole_row(entry: Entry, found: list[Entry]) -> bool:
    """Whether its row or column prints whole percents with a zero behind them: 48.0 for 48.2."""
    row = [e for e in found if e.row == entry.row and e.count and value(e.percent) != 100]
    column = [e for e in found if e.column == entry.column and "." in e.percent and e.count]
    padded = sum(e.percent.endswith(".0") for e in column)
    if padded >= 5 and 2 * padded > len(column) and any(entry.as_whole(n) for n, _ in entry.own):
        return True
    zeros = all("." in e.percent and e.percent.endswith("0") for e in row)
    if (
        len(row) > 1
        and zeros
        and any(entry.padded(n, decimals) for n, _ in entry.own for decimals in range(3))
    ):
        return True
    return len(row) > 1 and all(
        any(e.as_whole(n) for n, _ in e.own) or (e.of is not None and e.as_whole(e.of)) for e in row
    )


def _of_others(entry: Entry) -> bool:
    """Whether it holds of no printed size, but would of another."""
    span = sizes_printing(entry.percent, entry.count)
    near = bool(entry.own) and span is not None and span[0] <= 2 * entry.own[0][0]
    return not entry.holds and near


def _usual_decimals(entry: Entry, found: list[Entry]) -> int:
    """Return how many decimals most percents of the column have."""
    told = Counter(
        len(e.percent.partition(".")[2]) for e in found if e.column == entry.column and e.count
    )
    return told.most_common(1)[0][0]


def _beside_shares(entry: Entry, found: list[Entry], of: int) -> bool:
    """Whether a cell that nothing calls a share is like one beside it, or near one above it."""
    alike = 3 * value(entry.percent) * of >= 100 * entry.count >= value(entry.percent) * of / 3
    return any(
        e.tells
        and (
            e.row == entry.row
            or (alike and e.column == entry.column and abs(e.row - entry.row) == 1)
        )
        for e in found
    )


def _percent_of_size(entry: Entry, found: list[Entry], of: int) -> bool:
    """Whether another count of `of` gives the percent, hardly by chance, as the column's others."""
    printable = Fraction(100) / numbers.parse(entry.percent).unit
    others = [e for e in found if e.column == entry.column and e is not entry and e.tells]
    return (
        20 * of <= printable
        and bool(counts_printing(entry.percent, of))
        and len(others) >= 5
        and sum(e.of == of for e in others) * 10 >= 9 * len(others)
    )


def _exactly(share: Share, of: int) -> str:
    exact = show(100 * share.count / of, like=share.percent, extra=1)
    return f"{share.count} of {of} is {exact} %"


def _span(span: tuple[int, int]) -> str:
    return f"{span[0]}" if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _understood(found: list[Entry], held: list[Entry]) -> bool:
    """Whether enough of the table holds to say that its layout was read rightly."""
    judged = [e for e in found if e.strength == SAID and e.count]
    good = [e for e in held if e.strength == SAID]
    telling = {(e.count, e.percent) for e in good if e.tells}
    return len(telling) >= 3 and len(good) * 10 >= 6 * len(judged)


def _against_its_levels(layout: Layout, entry: Entry, found: list[Entry]) -> str | None:
    """Say that the other levels of its variable are of one number, of which this is not.

    They must leave of that number the printed count, or the count that the percent gives: what
    is listed may be no levels of one variable. That patients lack the datum saves nothing, unless
    one number gives all percents.
    """
    section = layout.sections[entry.row]
    column = [e for e in found if e.column == entry.column and e.part == entry.part]
    run = next(run for run in runs(column) if entry in run)
    levels = [e for e in run if layout.sections[e.row] == section] if section else run
    others = [e for e in levels if e is not entry and value(e.percent) < 100]
    known = {n for n, _ in entry.own} | {e.of for e in column if e.of is not None and e.tells}
    return _completes(entry, others, known)


def _completes(entry: Entry, others: list[Entry], known: set[int]) -> str | None:
    """Hold a level to the others: of a size that is known, or of one that all of them share."""
    counted = [e for e in others if e.count]
    spans = [sizes_printing(e.percent, e.count) for e in counted]
    told = [span for span in spans if span is not None]
    if not told or len(told) < len(spans):
        return None
    low, high = max(a for a, _ in told), min(b for _, b in told)
    own = sizes_printing(entry.percent, entry.count) or (0, -1)
    shared = min(high, own[1])
    if max(low, own[0]) > shared:
        shared = 0
    telling = sum((b - a) * 8 <= a for a, b in told)
    every = entry.count + sum(e.count for e in counted)
    possible = {n for n in known if all(e.fits(n) for e in counted) and shared < every}
    if not shared and telling >= 2 and high - low <= MOST_SHARED:
        possible |= set(range(low, high + 1))
    for n in sorted(possible):
        rest = n - sum(e.count for e in counted)
        if rest <= 0 or units_off(entry.percent, entry.count, n) <= (1 if n in known else 2):
            continue
        if rest == entry.count:
            return f"the other levels of the variable are of {n}, and it adds to them"
        if len(counted) > 1 and rest in counts_printing(entry.percent, n):
            return (
                f"the other levels of the variable are of {n}, and {rest}, which is this percent, "
                "adds to them"
            )
    return None


def _moved(layout: Layout, found: list[Entry]) -> dict[int, str]:
    """Find rows whose counts each are of another column's size, and say of which column."""
    rows: dict[int, list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.part == 0:
            rows[entry.row].append(entry)
    wrong: dict[int, str] = {}
    for r, row in rows.items():
        out = [e for e in row if not e.holds and e.count]
        impossible = [e for e in out if e.own and e.count > max(n for n, _ in e.own)]
        if len(out) < 2 or not impossible:
            continue
        heads = {c: sizes[0] for c, sizes in enumerate(layout.head_sizes) if sizes}
        sources = [(s, {e.column: e.count for e in source}) for s, source in rows.items()]
        for s, whole_row in [(-1, heads), *sources]:
            away = [e for e in out if e.column not in whole_row or not e.fits(whole_row[e.column])]
            columns = [
                next((c for c, n in whole_row.items() if c != e.column and e.fits(n)), None)
                for e in away
            ]
            swapped = sorted(columns, key=str) == sorted((e.column for e in away), key=str)
            if s == r or None in columns or len(away) < 2 or (len(away) == 2 and not swapped):
                continue
            for entry, c in zip(away, columns, strict=True):
                if c is not None:
                    wrong[id(entry)] = f"holds of {whole_row[c]}, as in column {layout.heads[c]}"
            for entry in out:
                if entry not in away and s >= 0:
                    entry.take(whole_row[entry.column], f"row {layout.label(s)} of the column")
            break
    return wrong


_RATE = re.compile(r"\b(?:event )?rates? of\b|\bincidence\b|\bprobabilit", re.IGNORECASE)
"""Before a percent: it may be estimated with censoring, and its count printed beside it."""
_NAMED = re.compile(
    r"(?:\b(?:grades?|stages?|types?|class(?:es)?|levels?|HPV|CK|pT|phase|at|Hg)|[A-Z]|[-/–])\s?$"
)
"""Before two numbers with a slash: they name something, as in grade 3/4."""


def _is_share(share: Share, text: str, told: str) -> bool:
    """Whether 7/21 (33%) is a count of a number, and no grade 3/4, pressure or pair of doses."""
    if not share.of or (share.count > share.of and " of " not in share.text):
        return False
    far = _points_off(share) > 15
    small = share.of < 20 and " of " not in share.text
    differs = printed_as(share.percent, share.count, share.of) == "differs"
    if differs and told.count(f"{share.count}/{share.of}") >= 3:
        return False
    if differs and share.of <= 5 and "/" in share.text and not far:
        return False  # about a third
    return not far or not (small or _NAMED.search(text[: share.start]))


def check_text_percents(document: Document) -> list[Finding]:
    """Judge the counts with a percent whose denominator the sentence itself prints."""
    findings = []
    told = " ".join(p.text for p in document.paragraphs)
    stated = [
        (paragraph, order, share)
        for paragraph in document.paragraphs
        for order, share in enumerate(shares(paragraph.text))
        if share.of is not None and share.sign and _is_share(share, paragraph.text, told)
    ]
    apart = Counter((share.of, share.swapped) for _, _, share in stated if _points_off(share) > 10)
    fitting = {
        (share.of, share.swapped)
        for _, _, share in stated
        if printed_as(share.percent, share.count, share.of or 0) != "differs"
    }
    for paragraph, order, share in stated:
        of = share.of or 0
        how = printed_as(share.percent, share.count, of)
        level: Level = "holds"
        reading = "reproduced" if how == "reproduced" else "its digits cut"
        if how == "differs":
            before = paragraph.text[max(0, share.start - 80) : share.start]
            after = paragraph.text[share.start : share.start + 80]
            level = "question"
            if units_off(share.percent, share.count, of) <= 1:
                reading = "at most one unit of the last digit off: rounded twice?"
            elif _RATE.search(before) or ESTIMATED.search(before + after):
                reading = "a percent of another kind?"
            elif apart[of, share.swapped] > 1 and (of, share.swapped) not in fitting:
                reading = f"no percent of {of} is near its count: thresholds, not shares?"
            else:
                level, reading = "fails", "the denominator stands beside it"
        findings.append(
            in_text(
                "percent", level, paragraph, share.text, str(of), _exactly(share, of), reading,
                order,
            )
        )  # fmt: skip
    return findings


def _points_off(share: Share) -> Fraction:
    """Return how many points lie between the percent and that of the count."""
    return abs(value(share.percent) - Fraction(100 * share.count, share.of or 1))
