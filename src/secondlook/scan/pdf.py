"""Read a PDF's title, text and tables, with pdfplumber (the extra ``pdf``).

A table is read where lines frame its cells; or where, as journals print, one line each stands
above the head, below it and at the end, and every line of the body keeps to the same gaps between
columns. What keeps to none stays text. Text in two columns is read down the left one first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from secondlook.scan.delimited import paragraphs_of
from secondlook.scan.document import Document, Rows, Table, grid_of, tidy

MOST_PAGES = 200
MEMORY = 2_000_000_000
"""Bytes that reading may take beyond what the process has; a stream can unpack to anything."""
GAP, SPACE, NEAR = 5.0, 3.5, 2.0
"""Points between columns at least, between words at most; what lines of one place may differ."""
_LABEL = re.compile(
    r"^\s*(table\s+(?:[A-Z]?\d{1,3}|[IVX]{1,5}))[.:]?\s+(\S.{0,300})$", re.IGNORECASE
)

Word = dict[str, Any]
Box = tuple[float, float, float, float]


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
            for page in pdf.pages[:MOST_PAGES]:
                words = page.extract_words(extra_attrs=["size"], keep_blank_chars=False)
                title = title or _title(words)
                taken: list[Box] = []
                for label, caption, rows, head, box in _tables(page, words):
                    index = len(tables)
                    label = label or f"Table {index + 1}"
                    tables.append(Table(index, label, caption, grid_of(rows), head))
                    taken.append(box)
                kept = [word for word in words if not any(_inside(word, box) for box in taken)]
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
        return tidy(_line(next(_lines(words))))
    largest = [word for word, size in zip(words, sizes, strict=True) if size == max(sizes)]
    return tidy(" ".join(_line(line) for line in _lines(largest)))[:300]


# Text ---------------------------------------------------------------------------------------------


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the lines of words from the top, each from the left."""
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if line and word["bottom"] - line[0]["bottom"] > NEAR:
            yield sorted(line, key=lambda each: float(each["x0"]))
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda each: float(each["x0"]))


def _line(words: Sequence[Word]) -> str:
    return " ".join(str(word["text"]) for word in words)


def _text(words: Sequence[Word], width: float) -> str:
    """Return the text of a page; an empty line where the lines stand further apart."""
    middle = _gutter(words, width)
    if middle is None:
        return _spaced(words)
    parts: list[str] = []
    band: list[Word] = []
    for line in _lines(words):
        if any(word["x0"] < middle < word["x1"] for word in line):  # it runs over both columns
            parts += [*_columns(band, middle), _line(line)]
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
    lines = list(_lines(words))
    for middle in (width * share / 100 for share in range(45, 56)):
        free = [
            line for line in lines
            if not any(w["x0"] - 2 < middle < w["x1"] + 2 for w in line)
            and line[0]["x0"] < middle < line[-1]["x1"]
        ]  # fmt: skip
        if len(free) >= 8 and 2 * len(free) > len(lines):
            return middle
    return None


def _spaced(words: Sequence[Word]) -> str:
    out: list[str] = []
    bottom = height = 0.0
    for line in _lines(words):
        if out and line[0]["bottom"] - bottom > 1.6 * max(height, 1.0):
            out.append("")
        bottom, height = line[0]["bottom"], line[0]["bottom"] - line[0]["top"]
        out.append(_line(line))
    return "\n".join(out)


# Tables -------------------------------------------------------------------------------------------


def _tables(page: Any, words: Sequence[Word]) -> Iterator[tuple[str, str, Rows, int, Box]]:
    """Yield the tables of a page: label, caption, rows, head rows, place."""
    labels = [(line[0]["bottom"], m) for line in _lines(words) if (m := _LABEL.match(_line(line)))]

    def labelled(box: Box) -> tuple[str, str]:
        above = [(y, m) for y, m in labels if box[1] - 60 < y <= box[1] + NEAR]
        return (above[-1][1][1], above[-1][1][2]) if above else ("", "")

    taken: list[Box] = []
    for found in page.find_tables():
        rows: Rows = [[(tidy(cell or ""), 1, 1) for cell in row] for row in found.extract()]
        if len(rows) > 1 and len(rows[0]) > 1:
            taken.append(found.bbox)
            yield *labelled(found.bbox), rows, 0, found.bbox
    for rules in _ruled(page):
        box = (rules[0][0], rules[0][2], rules[0][1], rules[-1][2])
        if any(box[1] < other[3] and other[1] < box[3] for other in taken):
            continue
        label, caption = labelled(box)
        rows_ = _rows([w for w in words if _inside(w, box)], rules[1][2]) if label else None
        if rows_ is not None:
            yield label, caption, rows_, 1, box


def _inside(word: Word, box: Box) -> bool:
    across = box[0] - NEAR <= (word["x0"] + word["x1"]) / 2 <= box[2] + NEAR
    return bool(across and box[1] <= (word["top"] + word["bottom"]) / 2 <= box[3])


def _ruled(page: Any) -> list[list[tuple[float, float, float]]]:
    """Return what three lines of one length frame: above the head, below it, at the end."""
    edges = sorted((round(e["top"], 1), e["x0"], e["x1"]) for e in page.horizontal_edges)
    lines: list[tuple[float, float, float]] = []
    for y, left, right in edges:
        if lines and y - lines[-1][2] < NEAR and left - lines[-1][1] < NEAR:
            lines[-1] = (lines[-1][0], max(lines[-1][1], right), lines[-1][2])
        else:
            lines.append((left, right, y))
    lines = [line for line in lines if line[1] - line[0] > 80]
    found, at = [], 0
    while at + 2 < len(lines):
        three = lines[at : at + 3]
        lefts, rights, _ = zip(*three, strict=True)
        alike = max(lefts) - min(lefts) < NEAR and max(rights) - min(rights) < NEAR
        found += [three] if alike else []
        at += 3 if alike else 1
    return found


def _rows(words: Sequence[Word], rule: float) -> Rows | None:
    """Return the head as one row and the rows of the body; None if they keep to no columns."""
    body = list(_lines([word for word in words if word["top"] >= rule - NEAR]))
    columns = _columns_of([line for line in body if len(_columns_of([line])) > 1])
    if len(body) < 2 or len(columns) < 2:
        return None
    gaps = [b[0]["bottom"] - a[0]["bottom"] for a, b in pairwise(body)]
    even = max(gaps) < 1.15 * min(gaps)
    rows: list[list[list[Word]]] = []
    for at, line in enumerate(body):
        cells = [[w for w in line if low <= w["x0"] and w["x1"] <= high] for low, high in columns]
        if sum(map(len, cells)) < len(line):  # a label that runs over the columns
            if len(_columns_of([line])) > 1 or line[0]["x0"] > columns[0][1]:
                return None
            cells = [line, *([] for _ in columns[1:])]
        if any(b["x0"] - a["x1"] > SPACE for cell in cells[1:] for a, b in pairwise(cell)):
            return None  # it may be two columns
        if at and not even and gaps[at - 1] < 1.1 * min(gaps):  # a cell of several lines
            rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    if any(not row[0] for row in rows) or sum(any(row[1:]) for row in rows) * 2 < len(rows):
        return None
    top: list[list[Word]] = [[] for _ in columns]
    for line in _lines([word for word in words if word["top"] < rule - NEAR]):
        for left, right in _columns_of([line]):
            over = [c for c, (low, high) in enumerate(columns) if left < high and low < right]
            if not over:
                return None
            for c in over:  # a head of several columns stands over each
                top[c] += [w for w in line if left <= w["x0"] and w["x1"] <= right]
    return [[(tidy(_line(cell)), 1, 1) for cell in row] for row in [top, *rows]]


def _columns_of(lines: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """Return from where to where the columns reach: between them no line has a word."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((w["x0"], w["x1"]) for line in lines for w in line):
        if columns and left - columns[-1][1] < GAP:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns
