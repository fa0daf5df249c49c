"""What the review prints: its numbers by claim, and the tables of its data package."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from secondlook.data import load

KEY = "morley-2016"
# What the claims in conflict disagree about: a disagreement meets a claim at each of its places.
DISAGREEMENTS = {
    "severe fever": ("tox-fever-severe", "p2-fever-severe"),
    "VOD in phase III": ("tox-p3-vod", "p3-ino-vod", "p3-vod-during", "p3-vod-after"),
    "CRi in Table 1": ("t1-cri-platelets", "t1-cri-neutrophils"),
    "CRp in Table 1": ("t1-crp-platelets",),
}


def said(claim: str) -> int | float:
    """Return the number that the review prints in the claim of this id."""
    return claim_texts.said(KEY, claim)


def number(claim: str) -> int:
    """Return the whole number that the review prints in the claim of this id."""
    return int(said(claim))


def printed_text(claim: str) -> str:
    """Return the number of a claim as the review prints it."""
    return claim_texts.printed_text(KEY, claim)


def counts() -> pd.DataFrame:
    """Return every count beside its percent: stem, reference, section, what, count, n, percent."""
    return load(KEY, "counts")


def survival() -> pd.DataFrame:
    """Return survival after transplantation: study, quantity, months, percent, section."""
    return load(KEY, "survival")


def references() -> pd.DataFrame:
    """Return the reference list: number, first_author, source, year, age (in the title)."""
    return load(KEY, "references")


def endpoints() -> pd.DataFrame:
    """Return the primary endpoints that the sentence on the phase III trial names."""
    return load(KEY, "endpoints")


def criteria() -> pd.DataFrame:
    """Return Table 1: category, blasts, signs and bounds of platelets and neutrophils."""
    return load(KEY, "response-criteria")


def table(*stems: str) -> list[list[int]]:
    """Return the counts of groups as a table, a row a group: with the outcome, without it."""
    frame = counts().set_index("stem")
    with_outcome = [int(frame.loc[[stem], "count"].sum()) for stem in stems]
    sizes = [int(frame.loc[[stem], "n"].sum()) for stem in stems]
    return [[a, n - a] for a, n in zip(with_outcome, sizes, strict=True)]
