"""The site: ``_quarto.yml`` says which documents there are and what the navigation shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.render.dependencies import note
from secondlook.render.problems import Place, RenderError
from secondlook.render.settings import check_document_keys, check_project_keys, read_settings

CONFIG = "_quarto.yml"
_FOLDER = "_metadata.yml"
_NOT_FOR_DOCUMENTS = ("project", "website")


@dataclass(frozen=True)
class Link:
    """An entry of the navigation; `href` is relative to the project or an outside address."""

    text: str
    href: str


@dataclass(frozen=True)
class Site:
    """A project as ``_quarto.yml`` describes it.

    `left` and `right` are the navigation bar; `patterns` is ``project.render``; `defaults` are the
    options that hold for every document.
    """

    root: Path
    output: Path
    title: str
    description: str
    footer: str
    favicon: str
    left: tuple[Link, ...]
    right: tuple[Link, ...]
    patterns: tuple[str, ...]
    defaults: Mapping[str, Any]


def find_root(start: Path) -> Path:
    """Find the project that a folder lies in: the nearest one upwards with a ``_quarto.yml``."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).is_file():
            return folder
    raise RenderError(f"no {CONFIG} here or above; run this inside the project", Place(start))


def read_site(root: Path, output: Path | None = None) -> Site:
    """Read ``_quarto.yml``; `output` goes before its ``project.output-dir``."""
    path = root / CONFIG
    settings = read_settings(path.read_text(encoding="utf-8"), Path(CONFIG))
    check_project_keys(settings)
    project = _mapping(settings.values.get("project"))
    website = _mapping(settings.values.get("website"))
    navbar = _mapping(website.get("navbar"))
    footer = website.get("page-footer", "")
    footer = footer.get("center", "") if isinstance(footer, Mapping) else footer
    return Site(
        root=root,
        output=output or root / str(project.get("output-dir", "_site")),
        title=str(website.get("title", "")),
        description=str(website.get("description", "")),
        footer=str(footer or ""),
        favicon=str(website.get("favicon", "")),
        left=_links(navbar.get("left")),
        right=_links(navbar.get("right")),
        patterns=tuple(project.get("render", ("**/*.qmd",))),
        defaults={k: v for k, v in settings.values.items() if k not in _NOT_FOR_DOCUMENTS},
    )


def documents(site: Site) -> list[Path]:
    """List the documents of a site, as Quarto would: no hidden ones, none that open with ``_``."""
    found: list[Path] = []
    for pattern in site.patterns:
        if pattern.startswith("!"):
            left_out = set(site.root.glob(pattern[1:].lstrip("/")))
            found = [path for path in found if path not in left_out]
            continue
        hits = sorted(site.root.glob(pattern.lstrip("/")))
        found += [path for path in hits if path.suffix == ".qmd" and path not in found]
    return [path for path in found if not _is_part(path.relative_to(site.root))]


def option_levels(site: Site, document: Path) -> list[Mapping[str, Any]]:
    """Give the options of the project and of each ``_metadata.yml`` on the way to a document."""
    levels: list[Mapping[str, Any]] = [_with_rooted_files(site.defaults, site.root)]
    folder = document.resolve().parent
    chain = [each for each in (folder, *folder.parents) if each.is_relative_to(site.root)]
    for each in reversed(chain):
        path = each / _FOLDER
        note(path)
        if path.is_file():
            own = read_settings(path.read_text(encoding="utf-8"), path.relative_to(site.root))
            check_document_keys(own)
            levels.append(_with_rooted_files(own.values, each))
    return levels


def _with_rooted_files(options: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Make the files that options name absolute: they are named as seen from their own file."""
    result = dict(options)
    for key in ("bibliography", "css", "include-after-body"):
        if result.get(key):
            result[key] = rooted(result[key], folder)
    formats = result.get("format")
    if isinstance(formats, Mapping):
        result["format"] = {
            name: _with_rooted_files(own, folder) if isinstance(own, Mapping) else own
            for name, own in formats.items()
        }
    return result


def page_path(site: Site, document: Path) -> Path:
    """Give the page of a document, relative to the output folder."""
    path = document.resolve()
    inside = path.is_relative_to(site.root)
    return (path.relative_to(site.root) if inside else Path(path.name or "index")).with_suffix(
        ".html"
    )


def rooted(names: object, folder: Path) -> list[str]:
    """Make the names of files absolute, seen from a folder."""
    many = names if isinstance(names, Sequence) and not isinstance(names, str) else [names]
    return [str(folder / str(name)) for name in many if name]


def _is_part(path: Path) -> bool:
    return any(part.startswith(("_", ".")) for part in path.parts)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _links(entries: object) -> tuple[Link, ...]:
    if not isinstance(entries, list):
        return ()
    links = []
    for entry in entries:
        if not isinstance(entry, Mapping):
            title = Path(str(entry)).stem.replace("-", " ").capitalize()
            entry = {"text": title, "href": entry}
        if "menu" in entry or "href" not in entry:
            raise RenderError(
                f"navigation entry {entry} needs `text` and `href`", Place(Path(CONFIG))
            )
        links.append(Link(str(entry.get("text", entry["href"])), str(entry["href"])))
    return tuple(links)
