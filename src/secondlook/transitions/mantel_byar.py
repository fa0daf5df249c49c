"""The Mantel-Byar test: the log-rank test on states that patients may change.

Three things follow the test itself: risk sets at the event times only, which is all that it needs;
the exact law of the deaths in one of two states, if no state matters; and the risk sets of the R
menu package EZR, which cuts event times to whole units.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from secondlook.inputs import BoolArray, FloatArray, IntArray, Labels, choice
from secondlook.survival import RiskSets
from secondlook.survival.log_rank import LogRank, compare_counts
from secondlook.survival.risk_sets import count_risk_sets
from secondlook.survival.tied_times import tie_near_times
from secondlook.transitions.rows import read_rows

if TYPE_CHECKING:
    import pandas as pd


MOST_DEATHS = 20_000
"""The convolution of so many takes a second."""

Variant = Literal[
    "hypergeometric", "sum-of-squares", "whole-units", "whole-units-sum-of-squares", "exact"
]


@dataclass(frozen=True, eq=False)
class MantelByar:
    """A Mantel-Byar test.

    Attributes
    ----------
    statistic
        Chi-square on `df` degrees of freedom; for ``exact``, the deaths in the second state.
    df
        The rank of the variance: states less one, fewer if a state had nobody at risk at any
        death. Zero if no death happened while two states were occupied: then the data say
        nothing, and the statistic and p are NaN (for ``exact``, p is one).
    p_value
        Two-sided. For ``exact``, the probability of all numbers of deaths that are at most as
        probable as the observed one.
    law
        For ``exact``: a frame with `deaths` in the second state and `probability`. Else None.
    comparison, counts
        As arrays: observed and expected deaths with their covariance, and at risk and deaths by
        state at each event time.
    """

    statistic: float
    df: int
    p_value: float
    variant: Variant
    law: pd.DataFrame | None = field(repr=False)
    comparison: LogRank = field(repr=False)
    counts: EventCounts = field(repr=False)

    @property
    def observed(self) -> pd.Series[float]:
        """Deaths, by state."""
        return self._by_state(self.comparison.observed, "observed")

    @property
    def expected(self) -> pd.Series[float]:
        """Deaths expected if no state mattered, by state."""
        return self._by_state(self.comparison.expected, "expected")

    @property
    def variance(self) -> pd.DataFrame:
        """Hypergeometric covariance of observed - expected, states by states."""
        import pandas as pd

        states = list(self.counts.states)
        return pd.DataFrame(self.comparison.variance, index=states, columns=states)

    def _by_state(self, values: FloatArray, name: str) -> pd.Series[float]:
        import pandas as pd

        return pd.Series(values, index=list(self.counts.states), name=name)

    @property
    def table(self) -> pd.DataFrame:
        """A row an event time and state: stratum, time, state, at_risk, events, expected."""
        import pandas as pd

        counts, at_risk, events = self.counts, self.counts.at_risk, self.counts.events
        k, g = at_risk.shape
        rate = events.sum(axis=1) / at_risk.sum(axis=1)
        return pd.DataFrame(
            {
                "stratum": np.repeat(np.array(counts.strata, dtype=object)[counts.stratum], g),
                "time": np.repeat(counts.time, g),
                "state": np.tile(np.array(counts.states, dtype=object), k),
                "at_risk": at_risk.ravel(),
                "events": events.ravel(),
                "expected": (at_risk * rate[:, None]).ravel(),
            }
        )


def mantel_byar(
    frame: pd.DataFrame,
    *,
    strata: str | None = None,
    id: str | None = None,
    variant: Variant = "hypergeometric",
) -> MantelByar:
    r"""Compare survival in states that patients may change during follow-up.

    At each death, those at risk are counted in the state in which they are then. With
    :math:`d_t` deaths among :math:`n_t` at risk, :math:`n_{jt}` of them in state j, the deaths
    expected in state j are :math:`\sum_t d_t n_{jt} / n_t`.

    Parameters
    ----------
    frame
        Rows (start, stop] in one state, as `split_at_transition` makes them: any number of states,
        of changes, and returns to an earlier state.
    strata
        Column of strata: deaths are compared within each.
    id
        Column of the patient; if given, rows of one patient are checked against each other.
    variant
        - ``hypergeometric``: chi-square with the hypergeometric covariance, which is correct at
          tied deaths (Mantel & Byar 1974; the log-rank test when nobody changes state).
        - ``sum-of-squares``: the sum over states of (O-E)^2/E, which is conservative.
        - ``whole-units``: risk sets as in the R package EZR, whose correction for late entry cuts
          event times to whole units; hypergeometric variance. Explains p values printed from it.
          Refused where a risk set is empty, so that EZR prints no statistic either.
        - ``whole-units-sum-of-squares``: the same with the sum of squares (EZR's "Tominaga").
        - ``exact``: the law of the deaths in the second state given all risk sets, by convolution.

    References
    ----------
    Mantel & Byar (1974), J Am Stat Assoc 69, 81-86.
    Kanda (2013), Bone Marrow Transplant 48, 452-458 (EZR).

    Examples
    --------
    Three patients; the second changes state at 2 and dies at 5.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"start": [0, 0, 2, 0], "stop": [4, 2, 5, 6],
    ...                      "event": [1, 0, 1, 0], "state": ["a", "a", "b", "a"]})
    >>> test = mantel_byar(rows)
    >>> test.expected.round(4).to_dict()
    {'a': 1.1667, 'b': 0.8333}
    """
    variant = choice(variant, "variant", get_args(Variant))
    rows = read_rows(frame, strata=strata, id=id)
    labels = rows.state[1]
    if len(labels) < 2:
        raise ValueError(
            f"every row is in state {labels[0]!r}: there is no other state to compare it with"
        )
    if len(labels) > 2 and variant in ("exact", "whole-units", "whole-units-sum-of-squares"):
        raise ValueError(f"variant {variant!r} compares two states; there are {len(labels)}")
    if strata is not None and variant.startswith("whole-units"):
        raise ValueError(f"variant {variant!r} knows no strata")
    if variant.startswith("whole-units"):
        counts = count_in_whole_units(rows.start, rows.stop, rows.event, rows.state)
    elif rows.strata is None:
        counts = count_at_events(rows.start, rows.stop, rows.event, rows.state)
    else:
        counts = at_event_times(
            count_risk_sets(
                rows.stop, rows.event, start=rows.start, group=rows.state, strata=rows.strata
            )
        )
    return _test(counts, variant)


def _test(counts: EventCounts, variant: Variant) -> MantelByar:
    found = compare_counts(counts.at_risk, counts.events, counts.states)
    statistic, df, p_value, law = found.statistic, found.df, found.p_value, None
    if variant.endswith("sum-of-squares") and df:
        from scipy.special import chdtrc

        occupied = found.expected != 0
        excess = (found.observed - found.expected)[occupied]
        statistic = float(np.sum(excess**2 / found.expected[occupied]))
        p_value = float(chdtrc(df, statistic))
    elif variant == "exact":
        import pandas as pd

        least, probability = law_of_deaths(counts.at_risk, counts.events)
        deaths = least + np.arange(len(probability))
        law = pd.DataFrame({"deaths": deaths, "probability": probability})
        statistic, df = float(found.observed[1]), int(len(probability) > 1)
        # As R's mantelhaen.test: ties in probability are ties but for rounding.
        as_rare = probability <= probability[deaths == statistic] * (1 + 1e-7)
        p_value = min(1.0, float(probability[as_rare].sum()))
    return MantelByar(statistic, df, p_value, variant, law, found, counts)


@dataclass(frozen=True, eq=False)
class EventCounts:
    """At each of k event times, and of g states: at risk and deaths, shape (k, g).

    `stratum` is each time's index in `strata`.
    """

    time: FloatArray
    stratum: IntArray
    at_risk: IntArray
    events: IntArray
    states: tuple[Hashable, ...]
    strata: tuple[Hashable, ...] = (None,)


def at_event_times(sets: RiskSets) -> EventCounts:
    """Return the counts without the times at which nobody has the event."""
    died = sets.events.any(axis=1)
    return EventCounts(
        sets.time[died],
        sets.stratum[died],
        sets.at_risk[died],
        sets.events[died],
        sets.groups,
        sets.strata,
    )


def count_at_events(
    start: FloatArray, stop: FloatArray, event: BoolArray, state: Labels
) -> EventCounts:
    """Return the counts of one stratum: the numbers that ``count_risk_sets`` has at these times.

    Sorting plain numbers is several times faster than sorting them with what belongs to them. At
    risk in a state just before t are those who entered it before t, less those who left it before
    t; both numbers are positions of t in a sorted array.
    """
    codes, states = state
    stop, start = tie_near_times(stop, start)
    in_state = [codes == code for code in range(len(states))]
    entered = [np.sort(start[own]) for own in in_state]
    left = [np.sort(stop[own]) for own in in_state]
    died = [np.sort(stop[own & event]) for own in in_state]
    time = np.unique(np.concatenate(died))
    at_risk = np.empty((len(states), len(time)), dtype=np.int64)
    events = np.empty_like(at_risk)
    for code, deaths in enumerate(died):
        before = entered[code].searchsorted(time), left[code].searchsorted(time)
        np.subtract(*before, out=at_risk[code])
        events[code] = np.bincount(time.searchsorted(deaths), minlength=len(time))
    stratum = np.zeros(len(time), dtype=np.int64)
    # Transposed, the columns stay contiguous, which the sums over states like.
    return EventCounts(time, stratum, at_risk.T, events.T, states)


def law_of_deaths(at_risk: IntArray, events: IntArray) -> tuple[int, FloatArray]:
    """Return the least number of deaths in the second of two states, and the law from it upwards.

    At an event time with n at risk, n_2 of them in the second state, and d deaths, the deaths in
    the second state are hypergeometric given (n, n_2, d) if no state matters; their sum over event
    times has the convolution of these laws.

    References
    ----------
    Mehta, Patel & Gray (1985), J Am Stat Assoc 80, 969-973: the law of the sum over 2 x 2 tables
    is the convolution of theirs.
    """
    from secondlook.proportions.fisher import Hypergeometric

    if events.sum() > MOST_DEATHS:
        raise ValueError(
            f"{events.sum():,} deaths are more than the {MOST_DEATHS:,} of which the exact law is "
            "computed; use the variant 'hypergeometric', whose normal law then holds"
        )
    least, laws = 0, []
    for (n1, n2), d in zip(at_risk.tolist(), events.sum(axis=1).tolist(), strict=True):
        cell = Hypergeometric(n2, n1, d)
        least += int(cell.support[0])
        if len(cell.support) > 1:
            laws.append(cell.masses())
    return least, _convolve(laws)


def _convolve(laws: list[FloatArray]) -> FloatArray:
    """Return the convolution, pairwise: no term is negative, so that small tails keep digits."""
    if not laws:
        return np.ones(1)
    while len(laws) > 1:
        pairs = [np.convolve(a, b) for a, b in zip(laws[::2], laws[1::2], strict=False)]
        laws = pairs + ([laws[-1]] if len(laws) % 2 else [])
    return laws[0]


def count_in_whole_units(
    start: FloatArray, stop: FloatArray, event: BoolArray, state: Labels
) -> EventCounts:
    """Return who is at risk as the ``Mantel.Byar`` of the R menu package EZR (1.68) counts.

    It counts the later of two states as all of its rows that have not ended before t, less the rows
    of either state that begin at or after the whole part of t (for t < 1: after 0). A patient who
    entered the later state in the unit of time in which somebody dies is thereby left out of that
    risk set, and one who entered and left within the unit before t is taken off twice, so that the
    number may fall below zero. With times in whole days nothing changes; with times in months a
    printed p may. Rows of the earlier state are never corrected for late entry.
    """
    # EZR reads the times back from labels of 15 significant digits.
    labels = np.array([float(f"{t:.15g}") for t in stop.tolist()])
    time, row = np.unique(labels, return_inverse=True)
    codes, states = state
    cell = 2 * row + codes
    leaving = np.bincount(cell, minlength=2 * len(time)).reshape(-1, 2)
    events = np.bincount(cell[event], minlength=2 * len(time)).reshape(-1, 2)
    at_risk = leaving[::-1].cumsum(axis=0)[::-1].copy()
    begins, whole = np.sort(start), np.trunc(time)
    begun = np.searchsorted(begins, whole, side="left")
    begun[whole == 0] = np.searchsorted(begins, 0.0, side="right")
    at_risk[:, 1] -= len(begins) - begun
    empty = at_risk.sum(axis=1) <= 0
    if empty.any():
        raise ValueError(
            f"at time {time[empty][0]:g} nobody is left in the risk set of variant 'whole-units'; "
            "the package that it follows divides by zero or less there and prints nothing of use"
        )
    died = events.any(axis=1)
    stratum = np.zeros(int(died.sum()), dtype=np.int64)
    return EventCounts(time[died], stratum, at_risk[died], events[died], states)
