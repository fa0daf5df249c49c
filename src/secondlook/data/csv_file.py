"""One CSV file of a paper, read once: the rows that are checked are the rows that are returned."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondlook import plain_yaml
from secondlook.data.datapackage import Resource, digest
from secondlook.data.folders import DataError
from secondlook.data.schema import fault_of
from secondlook.plain_yaml import Faults

LARGEST_TABLE = 20_000_000
LONGEST_CELL = 10_000
MOST_FAULTY = 1_000
"""Faults after which a table is read no further: those of a file of millions need gigabytes."""


@dataclass(frozen=True)
class Table:
    """A table that was read and checked: its cells as the text they are in the file.

    By row, and by column with a missing one as None.
    """

    resource: Resource
    rows: Sequence[Sequence[str]]
    columns: Mapping[str, Sequence[str | None]]


def read(resource: Resource, key: str) -> Table:
    """Return a table whose hash, header and cells are as its description says."""
    content, missing, faults = _content(resource, key), resource.missing, Faults()
    rows = list(_rows(content, resource, faults))
    whole = {number: row for number, row in enumerate(rows, 2) if len(row) == len(resource.fields)}
    columns = {
        name: [None if row[at] in missing else row[at] for row in whole.values()]
        for at, name in enumerate(resource.fields)
    }
    table = Table(resource, rows, columns)
    _check_cells(table, list(whole), faults)
    return table


def _content(resource: Resource, key: str) -> str:
    try:
        content = plain_yaml.regular_file(resource.path, LARGEST_TABLE)
    except (plain_yaml.YamlError, OSError) as error:
        raise DataError(f"{resource.path}: {error}") from error
    if resource.hash != (found := digest(resource.path)):
        state = "it is not sealed yet;"
        if resource.hash not in ("", "none"):
            state = (
                f"the file is not the one that was entered (its hash is {found}, the description "
                f"says {resource.hash}); restore it, or"
            )
        raise DataError(
            f"{resource.path}: {state} read it back against the paper and run "
            f"`secondlook seal {key}`"
        )
    return content


def _rows(content: str, resource: Resource, faults: Faults) -> Iterator[Sequence[str]]:
    """Yield the rows of a CSV file; one that has no cell a field is a fault."""
    path, wanted = resource.path, list(resource.fields)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != wanted:
            raise DataError(f"{path}: {_header_fault(header, wanted)}")
        for number, row in enumerate(reader, start=2):
            if len(row) != len(wanted):
                what = (
                    f"has {len(row)} cells, the schema has {len(wanted)} fields; a cell with a "
                    "comma needs quotes"
                )
                told = what if row else "is empty; take the line away"
                _keep(faults, number, DataError(f"{path}: row {number} {told}"))
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise DataError(
                    f"{path}: row {number} has a cell of over {LONGEST_CELL} characters"
                )
            yield row
    except csv.Error as error:
        raise DataError(f"{path}: line {reader.line_num} is no CSV: {error}") from error


def _header_fault(header: Sequence[str], wanted: Sequence[str]) -> str:
    for number, (found, name) in enumerate(zip(header, wanted, strict=False), start=1):
        if found != name:
            blank = " (blanks count)" if found.strip() == name else ""
            return (
                f"row 1, column {number} is {found!r:.80}{blank}, the schema says {name!r:.80}; "
                "cells are divided by commas, and the fields stand in the order of the columns"
            )
    return f"row 1 has {len(header)} columns, the schema has {len(wanted)} fields"


def _check_cells(table: Table, numbers: Sequence[int], faults: Faults) -> None:
    """Refuse the cells, of rows with these numbers, that are not as their fields say."""
    for name, field in table.resource.fields.items():
        for number, cell in zip(numbers, table.columns[name], strict=True):
            if fault := fault_of(field, cell):
                _keep(faults, number, _broken(table, number, name, cell, fault))
        if field.constraints.get("unique") or table.resource.primary_key == (name,):
            _check_unique(table, (name,), numbers, faults)
    if len(table.resource.primary_key) > 1:
        _check_unique(table, table.resource.primary_key, numbers, faults)
    faults.refuse(DataError)


def _check_unique(
    table: Table, names: Sequence[str], numbers: Sequence[int], faults: Faults
) -> None:
    first: dict[tuple[str | None, ...], int] = {}
    for number, *cells_of in zip(numbers, *(table.columns[name] for name in names), strict=True):
        cells = tuple(cells_of)
        if None in cells:
            if table.resource.primary_key == tuple(names):
                broken = _broken(table, number, names[0], cells[0], "a key is required")
                _keep(faults, number, broken)
        elif cells in first:
            _keep(faults, number, _broken(
                table, number, ", ".join(names), ", ".join(map(str, cells)),
                f"row {first[cells]} has it, too, and it is unique",
            ))  # fmt: skip
        else:
            first[cells] = number


def _keep(faults: Faults, number: int, fault: DataError) -> None:
    faults.keep(number, fault)
    if len(faults.lines) >= MOST_FAULTY:
        faults.refuse(DataError)


def _broken(table: Table, row: int, column: str, cell: str | None, fault: str) -> DataError:
    found = "is missing" if cell is None else f"is {cell[:80]!r}"
    return DataError(
        f"{table.resource.path}: row {row}, column {column!r:.80} {found}, which breaks the "
        f"schema: {fault}; correct the cell, or the schema if the paper prints it so"
    )
