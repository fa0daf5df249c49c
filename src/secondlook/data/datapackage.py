"""What ``datapackage.yaml`` says of a paper's tables, read strictly; and their hashes, written.

Nothing is fetched: a schema is written out in the description, an address is refused. A fault is
named by line, resource and field.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from secondlook import plain_yaml
from secondlook.data.folders import DESCRIPTOR, DataError, file_state, folder
from secondlook.data.schema import NUMERIC, TYPES, Field
from secondlook.files import replace
from secondlook.plain_yaml import Faults, Lined

_NAME = re.compile(r"[a-z0-9]+([-._][a-z0-9]+)*")
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


@dataclass(frozen=True)
class Resource:
    """A table as its description has it."""

    name: str
    path: Path
    hash: str
    fields: Mapping[str, Field]
    missing: frozenset[str]
    primary_key: tuple[str, ...]
    entry: Lined


def description(key: str) -> Lined:
    """Return what ``datapackage.yaml`` says, checked: a fault is named by line, resource, field."""
    return _package(*file_state(folder(key) / DESCRIPTOR))[0]


def names(key: str) -> list[str]:
    """Return the names of a paper's tables; none if nothing describes any."""
    path = folder(key) / DESCRIPTOR
    return list(_package(*file_state(path))[1]) if path.is_file() else []


def resources(key: str) -> Mapping[str, Resource]:
    """Return the tables of a paper as they are described, by name."""
    return _package(*file_state(folder(key) / DESCRIPTOR))[1]


def seal(key: str) -> list[str]:
    """Write the hashes of a paper's files into its description; return the names that changed.

    For use after entry, when the rows have been read back against the paper. Comments and layout
    of the description are kept; each resource needs a ``hash:`` line to write to.
    """
    path = folder(key) / DESCRIPTOR
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = []
    for resource in resources(key).values():
        found = digest(resource.path)
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


def digest(path: Path) -> str:
    """Return the hash of a file as a description holds it: ``sha256:`` and the digits."""
    try:
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None


@cache
def _package(path: str, _modified: int, _size: int) -> tuple[Lined, Mapping[str, Resource]]:
    try:
        content = plain_yaml.read(Path(path))
    except (plain_yaml.YamlError, OSError) as error:
        raise DataError(f"{path}: {error}") from error
    if not isinstance(content, Lined) or not isinstance(content.get("resources", []), list):
        raise DataError(f"{path}: expected a mapping with a list of `resources`")
    _refuse_address(content, "profile", path)
    _refuse_address(content, "$schema", path)
    found: dict[str, Resource] = {}
    faults = Faults()
    with faults.at(0):
        _refuse_misplaced(content, _PACKAGE, path)
    for entry in content.get("resources") or []:
        with faults.at(entry.line if isinstance(entry, Lined) else 0):
            resource = _resource(entry, Path(path), faults)
            if resource.name in found:
                raise DataError(
                    f"{path}, line {entry.line}: two resources are named {resource.name!r:.80}"
                )
            found[resource.name] = resource
    faults.refuse(DataError)
    return content, found


def _resource(entry: Any, path: Path, faults: Faults) -> Resource:
    if not isinstance(entry, Lined):
        raise DataError(f"{path}: a resource is a mapping with name and path; got {entry!r:.80}")
    name = entry.get("name")
    at = f"{path}, line {entry.line}, resource {name!r:.80}"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise DataError(f"{at}: a resource's name is in lower case")
    _refuse_address(entry, "profile", at)
    with faults.at(entry.line):
        _refuse_unknown(entry, _RESOURCE, at)
    for field, value in _FIXED.items():
        if entry.get(field, value) != value:
            raise DataError(f"{at}: `{field}` can only be {value}; got {entry[field]!r:.80}")
    for field in _UNREAD:
        if field in entry:
            raise DataError(f"{at}: `{field}` is not read; a table is a plain CSV file with commas")
    schema = take(entry, "schema", Lined, at)
    _refuse_unknown(schema, _SCHEMA, at)
    columns = _fields(schema, at, faults)
    missing = take(schema, "missingValues", list, at, [""])
    keys = schema.get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else take(schema, "primaryKey", list, at, [])
    for each in (*missing, *keys):
        if not isinstance(each, str) or (each in keys and each not in columns):
            raise DataError(
                f"{at}: {each!r:.80} is no text in `missingValues`, no field to be a key"
            )
    for corrections in take(entry, "x-corrections", list, at, []):
        _refuse_unknown(corrections, _CORRECTION, f"{at}, x-corrections")
    for total in take(entry, "x-totals", list, at, []):
        _refuse_unknown(total, _TOTAL, f"{at}, x-totals")
    return Resource(
        name, _inside(entry.get("path"), path.parent, at), take(entry, "hash", str, at, ""),
        columns, frozenset(missing), tuple(keys), entry,
    )  # fmt: skip


def _fields(schema: Lined, at: str, faults: Faults) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for listed in take(schema, "fields", list, at):
        name = str(listed.get("name")) if isinstance(listed, Lined) else ""
        if name in found:
            raise DataError(f"{at}: two fields are {name!r:.80}")
        # One that is faulty keeps its name, of which a key may be.
        found[name] = Field(name, "any", {})
        with faults.at(listed.line if isinstance(listed, Lined) else schema.line):
            found[name] = _field(listed, at)
    if not found:
        raise DataError(f"{at}: no fields")
    return found


def _field(entry: Any, at: str) -> Field:
    if not isinstance(entry, Lined) or not isinstance(entry.get("name"), str) or not entry["name"]:
        raise DataError(f"{at}: a field is a mapping with a name; got {entry!r:.80}")
    at = f"{at}, field {entry['name']!r:.80} (line {entry.line})"
    _refuse_unknown(entry, _FIELD, at)
    kind = entry.get("type", "string")
    if not isinstance(kind, str) or kind not in TYPES:
        raise DataError(f"{at}: unknown type {kind!r:.80}; known are {', '.join(TYPES)}")
    constraints = take(entry, "constraints", Lined, at, Lined(entry.line))
    _refuse_unknown(constraints, tuple(_CONSTRAINTS), f"{at}, constraints")
    for name in constraints:
        take(constraints, name, _CONSTRAINTS.get(name, object), at)
        if name in ("minimum", "maximum") and kind not in NUMERIC:
            raise DataError(f"{at}: `{name}` goes with a number, not with {kind}")
    return Field(entry["name"], kind, constraints)


def take(entry: Lined, name: str, kind: Any, at: str, default: Any = None) -> Any:
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
