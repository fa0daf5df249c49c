"""A document: front matter, and cells of prose and of Python in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
        ``"markdown"``, ``"code"``, or ``"prose"`` for Markdown whose inline code is left alone.
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
    format
        ``"html"`` or ``"revealjs"``.
    options
        Options of the project, under those of the folder, under the document's own; at each of
        these levels those of the format count more.
    cells
        In order.
    """

    path: Path
    name: Path
    format: str
    options: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @property
    def is_deck(self) -> bool:
        """Whether this is a revealjs deck rather than a page."""
        return self.format == "revealjs"


def read_document(path: Path, root: Path, levels: Sequence[Mapping[str, Any]]) -> Document:
    """Read a ``.qmd`` and check that it stays within the declared subset.

    Parameters
    ----------
    path
        The document.
    root
        The project.
    levels
        Options of the project and of each folder on the way, the project's first.

    Raises
    ------
    RenderError
        With file and line, for anything that the embedded engine does not support.
    """
    name = shown(path, root)
    if path.suffix != ".qmd":
        raise RenderError("is no document; documents end in .qmd", Place(name))
    lines = read_lines(path, root)
    settings, body = _split_front_matter(lines, name)
    check_document_keys(settings)
    check_prose(body)
    cells = tuple(_cells(body))
    _check_labels(cells)
    format_, options = _options([*levels, settings.values])
    return Document(path, name, format_, options, cells)


def _options(levels: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
    """Merge the levels of options; the last one that names a format decides on it."""
    named = [level["format"] for level in levels if level.get("format")]
    last = named[-1] if named else "html"
    name = last if isinstance(last, str) else next(iter(last))
    options: dict[str, Any] = {}
    for level in levels:
        formats = level.get("format")
        own = formats.get(name) if isinstance(formats, Mapping) else None
        general = {key: value for key, value in level.items() if key != "format"}
        options = merged(merged(options, general), own if isinstance(own, Mapping) else {})
    return name, options


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
