"""The lines of a document, each of which remembers the file that it came from.

``{{< include part.qmd >}}`` on a line of its own stands for the lines of that file, so a line
of the text that is executed need not be a line of the file that was asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from secondlook.render.problems import Place, RenderError

_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+(?P<path>\S+?)\s*>\}\}\s*$")
_FENCE = re.compile(r"^\s*(?P<ticks>`{3,}|~{3,})")


@dataclass(frozen=True)
class Line:
    """One line of source and where it stands."""

    text: str
    place: Place


def read_lines(path: Path, root: Path) -> list[Line]:
    """Read a document with its includes in place.

    Parameters
    ----------
    path
        The document.
    root
        The project; an include that starts with ``/`` is looked up here.

    Returns
    -------
    list of Line
        In order, without line ends.

    Raises
    ------
    RenderError
        If a file is missing, is no UTF-8, or includes itself.
    """
    return _expand(path, root, within=())


def shown(path: Path, root: Path) -> Path:
    """Give the path as messages show it: relative to the project where it lies within."""
    try:
        return path.resolve().relative_to(root.resolve())
    except ValueError:
        return path


def _expand(path: Path, root: Path, within: tuple[Path, ...]) -> list[Line]:
    lines: list[Line] = []
    fence = ""
    for number, text in enumerate(_read(path, root), start=1):
        place = Place(shown(path, root), number)
        fence = fence_after(fence, text)
        include = None if fence else _INCLUDE.match(text)
        if include is None:
            lines.append(Line(text, place))
            continue
        chain = (*within, path.resolve())
        # As in Quarto, a part that includes another names it as seen from the document itself.
        part = _included(include["path"], chain[0].parent, root)
        if part.resolve() in chain:
            raise RenderError(f"includes {part.name}, which includes this document", place)
        if not part.is_file():
            raise RenderError(f"includes {include['path']}, which does not exist", place)
        lines += _expand(part, root, chain)
        if lines[-1].text:
            lines.append(Line("", place))
    return lines


def _included(name: str, folder: Path, root: Path) -> Path:
    return root / name.lstrip("/") if name.startswith("/") else folder / name


def _read(path: Path, root: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RenderError("no such document", Place(shown(path, root))) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise RenderError(message, Place(shown(path, root))) from None
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}; save it as UTF-8"
        raise RenderError(message, Place(shown(path, root))) from None
    return text.replace("\r\n", "\n").split("\n")


def fence_after(fence: str, text: str) -> str:
    """Follow code fences: which fence is open after this line.

    Parameters
    ----------
    fence
        The fence that is open before the line, empty for none.
    text
        The line.

    Examples
    --------
    >>> fence_after("", "```{python}")
    '```'
    >>> fence_after("````", "```")
    '````'
    >>> fence_after("```", "```")
    ''
    """
    match = _FENCE.match(text)
    if match is None:
        return fence
    ticks = match["ticks"]
    if not fence:
        # An info string with a backtick is inline code that happens to open the line.
        return "" if ticks[0] == "`" and "`" in text.strip()[len(ticks) :] else ticks
    closes = ticks.startswith(fence) and not text.strip().strip(fence[0])
    return "" if closes else fence
