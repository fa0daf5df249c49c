"""Counts with their denominators, and tables of counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs.arrays import IntArray, any_array, array, refuse_other_rows
from secondlook.inputs.values import LARGEST_COUNT, whole_number


def count_of(count: object, n: object) -> tuple[int, int]:
    """Return a count and its denominator, refusing `count` > `n` and `n` = 0."""
    events, size = whole_number(count, "count"), whole_number(n, "n")
    if size == 0:
        raise ValueError("n is 0; a proportion of nobody is not defined")
    if events > size:
        raise ValueError(
            f"count is {events} and n is {size}; a count cannot exceed its denominator"
        )
    return events, size


def counts_of(counts: ArrayLike, sizes: ArrayLike, each: str) -> tuple[IntArray, IntArray]:
    """Return counts and their denominators, shape (k,), refusing fewer than two studies or groups.

    A message calls one of them what `each` says.
    """
    refuse_other_rows(counts=counts, sizes=sizes)
    x, n = array(counts, "counts"), array(sizes, "sizes")
    if len(x) != len(n) or len(x) < 2:
        raise ValueError(
            f"there are {len(x)} counts and {len(n)} sizes; give one of each for every {each}, and "
            f"at least two of them"
        )
    pairs = []
    for position, (count, size) in enumerate(zip(x.tolist(), n.tolist(), strict=True)):
        try:
            pairs.append(count_of(count, size))
        except ValueError as error:
            raise ValueError(f"{each} {position}: {error}") from None
    events, patients = np.array(pairs, dtype=np.int64).T
    return events, patients


def contingency_table(table: ArrayLike, *, shape: tuple[int, int] | None = None) -> IntArray:
    """Return a table of counts, a row a group and a column an outcome, as whole numbers.

    Refused are the first cell that is no count, by row and column, and another shape than `shape`.
    """
    cells = any_array(table, "the table")
    if cells.ndim != 2 or min(cells.shape) < 2:
        raise ValueError(
            f"the table has shape {cells.shape}; give at least two rows (groups) and "
            "two columns (outcomes), e.g. [[8, 1], [5, 10]]"
        )
    if shape is not None and cells.shape != shape:
        raise ValueError(
            f"the table has shape {cells.shape}; this needs {shape[0]} x {shape[1]} "
            "(groups by outcomes)"
        )
    if cells.dtype == np.float16:
        cells = cells.astype(np.float64)  # the largest count is infinite among half floats
    suspect = np.ones(cells.shape, dtype=bool)
    if cells.dtype.kind in "iuf":
        counts = np.where(np.isfinite(cells), cells, -1)
        suspect = (counts < 0) | (counts > LARGEST_COUNT) | (counts % 1 != 0)
    for row, column in np.argwhere(suspect):
        whole_number(cells[row, column], f"the cell in row {row}, column {column}")
    checked = cells.astype(np.int64)
    if not checked.any():
        raise ValueError("every cell of the table is 0; there is nobody to compare")
    return checked
