"""Write the tables of a DOCX as Word shows them, for pandoc, which reads them next.

Of a table without a grid, or whose first row is short, pandoc keeps one column alone. It takes
into the head each row that Word repeats on a new page, wherever it stands, and each row beside a
cell that the head began. And it leaves the rows that a tracked change deleted.
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

from secondlook.scan.document import MOST_CELLS, TooLarge
from secondlook.scan.jats import parse_xml

_VALUE = "w:val"
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
                if _property(row, "tr", "del") is not None:
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
    for row in rows:
        cells = _parts(row, "tc")
        first = list(row).index(cells[0]) if cells else len(row)
        for name, at in (("gridAfter", len(row)), ("gridBefore", first)):
            for _ in range(_number(_property(row, "tr", name), 0)):
                row.insert(at, _empty_cell())
    width = max(sum(_across(cell) for cell in _parts(row, "tc")) for row in rows)
    if width * len(rows) > MOST_CELLS:
        raise TooLarge(f"a table of more than {MOST_CELLS:,} cells")
    grids = _parts(table, "tblGrid")
    grid = grids[0] if grids else Element("w:tblGrid")
    if not grids:
        table.insert(list(table).index(rows[0]), grid)
    for _ in range(width - len(grid)):
        SubElement(grid, "w:gridCol", {"w:w": "500"})


def _end_head(rows: list[Element]) -> None:
    """Leave to the head the rows that are marked as it from the top on, and none with data."""
    marked = [_property(row, "tr", "tblHeader") is not None for row in rows]
    leading = marked.index(False) if False in marked else 1
    for row in rows[leading:]:
        for properties in _parts(row, "trPr"):
            for mark in _parts(properties, "tblHeader"):
                properties.remove(mark)
    begun: dict[int, Element] = {}
    for r, row in enumerate(rows):
        goes_on = {column: cell for column, cell in _columns(row) if _continues(cell)}
        if r and r >= leading and not goes_on:
            return
        if r >= leading and goes_on and any(_DATUM.match(_text(cell)) for _, cell in _columns(row)):
            for column, cell in goes_on.items():
                if column in begun:
                    _begin_again(cell, begun[column])
            return
        begun |= {column: cell for column, cell in _columns(row) if not _continues(cell)}


def _begin_again(cell: Element, above: Element) -> None:
    """Let a cell begin with the text of that which it went on with."""
    merge = _property(cell, "tc", "vMerge")
    if merge is not None:
        merge.set(_VALUE, "restart")
        cell[:] = [*_parts(cell, "tcPr"), *map(deepcopy, _parts(above, "p"))]


def _parts(element: Element, name: str) -> list[Element]:
    return [child for child in element if child.tag == f"w:{name}"]


def _property(element: Element, kind: str, name: str) -> Element | None:
    """Return a property of a row (``tr``) or a cell (``tc``)."""
    told = (
        each for properties in _parts(element, f"{kind}Pr") for each in _parts(properties, name)
    )
    return next(told, None)


def _columns(row: Element) -> list[tuple[int, Element]]:
    """Return the cells of a row with the column where each begins."""
    found, column = [], 0
    for cell in _parts(row, "tc"):
        found.append((column, cell))
        column += _across(cell)
    return found


def _continues(cell: Element) -> bool:
    merge = _property(cell, "tc", "vMerge")
    return merge is not None and merge.get(_VALUE, "continue") == "continue"


def _across(cell: Element) -> int:
    return _number(_property(cell, "tc", "gridSpan"), 1)


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(_VALUE, "")
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else default


def _text(cell: Element) -> str:
    return "".join(text.text or "" for text in cell.iter("w:t")).strip()


def _empty_cell() -> Element:
    cell = Element("w:tc")
    SubElement(cell, "w:p")
    return cell
