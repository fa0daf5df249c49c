"""Frames of pandas, polars or pyarrow, and the names of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs.arrays import missing_in, name_positions, numbers, to_pandas
from secondlook.inputs.labels import can_be_label, refuse_lookalikes, refuse_no_labels
from secondlook.inputs.values import kind_of, shown

if TYPE_CHECKING:
    import pandas as pd


MOST_COLUMNS = 100_000
"""A longer list of names is a range that was meant for something else."""


def read_frame(
    frame: object,
    columns: Collection[object],
    *,
    numeric: Collection[str] = (),
    known: Collection[str] = (),
) -> pd.DataFrame:
    """Return a frame of pandas, polars or pyarrow as pandas', with each of the columns once.

    The numeric ones, of which the others need not be named again, hold numbers or nothing; in the
    known ones no row is missing.
    """
    import pandas as pd

    table = to_pandas(frame, "the frame")
    if not isinstance(table, pd.DataFrame):
        raise ValueError(
            f"the frame is {kind_of(frame)}; give a frame of pandas, polars or pyarrow, for "
            "example pandas.DataFrame({'start': [...], 'stop': [...], ...})"
        )
    found: Counter[object] = Counter(table.columns)
    columns = [*columns, *numeric]
    missing = [name for name in columns if not can_be_label(name) or name not in found]
    if missing:
        raise ValueError(
            f"no column {', '.join(map(shown, missing))} in the frame; it has "
            f"{', '.join(map(shown, found))}"
        )
    twice = [name for name in columns if found[name] > 1]
    if twice:
        raise ValueError(
            f"the frame has several columns of the name {twice[0]!r}; keep one of them"
        )
    for name in numeric:
        found_numbers = numbers(column(table, name), name, missing=True)
        # What pandas cannot group or add (another byte order, half and long floats) becomes floats.
        if table[name].dtype not in (np.int64, np.float64):
            table = table.assign(**{name: found_numbers})
    for name in known:
        if (lost := missing_in(table[name], name)).any():
            raise ValueError(f"{name} is missing at {name_positions(lost)}")
        refuse_no_labels(table[name].array, name)
        refuse_lookalikes(table[name].unique().tolist(), name)
    return table


def column_names(names: object, argument: str, *, least: int = 1) -> tuple[str, ...]:
    """Return the names of one column or several as a tuple, refusing fewer than `least`."""
    listed = (names,) if isinstance(names, str) else names
    if (
        not isinstance(listed, Sequence)
        or not least <= len(listed) <= MOST_COLUMNS
        or not all(can_be_label(name) for name in listed)
    ):
        raise ValueError(
            f"{argument} is {shown(names)}; give the name of a column, or a list of them"
        )
    return tuple(listed)


def column(frame: pd.DataFrame, name: str) -> ArrayLike:
    """Return the array behind a column of plain numbers, or else the column with what it knows."""
    found = frame[name]
    if isinstance(found.dtype, np.dtype) and found.dtype.kind in "biuf":
        return found.to_numpy()
    return found


def refuse_clash(name: str, argument: str, taken: Collection[str]) -> None:
    """Refuse a name that a column of the result has already."""
    if isinstance(name, str) and name in taken:
        raise ValueError(
            f"{argument} is {name!r}, which is the name of another column of the result "
            f"({', '.join(taken)}); rename the column"
        )


def refuse_two_roles(**roles: Hashable) -> None:
    """Refuse one column in two roles, such as an event that is the state, too."""
    for (role, name), (other, again) in combinations(roles.items(), 2):
        if name == again:
            raise ValueError(f"{role} and {other} are both column {name!r}; name two columns")
