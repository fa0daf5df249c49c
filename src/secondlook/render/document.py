"""A document: front matter, and cells of prose and of Python in their order, with options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from secondlook.render.problems import Place, RenderError
from secondlook.render.settings import Settings, check_document_keys, merged, read_settings
from secondlook.render.source import Line, check_prose, read_lines, shown

_PREFIX = "#|"
_NAME = re.compile(r"[\w.:-]+")
_WORDS: Mapping[str, tuple[str, ...]] = {"output": ("asis",), "code-fold": ("show",)}
_PREFIXES = ("fig", "tbl")


@dataclass(frozen=True)
class CellOptions:
    """What a cell says about itself; None leaves the choice to the document."""

    label: str | None = None
    echo: bool | None = None
    eval: bool | None = None
    include: bool | None = None
    output: bool | str | None = None
    warning: bool | None = None
    code_fold: bool | str | None = None
    code_summary: str | None = None
    fig_cap: str | None = None
    fig_alt: str | None = None
    tbl_cap: str | None = None

    @property
    def kind(self) -> str | None:
        """`fig` or `tbl` if the label asks for a number, else None."""
        head = (self.label or "").partition("-")
        return head[0] if head[1] and head[0] in _PREFIXES else None


_TYPES = {
    name.replace("_", "-"): get_args(kind) for name, kind in get_type_hints(CellOptions).items()
}


def split_options(source: str) -> tuple[str, str]:
    r"""Split a cell into its option lines (without ``#|``) and its code.

    Examples
    --------
    >>> split_options("#| label: a\n1 + 1")
    ('label: a', '1 + 1')
    """
    lines = source.split("\n")
    count = _count(lines)
    options = "\n".join(line[len(_PREFIX) :].removeprefix(" ") for line in lines[:count])
    return options, "\n".join(lines[count:]).strip("\n")


def read_options(source: str, place: Place) -> CellOptions:
    """Read and check the options of a cell whose first line stands at `place`."""
    text, _ = split_options(source)
    lines = source.split("\n")
    for number, line in enumerate(lines[_count(lines) :], start=_count(lines)):
        if line.startswith(_PREFIX):
            late = Place(place.path, place.line + number)
            raise RenderError("a `#|` option must stand before the code of its cell", late)
    settings = read_settings(text, place.path, place.line)
    for key, value in settings.values.items():
        _check(key, value, settings.place(key))
    values: dict[str, Any] = {key.replace("-", "_"): v for key, v in settings.values.items()}
    options = CellOptions(**values)
    _check_captions(options, settings.place("label"))
    return options


def _count(lines: list[str]) -> int:
    """Count the option lines that open a cell."""
    code = (number for number, line in enumerate(lines) if not line.startswith(_PREFIX))
    return next(code, len(lines))


def _check(key: str, value: object, place: Place) -> None:
    if key not in _TYPES:
        known = ", ".join(_TYPES)
        raise RenderError(f"cell option `{key}` is not supported; these are: {known}", place)
    if not isinstance(value, _TYPES[key]) or (isinstance(value, bool) and bool not in _TYPES[key]):
        raise RenderError(f"cell option `{key}` cannot be {value!r}", place)
    if isinstance(value, str) and key in _WORDS and value not in _WORDS[key]:
        raise RenderError(f"cell option `{key}` cannot be {value!r}", place)
    if isinstance(value, str) and "`{python}" in value:
        message = f"`{key}` holds inline code, which Quarto does not run in cell options"
        raise RenderError(message, place)


def _check_captions(options: CellOptions, place: Place) -> None:
    if options.label is not None and not _NAME.fullmatch(options.label):
        told = "letters, digits, hyphens, dots and underscores"
        raise RenderError(f"the label {options.label!r} may have {told} only", place)
    if options.fig_cap is not None and options.kind == "tbl":
        raise RenderError(f"`{options.label}` is a table but has `fig-cap`", place)
    if options.tbl_cap is not None and options.kind == "fig":
        raise RenderError(f"`{options.label}` is a figure but has `tbl-cap`", place)
    if options.kind and not (options.fig_cap or options.tbl_cap):
        key = f"{options.kind}-cap"
        told = f"`{options.label}` gets a number, so it needs `{key}`"
        other = "leave the label to show_figure or show_table"
        raise RenderError(f"{told}; where code makes the caption, {other}", place)


@dataclass(frozen=True)
class Cell:
    """A stretch of prose, or a cell of Python with its ``#|`` lines; and the place of each line.

    `kind` is ``"markdown"`` or ``"code"``.
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

    `name` is the path as messages and addresses show it; `options` are those of the project, under
    those of the folder, under the document's own, at each level under those of the format.
    """

    path: Path
    root: Path
    name: Path
    format: str
    options: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @property
    def is_deck(self) -> bool:
        """Whether this is a revealjs deck rather than a page."""
        return self.format == "revealjs"


def front_matter(path: Path, root: Path) -> Settings:
    """Read what a ``.qmd`` says of itself, whether or not this engine knows all of it.

    What cannot be read at all is a `RenderError`, as in :func:`read_document`.
    """
    return _split_front_matter(read_lines(path, root), shown(path, root))[0]


def read_document(path: Path, root: Path, levels: Sequence[Mapping[str, Any]]) -> Document:
    """Read a ``.qmd``; what lies outside of the supported subset is a `RenderError` with its line.

    `levels` are the options of the project and of each folder on the way, the project's first.
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
    return Document(path, root, name, format_, options, cells)


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

    texts = [line.text for line in body]
    text = "---\ntitle: none\n---\n\n" + "\n".join(texts)
    # The reader drops blanks that end a cell.
    ends = [each.rstrip(" \t") for each in texts]
    cells: list[Cell] = []
    at = 0
    for cell in jupytext.reads(text, fmt="Rmd").cells[1:]:
        if not cell.source:
            continue
        *inner, last = cell.source.split("\n")
        length, end = len(inner), last.rstrip(" \t")
        starts = (n for n in range(at, len(body) - length) if ends[n + length] == end)
        first = next((n for n in starts if texts[n : n + length] == inner), None)
        if first is None:
            told = f"the cell after this line cannot be read: {cell.source!r}"
            raise RenderError(told, body[min(at, len(body) - 1)].place)
        at = first + length + 1
        places = tuple(line.place for line in body[first:at])
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
