"""The Mantel-Byar test: the log-rank test on states that patients may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from secondlook.log_rank import compare_risk_sets
from secondlook.risksets import RiskSets, count_risk_sets
from secondlook.transitions.counting_process import Rows, read_rows
from secondlook.transitions.law_of_deaths import law_of_deaths
from secondlook.transitions.whole_units import whole_unit_sets

if TYPE_CHECKING:
    import pandas as pd

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
    observed, expected
        Series by state: deaths, and deaths expected if no state mattered.
    variance
        Frame, states by states: the hypergeometric covariance of observed - expected.
    variant
        The name of the variant.
    law
        For ``exact``: a frame with `deaths` in the second state and `probability`. Else None.
    risk_sets
        The risk sets that were compared, at every exit time.
    """

    statistic: float
    df: int
    p_value: float
    observed: pd.Series[float]
    expected: pd.Series[float]
    variance: pd.DataFrame
    variant: Variant
    law: pd.DataFrame | None = field(repr=False)
    risk_sets: RiskSets = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """A row an event time and state: stratum, time, state, at_risk, events, expected."""
        import pandas as pd

        sets, died = self.risk_sets, self.risk_sets.events.any(axis=1)
        at_risk, events = sets.at_risk[died], sets.events[died]
        k, g = at_risk.shape
        rate = events.sum(axis=1) / at_risk.sum(axis=1)
        return pd.DataFrame(
            {
                "stratum": np.repeat(np.array(sets.strata, dtype=object)[sets.stratum[died]], g),
                "time": np.repeat(sets.time[died], g),
                "state": np.tile(np.array(sets.groups, dtype=object), k),
                "at_risk": at_risk.ravel(),
                "events": events.ravel(),
                "expected": (at_risk * rate[:, None]).ravel(),
            }
        )


def mantel_byar(
    frame: pd.DataFrame,
    *,
    start: str = "start",
    stop: str = "stop",
    event: str = "event",
    state: str = "state",
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
        A row an interval (start, stop] in one state; :func:`split_at_transition` makes it.
    start, stop, event, state
        Names of columns: when the row begins and ends, whether it ends with the event (boolean or
        0/1), and the state. Any number of states, of changes, and returns to an earlier state.
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
        - ``whole-units-sum-of-squares``: the same with the sum of squares (EZR's "Tominaga").
        - ``exact``: the law of the deaths in the second state given all risk sets, by convolution.

    Returns
    -------
    MantelByar

    Raises
    ------
    ValueError
        If there is only one state; if a column or row is wrong (with positions from 0); if a
        variant for two states without strata gets more; or if a risk set of ``whole-units`` is
        empty, so that EZR prints no statistic either.

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
    if variant not in get_args(Variant):
        raise ValueError(f"variant {variant!r} is not one of {', '.join(get_args(Variant))}")
    rows = read_rows(frame, start=start, stop=stop, event=event, state=state, strata=strata, id=id)
    labels = rows.state[1]
    if len(labels) < 2:
        raise ValueError(
            f"every row is in state {labels[0]!r}: there is no other state to compare it with"
        )
    if len(labels) > 2 and variant in ("exact", "whole-units", "whole-units-sum-of-squares"):
        raise ValueError(f"variant {variant!r} compares two states; there are {len(labels)}")
    if strata is not None and variant.startswith("whole-units"):
        raise ValueError(f"variant {variant!r} knows no strata")
    sets = _whole_unit_sets(rows) if variant.startswith("whole-units") else _sets(rows)
    return _test(sets, variant)


def _sets(rows: Rows) -> RiskSets:
    return count_risk_sets(
        rows.stop, rows.event, start=rows.start, group=rows.state, strata=rows.strata
    )


def _whole_unit_sets(rows: Rows) -> RiskSets:
    return whole_unit_sets(rows.start, rows.stop, rows.event, rows.state)


def _test(sets: RiskSets, variant: Variant) -> MantelByar:
    import pandas as pd

    found = compare_risk_sets(sets)
    statistic, df, p_value, law = found.statistic, found.df, found.p_value, None
    if variant.endswith("sum-of-squares") and df:
        from scipy.special import chdtrc

        occupied = found.expected != 0
        excess = (found.observed - found.expected)[occupied]
        statistic = float(np.sum(excess**2 / found.expected[occupied]))
        p_value = float(chdtrc(df, statistic))
    elif variant == "exact":
        least, probability = law_of_deaths(sets.at_risk, sets.events)
        deaths = least + np.arange(len(probability))
        law = pd.DataFrame({"deaths": deaths, "probability": probability})
        statistic, df = float(found.observed[1]), int(len(probability) > 1)
        # As R's mantelhaen.test: ties in probability are ties but for rounding.
        as_rare = probability <= probability[deaths == statistic] * (1 + 1e-7)
        p_value = min(1.0, float(probability[as_rare].sum()))
    states = list(sets.groups)
    return MantelByar(
        statistic=statistic,
        df=df,
        p_value=p_value,
        observed=pd.Series(found.observed, index=states, name="observed"),
        expected=pd.Series(found.expected, index=states, name="expected"),
        variance=pd.DataFrame(found.variance, index=states, columns=states),
        variant=variant,
        law=law,
        risk_sets=sets,
    )
