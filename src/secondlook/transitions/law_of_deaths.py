"""The exact law of the deaths in one of two states, if no state matters.

At an event time with n at risk, n_2 of them in the second state, and d deaths, the deaths in the
second state are hypergeometric given (n, n_2, d); their sum over event times has the convolution.
"""

from __future__ import annotations

import numpy as np

from secondlook.observations import FloatArray, IntArray


def law_of_deaths(at_risk: IntArray, events: IntArray) -> tuple[int, FloatArray]:
    """Convolve the hypergeometric laws of the deaths in the second of two states.

    Parameters
    ----------
    at_risk, events
        Shape (k, 2).

    Returns
    -------
    tuple
        The smallest possible number of deaths, and the probability of it and of each number above.

    References
    ----------
    Mehta, Patel & Gray (1985), J Am Stat Assoc 80, 969-973: the law of the sum over 2 x 2 tables
    is the convolution of theirs.
    """
    least, laws = 0, []
    for (n1, n2), d in zip(at_risk.tolist(), events.sum(axis=1).tolist(), strict=True):
        low, high = max(0, d - n1), min(d, n2)
        least += low
        if high > low:
            laws.append(_hypergeometric(n1, n2, d, low, high))
    return least, _convolve(laws)


def _hypergeometric(n1: int, n2: int, d: int, low: int, high: int) -> FloatArray:
    """Probabilities of low..high deaths among the n2, by the ratio of neighbours."""
    deaths = np.arange(low, high)
    ratios = (n2 - deaths) * (d - deaths) / ((deaths + 1.0) * (n1 - d + deaths + 1.0))
    logs = np.concatenate(([0.0], np.cumsum(np.log(ratios))))
    weights = np.exp(logs - logs.max())
    law: FloatArray = weights / weights.sum()
    return law


def _convolve(laws: list[FloatArray]) -> FloatArray:
    """Convolve pairwise: positive terms only, so that the small tail keeps its digits."""
    if not laws:
        return np.ones(1)
    while len(laws) > 1:
        pairs = [np.convolve(a, b) for a, b in zip(laws[::2], laws[1::2], strict=False)]
        laws = pairs + ([laws[-1]] if len(laws) % 2 else [])
    return laws[0]
