"""Draft the folder of a paper from an article: what was printed, and how it follows as far as seen.

Each table becomes a CSV file as printed with a block of ``tables:``; each number that stands in no
such table becomes a claim with its place. A number follows by what the scan found (a percent of a
denominator, a sum, a test, the same number elsewhere), or it is ``needs: to be said``.

A draft accuses only what the scan accuses. So it is judged before it is written: a claim whose
verdict speaks against the paper without a finding of the scan is taken back to ``to be said``, and
where a verdict is weaker than *reproduced* the draft expects that.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from secondlook import data, new
from secondlook.claims import ClaimsError
from secondlook.claims.cells import COUNT, NUMBER, slug
from secondlook.claims.ledger import Paper
from secondlook.scan.cells import numeral, printed_as, shares, sizes_printing, value
from secondlook.scan.checks import check_document
from secondlook.scan.checks.p_of_table import USUAL
from secondlook.scan.checks.percent import Entry, resolve
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.listing import inert
from secondlook.scan.numbers import Number, numbers, read
from secondlook.scan.reading import read as read_file
from secondlook.scan.scanning import SECONDS, TookTooLong, at_most

__all__ = ["draft"]

UNSAID = "to be said"
MOST_NUMBERS = 20_000
"""Numbers of one draft; the longest article so far has 3,000."""
ANSWER_SECONDS = 20.0
"""How long one claim of a draft may take to be judged; the search behind a curve can be long."""
MOST_CELLS, MOST_PATIENTS = 8, 200
"""Of a table whose P is declared: all exact tests of a larger one take minutes."""
AGAINST = ("differs", "conflicts", "unattainable")
_EXPECTED = {
    "truncated": ("rounding", "It follows if the last digits were cut instead of rounded."),
    "attainable": ("rounding", "More than one value prints so, or fits what is printed."),
}
_PEOPLE = ("patients", "denominator")
_PAIRS = {"limit": ("lower", "upper"), "range": ("min", "max"), "quartile": ("q1", "q3")}
_WORDS = {
    "p": "P", "sd": "SD", "df": "degrees of freedom", "value": "number",
    "level": "level of confidence",
}  # fmt: skip
_RESERVED = re.compile(
    r"percent|lower|upper|min|max|q1|q3|variable|level|line|"
    r"(?:patients|denominator|mean|sd|median|range|quartile|estimate|limit|statistic|df|time|dose|"
    r"measure|year|date|version|value|count|percent)(?:-\d+)?"
)
"""Names that the numbers of a cell have in its address, and a column therefore has not."""
_AT_RISK = re.compile(
    r"numbers?\s(?:of\s\w+\s)?at\srisk\b[^0-9]{0,20}((?:\d{1,5}[\s,;]{1,3}){2,60}\d{1,5})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:\s[A-Za-z-]{1,20}){0,4}\s?[(\[]\s?")
_OF = re.compile(r"\s?%\s?[)\]] of (?:the |all |these |those )?")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_MARKS = re.compile(r"\^\(?(?:[a-z*†‡§¶#]{1,2}(?![\w/])|(?<=[)%\]]\^)\d{1,2})\)?")
_HARMLESS = re.compile(r"[-+][\s\d.,·%()\[\];:/–—±-]*")


@dataclass
class _Said:
    """A claim of the list, or what the list says of the cell of a declared table."""

    id: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Printed:
    """A number of a paragraph: its claim, its digits, its kind, where it begins."""

    name: str
    digits: str
    kind: str
    start: int
    length: int

    @property
    def whole(self) -> int:
        """The number, if it is a whole one; else 0."""
        return numeral(self.digits) or 0


@dataclass
class _Declared:
    """A CSV file and the blocks of ``tables:`` over it."""

    name: str
    label: str
    columns: list[str]
    titles: list[str]
    rows: list[list[str]]
    missing: list[str]
    blocks: dict[str, dict[str, Any]]


class _Draft:
    """What is to be written, and what of it the scan accuses."""

    def __init__(self) -> None:
        self.files: list[_Declared] = []
        self.curves: dict[str, dict[str, Any]] = {}
        self.listed: dict[str, _Said] = {}
        self.changes: dict[str, _Said] = {}
        self.accused: set[str] = set()


def draft(path: Path, key: str, *, root: Path, seconds: float = SECONDS) -> list[Path]:
    """Write the folder and the report of a paper, drafted from an article.

    Parameters
    ----------
    path
        The article; see `secondlook.scan.reading`.
    key
        The paper's citation key, such as ``smith-2024``.
    root
        The folder that holds, or is to hold, ``data/`` and ``reports/``.
    seconds
        The longest that reading and checking may take.

    Returns
    -------
    list of Path
        The files written, relative to the root.

    Raises
    ------
    ValueError
        If the article cannot be read, the key is none, or the paper is there already.
    OSError
        If a file cannot be read or written.
    """
    new.refuse(key, root)
    with at_most(seconds):
        document = read_file(path)
        made = _Drafting(document).draft
    title = _clean(document.title)[:300] or "The title of the paper"
    _settle(made, key, title, path.name)
    return new.begin(key, _texts(made, key, title, path.name), root=root)


# What the article gives ---------------------------------------------------------------------------


class _Drafting:
    """Tables first, so that a number of the text can be the same as a cell."""

    def __init__(self, document: Document) -> None:
        self.draft = _Draft()
        found = numbers(document)
        if len(found) > MOST_NUMBERS:
            raise ValueError(f"{len(found):,} numbers; a draft has at most {MOST_NUMBERS:,}")
        self.findings: dict[int | None, list[Finding]] = defaultdict(list)
        for finding in check_document(document):
            self.findings[finding.table].append(finding)
        of_table: dict[int, list[Number]] = defaultdict(list)
        for number in found:
            if number.table is not None:
                of_table[number.table].append(number)
        self.printed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self.used: set[str] = set()
        self._text(document)
        for table in document.tables:
            _OfTable(self, Layout(table), document, of_table[table.index])
        self._restated()

    def add(self, stem: str, kind: str, where: str, quantity: str, text: str, unit: str) -> str:
        """Add a claim of the list that is to be said, and return its id."""
        base = f"{stem}-{slug(kind)}"
        at = 1
        while f"{base}-{at}" in self.used:
            at += 1
        name = f"{base}-{at}"
        self.used.add(name)
        self.draft.listed[name] = _Said(
            name, {"where": where, "quantity": quantity, "printed": text, "needs": UNSAID}
        )
        self.printed[text, kind, unit].append(name)
        return name

    def _text(self, document: Document) -> None:
        said: list[tuple[str, list[_Printed]]] = []
        for paragraph in document.paragraphs:
            stem, section = _stem(paragraph.section), _short(paragraph.section)
            here: list[_Printed] = []
            at_risk = _AT_RISK.search(paragraph.text)
            if at_risk is not None:
                self._curve(f"{section}, paragraph {paragraph.number}", at_risk[1])
            for (text, start), kind, unit in read(paragraph.text):
                if at_risk is not None and at_risk.start(1) < start < at_risk.end(1):
                    continue
                sentence = len(_SENTENCE.findall(paragraph.text, 0, start)) + 1
                place = f"{section}, paragraph {paragraph.number}, sentence {sentence}"
                before = " ".join(paragraph.text[max(0, start - 60) : start].split()[-4:])
                told = _quantity(kind, unit, before)
                name = self.add(stem, kind, place, told, _clean(text), unit)
                here.append(_Printed(name, _digits(text), kind, start, len(text)))
            said.append((paragraph.text, here))
        every = self._everybody([number for _, here in said for number in here])
        for text, here in said:
            self._shares(text, here, every)

    def _curve(self, where: str, at_risk: str) -> None:
        """Declare the numbers at risk under a curve; the first, of all, stays a claim."""
        row, name = re.findall(r"\d+", at_risk), f"c{len(self.draft.curves) + 1}"
        self.draft.curves[name] = {
            "where": where, "n": row[0], "at_risk": " ".join(row), "ticks": "unknown",
            "interval": "unknown",
        }  # fmt: skip

    def _everybody(self, found: list[_Printed]) -> _Printed | None:
        """Return the number of patients of the abstract that the text gives most often."""
        times = Counter(number.whole for number in found if number.kind in _PEOPLE)
        sizes = [
            n for n in found
            if n.kind in _PEOPLE and n.whole >= 10 and n.name.startswith(("abstract", "summary"))
        ]  # fmt: skip
        return max(sizes, key=lambda n: (times[n.whole], -sizes.index(n)), default=None)

    def _shares(self, text: str, here: list[_Printed], every: _Printed | None) -> None:
        """Say of a percent in a sentence which count and which number of patients give it."""
        for share in shares(text):
            end = share.start + len(share.text)
            inside = [number for number in here if share.start <= number.start < end]
            count = next((n for n in inside if n.digits == str(share.count)), None)
            percent = next((n for n in inside if n.digits == share.percent), None)
            if count is None or percent is None or value(share.percent) > 100:
                continue
            if share.of is None:
                self._percent_of(percent, count, here, every)
                continue
            whole = [n for n in inside if n.digits == str(share.of) and n is not count]
            if len(whole) == 1:
                self._follows(percent.name, {"from": f"percent({count.name}, {whole[0].name})"})
        for count, percent in pairwise(here):
            # "seven patients (23%)": a count, what is counted, and the percent in brackets
            between = text[count.start + count.length : percent.start]
            if percent.kind != "percent" or count.kind == "percent":
                continue
            if not _BETWEEN.fullmatch(between):
                continue
            after = next((n for n in here if n.start > percent.start), None)
            gap = text[percent.start + percent.length : after.start] if after else ""
            if after is not None and _OF.fullmatch(gap):
                self._percent_of(percent, count, [after], None)
            else:
                self._percent_of(percent, count, here, every)

    def _percent_of(
        self, percent: _Printed, count: _Printed, near: list[_Printed], every: _Printed | None
    ) -> None:
        """Say of which number of patients a percent is, if one fits that few others would do for.

        It is one that the paragraph gives before it, if only one of these fits; else of everybody.
        """
        if "needs" not in self.draft.listed[percent.name].fields or count.whole <= 0:
            return
        before = {
            n.whole: n for n in near
            if (n.start < percent.start or len(near) == 1) and n.kind in _PEOPLE
            and n.name != count.name and _fit(percent.digits, count.whole, n.whole)
        }  # fmt: skip
        fitting = list(before.values())
        if not fitting and every is not None and every.name != count.name:
            fitting = [every] if _fit(percent.digits, count.whole, every.whole) else []
        if len(fitting) == 1:
            self._follows(percent.name, {"from": f"percent({count.name}, {fitting[0].name})"})

    def _follows(self, name: str, how: Mapping[str, Any]) -> None:
        fields = self.draft.listed[name].fields
        fields.pop("needs", None)
        fields.update(how)

    def _restated(self) -> None:
        """Say of a number with three digits that it is the one that is printed before, alike."""
        for (text, kind, _), names in self.printed.items():
            digits = re.sub(r"\D", "", text).lstrip("0")
            telling = len(digits) >= 3 and (kind in _PEOPLE or re.search(r"[.·]\d", text))
            cells = [name for name in names if "/" in name]
            if not telling or kind in ("year", "date", "p", "version", "df") or len(cells) > 1:
                continue
            first = cells[0] if cells else names[0]
            for name in names:
                if name != first and "/" not in name and "needs" in self.draft.listed[name].fields:
                    self._follows(name, {"same": first})


class _OfTable:
    """One printed table: its CSV, its blocks, what its cells follow from, its other numbers."""

    def __init__(
        self, drafting: _Drafting, layout: Layout, document: Document, found: list[Number]
    ) -> None:
        self.drafting, self.layout, self.draft = drafting, layout, drafting.draft
        table = layout.table
        stem = slug(table.label)[:30].strip("-") or "table"
        taken = {file.name for file in self.draft.files}
        self.name = stem if stem not in taken and stem != "table" else f"table-{table.index + 1}"
        while self.name in taken:
            self.name += "-x"
        self.block = f"t{table.index + 1}"
        self.label = _clean(table.label)[:60] or f"Table {table.index + 1}"
        self.blocks: dict[str, dict[str, Any]] = {}
        self.numbers: dict[tuple[int, int], list[Number]] = defaultdict(list)
        for number in found:
            if number.row is not None and number.column is not None:
                self.numbers[number.row, number.column].append(number)
        resolved = resolve(layout, document)
        self.entries = {(e.row, e.column): e for e in resolved}
        self.several = {(e.row, e.column) for e in resolved if e.part}
        self.address: dict[tuple[int, int], str] = {}
        self.counted: dict[tuple[int, int], re.Match[str]] = {}
        self.told: list[tuple[str, Number]] = []
        self.findings = {(f.check, f.row, f.column): f for f in drafting.findings[table.index]}
        self.columns = list(range(layout.labels, table.columns))
        self.rows = [r for r in range(layout.head, len(table.grid)) if not self._only_names(r)]
        self._lay_out()
        self._write(found)

    # The grid as a file -------------------------------------------------------------------------

    def _only_names(self, r: int) -> bool:
        """Whether a row holds no number outside of its labels (it names a block, or is empty)."""
        return not any(self.numbers.get((r, c)) for c in self.columns)

    def cell(self, r: int, c: int) -> str:
        """Return a cell as it goes into the file: on one line, without the marks of footnotes."""
        cell = self.layout.table.grid[r][c]
        if not cell.first:
            return ""
        return _cell(_MARKS.sub("", cell.text.replace("\n", " ")))

    def _lay_out(self) -> None:
        """Give each row its labels and each column its name."""
        layout = self.layout
        self.labels: dict[int, tuple[str, str]] = {}
        for r in self.rows:
            section = layout.sections[r]
            above = _cell(_MARKS.sub("", layout.label(section))) if section is not None else ""
            own = _cell(_MARKS.sub("", layout.label(r)))
            self.labels[r] = (above, own) if above else (own, "")
        known = [tuple(slug(part) for part in self.labels[r]) for r in self.rows]
        self.lined = len({_address(parts) for parts in known}) < len(known) or any(
            not any(parts) for parts in known
        )
        self.named: dict[int, str] = {}
        for c in self.columns:
            name = (
                slug(re.sub(r"\^\S{1,3}", "", layout.heads[c]))[:40].strip("-") or f"column-{c + 1}"
            )
            if _RESERVED.fullmatch(name):
                name = f"{name}-column"
            base, at = name, 2
            while name in self.named.values():
                name, at = f"{base}-{at}", at + 1
            self.named[c] = name

    @property
    def label_columns(self) -> list[str]:
        """The names of the columns of labels."""
        return ["variable", "level", *(["line"] if self.lined else [])]

    def row_labels(self, r: int) -> list[str]:
        return [*self.labels[r], *([str(r - self.layout.head + 1)] if self.lined else [])]

    def parts(self, r: int) -> tuple[str, str]:
        """Return the variable and the level of a row as its address has them."""
        parts = [slug(label) for label in self.row_labels(r) if slug(label)]
        return parts[0], "-".join(parts[1:])

    # What can be declared -----------------------------------------------------------------------

    def form(self, r: int, c: int) -> tuple[str, ...] | None:
        """Return what a cell holds: ``()`` nothing, ("count",), names of numbers; None unclear."""
        text, found = self.cell(r, c), self.numbers.get((r, c), [])
        if not found:
            return () if not re.search(r"\d", text) else None
        kinds = [number.kind for number in found]
        counted = {"count", "percent", "patients", "denominator"}
        match = COUNT.fullmatch(text)
        if match and (r, c) not in self.several and set(kinds) <= counted:
            alone = match["percent"] is None
            if len(found) == (1 if alone else 2) and (
                (alone and kinds[0] != "percent") or (not alone and (r, c) in self.entries)
            ):
                return ("count",)
        if len(NUMBER.findall(text)) != len(found):
            return None
        names: list[str] = []
        for at, kind in enumerate(kinds):
            if kind in _PAIRS and kinds.count(kind) == 2:
                names.append(_PAIRS[kind][kinds[:at].count(kind)])
            else:
                names.append(
                    f"{kind}-{kinds[:at].count(kind) + 1}" if kinds.count(kind) > 1 else kind
                )
        return tuple(names)

    def _write(self, found: list[Number]) -> None:
        groups = [c for c in self.columns if any(self.numbers.get((r, c)) for r in self.rows)]
        forms: dict[int, dict[str, tuple[str, ...]]] = {c: {} for c in groups}
        unclear: set[str] = set()
        for r in self.rows:
            variable = self.parts(r)[0]
            for c in groups:
                form = self.form(r, c)
                if form is None or (form and forms[c].setdefault(variable, form) != form):
                    unclear.add(variable)
        kept = [r for r in self.rows if self.parts(r)[0] not in unclear]
        rest = [r for r in self.rows if self.parts(r)[0] in unclear]
        declared: set[tuple[int, int]] = set()
        if kept and groups and 2 * len(kept) >= len(self.rows):
            file = self._file(self.name, kept)
            for variable in unclear:
                for c in groups:
                    forms[c].pop(variable, None)
            self._blocks(file, kept, groups, forms)
            self.blocks = file.blocks
            declared = {(r, c) for r in kept for c in groups}
            if rest:
                self._file(f"{self.name}-more", rest)
        elif self.rows:
            self._file(self.name, self.rows)
        self._list(found, declared)
        self._link()

    def _file(self, name: str, rows: list[int]) -> _Declared:
        labels = self.label_columns
        texts = [[*self.row_labels(r), *(self.cell(r, c) for c in self.columns)] for r in rows]
        at = len(labels)
        missing = {
            text
            for row in texts
            for text in row[at:]
            if text and not re.search(r"\d", text) and len(text) <= 40
        }
        for i in range(at, at + len(self.columns)):
            if not any(re.search(r"\d", row[i]) for row in texts):
                missing -= {row[i] for row in texts}  # a column of words
        titles = ["Row", "Level", *(["Line of the printed table"] if self.lined else [])]
        titles += [_clean(self.layout.heads[c])[:200] or f"Column {c + 1}" for c in self.columns]
        file = _Declared(
            name, self.label, [*labels, *(self.named[c] for c in self.columns)], titles, texts,
            ["", *sorted(missing)], {},
        )  # fmt: skip
        self.draft.files.append(file)
        return file

    def _blocks(
        self,
        file: _Declared,
        rows: list[int],
        groups: list[int],
        forms: Mapping[int, Mapping[str, tuple[str, ...]]],
    ) -> None:
        """Declare the columns in as few blocks as their cells allow."""
        parts: list[tuple[list[int], dict[str, tuple[str, ...]]]] = []
        p = next((c for c in groups if self._tested(c)), None)
        for c in groups:
            for columns, shared in parts if c != p else []:
                if all(shared.get(v, form) == form for v, form in forms[c].items()):
                    columns.append(c)
                    shared.update(forms[c])
                    break
            else:
                if c != p:
                    parts.append(([c], dict(forms[c])))
        with_p = next((part for part in parts if ("count",) in part[1].values()), None)
        for at, (columns, shared) in enumerate(parts):
            name = self.block if at == 0 else f"{self.block}-{at + 1}"
            block: dict[str, Any] = {
                "file": file.name, "where": self.label, "rows": self.label_columns,
                "groups": [self.named[c] for c in columns], "cells": "n (%)", "quantity": "count",
            }  # fmt: skip
            several = {v: list(form) for v, form in shared.items() if form != ("count",)}
            if several:
                block["statistics"] = several
            tested = [p] if p is not None and with_p is parts[at] else []
            if tested:
                block["p"] = self.named[tested[0]]
            file.blocks[name] = block
            for r in rows:
                variable, level = self.parts(r)
                for c in [*columns, *tested]:
                    if not self.numbers.get((r, c)):
                        continue
                    address = _address((name, variable, level, slug(self.named[c])))
                    self.address[r, c] = address
                    match = COUNT.fullmatch(self.cell(r, c))
                    if c in tested:
                        continue
                    if variable in several:
                        for number, part in zip(self.numbers[r, c], several[variable], strict=True):
                            alike = number.text, number.kind, number.unit
                            self.drafting.printed[alike].append(f"{address}/{slug(part)}")
                    elif match:
                        self.counted[r, c] = match

    def _tested(self, c: int) -> bool:
        """Whether a usual test of the table's counts prints a P of the column."""
        return any(
            check == "p-of-table" and column == c and _by_usual(finding)
            for (check, _, column), finding in self.findings.items()
        )

    # What the cells follow from -----------------------------------------------------------------

    def _list(self, found: list[Number], declared: set[tuple[int, int]]) -> None:
        """Make claims of the numbers of heads, labels, caption, notes, and of undeclared cells."""
        for number in found:
            if (number.row, number.column) in declared:
                continue
            place = _short(number.place)
            told = _quantity(number.kind, number.unit, number.near if number.row is None else place)
            name = self.drafting.add(
                self.block, number.kind, place, told, _clean(number.text), number.unit
            )
            self.told.append((name, number))

    def _link(self) -> None:
        sizes: dict[int, tuple[str, int]] = {}
        for c in {c for _, c in self.address}:
            size = self._size(c)
            if size is not None:
                sizes[c] = size
        named = {self.named[c]: size[0] for c, size in sizes.items()}
        for block in self.blocks.values():
            if of_block := {group: named[group] for group in block["groups"] if group in named}:
                block["n"] = of_block
        for (r, c), match in self.counted.items():
            if match["percent"] is not None:
                self._percent(r, c, match, sizes.get(c))
                alike = match["percent"], "percent", "%"
                self.drafting.printed[alike].append(f"{self.address[r, c]}/percent")
        tested = {block.get("p") for block in self.blocks.values()}
        for (check, *at), finding in self.findings.items():
            row, column = at
            if row is None or column is None or (row, column) not in self.address:
                continue
            if check == "p-of-table" and self.named[column] in tested:
                self._p(row, column, finding)
            if check == "parts" and finding.level == "fails":
                self._total(row, column)
        for (r, c), address in self.address.items():
            if self.named[c] in tested and ("p-of-table", r, c) not in self.findings:
                self._say(address, needs=UNSAID)

    def _size(self, c: int) -> tuple[str, int] | None:
        """Return the claim that is the size of a group, and the size."""
        if c in self.layout.p_columns:
            return None
        for size in self.layout.head_sizes[c]:
            heads = [
                (abs(number.column - c), name)
                for name, number in self.told
                if number.row is not None and number.column is not None
                and number.row < self.layout.head and number.column <= c
                and _digits(number.text) == str(size)
            ]  # fmt: skip
            if heads:
                return min(heads)[1], size
        for r, columns in self.layout.size_rows.items():
            match = self.counted.get((r, c))
            if c in columns and match is not None and match["percent"] is None:
                return self.address[r, c], int(_digits(match["count"]))
        return None

    def _percent(self, r: int, c: int, match: re.Match[str], size: tuple[str, int] | None) -> None:
        address, entry = self.address[r, c], self.entries[r, c]
        finding = self.findings.get(("percent", r, c))
        if entry.holds and size is not None and entry.of == size[1]:
            return
        whole = self._whole(entry, size) if entry.of is not None else None
        if finding is not None and finding.level == "fails":
            self.draft.accused.add(f"{address}/percent")
            self._say(address, needs=UNSAID)
            if size is None or entry.fits(size[1]):
                self._say(f"{address}/percent", needs=UNSAID)
        elif whole is None:
            self._say(address, needs=UNSAID)
            self._say(f"{address}/percent", needs=UNSAID)
        else:
            self._say(f"{address}/percent", {"from": f"percent({address}, {whole})"})
            if address in re.split(r"[(), ]+", whole):
                self._say(address, needs=UNSAID)
            else:
                self._say(address, {"from": f"count_behind({address}/percent, {whole})"})

    def _whole(self, entry: Entry, size: tuple[str, int] | None) -> str | None:
        """Return what is printed that the scan found a percent to be of, as an expression."""
        of, r, c = entry.of, entry.row, entry.column
        counts = {at: int(_digits(match["count"])) for at, match in self.counted.items()}
        if "levels" in entry.reading:
            here = self.parts(r)[0]
            variable = [row for row, k in counts if k == c and self.parts(row)[0] == here]
            for rows in (variable, *self._runs(counts, r, c)):
                if sum(counts[row, c] for row in rows) == of and len(rows) > 1:
                    return f"sum({', '.join(self.address[row, c] for row in rows)})"
            return None
        if "sum of the row" in entry.reading:
            columns = [k for row, k in sorted(counts) if row == r and not self.layout.is_total(k)]
            if sum(counts[r, k] for k in columns) == of and len(columns) > 1:
                return f"sum({', '.join(self.address[r, k] for k in columns)})"
            return None
        if "in the same row" in entry.reading:
            found = [self.address[at] for at, n in counts.items() if at[0] == r and n == of]
            return found[0] if len(found) == 1 else None
        if "label" in entry.reading or "caption" in entry.reading:
            near = {r, self.layout.sections[r]} if "label" in entry.reading else {None}
            told = [
                name for name, number in self.told
                if number.row in near and (number.column or 0) < self.layout.labels
                and _digits(number.text) == str(of)
            ]  # fmt: skip
            return told[0] if told else None
        if "row " in entry.reading:
            named = [
                self.address[row, k] for row, k in sorted(counts)
                if k == c and row != r and counts[row, k] == of
                and self.layout.label(row) and self.layout.label(row) in entry.reading
            ]  # fmt: skip
            return named[0] if named else None
        if size is not None and size[1] == of:
            return size[0]
        heads = [
            (abs((number.column or 0) - c), name) for name, number in self.told
            if number.row is not None and number.row < self.layout.head
            and _digits(number.text) == str(of)
        ]  # fmt: skip
        return min(heads)[1] if heads else None

    def _runs(self, counts: Mapping[tuple[int, int], int], r: int, c: int) -> Iterator[list[int]]:
        rows = sorted(row for row, column in counts if column == c)
        at = rows.index(r)
        for start in range(max(0, at - 12), at + 1):
            for end in range(at + 1, min(len(rows), at + 13) + 1):
                yield rows[start:end]

    def _p(self, r: int, c: int, finding: Finding) -> None:
        address = self.address[r, c]
        if finding.level == "fails" and _by_usual(finding):
            self.draft.accused.add(address)
        elif not _by_usual(finding):
            self._say(address, needs=UNSAID)

    def _total(self, r: int, c: int) -> None:
        groups = [
            k for k in self.columns if self.layout.head_sizes[k] and not self.layout.is_total(k)
        ]
        if all((r, k) in self.counted for k in groups):
            parts = ", ".join(self.address[r, k] for k in groups)
            self.draft.accused.add(self.address[r, c])
            self._say(self.address[r, c], {"from": f"sum({parts})"})

    def _say(self, address: str, how: Mapping[str, Any] | None = None, **more: Any) -> None:
        self.draft.changes[address] = _Said(address, {**(how or {}), **more})


def _by_usual(finding: Finding) -> bool:
    """Whether a usual test of the counts prints the P, or should and does not."""
    counts = [int(text) for text in re.findall(r"\d+", finding.against)]
    if len(counts) > MOST_CELLS or sum(counts) > MOST_PATIENTS:
        return False
    told = finding.reading.removeprefix("printed by ").split(", ")
    by_usual = finding.level == "holds" and any(name in USUAL for name in told)
    return finding.level == "fails" or by_usual


def _fit(percent: str, count: int, size: int) -> bool:
    """Whether a count of this size prints the percent, and of few other sizes."""
    span = sizes_printing(percent, count) if value(percent) <= 100 else None
    return (
        span is not None and size > count and (span[1] - span[0]) * 6 <= size
        and printed_as(percent, count, size) != "differs"
    )  # fmt: skip


# Judged before it is written ----------------------------------------------------------------------


def _settle(made: _Draft, key: str, title: str, source: str) -> None:
    """Judge the draft, take back what accuses without a finding, expect what is weaker."""
    for _ in range(6):
        with tempfile.TemporaryDirectory(prefix="secondlook-draft-") as folder:
            for name, text in _texts(made, key, title, source).items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            with _root(folder):
                if not _revised(made, Paper(key)):
                    return
    raise AssertionError("a draft that is judged anew does not come to rest")  # pragma: no cover


def _revised(made: _Draft, paper: Paper) -> bool:
    try:
        claims = paper.claims
    except ClaimsError as error:
        return _without_block(made, error)
    changed = False
    for name, claim in claims.items():
        try:
            with at_most(ANSWER_SECONDS):
                verdict: str = paper.answer(name).result.verdict(claim.reads)
        except TookTooLong:
            if name.split("/")[0] in made.curves:
                _without_curve(made, name.split("/")[0])
                return True
            verdict = "no value"
        except ValueError:
            verdict = "no value"
        if verdict == claim.expect or (verdict in AGAINST and name in made.accused):
            continue
        changed = True
        if name in made.listed:
            said = made.listed[name]
        else:
            said = made.changes.setdefault(name, _Said(name))
        if verdict in _EXPECTED:
            cause, why = _EXPECTED[verdict]
            said.fields |= {"expect": verdict, "cause": cause, "why": why}
        elif verdict == "reproduced":
            said.fields |= {"expect": verdict}
        else:
            _take_back(said)
    return changed


def _take_back(said: _Said) -> None:
    kept = ("where", "quantity", "printed")
    said.fields = {name: said.fields[name] for name in kept if name in said.fields}
    said.fields["needs"] = UNSAID


def _without_block(made: _Draft, error: ClaimsError) -> bool:
    """Leave out the block that the language refuses; its file stays."""
    found = re.search(r"table '(t[\d-]+)'", str(error))
    for file in made.files:
        if found and file.blocks.pop(found[1], None):
            for names in (made.changes, made.listed):
                for name, said in list(names.items()):
                    if name.startswith(f"{found[1]}/"):
                        del names[name]
                    elif f"{found[1]}/" in json.dumps(said.fields):
                        _take_back(said)
            return True
    if (curve := re.search(r"curve '(c\d+)'", str(error))) and curve[1] in made.curves:
        _without_curve(made, curve[1])
        return True
    raise error


def _without_curve(made: _Draft, name: str) -> None:
    """Leave out a curve that cannot be searched, and list its numbers."""
    block = made.curves.pop(name)
    for address in [each for each in made.changes if each.startswith(f"{name}/")]:
        del made.changes[address]
    for at, text in enumerate(str(block["at_risk"]).split()[1:], start=1):
        fields = {"where": block["where"], "quantity": "at risk", "printed": text}
        claim = f"{name}-at-risk-{at}"
        made.listed[claim] = _Said(claim, {**fields, "needs": UNSAID})


@contextmanager
def _root(folder: str) -> Iterator[None]:
    before = os.environ.get(data.ROOT)
    os.environ[data.ROOT] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ[data.ROOT]
        else:
            os.environ[data.ROOT] = before


# The files ----------------------------------------------------------------------------------------


def _texts(made: _Draft, key: str, title: str, source: str) -> dict[str, str]:
    """Return the files of the paper: path under the root -> text."""
    files = {f"data/{key}/{file.name}.csv": _csv(file) for file in made.files}
    report = new.template("draft")["report.qmd"].format(**new.named(key, title))
    return files | {
        f"data/{key}/datapackage.yaml": _package(made, files, key, title, source),
        f"data/{key}/claims.yaml": _claims(made, source),
        f"reports/{key}.qmd": report,
    }


def _csv(file: _Declared) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(file.columns)
    writer.writerows(file.rows)
    return out.getvalue()


def _package(made: _Draft, files: Mapping[str, str], key: str, title: str, source: str) -> str:
    obtained = f"Drafted by secondlook scan from {source}; to be read back against the article."
    lines = [f"name: {key}", f"title: {_quoted(title)}"]
    lines.append("resources:" if made.files else "resources: []")
    for file in made.files:
        digest = hashlib.sha256(files[f"data/{key}/{file.name}.csv"].encode()).hexdigest()
        lines += [
            f"  - name: {file.name}",
            f"    path: {file.name}.csv",
            f'    hash: "sha256:{digest}"',
            f"    x-source: {{table: {_quoted(file.label)}}}",
            f"    x-obtained: {_quoted(obtained)}",
            "    schema:",
            f"      missingValues: {_flow(file.missing)}",
            "      fields:",
        ]
        for name, told in zip(file.columns, file.titles, strict=True):
            column = {"name": name, "type": "string", "title": told}
            lines.append(f"        - {_flow(column)}")
    return "\n".join(lines) + "\n"


def _claims(made: _Draft, source: str) -> str:
    blocks = {name: block for file in made.files for name, block in file.blocks.items()}
    lines = [
        f"# Drafted by `secondlook scan` from {_clean(source)}: every printed number, its place.",
        f"# `needs: {UNSAID}` awaits how a number follows; CONTRIBUTING says how to write it.",
        "",
    ]
    if blocks:
        lines.append("tables:")
        lines += [f"  {name}: {_flow(block)}" for name, block in blocks.items()]
    if made.curves:
        lines.append("curves:")
        lines += [f"  {name}: {_flow(block)}" for name, block in made.curves.items()]
    said = [*made.listed.values(), *(each for each in made.changes.values() if each.fields)]
    lines.append("claims:" if said else "claims: []")
    lines += [f"- {_flow({'id': each.id, **each.fields})}" for each in said]
    return "\n".join(lines) + "\n"


def _flow(content: Any) -> str:
    if isinstance(content, Mapping):
        return "{" + ", ".join(f"{_quoted(k)}: {_flow(v)}" for k, v in content.items()) + "}"
    if isinstance(content, list):
        return f"[{', '.join(_flow(each) for each in content)}]"
    return _quoted(content)


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[a-z][a-z0-9]*(?:[-/][a-z0-9]+)*|to be said", text)
    if plain and text not in ("true", "false", "null"):
        return text
    return json.dumps(_clean(text), ensure_ascii=False)


# Words --------------------------------------------------------------------------------------------


def _cell(text: str) -> str:
    """Return a text of a cell; one that a spreadsheet would compute gets an apostrophe."""
    text = _clean(text)[:5_000]
    return text if _HARMLESS.fullmatch(text) else str(inert(text))


def _clean(text: str) -> str:
    """Return text on one line, without signs that are not printed."""
    return " ".join("".join(t if t.isprintable() else " " for t in text).split())


def _digits(text: str) -> str:
    return re.sub(r"[,\u202f\s]", "", text).replace("·", ".")


def _address(parts: tuple[str, ...]) -> str:
    return "/".join(part for part in parts if part)


def _short(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= 160 else f"{text[:157]}..."


def _stem(section: str) -> str:
    words = slug(re.sub(r"[\d.]+", " ", section.split(" > ")[0]))
    return re.sub(r"^[-\d]+", "", words)[:20].strip("-") or "text"


def _quantity(kind: str, unit: str, near: str) -> str:
    named = _WORDS.get(kind, kind)
    what = f"{named}, {unit}" if unit and unit not in (named, "%") else named
    near = _clean(near)[:120]
    return f"{what}: {near}" if near else what
