"""The rules of a page of a PDF, which of them frame a table, and what stands above and below it.

A journal draws a rule above the head, one below it and one at the end; some part rows by rules as
well, or the heads of several columns from those of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from secondlook.scan.document import tidy
from secondlook.scan.pdf.columns import joined
from secondlook.scan.pdf.words import (
    NEAR,
    Box,
    Line,
    Word,
    by_height,
    flat,
    inside,
    lines,
    parts,
    text_of,
)

SHORTEST, MOST_RULES = 60.0, 1_000
"""Points of a rule, and rules of a page."""
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


class Rule(NamedTuple):
    """A horizontal line."""

    left: float
    right: float
    y: float


def rules_of(page: Any) -> list[Rule]:
    """Return the horizontal lines of a page from the top, those of one height joined."""
    return [
        Rule(*span, row[0]["top"]) for row in by_height(page.horizontal_edges, "top")
        for span in joined(((edge["x0"], edge["x1"]) for edge in row), NEAR)
    ]  # fmt: skip


def framing(rules: Sequence[Rule], words: Sequence[Word]) -> Iterator[list[Rule]]:
    """Give the rules of one length that frame a table: until a caption stands between them."""
    long = [rule for rule in rules if rule.right - rule.left > SHORTEST][:MOST_RULES]
    captions = [line[0] for line in parts(words) if LABEL.match(text_of(line[:3]))]
    while long:
        left, right, _ = long[0]
        alike = [r for r in long if max(abs(r.left - left), abs(r.right - right)) < ALIKE]
        long = [rule for rule in long if rule not in alike]
        yield from _between_captions(alike, captions, words)


def _between_captions(
    alike: Sequence[Rule], captions: Sequence[Word], words: Sequence[Word]
) -> Iterator[list[Rule]]:
    """Part rules of one length where a caption stands above the first of another table."""
    run = [*alike[:1]]
    for above, rule in pairwise(alike):
        between = (alike[0].left, above.y, alike[0].right, rule.y)
        caption = next((word for word in captions if inside(word, between)), None)
        if caption and len(run) > 1:  # it stands above the first rule of its table, or below it
            told = [word for word in words if inside(word, between)]
            top, bottom = min(w["top"] for w in told), max(w["bottom"] for w in told)
            below = caption["top"] < top + NEAR and top - above.y < rule.y - bottom
            ended, run = (run[:-1], run[-1:]) if below else (run, [])
            yield ended
        run.append(rule)
    if len(run) > 1:
        yield run


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
