"""Read HTML, DOCX and Markdown: pandoc makes JATS of them, which is read as that of a journal.

What a journal's file says by an element, others say by words: the first heading of all is the title
of the article, a heading names the references, the caption of a table or the text above it begins
with its label.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from secondlook.pandoc_program import pandoc_program
from secondlook.scan.cells import any_case
from secondlook.scan.delimited import LABELLED, REFERENCES, is_usual_heading
from secondlook.scan.document import Document, Table, TooLarge
from secondlook.scan.jats import document_of, flat, parse_xml

SECONDS = 30
MEMORY = "1G"
_READERS = {
    "html": "html-native_divs-native_spans",
    "markdown": "markdown-raw_tex-yaml_metadata_block-native_divs-fenced_divs"
    "-markdown_in_html_blocks",
}
"""Of pandoc. A division is no element of its own, whatever its class: not a box, nor a table."""
_FRONT_MATTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?=[A-Za-z][\w-]*[ \t]*:)(?:.*\n)*?"
    rb"(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_OF_FRONT_MATTER = ("title", "abstract")
_PAGE_TITLE = re.compile(rb"<title[^<>]*>([^<>]{1,500})<", re.IGNORECASE)
_HEAD_OF_PAGE = 100_000
_SENTENCE = re.compile(r"[a-z(].*\.$", re.DOTALL)
"""What goes on after a label that no mark ends, where a sentence of the text begins with it."""
_LONGEST_CAPTION = 700
_FIGURE = any_case(r"(?:supplement\w*\s)?(?:table|fig(?:ure|\.)?)\s\S{1,5}\b")
_NOTE = re.compile(
    r"(?i:notes?|abbreviations?|definitions? of abbreviations|legend|footnotes?)\b|"
    r"(?i:(?:all\s)?(?:values|data|percentages?|means?|medians?|p[ -]values?)\s"
    r"(?:are|is|may|represent|shown|presented|expressed)\b(?!\savailable))|"
    r"(?:Rounded|Adjusted|Normali[sz]ed|Weighted)\s(?:to|for|by)\b|"
    r"[*†‡§¶#]|\^\S|[a-e]\s(?=[A-Z])|\(?[A-Z][\w/-]{0,10}\s?=\s|"
    r"[A-Z][A-Z/-]{1,8}:[^;]{3,60};\s[A-Z]"
)
"""How a paragraph or a row begins that is a footnote of the table above it."""


def read_markup(data: bytes, kind: str) -> Document:
    """Read a document that pandoc knows.

    Raises
    ------
    ValueError
        If pandoc cannot read it within the limits of time and memory, or it nests deeper than
        articles do (`TooLarge`).
    """
    root = parse_xml(_jats(data, kind))
    for parent in list(root.iter()):
        parent[:] = [_as_of_a_journal(child) for child in parent]
    first = next((flat(block) for block in _blocks(root) if block.tag != "table-wrap"), "")
    title = _title(root, kind) or (kind == "html" and _of_page(data)) or first.replace("\n", " ")
    for parent in [*root.iter("body"), *root.iter("sec")]:
        parent[:] = _in_sections(parent)
        for section in parent.findall("sec"):
            _drop_references(section)
    _complete_tables(root)
    found = document_of(root, kind)
    tables = tuple(map(_without_blanks, found.tables))
    return replace(found, title=found.title or title, tables=tables)


def _without_blanks(table: Table) -> Table:
    """Leave out the rows and columns in which nothing begins, as of a sheet that was pasted."""
    begins = [[cell.first and bool(cell.text.strip()) for cell in row] for row in table.grid]
    rows = [r for r, row in enumerate(begins) if any(row)]
    columns = [c for c in range(table.columns) if any(row[c] for row in begins)]
    grid = tuple(tuple(table.grid[r][c] for c in columns) for r in rows)
    return replace(table, grid=grid, head=sum(r < table.head for r in rows))


def _jats(data: bytes, kind: str) -> bytes:
    meta: dict[str, object] = {}
    try:
        if kind == "markdown":
            meta, data, kind = *_without_front_matter(data), "html"
        tree = _pandoc(data, "--from", _READERS.get(kind, kind), "--to", "json")
        read = json.loads(tree)  # pandoc takes minutes to write JATS of what nests without end
        if meta:
            tree = json.dumps(read | {"meta": meta}).encode()
    except RecursionError:
        raise TooLarge("elements are nested deeper than an article's are") from None
    told = _pandoc(tree, "--from", "json", "--to", "jats", "--standalone", "--wrap", "none")
    # What stands for a picture is no number of the article, and pandoc leaves its "&".
    first, *others = told.split(b"<alt-text>")
    return first + b"".join(other.partition(b"</alt-text>")[2] for other in others)


def _without_front_matter(data: bytes) -> tuple[dict[str, object], bytes]:
    """Return title and abstract of the front matter of Markdown, and the rest of it as a page.

    The page has the tables and the marks that were written as HTML between the Markdown.
    """
    found: dict[str, object] = {}
    if front := _FRONT_MATTER.match(data[:_HEAD_OF_PAGE]):
        told = _pandoc(front[0], "--from", "markdown-raw_tex-raw_attribute", "--to", "json")
        meta = json.loads(told)["meta"]
        found = {name: meta[name] for name in _OF_FRONT_MATTER if name in meta}
        if (abstract := meta.get("abstract", {})).get("t") == "MetaInlines":  # on one line
            paragraph = {"t": "Para", "c": abstract["c"]}
            found["abstract"] = {"t": "MetaBlocks", "c": [paragraph]}
        data = data[front.end() :]
    page = _pandoc(
        data, "--from", _READERS["markdown"], "--to", "html", "--mathml", "--wrap", "none"
    )
    return found, page


def _pandoc(data: bytes, *options: str) -> bytes:
    command = [pandoc_program(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *options]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ValueError(f"pandoc did not read it in {SECONDS} seconds") from None
    if done.returncode:
        told = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise ValueError(f"pandoc cannot read it: {told or 'no reason given'}")
    return done.stdout


def _drop_references(section: Element) -> None:
    """Leave of a list of references what follows from the first caption on, as in manuscripts."""
    heading = section.find("title")
    if heading is not None and REFERENCES.match(flat(heading)):
        captions = (i for i, child in enumerate(section) if _FIGURE.match(flat(child)))
        section[:] = section[next(captions, len(section)) :]


def _as_of_a_journal(element: Element) -> Element:
    """Keep the words of a link, and what stands in a table that only lays it out."""
    if element.tag == "ext-link" and not flat(element).startswith(("http:", "https:", "www.")):
        element.tag = "styled-content"
    if element.tag == "table-wrap":
        cells = element.findall("table/*/tr/*")
        if len(cells) == 1 or element.find(".//table-wrap") is not None:
            captions = element.findall("caption")
            for cell in cells:
                cell.tag = "p"
            element = Element("boxed-text")
            element.extend([*(p for caption in captions for p in caption), *cells])
    return element


def _in_sections(parent: Element) -> list[Element]:
    """Return what stands in a section, with a section of its own below each heading in bold."""
    found: list[Element] = []
    opened: Element | None = None
    for child in parent:
        if child.tag == "p" and _is_heading(child):
            child.tag = "title"
            opened = Element("sec")
            opened.append(child)
            found.append(opened)
        elif opened is None or child.tag == "sec":
            opened = None
            found.append(child)
        else:
            opened.append(child)
    return found


def _is_heading(paragraph: Element) -> bool:
    """Whether a paragraph is one of the usual headings, or a short line that is bold throughout."""
    told = flat(paragraph)
    plain = "".join((paragraph.text or "", *(child.tail or "" for child in paragraph)))
    bold = not plain.strip() and all(child.tag == "bold" for child in paragraph)
    short = 2 < len(told) < 100 and told[0].isalnum() and told[-1] not in ".,;"
    return is_usual_heading(told) or bool(bold and short and not _FIGURE.match(told))


def _title(root: Element, kind: str) -> str:
    """Take a heading that says the title, or is above everything else, out of the sections.

    A page may be called otherwise than its article; other files say the title nowhere else.
    """
    body, said = root.find("body"), next((flat(e) for e in root.iter("article-title")), "")
    if body is None or not len(body) or body[0].tag != "sec":
        return ""
    (heading, *sections), *others = body
    told = flat(heading)
    alone = not others and (kind == "html" or not said)
    if not alone and _letters(told) != _letters(said):
        return ""
    body[:] = [*sections, *others]
    return told


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _of_page(data: bytes) -> str:
    """Return the title of a web page, which pandoc does not see in a head of other elements."""
    told = _PAGE_TITLE.search(data[:_HEAD_OF_PAGE])
    return " ".join(html.unescape(told[1].decode("utf-8", "replace")).split()) if told else ""


def _complete_tables(root: Element) -> None:
    """Give each table the label, the caption and the footnotes that stand in it or around it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    blocks = list(_blocks(root))
    unnamed: dict[str, Element] = {}
    wraps = [(at, wrap) for at, wrap in enumerate(blocks) if wrap.tag == "table-wrap"]
    for number, (at, wrap) in enumerate(wraps, 1):
        above = blocks[max(0, at - 2) : at][::-1]
        label, caption = _take_caption(wrap, above, parents)
        if not caption and above and above[0].tag == "title":
            caption = _line(above[0])
        notes = _take_footnotes(wrap, blocks[at + 1 :], parents)
        wrap[:] = wrap.findall("table")
        SubElement(wrap, "label").text = label
        SubElement(wrap, "caption").text = caption
        for note in notes:
            SubElement(wrap, "table-wrap-foot").append(note)
        if not label:
            unnamed[f"Table {number}"] = wrap[-2 - len(notes)]
    named = {wrap.findtext("label") for _, wrap in wraps}
    for label, element in unnamed.items():
        element.text = f"{label} of the file" if label in named else label


def _blocks(element: Element) -> Iterator[Element]:
    """Give the paragraphs, headings and tables in their order, and not what stands in them."""
    for child in element:
        if child.tag == "table-wrap" or (
            child.tag in {"p", "title"} and child.find(".//table-wrap") is None
        ):
            if child.tag == "table-wrap" or flat(child):
                yield child
        else:
            yield from _blocks(child)


def _take_caption(
    wrap: Element, above: list[Element], parents: dict[Element, Element]
) -> tuple[str, str]:
    """Return label and caption, from the caption, the first row, or the one or two blocks above.

    What is taken is taken out of where it stood. The label is empty where none is told.
    """
    own = " ".join(_line(each) for each in wrap.findall("caption"))
    if told := LABELLED.match(own):
        return told["label"], own[told.end() :]
    rows = _rows(wrap)
    if len(rows) > 1 and (told := _labelled(top := _alone(rows[0]))):
        _take(rows[0], parents)
        return told["label"], f"{top[told.end() :]} {own}".strip()
    lines = [_line(block) for block in above]
    for i, line in enumerate(lines):
        if above[i].tag == "table-wrap" or len(lines[0]) > _LONGEST_CAPTION:
            break
        told = _labelled(line)
        if told and (told["mark"] or above[i].tag == "p" or told.end() == len(line)):
            for block in above[: i + 1]:
                if block.tag == "p":
                    _take(block, parents)
            below = lines[0] if i else ""
            return told["label"], " ".join(filter(None, (line[told.end() :], below, own)))
    return "", own


def _take_footnotes(
    wrap: Element, below: list[Element], parents: dict[Element, Element]
) -> list[Element]:
    """Take out the last rows of one text alone, and the paragraphs below, that are footnotes."""
    rows = _rows(wrap)
    found: list[Element] = []
    while len(rows) > 2 and (_alone(rows[-1], wide=True) or not _line(rows[-1])):
        row = rows.pop()
        _take(row, parents)
        found = [cell for cell in row if flat(cell)] + found
    for block in below:
        if block.tag != "p" or not _NOTE.match(_line(block)):
            break
        _take(block, parents)
        found.append(block)
    for each in found:
        each.tag = "p"
    return found


def _rows(wrap: Element) -> list[Element]:
    """Return the rows as they are shown: the foot of a page of HTML may stand before the body."""
    parts = ("thead", "tbody", "tfoot")
    return [row for part in parts for row in wrap.iterfind(f"table/{part}/tr")]


def _take(element: Element, parents: dict[Element, Element]) -> None:
    parents[element].remove(element)


def _line(element: Element) -> str:
    return flat(element, within_table=True).replace("\n", " ")


def _alone(row: Element, *, wide: bool = False) -> str:
    """Return the text of a row that has no other; of one wide cell, or a footnote, if asked."""
    told = [cell for cell in row if _line(cell)]
    text = _line(told[0]) if len(told) == 1 else ""
    across = len(row) == 1 and row[0].get("colspan", "1") != "1"
    return text if across or not wide or _NOTE.match(text) else ""


def _labelled(text: str) -> re.Match[str] | None:
    """Match the label that a caption begins with, and none of a sentence."""
    found = LABELLED.match(text)
    if found and not found["mark"] and _SENTENCE.match(text[found.end() :]):
        return None
    return found
