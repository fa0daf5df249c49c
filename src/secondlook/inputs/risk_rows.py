"""Rows at risk over (start, stop]: when each begins and ends, and whether in an event."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs.arrays import (
    BoolArray,
    FloatArray,
    array,
    missing_in,
    name_positions,
    numbers,
    refuse_negative,
    refuse_other_length,
)
from secondlook.inputs.values import as_float, shown


def check_times(values: ArrayLike, name: str) -> FloatArray:
    """Return the times at which rows end, shape (n,), all of them finite and > 0, n > 0."""
    times = numbers(values, name)
    if len(times) == 0:
        raise ValueError(f"{name} is empty: at least one row is needed")
    if times.min() > 0:
        return times
    refuse_negative(times, name)
    raise ValueError(
        f"{name} is zero at {name_positions(times == 0)}: nobody is at risk over an interval "
        "without length; drop these rows, or move them by a rule that you state"
    )


def check_entries(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> FloatArray:
    """Return the times at which rows begin, 0 <= start < stop."""
    starts = numbers(values, name)
    refuse_other_length(starts, name, stops, stops_name)
    refuse_negative(starts, name)
    if (starts > stops).any():
        raise ValueError(f"{name} comes after {stops_name} at {name_positions(starts > stops)}")
    if (starts == stops).any():
        raise ValueError(
            f"{name} equals {stops_name} at {name_positions(starts == stops)}: nobody is at risk "
            "over an interval without length; drop these rows, or move them by a stated rule"
        )
    return starts


def check_events(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> BoolArray:
    """Return the events, boolean or 0/1, as booleans of shape (n,)."""
    events = array(values, name)
    refuse_other_length(events, name, stops, stops_name)
    if events.dtype.kind == "b":
        return events.astype(np.bool_, copy=False)
    if events.dtype.kind == "O":
        truths = (int(e) if isinstance(e, bool | np.bool_) else e for e in events)
        events = np.fromiter(truths, dtype=object, count=len(events))
    floats = events if events.dtype.kind in "iuf" else np.array([as_float(e) for e in events])
    is_event: BoolArray = floats == 1
    wrong = ~(is_event | (floats == 0))
    if events.dtype.kind == "O":  # a fraction may be nearer to 1 than floats can tell
        pairs = zip(events, wrong, strict=True)
        wrong = np.array([bad or e not in (0, 1) for e, bad in pairs], dtype=bool)
    if wrong.any():
        coded = not missing_in(events[wrong], name).any()  # what is missing equals no code
        code = "; compare a code with that of the event, such as status == 2" if coded else ""
        raise ValueError(
            f"{name} must be boolean or 0/1: it is not at {name_positions(wrong)} "
            f"(the first is {shown(events[np.argmax(wrong)])}){code}"
        )
    return is_event
