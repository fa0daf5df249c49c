"""The tidy frame behind a forest plot: studies, pooled rows and prediction rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from secondlook.pooling import PooledProportion, pool
from secondlook.pooling.pooled import ModelName
from secondlook.proportions import interval
from secondlook.proportions.intervals import Method

COLUMNS = ["row", "kind", "group", "label", "count", "n", "estimate", "lower", "upper", "text"]
POOLED, PREDICTION = "Pooled", "Prediction"


def forest_frame(
    studies: pd.DataFrame,
    *,
    method: Method = "clopper-pearson",
    model: ModelName = "binomial-normal",
    level: float = 0.95,
    least: int = 3,
) -> pd.DataFrame:
    """Make the tidy frame that a forest plot draws, and that a table can show.

    Parameters
    ----------
    studies
        One row a study: ``study`` (text), ``count`` and ``n`` (whole numbers)
        and, if studies are to be shown and pooled by group, ``group``. Groups
        and studies keep their order.
    method
        The studies' interval, as for `proportions.interval`.
    model
        The pooling model, as for `pooling.pool`.
    level
        Of all intervals.
    least
        The fewest studies that are pooled; smaller groups are shown only. At
        least 2; a very large number pools nothing.

    Returns
    -------
    DataFrame
        One row a line of the plot, from the top: ``row``; ``kind``
        (``heading``, ``study``, ``pooled``, ``prediction``); ``group``;
        ``label``; ``count``, ``n`` (missing for headings; totals for pooled
        rows); ``estimate``, ``lower``, ``upper`` in percent (a prediction has
        no estimate); ``text``, the numbers as printed in the plot.

    Raises
    ------
    ValueError
        If a column is missing or there is no study; naming the study, if its
        numbers are no count of n.

    Notes
    -----
    A group in which all patients or none had the event is shown and not
    pooled, since no random-effects model can be fitted to it.
    """
    missing = [name for name in ("study", "count", "n") if name not in studies.columns]
    if missing:
        raise ValueError(f"The studies lack the columns {missing}; they have {list(studies)}.")
    if studies.empty:
        raise ValueError("There is no study to show.")
    grouped = "group" in studies.columns
    rows: list[dict[str, Any]] = []
    names = studies["group"].drop_duplicates().tolist() if grouped else [""]
    for name in names:
        members = studies.loc[studies["group"] == name] if grouped else studies
        if grouped:
            rows.append({"kind": "heading", "group": name, "label": str(name), "text": ""})
        rows.extend(_study_row(study, name, method, level) for study in members.to_dict("records"))
        rows.extend(_pooled_rows(members, name, model, level, least))
    frame = pd.DataFrame(rows).assign(row=range(len(rows))).reindex(columns=COLUMNS)
    return frame.astype({"count": "Int64", "n": "Int64"})


def _study_row(study: dict[Any, Any], group: str, method: Method, level: float) -> dict[str, Any]:
    try:
        found = interval(study["count"], study["n"], method=method, level=level)
    except ValueError as error:
        raise ValueError(f"Study {study['study']!r}: {error}") from None
    return {
        "kind": "study",
        "group": group,
        "label": f"{study['study']}  {found.count}/{found.n}",
        "count": found.count,
        "n": found.n,
        **_percents(found.estimate, found.lower, found.upper),
    }


def _pooled_rows(
    members: pd.DataFrame, group: str, model: ModelName, level: float, least: int
) -> list[dict[str, Any]]:
    events, patients = int(members["count"].sum()), int(members["n"].sum())
    if len(members) < max(2, least) or events in (0, patients):
        return []
    found: PooledProportion = pool(members["count"], members["n"], model=model, level=level)
    pooled = {
        "kind": "pooled",
        "group": group,
        "label": f"{POOLED}, {found.studies} studies",
        "count": events,
        "n": patients,
        **_percents(found.estimate, found.lower, found.upper),
    }
    prediction = {
        "kind": "prediction",
        "group": group,
        "label": "Where a new study may lie",
        **_percents(np.nan, found.prediction_lower, found.prediction_upper),
    }
    return [pooled, prediction]


def _percents(estimate: float, lower: float, upper: float) -> dict[str, Any]:
    limits = f"{100 * lower:.0f} to {100 * upper:.0f}"
    return {
        "estimate": 100 * estimate,
        "lower": 100 * lower,
        "upper": 100 * upper,
        "text": limits if np.isnan(estimate) else f"{100 * estimate:.0f}% ({limits})",
    }
