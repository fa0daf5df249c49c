"""The sizes of groups at two places: the same patients in all, but otherwise divided.

Patients are lost between two analyses, and then there are fewer of them. Where a table, its note
or a sentence prints as many of the same groups together as another, and not as many of each, two
sizes were exchanged or one patient changed the group: which, is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, islice
from typing import NamedTuple

from secondlook.scan.cells import WHOLE
from secondlook.scan.checks.percent_in_text import SENTENCE
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding
from secondlook.scan.groups import Groups

MOST_PLACES = 200
"""Places of an article that are held to each other."""

_WHOLE = re.compile(WHOLE)


class Place(NamedTuple):
    """The sizes that a place prints, by the names of groups."""

    sizes: dict[str, int]
    table: int | None
    words: str


def check_group_sizes(document: Document, groups: Groups) -> Iterator[Finding]:
    """Ask where two places print as many patients of some groups, and not as many of each."""
    asked: set[frozenset[str]] = set()
    several = (place for place in _places(document, groups) if len(place.sizes) > 1)
    for there, here in combinations(islice(several, MOST_PLACES), 2):
        both = [group for group in here.sizes if group in there.sizes]
        own, other = ([place.sizes[group] for group in both] for place in (here, there))
        printed, against = (
            ", ".join(f"{group} {place.sizes[group]}" for group in both) for place in (here, there)
        )
        pair = frozenset((printed, against))
        if len(both) < 2 or own == other or sum(own) != sum(other) or pair in asked:
            continue
        reading = f"as many in all ({there.words}), otherwise divided; exchanged in one?"
        asked.add(pair)
        told = here.words, printed, against, "", reading
        yield Finding("restated", "question", here.table, None, None, 0, *told)


def _places(document: Document, groups: Groups) -> Iterator[Place]:
    """Give the tables, their notes and the sentences that print the sizes of two groups."""
    for layout in document.layouts:
        table = layout.table
        found = [(groups.heads(layout), "heads")]
        found += [(groups.told_in(note), "note") for note in (table.caption, *table.notes)]
        yield from (Place(sizes, table.index, f"{table.label}, {where}") for sizes, where in found)
    for paragraph in document.paragraphs:
        for sentence in SENTENCE.split(paragraph.text):
            if len(_WHOLE.findall(sentence)) > 1:
                yield Place(groups.told_in(sentence), None, paragraph.place)
