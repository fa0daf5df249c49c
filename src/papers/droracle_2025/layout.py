"""Frames of finished text for the report."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from papers.droracle_2025 import shared_denominator, sources
from papers.droracle_2025.data import printed_text, references
from papers.droracle_2025.regimen import OTHER
from secondlook import printed


def behind_text() -> pd.DataFrame:
    """Percents of citation 5 as counts: outcome, printed, count, value, made_by."""
    frame, n = shared_denominator.behind(), shared_denominator.smallest()
    return frame.assign(
        count=[f"{count} of {n}" for count in frame["count"]],
        value=[printed.show(value, like="0.00") for value in frame["value"]],
    )


def sizes_text() -> pd.DataFrame:
    """Return the patients behind the percents: rule, sizes (the first six)."""
    frame = shared_denominator.sizes()
    rules = {
        "rounding": "rounded, all of them",
        "truncation": "cut, all of them",
        "either": "rounded or cut, each by itself",
    }
    rows = []
    for column, name in rules.items():
        found = frame.loc[frame[column], "n"].astype(str).tolist()
        rows.append((name, ", ".join(found[:6]) + (" ..." if len(found) > 6 else "") or "none"))
    return pd.DataFrame(rows, columns=["rule", "sizes"])


def citations_text() -> pd.DataFrame:
    """Citations with the entry at their position: citation, statements, entry, year."""
    frame = sources.resolved()
    years = references().set_index("position")["year"]
    return pd.DataFrame(
        {
            "citation": frame["citation"].astype(str),
            "statements": frame["statements"].astype(str),
            "entry": frame["entry"].fillna("no entry"),
            "year": frame["citation"].map(years).astype("Int64"),
        }
    )


def doses_text() -> pd.DataFrame:
    """Doses of GO alone by document: document, statement, dose, days."""
    other = {
        claim: claim_texts.printed_text(OTHER, claim)
        for claim in (
            "dis-phase2-dose", "dis-phase2-interval", "dis-fractionated-dose",
            "dis-fractionated-day-1", "dis-fractionated-day-4", "dis-fractionated-day-7",
        )
    }  # fmt: skip
    fractionated = [other[f"dis-fractionated-day-{day}"] for day in (1, 4, 7)]
    days = f"{printed_text('dos-day-first')} and {printed_text('dos-day-second')}"
    rows = [
        ("this page", "the standard dose", printed_text("dos-dose"), days),
        ("this page", "lower doses that may be safer", printed_text("spc-low-dose"), "not said"),
        (
            OTHER,
            "phase II studies before the withdrawal",
            other["dis-phase2-dose"],
            f"every {other['dis-phase2-interval']} weeks",
        ),
        (
            OTHER,
            "fractionated; less early mortality and VOD in a meta-analysis",
            other["dis-fractionated-dose"],
            f"{fractionated[0]}, {fractionated[1]} and {fractionated[2]}",
        ),
    ]
    return pd.DataFrame(rows, columns=["document", "statement", "dose", "days"])
