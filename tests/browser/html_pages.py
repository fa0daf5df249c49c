"""What can be wrong with a written page, found without a browser. Each function lists faults."""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tests.render.reading import Element, read

RESOURCES = ("src", "poster", "data-src", "data-background-image")
QUARTOS_OWN = ("quarto-", "toc-title")


class Slide(NamedTuple):
    """One slide: its id, its words without the notes, and the words of the notes."""

    id: str
    words: list[str]
    notes: list[str]


class Page:
    """A page and its elements."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = read(path.read_text(encoding="utf-8"), balanced=False)

    @cached_property
    def ids(self) -> list[str]:
        return [each for each in self.tree.given("id") if not each.startswith(QUARTOS_OWN)]

    @property
    def slides(self) -> list[Slide]:
        # A stack of slides is none itself.
        leaves = [each for each in self.tree.all("section") if not each.all("section")]
        return [_slide(each, f"slide {number}") for number, each in enumerate(leaves, start=1)]


def _slide(section: Element, name: str) -> Slide:
    said = section.texts(unseen=lambda each: each.has(class_="notes"))
    notes = [text for each in section.all("aside", class_="notes") for text in each.texts()]
    notes.append(section.attributes.get("data-notes", ""))
    name = section.attributes.get("id") or name
    return Slide(name, words_of(" ".join(said)), words_of(" ".join(notes)))


def words_of(text: str) -> list[str]:
    """The words that a reader counts: a sign that stands alone is none."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def broken_links(page: Page, root: Path) -> list[str]:
    """Links within the site whose file or anchor is missing, or which leave the site's folder."""
    faults = []
    for link in page.tree.given("href", "a"):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
        target = target / "index.html" if target.is_dir() else target
        anchor = unquote(parts.fragment).removeprefix("/")
        if parts.path and not target.is_relative_to(root.resolve()):
            faults.append(f"link: {link} leaves the site")
        elif not target.is_file():
            faults.append(f"link: {link} leads to no file")
        elif anchor and target.suffix == ".html" and anchor not in ids_of(page, target):
            faults.append(f"link: {link} leads to no anchor")
    return faults


def ids_of(page: Page, target: Path) -> list[str]:
    """The anchors of a page that this one links to; `top` is one of every page."""
    return ["top", *(page.ids if target == page.path else read_page(target).ids)]


@cache
def read_page(path: Path) -> Page:
    """Read a page that nobody changes meanwhile."""
    return Page(path)


def missing_resources(page: Page) -> list[str]:
    """Images, scripts and styles which are neither in the page nor beside it."""
    faults = []
    resources = [each for name in RESOURCES for each in page.tree.given(name)]
    for resource in [*resources, *page.tree.given("href", "link")]:
        parts = urlsplit(resource)
        if parts.scheme == "data":
            continue
        if parts.scheme or parts.netloc:
            faults.append(f"resource: {resource} is not part of the site")
        elif not (page.path.parent / unquote(parts.path)).is_file():
            faults.append(f"resource: {resource} is missing")
    return faults


def missing_descriptions(page: Page) -> list[str]:
    """What a reader who does not see the page needs."""
    faults = [
        f"alt: {image.attributes.get('src', '')[:80]} has no text"
        for image in page.tree.all("img")
        if not image.attributes.get("alt", "").strip()
        and not image.has(role="presentation")
        and not image.has(**{"aria-hidden": "true"})
    ]
    faults += [] if any(page.tree.given("lang", "html")) else ["language: <html> has no lang"]
    of_drawings = [each for drawing in page.tree.all("svg") for each in drawing.all("title")]
    titles = [each.text for each in page.tree.all("title") if each not in of_drawings]
    faults += [] if any(titles) else ["title: the page has none"]
    repeated = sorted({one for one in page.ids if page.ids.count(one) > 1})
    return faults + [f"id: {one} is given twice" for one in repeated]


def skipped_headings(page: Page) -> list[str]:
    """Headings that go down by more than one level, or a page that does not start with h1."""
    levels = [
        int(each.tag[1])
        for each in page.tree.all()
        if re.fullmatch("h[1-9]", each.tag)
        and not each.attributes.get("id", "").startswith(QUARTOS_OWN)
    ]
    if not levels:
        return ["headings: the page has none"]
    first = [] if levels[0] == 1 else [f"headings: the first is h{levels[0]}"]
    return first + [f"headings: h{low} follows h{high}" for high, low in pairwise(levels)
                    if low > high + 1]  # fmt: skip


def faults_of_deck(page: Page, *, most_words: int = 40) -> list[str]:
    """Slides that say too much, or whose speaker is left without notes."""
    faults = [
        f"words: {slide.id} has {len(slide.words)}"
        for slide in page.slides
        if len(slide.words) > most_words
    ]
    return faults + [f"notes: {slide.id} has none" for slide in page.slides if not slide.notes]
