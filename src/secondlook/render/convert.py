"""From executed cells to the parts of a page: pandoc reads, the tree is resolved, pandoc writes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.render import pandoc
from secondlook.render.crossref import resolve_references
from secondlook.render.document import Document
from secondlook.render.execution import Executed
from secondlook.render.outputs import Figures, cell_markdown
from secondlook.render.panels import resolve_panels
from secondlook.render.problems import Place, RenderError
from secondlook.render.resources import embed_resources
from secondlook.render.site import rooted
from secondlook.render.slides import notes_before_pauses

_PARTS = ("title", "subtitle", "author", "date", "description", "toc", "body")
_MARK = "<!--part-->"
_FOOTNOTES = re.compile(r'(<section id="footnotes"[^>]*>)\s*<hr />')
_HEAD = ("title", "subtitle", "author", "date", "description", "lang")


@dataclass(frozen=True)
class Parts:
    """The HTML of a document, part by part; `pagetitle` is plain text."""

    pagetitle: str
    title: str
    subtitle: str
    author: str
    date: str
    description: str
    toc: str
    body: str


def convert(document: Document, executed: Sequence[Executed], root: Path, template: Path) -> Parts:
    """Write an executed document as HTML.

    Parameters
    ----------
    document
        As read.
    executed
        Its cells, run.
    root
        The project.
    template
        A pandoc template that prints the parts, each followed by ``<!--part-->``.

    Raises
    ------
    RenderError
        With the line, for a reference, citation, formula or picture that leads nowhere.
    """
    figures: Figures = {}
    options = document.options
    texts = [cell_markdown(each, options, figures, deck=document.is_deck) for each in executed]
    head = {key: str(options[key]) for key in _HEAD if options.get(key)}
    source = "---\n" + json.dumps(head) + "\n---\n\n" + "\n\n".join(text for text in texts if text)
    try:
        tree = pandoc.parse(source, document.name)
        return _written(document, _resolved(document, tree, figures, root), root, template)
    except RenderError as error:
        if error.place is not None and error.place.line:
            raise
        raise RenderError(error.message, _find(document, error.about)) from None


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
        "--toc",
        f"--toc-depth={int(options.get('toc-depth', 3))}",
    ]
    arguments += (
        [f"--slide-level={int(options.get('slide-level', 2))}"]
        if document.is_deck
        else ["--section-divs"]
    )
    if document.is_deck and options.get("incremental"):
        arguments.append("--incremental")
    if any(pandoc.nodes(tree["blocks"], "Cite")) or options.get("nocite"):
        arguments += _citation_arguments(document, tree, options, root)
    html = pandoc.run(arguments, json.dumps(tree), document.name)
    parts = [part.strip() for part in html.split(_MARK)]
    values = dict(zip(_PARTS, parts, strict=False))
    values["body"] = _FOOTNOTES.sub(r"\1<h2>Footnotes</h2>", values["body"])
    title = pandoc.plain_text(tree["meta"].get("title", {}).get("c", []))
    return Parts(pagetitle=str(options.get("pagetitle", title)), **values)


def _citation_arguments(
    document: Document, tree: pandoc.Node, options: Mapping[str, Any], root: Path
) -> list[str]:
    files = rooted(options.get("bibliography"), document.path.parent)
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
        for text, place in zip(cell.source.split("\n"), cell.lines, strict=True):
            if about and about in text:
                return place
    return Place(document.name)
