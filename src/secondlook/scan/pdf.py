"""Read a PDF's title, text and tables, with pdfplumber (the extra ``pdf``).

Its tables are found by ``pdf_tables``. Text in two columns is read down the left one first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from secondlook.scan.delimited import paragraphs_of
from secondlook.scan.document import Document, Table, grid_of
from secondlook.scan.pdf_tables import Box, Word, inside, level, lines, text_of
from secondlook.scan.pdf_tables import tables as tables_of

MOST_PAGES = 200
MEMORY = 2_000_000_000
"""Bytes that reading may take beyond what the process has; a stream can unpack to anything."""


def read_pdf(data: bytes) -> Document:
    """Read a PDF.

    Raises
    ------
    ValueError
        If pdfplumber is not installed, with the command that installs it, or the file is no PDF.
    """
    try:
        import pdfplumber
    except ImportError:
        raise ValueError(
            "a PDF needs pdfplumber: pip install 'secondlook[pdf]', or give the article as XML"
        ) from None
    text: list[str] = []
    tables: list[Table] = []
    title = ""
    try:
        with _memory(MEMORY), pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages[:MOST_PAGES], 1):
                words = level(page.extract_words(extra_attrs=["size"], keep_blank_chars=False))
                title = title or _title(words)
                taken: list[Box] = []
                for found in tables_of(page, words):
                    label, rows = found.label or f"Table on page {number}", grid_of(found.rows)
                    tables.append(
                        Table(len(tables), label, found.caption, rows, found.head, found.notes)
                    )
                    taken += found.boxes
                kept = [word for word in words if not any(inside(word, box) for box in taken)]
                text.append(_text(kept, float(page.width)))
                page.close()
    except Exception as error:  # pdfminer raises whatever a broken file provokes
        raise ValueError(f"not a readable PDF: {type(error).__name__}: {error}") from None
    return Document("pdf", title, tuple(paragraphs_of("\n\n".join(text))), tuple(tables))


@contextmanager
def _memory(most: int) -> Iterator[None]:
    """Bound the memory that the process may take, where the system can."""
    try:
        import resource
        from pathlib import Path

        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + most, before[1]))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _title(words: Sequence[Word]) -> str:
    """Return the words in the largest letters of a page, or its first line if all are alike."""
    sizes = [round(float(word["size"]), 1) for word in words]
    if not sizes:
        return ""
    if max(sizes) == min(sizes):
        return text_of(next(lines(words)))
    largest = [word for word, size in zip(words, sizes, strict=True) if size == max(sizes)]
    return text_of(word for line in lines(largest) for word in line)[:300]


# Text ---------------------------------------------------------------------------------------------


def _text(words: Sequence[Word], width: float) -> str:
    """Return the text of a page; an empty line where the lines stand further apart."""
    middle = _gutter(words, width)
    if middle is None:
        return _spaced(words)
    parts: list[str] = []
    band: list[Word] = []
    for line in lines(words):
        if any(word["x0"] < middle < word["x1"] for word in line):  # it runs over both columns
            parts += [*_columns(band, middle), text_of(line)]
            band = []
        else:
            band += line
    return "\n\n".join(part for part in [*parts, *_columns(band, middle)] if part)


def _columns(words: Sequence[Word], middle: float) -> list[str]:
    return [
        _spaced([word for word in words if (word["x0"] < middle) is left])
        for left in (True, False)
    ]  # fmt: skip


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """Return where the gap between two columns of text is, if nearly no line runs over it."""
    told = list(lines(words))
    for middle in (width * share / 100 for share in range(45, 56)):
        free = [
            line for line in told
            if not any(w["x0"] - 2 < middle < w["x1"] + 2 for w in line)
            and line[0]["x0"] < middle < line[-1]["x1"]
        ]  # fmt: skip
        if len(free) >= 8 and 2 * len(free) > len(told):
            return middle
    return None


def _spaced(words: Sequence[Word]) -> str:
    out: list[str] = []
    bottom = height = 0.0
    for line in lines(words):
        if out and line[0]["bottom"] - bottom > 1.6 * max(height, 1.0):
            out.append("")
        bottom, height = line[0]["bottom"], line[0]["bottom"] - line[0]["top"]
        out.append(text_of(line))
    return "\n".join(out)
