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

__all__ = ["by_direction", "stored"]


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
        fewer (deaths after transplantation than expected), sets, prints (the paper's P), and
        least_died, most_died (after transplantation, among those that print it).
    """
    sets = stored()
    printing = sets[sets["prints"]].groupby("fewer")["observed"].agg(["min", "max"])
    counted = sets.groupby("fewer")["prints"].agg(["size", "sum"]).join(printing)
    counted.columns = pd.Index(["sets", "prints", "least_died", "most_died"])
    return counted.reset_index().sort_values("fewer", ascending=False, ignore_index=True)
