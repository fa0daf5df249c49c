"""From a patient a row to (start, stop] rows, split where the patient changes state.

A change at time c puts the time up to c into the earlier state and the time after c into the later
one; who dies at t dies in the state lived in just before t. Rows for which this leaves a doubt are
listed in :mod:`secondlook.transitions.awkward`, with the rules that a caller may name.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from secondlook.observations import check_events, name_positions
from secondlook.transitions.awkward import read_changes, resolve
from secondlook.transitions.counting_process import require_columns

if TYPE_CHECKING:
    import pandas as pd


def split_at_transition(
    frame: pd.DataFrame,
    *,
    duration: str,
    event: str,
    transition_time: str | Sequence[str],
    id: str | None = None,
    states: Sequence[Hashable] | None = None,
    rules: Mapping[str, str] | None = None,
    shift: float = 0.5,
) -> pd.DataFrame:
    """Split each patient's follow-up where the state changes.

    Parameters
    ----------
    frame
        A row a patient.
    duration
        Column of the follow-up, >= 0, in any unit.
    event
        Column that says whether it ended with the event (boolean or 0/1).
    transition_time
        Column of the time of the change, in the same unit; missing for who never changed. For
        several changes, the columns in the order of `states`; a patient may skip some.
    id
        Column of the patient; by default the frame's index becomes a column ``id``.
    states
        The state at the start and the state that each change leads to; 0, 1, 2, ... by default.
        A state may come back: ``transition_time=["on", "off"], states=[0, 1, 0]``.
    rules
        What to do with each kind of row that :mod:`secondlook.transitions.awkward` lists, for
        example ``{"at-end": "never"}``; a kind that is not named is refused.
    shift
        The distance that the rule ``shift`` moves a time, in the unit of the durations.

    Returns
    -------
    pandas.DataFrame
        The patient's column, `start`, `stop`, `event`, `state` (categorical, in the order of
        `states`), then the frame's other columns; ``attrs["touched"]`` has the number of rows
        that each rule changed.

    Raises
    ------
    ValueError
        Naming positions (from 0): times that are negative or not numbers, changes out of order, a
        patient on two rows, and every row of a kind that `rules` does not resolve.

    Examples
    --------
    >>> import pandas as pd
    >>> patients = pd.DataFrame({"months": [8.0, 5.0], "died": [1, 0], "transplant": [3.0, None]})
    >>> rows = split_at_transition(patients, duration="months", event="died",
    ...                            transition_time="transplant")
    >>> rows[["id", "start", "stop", "event", "state"]].to_numpy().tolist()
    [[0, 0.0, 3.0, False, 0], [0, 3.0, 8.0, True, 1], [1, 0.0, 5.0, False, 0]]
    """
    import pandas as pd

    changes = read_changes(frame, duration, transition_time)
    labels = list(range(len(changes.names) + 1)) if states is None else list(states)
    if len(labels) != len(changes.names) + 1:
        raise ValueError(
            f"states has {len(labels)} labels for {len(changes.names)} changes: it needs "
            f"{len(changes.names) + 1}, the first for the state at the start"
        )
    require_columns(frame, [event])
    events = check_events(frame[event], event, changes.durations, duration)
    patients = _patients(frame, id)
    resolved = resolve(changes, rules or {}, shift)
    durations, times = resolved.changes.durations, resolved.changes.times

    n = len(durations)
    starts = np.column_stack((np.zeros(n), np.where(np.isnan(times), np.inf, times)))
    ends = np.column_stack((starts[:, 1:], durations))
    stops = np.fliplr(np.minimum.accumulate(np.fliplr(ends), axis=1))
    patient, position = np.nonzero((starts < stops) & resolved.kept[:, None])
    categories = pd.Index(list(dict.fromkeys(labels)))
    codes = np.array([categories.get_loc(label) for label in labels])
    stop = stops[patient, position]
    rows = pd.DataFrame(
        {
            id or "id": patients.take(patient).to_numpy(),
            "start": starts[patient, position],
            "stop": stop,
            "event": events[patient] & (stop == durations[patient]),
            "state": pd.Categorical.from_codes(
                codes[position], dtype=pd.CategoricalDtype(categories)
            ),
        }
    )
    used = [duration, event, *changes.names, *([id] if id else [])]
    others = frame.drop(columns=used).iloc[patient].reset_index(drop=True)
    clash = [name for name in others.columns if name in rows.columns]
    if clash:
        raise ValueError(f"rename the column {clash[0]!r}: the split frame has one of this name")
    rows = pd.concat([rows, others], axis=1)
    rows.attrs["touched"] = resolved.touched
    return rows


def _patients(frame: pd.DataFrame, id: str | None) -> pd.Series:
    """Return who each row is of; each patient has one row."""
    if id is not None:
        require_columns(frame, [id])
    patients = frame.index.to_series() if id is None else frame[id]
    twice = patients.duplicated(keep=False).to_numpy()
    if twice.any():
        raise ValueError(
            f"a patient has more than one row at {name_positions(twice)}: a row a patient is needed"
        )
    return patients
