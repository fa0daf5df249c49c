"""The rules of a page of a PDF, and which of them frame a table as journals print it.

A journal draws a rule above the head, one below it and one at the end; some part rows by rules as
well, or the heads of several columns from those of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from secondlook.scan.pdf.captions import ALIKE, LABEL
from secondlook.scan.pdf.columns import joined
from secondlook.scan.pdf.words import NEAR, Word, by_height, inside, parts, text_of

SHORTEST, MOST_RULES = 60.0, 1_000
"""Points of a rule, and rules of a page."""


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
        first = long[0]
        alike = [
            r for r in long if max(abs(r.left - first.left), abs(r.right - first.right)) < ALIKE
        ]
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
