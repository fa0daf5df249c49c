"""(start, stop] rows in a frame: read them, refuse what cannot be true, join follow-up.

Every estimator of this package takes them as `split_at_transition` writes them: columns ``start``,
``stop``, ``event`` (boolean or 0/1) and ``state``, a row an interval in one state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook import inputs
from secondlook.inputs import BoolArray, FloatArray, IntArray, Labels
from secondlook.survival.tied_times import same_time, tie_near_times


@dataclass(frozen=True, eq=False)
class Rows:
    """Checked (start, stop] rows, one array a column; labels are codes and what they stand for."""

    start: FloatArray
    stop: FloatArray
    event: BoolArray
    state: Labels
    strata: Labels | None
    patient: Labels | None


def read_rows(frame: object, *, strata: str | None = None, id: str | None = None) -> Rows:
    """Return the columns of (start, stop] rows, with those named for strata and patients.

    What is wrong is refused, naming columns and positions (from 0). With `id`, the rows of one
    patient are checked against each other: none overlap, and none comes after the event.
    """
    optional = [name for name in (strata, id) if name is not None]
    table = inputs.read_frame(frame, ["start", "stop", "event", "state", *optional])
    stops = inputs.check_times(inputs.column(table, "stop"), "stop")

    def labels(name: str) -> Labels:
        return inputs.check_labels(inputs.column(table, name), name, stops, "stop")

    rows = Rows(
        start=inputs.check_entries(inputs.column(table, "start"), "start", stops, "stop"),
        stop=stops,
        event=inputs.check_events(inputs.column(table, "event"), "event", stops, "stop"),
        state=labels("state"),
        strata=None if strata is None else labels(strata),
        patient=None if id is None else labels(id),
    )
    if rows.patient is not None:
        _refuse_contradictory_rows(rows, rows.patient[0])
    return rows


@dataclass(frozen=True, eq=False)
class FollowUp:
    """One entry a patient; `patient` says of each row whose it is (0..n-1). Near ties are tied."""

    start: FloatArray
    stop: FloatArray
    state: Labels
    patient: IntArray
    patients: tuple[object, ...]
    entry: FloatArray
    end: FloatArray
    event: BoolArray


def join_rows(rows: Rows) -> FollowUp:
    """Return each patient's whole follow-up, put together from rows that were read with an id."""
    if rows.patient is None:
        raise ValueError("id is None; name the column that says whose each row is")
    patient, patients = rows.patient
    stop, start = tie_near_times(rows.stop, rows.start)
    n = len(patients)
    entry, end, died = np.full(n, np.inf), np.zeros(n), np.zeros(n, dtype=bool)
    np.minimum.at(entry, patient, start)
    np.maximum.at(end, patient, stop)
    np.logical_or.at(died, patient, rows.event)
    return FollowUp(start, stop, rows.state, patient, patients, entry, end, died)


def _refuse_contradictory_rows(rows: Rows, patient: IntArray) -> None:
    order = np.lexsort((rows.start, patient))
    begins, ended = rows.start[order][1:], rows.stop[order][:-1]
    follows = patient[order][1:] == patient[order][:-1]
    overlap = follows & (begins < ended) & ~same_time(begins, ended, float(rows.stop.max()))
    if overlap.any():
        raise ValueError(
            f"rows at {_positions(order[1:][overlap])} begin before the same patient's "
            "previous row ends: nobody is in two states at once"
        )
    after = follows & rows.event[order][:-1]
    if after.any():
        raise ValueError(
            f"rows at {_positions(order[1:][after])} come after the same patient's event: only the "
            "last row of a patient can end with it"
        )


def _positions(rows: IntArray) -> str:
    return inputs.name_positions(np.bincount(rows) > 0)
