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


def convert(document: Document, executed: Sequence[Executed], root: Path, template: Path) -> Parts:
    """Write an executed document as HTML.

    `template` is pandoc's, and prints the parts, each followed by ``<!--part-->``. A reference,
    citation, formula or picture that leads nowhere is a `RenderError` with its line.
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
        return _written(document, _resolved(document, tree, figures, root), root, template)
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


def _resolved(document: Document, tree: pandoc.Node, figures: Figures, root: Path) -> pandoc.Node:
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
    return embed_resources(tree, figures, document.path.parent, root)


def _written(document: Document, tree: pandoc.Node, root: Path, template: Path) -> Parts:
    options = document.options
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
        arguments += _citation_arguments(document, tree, options, root)
    html = pandoc.run(arguments, json.dumps(tree), document.name)
    heading, contents, body = (part.strip() for part in html.split(_MARK))
    body = _FOOTNOTES.sub(r"\1<h2>Footnotes</h2>", body)
    title = pandoc.plain_text(tree["meta"].get("title", {}).get("c", []))
    return Parts(str(options.get("pagetitle", title)), heading, contents, body)


def _citation_arguments(
    document: Document, tree: pandoc.Node, options: Mapping[str, Any], root: Path
) -> list[str]:
    files = rooted(options.get("bibliography"), document.path.parent)
    for name in [*files, *rooted(options.get("csl"), root)]:
        note(Path(name))  # pandoc reads it
    missing = [name for name in files if not Path(name).is_file()]
    if missing or not files:
        raise RenderError(f"cites, but the bibliography {', '.join(missing)} is missing")
    own = any(pandoc.attributes(each)[0] == "refs" for each in pandoc.nodes(tree["blocks"], "Div"))
    if not own:
        tree["blocks"] += [*_references_heading(tree["blocks"]), pandoc.div([], "refs")]
    arguments = ["--citeproc", "--metadata=link-citations:true"]
    arguments += [f"--bibliography={name}" for name in files]
    if options.get("csl"):
        arguments.append(f"--csl={rooted(options['csl'], root)[0]}")
    return arguments


def _references_heading(blocks: list[pandoc.Node]) -> list[pandoc.Node]:
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


def embed_resources(tree: Node, figures: Figures, folder: Path, root: Path) -> Node:
    """Put pictures into the page as data and turn links to ``.qmd`` into links to pages.

    An address that starts with ``/`` is looked up in `root`, another one in `folder`.
    """

    def visit(node: Node) -> Any:
        if node["t"] == "Image":
            return _embedded(node, figures, folder, root)
        return _linked(node, folder, root) if node["t"] == "Link" else None

    rebuilt: Node = walk(tree, visit)
    return rebuilt


def data_address(data: bytes, kind: str) -> str:
    """Write data as an address of its own."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def file_address(path: Path) -> str:
    """Write a file as an address of its own."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return data_address(path.read_bytes(), kind)


def _embedded(node: Node, figures: Figures, folder: Path, root: Path) -> Node:
    (identifier, classes, pairs), caption, (address, title) = node["c"]
    given: Mapping[str, str] = dict(pairs)
    alt = given.get("fig-alt") or given.get("alt")
    kept = [[key, value] for key, value in pairs if key not in ("fig-alt", "alt", "fig-align")]
    if address.startswith(_FIGURE):
        address = _figure_address(*figures[address.removeprefix(_FIGURE)])
    elif "://" not in address and not address.startswith("data:"):
        address = file_address(_existing(address, folder, root))
    else:
        message = f"picture {address} lies on the network; a page must be self-contained"
        raise RenderError(message, about=address)
    inlines = text(alt) if alt else caption
    return {"t": "Image", "c": [[identifier, classes, kept], inlines, [address, title]]}


def _figure_address(kind: str, data: str) -> str:
    if kind == "image/svg+xml" and data.lstrip().startswith("<"):
        return data_address(data.encode("utf-8"), kind)
    return f"data:{kind};base64,{data.replace(chr(10), '')}"


def _linked(node: Node, folder: Path, root: Path) -> Node | None:
    attributes, inlines, (address, title) = node["c"]
    path, mark, fragment = address.partition("#")
    if "://" in address or not path:
        return None
    absolute = path.startswith("/")
    if not path.endswith(".qmd"):
        if not absolute:
            return None
        new = quote(os.path.relpath(root / path.lstrip("/"), folder))
    else:
        target = _existing(path, folder, root)
        new = quote(os.path.relpath(target.with_suffix(".html").resolve(), folder.resolve()))
    return {"t": "Link", "c": [attributes, inlines, [f"{new}{mark}{fragment}", title]]}


def _existing(address: str, folder: Path, root: Path) -> Path:
    name = unquote(address)
    path = root / name.lstrip("/") if name.startswith("/") else folder / name
    note_existence(path)
    if not path.is_file():
        raise RenderError(f"points at {address}, which does not exist", about=address)
    return path
