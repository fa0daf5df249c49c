"""The reference of the library, as Markdown for a page: from the docstrings, so that it is true.

A docstring in numpy's form becomes a heading, the signature, and its sections.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import Any

_UNDERLINE = re.compile(r"^-{3,}\s*$")
_ROLE = re.compile(r":\w+:`~?([^`]+)`|``([^`]+)``|(?<!`)`([^`\n]+)`(?!`)")
_PAIRS = frozenset({"Parameters", "Attributes", "Returns", "Raises", "Yields"})
_SPECIAL = re.compile(r"([\\*_<>\[\]#$@^~|])")


def reference(names: Iterable[str]) -> str:
    r"""Return the reference of modules as Markdown, a heading a module and a name of ``__all__``.

    Examples
    --------
    >>> print(reference(["secondlook.pooling"]).split("\n")[0])
    ## `secondlook.pooling` {#library-pooling}
    """
    return "\n\n".join(_of_module(import_module(name)) for name in names)


def _of_module(module: ModuleType) -> str:
    short = module.__name__.rpartition(".")[2]
    parts = [f"## `{module.__name__}` {{#library-{short}}}", _prose(inspect.getdoc(module) or "")]
    for name in sorted(module.__all__, key=str.lower):
        thing = getattr(module, name)
        if callable(thing) and inspect.getdoc(thing) and hasattr(thing, "__module__"):
            parts.append(_of_member(f"library-{short}-{name}", name, thing))
    return "\n\n".join(part for part in parts if part)


def _of_member(anchor: str, name: str, thing: Any) -> str:
    kind = " {.unnumbered .unlisted #" + anchor + "}"
    body = _sections(inspect.getdoc(thing) or "")
    return "\n\n".join([f"### `{name}`{kind}", _signature(name, thing), body])


def _signature(name: str, thing: Any) -> str:
    try:
        given = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    bare = [each.replace(annotation=each.empty) for each in given.parameters.values()]
    text = f"{name}({', '.join(map(str, bare))})"
    # Defaults that show where they lie in memory say nothing.
    text = re.sub(r"<.*? at 0x[0-9a-f]+>", "...", text)
    lines = textwrap.wrap(text, 84, subsequent_indent="    ", break_long_words=False)
    return "```python\n" + "\n".join(lines) + "\n```"


def _sections(text: str) -> str:
    """Write a docstring: its text, and each section under its name."""
    lines = text.split("\n")
    starts = [at for at in range(len(lines) - 1) if _UNDERLINE.match(lines[at + 1])]
    parts = [_prose("\n".join(lines[: starts[0] if starts else len(lines)]))]
    for start, end in pairwise([*starts, len(lines)]):
        title, body = lines[start].strip(), "\n".join(lines[start + 2 : end])
        parts.append(f"**{title}**")
        parts.append(_pairs(body) if title in _PAIRS else _prose(body))
    return "\n\n".join(part for part in parts if part)


def _pairs(body: str) -> str:
    """Write names with what is said of each as a list of definitions."""
    written = []
    for entry in re.split(r"\n(?=\S)", body.strip("\n")):
        name, _, said = entry.partition("\n")
        told = _prose(textwrap.dedent(said)).replace("\n", "\n    ")
        written.append(f"`{name.strip()}`\n:   {told or '—'}")
    return "\n\n".join(written)


def _prose(text: str) -> str:
    """Write text of a docstring as Markdown: examples and tables as they are, words as words."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        verbatim = block.lstrip().startswith(">>>") or re.search(r"^\s*={3,}", block, re.MULTILINE)
        if verbatim or block.startswith("    "):
            blocks.append(f"```\n{textwrap.dedent(block)}\n```")
        else:
            blocks.append("\n".join(_inline(line) for line in block.split("\n")))
    return "\n\n".join(blocks).strip()


def _inline(line: str) -> str:
    parts = []
    at = 0
    for found in _ROLE.finditer(line):
        parts.append(_SPECIAL.sub(r"\\\1", line[at : found.start()]))
        parts.append(f"`{next(filter(None, found.groups()))}`")
        at = found.end()
    return "".join(parts) + _SPECIAL.sub(r"\\\1", line[at:])
