"""What stands above and below a table of a PDF: its label and caption, its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from secondlook.scan.document import tidy
from secondlook.scan.pdf.words import NEAR, Box, Line, Word, flat, lines, parts, text_of

ALIKE = 4.0
"""Points that the ends of a rule may lie from those of others."""
ADJACENT = 1.6
"""Of the size of letters, the most between a rule and what stands by it."""
ABOVE, BELOW = 10, 12
"""Lines of a caption and of notes, at most."""
LABEL = re.compile(
    r"((?:supplementa\w+ |appendix )?table\s+(?:[A-Z]?\d{1,3}|[IVX]{1,5}))\b[.:]?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)


def caption_of(words: Sequence[Word], box: Box) -> tuple[str, str, list[Box]]:
    """Return the label and the caption that stand above a box, and where."""
    above = [
        part for part in parts([w for w in words if w["bottom"] < box[1] + NEAR])
        if part[0]["x0"] < box[2] and box[0] < part[-1]["x1"]
    ][-ABOVE:]  # fmt: skip
    told: list[Line] = []
    top = box[1]
    for part in reversed(above):
        size = part[0]["size"]
        if top - part[0]["bottom"] > ADJACENT * size:
            break
        told.insert(0, part)
        top = part[0]["top"]
        if match := LABEL.match(text_of(flat(told))):
            place = (min(w["x0"] for w in flat(told)), top, max(w["x1"] for w in flat(told)))
            return tidy(match[1]), tidy(match[2]), [(*place, box[1])]
    return "", "", []


def notes_of(words: Sequence[Word], box: Box) -> tuple[tuple[str, ...], list[Box]]:
    """Return the notes in small letters below a box, and where they stand."""
    usual = median(word["size"] for word in words)
    left, _, right, bottom = box
    below = [w for w in words if w["top"] > bottom - NEAR and left - ALIKE < w["x0"] < right]
    told: list[str] = []
    low = bottom
    for line in list(lines(below))[:BELOW]:
        size = max(word["size"] for word in line)
        if line[0]["top"] - low > size or size >= usual - 0.3 or line[-1]["x1"] > right + ALIKE:
            break
        told.append(text_of(line))
        low = line[0]["bottom"]
    return tuple(told), [(left, bottom, right, low)] if told else []
