"""A document: front matter, and cells of prose and of Python in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.render.cell_options import CellOptions, read_options
from secondlook.render.known_keys import check_document_keys
from secondlook.render.lines import Line, read_lines, shown
from secondlook.render.problems import Place, RenderError
from secondlook.render.settings import Settings, merged, read_settings
from secondlook.render.subset import check_prose


@dataclass(frozen=True)
class Cell:
    """A stretch of prose or a cell of Python.

    Attributes
    ----------
    kind
        ``"markdown"`` or ``"code"``.
    source
        The text; of a code cell with its ``#|`` lines.
    lines
        The place of each line of `source`.
    options
        Of a code cell.
    """

    kind: str
    source: str
    lines: tuple[Place, ...]
    options: CellOptions

    @property
    def place(self) -> Place:
        """Where the cell starts."""
        return self.lines[0]


@dataclass(frozen=True)
class Document:
    """A document read, checked and not yet executed.

    Attributes
    ----------
    path
        The source file.
    name
        The path as messages and URLs show it, relative to the project.
    meta
        Front matter over ``_metadata.yml`` over ``_quarto.yml``'s document options.
    cells
        In order.
    """

    path: Path
    name: Path
    meta: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @property
    def is_deck(self) -> bool:
        """Whether this is a revealjs deck rather than a page."""
        return format_of(self.meta) == "revealjs"

    @property
    def options(self) -> Mapping[str, Any]:
        """Document options with those of its format on top."""
        formats = self.meta.get("format")
        own = formats.get(format_of(self.meta)) if isinstance(formats, Mapping) else None
        return merged(self.meta, own) if isinstance(own, Mapping) else self.meta


def format_of(meta: Mapping[str, Any]) -> str:
    """Name the format of a document: ``html`` or ``revealjs``."""
    formats = meta.get("format", "html")
    return formats if isinstance(formats, str) else next(iter(formats), "html")


def read_document(path: Path, root: Path, defaults: Mapping[str, Any]) -> Document:
    """Read a ``.qmd`` and check that it stays within the declared subset.

    Parameters
    ----------
    path
        The document.
    root
        The project.
    defaults
        Document options of the project and of the folder.

    Raises
    ------
    RenderError
        With file and line, for anything that the embedded engine does not support.
    """
    lines = read_lines(path, root)
    name = shown(path, root)
    settings, body = _split_front_matter(lines, name)
    check_document_keys(settings)
    check_prose(body)
    cells = tuple(_cells(body))
    _check_labels(cells)
    return Document(path, name, _with_defaults(defaults, settings.values), cells)


def _with_defaults(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Merge; a document that names its format leaves the others of the project aside."""
    meta = merged(defaults, own)
    if "format" not in own:
        return meta
    name = format_of(own)
    inherited = defaults.get("format")
    base = inherited.get(name) if isinstance(inherited, Mapping) else None
    given = own["format"]
    mine = given.get(name) if isinstance(given, Mapping) else None
    options = merged(
        base if isinstance(base, Mapping) else {}, mine if isinstance(mine, Mapping) else {}
    )
    return {**meta, "format": {name: options}}


def _split_front_matter(lines: list[Line], name: Path) -> tuple[Settings, list[Line]]:
    if not lines or lines[0].text.strip() != "---":
        return Settings({}, {}, name), lines
    for number, line in enumerate(lines[1:], start=1):
        if line.text.strip() in ("---", "..."):
            text = "\n".join(each.text for each in lines[1:number])
            return read_settings(text, name, first_line=2), lines[number + 1 :]
    raise RenderError("the front matter has no closing `---`", lines[0].place)


def _cells(body: list[Line]) -> list[Cell]:
    """Cut the body into cells with jupytext and find the line of each.

    The reader drops fences and blank lines around a cell but keeps the lines within, so each
    cell is found again by its text, in order.
    """
    # 0.6 s of imports, which the command line should not pay before it has work to do.
    import jupytext

    text = "\n".join(line.text for line in body)
    notebook = jupytext.reads("---\ntitle: none\n---\n\n" + text, fmt="Rmd")
    cells: list[Cell] = []
    at = 0
    for cell in notebook.cells[1:]:
        if not cell.source:
            continue
        whole_lines = re.compile(rf"^{re.escape(cell.source)}[ \t]*$", re.MULTILINE)
        found = whole_lines.search(text, at)
        if found is None:
            place = body[text.count("\n", 0, at)].place
            raise RenderError(f"the cell after this line cannot be read: {cell.source!r}", place)
        at = found.end()
        first = text.count("\n", 0, found.start())
        count = cell.source.count("\n") + 1
        places = tuple(line.place for line in body[first : first + count])
        code = cell.cell_type == "code"
        options = read_options(cell.source, places[0]) if code else CellOptions()
        cells.append(Cell("code" if code else "markdown", cell.source, places, options))
    return cells


def _check_labels(cells: tuple[Cell, ...]) -> None:
    seen: dict[str, Place] = {}
    for cell in cells:
        label = cell.options.label
        if label is None:
            continue
        if label in seen:
            raise RenderError(f"label `{label}` is used before, at {seen[label]}", cell.place)
        seen[label] = cell.place
