"""The Mantel-Byar risk sets of the R menu package EZR, which cuts event times to whole units.

EZR (RcmdrPlugin.EZR, function ``Mantel.Byar``, version 1.68) counts the later state as all of its
rows that have not ended before t, less the rows of either state that begin at or after the whole
part of t (for t < 1: after 0). A patient who entered the later state in the unit of time in which
somebody dies is thereby left out of that risk set, and one who entered and left within the unit
before t is taken off twice. With times in whole days nothing changes; with times in months a
printed p may. Rows of the earlier state are never corrected for late entry.
"""

from __future__ import annotations

import numpy as np

from secondlook.observations import BoolArray, FloatArray, Labels
from secondlook.risksets import RiskSets


def whole_unit_sets(
    start: FloatArray, stop: FloatArray, event: BoolArray, state: Labels
) -> RiskSets:
    """Count who is at risk as EZR's ``Mantel.Byar`` does.

    Parameters
    ----------
    start, stop, event
        Shape (n,), the rows.
    state
        Codes 0 for the earlier state and 1 for the later one, and the two labels.

    Returns
    -------
    RiskSets
        A row a distinct exit time; the number at risk in the later state may be too small, even
        below zero.

    Raises
    ------
    ValueError
        If a risk set is empty or smaller, so that EZR divides zero by zero or by less.
    """
    # EZR reads the times back from labels of 15 significant digits.
    labels = np.array([float(f"{t:.15g}") for t in stop.tolist()])
    time, row = np.unique(labels, return_inverse=True)
    codes, states = state
    cell = 2 * row + codes
    leaving = np.bincount(cell, minlength=2 * len(time)).reshape(-1, 2)
    events = np.bincount(cell[event], minlength=2 * len(time)).reshape(-1, 2)
    at_risk = leaving[::-1].cumsum(axis=0)[::-1].copy()
    begins = np.sort(start)
    whole = np.trunc(time)
    begun = np.where(
        whole == 0,
        np.searchsorted(begins, whole, side="right"),
        np.searchsorted(begins, whole, side="left"),
    )
    at_risk[:, 1] -= len(begins) - begun
    empty = at_risk.sum(axis=1) <= 0
    if empty.any():
        raise ValueError(
            f"at time {time[empty][0]:g} nobody is left in the risk set of variant 'whole-units'; "
            "the package that it follows divides by zero or less there and prints nothing of use"
        )
    zeros = np.zeros(len(time), dtype=np.int64)
    return RiskSets(time, at_risk, events, leaving - events, states, zeros)
