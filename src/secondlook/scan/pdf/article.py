"""Read a PDF's title, text and tables, with pdfplumber (the extra ``pdf``).

Its tables are found by ``tables``. Text in two columns is read down the left one first.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from secondlook.extras import missing
from secondlook.scan.delimited import paragraphs_of
from secondlook.scan.document import Document, Table, TookTooLong, TooLarge, grid_of
from secondlook.scan.pdf.tables import Found
from secondlook.scan.pdf.tables import tables as tables_of
from secondlook.scan.pdf.words import SPACE, Box, Word, inside, level, lines, text_of

MOST_PAGES = 200
GUTTER = 0.8
"""Of the size of letters, the least gap between two columns of text."""
FEWEST_LINES = 8
"""Of each of two columns."""
DEPTH = 0.2
"""Of the size of letters, what they reach below their baseline."""
_PARTED = re.compile(r"[a-z]-$")
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
    except ImportError as error:
        raise ValueError(missing(error)) from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each odd colour
    pages: list[tuple[list[Word], float]] = []
    found: list[Found] = []
    title = ""
    try:
        with _memory(MEMORY), pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, each in enumerate(pdf.pages[:MOST_PAGES], 1):
                page = _upright(each)
                words = level(_words(page))
                title = title or _title(words)
                taken: list[Box] = []
                for table in tables_of(page, words):
                    taken += table.boxes
                    if found and table.goes_on(found[-1]):
                        found[-1] = found[-1].with_rows_of(table)
                    else:
                        label = table.label or f"Table on page {number}"
                        found.append(replace(table, label=label))
                kept = [word for word in words if not any(inside(word, box) for box in taken)]
                pages.append((kept, float(page.width)))
                page.close()
    except (TooLarge, TookTooLong):
        raise
    except Exception as error:  # pdfminer raises whatever a broken file provokes
        raise ValueError(
            f"not a readable PDF: {str(error) or repr(error)}; if a viewer opens it, print it "
            "from there to a PDF without a password"
        ) from None
    tables = (
        Table(i, table.label, table.caption, grid_of(table.rows), table.head, table.notes)
        for i, table in enumerate(found)
    )
    return Document("pdf", title, tuple(paragraphs_of(_text(pages))), tuple(tables))


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


def _upright(page: Any) -> Any:
    """Return a page as it is read: one whose text runs up or down, as in a broad table, turned."""
    ways = Counter(0 if c["upright"] else math.copysign(1, c["matrix"][1]) for c in page.chars)
    way = max(ways, key=ways.__getitem__, default=0)
    if not way:
        return page
    turned, page_class = page.page_obj, type(page)
    turned.rotate = (turned.rotate + 90 * int(way)) % 360
    turned.attrs["Rotate"] = turned.rotate
    return page_class(page.pdf, turned, page.page_number)


def _words(page: Any) -> list[Word]:
    """Return the words of a page, those of one baseline at one height whatever their letters are.

    A font of signs may tell another depth than that of the text around its minus or its italic P.
    """
    for char in page.chars:
        base = float(page.height) - char["matrix"][5] if char["upright"] else char["bottom"]
        char["base"], char["size"] = round(base, 1), round(char["size"], 1)
    found = page.extract_words(x_tolerance_ratio=SPACE, extra_attrs=["size", "base"])
    return [
        word | {"top": bottom - word["size"], "bottom": bottom}
        for word in found
        for bottom in [word["base"] + DEPTH * word["size"]]
    ]


def _text(pages: Sequence[tuple[Sequence[Word], float]]) -> str:
    """Return the text of the pages, that of two columns down the left one first.

    A page of few lines, as beside a figure, has the columns that most others have.
    """
    own = [_gutter(words, width) for words, width in pages]
    often = Counter(middle for middle in own if middle).most_common(1)
    usual = often[0][0] if often and often[0][1] > 1 else None
    parts: list[str] = []
    for (words, _), gutter in zip(pages, own, strict=True):
        middle = gutter or usual or math.inf
        for parted, run in groupby(lines(words), partial(_is_parted, middle=middle)):
            told = [word for line in run for word in line]
            left = [word for word in told if word["x0"] < middle]
            right = [word for word in told if word["x0"] >= middle]
            parts += map(_spaced, (left, right) if parted else (told,))
    return "\n\n".join(part for part in parts if part)


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """Return where the gap between two columns of text is, which few lines run over."""
    told = list(lines(words))
    found: dict[float, int] = {}
    for middle in (width * share / 100 for share in range(45, 56)):
        free = [line for line in told if _is_parted(line, middle)]
        left = sum(line[0]["x0"] < middle for line in free)
        right = sum(line[-1]["x1"] > middle for line in free)
        if min(left, right) >= FEWEST_LINES and 2 * len(free) > len(told):
            found[middle] = len(free)
    return max(found, key=found.__getitem__, default=None)


def _is_parted(line: Sequence[Word], middle: float) -> bool:
    """Whether a line leaves a gap there that is wider than one between words."""
    left = max((w["x1"] for w in line if w["x0"] < middle), default=0.0)
    right = min((w["x0"] for w in line if w["x0"] >= middle), default=math.inf)
    return left < middle and right - left > GUTTER * line[0]["size"]


def _spaced(words: Sequence[Word]) -> str:
    """Return lines of text; a word that is parted at the end of one is joined."""
    out: list[str] = []
    bottom = height = 0.0
    for line in lines(words):
        if out and line[0]["bottom"] - bottom > 1.6 * max(height, 1.0):
            out.append("")
        bottom, height = line[0]["bottom"], line[0]["bottom"] - line[0]["top"]
        told = text_of(line)
        if out and _PARTED.search(out[-1]) and told[:1].islower():
            out[-1] = out[-1][:-1] + told
        else:
            out.append(told)
    return "\n".join(out)
