"""What a count, a sample size and a table of counts must be before anything is computed.

Every function of this package takes counts, so that the checks live here
once and their messages read the same everywhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]


def whole_number(value: object, name: str) -> int:
    """Return `value` as an int, refusing what is not a non-negative whole number.

    Raises
    ------
    ValueError
        Naming the argument and the value.
    """
    if isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} is {value!r}; give a count such as 11, not a truth value.")
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} is {value!r}; give a whole number of patients such as 11."
        ) from None
    if not number.is_integer() or number < 0:
        raise ValueError(f"{name} is {value!r}; a count is a whole number, 0 or more.")
    return int(value)  # type: ignore[call-overload, no-any-return]


def count_of(count: object, n: object) -> tuple[int, int]:
    """Return a count and its denominator, refusing `count` > `n` and `n` = 0."""
    events, size = whole_number(count, "count"), whole_number(n, "n")
    if size == 0:
        raise ValueError("n is 0; a proportion of nobody is not defined.")
    if events > size:
        raise ValueError(
            f"count is {events} and n is {size}; a count cannot exceed its denominator."
        )
    return events, size


def probability(value: float, name: str) -> float:
    """Return a probability strictly between 0 and 1, such as a confidence level."""
    if not 0.0 < value < 1.0:
        raise ValueError(f"{name} is {value!r}; it must lie strictly between 0 and 1, e.g. 0.95.")
    return float(value)


def contingency_table(table: ArrayLike) -> IntArray:
    """Return a table of counts as a two-dimensional integer array.

    Parameters
    ----------
    table
        Shape (r, c): one row a group, one column an outcome, whole numbers.

    Raises
    ------
    ValueError
        Naming the row and the column of the first cell that is no count, or
        the shape, if it is no table.
    """
    cells = np.asarray(table)
    if cells.ndim != 2 or min(cells.shape) < 2:
        raise ValueError(
            f"The table has shape {cells.shape}; give at least two rows (groups) and "
            "two columns (outcomes), e.g. [[8, 1], [5, 10]]."
        )
    checked = np.empty(cells.shape, dtype=np.int64)
    for (row, column), cell in np.ndenumerate(cells):
        checked[row, column] = whole_number(cell, f"The cell in row {row}, column {column}")
    if checked.sum() == 0:
        raise ValueError("Every cell of the table is 0; there is nobody to compare.")
    return checked


def two_by_two(table: ArrayLike) -> IntArray:
    """Return a 2 x 2 table of counts, refusing any other shape."""
    cells = contingency_table(table)
    if cells.shape != (2, 2):
        raise ValueError(
            f"The table has shape {cells.shape}; this needs 2 x 2 (two groups, two outcomes)."
        )
    return cells
