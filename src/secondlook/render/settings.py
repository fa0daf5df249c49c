"""YAML whose keys know their line, and the keys that this engine knows.

A key of ``_quarto.yml``, ``_metadata.yml`` or front matter is known if the engine does what it
says, or if it says something that changes no content: Quarto's own colour themes, its caches,
buttons of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook import plain_yaml
from secondlook.plain_yaml import Lined
from secondlook.render.problems import Place, RenderError


@dataclass(frozen=True)
class Settings:
    """A YAML mapping, and the line of every dotted key (``format.html.toc``) in its file."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    path: Path

    def place(self, key: str) -> Place:
        """Where a dotted key stands, or the nearest key around it."""
        while key not in self.lines and "." in key:
            key = key.rpartition(".")[0]
        return Place(self.path, self.lines.get(key, 0))


def read_settings(text: str, path: Path, first_line: int = 1) -> Settings:
    """Parse a YAML mapping that starts on a line of a file; what is none is a `RenderError`."""
    try:
        values = plain_yaml.read_text(text)
    except plain_yaml.YamlError as error:
        place = Place(path, first_line + max(error.line, 1) - 1)
        problem = f"this is not YAML that is read here: {error.problem}"
        raise RenderError(problem, place) from None
    if values is None:
        return Settings({}, {}, path)
    if not isinstance(values, Lined):
        raise RenderError("expected `key: value` lines", Place(path, first_line))
    return Settings(values, dict(_lines(values, first_line)), path)


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


def _lines(values: Lined, first_line: int, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Give each dotted key and its line."""
    for key, value in values.items():
        yield f"{prefix}{key}", first_line + values.lines[key] - 1
        if isinstance(value, Lined):
            yield from _lines(value, first_line, f"{prefix}{key}.")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANYWHERE = _words("""
    toc toc-depth toc-title number-sections number-depth code-fold code-summary css
    html-math-method link-citations fig-width fig-height fig-dpi fig-format
""")
_DOCUMENT = _ANYWHERE | _words("""
    title subtitle author date date-modified description pagetitle lang bibliography csl
    jupyter execute format
""")
_EXECUTE = _words("echo eval include output warning cache freeze daemon timeout")
_FORMATS: Mapping[str, frozenset[str]] = {
    "html": _ANYWHERE | _words("""
        theme respect-user-color-scheme include-after-body anchor-sections code-copy code-overflow
        highlight-style embed-resources
    """),
    "revealjs": _ANYWHERE | _words("""
        theme include-after-body slide-number slide-level footer incremental width height margin
        center transition controls controls-layout progress hash navigation-mode history
        highlight-style code-overflow auto-stretch embed-resources menu title-slide-attributes
    """),
}  # fmt: skip
_WEBSITE = _words("""
    title description navbar page-footer site-url repo-url favicon search open-graph twitter-card
    bread-crumbs back-to-top-navigation reader-mode
""")
_PROJECT = _words("type output-dir render title resources execute-dir")

_BOOLEAN = _words("""
    toc number-sections incremental center embed-resources link-citations
    execute.echo execute.eval execute.include execute.warning
""")
_WHOLE = _words("toc-depth number-depth slide-level fig-dpi")
_TEXT = _words("title subtitle description pagetitle lang toc-title code-summary footer")
_FILES = _words("css bibliography include-after-body")
_POSITIVE = {"fig-width": 50, "fig-height": 50, "execute.timeout": 86_400}
"""Numbers above zero and at most this: inches, inches, seconds."""


def check_document_keys(settings: Settings) -> None:
    """Refuse document options that this engine would ignore."""
    _check(settings, "", _DOCUMENT)
    _check_values(settings)


def check_project_keys(settings: Settings) -> None:
    """Refuse what ``_quarto.yml`` asks for and this engine lacks."""
    _check(settings, "", _DOCUMENT | {"project", "website"})
    _check(settings, "project.", _PROJECT)
    _check(settings, "website.", _WEBSITE)
    directory = (settings.values.get("project") or {}).get("execute-dir", "file")
    if directory != "file":
        place = settings.place("project.execute-dir")
        raise RenderError("only `execute-dir: file` is supported", place)
    _check_values(settings)


def _check_values(settings: Settings) -> None:
    _check_types(settings)
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


def _check_types(settings: Settings) -> None:
    """Refuse values of a kind that Quarto refuses as well, or that would mean something else."""
    for key, given in _flat(settings.values, ""):
        name = key.removeprefix("format.html.").removeprefix("format.revealjs.")
        wanted = _wanted(name, given)
        if wanted:
            raise RenderError(f"`{key}` must be {wanted}, not {given!r:.80}", settings.place(key))


def _wanted(name: str, given: object) -> str:
    """Say what the value of a key must be, if it is something else."""
    if name in ("execute", "project", "website"):
        return "a mapping"
    if name == "format" and not isinstance(given, str):
        return "html or revealjs, or a mapping of one of them"
    number = isinstance(given, int | float) and not isinstance(given, bool)
    many = given if isinstance(given, list) else [given]
    if name in _BOOLEAN and not isinstance(given, bool):
        return "true or false"
    if name in _WHOLE and not (number and isinstance(given, int) and given > 0):
        return "a whole number above zero"
    if name == "date-modified" and given != "today":
        return "today"
    if name in _TEXT and not isinstance(given, str):
        return "text, in quotes"
    if name == "project.render" and not isinstance(given, list):
        return "a list"
    if name in _FILES and not all(isinstance(each, str) for each in many):
        return "the name of a file, or a list of names"
    if name in _POSITIVE and not (number and 0 < float(str(given)) <= _POSITIVE[name]):
        return f"a number above 0, at most {_POSITIVE[name]:,}"
    if name == "code-fold" and not (isinstance(given, bool) or given == "show"):
        return "true, false or show"
    named = (each.get("name") if isinstance(each, Mapping) else each for each in many)
    if name == "author" and not all(isinstance(each, str) for each in named):
        return "a name or a list of names"
    return ""


def _flat(values: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and name != "author":
            yield from _flat(value, f"{name}.")
        elif value is not None:
            yield name, value


def _check(settings: Settings, prefix: str, known: Iterable[str]) -> None:
    for key in settings.lines:
        name = key.removeprefix(prefix)
        if key.startswith(prefix) and "." not in name and name not in known:
            message = f"`{key}` is not supported by the embedded engine"
            raise RenderError(message, settings.place(key))
