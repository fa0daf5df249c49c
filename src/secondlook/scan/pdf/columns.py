"""The columns of a table of a PDF: told by the gaps that nearly all lines of the body keep to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from secondlook.scan.pdf.words import GAP, Line, Word, lines, segments

TOUCHING = 0.4
"""Of the size of letters: between words at most."""
CROSSING = 0.1
"""Lines of the body that may run over the gap between two columns."""

Span = tuple[float, float]
Cells = dict[tuple[int, int], list[Word]]
"""The words of a line by the columns, from the first to the last, that they stand in."""


def columns_of(bands: Iterable[Sequence[Word]]) -> list[Span]:
    """Return from where to where the columns reach: hardly a line of several has a word between."""
    body = [line for band in bands for line in lines(band)]
    parted = [[(part[0]["x0"], part[-1]["x1"]) for part in segments(line)] for line in body]
    several = [parts for parts in parted if len(parts) > 1]
    if not several:
        return []
    size = median(word["size"] for line in body for word in line)
    spans = [span for parts in several for span in parts]
    most = int(len(several) * CROSSING)
    return [part for column in joined(spans) for part in _parted(column, spans, most, GAP * size)]


def joined(spans: Iterable[Span], apart: float = 0.0) -> list[Span]:
    """Join what overlaps, or lies less than so far apart."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < apart:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _parted(column: Span, spans: Sequence[Span], most: int, gap: float) -> list[Span]:
    """Part a column where few lines run over a gap between what many lines fill on either side."""
    own = [span for span in spans if column[0] <= span[0] and span[1] <= column[1]]
    for over in range(1, most + 1):
        for at in sorted({right for _, right in own}):
            left = [span for span in own if span[1] <= at]
            right = [span for span in own if span[0] >= at]
            few = len(own) - len(left) - len(right) <= over
            if not few or min(len(left), len(right)) < 3 * over:
                continue
            first, last = joined(left), joined(right)
            if last[0][0] - first[-1][1] > gap / 2:
                return [
                    part for half, told in ((first, left), (last, right))
                    for part in _parted((half[0][0], half[-1][1]), told, most, gap)
                ]  # fmt: skip
    return [column]


def cells_of(line: Line, columns: Sequence[Span]) -> Cells:
    """Say in which columns the words of a line stand; what runs over several is of all of them."""
    cells: Cells = {}
    for part in segments(line):
        left, right = part[0]["x0"], part[-1]["x1"]
        over = [c for c, (low, high) in enumerate(columns) if left < high and low < right]
        if over[:1] == [0]:
            over = [0]  # a label that runs over the columns
        if len(over) > 1 and (pieces := _pieces(part, [columns[c] for c in over])):
            for c, piece in zip(over, pieces, strict=True):
                cells.setdefault((c, c), []).extend(piece)
            continue
        if not over:
            middle = (left + right) / 2
            apart = [max(low - middle, middle - high) for low, high in columns]
            over = [apart.index(min(apart))]
        cells.setdefault((over[0], over[-1]), []).extend(part)
    return cells


def _pieces(part: Line, columns: Sequence[Span]) -> list[Line]:
    """Part words that nearly touch by the columns that they stand in; none if one is in two."""
    pieces: list[Line] = [[] for _ in columns]
    for word in part:
        at = [c for c, (low, high) in enumerate(columns) if word["x0"] < high and low < word["x1"]]
        if len(at) != 1:
            return []
        pieces[at[0]].append(word)
    gaps = [b[0]["x0"] - a[-1]["x1"] for a, b in pairwise(pieces)] if all(pieces) else [0.0]
    return pieces if min(gaps) > TOUCHING * part[0]["size"] else []
