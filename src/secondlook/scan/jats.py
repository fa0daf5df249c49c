"""Read a JATS article (the XML of journals and of PubMed Central) into a `Document`.

Pandoc reads JATS too, but it drops what the checks stand on: tables that are kept outside of the
text, the footnotes of a table, and where a superscript is a mark. Entities and anything that
points outside of the file are refused before they are expanded.
"""

from __future__ import annotations

import html
import re
import xml.parsers.expat as expat
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder

from secondlook.scan.document import Document, Paragraph, Rows, Table, TooLarge, grid_of, tidy

DEEPEST = 200
"""Elements within elements; a real article has some thirty."""
MOST_ELEMENTS = 1_000_000
"""Each takes far more room than its letters; the longest articles have some 100,000."""

DROPPED = {
    "ref-list", "contrib-group", "aff", "author-notes", "permissions", "history", "tex-math",
    "graphic", "media", "ext-link", "uri", "email", "object-id", "alt-text", "self-uri",
    "supplementary-material", "journal-meta", "article-id", "floats-group", "table-wrap", "fig",
    "funding-group", "counts", "related-article", "kwd-group", "disp-formula", "label",
    "back-matter-id", "inline-graphic", "mixed-citation", "element-citation",
}  # fmt: skip
"""Elements without a number of the study (a table and a figure are read on their own)."""

_OF_A_NOTE = re.compile(r"\s?\^(?:\d|[*†‡§¶#]{1,3})$")
"""Behind a title, the mark of a note on who paid or wrote."""

BLOCKS = {"p", "title", "caption", "list-item", "disp-quote", "td", "th", "sec", "fn", "def-item"}


def read_jats(data: bytes) -> Document:
    """Read the bytes of a JATS file.

    Raises
    ------
    ValueError
        If the file is not well formed, or declares an entity, or nests deeper than articles do.
    """
    return document_of(parse_xml(data), "jats")


def document_of(root: Element, kind: str) -> Document:
    """Return the article of a JATS tree that was parsed."""
    title = _OF_A_NOTE.sub("", next((flat(e) for e in root.iter("article-title")), ""))
    captions = [(figure, _caption(figure)) for figure in root.iter("fig")]
    figures = [Paragraph(_label(figure, "Figure"), 1, told) for figure, told in captions if told]
    tables = tuple(_table(wrap, index) for index, wrap in enumerate(root.iter("table-wrap")))
    return Document(kind, title, (*_paragraphs(root), *figures), tables)


def parse_xml(data: bytes, *, as_written: bool = False) -> Element:
    """Parse XML with entities, external references and deep nesting refused.

    Names lose their prefix and their capitals, unless they shall stay as written.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = elements = 0

    def named(name: str) -> str:
        return name if as_written else name.rpartition(":")[2].lower()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if elements > MOST_ELEMENTS:
            raise TooLarge(f"more than {MOST_ELEMENTS:,} elements")
        if depth > DEEPEST:
            raise TooLarge(f"elements are nested deeper than {DEEPEST}")
        builder.start(named(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(named(name))

    def refuse(*_: object) -> int:
        raise ValueError("the file declares an XML entity; articles need none, and it is not read")

    def other(text: str) -> None:
        if text.startswith("&"):  # an entity of the DTD, such as &nbsp;, which is not fetched
            builder.data(html.unescape(text))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.DefaultHandler = other
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"not well-formed XML: {error}") from None
    return builder.close()


def flat(element: Element, *, within_table: bool = False) -> str:
    """Return the text of an element; ``^`` before a superscript, a line break where one is."""
    return tidy("".join(_pieces(element, within_table)))


def _pieces(element: Element, within_table: bool) -> Iterator[str]:
    if element.text:
        yield element.text if within_table else element.text.replace("\n", " ")
    for child in element:
        yield from _piece(child, within_table)
        if child.tail:
            yield child.tail.replace("\n", " ")


def _piece(child: Element, within_table: bool) -> Iterator[str]:
    tag = child.tag
    if tag == "break":
        yield "\n"
    elif tag == "sup" or (tag == "xref" and child.get("ref-type") in {"table-fn", "fn"}
                          and child.find("sup") is None):  # fmt: skip
        inner = "".join(_pieces(child, within_table)).strip()
        if tag == "sup" and all(_cites(grandchild) for grandchild in child) and len(child):
            return
        if inner:
            yield inner if inner.startswith("^") else f"^{inner}"
    elif (tag == "xref" and _cites(child)) or (
        tag in DROPPED and not (within_table and tag in {"label", "ext-link"})
    ):
        return
    else:
        inner = "".join(_pieces(child, within_table))
        yield f"\n{inner}\n" if tag in BLOCKS else inner


def _cites(element: Element) -> bool:
    return element.tag == "xref" and element.get("ref-type") in {"bibr", "aff", "corresp"}


def _label(wrap: Element, word: str) -> str:
    label = next((flat(e) for e in wrap.findall("label")), "")
    return label.rstrip(".:") or word


def _caption(wrap: Element) -> str:
    return tidy(" ".join(flat(e) for e in wrap.findall("caption")).replace("\n", " "))


def _table(wrap: Element, index: int) -> Table:
    head: Rows = []
    body: Rows = []
    foot: Rows = []
    for table in wrap.iter("table"):
        bound = {row: table_part.tag for table_part in table for row in table_part.iter("tr")}
        for row in table.iter("tr"):
            part = bound.get(row, "tbody")
            # A second table of the same frame has its head where it stands.
            into = head if part == "thead" and not body else foot if part == "tfoot" else body
            into.append([(_cell_text(cell), *_spans(cell)) for cell in row])
    feet = (flat(each, within_table=True) for each in wrap.findall("table-wrap-foot"))
    notes = tuple(text.replace("\n", " ") for text in feet if text)
    grid = grid_of(head + body + foot)
    return Table(index, _label(wrap, f"Table {index + 1}"), _caption(wrap), grid, len(head), notes)


def _cell_text(cell: Element) -> str:
    text = "".join(_pieces(cell, True))
    lead = len(text) - len(text.lstrip(" \u00a0\u2002\u2003\u2009"))
    indented = " " * lead if text[:lead].strip(" ") else ""
    return indented + tidy(text)


def _spans(cell: Element) -> tuple[int, int]:
    def number(name: str) -> int:
        value = cell.get(name, "1")
        return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1

    return number("rowspan"), number("colspan")


def _paragraphs(root: Element) -> Iterator[Paragraph]:
    for tag, path in (("abstract", ("Abstract",)), ("body", ()), ("app", ("Appendix",))):
        for part in root.iter(tag):
            yield from _section(part, path)


def _section(element: Element, path: tuple[str, ...]) -> Iterator[Paragraph]:
    heading = element.find("title")
    if heading is not None and element.tag == "sec":
        path = (*path, flat(heading).replace("\n", " "))
    count = 0
    for child in element:
        if child.tag == "sec":
            yield from _section(child, path)
        elif child.tag not in DROPPED and child.tag not in {"title", "sec-meta"}:
            for line in flat(child).split("\n"):
                if line.strip():
                    count += 1
                    yield Paragraph(" > ".join(path) or "Text", count, line)
