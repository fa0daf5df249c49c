"""Read ``data/<key>``: tables as printed, held to their schema, their hash and the printed totals.

A paper's folder is a Frictionless Data Package: ``datapackage.yaml`` describes each CSV file.
Beside the standard's own properties, a resource may have

``x-source``
    the table and page that it was entered from,
``x-obtained``
    how it was entered,
``x-corrections``
    places where the printed text is ambiguous or lost: ``what``, ``readings``, ``decision``,
    ``reason``, ``firmness``,
``x-totals``
    totals that the paper prints: ``of`` (a column to sum, or ``rows`` to count), ``where``
    (column -> value, or a list of values), ``printed``, ``source``.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from secondlook import plain_yaml
from secondlook.printed_totals import check_total
from secondlook.table_file import DataError, digest, read_table

if TYPE_CHECKING:
    import pandas as pd
    from frictionless import Package, Resource

__all__ = [
    "DESCRIPTOR",
    "DataError",
    "cells",
    "corrections",
    "folder",
    "load",
    "names",
    "package",
    "root",
    "seal",
    "state",
    "text",
    "totals",
]

DESCRIPTOR = "datapackage.yaml"


def root() -> Path:
    """Return the folder that holds a folder of data for each paper.

    ``SECONDLOOK_DATA`` names it; else it is ``data`` in the nearest folder above the working
    directory that has one with a claims file.

    Raises
    ------
    DataError
        If there is none, with what to do.
    """
    if named := os.environ.get("SECONDLOOK_DATA"):
        return Path(named)
    for folder_above in (Path.cwd(), *Path.cwd().parents):
        if any((folder_above / "data").glob("*/claims.yaml")):
            return folder_above / "data"
    raise DataError(
        "there is no data/*/claims.yaml in a folder above the working directory; go to where your "
        "papers are, begin one with `secondlook new`, or name the folder in SECONDLOOK_DATA"
    )


def folder(key: str) -> Path:
    """Return the data folder of one paper.

    Raises
    ------
    DataError
        If there is none, with the keys that exist.
    """
    path = root() / key
    if not re.fullmatch(r"[a-z0-9-]+", key) or not path.is_dir():
        known = sorted(p.parent.name for p in root().glob(f"*/{DESCRIPTOR}"))
        raise DataError(f"there is no paper {key!r}; known are {', '.join(known)}")
    return path


def package(key: str) -> Package:
    """Read the description of a paper's data.

    Raises
    ------
    DataError
        Naming the file, if it is missing or describes no data package.
    """
    path = folder(key) / DESCRIPTOR
    if not path.is_file():
        raise DataError(f"{path}: there is no description of the data")
    return _package(*_state(path))


@cache
def _package(path: str, _modified: int, _size: int) -> Package:
    from frictionless import FrictionlessException, Package

    try:
        return Package.from_descriptor(path)
    except FrictionlessException as error:
        reasons = [note.message for note in error.reasons] or [error.error.message]
        raise DataError(f"{path}: {'; '.join(reasons)}") from error


def load(key: str, resource: str) -> pd.DataFrame:
    """Read one table of a paper, checked against its hash, its schema and the printed totals.

    Parameters
    ----------
    key
        The paper's citation key.
    resource
        The name of the resource in the paper's data package.

    Returns
    -------
    DataFrame
        One row a printed row, a new copy at each call. ``integer`` fields become nullable
        ``Int64``, ``number`` fields ``float64``, ``boolean`` fields nullable ``boolean``, all
        others text; a missing value is missing in each of them.

    Raises
    ------
    DataError
        Naming file, row, column and value, and what to do.
    """
    path = folder(key) / _resource(key, resource).path
    return _load(key, resource, _state(path), _state(folder(key) / DESCRIPTOR)).copy()


def text(key: str, resource: str) -> pd.DataFrame:
    """Read one table of a paper, checked in the same way, with every cell as the text it was."""
    import pandas as pd

    load(key, resource)
    path = folder(key) / _resource(key, resource).path
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def names(key: str) -> list[str]:
    """Return the names of a paper's tables."""
    path = folder(key) / DESCRIPTOR
    if not path.is_file():
        return []
    try:
        described = plain_yaml.read(path)
    except plain_yaml.YamlError as error:
        raise DataError(f"{path}: {error}") from error
    resources = described.get("resources") if isinstance(described, dict) else None
    return [str(each.get("name")) for each in resources or [] if isinstance(each, dict)]


def cells(key: str, resource: str) -> tuple[tuple[str, ...], list[dict[str, str | None]]]:
    """Return the columns of a table, and its rows with each cell as text, a missing one as None."""
    frame = text(key, resource)
    missing = set(_resource(key, resource).schema.missing_values)
    columns = tuple(str(column) for column in frame.columns)
    rows = [
        {
            column: None if cell in missing else str(cell)
            for column, cell in zip(columns, row, strict=True)
        }
        for row in frame.itertuples(index=False)
    ]
    return columns, rows


def state(key: str) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of a paper's folder does: path, time and size of each."""
    files = sorted(path for path in folder(key).rglob("*") if path.is_file())
    return tuple(_state(path) for path in files)


def corrections(key: str) -> pd.DataFrame:
    """Return the recorded decisions on ambiguous places: a row a correction.

    Returns
    -------
    DataFrame
        Columns ``resource, what, readings, decision, reason, firmness``.
    """
    import pandas as pd

    columns = ["resource", "what", "readings", "decision", "reason", "firmness"]
    rows = [
        {"resource": resource.name, **correction}
        for resource in package(key).resources
        for correction in resource.custom.get("x-corrections", [])
    ]
    return pd.DataFrame(rows, columns=columns)


def totals(key: str) -> pd.DataFrame:
    """Return every printed total beside the sum of the rows.

    Returns
    -------
    DataFrame
        Columns ``resource, of, where, printed, total, agrees, source``. A total whose entry has
        ``holds: false`` is one that the paper's own rows are known to miss.
    """
    import pandas as pd

    columns = ["resource", "of", "where", "printed", "total", "agrees", "source"]
    rows = [
        {"resource": resource.name, **check_total(load(key, resource.name), total)}
        for resource in package(key).resources
        for total in resource.custom.get("x-totals", [])
    ]
    return pd.DataFrame(rows, columns=columns)


def seal(key: str) -> list[str]:
    """Write the hashes of a paper's files into its description; return the names that changed.

    For use after entry, when the rows have been read back against the paper. Comments and layout
    of the description are kept.

    Raises
    ------
    DataError
        If a resource has no ``hash:`` line to write to.
    """
    path = folder(key) / DESCRIPTOR
    description, changed = path.read_text(encoding="utf-8"), []
    for resource in package(key).resources:
        found = digest(folder(key) / resource.path)
        if resource.hash == found:
            continue
        entry = re.compile(
            rf"(^\s*-?\s*path:\s*{re.escape(resource.path)}\s*$.*?^\s*hash:\s*)\S+",
            re.MULTILINE | re.DOTALL,
        )
        description, count = entry.subn(rf'\g<1>"{found}"', description, count=1)
        if not count:
            raise DataError(
                f"{path}: resource {resource.name!r} needs a `hash:` line after `path:`"
            )
        changed.append(resource.name)
    path.write_text(description, encoding="utf-8")
    return changed


def _resource(key: str, name: str) -> Resource:
    resources = {resource.name: resource for resource in package(key).resources}
    if name not in resources:
        raise DataError(
            f"{folder(key) / DESCRIPTOR}: there is no resource {name!r}; known are "
            f"{', '.join(sorted(resources))}"
        )
    return resources[name]


def _state(path: Path) -> tuple[str, int, int]:
    if not path.is_file():
        raise DataError(f"{path}: the file is missing")
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size


@cache
def _load(
    key: str, name: str, _file: tuple[str, int, int], _description: tuple[str, int, int]
) -> pd.DataFrame:
    resource = _resource(key, name)
    return read_table(resource, folder(key) / resource.path)
