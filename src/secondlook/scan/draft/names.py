"""What the rows and columns of a printed table are called in its CSV file and in an address."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from secondlook.claims.cells import slug
from secondlook.scan.cells import any_case
from secondlook.scan.draft.drafted import cell_text, cut, unused
from secondlook.scan.layout import Layout

LONGEST_NAME = 40
"""Letters of a column's name, and a third more where its lowest line is long."""
_RESERVED = re.compile(
    r"percent|lower|upper|min|max|q1|q3|variable|level|line|"
    r"(?:patients|denominator|mean|sd|median|range|quartile|estimate|limit|statistic|df|time|dose|"
    r"measure|year|date|version|value|count|percent)(?:-\d+)?"
)
"""Names that the numbers of a cell have in its address, and a column therefore has not."""
_MARKS = re.compile(r"\^\(?(?:[a-z*†‡§¶#]{1,2}(?![\w/])|(?<=[)%\]]\^)\d{1,2})\)?")
_HOLDS = any_case(
    r"[(\[]?\s?\bn\s?=\s?[\d,\s\u202f]+\s?[)\]]?|[(\[]?\s?\b95\s?%\s?CI\b\s?[)\]]?|"
    r"\b(?:n|no\.?)\s?[(\[,]{1,2}\s?%\s?[)\]]?|[(\[]\s?(?:%|n|[\d,]+)\s?[)\]]"
)
"""Parts of a head that say how many its group is, and what its cells hold."""


@dataclass(frozen=True)
class Names:
    """The label columns, row -> their cells, row -> variable and level, column -> its name."""

    label_columns: list[str]
    labels: dict[int, list[str]]
    parts: dict[int, tuple[str, str]]
    columns: dict[int, str]


def names_of(layout: Layout, rows: Sequence[int], columns: Sequence[int]) -> Names:
    """Give each row its labels and each column its name."""
    label_columns, labels = ["variable", "level"], {r: _labels(layout, r) for r in rows}
    known = {tuple(filter(None, map(slug, told))) for told in labels.values()}
    if len(known) < len(labels) or () in known:
        label_columns.append("line")
        labels = {r: [*told, str(r - layout.head + 1)] for r, told in labels.items()}
    parts: dict[int, tuple[str, str]] = {}
    for r, told in labels.items():
        variable, *level = filter(None, map(slug, told))
        parts[r] = variable, "-".join(level)
    lines = [{*_lines(layout.heads[c])} for c in columns if c not in layout.p_columns]
    shared = set.intersection(*lines) if len(lines) > 1 else set()
    named: dict[int, str] = {}
    for c in columns:
        base = column_name(layout.heads[c], shared) or f"column-{c + 1}"
        base += "-column" if _RESERVED.fullmatch(base) else ""
        named[c] = unused(base, named.values())
    return Names(label_columns, labels, parts, named)


def _labels(layout: Layout, r: int) -> list[str]:
    """Return the variable and the level of a row, as printed: what names it before its own."""
    own = printed(layout, r)
    top = layout.tops[r] if layout.sections[r] is None else layout.sections[r]
    if top is not None and (layout.is_section(top) or not layout.grid[r][0].text.strip()):
        above = printed(layout, top)
        own = [", ".join(above) if layout.is_section(top) else above[0], *own]
    told = [unmarked(part) for part in own] or [""]
    return [told[0], ", ".join(filter(None, told[1:]))]


def printed(layout: Layout, r: int) -> list[str]:
    """Return the label cells of a row from left to right, each text once."""
    cells = layout.grid[r][: layout.labels]
    return list(dict.fromkeys(cell.line.strip() for cell in cells if cell.text.strip()))


def column_name(head: str, shared: Collection[str] = ()) -> str:
    """Return the name of a column from its head.

    A long one keeps what tells the column from others: its lowest line, and what not all share.
    """
    lines = _lines(head)
    if len(name := "-".join(lines)) <= LONGEST_NAME:
        return name
    *above, last = [line for line in lines if line not in shared] or lines
    last = cut(last, LONGEST_NAME)
    most = max(LONGEST_NAME - 1 - len(last), LONGEST_NAME // 3)
    name = "-".join(filter(None, [cut("-".join(above), most), last]))
    of_all = "-".join(line for line in lines if line in shared)
    room = LONGEST_NAME - 1 - len(name)
    return f"{cut(of_all, room)}-{name}" if of_all and room >= LONGEST_NAME // 3 else name


def _lines(head: str) -> list[str]:
    """Return the lines of a head without the size of the group and what cells hold."""
    bare = re.sub(r"\^\S{1,3}", "", head)
    return list(filter(None, map(slug, group_named(bare).split(" / ")))) or [slug(bare)]


def group_named(head: str) -> str:
    """Return a head without what says how many its group is, and what its cells hold."""
    return _HOLDS.sub(" ", head)


def unmarked(text: str) -> str:
    """Return a text as it goes into the file: on one line, without the marks of footnotes."""
    return cell_text(_MARKS.sub("", text))
