"""What enters an estimator: times, events, labels, counts, tables of counts.

Everything is checked here, before anything is computed, and refused with a sentence that names the
argument, the positions (counted from 0, as arrays are indexed), the value and what to do.
"""

from __future__ import annotations

from collections.abc import Hashable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Labels = tuple[IntArray, tuple[Hashable, ...]]

_NAMED_AT_MOST = 10


def name_positions(wrong: NDArray[Any]) -> str:
    """Name where a boolean array is true: "position 3", "positions 3 and 7".

    Examples
    --------
    >>> name_positions(np.array([False, True, False, True]))
    'positions 1 and 3'
    """
    at = np.flatnonzero(wrong)
    named = [str(position) for position in at[:_NAMED_AT_MOST]]
    if len(at) > _NAMED_AT_MOST:
        named.append(f"{len(at) - _NAMED_AT_MOST} more")
    if len(named) == 1:
        return f"position {named[0]}"
    return f"positions {', '.join(named[:-1])} and {named[-1]}"


def check_times(values: ArrayLike, name: str) -> FloatArray:
    """Return the times at which rows end as floats, all of them finite and > 0.

    Raises
    ------
    ValueError
        Naming the positions of missing, infinite, negative and zero times.
    """
    times = _numbers(values, name)
    if len(times) == 0:
        raise ValueError(f"{name} is empty: at least one row is needed")
    if times.min() > 0 and times.max() < np.inf:
        return times
    _refuse_non_finite(times, name)
    if (times < 0).any():
        raise ValueError(f"{name} is negative at {name_positions(times < 0)}")
    raise ValueError(
        f"{name} is zero at {name_positions(times == 0)}: nobody is at risk over an interval "
        "without length; drop these rows, or move them by a rule that you state"
    )


def check_entries(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> FloatArray:
    """Return the times at which rows begin as floats, 0 <= start < stop.

    Raises
    ------
    ValueError
        Naming the positions of missing, infinite or negative times and of rows that
        end where they begin or before.
    """
    starts = _numbers(values, name)
    _refuse_other_length(starts, name, stops, stops_name)
    if not (starts.min() >= 0 and starts.max() < np.inf):
        _refuse_non_finite(starts, name)
        raise ValueError(f"{name} is negative at {name_positions(starts < 0)}")
    if (starts > stops).any():
        raise ValueError(f"{name} comes after {stops_name} at {name_positions(starts > stops)}")
    if (starts == stops).any():
        raise ValueError(
            f"{name} equals {stops_name} at {name_positions(starts == stops)}: nobody is at risk "
            "over an interval without length; drop these rows, or move them by a stated rule"
        )
    return starts


def check_events(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> BoolArray:
    """Return the events as booleans.

    Raises
    ------
    ValueError
        Naming the positions of values that are neither boolean nor 0/1.
    """
    events = _one_dimensional(values, name)
    _refuse_other_length(events, name, stops, stops_name)
    if events.dtype == np.bool_:
        return events
    if events.dtype.kind not in "iuf":
        events = _numbers(values, name)
    is_event: BoolArray = events == 1
    wrong = ~(is_event | (events == 0))
    if wrong.any():
        example = events[np.flatnonzero(wrong)[0]]
        raise ValueError(
            f"{name} must be boolean or 0/1: it is not at {name_positions(wrong)} "
            f"(the first is {example})"
        )
    return is_event


def check_labels(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> Labels:
    """Return codes 0..g-1, shape (n,), and the g labels that occur, ascending.

    A pandas categorical keeps the order of its categories.

    Raises
    ------
    ValueError
        Naming the positions of missing labels.
    """
    labels = _one_dimensional(values, name)
    _refuse_other_length(labels, name, stops, stops_name)
    if labels.dtype.kind in "biufSU" and not hasattr(values, "cat"):
        if labels.dtype.kind == "f" and np.isnan(labels).any():
            raise ValueError(f"{name} is missing at {name_positions(np.isnan(labels))}")
        if labels.dtype.kind == "b":
            return _used(np.asarray(labels, dtype=np.int64), (False, True))
        if labels.dtype.kind in "iu" and len(labels):
            low, high = int(labels.min()), int(labels.max())
            if high - low < len(labels):
                return _used(labels.astype(np.int64) - low, tuple(range(low, high + 1)))
        found, codes = np.unique(labels, return_inverse=True)
        return codes.astype(np.int64, copy=False), tuple(found.tolist())

    import pandas as pd

    column = pd.Series(values)
    if column.isna().any():
        raise ValueError(f"{name} is missing at {name_positions(column.isna().to_numpy())}")
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _used(
            np.asarray(column.cat.codes, dtype=np.int64), tuple(column.cat.categories.tolist())
        )
    try:
        codes, uniques = pd.factorize(column, sort=True)
    except TypeError as error:
        raise ValueError(
            f"{name} mixes labels that cannot be ordered ({error}); make them all text"
        ) from None
    return codes.astype(np.int64, copy=False), tuple(uniques.tolist())


def _used(codes: IntArray, labels: tuple[Hashable, ...]) -> Labels:
    used = np.bincount(codes, minlength=len(labels)) > 0
    return (np.cumsum(used) - 1)[codes], tuple(
        label for label, occurs in zip(labels, used, strict=True) if occurs
    )


def _one_dimensional(values: ArrayLike, name: str) -> NDArray[Any]:
    array = np.asarray(values)
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        array = array.astype(object)
        array[np.ma.getmaskarray(values)] = None
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not the shape {array.shape}")
    return array


def _numbers(values: ArrayLike, name: str) -> FloatArray:
    array = _one_dimensional(values, name)
    if array.dtype.kind in "mM":
        raise ValueError(f"{name} holds dates or time spans; divide by the unit of time first")
    if array.dtype.kind in "biuf":
        return array.astype(np.float64, copy=False)
    import pandas as pd

    entries = array.astype(object)
    entries[pd.isna(entries)] = np.nan
    strange = np.array([not isinstance(entry, Real) for entry in entries], dtype=bool)
    if strange.any():
        first = entries[np.flatnonzero(strange)[0]]
        raise ValueError(
            f"{name} must hold numbers: it does not at {name_positions(strange)} "
            f"(the first is {first!r})"
        )
    return entries.astype(np.float64)


def _refuse_other_length(
    array: NDArray[Any], name: str, stops: FloatArray, stops_name: str
) -> None:
    if len(array) != len(stops):
        raise ValueError(
            f"{name} has {len(array)} values, {stops_name} has {len(stops)}: one a row is needed"
        )


def _refuse_non_finite(times: FloatArray, name: str) -> None:
    if np.isnan(times).any():
        raise ValueError(f"{name} is missing at {name_positions(np.isnan(times))}")
    if np.isinf(times).any():
        raise ValueError(f"{name} is infinite at {name_positions(np.isinf(times))}")


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
