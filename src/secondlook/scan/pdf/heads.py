"""The head of a table of a PDF; rules over some columns part those of several from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from secondlook.scan.document import Rows
from secondlook.scan.pdf.columns import Cells, Span, cells_of
from secondlook.scan.pdf.rows import row_of
from secondlook.scan.pdf.rules import Rule
from secondlook.scan.pdf.words import NEAR, Line, Word, lines, middle_of, segments


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
