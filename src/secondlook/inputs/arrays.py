"""Arrays of one dimension, numbers in them, and the positions of what is wrong.

They may be lists, numpy's (a masked entry is missing), or columns of pandas, polars or pyarrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.inputs.values import as_float, is_real, kind_of, number, shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NAMED_AT_MOST = 10
"""Positions that a message names before it counts the others."""


def array(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return values as a one-dimensional array, in which what is masked is None."""
    found = any_array(values, name)
    if found.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not the shape {found.shape}")
    return found


def numbers(values: ArrayLike, name: str, *, missing: bool = False) -> FloatArray:
    """Return values as floats, shape (n,), none infinite; NaN for the missing, if they may be."""
    found = array(values, name)
    if found.dtype.kind in "mM":
        raise ValueError(f"{name} holds dates or time spans; divide by the unit of time first")
    if found.dtype.kind in "iuf":
        floats = found.astype(np.float64, copy=False)
    else:
        entries = found.astype(object)
        lost = missing_in(entries, name)
        strange = ~(lost | np.array([is_real(entry) for entry in entries], dtype=bool))
        if strange.any():
            raise ValueError(
                f"{name} must hold numbers: it does not at {name_positions(strange)} "
                f"(the first is {shown(entries[np.argmax(strange)])})"
            )
        floats = np.array([as_float(entry) for entry in entries], dtype=np.float64)
    if not (len(floats) and floats.min() > -np.inf and floats.max() < np.inf):
        if not missing and np.isnan(floats).any():
            raise ValueError(
                f"{name} is missing at {name_positions(np.isnan(floats))}; drop these rows, or "
                "fill them by a rule that you state"
            )
        if np.isinf(floats).any():
            raise ValueError(f"{name} is infinite at {name_positions(np.isinf(floats))}")
    return floats


def not_negative(values: ArrayLike, name: str) -> FloatArray:
    """Return finite numbers >= 0 as floats, in the shape of the values, which may be one number."""
    if is_real(values):
        return np.array(number(values, name, least=0))
    given = any_array(values, name)
    found = numbers(given.ravel(), name).reshape(given.shape)
    refuse_negative(found, name)
    return found


def refuse_negative(times: FloatArray, name: str) -> None:
    """Refuse numbers below 0 by their positions."""
    if (times < 0).any():
        raise ValueError(f"{name} is negative at {name_positions(times < 0)}")


def refuse_other_length(array: NDArray[Any], name: str, stops: FloatArray, stops_name: str) -> None:
    """Refuse an array that has not one value a row."""
    if len(array) != len(stops):
        raise ValueError(
            f"{name} has {len(array)} values, {stops_name} has {len(stops)}: one a row is needed"
        )


def refuse_other_rows(**columns: Any) -> None:
    """Refuse series of pandas whose indexes differ, in labels or in order."""
    indexes = [(name, values.index) for name, values in columns.items() if has(values, "iloc")]
    for name, index in indexes[1:]:
        first_name, first = indexes[0]
        if len(index) == len(first) and not index.equals(first):
            at = next(i for i, (a, b) in enumerate(zip(first, index, strict=True)) if a != b)
            raise ValueError(
                f"{first_name} and {name} are series of pandas with different indexes (position "
                f"{at}: {shown(first[at])} and {shown(index[at])}); bring them to one index, or "
                "give to_numpy() of each if they belong together by position"
            )


def any_array(values: object, name: str) -> NDArray[Any]:
    """Return any array; entries that are masked, or text beside missing ones, as objects."""
    values = to_pandas(values, name)
    if values is None or isinstance(values, str | bytes) or not has(values, "__len__"):
        raise ValueError(f"{name} is {kind_of(values)}; give a list or an array of values")
    if not has(values, "__array__") and not isinstance(values, Sequence):
        raise ValueError(
            f"{name} is {kind_of(values)}, which has no order; give a list or an array"
        )
    try:
        found = np.asarray(values)
        # numpy makes one type of a list's entries, text of a missing one and 1 of True: keep apart.
        if found.dtype.kind in "SUiuf" and not has(values, "__array__"):
            entries = np.asarray(values, dtype=object)
            if found.dtype.kind in "SU" or any(
                isinstance(e, bool | np.bool_) for e in entries.flat
            ):
                found = entries
    except Exception as error:  # of any kind: an object says itself how it becomes an array
        raise ValueError(f"{name} is no array: {error}") from None
    if found.dtype.kind not in "biufOSUmM":
        raise ValueError(f"{name} holds values of the type {found.dtype}; numbers are real here")
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        found = found.astype(object)
        found[np.ma.getmaskarray(values)] = None
    return found


def to_pandas(values: object, name: str) -> object:
    """Return what another package holds as pandas' own, anything else as it is."""
    if not has(values, "to_pandas"):
        return values
    try:
        return values.to_pandas()  # type: ignore[attr-defined]
    except Exception as error:
        raise ValueError(
            f"{name} is {kind_of(values)}, which pandas cannot read: {error}"
        ) from None


def has(value: object, attribute: str) -> bool:
    """Return whether a value has an attribute, also where it does not let itself be asked."""
    try:
        return hasattr(value, attribute)
    except Exception:  # of any kind: an object says itself what it has
        return False


def missing_in(entries: Any, name: str) -> BoolArray:
    """Return which entries are missing."""
    import pandas as pd

    try:
        return np.asarray(pd.isna(entries), dtype=bool)
    except ArithmeticError:
        raise ValueError(f"{name} holds a signalling NaN of decimal, which is no value") from None


def name_positions(wrong: NDArray[Any]) -> str:
    """Return where a boolean array is true, in words: "position 3", "positions 3 and 7".

    Examples
    --------
    >>> name_positions(np.array([False, True, False, True]))
    'positions 1 and 3'
    """
    at = np.flatnonzero(wrong)
    named = [str(position) for position in at[:NAMED_AT_MOST]]
    if len(at) > NAMED_AT_MOST:
        named.append(f"{len(at) - NAMED_AT_MOST} more")
    if len(named) == 1:
        return f"position {named[0]}"
    return f"positions {', '.join(named[:-1])} and {named[-1]}"
