"""Read HTML, DOCX and Markdown: pandoc makes JATS of them, which is read as that of a journal.

What a journal's file says by an element, others say by words: the first heading of all is the title
of the article, a heading names the references, the caption of a table or the text above it begins
with its label.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from xml.etree.ElementTree import Element

from secondlook.scan.document import Document, TooLarge
from secondlook.scan.jats import document_of, flat, parse_xml

SECONDS = 30
MEMORY = "1G"
_READERS = {
    "html": "html-native_divs-native_spans",
    "markdown": "markdown-raw_html-raw_tex-yaml_metadata_block-native_divs-fenced_divs",
}
"""Of pandoc. A division is no element of its own, whatever its class: not a box, nor a table."""
_BACK = re.compile(r"^(?:references|bibliography|literature cited)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(table\s+[A-Z]?\d{0,3}[a-z]?|table\s+[IVX]{1,5})\b[.:]?\s*", re.IGNORECASE
)


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
        parent[:] = [_as_of_a_journal(child) for child in parent if not _is_back(child)]
    title = _title(root)
    found = document_of(root, kind)
    labels = _labels(root)
    tables = (replace(each, label=label, caption=caption)
              for each, (label, caption) in zip(found.tables, labels, strict=True))  # fmt: skip
    title = found.title or title or (found.paragraphs[0].text if found.paragraphs else "")
    return replace(found, title=title, tables=tuple(tables))


def _jats(data: bytes, kind: str) -> bytes:
    tree = _pandoc(data, "--from", _READERS.get(kind, kind), "--to", "json")
    try:
        json.loads(tree)  # pandoc takes minutes to write JATS of what nests without end
    except RecursionError:
        raise TooLarge("elements are nested deeper than an article's are") from None
    return _pandoc(tree, "--from", "json", "--to", "jats", "--standalone", "--wrap", "none")


def _pandoc(data: bytes, *options: str) -> bytes:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *options]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"pandoc did not read it in {SECONDS} seconds") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(f"pandoc cannot read it: {told[0] if told else 'no reason given'}")
    return done.stdout


def _is_back(element: Element) -> bool:
    heading = element.find("title")
    return element.tag == "sec" and heading is not None and bool(_BACK.match(flat(heading)))


def _as_of_a_journal(element: Element) -> Element:
    """Keep the words of a link, and what stands in a table that only lays it out."""
    if element.tag == "ext-link" and not flat(element).startswith(("http:", "https:", "www.")):
        element.tag = "styled-content"
    if element.tag == "table-wrap" and element.find(".//table-wrap") is not None:
        cells = element.findall("table/*/tr/*")
        for cell in cells:
            cell.tag = "p"
        element = Element("boxed-text")
        element.extend(cells)
    return element


def _title(root: Element) -> str:
    """Take the heading above everything else for the title of the article, and return it."""
    body = root.find("body")
    if body is None or len(body) != 1 or body[0].tag != "sec":
        return ""
    heading, *sections = body[0]
    body[:] = sections
    return flat(heading)


def _labels(root: Element) -> list[tuple[str, str]]:
    """Return the label and the caption of each table, from the caption or the text above it."""
    found: list[tuple[str, str]] = []
    within = {id(part) for wrap in root.iter("table-wrap") for part in wrap.iter()}
    above = ""
    for element in root.iter():
        if element.tag == "table-wrap":
            caption = " ".join(flat(each).replace("\n", " ") for each in element.findall("caption"))
            told = caption or (above if _LABELLED.match(above) else "")
            label = _LABELLED.match(told)
            number = f"Table {len(found) + 1}"
            found.append((label[1], told[label.end() :]) if label else (number, told))
        elif element.tag == "p" and id(element) not in within:
            above = flat(element)
    return found
