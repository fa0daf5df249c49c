"""Simon-Makuch curves: survival in each state, with patients counted in the state they are in."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import number
from secondlook.survival import IntervalType, SurvivalCurve, kaplan_meier
from secondlook.survival.tied_times import snap_to_axis, tie_near_times
from secondlook.transitions.rows import read_rows

if TYPE_CHECKING:
    import pandas as pd


def simon_makuch(
    frame: pd.DataFrame,
    *,
    id: str | None = None,
    landmark: float | None = None,
    interval: IntervalType = "log",
    level: float = 0.95,
) -> dict[Hashable, SurvivalCurve]:
    """Estimate a curve a state by the product limit over those who are in the state.

    A patient who changes state leaves the risk set of one curve and enters that of the other,
    without an event. The curve of the later state is therefore not the survival of any group of
    patients: it is the survival of one who is in that state at each time.

    Parameters
    ----------
    frame
        Rows (start, stop] in one state, as `split_at_transition` makes them.
    id
        Column of the patient; if given, rows of one patient are checked against each other.
    landmark
        Start the curves at this time at one, with those still under observation after it. The
        first deaths after the first changes of state happen among very few, and a curve that has
        reached zero there never leaves it; a landmark skips that stretch. Patients go on changing
        state after it. Times stay counted from zero.
    interval, level
        The type of the limits and their level of confidence.

    Returns
    -------
    dict
        A curve for each state that somebody is in (after the landmark), in the order of the
        states. A state that nobody enters has no curve. ``at(times)`` counts those in the state
        just before a time: who changes state at that time is in the state that is left. While
        nobody is in a state its curve stays level.

    References
    ----------
    Simon & Makuch (1984), Stat Med 3, 35-44.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"start": [0, 0, 2, 0], "stop": [4, 2, 5, 6],
    ...                      "event": [1, 0, 1, 0], "state": ["a", "a", "b", "a"]})
    >>> curves = simon_makuch(rows)
    >>> curves["a"].at([0, 2, 3, 4])["at_risk"].tolist()
    [3, 3, 2, 2]
    >>> curves["b"].at([0, 2, 3, 4])["at_risk"].tolist()
    [0, 0, 1, 1]
    """
    rows = read_rows(frame, id=id)
    codes, labels = rows.state
    stops, starts, kept = rows.stop, rows.start, np.ones(len(codes), dtype=bool)
    if landmark is not None:
        after = number(landmark, "the landmark", least=0)
        stops, starts = tie_near_times(stops, starts)
        (at,) = snap_to_axis(np.array([after]), np.union1d(starts, stops))
        kept = stops > at
        if not kept.any():
            raise ValueError(
                f"nobody is under observation after the landmark {after:g}: the last row ends "
                f"at {stops.max():g}"
            )
        starts = np.maximum(starts, at)
    return {
        label: kaplan_meier(
            stops[own], rows.event[own], entry=starts[own], interval=interval, level=level
        )
        for code, label in enumerate(labels)
        if (own := kept & (codes == code)).any()
    }
