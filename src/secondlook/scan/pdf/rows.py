"""The rows of a table of a PDF and of its head: which lines begin one, which go on with that above.

Lines in one row stand closer than rows, where both are to be seen; else a line goes on where
the one above leaves a bracket open, or it has no label and begins as none does. In a head, rules
over some columns part those of several from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from secondlook.scan.document import Rows
from secondlook.scan.pdf.columns import Cells, Span, cells_of
from secondlook.scan.pdf.rules import Rule
from secondlook.scan.pdf.words import NEAR, Line, Word, lines, middle_of, segments, text_of

LOOSE = 1.15
"""How many times the distance of lines in a row that of rows is, if it tells them apart."""
LEADING, BESIDE = 0.95, 0.7
"""Of the size of the letters: the least distance of lines, and the most of those of one row."""
DATA = re.compile(r"[<>=≤≥-]?\s?\d[\d.,/]*\s?(?:%|[(\[±–].*)?$")
DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r"[(\[±–%]|to\b|and\b|or\b")
_OPEN = re.compile(r"[(\[][^)\]]*$|(?:[±–/,;:-]|\bto|\bto -)\s*$")


def rows_of(
    band: Sequence[Word], columns: Sequence[Span], *, alone: bool, head: bool = False
) -> Rows:
    """Return the rows between two rules; one that is parted so from the others is one row.

    So is a head, if none of its lines is one of data.
    """
    told = list(lines(band))
    placed = [cells_of(line, columns) for line in told]
    closer = _closer(told, placed)
    head = head and not any(of_data(line, columns) for line in told)
    one = alone and sum(any(last > 0 for _, last in cells) for cells in placed) < 2
    rows = placed[:1]
    for cells, close in zip(placed[1:], closer, strict=True):
        labelled = any(first == 0 for first, _ in cells)
        goes_on = one or close or (not labelled and _ends(rows[-1], cells))
        goes_on = head or (goes_on and not _begins(cells, rows[-1]))
        if goes_on and _joinable(rows[-1], cells):
            for place, words in cells.items():
                rows[-1].setdefault(place, []).extend(words)
        else:
            rows.append(cells)
    return [row_of(cells, len(columns)) for cells in rows]


def _closer(told: Sequence[Line], placed: Sequence[Cells]) -> list[bool]:
    """Say of each line but the first whether it is of the row above by their distance.

    Either that of lines and that of rows are to be told apart, or other cells stand half a line
    above.
    """
    size = median(word["size"] for line in told for word in line)
    gaps = [b[0]["bottom"] - a[0]["bottom"] for a, b in pairwise(told)]
    most = LOOSE * min((gap for gap in gaps if gap > LEADING * size), default=0.0)
    tight = [gap < most for gap in gaps]
    apart = [_begins(cells, above) for above, cells in pairwise(placed)]
    both = sum(a and t for a, t in zip(apart, tight, strict=True))
    spaced = any(gap > most for gap in gaps) and 3 * both <= sum(tight)
    beside = [gap < BESIDE * size and above.keys().isdisjoint(cells)
              for gap, (above, cells) in zip(gaps, pairwise(placed), strict=True)]  # fmt: skip
    return [b or (spaced and t) for b, t in zip(beside, tight, strict=True)]


def of_data(line: Line, columns: Sequence[Span]) -> bool:
    """Whether most cells of a line hold numbers, or a number with what belongs to it."""
    told = [text_of(words) for (first, _), words in cells_of(line, columns).items() if first]
    return len(told) > 1 and 2 * sum(bool(DATA.match(text)) for text in told) > len(told)


def _begins(cells: Cells, above: Cells) -> bool:
    """Whether a number of a line stands below one that is whole, and so begins a row."""
    told = [(text_of(above.get(place, ())), text_of(words))
            for place, words in cells.items() if place[0] > 0]  # fmt: skip
    return any(DIGIT.search(a) and DIGIT.search(b) and not _leads_on(a, b) for a, b in told)


def _ends(above: Cells, cells: Cells) -> bool:
    """Whether all of a line ends what the one above leaves open."""
    told = [(text_of(above.get(place, ())), text_of(words)) for place, words in cells.items()]
    return all(a and _leads_on(a, b) for a, b in told)


def _leads_on(above: str, text: str) -> bool:
    """Whether a text ends what the one above it leaves open."""
    return bool(_OPEN.search(above) or _GOES_ON.match(text))


def _joinable(above: Cells, cells: Cells) -> bool:
    """Whether no cell would stand in two columns once and in one then."""
    places = above.keys() | cells.keys()
    return all(a == b or a[1] < b[0] or b[1] < a[0] for a in places for b in places)


def row_of(cells: Cells, width: int) -> list[tuple[str, int, int]]:
    """Return a row of so many columns, with the cells that are empty."""
    row: list[tuple[str, int, int]] = []
    at = 0
    for (first, last), words in sorted(cells.items()):
        row += [("", 1, 1)] * (first - at)
        row.append((text_of(words), 1, last - first + 1))
        at = last + 1
    return row + [("", 1, 1)] * (width - at)


def head_of(band: Sequence[Word], columns: Sequence[Span], partial: Sequence[Rule]) -> Rows:
    """Return the rows of the head; rules over some columns part those of several from others."""
    low = min(word["top"] for word in band)
    high = max(word["bottom"] for word in band)
    ends = sorted({round(rule.y) for rule in partial if low < rule.y < high})
    rows: Rows = []
    for top, end in pairwise([low - 1, *ends, high + 1]):
        level = [word for word in band if top <= middle_of(word) < end]
        below = [rule for rule in partial if abs(rule.y - end) < NEAR]
        cells: Cells = {}
        for line in lines(level):
            for place, words in _in_head(segments(line), columns, below):
                cells.setdefault(place, []).extend(words)
        if cells:
            rows.append(row_of(cells, len(columns)))
    return rows


def _in_head(
    parts: Sequence[Line], columns: Sequence[Span], below: Sequence[Rule]
) -> Iterator[tuple[tuple[int, int], Line]]:
    """Say over which columns the parts of a line of the head stand: those of the rule below."""
    for rule in below:
        own = [c for c, (low, high) in enumerate(columns)
               if rule.left - NEAR <= (low + high) / 2 <= rule.right + NEAR]  # fmt: skip
        over = [part for part in parts
                if rule.left <= (part[0]["x0"] + part[-1]["x1"]) / 2 <= rule.right]  # fmt: skip
        if own and over and len(own) % len(over) == 0:
            each = len(own) // len(over)  # rules that touch are of as many columns
            for k, part in enumerate(over):
                yield (own[k * each], own[(k + 1) * each - 1]), part
            parts = [part for part in parts if part not in over]
    for part in parts:
        for (first, last), words in cells_of(part, columns).items():
            yield from (((c, c), words) for c in range(first, last + 1))
