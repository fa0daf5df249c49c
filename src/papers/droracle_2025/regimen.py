"""Doses, schedules, ages and units, against each other and against another document."""

from __future__ import annotations

from collections.abc import Mapping

from papers import claim_texts
from papers.droracle_2025.data import said
from secondlook.claims import Contradicted, Derived, NotDerivable, Result

OTHER = "kucukciler-2021"
ML_PER_LITRE, GIGA = 1_000, 1_000_000_000

# Claim -> the claim that prints the same number at another place, and that place.
TWINS: Mapping[str, tuple[str, str]] = {
    "ans-age": ("sel-age", "patient selection"),
    "sel-age": ("ans-age", "first paragraph"),
    "ans-day-first": ("dos-day-first", "dosing"),
    "ans-day-second": ("dos-day-second", "dosing"),
    "dos-day-first": ("ans-day-first", "first paragraph"),
    "dos-day-second": ("ans-day-second", "first paragraph"),
}


def restated() -> Mapping[str, Result]:
    """Repeat each number from the other place that prints it."""
    return {
        claim: Derived(said(twin), f"restated: {place}") for claim, (twin, place) in TWINS.items()
    }


def dose() -> Mapping[str, Result]:
    """Hold the recommended dose against the modified dosing of the second approval.

    A dose that was in use before the withdrawal cannot be the modified one.
    """
    before = claim_texts.said(OTHER, "dis-phase2-dose")
    returned = claim_texts.said(OTHER, "int-returned")
    withdrawn = claim_texts.said(OTHER, "int-withdrawn")
    return {
        claim: Contradicted(
            f"withdrawn in {withdrawn}, back in {returned} with modified dosing; {before:g} mg/m² "
            f"before ({OTHER})",
            said(claim) == before,
            "a dose of the first approval is not the modified one",
        )
        for claim in ("ans-dose", "dos-dose")
    }


def leukocytes() -> Mapping[str, Result]:
    """Convert the two limits of the leukocyte count into each other's unit."""
    giga, per_ml = said("spc-leukocytes"), said("prl-leukocytes")
    converted = giga * GIGA / ML_PER_LITRE
    differ = converted != per_ml
    return {
        "spc-leukocytes": Contradicted(
            f"30,000/ml (clinical pearls) is {per_ml * ML_PER_LITRE / GIGA:g} Gi/L",
            differ,
            "1 Gi/L is a million in a millilitre",
        ),
        "prl-leukocytes": Contradicted(
            f"30 Gi/L (special considerations) is {converted:,.0f}/ml",
            differ,
            "1 Gi/L is a million in a millilitre",
        ),
    }


def update() -> Mapping[str, Result]:
    """Say of the date of the page that only its history could give it."""
    return {"updated": NotDerivable("the page's history")}
