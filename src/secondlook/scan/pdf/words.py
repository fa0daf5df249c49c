"""The words of a page of a PDF: in lines, in the parts of a line, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from secondlook.scan.document import grouped, tidy

SPACE = 0.15
"""Of the size of letters, the gap between two from which on they are of two words."""
NEAR = 2.0
"""Points that lines of one place may differ."""
GAP = 0.6
"""Of the size of letters: between columns at least."""
SMALL, STRIP = 0.88, 20.0
"""Of the size of the letters beside them, those of marks; points of a strip of the page."""

Word = dict[str, Any]
Line = list[Word]
Box = tuple[float, float, float, float]


def lines(words: Iterable[Word]) -> Iterator[Line]:
    """Give the lines of words from the top, each from the left."""
    for line in by_height(words, "bottom"):
        yield sorted(line, key=itemgetter("x0"))


def by_height(each: Iterable[Word], side: str) -> Iterator[Line]:
    """Give words or strokes from the top, those of one height together."""
    row: Line = []
    for one in sorted(each, key=itemgetter(side)):
        if row and one[side] - row[0][side] > NEAR:
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def parts(words: Sequence[Word]) -> Iterator[Line]:
    """Give the parts of lines that stand apart."""
    for line in lines(words):
        yield from segments(line, 2 * GAP)


def segments(line: Line, gap: float = GAP) -> list[Line]:
    """Part a line where it leaves a gap, as between columns."""
    parts = [line[:1]]
    for word, following in pairwise(line):
        if following["x0"] - word["x1"] > gap * min(word["size"], following["size"]):
            parts.append([])
        parts[-1].append(following)
    return parts


def flat(parts: Iterable[Line]) -> list[Word]:
    """Return the words of parts one after the other."""
    return [word for part in parts for word in part]


def level(words: Sequence[Word]) -> list[Word]:
    """Put small letters beside larger ones on their line; raised ones are marked, as ``12.3^a``."""
    strips = grouped(words, lambda word: int(word["bottom"] // STRIP))
    near = {at: [w for k in (-1, 0, 1) for w in strips.get(at + k, ())] for at in strips}
    return [_level(word, near[int(word["bottom"] // STRIP)]) for word in words]


def _level(word: Word, near: Sequence[Word]) -> Word:
    """Return a word on the line of the larger one that touches it, if there is one."""
    size, touching = word["size"], GAP * word["size"]
    beside = [
        (apart, other) for other in near
        if size < SMALL * other["size"]
        and (apart := max(word["x0"] - other["x1"], other["x0"] - word["x1"])) < touching
        and word["top"] < other["bottom"] and other["top"] < word["bottom"]
    ]  # fmt: skip
    if not beside:
        return word
    _, host = min(beside, key=itemgetter(0))
    raised = word["bottom"] < host["bottom"] - 0.1 * host["size"]
    text = f"^{word['text']}" if raised else word["text"]
    return word | {"text": text, "bottom": host["bottom"], "raised": raised}


def text_of(words: Iterable[Word]) -> str:
    """Return words as text; what is raised stands at the word before it."""
    told = ""
    last: Word | None = None
    for word in words:
        joined = last and word.get("raised") and word["x0"] - last["x1"] < 0.3 * last["size"]
        told += word["text"] if joined or not told else f" {word['text']}"
        last = word
    return tidy(told)


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    across = box[0] - NEAR <= (word["x0"] + word["x1"]) / 2 <= box[2] + NEAR
    return bool(across and box[1] <= middle_of(word) <= box[3])


def middle_of(word: Word) -> float:
    """Return where the middle of a word stands on the page."""
    return float(word["top"] + word["bottom"]) / 2
