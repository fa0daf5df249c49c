"""A table laid out: columns of P values and of all groups, footnotes, and where its cells stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from secondlook.scan.cells import p_value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout.grid import DIGIT, has_data
from secondlook.scan.layout.group_sizes import Sized
from secondlook.scan.layout.labels import P_HEAD, TOTAL

_WORD = re.compile(r"\w")
_SAID_P = re.compile(r"\s?[pP]\s?[=<>≤≥]")
_SIGN = "[*†‡§¶#°]"
_MARKED = re.compile(rf"\^\s?([a-i](?![a-z])|\d(?!\d)|{_SIGN}{{1,3}})|({_SIGN}{{1,3}})\s*$")
_NOTE_MARK = rf"(?<=\^)[a-i1-9]|(?<![^;,.\s])[a-i1-9](?=[\s.:=)])|{_SIGN}{{1,3}}"
_NOTE = re.compile(
    rf"(?P<mark>{_NOTE_MARK})\)?(?P<note>.+?)(?={_SIGN}|\^|[;,.]\s?[a-i1-9][\s.:=)]|$)"
)
"""A mark, and the note behind it up to the next one."""


@dataclass(frozen=True)
class Layout(Sized):
    """The table with what its heads and labels say."""

    @cached_property
    def p_columns(self) -> list[int]:
        """Columns that hold P values, by their head or that beside it, and by what is there."""
        found = []
        for c in range(1, self.width):
            body = [self.grid[r][c] for r in self.rows]
            told = [cell.text for cell in body if cell.first and _WORD.search(cell.text)]
            all_p = [text for text in told if p_value(text) is not None]
            values = [text for text in all_p if DIGIT.search(text)]  # and not NS
            ns = len(all_p) - len(values)  # beside P < 0.01 they are P too
            said = sum(bool(_SAID_P.match(text)) for text in told)
            said = 2 * (said + ns * bool(said)) > len(told)
            behind = (cell.text.strip() for r in self.rows for cell in self.grid[r][c + 1 : c + 2])
            heads = self.heads[c : c + 1 if any(behind) else c + 2]  # also that of an empty column
            named = said or any(map(P_HEAD.search, heads))
            if named and all_p and (all_p == told or 2 * len(values) >= len(told)):
                found.append(c)
        return found

    def is_total(self, c: int) -> bool:
        """Whether a column is of all groups together."""
        return c in self._totals

    @cached_property
    def _totals(self) -> set[int]:
        """The columns of all groups; beside one of all patients, those who had both are a group.

        They are none if all are of fewer than any other column; nor is one called combined that is
        of fewer than any two.
        """
        heads = [(c, head) for c, head in enumerate(self.heads) if not P_HEAD.search(head)]
        named = [(c, {found.lower() for found in TOTAL.findall(head)}) for c, head in heads]
        sure = {c for c, found in named if found - {"both"}}
        found = sure or {c for c, found in named if found}
        rows = {c: n[0] for row in self.size_rows.values() for c, n in row.items() if n}
        told = self.sizes or rows
        others = sorted(n for c, n in told.items() if c not in found)
        totals = [told[c] for c in found if c in told]
        few = others and all(n < min(others) for n in totals)
        if few and totals:
            return set()
        group = {c for c, names in named if names <= {"both", "combined", "pooled"}}
        return {c for c in found if not (c in group and 0 < told.get(c, 0) < sum(others[:2]))}

    @cached_property
    def turned(self) -> Layout:
        """The table read across: each row is a column, headed by its label."""
        grid = tuple(zip(*self.grid, strict=True))
        return Layout(replace(self.table, grid=grid, head=min(self.labels, len(grid))))

    def turned_back(self, finding: Finding) -> Finding:
        """Return what was found in the table read across as of this one."""
        r, c = finding.column or 0, finding.row or 0
        return replace(finding, row=r, column=c, place=self.place(r, c))

    def finding(
        self, check: str, level: Level, r: int, c: int, printed: str, against: str,
        recomputed: str, reading: str, part: int = 0,
    ) -> Finding:  # fmt: skip
        """Return what a check says of a cell."""
        told = self.place(r, c), printed, against, recomputed, reading
        return Finding(check, level, self.table.index, r, c, part, *told)

    def place(self, r: int, c: int) -> str:
        """Say in words where a cell stands, and by a number where others stand under the same."""
        rows, columns = self._alike
        row, column = self.context(r).strip(), self.heads[c]
        told = [
            self.table.label,
            *([_short(row)] if row else []),
            *([f"row {r + 1}"] if not row or rows[row] > 1 else []),
            *([_short(column)] if column else []),
            *([f"column {c + 1}"] if not column or columns[column] > 1 else []),
        ]
        return ", ".join(told)

    @cached_property
    def _alike(self) -> tuple[Counter[str], Counter[str]]:
        """How many rows have the same labels, and how many columns the same heads."""
        rows = (r for r in self.rows if has_data(self.grid[r]))
        return Counter(self.context(r).strip() for r in rows), Counter(self.heads)

    @cached_property
    def told(self) -> str:
        """The caption and the footnotes."""
        return " ".join((self.table.caption, *self.table.notes))

    def noted(self, *texts: str) -> str:
        """Return the footnotes that the marks behind some cells point to, as in 0.04^b or P*."""
        marks = _marks(texts)
        return " ".join(note for mark, note in self._notes if mark in marks)

    def noted_at(self, r: int, c: int) -> str:
        """Return the footnotes that the marks of a cell, its labels and its head point to."""
        grid, section = self.grid, self.sections[r]
        cells = [*grid[r][: self.labels], grid[r][c], *(row[c] for row in grid[: self.head])]
        cells += [] if section is None else [grid[section][0]]
        return self.noted(*(cell.text for cell in cells))

    @cached_property
    def unmarked(self) -> str:
        """The footnotes without those that a mark of the table points to."""
        printed = _marks(cell.text for row in self.grid for cell in row)
        return " ".join(
            _NOTE.sub(lambda m: "" if m["mark"] in printed else m[0], note)
            for note in self.table.notes
        )

    @cached_property
    def _notes(self) -> list[tuple[str, str]]:
        """The footnotes with their marks."""
        notes = (match for note in self.table.notes for match in _NOTE.finditer(note))
        return [(match["mark"], match["note"]) for match in notes]


def _short(text: str) -> str:
    """Cut a long text, which loses none of its last label unless that is long itself."""
    section, between, label = text.rpartition(" > ")
    kept = between + label if len(label) < 60 else ""
    first = section if kept else text
    return text if len(text) <= 90 else f"{first[: 87 - len(kept)].rstrip()}...{kept}"


def _marks(texts: Iterable[str]) -> set[str]:
    """Return the marks behind some texts that may point to a footnote."""
    return {mark for text in texts for pair in _MARKED.findall(text) for mark in pair if mark}
