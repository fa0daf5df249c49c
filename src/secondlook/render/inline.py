"""Inline code: found in the prose, and its value written as Markdown, the way Quarto does it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.render.document import Cell
from secondlook.render.lines import fence_after
from secondlook.render.problems import Place, RenderError

_EXPRESSION = re.compile(r"(?<!`)`\{python\}[ \t]([^`\n]+)`")
_BROKEN = re.compile(r"(?<!`)`\{python\}(?![ \t][^`\n]+`)")
_ESCAPED = re.compile(r"([\\`*_{}\[\]()>#+,\-.!])")
_MIME_TYPES = ("text/html", "text/markdown", "text/plain")
_REPR = re.compile(r"<.* at 0x[0-9a-f]+>|np\.\w+\(.*\)|[A-Z]\w*\(\w+=.*\)", re.DOTALL)


@dataclass(frozen=True)
class Expression:
    """One piece of inline code.

    Attributes
    ----------
    code
        The Python expression.
    place
        The line it stands on.
    """

    code: str
    place: Place


def expressions(cell: Cell) -> list[Expression]:
    """List the inline code of a stretch of prose, in order.

    Raises
    ------
    RenderError
        If one is not closed on its own line.
    """
    if cell.kind != "markdown":
        return []
    found: list[Expression] = []
    for text, place, live in _live_lines(cell.source, cell.lines):
        if not live:
            _check_verbatim(text, place)
            continue
        if _BROKEN.search(text):
            message = "inline code must be `{python} expression` on one line, not empty"
            raise RenderError(message, place)
        found += [Expression(match[1].strip(), place) for match in _EXPRESSION.finditer(text)]
    for each in found:
        _check_syntax(each)
    return found


def without_expressions(source: str, values: Sequence[Mapping[str, Any]]) -> str:
    """Put values in the place of the inline code.

    Parameters
    ----------
    source
        Prose.
    values
        One MIME bundle for each expression, in order.
    """
    queue = list(values)
    lines: list[str] = []
    fence = ""
    for text in source.split("\n"):
        after = fence_after(fence, text)
        live = not fence and not after
        lines.append(_EXPRESSION.sub(lambda _: as_markdown(queue.pop(0)), text) if live else text)
        fence = after
    return "\n".join(lines)


def as_markdown(data: Mapping[str, Any]) -> str:
    """Write the value of an expression as Markdown.

    A string loses its quotes and shows its characters as they are; a number shows as Python prints
    it; an object that knows how to show itself as HTML or Markdown does so.

    Parameters
    ----------
    data
        A MIME bundle as the kernel sends it.

    Examples
    --------
    >>> as_markdown({"text/plain": "'11 of 21'"})
    '11 of 21'
    >>> as_markdown({"text/plain": "52.4"})
    '52.4'
    """
    kind = next((each for each in _MIME_TYPES if each in data), None)
    text = str(data[kind]) if kind else ""
    if kind == "text/html":
        return f"`{text}`{{=html}}"
    if kind == "text/markdown":
        return text
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return _ESCAPED.sub(r"\\\1", text[1:-1])
    return text


def check_value(expression: Expression, data: Mapping[str, Any]) -> None:
    """Refuse a value that no reader should see.

    Raises
    ------
    RenderError
        If the value is empty (Quarto then prints the code itself) or the programmer's form of an
        object, such as ``np.float64(0.5)``.
    """
    text = as_markdown(data)
    if not text.strip():
        message = f"inline code `{expression.code}` gives empty text"
        raise RenderError(message, expression.place)
    plain = not {"text/html", "text/markdown"} & set(data)
    if plain and _REPR.fullmatch(str(data.get("text/plain", ""))):
        message = f"inline code `{expression.code}` would print {text}; turn it into text first"
        raise RenderError(message, expression.place)


def _check_verbatim(text: str, place: Place) -> None:
    """Refuse inline code in a block of code: shown as it is here, Quarto would run it."""
    if _EXPRESSION.search(text):
        raise RenderError("inline code inside a block of code, where Quarto would run it", place)


def _live_lines(source: str, places: Sequence[Place]) -> list[tuple[str, Place, bool]]:
    """Each line with its place, and whether it lies outside of code blocks."""
    lines: list[tuple[str, Place, bool]] = []
    fence = ""
    for text, place in zip(source.split("\n"), places, strict=True):
        after = fence_after(fence, text)
        lines.append((text, place, not fence and not after))
        fence = after
    return lines


def _check_syntax(expression: Expression) -> None:
    try:
        compile(expression.code, "inline code", "eval")
    except SyntaxError as error:
        message = f"inline code `{expression.code}` is no Python expression: {error.msg}"
        raise RenderError(message, expression.place) from None
