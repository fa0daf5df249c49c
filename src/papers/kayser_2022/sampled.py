"""Transplantations laid at random over drawn cohorts: how often the printed P comes out, and where.

Shares of sampled sets depend on the law that they are drawn from (pairs of orders equally likely,
courses and transplantations uniform within their bounds); they describe that law and are no
probabilities about the paper's patients.

``python -m papers.kayser_2022.sampled`` draws the sets, in some minutes, and writes
``data/kayser-2022/sampled.csv``, which the report shows and a test recomputes in part.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from papers.claim_texts import printed_text
from papers.kayser_2022 import cohorts, constructed
from papers.kayser_2022.courses import tell
from papers.kayser_2022.data import KEY
from papers.kayser_2022.transplants import frame, lay_transplants, score
from secondlook import printed
from secondlook.data import folder, load

__all__ = ["by_direction", "draw", "from_cohort", "ranges", "stored"]

SEED = 20220210
COHORTS, EACH = 100, 200


def draw(number: int = COHORTS) -> pd.DataFrame:
    """Draw cohorts, and lay transplantations over each at random; the columns of `from_cohort`."""
    import joblib

    parts: list[pd.DataFrame] = joblib.Parallel(n_jobs=-1)(
        joblib.delayed(from_cohort)(cohort) for cohort in range(1, number + 1)
    )
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def from_cohort(number: int, each: int = EACH) -> pd.DataFrame:
    """Draw one cohort and lay transplantations over it at random.

    Parameters
    ----------
    number
        Which cohort; each has random numbers of its own.
    each
        How often to try to give out courses and lay transplantations.

    Returns
    -------
    DataFrame
        A row a set: cohort, observed, expected (deaths after transplantation), p (Mantel-Byar),
        hazard_ratio (Cox, transplantation as a change of state). No rows if nobody finds room.
    """
    rng = np.random.default_rng([SEED, number])
    (cohort,) = cohorts.drawn(1, rng)
    rows = []
    for _ in range(each):
        courses = tell(cohort, rng)
        laid = None if courses is None else lay_transplants(courses, rng)
        if courses is None or laid is None:
            continue
        found = score(laid)
        rows.append(
            {
                "cohort": number,
                "observed": int(found.observed),
                "expected": round(found.expected, 3),
                "p": round(math.erfc(abs(found.z) / math.sqrt(2)), 5),
                "hazard_ratio": round(constructed.hazard_ratio(frame(courses, laid)), 3),
            }
        )
    columns = ["cohort", "observed", "expected", "p", "hazard_ratio"]
    return pd.DataFrame(rows, columns=columns)


def stored() -> pd.DataFrame:
    """Return the sets as stored, with two columns more: prints (the paper's P) and fewer deaths."""
    sets = load(KEY, "sampled")
    text = printed_text(KEY, "res-mb-p")
    return sets.assign(
        prints=[printed.verdict(text, p) == "reproduced" for p in sets["p"].tolist()],
        fewer=sets["observed"] < sets["expected"],
    )


def by_direction() -> pd.DataFrame:
    """Count the sets by direction.

    Returns
    -------
    DataFrame
        fewer (deaths after transplantation than expected), sets, share (of all), prints (the
        paper's P), printing (their share of all), least_died, most_died (after transplantation,
        among those that print it).
    """
    sets = stored()
    rows = []
    for fewer, group in sets.groupby("fewer", sort=False):
        those = group[group["prints"]]
        rows.append(
            {
                "fewer": bool(fewer),
                "sets": len(group),
                "share": len(group) / len(sets),
                "prints": len(those),
                "printing": len(those) / len(sets),
                "least_died": those["observed"].min(),
                "most_died": those["observed"].max(),
            }
        )
    return pd.DataFrame(rows).sort_values("fewer", ascending=False, ignore_index=True)


def ranges() -> pd.DataFrame:
    """Return the least and greatest P and hazard ratio, by direction, and over all sets."""
    sets = stored()
    parts = {"fewer deaths": sets[sets["fewer"]], "more deaths": sets[~sets["fewer"]], "all": sets}
    return pd.DataFrame(
        [
            {
                "sets": name,
                "least_p": part["p"].min(),
                "greatest_p": part["p"].max(),
                "least_hazard_ratio": part["hazard_ratio"].min(),
                "greatest_hazard_ratio": part["hazard_ratio"].max(),
            }
            for name, part in parts.items()
        ]
    )


if __name__ == "__main__":
    draw().to_csv(folder(KEY) / "sampled.csv", index=False, lineterminator="\n")
