"""The Stanford heart transplants: what no declared derivation gives.

The published models are those of Kalbfleisch & Prentice (1980), p. 139, as the R package survival
refits them; each is fitted here anew to the 103 candidates.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from secondlook import data
from secondlook.claims import Derived, Result
from secondlook.claims.cells import slug
from secondlook.transitions import andersen_gill, split_at_transition

KEY = "crowley-1977"
STATES = ("Waiting", "Transplanted")
# Who died on the day of acceptance is followed for half a day, who received the heart that day is
# transplanted from the start, who died on the day of the transplant died transplanted: with these
# rules the rows are those that R's survival distributes as jasa1.
RULES = {"no-follow-up": "shift", "day-zero": "from-start", "at-end": "shift"}


@cache
def rows() -> pd.DataFrame:
    """Return the candidates' (start, stop] rows by state, in days since acceptance."""
    table = data.load(KEY, "patients")
    since = (pd.to_datetime(table["accepted"]) - pd.Timestamp("1967-10-01")).dt.days
    return split_at_transition(
        table.assign(age=table["age"] - 48, year=since / 365.25),
        duration="days",
        event="died",
        transition_time="wait",
        id="patient",
        states=STATES,
        rules=RULES,
    )


def number_of_rows() -> Result:
    """Count the rows by state: one a candidate, and one more for each transplant."""
    return Derived(len(rows()), "rows of the candidates, split at the transplant")


def models() -> dict[str, Result]:
    """Fit the six published Cox models; return coefficients and standard errors by address."""
    frame = rows()
    transplant = (frame["state"] == STATES[1]).astype(float)
    frame = frame.assign(
        transplant=transplant,
        **{f"{x}:transplant": frame[x] * transplant for x in ("age", "surgery", "year")},
    )
    found: dict[str, Result] = {}
    for model, printed in data.load(KEY, "models").groupby("model"):
        covariates = list(printed["covariate"])
        table = andersen_gill(frame, covariates, ties="breslow", cluster="patient").table
        how = f"{model} fitted to {len(frame)} rows, Breslow's method for ties"
        for name, row in zip(covariates, table.to_dict("records"), strict=True):
            at = f"models/{slug(str(model))}/{slug(name)}"
            found[f"{at}/coefficient"] = Derived(row["coefficient"], how)
            found[f"{at}/std-error"] = Derived(row["std_error"], how)
    return found
