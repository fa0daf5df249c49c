"""An article as the checks see it: paragraphs with their section, tables as grids of text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from secondlook.scan.cells import any_case

if TYPE_CHECKING:
    from secondlook.scan.layout import Layout

_One = TypeVar("_One")
_Key = TypeVar("_Key")
Rows = list[list[tuple[str, int, int]]]
"""Rows of cells before spans are expanded: text, rows spanned, columns spanned."""

MOST_CELLS = 200_000
"""Cells of one table after spans are expanded; the largest printed tables have some thousand."""
MOST_COLUMNS = 1_000
LONGEST_TITLE = 300
"""Letters of what is taken for the title: the first paragraph may be the whole text."""

_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2006-\u2009\u202f](?=\d{3}(?!\d))")
_BLANKS = re.compile(r"[ \x00-\x09\x0b-\x1f\x7f-\xa0\u2000-\u200b\u205f\u3000\ufeff]+")
"""Blanks of every width, and what a terminal would obey."""
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[A-Za-z])")
"""A word that goes on in the next line: Person-, Years."""
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGIT = re.compile(r"(?![0-9])\d")
"""A digit of another script: Arabic, Persian, Devanagari."""
_ALIKE = str.maketrans(
    {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\u2215": "/", "\u2044": "/",
     "\u22c5": "\u00b7", "\u2219": "\u00b7", "\u2a7d": "≤", "\u2a7e": "≥", "\u2266": "≤",
     "\u2267": "≥", "\u2217": "*", "\u204e": "*", "\u00ad": None,
     "\u066a": "%", "\u066b": ".", "\u066c": ","}
)  # fmt: skip


_ABSTRACT = any_case("abstract|summary")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_WHICH = r"(?:[1-9]\d?(?![.\d]*\d)[A-Za-z]?|VI{0,3}|I{1,3}|I?[VX])(?!\w)"
_NAMED = re.compile(
    r"(?P<elsewhere>\b(?i:supplement\w*|suppl\.?|additional|online|web\w*|annex|appendix|extended|"
    r"supporting|e-?)(?i: data| file)?(?: [A-Z0-9]{1,2})?,? )?\b[Tt]able"
    rf"(?: (?P<one>{_WHICH})|s (?P<several>{_WHICH}(?:(?:,? (?:and|to|&) |, ?| ?[-–] ?){_WHICH})*))"
    r"(?:(?=(?P<other> (?:in|of|from|by) |,? ?[(\[]?(?:see )?(?i:additional file|suppl|online))))?"
)
"""The tables that a sentence names, and what says that they are another paper's."""
_LABEL = re.compile(rf"(?!.* on page )\D*?({_WHICH})")
"""The number of a label; none has what a PDF prints without one."""


class TooLarge(ValueError):
    """A file that is larger, deeper or wider than articles are."""


class TookTooLong(ValueError):
    """A file that was given up."""

    def __init__(self, reason: str = "given up: it takes too long") -> None:
        super().__init__(reason)


@dataclass(frozen=True)
class Cell:
    """One place of the grid; a spanning cell is repeated, and `first` says where it begins."""

    text: str
    first: bool = True

    @property
    def indent(self) -> int:
        """How far the text is set in."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def line(self) -> str:
        """The text in one line."""
        return _BROKEN.sub("-", self.text).replace("\n", " ")

    @property
    def lines(self) -> list[str]:
        """The lines of the cell."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]


@dataclass(frozen=True)
class Table:
    """A table after spans are expanded: head rows first, rows and columns from 0."""

    index: int
    label: str
    caption: str
    grid: tuple[tuple[Cell, ...], ...]
    head: int
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Leave a table whose rows have no cell without a head."""
        object.__setattr__(self, "head", min(self.head, len(self.grid)))

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.grid[0]) if self.grid else 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its section, the how-many-th of the section, its text."""

    section: str
    number: int
    text: str

    @property
    def place(self) -> str:
        """Say in words where it stands."""
        return f"{self.section}, paragraph {self.number}"


@dataclass(frozen=True)
class Document:
    """An article: `kind` is the format it was read from."""

    kind: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Keep the title on one line that is no longer than titles are."""
        title = tidy(self.title).replace("\n", " ")[:LONGEST_TITLE]
        object.__setattr__(self, "title", title)

    @cached_property
    def text(self) -> str:
        """The paragraphs in one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def footnotes(self) -> list[Paragraph]:
        """The notes of the tables."""
        notes = ((t.label, *each) for t in self.tables for each in enumerate(t.notes, 1))
        return [Paragraph(f"{label}, footnote", i, note) for label, i, note in notes]

    @cached_property
    def unread(self) -> list[int]:
        """The numbers of the tables that the text names and that hold no text: pictures, pages."""
        named = {n for told in _NAMED.finditer(self.text) for n in _numbers_of(told)}
        labels = [_LABEL.match(table.label) for table in self.tables if table.grid]
        missing = named - {_number(label[1]) for label in labels if label}
        return sorted(missing) if len(missing) > labels.count(None) else []

    @cached_property
    def layouts(self) -> list[Layout]:
        """The tables with what their heads and labels say."""
        from secondlook.scan.layout import Layout  # which reads a `Table`
        from secondlook.scan.stacked import as_one_row

        return [Layout(as_one_row(table)) for table in self.tables]


def _numbers_of(told: re.Match[str]) -> set[int]:
    """Return the numbers in ``Table 3``, ``Tables 1, 2 and 4``, ``Tables 1-3`` of the article."""
    if told["elsewhere"] or told["other"]:
        return set()
    each = [_number(which) for which in re.findall(_WHICH, told["one"] or told["several"])]
    through = told["several"] and re.search(r"[-–]| to ", told["several"])
    return set(range(each[0], each[-1] + 1)) if through else set(each)


def _number(which: str) -> int:
    digits = re.match(r"\d+", which)
    return int(digits[0]) if digits else _ROMAN.index(which) + 1


def tidy(text: str) -> str:
    """Fold blanks of every width, and write each minus, slash, asterisk and digit in one way."""
    text = text.translate(_WIDE).translate(_ALIKE).replace("\u202f", "\u00a0")
    text = _DIGIT.sub(lambda digit: str(int(digit[0])), text)
    text = _GROUPED.sub("\u202f", text)  # a thin space between groups of digits is part of them
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def grid_of(rows: Rows) -> tuple[tuple[Cell, ...], ...]:
    """Expand the spans of rows and columns into a rectangle; rows without a cell make none.

    Raises
    ------
    TooLarge
        If the rectangle would hold more than `MOST_CELLS`, before it is made.
    """
    height = len(rows)
    placed: dict[tuple[int, int], Cell] = {}
    width = 0
    for r, row in enumerate(rows):
        c = 0
        for text, down, across in row:
            while (r, c) in placed:
                c += 1
            across = min(across, MOST_COLUMNS)
            down = min(down, height - r)
            if len(placed) + across * down > MOST_CELLS or c + across > MOST_COLUMNS:
                raise TooLarge(f"a table of more than {MOST_CELLS} cells or {MOST_COLUMNS} columns")
            for i in range(r, r + down):
                for j in range(c, c + across):
                    placed.setdefault((i, j), Cell(text, (i, j) == (r, c)))
            c += across
            width = max(width, c)
    if height * width > MOST_CELLS:
        raise TooLarge(f"a table of {height} x {width} cells; the limit is {MOST_CELLS}")
    empty = Cell("")
    grid = tuple(tuple(placed.get((r, c), empty) for c in range(width)) for r in range(height))
    return grid if width else ()


def grouped(each: Iterable[_One], key: Callable[[_One], _Key]) -> dict[_Key, list[_One]]:
    """Put together what has the same key, in the order in which it comes."""
    found: dict[_Key, list[_One]] = defaultdict(list)
    for one in each:
        found[key(one)].append(one)
    return found


def is_abstract(section: str) -> bool:
    """Whether a section is the abstract, or a part of it."""
    return bool(_ABSTRACT.match(section))
