"""The tables of a page of a PDF: what lines frame, or what stands between rules as journals print.

What keeps to no columns stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from secondlook.scan.document import Rows, tidy
from secondlook.scan.pdf.columns import columns_of
from secondlook.scan.pdf.rows import DATA, DIGIT, head_of, of_data, rows_of
from secondlook.scan.pdf.rules import ALIKE, LABEL, Rule, caption_of, framing, notes_of, rules_of
from secondlook.scan.pdf.words import (
    NEAR,
    SPACE,
    Box,
    Word,
    flat,
    inside,
    lines,
    middle_of,
    parts,
    text_of,
)

MOST_OF = 0.8
"""Of the height between rules: what cells that are framed reach over, if the table is of them."""
FEW_WORDS = 4
"""Words of a cell, at most, in most cells of a table that has no caption."""
HEADS = 4
"""Rows of a table, at most, that its continuation on another page repeats."""
_TWO = re.compile(r"\d[)\]%]? *\) +[<>-]?\d")
"""Two columns that nearly touch."""


@dataclass(frozen=True)
class Found:
    """A table of a page and where it stands, with its caption and notes."""

    label: str
    caption: str
    rows: Rows
    head: int
    notes: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def columns(self) -> int:
        """How many it has."""
        return sum(across for *_, across in self.rows[0])

    def goes_on(self, above: Found) -> bool:
        """Whether it continues a table of the page before."""
        return self.label.lower() == above.label.lower() and self.columns == above.columns

    def with_rows_of(self, other: Found) -> Found:
        """Return the table with the rows of its continuation, whose heads repeat its own."""
        more = [row for row in other.rows if row not in self.rows[:HEADS]]
        return replace(self, rows=[*self.rows, *more], notes=(*self.notes, *other.notes))


def tables(page: Any, words: Sequence[Word]) -> Iterator[Found]:
    """Give the tables of a page in their order."""
    found = [*_framed(page, words)]
    rules = rules_of(page)
    runs = list(framing(rules, words))
    runs.sort(key=lambda run: (len(run) < 3, run[0].left - run[0].right))
    taken: list[Box] = []
    for run in (_to_end(run, words) for run in runs):
        # The widest first; two alone may be of the page, or of a box of text.
        box = (run[0].left, run[0].y, run[0].right, run[-1].y)
        within = [each for each in found if _overlap(each.boxes[0], box)]
        high = MOST_OF * (box[3] - box[1])
        framed = any(each.boxes[0][3] - each.boxes[0][1] > high for each in within)
        if framed or any(_overlap(box, other) for other in taken) or (within and len(run) < 3):
            continue  # cells are framed, and not those of its head alone
        ruled = [*_ruled(words, run, box, [rule for rule in rules if _within(rule, box)])]
        found = [each for each in found if not (ruled and each in within)] + ruled
        taken += [box for each in ruled for box in each.boxes]
    yield from sorted(found, key=lambda each: each.boxes[0][1])


def _to_end(run: list[Rule], words: Sequence[Word]) -> list[Rule]:
    """Return rules with one below the page, if they are of the head of a table that goes on."""
    if len(run) > 2:
        return run
    top, last = run[0], run[-1]
    box = (top.left, top.y, top.right, last.y)
    within = [w for w in words if inside(w, box)]
    below = [w["bottom"] for w in words if top.left < w["x0"] < top.right and w["top"] > last.y]
    if not within or not below:
        return run
    label, *_ = caption_of(words, box)
    of_data = any(map(DATA.fullmatch, (text_of(part) for part in parts(within))))
    return run if of_data or not label else [*run, last._replace(y=max(below) + 1)]


def _overlap(box: Box, other: Box) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


def _within(rule: Rule, box: Box) -> bool:
    across = box[0] - ALIKE < rule.left and rule.right < box[2] + ALIKE
    return across and box[1] - NEAR < rule.y < box[3] + NEAR


def _framed(page: Any, words: Sequence[Word]) -> Iterator[Found]:
    """Give the tables of which each cell is framed, or what stands in several lines of one."""
    for found in page.find_tables():
        rows: Rows = []
        for row, told in zip(found.rows, found.extract(x_tolerance_ratio=SPACE), strict=True):
            whole = None not in row.cells and len({round(cell[3]) for cell in row.cells}) == 1
            if whole and any("\n" in cell for cell in told):
                band = [word for word in words if inside(word, row.bbox)]
                columns = [(cell[0], cell[2]) for cell in row.cells]
                head = len(found.rows) > 1 and not rows
                rows += rows_of(band, columns, alone=True, head=head)
            else:
                rows.append([(tidy(cell or ""), 1, 1) for cell in told])
        label, caption, above = caption_of(words, found.bbox)
        if len(rows[0]) > 1 and _tells(rows) and (label or _short(rows)):
            yield Found(label, caption, rows, 0, (), (found.bbox, *above))


def _ruled(
    words: Sequence[Word], rules: Sequence[Rule], box: Box, every: Sequence[Rule]
) -> Iterator[Found]:
    """Give the table between rules, if what stands there keeps to columns."""
    own = [word for word in words if inside(word, box)]
    between = [(above.y, rule.y) for above, rule in pairwise(rules)]
    bands = [[word for word in own if top <= middle_of(word) <= end] for top, end in between]
    bands = [band for band in bands if band]
    if not bands:
        return
    label, caption, above = caption_of(words, box)
    if not label and len(bands) > 1 and (m := LABEL.match(text_of(flat(lines(bands[0]))))):
        label, caption, bands = tidy(m[1]), tidy(m[2]), bands[1:]
    head, body = (bands[0], bands[1:]) if len(bands) > 1 else ([], bands)
    columns = columns_of(body)
    if head and (not columns or any(of_data(line, columns) for line in lines(head))):
        head, body = [], bands  # a rule below the head is missing, or a head on another page
        columns = columns_of(body)
    if len(columns) < 2:
        return
    rows = [row for band in body for row in rows_of(band, columns, alone=len(body) > 2)]
    merged = [row for row in rows if any(_TWO.search(text) for text, *_ in row[1:])]
    if not _tells(rows) or 3 * len(merged) > len(rows) or not (label or _short(rows)):
        return
    partial = [rule for rule in every if rule.right - rule.left < box[2] - box[0] - ALIKE]
    top = head_of(head, columns, partial) if head else []
    notes, below = notes_of(words, box)
    yield Found(label, caption, [*top, *rows], len(top), notes, (box, *above, *below))


def _tells(rows: Rows) -> bool:
    """Whether there are rows, and numbers in half of them."""
    filled = [row for row in rows if any(DIGIT.search(text) for text, *_ in row[1:])]
    return len(rows) > 1 and 2 * len(filled) >= len(rows)


def _short(rows: Rows) -> bool:
    """Whether most cells hold a few words, as those of text in two columns do not."""
    words = [len(text.split()) for row in rows for text, *_ in row[1:] if text]
    return 2 * sum(n > FEW_WORDS for n in words) < len(words)
