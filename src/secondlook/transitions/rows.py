"""(start, stop] rows in a frame: read them, refuse what cannot be true, join follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs import (
    BoolArray,
    FloatArray,
    IntArray,
    Labels,
    check_entries,
    check_events,
    check_labels,
    check_times,
    name_positions,
)
from secondlook.survival.tied_times import tolerance_of_ties

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Rows:
    """Checked (start, stop] rows, one array a column; labels are codes and what they stand for."""

    start: FloatArray
    stop: FloatArray
    event: BoolArray
    state: Labels
    strata: Labels | None


def read_rows(
    frame: pd.DataFrame,
    *,
    start: str,
    stop: str,
    event: str,
    state: str,
    strata: str | None = None,
    id: str | None = None,
) -> Rows:
    """Read the columns of (start, stop] rows.

    Parameters
    ----------
    frame
        A row an interval in one state.
    start, stop, event, state, strata, id
        Names of columns. With `id`, the rows of one patient are checked against each other.

    Raises
    ------
    ValueError
        If a column is missing; naming positions (counted from 0), if a time, event or label is
        wrong, if rows of one patient overlap, or if a row comes after the patient's event.
    """
    columns = [start, stop, event, state]
    require_columns(frame, [*columns, *(c for c in (strata, id) if c is not None)])
    stops = check_times(plain(frame[stop]), stop)
    rows = Rows(
        start=check_entries(plain(frame[start]), start, stops, stop),
        stop=stops,
        event=check_events(plain(frame[event]), event, stops, stop),
        state=check_labels(plain(frame[state]), state, stops, stop),
        strata=None if strata is None else check_labels(frame[strata], strata, stops, stop),
    )
    if id is not None:
        patient, _ = check_labels(frame[id], id, stops, stop)
        _refuse_contradictory_rows(rows, patient)
    return rows


def plain(column: pd.Series) -> ArrayLike:
    """Return the array behind a column of plain numbers, or else the column with what it knows."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
        return column.to_numpy()
    return column


def require_columns(frame: pd.DataFrame, names: list[str]) -> None:
    """Raise if a column is missing, and say which columns there are."""
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise ValueError(
            f"no column {', '.join(map(repr, missing))} in the frame; it has "
            f"{', '.join(map(repr, frame.columns))}"
        )


def _refuse_contradictory_rows(rows: Rows, patient: np.ndarray) -> None:
    order = np.lexsort((rows.start, patient))
    follows = patient[order][1:] == patient[order][:-1]
    overlap = rows.start[order][1:] < rows.stop[order][:-1] - tolerance_of_ties(rows.stop)
    if (follows & overlap).any():
        raise ValueError(
            f"rows at {_back(order[1:], follows & overlap)} begin before the same patient's "
            "previous row ends: nobody is in two states at once"
        )
    after = follows & rows.event[order][:-1]
    if after.any():
        raise ValueError(
            f"rows at {_back(order[1:], after)} come after the same patient's event: only the "
            "last row of a patient can end with it"
        )


def _back(order: np.ndarray, wrong: np.ndarray) -> str:
    """Name positions of sorted rows as positions in the caller's frame."""
    unsorted = np.zeros(order.max() + 2, dtype=bool)
    unsorted[order[wrong]] = True
    return name_positions(unsorted)


@dataclass(frozen=True, eq=False)
class FollowUp:
    """One entry a patient; `patient` says of each row whose it is (0..n-1)."""

    rows: Rows
    patient: IntArray
    patients: tuple[object, ...]
    entry: FloatArray
    end: FloatArray
    event: BoolArray


def join_rows(
    frame: pd.DataFrame, *, start: str, stop: str, event: str, state: str, id: str
) -> FollowUp:
    """Read rows, and join those of a patient.

    Raises
    ------
    ValueError
        As ``read_rows`` does for contradictory rows.
    """
    require_columns(frame, [id])
    rows = read_rows(frame, start=start, stop=stop, event=event, state=state, id=id)
    patient, patients = check_labels(frame[id], id, rows.stop, stop)
    n = len(patients)
    entry, end, died = np.full(n, np.inf), np.zeros(n), np.zeros(n, dtype=bool)
    np.minimum.at(entry, patient, rows.start)
    np.maximum.at(end, patient, rows.stop)
    np.logical_or.at(died, patient, rows.event)
    return FollowUp(rows, patient, patients, entry, end, died)
