"""What the percents of a drafted table are of, and that they give their counts back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from secondlook.scan.cells import only_count
from secondlook.scan.draft.cells import Cells, Size
from secondlook.scan.draft.drafted import COUNTS
from secondlook.scan.shares.share import Entry


def beside_counts(cells: Cells, columns: Collection[int], sizes: Mapping[int, Size]) -> None:
    """Say of the percents that stand in the cells of their counts what they are of."""
    for (r, c), entry in cells.entries.items():
        if (r, c) in cells.counts and c in columns and len(cells.numbers[r, c]) > 1:
            _percent(cells, r, c, entry, sizes.get(c))


def _percent(cells: Cells, r: int, c: int, entry: Entry, size: Size | None) -> None:
    """Say what a percent is of, where it is not of its group."""
    if entry.holds and size is not None and entry.of == size.patients:
        return
    count, percent = cells.address[r, c], f"{cells.address[r, c]}/percent"
    accused = ("percent", r, c) in cells.fails
    if accused:
        cells.drafted.accused.add(percent)
    elif whole := _printed(cells, entry, r, c):
        _share(cells, percent, count, whole)
        return
    if size is None:
        cells.drafted.underived.update((count, percent))  # the block says what they need
        return
    cells.say(count)
    if not accused:
        cells.say(percent)


def _share(cells: Cells, percent: str, count: str, whole: str) -> None:
    """Say that a percent is that of a count, and that it gives the count back."""
    cells.say(percent, f"percent({count}, {whole})")
    if percent in cells.drafted.accused:
        return
    circular = count in re.split(r"[(), ]+", whole)
    cells.say(count, "" if circular else f"count_behind({percent}, {whole})")


def in_own_column(cells: Cells, r: int, c: int) -> None:
    """Say what a percent in a column of its own is of, and what gives the count beside it."""
    entry, count, size = cells.entries.get((r, c)), (r, c - 1), cells.sizes.get(c - 1)
    told = cells.claims(r, c)
    if entry is None or (r, c) in cells.counts or count not in cells.counts or len(told) != 1:
        return
    accused = size is not None and ("percent", r, c) in cells.fails
    if accused:
        cells.drafted.accused.add(told[0])
    whole = _printed(cells, entry, *count) if entry.holds else ""
    if size is not None and (accused or entry.of == size.patients):
        whole = size.claim
    if whole:
        _share(cells, told[0], cells.address[count], whole)


def of_its_cell(cells: Cells, r: int, c: int) -> None:
    """Say of a percent what its cell gives, or that some count of its group gives it."""
    kinds = [number.kind for number in cells.numbers[r, c]]
    names = cells.claims(r, c)
    if kinds == ["count", "denominator", "percent"]:
        count, whole, percent = names
        if ("percent", r, c) in cells.fails:
            cells.drafted.accused.add(percent)
        _share(cells, percent, count, whole)
    elif kinds in (["percent"], ["value"]) and c in cells.alone & cells.sizes.keys():
        cells.say(names[0], f"some_count({cells.sizes[c].claim})")


def _printed(cells: Cells, entry: Entry, r: int, c: int) -> str:
    """Return what the table prints of the number that a percent is of, the nearest first.

    It is the sum of the levels or groups that the scan took it for; else a number of its label
    or row, of a head, of the caption, of a row of its column that the scan named.
    """
    layout = cells.layout
    section = layout.sections[r]
    if entry.of is None:
        return ""
    if entry.parts or "levels" in entry.reading:  # or those of another variable
        parts = [(part.row, part.column + c - entry.column) for part in entry.parts]
        if sum(cells.counts.get(part, 0) for part in parts) != entry.of:
            return ""
        return f"sum({', '.join(cells.address[part] for part in parts)})"
    told = sorted(
        (number.row not in (r, section), abs((number.column or 0) - c), name)
        for name, number in cells.told
        if number.kind in COUNTS and only_count(number.text) == entry.of
        and (number.row is None or number.row in (r, section) or number.row < layout.head)
    )  # fmt: skip
    if told and "in the same row" not in entry.reading:
        return told[0][-1]
    for (row, k), count in sorted(cells.counts.items()):
        label = layout.label(row)
        if count == entry.of and (row, k) != (r, c) and (
            row == r or (k == c and label and label in entry.reading)
        ):  # fmt: skip
            return cells.address[row, k]
    return ""
