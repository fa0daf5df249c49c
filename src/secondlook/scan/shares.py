"""A count with its percent at its place in a table, and how surely many of them are of a size.

A size is printed for a cell (`Entry.own`), is offered or taken by a reading, and proves itself by
how many percents are of it, and how rarely these would be by chance. Nothing here judges.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondlook.scan.cells import Share, sizes_printing, without_zeros
from secondlook.scan.document import grouped
from secondlook.scan.groups import ELSEWHERE

SAYS_NOT, DOUBTFUL, UNSAID, SAID = range(4)
"""How firmly a paper says of a cell that it is a count with its percent."""
BEHIND = "the size behind"
BESIDE = "beside it"
COUNT_OF = "the count of row"
LEVELS = "the sum of these"
OF_BLOCK = "the label of the block"
OF_ROW = "the label of the row"
OF_HEAD = "the size in the head of the column"
OF_SUM = "the sum of the row"
COUNT_BEFORE = "the count of a column before"
NOTED = "in the caption, the corner or the footnotes"
"""Where a denominator stands, or of what it is made."""
MOST_GROUPS = 12
"""Columns of a row of which parts are summed; a hostile table has a thousand."""
FAIR, LIKELY, LIKE, SURE = (9, 6), (9, 8), (12, 7), (18, 9)
"""How firmly percents that hold speak for what they hold of: bits, and tenths that hold.

Chance alone would have them hold once in 2^9 or 2^18 times. That a table was understood
must be fair, what may save a number likely, and what accuses it sure.
"""
MOST_BITS = 3
"""Of one percent: six make sure."""


@dataclass(kw_only=True)
class Entry(Share):
    """A count with a percent in a cell, and what it was found to be of."""

    row: int
    column: int
    part: int = 0
    strength: int
    own: list[tuple[int, str]]
    of: int | None = None
    reading: str = ""
    verdict: str = "differs"
    parts: tuple[Entry, ...] = ()
    exclusive: bool = False
    promoted: bool = False
    to_hundred: bool = False
    apart: str = ""
    """Of which size nearly all of its column is, where this is not that of its head."""

    @property
    def holds(self) -> bool:
        """Whether a printed denominator gives the percent."""
        return self.of is not None

    @property
    def turned(self) -> bool:
        """Whether a printed size holds for 100 (34) of 34 as a percent with its count."""
        if self.sign or self.over is not None or not self.percent.isdecimal():
            return False
        turned = Share(self.text, int(self.percent), str(self.count))
        return any(turned.fits(n) for n, _ in self.own)

    @property
    def tells(self) -> bool:
        """Whether few denominators print this: 1 (1) holds for most, and says nothing."""
        return self.bits(self.of) >= 3

    @property
    def sure(self) -> bool:
        """Whether hardly a mean with its SD would hold so by chance."""
        return self.bits(self.of) >= math.log2(25)

    def bits(self, of: int | None) -> float:
        """Return how unlikely it is that it would hold of a size by chance: of 8, 3; 0 if not."""
        if not of or (span := self.span) is None:
            return 0.0
        return max(0.0, math.log2(of / max(0.25, span[1] - span[0])))

    @property
    def largest(self) -> int:
        """The largest size that is printed for it; 0 if there is none."""
        return max((n for n, _ in self.own), default=0)

    @property
    def beyond(self) -> bool:
        """Whether it counts more than any size that is printed for it."""
        return 0 < self.largest < self.count

    @property
    def as_printed(self) -> bool:
        """Whether it holds for a size that is printed for its column, row or block."""
        return self.of in {n for n, where in self.own if where != COUNT_BEFORE}

    @property
    def sizes(self) -> tuple[int, int] | None:
        """The least and the largest size that it can be of, none if more than is printed for it."""
        span = (self.of, self.of) if self.of else self.span
        return None if span is None or span[0] > self.largest > 0 else span

    def promote(self) -> None:
        """Take it for a count with its percent, as those like it are."""
        self.strength, self.promoted = SAID, True

    def take(self, of: int, where: str) -> None:
        """Accept a denominator that stands there."""
        self.of, self.reading = of, f"{of}: {where}"
        self.verdict = self.prints(of)

    def take_if_it_fits(self, of: int, where: str) -> None:
        """Accept a denominator that it holds for, if it has none."""
        if not self.holds and self.fits(of):
            self.take(of, where)


def nearly_all(told: Iterable[Entry], of: int | None, proof: tuple[int, int]) -> bool:
    """Whether nearly all percents hold of this size (None: of whichever they were found to be)."""
    each = list(told)
    if of is None:
        return prove([(e, e.of or 0) for e in each], proof)
    return prove([(e, of if e.of in (None, of) else 0) for e in each], proof)


def nearly_complete(told: Iterable[Entry]) -> bool:
    """Whether nearly all percents hold of their own size, or of up to a tenth less: some lack data.

    That says that these are shares of it; what each is of it leaves open.
    """
    each = [(e, e.own[0][0]) for e in told if e.own and e.count]
    bits: dict[tuple[int, str], float] = {}
    good = 0
    for e, n in each:
        percent = without_zeros(e.percent) if e.padded(n) else e.percent
        low, high = sizes_printing(percent, e.count) or (1, 0)
        if low <= min(high, n) and 10 * high >= 9 * n:
            good += 1
            bits[e.count, e.percent] = -math.log2(min(1, 0.1 + (high - low) / n))
    return sum(bits.values()) >= FAIR[0] and 10 * good >= LIKELY[1] * len(each)


def prove(told: Iterable[tuple[Entry, int]], proof: tuple[int, int]) -> bool:
    """Whether nearly all of these percents are each of the size beside it.

    `proof` says how many must: `FAIR`, `LIKELY` or `SURE`. What is printed twice proves once.
    """
    each = [(e, n) for e, n in told if e.count]
    good = [(e, n) for e, n in each if n and (e.of == n or e.fits(n))]
    once = {(e.count, e.percent): min(MOST_BITS, max(0.0, e.bits(n))) for e, n in good}
    return sum(once.values()) >= proof[0] and len(good) * 10 >= proof[1] * len(each)


def without_size(found: Iterable[Entry]) -> list[Entry]:
    """Those that do not print what they are of beside them."""
    return [e for e in found if e.over is None]


def nameless(found: Iterable[Entry]) -> list[Entry]:
    """Those for whose column the table prints no size, whatever another place does."""
    each = without_size(found)
    return [e for e in each if all(where.startswith(ELSEWHERE) for _, where in e.own)]


def by_row(found: list[Entry]) -> dict[int, list[Entry]]:
    """Group them by row."""
    return grouped(found, lambda entry: entry.row)


def by_column(found: list[Entry]) -> dict[int, list[Entry]]:
    """Group them by column."""
    return grouped(found, lambda entry: entry.column)


def runs(column: list[Entry]) -> Iterator[list[Entry]]:
    """Cut a column's entries where a row without one stands between."""
    run: list[Entry] = []
    for entry in column:
        if run and entry.row - run[-1].row > 1:
            yield run
            run = []
        run.append(entry)
    yield run
