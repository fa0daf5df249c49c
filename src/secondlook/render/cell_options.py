"""The ``#|`` options of a cell: the declared ones, checked for their type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secondlook.render.problems import Place, RenderError
from secondlook.render.settings import read_settings

_PREFIX = "#|"
_TYPES: Mapping[str, tuple[type, ...]] = {
    "label": (str,),
    "echo": (bool,),
    "eval": (bool,),
    "include": (bool,),
    "output": (bool, str),
    "warning": (bool,),
    "code-fold": (bool, str),
    "code-summary": (str,),
    "fig-cap": (str,),
    "fig-alt": (str,),
    "tbl-cap": (str,),
    "fig-width": (int, float),
    "fig-height": (int, float),
}
_WORDS: Mapping[str, tuple[str, ...]] = {"output": ("asis",), "code-fold": ("show",)}
_PREFIXES = ("fig", "tbl")


@dataclass(frozen=True)
class CellOptions:
    """What a cell says about itself; None leaves the choice to the document.

    Attributes follow the names of the options.
    """

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
    fig_width: float | None = None
    fig_height: float | None = None

    @property
    def kind(self) -> str | None:
        """`fig` or `tbl` if the label asks for a number, else None."""
        head = (self.label or "").partition("-")
        return head[0] if head[1] and head[0] in _PREFIXES else None


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
    """Read and check the options of a cell.

    Parameters
    ----------
    source
        The whole cell.
    place
        The line of its first line.

    Raises
    ------
    RenderError
        For an option outside of the subset, of a wrong type, or that comes after code.
    """
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
    if options.fig_cap is not None and options.kind == "tbl":
        raise RenderError(f"`{options.label}` is a table but has `fig-cap`", place)
    if options.tbl_cap is not None and options.kind == "fig":
        raise RenderError(f"`{options.label}` is a figure but has `tbl-cap`", place)
    if options.kind and not (options.fig_cap or options.tbl_cap):
        key = f"{options.kind}-cap"
        raise RenderError(f"`{options.label}` gets a number, so it needs `{key}`", place)
