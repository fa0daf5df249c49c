"""Callouts, tabsets, folded code, notes: blocks with a meaning become the HTML that shows it."""

from __future__ import annotations

import html as markup
from itertools import count
from typing import Any

from secondlook.render.pandoc import Node, attributes, div, html, text, walk, wrapped
from secondlook.render.source import CALLOUTS

_FALSE = ("false", "none")


def resolve_panels(tree: Node, *, deck: bool = False) -> Node:
    """Rewrite the callouts, tabsets and code folds of a document; no code is folded in a deck."""
    numbers = count(1)

    def visit(node: Node) -> Any:
        if node["t"] == "CodeBlock":
            return _folded(node, deck)
        if node["t"] != "Div":
            return None
        _, classes, _ = attributes(node)
        kind = next((each for each in CALLOUTS if f"callout-{each}" in classes), None)
        if kind:
            return _callout(node, kind)
        return _tabset(node, next(numbers)) if "panel-tabset" in classes else None

    return walk(tree, visit)


def _folded(node: Node, deck: bool) -> Any:
    identifier, classes, pairs = attributes(node)
    if "cell-code" not in classes:
        return None
    fold, summary = pairs.pop("fold", "false"), pairs.pop("summary", "Code")
    block = {"t": "CodeBlock", "c": [[identifier, classes, list(pairs.items())], node["c"][1]]}
    if fold in _FALSE or deck:
        return block
    opened = " open" if fold == "show" else ""
    before = f'<details class="code-fold"{opened}><summary>{markup.escape(summary)}</summary>'
    return wrapped(before, [block], "</details>")


def _callout(node: Node, kind: str) -> list[Node]:
    identifier, classes, pairs = attributes(node)
    content: list[Node] = list(node["c"][1])
    title = text(kind.capitalize())
    if content and content[0]["t"] == "Header":
        title = content.pop(0)["c"][2]
    elif pairs.get("title"):
        title = text(pairs["title"])
    own = [each for each in classes if not each.startswith("callout-")]
    name = f'class="{" ".join(["callout", f"callout-{kind}", *own])}"'
    anchor = f' id="{markup.escape(identifier)}"' if identifier else ""
    collapse = pairs.get("collapse")
    if collapse is None:
        outer, inner, more = "div", "div", ' role="note"'
    else:
        outer, inner, more = "details", "summary", " open" * (collapse == "false")
    opening = f'<{outer}{anchor} {name}{more}><{inner} class="callout-title">'
    heading = wrapped(opening, [{"t": "Plain", "c": title}], f"</{inner}>")
    return [*heading, div(content, classes=["callout-body"]), html(f"</{outer}>")]


def _tabset(node: Node, number: int) -> list[Node]:
    """Split at the headings of the highest level; without scripts all panels show, in order."""
    identifier, _, pairs = attributes(node)
    content: list[Node] = node["c"][1]
    levels = [each["c"][0] for each in content if each["t"] == "Header"]
    if not levels:
        return content
    before: list[Node] = []
    tabs: list[tuple[list[Node], list[Node]]] = []
    for block in content:
        if block["t"] == "Header" and block["c"][0] == min(levels):
            tabs.append((block["c"][2], []))
        else:
            (tabs[-1][1] if tabs else before).append(block)
    name = identifier or f"tabset-{number}"
    group = f' data-group="{markup.escape(pairs["group"])}"' if "group" in pairs else ""
    result = [*before, html(f'<div class="tabset" id="{name}"{group}><div role="tablist">')]
    for index, (title, _) in enumerate(tabs, start=1):
        chosen = "true" if index == 1 else "false"
        button = (
            f'<button type="button" role="tab" id="{name}-tab-{index}" '
            f'aria-controls="{name}-{index}" aria-selected="{chosen}">'
        )
        result += wrapped(button, [{"t": "Plain", "c": title}], "</button>")
    result.append(html("</div>"))
    for index, (title, blocks) in enumerate(tabs, start=1):
        panel = (
            f'<div role="tabpanel" id="{name}-{index}" aria-labelledby="{name}-tab-{index}">'
            '<p class="tab-title">'
        )
        result += wrapped(panel, [{"t": "Plain", "c": title}], "</p>")
        # In a div of its own, a heading opens no section that reaches beyond the panel.
        result += [div(blocks), html("</div>")]
    return [*result, html("</div>")]


def notes_before_pauses(blocks: list[Node], slide_level: int) -> list[Node]:
    """Move the speaker's notes to the front of their slide.

    What follows a pause becomes a fragment, and reveal.js shows notes that lie in a fragment only
    once it is on the screen; the speaker needs them from the start.
    """
    result: list[Node] = []
    slide: list[Node] = []
    for block in blocks:
        if _starts_slide(block, slide_level):
            result += _notes_first(slide)
            slide = []
        slide.append(block)
    return result + _notes_first(slide)


def _starts_slide(block: Node, slide_level: int) -> bool:
    if block["t"] == "HorizontalRule":
        return True
    return bool(block["t"] == "Header" and block["c"][0] <= slide_level)


def _notes_first(slide: list[Node]) -> list[Node]:
    notes = [block for block in slide if _is_notes(block)]
    rest = [block for block in slide if not _is_notes(block)]
    starts = bool(rest) and rest[0]["t"] in ("Header", "HorizontalRule")
    return [*rest[:1], *notes, *rest[1:]] if starts else [*notes, *rest]


def _is_notes(block: Node) -> bool:
    return bool(block["t"] == "Div" and "notes" in attributes(block)[1])
