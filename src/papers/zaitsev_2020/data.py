"""What the document prints: its numbers by claim, and its reference list."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from secondlook import datasets

KEY = "zaitsev-2020"
DOI = "10.21320/2500-2139-2020-13-1-67-74"


def number(claim: str) -> int:
    """Return the whole number that the document prints in the claim of this id."""
    return int(claim_texts.said(KEY, claim))


def printed_text(claim: str) -> str:
    """Return the text of a claim as the document prints it."""
    return claim_texts.printed_text(KEY, claim)


def references() -> pd.DataFrame:
    """Return the reference list: number, first_author, year, journal, doi_label, doi."""
    return datasets.load(KEY, "references")
