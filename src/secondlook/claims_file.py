"""Read ``data/<key>/claims.yaml``, and refuse what is not a list of well-formed claims."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

# The parser in C, where PyYAML was built with it, reads a long claims file ten times faster.
try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader  # type: ignore[assignment]

from secondlook import datasets
from secondlook.claims import CAUSES, VERDICTS, Claim, ClaimsError

_REQUIRED = ("id", "where", "quantity", "printed", "expect")
_OPTIONAL = ("cause", "why", "cites", "also")
_KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def read(source: str | Path) -> list[Claim]:
    """Read the claims of one paper.

    Parameters
    ----------
    source
        The paper's citation key, or the path of a claims file.

    Raises
    ------
    ClaimsError
        Naming file, line, claim and field, and what to do.
    """
    path = source if isinstance(source, Path) else datasets.folder(source) / "claims.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ClaimsError(f"{path}: there is no claims file") from None
    try:
        entries = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise ClaimsError(f"{path}: not YAML that can be read: {error}") from error
    if not isinstance(entries, list) or not entries:
        raise ClaimsError(f"{path}: expected a list of claims (`- id: ...`)")
    claims = [_claim(entry, path) for entry in entries]
    first: dict[str, int] = {}
    for claim, entry in zip(claims, entries, strict=True):
        if claim.id in first:
            raise ClaimsError(
                f"{path}, line {entry['__line__']}: the id {claim.id!r} is taken by the claim in "
                f"line {first[claim.id]}; ids are unique in a paper"
            )
        first[claim.id] = entry["__line__"]
    return claims


def elsewhere(claim: Claim, key: str, owner: str) -> Claim:
    """Return a claim as the document `key` prints it: under the owner's name, at its own place."""
    return replace(claim, id=f"{owner}/{claim.id}", where=dict(claim.also)[key], also=())


def _claim(entry: Any, path: Path) -> Claim:
    if not isinstance(entry, dict):
        raise ClaimsError(f"{path}: every claim is a mapping with an id; got {entry!r}")
    at = f"{path}, line {entry['__line__']}, claim {entry.get('id', '(no id)')!r}"
    fields = {name: value for name, value in entry.items() if name != "__line__"}
    if missing := [name for name in _REQUIRED if name not in fields]:
        raise ClaimsError(f"{at}: the field {missing[0]!r} is missing")
    if unknown := sorted(set(fields) - set(_REQUIRED) - set(_OPTIONAL)):
        raise ClaimsError(
            f"{at}: unknown field {unknown[0]!r}; known are {', '.join(_REQUIRED + _OPTIONAL)}"
        )
    also = fields.pop("also", {})
    if not isinstance(also, dict):
        raise ClaimsError(f"{at}: `also` maps a document's key to the place in it; got {also!r}")
    if isinstance(fields.get("cites"), int):
        fields["cites"] = str(fields["cites"])
    for name, value in fields.items():
        if not isinstance(value, str) or not value.strip():
            raise ClaimsError(
                f"{at}: {name!r} must be text, got {value!r}"
                + ("; put the printed number in quotes" if name == "printed" else "")
            )
    if not _KEBAB.match(fields["id"]):
        raise ClaimsError(f"{at}: an id is lower-case words joined by hyphens")
    if fields["expect"] not in VERDICTS:
        raise ClaimsError(
            f"{at}: unknown verdict {fields['expect']!r}; known are {', '.join(VERDICTS)}"
        )
    if fields.get("cause") not in (None, *CAUSES):
        raise ClaimsError(f"{at}: unknown cause {fields['cause']!r}; known: {', '.join(CAUSES)}")
    if fields["expect"] != "reproduced" and not ("cause" in fields and "why" in fields):
        raise ClaimsError(
            f"{at}: a claim that is expected to be {fields['expect']!r} needs `cause` and `why`"
        )
    places = {str(key): str(place) for key, place in also.items() if key != "__line__"}
    return Claim(**fields, also=tuple(places.items()))


class _Loader(SafeLoader):
    """The safe loader, with the line of each mapping, and without silent repetition of a key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=True)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)
