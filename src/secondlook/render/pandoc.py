"""Pandoc, and a walk over the syntax tree that it reads and writes as JSON."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from secondlook.pandoc_program import pandoc_program
from secondlook.render.problems import Place, RenderError

_SUBJECT = re.compile(
    r"citation (\S+) not found|TeX math (.+?),? rendering|Duplicate identifier '(\S+)'"
)

Node = dict[str, Any]
"""A block or an inline of the tree: ``{"t": type, "c": content}``."""


def run(arguments: Sequence[str], text: str, name: Path) -> str:
    """Run pandoc; a failure, or a warning of a page that would be wrong, is a `RenderError`."""
    done = subprocess.run(
        [pandoc_program(), *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    lines = done.stderr.split("\n")
    complaints = [line for line in lines if line.strip() and "[INFO]" not in line]
    if done.returncode or complaints:
        told = "\n".join(complaints) or done.stderr.strip()
        about = _SUBJECT.search(told)
        words = next((each for each in about.groups() if each), "") if about else ""
        raise RenderError(f"pandoc: {told}", Place(name), about=words)
    return done.stdout


def parse(text: str, name: Path) -> Node:
    """Parse Markdown into pandoc's tree."""
    tree: Node = json.loads(run(["--from=markdown", "--to=json"], text, name))
    return tree


def walk(tree: Node, visit: Callable[[Node], Any]) -> Node:
    """Rebuild a tree from its leaves up.

    `visit` is called with each node after its content is rebuilt; it gives None to keep it, a node
    to replace it, or a list of nodes to splice in its place.
    """
    rebuilt: Node = _rebuilt(tree, visit)
    return rebuilt


def _rebuilt(node: Any, visit: Callable[[Node], Any]) -> Any:
    if isinstance(node, list):
        result: list[Any] = []
        for each in node:
            made = _rebuilt(each, visit)
            spliced = isinstance(made, list) and isinstance(each, dict)
            result.extend(made) if spliced else result.append(made)
        return result
    if isinstance(node, dict):
        built = {key: _rebuilt(value, visit) for key, value in node.items()}
        if "t" not in built:
            return built
        made = visit(built)
        return built if made is None else made
    return node


def nodes(node: Any, *kinds: str) -> Iterator[Node]:
    """Iterate over the nodes of some types, in the order of the document."""
    if isinstance(node, list):
        for each in node:
            yield from nodes(each, *kinds)
    elif isinstance(node, dict):
        if node.get("t") in kinds:
            yield node
        for value in node.values():
            yield from nodes(value, *kinds)


def plain_text(node: Any) -> str:
    """Give the text of inlines without their markup."""
    if isinstance(node, list):
        return "".join(plain_text(each) for each in node)
    if not isinstance(node, dict):
        return ""
    kind: object = node.get("t")
    content: Any = node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind == "Quoted":
        left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return f"{left}{plain_text(content[1])}{right}"
    return plain_text(content) if isinstance(content, list) else ""


def text(words: str) -> list[Node]:
    """Make inlines of plain text."""
    inlines: list[Node] = []
    for number, word in enumerate(words.split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def attributes(node: Node) -> tuple[str, list[str], dict[str, str]]:
    """Give identifier, classes and attributes of a node that has them."""
    place = 1 if node["t"] == "Header" else 0
    identifier, classes, pairs = node["c"][place]
    return identifier, classes, dict(pairs)


def div(content: list[Node], identifier: str = "", classes: Sequence[str] = ()) -> Node:
    """Make a div."""
    return {"t": "Div", "c": [[identifier, list(classes), []], content]}


def html(markup: str) -> Node:
    """Make a block of finished HTML."""
    return {"t": "RawBlock", "c": ["html", markup]}


def wrapped(before: str, content: list[Node], after: str) -> list[Node]:
    """Put blocks between finished HTML."""
    return [html(before), *content, html(after)]


def inline_html(markup: str) -> Node:
    """Make an inline of finished HTML."""
    return {"t": "RawInline", "c": ["html", markup]}
