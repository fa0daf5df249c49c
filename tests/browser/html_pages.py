"""What can be wrong with a written page, found without a browser. Each function lists faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSPOKEN = {"script", "style", "template", "title", "annotation"}
RESOURCES = ("src", "poster", "data-src", "data-background-image")


@dataclass(eq=False)
class Slide:
    """One slide: its id, its words without the notes, and the words of the notes."""

    id: str
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The parts of a page that the checks ask for."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.language: str | None = None
        self.title = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.images_without_text: list[str] = []
        self.headings: list[int] = []
        self.slides: list[Slide] = []
        self._open: list[str] = []
        self._open_slides: list[Slide] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang")
        quartos_own = values.get("id", "").startswith(("quarto-", "toc-title"))
        if "id" in values and not quartos_own:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        self.resources += [values[name] for name in RESOURCES if name in values]
        if tag == "link" and "href" in values:
            self.resources.append(values["href"])
        decorative = values.get("role") == "presentation" or values.get("aria-hidden") == "true"
        if tag == "img" and not values.get("alt", "").strip() and not decorative:
            self.images_without_text.append(values.get("src", "")[:80])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() and not quartos_own:
            self.headings.append(int(tag[1]))
        if tag in VOID:
            return
        is_notes = tag == "aside" and "notes" in values.get("class", "").split()
        self._open.append("notes" if is_notes else tag)
        if tag == "section":
            self._start_slide(values.get("id") or f"slide {len(self.slides) + 1}")
            self.slides[-1].notes.extend(words_of(values.get("data-notes", "")))

    def _start_slide(self, name: str) -> None:
        if self._open_slides and self._open_slides[-1] in self.slides:
            self.slides.remove(self._open_slides[-1])  # a stack of slides is none itself
        self._open_slides.append(Slide(name))
        self.slides.append(self._open_slides[-1])

    def handle_endtag(self, tag: str) -> None:
        if "notes" in self._open and tag == "aside":
            tag = "notes"
        if tag not in self._open:
            return
        while True:
            closed = self._open.pop()
            if closed == "section":
                self._open_slides.pop()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if self._open_slides and not UNSPOKEN.intersection(self._open):
            slide = self._open_slides[-1]
            (slide.notes if "notes" in self._open else slide.words).extend(words_of(data))


def words_of(text: str) -> list[str]:
    """The words that a reader counts: a sign that stands alone is none."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def broken_links(page: Page, root: Path) -> list[str]:
    """Links within the site whose file or anchor is missing, or which leave the site's folder."""
    faults = []
    for link in page.links:
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
    for resource in page.resources:
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
    faults = [f"alt: {image} has no text" for image in page.images_without_text]
    faults += [] if page.language else ["language: <html> has no lang"]
    faults += [] if page.title.strip() else ["title: the page has none"]
    repeated = sorted({one for one in page.ids if page.ids.count(one) > 1})
    return faults + [f"id: {one} is given twice" for one in repeated]


def skipped_headings(page: Page) -> list[str]:
    """Headings that go down by more than one level, or a page that does not start with h1."""
    if not page.headings:
        return ["headings: the page has none"]
    first = [] if page.headings[0] == 1 else [f"headings: the first is h{page.headings[0]}"]
    pairs = zip(page.headings, page.headings[1:], strict=False)
    return first + [f"headings: h{low} follows h{high}" for high, low in pairs if low > high + 1]


def faults_of_deck(page: Page, *, most_words: int = 40) -> list[str]:
    """Slides that say too much, or whose speaker is left without notes."""
    faults = [
        f"words: {slide.id} has {len(slide.words)}"
        for slide in page.slides
        if len(slide.words) > most_words
    ]
    return faults + [f"notes: {slide.id} has none" for slide in page.slides if not slide.notes]
