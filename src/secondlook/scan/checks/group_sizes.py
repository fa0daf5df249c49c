"""The sizes of groups at two places: the same patients in all, but otherwise divided.

Patients are lost between two analyses, and then there are fewer of them. Where a table, its note
or a sentence prints as many of the same groups together as another, and not as many of each, two
sizes were exchanged or one patient changed the group: which, is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from secondlook.scan.cells import WHOLE, whole
from secondlook.scan.checks.percent_in_text import SENTENCE
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding
from secondlook.scan.groups import Groups
from secondlook.scan.layout import Layout

_OF = re.compile(rf"{WHOLE} ?/ ?({WHOLE})\b")
"""A count of the patients of a group, in a row that has its name."""
_WHOLE = re.compile(WHOLE)

Place = tuple[dict[str, int], int | None, str]
"""Sizes by the name of the group, the table that prints them, and the place in words."""


def check_group_sizes(
    document: Document, layouts: Sequence[Layout], groups: Groups
) -> Iterator[Finding]:
    """Ask where two places print as many patients of some groups, and not as many of each."""
    asked: set[frozenset[str]] = set()
    for (there, _, where), (here, table, place) in combinations(
        _places(document, layouts, groups), 2
    ):
        both = [group for group in here if group in there]
        own, other = ([sizes[group] for group in both] for sizes in (here, there))
        if len(both) < 2 or own == other or sum(own) != sum(other):
            continue
        printed, against = (
            ", ".join(f"{group} {sizes[group]}" for group in both) for sizes in (here, there)
        )
        if frozenset((printed, against)) not in asked:
            asked.add(frozenset((printed, against)))
            reading = (
                f"as many in all ({where}), otherwise divided; exchanged in one of the places?"
            )
            yield Finding(
                "restated", "question", table, None, None, 0, place, printed, against, "", reading
            )


def _places(document: Document, layouts: Sequence[Layout], groups: Groups) -> Iterator[Place]:
    """Give the tables, their notes and the sentences that print the sizes of two groups."""
    for layout in layouts:
        table = layout.table
        found = [(groups.heads(layout), "heads")]
        found += [(groups.told_in(note), "note") for note in (table.caption, *table.notes)]
        found += [(sizes, "rows") for sizes in _rows(layout, groups)]
        yield from ((sizes, table.index, f"{table.label}, {where}") for sizes, where in found)
    for paragraph in document.paragraphs:
        for sentence in SENTENCE.split(paragraph.text):
            if len(_WHOLE.findall(sentence)) > 1:
                yield groups.told_in(sentence), None, paragraph.place


def _rows(layout: Layout, groups: Groups) -> Iterator[dict[str, int]]:
    """Give the sizes of rows in turn that are of one group each."""
    sizes: dict[str, int] = {}
    for r in range(layout.head, len(layout.table.grid)):
        row = layout.table.grid[r]
        named = [group for cell in row[: layout.labels] if (group := groups.known(cell.text))]
        of = {whole(m[1]) for cell in row for m in _OF.finditer(cell.text)}
        if len(named) != 1 or len(of) != 1 or named[0] in sizes:
            yield sizes
            sizes = {}
        if len(named) == 1 == len(of):
            sizes[named[0]] = of.pop()
    yield sizes
