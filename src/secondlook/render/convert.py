"""From executed cells to the parts of a page: pandoc reads, the tree is resolved, pandoc writes.

Pictures go into the page; links to documents lead to pages.
"""

from __future__ import annotations

import base64
import html as markup
import json
import mimetypes
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from secondlook.render import pandoc
from secondlook.render.crossref import resolve_references
from secondlook.render.dependencies import note, note_existence
from secondlook.render.document import Document
from secondlook.render.execution import Executed
from secondlook.render.outputs import Figures, cell_markdown
from secondlook.render.pandoc import Node, text, walk
from secondlook.render.panels import notes_before_pauses, resolve_panels
from secondlook.render.problems import Place, RenderError
from secondlook.render.site import rooted
from secondlook.render.source import named

_MARK = "<!--part-->"
_FOOTNOTES = re.compile(r'(<section id="footnotes"[^>]*>)\s*<hr />')
_HEAD = ("title", "subtitle", "author", "date", "description", "lang")


@dataclass(frozen=True)
class Parts:
    """The HTML of a document: what stands above its text, its contents, its text.

    `pagetitle` is plain text.
    """

    pagetitle: str
    heading: str
    contents: str
    body: str


def convert(document: Document, executed: Sequence[Executed]) -> Parts:
    """Write an executed document as HTML.

    A reference, citation, formula or picture that leads nowhere is a `RenderError` with its line.
    """
    figures: Figures = {}
    options = document.options
    texts = [cell_markdown(each, options, figures, deck=document.is_deck) for each in executed]
    head = {key: str(options[key]) for key in _HEAD if options.get(key)}
    if options.get("author"):
        head["author"] = ", ".join(_authors(options["author"]))
    source = "---\n" + json.dumps(head) + "\n---\n\n" + "\n\n".join(text for text in texts if text)
    try:
        tree = pandoc.parse(source, document.name)
        _check_labels(document, tree)
        return _written(document, _resolved(document, tree, figures))
    except RenderError as error:
        if error.place is not None and error.place.line:
            raise
        raise RenderError(error.message, _find(document, error.about)) from None


def _check_labels(document: Document, tree: Node) -> None:
    """Refuse the label of a cell that is a heading's address: Quarto's page would have it twice."""
    headings = {pandoc.attributes(each)[0] for each in pandoc.nodes(tree["blocks"], "Header")}
    for cell in document.cells:
        if cell.options.label in headings:
            told = f"the label `{cell.options.label}` is a heading's address already; rename it"
            raise RenderError(told, cell.place)


def _authors(given: Any) -> list[str]:
    many = given if isinstance(given, list) else [given]
    return [str(each["name"] if isinstance(each, Mapping) else each) for each in many]


def _resolved(document: Document, tree: Node, figures: Figures) -> Node:
    options = document.options
    tree = resolve_panels(tree, deck=document.is_deck)
    if document.is_deck:
        level = int(options.get("slide-level", 2))
        tree["blocks"] = notes_before_pauses(tree["blocks"], level)
    tree = resolve_references(
        tree,
        number_sections=bool(options.get("number-sections", False)),
        number_depth=int(options.get("number-depth", 6)),
    )
    return _with_resources(document, tree, figures)


def _written(document: Document, tree: Node) -> Parts:
    options = document.options
    # It prints the parts, each followed by the mark.
    template = files("secondlook.render.assets").joinpath("parts.html")
    arguments = [
        "--from=json",
        f"--to={'revealjs' if document.is_deck else 'html5'}",
        f"--template={template}",
        "--mathml",
        "--wrap=none",
        "--email-obfuscation=none",
        f"--variable=toc-title:{markup.escape(str(options.get('toc-title', 'On this page')))}",
    ]
    if options.get("toc"):
        arguments += ["--toc", f"--toc-depth={int(options.get('toc-depth', 3))}"]
    if document.is_deck:
        given = options.get("title-slide-attributes")
        pairs = given.items() if isinstance(given, Mapping) else ()
        own = "".join(
            f' {markup.escape(str(name))}="{markup.escape(str(value))}"' for name, value in pairs
        )
        arguments += ["--variable=deck", f"--variable=title-slide-attributes:{own}"]
        arguments.append(f"--slide-level={int(options.get('slide-level', 2))}")
        arguments += ["--incremental"] if options.get("incremental") else []
    else:
        arguments.append("--section-divs")
    if any(pandoc.nodes(tree["blocks"], "Cite")):
        arguments += _citation_arguments(document, tree)
    html = pandoc.run(arguments, json.dumps(tree), document.name)
    heading, contents, body = (part.strip() for part in html.split(_MARK))
    body = _FOOTNOTES.sub(r"\1<h2>Footnotes</h2>", body)
    title = pandoc.plain_text(tree["meta"].get("title", {}).get("c", []))
    return Parts(str(options.get("pagetitle", title)), heading, contents, body)


def _citation_arguments(document: Document, tree: Node) -> list[str]:
    sources = rooted(document.options.get("bibliography"), document.path.parent)
    styles = rooted(document.options.get("csl"), document.root)
    for name in [*sources, *styles]:
        note(Path(name))  # pandoc reads it
    missing = [name for name in sources if not Path(name).is_file()]
    if missing or not sources:
        raise RenderError(f"cites, but the bibliography {', '.join(missing)} is missing")
    own = any(pandoc.attributes(each)[0] == "refs" for each in pandoc.nodes(tree["blocks"], "Div"))
    if not own:
        tree["blocks"] += [*_references_heading(tree["blocks"]), pandoc.div([], "refs")]
    arguments = ["--citeproc", "--metadata=link-citations:true"]
    arguments += [f"--bibliography={name}" for name in sources]
    return arguments + [f"--csl={name}" for name in styles]


def _references_heading(blocks: list[Node]) -> list[Node]:
    """Head the references, unless the document ends with a heading for them."""
    if blocks and blocks[-1]["t"] == "Header":
        return []
    attributes = ["references", ["unnumbered"], []]
    return [{"t": "Header", "c": [2, attributes, pandoc.text("References")]}]


def _find(document: Document, about: str) -> Place:
    """Find the line that a message about the finished text speaks of."""
    for cell in document.cells:
        for line, place in zip(cell.source.split("\n"), cell.lines, strict=True):
            if about and about in line:
                return place
    return Place(document.name)


_FIGURE = "figure:"


def _with_resources(document: Document, tree: Node, figures: Figures) -> Node:
    """Put pictures into the page as data and turn links to ``.qmd`` into links to pages.

    An address that starts with ``/`` is looked up in the root, another one beside the document.
    """

    def visit(node: Node) -> Any:
        if node["t"] == "Image":
            return _embedded(document, node, figures)
        return _linked(document, node) if node["t"] == "Link" else None

    return walk(tree, visit)


def data_address(data: bytes, kind: str) -> str:
    """Write data as an address of its own."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def file_address(path: Path) -> str:
    """Write a file as an address of its own."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return data_address(path.read_bytes(), kind)


def _embedded(document: Document, node: Node, figures: Figures) -> Node:
    (identifier, classes, pairs), caption, (address, title) = node["c"]
    given: Mapping[str, str] = dict(pairs)
    alt = given.get("fig-alt") or given.get("alt")
    kept = [[key, value] for key, value in pairs if key not in ("fig-alt", "alt", "fig-align")]
    if address.startswith(_FIGURE):
        address = _figure_address(*figures[address.removeprefix(_FIGURE)])
    elif "://" not in address and not address.startswith("data:"):
        address = file_address(_existing(document, address))
    else:
        message = f"picture {address} lies on the network; a page must be self-contained"
        raise RenderError(message, about=address)
    inlines = text(alt) if alt else caption
    return {"t": "Image", "c": [[identifier, classes, kept], inlines, [address, title]]}


def _figure_address(kind: str, data: str) -> str:
    if kind == "image/svg+xml" and data.lstrip().startswith("<"):
        return data_address(data.encode("utf-8"), kind)
    return f"data:{kind};base64,{data.replace(chr(10), '')}"


def _linked(document: Document, node: Node) -> Node | None:
    attributes, inlines, (address, title) = node["c"]
    path, mark, fragment = address.partition("#")
    if "://" in address or not path or (not path.startswith("/") and not path.endswith(".qmd")):
        return None
    if path.endswith(".qmd"):
        target = _existing(document, path).with_suffix(".html")
    else:
        target = named(path, document.path.parent, document.root)
    new = quote(os.path.relpath(target.resolve(), document.path.parent.resolve()))
    return {"t": "Link", "c": [attributes, inlines, [f"{new}{mark}{fragment}", title]]}


def _existing(document: Document, address: str) -> Path:
    path = named(unquote(address), document.path.parent, document.root)
    note_existence(path)
    if not path.is_file():
        raise RenderError(f"points at {address}, which does not exist", about=address)
    return path
