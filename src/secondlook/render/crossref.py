"""Numbers for figures, tables, equations and sections, and the references to them."""

from __future__ import annotations

import html as markup
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from secondlook.render.pandoc import (
    Node,
    attributes,
    inline_html,
    nodes,
    text,
    walk,
    wrapped,
)
from secondlook.render.problems import RenderError
from secondlook.render.source import CROSSREFS

_TITLES = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "sec": "Section"}
_NBSP = "\u00a0"


@dataclass
class _Numbers:
    """What has been numbered so far."""

    labels: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, label: str) -> str:
        kind = label.partition("-")[0]
        if label in self.labels:
            raise RenderError(f"label `{label}` is given twice", about=label)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.labels[label] = str(self.counts[kind])
        return self.labels[label]


def resolve_references(tree: Node, *, number_sections: bool, number_depth: int = 6) -> Node:
    """Give numbers to what has a label, write captions, and link the references.

    Callouts and tabsets of the tree are resolved already. A label that is missing or given twice is
    a `RenderError`.
    """
    numbers = _Numbers()
    _number_sections(tree, numbers, number_sections, number_depth)
    # In the order in which a reader meets them.
    for node in nodes(tree["blocks"], "Div", "Figure", "Table", "Span"):
        if _kind(label := attributes(node)[0]):
            numbers.next(label)
    for visit in (_float, _equations, _reference):
        tree = walk(tree, partial(visit, numbers=numbers))
    return tree


def _kind(label: str) -> str | None:
    kind, dash, _ = label.partition("-")
    return kind if dash and kind in ("fig", "tbl") else None


def _number_sections(tree: Node, numbers: _Numbers, show: bool, depth: int) -> None:
    """Count headings from the highest level in use, as Quarto does."""
    headings = list(nodes(tree["blocks"], "Header"))
    first = 1 if any(each["c"][0] == 1 for each in headings) else 2
    counts = [0] * 8
    for heading in headings:
        identifier, classes, _ = attributes(heading)
        if "unnumbered" in classes:
            continue
        level = min(heading["c"][0], 7)
        counts[level] += 1
        counts[level + 1 :] = [0] * (7 - level)
        number = ".".join(str(count) for count in counts[first : level + 1])
        if identifier.startswith("sec-"):
            numbers.labels[identifier] = number
        if show and level <= depth:
            span = inline_html(f'<span class="header-section-number">{number}</span> ')
            heading["c"][2].insert(0, span)


def _float(node: Node, numbers: _Numbers) -> Any:
    if node["t"] == "Div":
        return _div_float(node, numbers)
    if node["t"] == "Figure":
        label, caption = attributes(node)[0], _inlines(node["c"][1][1])
        return _written("fig", label, [], node["c"][2], caption, numbers) if caption else None
    if node["t"] == "Table":
        label = attributes(node)[0]
        if _kind(label) != "tbl":
            return None
        caption = _inlines(node["c"][1][1])
        node["c"][0][0], node["c"][1] = "", [None, []]
        return _written("tbl", label, [], [node], caption, numbers)
    return None


def _div_float(node: Node, numbers: _Numbers) -> Any:
    label, classes, _ = attributes(node)
    kind = _kind(label) or next((each[6:] for each in classes if each.startswith("float-")), None)
    if kind is None:
        return None
    content: list[Node] = list(node["c"][1])
    if not content:
        raise RenderError(f"`{label}` is empty", about=label)
    last = content.pop()
    if last["t"] == "Div" and "caption" in attributes(last)[1]:
        caption = _inlines(last["c"][1])
    elif last["t"] == "Para":
        caption = last["c"]
    else:
        message = f"`{label}` has no caption; its last paragraph is taken as one"
        raise RenderError(message, about=label)
    own = [each for each in classes if not each.startswith("float")]
    return _written(kind, label, own, content, caption, numbers)


def _inlines(paragraphs: list[Node]) -> list[Node]:
    return [each for paragraph in paragraphs for each in paragraph["c"]]


def _written(
    kind: str,
    label: str,
    classes: list[str],
    content: list[Node],
    caption: list[Node],
    numbers: _Numbers,
) -> list[Node]:
    """Write a figure element: a table carries its caption above, a figure below."""
    number = numbers.labels.get(label)
    title = text(f"{_TITLES[kind]}{_NBSP}{number}: ") if number else []
    anchor = f' id="{markup.escape(label)}"' if label else ""
    names = " ".join(["float", f"float-{kind}", *classes])
    told = wrapped("<figcaption>", [{"t": "Plain", "c": [*title, *caption]}], "</figcaption>")
    inside = [*told, *content] if kind == "tbl" else [*content, *told]
    return wrapped(f'<figure{anchor} class="{names}">', inside, "</figure>")


def _equations(node: Node, numbers: _Numbers) -> Any:
    """Give numbers to displayed formulas that are followed by ``{#eq-...}``."""
    if node["t"] not in ("Para", "Plain"):
        return None
    inlines: list[Node] = node["c"]
    for at, each in enumerate(inlines):
        if each["t"] != "Math" or each["c"][0]["t"] != "DisplayMath":
            continue
        label, taken = _equation_label(inlines[at + 1 :])
        if label:
            number = numbers.next(label)
            before = inline_html(f'<span class="equation" id="{markup.escape(label)}">')
            after = inline_html(f'<span class="equation-number">({number})</span></span>')
            inlines[at : at + 1 + taken] = [before, each, after]
            return _equations(node, numbers) or node
    return None


def _equation_label(following: list[Node]) -> tuple[str, int]:
    for taken, each in enumerate(following[:2], start=1):
        if each["t"] == "Str" and each["c"].startswith("{#eq-") and "}" in each["c"]:
            return each["c"][2 : each["c"].index("}")], taken
        if each["t"] not in ("Space", "SoftBreak"):
            break
    return "", 0


def _reference(node: Node, numbers: _Numbers) -> Any:
    if node["t"] != "Cite":
        return None
    citations = node["c"][0]
    prefixes = tuple(f"{kind}-" for kind in CROSSREFS)
    asked = [each["citationId"].lower().startswith(prefixes) for each in citations]
    if not any(asked):
        return None
    if not all(asked):
        identifiers = ", ".join(f"@{each['citationId']}" for each in citations)
        message = f"one bracket mixes references and citations: {identifiers}"
        raise RenderError(message, about=citations[0]["citationId"])
    result: list[Node] = []
    for number, citation in enumerate(citations):
        if number:
            result += [{"t": "Str", "c": ","}, {"t": "Space"}]
        result.append(_link(citation, numbers))
    return result


def _link(citation: Node, numbers: _Numbers) -> Node:
    given = citation["citationId"]
    label = given[0].lower() + given[1:]
    if label not in numbers.labels:
        raise RenderError(f"no `{label}` for the reference @{given}", about=f"@{given}")
    number: list[Node] = [{"t": "Str", "c": numbers.labels[label]}]
    prefix = citation["citationPrefix"]
    if prefix:
        number = [*prefix, {"t": "Str", "c": _NBSP}, *number]
    elif citation["citationMode"]["t"] != "SuppressAuthor":
        title = _TITLES[label.partition("-")[0]]
        number = [{"t": "Str", "c": f"{title}{_NBSP}{numbers.labels[label]}"}]
    return {"t": "Link", "c": [["", ["quarto-xref"], []], number, [f"#{label}", ""]]}
