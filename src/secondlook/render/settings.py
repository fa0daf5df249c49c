"""YAML whose keys know their line, and the keys that this engine knows.

A key of ``_quarto.yml``, ``_metadata.yml`` or front matter is known if the engine does what it
says, or if it says something that changes no content: Quarto's own colour themes, its caches,
buttons of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


_ANYWHERE = frozenset(
    {
        *("toc", "toc-depth", "toc-title", "number-sections", "number-depth"),
        *("code-fold", "code-summary", "css", "html-math-method", "link-citations"),
        *("fig-width", "fig-height", "fig-dpi", "fig-format"),
    }
)
_DOCUMENT = _ANYWHERE | {
    *("title", "subtitle", "author", "date", "description", "pagetitle", "lang"),
    *("bibliography", "csl", "nocite", "jupyter", "execute", "format"),
}
_EXECUTE = frozenset({"echo", "eval", "include", "output", "warning", "cache", "freeze", "daemon"})
_FORMATS: Mapping[str, frozenset[str]] = {
    "html": _ANYWHERE
    | {"theme", "respect-user-color-scheme", "anchor-sections", "code-copy", "code-overflow"}
    | {"highlight-style", "embed-resources"},
    "revealjs": _ANYWHERE
    | {"theme", "slide-number", "slide-level", "footer", "incremental", "width", "height"}
    | {"margin", "center", "transition", "controls", "controls-layout", "progress", "hash"}
    | {"navigation-mode", "history", "highlight-style", "code-overflow", "auto-stretch"}
    | {"embed-resources", "menu", "title-slide-attributes"},
}
_WEBSITE = frozenset(
    {"title", "description", "navbar", "page-footer", "site-url", "repo-url", "favicon", "search"}
    | {"open-graph", "twitter-card", "bread-crumbs", "back-to-top-navigation", "reader-mode"}
)
_PROJECT = frozenset({"type", "output-dir", "render", "title", "resources", "execute-dir"})


def check_document_keys(settings: Settings) -> None:
    """Refuse document options that this engine would ignore.

    Raises
    ------
    RenderError
        Naming the key and its line.
    """
    _check(settings, "", _DOCUMENT)
    _check_values(settings)


def check_project_keys(settings: Settings) -> None:
    """Refuse what ``_quarto.yml`` asks for and this engine lacks.

    Raises
    ------
    RenderError
        Naming the key and its line.
    """
    _check(settings, "", _DOCUMENT | {"project", "website"})
    _check(settings, "project.", _PROJECT)
    _check(settings, "website.", _WEBSITE)
    directory = (settings.values.get("project") or {}).get("execute-dir", "file")
    if directory != "file":
        place = settings.place("project.execute-dir")
        raise RenderError("only `execute-dir: file` is supported", place)
    _check_values(settings)


def _check_values(settings: Settings) -> None:
    _check(settings, "execute.", _EXECUTE)
    formats = settings.values.get("format", "html")
    names = [formats] if isinstance(formats, str) else list(formats or {})
    for name in names:
        if name not in _FORMATS:
            place = settings.place(f"format.{name}")
            raise RenderError(f"format `{name}` is not supported; html and revealjs are", place)
        _check(settings, f"format.{name}.", _FORMATS[name])
    if len(names) > 1:
        raise RenderError("name one format only", settings.place("format"))


def _check(settings: Settings, prefix: str, known: Iterable[str]) -> None:
    for key in settings.lines:
        name = key.removeprefix(prefix)
        if key.startswith(prefix) and "." not in name and name not in known:
            message = f"`{key}` is not supported by the embedded engine"
            raise RenderError(message, settings.place(key))
