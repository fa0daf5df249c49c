"""The Andersen-Gill model: Cox regression on (start, stop] rows, with cluster-robust errors.

The likelihood is maximised here and not by statsmodels or lifelines: the first has no robust error
(NaN) as soon as a row covers no event time, the second has none for rows that change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from secondlook.inputs import (
    BoolArray,
    FloatArray,
    check_entries,
    check_events,
    check_labels,
    check_times,
    name_positions,
)
from secondlook.survival.tied_times import tie_near_times
from secondlook.transitions.partial_likelihood import (
    Fit,
    Ties,
    maximise,
    risk_intervals,
    score_residuals,
)
from secondlook.transitions.rows import require_columns

if TYPE_CHECKING:
    import pandas as pd


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
    rows, events, clusters
        Counts; `clusters` is None if errors are not robust.
    ties, level
        As asked for.
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
    start: str = "start",
    stop: str = "stop",
    event: str = "event",
    strata: str | None = None,
    ties: Ties = "efron",
    cluster: str | None = None,
    level: float = 0.95,
) -> CoxResult:
    """Fit the Cox model to (start, stop] rows by maximum partial likelihood.

    Covariates may change from row to row of a patient, and a patient may have several events.
    Rows that cover no event time carry no information and change nothing, errors included.

    Parameters
    ----------
    frame
        A row an interval (start, stop] with constant covariates.
    covariates
        Columns: numbers, booleans, or labels (coded against the first).
    start, stop, event
        Names of columns: when the row begins and ends, whether it ends with an event.
    strata
        Column of strata, each with its own baseline hazard.
    ties
        ``efron`` (R's default) or ``breslow`` (the default of SAS and of Stata).
    cluster
        Column of the patient: errors are then Lin and Wei's, summed within patients; they hold
        for several events a patient and for a misspecified model.
    level
        Level of confidence of the limits.

    Returns
    -------
    CoxResult

    Raises
    ------
    ValueError
        If no row has an event; if a column or row is wrong (positions from 0); if covariates do
        not vary within any risk set or depend on each other; or if the likelihood rises forever
        because the events separate, so that a hazard ratio is zero or infinite.

    References
    ----------
    Andersen & Gill (1982), Ann Stat 10, 1100-1120. Lin & Wei (1989), J Am Stat Assoc 84,
    1074-1078.
    """
    if ties not in ("efron", "breslow"):
        raise ValueError(f"ties must be 'efron' or 'breslow', not {ties!r}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    names_used = [start, stop, event, *(c for c in (strata, cluster) if c is not None)]
    require_columns(frame, names_used)
    stops = check_times(frame[stop], stop)
    starts = check_entries(frame[start], start, stops, stop)
    events = check_events(frame[event], event, stops, stop)
    if not events.any():
        raise ValueError(f"no row has an event in column {event!r}: nothing to estimate")
    stratum = np.zeros(len(stops), dtype=np.int64)
    if strata is not None:
        stratum = check_labels(frame[strata], strata, stops, stop)[0]
    matrix, names = design_matrix(frame, covariates)
    stops, tied_starts = tie_near_times(stops, starts)
    centred = matrix - matrix.mean(axis=0)
    data = risk_intervals(
        centred, starts if tied_starts is None else tied_starts, stops, events, stratum, ties
    )
    fit = maximise(data, names)
    from_information = np.asarray(np.linalg.inv(fit.at_maximum.information), dtype=np.float64)
    robust: FloatArray | None = None
    clusters = None
    if cluster is not None:
        codes, labels = check_labels(frame[cluster], cluster, stops, stop)
        clusters = len(labels)
        influence = np.zeros((clusters, len(names)))
        np.add.at(influence, codes, score_residuals(data, fit.beta) @ from_information)
        robust = influence.T @ influence
    covariance = from_information if robust is None else robust
    import pandas as pd

    return CoxResult(
        table=coefficient_table(names, fit, from_information, robust, level),
        tests=overall_tests(fit, covariance),
        covariance=pd.DataFrame(covariance, index=names, columns=names),
        log_likelihood=fit.at_maximum.log_likelihood,
        log_likelihood_at_zero=fit.at_zero.log_likelihood,
        rows=len(stops),
        events=int(events.sum()),
        clusters=clusters,
        ties=ties,
        level=level,
    )


def coefficient_table(
    names: list[str],
    fit: Fit,
    information_covariance: FloatArray,
    robust_covariance: FloatArray | None,
    level: float,
) -> pd.DataFrame:
    """Return a row a covariate, as ``CoxResult.table`` describes it."""
    import pandas as pd
    from scipy.special import ndtr, ndtri

    columns = {
        "coefficient": fit.beta,
        "hazard_ratio": np.exp(fit.beta),
        "std_error": np.sqrt(np.diag(information_covariance)),
    }
    error = columns["std_error"]
    if robust_covariance is not None:
        error = columns["robust_std_error"] = np.sqrt(np.diag(robust_covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        columns["z"] = fit.beta / error
    reach = ndtri((1 + level) / 2) * error
    columns["p_value"] = 2 * ndtr(-np.abs(columns["z"]))
    columns["lower"] = np.exp(fit.beta - reach)
    columns["upper"] = np.exp(fit.beta + reach)
    return pd.DataFrame(columns, index=pd.Index(names, name="covariate"))


def overall_tests(fit: Fit, covariance: FloatArray) -> pd.DataFrame:
    """Test that all coefficients are zero, in three ways."""
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


def design_matrix(frame: pd.DataFrame, covariates: Sequence[str]) -> tuple[FloatArray, list[str]]:
    """Return the covariates as numbers, shape (n, p), and their p names.

    Numbers and booleans stay as they are; a column of labels (text or categorical) becomes an
    indicator ``column[label]`` for each label but the first.

    Raises
    ------
    ValueError
        If a column is missing; naming positions (from 0), if a value is missing or infinite.
    """
    import pandas as pd

    if isinstance(covariates, str) or not len(covariates):
        raise ValueError("covariates must be a list of at least one column name")
    require_columns(frame, list(covariates))
    columns: list[FloatArray] = []
    names: list[str] = []
    for name in covariates:
        column = frame[name]
        missing = column.isna().to_numpy(dtype=bool)
        if missing.any():
            raise ValueError(f"{name} is missing at {name_positions(missing)}")
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            columns.append(column.to_numpy(dtype=float))
            names.append(name)
            continue
        labels = column.astype("category").cat.remove_unused_categories()
        for label in labels.cat.categories[1:]:
            columns.append((labels == label).to_numpy(dtype=float))
            names.append(f"{name}[{label}]")
    matrix = np.column_stack(columns) if columns else np.empty((len(frame), 0))
    if not columns:
        raise ValueError(f"{', '.join(covariates)} has one label only: nothing to estimate")
    infinite: BoolArray = np.asarray(np.isinf(matrix).any(axis=1))
    if infinite.any():
        raise ValueError(f"a covariate is infinite at {name_positions(infinite)}")
    return matrix, names
