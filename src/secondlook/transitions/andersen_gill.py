"""The Andersen-Gill model: Cox regression on (start, stop] rows, with cluster-robust errors.

The likelihood is maximised here and not by statsmodels or lifelines: the first has no robust error
(NaN) as soon as a row covers no event time, the second has none for rows that change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

import numpy as np

from secondlook import inputs
from secondlook.inputs import FloatArray
from secondlook.survival.tied_times import tie_near_times
from secondlook.transitions.partial_likelihood import (
    Fit,
    Ties,
    maximise,
    risk_intervals,
    score_residuals,
)

if TYPE_CHECKING:
    import pandas as pd


NO_INFLUENCE = 1e-10
"""A robust error that is no more of the usual one."""


@dataclass(frozen=True, eq=False)
class CoxResult:
    """A fitted Cox model.

    Attributes
    ----------
    table
        Frame by covariate: `coefficient` (log hazard ratio), `hazard_ratio`, `std_error` (from
        the information), `robust_std_error` (only with clusters), `z`, `p_value`, `lower`,
        `upper` (limits of the hazard ratio). z, p and limits use the robust error if it is there.
    tests
        Frame by test (likelihood ratio, score, Wald) that all coefficients are zero: `statistic`,
        `df`, `p_value`. The Wald test is robust if there are clusters; the others never are.
    covariance
        Frame, covariates by covariates, of the coefficients; robust if there are clusters.
    log_likelihood, log_likelihood_at_zero
        The log partial likelihood at the maximum and without covariates.
    clusters
        How many; None if errors are not robust.
    """

    table: pd.DataFrame
    tests: pd.DataFrame = field(repr=False)
    covariance: pd.DataFrame = field(repr=False)
    log_likelihood: float
    log_likelihood_at_zero: float
    rows: int
    events: int
    clusters: int | None
    ties: Ties
    level: float


def andersen_gill(
    frame: pd.DataFrame,
    covariates: Sequence[str],
    *,
    strata: str | None = None,
    ties: Ties = "efron",
    cluster: str | None = None,
    level: float = 0.95,
) -> CoxResult:
    """Fit the Cox model to (start, stop] rows by maximum partial likelihood.

    Covariates may change from row to row of a patient, and a patient may have several events.
    Rows that cover no event time carry no information and change nothing, errors included. Refused
    are covariates that do not vary within any risk set or depend on each other, and a likelihood
    that rises forever because the events separate: a hazard ratio is then zero or infinite.

    Parameters
    ----------
    frame
        A row an interval with constant covariates: columns ``start``, ``stop``, ``event``.
    covariates
        Columns: numbers, booleans, or labels (coded against the first).
    strata
        Column of strata, each with its own baseline hazard.
    ties
        ``efron`` (R's default) or ``breslow`` (the default of SAS and of Stata).
    cluster
        Column of the patient: errors are then Lin and Wei's, summed within patients; they hold
        for several events a patient and for a misspecified model.
    level
        Level of confidence of the limits.

    References
    ----------
    Andersen & Gill (1982), Ann Stat 10, 1100-1120. Lin & Wei (1989), J Am Stat Assoc 84,
    1074-1078.
    """
    import pandas as pd
    from scipy.special import ndtr, ndtri

    ties = inputs.choice(ties, "ties", get_args(Ties))
    level = inputs.probability(level, "level")
    if isinstance(covariates, str):
        raise ValueError(f"covariates is {inputs.shown(covariates)}; give a list of columns: ['x']")
    wanted = inputs.column_names(covariates, "covariates")
    optional = [name for name in (strata, cluster) if name is not None]
    data = inputs.read_frame(frame, ["start", "stop", "event", *optional, *wanted])
    for name in wanted:
        inputs.refuse_two_roles(stop="stop", event="event", **{"a covariate": name})
    stops = inputs.check_times(inputs.column(data, "stop"), "stop")
    starts = inputs.check_entries(inputs.column(data, "start"), "start", stops, "stop")
    events = inputs.check_events(inputs.column(data, "event"), "event", stops, "stop")
    if not events.any():
        raise ValueError("no row has an event in column 'event': nothing to estimate")
    stratum = np.zeros(len(stops), dtype=np.int64)
    if strata is not None:
        stratum = inputs.check_labels(inputs.column(data, strata), strata, stops, "stop")[0]
    matrix, names = design_matrix(data, wanted, stops)
    stops, starts = tie_near_times(stops, starts)
    intervals = risk_intervals(matrix, starts, stops, events, stratum, ties)
    fit = maximise(intervals, names)
    from_information = np.asarray(np.linalg.inv(fit.at_maximum.information), dtype=np.float64)
    covariance, clusters = from_information, None
    if cluster is not None:
        codes, labels = inputs.check_labels(inputs.column(data, cluster), cluster, stops, "stop")
        clusters = len(labels)
        if clusters <= len(names):
            raise ValueError(
                f"column {cluster!r} has {clusters} labels; robust errors of {len(names)} "
                f"coefficients need more than {len(names)} clusters"
            )
        influence = np.zeros((clusters, len(names)))
        np.add.at(influence, codes, score_residuals(intervals, fit.beta) @ from_information)
        covariance = influence.T @ influence
        # Of rounding: each cluster's rows are balanced by its own.
        none = np.diag(covariance) < NO_INFLUENCE**2 * np.diag(from_information)
        if none.any():
            raise ValueError(
                f"no cluster of column {cluster!r} moves the coefficient of "
                f"{names[none.argmax()]!r}: it has no robust error; leave cluster out"
            )

    scale = intervals.scale
    columns = {"coefficient": fit.beta / scale}
    error = np.sqrt(np.diag(covariance))
    reach = ndtri((1 + level) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        columns["hazard_ratio"] = np.exp(columns["coefficient"])
        columns["std_error"] = np.sqrt(np.diag(from_information)) / scale
        if cluster is not None:
            columns["robust_std_error"] = error / scale
        columns["z"] = fit.beta / error
        columns["p_value"] = 2 * ndtr(-np.abs(columns["z"]))
        columns["lower"] = np.exp((fit.beta - reach) / scale)
        columns["upper"] = np.exp((fit.beta + reach) / scale)
        on_scale = covariance / scale / scale[:, None]
    return CoxResult(
        table=pd.DataFrame(columns, index=pd.Index(names, name="covariate")),
        tests=overall_tests(fit, covariance),
        covariance=pd.DataFrame(on_scale, index=names, columns=names),
        log_likelihood=fit.at_maximum.log_likelihood,
        log_likelihood_at_zero=fit.at_zero.log_likelihood,
        rows=len(stops),
        events=int(events.sum()),
        clusters=clusters,
        ties=ties,
        level=level,
    )


def overall_tests(fit: Fit, covariance: FloatArray) -> pd.DataFrame:
    """Return three tests that all coefficients are zero, on the standardised scale."""
    import pandas as pd
    from scipy.special import chdtrc

    zero = fit.at_zero
    statistics = {
        "likelihood ratio": 2 * (fit.at_maximum.log_likelihood - zero.log_likelihood),
        "score": float(zero.score @ np.linalg.solve(zero.information, zero.score)),
        "Wald": float(fit.beta @ np.linalg.pinv(covariance, hermitian=True) @ fit.beta),
    }
    df = len(fit.beta)
    return pd.DataFrame(
        {
            "statistic": list(statistics.values()),
            "df": df,
            "p_value": [float(chdtrc(df, value)) for value in statistics.values()],
        },
        index=pd.Index(list(statistics), name="test"),
    )


def design_matrix(
    frame: pd.DataFrame, covariates: Sequence[str], stops: FloatArray
) -> tuple[FloatArray, list[str]]:
    """Return the covariates as numbers, shape (n, p), and their p names.

    Numbers and booleans stay as they are; a column of labels (text or categorical) becomes an
    indicator ``column[label]`` for each label but the first.
    """
    columns: list[FloatArray] = []
    names: list[str] = []
    for name in covariates:
        values = inputs.column(frame, name)
        entries = inputs.array(values, name)
        kinds = {type(entry) for entry in entries} if entries.dtype.kind == "O" else set[type]()
        if not (any(issubclass(kind, str) for kind in kinds) or inputs.is_categorical(values)):
            truths = entries.dtype.kind == "b" or (len(kinds) > 0 and kinds <= {bool, np.bool_})
            columns.append(entries.astype(np.float64) if truths else inputs.numbers(entries, name))
            names.append(name)
            continue
        codes, labels = inputs.check_labels(values, name, stops, "stop")
        if len(labels) == 1:
            # As R refuses it; statsmodels drops the column and says nothing.
            raise ValueError(
                f"{name} has one label only ({labels[0]!r}): there is nothing to estimate of it; "
                "leave it out"
            )
        for code, label in list(enumerate(labels))[1:]:
            columns.append((codes == code).astype(np.float64))
            names.append(f"{name}[{label}]")
    return np.column_stack(columns), names
