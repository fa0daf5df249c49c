"""A change of state during follow-up: who was in which state when, and what that does to survival.

A patient who changes state (receives a transplant, relapses, responds) lived until then in the
earlier state. To count all of that patient's time in the later state gives it immortal time; every
estimator here counts (start, stop] rows instead, each in the state in which it was lived.

- :func:`split_at_transition` makes such rows from a patient a row.
- :func:`mantel_byar` compares the states: the log-rank test on time-dependent states.
- :func:`simon_makuch` draws a curve a state.
- :func:`landmark` compares the states of those still at risk at one time.
- :func:`andersen_gill` is the Cox model on such rows, with cluster-robust errors.
- :func:`ever_exposed_log_rank` is the biased comparison, labelled so.

A column or a row that is wrong is refused with a ValueError that names column, positions (from 0)
and what to do.
"""

from secondlook.transitions.andersen_gill import CoxResult, andersen_gill
from secondlook.transitions.ever_exposed import EverExposed, ever_exposed_log_rank
from secondlook.transitions.landmark import LandmarkComparison, landmark
from secondlook.transitions.mantel_byar import MantelByar, mantel_byar
from secondlook.transitions.simon_makuch import simon_makuch
from secondlook.transitions.splitting import awkward_transitions, split_at_transition

__all__ = [
    "CoxResult", "EverExposed", "LandmarkComparison", "MantelByar", "andersen_gill",
    "awkward_transitions", "ever_exposed_log_rank", "landmark", "mantel_byar", "simon_makuch",
    "split_at_transition",
]  # fmt: skip
