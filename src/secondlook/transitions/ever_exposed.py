"""The biased comparison: patients who ever changed state against those who never did.

Who is to change state must live until then. Counting that time in the later state gives it
immortal time, so that the later state looks better than it is, even if it does nothing. The
comparison is here because papers print it; :func:`secondlook.transitions.mantel_byar` is the
remedy.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import can_be_label, refuse_clash, shown
from secondlook.survival import LogRank
from secondlook.survival.log_rank import compare_counts
from secondlook.survival.risk_sets import count_risk_sets
from secondlook.transitions.rows import join_rows, read_rows

if TYPE_CHECKING:
    import pandas as pd

BIAS = (
    "immortal time: who ever changed state had to live until then, and the time before the change "
    "is counted in the later state"
)


@dataclass(frozen=True, eq=False)
class EverExposed:
    """A log-rank comparison that immortal time biases: why, `bias` says in words to be printed.

    `log_rank` compares ever exposed (True) with never exposed (False) from entry on; `frame` has a
    row a patient: the patient's column, `exposed`, `entry`, `duration`, `event`.
    """

    log_rank: LogRank
    frame: pd.DataFrame = field(repr=False)
    bias: str = BIAS


def ever_exposed_log_rank(
    frame: pd.DataFrame, *, exposed: Hashable | None = None, id: str = "id"
) -> EverExposed:
    """Compare who was ever in a state with who never was, as if it had been so from the start.

    This comparison is **biased** in favour of the exposed state; use it to explain a printed p
    value or to show the size of the bias, never to judge an effect.

    Parameters
    ----------
    frame
        Rows (start, stop] in one state, as `split_at_transition` makes them.
    exposed
        The state; by default the second of two.
    id
        Column of the patient.

    References
    ----------
    Gail (1972), Ann Intern Med 76, 815-817. Suissa (2008), Am J Epidemiol 167, 492-499.
    """
    import pandas as pd

    refuse_clash(id, "id", ("exposed", "entry", "duration", "event"))
    joined = join_rows(read_rows(frame, id=id))
    codes, labels = joined.state
    if exposed is None and len(labels) <= 2:
        exposed = labels[-1]
    # A set looks for equal hashes first: pandas' NA has no truth to be compared by.
    if not can_be_label(exposed) or exposed not in set(labels):
        raise ValueError(f"exposed must be one of the states {labels}, not {shown(exposed)}")
    ever = np.zeros(len(joined.patients), dtype=bool)
    ever[joined.patient[codes == labels.index(exposed)]] = True
    if ever.all():
        raise ValueError(f"everybody was in state {exposed!r}: there is nobody to compare with")
    sets = count_risk_sets(
        joined.end, joined.event, start=joined.entry, group=(ever.astype(np.int64), (False, True))
    )
    patients = pd.DataFrame(
        {
            id: pd.Index(joined.patients),
            "exposed": ever,
            "entry": joined.entry,
            "duration": joined.end,
            "event": joined.event,
        }
    )
    compared = compare_counts(sets.at_risk, sets.events, sets.groups)
    return EverExposed(compared, patients)
