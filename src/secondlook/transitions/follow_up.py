"""Each patient's whole follow-up, put together again from (start, stop] rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from secondlook.observations import BoolArray, FloatArray, IntArray, check_labels
from secondlook.transitions.counting_process import Rows, read_rows, require_columns

if TYPE_CHECKING:
    import pandas as pd


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
