"""Landmark analysis: compare by the state at one time, among those still at risk then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import number, refuse_clash
from secondlook.survival import LogRank, log_rank
from secondlook.survival.tied_times import snap_to_axis
from secondlook.transitions.rows import join_rows, read_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class LandmarkComparison:
    """Survival after a landmark by the state at the landmark.

    Attributes
    ----------
    time
        The landmark.
    frame
        A row a patient still at risk after it: the patient's column, `state` at the landmark
        (categorical), `duration` since the landmark, `event`.
    excluded
        How many had died or left by the landmark, or came under observation later.
    log_rank
        The comparison of the states, or None if everybody is in one state.
    """

    time: float
    frame: pd.DataFrame = field(repr=False)
    excluded: int
    log_rank: LogRank | None


def landmark(frame: pd.DataFrame, time: float, *, id: str = "id") -> LandmarkComparison:
    """Fix each patient's state at a landmark and compare survival from there.

    Nobody gets immortal time: only those alive and under observation after the landmark count,
    and what happens to their state later is ignored. A change of state at the landmark itself has
    happened; a death at the landmark excludes.

    Parameters
    ----------
    frame
        Rows (start, stop] in one state, as `split_at_transition` makes them.
    time
        The landmark, >= 0, in the unit of the rows.
    id
        Column of the patient.

    References
    ----------
    Anderson, Cain & Gelber (1983), J Clin Oncol 1, 710-719.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"id": [1, 2, 2, 3], "start": [0, 0, 2, 0], "stop": [4, 2, 5, 1],
    ...                      "event": [1, 0, 1, 1], "state": ["a", "a", "b", "a"]})
    >>> landmark(rows, 2).frame.to_numpy().tolist()
    [[1, 'a', 2.0, True], [2, 'b', 3.0, True]]
    """
    import pandas as pd

    refuse_clash(id, "id", ("state", "duration", "event"))
    after = number(time, "the landmark", least=0)
    joined = join_rows(read_rows(frame, id=id))
    (at,) = snap_to_axis(np.array([after]), np.union1d(joined.start, joined.stop))
    current = (joined.start <= at) & (at < joined.stop)
    if not current.any():
        raise ValueError(f"nobody is at risk just after the landmark {after:g}")
    whose = joined.patient[current]
    codes, labels = joined.state[0][current], joined.state[1]
    at_risk = pd.DataFrame(
        {
            id: pd.Index(joined.patients).take(whose),
            "state": pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(labels))),
            "duration": joined.end[whose] - at,
            "event": joined.event[whose],
        }
    )
    compared = None
    if len(np.unique(codes)) > 1:
        compared = log_rank(at_risk["duration"], at_risk["event"], at_risk["state"])
    return LandmarkComparison(after, at_risk, len(joined.patients) - len(at_risk), compared)
