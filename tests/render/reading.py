"""Render one document, and read a page back: its elements with their attributes and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from secondlook.render.build import render_documents
from secondlook.render.site import Site

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
         "wbr"}  # fmt: skip
_UNSEEN = {"script", "style", "template", "title", "annotation"}


def render_document(site: Site, source: Path) -> Path:
    """Render one document and give the path of its page, or raise why there is none."""
    (outcome,) = render_documents(site, [source])
    if outcome.problem is not None:
        raise outcome.problem
    assert outcome.page is not None
    return outcome.page


@dataclass(eq=False)
class Element:
    """An element with what stands within: texts and elements in their order."""

    tag: str
    attributes: dict[str, str]
    within: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        return [each for each in self.within if isinstance(each, Element)]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts()).split())

    def texts(self, unseen: Callable[[Element], bool] = lambda each: False) -> Iterator[str]:
        """The texts within that a reader sees, without those of elements that are `unseen`."""
        for each in self.within:
            if isinstance(each, str):
                yield each
            elif each.tag not in _UNSEEN and not unseen(each):
                yield from each.texts(unseen)

    def given(self, name: str, tag: str = "") -> list[str]:
        """The values of an attribute within, of all elements or those of a tag."""
        return [e.attributes[name] for e in self.all(tag) if name in e.attributes]

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        found = []
        for child in self.children:
            if (not tag or child.tag == tag) and child.has(**wanted):
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> Element:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} elements {tag} {wanted}"
        return found[0]

    def has(self, **wanted: str) -> bool:
        for key, value in wanted.items():
            given = self.attributes.get(key.rstrip("_"))
            if given is None or (value not in given.split() if key == "class_" else value != given):
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Element("", {})]
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.stack[-1].within.append(element)
        if tag not in _VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag, attrs):
        self.stack[-1].within.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        if self.stack[-1].tag != tag:
            self.unbalanced.append(f"</{tag}> closes <{self.stack[-1].tag}>")
        if any(element.tag == tag for element in self.stack):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.stack[-1].within.append(data)


def read(markup: str, *, balanced: bool = True) -> Element:
    """Read a page, each of whose elements is closed where it should be if it is `balanced`."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert not (balanced and reader.unbalanced), reader.unbalanced[:3]
    return reader.stack[0]


def addresses(markup: str) -> list[str]:
    """Give every address that a page loads something from, in attributes and style sheets."""
    page = read(markup)
    loaded = [each.attributes.get("src", "") for each in page.all() if each.tag != "a"]
    loaded += page.given("href", "link")
    loaded += re.findall(r"url\(\s*['\"]?([^'\")]+)", markup)
    loaded += re.findall(r"@import\s+['\"]([^'\"]+)", markup)
    return [address for address in loaded if address]
