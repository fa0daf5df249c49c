"""The grid of a table: which rows are heads, which columns labels, which rows name a block.

A label of a row may stand in several columns; a row without numbers names the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from secondlook.scan.cells import CALLED, any_case, p_value
from secondlook.scan.document import Cell, Table, grouped
from secondlook.scan.layout.labels import sizes

DIGIT = re.compile(r"\d")
_NO_NUMBER = {"-", "–", "—", "NA", "NS"}
"""What stands in place of one."""
_OF_LIMITS = any_case(r"[(\[]?\d\d(?:\.\d)?\s?%\s?(?:C\.?I\b|confidence)")
"""The head of a column of limits, though it begins with a number."""
_HEAD_WITHIN = re.compile(rf"^\D*(?:9\d\s?%)?\s?(?:{CALLED}|\bCI\b)\D*$")
_PROGRESSIVE = re.compile(r"(?:^|> |/ )(?:PD\b|[Pp]rogressive disease)")
_STABLE = re.compile(r"(?:^|(?<=> )|(?<=/ ))SD\b(?! ?[=:])")


@dataclass(frozen=True)
class Grid:
    """A table with its heads, labels and blocks."""

    table: Table

    @property
    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of cells."""
        return self.table.grid

    @property
    def width(self) -> int:
        """The number of columns, of which the first are those of labels."""
        return self.table.columns

    @cached_property
    def head(self) -> int:
        """The number of head rows; where the file marks none, the rows above the first numbers."""
        if self.table.head:
            return self._head_in_body() or self.table.head
        rows = self.grid
        first = next((r for r, row in enumerate(rows) if r and has_data(row)), 1)
        while first > 1 and not any(cell.text.strip() for cell in rows[first - 1][1:]):
            first -= 1  # it names a block, and is no head
        return min(first, len(rows))

    def _head_in_body(self) -> int:
        """Return the number of head rows where the file marks only the upper ones, else 0.

        Above the first numbers a row then names two columns of numbers or more. One of sizes with
        a label of its own is of a block.
        """
        rows = self.grid
        empty = sum(not any(row[c].text.strip() for row in rows[: self.table.head])
                    for c in range(1, self.width))  # fmt: skip
        for r in range(self.table.head, len(rows) - 1):
            texts = {c: cell.text.strip() for c, cell in enumerate(rows[r]) if cell.first and c}
            named = [c for c, text in texts.items() if text]
            if has_data(rows[r]):
                return 0
            if len({texts[c] for c in named}) > 1:
                below = [[t for row in rows[r + 1 :] if (t := row[c].text.strip())] for c in named]
                filled = sum(2 * sum(map(_is_number, told)) > len(told) for told in below)
                of_block = rows[r][0].text.strip() and any(sizes(texts[c]) for c in named)
                return r + 1 if 5 * filled >= 4 * len(named) and not of_block else 0
            if named and 2 * empty < self.width - 1:
                return 0
        return 0

    @property
    def rows(self) -> range:
        """The rows below the head."""
        return range(self.head, len(self.grid))

    @property
    def columns(self) -> range:
        """The columns beside the labels."""
        return range(self.labels, self.width)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Give the cells below the head and beside the labels, one that spans several once."""
        for r in self.rows:
            for c in self.columns:
                if self.grid[r][c].first:
                    yield r, c, self.grid[r][c]

    @cached_property
    def labels(self) -> int:
        """The number of leading columns that hold labels instead of numbers.

        Below the head of the first column, which spans it, one may hold classes: 20-30.
        """
        above, body = self.grid[: self.head], self.grid[self.head :]
        columns = range(1, self.width)
        first = next((c for c in columns if any(row[c].first for row in above)), 1)
        for c in columns[first - 1 :]:
            texts = [row[c].text for row in body if row[c].first and row[c].text.strip()]
            told = sum(1 for text in texts if _is_number(text))
            if texts and told * 2 > len(texts):
                return c
        return 1

    @cached_property
    def heads(self) -> list[str]:
        """The head of each column, from its rows, top first, each text once."""
        above = self.grid[: self.head]
        return _responses(_each_once((row[c] for row in above), " / ") for c in range(self.width))

    @cached_property
    def lowest(self) -> list[str]:
        """The head of each column alone, without those above it."""
        return [head.rpartition(" / ")[2] for head in self.heads]

    def upper_head(self, c: int) -> str:
        """Return the head of a column without the lowest."""
        return self.heads[c].rpartition(" / ")[0]

    def head_of(self, r: int, c: int) -> str:
        """Return the head of a cell: of its column, or ``aRR (CI)`` within the table above it."""
        return self._heads_within[r].get(c, self.heads[c])

    @cached_property
    def _heads_within(self) -> list[dict[int, str]]:
        """For each row the heads that stand within the table above it, by column."""
        found: list[dict[int, str]] = [{}]
        for r, row in enumerate(self.grid):
            lines = enumerate(cell.line for cell in row) if r >= self.head else ()
            own = {c: line for c, line in lines if _HEAD_WITHIN.search(line)}
            found.append(found[-1] | own if own else found[-1])
        return found

    def label(self, r: int) -> str:
        """Return the label of a row: its label columns from left to right, each text once."""
        return self._row_labels[r]

    @cached_property
    def _row_labels(self) -> list[str]:
        return _responses(_each_once(row[: self.labels], " > ") for row in self.grid)

    def last_label(self, r: int) -> str:
        """Return the last part of the label of a row."""
        return self.label(r).rpartition(" > ")[2]

    @cached_property
    def sections(self) -> list[int | None]:
        """For each row the row that names its block: no numbers of its own, or less indented."""
        found: list[int | None] = []
        current: int | None = None
        indents = [row[0].indent for row in self.grid]
        for r, row in enumerate(self.grid):
            if r < self.head or self.is_section(r):
                current = None if r < self.head else r
                found.append(None)
                continue
            if current is not None:
                within = max(indents[current + 1 : r], default=0)
                indented = indents[r] <= indents[current] < within
                beside = self.labels > 1 and not self.grid[current + 1][0].text.strip()
                if indented or (beside and row[0].text.strip()):  # beside which its levels stand
                    current = None
            found.append(current)
            if current is None and indents[r] < max(indents[r + 1 : r + 2], default=0):
                current = r
        return found

    @cached_property
    def tops(self) -> list[int | None]:
        """For each row that which names its variable: a heading, or the label that it shares."""
        grid, found = self.grid, list(self.sections)
        for r in range(self.head + 1, len(grid) if self.labels > 1 else 0):
            shares = not (grid[r][0].text.strip() and grid[r][0].first)
            before = found[r - 1]
            if shares and not self.is_section(r - 1):
                own = before is not None and not self.is_section(before)
                found[r - 1] = found[r] = before if own else r - 1
        return found

    def by_variable(self, rows: Iterable[int]) -> dict[int, list[int]]:
        """Return those rows that are of a variable, by the row that names it."""
        tops = grouped(rows, self.tops.__getitem__)
        return {top: of for top, of in tops.items() if top is not None}

    def variable(self, top: int) -> str:
        """Return the name of a variable: a heading, or the label that stands beside its levels."""
        return self.label(top) if self.is_section(top) else self.grid[top][0].line.strip()

    def parent(self, r: int) -> int | None:
        """Return the nearest row above that is less indented."""
        indent = self.grid[r][0].indent
        above = range(r - 1, self.head - 1, -1) if indent else ()
        return next((s for s in above if self.grid[s][0].indent < indent), None)

    def is_section(self, r: int) -> bool:
        """Whether a row only names what stands below it."""
        row = self.grid[r]
        texts = {cell.text.strip() for cell in row[1:]} - {row[0].text.strip(), "", "-", "–", "—"}
        if not row[0].text.strip():
            return False
        lone = next(iter(texts)) if len(texts) == 1 else ""
        of_p = p_value(lone) is not None and not lone.isdigit()
        return of_p or not any(map(DIGIT.search, texts))

    def heading(self, r: int) -> str:
        """Return the label of the block that a row belongs to, if it does to one."""
        section = self.sections[r]
        return "" if section is None else self.label(section)

    def context(self, r: int) -> str:
        """Return the label of a row after that of the block that it belongs to."""
        above = self.heading(r)
        return f"{above} > {self.label(r)}" if above else self.label(r)

    def continued(self, r: int, c: int) -> bool:
        """Whether a cell goes on in the row below, and is not only followed by a wide one."""
        if r + 1 == len(self.grid):
            return False
        row = self.grid[r + 1]
        while c and not row[c].first and row[c - 1].text == row[c].text:
            c -= 1
        return not row[c].first


def _each_once(cells: Iterable[Cell], by: str) -> str:
    """Join the texts of cells, each once."""
    return by.join(dict.fromkeys(cell.line.strip() for cell in cells if cell.text.strip()))


def _responses(labels: Iterable[str]) -> list[str]:
    """Write out SD beside PD, which is stable disease and no standard deviation."""
    found = list(labels)
    beside = any(_PROGRESSIVE.search(label) for label in found)
    return [_STABLE.sub("stable disease", label) for label in found] if beside else found


def has_data(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds a number beside its label."""
    told = (cell.text for cell in row[1:] if cell.first and DIGIT.search(cell.text))
    return any(map(_is_number, told))


def _is_number(text: str) -> bool:
    text = text.strip()
    if _OF_LIMITS.match(text):
        return False
    return bool(re.match(r"[<>≤≥~(\[*–-]{0,3}\s?[\d.]", text)) or text in _NO_NUMBER
