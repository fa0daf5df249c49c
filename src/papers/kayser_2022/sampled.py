"""Sets with transplantations picked at random: how often the printed P comes out, and where.

Shares of sampled sets depend on how they are drawn; they describe that and are no probabilities
about the paper's patients. ``data/kayser-2022/make/constructed.py`` draws them.
"""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022.data import KEY
from secondlook import printed
from secondlook.claims import printed_text
from secondlook.data import load

__all__ = ["by_direction", "ranges", "stored"]


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
