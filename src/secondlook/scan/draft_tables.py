"""A printed table as a CSV file with its blocks of ``tables:``, and what its cells follow from.

A column whose cells are alike, variable by variable, is declared; what is left over stays in the
file, and its numbers are claims of the list. What the block itself derives (a percent of the size
of its group, levels that add up to it, groups that add up to a total) is declared in the block;
what else the scan found is said of the cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from secondlook.claims.cells import COUNT, NUMBER, slug
from secondlook.scan.cells import any_case, only_count, whole
from secondlook.scan.checks.p_of_table import USUAL
from secondlook.scan.denominators import resolve
from secondlook.scan.document import grouped
from secondlook.scan.drafted import (
    COUNTS,
    NO_RESULT,
    Drafted,
    File,
    Mention,
    OfEach,
    bare,
    cell_text,
    cut,
    quantity,
    short,
    unused,
    words,
)
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.listing import one_line
from secondlook.scan.numbers import Number
from secondlook.scan.shares import Entry

MOST_CELLS, MOST_PATIENTS = 8, 200
"""Of a table whose P is declared: all exact tests of a larger one take minutes."""
LONGEST_NAME = 40
"""Letters of a column's name, and a third more where its lowest line is long."""
LONGEST_MISSING = 40
"""Letters of a cell that can say that a number is missing; a longer text is text."""
_PAIRS = {"limit": ("lower", "upper"), "range": ("min", "max"), "quartile": ("q1", "q3")}
_RESERVED = re.compile(
    r"percent|lower|upper|min|max|q1|q3|variable|level|line|"
    r"(?:patients|denominator|mean|sd|median|range|quartile|estimate|limit|statistic|df|time|dose|"
    r"measure|year|date|version|value|count|percent)(?:-\d+)?"
)
"""Names that the numbers of a cell have in its address, and a column therefore has not."""
_MARKS = re.compile(r"\^\(?(?:[a-z*†‡§¶#]{1,2}(?![\w/])|(?<=[)%\]]\^)\d{1,2})\)?")
_HOLDS = any_case(
    r"[(\[]?\s?\bn\s?=\s?[\d,\s\u202f]+\s?[)\]]?|[(\[]?\s?\b95\s?%\s?CI\b\s?[)\]]?|"
    r"\b(?:n|no\.?)\s?[(\[,]{1,2}\s?%\s?[)\]]?|[(\[]\s?(?:%|n|[\d,]+)\s?[)\]]"
)
"""Parts of a head that say how many its group is, and what its cells hold."""
_ONE = any_case(r"(?:(?:case|patient|pt\.?|subject|no\.?|#)\s?)?\d{1,3}")
"""The label of a row that is of one patient."""

At = tuple[int, int]
Form = tuple[str, ...]


class OfTable:
    """One printed table on its way into the draft."""

    def __init__(
        self, drafted: Drafted, layout: Layout, found: list[Number], findings: list[Finding],
        every: Mention | None,
    ) -> None:  # fmt: skip
        self.layout, self.drafted, self.every = layout, drafted, every
        table = layout.table
        stem = slug(table.label)[:30].strip("-")
        self.name = unused(stem or "table", {file.name for file in drafted.files})
        self.block = f"t{table.index + 1}"
        self.label = one_line(table.label)[:60] or f"Table {table.index + 1}"
        self.numbers: dict[At, list[Number]] = defaultdict(list)
        for number in found:
            if number.row is not None and number.column is not None:
                self.numbers[number.row, number.column].append(number)
        self.entries = {(e.row, e.column): e for e in resolve(layout)}
        self.fails = {(f.check, f.row, f.column) for f in findings if f.level == "fails"}
        self.tested = {
            (f.row, f.column): f.level for f in reversed(findings)
            if f.check == "p-of-table" and _by_usual(f)
        }  # fmt: skip
        self.alone = {f.column for f in findings if (f.check, f.level) == ("denominators", "holds")}
        self.columns = list(range(layout.labels, table.columns))
        self.rows = [r for r in layout.rows if any(self.numbers.get((r, c)) for c in self.columns)]
        self.address: dict[At, str] = {}
        self.counts: dict[At, int] = {}
        self.group_sizes: dict[int, tuple[str, int]] = {}
        self.told: list[tuple[str, Number]] = []
        self._lay_out()
        self._write(found)

    # The grid as a file -------------------------------------------------------------------------

    def cell(self, r: int, c: int) -> str:
        """Return a cell as it goes into the file: on one line, without the marks of footnotes."""
        cell = self.layout.grid[r][c]
        return cell_text(_MARKS.sub("", cell.line)) if cell.first else ""

    def _lay_out(self) -> None:
        """Give each row its labels and each column its name."""
        layout = self.layout
        labels: dict[int, list[str]] = {}
        for r in self.rows:
            above = [] if layout.sections[r] is None else [layout.heading(r).replace(" > ", ", ")]
            parts = (*above, *layout.label(r).split(" > "))
            told = [cell_text(_MARKS.sub("", part)) for part in parts]
            labels[r] = [told[0], ", ".join(filter(None, told[1:]))]
        self.label_columns = ["variable", "level"]
        known = {tuple(filter(None, map(slug, told))) for told in labels.values()}
        if len(known) < len(labels) or () in known:
            self.label_columns.append("line")
            labels = {r: [*told, str(r - layout.head + 1)] for r, told in labels.items()}
        self.labels = labels
        self.parts: dict[int, tuple[str, str]] = {}
        for r, told in labels.items():
            variable, *level = filter(None, map(slug, told))
            self.parts[r] = variable, "-".join(level)
        self.named: dict[int, str] = {}
        lines = [{*_lines(layout.heads[c])} for c in self.columns if c not in layout.p_columns]
        shared = set.intersection(*lines) if len(lines) > 1 else set()
        for c in self.columns:
            base = _named(layout.heads[c], shared) or f"column-{c + 1}"
            base += "-column" if _RESERVED.fullmatch(base) else ""
            self.named[c] = unused(base, self.named.values())

    # What can be declared -----------------------------------------------------------------------

    def form(self, r: int, c: int) -> Form | None:
        """Return what a cell holds: ``()`` nothing, ("count",), names of numbers; None unclear."""
        text, found = self.cell(r, c), self.numbers.get((r, c), [])
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

    def _write(self, found: list[Number]) -> None:
        """Write what is clear into one file and the rest into another, and declare the first."""
        groups = [c for c in self.columns if any(self.numbers.get((r, c)) for r in self.rows)]
        forms: dict[int, dict[int, Form]] = {c: {} for c in groups}
        unclear: set[str] = set()
        for r in self.rows:
            for c in groups:
                form = self.form(r, c)
                if form is None:
                    unclear.add(self.parts[r][0])
                elif form:
                    forms[c][r] = form
        kept = [r for r in self.rows if self.parts[r][0] not in unclear]
        if not groups or 2 * len(kept) < len(self.rows):
            kept = []
        rest = [r for r in self.rows if r not in kept]
        file = self._file(self.name, kept) if kept else None
        if rest:
            self._file(f"{self.name}-more" if kept else self.name, rest)
        self._list([n for n in found if n.row not in kept or n.column not in groups])
        if file is not None:
            self._blocks(file, kept, groups, forms)

    def _file(self, name: str, rows: list[int]) -> File:
        at = len(self.label_columns)
        texts = [[*self.labels[r], *(self.cell(r, c) for c in self.columns)] for r in rows]
        filled = [c for c in range(at, at + len(self.columns))
                  if any(re.search(r"\d", row[c]) for row in texts)]  # fmt: skip
        missing = {row[c] for row in texts for c in filled if not re.search(r"\d", row[c])}
        titles = ["Row", "Level", "Line of the printed table"][:at]
        titles += [one_line(self.layout.heads[c])[:200] or f"Column {c + 1}" for c in self.columns]
        names = [*self.label_columns, *(self.named[c] for c in self.columns)]
        missing = {text for text in missing if len(text) <= LONGEST_MISSING} | {""}
        file = File(name, self.label, names, titles, texts, sorted(missing), {})
        self.drafted.files.append(file)
        return file

    def _list(self, found: list[Number]) -> None:
        """Make claims of the numbers of heads, labels, caption, notes, and of undeclared cells."""
        for number in found:
            if number.kind == NO_RESULT:
                continue
            place = short(number.place)
            told = quantity(number.kind, number.unit, number.near if number.row is None else place)
            near = number.near
            if number.row is not None and number.column is not None:
                head = _HOLDS.sub(" ", self.layout.heads[number.column])
                near = f"{head} {' '.join(self.labels.get(number.row, ()))}"
            name = self.drafted.add(self.block, number.kind, place, told, number.text, near)
            self.told.append((name, number))
            if number.row in self.labels and (number.column or 0) >= self.layout.labels:
                self._mention(name, number, int(number.row or 0), int(number.column or 0))

    def _blocks(
        self, file: File, rows: list[int], groups: list[int],
        forms: Mapping[int, Mapping[int, Form]],
    ) -> None:  # fmt: skip
        """Declare the columns in as few blocks as their cells allow, and link their cells."""
        tested = next((c for c in groups if any(c == column for _, column in self.tested)), None)
        parts: list[tuple[list[int], dict[int, Form]]] = []
        for c in groups:
            if c == tested:
                continue
            own = {r: forms[c][r] for r in rows if r in forms[c]}
            alike = (part for part in parts if all(part[1].get(r, f) == f for r, f in own.items()))
            if (part := next(alike, None)) is None:
                parts.append(([c], own))
            else:
                part[0].append(c)
                part[1].update(own)
        for at, (columns, shared) in enumerate(parts):
            name = self.block if at == 0 else f"{self.block}-{at + 1}"
            block: dict[str, Any] = {
                "file": file.name, "where": self.label, "rows": self.label_columns,
                "groups": [self.named[c] for c in columns], "cells": "n (%)", "quantity": "count",
            }  # fmt: skip
            file.blocks[name] = block
            several = {r: list(form) for r, form in shared.items() if form != ("count",)}
            if several:
                block["statistics"] = self._statistics(shared)
            with_p: list[int] = []
            if tested is not None and ("count",) in shared.values():
                block["p"], with_p, tested = self.named[tested], [tested], None
            for r in rows:
                for c in columns + with_p:
                    if self.numbers.get((r, c)):
                        self._cell(name, r, c, several, is_p=c in with_p)
            self._sized(block, rows, columns)
            for r, c in ((r, c) for r in rows for c in with_p if (r, c) in self.address):
                if (r, c) not in self.tested:
                    self._say(self.address[r, c])
                elif self.tested[r, c] == "fails":
                    self.drafted.accused.add(self.address[r, c])
        for r, c in self.address:
            self._percent_beside(r, c)
            self._percent_alone(r, c)
        if all(_ONE.fullmatch(self.labels[r][0]) for r in rows) and len(rows) > 4:
            self._of_each(file, rows, groups)
        for cell in self.counts:
            if ("parts", *cell) in self.fails:
                self._total(*cell)

    def _statistics(self, forms: Mapping[int, Form]) -> dict[str, list[str]]:
        """Return what cells hold that are no counts: of a variable, or of some of its rows."""
        of: dict[str, set[Form]] = defaultdict(set)
        for r, form in forms.items():
            of[self.parts[r][0]].add(form)
        return {
            self.parts[r][0] if len(of[self.parts[r][0]]) == 1 else "/".join(self.parts[r]):
            list(form) for r, form in forms.items() if form != ("count",)
        }  # fmt: skip

    def _cell(self, name: str, r: int, c: int, several: Mapping[int, Any], *, is_p: bool) -> None:
        """Give a cell its address, and each of its numbers to whoever prints it again."""
        variable, level = self.parts[r]
        self.address[r, c] = "/".join(filter(None, (name, variable, level, slug(self.named[c]))))
        if is_p:
            return
        suffixes = [f"/{slug(part)}" for part in several.get(r, ())]
        self.drafted.underived.update(self.address[r, c] + suffix for suffix in suffixes)
        match = COUNT.fullmatch(self.cell(r, c))
        if not suffixes and match:
            self.counts[r, c] = whole(match["count"])
            suffixes = ["", "/percent"] if match["percent"] is not None else [""]
        for number, suffix in zip(self.numbers[r, c], suffixes, strict=False):
            self._mention(self.address[r, c] + suffix, number, r, c)

    def _mention(self, name: str, number: Number, r: int, c: int) -> None:
        """Give a number of the body to whoever prints it again."""
        labels = self.labels[r][:2]
        long = self.drafted.long
        own = words(next(filter(None, reversed(labels)), ""))
        heads = words(self.layout.heads[c])
        every, alone = words(" ".join(labels), long) | heads, len(self.columns) == 1
        self.drafted.places[self.layout.table.index, r, c].append((bare(number.text), name))
        said = every, own or every, frozenset[str]() if alone else heads
        cell = Mention(name, bare(number.text), number.kind, number.unit, *said)
        self.drafted.cells.append(cell)

    # What the cells follow from -----------------------------------------------------------------

    def _of_each(self, file: File, rows: list[int], columns: list[int]) -> None:
        """Give the columns of a table of single patients to whoever sums them up."""
        by_name = {mention.name: mention for mention in self.drafted.cells}
        for c in columns:
            told = {self.labels[r][0]: self._names(r, c) for r in rows}
            cells = {at: by_name[names[0]] for at, names in told.items() if len(names) == 1}
            if len(cells) > 4 and all(cell.number is not None for cell in cells.values()):
                head = words(self.layout.heads[c], self.drafted.long)
                each = OfEach(f"{file.name}.{self.named[c]}", head, cells)
                self.drafted.of_each.append(each)

    def _sized(self, block: dict[str, Any], rows: list[int], columns: list[int]) -> None:
        """Declare the sizes of the groups, and what adds up to them or to a total."""
        sizes = {c: size for c in columns if (size := self._size(c)) is not None}
        self.group_sizes |= sizes
        counted = [r for r in rows if any((r, c) in self.counts for c in columns)]
        sums = [sum(self.counts.get((r, c), 0) for r in counted) for c in columns]
        every = self.every
        if not sizes and every is not None and {*sums} == {every.whole} and len(counted) > 2:
            sizes = dict.fromkeys(columns, (every.name, every.whole))
            block["adds"] = "rows"
        elif len(sizes) == len(columns):
            of = grouped(counted, lambda r: self.parts[r][0])
            adds = [
                variable for variable, levels in of.items()
                if len(levels) > 1 and all(
                    sum(self.counts.get((r, c), 0) for r in levels) == size
                    for c, (_, size) in sizes.items()
                )
            ]  # fmt: skip
            if adds:
                block["adds"] = adds
        if sizes:
            block["n"] = {self.named[c]: name for c, (name, _) in sizes.items()}
        adds = block.get("adds", [])
        self.drafted.underived.update(
            self.address[r, c] for r in counted for c in columns
            if (r, c) in self.counts and len(self.numbers[r, c]) == 1
            and adds != "rows" and self.parts[r][0] not in adds
        )  # fmt: skip
        total = [c for c in columns if self.layout.is_total(c)]
        full = [[self.counts[r, c] for c in columns] for r in counted
                if all((r, c) in self.counts for c in columns)]  # fmt: skip
        if len(total) == 1 and len(columns) > 2 and len(full) > 2:
            at = columns.index(total[0])
            if sum(sum(row) == 2 * row[at] for row in full) >= len(full) - 1:
                block["total"] = self.named[total[0]]
        for (r, c), entry in self.entries.items():
            if (r, c) in self.counts and c in columns and len(self.numbers[r, c]) > 1:
                self._percent(r, c, entry, sizes.get(c))

    def _size(self, c: int) -> tuple[str, int] | None:
        """Return the claim that is the size of a group, and the size."""
        if c in self.layout.p_columns:
            return None
        heads = [
            (self.layout.head_sizes[c].index(size), abs(number.column - c), name, size)
            for name, number in self.told
            if number.row is not None and number.row < self.layout.head
            and number.column is not None and number.column <= c
            and (size := only_count(number.text)) in self.layout.head_sizes[c]
        ]  # fmt: skip
        if heads:
            *_, name, size = min(heads)
            head = words(self.layout.heads[c])
            self.drafted.sizes.append(Mention(name, str(size), "patients", "", head))
            return name, size
        for r, columns in self.layout.size_rows.items():
            if c in columns and (r, c) in self.counts:
                return self.address[r, c], self.counts[r, c]
        return self._size_behind(c)

    def _size_behind(self, c: int) -> tuple[str, int] | None:
        """Return what prints the one number that the percents of a column are of, if any does.

        It is a count without percent above them, or the size of a group of this name elsewhere.
        """
        of = {e.of for (_, k), e in self.entries.items() if k == c and e.holds}
        size, head = next(iter(of), None), words(self.layout.heads[c])
        if len(of) != 1 or not size:
            return None
        first = min(r for r, k in self.entries if k == c)
        for (r, k), count in self.counts.items():
            if k == c and r < first and count == size and len(self.numbers[r, c]) == 1:
                self.drafted.sizes.append(
                    Mention(self.address[r, c], str(size), "patients", "", head)
                )
                return self.address[r, c], size
        told = [each.name for each in self.drafted.sizes if each.whole == size
                and each.words == head and head]  # fmt: skip
        return (told[0], size) if told else None

    def _percent(self, r: int, c: int, entry: Entry, size: tuple[str, int] | None) -> None:
        """Say what a percent is of, where it is not of its group."""
        if entry.holds and size is not None and entry.of == size[1]:
            return
        count, percent = self.address[r, c], f"{self.address[r, c]}/percent"
        accused = ("percent", r, c) in self.fails
        if accused:
            self.drafted.accused.add(percent)
        elif whole := self._printed(entry, r, c):
            self._share(percent, count, whole)
            return
        if size is None:
            self.drafted.underived.update((count, percent))  # the block says what they need
            return
        self._say(count)
        if not accused:
            self._say(percent)

    def _share(self, percent: str, count: str, whole: str) -> None:
        """Say that a percent is that of a count, and that it gives the count back."""
        self._say(percent, f"percent({count}, {whole})")
        if percent in self.drafted.accused:
            return
        circular = count in re.split(r"[(), ]+", whole)
        self._say(count, "" if circular else f"count_behind({percent}, {whole})")

    def _percent_beside(self, r: int, c: int) -> None:
        """Say what a percent in a column of its own is of, and what gives the count beside it."""
        entry, count, size = self.entries.get((r, c)), (r, c - 1), self.group_sizes.get(c - 1)
        told = self._names(r, c)
        if entry is None or (r, c) in self.counts or count not in self.counts or len(told) != 1:
            return
        accused = size is not None and ("percent", r, c) in self.fails
        if accused:
            self.drafted.accused.add(told[0])
        whole = self._printed(entry, *count) if entry.holds else ""
        if size is not None and (accused or entry.of == size[1]):
            whole = size[0]
        if whole:
            self._share(told[0], self.address[count], whole)

    def _percent_alone(self, r: int, c: int) -> None:
        """Say of a percent what its cell gives, or that some count of its group gives it."""
        kinds = [number.kind for number in self.numbers[r, c]]
        names = self._names(r, c)
        if kinds == ["count", "denominator", "percent"]:
            count, whole, percent = names
            if ("percent", r, c) in self.fails:
                self.drafted.accused.add(percent)
            self._share(percent, count, whole)
        elif kinds in (["percent"], ["value"]) and c in self.alone & self.group_sizes.keys():
            self._say(names[0], f"some_count({self.group_sizes[c][0]})")

    def _printed(self, entry: Entry, r: int, c: int) -> str:
        """Return what the table prints of the number that a percent is of, the nearest first.

        It is the sum of the levels or groups that the scan took it for; else a number of its label
        or row, of a head, of the caption, of a row of its column that the scan named.
        """
        section = self.layout.sections[r]
        if entry.of is None:
            return ""
        if entry.parts or "levels" in entry.reading:  # or those of another variable
            cells = [(part.row, part.column + c - entry.column) for part in entry.parts]
            if sum(self.counts.get(cell, 0) for cell in cells) != entry.of:
                return ""
            return f"sum({', '.join(self.address[cell] for cell in cells)})"
        told = sorted(
            (number.row not in (r, section), abs((number.column or 0) - c), name)
            for name, number in self.told
            if number.kind in COUNTS and only_count(number.text) == entry.of
            and (number.row is None or number.row in (r, section) or number.row < self.layout.head)
        )  # fmt: skip
        if told and "in the same row" not in entry.reading:
            return told[0][-1]
        for (row, k), count in sorted(self.counts.items()):
            label = self.layout.label(row)
            if count == entry.of and (row, k) != (r, c) and (
                row == r or (k == c and label and label in entry.reading)
            ):  # fmt: skip
                return self.address[row, k]
        return ""

    def _total(self, r: int, c: int) -> None:
        """Say that a total is not the sum of its groups."""
        sized = (k for k in self.columns if k in self.layout.sizes)
        groups = [k for k in sized if not self.layout.is_total(k)]
        if all((r, k) in self.counts for k in groups):
            self.drafted.accused.add(self.address[r, c])
            parts = ", ".join(self.address[r, k] for k in groups)
            self._say(self.address[r, c], f"sum({parts})")

    def _names(self, r: int, c: int) -> list[str]:
        return [name for _, name in self.drafted.places[self.layout.table.index, r, c]]

    def _say(self, address: str, body: str = "") -> None:
        """Say what a number follows from, or that it is still to be said."""
        said = self.drafted.said(address)
        said.take_back()
        if body:
            said.follows(body)


def _lines(head: str) -> list[str]:
    """Return the lines of a head without the size of the group and what cells hold."""
    bare = re.sub(r"\^\S{1,3}", "", head)
    return list(filter(None, map(slug, _HOLDS.sub(" ", bare).split(" / ")))) or [slug(bare)]


def _named(head: str, shared: Collection[str] = ()) -> str:
    """Return the name of a column from its head.

    A long one keeps what tells the column from others: its lowest line, and what not all share.
    """
    lines = _lines(head)
    if len(name := "-".join(lines)) <= LONGEST_NAME:
        return name
    *above, last = [line for line in lines if line not in shared] or lines
    last = cut(last, LONGEST_NAME)
    most = max(LONGEST_NAME - 1 - len(last), LONGEST_NAME // 3)
    name = "-".join(filter(None, [cut("-".join(above), most), last]))
    of_all = "-".join(line for line in lines if line in shared)
    room = LONGEST_NAME - 1 - len(name)
    return f"{cut(of_all, room)}-{name}" if of_all and room >= LONGEST_NAME // 3 else name


def _by_usual(finding: Finding) -> bool:
    """Whether a usual test of the counts prints the P, or should and does not."""
    counts = [int(text) for text in re.findall(r"\d+", finding.against)]
    if len(counts) > MOST_CELLS or sum(counts) > MOST_PATIENTS:
        return False
    told = finding.reading.removeprefix("printed by ").split(", ")
    by_usual = finding.level == "holds" and any(name in USUAL for name in told)
    return finding.level == "fails" or by_usual
