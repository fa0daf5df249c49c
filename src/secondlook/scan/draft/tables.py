"""A printed table as a CSV file with its blocks of ``tables:``, and what its cells follow from.

A column whose cells are alike, variable by variable, is declared; what is left over stays in the
file, and its numbers are claims of the list. What the block itself derives (a percent of the size
of its group, levels that add up to it, groups that add up to a total) is declared in the block;
what else the scan found is said of the cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from secondlook.claims.cells import slug
from secondlook.scan.checks.p_of_counts.p_of_table import USUAL
from secondlook.scan.draft.cells import LONGEST_MISSING, Cells, Form
from secondlook.scan.draft.drafted import Drafted, File, Mention, unused
from secondlook.scan.draft.percents import beside_counts, in_own_column, of_its_cell
from secondlook.scan.draft.single_patients import keep_columns
from secondlook.scan.draft.sizes import declare_sizes
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout
from secondlook.scan.listing import one_line
from secondlook.scan.numbers import Number

MOST_CELLS, MOST_PATIENTS = 8, 200
"""Of a table whose P is declared: all exact tests of a larger one take minutes."""


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
        self.cells = Cells(drafted, layout, found, findings)
        self.names = self.cells.names
        self.tested = {
            (f.row, f.column): f.level for f in reversed(findings)
            if f.check == "p-of-table" and _by_usual(f)
        }  # fmt: skip
        self._write(found)

    def _write(self, found: list[Number]) -> None:
        """Write what is clear into one file and the rest into another, and declare the first."""
        cells = self.cells
        groups = [c for c in cells.columns if any(cells.numbers.get((r, c)) for r in cells.rows)]
        forms: dict[int, dict[int, Form]] = {c: {} for c in groups}
        unclear: set[str] = set()
        for r in cells.rows:
            for c in groups:
                form = cells.form(r, c)
                if form is None:
                    unclear.add(self.names.parts[r][0])
                elif form:
                    forms[c][r] = form
        kept = [r for r in cells.rows if self.names.parts[r][0] not in unclear]
        if not groups or 2 * len(kept) < len(cells.rows):
            kept = []
        rest = [r for r in cells.rows if r not in kept]
        file = self._file(self.name, kept) if kept else None
        if rest:
            self._file(f"{self.name}-more" if kept else self.name, rest)
        undeclared = [n for n in found if n.row not in kept or n.column not in groups]
        cells.add_claims(self.block, undeclared)
        if file is not None:
            self._blocks(file, kept, groups, forms)
            self._link(file, kept, groups)

    def _file(self, name: str, rows: list[int]) -> File:
        """Return the file of some rows, which is one of the draft from now on."""
        names, columns = self.names, self.cells.columns
        at = len(names.label_columns)
        texts = [[*names.labels[r], *(self.cells.text(r, c) for c in columns)] for r in rows]
        filled = [c for c in range(at, at + len(columns))
                  if any(re.search(r"\d", row[c]) for row in texts)]  # fmt: skip
        missing = {row[c] for row in texts for c in filled if not re.search(r"\d", row[c])}
        missing = {text for text in missing if len(text) <= LONGEST_MISSING} | {""}
        titles = ["Row", "Level", "Line of the printed table"][:at]
        titles += [one_line(self.layout.heads[c])[:200] or f"Column {c + 1}" for c in columns]
        heads = [*names.label_columns, *(names.columns[c] for c in columns)]
        file = File(name, self.label, heads, titles, texts, sorted(missing), {})
        self.drafted.files.append(file)
        return file

    # What can be declared -----------------------------------------------------------------------

    def _blocks(
        self, file: File, rows: list[int], groups: list[int],
        forms: Mapping[int, Mapping[int, Form]],
    ) -> None:  # fmt: skip
        """Declare the columns in as few blocks as their cells allow."""
        of_p = {column for _, column in self.tested}
        tested = next((c for c in groups if c in of_p), None)
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
            counted = tested is not None and ("count",) in shared.values()
            file.blocks[name] = self._block(
                name, file, rows, columns, shared, tested if counted else None
            )
            tested = None if counted else tested

    def _block(
        self, name: str, file: File, rows: list[int], columns: list[int],
        shared: Mapping[int, Form], tested: int | None,
    ) -> dict[str, Any]:  # fmt: skip
        """Return the block of some columns, with that of their P, and give its cells addresses."""
        names, cells = self.names, self.cells
        block: dict[str, Any] = {
            "file": file.name, "where": self.label, "rows": names.label_columns,
            "groups": [names.columns[c] for c in columns], "cells": "n (%)", "quantity": "count",
        }  # fmt: skip
        several = {r: form for r, form in shared.items() if form != ("count",)}
        if several:
            block["statistics"] = self._statistics(shared)
        if tested is not None:
            block["p"] = names.columns[tested]
        with_p = [] if tested is None else [tested]
        for r in rows:
            for c in columns + with_p:
                if cells.numbers.get((r, c)):
                    cells.declare(name, r, c, several.get(r, ()), is_p=c in with_p)
        sizes = declare_sizes(cells, block, rows, columns, self.every)
        beside_counts(cells, columns, sizes)
        for r, c in ((r, c) for r in rows for c in with_p if (r, c) in cells.address):
            if (r, c) not in self.tested:
                cells.say(cells.address[r, c])
            elif self.tested[r, c] == "fails":
                self.drafted.accused.add(cells.address[r, c])
        return block

    def _statistics(self, forms: Mapping[int, Form]) -> dict[str, list[str]]:
        """Return what cells hold that are no counts: of a variable, or of some of its rows."""
        of: dict[str, set[Form]] = defaultdict(set)
        parts = self.names.parts
        for r, form in forms.items():
            of[parts[r][0]].add(form)
        return {
            parts[r][0] if len(of[parts[r][0]]) == 1 else "/".join(parts[r]): list(form)
            for r, form in forms.items() if form != ("count",)
        }  # fmt: skip

    # What the cells follow from -----------------------------------------------------------------

    def _link(self, file: File, rows: list[int], groups: list[int]) -> None:
        """Say what the cells follow from that the blocks do not derive."""
        for r, c in self.cells.address:
            in_own_column(self.cells, r, c)
            of_its_cell(self.cells, r, c)
        keep_columns(self.cells, file, rows, groups)
        for cell in self.cells.counts:
            if ("parts", *cell) in self.cells.fails:
                self._total(*cell)

    def _total(self, r: int, c: int) -> None:
        """Say that a total is not the sum of its groups."""
        sized = (k for k in self.cells.columns if k in self.layout.sizes)
        groups = [k for k in sized if not self.layout.is_total(k)]
        if all((r, k) in self.cells.counts for k in groups):
            address = self.cells.address
            self.drafted.accused.add(address[r, c])
            self.cells.say(address[r, c], f"sum({', '.join(address[r, k] for k in groups)})")


def _by_usual(finding: Finding) -> bool:
    """Whether a usual test of the counts prints the P, or should and does not."""
    counts = [int(text) for text in re.findall(r"\d+", finding.against)]
    if len(counts) > MOST_CELLS or sum(counts) > MOST_PATIENTS:
        return False
    told = finding.reading.removeprefix("printed by ").split(", ")
    by_usual = finding.level == "holds" and any(name in USUAL for name in told)
    return finding.level == "fails" or by_usual
