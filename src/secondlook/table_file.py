"""One table file of a paper, held to the hash of its entry, its schema and the printed totals."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondlook.printed_totals import check_total

if TYPE_CHECKING:
    import pandas as pd
    from frictionless import Resource

__all__ = ["DataError", "digest", "read_table"]


class DataError(ValueError):
    """A data file that is missing, was changed, breaks its schema or misses a printed total."""


def read_table(resource: Resource, path: Path) -> pd.DataFrame:
    """Read a file as its resource describes it.

    Parameters
    ----------
    resource
        The entry of the data package: hash, schema, ``x-totals``.
    path
        The CSV file.

    Returns
    -------
    DataFrame
        One row a printed row, typed as `secondlook.datasets.load` says.

    Raises
    ------
    DataError
        If the file is not the one that was entered, breaks its schema or misses a printed total:
        naming file, row, column and value, and what to do.
    """
    _check_hash(resource, path)
    report = resource.validate()
    if not report.valid:
        raise DataError(f"{path}: {_first_error(report)}")
    frame = _typed(resource, path)
    for total in resource.custom.get("x-totals", []):
        found = check_total(frame, total)
        if found["agrees"] != total.get("holds", True):
            raise DataError(
                f"{path}: the total of {found['of']} where {found['where'] or 'anything'} is "
                f"{found['total']}, but the paper prints {found['printed']} ({found['source']}); "
                "read the rows back against the paper, and if the paper's own rows miss its total, "
                "say `holds: false` with the reason"
            )
    return frame


def digest(path: Path) -> str:
    """Return the hash of a file as a description holds it: ``sha256:`` and the digits."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _check_hash(resource: Resource, path: Path) -> None:
    expected, found = resource.hash or "", digest(path)
    if expected != found:
        raise DataError(
            f"{path}: the file is not the one that was entered (its hash is {found}, the "
            f"description says {expected or 'none'}); restore it, or read it back against the "
            f'paper and run `python -c "from secondlook import datasets; '
            f"datasets.seal('{path.parent.name}')\"`"
        )


def _first_error(report: Any) -> str:
    errors = [error for task in report.tasks for error in task.errors]
    error = errors[0]
    place = [
        f"{label} {value!r}" if label == "column" else f"{label} {value}"
        for label, value in (
            ("row", getattr(error, "row_number", None)),
            ("column", getattr(error, "field_name", None)),
        )
        if value
    ]
    cell = getattr(error, "cell", None)
    found = f": {cell!r}" if place and cell is not None else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return (
        f"{', '.join(place) or error.type}{found} breaks the schema: {error.note or error.message}"
        f"{more}; correct the cell, or the schema if the paper prints it so"
    )


def _typed(resource: Resource, path: Path) -> pd.DataFrame:
    import pandas as pd

    types = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    return pd.read_csv(
        path,
        dtype={field.name: types.get(field.type, "object") for field in resource.schema.fields},
        keep_default_na=False,
        na_values=list(resource.schema.missing_values),
    )
