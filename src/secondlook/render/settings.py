"""YAML whose keys know their line, so that an unknown key is named with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from secondlook.render.problems import Place, RenderError


@dataclass(frozen=True)
class Settings:
    """A YAML mapping with the line of every key.

    Attributes
    ----------
    values
        The mapping.
    lines
        Dotted key (``format.html.toc``) -> line in the file.
    path
        The file, for messages.
    """

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    path: Path

    def place(self, key: str) -> Place:
        """Where a dotted key stands, or the nearest key around it."""
        while key not in self.lines and "." in key:
            key = key.rpartition(".")[0]
        return Place(self.path, self.lines.get(key, 0))


@dataclass(frozen=True)
class _Reading:
    path: Path
    offset: int
    lines: dict[str, int] = field(default_factory=dict)


def read_settings(text: str, path: Path, first_line: int = 1) -> Settings:
    """Parse a YAML mapping.

    Parameters
    ----------
    text
        YAML, a mapping or nothing.
    path
        The file it comes from, for messages.
    first_line
        The line of the file on which the text starts.

    Raises
    ------
    RenderError
        If the text is no YAML or no mapping, with the line.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        problem = getattr(error, "problem", None) or str(error)
        raise RenderError(f"this is not YAML: {problem}", Place(path, line)) from None
    if node is None:
        return Settings({}, {}, path)
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise RenderError("expected `key: value` lines", Place(path, first_line))
    reading = _Reading(path, first_line)
    _note_lines(node, "", reading)
    return Settings(values, reading.lines, path)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two mappings; `over` wins, mappings within merge in turn.

    Examples
    --------
    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = merged(old, value) if both else value  # type: ignore[arg-type]
    return result


def _note_lines(node: yaml.MappingNode, prefix: str, reading: _Reading) -> None:
    for key, value in node.value:
        name = f"{prefix}{key.value}"
        line = reading.offset + key.start_mark.line
        if name in reading.lines:
            raise RenderError(f"`{name}` is given twice", Place(reading.path, line))
        reading.lines[name] = line
        if isinstance(value, yaml.MappingNode):
            _note_lines(value, f"{name}.", reading)
