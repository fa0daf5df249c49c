"""What the page prints: its numbers by claim, its percents, its citations, its references."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from secondlook.data import load, load_text

KEY = "droracle-2025"


def said(claim: str) -> int | float:
    """Return the number that the page prints in the claim of this id."""
    return claim_texts.said(KEY, claim)


def printed_text(claim: str) -> str:
    """Return the text of a claim as the page prints it."""
    return claim_texts.printed_text(KEY, claim)


def percents() -> pd.DataFrame:
    """Return every percent of patients as printed text: outcome, percent, citation, approximate."""
    return load_text(KEY, "percents")


def citations() -> pd.DataFrame:
    """Return every citation in the text: section, statement, citation."""
    return load(KEY, "citations")


def references() -> pd.DataFrame:
    """Return the reference list: position, kind, title, source, year."""
    return load(KEY, "references")
