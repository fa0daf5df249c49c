"""Totals that a paper prints, and whether the rows of its table add up to them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from secondlook import printed
from secondlook.data.csv_file import Table
from secondlook.data.datapackage import take
from secondlook.data.folders import DESCRIPTOR, DataError
from secondlook.data.schema import Field, is_one_of
from secondlook.plain_yaml import Faults, Lined


def check_totals(table: Table) -> None:
    """Refuse rows that miss a printed total, or have one that they are said to miss."""
    faults = Faults()
    for total in table.resource.entry.get("x-totals", []):
        with faults.at(total.line):
            _check_total(table, total)
    faults.refuse(DataError)


def _check_total(table: Table, total: Lined) -> None:
    path = table.resource.path
    at = f"{path.parent / DESCRIPTOR}, line {total.line}, x-totals"
    of, text = total.get("of"), take(total, "printed", str, at)
    where = take(total, "where", Lined, at, Lined(0))
    chosen = _chosen(table, where, at)
    found = Fraction(len(chosen)) if of == "rows" else _summed(table, of, chosen, at)
    try:
        agrees = printed.verdict(text, found) == "reproduced"
    except ValueError as error:
        raise DataError(f"{at}: {error}") from error
    if agrees != take(total, "holds", bool, at, True):
        rows = ", ".join(f"{name} = {value}" for name, value in where.items()) or "anything"
        raise DataError(
            f"{path}: the total of {of} where {rows} is {printed.show(found, like=text)}, but "
            f"the paper prints {text} ({total.get('source', '')}); read the rows back against "
            "the paper, and if its own rows miss its total, say `holds: false` with the reason"
        )


def _chosen(table: Table, where: Lined, at: str) -> list[int]:
    """Return the positions of the rows that a total is of."""
    chosen = list(range(len(table.rows)))
    for name, value in where.items():
        field, cells = _column(table, name, at)
        values = value if isinstance(value, list) else [value]
        chosen = [i for i in chosen if is_one_of(field, cells[i], values)]
    return chosen


def _summed(table: Table, name: Any, chosen: Sequence[int], at: str) -> Fraction:
    field, cells = _column(table, name, at)
    if field.type not in ("integer", "number"):
        raise DataError(f"{at}: `of: {name}` is a column of {field.type}, which has no sum")
    return sum((Fraction(cell) for i in chosen if (cell := cells[i]) is not None), Fraction(0))


def _column(table: Table, name: Any, at: str) -> tuple[Field, Sequence[str | None]]:
    if not isinstance(name, str) or name not in table.columns:
        known = ", ".join(table.columns)
        raise DataError(
            f"{at}: there is no column {name!r:.80}; there are {known} (and `rows` to count)"
        )
    return table.resource.fields[name], table.columns[name]
