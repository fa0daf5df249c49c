"""Write the tables of a DOCX as Word shows them, for pandoc, which reads them next.

Of a table without a grid, or whose first row is short, pandoc keeps one column alone. It takes into
the head each row that Word repeats on a new page, wherever it stands, and each row beside a cell
that the head began. And it leaves the rows that a tracked change deleted.
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

from secondlook.scan.document import MOST_CELLS, TooLarge
from secondlook.scan.jats import parse_xml

_MOST_COLUMNS = 63
"""Of a table of Word."""
_DATUM = re.compile(r"[<>≤≥(–−-]{0,3}\d*(?:[.,·]\d|\s?[%±]|\s?\(\d)")
"""What a cell of the body begins with; a head has whole numbers at most."""


def as_shown(part: bytes) -> bytes:
    """Return a part of a DOCX with its tables as Word shows them."""
    root = parse_xml(part, as_written=True)
    for parent in list(root.iter()):
        for table in _parts(parent, "tbl"):
            for row in _parts(table, "tr"):
                if _property(row, "del") is not None:
                    table.remove(row)
            if rows := _parts(table, "tr"):
                _square(table, rows)
                _end_head(rows)
            else:
                parent.remove(table)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _square(table: Element, rows: list[Element]) -> None:
    """Fill the rows that begin late or end early, and say how many columns there are."""
    empty = Element("w:tc")
    SubElement(empty, "w:p")
    for row in rows:
        first = next((i for i, child in enumerate(row) if child.tag == "w:tc"), len(row))
        row[first:first] = [deepcopy(empty) for _ in range(_number(row, "gridBefore", 0))]
        row.extend(deepcopy(empty) for _ in range(_number(row, "gridAfter", 0)))
    width = max(sum(_number(cell, "gridSpan", 1) for cell in _parts(row, "tc")) for row in rows)
    if width * len(rows) > MOST_CELLS:
        raise TooLarge(f"a table of more than {MOST_CELLS:,} cells")
    for grid in _parts(table, "tblGrid"):
        table.remove(grid)
    grid = Element("w:tblGrid")
    grid.extend(Element("w:gridCol", {"w:w": "500"}) for _ in range(width))
    table.insert(list(table).index(rows[0]), grid)


def _end_head(rows: list[Element]) -> None:
    """Leave to the head the rows that are marked as it from the top on, and none with data."""
    marked = [_property(row, "tblHeader") is not None for row in rows]
    leading = marked.index(False) if False in marked else 1
    begun: dict[int, Element] = {}
    in_head = True
    for r, row in enumerate(rows):
        cells, column = {}, 0
        for cell in _parts(row, "tc"):
            cells[column] = cell
            column += _number(cell, "gridSpan", 1)
        merges = {c: merge for c, cell in cells.items() if (merge := _goes_on(cell)) is not None}
        if r >= leading:
            for properties in _parts(row, "trPr"):
                properties[:] = [each for each in properties if each.tag != "w:tblHeader"]
            data = any(_DATUM.match(_text(cell)) for cell in cells.values())
            for c in merges.keys() & begun if in_head and data else ():
                merges[c].set("w:val", "restart")  # with the text that it went on with
                cells[c].extend(map(deepcopy, _parts(begun[c], "p")))
            in_head = in_head and bool(merges or not r) and not data
        begun |= {c: cell for c, cell in cells.items() if c not in merges}


def _goes_on(cell: Element) -> Element | None:
    """Return the property that says that a cell goes on with the one above."""
    merge = _property(cell, "vMerge")
    return merge if merge is not None and merge.get("w:val", "continue") == "continue" else None


def _parts(element: Element, name: str) -> list[Element]:
    return [child for child in element if child.tag == f"w:{name}"]


def _property(element: Element, name: str) -> Element | None:
    """Return a property of a row or a cell."""
    told = (each for properties in _parts(element, f"{element.tag[2:]}Pr") for each in properties)
    return next((each for each in told if each.tag == f"w:{name}"), None)


def _number(element: Element, name: str, default: int) -> int:
    told = _property(element, name)
    value = "" if told is None else told.get("w:val", "")
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else default


def _text(cell: Element) -> str:
    return "".join(text.text or "" for text in cell.iter("w:t")).strip()
