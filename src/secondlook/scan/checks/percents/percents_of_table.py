"""The counts with percents of a table by which each is judged: those of its row and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from secondlook.scan.groups import Groups
from secondlook.scan.layout import EVENTS, UNWANTED, Layout
from secondlook.scan.shares.share import (
    COUNT_BEFORE,
    FAIR,
    LEVELS,
    SAID,
    SURE,
    Entry,
    by_column,
    by_row,
    nearly_all,
    nearly_complete,
)


@dataclass(frozen=True)
class Percents:
    """The counts with percents of one table, with what they say of each other."""

    layout: Layout
    found: list[Entry]
    groups: Groups

    @cached_property
    def rows(self) -> dict[int, list[Entry]]:
        """Those of each row."""
        return by_row(self.found)

    @cached_property
    def columns(self) -> dict[int, list[Entry]]:
        """Those of each column."""
        return by_column(self.found)

    def others(self, entry: Entry) -> list[Entry]:
        """Return the others of its column."""
        return [e for e in self.columns[entry.column] if e is not entry]

    def size(self, entry: Entry) -> tuple[int, str]:
        """Return the printed size that nearly all of the column is of, else the nearest."""
        others = self.others(entry)
        own = entry.own
        return next(((n, w) for n, w in own if nearly_all(others, n, SURE)), own[0])

    def largest(self, entry: Entry) -> int:
        """Return how many patients it can be of at most."""
        main, _ = self.size(entry)
        return main if nearly_all(self.others(entry), main, SURE) else entry.largest

    def mates(self, entry: Entry) -> list[Entry]:
        """Return those of its row that hold of a printed size, and not by chance."""
        return [e for e in self.rows[entry.row] if e.as_printed and e.tells]

    @cached_property
    def mostly_holds(self) -> bool:
        """Whether nearly all that the table calls shares hold, too many for chance."""
        said = (e for e in self.found if e.strength == SAID)
        said = (e for e in said if all(where != COUNT_BEFORE for _, where in e.own))
        return nearly_all(said, None, FAIR)

    def is_said(self, entry: Entry) -> bool:
        """Whether its row, its cell or the others of the table say that it is a share."""
        in_cell = entry.over is not None and (entry.sign or self.others_hold_in_cell(entry))
        part = any(where.startswith((COUNT_BEFORE, LEVELS)) for _, where in entry.own)
        said = in_cell or part or self.mostly_holds or self.mates(entry)
        return bool(said or nearly_complete(e for e in self.others(entry) if e.strength == SAID))

    def others_hold_in_cell(self, entry: Entry) -> bool:
        """Whether half of the row's counts of a number hold; of one alone, most of its column's."""
        row = [e for e in self.rows[entry.row] if e.over is not None]
        if len(row) > 1 and 2 * sum(e.holds for e in row) >= len(row):
            return True
        column = [e for e in self.others(entry) if e.over is not None]
        few = len(column) < (1 if len(row) == 1 else 5)
        return not few and sum(e.holds for e in column) * 10 >= 8 * len(column)

    def counts_events(self, entry: Entry) -> bool:
        """Whether its label or the caption tell of events, of which a patient has several."""
        told = EVENTS.search(self.layout.context(entry.row))
        return bool(told or UNWANTED.search(self.layout.table.caption))

    @cached_property
    def rounds(self) -> bool:
        """Whether the percents of the table are rounded, for one at most in ten that are cut."""
        told = Counter(e.verdict for e in self.found if e.tells)
        return 10 * told["truncated"] <= told["reproduced"]
