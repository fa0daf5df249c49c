"""A table of single patients: its columns, and the ranges and means of the text that are of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondlook.printed import admits
from secondlook.scan.cells import any_case
from secondlook.scan.draft.cells import Cells
from secondlook.scan.draft.drafted import Drafted, File, Mention, OfEach, words
from secondlook.scan.draft.sentences import Sentences

FEWEST = 5
"""Patients of such a table."""
_ONE = any_case(r"(?:(?:case|patient|pt\.?|subject|no\.?|#)\s?)?\d{1,3}")
"""The label of a row that is of one patient."""


def keep_columns(cells: Cells, file: File, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Keep the columns of a table of single patients for whoever sums them up."""
    names, drafted = cells.names, cells.drafted
    labels = [names.labels[r][0] for r in rows]
    if len(rows) < FEWEST or not all(map(_ONE.fullmatch, labels)):
        return
    by_name = {mention.name: mention for mention in drafted.cells}
    for c in columns:
        told = {label: cells.claims(r, c) for label, r in zip(labels, rows, strict=True)}
        own = {label: by_name[claims[0]] for label, claims in told.items() if len(claims) == 1}
        if len(own) >= FEWEST and all(cell.number is not None for cell in own.values()):
            head = words(cells.layout.heads[c], drafted.long)
            drafted.of_each.append(OfEach(f"{file.name}.{names.columns[c]}", head, own))


def summed_up(text: Sentences) -> list[tuple[str, str]]:
    """Say of a range or mean that it is that of a column; return what its cells follow from."""
    told = [n for s in text.sentences if s.ours for n in s.numbers]
    of_cells = []
    for each in text.drafted.of_each:
        own = each.cells.values()
        others = [n for n in (*told, *text.drafted.cells) if n not in own]
        of_cells += [*_range(text.drafted, each, others), *_mean(text.drafted, each, others)]
    return of_cells


def _range(drafted: Drafted, each: OfEach, others: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Say of a range that its ends are the least and the most of a column."""
    values = [cell.number or 0 for cell in each.cells.values()]
    for middle, low, high in zip(others, others[1:], others[2:], strict=False):
        near = low.words | high.words
        near |= middle.words if middle.place == low.place else frozenset()
        if (low.number, high.number) == (min(values), max(values)) and (
            low.kind == high.kind and near & each.words and len(low.digits + high.digits) > 3
        ):
            drafted.follow(low.name, f"min({each.column})")
            drafted.follow(high.name, f"max({each.column})")
            between = f"between({low.name}, {high.name})"
            yield from ((cell.name, between) for cell in each.cells.values())


def _mean(drafted: Drafted, each: OfEach, others: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Say of a mean that it is that of a column, and that it gives each cell back."""
    values = [cell.number or 0 for cell in each.cells.values()]
    for mean in (n for n in others if n.kind == "mean" and n.words & each.words):
        if sum(values) / len(values) in admits(mean.digits).rounded:
            drafted.follow(mean.name, f"mean({each.column})")
            for row, cell in each.cells.items():
                rest = f'sum({each.column}, variable != "{row}")'
                yield cell.name, f"{mean.name} * {len(values)} - {rest}"
