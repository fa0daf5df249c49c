"""The caption and footnotes of a table, and which of them the marks in its cells point to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from secondlook.scan.layout.grid import Grid

_SIGN = "[*†‡§¶#∗°]"
_MARKED = re.compile(rf"\^\s?([a-i](?![a-z])|\d(?!\d)|{_SIGN}{{1,3}})|({_SIGN}{{1,3}})\s*$")
_NOTE_MARK = rf"(?<=\^)[a-i1-9]|(?<![^;,.\s])[a-i1-9](?=[\s.:=)])|{_SIGN}{{1,3}}"
_NOTE = re.compile(
    rf"(?P<mark>{_NOTE_MARK})\)?(?P<note>.+?)(?={_SIGN}|\^|[;,.]\s?[a-i1-9][\s.:=)]|$)"
)
"""A mark, and the note behind it up to the next one."""


@dataclass(frozen=True)
class Noted(Grid):
    """A grid with its footnotes."""

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


def _marks(texts: Iterable[str]) -> set[str]:
    """Return the marks behind some texts that may point to a footnote."""
    return {mark for text in texts for pair in _MARKED.findall(text) for mark in pair if mark}
