"""The cells of a printed table on their way into a draft: what each holds, and its address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from secondlook.claims.cells import COUNT, NUMBER, slug
from secondlook.scan.cells import whole
from secondlook.scan.draft.drafted import (
    COUNTS,
    NO_RESULT,
    Drafted,
    Mention,
    bare,
    quantity,
    short,
    words,
)
from secondlook.scan.draft.names import group_named, names_of, unmarked
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.numbers import Number
from secondlook.scan.shares.denominators import resolve

LONGEST_MISSING = 40
"""Letters of a cell that can say that a number is missing; a longer text is text."""
_PAIRS = {"limit": ("lower", "upper"), "range": ("min", "max"), "quartile": ("q1", "q3")}

At = tuple[int, int]
Form = tuple[str, ...]


class Size(NamedTuple):
    """The claim that prints the size of a group, and the size."""

    claim: str
    patients: int


class Cells:
    """The cells of one table.

    `address` and `counts` have those that a block declares, `told` the claims of the list,
    `sizes` the size of each column's group; `alone` are the columns of percents without counts.
    """

    def __init__(
        self, drafted: Drafted, layout: Layout, found: list[Number], findings: list[Finding]
    ) -> None:
        self.drafted, self.layout = drafted, layout
        self.numbers: dict[At, list[Number]] = defaultdict(list)
        for number in found:
            if number.row is not None and number.column is not None:
                self.numbers[number.row, number.column].append(number)
        self.entries = {(e.row, e.column): e for e in resolve(layout)}
        self.fails = {(f.check, f.row, f.column) for f in findings if f.level == "fails"}
        self.alone = {f.column for f in findings if (f.check, f.level) == ("denominators", "holds")}
        self.columns = list(range(layout.labels, layout.table.columns))
        self.rows = [r for r in layout.rows if any(self.numbers.get((r, c)) for c in self.columns)]
        self.names = names_of(layout, self.rows, self.columns)
        self.address: dict[At, str] = {}
        self.counts: dict[At, int] = {}
        self.sizes: dict[int, Size] = {}
        self.told: list[tuple[str, Number]] = []

    def text(self, r: int, c: int) -> str:
        """Return a cell as it goes into the file."""
        cell = self.layout.grid[r][c]
        return unmarked(cell.line) if cell.first else ""

    def form(self, r: int, c: int) -> Form | None:
        """Return what a cell holds: ``()`` nothing, ("count",), names of numbers; None unclear."""
        text, found = self.text(r, c), self.numbers.get((r, c), [])
        if not found:
            return None if re.search(r"\d", text) or len(text) > LONGEST_MISSING else ()
        kinds = [number.kind for number in found]
        counted = {*kinds} <= {*COUNTS, "percent"} and kinds != ["percent"]
        match = COUNT.fullmatch(text) if counted else None
        forgotten = text.endswith("%")  # "24 (46%", which the scan does not take for a share
        if match and (match["percent"] is None or (r, c) in self.entries or forgotten):
            return ("count",)
        if len(NUMBER.findall(text)) != len(found):
            return None
        names = []
        for at, kind in enumerate(kinds):
            if kind in _PAIRS and kinds.count(kind) == 2:
                names.append(_PAIRS[kind][kinds[:at].count(kind)])
            elif kinds.count(kind) > 1:
                names.append(f"{kind}-{kinds[:at].count(kind) + 1}")
            else:
                names.append(kind)
        return None if names == ["count"] else tuple(names)  # "Score 1 if purulent"

    def declare(self, block: str, r: int, c: int, several: Sequence[str], *, is_p: bool) -> None:
        """Give a cell its address, and each of its numbers to whoever prints it again."""
        parts = (block, *self.names.parts[r], slug(self.names.columns[c]))
        self.address[r, c] = "/".join(filter(None, parts))
        if is_p:
            return
        suffixes = [f"/{slug(part)}" for part in several]
        self.drafted.underived.update(self.address[r, c] + suffix for suffix in suffixes)
        match = COUNT.fullmatch(self.text(r, c))
        if not suffixes and match:
            self.counts[r, c] = whole(match["count"])
            suffixes = ["", "/percent"] if match["percent"] is not None else [""]
        for number, suffix in zip(self.numbers[r, c], suffixes, strict=False):
            self._mention(self.address[r, c] + suffix, number, r, c)

    def add_claims(self, stem: str, found: Sequence[Number]) -> None:
        """Make claims of the numbers of heads, labels, caption, notes, and of undeclared cells."""
        for number in found:
            if number.kind == NO_RESULT:
                continue
            r, c, place = number.row, number.column, short(number.place)
            labels = self.names.labels.get(r, []) if r is not None else []
            told = quantity(number.kind, number.unit, number.near if r is None else place)
            near = number.near
            if r is not None and c is not None:
                near = f"{group_named(self.layout.heads[c])} {' '.join(labels)}"
            name = self.drafted.add(stem, number.kind, place, told, number.text, near)
            self.told.append((name, number))
            if labels and r is not None and (c or 0) >= self.layout.labels:
                self._mention(name, number, r, c or 0)

    def _mention(self, name: str, number: Number, r: int, c: int) -> None:
        """Give a number of the body to whoever prints it again."""
        labels = self.names.labels[r][:2]
        long = self.drafted.long
        own = words(next(filter(None, reversed(labels)), ""))
        heads = words(self.layout.heads[c])
        every, alone = words(" ".join(labels), long) | heads, len(self.columns) == 1
        self.drafted.places[self.layout.table.index, r, c].append((bare(number.text), name))
        said = every, own or every, frozenset[str]() if alone else heads
        cell = Mention(name, bare(number.text), number.kind, number.unit, *said)
        self.drafted.cells.append(cell)

    def claims(self, r: int, c: int) -> list[str]:
        """Return the claims or addresses of the numbers of a cell."""
        return [name for _, name in self.drafted.places[self.layout.table.index, r, c]]

    def say(self, address: str, body: str = "") -> None:
        """Say what a number follows from, or that it is still to be said."""
        said = self.drafted.said(address)
        said.take_back()
        if body:
            said.follows(body)
