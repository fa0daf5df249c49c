"""The keys of ``_quarto.yml``, ``_metadata.yml`` and front matter that the embedded engine knows.

A key is here if the engine does what it says, or if it says something that changes no content:
Quarto's own colour themes, its caches, buttons of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from secondlook.render.problems import RenderError
from secondlook.render.settings import Settings

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
