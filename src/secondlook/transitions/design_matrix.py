"""Covariates as numbers: columns as they are, labels as indicators against the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from secondlook.observations import BoolArray, FloatArray, name_positions
from secondlook.transitions.counting_process import require_columns

if TYPE_CHECKING:
    import pandas as pd


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
