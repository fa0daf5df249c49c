"""Response and VOD of the studies, by drug and by transplantation.

A study enters once. Where one report holds the patients of another, only the larger is pooled, and
counts of fatal VOD alone are not pooled with counts of all VOD.
"""

from __future__ import annotations

import pandas as pd

from papers.synthesis.evidence import studies
from secondlook.figures import forest_frame
from secondlook.pooling import PooledProportion, pool
from secondlook.pooling.pooled import ModelName

DISEASES = {"GO": "Gemtuzumab, R/R AML", "INO": "Inotuzumab, R/R ALL"}
FATAL_ONLY = "fatal only"
GROUPS = (
    "GO, no SCT or not said",
    "GO, then SCT",
    "INO, before or without SCT",
    "INO, then SCT",
    "No conjugate, SCT",
)
LEAST = 3


def response_studies() -> pd.DataFrame:
    """Return the studies whose response is pooled: group, study, count, n."""
    frame = studies()
    kept = frame[frame["pool_response"] == "yes"]
    return pd.DataFrame(
        {
            "group": kept["drug"].map(DISEASES),
            "study": kept["study"],
            "count": kept["response_count"].astype(int),
            "n": kept["response_n"].astype(int),
        }
    ).reset_index(drop=True)


def vod_studies() -> pd.DataFrame:
    """Return the studies whose VOD is shown: group, study, count, n."""
    frame = studies()
    fatal = frame["vod_when"].fillna("").str.contains(FATAL_ONLY)
    kept = frame[frame["pool_vod"].notna() & ~fatal].sort_values(
        "pool_vod", kind="stable", key=lambda groups: groups.map(GROUPS.index)
    )
    return pd.DataFrame(
        {
            "group": kept["pool_vod"],
            "study": kept["study"].str.replace(", after SCT", ""),
            "count": kept["vod_count"].astype(int),
            "n": kept["vod_n"].astype(int),
        }
    ).reset_index(drop=True)


def response_frame() -> pd.DataFrame:
    """Return the frame of the forest plot of response, pooled by drug (see `forest_frame`)."""
    return forest_frame(response_studies(), least=LEAST)


def vod_frame() -> pd.DataFrame:
    """Return the frame of the forest plot of VOD, pooled where three studies or more allow it."""
    return forest_frame(vod_studies(), least=LEAST)


def pooled(
    frame: pd.DataFrame, model: ModelName = "binomial-normal"
) -> dict[str, PooledProportion]:
    """Pool each group of three studies or more."""
    return {
        str(group): pool(members["count"], members["n"], model=model)
        for group, members in frame.groupby("group", sort=False)
        if len(members) >= LEAST
    }


def leave_one_out(frame: pd.DataFrame) -> pd.DataFrame:
    """Pool each group again without each of its studies: group, left_out, estimate."""
    rows = [
        (group, study, pool(rest["count"], rest["n"]).estimate)
        for group, members in frame.groupby("group", sort=False)
        if len(members) > LEAST
        for study in members["study"]
        for rest in [members[members["study"] != study]]
    ]
    return pd.DataFrame(rows, columns=["group", "left_out", "estimate"])
