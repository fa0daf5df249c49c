"""Ten patients, some of whom change state, on whom programs disagree."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from secondlook.transitions import (
    andersen_gill,
    mantel_byar,
    simon_makuch,
    split_at_transition,
)

if TYPE_CHECKING:
    import pandas as pd

MONTHS = (2.5, 3.5, 4.0, 5.7, 6.0, 7.2, 8.0, 8.5, 9.4, 12.0)
DIED = (1, 1, 1, 1, 0, 1, 1, 0, 1, 0)
CHANGED = (None, None, None, 5.2, 3.1, 3.3, None, 4.0, 7.1, 6.0)

EZR_VERSION = "1.68"
"""The version of RcmdrPlugin.EZR that was read and whose printed values were recorded."""

VARIANTS = (
    "hypergeometric",
    "sum-of-squares",
    "whole-units",
    "whole-units-sum-of-squares",
    "exact",
)


def patients() -> pd.DataFrame:
    """Return the ten patients, a row each."""
    import pandas as pd

    return pd.DataFrame({"months": MONTHS, "died": DIED, "changed": CHANGED})


def rows() -> pd.DataFrame:
    """Return their (start, stop] rows; states 0 before the change and 1 after it."""
    return split_at_transition(
        patients(), duration="months", event="died", transition_time="changed", id=None
    )


def variants() -> pd.DataFrame:
    """Return each variant of the Mantel-Byar test on the ten patients, as text."""
    import pandas as pd

    found = []
    for name in VARIANTS:
        test = mantel_byar(rows(), variant=name)  # type: ignore[arg-type]
        before, after = test.expected
        found.append(
            {
                "variant": name,
                "before": f"{before:.2f}",
                "after": f"{after:.2f}",
                "chi-square": f"{test.statistic:.3f}" if name != "exact" else "–",
                "P": f"{test.p_value:.3f}",
            }
        )
    return pd.DataFrame(found)


def left_out_by_whole_units() -> pd.DataFrame:
    """Return the event times at which the two ways of counting disagree."""
    import pandas as pd

    correct = mantel_byar(rows()).table
    whole = mantel_byar(rows(), variant="whole-units").table
    both = pd.DataFrame(
        {
            "months": [f"{t:g}" for t in correct["time"]],
            "state": ["after" if s else "before" for s in correct["state"]],
            "at risk": correct["at_risk"],
            "whole units": whole["at_risk"],
        }
    )
    return both[correct["at_risk"] != whole["at_risk"]]


def numbers_at_ticks(ticks: tuple[float, ...] = (0.0, 2.0, 4.0, 6.0, 8.0)) -> pd.DataFrame:
    """Return the numbers in each state at ticks, ours and with both ends counted in."""
    import pandas as pd

    split = rows()
    curves = simon_makuch(split)
    before, after = (curves[state].at(ticks)["at_risk"] for state in (0, 1))
    both_ends = [
        [int(((part["start"] <= t) & (t <= part["stop"])).sum()) for t in ticks]
        for _, part in split.groupby("state", observed=True)
    ]
    followed = [int((patients()["months"] >= t).sum()) for t in ticks]
    return pd.DataFrame(
        {
            "months": [f"{t:g}" for t in ticks],
            "followed": followed,
            "before": before,
            "after": after,
            "before (EZR)": both_ends[0],
            "after (EZR)": both_ends[1],
        }
    )


ROBUST = {
    "id": (1, 1, 2, 2, 3, 4, 4, 5, 6, 7),
    "start": (0.0, 3.0, 0.0, 5.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0),
    "stop": (3.0, 8.0, 5.0, 9.0, 4.0, 2.0, 2.5, 7.0, 10.0, 6.0),
    "event": (0, 1, 0, 1, 1, 0, 0, 1, 0, 0),
    "treated": (0, 1, 0, 1, 0, 0, 1, 0, 0, 0),
}
"""Ten rows of seven patients; patient 4 is gone before the first death."""


def robust_errors() -> pd.DataFrame:
    """Return coefficient, error and robust error of one model by the programs that are here."""
    import pandas as pd
    from lifelines import CoxTimeVaryingFitter
    from statsmodels.duration.hazard_regression import PHReg

    data = pd.DataFrame(ROBUST)
    ours = andersen_gill(data, ["treated"], cluster="id").table.loc["treated"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = PHReg(
            data["stop"], data[["treated"]], status=data["event"], entry=data["start"], ties="efron"
        )
        plain, clustered = model.fit(), model.fit(groups=data["id"].to_numpy())
        fitter = CoxTimeVaryingFitter().fit(
            data, id_col="id", start_col="start", stop_col="stop", event_col="event"
        )
    lifelines_row = fitter.summary.loc["treated"]
    robust = float(clustered.bse[0])
    return pd.DataFrame(
        [
            {
                "program": "ours (and R's coxph)",
                "coefficient": f"{ours['coefficient']:.4f}",
                "error": f"{ours['std_error']:.4f}",
                "robust error": f"{ours['robust_std_error']:.4f}",
            },
            {
                "program": "statsmodels PHReg",
                "coefficient": f"{plain.params[0]:.4f}",
                "error": f"{plain.bse[0]:.4f}",
                "robust error": "NaN" if np.isnan(robust) else f"{robust:.4f}",
            },
            {
                "program": "lifelines CoxTimeVaryingFitter",
                "coefficient": f"{lifelines_row['coef']:.4f}",
                "error": f"{lifelines_row['se(coef)']:.4f}",
                "robust error": "not offered",
            },
        ]
    )


TIED = {
    "start": (0.0, 0.0, 2.0, 0.0, 0.0, 3.0, 0.0, 0.0, 4.0, 0.0),
    "stop": (4.0, 2.0, 4.0, 4.0, 3.0, 6.0, 6.0, 4.0, 9.0, 9.0),
    "event": (1, 0, 1, 1, 0, 1, 1, 0, 1, 0),
    "treated": (0, 0, 1, 0, 0, 1, 0, 0, 1, 0),
}
"""Ten rows of seven patients; three die at 4 months and two at 6."""


def ties() -> pd.DataFrame:
    """Return one model by both ways of treating tied deaths."""
    import pandas as pd

    data = pd.DataFrame(TIED)
    users = {
        "efron": "R and lifelines by default",
        "breslow": "SAS, Stata and statsmodels by default",
    }
    found = []
    for method, who in users.items():
        row = andersen_gill(data, ["treated"], ties=method).table.loc["treated"]  # type: ignore[arg-type]
        found.append(
            {
                "ties": method,
                "hazard ratio": f"{row['hazard_ratio']:.3f}",
                "limits": f"{row['lower']:.3f} to {row['upper']:.3f}",
                "used by": who,
            }
        )
    return pd.DataFrame(found)
