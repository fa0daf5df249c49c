"""Numbers of other studies, expectations and definitions on which nothing printed bears."""

from __future__ import annotations

from collections.abc import Mapping

from secondlook.claims import NotDerivable, Result

# Reference number -> claims.
BORROWED: Mapping[str, tuple[str, ...]] = {
    "1, 2": (
        "int-incidence-low",
        "int-incidence-high",
        "int-incidence-per",
    ),
    "3, 4": (
        "int-remission-low",
        "int-remission-high",
        "int-os-horizon",
        "int-os-low",
        "int-os-high",
    ),
    "5, 6": (
        "int-relapse-os-low",
        "int-relapse-os-high",
        "int-sct-low",
        "int-sct-high",
    ),
    "-": (
        "int-late-low",
        "int-late-high",
        "keb-baseline-low",
        "keb-baseline-high",
        "exp-horizon",
        "t1-cr-blasts",
        "t1-cr-platelets",
        "t1-cr-neutrophils",
    ),
    "6": (
        "int-salvage-low",
        "int-salvage-high",
    ),
    "5": ("int-chemo",),
    "9": (
        "int-cart",
        "int-cart-tocilizumab",
    ),
    "11": ("cd22-threshold",),
    "13": (
        "dos-mtd",
        "tox-platelets",
        "tox-platelets-severe",
        "tox-phase1-vod",
    ),
    "15": (
        "lev-hours",
        "p2-age-median",
        "p2-age-min",
        "p2-age-max",
        "p2-cd22",
        "p2-dose",
        "p2-interval-low",
        "p2-interval-high",
        "p2-cycles",
        "p2-os",
        "sct-survival",
    ),
    "14": ("both-remission",),
    "17": (
        "mini-os-horizon",
        "mini-os",
        "mini-os-historical",
    ),
    "18": (
        "child-age",
        "child-dose-first",
        "child-dose-second",
        "child-cycles",
        "child-interval",
    ),
    "16": (
        "p3-dose",
        "p3-interval-low",
        "p3-interval-high",
        "p3-cycles",
        "p3-soc-sct",
        "p3-ino-duration",
        "p3-soc-duration",
        "p3-duration-p",
        "p3-soc-liver",
        "p3-soc-vod",
        "p3-due",
    ),
    "20": (
        "keb-from",
        "keb-to",
        "keb-lines",
        "keb-efs-6m-horizon",
        "keb-efs-horizon",
        "keb-os-horizon",
        "keb-nrm-horizon",
    ),
    "22": (
        "radar-vod",
        "radar-months",
    ),
    "24": (
        "aml15-induction",
        "aml15-da-days",
        "aml15-ara-days",
        "aml15-consolidation",
        "aml15-arac-low",
        "aml15-arac-high",
        "aml15-dose",
        "aml15-day",
        "aml15-sct",
    ),
    "25": ("exp-trial-doses",),
}


# A part of one printed count, which any part would obey, and nothing else that bears.
PARTS: Mapping[str, str] = {
    "sct-busulfan": "15",
    "sct-vod-biopsy": "15",
    "mini-response-count": "17",
    "child-crp": "18",
    "child-sct": "18",
    "child-vod": "18",
    "p3-n": "16",
    "p3-ino-sct": "16",
    "p3-vod-deaths": "16",
    "keb-cytogenetics": "20",
    "keb-haemorrhage": "20",
    "giles-deaths": "21",
}


def borrowed() -> Mapping[str, Result]:
    """Numbers that only the study cited could confirm."""
    return {
        claim: NotDerivable(
            "a reference; the review gives none" if reference == "-" else f"reference {reference}"
        )
        for reference, claims in BORROWED.items()
        for claim in claims
    } | {claim: NotDerivable(f"reference {reference}") for claim, reference in PARTS.items()}
