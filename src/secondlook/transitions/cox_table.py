"""What a Cox model's coefficients say: errors, limits, tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from secondlook.observations import FloatArray
from secondlook.transitions.newton import Fit

if TYPE_CHECKING:
    import pandas as pd


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
