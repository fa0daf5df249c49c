"""Read ``data/<key>``: tables as printed, held to their hash, their schema and the printed totals.

A paper's folder is a Frictionless Data Package: ``datapackage.yaml`` describes each CSV file. A
file is read once, strictly, and the rows that are checked are the rows that are returned. Nothing
is fetched: a schema is written out in the description, an address is refused. Beside the
standard's own properties, a resource may have

``x-source``
    the table and page that it was entered from,
``x-obtained``
    how it was entered,
``x-corrections``
    places where the printed text is ambiguous or lost: ``what``, ``readings``, ``decision``,
    ``reason``, ``firmness``,
``x-totals``
    totals that the paper prints: ``of`` (a column to sum, or ``rows`` to count), ``where``
    (column -> value, or a list of values), ``printed``, ``source``; ``holds: false`` where the
    paper's own rows are known to miss it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from secondlook import plain_yaml, printed
from secondlook.files import replace
from secondlook.plain_yaml import Faults, Lined

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DESCRIPTOR = "datapackage.yaml"
ROOT = "SECONDLOOK_ROOT"
"""Variable that names the root for a program that runs elsewhere; ``--root`` sets it."""
LARGEST_TABLE = 20_000_000
LONGEST_CELL = 10_000

_KEY = re.compile(r"(?=.{1,200}$)[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+([-._][a-z0-9]+)*")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMERIC = ("integer", "number", "year")
_FIELD = ("name", "type", "title", "description", "unit", "example", "constraints")
_CONSTRAINTS: Mapping[str, Any] = {
    **dict.fromkeys(("required", "unique"), bool),
    **dict.fromkeys(("minimum", "maximum"), (int, float)),
    **dict.fromkeys(("minLength", "maxLength"), int),
    "enum": list,
}
_KINDS: Mapping[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
    str: "text, in quotes where it is a number",
    list: "a list",
    Lined: "a mapping, written out here",
}
_FIXED = {"format": "csv", "encoding": "utf-8", "type": "table", "mediatype": "text/csv"}
_UNREAD = ("data", "dialect", "compression", "extrapaths")
_RESOURCE = (
    "name", "path", "hash", "schema", "title", "description", "sources", "licenses", "bytes",
    "profile", "x-source", "x-obtained", "x-corrections", "x-totals", *_FIXED, *_UNREAD,
)  # fmt: skip
_PACKAGE = ("x-name", "x-headlines")
_SCHEMA = ("fields", "missingValues", "primaryKey")
_TOTAL = ("of", "where", "printed", "source", "holds", "reason")
_CORRECTION = ("what", "readings", "decision", "reason", "firmness")


class DataError(plain_yaml.Refused):
    """A data file that is missing, was changed, breaks its schema or misses a printed total."""


@dataclass(frozen=True)
class _Field:
    """A column: its name, its type and what its cells have to be."""

    name: str
    type: str
    constraints: Mapping[str, Any]


@dataclass(frozen=True)
class _Resource:
    """A table as its description has it."""

    name: str
    path: Path
    hash: str
    fields: Mapping[str, _Field]
    missing: frozenset[str]
    primary_key: tuple[str, ...]
    entry: Lined


@dataclass(frozen=True)
class _Table:
    """A table that was read and checked: its cells as the text they are in the file.

    By row, and by column with a missing one as None.
    """

    resource: _Resource
    rows: Sequence[Sequence[str]]
    columns: Mapping[str, Sequence[str | None]]


# Where the papers are -----------------------------------------------------------------------------


def root() -> Path:
    """Return the folder that holds ``data/<key>/`` and ``reports/<key>.qmd``.

    It is the nearest one at or above the working directory whose ``data`` has a paper in it, or the
    one that ``--root`` (the variable ``SECONDLOOK_ROOT``) names; none is a DataError.
    """
    if named := os.environ.get(ROOT):
        return Path(named).resolve()
    return _root_above(Path.cwd())


def root_or_here(named: Path | None) -> Path:
    """Return where a paper is begun: in the folder named, in the root, or where one stands."""
    try:
        return named or root()
    except DataError:
        return Path.cwd()


@cache
def _root_above(here: Path) -> Path:
    for above in (here, *here.parents):
        if _has_papers(above / "data"):
            return above
    raise DataError(
        f"no folder with data/<key>/claims.yaml or data/<key>/{DESCRIPTOR} at or above {here}; go "
        "into the folder of your papers, name it with --root DIR, or begin with `secondlook new`"
    )


def is_key(key: object) -> bool:
    """Return whether a paper can have this citation key."""
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def folder(key: str) -> Path:
    """Return the data folder of one paper; none is a DataError with the keys that exist."""
    data = root() / "data"
    if not (is_key(key) and (data / key).is_dir()):
        known = sorted(each.name for each in data.glob("*") if _is_paper(each))
        raise DataError(
            f"there is no paper {key!r} in {data}; known are {', '.join(known) or 'none'}"
        )
    return data / key


def state(key: str) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of a paper's folder does: path, time and size of each."""
    return tuple(
        _state(os.path.join(inner, name))
        for inner, _, names in sorted(os.walk(folder(key)))
        for name in sorted(names)
        if name.endswith(".csv") or name in ("claims.yaml", DESCRIPTOR)
    )


def _has_papers(data: Path) -> bool:
    try:
        return any(_is_paper(path) for path in data.iterdir())
    except OSError:
        return False


def _is_paper(path: Path) -> bool:
    return (path / "claims.yaml").is_file() or (path / DESCRIPTOR).is_file()


def _state(path: str | Path) -> tuple[str, int, int]:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None
    return str(path), found.st_mtime_ns, found.st_size


# What a paper's tables hold -----------------------------------------------------------------------


def description(key: str) -> Mapping[str, Any]:
    """Return what ``datapackage.yaml`` says, checked: a fault is named by line, resource, field."""
    return _package(*_state(folder(key) / DESCRIPTOR))[0]


def names(key: str) -> list[str]:
    """Return the names of a paper's tables; none if nothing describes any."""
    path = folder(key) / DESCRIPTOR
    return list(_package(*_state(path))[1]) if path.is_file() else []


def load(key: str, resource: str) -> pd.DataFrame:
    """Return one table of a paper, checked against its hash, its schema and the printed totals.

    One row a printed row, a new copy at each call. ``integer`` and ``year`` fields become nullable
    ``Int64``, ``number`` fields ``float64``, ``boolean`` fields nullable ``boolean``, all others
    text; a missing value is missing in each of them. A DataError names file, row, column and value,
    and what to do.
    """
    import numpy as np
    import pandas as pd

    table, found = _table(key, resource), {}
    for name, field in table.resource.fields.items():
        _, value, dtype = _TYPES[field.type]
        void = np.nan if dtype in (float, object) else None
        cells = [void if cell is None else value(cell) for cell in table.columns[name]]
        found[name] = pd.Series(cells, dtype=dtype)
    return pd.DataFrame(found)


def load_text(key: str, resource: str) -> pd.DataFrame:
    """Return one table of a paper, checked in the same way, with every cell as the text it was."""
    import pandas as pd

    table = _table(key, resource)
    return pd.DataFrame(list(table.rows), columns=list(table.columns), dtype=object)


def cells(key: str, resource: str) -> tuple[tuple[str, ...], list[dict[str, str | None]]]:
    """Return the columns of a table, and its rows with each cell as text, a missing one as None."""
    columns = _table(key, resource).columns
    rows = zip(*columns.values(), strict=True)
    return tuple(columns), [dict(zip(columns, row, strict=True)) for row in rows]


def columns(key: str, resource: str) -> dict[str, NDArray[Any]]:
    """Return one table as arrays: numbers, with NaN for a missing one, else text, with None."""
    import numpy as np

    table, found = _table(key, resource), {}
    for name, cells in table.columns.items():
        kind = table.resource.fields[name].type
        if kind in _NUMERIC:
            number = float if kind == "number" or None in cells else int
            found[name] = np.array([np.nan if one is None else number(one) for one in cells])
        else:
            found[name] = np.array(cells, dtype=object)
    return found


def seal(key: str) -> list[str]:
    """Write the hashes of a paper's files into its description; return the names that changed.

    For use after entry, when the rows have been read back against the paper. Comments and layout
    of the description are kept; each resource needs a ``hash:`` line to write to.
    """
    path = folder(key) / DESCRIPTOR
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = []
    for resource in _resources(key).values():
        found = _digest(resource.path)
        if resource.hash == found:
            continue
        at = resource.entry.lines.get("hash")
        if at is None:
            raise DataError(f"{path}: resource {resource.name!r} needs a line `hash: none`")
        old = lines[at - 1]
        lines[at - 1] = re.sub(
            r"(\bhash\s*:\s*)(\"[^\"]*\"|'[^']*'|[^\s,}]+)", rf'\g<1>"{found}"', old, count=1
        )
        if lines[at - 1] == old:
            raise DataError(f"{path}, line {at}: write the hash on the line of its key")
        changed.append(resource.name)
    replace(path, "".join(lines))
    return changed


# The description ----------------------------------------------------------------------------------


def _resources(key: str) -> Mapping[str, _Resource]:
    return _package(*_state(folder(key) / DESCRIPTOR))[1]


@cache
def _package(path: str, _modified: int, _size: int) -> tuple[Lined, Mapping[str, _Resource]]:
    try:
        content = plain_yaml.read(Path(path))
    except (plain_yaml.YamlError, OSError) as error:
        raise DataError(f"{path}: {error}") from error
    if not isinstance(content, Lined) or not isinstance(content.get("resources", []), list):
        raise DataError(f"{path}: expected a mapping with a list of `resources`")
    _refuse_address(content, "profile", path)
    _refuse_address(content, "$schema", path)
    _refuse_misplaced(content, _PACKAGE, path)
    found: dict[str, _Resource] = {}
    faults = Faults()
    for at, entry in enumerate(content.get("resources") or []):
        with faults.at(at):
            resource = _resource(entry, Path(path))
            if resource.name in found:
                raise DataError(
                    f"{path}, line {entry.line}: two resources are named {resource.name!r}"
                )
            found[resource.name] = resource
    faults.refuse(DataError)
    return content, found


def _resource(entry: Any, path: Path) -> _Resource:
    if not isinstance(entry, Lined):
        raise DataError(f"{path}: a resource is a mapping with name and path; got {entry!r:.80}")
    name = entry.get("name")
    at = f"{path}, line {entry.line}, resource {name!r:.80}"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise DataError(f"{at}: a resource's name is in lower case")
    _refuse_address(entry, "profile", at)
    _refuse_unknown(entry, _RESOURCE, at)
    for field, value in _FIXED.items():
        if entry.get(field, value) != value:
            raise DataError(f"{at}: `{field}` can only be {value}; got {entry[field]!r:.80}")
    for field in _UNREAD:
        if field in entry:
            raise DataError(f"{at}: `{field}` is not read; a table is a plain CSV file with commas")
    schema = _take(entry, "schema", Lined, at)
    _refuse_unknown(schema, _SCHEMA, at)
    columns: dict[str, _Field] = {}
    for listed in _take(schema, "fields", list, at):
        column = _field(listed, at)
        if column.name in columns:
            raise DataError(f"{at}: two fields are {column.name!r}")
        columns[column.name] = column
    if not columns:
        raise DataError(f"{at}: no fields")
    missing = _take(schema, "missingValues", list, at, [""])
    keys = schema.get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else _take(schema, "primaryKey", list, at, [])
    for each in (*missing, *keys):
        if not isinstance(each, str) or (each in keys and each not in columns):
            raise DataError(
                f"{at}: {each!r:.80} is no text in `missingValues`, no field to be a key"
            )
    for corrections in _take(entry, "x-corrections", list, at, []):
        _refuse_unknown(corrections, _CORRECTION, f"{at}, x-corrections")
    for total in _take(entry, "x-totals", list, at, []):
        _refuse_unknown(total, _TOTAL, f"{at}, x-totals")
    return _Resource(
        name, _inside(entry.get("path"), path.parent, at), _take(entry, "hash", str, at, ""),
        columns, frozenset(missing), tuple(keys), entry,
    )  # fmt: skip


def _field(entry: Any, at: str) -> _Field:
    if not isinstance(entry, Lined) or not isinstance(entry.get("name"), str) or not entry["name"]:
        raise DataError(f"{at}: a field is a mapping with a name; got {entry!r:.80}")
    at = f"{at}, field {entry['name']!r} (line {entry.line})"
    _refuse_unknown(entry, _FIELD, at)
    kind = entry.get("type", "string")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise DataError(f"{at}: unknown type {kind!r:.80}; known are {', '.join(_TYPES)}")
    constraints = _take(entry, "constraints", Lined, at, Lined(entry.line))
    _refuse_unknown(constraints, tuple(_CONSTRAINTS), f"{at}, constraints")
    for name in constraints:
        _take(constraints, name, _CONSTRAINTS.get(name, object), at)
        if name in ("minimum", "maximum") and kind not in _NUMERIC:
            raise DataError(f"{at}: `{name}` goes with a number, not with {kind}")
    return _Field(entry["name"], kind, constraints)


def _take(entry: Lined, name: str, kind: Any, at: str, default: Any = None) -> Any:
    """Return a property of its kind, or the default where there is none."""
    value = entry.get(name, default)
    wrong_truth = isinstance(value, bool) and kind not in (bool, object)
    if wrong_truth or not isinstance(value, kind):
        raise DataError(
            f"{at}: `{name}` is {_KINDS.get(kind, 'of another kind')}; got {value!r:.80}"
        )
    return value


def _inside(path: Any, folder: Path, at: str) -> Path:
    """Return the path of a table; one that leads out of the paper's folder is refused."""
    pure = PurePosixPath(path) if isinstance(path, str) and path else None
    if pure is None or pure.is_absolute() or ".." in pure.parts or "\\" in path or "://" in path:
        raise DataError(f"{at}: `path` is a file in the paper's folder; got {path!r:.80}")
    found = folder / pure
    if found.exists() and not found.resolve().is_relative_to(folder.resolve()):
        raise DataError(f"{at}: {path} leads out of the paper's folder")
    return found


def _refuse_address(entry: Lined, name: str, at: object) -> None:
    value = entry.get(name)
    if value is not None and (not isinstance(value, str) or "/" in value or "." in value):
        raise DataError(f"{at}: `{name}` is an address; nothing is fetched, take it away")


def _refuse_unknown(entry: Any, known: Sequence[str], at: str) -> None:
    if not isinstance(entry, Lined):
        raise DataError(f"{at}: expected a mapping; got {entry!r:.80}")
    if unknown := [name for name in entry if name not in known and not name.startswith("x-")]:
        raise DataError(
            f"{at}: unknown {unknown[0]!r}; known are {', '.join(known)} and names that begin with "
            "x- (a text with a comma or colon needs quotes)"
        )
    _refuse_misplaced(entry, known, at)


def _refuse_misplaced(entry: Lined, known: Sequence[str], at: str) -> None:
    """Refuse a name of ours that is misspelt, or where it would not be read."""
    ours = [*_PACKAGE, *(name for name in _RESOURCE if name.startswith("x-"))]
    for name in entry:
        near = get_close_matches(name, ours, 1, 0.8) if name.startswith("x-") else []
        if near and name not in known:
            place = "of the whole package" if near[0] in _PACKAGE else "of a resource"
            raise DataError(f"{at}: {name!r} is not read here; `{near[0]}` is a property {place}")


# One file, read once ------------------------------------------------------------------------------


def _table(key: str, name: str) -> _Table:
    resources = _resources(key)
    if not isinstance(name, str) or name not in resources:
        raise DataError(
            f"{folder(key) / DESCRIPTOR}: there is no resource {name!r}; known are "
            f"{', '.join(sorted(resources)) or 'none'}"
        )
    path = resources[name].path
    if not path.exists():
        raise DataError(
            f"{path}: the file is missing; line {resources[name].entry.line} of {DESCRIPTOR} names "
            "it"
        )
    return _checked(key, name, _state(path), _state(folder(key) / DESCRIPTOR))


@cache
def _checked(
    key: str, name: str, _file: tuple[str, int, int], _description: tuple[str, int, int]
) -> _Table:
    resource = _resources(key)[name]
    content = _content(resource, key)
    rows, missing = list(_rows(content, resource)), resource.missing
    columns = {
        name: [None if row[at] in missing else row[at] for row in rows]
        for at, name in enumerate(resource.fields)
    }
    table = _Table(resource, rows, columns)
    _check_cells(table)
    _check_totals(table)
    return table


def _content(resource: _Resource, key: str) -> str:
    try:
        content = plain_yaml.regular_file(resource.path, LARGEST_TABLE)
    except (plain_yaml.YamlError, OSError) as error:
        raise DataError(f"{resource.path}: {error}") from error
    if resource.hash != (found := _digest(resource.path)):
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


def _digest(path: Path) -> str:
    """Return the hash of a file as a description holds it: ``sha256:`` and the digits."""
    try:
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None


def _rows(content: str, resource: _Resource) -> Iterator[Sequence[str]]:
    """Yield the rows of a CSV file, each with a cell a field."""
    path, wanted, faults = resource.path, list(resource.fields), Faults()
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != wanted:
            raise DataError(f"{path}: {_header_fault(header, wanted)}")
        for number, row in enumerate(reader, start=2):
            if len(row) != len(wanted):
                what = f"{len(row)} cells" if row else "no cells"
                error = DataError(
                    f"{path}: row {number} has {what}, the schema has {len(wanted)} fields; a cell "
                    "with a comma needs quotes"
                )
                faults.keep(number, error)
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise DataError(
                    f"{path}: row {number} has a cell of over {LONGEST_CELL} characters"
                )
            yield row
        faults.refuse(DataError)
    except csv.Error as error:
        raise DataError(f"{path}: line {reader.line_num} is no CSV: {error}") from error


def _header_fault(header: Sequence[str], wanted: Sequence[str]) -> str:
    for number, (found, name) in enumerate(zip(header, wanted, strict=False), start=1):
        if found != name:
            blank = " (blanks count)" if found.strip() == name else ""
            return (
                f"row 1, column {number} is {found!r}{blank}, the schema says {name!r}; cells are "
                "divided by commas, and the fields stand in the order of the columns"
            )
    return f"row 1 has {len(header)} columns, the schema has {len(wanted)} fields"


def _check_cells(table: _Table) -> None:
    faults = Faults()
    for name, field in table.resource.fields.items():
        for number, cell in enumerate(table.columns[name], start=2):
            if fault := _fault(field, cell):
                faults.keep(number, _broken(table, number, name, cell, fault))
        if field.constraints.get("unique") or table.resource.primary_key == (name,):
            _check_unique(table, (name,), faults)
    if len(table.resource.primary_key) > 1:
        _check_unique(table, table.resource.primary_key, faults)
    faults.refuse(DataError)


def _fault(field: _Field, cell: str | None) -> str:
    """Return what is wrong with a cell, in words; nothing if it is as its field says."""
    if cell is None:
        return "a value is required" if field.constraints.get("required") else ""
    if not _TYPES[field.type][0](cell):
        return f"it is no {field.type}"
    for name, value in field.constraints.items():
        if name in ("minimum", "maximum"):
            number, limit = Fraction(cell), Fraction(str(value))
            if (number < limit) if name == "minimum" else (number > limit):
                return f"the {name} is {value}"
        if name == "minLength" and len(cell) < value:
            return f"it has fewer than {value} characters"
        if name == "maxLength" and len(cell) > value:
            return f"it has more than {value} characters"
        if name == "enum" and not any(_is(field, cell, each) for each in value):
            return f"it is none of {', '.join(str(each) for each in value)}"
    return ""


def _is(field: _Field, cell: str, value: object) -> bool:
    """Whether a cell holds a value that a description names."""
    if cell == str(value):
        return True
    if field.type not in _NUMERIC or isinstance(value, bool):
        return False
    one, other = _fraction(cell), _fraction(str(value))
    return one is not None and one == other


def _check_unique(table: _Table, names: Sequence[str], faults: Faults) -> None:
    first: dict[tuple[str | None, ...], int] = {}
    for number, cells in enumerate(zip(*(table.columns[name] for name in names), strict=True), 2):
        if None in cells:
            if table.resource.primary_key == tuple(names):
                error = _broken(table, number, names[0], cells[0], "a key is required")
                faults.keep(number, error)
        elif cells in first:
            faults.keep(number, _broken(
                table, number, ", ".join(names), ", ".join(map(str, cells)),
                f"row {first[cells]} has it, too, and it is unique",
            ))  # fmt: skip
        else:
            first[cells] = number


def _broken(table: _Table, row: int, column: str, cell: str | None, fault: str) -> DataError:
    found = "is missing" if cell is None else f"is {cell[:80]!r}"
    return DataError(
        f"{table.resource.path}: row {row}, column {column!r} {found}, which breaks the schema: "
        f"{fault}; correct the cell, or the schema if the paper prints it so"
    )


def _fraction(cell: str) -> Fraction | None:
    return Fraction(cell) if _NUMBER.fullmatch(cell) else None


def _date(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return len(cell) == 10


_TYPES: Mapping[str, tuple[Callable[[str], bool], Callable[[str], Any], Any]] = {
    "integer": (lambda cell: bool(_INTEGER.fullmatch(cell)), int, "Int64"),
    "number": (lambda cell: bool(_NUMBER.fullmatch(cell)), float, float),
    "year": (lambda cell: bool(re.fullmatch(r"[0-9]{4}", cell)), int, "Int64"),
    "boolean": (lambda cell: cell in _TRUTH, _TRUTH.__getitem__, "boolean"),
    "date": (_date, str, object),
    "string": (lambda cell: True, str, object),
    "any": (lambda cell: True, str, object),
}
"""Type -> whether a cell is of it, its value, and the type of a column in a frame."""


# Printed totals -----------------------------------------------------------------------------------


def _check_totals(table: _Table) -> None:
    """Refuse rows that miss a printed total, or have one that they are said to miss."""
    faults = Faults()
    for total in table.resource.entry.get("x-totals", []):
        with faults.at(total.line):
            _check_total(table, total)
    faults.refuse(DataError)


def _check_total(table: _Table, total: Lined) -> None:
    path = table.resource.path
    at = f"{path.parent / DESCRIPTOR}, line {total.line}, x-totals"
    of, text = total.get("of"), _take(total, "printed", str, at)
    where = _take(total, "where", Lined, at, Lined(0))
    chosen = _chosen(table, where, at)
    found = Fraction(len(chosen)) if of == "rows" else _summed(table, of, chosen, at)
    try:
        agrees = printed.verdict(text, found) == "reproduced"
    except ValueError as error:
        raise DataError(f"{at}: {error}") from error
    if agrees != _take(total, "holds", bool, at, True):
        rows = ", ".join(f"{name} = {value}" for name, value in where.items()) or "anything"
        raise DataError(
            f"{path}: the total of {of} where {rows} is {printed.show(found, like=text)}, but "
            f"the paper prints {text} ({total.get('source', '')}); read the rows back against "
            "the paper, and if its own rows miss its total, say `holds: false` with the reason"
        )


def _chosen(table: _Table, where: Lined, at: str) -> list[int]:
    """Return the positions of the rows that a total is of."""
    chosen = list(range(len(table.rows)))
    for name, value in where.items():
        field, cells = _column(table, name, at)
        values = value if isinstance(value, list) else [value]
        chosen = [
            i
            for i in chosen
            if (cell := cells[i]) is not None and any(_is(field, cell, each) for each in values)
        ]
    return chosen


def _summed(table: _Table, name: Any, chosen: Sequence[int], at: str) -> Fraction:
    field, cells = _column(table, name, at)
    if field.type not in ("integer", "number"):
        raise DataError(f"{at}: `of: {name}` is a column of {field.type}, which has no sum")
    return sum((Fraction(cell) for i in chosen if (cell := cells[i]) is not None), Fraction(0))


def _column(table: _Table, name: Any, at: str) -> tuple[_Field, Sequence[str | None]]:
    if not isinstance(name, str) or name not in table.columns:
        known = ", ".join(table.columns)
        raise DataError(
            f"{at}: there is no column {name!r:.80}; there are {known} (and `rows` to count)"
        )
    return table.resource.fields[name], table.columns[name]
