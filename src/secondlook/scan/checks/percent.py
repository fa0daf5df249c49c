"""A count and its percent, held against the denominators that the paper prints for it.

`secondlook.scan.denominators` gives each cell every ordinary reading. Only where all of these fail
is the remaining question asked: could some patients lack the datum? If a whole number of them gives
the percent, and nothing printed excludes it, the finding is a question. It is an accusation if no
number of patients can, in a table that is understood, i.e. whose other cells hold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from secondlook.proportions import counts_printing
from secondlook.scan.cells import (
    any_case,
    nearly_of_any,
    only_count,
    printed_as,
    rounded_twice,
    spanned,
    value,
)
from secondlook.scan.findings import A_UNIT, CUT_ALONE, OF_COLUMN, TO_HUNDRED, Finding, Level
from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.lacking import LACKING, told_missing
from secondlook.scan.layout import (
    COUNT_PERCENT,
    ESTIMATED_THROUGHOUT,
    EVENTS,
    EXCLUSIVE,
    PAIRS,
    UNWANTED,
    Layout,
    last_word,
    measured,
    sizes,
)
from secondlook.scan.shares import (
    BEHIND,
    BESIDE,
    COUNT_BEFORE,
    COUNT_OF,
    FAIR,
    LEVELS,
    NOTED,
    OF_BLOCK,
    OF_ROW,
    SAID,
    SURE,
    UNSAID,
    Entry,
    by_column,
    by_row,
    nearly_all,
    nearly_complete,
    runs,
)

MOST_SHARED = 50
"""Sizes that the levels of a variable may share and still say what it is of, or one in 200."""
SAVED = "of the size of the others, or zeros were added"
"""As to 48.2, printed as 48.0; nothing is asked of it."""
LEAST_WHOLE = 5
"""Percents with an empty decimal that show that the column was rounded to whole ones."""
_AMONG = any_case(
    r"\b(?:among\b|if (?!you)|of (?:those|these|them|whom)\b|in (?:fe)?males?\b)|\(% of\b"
)
"""A label that says of whom: ``Among smokers``, ``Treated if positive``."""
_OF_SOME = any_case(
    r"\b(?:among|only|exclud(?:es|ing)|without|whom|those|available|complete|completed|completers|"
    r"information|responses|percentages? of|denominators?|not the same)\b"
)
"""As a note does that a mark points to."""
MANY = 3
"""Percents of a column that are far from its size, and leave open of what it is."""
TELLING = 5
"""Bits of a percent that hardly holds of another number by chance."""


def check_percents(layout: Layout, found: list[Entry], groups: Groups) -> list[Finding]:
    """Judge every count with a percent of one table; `found` is what `resolve` made of it."""
    table = _Table(layout, found, groups, _moved(layout, found))
    findings = []
    asked: set[tuple[int, str]] = set()
    for entry in found:
        level, reading = table.judge(entry)
        if level is None:
            continue
        if BEHIND in entry.apart and (entry.of or 0) <= entry.largest:  # who lacks data, once
            level = "holds" if (entry.column, reading) in asked else level
            asked.add((entry.column, reading))
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
        against = ", ".join(map(str, held_to))
        told = entry.text, against, recomputed, reading, entry.part
        findings.append(layout.finding("percent", level, entry.row, entry.column, *told))
    return findings


@dataclass(frozen=True)
class _Table:
    """The counts with percents of one table, by which each of them is judged."""

    layout: Layout
    found: list[Entry]
    groups: Groups
    moved: dict[int, str]

    @cached_property
    def rows(self) -> dict[int, list[Entry]]:
        return by_row(self.found)

    @cached_property
    def columns(self) -> dict[int, list[Entry]]:
        return by_column(self.found)

    @cached_property
    def exchanged(self) -> dict[int, bool]:
        """Whether the counts of a row all have their percent of some size of the heads."""
        heads = {n for column in self.layout.head_sizes for n in column}
        each = self.rows.items()
        return {r: all(any(map(e.fits, heads)) for e in row if e.count) for r, row in each}

    def judge(self, entry: Entry) -> tuple[Level | None, str]:
        """Say whether a count with its percent holds, and why not."""
        if entry.apart:
            return "question", f"{entry.apart} {OF_COLUMN}"
        if entry.of is not None:
            why = self._alone_of_its_size(entry) or self._cut_alone(entry)
            why = why or self._crossed(entry) or self._not_of_the_printed(entry)
            return ("question", why) if why else ("holds", "")
        if entry.strength < UNSAID:
            return None, ""
        if entry.count == 0:
            nothing = entry.strength < SAID or value(entry.percent) == 0
            return (None if nothing else "question"), "a share of none is 0"
        if id(entry) in self.moved:
            return "fails", f"{self.moved[id(entry)]}: the row is in another order of columns"
        if entry.turned or self._of_beside(entry):
            return None, ""
        rounded = self._rounded_otherwise(entry)
        if not rounded and (why := self._against_its_levels(entry)):
            return "fails", why
        span = entry.span
        if entry.strength < SAID:
            asked: Level | None = "question" if self._mates(entry) else None
            return asked, f"as a count with its percent {_it_is_of(span)}; is it one?"
        if span is not None and not entry.own and not self._is_said(entry):
            return None, ""
        if span is not None and self._of_fewer_as_told(entry, span):
            return None, ""
        if (doubt := self._doubt(entry, span, rounded)) is not None:
            return doubt
        if (of := entry.over) is not None:
            sure: Level = "fails" if of >= entry.count else "question"  # 31/1 may be 31.1
            return sure, "not the percent of the fraction printed with it"
        main, where = self._size(entry)
        if where.startswith(ELSEWHERE):
            return "question", f"{main} is {where}; {_it_is_of(span)}"
        told = f"{entry.count} is {entry.percent} %"
        if (why := self._of_other_patients(entry, span)) is not None:
            return "question", f"{why}; {main} is {where}"
        if span is None:
            return "fails", f"{told} of no whole number of patients; {main} is {where}"
        if span[0] > self._largest(entry):
            level: Level = "question" if where.startswith(BEHIND) else "fails"  # nobody printed it
            return level, f"{told} only of {span[0]} patients or more; {main} is {where}"
        return "question", _had_data(span, min(n for n, _ in entry.own if n >= span[0]))

    def _others(self, entry: Entry) -> list[Entry]:
        return [e for e in self.columns[entry.column] if e is not entry]

    def _size(self, entry: Entry) -> tuple[int, str]:
        """Return the printed size that nearly all of the column is of, else the nearest."""
        others = self._others(entry)
        own = entry.own
        return next(((n, w) for n, w in own if nearly_all(others, n, SURE)), own[0])

    def _largest(self, entry: Entry) -> int:
        """Return how many patients it can be of at most."""
        main, _ = self._size(entry)
        return main if nearly_all(self._others(entry), main, SURE) else entry.largest

    def _mates(self, entry: Entry) -> list[Entry]:
        return [e for e in self.rows[entry.row] if e.as_printed and e.tells]

    @cached_property
    def mostly_holds(self) -> bool:
        """Whether nearly all that the table calls shares hold, too many for chance."""
        said = (e for e in self.found if e.strength == SAID)
        said = (e for e in said if all(where != COUNT_BEFORE for _, where in e.own))
        return nearly_all(said, None, FAIR)

    def _of_other_patients(self, entry: Entry, span: tuple[int, int] | None) -> str | None:
        """Say what tells that the column may be of more patients than its printed size.

        These are counts of it that are larger, or another size that the article states of a group;
        and the size itself, if it is the count of another row, and the column prints its own.
        """
        main, where = self._size(entry)
        other = next((n for n, _ in entry.own if n != main), 0)
        if where.startswith(COUNT_OF) and other:
            return f"it may be of {other}"
        said = (e for e in self._others(entry) if e.strength == SAID)
        larger = [e for e in said if e.own and e.own[0][0] == main < e.count]
        if len(larger) > 1:
            return f"{len(larger)} counts of the column are larger than its size"
        low, high = span or (1, 0)
        rows = (told.values() for told in self.layout.size_rows.values())
        here = {n for told in (self.layout.head_sizes, *rows) for sizes in told for n in sizes}
        stated = sorted(n for n in self.groups.stated - here if low <= n <= high)
        if main < low and _narrow((low, high)) and stated and 10 * stated[0] <= 11 * main:
            return f"it is of {stated[0]}, which the article states of a group"
        return None

    def _of_fewer_as_told(self, entry: Entry, span: tuple[int, int]) -> bool:
        """Whether label, notes or the row itself say that it is of fewer: of smokers, of some."""
        own = min((n for n, _ in entry.own if n > span[1]), default=0)
        if not own or entry.over is not None or any(entry.nearly(n) for n, _ in entry.own):
            return False
        layout = self.layout
        noted = layout.noted_at(entry.row, entry.column)
        if _AMONG.search(layout.context(entry.row)) or _OF_SOME.search(noted):
            return True
        told = filter(LACKING.search, (noted, layout.unmarked, *layout.heads))
        lack = max((max(told_missing(note), default=0) or own // 2 for note in told), default=0)
        return own - span[1] <= lack or self._adds_up(entry)

    def _adds_up(self, entry: Entry) -> bool:
        """Whether as many of the groups have the datum as of all, or as a label says of them."""
        row = self.rows[entry.row]
        *groups, total = sorted(row, key=lambda e: e.count)
        wholes = [(groups, total.sizes)] if total.count == sum(e.count for e in groups) else []
        wholes += [(row, (n, n)) for n, where in entry.own if where in (OF_ROW, OF_BLOCK)]
        return any(_add_to([e.sizes for e in some], whole) for some, whole in wholes)

    def _is_said(self, entry: Entry) -> bool:
        """Whether its row, its cell or the others of the table say that it is a share."""
        over = entry.over is not None
        in_cell = over and (entry.sign or self._others_hold_in_cell(entry))
        part = any(where.startswith((COUNT_BEFORE, LEVELS)) for _, where in entry.own)
        said = in_cell or part or self.mostly_holds or self._mates(entry)
        return bool(said or nearly_complete(e for e in self._others(entry) if e.strength == SAID))

    def _doubt(
        self, entry: Entry, span: tuple[int, int] | None, rounded: str | None
    ) -> tuple[Level | None, str] | None:
        """Say what may save a percent that no printed size gives, or leaves open what it is.

        An ordinary reading for which nothing here speaks is not asked about: what nothing calls a
        share may be none, and a row whose counts all are of fewer lacks data.
        """
        layout = self.layout
        if not self._is_said(entry):
            return (None, "") if rounded else self._among_few(entry, span)
        row, others, mates = self.rows[entry.row], self._others(entry), self._mates(entry)
        if rounded:
            return "question" if rounded != SAVED else None, rounded
        if not entry.own:
            if span is None:
                return "question", _it_is_of(span)
            return self._of_nobody(entry, span)
        main, where = self._size(entry)
        if entry.count == main:
            return None, ""
        if entry.promoted and not self._like_shares(entry, main):
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
        events = entry.over is None and self._of_events(entry, main)
        if events and "number of events" in layout.told:
            return None, ""
        if span is not None and (same := self._of_another(entry, span)):
            return "question", f"{entry.percent} % of {same} patients, as are others {OF_COLUMN}"
        if events:
            return "question", "holds if the count is of events, the percent of patients"
        if entry.over is not None:
            if not self._others_hold_in_cell(entry):
                return "question", "as in most of the row; a mean of percents?"
            return None
        told = [e for e in row if e.count]
        if _as_others(entry, told) and not self.exchanged[entry.row]:
            too = "and others of its row too are not of theirs: who lacks data?"
            return "question", f"{_it_is_of(span)}, {too}"
        if not (mates or self._counts_these(entry)):
            other = span is not None and span[0] < main and _far(span, main)  # the head of another
            return None if other else "question", f"{main} is {where}; {_it_is_of(span)}"
        if span is None:
            fewer = range(max(entry.count, main * 17 // 20), main)
            hundredfold = 100 * entry.count
            twice = [n for n in fewer if rounded_twice(entry.percent, Fraction(hundredfold, n))]
            if twice:
                return "question", f"{_had_data((twice[0], twice[-1]), main)}, rounded twice"
            if not mates and (near := next(filter(entry.nearly, range(main, 0, -1)), None)):
                return "question", _a_unit_from(entry, near)
        return None

    def _among_few(self, entry: Entry, span: tuple[int, int] | None) -> tuple[Level | None, str]:
        """Ask of what the printed size does not give in a table of which few percents hold.

        Only from half to twice that size, unless a sign and the others say that it is a share.
        """
        if not entry.own:
            said = f"{self.layout.last_label(entry.row)} {self.layout.lowest[entry.column]}"
            none = not nearly_of_any(entry.percent, entry.count)
            return "question" if none and COUNT_PERCENT.search(said) else None, _it_is_of(span)
        main, where = self._size(entry)
        away = where.startswith(ELSEWHERE)
        if entry.over is not None or self._of_events(entry, main):
            return None, ""
        share = entry.sign and _near(entry, main)
        others = self._others(entry)
        held = sum(e.of == main and e.tells for e in others)
        astray = [e for e in others if e.strength == SAID and not e.holds]
        if sum(_far(e.span, main) for e in astray) >= max(MANY, held):
            return None, ""  # the column is of something else
        if span is None:
            asked = held >= MANY or share
            return "question" if asked else None, f"{main} is {where}; {_it_is_of(span)}"
        far = not (held >= MANY and share) and (span[0] > 2 * main or 2 * span[1] < main)
        if far or (away and span[0] <= self._largest(entry)):
            return None, ""
        if span[0] > main:
            return "question", f"{main} is {where}; {_it_is_of(span)}"
        return "question", _had_data(span, main)

    def _of_nobody(self, entry: Entry, span: tuple[int, int]) -> tuple[Level | None, str]:
        """Ask of what few sizes give, if they are printed of no group, and not beside it."""
        grid = self.layout.grid
        beside = {only_count(cell.text) or 0 for cell in grid[entry.row]} - {entry.count}
        beside |= {e.count for e in self.rows[entry.row] if e is not entry}
        printed = {n for row in grid for n in sizes(row[entry.column].text)}
        printed |= beside | self.groups.stated
        telling = span[1] - span[0] <= max(3, span[0] // 16)
        stated = any(span[0] <= n <= span[1] for n in printed)
        reading = f"{_it_is_of(span)}, which is printed of no group"
        return "question" if telling and not stated else None, reading

    def _rounded_otherwise(self, entry: Entry) -> str | None:
        """Say which way of rounding, other than once and to the nearest, gives the percent."""
        column = self.columns[entry.column]
        used = Counter(e.of for e in column if e.of is not None)
        often = {n for n, times in used.items() if times >= 3}
        if entry.over is not None:
            often = set(self.layout.head_sizes[entry.column])
        if near := next(filter(entry.nearly, sorted({n for n, _ in entry.own})), None):
            return _a_unit_from(entry, near)
        if (same := next((n for n in sorted(often) if entry.fits(n)), None)) is not None:
            if entry.own and all(w.startswith((COUNT_OF, LEVELS)) for _, w in entry.own):
                return SAVED  # the table prints no size, and levels may lack a few of them
            return f"{entry.percent} % of {same} patients, as are others {OF_COLUMN}"
        if near := next(filter(entry.nearly, sorted(often)), None):
            return _a_unit_from(entry, near)
        if entry.to_hundred:
            return TO_HUNDRED
        row = [e for e in self.rows[entry.row] if e.count and value(e.percent) != 100]
        decimal = [e for e in column if e.count and "." in e.percent]
        zeros = sum(e.percent.endswith("0") for e in decimal)
        usual = zeros >= LEAST_WHOLE and 2 * zeros > len(decimal)
        usual = usual or (len(row) > 1 and all(e.percent.endswith("0") for e in row))
        if any(entry.padded(n) for n in {*(n for n, _ in entry.own), *filter(None, used)}):
            if usual:
                return SAVED
            if len(entry.percent.partition(".")[2]) > 1 or self._rounds_to_whole(entry):
                return "rounded to fewer digits, and a zero added?"
        return None

    def _rounds_to_whole(self, entry: Entry) -> bool:
        """Whether another percent of the table is a whole one: so is this, with a zero behind it.

        It has no decimal, or one that is 0 and is none of its count.
        """
        others = [e for e in self.found if e is not entry and 0 < value(e.percent) < 100]
        padded = (e for e in others if not e.holds and any(e.padded(n) for n, _ in e.own))
        return any("." not in e.percent for e in others) or any(padded)

    def _of_beside(self, entry: Entry) -> bool:
        """Whether it is of a count before it, or has no size, and that number is its percent."""
        if entry.own:
            return self._of_counts_before(entry)
        n = only_count(self.layout.grid[entry.row][entry.column - 1].text) or 0
        return n > 0 and printed_as(entry.percent, n, entry.count) != "differs"

    def _of_counts_before(self, entry: Entry) -> bool:
        """Whether it is of the count in the nearest column before it that prints no shares."""
        counts = range(self.layout.labels, entry.column)
        before = max((c for c in counts if c not in self.columns), default=0)
        n = only_count(self.layout.grid[entry.row][before].text) or 0
        return before > 0 and entry.fits(n)

    def _of_another(self, entry: Entry, span: tuple[int, int]) -> int | None:
        """Return another size that it shares with others of its column, or with the total."""
        layout, own = self.layout, {n for n, _ in entry.own}
        others = [e for e in self._others(entry) if e.count]
        columns = filter(layout.is_total, layout.columns)
        of = [(n, n) for c in columns for n in layout.head_sizes[c]]
        of += [(e.of, e.of) for e in others if e.of is not None and e.tells and e.of not in own]
        said = (e for e in others if e.strength == SAID and not e.holds)
        open_ = (e.span for e in said)
        of += [theirs for theirs in open_ if theirs is not None and _narrow(theirs)]
        shared = (max(span[0], low) for low, high in of if low <= span[1] and span[0] <= high)
        return next(shared, None) if _narrow(span) else None

    def _others_hold_in_cell(self, entry: Entry) -> bool:
        """Whether half of the row's counts of a number hold; of one alone, most of its column's."""
        row = [e for e in self.rows[entry.row] if e.over is not None]
        if len(row) > 1 and 2 * sum(e.holds for e in row) >= len(row):
            return True
        column = [e for e in self._others(entry) if e.over is not None]
        few = len(column) < (1 if len(row) == 1 else 5)
        return not few and sum(e.holds for e in column) * 10 >= 8 * len(column)

    def _counts_events(self, entry: Entry) -> bool:
        told = EVENTS.search(self.layout.context(entry.row))
        return bool(told or UNWANTED.search(self.layout.table.caption))

    def _of_events(self, entry: Entry, main: int) -> bool:
        """Whether fewer patients than the count give the percent, where events are counted."""
        printed = counts_printing(entry.percent, main)
        return self._counts_events(entry) and any(n < entry.count for n in printed)

    def _counts_these(self, entry: Entry) -> bool:
        """Whether the printed denominator is of the unit that is counted: others hold for it too.

        A head may count clinics, and the cells their patients.
        """
        own = {n for n, _ in entry.own}
        others = self._others(entry)
        alike = {(e.count, e.percent) for e in others if e.of in own and e.tells}
        return len(alike) >= 2

    def _like_shares(self, entry: Entry, of: int) -> bool:
        """Whether a cell that nothing calls a share is like one beside it, or near one above it.

        Or its percent is that of another count.
        The percent is hardly so by chance if it has a decimal and nearly all others are of `of`.
        """
        others = self._others(entry)
        near = [e for e in others if abs(e.row - entry.row) == 1 and _near(entry, of)]
        beside = any(e.tells for e in (*self.rows[entry.row], *near))
        if beside and not measured(self.layout.label(entry.row)):
            return True
        printable = "." in entry.percent and bool(counts_printing(entry.percent, of))
        return printable and nearly_all(others, of, SURE)

    def _alone_of_its_size(self, entry: Entry) -> str | None:
        """Whether the other levels of its variable all are of one number, and only it is not.

        These are those of its block, or two next to it, that nearly make this number with it.
        """
        layout, of = self.layout, entry.of or 0
        variable = self._variable(entry.row)
        if variable is None or entry.over or not entry.count or sizes(layout.label(entry.row)):
            return None
        column = self.columns[entry.column]
        levels = [e for e in column if e.part == entry.part and self._variable(e.row) == variable]
        levels = [e for e in levels if not _AMONG.search(layout.last_label(e.row))]
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

    @cached_property
    def rounds(self) -> bool:
        """Whether the percents of the table are rounded, for one at most in ten that are cut."""
        told = Counter(e.verdict for e in self.found if e.tells)
        return 10 * told["truncated"] <= told["reproduced"]

    def _cut_alone(self, entry: Entry) -> str | None:
        """Whether its digits were cut, where nearly all others of the table are rounded."""
        cut = entry.verdict == "truncated" and self.rounds
        return f"of {entry.of} {CUT_ALONE}" if cut else None

    def _not_of_the_printed(self, entry: Entry) -> str | None:
        """Whether the number behind its count is another than the one that it is of."""
        of = entry.over
        if of is None or entry.of == of or not 0 < entry.count <= of:
            return None
        return f"it is of {entry.reading}; {of} is printed behind it"

    def _crossed(self, entry: Entry) -> str | None:
        """Whether its levels make the size of another column, and those of that column this one."""
        heads, sizes_of = self.layout.heads, self.layout.head_sizes
        for other in self.rows[entry.row] if entry.exclusive else ():
            crossed = entry.of in sizes_of[other.column] and other.of in sizes_of[entry.column]
            if other.exclusive and crossed and entry.of != other.of:
                levels = f"its levels make {entry.of}, the size of {heads[other.column]}"
                return f"{levels}, and those of that column {other.of}, the size {OF_COLUMN}"
        return None

    def _variable(self, r: int) -> str | int | None:
        """Return what names the variable that a row is a level of: its first label, or a row."""
        names = self.layout.label(r).split(" > ")
        return names[0] if len(names) > 1 else self.layout.sections[r]

    def _against_its_levels(self, entry: Entry) -> str | None:
        """Say that the other levels of its variable are of one number, of which this is not.

        They must leave of that number the printed count, or the count that the percent gives: what
        is listed may be no levels of one variable. That patients lack the datum saves nothing,
        unless one number gives all percents.
        """
        layout = self.layout
        section = layout.sections[entry.row]
        if any(where == OF_ROW for _, where in entry.own):
            return None  # a group, whose label prints its size, and no level
        if section is None and self._counts_events(entry):
            return None  # kinds of events, whose numbers add up by chance
        column = [e for e in self.columns[entry.column] if e.part == entry.part]
        run = next(run for run in runs(column) if entry in run)
        levels = [e for e in run if layout.sections[e.row] == section] if section else run
        others = [e for e in levels if e is not entry and value(e.percent) < 100]
        known = {n for n, _ in entry.own} | {e.of for e in column if e.of is not None and e.tells}
        pair = section is None and len(others) == 1
        chance = pair and not (
            self._named_apart(entry, others[0])
            or self._make_a_group({e.row for e in levels}, entry.column)
        )
        if not chance and (why := _completes(entry, others, known)):
            made = filter(None, map(self._levels_with, self.rows[entry.row]))
            as_there = ([e for e in others if e.row in rows] for rows in made)
            return why if all(_completes(entry, told, known) for told in as_there) else None
        own = {n for n, _ in entry.own if value(entry.percent) < 100}
        own = {n for n in own if nearly_all(self._others(entry), n, FAIR)}
        whole = sum(e.count for e in levels) if section is not None and len(levels) > 1 else 0
        if whole in own and EXCLUSIVE.search(layout.label(section or 0)):
            return f"the levels of the variable make {whole}, all of the group"
        span = entry.span
        if span is not None and self._of_another(entry, span):
            return None  # of the men, whose number is not printed, as others of them are
        for other in levels:
            if abs(other.row - entry.row) != 1 or not self._exclude_each_other(entry, other):
                continue
            n = entry.count + other.count
            off = entry.units_off(n)
            if other.bits(n) >= 4 and other.fits(n) and off > 2:
                return f"with the other level it makes {n}, of which the other's percent is"
            for of in (of for of in known if other.fits(of) and other.bits(of) >= 3):
                if of - other.count in counts_printing(entry.percent, of):
                    left = of - other.count
                    return f"the other level leaves {left} of {of}, which this percent is"
        return None

    def _levels_with(self, entry: Entry) -> set[int]:
        """Return the rows of the levels that make its size together with it, if they do."""
        block = self.layout.sections[entry.row]
        column = self.columns[entry.column] if entry.exclusive else []
        levels = [e for e in column if e.exclusive and self.layout.sections[e.row] == block]
        return {e.row for e in levels} if sum(e.count for e in levels) == entry.of else set()

    def _exclude_each_other(self, entry: Entry, other: Entry) -> bool:
        """Whether two levels make a variable: by their names, or as in another column."""
        layout = self.layout
        if self._named_apart(entry, other):
            return True
        section = layout.sections[entry.row]
        rows = {entry.row, other.row}
        if section is None or {r for r, s in enumerate(layout.sections) if s == section} != rows:
            return False
        return self._make_a_group(rows, entry.column)

    def _named_apart(self, entry: Entry, other: Entry) -> bool:
        return {last_word(self.layout.last_label(e.row)) for e in (entry, other)} in PAIRS

    def _make_a_group(self, rows: set[int], column: int) -> bool:
        """Whether in another column the percents of these rows are of what they make."""
        for c, told in self.columns.items():
            levels = [e for e in told if e.row in rows]
            every = sum(e.count for e in levels)
            telling = len(levels) == len(rows) and any(e.bits(every) >= TELLING for e in levels)
            if c != column and telling and all(e.fits(every) for e in levels):
                return True
        return False


def _it_is_of(span: tuple[int, int] | None) -> str:
    return f"it is of {spanned(span) if span else 'no whole number of patients'}"


def _had_data(span: tuple[int, int], of: int) -> str:
    return f"holds if {spanned((span[0], min(span[1], of)))} of {of} had data"


def _add_to(parts: list[tuple[int, int] | None], whole: tuple[int, int] | None) -> bool:
    """Whether several sizes, each between two ends, make another."""
    spans = [span for span in parts if span]
    if len(spans) < max(2, len(parts)) or whole is None:
        return False
    least, most = (sum(ends) for ends in zip(*spans, strict=True))
    return bool(least <= whole[1] and whole[0] <= most)


def _a_unit_from(entry: Entry, of: int) -> str:
    return f"{A_UNIT} from {entry.count} of {of}"


def _far(span: tuple[int, int] | None, of: int) -> bool:
    """Whether all that print so are far from a size, whose patients do not only lack a datum."""
    return span is not None and (4 * span[1] < 3 * of or 4 * span[0] > 5 * of)


def _narrow(span: tuple[int, int]) -> bool:
    """Whether few sizes print so."""
    return span[1] - span[0] <= max(4, span[0] // 16)


def _near(entry: Entry, of: int) -> bool:
    """Whether the percent is within a factor of three of what the count is of a size."""
    printed = value(entry.percent) * of
    return 3 * printed >= 100 * entry.count >= printed / 3


def _of_others(entry: Entry) -> bool:
    """Whether it holds of no printed size, but would of another."""
    span = entry.span
    near = bool(entry.own) and span is not None and span[0] <= 2 * entry.own[0][0]
    return bool(not entry.holds and near)


def _as_others(entry: Entry, row: list[Entry]) -> bool:
    """Whether another of its row, too, is not of its own size, or two are of one size with it."""
    others = [e for e in row if e is not entry and _of_others(e)]
    low, high = entry.span or (1, 0)
    theirs = (e.span or (1, 0) for e in others)
    same = sum(max(low, least) <= min(high, most) for least, most in theirs)
    return (bool(others) and _of_others(entry)) or same > 1


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


def _moved(layout: Layout, found: list[Entry]) -> dict[int, str]:
    """Find rows whose counts each are of another column's size, and say of which column."""
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
                    entry.take(whole[entry.column], f"row {layout.label(s)} of the column")
            break
    return wrong
