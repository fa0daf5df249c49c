"""The lines of a document, each of which remembers its file, and what is refused in them.

``{{< include part.qmd >}}`` on a line of its own stands for the lines of that file, so a line of
the text that is executed need not be a line of the file that was asked for.

Quarto ignores or passes through much of what it does not know. An engine that knows less must not:
a layout option that is skipped in silence gives a page that differs from Quarto's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from secondlook.render.problems import Place, RenderError

_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+(?P<path>\S+?)\s*>\}\}\s*$")
_FENCE = re.compile(r"^\s*(?P<ticks>`{3,}|~{3,})")


MOST_LINES, DEEPEST = 100_000, 20
"""Lines of a document with its includes, and files within one another: more is a mistake."""


@dataclass(frozen=True)
class Line:
    """One line of source and where it stands."""

    text: str
    place: Place


def read_lines(path: Path, root: Path) -> list[Line]:
    """Read the lines of a document, without their ends, with its includes in place.

    An include that starts with ``/`` is looked up in `root`. A file that is missing, is no UTF-8,
    or includes itself is a `RenderError`.
    """
    return _expand(path, root, (), count(1))


def shown(path: Path, root: Path) -> Path:
    """Give the path as messages show it: relative to the project where it lies within."""
    try:
        return path.resolve().relative_to(root.resolve())
    except ValueError:
        return path


def _expand(
    path: Path, root: Path, within: tuple[Path, ...], lines_so_far: Iterator[int]
) -> list[Line]:
    lines: list[Line] = []
    fence = ""
    texts, name = _read(path, root), shown(path, root)
    if within and texts[0].strip() == "---":
        message = "an included file has front matter, which Quarto would show as text"
        raise RenderError(message, Place(name, 1))
    for number, text in enumerate(texts, start=1):
        place = Place(name, number)
        if next(lines_so_far) > MOST_LINES:
            message = f"the document and its includes have more than {MOST_LINES:,} lines"
            raise RenderError(message, place)
        fence = fence_after(fence, text)
        include = None if fence else _INCLUDE.match(text)
        if include is None:
            lines.append(Line(text, place))
            continue
        chain = (*within, path.resolve())
        # As in Quarto, a part that includes another names it as seen from the document itself.
        part = named(include["path"], chain[0].parent, root)
        if len(chain) > DEEPEST:
            raise RenderError(f"includes lie deeper than {DEEPEST} files", place)
        if part.resolve() in chain:
            raise RenderError(f"includes {part.name}, which includes this document", place)
        if not part.is_file():
            raise RenderError(f"includes {include['path']}, which does not exist", place)
        lines += _expand(part, root, chain, lines_so_far)
        if lines[-1].text:
            lines.append(Line("", place))
    return lines


def named(name: str, folder: Path, root: Path) -> Path:
    """Give the file that a document names: seen from a folder, or after a ``/`` from the root."""
    return root / name.lstrip("/") if name.startswith("/") else folder / name


def _read(path: Path, root: Path) -> list[str]:
    if path.exists() and not path.is_file():  # A pipe would be waited for without end.
        raise RenderError("is no regular file", Place(shown(path, root)))
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
    """Follow code fences: which is open after this line, if `fence` (or none) is before it.

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


CALLOUTS = ("note", "tip", "warning", "important", "caution")
CROSSREFS = ("fig", "tbl", "sec", "eq")
"""Prefixes that get a number here."""
_OTHER_CROSSREFS = frozenset(
    {"lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "rem", "sol", "prf"}
    | {"nte", "tip", "wrn", "imp", "cau", "dia", "fst", "vid"}
)

_CELL_FENCE = re.compile(
    r"^(?P<indent>[\s>]*)(?P<ticks>`{3,})\s*\{(?P<word>[A-Za-z][\w-]*)(?P<rest>[^}]*)\}"
)
_SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*/?(?P<word>[\w-]*)")
_INLINE_CODE = re.compile(r"(?P<ticks>`+)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_CALLOUT = re.compile(r"\.callout-(?P<kind>[\w-]+)")
_REFERENCE = re.compile(r"(?<![\w@\\])@(?P<prefix>[A-Za-z]{2,4})-(?P<rest>[\w-]+)")
_LABEL = re.compile(r"\{#(?P<prefix>[a-z]{2,4})-[\w-]+")
_REFUSED_ATTRIBUTES = re.compile(
    r"(?P<word>\blayout(?:-[a-z]+)?\s*=|\.column-(?:margin|page|screen|body)[\w-]*|\.panel-(?!tabset)"
    r"[\w-]+|\.content-(?:visible|hidden)|\.absolute\b|\.aside\b|\.lightbox\b|\bfilename\s*=|"
    r"\bcode-line-numbers\s*=|\.when-[\w-]+|\.unless-[\w-]+|\bbackground-(?:video|iframe)[\w-]*\s*=)"
)


def check_prose(body: Iterable[Line]) -> None:
    """Refuse prose and fences that this engine would render otherwise than Quarto."""
    fence = ""
    for line in body:
        if not fence:
            _check_fence(line)
        after = fence_after(fence, line.text)
        if not fence and not after:
            prose = _INLINE_CODE.sub(lambda code: " " * len(code[0]), line.text)
            _check_line(prose, line.place)
        fence = after
    if fence:
        raise RenderError(f"a code fence `{fence}` is never closed", line.place)


def _check_fence(line: Line) -> None:
    match = _CELL_FENCE.match(line.text)
    if match is None:
        return
    word = match["word"]
    if word != "python":
        raise RenderError(f"a cell in {word}; only python cells are supported", line.place)
    if match["indent"] or match["ticks"] != "```":
        message = "a python cell must start with ``` at the margin"
        raise RenderError(message, line.place)
    if match["rest"].strip():
        message = "options of a cell are written as `#|` lines, not on its fence"
        raise RenderError(message, line.place)


def _check_line(text: str, place: Place) -> None:
    shortcode = _SHORTCODE.search(text)
    if shortcode:
        word = shortcode["word"]
        known = "`include`, on a line of its own,"
        raise RenderError(f"shortcode `{word}` is not supported here; only {known} is", place)
    for attributes in _ATTRIBUTES.finditer(text):
        _check_attributes(attributes[0], place)
    for reference in _REFERENCE.finditer(text):
        prefix = reference["prefix"].lower()
        if prefix in _OTHER_CROSSREFS:
            known = ", ".join(f"@{each}-" for each in CROSSREFS)
            raise RenderError(f"cross-reference `@{prefix}-` is not supported; {known} are", place)


def _check_attributes(text: str, place: Place) -> None:
    refused = _REFUSED_ATTRIBUTES.search(text)
    if refused:
        word = refused["word"].rstrip("= ")
        raise RenderError(f"`{word}` is not supported by this engine", place)
    callout = _CALLOUT.search(text)
    if callout and callout["kind"] not in CALLOUTS:
        known = ", ".join(CALLOUTS)
        raise RenderError(f"no callout `{callout['kind']}`; there are: {known}", place)
    label = _LABEL.match(text)
    if label and label["prefix"] in _OTHER_CROSSREFS:
        raise RenderError(f"a label `{label['prefix']}-` is not supported", place)
