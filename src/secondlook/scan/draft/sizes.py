"""The sizes of the groups of a drafted table, and what adds up to them or to a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from secondlook.scan.cells import only_count
from secondlook.scan.document import grouped
from secondlook.scan.draft.cells import Cells, Size
from secondlook.scan.draft.drafted import Mention, words


def declare_sizes(
    cells: Cells, block: dict[str, Any], rows: Sequence[int], columns: Sequence[int],
    every: Mention | None,
) -> Mapping[int, Size]:  # fmt: skip
    """Declare the sizes of the groups of a block, and what adds up; return the size by column."""
    sizes = {c: size for c in columns if (size := _size(cells, c)) is not None}
    cells.sizes |= sizes
    counted = [r for r in rows if any((r, c) in cells.counts for c in columns)]
    sums = {sum(cells.counts.get((r, c), 0) for r in counted) for c in columns}
    adds: str | list[str] = []
    if not sizes and every is not None and sums == {every.whole} and len(counted) > 2:
        sizes, adds = dict.fromkeys(columns, Size(every.name, every.whole)), "rows"
    elif len(sizes) == len(columns):
        adds = _adding_up(cells, counted, sizes)
    if adds:
        block["adds"] = adds
    if sizes:
        block["n"] = {cells.names.columns[c]: size.claim for c, size in sizes.items()}
    cells.drafted.underived.update(
        cells.address[r, c] for r in counted for c in columns
        if (r, c) in cells.counts and len(cells.numbers[r, c]) == 1
        and adds != "rows" and cells.names.parts[r][0] not in adds
    )  # fmt: skip
    if (total := _total(cells, counted, columns)) is not None:
        block["total"] = cells.names.columns[total]
    return sizes


def _adding_up(cells: Cells, counted: Sequence[int], sizes: Mapping[int, Size]) -> list[str]:
    """Return the variables whose levels add up to the size of each group."""
    of = grouped(counted, lambda r: cells.names.parts[r][0])
    return [
        variable for variable, levels in of.items()
        if len(levels) > 1 and all(
            sum(cells.counts.get((r, c), 0) for r in levels) == size.patients
            for c, size in sizes.items()
        )
    ]  # fmt: skip


def _total(cells: Cells, counted: Sequence[int], columns: Sequence[int]) -> int | None:
    """Return the column that the others add up to, in all rows but one at most."""
    total = [c for c in columns if cells.layout.is_total(c)]
    full = [[cells.counts[r, c] for c in columns] for r in counted
            if all((r, c) in cells.counts for c in columns)]  # fmt: skip
    if len(total) != 1 or len(columns) < 3 or len(full) < 3:
        return None
    at = columns.index(total[0])
    return total[0] if sum(sum(row) == 2 * row[at] for row in full) >= len(full) - 1 else None


def _size(cells: Cells, c: int) -> Size | None:
    """Return the claim that is the size of a group, and the size."""
    layout = cells.layout
    if c in layout.p_columns:
        return None
    heads = [
        (layout.head_sizes[c].index(size), abs(number.column - c), name, size)
        for name, number in cells.told
        if number.row is not None and number.row < layout.head
        and number.column is not None and number.column <= c
        and (size := only_count(number.text)) in layout.head_sizes[c]
    ]  # fmt: skip
    if heads:
        *_, name, size = min(heads)
        return _known(cells, c, Size(name, size))
    for r, columns in layout.size_rows.items():
        if c in columns and (r, c) in cells.counts:
            return Size(cells.address[r, c], cells.counts[r, c])
    return _size_behind(cells, c)


def _size_behind(cells: Cells, c: int) -> Size | None:
    """Return what prints the one number that the percents of a column are of, if any does.

    It is a count without percent above them, or the size of a group of this name elsewhere.
    """
    of = {e.of for (_, k), e in cells.entries.items() if k == c and e.holds}
    size, head = next(iter(of), None), words(cells.layout.heads[c])
    if len(of) != 1 or not size:
        return None
    first = min(r for r, k in cells.entries if k == c)
    for (r, k), count in cells.counts.items():
        if k == c and r < first and count == size and len(cells.numbers[r, c]) == 1:
            return _known(cells, c, Size(cells.address[r, c], size))
    told = [each.name for each in cells.drafted.sizes if each.whole == size
            and each.words == head and head]  # fmt: skip
    return Size(told[0], size) if told else None


def _known(cells: Cells, c: int, size: Size) -> Size:
    """Keep the size of a group for whoever prints it again."""
    head = words(cells.layout.heads[c])
    cells.drafted.sizes.append(Mention(size.claim, str(size.patients), "patients", "", head))
    return size
