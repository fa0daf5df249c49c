"""Read a CSV as one table, and plain text as paragraphs under the headings that it has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from secondlook.scan.cells import any_case
from secondlook.scan.document import (
    MOST_CELLS,
    Document,
    Paragraph,
    Rows,
    Table,
    TooLarge,
    grid_of,
    tidy,
)

_HEADING = re.compile(r"^(?:#{1,6}\s+\S|(?:\d{1,2}\.){1,4}\s{0,3}[A-Z]|[A-Z][A-Z &/-]{3,60}$)")
_KNOWN = any_case(
    r"^(?:abstract|summary|introduction|background|methods?|patients and methods|"
    r"materials and methods|results|discussion|conclusions?|references|acknowledge?ments?|"
    r"funding|conflicts? of interest|supplementary .{0,40}|appendix.{0,20})\.?:?$"
)
REFERENCES = any_case(r"^[#\d. ]*(?:references|bibliography|literature cited)\b.{0,12}$")
LABELLED = re.compile(
    r"(?P<label>(?:(?i:supplement\w*|suppl\.?|online|appendix|e-?)\s?)?[Tt](?:able|ABLE)\s"
    r"(?:[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVX]{1,5}|[A-Z])(?!\w))(?P<mark>\s?[.:|–—-])?\s*"
)
"""The label that a caption of a table begins with."""


def decoded(data: bytes) -> str:
    """Decode text as UTF-8, by its mark as UTF-16, or as the Windows code page; lines end in LF."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return re.sub("\r\n?", "\n", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_csv(data: bytes, name: str) -> Document:
    """Read a CSV (comma, semicolon or tab) as one table whose first row is its head."""
    text = decoded(data)
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    rows: Rows = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            cells += len(row)
            if cells > MOST_CELLS:
                raise TooLarge(f"a table of more than {MOST_CELLS:,} cells")
            rows.append([(tidy(cell), 1, 1) for cell in row])
    except csv.Error as error:
        raise ValueError(f"not a CSV file: {error}") from None
    table = Table(0, name, "", grid_of(rows), 1 if len(rows) > 1 else 0)
    return Document("csv", name, (), (table,))


def read_text(data: bytes) -> Document:
    """Read plain text; lines with tabs are rows of a table."""
    text, tables = _tabbed(decoded(data))
    paragraphs = list(paragraphs_of(text))
    title = paragraphs[0].text if paragraphs else ""
    return Document("text", title, tuple(paragraphs), tuple(tables))


def _tabbed(text: str) -> tuple[str, list[Table]]:
    """Take out the blocks of lines with tabs; the line above that says Table is their caption."""
    kept: list[str] = []
    tables: list[Table] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        if sum("\t" in line for line in lines) < 2:
            kept.append(block)
            continue
        caption, label = "", "a table without a caption"
        if kept and (found := LABELLED.match(kept[-1].strip())):
            label = found["label"]
            caption = tidy(kept.pop().strip()[found.end() :].replace("\n", " "))
        rows = [[(tidy(cell), 1, 1) for cell in line.split("\t")] for line in lines]
        tables.append(Table(len(tables), label, caption, grid_of(rows), 0))
    return "\n\n".join(kept), tables


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """Cut text at empty lines; a line that looks like a heading opens a section."""
    section, count = "Text", 0
    for block in re.split(r"\n\s*\n", text.replace("\r", "")):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and _is_heading(lines[0]):
            section, count = tidy(lines.pop(0).lstrip("# ")), 0
        if REFERENCES.match(section):
            continue
        if joined := tidy(" ".join(lines)):
            count += 1
            yield Paragraph(section, count, joined)


def is_usual_heading(line: str) -> bool:
    """Whether a line is a heading that articles use."""
    return bool(_KNOWN.match(line))


def _is_heading(line: str) -> bool:
    if is_usual_heading(line):
        return True
    words = line.lstrip("#0123456789. ")
    return bool(len(line) < 100 and _HEADING.match(line) and not re.search(r"\d|\.$", words))
